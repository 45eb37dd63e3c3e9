// SPDX-License-Identifier: MIT
// Case conversion and normalisation of texts (ECMA-262 22.1.3). Latin-1 text is converted byte by byte, unless its upper case
// leaves Latin-1; a text that is already right is returned as it is.
// Tests: tests/js/text/string_case.js
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/text/string_internal.h"
#include "vm/memory_access.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum CaseLocale { LOCALE_ROOT, LOCALE_TURKIC };
enum { POLL_MASK = 0xFFFF };

// ---- Latin-1 ----

static inline u8 latin1_lower(u8 c) {
  if (c < 0x80) return (u8)(c - 'A') < 26 ? c | 0x20 : c;
  return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c | 0x20 : c;
}
// 0xDF, 0xB5 and 0xFF leave Latin-1 and do not come here.
static inline u8 latin1_upper(u8 c) {
  if (c < 0x80) return (u8)(c - 'a') < 26 ? c & 0xDF : c;
  return c >= 0xE0 && c != 0xF7 && c != 0xFF ? c & 0xDF : c;
}
static inline bool upper_leaves_latin1(u8 c) { return c == 0xDF || c == 0xB5 || c == 0xFF; }

// Converts ASCII sixteen at a time, up to the first block that has another character; how many.
static u32 convert_ascii(u8 *out, const u8 *in, u32 n, bool upper) {
  u32 i = 0;
#ifdef __SSE2__
  __m128i first = _mm_set1_epi8((char)(0x80 - (upper ? 'a' : 'A'))), limit = _mm_set1_epi8((char)(0x80 + 26));
  for (; i + 16 <= n; i += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(in + i));
    if (_mm_movemask_epi8(block)) break;
    __m128i letters = _mm_cmplt_epi8(_mm_add_epi8(block, first), limit); // signed: the letters are at the bottom
    block = _mm_xor_si128(block, _mm_and_si128(letters, _mm_set1_epi8(0x20)));
    _mm_storeu_si128((__m128i *)(void *)(out + i), block);
  }
#else
  (void)out, (void)in, (void)n, (void)upper;
#endif
  return i;
}

// NULL with no exception in sight: not to be done byte by byte.
static String *convert_latin1(Isolate *iso, String *s, bool upper, bool *done) {
  const u8 *in = str_chars8(s);
  u32 n = s->length, i = 0;
  *done = true;
  if (upper) {
    for (; i < n && latin1_upper(in[i]) == in[i] && !upper_leaves_latin1(in[i]); i++) {
      if (UNLIKELY((i & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
    }
    for (u32 k = i; k < n; k++) {
      if (UNLIKELY((k & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
      if (UNLIKELY(upper_leaves_latin1(in[k]))) {
        *done = false;
        return NULL;
      }
    }
  } else {
    for (; i < n && latin1_lower(in[i]) == in[i]; i++) {
      if (UNLIKELY((i & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
    }
  }
  if (i == n) return s;
  u8 *out;
  String *result = TRY(str_new_uninit8(iso, n, &out));
  in = str_chars8(s);
  TRY(memory_copy_polling(iso, out, in, i, false));
  for (u32 stop = 0; i == stop || !stop;) { // in pieces, up to the first that is not ASCII to its end
    u32 piece = MIN(n - i, (u32)MEMORY_POLL_BYTES);
    stop = i + piece;
    i += convert_ascii(out + i, in + i, piece, upper);
    if (stop == n) break;
    TRY(isolate_poll(iso));
  }
  while (i < n) {
    u32 stop = MIN(n, i + POLL_MASK);
    if (upper) {
      for (; i < stop; i++) out[i] = latin1_upper(in[i]);
    } else {
      for (; i < stop; i++) out[i] = latin1_lower(in[i]);
    }
    if (i < n) TRY(isolate_poll(iso));
  }
  return result;
}

// ---- Any text ----

// Final_Sigma (SpecialCasing): a cased letter before and none after, case-ignorable ones not counting.
static bool is_final_sigma(const String *s, u32 at) {
  u32 i = at, units;
  bool cased_before = false;
  while (i > 0) {
    u32 cp = str_char_at_flat(s, --i);
    if (utf16_is_trail(cp) && i > 0 && utf16_is_lead(str_char_at_flat(s, i - 1))) cp = str_code_point_at_flat(s, --i, &units);
    if (unicode_is_case_ignorable(cp)) continue;
    cased_before = unicode_is_cased(cp);
    break;
  }
  if (!cased_before) return false;
  for (i = at + 1; i < s->length; i += units) {
    u32 cp = str_code_point_at_flat(s, i, &units);
    if (!unicode_is_case_ignorable(cp)) return !unicode_is_cased(cp);
  }
  return true;
}

static u32 to_case(const String *s, u32 at, u32 cp, bool upper, enum CaseLocale locale, u32 out[3]) {
  if (locale == LOCALE_TURKIC) {
    u32 special = upper ? (cp == 'i' ? 0x130 : 0) : cp == 'I' ? 0x131 : cp == 0x130 ? 'i' : 0;
    if (special) {
      out[0] = special;
      return 1;
    }
  }
  if (!upper && cp == 0x3A3) {
    out[0] = is_final_sigma(s, at) ? 0x3C2 : 0x3C3;
    return 1;
  }
  return upper ? unicode_to_upper(cp, out) : unicode_to_lower(cp, out);
}

static String *convert_any(Isolate *iso, String *s, bool upper, enum CaseLocale locale) {
  StringBuilder sb;
  sb_init(&sb, iso);
  bool changed = false;
  for (u32 i = 0, n = 0, units; i < s->length; i += units) {
    if (UNLIKELY((++n & POLL_MASK) == 0)) TRY(isolate_poll(iso));
    u32 cp = str_code_point_at_flat(s, i, &units), out[3];
    u32 count = to_case(s, i, cp, upper, locale, out);
    if (!changed) {
      if (count == 1 && out[0] == cp) continue;
      changed = true;
      if (i) sb_append_range(&sb, s, 0, i);
    }
    for (u32 k = 0; k < count; k++) sb_append_code_point(&sb, out[k]);
  }
  return changed ? sb_finish(&sb) : s;
}

// Wide text whose characters all become one unit each, none of them special. NULL with no exception in sight: it is not.
static String *convert_wide(Isolate *iso, String *s, bool upper, bool *done) {
  *done = false;
  u16 *out;
  u32 n = s->length, changed = 0, letters[3];
  String *result = TRY(str_new_uninit16(iso, n, &out));
  const u16 *in = str_chars16(s);
  bool wide = false;
  for (u32 i = 0; i < n; i++) {
    u32 c = in[i], to = c;
    if (UNLIKELY((i & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
    if (c < 0x80) {
      if (c - (upper ? 'a' : 'A') < 26) to = c ^ 0x20;
    } else if (utf16_is_surrogate(c) || c == 0x3A3) {
      return NULL;
    } else {
      if ((upper ? unicode_to_upper(c, letters) : unicode_to_lower(c, letters)) != 1 || letters[0] > 0xFFFF) return NULL;
      to = letters[0];
    }
    changed |= to ^ c;
    wide |= to > 0xFF;
    out[i] = (u16)to;
  }
  if (!wide) return NULL; // it narrows: the builder knows how
  *done = true;
  return changed ? result : s;
}

static Value convert_case(Isolate *iso, String *s, bool upper, enum CaseLocale locale) {
  s = TRY(str_flatten(iso, s));
  if (!str_is_utf16(s) && locale == LOCALE_ROOT) {
    bool done;
    String *result = convert_latin1(iso, s, upper, &done);
    if (done) return value_from_cell(result);
  } else if (locale == LOCALE_ROOT) {
    bool done;
    String *result = convert_wide(iso, s, upper, &done);
    if (done) return value_from_cell(result);
    if (isolate_has_exception(iso)) return VALUE_FAIL;
  }
  return value_from_cell(convert_any(iso, s, upper, locale));
}

Value string_to_lower_case(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.toLowerCase"));
  return convert_case(iso, s, false, LOCALE_ROOT);
}

Value string_to_upper_case(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.toUpperCase"));
  return convert_case(iso, s, true, LOCALE_ROOT);
}

// The language of a locale argument, as far as it matters for case.
static bool case_locale(Isolate *iso, Value v, enum CaseLocale *locale) {
  *locale = LOCALE_ROOT;
  if (value_is_object(v)) v = TRY(obj_get(iso, value_object(v), key_from_index(0)));
  if (!value_is_string(v)) return true;
  String *s = TRY(str_flatten(iso, value_string(v)));
  if (s->length < 2 || (s->length > 2 && str_char_at_flat(s, 2) != '-')) return true;
  u32 first = str_char_at_flat(s, 0) | 0x20, second = str_char_at_flat(s, 1) | 0x20;
  if ((first == 't' && second == 'r') || (first == 'a' && second == 'z')) *locale = LOCALE_TURKIC;
  return true;
}

static Value convert_locale_case(Isolate *iso, const Call *call, const char *method, bool upper) {
  String *s = TRY(this_string(iso, call, method));
  enum CaseLocale locale;
  TRY(case_locale(iso, call_arg(call, 0), &locale));
  return convert_case(iso, s, upper, locale);
}

Value string_to_locale_lower_case(Isolate *iso, const Call *call) {
  return convert_locale_case(iso, call, "String.prototype.toLocaleLowerCase", false);
}

Value string_to_locale_upper_case(Isolate *iso, const Call *call) {
  return convert_locale_case(iso, call, "String.prototype.toLocaleUpperCase", true);
}

// ---- normalize ----

static bool normalization_form(Isolate *iso, Value v, UnicodeForm *form) {
  static const char names[][5] = {[UNICODE_NFC] = "NFC", [UNICODE_NFD] = "NFD", [UNICODE_NFKC] = "NFKC", [UNICODE_NFKD] = "NFKD"};
  *form = UNICODE_NFC;
  if (value_is_undefined(v)) return true;
  String *name = TRY(to_string(iso, v));
  name = TRY(str_flatten(iso, name));
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    *form = (UnicodeForm)i;
    if (str_equals_ascii(name, names[i])) return true;
  }
  return THROW(iso, NORMALIZATION_FORM);
}

enum { STEP = 1 << 20 }; // units between two looks at the interrupts, where little is done with each

static bool is_surely_normalized(Isolate *iso, UnicodeForm form, const String *s, bool *is) {
  *is = !s->length || (!str_is_utf16(s) && form == UNICODE_NFC);
  for (u32 i = 0; i < s->length && !*is; i += STEP) {
    u32 n = MIN(s->length - i, (u32)STEP);
    if (str_is_utf16(s) ? !unicode_is_surely_normalized(form, str_chars16(s) + i, n) : !utf8_is_ascii(str_chars8(s) + i, n))
      return true;
    *is = s->length - i <= STEP;
    if (!*is) TRY(isolate_poll(iso));
  }
  return true;
}

static bool on_poll(void *iso) { return isolate_poll(iso); }

bool normalize_text(Isolate *iso, UnicodeForm form, const u16 *text, size_t n, u16 **out, size_t *length) {
  if (unicode_normalize(form, text, n, (UnicodePoll){on_poll, iso}, out, length)) return true;
  return iso->terminating || isolate_has_exception(iso) ? false : throw_out_of_memory(iso) != NULL;
}

// The text in native memory, as 16-bit units. NULL: thrown.
u16 *wide_text_of_latin1(Isolate *iso, const String *s) {
  u16 *text = base_try_alloc(MAX(s->length, 1u) * sizeof(u16));
  if (!text) return throw_out_of_memory(iso);
  for (u32 i = 0; i < s->length; i += STEP) {
    latin1_widen(str_chars8(s) + i, MIN(s->length - i, (u32)STEP), text + i);
    if (s->length - i > STEP && !isolate_poll(iso)) {
      base_free(text);
      return NULL;
    }
  }
  return text;
}

Value string_normalize(Isolate *iso, const Call *call) {
  String *s = TRY(this_flat_string(iso, call, "String.prototype.normalize"));
  UnicodeForm form;
  TRY(normalization_form(iso, call_arg(call, 0), &form));
  u16 *text = NULL, *out;
  size_t length;
  bool is_already;
  TRY(is_surely_normalized(iso, form, s, &is_already));
  if (is_already) return value_from_cell(s);
  if (!str_is_utf16(s)) text = TRY(wide_text_of_latin1(iso, s));
  bool done = normalize_text(iso, form, text ? text : str_chars16(s), s->length, &out, &length);
  base_free(text);
  if (!done) return VALUE_FAIL;
  String *result = length > STR_MAX_LENGTH ? (String *)THROW(iso, INVALID_STRING_LENGTH) : str_new_utf16(iso, out, (u32)length);
  base_free(out);
  return value_from_cell(result);
}
