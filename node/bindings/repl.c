// SPDX-License-Identifier: MIT
// What the REPL asks the compiler and the realm: whether a text is a whole program, and the names that `let`, `const` and `class`
// declared at its top level (they are no properties of the global object).
// Tests: tests/node/util/repl-*.js.
#include "node/node_internal.h"

enum TextState { TEXT_COMPLETE, TEXT_INCOMPLETE, TEXT_BROKEN }; // the same list is in lib/repl.js

// check(source, allowAwait): TextState
static Value repl_check(Isolate *iso, const Call *call) {
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  SourceText *text = TRY(node_source_from_string(iso, source, "REPL"));
  CompileOptions options = {
      .goal = PARSE_SCRIPT,
      .lazy = LAZY_ALWAYS,
      .allow_await = to_boolean(iso, call_arg(call, 1)),
      .stack_limit = (uintptr_t)iso->c_stack_limit + 64 * 1024,
  };
  Arena arena;
  arena_init(&arena);
  Diagnostic diag;
  CodeBlock *block = NULL;
  enum TextState state = TEXT_COMPLETE;
  if (compile_source(text, &options, &arena, &block, &diag)) code_block_release(block);
  else state = diag.incomplete ? TEXT_INCOMPLETE : TEXT_BROKEN;
  arena_free(&arena);
  source_text_release(text);
  return value_from_int((i32)state);
}

// lexicalNames(): array of strings
static Value repl_lexical_names(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *names = TRY(array_create(iso, 0));
  HashTable *table = (HashTable *)ref_get(iso->main_realm->global_lexicals);
  HashCursor cursor = {0};
  Value key, value;
  while (table && hash_table_next(table, &cursor, &key, &value)) {
    if (value_is_string(key)) TRY(array_push_value(iso, names, key));
  }
  return value_from_object(names);
}

static const NativeMethod methods[] = {
    {"check", repl_check, 2, 0},
    {"lexicalNames", repl_lexical_names, 0, 0},
};
const NodeBinding node_binding_repl = {"repl", methods, ARRAY_LEN(methods), NULL};
