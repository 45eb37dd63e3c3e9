// SPDX-License-Identifier: MIT
// Whole programs: what the `weft` program is made of.
// Tests: tests/cli/.
#include "api/api_internal.h"

#define HOST(w) host_of(ISOLATE(w))

static NodeGoal node_goal(WeftGoal goal) {
  switch (goal) {
  case WEFT_GOAL_COMMONJS: return NODE_GOAL_COMMONJS;
  case WEFT_GOAL_MODULE: return NODE_GOAL_MODULE;
  default: return NODE_GOAL_AUTO;
  }
}

int weft_run_file(WeftIsolate *isolate, const char *path) {
  CHECK(path);
  return node_run_file(HOST(isolate), path);
}

int weft_run_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal, bool print_result) {
  CHECK(utf8 && name);
  return node_run_text(HOST(isolate), utf8, size, name, node_goal(goal), print_result);
}

int weft_run_repl(WeftIsolate *isolate) { return node_run_repl(HOST(isolate)); }

int weft_check_file(WeftIsolate *isolate, const char *path) {
  CHECK(path);
  return node_check_file(HOST(isolate), path);
}

int weft_check_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal) {
  CHECK(utf8 && name);
  return node_check_text(HOST(isolate), utf8, size, name, node_goal(goal));
}

int weft_dump_file(WeftIsolate *isolate, const char *path, WeftGoal goal, WeftDump what, FILE *out) {
  CHECK(path && out);
  return node_dump_file(HOST(isolate), path, node_goal(goal), what == WEFT_DUMP_AST ? NODE_DUMP_AST : NODE_DUMP_BYTECODE, out);
}

void weft_print_gc_stats(WeftIsolate *isolate, FILE *out) {
  CHECK(out);
  node_print_gc_stats(HOST(isolate), out);
}

int weft_run_test262(const WeftConfig *config, const WeftTest262 *test) {
  CHECK(config && config->size == sizeof(WeftConfig) && test && test->size == sizeof(WeftTest262) && test->file);
  Test262Options options = {
      .file = test->file,
      .preludes = test->preludes,
      .prelude_count = (u32)test->prelude_count,
      .module = test->module,
      .no_can_block = test->no_can_block,
      .eager_builtins = config->eager_builtins,
      .trace_gc = config->trace_gc,
      .gc_stress_period = config->gc_stress_period,
      .heap_limit = config->heap_limit_bytes,
      .stack_size = config->stack_size_bytes,
  };
  return node_run_test262(&options);
}
