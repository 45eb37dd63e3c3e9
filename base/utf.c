// SPDX-License-Identifier: MIT
// Encodings of text, see utf.h. Runs of ASCII are found and copied 16 bytes at a time; the rest goes by code point,
// since text outside ASCII is rare in programs and the decoder is short.
#include "base/utf.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static ALWAYS_INLINE u64 load64(const void *p) {
  u64 x;
  memcpy(&x, p, 8);
  return x;
}

u32 utf8_encode(u32 cp, u8 out[4]) {
  if (cp < 0x80) {
    out[0] = (u8)cp;
    return 1;
  }
  if (cp < 0x800) {
    out[0] = (u8)(0xC0 | cp >> 6);
    out[1] = (u8)(0x80 | (cp & 0x3F));
    return 2;
  }
  if (cp < 0x10000) {
    out[0] = (u8)(0xE0 | cp >> 12);
    out[1] = (u8)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (u8)(0x80 | (cp & 0x3F));
    return 3;
  }
  out[0] = (u8)(0xF0 | cp >> 18);
  out[1] = (u8)(0x80 | (cp >> 12 & 0x3F));
  out[2] = (u8)(0x80 | (cp >> 6 & 0x3F));
  out[3] = (u8)(0x80 | (cp & 0x3F));
  return 4;
}

// Returns the code point, or UINT32_MAX for a malformed sequence; *p is after the maximal subpart in both cases.
static ALWAYS_INLINE u32 decode_multibyte(const u8 **p, const u8 *end, bool surrogates) {
  u32 lead = *(*p)++;
  u32 need, cp;
  u8 low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    need = 1, cp = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    need = 2, cp = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED && !surrogates) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    need = 3, cp = lead & 0x07;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return UINT32_MAX;
  }
  for (; need; need--) {
    if (*p >= end || **p < low || **p > high) return UINT32_MAX;
    cp = cp << 6 | (*(*p)++ & 0x3F);
    low = 0x80, high = 0xBF;
  }
  return cp;
}

u32 utf8_decode_slow_(const u8 **p, const u8 *end) {
  u32 cp = decode_multibyte(p, end, false);
  return cp == UINT32_MAX ? UTF_REPLACEMENT : cp;
}

u32 wtf8_decode_slow_(const u8 **p, const u8 *end) {
  u32 cp = decode_multibyte(p, end, true);
  return cp == UINT32_MAX ? UTF_REPLACEMENT : cp;
}

size_t utf8_ascii_run(const u8 *p, size_t n) {
  size_t i = 0;
#if defined(__SSE2__)
  for (; i + 16 <= n; i += 16) {
    int mask = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
    if (mask) return i + (size_t)__builtin_ctz((unsigned)mask);
  }
#endif
  for (; i + 8 <= n; i += 8) {
    u64 high = load64(p + i) & 0x8080808080808080ULL;
    if (high) return i + (size_t)__builtin_ctzll(high) / 8;
  }
  while (i < n && p[i] < 0x80) i++;
  return i;
}

bool utf8_validate(const u8 *p, size_t n) {
  const u8 *end = p + n;
  for (;;) {
    p += utf8_ascii_run(p, (size_t)(end - p));
    if (p == end) return true;
    while (p < end && *p >= 0x80) {
      if (decode_multibyte(&p, end, false) == UINT32_MAX) return false;
    }
  }
}

static ALWAYS_INLINE Utf8Measure measure(const u8 *p, size_t n, bool surrogates) {
  Utf8Measure m = {0, true, true, true};
  const u8 *end = p + n;
  for (;;) {
    size_t run = utf8_ascii_run(p, (size_t)(end - p));
    p += run, m.units += run;
    if (p == end) return m;
    m.ascii = false;
    while (p < end && *p >= 0x80) {
      u32 cp = decode_multibyte(&p, end, surrogates);
      if (cp == UINT32_MAX) m.valid = false, cp = UTF_REPLACEMENT;
      if (cp > 0xFF) m.latin1 = false;
      m.units += utf16_units_of(cp);
    }
  }
}

Utf8Measure utf8_measure(const u8 *p, size_t n) { return measure(p, n, false); }

Utf8Measure wtf8_measure(const u8 *p, size_t n) { return measure(p, n, true); }

static ALWAYS_INLINE size_t to_utf16(const u8 *p, size_t n, u16 *out, bool surrogates) {
  const u8 *end = p + n;
  u16 *start = out;
  for (;;) {
    size_t run = utf8_ascii_run(p, (size_t)(end - p));
    latin1_widen(p, run, out);
    p += run, out += run;
    if (p == end) return (size_t)(out - start);
    while (p < end && *p >= 0x80) {
      u32 cp = decode_multibyte(&p, end, surrogates);
      out += utf16_encode(cp == UINT32_MAX ? UTF_REPLACEMENT : cp, out);
    }
  }
}

size_t utf8_to_utf16(const u8 *p, size_t n, u16 *out) { return to_utf16(p, n, out, false); }

size_t wtf8_to_utf16(const u8 *p, size_t n, u16 *out) { return to_utf16(p, n, out, true); }

size_t utf8_to_latin1(const u8 *p, size_t n, u8 *out) {
  const u8 *end = p + n;
  u8 *start = out;
  for (;;) {
    size_t run = utf8_ascii_run(p, (size_t)(end - p));
    memcpy(out, p, run);
    p += run, out += run;
    if (p == end) return (size_t)(out - start);
    while (p < end && *p >= 0x80) *out++ = (u8)utf8_decode(&p, end);
  }
}

size_t latin1_utf8_length(const u8 *p, size_t n) {
  size_t total = n, i = 0;
  for (; i + 8 <= n; i += 8) total += (size_t)__builtin_popcountll(load64(p + i) & 0x8080808080808080ULL);
  for (; i < n; i++) total += p[i] >> 7;
  return total;
}

size_t latin1_to_utf8(const u8 *p, size_t n, u8 *out) {
  const u8 *end = p + n;
  u8 *start = out;
  for (;;) {
    size_t run = utf8_ascii_run(p, (size_t)(end - p));
    memcpy(out, p, run);
    p += run, out += run;
    if (p == end) return (size_t)(out - start);
    for (; p < end && *p >= 0x80; p++) {
      *out++ = (u8)(0xC0 | *p >> 6);
      *out++ = (u8)(0x80 | (*p & 0x3F));
    }
  }
}

size_t utf16_utf8_length(const u16 *p, size_t n) {
  size_t total = 0;
  for (size_t i = 0; i < n; i++) {
    u32 c = p[i];
    total += 1 + (c >= 0x80) + (c >= 0x800);
    // A pair is 4 bytes: the lead gave 3, the trail adds 1.
    if (UNLIKELY(utf16_is_lead(c)) && i + 1 < n && utf16_is_trail(p[i + 1])) total += 1, i++;
  }
  return total;
}

// Copies units while they are ASCII, and returns how many there were.
static ALWAYS_INLINE size_t copy_ascii_units(const u16 *p, size_t n, u8 *out) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i not_ascii = _mm_set1_epi16((short)0xFF80);
  for (; i + 8 <= n; i += 8) {
    __m128i units = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    __m128i clean = _mm_cmpeq_epi16(_mm_and_si128(units, not_ascii), _mm_setzero_si128());
    if (_mm_movemask_epi8(clean) != 0xFFFF) break;
    _mm_storel_epi64((__m128i *)(void *)(out + i), _mm_packus_epi16(units, units));
  }
#endif
  for (; i < n && p[i] < 0x80; i++) out[i] = (u8)p[i];
  return i;
}

static ALWAYS_INLINE size_t utf16_to_bytes(const u16 *p, size_t n, u8 *out, bool keep_surrogates) {
  const u16 *end = p + n;
  u8 *start = out;
  for (;;) {
    size_t run = copy_ascii_units(p, (size_t)(end - p), out);
    p += run, out += run;
    if (p == end) return (size_t)(out - start);
    while (p < end && *p >= 0x80) {
      u32 cp = utf16_decode(&p, end);
      if (!keep_surrogates && utf16_is_surrogate(cp)) cp = UTF_REPLACEMENT;
      out += utf8_encode(cp, out);
    }
  }
}

size_t utf16_to_utf8(const u16 *p, size_t n, u8 *out) { return utf16_to_bytes(p, n, out, false); }

size_t utf16_to_wtf8(const u16 *p, size_t n, u8 *out) { return utf16_to_bytes(p, n, out, true); }

UtfProgress utf16_to_utf8_partial(const u16 *p, size_t n, u8 *out, size_t room) {
  const u16 *start = p, *end = p + n;
  size_t written = 0;
  for (;;) {
    size_t run = copy_ascii_units(p, MIN((size_t)(end - p), room - written), out + written);
    p += run, written += run;
    if (p == end || written == room) break;
    const u16 *next = p;
    u32 cp = utf16_decode(&next, end);
    u8 bytes[4];
    u32 size = utf8_encode(utf16_is_surrogate(cp) ? (u32)UTF_REPLACEMENT : cp, bytes);
    if (size > room - written) break;
    memcpy(out + written, bytes, size);
    written += size, p = next;
  }
  return (UtfProgress){(size_t)(p - start), written};
}

UtfProgress latin1_to_utf8_partial(const u8 *p, size_t n, u8 *out, size_t room) {
  size_t read = 0, written = 0;
  for (;;) {
    size_t run = utf8_ascii_run(p + read, MIN(n - read, room - written));
    memcpy(out + written, p + read, run);
    read += run, written += run;
    if (read == n || room - written < 2) break;
    if (p[read] < 0x80) continue;
    written += utf8_encode(p[read++], out + written);
  }
  return (UtfProgress){read, written};
}

bool utf16_fits_latin1(const u16 *p, size_t n) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i high = _mm_set1_epi16((short)0xFF00);
  for (; i + 8 <= n; i += 8) {
    __m128i wide = _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + i)), high);
    if (_mm_movemask_epi8(_mm_cmpeq_epi16(wide, _mm_setzero_si128())) != 0xFFFF) return false;
  }
#endif
  for (; i < n; i++) {
    if (p[i] > 0xFF) return false;
  }
  return true;
}

void utf16_narrow(const u16 *p, size_t n, u8 *out) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i low = _mm_set1_epi16(0xFF);
  for (; i + 8 <= n; i += 8) {
    __m128i units = _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)(p + i)), low);
    _mm_storel_epi64((__m128i *)(void *)(out + i), _mm_packus_epi16(units, units));
  }
#endif
  for (; i < n; i++) out[i] = (u8)p[i];
}

void latin1_widen(const u8 *p, size_t n, u16 *out) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  for (; i + 16 <= n; i += 16) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    _mm_storeu_si128((__m128i *)(void *)(out + i), _mm_unpacklo_epi8(bytes, zero));
    _mm_storeu_si128((__m128i *)(void *)(out + i + 8), _mm_unpackhi_epi8(bytes, zero));
  }
#endif
  for (; i < n; i++) out[i] = p[i];
}

bool utf16_is_well_formed(const u16 *p, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (LIKELY(!utf16_is_surrogate(p[i]))) continue;
    if (utf16_is_trail(p[i]) || i + 1 == n || !utf16_is_trail(p[i + 1])) return false;
    i++;
  }
  return true;
}
