// SPDX-License-Identifier: MIT
// Functions: their blocks, prologue (FunctionDeclarationInstantiation, 10.2.11), body and end.
#include "compiler/gen_internal.h"

#include <stdatomic.h>

// ---- blocks

static bool is_class_constructor(const FunctionNode *fn) {
  return fn->kind == FN_CONSTRUCTOR || fn->kind == FN_DERIVED_CONSTRUCTOR;
}

static u32 block_flags(const FunctionNode *fn) {
  u32 flags = 0;
  bool member = fn->kind >= FN_METHOD && fn->kind <= FN_STATIC_INIT && !is_class_constructor(fn);
  if (fn->is_strict) flags |= CODE_STRICT;
  if (fn->kind == FN_ARROW) flags |= CODE_ARROW;
  if (member) flags |= CODE_METHOD;
  if (fn->is_generator) flags |= CODE_GENERATOR;
  if (fn->is_async || (fn->kind >= FN_SCRIPT && fn->has_await)) flags |= CODE_ASYNC;
  if (is_class_constructor(fn)) flags |= CODE_CLASS_CONSTRUCTOR | CODE_CONSTRUCTOR | CODE_HOME;
  if (fn->kind == FN_DERIVED_CONSTRUCTOR) flags |= CODE_DERIVED;
  if (fn->kind == FN_NORMAL && !fn->is_generator && !fn->is_async) flags |= CODE_CONSTRUCTOR;
  if (fn->has_rest || fn->uses_arguments) flags |= CODE_NEEDS_SURPLUS;
  if (fn->kind == FN_MODULE) flags |= CODE_MODULE;
  if (fn->has_direct_eval) flags |= CODE_HAS_EVAL;
  if (member && (fn->uses_super_property || fn->uses_super_call || fn->has_direct_eval || fn->inner_direct_eval))
    flags |= CODE_HOME;
  if (!fn->is_strict && fn->uses_this && fn->kind < FN_SCRIPT && fn->kind != FN_ARROW) flags |= CODE_SLOPPY_THIS;
  return flags;
}

CodeBlock *block_new(Compiler *c, FunctionNode *fn, AstName *name, const char *prefix) {
  CodeBlock *block = base_alloc_zeroed(sizeof *block);
  atomic_init(&block->refs, 1);
  block->flags = (u16)block_flags(fn);
  block->param_count = (u16)(fn->kind == FN_MODULE ? 1 : fn->param_count);
  block->length = fn->length;
  block->start = fn->start;
  block->end = fn->end;
  block->instance_slots = fn->this_property_count;
  block->source = source_text_retain(c->text);
  block->name = name_to_wtf8(name, prefix, &block->name_length);
  if (c->root) {
    code_block_adopt(c->root, block);
  } else {
    c->root = block;
  }
  return block;
}

static void add_pending(Compiler *c, CodeBlock *block, FunctionNode *fn, ClassNode *class_node) {
  PendingFunction *pending = ARENA_NEW(c->arena, PendingFunction);
  *pending = (PendingFunction){block, fn, class_node, NULL};
  if (c->last) {
    c->last->next = pending;
  } else {
    c->first = pending;
  }
  c->last = pending;
}

CodeBlock *block_for_function(Gen *g, FunctionNode *fn, AstName *name, const char *prefix, ClassNode *class_node) {
  CodeBlock *block = block_new(g->c, fn, name, prefix);
  if (class_node && is_class_constructor(fn)) {
    block->start = class_node->start;
    block->end = class_node->end;
    for (u32 i = 0; i < class_node->count; i++) {
      ClassElement *e = class_node->elements[i];
      if (e->base.op == PROPERTY_FIELD && !(e->base.flags & ELEMENT_STATIC)) block->instance_slots++;
    }
  }
  if (fn->is_lazy) {
    lazy_attach(g, block, fn, class_node);
  } else {
    add_pending(g->c, block, fn, class_node);
  }
  return block;
}

Reg gen_function(Gen *g, FunctionNode *fn, AstName *name, const char *prefix, ClassNode *class_node, Reg dst) {
  dst = reg_result(g, dst);
  u32 mark = g->next_reg;
  u32 number = const_function(g, block_for_function(g, fn, name, prefix, class_node));
  if (LIKELY(number <= 0xffff)) {
    Reg env = current_env(g);
    emit(g, OP_CLOSURE, (u32)dst, (u32)env, (i32)number);
  } else {
    Reg window = reg_window(g, 2);
    gen_move(g, current_env(g), window + 1);
    emit_big(g, OP_LOAD_K, (u32)window, (i32)number);
    reg_release(g, (u32)window + 2);
    gen_runtime(g, RUNTIME_CLOSURE, window, 2);
    gen_move(g, window, dst);
  }
  reg_release(g, mark);
  return dst;
}

// ---- parameters

static IdentifierNode *plain_parameter(Node *param) { // `a` or `a = default`
  if (param->type == AST_DEFAULT) param = ((AssignNode *)param)->target;
  return param->type == AST_IDENTIFIER ? (IdentifierNode *)param : NULL;
}

// Parameters that stay in the registers they arrive in; the others get one.
static void place_parameters(Gen *g) {
  FunctionNode *fn = g->fn;
  for (u32 i = 0; i < fn->params.count; i++) {
    IdentifierNode *id = plain_parameter(fn->params.items[i]);
    if (id && id->var && !id->var->captured && !id->var->needs_tdz) reg_set_variable(g, (Reg)i + 1, id->var);
  }
  for (Variable *v = fn->scope->variables; v; v = v->next) {
    if (v->kind != VAR_PARAMETER || v->captured || v->reg >= 0) continue;
    reg_for_variable(g, v);
    if (v->needs_tdz) load_special(g, SPECIAL_EMPTY, v->reg);
  }
}

static void bind_parameter(Gen *g, Node *param, u32 index) {
  u32 mark = g->next_reg;
  Reg arrived = (Reg)index + 1;
  if (param->type == AST_REST) {
    Node *target = ((UnaryNode *)param)->operand;
    Reg rest = reg_new(g);
    emit(g, OP_REST, (u32)rest, index, 0);
    gen_bind(g, target, rest, BIND_INIT);
  } else {
    if (param->type == AST_DEFAULT) {
      AssignNode *d = (AssignNode *)param;
      Label given = LABEL_INIT;
      emit_jump(g, OP_JNOT_UNDEFINED, (u32)arrived, 0, &given);
      gen_named(g, d->value, d->target->type == AST_IDENTIFIER ? ((IdentifierNode *)d->target)->name : NULL, arrived);
      label_bind(g, &given);
      param = d->target;
    }
    bool in_place = param->type == AST_IDENTIFIER && ((IdentifierNode *)param)->var->reg == arrived;
    if (!in_place) gen_bind(g, param, arrived, BIND_INIT);
  }
  reg_release(g, mark);
}

static void bind_parameters(Gen *g) {
  FunctionNode *fn = g->fn;
  for (u32 i = 0; i < fn->params.count; i++) {
    Node *param = fn->params.items[i];
    if (param->type == AST_IDENTIFIER) {
      Variable *v = ((IdentifierNode *)param)->var;
      if (v->param_index >= 0 && v->param_index != (i32)i) continue; // a later one of the same name counts
      if (v->reg == (Reg)i + 1) continue;
    }
    bind_parameter(g, param, i);
  }
}

// ---- implicit variables

static void init_from(Gen *g, Variable *v, Opcode op) {
  if (!v) return;
  u32 mark = g->next_reg;
  Reg r = reg_new(g);
  emit(g, op, (u32)r, 0, 0);
  init_variable(g, v, r);
  reg_release(g, mark);
}

static void gen_arguments_object(Gen *g) {
  FunctionNode *fn = g->fn;
  Variable *v = fn->arguments_var;
  if (!fn->uses_arguments || fn->arguments_elided || !v || v->function) return;
  u32 mark = g->next_reg;
  bool in_register = !v->captured;
  Reg r = in_register ? reg_for_variable(g, v) : reg_new(g);
  if (in_register) mark = g->next_reg;
  bool mapped = fn->mapped_arguments && fn->params.count && scope_has_env(fn->scope);
  if (mapped) {
    u32 *slots = ARENA_ARRAY(g->c->arena, u32, fn->params.count);
    for (u32 i = 0; i < fn->params.count; i++) {
      Variable *p = ((IdentifierNode *)fn->params.items[i])->var;
      bool shared = p->captured && p->param_index == (i32)i;
      slots[i] = shared ? const_number(g, p->slot + scope_first_slot(fn->scope)) : ARRAY_CONSTANT_HOLE;
    }
    u32 number = const_array(g, slots, fn->params.count);
    emit(g, OP_ARGUMENTS_MAPPED, (u32)r, (u32)scope_env_register(g, fn->scope), (i32)number);
  } else if (fn->mapped_arguments) { // sloppy without parameters: still has callee
    u32 number = const_array(g, NULL, 0);
    emit(g, OP_ARGUMENTS_MAPPED, (u32)r, (u32)current_env(g), (i32)number);
  } else {
    emit(g, OP_ARGUMENTS, (u32)r, 0, 0);
  }
  if (!in_register) init_variable(g, v, r);
  reg_release(g, mark);
}

static void gen_implicit_variables(Gen *g) {
  FunctionNode *fn = g->fn;
  if (fn->this_var && fn->kind != FN_DERIVED_CONSTRUCTOR) init_variable(g, fn->this_var, 0);
  init_from(g, fn->new_target_var, OP_LOAD_NEW_TARGET);
  init_from(g, fn->callee_var, OP_LOAD_CALLEE);
  if (fn->self_var && fn->self_var->captured) init_from(g, fn->self_var, OP_LOAD_CALLEE);
}

// ---- var and function names

static bool is_var_kind(const Variable *v) { return v->kind == VAR_VAR || v->kind == VAR_FUNCTION; }

static bool starts_undefined(const Gen *g, const Variable *v) {
  return is_var_kind(v) && v != g->fn->arguments_var && !v->param_alias && !v->function;
}

void declare_function_variables(Gen *g, Scope *scope) {
  for (Variable *v = scope->variables; v; v = v->next) {
    if (is_var_kind(v) && !v->captured && v->reg < 0 && v != g->fn->arguments_var) reg_for_variable(g, v);
  }
  u32 mark = g->next_reg;
  Reg undefined = NO_REG;
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->param_alias) {
      Reg r = load_variable(g, v->param_alias, NO_REG);
      init_variable(g, v, r);
    } else if (starts_undefined(g, v) && v->captured) {
      if (undefined == NO_REG) {
        undefined = reg_new(g);
        load_undefined(g, undefined);
      }
      init_variable(g, v, undefined);
    }
  }
  reg_release(g, mark);
  for (Variable *v = scope->variables; v; v = v->next) { // last, in one stretch: see VarInit
    if (starts_undefined(g, v) && !v->captured) reg_add_init(g, v->reg);
  }
}

static void enter_function_scope(Gen *g, Scope *scope) {
  declare_function_variables(g, scope);
  scope_declare_registers(g, scope);
  scope_instantiate_functions(g, scope);
}

// ---- prologue

static void gen_function_entry(Gen *g) {
  FunctionNode *fn = g->fn;
  if (is_class_constructor(fn)) emit(g, OP_CHECK_CLASS_CALL, 0, 0, 0);
  if (g->block->flags & CODE_SLOPPY_THIS) emit(g, OP_COERCE_THIS, 0, 0, 0);
  if (fn->kind == FN_CONSTRUCTOR && (!g->class_node || g->class_node->instance_init)) {
    Reg callee = reg_new(g);
    emit(g, OP_LOAD_CALLEE, (u32)callee, 0, 0);
    emit(g, OP_RUN_FIELD_INIT, 0, (u32)callee, 0);
    reg_release(g, (u32)callee);
  }
}

static void gen_function_prologue(Gen *g) {
  FunctionNode *fn = g->fn;
  gen_function_entry(g);
  if (scope_has_env(fn->scope)) scope_make_env(g, fn->scope);
  g->scope = fn->scope;
  place_parameters(g);
  gen_implicit_variables(g);
  if (fn->has_simple_params) {
    bind_parameters(g);
    gen_arguments_object(g);
  } else {
    gen_arguments_object(g);
    bind_parameters(g);
  }
  if (!fn->body_scope) {
    enter_function_scope(g, fn->scope);
    return;
  }
  scope_declare_registers(g, fn->scope);
  if (scope_has_env(fn->body_scope)) scope_make_env(g, fn->body_scope);
  g->scope = fn->body_scope;
  enter_function_scope(g, fn->body_scope);
}

// ---- body

static void gen_body(Gen *g) {
  FunctionNode *fn = g->fn;
  if (fn->kind == FN_FIELD_INIT || fn->kind == FN_STATIC_INIT) {
    gen_field_initialisers(g);
  } else if (fn->is_expression_body && fn->body.count) {
    Reg r = gen_any(g, fn->body.items[0]);
    gen_return(g, r);
  } else {
    gen_statements(g, &fn->body);
  }
}

static void gen_end(Gen *g) {
  if (g->unreachable) return;
  if (g->completion != NO_REG) {
    gen_return_final(g, g->completion);
  } else if (g->is_async || g->derived) {
    Reg r = reg_new(g);
    load_undefined(g, r);
    gen_return_final(g, r);
  } else {
    emit(g, OP_RETURN_UNDEFINED, 0, 0, 0);
  }
}

static void gen_body_with_resources(Gen *g) {
  Scope *scope = g->fn->body_scope ? g->fn->body_scope : g->fn->scope;
  if (!scope->has_using) {
    gen_body(g);
    return;
  }
  Control control;
  Reg list = reg_new(g);
  g->disposables = list;
  using_begin(g, &control, list);
  gen_body(g);
  using_end(g, &control, list, scope->has_await_using);
}

// The handler around the body of async code turns what is thrown into a rejection.
static void async_end(Gen *g, Region *region) {
  Label handler = LABEL_INIT;
  Reg error = reg_new(g);
  region_pause(g, region);
  region->paused = 0;
  label_bind(g, &handler);
  g->unreachable = false;
  region_end(g, region, &handler, error);
  emit(g, g->is_generator ? OP_ASYNC_GENERATOR_REJECT : OP_ASYNC_REJECT, (u32)error, (u32)g->generator, 0);
}

static void async_begin(Gen *g, Region *region) {
  region_begin(g, region);
  g->open_regions--; // it looks at no variable
}

static void gen_synthetic_constructor(Gen *g) {
  emit(g, OP_CHECK_CLASS_CALL, 0, 0, 0);
  bool fields = g->class_node->instance_init != NULL;
  if (!g->derived) {
    if (fields) {
      Reg callee = reg_new(g);
      emit(g, OP_LOAD_CALLEE, (u32)callee, 0, 0);
      emit(g, OP_RUN_FIELD_INIT, 0, (u32)callee, 0);
    }
    emit(g, OP_RETURN_UNDEFINED, 0, 0, 0);
    return;
  }
  Reg args = reg_new(g), callee = reg_new(g), w = reg_window(g, CALL_WINDOW + 1);
  emit(g, OP_REST, (u32)args, 0, 0);
  emit(g, OP_LOAD_CALLEE, (u32)callee, 0, 0);
  emit(g, OP_SUPER_CONSTRUCTOR, (u32)w + 1, (u32)callee, 0);
  emit(g, OP_LOAD_NEW_TARGET, (u32)w, 0, 0);
  emit(g, OP_SUPER_CALL_SPREAD, (u32)w, (u32)args, 0);
  if (fields) emit(g, OP_RUN_FIELD_INIT, 0, (u32)callee, 0);
  emit(g, OP_RETURN, 0, 0, 0);
}

static void gen_module_body(Gen *g) {
  Region region;
  gen_module_instantiation(g);
  if (g->is_async) {
    g->generator = reg_new(g);
    emit(g, OP_ASYNC_START, (u32)g->generator, 0, 0);
    async_begin(g, &region);
  }
  gen_module_prologue(g);
  gen_body_with_resources(g);
  gen_end(g);
  if (g->is_async) async_end(g, &region);
}

static void gen_code(Gen *g) {
  FunctionNode *fn = g->fn;
  Region region;
  if (fn->user == &fn->user) {
    gen_synthetic_constructor(g);
    return;
  }
  if (fn->kind == FN_MODULE) {
    gen_module_body(g);
    return;
  }
  bool async_function = g->is_async && !g->is_generator;
  if (g->is_async || g->is_generator) g->generator = reg_new(g);
  if (async_function) {
    emit(g, OP_ASYNC_START, (u32)g->generator, 0, 0);
    async_begin(g, &region);
  }
  if (fn->kind == FN_SCRIPT) {
    gen_script_prologue(g);
  } else if (fn->kind == FN_EVAL) {
    gen_eval_prologue(g);
  } else {
    gen_function_prologue(g);
  }
  if (g->is_generator) {
    emit(g, OP_GENERATOR_START, (u32)g->generator, 0, 0);
    if (g->is_async) async_begin(g, &region);
  }
  gen_body_with_resources(g);
  gen_end(g);
  if (g->is_async) async_end(g, &region);
}

static void gen_free(Gen *g) {
  vec_free(&g->words);
  vec_free(&g->positions);
  vec_free(&g->handlers);
  vec_free(&g->fixups);
  vec_free(&g->constants);
  vec_free(&g->strings);
  vec_free(&g->text8);
  vec_free(&g->text16);
  vec_free(&g->ic_keys);
  vec_free(&g->functions);
  vec_free(&g->templates);
  vec_free(&g->shapes);
  vec_free(&g->arrays);
  vec_free(&g->scopes);
  base_free(g->numbers.entries);
  base_free(g->keyed_ics.entries);
  vec_free(&g->reg_info);
  vec_free(&g->var_inits);
  vec_free(&g->written);
}

void compiler_dispose(Compiler *c) {
  if (c->spare) gen_free(c->spare);
  for (u32 i = 0; i < c->scopes.len; i++) code_scope_release(c->scopes.data[i]);
  vec_free(&c->scopes);
}

static void empty_map(ConstMap *map) {
  if (map->count) memset(map->entries, 0, (map->mask + 1ul) * sizeof *map->entries);
  map->count = 0;
}

// The memory of the function before, emptied.
static void take_spare(Gen *g, Compiler *c) {
  Gen *spare = c->spare;
  if (!spare) {
    c->spare = ARENA_NEW(c->arena, Gen);
    return;
  }
#define TAKE(v) g->v = spare->v, g->v.len = 0
  TAKE(words), TAKE(positions), TAKE(handlers), TAKE(fixups), TAKE(constants), TAKE(strings), TAKE(text8), TAKE(text16);
  TAKE(ic_keys), TAKE(functions), TAKE(templates), TAKE(shapes), TAKE(arrays), TAKE(scopes), TAKE(reg_info), TAKE(var_inits),
      TAKE(written);
#undef TAKE
  g->numbers = spare->numbers;
  g->keyed_ics = spare->keyed_ics;
  empty_map(&g->numbers);
  empty_map(&g->keyed_ics);
}

CodeBody *compile_one(Compiler *c, CodeBlock *block, FunctionNode *fn, ClassNode *class_node) {
  Gen g = {.c = c, .fn = fn, .block = block, .class_node = class_node};
  take_spare(&g, c);
  g.completion = g.generator = g.scratch_local = g.disposables = NO_REG;
  g.strict = fn->is_strict;
  g.is_async = block->flags & CODE_ASYNC;
  g.is_generator = fn->is_generator;
  g.derived = fn->kind == FN_DERIVED_CONSTRUCTOR;
  g.is_module = fn->kind == FN_MODULE;
  g.pos = fn->base.pos;
  g.next_reg = g.max_reg = 1u + block->param_count;
  c->serial++;
  if ((fn->kind == FN_SCRIPT && c->want_completion) || fn->kind == FN_EVAL) {
    g.completion = reg_new(&g);
    load_undefined(&g, g.completion);
  }
  gen_code(&g);
  CodeBody *body = emit_finish(&g);
  *c->spare = g;
  return body;
}

void compile_pending(Compiler *c) {
  while (c->first && !c->failed) {
    PendingFunction *pending = c->first;
    c->first = pending->next;
    if (!c->first) c->last = NULL;
    CodeBody *body = compile_one(c, pending->block, pending->fn, pending->class_node);
    atomic_store_explicit(&pending->block->body, body, memory_order_release);
  }
}

// ---- default constructors

CodeBlock *default_constructor(Gen *g, ClassNode *node, AstName *name) {
  Arena *arena = g->c->arena;
  FunctionNode *fn = ARENA_NEW(arena, FunctionNode);
  fn->base.type = AST_FUNCTION;
  fn->base.pos = node->base.pos;
  fn->kind = node->heritage ? FN_DERIVED_CONSTRUCTOR : FN_CONSTRUCTOR;
  fn->is_strict = fn->has_simple_params = true;
  fn->has_rest = false;
  fn->start = node->start;
  fn->end = node->end;
  fn->user = &fn->user;
  fn->scope = ARENA_NEW(arena, Scope);
  fn->scope->kind = SCOPE_FUNCTION;
  fn->scope->parent = g->scope;
  fn->scope->function = fn;
  fn->scope->is_strict = true;
  CodeBlock *block = block_for_function(g, fn, name, NULL, node);
  if (node->heritage) block->flags |= CODE_NEEDS_SURPLUS;
  return block;
}
