// SPDX-License-Identifier: MIT
// parser/regexp_syntax: which patterns are right, the messages for those that are not, and what the tree says.
#include "tests/unit/unit.h"

#include "parser/regexp_syntax.h"

// The whole literal, "/pattern/flags"; NULL if it is right.
static const char *check(const char *literal) {
  const char *end = strrchr(literal, '/');
  u32 length = (u32)(end - literal - 1), flags_length = (u32)strlen(end + 1), flags;
  const char *message = NULL, *parse_message = NULL;
  Arena arena;
  arena_init(&arena);
  bool ok = regexp_syntax_check(&arena, literal + 1, false, length, end + 1, flags_length, &message);
  RegexpTree tree;
  if (regexp_flags_parse(end + 1, false, flags_length, &flags)) {
    bool parsed = regexp_syntax_parse(&arena, literal + 1, false, length, flags, &tree, &parse_message);
    ck_assert_msg(parsed == ok, "%s: check and parse disagree", literal);
  }
  arena_free(&arena);
  return ok ? NULL : message;
}

START_TEST(right) {
  static const char *const literals[] = {
      "/a/",
      "/(?:)/",
      "/a|b|/",
      "/a{2}{/",
      "/{/",
      "/}/",
      "/]/",
      "/a{,2}/",
      "/x{1/",
      "/\\k/",
      "/\\8\\9/",
      "/\\377\\400/",
      "/\\c/",
      "/[\\c]/",
      "/[\\c_]/",
      "/(?=a)*/",
      "/(?!a){2}/",
      "/[\\w-a]/",
      "/[a-\\d]/",
      "/[--z]/",
      "/[]/",
      "/[^]/",
      "/\\u{2}/",
      "/\\a\\-\\_/",
      "/(a)\\2/",
      "/\\u{1F600}/u",
      "/[\\u{1F600}-\\u{1F64F}]/u",
      "/\\p{L}\\P{Script=Greek}\\p{sc=Latn}\\p{scx=Grek}\\p{gc=Lu}/u",
      "/\\-/",
      "/[\\-]/u",
      "/(?<a>.)\\k<a>/",
      "/\\k<a>(?<a>x)/",
      "/(?<a>x)|(?<a>y)/",
      "/(?:(?<a>x)|(?<a>y))\\k<a>/",
      "/(?<$_1\\u0061>x)/",
      "/(?i:a)(?-i:b)(?im-s:c)/",
      "/(?<=a)(?<!b)/",
      "/[[a-z]--[aeiou]]/v",
      "/[\\w&&\\d]/v",
      "/[\\q{abc|d|}]/v",
      "/\\p{RGI_Emoji}/v",
      "/[\\p{RGI_Emoji}--\\q{x}]/v",
      "/[^\\p{RGI_Emoji}&&a]/v",
      "/[a-c\\&\\!]/v",
      "/[&a]/v",
      "/x/dgimsuy",
      "/x/v",
  };
  for (u32 i = 0; i < ARRAY_LEN(literals); i++) {
    const char *message = check(literals[i]);
    ck_assert_msg(!message, "%s: %s", literals[i], message);
  }
}
END_TEST

START_TEST(wrong) {
  static const char *const cases[][2] = {
      {"/(/", "Unterminated group"},
      {"/)/", "Unmatched ')'"},
      {"/*/", "Nothing to repeat"},
      {"/a**/", "Nothing to repeat"},
      {"/^*/", "Nothing to repeat"},
      {"/\\b+/", "Nothing to repeat"},
      {"/(?<=a)*/", "Nothing to repeat"},
      {"/(?=a)*/u", "Nothing to repeat"},
      {"/{1}/", "Nothing to repeat"},
      {"/a{2,1}/", "numbers out of order in {} quantifier"},
      {"/a{/u", "Incomplete quantifier"},
      {"/{/u", "Lone quantifier brackets"},
      {"/]/u", "Lone quantifier brackets"},
      {"/}/v", "Lone quantifier brackets"},
      {"/[/", "Unterminated character class"},
      {"/[b-a]/", "Range out of order in character class"},
      {"/[\\w-a]/u", "Invalid character class"},
      {"/(?a)/", "Invalid group"},
      {"/(?/", "Invalid group"},
      {"/(?<a/", "Invalid capture group name"},
      {"/(?<1a>x)/", "Invalid capture group name"},
      {"/(?<a>x)(?<a>y)/", "Duplicate capture group name"},
      {"/(?<a>x)(?:(?<a>y)|z)/", "Duplicate capture group name"},
      {"/(?:(?<a>x)|(?<b>y))(?<a>z)/", "Duplicate capture group name"},
      {"/\\k<a>/u", "Invalid named capture referenced"},
      {"/(?<a>.)\\k/", "Invalid named reference"},
      {"/(?<a>.)\\k<b>/", "Invalid named capture referenced"},
      {"/\\1/u", "Invalid escape"},
      {"/\\00/u", "Invalid decimal escape"},
      {"/\\u{110000}/u", "Invalid Unicode escape"},
      {"/\\u12/u", "Invalid Unicode escape"},
      {"/\\a/u", "Invalid escape"},
      {"/\\-/u", "Invalid escape"},
      {"/\\c/u", "Invalid Unicode escape"},
      {"/\\p{Foo}/u", "Invalid property name"},
      {"/\\p{L/u", "Invalid property name"},
      {"/[\\p{Foo}]/u", "Invalid property name in character class"},
      {"/\\p{RGI_Emoji}/u", "Invalid property name"},
      {"/\\P{RGI_Emoji}/v", "Invalid property name"},
      {"/[^\\p{RGI_Emoji}]/v", "Negated character class may contain strings"},
      {"/[^\\q{ab}]/v", "Negated character class may contain strings"},
      {"/[a--b&&c]/v", "Invalid set operation in character class"},
      {"/[a&&&b]/v", "Invalid character in character class"},
      {"/[(]/v", "Invalid character in character class"},
      {"/[!!]/v", "Invalid set operation in character class"},
      {"/(?ii:a)/", "Repeated flag in flag group"},
      {"/(?i-i:a)/", "Repeated flag in flag group"},
      {"/(?-:a)/", "Invalid flag group"},
      {"/(?--i:a)/", "Multiple dashes in flag group"},
      {"/(?u:a)/", "Invalid group"},
      {"/\\/", "\\ at end of pattern"},
      {"/a/gg", "Invalid flags"},
      {"/a/uv", "Invalid flags"},
      {"/a/x", "Invalid flags"},
  };
  for (u32 i = 0; i < ARRAY_LEN(cases); i++) {
    const char *message = check(cases[i][0]);
    ck_assert_msg(message && !strcmp(message, cases[i][1]), "%s: %s instead of %s", cases[i][0], message ? message : "right",
                  cases[i][1]);
  }
}
END_TEST

START_TEST(tree) {
  Arena arena;
  arena_init(&arena);
  RegexpTree tree;
  const char *message, *pattern = "(?<y>\\d{4})-(?<m>[a-f]+)|(?<y>x)(?=z)\\1";
  ck_assert(regexp_syntax_parse(&arena, pattern, false, (u32)strlen(pattern), REGEXP_IGNORE_CASE, &tree, &message));
  ck_assert_uint_eq(tree.capture_count, 4);
  ck_assert_uint_eq(tree.name_count, 3);
  ck_assert_uint_eq(tree.names[2].capture, 3);
  ck_assert(tree.has_backrefs && tree.has_lookaround);
  ck_assert_uint_eq(tree.root->kind, REGEXP_ALTERNATION);
  ck_assert_uint_eq(tree.root->child->kind, REGEXP_SEQUENCE);
  ck_assert_uint_eq(tree.root->child->min_length, 6);
  ck_assert_uint_eq(tree.root->child->max_length, REGEXP_INFINITE);
  ck_assert_uint_eq(tree.root->min_length, 1);
  arena_free(&arena);
}
END_TEST

// Nesting ends with a message, however deep; groups without end do not take more than their share of the C stack.
START_TEST(deep) {
  enum { N = 100000 };
  char *text = base_alloc(N);
  static const char openers[] = "([";
  for (u32 k = 0; k < 2; k++) {
    memset(text, openers[k], N);
    Arena arena;
    arena_init(&arena);
    const char *message = "", *flags = k ? "v" : "";
    ck_assert(!regexp_syntax_check(&arena, text, false, N, flags, k, &message));
    ck_assert_str_eq(message, "Regular expression too large");
    arena_free(&arena);
  }
  base_free(text);
}
END_TEST

UNIT_MAIN("parser/regexp_syntax", right, wrong, tree, deep)
