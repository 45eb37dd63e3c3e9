// SPDX-License-Identifier: MIT
// vm/number_text, vm/convert and vm/operators on primitive values.
#include <math.h>

#include "tests/unit/vm/fixture.h"
#include "vm/bigint.h"
#include "vm/operators.h"

START_TEST(numbers_to_strings) {
  Isolate *iso = fixture_new();
  static const struct {
    double d;
    u32 radix;
    const char *text;
  } cases[] = {
      {0, 10, "0"},
      {-0.0, 10, "0"},
      {9, 10, "9"},
      {10, 10, "10"},
      {1023, 10, "1023"},
      {1024, 10, "1024"},
      {-7, 10, "-7"},
      {2147483647, 10, "2147483647"},
      {-2147483648.0, 10, "-2147483648"},
      {4294967295.0, 10, "4294967295"},
      {0.1, 10, "0.1"},
      {1e21, 10, "1e+21"},
      {123456789012345680000.0, 10, "123456789012345680000"},
      {1e-7, 10, "1e-7"},
      {NAN, 10, "NaN"},
      {INFINITY, 10, "Infinity"},
      {-INFINITY, 10, "-Infinity"},
      {255, 16, "ff"},
      {-255, 2, "-11111111"},
      {0.5, 2, "0.1"},
      {35, 36, "z"},
  };
  for (int twice = 0; twice < 2; twice++) {
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
      ck_assert_text(iso, number_to_string(iso, cases[i].d, cases[i].radix), cases[i].text);
  }
  ck_assert_ptr_eq(number_to_string(iso, 1.25, 10), number_to_string(iso, 1.25, 10)); // cached
  for (i32 i = -2000; i < 3000; i++) {
    char expected[16];
    snprintf(expected, sizeof expected, "%d", i);
    ck_assert_text(iso, int_to_string(iso, i), expected);
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(strings_to_numbers) {
  Isolate *iso = fixture_new();
  static const struct {
    const char *text;
    double d;
  } cases[] = {
      {"", 0},
      {"  ", 0},
      {"\n\t\xc2\xa0\xef\xbb\xbf 12 \xe2\x80\xa8", 12},
      {"42", 42},
      {"-42", -42},
      {"+1.5e3", 1500},
      {".5", 0.5},
      {"5.", 5},
      {"0x1F", 31},
      {"0b101", 5},
      {"0O17", 15},
      {"-0x10", NAN},
      {"0x", NAN},
      {"0xg", NAN},
      {"Infinity", INFINITY},
      {"-Infinity", -INFINITY},
      {"infinity", NAN},
      {"1e1000", INFINITY},
      {"1_000", NAN},
      {"1 2", NAN},
      {"+", NAN},
      {"-", NAN},
      {".", NAN},
      {"e5", NAN},
      {"12n", NAN},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"0.1", 0.1},
      {"\xe2\x82\xac", NAN},
      {"0000000012", 12},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    double d = str_to_number_flat(text(iso, cases[i].text));
    ck_assert_msg(isnan(cases[i].d) ? isnan(d) : d == cases[i].d, "\"%s\" gave %g", cases[i].text, d);
  }
  ck_assert(signbit(str_to_number_flat(text(iso, "-0"))));
  isolate_destroy(iso);
}
END_TEST

START_TEST(integers) {
  Isolate *iso = fixture_new();
  ck_assert_int_eq(double_to_int32(4294967296.0 + 5), 5);
  ck_assert_int_eq(double_to_int32(-1.9), -1);
  ck_assert_int_eq(double_to_int32(NAN), 0);
  ck_assert_int_eq(double_to_int32(1e300), 0);
  ck_assert_int_eq(double_to_int32(2147483648.0), INT32_MIN);
  double d;
  ck_assert(to_integer_or_infinity(iso, value_from_double(-0.9), &d) && d == 0 && !signbit(d));
  ck_assert(to_integer_or_infinity(iso, VALUE_UNDEFINED, &d) && d == 0);
  u64 length;
  ck_assert(to_length(iso, value_from_double(1e20), &length) && length == 9007199254740991);
  ck_assert(to_length(iso, value_from_int(-3), &length) && length == 0);
  ck_assert(to_relative_index(iso, value_from_int(-3), 10, 10, &length) && length == 7);
  ck_assert(to_relative_index(iso, value_from_int(-30), 10, 10, &length) && length == 0);
  ck_assert(to_relative_index(iso, value_from_int(30), 10, 10, &length) && length == 10);
  ck_assert(to_relative_index(iso, VALUE_UNDEFINED, 10, 4, &length) && length == 4);
  isolate_destroy(iso);
}
END_TEST

START_TEST(numeric_index_strings) {
  Isolate *iso = fixture_new();
  static const struct {
    const char *text;
    bool is;
  } cases[] = {
      {"0", true},         {"-0", true},    {"1.5", true},   {"-1", true},         {"NaN", true}, {"Infinity", true},
      {"-Infinity", true}, {"1e+21", true}, {"1e21", false}, {"+1", false},        {"01", false}, {"1.0", false},
      {"Name", false},     {"foo", false},  {"", false},     {"4294967296", true},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    double d;
    ck_assert_msg(canonical_numeric_index(iso, key_from_cstring(iso, cases[i].text), &d) == cases[i].is, "%s", cases[i].text);
  }
  isolate_destroy(iso);
}
END_TEST

static Value num(double d) { return value_from_double(d); }

START_TEST(operators_on_primitives) {
  Isolate *iso = fixture_new();
  Value big = value_from_cell(bigint_from_i64(iso, 10)), ten = value_from_cell(text(iso, "10")),
        nine = value_from_cell(text(iso, "9"));
  ck_assert_ptr_eq(operator_add(iso, value_from_int(INT32_MAX), value_from_int(1)), num(2147483648.0));
  ck_assert_text(iso, value_string(operator_add(iso, ten, value_from_int(5))), "105");
  ck_assert_text(iso, value_string(operator_add(iso, VALUE_NULL, ten)), "null10");
  ck_assert_ptr_eq(binary_operator(iso, OPERATOR_SUB, ten, VALUE_TRUE), num(9));
  ck_assert_ptr_eq(binary_operator(iso, OPERATOR_SHR, num(-1), num(0)), num(4294967295.0));
  ck_assert_ptr_eq(binary_operator(iso, OPERATOR_SHL, num(1), num(33)), num(2));
  ck_assert_ptr_eq(unary_operator(iso, OPERATOR_UNARY_BIT_NOT, num(5)), num(-6));
  ck_assert(signbit(value_number(unary_operator(iso, OPERATOR_UNARY_MINUS, value_from_int(0)))));
  ck_assert_int_eq(compare_relational(iso, RELATION_LT, ten, nine), TRI_YES); // as strings
  ck_assert_int_eq(compare_relational(iso, RELATION_LT, ten, value_from_int(9)), TRI_NO);
  ck_assert_int_eq(compare_relational(iso, RELATION_GE, big, ten), TRI_YES);
  ck_assert_int_eq(compare_relational(iso, RELATION_GE, big, value_from_cell(text(iso, "x"))), TRI_NO);
  ck_assert_int_eq(compare_relational(iso, RELATION_LT, num(9.5), big), TRI_YES);
  ck_assert_int_eq(compare_relational(iso, RELATION_LE, num(NAN), num(1)), TRI_NO);
  ck_assert_int_eq(compare_relational(iso, RELATION_GE, num(NAN), num(1)), TRI_NO);
  ck_assert_int_eq(is_loosely_equal(iso, ten, value_from_int(10)), TRI_YES);
  ck_assert_int_eq(is_loosely_equal(iso, big, ten), TRI_YES);
  ck_assert_int_eq(is_loosely_equal(iso, big, num(10.5)), TRI_NO);
  ck_assert_int_eq(is_loosely_equal(iso, VALUE_NULL, VALUE_UNDEFINED), TRI_YES);
  ck_assert_int_eq(is_loosely_equal(iso, VALUE_NULL, value_from_int(0)), TRI_NO);
  ck_assert_int_eq(is_loosely_equal(iso, VALUE_TRUE, value_from_int(1)), TRI_YES);
  ck_assert_int_eq(is_loosely_equal(iso, num(NAN), num(NAN)), TRI_NO);
  ck_assert_int_eq(is_strictly_equal(iso, ten, value_from_cell(text(iso, "10"))), TRI_YES);
  ck_assert_int_eq(is_strictly_equal(iso, big, value_from_cell(bigint_from_i64(iso, 10))), TRI_YES);
  ck_assert_int_eq(same_value(iso, num(NAN), num(NAN)), TRI_YES);
  ck_assert_int_eq(same_value(iso, num(0), num(-0.0)), TRI_NO);
  ck_assert_int_eq(same_value_zero(iso, num(0), num(-0.0)), TRI_YES);
  ck_assert_int_eq(to_boolean(iso, num(NAN)), false);
  ck_assert_int_eq(to_boolean(iso, num(-0.0)), false);
  ck_assert_int_eq(to_boolean(iso, num(0.5)), true);
  ck_assert_int_eq(to_boolean(iso, value_from_cell(ATOM_STRING(empty))), false);
  ck_assert_int_eq(to_boolean(iso, ten), true);
  ck_assert_int_eq(to_boolean(iso, value_from_cell(bigint_from_i64(iso, 0))), false);
  ck_assert_ptr_eq(type_of(iso, big), value_from_cell(ATOM_STRING(bigint)));
  ck_assert_ptr_eq(type_of(iso, VALUE_NULL), value_from_cell(ATOM_STRING(object)));
  ck_assert_ptr_eq(type_of(iso, SYM_VALUE(iterator)), value_from_cell(ATOM_STRING(symbol)));
  ck_assert_text(iso, to_string(iso, num(1.5)), "1.5");
  ck_assert_text(iso, to_string(iso, VALUE_UNDEFINED), "undefined");
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/convert", numbers_to_strings, strings_to_numbers, integers, numeric_index_strings, operators_on_primitives)
