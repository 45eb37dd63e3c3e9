// SPDX-License-Identifier: MIT
// Bit counting and bit sets. Counts of zero are defined here, which the compiler's builtins leave undefined.
#ifndef WEFT_BASE_BITS_H
#define WEFT_BASE_BITS_H

#include "base/base.h"

static ALWAYS_INLINE u32 bits_clz32(u32 x) { return x ? (u32)__builtin_clz(x) : 32; }
static ALWAYS_INLINE u32 bits_clz64(u64 x) { return x ? (u32)__builtin_clzll(x) : 64; }
static ALWAYS_INLINE u32 bits_ctz32(u32 x) { return x ? (u32)__builtin_ctz(x) : 32; }
static ALWAYS_INLINE u32 bits_ctz64(u64 x) { return x ? (u32)__builtin_ctzll(x) : 64; }
static ALWAYS_INLINE u32 bits_popcount64(u64 x) { return (u32)__builtin_popcountll(x); }
// Number of bits needed to write x; 0 for 0.
static ALWAYS_INLINE u32 bits_width64(u64 x) { return 64 - bits_clz64(x); }
static ALWAYS_INLINE bool bits_is_power_of_two(u64 x) { return x && !(x & (x - 1)); }
// The smallest power of two that is at least x; x must be 1..2^63.
static ALWAYS_INLINE u64 bits_ceil_power_of_two(u64 x) { return x <= 1 ? 1 : 1ULL << bits_width64(x - 1); }
static ALWAYS_INLINE u32 bits_rotl32(u32 x, u32 n) { return x << (n & 31) | x >> (-n & 31); }
static ALWAYS_INLINE u64 bits_rotl64(u64 x, u32 n) { return x << (n & 63) | x >> (-n & 63); }
static ALWAYS_INLINE u64 bits_of_double(double d) {
  u64 x;
  memcpy(&x, &d, 8);
  return x;
}
static ALWAYS_INLINE double bits_to_double(u64 x) {
  double d;
  memcpy(&d, &x, 8);
  return d;
}
static ALWAYS_INLINE u32 bits_of_float(float f) {
  u32 x;
  memcpy(&x, &f, 4);
  return x;
}
static ALWAYS_INLINE float bits_to_float(u32 x) {
  float f;
  memcpy(&f, &x, 4);
  return f;
}

// A bit set is an array of u64 words; bit i is word i/64, bit i%64.
#define BITSET_WORDS(n) (((size_t)(n) + 63) / 64)
static ALWAYS_INLINE bool bitset_get(const u64 *set, size_t i) { return set[i / 64] >> (i % 64) & 1; }
static ALWAYS_INLINE void bitset_set(u64 *set, size_t i) { set[i / 64] |= 1ULL << (i % 64); }
static ALWAYS_INLINE void bitset_clear(u64 *set, size_t i) { set[i / 64] &= ~(1ULL << (i % 64)); }
// Index of the first set bit in from..n-1, or n.
static inline size_t bitset_next(const u64 *set, size_t n, size_t from) {
  if (from >= n) return n;
  size_t w = from / 64;
  u64 word = set[w] & ~0ULL << (from % 64);
  for (; !word; word = set[w]) {
    if (++w >= BITSET_WORDS(n)) return n;
  }
  size_t i = w * 64 + (size_t)__builtin_ctzll(word);
  return i < n ? i : n;
}

#endif
