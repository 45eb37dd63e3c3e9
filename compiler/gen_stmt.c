// SPDX-License-Identifier: MIT
// Statements. Code of scripts and eval keeps the value of the last statement in g->completion.
#include "compiler/gen_internal.h"

void set_completion_undefined(Gen *g) {
  if (g->completion != NO_REG) load_undefined(g, g->completion);
}

// ---- declarations

static void declare_one(Gen *g, const Declarator *d, DeclarationKind kind) {
  bool pattern = d->target->type != AST_IDENTIFIER;
  if (kind == DECLARE_VAR && !d->init) return;
  u32 mark = g->next_reg;
  IdentifierNode *id = (IdentifierNode *)d->target;
  if (pattern) {
    Reg value = gen_any(g, d->init);
    gen_pattern(g, d->target, value, kind == DECLARE_VAR ? BIND_VAR : BIND_INIT);
  } else if (kind == DECLARE_VAR) {
    NameRef ref = name_from_identifier(g, id);
    if (ref.kind == REF_REGISTER && !ref.dynamic && !ref.constant) {
      gen_to_local(g, d->init, ref.reg, id->name);
      reg_note_write(g, ref.reg);
    } else {
      Target t = gen_target(g, d->target, d->init, false);
      Reg value = gen_named(g, d->init, id->name, NO_REG);
      target_store(g, &t, value);
    }
  } else {
    Variable *v = id->var;
    bool local = !v->captured && v->scope->kind != SCOPE_SCRIPT && v->reg >= 0;
    Reg value;
    if (!d->init) {
      value = local ? v->reg : reg_new(g);
      load_undefined(g, value);
    } else if (local && !v->needs_tdz) {
      gen_to_local(g, d->init, v->reg, id->name);
      value = v->reg;
    } else {
      value = gen_named(g, d->init, id->name, NO_REG);
    }
    // The resource is entered in the list before its name is initialised.
    if (kind >= DECLARE_USING) gen_add_disposable(g, value, kind == DECLARE_AWAIT_USING);
    set_pos(g, d->target);
    if (!local || value != v->reg) init_variable(g, v, value);
  }
  reg_release(g, mark);
}

void gen_declaration(Gen *g, DeclarationNode *node) {
  for (u32 i = 0; i < node->count; i++) declare_one(g, &node->items[i], (DeclarationKind)node->base.op);
}

void gen_class_declaration(Gen *g, ClassDeclarationNode *node) {
  u32 mark = g->next_reg;
  Variable *v = node->var;
  ClassNode *class_node = node->class_node;
  AstName *name = class_node->name ? class_node->name : name_from_ascii(g, "default");
  Reg r = gen_class(g, class_node, name, NO_REG, NO_REG);
  init_variable(g, v, r);
  reg_release(g, mark);
}

// The var belongs to the caller of the eval code: a `with` between is not asked (B.3.2.3 takes the VariableEnvironment).
static void store_eval_annex_b(Gen *g, const NameRef *ref, bool global, Reg value) {
  if (global || ref->kind == REF_UP) {
    name_store_static(g, ref, value);
    return;
  }
  Reg window = reg_window(g, 3);
  u32 inner = g->next_reg;
  gen_move(g, current_env(g), window);
  reg_release(g, inner);
  load_string(g, ref->name, window + 1);
  gen_move(g, value, window + 2);
  gen_runtime(g, RUNTIME_EVAL_DECLARE_FUNCTION, window, 3);
}

// Annex B.3.2: evaluating the declaration of a block gives its value to the var of the function.
static void gen_annex_b(Gen *g, FunctionDeclarationNode *node) {
  if (!node->annex_b || !node->annex_b->var) return;
  Variable *v = node->annex_b->var;
  Label skip = LABEL_INIT;
  u32 mark = g->next_reg;
  if (v->scope && (v->scope->kind == SCOPE_SCRIPT || v->scope->kind == SCOPE_EVAL) && v->reg >= 0) {
    emit_jump(g, OP_JFALSE, (u32)v->reg, 0, &skip); // the global could not be declared
  }
  Reg value = load_variable(g, node->var, NO_REG);
  NameRef ref = name_from_variable(g, v);
  ref.name = node->annex_b->name;
  ref.search = -1;
  if (v->scope && v->scope->kind == SCOPE_EVAL && !v->scope->is_strict) store_eval_annex_b(g, &ref, v->reg >= 0, value);
  else name_store(g, &ref, value);
  label_bind(g, &skip);
  reg_release(g, mark);
}

// ---- blocks

void gen_statements(Gen *g, const NodeList *list) {
  for (u32 i = 0; i < list->count; i++) {
    if (list->items[i]) gen_statement(g, list->items[i]);
  }
}

void gen_block(Gen *g, BlockNode *node) {
  u32 mark = g->next_reg;
  Scope *outer = scope_enter(g, node->scope);
  if (node->scope && node->scope->has_using) {
    Control control;
    Reg saved = g->disposables, list = reg_new(g);
    g->disposables = list;
    using_begin(g, &control, list);
    gen_statements(g, &node->list);
    g->disposables = saved;
    using_end(g, &control, list, node->scope->has_await_using);
  } else {
    gen_statements(g, &node->list);
  }
  scope_leave(g, outer);
  reg_release(g, mark);
}

static Control *jump_target(Gen *g, const JumpNode *node, ControlKind kind);

// Where the statement does nothing but jump, and nothing is to be done on the way: the label, else NULL.
static Label *plain_jump(Gen *g, const Node *node) {
  if (node->type == AST_BLOCK && !((const BlockNode *)node)->scope && ((const BlockNode *)node)->list.count == 1) {
    node = ((const BlockNode *)node)->list.items[0];
    if (!node) return NULL;
  }
  if (node->type != AST_BREAK && node->type != AST_CONTINUE) return NULL;
  Control *target = jump_target(g, (const JumpNode *)node, node->type == AST_BREAK ? CONTROL_BREAK : CONTROL_CONTINUE);
  for (const Control *c = g->control; c && c != target; c = c->outer) {
    if (c->has_region) return NULL;
  }
  return target ? target->label : NULL;
}

static void gen_if(Gen *g, IfNode *node) {
  Label end = LABEL_INIT;
  for (;;) {
    Label otherwise = LABEL_INIT;
    set_completion_undefined(g);
    Label *jump = plain_jump(g, node->then);
    if (jump) {
      gen_jump_if(g, node->test, jump, true);
      if (!node->otherwise) break;
      if (node->otherwise->type != AST_IF) {
        gen_statement(g, node->otherwise);
        break;
      }
      node = (IfNode *)node->otherwise;
      continue;
    }
    gen_jump_if(g, node->test, &otherwise, false);
    gen_statement(g, node->then);
    if (!node->otherwise) {
      label_bind(g, &otherwise);
      break;
    }
    if (!g->unreachable) emit_jmp(g, &end);
    label_bind(g, &otherwise);
    if (node->otherwise->type != AST_IF) {
      gen_statement(g, node->otherwise);
      break;
    }
    node = (IfNode *)node->otherwise;
    g->unreachable = false;
  }
  label_bind(g, &end);
}

// ---- jumps

static bool has_label(const LabelSet *set, const AstName *name) {
  for (; set; set = set->next) {
    if (set->name == name) return true;
  }
  return false;
}

static Control *jump_target(Gen *g, const JumpNode *node, ControlKind kind) {
  for (Control *c = g->control; c; c = c->outer) {
    if (c->kind == kind && (node->label ? has_label(c->labels, node->label) : kind == CONTROL_CONTINUE || c->plain)) return c;
  }
  return NULL;
}

static void gen_break_continue(Gen *g, JumpNode *node, ControlKind kind) {
  Control *target = jump_target(g, node, kind);
  if (target) gen_jump_out(g, target);
  else gen_fail(g, DIAG_RANGE_ERROR, "Internal error: jump without target");
}

static bool takes_labels(const Node *node) {
  switch (node->type) {
  case AST_FOR:
  case AST_FOR_IN:
  case AST_FOR_OF:
  case AST_WHILE:
  case AST_DO_WHILE:
  case AST_SWITCH: return true;
  default: return false;
  }
}

static void gen_labeled(Gen *g, LabeledNode *node) {
  LabelSet *saved = g->labels;
  Node *body = &node->base;
  LabelSet *set = NULL;
  while (body->type == AST_LABELED) {
    LabelSet *entry = ARENA_NEW(g->c->arena, LabelSet);
    *entry = (LabelSet){((LabeledNode *)body)->label, set};
    set = entry;
    body = ((LabeledNode *)body)->body;
  }
  if (takes_labels(body)) {
    g->labels = set;
    gen_statement(g, body);
  } else {
    Control control;
    Label end = LABEL_INIT;
    control_push(g, &control, CONTROL_BREAK);
    control.label = &end;
    control.labels = set;
    gen_statement(g, body);
    control_pop(g, &control);
    label_bind(g, &end);
  }
  g->labels = saved;
}

// A return has nothing to do on the way: only loops and switches lie between.
static bool returns_at_once(const Gen *g) {
  if (g->is_async) return false;
  for (const Control *c = g->control; c; c = c->outer) {
    if (c->has_region) return false;
  }
  return true;
}

// Each branch of a ? b : c returns.
static void gen_return_expression(Gen *g, Node *node) {
  if (node->type == AST_CONDITIONAL && gen_check_stack(g)) {
    ConditionalNode *c = (ConditionalNode *)node;
    Label otherwise = LABEL_INIT;
    gen_jump_if(g, c->test, &otherwise, false);
    gen_return_expression(g, c->then);
    label_bind(g, &otherwise);
    gen_return_expression(g, c->otherwise);
    return;
  }
  u32 mark = g->next_reg;
  Reg r = gen_any(g, node);
  gen_return(g, r);
  reg_release(g, mark);
}

static void gen_return_statement(Gen *g, UnaryNode *node) {
  if (!node->operand) {
    if (!g->derived && returns_at_once(g)) {
      emit(g, OP_RETURN_UNDEFINED, 0, 0, 0);
      return;
    }
    Reg r = reg_new(g);
    load_undefined(g, r);
    gen_return(g, r);
    return;
  }
  if (returns_at_once(g)) {
    gen_return_expression(g, node->operand);
    return;
  }
  Reg r = gen_any(g, node->operand);
  set_pos(g, &node->base);
  if (g->is_async && g->is_generator) {
    if (reg_is_local(g, r)) r = gen_move(g, r, reg_new(g));
    gen_await(g, r);
  }
  gen_return(g, r);
}

// ---- the rest

static void gen_with(Gen *g, WithNode *node) {
  u32 mark = g->next_reg;
  Reg env = reg_new(g), window = reg_window(g, 2);
  gen_to(g, node->object, window + 1);
  u32 inner = g->next_reg;
  gen_move(g, current_env(g), window);
  reg_release(g, inner);
  set_pos(g, node->object);
  gen_runtime(g, RUNTIME_NEW_WITH_ENV, window, 2);
  gen_move(g, window, env);
  reg_release(g, (u32)env + 1);
  set_completion_undefined(g);
  Scope *outer = g->scope;
  scope_set_env_register(g, node->scope, env);
  g->scope = node->scope;
  gen_statement(g, node->body);
  g->scope = outer;
  reg_release(g, mark);
}

static void gen_expression_statement(Gen *g, UnaryNode *node) {
  if (g->completion != NO_REG) {
    gen_to(g, node->operand, g->completion);
  } else {
    gen_effect(g, node->operand);
  }
}

static void gen_export_default(Gen *g, ExportDefaultNode *node) {
  Reg r = gen_named(g, node->value, name_from_ascii(g, "default"), NO_REG);
  init_variable(g, node->var, r);
}

void gen_statement(Gen *g, Node *node) {
  if (g->c->failed || !gen_check_stack(g)) return;
  if (g->unreachable) return; // nothing jumps into the middle of a statement
  u32 mark = g->next_reg;
  set_pos(g, node);
  switch ((NodeType)node->type) {
  case AST_EXPRESSION_STATEMENT: gen_expression_statement(g, (UnaryNode *)node); break;
  case AST_DECLARATION: gen_declaration(g, (DeclarationNode *)node); break;
  case AST_FUNCTION_DECLARATION: gen_annex_b(g, (FunctionDeclarationNode *)node); break;
  case AST_CLASS_DECLARATION: gen_class_declaration(g, (ClassDeclarationNode *)node); break;
  case AST_BLOCK: gen_block(g, (BlockNode *)node); break;
  case AST_EMPTY: break;
  case AST_IF: gen_if(g, (IfNode *)node); break;
  case AST_FOR: gen_for(g, (ForNode *)node); break;
  case AST_FOR_IN: gen_for_in(g, (ForInNode *)node); break;
  case AST_FOR_OF: gen_for_of(g, (ForInNode *)node); break;
  case AST_WHILE: gen_while(g, (WhileNode *)node); break;
  case AST_DO_WHILE: gen_do_while(g, (WhileNode *)node); break;
  case AST_CONTINUE: gen_break_continue(g, (JumpNode *)node, CONTROL_CONTINUE); break;
  case AST_BREAK: gen_break_continue(g, (JumpNode *)node, CONTROL_BREAK); break;
  case AST_RETURN: gen_return_statement(g, (UnaryNode *)node); break;
  case AST_THROW: {
    Reg r = gen_any(g, ((UnaryNode *)node)->operand);
    set_pos(g, node);
    emit(g, OP_THROW, (u32)r, 0, 0);
    break;
  }
  case AST_WITH: gen_with(g, (WithNode *)node); break;
  case AST_SWITCH: gen_switch(g, (SwitchNode *)node); break;
  case AST_LABELED: gen_labeled(g, (LabeledNode *)node); break;
  case AST_TRY: gen_try(g, (TryNode *)node); break;
  case AST_DEBUGGER: {
    Reg r = reg_new(g);
    load_undefined(g, r);
    gen_runtime(g, RUNTIME_DEBUGGER, r, 1);
    break;
  }
  case AST_EXPORT_DEFAULT: gen_export_default(g, (ExportDefaultNode *)node); break;
  default: gen_fail(g, DIAG_RANGE_ERROR, "Internal error: not a statement");
  }
  reg_release(g, mark);
}
