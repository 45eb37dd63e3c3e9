// SPDX-License-Identifier: MIT
// The insertion-ordered hash table of Map, Set and internal maps ("deterministic hash table"): a dense array of entries in
// insertion order, and bucket heads that chain them by entry number. Deleting leaves a tombstone; tombstones go when the
// array is full or half empty. Up to SMALL_MAX entries there are no buckets.
// Keys are normalised first (numbers canonical, -0 as 0, strings flat), so that most comparisons are of bits.
// The table traces its entries itself: they live in a Bytes cell that nothing else reads.
// Tests: tests/unit/vm/test_hash_table.c.
#include "base/hash.h"
#include "vm/bigint.h"
#include "vm/cells.h"
#include "vm/error.h"

enum { SMALL_MAX = 8, CAPACITY_MIN = 4, CAPACITY_MAX = (1 << 28) - 2, SHRINK_MIN = 32 };
#define ORDER_END ((u64)1 << 36)

HashTable *hash_table_new(Isolate *iso) { return (HashTable *)gc_alloc(heap_of(iso), sizeof(HashTable), KIND_HASH_TABLE); }

HashEntry *hash_table_entries(const HashTable *t) {
  Cell *cell = ref_get(t->entries);
  return cell ? (HashEntry *)(void *)((Bytes *)cell)->data : NULL;
}

static u32 *buckets_of(const HashTable *t) {
  Cell *cell = ref_get(t->buckets);
  return cell ? (u32 *)(void *)((Bytes *)cell)->data : NULL;
}

void hash_table_trace(GcTracer *tracer, Cell *cell) {
  HashTable *t = (HashTable *)cell;
  gc_trace_cell(tracer, ref_get(t->buckets));
  if (!ref_get(t->entries)) return;
  (void)gc_trace_interior(tracer, ref_get(t->entries));
  const HashEntry *entries = hash_table_entries(t);
  for (u32 i = t->first; i < t->used; i++) {
    gc_trace_word(tracer, value_bits(slot_get(&entries[i].key)));
    gc_trace_word(tracer, value_bits(slot_get(&entries[i].value)));
  }
}

// ---- Keys ----

static u32 hash_of_key(Value key) { // normalised
  if (value_is_int(key)) {
    u32 h = (u32)value_int(key) * 0x9E3779B1u;
    return h ^ h >> 16;
  }
  if (value_is_cell(key)) {
    switch (value_cell(key)->kind) {
    case KIND_STRING: return str_hash_flat(value_string(key));
    case KIND_BIGINT: return bigint_hash(value_bigint(key));
    default: return (u32)((value_bits(key) >> 4) * 0x9E3779B97F4A7C15ull >> 32);
    }
  }
  return hash_u64(value_bits(key));
}

static bool normalise_key(Isolate *iso, Value *key) {
  Value v = *key;
  if (value_is_int(v)) return true;
  if (value_is_number(v)) {
    double d = value_double(v);
    *key = d == 0 ? value_from_int(0) : value_from_untrusted_double(d);
  } else if (value_is_string(v)) {
    return str_flatten(iso, value_string(v)) != NULL;
  }
  return true;
}

static bool keys_are_equal(Value a, Value b) {
  if (a == b) return true;
  if (!value_is_cell(a) || !value_is_cell(b) || a == VALUE_EMPTY || b == VALUE_EMPTY) return false;
  u8 kind = value_cell(a)->kind;
  if (kind > KIND_BIGINT || kind == KIND_SYMBOL || value_cell(b)->kind != kind) return false;
  if (kind == KIND_BIGINT) return bigint_equals(value_bigint(a), value_bigint(b));
  const String *s = value_string(a), *t = value_string(b);
  return s->length == t->length && s->hash == t->hash && str_equals_flat(s, t);
}

static u32 find_entry(const HashTable *t, Value key, u32 hash) { // its number + 1; 0: absent
  const HashEntry *entries = hash_table_entries(t);
  const u32 *buckets = buckets_of(t);
  if (!buckets) {
    for (u32 i = t->first; i < t->used; i++) {
      if (keys_are_equal(slot_get(&entries[i].key), key)) return i + 1;
    }
    return 0;
  }
  for (u32 n = buckets[hash & t->bucket_mask]; n; n = entries[n - 1].next) {
    if (keys_are_equal(slot_get(&entries[n - 1].key), key)) return n;
  }
  return 0;
}

HashEntry *hash_table_find(Isolate *iso, HashTable *t, Value key, bool *failed) {
  if (failed) *failed = false;
  if (!t->count) return NULL;
  if (!normalise_key(iso, &key)) {
    if (failed) *failed = true;
    else (void)isolate_take_exception(iso);
    return NULL;
  }
  u32 n = find_entry(t, key, hash_of_key(key));
  return n ? hash_table_entries(t) + (n - 1) : NULL;
}

// ---- Room ----

static void link_entry(HashTable *t, HashEntry *entries, u32 *buckets, u32 i) {
  u32 *head = &buckets[hash_of_key(slot_get(&entries[i].key)) & t->bucket_mask];
  entries[i].next = *head;
  *head = i + 1;
}

// Moves the live entries to the front of `to` (which may be where they are) and chains them anew.
static void compact_into(HashTable *t, HashEntry *to, u32 *buckets) {
  const HashEntry *from = hash_table_entries(t);
  u32 n = 0;
  for (u32 i = t->first; i < t->used; i++) {
    if (slot_get(&from[i].key) == VALUE_EMPTY) continue;
    to[n] = from[i];
    to[n].next = 0;
    if (buckets) link_entry(t, to, buckets, n);
    n++;
  }
  ASSERT(n == t->count);
  if (n < t->used) t->epoch++;
  t->used = n;
  t->first = 0;
}

static void compact_in_place(HashTable *t) {
  u32 *buckets = buckets_of(t);
  if (buckets) memset(buckets, 0, ((size_t)t->bucket_mask + 1) * sizeof(u32));
  compact_into(t, hash_table_entries(t), buckets);
}

static bool resize(Isolate *iso, HashTable *t, u32 capacity) {
  Bytes *entries = TRY(bytes_new(iso, (u64)capacity * sizeof(HashEntry)));
  Bytes *buckets = NULL;
  u32 mask = 0;
  if (capacity > SMALL_MAX) {
    u32 bucket_count = SMALL_MAX * 2;
    while (bucket_count < capacity) bucket_count *= 2;
    buckets = TRY(bytes_new(iso, (u64)bucket_count * sizeof(u32)));
    mask = bucket_count - 1;
  }
  t->bucket_mask = mask;
  compact_into(t, (HashEntry *)(void *)entries->data, buckets ? (u32 *)(void *)buckets->data : NULL);
  ref_set(iso, t, &t->entries, &entries->cell);
  ref_set(iso, t, &t->buckets, buckets ? &buckets->cell : NULL);
  t->capacity = capacity;
  return true;
}

HashTable *hash_table_copy(Isolate *iso, HashTable *of) {
  HashTable *t = hash_table_new(iso);
  if (!of->count) return t;
  if (of->used != of->count) compact_in_place(of);
  u64 entries_size = ((Bytes *)ref_get(of->entries))->size;
  Bytes *entries = TRY(bytes_new(iso, entries_size)), *buckets = NULL;
  memcpy(entries->data, hash_table_entries(of), of->used * sizeof(HashEntry));
  if (ref_get(of->buckets)) {
    buckets = TRY(bytes_new(iso, ((Bytes *)ref_get(of->buckets))->size));
    memcpy(buckets->data, buckets_of(of), ((size_t)of->bucket_mask + 1) * sizeof(u32));
  }
  t->count = t->used = of->used;
  t->capacity = of->capacity;
  t->bucket_mask = of->bucket_mask;
  t->next_order = of->next_order;
  ref_set(iso, t, &t->entries, &entries->cell);
  ref_set(iso, t, &t->buckets, buckets ? &buckets->cell : NULL);
  return t;
}

bool hash_table_reserve(Isolate *iso, HashTable *t, u32 count) {
  ASSERT(!t->used);
  return count <= t->capacity || resize(iso, t, MIN(count, (u32)CAPACITY_MAX));
}

bool hash_table_trim(Isolate *iso, HashTable *t) {
  if (t->count >= t->capacity / 4 || t->capacity <= SMALL_MAX) return true;
  return resize(iso, t, MAX(t->count, (u32)CAPACITY_MIN));
}

static bool make_room(Isolate *iso, HashTable *t) {
  if (t->used < t->capacity) return true;
  if (t->count < t->used - t->used / 4) {
    compact_in_place(t);
    return true;
  }
  if (t->capacity >= CAPACITY_MAX) return THROW(iso, RANGE, "Map maximum size exceeded");
  u64 capacity = t->capacity ? (u64)t->capacity * 2 : CAPACITY_MIN;
  return resize(iso, t, (u32)MIN(capacity, (u64)CAPACITY_MAX));
}

static void renumber(HashTable *t) {
  HashEntry *entries = hash_table_entries(t);
  for (u32 i = 0; i < t->used; i++) entries[i].order = i;
  t->next_order = t->used;
  t->renumbered = ++t->epoch;
}

bool hash_table_set(Isolate *iso, HashTable *t, Value key, Value value) {
  TRY(normalise_key(iso, &key));
  u32 hash = hash_of_key(key);
  u32 n = t->count ? find_entry(t, key, hash) : 0;
  if (n) {
    slot_set(iso, t, &hash_table_entries(t)[n - 1].value, value);
    return true;
  }
  TRY(make_room(iso, t));
  if (UNLIKELY(t->next_order == ORDER_END)) renumber(t);
  HashEntry *entry = hash_table_entries(t) + t->used;
  slot_init(&entry->key, key);
  slot_init(&entry->value, value);
  gc_barrier(heap_of(iso), &t->cell);
  entry->order = t->next_order++;
  entry->next = 0;
  u32 *buckets = buckets_of(t);
  if (buckets) {
    u32 *head = &buckets[hash & t->bucket_mask];
    entry->next = *head;
    *head = t->used + 1;
  }
  t->used++;
  t->count++;
  return true;
}

bool hash_table_delete(Isolate *iso, HashTable *t, Value key) {
  HashEntry *entry = hash_table_find(iso, t, key, NULL);
  if (!entry) return false;
  slot_init(&entry->key, VALUE_EMPTY);
  slot_init(&entry->value, VALUE_EMPTY);
  t->count--;
  const HashEntry *entries = hash_table_entries(t);
  while (t->first < t->used && slot_get(&entries[t->first].key) == VALUE_EMPTY) t->first++;
  if (t->used <= SMALL_MAX || t->count > t->used / 2) return true;
  if (t->capacity > SHRINK_MIN && t->count < t->capacity / 8) {
    if (resize(iso, t, MAX(t->capacity / 4, (u32)SMALL_MAX * 2))) return true;
    (void)isolate_take_exception(iso); // no memory to shrink: then it stays large
  }
  compact_in_place(t);
  return true;
}

void hash_table_clear(Isolate *iso, HashTable *t) {
  ref_set(iso, t, &t->entries, NULL);
  ref_set(iso, t, &t->buckets, NULL);
  t->count = t->used = t->capacity = t->first = t->bucket_mask = 0;
  t->epoch++;
}

// ---- Iteration ----

// First entry that was inserted at or after `order`.
static u32 position_of_order(const HashTable *t, u64 order) {
  const HashEntry *entries = hash_table_entries(t);
  u32 low = 0, high = t->used;
  while (low < high) {
    u32 middle = low + (high - low) / 2;
    if (entries[middle].order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

bool hash_table_next(HashTable *t, HashCursor *cursor, Value *key, Value *value) {
  u32 i = cursor->position;
  if (UNLIKELY(cursor->epoch != t->epoch)) {
    bool lost = cursor->epoch < t->renumbered && cursor->order;
    i = lost ? t->used : position_of_order(t, cursor->order);
    cursor->epoch = t->epoch;
  }
  const HashEntry *entries = hash_table_entries(t);
  for (i = MAX(i, t->first); i < t->used; i++) {
    if (slot_get(&entries[i].key) == VALUE_EMPTY) continue;
    *key = slot_get(&entries[i].key);
    *value = slot_get(&entries[i].value);
    cursor->position = i + 1;
    cursor->order = entries[i].order + 1;
    return true;
  }
  cursor->position = i;
  return false;
}
