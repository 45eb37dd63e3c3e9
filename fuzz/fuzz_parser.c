// SPDX-License-Identifier: MIT
// Any text as script, module, function body or eval: parses and compiles it whole and lazily, as Latin-1 and as UTF-16, and demands the
// same judgement of all of them, and of a lazy parse that its functions compile later. Input: two bytes of choices, UTF-8.
#include "compiler/compiler.h"
#include "fuzz/js_mutator.h"
#include "vm/disasm.h"

enum { STACK_MAX = 512 * 1024 };

typedef struct Outcome {
  CodeBlock *block; // NULL: refused
  Arena arena;      // of the diagnostic
  Diagnostic diag;
} Outcome;

static Outcome compile(SourceText *text, const CompileOptions *options, LazyMode lazy) {
  Outcome out = {0};
  arena_init(&out.arena);
  CompileOptions own = *options;
  own.lazy = lazy;
  own.stack_limit = (uintptr_t)__builtin_frame_address(0) - STACK_MAX;
  if (!compile_source(text, &own, &out.arena, &out.block, &out.diag)) out.block = NULL;
  CHECK(out.block ||
        (out.diag.kind != DIAG_NONE && out.diag.message && out.diag.start <= text->length && out.diag.start <= out.diag.end));
  return out;
}

static void outcome_free(Outcome *out) {
  if (out->block) code_block_release(out->block);
  arena_free(&out->arena);
}

// The text was accepted, so its functions are programs too; only the stack may say no.
static void compile_functions(CodeBlock *block) {
  const CodeBody *body = atomic_load_explicit(&block->body, memory_order_acquire);
  if (!body) {
    Arena arena;
    arena_init(&arena);
    Diagnostic diag = {0};
    bool ok = compile_lazy_body(block, &(CompileOptions){.stack_limit = (uintptr_t)__builtin_frame_address(0) - STACK_MAX}, &arena,
                                &diag);
    CHECK(ok || diag.kind == DIAG_RANGE_ERROR);
    arena_free(&arena);
    if (!ok) return;
    body = atomic_load_explicit(&block->body, memory_order_acquire);
  }
  for (u32 i = 0; i < body->function_count; i++) compile_functions(body->functions[i]);
}

static bool is_range_error(const Outcome *o) { return !o->block && o->diag.kind == DIAG_RANGE_ERROR; }

static void check_same(const Outcome *a, const Outcome *b) {
  if (is_range_error(a) || is_range_error(b)) return;
  CHECK(!a->block == !b->block);
  if (a->block) return;
  CHECK(a->diag.start == b->diag.start && a->diag.end == b->diag.end && strcmp(a->diag.message, b->diag.message) == 0);
}

static char *disassemble(const CodeBlock *block) {
  char *text = NULL;
  size_t size = 0;
  FILE *out = open_memstream(&text, &size);
  CHECK(out);
  disasm_block(block, out);
  fclose(out);
  return text;
}

static void check_text(SourceText *text, SourceText *wide, const CompileOptions *options) {
  Outcome whole = compile(text, options, LAZY_NEVER), lazy = compile(text, options, LAZY_ALWAYS),
          other = compile(wide, options, LAZY_AUTO);
  check_same(&whole, &lazy);
  check_same(&whole, &other);
  if (lazy.block) compile_functions(lazy.block);
  if (whole.block && lazy.block && text->length < 2048) {
    char *a = disassemble(whole.block), *b = disassemble(lazy.block);
    CHECK(strlen(a) && strlen(b));
    free(a);
    free(b);
  }
  outcome_free(&whole);
  outcome_free(&lazy);
  outcome_free(&other);
}

static SourceText *widen(const Source *source) {
  u16 *units = base_alloc(((size_t)source->length + 1) * 2);
  for (u32 i = 0; i < source->length; i++) units[i] = (u16)source_char_at(source, i);
  SourceText *text = source_text_new(units, true, source->length, "fuzz", true);
  base_free(units);
  return text;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  if (size < JS_HEADER) return 0;
  static const ParseGoal goals[] = {PARSE_SCRIPT, PARSE_MODULE, PARSE_FUNCTION_BODY, PARSE_EVAL};
  static const char *const params[] = {"exports", "require", "a"};
  CompileOptions options = {.goal = goals[data[0] & 3], .want_completion = data[0] & 4};
  if (options.goal == PARSE_SCRIPT) options.allow_await = data[0] & 8;
  if (options.goal == PARSE_FUNCTION_BODY) {
    options.params = params;
    options.param_count = ARRAY_LEN(params);
    options.is_async = data[0] & 8;
  }
  Arena arena;
  arena_init(&arena);
  Source source;
  if (source_from_utf8(&source, &arena, "fuzz", (const char *)data + JS_HEADER, size - JS_HEADER)) {
    SourceText *text = source_text_new(source.chars, source.is_utf16, source.length, "fuzz", true), *wide = widen(&source);
    check_text(text, wide, &options);
    source_text_release(text);
    source_text_release(wide);
  }
  arena_free(&arena);
  return 0;
}
