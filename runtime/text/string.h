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
  Value named_captures;         // object or undefined
  String *matched;              // NULL: that part of str; else what a foreign exec said
} Substitution;
// Appends the replacement text; `replacement` is flat. Runs JS (named captures). false: thrown.
MUST_CHECK bool get_substitution(Isolate *iso, StringBuilder *sb, const Substitution *s, String *replacement);

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
