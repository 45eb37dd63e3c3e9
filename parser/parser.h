// SPDX-License-Identifier: MIT
// The door of parser/: source text in, AST with resolved scopes or one diagnostic out. Pure: no heap, no globals, no VM types; two threads
// may parse at once. Everything made lives in the caller's arena, and names may point into the source text.
#ifndef WEFT_PARSER_PARSER_H
#define WEFT_PARSER_PARSER_H

#include "parser/ast.h"
#include "parser/diag.h"
#include "parser/scope.h"
#include "parser/source.h"

typedef enum ParseGoal {
  PARSE_SCRIPT,
  PARSE_MODULE,
  PARSE_EVAL,          // direct (outer_scope set, context from the caller) or indirect (outer_scope NULL, context 0)
  PARSE_FUNCTION,      // the text is one function expression, e.g. "function anonymous(a\n) {\nbody\n}"; its name binds nothing
  PARSE_FUNCTION_BODY, // the text is a function body; parameters are named by `params` (CommonJS wrapper, compileFunction)
} ParseGoal;

typedef enum LazyMode { LAZY_AUTO, LAZY_NEVER, LAZY_ALWAYS } LazyMode;

// The smallest text in which LAZY_AUTO leaves inner functions unparsed.
#define PARSER_LAZY_THRESHOLD 8192

typedef struct ParseOptions {
  ParseGoal goal;
  LazyMode lazy;
  u16 context; // CONTEXT_*: strict-inherit and what the surroundings allow (eval, PARSE_FUNCTION_BODY)
  // The parse fails with a RangeError diagnostic when its C stack would grow below this address. 0: no limit.
  uintptr_t stack_limit;
  // The parse fails with a RangeError diagnostic when its tree needs more than about this many bytes. 0: no limit.
  size_t memory_limit;
  // Asked every now and then (after some thousand characters or nodes); false: the parse fails with DIAG_STOPPED. May be NULL.
  bool (*poll)(void *data);
  void *poll_data;
  const ScopeInfo *outer_scope; // enclosing scopes, innermost first, or NULL
  // PARSE_FUNCTION: where the body must begin (offset of "{"): makes `new Function("/*", "*/){")` the error it has to be.
  // The closing "}" must be the last token of the text. 0: not checked.
  u32 function_body_start;
  // PARSE_FUNCTION_BODY: parameter names (ASCII), and whether the function is async.
  const char *const *params;
  u32 param_count;
  bool is_async;
  bool allow_return; // PARSE_SCRIPT: `return` at top level
  bool allow_await;  // PARSE_SCRIPT: REPL mode, top-level await
} ParseOptions;

typedef struct ParseResult {
  FunctionNode *root;    // the script, module, eval code or function; NULL when the parse failed
  ModuleInfo *module;    // PARSE_MODULE only
  Diagnostic diagnostic; // kind DIAG_NONE on success
} ParseResult;

// Parses a whole text. Returns false and fills `out->diagnostic` on an early error.
MUST_CHECK bool parser_parse(const Source *source, const ParseOptions *options, Arena *arena, ParseResult *out);

// Parses one function that an earlier parse left lazy. `range` repeats what the FunctionNode said (only plain data, so that it may be
// kept without the AST). options->outer_scope describes all scopes around it; options->context, goal and params are ignored.
// Inner functions are lazy again under options->lazy. Can fail only for the stack limit.
typedef struct LazyFunction {
  u32 start, end, params_start, body_start, run_pos;
  u8 kind; // FunctionKind
  bool is_async, is_generator, is_strict, is_declaration, is_class_member, is_static_member;
  u16 context;      // FunctionNode.context
  const void *name; // own name as code units, or NULL
  u32 name_length;
  bool name_is_utf16;
  const u8 *preparse;
  u32 preparse_length;
} LazyFunction;
void parser_describe_lazy(const FunctionNode *fn, LazyFunction *out); // `name` points to the AST's name
MUST_CHECK bool parser_parse_function(const Source *source, const LazyFunction *range, const ParseOptions *options, Arena *arena,
                                      ParseResult *out);

// Resolved names of a parse that the compiler adds itself: interns ASCII text in the result's arena without the parser's table
// (equal text may be another pointer than the parser's).
AstName *ast_name_new(Arena *arena, const void *chars, u32 length, bool is_utf16);

#endif
