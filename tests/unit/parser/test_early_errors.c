// SPDX-License-Identifier: MIT
// Early errors: their words, their places, the goals that have them, and nesting without end.
// The complete list is test262's (test_parse_test262.c); here is one of each kind that people meet.
#include "tests/unit/parser/parse_support.h"

typedef struct Case {
  const char *text, *message; // message NULL: parses
} Case;

static const Case script_cases[] = {
    {"a b", "Unexpected identifier 'b'"},
    {"foo(1", "missing ) after argument list"},
    {"foo(1 2)", "missing ) after argument list"},
    {"if (", "Unexpected end of input"},
    {"}", "Unexpected token '}'"},
    {"var 1", "Unexpected number"},
    {"var x = 'a", "Invalid or unexpected token"},
    {"a 'b'", "Unexpected string"},
    {"a\\", "Invalid Unicode escape sequence"},
    {"@", "Invalid or unexpected token"},
    {"`abc", "Unterminated template literal"},
    {"`a${b", "Unterminated template literal"},
    {"/abc", "Invalid regular expression: missing /"},
    {"let a; let a", "Identifier 'a' has already been declared"},
    {"var a; let a", "Identifier 'a' has already been declared"},
    {"{ var a; } let a", "Identifier 'a' has already been declared"},
    {"{ { var a; } let a; }", "Identifier 'a' has already been declared"},
    {"let a; { var a; }", "Identifier 'a' has already been declared"},
    {"{ var a; } { let a; }", NULL},
    {"try {} catch (e) { var e; }", NULL},
    {"try {} catch ([e]) { var e; }", "Identifier 'e' has already been declared"},
    {"try {} catch (e) { let e; }", "Identifier 'e' has already been declared"},
    {"function f(a) { let a; }", "Identifier 'a' has already been declared"},
    {"function f(a) { { let a; } var a; }", NULL},
    {"{ function f() {} function f() {} }", NULL},
    {"'use strict'; { function f() {} function f() {} }", "Identifier 'f' has already been declared"},
    {"(a, a) => 1", "Duplicate parameter name not allowed in this context"},
    {"function f(a, a) {}", NULL},
    {"function f(a, a) { 'use strict'; }", "Duplicate parameter name not allowed in this context"},
    {"function f(a = 1) { 'use strict'; }", "Illegal 'use strict' directive in function with non-simple parameter list"},
    {"'use strict'; with (a) b", "Strict mode code may not include a with statement"},
    {"'use strict'; 010", "Octal literals are not allowed in strict mode."},
    {"'\\01'; 'use strict'", "Octal escape sequences are not allowed in strict mode."},
    {"function f() { '\\01'; 'use strict' }", "Octal escape sequences are not allowed in strict mode."},
    {"'use strict'; delete a", "Delete of an unqualified identifier in strict mode."},
    {"'use strict'; eval = 1", "Unexpected eval or arguments in strict mode"},
    {"'use strict'; let yield", "Unexpected strict mode reserved word"},
    {"1 = 2", "Invalid left-hand side in assignment"},
    {"a?.b = 2", "Invalid left-hand side in assignment"},
    {"f() = 2", NULL},
    {"'use strict'; f() = 2", "Invalid left-hand side in assignment"},
    {"++1", "Invalid left-hand side expression in prefix operation"},
    {"1++", "Invalid left-hand side expression in postfix operation"},
    {"for (1 of x) ;", "Invalid left-hand side in for-loop"},
    {"({a = 1})", "Invalid shorthand property initializer"},
    {"({a = 1} = {})", NULL},
    {"({a = 1}) => 1", NULL},
    {"({__proto__: 1, __proto__: 2})", "Duplicate __proto__ fields are not allowed in object literals"},
    {"({__proto__: a, __proto__: b} = {})", NULL},
    {"[...a, b] = c", "Rest element must be last element"},
    {"(...a, b) => 1", "Rest parameter must be last formal parameter"},
    {"(a, b) + 1 => 1", "Malformed arrow function parameter list"},
    {"return", "Illegal return statement"},
    {"break", "Illegal break statement"},
    {"continue", "Illegal continue statement: no surrounding iteration statement"},
    {"a: { continue a; }", "Illegal continue statement: 'a' does not denote an iteration statement"},
    {"while (1) { break b; }", "Undefined label 'b'"},
    {"a: a: ;", "Label 'a' has already been declared"},
    {"throw\n1", "Illegal newline after throw"},
    {"try {} ;", "Missing catch or finally after try"},
    {"const a", "Missing initializer in const declaration"},
    {"let [a]", "Missing initializer in destructuring declaration"},
    {"let let = 1", "let is disallowed as a lexically bound name"},
    {"if (1) let x", "Lexical declaration cannot appear in a single-statement context"},
    {"while (0) function f() {}",
     "In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement."},
    {"await x", "await is only valid in async functions and the top level bodies of modules"},
    {"function f() { for await (x of y) ; }", "await is only valid in async functions and the top level bodies of modules"},
    {"async (a = await 1) => 1", "missing ) after argument list"},
    {"function* g(a = yield) {}", "Yield expression not allowed in formal parameter"},
    {"-1 ** 2", "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate "
                "operator precedence"},
    {"a ?? b || c", "Unexpected token '||'"},
    {"a || b ?? c", "Unexpected token '\?\?'"},
    {"new.target", "new.target expression is not allowed here"},
    {"super.x", "'super' keyword unexpected here"},
    {"class A { constructor() { super(); } }", "'super' keyword unexpected here"},
    {"class A extends B { constructor() { super(); } }", NULL},
    {"class A { constructor() {} constructor() {} }", "A class may only have one constructor"},
    {"class A { get constructor() {} }", "Class constructor may not be an accessor"},
    {"class A { static prototype() {} }", "Classes may not have a static property named 'prototype'"},
    {"class A { #a; #a }", "Identifier '#a' has already been declared"},
    {"class A { get #a() {} set #a(x) {} }", NULL},
    {"class A { m() { this.#b } }", "Private field '#b' must be declared in an enclosing class"},
    {"class A { #a; m() { delete this.#a } }", "Private fields can not be deleted"},
    {"class A { x = arguments }", "'arguments' is not allowed in class field initializer or static initialization block"},
    {"import 'a'", "Cannot use import statement outside a module"},
    {"import.meta", "Cannot use 'import.meta' outside a module"},
    {"export var a", "Unexpected token 'export'"},
    {"({get a(b) {}})", "Getter must not have any formal parameters."},
    {"({set a() {}})", "Setter must have exactly one formal parameter."},
    {"for (let of x) ;", "The left-hand side of a for-of loop may not be 'let'."},
    {"for (let x = 1 of y) ;", "for-of loop variable declaration may not have an initializer."},
    {"for (var x = 1 in y) ;", NULL},
    {"switch (1) { default: default: }", "More than one default clause in switch statement"},
    {"l\\u0065t a", "Unexpected identifier 'a'"},
    {"v\\u0061r a", "Keyword must not contain escaped characters"},
    {"1_", "Numeric separators are not allowed at the end of numeric literals"},
    {"1__0", "Only one underscore is allowed as numeric separator"},
    {"3in []", "Invalid or unexpected token"},
    {"enum", "Unexpected reserved word"},
    {"using x = 1", "Using declaration cannot appear in the top level when source type is `script` or in the bare case statement."},
    {"{ using x = 1, y = 2; }", NULL},
    {"using\nx", NULL},
    {"yield: 1; let\nx; async\nfunction f() {}", NULL},
};

static const Case module_cases[] = {
    {"export {a}", "Export 'a' is not defined in module"},
    {"var a; export {a}; export {a}", "Duplicate export of 'a'"},
    {"import {a} from 'b'; var a", "Identifier 'a' has already been declared"},
    {"import {a as 'b'} from 'c'", "Unexpected string"},
    {"import {'b' as a} from 'c'; export {a as 'd e'}; export * as 'f' from 'g' with {type: 'json'}", NULL},
    {"export {'\\ud800'} from 'a'", "Invalid module export name: contains unpaired surrogate character"},
    {"import a from 'a' with {b: 'c', b: 'd'}", "Import attributes has a duplicate key 'b'"},
    {"var await", "Unexpected reserved word"},
    {"await 1; for await (const x of y) ; await using z = w; import.meta.url", NULL},
    {"<!-- x", "HTML comments are not allowed in modules"},
    {"function f() {} function f() {}", "Identifier 'f' has already been declared"},
    {"export default function () {} export default 1", "Duplicate export of 'default'"},
    {"{ import 'a' }", "Unexpected string"},
};

static void check(const Case *c, ParseGoal goal, LazyMode lazy) {
  Parse parse;
  parse_with(&parse, c->text, (ParseOptions){.goal = goal, .lazy = lazy});
  if (c->message) {
    ck_assert_msg(!parse.ok, "no error: %s", c->text);
    ck_assert_msg(strcmp(parse.result.diagnostic.message, c->message) == 0, "%s\n  says %s\n  not  %s", c->text,
                  parse.result.diagnostic.message, c->message);
  } else {
    ck_assert_msg(parse.ok, "%s: %s", c->text, parse.result.diagnostic.message);
  }
  parse_end(&parse);
}

START_TEST(scripts) {
  check(&script_cases[_i], PARSE_SCRIPT, LAZY_NEVER);
  check(&script_cases[_i], PARSE_SCRIPT, LAZY_ALWAYS);
}
END_TEST

START_TEST(modules) {
  check(&module_cases[_i], PARSE_MODULE, LAZY_NEVER);
  check(&module_cases[_i], PARSE_MODULE, LAZY_ALWAYS);
}
END_TEST

START_TEST(places) {
  Parse parse;
  parse_with(&parse, "let a;\n  let a;", (ParseOptions){0});
  ck_assert(!parse.ok);
  ck_assert_uint_eq(parse.result.diagnostic.start, 13);
  ck_assert_uint_eq(parse.result.diagnostic.end, 14);
  ck_assert_str_eq(diag_render(&parse.result.diagnostic, &parse.source, &parse.arena),
                   "test.js:2\n  let a;\n      ^\n\nSyntaxError: Identifier 'a' has already been declared");
  parse_end(&parse);
}
END_TEST

START_TEST(incomplete) {
  static const char *const yes[] = {"(", "[1,", "f(", "{", "`a", "`a${", "/* x", "if (1) {", "a +", "function f() {", "({a:"};
  static const char *const no[] = {"a b", "]", "'a", "let a; let a", "/a", "foo(1 2)"};
  for (u32 i = 0; i < ARRAY_LEN(yes) + ARRAY_LEN(no); i++) {
    bool expected = i < ARRAY_LEN(yes);
    const char *text = expected ? yes[i] : no[i - ARRAY_LEN(yes)];
    Parse parse;
    parse_with(&parse, text, (ParseOptions){0});
    ck_assert_msg(!parse.ok && parse.result.diagnostic.incomplete == expected, "%s", text);
    parse_end(&parse);
  }
}
END_TEST

static void check_deep(const char *begin, const char *unit, u32 count, const char *end, bool overflows) {
  size_t n = strlen(unit), size = strlen(begin) + n * count + strlen(end) + 1;
  char *text = base_alloc(size), *p = text;
  p += snprintf(p, size, "%s", begin);
  for (u32 i = 0; i < count; i++, p += n) memcpy(p, unit, n);
  snprintf(p, strlen(end) + 1, "%s", end);
  Parse parse;
  parse_with(&parse, text, (ParseOptions){0});
  if (overflows) {
    ck_assert_msg(!parse.ok && parse.result.diagnostic.kind == DIAG_RANGE_ERROR, "%s", unit);
    ck_assert_str_eq(parse.result.diagnostic.message, "Maximum call stack size exceeded");
  } else {
    ck_assert_msg(parse.ok, "%s", unit);
  }
  parse_end(&parse);
  base_free(text);
}

START_TEST(depth) {
  static const char *const deep[] = {"(",  "[",   "{",    "({a:", "function f(){",   "a=>",   "!",         "a?b:",
                                     "a=", "`${", "new ", "a**",  "(class extends ", "if(1)", "async x=>", "try{"};
  for (u32 i = 0; i < ARRAY_LEN(deep); i++) check_deep(";", deep[i], 200000, "", true);
  check_deep("", "for(;;)", 200000, ";", true);
  check_deep("var ", "[", 200000, "", true);
  // Chains have no limit.
  check_deep("x=", "a+", 100000, "a", false);
  check_deep("x=", "a,", 100000, "a", false);
  check_deep("x=", "a&&", 100000, "a", false);
  check_deep("x", ".a", 100000, "", false);
  check_deep("x", "()", 100000, "", false);
  check_deep("x", "``", 100000, "", false);
  check_deep("", "if(a)b;else ", 100000, ";", false);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("parser/early_errors");
  TCase *tcase = tcase_create("errors");
  tcase_add_loop_test(tcase, scripts, 0, (int)ARRAY_LEN(script_cases));
  tcase_add_loop_test(tcase, modules, 0, (int)ARRAY_LEN(module_cases));
  tcase_add_test(tcase, places);
  tcase_add_test(tcase, incomplete);
  tcase_add_test(tcase, depth);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
