// SPDX-License-Identifier: MIT
// Type conversion as ECMA-262 7.1 has it, with the cheap cases first. Whatever converts an object may run JS.
// Tests: tests/unit/vm/test_convert_number.c.
#include "vm/convert.h"

#include "base/dtoa.h"
#include "base/math_extra.h"
#include "vm/bigint.h"
#include "vm/error.h"

#define MAX_SAFE_INTEGER 9007199254740991.0

// ---- Primitives ----

Value ordinary_to_primitive(Isolate *iso, JSObject *o, enum PreferredType preferred) {
  bool string_first = preferred == PREFER_STRING;
  for (int i = 0; i < 2; i++) {
    Value method = TRY(obj_get(iso, o, (i == 0) == string_first ? ATOM(toString) : ATOM(valueOf)));
    if (!value_is_callable(method)) continue;
    Value result = TRY(CALL0(iso, method, value_from_object(o)));
    if (!value_is_object(result)) return result;
  }
  return (Value)THROW(iso, CANNOT_CONVERT_TO_PRIMITIVE);
}

Value to_primitive(Isolate *iso, Value v, enum PreferredType preferred) {
  if (!value_is_object(v)) return v;
  Value exotic = TRY(get_method(iso, v, SYM(toPrimitive)));
  if (value_is_undefined(exotic)) {
    return ordinary_to_primitive(iso, value_object(v), preferred == PREFER_DEFAULT ? PREFER_NUMBER : preferred);
  }
  String *hint = preferred == PREFER_DEFAULT  ? ATOM_STRING(default)
                 : preferred == PREFER_STRING ? ATOM_STRING(string)
                                              : ATOM_STRING(number);
  Value result = TRY(CALL1(iso, exotic, v, value_from_cell(hint)));
  if (value_is_object(result)) return (Value)THROW(iso, CANNOT_CONVERT_TO_PRIMITIVE);
  return result;
}

bool to_boolean_slow(Isolate *iso, Value v) {
  if (value_is_int(v)) return value_int(v) != 0;
  if (value_is_double(v)) {
    double d = value_double(v);
    return d == d && d != 0;
  }
  if (!value_is_cell(v)) return v == VALUE_TRUE;
  const Cell *cell = value_cell(v);
  switch (cell->kind) {
  case KIND_STRING: return value_string(v)->length != 0;
  case KIND_BIGINT: return value_bigint(v)->length != 0;
  case KIND_SYMBOL: return true;
  default: return !(iso->shapes[cell->shape_id]->flags & SHAPE_HTMLDDA);
  }
}

// ---- Numbers ----

Value to_numeric(Isolate *iso, Value v) {
  if (LIKELY(value_is_number(v))) return v;
  Value primitive = TRY(to_primitive(iso, v, PREFER_NUMBER));
  return value_is_bigint(primitive) ? primitive : to_number(iso, primitive);
}

Value to_number(Isolate *iso, Value v) {
  for (;;) {
    if (value_is_number(v)) return v;
    if (v == VALUE_UNDEFINED) return value_from_raw_double(__builtin_nan(""));
    if (v == VALUE_NULL || v == VALUE_FALSE) return value_from_int(0);
    if (v == VALUE_TRUE) return value_from_int(1);
    switch (value_cell(v)->kind) {
    case KIND_STRING: return value_from_double(str_to_number_flat(TRY(str_flatten(iso, value_string(v)))));
    case KIND_SYMBOL: return (Value)THROW(iso, SYMBOL_TO_NUMBER);
    case KIND_BIGINT: return (Value)THROW(iso, BIGINT_TO_NUMBER);
    default: v = TRY(to_primitive(iso, v, PREFER_NUMBER));
    }
  }
}

bool to_double(Isolate *iso, Value v, double *d) {
  if (UNLIKELY(!value_is_number(v))) v = TRY(to_number(iso, v));
  *d = value_number(v);
  return true;
}

bool to_integer_or_infinity(Isolate *iso, Value v, double *d) {
  if (LIKELY(value_is_int(v))) {
    *d = value_int(v);
    return true;
  }
  TRY(to_double(iso, v, d));
  *d = *d != *d ? 0 : __builtin_trunc(*d) + 0.0; // + 0.0: no -0
  return true;
}

i32 double_to_int32(double d) { return math_to_int32(d); }

bool to_int32(Isolate *iso, Value v, i32 *i) {
  if (LIKELY(value_is_int(v))) {
    *i = value_int(v);
    return true;
  }
  double d;
  TRY(to_double(iso, v, &d));
  *i = math_to_int32(d);
  return true;
}

bool to_uint32(Isolate *iso, Value v, u32 *u) { return to_int32(iso, v, (i32 *)u); }

bool to_length(Isolate *iso, Value v, u64 *length) {
  double d;
  TRY(to_integer_or_infinity(iso, v, &d));
  *length = d <= 0 ? 0 : d >= MAX_SAFE_INTEGER ? (u64)MAX_SAFE_INTEGER : (u64)d;
  return true;
}

bool to_index(Isolate *iso, Value v, u64 *index) {
  if (value_is_undefined(v)) {
    *index = 0;
    return true;
  }
  double d;
  TRY(to_integer_or_infinity(iso, v, &d));
  if (d < 0 || d > MAX_SAFE_INTEGER) return THROW(iso, NOT_SAFE_INTEGER);
  *index = (u64)d;
  return true;
}

bool to_relative_index(Isolate *iso, Value v, u64 length, u64 when_undefined, u64 *index) {
  if (value_is_undefined(v)) {
    *index = when_undefined;
    return true;
  }
  double d;
  TRY(to_integer_or_infinity(iso, v, &d));
  if (d < 0) d = MAX((double)length + d, 0);
  *index = d >= (double)length ? length : (u64)d;
  return true;
}

// ---- Strings and keys ----

String *to_string_slow(Isolate *iso, Value v) {
  for (;;) {
    if (value_is_int(v)) return int_to_string(iso, value_int(v));
    if (value_is_number(v)) return number_to_string(iso, value_double(v), 10);
    if (v == VALUE_UNDEFINED) return ATOM_STRING(undefined);
    if (v == VALUE_NULL) return ATOM_STRING(null);
    if (v == VALUE_TRUE) return ATOM_STRING(true);
    if (v == VALUE_FALSE) return ATOM_STRING(false);
    switch (value_cell(v)->kind) {
    case KIND_STRING: return value_string(v);
    case KIND_SYMBOL: return THROW(iso, SYMBOL_TO_STRING);
    case KIND_BIGINT: return bigint_to_string(iso, value_bigint(v), 10);
    default: v = TRY(to_primitive(iso, v, PREFER_STRING));
    }
  }
}

PropertyKey to_property_key_slow(Isolate *iso, Value v) {
  if (value_is_object(v)) v = TRY(to_primitive(iso, v, PREFER_STRING));
  if (value_is_number(v)) return key_from_double(iso, value_number(v));
  if (value_is_symbol(v)) return key_from_cell(value_cell(v));
  return key_from_string(iso, TRY(to_string(iso, v)));
}

bool canonical_numeric_index(Isolate *iso, PropertyKey key, double *d) {
  (void)iso;
  if (key_is_index(key)) {
    *d = key_index(key);
    return true;
  }
  if (key_cell(key)->kind != KIND_STRING) return false;
  const String *s = (const String *)key_cell(key);
  if (str_is_utf16(s) || !s->length || s->length > NUMBER_TEXT_MAX) return false;
  const u8 *chars = str_chars8(s);
  // What Number::toString can begin with, but for an ordinary name.
  if (chars[0] - (u32)'0' > 9 && chars[0] != '-' && chars[0] != 'I' && chars[0] != 'N') return false;
  if (s->length == 2 && chars[0] == '-' && chars[1] == '0') {
    *d = -0.0;
    return true;
  }
  double number = str_to_number_flat(s);
  char text[NUMBER_TEXT_MAX];
  size_t length = number_to_text(number, text);
  if (length != s->length || memcmp(text, chars, length)) return false;
  *d = number;
  return true;
}

// ---- Objects and BigInts ----

bool require_object_coercible(Isolate *iso, Value v, const char *method) {
  if (UNLIKELY(value_is_nullish(v))) return THROW(iso, CALLED_ON_NULLISH, method);
  return true;
}

static JSObject *wrap(Isolate *iso, u8 kind, u32 prototype_intrinsic, Value v) {
  JSPrimitiveWrapper *wrapper = TRY((JSPrimitiveWrapper *)obj_new_kind(iso, kind, intrinsic(iso, prototype_intrinsic)));
  slot_set(iso, wrapper, &wrapper->primitive, v);
  return &wrapper->object;
}

JSObject *to_object(Isolate *iso, Value v) {
  if (LIKELY(value_is_object(v))) return value_object(v);
  if (value_is_nullish(v)) return THROW(iso, TO_OBJECT_NULLISH);
  if (value_is_number(v)) return wrap(iso, KIND_PRIMITIVE_WRAPPER, INTRINSIC_NUMBER_PROTOTYPE, v);
  if (value_is_boolean(v)) return wrap(iso, KIND_PRIMITIVE_WRAPPER, INTRINSIC_BOOLEAN_PROTOTYPE, v);
  switch (value_cell(v)->kind) {
  case KIND_STRING: return wrap(iso, KIND_STRING_OBJECT, INTRINSIC_STRING_PROTOTYPE, v);
  case KIND_SYMBOL: return wrap(iso, KIND_PRIMITIVE_WRAPPER, INTRINSIC_SYMBOL_PROTOTYPE, v);
  default: return wrap(iso, KIND_PRIMITIVE_WRAPPER, INTRINSIC_BIGINT_PROTOTYPE, v);
  }
}

BigInt *to_bigint(Isolate *iso, Value v) {
  v = TRY(to_primitive(iso, v, PREFER_NUMBER));
  if (value_is_bigint(v)) return value_bigint(v);
  if (value_is_boolean(v)) return bigint_from_u64(iso, v == VALUE_TRUE);
  if (!value_is_string(v)) return THROW(iso, TO_BIGINT, error_text_of_value(iso, v));
  Value parsed = TRY(bigint_from_string(iso, value_string(v)));
  if (value_is_undefined(parsed)) return THROW(iso, TO_BIGINT_SYNTAX, error_text_of_string(iso, value_string(v)));
  return value_bigint(parsed);
}
