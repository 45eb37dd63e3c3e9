// SPDX-License-Identifier: MIT
// base/dtoa and base/strtod: text that reads back, is shortest, and equals what ECMA-262 prescribes.
// WEFT_TEST_DOUBLES sets how many random doubles are tried.
#include <math.h>

#include "base/bits.h"
#include "base/dtoa.h"
#include "base/rand.h"
#include "base/strtod.h"
#include "tests/unit/unit.h"

static double read_all(const char *s, size_t n) {
  const char *end;
  double v = strtod_decimal(s, n, &end);
  return end == s + n ? v : NAN;
}

static bool same_bits(double a, double b) { return bits_of_double(a) == bits_of_double(b); }

// The text of one digit fewer, nearest to v, must not read back, or ours was not the shortest.
static void check_double(double v) {
  char text[NUMBER_TEXT_MAX + 1], shorter[40], digits[17];
  size_t n = number_to_text(v, text);
  text[n] = 0;
  ck_assert_msg(same_bits(read_all(text, n), v), "%a prints as %s", v, text);
  ck_assert_msg(same_bits(strtod(text, NULL), v), "%a prints as %s", v, text);
  int point, k = dtoa_digits(v, digits, &point);
  snprintf(shorter, sizeof shorter, "%.17g", v);
  ck_assert_msg(same_bits(read_all(shorter, strlen(shorter)), v), "%s", shorter);
  snprintf(shorter, sizeof shorter, "%.*e", k - 1, v);
  double nearest = strtod(shorter, NULL);
  if (same_bits(nearest, v)) {
    char ours[NUMBER_PRECISION_MAX];
    size_t len = number_to_exponential(v, -1, ours);
    double as_printed = 0;
    ck_assert_int_eq(sscanf(shorter, "%lf", &as_printed), 1);
    ck_assert_msg(read_all(ours, len) == as_printed && !memcmp(ours, shorter, (size_t)(k > 1 ? k + 1 : 1)), "%.*s %s", (int)len,
                  ours, shorter);
  }
  if (k == 1) return;
  snprintf(shorter, sizeof shorter, "%.*e", k - 2, v);
  ck_assert_msg(!same_bits(strtod(shorter, NULL), v), "%s is not the shortest: %s", text, shorter);
}

static u32 rounds(u32 usual) {
  const char *text = getenv("WEFT_TEST_DOUBLES");
  return text ? (u32)strtoul(text, NULL, 10) : usual;
}

START_TEST(random_doubles) {
  Rand rng;
  rand_seed(&rng, 11);
  for (u32 i = 0, n = rounds(100000); i < n; i++) {
    double v = fabs(bits_to_double(rand_next(&rng)));
    if (i % 4 == 1) v = (double)(rand_next(&rng) % 1000000000) / 1e4;
    if (i % 4 == 2) v = rand_double(&rng);
    if (isfinite(v) && v > 0) check_double(v);
  }
}
END_TEST

START_TEST(hard_doubles) {
  static const double samples[] = {5e-324,
                                   1e-323,
                                   2.2250738585072014e-308,
                                   2.225073858507201e-308,
                                   1.7976931348623157e308,
                                   9007199254740992,
                                   9007199254740994,
                                   9007199254740991,
                                   1e21,
                                   1e22,
                                   1e23,
                                   9.5e-6,
                                   1e-6,
                                   1e-7,
                                   2.989102097996e-312,
                                   9.0608011534336e15,
                                   4.708356024711512e18,
                                   9.409340012568248e18,
                                   8.41e21,
                                   2.0919495182368195e19,
                                   5e-324 * 3,
                                   0.1,
                                   0.3,
                                   123456789012345680000.0};
  for (size_t i = 0; i < ARRAY_LEN(samples); i++) check_double(samples[i]);
  for (int e = -1074; e < 1024; e++) {
    double v = ldexp(1, e);
    check_double(v);
    check_double(nextafter(v, 0) > 0 ? nextafter(v, 0) : v);
    check_double(nextafter(v, INFINITY));
  }
}
END_TEST

static void expect(const char *want, const char *buf, size_t n) {
  ck_assert_msg(n == strlen(want) && !memcmp(buf, want, n), "want %s, got %.*s", want, (int)n, buf);
}
#define TEXT(want, v) expect(want, buf, number_to_text(v, buf))
#define FIXED(want, v, f) expect(want, buf, number_to_fixed(v, f, buf))
#define EXPONENTIAL(want, v, f) expect(want, buf, number_to_exponential(v, f, buf))
#define PRECISION(want, v, p) expect(want, buf, number_to_precision(v, p, buf))
#define RADIX(want, v, r) expect(want, buf, number_to_radix(v, r, buf))

START_TEST(formats) {
  char buf[NUMBER_RADIX_MAX];
  TEXT("0", -0.0);
  TEXT("-1", -1);
  TEXT("NaN", NAN);
  TEXT("-Infinity", -INFINITY);
  TEXT("100000000000000000000", 1e20);
  TEXT("1e+21", 1e21);
  TEXT("0.000001", 1e-6);
  TEXT("1e-7", 1e-7);
  TEXT("-1.5e-9", -1.5e-9);
  TEXT("9007199254740993000", 9007199254740993000.0);
  expect("-2147483648", buf, number_i32_to_text(INT32_MIN, buf));
  expect("18446744073709551615", buf, number_u64_to_text(UINT64_MAX, buf));
  FIXED("0.00", -0.0, 2);
  FIXED("-0.00", -0.0000001, 2);
  FIXED("1.00", 1.005, 2);
  FIXED("1.25", 1.25, 2);
  FIXED("1.3", 1.25, 1);
  FIXED("-1.3", -1.25, 1);
  FIXED("3", 2.5, 0);
  FIXED("1", 0.5, 0);
  FIXED("0", 0.49999, 0);
  FIXED("1000000000000000128", 1000000000000000128.0, 0);
  FIXED("1000000000000000128.00", 1000000000000000128.0, 2);
  FIXED("0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001", 1e-100, 100);
  FIXED("0.00", 1e-100, 2);
  FIXED("0.1000000000000000055511151231257827021181583404541015625000000000000000000000000000000000000000000000", 0.1, 100);
  FIXED("10.0", 9.96, 1);
  EXPONENTIAL("1.23456e+2", 123.456, -1);
  EXPONENTIAL("0.00e+0", 0, 2);
  EXPONENTIAL("0e+0", 0, -1);
  EXPONENTIAL("3e+0", 2.5, 0);
  EXPONENTIAL("-1.2e-7", -1.25e-7, 1);
  EXPONENTIAL("-1.3e-1", -0.125, 1);
  EXPONENTIAL("1.0e+1", 9.99, 1);
  PRECISION("1.3", 1.25, 2);
  PRECISION("0.000001", 1e-6, 1);
  PRECISION("1e-7", 1e-7, 1);
  PRECISION("1e+21", 1e21, 1);
  PRECISION("123", 123.456, 3);
  PRECISION("1.2e+2", 123.456, 2);
  PRECISION("0.00", 0, 3);
  PRECISION("1.0e+2", 99.9, 2);
  PRECISION("999999999999999967336168804116691273849533185806555472917961779471295845921727862608739868455469056.0", 1e99, 100);
  RADIX("0", 0, 2);
  RADIX("-ff", -255, 16);
  RADIX("0.1", 0.5, 2);
  RADIX("0.4", 0.25, 16);
  RADIX("0.1999999999999a", 0.1, 16);
  RADIX("i.zgk5rcyk5p", 18.985, 36);
  RADIX("duegb0o8a1k0", 1822234743774137900.0, 36);
}
END_TEST

START_TEST(reading) {
  static const struct {
    const char *text;
    double value;
    size_t used;
  } cases[] = {
      {"0", 0, 1},
      {"1.5", 1.5, 3},
      {".5", 0.5, 2},
      {"5.", 5, 2},
      {"1e3", 1000, 3},
      {"1e", 1, 1},
      {"1e+", 1, 1},
      {"1E-2x", 0.01, 4},
      {"00012", 12, 5},
      {"1_000", 1, 1},
      {"123abc", 123, 3},
      {"1e400", INFINITY, 5},
      {"1e-400", 0, 6},
      {"0e999999999999", 0, 14},
      {"0.000e5", 0, 7},
      {"1e99999999999999999999", INFINITY, 22},
      {"9007199254740993", 9007199254740992, 16},
      {"9007199254740993.0000000000000000000001", 9007199254740994, 39},
      {"1.7976931348623158e308", 1.7976931348623157e308, 22},
      {"1.7976931348623159e308", INFINITY, 22},
      {"4.9406564584124654e-324", 5e-324, 23},
      {"2.4703282292062327e-324", 0, 23},
      {"2.4703282292062328e-324", 5e-324, 23},
      {"2.2250738585072012e-308", 2.2250738585072014e-308, 23},
      {"0.1e1.5", 1, 5},
      {"1..2", 1, 2},
      {"6929495644600919.5", 6929495644600920, 18},
      {"3.7455744005952583e15", 3.7455744005952583e15, 21},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    const char *end;
    double v = strtod_decimal(cases[i].text, strlen(cases[i].text), &end);
    ck_assert_msg(v == cases[i].value && (size_t)(end - cases[i].text) == cases[i].used, "%s gives %.17g", cases[i].text, v);
  }
  static const char *const bad[] = {"", ".", "e5", ".e1", "x", "-1", "+"};
  for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
    const char *end;
    ck_assert(isnan(strtod_decimal(bad[i], strlen(bad[i]), &end)) && end == bad[i]);
  }
}
END_TEST

START_TEST(reading_like_libc) {
  Rand rng;
  rand_seed(&rng, 12);
  char text[900];
  for (u32 i = 0, n = rounds(100000); i < n; i++) {
    int count = 1 + (int)(rand_next(&rng) % (i % 50 == 0 ? 800 : 25)), at = 0;
    int point = (int)(rand_next(&rng) % 30);
    for (int k = 0; k < count; k++) {
      if (k == point) text[at++] = '.';
      text[at++] = (char)('0' + rand_next(&rng) % 10);
    }
    at += snprintf(text + at, 16, "e%d", (int)(rand_next(&rng) % 680) - 345);
    ck_assert_msg(same_bits(read_all(text, (size_t)at), strtod(text, NULL)), "%s", text);
  }
  // Half-way points, exactly and a little to each side.
  for (u32 i = 0; i < 3000; i++) {
    double v = fabs(bits_to_double(rand_next(&rng)));
    if (i % 3 == 0) v = bits_to_double(rand_next(&rng) >> (12 + rand_next(&rng) % 40));
    if (!isfinite(v) || v > 1e308) continue;
    long double middle = ((long double)v + (long double)nextafter(v, INFINITY)) / 2;
    int len = snprintf(text, 860, "%.770Le", middle);
    ck_assert_msg(same_bits(read_all(text, (size_t)len), strtod(text, NULL)), "%s", text);
    text[700] = '1';
    ck_assert(same_bits(read_all(text, (size_t)len), strtod(text, NULL)));
  }
}
END_TEST

START_TEST(reading_radix) {
  ck_assert(number_parse_radix("ff", 2, 16) == 255 && number_parse_radix("0", 1, 2) == 0 &&
            number_parse_radix("zz", 2, 36) == 1295);
  ck_assert(number_parse_radix("100000000000000000000000000000000000000000000000000001", 54, 2) == 0x1p53);
  ck_assert(number_parse_radix("100000000000000000000000000000000000000000000000000011", 54, 2) == 0x1p53 + 4);
  ck_assert(number_parse_radix("20000000000001000000000000000000000000000000000", 47, 16) == 0x1p185);
  ck_assert(number_parse_radix("20000000000001000000000000000000000000000000001", 47, 16) == 0x1.0000000000001p185);
  ck_assert(number_parse_radix("123456789012345678901234567890", 30, 10) == 123456789012345678901234567890.0);
  ck_assert(number_parse_radix("100000000000000000000000000000000000000000000", 45, 7) == pow(7, 44));
  static char many[5000];
  memset(many, 'z', sizeof many);
  ck_assert(isinf(number_parse_radix(many, sizeof many, 36)) && isinf(number_parse_radix(many, 400, 36)));
  memset(many, '1', sizeof many);
  ck_assert(isinf(number_parse_radix(many, sizeof many, 2)) && isfinite(number_parse_radix(many, 1023, 2)));
  memset(many, '0', sizeof many);
  ck_assert(number_parse_radix(many, sizeof many, 10) == 0);
  // Text in any radix reads back.
  Rand rng;
  rand_seed(&rng, 13);
  char buf[NUMBER_RADIX_MAX];
  for (int i = 0; i < 20000; i++) {
    double v = floor(ldexp(rand_double(&rng), (int)(rand_next(&rng) % 53)));
    u32 radix = 2 + (u32)(rand_next(&rng) % 35);
    if (radix == 10) continue;
    size_t n = number_to_radix(v, (int)radix, buf);
    ck_assert(number_parse_radix(buf, n, radix) == v);
  }
}
END_TEST

UNIT_MAIN("base/numbers", random_doubles, hard_doubles, formats, reading, reading_like_libc, reading_radix)
