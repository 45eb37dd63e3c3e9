// SPDX-License-Identifier: MIT
// Math (ECMA-262 21.3). Results are int32 values where they can be.
// Tests: tests/js/numbers/math*.js
#include "base/float16.h"
#include "base/math_extra.h"
#include "runtime/support.h"
#include <math.h>

// libm's may be off by a unit in the last place even for cubes: one step of Newton's method with the exact error.
static double cube_root(double x) {
  double r = cbrt(x);
  if (!isfinite(r) || r == 0) return r;
  double square = r * r, error = fma(square, r, -x) + fma(r, r, -square) * r;
  return r - error / (3 * square);
}

#define MATH_UNARY(name, expression) \
  static Value math_##name##_method(Isolate *iso, const Call *call) { \
    double x; \
    TRY(to_double(iso, call_arg(call, 0), &x)); \
    return value_from_double(expression); \
  }
// The same for functions that leave an int32 as it is.
#define MATH_ROUNDING(name, expression) \
  static Value math_##name##_method(Isolate *iso, const Call *call) { \
    double x; \
    if (call->argc && value_is_int(call->args[0])) return call->args[0]; \
    TRY(to_double(iso, call_arg(call, 0), &x)); \
    return value_from_double(expression); \
  }

MATH_UNARY(acos, acos(x))
MATH_UNARY(acosh, acosh(x))
MATH_UNARY(asin, asin(x))
MATH_UNARY(asinh, asinh(x))
MATH_UNARY(atan, atan(x))
MATH_UNARY(atanh, atanh(x))
MATH_UNARY(cbrt, cube_root(x))
MATH_UNARY(cos, cos(x))
MATH_UNARY(cosh, cosh(x))
MATH_UNARY(exp, exp(x))
MATH_UNARY(expm1, expm1(x))
MATH_UNARY(log, log(x))
MATH_UNARY(log1p, log1p(x))
MATH_UNARY(log10, log10(x))
MATH_UNARY(log2, log2(x))
MATH_UNARY(sin, sin(x))
MATH_UNARY(sinh, sinh(x))
MATH_UNARY(sqrt, sqrt(x))
MATH_UNARY(tan, tan(x))
MATH_UNARY(tanh, tanh(x))
MATH_UNARY(abs, fabs(x))
MATH_UNARY(sign, math_sign(x))
MATH_UNARY(f16round, float16_to_double(float16_from_double(x)))
MATH_UNARY(fround, (double)(float)x)
MATH_ROUNDING(ceil, ceil(x))
MATH_ROUNDING(floor, floor(x))
MATH_ROUNDING(round, math_round(x))
MATH_ROUNDING(trunc, trunc(x))

static Value math_clz32(Isolate *iso, const Call *call) {
  u32 n;
  TRY(to_uint32(iso, call_arg(call, 0), &n));
  return value_from_int(n ? __builtin_clz(n) : 32);
}

static Value math_imul(Isolate *iso, const Call *call) {
  u32 a, b;
  TRY(to_uint32(iso, call_arg(call, 0), &a));
  TRY(to_uint32(iso, call_arg(call, 1), &b));
  return value_from_int((i32)(a * b));
}

static Value math_atan2(Isolate *iso, const Call *call) {
  double y, x;
  TRY(to_double(iso, call_arg(call, 0), &y));
  TRY(to_double(iso, call_arg(call, 1), &x));
  return value_from_double(atan2(y, x));
}

static Value math_pow_method(Isolate *iso, const Call *call) {
  double base, exponent;
  TRY(to_double(iso, call_arg(call, 0), &base));
  TRY(to_double(iso, call_arg(call, 1), &exponent));
  return value_from_double(math_pow(base, exponent));
}

// All arguments are converted before the answer is known; infinities beat NaN. Scaled, and summed with compensation.
static Value math_hypot(Isolate *iso, const Call *call) {
  double largest = 0;
  bool infinite = false, nan = false;
  ValueArray *numbers = NULL;
  double few[16];
  if (call->argc > ARRAY_LEN(few)) numbers = TRY(value_array_new(iso, call->argc));
  for (u32 i = 0; i < call->argc; i++) {
    double x;
    TRY(to_double(iso, call->args[i], &x));
    x = fabs(x);
    if (isinf(x)) infinite = true;
    if (isnan(x)) nan = true;
    if (x > largest) largest = x;
    if (numbers) slot_set(iso, numbers, &numbers->values[i], value_from_double(isnan(x) ? 0 : x));
    else few[i] = x;
  }
  if (infinite) return value_from_double(INFINITY);
  if (nan) return value_from_double(NAN);
  if (largest == 0) return value_from_int(0);
  if (call->argc == 2) return value_from_double(hypot(few[0], few[1]));
  double sum = 0, compensation = 0;
  for (u32 i = 0; i < call->argc; i++) {
    double n = (numbers ? value_number(slot_get(&numbers->values[i])) : few[i]) / largest;
    double summand = n * n - compensation, preliminary = sum + summand;
    compensation = (preliminary - sum) - summand;
    sum = preliminary;
  }
  return value_from_double(sqrt(sum) * largest);
}

static Value math_max_min(Isolate *iso, const Call *call) { // magic: 1 for min
  bool min = native_magic(call);
  u32 i = 0;
  double result = min ? INFINITY : -INFINITY;
  if (call->argc && value_is_int(call->args[0])) { // while all are int32
    i32 best = value_int(call->args[0]);
    for (i = 1; i < call->argc && value_is_int(call->args[i]); i++) {
      i32 n = value_int(call->args[i]);
      if (min ? n < best : n > best) best = n;
    }
    if (i == call->argc) return value_from_int(best);
    result = best;
  }
  for (; i < call->argc; i++) {
    double x;
    TRY(to_double(iso, call->args[i], &x));
    if (isnan(result)) continue;
    if (isnan(x)) result = x;
    else if (x == 0 && result == 0) result = (min ? signbit(x) : signbit(result)) ? x : result;
    else if (min ? x < result : x > result) result = x;
  }
  return value_from_double(result);
}

static Value math_random(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_double(rand_double(&iso->random));
}

static Value math_sum_precise(Isolate *iso, const Call *call) {
  Value items = call_arg(call, 0);
  if (value_is_nullish(items)) return THROW(iso, NOT_ITERABLE, error_text_of_value(iso, items));
  ForOf it;
  TRY(for_of_init(iso, &it, items));
  MathSum sum;
  math_sum_init(&sum);
  Value v;
  while (for_of_next(iso, &it, &v)) {
    if (!value_is_number(v)) {
      THROW(iso, TYPE, "Math.sumPrecise: element is not a number");
      for_of_close(iso, &it);
      return VALUE_FAIL;
    }
    math_sum_add(&sum, value_number(v));
  }
  return it.failed ? VALUE_FAIL : value_from_double(math_sum_result(&sum));
}

#define UNARY(name) METHOD(name, math_##name##_method, 1)
static const BuiltinProperty math_properties[] = {
    UNARY(abs),
    UNARY(acos),
    UNARY(acosh),
    UNARY(asin),
    UNARY(asinh),
    UNARY(atan),
    UNARY(atanh),
    METHOD(atan2, math_atan2, 2),
    UNARY(ceil),
    UNARY(cbrt),
    UNARY(expm1),
    METHOD(clz32, math_clz32, 1),
    UNARY(cos),
    UNARY(cosh),
    UNARY(exp),
    UNARY(floor),
    UNARY(fround),
    METHOD(hypot, math_hypot, 2),
    METHOD(imul, math_imul, 2),
    UNARY(log),
    UNARY(log1p),
    UNARY(log2),
    UNARY(log10),
    METHOD_MAGIC(max, math_max_min, 2, 0),
    METHOD_MAGIC(min, math_max_min, 2, 1),
    METHOD(pow, math_pow_method, 2),
    METHOD(random, math_random, 0),
    UNARY(round),
    UNARY(sign),
    UNARY(sin),
    UNARY(sinh),
    UNARY(sqrt),
    UNARY(tan),
    UNARY(tanh),
    UNARY(trunc),
    {.key = 'E', .kind = BUILTIN_DOUBLE_PROPERTY, .dbl = 2.718281828459045},
    CONST_PROP_DOUBLE(LN10, 2.302585092994046, 0),
    CONST_PROP_DOUBLE(LN2, 0.6931471805599453, 0),
    CONST_PROP_DOUBLE(LOG10E, 0.4342944819032518, 0),
    CONST_PROP_DOUBLE(LOG2E, 1.4426950408889634, 0),
    CONST_PROP_DOUBLE(PI, 3.141592653589793, 0),
    CONST_PROP_DOUBLE(SQRT1_2, 0.7071067811865476, 0),
    CONST_PROP_DOUBLE(SQRT2, 1.4142135623730951, 0),
    STRING_TAG(Math),
    UNARY(f16round),
    METHOD(sumPrecise, math_sum_precise, 1),
};
const BuiltinObject builtin_math = BUILTIN_NAMESPACE(math_properties);
