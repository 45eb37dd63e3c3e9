// SPDX-License-Identifier: MIT
// parser/scope: what names resolve to. Expectations are dumps with scopes: [kind name @slot assigned tdz] for variables,
// "local", "slot N", "global", "outer HOPS.SLOT", "dynamic", "tdz" for uses.
#include "tests/unit/parser/parse_support.h"

typedef struct Case {
  const char *body; // of function f(a, b) { ... }
  const char *dump; // of the function's dump, a part that must occur
} Case;

static const Case cases[] = {
    {"return a + c", "(return (binary + (id a local) (id c global)))"},
    {"return () => a", "(function arrow (scope function) (params) (id a slot 0))"},
    {"x; let x; x", "(expression (id x local tdz)) (declare let (id x binding local)) (expression (id x local))"},
    {"let x; return () => x", "(return (function arrow (scope function) (params) (id x slot 0)))"},
    {"g(() => x); let x", "(function arrow (scope function) (params) (id x slot 0 tdz))"},
    {"let x; function g() { return x }", "(params) (return (id x slot 0 tdz))"},
    {"let x; { function g() { return x } }", "(params) (return (id x slot 0))"},
    {"while (1) { let x; g(() => x) }", "(block (scope block [let x @0])"},
    {"switch (a) { case 0: let x; default: x }", "(expression (id x local tdz))"},
    {"class A { m() { return A } }", "(return (id A slot 0))"},
    {"class A { [A]() {} }", "(element method computed (id A local tdz)"},
    {"var v = 1; v++; return v", "[var v assigned]"},
    {"const k = 1; return () => k", "[const k @0]"},
    {"return arguments",
     "[arguments arguments]) (params (id a binding slot 0) (id b binding slot 1)) (return (id arguments local))"},
    {"return () => arguments", "[arguments arguments @2]"},
    {"'use strict'; return arguments", "[param a] [param b] [arguments arguments])"},
    {"var arguments; return arguments", "[var arguments]) (params"},
    {"return this", "(return (this own))"},
    {"return () => this", "[this this @0]"},
    {"return () => () => new.target", "[new.target new.target @0]"},
    {"with (a) { b; c = 1 }", "(expression (id b local dynamic)) (expression (assign (id c write global dynamic) (number 1)))"},
    {"eval(a); c; return function () { return c }", "eval sloppy-eval [param a @0] [param b @1]"},
    {"eval(a); c", "(expression (id c global dynamic))"},
    {"'use strict'; eval(a); c", "(expression (id c global))"},
    {"return () => eval(a)", "[param a @0] [param b @1] [this this @2]"},
    {"{ function g() {} } g", "(function-declaration annex-b"},
    {"{ let g; { function g() {} } }", "(function-declaration (function \"g\""},
    {"{ function a() {} } a", "(function-declaration (function \"a\""},
    {"try { } catch (e) { var e = 1; e }", "(declare var (id e write local) = (number 1)) (expression (id e local))"},
    {"for (let i = 0;;) g(() => i)", "(for (scope block [let i @0])"},
    {"for (let x of x) ;", "(scope block [let x tdz]) (id x local tdz)"},
    {"return function self() { return self }",
     "(function \"self\" (scope function [function-name self]) (params) (return (id self local)))"},
    {"return function self() { var self; return self }", "(scope function [var self]) (params)"},
    {"return (x, y = () => x) => { var x; return x }",
     "(scope function [param x @0] [param y]) (params (id x binding slot 0) (default (id y binding local) "
     "(function arrow (scope function) (params) (id x slot 0)))) (scope body [var x from-param])"},
    {"return (x = y, y) => 1", "(default (id x binding local) (id y local tdz))"},
    {"return ({p, q: [r]}) => p + r", "(scope function [param p] [param r]) (params (object-pattern"},
    {"return ({p}, x = (p) => p)", "(object (property init shorthand (string \"p\") (id p global)))"},
    {"class A { #x; m(o) { return #x in o && o.#x } }", "(private-in in (private #x slot 0) (id o local))"},
    {"class A { #x; m() { return class B extends (o.#x) { #x; n() { o.#x } } } }",
     "(extends (private-member (id o global) (private #x slot 0)))"},
    {"class A extends Object { constructor() { super(); this.x = () => this } }", "(this slot 0 tdz)"},
    {"class A { x = () => this; static y = this }", "(this slot 0)"},
    {"class A { static { var v; let w; v = w } }", "(scope static-block [var v assigned] [let w])"},
    {"{ using x = a; }", "(block (scope block [using x]) (declare using (id x binding local) = (id a local)))"},
};

START_TEST(resolution) {
  const Case *c = &cases[_i];
  char text[512];
  snprintf(text, sizeof text, "function f(a, b) { %s }", c->body);
  for (LazyMode lazy = LAZY_AUTO; lazy <= LAZY_NEVER; lazy++) {
    Parse parse;
    parse_with(&parse, text, (ParseOptions){.lazy = lazy});
    ck_assert_msg(parse.ok, "%s: %s", text, parse.ok ? "" : parse.result.diagnostic.message);
    char *dump = parse_dump(parse.result.root, AST_DUMP_SCOPES);
    ck_assert_msg(strstr(dump, c->dump) != NULL, "%s\n  gives  %s\n  not    %s", c->body, dump, c->dump);
    free(dump);
    parse_end(&parse);
  }
}
END_TEST

static const FunctionNode *first_function(const Parse *parse) {
  const Node *node = parse->result.root->body.items[0];
  ck_assert_int_eq(node->type, AST_FUNCTION_DECLARATION);
  return ((const FunctionDeclarationNode *)node)->function;
}

typedef struct EvalCase {
  const char *outer, *code, *dump, *message;
} EvalCase;

static const EvalCase eval_cases[] = {
    {"function f(a) { let x; eval('') }", "a + x + y",
     "(binary + (binary + (id a outer 0.0) (id x outer 0.1 tdz)) (id y global dynamic))", NULL},
    {"function f(a) { let x; eval('') }", "var z; z", "(expression (id z global dynamic))", NULL},
    {"function f(a) { let x; eval('') }", "var a; a = 1", "(expression (assign (id a write outer 0.0 dynamic) (number 1)))", NULL},
    {"function f(a) { let x; eval('') }", "var x", NULL, "Identifier 'x' has already been declared"},
    {"function f(a) { let x; eval('') }", "'use strict'; var x; x", "(expression (id x local))", NULL},
    {"function f(a) { let x; eval('') }", "let x = 1; () => x", "(function arrow (scope function) (params) (id x slot 0))", NULL},
    {"function f(a) { let x; eval('') }", "this", "(this outer 0.2)", NULL},
    {"function f(a) { let x; eval('') }", "arguments", "(id arguments outer 0.5)", NULL},
    {"function f(a) { let x; eval('') }", "() => this", "(function arrow (scope function) (params) (this outer 0.2))", NULL},
    {"function f(a) { let x; eval('') }", "super.x", NULL, "'super' keyword unexpected here"},
    {"function f(a) { let x; eval('') }", "new.target", "(new.target outer 0.3)", NULL},
    {"function f(a) { let x; eval('') }", "this.#p", NULL, "Private field '#p' must be declared in an enclosing class"},
    {"function f(a) { let x; eval('') }", "{ function x() {} }", "(function-declaration (function \"x\"", NULL},
};

START_TEST(direct_eval) {
  const EvalCase *c = &eval_cases[_i];
  Parse outer, inner;
  parse_with(&outer, c->outer, (ParseOptions){0});
  ck_assert(outer.ok);
  const FunctionNode *fn = first_function(&outer);
  ParseOptions options = {.goal = PARSE_EVAL, .context = fn->context};
  options.outer_scope = scope_info_chain(fn->scope, NULL, &outer.arena);
  parse_with(&inner, c->code, options);
  if (c->message) {
    ck_assert_msg(!inner.ok, "%s", c->code);
    ck_assert_str_eq(inner.result.diagnostic.message, c->message);
  } else {
    ck_assert_msg(inner.ok, "%s: %s", c->code, inner.ok ? "" : inner.result.diagnostic.message);
    char *dump = parse_dump(inner.result.root, AST_DUMP_SCOPES);
    ck_assert_msg(strstr(dump, c->dump) != NULL, "%s\n  gives  %s\n  not    %s", c->code, dump, c->dump);
    free(dump);
  }
  parse_end(&inner);
  parse_end(&outer);
}
END_TEST

START_TEST(facts) {
  Parse parse;
  parse_with(&parse, "function f(a, b, c = 1, ...d) { 'use strict'; }", (ParseOptions){0});
  ck_assert(!parse.ok);
  parse_end(&parse);
  parse_with(&parse, "function f(a, b, c = 1, ...d) { this.x = 1; this.y = 2; return arguments; }", (ParseOptions){0});
  ck_assert(parse.ok);
  const FunctionNode *fn = first_function(&parse);
  ck_assert_uint_eq(fn->length, 2);
  ck_assert_uint_eq(fn->this_property_count, 2);
  ck_assert(fn->uses_arguments && !fn->mapped_arguments && fn->has_rest && !fn->has_simple_params && fn->uses_this);
  ck_assert(fn->arguments_var && !fn->this_var);
  parse_end(&parse);
  parse_with(&parse, "function f(a) { eval(''); return arguments; }", (ParseOptions){0});
  fn = first_function(&parse);
  ck_assert(fn->has_direct_eval && fn->mapped_arguments && fn->this_var && fn->scope->has_sloppy_eval);
  parse_end(&parse);
}
END_TEST

START_TEST(goals) {
  Parse parse;
  static const char *const names[] = {"exports", "require", "module"};
  ParseOptions body = {.goal = PARSE_FUNCTION_BODY, .params = names, .param_count = 3};
  parse_with(&parse, "#!weft\nreturn () => require(this)", body);
  ck_assert(parse.ok);
  char *dump = parse_dump(parse.result.root, AST_DUMP_SCOPES);
  ck_assert(strstr(dump, "[param require @0]") && strstr(dump, "(call (id require slot 0) (this slot 1))"));
  free(dump);
  parse_end(&parse);

  const char *head = "function anonymous(a\n) {\n";
  ParseOptions function = {.goal = PARSE_FUNCTION, .function_body_start = (u32)strlen(head) - 2};
  parse_with(&parse, "function anonymous(a\n) {\nreturn a + anonymous\n}", function);
  ck_assert(parse.ok);
  dump = parse_dump(parse.result.root, AST_DUMP_SCOPES);
  ck_assert(strstr(dump, "(binary + (id a local) (id anonymous global))"));
  free(dump);
  parse_end(&parse);
  function.function_body_start = 23;
  parse_with(&parse, "function anonymous(/*\n) {\n*/){\n}", function);
  ck_assert(!parse.ok);
  parse_end(&parse);
  parse_with(&parse, "function anonymous(a\n) {\n}, function(){\n}", (ParseOptions){.goal = PARSE_FUNCTION});
  ck_assert(!parse.ok);
  parse_end(&parse);
}
END_TEST

START_TEST(module_tables) {
  Parse parse;
  parse_with(&parse,
             "import d, * as n from 'a'; import {x as y} from 'b'; export {y as z, n}; export default 1;\n"
             "export * from 'a'; export {q} from 'b'; export const [k] = [() => d]; await 1;",
             (ParseOptions){.goal = PARSE_MODULE});
  ck_assert(parse.ok);
  const ModuleInfo *module = parse.result.module;
  ck_assert_uint_eq(module->request_count, 2);
  ck_assert_uint_eq(module->import_count, 3);
  ck_assert_uint_eq(module->export_count, 6);
  ck_assert(module->has_top_level_await);
  ck_assert_int_eq(module->exports[0].kind, EXPORT_INDIRECT); // y is an import
  ck_assert_uint_eq(module->exports[0].request, 1);
  ck_assert_int_eq(module->exports[1].kind, EXPORT_LOCAL); // a namespace is a local value
  ck_assert_int_eq(module->exports[3].kind, EXPORT_STAR);
  ck_assert(module->exports[5].var && module->exports[5].var->captured && module->exports[5].var->kind == VAR_CONST);
  parse_end(&parse);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("parser/scope");
  TCase *tcase = tcase_create("scope");
  tcase_add_loop_test(tcase, resolution, 0, (int)ARRAY_LEN(cases));
  tcase_add_loop_test(tcase, direct_eval, 0, (int)ARRAY_LEN(eval_cases));
  tcase_add_test(tcase, facts);
  tcase_add_test(tcase, goals);
  tcase_add_test(tcase, module_tables);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
