// SPDX-License-Identifier: MIT
// Doubles to text, see dtoa.h. Shortest digits by Schubfach (R. Giulietti, "The Schubfach way to render doubles"); a given
// number of digits by one 64x128-bit product when its error cannot matter, by an exact expansion in base 10^9 otherwise.
#include "base/dtoa.h"

#include <math.h>

#include "base/bits.h"
#include "base/bytes.h"
#include "base/pow10_internal.h"

enum { EXACT_LIMBS = 128, EXACT_DIGITS = EXACT_LIMBS * 9 };
#define BILLION 1000000000u
#define HIDDEN_BIT (1ULL << 52)

static const char radix_digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// v = significand * 2^exponent
typedef struct Binary {
  u64 significand;
  int exponent;
} Binary;

static Binary binary_of(double v) {
  u64 bits = bits_of_double(v), fraction = bits & (HIDDEN_BIT - 1);
  int biased = (int)(bits >> 52 & 0x7FF);
  return biased ? (Binary){fraction | HIDDEN_BIT, biased - 1075} : (Binary){fraction, -1074};
}

// The eight digits of x < 10^8 as bytes 0..9, the first in the lowest byte: all pairs, then all digits, are split at once.
static ALWAYS_INLINE u64 eight_digits(u32 x) {
  u64 v = x / 10000 | (u64)(x % 10000) << 32;
  u64 hundreds = (v * 10486 >> 20) & 0x0000007F0000007FULL;
  v = hundreds | (v - 100 * hundreds) << 16;
  u64 tens = (v * 103 >> 10) & 0x000F000F000F000FULL;
  return tens | (v - 10 * tens) << 8;
}

#define ASCII_ZEROS 0x3030303030303030ULL

// Writes the digits of x and returns how many, at least one. Touches up to 24 bytes.
static ALWAYS_INLINE int write_u64(u64 x, char *out) {
  u32 low = 0, middle = 0, blocks = 0;
  if (x >= 100000000) {
    low = (u32)(x % 100000000), x /= 100000000, blocks = 1;
    if (x >= 100000000) middle = (u32)(x % 100000000), x /= 100000000, blocks = 2;
  }
  u64 head = eight_digits((u32)x);
  u32 zeros = head ? (u32)__builtin_ctzll(head) / 8 : 7;
  bytes_store_le64(out, (head | ASCII_ZEROS) >> 8 * zeros);
  int n = 8 - (int)zeros;
  if (!blocks) return n;
  if (blocks == 2) {
    bytes_store_le64(out + n, eight_digits(middle) | ASCII_ZEROS);
    n += 8;
  }
  bytes_store_le64(out + n, eight_digits(low) | ASCII_ZEROS);
  return n + 8;
}

// The upper 64 bits of a 128-bit times a 64-bit number, the last of them also standing for what is below: "round to odd".
static ALWAYS_INLINE u64 round_to_odd(u64 high, u64 low, u64 c) {
  u64 carried = (u64)((u128)low * c >> 64);
  u128 product = (u128)high * c + carried;
  return (u64)(product >> 64) | ((u64)product > 1);
}

// The decimal digits * 10^exponent closest to c * 2^q among the shortest that round back to it.
static u64 shortest_decimal(u64 c, int q, bool lower_is_closer, int *exponent) {
  bool even = !(c & 1);
  u64 cb = 4 * c, cb_left = 4 * c - 2 + lower_is_closer, cb_right = 4 * c + 2;
  // floor(log10(2^q)), or of 3/4 * 2^q when the gap below is half as wide
  int k = (q * 1262611 - (lower_is_closer ? 524031 : 0)) >> 22;
  int h = q + pow10_exponent(-k) + 1;
  const u64 *power = pow10_significand(-k);
  u64 high = power[0], low = power[1];
  if (-k < 0 || -k > POW10_EXACT_MAX) high += ++low == 0; // the method wants the power rounded up
  u64 v_left = round_to_odd(high, low, cb_left << h);
  u64 v = round_to_odd(high, low, cb << h);
  u64 v_right = round_to_odd(high, low, cb_right << h);
  u64 lower = v_left + !even, upper = v_right - !even;
  u64 s = v / 4;
  if (s >= 10) {
    u64 tens = s / 10;
    bool down_fits = lower <= 40 * tens, up_fits = 40 * tens + 40 <= upper;
    if (down_fits != up_fits) {
      *exponent = k + 1;
      return tens + up_fits;
    }
  }
  *exponent = k;
  bool down_fits = lower <= 4 * s, up_fits = 4 * s + 4 <= upper;
  if (down_fits != up_fits) return s + up_fits;
  u64 middle = 4 * s + 2;
  return s + (v > middle || (v == middle && (s & 1)));
}

enum { DIGITS_ROOM = 40 }; // 17, and what write_u64 and copies of fixed size may touch

static ALWAYS_INLINE int shortest_digits(double v, char digits[DIGITS_ROOM], int *point) {
  Binary b = binary_of(v);
  u64 decimal;
  int exponent = 0;
  if (b.exponent <= 0 && b.exponent > -53 && !(b.significand & ((1ULL << -b.exponent) - 1))) {
    decimal = b.significand >> -b.exponent; // a small integer
  } else {
    bool lower_is_closer = b.significand == HIDDEN_BIT && b.exponent > -1074;
    decimal = shortest_decimal(b.significand, b.exponent, lower_is_closer, &exponent);
  }
  int n = write_u64(decimal, digits);
  *point = n + exponent;
  while (n > 1 && digits[n - 1] == '0') n--;
  return n;
}

int dtoa_digits(double v, char digits[17], int *point) {
  char room[DIGITS_ROOM];
  int n = shortest_digits(v, room, point);
  memcpy(digits, room, 17);
  return n;
}

static size_t put_exponent(char *out, int e) {
  out[0] = 'e';
  out[1] = e < 0 ? '-' : '+';
  return 2 + (size_t)write_u64((u64)(e < 0 ? -e : e), out + 2);
}

size_t number_u64_to_text(u64 v, char buf[NUMBER_TEXT_MAX]) { return (size_t)write_u64(v, buf); }

size_t number_i32_to_text(i32 v, char buf[NUMBER_TEXT_MAX]) {
  if ((u32)v < 1000) { // most that are written: half the work
    u32 u = (u32)v, n = 0;
    if (u >= 100) buf[n++] = (char)('0' + u / 100);
    if (u >= 10) buf[n++] = (char)('0' + u / 10 % 10);
    buf[n++] = (char)('0' + u % 10);
    return n;
  }
  if (v >= 0) return (size_t)write_u64((u64)v, buf);
  buf[0] = '-';
  return 1 + (size_t)write_u64(-(u64)(i64)v, buf + 1);
}

static size_t put_not_finite(double v, char *buf) {
  const char *text = isnan(v) ? "NaN" : v < 0 ? "-Infinity" : "Infinity";
  size_t n = strlen(text);
  memcpy(buf, text, n);
  return n;
}

static size_t put(char *out, const char *text, int n) {
  memcpy(out, text, (size_t)n);
  return (size_t)n;
}

static size_t put_zeros(char *out, int n) {
  memset(out, '0', (size_t)n);
  return (size_t)n;
}

size_t number_to_text(double v, char buf[NUMBER_TEXT_MAX]) {
  i64 integer = fabs(v) < 0x1p53 ? (i64)v : 0;
  if ((double)integer == v) {
    if (integer >= 0) return (size_t)write_u64((u64)integer, buf);
    buf[0] = '-';
    return 1 + (size_t)write_u64((u64)-integer, buf + 1);
  }
  if (!isfinite(v)) return put_not_finite(v, buf);
  char digits[DIGITS_ROOM];
  int n, k;
  size_t at = 0;
  if (v < 0) buf[at++] = '-', v = -v;
  k = shortest_digits(v, digits, &n);
  char *out = buf + at;
  // Copies have a fixed size, for which NUMBER_TEXT_MAX leaves room; what is too much is overwritten or not counted.
  if (0 < n && n <= 21) {
    memcpy(out, digits, 17);
    if (k <= n) {
      put_zeros(out + k, n - k);
      return at + (size_t)n;
    }
    out[n] = '.';
    memcpy(out + n + 1, digits + n, 17);
    return at + (size_t)k + 1;
  }
  if (-6 < n && n <= 0) {
    memcpy(out, "0.000000", 8);
    memcpy(out + 2 - n, digits, 17);
    return at + (size_t)(2 - n + k);
  }
  out[0] = digits[0];
  out[1] = '.';
  memcpy(out + 2, digits + 1, 16);
  size_t len = k > 1 ? (size_t)k + 1 : 1;
  return at + len + put_exponent(out + len, n - 1);
}

// A decimal number in base 10^9: limbs[first..last), with the point after limb `units`.
typedef struct Exact {
  u32 limbs[2 * EXACT_LIMBS];
  int first, last;
} Exact;
enum { UNITS = EXACT_LIMBS };

static void exact_shift_left(Exact *x, int bits) {
  while (bits > 0) {
    int step = MIN(bits, 29);
    u64 carry = 0;
    for (int i = x->last - 1; i >= x->first; i--) {
      carry += (u64)x->limbs[i] << step;
      x->limbs[i] = (u32)(carry % BILLION);
      carry /= BILLION;
    }
    if (carry) x->limbs[--x->first] = (u32)carry;
    bits -= step;
  }
}

static void exact_shift_right(Exact *x, int bits) {
  while (bits > 0) {
    int step = MIN(bits, 9); // 10^9 is divisible by 2^9
    u32 carry = 0;
    for (int i = x->first; i < x->last; i++) {
      u32 low = x->limbs[i] & ((1u << step) - 1);
      x->limbs[i] = (x->limbs[i] >> step) + carry;
      carry = (BILLION >> step) * low;
    }
    if (carry) x->limbs[x->last++] = carry;
    if (x->first < x->last - 1 && !x->limbs[x->first]) x->first++;
    bits -= step;
  }
}

// All significant digits of v > 0, without leading or trailing zeros; *point as in dtoa_digits.
static int exact_digits(double v, char digits[EXACT_DIGITS], int *point) {
  Binary b = binary_of(v);
  Exact x;
  x.last = UNITS + 1;
  x.first = UNITS - 1;
  x.limbs[UNITS] = (u32)(b.significand % BILLION);
  x.limbs[UNITS - 1] = (u32)(b.significand / BILLION);
  exact_shift_left(&x, b.exponent);
  exact_shift_right(&x, -b.exponent);
  while (!x.limbs[x.first]) x.first++;
  int n = write_u64(x.limbs[x.first], digits);
  *point = n + 9 * (UNITS - x.first);
  for (int i = x.first + 1; i < x.last; i++, n += 9) {
    u32 limb = x.limbs[i];
    for (int d = 8; d >= 0; d--, limb /= 10) digits[n + d] = (char)('0' + limb % 10);
  }
  while (n > 1 && digits[n - 1] == '0') n--;
  return n;
}

// Keeps `want` digits of the n, rounding half up, and pads with zeros. A carry out of the top makes *point one larger.
// `want` may be 0 or less: then the result is one digit, 0 or 1, and the return value tells how many digits there are (0 or 1).
static int round_digits(char *digits, int n, int want, int *point) {
  if (want < 0) return 0;
  if (n <= want) {
    memset(digits + n, '0', (size_t)(want - n));
    return want;
  }
  if (digits[want] < '5') return want;
  int i = want;
  while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
  if (i > 0) {
    digits[i - 1]++;
    return want;
  }
  memmove(digits + 1, digits, (size_t)want);
  digits[0] = '1';
  ++*point;
  return want + 1;
}

static const u64 u64_pow10[] = {
    1ULL,
    10ULL,
    100ULL,
    1000ULL,
    10000ULL,
    100000ULL,
    1000000ULL,
    10000000ULL,
    100000000ULL,
    1000000000ULL,
    10000000000ULL,
    100000000000ULL,
    1000000000000ULL,
    10000000000000ULL,
    100000000000000ULL,
    1000000000000000ULL,
    10000000000000000ULL,
    100000000000000000ULL,
    1000000000000000000ULL,
};

// v rounded half up to `want` (1..17) digits, by one product; 0 when its error could change the result.
static u64 quick_digits(double v, int want, int *point) {
  Binary b = binary_of(v);
  u32 shift = bits_clz64(b.significand);
  u64 c = b.significand << shift;
  int q = b.exponent - (int)shift;
  // floor(log10(v)) or one less, from v >= 2^(q+63)
  int estimate = (int)(((i64)(q + 63) * 1292913986) >> 32);
  for (int digits = estimate + 1;; digits++) {
    int k = want - digits;
    if (k < POW10_MIN || k > POW10_MAX) return 0;
    const u64 *power = pow10_significand(k);
    u128 product = (u128)power[0] * c + (u64)((u128)power[1] * c >> 64);
    int down = -(q + pow10_exponent(k) - 127 + 64);
    if (down < 2 || down > 127) return 0;
    u64 whole = (u64)(product >> down);
    u128 fraction = product & (((u128)1 << down) - 1), half = (u128)1 << (down - 1);
    if (whole >= u64_pow10[want]) continue; // the estimate was one too low
    if (fraction < half && fraction + 2 >= half) return 0;
    whole += fraction >= half;
    *point = digits;
    if (whole == u64_pow10[want]) whole /= 10, ++*point;
    return whole;
  }
}

// `want` digits (1..101) of v > 0, rounded half up.
static void precise_digits(double v, int want, char *digits, int *point) {
  if (want <= 17) {
    u64 quick = quick_digits(v, want, point);
    if (quick) {
      write_u64(quick, digits);
      return;
    }
  }
  char all[EXACT_DIGITS];
  int n = exact_digits(v, all, point);
  round_digits(all, n, want, point);
  memcpy(digits, all, (size_t)want);
}

// toFixed by 128-bit fixed point, when v has few enough bits after its point. Returns 0 when it has not.
static size_t quick_fixed(double v, int fraction, char *out) {
  Binary b = binary_of(v);
  int bits = -b.exponent; // after the point
  if (bits <= 0 || bits > 124) return 0;
  u128 mask = ((u128)1 << bits) - 1;
  u64 whole = bits < 64 ? b.significand >> bits : 0;
  u128 rest = b.significand & mask;
  char digits[104];
  for (int i = 0; i < fraction; i++) {
    rest *= 10;
    digits[i] = (char)('0' + (int)(rest >> bits));
    rest &= mask;
  }
  if (rest >> (bits - 1)) {
    int i = fraction;
    while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
    if (i > 0) {
      digits[i - 1]++;
    } else {
      whole++;
    }
  }
  size_t at = (size_t)write_u64(whole, out);
  if (!fraction) return at;
  out[at++] = '.';
  return at + put(out + at, digits, fraction);
}

size_t number_to_fixed(double v, int fraction, char buf[NUMBER_FIXED_MAX]) {
  size_t at = 0;
  if (v < 0) buf[at++] = '-', v = -v;
  if (v == 0) {
    buf[at++] = '0';
    if (fraction) buf[at++] = '.';
    return at + put_zeros(buf + at, fraction);
  }
  size_t quick = quick_fixed(v, fraction, buf + at);
  if (quick) return at + quick;
  char digits[EXACT_DIGITS + 32];
  int point, n = exact_digits(v, digits, &point);
  n = round_digits(digits, n, point + fraction, &point);
  if (point <= 0) {
    buf[at++] = '0';
  } else {
    at += put(buf + at, digits, point);
  }
  if (!fraction) return at;
  buf[at++] = '.';
  int zeros = point < 0 ? MIN(-point, fraction) : 0;
  at += put_zeros(buf + at, zeros);
  int start = MAX(point, 0), have = MAX(n - start, 0);
  at += put(buf + at, digits + start, have);
  return at + put_zeros(buf + at, fraction - zeros - have);
}

size_t number_to_exponential(double v, int fraction, char buf[NUMBER_PRECISION_MAX]) {
  size_t at = 0;
  if (v < 0) buf[at++] = '-', v = -v;
  char digits[104];
  int point = 1, n = fraction < 0 ? 1 : fraction + 1;
  if (v == 0) {
    put_zeros(digits, n);
  } else if (fraction < 0) {
    n = shortest_digits(v, digits, &point);
  } else {
    precise_digits(v, n, digits, &point);
  }
  buf[at++] = digits[0];
  if (n > 1) {
    buf[at++] = '.';
    at += put(buf + at, digits + 1, n - 1);
  }
  return at + put_exponent(buf + at, point - 1);
}

size_t number_to_precision(double v, int precision, char buf[NUMBER_PRECISION_MAX]) {
  char digits[104];
  int point = 1;
  double magnitude = fabs(v);
  if (magnitude == 0) {
    put_zeros(digits, precision);
  } else {
    precise_digits(magnitude, precision, digits, &point);
  }
  int e = point - 1;
  if (e < -6 || e >= precision) return number_to_exponential(v, precision - 1, buf);
  size_t at = 0;
  if (v < 0) buf[at++] = '-';
  if (e >= 0) {
    at += put(buf + at, digits, point);
    if (point == precision) return at;
    buf[at++] = '.';
    return at + put(buf + at, digits + point, precision - point);
  }
  at += put(buf + at, "0.", 2);
  at += put_zeros(buf + at, -point);
  return at + put(buf + at, digits, precision);
}

// Values of the digits after the point until they tell v from its neighbours; true when rounding carries into the integer.
static bool radix_fraction(double v, double fraction, int radix, u8 *out, size_t *len) {
  double delta = 0.5 * (bits_to_double(bits_of_double(v) + 1) - v);
  delta = MAX(delta, 5e-324);
  size_t n = 0;
  bool carry = false;
  while (fraction >= delta) {
    fraction *= radix, delta *= radix;
    int digit = (int)fraction;
    out[n++] = (u8)digit;
    fraction -= digit;
    if (!(fraction > 0.5 || (fraction == 0.5 && (digit & 1))) || fraction + delta <= 1) continue;
    // Rounded up: the last digit that is not the highest takes the carry.
    while (n && out[n - 1] == radix - 1) n--;
    carry = n == 0;
    if (n) out[n - 1]++;
    break;
  }
  *len = n;
  return carry;
}

size_t number_to_radix(double v, int radix, char buf[NUMBER_RADIX_MAX]) {
  if (!isfinite(v)) return put_not_finite(v, buf);
  size_t at = 0;
  if (v < 0) buf[at++] = '-', v = -v;
  char integer_text[1100];
  u8 fraction[1100];
  size_t start = sizeof integer_text, fraction_len = 0;
  double integer = floor(v);
  if (radix_fraction(v, v - integer, radix, fraction, &fraction_len)) integer += 1;
  // Digits well below the precision of a double are zeros; the rest is computed in doubles, as V8 does.
  for (; integer / radix >= 0x1p53; integer /= radix) integer_text[--start] = '0';
  while (integer >= 0x1p53) {
    double remainder = fmod(integer, radix);
    integer_text[--start] = radix_digits[(int)remainder];
    integer = (integer - remainder) / radix;
  }
  for (u64 rest = (u64)integer; rest || start == sizeof integer_text; rest /= (u64)radix) {
    integer_text[--start] = radix_digits[rest % (u64)radix];
  }
  at += put(buf + at, integer_text + start, (int)(sizeof integer_text - start));
  if (!fraction_len) return at;
  buf[at++] = '.';
  for (size_t i = 0; i < fraction_len; i++) buf[at++] = radix_digits[fraction[i]];
  return at;
}
