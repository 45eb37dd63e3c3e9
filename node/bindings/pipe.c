// SPDX-License-Identifier: MIT
// Streams over pipes and Unix sockets: what lib/internal/pipe_stream.js and lib/internal/ipc.js read and write. The loop owns an open pipe,
// and an open pipe keeps its object: values[0] is what it tells of chunks, values[1] what it tells when it is closed.
// Tests: tests/node/child_process/.
#include "node/bindings/pipe.h"

typedef struct Pipe {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent object;
  bool closing;
  uv_pipe_t uv;
  char buffer[65536];
} Pipe;

typedef struct PipeRequest {
  union {
    uv_write_t write;
    uv_shutdown_t shutdown;
  } uv;
  Pipe *pipe;
  Persistent callback;
  char bytes[];
} PipeRequest;

static const HostClass pipe_class = {.name = "Pipe"};

static JSHostObject *object_of(const Pipe *pipe) { return (JSHostObject *)(uintptr_t)pipe->object.word; }
bool node_is_pipe(Value v) {
  return value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &pipe_class;
}

static Pipe *pipe_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (node_is_pipe(v) && ((JSHostObject *)value_object(v))->data) return ((JSHostObject *)value_object(v))->data;
  return THROW(iso, TYPE, "An open pipe was expected");
}

uv_stream_t *node_pipe_stream(Isolate *iso, Value v) {
  if (node_is_pipe(v) && ((JSHostObject *)value_object(v))->data)
    return (uv_stream_t *)&((Pipe *)((JSHostObject *)value_object(v))->data)->uv;
  return THROW(iso, TYPE, "An open pipe was expected");
}

// ---- Telling ----

static void tell(Host *host, Value f, Value arg) {
  if (host->iso->terminating || !value_is_callable(f)) return;
  if (!CALL1(host->iso, f, VALUE_UNDEFINED, arg)) (void)host_report_pending(host);
  loop_drain(host);
}

// Also when the loop ends with the pipe still open: then nobody is told.
static void on_closed(uv_handle_t *handle) {
  Pipe *pipe = handle->data;
  JSHostObject *object = object_of(pipe);
  Host *host = pipe->host;
  Value f = pipe->closing ? slot_get(&object->values[1]) : VALUE_UNDEFINED;
  object->data = NULL;
  gc_persistent_clear(&pipe->object);
  base_free(pipe);
  tell(host, f, VALUE_UNDEFINED);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  Pipe *pipe = handle->data;
  (void)suggested;
  *buffer = uv_buf_init(pipe->buffer, sizeof pipe->buffer);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer) {
  Pipe *pipe = stream->data;
  Host *host = pipe->host;
  if (n == 0) return;
  Value chunk = n == UV_EOF ? VALUE_NULL : value_from_int((i32)n);
  if (n > 0) {
    JSTypedArray *bytes = binding_uint8_array(host->iso, (size_t)n);
    if (!bytes) {
      (void)host_report_pending(host);
      return;
    }
    memcpy(bytes->data, buffer->base, (size_t)n);
    chunk = value_from_object(bytes);
  }
  tell(host, slot_get(&object_of(pipe)->values[0]), chunk);
}

static PipeRequest *request_new(Pipe *pipe, Value callback, size_t size) {
  PipeRequest *request = base_alloc_zeroed(sizeof *request + size);
  request->pipe = pipe;
  gc_persistent_init(heap_of(pipe->host->iso), &request->callback, value_bits(callback));
  return request;
}

// The last writes of a pipe that the loop closes at its end are told to nobody.
static void request_done(PipeRequest *request, const Pipe *pipe, int status) {
  Host *host = pipe->host;
  Value f = (Value)(uintptr_t)request->callback.word;
  bool is_end = uv_is_closing((const uv_handle_t *)&pipe->uv) && !pipe->closing;
  gc_persistent_clear(&request->callback);
  base_free(request);
  if (!is_end) tell(host, f, value_from_int(status));
}

static void on_written(uv_write_t *uv, int status) { request_done((PipeRequest *)uv, ((PipeRequest *)uv)->pipe, status); }
static void on_shutdown(uv_shutdown_t *uv, int status) { request_done((PipeRequest *)uv, ((PipeRequest *)uv)->pipe, status); }

// ---- Functions ----

// create(ipc, onRead(bytes | null at the end | negative error), onClose()): not yet connected
static Value pipe_create(Isolate *iso, const Call *call) {
  Host *host = host_of(iso);
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The event loop cannot be made");
  JSHostObject *object = TRY(host_object_new(iso, &pipe_class, VALUE_NULL, NULL));
  slot_set(iso, object, &object->values[0], call_arg(call, 1));
  slot_set(iso, object, &object->values[1], call_arg(call, 2));
  Pipe *pipe = base_alloc_zeroed(sizeof *pipe);
  pipe->on_closed = on_closed;
  pipe->host = host;
  pipe->uv.data = pipe;
  (void)uv_pipe_init(loop, &pipe->uv, call_arg(call, 0) == VALUE_TRUE); // cannot fail
  gc_persistent_init(heap_of(iso), &pipe->object, value_bits(value_from_object(object)));
  object->data = pipe;
  return value_from_object(object);
}

// open(pipe, fd): 0 or an error
static Value pipe_open(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  return value_from_int(uv_pipe_open(&pipe->uv, fd));
}

static Value pipe_read_start(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  return value_from_int(uv_read_start((uv_stream_t *)&pipe->uv, on_alloc, on_read));
}

static Value pipe_read_stop(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  return value_from_int(uv_read_stop((uv_stream_t *)&pipe->uv));
}

// write(pipe, text | bytes, callback(status)): 1 when it is done at once, 0 when the callback will be called, or an error
static Value pipe_write(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  size_t size, done = 0;
  const char *bytes = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  uv_buf_t buffer = uv_buf_init((char *)(uintptr_t)bytes, (unsigned)MIN(size, (size_t)1 << 30));
  int n = size ? uv_try_write((uv_stream_t *)&pipe->uv, &buffer, 1) : 0;
  if (n < 0 && n != UV_EAGAIN && n != UV_ENOSYS) return value_from_int(n);
  if (n > 0) done = (size_t)n;
  if (done == size) return value_from_int(1);
  PipeRequest *request = request_new(pipe, call_arg(call, 2), size - done);
  memcpy(request->bytes, bytes + done, size - done);
  u32 count = 0;
  uv_buf_t parts[4]; // a part is at most 1 GB, a text at most 1.6 GB
  for (size_t at = 0; at < size - done && count < ARRAY_LEN(parts); count++) {
    size_t length = MIN(size - done - at, (size_t)1 << 30);
    parts[count] = uv_buf_init(request->bytes + at, (unsigned)length);
    at += length;
  }
  int error = uv_write(&request->uv.write, (uv_stream_t *)&pipe->uv, parts, count, on_written);
  if (!error) return value_from_int(0);
  gc_persistent_clear(&request->callback);
  base_free(request);
  return value_from_int(error);
}

// shutdown(pipe, callback(status)): 0 or an error
static Value pipe_shutdown(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  PipeRequest *request = request_new(pipe, call_arg(call, 1), 0);
  int error = uv_shutdown(&request->uv.shutdown, (uv_stream_t *)&pipe->uv, on_shutdown);
  if (!error) return value_from_int(0);
  gc_persistent_clear(&request->callback);
  base_free(request);
  return value_from_int(error);
}

static Value pipe_close(Isolate *iso, const Call *call) {
  (void)iso;
  Value v = call_arg(call, 0);
  Pipe *pipe = node_is_pipe(v) ? ((JSHostObject *)value_object(v))->data : NULL;
  if (!pipe || pipe->closing) return VALUE_UNDEFINED;
  pipe->closing = true;
  uv_close((uv_handle_t *)&pipe->uv, on_closed);
  return VALUE_UNDEFINED;
}

static Value pipe_reference(Isolate *iso, const Call *call) { // pipe, whether it keeps the loop alive
  Pipe *pipe = TRY(pipe_of(iso, call));
  if (call_arg(call, 1) == VALUE_TRUE) uv_ref((uv_handle_t *)&pipe->uv);
  else uv_unref((uv_handle_t *)&pipe->uv);
  return VALUE_UNDEFINED;
}

static Value pipe_descriptor(Isolate *iso, const Call *call) { // -1: none
  Pipe *pipe = TRY(pipe_of(iso, call));
  uv_os_fd_t fd;
  return value_from_int(uv_fileno((const uv_handle_t *)&pipe->uv, &fd) ? -1 : fd);
}

static Value pipe_queue_size(Isolate *iso, const Call *call) {
  Pipe *pipe = TRY(pipe_of(iso, call));
  return value_from_double((double)uv_stream_get_write_queue_size((const uv_stream_t *)&pipe->uv));
}

static const NativeMethod methods[] = {
    {"create", pipe_create, 3, 0},        {"open", pipe_open, 2, 0},           {"readStart", pipe_read_start, 1, 0},
    {"readStop", pipe_read_stop, 1, 0},   {"write", pipe_write, 3, 0},         {"shutdown", pipe_shutdown, 2, 0},
    {"close", pipe_close, 1, 0},          {"reference", pipe_reference, 2, 0}, {"descriptor", pipe_descriptor, 1, 0},
    {"queueSize", pipe_queue_size, 1, 0},
};
const NodeBinding node_binding_pipe = {"pipe", methods, ARRAY_LEN(methods), NULL};
