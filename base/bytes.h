// SPDX-License-Identifier: MIT
// Bytes: loads and stores of a given order at any address, variable-length integers, and a growable buffer.
#ifndef WEFT_BASE_BYTES_H
#define WEFT_BASE_BYTES_H

#include "base/vec.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define BYTES_IS_LITTLE 1
#else
#define BYTES_IS_LITTLE 0
#endif

#define BYTES_DEFINE_(bits, swap) \
  static ALWAYS_INLINE u##bits bytes_load_le##bits(const void *p) { \
    u##bits x; \
    memcpy(&x, p, sizeof x); \
    return BYTES_IS_LITTLE ? x : swap(x); \
  } \
  static ALWAYS_INLINE u##bits bytes_load_be##bits(const void *p) { \
    u##bits x; \
    memcpy(&x, p, sizeof x); \
    return BYTES_IS_LITTLE ? swap(x) : x; \
  } \
  static ALWAYS_INLINE void bytes_store_le##bits(void *p, u##bits x) { \
    if (!BYTES_IS_LITTLE) x = swap(x); \
    memcpy(p, &x, sizeof x); \
  } \
  static ALWAYS_INLINE void bytes_store_be##bits(void *p, u##bits x) { \
    if (BYTES_IS_LITTLE) x = swap(x); \
    memcpy(p, &x, sizeof x); \
  }
BYTES_DEFINE_(16, __builtin_bswap16)
BYTES_DEFINE_(32, __builtin_bswap32)
BYTES_DEFINE_(64, __builtin_bswap64)
#undef BYTES_DEFINE_

enum { BYTES_VARINT_MAX = 10 };

// LEB128: seven bits a byte, low first. Returns how many bytes were written, at most BYTES_VARINT_MAX.
static inline u32 bytes_put_varint(u8 *out, u64 x) {
  u32 n = 0;
  for (; x >= 0x80; x >>= 7) out[n++] = (u8)(x | 0x80);
  out[n++] = (u8)x;
  return n;
}
// Reads at *p, advances, and puts the number into *out. False when it runs past `end` or does not fit 64 bits.
MUST_CHECK static inline bool bytes_get_varint(const u8 **p, const u8 *end, u64 *out) {
  u64 x = 0;
  for (u32 shift = 0; shift < 64 && *p < end; shift += 7) {
    u8 byte = *(*p)++;
    if (shift == 63 && byte > 1) return false;
    x |= (u64)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *out = x;
      return true;
    }
  }
  return false;
}
// Small negative numbers become small positive ones, for the varint.
static ALWAYS_INLINE u64 bytes_zigzag(i64 x) { return (u64)x << 1 ^ (u64)(x >> 63); }
static ALWAYS_INLINE i64 bytes_unzigzag(u64 x) { return (i64)(x >> 1 ^ -(x & 1)); }

typedef struct ByteVec {
  u8 *data;
  u32 len, cap;
} ByteVec;
static inline void bytes_append(ByteVec *v, const void *p, size_t n) {
  CHECK(n <= UINT32_MAX);
  if (n) memcpy(vec_extend(v, n), p, n);
}
static inline void bytes_append_varint(ByteVec *v, u64 x) {
  u8 bytes[BYTES_VARINT_MAX];
  bytes_append(v, bytes, bytes_put_varint(bytes, x));
}

#endif
