// SPDX-License-Identifier: MIT
// Making hosts, and the book of rejected promises that nobody handles.
// Tests: tests/node/process/.
#include "threads/thread.h"

#include "compiler/compiler.h"
#include "runtime/intrinsics.h"
#include "runtime/text/regexp.h"
#include "threads/cpu_profile.h"
#include "threads/heap_profile.h"
#include "threads/locks.h"
#include "threads/worker.h"
#include "vm/error.h"
#include "vm/promise.h"

// ---- Roots ----

static void trace_host(Isolate *iso, struct GcTracer *tracer) {
  Host *host = iso->host;
  if (!host) return;
  loop_trace(&host->loop, tracer);
  wait_list_trace(host, tracer);
  ports_trace(host, tracer);
  workers_trace(host, tracer);
  for (u32 i = 0; i < host->rejections.len; i++) {
    gc_trace_word(tracer, value_bits(host->rejections.data[i].promise));
    gc_trace_word(tracer, value_bits(host->rejections.data[i].reason));
  }
  for (u32 i = 0; i < host->reported.len; i++) gc_trace_cell(tracer, host->reported.data[i]);
  for (u32 i = 0; i < host->handled.len; i++) gc_trace_cell(tracer, host->handled.data[i]);
  gc_trace_cell(tracer, host->clone_marks);
  gc_trace_cell(tracer, host->clone_texts);
  if (host->calls && host->calls->trace) host->calls->trace(host, tracer);
  if (host->embedder_calls) host->embedder_calls->trace(host, tracer);
}

// ---- Rejections (HostPromiseRejectionTracker) ----

enum { REPORTED_MAX = 1024 }; // promises that are remembered for 'rejectionHandled'

static void forget_rejection(Host *host, Value promise) {
  for (u32 i = 0; i < host->rejections.len; i++) {
    if (host->rejections.data[i].promise != promise) continue;
    memmove(&host->rejections.data[i], &host->rejections.data[i + 1], (host->rejections.len - i - 1) * sizeof(PendingRejection));
    host->rejections.len--;
    return;
  }
  for (u32 i = 0; i < host->reported.len; i++) {
    if (value_from_cell(host->reported.data[i]) != promise) continue;
    vec_push(&host->handled, host->reported.data[i]);
    host->reported.data[i] = vec_last(&host->reported);
    host->reported.len--;
    return;
  }
}

static void promise_rejection(Isolate *iso, Value promise, Value reason, RejectionEvent event) {
  Host *host = iso->host;
  if (!host || !host->calls) return;
  if (event == REJECTION_UNHANDLED) vec_push(&host->rejections, (PendingRejection){promise, reason});
  if (event == REJECTION_HANDLED) forget_rejection(host, promise);
}

bool host_process_rejections(Host *host) {
  bool any = false;
  while (host->handled.len && !host->iso->terminating) {
    Cell *promise = host->handled.data[0];
    memmove(host->handled.data, host->handled.data + 1, --host->handled.len * sizeof(Cell *));
    if (host->calls->rejection_handled) host->calls->rejection_handled(host, value_from_cell(promise));
    any = true;
  }
  while (host->rejections.len && !host->iso->terminating) {
    PendingRejection r = host->rejections.data[0];
    memmove(host->rejections.data, host->rejections.data + 1, --host->rejections.len * sizeof(PendingRejection));
    if (host->reported.len >= REPORTED_MAX) host->reported.data[0] = vec_pop(&host->reported);
    vec_push(&host->reported, value_cell(r.promise));
    any = true;
    if (!host->calls->uncaught(host, r.reason, r.promise)) return false;
  }
  return any;
}

// ---- Life ----

static void wake(Isolate *iso) { // any thread
  Host *host = iso->host;
  if (!host) return;
  wait_list_interrupt(host);
  loop_wake(&host->loop);
}

// ---- Interrupts ----

static void run_urgent(Host *host, bool ends) {
  LoopMessage *newest = atomic_exchange(&host->urgent, NULL), *oldest = NULL;
  while (newest) {
    LoopMessage *next = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = next;
  }
  for (LoopMessage *next; oldest; oldest = next) {
    next = oldest->next;
    oldest->run(ends ? NULL : host, oldest);
  }
}

void host_interrupt(Host *host, LoopMessage *message) {
  LoopMessage *top = atomic_load_explicit(&host->urgent, memory_order_relaxed);
  do {
    message->next = top;
  } while (!atomic_compare_exchange_weak(&host->urgent, &top, message));
  isolate_request_interrupt(host->iso, INTERRUPT_CALLBACK);
}

// No collection while the code stands anywhere: not every caller of a poll expects one.
static bool interrupt(Isolate *iso) {
  Host *host = iso->host;
  if (!host) return true;
  bool disabled = iso->heap.disabled;
  iso->heap.disabled = true;
  run_urgent(host, false);
  if (host->cpu_profiles) cpu_profiles_poll(host);
  iso->heap.disabled = disabled;
  if (!host->embedder_calls || host->embedder_calls->interrupt(host)) return true;
  iso->terminating = true;
  throw_value(iso, VALUE_UNDEFINED);
  return false;
}

Host *host_new(const HostConfig *config) {
  Host *host = base_try_alloc_zeroed(sizeof *host);
  if (!host) return NULL;
  host->calls = config->calls;
  host->config_heap_limit = config->heap_limit;
  compiler_fill_hooks(&host->hooks);
  host->hooks.regexp_create = regexp_create;
  host->hooks.regexp_clone = regexp_clone;
  runtime_fill_hooks(&host->hooks);
  host->hooks.trace_host = trace_host;
  host->hooks.promise_rejection = promise_rejection;
  host->hooks.wake = wake;
  host->hooks.interrupt = interrupt;
  host->hooks.wait_list = &wait_list_ops;
  if (config->fill_hooks) config->fill_hooks(&host->hooks);
  IsolateConfig iso_config = {
      .heap_limit = config->heap_limit,
      .stack_size = config->stack_size,
      .c_stack_size = config->c_stack_size,
      .gc_stress_period = config->gc_stress_period,
      .eager_builtins = config->eager_builtins,
      .trace_gc = config->trace_gc,
      .memory = config->memory,
      .hooks = &host->hooks,
      .builtins = config->builtins ? config->builtins : &runtime_builtin_tables,
  };
  host->iso = isolate_new(&iso_config);
  if (!host->iso) {
    base_free(host);
    return NULL;
  }
  loop_init(&host->loop, host->iso);
  wait_list_init(&host->waits);
  host->waits.no_can_block = config->no_can_block;
  host->iso->host = host;
  return host;
}

void host_destroy(Host *host) {
  run_urgent(host, true);
  cpu_profiles_end(host);
  heap_profile_end(host);
  wait_list_destroy(host);
  workers_end_all(host);
  ports_abandon_all(host);
  locks_release_all(host);
  loop_destroy(&host->loop);
  host->iso->host = NULL;
  isolate_destroy(host->iso);
  mutex_destroy(&host->waits.mutex);
  vec_free(&host->rejections);
  vec_free(&host->reported);
  vec_free(&host->handled);
  base_free(host->clone_cache);
  base_free(host);
}

// ---- Ending ----

Value host_stop(Host *host, int exit_code) {
  host->stopping = true;
  host->exit_code = exit_code;
  host->iso->terminating = true;
  throw_value(host->iso, VALUE_UNDEFINED);
  return VALUE_FAIL;
}

bool host_report_pending(Host *host) {
  Isolate *iso = host->iso;
  if (iso->terminating) return false;
  return host->calls->uncaught(host, isolate_take_exception(iso), VALUE_EMPTY);
}
