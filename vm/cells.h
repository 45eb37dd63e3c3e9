// SPDX-License-Identifier: MIT
// Plain cells without behaviour: arrays of values, bytes, hash tables.
#ifndef WEFT_VM_CELLS_H
#define WEFT_VM_CELLS_H

#include "vm/isolate.h"

typedef struct ValueArray {
  Cell cell;
  u64 count;
  Slot values[];
} ValueArray;
MUST_CHECK ValueArray *value_array_new(Isolate *iso, u64 count); // EMPTY; NULL: RangeError thrown
typedef struct Bytes {
  Cell cell;
  u64 size;
  u64 used; // by append buffers of strings
  u8 data[];
} Bytes;
MUST_CHECK Bytes *bytes_new(Isolate *iso, u64 size); // zeroed; NULL: RangeError thrown

// Insertion-ordered hash table of Map, Set and internal maps: entries in order, deleted ones as tombstones. Each entry
// carries the number of its insertion: a cursor that slept while entries moved finds its place by that number.
typedef struct HashEntry {
  Slot key; // EMPTY: deleted
  Slot value;
  u64 order : 36; // number of the insertion, growing along the entries
  u64 next : 28;  // next entry of the bucket: its number + 1; 0: last
} HashEntry;
typedef struct HashTable {
  Cell cell;
  REF(Cell) entries; // Bytes of HashEntry, traced by the table; NULL while the table is empty
  REF(Cell) buckets; // Bytes: u32 per bucket, entry number + 1; NULL: few entries, looked through in order
  u32 count;         // live entries
  u32 used;          // entries in use, tombstones included
  u32 capacity;
  u32 first; // no live entry is before this one: queues stay cheap
  u32 bucket_mask;
  u32 epoch;      // raised when entries move
  u32 renumbered; // epoch at which the insertion numbers began again (once in 2^36 insertions)
  u64 next_order;
} HashTable;
MUST_CHECK HashTable *hash_table_new(Isolate *iso);
MUST_CHECK HashTable *hash_table_copy(Isolate *iso, HashTable *of);        // closes the gaps that deletions left in `of`
MUST_CHECK bool hash_table_reserve(Isolate *iso, HashTable *t, u32 count); // room in an empty table; RangeError
MUST_CHECK bool hash_table_trim(Isolate *iso, HashTable *t);               // gives back room that is mostly unused
HashEntry *hash_table_entries(const HashTable *t);                         // `used` of them; skip those with key EMPTY
// SameValueZero. NULL: absent. `key` strings may be flattened: *failed tells out of memory (may be NULL).
HashEntry *hash_table_find(Isolate *iso, HashTable *t, Value key, bool *failed);
MUST_CHECK bool hash_table_set(Isolate *iso, HashTable *t, Value key, Value value); // -0 is stored as 0
bool hash_table_delete(Isolate *iso, HashTable *t, Value key);                      // true when it was there
void hash_table_clear(Isolate *iso, HashTable *t);
// Iteration that survives changes: a cursor starts zeroed; false at the end. Call again after changes with the same cursor.
typedef struct HashCursor {
  u32 position, epoch;
  u64 order;
} HashCursor;
bool hash_table_next(HashTable *t, HashCursor *cursor, Value *key, Value *value);
void hash_table_trace(GcTracer *tracer, Cell *cell);

typedef struct JSMap { // Map and Set
  JSObject object;
  REF(HashTable) table;
} JSMap;
typedef struct JSMapIterator {
  JSObject object;
  REF(HashTable) table; // NULL: exhausted
  HashCursor cursor;
  u32 what; // EnumerateWhat
  u32 is_set;
} JSMapIterator;

// Weak keys by address (ephemerons).
typedef struct WeakEntry {
  u64 key; // cell address, 0: free, 1: deleted
  Slot value;
} WeakEntry;
typedef struct WeakTable {
  Cell cell;
  WeakEntry *entries; // native memory, open addressing
  u32 count, used, mask;
} WeakTable;
MUST_CHECK WeakTable *weak_table_new(Isolate *iso);
Value weak_table_get(const WeakTable *t, Value key); // EMPTY: absent
MUST_CHECK bool weak_table_set(Isolate *iso, WeakTable *t, Value key, Value value);
bool weak_table_delete(WeakTable *t, Value key);
bool can_be_held_weakly(Value v); // CanBeHeldWeakly
bool weak_table_trace_ephemerons(GcTracer *tracer, Cell *cell);
void weak_table_sweep(Heap *heap, Cell *cell);
void weak_table_finalize(Heap *heap, Cell *cell);
typedef struct JSWeakMap { // WeakMap and WeakSet
  JSObject object;
  REF(WeakTable) table;
} JSWeakMap;
typedef struct JSWeakRef {
  JSObject object;
  u64 target; // weak: cleared by sweep_weak
} JSWeakRef;
// After the target was stored into a new WeakRef: takes part in collections, and the target lives until the job ends.
void weak_ref_set_target(Isolate *iso, JSWeakRef *ref, Value target);
Value weak_ref_deref(Isolate *iso, JSWeakRef *ref); // WeakRefDeref: undefined when it is gone
void keep_during_job(Isolate *iso, Value target);
void weak_ref_sweep(Heap *heap, Cell *cell);
typedef struct RegistryCell {
  u64 target; // weak; 0: dead, waiting for the clean-up job
  u64 token;  // weak; 0: none
  Slot held;
} RegistryCell;
typedef struct JSFinalizationRegistry {
  JSObject object;
  Slot cleanup_callback;
  REF(Realm) realm;
  RegistryCell *cells; // native memory
  u32 count, capacity;
  bool queued;
} JSFinalizationRegistry;
// To be called once after the registry was made.
void finalization_registry_init(Isolate *iso, JSFinalizationRegistry *r);
MUST_CHECK bool finalization_registry_register(Isolate *iso, JSFinalizationRegistry *r, Value target, Value held,
                                               Value token_or_empty);
bool finalization_registry_unregister(JSFinalizationRegistry *r, Value token); // true when something was removed
// Takes a held value of a dead target out; false when there is none.
bool finalization_registry_take_dead(JSFinalizationRegistry *r, Value *held);
// CleanupFinalizationRegistry: calls `callback` (or the registry's when undefined) for each dead target. Runs JS.
MUST_CHECK bool finalization_registry_cleanup(Isolate *iso, JSFinalizationRegistry *r, Value callback);
void finalization_registry_trace(GcTracer *tracer, Cell *cell); // all but the object's own part
void finalization_registry_sweep(Heap *heap, Cell *cell);
void finalization_registry_finalize(Heap *heap, Cell *cell);

#endif
