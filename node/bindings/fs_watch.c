// SPDX-License-Identifier: MIT
// Changes of files and folders as the system tells them (inotify, by libuv's uv_fs_event), as calls in the loop's poll phase.
// lib/internal/fs_watch.js makes fs.watch of it. Tests: tests/node/fs/watch.js.
#include <uv.h>

#include "node/node_internal.h"

typedef struct FileWatch {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent callback, object;
  uv_fs_event_t uv;
} FileWatch;

static const HostClass watch_class = {.name = "FSEvent"};

static void on_closed(uv_handle_t *handle) {
  FileWatch *watch = handle->data;
  ((JSHostObject *)(uintptr_t)watch->object.word)->data = NULL;
  gc_persistent_clear(&watch->callback);
  gc_persistent_clear(&watch->object);
  base_free(watch);
}

// callback(status, isRename, name or null)
static void on_event(uv_fs_event_t *event, const char *name, int events, int status) {
  FileWatch *watch = event->data;
  Host *host = watch->host;
  if (!host->node || host->iso->terminating) return;
  Value text = name ? binding_string(host->iso, name) : VALUE_NULL;
  Value args[] = {value_from_int(status), value_from_bool(events & UV_RENAME), text};
  Value callback = (Value)(uintptr_t)watch->callback.word;
  if (!text || !call_function(host->iso, callback, VALUE_UNDEFINED, ARRAY_LEN(args), args)) (void)host_report_pending(host);
  loop_drain(host);
}

// watch(path, callback): a handle that keeps the loop alive; a negative error where the system does not let us
static Value fs_watch_watch(Isolate *iso, const Call *call) {
  Host *host = host_of(iso);
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  if (!value_is_callable(call_arg(call, 1))) return throw_not_a_function(iso, call_arg(call, 1));
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return THROW(iso, TYPE, "The event loop cannot be made"), VALUE_FAIL;
  JSHostObject *object = TRY(host_object_new(iso, &watch_class, VALUE_NULL, NULL));
  FileWatch *watch = base_alloc_zeroed(sizeof *watch);
  watch->on_closed = on_closed;
  watch->host = host;
  watch->uv.data = watch;
  gc_persistent_init(heap_of(iso), &watch->callback, value_bits(call_arg(call, 1)));
  gc_persistent_init(heap_of(iso), &watch->object, value_bits(value_from_object(object)));
  object->data = watch;
  (void)uv_fs_event_init(loop, &watch->uv);
  int error = uv_fs_event_start(&watch->uv, on_event, path, 0);
  if (!error) return value_from_object(object);
  uv_close((uv_handle_t *)&watch->uv, on_closed);
  return value_from_int(error);
}

enum { WATCH_CLOSE, WATCH_REF, WATCH_UNREF };
static Value fs_watch_control(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &watch_class)
    return THROW(iso, TYPE, "A watch was expected"), VALUE_FAIL;
  FileWatch *watch = ((JSHostObject *)value_object(v))->data;
  if (!watch || uv_is_closing((uv_handle_t *)&watch->uv)) return VALUE_UNDEFINED;
  switch (native_magic(call)) {
  case WATCH_CLOSE: uv_close((uv_handle_t *)&watch->uv, on_closed); break;
  case WATCH_REF: uv_ref((uv_handle_t *)&watch->uv); break;
  default: uv_unref((uv_handle_t *)&watch->uv);
  }
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"watch", fs_watch_watch, 2, 0},
    {"close", fs_watch_control, 1, WATCH_CLOSE},
    {"ref", fs_watch_control, 1, WATCH_REF},
    {"unref", fs_watch_control, 1, WATCH_UNREF},
};
const NodeBinding node_binding_fs_watch = {"fs_watch", methods, ARRAY_LEN(methods), NULL};
