// SPDX-License-Identifier: MIT
// HttpParser for lib/_http_common.js: a parser object of JavaScript, whose elements are the functions that it calls, as in Node. A request
// costs two calls at most: one with everything in its head, one at its end, and none at the end if the first has seen to that. Names
// of headers are atoms, so that they are the same strings from one request to the next.
// Tests: tests/node/http/.
#include "node/http_parser.h"
#include "base/vec.h"
#include "base/utf.h"
#include "node/bindings/stream_wrap.h"

enum Callback { ON_BEGIN, ON_HEADERS, ON_HEADERS_COMPLETE, ON_BODY, ON_COMPLETE, ON_EXECUTE, CALLBACKS };
enum { CHUNK_EXTENSIONS_MAX = 16384, KEEP_TEXT = 2048, ATOM_MAX = 40 };
// What is told of a head, and how the answer says that the message's end has been seen to. In lib/_http_common.js too.
enum { IS_EMPTY = 1, HAS_HOST = 2, HAS_EXPECT = 4, ANSWER_MASK = 15, HAS_ENDED = 16 };

typedef struct Connection {
  HttpParser parser; // first
  NodeStreamReader reader;
  NodeStream *stream; // that it reads, or NULL
  Persistent self;    // the object, as long as it reads a stream
  Isolate *iso;
  JSHostObject *object; // while it runs: it is on the stack of those who run it
  VEC(u8) text;         // URL or status text, then names and values, one after the other
  VEC(u32) ends;        // of them in `text`: the first line's, then of a name, of its value, ...
  bool has_first_line, in_name, headers_completed, running, has_initialized, failed, has_ended, is_upgrade;
  u32 header_bytes, extension_bytes, max_header_size, max_headers; // 0: any number
  u64 message_start;                                               // uv_hrtime; 0: between messages
  const u8 *bytes;                                                 // what is being parsed
  size_t size;
} Connection;

static void finalize_connection(Heap *heap, Cell *cell) {
  (void)heap;
  Connection *c = ((JSHostObject *)cell)->data;
  if (!c) return;
  vec_free(&c->text);
  vec_free(&c->ends);
  base_free(c);
}
static const HostClass parser_class = {.name = "HTTPParser", .finalize = finalize_connection};

static JSHostObject *parser_object(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &parser_class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "An HTTPParser was expected");
}

static Connection *connection_of(Isolate *iso, const Call *call) {
  const JSHostObject *object = TRY(parser_object(iso, call));
  return object->data;
}

// ---- What the parser tells ----

static Value callback_of(const Connection *c, enum Callback which) {
  const JSObject *o = &c->object->object;
  if (!obj_has_dense(o) || elements_header(o->bf)->length <= (u32)which) return VALUE_UNDEFINED;
  Value v = slot_get(&o->bf[which]);
  return value_is_callable(v) ? v : VALUE_UNDEFINED;
}

static bool call_back(Connection *c, enum Callback which, u32 argc, const Value *args, Value *result) {
  Value f = callback_of(c, which);
  *result = VALUE_UNDEFINED;
  if (f == VALUE_UNDEFINED) return true;
  *result = call_function(c->iso, f, value_from_object(c->object), argc, args);
  c->failed = !*result;
  return *result;
}

// Overflows are counted without the separators, as Node counts them.
static bool count_header_bytes(Connection *c, size_t size) {
  c->header_bytes += (u32)MIN(size, (size_t)1 << 24);
  if (c->header_bytes < c->max_header_size) return true;
  http_parser_fail(&c->parser, HPE_HEADER_OVERFLOW, "Header overflow");
  return false;
}

static bool add_text(Connection *c, const u8 *at, size_t size) {
  if (!count_header_bytes(c, size)) return false;
  memcpy(vec_extend(&c->text, size), at, size);
  return true;
}

static void end_text(Connection *c) { vec_push(&c->ends, c->text.len); }

// The first line's text ends with the first name, or with the headers.
static void end_first_line(Connection *c) {
  if (c->has_first_line) return;
  c->has_first_line = true;
  end_text(c);
}

static JSTypedArray *buffer_of(Isolate *iso, const JSHostObject *object, const void *bytes, size_t size) {
  JSTypedArray *buffer = TRY(binding_uint8_array(iso, size));
  TRY(obj_set_prototype_of(iso, &buffer->object, slot_get(&object->values[0])));
  memcpy(buffer->data, bytes, size);
  return buffer;
}

static bool tell_body(Connection *c, const u8 *at, size_t size) {
  Value f = callback_of(c, ON_BODY), result;
  if (f == VALUE_UNDEFINED) return true;
  JSTypedArray *bytes = buffer_of(c->iso, c->object, at, size);
  if (!bytes) {
    c->failed = true;
    return false;
  }
  return call_back(c, ON_BODY, 1, (Value[]){value_from_object(bytes)}, &result);
}

static bool on_span(HttpParser *h, HttpSpan kind, const u8 *at, size_t size) {
  Connection *c = (Connection *)h;
  switch (kind) {
  case HTTP_SPAN_BODY: return tell_body(c, at, size);
  case HTTP_SPAN_CHUNK_EXTENSION:
    c->extension_bytes += (u32)MIN(size, (size_t)1 << 24);
    if (c->extension_bytes <= CHUNK_EXTENSIONS_MAX) return true;
    http_parser_fail(h, HPE_CHUNK_EXTENSIONS_OVERFLOW, "Chunk extensions overflow");
    return false;
  case HTTP_SPAN_NAME:
    end_first_line(c);
    c->in_name = true;
    return add_text(c, at, size);
  case HTTP_SPAN_VALUE:
    if (c->in_name) end_text(c);
    c->in_name = false;
    return add_text(c, at, size);
  default: return add_text(c, at, size);
  }
}

static bool end_header(Connection *c) {
  if (c->in_name) end_text(c); // the value is empty
  c->in_name = false;
  u32 start = vec_last(&c->ends);
  while (c->text.len > start && (vec_last(&c->text) == ' ' || vec_last(&c->text) == '\t')) c->text.len--;
  end_text(c);
  if (!c->max_headers || (c->ends.len - 1) / 2 <= c->max_headers) return true;
  http_parser_fail(&c->parser, HPE_HEADER_OVERFLOW, "Header overflow");
  return false;
}

static String *text_string(const Connection *c, u32 index) {
  u32 start = index ? c->ends.data[index - 1] : 0, end = c->ends.data[index];
  return str_new_latin1(c->iso, c->text.data + start, end - start);
}

static Value name_value(const Connection *c, u32 index) {
  u32 start = c->ends.data[index - 1], length = c->ends.data[index] - start;
  if (length > ATOM_MAX) return value_from_cell(text_string(c, index));
  PropertyKey key = TRY(key_from_latin1(c->iso, c->text.data + start, length));
  return key_to_value(c->iso, key);
}

// [name, value, ...] of what has been read since the first line.
static JSObject *headers_array(const Connection *c) {
  u32 count = c->ends.len > 1 ? (c->ends.len - 1) & ~1u : 0;
  JSObject *array = TRY(array_new_uninit(c->iso, count));
  for (u32 i = 0; i < count; i += 2) {
    Value name = TRY(name_value(c, i + 1));
    array_init_element(c->iso, array, i, name);
    String *value = TRY(text_string(c, i + 2));
    array_init_element(c->iso, array, i + 1, value_from_cell(value));
  }
  return array;
}

static void forget_text(Connection *c) {
  vec_clear(&c->text);
  vec_clear(&c->ends);
  c->has_first_line = c->in_name = false;
}

static bool name_is(const u8 *name, u32 length, const char *lower) {
  for (u32 i = 0; i < length; i++)
    if ((name[i] | 32) != (u8)lower[i]) return false;
  return true;
}

static i32 facts_of(const Connection *c) {
  i32 facts = http_parser_is_empty(&c->parser) ? IS_EMPTY : 0;
  for (u32 i = 1; i + 1 < c->ends.len; i += 2) {
    u32 start = c->ends.data[i - 1], length = c->ends.data[i] - start;
    const u8 *name = c->text.data + start;
    if (length == 4 && name_is(name, 4, "host")) facts |= HAS_HOST;
    else if (length == 6 && name_is(name, 6, "expect")) facts |= HAS_EXPECT;
  }
  return facts;
}

static HttpAnswer headers_complete(Connection *c) {
  HttpParser *h = &c->parser;
  end_first_line(c);
  c->headers_completed = true;
  c->header_bytes = 0;
  JSObject *headers = headers_array(c);
  String *line = headers ? text_string(c, 0) : NULL;
  i32 facts = facts_of(c);
  if (!line) return c->failed = true, HTTP_FAILED;
  // Text behind it is of trailers.
  forget_text(c);
  c->has_first_line = true;
  end_text(c);
  bool request = h->type == HTTP_REQUEST;
  Value args[] = {value_from_int(h->major),
                  value_from_int(h->minor),
                  value_from_object(headers),
                  request ? value_from_int(h->method) : VALUE_UNDEFINED,
                  request ? value_from_cell(line) : VALUE_UNDEFINED,
                  request ? VALUE_UNDEFINED : value_from_int(h->status),
                  request ? VALUE_UNDEFINED : value_from_cell(line),
                  value_from_bool(h->upgrade),
                  value_from_bool(http_parser_keeps_alive(h)),
                  value_from_int(facts)};
  Value result;
  if (!call_back(c, ON_HEADERS_COMPLETE, ARRAY_LEN(args), args, &result)) return HTTP_FAILED;
  i32 answer = value_is_int(result) ? value_int(result) : 0;
  c->has_ended = answer & HAS_ENDED;
  answer &= ANSWER_MASK;
  return answer >= HTTP_GO_ON && answer <= HTTP_NO_UPGRADE ? (HttpAnswer)answer : HTTP_GO_ON;
}

static HttpAnswer message_complete(Connection *c) {
  Value result;
  if (c->ends.len > 1) { // trailers
    JSObject *trailers = headers_array(c);
    if (!trailers) return c->failed = true, HTTP_FAILED;
    if (!call_back(c, ON_HEADERS, 2, (Value[]){value_from_object(trailers), value_from_cell(str_from_char(c->iso, 0))}, &result))
      return HTTP_FAILED;
  }
  forget_text(c);
  c->message_start = 0;
  c->header_bytes = 0;
  if (c->has_ended) return HTTP_GO_ON;
  return call_back(c, ON_COMPLETE, 0, NULL, &result) ? HTTP_GO_ON : HTTP_FAILED;
}

static HttpAnswer on_event(HttpParser *h, HttpEvent event) {
  Connection *c = (Connection *)h;
  Value result;
  switch (event) {
  case HTTP_EVENT_BEGIN:
    forget_text(c);
    c->headers_completed = c->has_ended = false;
    c->header_bytes = c->extension_bytes = 0;
    c->message_start = uv_hrtime();
    return call_back(c, ON_BEGIN, 0, NULL, &result) ? HTTP_GO_ON : HTTP_FAILED;
  case HTTP_EVENT_HEADER: return end_header(c) ? HTTP_GO_ON : HTTP_FAILED;
  case HTTP_EVENT_HEADERS_COMPLETE: return headers_complete(c);
  case HTTP_EVENT_CHUNK: c->header_bytes = c->extension_bytes = 0; return HTTP_GO_ON;
  case HTTP_EVENT_CHUNK_COMPLETE: c->header_bytes = 0; return HTTP_GO_ON;
  default: return message_complete(c);
  }
}
static const HttpHandlers handlers = {on_span, on_event};

// ---- Functions ----

static void on_stream_read(NodeStreamReader *reader, NodeStream *stream, ssize_t n, const char *bytes);
static void on_stream_closed(NodeStreamReader *reader);

// create(prototype, prototype of buffers)
static Value create_parser(Isolate *iso, const Call *call) {
  JSHostObject *object = TRY(host_object_new(iso, &parser_class, call_arg(call, 0), NULL));
  slot_set(iso, object, &object->values[0], call_arg(call, 1));
  Connection *c = base_alloc_zeroed(sizeof *c);
  c->iso = iso;
  c->reader = (NodeStreamReader){on_stream_read, on_stream_closed};
  object->data = c;
  return value_from_object(object);
}

// initialize(parser, type, maxHeaderSize, lenient flags, whether somebody waits for the first message, how many headers at most)
static Value initialize_parser(Isolate *iso, const Call *call) {
  Connection *c = TRY(connection_of(iso, call));
  i32 type, max, lenient, headers = 0;
  TRY(binding_int(iso, call_arg(call, 1), &type));
  TRY(binding_int(iso, call_arg(call, 2), &max));
  TRY(binding_int(iso, call_arg(call, 3), &lenient));
  if (call->argc > 5) TRY(binding_int(iso, call_arg(call, 5), &headers));
  if (c->running || (type != HTTP_REQUEST && type != HTTP_RESPONSE))
    return THROW(iso, TYPE, "This parser cannot begin"), VALUE_FAIL;
  http_parser_init(&c->parser, (HttpType)type, (u16)lenient, &handlers);
  forget_text(c);
  c->has_initialized = true;
  c->header_bytes = c->extension_bytes = 0;
  c->max_header_size = max > 0 ? (u32)max : 16384;
  c->max_headers = headers > 0 ? (u32)headers : 0;
  c->headers_completed = false;
  c->message_start = call_arg(call, 4) == VALUE_TRUE ? uv_hrtime() : 0;
  return VALUE_UNDEFINED;
}

// How many bytes were taken; -1 - that: the parser has failed. VALUE_FAIL: a callback threw.
static Value run(Connection *c, JSHostObject *object, const u8 *bytes, size_t size) {
  if (c->running || !c->has_initialized) return THROW(c->iso, TYPE, "This parser cannot run now"), VALUE_FAIL;
  c->running = true;
  c->failed = false;
  c->object = object;
  c->bytes = bytes;
  c->size = size;
  size_t taken = http_parser_execute(&c->parser, bytes, size);
  c->running = false;
  c->bytes = NULL;
  if (c->text.cap > KEEP_TEXT && c->text.len == 0) vec_free(&c->text);
  if (c->failed) return VALUE_FAIL;
  c->is_upgrade = c->parser.error == HPE_PAUSED_UPGRADE;
  if (c->is_upgrade) http_parser_resume(&c->parser);
  return value_from_double(c->parser.error && c->parser.error != HPE_PAUSED ? -1 - (double)taken : (double)taken);
}

// execute(parser, bytes)
static Value execute(Isolate *iso, const Call *call) {
  JSHostObject *object = TRY(parser_object(iso, call));
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 1), &size));
  // What callbacks do to the buffer must not reach the parser.
  Bytes *copy = TRY(bytes_new(iso, size + 1));
  memcpy(copy->data, bytes, size);
  return run(object->data, object, copy->data, size); // whose frames keep the copy
}

// finish(parser): 0, or -1
static Value finish(Isolate *iso, const Call *call) {
  JSHostObject *object = TRY(parser_object(iso, call));
  Connection *c = object->data;
  if (c->running || !c->has_initialized) return value_from_int(0);
  c->running = true;
  c->failed = false;
  c->object = object;
  HttpError error = http_parser_finish(&c->parser);
  c->running = false;
  if (c->failed) return VALUE_FAIL;
  return value_from_int(error && error != HPE_PAUSED ? -1 : 0);
}

// failure(parser): [code, reason, bytes that were taken]
static Value failure(Isolate *iso, const Call *call) {
  Connection *c = TRY(connection_of(iso, call));
  String *code = TRY(str_new_cstring(iso, http_error_name((HttpError)c->parser.error)));
  String *reason = TRY(str_new_cstring(iso, c->parser.reason ? c->parser.reason : ""));
  return value_from_object(array_from_values(iso, (Value[]){value_from_cell(code), value_from_cell(reason)}, 2));
}

// currentBytes(parser): a copy of what is being parsed, or undefined
static Value current_bytes(Isolate *iso, const Call *call) {
  JSHostObject *object = TRY(parser_object(iso, call));
  const Connection *c = object->data;
  if (!c->bytes) return VALUE_UNDEFINED;
  return value_from_object(TRY(buffer_of(iso, object, c->bytes, c->size)));
}

static Value pause_parser(Isolate *iso, const Call *call) { // magic 1: resume
  Connection *c = TRY(connection_of(iso, call));
  if (native_magic(call)) http_parser_resume(&c->parser);
  else http_parser_pause(&c->parser);
  return VALUE_UNDEFINED;
}

// age(parser): milliseconds since the message that is being read began, negative once its headers are complete; 0 between messages
static Value age(Isolate *iso, const Call *call) {
  const Connection *c = TRY(connection_of(iso, call));
  if (!c->message_start) return value_from_int(0);
  double ms = (double)(uv_hrtime() - c->message_start) / 1e6;
  if (ms <= 0) ms = 1e-6;
  return value_from_double(c->headers_completed ? -ms : ms);
}

// ---- Reading a stream ----

// What the stream's owner in JavaScript is told when nobody else reads.
static void tell_owner(const NodeStream *stream, ssize_t n) {
  Host *host = stream->host;
  Value f = ((NodeState *)host->node)->callbacks[CALLBACK_STREAM_READ];
  Value owner = slot_get(&((JSHostObject *)(uintptr_t)stream->object.word)->values[0]);
  Value what = n == UV_EOF ? VALUE_NULL : value_from_int((i32)n);
  if (value_is_callable(f) && !CALL2(host->iso, f, VALUE_UNDEFINED, owner, what)) (void)host_report_pending(host);
}

static void on_stream_read(NodeStreamReader *reader, NodeStream *stream, ssize_t n, const char *bytes) {
  Connection *c = CONTAINER_OF(reader, Connection, reader);
  JSHostObject *object = (JSHostObject *)(uintptr_t)c->self.word; // kept by this frame
  Host *host = stream->host;
  Isolate *iso = host->iso;
  if (n < 0) {
    tell_owner(stream, n);
    return;
  }
  Value result = run(c, object, (const u8 *)bytes, (size_t)n);
  if (!result) {
    (void)host_report_pending(host);
    return;
  }
  c->object = object;
  if ((value_number(result) == (double)n && !c->is_upgrade) || callback_of(c, ON_EXECUTE) == VALUE_UNDEFINED) return;
  const JSTypedArray *buffer = buffer_of(iso, object, bytes, (size_t)n);
  Value ignored;
  if (!buffer || !call_back(c, ON_EXECUTE, 2, (Value[]){result, value_from_object(buffer)}, &ignored))
    (void)host_report_pending(host);
}

static void on_stream_closed(NodeStreamReader *reader) {
  Connection *c = CONTAINER_OF(reader, Connection, reader);
  c->stream = NULL;
  gc_persistent_clear(&c->self);
}

// consume(parser, stream): what comes is parsed where it arrives; ends and errors go to the stream's owner as ever
static Value consume(Isolate *iso, const Call *call) {
  JSHostObject *object = TRY(parser_object(iso, call));
  NodeStream *stream = TRY(node_stream_of(iso, call_arg(call, 1)));
  Connection *c = object->data;
  if (c->stream) return THROW(iso, TYPE, "This parser reads another stream"), VALUE_FAIL;
  node_stream_set_reader(stream, &c->reader);
  c->stream = stream;
  gc_persistent_init(heap_of(iso), &c->self, value_bits(value_from_object(object)));
  return VALUE_UNDEFINED;
}

static Value unconsume(Isolate *iso, const Call *call) {
  const Connection *c = TRY(connection_of(iso, call));
  if (c->stream) node_stream_set_reader(c->stream, NULL);
  return VALUE_UNDEFINED;
}

// tryWrite(stream, text, whether as latin1, Buffer.prototype): null: all is written; else what is left: the text, or bytes
static Value try_write(Isolate *iso, const Call *call) {
  Value text = call_arg(call, 1);
  if (!value_is_string(text) || !node_is_stream(call_arg(call, 0))) return text;
  NodeStream *stream = TRY(node_stream_of(iso, call_arg(call, 0)));
  String *s = TRY(str_flatten(iso, value_string(text)));
  const char *bytes;
  size_t size = s->length;
  if (!str_is_utf16(s) && (call_arg(call, 2) == VALUE_TRUE || utf8_is_ascii(str_chars8(s), s->length))) {
    bytes = (const char *)str_chars8(s);
  } else {
    if (call_arg(call, 2) == VALUE_TRUE) return text;
    bytes = TRY(binding_utf8(iso, text, &size));
  }
  uv_buf_t buffer = uv_buf_init((char *)(uintptr_t)bytes, (unsigned)MIN(size, (size_t)1 << 30));
  int n = uv_try_write(&stream->uv.stream, &buffer, 1);
  if (n <= 0) return text;
  stream->bytes_written += (u64)n;
  if ((size_t)n == size) return VALUE_NULL;
  JSTypedArray *rest = TRY(binding_uint8_array(iso, size - (size_t)n));
  memcpy(rest->data, bytes + n, size - (size_t)n);
  return value_from_object(rest);
}

// ---- Headers ----

// Of these only the first counts, unless duplicates are joined.
static bool is_single(const u8 *name, u32 length) {
  static const char *const names[] = {
      "age",           "authorization", "content-length", "content-type",        "etag",
      "expires",       "from",          "host",           "if-modified-since",   "if-unmodified-since",
      "last-modified", "location",      "max-forwards",   "proxy-authorization", "referer",
      "retry-after",   "server",        "user-agent",
  };
  for (u32 i = 0; i < ARRAY_LEN(names); i++)
    if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) return true;
  return false;
}

static bool add_again(Isolate *iso, JSObject *headers, PropertyKey key, Value known, Value value, const char *separator) {
  String *both = TRY(str_concat3(iso, value_string(known), TRY(str_new_cstring(iso, separator)), value_string(value)));
  return create_data_property(iso, headers, key, value_from_cell(both)) != TRI_FAIL;
}

// One header among the others, whose names are in lower case.
static bool fold_header(Isolate *iso, JSObject *headers, const String *name, Value value, bool join) {
  u8 on_stack[128];
  u32 length = name->length;
  u8 *lower = length <= sizeof on_stack ? on_stack : TRY(bytes_new(iso, length))->data;
  for (u32 i = 0; i < length; i++) {
    u8 c = (u8)str_char_at_flat(name, i);
    lower[i] = (u8)(c - 'A') < 26 ? c | 32 : c;
  }
  if (length == 9 && memcmp(lower, "__proto__", 9) == 0) return true;
  PropertyKey key = TRY(key_from_latin1(iso, lower, length));
  PropertyDescriptor known;
  Tri has = TRY(obj_get_own_property(iso, headers, key, &known));
  bool is_cookies = length == 10 && memcmp(lower, "set-cookie", 10) == 0;
  if (has == TRI_NO) {
    if (is_cookies) value = value_from_object(TRY(array_from_values(iso, &value, 1)));
    return create_data_property(iso, headers, key, value) != TRI_FAIL;
  }
  if (is_cookies) return !value_is_kind(known.value, KIND_ARRAY) || array_push_value(iso, value_object(known.value), value);
  if (!value_is_string(known.value)) return create_data_property(iso, headers, key, value) != TRI_FAIL;
  if (length == 6 && memcmp(lower, "cookie", 6) == 0) return add_again(iso, headers, key, known.value, value, "; ");
  return (!join && is_single(lower, length)) || add_again(iso, headers, key, known.value, value, ", ");
}

// foldHeaders(object, [name, value, ...], count, whether duplicates are joined)
static Value fold_headers(Isolate *iso, const Call *call) {
  Value list = call_arg(call, 1);
  i32 count;
  TRY(binding_int(iso, call_arg(call, 2), &count));
  if (!value_is_object(call_arg(call, 0)) || !value_is_object(list)) return THROW(iso, TYPE, "Objects were expected"), VALUE_FAIL;
  for (i32 i = 0; i + 1 < count; i += 2) {
    Value name = TRY(get_v(iso, list, key_from_index((u32)i)));
    Value value = TRY(get_v(iso, list, key_from_index((u32)i + 1)));
    if (!value_is_string(name)) continue;
    if (!value_is_string(value)) value = value_from_cell(TRY(to_string(iso, value)));
    const String *flat = TRY(str_flatten(iso, value_string(name)));
    TRY(fold_header(iso, value_object(call_arg(call, 0)), flat, value, call_arg(call, 3) == VALUE_TRUE));
  }
  return VALUE_UNDEFINED;
}

enum { IS_TOKEN, IS_VALUE, IS_RELAXED_VALUE };

static bool is_relaxed_value(const u8 *chars, size_t size) {
  return !memchr(chars, 0, size) && !memchr(chars, '\r', size) && !memchr(chars, '\n', size);
}

// isToken(text), isValue(text), isRelaxedValue(text): what names and values of headers may be
static Value is_text(Isolate *iso, const Call *call) {
  if (!value_is_string(call_arg(call, 0))) return VALUE_FALSE;
  const String *s = TRY(str_flatten(iso, value_string(call_arg(call, 0))));
  bool (*check)(const u8 *, size_t) = native_magic(call) == IS_TOKEN   ? http_is_token
                                      : native_magic(call) == IS_VALUE ? http_is_value
                                                                       : is_relaxed_value;
  if (!str_is_utf16(s)) return value_from_bool(check(str_chars8(s), s->length));
  for (u32 i = 0; i < s->length; i++) {
    u16 unit = str_chars16(s)[i];
    if (unit > 255 || !check(&(u8){(u8)unit}, 1)) return VALUE_FALSE;
  }
  return VALUE_TRUE;
}

static Value is_idle(Isolate *iso, const Call *call) { // no byte of a message has come
  const Connection *c = TRY(connection_of(iso, call));
  return value_from_bool(!c->parser.in_message);
}

static const NativeMethod methods[] = {
    {"create", create_parser, 2, 0},
    {"initialize", initialize_parser, 5, 0},
    {"execute", execute, 2, 0},
    {"finish", finish, 1, 0},
    {"failure", failure, 1, 0},
    {"currentBytes", current_bytes, 1, 0},
    {"pause", pause_parser, 1, 0},
    {"resume", pause_parser, 1, 1},
    {"age", age, 1, 0},
    {"isIdle", is_idle, 1, 0},
    {"consume", consume, 2, 0},
    {"unconsume", unconsume, 1, 0},
    {"tryWrite", try_write, 3, 0},
    {"foldHeaders", fold_headers, 4, 0},
    {"isToken", is_text, 1, IS_TOKEN},
    {"isValue", is_text, 1, IS_VALUE},
    {"isRelaxedValue", is_text, 1, IS_RELAXED_VALUE},
};

// methods: the names, in the order of their numbers
static bool init(Isolate *iso, JSObject *target) {
  JSObject *names = TRY(array_create(iso, 0));
  for (u32 i = 0; i < HTTP_METHOD_COUNT; i++) {
    Value name = TRY(binding_string(iso, http_method_name((HttpMethod)i)));
    TRY(array_push_value(iso, names, name));
  }
  return binding_set(iso, target, "methods", value_from_object(names));
}
const NodeBinding node_binding_http_parser = {"http_parser", methods, ARRAY_LEN(methods), init};
