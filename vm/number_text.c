// SPDX-License-Identifier: MIT
// Numbers to strings and back. The integers 0..1023 are constant strings; fractions go through a small direct-mapped cache
// of the isolate, because programs print the same few again and again. Tests: tests/unit/vm/test_convert_number.c.
#include "base/dtoa.h"
#include "base/math_extra.h"
#include "base/strtod.h"
#include "base/unicode.h"
#include "vm/string_internal.h"

enum { CACHE_ENTRIES = 128 };

String *int_to_string(Isolate *iso, i32 i) {
  if ((u32)i < STATIC_INT_FIRST) return (String *)(uintptr_t)&weft_atoms.chars['0' + i];
  if ((u32)i - STATIC_INT_FIRST < STATIC_INT_COUNT) return (String *)(uintptr_t)&weft_small_ints[i - STATIC_INT_FIRST];
  char text[NUMBER_TEXT_MAX];
  u32 length = (u32)number_i32_to_text(i, text);
  String *s = str_alloc_flat(iso, length, 0);
  s->cell.flags = i >= 0 ? STR_INDEX : STR_NOT_INDEX;
  memcpy(s + 1, text, length);
  return s;
}

static String *double_to_string(Isolate *iso, double d) {
  char text[NUMBER_TEXT_MAX];
  u32 length = (u32)number_to_text(d, text);
  return str_new_latin1(iso, (const u8 *)text, length);
}

// Pairs of (number, string).
static ValueArray *number_cache(Isolate *iso) {
  ValueArray *cache = (ValueArray *)ref_get(iso->number_strings);
  if (cache) return cache;
  cache = TRY(value_array_new(iso, CACHE_ENTRIES * 2));
  iso->number_strings.ref_ = &cache->cell; // a root
  return cache;
}

static String *cached_double_to_string(Isolate *iso, double d) {
  ValueArray *cache = TRY(number_cache(iso));
  Value key = value_from_raw_double(d);
  Slot *entry = &cache->values[hash_u64(value_bits(key)) % CACHE_ENTRIES * 2];
  if (slot_get(&entry[0]) == key) return value_string(slot_get(&entry[1]));
  String *s = TRY(double_to_string(iso, d));
  slot_set(iso, cache, &entry[0], key);
  slot_set(iso, cache, &entry[1], value_from_cell(s));
  return s;
}

String *number_to_string(Isolate *iso, double d, u32 radix) {
  i32 i;
  if (math_is_int32(d, &i)) {
    if (radix == 10) return int_to_string(iso, i);
    if ((u32)i < radix) return (String *)(uintptr_t)&weft_atoms.chars[(u8) "0123456789abcdefghijklmnopqrstuvwxyz"[i]];
  }
  if (d != d) return ATOM_STRING(NaN);
  if (d == 0) return (String *)(uintptr_t)&weft_atoms.chars['0']; // -0
  if (__builtin_isinf(d)) return d > 0 ? ATOM_STRING(Infinity) : str_new_cstring(iso, "-Infinity");
  if (radix == 10) return cached_double_to_string(iso, d);
  char text[NUMBER_RADIX_MAX];
  size_t length = number_to_radix(d, (int)radix, text);
  return str_new_latin1(iso, (const u8 *)text, (u32)length);
}

// ---- StringToNumber ----

// n > 0 characters without white space around them.
static double parse_trimmed(const char *s, size_t n) {
  if (n > 2 && s[0] == '0') {
    u32 radix = 0;
    if ((s[1] | 32) == 'x') radix = 16;
    if ((s[1] | 32) == 'o') radix = 8;
    if ((s[1] | 32) == 'b') radix = 2;
    if (radix) {
      for (size_t i = 2; i < n; i++) {
        if (strtod_digit_value((u8)s[i]) >= radix) return __builtin_nan("");
      }
      return number_parse_radix(s + 2, n - 2, radix);
    }
  }
  bool negative = s[0] == '-';
  if (negative || s[0] == '+') s++, n--;
  double d;
  if (n == 8 && !memcmp(s, "Infinity", 8)) {
    d = __builtin_inf();
  } else {
    const char *end;
    d = strtod_decimal(s, n, &end);
    if (end != s + n || !n) return __builtin_nan("");
  }
  return negative ? -d : d;
}

static double parse_latin1(const u8 *s, size_t n) {
  if (n - 1 < 15) { // most numbers in texts are short integers
    u64 value = 0;
    size_t i = 0;
    while (i < n && s[i] - (u32)'0' < 10) value = value * 10 + (s[i++] - (u32)'0');
    if (i == n) return (double)value;
  }
  while (n && unicode_is_trimmed(s[0])) s++, n--;
  while (n && unicode_is_trimmed(s[n - 1])) n--;
  return n ? parse_trimmed((const char *)s, n) : 0;
}

static double parse_utf16(const u16 *s, size_t n) {
  while (n && unicode_is_trimmed(s[0])) s++, n--;
  while (n && unicode_is_trimmed(s[n - 1])) n--;
  if (!n) return 0;
  if (!utf16_fits_latin1(s, n)) return __builtin_nan("");
  u8 small[256];
  u8 *text = n <= sizeof small ? small : base_alloc(n);
  utf16_narrow(s, n, text);
  double d = parse_trimmed((const char *)text, n);
  if (text != small) base_free(text);
  return d;
}

double str_to_number_flat(const String *flat) {
  return str_is_utf16(flat) ? parse_utf16(str_chars16(flat), flat->length) : parse_latin1(str_chars8(flat), flat->length);
}
