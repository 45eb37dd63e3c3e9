// SPDX-License-Identifier: MIT
// parser/lexer: literals, white space, comments, and that Latin-1 and UTF-16 text give the same tree.
#include "tests/unit/parser/parse_support.h"

typedef struct Case {
  const char *text, *dump;
} Case;

static const Case cases[] = {
    {"0; 1; 123456789; 1234567890123", "(expression (number 0))\n(expression (number 1))\n(expression (number 123456789))\n"
                                       "(expression (number 1234567890123))"},
    {"1.5e3; .5; 5.; 1e-7; 0x1F; 0b101; 0o17; 017; 089; 1_000.5_0",
     "(expression (number 1500))\n(expression (number 0.5))\n(expression (number 5))\n(expression (number 1e-7))\n"
     "(expression (number 31))\n(expression (number 5))\n(expression (number 15))\n(expression (number 15))\n"
     "(expression (number 89))\n(expression (number 1000.5))"},
    {"12345678901234567890123; 0xffffffffffffffffff",
     "(expression (number 1.2345678901234568e+22))\n(expression (number 4.722366482869645e+21))"},
    {"1n; 0x1_fn; 1_0n", "(expression (bigint \"1\"))\n(expression (bigint \"0x1f\"))\n(expression (bigint \"10\"))"},
    {"x='a\\n\\x41\\u0042\\u{1F600}\\0\\101\\\r\nz'", "(expression (assign (id x) (string \"a\\nAB\\u{d83d}\\u{de00}\\u{0}Az\")))"},
    {"'\xe2\x80\xa8'", "(expression (string \"\\u{2028}\"))"},
    {"`a\\u{42}\r\nb${x}c`; t`\\u`",
     "(expression (template \"aB\\nb\" (id x) \"c\"))\n(expression (tagged-template (id t) (template undefined)))"},
    {"/a[/]b\\/c/gi.x; a / b / c; a\n/b/c", "(expression (member (regexp \"a[/]b\\\\/c\" \"gi\") \"x\"))\n"
                                            "(expression (binary / (binary / (id a) (id b)) (id c)))\n"
                                            "(expression (binary / (binary / (id a) (id b)) (id c)))"},
    {"#!/usr/bin/weft\na", "(expression (id a))"},
    {"a<!--b\n-->c\n/*\n*/-->d\nb", "(expression (id a))\n(expression (id b))"},
    {"a /* * / **/ // x\n b", "(expression (id a))\n(expression (id b))"},
    {"\\u0061b; \\u{61}c; \xc3\xa9t\xc3\xa9; \xf0\x9d\x92\x9c",
     "(expression (id ab))\n(expression (id ac))\n"
     "(expression (id \\u{e9}t\\u{e9}))\n(expression (id \\u{d835}\\u{dc9c}))"},
    {"\xef\xbb\xbf\xc2\xa0\xe3\x80\x80"
     "a",
     "(expression (id a))"},
    {"a?.5:1; a?.b; a ?? b; a ?\?= b; a >>>= 1; a **= 2",
     "(expression (conditional (id a) (number 0.5) (number 1)))\n(expression (optional-chain (member ?. (id a) \"b\")))\n"
     "(expression (logical ?? (id a) (id b)))\n(expression (assign ?\?= (id a) (id b)))\n"
     "(expression (assign >>>= (id a) (number 1)))\n(expression (assign **= (id a) (number 2)))"},
    {"a\n++b; do x\nwhile(y) z",
     "(expression (id a))\n(expression (update prefix++ (id b)))\n(do-while (id y) (expression (id x)))\n"
     "(expression (id z))"},
    {"x={if:1,'a b':2,0x10:3,1e3:4,get:5,async:6}",
     "(expression (assign (id x) (object (property init (string \"if\") (number 1)) (property init (string \"a b\") (number 2)) "
     "(property init (string \"16\") (number 3)) (property init (string \"1000\") (number 4)) (property init (string \"get\") "
     "(number 5)) "
     "(property init (string \"async\") (number 6)))))"},
};

START_TEST(dumps) {
  const Case *c = &cases[_i];
  Parse parse;
  parse_with(&parse, c->text, (ParseOptions){0});
  ck_assert_msg(parse.ok, "%s: %s", c->text, parse.ok ? "" : parse.result.diagnostic.message);
  char *dump = parse_dump(parse.result.root, AST_DUMP_PLAIN);
  ck_assert_str_eq(dump, c->dump);
  // The same text in the other width.
  Source other = parse.source;
  u16 *wide = ARENA_ARRAY(&parse.arena, u16, other.length + 1);
  for (u32 i = 0; i < other.length; i++) wide[i] = (u16)source_char_at(&parse.source, i);
  other.utf16 = wide;
  other.is_utf16 = true;
  ParseOptions options = {0};
  ParseResult result;
  ck_assert(parser_parse(&other, &options, &parse.arena, &result));
  char *second = parse_dump(result.root, AST_DUMP_PLAIN);
  ck_assert_str_eq(second, c->dump);
  free(second);
  free(dump);
  parse_end(&parse);
}
END_TEST

START_TEST(decoding) {
  Arena arena;
  arena_init(&arena);
  Source source;
  ck_assert(source_from_utf8(&source, &arena, NULL,
                             "\xef\xbb\xbf"
                             "abc",
                             6));
  ck_assert(!source.is_utf16 && source.length == 3);
  ck_assert(source_from_utf8(&source, &arena, NULL, "\xc3\xa9", 2));
  ck_assert(!source.is_utf16 && source.length == 1 && source.latin1[0] == 0xe9);
  ck_assert(source_from_utf8(&source, &arena, NULL, "a\xff", 2));
  ck_assert(source.is_utf16 && source.length == 2 && source.utf16[1] == 0xfffd);
  arena_free(&arena);
}
END_TEST

START_TEST(positions) {
  Arena arena;
  arena_init(&arena);
  Source source;
  ck_assert(source_from_utf8(&source, &arena, NULL, "ab\ncd\r\nef\rg", 11));
  SourcePosition at = source_position(&source, 4);
  ck_assert_uint_eq(at.line, 2);
  ck_assert_uint_eq(at.column, 2);
  ck_assert_uint_eq(at.line_end, 5);
  ck_assert_uint_eq(source_position(&source, 7).line, 3);
  ck_assert_uint_eq(source_position(&source, 10).line, 4);
  ck_assert_uint_eq(source_position(&source, 1000).column, 2);
  source_free_lines(&source);
  arena_free(&arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("parser/lexer");
  TCase *tcase = tcase_create("lexer");
  tcase_add_loop_test(tcase, dumps, 0, (int)ARRAY_LEN(cases));
  tcase_add_test(tcase, decoding);
  tcase_add_test(tcase, positions);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
