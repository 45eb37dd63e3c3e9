// SPDX-License-Identifier: MIT
// PropertyTable: keys of a shape in order of creation, with slot and attributes, and a hash index when there are many.
// Append-only while shapes share it: a shape sees its first `count` entries. Keys are compared and hashed by address,
// since atoms and symbols are unique and never move. A deleted entry (unique shapes only) keeps its place in the index.
#include "vm/error.h"
#include "vm/shape_internal.h"

size_t property_table_size(u32 capacity, u32 hash_mask) {
  size_t size = sizeof(PropertyTable) + (size_t)capacity * sizeof(PropertyEntry);
  return hash_mask ? size + ((size_t)hash_mask + 1) * sizeof(u32) : size;
}

static u32 mask_for(u32 capacity) {
  if (capacity <= TABLE_SCAN_MAX) return 0;
  u32 size = 32;
  while (size < capacity + capacity / 2) size *= 2;
  return size - 1;
}

PropertyTable *property_table_new(Isolate *iso, u32 capacity) {
  u32 mask = mask_for(capacity);
  size_t size = property_table_size(capacity, mask);
  Heap *heap = heap_of(iso);
  PropertyTable *t = (PropertyTable *)(size < GC_LARGE_MIN ? gc_alloc_old(heap, size, KIND_PROPERTY_TABLE)
                                                           : gc_try_alloc(heap, size, KIND_PROPERTY_TABLE));
  if (UNLIKELY(!t)) return throw_out_of_memory(iso);
  t->capacity = capacity;
  t->hash_mask = mask;
  return t;
}

void property_table_append(Isolate *iso, PropertyTable *t, PropertyKey key, u32 slot, u32 attrs) {
  ASSERT(t->count < t->capacity);
  u32 number = t->count++;
  table_entries(t)[number] = (PropertyEntry){key, slot, attrs};
  if (t->hash_mask) {
    u32 *index = table_index(t);
    u32 h = table_hash(key) & t->hash_mask;
    while (index[h]) h = (h + 1) & t->hash_mask;
    index[h] = number + 1;
  }
  gc_barrier(heap_of(iso), &t->cell);
}

PropertyTable *property_table_copy(Isolate *iso, const PropertyTable *t, u32 count, u32 capacity) {
  PropertyTable *copy = TRY(property_table_new(iso, capacity));
  const PropertyEntry *entries = table_entries(t);
  for (u32 i = 0; i < count; i++) {
    if (entries[i].key) property_table_append(iso, copy, entries[i].key, entries[i].slot, entries[i].attrs);
  }
  return copy;
}

void property_table_delete(PropertyTable *t, u32 entry) {
  table_entries(t)[entry].key = NULL;
  t->deleted++;
}
