// SPDX-License-Identifier: MIT
// The life of a program: a copy of the pattern, the names of its groups, and its variants of bytecode as they are needed.
// Threads may share a program: a variant is published with a compare-and-swap, and who comes second drops his own.
#include "runtime/regexp/regexp_code.h"

struct RegexpProgram {
  u32 refs;
  u32 flags;
  u32 length; // of the pattern, in units
  u32 capture_count, name_count;
  bool is_utf16;
  bool has_backrefs; // captures are needed to know whether there is a match
  size_t size;       // with what follows
  const void *chars;
  const RegexpGroupName *names;
  RegexpCode *codes[VARIANT_COUNT];
  RegexpGroupName tail[]; // names, then their characters, then the pattern
};

// A variant that cannot be; distinct from one that has not been tried.
static const RegexpCode no_code;

enum { MEMO_BYTES_MAX = 256 << 20 };

static void copy_text(RegexpProgram *program, const RegexpTree *tree, const void *chars, size_t bytes) {
  u16 *text = (u16 *)(program->tail + tree->name_count);
  for (u32 i = 0; i < tree->name_count; i++) {
    const RegexpGroupName *name = &tree->names[i];
    memcpy(text, name->chars, name->length * sizeof(u16));
    program->tail[i] = (RegexpGroupName){text, name->length, name->capture};
    text += name->length;
  }
  program->names = program->tail;
  program->name_count = tree->name_count;
  if (bytes) memcpy(text, chars, bytes);
  program->chars = text;
}

static RegexpProgram *new_program(const RegexpTree *tree, const void *chars, bool is_utf16, u32 length) {
  size_t bytes = (size_t)length << is_utf16, size = sizeof(RegexpProgram) + tree->name_count * sizeof(RegexpGroupName) + bytes;
  for (u32 i = 0; i < tree->name_count; i++) size += tree->names[i].length * sizeof(u16);
  RegexpProgram *program = base_alloc_zeroed(size);
  program->size = size;
  program->refs = 1;
  program->flags = tree->flags;
  program->length = length;
  program->is_utf16 = is_utf16;
  program->capture_count = tree->capture_count;
  program->has_backrefs = tree->has_backrefs;
  copy_text(program, tree, chars, bytes);
  return program;
}

RegexpProgram *regexp_program_new(const void *chars, bool is_utf16, u32 length, u32 flags, const char **message) {
  Arena arena;
  arena_init(&arena);
  RegexpTree tree;
  bool right = regexp_syntax_parse(&arena, chars, is_utf16, length, flags, &tree, message);
  RegexpProgram *program = right ? new_program(&tree, chars, is_utf16, length) : NULL;
  arena_free(&arena);
  return program;
}

RegexpProgram *regexp_program_retain(const RegexpProgram *program) {
  RegexpProgram *p = (RegexpProgram *)(uintptr_t)program;
  __atomic_fetch_add(&p->refs, 1, __ATOMIC_RELAXED);
  return p;
}

void regexp_program_release(const RegexpProgram *program) {
  RegexpProgram *p = (RegexpProgram *)(uintptr_t)program;
  if (!p || __atomic_sub_fetch(&p->refs, 1, __ATOMIC_ACQ_REL)) return;
  for (u32 i = 0; i < VARIANT_COUNT; i++) {
    if (p->codes[i] != &no_code) regexp_code_free(p->codes[i]);
  }
  base_free(p);
}

u32 regexp_program_flags(const RegexpProgram *program) { return program->flags; }
u32 regexp_program_capture_count(const RegexpProgram *program) { return program->capture_count; }
u32 regexp_program_names(const RegexpProgram *program, const RegexpGroupName **names) {
  *names = program->names;
  return program->name_count;
}

static const RegexpCode *loaded_code(const RegexpProgram *program, u32 variant) {
  return __atomic_load_n(&program->codes[variant], __ATOMIC_ACQUIRE);
}

size_t regexp_program_size(const RegexpProgram *program) {
  size_t size = program->size;
  for (u32 i = 0; i < VARIANT_COUNT; i++) {
    const RegexpCode *code = loaded_code(program, i);
    if (code && code != &no_code) size += regexp_code_size(code);
  }
  return size;
}

// ---- Code

void regexp_code_free(RegexpCode *code) {
  if (!code) return;
  vec_free(&code->words);
  vec_free(&code->tables);
  vec_free(&code->maps);
  vec_free(&code->classes);
  vec_free(&code->filters);
  vec_free(&code->ranges);
  vec_free(&code->data);
  base_free(code->scan.skip);
  base_free(code->scan.masks);
  base_free(code);
}

size_t regexp_code_size(const RegexpCode *code) {
  size_t size =
      sizeof *code + (code->words.cap + code->ranges.cap) * sizeof(u32) + code->tables.cap + code->maps.cap + code->data.cap;
  size += code->classes.cap * sizeof(RegexpClass) + code->filters.cap * sizeof(RegexpFilter);
  return size + (code->scan.skip ? 256 : 0) + (code->scan.masks ? 256 * sizeof(u64) : 0);
}

static NOINLINE const RegexpCode *compile_variant(const RegexpProgram *program, u32 variant) {
  RegexpProgram *p = (RegexpProgram *)(uintptr_t)program;
  Arena arena;
  arena_init(&arena);
  RegexpTree tree;
  const char *message;
  RegexpCode *code = NULL, *expected = NULL;
  if (regexp_syntax_parse(&arena, p->chars, p->is_utf16, p->length, p->flags, &tree, &message))
    code = regexp_compile(&tree, &arena, variant);
  arena_free(&arena);
  if (!code) code = (RegexpCode *)(uintptr_t)&no_code;
  if (!__atomic_compare_exchange_n(&p->codes[variant], &expected, code, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    if (code != &no_code) regexp_code_free(code);
    code = expected;
  }
  return code;
}

// NULL if there can be no such variant.
static inline const RegexpCode *code_of(const RegexpProgram *program, u32 variant) {
  const RegexpCode *code = loaded_code(program, variant);
  if (UNLIKELY(!code)) code = compile_variant(program, variant);
  return code == &no_code ? NULL : code;
}

void regexp_program_dump(const RegexpProgram *program, bool is_utf16, FILE *out) {
  regexp_code_dump(code_of(program, VARIANT_CAPTURES | (is_utf16 ? VARIANT_UTF16 : 0)), out);
}

// ---- Execution

void regexp_context_free(RegexpContext *ctx) {
  base_free(ctx->stack);
  base_free(ctx->registers);
  ctx->stack = NULL, ctx->registers = NULL;
  ctx->stack_capacity = ctx->register_capacity = 0;
}

static NOINLINE bool make_room(RegexpContext *ctx, u32 registers) {
  if (!ctx->stack_capacity && !regexp_stack_grow(ctx)) {
    ctx->error = REGEXP_STACK_OVERFLOW;
    return false;
  }
  if (ctx->register_capacity < registers) {
    ctx->register_capacity = registers + 16;
    ctx->registers = base_realloc(ctx->registers, ctx->register_capacity * sizeof(u32));
  }
  return true;
}

static int match(const RegexpCode *code, const void *subject, u32 length, u32 start, bool sticky, u32 *captures,
                 RegexpContext *ctx) {
  if (UNLIKELY(!ctx->stack_capacity || ctx->register_capacity < code->register_count) && !make_room(ctx, code->register_count))
    return REGEXP_ERROR;
  if (code->is_utf16) return regexp_match_utf16(code, subject, length, start, sticky, captures, ctx);
  return regexp_match_latin1(code, subject, length, start, sticky, captures, ctx);
}

// Too much backtracking: the same once more, with a memory of where it has failed, or if that is too large without it.
static NOINLINE int match_linear(const RegexpProgram *program, u32 variant, const void *subject, u32 length, bool sticky,
                                 u32 *captures, RegexpContext *ctx) {
  const RegexpCode *code = code_of(program, variant | VARIANT_LINEAR);
  size_t bytes = code ? ((size_t)code->memo_count * ((size_t)length + 1) + 7) / 8 : 0;
  u8 *memo = code && bytes <= MEMO_BYTES_MAX ? base_try_alloc_zeroed(bytes) : NULL;
  int result;
  if (memo) {
    ctx->memo = memo;
    result = match(code, subject, length, ctx->resume_at, sticky, captures, ctx);
    ctx->memo = NULL;
    base_free(memo);
  } else {
    ctx->linear_off = true;
    result = match(code_of(program, variant), subject, length, ctx->resume_at, sticky, captures, ctx);
    ctx->linear_off = false;
  }
  return result;
}

static u32 before_pair(const u16 *text, u32 length, u32 start) {
  bool within = start && start < length && (text[start] & 0xFC00) == 0xDC00 && (text[start - 1] & 0xFC00) == 0xD800;
  return within ? start - 1 : start;
}

RegexpResult regexp_exec_with(const RegexpProgram *program, const void *subject, bool is_utf16, u32 length, u32 start, u32 options,
                              u32 *captures, RegexpContext *ctx) {
  bool all = captures && !(options & REGEXP_EXEC_BOUNDS) && program->capture_count > 1;
  u32 variant = (is_utf16 ? VARIANT_UTF16 : 0) | (all || program->has_backrefs ? VARIANT_CAPTURES : 0);
  bool sticky = program->flags & REGEXP_STICKY;
  if (options & REGEXP_EXEC_STICKY) sticky = true;
  if (options & REGEXP_EXEC_NOT_STICKY) sticky = false;
  if (is_utf16 && program->flags & REGEXP_UNICODE_MODE) start = before_pair(subject, length, start);
  // With back references groups are always recorded, asked for or not.
  u32 *out = captures;
  u32 few[16], *more = NULL;
  if (captures && !all && variant & VARIANT_CAPTURES && program->capture_count > 1) {
    out = program->capture_count <= 8 ? few : (more = base_alloc(program->capture_count * 2 * sizeof(u32)));
  }
  int result = match(code_of(program, variant), subject, length, start, sticky, out, ctx);
  if (UNLIKELY(result == REGEXP_SWITCH)) result = match_linear(program, variant, subject, length, sticky, out, ctx);
  if (UNLIKELY(out != captures) && result == REGEXP_MATCH) memcpy(captures, out, 2 * sizeof(u32));
  base_free(more);
  return (RegexpResult)result;
}

RegexpResult regexp_exec(const RegexpProgram *program, const void *subject, bool is_utf16, u32 length, u32 start, u32 *captures,
                         RegexpContext *ctx) {
  return regexp_exec_with(program, subject, is_utf16, length, start, 0, captures, ctx);
}
