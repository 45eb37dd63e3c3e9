// SPDX-License-Identifier: MIT
// base/utf and base/hash.

#include "base/hash.h"
#include "base/utf.h"
#include "tests/unit/unit.h"

static u32 decode_all(const char *bytes, size_t n, u32 *out) {
  const u8 *p = (const u8 *)bytes, *end = p + n;
  u32 count = 0;
  while (p < end) out[count++] = utf8_decode(&p, end);
  return count;
}

static bool round_trips(u32 cp) {
  u8 bytes[4];
  u32 n = utf8_encode(cp, bytes);
  const u8 *p = bytes;
  if (utf16_is_surrogate(cp)) return wtf8_decode(&p, bytes + n) == cp && !utf8_validate(bytes, n);
  u16 units[2];
  u32 len = utf16_encode(cp, units);
  const u16 *q = units;
  return utf8_decode(&p, bytes + n) == cp && p == bytes + n && utf8_validate(bytes, n) && utf16_decode(&q, units + len) == cp &&
         utf16_utf8_length(units, len) == n;
}

START_TEST(round_trip) {
  for (u32 cp = 0; cp <= UTF_MAX; cp++) {
    if (!round_trips(cp)) ck_abort_msg("U+%04X", cp);
  }
}
END_TEST

START_TEST(replacement) {
  u32 out[32];
  // Maximal subparts, from the table in chapter 3 of the Unicode standard.
  static const char text[] = "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41";
  ck_assert_uint_eq(decode_all(text, sizeof text - 1, out), 5);
  for (int i = 0; i < 4; i++) ck_assert_uint_eq(out[i], UTF_REPLACEMENT);
  ck_assert_uint_eq(out[4], 'A');
  ck_assert_uint_eq(decode_all("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", 9, out), 9);
  ck_assert_uint_eq(decode_all("\xED\xA0\x80", 3, out), 3);
  ck_assert_uint_eq(decode_all("\xF4\x90\x80\x80", 4, out), 4);
  Utf8Measure m = utf8_measure((const u8 *)text, sizeof text - 1);
  ck_assert(m.units == 5 && !m.valid && !m.latin1 && !m.ascii);
}
END_TEST

START_TEST(bulk) {
  enum { N = 300 };
  u16 units[N], back[N * 2];
  u8 bytes[N * 3], latin1[N];
  u32 seed = 1;
  for (int round = 0; round < 2000; round++) {
    size_t n = (seed = seed * 1664525 + 1013904223) >> 8 & 0xFF;
    for (size_t i = 0; i < n; i++) {
      seed = seed * 1664525 + 1013904223;
      u32 r = seed >> 12;
      units[i] = (u16)(round % 3 == 0 ? r & 0xFF : (r & 0x70000) ? r & 0x7F : r & 0xFFFF);
    }
    size_t size = utf16_to_wtf8(units, n, bytes);
    ck_assert_uint_eq(size, utf16_utf8_length(units, n));
    ck_assert_uint_eq(wtf8_measure(bytes, size).units, n);
    ck_assert_uint_eq(wtf8_to_utf16(bytes, size, back), n);
    ck_assert(!memcmp(units, back, n * 2));
    bool narrow = utf16_fits_latin1(units, n);
    ck_assert(narrow == wtf8_measure(bytes, size).latin1);
    size = utf16_to_utf8(units, n, bytes);
    ck_assert(utf8_validate(bytes, size));
    UtfProgress part = utf16_to_utf8_partial(units, n, bytes, n);
    ck_assert(part.read <= n && part.written <= n && utf8_validate(bytes, part.written));
    if (!narrow) continue;
    utf16_narrow(units, n, latin1);
    ck_assert_uint_eq(latin1_utf8_length(latin1, n), size);
    ck_assert_uint_eq(latin1_to_utf8(latin1, n, bytes), size);
    ck_assert_uint_eq(utf8_to_latin1(bytes, size, (u8 *)back), n);
    ck_assert(!memcmp(latin1, back, n));
    latin1_widen(latin1, n, back);
    ck_assert(!memcmp(units, back, n * 2));
    ck_assert_uint_eq(hash_utf16(units, n), hash_latin1(latin1, n));
    part = latin1_to_utf8_partial(latin1, n, bytes, n);
    ck_assert(part.read <= n && part.written <= n && utf8_validate(bytes, part.written));
  }
}
END_TEST

START_TEST(ascii_runs) {
  u8 text[70];
  for (size_t n = 0; n <= sizeof text; n++) {
    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(utf8_ascii_run(text, n), n);
    for (size_t i = 0; i < n; i++) {
      text[i] = 0x80;
      ck_assert_uint_eq(utf8_ascii_run(text, n), i);
      text[i] = 'x';
    }
  }
}
END_TEST

START_TEST(well_formed) {
  static const u16 pair[] = {'a', 0xD83D, 0xDE00}, lead[] = {0xD83D}, trail[] = {0xDE00, 'a'}, swapped[] = {0xDE00, 0xD83D};
  ck_assert(utf16_is_well_formed(pair, 3));
  ck_assert(!utf16_is_well_formed(lead, 1) && !utf16_is_well_formed(trail, 2) && !utf16_is_well_formed(swapped, 2));
}
END_TEST

static int compare_u32(const void *a, const void *b) {
  u32 x = *(const u32 *)a, y = *(const u32 *)b;
  return (x > y) - (x < y);
}

START_TEST(hash_quality) {
  enum { N = 200000 };
  u32 *hashes = base_alloc(N * sizeof(u32));
  for (u32 i = 0; i < N; i++) {
    char text[32];
    int n = snprintf(text, sizeof text, i & 1 ? "property_name_%u" : "k%u", i);
    hashes[i] = hash_latin1((const u8 *)text, (size_t)n);
  }
  qsort(hashes, N, sizeof(u32), compare_u32);
  ck_assert_uint_ne(hashes[0], 0);
  u32 collisions = 0;
  for (u32 i = 1; i < N; i++) collisions += hashes[i] == hashes[i - 1];
  ck_assert_uint_lt(collisions, 25); // about 5 are expected of a random function
  base_free(hashes);
}
END_TEST

UNIT_MAIN("base/utf", round_trip, replacement, bulk, ascii_runs, well_formed, hash_quality)
