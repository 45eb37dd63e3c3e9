// SPDX-License-Identifier: MIT
// Terminals: size, raw mode, and reading a descriptor through the isolate's libuv loop (standard input).
// Tests: tests/node/process/stdin.js, tests/cli/repl*.sh.
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

// ---- Reading ----

typedef struct Reader {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent callback;
  u32 number;
  bool closing, is_file;
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tty_t tty;
    uv_pipe_t pipe;
    uv_idle_t idle; // files are read bit by bit, one a turn
  } uv;
  int fd;
  char buffer[65536];
} Reader;

static void on_closed(uv_handle_t *handle) {
  Reader *r = handle->data;
  if (!r->closing) gc_persistent_clear(&r->callback);
  base_free(r);
}

static void reader_close(Reader *r) {
  if (r->closing) return;
  r->closing = true;
  gc_persistent_clear(&r->callback);
  uv_close(&r->uv.handle, on_closed);
}

static void deliver(Reader *r, Value chunk) {
  Host *host = r->host;
  if (!chunk || host->iso->terminating) return;
  if (!CALL1(host->iso, (Value)(uintptr_t)r->callback.word, VALUE_UNDEFINED, chunk)) (void)host_report_pending(host);
  loop_drain(host);
}

static void deliver_bytes(Reader *r, const char *bytes, ssize_t n) {
  Isolate *iso = r->host->iso;
  if (n == 0) return;
  if (n < 0) {
    deliver(r, n == UV_EOF ? VALUE_NULL : value_from_int((i32)n));
    return;
  }
  JSTypedArray *t = binding_uint8_array(iso, (size_t)n);
  if (!t) {
    (void)host_report_pending(r->host);
    return;
  }
  memcpy(t->data, bytes, (size_t)n);
  deliver(r, value_from_object(t));
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  Reader *r = handle->data;
  (void)suggested;
  *buffer = uv_buf_init(r->buffer, sizeof r->buffer);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer) { deliver_bytes(stream->data, buffer->base, n); }

static void on_idle(uv_idle_t *idle) {
  Reader *r = idle->data;
  uv_fs_t request;
  uv_buf_t buffer = uv_buf_init(r->buffer, sizeof r->buffer);
  ssize_t n = uv_fs_read(NULL, &request, r->fd, &buffer, 1, -1, NULL);
  uv_fs_req_cleanup(&request);
  deliver_bytes(r, r->buffer, n == 0 ? UV_EOF : n);
}

static int reader_open(Reader *r, uv_loop_t *loop, int fd) {
  int error;
  switch (uv_guess_handle(fd)) {
  case UV_TTY: error = uv_tty_init(loop, &r->uv.tty, fd, 1); break;
  case UV_NAMED_PIPE:
  case UV_TCP:
    error = uv_pipe_init(loop, &r->uv.pipe, 0);
    if (!error) {
      r->uv.handle.data = r;
      error = uv_pipe_open(&r->uv.pipe, fd);
      if (error) return error;
    }
    break;
  default: r->is_file = true; error = uv_idle_init(loop, &r->uv.idle);
  }
  r->uv.handle.data = r;
  if (error) return error;
  return r->is_file ? uv_idle_start(&r->uv.idle, on_idle) : uv_read_start(&r->uv.stream, on_alloc, on_read);
}

// The loop owns the reader, until it is stopped or the loop ends.
static const HostClass reader_class = {.name = "Reader"};

// readStart(fd, callback): a handle. callback(bytes | null at the end | negative error)
static Value tty_read_start(Isolate *iso, const Call *call) {
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  if (!value_is_callable(call_arg(call, 1))) return throw_not_a_function(iso, call_arg(call, 1));
  Host *host = host_of(iso);
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return THROW(iso, TYPE, "The event loop cannot be made");
  JSHostObject *handle = TRY(host_object_new(iso, &reader_class, VALUE_NULL, NULL));
  Reader *r = base_alloc_zeroed(sizeof *r);
  r->on_closed = on_closed;
  r->host = host;
  r->fd = fd;
  gc_persistent_init(heap_of(iso), &r->callback, value_bits(call_arg(call, 1)));
  int error = reader_open(r, loop, fd);
  if (error) {
    if (r->uv.handle.type) {
      reader_close(r);
    } else {
      gc_persistent_clear(&r->callback);
      base_free(r);
    }
    return throw_uv_error(iso, error, "read", NULL, NULL);
  }
  handle->data = r;
  return value_from_object(handle);
}

static JSHostObject *reader_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &reader_class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "A reader was expected");
}

static Value tty_read_stop(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(reader_of(iso, call_arg(call, 0)));
  if (handle->data) reader_close(handle->data);
  handle->data = NULL;
  return VALUE_UNDEFINED;
}

static Value tty_read_reference(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(reader_of(iso, call_arg(call, 0)));
  Reader *r = handle->data;
  if (!r) return VALUE_UNDEFINED;
  if (call_arg(call, 1) == VALUE_TRUE) uv_ref(&r->uv.handle);
  else uv_unref(&r->uv.handle);
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"size", tty_size, 1, 0},          {"setRawMode", tty_set_raw_mode, 2, 0},      {"readStart", tty_read_start, 2, 0},
    {"readStop", tty_read_stop, 1, 0}, {"readReference", tty_read_reference, 2, 0},
};
const NodeBinding node_binding_tty = {"tty", methods, ARRAY_LEN(methods), NULL};
