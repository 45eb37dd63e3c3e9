// SPDX-License-Identifier: MIT
// Expressions. Object and array literals, parenthesised lists and `async(...)` calls are parsed as expressions first and converted when
// a `=` or `=>` shows that they were patterns or parameters (parse_pattern.c); errors that only an expression has wait in p->cover.
#include "parser/parser_internal.h"

#if __has_include("parser/regexp_syntax.h")
#include "parser/regexp_syntax.h"
#else
bool regexp_syntax_check(Arena *arena, const void *chars, bool is_utf16, u32 length, const void *flags, u32 flags_length,
                         const char **message);
#endif

static Node *parse_unary(Parser *p);

// ---- small things

IdentifierNode *new_identifier(Parser *p, AstName *name, u32 pos) {
  IdentifierNode *node = NEW_NODE(p, IdentifierNode, IDENTIFIER, pos);
  node->name = name;
  return node;
}

IdentifierNode *pseudo_ref(Parser *p, u8 type, AstName *name, u32 pos) {
  IdentifierNode *node = new_node_(p, sizeof *node, type, pos);
  node->name = name;
  scope_add_ref(p, node, REF_READ);
  return node;
}

static Node *dummy(Parser *p) { return NEW_NODE(p, Node, NULL, p->tok.start); }

void cover_check(Parser *p) {
  if (p->cover.code) fail(p, p->cover.code, p->cover.start, p->cover.end);
}

static void cover_set(Parser *p, DiagCode code, u32 start, u32 end) {
  if (!p->cover.code) p->cover = (Cover){(u16)code, start, end};
}

static bool is_bare_arrow(const Node *node) {
  return node->type == AST_FUNCTION && node->flags & FUNCTION_BARE_ARROW && !node->parens;
}

bool identifier_ok(Parser *p, const Token *token, bool binding) {
  const FnState *fs = p->fs;
  u8 type = token->type == T_ESCAPED_RESERVED ? token->name->keyword : token->type;
  if (token_is_contextual(type)) {
    if (binding && fs->strict && type >= T_EVAL) {
      fail(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, token->start, token->end);
      return false;
    }
    return true;
  }
  bool ok = false;
  if (type == T_AWAIT) {
    ok = !fs->is_await && !(fs->context & (CONTEXT_MODULE | CONTEXT_STATIC_BLOCK));
    p->last_await_name = token->start + 1;
  } else if (type == T_YIELD) {
    ok = !fs->is_yield && !fs->strict;
  } else if (token_is_strict_reserved(type)) {
    ok = !fs->strict;
  }
  if (!ok) {
    Token plain = *token;
    if (binding) plain.type = type; // an escape does not change the message then
    fail_token(p, &plain);
  }
  return ok;
}

AstName *parse_identifier(Parser *p, bool binding) {
  if (!identifier_ok(p, &p->tok, binding)) return p->wk.empty;
  AstName *name = p->tok.name;
  next(p);
  return name;
}

AstName *identifier_name(Parser *p) {
  if (!token_is_word(p->tok.type)) {
    fail_unexpected(p);
    return p->wk.empty;
  }
  AstName *name = p->tok.name;
  next(p);
  return name;
}

void mark_write(Node *target, bool read) {
  if (target->type == AST_IDENTIFIER) target->flags |= IDENT_WRITE | (read ? IDENT_READ : 0);
}

bool check_simple_target(Parser *p, Node *target, DiagCode code, u32 start, u32 end) {
  switch (target->type) {
  case AST_IDENTIFIER: {
    const AstName *name = ((IdentifierNode *)target)->name;
    if (p->fs->strict && (name == p->wk.eval || name == p->wk.arguments)) {
      fail(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, start, end);
      return false;
    }
    return true;
  }
  case AST_MEMBER:
  case AST_INDEX: use_as_reference(target); return true;
  case AST_PRIVATE_MEMBER:
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: return true;
  case AST_CALL: // web reality: f() = 1 fails when it runs
    if (!p->fs->strict) return true;
    FALLTHROUGH;
  default: fail(p, code, start, end); return false;
  }
}

static void check_octal(Parser *p) {
  if (LIKELY(!(p->tok.flags & (TOKEN_OCTAL | TOKEN_LEADING_ZERO | TOKEN_NON_OCTAL))) || !p->fs->strict) return;
  bool number = p->tok.type == T_NUMBER;
  DiagCode code = p->tok.flags & TOKEN_OCTAL ? (number ? DIAG_OCTAL_LITERAL : DIAG_OCTAL_ESCAPE)
                  : number                   ? DIAG_OCTAL_LEADING_ZERO
                                             : DIAG_OCTAL_89_ESCAPE;
  fail(p, code, p->tok.start, p->tok.end);
}

// ---- literals

static Node *parse_number(Parser *p) {
  check_octal(p);
  NumberNode *node = NEW_NODE(p, NumberNode, NUMBER, p->tok.start);
  node->value = p->tok.number;
  next(p);
  return &node->base;
}

static Node *parse_string(Parser *p) {
  check_octal(p);
  StringNode *node = NEW_NODE(p, StringNode, STRING, p->tok.start);
  if (p->tok.flags & TOKEN_ESCAPED) node->base.flags |= STRING_HAS_ESCAPE;
  node->value = p->preparsing ? p->wk.empty : token_string(p, &p->tok);
  next(p);
  return &node->base;
}

static Node *parse_bigint(Parser *p) {
  StringNode *node = NEW_NODE(p, StringNode, BIGINT, p->tok.start);
  node->value = p->preparsing ? p->wk.empty : token_bigint(p, &p->tok);
  next(p);
  return &node->base;
}

static void fail_regexp(Parser *p, const char *message) {
  if (strcmp(message, "Invalid regular expression flags") == 0 || strcmp(message, "Invalid flags") == 0) {
    return fail(p, DIAG_REGEXP_FLAGS, p->tok.start, p->tok.end);
  }
  char *literal = source_text_utf8(p->source, p->tok.start, p->tok.end, p->main_arena);
  size_t size = strlen(literal) + strlen(message) + 3;
  char *text = arena_alloc(p->main_arena, size);
  snprintf(text, size, "%s: %s", literal, message);
  fail_text(p, DIAG_REGEXP, p->tok.start, p->tok.end, text);
}

static Node *parse_regexp(Parser *p) {
  lex_regexp(p);
  if (!at(p, T_REGEXP)) {
    fail_unexpected(p);
    return dummy(p);
  }
  u32 start = p->tok.start + 1, slash = p->tok.error_start, flags = slash + 1, end = p->tok.end;
  u32 width = p->is_utf16 ? 2 : 1;
  const char *chars = p->chars, *message = NULL;
  if (!regexp_syntax_check(p->arena, chars + (size_t)start * width, p->is_utf16, slash - start, chars + (size_t)flags * width,
                           end - flags, &message)) {
    fail_regexp(p, message ? message : "Invalid");
    return dummy(p);
  }
  RegExpNode *node = NEW_NODE(p, RegExpNode, REGEXP, p->tok.start);
  if (!p->preparsing) {
    node->pattern = source_slice_name(p, start, slash);
    node->reg_flags = source_slice_name(p, flags, end);
  }
  next(p);
  return &node->base;
}

static TemplateNode *parse_template(Parser *p, bool tagged) {
  TemplateNode *node = NEW_NODE(p, TemplateNode, TEMPLATE, p->tok.start);
  VEC(TemplatePart) parts = {0};
  u32 mark = list_begin(p);
  for (;;) {
    if (!at(p, T_TEMPLATE)) {
      fail_unexpected(p);
      break;
    }
    if (p->tok.flags & TOKEN_BAD_ESCAPE && !tagged) fail(p, p->tok.error_code, p->tok.error_start, p->tok.error_end);
    TemplatePart part = {NULL, NULL};
    if (!p->preparsing && !p->failed) {
      part.cooked = token_template(p, &p->tok, true);
      part.raw = token_template(p, &p->tok, false);
    }
    vec_push(&parts, part);
    bool tail = p->tok.flags & TOKEN_TAIL;
    next(p);
    if (tail || p->failed) break;
    list_add(p, parse_expression(p, true));
    if (!at(p, T_RBRACE)) {
      if (at(p, T_EOF)) {
        fail(p, DIAG_UNTERMINATED_TEMPLATE, node->base.pos, p->length);
      } else {
        fail(p, DIAG_UNTERMINATED_TEMPLATE_EXPR, p->tok.start, p->tok.end);
      }
      break;
    }
    lex_template_continue(p);
  }
  node->expressions = list_end(p, mark);
  if (!p->failed) {
    node->parts = ARENA_ARRAY(p->arena, TemplatePart, parts.len);
    memcpy(node->parts, parts.data, parts.len * sizeof(TemplatePart));
  }
  vec_free(&parts);
  return node;
}

static Node *parse_array(Parser *p) {
  ListNode *node = NEW_NODE(p, ListNode, ARRAY, p->tok.start);
  u32 mark = list_begin(p);
  next(p);
  while (!at(p, T_RBRACKET) && !at(p, T_EOF)) {
    if (at(p, T_COMMA)) {
      list_add(p, NULL);
      next(p);
      continue;
    }
    if (at(p, T_ELLIPSIS)) {
      UnaryNode *spread = NEW_NODE(p, UnaryNode, SPREAD, p->tok.start);
      next(p);
      spread->operand = parse_assignment_cover(p, true);
      if (at(p, T_COMMA)) spread->base.flags |= SPREAD_COMMA;
      list_add(p, &spread->base);
    } else {
      list_add(p, parse_assignment_cover(p, true));
    }
    if (!at(p, T_RBRACKET)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACKET);
  node->list = list_end(p, mark);
  return &node->base;
}

// ---- object literals

Node *new_string_key(Parser *p, AstName *name, u32 pos) {
  StringNode *key = NEW_NODE(p, StringNode, STRING, pos);
  key->value = name;
  return &key->base;
}

Node *parse_property_key(Parser *p, u8 *flags) {
  u32 pos = p->tok.start;
  switch (p->tok.type) {
  case T_STRING: {
    check_octal(p);
    AstName *name = token_string(p, &p->tok);
    next(p);
    return new_string_key(p, name, pos);
  }
  case T_NUMBER: {
    check_octal(p);
    AstName *name = p->preparsing ? p->wk.empty : intern_number(p, p->tok.number);
    next(p);
    return new_string_key(p, name, pos);
  }
  case T_BIGINT: return parse_bigint(p);
  case T_LBRACKET: {
    next(p);
    Node *key = parse_assignment(p, true);
    expect(p, T_RBRACKET);
    *flags |= KEY_COMPUTED;
    return key;
  }
  default: return new_string_key(p, identifier_name(p), pos);
  }
}

// After a word that may be a modifier (get, set, async): does it name the property itself?
static bool at_property_end(const Parser *p) {
  switch (p->tok.type) {
  case T_COMMA:
  case T_COLON:
  case T_LPAREN:
  case T_RBRACE:
  case T_ASSIGN:
  case T_EOF: return true;
  default: return false;
  }
}

static Node *parse_shorthand(Parser *p, const Token *word) {
  if (!identifier_ok(p, word, false)) return dummy(p);
  if (word->name == p->wk.arguments && p->fs->context & CONTEXT_NO_ARGUMENTS) {
    fail(p, DIAG_ARGUMENTS_IN_CLASS, word->start, word->end);
  }
  IdentifierNode *id = new_identifier(p, word->name, word->start);
  scope_add_ref(p, id, REF_READ);
  if (!at(p, T_ASSIGN)) return &id->base;
  cover_set(p, DIAG_INVALID_COVER_INITIALIZED, p->tok.start, p->tok.end);
  Cover cover = p->cover;
  AssignNode *assign = NEW_NODE(p, AssignNode, ASSIGN, p->tok.start);
  next(p);
  assign->target = &id->base;
  assign->value = parse_assignment(p, true);
  p->cover = cover;
  return &assign->base;
}

typedef struct ObjectState {
  bool has_proto;
} ObjectState;

static Node *parse_object_member(Parser *p, ObjectState *state) {
  PropertyNode *node = NEW_NODE(p, PropertyNode, PROPERTY, p->tok.start);
  Token first = p->tok;
  u32 fn_flags = 0;
  PropertyKind kind = PROPERTY_INIT;
  bool have_key = false;
  if (at(p, T_MUL)) {
    fn_flags = FLAG_GENERATOR;
    next(p);
  } else if (at(p, T_ASYNC) || at(p, T_GET) || at(p, T_SET)) {
    next(p);
    have_key = at_property_end(p);
    if (!have_key && first.type == T_ASYNC) {
      fn_flags = FLAG_ASYNC;
      if (p->tok.newline_before) fail_unexpected(p);
      if (eat(p, T_MUL)) fn_flags |= FLAG_GENERATOR;
    } else if (!have_key) {
      kind = first.type == T_GET ? PROPERTY_GETTER : PROPERTY_SETTER;
    }
  }
  if (have_key) {
    node->key = new_string_key(p, first.name, first.start);
  } else {
    first = p->tok;
    node->key = parse_property_key(p, &node->base.flags);
  }
  node->base.op = (u8)kind;
  if (kind != PROPERTY_INIT) {
    node->value = &parse_function(p, kind == PROPERTY_GETTER ? FN_GETTER : FN_SETTER, 0, node->base.pos, NULL, first)->base;
    return &node->base;
  }
  if (at(p, T_LPAREN) || fn_flags) {
    node->base.op = PROPERTY_METHOD;
    node->value = &parse_function(p, FN_METHOD, fn_flags, node->base.pos, NULL, first)->base;
    return &node->base;
  }
  if (at(p, T_COLON)) {
    u32 key_end = p->prev_end;
    next(p);
    bool named = !(node->base.flags & KEY_COMPUTED) && (token_is_word(first.type) || first.type == T_STRING);
    if (named && ((StringNode *)node->key)->value == p->wk.proto) {
      if (state->has_proto) cover_set(p, DIAG_DUPLICATE_PROTO, first.start, key_end);
      state->has_proto = true;
      node->base.op = PROPERTY_PROTO;
    }
    node->value = parse_assignment_cover(p, true);
    return &node->base;
  }
  if (!token_may_be_identifier(first.type)) {
    if (at(p, T_COMMA) || at(p, T_RBRACE) || at(p, T_ASSIGN)) {
      fail_token(p, &first);
    } else {
      fail_unexpected(p);
    }
    return &node->base;
  }
  if (!at(p, T_COMMA) && !at(p, T_RBRACE) && !at(p, T_ASSIGN)) {
    fail_unexpected(p);
    return &node->base;
  }
  node->base.flags |= PROPERTY_SHORTHAND;
  node->value = parse_shorthand(p, &first);
  return &node->base;
}

static Node *parse_object(Parser *p) {
  ListNode *node = NEW_NODE(p, ListNode, OBJECT, p->tok.start);
  u32 mark = list_begin(p);
  ObjectState state = {false};
  next(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    if (at(p, T_ELLIPSIS)) {
      PropertyNode *spread = NEW_NODE(p, PropertyNode, PROPERTY, p->tok.start);
      spread->base.op = PROPERTY_SPREAD;
      next(p);
      spread->value = parse_assignment_cover(p, true);
      if (at(p, T_COMMA)) spread->base.parens = SPREAD_COMMA;
      list_add(p, &spread->base);
    } else {
      list_add(p, parse_object_member(p, &state));
    }
    if (!at(p, T_RBRACE)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACE);
  node->list = list_end(p, mark);
  return &node->base;
}

Node *parse_primary_literal(Parser *p) { return at(p, T_LBRACKET) ? parse_array(p) : parse_object(p); }

// ---- parentheses and arrows

// `...x` as the last item of what must be arrow parameters.
static Node *parse_rest_cover(Parser *p) {
  UnaryNode *rest = NEW_NODE(p, UnaryNode, SPREAD, p->tok.start);
  next(p);
  if (at(p, T_LBRACKET) || at(p, T_LBRACE)) {
    rest->operand = parse_primary_literal(p);
  } else {
    u32 pos = p->tok.start;
    IdentifierNode *id = new_identifier(p, parse_identifier(p, false), pos);
    scope_add_ref(p, id, REF_READ);
    rest->operand = &id->base;
  }
  if (at(p, T_ASSIGN)) fail(p, DIAG_REST_DEFAULT, p->tok.start, p->tok.end);
  if (at(p, T_COMMA)) fail(p, DIAG_PARAM_AFTER_REST, p->tok.start, p->tok.end);
  return &rest->base;
}

static Node *parse_paren(Parser *p) {
  u32 start = p->tok.start;
  bool arrow_ok = p->assignment_start == start, in = p->assignment_in, eager = p->eager_pos == start;
  ScopeMark mark = scope_mark(p);
  u32 items = list_begin(p), only_arrow_pos = UINT32_MAX, only_arrow_end = 0;
  next(p);
  p->eager_pos = p->tok.start;
  while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
    if (at(p, T_ELLIPSIS)) {
      only_arrow_pos = p->tok.start, only_arrow_end = p->tok.end;
      list_add(p, parse_rest_cover(p));
      break;
    }
    list_add(p, parse_assignment_cover(p, true));
    if (!eat(p, T_COMMA)) break;
    if (at(p, T_RPAREN)) only_arrow_pos = p->tok.start, only_arrow_end = p->tok.end;
  }
  if (p->list.len == items) only_arrow_pos = p->tok.start, only_arrow_end = p->tok.end;
  Token close = p->tok;
  expect(p, T_RPAREN);
  NodeList list = list_end(p, items);
  if (at(p, T_ARROW)) {
    if (!arrow_ok && p->assignment_start != UINT32_MAX) {
      fail(p, DIAG_MALFORMED_ARROW, start, p->prev_end);
    } else if (!arrow_ok) {
      fail_unexpected(p);
    } else if (p->tok.newline_before) {
      fail_unexpected(p);
    } else {
      p->cover.code = 0;
      if (eager) p->eager_pos = start; // ((a) => { ... })()
      return parse_arrow(p, start, start, mark, list, false, in);
    }
  }
  if (p->failed) return dummy(p);
  if (only_arrow_pos != UINT32_MAX) {
    if (only_arrow_pos == close.start) {
      fail_token(p, &close);
    } else {
      fail_text(p, DIAG_UNEXPECTED_TOKEN, only_arrow_pos, only_arrow_end, "...");
    }
    return dummy(p);
  }
  cover_check(p);
  Node *result;
  if (list.count == 1) {
    result = list.items[0];
  } else {
    ListNode *sequence = NEW_NODE(p, ListNode, SEQUENCE, start);
    sequence->list = list;
    result = &sequence->base;
  }
  result->parens = 1;
  return result;
}

static Node *parse_identifier_expression(Parser *p) {
  Token word = p->tok;
  bool arrow_ok = p->assignment_start == word.start;
  ScopeMark mark = {0};
  if (!identifier_ok(p, &word, false)) return dummy(p);
  next(p);
  if (UNLIKELY(at(p, T_ARROW)) && arrow_ok && !p->tok.newline_before) {
    mark = scope_mark(p);
    IdentifierNode *id = new_identifier(p, word.name, word.start);
    u32 items = list_begin(p);
    list_add(p, &id->base);
    return parse_arrow(p, word.start, word.start, mark, list_end(p, items), false, p->assignment_in);
  }
  if (word.name == p->wk.arguments && p->fs->context & CONTEXT_NO_ARGUMENTS) {
    fail(p, DIAG_ARGUMENTS_IN_CLASS, word.start, word.end);
  }
  IdentifierNode *id = new_identifier(p, word.name, word.start);
  scope_add_ref(p, id, REF_READ);
  return &id->base;
}

// `async` that begins an expression: a function, an arrow, or just a name.
static Node *parse_async(Parser *p) {
  Token after = peek(p);
  if (!after.newline_before) {
    if (after.type == T_FUNCTION) return parse_function_expression(p);
    if (token_may_be_identifier(after.type) && p->assignment_start == p->tok.start) {
      u32 start = p->tok.start;
      Token saved = p->tok;
      u32 pos = p->pos;
      next(p);
      Token arrow = peek(p);
      if (arrow.type == T_ARROW && !arrow.newline_before) {
        ScopeMark mark = scope_mark(p);
        u32 params_start = p->tok.start, items = list_begin(p);
        if (p->tok.type == T_AWAIT) fail_unexpected(p);
        IdentifierNode *id = new_identifier(p, parse_identifier(p, false), params_start);
        list_add(p, &id->base);
        return parse_arrow(p, start, params_start, mark, list_end(p, items), true, p->assignment_in);
      }
      p->tok = saved;
      p->pos = pos;
    }
  }
  return parse_identifier_expression(p);
}

static Node *parse_super(Parser *p) {
  u32 start = p->tok.start, end = p->tok.end;
  next(p);
  u16 context = p->fs->context;
  if (at(p, T_LPAREN) && context & CONTEXT_SUPER_CALL) {
    SuperCallNode *node = NEW_NODE(p, SuperCallNode, SUPER_CALL, start);
    p->fs->fn->uses_super_call = true;
    bool spread = false;
    node->args = parse_arguments(p, 0, &spread);
    if (spread) node->base.flags |= CALL_HAS_SPREAD;
    node->this_ref = pseudo_ref(p, AST_THIS, p->wk.this_, start);
    node->callee = pseudo_ref(p, AST_CALLEE, p->wk.callee, start);
    node->new_target = pseudo_ref(p, AST_NEW_TARGET, p->wk.new_target, start);
    return &node->base;
  }
  if ((at(p, T_DOT) || at(p, T_LBRACKET)) && context & CONTEXT_SUPER_PROPERTY) {
    SuperMemberNode *node = NEW_NODE(p, SuperMemberNode, SUPER_MEMBER, start);
    p->fs->fn->uses_super_property = true;
    node->this_ref = pseudo_ref(p, AST_THIS, p->wk.this_, start);
    node->callee = pseudo_ref(p, AST_CALLEE, p->wk.callee, start);
    if (eat(p, T_DOT)) {
      node->base.pos = p->tok.start;
      if (at(p, T_PRIVATE_NAME)) fail(p, DIAG_UNEXPECTED_PRIVATE, p->tok.start, p->tok.end);
      node->name = identifier_name(p);
    } else {
      next(p);
      node->base.type = AST_SUPER_INDEX;
      node->key = parse_expression(p, true);
      expect(p, T_RBRACKET);
    }
    return &node->base;
  }
  if (at(p, T_OPTIONAL) && context & CONTEXT_SUPER_PROPERTY) {
    fail(p, DIAG_OPTIONAL_CHAIN_SUPER, p->tok.start, p->tok.end);
  }
  fail(p, DIAG_UNEXPECTED_SUPER, start, end);
  return dummy(p);
}

static Node *parse_import_expression(Parser *p, bool in_new) {
  u32 start = p->tok.start, end = p->tok.end;
  next(p);
  if (eat(p, T_DOT)) {
    if (p->tok.type == T_META) {
      if (!(p->fs->context & CONTEXT_MODULE)) fail(p, DIAG_IMPORT_META_OUTSIDE, start, p->tok.end);
      next(p);
      p->has_import_meta = true;
      return NEW_NODE(p, Node, IMPORT_META, start);
    }
    fail_unexpected(p);
    return dummy(p);
  }
  if (!at(p, T_LPAREN)) {
    if (p->fs->context & CONTEXT_MODULE) {
      fail_unexpected(p);
    } else {
      fail(p, DIAG_IMPORT_OUTSIDE, start, end);
    }
    return dummy(p);
  }
  if (in_new) fail(p, DIAG_IMPORT_CALL_NEW, start, end);
  next(p);
  if (at(p, T_RPAREN)) fail(p, DIAG_IMPORT_NO_SPECIFIER, p->tok.start, p->tok.end);
  ImportCallNode *node = NEW_NODE(p, ImportCallNode, IMPORT_CALL, start);
  node->specifier = parse_assignment(p, true);
  if (eat(p, T_COMMA) && !at(p, T_RPAREN)) {
    node->options = parse_assignment(p, true);
    eat(p, T_COMMA);
  }
  expect(p, T_RPAREN);
  return &node->base;
}

static Node *parse_primary(Parser *p) {
  u32 start = p->tok.start;
  look_around(p, start);
  u8 type = p->tok.type;
  switch (type) {
  case T_NUMBER: return parse_number(p);
  case T_STRING: return parse_string(p);
  case T_BIGINT: return parse_bigint(p);
  case T_TEMPLATE: return &parse_template(p, false)->base;
  case T_THIS: next(p); return &pseudo_ref(p, AST_THIS, p->wk.this_, start)->base;
  case T_NULL: next(p); return NEW_NODE(p, Node, NULL, start);
  case T_TRUE: next(p); return NEW_NODE(p, Node, TRUE, start);
  case T_FALSE: next(p); return NEW_NODE(p, Node, FALSE, start);
  case T_LPAREN: return parse_paren(p);
  case T_LBRACKET: return parse_array(p);
  case T_LBRACE: return parse_object(p);
  case T_FUNCTION: return parse_function_expression(p);
  case T_CLASS: return &parse_class(p, false, true)->base;
  case T_DIV:
  case T_ASSIGN_DIV: return parse_regexp(p);
  case T_ASYNC: return parse_async(p);
  case T_SUPER: return parse_super(p);
  case T_IMPORT: return parse_import_expression(p, false);
  default: break;
  }
  if (LIKELY(token_may_be_identifier(type))) return parse_identifier_expression(p);
  fail_unexpected(p);
  return dummy(p);
}

// ---- member and call chains

NodeList parse_arguments(Parser *p, u32 flags, bool *has_spread) {
  bool cover = flags & ARGUMENTS_COVER;
  u32 mark = list_begin(p);
  next(p);
  while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
    if (at(p, T_ELLIPSIS)) {
      UnaryNode *spread = NEW_NODE(p, UnaryNode, SPREAD, p->tok.start);
      next(p);
      spread->operand = cover ? parse_assignment_cover(p, true) : parse_assignment(p, true);
      if (at(p, T_COMMA)) spread->base.flags |= SPREAD_COMMA;
      list_add(p, &spread->base);
      *has_spread = true;
    } else {
      if (flags & ARGUMENTS_EAGER) p->eager_pos = p->tok.start;
      list_add(p, cover ? parse_assignment_cover(p, true) : parse_assignment(p, true));
    }
    if (!eat(p, T_COMMA)) break;
  }
  if (at(p, T_RPAREN)) {
    next(p);
  } else if (at(p, T_ERROR)) {
    fail_unexpected(p);
  } else {
    fail(p, DIAG_MISSING_PAREN, p->tok.start, p->tok.end);
  }
  NodeList list = list_end(p, mark);
  if (list.count > 65535) fail(p, DIAG_TOO_MANY_ARGUMENTS, p->prev_start, p->prev_end);
  return list;
}

// `arguments[0]()`, `arguments[0] = 1`, `delete arguments[0]` need the object.
void use_as_reference(Node *node) {
  if (node->type != AST_MEMBER && node->type != AST_INDEX) return;
  Node *object = node->type == AST_MEMBER ? ((MemberNode *)node)->object : ((IndexNode *)node)->object;
  if (object->type == AST_IDENTIFIER) object->flags &= (u8)~IDENT_PART;
}

static void note_part(const Parser *p, Node *object, u8 link) {
  if (object->type == AST_IDENTIFIER && ((IdentifierNode *)object)->name == p->wk.arguments && !link) object->flags |= IDENT_PART;
}

static void note_forward(const Parser *p, const CallNode *call) {
  if (call->args.count != 2 || call->callee->type != AST_MEMBER || call->callee->flags & LINK_OPTIONAL || call->base.flags) return;
  Node *list = call->args.items[1];
  if (((MemberNode *)call->callee)->name != p->wk.apply || list->type != AST_IDENTIFIER) return;
  if (((IdentifierNode *)list)->name == p->wk.arguments) list->flags |= IDENT_FORWARD;
}

static Node *parse_call(Parser *p, Node *callee, u8 link) {
  CallNode *node = NEW_NODE(p, CallNode, CALL, p->tok.start);
  if (token_is_word(p->prev_type) && !callee->parens && !link) node->base.pos = p->prev_start;
  node->callee = callee;
  node->base.flags = link;
  bool spread = false;
  if (callee->type == AST_IDENTIFIER && ((IdentifierNode *)callee)->name == p->wk.eval && !link) {
    node->base.flags |= CALL_DIRECT_EVAL;
  }
  // (function (root, factory) {...})(this, function () {...}): the factory runs at once as well.
  node->args = parse_arguments(p, callee->type == AST_FUNCTION ? ARGUMENTS_EAGER : 0, &spread);
  if (spread) node->base.flags |= CALL_HAS_SPREAD;
  if (node->base.flags & CALL_DIRECT_EVAL) scope_note_eval(p);
  use_as_reference(callee);
  note_forward(p, node);
  return &node->base;
}

static Node *parse_private_member(Parser *p, Node *object, u8 link) {
  PrivateMemberNode *node = NEW_NODE(p, PrivateMemberNode, PRIVATE_MEMBER, p->tok.start);
  node->object = object;
  node->base.flags = link;
  node->name = pseudo_ref(p, AST_PRIVATE_NAME, p->tok.name, p->tok.start);
  next(p);
  return &node->base;
}

static Node *parse_member_name(Parser *p, Node *object, u8 link) {
  if (at(p, T_PRIVATE_NAME)) return parse_private_member(p, object, link);
  MemberNode *node = NEW_NODE(p, MemberNode, MEMBER, p->tok.start);
  node->object = object;
  node->base.flags = link;
  node->name = identifier_name(p);
  if (node->name == p->wk.length) note_part(p, object, link);
  return &node->base;
}

static Node *parse_index(Parser *p, Node *object, u8 link) {
  IndexNode *node = NEW_NODE(p, IndexNode, INDEX, p->tok.start);
  next(p);
  node->object = object;
  node->base.flags = link;
  node->index = parse_expression(p, true);
  expect(p, T_RBRACKET);
  note_part(p, object, link);
  return &node->base;
}

static Node *parse_tagged(Parser *p, Node *tag) {
  TaggedTemplateNode *node = NEW_NODE(p, TaggedTemplateNode, TAGGED_TEMPLATE, p->tok.start);
  node->tag = tag;
  use_as_reference(tag);
  node->quasi = parse_template(p, true);
  return &node->base;
}

// A literal that turns out to be an operand can no longer become a pattern.
static void settle_cover(Parser *p, const Node *node) {
  if (p->cover.code && (node->type == AST_OBJECT || node->type == AST_ARRAY)) cover_check(p);
}

static Node *parse_chain_link(Parser *p, Node *node) {
  next(p);
  switch (p->tok.type) {
  case T_LPAREN: return parse_call(p, node, LINK_OPTIONAL);
  case T_LBRACKET: return parse_index(p, node, LINK_OPTIONAL);
  case T_TEMPLATE: fail(p, DIAG_UNEXPECTED_TEMPLATE_AFTER_OPTIONAL, p->tok.start, p->tok.end); return node;
  default: return parse_member_name(p, node, LINK_OPTIONAL);
  }
}

static Node *parse_new(Parser *p);

static Node *parse_member_suffixes(Parser *p, Node *node) { // no calls: for `new`
  for (;;) {
    switch (p->tok.type) {
    case T_DOT:
      settle_cover(p, node);
      next(p);
      node = parse_member_name(p, node, 0);
      break;
    case T_LBRACKET:
      settle_cover(p, node);
      node = parse_index(p, node, 0);
      break;
    case T_TEMPLATE: node = parse_tagged(p, node); break;
    case T_OPTIONAL: fail(p, DIAG_OPTIONAL_CHAIN_NEW, p->tok.start, p->tok.end); return node;
    default: return node;
    }
  }
}

static Node *parse_new(Parser *p) {
  u32 start = p->tok.start;
  if (!stack_ok(p)) return dummy(p);
  next(p);
  if (eat(p, T_DOT)) {
    if (p->tok.type != T_TARGET) {
      fail_unexpected(p);
      return dummy(p);
    }
    if (!(p->fs->context & CONTEXT_NEW_TARGET)) fail(p, DIAG_UNEXPECTED_NEW_TARGET, start, p->tok.end);
    next(p);
    return &pseudo_ref(p, AST_NEW_TARGET, p->wk.new_target, start)->base;
  }
  CallNode *node = NEW_NODE(p, CallNode, NEW, start);
  p->eager_pos = p->tok.start;
  Node *callee = at(p, T_NEW) ? parse_new(p) : at(p, T_IMPORT) ? parse_import_expression(p, true) : parse_primary(p);
  if (is_bare_arrow(callee)) fail_unexpected(p);
  node->callee = parse_member_suffixes(p, callee);
  bool spread = false;
  if (at(p, T_LPAREN)) node->args = parse_arguments(p, 0, &spread);
  if (spread) node->base.flags |= CALL_HAS_SPREAD;
  return &node->base;
}

// `async (` : a call, or the head of an async arrow.
static Node *parse_async_call(Parser *p, Node *callee, u32 start, ScopeMark mark, bool in) {
  CallNode *node = NEW_NODE(p, CallNode, CALL, p->prev_start);
  u32 params_start = p->tok.start;
  Cover saved = p->cover;
  p->cover.code = 0;
  bool spread = false;
  node->callee = callee;
  node->args = parse_arguments(p, ARGUMENTS_COVER, &spread);
  if (at(p, T_ARROW) && !p->tok.newline_before) {
    callee->flags |= IDENT_BINDING; // no use of the name `async` after all
    p->cover = saved;
    return parse_arrow(p, start, params_start, mark, node->args, true, in);
  }
  cover_check(p);
  p->cover = saved;
  if (spread) node->base.flags |= CALL_HAS_SPREAD;
  return &node->base;
}

Node *parse_left_hand_side(Parser *p) {
  u32 start = p->tok.start;
  u8 first = p->tok.type;
  bool async_arrow = first == T_ASYNC && p->assignment_start == start, in = p->assignment_in;
  ScopeMark mark = {0};
  if (async_arrow) mark = scope_mark(p);
  Node *node = first == T_NEW ? parse_new(p) : parse_primary(p);
  if (is_bare_arrow(node)) return node;
  if (async_arrow && at(p, T_LPAREN) && !p->tok.newline_before && node->type == AST_IDENTIFIER && p->prev_start == start) {
    node = parse_async_call(p, node, start, mark, in);
    if (is_bare_arrow(node)) return node;
  }
  bool in_chain = false;
  for (;;) {
    switch (p->tok.type) {
    case T_DOT:
      settle_cover(p, node);
      next(p);
      node = parse_member_name(p, node, 0);
      break;
    case T_LBRACKET:
      settle_cover(p, node);
      node = parse_index(p, node, 0);
      break;
    case T_LPAREN:
      settle_cover(p, node);
      node = parse_call(p, node, 0);
      break;
    case T_OPTIONAL:
      settle_cover(p, node);
      in_chain = true;
      node = parse_chain_link(p, node);
      break;
    case T_TEMPLATE:
      if (in_chain) {
        fail(p, DIAG_UNEXPECTED_TEMPLATE_AFTER_OPTIONAL, p->tok.start, p->tok.end);
        return node;
      }
      settle_cover(p, node);
      node = parse_tagged(p, node);
      break;
    default: {
      if (!in_chain) return node;
      UnaryNode *chain = NEW_NODE(p, UnaryNode, OPTIONAL_CHAIN, start);
      chain->operand = node;
      return &chain->base;
    }
    }
  }
}

// ---- operators

static Node *parse_postfix(Parser *p) {
  u32 start = p->tok.start;
  Node *node = parse_left_hand_side(p);
  if (LIKELY(!at(p, T_INC) && !at(p, T_DEC)) || p->tok.newline_before || is_bare_arrow(node)) return node;
  settle_cover(p, node);
  if (!check_simple_target(p, node, DIAG_INVALID_LHS_POSTFIX, start, p->prev_end)) return node;
  UnaryNode *update = NEW_NODE(p, UnaryNode, UPDATE, p->tok.start);
  update->operand = node;
  if (at(p, T_DEC)) update->base.flags |= UPDATE_DECREMENT;
  mark_write(node, true);
  next(p);
  return &update->base;
}

static bool is_private_reference(const Node *node) {
  while (node->type == AST_OPTIONAL_CHAIN) node = ((const UnaryNode *)node)->operand;
  return node->type == AST_PRIVATE_MEMBER;
}

static Node *parse_prefix_update(Parser *p) {
  UnaryNode *update = NEW_NODE(p, UnaryNode, UPDATE, p->tok.start);
  update->base.flags = UPDATE_PREFIX | (at(p, T_DEC) ? UPDATE_DECREMENT : 0);
  next(p);
  u32 start = p->tok.start;
  Node *target = parse_unary(p);
  settle_cover(p, target);
  if (!p->failed && check_simple_target(p, target, DIAG_INVALID_LHS_PREFIX, start, p->prev_end)) mark_write(target, true);
  update->operand = target;
  return &update->base;
}

static Node *parse_await(Parser *p) {
  UnaryNode *node = NEW_NODE(p, UnaryNode, AWAIT, p->tok.start);
  p->last_await = p->tok.start + 1;
  if (p->fs->in_params) fail(p, DIAG_AWAIT_IN_PARAMETER, p->tok.start, p->tok.end);
  next(p);
  p->fs->fn->has_await = true;
  node->operand = parse_unary(p);
  settle_cover(p, node->operand);
  if (at(p, T_EXP)) fail(p, DIAG_UNARY_BEFORE_EXP, node->base.pos, p->tok.end);
  return &node->base;
}

static Node *parse_unary(Parser *p) {
  UnaryOp op;
  switch (p->tok.type) {
  case T_NOT: op = UNARY_NOT; break;
  case T_BIT_NOT: op = UNARY_BIT_NOT; break;
  case T_ADD: op = UNARY_PLUS; break;
  case T_SUB: op = UNARY_MINUS; break;
  case T_TYPEOF: op = UNARY_TYPEOF; break;
  case T_VOID: op = UNARY_VOID; break;
  case T_DELETE: op = UNARY_DELETE; break;
  case T_INC:
  case T_DEC:
    if (!stack_ok(p)) return dummy(p);
    return parse_prefix_update(p);
  case T_AWAIT:
    if (p->fs->is_await) {
      if (!stack_ok(p)) return dummy(p);
      return parse_await(p);
    }
    FALLTHROUGH;
  default: return parse_postfix(p);
  }
  if (!stack_ok(p)) return dummy(p);
  UnaryNode *node = NEW_NODE(p, UnaryNode, UNARY, p->tok.start);
  node->base.op = (u8)op;
  next(p);
  p->eager_pos = p->tok.start; // !function(){}()
  Node *operand = parse_unary(p);
  if (is_bare_arrow(operand)) fail_unexpected(p);
  settle_cover(p, operand);
  node->operand = operand;
  if (op == UNARY_DELETE) {
    use_as_reference(operand);
    if (operand->type == AST_IDENTIFIER && p->fs->strict) fail(p, DIAG_DELETE_IDENTIFIER, node->base.pos, p->prev_end);
    if (is_private_reference(operand)) fail(p, DIAG_DELETE_PRIVATE, node->base.pos, p->prev_end);
  }
  if (at(p, T_EXP)) fail(p, DIAG_UNARY_BEFORE_EXP, node->base.pos, p->prev_end);
  return &node->base;
}

static bool is_logical(const Node *node, bool nullish) {
  return node->type == AST_LOGICAL && !node->parens && (node->op == LOGIC_NULLISH) == nullish;
}

static void check_nullish_mix(Parser *p, u8 type, u32 pos, const Node *left, const Node *right) {
  bool nullish = type == T_NULLISH;
  if (is_logical(left, !nullish)) fail_text(p, DIAG_UNEXPECTED_TOKEN, pos, pos + 2, token_text[type]);
  if (is_logical(right, !nullish)) {
    fail_text(p, DIAG_UNEXPECTED_TOKEN, right->pos, right->pos + 2, token_text[T_AND + right->op]);
  }
}

// `#x in object`; the private name is the current token.
static Node *parse_private_in_left(Parser *p, int min_precedence, bool in) {
  Token name = p->tok;
  IdentifierNode *node = pseudo_ref(p, AST_PRIVATE_NAME, name.name, name.start);
  next(p);
  if (!at(p, T_IN) || !in || min_precedence > token_precedence[T_IN]) fail_token(p, &name);
  return &node->base;
}

static Node *parse_binary(Parser *p, int min_precedence, bool in) {
  Node *left = UNLIKELY(at(p, T_PRIVATE_NAME)) ? parse_private_in_left(p, min_precedence, in) : parse_unary(p);
  for (;;) {
    u8 type = p->tok.type;
    int precedence = token_precedence[type];
    if (LIKELY(precedence == 0) || precedence < min_precedence) return left;
    if (type == T_IN && !in) return left;
    if (is_bare_arrow(left)) return left;
    settle_cover(p, left);
    u32 pos = p->tok.start;
    next(p);
    Node *right;
    if (type == T_EXP) {
      if (!stack_ok(p)) return left;
      right = parse_binary(p, precedence, in);
    } else {
      right = parse_binary(p, precedence + 1, in);
    }
    if (is_bare_arrow(right)) fail_unexpected(p);
    settle_cover(p, right);
    BinaryNode *node = NEW_NODE(p, BinaryNode, BINARY, pos);
    node->left = left;
    node->right = right;
    if (type >= T_AND && type <= T_NULLISH) {
      check_nullish_mix(p, type, pos, left, right);
      node->base.type = AST_LOGICAL;
      node->base.op = (u8)(type - T_AND);
    } else if (type == T_IN) {
      if (left->type == AST_PRIVATE_NAME) node->base.type = AST_PRIVATE_IN;
      node->base.op = BIN_IN;
    } else {
      node->base.op = type == T_INSTANCEOF ? BIN_INSTANCEOF : (u8)(type - T_ADD);
    }
    left = &node->base;
  }
}

static Node *parse_yield(Parser *p, bool in) {
  UnaryNode *node = NEW_NODE(p, UnaryNode, YIELD, p->tok.start);
  p->last_yield = p->tok.start + 1;
  if (p->fs->in_params) fail(p, DIAG_YIELD_IN_PARAMETER, p->tok.start, p->tok.end);
  next(p);
  if (p->tok.newline_before) return &node->base;
  switch (p->tok.type) {
  case T_EOF:
  case T_SEMICOLON:
  case T_RBRACE:
  case T_RBRACKET:
  case T_RPAREN:
  case T_COLON:
  case T_COMMA:
  case T_IN: return &node->base;
  case T_MUL:
    next(p);
    node->base.type = AST_YIELD_STAR;
    FALLTHROUGH;
  default: node->operand = parse_assignment(p, in);
  }
  return &node->base;
}

static Node *parse_assign_operator(Parser *p, Node *left, u32 start, bool in) {
  AssignNode *node = NEW_NODE(p, AssignNode, ASSIGN, p->tok.start);
  u8 type = p->tok.type;
  if (type == T_ASSIGN) {
    if ((left->type == AST_ARRAY || left->type == AST_OBJECT) && !left->parens) {
      p->cover.code = 0;
      left = convert_to_pattern(p, left, false, start, p->prev_end);
    } else {
      check_simple_target(p, left, DIAG_INVALID_ASSIGN_TARGET, start, p->prev_end);
      mark_write(left, false);
      if (left->type == AST_MEMBER && ((MemberNode *)left)->object->type == AST_THIS) p->fs->this_properties++;
    }
  } else {
    if (type >= T_ASSIGN_LOGICAL_AND && left->type == AST_CALL) fail(p, DIAG_INVALID_ASSIGN_TARGET, start, p->prev_end);
    check_simple_target(p, left, DIAG_INVALID_ASSIGN_TARGET, start, p->prev_end);
    mark_write(left, true);
    node->base.op = type >= T_ASSIGN_LOGICAL_AND ? (u8)(ASSIGN_LOGICAL + (type - T_ASSIGN_LOGICAL_AND))
                                                 : (u8)(ASSIGN_BINARY + (type - T_ASSIGN_ADD));
  }
  next(p);
  node->target = left;
  node->value = parse_assignment(p, in);
  return &node->base;
}

Node *parse_assignment_cover(Parser *p, bool in) {
  if (!stack_ok(p)) return dummy(p);
  if (at(p, T_YIELD) && p->fs->is_yield) return parse_yield(p, in);
  Cover saved = p->cover;
  p->cover.code = 0;
  u32 start = p->tok.start;
  p->assignment_start = start;
  p->assignment_in = in;
  Node *node = parse_binary(p, 1, in);
  u8 type = p->tok.type;
  if (type == T_QUESTION && !is_bare_arrow(node)) {
    settle_cover(p, node);
    ConditionalNode *conditional = NEW_NODE(p, ConditionalNode, CONDITIONAL, p->tok.start);
    next(p);
    conditional->test = node;
    conditional->then = parse_assignment(p, true);
    expect(p, T_COLON);
    conditional->otherwise = parse_assignment(p, in);
    node = &conditional->base;
  } else if (type >= T_ASSIGN && type <= T_ASSIGN_LOGICAL_NULLISH && !is_bare_arrow(node)) {
    node = parse_assign_operator(p, node, start, in);
  } else if (type == T_ARROW && node->type != AST_IDENTIFIER && !node->parens && !is_bare_arrow(node)) {
    fail(p, DIAG_MALFORMED_ARROW, start, p->prev_end);
  }
  if (saved.code) p->cover = saved;
  return node;
}

Node *parse_assignment(Parser *p, bool in) {
  Cover saved = p->cover;
  p->cover.code = 0;
  Node *node = parse_assignment_cover(p, in);
  if (UNLIKELY(p->cover.code)) cover_check(p);
  p->cover = saved;
  return node;
}

Node *parse_expression(Parser *p, bool in) {
  u32 start = p->tok.start;
  Node *node = parse_assignment(p, in);
  if (LIKELY(!at(p, T_COMMA))) return node;
  ListNode *sequence = NEW_NODE(p, ListNode, SEQUENCE, start);
  u32 mark = list_begin(p);
  list_add(p, node);
  while (eat(p, T_COMMA)) list_add(p, parse_assignment(p, in));
  sequence->list = list_end(p, mark);
  return &sequence->base;
}
