// SPDX-License-Identifier: MIT
// What holds its keys weakly: the table of WeakMap and WeakSet (ephemerons: a value lives while its key does), WeakRef, and
// FinalizationRegistry. Weak addresses are in native memory, where the collector does not look.
// Every collection, minor ones too, comes by all of them between marking and sweeping.
// Tests: tests/unit/vm/test_weak_table.c, tests/js/keyed/.
#include "base/hash.h"
#include "vm/cells.h"
#include "vm/error.h"
#include "vm/promise.h"

enum { KEY_FREE = 0, KEY_DELETED = 1, WEAK_MIN = 8 };

bool can_be_held_weakly(Value v) {
  if (value_is_object(v)) return true;
  return value_is_symbol(v) && !(value_symbol(v)->flags & (SYMBOL_REGISTERED | SYMBOL_PRIVATE));
}

static Heap *heap_of_tracer(const GcTracer *tracer) { return heap_of((Isolate *)gc_tracer_context(tracer)); }

static bool is_live(const Heap *heap, u64 address) {
  const Cell *cell = (const Cell *)(uintptr_t)address;
  return cell->gc_bits & GC_STATIC || gc_is_marked(heap, cell);
}

// ---- WeakTable ----

WeakTable *weak_table_new(Isolate *iso) {
  WeakTable *t = (WeakTable *)gc_alloc(heap_of(iso), sizeof(WeakTable), KIND_WEAK_TABLE);
  gc_register_weak(heap_of(iso), &t->cell);
  gc_register_finalizer(heap_of(iso), &t->cell);
  return t;
}

static u32 hash_of_address(u64 address) { return (u32)((address >> 4) * 0x9E3779B97F4A7C15ull >> 32); }

static WeakEntry *find(const WeakTable *t, u64 key) {
  if (!t->entries) return NULL;
  for (u32 i = hash_of_address(key) & t->mask;; i = (i + 1) & t->mask) {
    if (t->entries[i].key == key) return &t->entries[i];
    if (t->entries[i].key == KEY_FREE) return NULL;
  }
}

static WeakEntry *free_place(WeakEntry *entries, u32 mask, u64 key) {
  u32 i = hash_of_address(key) & mask;
  while (entries[i].key > KEY_DELETED) i = (i + 1) & mask;
  return &entries[i];
}

static size_t bytes_of(const WeakTable *t) { return t->entries ? ((size_t)t->mask + 1) * sizeof(WeakEntry) : 0; }

static bool rehash(Isolate *iso, WeakTable *t, u32 size) {
  WeakEntry *entries = base_try_alloc_zeroed((size_t)size * sizeof(WeakEntry));
  if (!entries) return throw_out_of_memory(iso);
  for (u32 i = 0; t->entries && i <= t->mask; i++) {
    if (t->entries[i].key > KEY_DELETED) *free_place(entries, size - 1, t->entries[i].key) = t->entries[i];
  }
  ptrdiff_t grown = (ptrdiff_t)(size * sizeof(WeakEntry)) - (ptrdiff_t)bytes_of(t);
  base_free(t->entries);
  t->entries = entries;
  t->mask = size - 1;
  t->used = t->count;
  gc_adjust_external(heap_of(iso), grown); // may collect: the table is whole again
  return true;
}

Value weak_table_get(const WeakTable *t, Value key) {
  const WeakEntry *entry = find(t, value_bits(key));
  return entry ? slot_get(&entry->value) : VALUE_EMPTY;
}

bool weak_table_set(Isolate *iso, WeakTable *t, Value key, Value value) {
  WeakEntry *entry = find(t, value_bits(key));
  if (!entry) {
    if (!t->entries || (t->used + 1) * 4 > (t->mask + 1) * 3) {
      u32 size = WEAK_MIN;
      while (size < (t->count + 1) * 2) size *= 2;
      TRY(rehash(iso, t, size));
    }
    entry = free_place(t->entries, t->mask, value_bits(key));
    if (entry->key == KEY_FREE) t->used++;
    t->count++;
    entry->key = value_bits(key);
  }
  slot_set(iso, t, &entry->value, value);
  return true;
}

static void remove_entry(WeakTable *t, WeakEntry *entry) {
  entry->key = KEY_DELETED;
  slot_init(&entry->value, VALUE_EMPTY);
  t->count--;
}

bool weak_table_delete(WeakTable *t, Value key) {
  WeakEntry *entry = find(t, value_bits(key));
  if (!entry) return false;
  remove_entry(t, entry);
  return true;
}

// A value that is itself a key makes the next one live: following it at once keeps long lists that are linked through a WeakMap
// from taking a round of marking for every link.
static void trace_chain(GcTracer *tracer, const WeakTable *t, u64 value) {
  const Heap *heap = heap_of_tracer(tracer);
  while (word_is_cell(value) && !is_live(heap, value)) {
    gc_trace_word(tracer, value);
    const WeakEntry *next = find(t, value);
    if (!next) return;
    value = value_bits(slot_get(&next->value));
  }
}

bool weak_table_trace_ephemerons(GcTracer *tracer, Cell *cell) {
  WeakTable *t = (WeakTable *)cell;
  const Heap *heap = heap_of_tracer(tracer);
  bool marked = false;
  for (u32 i = 0; t->entries && i <= t->mask; i++) {
    const WeakEntry *entry = &t->entries[i];
    u64 value = value_bits(slot_get(&entry->value));
    if (entry->key <= KEY_DELETED || !word_is_cell(value) || is_live(heap, value) || !is_live(heap, entry->key)) continue;
    trace_chain(tracer, t, value);
    marked = true;
  }
  return marked;
}

void weak_table_sweep(Heap *heap, Cell *cell) {
  WeakTable *t = (WeakTable *)cell;
  for (u32 i = 0; t->entries && i <= t->mask; i++) {
    if (t->entries[i].key > KEY_DELETED && !is_live(heap, t->entries[i].key)) remove_entry(t, &t->entries[i]);
  }
}

void weak_table_finalize(Heap *heap, Cell *cell) {
  WeakTable *t = (WeakTable *)cell;
  gc_adjust_external(heap, -(ptrdiff_t)bytes_of(t));
  base_free(t->entries);
  t->entries = NULL;
}

// ---- WeakRef ----

void keep_during_job(Isolate *iso, Value target) {
  if (iso->kept_alive.len && vec_last(&iso->kept_alive) == value_cell(target)) return;
  vec_push(&iso->kept_alive, value_cell(target));
}

void clear_kept_objects(Isolate *iso) { vec_clear(&iso->kept_alive); }

void weak_ref_set_target(Isolate *iso, JSWeakRef *ref, Value target) {
  ref->target = value_bits(target);
  gc_register_weak(heap_of(iso), &ref->object.cell);
  keep_during_job(iso, target);
}

Value weak_ref_deref(Isolate *iso, JSWeakRef *ref) {
  if (!ref->target) return VALUE_UNDEFINED;
  keep_during_job(iso, value_from_bits(ref->target));
  return value_from_bits(ref->target);
}

void weak_ref_sweep(Heap *heap, Cell *cell) {
  JSWeakRef *ref = (JSWeakRef *)cell;
  if (ref->target && !is_live(heap, ref->target)) ref->target = 0;
}

// ---- FinalizationRegistry ----

void finalization_registry_init(Isolate *iso, JSFinalizationRegistry *r) {
  gc_register_weak(heap_of(iso), &r->object.cell);
  gc_register_finalizer(heap_of(iso), &r->object.cell);
}

bool finalization_registry_register(Isolate *iso, JSFinalizationRegistry *r, Value target, Value held, Value token) {
  if (r->count == r->capacity) {
    u32 capacity = r->capacity ? r->capacity * 2 : 8;
    RegistryCell *cells = base_try_alloc(capacity * sizeof(RegistryCell));
    if (!cells) return throw_out_of_memory(iso);
    if (r->count) memcpy(cells, r->cells, r->count * sizeof(RegistryCell));
    ptrdiff_t grown = (ptrdiff_t)((capacity - r->capacity) * sizeof(RegistryCell));
    base_free(r->cells);
    r->cells = cells;
    r->capacity = capacity;
    gc_adjust_external(heap_of(iso), grown);
  }
  RegistryCell *cell = &r->cells[r->count++]; // a collection may have dropped some meanwhile: count is read here
  cell->target = value_bits(target);
  cell->token = value_bits(token);
  slot_set(iso, r, &cell->held, held);
  return true;
}

bool finalization_registry_unregister(JSFinalizationRegistry *r, Value token) {
  u32 kept = 0, before = r->count;
  for (u32 i = 0; i < before; i++) {
    if (r->cells[i].token != value_bits(token)) r->cells[kept++] = r->cells[i];
  }
  r->count = kept;
  return kept < before;
}

bool finalization_registry_take_dead(JSFinalizationRegistry *r, Value *held) {
  for (u32 i = 0; i < r->count; i++) {
    if (r->cells[i].target) continue;
    *held = slot_get(&r->cells[i].held);
    memmove(&r->cells[i], &r->cells[i + 1], (r->count - i - 1) * sizeof(RegistryCell));
    r->count--;
    return true;
  }
  return false;
}

bool finalization_registry_cleanup(Isolate *iso, JSFinalizationRegistry *r, Value callback) {
  if (value_is_undefined(callback)) callback = slot_get(&r->cleanup_callback);
  r->queued = false;
  Value held;
  while (finalization_registry_take_dead(r, &held)) TRY(CALL1(iso, callback, VALUE_UNDEFINED, held));
  return true;
}

void finalization_registry_trace(GcTracer *tracer, Cell *cell) {
  JSFinalizationRegistry *r = (JSFinalizationRegistry *)cell;
  gc_trace_word(tracer, value_bits(slot_get(&r->cleanup_callback)));
  gc_trace_cell(tracer, ref_get(r->realm));
  for (u32 i = 0; i < r->count; i++) gc_trace_word(tracer, value_bits(slot_get(&r->cells[i].held)));
}

void finalization_registry_sweep(Heap *heap, Cell *cell) {
  JSFinalizationRegistry *r = (JSFinalizationRegistry *)cell;
  bool dead = false;
  for (u32 i = 0; i < r->count; i++) {
    RegistryCell *entry = &r->cells[i];
    if (entry->token && !is_live(heap, entry->token)) entry->token = 0;
    if (entry->target && !is_live(heap, entry->target)) entry->target = 0;
    if (!entry->target) dead = true;
  }
  if (!dead || r->queued) return;
  r->queued = true;
  Isolate *iso = (Isolate *)(void *)heap;
  vec_push(&iso->finalization_queue, cell);
}

void finalization_registry_finalize(Heap *heap, Cell *cell) {
  JSFinalizationRegistry *r = (JSFinalizationRegistry *)cell;
  gc_adjust_external(heap, -(ptrdiff_t)(r->capacity * sizeof(RegistryCell)));
  base_free(r->cells);
  r->cells = NULL;
}
