// SPDX-License-Identifier: MIT
// Finding a text in a text. One unit: memchr or SSE2. More: 16 places at once are tested for the first and the last unit of the
// needle, and only hits are compared. When hits fail too often (periodic texts), memmem, which is linear, takes over.
// Needle and text of different widths: the needle is converted once.
#define _GNU_SOURCE
#include "vm/string_internal.h"

enum { FAILURES_MAX = 256 };

static i64 find_unit16(const u16 *s, u32 n, u16 unit, u32 from) {
  u32 i = from;
#ifdef __SSE2__
  __m128i wanted = _mm_set1_epi16((short)unit);
  for (; i + 8 <= n; i += 8) {
    __m128i equal = _mm_cmpeq_epi16(_mm_loadu_si128((const __m128i *)(const void *)(s + i)), wanted);
    u32 mask = (u32)_mm_movemask_epi8(equal);
    if (mask) return i + (u32)__builtin_ctz(mask) / 2;
  }
#endif
  for (; i < n; i++) {
    if (s[i] == unit) return i;
  }
  return -1;
}

static i64 find_bytes(const u8 *s, u32 n, const u8 *needle, u32 m, u32 from) {
  if (m == 1) {
    const u8 *hit = memchr(s + from, needle[0], n - from);
    return hit ? hit - s : -1;
  }
  u32 i = from, last = n - m;
#ifdef __SSE2__
  __m128i first_unit = _mm_set1_epi8((char)needle[0]), last_unit = _mm_set1_epi8((char)needle[m - 1]);
  u32 failures = 0;
  for (; i + 15 <= last && failures < FAILURES_MAX; i += 16) {
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
    __m128i end = _mm_loadu_si128((const __m128i *)(const void *)(s + i + m - 1));
    u32 mask = (u32)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(first, first_unit), _mm_cmpeq_epi8(end, last_unit)));
    for (; mask; mask &= mask - 1) {
      u32 at = i + (u32)__builtin_ctz(mask);
      if (!memcmp(s + at + 1, needle + 1, m - 2)) return at;
      failures++;
    }
  }
#endif
  if (i > last) return -1;
  const u8 *hit = memmem(s + i, n - i, needle, m);
  return hit ? hit - s : -1;
}

// memmem over units: hits at odd bytes are passed over.
static i64 find_units16_linear(const u16 *s, u32 n, const u16 *needle, u32 m, u32 from) {
  const char *base = (const char *)s, *p = base + (size_t)from * 2, *end = base + (size_t)n * 2;
  while ((p = memmem(p, (size_t)(end - p), needle, (size_t)m * 2))) {
    if (!((p - base) & 1)) return (p - base) / 2;
    p++;
  }
  return -1;
}

static i64 find_units16(const u16 *s, u32 n, const u16 *needle, u32 m, u32 from) {
  if (m == 1) return find_unit16(s, n, needle[0], from);
  u32 i = from, last = n - m, failures = 0;
#ifdef __SSE2__
  __m128i first_unit = _mm_set1_epi16((short)needle[0]), last_unit = _mm_set1_epi16((short)needle[m - 1]);
  for (; i + 7 <= last && failures < FAILURES_MAX; i += 8) {
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
    __m128i end = _mm_loadu_si128((const __m128i *)(const void *)(s + i + m - 1));
    u32 mask = (u32)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi16(first, first_unit), _mm_cmpeq_epi16(end, last_unit)));
    for (mask &= 0x5555; mask; mask &= mask - 1) {
      u32 at = i + (u32)__builtin_ctz(mask) / 2;
      if (!memcmp(s + at + 1, needle + 1, (size_t)(m - 2) * 2)) return at;
      failures++;
    }
  }
#endif
  for (; i <= last && failures < FAILURES_MAX; i++) {
    if (s[i] != needle[0] || s[i + m - 1] != needle[m - 1]) continue;
    if (!memcmp(s + i, needle, (size_t)m * 2)) return i;
    failures++;
  }
  return i <= last ? find_units16_linear(s, n, needle, m, i) : -1;
}

static i64 find_last(const void *s, u32 shift, const void *needle, u32 m, u32 from) {
  const char *chars = s;
  size_t size = (size_t)m << shift;
  for (i64 i = from; i >= 0; i--) {
    const char *p = chars + ((size_t)i << shift);
    if (!shift) { // skip to the first byte
      p = memrchr(chars, *(const char *)needle, (size_t)i + 1);
      if (!p) return -1;
      i = p - chars;
    } else if (memcmp(p, needle, 2)) {
      continue;
    }
    if (!memcmp(p, needle, size)) return i;
  }
  return -1;
}

// The needle in the width of `s`; chars of the needle itself, of `small`, or of memory in *owned. NULL: cannot occur in s.
typedef struct Needle {
  u16 small[64];
  void *owned;
} Needle;

static const void *needle_in_width_of(const String *s, const String *needle, Needle *room) {
  room->owned = NULL;
  if (str_is_utf16(s) == str_is_utf16(needle)) return str_chars(needle);
  u32 m = needle->length;
  if (str_is_utf16(needle) && !utf16_fits_latin1(str_chars16(needle), m)) return NULL;
  void *out = room->small;
  if ((size_t)m << str_width_shift(s) > sizeof room->small) out = room->owned = base_alloc((size_t)m << str_width_shift(s));
  if (str_is_utf16(needle)) {
    utf16_narrow(str_chars16(needle), m, out);
  } else {
    latin1_widen(str_chars8(needle), m, out);
  }
  return out;
}

i64 str_index_of_flat(const String *s, const String *needle, u32 from) {
  u32 n = s->length, m = needle->length;
  if (from > n) from = n;
  if (m > n - from) return -1;
  if (!m) return from;
  Needle room;
  const void *chars = needle_in_width_of(s, needle, &room);
  if (!chars) return -1;
  i64 at = str_is_utf16(s) ? find_units16(str_chars16(s), n, chars, m, from) : find_bytes(str_chars8(s), n, chars, m, from);
  base_free(room.owned);
  return at;
}

i64 str_last_index_of_flat(const String *s, const String *needle, u32 from) {
  u32 n = s->length, m = needle->length;
  if (m > n) return -1;
  if (from > n - m) from = n - m;
  if (!m) return from;
  Needle room;
  const void *chars = needle_in_width_of(s, needle, &room);
  if (!chars) return -1;
  i64 at = find_last(str_chars(s), str_width_shift(s), chars, m, from);
  base_free(room.owned);
  return at;
}
