// SPDX-License-Identifier: MIT
// Type conversion (ECMA-262 7.1). Those that take an object may run JS (toPrimitive, valueOf, toString).
#ifndef WEFT_VM_CONVERT_H
#define WEFT_VM_CONVERT_H

#include "vm/isolate.h"

enum PreferredType { PREFER_DEFAULT, PREFER_NUMBER, PREFER_STRING };
MUST_CHECK Value to_primitive(Isolate *iso, Value v, enum PreferredType preferred);
MUST_CHECK Value ordinary_to_primitive(Isolate *iso, JSObject *o, enum PreferredType preferred);
bool to_boolean_slow(Isolate *iso, Value v); // strings, bigints, objects ([[IsHTMLDDA]]); never fails
static ALWAYS_INLINE bool to_boolean(Isolate *iso, Value v) {
  if (value_is_boolean(v)) return v == VALUE_TRUE;
  if (value_is_int(v)) return value_int(v) != 0;
  if (value_is_nullish(v)) return false;
  return to_boolean_slow(iso, v);
}
MUST_CHECK Value to_numeric(Isolate *iso, Value v); // number or bigint
MUST_CHECK Value to_number(Isolate *iso, Value v);  // number
MUST_CHECK bool to_double(Isolate *iso, Value v, double *d);
MUST_CHECK bool to_integer_or_infinity(Isolate *iso, Value v, double *d);
MUST_CHECK bool to_int32(Isolate *iso, Value v, i32 *i);
MUST_CHECK bool to_uint32(Isolate *iso, Value v, u32 *u);
MUST_CHECK bool to_length(Isolate *iso, Value v, u64 *length);
MUST_CHECK bool to_index(Isolate *iso, Value v, u64 *index);
i32 double_to_int32(double d); // modulo 2^32
MUST_CHECK String *to_string_slow(Isolate *iso, Value v);
MUST_CHECK static inline String *to_string(Isolate *iso, Value v) {
  return value_is_string(v) ? value_string(v) : to_string_slow(iso, v);
}
MUST_CHECK PropertyKey to_property_key_slow(Isolate *iso, Value v);
MUST_CHECK static inline PropertyKey to_property_key(Isolate *iso, Value v) {
  if (value_is_int(v) && value_int(v) >= 0) return key_from_index((u32)value_int(v));
  return to_property_key_slow(iso, v);
}
MUST_CHECK JSObject *to_object(Isolate *iso, Value v); // TypeError on undefined and null
MUST_CHECK BigInt *to_bigint(Isolate *iso, Value v);
// CanonicalNumericIndexString for typed arrays: NO when key is not one; *d the number.
bool canonical_numeric_index(Isolate *iso, PropertyKey key, double *d);
bool require_object_coercible(Isolate *iso, Value v, const char *method); // false: TypeError
// Clamps a relative index argument (slice, at, fill, ...): negative counts from length; undefined gives `when_undefined`.
MUST_CHECK bool to_relative_index(Isolate *iso, Value v, u64 length, u64 when_undefined, u64 *index);

// Boolean, Number, Symbol, BigInt and String objects.
typedef struct JSPrimitiveWrapper {
  JSObject object;
  Slot primitive;
} JSPrimitiveWrapper;

#endif
