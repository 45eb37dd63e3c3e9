// SPDX-License-Identifier: MIT
// The compiler without an isolate: texts to blocks, lazy functions, limits. What the bytecode looks like is in tests/golden.
#include <stdatomic.h>

#include "compiler/compiler.h"
#include "tests/unit/unit.h"
#include "vm/disasm.h"
#include "vm/module.h"
#include "vm/opcodes.h"

typedef struct Fixture {
  Arena arena;
  SourceText *text;
  CodeBlock *block;
  Diagnostic diag;
} Fixture;

static bool compile(Fixture *f, const char *source, CompileOptions options) {
  arena_init(&f->arena);
  f->text = source_text_new(source, false, (u32)strlen(source), "test.js", true);
  if (!options.stack_limit) options.stack_limit = (uintptr_t)__builtin_frame_address(0) - (4u << 20);
  f->block = NULL;
  return compile_source(f->text, &options, &f->arena, &f->block, &f->diag);
}

static void dispose(Fixture *f) {
  code_block_release(f->block);
  source_text_release(f->text);
  arena_free(&f->arena);
}

static const CodeBody *body_of(CodeBlock *block) { return atomic_load(&block->body); }

static CodeBlock *inner(CodeBlock *block, u32 i) {
  ck_assert_uint_lt(i, body_of(block)->function_count);
  return body_of(block)->functions[i];
}

static u32 count_op(const CodeBody *body, Opcode wanted) {
  u32 n = 0;
  FILE *null = fopen("/dev/null", "w");
  for (u32 pc = 0; pc < body->word_count; pc += disasm_instruction(body, pc, null)) {
    u32 word = body->words[pc], op = (word & 255) == OP_WIDE ? word >> 8 & 255 : word & 255;
    n += op == wanted;
  }
  fclose(null);
  return n;
}

START_TEST(describes_functions) {
  Fixture f;
  ck_assert(compile(&f, "function add(a, b, c = 1, ...d) { return () => this.x; } class A { static async *m() {} }",
                    (CompileOptions){0}));
  CodeBlock *add = inner(f.block, 0);
  ck_assert_str_eq(add->name, "add");
  ck_assert_uint_eq(add->length, 2);
  ck_assert_uint_eq(add->param_count, 3);
  ck_assert_uint_eq(add->flags, CODE_CONSTRUCTOR | CODE_NEEDS_SURPLUS | CODE_SLOPPY_THIS);
  ck_assert_uint_eq(inner(add, 0)->flags, CODE_ARROW);
  CodeBlock *a = inner(f.block, 1), *m = inner(f.block, 2);
  ck_assert_str_eq(a->name, "A");
  ck_assert_uint_eq(a->flags & (CODE_CLASS_CONSTRUCTOR | CODE_CONSTRUCTOR | CODE_STRICT),
                    CODE_CLASS_CONSTRUCTOR | CODE_CONSTRUCTOR | CODE_STRICT);
  ck_assert_str_eq(m->name, "m");
  ck_assert_uint_eq(m->flags, CODE_METHOD | CODE_ASYNC | CODE_GENERATOR | CODE_STRICT);
  dispose(&f);
}
END_TEST

START_TEST(knows_lazy_functions) {
  static const char source[] =
      "let k = 1; function outer(a, b, ...c) { let x = a; function inner() { return x + k; } return inner; }";
  Fixture f;
  ck_assert(compile(&f, source, (CompileOptions){.lazy = LAZY_ALWAYS}));
  CodeBlock *outer = inner(f.block, 0);
  ck_assert_ptr_null(body_of(outer));
  ck_assert_uint_eq(outer->param_count, 2);
  ck_assert_uint_eq(outer->length, 2);
  Arena arena;
  Diagnostic diag;
  arena_init(&arena);
  ck_assert(compile_lazy_body(outer, &(CompileOptions){0}, &arena, &diag));
  ck_assert_uint_eq(count_op(body_of(outer), OP_NEW_ENV), 1); // x is captured
  CodeBlock *nested = inner(outer, 0);
  ck_assert_ptr_nonnull(body_of(nested)); // a small text: all of it is compiled now
  ck_assert_uint_eq(count_op(body_of(nested), OP_GET_UP) + count_op(body_of(nested), OP_GET_UP_TDZ), 1);
  ck_assert_uint_eq(count_op(body_of(nested), OP_GET_GLOBAL), 1);
  const CodeBody *first = body_of(outer);
  ck_assert(compile_lazy_body(outer, &(CompileOptions){0}, &arena, &diag)); // a second thread: its result is dropped
  ck_assert_ptr_eq(body_of(outer), first);
  arena_free(&arena);
  dispose(&f);
}
END_TEST

START_TEST(compiles_at_once_what_is_called_at_once) {
  static const char *const called[] = {"(function () { return 1; })();",   "((a, [b] = (1, [2])) => { return a; })(1);",
                                       "(a => { return a; })(1);",         "!function () { return 1; }();",
                                       "(async (a) => { return a; })(1);", "new (function () { this.a = 1; })();"};
  static const char *const later[] = {"function f() { return 1; }", "x = (a) => { return a; };", "y = [(a) => { return (a); }];"};
  char *text = base_alloc_zeroed(PARSER_LAZY_THRESHOLD + 4096);
  memset(text, ';', PARSER_LAZY_THRESHOLD + 1);
  for (u32 i = 0; i < ARRAY_LEN(called) + ARRAY_LEN(later); i++) {
    bool at_once = i < ARRAY_LEN(called);
    const char *source = at_once ? called[i] : later[i - ARRAY_LEN(called)];
    memcpy(text + PARSER_LAZY_THRESHOLD + 1, source, strlen(source) + 1);
    Fixture f;
    ck_assert(compile(&f, text, (CompileOptions){0}));
    ck_assert_msg((body_of(inner(f.block, 0)) != NULL) == at_once, "%s", source);
    dispose(&f);
  }
  base_free(text);
}
END_TEST

START_TEST(initialises_only_what_may_be_read_first) {
  static const struct {
    const char *source;
    u32 inits;
  } cases[] = {
      {"f = function (a) { var b, c; if (a) { b = 1; c = b; return c; } return a; }", 0},
      {"f = function (a) { var b; if (a) b = 1; return b; }", 1},
      {"f = function (a) { var b; for (;;) { b = a(); if (b) break; } return b; }", 0},
      {"f = function (a) { var b; while (a()) { if (b) return; b = a; } }", 1},
      {"f = function (a) { var b; while (a()) b = 1; return b; }", 1},
      {"f = function (a) { var b; try { b = a(); } catch (e) { } return b; }", 1},
      {"f = function (a) { var b; try { b = a(); } catch (e) { b = e; } return b; }", 0},
      {"f = function (a) { var b; a = a ? b = 1 : 2; return b; }", 1},
      {"f = function (a) { var b; switch (a) { case 1: b = 2; case 2: return b; } }", 1},
      {"f = function (a) { var b; for (b in a) a(); return b; }", 1},
      {"f = function (a) { var b; if (a) b = 1; else if (a.b) b = 2; else b = 3; return b; }", 0},
      {"f = function (a) { var b; if (a) b = 1; else if (a.b) b = 2; return b; }", 1},
      {"f = function (a) { var b; switch (a) { case 1: b = 2; break; case 2: b = 3; break; default: b = 4; } return b; }", 0},
      {"f = function (a) { var b; switch (a) { case 1: b = 2; break; case 2: b = 3; break; } return b; }", 1},
      {"f = function (a) { var b; try { b = 1; } finally { a(b); } }", 1},
  };
  for (u32 i = 0; i < ARRAY_LEN(cases); i++) {
    Fixture f;
    ck_assert(compile(&f, cases[i].source, (CompileOptions){0}));
    ck_assert_msg(count_op(body_of(inner(f.block, 0)), OP_LOAD_SPECIAL) == cases[i].inits, "%s", cases[i].source);
    dispose(&f);
  }
}
END_TEST

START_TEST(keeps_locals_in_registers) {
  Fixture f;
  ck_assert(compile(&f, "(function (n) { var s = 0; for (let i = 0; i < n; i++) { const d = i * 2; s += d; } return s; })(1)",
                    (CompileOptions){0}));
  const CodeBody *body = body_of(inner(f.block, 0));
  ck_assert_uint_eq(count_op(body, OP_MOVE), 0);
  ck_assert_uint_eq(count_op(body, OP_LOAD_SPECIAL), 0); // s is written before it is read
  ck_assert_uint_eq(count_op(body, OP_JLT_LOOP), 1);
  ck_assert_uint_eq(count_op(body, OP_NEW_ENV), 0);
  dispose(&f);
}
END_TEST

START_TEST(copies_operands_that_change) {
  Fixture f;
  ck_assert(
      compile(&f, "f = function (a) { return a + (a = 1); }; f = function (a, b) { return a + (b = 1); }", (CompileOptions){0}));
  ck_assert_uint_eq(count_op(body_of(inner(f.block, 0)), OP_MOVE), 1);
  ck_assert_uint_eq(count_op(body_of(inner(f.block, 1)), OP_MOVE), 0);
  dispose(&f);
}
END_TEST

START_TEST(positions_point_into_the_source) {
  static const char source[] = "var a = 1;\n  missing.call(a);";
  Fixture f;
  ck_assert(compile(&f, source, (CompileOptions){0}));
  const CodeBody *body = body_of(f.block);
  FILE *null = fopen("/dev/null", "w");
  bool seen = false;
  for (u32 pc = 0; pc < body->word_count; pc += disasm_instruction(body, pc, null)) {
    if ((body->words[pc] & 255) != OP_GET_PROP) continue;
    ck_assert_uint_eq(code_body_source_offset(body, pc), (u32)(strstr(source, "call") - source));
    seen = true;
  }
  fclose(null);
  ck_assert(seen);
  dispose(&f);
}
END_TEST

START_TEST(reports_errors) {
  Fixture f;
  ck_assert(!compile(&f, "let a; let a;", (CompileOptions){0}));
  ck_assert_int_eq(f.diag.kind, DIAG_SYNTAX_ERROR);
  ck_assert_str_eq(f.diag.message, "Identifier 'a' has already been declared");
  ck_assert_uint_eq(f.diag.start, 11);
  dispose(&f);
}
END_TEST

static char *repeated(const char *before, const char *unit, u32 count, const char *after) {
  size_t unit_size = strlen(unit), size = strlen(before) + unit_size * count + strlen(after) + 1, at = strlen(before);
  char *out = base_alloc(size);
  memcpy(out, before, at);
  for (u32 i = 0; i < count; i++, at += unit_size) memcpy(out + at, unit, unit_size);
  memcpy(out + at, after, strlen(after) + 1);
  return out;
}

START_TEST(deep_texts_end_well) {
  static const char *const texts[][3] = {
      {"x", "+x", ";"},
      {"x", ".x", ";"},
      {"x", "[0]", ";"},
      {"x", "()", ";"},
      {"x", "&&x", ";"},
      {"", "if(x);else ", ";"},
      {"", "x;", ""},
      {"f(", "1,", "1);"},
      {"x=[", "f(),", "0];"},
      {"`", "${x}", "`;"},
      {"switch(x){", "case f():", "}"},
      {"({", "a:f(),", "});"},
      {"x", "?.x", ";"},
      {"x", "`a`", ";"},
  };
  for (u32 i = 0; i < ARRAY_LEN(texts); i++) {
    Fixture f;
    char *source = repeated(texts[i][0], texts[i][1], 20000, texts[i][2]);
    bool ok = compile(&f, source, (CompileOptions){0});
    if (!ok) ck_assert_msg(0, "%s: %s", texts[i][1], f.diag.message);
    dispose(&f);
    base_free(source);
  }
}
END_TEST

START_TEST(nesting_ends_at_the_stack_limit) {
  static const char *const units[][2] = {{"[", "]"}, {"(function(){", "})"}, {"{", "}"},   {"a=", "1"},
                                         {"!", "1"}, {"x?x:", "x"},          {"()=>", "1"}};
  for (u32 i = 0; i < ARRAY_LEN(units); i++) {
    Fixture f;
    char *source = repeated("", units[i][0], 200000, units[i][1]);
    ck_assert(!compile(&f, source, (CompileOptions){0}) || i == 5);
    if (!f.block) ck_assert(f.diag.kind == DIAG_RANGE_ERROR || f.diag.kind == DIAG_SYNTAX_ERROR);
    dispose(&f);
    base_free(source);
  }
}
END_TEST

START_TEST(more_names_than_operands) {
  char *source = base_alloc(70000 * 16 + 64);
  size_t at = 0;
  for (u32 i = 0; i < 70000; i++) at += (size_t)snprintf(source + at, 32, "o.p%u=f;", i);
  Fixture f;
  ck_assert(compile(&f, source, (CompileOptions){0}));
  ck_assert_uint_gt(count_op(body_of(f.block), OP_SET_ELEM), 1000);
  dispose(&f);
  base_free(source);
}
END_TEST

START_TEST(modules_list_imports_and_exports) {
  Fixture f;
  static const char source[] = "import d, * as n from 'a'; import { x as y } from 'b' with { type: 'json' };"
                               "export { y as z }; export const c = 1; export default function () {} export * from 'a'; await n;";
  ck_assert(compile(&f, source, (CompileOptions){.goal = PARSE_MODULE}));
  const CodeModuleInfo *info = body_of(f.block)->module;
  ck_assert_ptr_nonnull(info);
  ck_assert_uint_eq(info->request_count, 2);
  ck_assert_uint_eq(info->requests[1].attribute_count, 1);
  ck_assert_uint_eq(info->import_count, 3);
  ck_assert(info->has_top_level_await);
  ck_assert(f.block->flags & CODE_ASYNC);
  ck_assert_uint_eq(info->export_count, 4);
  dispose(&f);
}
END_TEST

typedef struct Stopper {
  u32 polls, stop_at; // 0: never
} Stopper;

static bool count_poll(void *data) {
  Stopper *s = data;
  return ++s->polls != s->stop_at;
}

static void check_stops(const char *head, const char *part, const char *tail) {
  enum { SIZE = 400000 };
  char *source = base_alloc(SIZE + 64);
  size_t at = (size_t)snprintf(source, 32, "%s", head);
  while (at < SIZE) at += (size_t)snprintf(source + at, 32, "%s", part);
  snprintf(source + at, 32, "%s", tail);
  Stopper never = {0};
  Fixture f;
  ck_assert_msg(compile(&f, source, (CompileOptions){.poll = count_poll, .poll_data = &never}), "%s", f.diag.message);
  dispose(&f);
  ck_assert_msg(never.polls >= 4, "%s: %u", part, never.polls);
  for (u32 n = 1; n <= never.polls; n += 1 + never.polls / 16) {
    Stopper stopper = {.stop_at = n};
    ck_assert_msg(!compile(&f, source, (CompileOptions){.poll = count_poll, .poll_data = &stopper}), "%s: %u", part, n);
    ck_assert(f.diag.kind == DIAG_STOPPED);
    ck_assert_uint_eq(stopper.polls, n); // and nobody asks again
    f.block = NULL;
    source_text_release(f.text);
    arena_free(&f.arena);
  }
  base_free(source);
}

START_TEST(stops_when_the_poll_says_so) {
  check_stops("/*", "comment * ", "*/");
  check_stops("x = () => /*", "line\n", "*/ 1; /* */");
  check_stops("", ";", "");
  check_stops("1", "+1", "");
  check_stops("x = [", "[1, {a: f}],", "]");
  check_stops("function f(a) {", "if (a) return () => { a.b(c) };", "}");
  check_stops("class A {", "m(a = b) { return `${a}` }", "}");
}
END_TEST

UNIT_MAIN("compiler", describes_functions, knows_lazy_functions, compiles_at_once_what_is_called_at_once,
          initialises_only_what_may_be_read_first, keeps_locals_in_registers, copies_operands_that_change,
          positions_point_into_the_source, reports_errors, deep_texts_end_well, nesting_ends_at_the_stack_limit,
          more_names_than_operands, modules_list_imports_and_exports, stops_when_the_poll_says_so)
