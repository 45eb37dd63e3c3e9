// SPDX-License-Identifier: MIT
// Storage of objects, below the internal methods: where a property lies, adding, changing and removing without any rule
// of the language. Only for vm/.
#ifndef WEFT_VM_OBJECT_INTERNAL_H
#define WEFT_VM_OBJECT_INTERNAL_H

#include "vm/kinds.h"
#include "vm/lookup.h"
#include "vm/shape_internal.h"

enum { STORE_SPARSE = 1 }; // Store.cell.flags: one word after the header although the capacity is 0

// Elements with attributes, or far apart: a hash table from index to slot. In element 0's place of the store.
typedef struct SparseEntry {
  u32 index;
  u32 state;  // SPARSE_* | ATTR_*; 0: free
  Slot value; // or Accessor
} SparseEntry;
enum { SPARSE_USED = 0x100, SPARSE_DELETED = 0x200 };
typedef struct SparseElements {
  Cell cell;
  u32 count, used, mask; // live entries; deleted ones included
  u32 max_index;         // no live entry is above
  SparseEntry entries[];
} SparseElements;

// An own property in ordinary storage. `slot` is valid until the object changes.
typedef struct OwnProperty {
  Slot *slot;
  Cell *owner; // for the barrier
  u32 attrs;
  u32 number; // entry number in the shape's table; the index for elements
} OwnProperty;

// Own property in ordinary storage (no exotic rule). Lazies are resolved, lazy functions furnished. No JS.
bool own_find(Isolate *iso, JSObject *o, PropertyKey key, OwnProperty *own);
bool own_find_named(Isolate *iso, JSObject *o, PropertyKey key, OwnProperty *own);
// Adds an absent property. `v` is an Accessor cell if attrs has ATTR_ACCESSOR. No extensibility check. false: thrown.
MUST_CHECK bool own_add(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs);
MUST_CHECK bool own_add_named(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs);
// Changes value and attributes of a property that own_find found. `own` is stale afterwards.
MUST_CHECK bool own_change(Isolate *iso, JSObject *o, PropertyKey key, const OwnProperty *own, Value v, u32 attrs);
MUST_CHECK bool own_remove(Isolate *iso, JSObject *o, PropertyKey key, const OwnProperty *own);
void own_get_descriptor(const OwnProperty *own, PropertyDescriptor *desc);
// True when ordinary storage alone does not answer for this key on this object.
bool key_is_exotic_slow(const JSObject *o, PropertyKey key, u8 traits);
static ALWAYS_INLINE bool key_is_exotic_on(const JSObject *o, PropertyKey key) {
  u8 traits = obj_class(o)->traits;
  if (LIKELY(!(traits & TRAITS_EXOTIC))) return false;
  if (key_is_index(key) && !(traits & (TRAIT_EXOTIC_ELEMENTS | TRAIT_HOST))) return false;
  return key_is_exotic_slow(o, key, traits);
}
bool key_may_be_numeric(PropertyKey key); // names like "-0", "1.5", "NaN" and everything that looks like them

// ---- Elements (elements.c) ----
bool element_find(JSObject *o, u32 index, OwnProperty *own);
MUST_CHECK bool element_add(Isolate *iso, JSObject *o, u32 index, Value v, u32 attrs); // ignores locks; raises length
MUST_CHECK bool element_change(Isolate *iso, JSObject *o, u32 index, const OwnProperty *own, Value v, u32 attrs);
void element_remove(Isolate *iso, JSObject *o, u32 index);
MUST_CHECK bool element_push_keys(Isolate *iso, JSObject *o, KeyList *keys); // ascending
bool obj_has_elements(const JSObject *o);
// Sets the number of elements of an array: what lies beyond must be deletable or absent. No checks.
MUST_CHECK bool elements_set_length(Isolate *iso, JSObject *o, u32 length);
// Removes elements from the end down to `length`, stopping at one that is not configurable; returns the length reached.
MUST_CHECK bool elements_truncate(Isolate *iso, JSObject *o, u32 length, u32 *reached);
// Takes attributes away from all elements (freeze, seal).
MUST_CHECK bool elements_restrict(Isolate *iso, JSObject *o, u32 removed_attrs);
MUST_CHECK bool obj_ensure_named(Isolate *iso, JSObject *o, u32 slots); // room for that many overflow slots
static ALWAYS_INLINE SparseElements *obj_sparse(const JSObject *o) { return (SparseElements *)slot_get(o->bf); }
size_t sparse_size(u32 mask);
size_t store_size(const Store *store);

// ---- Objects (object.c) ----
Accessor *accessor_new(Isolate *iso, Value getter, Value setter);
static ALWAYS_INLINE bool value_is_accessor(Value v) { return value_is_kind(v, KIND_ACCESSOR); }
static ALWAYS_INLINE bool obj_is_extensible_ordinary(Isolate *iso, const JSObject *o) {
  return !(obj_shape(iso, o)->flags & SHAPE_NON_EXTENSIBLE);
}
// Calls the getter of an accessor (undefined without one). Runs JS.
Value accessor_get(Isolate *iso, Value accessor, Value receiver);
Tri accessor_set(Isolate *iso, Value accessor, Value v, Value receiver); // NO: no setter
bool ordinary_own_keys_with_length(Isolate *iso, JSObject *o, KeyList *keys, bool has_length);
JSNativeFunction *native_function_make(Isolate *iso, Realm *realm, NativeFn fn, Value name, u32 length, u32 magic, u32 flags,
                                       u32 data_count);

#endif
