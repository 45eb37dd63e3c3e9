// SPDX-License-Identifier: MIT
// vm/string, vm/rope, vm/string_search, vm/string_builder.
#include "base/rand.h"
#include "tests/unit/vm/fixture.h"
#include "vm/cells.h"

static String *join(Isolate *iso, String *a, String *b) {
  String *s = str_concat(iso, a, b);
  ck_assert_ptr_nonnull(s);
  return s;
}

START_TEST(appending_is_amortised) {
  Isolate *iso = fixture_new();
  String *piece = text(iso, "ab");
  String *s = ATOM_STRING(empty);
  u64 before = iso->heap.stats.allocated_bytes;
  for (int i = 0; i < 20000; i++) s = join(iso, s, piece);
  ck_assert_uint_eq(s->length, 40000);
  ck_assert(!str_is_rope(s));
  ck_assert_uint_lt(iso->heap.stats.allocated_bytes - before, 20000 * 48 + 200000);
  for (u32 i = 0; i < s->length; i++) ck_assert_uint_eq(str_chars8(s)[i], "ab"[i & 1]);
  isolate_destroy(iso);
}
END_TEST

START_TEST(appending_and_reading_is_amortised) {
  Isolate *iso = fixture_new();
  String *piece = text(iso, "xyz");
  String *s = ATOM_STRING(empty);
  for (int i = 0; i < 20000; i++) {
    s = join(iso, s, piece);
    u16 unit;
    ck_assert(str_char_at(iso, s, s->length - 1, &unit));
    ck_assert_uint_eq(unit, 'z');
  }
  ck_assert_uint_eq(s->length, 60000);
  isolate_destroy(iso);
}
END_TEST

START_TEST(two_appends_to_one_text_do_not_mix) {
  Isolate *iso = fixture_new();
  String *s = ATOM_STRING(empty);
  for (int i = 0; i < 100; i++) s = join(iso, s, text(iso, "0123456789"));
  String *x = join(iso, s, text(iso, "x")), *y = join(iso, s, text(iso, "y")), *xx = join(iso, x, text(iso, "X"));
  ck_assert_uint_eq(s->length, 1000);
  u16 unit;
  ck_assert(str_char_at(iso, x, 1000, &unit) && unit == 'x');
  ck_assert(str_char_at(iso, y, 1000, &unit) && unit == 'y');
  ck_assert(str_char_at(iso, xx, 1001, &unit) && unit == 'X');
  isolate_destroy(iso);
}
END_TEST

START_TEST(widths_mix_in_concatenation) {
  Isolate *iso = fixture_new();
  ck_assert_text(iso, join(iso, text(iso, "caf\xc3\xa9 "), text(iso, "\xe2\x82\xac")), "caf\xc3\xa9 \xe2\x82\xac");
  String *s = ATOM_STRING(empty);
  char expected[4096] = "";
  size_t n = 0;
  for (int i = 0; i < 300; i++) {
    const char *piece = i % 7 == 3 ? "\xe2\x82\xac" : "abcdefg";
    s = join(iso, s, text(iso, piece));
    memcpy(expected + n, piece, strlen(piece) + 1);
    n += strlen(piece);
  }
  ck_assert_text(iso, s, expected);
  ck_assert_text(iso, str_concat3(iso, text(iso, "a"), text(iso, "\xe2\x82\xac"), text(iso, "b")),
                 "a\xe2\x82\xac"
                 "b");
  isolate_destroy(iso);
}
END_TEST

START_TEST(deep_ropes_flatten_without_recursion) {
  Isolate *iso = fixture_new();
  String *s = text(iso, "................................................................");
  u32 base = s->length;
  for (int i = 0; i < 200000; i++) s = join(iso, str_from_char(iso, (u16)('a' + i % 26)), s);
  ck_assert(str_is_rope(s));
  ck_assert_ptr_nonnull(str_flatten(iso, s));
  for (u32 i = 0; i < 200000; i++) ck_assert_uint_eq(str_chars8(s)[i], 'a' + (199999 - i) % 26);
  ck_assert_uint_eq(s->length, 200000 + base);
  String *zigzag = text(iso, "middle of something that is longer than the copy limit of ropes!");
  for (int i = 0; i < 50000; i++)
    zigzag = i & 1 ? join(iso, str_from_char(iso, '<'), zigzag) : join(iso, zigzag, str_from_char(iso, '>'));
  ck_assert_ptr_nonnull(str_flatten(iso, zigzag));
  ck_assert_uint_eq(str_chars8(zigzag)[0], '<');
  ck_assert_uint_eq(str_chars8(zigzag)[zigzag->length - 1], '>');
  isolate_destroy(iso);
}
END_TEST

START_TEST(doubling_shares_and_length_is_limited) {
  Isolate *iso = fixture_new();
  String *s = text(iso, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  for (int i = 0; i < 14; i++) s = join(iso, s, s);
  ck_assert_uint_eq(s->length, 64u << 14);
  ck_assert_ptr_nonnull(str_flatten(iso, s));
  for (u32 i = 0; i < s->length; i += 1021) ck_assert_uint_eq(str_chars8(s)[i], "0123456789abcdef"[i % 16]);
  isolate_destroy(iso);
}
END_TEST

START_TEST(substrings) {
  Isolate *iso = fixture_new();
  String *left = text(iso, "The quick brown fox jumps over the lazy dog, "),
         *right = text(iso, "while the five boxing wizards jump quickly.");
  String *s = join(iso, left, right);
  ck_assert(str_is_rope(s));
  ck_assert_text(iso, str_substring(iso, s, 4, 9), "quick");
  ck_assert(str_is_rope(s)); // within one child
  ck_assert_text(iso, str_substring(iso, s, 45, 50), "while");
  ck_assert_text(iso, str_substring(iso, s, 40, 50), "dog, while");
  ck_assert_ptr_eq(str_substring(iso, s, 0, s->length), s);
  ck_assert_ptr_eq(str_substring(iso, s, 5, 5), ATOM_STRING(empty));
  ck_assert_ptr_eq(str_substring(iso, s, 4, 5), str_from_char(iso, 'q'));
  String *slice = str_substring(iso, s, 4, 84);
  ck_assert_ptr_nonnull(slice);
  ck_assert_uint_eq(slice->cell.flags & STR_SLICE, STR_SLICE);
  ck_assert_text(iso, str_substring(iso, slice, 36, 46), "dog, while");
  String *wide = text(iso, "\xe2\x82\xac plain text after one wide character");
  String *part = str_substring(iso, wide, 2, 7);
  ck_assert(!str_is_utf16(part));
  ck_assert_text(iso, part, "plain");
  isolate_destroy(iso);
}
END_TEST

static i64 naive_index(const u16 *s, u32 n, const u16 *needle, u32 m, u32 from) {
  for (u32 i = from; (u64)i + m <= n; i++) {
    if (!memcmp(s + i, needle, (size_t)m * 2)) return i;
  }
  return -1;
}

static String *forced_wide(Isolate *iso, const u16 *chars, u32 n) {
  u16 *out;
  String *s = str_new_uninit16(iso, n, &out);
  ck_assert_ptr_nonnull(s);
  memcpy(out, chars, n * 2);
  return s;
}

START_TEST(search_agrees_with_the_naive_one) {
  Isolate *iso = fixture_new();
  Rand rand;
  rand_seed(&rand, 42);
  for (int round = 0; round < 20000; round++) {
    u16 chars[200], needle[8];
    u32 n = rand_next(&rand) % 200, m = rand_next(&rand) % 6, letters = 2 + rand_next(&rand) % 3;
    bool wide_text = round & 1, wide_needle = round & 2;
    u16 first = wide_text && wide_needle && round & 4 ? 0x3b1 : 'a';
    for (u32 i = 0; i < n; i++) chars[i] = (u16)(first + rand_next(&rand) % letters);
    for (u32 i = 0; i < m; i++) needle[i] = (u16)(first + rand_next(&rand) % letters);
    String *s = wide_text ? forced_wide(iso, chars, n) : str_new_utf16(iso, chars, n);
    String *t = wide_needle ? forced_wide(iso, needle, m) : str_new_utf16(iso, needle, m);
    u32 from = rand_next(&rand) % (n + 1);
    ck_assert_int_eq(str_index_of_flat(s, t, from), naive_index(chars, n, needle, m, from));
    i64 last = -1;
    for (i64 i = naive_index(chars, n, needle, m, 0); i >= 0 && i <= from; i = naive_index(chars, n, needle, m, (u32)i + 1))
      last = i;
    ck_assert_int_eq(str_last_index_of_flat(s, t, from), last);
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(search_in_periodic_text) {
  Isolate *iso = fixture_new();
  enum { N = 400000, M = 20000 };
  u8 *chars;
  String *s = str_new_uninit8(iso, N, &chars);
  memset(chars, 'a', N);
  u8 *needle_chars;
  String *needle = str_new_uninit8(iso, M, &needle_chars);
  memset(needle_chars, 'a', M);
  needle_chars[M / 2] = 'b';
  ck_assert_int_eq(str_index_of_flat(s, needle, 0), -1);
  chars[N - M / 2] = 'b';
  ck_assert_int_eq(str_index_of_flat(s, needle, 0), N - M);
  isolate_destroy(iso);
}
END_TEST

START_TEST(equality_and_order) {
  Isolate *iso = fixture_new();
  u16 units[] = {'h', 'e', 'l', 'l', 'o', ' ', 'w', 'o', 'r', 'l', 'd'};
  String *narrow = text(iso, "hello world"), *wide = forced_wide(iso, units, 11);
  ck_assert(str_equals_flat(narrow, wide));
  ck_assert_int_eq(str_compare_flat(narrow, wide), 0);
  ck_assert_uint_eq(str_hash_flat(narrow), str_hash_flat(wide));
  ck_assert(str_equals_ascii(wide, "hello world"));
  ck_assert(!str_equals_ascii(narrow, "hello worlD"));
  ck_assert_int_lt(str_compare_flat(text(iso, "abc"), text(iso, "abd")), 0);
  ck_assert_int_gt(str_compare_flat(text(iso, "abc"), text(iso, "ab")), 0);
  ck_assert_int_lt(str_compare_flat(text(iso, "abc"), text(iso, "ab\xe2\x82\xac")), 0);
  ck_assert_int_gt(str_compare_flat(text(iso, "ab\xe2\x82\xac"), text(iso, "abc")), 0);
  bool equal;
  String *a =
      join(iso, text(iso, "0123456789012345678901234567890123456789"), text(iso, "0123456789012345678901234567890123456789"));
  String *b = text(iso, "01234567890123456789012345678901234567890123456789012345678901234567890123456789");
  ck_assert(str_equals(iso, a, b, &equal) && equal);
  isolate_destroy(iso);
}
END_TEST

START_TEST(code_points_and_utf8) {
  Isolate *iso = fixture_new();
  String *s = text(iso, "a\xf0\x9f\x98\x80"
                        "b");
  u32 units;
  ck_assert_uint_eq(s->length, 4);
  ck_assert_uint_eq(str_code_point_at_flat(s, 1, &units), 0x1F600);
  ck_assert_uint_eq(units, 2);
  ck_assert_uint_eq(str_code_point_at_flat(s, 2, &units), 0xDE00);
  ck_assert_uint_eq(units, 1);
  ck_assert_text(iso, s,
                 "a\xf0\x9f\x98\x80"
                 "b");
  ck_assert_text(iso, str_from_code_point(iso, 0x1F600), "\xf0\x9f\x98\x80");
  ck_assert_text(iso, str_from_char(iso, 0xD800), "\xef\xbf\xbd");
  ck_assert_text(iso,
                 str_new_utf8(iso,
                              "a\xff"
                              "b",
                              3),
                 "a\xef\xbf\xbd"
                 "b");
  ck_assert_text(iso, str_new_format(iso, "%d-%s", 42, "x"), "42-x");
  isolate_destroy(iso);
}
END_TEST

START_TEST(builder) {
  Isolate *iso = fixture_new();
  StringBuilder sb;
  sb_init(&sb, iso);
  ck_assert_ptr_eq(sb_finish(&sb), ATOM_STRING(empty));
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "begin ");
  sb_append_unit(&sb, 0xE9);
  sb_append_utf8(&sb, " \xe2\x82\xac ", 5);
  sb_append(&sb, text(iso, "string"));
  sb_append_range(&sb, text(iso, "0123456789"), 3, 6);
  sb_append_code_point(&sb, 0x1F600);
  ck_assert_text(iso, sb_finish(&sb), "begin \xc3\xa9 \xe2\x82\xac string345\xf0\x9f\x98\x80");
  sb_init(&sb, iso);
  for (int i = 0; i < 100000; i++) sb_append_unit(&sb, (u16)('a' + i % 26));
  sb_append_unit(&sb, 0x20AC);
  for (int i = 0; i < 1000; i++) sb_append_ascii(&sb, "tail");
  String *s = sb_finish(&sb);
  ck_assert_ptr_nonnull(s);
  ck_assert_uint_eq(s->length, 104001);
  for (u32 i = 0; i < 100000; i++) ck_assert_uint_eq(str_char_at_flat(s, i), 'a' + i % 26);
  ck_assert_uint_eq(str_char_at_flat(s, 100000), 0x20AC);
  ck_assert_uint_eq(str_char_at_flat(s, 104000), 'l');
  isolate_destroy(iso);
}
END_TEST

START_TEST(strings_survive_collections) {
  Isolate *iso = fixture_new();
  String *s = ATOM_STRING(empty), *slice = NULL;
  for (int i = 0; i < 3000; i++) {
    s = join(iso, s, text(iso, i % 100 == 50 ? "wide \xe2\x82\xac" : "narrow"));
    if (i == 1500) slice = str_substring(iso, s, 100, 400);
    if (i % 100 == 0) gc_collect(&iso->heap, i % 500 == 0);
  }
  ck_assert_uint_eq(s->length, 3000 * 6);
  ck_assert_uint_eq(slice->length, 300);
  ck_assert_ptr_nonnull(str_flatten(iso, s));
  ck_assert_ptr_nonnull(str_flatten(iso, slice));
  for (u32 i = 0; i < 300; i++) ck_assert_uint_eq(str_char_at_flat(slice, i), str_char_at_flat(s, 100 + i));
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/string", appending_is_amortised, appending_and_reading_is_amortised, two_appends_to_one_text_do_not_mix,
          widths_mix_in_concatenation, deep_ropes_flatten_without_recursion, doubling_shares_and_length_is_limited, substrings,
          search_agrees_with_the_naive_one, search_in_periodic_text, equality_and_order, code_points_and_utf8, builder,
          strings_survive_collections)
