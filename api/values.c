// SPDX-License-Identifier: MIT
// Values: making, telling apart, converting, comparing. Strings give their characters where they are.
// Tests: tests/api/test_values.c.
#include "api/api_internal.h"
#include "vm/bigint.h"
#include "vm/builtin.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/kinds.h"
#include "vm/operators.h"

// ---- Which kind ----

static WeftKind kind_of_object(const JSObject *o) {
  static const u8 kinds[KIND_COUNT] = {
      [KIND_ARRAY] = WEFT_ARRAY,
      [KIND_ERROR] = WEFT_ERROR,
      [KIND_DATE] = WEFT_DATE,
      [KIND_REGEXP] = WEFT_REGEXP,
      [KIND_MAP] = WEFT_MAP,
      [KIND_SET] = WEFT_SET,
      [KIND_WEAK_MAP] = WEFT_WEAK_MAP,
      [KIND_WEAK_SET] = WEFT_WEAK_SET,
      [KIND_PROMISE] = WEFT_PROMISE,
      [KIND_ARRAY_BUFFER] = WEFT_ARRAY_BUFFER,
      [KIND_SHARED_ARRAY_BUFFER] = WEFT_SHARED_ARRAY_BUFFER,
      [KIND_TYPED_ARRAY] = WEFT_TYPED_ARRAY,
      [KIND_DATA_VIEW] = WEFT_DATA_VIEW,
  };
  if (o->cell.flags & OBJ_CALLABLE) return WEFT_FUNCTION;
  if (o->cell.kind == KIND_HOST_OBJECT) return api_is_instance(o) ? WEFT_INSTANCE : WEFT_OBJECT;
  return kinds[o->cell.kind] ? (WeftKind)kinds[o->cell.kind] : WEFT_OBJECT;
}

WeftKind weft_kind(WeftValue handle) {
  Value v = value_in(handle);
  if (value_is_number(v)) return WEFT_NUMBER;
  if (value_is_boolean(v)) return WEFT_BOOLEAN;
  if (value_is_null(v)) return WEFT_NULL;
  if (!v || !value_is_cell(v)) return WEFT_UNDEFINED;
  switch (value_cell(v)->kind) {
  case KIND_STRING: return WEFT_STRING;
  case KIND_SYMBOL: return WEFT_SYMBOL;
  case KIND_BIGINT: return WEFT_BIGINT;
  default: return kind_of_object(value_object(v));
  }
}

bool weft_is_object(WeftValue v) { return v && value_is_object(value_in(v)); }
bool weft_is_callable(WeftValue v) { return v && value_is_callable(value_in(v)); }

// ---- Making ----

WeftValue weft_undefined(void) { return value_as_handle(VALUE_UNDEFINED); }
WeftValue weft_null(void) { return value_as_handle(VALUE_NULL); }
WeftValue weft_boolean(bool b) { return value_as_handle(value_from_bool(b)); }
WeftValue weft_number(double n) { return value_as_handle(value_from_untrusted_double(n)); }
WeftValue weft_integer(int64_t n) { return value_as_handle(value_from_i64(n)); }

WeftValue weft_string(WeftIsolate *isolate, const char *utf8, size_t size) {
  Isolate *iso = ISOLATE(isolate);
  return value_out(isolate, value_from_cell(str_new_utf8(iso, utf8, api_text_size(utf8, size))));
}

static bool is_too_long(Isolate *iso, size_t length) {
  if (length <= STR_MAX_LENGTH) return false;
  (void)throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  return true;
}

WeftValue weft_string_latin1(WeftIsolate *isolate, const unsigned char *bytes, size_t size) {
  Isolate *iso = ISOLATE(isolate);
  return is_too_long(iso, size) ? NULL : value_out(isolate, value_from_cell(str_new_latin1(iso, bytes, (u32)size)));
}

WeftValue weft_string_utf16(WeftIsolate *isolate, const uint16_t *units, size_t length) {
  Isolate *iso = ISOLATE(isolate);
  return is_too_long(iso, length) ? NULL : value_out(isolate, value_from_cell(str_new_utf16(iso, units, (u32)length)));
}

WeftValue weft_name(WeftIsolate *isolate, const char *utf8, size_t size) {
  Isolate *iso = ISOLATE(isolate);
  String *s = TRY(str_new_utf8(iso, utf8, api_text_size(utf8, size)));
  PropertyKey key = TRY(key_from_string(iso, s));
  return value_out(isolate, key_to_value(iso, key));
}

WeftValue weft_symbol(WeftIsolate *isolate, const char *description) {
  Isolate *iso = ISOLATE(isolate);
  String *s = NULL;
  if (description) s = TRY(str_new_utf8(iso, description, strlen(description)));
  return value_out(isolate, value_from_cell(symbol_new(iso, s, 0)));
}

WeftValue weft_bigint(WeftIsolate *isolate, int64_t n) {
  return value_out(isolate, value_from_cell(bigint_from_i64(ISOLATE(isolate), n)));
}

WeftValue weft_bigint_words(WeftIsolate *isolate, bool negative, size_t count, const uint64_t *words) {
  Isolate *iso = ISOLATE(isolate);
  while (count && !words[count - 1]) count--;
  if (count > BIGINT_MAX_LIMBS) return THROW(iso, BIGINT_TOO_BIG), NULL;
  BigInt *b = TRY(bigint_from_words(iso, negative, (u32)count, words));
  return value_out(isolate, value_from_cell(b));
}

WeftValue weft_date(WeftIsolate *isolate, double milliseconds) {
  Isolate *iso = ISOLATE(isolate);
  Value constructor = intrinsic(iso, INTRINSIC_DATE), argument = value_from_untrusted_double(milliseconds);
  return value_out(isolate, construct(iso, constructor, 1, &argument, constructor));
}

WeftValue weft_object(WeftIsolate *isolate) { return value_out(isolate, value_from_object(obj_new_plain(ISOLATE(isolate)))); }

WeftValue weft_array(WeftIsolate *isolate, size_t count, const WeftValue *elements) {
  Isolate *iso = ISOLATE(isolate);
  if (count > UINT32_MAX) return throw_out_of_memory(iso);
  return value_out(isolate, value_from_object(array_from_values(iso, (const Value *)(const void *)elements, (u32)count)));
}

// ---- What it is ----

double weft_as_number(WeftValue v) { return v && value_is_number(value_in(v)) ? value_number(value_in(v)) : 0; }
bool weft_as_boolean(WeftValue v) { return value_in(v) == VALUE_TRUE; }

double weft_as_date(WeftValue v) {
  return v && value_is_kind(value_in(v), KIND_DATE) ? ((const JSDate *)value_object(value_in(v)))->time : __builtin_nan("");
}

size_t weft_as_bigint_words(WeftValue v, bool *negative, size_t count, uint64_t *words) {
  if (!v || !value_is_bigint(value_in(v))) return 0;
  const BigInt *b = value_bigint(value_in(v));
  *negative = bigint_is_negative(b);
  memcpy(words, b->limbs, MIN(count, (size_t)b->length) * sizeof(uint64_t));
  return b->length;
}

static bool bigint_as_int64(const BigInt *b, int64_t *n) {
  if (b->length > 1) return false;
  u64 magnitude = b->length ? b->limbs[0] : 0;
  if (magnitude > (u64)INT64_MAX + bigint_is_negative(b)) return false;
  *n = (int64_t)(bigint_is_negative(b) ? 0 - magnitude : magnitude);
  return true;
}

bool weft_as_int64(WeftValue handle, int64_t *n) {
  Value v = value_in(handle);
  if (!v) return false;
  if (value_is_bigint(v)) return bigint_as_int64(value_bigint(v), n);
  if (!value_is_number(v)) return false;
  double d = value_number(v);
  if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0) || d != (double)(int64_t)d) return false;
  *n = (int64_t)d;
  return true;
}

// ---- Converting ----

bool weft_to_boolean(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return to_boolean(iso, value_in(v));
}

bool weft_to_number(WeftIsolate *isolate, WeftValue v, double *n) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return to_double(iso, value_in(v), n);
}

bool weft_to_int32(WeftIsolate *isolate, WeftValue v, int32_t *n) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return to_int32(iso, value_in(v), n);
}

WeftValue weft_to_string(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return value_out(isolate, value_from_cell(to_string(iso, value_in(v))));
}

WeftValue weft_to_object(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return value_out(isolate, value_from_object(to_object(iso, value_in(v))));
}

char *weft_to_utf8(WeftIsolate *isolate, WeftValue v, size_t *size) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  String *s = TRY(to_string(iso, value_in(v)));
  return str_to_utf8(iso, s, size);
}

void weft_free(void *memory) { base_free(memory); }

bool weft_string_view(WeftIsolate *isolate, WeftValue v, WeftStringView *view) {
  Isolate *iso = ISOLATE(isolate);
  if (!v || !value_is_string(value_in(v))) return false;
  String *s = TRY(str_flatten(iso, value_string(value_in(v))));
  *view = (WeftStringView){.characters = str_chars(s), .length = s->length, .is_utf16 = str_is_utf16(s)};
  return true;
}

bool weft_strict_equals(WeftIsolate *isolate, WeftValue a, WeftValue b) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, a);
  NEEDS(isolate, b);
  return is_strictly_equal(iso, value_in(a), value_in(b)) == TRI_YES;
}

bool weft_same_value(WeftIsolate *isolate, WeftValue a, WeftValue b) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, a);
  NEEDS(isolate, b);
  return same_value(iso, value_in(a), value_in(b)) == TRI_YES;
}

static bool both_are_good(WeftIsolate *isolate, WeftValue a, WeftValue b, const char *function) {
  if (LIKELY(IS_GOOD_IN(isolate, a, function) && IS_GOOD_IN(isolate, b, function))) return true;
  (void)api_throw_null(isolate, function);
  return false;
}

int weft_instance_of(WeftIsolate *isolate, WeftValue v, WeftValue constructor) {
  Isolate *iso = ISOLATE(isolate);
  if (!both_are_good(isolate, v, constructor, __func__)) return -1;
  return (int)instance_of(iso, value_in(v), value_in(constructor)) - 1;
}
