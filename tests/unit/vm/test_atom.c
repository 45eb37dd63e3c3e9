// SPDX-License-Identifier: MIT
// vm/atom: the constant table, the weak table, array indices, keys.
#include "tests/unit/vm/fixture.h"
#include "vm/cells.h"

START_TEST(constant_names_are_found) {
  Isolate *iso = fixture_new();
  for (u32 id = 0; id < ATOM_COUNT; id++) {
    PropertyKey key = atom_from_id(id);
    if (key_is_index(key)) continue;
    String *s = (String *)key_cell(key);
    ck_assert(str_is_atom(s));
    u32 hash = s->hash;
    s = str_substring(iso, str_concat(iso, text(iso, "?"), s), 1, s->length + 1); // a copy
    ck_assert_ptr_nonnull(s);
    ck_assert_uint_eq(str_hash_flat(s), hash);
    ck_assert_ptr_eq(key_from_string(iso, s), key);
  }
  ck_assert_ptr_eq(key_from_cstring(iso, "push"), ATOM(push));
  ck_assert_ptr_eq(key_from_cstring(iso, ""), ATOM(empty));
  ck_assert_ptr_eq(atom_from_id(KEY_SYM(iterator)), SYM(iterator));
  ck_assert(key_is_symbol(SYM(iterator)));
  ck_assert_text(iso, key_to_display_string(iso, SYM(iterator)), "Symbol(Symbol.iterator)");
  isolate_destroy(iso);
}
END_TEST

START_TEST(equal_texts_are_one_atom) {
  Isolate *iso = fixture_new();
  u16 units[] = {'f', 'r', 'o', 'b', 'n', 'i', 'c', 'a', 't', 'e'};
  PropertyKey key = key_from_cstring(iso, "frobnicate");
  ck_assert_ptr_eq(key_from_utf16(iso, units, 10), key);
  ck_assert_ptr_eq(key_from_string(iso, text(iso, "frobnicate")), key);
  u16 *chars;
  String *wide = str_new_uninit16(iso, 10, &chars);
  memcpy(chars, units, sizeof units);
  ck_assert_ptr_eq(key_from_string(iso, wide), key);
  units[3] = 0x3b1;
  PropertyKey greek = key_from_utf16(iso, units, 10);
  ck_assert_ptr_ne(greek, key);
  ck_assert_ptr_eq(key_from_string(iso, text(iso, "fro\xce\xb1nicate")), greek);
  u16 first_wide[] = {'z', 'z', 'q'};
  PropertyKey narrowed = key_from_utf16(iso, first_wide, 3);
  ck_assert(!str_is_utf16((String *)key_cell(narrowed)));
  ck_assert_ptr_eq(key_from_cstring(iso, "zzq"), narrowed);
  isolate_destroy(iso);
}
END_TEST

START_TEST(slices_remember_their_atom) {
  Isolate *iso = fixture_new();
  String *s = text(iso, "a text of which some part is the name of a property");
  String *slice = str_substring(iso, s, 2, 40);
  PropertyKey key = key_from_string(iso, slice);
  ck_assert_ptr_nonnull(key);
  ck_assert_ptr_eq(key_from_string(iso, slice), key);
  ck_assert_text(iso, slice, "text of which some part is the name of");
  isolate_destroy(iso);
}
END_TEST

START_TEST(array_indices) {
  Isolate *iso = fixture_new();
  static const struct {
    const char *text;
    i64 index;
  } cases[] = {
      {"0", 0},           {"7", 7},           {"10", 10},          {"4294967294", 4294967294},
      {"4294967295", -1}, {"9999999999", -1}, {"99999999999", -1}, {"00", -1},
      {"01", -1},         {"-0", -1},         {"-1", -1},          {"1e3", -1},
      {"", -1},           {"1 ", -1},         {"abc", -1},         {"123456", 123456},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    u32 index = 0;
    String *s = text(iso, cases[i].text);
    for (int twice = 0; twice < 2; twice++) {
      ck_assert_msg(str_parse_array_index(s, &index) == (cases[i].index >= 0), "%s", cases[i].text);
      if (cases[i].index >= 0) ck_assert_uint_eq(index, cases[i].index);
    }
    PropertyKey key = key_from_string(iso, s);
    ck_assert_int_eq(key_is_index(key), cases[i].index >= 0);
    ck_assert_text(iso, value_string(key_to_value(iso, key)), cases[i].text);
    ck_assert_ptr_eq(key_from_latin1(iso, (const u8 *)cases[i].text, (u32)strlen(cases[i].text)), key);
  }
  ck_assert_ptr_eq(key_from_double(iso, 5), key_from_index(5));
  ck_assert_ptr_eq(key_from_double(iso, -0.0), key_from_index(0));
  ck_assert_ptr_eq(key_from_double(iso, -5), key_from_cstring(iso, "-5"));
  ck_assert_ptr_eq(key_from_double(iso, 1.5), key_from_cstring(iso, "1.5"));
  ck_assert_ptr_eq(key_from_double(iso, 4294967295.0), key_from_cstring(iso, "4294967295"));
  ck_assert_ptr_eq(key_from_double(iso, __builtin_nan("")), ATOM(NaN));
  ck_assert_ptr_eq(key_from_u64(iso, 9007199254740991), key_from_cstring(iso, "9007199254740991"));
  isolate_destroy(iso);
}
END_TEST

START_TEST(dead_atoms_are_forgotten) {
  Isolate *iso = fixture_new();
  ValueArray *kept = value_array_new(iso, 500);
  for (int i = 0; i < 20000; i++) {
    PropertyKey key = key_from_string(iso, str_new_format(iso, "name_number_%d", i));
    ck_assert_ptr_nonnull(key);
    if (i < 500) slot_set(iso, kept, &kept->values[i], value_from_cell(key_cell(key)));
  }
  gc_collect(&iso->heap, true);
  gc_collect(&iso->heap, true);
  ck_assert_uint_lt(gc_used_bytes(&iso->heap), 20000 * 32); // all of them would be 20000 * 48
  for (int i = 0; i < 500; i++) {
    PropertyKey key = key_from_string(iso, str_new_format(iso, "name_number_%d", i));
    ck_assert_ptr_eq(key_cell(key), value_cell(slot_get(&kept->values[i])));
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(long_names_borrow_their_text) {
  Isolate *iso = fixture_new();
  u8 *chars;
  String *s = str_new_uninit8(iso, 5000, &chars);
  memset(chars, 'n', 5000);
  PropertyKey key = key_from_string(iso, s);
  ck_assert_ptr_nonnull(key);
  gc_collect(&iso->heap, false);
  gc_collect(&iso->heap, true);
  String *again = str_new_uninit8(iso, 5000, &chars);
  memset(chars, 'n', 5000);
  ck_assert_ptr_eq(key_from_string(iso, again), key);
  u8 *raw = base_alloc(3000);
  memset(raw, 'm', 3000);
  PropertyKey other = key_from_latin1(iso, raw, 3000);
  memset(raw, 0, 3000);
  ck_assert_uint_eq(str_chars8((String *)key_cell(other))[2999], 'm');
  base_free(raw);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/atom", constant_names_are_found, equal_texts_are_one_atom, slices_remember_their_atom, array_indices,
          dead_atoms_are_forgotten, long_names_borrow_their_text)
