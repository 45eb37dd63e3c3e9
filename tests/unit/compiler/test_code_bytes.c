// SPDX-License-Identifier: MIT
// Code to bytes and back: the same code in all its parts, from copied and from lasting bytes; versions, sources and damage.
#include <stdatomic.h>

#include "compiler/code_bytes.h"
#include "tests/unit/unit.h"
#include "vm/disasm.h"

static const char program[] =
    "'use strict'; import json from './x.json' with { type: 'json' }; export * from 'a'; export { b as c } from 'd'; export "
    "default class Q {"
    " #p = 1; static s = [1, 2.5, , 'three', null]; get x() { return this.#p; } *[Symbol.iterator]() { yield* [1n, "
    "12345678901234567890n]; } }"
    "export const t = (s) => String.raw`a${s}\\u{zz}b`; try { throw { k: 1, l: 'zwei', m: /x+/gi }; } catch ({ k, ...rest }) { "
    "t(rest); }"
    "async function f(a, b = 3, ...c) { for await (const x of c) if (x > 1.5 && x < 70000) return () => [a, b, x, -0.25, 1e300]; }"
    "switch (f.length) { case 0: case 1: case 2: case 3: case 4: f(); break; default: await 0; } label: for (;;) { continue label; "
    "}";

typedef struct Fixture {
  Arena arena;
  SourceText *text;
  CodeBlock *block;
  ByteVec bytes;
} Fixture;

static void set_up(Fixture *f, const char *source, ParseGoal goal) {
  *f = (Fixture){0};
  arena_init(&f->arena);
  f->text = source_text_new(source, false, (u32)strlen(source), "test.js", true);
  CompileOptions options = {.goal = goal, .lazy = LAZY_NEVER};
  Diagnostic diag;
  ck_assert_msg(compile_source(f->text, &options, &f->arena, &f->block, &diag), "%s", diag.message);
}

static void tear_down(Fixture *f) {
  code_block_release(f->block);
  source_text_release(f->text);
  arena_free(&f->arena);
  vec_free(&f->bytes);
}

static void read_bodies(CodeBlock *block) {
  Arena arena;
  arena_init(&arena);
  Diagnostic diag;
  if (!atomic_load(&block->body)) ck_assert(compile_lazy_body(block, &(CompileOptions){0}, &arena, &diag));
  arena_free(&arena);
  const CodeBody *body = atomic_load(&block->body);
  for (u32 i = 0; i < body->function_count; i++) read_bodies(body->functions[i]);
}

static void assert_same(CodeBlock *a, CodeBlock *b) {
  char *text[2];
  size_t size[2];
  CodeBlock *const blocks[] = {a, b};
  for (int i = 0; i < 2; i++) {
    FILE *out = open_memstream(&text[i], &size[i]);
    disasm_block(blocks[i], out);
    fclose(out);
  }
  ck_assert_str_eq(text[0], text[1]);
  for (int i = 0; i < 2; i++) free(text[i]);
}

START_TEST(comes_back_whole) {
  for (int stay = 0; stay < 2; stay++) {
    Fixture f;
    set_up(&f, program, PARSE_MODULE);
    ck_assert(code_bytes_write(f.block, &f.bytes));
    CodeBlock *read = code_bytes_read(f.bytes.data, f.bytes.len, stay, f.text);
    ck_assert_ptr_nonnull(read);
    read_bodies(read);
    assert_same(f.block, read);
    code_block_release(read);
    tear_down(&f);
  }
}
END_TEST

START_TEST(refuses_other_sources) {
  Fixture f, g;
  set_up(&f, "var a = 1;", PARSE_SCRIPT);
  set_up(&g, "var a = 2;", PARSE_SCRIPT);
  ck_assert(code_bytes_write(f.block, &f.bytes));
  ck_assert_ptr_null(code_bytes_read(f.bytes.data, f.bytes.len, false, g.text));
  tear_down(&f);
  tear_down(&g);
}
END_TEST

START_TEST(refuses_direct_eval) {
  Fixture f;
  set_up(&f, "function f(a) { eval('a'); }", PARSE_SCRIPT);
  ck_assert(!code_bytes_write(f.block, &f.bytes));
  tear_down(&f);
}
END_TEST

START_TEST(refuses_damage) {
  Fixture f;
  set_up(&f, program, PARSE_MODULE);
  ck_assert(code_bytes_write(f.block, &f.bytes));
  for (u32 i = 0; i < f.bytes.len; i++) {
    f.bytes.data[i] ^= 0x41;
    ck_assert_ptr_null(code_bytes_read(f.bytes.data, f.bytes.len, false, f.text));
    f.bytes.data[i] ^= 0x41;
  }
  for (u32 size = 0; size < f.bytes.len; size++) ck_assert_ptr_null(code_bytes_read(f.bytes.data, size, false, f.text));
  tear_down(&f);
}
END_TEST

UNIT_MAIN("compiler/code_bytes", comes_back_whole, refuses_other_sources, refuses_direct_eval, refuses_damage)
