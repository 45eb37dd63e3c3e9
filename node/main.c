// SPDX-License-Identifier: MIT
// How a program starts and ends: furnishing an isolate, finding out what the main file is, running it and the loop.
// Small CommonJS files go through plain_script.c, everything else through lib/internal/modules/run_main.js.
// Tests: tests/cli/.
#define _GNU_SOURCE
#include "base/platform.h"
#include "base/version.h"
#include "node/node_internal.h"
#include "node/pool_job.h"
#include "threads/worker.h"
#include "vm/disasm.h"

// ---- Callbacks of the loop ----

// A tick is an array: async context, function, arguments...
static void run_tick(Host *host, Value callback) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  JSObject *tick = value_object(callback);
  Value outer = node->async_context;
  node->async_context = list_get(tick, 0);
  Value v = call_function(iso, list_get(tick, 1), VALUE_UNDEFINED, array_length(tick) - 2, list_values(tick) + 2);
  node->async_context = outer;
  if (v) return;
  host->tick_failed = true;
  (void)host_report_pending(host);
}

static void run_callback(Host *host, enum NodeCallback which, Value object) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (!node_has_callback(node, which)) return;
  if (!CALL1(iso, node->callbacks[which], VALUE_UNDEFINED, object)) (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
}

static void run_timer(Host *host, Value timer) { run_callback(host, CALLBACK_TIMER, timer); }
static void run_immediate(Host *host, Value immediate) { run_callback(host, CALLBACK_IMMEDIATE, immediate); }
static void rejection_handled(Host *host, Value promise) { run_callback(host, CALLBACK_REJECTION_HANDLED, promise); }

static void trace_node(Host *host, GcTracer *tracer) {
  NodeState *node = host->node;
  if (!node) return;
  const Value words[] = {node->cache,       node->bindings,    node->require,      node->internal_binding, node->async_context,
                         node->main_script, node->eval_source, node->main_promise, node->port_prototype,   node->envelope};
  for (u32 i = 0; i < ARRAY_LEN(words); i++) gc_trace_word(tracer, value_bits(words[i]));
  for (u32 i = 0; i < CALLBACK_COUNT; i++) gc_trace_word(tracer, value_bits(node->callbacks[i]));
}

static const HostCalls node_calls = {
    .uncaught = node_uncaught,
    .rejection_handled = rejection_handled,
    .run_tick = run_tick,
    .run_timer = run_timer,
    .run_immediate = run_immediate,
    .trace = trace_node,
    .clone = &node_clone_calls,
};

static void fill_hooks(Hooks *hooks) {
  hooks->import_dynamic = node_import_dynamic;
  hooks->resolve_imported_module = node_resolve_imported_module;
  hooks->initialise_import_meta = node_initialise_import_meta;
}

// ---- Life ----

static NodeState *state_new(Host *host, const NodeConfig *config) {
  static const NodeOptions no_options = {.stack_trace_limit = -1};
  NodeState *node = base_alloc_zeroed(sizeof *node);
  node->host = host;
  node->track_files = config->track_files;
  node->options = config->options ? config->options : &no_options;
  node->environment = config->environment ? thread_env_retain(config->environment) : thread_env_of_process();
  node->start_ns = platform_clock_ns();
  Value *const words[] = {&node->cache,          &node->bindings,    &node->require,     &node->internal_binding,
                          &node->async_context,  &node->main_script, &node->eval_source, &node->main_promise,
                          &node->port_prototype, &node->envelope};
  for (u32 i = 0; i < ARRAY_LEN(words); i++) *words[i] = VALUE_UNDEFINED;
  for (u32 i = 0; i < CALLBACK_COUNT; i++) node->callbacks[i] = VALUE_UNDEFINED;
  return node;
}

static void set_stack_trace_limit(Isolate *iso, i32 limit) {
  if (limit < 0) return;
  JSObject *error = realm_intrinsic(iso, iso->main_realm, INTRINSIC_ERROR);
  obj_put_direct(iso, error, ATOM(stackTraceLimit), value_from_int(limit), ATTR_ALL);
}

Host *node_new(const NodeConfig *config) {
  HostConfig host_config = config->host;
  host_config.calls = &node_calls;
  host_config.fill_hooks = fill_hooks;
  Host *host = host_new(&host_config);
  if (!host) return NULL;
  NodeState *node = state_new(host, config);
  host->node = node;
  host->is_main = !config->is_worker;
  if (host->is_main) thread_registry_add(host);
  if (!node_init_builtins(host->iso)) {
    node_destroy(host);
    return NULL;
  }
  node_define_globals(host->iso, host->iso->main_realm, node->options);
  set_stack_trace_limit(host->iso, node->options->stack_trace_limit);
  node->ready_ns = platform_clock_ns();
  return host;
}

void node_destroy(Host *host) {
  NodeState *node = host->node;
  bool is_main = host->is_main;
  if (is_main) thread_registry_remove(host);
  pool_jobs_cancel(node);
  host->node = NULL;
  node_abandon_requests(node);
  host_destroy(host);
  node_close_files(node);
  base_free(node->title);
  base_free(node->read_buffer);
  thread_env_release(node->environment);
  base_free(node);
  if (is_main) code_cache_clear();
}

// ---- The end ----

// false: an exception of a handler ended the program.
static bool emit_before_exit(Host *host) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (iso->terminating || !node_has_callback(node, CALLBACK_BEFORE_EXIT)) return !iso->terminating;
  Value v = CALL1(iso, node->callbacks[CALLBACK_BEFORE_EXIT], VALUE_UNDEFINED, value_from_int(host->exit_code));
  if (!v && !host_report_pending(host)) return false;
  loop_drain(host);
  return !iso->terminating;
}

static void check_main_promise(Host *host) {
  NodeState *node = host->node;
  if (!value_is_promise(node->main_promise) || host->iso->terminating) return;
  if (((JSPromise *)value_object(node->main_promise))->state != PROMISE_PENDING) return;
  const char *where = value_is_string(node->main_script) ? error_text_of_value(host->iso, node->main_script) : "[eval1]";
  fprintf(stderr, "Warning: Detected unsettled top-level await at %s\n", where);
  host->exit_code = 13;
}

static int run_to_end(Host *host) {
  Isolate *iso = host->iso;
  do {
    loop_run(host);
    if (!emit_before_exit(host)) break;
  } while (loop_is_alive(&host->loop));
  check_main_promise(host);
  int code = node_finish(host);
  if (iso->terminating && !host->stopping && host->is_main) {
    fputs("\nweft: fatal: the heap limit was reached, or the isolate was terminated\n", stderr);
    code = 134;
  }
  fflush(stdout);
  return code;
}

static int start_failed(Host *host) {
  (void)host_report_pending(host);
  if (host->iso->terminating) return run_to_end(host);
  loop_drain(host);
  return run_to_end(host);
}

// ---- Starting ----

static void main_module_settled(Isolate *iso, Value data, Value v, bool fulfilled) {
  (void)data;
  iso->thrown_at.exception = VALUE_EMPTY; // as of any promise, the report shows where the error was made
  if (!fulfilled) (void)node_uncaught(iso->host, v, VALUE_EMPTY);
}

// Calls run_main's function; a promise that it returns is the main module's.
static Value call_run_main(Host *host, const char *function, u32 argc, const Value *args) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  Value f = TRY(node_builtin_export(iso, "internal/modules/run_main", function));
  Value v = TRY(call_function(iso, f, VALUE_UNDEFINED, argc, args));
  if (value_is_promise(v)) {
    node->main_promise = v;
    node->is_module_main = true;
    TRY(promise_then_native(iso, (JSPromise *)value_object(v), main_module_settled, VALUE_UNDEFINED));
  }
  return v;
}

static int finish_start(Host *host, bool ok) {
  NodeState *node = host->node;
  if (!ok) return start_failed(host);
  if (node->is_module_main) loop_drain_jobs_first(host);
  else loop_drain(host);
  return run_to_end(host);
}

int node_run_file(Host *host, const char *path) {
  Isolate *iso = host->iso;
  Tri plain = node_run_plain_script(host, path);
  if (plain != TRI_NO) return finish_start(host, plain == TRI_YES);
  Value name = binding_string(iso, path);
  return finish_start(host, name && call_run_main(host, "runMain", 1, &name));
}

static Value goal_value(Isolate *iso, NodeGoal goal) {
  return goal == NODE_GOAL_AUTO ? VALUE_UNDEFINED : binding_string(iso, goal == NODE_GOAL_MODULE ? "module" : "commonjs");
}

static bool run_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal, bool print) {
  Isolate *iso = host->iso;
  String *source = TRY(str_new_utf8(iso, text, size));
  ((NodeState *)host->node)->eval_source = value_from_cell(source);
  Value label = TRY(binding_string(iso, name)), goal_name = TRY(goal_value(iso, goal));
  Value args[] = {label, value_from_cell(source), goal_name, value_from_bool(print)};
  return call_run_main(host, "evalText", ARRAY_LEN(args), args) != VALUE_FAIL;
}

int node_run_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal, bool print) {
  return finish_start(host, run_text(host, text, size, name, goal, print));
}

int node_run_url(Host *host, const char *url) {
  Value name = binding_string(host->iso, url);
  return finish_start(host, name && call_run_main(host, "runUrl", 1, &name));
}

static bool run_web(Host *host, const char *url, const char *name, size_t name_size, bool is_module) {
  Value href = TRY(binding_string(host->iso, url)), text = value_from_cell(TRY(str_new_utf8(host->iso, name, name_size)));
  Value args[] = {href, text, value_from_bool(is_module)};
  return call_run_main(host, "runWeb", ARRAY_LEN(args), args) != VALUE_FAIL;
}

int node_run_web(Host *host, const char *url, const char *name, size_t name_size, bool is_module) {
  return finish_start(host, run_web(host, url, name, name_size, is_module));
}

int node_run_repl(Host *host) { return finish_start(host, call_run_main(host, "startRepl", 0, NULL) != VALUE_FAIL); }

int node_check_file(Host *host, const char *path) {
  Value name = binding_string(host->iso, path);
  return finish_start(host, name && call_run_main(host, "checkFile", 1, &name));
}

static bool check_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal) {
  Isolate *iso = host->iso;
  String *source = TRY(str_new_utf8(iso, text, size));
  ((NodeState *)host->node)->eval_source = value_from_cell(source);
  Value label = TRY(binding_string(iso, name)), goal_name = TRY(goal_value(iso, goal));
  Value args[] = {label, value_from_cell(source), goal_name};
  return call_run_main(host, "checkText", ARRAY_LEN(args), args) != VALUE_FAIL;
}

int node_check_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal) {
  return finish_start(host, check_text(host, text, size, name, goal));
}

// ---- Dumps ----

static bool has_suffix(const char *s, const char *suffix) {
  size_t n = strlen(s), m = strlen(suffix);
  return n >= m && strcmp(s + n - m, suffix) == 0;
}

static bool dump_ast(Isolate *iso, SourceText *text, NodeGoal goal, FILE *out) {
  Source source = {.name = text->name, .chars = source_text_chars(text), .length = text->length, .is_utf16 = text->utf16};
  ParseOptions options = {.goal = goal == NODE_GOAL_MODULE ? PARSE_MODULE : PARSE_SCRIPT,
                          .lazy = LAZY_NEVER,
                          .allow_return = true,
                          .stack_limit = (uintptr_t)iso->c_stack_limit};
  Arena arena;
  arena_init(&arena);
  ParseResult result;
  bool ok = parser_parse(&source, &options, &arena, &result);
  if (ok) ast_dump(result.root, AST_DUMP_SCOPES, out);
  else throw_diagnostic(iso, text, &result.diagnostic);
  source_free_lines(&source);
  arena_free(&arena);
  return ok;
}

static bool dump_bytecode(Isolate *iso, SourceText *text, NodeGoal goal, FILE *out) {
  CompileOptions options = {
      .goal = goal == NODE_GOAL_MODULE ? PARSE_MODULE : PARSE_SCRIPT, .lazy = LAZY_NEVER, .allow_return = true};
  CodeBlock *block = TRY(goal == NODE_GOAL_MODULE ? compile_module(iso, text) : compile_script(iso, text, &options));
  disasm_block(block, out);
  code_block_release(block);
  return true;
}

static bool dump_file(Isolate *iso, const char *path, NodeGoal goal, NodeDump what, FILE *out) {
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", path, NULL);
  if (goal == NODE_GOAL_AUTO) goal = has_suffix(path, ".mjs") ? NODE_GOAL_MODULE : NODE_GOAL_COMMONJS;
  SourceText *text = TRY(node_source_from_bytes(iso, bytes, size, path));
  bool ok = what == NODE_DUMP_AST ? dump_ast(iso, text, goal, out) : dump_bytecode(iso, text, goal, out);
  source_text_release(text);
  return ok;
}

int node_dump_file(Host *host, const char *path, NodeGoal goal, NodeDump what, FILE *out) {
  if (dump_file(host->iso, path, goal, what, out)) return 0;
  node_print_exception(host->iso, isolate_take_exception(host->iso), false);
  return 1;
}

void node_print_gc_stats(Host *host, FILE *out) {
  const Heap *heap = &host->iso->heap;
  const GcStats *s = &heap->stats;
  fprintf(out, "gc: %llu minor (longest %.2f ms), %llu full (longest %.2f ms), %.2f ms in all\n",
          (unsigned long long)s->minor_count, (double)s->pause_ns_max_minor / 1e6, (unsigned long long)s->full_count,
          (double)s->pause_ns_max_full / 1e6, (double)s->pause_ns_total / 1e6);
  fprintf(out, "gc: %.2f MB allocated, %.2f MB in use, %.2f MB external, %.2f MB peak resident\n", (double)s->allocated_bytes / 1e6,
          (double)gc_used_bytes(heap) / 1e6, (double)heap->external_bytes / 1e6, (double)platform_peak_rss() / 1e6);
}
