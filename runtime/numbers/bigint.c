// SPDX-License-Identifier: MIT
// BigInt and BigInt.prototype (ECMA-262 21.2). Arithmetic is vm/bigint.h.
// Tests: tests/js/numbers/bigint*.js
#include "runtime/numbers/locale_digits.h"
#include "runtime/support.h"

static Value bigint_constructor(Isolate *iso, const Call *call) {
  if (call_is_construct(call)) return THROW(iso, NOT_A_CONSTRUCTOR, "BigInt");
  Value v = TRY(to_primitive(iso, call_arg(call, 0), PREFER_NUMBER));
  if (value_is_number(v)) return value_from_cell(bigint_from_double(iso, value_number(v)));
  return value_from_cell(to_bigint(iso, v));
}

static Value bigint_as(Isolate *iso, const Call *call) { // magic: 1 for asUintN
  u64 bits;
  TRY(to_index(iso, call_arg(call, 0), &bits));
  BigInt *b = TRY(to_bigint(iso, call_arg(call, 1)));
  return value_from_cell(native_magic(call) ? bigint_as_uint_n(iso, bits, b) : bigint_as_int_n(iso, bits, b));
}

static BigInt *this_bigint_value(Isolate *iso, Value v, const char *method) {
  if (value_is_kind(v, KIND_PRIMITIVE_WRAPPER)) v = slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
  if (value_is_bigint(v)) return value_bigint(v);
  return THROW(iso, RECEIVER_TYPE, method, "BigInt");
}

static Value bigint_prototype_to_string(Isolate *iso, const Call *call) {
  BigInt *b = TRY(this_bigint_value(iso, call->this_value, "BigInt.prototype.toString"));
  double radix = 10;
  if (!value_is_undefined(call_arg(call, 0))) TRY(to_integer_or_infinity(iso, call_arg(call, 0), &radix));
  if (radix < 2 || radix > 36) return THROW(iso, RADIX_RANGE);
  return value_from_cell(bigint_to_string(iso, b, (u32)radix));
}

static Value bigint_value_of(Isolate *iso, const Call *call) {
  return value_from_cell(this_bigint_value(iso, call->this_value, "BigInt.prototype.valueOf"));
}

// ---- toLocaleString ----

size_t locale_group_digits(const char *text, size_t length, u32 least_fraction, bool grouping, char *out) {
  size_t n = 0, i = 0, point = 0;
  if (length && text[0] == '-') out[n++] = text[i++];
  for (point = i; point < length && text[point] != '.';) point++;
  for (; i < point; i++) {
    out[n++] = text[i];
    if (grouping && i + 1 < point && (point - i - 1) % 3 == 0) out[n++] = ',';
  }
  size_t end = length;
  while (end > point + 1 + least_fraction && text[end - 1] == '0') end--;
  if (end <= point + 1) return n;
  memcpy(out + n, text + point, end - point);
  return n + (end - point);
}

Value locale_bigint_text(Isolate *iso, const BigInt *b, bool grouping) {
  String *digits = TRY(bigint_to_string(iso, b, 10));
  digits = TRY(str_flatten(iso, digits));
  StringBuilder sb;
  sb_init(&sb, iso);
  const u8 *chars = str_chars8(digits);
  for (u32 i = 0; i < digits->length; i++) {
    sb_append_unit(&sb, chars[i]);
    u32 left = digits->length - i - 1;
    if (grouping && left && left % 3 == 0 && chars[i] != '-') sb_append_unit(&sb, ',');
  }
  return value_from_cell(sb_finish(&sb));
}

static Value bigint_to_locale_string(Isolate *iso, const Call *call) {
  BigInt *b = TRY(this_bigint_value(iso, call->this_value, "BigInt.prototype.toLocaleString"));
  return locale_bigint_text(iso, b, true);
}

static const BuiltinProperty bigint_properties[] = {
    METHOD_MAGIC(asUintN, bigint_as, 2, 1),
    METHOD_MAGIC(asIntN, bigint_as, 2, 0),
};
static const BuiltinProperty bigint_prototype_properties[] = {
    METHOD(toLocaleString, bigint_to_locale_string, 0),
    METHOD(toString, bigint_prototype_to_string, 0),
    METHOD(valueOf, bigint_value_of, 0),
    STRING_TAG(BigInt),
};

const BuiltinObject builtin_bigint = BUILTIN_CLASS(BigInt, bigint_constructor, 1, INTRINSIC_BIGINT_PROTOTYPE, bigint_properties);
const BuiltinObject builtin_bigint_prototype = BUILTIN_PROTOTYPE(INTRINSIC_BIGINT, bigint_prototype_properties);
