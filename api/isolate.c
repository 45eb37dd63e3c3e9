// SPDX-License-Identifier: MIT
// Isolates: made from a configuration, with Node's globals and modules or with nothing but the language; entered, stopped, measured.
// Tests: tests/api/test_isolate.c, tests/cli/.
#include "api/api_internal.h"
#include "base/version.h"
#include "threads/worker.h"
#include "vm/builtin.h"
#include "vm/error.h"

// Whether AddressSanitizer looks after freed memory.
#if defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#elif defined(__has_feature)
#define ASAN __has_feature(address_sanitizer)
#else
#define ASAN 0
#endif

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
      .env_files = c->env_files,
      .env_file_count = (u32)c->env_file_count,
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

static const HostCalls bare_calls = {
    .uncaught = report_uncaught, .rejection_handled = nothing_to_handle, .clone = &api_clone_calls};

static void trace(Host *host, GcTracer *tracer) { api_trace_classes(host->embedder, tracer); }
static bool interrupt(Host *host) { return api_interrupt(host->embedder); }
static const HostEmbedder embedder_calls = {trace, interrupt};

static Host *make_host(WeftIsolate *isolate, const WeftConfig *config) {
  HostConfig host = host_config(config);
  GcMemory memory;
  if (config->allocator) {
    memory = (GcMemory){config->allocator->allocate, config->allocator->release, config->allocator->data};
    host.memory = &memory;
  }
  if (config->node) return node_new(&(NodeConfig){.host = host, .options = &isolate->options});
  host.calls = &bare_calls;
  host.fill_hooks = api_fill_module_hooks;
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
  isolate->host->embedder_calls = &embedder_calls;
  Persistent *roots[] = {&isolate->kept, &isolate->realms, &isolate->modules, &isolate->port_prototype, &isolate->names};
  for (u32 i = 0; i < ARRAY_LEN(roots); i++) gc_persistent_init(heap_of(isolate->host->iso), roots[i], value_bits(VALUE_EMPTY));
  isolate_enter(isolate->host->iso);
  isolate->thread = thread_current_id();
  return isolate;
}

void weft_isolate_delete(WeftIsolate *isolate) {
  if (!isolate) return;
  (void)ISOLATE(isolate);
  cpu_watch_clear(&isolate->cpu_watch);
  if (isolate->has_node) node_destroy(isolate->host);
  else host_destroy(isolate->host);
  api_release_waiters(isolate);
  api_free_classes(isolate);
  isolate->host = NULL;
#if !defined(WEFT_ASSERTS) || ASAN // else what uses it later shall find that
  base_free(isolate);
#endif
}

void weft_isolate_enter(WeftIsolate *isolate) {
  EXISTS(isolate);
  cpu_watch_clear(&isolate->cpu_watch); // it was the other thread's time
  isolate->thread = thread_current_id();
  isolate_enter(ISOLATE(isolate));
}

void *weft_isolate_data(const WeftIsolate *isolate) {
  EXISTS(isolate);
  return isolate->data;
}

void weft_isolate_set_data(WeftIsolate *isolate, void *data) {
  EXISTS(isolate);
  isolate->data = data;
}

void weft_isolate_on_uncaught(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, WeftValue exception, void *data), void *data) {
  EXISTS(isolate);
  isolate->uncaught = f;
  isolate->uncaught_data = data;
}

#ifdef WEFT_ASSERTS
static NORETURN void misused(const char *function, const char *what) {
  fprintf(stderr, "weft: %s: %s\n", function, what);
  abort();
}

bool api_value_is_good(const WeftIsolate *isolate, WeftValue v, const char *function) {
  Value value = value_in(v);
  if (!value) misused(function, "a value is NULL");
  if (value_is_cell(value) && !gc_owns(&isolate->host->iso->heap, value_cell(value))) {
    misused(function, "a value belongs to another isolate");
  }
  return true;
}

void api_isolate_exists(const WeftIsolate *isolate, const char *function) {
  if (!isolate) misused(function, "the isolate is NULL");
  if (!isolate->host) misused(function, "the isolate was deleted");
}

Isolate *api_isolate_checked(const WeftIsolate *isolate, const char *function) {
  api_isolate_exists(isolate, function);
  if (isolate->thread != thread_current_id()) misused(function, "the isolate belongs to another thread (weft_isolate_enter)");
  return isolate->host->iso;
}

void api_class_is_good(const WeftIsolate *isolate, const WeftClass *c, const char *function) {
  if (!c) misused(function, "the class is NULL");
  if (!api_has_class(isolate, c)) misused(function, "the class belongs to another isolate, or to one that was deleted");
}
#endif

void *api_throw_null(WeftIsolate *isolate, const char *function) {
  return throw_error_message(isolate->host->iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "%s: a value is NULL", function);
}

// ---- Memory ----

void weft_collect(WeftIsolate *isolate) { gc_collect(heap_of(ISOLATE(isolate)), true); }

void weft_adjust_external_memory(WeftIsolate *isolate, ptrdiff_t bytes) { gc_adjust_external(heap_of(ISOLATE(isolate)), bytes); }

void weft_memory(WeftIsolate *isolate, WeftMemory *memory) {
  const Heap *heap = heap_of(ISOLATE(isolate));
  memory->used_bytes = gc_cell_bytes(heap);
  memory->committed_bytes = gc_used_bytes(heap);
  memory->external_bytes = heap->external_bytes;
  memory->limit_bytes = heap->limit_bytes;
}
