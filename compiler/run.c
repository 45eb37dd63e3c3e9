// SPDX-License-Identifier: MIT
// The compiler as an isolate uses it: texts to code, diagnostics to SyntaxErrors, the hooks for eval, new Function and lazy functions.
#include "compiler/gen_internal.h"
#include "vm/function.h"
#include "vm/object.h"
#include "vm/error.h"

#include <stdatomic.h>

// Frames of the parser and the code generator need more room than the checks of the VM leave.
static uintptr_t stack_limit_of(Isolate *iso) { return (uintptr_t)iso->c_stack_limit + 48 * 1024; }

// ---- diagnostics

static void append_source_line(StringBuilder *sb, const SourceText *text, const Diagnostic *diag) {
  Source source = {.name = text->name, .chars = source_text_chars(text), .length = text->length, .is_utf16 = text->utf16};
  SourcePosition at = source_position(&source, diag->start);
  source_free_lines(&source);
  char number[24];
  snprintf(number, sizeof number, ":%u\n", at.line + text->line_offset);
  sb_append_utf8(sb, text->name, strlen(text->name));
  sb_append_ascii(sb, number);
  if (at.line_end - at.line_start > SOURCE_FRAME_LINE_MAX) {
    sb_append_ascii(sb, "\n");
    return;
  }
  for (u32 i = at.line_start; i < at.line_end; i++) sb_append_unit(sb, (u16)source_char_at(&source, i));
  sb_append_ascii(sb, "\n");
  u32 last = MIN(at.line_end, at.line_start + SOURCE_FRAME_CARET_MAX);
  for (u32 i = at.line_start; i < diag->start && i < last; i++) {
    sb_append_unit(sb, source_char_at(&source, i) == '\t' ? '\t' : ' ');
  }
  for (u32 i = diag->start; i < diag->end && i < last; i++) sb_append_ascii(sb, "^");
  sb_append_ascii(sb, "\n\n");
}

// Puts file, line and carets before the stack, as Node shows errors of scripts and modules.
static void decorate_stack(Isolate *iso, const SourceText *text, const Diagnostic *diag) {
  Value error = isolate_take_exception(iso);
  JSObject *o = (JSObject *)value_cell(error);
  Value stack = obj_get(iso, o, ATOM(stack));
  if (stack && value_is_string(stack)) {
    StringBuilder sb;
    sb_init(&sb, iso);
    append_source_line(&sb, text, diag);
    sb_append(&sb, value_string(stack));
    String *s = sb_finish(&sb);
    if (s && o->cell.kind == KIND_ERROR) slot_set(iso, o, &((JSError *)o)->stack_value, value_from_cell(s));
  }
  iso->exception = error;
}

// The poll has thrown already.
static void *throw_plain(Isolate *iso, const Diagnostic *diag) {
  if (diag->kind == DIAG_STOPPED) return NULL;
  if (diag->kind == DIAG_RANGE_ERROR) {
    if (strstr(diag->message, "stack")) return throw_stack_overflow(iso);
    return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "%s", diag->message);
  }
  return THROW(iso, SYNTAX, diag->message);
}

void *throw_diagnostic(Isolate *iso, SourceText *text, const Diagnostic *diag) {
  throw_plain(iso, diag);
  if (diag->kind == DIAG_SYNTAX_ERROR) decorate_stack(iso, text, diag);
  return NULL;
}

// ---- texts

static bool poll(void *isolate) { return isolate_poll(isolate); }

static CodeBlock *compile_text(Isolate *iso, SourceText *text, const CompileOptions *options, bool decorate) {
  Arena arena;
  arena_init(&arena);
  Diagnostic diag;
  CodeBlock *block = NULL;
  CompileOptions own = *options;
  if (!own.stack_limit) own.stack_limit = stack_limit_of(iso);
  own.poll = poll;
  own.poll_data = iso;
  if (!compile_source(text, &own, &arena, &block, &diag)) {
    if (decorate) {
      throw_diagnostic(iso, text, &diag);
    } else {
      throw_plain(iso, &diag);
    }
    block = NULL;
  }
  arena_free(&arena);
  return block;
}

CodeBlock *compile_script(Isolate *iso, SourceText *text, const CompileOptions *options) {
  CompileOptions own = options ? *options : (CompileOptions){0};
  own.goal = PARSE_SCRIPT;
  return compile_text(iso, text, &own, true);
}

CodeBlock *compile_module(Isolate *iso, SourceText *text) {
  return compile_text(iso, text, &(CompileOptions){.goal = PARSE_MODULE}, true);
}

CodeBlock *compile_function_body(Isolate *iso, SourceText *text, const char *const *params, u32 param_count, bool is_async) {
  CompileOptions options = {.goal = PARSE_FUNCTION_BODY, .params = params, .param_count = param_count, .is_async = is_async};
  return compile_text(iso, text, &options, true);
}

Value closure_from_block(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined) {
  Code *code = TRY(code_new(iso, realm, block, host_defined));
  return value_from_cell(TRY(function_new(iso, code, NULL)));
}

Value run_script(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined) {
  Value f = TRY(closure_from_block(iso, realm, block, host_defined));
  return call_function(iso, f, slot_get(&realm->global_this), 0, NULL);
}

// ---- hooks

static SourceText *text_of_string(Isolate *iso, String *s, const char *name) {
  s = TRY(str_flatten(iso, s));
  bool wide = str_is_utf16(s);
  const void *chars = wide ? (const void *)str_chars16(s) : (const void *)str_chars8(s);
  return source_text_new(chars, wide, s->length, name, true);
}

static const CodeBody *hook_compile_lazy(Isolate *iso, CodeBlock *block) {
  Arena arena;
  arena_init(&arena);
  Diagnostic diag = {0};
  CompileOptions options = {.stack_limit = stack_limit_of(iso), .poll = poll, .poll_data = iso};
  bool ok = compile_lazy_body(block, &options, &arena, &diag);
  if (!ok) throw_plain(iso, &diag);
  arena_free(&arena);
  return ok ? atomic_load_explicit(&block->body, memory_order_acquire) : NULL;
}

static Value hook_eval(Isolate *iso, String *source, const EvalCall *call) {
  CompileOptions options = {.goal = PARSE_EVAL};
  if (call->caller) {
    const CodeBody *body = atomic_load_explicit(&((CodeBlock *)(uintptr_t)call->caller)->body, memory_order_acquire);
    options.outer_scope = body->scopes[call->scope];
    options.context = code_scope_context(options.outer_scope);
    if (call->strict) options.context |= CONTEXT_STRICT;
  }
  SourceText *text = TRY(text_of_string(iso, source, "<anonymous>"));
  CodeBlock *block = compile_text(iso, text, &options, false);
  source_text_release(text);
  if (!block) return VALUE_FAIL;
  Code *code = code_new(iso, call->realm, block, get_active_script_or_module(iso));
  code_block_release(block);
  JSFunction *f = TRY(function_new(iso, TRY(code), call->caller ? call->env : NULL));
  Value this_value = call->caller ? call->this_value : slot_get(&call->realm->global_this);
  return call_function(iso, value_from_object(&f->object), this_value, 0, NULL);
}

static CodeBlock *hook_compile_function(Isolate *iso, String *params, String *body, u32 code_flags, const char *prefix) {
  (void)code_flags; // said by the prefix
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, prefix);
  sb_append_ascii(&sb, " anonymous(");
  sb_append(&sb, params);
  sb_append_ascii(&sb, "\n) ");
  u32 body_start = sb.length;
  sb_append_ascii(&sb, "{\n");
  sb_append(&sb, body);
  sb_append_ascii(&sb, "\n}");
  String *whole = TRY(sb_finish(&sb));
  SourceText *text = TRY(text_of_string(iso, whole, "<anonymous>"));
  CompileOptions options = {.goal = PARSE_FUNCTION, .function_body_start = body_start};
  CodeBlock *block = compile_text(iso, text, &options, false);
  source_text_release(text);
  return block;
}

static void hook_free_lazy(void *lazy) { base_free(lazy); }

void compiler_fill_hooks(Hooks *hooks) {
  hooks->compile_lazy = hook_compile_lazy;
  hooks->eval = hook_eval;
  hooks->compile_function = hook_compile_function;
  hooks->free_lazy = hook_free_lazy;
}
