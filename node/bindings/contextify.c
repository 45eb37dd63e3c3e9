// SPDX-License-Identifier: MIT
// Scripts and realms for lib/vm.js. A context is a realm of its own whose global object is an ordinary one: createContext copies the
// sandbox's properties into it, and they are copied back after each run.
// Tests: tests/node/vm.js.
#include <uv.h>

#include "base/platform.h"
#include "base/sync.h"
#include "node/node_internal.h"
#include "threads/code_cache.h"
#include "vm/promise.h"

static const HostClass script_class, realm_class = {.name = "Realm"};

static void finalize_script(Heap *heap, Cell *cell) {
  (void)heap;
  code_block_release(((JSHostObject *)cell)->data);
}
static const HostClass script_class = {.name = "CompiledScript", .finalize = finalize_script};

// compile(source, filename, lineOffset, columnOffset): a handle
static Value contextify_compile(Isolate *iso, const Call *call) {
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  const char *filename = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  i32 line = 0, column = 0;
  if (value_is_number(call_arg(call, 2))) TRY(binding_int(iso, call_arg(call, 2), &line));
  if (value_is_number(call_arg(call, 3))) TRY(binding_int(iso, call_arg(call, 3), &column));
  SourceText *text = TRY(node_source_from_string(iso, source, filename));
  text->line_offset = (u32)line;
  text->column_offset = (u32)column;
  CompileOptions options = {.goal = PARSE_SCRIPT, .want_completion = true, .allow_await = call_arg(call, 4) == VALUE_TRUE};
  CodeBlock *block = compile_script(iso, text, &options);
  source_text_release(text);
  TRY(block);
  JSHostObject *handle = host_object_new(iso, &script_class, VALUE_NULL, block);
  if (!handle) code_block_release(block);
  return value_from_object(handle);
}

static CodeBlock *compile_shared(Isolate *iso, u8 *bytes, size_t size, const char *name) {
  CodeCacheKey key = code_cache_key(bytes, (u32)MIN(size, (size_t)UINT32_MAX), CODE_CACHE_SCRIPT, name);
  CodeBlock *block = code_cache_find(&key);
  if (block) {
    base_free(bytes);
    return block;
  }
  SourceText *text = TRY(node_source_from_bytes(iso, bytes, size, name));
  CompileOptions options = {.goal = PARSE_SCRIPT};
  block = compile_script(iso, text, &options);
  source_text_release(text);
  if (block) code_cache_add(&key, block);
  return block;
}

// compileFile(path, name): a handle; name: as stack traces show it
static Value contextify_compile_file(Isolate *iso, const Call *call) {
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  const char *name = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", path, NULL);
  CodeBlock *block = TRY(compile_shared(iso, bytes, size, name));
  JSHostObject *handle = host_object_new(iso, &script_class, VALUE_NULL, block);
  if (!handle) code_block_release(block);
  return value_from_object(handle);
}

static JSHostObject *host_arg(Isolate *iso, Value v, const HostClass *class) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "A handle was expected");
}

// run(handle, realm | undefined, hostDefined)
static Value contextify_run(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(host_arg(iso, call_arg(call, 0), &script_class));
  Realm *realm = iso->main_realm;
  if (!value_is_undefined(call_arg(call, 1))) {
    JSHostObject *holder = TRY(host_arg(iso, call_arg(call, 1), &realm_class));
    realm = (Realm *)value_cell(slot_get(&holder->values[0]));
  }
  return run_script(iso, realm, handle->data, call_arg(call, 2));
}

// ---- Runs that something else may end ----

typedef struct Guard {
  Isolate *iso;
  u64 deadline_ns;
  Mutex mutex;
  Condition condition;
  bool over;                           // under the mutex
  _Atomic bool timed_out, interrupted; // this guard has ended the run
} Guard;

static void interrupt_script(void *arg) {
  Guard *guard = arg;
  guard->interrupted = true;
  isolate_terminate(guard->iso);
}

// A thread of its own, as long as the script runs.
static void watch_clock(void *arg) {
  Guard *guard = arg;
  mutex_lock(&guard->mutex);
  while (!guard->over) {
    if (condition_wait_until(&guard->condition, &guard->mutex, guard->deadline_ns)) continue;
    guard->timed_out = true;
    isolate_terminate(guard->iso);
    break;
  }
  mutex_unlock(&guard->mutex);
}

static void report_job(Isolate *iso, Value exception) {
  throw_value(iso, exception);
  (void)host_report_pending(host_of(iso));
}

static Value run_and_settle(Isolate *iso, const Call *call, bool run_microtasks) {
  Value v = contextify_run(iso, call);
  if (v && run_microtasks && !run_jobs(iso, report_job)) return VALUE_FAIL;
  return v;
}

static Value run_in_time(Isolate *iso, const Call *call, Guard *guard, double timeout_ms, bool run_microtasks) {
  Thread clock;
  guard->deadline_ns = platform_clock_ns() + (u64)(timeout_ms * 1e6);
  if (!thread_create(&clock, "weft-vm-timeout", 65536, watch_clock, guard))
    return throw_uv_error(iso, UV_EAGAIN, "thread", NULL, NULL), VALUE_FAIL;
  Value v = run_and_settle(iso, call, run_microtasks);
  mutex_lock(&guard->mutex);
  guard->over = true;
  condition_signal(&guard->condition);
  mutex_unlock(&guard->mutex);
  thread_join(&clock);
  return v;
}

// Who runs with a limit inside of another limit is ended by the outer one too: that is not cancelled here.
static Value run_guarded(Isolate *iso, const Call *call, Guard *guard, double timeout_ms, bool until_sigint, bool run_microtasks) {
  InterruptWatch watch;
  guard->iso = iso;
  mutex_init(&guard->mutex);
  condition_init(&guard->condition);
  bool watched = until_sigint && interrupt_watch_start(&watch, interrupt_script, guard);
  Value v = timeout_ms > 0 ? run_in_time(iso, call, guard, timeout_ms, run_microtasks) : run_and_settle(iso, call, run_microtasks);
  if (watched) interrupt_watch_stop(&watch);
  condition_destroy(&guard->condition);
  mutex_destroy(&guard->mutex);
  if ((guard->timed_out || guard->interrupted) && !host_of(iso)->stopping) isolate_cancel_termination(iso);
  return v;
}

// runInterruptible(handle, realm | undefined, hostDefined): [value], or undefined when a SIGINT ended it
static Value contextify_run_interruptible(Isolate *iso, const Call *call) {
  Guard guard = {0};
  Value v = run_guarded(iso, call, &guard, 0, true, false);
  if (guard.interrupted) return host_of(iso)->stopping ? VALUE_FAIL : VALUE_UNDEFINED;
  return v ? value_from_object(array_from_values(iso, &v, 1)) : VALUE_FAIL;
}

// runLimited(handle, realm | undefined, hostDefined, timeout in ms or 0, breakOnSigint, run microtasks too): the value
static Value contextify_run_limited(Isolate *iso, const Call *call) {
  Guard guard = {0};
  Value timeout = call_arg(call, 3);
  Value v = run_guarded(iso, call, &guard, value_is_number(timeout) ? value_number(timeout) : 0, call_arg(call, 4) == VALUE_TRUE,
                        call_arg(call, 5) == VALUE_TRUE);
  if (host_of(iso)->stopping) return VALUE_FAIL;
  if (guard.timed_out) return throw_node_error(iso, "ERR_SCRIPT_EXECUTION_TIMEOUT", &timeout, 1), VALUE_FAIL;
  if (guard.interrupted) return throw_node_error(iso, "ERR_SCRIPT_EXECUTION_INTERRUPTED", NULL, 0), VALUE_FAIL;
  return v;
}

// makeRealm(): [handle, global object]
static Value contextify_make_realm(Isolate *iso, const Call *call) {
  (void)call;
  Realm *realm = TRY(realm_new(iso));
  JSHostObject *holder = TRY(host_object_new(iso, &realm_class, VALUE_NULL, NULL));
  slot_set(iso, holder, &holder->values[0], value_from_cell(realm));
  Value pair[] = {value_from_object(holder), slot_get(&realm->global_this)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static const NativeMethod methods[] = {
    {"compile", contextify_compile, 5, 0},
    {"compileFile", contextify_compile_file, 2, 0},
    {"run", contextify_run, 3, 0},
    {"runInterruptible", contextify_run_interruptible, 3, 0},
    {"runLimited", contextify_run_limited, 6, 0},
    {"makeRealm", contextify_make_realm, 0, 0},
};
const NodeBinding node_binding_contextify = {"contextify", methods, ARRAY_LEN(methods), NULL};
