// SPDX-License-Identifier: MIT
// ArrayBuffer, SharedArrayBuffer, typed arrays and DataView: layout and core algorithms (ECMA-262 10.4.5, 25.1). Constructors and
// methods are runtime/memory/. Every access to shared memory goes through vm/memory_access.h.
#ifndef WEFT_VM_BUFFER_H
#define WEFT_VM_BUFFER_H

#include "vm/isolate.h"

// Memory behind buffers, in native memory, counted atomically: an ArrayBuffer owns one reference, each isolate that sees a
// SharedArrayBuffer another.
typedef struct BackingStore {
  _Atomic u32 refs;
  bool shared, resizable;
  u8 *data;
  _Atomic u64 byte_length;
  u64 max_byte_length;                                    // reserved when resizable
  void (*release)(void *data, u64 length, void *context); // NULL: own memory
  void *release_context;
} BackingStore;
BackingStore *backing_store_new(u64 byte_length, u64 max_byte_length, bool shared, bool resizable); // zeroed; NULL: no memory
BackingStore *backing_store_new_to_fill(
    u64 byte_length); // of fixed length, zeroed, for somebody who fills it whole at once; NULL: no memory
BackingStore *backing_store_copy(const void *bytes, u64 byte_length); // of fixed length; NULL: no memory
BackingStore *backing_store_retain(BackingStore *store);
void backing_store_release(BackingStore *store);
// Memory of somebody else, not zeroed; release(data, byte_length, context) when nobody uses it any more.
BackingStore *backing_store_from_memory(void *data, u64 byte_length, void (*release)(void *, u64, void *), void *context);
// Within max; what appears reads as zero. false: beyond max, or a shared store that would shrink.
bool backing_store_resize(BackingStore *store, u64 byte_length);

typedef struct JSTypedArray JSTypedArray;
typedef struct JSArrayBuffer {
  JSObject object;
  BackingStore *store; // NULL: detached
  u64 byte_length;     // of fixed-length and own buffers; shared growable: ask array_buffer_byte_length
  Slot detach_key;
  REF(Cell) views; // weak list of typed arrays whose fast_length must change on detach/resize: Bytes of addresses
  u32 view_count;
  u32 flags;                  // BUFFER_*
  REF(JSTypedArray) own_view; // the one that was made together with the buffer, if any: not in the list, and held
} JSArrayBuffer;
enum { BUFFER_SHARED = 1, BUFFER_RESIZABLE = 2, BUFFER_DETACHED = 4, BUFFER_IMMUTABLE = 8 };
u64 array_buffer_byte_length(const JSArrayBuffer *b);
static inline bool array_buffer_is_detached(const JSArrayBuffer *b) { return b->flags & BUFFER_DETACHED; }
static inline bool array_buffer_is_shared(const JSArrayBuffer *b) { return b->flags & BUFFER_SHARED; }
// AllocateArrayBuffer; max_byte_length NULL: fixed length; constructor undefined: the intrinsic one. Runs JS. RangeError.
MUST_CHECK JSArrayBuffer *allocate_array_buffer(Isolate *iso, Value constructor, u64 byte_length, const u64 *max_byte_length);
MUST_CHECK JSArrayBuffer *allocate_shared_array_buffer(Isolate *iso, Value constructor, u64 byte_length,
                                                       const u64 *max_byte_length);
// Of either kind, as the store is. Takes the reference, also when it fails.
MUST_CHECK JSArrayBuffer *array_buffer_from_store(Isolate *iso, BackingStore *store);
MUST_CHECK bool detach_array_buffer(Isolate *iso, JSArrayBuffer *b, Value key); // DetachArrayBuffer; TypeError
// Detaches without asking (transfer) and returns the store with the buffer's reference; NULL: it was detached.
MUST_CHECK BackingStore *array_buffer_take_store(Isolate *iso, JSArrayBuffer *b);
MUST_CHECK bool array_buffer_resize(Isolate *iso, JSArrayBuffer *b, u64 byte_length); // also growable shared ones; RangeError
void array_buffer_finalize(Heap *heap, Cell *cell);
void array_buffer_sweep(Heap *heap, Cell *cell); // sweep_weak: forgets dead views

enum ElementType {
#define ELEMENT(NAME, Name, ctype, size) TYPED_##NAME,
#include "vm/element_types.def"
#undef ELEMENT
  ELEMENT_TYPE_COUNT,
};
struct JSTypedArray {
  JSObject object;
  u8 *data;        // first element while fast_length > 0
  u64 fast_length; // elements that data[] surely has; 0 for detached, out of bounds, length-tracking and growable views
  REF(JSArrayBuffer) buffer;
  u64 byte_offset;
  u64 array_length; // fixed length in elements
  u8 element_type;
  bool length_tracking;
};
MUST_CHECK bool array_buffer_add_view(Isolate *iso, JSArrayBuffer *b, JSTypedArray *view);
void typed_array_update(JSTypedArray *t); // the buffer was detached or resized
static inline bool typed_array_is_shared(const JSTypedArray *t) { return array_buffer_is_shared(ref_get(t->buffer)); }
u32 element_size(u32 element_type);
const char *element_type_name(u32 element_type); // "Int8Array"
// Elements now: 0 when out of bounds or detached (*out_of_bounds tells, may be NULL).
u64 typed_array_length(const JSTypedArray *t, bool *out_of_bounds);
u8 *typed_array_data(const JSTypedArray *t);                                              // NULL when detached
MUST_CHECK JSTypedArray *typed_array_validate(Isolate *iso, Value v, const char *method); // ValidateTypedArray: TypeError
MUST_CHECK JSTypedArray *typed_array_new(Isolate *iso, u32 element_type, Value proto, JSArrayBuffer *buffer, u64 byte_offset,
                                         u64 length, bool length_tracking);
// With a buffer of its own, of `length` zeros; `length` times the element's size is at most 2^53. RangeError.
MUST_CHECK JSTypedArray *typed_array_allocate(Isolate *iso, u32 element_type, Value proto, u64 length);
Value typed_array_get_element(Isolate *iso, const JSTypedArray *t, u64 index); // in bounds; may allocate a BigInt; raw get
// Converted already (number, or BigInt for the BigInt kinds).
void typed_array_set_element(JSTypedArray *t, u64 index, Value numeric);
MUST_CHECK Value typed_array_to_element(Isolate *iso, u32 element_type, Value v); // ToNumber or ToBigInt. Runs JS
bool element_type_is_bigint(u32 element_type);
// GetValueFromBuffer / SetValueInBuffer / modification for DataView and Atomics. `bytes` is private memory: copy what may be
// shared with memory_copy. A little-endian flag of false swaps on this machine.
MUST_CHECK Value raw_bytes_to_value(Isolate *iso, u32 element_type, const u8 *bytes, bool little_endian);
void value_to_raw_bytes(u32 element_type, Value numeric, u8 *bytes, bool little_endian);

typedef struct JSDataView {
  JSObject object;
  REF(JSArrayBuffer) buffer;
  u64 byte_offset, byte_length;
  bool length_tracking;
} JSDataView;
// GetViewByteLength; *out_of_bounds (may be NULL) also when detached.
u64 data_view_byte_length(const JSDataView *v, bool *out_of_bounds);

#endif
