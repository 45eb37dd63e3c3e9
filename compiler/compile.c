// SPDX-License-Identifier: MIT
// From source text to a block: parse, generate the top level, then the functions inside that are not lazy.
#include "compiler/gen_internal.h"

#include <stdatomic.h>

static ParseOptions parse_options(const CompileOptions *o) {
  return (ParseOptions){.goal = o->goal,
                        .lazy = o->lazy,
                        .context = o->context,
                        .stack_limit = o->stack_limit,
                        .outer_scope = code_scope_info(o->outer_scope),
                        .function_body_start = o->function_body_start,
                        .params = o->params,
                        .param_count = o->param_count,
                        .is_async = o->is_async,
                        .allow_return = o->allow_return,
                        .allow_await = o->allow_await,
                        .poll = o->poll,
                        .poll_data = o->poll_data};
}

static AstName *root_name(const FunctionNode *root) { return root->kind < FN_SCRIPT ? root->name : NULL; }

bool compile_source(SourceText *text, const CompileOptions *options, Arena *arena, CodeBlock **out, Diagnostic *diag) {
  Compiler c = {.arena = arena,
                .text = text,
                .diag = diag,
                .stack_limit = options->stack_limit,
                .want_completion = options->want_completion,
                .outer_scope = options->outer_scope,
                .poll = options->poll,
                .poll_data = options->poll_data};
  c.source = (Source){.name = text->name, .chars = source_text_chars(text), .length = text->length, .is_utf16 = text->utf16};
  c.outer_info = code_scope_info(options->outer_scope);
  *diag = (Diagnostic){0};
  ParseOptions parse = parse_options(options);
  ParseResult result = {0};
  if (!parser_parse(&c.source, &parse, arena, &result)) {
    *diag = result.diagnostic;
    return false;
  }
  c.module = result.module;
  CodeBlock *block = block_new(&c, result.root, root_name(result.root), options->goal == PARSE_FUNCTION ? "anonymous" : NULL);
  CodeBody *body = compile_one(&c, block, result.root, NULL);
  atomic_store_explicit(&block->body, body, memory_order_release);
  compile_pending(&c);
  compiler_dispose(&c);
  if (c.failed) {
    code_block_release(block);
    return false;
  }
  *out = block;
  return true;
}
