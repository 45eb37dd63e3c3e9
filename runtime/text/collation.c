// SPDX-License-Identifier: MIT
// String.prototype.localeCompare: the order of texts for people, as CLDR's root collation has it for Latin text. Texts are
// decomposed, then compared on three levels: letters without accent and case, accents, case. White space and punctuation come
// before digits, digits before letters; letters of other scripts follow by code point of their lower case.
// Tests: tests/js/text/locale_compare.js
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/text/string_internal.h"

enum { // primary weights; 0: ignorable on that level
  PRIMARY_SYMBOL = 0x100,
  PRIMARY_NUMBER = 0x7000, // + count of digits, when numbers are compared as such
  PRIMARY_DIGIT = 0x8000,
  PRIMARY_LETTER = 0x9000,
  PRIMARY_OTHER = 0x10000,
  SECONDARY_COMMON = 1,
};

typedef struct Element {
  u32 primary, secondary, tertiary; // tertiary: 1 lower case, 2 upper case or variant
} Element;

typedef struct Reader {
  const u16 *p, *end;
  Element pending[2]; // of expansions
  u32 pending_count, number_left;
  bool numeric;
} Reader;

// Primary weights of ASCII in the order of the root collation; 0: ignorable. Digits and letters are only for compare_ascii.
static const u8 ascii_primary[128] = {
    ['\t'] = 1, ['\n'] = 2, ['\v'] = 3, ['\f'] = 4, ['\r'] = 5,  [' '] = 6,   ['_'] = 7,  ['-'] = 8,  [','] = 9,  [';'] = 10,
    [':'] = 11, ['!'] = 12, ['?'] = 13, ['.'] = 14, ['\''] = 15, ['"'] = 16,  ['('] = 17, [')'] = 18, ['['] = 19, [']'] = 20,
    ['{'] = 21, ['}'] = 22, ['@'] = 23, ['*'] = 24, ['/'] = 25,  ['\\'] = 26, ['&'] = 27, ['#'] = 28, ['%'] = 29, ['`'] = 30,
    ['^'] = 31, ['+'] = 32, ['<'] = 33, ['='] = 34, ['>'] = 35,  ['|'] = 36,  ['~'] = 37, ['$'] = 38, ['0'] = 40, 41,
    42,         43,         44,         45,         46,          47,          48,         49,         ['A'] = 60, 61,
    62,         63,         64,         65,         66,          67,          68,         69,         70,         71,
    72,         73,         74,         75,         76,          77,          78,         79,         80,         81,
    82,         83,         84,         85,         ['a'] = 60,  61,          62,         63,         64,         65,
    66,         67,         68,         69,         70,          71,          72,         73,         74,         75,
    76,         77,         78,         79,         80,          81,          82,         83,         84,         85,
};

static bool is_mark(u32 cp) {
  return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x483 && cp <= 0x489) || (cp >= 0x591 && cp <= 0x5BD) ||
         (cp >= 0x64B && cp <= 0x65F) || (cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF) ||
         (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE20 && cp <= 0xFE2F);
}

static bool is_ignorable(u32 cp) {
  return (cp < 0x20 && (cp < 9 || cp > 13)) || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) ||
         (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2064) || cp == 0xFEFF || (cp >= 0xFE00 && cp <= 0xFE0F);
}

static bool is_symbol(u32 cp) {
  return cp < 0xC0 ? cp != 0xAA && cp != 0xB5 && cp != 0xBA : cp == 0xD7 || cp == 0xF7 || (cp >= 0x2000 && cp <= 0x2BFF);
}

static Element letter(u32 lower, bool upper) {
  return (Element){PRIMARY_LETTER + (lower - 'a') * 16, SECONDARY_COMMON, upper ? 2 : 1};
}

// Letters that are not decomposed but sort as others: the letter, and a second letter or (from 0x300 on) an accent.
static bool expansion(u32 cp, u32 out[2]) {
  static const struct {
    u16 cp, first, second;
  } table[] = {
      {0xDF, 's', 's'},    {0xE6, 'a', 'e'},    {0xF8, 'o', 0x338}, {0x111, 'd', 0x335},
      {0x127, 'h', 0x335}, {0x142, 'l', 0x335}, {0x153, 'o', 'e'},  {0x167, 't', 0x335},
  };
  for (u32 i = 0; i < ARRAY_LEN(table); i++) {
    if (table[i].cp != cp) continue;
    out[0] = table[i].first;
    out[1] = table[i].second;
    return true;
  }
  return false;
}

// A run of digits by value: its length without leading zeros first, then the digits.
static bool start_number(Reader *r, Element *e) {
  while (r->p < r->end && *r->p == '0') r->p++;
  const u16 *q = r->p;
  while (q < r->end && (u32)(*q - '0') < 10) q++;
  r->number_left = (u32)(q - r->p);
  *e = (Element){PRIMARY_NUMBER + MIN(r->number_left, 0xFFFu), SECONDARY_COMMON, 1};
  return true;
}

static bool next_element(Reader *r, Element *e) {
  if (r->pending_count) {
    *e = r->pending[--r->pending_count];
    return true;
  }
  while (r->p < r->end) {
    if (r->numeric && !r->number_left && (u32)(*r->p - '0') < 10) return start_number(r, e);
    u32 cp = utf16_decode(&r->p, r->end);
    if (cp - '0' < 10) {
      if (r->number_left) r->number_left--;
      *e = (Element){PRIMARY_DIGIT + cp - '0', SECONDARY_COMMON, 1};
      return true;
    }
    if ((cp | 0x20) - 'a' < 26) {
      *e = letter(cp | 0x20, cp < 'a');
      return true;
    }
    if (is_ignorable(cp)) continue;
    if (is_mark(cp)) {
      *e = (Element){0, SECONDARY_COMMON + cp, 1};
      return true;
    }
    if (cp < 0x80) {
      *e = (Element){ascii_primary[cp], SECONDARY_COMMON, 1};
      return true;
    }
    if (is_symbol(cp)) {
      *e = (Element){PRIMARY_SYMBOL + cp, SECONDARY_COMMON, 1};
      return true;
    }
    u32 lower[3], parts[2];
    (void)unicode_to_lower(cp, lower);
    bool upper = lower[0] != cp;
    if (expansion(lower[0], parts)) {
      *e = letter(parts[0], upper);
      if (parts[1] < 0x80) e->tertiary = 2; // a variant of the two letters
      r->pending[r->pending_count++] = parts[1] < 0x80 ? letter(parts[1], true) : (Element){0, SECONDARY_COMMON + parts[1], 1};
      return true;
    }
    *e = (Element){PRIMARY_OTHER + lower[0], SECONDARY_COMMON, upper ? 2 : 1};
    return true;
  }
  return false;
}

enum Level { LEVEL_PRIMARY, LEVEL_SECONDARY, LEVEL_TERTIARY };

// The next weight of a level that is not ignorable; 0 at the end. Case counts for letters only, not for their accents.
static u32 next_weight(Reader *r, enum Level level) {
  Element e;
  while (next_element(r, &e)) {
    u32 weight = level == LEVEL_PRIMARY ? e.primary : level == LEVEL_SECONDARY ? e.secondary : e.primary ? e.tertiary : 0;
    if (weight) return weight;
  }
  return 0;
}

static bool compare_level(Isolate *iso, Reader a, Reader b, enum Level level, int *order) {
  for (u32 i = 1;; i++) {
    u32 x = next_weight(&a, level), y = next_weight(&b, level);
    *order = x == y ? 0 : x < y ? -1 : 1;
    if (x != y || !x) return true;
    if (!(i & 0xFFFF)) TRY(isolate_poll(iso));
  }
}

enum { NOT_ASCII = 2 }; // no order

// Plain ASCII without decomposing.
static bool compare_ascii(Isolate *iso, const String *a, const String *b, const CollationOptions *o, int *order) {
  const u8 *x = str_chars8(a), *y = str_chars8(b);
  u32 n = a->length, m = b->length, i = 0, j = 0;
  int case_order = 0;
  *order = NOT_ASCII;
  for (u32 steps = 1;; steps++) {
    if (!(steps & 0xFFFF)) TRY(isolate_poll(iso));
    while (i < n && x[i] < 128 && !ascii_primary[x[i]]) i++;
    while (j < m && y[j] < 128 && !ascii_primary[y[j]]) j++;
    if (i == n || j == m) break;
    u8 c = x[i++], d = y[j++];
    if ((c | d) >= 128) return true;
    if (c == d) continue;
    if (ascii_primary[c] != ascii_primary[d]) {
      *order = ascii_primary[c] < ascii_primary[d] ? -1 : 1; // whatever follows
      return true;
    }
    if (!case_order) case_order = c > d ? -1 : 1; // lower case letters have the larger codes
  }
  if (!utf8_is_ascii(x + i, n - i) || !utf8_is_ascii(y + j, m - j)) return true;
  if (i < n || j < m) *order = i < n ? 1 : -1;
  else if (o->strength < COLLATE_CASE) *order = 0;
  else *order = o->upper_first ? -case_order : case_order;
  return true;
}

typedef struct Decomposed {
  u16 *text; // native memory
  size_t length;
} Decomposed;

static bool decompose(Isolate *iso, const String *s, Decomposed *d) {
  u16 *wide = NULL;
  const u16 *text;
  if (str_is_utf16(s)) {
    text = str_chars16(s);
  } else {
    text = wide = TRY(wide_text_of_latin1(iso, s));
    if (utf8_is_ascii(str_chars8(s), s->length)) {
      *d = (Decomposed){wide, s->length};
      return true;
    }
  }
  bool done = normalize_text(iso, UNICODE_NFD, text, s->length, &d->text, &d->length);
  base_free(wide);
  return done;
}

static bool compare_readers(Isolate *iso, Reader a, Reader b, const CollationOptions *o, int *order) {
  TRY(compare_level(iso, a, b, LEVEL_PRIMARY, order));
  if (!*order && (o->strength == COLLATE_ACCENT || o->strength == COLLATE_VARIANT)) {
    TRY(compare_level(iso, a, b, LEVEL_SECONDARY, order));
  }
  if (*order || o->strength < COLLATE_CASE) return true;
  TRY(compare_level(iso, a, b, LEVEL_TERTIARY, order));
  if (o->upper_first) *order = -*order;
  return true;
}

bool collate_strings(Isolate *iso, String *a, String *b, const CollationOptions *options, int *order) {
  *order = 0;
  if (a == b) return true;
  a = TRY(str_flatten(iso, a));
  b = TRY(str_flatten(iso, b));
  if (!str_is_utf16(a) && !str_is_utf16(b) && !options->numeric) {
    TRY(compare_ascii(iso, a, b, options, order));
    if (*order != NOT_ASCII) return true;
  }
  Decomposed x, y;
  TRY(decompose(iso, a, &x));
  if (!decompose(iso, b, &y)) {
    base_free(x.text);
    return false;
  }
  Reader first = {.p = x.text, .end = x.text + x.length, .numeric = options->numeric};
  Reader second = {.p = y.text, .end = y.text + y.length, .numeric = options->numeric};
  bool done = compare_readers(iso, first, second, options, order);
  base_free(x.text);
  base_free(y.text);
  return done;
}

// ---- String.prototype.localeCompare ----

static bool option_is(Isolate *iso, JSObject *options, PropertyKey key, const char *text, bool *is) {
  Value v = TRY(obj_get(iso, options, key));
  *is = false;
  if (value_is_undefined(v)) return true;
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  *is = str_equals_ascii(s, text);
  return true;
}

static bool read_options(Isolate *iso, Value v, CollationOptions *o) {
  static const char *const strengths[] = {"base", "accent", "case"};
  *o = (CollationOptions){.strength = COLLATE_VARIANT};
  if (!value_is_object(v)) return true;
  JSObject *options = value_object(v);
  Value numeric = TRY(obj_get(iso, options, ATOM(numeric)));
  o->numeric = to_boolean(iso, numeric);
  TRY(option_is(iso, options, ATOM(caseFirst), "upper", &o->upper_first));
  for (u32 i = 0; i < ARRAY_LEN(strengths); i++) {
    bool is;
    TRY(option_is(iso, options, ATOM(sensitivity), strengths[i], &is));
    if (is) o->strength = (enum CollationStrength)i;
  }
  return true;
}

Value string_locale_compare(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.localeCompare"));
  String *that = TRY(to_string(iso, call_arg(call, 0)));
  CollationOptions options;
  int order;
  TRY(read_options(iso, call_arg(call, 2), &options));
  TRY(collate_strings(iso, s, that, &options, &order));
  return value_from_int(order);
}
