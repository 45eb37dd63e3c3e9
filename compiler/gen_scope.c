// SPDX-License-Identifier: MIT
// Scopes and names: which register holds which variable or environment, and the instructions that read and write a name.
#include "compiler/gen_internal.h"

ScopeUser *scope_user(Gen *g, Scope *scope) {
  if (!scope->user) {
    ScopeUser *user = scope->user = ARENA_NEW(g->c->arena, ScopeUser);
    user->env = NO_REG;
  }
  return scope->user;
}

// ---- environments

bool scope_has_env(const Scope *scope) { return scope->kind != SCOPE_SCRIPT && (scope->slot_count > 0 || scope_is_dynamic(scope)); }

// Functions in whose scope a sloppy direct eval may declare names keep those in slot 0.
static bool keeps_eval_vars(const Scope *scope) {
  return scope->has_sloppy_eval && scope->kind != SCOPE_EVAL && scope->kind != SCOPE_SCRIPT;
}

u32 scope_first_slot(const Scope *scope) { return keeps_eval_vars(scope) ? 1 : 0; }

Reg scope_env_register(const Gen *g, const Scope *scope) {
  (void)g;
  return scope->user ? ((const ScopeUser *)scope->user)->env : NO_REG;
}

void scope_set_env_register(Gen *g, Scope *scope, Reg reg) { scope_user(g, scope)->env = reg; }

Reg current_env(Gen *g) {
  for (Scope *s = g->scope; s; s = s->parent) {
    if (scope_has_env(s) && scope_env_register(g, s) != NO_REG) return scope_env_register(g, s);
    if (s == g->fn->scope) break;
  }
  Reg r = reg_new(g);
  emit(g, OP_LOAD_ENV, (u32)r, 0, 0);
  return r;
}

void scope_make_env(Gen *g, Scope *scope) {
  Reg env = reg_new(g);
  u32 mark = g->next_reg;
  if (keeps_eval_vars(scope)) {
    Reg window = reg_window(g, 2);
    Reg parent = current_env(g);
    gen_move(g, parent, window);
    load_int(g, (i32)scope->slot_count + 1, window + 1);
    gen_runtime(g, RUNTIME_NEW_EVAL_VARS_ENV, window, 2);
    gen_move(g, window, env);
  } else {
    Reg parent = current_env(g);
    emit(g, OP_NEW_ENV, (u32)env, (u32)parent, (i32)scope->slot_count);
  }
  reg_release(g, mark);
  scope_set_env_register(g, scope, env);
}

void scope_fresh_env(Gen *g, Scope *scope) {
  if (!scope || !scope_has_env(scope)) return;
  Reg env = scope_env_register(g, scope);
  emit(g, OP_COPY_ENV, (u32)env, (u32)env, 0);
}

// ---- entering and leaving

static bool variable_wants_register(const Scope *scope, const Variable *v) {
  if (v->captured || scope->kind == SCOPE_SCRIPT) return false;
  switch (v->kind) {
  case VAR_PARAMETER:
  case VAR_ARGUMENTS:
  case VAR_FUNCTION_NAME:
  case VAR_THIS:
  case VAR_NEW_TARGET:
  case VAR_CALLEE:
  case VAR_IMPORT: return false; // parameters and the like: gen_function.c
  case VAR_VAR:
  case VAR_FUNCTION: return scope->kind == SCOPE_STATIC_BLOCK;
  default: return true;
  }
}

void scope_declare_registers(Gen *g, Scope *scope) {
  for (Variable *v = scope->variables; v; v = v->next) {
    bool is_var = v->kind == VAR_VAR || v->kind == VAR_FUNCTION;
    if (v->captured && is_var && scope->kind == SCOPE_STATIC_BLOCK) {
      u32 mark = g->next_reg;
      Reg r = reg_new(g);
      load_undefined(g, r);
      init_variable(g, v, r);
      reg_release(g, mark);
    }
    if (!variable_wants_register(scope, v)) continue;
    Reg r = reg_for_variable(g, v);
    if (is_var) {
      load_undefined(g, r);
    } else if (v->needs_tdz) {
      load_special(g, SPECIAL_EMPTY, r);
    }
  }
}

void scope_instantiate_functions(Gen *g, Scope *scope) {
  for (FunctionDeclarationNode *node = scope->functions; node; node = node->next) {
    if (node->var->function != node) continue; // a later one of the same name wins
    u32 mark = g->next_reg;
    bool in_register = !node->var->captured && node->var->reg >= 0;
    Reg r = gen_function(g, node->function, node->function->name, NULL, NULL, in_register ? node->var->reg : NO_REG);
    if (in_register) {
      reg_note_write(g, r);
    } else {
      init_variable(g, node->var, r);
    }
    reg_release(g, mark);
  }
}

Scope *scope_enter(Gen *g, Scope *scope) {
  Scope *outer = g->scope;
  if (!scope) return outer;
  if (scope_has_env(scope)) scope_make_env(g, scope);
  g->scope = scope;
  scope_declare_registers(g, scope);
  scope_instantiate_functions(g, scope);
  return outer;
}

void scope_leave(Gen *g, Scope *outer) { g->scope = outer; }

// ---- where a variable lives

static u32 envs_between(const Scope *from, const Scope *to) {
  u32 n = 0;
  for (const Scope *s = from; s && s != to; s = s->parent) n += scope_has_env(s);
  return n;
}

static bool is_module_binding(const Variable *v) { return v->kind == VAR_IMPORT || v->is_exported; }

// Where code finds a variable; no checks yet.
static void locate(Gen *g, Variable *v, NameRef *ref) {
  if (v->is_outer) {
    ref->kind = is_module_binding(v) ? REF_UP_MODULE : REF_UP;
    ref->hops = envs_between(g->fn->scope->parent, NULL) + v->hops;
    ref->slot = v->slot;
    return;
  }
  Scope *scope = v->scope;
  if (scope->kind == SCOPE_SCRIPT) {
    ref->kind = REF_GLOBAL;
    return;
  }
  if (scope->kind == SCOPE_EVAL && !scope->is_strict && !variable_is_lexical(v)) { // belongs to the caller
    ref->dynamic = true;
    u32 hops;
    bool found = eval_static_variable(g, v->name, &hops, &ref->slot);
    ref->kind = found ? REF_UP : REF_GLOBAL;
    ref->hops = found ? envs_between(g->fn->scope->parent, NULL) + hops : 0;
    return;
  }
  if (v->captured) {
    bool own = scope->function == g->fn;
    ref->slot = v->slot + scope_first_slot(scope);
    if (own) {
      ref->kind = is_module_binding(v) ? REF_MODULE : REF_ENV;
      ref->reg = scope_env_register(g, scope);
    } else {
      ref->kind = is_module_binding(v) ? REF_UP_MODULE : REF_UP;
      ref->hops = envs_between(g->fn->scope->parent, scope);
    }
    return;
  }
  if (v->kind == VAR_FUNCTION_NAME) {
    ref->kind = REF_CALLEE;
    return;
  }
  ref->kind = REF_REGISTER;
  ref->reg = v->reg;
  if (v->reg < 0) {
    gen_fail(g, DIAG_RANGE_ERROR, "Internal error: variable without a register");
    ref->reg = 0;
  }
}

NameRef name_from_variable(Gen *g, Variable *v) {
  NameRef ref = {.name = v->name, .reg = NO_REG};
  locate(g, v, &ref);
  ref.constant = variable_is_const(v);
  ref.silent = v->kind == VAR_FUNCTION_NAME && !g->strict;
  return ref;
}

static i32 search_depth(Gen *g, const NameRef *ref, const Variable *v) {
  if (ref->kind == REF_GLOBAL || !v) return -1;
  if (v->is_outer) return (i32)(envs_between(g->scope, NULL) + v->hops);
  if (v->scope->kind == SCOPE_EVAL && ref->kind == REF_UP) return (i32)(envs_between(g->scope, NULL) + ref->hops);
  return (i32)envs_between(g->scope, v->scope);
}

NameRef name_from_identifier(Gen *g, const IdentifierNode *node) {
  NameRef ref = {.name = node->name, .kind = REF_GLOBAL, .reg = NO_REG};
  if (node->var) ref = name_from_variable(g, node->var);
  ref.name = node->name;
  ref.tdz = node->base.flags & IDENT_NEEDS_TDZ;
  if (node->base.flags & IDENT_DYNAMIC) ref.dynamic = true;
  if (ref.dynamic) {
    ref.search = search_depth(g, &ref, node->var);
    if (ref.search == 0) ref.dynamic = false;
  }
  return ref;
}

// ---- reading

static bool is_undefined_name(const AstName *name) { return ast_name_equals(name, "undefined"); }

Reg name_load_static(Gen *g, const NameRef *ref, Reg dst, bool for_typeof) {
  u32 name;
  switch ((RefKind)ref->kind) {
  case REF_REGISTER:
    reg_note_read(g, ref->reg);
    if (ref->tdz) emit_ext(g, OP_CHECK_TDZ, (u32)ref->reg, 0, 0, const_string(g, ref->name));
    return gen_move(g, ref->reg, dst);
  case REF_CALLEE:
    dst = reg_result(g, dst);
    emit(g, OP_LOAD_CALLEE, (u32)dst, 0, 0);
    return dst;
  case REF_ENV:
    dst = reg_result(g, dst);
    if (ref->tdz) {
      emit_ext(g, OP_GET_ENV_TDZ, (u32)dst, (u32)ref->reg, (i32)ref->slot, const_string(g, ref->name));
    } else {
      emit(g, OP_GET_ENV, (u32)dst, (u32)ref->reg, (i32)ref->slot);
    }
    return dst;
  case REF_UP:
    dst = reg_result(g, dst);
    if (ref->tdz) {
      emit_ext(g, OP_GET_UP_TDZ, (u32)dst, ref->hops, (i32)ref->slot, const_string(g, ref->name));
    } else {
      emit(g, OP_GET_UP, (u32)dst, ref->hops, (i32)ref->slot);
    }
    return dst;
  case REF_MODULE:
  case REF_UP_MODULE:
    dst = reg_result(g, dst);
    name = const_string(g, ref->name);
    if (ref->kind == REF_MODULE) {
      emit_ext(g, OP_GET_MODULE, (u32)dst, (u32)ref->reg, (i32)ref->slot, name);
    } else {
      emit_ext(g, OP_GET_UP_MODULE, (u32)dst, ref->hops, (i32)ref->slot, name);
    }
    return dst;
  case REF_GLOBAL:
    dst = reg_result(g, dst);
    if (is_undefined_name(ref->name)) {
      load_undefined(g, dst);
    } else {
      emit(g, for_typeof ? OP_GET_GLOBAL_OR_UNDEFINED : OP_GET_GLOBAL, (u32)dst, 0, (i32)const_global_ic(g, ref->name));
    }
    return dst;
  }
  UNREACHABLE();
}

Reg name_lookup(Gen *g, const NameRef *ref) {
  Reg window = reg_window(g, 3);
  u32 mark = g->next_reg;
  gen_move(g, current_env(g), window);
  reg_release(g, mark);
  load_string(g, ref->name, window + 1);
  load_int(g, ref->search, window + 2);
  return gen_runtime(g, RUNTIME_LOOKUP_DYNAMIC, window, 3);
}

Reg name_load(Gen *g, const NameRef *ref, Reg dst, bool for_typeof) {
  if (!ref->dynamic) return name_load_static(g, ref, dst, for_typeof);
  dst = reg_result(g, dst);
  u32 mark = g->next_reg;
  Label fixed = LABEL_INIT, end = LABEL_INIT;
  Reg window = name_lookup(g, ref);
  emit_jump(g, OP_JUNDEFINED, (u32)window, 0, &fixed);
  load_string(g, ref->name, window + 1);
  load_special(g, g->strict ? SPECIAL_TRUE : SPECIAL_FALSE, window + 2);
  gen_runtime(g, RUNTIME_GET_BINDING_VALUE, window, 3);
  gen_move(g, window, dst);
  emit_jmp(g, &end);
  label_bind(g, &fixed);
  name_load_static(g, ref, dst, for_typeof);
  label_bind(g, &end);
  reg_release(g, mark);
  return dst;
}

// ---- writing

static void check_initialised(Gen *g, const NameRef *ref) {
  u32 mark = g->next_reg;
  if (ref->kind == REF_REGISTER) {
    reg_note_read(g, ref->reg);
    emit_ext(g, OP_CHECK_TDZ, (u32)ref->reg, 0, 0, const_string(g, ref->name));
  } else {
    name_load_static(g, ref, NO_REG, false);
  }
  reg_release(g, mark);
}

void name_store_static(Gen *g, const NameRef *ref, Reg value) {
  if (ref->constant) {
    if (ref->tdz) check_initialised(g, ref);
    if (ref->silent) return;
    u32 mark = g->next_reg;
    Reg window = reg_new(g);
    load_string(g, ref->name, window);
    gen_runtime(g, RUNTIME_THROW_CONST_ASSIGN, window, 1);
    reg_release(g, mark);
    return;
  }
  switch ((RefKind)ref->kind) {
  case REF_REGISTER:
    if (ref->tdz) check_initialised(g, ref);
    gen_move(g, value, ref->reg);
    reg_note_write(g, ref->reg);
    break;
  case REF_CALLEE: break;
  case REF_ENV:
    if (ref->tdz) {
      emit_ext(g, OP_SET_ENV_TDZ, (u32)value, (u32)ref->reg, (i32)ref->slot, const_string(g, ref->name));
    } else {
      emit(g, OP_SET_ENV, (u32)value, (u32)ref->reg, (i32)ref->slot);
    }
    break;
  case REF_UP:
    if (ref->tdz) {
      emit_ext(g, OP_SET_UP_TDZ, (u32)value, ref->hops, (i32)ref->slot, const_string(g, ref->name));
    } else {
      emit(g, OP_SET_UP, (u32)value, ref->hops, (i32)ref->slot);
    }
    break;
  case REF_MODULE:
    if (ref->tdz) check_initialised(g, ref);
    emit(g, OP_SET_MODULE, (u32)value, (u32)ref->reg, (i32)ref->slot);
    break;
  case REF_UP_MODULE:
    if (ref->tdz) check_initialised(g, ref);
    emit(g, OP_SET_UP_MODULE, (u32)value, ref->hops, (i32)ref->slot);
    break;
  case REF_GLOBAL: emit(g, OP_SET_GLOBAL, (u32)value, 0, (i32)const_global_ic(g, ref->name)); break;
  }
}

void name_init(Gen *g, const NameRef *ref, Reg value) {
  if (ref->kind == REF_GLOBAL) {
    emit_big(g, OP_INIT_GLOBAL_LEXICAL, (u32)value, (i32)const_name(g, ref->name));
    return;
  }
  NameRef plain = *ref;
  plain.constant = plain.tdz = false;
  name_store_static(g, &plain, value);
}

void name_store(Gen *g, const NameRef *ref, Reg value) {
  if (!ref->dynamic) {
    name_store_static(g, ref, value);
    return;
  }
  u32 mark = g->next_reg;
  Label fixed = LABEL_INIT, end = LABEL_INIT;
  Reg window = reg_window(g, 4);
  Reg found = name_lookup(g, ref);
  emit_jump(g, OP_JUNDEFINED, (u32)found, 0, &fixed);
  gen_move(g, found, window);
  load_string(g, ref->name, window + 1);
  gen_move(g, value, window + 2);
  load_special(g, g->strict ? SPECIAL_TRUE : SPECIAL_FALSE, window + 3);
  reg_release(g, (u32)window + 4);
  gen_runtime(g, RUNTIME_SET_BINDING_VALUE, window, 4);
  emit_jmp(g, &end);
  label_bind(g, &fixed);
  name_store_static(g, ref, value);
  label_bind(g, &end);
  reg_release(g, mark);
}

Reg load_variable(Gen *g, Variable *v, Reg dst) {
  NameRef ref = name_from_variable(g, v);
  return name_load_static(g, &ref, dst, false);
}

void init_variable(Gen *g, Variable *v, Reg value) {
  NameRef ref = name_from_variable(g, v);
  if (ref.dynamic) {
    ref.constant = false;
    ref.search = search_depth(g, &ref, v);
    name_store(g, &ref, value);
    return;
  }
  if (ref.kind == REF_GLOBAL && !variable_is_lexical(v) && v->kind != VAR_CLASS) {
    name_store_static(g, &ref, value);
    return;
  }
  name_init(g, &ref, value);
}

// ---- this, new.target, the active function

// An arrow at the top level: modules have undefined, scripts the global object.
static Reg load_top_level_this(Gen *g, Reg dst) {
  load_undefined(g, 0);
  if (!(g->fn->context & CONTEXT_MODULE)) emit(g, OP_COERCE_THIS, 0, 0, 0);
  return gen_move(g, 0, dst);
}

Reg gen_this(Gen *g, const IdentifierNode *node, Reg dst) {
  bool check = node->base.flags & IDENT_NEEDS_TDZ;
  Variable *v = node->var;
  if (!v && g->fn->kind == FN_DERIVED_CONSTRUCTOR && g->fn->this_var) {
    v = g->fn->this_var;
    check = true;
  }
  if (!v && g->fn->kind == FN_ARROW) return load_top_level_this(g, dst);
  if (check && g->this_checked) check = false;
  g->pos = node->base.pos;
  if (!v) {
    if (check) emit(g, OP_CHECK_THIS, 0, 0, 0);
    return gen_move(g, 0, dst);
  }
  dst = load_variable(g, v, reg_result(g, dst));
  if (check) emit(g, OP_CHECK_THIS, (u32)dst, 0, 0);
  return dst;
}

Reg gen_pseudo(Gen *g, const IdentifierNode *node, Reg dst) {
  if (node->var) return load_variable(g, node->var, reg_result(g, dst));
  dst = reg_result(g, dst);
  emit(g, node->base.type == AST_NEW_TARGET ? OP_LOAD_NEW_TARGET : OP_LOAD_CALLEE, (u32)dst, 0, 0);
  return dst;
}
