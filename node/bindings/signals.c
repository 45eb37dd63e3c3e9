// SPDX-License-Identifier: MIT
// Signals of the system, as calls in the loop's poll phase: process.on('SIGTERM') and 'resize' of terminals stand on it.
// Tests: tests/node/process/signals.js, tests/node/tty/.
#include <uv.h>

#include "node/node_internal.h"

typedef struct SignalWatch {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent callback, object;
  uv_signal_t uv;
} SignalWatch;

static const HostClass watch_class = {.name = "SignalWatch"};

static void on_closed(uv_handle_t *handle) {
  SignalWatch *watch = handle->data;
  ((JSHostObject *)(uintptr_t)watch->object.word)->data = NULL;
  gc_persistent_clear(&watch->callback);
  gc_persistent_clear(&watch->object);
  base_free(watch);
}

static void on_signal(uv_signal_t *signal, int number) {
  SignalWatch *watch = signal->data;
  Host *host = watch->host;
  if (!host->node || host->iso->terminating) return;
  if (!CALL1(host->iso, (Value)(uintptr_t)watch->callback.word, VALUE_UNDEFINED, value_from_int(number))) {
    (void)host_report_pending(host);
  }
  loop_drain(host);
}

// watch(number, callback): a handle, which does not keep the loop alive; a negative error where the system does not let us
static Value signals_watch(Isolate *iso, const Call *call) {
  Host *host = host_of(iso);
  i32 number;
  TRY(binding_int(iso, call_arg(call, 0), &number));
  if (!value_is_callable(call_arg(call, 1))) return throw_not_a_function(iso, call_arg(call, 1));
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return THROW(iso, TYPE, "The event loop cannot be made"), VALUE_FAIL;
  JSHostObject *object = TRY(host_object_new(iso, &watch_class, VALUE_NULL, NULL));
  SignalWatch *watch = base_alloc_zeroed(sizeof *watch);
  watch->on_closed = on_closed;
  watch->host = host;
  watch->uv.data = watch;
  gc_persistent_init(heap_of(iso), &watch->callback, value_bits(call_arg(call, 1)));
  gc_persistent_init(heap_of(iso), &watch->object, value_bits(value_from_object(object)));
  object->data = watch;
  (void)uv_signal_init(loop, &watch->uv);
  int error = uv_signal_start(&watch->uv, on_signal, number);
  if (error) {
    uv_close((uv_handle_t *)&watch->uv, on_closed);
    return value_from_int(error);
  }
  uv_unref((uv_handle_t *)&watch->uv);
  return value_from_object(object);
}

static Value signals_unwatch(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &watch_class)
    return THROW(iso, TYPE, "A watch was expected"), VALUE_FAIL;
  SignalWatch *watch = ((JSHostObject *)value_object(v))->data;
  if (watch && !uv_is_closing((uv_handle_t *)&watch->uv)) uv_close((uv_handle_t *)&watch->uv, on_closed);
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"watch", signals_watch, 2, 0},
    {"unwatch", signals_unwatch, 1, 0},
};
const NodeBinding node_binding_signals = {"signals", methods, ARRAY_LEN(methods), NULL};
