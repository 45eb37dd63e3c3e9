// SPDX-License-Identifier: MIT
// The doors of structured clone: messages with transfer lists (StructuredSerializeWithTransfer, StructuredDeserializeWithTransfer),
// structuredClone within one isolate, and the marks of objects that must not travel.
// Order: everything is serialised first, getters included; then, when nothing can fail any more, all that is listed is detached.
// Tests: tests/unit/threads/test_clone.c, tests/threads/clone/.
#include "threads/clone.h"

#include "threads/clone_format.h"
#include "threads/clone_reader.h"
#include "threads/clone_writer.h"
#include "vm/error.h"
#include "vm/kinds.h"

// ---- Marks ----

void clone_mark(Isolate *iso, JSObject *o, enum CloneMark mark) {
  Host *host = host_of(iso);
  WeakTable *table = (WeakTable *)host->clone_marks;
  if (!table) {
    table = weak_table_new(iso);
    if (!table) return;
    host->clone_marks = &table->cell;
  }
  Value known = weak_table_get(table, value_from_object(o));
  i32 bits = (i32)mark | (known ? value_int(known) : 0);
  if (!weak_table_set(iso, table, value_from_object(o), value_from_int(bits))) isolate_take_exception(iso);
}

bool clone_is_marked(Isolate *iso, JSObject *o, enum CloneMark mark) {
  Host *host = host_of(iso);
  if (!host || !host->clone_marks) return false;
  Value known = weak_table_get((WeakTable *)host->clone_marks, value_from_object(o));
  return known && value_int(known) & (i32)mark;
}

// ---- Transfer lists ----

static bool is_detachable(const JSArrayBuffer *b) {
  return b->store && !(b->flags & (BUFFER_SHARED | BUFFER_IMMUTABLE)) && slot_get(&b->detach_key) == VALUE_UNDEFINED;
}

static bool is_listed(const CloneTransfer *list, u32 count, const JSObject *o) {
  for (u32 i = 0; i < count; i++) {
    if (list[i].object == o) return true;
  }
  return false;
}

static bool throw_duplicate(CloneWriter *w, const char *name) {
  char message[96];
  snprintf(message, sizeof message, "Transfer list contains duplicate %s", name);
  return clone_throw_data_clone_error(w, message);
}

static bool check_transfer(CloneWriter *w, Value v, CloneTransfer *list, u32 count) {
  if (!value_is_object(v)) return clone_throw_data_clone_error(w, "Found invalid value in transferList.");
  CloneTransfer *t = &list[count];
  *t = (CloneTransfer){.object = value_object(v)};
  bool refused = clone_is_marked(w->iso, t->object, CLONE_UNTRANSFERABLE);
  if (value_is_kind(v, KIND_ARRAY_BUFFER)) {
    refused |= !is_detachable((JSArrayBuffer *)t->object);
  } else {
    Tri known = w->calls ? TRY(w->calls->begin_transfer(w->iso, t->object, &t->kind)) : TRI_NO;
    if (known == TRI_NO) return clone_throw_data_clone_error(w, "Found invalid value in transferList.");
  }
  if (refused) return clone_throw_data_clone_error(w, "Cannot transfer object of unsupported type.");
  if (is_listed(list, count, t->object)) return throw_duplicate(w, t->kind ? t->kind->name : "ArrayBuffer");
  return true;
}

// Reserves places in the message, to be filled by detach_transfers.
static bool begin_transfers(CloneWriter *w, const Value *values, u32 count) {
  Bytes *bytes = TRY(bytes_new(w->iso, (u64)count * sizeof(CloneTransfer)));
  CloneTransfer *list = (CloneTransfer *)(void *)bytes->data; // the objects are alive: they are the caller's
  for (u32 i = 0; i < count; i++) TRY(check_transfer(w, values[i], list, i));
  for (u32 i = 0; i < count; i++) {
    list[i].number = list[i].kind ? message_add_item(w->message, NULL, NULL) : message_add_store(w->message, NULL);
  }
  w->transfer = list;
  w->transfer_count = count;
  return true;
}

// false: no memory was left for the store of a buffer that a getter has detached; nothing else can fail.
static bool add_empty_stores(CloneWriter *w) {
  for (u32 i = 0; i < w->transfer_count; i++) {
    const CloneTransfer *t = &w->transfer[i];
    if (t->kind || ((JSArrayBuffer *)t->object)->store) continue;
    w->message->extras->stores[t->number] = backing_store_new(0, 0, false, false);
    if (!w->message->extras->stores[t->number]) return throw_out_of_memory(w->iso);
  }
  return true;
}

static void detach_transfers(CloneWriter *w) {
  for (u32 i = 0; i < w->transfer_count; i++) {
    const CloneTransfer *t = &w->transfer[i];
    if (t->kind) {
      w->message->extras->items[t->number] = (TransferItem){t->kind, w->calls->commit_transfer(w->iso, t->object)};
    } else if (!w->message->extras->stores[t->number]) {
      w->message->extras->stores[t->number] = array_buffer_take_store(w->iso, (JSArrayBuffer *)t->object);
    }
  }
}

// ---- Messages ----

static bool serialize(CloneWriter *w, Value v, const Value *transfer, u32 transfer_count) {
  Host *host = host_of(w->iso);
  w->calls = host && host->calls ? host->calls->clone : NULL;
  w->has_marks = host && host->clone_marks;
  if (transfer_count) TRY(begin_transfers(w, transfer, transfer_count));
  TRY(clone_write_value(w, v));
  TRY(add_empty_stores(w));
  detach_transfers(w);
  clone_writer_finish(w);
  return true;
}

Message *clone_serialize(Isolate *iso, Value v, const Value *transfer, u32 transfer_count) {
  CloneWriter w;
  u64 memory[MESSAGE_DRAFT / sizeof(u64)];
  Message *draft = message_draft(memory);
  clone_writer_init(&w, iso, CLONE_MESSAGE, draft);
  if (serialize(&w, v, transfer, transfer_count)) {
    Message *message = message_seal(draft);
    if (LIKELY(message != NULL)) return message;
    (void)throw_out_of_memory(iso);
  }
  message_clear(draft);
  return NULL;
}

static Value deserialize(CloneReader *r, Value *ports) {
  Host *host = host_of(r->iso);
  r->calls = host && host->calls ? host->calls->clone : NULL;
  TRY(clone_reader_receive_items(r, ports));
  return clone_read_value(r);
}

// The bytes of v8.serialize, which somebody without an isolate sent.
static Value deserialize_wire(Isolate *iso, const Message *message, Value *ports) {
  CloneReader r;
  clone_reader_init(&r, iso, CLONE_WIRE, NULL);
  clone_reader_set_bytes(&r, message->bytes, message->size);
  if (ports) *ports = VALUE_UNDEFINED;
  TRY(clone_read_header(&r));
  return clone_read_value(&r);
}

Value clone_deserialize(Isolate *iso, Message *message, Value *ports) {
  CloneReader r;
  if (UNLIKELY(message->size && message->bytes[0] == TAG_VERSION)) return deserialize_wire(iso, message, ports);
  clone_reader_init(&r, iso, CLONE_MESSAGE, message);
  return deserialize(&r, ports);
}

Value clone_value(Isolate *iso, Value v, const Value *transfer, u32 transfer_count) {
  if (!transfer_count && (!value_is_cell(v) || value_is_string(v) || value_is_bigint(v))) return v;
  CloneWriter w;
  CloneReader r;
  u64 memory[MESSAGE_DRAFT / sizeof(u64)];
  Message *message = message_draft(memory);
  clone_writer_init(&w, iso, CLONE_LOCAL, message);
  Value copy = VALUE_FAIL;
  if (serialize(&w, v, transfer, transfer_count)) {
    clone_reader_init(&r, iso, CLONE_LOCAL, message);
    r.cells = &w.cells;
    r.own_shapes = &w.own_shapes;
    copy = deserialize(&r, NULL);
  }
  message_clear(message);
  return copy;
}
