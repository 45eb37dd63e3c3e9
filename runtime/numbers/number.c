// SPDX-License-Identifier: MIT
// Number and Number.prototype (ECMA-262 21.1). Text of numbers comes from base/dtoa.
// Tests: tests/js/numbers/number*.js
#include "base/dtoa.h"
#include "runtime/numbers/locale_digits.h"
#include "runtime/support.h"
#include <math.h>

static Value number_constructor(Isolate *iso, const Call *call) {
  Value n = value_from_int(0);
  if (call->argc) {
    n = TRY(to_numeric(iso, call->args[0]));
    if (value_is_bigint(n)) n = value_from_double(bigint_to_double(value_bigint(n)));
  }
  if (!call_is_construct(call)) return n;
  JSPrimitiveWrapper *w =
      TRY(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_NUMBER_PROTOTYPE, KIND_PRIMITIVE_WRAPPER));
  slot_set(iso, w, &w->primitive, n);
  return value_from_object(w);
}

// ---- Number.isX ----

static Value number_is_finite(Isolate *iso, const Call *call) {
  (void)iso;
  Value v = call_arg(call, 0);
  return value_from_bool(value_is_int(v) || (value_is_double(v) && isfinite(value_double(v))));
}

static bool is_integral(Value v) {
  if (value_is_int(v)) return true;
  return value_is_double(v) && isfinite(value_double(v)) && trunc(value_double(v)) == value_double(v);
}

static Value number_is_integer(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(is_integral(call_arg(call, 0)));
}

static Value number_is_nan(Isolate *iso, const Call *call) {
  (void)iso;
  Value v = call_arg(call, 0);
  return value_from_bool(value_is_double(v) && isnan(value_double(v)));
}

static Value number_is_safe_integer(Isolate *iso, const Call *call) {
  (void)iso;
  Value v = call_arg(call, 0);
  return value_from_bool(is_integral(v) && fabs(value_number(v)) <= 9007199254740991.0);
}

// ---- Number.prototype ----

static bool this_number_value(Isolate *iso, Value v, const char *method, double *d) {
  if (value_is_kind(v, KIND_PRIMITIVE_WRAPPER)) v = slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
  if (!value_is_number(v)) return THROW(iso, RECEIVER_TYPE, method, "Number");
  *d = value_number(v);
  return true;
}

static Value text_value(Isolate *iso, const char *text, size_t length) {
  return value_from_cell(str_new_latin1(iso, (const u8 *)text, (u32)length));
}

static Value number_prototype_to_string(Isolate *iso, const Call *call) {
  double d = 0, radix = 10;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.toString", &d));
  if (!value_is_undefined(call_arg(call, 0))) TRY(to_integer_or_infinity(iso, call_arg(call, 0), &radix));
  if (radix < 2 || radix > 36) return THROW(iso, RADIX_RANGE);
  return value_from_cell(number_to_string(iso, d, (u32)radix));
}

static Value number_prototype_value_of(Isolate *iso, const Call *call) {
  double d = 0;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.valueOf", &d));
  return value_from_double(d);
}

static Value number_to_fixed_method(Isolate *iso, const Call *call) {
  double d = 0, fraction;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.toFixed", &d));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &fraction));
  if (fraction < 0 || fraction > 100) return THROW(iso, TO_FIXED_DIGITS);
  if (!isfinite(d) || fabs(d) >= 1e21) return value_from_cell(number_to_string(iso, d, 10));
  char buf[NUMBER_FIXED_MAX];
  return text_value(iso, buf, number_to_fixed(d, (int)fraction, buf));
}

static Value number_to_exponential_method(Isolate *iso, const Call *call) {
  double d = 0, fraction;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.toExponential", &d));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &fraction));
  if (!isfinite(d)) return value_from_cell(number_to_string(iso, d, 10));
  if (fraction < 0 || fraction > 100) return THROW(iso, TO_EXPONENTIAL_RANGE);
  char buf[NUMBER_PRECISION_MAX];
  int digits = value_is_undefined(call_arg(call, 0)) ? -1 : (int)fraction;
  return text_value(iso, buf, number_to_exponential(d, digits, buf));
}

static Value number_to_precision_method(Isolate *iso, const Call *call) {
  double d = 0, precision;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.toPrecision", &d));
  if (value_is_undefined(call_arg(call, 0))) return value_from_cell(number_to_string(iso, d, 10));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &precision));
  if (!isfinite(d)) return value_from_cell(number_to_string(iso, d, 10));
  if (precision < 1 || precision > 100) return THROW(iso, TO_PRECISION_RANGE);
  char buf[NUMBER_PRECISION_MAX];
  return text_value(iso, buf, number_to_precision(d, (int)precision, buf));
}

// ---- toLocaleString: the conventions of en-US ----

static bool digits_option(Isolate *iso, JSObject *options, PropertyKey key, int *out) {
  Value v = TRY(obj_get(iso, options, key));
  if (value_is_undefined(v)) return true;
  double d = 0;
  TRY(to_double(iso, v, &d));
  if (!(d >= 0 && d <= 100)) return THROW(iso, RANGE, "Fraction digits value is out of range.");
  *out = (int)d;
  return true;
}

static Value number_to_locale_string(Isolate *iso, const Call *call) {
  double d = 0;
  TRY(this_number_value(iso, call->this_value, "Number.prototype.toLocaleString", &d));
  int least = -1, most = -1;
  bool grouping = true;
  if (value_is_object(call_arg(call, 1))) {
    JSObject *options = value_object(call->args[1]);
    TRY(digits_option(iso, options, ATOM(minimumFractionDigits), &least));
    TRY(digits_option(iso, options, ATOM(maximumFractionDigits), &most));
    Value group = TRY(obj_get(iso, options, ATOM(useGrouping)));
    grouping = value_is_undefined(group) || to_boolean(iso, group);
  }
  if (least < 0) least = 0;
  if (most < 0) most = MAX(least, 3);
  if (least > most) return THROW(iso, RANGE, "maximumFractionDigits value is out of range.");
  if (isnan(d)) return value_from_cell(ATOM_STRING(NaN));
  if (isinf(d)) {
    u16 infinity[2] = {'-', 0x221E};
    return value_from_cell(d < 0 ? str_new_utf16(iso, infinity, 2) : str_new_utf16(iso, infinity + 1, 1));
  }
  if (fabs(d) < 1e21) {
    char buf[NUMBER_FIXED_MAX], out[2 * NUMBER_FIXED_MAX];
    size_t n = number_to_fixed(d, most, buf);
    return text_value(iso, out, locale_group_digits(buf, n, (u32)least, grouping, out));
  }
  BigInt *whole = TRY(bigint_from_double(iso, d));
  return locale_bigint_text(iso, whole, grouping);
}

// ---- Tables ----

static const BuiltinProperty number_properties[] = {
    METHOD(isFinite, number_is_finite, 1),
    METHOD(isInteger, number_is_integer, 1),
    METHOD(isNaN, number_is_nan, 1),
    METHOD(isSafeInteger, number_is_safe_integer, 1),
    INTRINSIC_PROP(parseFloat, PARSE_FLOAT, ATTR_METHOD),
    INTRINSIC_PROP(parseInt, PARSE_INT, ATTR_METHOD),
    CONST_PROP_DOUBLE(MAX_VALUE, 0x1.fffffffffffffp+1023, 0),
    CONST_PROP_DOUBLE(MIN_VALUE, 0x1p-1074, 0),
    CONST_PROP_DOUBLE(NaN, __builtin_nan(""), 0),
    CONST_PROP_DOUBLE(NEGATIVE_INFINITY, -__builtin_inf(), 0),
    CONST_PROP_DOUBLE(POSITIVE_INFINITY, __builtin_inf(), 0),
    CONST_PROP_DOUBLE(MAX_SAFE_INTEGER, 9007199254740991.0, 0),
    CONST_PROP_DOUBLE(MIN_SAFE_INTEGER, -9007199254740991.0, 0),
    CONST_PROP_DOUBLE(EPSILON, 0x1p-52, 0),
};

static const BuiltinProperty number_prototype_properties[] = {
    METHOD(toExponential, number_to_exponential_method, 1), METHOD(toFixed, number_to_fixed_method, 1),
    METHOD(toPrecision, number_to_precision_method, 1),     METHOD(toString, number_prototype_to_string, 1),
    METHOD(valueOf, number_prototype_value_of, 0),          METHOD(toLocaleString, number_to_locale_string, 0),
};

// Number.prototype is itself a Number object with the value 0.
static bool number_prototype_finish(Isolate *iso, Realm *realm, JSObject *object) {
  (void)realm;
  slot_set(iso, object, &((JSPrimitiveWrapper *)object)->primitive, value_from_int(0));
  return true;
}

const BuiltinObject builtin_number = BUILTIN_CLASS(Number, number_constructor, 1, INTRINSIC_NUMBER_PROTOTYPE, number_properties);
const BuiltinObject builtin_number_prototype = {
    .kind = BUILTIN_OTHER,
    .heap_kind = KIND_PRIMITIVE_WRAPPER,
    .parent = INTRINSIC_OBJECT_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_NUMBER,
    BUILTIN_PROPERTIES(number_prototype_properties),
    .finish = number_prototype_finish,
};
