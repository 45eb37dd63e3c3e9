// SPDX-License-Identifier: MIT
// Functions: parameters, bodies, directives, arrows; and laziness. A lazy function is parsed completely, for its errors and its free names, but
// into the temporary arena, which is wound back when it ends; what stays is the FunctionNode. Functions inside a function that is being
// pre-parsed are treated the same way, so that memory stays proportional to the largest body without inner functions.
#include "parser/parser_internal.h"

// ---- temporary memory of lazy functions

typedef struct LazyState {
  bool active;      // this function's nodes are dropped at its end
  bool outermost;   // it began the pre-parse
  char *next, *end; // position of the temporary arena
  Scope *last_child;
  u32 notes;
} LazyState;

enum { TEMP_ARENA_CHUNK = 512 * 1024 };

static LazyState lazy_begin(Parser *p, Scope *last_child, u32 notes) {
  LazyState state = {.active = true, .outermost = !p->preparsing, .last_child = last_child, .notes = notes};
  if (!p->temp.next) {
    p->temp.total = TEMP_ARENA_CHUNK; // the size of its first chunk
    void *first = arena_alloc(&p->temp, 8);
    (void)first;
  }
  state.next = p->temp.next;
  state.end = p->temp.end;
  p->preparsing = true;
  p->arena = &p->temp;
  return state;
}

static void lazy_forget(Parser *p, FunctionNode *fn, const LazyState *state) {
  fn->is_lazy = true;
  fn->scope = fn->body_scope = NULL;
  fn->params = fn->body = (NodeList){0};
  fn->self_var = fn->arguments_var = fn->this_var = fn->new_target_var = fn->callee_var = NULL;
  Scope *outer = p->scope;
  outer->last_child = state->last_child;
  if (state->last_child) {
    state->last_child->next_sibling = NULL;
  } else {
    outer->first_child = NULL;
  }
  if (p->temp.end == state->end) {
    memset(state->next, 0, (size_t)(p->temp.next - state->next));
    p->temp.next = state->next;
  } else if (state->outermost) {
    arena_free(&p->temp);
  }
}

static void lazy_end(Parser *p, FunctionNode *fn, const LazyState *state) {
  if (state->outermost) {
    p->preparsing = false;
    p->arena = p->main_arena;
    u32 n = p->notes.len - state->notes;
    if (n > 0) {
      u8 *bytes = arena_alloc(p->main_arena, n);
      memcpy(bytes, p->notes.data + state->notes, n);
      fn->preparse = bytes;
      fn->preparse_length = n;
    }
    p->notes.len = state->notes;
  }
  if (!p->failed) lazy_forget(p, fn, state);
}

// ---- the state of one function

typedef struct Saved {
  Cover cover;
  u32 last_await, last_yield, last_await_name;
  bool has_duplicates;
} Saved;

static u16 function_context(const Parser *p, FunctionKind kind) {
  u16 inherited = p->fs->context;
  if (kind == FN_ARROW) return inherited & (u16)~CONTEXT_STATIC_BLOCK;
  u16 context = (inherited & (CONTEXT_MODULE | CONTEXT_EVAL_BODY)) | CONTEXT_NEW_TARGET;
  if (kind == FN_NORMAL) return context;
  context |= CONTEXT_SUPER_PROPERTY;
  if (kind == FN_DERIVED_CONSTRUCTOR) context |= CONTEXT_SUPER_CALL | CONTEXT_DERIVED_THIS;
  return context;
}

static void function_enter(Parser *p, FunctionNode *fn, FnState *fs, Saved *saved) {
  *fs = (FnState){
      .outer = p->fs,
      .fn = fn,
      .strict = p->fs->strict,
      .return_ok = true,
      .context = function_context(p, fn->kind),
      .is_await = fn->is_async,
      .is_yield = fn->is_generator,
  };
  *saved = (Saved){p->cover, p->last_await, p->last_yield, p->last_await_name, false};
  p->cover.code = 0;
  p->fs = fs;
}

static void function_leave(Parser *p, FunctionNode *fn, FnState *fs, const Saved *saved) {
  fn->is_strict = fs->strict;
  fn->context = (u16)(fs->context | (fs->strict ? CONTEXT_STRICT : 0));
  fn->this_property_count = (u16)MIN(fs->this_properties, UINT16_MAX);
  fn->mapped_arguments = fn->uses_arguments && !fs->strict && fn->has_simple_params && fn->kind != FN_ARROW;
  p->cover = saved->cover;
  p->last_await = saved->last_await;
  p->last_yield = saved->last_yield;
  p->last_await_name = saved->last_await_name;
  p->fs = fs->outer;
  p->fs->fn->function_count++;
  if (fn->kind == FN_ARROW) {
    if (fn->uses_super_property) p->fs->fn->uses_super_property = true;
    if (fn->uses_super_call) p->fs->fn->uses_super_call = true;
  }
}

// ---- parameters

static void note_parameter(FunctionNode *fn, Node *param, u32 index, bool *counting) {
  if (param->type == AST_IDENTIFIER) {
    Variable *v = ((IdentifierNode *)param)->var;
    if (v) v->param_index = (i32)index;
  } else {
    fn->has_simple_params = false;
  }
  if (param->type == AST_DEFAULT || param->type == AST_REST) *counting = false;
  if (*counting) fn->length++;
  if (param->type != AST_REST) fn->param_count++;
  if (param->type == AST_REST) fn->has_rest = true;
  if (pattern_has_expression(param)) fn->has_param_expressions = true;
}

static void parse_formal_parameters(Parser *p, FunctionNode *fn) {
  bool counting = true;
  u32 mark = list_begin(p), index = 0;
  fn->has_simple_params = true;
  p->fs->in_params = true;
  expect(p, T_LPAREN);
  while (!at(p, T_RPAREN) && !at(p, T_EOF)) {
    Node *param;
    if (at(p, T_ELLIPSIS)) {
      UnaryNode *rest = NEW_NODE(p, UnaryNode, REST, p->tok.start);
      next(p);
      rest->operand = parse_binding_target(p, VAR_PARAMETER);
      param = &rest->base;
      if (at(p, T_ASSIGN)) fail(p, DIAG_REST_DEFAULT, p->tok.start, p->tok.end);
      if (at(p, T_COMMA)) fail(p, DIAG_PARAM_AFTER_REST, p->tok.start, p->tok.end);
    } else {
      param = parse_binding_element(p, VAR_PARAMETER);
    }
    if (p->failed) break;
    note_parameter(fn, param, index++, &counting);
    pattern_initialized(param, p->prev_end);
    list_add(p, param);
    if (!at(p, T_RPAREN)) {
      if (at(p, T_COMMA)) {
        next(p);
      } else if (at(p, T_EOF) || at(p, T_ERROR)) {
        fail_unexpected(p);
      } else {
        fail(p, DIAG_MISSING_FORMAL_PAREN, p->tok.start, p->tok.end);
      }
    }
  }
  expect(p, T_RPAREN);
  p->fs->in_params = false;
  fn->params = list_end(p, mark);
  if (fn->params.count > 65534) fail(p, DIAG_TOO_MANY_PARAMETERS, fn->params_start, p->prev_end);
}

static void check_accessor_parameters(Parser *p, const FunctionNode *fn) {
  if (p->failed) return;
  if (fn->kind == FN_GETTER && fn->params.count != 0) fail(p, DIAG_GETTER_PARAMS, fn->params_start, p->prev_end);
  if (fn->kind == FN_SETTER) {
    if (fn->params.count != 1) {
      fail(p, DIAG_SETTER_PARAMS, fn->params_start, p->prev_end);
    } else if (fn->has_rest) {
      fail(p, DIAG_SETTER_REST, fn->params_start, p->prev_end);
    }
  }
}

// Names that were acceptable before the body turned out to be strict.
static void check_strict_name(Parser *p, const AstName *name, u32 start, u32 end) {
  if (name == p->wk.eval || name == p->wk.arguments) return fail(p, DIAG_UNEXPECTED_EVAL_ARGUMENTS, start, end);
  if (token_is_strict_reserved(name->keyword)) fail(p, DIAG_UNEXPECTED_STRICT_RESERVED, start, end);
}

void check_function_strictness(Parser *p, FunctionNode *fn, const Token *name_token) {
  if (p->failed) return;
  bool unique = p->fs->strict || !fn->has_simple_params || fn->kind != FN_NORMAL;
  if (unique && p->fs->duplicate_end) fail(p, DIAG_DUPLICATE_PARAM, p->fs->duplicate_start, p->fs->duplicate_end);
  if (!p->fs->strict) return;
  if (fn->name && name_token) check_strict_name(p, fn->name, name_token->start, name_token->end);
  if (p->fs->outer && p->fs->outer->strict) return; // checked when parsed
  for (u32 i = 0; i < fn->params.count; i++) {
    if (fn->params.items[i]->type != AST_IDENTIFIER) continue;
    const IdentifierNode *id = (const IdentifierNode *)fn->params.items[i];
    check_strict_name(p, id->name, id->base.pos, id->base.pos + id->name->length);
  }
}

// ---- bodies

static bool is_use_strict(const Parser *p, const Token *token) {
  if (token->end - token->start != 12 || token->flags & TOKEN_ESCAPED) return false;
  for (u32 i = 0; i < 10; i++) {
    if (source_char_at(p->source, token->start + 1 + i) != (u8) "use strict"[i]) return false;
  }
  return true;
}

static void become_strict(Parser *p, const Token *directive) {
  FunctionNode *fn = p->fs->fn;
  if (!fn->has_simple_params) return fail(p, DIAG_STRICT_NON_SIMPLE, directive->start, directive->end);
  p->fs->strict = true;
  fn->is_strict = true;
  p->scope->is_strict = true;
}

NodeList parse_function_statements(Parser *p, TokenType end, Node *(*item)(Parser *)) {
  u32 mark = list_begin(p);
  Token octal = {0};
  while (at(p, T_STRING)) {
    Token directive = p->tok;
    Node *statement = item(p);
    list_add(p, statement);
    if (statement->type != AST_EXPRESSION_STATEMENT) break;
    const Node *value = ((UnaryNode *)statement)->operand;
    if (value->type != AST_STRING || value->parens || value->pos != directive.start) break;
    if (directive.flags & (TOKEN_OCTAL | TOKEN_NON_OCTAL) && !octal.end) octal = directive;
    if (is_use_strict(p, &directive)) become_strict(p, &directive);
    if (p->fs->strict && octal.end) {
      fail(p, octal.flags & TOKEN_OCTAL ? DIAG_OCTAL_ESCAPE : DIAG_OCTAL_89_ESCAPE, octal.start, octal.end);
    }
  }
  while (!at(p, end) && !at(p, T_EOF)) list_add(p, item(p));
  return list_end(p, mark);
}

static void parse_body(Parser *p, FunctionNode *fn, const Token *name_token) {
  fn->body_start = p->tok.start;
  if (fn->has_param_expressions) fn->body_scope = scope_open(p, SCOPE_BODY, p->tok.start);
  expect(p, T_LBRACE);
  fn->body = parse_function_statements(p, T_RBRACE, parse_statement_list_item);
  fn->end = p->tok.end;
  if (p->fs->strict && fn->scope) fn->scope->is_strict = true;
  check_function_strictness(p, fn, name_token);
  if (!p->failed && !at(p, T_RBRACE)) fail_unexpected(p);
  if (fn->body_scope) scope_close(p, fn->end);
  scope_close(p, fn->end);
}

// ---- functions

static bool wants_lazy(const Parser *p, u32 start) {
  if (p->preparsing) return true;
  return p->lazy && (p->always_lazy || start != p->eager_pos);
}

// The caller stands at "(".
FunctionNode *parse_function(Parser *p, FunctionKind kind, u32 flags, u32 start, AstName *name, Token name_token) {
  FunctionNode *fn = NEW_NODE(p, FunctionNode, FUNCTION, start);
  fn->start = start;
  fn->params_start = p->tok.start;
  fn->name = name;
  fn->kind = (u8)kind;
  fn->is_async = flags & FLAG_ASYNC;
  fn->is_generator = flags & FLAG_GENERATOR;
  fn->is_declaration = flags & FLAG_DECLARATION;
  fn->is_class_member = flags & FLAG_CLASS_MEMBER;
  fn->is_static_member = flags & FLAG_STATIC;
  if (!stack_ok(p)) return fn;
  fn->is_eager_hint = start == p->eager_pos;
  u32 refs = p->refs.len;
  bool lazy = wants_lazy(p, start);
  u32 run_pos = fn->is_declaration ? p->scope->start : start;
  if (lazy && p->note && !p->preparsing) {
    fn->context = function_context(p, kind);
    if (preparse_skip(p, fn)) {
      fn->run_pos = run_pos;
      for (u32 i = refs; i < p->refs.len; i++) p->refs.data[i].pos = run_pos;
      p->fs->fn->function_count++;
      return fn;
    }
  }
  LazyState state = {0};
  NoteCursor cursor = {0};
  if (lazy) {
    state = lazy_begin(p, p->scope->last_child, p->notes.len);
  } else {
    cursor = preparse_enter(p, fn->params_start);
  }
  FnState fs;
  Saved saved;
  function_enter(p, fn, &fs, &saved);
  fn->scope = scope_open(p, SCOPE_FUNCTION, start);
  parse_formal_parameters(p, fn);
  check_accessor_parameters(p, fn);
  parse_body(p, fn, &name_token);
  function_leave(p, fn, &fs, &saved);
  if (!p->failed) scope_leave_function(p, refs, fn, run_pos, !lazy);
  if (lazy) {
    if (!state.outermost && !p->failed) preparse_note(p, state.notes, fn, refs);
    lazy_end(p, fn, &state);
  } else {
    preparse_leave(p, cursor);
  }
  if (!p->failed) next(p); // the "}": only now, so that what follows is lexed in the outer context
  return fn;
}

// The name of a function expression is checked with the function's own yield and await.
static AstName *parse_expression_name(Parser *p, u32 flags) {
  FnState saved = *p->fs;
  p->fs->is_yield = flags & FLAG_GENERATOR;
  p->fs->is_await = flags & FLAG_ASYNC;
  p->fs->context &= (u16)~CONTEXT_STATIC_BLOCK;
  AstName *name = parse_identifier(p, true);
  p->fs->is_yield = saved.is_yield;
  p->fs->is_await = saved.is_await;
  p->fs->context = saved.context;
  return name;
}

Node *parse_function_expression(Parser *p) {
  u32 start = p->tok.start, flags = 0;
  if (eat(p, T_ASYNC)) flags |= FLAG_ASYNC;
  expect(p, T_FUNCTION);
  if (eat(p, T_MUL)) flags |= FLAG_GENERATOR;
  Token name_token = p->tok;
  AstName *name = NULL;
  if (!at(p, T_LPAREN)) name = parse_expression_name(p, flags);
  return &parse_function(p, FN_NORMAL, flags, start, name, name_token)->base;
}

Node *parse_function_declaration(Parser *p, bool is_default) {
  FunctionDeclarationNode *node = NEW_NODE(p, FunctionDeclarationNode, FUNCTION_DECLARATION, p->tok.start);
  u32 start = p->tok.start, flags = FLAG_DECLARATION;
  if (eat(p, T_ASYNC)) flags |= FLAG_ASYNC;
  expect(p, T_FUNCTION);
  if (eat(p, T_MUL)) flags |= FLAG_GENERATOR;
  Token name_token = p->tok;
  AstName *name = NULL;
  if (at(p, T_LPAREN)) {
    if (!is_default) fail(p, DIAG_FUNCTION_NAME_EXPECTED, p->tok.start, p->tok.end);
  } else {
    name = parse_identifier(p, true);
  }
  node->function = parse_function(p, FN_NORMAL, flags, start, name, name_token);
  if (p->failed) return &node->base;
  if (name) {
    scope_declare_function(p, node, name, start, name_token.end);
    if (!p->failed) node->var->pos = name_token.start;
  } else {
    scope_declare_function(p, node, intern_ascii(p, "*default*"), start, start + 1);
  }
  return &node->base;
}

// ---- arrows

// Uses that became parameter names go; the others now happen inside the arrow.
static void adopt_refs(Parser *p, u32 start) {
  u32 kept = start;
  for (u32 i = start; i < p->refs.len; i++) {
    const Ref *ref = &p->refs.data[i];
    if (ref->node && ref->node->base.flags & IDENT_BINDING) continue;
    p->refs.data[kept++] = *ref;
  }
  p->refs.len = kept;
}

static void convert_parameters(Parser *p, NodeList *params) {
  for (u32 i = 0; i < params->count && !p->failed; i++) {
    Node *item = params->items[i];
    if (item->type == AST_SPREAD) {
      if (i + 1 < params->count || item->flags & SPREAD_COMMA) return fail(p, DIAG_PARAM_AFTER_REST, item->pos, item->pos + 3);
      UnaryNode *rest = (UnaryNode *)item;
      item->type = AST_REST;
      if (rest->operand->type == AST_ASSIGN) return fail(p, DIAG_REST_DEFAULT, rest->operand->pos, rest->operand->pos + 1);
      rest->operand = convert_to_pattern(p, rest->operand, true, item->pos, item->pos);
    } else {
      bool target = item->type == AST_IDENTIFIER || item->type == AST_ARRAY || item->type == AST_OBJECT || item->type == AST_ASSIGN;
      if (!target || item->parens) return fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, ast_start(item), ast_start(item) + 1);
      params->items[i] = convert_to_pattern(p, item, true, item->pos, item->pos);
    }
  }
}

static void check_arrow_head(Parser *p, u32 start, bool is_async) {
  if (p->last_yield > start) fail(p, DIAG_YIELD_IN_PARAMETER, p->last_yield - 1, p->last_yield + 4);
  if (p->last_await > start) fail(p, DIAG_AWAIT_IN_PARAMETER, p->last_await - 1, p->last_await + 4);
  if (is_async && p->last_await_name > start) fail(p, DIAG_AWAIT_NAME, p->last_await_name - 1, p->last_await_name + 4);
}

static void parse_arrow_body(Parser *p, FunctionNode *fn, bool in) {
  if (at(p, T_LBRACE)) {
    parse_body(p, fn, NULL);
    return;
  }
  fn->is_expression_body = true;
  fn->body_start = p->tok.start;
  if (fn->has_param_expressions) fn->body_scope = scope_open(p, SCOPE_BODY, p->tok.start);
  check_function_strictness(p, fn, NULL);
  u32 mark = list_begin(p);
  list_add(p, parse_assignment(p, in));
  fn->body = list_end(p, mark);
  fn->end = p->prev_end;
  if (fn->body_scope) scope_close(p, fn->end);
  scope_close(p, fn->end);
}

static bool skip_arrow(Parser *p, FunctionNode *fn, ScopeMark mark) {
  if (!p->note || p->preparsing || !at(p, T_LBRACE)) return false;
  u32 refs = p->refs.len;
  fn->context = function_context(p, FN_ARROW);
  if (!preparse_skip(p, fn)) return false;
  // The parameters' own uses are among the noted ones.
  u32 count = p->refs.len - refs;
  if (count) memmove(p->refs.data + mark.refs, p->refs.data + refs, count * sizeof(Ref));
  p->refs.len = mark.refs + count;
  for (u32 i = mark.refs; i < p->refs.len; i++) p->refs.data[i].pos = fn->start;
  fn->run_pos = fn->start;
  p->fs->fn->function_count = mark.functions + 1;
  return true;
}

// The parameters were parsed as expressions since `mark`; the current token is "=>".
Node *parse_arrow(Parser *p, u32 start, u32 params_start, ScopeMark mark, NodeList params, bool is_async, bool in) {
  FunctionNode *fn = NEW_NODE(p, FunctionNode, FUNCTION, start);
  fn->base.flags |= FUNCTION_BARE_ARROW;
  fn->start = start;
  fn->params_start = params_start;
  fn->kind = FN_ARROW;
  fn->is_async = is_async;
  fn->is_eager_hint = start == p->eager_pos;
  bool eager = fn->is_eager_hint;
  check_arrow_head(p, start, is_async);
  if (p->failed) return &fn->base;
  next(p);
  bool lazy = p->preparsing || (p->lazy && at(p, T_LBRACE) && (p->always_lazy || !eager));
  convert_parameters(p, &params);
  if (p->failed) return &fn->base;
  adopt_refs(p, mark.refs);
  if (lazy && skip_arrow(p, fn, mark)) return &fn->base;
  LazyState state = {0};
  NoteCursor cursor = {0};
  if (lazy) {
    state = lazy_begin(p, mark.last_child, mark.notes);
  } else {
    cursor = preparse_enter(p, params_start);
  }
  FnState fs;
  Saved saved;
  fn->function_count = p->fs->fn->function_count - mark.functions;
  p->fs->fn->function_count = mark.functions;
  function_enter(p, fn, &fs, &saved);
  fn->scope = scope_open_at(p, SCOPE_FUNCTION, start, mark, fn);
  bool counting = true;
  fn->has_simple_params = true;
  fn->params = params;
  for (u32 i = 0; i < params.count && !p->failed; i++) {
    declare_pattern(p, params.items[i], VAR_PARAMETER);
    note_parameter(fn, params.items[i], i, &counting);
    u32 end = i + 1 < params.count ? ast_start(params.items[i + 1]) : p->prev_start;
    pattern_initialized(params.items[i], end);
  }
  parse_arrow_body(p, fn, in);
  function_leave(p, fn, &fs, &saved);
  if (!p->failed) scope_leave_function(p, mark.refs, fn, start, !lazy);
  bool block_body = !fn->is_expression_body;
  if (lazy) {
    if (!state.outermost && !p->failed) preparse_note(p, state.notes, fn, mark.refs);
    lazy_end(p, fn, &state);
  } else {
    preparse_leave(p, cursor);
  }
  if (block_body && !p->failed) next(p);
  return &fn->base;
}

// ---- re-parsing one lazy function

FunctionNode *parse_lazy_root(Parser *p, const LazyFunction *lazy) {
  FunctionNode *fn = NEW_NODE(p, FunctionNode, FUNCTION, lazy->start);
  p->result->root = fn;
  fn->start = lazy->start;
  fn->params_start = lazy->params_start;
  fn->run_pos = lazy->run_pos;
  fn->kind = lazy->kind;
  fn->is_async = lazy->is_async;
  fn->is_generator = lazy->is_generator;
  fn->is_declaration = lazy->is_declaration;
  fn->is_class_member = lazy->is_class_member;
  fn->is_static_member = lazy->is_static_member;
  if (lazy->name) {
    fn->name = lazy->name_is_utf16 ? intern_utf16(p, lazy->name, lazy->name_length)
                                   : intern_latin1(p, lazy->name, lazy->name_length, true);
  }
  p->note = lazy->preparse;
  p->note_end = lazy->preparse ? lazy->preparse + lazy->preparse_length : NULL;
  FnState fs = {
      .fn = fn,
      .strict = lazy->is_strict,
      .return_ok = true,
      .context = lazy->context & (u16)~CONTEXT_STRICT,
      .is_await = fn->is_async,
      .is_yield = fn->is_generator,
  };
  FnState outer = fs; // function_leave counts in the outer function
  FunctionNode outer_fn = {0};
  outer.fn = &outer_fn;
  fs.outer = &outer;
  p->fs = &fs;
  fn->scope = scope_open(p, SCOPE_FUNCTION, fn->start);
  seek(p, lazy->params_start);
  if (fn->kind == FN_ARROW && !at(p, T_LPAREN)) {
    u32 mark = list_begin(p);
    bool counting = true;
    Node *param = parse_binding_target(p, VAR_PARAMETER);
    fn->has_simple_params = true;
    note_parameter(fn, param, 0, &counting);
    list_add(p, param);
    fn->params = list_end(p, mark);
  } else {
    parse_formal_parameters(p, fn);
  }
  if (fn->kind == FN_ARROW) {
    expect(p, T_ARROW);
    parse_arrow_body(p, fn, true);
  } else {
    parse_body(p, fn, NULL);
  }
  Saved saved = {0};
  function_leave(p, fn, &fs, &saved);
  p->fs = NULL;
  return fn;
}
