// SPDX-License-Identifier: MIT
// Backing stores, and ArrayBuffer / SharedArrayBuffer objects over them (ECMA-262 25.1, 25.2). Detaching and resizing visit
// the buffer's views, a weak list: so that the one comparison with fast_length, which every element access makes anyway, is
// all that a typed array needs to notice either.
// The list is a Bytes cell of addresses; after marking the dead ones are dropped.
// Threads: a store may be shared; its count and byte length are atomic. Everything else belongs to one isolate.
// Tests: tests/unit/vm/test_buffer.c, tests/js/memory/.
#include "vm/buffer.h"

#include "base/platform.h"
#include "vm/cells.h"
#include "vm/error.h"

#include <stdatomic.h>

// ---- Backing stores ----

#define STORE_BYTES_MAX ((u64)1 << 40)

enum { INSIDE_MAX = 512 };
STATIC_ASSERT(sizeof(BackingStore) % 16 == 0);
static u8 *bytes_inside(BackingStore *store) { return (u8 *)(store + 1); }

BackingStore *backing_store_new(u64 byte_length, u64 max_byte_length, bool shared, bool resizable) {
  u64 reserved = resizable ? max_byte_length : byte_length;
  if (reserved > STORE_BYTES_MAX) return NULL;
  BackingStore *store;
  u8 *data;
  if (reserved <= INSIDE_MAX) { // one allocation for small ones, with their bytes behind
    store = base_alloc_zeroed(sizeof *store + (size_t)reserved);
    data = bytes_inside(store);
  } else {
    data = base_try_alloc_zeroed((size_t)reserved); // large ones are committed on touch
    if (!data) return NULL;
    store = base_alloc_zeroed(sizeof *store);
  }
  store->refs = 1;
  store->shared = shared;
  store->resizable = resizable;
  store->data = data;
  store->byte_length = byte_length;
  store->max_byte_length = reserved;
  return store;
}

BackingStore *backing_store_from_memory(void *data, u64 byte_length, void (*release)(void *, u64, void *), void *context) {
  BackingStore *store = base_alloc_zeroed(sizeof *store);
  store->refs = 1;
  store->data = data;
  store->byte_length = store->max_byte_length = byte_length;
  store->release = release;
  store->release_context = context;
  return store;
}

static size_t whole_pages(u64 byte_length) { return (size_t)ALIGN_UP(byte_length, (u64)platform_page_size()); }

static void unmap(void *data, u64 byte_length, void *context) {
  (void)context;
  platform_release(data, whole_pages(byte_length));
}

enum { LARGE_COPY_MIN = 4 << 20 };

// Most of the time for a large copy goes into the faults of its first touch: 64 MB take 30 ms in small pages, 10 in large ones.
BackingStore *backing_store_new_to_fill(u64 byte_length) {
  if (byte_length < LARGE_COPY_MIN) return backing_store_new(byte_length, byte_length, false, false);
  void *data = byte_length <= STORE_BYTES_MAX ? platform_reserve_large(whole_pages(byte_length)) : NULL;
  return data ? backing_store_from_memory(data, byte_length, unmap, NULL) : NULL;
}

BackingStore *backing_store_copy(const void *bytes, u64 byte_length) {
  BackingStore *store = backing_store_new_to_fill(byte_length);
  if (store && byte_length) memcpy(store->data, bytes, (size_t)byte_length);
  return store;
}

BackingStore *backing_store_retain(BackingStore *store) {
  atomic_fetch_add_explicit(&store->refs, 1, memory_order_relaxed);
  return store;
}

void backing_store_release(BackingStore *store) {
  if (!store || atomic_fetch_sub_explicit(&store->refs, 1, memory_order_acq_rel) != 1) return;
  if (store->release) store->release(store->data, store->max_byte_length, store->release_context);
  else if (store->data != bytes_inside(store)) base_free(store->data);
  base_free(store);
}

bool backing_store_resize(BackingStore *store, u64 byte_length) {
  if (!store->resizable || byte_length > store->max_byte_length) return false;
  u64 before = store->byte_length;
  if (!store->shared) {
    // What was cut off must read as zero when it comes back.
    if (byte_length < before) memset(store->data + byte_length, 0, (size_t)(before - byte_length));
    store->byte_length = byte_length;
    return true;
  }
  // A shared store only grows, perhaps by several threads at once; what appears is still zero.
  while (byte_length > before) {
    if (atomic_compare_exchange_strong(&store->byte_length, &before, byte_length)) return true;
  }
  return byte_length == before;
}

// ---- Buffers ----

u64 array_buffer_byte_length(const JSArrayBuffer *b) {
  if (!b->store) return 0;
  if (b->flags & BUFFER_SHARED && b->flags & BUFFER_RESIZABLE) return atomic_load(&b->store->byte_length);
  return b->byte_length;
}

static void adopt_store(Isolate *iso, JSArrayBuffer *b, BackingStore *store) {
  b->store = store;
  b->byte_length = store->byte_length;
  b->flags = (store->shared ? BUFFER_SHARED : 0) | (store->resizable ? BUFFER_RESIZABLE : 0);
  slot_init(&b->detach_key, VALUE_UNDEFINED);
  gc_register_finalizer(heap_of(iso), &b->object.cell);
  gc_adjust_external(heap_of(iso), (ptrdiff_t)store->max_byte_length);
}

void array_buffer_finalize(Heap *heap, Cell *cell) {
  JSArrayBuffer *b = (JSArrayBuffer *)cell;
  if (!b->store) return;
  gc_adjust_external(heap, -(ptrdiff_t)b->store->max_byte_length);
  backing_store_release(b->store);
  b->store = NULL;
}

static JSArrayBuffer *buffer_object(Isolate *iso, Value constructor, bool shared) {
  u32 id = shared ? INTRINSIC_SHARED_ARRAY_BUFFER_PROTOTYPE : INTRINSIC_ARRAY_BUFFER_PROTOTYPE;
  u8 kind = shared ? KIND_SHARED_ARRAY_BUFFER : KIND_ARRAY_BUFFER;
  if (!value_is_object(constructor)) return (JSArrayBuffer *)obj_new_kind(iso, kind, intrinsic(iso, id));
  return (JSArrayBuffer *)ordinary_create_from_constructor(iso, constructor, id, kind);
}

static JSArrayBuffer *allocate(Isolate *iso, Value constructor, u64 byte_length, const u64 *max_byte_length, bool shared) {
  if (max_byte_length && byte_length > *max_byte_length) return THROW(iso, ARRAY_BUFFER_MAX_LENGTH);
  JSArrayBuffer *b = TRY(buffer_object(iso, constructor, shared));
  u64 reserved = max_byte_length ? *max_byte_length : byte_length;
  if (reserved > STORE_BYTES_MAX || gc_would_exceed_limit(heap_of(iso), (size_t)reserved)) {
    return THROW(iso, ARRAY_BUFFER_ALLOCATION);
  }
  BackingStore *store = backing_store_new(byte_length, reserved, shared, max_byte_length != NULL);
  if (!store) return THROW(iso, ARRAY_BUFFER_ALLOCATION);
  adopt_store(iso, b, store);
  return b;
}

JSArrayBuffer *allocate_array_buffer(Isolate *iso, Value constructor, u64 byte_length, const u64 *max_byte_length) {
  return allocate(iso, constructor, byte_length, max_byte_length, false);
}

JSArrayBuffer *allocate_shared_array_buffer(Isolate *iso, Value constructor, u64 byte_length, const u64 *max_byte_length) {
  return allocate(iso, constructor, byte_length, max_byte_length, true);
}

JSArrayBuffer *array_buffer_from_store(Isolate *iso, BackingStore *store) {
  JSArrayBuffer *b = buffer_object(iso, VALUE_UNDEFINED, store->shared);
  if (!b) {
    backing_store_release(store);
    return NULL;
  }
  adopt_store(iso, b, store);
  return b;
}

// ---- Views ----

static JSTypedArray **views_of(const JSArrayBuffer *b) {
  Cell *cell = ref_get(b->views);
  return cell ? (JSTypedArray **)(void *)((Bytes *)cell)->data : NULL;
}

static u32 view_capacity(const JSArrayBuffer *b) { return (u32)(((Bytes *)ref_get(b->views))->size / sizeof(JSTypedArray *)); }

bool array_buffer_add_view(Isolate *iso, JSArrayBuffer *b, JSTypedArray *view) {
  if (b->flags & BUFFER_SHARED) return true; // neither detached nor shrunk, ever
  if (!ref_get(b->views)) {
    Bytes *first = TRY(bytes_new(iso, 2 * sizeof(JSTypedArray *)));
    ref_set(iso, b, &b->views, &first->cell);
    gc_register_weak(heap_of(iso), &b->object.cell);
  } else if (b->view_count == view_capacity(b)) {
    Bytes *larger = TRY(bytes_new(iso, (u64)view_capacity(b) * 2 * sizeof(JSTypedArray *)));
    memcpy(larger->data, views_of(b), b->view_count * sizeof(JSTypedArray *)); // the collection may have dropped some
    ref_set(iso, b, &b->views, &larger->cell);
  }
  views_of(b)[b->view_count++] = view;
  return true;
}

void array_buffer_sweep(Heap *heap, Cell *cell) {
  JSArrayBuffer *b = (JSArrayBuffer *)cell;
  JSTypedArray **views = views_of(b);
  u32 kept = 0;
  for (u32 i = 0; i < b->view_count; i++) {
    if (gc_is_marked(heap, &views[i]->object.cell)) views[kept++] = views[i];
  }
  b->view_count = kept;
}

static void update_views(JSArrayBuffer *b) {
  if (ref_get(b->own_view)) typed_array_update(ref_get(b->own_view));
  JSTypedArray **views = views_of(b);
  for (u32 i = 0; i < b->view_count; i++) typed_array_update(views[i]);
}

// ---- Detaching, resizing ----

static bool check_detachable(Isolate *iso, JSArrayBuffer *b, Value key) {
  if (b->flags & (BUFFER_SHARED | BUFFER_IMMUTABLE)) {
    return THROW(iso, TYPE, "Cannot perform %ArrayBuffer.prototype.transfer on this buffer");
  }
  if (slot_get(&b->detach_key) != key) return THROW(iso, TYPE, "Provided key did not match the detach key of this ArrayBuffer");
  return true;
}

BackingStore *array_buffer_take_store(Isolate *iso, JSArrayBuffer *b) {
  BackingStore *store = b->store;
  if (store) gc_adjust_external(heap_of(iso), -(ptrdiff_t)store->max_byte_length);
  b->store = NULL;
  b->byte_length = 0;
  b->flags |= BUFFER_DETACHED;
  update_views(b);
  return store;
}

bool detach_array_buffer(Isolate *iso, JSArrayBuffer *b, Value key) {
  TRY(check_detachable(iso, b, key));
  backing_store_release(array_buffer_take_store(iso, b));
  return true;
}

bool array_buffer_resize(Isolate *iso, JSArrayBuffer *b, u64 byte_length) {
  if (!b->store || !backing_store_resize(b->store, byte_length)) return THROW(iso, INVALID_ARRAY_BUFFER_LENGTH);
  b->byte_length = byte_length;
  update_views(b);
  return true;
}
