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

// Insertion-ordered hash table of Map, Set and internal maps: entries in order, tombstones, iterators by position.
typedef struct HashEntry {
  Slot key;   // EMPTY: deleted
  Slot value;
  u32 hash, next; // next in bucket: entry number + 1
} HashEntry;
typedef struct HashTable {
  Cell cell;
  REF(Cell) entries; // Bytes-like ValueArray of HashEntry
  u32 count, used, capacity; // live entries; entries in use, deleted included; room
  u32 bucket_mask;
  REF(Cell) buckets; // Bytes: u32 per bucket
  u32 epoch;         // raised by clear and by compaction, so that iterators can adjust
  u32 compactions;
  VEC(u32) *unused_;
} HashTable;
MUST_CHECK HashTable *hash_table_new(Isolate *iso);
HashEntry *hash_table_entries(const HashTable *t);
// SameValueZero. NULL: absent. `key` strings may be flattened: *failed tells out of memory (may be NULL).
HashEntry *hash_table_find(Isolate *iso, HashTable *t, Value key, bool *failed);
MUST_CHECK bool hash_table_set(Isolate *iso, HashTable *t, Value key, Value value); // -0 is stored as 0
bool hash_table_delete(Isolate *iso, HashTable *t, Value key);
void hash_table_clear(Isolate *iso, HashTable *t);
// Iteration that survives changes: position starts at 0; false at the end. Call again after changes with the same cursor.
typedef struct HashCursor {
  u32 position, epoch;
} HashCursor;
bool hash_table_next(HashTable *t, HashCursor *cursor, Value *key, Value *value);

typedef struct JSMap { // Map and Set
  JSObject object;
  REF(HashTable) table;
} JSMap;
typedef struct JSMapIterator {
  JSObject object;
  REF(HashTable) table; // NULL: exhausted
  HashCursor cursor;
  u32 what;             // EnumerateWhat
  u32 is_set;
} JSMapIterator;

// Weak keys by address (ephemerons).
typedef struct WeakEntry {
  u64 key;   // cell address, 0: free, 1: deleted
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
bool can_be_held_weakly(Value v);
typedef struct JSWeakMap { // WeakMap and WeakSet
  JSObject object;
  REF(WeakTable) table;
} JSWeakMap;
typedef struct JSWeakRef {
  JSObject object;
  u64 target; // weak: cleared by sweep_weak
} JSWeakRef;
typedef struct RegistryCell {
  u64 target;       // weak; 0: dead, waiting for the clean-up job
  u64 token;        // weak; 0: none
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

#endif
