// SPDX-License-Identifier: MIT
// Scope analysis, interleaved with parsing. Uses are collected on one stack (p->refs); when a scope closes, the uses made inside it
// that it declares are resolved and the rest stay on the stack for the scopes around it. A declared name points to its innermost
// open declaration (AstName.binding), so resolving is a pointer comparison and no scope has a table.
//
// Arrow functions are recognised after their parameters were parsed as an expression: then a scope is opened "in the past"
// (scope_open_at) and takes over the uses and inner scopes made since the mark.
#include "parser/parser_internal.h"

Scope *scope_open(Parser *p, ScopeKind kind, u32 start) {
  Scope *scope = ARENA_NEW(p->arena, Scope);
  scope->kind = (u8)kind;
  scope->start = start;
  scope->parent = p->scope;
  scope->function = p->fs->fn;
  scope->is_strict = p->fs->strict;
  scope->refs_start = p->refs.len;
  scope->annex_start = p->annex_b.len;
  scope->is_var_scope = kind <= SCOPE_BODY || kind == SCOPE_STATIC_BLOCK;
  if (p->scope) {
    scope->depth = p->scope->depth + 1;
    if (p->scope->last_child) {
      p->scope->last_child->next_sibling = scope;
    } else {
      p->scope->first_child = scope;
    }
    p->scope->last_child = scope;
  }
  p->scope = scope;
  return scope;
}

// Continues a scope that was closed (field initialisers share one); it declares nothing but pseudo variables.
void scope_reopen(Parser *p, Scope *scope) {
  scope->refs_start = p->refs.len;
  scope->annex_start = p->annex_b.len;
  p->scope = scope;
}

ScopeMark scope_mark(Parser *p) {
  return (ScopeMark){p->refs.len, p->notes.len, p->fs->fn->function_count, p->scope->last_child, p->eval_count};
}

// Class scopes inside moved code belong to the function they moved to.
static void set_function(Scope *scope, const FunctionNode *from, FunctionNode *to) {
  if (scope->function != from) return;
  scope->function = to;
  for (Scope *child = scope->first_child; child; child = child->next_sibling) set_function(child, from, to);
}

void scope_move_children(Parser *p, Scope *from, Scope *last_child, Scope *to) {
  (void)p;
  Scope *first = last_child ? last_child->next_sibling : from->first_child, *last = from->last_child;
  if (!first || first == to) return;
  if (last_child) {
    last_child->next_sibling = NULL;
  } else {
    from->first_child = NULL;
  }
  from->last_child = last_child;
  for (Scope *child = first; child; child = child->next_sibling) {
    child->parent = to;
    if (from->function != to->function) set_function(child, from->function, to->function);
  }
  if (to->last_child) {
    to->last_child->next_sibling = first;
  } else {
    to->first_child = first;
  }
  to->last_child = last;
}

Scope *scope_open_at(Parser *p, ScopeKind kind, u32 start, ScopeMark mark, FunctionNode *fn) {
  Scope *outer = p->scope;
  Scope *first = mark.last_child ? mark.last_child->next_sibling : outer->first_child;
  Scope *scope = ARENA_NEW(p->arena, Scope);
  scope->kind = (u8)kind;
  scope->start = start;
  scope->parent = outer;
  scope->function = fn;
  scope->is_strict = p->fs->strict;
  scope->refs_start = mark.refs;
  scope->annex_start = p->annex_b.len;
  scope->is_var_scope = true;
  scope->depth = outer->depth + 1;
  if (first) scope_move_children(p, outer, mark.last_child, scope);
  if (outer->last_child) {
    outer->last_child->next_sibling = scope;
  } else {
    outer->first_child = scope;
  }
  outer->last_child = scope;
  if (p->eval_count != mark.evals) {
    scope->has_direct_eval = true;
    if (!scope->is_strict) scope->has_sloppy_eval = true;
  }
  p->scope = scope;
  return scope;
}

bool scope_is_empty(const Scope *scope) { return !scope->variables && !scope->functions && !scope->has_direct_eval; }

// ---- variables

Variable *scope_new_variable(Parser *p, Scope *scope, VariableKind kind, AstName *name, u32 pos) {
  Variable *v = ARENA_NEW(p->arena, Variable);
  v->name = name;
  v->scope = scope;
  v->kind = (u8)kind;
  v->pos = pos;
  v->init_pos = UINT32_MAX;
  v->param_index = -1;
  v->reg = -1;
  if (scope->last_variable) {
    scope->last_variable->next = v;
  } else {
    scope->variables = v;
  }
  scope->last_variable = v;
  scope->variable_count++;
  return v;
}

static Variable *declare_new(Parser *p, Scope *scope, VariableKind kind, AstName *name, u32 pos) {
  Variable *v = scope_new_variable(p, scope, kind, name, pos);
  v->in_scope_list = true;
  // Innermost first; a var goes below the declarations of the blocks it is hoisted out of.
  Variable **link = &name->binding;
  while (*link && (*link)->scope->depth > scope->depth) link = &(*link)->shadowed;
  v->shadowed = *link;
  *link = v;
  return v;
}

void scope_drop_bindings(Parser *p, Scope *scope) {
  (void)p;
  for (Variable *v = scope->variables; v; v = v->next) {
    if (!v->in_scope_list) continue;
    Variable **link = &v->name->binding;
    while (*link && *link != v) link = &(*link)->shadowed;
    if (*link) *link = v->shadowed;
    v->in_scope_list = false;
  }
}

static Variable *redeclared(Parser *p, Scope *scope, AstName *name, u32 pos, u32 end) {
  fail_name(p, DIAG_REDECLARED, pos, end, name);
  return scope_new_variable(p, scope, VAR_LET, name, pos);
}

static Scope *var_scope_of(Scope *scope) {
  while (!scope->is_var_scope) scope = scope->parent;
  return scope;
}

// Whether a declaration in its own scope forbids any other of the same name there.
static bool is_exclusive(const Variable *v) {
  return variable_is_lexical(v) || (v->kind == VAR_FUNCTION && v->scope->kind == SCOPE_MODULE);
}

static Variable *declare_var(Parser *p, AstName *name, u32 pos, u32 end) {
  Scope *target = var_scope_of(p->scope);
  Variable *v = name->binding;
  for (; v && v->scope->depth > target->depth; v = v->shadowed) {
    if (v->kind == VAR_CATCH ? !v->is_simple_catch : variable_is_lexical(v)) return redeclared(p, target, name, pos, end);
  }
  if (v && v->scope == target) {
    if (is_exclusive(v)) return redeclared(p, target, name, pos, end);
    v->last_var_pos = pos;
    return v;
  }
  v = declare_new(p, target, VAR_VAR, name, pos);
  v->last_var_pos = pos;
  return v;
}

// True when a let, const, class or block function of this name may not be declared in p->scope.
static bool lexical_conflict(Scope *scope, AstName *name) {
  Variable *v = name->binding;
  if (!v) return false;
  if (v->scope == scope) return true;
  Scope *parent = scope->parent;
  if (parent && v->scope == parent) {
    if (scope->kind == SCOPE_BODY && v->kind == VAR_PARAMETER) return true;
    if (parent->kind == SCOPE_CATCH && scope->kind == SCOPE_BLOCK) return true;
  }
  if (scope->is_var_scope) return false;
  // A var that was hoisted out through this block?
  Scope *target = var_scope_of(scope);
  while (v && v->scope->depth > target->depth) v = v->shadowed;
  return v && v->scope == target && v->last_var_pos >= scope->start && v->last_var_pos > 0;
}

static Variable *declare_parameter(Parser *p, AstName *name, u32 pos) {
  Scope *scope = p->scope;
  Variable *v = name->binding;
  if (v && v->scope == scope) {
    if (!scope->function->has_duplicate_params) {
      scope->function->has_duplicate_params = true;
      p->fs->duplicate_start = pos;
      p->fs->duplicate_end = pos + name->length;
    }
    return v;
  }
  return declare_new(p, scope, VAR_PARAMETER, name, pos);
}

Variable *scope_declare(Parser *p, VariableKind kind, AstName *name, u32 pos, u32 end) {
  if (kind == VAR_VAR) return declare_var(p, name, pos, end);
  if (kind == VAR_PARAMETER) return declare_parameter(p, name, pos);
  Scope *scope = p->scope;
  if (kind == VAR_CATCH ? (name->binding && name->binding->scope == scope) : lexical_conflict(scope, name)) {
    return redeclared(p, scope, name, pos, end);
  }
  Variable *v = declare_new(p, scope, kind, name, pos);
  if (kind == VAR_USING || kind == VAR_AWAIT_USING) {
    scope->has_using = p->fs->fn->has_using = true;
    if (kind == VAR_AWAIT_USING) scope->has_await_using = true;
  }
  return v;
}

static void scope_add_function(Scope *scope, FunctionDeclarationNode *node) {
  if (scope->last_function) {
    scope->last_function->next = node;
  } else {
    scope->functions = node;
  }
  scope->last_function = node;
}

Variable *scope_declare_function(Parser *p, FunctionDeclarationNode *node, AstName *name, u32 pos, u32 end) {
  Scope *scope = p->scope;
  Variable *v = name->binding;
  bool plain = !node->function->is_async && !node->function->is_generator;
  scope_add_function(scope, node);
  if (scope->is_var_scope) {
    if (v && v->scope == scope) {
      if (is_exclusive(v) || scope->kind == SCOPE_MODULE) return redeclared(p, scope, name, pos, end);
      if (v->kind == VAR_VAR) v->kind = VAR_FUNCTION;
    } else {
      v = declare_new(p, scope, VAR_FUNCTION, name, pos);
    }
    v->last_var_pos = pos;
  } else {
    bool again = v && v->scope == scope && v->is_block_function && v->function && !p->fs->strict && plain &&
                 !v->function->function->is_async && !v->function->function->is_generator;
    if (!again) {
      if (lexical_conflict(scope, name)) return redeclared(p, scope, name, pos, end);
      v = declare_new(p, scope, VAR_LET, name, pos);
      v->is_block_function = true;
      v->init_pos = 0;
    }
    if (plain && !p->fs->strict) vec_push(&p->annex_b, (AnnexB){node, name, scope, pos});
  }
  v->function = node;
  node->var = v;
  return v;
}

Variable *scope_declare_private(Parser *p, Scope *scope, AstName *name, u8 private_kind, u32 pos, u32 end) {
  Variable *v = name->binding;
  if (v && v->scope == scope) {
    u8 old = v->private_kind, both = PRIVATE_GETTER | PRIVATE_SETTER;
    bool pair = ((old | private_kind) & both) == both && !((old | private_kind) & (PRIVATE_FIELD | PRIVATE_METHOD)) &&
                (old & both) != both && !((old ^ private_kind) & PRIVATE_STATIC);
    if (!pair) return redeclared(p, scope, name, pos, end);
    v->private_kind |= private_kind;
    return v;
  }
  v = declare_new(p, scope, VAR_PRIVATE_NAME, name, pos);
  v->private_kind = private_kind;
  v->init_pos = 0;
  return v;
}

// ---- uses

void scope_add_ref(Parser *p, IdentifierNode *node, u8 flags) {
  vec_push(&p->refs, (Ref){node->name, node, node->base.pos, node->base.pos, flags});
}

void scope_add_hidden_ref(Parser *p, AstName *name, u8 flags, u32 where) {
  vec_push(&p->refs, (Ref){name, NULL, where, where, flags});
}

void scope_note_eval(Parser *p) {
  p->eval_count++;
  p->scope->has_direct_eval = true;
  p->fs->fn->has_direct_eval = true;
  if (!p->fs->strict) var_scope_of(p->scope)->has_sloppy_eval = true;
  u32 where = p->tok.start;
  u8 flags = REF_CAPTURED | REF_READ | REF_EVAL;
  scope_add_hidden_ref(p, p->wk.this_, flags, where);
  scope_add_hidden_ref(p, p->wk.new_target, flags, where);
  scope_add_hidden_ref(p, p->wk.callee, flags, where);
  if (!(p->fs->context & CONTEXT_NO_ARGUMENTS)) scope_add_hidden_ref(p, p->wk.arguments, flags, where);
}

static bool needs_tdz(const Ref *ref, const Variable *v) {
  switch (v->kind) {
  case VAR_LET:
    if (v->is_block_function) return false;
    FALLTHROUGH;
  case VAR_CONST:
  case VAR_CLASS:
  case VAR_USING:
  case VAR_AWAIT_USING: return ref->pos < v->init_pos || v->scope->kind == SCOPE_SWITCH;
  case VAR_PARAMETER: return v->scope->function->has_param_expressions && ref->pos < v->init_pos;
  case VAR_CATCH: return !v->is_simple_catch && ref->pos < v->init_pos;
  case VAR_CLASS_NAME: return !(ref->flags & REF_FROM_ELEMENT);
  case VAR_IMPORT: return true;
  default: return false;
  }
}

// What this use of `arguments` needs: the object, or only what the frame knows.
static void note_arguments_use(const Ref *ref, FunctionNode *fn) {
  if (!ref->node || ref->flags & REF_CAPTURED) fn->arguments_escape = true;
  for (const IdentifierNode *node = ref->node; node; node = node->next_ref) {
    u8 flags = node->base.flags;
    if (flags & (IDENT_DYNAMIC | IDENT_WRITE | IDENT_BINDING) || !(flags & (IDENT_PART | IDENT_FORWARD)))
      fn->arguments_escape = true;
    if (flags & IDENT_FORWARD) fn->forwards_arguments = true;
  }
}

static void bind_ref(Ref *ref, Variable *v) {
  v->is_referenced = true;
  if (ref->flags & REF_CAPTURED) {
    v->captured = true;
    v->inner_uses += v->inner_uses < UINT8_MAX;
  }
  if (ref->flags & REF_WRITE) v->assigned = true;
  bool tdz = needs_tdz(ref, v);
  if (tdz) v->needs_tdz = true;
  for (IdentifierNode *node = ref->node, *after; node; node = after) {
    after = node->next_ref;
    node->var = v;
    if (node->base.flags & IDENT_WRITE) v->assigned = true;
    if (tdz) node->base.flags |= IDENT_NEEDS_TDZ;
  }
}

// The chain's link and the resolution share a field.
static void unbind_ref(Ref *ref, u8 flags) {
  for (IdentifierNode *node = ref->node, *after; node; node = after) {
    after = node->next_ref;
    node->var = NULL;
    node->base.flags |= flags;
  }
}

static bool is_private(const AstName *name) {
  return name->length > 1 && !name->is_utf16 ? name->latin1[0] == '#' : name->length > 1 && name->utf16[0] == '#';
}

static bool is_pseudo(const Parser *p, const AstName *name) {
  return name == p->wk.this_ || name == p->wk.new_target || name == p->wk.callee;
}

static Variable *pseudo_variable(Parser *p, Scope *scope, const AstName *name) {
  FunctionNode *fn = scope->function;
  Variable **slot = name == p->wk.this_ ? &fn->this_var : name == p->wk.new_target ? &fn->new_target_var : &fn->callee_var;
  VariableKind kind = name == p->wk.this_ ? VAR_THIS : name == p->wk.new_target ? VAR_NEW_TARGET : VAR_CALLEE;
  if (!*slot) {
    *slot = scope_new_variable(p, scope, kind, (AstName *)name, fn->start);
    (*slot)->captured = true;
  }
  return *slot;
}

static void note_pseudo_use(const Parser *p, FunctionNode *fn, const Ref *ref) {
  if (ref->name == p->wk.this_) fn->uses_this = true;
  if (ref->name == p->wk.new_target) fn->uses_new_target = true;
}

// `this`, new.target, the callee, `arguments` and the function's own name, at the outermost scope of a function that has its own.
// Returns false when the reference is none of these.
static bool bind_implicit(Parser *p, Scope *scope, Ref *ref) {
  FunctionNode *fn = scope->function;
  bool top_level = fn->kind >= FN_SCRIPT;
  if (is_pseudo(p, ref->name)) {
    note_pseudo_use(p, fn, ref);
    if (fn->kind == FN_EVAL && p->outer_scope) return false; // the caller's
    u8 tdz = ref->name == p->wk.this_ && fn->kind == FN_DERIVED_CONSTRUCTOR ? IDENT_NEEDS_TDZ : 0;
    if (!top_level && ref->flags & REF_CAPTURED) {
      Variable *v = pseudo_variable(p, scope, ref->name);
      bind_ref(ref, v);
      if (tdz) v->needs_tdz = true;
    } else {
      unbind_ref(ref, tdz);
    }
    return true;
  }
  if (top_level || fn->kind == FN_FIELD_INIT || fn->kind == FN_STATIC_INIT) return false;
  if (ref->name == p->wk.arguments) {
    if (!fn->arguments_var) fn->arguments_var = scope_new_variable(p, scope, VAR_ARGUMENTS, ref->name, fn->start);
    fn->uses_arguments = true;
    note_arguments_use(ref, fn);
    bind_ref(ref, fn->arguments_var);
    return true;
  }
  if (ref->name == fn->name && !fn->is_declaration && fn->kind == FN_NORMAL) {
    if (!fn->self_var) fn->self_var = scope_new_variable(p, scope, VAR_FUNCTION_NAME, ref->name, fn->start);
    bind_ref(ref, fn->self_var);
    return true;
  }
  return false;
}

static void mark_tdz_this(Ref *ref) {
  for (IdentifierNode *node = ref->node; node; node = node->next_ref) node->base.flags |= IDENT_NEEDS_TDZ;
}

static void resolve_refs(Parser *p, Scope *scope) {
  bool function_top = scope->kind <= SCOPE_FUNCTION && scope->function->kind != FN_ARROW;
  bool dynamic = scope_is_dynamic(scope) && scope->kind != SCOPE_SCRIPT;
  bool sloppy_eval = scope->kind == SCOPE_EVAL && !scope->is_strict;
  if (!scope->variables && !function_top && !dynamic && scope->kind != SCOPE_CLASS) return;
  bool derived = function_top && scope->function->kind == FN_DERIVED_CONSTRUCTOR;
  u32 kept = scope->refs_start;
  for (u32 i = scope->refs_start; i < p->refs.len; i++) {
    Ref *ref = &p->refs.data[i];
    Variable *v = ref->name->binding;
    if (v && v->scope == scope && !(v->kind == VAR_PRIVATE_NAME && i < scope->heritage_end)) {
      if (sloppy_eval && !variable_is_lexical(v)) {
        for (IdentifierNode *node = ref->node; node; node = node->next_ref) node->base.flags |= IDENT_DYNAMIC;
      } else {
        bind_ref(ref, v);
        continue;
      }
    } else if (function_top) {
      if (derived && ref->name == p->wk.this_) mark_tdz_this(ref);
      if (bind_implicit(p, scope, ref)) continue;
    }
    if (dynamic && !is_pseudo(p, ref->name) && !is_private(ref->name)) {
      for (IdentifierNode *node = ref->node; node; node = node->next_ref) node->base.flags |= IDENT_DYNAMIC;
    }
    if (scope->kind == SCOPE_CLASS) ref->flags &= (u8)~REF_FROM_ELEMENT;
    p->refs.data[kept++] = *ref;
  }
  p->refs.len = kept;
}

// ---- Annex B.3.2: functions in blocks

static bool outer_chain_has_lexical(const Parser *p, const AstName *name);

static void hoist_annex_b(Parser *p, Scope *scope, AnnexB *entry) {
  Variable *v = entry->name->binding;
  FunctionNode *fn = scope->function;
  if (v && v->scope == scope && is_exclusive(v)) return;
  if (entry->name == p->wk.arguments && scope->kind >= SCOPE_FUNCTION && fn->kind != FN_ARROW) return;
  // A parameter of that name: no hoisting (also below a body scope).
  for (Variable *w = v; w && w->scope->function == fn; w = w->shadowed) {
    if (w->kind == VAR_PARAMETER) return;
  }
  if (scope->kind == SCOPE_EVAL && outer_chain_has_lexical(p, entry->name)) return;
  if (!v || v->scope != scope) {
    v = declare_new(p, scope, VAR_VAR, entry->name, entry->pos);
    v->is_annex_b = true;
  }
  v->assigned = true;
  IdentifierNode *target = NEW_NODE(p, IdentifierNode, IDENTIFIER, entry->pos);
  target->name = entry->name;
  target->base.flags = IDENT_WRITE;
  target->var = v;
  entry->node->annex_b = target;
}

static void close_annex_b(Parser *p, Scope *scope) {
  u32 kept = scope->annex_start;
  for (u32 i = scope->annex_start; i < p->annex_b.len; i++) {
    AnnexB *entry = &p->annex_b.data[i];
    if (scope->is_var_scope) {
      hoist_annex_b(p, scope, entry);
      continue;
    }
    Variable *v = entry->name->binding;
    bool blocked = entry->scope != scope && v && v->scope == scope && !(v->kind == VAR_CATCH && v->is_simple_catch);
    if (!blocked) p->annex_b.data[kept++] = *entry;
  }
  p->annex_b.len = kept;
}

// ---- closing

// Instructions name few slots in their short form: where there are more, those come first that most functions use.
enum { SHORT_SLOTS = 250 };

static void order_slots(Scope *scope) {
  u32 users[UINT8_MAX + 1] = {0}, least = UINT8_MAX, popular = 0, next[2];
  for (const Variable *v = scope->variables; v; v = v->next) users[v->inner_uses] += v->captured;
  while (popular + users[least] <= SHORT_SLOTS) popular += users[least--];
  next[0] = 0, next[1] = popular;
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->captured) v->slot = next[v->inner_uses <= least]++;
  }
}

void scope_assign_slots(Scope *scope) {
  bool all = scope->has_direct_eval || scope->inner_direct_eval;
  scope->slot_count = 0;
  if (scope->kind == SCOPE_SCRIPT) return;
  bool sloppy_eval = scope->kind == SCOPE_EVAL && !scope->is_strict;
  for (Variable *v = scope->variables; v; v = v->next) {
    if (sloppy_eval && !variable_is_lexical(v)) continue;
    if (all || v->kind == VAR_IMPORT) v->captured = true;
    if (v->captured) v->slot = scope->slot_count++;
  }
  if (scope->slot_count > SHORT_SLOTS && !sloppy_eval) order_slots(scope);
}

// Body-scope variables named like a parameter start with its value.
static void link_param_aliases(Parser *p, Scope *body) {
  FunctionNode *fn = body->function;
  for (Variable *v = body->variables; v; v = v->next) {
    if (!v->in_scope_list || variable_is_lexical(v)) continue;
    Variable *outer = v->shadowed;
    if (outer && outer->scope == fn->scope) {
      v->param_alias = outer;
      outer->is_referenced = true;
    } else if (v->name == p->wk.arguments && v->kind == VAR_VAR && fn->kind != FN_ARROW) {
      if (!fn->arguments_var) fn->arguments_var = scope_new_variable(p, fn->scope, VAR_ARGUMENTS, v->name, fn->start);
      fn->uses_arguments = true;
      v->param_alias = fn->arguments_var;
    }
  }
}

// `var arguments` without a body scope is the implicit binding itself.
static void adopt_var_arguments(Parser *p, Scope *scope) {
  FunctionNode *fn = scope->function;
  Variable *v = p->wk.arguments->binding;
  if (!v || v->scope != scope || v->kind != VAR_VAR || fn->kind == FN_ARROW || fn->kind >= FN_FIELD_INIT) return;
  fn->arguments_var = v;
  fn->uses_arguments = true;
}

static void add_self_for_eval(Parser *p, Scope *scope) {
  FunctionNode *fn = scope->function;
  if (!fn->name || fn->is_declaration || fn->kind != FN_NORMAL || !(scope->has_direct_eval || scope->inner_direct_eval)) return;
  Variable *v = fn->name->binding;
  if (v && (v->scope == scope || v->scope == fn->body_scope)) return;
  if (!fn->self_var) fn->self_var = scope_new_variable(p, scope, VAR_FUNCTION_NAME, fn->name, fn->start);
}

// `arguments.length`, `arguments[i]` and `f.apply(x, arguments)` can be answered from the frame, if it still holds then what it
// held at the call. What apply calls gets an object when it is not the built-in one: it must not notice the missing map.
static bool can_elide_arguments(const Scope *scope) {
  const FunctionNode *fn = scope->function;
  if (fn->arguments_escape || !fn->has_simple_params || fn->is_async || fn->is_generator || fn->kind == FN_ARROW) return false;
  if (fn->arguments_var->kind != VAR_ARGUMENTS || fn->arguments_var->captured || fn->body_scope) return false;
  for (const Variable *v = scope->variables; v; v = v->next) {
    if (v->kind != VAR_PARAMETER) continue;
    if (v->assigned || v->function) return false;
    if (fn->forwards_arguments && !scope->is_strict && v->is_referenced) return false;
  }
  return true;
}

// A mapped arguments object shares the parameters: they live where both can reach them.
static void capture_mapped_parameters(Scope *scope) {
  FunctionNode *fn = scope->function;
  if (fn->uses_arguments && can_elide_arguments(scope)) {
    fn->arguments_elided = true;
    return;
  }
  if (!fn->uses_arguments || scope->is_strict || !fn->has_simple_params || fn->kind == FN_ARROW) return;
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->kind == VAR_PARAMETER) v->captured = true;
  }
}

void scope_close(Parser *p, u32 end) {
  Scope *scope = p->scope, *parent = scope->parent;
  scope->end = end;
  if (p->failed) {
    scope_drop_bindings(p, scope);
    p->scope = parent;
    return;
  }
  if (p->annex_b.len > scope->annex_start) close_annex_b(p, scope);
  if (scope->kind == SCOPE_BODY) link_param_aliases(p, scope);
  if (scope->kind == SCOPE_FUNCTION) adopt_var_arguments(p, scope);
  resolve_refs(p, scope);
  if (scope->kind == SCOPE_FUNCTION) {
    add_self_for_eval(p, scope);
    capture_mapped_parameters(scope);
  }
  scope_assign_slots(scope);
  scope_drop_bindings(p, scope);
  if (parent) {
    if (scope->has_direct_eval) {
      if (parent->function == scope->function) {
        parent->has_direct_eval = true;
      } else {
        parent->inner_direct_eval = true;
        parent->function->inner_direct_eval = true;
      }
    }
    if (scope->inner_direct_eval) parent->inner_direct_eval = parent->function->inner_direct_eval = true;
  }
  p->scope = parent;
}

void scope_leave_function(Parser *p, u32 refs_start, FunctionNode *fn, u32 pos, bool keep_nodes) {
  u32 kept = refs_start, epoch = ++p->epoch;
  fn->run_pos = pos;
  bool element = fn->is_class_member || fn->kind == FN_FIELD_INIT || fn->kind == FN_STATIC_INIT;
  u8 extra = REF_CAPTURED | (element ? REF_FROM_ELEMENT : 0);
  for (u32 i = refs_start; i < p->refs.len; i++) {
    Ref ref = p->refs.data[i];
    if (fn->kind == FN_ARROW) note_pseudo_use(p, fn, &ref);
    bool written = ref.node && ref.node->base.flags & IDENT_WRITE; // a fresh use; merged ones have it in their flags
    ref.flags = (u8)((ref.flags & (REF_READ | REF_WRITE | REF_EVAL)) | extra | (written ? REF_WRITE : 0));
    ref.pos = pos;
    if (!keep_nodes) ref.node = NULL;
    if (ref.name->epoch == epoch) {
      Ref *first = &p->refs.data[ref.name->epoch_index];
      first->flags |= ref.flags;
      if (ref.node) {
        IdentifierNode *tail = ref.node;
        while (tail->next_ref) tail = tail->next_ref;
        tail->next_ref = first->node;
        first->node = ref.node;
      }
      continue;
    }
    ref.name->epoch = epoch;
    ref.name->epoch_index = kept;
    p->refs.data[kept++] = ref;
  }
  p->refs.len = kept;
}

// The scope in which the names of a for-in/of head are in TDZ while the object is evaluated: made only when it can be noticed.
void scope_make_head(Parser *p, Scope *loop, ScopeMark mark, Scope **head) {
  *head = NULL;
  bool seen = p->eval_count != mark.evals;
  for (u32 i = mark.refs; i < p->refs.len && !seen; i++) {
    Variable *v = p->refs.data[i].name->binding;
    seen = v && v->scope == loop;
  }
  if (!seen) {
    scope_move_children(p, loop, mark.last_child, loop->parent);
    return;
  }
  Scope *scope = ARENA_NEW(p->arena, Scope);
  scope->kind = SCOPE_BLOCK;
  scope->start = loop->start;
  scope->end = p->prev_end;
  scope->parent = loop->parent;
  scope->function = loop->function;
  scope->is_strict = loop->is_strict;
  scope->depth = loop->depth;
  scope->has_direct_eval = p->eval_count != mark.evals;
  scope_move_children(p, loop, mark.last_child, scope);
  for (Scope *child = scope->first_child; child; child = child->next_sibling) {
    if (child->has_direct_eval || child->inner_direct_eval) scope->inner_direct_eval = true;
  }
  for (Variable *v = loop->variables; v; v = v->next) {
    Variable *copy = scope_new_variable(p, scope, v->kind, v->name, v->pos);
    copy->needs_tdz = true;
    v->param_alias = copy;
  }
  u32 kept = mark.refs;
  for (u32 i = mark.refs; i < p->refs.len; i++) {
    Ref *ref = &p->refs.data[i];
    Variable *v = ref->name->binding;
    if (v && v->scope == loop) {
      bind_ref(ref, v->param_alias);
    } else {
      p->refs.data[kept++] = *ref;
    }
  }
  p->refs.len = kept;
  for (Variable *v = loop->variables; v; v = v->next) v->param_alias = NULL;
  scope_assign_slots(scope);
  *head = scope;
}

// ---- the outer chain

static const ScopeInfoVariable *info_find(const ScopeInfo *info, const AstName *name) {
  if (info->table) {
    for (u32 i = name->hash & info->table_mask; info->table[i]; i = (i + 1) & info->table_mask) {
      const ScopeInfoVariable *v = &info->variables[info->table[i] - 1];
      if (v->hash != name->hash || v->length != name->length || v->is_utf16 != name->is_utf16) continue;
      if (memcmp(v->chars, name->chars, (size_t)v->length << v->is_utf16) == 0) return v;
    }
    return NULL;
  }
  for (u32 i = 0; i < info->variable_count; i++) {
    const ScopeInfoVariable *v = &info->variables[i];
    if (!v->chars || v->length != name->length || v->is_utf16 != name->is_utf16) continue;
    if (memcmp(v->chars, name->chars, (size_t)v->length << v->is_utf16) == 0) return v;
  }
  return NULL;
}

// Eval code's var names may not meet a lexical name between the call and the function's var scope.
static bool outer_chain_has_lexical(const Parser *p, const AstName *name) {
  for (const ScopeInfo *info = p->outer_scope; info; info = info->outer) {
    const ScopeInfoVariable *v = info_find(info, name);
    if (v) {
      bool lexical = (v->kind >= VAR_LET && v->kind <= VAR_AWAIT_USING) || (v->kind == VAR_CATCH && !v->is_simple_catch);
      bool parameter = info->params_only && (v->kind == VAR_PARAMETER || v->kind == VAR_ARGUMENTS);
      if (lexical || parameter) return true;
    }
    if (info->is_var_scope && !(info->kind == SCOPE_EVAL && !info->is_strict)) return false;
  }
  return false;
}

static const ScopeInfoVariable *info_find_kind(const ScopeInfo *info, VariableKind kind) {
  for (u32 i = 0; i < info->variable_count; i++) {
    if (info->variables[i].kind == kind) return &info->variables[i];
  }
  return NULL;
}

// How the code being parsed stands to the scope that is being searched.
typedef struct OuterView {
  u32 hops, pos;
  bool dynamic, from_element;
} OuterView;

static Variable *outer_variable(Parser *p, const ScopeInfoVariable *found, AstName *name, const OuterView *view) {
  Variable *v = ARENA_NEW(p->main_arena, Variable);
  v->name = name;
  v->kind = found->kind;
  v->private_kind = found->private_kind;
  v->is_block_function = found->is_block_function;
  v->is_simple_catch = found->is_simple_catch;
  v->is_exported = found->is_exported;
  v->is_outer = v->captured = true;
  v->hops = (u16)view->hops;
  v->slot = found->slot;
  v->param_index = -1;
  v->reg = -1;
  v->needs_tdz = view->pos < found->init_pos && !(v->kind == VAR_CLASS_NAME && view->from_element);
  return v;
}

static void resolve_outer(Parser *p, Ref *ref) {
  AstName *name = ref->name;
  bool pseudo = is_pseudo(p, name);
  VariableKind kind = name == p->wk.this_ ? VAR_THIS : name == p->wk.new_target ? VAR_NEW_TARGET : VAR_CALLEE;
  const FunctionNode *root = p->result->root;
  OuterView view = {.pos = root->kind == FN_EVAL ? 0 : root->run_pos, .from_element = root->is_class_member};
  for (const ScopeInfo *info = p->outer_scope; info; info = info->outer) {
    const ScopeInfoVariable *found = pseudo ? info_find_kind(info, kind) : info_find(info, name);
    if (found) {
      Variable *v = name->binding ? name->binding : outer_variable(p, found, name, &view);
      if (pseudo && kind == VAR_THIS) v->needs_tdz = info->function_kind == FN_DERIVED_CONSTRUCTOR;
      name->binding = v;
      for (IdentifierNode *node = ref->node, *after; node; node = after) {
        after = node->next_ref;
        node->var = v;
        if (v->needs_tdz) node->base.flags |= IDENT_NEEDS_TDZ;
        if (view.dynamic && v->kind != VAR_PRIVATE_NAME && !pseudo) node->base.flags |= IDENT_DYNAMIC;
      }
      return;
    }
    if (info->is_dynamic) view.dynamic = true;
    if (info->has_environment) view.hops++;
    if (info->is_function_top) view.pos = info->run_pos, view.from_element = info->is_class_element;
    if (info->kind == SCOPE_CLASS) view.from_element = false;
  }
  if (is_private(name)) return fail_name(p, DIAG_PRIVATE_UNDECLARED, ref->where, ref->where + name->length, name);
  unbind_ref(ref, view.dynamic && !pseudo ? IDENT_DYNAMIC : 0);
}

void scope_resolve_outer(Parser *p) {
  for (u32 i = 0; i < p->refs.len && !p->failed; i++) resolve_outer(p, &p->refs.data[i]);
  for (u32 i = 0; i < p->refs.len; i++) p->refs.data[i].name->binding = NULL;
  p->refs.len = 0;
  if (!p->failed && p->result->root->kind == FN_EVAL && !p->result->root->is_strict) {
    for (Variable *v = p->result->root->scope->variables; v && !p->failed; v = v->next) {
      if (variable_is_lexical(v) || v->is_annex_b || !v->name) continue;
      if (outer_chain_has_lexical(p, v->name)) fail_name(p, DIAG_REDECLARED, v->pos, v->pos + v->name->length, v->name);
    }
  }
}

// ---- describing scopes for later parses

static bool info_wants(const Scope *scope, const Variable *v) {
  if (!v->captured || scope->kind == SCOPE_SCRIPT) return false;
  return !(scope->kind == SCOPE_EVAL && !scope->is_strict && !variable_is_lexical(v));
}

static u32 info_init_pos(const Variable *v) {
  switch (v->kind) {
  case VAR_LET:
  case VAR_CONST:
  case VAR_CLASS:
  case VAR_USING:
  case VAR_AWAIT_USING:
    if (v->is_block_function) return 0;
    return v->scope->kind == SCOPE_SWITCH ? UINT32_MAX : v->init_pos;
  case VAR_PARAMETER: return v->scope->function->has_param_expressions ? v->init_pos : 0;
  case VAR_CATCH: return v->is_simple_catch ? 0 : v->init_pos;
  case VAR_CLASS_NAME:
  case VAR_IMPORT: return UINT32_MAX;
  default: return 0;
  }
}

static void info_build_table(ScopeInfo *info, Arena *arena) {
  if (info->variable_count < 8) return;
  u32 capacity = 16;
  while (capacity < info->variable_count * 2) capacity *= 2;
  u32 *table = ARENA_ARRAY(arena, u32, capacity);
  for (u32 i = 0; i < info->variable_count; i++) {
    if (!info->variables[i].chars) continue;
    u32 k = info->variables[i].hash & (capacity - 1);
    while (table[k]) k = (k + 1) & (capacity - 1);
    table[k] = i + 1;
  }
  info->table = table;
  info->table_mask = capacity - 1;
}

ScopeInfo *scope_info_from_scope(const Scope *scope, const ScopeInfo *outer, Arena *arena) {
  ScopeInfo *info = ARENA_NEW(arena, ScopeInfo);
  u32 count = 0;
  for (const Variable *v = scope->variables; v; v = v->next) count += info_wants(scope, v);
  ScopeInfoVariable *out = ARENA_ARRAY(arena, ScopeInfoVariable, count);
  u32 n = 0;
  for (const Variable *v = scope->variables; v; v = v->next) {
    if (!info_wants(scope, v)) continue;
    bool pseudo = v->kind == VAR_THIS || v->kind == VAR_NEW_TARGET || v->kind == VAR_CALLEE || v->kind == VAR_HIDDEN;
    ScopeInfoVariable *iv = &out[n++];
    iv->kind = v->kind;
    iv->private_kind = v->private_kind;
    iv->slot = v->slot;
    iv->is_block_function = v->is_block_function;
    iv->is_simple_catch = v->is_simple_catch;
    iv->is_exported = v->is_exported;
    iv->init_pos = info_init_pos(v);
    if (pseudo) continue;
    size_t bytes = (size_t)v->name->length << v->name->is_utf16;
    void *chars = arena_alloc(arena, MAX(bytes, 1));
    memcpy(chars, v->name->chars, bytes);
    iv->chars = chars;
    iv->length = v->name->length;
    iv->is_utf16 = v->name->is_utf16;
    iv->hash = v->name->hash;
  }
  info->outer = outer;
  info->variables = out;
  info->variable_count = n;
  info->kind = scope->kind;
  info->function_kind = scope->function->kind;
  info->is_dynamic = scope_is_dynamic(scope) && scope->kind != SCOPE_SCRIPT;
  info->has_environment = scope->slot_count > 0 || info->is_dynamic;
  info->is_var_scope = scope->is_var_scope;
  info->is_strict = scope->is_strict;
  const FunctionNode *fn = scope->function;
  info->is_function_top = fn->scope == scope;
  info->run_pos = fn->run_pos;
  info->params_only = info->is_function_top && fn->body_scope;
  info->is_class_element = fn->is_class_member || fn->kind == FN_FIELD_INIT || fn->kind == FN_STATIC_INIT;
  info_build_table(info, arena);
  return info;
}

const ScopeInfo *scope_info_chain(const Scope *scope, const ScopeInfo *outer, Arena *arena) {
  VEC(Scope *) path = {0};
  const ScopeInfo *info = outer;
  for (; scope; scope = scope->parent) {
    if (scope->info) {
      info = scope->info;
      break;
    }
    // A class is listed even when empty: crossing it matters for the initialisation of the names around it.
    bool needed = scope->slot_count > 0 || scope_is_dynamic(scope) || scope->is_var_scope || scope->kind == SCOPE_CLASS;
    if (needed) vec_push(&path, (Scope *)scope);
  }
  for (u32 i = path.len; i-- > 0;) info = path.data[i]->info = scope_info_from_scope(path.data[i], info, arena);
  vec_free(&path);
  return info;
}
