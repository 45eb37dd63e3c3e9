// SPDX-License-Identifier: MIT
// vm/bigint: arithmetic against known texts, against 64-bit arithmetic, and against its own laws.
#include <math.h>

#include "base/rand.h"
#include "tests/unit/vm/fixture.h"
#include "vm/bigint.h"
#include "vm/operators.h"

static BigInt *big(Isolate *iso, const char *s) {
  Value v = bigint_from_string(iso, text(iso, s));
  ck_assert_msg(v && value_is_bigint(v), "%s", s);
  return value_bigint(v);
}

static BigInt *op(Isolate *iso, enum BinaryOperator o, BigInt *a, BigInt *b) {
  Value v = bigint_binary(iso, o, a, b);
  ck_assert_ptr_nonnull(v);
  return value_bigint(v);
}

#define ck_big(iso, b, expected) ck_assert_text(iso, bigint_to_string(iso, b, 10), expected)

START_TEST(texts) {
  Isolate *iso = fixture_new();
  static const char *const same[] = {"0",
                                     "1",
                                     "-1",
                                     "18446744073709551615",
                                     "18446744073709551616",
                                     "-18446744073709551617",
                                     "123456789012345678901234567890123456789012345678901234567890"};
  for (size_t i = 0; i < ARRAY_LEN(same); i++) ck_big(iso, big(iso, same[i]), same[i]);
  ck_big(iso, big(iso, ""), "0");
  ck_big(iso, big(iso, "  -0012 \n"), "-12");
  ck_big(iso, big(iso, "0xffffffffffffffffffff"), "1208925819614629174706175");
  ck_big(iso, big(iso, "0b101"), "5");
  ck_big(iso, big(iso, "0o17"), "15");
  ck_assert_text(iso, bigint_to_string(iso, big(iso, "0xdeadbeefcafebabe0123456789"), 16), "deadbeefcafebabe0123456789");
  ck_assert_text(iso, bigint_to_string(iso, big(iso, "-35"), 36), "-z");
  static const char *const bad[] = {"1n", "1.5", "0x", "-0x1", "1 2", "abc", "1_0", "+", "\xe2\x82\xac"};
  for (size_t i = 0; i < ARRAY_LEN(bad); i++)
    ck_assert_msg(bigint_from_string(iso, text(iso, bad[i])) == VALUE_UNDEFINED, "%s", bad[i]);
  ck_big(iso, bigint_from_decimal(iso, (const u8 *)"0x10", 4), "16");
  ck_big(iso, bigint_from_double(iso, 1e25), "10000000000000000905969664");
  ck_big(iso, bigint_from_i64(iso, INT64_MIN), "-9223372036854775808");
  ck_assert_double_eq(bigint_to_double(big(iso, "-10000000000000000905969664")), -1e25);
  isolate_destroy(iso);
}
END_TEST

START_TEST(small_arithmetic) {
  Isolate *iso = fixture_new();
  static const i64 values[] = {0, 1, -1, 2, -2, 7, -7, 63, 64, 1000000007, -1000000007, 3037000499, -3037000499};
  for (size_t i = 0; i < ARRAY_LEN(values); i++) {
    for (size_t j = 0; j < ARRAY_LEN(values); j++) {
      i64 x = values[i], y = values[j];
      BigInt *a = bigint_from_i64(iso, x), *b = bigint_from_i64(iso, y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_ADD, a, b)), x + y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_SUB, a, b)), x - y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_MUL, a, b)), x * y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_BIT_AND, a, b)), x & y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_BIT_OR, a, b)), x | y);
      ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_BIT_XOR, a, b)), x ^ y);
      if (y) {
        ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_DIV, a, b)), x / y);
        ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_MOD, a, b)), x % y);
      }
      if (y >= 0 && y < 64) ck_assert_int_eq(bigint_to_i64(op(iso, OPERATOR_SAR, a, b)), x >> y);
      ck_assert_int_eq(bigint_compare(a, b), (x > y) - (x < y));
      ck_assert_int_eq(bigint_compare_double(a, (double)y), (x > y) - (x < y));
    }
    BigInt *a = bigint_from_i64(iso, values[i]);
    ck_assert_int_eq(bigint_to_i64(bigint_not(iso, a)), ~values[i]);
    ck_assert_int_eq(bigint_to_i64(bigint_negate(iso, a)), -values[i]);
    ck_assert_int_eq(bigint_to_i64(bigint_inc(iso, a, 1)), values[i] + 1);
    ck_assert_int_eq(bigint_to_i64(bigint_inc(iso, a, -1)), values[i] - 1);
  }
  isolate_destroy(iso);
}
END_TEST

static BigInt *random_big(Isolate *iso, Rand *rand, u32 limbs_max) {
  BigInt *b = bigint_from_u64(iso, rand_next(rand));
  BigInt *shift = bigint_from_u64(iso, 64);
  for (u32 n = rand_next(rand) % limbs_max; n; n--) {
    b = op(iso, OPERATOR_BIT_OR, op(iso, OPERATOR_SHL, b, shift), bigint_from_u64(iso, rand_next(rand) % 3 ? rand_next(rand) : 0));
  }
  return rand_next(rand) & 1 ? bigint_negate(iso, b) : b;
}

START_TEST(laws) {
  Isolate *iso = fixture_new();
  Rand rand;
  rand_seed(&rand, 7);
  for (int round = 0; round < 1500; round++) {
    BigInt *a = random_big(iso, &rand, 12), *b = random_big(iso, &rand, 8), *c = random_big(iso, &rand, 50);
    BigInt *sum = op(iso, OPERATOR_ADD, a, b);
    ck_assert(bigint_equals(op(iso, OPERATOR_SUB, sum, b), a));
    ck_assert(bigint_equals(op(iso, OPERATOR_MUL, sum, c),
                            op(iso, OPERATOR_ADD, op(iso, OPERATOR_MUL, a, c), op(iso, OPERATOR_MUL, c, b))));
    if (b->length) {
      BigInt *q = op(iso, OPERATOR_DIV, c, b), *r = op(iso, OPERATOR_MOD, c, b);
      ck_assert(bigint_equals(op(iso, OPERATOR_ADD, op(iso, OPERATOR_MUL, q, b), r), c));
    }
    // x ^ y == (x | y) - (x & y)
    ck_assert(bigint_equals(op(iso, OPERATOR_BIT_XOR, a, b),
                            op(iso, OPERATOR_SUB, op(iso, OPERATOR_BIT_OR, a, b), op(iso, OPERATOR_BIT_AND, a, b))));
    BigInt *n = bigint_from_u64(iso, rand_next(&rand) % 300);
    ck_assert(bigint_equals(op(iso, OPERATOR_SAR, op(iso, OPERATOR_SHL, a, n), n), a));
    ck_assert(bigint_equals(op(iso, OPERATOR_SHL, a, bigint_negate(iso, n)), op(iso, OPERATOR_SAR, a, n)));
    u64 bits = rand_next(&rand) % 600;
    BigInt *u = bigint_as_uint_n(iso, bits, a), *i = bigint_as_int_n(iso, bits, a);
    ck_assert(bigint_equals(bigint_as_uint_n(iso, bits, i), u));
    ck_assert(!bigint_is_negative(u));
    String *decimal = bigint_to_string(iso, c, 10);
    ck_assert(bigint_equals(value_bigint(bigint_from_string(iso, decimal)), c));
    ck_assert_uint_eq(bigint_hash(c), bigint_hash(value_bigint(bigint_from_string(iso, decimal))));
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(powers_and_limits) {
  Isolate *iso = fixture_new();
  ck_big(iso, op(iso, OPERATOR_EXP, big(iso, "3"), big(iso, "50")), "717897987691852588770249");
  ck_big(iso, op(iso, OPERATOR_EXP, big(iso, "-2"), big(iso, "65")), "-36893488147419103232");
  ck_big(iso, op(iso, OPERATOR_EXP, big(iso, "-1"), big(iso, "1000000000000000000000001")), "-1");
  ck_big(iso, op(iso, OPERATOR_EXP, big(iso, "0"), big(iso, "0")), "1");
  ck_big(iso, op(iso, OPERATOR_SAR, big(iso, "-5"), big(iso, "100000000000000000000000000")), "-1");
  ck_big(iso, op(iso, OPERATOR_SAR, big(iso, "-5"), big(iso, "1")), "-3");
  ck_assert_int_eq(bigint_compare_double(big(iso, "9007199254740993"), 9007199254740992.0), 1);
  ck_assert_int_eq(bigint_compare_double(big(iso, "5"), 5.5), -1);
  ck_assert_int_eq(bigint_compare_double(big(iso, "-5"), -5.5), 1);
  ck_assert_int_eq(bigint_compare_double(big(iso, "5"), INFINITY), -1);
  ck_assert_int_eq(bigint_compare_double(big(iso, "5"), NAN), 2);
  ck_big(iso, bigint_as_int_n(iso, 8, big(iso, "200")), "-56");
  ck_big(iso, bigint_as_int_n(iso, 8, big(iso, "-129")), "127");
  ck_big(iso, bigint_as_int_n(iso, 8, big(iso, "-128")), "-128");
  ck_big(iso, bigint_as_int_n(iso, 0, big(iso, "-128")), "0");
  ck_big(iso, bigint_as_uint_n(iso, 64, big(iso, "-1")), "18446744073709551615");
  isolate_destroy(iso);
}
END_TEST

START_TEST(failures_throw) {
  Isolate *iso = fixture_new();
  BigInt *huge = op(iso, OPERATOR_SHL, big(iso, "1"), big(iso, "16000000"));
  ck_assert_ptr_null(bigint_binary(iso, OPERATOR_MUL, huge, huge));
  ck_assert(isolate_has_exception(iso));
  isolate_take_exception(iso);
  ck_assert_ptr_null(bigint_binary(iso, OPERATOR_DIV, huge, big(iso, "0")));
  isolate_take_exception(iso);
  ck_assert_ptr_null(bigint_binary(iso, OPERATOR_EXP, big(iso, "2"), big(iso, "-1")));
  isolate_take_exception(iso);
  ck_assert_ptr_null(bigint_binary(iso, OPERATOR_SHR, big(iso, "2"), big(iso, "1")));
  isolate_take_exception(iso);
  ck_assert_ptr_null(bigint_from_double(iso, 1.5));
  isolate_take_exception(iso);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/bigint", texts, small_arithmetic, laws, powers_and_limits, failures_throw)
