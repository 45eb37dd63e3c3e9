// SPDX-License-Identifier: MIT
// structuredClone, and the halves of v8.Serializer and v8.Deserializer (lib/v8.js) that know the bytes. A handle holds a CloneWriter or
// CloneReader; the JavaScript object that it serves is asked for host objects and errors by the names that Node gave its methods.
// Tests: tests/threads/clone/, tests/node/v8.js.
#include "node/node_internal.h"
#include "vm/memory_access.h"
#include "runtime/indexed/typed_array.h"
#include "threads/clone_reader.h"

static void *throw_with_code(Isolate *iso, const char *code, const char *message) {
  throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "%s", message);
  Value error = isolate_take_exception(iso);
  TRY(binding_set_string(iso, value_object(error), "code", code));
  return throw_value(iso, error);
}

// ---- structuredClone(value, options) ----

static ValueArray *transfer_list(Isolate *iso, Value options) {
  ValueArray *none = TRY(value_array_new(iso, 0));
  if (value_is_nullish(options)) return none;
  if (!value_is_object(options)) {
    return throw_with_code(iso, "ERR_INVALID_ARG_TYPE",
                           "Failed to execute 'structuredClone': Options cannot be converted to a dictionary");
  }
  Value transfer = TRY(obj_get(iso, value_object(options), TRY(key_from_cstring(iso, "transfer"))));
  if (value_is_undefined(transfer)) return none;
  Value method = VALUE_UNDEFINED;
  if (value_is_object(transfer)) method = TRY(get_method(iso, transfer, SYM(iterator)));
  if (value_is_undefined(method)) {
    return throw_with_code(iso, "ERR_INVALID_ARG_TYPE",
                           "Failed to execute 'structuredClone': transfer in Options cannot be converted to sequence.");
  }
  JSObject *list = TRY(iterable_to_list(iso, transfer, method));
  ValueArray *values = TRY(value_array_new(iso, array_length(list)));
  for (u32 i = 0; i < values->count; i++) {
    Value v = list_get(list, i);
    if (!v || !value_is_object(v)) {
      String *text = TRY(str_new_format(iso, "Failed to execute 'structuredClone': transfer in Options[%u] is not an object.", i));
      return throw_with_code(iso, "ERR_INVALID_ARG_TYPE", error_text_of_string(iso, text));
    }
    slot_set(iso, values, &values->values[i], v);
  }
  return values;
}

static Value structured_clone(Isolate *iso, const Call *call) {
  if (!call->argc) {
    return throw_with_code(iso, "ERR_MISSING_ARGS", "The \"The value argument must be specified\" argument must be specified");
  }
  if (LIKELY(call->argc == 1 || value_is_undefined(call->args[1]))) return clone_value(iso, call->args[0], NULL, 0);
  ValueArray *transfer = TRY(transfer_list(iso, call->args[1]));
  return clone_value(iso, call->args[0], (const Value *)(const void *)transfer->values, (u32)transfer->count);
}

// ---- mark(object, marks), isMarked(object, mark): enum CloneMark ----

static Value serdes_mark(Isolate *iso, const Call *call) {
  i32 mark;
  TRY(binding_int(iso, call_arg(call, 1), &mark));
  if (value_is_object(call_arg(call, 0))) clone_mark(iso, value_object(call->args[0]), (enum CloneMark)(mark & 3));
  return VALUE_UNDEFINED;
}

static Value serdes_is_marked(Isolate *iso, const Call *call) {
  i32 mark;
  TRY(binding_int(iso, call_arg(call, 1), &mark));
  return value_from_bool(value_is_object(call_arg(call, 0)) &&
                         clone_is_marked(iso, value_object(call->args[0]), (enum CloneMark)mark));
}

// ---- What both halves share ----

typedef struct Transferred {
  u32 id;
  JSArrayBuffer *buffer;
} Transferred;
typedef VEC(Transferred) TransferredList;

static void trace_transferred(GcTracer *tracer, const TransferredList *list) {
  for (u32 i = 0; i < list->len; i++) gc_trace_cell(tracer, list->data[i].buffer);
}

static bool add_transferred(Isolate *iso, JSHostObject *handle, TransferredList *list, const Call *call, bool shared_too) {
  Value v = call_arg(call, 2);
  u32 id;
  TRY(to_uint32(iso, call_arg(call, 1), &id));
  bool fits = value_is_kind(v, KIND_ARRAY_BUFFER) || (shared_too && value_is_kind(v, KIND_SHARED_ARRAY_BUFFER));
  if (!fits) {
    return throw_with_code(iso, "ERR_INVALID_ARG_TYPE",
                           shared_too ? "arrayBuffer must be an ArrayBuffer or SharedArrayBuffer"
                                      : "arrayBuffer must be an ArrayBuffer");
  }
  vec_push(list, ((Transferred){id, (JSArrayBuffer *)value_object(v)}));
  gc_barrier(heap_of(iso), &handle->object.cell);
  return true;
}

// Slot 0 of a handle: the object of JavaScript that it serves.
static Value method_of(Isolate *iso, JSHostObject *handle, const char *name) {
  return obj_get(iso, value_object(slot_get(&handle->values[0])), TRY(key_from_cstring(iso, name)));
}

static JSHostObject *handle_arg(Isolate *iso, const Call *call, const HostClass *class) {
  Value v = call_arg(call, 0);
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "Illegal invocation");
}

static u8 *view_bytes(Isolate *iso, Value v, const char *name, size_t *size) {
  if (value_is_kind(v, KIND_TYPED_ARRAY) || value_is_kind(v, KIND_DATA_VIEW)) return binding_bytes(iso, v, size);
  String *text = TRY(str_new_format(iso, "%s must be a TypedArray or a DataView", name));
  return throw_with_code(iso, "ERR_INVALID_ARG_TYPE", error_text_of_string(iso, text));
}

// ---- Serializer ----

typedef struct Serializer {
  CloneWriter writer;
  JSHostObject *handle;
  TransferredList transferred;
} Serializer;

static void trace_serializer(GcTracer *tracer, Cell *cell) {
  Serializer *s = ((JSHostObject *)cell)->data;
  if (!s) return;
  clone_writer_trace(&s->writer, tracer);
  trace_transferred(tracer, &s->transferred);
}

static void finalize_serializer(Heap *heap, Cell *cell) {
  (void)heap;
  Serializer *s = ((JSHostObject *)cell)->data;
  if (!s) return;
  message_free(s->writer.message);
  vec_free(&s->transferred);
  base_free(s);
}

static const HostClass serializer_class = {.name = "Serializer", .trace = trace_serializer, .finalize = finalize_serializer};

static void serializer_throw(CloneWriter *w, const char *message) {
  Serializer *s = w->delegate_data;
  Value make = method_of(w->iso, s->handle, "_getDataCloneError"), text = make ? binding_string(w->iso, message) : VALUE_FAIL;
  Value error = text ? CALL1(w->iso, make, slot_get(&s->handle->values[0]), text) : VALUE_FAIL;
  if (error) throw_value(w->iso, error);
}

static bool serializer_host_object(CloneWriter *w, JSObject *o) {
  Serializer *s = w->delegate_data;
  Value method = TRY(method_of(w->iso, s->handle, "_writeHostObject"));
  if (!value_is_callable(method)) return clone_throw_not_cloneable(w, value_from_object(o));
  return CALL1(w->iso, method, slot_get(&s->handle->values[0]), value_from_object(o)) != VALUE_FAIL;
}

static bool serializer_shared_id(CloneWriter *w, JSArrayBuffer *b, u32 *id) {
  Serializer *s = w->delegate_data;
  Value method = TRY(method_of(w->iso, s->handle, "_getSharedArrayBufferId"));
  if (!value_is_callable(method)) return clone_throw_not_cloneable(w, value_from_object(b));
  Value v = TRY(CALL1(w->iso, method, slot_get(&s->handle->values[0]), value_from_object(b)));
  return to_uint32(w->iso, v, id);
}

static bool serializer_transferred_id(CloneWriter *w, JSArrayBuffer *b, u32 *id) {
  const Serializer *s = w->delegate_data;
  for (u32 i = 0; i < s->transferred.len; i++) {
    if (s->transferred.data[i].buffer != b) continue;
    *id = s->transferred.data[i].id;
    return true;
  }
  return false;
}

static const CloneWriteDelegate serializer_delegate = {
    .write_host_object = serializer_host_object,
    .shared_buffer_id = serializer_shared_id,
    .transferred_buffer_id = serializer_transferred_id,
    .throw_data_clone_error = serializer_throw,
};

// serializer(object): a handle
static Value serializer_new(Isolate *iso, const Call *call) {
  JSObject *self = TRY(require_object(iso, call_arg(call, 0), "Serializer"));
  JSHostObject *handle = TRY(host_object_new(iso, &serializer_class, VALUE_NULL, NULL));
  slot_set(iso, handle, &handle->values[0], value_from_object(self));
  Message *message = message_new();
  if (!message) return throw_out_of_memory(iso), VALUE_FAIL;
  Serializer *s = base_alloc_zeroed(sizeof *s);
  clone_writer_init(&s->writer, iso, CLONE_WIRE, message);
  s->writer.delegate = &serializer_delegate;
  s->writer.delegate_data = s;
  s->writer.owner = &handle->object.cell;
  s->handle = handle;
  handle->data = s;
  return value_from_object(handle);
}

static Serializer *serializer_arg(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(handle_arg(iso, call, &serializer_class));
  return handle->data;
}

static Value serializer_done(bool ok) { return ok ? VALUE_TRUE : VALUE_FAIL; }

static Value write_header(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  return serializer_done(clone_write_header(&s->writer));
}

static Value write_value(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  return serializer_done(clone_write_value(&s->writer, call_arg(call, 1)));
}

static Value write_uint32(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  u32 u;
  TRY(to_uint32(iso, call_arg(call, 1), &u));
  return serializer_done(clone_write_u32(&s->writer, u));
}

static Value write_uint64(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  u32 high, low;
  TRY(to_uint32(iso, call_arg(call, 1), &high));
  TRY(to_uint32(iso, call_arg(call, 2), &low));
  return serializer_done(clone_write_u64(&s->writer, (u64)high << 32 | low));
}

static Value write_double(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  double d;
  TRY(to_double(iso, call_arg(call, 1), &d));
  return serializer_done(clone_write_double(&s->writer, d));
}

static Value write_raw_bytes(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  size_t size;
  const u8 *bytes = TRY(view_bytes(iso, call_arg(call, 1), "source", &size));
  bytes = TRY(binding_steady(iso, call->args[1], bytes, size));
  return serializer_done(clone_write_bytes(&s->writer, bytes, size));
}

static Value transfer_out(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  return serializer_done(add_transferred(iso, s->handle, &s->transferred, call, false));
}

static Value set_views_as_host_objects(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  s->writer.views_as_host_objects = to_boolean(iso, call_arg(call, 1));
  return VALUE_UNDEFINED;
}

// The bytes so far as a Uint8Array; the next ones begin anew.
static Value release_buffer(Isolate *iso, const Call *call) {
  Serializer *s = TRY(serializer_arg(iso, call));
  clone_writer_finish(&s->writer);
  Message *message = s->writer.message;
  JSTypedArray *bytes = TRY(binding_uint8_array(iso, message->size));
  if (message->size) memcpy(bytes->data, message->bytes, message->size);
  message->size = 0;
  s->writer.at = message->bytes;
  return value_from_object(bytes);
}

// ---- Deserializer ----

typedef struct Deserializer {
  CloneReader reader;
  JSHostObject *handle;
  BackingStore *store; // keeps the bytes, whatever becomes of the buffer
  TransferredList transferred;
} Deserializer;

static void trace_deserializer(GcTracer *tracer, Cell *cell) {
  Deserializer *d = ((JSHostObject *)cell)->data;
  if (!d) return;
  clone_reader_trace(&d->reader, tracer);
  trace_transferred(tracer, &d->transferred);
}

static void finalize_deserializer(Heap *heap, Cell *cell) {
  (void)heap;
  Deserializer *d = ((JSHostObject *)cell)->data;
  if (!d) return;
  backing_store_release(d->store);
  vec_free(&d->transferred);
  base_free(d);
}

static const HostClass deserializer_class = {
    .name = "Deserializer", .trace = trace_deserializer, .finalize = finalize_deserializer};

static Value deserializer_host_object(CloneReader *r) {
  Deserializer *d = r->delegate_data;
  Value method = TRY(method_of(r->iso, d->handle, "_readHostObject"));
  return value_is_callable(method) ? CALL0(r->iso, method, slot_get(&d->handle->values[0])) : VALUE_FAIL;
}

static JSArrayBuffer *deserializer_transferred(CloneReader *r, u32 id) {
  const Deserializer *d = r->delegate_data;
  for (u32 i = d->transferred.len; i-- > 0;) {
    if (d->transferred.data[i].id == id) return d->transferred.data[i].buffer;
  }
  return NULL;
}

static const CloneReadDelegate deserializer_delegate = {
    .read_host_object = deserializer_host_object,
    .transferred_buffer = deserializer_transferred,
};

// What keeps the bytes of a view: a reference to its store, or to a copy if other threads may write it meanwhile. NULL: thrown.
static BackingStore *store_of_view(Isolate *iso, Value v, const u8 **bytes, size_t size) {
  const JSArrayBuffer *b = value_is_kind(v, KIND_TYPED_ARRAY) ? ref_get(((JSTypedArray *)value_object(v))->buffer)
                                                              : ref_get(((JSDataView *)value_object(v))->buffer);
  if (b->store && !b->store->shared) return backing_store_retain(b->store);
  BackingStore *copy = backing_store_new(size, 0, false, false);
  if (!copy) return THROW(iso, ARRAY_BUFFER_ALLOCATION);
  memory_copy_shared(copy->data, *bytes, size);
  *bytes = copy->data;
  return copy;
}

// deserializer(object, view): a handle
static Value deserializer_new(Isolate *iso, const Call *call) {
  JSObject *self = TRY(require_object(iso, call_arg(call, 0), "Deserializer"));
  size_t size;
  const u8 *bytes = TRY(view_bytes(iso, call_arg(call, 1), "buffer", &size));
  JSHostObject *handle = TRY(host_object_new(iso, &deserializer_class, VALUE_NULL, NULL));
  slot_set(iso, handle, &handle->values[0], value_from_object(self));
  BackingStore *store = TRY(store_of_view(iso, call->args[1], &bytes, size));
  Deserializer *d = base_alloc_zeroed(sizeof *d);
  clone_reader_init(&d->reader, iso, CLONE_WIRE, NULL);
  clone_reader_set_bytes(&d->reader, bytes, size);
  d->reader.delegate = &deserializer_delegate;
  d->reader.delegate_data = d;
  d->reader.owner = &handle->object.cell;
  d->store = store;
  d->handle = handle;
  handle->data = d;
  return value_from_object(handle);
}

static Deserializer *deserializer_arg(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(handle_arg(iso, call, &deserializer_class));
  return handle->data;
}

static Value read_header(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  return clone_read_header(&d->reader) ? VALUE_TRUE : VALUE_FAIL;
}

static Value read_value(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  return clone_read_value(&d->reader);
}

static Value get_version(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  return value_from_u32(d->reader.version);
}

static void *throw_read_failed(Isolate *iso, const char *what) {
  return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "%s() failed", what);
}

static Value read_uint32(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  u32 u;
  if (!clone_read_u32(&d->reader, &u)) return throw_read_failed(iso, "ReadUint32"), VALUE_FAIL;
  return value_from_u32(u);
}

static Value read_uint64(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  u64 u;
  if (!clone_read_u64(&d->reader, &u)) return throw_read_failed(iso, "ReadUint64"), VALUE_FAIL;
  Value pair[] = {value_from_u32((u32)(u >> 32)), value_from_u32((u32)u)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static Value read_double(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  double number;
  if (!clone_read_double(&d->reader, &number)) return throw_read_failed(iso, "ReadDouble"), VALUE_FAIL;
  return value_from_untrusted_double(number);
}

// Where the bytes begin in the buffer.
static Value read_raw_bytes(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  double size;
  TRY(to_integer_or_infinity(iso, call_arg(call, 1), &size));
  const u8 *bytes = size >= 0 && size <= 9e15 ? clone_read_bytes(&d->reader, (size_t)size) : NULL;
  if (!bytes) return throw_read_failed(iso, "ReadRawBytes"), VALUE_FAIL;
  return value_from_double((double)(bytes - d->reader.start));
}

static Value transfer_in(Isolate *iso, const Call *call) {
  Deserializer *d = TRY(deserializer_arg(iso, call));
  TRY(add_transferred(iso, d->handle, &d->transferred, call, true));
  return VALUE_UNDEFINED;
}

// ---- serialize(value, Buffer), deserialize(view, Buffer): the default classes without their objects ----

enum { VIEW_NUMBER_DATA_VIEW = 9, VIEW_NUMBER_BUFFER = 10, VIEW_NUMBERS = 14 };
// By the numbers that Node gave the types of views; ELEMENT_TYPE_COUNT: none of an element type.
static const u8 view_element_types[VIEW_NUMBERS] = {
    TYPED_INT8,    TYPED_UINT8,   TYPED_UINT8_CLAMPED, TYPED_INT16, TYPED_UINT16,    TYPED_INT32,      TYPED_UINT32,
    TYPED_FLOAT32, TYPED_FLOAT64, ELEMENT_TYPE_COUNT,  TYPED_UINT8, TYPED_BIG_INT64, TYPED_BIG_UINT64, TYPED_FLOAT16,
};

static void throw_plain_error(CloneWriter *w, const char *message) {
  throw_error_message(w->iso, INTRINSIC_ERROR_PROTOTYPE, "%s", message);
}

static bool write_default_view(CloneWriter *w, JSObject *o) {
  if (o->cell.kind == KIND_HOST_OBJECT) return clone_throw_not_cloneable(w, value_from_object(o));
  Value constructor = TRY(obj_get(w->iso, o, ATOM(constructor)));
  u32 number = VIEW_NUMBER_DATA_VIEW;
  if (constructor == *(Value *)w->delegate_data) {
    number = VIEW_NUMBER_BUFFER;
  } else if (o->cell.kind == KIND_TYPED_ARRAY) {
    number = 0;
    while (number == VIEW_NUMBER_BUFFER || view_element_types[number] != ((JSTypedArray *)o)->element_type) number++;
  }
  size_t size;
  const u8 *bytes = TRY(binding_bytes(w->iso, value_from_object(o), &size));
  bytes = TRY(binding_steady(w->iso, value_from_object(o), bytes, size));
  TRY(clone_write_u32(w, number));
  TRY(clone_write_u32(w, (u32)size));
  return clone_write_bytes(w, bytes, size);
}

static const CloneWriteDelegate default_write_delegate = {.write_host_object = write_default_view,
                                                          .throw_data_clone_error = throw_plain_error};

static Value new_buffer(Isolate *iso, Value buffer_constructor, JSArrayBuffer *b, u64 offset, u64 size) {
  Value proto = TRY(get_v(iso, buffer_constructor, ATOM(prototype)));
  return value_from_object(TRY(typed_array_new(iso, TYPED_UINT8, proto, b, offset, size, false)));
}

static Value serialize_by_default(Isolate *iso, const Call *call) {
  Value constructor = call_arg(call, 1), result = VALUE_FAIL;
  CloneWriter w;
  u64 memory[MESSAGE_DRAFT / sizeof(u64)];
  Message *message = message_draft(memory);
  clone_writer_init(&w, iso, CLONE_WIRE, message);
  w.delegate = &default_write_delegate;
  w.delegate_data = &constructor;
  w.views_as_host_objects = true;
  if (clone_write_header(&w) && clone_write_value(&w, call_arg(call, 0))) {
    clone_writer_finish(&w);
    JSArrayBuffer *b = allocate_array_buffer(iso, VALUE_UNDEFINED, message->size, NULL);
    if (b) memcpy(b->store->data, message->bytes, message->size);
    if (b) result = new_buffer(iso, constructor, b, 0, message->size);
  }
  message_clear(message);
  return result;
}

typedef struct DefaultSource { // what a deserialisation reads from
  Value buffer_constructor;
  JSArrayBuffer *buffer;
  u64 offset; // of the first byte there
} DefaultSource;

// A view of the source itself when the bytes are aligned, else of a copy.
static Value read_default_view(CloneReader *r) {
  const DefaultSource *source = r->delegate_data;
  u32 number, size;
  if (!clone_read_u32(r, &number) || !clone_read_u32(r, &size)) return throw_read_failed(r->iso, "ReadUint32"), VALUE_FAIL;
  const u8 *bytes = clone_read_bytes(r, size);
  if (!bytes) return throw_read_failed(r->iso, "ReadRawBytes"), VALUE_FAIL;
  if (number >= VIEW_NUMBERS) return clone_throw_bad_data(r), VALUE_FAIL;
  u64 offset = source->offset + (u64)(bytes - r->start);
  if (number == VIEW_NUMBER_BUFFER) return new_buffer(r->iso, source->buffer_constructor, source->buffer, offset, size);
  u32 type = view_element_types[number], width = type == ELEMENT_TYPE_COUNT ? 1 : element_size(type);
  if (size % width) return clone_throw_bad_data(r), VALUE_FAIL;
  JSArrayBuffer *b = source->buffer;
  if (offset % width) {
    b = TRY(allocate_array_buffer(r->iso, VALUE_UNDEFINED, size, NULL));
    memcpy(b->store->data, bytes, size);
    offset = 0;
  }
  if (type != ELEMENT_TYPE_COUNT) {
    Value proto = intrinsic(r->iso, typed_array_prototype_intrinsic(type));
    return value_from_object(TRY(typed_array_new(r->iso, type, proto, b, offset, size / width, false)));
  }
  Value args[] = {value_from_object(b), value_from_double((double)offset), value_from_u32(size)};
  Value constructor = intrinsic(r->iso, INTRINSIC_DATA_VIEW);
  return construct(r->iso, constructor, 3, args, constructor);
}

static const CloneReadDelegate default_read_delegate = {.read_host_object = read_default_view};

static Value deserialize_by_default(Isolate *iso, const Call *call) {
  size_t size;
  Value view = call_arg(call, 0);
  const u8 *bytes = TRY(view_bytes(iso, view, "buffer", &size));
  bytes = TRY(binding_steady(iso, view, bytes, size));
  bool is_typed = value_is_kind(view, KIND_TYPED_ARRAY);
  DefaultSource source = {
      .buffer_constructor = call_arg(call, 1),
      .buffer =
          is_typed ? ref_get(((JSTypedArray *)value_object(view))->buffer) : ref_get(((JSDataView *)value_object(view))->buffer),
      .offset = is_typed ? ((JSTypedArray *)value_object(view))->byte_offset : ((JSDataView *)value_object(view))->byte_offset,
  };
  CloneReader r;
  clone_reader_init(&r, iso, CLONE_WIRE, NULL);
  clone_reader_set_bytes(&r, bytes, size);
  r.delegate = &default_read_delegate;
  r.delegate_data = &source;
  TRY(clone_read_header(&r));
  return clone_read_value(&r); // no JavaScript runs meanwhile: the bytes stay where they are
}

static const NativeMethod methods[] = {
    {"serialize", serialize_by_default, 2, 0},   {"deserialize", deserialize_by_default, 2, 0},
    {"structuredClone", structured_clone, 2, 0}, {"mark", serdes_mark, 2, 0},
    {"isMarked", serdes_is_marked, 2, 0},        {"serializer", serializer_new, 1, 0},
    {"writeHeader", write_header, 1, 0},         {"writeValue", write_value, 2, 0},
    {"writeUint32", write_uint32, 2, 0},         {"writeUint64", write_uint64, 3, 0},
    {"writeDouble", write_double, 2, 0},         {"writeRawBytes", write_raw_bytes, 2, 0},
    {"transferOut", transfer_out, 3, 0},         {"setViewsAsHostObjects", set_views_as_host_objects, 2, 0},
    {"releaseBuffer", release_buffer, 1, 0},     {"deserializer", deserializer_new, 2, 0},
    {"readHeader", read_header, 1, 0},           {"readValue", read_value, 1, 0},
    {"getVersion", get_version, 1, 0},           {"readUint32", read_uint32, 1, 0},
    {"readUint64", read_uint64, 1, 0},           {"readDouble", read_double, 1, 0},
    {"readRawBytes", read_raw_bytes, 2, 0},      {"transferIn", transfer_in, 3, 0},
};
const NodeBinding node_binding_serdes = {"serdes", methods, ARRAY_LEN(methods), NULL};
