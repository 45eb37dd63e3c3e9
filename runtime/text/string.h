// SPDX-License-Identifier: MIT
// What RegExp and others take from String.
#ifndef WEFT_RUNTIME_TEXT_STRING_H
#define WEFT_RUNTIME_TEXT_STRING_H

#include "vm/object.h"

// What GetSubstitution (22.1.3.19.1) reads besides the template. `str` is flat.
typedef struct Substitution {
  String *str;
  u32 position, matched_length; // of the match in str
  const Value *captures;        // strings or undefined, group 1 first
  u32 capture_count;
  Value named_captures; // object or undefined
  String *matched;      // NULL: that part of str; else what a foreign exec said
} Substitution;
// Appends the replacement text; `replacement` is flat. Runs JS (named captures). false: thrown.
MUST_CHECK bool get_substitution(Isolate *iso, StringBuilder *sb, const Substitution *s, String *replacement);

// Collects the elements of a new array: the first ones on the C stack.
enum { COLLECTED_FEW = 64 };
typedef struct Collector {
  JSObject *array; // NULL while all are in `few`
  u32 count;
  Value few[COLLECTED_FEW];
} Collector;
MUST_CHECK static ALWAYS_INLINE bool collector_add(Isolate *iso, Collector *c, Value v) {
  u32 i = c->count++;
  if (LIKELY(i < COLLECTED_FEW)) {
    c->few[i] = v;
    return true;
  }
  if (!c->array) c->array = TRY(array_from_values(iso, c->few, COLLECTED_FEW));
  return array_push_value(iso, c->array, v);
}
MUST_CHECK static inline Value collector_finish(Isolate *iso, Collector *c) {
  return value_from_object(c->array ? c->array : array_from_values(iso, c->few, c->count));
}

// IsRegExp (7.2.8). Runs JS.
MUST_CHECK Tri is_reg_exp(Isolate *iso, Value v);

enum TrimWhere { TRIM_START = 1, TRIM_END = 2 };
MUST_CHECK String *trim_string(Isolate *iso, String *s, u32 where); // TrimString, of TRIM_ bits

// Order of two texts for people: letters before accents before case (the root order of CLDR for Latin text).
enum CollationStrength { COLLATE_BASE, COLLATE_ACCENT, COLLATE_CASE, COLLATE_VARIANT };
typedef struct CollationOptions {
  enum CollationStrength strength;
  bool numeric, upper_first;
} CollationOptions;
MUST_CHECK bool collate_strings(Isolate *iso, String *a, String *b, const CollationOptions *options, int *order);

#endif
