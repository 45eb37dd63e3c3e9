// SPDX-License-Identifier: MIT
// What structured clone asks of Node: DataCloneErrors, and classes written in JavaScript that know how to be cloned. Such a class has a
// method [clone] (lib/internal/clone_symbols.js) on its prototype, which returns { data, deserializeInfo: 'module:Export' }; the other
// side makes an Export and calls its [deserialize](data). A [clone] of null says that objects of the class must not be cloned.
// Tests: tests/threads/clone/.
#include "node/bindings/stream_wrap.h"
#include "node/node_internal.h"
#include "threads/message_port.h"

static void throw_data_clone_error(Isolate *iso, const char *message) {
  Value constructor = node_builtin_export(iso, "internal/dom_exception", "DOMException");
  if (!constructor) return;
  Value text = binding_string(iso, message), name = binding_string(iso, "DataCloneError");
  if (!text || !name) return;
  Value error = construct(iso, constructor, 2, (Value[]){text, name}, constructor);
  if (error) throw_value(iso, error);
}

static PropertyKey symbol_key(const NodeState *node, enum NodeCallback which) {
  Value symbol = node->callbacks[which];
  return value_is_symbol(symbol) ? key_from_cell(value_cell(symbol)) : NULL; // NULL: no class can have it yet
}

static Tri has_transfer_method(Isolate *iso, JSObject *o) {
  const NodeState *node = node_of(iso);
  PropertyKey key = node ? symbol_key(node, TRANSFER_SYMBOL) : NULL;
  if (!key) return TRI_NO;
  Value method = TRY(obj_get(iso, o, key));
  return value_is_callable(method) ? TRI_YES : TRI_NO;
}

static Tri write_object(Isolate *iso, JSObject *o, Value *type, Value *data) {
  NodeState *node = node_of(iso);
  if (node_is_port(value_from_object(o))) {
    throw_data_clone_error(iso, "Object that needs transfer was found in message but not listed in transferList");
    return TRI_FAIL;
  }
  if (TRY(has_transfer_method(iso, o)) == TRI_YES) {
    throw_data_clone_error(iso, "Object that needs transfer was found in message but not listed in transferList");
    return TRI_FAIL;
  }
  PropertyKey clone = node ? symbol_key(node, CLONE_SYMBOL) : NULL;
  if (!clone) return TRI_NO;
  Value method = TRY(obj_get(iso, o, clone));
  if (value_is_undefined(method)) return TRI_NO;
  if (!value_is_callable(method)) {
    throw_data_clone_error(iso, "Cannot clone object of unsupported type.");
    return TRI_FAIL;
  }
  Value result = TRY(CALL0(iso, method, value_from_object(o)));
  JSObject *parts = TRY(require_object(iso, result, "clone"));
  *data = TRY(obj_get(iso, parts, TRY(key_from_cstring(iso, "data"))));
  *type = TRY(obj_get(iso, parts, TRY(key_from_cstring(iso, "deserializeInfo"))));
  return TRI_YES;
}

static Value read_object(Isolate *iso, Value type, Value data) {
  PropertyKey deserialize = symbol_key(node_of(iso), DESERIALIZE_SYMBOL);
  const char *info = TRY(binding_utf8(iso, type, NULL));
  const char *colon = strchr(info, ':');
  char module[128];
  if (!colon || (size_t)(colon - info) >= sizeof module) return THROW(iso, TYPE, "Invalid deserializeInfo"), VALUE_FAIL;
  memcpy(module, info, (size_t)(colon - info));
  module[colon - info] = 0;
  Value constructor = TRY(node_builtin_export(iso, module, colon + 1));
  if (!deserialize) deserialize = TRY(symbol_key(node_of(iso), DESERIALIZE_SYMBOL)); // the module has just been loaded
  Value v = TRY(construct(iso, constructor, 0, NULL, constructor));
  Value method = TRY(get_v(iso, v, deserialize));
  TRY(CALL1(iso, method, v, data));
  return v;
}

// ---- Message ports, sockets and servers move ----

// What moves of a socket is its descriptor; -1: it could not be had.
static void *item_from_descriptor(int fd) { return (void *)(intptr_t)(fd + 2); }
static int descriptor_of_item(void *item) { return (int)(intptr_t)item - 2; }
static void release_descriptor(void *item) {
  if (descriptor_of_item(item) >= 0) node_file_abandoned(descriptor_of_item(item));
}

static const TransferKind socket_kind = {"Socket", release_descriptor}, server_kind = {"Server", release_descriptor};

// object[transfer](isNow): the stream, which with isNow is the object's no longer; or it throws. Runs JS.
static Value transfer_call(Isolate *iso, JSObject *o, bool is_now) {
  PropertyKey key = symbol_key(node_of(iso), TRANSFER_SYMBOL);
  Value method = TRY(obj_get(iso, o, key));
  return CALL1(iso, method, value_from_object(o), value_from_bool(is_now));
}

static Tri begin_transfer(Isolate *iso, JSObject *o, const TransferKind **kind) {
  if (TRY(has_transfer_method(iso, o)) == TRI_YES) {
    TRY(transfer_call(iso, o, false));
    Value is_server = TRY(obj_get(iso, o, TRY(key_from_cstring(iso, "listening"))));
    *kind = is_server == VALUE_TRUE ? &server_kind : &socket_kind;
    return TRI_YES;
  }
  if (!node_is_port(value_from_object(o))) return TRI_NO;
  if (!node_port_of(value_from_object(o))) {
    throw_data_clone_error(iso, "MessagePort in transfer list is already detached");
    return TRI_FAIL;
  }
  *kind = &port_transfer_kind;
  return TRI_YES;
}

static void *commit_transfer(Isolate *iso, JSObject *o) {
  if (node_is_port(value_from_object(o))) return node_port_detach(value_from_object(o));
  Value stream = transfer_call(iso, o, true);
  NodeStream *s = stream ? node_stream_of(iso, stream) : NULL;
  int fd = s ? node_stream_detach(s) : -1;
  if (isolate_has_exception(iso) && !iso->terminating)
    (void)isolate_take_exception(iso); // getters have taken the stream away since
  return item_from_descriptor(MAX(fd, -1));
}

static Value receive_socket(Isolate *iso, const TransferKind *kind, int fd) {
  if (fd < 0) return throw_uv_error(iso, UV_EBADF, "open", NULL, NULL), VALUE_FAIL;
  Value stream = node_stream_from_socket(iso, fd);
  if (!stream) {
    node_file_abandoned(fd);
    return VALUE_FAIL;
  }
  Value receive = TRY(node_builtin_export(iso, "internal/net/transfer", "receive"));
  return CALL2(iso, receive, VALUE_UNDEFINED, stream, value_from_bool(kind == &server_kind));
}

static Value receive_transfer(Isolate *iso, const TransferKind *kind, void *item) {
  if (kind == &port_transfer_kind) return node_port_wrap(iso, item);
  return receive_socket(iso, kind, descriptor_of_item(item));
}

const CloneCalls node_clone_calls = {
    .throw_data_clone_error = throw_data_clone_error,
    .write_object = write_object,
    .read_object = read_object,
    .begin_transfer = begin_transfer,
    .commit_transfer = commit_transfer,
    .receive_transfer = receive_transfer,
};
