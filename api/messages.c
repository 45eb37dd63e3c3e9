// SPDX-License-Identifier: MIT
// Messages and the ends of channels that C holds. In isolates without Node's globals a MessagePort is made here: postMessage, onmessage,
// onclose, start, close, ref, unref; events are plain objects with `type`, `data` and `ports`.
// Tests: tests/api/test_messages.c.
#include "api/api_internal.h"
#include "base/platform.h"
#include "runtime/support.h"
#include "threads/clone_reader.h"
#include "threads/clone_writer.h"
#include "threads/message_port.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "vm/function.h"
#include "vm/kinds.h"

// ---- Messages: WeftMessage is a Message ----

WeftMessage *weft_message_new(WeftIsolate *isolate, WeftValue v, size_t transfer_count, const WeftValue *transfer) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  for (size_t i = 0; i < transfer_count; i++) NEEDS(isolate, transfer[i]);
  return (WeftMessage *)clone_serialize(iso, value_in(v), values_in(transfer), (u32)transfer_count);
}

WeftValue weft_message_open(WeftIsolate *isolate, WeftMessage *message) {
  Isolate *iso = ISOLATE(isolate);
  Value v = clone_deserialize(iso, (Message *)message, NULL);
  message_free((Message *)message);
  return value_out(isolate, v);
}

void weft_message_delete(WeftMessage *message) {
  if (message) message_free((Message *)message);
}

WeftMessage *weft_message_from_bytes(const void *bytes, size_t size) {
  Message *message = size <= UINT32_MAX ? message_new() : NULL;
  if (!message) return NULL;
  // clone_deserialize knows v8.serialize's bytes by their header. What has none would be read as one of our own messages.
  static const u8 none[] = {0xFF, 0x0F};
  bool has_header = size && *(const u8 *)bytes == 0xFF;
  if (!has_header) {
    bytes = none;
    size = sizeof none;
  }
  if (!message_reserve(message, (u32)size)) {
    message_free(message);
    return NULL;
  }
  memcpy(message->bytes, bytes, size);
  message->size = (u32)size;
  return (WeftMessage *)message;
}

static void throw_from_wire(CloneWriter *w, const char *message) {
  host_of(w->iso)->calls->clone->throw_data_clone_error(w->iso, message);
}

bool weft_serialize(WeftIsolate *isolate, WeftValue v, void **bytes, size_t *size) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  CloneWriter w;
  Message *message = message_new();
  if (!message) return throw_out_of_memory(iso);
  clone_writer_init(&w, iso, CLONE_WIRE, message);
  static const CloneWriteDelegate delegate = {.throw_data_clone_error = throw_from_wire};
  w.delegate = &delegate;
  bool written = clone_write_header(&w) && clone_write_value(&w, value_in(v));
  if (written) {
    clone_writer_finish(&w);
    if (!(*bytes = base_try_alloc(message->size))) written = throw_out_of_memory(iso);
    else memcpy(*bytes, message->bytes, *size = message->size);
  }
  message_free(message);
  return written;
}

WeftValue weft_deserialize(WeftIsolate *isolate, const void *bytes, size_t size) {
  Isolate *iso = ISOLATE(isolate);
  WeftMessage *message = weft_message_from_bytes(bytes, size);
  return message ? weft_message_open(isolate, message) : throw_out_of_memory(iso);
}

// ---- Ends that C holds ----

struct WeftPort {
  Port *port;
  Mutex mutex;
  Condition wake;
  bool has_news; // since weft_port_receive last looked
  void (*arrived)(void *data);
  void *data;
};

static void news(void *data) { // under the channel's lock, on the sender's thread
  WeftPort *end = data;
  mutex_lock(&end->mutex);
  end->has_news = true;
  condition_broadcast(&end->wake);
  void (*arrived)(void *) = end->arrived;
  void *arrived_data = end->data;
  mutex_unlock(&end->mutex);
  if (arrived) arrived(arrived_data);
}

static WeftPort *end_new(Port *port) { // takes the reference, also when it fails
  WeftPort *end = base_try_alloc_zeroed(sizeof *end);
  if (!end) {
    port_release(port);
    return NULL;
  }
  end->port = port;
  mutex_init(&end->mutex);
  condition_init(&end->wake);
  port_hold(port, news, end);
  return end;
}

static void end_free(WeftPort *end) {
  condition_destroy(&end->wake);
  mutex_destroy(&end->mutex);
  base_free(end);
}

bool weft_channel_new(WeftPort **a, WeftPort **b) {
  Port *one, *other;
  *a = *b = NULL;
  if (!port_pair_new(&one, &other)) return false;
  *a = end_new(one);
  *b = end_new(other);
  if (*a && *b) return true;
  weft_port_delete(*a);
  weft_port_delete(*b);
  *a = *b = NULL;
  return false;
}

void weft_port_delete(WeftPort *end) {
  if (!end) return;
  port_drop_held(end->port);
  end_free(end);
}

bool weft_port_post(WeftPort *end, WeftMessage *message) { return port_post(end->port, (Message *)message); }

void weft_port_on_arrival(WeftPort *end, void (*f)(void *data), void *data) {
  mutex_lock(&end->mutex);
  end->arrived = f;
  end->data = data;
  mutex_unlock(&end->mutex);
  port_hold(end->port, news, end); // tells of what has come already
}

WeftMessage *weft_port_receive(WeftPort *end, int milliseconds, bool *closed) {
  u64 deadline = milliseconds > 0 ? platform_clock_ns() + (u64)milliseconds * 1000000 : 0;
  bool over = false;
  Message *message;
  for (;;) {
    mutex_lock(&end->mutex);
    end->has_news = false; // first: what comes after the look below sets it again
    mutex_unlock(&end->mutex);
    message = port_take_held(end->port, &over);
    if (message || over || !milliseconds) break;
    bool in_time = true;
    mutex_lock(&end->mutex);
    while (!end->has_news && in_time) {
      if (milliseconds < 0) condition_wait(&end->wake, &end->mutex);
      else in_time = condition_wait_until(&end->wake, &end->mutex, deadline);
    }
    mutex_unlock(&end->mutex);
    if (!in_time) milliseconds = 0; // one last look
  }
  if (closed) *closed = over;
  return (WeftMessage *)message;
}

// ---- MessagePort without Node's globals ----

enum { PORT_HANDLERS }; // values[0]: an object with onmessage and onclose

static void finalize_port(Heap *heap, Cell *cell) {
  (void)heap;
  Port *port = ((JSHostObject *)cell)->data;
  if (port) port_abandon(port);
}
static const HostClass port_class = {.name = "MessagePort", .finalize = finalize_port};

static JSHostObject *port_object_of(Value v) {
  if (!v || !value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &port_class) return NULL;
  return (JSHostObject *)value_object(v);
}

static Value event_object(Isolate *iso, const char *type, Value data, Value ports) {
  JSObject *event = TRY(obj_new_plain(iso));
  Value name = value_from_cell(TRY(str_new_cstring(iso, type)));
  TRY(create_data_property_or_throw(iso, event, ATOM(type), name));
  TRY(create_data_property_or_throw(iso, event, TRY(key_from_cstring(iso, "data")), data));
  if (ports != VALUE_UNDEFINED) TRY(create_data_property_or_throw(iso, event, TRY(key_from_cstring(iso, "ports")), ports));
  return value_from_object(event);
}

static bool dispatch(Isolate *iso, JSHostObject *o, const char *handler, const char *type, Message *message) {
  Value data = VALUE_UNDEFINED, ports = VALUE_UNDEFINED;
  if (message && !(data = clone_deserialize(iso, message, &ports))) {
    if (iso->terminating) return false;
    data = isolate_take_exception(iso);
    handler = "onmessageerror";
    type = "messageerror";
  }
  Value f = TRY(obj_get(iso, value_object(slot_get(&o->values[PORT_HANDLERS])), TRY(key_from_cstring(iso, handler))));
  if (!value_is_callable(f)) return true;
  Value event = TRY(event_object(iso, type, data, ports));
  return call_function(iso, f, value_from_object(o), 1, &event) != VALUE_FAIL;
}

static void receive(Host *host, Port *port, PortEvent event, Message *message) {
  Isolate *iso = host->iso;
  if (iso->terminating) return;
  JSHostObject *o = (JSHostObject *)value_object(port_object(port));
  if (event == PORT_CLOSED) o->data = NULL;
  bool done = event == PORT_CLOSED ? dispatch(iso, o, "onclose", "close", NULL) : dispatch(iso, o, "onmessage", "message", message);
  if (!done) (void)host_report_pending(host);
}

static void forget_end(Port *port) { ((JSHostObject *)value_object(port_object(port)))->data = NULL; }
static const PortReceiver receiver = {receive, forget_end};

static Value post_message(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call->this_value);
  if (!o) return THROW(iso, TYPE, "Illegal invocation"), VALUE_FAIL;
  Value list = call_arg(call, 1);
  if (value_is_object(list) && !value_is_kind(list, KIND_ARRAY)) {
    list = TRY(obj_get(iso, value_object(list), TRY(key_from_cstring(iso, "transfer"))));
  }
  JSObject *transfer = NULL;
  if (!value_is_nullish(list)) transfer = TRY(create_list_from_array_like(iso, list));
  u32 count = transfer ? array_length(transfer) : 0;
  Message *message = TRY(clone_serialize(iso, call_arg(call, 0), transfer ? list_values(transfer) : NULL, count));
  if (o->data) (void)port_post(o->data, message);
  else message_free(message);
  return VALUE_UNDEFINED;
}

enum { METHOD_START, METHOD_CLOSE, METHOD_REF, METHOD_UNREF };
static Value port_method(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call->this_value);
  if (!o) return THROW(iso, TYPE, "Illegal invocation"), VALUE_FAIL;
  Port *port = o->data;
  if (!port) return VALUE_UNDEFINED;
  switch (native_magic(call)) {
  case METHOD_START: port_start(port); break;
  case METHOD_CLOSE: port_close(port); break;
  case METHOD_REF: port_reference(port, true); break;
  default: port_reference(port, false);
  }
  return VALUE_UNDEFINED;
}

// One function for each handler: with an argument it sets, without it gets.
static const char *const handlers[] = {"onmessage", "onmessageerror", "onclose"};
static Value port_handler(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call->this_value);
  if (!o) return THROW(iso, TYPE, "Illegal invocation"), VALUE_FAIL;
  JSObject *own = value_object(slot_get(&o->values[PORT_HANDLERS]));
  PropertyKey key = TRY(key_from_cstring(iso, handlers[native_magic(call)]));
  if (!call->argc) return obj_get(iso, own, key);
  TRY(obj_set(iso, own, key, value_is_callable(call->args[0]) ? call->args[0] : VALUE_NULL, true));
  if (o->data && native_magic(call) == 0 && value_is_callable(call->args[0])) {
    port_start(o->data);
    port_reference(o->data, true);
  }
  return VALUE_UNDEFINED;
}

static JSNativeFunction *port_function(Isolate *iso, NativeFn fn, const char *name, u32 length, u32 magic) {
  JSNativeFunction *f = TRY(native_function_new(iso, fn, TRY(key_from_cstring(iso, name)), length, 0));
  f->magic = magic;
  return f;
}

static JSObject *make_port_prototype(Isolate *iso) {
  static const struct {
    const char *name;
    NativeFn fn;
    u32 length, magic;
  } methods[] = {{"postMessage", post_message, 1, 0},
                 {"start", port_method, 0, METHOD_START},
                 {"close", port_method, 0, METHOD_CLOSE},
                 {"ref", port_method, 0, METHOD_REF},
                 {"unref", port_method, 0, METHOD_UNREF}};
  JSObject *prototype = TRY(obj_new_plain(iso));
  for (u32 i = 0; i < ARRAY_LEN(methods); i++) {
    JSNativeFunction *f = TRY(port_function(iso, methods[i].fn, methods[i].name, methods[i].length, methods[i].magic));
    TRY(create_data_property_or_throw(iso, prototype, TRY(key_from_cstring(iso, methods[i].name)), value_from_object(f)));
  }
  for (u32 i = 0; i < ARRAY_LEN(handlers); i++) {
    JSNativeFunction *f = TRY(port_function(iso, port_handler, handlers[i], 0, i));
    PropertyDescriptor d = {.getter = value_from_object(f), .setter = value_from_object(f), .has = HAS_ALL_ACCESSOR};
    d.attrs = ATTR_ENUMERABLE | ATTR_CONFIGURABLE;
    TRY(define_property_or_throw(iso, prototype, TRY(key_from_cstring(iso, handlers[i])), &d));
  }
  PropertyDescriptor tag = {.value = value_from_cell(TRY(str_new_cstring(iso, "MessagePort"))), .has = HAS_ALL_DATA};
  tag.attrs = ATTR_CONFIGURABLE;
  TRY(define_property_or_throw(iso, prototype, SYM(toStringTag), &tag));
  return prototype;
}

static Value port_prototype(WeftIsolate *isolate, Isolate *iso) {
  if (!persistent_cell(&isolate->port_prototype)) {
    JSObject *made = TRY(make_port_prototype(iso));
    persistent_set(&isolate->port_prototype, made);
  }
  return value_from_cell(persistent_cell(&isolate->port_prototype));
}

static Value furnish_port(Isolate *iso, Port *port) {
  Value prototype = TRY(port_prototype(api_of(iso), iso));
  Value own = value_from_object(TRY(ordinary_object_create(iso, VALUE_NULL)));
  JSHostObject *o = TRY(host_object_new(iso, &port_class, prototype, NULL));
  slot_set(iso, o, &o->values[PORT_HANDLERS], own);
  for (u32 i = 0; i < ARRAY_LEN(handlers); i++) {
    TRY(obj_set(iso, value_object(own), TRY(key_from_cstring(iso, handlers[i])), VALUE_NULL, true));
  }
  o->data = port;
  port_attach(host_of(iso), port, &receiver, value_from_object(o));
  return value_from_object(o);
}

static Value wrap_port(Isolate *iso, Port *port) { // takes the reference
  Value v = furnish_port(iso, port);
  if (!v) port_release(port);
  return v;
}

WeftValue weft_port_give(WeftPort *end, WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  Port *port = end->port;
  port_hold(port, NULL, NULL);
  end_free(end);
  return value_out(isolate, isolate->has_node ? node_port_wrap(iso, port) : wrap_port(iso, port));
}

// ---- Structured clone without Node's globals ----

static void throw_data_clone_error(Isolate *iso, const char *message) {
  String *text = str_new_utf8(iso, message, strlen(message)), *name = str_new_cstring(iso, "DataCloneError");
  JSObject *error = text && name ? error_new(iso, INTRINSIC_ERROR_PROTOTYPE, text) : NULL;
  if (error && create_data_property_or_throw(iso, error, ATOM(name), value_from_cell(name)))
    (void)throw_value(iso, value_from_object(error));
}

static Tri write_object(Isolate *iso, JSObject *o, Value *type, Value *data) {
  (void)type, (void)data;
  if (o->cell.kind != KIND_HOST_OBJECT) return TRI_NO;
  throw_data_clone_error(iso, port_object_of(value_from_object(o)) ? "A port moves: it has to be in the transfer list"
                                                                   : "An object of the host's cannot be cloned");
  return TRI_FAIL;
}

static Value read_object(Isolate *iso, Value type, Value data) {
  (void)type, (void)data;
  throw_data_clone_error(iso, "An object of a class that this isolate does not know");
  return VALUE_FAIL;
}

static Tri begin_transfer(Isolate *iso, JSObject *o, const TransferKind **kind) {
  JSHostObject *port = port_object_of(value_from_object(o));
  if (!port) return TRI_NO;
  if (!port->data) {
    throw_data_clone_error(iso, "The port is closed, or has moved already");
    return TRI_FAIL;
  }
  *kind = &port_transfer_kind;
  return TRI_YES;
}

static void *commit_transfer(Isolate *iso, JSObject *o) {
  (void)iso;
  JSHostObject *object = (JSHostObject *)o;
  Port *port = port_detach(object->data);
  object->data = NULL;
  return port;
}

static Value receive_transfer(Isolate *iso, const TransferKind *kind, void *item) {
  (void)kind;
  return wrap_port(iso, item);
}

const CloneCalls api_clone_calls = {
    .throw_data_clone_error = throw_data_clone_error,
    .write_object = write_object,
    .read_object = read_object,
    .begin_transfer = begin_transfer,
    .commit_transfer = commit_transfer,
    .receive_transfer = receive_transfer,
};
