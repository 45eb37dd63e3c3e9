// SPDX-License-Identifier: MIT
// Encodings of text: UTF-8, WTF-8 (UTF-8 that can also carry lone surrogates), UTF-16 and Latin-1.
// Malformed UTF-8 decodes as the WHATWG Encoding standard says: one U+FFFD for each maximal subpart.
// Lengths are in units of the encoding named (bytes or 16-bit units). Nothing here allocates or fails.
#ifndef WEFT_BASE_UTF_H
#define WEFT_BASE_UTF_H

#include "base/base.h"

enum { UTF_REPLACEMENT = 0xFFFD, UTF_MAX = 0x10FFFF };

static ALWAYS_INLINE bool utf16_is_lead(u32 c) { return (c & 0xFFFFFC00u) == 0xD800; }
static ALWAYS_INLINE bool utf16_is_trail(u32 c) { return (c & 0xFFFFFC00u) == 0xDC00; }
static ALWAYS_INLINE bool utf16_is_surrogate(u32 c) { return (c & 0xFFFFF800u) == 0xD800; }
static ALWAYS_INLINE u32 utf16_combine(u32 lead, u32 trail) { return ((lead - 0xD800) << 10) + (trail - 0xDC00) + 0x10000; }
static ALWAYS_INLINE u16 utf16_lead_of(u32 cp) { return (u16)(0xD7C0 + (cp >> 10)); }
static ALWAYS_INLINE u16 utf16_trail_of(u32 cp) { return (u16)(0xDC00 + (cp & 0x3FF)); }
// Units that cp needs in UTF-16: 1 or 2.
static ALWAYS_INLINE u32 utf16_units_of(u32 cp) { return cp > 0xFFFF ? 2 : 1; }

// Writes cp (a lone surrogate stays itself) and returns the number of units: 1 or 2.
static inline u32 utf16_encode(u32 cp, u16 out[2]) {
  if (cp <= 0xFFFF) {
    out[0] = (u16)cp;
    return 1;
  }
  out[0] = utf16_lead_of(cp);
  out[1] = utf16_trail_of(cp);
  return 2;
}

// Reads one code point at *p < end and advances; a lone surrogate is returned as itself.
static inline u32 utf16_decode(const u16 **p, const u16 *end) {
  u32 c = *(*p)++;
  if (utf16_is_lead(c) && *p < end && utf16_is_trail(**p)) return utf16_combine(c, *(*p)++);
  return c;
}

// Writes cp as UTF-8 and returns the number of bytes, 1..4. A surrogate is written as WTF-8 (3 bytes).
u32 utf8_encode(u32 cp, u8 out[4]);

u32 utf8_decode_slow_(const u8 **p, const u8 *end);
u32 wtf8_decode_slow_(const u8 **p, const u8 *end);

// Reads one code point at *p < end and advances by at least one byte; malformed bytes give U+FFFD.
static inline u32 utf8_decode(const u8 **p, const u8 *end) {
  if (LIKELY(**p < 0x80)) return *(*p)++;
  return utf8_decode_slow_(p, end);
}
// The same, but three-byte surrogates are accepted and returned as themselves.
static inline u32 wtf8_decode(const u8 **p, const u8 *end) {
  if (LIKELY(**p < 0x80)) return *(*p)++;
  return wtf8_decode_slow_(p, end);
}

// Length of the longest prefix without a byte above 0x7F.
size_t utf8_ascii_run(const u8 *p, size_t n);
static inline bool utf8_is_ascii(const u8 *p, size_t n) { return utf8_ascii_run(p, n) == n; }
// True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
bool utf8_validate(const u8 *p, size_t n);

// What decoding n bytes of UTF-8 would give.
typedef struct Utf8Measure {
  size_t units; // length in UTF-16 units
  bool latin1;  // every code point is below 0x100
  bool ascii;   // every code point is below 0x80
  bool valid;   // no replacement was needed
} Utf8Measure;
Utf8Measure utf8_measure(const u8 *p, size_t n);
Utf8Measure wtf8_measure(const u8 *p, size_t n);

// Decode; the destination has room for what measure said. Return the number of units written.
size_t utf8_to_utf16(const u8 *p, size_t n, u16 *out);
size_t wtf8_to_utf16(const u8 *p, size_t n, u16 *out);
// Only for text that measured as latin1.
size_t utf8_to_latin1(const u8 *p, size_t n, u8 *out);

size_t latin1_utf8_length(const u8 *p, size_t n);
// Returns the number of bytes written, which is latin1_utf8_length(p, n).
size_t latin1_to_utf8(const u8 *p, size_t n, u8 *out);

// A lone surrogate counts as three bytes, which is right both for U+FFFD and for WTF-8.
size_t utf16_utf8_length(const u16 *p, size_t n);
size_t utf16_to_utf8(const u16 *p, size_t n, u8 *out); // lone surrogates become U+FFFD
size_t utf16_to_wtf8(const u16 *p, size_t n, u8 *out); // lone surrogates are kept

// For TextEncoder.encodeInto: encodes whole code points while they fit into `room` bytes.
typedef struct UtfProgress {
  size_t read, written;
} UtfProgress;
UtfProgress utf16_to_utf8_partial(const u16 *p, size_t n, u8 *out, size_t room);
UtfProgress latin1_to_utf8_partial(const u8 *p, size_t n, u8 *out, size_t room);

// True when every unit is below 0x100, so that the text can be stored as Latin-1.
bool utf16_fits_latin1(const u16 *p, size_t n);
void utf16_narrow(const u16 *p, size_t n, u8 *out); // keeps the low byte of each unit
void latin1_widen(const u8 *p, size_t n, u16 *out);
// True when there is no lone surrogate.
bool utf16_is_well_formed(const u16 *p, size_t n);

#endif
