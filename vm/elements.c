// SPDX-License-Identifier: MIT
// Stores: overflow slots grow to the left of bf, elements to the right. Elements are dense (plain data, EMPTY is a hole) or a
// SparseElements hash table, which every element with other attributes needs, and indices that would waste a dense store.
// A sparse table whose entries have become many and plain turns dense again when it has to grow.
#include "base/hash.h"
#include "vm/memory_access.h"
#include "vm/object_internal.h"

const EmptyStore weft_empty_store_cell = {{0, 0}, {0, KIND_STORE, GC_STATIC, 0}, {0, 0}};

enum {
  DENSE_GAP_MAX = 1024,       // an element this far beyond the end keeps the store dense
  DENSE_WASTE = 8,            // so does one that leaves at least every 8th element in use
  DENSE_LENGTH_MAX = 1 << 27, // no dense store is longer
};

size_t store_size(const Store *store) {
  u32 named = store->cell.shape_id;
  const ElementsHeader *header = (const ElementsHeader *)(const void *)&store->words[named];
  u32 elements = store->cell.flags & STORE_SPARSE ? 1 : header->capacity;
  return sizeof(Store) + ((size_t)named + 1 + elements) * sizeof(Slot);
}

// ---- Growth ----

static u32 named_log_of(u32 capacity) {
  u32 log = 0;
  if (!capacity) return 0;
  while (log < NAMED_LOG_SHIFTED && (log == 0 || 2u << log < capacity)) log++;
  return log < NAMED_LOG_SHIFTED ? log : NAMED_LOG_HUGE;
}

// Empties a store that its object has left. Writes into a store are remembered with its object, so nobody would tell the collector of the
// last ones: a stale word of the stack that brings the store back to life in a full collection must not find cells that died since.
static void store_abandon(JSObject *o) {
  Store *store = obj_store(o);
  if (!store || !(store->cell.gc_bits & GC_OLD)) return;
  store->cell.shape_id = 0;
  store->cell.flags = 0;
  *elements_header(&store->words[1]) = (ElementsHeader){0};
}

// Moves named slots and, with keep, dense elements to a new store. elements: capacity in words.
static bool store_move(Isolate *iso, JSObject *o, u32 named, u32 elements, bool keep, bool sparse) {
  size_t size = sizeof(Store) + ((size_t)named + 1 + elements) * sizeof(Slot);
  if (!sparse && size % GC_GRANULE) elements++, size += sizeof(Slot);
  Heap *heap = heap_of(iso);
  Store *store = (Store *)(size < GC_LARGE_MIN ? gc_alloc(heap, size, KIND_STORE) : gc_try_alloc(heap, size, KIND_STORE));
  if (UNLIKELY(!store)) return throw_out_of_memory(iso);
  u32 old_named = obj_named_capacity(o);
  store->cell.shape_id = named;
  store->cell.flags = sparse ? STORE_SPARSE : 0;
  Slot *bf = &store->words[named + 1];
  ElementsHeader *header = elements_header(bf), *old = elements_header(o->bf);
  header->length = old->length;
  header->capacity = sparse ? 0 : elements;
  u32 log = named_log_of(named);
  // The biggest class keeps its capacity in the first slot: when a store gets there, its slots move up by one.
  u32 shift = log == NAMED_LOG_HUGE && (o->cell.flags & OBJ_NAMED_LOG_MASK) != OBJ_NAMED_LOG_MASK;
  if (old_named) memcpy(bf - 1 - old_named - shift, o->bf - 1 - old_named, old_named * sizeof(Slot));
  if (keep) {
    u32 count = MIN(old->capacity, elements);
    TRY(memory_copy_polling(iso, bf, o->bf, count * sizeof(Slot), false));
    if (o->cell.flags & OBJ_SPARSE) bf[0] = o->bf[0];
  }
  store_abandon(o);
  o->cell.flags = (u16)((o->cell.flags & ~OBJ_NAMED_LOG_MASK) | log << OBJ_NAMED_LOG_SHIFT);
  o->bf = bf;
  if (log == NAMED_LOG_HUGE) slot_init(bf - 2, value_from_int((i32)named));
  gc_barrier(heap, &o->cell);
  if (old_named) { // the addresses of slots changed
    Shape *s = obj_shape(iso, o);
    if (s->flags & SHAPE_WATCHED) s->flags &= ~(u32)SHAPE_WATCHED, shape_raise_epoch(iso);
  }
  return true;
}

static u32 element_words(const JSObject *o) { return o->cell.flags & OBJ_SPARSE ? 1 : elements_header(o->bf)->capacity; }

// To the biggest class of stores: overflow properties move up by one.
static bool become_huge(Isolate *iso, JSObject *o, u32 capacity) {
  Shape *s = TRY(shape_make_unique(iso, o, SHAPE_DICTIONARY));
  TRY(store_move(iso, o, capacity, element_words(o), true, o->cell.flags & OBJ_SPARSE));
  PropertyEntry *entries = shape_entries(s);
  for (u32 i = 0; i < s->count; i++) {
    if (entries[i].slot >= s->inline_cap) entries[i].slot++;
  }
  s->next_slot++;
  shape_unique_changed(iso, o, s);
  return true;
}

bool obj_ensure_named(Isolate *iso, JSObject *o, u32 slots) {
  u32 capacity = obj_named_capacity(o);
  if (LIKELY(slots <= capacity)) return true;
  u32 wanted = MAX(4u, capacity);
  while (wanted < slots) wanted *= 2;
  if (wanted >= 2u << NAMED_LOG_SHIFTED && capacity < 2u << NAMED_LOG_SHIFTED) return become_huge(iso, o, wanted);
  return store_move(iso, o, wanted, element_words(o), true, o->cell.flags & OBJ_SPARSE);
}

// The elements move, or their beginning does: a queue of thousands is not copied for each that leaves it. The words that stay behind
// count as named capacity for the store, and are integers.
Value elements_shift(JSObject *o) {
  enum { MOVED_MAX = 32 };
  ElementsHeader header = *elements_header(o->bf);
  u32 log = (o->cell.flags & OBJ_NAMED_LOG_MASK) >> OBJ_NAMED_LOG_SHIFT;
  Value v = slot_get(&o->bf[0]);
  header.length--;
  if (header.length < MOVED_MAX || (log && log != NAMED_LOG_SHIFTED)) {
    memmove(o->bf, o->bf + 1, header.length * sizeof(Slot));
    slot_init(&o->bf[header.length], VALUE_EMPTY);
    elements_header(o->bf)->length = header.length;
    return v;
  }
  u32 gone = log ? (u32)value_int(slot_get(o->bf - 2)) + 1 : 1;
  header.capacity--;
  obj_store(o)->cell.shape_id = gone;
  o->cell.flags = (u16)((o->cell.flags & ~OBJ_NAMED_LOG_MASK) | NAMED_LOG_SHIFTED << OBJ_NAMED_LOG_SHIFT);
  o->bf++;
  *elements_header(o->bf) = header;
  slot_init(o->bf - 2, value_from_int((i32)gone));
  return v;
}

static bool dense_from_sparse(Isolate *iso, JSObject *o, u32 capacity);

bool obj_ensure_dense(Isolate *iso, JSObject *o, u32 capacity) {
  if (LIKELY(capacity <= elements_header(o->bf)->capacity)) return true;
  if (capacity > DENSE_LENGTH_MAX) return throw_out_of_memory(iso);
  if (UNLIKELY(!obj_has_dense(o))) return dense_from_sparse(iso, o, capacity);
  return store_move(iso, o, obj_named_capacity(o), capacity, true, false);
}

bool obj_grow_elements(Isolate *iso, JSObject *o, u32 capacity) {
  u32 now = elements_header(o->bf)->capacity;
  if (capacity <= now) return true;
  u32 grown = now + now / 2 + 3;
  return obj_ensure_dense(iso, o, MAX(capacity, MIN(grown, (u32)DENSE_LENGTH_MAX)));
}

// ---- Sparse tables ----

size_t sparse_size(u32 mask) { return sizeof(SparseElements) + ((size_t)mask + 1) * sizeof(SparseEntry); }

static u32 sparse_hash(u32 index) { return (u32)((u64)index * 0x9E3779B97F4A7C15ull >> 32); }

static SparseElements *sparse_new(Isolate *iso, u32 room) {
  u32 size = 8;
  while (size < room + room / 2) size *= 2;
  size_t bytes = sparse_size(size - 1);
  Heap *heap = heap_of(iso);
  SparseElements *t = (SparseElements *)(bytes < GC_LARGE_MIN ? gc_alloc(heap, bytes, KIND_SPARSE_ELEMENTS)
                                                              : gc_try_alloc(heap, bytes, KIND_SPARSE_ELEMENTS));
  if (!t) return throw_out_of_memory(iso);
  t->mask = size - 1;
  return t;
}

static SparseEntry *sparse_find(SparseElements *t, u32 index) {
  for (u32 h = sparse_hash(index) & t->mask; t->entries[h].state; h = (h + 1) & t->mask) {
    SparseEntry *e = &t->entries[h];
    if (e->index == index && !(e->state & SPARSE_DELETED)) return e;
  }
  return NULL;
}

static void sparse_put_new(Isolate *iso, SparseElements *t, u32 index, Value v, u32 attrs) {
  u32 h = sparse_hash(index) & t->mask;
  while (t->entries[h].state & SPARSE_USED) h = (h + 1) & t->mask;
  SparseEntry *e = &t->entries[h];
  if (!e->state) t->used++;
  e->index = index;
  e->state = attrs | SPARSE_USED;
  slot_set(iso, t, &e->value, v);
  t->count++;
  if (index > t->max_index) t->max_index = index;
}

static bool sparse_is_plain(const SparseElements *t) {
  for (u32 i = 0; i <= t->mask; i++) {
    u32 state = t->entries[i].state;
    if (state & SPARSE_USED && state != (SPARSE_USED | ATTR_ALL)) return false;
  }
  return true;
}

static bool make_dense(Isolate *iso, JSObject *o, u32 capacity) {
  SparseElements *t = obj_sparse(o);
  TRY(store_move(iso, o, obj_named_capacity(o), capacity, false, false));
  o->cell.flags &= (u16)~OBJ_SPARSE;
  for (u32 i = 0; i <= t->mask; i++) {
    if (t->entries[i].state & SPARSE_USED) o->bf[t->entries[i].index] = t->entries[i].value;
  }
  gc_barrier(heap_of(iso), &o->cell);
  return true;
}

static bool dense_from_sparse(Isolate *iso, JSObject *o, u32 capacity) {
  SparseElements *t = obj_sparse(o);
  if (t->max_index >= DENSE_LENGTH_MAX || !sparse_is_plain(t)) return throw_out_of_memory(iso);
  return make_dense(iso, o, MAX(capacity, t->max_index + 1));
}

static void sparse_install(Isolate *iso, JSObject *o, SparseElements *t) {
  slot_init(o->bf, value_from_cell(t));
  gc_barrier(heap_of(iso), &o->cell);
}

// Room for one more entry, `index`. May turn the elements dense (then *dense).
static bool sparse_reserve(Isolate *iso, JSObject *o, u32 index, bool *dense) {
  SparseElements *t = obj_sparse(o);
  if ((t->used + 1) * 4 <= (t->mask + 1) * 3) return true;
  u64 needed = (u64)MAX(t->max_index, index) + 1;
  if (needed <= (u64)t->count * 3 && needed <= DENSE_LENGTH_MAX && sparse_is_plain(t)) {
    *dense = true;
    return make_dense(iso, o, (u32)(needed + needed / 2));
  }
  SparseElements *bigger = TRY(sparse_new(iso, t->count * 2 + 4));
  for (u32 i = 0; i <= t->mask; i++) {
    const SparseEntry *e = &t->entries[i];
    if (e->state & SPARSE_USED) sparse_put_new(iso, bigger, e->index, slot_get(&e->value), e->state & 0xFF);
  }
  sparse_install(iso, o, bigger);
  return true;
}

static u32 dense_count(const JSObject *o) {
  u32 count = 0, capacity = elements_header(o->bf)->capacity;
  for (u32 i = 0; i < capacity; i++) count += slot_get(&o->bf[i]) != VALUE_EMPTY;
  return count;
}

bool obj_make_sparse(Isolate *iso, JSObject *o) {
  if (!obj_has_dense(o)) return true;
  u32 capacity = elements_header(o->bf)->capacity;
  Slot *elements = o->bf;
  SparseElements *t = TRY(sparse_new(iso, dense_count(o) + 2));
  for (u32 i = 0; i < capacity; i++) {
    if (slot_get(&elements[i]) != VALUE_EMPTY) sparse_put_new(iso, t, i, slot_get(&elements[i]), ATTR_ALL);
  }
  TRY(store_move(iso, o, obj_named_capacity(o), 1, false, true));
  o->cell.flags |= OBJ_SPARSE;
  sparse_install(iso, o, t);
  return true;
}

// ---- Single elements ----

bool element_find(JSObject *o, u32 index, OwnProperty *own) {
  if (LIKELY(obj_has_dense(o))) {
    if (index >= elements_header(o->bf)->capacity || slot_get(&o->bf[index]) == VALUE_EMPTY) return false;
    *own = (OwnProperty){&o->bf[index], &o->cell, ATTR_ALL, index};
    return true;
  }
  SparseElements *t = obj_sparse(o);
  SparseEntry *e = sparse_find(t, index);
  if (!e) return false;
  *own = (OwnProperty){&e->value, &t->cell, e->state & 0xFF, index};
  return true;
}

// True when a dense store that reaches `index` is worth its memory.
static bool dense_pays(const JSObject *o, u32 index) {
  u32 capacity = elements_header(o->bf)->capacity;
  if (index >= DENSE_LENGTH_MAX) return false;
  if (index < capacity + DENSE_GAP_MAX) return true;
  return (u64)dense_count(o) * DENSE_WASTE > index;
}

static void raise_length(JSObject *o, u32 index) {
  ElementsHeader *header = elements_header(o->bf);
  if (index >= header->length) header->length = index + 1;
}

bool element_add(Isolate *iso, JSObject *o, u32 index, Value v, u32 attrs) {
  if (UNLIKELY(o->cell.flags & OBJ_ELEMENTS_LOCKED) && obj_shape(iso, o)->flags & SHAPE_PROTO) iso->no_indexed_on_prototypes = 0;
  if (LIKELY(obj_has_dense(o)) && LIKELY(attrs == ATTR_ALL)) {
    if (index < elements_header(o->bf)->capacity || dense_pays(o, index)) {
      TRY(obj_grow_elements(iso, o, index + 1));
      slot_set(iso, o, &o->bf[index], v);
      raise_length(o, index);
      return true;
    }
  }
  TRY(obj_make_sparse(iso, o));
  bool dense = false;
  TRY(sparse_reserve(iso, o, index, &dense));
  if (dense) return element_add(iso, o, index, v, attrs);
  sparse_put_new(iso, obj_sparse(o), index, v, attrs);
  raise_length(o, index);
  return true;
}

bool element_change(Isolate *iso, JSObject *o, u32 index, const OwnProperty *own, Value v, u32 attrs) {
  if (own->attrs == attrs) {
    slot_set(iso, own->owner, own->slot, v);
    return true;
  }
  TRY(obj_make_sparse(iso, o));
  SparseElements *t = obj_sparse(o);
  SparseEntry *e = sparse_find(t, index);
  e->state = attrs | SPARSE_USED;
  slot_set(iso, t, &e->value, v);
  return true;
}

void element_remove(Isolate *iso, JSObject *o, u32 index) {
  (void)iso;
  if (obj_has_dense(o)) {
    if (index < elements_header(o->bf)->capacity) slot_init(&o->bf[index], VALUE_EMPTY);
    return;
  }
  SparseElements *t = obj_sparse(o);
  SparseEntry *e = sparse_find(t, index);
  if (!e) return;
  e->state = SPARSE_DELETED;
  slot_init(&e->value, VALUE_EMPTY);
  t->count--;
}

Tri obj_add_element(Isolate *iso, JSObject *o, u32 index, Value v) {
  if (UNLIKELY(o->cell.flags & OBJ_ELEMENTS_LOCKED)) {
    if (!obj_is_extensible_ordinary(iso, o)) return TRI_NO;
    if (o->cell.flags & OBJ_LENGTH_READONLY && index >= elements_header(o->bf)->length) return TRI_NO;
  }
  return element_add(iso, o, index, v, ATTR_ALL) ? TRI_YES : TRI_FAIL;
}

// ---- All elements ----

bool obj_has_elements(const JSObject *o) {
  if (!obj_has_dense(o)) return obj_sparse(o)->count != 0;
  u32 capacity = elements_header(o->bf)->capacity;
  for (u32 i = 0; i < capacity; i++) {
    if (slot_get(&o->bf[i]) != VALUE_EMPTY) return true;
  }
  return false;
}

static int compare_keys(const void *a, const void *b) {
  u64 x = key_bits(*(const PropertyKey *)a), y = key_bits(*(const PropertyKey *)b);
  return x < y ? -1 : x > y;
}

bool element_push_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  (void)iso;
  if (obj_has_dense(o)) {
    for (u32 i = 0; i < elements_header(o->bf)->capacity; i++) {
      if (slot_get(&o->bf[i]) != VALUE_EMPTY) TRY(key_list_push(keys, key_from_index(i)));
    }
    return true;
  }
  SparseElements *t = obj_sparse(o);
  u32 first = keys->length;
  for (u32 i = 0; i <= t->mask; i++) {
    if (t->entries[i].state & SPARSE_USED) TRY(key_list_push(keys, key_from_index(t->entries[i].index)));
  }
  if (keys->length > first) qsort(keys->data + first, keys->length - first, sizeof(PropertyKey), compare_keys);
  return true;
}

// A header of the object's own, so that a length can be written.
static bool own_header(Isolate *iso, JSObject *o) { return o->bf != weft_empty_store || store_move(iso, o, 0, 1, true, false); }

bool elements_set_length(Isolate *iso, JSObject *o, u32 length) {
  ElementsHeader *header = elements_header(o->bf);
  if (header->length == length) return true;
  if (length < header->length && obj_has_dense(o)) {
    u32 end = MIN(header->length, header->capacity);
    if (length < end) memset(&o->bf[length], 0, (end - length) * sizeof(Slot));
    if (header->capacity > 4096 && length < header->capacity / 8) {
      u32 keep = MAX(length, 1u);
      header->length = length;
      return store_move(iso, o, obj_named_capacity(o), keep, true, false);
    }
  }
  TRY(own_header(iso, o));
  elements_header(o->bf)->length = length;
  return true;
}

static bool sparse_truncate(Isolate *iso, JSObject *o, u32 length, u32 *reached) {
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(element_push_keys(iso, o, &keys));
  for (u32 i = keys.length; i-- > 0;) {
    u32 index = key_index(keys.data[i]);
    if (index < length) break;
    SparseEntry *e = sparse_find(obj_sparse(o), index);
    if (!(e->state & ATTR_CONFIGURABLE)) {
      *reached = index + 1;
      return true;
    }
    element_remove(iso, o, index);
  }
  return true;
}

bool elements_truncate(Isolate *iso, JSObject *o, u32 length, u32 *reached) {
  *reached = length;
  if (!obj_has_dense(o)) {
    TRY(sparse_truncate(iso, o, length, reached));
    SparseElements *t = obj_sparse(o);
    if (t->count == 0) {
      TRY(make_dense(iso, o, 1));
    } else if (t->max_index >= *reached) {
      t->max_index = *reached - 1;
    }
  }
  return elements_set_length(iso, o, *reached);
}

bool elements_restrict(Isolate *iso, JSObject *o, u32 removed_attrs) {
  if (!obj_has_elements(o)) return true;
  TRY(obj_make_sparse(iso, o));
  SparseElements *t = obj_sparse(o);
  for (u32 i = 0; i <= t->mask; i++) {
    SparseEntry *e = &t->entries[i];
    if (!(e->state & SPARSE_USED)) continue;
    e->state &= ~(e->state & ATTR_ACCESSOR ? removed_attrs & ~(u32)ATTR_WRITABLE : removed_attrs);
  }
  return true;
}
