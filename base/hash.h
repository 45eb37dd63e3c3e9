// SPDX-License-Identifier: MIT
// Hash functions for tables: 64-bit multiply-fold over 8-byte lanes, after the idea of wyhash.
// A string hashes by content: the same characters give the same number whether stored as Latin-1 or UTF-16.
// For that, UTF-16 text that fits in Latin-1 is packed lane by lane while hashing; other text is hashed as it is.
// The functions have no per-process seed, because the build precomputes the hashes of the built-in names.
#ifndef WEFT_BASE_HASH_H
#define WEFT_BASE_HASH_H

#include "base/base.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define HASH_K0 0xa0761d6478bd642fULL
#define HASH_K1 0xe7037ed1a0b428dbULL
#define HASH_K2 0x8ebc6af09c88c6e3ULL

static ALWAYS_INLINE u64 hash_fold(u64 a, u64 b) {
  u128 product = (u128)a * b;
  return (u64)product ^ (u64)(product >> 64);
}

// A well mixed 32-bit hash of an integer or an address.
static ALWAYS_INLINE u32 hash_u64(u64 x) {
  u64 h = hash_fold(x ^ HASH_K0, HASH_K1);
  return (u32)(h ^ h >> 32);
}

// Order matters: hash_combine(a, b) differs from hash_combine(b, a).
static ALWAYS_INLINE u32 hash_combine(u32 a, u32 b) { return hash_u64((u64)a << 32 | b); }

static ALWAYS_INLINE u64 hash_load8_(const void *p) {
  u64 x;
  memcpy(&x, p, 8);
  return x;
}

static ALWAYS_INLINE u64 hash_load4_(const void *p) {
  u32 x;
  memcpy(&x, p, 4);
  return x;
}

// Eight Latin-1 characters held in 16-bit units, packed to the bytes that Latin-1 storage would have.
static ALWAYS_INLINE u64 hash_pack8_(const u16 *p) {
#if defined(__SSE2__)
  __m128i units = _mm_loadu_si128((const __m128i *)(const void *)p);
  return (u64)_mm_cvtsi128_si64(_mm_packus_epi16(units, units));
#else
  u64 x = 0;
  for (int i = 0; i < 8; i++) x |= (u64)(u8)p[i] << 8 * i;
  return x;
#endif
}

static ALWAYS_INLINE u64 hash_pack4_(const u16 *p) {
  return (u64)(u8)p[0] | (u64)(u8)p[1] << 8 | (u64)(u8)p[2] << 16 | (u64)(u8)p[3] << 24;
}

static ALWAYS_INLINE u32 hash_finish_(u64 a, u64 b, u64 state, size_t n) {
  u64 h = hash_fold(a ^ HASH_K1, b ^ state);
  h = hash_fold(h ^ HASH_K0, n ^ HASH_K2);
  u32 folded = (u32)(h ^ h >> 32);
  return folded ? folded : 1;
}

// The one algorithm; LOAD8, LOAD4 and CHAR read characters i.. as if the text were Latin-1.
#define HASH_BODY_(p, n, LOAD8, LOAD4, CHAR) \
  do { \
    u64 a = 0, b = 0, state = HASH_K0; \
    if (LIKELY((n) <= 16)) { \
      if ((n) >= 8) { \
        a = LOAD8((p)), b = LOAD8((p) + (n)-8); \
      } else if ((n) >= 4) { \
        a = LOAD4((p)) << 32 | LOAD4((p) + (n)-4); \
      } else if ((n) > 0) { \
        a = (u64)CHAR((p)[0]) << 16 | (u64)CHAR((p)[(n) >> 1]) << 8 | CHAR((p)[(n)-1]); \
      } \
    } else { \
      size_t i = 0; \
      for (; i + 16 < (n); i += 16) state = hash_fold(LOAD8((p) + i) ^ HASH_K1, LOAD8((p) + i + 8) ^ state); \
      a = LOAD8((p) + (n)-16), b = LOAD8((p) + (n)-8); \
    } \
    return hash_finish_(a, b, state, (n)); \
  } while (0)

// Hash of n Latin-1 characters. Never 0, so that 0 can mean "not computed yet".
static inline u32 hash_latin1(const u8 *p, size_t n) { HASH_BODY_(p, n, hash_load8_, hash_load4_, (u8)); }

static inline bool hash_fits_latin1_(const u16 *p, size_t n) {
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    if (hash_load8_(p + i) & 0xff00ff00ff00ff00ULL) return false;
  }
  for (; i < n; i++) {
    if (p[i] > 0xff) return false;
  }
  return true;
}

static inline u32 hash_utf16_packed_(const u16 *p, size_t n) { HASH_BODY_(p, n, hash_pack8_, hash_pack4_, (u8)); }

// Hash of n UTF-16 units, equal to hash_latin1 of the same characters. Never 0.
static inline u32 hash_utf16(const u16 *p, size_t n) {
  if (hash_fits_latin1_(p, n)) return hash_utf16_packed_(p, n);
  // An odd state keeps wide text apart from the Latin-1 text that has the same bytes.
  u64 state = HASH_K2, a = 0;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) state = hash_fold(hash_load8_(p + i) ^ HASH_K1, hash_load8_(p + i + 4) ^ state);
  if (i + 4 <= n) {
    state = hash_fold(hash_load8_(p + i) ^ HASH_K1, state);
    i += 4;
  }
  for (; i < n; i++) a = a << 16 | p[i];
  return hash_finish_(a, 0, state, n);
}

#endif
