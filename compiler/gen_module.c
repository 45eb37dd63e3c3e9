// SPDX-License-Identifier: MIT
// Top levels: what scripts, eval code and modules do with their declarations before they run (16.1.7, 19.2.1.3, 16.2.1.6.4), and the
// table of a module's imports and exports.
#include "compiler/gen_internal.h"

// ---- modules

static Variable *module_variable_in_env(Variable *v) { return v->captured ? v : NULL; }

void gen_module_instantiation(Gen *g) {
  Scope *scope = g->fn->scope;
  Label body = LABEL_INIT;
  if (scope_has_env(scope)) { // made by the linker; it is the closure's
    Reg env = reg_new(g);
    emit(g, OP_LOAD_ENV, (u32)env, 0, 0);
    scope_set_env_register(g, scope, env);
  }
  g->scope = scope;
  emit_jump(g, OP_JFALSE, 1, 0, &body);
  u32 mark = g->next_reg;
  Reg undefined = reg_new(g);
  load_undefined(g, undefined);
  for (Variable *v = scope->variables; v; v = v->next) {
    if (module_variable_in_env(v) && v->kind == VAR_VAR) init_variable(g, v, undefined);
  }
  for (FunctionDeclarationNode *node = scope->functions; node; node = node->next) {
    if (!module_variable_in_env(node->var) || node->var->function != node) continue;
    AstName *name = node->function->name ? node->function->name : name_from_ascii(g, "default");
    init_variable(g, node->var, gen_function(g, node->function, name, NULL, NULL, NO_REG));
  }
  reg_release(g, mark);
  emit(g, OP_RETURN_UNDEFINED, 0, 0, 0);
  label_bind(g, &body);
}

void gen_module_prologue(Gen *g) {
  Scope *scope = g->fn->scope;
  for (Variable *v = scope->variables; v; v = v->next) {
    if ((v->kind == VAR_VAR || v->kind == VAR_FUNCTION) && !v->captured) reg_for_variable(g, v);
  }
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->kind == VAR_VAR && !v->captured) reg_add_init(g, v->reg);
  }
  scope_declare_registers(g, scope);
  for (FunctionDeclarationNode *node = scope->functions; node; node = node->next) {
    if (node->var->captured || node->var->function != node) continue;
    AstName *name = node->function->name ? node->function->name : name_from_ascii(g, "default");
    gen_function(g, node->function, name, NULL, NULL, node->var->reg);
  }
}

CodeModuleInfo *module_info_copy(Gen *g, const ModuleInfo *info) {
  Arena *arena = g->c->arena;
  CodeModuleInfo *out = ARENA_NEW(arena, CodeModuleInfo);
  CodeModuleRequest *requests = ARENA_ARRAY(arena, CodeModuleRequest, info->request_count);
  CodeImport *imports = ARENA_ARRAY(arena, CodeImport, info->import_count);
  CodeExport *exports = ARENA_ARRAY(arena, CodeExport, info->export_count);
  for (u32 i = 0; i < info->request_count; i++) {
    const ModuleRequest *r = &info->requests[i];
    u32 *attributes = ARENA_ARRAY(arena, u32, r->attribute_count * 2);
    for (u32 k = 0; k < r->attribute_count; k++) {
      attributes[2 * k] = const_string_number(g, r->attributes[k].key);
      attributes[2 * k + 1] = const_string_number(g, r->attributes[k].value);
    }
    requests[i] = (CodeModuleRequest){const_string_number(g, r->specifier), r->attribute_count, attributes};
  }
  for (u32 i = 0; i < info->import_count; i++) {
    const ImportEntry *e = info->imports[i];
    imports[i] = (CodeImport){e->request, e->name ? const_string_number(g, e->name) : UINT32_MAX, e->var->slot};
  }
  for (u32 i = 0; i < info->export_count; i++) {
    const ExportEntry *e = &info->exports[i];
    static const u8 kinds[] = {[EXPORT_LOCAL] = CODE_EXPORT_LOCAL,
                               [EXPORT_INDIRECT] = CODE_EXPORT_INDIRECT,
                               [EXPORT_STAR] = CODE_EXPORT_STAR,
                               [EXPORT_STAR_AS] = CODE_EXPORT_STAR_AS};
    exports[i] = (CodeExport){.kind = kinds[e->kind],
                              .export_name = e->export_name ? const_string_number(g, e->export_name) : UINT32_MAX,
                              .request = e->request,
                              .import_name = e->import_name ? const_string_number(g, e->import_name) : UINT32_MAX,
                              .slot = e->kind == EXPORT_LOCAL ? e->var->slot : 0};
  }
  *out = (CodeModuleInfo){.request_count = info->request_count,
                          .import_count = info->import_count,
                          .export_count = info->export_count,
                          .requests = requests,
                          .imports = imports,
                          .exports = exports,
                          .slot_count = g->fn->scope->slot_count,
                          .has_top_level_await = info->has_top_level_await};
  return out;
}

// ---- names of scripts and eval code

typedef VEC(u32) U32Vec;

static void add_pair(Gen *g, U32Vec *out, AstName *name, bool flag) {
  vec_push(out, const_string(g, name));
  vec_push(out, flag ? ARRAY_CONSTANT_TRUE : ARRAY_CONSTANT_FALSE);
}

static void load_pairs(Gen *g, const U32Vec *pairs, Reg dst) {
  u32 *copy = ARENA_ARRAY(g->c->arena, u32, pairs->len);
  if (pairs->len) memcpy(copy, pairs->data, pairs->len * 4ul);
  emit_big(g, OP_NEW_ARRAY_CONST, (u32)dst, (i32)const_array(g, copy, pairs->len));
}

static bool is_function_name(const Variable *v) { return v->function && !variable_is_lexical(v); }

// The checks for all names at once; `lexical` too in scripts.
static void gen_declaration_checks(Gen *g, Scope *scope, bool lexical) {
  U32Vec vars = {0}, lexicals = {0};
  for (Variable *v = scope->variables; v; v = v->next) {
    if (!v->name || v->is_annex_b) continue;
    if (is_function_name(v) || v->kind == VAR_VAR) {
      add_pair(g, &vars, v->name, is_function_name(v));
    } else if (lexical && (v->kind >= VAR_LET && v->kind <= VAR_AWAIT_USING)) {
      add_pair(g, &lexicals, v->name, variable_is_const(v));
    }
  }
  if (vars.len || lexicals.len) {
    u32 mark = g->next_reg;
    Reg window = reg_window(g, 2);
    load_pairs(g, &vars, window);
    load_pairs(g, &lexicals, window + 1);
    gen_runtime(g, RUNTIME_GLOBAL_DECLARATION_INSTANTIATION, window, 2);
    reg_release(g, mark);
  }
  vec_free(&vars);
  vec_free(&lexicals);
}

static void load_flag(Gen *g, bool value, Reg dst) { load_special(g, value ? SPECIAL_TRUE : SPECIAL_FALSE, dst); }

static void declare_global_var(Gen *g, AstName *name, bool deletable) {
  u32 mark = g->next_reg;
  Reg window = reg_window(g, 2);
  load_string(g, name, window);
  load_flag(g, deletable, window + 1);
  gen_runtime(g, RUNTIME_DECLARE_GLOBAL_VAR, window, 2);
  reg_release(g, mark);
}

// Variable.reg becomes a flag: whether evaluating the block's declaration assigns the var.
static void declare_annex_b(Gen *g, Scope *scope, bool deletable) {
  for (Variable *v = scope->variables; v; v = v->next) {
    if (!v->is_annex_b) continue;
    Label no = LABEL_INIT;
    v->reg = reg_new(g);
    u32 mark = g->next_reg;
    Reg window = reg_window(g, 2);
    load_string(g, v->name, window);
    load_flag(g, false, window + 1);
    gen_runtime(g, RUNTIME_CAN_DECLARE_GLOBAL, window, 2);
    gen_move(g, window, v->reg);
    emit_jump(g, OP_JFALSE, (u32)v->reg, 0, &no);
    declare_global_var(g, v->name, deletable);
    label_bind(g, &no);
    reg_release(g, mark);
  }
}

static void declare_global_functions(Gen *g, Scope *scope, bool deletable) {
  for (FunctionDeclarationNode *node = scope->functions; node; node = node->next) {
    if (node->var->function != node) continue;
    u32 mark = g->next_reg;
    Reg window = reg_window(g, 3);
    load_string(g, node->var->name, window);
    gen_function(g, node->function, node->function->name, NULL, NULL, window + 1);
    load_flag(g, deletable, window + 2);
    gen_runtime(g, RUNTIME_DECLARE_GLOBAL_FUNCTION, window, 3);
    reg_release(g, mark);
  }
}

static void declare_globals(Gen *g, Scope *scope, bool deletable) {
  declare_annex_b(g, scope, deletable);
  declare_global_functions(g, scope, deletable);
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->kind == VAR_VAR && v->name && !v->is_annex_b && !is_function_name(v)) declare_global_var(g, v->name, deletable);
  }
}

void gen_script_prologue(Gen *g) {
  Scope *scope = g->fn->scope;
  g->scope = scope;
  gen_declaration_checks(g, scope, true);
  declare_globals(g, scope, false);
}

// ---- eval

static bool is_eval_var_scope(const ScopeInfo *info) {
  if (!info->is_var_scope || info->kind == SCOPE_SCRIPT) return false;
  return info->kind != SCOPE_EVAL || info->is_strict;
}

static const ScopeInfo *eval_var_scope(Gen *g, u32 *hops) {
  *hops = 0;
  for (const ScopeInfo *info = g->c->outer_info; info; info = info->outer) {
    if (is_eval_var_scope(info)) return info;
    *hops += info->has_environment;
  }
  return NULL;
}

bool eval_static_variable(Gen *g, const AstName *name, u32 *hops, u32 *slot) {
  const ScopeInfo *info = eval_var_scope(g, hops);
  for (u32 i = 0; info && i < info->variable_count; i++) {
    const ScopeInfoVariable *v = &info->variables[i];
    if (!v->chars || v->kind == VAR_FUNCTION_NAME || v->length != name->length || v->is_utf16 != name->is_utf16) continue;
    if (memcmp(v->chars, name->chars, (size_t)v->length << v->is_utf16) != 0) continue;
    *slot = v->slot;
    return true;
  }
  return false;
}

static void declare_eval_var(Gen *g, AstName *name) {
  u32 hops, slot;
  if (eval_static_variable(g, name, &hops, &slot)) return;
  u32 mark = g->next_reg;
  Reg window = reg_window(g, 2);
  u32 inner = g->next_reg;
  gen_move(g, current_env(g), window);
  reg_release(g, inner);
  load_string(g, name, window + 1);
  gen_runtime(g, RUNTIME_EVAL_DECLARE_VAR, window, 2);
  reg_release(g, mark);
}

static void declare_eval_function(Gen *g, FunctionDeclarationNode *node) {
  u32 mark = g->next_reg, hops, slot;
  Reg window = reg_window(g, 3), inner = (Reg)g->next_reg;
  gen_function(g, node->function, node->function->name, NULL, NULL, window + 2);
  if (eval_static_variable(g, node->var->name, &hops, &slot)) {
    emit(g, OP_SET_UP, (u32)window + 2, hops, (i32)slot);
  } else {
    gen_move(g, current_env(g), window);
    reg_release(g, (u32)inner);
    load_string(g, node->var->name, window + 1);
    gen_runtime(g, RUNTIME_EVAL_DECLARE_FUNCTION, window, 3);
  }
  reg_release(g, mark);
}

void gen_eval_prologue(Gen *g) {
  Scope *scope = g->fn->scope;
  u32 hops;
  bool global = !eval_var_scope(g, &hops);
  if (!scope->is_strict && global) gen_declaration_checks(g, scope, false);
  if (scope_has_env(scope)) scope_make_env(g, scope);
  g->scope = scope;
  if (scope->is_strict) {
    declare_function_variables(g, scope);
    scope_declare_registers(g, scope);
    scope_instantiate_functions(g, scope);
    return;
  }
  scope_declare_registers(g, scope);
  if (global) {
    declare_globals(g, scope, true);
    return;
  }
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->name && v->kind == VAR_VAR && !is_function_name(v)) declare_eval_var(g, v->name);
  }
  for (FunctionDeclarationNode *node = scope->functions; node; node = node->next) {
    if (node->var->function == node) declare_eval_function(g, node);
  }
}
