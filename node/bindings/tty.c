// SPDX-License-Identifier: MIT
// Terminals: size, changes of the size, raw mode. They are read and written as streams (stream_wrap.c).
// Tests: tests/node/tty/, tests/cli/repl*.sh.
#include <uv.h>

#include "base/platform.h"
#include "node/node_internal.h"

// ---- Size and mode ----

static Value tty_size(Isolate *iso, const Call *call) { // [columns, rows]
  i32 fd;
  u32 columns = 80, rows = 24;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  (void)platform_terminal_size(fd, &columns, &rows);
  Value pair[] = {value_from_u32(columns), value_from_u32(rows)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static Value tty_set_raw_mode(Isolate *iso, const Call *call) { // fd, flag: 0 or a negative error
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  int error = platform_terminal_raw(fd, call_arg(call, 1) == VALUE_TRUE);
  return value_from_int(error ? uv_translate_sys_error(error) : 0);
}

// ---- Changes of the size ----

typedef struct SizeWatch {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent callback, object;
  uv_signal_t uv;
} SizeWatch;

static const HostClass watch_class = {.name = "SizeWatch"};

static void on_closed(uv_handle_t *handle) {
  SizeWatch *watch = handle->data;
  ((JSHostObject *)(uintptr_t)watch->object.word)->data = NULL;
  gc_persistent_clear(&watch->callback);
  gc_persistent_clear(&watch->object);
  base_free(watch);
}

static void on_changed(uv_signal_t *signal, int number) {
  SizeWatch *watch = signal->data;
  Host *host = watch->host;
  (void)number;
  if (!host->node || host->iso->terminating) return;
  if (!CALL0(host->iso, (Value)(uintptr_t)watch->callback.word, VALUE_UNDEFINED)) (void)host_report_pending(host);
  loop_drain(host);
}

// watchSize(callback): a handle, which does not keep the loop alive
static Value tty_watch_size(Isolate *iso, const Call *call) {
  Host *host = host_of(iso);
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return THROW(iso, TYPE, "The event loop cannot be made"), VALUE_FAIL;
  JSHostObject *object = TRY(host_object_new(iso, &watch_class, VALUE_NULL, NULL));
  SizeWatch *watch = base_alloc_zeroed(sizeof *watch);
  watch->on_closed = on_closed;
  watch->host = host;
  watch->uv.data = watch;
  (void)uv_signal_init(loop, &watch->uv); // without a signal there is nothing to tell
  (void)uv_signal_start(&watch->uv, on_changed, SIGWINCH);
  uv_unref((uv_handle_t *)&watch->uv);
  gc_persistent_init(heap_of(iso), &watch->callback, value_bits(call_arg(call, 0)));
  gc_persistent_init(heap_of(iso), &watch->object, value_bits(value_from_object(object)));
  object->data = watch;
  return value_from_object(object);
}

static Value tty_unwatch_size(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &watch_class)
    return THROW(iso, TYPE, "A watch was expected"), VALUE_FAIL;
  SizeWatch *watch = ((JSHostObject *)value_object(v))->data;
  if (watch && !uv_is_closing((uv_handle_t *)&watch->uv)) uv_close((uv_handle_t *)&watch->uv, on_closed);
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"size", tty_size, 1, 0},
    {"setRawMode", tty_set_raw_mode, 2, 0},
    {"watchSize", tty_watch_size, 1, 0},
    {"unwatchSize", tty_unwatch_size, 1, 0},
};
const NodeBinding node_binding_tty = {"tty", methods, ARRAY_LEN(methods), NULL};
