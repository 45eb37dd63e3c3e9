// SPDX-License-Identifier: MIT
// BigInt values: sign and magnitude in 64-bit limbs, least significant first, no leading zero limbs; 0 has no limbs.
// Arithmetic on limbs is base/digits.
#ifndef WEFT_VM_BIGINT_H
#define WEFT_VM_BIGINT_H

#include "vm/isolate.h"

struct BigInt {
  Cell cell;  // flags: BIGINT_NEGATIVE
  u32 length; // limbs
  u32 hash;
  u64 limbs[];
};
enum { BIGINT_NEGATIVE = 1, BIGINT_MAX_LIMBS = 1 << 18 }; // 2^24 bits, V8's order of magnitude: 2^30
static inline BigInt *value_bigint(Value v) { return (BigInt *)v; }
static inline bool bigint_is_negative(const BigInt *b) { return b->cell.flags & BIGINT_NEGATIVE; }
MUST_CHECK BigInt *bigint_from_i64(Isolate *iso, i64 i);
MUST_CHECK BigInt *bigint_from_u64(Isolate *iso, u64 u);
MUST_CHECK BigInt *bigint_from_words(Isolate *iso, bool negative, u32 length, const u64 *words); // the last word is not 0
MUST_CHECK BigInt *bigint_from_double(Isolate *iso, double d);                                   // RangeError when not an integer
MUST_CHECK Value bigint_from_string(Isolate *iso, String *s);                       // StringToBigInt: undefined when it is none
MUST_CHECK BigInt *bigint_from_decimal(Isolate *iso, const u8 *digits, u32 length); // literal text; radix prefixes 0x 0o 0b allowed
MUST_CHECK String *bigint_to_string(Isolate *iso, const BigInt *b, u32 radix);
double bigint_to_double(const BigInt *b);
i64 bigint_to_i64(const BigInt *b); // modulo 2^64
u64 bigint_to_u64(const BigInt *b);
MUST_CHECK Value bigint_binary(Isolate *iso, u32 binary_op, BigInt *a,
                               BigInt *b); // enum BinaryOperator; RangeError, TypeError (>>>)
MUST_CHECK BigInt *bigint_negate(Isolate *iso, BigInt *a);
MUST_CHECK BigInt *bigint_not(Isolate *iso, BigInt *a);
MUST_CHECK BigInt *bigint_inc(Isolate *iso, BigInt *a, int by);
int bigint_compare(const BigInt *a, const BigInt *b);
int bigint_compare_double(const BigInt *a, double d); // -1, 0, 1; 2 when d is NaN
bool bigint_equals(const BigInt *a, const BigInt *b);
MUST_CHECK BigInt *bigint_as_int_n(Isolate *iso, u64 bits, BigInt *a);
MUST_CHECK BigInt *bigint_as_uint_n(Isolate *iso, u64 bits, BigInt *a);
u32 bigint_hash(BigInt *b);

#endif
