// SPDX-License-Identifier: MIT
// The parser's own state, shared by lexer.c, scope.c and parse_*.c. Not for other folders.
//
// Errors: fail() records the first diagnostic and turns the token stream into an endless EOF. So no parse function returns NULL, no
// caller checks, and every loop ends because it ends at EOF; parser.c looks at p->failed once.
#ifndef WEFT_PARSER_INTERNAL_H
#define WEFT_PARSER_INTERNAL_H

#include "base/vec.h"
#include "parser/parser.h"

typedef enum TokenType {
#define T(name, text, precedence) T_##name,
#define K(name, text, precedence) T_##name,
#include "parser/token.def"
#undef T
#undef K
  T_COUNT
} TokenType;

extern const u8 token_precedence[T_COUNT];
extern const char *const token_text[T_COUNT];

enum {
  TOKEN_ESCAPED = 1,      // identifier or keyword with an escape; string or template with one
  TOKEN_OCTAL = 2,        // legacy octal number; string with a legacy octal escape
  TOKEN_LEADING_ZERO = 4, // 089
  TOKEN_NON_OCTAL = 8,    // string with \8 or \9 (no octal one before)
  TOKEN_TAIL = 16,        // template piece that ends the template
  TOKEN_BAD_ESCAPE = 32,  // template piece without a cooked value
};

typedef struct Token {
  u8 type;
  u8 flags;
  bool newline_before;
  u16 error_code; // T_ERROR: a DiagCode; template piece with TOKEN_BAD_ESCAPE: the code for untagged use
  u32 start, end;
  union {
    AstName *name; // words and private names
    double number; // NUMBER
    u32 error_end; // T_ERROR, TOKEN_BAD_ESCAPE: where the message ends; starts at error_start
  };
  u32 error_start;
} Token;

// Names that the parser compares by pointer.
#define WELL_KNOWN_NAMES(X) \
  X(empty, "") \
  X(arguments, "arguments") \
  X(eval, "eval") \
  X(constructor, "constructor") \
  X(prototype, "prototype") \
  X(proto, "__proto__") \
  X(name, "name") X(default_, "default") X(use_strict, "use strict") X(as, "as") X(target, "target") X(meta, "meta") X(let, "let") \
      X(async, "async") X(private_constructor, "#constructor") X(with, "with") X(undefined, "undefined") X(length, "length") \
          X(apply, "apply")

typedef struct NameTable {
  AstName **slots;
  u32 capacity, count;
} NameTable;

// One name used and not yet resolved. At function exit all uses of a name are merged into one entry.
enum { REF_CAPTURED = 1, REF_READ = 2, REF_WRITE = 4, REF_FROM_ELEMENT = 8, REF_EVAL = 16 };
typedef struct Ref {
  AstName *name;
  IdentifierNode *node; // linked by next_ref; NULL when only the fact is needed (lazy functions, eval)
  u32 pos;              // where the code runs as seen from the current function: compared with Variable.init_pos
  u32 where;            // offset of one occurrence in the source, for preparse notes and messages
  u8 flags;
} Ref;

// A function of a block that Annex B may hoist to the var scope.
typedef struct AnnexB {
  FunctionDeclarationNode *node;
  AstName *name;
  Scope *scope; // the block that declares it
  u32 pos;
} AnnexB;

typedef struct Label {
  AstName *name;
  u32 start, body_start;
  bool is_loop;
  struct Label *next;
} Label;

typedef struct Jumps {
  Label *labels;
  u32 loops, breakables;
} Jumps;

// Per function being parsed; lives on the C stack.
typedef struct FnState {
  struct FnState *outer;
  FunctionNode *fn;
  Jumps jumps;
  bool strict;
  bool is_yield, is_await; // `yield` / `await` are operators here
  bool in_params;
  bool return_ok;
  bool in_static_block;
  u16 context;
  u32 this_properties;
  u32 duplicate_start, duplicate_end; // a repeated parameter name; 0: none
} FnState;

// A pending error of a cover grammar: `{a = 1}` or a second __proto__, unless the literal becomes a pattern.
typedef struct Cover {
  u16 code; // DiagCode, 0: none
  u32 start, end;
} Cover;

typedef struct ScopeMark {
  u32 refs, notes, functions;
  Scope *last_child;
  u32 evals;
} ScopeMark;

typedef struct Parser {
  // lexer
  const void *chars;
  u32 length;
  u32 pos; // next character
  bool is_utf16;
  bool is_module_text; // no HTML-like comments
  bool failed;
  u32 prev_start, prev_end; // the token before `tok`
  u8 prev_type;
  Token tok;
  VEC(u16) scratch;
  NameTable names;
  struct {
#define X(id, text) AstName *id;
    WELL_KNOWN_NAMES(X)
#undef X
    AstName *this_, *new_target, *callee; // pseudo names, not in the table
  } wk;

  // memory
  Arena *arena;      // nodes: main_arena, or &temp while pre-parsing
  Arena *main_arena; // names, messages, everything that outlives a lazy function
  Arena temp;
  VEC(Node *) list; // stack of list items under construction

  // state
  uintptr_t stack_limit;
  size_t memory_limit;
  u32 look_pos;     // the first token from here on looks around
  bool interrupted; // the poll said so
  const ParseOptions *options;
  const Source *source;
  ParseResult *result;
  FnState *fs;
  Scope *scope;
  VEC(Ref) refs;
  VEC(AnnexB) annex_b;
  u32 epoch;
  u32 eval_count;
  Cover cover;
  u32 assignment_start;                        // an arrow may begin only here
  bool assignment_in;                          // and its body may contain `in`
  u32 eager_pos;                               // a function that begins here is called at once
  u32 last_await, last_yield, last_await_name; // offset + 1 of the latest await/yield expression or `await` name: for arrow heads
  bool lazy, always_lazy;                      // inner functions are left lazy; also those that seem to be called at once
  bool preparsing;                             // inside a lazy function
  const ScopeInfo *outer_scope;
  Variable *outer_vars; // VAR is_outer made so far, linked by next

  // notes for re-parsing lazy functions (preparse.c)
  VEC(u8) notes;             // being written
  const u8 *note, *note_end; // being read: entries of the functions directly inside the current one

  // module
  VEC(ModuleRequest) requests;
  VEC(ImportEntry *) imports;
  VEC(ExportEntry) exports;
  VEC(AstName *) export_locals; // parallel to exports: the local name of `export { x }`, resolved at the end
  bool has_import_meta;
} Parser;

// ---- errors (diag_report.c)
COLD void fail(Parser *p, DiagCode code, u32 start, u32 end);
COLD void fail_text(Parser *p, DiagCode code, u32 start, u32 end, const char *text);
COLD void fail_name(Parser *p, DiagCode code, u32 start, u32 end, const AstName *name);
COLD void fail_token(Parser *p, const Token *token); // "Unexpected ..." for this token
COLD void fail_unexpected(Parser *p);                // for the current one
COLD void fail_stack(Parser *p);
COLD void parser_look_around(Parser *p, u32 offset); // stopped, or too much memory: failed
COLD bool parser_poll(Parser *p, u32 offset);        // in the middle of a token: false: it ends here, and the parse fails by and by

// False (and failed) when the C stack is used up. Every recursive function calls it.
static ALWAYS_INLINE bool stack_ok(Parser *p) {
  if (LIKELY((uintptr_t)__builtin_frame_address(0) > p->stack_limit)) return true;
  fail_stack(p);
  return false;
}

// To be called where a text of any length passes.
enum { LOOK_CHARS = 64 * 1024 };
static ALWAYS_INLINE void look_around(Parser *p, u32 offset) {
  if (UNLIKELY(offset >= p->look_pos)) parser_look_around(p, offset);
}

// ---- lexer.c
void lexer_init(Parser *p);
void lexer_free(Parser *p);
void next_token_u8(Parser *p);
void next_token_u16(Parser *p);
void lex_regexp_u8(Parser *p);
void lex_regexp_u16(Parser *p);
void lex_template_u8(Parser *p, u32 start);
void lex_template_u16(Parser *p, u32 start);

static ALWAYS_INLINE void next(Parser *p) {
  p->prev_start = p->tok.start;
  p->prev_end = p->tok.end;
  p->prev_type = p->tok.type;
  if (p->is_utf16) {
    next_token_u16(p);
  } else {
    next_token_u8(p);
  }
}
Token peek_after(Parser *p, const Token *token);      // the token that follows another one
Token peek(Parser *p);                                // the token after the current one, lexed as if no regexp could start there
void seek(Parser *p, u32 offset);                     // makes the token at `offset` the current one
void lex_regexp(Parser *p);                           // rescans the current `/` or `/=` as T_REGEXP
void lex_template_continue(Parser *p);                // rescans the current `}` as the next piece of a template
AstName *token_string(Parser *p, const Token *token); // value of a STRING token
AstName *token_template(Parser *p, const Token *token, bool cooked);
AstName *token_bigint(Parser *p, const Token *token);
AstName *source_slice_name(Parser *p, u32 start, u32 end);
AstName *intern_latin1(Parser *p, const u8 *chars, u32 length, bool copy);
AstName *intern_utf16(Parser *p, const u16 *chars, u32 length);
AstName *intern_ascii(Parser *p, const char *text);
AstName *intern_number(Parser *p, double value); // the property name of a numeric literal

static inline bool token_is_contextual(u8 type) { return type >= T_IDENTIFIER && type <= T_ARGUMENTS; }
static inline bool token_is_strict_reserved(u8 type) { return type >= T_LET && type <= T_YIELD; }
// Could be an identifier in some context.
static inline bool token_may_be_identifier(u8 type) { return type >= T_IDENTIFIER && type <= T_ESCAPED_RESERVED; }
static inline bool token_is_word(u8 type) { return type >= T_IDENTIFIER && type <= T_WITH; }

static ALWAYS_INLINE bool at(const Parser *p, TokenType type) { return p->tok.type == type; }
static ALWAYS_INLINE bool eat(Parser *p, TokenType type) {
  if (p->tok.type != type) return false;
  next(p);
  return true;
}
static ALWAYS_INLINE void expect(Parser *p, TokenType type) {
  if (LIKELY(p->tok.type == type)) {
    next(p);
  } else {
    fail_unexpected(p);
  }
}

// ---- nodes
#define NEW_NODE(p, T, node_type, at_pos) ((T *)new_node_(p, sizeof(T), AST_##node_type, at_pos))
static ALWAYS_INLINE void *new_node_(Parser *p, size_t size, u8 type, u32 pos) {
  Node *node = arena_alloc(p->arena, size);
  node->type = type;
  node->pos = pos;
  return node;
}
static inline u32 list_begin(Parser *p) { return p->list.len; }
static inline void list_add(Parser *p, Node *node) { vec_push(&p->list, node); }
NodeList list_end(Parser *p, u32 mark);

// ---- scope_build.c
Scope *scope_open(Parser *p, ScopeKind kind, u32 start);
void scope_close(Parser *p, u32 end);    // resolves what can be; p->scope becomes the parent
bool scope_is_empty(const Scope *scope); // nothing that a consumer needs
void scope_reopen(Parser *p, Scope *scope);
ScopeMark scope_mark(Parser *p);
// Opens a scope that also owns the references and scopes made since the mark.
Scope *scope_open_at(Parser *p, ScopeKind kind, u32 start, ScopeMark mark, FunctionNode *fn);
void scope_move_children(Parser *p, Scope *from, Scope *last_child, Scope *to);
Variable *scope_new_variable(Parser *p, Scope *scope, VariableKind kind, AstName *name, u32 pos);
void scope_add_ref(Parser *p, IdentifierNode *node, u8 flags);
void scope_add_hidden_ref(Parser *p, AstName *name, u8 flags, u32 where);
void scope_note_eval(Parser *p); // a direct eval call stands here
Variable *scope_declare(Parser *p, VariableKind kind, AstName *name, u32 pos, u32 end);
Variable *scope_declare_function(Parser *p, FunctionDeclarationNode *node, AstName *name, u32 pos, u32 end);
Variable *scope_declare_private(Parser *p, Scope *scope, AstName *name, u8 private_kind, u32 pos, u32 end);
void scope_assign_slots(Scope *scope);
void scope_drop_bindings(Parser *p, Scope *scope);
// Leaves a function: what remains unresolved is captured from outside, one entry per name.
void scope_leave_function(Parser *p, u32 refs_start, FunctionNode *fn, u32 pos, bool keep_nodes);
void scope_resolve_outer(Parser *p); // the root: the rest against ParseOptions.outer_scope
void scope_make_head(Parser *p, Scope *loop, ScopeMark mark, Scope **head);

// ---- parse_expr.c
Node *parse_expression(Parser *p, bool in); // with commas
Node *parse_assignment(Parser *p, bool in);
Node *parse_assignment_cover(Parser *p, bool in); // may leave p->cover pending
Node *parse_left_hand_side(Parser *p);
// Key of a property or class element. `token` is its token, already consumed when `consumed` (only for words).
Node *parse_property_key(Parser *p, u8 *flags);
Node *new_string_key(Parser *p, AstName *name, u32 pos);
Node *parse_primary_literal(Parser *p);            // [ or { as a cover for a pattern
enum { ARGUMENTS_COVER = 1, ARGUMENTS_EAGER = 2 }; // may become parameters; functions among them are called at once
NodeList parse_arguments(Parser *p, u32 flags, bool *has_spread);
IdentifierNode *new_identifier(Parser *p, AstName *name, u32 pos);
IdentifierNode *pseudo_ref(Parser *p, u8 type, AstName *name, u32 pos);
void cover_check(Parser *p);
AstName *identifier_name(Parser *p);                             // any IdentifierName; consumes it
bool identifier_ok(Parser *p, const Token *token, bool binding); // false: failed
AstName *parse_identifier(Parser *p, bool binding);
void mark_write(Node *target, bool read);
// A reference, or in sloppy code a call (which throws at run time).
bool check_simple_target(Parser *p, Node *target, DiagCode code, u32 start, u32 end);

// ---- parse_pattern.c
Node *parse_binding_target(Parser *p, VariableKind kind);  // identifier or pattern, declared as `kind`
Node *parse_binding_element(Parser *p, VariableKind kind); // with optional initialiser
// The node is called, written or deleted: as `arguments[0]` it needs the arguments object.
void use_as_reference(Node *node);
Node *convert_to_pattern(Parser *p, Node *node, bool binding, u32 start, u32 end);
void declare_pattern(Parser *p, Node *pattern, VariableKind kind); // arrow parameters
bool pattern_has_expression(const Node *pattern);
void pattern_export(Parser *p, Node *pattern);    // exports every name
void pattern_initialized(Node *pattern, u32 pos); // sets init_pos of the names it declares

// ---- parse_function.c
enum { FLAG_ASYNC = 1, FLAG_GENERATOR = 2, FLAG_DECLARATION = 4, FLAG_CLASS_MEMBER = 8, FLAG_STATIC = 16 };
FunctionNode *parse_function(Parser *p, FunctionKind kind, u32 flags, u32 start, AstName *name, Token name_token);
Node *parse_function_expression(Parser *p);
Node *parse_function_declaration(Parser *p, bool is_default);
Node *parse_arrow(Parser *p, u32 start, u32 params_start, ScopeMark mark, NodeList params, bool is_async, bool in);
FunctionNode *parse_lazy_root(Parser *p, const LazyFunction *lazy);
NodeList parse_function_statements(Parser *p, TokenType end, Node *(*item)(Parser *)); // with directives; stops at `end`
void check_function_strictness(Parser *p, FunctionNode *fn, const Token *name_token);

// ---- parse_class.c
ClassNode *parse_class(Parser *p, bool is_declaration, bool name_optional);

// ---- parse_stmt.c
Node *parse_statement(Parser *p);
Node *parse_statement_list_item(Parser *p);
BlockNode *parse_block(Parser *p);
void parse_statements_until(Parser *p, TokenType end);
void semicolon(Parser *p);
Node *parse_declaration(Parser *p, DeclarationKind kind, bool in); // the keyword is consumed; no semicolon
Node *parse_lexical_or_null(Parser *p);                            // let, const, class, function declarations; NULL: something else
Node *parse_class_declaration(Parser *p, bool name_optional);

// ---- parse_module.c
Node *parse_module_item(Parser *p);
void module_export_local(Parser *p, AstName *export_name, Variable *var, u32 pos, u32 end);
void module_finish(Parser *p); // before the module's scope closes

// ---- preparse.c
// Appends the note of a closed inner function; `mark` is p->notes.len when it was opened, refs_start its free references.
void preparse_note(Parser *p, u32 mark, const FunctionNode *fn, u32 refs_start);
// When the current note list has an entry for the function whose parameters begin here: fills `fn`, pushes its free references and
// returns true; the caller continues at fn->end.
bool preparse_skip(Parser *p, FunctionNode *fn);
// Enters the notes of an inner function that is parsed eagerly; restore with preparse_leave.
typedef struct NoteCursor {
  const u8 *note, *end;
} NoteCursor;
NoteCursor preparse_enter(Parser *p, u32 params_start);
void preparse_leave(Parser *p, NoteCursor saved);

#endif
