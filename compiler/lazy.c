// SPDX-License-Identifier: MIT
// Functions that were only pre-parsed, and the names around code that is compiled later.
//
// A NamedScope describes one scope as the parser wants to see it (ScopeInfo) in one native block; inner functions of a scope share it.
#include "compiler/gen_internal.h"

#include <stdatomic.h>

typedef struct NamedScope {
  CodeScope base;
  ScopeInfo info; // info.outer points into base.outer
  u16 context;    // FunctionNode.context of the code it belongs to
} NamedScope;

const ScopeInfo *code_scope_info(const CodeScope *scope) { return scope ? &((const NamedScope *)scope)->info : NULL; }
u16 code_scope_context(const CodeScope *scope) { return scope ? ((const NamedScope *)scope)->context : 0; }

static CodeScope *copy_info(const ScopeInfo *info, CodeScope *outer, u32 first_slot, u16 context) {
  size_t size = sizeof(NamedScope), table = info->table ? (size_t)info->table_mask + 1 : 0;
  size_t variables_at = size;
  size += info->variable_count * sizeof(ScopeInfoVariable);
  size_t table_at = size;
  size = ALIGN_UP(size + table * 4, (size_t)8);
  size_t chars_at = size;
  for (u32 i = 0; i < info->variable_count; i++) {
    size += ALIGN_UP((size_t)info->variables[i].length << info->variables[i].is_utf16, (size_t)2);
  }
  char *memory = base_alloc_zeroed(size);
  NamedScope *scope = (NamedScope *)memory;
  atomic_init(&scope->base.refs, 1);
  scope->base.outer = code_scope_retain(outer);
  scope->info = *info;
  scope->context = context;
  ScopeInfoVariable *variables = (ScopeInfoVariable *)(memory + variables_at);
  if (info->variable_count) memcpy(variables, info->variables, info->variable_count * sizeof *variables);
  scope->info.variables = variables;
  if (table) {
    memcpy(memory + table_at, info->table, table * 4);
    scope->info.table = (const u32 *)(memory + table_at);
  }
  char *chars = memory + chars_at;
  for (u32 i = 0; i < info->variable_count; i++) {
    variables[i].slot += first_slot;
    if (!variables[i].chars) continue;
    size_t bytes = (size_t)variables[i].length << variables[i].is_utf16;
    memcpy(chars, variables[i].chars, bytes);
    variables[i].chars = chars;
    chars += ALIGN_UP(bytes, (size_t)2);
  }
  scope->info.outer = code_scope_info(outer);
  return &scope->base;
}

static bool contributes(const Scope *scope) { return scope->slot_count > 0 || scope_is_dynamic(scope) || scope->is_var_scope; }

CodeScope *code_scope_for(Gen *g, Scope *scope) {
  VEC(Scope *) missing = {0};
  CodeScope *found = g->c->outer_scope;
  for (; scope; scope = scope->parent) {
    if (!contributes(scope)) continue;
    ScopeUser *user = scope_user(g, scope);
    if (user->code_scope) {
      found = user->code_scope;
      break;
    }
    vec_push(&missing, scope);
  }
  while (missing.len) {
    Scope *s = vec_pop(&missing);
    ScopeInfo *info = scope_info_from_scope(s, NULL, g->c->arena);
    info->has_environment = scope_has_env(s);
    found = copy_info(info, found, scope_first_slot(s), s->function->context);
    scope_user(g, s)->code_scope = found;
    vec_push(&g->c->scopes, found);
  }
  vec_free(&missing);
  return found;
}

// ---- lazy functions

typedef struct LazyData {
  const u8 *code; // the body is here, compiled already (code_bytes.h); NULL: it is compiled from source
  size_t code_size;
  LazyFunction function; // its pointers lead into `bytes`
  bool is_class_constructor, has_instance_init;
  u8 bytes[];
} LazyData;

void lazy_attach(Gen *g, CodeBlock *block, FunctionNode *fn, ClassNode *class_node) {
  LazyFunction f;
  parser_describe_lazy(fn, &f);
  size_t name = (size_t)f.name_length << f.name_is_utf16, name_at = ALIGN_UP((size_t)f.preparse_length, (size_t)8);
  LazyData *data = base_alloc_zeroed(sizeof *data + name_at + name + 8);
  u8 *aligned = (u8 *)ALIGN_UP((uintptr_t)data->bytes, (uintptr_t)8);
  if (f.preparse_length) memcpy(aligned, f.preparse, f.preparse_length);
  if (name) memcpy(aligned + name_at, f.name, name);
  if (f.preparse) f.preparse = aligned;
  if (f.name) f.name = aligned + name_at;
  data->function = f;
  data->is_class_constructor = class_node != NULL;
  data->has_instance_init = class_node && class_node->instance_init;
  block->lazy = data;
  block->outer_scope = code_scope_retain(code_scope_for(g, g->scope));
}

void *lazy_from_bytes(const u8 *bytes, size_t size) {
  LazyData *data = base_alloc_zeroed(sizeof *data);
  data->code = bytes;
  data->code_size = size;
  return data;
}

static void publish(CodeBlock *block, CodeBody *body) {
  CodeBody *none = NULL;
  if (!atomic_compare_exchange_strong_explicit(&block->body, &none, body, memory_order_acq_rel, memory_order_acquire)) {
    code_body_free(body); // another thread was faster
  }
}

bool compile_lazy_body(CodeBlock *block, const CompileOptions *options, Arena *arena, Diagnostic *diag) {
  const LazyData *data = block->lazy;
  if (data->code) {
    CodeBody *read = code_bytes_body(block, data->code, data->code_size);
    CHECK(read);
    publish(block, read);
    return true;
  }
  Compiler c = {.arena = arena, .text = block->source, .diag = diag, .stack_limit = options->stack_limit, .root = block};
  c.poll = options->poll;
  c.poll_data = options->poll_data;
  c.source = (Source){.name = block->source->name,
                      .chars = source_text_chars(block->source),
                      .length = block->source->length,
                      .is_utf16 = block->source->utf16};
  c.outer_scope = block->outer_scope;
  c.outer_info = code_scope_info(block->outer_scope);
  ParseOptions parse = {.lazy = LAZY_AUTO, .stack_limit = options->stack_limit, .outer_scope = c.outer_info};
  parse.poll = options->poll;
  parse.poll_data = options->poll_data;
  ParseResult result = {0};
  if (!parser_parse_function(&c.source, &data->function, &parse, arena, &result)) {
    *diag = result.diagnostic;
    return false;
  }
  ClassNode class_node = {0};
  FunctionNode init = {0};
  class_node.instance_init = data->has_instance_init ? &init : NULL;
  CodeBody *body = compile_one(&c, block, result.root, data->is_class_constructor ? &class_node : NULL);
  compile_pending(&c);
  bool ok = !c.failed;
  if (ok) publish(block, body);
  else code_body_free(body);
  compiler_dispose(&c);
  return ok;
}
