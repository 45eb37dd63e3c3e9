// SPDX-License-Identifier: MIT
// The door of compiler/: source text in, CodeBlock out. compile_source is pure (no isolate, no heap): any thread may call it, and
// CodeBlocks are shared. The functions with an isolate turn diagnostics into SyntaxErrors and fill in the VM's hooks.
#ifndef WEFT_COMPILER_COMPILER_H
#define WEFT_COMPILER_COMPILER_H

#include "parser/parser.h"
#include "vm/code_block.h"

struct Hooks;

typedef struct CompileOptions {
  ParseGoal goal;
  LazyMode lazy;
  u16 context;                              // CONTEXT_* of direct eval
  bool want_completion;                     // the value of the last statement is returned (always so for eval)
  bool allow_return, allow_await, is_async; // as in ParseOptions
  uintptr_t stack_limit;                    // 0: none
  const char *const *params;                // PARSE_FUNCTION_BODY
  u32 param_count;
  u32 function_body_start;  // PARSE_FUNCTION
  CodeScope *outer_scope;   // direct eval: names around (borrowed)
  bool (*poll)(void *data); // as in ParseOptions: false ends the compilation with DIAG_STOPPED
  void *poll_data;
} CompileOptions;

// Parses and compiles. `arena` holds what lives no longer than this call, and the diagnostic's message. On success *out is a block with
// one reference. PARSE_FUNCTION gives the block of the function itself. False: *diag says why.
MUST_CHECK bool compile_source(SourceText *text, const CompileOptions *options, Arena *arena, CodeBlock **out, Diagnostic *diag);
// Compiles the body of a block that was only pre-parsed. The block keeps the first body that is published; false: stack limit, or stopped.
// Of the options only stack_limit and poll count.
MUST_CHECK bool compile_lazy_body(CodeBlock *block, const CompileOptions *options, Arena *arena, Diagnostic *diag);

// ---- With an isolate (compiler/run.c). NULL or VALUE_FAIL: SyntaxError (or RangeError) thrown.

MUST_CHECK CodeBlock *compile_script(Isolate *iso, SourceText *text, const CompileOptions *options); // options may be NULL
MUST_CHECK CodeBlock *compile_module(Isolate *iso, SourceText *text);
// A function with the given parameter names whose body is the text (CommonJS wrapper, vm.compileFunction).
MUST_CHECK CodeBlock *compile_function_body(Isolate *iso, SourceText *text, const char *const *params, u32 param_count,
                                            bool is_async);
// How an error's source line is shown. A longer line is left out; carets beyond the second are, as in Node.
enum { SOURCE_FRAME_LINE_MAX = 100000, SOURCE_FRAME_CARET_MAX = 1020 };
// Throws what the diagnostic says; the error's stack begins with file, line, source line and carets. Returns NULL.
void *throw_diagnostic(Isolate *iso, SourceText *text, const Diagnostic *diag);

// Runs a script's block: `this` is the realm's global `this`. Takes no reference. Runs JS.
MUST_CHECK Value run_script(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined);
// A closure over the block without outer environment (function bodies, scripts).
MUST_CHECK Value closure_from_block(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined);
// Fills compile_lazy, eval, compile_function and free_lazy.
void compiler_fill_hooks(struct Hooks *hooks);

#endif
