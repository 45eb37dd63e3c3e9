// SPDX-License-Identifier: MIT
// The doors of the parser: sets up its state, parses one root, resolves what is left, cleans up.
#include "parser/parser_internal.h"

NodeList list_end(Parser *p, u32 mark) {
  u32 count = p->list.len - mark;
  NodeList list = {NULL, count};
  if (count) {
    list.items = ARENA_ARRAY(p->arena, Node *, count);
    memcpy(list.items, p->list.data + mark, count * sizeof(Node *));
  }
  p->list.len = mark;
  return list;
}

static void parser_init(Parser *p, const Source *source, const ParseOptions *options, Arena *arena, ParseResult *out) {
  *p = (Parser){0};
  *out = (ParseResult){0};
  p->chars = source->chars;
  p->length = source->length;
  p->is_utf16 = source->is_utf16;
  p->source = source;
  p->options = options;
  p->arena = p->main_arena = arena;
  p->result = out;
  p->stack_limit = options->stack_limit;
  p->memory_limit = options->memory_limit ? options->memory_limit : SIZE_MAX;
  p->outer_scope = options->outer_scope;
  p->look_pos = LOOK_CHARS;
  p->assignment_start = p->eager_pos = UINT32_MAX;
  p->lazy = options->lazy == LAZY_ALWAYS || (options->lazy == LAZY_AUTO && source->length > PARSER_LAZY_THRESHOLD);
  p->always_lazy = options->lazy == LAZY_ALWAYS;
  lexer_init(p);
}

bool parser_poll(Parser *p, u32 offset) {
  const ParseOptions *options = p->options;
  if (!p->interrupted && options->poll && !options->poll(options->poll_data)) p->interrupted = true;
  p->look_pos = p->interrupted ? 0 : offset + LOOK_CHARS;
  return !p->interrupted;
}

void parser_look_around(Parser *p, u32 offset) {
  if (p->main_arena->total > p->memory_limit) fail(p, DIAG_TOO_MUCH_MEMORY, offset, p->tok.end);
  if (!parser_poll(p, offset)) fail(p, DIAG_INTERRUPTED, offset, offset);
}

static bool parser_finish(Parser *p, ParseResult *out) {
  if (!p->failed && out->root) scope_resolve_outer(p);
  if (p->interrupted) { // whatever was made of a token that ended too early
    p->failed = true;
    out->diagnostic = (Diagnostic){.kind = DIAG_STOPPED, .code = DIAG_INTERRUPTED, .message = "Interrupted"};
  }
  bool ok = !p->failed;
  if (!ok) out->root = NULL, out->module = NULL;
  lexer_free(p);
  arena_free(&p->temp);
  vec_free(&p->list);
  vec_free(&p->refs);
  vec_free(&p->annex_b);
  vec_free(&p->notes);
  vec_free(&p->requests);
  vec_free(&p->imports);
  vec_free(&p->exports);
  vec_free(&p->export_locals);
  return ok;
}

static void skip_hashbang(Parser *p) {
  if (p->length < 2 || source_char_at(p->source, 0) != '#' || source_char_at(p->source, 1) != '!') return;
  u32 i = 2;
  for (; i < p->length; i++) {
    u32 c = source_char_at(p->source, i);
    if (c == '\n' || c == '\r' || (c & ~1u) == 0x2028) break;
  }
  p->pos = i;
}

static void begin_tokens(Parser *p) {
  p->tok = (Token){.newline_before = true};
  next(p);
  p->tok.newline_before = true;
}

static FunctionNode *new_root(Parser *p, FunctionKind kind) {
  FunctionNode *fn = NEW_NODE(p, FunctionNode, FUNCTION, 0);
  fn->kind = (u8)kind;
  fn->end = p->length;
  fn->has_simple_params = true;
  p->result->root = fn;
  return fn;
}

// Scripts, modules and eval code.
static void parse_program(Parser *p, ParseGoal goal) {
  const ParseOptions *options = p->options;
  FunctionKind kind = goal == PARSE_MODULE ? FN_MODULE : goal == PARSE_EVAL ? FN_EVAL : FN_SCRIPT;
  ScopeKind scope_kind = goal == PARSE_MODULE ? SCOPE_MODULE : goal == PARSE_EVAL ? SCOPE_EVAL : SCOPE_SCRIPT;
  FunctionNode *fn = new_root(p, kind);
  FnState fs = {.fn = fn, .context = options->context};
  fs.context &= (u16) ~(CONTEXT_YIELD | CONTEXT_AWAIT | CONTEXT_STATIC_BLOCK | CONTEXT_MODULE | CONTEXT_STRICT);
  fs.strict = goal == PARSE_MODULE || options->context & CONTEXT_STRICT;
  fs.is_await = goal == PARSE_MODULE || options->allow_await;
  fs.return_ok = options->allow_return;
  if (goal == PARSE_MODULE) fs.context |= CONTEXT_MODULE;
  if (goal == PARSE_EVAL) fs.context |= CONTEXT_EVAL_BODY;
  p->is_module_text = goal == PARSE_MODULE;
  p->fs = &fs;
  fn->scope = scope_open(p, scope_kind, 0);
  skip_hashbang(p);
  begin_tokens(p);
  fn->body = parse_function_statements(p, T_EOF, goal == PARSE_MODULE ? parse_module_item : parse_statement_list_item);
  fn->scope->is_strict = fn->is_strict = fs.strict;
  fn->context = (u16)(fs.context | (fs.strict ? CONTEXT_STRICT : 0));
  if (goal == PARSE_MODULE && !p->failed) module_finish(p);
  scope_close(p, p->length);
  p->fs = NULL;
}

// A function whose body is the whole text.
static void parse_wrapped_body(Parser *p) {
  const ParseOptions *options = p->options;
  FunctionNode *fn = new_root(p, FN_NORMAL);
  FnState fs = {.fn = fn, .return_ok = true, .context = CONTEXT_NEW_TARGET, .is_await = options->is_async};
  fs.strict = options->context & CONTEXT_STRICT;
  fn->is_async = options->is_async;
  fn->is_eager_hint = true;
  p->fs = &fs;
  fn->scope = scope_open(p, SCOPE_FUNCTION, 0);
  u32 mark = list_begin(p);
  for (u32 i = 0; i < options->param_count; i++) {
    IdentifierNode *id = new_identifier(p, intern_ascii(p, options->params[i]), 0);
    id->base.flags = IDENT_BINDING;
    id->var = scope_declare(p, VAR_PARAMETER, id->name, 0, 0);
    id->var->param_index = (i32)i;
    id->var->init_pos = 0;
    list_add(p, &id->base);
  }
  fn->params = list_end(p, mark);
  fn->length = fn->param_count = (u16)options->param_count;
  skip_hashbang(p);
  begin_tokens(p);
  fn->body = parse_function_statements(p, T_EOF, parse_statement_list_item);
  fn->scope->is_strict = fn->is_strict = fs.strict;
  fn->context = (u16)(fs.context | (fs.strict ? CONTEXT_STRICT : 0));
  scope_close(p, p->length);
  fn->mapped_arguments = fn->uses_arguments && !fs.strict;
  fn->this_property_count = (u16)MIN(fs.this_properties, UINT16_MAX);
  p->fs = NULL;
}

// `new Function`: one function expression and nothing else.
static void parse_single_function(Parser *p) {
  FunctionNode outer = {.kind = FN_SCRIPT};
  FnState fs = {.fn = &outer};
  p->fs = &fs;
  p->lazy = false;
  scope_open(p, SCOPE_SCRIPT, 0);
  begin_tokens(p);
  u32 start = p->tok.start, flags = 0;
  if (eat(p, T_ASYNC)) flags |= FLAG_ASYNC;
  expect(p, T_FUNCTION);
  if (eat(p, T_MUL)) flags |= FLAG_GENERATOR;
  Token name = p->tok;
  if (!at(p, T_LPAREN)) identifier_name(p); // only for the text of the function
  FunctionNode *fn = parse_function(p, FN_NORMAL, flags, start, NULL, name);
  if (!p->failed && p->options->function_body_start && fn->body_start != p->options->function_body_start) {
    fail(p, DIAG_ARGUMENT_STRING, fn->body_start, fn->body_start + 1);
  }
  if (!p->failed && !at(p, T_EOF)) fail_unexpected(p);
  if (!p->failed) {
    fn->scope->parent = NULL;
    p->result->root = fn;
  }
  p->scope = NULL;
  p->fs = NULL;
}

bool parser_parse(const Source *source, const ParseOptions *options, Arena *arena, ParseResult *out) {
  Parser p;
  parser_init(&p, source, options, arena, out);
  if (source->length > SOURCE_LENGTH_MAX) {
    fail(&p, DIAG_TOO_LONG, 0, 0);
    return parser_finish(&p, out);
  }
  switch (options->goal) {
  case PARSE_FUNCTION: parse_single_function(&p); break;
  case PARSE_FUNCTION_BODY: parse_wrapped_body(&p); break;
  default: parse_program(&p, options->goal); break;
  }
  return parser_finish(&p, out);
}

void parser_describe_lazy(const FunctionNode *fn, LazyFunction *out) {
  *out = (LazyFunction){
      .start = fn->start,
      .end = fn->end,
      .params_start = fn->params_start,
      .body_start = fn->body_start,
      .run_pos = fn->run_pos,
      .kind = fn->kind,
      .is_async = fn->is_async,
      .is_generator = fn->is_generator,
      .is_strict = fn->is_strict,
      .is_declaration = fn->is_declaration,
      .is_class_member = fn->is_class_member,
      .is_static_member = fn->is_static_member,
      .context = fn->context,
      .preparse = fn->preparse,
      .preparse_length = fn->preparse_length,
  };
  if (fn->name) {
    out->name = fn->name->chars;
    out->name_length = fn->name->length;
    out->name_is_utf16 = fn->name->is_utf16;
  }
}

bool parser_parse_function(const Source *source, const LazyFunction *range, const ParseOptions *options, Arena *arena,
                           ParseResult *out) {
  Parser p;
  parser_init(&p, source, options, arena, out);
  p.is_module_text = range->context & CONTEXT_MODULE;
  parse_lazy_root(&p, range);
  return parser_finish(&p, out);
}
