// SPDX-License-Identifier: MIT
// CloneWriter: values to bytes. It lives on the C stack, where the collector sees what it holds, or in an object whose trace function
// calls clone_writer_trace. clone_serialize is the door for messages; v8.Serializer (node/bindings/serdes.c) uses it directly.
#ifndef WEFT_THREADS_CLONE_WRITER_H
#define WEFT_THREADS_CLONE_WRITER_H

#include "threads/clone.h"
#include "vm/cells.h"

typedef enum CloneMode {
  CLONE_WIRE,    // V8's format alone
  CLONE_MESSAGE, // to another isolate of the process
  CLONE_LOCAL,   // to the same isolate: what cannot change is passed on as it is
} CloneMode;

// Cells in the order in which they were met. They live while the writer (or reader) does.
enum { CELL_LIST_FEW = 16 };
typedef struct CellList {
  Cell *few[CELL_LIST_FEW];
  ValueArray *many; // NULL: few are enough
  u32 count;
} CellList;
MUST_CHECK bool cell_list_push(Isolate *iso, CellList *list, void *cell);
static inline Cell *cell_list_get(const CellList *list, u32 i) {
  return LIKELY(!list->many) ? list->few[i] : value_cell(slot_get(&list->many->values[i]));
}

typedef struct CloneTransfer {
  JSObject *object;
  const TransferKind *kind; // NULL: an ArrayBuffer
  u32 number;               // of the store or item in the message
} CloneTransfer;

typedef struct CloneWriter CloneWriter;
// What a user of the wire format decides. All may run JS.
typedef struct CloneWriteDelegate {
  bool (*write_host_object)(CloneWriter *w, JSObject *o);
  bool (*shared_buffer_id)(CloneWriter *w, JSArrayBuffer *buffer, u32 *id);      // false: thrown
  bool (*transferred_buffer_id)(CloneWriter *w, JSArrayBuffer *buffer, u32 *id); // false: it is not transferred
  void (*throw_data_clone_error)(CloneWriter *w, const char *message);
} CloneWriteDelegate;

enum {
  CLONE_SHAPES = 16,
  CLONE_DEPTH_MAX = 20000, // V8 gives up at about 2,600; a message must fit the receiver's stack, too
};
struct CloneWriter { // clone_writer_init sets every field, but leaves what is in the lists alone
  Isolate *iso;
  u8 *at, *end; // within message->bytes; message->size is brought up to date by clone_writer_finish
  Message *message;
  CloneMode mode;
  bool views_as_host_objects, has_marks;
  const CloneCalls *calls;            // of the host; NULL: none
  const CloneWriteDelegate *delegate; // wire
  void *delegate_data;
  Cell *owner;                // whose trace function visits the writer; NULL: it is on the C stack
  CellList objects;           // by number
  Bytes *index;               // hash table from address to number + 1 (u32 each), once there are more than a few
  CellList cells, own_shapes; // local: strings, bigints and RegExps in their order; shapes by number
  u32 until_poll, shape_count, depth;
  u32 shapes_used;               // bit i: shapes[i] says something
  const CloneTransfer *transfer; // what moves, in the list's order
  u32 transfer_count;
  Realm *realm;
  struct CloneShape {
    Shape *shape;
    u32 number; // of the shape in the message, or what clone_write.c knows about it
  } shapes[CLONE_SHAPES];
};

void clone_writer_init(CloneWriter *w, Isolate *iso, CloneMode mode, Message *message);
void clone_writer_finish(CloneWriter *w);
void clone_writer_trace(CloneWriter *w, GcTracer *tracer);
// All return false after throwing. Runs JS: clone_write_value (getters, delegates).
MUST_CHECK bool clone_write_value(CloneWriter *w, Value v);
MUST_CHECK bool clone_write_header(CloneWriter *w);
MUST_CHECK bool clone_write_u32(CloneWriter *w, u32 u);
MUST_CHECK bool clone_write_u64(CloneWriter *w, u64 u);
MUST_CHECK bool clone_write_double(CloneWriter *w, double d);
MUST_CHECK bool clone_write_bytes(CloneWriter *w, const void *bytes, size_t size);
// "<value> could not be cloned." Always false.
bool clone_throw_not_cloneable(CloneWriter *w, Value v);
bool clone_throw_data_clone_error(CloneWriter *w, const char *message);

// ---- For threads/clone_write*.c ----

MUST_CHECK bool clone_writer_grow(CloneWriter *w, size_t more);
static ALWAYS_INLINE bool clone_writer_room(CloneWriter *w, size_t more) {
  return LIKELY((size_t)(w->end - w->at) >= more) ? true : clone_writer_grow(w, more);
}
static ALWAYS_INLINE void clone_put_varint(CloneWriter *w, u32 u) { // at most 5 bytes
  while (u >= 0x80) {
    *w->at++ = (u8)(u | 0x80);
    u >>= 7;
  }
  *w->at++ = (u8)u;
}
MUST_CHECK static inline bool clone_write_tag(CloneWriter *w, u8 tag) {
  TRY(clone_writer_room(w, 1));
  *w->at++ = tag;
  return true;
}
MUST_CHECK static inline bool clone_write_tag_number(CloneWriter *w, u8 tag, u32 number) {
  TRY(clone_writer_room(w, 6));
  *w->at++ = tag;
  clone_put_varint(w, number);
  return true;
}
MUST_CHECK bool clone_write_tag_double(CloneWriter *w, u8 tag, double d);
MUST_CHECK bool clone_write_string(CloneWriter *w, String *s);
MUST_CHECK bool clone_write_bigint(CloneWriter *w, u8 tag, const BigInt *b);
MUST_CHECK bool clone_write_key(CloneWriter *w, PropertyKey key);
MUST_CHECK bool clone_write_own_properties(CloneWriter *w, JSObject *o, bool with_elements, u32 *written);
// Everything but plain objects and arrays (clone_write_kinds.c). The object has its number.
MUST_CHECK bool clone_write_kind(CloneWriter *w, JSObject *o);
MUST_CHECK bool clone_write_view_buffer(CloneWriter *w, JSObject *view);    // first the buffer, then the view gets its number
MUST_CHECK bool clone_write_properties_object(CloneWriter *w, JSObject *o); // whatever it is, as a plain object
bool clone_writer_knows(const CloneWriter *w, const JSObject *o);           // it has a number
// YES: written. NO: it is not transferred; nobody knows how to clone it.
MUST_CHECK Tri clone_write_transferred(CloneWriter *w, JSObject *o);
MUST_CHECK Tri clone_write_with_calls(CloneWriter *w, JSObject *o);
MUST_CHECK bool clone_poll(CloneWriter *w);
enum { CLONE_POLL_PERIOD = 1024 };
static ALWAYS_INLINE bool clone_writer_step(CloneWriter *w) { return LIKELY(--w->until_poll) ? true : clone_poll(w); }

// clone_text.c: the shared text of a long flat string that is at least SHARED_TEXT_MIN bytes long, and where it begins there. One
// reference. NULL: RangeError thrown.
enum { SHARED_TEXT_MIN = 32 * 1024 };
MUST_CHECK SharedText *clone_text_of_string(Isolate *iso, String *flat, u32 *start);
// A string over the characters of a text. Takes the reference, also when it fails.
MUST_CHECK String *clone_string_of_text(Isolate *iso, SharedText *text, u32 start, u32 length);

#endif
