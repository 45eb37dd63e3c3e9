// SPDX-License-Identifier: MIT
// Message ports and broadcast channels as objects: host objects over the ends of threads/message_port.h, with the prototype that
// lib/internal/worker/io.js made. While an end is closed or has moved away the object has no end, and all its methods do nothing.
//
// A message goes straight to the one function that listens (setListener) if there is just one and it wants the value itself; everything
// else (events, several listeners, ports that came along, errors, the end) is lib's emit function's.
// Tests: tests/threads/.
#include "node/node_internal.h"
#include "threads/message_port.h"

// ---- Objects ----

static void finalize_port(Heap *heap, Cell *cell) {
  (void)heap;
  Port *port = ((JSHostObject *)cell)->data;
  if (port) port_abandon(port);
}
static const HostClass port_class = {.name = "MessagePort", .finalize = finalize_port};

static JSHostObject *port_object_of(Value v) {
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &port_class) return NULL;
  return (JSHostObject *)value_object(v);
}

bool node_is_port(Value v) { return port_object_of(v) != NULL; }

Port *node_port_of(Value v) {
  JSHostObject *o = port_object_of(v);
  return o ? o->data : NULL;
}

Port *node_port_detach(Value v) {
  JSHostObject *o = port_object_of(v);
  Port *port = port_detach(o->data);
  o->data = NULL;
  return port;
}

// ---- Arrivals ----

static void emit(Host *host, Value object, const char *type, Value v, Value ports) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  Value name = binding_string(iso, type);
  Value args[] = {object, name, v, ports};
  if (!name || !call_function(iso, node->callbacks[CALLBACK_PORT_EVENT], VALUE_UNDEFINED, ARRAY_LEN(args), args))
    (void)host_report_pending(host);
}

// Of a port that lives in another realm: a function of that realm, so that the value's objects are made there.
static Value deserialize_arrival(Isolate *iso, const Call *call) {
  (void)call;
  NodeState *node = node_of(iso);
  Message *message = node->arriving;
  node->arriving = NULL;
  if (!message) return VALUE_UNDEFINED;
  if (!message->extras || !message->extras->item_count) return clone_deserialize(iso, message, NULL);
  return throw_node_error(iso, "ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE", NULL, 0), VALUE_FAIL;
}

static Value value_of(Isolate *iso, JSHostObject *o, Message *message, Value *ports) {
  Value in_realm = slot_get(&o->values[1]);
  if (!value_is_callable(in_realm)) return clone_deserialize(iso, message, ports);
  node_of(iso)->arriving = message;
  return CALL0(iso, in_realm, VALUE_UNDEFINED);
}

static void receive(Host *host, Port *port, PortEvent event, Message *message) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (iso->terminating || !node) return;
  Value object = port_object(port);
  JSHostObject *o = (JSHostObject *)value_object(object);
  node->async_context = VALUE_UNDEFINED;
  if (event == PORT_CLOSED) {
    o->data = NULL;
    emit(host, object, "close", VALUE_UNDEFINED, VALUE_UNDEFINED);
    return;
  }
  Value ports = VALUE_UNDEFINED, v = value_of(iso, o, message, &ports), listener = slot_get(&o->values[0]);
  if (!v) {
    if (iso->terminating) return;
    emit(host, object, "messageerror", isolate_take_exception(iso), VALUE_UNDEFINED);
  } else if (ports == VALUE_UNDEFINED && value_is_callable(listener)) {
    Value result = CALL1(iso, listener, object, v);
    if (!result) (void)host_report_pending(host);
    else if (value_is_promise(result))
      emit(host, object, "promise", result, VALUE_UNDEFINED); // its rejection is an uncaught exception
  } else {
    emit(host, object, "message", v, ports);
  }
  node->async_context = VALUE_UNDEFINED;
}

// The heap goes after the ends: finalize_port would meet one that is gone.
static void forget_end(Port *port) { ((JSHostObject *)value_object(port_object(port)))->data = NULL; }

static const PortReceiver receiver = {receive, forget_end};

Value node_port_wrap(Isolate *iso, Port *port) {
  NodeState *node = node_of(iso);
  // The prototype comes with the module: a port may arrive before anything asked for it.
  if (value_is_undefined(node->port_prototype) && !node_require_builtin(iso, "internal/worker/io")) {
    port_release(port);
    return VALUE_FAIL;
  }
  JSHostObject *o = host_object_new(iso, &port_class, node->port_prototype, NULL);
  if (!o) {
    port_release(port);
    return VALUE_FAIL;
  }
  o->data = port;
  slot_set(iso, o, &o->values[0], VALUE_UNDEFINED);
  slot_set(iso, o, &o->values[1], VALUE_UNDEFINED);
  port_attach(host_of(iso), port, &receiver, value_from_object(o));
  return value_from_object(o);
}

// ---- Errors ----

void *throw_node_error(Isolate *iso, const char *code, const Value *args, u32 count) {
  Value codes = TRY(node_builtin_export(iso, "internal/errors", "codes"));
  PropertyKey key = TRY(key_from_cstring(iso, code));
  Value constructor = TRY(get_v(iso, codes, key));
  Value error = TRY(construct(iso, constructor, count, args, constructor));
  return throw_value(iso, error);
}

// ---- Making ----

// setUp(prototype, emit)
static Value set_up(Isolate *iso, const Call *call) {
  NodeState *node = node_of(iso);
  node->port_prototype = call_arg(call, 0);
  node->callbacks[CALLBACK_PORT_EVENT] = call_arg(call, 1);
  return VALUE_UNDEFINED;
}

// createChannel(): [port1, port2]
static Value create_channel(Isolate *iso, const Call *call) {
  (void)call;
  Port *a, *b;
  if (!port_pair_new(&a, &b)) return throw_out_of_memory(iso), VALUE_FAIL;
  Value first = node_port_wrap(iso, a);
  if (!first) {
    port_release(b);
    return VALUE_FAIL;
  }
  Value pair[] = {first, TRY(node_port_wrap(iso, b))};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

// createBroadcast(name)
static Value create_broadcast(Isolate *iso, const Call *call) {
  size_t size;
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), &size));
  Port *port = port_broadcast_new(name, size);
  if (!port) return throw_out_of_memory(iso), VALUE_FAIL;
  return node_port_wrap(iso, port);
}

static Value is_port(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(node_is_port(call_arg(call, 0)));
}

// ---- Sending ----

// The values of a transfer list as an array; anything but nothing and plain arrays is lib's business (options, iterables, errors).
static bool transfer_list(Isolate *iso, Value v, const Value **values, u32 *count) {
  *count = 0;
  if (value_is_nullish(v)) return true;
  JSObject *list;
  if (value_is_kind(v, KIND_ARRAY) && obj_is_fast_array(iso, value_object(v))) {
    list = TRY(create_list_from_array_like(iso, v));
  } else {
    Value f = TRY(node_builtin_export(iso, "internal/worker/io", "transferListOf"));
    Value made = TRY(CALL1(iso, f, VALUE_UNDEFINED, v));
    list = TRY(create_list_from_array_like(iso, made));
  }
  *count = array_length(list);
  *values = list_values(list);
  return true;
}

#define NOT_ENOUGH "Not enough arguments to MessagePort.postMessage"

// Lost: a port that travels over its own channel would arrive nowhere.
static bool takes_its_peer_along(Port *port, const Value *transfer, u32 count) {
  for (u32 i = 0; i < count; i++) {
    Port *moved = node_port_of(transfer[i]);
    if (moved && port_are_entangled(port, moved)) return true;
  }
  return false;
}

static Value warn_about_lost_port(Isolate *iso) {
  Value f = TRY(node_builtin_export(iso, "internal/worker/io", "warnAboutLostPort"));
  return CALL0(iso, f, VALUE_UNDEFINED);
}

static Value throw_missing_argument(Isolate *iso) {
  JSObject *error = TRY(error_new(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, TRY(str_new_utf8(iso, NOT_ENOUGH, strlen(NOT_ENOUGH)))));
  TRY(binding_set_string(iso, error, "code", "ERR_MISSING_ARGS"));
  return throw_value(iso, value_from_object(error)), VALUE_FAIL;
}

// postMessage(value[, transferList | { transfer }]): true, or undefined when the channel is over
static Value post_message(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call->this_value);
  if (!o) return THROW(iso, TYPE, "Illegal invocation"), VALUE_FAIL;
  if (!call->argc) return throw_missing_argument(iso);
  const Value *transfer = NULL;
  u32 count;
  TRY(transfer_list(iso, call_arg(call, 1), &transfer, &count));
  for (u32 i = 0; i < count; i++) {
    if (transfer[i] != call->this_value) continue;
    host_of(iso)->calls->clone->throw_data_clone_error(iso, "Transfer list contains source port");
    return VALUE_FAIL;
  }
  bool lost = count && o->data && takes_its_peer_along(o->data, transfer, count);
  Message *message = TRY(clone_serialize(iso, call_arg(call, 0), transfer, count));
  if (!o->data || lost) { // nobody will hear it; what moved is gone all the same
    message_free(message);
    return lost ? warn_about_lost_port(iso) : VALUE_UNDEFINED;
  }
  port_post(o->data, message);
  return VALUE_TRUE;
}

// A new { message: v }. An object of this kind is kept, for its shape.
static Value envelope(Isolate *iso, Value v) {
  NodeState *node = node_of(iso);
  if (value_is_undefined(node->envelope)) {
    JSObject *o = TRY(obj_new_plain(iso));
    TRY(binding_set(iso, o, "message", VALUE_UNDEFINED));
    node->envelope = value_from_object(o);
  }
  JSObject *o = obj_new(iso, obj_shape(iso, value_object(node->envelope)));
  slot_init((Slot *)(o + 1), v);
  return value_from_object(o);
}

// receiveMessage(port): { message }, or undefined when there is none; null: that is no port
static Value receive_message(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call_arg(call, 0));
  if (UNLIKELY(!o)) return VALUE_NULL;
  Message *message = o->data ? port_take(o->data) : NULL;
  if (!message) return VALUE_UNDEFINED;
  Value ports, v = clone_deserialize(iso, message, &ports);
  message_free(message);
  return envelope(iso, TRY(v));
}

// setRealm(port, function of a realm): what arrives are objects of that realm
static Value set_realm(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call_arg(call, 0));
  Value f = call_arg(call, 1);
  if (!o || !value_is_kind(f, KIND_NATIVE_FUNCTION)) return THROW(iso, TYPE, "A port and a function were expected"), VALUE_FAIL;
  JSNativeFunction *made = TRY(native_function_new(iso, deserialize_arrival, ATOM(empty), 0, 0));
  ref_set(iso, made, &made->realm, ref_get(((JSNativeFunction *)value_object(f))->realm));
  slot_set(iso, o, &o->values[1], value_from_object(made));
  return VALUE_UNDEFINED;
}

// ---- The port's own methods: they do nothing without an end. ----

enum { METHOD_START, METHOD_STOP, METHOD_CLOSE, METHOD_DRAIN, METHOD_REF, METHOD_UNREF };
static Value port_method(Isolate *iso, const Call *call) {
  Port *port = node_port_of(call->this_value);
  if (!port) return VALUE_UNDEFINED;
  switch (native_magic(call)) {
  case METHOD_START: port_start(port); break;
  case METHOD_STOP: port_stop(port); break;
  case METHOD_CLOSE: port_close(port); break;
  case METHOD_DRAIN: port_drain(host_of(iso), port); break;
  case METHOD_REF: port_reference(port, true); break;
  default: port_reference(port, false);
  }
  return VALUE_UNDEFINED;
}

static Value has_ref(Isolate *iso, const Call *call) {
  (void)iso;
  Port *port = node_port_of(call->this_value);
  return value_from_bool(port && port_is_referenced(port));
}

// isOpen(port): it has an end
static Value is_open(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(node_port_of(call_arg(call, 0)) != NULL);
}

// setListener(port, function | undefined): who gets the values of plain messages
static Value set_listener(Isolate *iso, const Call *call) {
  JSHostObject *o = port_object_of(call_arg(call, 0));
  if (!o) return THROW(iso, TYPE, "A MessagePort was expected"), VALUE_FAIL;
  slot_set(iso, o, &o->values[0], call_arg(call, 1));
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"setUp", set_up, 2, 0},
    {"createChannel", create_channel, 0, 0},
    {"createBroadcast", create_broadcast, 1, 0},
    {"isPort", is_port, 1, 0},
    {"isOpen", is_open, 1, 0},
    {"setListener", set_listener, 2, 0},
    {"receiveMessage", receive_message, 1, 0},
    {"setRealm", set_realm, 2, 0},
    // For the prototype
    {"postMessage", post_message, 1, 0},
    {"start", port_method, 0, METHOD_START},
    {"stop", port_method, 0, METHOD_STOP},
    {"close", port_method, 0, METHOD_CLOSE},
    {"drain", port_method, 0, METHOD_DRAIN},
    {"ref", port_method, 0, METHOD_REF},
    {"unref", port_method, 0, METHOD_UNREF},
    {"hasRef", has_ref, 0, 0},
};
const NodeBinding node_binding_messaging = {"messaging", methods, ARRAY_LEN(methods), NULL};
