// SPDX-License-Identifier: MIT
// Writing what is neither primitive nor plain object nor array: boxed primitives, dates, RegExps, maps, sets, errors, buffers and their
// views, and objects of the floors above.
// Tests: tests/unit/threads/test_clone.c, tests/threads/clone/.
#include "threads/clone_format.h"
#include "threads/clone_writer.h"
#include "vm/bigint.h"
#include "vm/kinds.h"
#include "vm/memory_access.h"

enum { STORE_COPY_MIN = 1024 }; // buffers from this size on are copied into a store of the receiver's, once

static bool write_wrapper(CloneWriter *w, JSObject *o) {
  Value v = slot_get(&((const JSPrimitiveWrapper *)o)->primitive);
  if (value_is_boolean(v)) return clone_write_tag(w, v == VALUE_TRUE ? TAG_TRUE_OBJECT : TAG_FALSE_OBJECT);
  if (value_is_number(v)) return clone_write_tag_double(w, TAG_NUMBER_OBJECT, value_number(v));
  if (value_is_bigint(v)) return clone_write_bigint(w, TAG_BIGINT_OBJECT, value_bigint(v));
  return clone_throw_not_cloneable(w, value_from_object(o));
}

static bool write_string_object(CloneWriter *w, const JSObject *o) {
  TRY(clone_write_tag(w, TAG_STRING_OBJECT));
  return clone_write_string(w, value_string(slot_get(&((const JSPrimitiveWrapper *)o)->primitive)));
}

static u32 wire_regexp_flags(const String *flags) {
  u32 bits = 0;
  for (u32 i = 0; i < flags->length; i++) {
    u16 c = str_char_at_flat(flags, i);
    for (u32 bit = 0; bit < sizeof WIRE_REGEXP_FLAGS - 1; bit++) {
      if (c && WIRE_REGEXP_FLAGS[bit] == (char)c) bits |= 1u << bit;
    }
  }
  return bits;
}

static bool write_regexp(CloneWriter *w, JSRegExp *r) {
  if (w->mode == CLONE_LOCAL) {
    TRY(cell_list_push(w->iso, &w->cells, r));
    return clone_write_tag(w, TAG_REGEXP_CELL);
  }
  TRY(clone_write_tag(w, TAG_REGEXP));
  TRY(clone_write_string(w, ref_get(r->source)));
  return clone_write_u32(w, wire_regexp_flags(TRY(str_flatten(w->iso, ref_get(r->flags)))));
}

// ---- Maps and sets: what is in them now, whatever getters do to them meanwhile ----

static bool write_collection(CloneWriter *w, const JSMap *map, bool is_set) {
  HashTable *table = ref_get(map->table);
  u32 count = table ? table->count : 0, n = 0, per_entry = is_set ? 1 : 2;
  ValueArray *snapshot = TRY(value_array_new(w->iso, (u64)count * per_entry));
  const HashEntry *entries = count ? hash_table_entries(table) : NULL;
  for (u32 i = 0; count && i < table->used; i++) {
    if (slot_get(&entries[i].key) == VALUE_EMPTY) continue;
    slot_init(&snapshot->values[n++], slot_get(&entries[i].key));
    if (!is_set) slot_init(&snapshot->values[n++], slot_get(&entries[i].value));
  }
  gc_barrier(heap_of(w->iso), &snapshot->cell);
  TRY(clone_write_tag(w, is_set ? TAG_SET : TAG_MAP));
  for (u32 i = 0; i < n; i++) {
    TRY(clone_writer_step(w));
    TRY(clone_write_value(w, slot_get(&snapshot->values[i])));
  }
  return clone_write_tag_number(w, is_set ? TAG_SET_END : TAG_MAP_END, n);
}

// ---- Errors ----

static bool write_error_prototype(CloneWriter *w, JSObject *o) {
  static const struct {
    const char *name;
    u8 tag;
  } names[] = {
      {"EvalError", ERROR_EVAL},     {"RangeError", ERROR_RANGE}, {"ReferenceError", ERROR_REFERENCE},
      {"SyntaxError", ERROR_SYNTAX}, {"TypeError", ERROR_TYPE},   {"URIError", ERROR_URI},
  };
  Value v = TRY(obj_get(w->iso, o, ATOM(name)));
  String *name = TRY(to_string(w->iso, v));
  name = TRY(str_flatten(w->iso, name));
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    if (str_equals_ascii(name, names[i].name)) return clone_write_tag(w, names[i].tag);
  }
  return true;
}

static bool write_error(CloneWriter *w, JSObject *o) {
  PropertyDescriptor message, cause;
  Tri has_message = TRY(obj_get_own_property(w->iso, o, ATOM(message), &message));
  Tri has_cause = TRY(obj_get_own_property(w->iso, o, ATOM(cause), &cause));
  TRY(clone_write_tag(w, TAG_ERROR));
  TRY(write_error_prototype(w, o));
  if (has_message == TRI_YES && message.has & HAS_VALUE) {
    String *text = TRY(to_string(w->iso, message.value));
    TRY(clone_write_tag(w, ERROR_MESSAGE));
    TRY(clone_write_string(w, text));
  }
  Value stack = TRY(obj_get(w->iso, o, ATOM(stack)));
  if (value_is_string(stack)) {
    TRY(clone_write_tag(w, ERROR_STACK));
    TRY(clone_write_string(w, value_string(stack)));
  }
  if (has_cause == TRI_YES && cause.has & HAS_VALUE) {
    TRY(clone_write_tag(w, ERROR_CAUSE));
    TRY(clone_write_value(w, cause.value));
  }
  return clone_write_tag(w, ERROR_END);
}

// ---- Buffers ----

static bool write_shared_buffer(CloneWriter *w, JSArrayBuffer *b) {
  if (w->mode != CLONE_WIRE) {
    return clone_write_tag_number(w, TAG_STORE, message_add_store(w->message, backing_store_retain(b->store)));
  }
  if (!w->delegate || !w->delegate->shared_buffer_id) return clone_throw_not_cloneable(w, value_from_object(b));
  u32 id;
  TRY(w->delegate->shared_buffer_id(w, b, &id));
  return clone_write_tag_number(w, TAG_SHARED_ARRAY_BUFFER, id);
}

// A large buffer is copied once, into memory that the receiver takes over.
static bool write_store_copy(CloneWriter *w, const JSArrayBuffer *b, u64 length) {
  bool resizable = b->flags & BUFFER_RESIZABLE;
  BackingStore *store =
      resizable ? backing_store_new(length, b->store->max_byte_length, false, true) : backing_store_new_to_fill(length);
  if (!store) return clone_throw_data_clone_error(w, "Data cannot be cloned, out of memory.");
  if (!memory_copy_polling(w->iso, store->data, b->store->data, (size_t)length, false) || !clone_poll(w)) {
    backing_store_release(store);
    return false;
  }
  return clone_write_tag_number(w, TAG_STORE, message_add_store(w->message, store));
}

static bool write_buffer(CloneWriter *w, JSArrayBuffer *b) {
  if (array_buffer_is_shared(b)) return write_shared_buffer(w, b);
  u32 id;
  if (w->delegate && w->delegate->transferred_buffer_id && w->delegate->transferred_buffer_id(w, b, &id)) {
    return clone_write_tag_number(w, TAG_TRANSFERRED_ARRAY_BUFFER, id);
  }
  if (!b->store) return clone_throw_data_clone_error(w, "An ArrayBuffer is detached and could not be cloned.");
  u64 length = array_buffer_byte_length(b), most = b->store->max_byte_length;
  bool resizable = b->flags & BUFFER_RESIZABLE;
  if (w->mode != CLONE_WIRE && (length >= STORE_COPY_MIN || most > UINT32_MAX)) return write_store_copy(w, b, length);
  if (length > UINT32_MAX || (resizable && most > UINT32_MAX)) return clone_throw_not_cloneable(w, value_from_object(b));
  TRY(clone_write_tag_number(w, resizable ? TAG_RESIZABLE_ARRAY_BUFFER : TAG_ARRAY_BUFFER, (u32)length));
  if (resizable) TRY(clone_write_u32(w, (u32)most));
  return clone_write_bytes(w, b->store->data, (size_t)length);
}

static JSArrayBuffer *buffer_of_view(const JSObject *view) {
  return view->cell.kind == KIND_TYPED_ARRAY ? ref_get(((const JSTypedArray *)view)->buffer)
                                             : ref_get(((const JSDataView *)view)->buffer);
}

bool clone_write_view_buffer(CloneWriter *w, JSObject *view) {
  if (w->views_as_host_objects || clone_writer_knows(w, view)) return true;
  return clone_write_value(w, value_from_object(buffer_of_view(view)));
}

static bool write_view(CloneWriter *w, JSObject *o) {
  bool out_of_bounds, tracking;
  u64 offset, length;
  u8 kind;
  if (o->cell.kind == KIND_TYPED_ARRAY) {
    const JSTypedArray *t = (const JSTypedArray *)o;
    length = typed_array_length(t, &out_of_bounds) * element_size(t->element_type);
    offset = t->byte_offset;
    tracking = t->length_tracking;
    kind = (u8)VIEW_KIND_LETTERS[t->element_type];
  } else {
    const JSDataView *v = (const JSDataView *)o;
    length = data_view_byte_length(v, &out_of_bounds);
    offset = v->byte_offset;
    tracking = v->length_tracking;
    kind = VIEW_DATA_VIEW;
  }
  JSArrayBuffer *b = buffer_of_view(o);
  bool transferred = array_buffer_is_detached(b) && w->transfer_count; // by a getter: its view is as empty as the buffer
  if (out_of_bounds && !transferred) return clone_throw_not_cloneable(w, value_from_object(o));
  TRY(clone_write_tag(w, TAG_VIEW));
  TRY(clone_write_tag(w, kind));
  TRY(clone_write_u64(w, transferred ? 0 : offset));
  TRY(clone_write_u64(w, tracking ? 0 : length));
  bool resizable = (b->flags & (BUFFER_RESIZABLE | BUFFER_SHARED)) == BUFFER_RESIZABLE;
  return clone_write_u32(w, (tracking ? VIEW_LENGTH_TRACKING : 0u) | (resizable ? VIEW_BUFFER_RESIZABLE : 0u));
}

// ---- Objects of the floors above ----

Tri clone_write_transferred(CloneWriter *w, JSObject *o) {
  for (u32 i = 0; i < w->transfer_count; i++) {
    const CloneTransfer *t = &w->transfer[i];
    if (t->object != o) continue;
    TRY(clone_write_tag_number(w, t->kind ? TAG_ITEM : TAG_STORE, t->number));
    return TRI_YES;
  }
  return TRI_NO;
}

Tri clone_write_with_calls(CloneWriter *w, JSObject *o) {
  Value type, data;
  const TransferKind *kind;
  if (!w->calls) return TRI_NO;
  Tri known = TRY(w->calls->write_object(w->iso, o, &type, &data));
  if (known == TRI_NO) {
    if (TRY(w->calls->begin_transfer(w->iso, o, &kind)) == TRI_NO) return TRI_NO;
    clone_throw_data_clone_error(w, "Object that needs transfer was found in message but not listed in transferList");
    return TRI_FAIL;
  }
  TRY(clone_write_tag(w, TAG_CALLS_OBJECT));
  TRY(clone_write_value(w, type));
  TRY(clone_write_value(w, data));
  return TRI_YES;
}

static bool write_host_object(CloneWriter *w, JSObject *o) {
  if (w->mode == CLONE_WIRE && w->delegate && w->delegate->write_host_object &&
      (o->cell.kind != KIND_HOST_OBJECT || !((const JSHostObject *)o)->host_class->methods)) {
    TRY(clone_write_tag(w, TAG_HOST_OBJECT));
    return w->delegate->write_host_object(w, o);
  }
  if (o->cell.kind != KIND_HOST_OBJECT) return clone_throw_not_cloneable(w, value_from_object(o));
  Tri known = TRY(clone_write_with_calls(w, o));
  if (known == TRI_YES) return true;
  // Interceptors over ordinary data, like process.env.
  if (((const JSHostObject *)o)->host_class->methods) return clone_write_properties_object(w, o);
  return clone_throw_data_clone_error(w, "Cannot clone object of unsupported type.");
}

bool clone_write_kind(CloneWriter *w, JSObject *o) {
  switch (o->cell.kind) {
  case KIND_PRIMITIVE_WRAPPER: return write_wrapper(w, o);
  case KIND_STRING_OBJECT: return write_string_object(w, o);
  case KIND_DATE: return clone_write_tag_double(w, TAG_DATE, ((const JSDate *)o)->time);
  case KIND_REGEXP: return write_regexp(w, (JSRegExp *)o);
  case KIND_MAP: return write_collection(w, (const JSMap *)o, false);
  case KIND_SET: return write_collection(w, (const JSMap *)o, true);
  case KIND_ARRAY_BUFFER:
  case KIND_SHARED_ARRAY_BUFFER: return write_buffer(w, (JSArrayBuffer *)o);
  case KIND_TYPED_ARRAY:
  case KIND_DATA_VIEW: return w->views_as_host_objects ? write_host_object(w, o) : write_view(w, o);
  case KIND_HOST_OBJECT: return write_host_object(w, o);
  case KIND_ERROR: {
    Tri known = TRY(clone_write_with_calls(w, o)); // DOMException is an error, too
    return known == TRI_YES ? true : write_error(w, o);
  }
  default: return clone_throw_not_cloneable(w, value_from_object(o));
  }
}
