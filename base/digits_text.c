// SPDX-License-Identifier: MIT
// Magnitudes to text and back. Radixes that are powers of two move bits; the others split the number in halves around a
// power of the radix, so that the cost is that of a few long products or quotients. See digits.h.
#include <math.h>

#include "base/bits.h"
#include "base/digits_internal.h"

enum { BASE_LEVEL = 5, BASE_CHUNKS = 1 << BASE_LEVEL, MAX_LEVELS = 32 };

static const char digit_text[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// Digits that fit a limb, and the radix to that power.
typedef struct Chunk {
  u32 digits;
  u64 power;
} Chunk;

static Chunk chunk_of(u32 radix) {
  Chunk chunk = {1, radix};
  while (chunk.power <= UINT64_MAX / radix) chunk.power *= radix, chunk.digits++;
  return chunk;
}

// power[i] is radix^(chunk.digits << i), for i from 0; built upwards by squaring as far as it is needed.
typedef struct Powers {
  Chunk chunk;
  u32 radix, count;
  u64 *limbs[MAX_LEVELS];
  u32 len[MAX_LEVELS];
} Powers;

static void powers_free(Powers *powers) {
  for (u32 i = 0; i < powers->count; i++) base_free(powers->limbs[i]);
  powers->count = 0;
}

static bool powers_push(Powers *powers, DigitsWork *work) {
  u32 i = powers->count;
  if (i == 0) {
    powers->limbs[0] = digits_scratch(1);
    if (!powers->limbs[0]) return false;
    powers->limbs[0][0] = powers->chunk.power;
    powers->len[0] = 1;
    powers->count = 1;
    return true;
  }
  const u64 *root = powers->limbs[i - 1];
  u32 n = powers->len[i - 1];
  u64 *square = digits_scratch(2 * (u64)n);
  if (!square) return false;
  u32 len = digits_mul(square, root, n, root, n, work);
  if (len == DIGITS_FAIL) {
    base_free(square);
    return false;
  }
  powers->limbs[i] = square;
  powers->len[i] = len;
  powers->count++;
  return true;
}

size_t digits_text_bound(const u64 *a, u32 n, u32 radix) {
  u64 bits = digits_bit_length(a, n);
  u32 whole = bits_width64(radix) - 1;
  if (bits_is_power_of_two(radix)) return bits / whole + 2;
  return (size_t)((double)bits / log2(radix) * (1 + 1e-12)) + 3;
}

static size_t put_power_of_two(char *out, const u64 *a, u32 n, u32 bits) {
  u64 length = digits_bit_length(a, n);
  size_t digits = (size_t)((length + bits - 1) / bits);
  for (size_t i = 0; i < digits; i++) {
    u64 at = (u64)(digits - 1 - i) * bits;
    u64 word = a[at / 64] >> (at % 64);
    if (at % 64 + bits > 64 && at / 64 + 1 < n) word |= a[at / 64 + 1] << (64 - at % 64);
    out[i] = digit_text[word & ((1u << bits) - 1)];
  }
  return digits;
}

// The lowest `width` digits of a small magnitude, which is destroyed, with leading zeros.
static void put_small(char *out, size_t width, u64 *a, u32 n, const Powers *powers) {
  size_t at = width;
  while (at) {
    u64 rest = 0;
    n = digits_divrem_u64(a, &rest, a, n, powers->chunk.power);
    u32 count = (u32)MIN((size_t)powers->chunk.digits, at);
    if (powers->radix == 10) { // a divisor that the compiler knows
      for (u32 i = 0; i < count; i++, rest /= 10) out[--at] = (char)('0' + rest % 10);
    } else {
      for (u32 i = 0; i < count; i++, rest /= powers->radix) out[--at] = digit_text[rest % powers->radix];
    }
    if (!n && !rest) break;
  }
  memset(out, '0', at);
}

typedef struct Halves {
  u64 *quot, *rem;
  u32 quot_len, rem_len;
} Halves;

static bool split(Halves *halves, const u64 *a, u32 n, const Powers *powers, u32 level, DigitsWork *work) {
  u32 pn = powers->len[level];
  u64 quot_room = n >= pn ? n - pn + 1 : 1;
  halves->quot = digits_scratch(quot_room + pn);
  if (!halves->quot) return false;
  halves->rem = halves->quot + quot_room;
  halves->quot_len = digits_divrem(halves->quot, halves->rem, &halves->rem_len, a, n, powers->limbs[level], pn, work);
  if (halves->quot_len != DIGITS_FAIL) return true;
  base_free(halves->quot);
  return false;
}

// Exactly chunk.digits << level digits of a, which is below that power of the radix.
static bool put_padded(char *out, const u64 *a, u32 n, const Powers *powers, u32 level, DigitsWork *work) {
  size_t width = (size_t)powers->chunk.digits << level;
  if (level <= BASE_LEVEL || !n) {
    u64 copy[BASE_CHUNKS];
    if (n) memcpy(copy, a, n * sizeof(u64));
    put_small(out, width, copy, n, powers);
    return digits_step(work, (u64)n * n * 8);
  }
  Halves halves;
  if (!split(&halves, a, n, powers, level - 1, work)) return false;
  bool ok = put_padded(out, halves.quot, halves.quot_len, powers, level - 1, work) &&
            put_padded(out + width / 2, halves.rem, halves.rem_len, powers, level - 1, work);
  base_free(halves.quot);
  return ok;
}

// The digits of a, which is below power[level], without leading zeros.
static bool put_leading(char *out, size_t *len, const u64 *a, u32 n, const Powers *powers, u32 level, DigitsWork *work) {
  while (level > BASE_LEVEL && digits_compare(a, n, powers->limbs[level - 1], powers->len[level - 1]) < 0) level--;
  if (level <= BASE_LEVEL) {
    char text[BASE_CHUNKS * 64];
    if (!put_padded(text, a, n, powers, level, work)) return false;
    size_t width = (size_t)powers->chunk.digits << level, zeros = 0;
    while (zeros < width && text[zeros] == '0') zeros++;
    memcpy(out, text + zeros, width - zeros);
    *len = width - zeros;
    return true;
  }
  Halves halves;
  if (!split(&halves, a, n, powers, level - 1, work)) return false;
  size_t head = 0, tail = (size_t)powers->chunk.digits << (level - 1);
  bool ok = put_leading(out, &head, halves.quot, halves.quot_len, powers, level - 1, work) &&
            put_padded(out + head, halves.rem, halves.rem_len, powers, level - 1, work);
  base_free(halves.quot);
  *len = head + tail;
  return ok;
}

bool digits_to_text(char *out, size_t *out_len, const u64 *a, u32 n, u32 radix, DigitsWork *work) {
  if (!n) {
    out[0] = '0';
    *out_len = 1;
    return true;
  }
  if (bits_is_power_of_two(radix)) {
    *out_len = put_power_of_two(out, a, n, bits_width64(radix) - 1);
    return true;
  }
  Powers powers = {.chunk = chunk_of(radix), .radix = radix};
  // Powers up to about the square root of a; a itself is below the square of the last one.
  bool ok = powers_push(&powers, work);
  while (ok && (powers.count <= BASE_LEVEL || 2 * powers.len[powers.count - 1] - 1 <= n)) {
    if (powers.count <= BASE_LEVEL && powers.len[powers.count - 1] > n) break;
    ok = powers_push(&powers, work);
  }
  if (ok) ok = put_leading(out, out_len, a, n, &powers, powers.count, work);
  powers_free(&powers);
  return ok;
}

static u32 digit_value(char c) { return c <= '9' ? (u32)(c - '0') : (u32)((c | 32) - 'a' + 10); }

u32 digits_limbs_bound(size_t n, u32 radix) {
  double bits = (double)n * log2(radix) * (1 + 1e-12);
  return (u32)MIN(bits / 64 + 2, (double)(UINT32_MAX - 1));
}

static u32 take_power_of_two(u64 *out, const char *text, size_t n, u32 bits) {
  u32 limbs = (u32)(((u64)n * bits + 63) / 64);
  memset(out, 0, limbs * sizeof(u64));
  u64 at = 0;
  for (size_t i = n; i-- > 0; at += bits) {
    u64 value = digit_value(text[i]);
    out[at / 64] |= value << (at % 64);
    if (at % 64 + bits > 64 && at / 64 + 1 < limbs) out[at / 64 + 1] |= value >> (64 - at % 64);
  }
  return digits_normalize(out, limbs);
}

static u32 take_small(u64 *out, const char *text, size_t n, const Powers *powers) {
  u32 len = 0;
  for (size_t i = 0; i < n;) {
    // The first piece takes what is over, so that the others are whole chunks.
    size_t step = i ? powers->chunk.digits : (n - 1) % powers->chunk.digits + 1;
    u64 value = 0;
    for (size_t k = 0; k < step; k++) value = value * powers->radix + digit_value(text[i + k]);
    u64 carry = limbs_mul(out, out, len, powers->chunk.power);
    if (carry) out[len++] = carry;
    len = digits_add_u64(out, out, len, value);
    i += step;
  }
  return len;
}

// n digits are more than chunk.digits << (level - 1) and at most twice that.
static u32 take(u64 *out, const char *text, size_t n, const Powers *powers, u32 level, DigitsWork *work) {
  while (level && n <= (size_t)powers->chunk.digits << (level - 1)) level--;
  if (level <= BASE_LEVEL + 1) return digits_step(work, 4096) ? take_small(out, text, n, powers) : DIGITS_FAIL;
  size_t low_digits = (size_t)powers->chunk.digits << (level - 1), high_digits = n - low_digits;
  u32 high_room = digits_limbs_bound(high_digits, powers->radix), low_room = digits_limbs_bound(low_digits, powers->radix);
  u32 pn = powers->len[level - 1];
  u64 *memory = digits_scratch((u64)high_room + low_room + high_room + pn + 1);
  if (!memory) return DIGITS_FAIL;
  u64 *high = memory, *low = high + high_room, *product = low + low_room;
  u32 len = DIGITS_FAIL;
  u32 hn = take(high, text, high_digits, powers, level - 1, work);
  u32 ln = hn == DIGITS_FAIL ? DIGITS_FAIL : take(low, text + high_digits, low_digits, powers, level - 1, work);
  if (ln != DIGITS_FAIL) len = digits_mul(product, high, hn, powers->limbs[level - 1], pn, work);
  if (len != DIGITS_FAIL) {
    len = digits_add(product, product, len, low, ln);
    memcpy(out, product, len * sizeof(u64));
  }
  base_free(memory);
  return len;
}

u32 digits_from_text(u64 *out, const char *text, size_t n, u32 radix, DigitsWork *work) {
  while (n && *text == '0') text++, n--;
  if (bits_is_power_of_two(radix)) return take_power_of_two(out, text, n, bits_width64(radix) - 1);
  Powers powers = {.chunk = chunk_of(radix), .radix = radix};
  u32 level = 0;
  while ((size_t)powers.chunk.digits << level < n) level++;
  bool ok = true;
  // Short text needs no power but the chunk itself, which take_small has.
  while (ok && level > BASE_LEVEL + 1 && powers.count < level) ok = powers_push(&powers, work);
  u32 len = ok ? take(out, text, n, &powers, level, work) : DIGITS_FAIL;
  powers_free(&powers);
  return len;
}
