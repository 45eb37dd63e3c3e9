// SPDX-License-Identifier: MIT
// Buffers over memory of the host's, memory that isolates share, typed arrays.
// Tests: tests/api/test_buffers.c.
#include "api/api_internal.h"
#include "vm/buffer.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "vm/kinds.h"

// ---- ArrayBuffer ----

static BackingStore *store_over(void *memory, size_t size, WeftRelease release, void *data) {
  if (!memory) return backing_store_new(size, size, false, false);
  return backing_store_from_memory(memory, size, release, data);
}

// Memory that nobody releases needs a function all the same: without one it would be the store's own.
static void release_nothing(void *memory, size_t size, void *data) { (void)memory, (void)size, (void)data; }

WeftValue weft_array_buffer(WeftIsolate *isolate, void *memory, size_t size, WeftRelease release, void *data) {
  Isolate *iso = ISOLATE(isolate);
  if (!memory) {
    JSArrayBuffer *own = allocate_array_buffer(iso, VALUE_UNDEFINED, size, NULL);
    return value_out(isolate, value_from_object(own));
  }
  if (!release) release = release_nothing;
  BackingStore *store = store_over(memory, size, release, data);
  if (!store) {
    release(memory, size, data);
    return throw_out_of_memory(iso);
  }
  return value_out(isolate, value_from_object(array_buffer_from_store(iso, store)));
}

static JSArrayBuffer *buffer_of(Value v) {
  if (!v || !(value_is_kind(v, KIND_ARRAY_BUFFER) || value_is_kind(v, KIND_SHARED_ARRAY_BUFFER))) return NULL;
  return (JSArrayBuffer *)value_object(v);
}

bool weft_bytes(WeftValue handle, WeftBytes *bytes) {
  Value v = value_in(handle);
  *bytes = (WeftBytes){0};
  JSArrayBuffer *b = buffer_of(v);
  if (b) {
    if (b->store) *bytes = (WeftBytes){b->store->data, (size_t)array_buffer_byte_length(b)};
    return true;
  }
  if (v && value_is_kind(v, KIND_TYPED_ARRAY)) {
    const JSTypedArray *t = (const JSTypedArray *)value_object(v);
    size_t size = (size_t)typed_array_length(t, NULL) * element_size(t->element_type);
    if (size) *bytes = (WeftBytes){typed_array_data(t), size};
    return true;
  }
  if (v && value_is_kind(v, KIND_DATA_VIEW)) {
    const JSDataView *d = (const JSDataView *)value_object(v);
    size_t size = (size_t)data_view_byte_length(d, NULL);
    if (size) *bytes = (WeftBytes){ref_get(d->buffer)->store->data + d->byte_offset, size};
    return true;
  }
  return false;
}

static void release_store(void *memory, size_t size, void *data) {
  (void)memory, (void)size;
  backing_store_release(data);
}

bool weft_array_buffer_detach(WeftIsolate *isolate, WeftValue buffer, WeftBytes *bytes, WeftRelease *release, void **release_data) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, buffer);
  JSArrayBuffer *b = buffer_of(value_in(buffer));
  if (!b || array_buffer_is_shared(b)) return THROW(iso, TYPE, "An ArrayBuffer was expected");
  if (b->flags & BUFFER_IMMUTABLE || slot_get(&b->detach_key) != VALUE_UNDEFINED) {
    return THROW(iso, TYPE, "This ArrayBuffer cannot be detached");
  }
  size_t size = (size_t)array_buffer_byte_length(b);
  BackingStore *store = array_buffer_take_store(iso, b);
  if (!bytes) {
    if (store) backing_store_release(store);
    return true;
  }
  *bytes = (WeftBytes){store ? store->data : NULL, store ? size : 0};
  *release = store ? release_store : release_nothing;
  *release_data = store;
  return true;
}

// ---- Shared memory: a reference to a store ----

WeftSharedMemory *weft_shared_memory_new(void *memory, size_t size, WeftRelease release, void *data) {
  BackingStore *store =
      memory ? store_over(memory, size, release ? release : release_nothing, data) : backing_store_new(size, size, true, false);
  if (store) store->shared = true;
  return (WeftSharedMemory *)store;
}

void weft_shared_memory_delete(WeftSharedMemory *memory) {
  if (memory) backing_store_release((BackingStore *)memory);
}

WeftValue weft_shared_array_buffer(WeftIsolate *isolate, WeftSharedMemory *memory) {
  Isolate *iso = ISOLATE(isolate);
  BackingStore *store = backing_store_retain((BackingStore *)memory);
  return value_out(isolate, value_from_object(array_buffer_from_store(iso, store)));
}

// ---- Views ----

static const struct Element {
  u8 type;
  u16 constructor;
} elements[WEFT_NO_ELEMENT] = {
    [WEFT_INT8] = {TYPED_INT8, INTRINSIC_INT8_ARRAY},
    [WEFT_UINT8] = {TYPED_UINT8, INTRINSIC_UINT8_ARRAY},
    [WEFT_UINT8_CLAMPED] = {TYPED_UINT8_CLAMPED, INTRINSIC_UINT8_CLAMPED_ARRAY},
    [WEFT_INT16] = {TYPED_INT16, INTRINSIC_INT16_ARRAY},
    [WEFT_UINT16] = {TYPED_UINT16, INTRINSIC_UINT16_ARRAY},
    [WEFT_INT32] = {TYPED_INT32, INTRINSIC_INT32_ARRAY},
    [WEFT_UINT32] = {TYPED_UINT32, INTRINSIC_UINT32_ARRAY},
    [WEFT_FLOAT16] = {TYPED_FLOAT16, INTRINSIC_FLOAT16_ARRAY},
    [WEFT_FLOAT32] = {TYPED_FLOAT32, INTRINSIC_FLOAT32_ARRAY},
    [WEFT_FLOAT64] = {TYPED_FLOAT64, INTRINSIC_FLOAT64_ARRAY},
    [WEFT_BIGINT64] = {TYPED_BIG_INT64, INTRINSIC_BIG_INT64_ARRAY},
    [WEFT_BIGUINT64] = {TYPED_BIG_UINT64, INTRINSIC_BIG_UINT64_ARRAY},
};

WeftValue weft_typed_array(WeftIsolate *isolate, WeftElementType type, WeftValue buffer, size_t offset, size_t count) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, buffer);
  if ((u32)type >= WEFT_NO_ELEMENT || !buffer_of(value_in(buffer))) return THROW(iso, TYPE, "A buffer was expected");
  Value constructor = intrinsic(iso, elements[type].constructor);
  Value args[] = {value_in(buffer), value_from_untrusted_double((double)offset), value_from_untrusted_double((double)count)};
  return value_out(isolate, construct(iso, constructor, ARRAY_LEN(args), args, constructor));
}

WeftElementType weft_typed_array_type(WeftValue v) {
  if (!v || !value_is_kind(value_in(v), KIND_TYPED_ARRAY)) return WEFT_NO_ELEMENT;
  u32 type = ((const JSTypedArray *)value_object(value_in(v)))->element_type, i = 0;
  while (elements[i].type != type) i++;
  return (WeftElementType)i;
}

WeftValue weft_view_buffer(WeftIsolate *isolate, WeftValue view, size_t *offset) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, view);
  Value v = value_in(view);
  if (value_is_kind(v, KIND_TYPED_ARRAY)) {
    const JSTypedArray *t = (const JSTypedArray *)value_object(v);
    *offset = (size_t)t->byte_offset;
    return value_out(isolate, value_from_object(ref_get(t->buffer)));
  }
  if (!value_is_kind(v, KIND_DATA_VIEW)) return THROW(iso, TYPE, "A typed array or DataView was expected");
  const JSDataView *d = (const JSDataView *)value_object(v);
  *offset = (size_t)d->byte_offset;
  return value_out(isolate, value_from_object(ref_get(d->buffer)));
}
