// SPDX-License-Identifier: MIT
// runtime/regexp: matches as ECMA-262 says, the same in both widths, with and without captures; limits and interruption.
#include "tests/unit/unit.h"

#include "base/utf.h"
#include "runtime/regexp/regexp.h"

// Text with \u escapes for what is not ASCII, to UTF-16.
static u32 units_of(const char *text, u16 *out) {
  const u8 *p = (const u8 *)text, *end = p + strlen(text);
  u32 n = 0;
  while (p < end) n += utf16_encode(utf8_decode(&p, end), out + n);
  return n;
}

static void describe(RegexpResult result, const u32 *captures, u32 count, char *out, size_t room) {
  out[0] = 0;
  if (result != REGEXP_MATCH) snprintf(out, room, "%s", result == REGEXP_NO_MATCH ? "none" : "error");
  for (u32 i = 0, at = 0; result == REGEXP_MATCH && i < count; i++) {
    const char *space = i ? " " : "";
    if (captures[2 * i] == REGEXP_UNSET) {
      at += (u32)snprintf(out + at, room - at, "%s-", space);
    } else {
      at += (u32)snprintf(out + at, room - at, "%s%u,%u", space, captures[2 * i], captures[2 * i + 1]);
    }
  }
}

static void expect(const char *pattern, const char *flags, const char *subject, u32 start, const char *expected) {
  static u16 pattern_units[4096], units[8192];
  static u8 bytes[8192];
  u32 pattern_length = units_of(pattern, pattern_units), length = units_of(subject, units), bits, captures[64];
  char found[512];
  const char *message = "";
  RegexpContext ctx = {0};
  ck_assert(regexp_flags_parse(flags, false, (u32)strlen(flags), &bits));
  RegexpProgram *program = regexp_program_new(pattern_units, true, pattern_length, bits, &message);
  ck_assert_msg(program != NULL, "/%s/%s: %s", pattern, flags, message);
  u32 count = regexp_program_capture_count(program);
  RegexpResult result = regexp_exec(program, units, true, length, start, captures, &ctx);
  describe(result, captures, count, found, sizeof found);
  ck_assert_msg(!strcmp(found, expected), "/%s/%s on %s: %s, expected %s", pattern, flags, subject, found, expected);
  ck_assert_int_eq(regexp_exec_with(program, units, true, length, start, REGEXP_EXEC_BOUNDS, captures, &ctx), result);
  if (utf16_fits_latin1(units, length)) {
    utf16_narrow(units, length, bytes);
    result = regexp_exec(program, bytes, false, length, start, captures, &ctx);
    describe(result, captures, count, found, sizeof found);
    ck_assert_msg(!strcmp(found, expected), "/%s/%s on Latin-1 %s: %s, expected %s", pattern, flags, subject, found, expected);
    ck_assert_int_eq(regexp_exec(program, bytes, false, length, start, NULL, &ctx), result);
  }
  regexp_program_release(program);
  regexp_context_free(&ctx);
}

typedef struct Case {
  const char *pattern, *flags, *subject;
  u32 start;
  const char *expected;
} Case;

static void expect_all(const Case *cases, u32 n) {
  for (u32 i = 0; i < n; i++) expect(cases[i].pattern, cases[i].flags, cases[i].subject, cases[i].start, cases[i].expected);
}

START_TEST(basics) {
  static const Case cases[] = {
      {"", "", "abc", 0, "0,0"},
      {"", "", "abc", 3, "3,3"},
      {"b", "", "abc", 0, "1,2"},
      {"b", "", "abc", 2, "none"},
      {"b", "y", "abc", 0, "none"},
      {"b", "y", "abc", 1, "1,2"},
      {"a|ab", "", "abc", 0, "0,1"},
      {"((a)|(ab))((c)|(bc))", "", "abc", 0, "0,3 0,1 0,1 - 1,3 - 1,3"},
      {"a[a-z]{2,4}", "", "abcdefghi", 0, "0,5"},
      {"a[a-z]{2,4}?", "", "abcdefghi", 0, "0,3"},
      {"(aa|aabaac|ba|b|c)*", "", "aabaac", 0, "0,4 2,4"},
      {"(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", 0, "0,10 0,1 8,10 8,9 - 9,10"},
      {"(a*)*", "", "b", 0, "0,0 -"},
      {"(?:a*?)*?b", "", "aab", 0, "0,3"},
      {"(?=(a+))", "", "baaabac", 0, "1,1 1,4"},
      {"(?=(a+))a*b\\1", "", "baaabac", 0, "3,6 3,4"},
      {"(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac", 0, "0,8 0,2 - 3,8"},
      {"(?<=(\\d+)(\\d+))$", "", "1053", 0, "4,4 0,1 1,4"},
      {"(?<=\\1(a))b", "", "aab", 0, "2,3 1,2"},
      {"(?<!abc)\\w\\w\\w", "", "abcdef", 0, "0,3"},
      {"(?<=a{2})b", "", "ab aab", 0, "5,6"},
      {"^b", "m", "a\nb", 0, "2,3"},
      {"a$", "m", "a\nb", 0, "0,1"},
      {"^b", "", "ab", 1, "none"},
      {".+", "", "a\nb", 0, "0,1"},
      {".+", "s", "a\nb", 0, "0,3"},
      {"\\bfoo\\b", "", "a foo b", 0, "2,5"},
      {"\\Boo", "", "foo", 0, "1,3"},
      {"(?:a|ab)(?:c|bcd)(?:d*)", "", "abcd", 0, "0,4"},
      {"(a{3}){2}", "", "aaaaaaa", 0, "0,6 3,6"},
      {"(?:ab){30}", "", "abab", 0, "none"},
      {"x*y+$", "", "xxyyxyy", 0, "4,7"},
      {"\\0", "", "a", 0, "none"},
      {"[^]", "", "\n", 0, "0,1"},
      {"[]", "", "a", 0, "none"},
      {"a{0}b", "", "ab", 0, "1,2"},
      {"(?:x|(y))*z", "", "yxz", 0, "0,3 -"},
      {"\\s+$", "", "a  b  ", 0, "4,6"},
  };
  expect_all(cases, ARRAY_LEN(cases));
}
END_TEST

START_TEST(names_and_modifiers) {
  static const Case cases[] = {
      {"(?<a>.)\\k<a>", "", "abb", 0, "1,3 1,2"},
      {"(?:(?<x>a)|(?<x>b))\\k<x>", "", "abb", 0, "1,3 - 1,2"},
      {"(?:(?:(?<x>a)|(?<x>b)|c)\\k<x>){2}", "", "aac", 0, "0,3 - -"},
      {"\\k<a>(?<a>x)", "", "x", 0, "0,1 0,1"},
      {"(?i:a)b", "", "Ab AB", 0, "0,2"},
      {"(?-i:a)b", "i", "AB aB", 0, "3,5"},
      {"(?s:.)(?-s:.)", "", "\na", 0, "0,2"},
      {"(?m:^)b(?-m:$)", "m", "a\nb", 0, "2,3"},
  };
  expect_all(cases, ARRAY_LEN(cases));
}
END_TEST

START_TEST(unicode) {
  static const Case cases[] = {
      {".", "", "😀", 0, "0,1"},
      {".", "u", "😀", 0, "0,2"},
      {"^.$", "u", "😀", 0, "0,2"},
      {"[😀-😂]+", "u", "a😁😂", 0, "1,5"},
      {"[^a]", "u", "a😀", 0, "1,3"},
      {"\\ude00", "u", "😀", 0, "none"},
      {"\\ude00", "", "😀", 0, "1,2"},
      {"x", "u", "a😀x", 2, "3,4"},
      {"(?<=😀)x", "u", "😀x", 0, "2,3"},
      {"(?<=^.)x", "u", "😀x", 0, "2,3"},
      {".*x", "u", "😀😀x😀", 0, "0,5"},
      {"\\u{1F600}{2}", "u", "😀😀", 0, "0,4"},
      {"\\p{Lu}", "u", "aÉ", 0, "1,2"},
      {"\\P{Lu}+", "u", "aÉ", 0, "0,1"},
      {"\\p{Script=Greek}+", "u", "abΩω", 0, "2,4"},
      {"ſ", "i", "s", 0, "none"},
      {"ſ", "iu", "S", 0, "0,1"},
      {"\\u212a", "i", "k", 0, "none"},
      {"\\u212a", "iu", "k", 0, "0,1"},
      {"[^x]", "iu", "X", 0, "none"},
      {"\\w", "iu", "ſ", 0, "0,1"},
      {"\\W", "iu", "ſ", 0, "none"},
      {"[\\W]", "iu", "ſ", 0, "none"},
      {"ς", "i", "Σ", 0, "0,1"},
      {"(σ)\\1", "iu", "ΣΣ", 0, "0,2 0,1"},
      {"ß", "iu", "ẞ", 0, "0,1"},
      {"ß", "i", "ẞ", 0, "none"},
      {"é", "i", "É", 0, "0,1"},
      {"ÿ", "i", "Ÿ", 0, "0,1"},
      {"[à-þ]+", "i", "ÀÞ", 0, "0,2"},
      {"\\bk\\b", "iu", "\xe2\x84\xaa", 0, "0,1"},
      {"[[a-z]--[aeiou]]+", "v", "aeibcd", 0, "3,6"},
      {"[\\w&&\\d]", "v", "a1", 0, "1,2"},
      {"^[\\q{abc|ab|}x]$", "v", "abc", 0, "0,3"},
      {"[\\q{ab|}]", "v", "x", 0, "0,0"},
      {"^\\p{RGI_Emoji}$", "v", "👨‍👩‍👧", 0, "0,8"},
      {"\\P{Lowercase_Letter}", "iv", "aA", 0, "none"},
      {"[^\\P{Lowercase_Letter}]", "iu", "A", 0, "none"},
      {"[^\\P{Ll}]", "iv", "A", 0, "0,1"},
  };
  expect_all(cases, ARRAY_LEN(cases));
}
END_TEST

// Patterns that would take the age of the universe without the linear variant, also through the ways that lead there.
START_TEST(catastrophes) {
  char text[512];
  memset(text, 'a', sizeof text);
  text[300] = 0;
  static const char *const patterns[] = {
      "(a+)+b", "(a|aa)+b", "(a*)*b", "(?:a?){60}b", "(?:a|a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y|(?:a{1,20}){1,20}b"};
  for (u32 i = 0; i < ARRAY_LEN(patterns); i++) expect(patterns[i], "", text, 0, "none");
  text[299] = 'b';
  expect("(a+)+b", "", text, 0, "0,300 0,299");
  expect("(a|aa)+b", "", text, 0, "0,300 298,299");
  expect("(?:a(?:|b))*?(a*)*c|(a+)b", "", text, 0, "0,300 - 0,299");
}
END_TEST

static u32 interrupts;
static bool stop_at_third(void *data) {
  *(u32 *)data += 1;
  return ++interrupts < 3;
}

START_TEST(interruption) {
  char text[64];
  memset(text, 'a', sizeof text);
  u32 flag = 1, calls = 0, captures[4];
  const char *message;
  RegexpContext ctx = {.interrupt = &flag, .on_interrupt = stop_at_third, .data = &calls};
  RegexpProgram *program = regexp_program_new("(a+)+\\1b", false, 8, 0, &message); // a back reference: no linear variant
  ck_assert_int_eq(regexp_exec(program, text, false, sizeof text, 0, captures, &ctx), REGEXP_ERROR);
  ck_assert_int_eq(ctx.error, REGEXP_INTERRUPTED);
  ck_assert_uint_eq(calls, 3);
  ctx.interrupt = NULL;
  ctx.steps_max = 100000;
  ck_assert_int_eq(regexp_exec(program, text, false, sizeof text, 0, captures, &ctx), REGEXP_ERROR);
  ck_assert_int_eq(ctx.error, REGEXP_STEPS_EXCEEDED);
  regexp_program_release(program);
  regexp_context_free(&ctx);
}
END_TEST

START_TEST(stack_limit) {
  enum { N = 1 << 20 };
  char *text = base_alloc(N);
  memset(text, 'a', N);
  const char *message;
  u32 captures[4];
  RegexpContext ctx = {.stack_bytes_max = 1 << 16};
  RegexpProgram *program = regexp_program_new("(?:(a)(?=a|$))*\\1b", false, 18, 0, &message);
  ck_assert_int_eq(regexp_exec(program, text, false, N, 0, captures, &ctx), REGEXP_ERROR);
  ck_assert_int_eq(ctx.error, REGEXP_STACK_OVERFLOW);
  regexp_program_release(program);
  regexp_context_free(&ctx);
  base_free(text);
}
END_TEST

START_TEST(program) {
  const char *message;
  RegexpProgram *p = regexp_program_new("(?<year>\\d+)|(?<year>x)", false, 23, REGEXP_GLOBAL, &message);
  const RegexpGroupName *names;
  ck_assert_uint_eq(regexp_program_names(p, &names), 2);
  ck_assert_uint_eq(names[1].capture, 2);
  ck_assert_uint_eq(names[1].length, 4);
  ck_assert_uint_eq(regexp_program_flags(p), REGEXP_GLOBAL);
  ck_assert_uint_gt(regexp_program_size(p), 0);
  ck_assert_ptr_eq(regexp_program_retain(p), p);
  regexp_program_release(p);
  regexp_program_release(p);
  ck_assert_ptr_null(regexp_program_new("(", false, 1, 0, &message));
  ck_assert_str_eq(message, "Unterminated group");
}
END_TEST

// Every way to look for a start finds the same one, wherever it is.
START_TEST(scans) {
  static const struct {
    const char *pattern;
    u32 length;
  } cases[] = {
      {"q", 1},
      {"quick", 5},
      {"[qz]uick", 5},
      {"(?:quick|brisk)", 5},
      {"[q-z][a-u]ick", 5},
      {"(?:qu|br|sn|tr|pl|fl|gr|bl|cl)ick", 5},
      {"\\w+k!", 6},
      {"^quick", 5},
      {"[^a-p .\n]ick|quick", 5},
      {"[a-z]{3}ck!", 6},
      {"Quick|QUICK!", 5},
      {"u?quick", 5},
  };
  char text[512], expected[32];
  for (u32 i = 0; i < ARRAY_LEN(cases); i++) {
    bool line = cases[i].pattern[0] == '^', folded = cases[i].pattern[0] == 'Q';
    for (u32 at = 0; at < 200; at += at < 40 ? 1 : 7) {
      memset(text, '.', sizeof text);
      memcpy(text + at, "quick!", 7);
      if (line && at) text[at - 1] = '\n';
      snprintf(expected, sizeof expected, "%u,%u", at, at + cases[i].length);
      expect(cases[i].pattern, folded ? "mi" : "m", text, 0, expected);
    }
  }
}
END_TEST

UNIT_MAIN("runtime/regexp", basics, names_and_modifiers, unicode, catastrophes, interruption, stack_limit, program, scans)
