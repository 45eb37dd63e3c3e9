// SPDX-License-Identifier: MIT
// base/unicode: one sample of each rule; the full database is compared elsewhere, when it is imported.

#include "base/unicode.h"
#include "tests/unit/unit.h"

START_TEST(identifiers) {
  ck_assert(unicode_is_id_start('a') && unicode_is_id_start(0xE9) && unicode_is_id_start(0x20000));
  ck_assert(!unicode_is_id_start('0') && !unicode_is_id_start('$') && !unicode_is_id_start(0x200C));
  ck_assert(unicode_is_id_continue('0') && unicode_is_id_continue('_') && unicode_is_id_continue(0x300));
  ck_assert(!unicode_is_id_continue(0x2028) && !unicode_is_id_continue(0x110000));
  for (u32 cp = 0; cp < 0x80; cp++) {
    ck_assert_int_eq(unicode_is_id_start(cp), (unicode_flags(cp) & UNICODE_ID_START) != 0);
    ck_assert_int_eq(unicode_is_id_continue(cp), (unicode_flags(cp) & UNICODE_ID_CONTINUE) != 0);
  }
}
END_TEST

START_TEST(white_space) {
  static const u32 spaces[] = {0x09, 0x0B, 0x0C, 0x20, 0xA0, 0x1680, 0x2000, 0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF};
  for (size_t i = 0; i < ARRAY_LEN(spaces); i++) ck_assert(unicode_is_white_space(spaces[i]));
  ck_assert(!unicode_is_white_space(0x180E) && !unicode_is_white_space(0x200B) && !unicode_is_white_space(0x85));
  ck_assert(unicode_is_line_terminator(0x2028) && unicode_is_line_terminator(0x2029) && !unicode_is_line_terminator(0x85));
}
END_TEST

START_TEST(case_mapping) {
  u32 out[3];
  ck_assert_uint_eq(unicode_to_upper(0xDF, out), 2);
  ck_assert(out[0] == 'S' && out[1] == 'S');
  ck_assert_uint_eq(unicode_to_upper(0x1FB7, out), 3);
  ck_assert_uint_eq(unicode_to_upper(0x390, out), 3);
  ck_assert_uint_eq(unicode_to_lower(0x130, out), 2);
  ck_assert(out[0] == 'i' && out[1] == 0x307);
  ck_assert_uint_eq(unicode_to_lower(0x10400, out), 1);
  ck_assert_uint_eq(out[0], 0x10428);
  ck_assert_uint_eq(unicode_to_upper(0xFF, out), 1);
  ck_assert_uint_eq(out[0], 0x178);
  ck_assert_uint_eq(unicode_simple_fold(0x1E9E), 0xDF);
  ck_assert_uint_eq(unicode_simple_fold(0x212A), 'k');
  ck_assert_uint_eq(unicode_to_upper_simple(0xDF), 0xDF);
  ck_assert_uint_eq(unicode_to_upper_simple(0x17F), 0x17F);
  ck_assert_uint_eq(unicode_to_upper_simple(0x10428), 0x10428);
  ck_assert(unicode_is_cased('a') && unicode_is_case_ignorable(0xAD) && unicode_is_case_ignorable('\''));
}
END_TEST

START_TEST(case_closure) {
  u32 out[UNICODE_CASE_VARIANTS_MAX];
  ck_assert_uint_eq(unicode_case_variants('k', true, out), 3);
  ck_assert(out[0] == 'K' && out[1] == 'k' && out[2] == 0x212A);
  ck_assert_uint_eq(unicode_case_variants('k', false, out), 2);
  ck_assert_uint_eq(unicode_case_variants(0x1C4, true, out), 3);
  ck_assert_uint_eq(unicode_case_variants('1', true, out), 1);
  UnicodeSet set = {0};
  unicode_set_add(&set, 'r', 't');
  unicode_set_close_over_case(&set, true);
  ck_assert_uint_eq(set.len, 6);
  ck_assert(unicode_set_contains(&set, 0x17F) && unicode_set_contains(&set, 'R') && !unicode_set_contains(&set, 'q'));
  unicode_set_free(&set);
  // Every variant list agrees with Canonicalize, in both modes.
  for (u32 cp = 0; cp < 0x1F000; cp++) {
    for (int mode = 0; mode < 2; mode++) {
      u32 n = unicode_case_variants(cp, mode, out);
      bool self = false;
      for (u32 i = 0; i < n; i++) {
        u32 a = mode ? unicode_simple_fold(out[i]) : unicode_to_upper_simple(out[i]);
        ck_assert_uint_eq(a, mode ? unicode_simple_fold(cp) : unicode_to_upper_simple(cp));
        self |= out[i] == cp;
      }
      ck_assert(self);
    }
  }
}
END_TEST

static u32 size_of(const UnicodeSet *set) {
  u32 total = 0;
  for (u32 i = 0; i < set->len; i += 2) total += set->data[i + 1] - set->data[i] + 1;
  return total;
}

static bool lookup(const char *name, const char *value, UnicodeSet *out) {
  return unicode_property_lookup(name, strlen(name), value, value ? strlen(value) : 0, out);
}

START_TEST(properties) {
  UnicodeSet set = {0}, other = {0};
  ck_assert(lookup("Any", NULL, &set));
  ck_assert_uint_eq(size_of(&set), 0x110000);
  ck_assert(lookup("ASCII", NULL, &set));
  ck_assert_uint_eq(size_of(&set), 128);
  ck_assert(lookup("Lu", NULL, &set) && lookup("gc", "Uppercase_Letter", &other));
  ck_assert_uint_eq(size_of(&set), size_of(&other));
  ck_assert(lookup("Script", "Greek", &set) && lookup("sc", "Grek", NULL) && lookup("scx", "Grek", &other));
  ck_assert(unicode_set_contains(&set, 0x3B1) && !unicode_set_contains(&set, 0x342) && unicode_set_contains(&other, 0x342));
  ck_assert(lookup("Emoji_Modifier", NULL, &set));
  ck_assert_uint_eq(size_of(&set), 5);
  ck_assert(!lookup("Greek", NULL, NULL) && !lookup("lu", NULL, NULL) && !lookup("Script", NULL, NULL));
  ck_assert(!lookup("Alphabetic", "Y", NULL) && !lookup("Block", "Latin", NULL) && !lookup("IsGreek", NULL, NULL));
  ck_assert(!lookup("", NULL, NULL) && !lookup("RGI_Emoji", NULL, NULL));
  unicode_set_free(&set);
  unicode_set_free(&other);
}
END_TEST

START_TEST(string_properties) {
  UnicodeSet singles = {0};
  UnicodeStrings strings = {0};
  ck_assert(unicode_string_property_lookup("Emoji_Keycap_Sequence", 21, &singles, &strings));
  ck_assert_uint_eq(strings.count, 12);
  ck_assert_uint_eq(strings.len, 48);
  ck_assert_uint_eq(singles.len, 0);
  ck_assert(unicode_string_property_lookup("RGI_Emoji", 9, &singles, &strings));
  ck_assert_uint_gt(strings.count, 2500);
  for (u32 i = 0, last = UINT32_MAX; i < strings.len; last = strings.data[i], i += strings.data[i] + 1)
    ck_assert(strings.data[i] <= last);
  ck_assert(unicode_set_contains(&singles, 0x1F600));
  ck_assert(!unicode_string_property_lookup("Emoji", 5, NULL, NULL));
  ck_assert(unicode_string_property_lookup("Basic_Emoji", 11, NULL, NULL));
  unicode_set_free(&singles);
  vec_free(&strings);
}
END_TEST

START_TEST(set_algebra) {
  UnicodeSet a = {0}, b = {0};
  unicode_set_add(&a, 10, 20);
  unicode_set_add(&a, 0, 5);
  unicode_set_add(&a, 21, 30);
  unicode_set_normalize(&a);
  ck_assert_uint_eq(a.len, 4);
  unicode_set_add(&b, 4, 12);
  unicode_set_add(&b, 25, 0x10FFFF);
  UnicodeSet c = {0};
  unicode_set_copy(&c, &a);
  unicode_set_intersect(&c, &b);
  ck_assert_uint_eq(size_of(&c), 2 + 3 + 6);
  unicode_set_copy(&c, &a);
  unicode_set_subtract(&c, &b);
  ck_assert_uint_eq(size_of(&c), 4 + 12);
  unicode_set_union(&c, &b);
  unicode_set_invert(&c);
  ck_assert_uint_eq(size_of(&c), 0);
  unicode_set_invert(&c);
  ck_assert_uint_eq(size_of(&c), 0x110000);
  unicode_set_free(&a);
  unicode_set_free(&b);
  unicode_set_free(&c);
}
END_TEST

static bool normalizes_to(UnicodeForm form, const u16 *in, size_t n, const u16 *want, size_t want_len) {
  u16 *out = NULL;
  size_t len = 0;
  if (!unicode_normalize(form, in, n, (UnicodePoll){0}, &out, &len)) return false;
  bool same = len == want_len && !memcmp(out, want, len * 2);
  base_free(out);
  return same;
}

START_TEST(normalization) {
  static const u16 composed[] = {0x1E9B, 0x0323}, nfc[] = {0x1E9B, 0x0323}, nfd[] = {0x017F, 0x0323, 0x0307};
  static const u16 nfkc[] = {0x1E69}, nfkd[] = {0x73, 0x323, 0x307};
  ck_assert(normalizes_to(UNICODE_NFC, composed, 2, nfc, 2));
  ck_assert(normalizes_to(UNICODE_NFD, composed, 2, nfd, 3));
  ck_assert(normalizes_to(UNICODE_NFKC, composed, 2, nfkc, 1));
  ck_assert(normalizes_to(UNICODE_NFKD, composed, 2, nfkd, 3));
  static const u16 hangul[] = {0xAC01}, jamo[] = {0x1100, 0x1161, 0x11A8};
  ck_assert(normalizes_to(UNICODE_NFD, hangul, 1, jamo, 3));
  ck_assert(normalizes_to(UNICODE_NFC, jamo, 3, hangul, 1));
  static const u16 lone[] = {0xD800, 'a', 0xDC00}, ascii[] = {'a', 'b'};
  ck_assert(normalizes_to(UNICODE_NFC, lone, 3, lone, 3));
  ck_assert(unicode_is_surely_normalized(UNICODE_NFKD, ascii, 2));
  ck_assert(!unicode_is_surely_normalized(UNICODE_NFC, composed, 2));
}
END_TEST

UNIT_MAIN("base/unicode", identifiers, white_space, case_mapping, case_closure, properties, string_properties, set_algebra,
          normalization)
