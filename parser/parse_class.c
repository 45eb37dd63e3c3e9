// SPDX-License-Identifier: MIT
// Classes. All instance field initialisers of a class are the code of one synthetic function (instance_init), all static ones and static
// blocks of another (static_init); each initialiser reopens its function's scope.
#include "parser/parser_internal.h"

typedef struct ClassState {
  ClassNode *node;
  Scope *scope;
} ClassState;

// ---- the synthetic functions

static FunctionNode *initializer_function(Parser *p, ClassState *state, bool is_static) {
  FunctionNode **slot = is_static ? &state->node->static_init : &state->node->instance_init;
  if (*slot) return *slot;
  FunctionNode *fn = NEW_NODE(p, FunctionNode, FUNCTION, state->node->start);
  fn->start = fn->run_pos = state->node->start;
  fn->params_start = fn->body_start = p->tok.start;
  fn->kind = is_static ? FN_STATIC_INIT : FN_FIELD_INIT;
  fn->is_strict = true;
  fn->has_simple_params = true;
  fn->is_static_member = is_static;
  fn->context = (u16)((p->fs->context & (CONTEXT_MODULE | CONTEXT_EVAL_BODY)) | CONTEXT_NEW_TARGET | CONTEXT_SUPER_PROPERTY |
                      CONTEXT_NO_ARGUMENTS | CONTEXT_STRICT);
  p->fs->fn->function_count++;
  *slot = fn;
  return fn;
}

typedef struct Initializer {
  FnState fs;
  FunctionNode *fn;
  Cover cover;
  u32 refs, last_await, last_yield, last_await_name;
} Initializer;

static void initializer_enter(Parser *p, ClassState *state, Initializer *init, bool is_static, u32 pos) {
  init->fn = initializer_function(p, state, is_static);
  init->fs = (FnState){.outer = p->fs, .fn = init->fn, .strict = true, .context = init->fn->context};
  init->cover = p->cover;
  init->refs = p->refs.len;
  init->last_await = p->last_await, init->last_yield = p->last_yield, init->last_await_name = p->last_await_name;
  p->cover.code = 0;
  p->fs = &init->fs;
  if (init->fn->scope) {
    scope_reopen(p, init->fn->scope);
  } else {
    init->fn->scope = scope_open(p, SCOPE_FUNCTION, pos);
  }
}

static void initializer_leave(Parser *p, Initializer *init, u32 pos) {
  scope_close(p, p->prev_end);
  p->cover = init->cover;
  p->last_await = init->last_await, p->last_yield = init->last_yield, p->last_await_name = init->last_await_name;
  p->fs = init->fs.outer;
  u32 run_pos = init->fn->run_pos;
  if (!p->failed) scope_leave_function(p, init->refs, init->fn, pos, true);
  init->fn->run_pos = run_pos;
}

// ---- elements

// After a word that may be a modifier: does it name the element itself?
static bool at_element_end(const Parser *p) {
  switch (p->tok.type) {
  case T_LPAREN:
  case T_ASSIGN:
  case T_SEMICOLON:
  case T_RBRACE:
  case T_EOF: return true;
  default: return false;
  }
}

static void parse_static_block(Parser *p, ClassState *state, ClassElement *element) {
  Initializer init;
  element->base.op = PROPERTY_STATIC_BLOCK;
  element->base.flags |= ELEMENT_STATIC;
  initializer_enter(p, state, &init, true, element->base.pos);
  p->fs->context |= CONTEXT_STATIC_BLOCK;
  BlockNode *block = NEW_NODE(p, BlockNode, BLOCK, p->tok.start);
  block->scope = scope_open(p, SCOPE_STATIC_BLOCK, p->tok.start);
  expect(p, T_LBRACE);
  u32 mark = list_begin(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) list_add(p, parse_statement_list_item(p));
  block->list = list_end(p, mark);
  block->end = p->tok.start;
  if (!at(p, T_RBRACE)) fail_unexpected(p);
  scope_close(p, p->tok.end);
  initializer_leave(p, &init, element->base.pos);
  element->value = &block->base;
  next(p);
}

static const AstName *plain_key(const ClassElement *element) {
  if (element->base.flags & KEY_COMPUTED || element->key->type != AST_STRING) return NULL;
  return ((const StringNode *)element->key)->value;
}

static Variable *hidden_variable(Parser *p, ClassState *state, u32 pos) {
  Variable *v = scope_new_variable(p, state->scope, VAR_HIDDEN, NULL, pos);
  v->captured = true;
  v->init_pos = 0;
  return v;
}

static void declare_private(Parser *p, ClassState *state, ClassElement *element, const Token *token) {
  if (token->name == p->wk.private_constructor) {
    bool field = element->base.op == PROPERTY_FIELD;
    fail(p, field ? DIAG_CONSTRUCTOR_FIELD : DIAG_CONSTRUCTOR_PRIVATE, token->start, token->end);
  }
  bool is_static = element->base.flags & ELEMENT_STATIC;
  u8 kind = element->base.op == PROPERTY_FIELD    ? PRIVATE_FIELD
            : element->base.op == PROPERTY_GETTER ? PRIVATE_GETTER
            : element->base.op == PROPERTY_SETTER ? PRIVATE_SETTER
                                                  : PRIVATE_METHOD;
  if (is_static) kind |= PRIVATE_STATIC;
  if (p->failed) return;
  Variable *v = scope_declare_private(p, state->scope, token->name, kind, token->start, token->end);
  element->private_var = ((IdentifierNode *)element->key)->var = v;
  if (kind & PRIVATE_FIELD || !is_static) v->captured = true; // the initialiser functions use it
  if (kind & PRIVATE_FIELD) return;
  if (is_static) {
    state->node->has_static_private_methods = true;
  } else {
    state->node->has_private_methods = true;
    element->method_var = hidden_variable(p, state, token->start);
  }
}

static void parse_field(Parser *p, ClassState *state, ClassElement *element, const Token *name) {
  bool is_static = element->base.flags & ELEMENT_STATIC;
  const AstName *key = element->base.flags & ELEMENT_PRIVATE ? NULL : plain_key(element);
  element->base.op = PROPERTY_FIELD;
  if (key && key == p->wk.constructor) fail(p, DIAG_CONSTRUCTOR_FIELD, name->start, name->end);
  if (key && is_static && key == p->wk.prototype) fail(p, DIAG_STATIC_PROTOTYPE, name->start, name->end);
  if (element->base.flags & ELEMENT_PRIVATE) declare_private(p, state, element, name);
  if (element->base.flags & KEY_COMPUTED) element->key_var = hidden_variable(p, state, element->base.pos);
  initializer_function(p, state, is_static);
  if (at(p, T_ASSIGN)) {
    Initializer init;
    initializer_enter(p, state, &init, is_static, element->base.pos);
    next(p);
    element->value = parse_assignment(p, true);
    initializer_leave(p, &init, element->base.pos);
  }
  semicolon(p);
}

static FunctionKind constructor_kind(Parser *p, ClassState *state, ClassElement *element, u32 fn_flags, const Token *name) {
  if (element->base.op == PROPERTY_GETTER || element->base.op == PROPERTY_SETTER) {
    fail(p, DIAG_CONSTRUCTOR_GETTER, name->start, name->end);
  } else if (fn_flags & FLAG_GENERATOR) {
    fail(p, DIAG_CONSTRUCTOR_GENERATOR, name->start, name->end);
  } else if (fn_flags & FLAG_ASYNC) {
    fail(p, DIAG_CONSTRUCTOR_ASYNC, name->start, name->end);
  } else if (state->node->constructor) {
    fail(p, DIAG_DUPLICATE_CONSTRUCTOR, name->start, name->end);
  }
  return state->node->heritage ? FN_DERIVED_CONSTRUCTOR : FN_CONSTRUCTOR;
}

// Returns false when it was the constructor, which is not listed.
static bool parse_method(Parser *p, ClassState *state, ClassElement *element, u32 fn_flags, const Token *name) {
  bool is_static = element->base.flags & ELEMENT_STATIC;
  const AstName *key = element->base.flags & ELEMENT_PRIVATE ? NULL : plain_key(element);
  FunctionKind kind = element->base.op == PROPERTY_GETTER ? FN_GETTER : element->base.op == PROPERTY_SETTER ? FN_SETTER : FN_METHOD;
  bool is_constructor = key && !is_static && key == p->wk.constructor;
  if (is_constructor) kind = constructor_kind(p, state, element, fn_flags, name);
  if (key && is_static && key == p->wk.prototype) fail(p, DIAG_STATIC_PROTOTYPE, name->start, name->end);
  if (key && is_static && key == p->wk.name) state->node->has_name_element = true;
  if (element->base.flags & ELEMENT_PRIVATE) declare_private(p, state, element, name);
  fn_flags |= FLAG_CLASS_MEMBER | (is_static ? FLAG_STATIC : 0);
  FunctionNode *fn = parse_function(p, kind, fn_flags, element->base.pos, NULL, *name);
  element->value = &fn->base;
  if (is_constructor) state->node->constructor = fn;
  return !is_constructor;
}

static void parse_element_key(Parser *p, ClassElement *element) {
  if (at(p, T_PRIVATE_NAME)) {
    IdentifierNode *id = NEW_NODE(p, IdentifierNode, PRIVATE_NAME, p->tok.start);
    id->name = p->tok.name;
    id->base.flags = IDENT_BINDING;
    element->key = &id->base;
    element->base.flags |= ELEMENT_PRIVATE;
    next(p);
  } else {
    element->key = parse_property_key(p, &element->base.flags);
  }
}

static void parse_element(Parser *p, ClassState *state) {
  ClassElement *element = NEW_NODE(p, ClassElement, CLASS_ELEMENT, p->tok.start);
  Token word = p->tok;
  bool have_key = false;
  u32 fn_flags = 0;
  element->base.op = PROPERTY_METHOD;
  if (at(p, T_STATIC)) {
    next(p);
    have_key = at_element_end(p);
    if (at(p, T_LBRACE)) {
      parse_static_block(p, state, element);
      return list_add(p, &element->base);
    }
    if (!have_key) { // the text of a static method begins after `static`
      element->base.flags |= ELEMENT_STATIC;
      element->base.pos = p->tok.start;
      word = p->tok;
    }
  }
  if (!have_key && at(p, T_ASYNC)) {
    next(p);
    have_key = at_element_end(p) || p->tok.newline_before;
    if (!have_key) {
      fn_flags |= FLAG_ASYNC;
      if (eat(p, T_MUL)) fn_flags |= FLAG_GENERATOR;
    }
  } else if (!have_key && (at(p, T_GET) || at(p, T_SET))) {
    next(p);
    have_key = at_element_end(p) || at(p, T_MUL);
    if (!have_key) element->base.op = word.type == T_GET ? PROPERTY_GETTER : PROPERTY_SETTER;
  } else if (!have_key && eat(p, T_MUL)) {
    fn_flags |= FLAG_GENERATOR;
  }
  if (have_key) {
    element->key = new_string_key(p, word.name, word.start);
  } else {
    word = p->tok;
    parse_element_key(p, element);
  }
  if (p->failed) return;
  if (at(p, T_LPAREN)) {
    if (parse_method(p, state, element, fn_flags, &word)) list_add(p, &element->base);
  } else if (fn_flags || element->base.op != PROPERTY_METHOD) {
    fail_unexpected(p);
  } else {
    const AstName *key = element->base.flags & ELEMENT_PRIVATE ? NULL : plain_key(element);
    if (key && element->base.flags & ELEMENT_STATIC && key == p->wk.name) state->node->has_name_element = true;
    parse_field(p, state, element, &word);
    list_add(p, &element->base);
  }
}

// ---- the class

static void collect_initializers(Parser *p, ClassNode *node) {
  for (int is_static = 0; is_static < 2; is_static++) {
    FunctionNode *fn = is_static ? node->static_init : node->instance_init;
    if (!fn) continue;
    u32 mark = list_begin(p);
    for (u32 i = 0; i < node->count; i++) {
      ClassElement *element = node->elements[i];
      bool field = element->base.op == PROPERTY_FIELD || element->base.op == PROPERTY_STATIC_BLOCK;
      if (field && !(element->base.flags & ELEMENT_STATIC) == !is_static) list_add(p, &element->base);
    }
    fn->body = list_end(p, mark);
    fn->end = node->end;
    if (!fn->scope) { // no initialiser at all: an empty scope
      FnState fs = {.outer = p->fs, .fn = fn, .strict = true, .context = fn->context};
      p->fs = &fs;
      fn->scope = scope_open(p, SCOPE_FUNCTION, node->start);
      scope_close(p, node->end);
      p->fs = fs.outer;
    }
  }
}

static void parse_heritage(Parser *p, ClassNode *node, Scope *scope) {
  if (eat(p, T_EXTENDS)) {
    Cover saved = p->cover;
    p->cover.code = 0;
    p->assignment_start = UINT32_MAX; // no arrow here
    node->heritage = parse_left_hand_side(p);
    cover_check(p);
    p->cover = saved;
  }
  scope->heritage_end = p->refs.len;
}

ClassNode *parse_class(Parser *p, bool is_declaration, bool name_optional) {
  ClassNode *node = NEW_NODE(p, ClassNode, CLASS, p->tok.start);
  bool strict = p->fs->strict;
  if (!stack_ok(p)) return node;
  node->start = p->tok.start;
  next(p);
  p->fs->strict = true;
  Token name = p->tok;
  if (token_may_be_identifier(name.type)) {
    node->name = parse_identifier(p, true);
  } else if (!name_optional) {
    fail_unexpected(p);
  }
  (void)is_declaration;
  Scope *scope = node->scope = scope_open(p, SCOPE_CLASS, node->start);
  if (node->name && !p->failed) node->name_var = scope_declare(p, VAR_CLASS_NAME, node->name, name.start, name.end);
  parse_heritage(p, node, scope);
  expect(p, T_LBRACE);
  ClassState state = {node, scope};
  u32 mark = list_begin(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    if (!eat(p, T_SEMICOLON)) parse_element(p, &state);
  }
  NodeList elements = list_end(p, mark);
  node->elements = (ClassElement **)elements.items;
  node->count = elements.count;
  node->end = p->tok.end;
  if (!p->failed && !at(p, T_RBRACE)) fail_unexpected(p);
  if (node->has_private_methods && !p->failed) initializer_function(p, &state, false);
  if (!p->failed) collect_initializers(p, node);
  if (node->name_var) node->name_var->init_pos = node->end;
  scope_close(p, node->end);
  p->fs->strict = strict;
  if (!p->failed) next(p);
  return node;
}
