// SPDX-License-Identifier: MIT
// Text to doubles, see strtod.h. Up to 19 digits meet a 128-bit power of ten (D. Lemire, "Number parsing at a gigabyte per second");
// where that product cannot decide, the text is compared exactly with the half-way point between two doubles.
#include "base/strtod.h"

#include <math.h>

#include "base/bits.h"
#include "base/digits.h"
#include "base/pow10_internal.h"

enum {
  MAX_DIGITS = 800, // more cannot matter but as "something more": a half-way point has at most 767
  EXACT_LIMBS = 64, // 10^800 * 2^1100 and the like
  FAST_DIGITS = 19, // that fit 64 bits
  DECIMAL_EXPONENT_LIMIT = 100000000,
};

// digits * 10^exponent, where digits are text[0..count) without the point.
typedef struct Decimal {
  const char *first; // first significant digit
  size_t span;       // characters from there to the end of the digits, the point included
  u64 leading;       // value of the first 19 significant digits
  i64 exponent;      // of `leading`
  bool more;         // there are significant digits beyond, some of them not zero
} Decimal;

u32 strtod_digit_value(u32 c) {
  if (c - '0' < 10) return c - '0';
  u32 letter = (c | 32) - 'a';
  return letter < 26 ? letter + 10 : 36;
}

static ALWAYS_INLINE bool is_digit(char c) { return (u8)(c - '0') < 10; }

// Reads an exponent at p, if there is one; returns the end of it, or p.
static const char *scan_exponent(const char *p, const char *end, i64 *exponent) {
  const char *at = p;
  if (at == end || (*at | 32) != 'e') return p;
  at++;
  bool negative = at < end && *at == '-';
  if (at < end && (*at == '-' || *at == '+')) at++;
  if (at == end || !is_digit(*at)) return p;
  i64 value = 0;
  for (; at < end && is_digit(*at); at++) {
    if (value < DECIMAL_EXPONENT_LIMIT) value = value * 10 + (*at - '0');
  }
  *exponent += negative ? -value : value;
  return at;
}

// The digits after the first 19: only whether any is not zero, and how many stand before the point.
static const char *skip_digits(const char *p, const char *end, bool *nonzero, i64 *count) {
  for (u64 w; end - p >= 8; p += 8, *count += 8) {
    memcpy(&w, p, 8);
    u64 high = 0xF0F0F0F0F0F0F0F0, zeros = 0x3030303030303030;
    if ((w & high) != zeros || ((w + 0x0606060606060606) & high) != zeros) break;
    *nonzero |= w != zeros;
  }
  for (; p < end && is_digit(*p); p++, ++*count) *nonzero |= *p != '0';
  return p;
}

// Returns the end of the literal, or s when there is none.
static const char *scan(const char *s, const char *end, Decimal *d) {
  const char *p = s;
  while (p < end && *p == '0') p++;
  const char *first = p;
  u64 value = 0;
  u32 taken = 0;
  i64 exponent = 0;
  bool more = false, any = p > s;
  for (; p < end && is_digit(*p) && taken < FAST_DIGITS; p++, taken++) value = value * 10 + (u64)(*p - '0');
  p = skip_digits(p, end, &more, &exponent);
  any |= p > first;
  const char *digits_end = p;
  if (p < end && *p == '.') {
    const char *fraction = ++p;
    if (!taken) {
      for (; p < end && *p == '0'; p++) exponent--;
      first = p;
    }
    for (; p < end && is_digit(*p) && taken < FAST_DIGITS; p++, taken++, exponent--) value = value * 10 + (u64)(*p - '0');
    i64 ignored = 0;
    p = skip_digits(p, end, &more, &ignored);
    if (p == fraction && !any) return s;
    digits_end = p;
  } else if (!any) {
    return s;
  }
  d->first = first;
  d->span = (size_t)(digits_end - first);
  d->leading = value;
  d->more = more;
  p = scan_exponent(p, end, &exponent);
  d->exponent = exponent;
  return p;
}

// Bits of the double nearest to w * 10^q for w > 0; *sure is false when the bits may be one too low or too high.
static u64 nearest(u64 w, i64 q, bool *sure) {
  *sure = true;
  if (q < POW10_MIN) return 0;
  if (q > 308) return 0x7FFULL << 52;
  u32 shift = bits_clz64(w);
  const u64 *power = pow10_significand((int)q);
  u64 c = w << shift;
  u128 product = (u128)power[0] * c;
  u64 high = (u64)(product >> 64), low = (u64)product;
  // The low half of the power matters only when the bits below the ones to be kept are all ones.
  if ((high & 0x1FF) == 0x1FF) {
    u64 carried = (u64)((u128)power[1] * c >> 64);
    low += carried;
    high += low < carried;
    // The power was rounded down and the sum cut off: the true product is up to two units above.
    if (low >= UINT64_MAX - 1 && (q < 0 || q > POW10_EXACT_MAX)) *sure = false;
  }
  u32 top = (u32)(high >> 63);
  u64 mantissa = high >> (top + 9); // 54 bits
  int exponent = pow10_exponent((int)q) + (int)top + 63 - (int)shift + 1023;
  bool below = low != 0 || (high & ((1ULL << (top + 9)) - 1));
  if (exponent <= 0) {
    // Subnormal: shift further, and remember what falls off.
    int down = 1 - exponent;
    if (down > 55) return 0;
    below |= (mantissa & ((1ULL << down) - 1)) != 0;
    mantissa >>= down;
    exponent = 0;
  }
  // What looks half-way is so only when the product has no error, for which 5^q must fit 64 bits.
  if (!below && (mantissa & 1) && (q < 0 || q > 27)) *sure = false;
  bool up = (mantissa & 1) && (below || (mantissa & 2));
  mantissa = (mantissa >> 1) + up;
  // The hidden bit counts as one in the exponent field.
  u64 bits = exponent ? ((u64)(exponent - 1) << 52) + mantissa : mantissa;
  return bits >= 0x7FFULL << 52 ? 0x7FFULL << 52 : bits;
}

typedef struct Big {
  u64 limbs[2 * EXACT_LIMBS];
  u32 len;
} Big;

static void big_times_power(Big *x, u64 base, i64 power) {
  while (power > 0) {
    u64 factor = 1;
    i64 step = 0;
    for (; step < power && factor <= UINT64_MAX / base; step++) factor *= base;
    x->len = digits_mul_u64(x->limbs, x->limbs, x->len, factor);
    power -= step;
  }
}

// Reads up to MAX_DIGITS digits into x and returns the exponent of ten that belongs to them.
static i64 big_digits(Big *x, const Decimal *d) {
  x->len = 0;
  i64 taken = 0, all = 0;
  bool rest = false;
  for (size_t i = 0; i < d->span; i++) {
    char c = d->first[i];
    if (c == '.') continue;
    all++;
    if (taken == MAX_DIGITS) {
      rest |= c != '0';
      continue;
    }
    x->len = digits_mul_u64(x->limbs, x->limbs, x->len, 10);
    x->len = digits_add_u64(x->limbs, x->limbs, x->len, (u64)(c - '0'));
    taken++;
  }
  // Something non-zero beyond: one more digit 1 stands for it, since no half-way point lies so close.
  if (rest) {
    x->len = digits_mul_u64(x->limbs, x->limbs, x->len, 10);
    x->len = digits_add_u64(x->limbs, x->limbs, x->len, 1);
    taken++;
  }
  i64 exponent_of_all = d->exponent - (all > FAST_DIGITS ? all - FAST_DIGITS : 0);
  return exponent_of_all + (all - taken);
}

// Compares digits * 10^exponent with the point half way between the doubles of `bits` and `bits` + 1.
static int compare_half_way(const Big *digits, i64 exponent, u64 bits) {
  u64 fraction = bits & 0xFFFFFFFFFFFFFULL;
  int binary = (int)(bits >> 52);
  if (binary) {
    fraction |= 1ULL << 52;
  } else {
    binary = 1;
  }
  Big left = *digits, right = {{2 * fraction + 1}, 1};
  binary -= 1076; // the half adds one bit
  if (exponent >= 0) {
    big_times_power(&left, 10, exponent);
  } else {
    big_times_power(&right, 10, -exponent);
  }
  if (binary >= 0) {
    right.len = digits_shift_left(right.limbs, right.limbs, right.len, (u64)binary);
  } else {
    left.len = digits_shift_left(left.limbs, left.limbs, left.len, (u64)-binary);
  }
  return digits_compare(left.limbs, left.len, right.limbs, right.len);
}

// Moves from an estimate to the right double by exact comparisons.
static u64 refine(u64 bits, const Decimal *d) {
  Big digits;
  i64 exponent = big_digits(&digits, d);
  for (;;) {
    if (bits < 0x7FFULL << 52) {
      int order = compare_half_way(&digits, exponent, bits);
      if (order > 0 || (order == 0 && (bits & 1))) {
        bits++;
        continue;
      }
    }
    if (bits) {
      int order = compare_half_way(&digits, exponent, bits - 1);
      if (order < 0 || (order == 0 && (bits & 1))) {
        bits--;
        continue;
      }
    }
    return bits;
  }
}

static double convert(const Decimal *d) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  u64 w = d->leading;
  i64 q = d->exponent;
  if (!w) return 0;
  // Two exact operands: one rounding.
  if (!d->more && w <= 1ULL << 53 && q >= -22 && q <= 22) return q < 0 ? (double)w / powers[-q] : (double)w * powers[q];
  if (q > 400) return INFINITY;
  if (q < -400) return 0; // w < 10^19
  bool sure;
  u64 bits = nearest(w, q, &sure);
  if (d->more && sure) {
    bool also_sure;
    sure = nearest(w + 1, q, &also_sure) == bits && also_sure;
  }
  return bits_to_double(sure ? bits : refine(bits, d));
}

double strtod_decimal(const char *s, size_t n, const char **end) {
  Decimal d;
  const char *after = scan(s, s + n, &d);
  if (end) *end = after;
  return after == s ? NAN : convert(&d);
}

// Digits of a power of two: 64 bits of them and whether any bit below is set decide the rounding.
static double parse_power_of_two(const char *s, size_t n, u32 bits_per_digit) {
  u64 value = 0;
  i64 exponent = 0;
  bool more = false;
  for (size_t i = 0; i < n; i++) {
    u32 digit = strtod_digit_value((u8)s[i]);
    if (value >> (64 - bits_per_digit) == 0) {
      value = value << bits_per_digit | digit;
    } else {
      exponent += bits_per_digit;
      more |= digit != 0;
    }
  }
  if (exponent > 1100) return INFINITY;
  if (value >> 53 == 0) return (double)value; // nothing was left out
  // A sticky bit below the 53 makes the machine's own rounding right; the value has at least 59 bits when it is needed.
  return ldexp((double)(value | more), (int)exponent);
}

double number_parse_radix(const char *s, size_t n, u32 radix) {
  while (n && *s == '0') s++, n--;
  if (bits_is_power_of_two(radix)) return parse_power_of_two(s, n, bits_width64(radix) - 1);
  u64 value = 0;
  size_t i = 0;
  for (; i < n && value <= (UINT64_MAX - 36) / 36; i++) value = value * radix + strtod_digit_value((u8)s[i]);
  if (i == n) return (double)value; // one rounding
  if (radix == 10) return strtod_decimal(s, n, NULL);
  if (n > 1024) return INFINITY; // 3^1024 is beyond the range
  u64 limbs[128];
  u32 len = digits_from_text(limbs, s, n, radix, NULL);
  // Only a lack of memory can fail here, and 1,024 digits take none.
  return digits_to_double(limbs, len);
}
