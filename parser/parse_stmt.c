// SPDX-License-Identifier: MIT
// Statements and declarations, automatic semicolons, labels and jumps.
#include "parser/parser_internal.h"

enum { STATEMENT_FUNCTION_OK = 1 }; // `label: function f() {}` may stand here

static Node *parse_statement_in(Parser *p, u32 flags);

static Node *dummy(Parser *p) { return NEW_NODE(p, Node, EMPTY, p->tok.start); }

void semicolon(Parser *p) {
  if (LIKELY(at(p, T_SEMICOLON))) return next(p);
  if (at(p, T_RBRACE) || at(p, T_EOF) || p->tok.newline_before) {
    if (!at(p, T_ERROR)) return;
  }
  if (p->prev_type == T_AWAIT && !p->fs->is_await) return fail(p, DIAG_AWAIT_NOT_IN_ASYNC, p->prev_start, p->prev_end);
  fail_unexpected(p);
}

static Scope *kept(Scope *scope) { return scope_is_empty(scope) ? NULL : scope; }

BlockNode *parse_block(Parser *p) {
  BlockNode *block = NEW_NODE(p, BlockNode, BLOCK, p->tok.start);
  if (!stack_ok(p)) return block;
  Scope *scope = scope_open(p, SCOPE_BLOCK, p->tok.start);
  expect(p, T_LBRACE);
  u32 mark = list_begin(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) list_add(p, parse_statement_list_item(p));
  block->list = list_end(p, mark);
  block->end = p->tok.start;
  expect(p, T_RBRACE);
  scope_close(p, p->prev_end);
  block->scope = kept(scope);
  return block;
}

// ---- declarations

static VariableKind variable_kind(DeclarationKind kind) {
  static const u8 kinds[] = {VAR_VAR, VAR_LET, VAR_CONST, VAR_USING, VAR_AWAIT_USING};
  return (VariableKind)kinds[kind];
}

static void check_initializer(Parser *p, DeclarationKind kind, const Declarator *item, u32 start, u32 end, bool in) {
  if (item->init || (!in && (at(p, T_IN) || at(p, T_OF)))) return;
  if (item->target->type != AST_IDENTIFIER) return fail(p, DIAG_MISSING_INIT_PATTERN, start, end);
  if (kind == DECLARE_CONST) return fail(p, DIAG_MISSING_INIT_CONST, start, end);
  if (kind >= DECLARE_USING) fail(p, DIAG_MISSING_INIT_USING, start, end);
}

// A `var x` without initialiser does nothing: its use is taken back.
static void retract_var_use(Parser *p, Node *target) {
  IdentifierNode *id = (IdentifierNode *)target;
  if (target->type != AST_IDENTIFIER || p->failed || p->refs.data[p->refs.len - 1].node != id) return;
  p->refs.len--;
  target->flags = IDENT_BINDING;
  Variable *v = id->name->binding;
  while (v && !v->scope->is_var_scope) v = v->shadowed;
  id->var = v;
}

Node *parse_declaration(Parser *p, DeclarationKind kind, bool in) {
  DeclarationNode *node = NEW_NODE(p, DeclarationNode, DECLARATION, p->prev_start);
  VEC(Declarator) items = {0};
  node->base.op = (u8)kind;
  do {
    Declarator item = {.pos = p->tok.start};
    u32 start = p->tok.start;
    if (kind >= DECLARE_USING && (at(p, T_LBRACKET) || at(p, T_LBRACE))) fail_unexpected(p);
    item.target = parse_binding_target(p, variable_kind(kind));
    u32 target_end = p->prev_end;
    if (at(p, T_ASSIGN)) {
      next(p);
      item.init = parse_assignment(p, in);
    } else {
      check_initializer(p, kind, &item, start, target_end, in);
      if (kind == DECLARE_VAR && (in || (!at(p, T_IN) && !at(p, T_OF)))) retract_var_use(p, item.target);
    }
    if (kind != DECLARE_VAR) pattern_initialized(item.target, p->prev_end);
    vec_push(&items, item);
  } while (eat(p, T_COMMA));
  node->count = items.len;
  node->items = ARENA_ARRAY(p->arena, Declarator, items.len);
  memcpy(node->items, items.data, items.len * sizeof(Declarator));
  vec_free(&items);
  return &node->base;
}

static bool starts_binding(const Token *token) {
  return token_may_be_identifier(token->type) || token->type == T_LBRACKET || token->type == T_LBRACE;
}

static bool at_let_declaration(Parser *p) {
  if (!at(p, T_LET)) return false;
  Token after = peek(p);
  return starts_binding(&after) || after.type == T_ESCAPED_KEYWORD;
}

// `using x`: both on one line.
static bool at_using(Parser *p, bool in_for) {
  if (!at(p, T_USING)) return false;
  Token after = peek(p);
  if (!token_may_be_identifier(after.type) || after.newline_before) return false;
  if (in_for && after.type == T_OF) {
    Token then = peek_after(p, &after);
    return then.type == T_ASSIGN || then.type == T_SEMICOLON || then.type == T_COLON;
  }
  return true;
}

static bool at_await_using(Parser *p) {
  if (!at(p, T_AWAIT) || !p->fs->is_await) return false;
  Token using = peek(p);
  if (using.type != T_USING || using.newline_before) return false;
  Token after = peek_after(p, &using);
  return token_may_be_identifier(after.type) && !after.newline_before;
}

static void check_using_place(Parser *p, u32 start, u32 end) {
  ScopeKind kind = (ScopeKind)p->scope->kind;
  if (kind == SCOPE_SCRIPT || kind == SCOPE_EVAL || kind == SCOPE_SWITCH) fail(p, DIAG_USING_PLACE, start, end);
}

Node *parse_class_declaration(Parser *p, bool name_optional) {
  ClassDeclarationNode *node = NEW_NODE(p, ClassDeclarationNode, CLASS_DECLARATION, p->tok.start);
  Token class_token = p->tok, name_token = peek(p);
  node->class_node = parse_class(p, true, name_optional);
  if (p->failed) return &node->base;
  AstName *name = node->class_node->name;
  if (name) {
    node->var = scope_declare(p, VAR_CLASS, name, class_token.start, name_token.end);
    node->var->pos = name_token.start;
  } else {
    node->var = scope_declare(p, VAR_CLASS, intern_ascii(p, "*default*"), class_token.start, class_token.end);
  }
  node->var->init_pos = p->prev_end;
  return &node->base;
}

Node *parse_lexical_or_null(Parser *p) {
  u32 start = p->tok.start;
  switch (p->tok.type) {
  case T_FUNCTION: return parse_function_declaration(p, false);
  case T_CLASS: return parse_class_declaration(p, false);
  case T_CONST: {
    next(p);
    Node *node = parse_declaration(p, DECLARE_CONST, true);
    semicolon(p);
    return node;
  }
  case T_LET: {
    if (!at_let_declaration(p)) return NULL;
    next(p);
    Node *node = parse_declaration(p, DECLARE_LET, true);
    semicolon(p);
    return node;
  }
  case T_ASYNC: {
    Token after = peek(p);
    if (after.type != T_FUNCTION || after.newline_before) return NULL;
    return parse_function_declaration(p, false);
  }
  case T_USING:
  case T_AWAIT: {
    bool await_using = at_await_using(p);
    if (!await_using && !at_using(p, false)) return NULL;
    if (await_using) {
      next(p);
      p->fs->fn->has_await = true;
    }
    next(p);
    check_using_place(p, start, p->prev_end);
    Node *node = parse_declaration(p, await_using ? DECLARE_AWAIT_USING : DECLARE_USING, true);
    semicolon(p);
    return node;
  }
  default: return NULL;
  }
}

Node *parse_statement_list_item(Parser *p) {
  if (!stack_ok(p)) return dummy(p);
  Node *node = parse_lexical_or_null(p);
  return node ? node : parse_statement_in(p, STATEMENT_FUNCTION_OK);
}

Node *parse_statement(Parser *p) { return parse_statement_in(p, 0); }

// ---- labels and jumps

static void mark_loop_labels(Parser *p, u32 start) {
  for (Label *label = p->fs->jumps.labels; label && label->body_start == start; label = label->next) {
    label->is_loop = true;
    start = label->start;
  }
}

static Label *find_label(Parser *p, const AstName *name) {
  Label *label = p->fs->jumps.labels;
  while (label && label->name != name) label = label->next;
  return label;
}

static Node *parse_jump(Parser *p, bool is_break) {
  JumpNode *node = is_break ? NEW_NODE(p, JumpNode, BREAK, p->tok.start) : NEW_NODE(p, JumpNode, CONTINUE, p->tok.start);
  u32 start = p->tok.start, end = p->tok.end;
  next(p);
  if (!at(p, T_SEMICOLON) && !at(p, T_RBRACE) && !at(p, T_EOF) && !p->tok.newline_before) {
    Token token = p->tok;
    node->label = parse_identifier(p, false);
    Label *label = find_label(p, node->label);
    if (!label) {
      fail_name(p, DIAG_UNDEFINED_LABEL, token.start, token.end, node->label);
    } else if (!is_break && !label->is_loop) {
      fail_name(p, DIAG_ILLEGAL_CONTINUE_LABEL, token.start, token.end, node->label);
    }
  } else if (is_break ? p->fs->jumps.breakables == 0 : p->fs->jumps.loops == 0) {
    fail(p, is_break ? DIAG_ILLEGAL_BREAK : DIAG_ILLEGAL_CONTINUE, start, end);
  }
  semicolon(p);
  return &node->base;
}

static Node *parse_labeled(Parser *p, IdentifierNode *id, u32 flags) {
  LabeledNode *node = NEW_NODE(p, LabeledNode, LABELED, id->base.pos);
  u32 end = p->prev_end;
  node->label = id->name;
  if (p->refs.len && p->refs.data[p->refs.len - 1].node == id) p->refs.len--; // it was no use
  if (find_label(p, id->name)) fail_name(p, DIAG_DUPLICATE_LABEL, id->base.pos, end, id->name);
  next(p);
  Label label = {id->name, id->base.pos, p->tok.start, false, p->fs->jumps.labels};
  p->fs->jumps.labels = &label;
  if (at(p, T_FUNCTION)) {
    if (p->fs->strict) {
      fail(p, DIAG_STRICT_FUNCTION, p->tok.start, p->tok.end);
    } else if (!(flags & STATEMENT_FUNCTION_OK)) {
      fail(p, DIAG_SLOPPY_FUNCTION, p->tok.start, p->tok.end);
    }
    Token after = peek(p);
    if (after.type == T_MUL) fail(p, DIAG_GENERATOR_SINGLE_STATEMENT, after.start, after.end);
    node->body = parse_function_declaration(p, false);
  } else {
    node->body = parse_statement_in(p, flags);
  }
  p->fs->jumps.labels = label.next;
  return &node->base;
}

// ---- simple statements

static Node *parse_expression_statement(Parser *p, u32 flags) {
  u32 start = p->tok.start;
  switch (p->tok.type) {
  case T_FUNCTION: fail(p, p->fs->strict ? DIAG_STRICT_FUNCTION : DIAG_SLOPPY_FUNCTION, start, p->tok.end); return dummy(p);
  case T_CLASS: fail_unexpected(p); return dummy(p);
  case T_ASYNC: {
    Token after = peek(p);
    if (after.type == T_FUNCTION && !after.newline_before) {
      fail(p, DIAG_ASYNC_SINGLE_STATEMENT, start, p->tok.end);
      return dummy(p);
    }
    break;
  }
  case T_LET: {
    Token after = peek(p);
    bool line = !after.newline_before && (after.type == T_LBRACE || token_may_be_identifier(after.type));
    if (after.type == T_LBRACKET || line) {
      fail(p, DIAG_LEXICAL_SINGLE_STATEMENT, start, p->tok.end);
      return dummy(p);
    }
    break;
  }
  default: break;
  }
  Node *expression = parse_expression(p, true);
  if (at(p, T_COLON) && expression->type == AST_IDENTIFIER && !expression->parens && p->prev_start == start) {
    return parse_labeled(p, (IdentifierNode *)expression, flags);
  }
  UnaryNode *node = NEW_NODE(p, UnaryNode, EXPRESSION_STATEMENT, start);
  node->operand = expression;
  semicolon(p);
  return &node->base;
}

static Node *parse_return(Parser *p) {
  UnaryNode *node = NEW_NODE(p, UnaryNode, RETURN, p->tok.start);
  if (!p->fs->return_ok) fail(p, DIAG_ILLEGAL_RETURN, p->tok.start, p->tok.end);
  next(p);
  if (!at(p, T_SEMICOLON) && !at(p, T_RBRACE) && !at(p, T_EOF) && !p->tok.newline_before) node->operand = parse_expression(p, true);
  semicolon(p);
  return &node->base;
}

static Node *parse_throw(Parser *p) {
  UnaryNode *node = NEW_NODE(p, UnaryNode, THROW, p->tok.start);
  next(p);
  if (p->tok.newline_before) fail(p, DIAG_NEWLINE_AFTER_THROW, p->prev_start, p->prev_end);
  node->operand = parse_expression(p, true);
  semicolon(p);
  return &node->base;
}

static Node *parse_condition(Parser *p) {
  expect(p, T_LPAREN);
  Node *test = parse_expression(p, true);
  expect(p, T_RPAREN);
  return test;
}

// Body of `if`: a function declaration there (Annex B) acts as if in a block.
static Node *parse_if_branch(Parser *p) {
  if (!at(p, T_FUNCTION) || p->fs->strict) return parse_statement(p);
  Token after = peek(p);
  if (after.type == T_MUL) fail(p, DIAG_GENERATOR_SINGLE_STATEMENT, after.start, after.end);
  BlockNode *block = NEW_NODE(p, BlockNode, BLOCK, p->tok.start);
  block->base.flags = BLOCK_SYNTHETIC;
  Scope *scope = scope_open(p, SCOPE_BLOCK, p->tok.start);
  u32 mark = list_begin(p);
  list_add(p, parse_function_declaration(p, false));
  block->list = list_end(p, mark);
  block->end = p->prev_end;
  scope_close(p, p->prev_end);
  block->scope = kept(scope);
  return &block->base;
}

static Node *parse_if(Parser *p) {
  IfNode *first = NULL;
  Node **link = NULL;
  for (;;) { // else-if chains can be long
    IfNode *node = NEW_NODE(p, IfNode, IF, p->tok.start);
    if (link) {
      *link = &node->base;
    } else {
      first = node;
    }
    next(p);
    node->test = parse_condition(p);
    node->then = parse_if_branch(p);
    if (!eat(p, T_ELSE)) break;
    if (!at(p, T_IF)) {
      node->otherwise = parse_if_branch(p);
      break;
    }
    link = &node->otherwise;
  }
  return &first->base;
}

static Node *parse_with(Parser *p) {
  WithNode *node = NEW_NODE(p, WithNode, WITH, p->tok.start);
  if (p->fs->strict) fail(p, DIAG_STRICT_WITH, p->tok.start, p->tok.end);
  next(p);
  node->object = parse_condition(p);
  p->fs->fn->uses_with = true;
  node->scope = scope_open(p, SCOPE_WITH, p->tok.start);
  node->body = parse_statement(p);
  scope_close(p, p->prev_end);
  return &node->base;
}

static Node *parse_switch(Parser *p) {
  SwitchNode *node = NEW_NODE(p, SwitchNode, SWITCH, p->tok.start);
  next(p);
  node->discriminant = parse_condition(p);
  Scope *scope = scope_open(p, SCOPE_SWITCH, p->tok.start);
  expect(p, T_LBRACE);
  p->fs->jumps.breakables++;
  u32 cases = list_begin(p);
  bool has_default = false;
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    CaseNode *clause = NEW_NODE(p, CaseNode, CASE, p->tok.start);
    if (eat(p, T_CASE)) {
      clause->test = parse_expression(p, true);
    } else {
      if (at(p, T_DEFAULT) && has_default) fail(p, DIAG_MULTIPLE_DEFAULTS, p->tok.start, p->tok.end);
      has_default = true;
      expect(p, T_DEFAULT);
    }
    expect(p, T_COLON);
    u32 mark = list_begin(p);
    while (!at(p, T_CASE) && !at(p, T_DEFAULT) && !at(p, T_RBRACE) && !at(p, T_EOF)) {
      list_add(p, parse_statement_list_item(p));
    }
    clause->body = list_end(p, mark);
    list_add(p, &clause->base);
  }
  NodeList list = list_end(p, cases);
  node->cases = (CaseNode **)list.items;
  node->count = list.count;
  p->fs->jumps.breakables--;
  expect(p, T_RBRACE);
  scope_close(p, p->prev_end);
  node->scope = kept(scope);
  return &node->base;
}

static void parse_catch(Parser *p, TryNode *node) {
  if (!at(p, T_LPAREN)) {
    node->handler = parse_block(p);
    return;
  }
  Scope *scope = node->catch_scope = scope_open(p, SCOPE_CATCH, p->tok.start);
  next(p);
  bool simple = !at(p, T_LBRACE) && !at(p, T_LBRACKET);
  node->param = parse_binding_target(p, VAR_CATCH);
  if (simple && scope->variables) scope->variables->is_simple_catch = true;
  pattern_initialized(node->param, p->prev_end);
  expect(p, T_RPAREN);
  node->handler = parse_block(p);
  scope_close(p, p->prev_end);
}

static Node *parse_try(Parser *p) {
  TryNode *node = NEW_NODE(p, TryNode, TRY, p->tok.start);
  next(p);
  node->block = parse_block(p);
  if (eat(p, T_CATCH)) parse_catch(p, node);
  if (eat(p, T_FINALLY)) node->finalizer = parse_block(p);
  if (!node->handler && !node->finalizer) {
    if (at(p, T_EOF)) {
      fail_unexpected(p);
    } else {
      fail(p, DIAG_NO_CATCH_OR_FINALLY, p->tok.start, p->tok.end);
    }
  }
  return &node->base;
}

// ---- loops

static Node *parse_loop_body(Parser *p) {
  p->fs->jumps.loops++;
  p->fs->jumps.breakables++;
  Node *body = parse_statement(p);
  p->fs->jumps.loops--;
  p->fs->jumps.breakables--;
  return body;
}

static Node *parse_while(Parser *p) {
  WhileNode *node = NEW_NODE(p, WhileNode, WHILE, p->tok.start);
  mark_loop_labels(p, p->tok.start);
  next(p);
  node->test = parse_condition(p);
  node->body = parse_loop_body(p);
  return &node->base;
}

static Node *parse_do_while(Parser *p) {
  WhileNode *node = NEW_NODE(p, WhileNode, DO_WHILE, p->tok.start);
  mark_loop_labels(p, p->tok.start);
  next(p);
  node->body = parse_loop_body(p);
  expect(p, T_WHILE);
  node->test = parse_condition(p);
  eat(p, T_SEMICOLON); // always optional here
  return &node->base;
}

typedef struct ForHead {
  u32 start; // offset of `for`
  u32 init_start, init_end;
  bool is_await;
  bool starts_with_let, is_async_name;
  bool is_declaration;
  Node *init;
} ForHead;

static void check_for_declaration(Parser *p, const ForHead *head, bool is_of) {
  const DeclarationNode *declaration = (const DeclarationNode *)head->init;
  const char *kind = !is_of ? "for-in" : head->is_await ? "for-await-of" : "for-of";
  if (declaration->count != 1) {
    return fail_text(p, DIAG_FOR_MULTIPLE, head->init_start, head->init_end, kind);
  }
  const Declarator *item = &declaration->items[0];
  bool annex_b = !is_of && !p->fs->strict && declaration->base.op == DECLARE_VAR && item->target->type == AST_IDENTIFIER;
  if (item->init && !annex_b) fail_text(p, DIAG_FOR_INITIALIZER, head->init_start, head->init_end, kind);
  if (declaration->base.op >= DECLARE_USING && !is_of) fail(p, DIAG_USING_FOR_IN, head->init_start, head->init_end);
}

static Node *check_for_target(Parser *p, const ForHead *head, bool is_of) {
  Node *target = head->init;
  if (is_of && head->starts_with_let) {
    fail(p, DIAG_FOR_OF_LET, head->init_start, head->init_end);
    return target;
  }
  if (is_of && head->is_async_name && !head->is_await) {
    fail(p, DIAG_FOR_OF_ASYNC, head->init_start, head->init_end);
    return target;
  }
  if ((target->type == AST_ARRAY || target->type == AST_OBJECT) && !target->parens) {
    p->cover.code = 0;
    return convert_to_pattern(p, target, false, head->init_start, head->init_end);
  }
  if (check_simple_target(p, target, DIAG_INVALID_LHS_FOR, head->init_start, head->init_end)) mark_write(target, false);
  return target;
}

static Node *parse_for_each(Parser *p, ForHead *head, Scope *scope) {
  bool is_of = at(p, T_OF);
  ForInNode *node = is_of ? NEW_NODE(p, ForInNode, FOR_OF, head->start) : NEW_NODE(p, ForInNode, FOR_IN, head->start);
  if (head->is_await) node->base.flags |= FOR_AWAIT;
  if (head->is_declaration) {
    check_for_declaration(p, head, is_of);
    node->target = head->init;
  } else {
    node->target = check_for_target(p, head, is_of);
  }
  ScopeMark mark = scope_mark(p);
  next(p);
  node->object = is_of ? parse_assignment(p, true) : parse_expression(p, true);
  if (!p->failed && scope->variables) scope_make_head(p, scope, mark, &node->head_scope);
  expect(p, T_RPAREN);
  if (head->is_declaration && head->init->op != DECLARE_VAR && !p->failed) {
    pattern_initialized(((DeclarationNode *)head->init)->items[0].target, p->prev_end);
  }
  node->body = parse_loop_body(p);
  scope_close(p, p->prev_end);
  node->scope = kept(scope);
  return &node->base;
}

static void parse_for_declaration(Parser *p, ForHead *head, DeclarationKind kind) {
  next(p);
  head->is_declaration = true;
  head->init = parse_declaration(p, kind, false);
}

static void parse_for_init(Parser *p, ForHead *head) {
  head->init_start = p->tok.start;
  if (at(p, T_VAR)) {
    parse_for_declaration(p, head, DECLARE_VAR);
  } else if (at(p, T_CONST)) {
    parse_for_declaration(p, head, DECLARE_CONST);
  } else if (at(p, T_LET)) {
    Token after = peek(p);
    // `for (let in x)` and `for (let of x)` use the name; `for (let of = ...` and `for (let of of` declare.
    bool declares = starts_binding(&after);
    if (declares && after.type == T_OF) {
      Token then = peek_after(p, &after);
      declares =
          then.type == T_ASSIGN || then.type == T_SEMICOLON || then.type == T_COMMA || then.type == T_IN || then.type == T_OF;
    }
    if (declares) {
      parse_for_declaration(p, head, DECLARE_LET);
    } else {
      head->starts_with_let = true;
    }
  } else if (at_using(p, true)) {
    parse_for_declaration(p, head, DECLARE_USING);
  } else if (at_await_using(p)) {
    next(p);
    p->fs->fn->has_await = true;
    parse_for_declaration(p, head, DECLARE_AWAIT_USING);
  }
  if (!head->init) {
    bool async_name = at(p, T_ASYNC);
    Cover saved = p->cover;
    p->cover.code = 0;
    Node *first = parse_assignment_cover(p, false);
    head->is_async_name = async_name && first->type == AST_IDENTIFIER && !first->parens && p->prev_start == head->init_start;
    if (at(p, T_COMMA)) {
      cover_check(p);
      ListNode *sequence = NEW_NODE(p, ListNode, SEQUENCE, head->init_start);
      u32 mark = list_begin(p);
      list_add(p, first);
      while (eat(p, T_COMMA)) list_add(p, parse_assignment(p, false));
      sequence->list = list_end(p, mark);
      first = &sequence->base;
    }
    head->init = first;
    if (!at(p, T_OF) && !at(p, T_IN)) cover_check(p);
    if (!(first->type == AST_ARRAY || first->type == AST_OBJECT) && p->cover.code) cover_check(p);
    p->cover = saved;
  }
  head->init_end = p->prev_end;
}

static Node *parse_for(Parser *p) {
  ForHead head = {.start = p->tok.start};
  mark_loop_labels(p, p->tok.start);
  next(p);
  if (at(p, T_AWAIT)) {
    if (!p->fs->is_await) fail(p, DIAG_AWAIT_NOT_IN_ASYNC, p->tok.start, p->tok.end);
    head.is_await = true;
    p->fs->fn->has_await = true;
    next(p);
  }
  expect(p, T_LPAREN);
  Scope *scope = scope_open(p, SCOPE_BLOCK, head.start);
  if (!at(p, T_SEMICOLON)) {
    parse_for_init(p, &head);
    if (at(p, T_OF) || (at(p, T_IN) && !head.is_await)) return parse_for_each(p, &head, scope);
  }
  if (head.is_await) fail_unexpected(p);
  ForNode *node = NEW_NODE(p, ForNode, FOR, head.start);
  node->init = head.init;
  expect(p, T_SEMICOLON);
  if (!at(p, T_SEMICOLON)) node->test = parse_expression(p, true);
  expect(p, T_SEMICOLON);
  if (!at(p, T_RPAREN)) node->update = parse_expression(p, true);
  expect(p, T_RPAREN);
  node->body = parse_loop_body(p);
  scope_close(p, p->prev_end);
  node->scope = kept(scope);
  return &node->base;
}

// ---- dispatch

static Node *parse_statement_in(Parser *p, u32 flags) {
  if (!stack_ok(p)) return dummy(p);
  u32 start = p->tok.start;
  look_around(p, start);
  switch (p->tok.type) {
  case T_LBRACE: return &parse_block(p)->base;
  case T_SEMICOLON: next(p); return NEW_NODE(p, Node, EMPTY, start);
  case T_VAR: {
    next(p);
    Node *node = parse_declaration(p, DECLARE_VAR, true);
    semicolon(p);
    return node;
  }
  case T_IF: return parse_if(p);
  case T_FOR: return parse_for(p);
  case T_WHILE: return parse_while(p);
  case T_DO: return parse_do_while(p);
  case T_CONTINUE: return parse_jump(p, false);
  case T_BREAK: return parse_jump(p, true);
  case T_RETURN: return parse_return(p);
  case T_WITH: return parse_with(p);
  case T_SWITCH: return parse_switch(p);
  case T_THROW: return parse_throw(p);
  case T_TRY: return parse_try(p);
  case T_DEBUGGER: {
    next(p);
    semicolon(p);
    return NEW_NODE(p, Node, DEBUGGER, start);
  }
  default: return parse_expression_statement(p, flags);
  }
}
