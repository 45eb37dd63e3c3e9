// SPDX-License-Identifier: MIT
// Magnitudes of BigInt: arithmetic on little-endian arrays of 64-bit limbs.
// A magnitude is (limbs, length); it is normal when its top limb is not 0, and zero has length 0. Inputs are normal unless a
// function says otherwise; results are normal, and functions return their length. Destinations are given by the caller with
// the room that each function names, and may not overlap inputs unless it says so. Sign-magnitude helpers treat (sign, magnitude)
// as an infinite two's complement number, as ECMA-262 does.
// Functions that can take long have a DigitsWork: they ask it every few thousand limb steps whether to go on, and they take
// scratch memory with base_try_alloc. They fail by returning DIGITS_FAIL; work->interrupted tells interruption from no memory.
#ifndef WEFT_BASE_DIGITS_H
#define WEFT_BASE_DIGITS_H

#include "base/base.h"

#define DIGITS_FAIL UINT32_MAX

typedef struct DigitsWork {
  bool (*poll)(void *data); // false: stop. NULL: never asked
  void *data;
  u64 steps; // limb steps since the last question
  bool interrupted;
} DigitsWork;

u32 digits_normalize(const u64 *a, u32 n);                      // length without leading zero limbs
int digits_compare(const u64 *a, u32 an, const u64 *b, u32 bn); // -1, 0, 1
u64 digits_bit_length(const u64 *a, u32 n);
bool digits_get_bit(const u64 *a, u32 n, u64 bit);

// out: max(an, bn) + 1 limbs; may be a or b.
u32 digits_add(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn);
// a >= b; out: an limbs; may be a or b.
u32 digits_sub(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn);
// out: n + 1 limbs; may be a.
u32 digits_add_u64(u64 *out, const u64 *a, u32 n, u64 b);
u32 digits_sub_u64(u64 *out, const u64 *a, u32 n, u64 b); // a >= b; out: n limbs
u32 digits_mul_u64(u64 *out, const u64 *a, u32 n, u64 b);
// out: n limbs; may be a. b is not 0; *rem may be NULL.
u32 digits_divrem_u64(u64 *out, u64 *rem, const u64 *a, u32 n, u64 b);

// out: an + bn limbs.
MUST_CHECK u32 digits_mul(u64 *out, const u64 *a, u32 an, const u64 *b, u32 bn, DigitsWork *work);
// b is not zero. quot: an - bn + 1 limbs, at least 1 (NULL: not wanted). rem: bn limbs (NULL: not wanted). *rem_len is set when rem is
// given. Returns the length of the quotient, also when quot is NULL.
MUST_CHECK u32 digits_divrem(u64 *quot, u64 *rem, u32 *rem_len, const u64 *a, u32 an, const u64 *b, u32 bn, DigitsWork *work);

// out: n + bits / 64 + 1 limbs; may be a.
u32 digits_shift_left(u64 *out, const u64 *a, u32 n, u64 bits);
// out: n - bits / 64 limbs; may be a. *lost (may be NULL) tells whether a set bit was shifted out.
u32 digits_shift_right(u64 *out, const u64 *a, u32 n, u64 bits, bool *lost);

// Bitwise operations on signed numbers: *negative of the result is set. out: max(an, bn) + 1 limbs; may be a or b.
typedef enum DigitsBitOp { DIGITS_AND, DIGITS_OR, DIGITS_XOR } DigitsBitOp;
u32 digits_bitwise(DigitsBitOp op, u64 *out, bool *negative, const u64 *a, u32 an, bool a_negative, const u64 *b, u32 bn,
                   bool b_negative);
// BigInt.asUintN: the low `bits` bits of the two's complement form. out: bits / 64 + 1 limbs suffice, and n + 1 suffice when not negative.
u32 digits_as_uint_n(u64 *out, u64 bits, const u64 *a, u32 n, bool negative);
// BigInt.asIntN; *out_negative is set. out as above.
u32 digits_as_int_n(u64 *out, bool *out_negative, u64 bits, const u64 *a, u32 n, bool negative);
// Low 64 bits of the two's complement form, for BigInt64Array.
u64 digits_low_u64(const u64 *a, u32 n, bool negative);
static inline u32 digits_from_u64(u64 *out, u64 x) {
  out[0] = x;
  return x != 0;
}

// Correctly rounded to nearest even; Infinity when too large.
double digits_to_double(const u64 *a, u32 n);
// |v| for an integral finite v. out: 17 limbs.
u32 digits_from_double(u64 *out, double v);
// Compares a magnitude with a finite v >= 0 exactly: -1, 0, 1.
int digits_compare_double(const u64 *a, u32 n, double v);

// An upper bound on the characters of the text; radix 2..36.
size_t digits_text_bound(const u64 *a, u32 n, u32 radix);
// Writes the text (lower case, no leading zeros, "0" for zero) and its length. False: interrupted, or no memory.
MUST_CHECK bool digits_to_text(char *out, size_t *out_len, const u64 *a, u32 n, u32 radix, DigitsWork *work);
// An upper bound on the limbs of a text of n digits.
u32 digits_limbs_bound(size_t n, u32 radix);
// All n characters are digits of the radix. out: digits_limbs_bound limbs.
MUST_CHECK u32 digits_from_text(u64 *out, const char *text, size_t n, u32 radix, DigitsWork *work);

#endif
