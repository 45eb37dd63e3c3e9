// SPDX-License-Identifier: MIT
// Streams of the loop: TCP, pipes and Unix sockets, terminals. What lib/net.js, lib/tty.js and the channels of lib/internal/child_process
// read and write. A server may have thousands of them, so that a stream is small, all streams of an isolate read into one buffer, text is
// written from where it lies, and nothing is allocated for a write that the system takes at once. What happens is told to values[0], the
// stream's owner: by a call if it is a function (event, argument), else by the functions that lib/net.js left in the isolate's table.
// Tests: tests/node/net/, tests/node/tty/, tests/node/child_process/.
#include "node/bindings/stream_wrap.h"

#include "base/utf.h"
#include "vm/memory_access.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { READ_SIZE = 65536, MUCH = 32768, KEEP_SIZE = 16384, PARTS_ON_STACK = 32 };

// For owners that are functions; lib/internal/stream_wrap.js knows the numbers.
enum StreamEvent { EVENT_READ, EVENT_WRITTEN, EVENT_CONNECTED, EVENT_CONNECTION, EVENT_SHUTDOWN, EVENT_CLOSED };

static const HostClass stream_class = {.name = "Stream"};

static JSHostObject *object_of(const NodeStream *s) { return (JSHostObject *)(uintptr_t)s->object.word; }
static Value owner_of(const NodeStream *s) { return slot_get(&object_of(s)->values[0]); }
static Value context_of(const NodeStream *s) { return slot_get(&object_of(s)->values[1]); }

bool node_is_stream(Value v) {
  return value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &stream_class;
}

// NULL: closed, or none.
static NodeStream *open_stream(Value v) { return node_is_stream(v) ? ((JSHostObject *)value_object(v))->data : NULL; }

NodeStream *node_stream_of(Isolate *iso, Value v) {
  NodeStream *s = open_stream(v);
  return s ? s : THROW(iso, TYPE, "An open stream was expected");
}

static NodeStream *this_stream(Isolate *iso, const Call *call) { return node_stream_of(iso, call_arg(call, 0)); }

// ---- Telling ----

static bool is_over(const Host *host) { return !host->node || host->iso->terminating; }

static void tell(NodeStream *s, enum StreamEvent event, Value context, Value argument, Value second) {
  Host *host = s->host;
  if (is_over(host)) return;
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  Value owner = owner_of(s), v;
  node->async_context = context;
  if (value_is_callable(owner)) {
    v = CALL3(iso, owner, VALUE_UNDEFINED, value_from_int(event), argument, second);
  } else {
    Value f = node->callbacks[CALLBACK_STREAM_READ + event];
    v = value_is_callable(f) ? CALL3(iso, f, VALUE_UNDEFINED, owner, argument, second) : VALUE_UNDEFINED;
  }
  if (!v) (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
  loop_drain(host);
}

// ---- Life ----

static void forget_reader(NodeStream *s) {
  NodeStreamReader *reader = s->reader;
  s->reader = NULL;
  if (reader) reader->closed(reader);
}

// Also when the loop ends with the stream still open: then nobody is told.
static void on_closed(uv_handle_t *handle) {
  NodeStream *s = handle->data;
  forget_reader(s);
  object_of(s)->data = NULL;
  if (s->closing) tell(s, EVENT_CLOSED, context_of(s), VALUE_UNDEFINED, VALUE_UNDEFINED);
  gc_persistent_clear(&s->buffer);
  gc_persistent_clear(&s->object);
  base_free(s);
}

static void stream_close(NodeStream *s) {
  if (s->closing) return;
  s->closing = true;
  uv_close(&s->uv.handle, on_closed);
}

void node_stream_set_reader(NodeStream *s, NodeStreamReader *reader) {
  forget_reader(s);
  s->reader = reader;
}

enum StreamType { STREAM_TCP, STREAM_PIPE, STREAM_IPC, STREAM_TTY };

static int uv_init(NodeStream *s, uv_loop_t *loop, enum StreamType type, int fd) {
  switch (type) {
  case STREAM_TCP: return uv_tcp_init(loop, &s->uv.tcp);
  case STREAM_TTY: return uv_tty_init(loop, &s->uv.tty, fd, 0);
  default: return uv_pipe_init(loop, &s->uv.pipe, type == STREAM_IPC);
  }
}

// A stream object. NULL: thrown, or *error is set.
static JSHostObject *stream_new(Isolate *iso, enum StreamType type, Value owner, int fd, int *error) {
  Host *host = host_of(iso);
  uv_loop_t *loop = loop_uv(&host->loop);
  *error = 0;
  if (!loop) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The event loop cannot be made");
  NodeState *node = host->node;
  Value proto = node->callbacks[STREAM_PROTOTYPE];
  JSHostObject *object = TRY(host_object_new(iso, &stream_class, value_is_object(proto) ? proto : VALUE_NULL, NULL));
  slot_set(iso, object, &object->values[0], owner);
  slot_set(iso, object, &object->values[1], node->async_context);
  NodeStream *s = base_alloc_zeroed(sizeof *s);
  s->on_closed = on_closed;
  s->host = host;
  *error = uv_init(s, loop, type, fd);
  if (*error) {
    base_free(s);
    return NULL;
  }
  s->uv.handle.data = s;
  gc_persistent_init(heap_of(iso), &s->object, value_bits(value_from_object(object)));
  object->data = s;
  return object;
}

Value node_stream_from_socket(Isolate *iso, int fd) {
  int error;
  JSHostObject *object = stream_new(iso, STREAM_TCP, VALUE_UNDEFINED, -1, &error);
  if (object) error = uv_tcp_open(&((NodeStream *)object->data)->uv.tcp, fd);
  if (object && !error) return value_from_object(object);
  if (object) stream_close(object->data);
  return error ? (throw_uv_error(iso, error, "open", NULL, NULL), VALUE_FAIL) : VALUE_FAIL;
}

int node_stream_detach(NodeStream *s) {
  uv_os_fd_t fd;
  int error = uv_fileno(&s->uv.handle, &fd);
  int copy = error ? error : fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (copy < 0 && !error) copy = uv_translate_sys_error(errno);
  JSHostObject *object = object_of(s);
  slot_set(s->host->iso, object, &object->values[0], VALUE_UNDEFINED);
  stream_close(s);
  return copy;
}

// create(type, owner, fd of a terminal): a stream, or an error
static Value stream_create(Isolate *iso, const Call *call) {
  i32 type, fd = -1, error;
  TRY(binding_int(iso, call_arg(call, 0), &type));
  if (type < STREAM_TCP || type > STREAM_TTY) return THROW(iso, TYPE, "No such type of stream"), VALUE_FAIL;
  if (type == STREAM_TTY) TRY(binding_int(iso, call_arg(call, 2), &fd));
  JSHostObject *object = stream_new(iso, (enum StreamType)type, call_arg(call, 1), fd, &error);
  if (object) return value_from_object(object);
  return error ? value_from_int(error) : VALUE_FAIL;
}

static Value stream_set_owner(Isolate *iso, const Call *call) {
  if (!node_is_stream(call_arg(call, 0))) return THROW(iso, TYPE, "A stream was expected"), VALUE_FAIL;
  JSHostObject *object = (JSHostObject *)value_object(call_arg(call, 0));
  slot_set(iso, object, &object->values[0], call_arg(call, 1));
  return VALUE_UNDEFINED;
}

static Value stream_get_owner(Isolate *iso, const Call *call) {
  if (!node_is_stream(call_arg(call, 0))) return THROW(iso, TYPE, "A stream was expected"), VALUE_FAIL;
  return slot_get(&((JSHostObject *)value_object(call_arg(call, 0)))->values[0]);
}

static Value stream_close_call(Isolate *iso, const Call *call) {
  (void)iso;
  NodeStream *s = open_stream(call_arg(call, 0));
  if (s) stream_close(s);
  return VALUE_UNDEFINED;
}

// reset(stream): closes it with RST. 0 or an error
static Value stream_reset(Isolate *iso, const Call *call) {
  (void)iso;
  NodeStream *s = open_stream(call_arg(call, 0));
  if (!s || s->closing) return value_from_int(0);
  if (s->uv.handle.type != UV_TCP) return value_from_int(UV_ENOTSUP);
  int error = uv_tcp_close_reset(&s->uv.tcp, on_closed);
  if (!error) s->closing = true;
  return value_from_int(error);
}

static Value stream_reference(Isolate *iso, const Call *call) { // stream, whether it keeps the loop alive
  (void)iso;
  NodeStream *s = open_stream(call_arg(call, 0));
  if (!s) return VALUE_UNDEFINED;
  if (call_arg(call, 1) == VALUE_TRUE) uv_ref(&s->uv.handle);
  else uv_unref(&s->uv.handle);
  return VALUE_UNDEFINED;
}

static Value stream_has_reference(Isolate *iso, const Call *call) {
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  return value_from_bool(s && uv_has_ref(&s->uv.handle));
}

static Value stream_open(Isolate *iso, const Call *call) { // stream, fd: 0 or an error
  i32 fd;
  NodeStream *s = TRY(this_stream(iso, call));
  TRY(binding_int(iso, call_arg(call, 1), &fd));
  if (s->uv.handle.type == UV_TCP) return value_from_int(uv_tcp_open(&s->uv.tcp, fd));
  return value_from_int(s->uv.handle.type == UV_NAMED_PIPE ? uv_pipe_open(&s->uv.pipe, fd) : UV_EINVAL);
}

static Value stream_descriptor(Isolate *iso, const Call *call) { // -1: none
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  uv_os_fd_t fd;
  return value_from_int(!s || uv_fileno(&s->uv.handle, &fd) ? -1 : fd);
}

static Value stream_type(Isolate *iso, const Call *call) { // enum StreamType; -1: closed
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  if (!s) return value_from_int(-1);
  return value_from_int(s->uv.handle.type == UV_TCP ? STREAM_TCP : s->uv.handle.type == UV_TTY ? STREAM_TTY : STREAM_PIPE);
}

// ---- Reading ----

static void free_native(void *data, u64 length, void *context) {
  (void)length;
  (void)context;
  base_free(data);
}

static uv_buf_t own_buffer(const NodeStream *s) {
  Value v = (Value)(uintptr_t)s->buffer.word;
  size_t size;
  u8 *bytes = binding_bytes(s->host->iso, v, &size);
  return uv_buf_init((char *)bytes, (unsigned)MIN(size, (size_t)1 << 30));
}

// Small chunks come through the isolate's buffer; a stream that has much to say fills memory that becomes the chunk.
static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  NodeStream *s = handle->data;
  NodeState *node = s->host->node;
  (void)suggested;
  if (!node) {
    *buffer = uv_buf_init(NULL, 0);
  } else if (s->buffer.word) {
    *buffer = own_buffer(s);
  } else if (s->reads_much && !s->reader) {
    *buffer = uv_buf_init(base_alloc(READ_SIZE), READ_SIZE);
  } else {
    if (!node->read_buffer) node->read_buffer = base_alloc(READ_SIZE);
    *buffer = uv_buf_init(node->read_buffer, READ_SIZE);
  }
}

static Value value_of_store(Isolate *iso, JSArrayBuffer *buffer, size_t n) {
  Value proto = node_of(iso)->callbacks[BUFFER_PROTOTYPE];
  if (!value_is_object(proto)) proto = intrinsic(iso, INTRINSIC_UINT8_ARRAY_PROTOTYPE);
  return value_from_object(TRY(typed_array_new(iso, TYPED_UINT8, proto, buffer, 0, n, false)));
}

static Value chunk_of_copy(Isolate *iso, const char *bytes, size_t n) {
  JSArrayBuffer *buffer = TRY(allocate_array_buffer(iso, VALUE_UNDEFINED, n, NULL));
  memcpy(buffer->store->data, bytes, n);
  return value_of_store(iso, buffer, n);
}

static Value chunk_of_memory(Isolate *iso, char *bytes, size_t n) {
  if (gc_would_exceed_limit(heap_of(iso), n)) {
    base_free(bytes);
    return throw_out_of_memory(iso);
  }
  JSArrayBuffer *buffer = TRY(array_buffer_from_store(iso, backing_store_from_memory(bytes, n, free_native, NULL)));
  return value_of_store(iso, buffer, n);
}

static void tell_bytes(NodeStream *s, size_t n, const uv_buf_t *buffer) {
  Isolate *iso = s->host->iso;
  bool is_own = buffer->base != ((NodeState *)s->host->node)->read_buffer;
  bool is_much = n >= MUCH;
  Value chunk = is_own && is_much ? chunk_of_memory(iso, buffer->base, n) : chunk_of_copy(iso, buffer->base, n);
  if (is_own && !is_much) base_free(buffer->base);
  s->reads_much = is_much;
  if (chunk) tell(s, EVENT_READ, context_of(s), chunk, VALUE_UNDEFINED);
  else if (!iso->terminating) (void)host_report_pending(s->host);
}

static void tell_reader(NodeStream *s, ssize_t n, const char *bytes) {
  Host *host = s->host;
  ((NodeState *)host->node)->async_context = context_of(s);
  s->reader->read(s->reader, s, n, bytes);
  if (is_over(host)) return;
  ((NodeState *)host->node)->async_context = VALUE_UNDEFINED;
  loop_drain(host);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer) {
  NodeStream *s = stream->data;
  NodeState *node = s->host->node;
  bool is_given = node && buffer->base && !s->buffer.word && buffer->base != node->read_buffer;
  if (is_over(s->host) || n <= 0) {
    if (is_given) base_free(buffer->base);
    if (is_over(s->host) || n == 0) return;
    if (s->reader) tell_reader(s, n, NULL);
    else tell(s, EVENT_READ, context_of(s), n == UV_EOF ? VALUE_NULL : value_from_int((i32)n), VALUE_UNDEFINED);
    return;
  }
  s->bytes_read += (u64)n;
  if (s->buffer.word) tell(s, EVENT_READ, context_of(s), value_from_int((i32)n), VALUE_UNDEFINED);
  else if (s->reader && !is_given) tell_reader(s, n, buffer->base);
  else tell_bytes(s, (size_t)n, buffer);
}

// ---- Handles that come with bytes (IPC) ----

static Value accept_into(NodeStream *server, JSHostObject *object) {
  NodeStream *client = object->data;
  int error = uv_accept(&server->uv.stream, &client->uv.stream);
  if (!error) return value_from_object(object);
  client->closing = false;
  slot_set(server->host->iso, object, &object->values[0], VALUE_UNDEFINED);
  stream_close(client);
  return value_from_int(error);
}

// takeHandle(channel): a stream that has come with what was read, without an owner; an error, or undefined: there is none
static Value stream_take_handle(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  if (s->uv.handle.type != UV_NAMED_PIPE || !uv_pipe_pending_count(&s->uv.pipe)) return VALUE_UNDEFINED;
  uv_handle_type type = uv_pipe_pending_type(&s->uv.pipe);
  int error;
  JSHostObject *object = stream_new(iso, type == UV_TCP ? STREAM_TCP : STREAM_PIPE, VALUE_UNDEFINED, -1, &error);
  if (!object) return error ? value_from_int(error) : VALUE_FAIL;
  return accept_into(s, object);
}

// useBuffer(stream, bytes | undefined): what is read goes there, and the owner gets numbers
static Value stream_use_buffer(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  size_t size;
  gc_persistent_clear(&s->buffer);
  if (value_is_undefined(call_arg(call, 1))) return VALUE_UNDEFINED;
  TRY(binding_bytes(iso, call_arg(call, 1), &size));
  gc_persistent_init(heap_of(iso), &s->buffer, value_bits(call_arg(call, 1)));
  return VALUE_UNDEFINED;
}

static Value stream_read_start(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  return value_from_int(uv_read_start(&s->uv.stream, on_alloc, on_read));
}

static Value stream_read_stop(Isolate *iso, const Call *call) {
  (void)iso;
  NodeStream *s = open_stream(call_arg(call, 0));
  return value_from_int(s ? uv_read_stop(&s->uv.stream) : 0);
}

// ---- Writing ----

typedef struct WriteRequest {
  union {
    uv_write_t write;
    uv_shutdown_t shutdown;
    uv_connect_t connect;
  } uv;
  NodeStream *stream;
  Persistent context;
  Persistent handle; // that is sent, or nothing
  BackingStore **stores;
  u32 store_count;
  bool is_silent; // another one follows that tells
  u64 size;
  char bytes[];
} WriteRequest;

static WriteRequest *request_new(NodeStream *s, size_t size) {
  Isolate *iso = s->host->iso;
  WriteRequest *r = base_alloc_zeroed(sizeof *r + size);
  r->stream = s;
  gc_persistent_init(heap_of(iso), &r->context, value_bits(node_of(iso)->async_context));
  return r;
}

static void request_free(WriteRequest *r) {
  gc_persistent_clear(&r->context);
  gc_persistent_clear(&r->handle);
  for (u32 i = 0; i < r->store_count; i++) backing_store_release(r->stores[i]);
  base_free(r->stores);
  base_free(r);
}

// Requests of a stream that the loop closes at its end are told to nobody.
static void request_done(WriteRequest *r, int status, enum StreamEvent event) {
  NodeStream *s = r->stream;
  Value context = (Value)(uintptr_t)r->context.word;
  bool is_told = !r->is_silent && (s->closing || !uv_is_closing(&s->uv.handle));
  if (event == EVENT_WRITTEN && status == 0) s->bytes_written += r->size;
  request_free(r);
  if (is_told)
    tell(s, event, context, value_from_int(status), event == EVENT_CONNECTED ? value_from_object(object_of(s)) : VALUE_UNDEFINED);
}

static void on_written(uv_write_t *uv, int status) { request_done((WriteRequest *)uv, status, EVENT_WRITTEN); }
static void on_shutdown(uv_shutdown_t *uv, int status) { request_done((WriteRequest *)uv, status, EVENT_SHUTDOWN); }
static void on_connected(uv_connect_t *uv, int status) { request_done((WriteRequest *)uv, status, EVENT_CONNECTED); }

static Value started(WriteRequest *r, int error) {
  if (error) request_free(r);
  return value_from_int(error);
}

// What is to be written: parts[i] are the bytes of sources[i], which may be text.
typedef struct Parts {
  uv_buf_t *data;
  const Value *sources; // NULL: bytes of C, to be copied
  u32 count;
} Parts;

// What the system takes now; the parts that are left begin at *first. Negative: an error.
static int write_now(NodeStream *s, Parts *parts, u32 *first) {
  int n = uv_try_write(&s->uv.stream, parts->data, parts->count);
  if (n == UV_EAGAIN || n == UV_ENOSYS) n = 0;
  if (n < 0) return n;
  size_t done = (size_t)n;
  s->bytes_written += done;
  u32 i = 0;
  for (; i < parts->count && done >= parts->data[i].len; i++) done -= parts->data[i].len;
  *first = i;
  if (i < parts->count) {
    parts->data[i].base += done;
    parts->data[i].len -= (unsigned)done;
  }
  return 0;
}

static BackingStore *store_of(Value v) {
  if (value_is_kind(v, KIND_TYPED_ARRAY)) return ref_get(((JSTypedArray *)value_object(v))->buffer)->store;
  if (value_is_kind(v, KIND_DATA_VIEW)) return ref_get(((JSDataView *)value_object(v))->buffer)->store;
  return NULL;
}

static bool is_kept(const Parts *parts, u32 i) {
  return parts->sources && parts->data[i].len > KEEP_SIZE && store_of(parts->sources[i]);
}

// The rest, later: large Buffers are kept, everything else is copied.
static int write_later(NodeStream *s, Parts *parts, u32 first, bool is_silent, Value handle) {
  size_t copied = 0;
  u32 kept = 0;
  u64 size = 0;
  for (u32 i = first; i < parts->count; i++) {
    size += parts->data[i].len;
    if (is_kept(parts, i)) kept++;
    else copied += parts->data[i].len;
  }
  WriteRequest *r = request_new(s, copied);
  r->size = size;
  r->is_silent = is_silent;
  if (kept) r->stores = base_alloc(kept * sizeof *r->stores);
  size_t at = 0;
  for (u32 i = first; i < parts->count; i++) {
    if (is_kept(parts, i)) {
      r->stores[r->store_count++] = backing_store_retain(store_of(parts->sources[i]));
      continue;
    }
    memcpy(r->bytes + at, parts->data[i].base, parts->data[i].len);
    parts->data[i].base = r->bytes + at;
    at += parts->data[i].len;
  }
  int error;
  if (value_is_undefined(handle)) {
    error = uv_write(&r->uv.write, &s->uv.stream, parts->data + first, parts->count - first, on_written);
  } else {
    NodeStream *sent = open_stream(handle);
    gc_persistent_init(heap_of(s->host->iso), &r->handle, value_bits(handle));
    error = sent ? uv_write2(&r->uv.write, &s->uv.stream, parts->data + first, parts->count - first, &sent->uv.stream, on_written)
                 : UV_EBADF;
  }
  if (error) request_free(r);
  return error ? error : 1;
}

static int write_parts(NodeStream *s, Parts *parts) {
  u32 first = 0;
  int error = write_now(s, parts, &first);
  if (error) return error;
  return first == parts->count ? 0 : write_later(s, parts, first, false, VALUE_UNDEFINED);
}

int node_stream_write(NodeStream *s, const uv_buf_t *buffers, u32 count) {
  uv_buf_t on_stack[PARTS_ON_STACK];
  Parts parts = {.data = count <= PARTS_ON_STACK ? on_stack : base_alloc(count * sizeof(uv_buf_t)), .count = count};
  memcpy(parts.data, buffers, count * sizeof *buffers);
  int result = write_parts(s, &parts);
  if (parts.data != on_stack) base_free(parts.data);
  return result;
}

enum { ENCODING_UTF8 = 0, ENCODING_LATIN1 = 2 }; // numbers of lib/buffer.js

static uv_buf_t part_of(const void *bytes, size_t size) { return uv_buf_init((char *)(uintptr_t)bytes, (unsigned)size); }

// Of UTF-16 text as latin1: the low bytes.
static bool narrow_text(Isolate *iso, const String *text, uv_buf_t *part) {
  Bytes *bytes = TRY(bytes_new_uninit(iso, text->length));
  const u16 *units = str_chars16(text);
  for (u32 i = 0; i < text->length; i++) bytes->data[i] = (u8)units[i];
  *part = part_of(bytes->data, text->length);
  return true;
}

// The bytes of a text or a view; they live as long as `v`, or what is made for them is on the stack. false: thrown.
static bool bytes_of_chunk(Isolate *iso, Value v, i32 encoding, uv_buf_t *part) {
  size_t size;
  const void *bytes;
  if (!value_is_string(v)) {
    bytes = TRY(binding_bytes(iso, v, &size));
    if (size > UINT32_MAX) return THROW(iso, TYPE, "The chunk is too large"), false;
    *part = part_of(bytes, size);
    return true;
  }
  String *text = TRY(str_flatten(iso, value_string(v)));
  if (str_is_utf16(text)) {
    if (encoding == ENCODING_LATIN1) return narrow_text(iso, text, part);
    bytes = TRY(binding_utf8(iso, v, &size));
    *part = part_of(bytes, size);
    return true;
  }
  const u8 *chars = str_chars(text);
  if (encoding == ENCODING_LATIN1 || utf8_is_ascii(chars, text->length)) {
    *part = part_of(chars, text->length);
    return true;
  }
  size = latin1_utf8_length(chars, text->length);
  Bytes *utf8 = TRY(bytes_new_uninit(iso, size));
  (void)latin1_to_utf8(str_chars(text), text->length, utf8->data);
  *part = part_of(utf8->data, size);
  return true;
}

// write(stream, chunk, encoding): 0: done, 1: the owner will be told, or an error
static Value stream_write(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  Value chunk = call_arg(call, 1);
  i32 encoding = value_is_int(call_arg(call, 2)) ? value_int(call_arg(call, 2)) : ENCODING_UTF8;
  uv_buf_t part;
  TRY(bytes_of_chunk(iso, chunk, encoding, &part));
  if (!part.len) return value_from_int(0);
  Parts parts = {.data = &part, .sources = &chunk, .count = 1};
  return value_from_int(write_parts(s, &parts));
}

// writeHandle(channel, chunk, stream): sends the descriptor of `stream` with the chunk. 1 or an error
static Value stream_write_handle(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  Value chunk = call_arg(call, 1);
  uv_buf_t part;
  TRY(bytes_of_chunk(iso, chunk, ENCODING_UTF8, &part));
  Parts parts = {.data = &part, .sources = &chunk, .count = 1};
  return value_from_int(write_later(s, &parts, 0, false, call_arg(call, 2)));
}

// writev(stream, [chunk, encoding, chunk, encoding, ...]): as write. In portions, because what is made of text lives on the stack.
static Value stream_writev(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  if (!value_is_kind(call_arg(call, 1), KIND_ARRAY)) return THROW(iso, TYPE, "An array was expected"), VALUE_FAIL;
  Value list = call_arg(call, 1);
  u32 count = array_length(value_object(list)) / 2;
  int result = 0;
  for (u32 begin = 0; begin < count; begin += PARTS_ON_STACK) {
    uv_buf_t data[PARTS_ON_STACK];
    Value sources[PARTS_ON_STACK];
    Parts parts = {.data = data, .sources = sources, .count = MIN(count - begin, (u32)PARTS_ON_STACK)};
    for (u32 i = 0; i < parts.count; i++) {
      Value encoding = TRY(get_v(iso, list, key_from_index(2 * (begin + i) + 1)));
      sources[i] = TRY(get_v(iso, list, key_from_index(2 * (begin + i))));
      TRY(bytes_of_chunk(iso, sources[i], value_is_int(encoding) ? value_int(encoding) : ENCODING_UTF8, &data[i]));
    }
    bool is_last = begin + parts.count >= count;
    u32 first = 0;
    if (!result) {
      int error = write_now(s, &parts, &first);
      if (error) return value_from_int(error);
    }
    if (first == parts.count && !result) continue;
    result = write_later(s, &parts, first, !is_last, VALUE_UNDEFINED);
    if (result < 0) return value_from_int(result);
  }
  return value_from_int(result);
}

static Value stream_shutdown(Isolate *iso, const Call *call) { // 0 or an error
  NodeStream *s = TRY(this_stream(iso, call));
  WriteRequest *r = request_new(s, 0);
  return started(r, uv_shutdown(&r->uv.shutdown, &s->uv.stream, on_shutdown));
}

static Value stream_queue_size(Isolate *iso, const Call *call) {
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  return value_from_double(s ? (double)uv_stream_get_write_queue_size(&s->uv.stream) : 0);
}

static Value stream_bytes_read(Isolate *iso, const Call *call) {
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  return value_from_double(s ? (double)s->bytes_read : 0);
}

// Those that the system has, and those that wait for it.
static Value stream_bytes_written(Isolate *iso, const Call *call) {
  (void)iso;
  const NodeStream *s = open_stream(call_arg(call, 0));
  return value_from_double(s ? (double)(s->bytes_written + uv_stream_get_write_queue_size(&s->uv.stream)) : 0);
}

static Value stream_set_blocking(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  return value_from_int(uv_stream_set_blocking(&s->uv.stream, call_arg(call, 1) == VALUE_TRUE));
}

// ---- Addresses ----

typedef union Address {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  struct sockaddr_storage storage;
} Address;

// A numeric address with its port. false: thrown; *error is set when it is none.
static bool address_of(Isolate *iso, Value text, Value port, Address *address, int *error) {
  i32 number;
  const char *name = TRY(binding_path(iso, text));
  TRY(binding_int(iso, port, &number));
  *error = uv_ip4_addr(name, number, &address->v4);
  if (*error) *error = uv_ip6_addr(name, number, &address->v6);
  return true;
}

// An object { address, family, port }.
static Value describe_address(Isolate *iso, const Address *address) {
  char name[INET6_ADDRSTRLEN + UV_IF_NAMESIZE + 1];
  bool is_v6 = address->any.sa_family == AF_INET6;
  int error = is_v6 ? uv_ip6_name(&address->v6, name, sizeof name - UV_IF_NAMESIZE) : uv_ip4_name(&address->v4, name, sizeof name);
  if (error) return value_from_int(error);
  if (is_v6 && IN6_IS_ADDR_LINKLOCAL(&address->v6.sin6_addr) && address->v6.sin6_scope_id) {
    size_t length = strlen(name), room = sizeof name - length - 1;
    name[length] = '%';
    if (uv_if_indextoiid(address->v6.sin6_scope_id, name + length + 1, &room)) name[length] = 0;
  }
  JSObject *o = TRY(obj_new_plain(iso));
  TRY(binding_set_string(iso, o, "address", name));
  TRY(binding_set_string(iso, o, "family", is_v6 ? "IPv6" : "IPv4"));
  TRY(binding_set_int(iso, o, "port", ntohs(is_v6 ? address->v6.sin6_port : address->v4.sin_port)));
  return value_from_object(o);
}

static Value stream_address(Isolate *iso, const Call *call) { // of this end, or (magic 1) of the other; or an error
  NodeStream *s = open_stream(call_arg(call, 0));
  bool is_peer = native_magic(call) == 1;
  if (!s) return value_from_int(UV_EBADF);
  if (s->uv.handle.type == UV_TCP) {
    Address address;
    int size = sizeof address;
    int error = is_peer ? uv_tcp_getpeername(&s->uv.tcp, &address.any, &size) : uv_tcp_getsockname(&s->uv.tcp, &address.any, &size);
    return error ? value_from_int(error) : describe_address(iso, &address);
  }
  if (s->uv.handle.type != UV_NAMED_PIPE) return value_from_int(UV_EINVAL);
  char path[256];
  size_t length = sizeof path;
  int error = is_peer ? uv_pipe_getpeername(&s->uv.pipe, path, &length) : uv_pipe_getsockname(&s->uv.pipe, path, &length);
  return error ? value_from_int(error) : value_from_cell(TRY(str_new_utf8(iso, path, length)));
}

// ---- Connecting and listening ----

// connect(stream, address, port): 0 or an error; then the owner is told (status, stream)
static Value stream_connect(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  Address address;
  int error;
  TRY(address_of(iso, call_arg(call, 1), call_arg(call, 2), &address, &error));
  if (!error && s->uv.handle.type != UV_TCP) error = UV_EINVAL;
  if (error) return value_from_int(error);
  WriteRequest *r = request_new(s, 0);
  return started(r, uv_tcp_connect(&r->uv.connect, &s->uv.tcp, &address.any, on_connected));
}

// bind(stream, address, port, flags, reusePort): 0 or an error
static Value stream_bind(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  Address address;
  i32 flags;
  int error, on = 1;
  TRY(address_of(iso, call_arg(call, 1), call_arg(call, 2), &address, &error));
  TRY(binding_int(iso, call_arg(call, 3), &flags));
  if (!error && s->uv.handle.type != UV_TCP) error = UV_EINVAL;
  if (error) return value_from_int(error);
  uv_os_fd_t fd;
  if (call_arg(call, 4) == VALUE_TRUE && uv_fileno(&s->uv.handle, &fd)) {
    fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return value_from_int(uv_translate_sys_error(errno));
    error = setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) ? uv_translate_sys_error(errno) : uv_tcp_open(&s->uv.tcp, fd);
    if (error) {
      (void)close(fd);
      return value_from_int(error);
    }
  }
  return value_from_int(uv_tcp_bind(&s->uv.tcp, &address.any, (unsigned)flags));
}

// A path as the system has it; those that begin with NUL are names without files.
static const char *unix_name(Isolate *iso, Value v, size_t *size, int *error) {
  const char *path = TRY(binding_utf8(iso, v, size));
  *error = *size > sizeof((struct sockaddr_un *)0)->sun_path - 1 ? UV_EINVAL : 0;
  if (*size && path[0] && strlen(path) != *size) *error = UV_EINVAL;
  return path;
}

// A socket for a name without a file, which this libuv cannot make itself. connected: to the name, else bound to it.
static int open_abstract(uv_pipe_t *pipe, const char *name, size_t size, bool connected) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path, name, size);
  socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return uv_translate_sys_error(errno);
  int failed = connected ? connect(fd, (struct sockaddr *)&address, length) : bind(fd, (struct sockaddr *)&address, length);
  int error = failed ? uv_translate_sys_error(errno) : uv_pipe_open(pipe, fd);
  if (error) (void)close(fd);
  return error;
}

// bindPipe(stream, path): 0 or an error
static Value stream_bind_pipe(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  size_t size;
  int error;
  const char *path = TRY(unix_name(iso, call_arg(call, 1), &size, &error));
  if (!error && s->uv.handle.type != UV_NAMED_PIPE) error = UV_EINVAL;
  if (error) return value_from_int(error);
  if (size && !path[0]) return value_from_int(open_abstract(&s->uv.pipe, path, size, false));
  return value_from_int(uv_pipe_bind(&s->uv.pipe, path));
}

// connectPipe(stream, path): 0: the owner will be told (status, stream); 1: it is connected; or an error
static Value stream_connect_pipe(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  size_t size;
  int error;
  const char *path = TRY(unix_name(iso, call_arg(call, 1), &size, &error));
  if (!error && s->uv.handle.type != UV_NAMED_PIPE) error = UV_EINVAL;
  if (error) return value_from_int(error);
  if (size && !path[0]) {
    error = open_abstract(&s->uv.pipe, path, size, true);
    return value_from_int(error ? error : 1);
  }
  WriteRequest *r = request_new(s, 0);
  uv_pipe_connect(&r->uv.connect, &s->uv.pipe, path, on_connected);
  return value_from_int(0);
}

// chmod(pipe, UV_READABLE | UV_WRITABLE): whoever may open it, and nobody else may. 0 or an error
static Value stream_chmod(Isolate *iso, const Call *call) {
  i32 wanted;
  char path[sizeof((struct sockaddr_un *)0)->sun_path + 1];
  size_t length = sizeof path;
  NodeStream *s = TRY(this_stream(iso, call));
  TRY(binding_int(iso, call_arg(call, 1), &wanted));
  if (s->uv.handle.type != UV_NAMED_PIPE) return value_from_int(UV_EINVAL);
  int error = uv_pipe_getsockname(&s->uv.pipe, path, &length);
  if (error) return value_from_int(error);
  mode_t mode = (mode_t)((wanted & UV_READABLE ? 0444 : 0) | (wanted & UV_WRITABLE ? 0222 : 0));
  path[length] = 0;
  return value_from_int(chmod(path, mode) ? uv_translate_sys_error(errno) : 0);
}

static Value accept_one(NodeStream *server) {
  Isolate *iso = server->host->iso;
  int error;
  JSHostObject *object = stream_new(iso, server->uv.handle.type == UV_TCP ? STREAM_TCP : STREAM_PIPE, VALUE_UNDEFINED, -1, &error);
  if (!object) return error ? value_from_int(error) : VALUE_FAIL;
  return accept_into(server, object);
}

static void on_connection(uv_stream_t *stream, int status) {
  NodeStream *s = stream->data;
  if (is_over(s->host)) return;
  Value client = status < 0 ? value_from_int(status) : accept_one(s);
  if (client) tell(s, EVENT_CONNECTION, context_of(s), client, VALUE_UNDEFINED);
  else (void)host_report_pending(s->host);
}

// listen(stream, backlog): 0 or an error; then the owner is told (client | error)
static Value stream_listen(Isolate *iso, const Call *call) {
  i32 backlog;
  NodeStream *s = TRY(this_stream(iso, call));
  TRY(binding_int(iso, call_arg(call, 1), &backlog));
  return value_from_int(uv_listen(&s->uv.stream, backlog, on_connection));
}

// ---- Options ----

static Value stream_set_no_delay(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  return value_from_int(s->uv.handle.type == UV_TCP ? uv_tcp_nodelay(&s->uv.tcp, call_arg(call, 1) == VALUE_TRUE) : UV_EINVAL);
}

// setKeepAlive(stream, on, seconds until the first probe, seconds between probes, probes): 0 for the system's own
static Value stream_set_keep_alive(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  i32 numbers[3];
  for (u32 i = 0; i < 3; i++) TRY(binding_int(iso, call_arg(call, 2 + i), &numbers[i]));
  if (s->uv.handle.type != UV_TCP) return value_from_int(UV_EINVAL);
  bool on = call_arg(call, 1) == VALUE_TRUE;
  int error = uv_tcp_keepalive(&s->uv.tcp, on, (unsigned)numbers[0]);
  uv_os_fd_t fd;
  if (error || !on || uv_fileno(&s->uv.handle, &fd)) return value_from_int(error);
  if (numbers[1] > 0 && setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &numbers[1], sizeof numbers[1]))
    return value_from_int(uv_translate_sys_error(errno));
  if (numbers[2] > 0 && setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &numbers[2], sizeof numbers[2]))
    return value_from_int(uv_translate_sys_error(errno));
  return value_from_int(0);
}

static bool is_v6_socket(int fd) {
  Address address;
  socklen_t size = sizeof address;
  return !getsockname(fd, &address.any, &size) && address.any.sa_family == AF_INET6;
}

static Value stream_set_tos(Isolate *iso, const Call *call) { // stream, tos: 0 or an error
  NodeStream *s = TRY(this_stream(iso, call));
  i32 tos;
  uv_os_fd_t fd;
  TRY(binding_int(iso, call_arg(call, 1), &tos));
  int error = uv_fileno(&s->uv.handle, &fd);
  if (error) return value_from_int(error);
  bool v6 = is_v6_socket(fd);
  int failed = setsockopt(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_TCLASS : IP_TOS, &tos, sizeof tos);
  return value_from_int(failed ? uv_translate_sys_error(errno) : 0);
}

static Value stream_get_tos(Isolate *iso, const Call *call) {
  NodeStream *s = TRY(this_stream(iso, call));
  int tos = 0;
  socklen_t size = sizeof tos;
  uv_os_fd_t fd;
  int error = uv_fileno(&s->uv.handle, &fd);
  if (error) return value_from_int(error);
  bool v6 = is_v6_socket(fd);
  int failed = getsockopt(fd, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_TCLASS : IP_TOS, &tos, &size);
  return value_from_int(failed ? uv_translate_sys_error(errno) : tos);
}

static Value ip_version(Isolate *iso, const Call *call) { // 4, 6, or 0: no address
  struct in6_addr bytes;
  if (!value_is_string(call_arg(call, 0))) return value_from_int(0);
  String *text = TRY(str_flatten(iso, value_string(call_arg(call, 0))));
  char name[INET6_ADDRSTRLEN + UV_IF_NAMESIZE];
  if (text->length < 2 || text->length >= sizeof name) return value_from_int(0);
  for (u32 i = 0; i < text->length; i++) {
    u16 c = str_char_at_flat(text, i);
    if (!c || c > 126) return value_from_int(0);
    name[i] = (char)c;
  }
  name[text->length] = 0;
  if (!uv_inet_pton(AF_INET, name, &bytes)) return value_from_int(4);
  const char *zone = strchr(name, '%');
  if (zone && !zone[1]) return value_from_int(0);
  return value_from_int(uv_inet_pton(AF_INET6, name, &bytes) ? 0 : 6);
}

// parseAddress(text, isV6): [text as the system writes it, 16 bytes: of IPv4 those of ::ffff:a.b.c.d], or undefined
static Value parse_address(Isolate *iso, const Call *call) {
  u8 bytes[16] = {[10] = 0xff, [11] = 0xff};
  char name[INET6_ADDRSTRLEN];
  bool is_v6 = call_arg(call, 1) == VALUE_TRUE;
  size_t size;
  const char *text = TRY(binding_utf8(iso, call_arg(call, 0), &size));
  int family = is_v6 ? AF_INET6 : AF_INET;
  u8 *place = is_v6 ? bytes : bytes + 12;
  if (strlen(text) != size || uv_inet_pton(family, text, place) || uv_inet_ntop(family, place, name, sizeof name))
    return VALUE_UNDEFINED;
  JSTypedArray *array = TRY(binding_uint8_array(iso, sizeof bytes));
  memcpy(array->data, bytes, sizeof bytes);
  Value canonical = TRY(binding_string(iso, name));
  Value pair[] = {canonical, value_from_object(array)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static const NativeMethod methods[] = {
    {"create", stream_create, 3, 0},
    {"setOwner", stream_set_owner, 2, 0},
    {"getOwner", stream_get_owner, 1, 0},
    {"close", stream_close_call, 1, 0},
    {"reset", stream_reset, 1, 0},
    {"reference", stream_reference, 2, 0},
    {"hasReference", stream_has_reference, 1, 0},
    {"open", stream_open, 2, 0},
    {"descriptor", stream_descriptor, 1, 0},
    {"type", stream_type, 1, 0},
    {"takeHandle", stream_take_handle, 1, 0},
    {"useBuffer", stream_use_buffer, 2, 0},
    {"readStart", stream_read_start, 1, 0},
    {"readStop", stream_read_stop, 1, 0},
    {"write", stream_write, 3, 0},
    {"writeHandle", stream_write_handle, 3, 0},
    {"writev", stream_writev, 2, 0},
    {"shutdown", stream_shutdown, 1, 0},
    {"queueSize", stream_queue_size, 1, 0},
    {"bytesRead", stream_bytes_read, 1, 0},
    {"bytesWritten", stream_bytes_written, 1, 0},
    {"setBlocking", stream_set_blocking, 2, 0},
    {"socketAddress", stream_address, 1, 0},
    {"peerAddress", stream_address, 1, 1},
    {"connect", stream_connect, 3, 0},
    {"bind", stream_bind, 5, 0},
    {"bindPipe", stream_bind_pipe, 2, 0},
    {"connectPipe", stream_connect_pipe, 2, 0},
    {"chmod", stream_chmod, 2, 0},
    {"listen", stream_listen, 2, 0},
    {"setNoDelay", stream_set_no_delay, 2, 0},
    {"setKeepAlive", stream_set_keep_alive, 5, 0},
    {"setTypeOfService", stream_set_tos, 2, 0},
    {"getTypeOfService", stream_get_tos, 1, 0},
    {"ipVersion", ip_version, 1, 0},
    {"parseAddress", parse_address, 2, 0},
};
const NodeBinding node_binding_stream_wrap = {"stream_wrap", methods, ARRAY_LEN(methods), NULL};
