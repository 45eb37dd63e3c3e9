// SPDX-License-Identifier: MIT
// Strings: making, slicing, reading and comparing them. Concatenation is vm/rope.c, search vm/string_search.c, the
// builder vm/string_builder.c, interning vm/atom.c. Tests: tests/unit/vm/test_string.c.
#include "base/utf.h"
#include "vm/call.h"
#include "vm/memory_access.h"
#include "vm/string_internal.h"

#include <stdarg.h>

static String *static_char(u32 c) { return (String *)(uintptr_t)&weft_atoms.chars[c]; }

// ---- Making ----

String *str_new_uninit8(Isolate *iso, u32 length, u8 **chars) {
  if (UNLIKELY(length > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  String *s = TRY(str_alloc_flat(iso, length, 0));
  *chars = (u8 *)(s + 1);
  return s;
}

String *str_new_uninit16(Isolate *iso, u32 length, u16 **chars) {
  if (UNLIKELY(length > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  String *s = TRY(str_alloc_flat(iso, length, STR_UTF16));
  *chars = (u16 *)(void *)(s + 1);
  return s;
}

String *str_new_latin1(Isolate *iso, const u8 *chars, u32 length) {
  if (length <= 1) return length ? static_char(chars[0]) : ATOM_STRING(empty);
  if (UNLIKELY(length > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  String *s = TRY(str_alloc_flat(iso, length, 0));
  if (LIKELY(length <= MEMORY_POLL_BYTES)) str_copy_bytes(s + 1, chars, length);
  else TRY(memory_copy_large(iso, s + 1, chars, length, false));
  return s;
}

String *str_new_wide(Isolate *iso, const u16 *chars, u32 length) {
  u16 *out;
  String *s = TRY(str_new_uninit16(iso, length, &out));
  TRY(memory_copy_polling(iso, out, chars, (size_t)length * 2, false));
  return s;
}

String *str_new_utf16(Isolate *iso, const u16 *chars, u32 length) {
  if (length <= 1) return length ? str_from_char(iso, chars[0]) : ATOM_STRING(empty);
  if (!utf16_fits_latin1(chars, length)) return str_new_wide(iso, chars, length);
  u8 *out;
  String *s = TRY(str_new_uninit8(iso, length, &out));
  utf16_narrow(chars, length, out);
  return s;
}

// The end of a piece of UTF-8 that can be decoded by itself: before a character, or what stands for one.
static size_t utf8_piece(const u8 *p, size_t n) {
  if (n <= MEMORY_POLL_BYTES) return n;
  size_t cut = MEMORY_POLL_BYTES;
  for (u32 back = 0; back < 4; back++) {
    if ((p[cut - back] & 0xC0) != 0x80) return cut - back;
  }
  return cut; // no character is that long
}

static NOINLINE String *new_utf8_polling(Isolate *iso, const u8 *p, size_t size) {
  Utf8Measure whole = {.latin1 = true};
  size_t at = 0, n;
  for (; at < size; at += n) {
    n = utf8_piece(p + at, size - at);
    Utf8Measure piece = utf8_measure(p + at, n);
    whole.units += piece.units;
    whole.latin1 = whole.latin1 && piece.latin1;
    if (at) TRY(isolate_poll(iso));
  }
  if (UNLIKELY(whole.units > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  u8 *narrow = NULL;
  u16 *wide = NULL;
  String *s = TRY(whole.latin1 ? str_new_uninit8(iso, (u32)whole.units, &narrow) : str_new_uninit16(iso, (u32)whole.units, &wide));
  for (at = 0; at < size; at += n) {
    n = utf8_piece(p + at, size - at);
    if (narrow) narrow += utf8_to_latin1(p + at, n, narrow);
    else wide += utf8_to_utf16(p + at, n, wide);
    TRY(isolate_poll(iso));
  }
  return s;
}

String *str_new_utf8(Isolate *iso, const char *bytes, size_t size) {
  const u8 *p = (const u8 *)bytes;
  if (UNLIKELY(size > MEMORY_POLL_BYTES)) return new_utf8_polling(iso, p, size);
  Utf8Measure measure = utf8_measure(p, size);
  if (UNLIKELY(measure.units > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  u32 length = (u32)measure.units;
  if (measure.ascii) return str_new_latin1(iso, p, length);
  if (measure.latin1) {
    u8 *out;
    String *s = TRY(str_new_uninit8(iso, length, &out));
    utf8_to_latin1(p, size, out);
    return s;
  }
  u16 *out;
  String *s = TRY(str_new_uninit16(iso, length, &out));
  utf8_to_utf16(p, size, out);
  return s;
}

String *str_new_cstring(Isolate *iso, const char *ascii) {
  size_t length = strlen(ascii);
  if (UNLIKELY(length > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  return str_new_latin1(iso, (const u8 *)ascii, (u32)length);
}

String *str_new_format(Isolate *iso, const char *format, ...) {
  char small[512];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(small, sizeof small, format, args);
  va_end(args);
  if (length < 0) return ATOM_STRING(empty);
  if ((size_t)length < sizeof small) return str_new_utf8(iso, small, (size_t)length);
  char *large = base_try_alloc((size_t)length + 1);
  if (!large) return throw_out_of_memory(iso);
  va_start(args, format);
  vsnprintf(large, (size_t)length + 1, format, args);
  va_end(args);
  String *s = str_new_utf8(iso, large, (size_t)length);
  base_free(large);
  return s;
}

String *str_new_static_latin1(Isolate *iso, const u8 *chars, u32 length) {
  if (length < STR_SLICE_MIN) return str_new_latin1(iso, chars, length);
  if (UNLIKELY(length > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  return str_alloc_slice(iso, NULL, chars, length, 0);
}

String *str_from_char(Isolate *iso, u16 unit) {
  if (unit < 256) return static_char(unit);
  String *s = str_alloc_flat(iso, 1, STR_UTF16);
  *(u16 *)(void *)(s + 1) = unit;
  return s;
}

String *str_from_code_point(Isolate *iso, u32 code_point) {
  u16 units[2];
  if (utf16_encode(code_point, units) == 1) return str_from_char(iso, units[0]);
  String *s = str_alloc_flat(iso, 2, STR_UTF16);
  memcpy(s + 1, units, 4);
  return s;
}

String *str_substring(Isolate *iso, String *s, u32 start, u32 end) {
  ASSERT(start <= end && end <= s->length);
  u32 length = end - start;
  if (length == s->length) return s;
  if (!length) return ATOM_STRING(empty);
  while (str_is_rope(s)) { // a part that lies in one child needs no flattening
    RopeString *rope = (RopeString *)s;
    u32 left_length = ref_get(rope->left)->length;
    if (end <= left_length) {
      s = ref_get(rope->left);
    } else if (start >= left_length) {
      s = ref_get(rope->right);
      start -= left_length;
      end -= left_length;
    } else {
      s = TRY(str_flatten_slow(iso, s));
    }
    if (length == s->length) return s;
  }
  u32 shift = str_width_shift(s);
  const u8 *chars = (const u8 *)str_chars(s) + ((size_t)start << shift);
  if (length < STR_SLICE_MIN) {
    return shift ? str_new_utf16(iso, (const u16 *)(const void *)chars, length) : str_new_latin1(iso, chars, length);
  }
  Cell *parent = s->cell.flags & STR_SLICE ? ref_get(((SliceString *)s)->parent) : &s->cell;
  return str_alloc_slice(iso, parent, chars, length, (u16)shift);
}

// ---- Equality, order, hash ----

bool str_equal_mixed(const u8 *a, const u16 *b, u32 n) {
  u32 i = 0;
#ifdef __SSE2__
  for (; i + 8 <= n; i += 8) {
    __m128i wide = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)(a + i)), _mm_setzero_si128());
    __m128i equal = _mm_cmpeq_epi16(wide, _mm_loadu_si128((const __m128i *)(const void *)(b + i)));
    if (_mm_movemask_epi8(equal) != 0xFFFF) return false;
  }
#endif
  for (; i < n; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

bool str_equals_flat(const String *a, const String *b) {
  if (a == b) return true;
  if (a->length != b->length) return false;
  if (a->cell.flags & b->cell.flags & STR_ATOM) return false;
  if (a->hash && b->hash && a->hash != b->hash) return false;
  u32 n = a->length;
  bool a_wide = str_is_utf16(a), b_wide = str_is_utf16(b);
  if (a_wide == b_wide) return !memcmp(str_chars(a), str_chars(b), (size_t)n << a_wide);
  return a_wide ? str_equal_mixed(str_chars8(b), str_chars16(a), n) : str_equal_mixed(str_chars8(a), str_chars16(b), n);
}

bool str_equals(Isolate *iso, String *a, String *b, bool *equal) {
  *equal = a == b;
  if (a == b || a->length != b->length) return true;
  if (a->hash && b->hash && a->hash != b->hash) return true;
  TRY(str_flatten(iso, a));
  TRY(str_flatten(iso, b));
  if (UNLIKELY(a->length > MEMORY_POLL_BYTES) && str_is_utf16(a) == str_is_utf16(b)) {
    int order;
    TRY(memory_compare_polling(iso, str_chars(a), str_chars(b), (size_t)a->length << str_width_shift(a), false, &order));
    *equal = !order;
    return true;
  }
  *equal = str_equals_flat(a, b);
  return true;
}

bool str_equals_ascii(const String *flat, const char *ascii) {
  size_t n = strlen(ascii);
  if (flat->length != n) return false;
  if (!str_is_utf16(flat)) return !memcmp(str_chars8(flat), ascii, n);
  return str_equal_mixed((const u8 *)ascii, str_chars16(flat), (u32)n);
}

static int compare16(const u16 *a, const u16 *b, u32 n) {
  u32 i = 0;
#ifdef __SSE2__
  for (; i + 8 <= n; i += 8) {
    __m128i equal = _mm_cmpeq_epi16(_mm_loadu_si128((const __m128i *)(const void *)(a + i)),
                                    _mm_loadu_si128((const __m128i *)(const void *)(b + i)));
    u32 mask = (u32)_mm_movemask_epi8(equal);
    if (mask != 0xFFFF) {
      i += (u32)__builtin_ctz(~mask) / 2;
      return (int)a[i] - (int)b[i];
    }
  }
#endif
  for (; i < n; i++) {
    if (a[i] != b[i]) return (int)a[i] - (int)b[i];
  }
  return 0;
}

static int compare_mixed(const u8 *a, const u16 *b, u32 n) {
  for (u32 i = 0; i < n; i++) {
    if (a[i] != b[i]) return (int)a[i] - (int)b[i];
  }
  return 0;
}

int str_compare_flat(const String *a, const String *b) {
  if (a == b) return 0;
  u32 n = MIN(a->length, b->length);
  bool a_wide = str_is_utf16(a), b_wide = str_is_utf16(b);
  int order;
  if (a_wide) {
    order = b_wide ? compare16(str_chars16(a), str_chars16(b), n) : -compare_mixed(str_chars8(b), str_chars16(a), n);
  } else {
    order = b_wide ? compare_mixed(str_chars8(a), str_chars16(b), n) : memcmp(str_chars8(a), str_chars8(b), n);
  }
  if (order) return order;
  return a->length < b->length ? -1 : a->length > b->length;
}

bool str_compare(Isolate *iso, String *a, String *b, int *order) {
  TRY(str_flatten(iso, a));
  TRY(str_flatten(iso, b));
  *order = str_compare_flat(a, b);
  return true;
}

u32 str_hash_flat(String *flat) {
  if (LIKELY(flat->hash)) return flat->hash;
  u32 hash = str_is_utf16(flat) ? hash_utf16(str_chars16(flat), flat->length) : hash_latin1(str_chars8(flat), flat->length);
  flat->hash = hash;
  return hash;
}

// ---- Reading ----

bool str_char_at(Isolate *iso, String *s, u32 i, u16 *unit) {
  TRY(str_flatten(iso, s));
  *unit = str_char_at_flat(s, i);
  return true;
}

u32 str_code_point_at_flat(const String *flat, u32 i, u32 *units) {
  *units = 1;
  if (!str_is_utf16(flat)) return str_chars8(flat)[i];
  const u16 *chars = str_chars16(flat);
  u32 lead = chars[i];
  if (!utf16_is_lead(lead) || i + 1 >= flat->length || !utf16_is_trail(chars[i + 1])) return lead;
  *units = 2;
  return utf16_combine(lead, chars[i + 1]);
}

// Units up to the end of a piece that does not cut a surrogate pair.
static u32 utf16_piece(const String *flat, u32 at) {
  u32 n = flat->length - at;
  if (n <= MEMORY_POLL_BYTES) return n;
  n = MEMORY_POLL_BYTES;
  return str_is_utf16(flat) && utf16_is_lead(str_chars16(flat)[at + n - 1]) ? n - 1 : n;
}

bool str_utf8_length_polling(Isolate *iso, const String *flat, size_t *size) {
  *size = 0;
  for (u32 at = 0, n; at < flat->length; at += n) {
    n = utf16_piece(flat, at);
    *size += str_is_utf16(flat) ? utf16_utf8_length(str_chars16(flat) + at, n) : latin1_utf8_length(str_chars8(flat) + at, n);
    if (at) TRY(isolate_poll(iso));
  }
  return true;
}

bool str_to_utf8_polling(Isolate *iso, const String *flat, u8 *out) {
  for (u32 at = 0, n; at < flat->length; at += n) {
    n = utf16_piece(flat, at);
    out += str_is_utf16(flat) ? utf16_to_utf8(str_chars16(flat) + at, n, out) : latin1_to_utf8(str_chars8(flat) + at, n, out);
    if (at) TRY(isolate_poll(iso));
  }
  return true;
}

size_t str_utf8_length_flat(const String *flat) {
  return str_is_utf16(flat) ? utf16_utf8_length(str_chars16(flat), flat->length)
                            : latin1_utf8_length(str_chars8(flat), flat->length);
}

char *str_to_utf8(Isolate *iso, String *s, size_t *size) {
  TRY(str_flatten(iso, s));
  size_t n = str_utf8_length_flat(s);
  char *out = base_try_alloc(n + 1);
  if (!out) return throw_out_of_memory(iso);
  if (str_is_utf16(s)) {
    utf16_to_utf8(str_chars16(s), s->length, (u8 *)out);
  } else {
    latin1_to_utf8(str_chars8(s), s->length, (u8 *)out);
  }
  out[n] = 0;
  if (size) *size = n;
  return out;
}
