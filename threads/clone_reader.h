// SPDX-License-Identifier: MIT
// CloneReader: bytes to values. It trusts nothing: whatever the bytes are, it ends with a value or with an Error. It lives where
// CloneWriter does. clone_deserialize is the door for messages; v8.Deserializer (node/bindings/serdes.c) uses it directly.
#ifndef WEFT_THREADS_CLONE_READER_H
#define WEFT_THREADS_CLONE_READER_H

#include "threads/clone_writer.h"

typedef struct CloneReader CloneReader;
// What a user of the wire format decides. May run JS. VALUE_FAIL: thrown; EMPTY without exception: the data are bad.
typedef struct CloneReadDelegate {
  Value (*read_host_object)(CloneReader *r);
  JSArrayBuffer *(*transferred_buffer)(CloneReader *r, u32 id); // NULL: unknown, or thrown
} CloneReadDelegate;

struct CloneReader { // clone_reader_init sets every field, but leaves what is in the lists alone
  Isolate *iso;
  const u8 *at, *end, *start;
  CloneMode mode;
  bool keep_objects; // references may come
  u32 version;       // of the wire format
  Message *message;  // NULL: wire
  const CloneCalls *calls;
  const CloneReadDelegate *delegate;
  void *delegate_data;
  Cell *owner;                        // whose trace function visits the reader; NULL: it is on the C stack
  CellList objects;                   // by number; NULL while one is being made that nothing can refer to yet
  CellList shapes;                    // ValueArrays: final shape or EMPTY, keys
  const CellList *cells, *own_shapes; // local: what the writer passed on
  u32 next_cell;
  u32 until_poll;
  ValueArray *items; // objects that were transferred, by number
  Realm *realm;
  Value object_prototype;
};

void clone_reader_init(CloneReader *r, Isolate *iso, CloneMode mode, Message *message);
void clone_reader_set_bytes(CloneReader *r, const u8 *bytes, size_t size); // borrowed; wire
void clone_reader_trace(CloneReader *r, GcTracer *tracer);
// Makes the transferred objects, before anything else is read; *ports as in clone_deserialize.
MUST_CHECK bool clone_reader_receive_items(CloneReader *r, Value *ports);

// Fails without header, and when its version is too new.
MUST_CHECK bool clone_read_header(CloneReader *r);
MUST_CHECK Value clone_read_value(CloneReader *r);
// false at the end of the bytes; nothing is thrown.
bool clone_read_u32(CloneReader *r, u32 *u);
bool clone_read_u64(CloneReader *r, u64 *u);
bool clone_read_double(CloneReader *r, double *d);
const u8 *clone_read_bytes(CloneReader *r, size_t size); // NULL: fewer are left
void *clone_throw_bad_data(CloneReader *r);              // "Unable to deserialize cloned data."; returns NULL

// ---- For threads/clone_read*.c ----

static inline Value clone_next_cell(CloneReader *r) { // EMPTY: there is none
  return r->cells && r->next_cell < r->cells->count ? value_from_cell(cell_list_get(r->cells, r->next_cell++)) : VALUE_EMPTY;
}

static inline size_t clone_reader_left(const CloneReader *r) { return (size_t)(r->end - r->at); }
// Gives the object the next number.
MUST_CHECK static inline bool clone_reader_keep(CloneReader *r, void *object) {
  if (!r->keep_objects) return true;
  TRY(cell_list_push(r->iso, &r->objects, object));
  if (r->owner) gc_barrier(heap_of(r->iso), r->owner);
  return true;
}
// For an object that exists only when its parts do: a number now, the object later.
MUST_CHECK bool clone_reader_reserve(CloneReader *r, u32 *number);
void clone_reader_fulfil(CloneReader *r, u32 number, Value object);
bool clone_peek_tag(CloneReader *r, u8 *tag);         // skips padding
MUST_CHECK String *clone_read_string(CloneReader *r); // with its tag
MUST_CHECK PropertyKey clone_read_key(CloneReader *r);
// (key, value)* up to and with the tag; *count: how many.
MUST_CHECK bool clone_read_properties(CloneReader *r, JSObject *o, u8 end_tag, u32 *count);
MUST_CHECK bool clone_define_property(CloneReader *r, JSObject *o, PropertyKey key, Value v);
MUST_CHECK BigInt *clone_read_bigint(CloneReader *r);
Value clone_read_kind(CloneReader *r, u8 tag); // clone_read_kinds.c: every tag that begins neither a primitive, object nor array
MUST_CHECK Value clone_read_view(CloneReader *r, JSArrayBuffer *b);
MUST_CHECK bool clone_reader_poll(CloneReader *r);
static ALWAYS_INLINE bool clone_reader_step(CloneReader *r) { return LIKELY(--r->until_poll) ? true : clone_reader_poll(r); }

#endif
