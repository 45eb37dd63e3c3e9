// SPDX-License-Identifier: MIT
// include/weft/weft.h over node/: configuration is copied into the floors' own structs, and nothing of them shows outside.
// Tests: tests/cli/, tests/api/.
#include "weft/weft.h"

#include "base/version.h"
#include "node/node.h"

struct WeftIsolate {
  Host *host;
  NodeOptions options;
};

const char *weft_version(void) { return WEFT_VERSION; }

static HostConfig host_config(const WeftConfig *c) {
  return (HostConfig){
      .heap_limit = c->heap_limit_bytes,
      .stack_size = c->stack_size_bytes,
      .gc_stress_period = c->gc_stress_period,
      .eager_builtins = c->eager_builtins,
      .trace_gc = c->trace_gc,
  };
}

static NodeOptions node_options(const WeftConfig *c) {
  return (NodeOptions){
      .exec_path = c->exec_path,
      .argv0 = c->argv0,
      .args = c->args,
      .arg_count = (u32)c->arg_count,
      .exec_args = c->exec_args,
      .exec_arg_count = (u32)c->exec_arg_count,
      .requires = c->requires,
      .require_count = (u32)c->require_count,
      .imports = c->imports,
      .import_count = (u32)c->import_count,
      .has_node_options = c->has_node_options,
      .expose_gc = c->expose_gc,
      .no_warnings = c->no_warnings,
      .trace_uncaught = c->trace_uncaught,
      .no_deprecation = c->no_deprecation,
      .trace_deprecation = c->trace_deprecation,
      .throw_deprecation = c->throw_deprecation,
      .preserve_symlinks = c->preserve_symlinks,
      .stack_trace_limit = c->has_stack_trace_limit ? c->stack_trace_limit : -1,
      .unhandled_rejections = c->unhandled_rejections,
      .conditions = c->conditions,
      .condition_count = (u32)c->condition_count,
  };
}

WeftIsolate *weft_isolate_new(const WeftConfig *config) {
  CHECK(config && config->size == sizeof(WeftConfig));
  WeftIsolate *isolate = base_try_alloc_zeroed(sizeof *isolate);
  if (!isolate) return NULL;
  isolate->options = node_options(config);
  NodeConfig node = {.host = host_config(config), .options = &isolate->options};
  isolate->host = node_new(&node);
  if (isolate->host) return isolate;
  base_free(isolate);
  return NULL;
}

void weft_isolate_delete(WeftIsolate *isolate) {
  if (!isolate) return;
  node_destroy(isolate->host);
  base_free(isolate);
}

static NodeGoal node_goal(WeftGoal goal) {
  switch (goal) {
  case WEFT_GOAL_COMMONJS: return NODE_GOAL_COMMONJS;
  case WEFT_GOAL_MODULE: return NODE_GOAL_MODULE;
  default: return NODE_GOAL_AUTO;
  }
}

int weft_run_file(WeftIsolate *isolate, const char *path) {
  CHECK(isolate && path);
  return node_run_file(isolate->host, path);
}

int weft_run_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal, bool print_result) {
  CHECK(isolate && utf8 && name);
  return node_run_text(isolate->host, utf8, size, name, node_goal(goal), print_result);
}

int weft_run_repl(WeftIsolate *isolate) {
  CHECK(isolate);
  return node_run_repl(isolate->host);
}

int weft_check_file(WeftIsolate *isolate, const char *path) {
  CHECK(isolate && path);
  return node_check_file(isolate->host, path);
}

int weft_check_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal) {
  CHECK(isolate && utf8 && name);
  return node_check_text(isolate->host, utf8, size, name, node_goal(goal));
}

int weft_dump_file(WeftIsolate *isolate, const char *path, WeftGoal goal, WeftDump what, FILE *out) {
  CHECK(isolate && path && out);
  return node_dump_file(isolate->host, path, node_goal(goal), what == WEFT_DUMP_AST ? NODE_DUMP_AST : NODE_DUMP_BYTECODE, out);
}

void weft_print_gc_stats(WeftIsolate *isolate, FILE *out) {
  CHECK(isolate && out);
  node_print_gc_stats(isolate->host, out);
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
