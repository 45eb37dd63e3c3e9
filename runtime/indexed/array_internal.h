// SPDX-License-Identifier: MIT
// What the files of Array share: element access that is direct while nothing exotic is in the way, and the methods of the table
// in array.c.
#ifndef WEFT_RUNTIME_INDEXED_ARRAY_INTERNAL_H
#define WEFT_RUNTIME_INDEXED_ARRAY_INTERNAL_H

#include "runtime/support.h"

enum { POLL_MASK = 1023, DENSE_FILL_MAX = 1 << 26 };
#define MAX_SAFE_LENGTH 9007199254740991.0
#define MAX_SAFE_LENGTH_U64 ((u64)9007199254740991)

// Every POLL_MASK + 1 steps of a loop whose length a script chooses.
#define POLL(iso, i) \
  do { \
    if (UNLIKELY(((i)&POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso)); \
  } while (0)

// ---- Direct access ----

// Elements live in `bf` as plain data; EMPTY ones may still be on a prototype (see array_is_fast).
static ALWAYS_INLINE bool has_dense_elements(const JSObject *o) {
  return (o->cell.kind == KIND_ARRAY || o->cell.kind == KIND_OBJECT) && obj_has_dense(o);
}
static ALWAYS_INLINE u32 dense_capacity(const JSObject *o) { return elements_header(o->bf)->capacity; }
// The element or EMPTY, of objects with dense elements.
static ALWAYS_INLINE Value dense_get(const JSObject *o, u64 i) { return i < dense_capacity(o) ? slot_get(&o->bf[i]) : VALUE_EMPTY; }
// An array whose holes are absent everywhere: reading any index looks at `bf` only.
static inline bool array_is_fast(Isolate *iso, const JSObject *o) {
  return o->cell.kind == KIND_ARRAY && obj_is_fast_array(iso, o);
}
// Besides, elements can be written, added and removed by writing `bf` and the length.
static inline bool array_is_fast_writable(Isolate *iso, const JSObject *o) {
  return !(o->cell.flags & (OBJ_ELEMENTS_LOCKED | OBJ_LENGTH_READONLY)) && array_is_fast(iso, o);
}
// ArraySpeciesCreate would make a plain array without anybody noticing.
static inline bool array_species_is_plain(Isolate *iso, const JSObject *o) {
  return array_species_is_pristine(iso, realm_current(iso), o);
}

// ---- Element operations of the specification, for indices up to 2^53 - 1. Run JS unless the elements are dense. ----

MUST_CHECK Value index_get_slow(Isolate *iso, JSObject *o, u64 i);
MUST_CHECK static ALWAYS_INLINE Value index_get(Isolate *iso, JSObject *o, u64 i) { // Get
  if (LIKELY(has_dense_elements(o))) {
    Value v = dense_get(o, i);
    if (LIKELY(v != VALUE_EMPTY)) return v;
  }
  return index_get_slow(iso, o, i);
}
// HasProperty, then Get: NO leaves *v EMPTY.
MUST_CHECK Tri index_get_if_present_slow(Isolate *iso, JSObject *o, u64 i, Value *v);
MUST_CHECK static ALWAYS_INLINE Tri index_get_if_present(Isolate *iso, JSObject *o, u64 i, Value *v) {
  if (LIKELY(has_dense_elements(o))) {
    *v = dense_get(o, i);
    if (LIKELY(*v != VALUE_EMPTY)) return TRI_YES;
  }
  return index_get_if_present_slow(iso, o, i, v);
}
MUST_CHECK bool index_set(Isolate *iso, JSObject *o, u64 i, Value v); // Set(..., true)
MUST_CHECK bool index_delete(Isolate *iso, JSObject *o, u64 i);       // DeletePropertyOrThrow
MUST_CHECK bool index_create_slow(Isolate *iso, JSObject *o, u64 i, Value v);
MUST_CHECK static ALWAYS_INLINE bool index_create(Isolate *iso, JSObject *o, u64 i, Value v) { // CreateDataPropertyOrThrow
  if (LIKELY(o->cell.kind == KIND_ARRAY && obj_has_dense(o) && i < dense_capacity(o)) &&
      (slot_get(&o->bf[i]) != VALUE_EMPTY || !(o->cell.flags & OBJ_ELEMENTS_LOCKED))) {
    slot_set(iso, o, &o->bf[i], v);
    if (i >= array_length(o)) elements_header(o->bf)->length = (u32)i + 1;
    return true;
  }
  return index_create_slow(iso, o, i, v);
}
MUST_CHECK bool set_length(Isolate *iso, JSObject *o, u64 length); // Set(O, "length", length, true)

// Adds `count` elements of src (EMPTY: holes) to the end of a fast writable array. No JS.
MUST_CHECK bool dense_append(Isolate *iso, JSObject *array, const Slot *src, u32 count);
// A new plain array of `count` elements from `o`, an array with dense elements, holes kept. No JS.
MUST_CHECK JSObject *dense_slice(Isolate *iso, JSObject *o, u32 start, u32 count);

// ToObject(this), LengthOfArrayLike.
MUST_CHECK JSObject *this_object(Isolate *iso, const Call *call, u64 *length);
MUST_CHECK bool require_callable(Isolate *iso, Value f); // TypeError: f is not a function

// ---- Methods in other files than the table ----

Value array_from(Isolate *iso, const Call *call); // array_from.c
Value array_from_async(Isolate *iso, const Call *call);
Value array_of(Isolate *iso, const Call *call);

Value array_for_each(Isolate *iso, const Call *call); // array_iterate.c
Value array_map(Isolate *iso, const Call *call);
Value array_filter(Isolate *iso, const Call *call);
Value array_every(Isolate *iso, const Call *call);
Value array_some(Isolate *iso, const Call *call);
Value array_find(Isolate *iso, const Call *call);
Value array_find_index(Isolate *iso, const Call *call);
Value array_find_last(Isolate *iso, const Call *call);
Value array_find_last_index(Isolate *iso, const Call *call);
Value array_reduce(Isolate *iso, const Call *call);
Value array_reduce_right(Isolate *iso, const Call *call);
Value array_flat(Isolate *iso, const Call *call);
Value array_flat_map(Isolate *iso, const Call *call);

Value array_concat(Isolate *iso, const Call *call); // array_mutate.c
Value array_copy_within(Isolate *iso, const Call *call);
Value array_fill(Isolate *iso, const Call *call);
Value array_pop(Isolate *iso, const Call *call);
Value array_push(Isolate *iso, const Call *call);
Value array_reverse(Isolate *iso, const Call *call);
Value array_shift(Isolate *iso, const Call *call);
Value array_slice(Isolate *iso, const Call *call);
Value array_splice(Isolate *iso, const Call *call);
Value array_to_reversed(Isolate *iso, const Call *call);
Value array_to_spliced(Isolate *iso, const Call *call);
Value array_unshift(Isolate *iso, const Call *call);
Value array_with(Isolate *iso, const Call *call);

Value array_sort(Isolate *iso, const Call *call); // array_sort.c
Value array_to_sorted(Isolate *iso, const Call *call);

Value array_includes(Isolate *iso, const Call *call); // array_search.c
Value array_index_of(Isolate *iso, const Call *call);
Value array_last_index_of(Isolate *iso, const Call *call);
Value array_join(Isolate *iso, const Call *call);
Value array_to_string(Isolate *iso, const Call *call);
Value array_to_locale_string(Isolate *iso, const Call *call);

Value array_values(Isolate *iso, const Call *call); // array_iterator.c
Value array_keys(Isolate *iso, const Call *call);
Value array_entries(Isolate *iso, const Call *call);

#endif
