// SPDX-License-Identifier: MIT
// Isolates: made from a configuration, with Node's globals and modules or with nothing but the language; entered, stopped, measured.
// Tests: tests/api/test_isolate.c, tests/cli/.
#include "api/api_internal.h"
#include "base/version.h"
#include "compiler/compiler.h"
#include "threads/worker.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "vm/promise.h"

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

// ---- Isolates with nothing but the language ----

// Nobody caught it: the program goes on.
static bool report_uncaught(Host *host, Value exception, Value promise) {
  (void)promise;
  WeftIsolate *isolate = host->embedder;
  if (host->iso->terminating) return false;
  if (isolate->uncaught) {
    isolate->uncaught(isolate, value_as_handle(exception), isolate->uncaught_data);
    return true;
  }
  char *text = weft_exception_text(isolate, value_as_handle(exception));
  fprintf(stderr, "Uncaught %s\n", text ? text : "exception");
  base_free(text);
  return true;
}
static void nothing_to_handle(Host *host, Value promise) { (void)host, (void)promise; }

static const HostCalls bare_calls = {.uncaught = report_uncaught, .rejection_handled = nothing_to_handle};

static Host *make_host(WeftIsolate *isolate, const WeftConfig *config) {
  HostConfig host = host_config(config);
  if (config->node) return node_new(&(NodeConfig){.host = host, .options = &isolate->options});
  host.calls = &bare_calls;
  return host_new(&host);
}

// ---- Life ----

WeftIsolate *weft_isolate_new(const WeftConfig *config) {
  static const WeftConfig defaults = {.size = sizeof(WeftConfig)};
  if (!config) config = &defaults;
  if (config->size != sizeof(WeftConfig)) return NULL;
  WeftIsolate *isolate = base_try_alloc_zeroed(sizeof *isolate);
  if (!isolate) return NULL;
  isolate->options = node_options(config);
  isolate->host = make_host(isolate, config);
  if (!isolate->host) {
    base_free(isolate);
    return NULL;
  }
  isolate->has_node = config->node;
  isolate->host->embedder = isolate;
  gc_persistent_init(heap_of(isolate->host->iso), &isolate->kept, value_bits(VALUE_EMPTY));
  isolate_enter(isolate->host->iso);
  isolate->thread = thread_current_id();
  return isolate;
}

void weft_isolate_delete(WeftIsolate *isolate) {
  if (!isolate) return;
  (void)ISOLATE(isolate);
  if (isolate->has_node) node_destroy(isolate->host);
  else host_destroy(isolate->host);
  isolate->host = NULL;
  base_free(isolate);
}

void weft_isolate_enter(WeftIsolate *isolate) {
  isolate->thread = thread_current_id();
  isolate_enter(ISOLATE(isolate));
}

void *weft_isolate_data(const WeftIsolate *isolate) { return isolate->data; }
void weft_isolate_set_data(WeftIsolate *isolate, void *data) { isolate->data = data; }

void weft_isolate_on_uncaught(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, WeftValue exception, void *data), void *data) {
  isolate->uncaught = f;
  isolate->uncaught_data = data;
}

#ifdef WEFT_ASSERTS
Isolate *api_isolate_checked(const WeftIsolate *isolate, const char *function) {
  const char *wrong = !isolate                                 ? "the isolate is NULL"
                      : !isolate->host                         ? "the isolate was deleted"
                      : isolate->thread != thread_current_id() ? "the isolate belongs to another thread (weft_isolate_enter)"
                                                               : NULL;
  if (!wrong) return isolate->host->iso;
  fprintf(stderr, "weft: %s: %s\n", function, wrong);
  abort();
}
#endif

// ---- Running ----

WeftValue weft_global(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  return value_out(isolate, value_from_object(ref_get(realm_current(iso)->global_object)));
}

WeftValue weft_eval(WeftIsolate *isolate, const char *utf8, size_t size, const char *name) {
  Isolate *iso = ISOLATE(isolate);
  String *s = TRY(str_new_utf8(iso, utf8, api_text_size(utf8, size)));
  SourceText *text = source_text_new(str_chars(s), str_is_utf16(s), s->length, name ? name : "<eval>", true);
  if (!text) return throw_out_of_memory(iso);
  CodeBlock *block = compile_script(iso, text, &(CompileOptions){.want_completion = true});
  source_text_release(text);
  if (!block) return NULL;
  Value v = run_script(iso, realm_current(iso), block, VALUE_UNDEFINED);
  code_block_release(block);
  return value_out(isolate, v);
}

void weft_run_jobs(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  loop_drain(isolate->host);
}

void weft_run_loop(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  loop_run(isolate->host);
}

// ---- Stopping ----

void weft_terminate(WeftIsolate *isolate) { isolate_terminate(isolate->host->iso); }
bool weft_is_terminating(const WeftIsolate *isolate) { return isolate->host->iso->terminating; }

void weft_resume(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  isolate_cancel_termination(iso);
  (void)isolate_take_exception(iso);
}

// ---- Memory ----

void weft_collect(WeftIsolate *isolate) { gc_collect(heap_of(ISOLATE(isolate)), true); }

void weft_memory(WeftIsolate *isolate, WeftMemory *memory) {
  const Heap *heap = heap_of(ISOLATE(isolate));
  memory->used_bytes = gc_cell_bytes(heap);
  memory->committed_bytes = gc_used_bytes(heap);
  memory->external_bytes = heap->external_bytes;
  memory->limit_bytes = heap->limit_bytes;
}
