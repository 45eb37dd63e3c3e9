// SPDX-License-Identifier: MIT
// Property tables and transition tables: what shapes are made of, for the files that build shapes.
#ifndef WEFT_VM_SHAPE_INTERNAL_H
#define WEFT_VM_SHAPE_INTERNAL_H

#include "vm/isolate.h"

enum {
  ENTRY_NONE = 0xFFFFFFFFu,
  TABLE_SCAN_MAX = 8,       // tables of at most this many entries have no hash index
  SHAPE_MAX_SHARED = 128,   // properties; more make a dictionary
  SHAPE_MAX_REPLAY = 64,    // properties of a shared shape that is rebuilt with other attributes or prototype
  SHAPE_MAX_CHILDREN = 128, // of a shape below the root
  SHAPE_MAX_ROOT_CHILDREN = 1024,
};

// ---- Property tables (property_table.c). Those that allocate return NULL after throwing RangeError; tables of shared
// shapes are too small to fail. ----
static ALWAYS_INLINE PropertyEntry *table_entries(const PropertyTable *t) { return (PropertyEntry *)(uintptr_t)(t + 1); }
size_t property_table_size(u32 capacity, u32 hash_mask);
PropertyTable *property_table_new(Isolate *iso, u32 capacity);
static ALWAYS_INLINE u32 table_hash(PropertyKey key) { return (u32)(key_bits(key) * 0x9E3779B97F4A7C15ull >> 32); }
static ALWAYS_INLINE u32 *table_index(const PropertyTable *t) { return (u32 *)(table_entries(t) + t->capacity); }
// Number of the entry with this key, among all entries of the table.
static inline u32 property_table_find(const PropertyTable *t, PropertyKey key) {
  const PropertyEntry *entries = table_entries(t);
  if (!t->hash_mask) {
    for (u32 i = 0, n = t->count; i < n; i++) {
      if (entries[i].key == key) return i;
    }
    return ENTRY_NONE;
  }
  const u32 *index = table_index(t);
  for (u32 h = table_hash(key) & t->hash_mask;; h = (h + 1) & t->hash_mask) {
    u32 number = index[h];
    if (!number) return ENTRY_NONE;
    if (entries[number - 1].key == key) return number - 1;
  }
}
// There must be room.
void property_table_append(Isolate *iso, PropertyTable *t, PropertyKey key, u32 slot, u32 attrs);
// The first `count` entries, deleted ones left out, in a table with room for `capacity`.
PropertyTable *property_table_copy(Isolate *iso, const PropertyTable *t, u32 count, u32 capacity);
void property_table_delete(PropertyTable *t, u32 entry);

// ---- Transitions (transitions.c): the children of a shared shape, held weakly. ----
typedef struct TransitionEntry {
  PropertyKey key; // NULL: a change of flags, which are in attrs
  Shape *shape;    // weak; NULL: free
  u64 attrs;
} TransitionEntry;
typedef struct TransitionTable {
  Cell cell;
  u32 count;
  u32 mask;
  TransitionEntry entries[];
} TransitionTable;
Shape *transition_find(const Shape *parent, PropertyKey key, u32 attrs);
// False when the parent has too many children already.
bool transition_insert(Isolate *iso, Shape *parent, Shape *child);
void transitions_forget_dead(Heap *heap, Shape *parent);

// ---- Shapes (shape.c), beyond shape.h ----
static ALWAYS_INLINE bool shape_is_unique(const Shape *s) { return s->flags & SHAPE_UNIQUE; }
// Entry number of an own property or ENTRY_NONE.
static inline u32 shape_find_entry(const Shape *s, PropertyKey key) {
  const PropertyTable *t = ref_get(s->table);
  if (!t) return ENTRY_NONE;
  u32 entry = property_table_find(t, key);
  return entry < s->count ? entry : ENTRY_NONE; // the shared table may hold more than this shape's entries
}
// The child of a shared shape; NULL: too dynamic for a tree.
Shape *shape_child(Isolate *iso, Shape *parent, PropertyKey key, u32 attrs);
// The child that differs in flags only; NULL: too dynamic.
Shape *shape_child_flags(Isolate *iso, Shape *parent, u32 add_flags);
// A fresh unique shape without properties and with room for `capacity` of them.
Shape *shape_new_unique(Isolate *iso, Value proto, u8 kind, u16 first_offset, u16 inline_cap, u32 flags, u32 capacity);
// Tells the caches that a unique shape lost or reconfigured something: new id, epoch, enumeration cache.
void shape_unique_changed(Isolate *iso, JSObject *o, Shape *s);
// Gives one property (entry number) other attributes; the slot stays. May give the object another shape.
void shape_change_attrs(Isolate *iso, JSObject *o, u32 entry, u32 attrs);
// Gives every property that is not private new attributes: removed bits go (WRITABLE only from data properties), and the
// flags are added to the shape. For freeze, seal and preventExtensions.
void shape_restrict(Isolate *iso, JSObject *o, u32 removed_attrs, u32 add_flags);
// The object's shape with another prototype.
void shape_change_proto(Isolate *iso, JSObject *o, Value proto);
// Removes a property; its slot has been emptied by the caller.
void shape_remove_entry(Isolate *iso, JSObject *o, u32 entry);
static ALWAYS_INLINE bool key_is_private(PropertyKey key) {
  return key_is_symbol(key) && ((Symbol *)key_cell(key))->flags & SYMBOL_PRIVATE;
}

#endif
