// SPDX-License-Identifier: MIT
// Array.prototype.sort and toSorted (ECMA-262 23.1.3.30, 34): the values are collected first, sorted in a list of their own,
// and written back, so that nothing a comparator does to the array matters.
// Tests: tests/js/indexed/array_sort.js
#include "runtime/indexed/array_internal.h"
#include "runtime/indexed/sort.h"

typedef struct Collected {
  ValueArray *list;
  u64 count;      // sortable values in the list
  u64 undefineds; // they go behind all others
} Collected;

static bool list_reserve(Isolate *iso, Collected *c, u64 capacity) {
  ValueArray *larger = TRY(value_array_new(iso, capacity));
  if (c->count) memcpy(larger->values, c->list->values, c->count * sizeof(Slot));
  gc_barrier(heap_of(iso), &larger->cell);
  c->list = larger;
  return true;
}

static bool collect_value(Isolate *iso, Collected *c, Value v) {
  if (value_is_undefined(v)) {
    c->undefineds++;
    return true;
  }
  if (UNLIKELY(c->count == c->list->count)) TRY(list_reserve(iso, c, c->count * 2));
  slot_set(iso, c->list, &c->list->values[c->count++], v);
  return true;
}

// SortIndexedProperties without the sorting. skip_holes: else they are undefined.
static bool collect(Isolate *iso, Collected *c, JSObject *o, u64 length, bool skip_holes) {
  *c = (Collected){0};
  TRY(list_reserve(iso, c, MAX(MIN(length, (u64)1 << 16), (u64)1)));
  for (u64 k = 0; k < length; k++) {
    Value v;
    POLL(iso, k);
    if (!skip_holes) v = TRY(index_get(iso, o, k));
    else if (TRY(index_get_if_present(iso, o, k, &v)) == TRI_NO) continue;
    TRY(collect_value(iso, c, v));
  }
  return true;
}

static bool sort_collected(Isolate *iso, Collected *c, Value comparator) {
  if (value_is_undefined(comparator)) return sort_by_text(iso, c->list, c->count);
  return sort_by_comparator(iso, c->list, c->count, comparator);
}

static bool check_comparator(Isolate *iso, Value comparator) {
  if (value_is_undefined(comparator) || value_is_callable(comparator)) return true;
  return THROW(iso, SORT_COMPARATOR);
}

static Value sorted_value(const Collected *c, u64 i) { return i < c->count ? slot_get(&c->list->values[i]) : VALUE_UNDEFINED; }

static bool write_dense(Isolate *iso, JSObject *o, const Collected *c, u64 length) {
  u64 written = c->count + c->undefineds;
  for (u64 i = 0; i < length; i++) slot_init(&o->bf[i], i < written ? sorted_value(c, i) : VALUE_EMPTY);
  gc_barrier(heap_of(iso), &o->cell);
  return true;
}

Value array_sort(Isolate *iso, const Call *call) {
  u64 length;
  Collected c;
  TRY(check_comparator(iso, call_arg(call, 0)));
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(collect(iso, &c, o, length, true));
  TRY(sort_collected(iso, &c, call_arg(call, 0)));
  if (array_is_fast_writable(iso, o) && array_length(o) == length && length <= dense_capacity(o)) {
    TRY(write_dense(iso, o, &c, length));
    return value_from_object(o);
  }
  u64 written = c.count + c.undefineds;
  for (u64 k = 0; k < written; k++) {
    POLL(iso, k);
    TRY(index_set(iso, o, k, sorted_value(&c, k)));
  }
  for (u64 k = written; k < length; k++) {
    POLL(iso, k);
    // A hole stays one: deleting what is not there shows only in objects that watch.
    if (array_is_fast(iso, o) && dense_get(o, k) == VALUE_EMPTY) continue;
    TRY(index_delete(iso, o, k));
  }
  return value_from_object(o);
}

Value array_to_sorted(Isolate *iso, const Call *call) {
  u64 length;
  Collected c;
  TRY(check_comparator(iso, call_arg(call, 0)));
  JSObject *o = TRY(this_object(iso, call, &length));
  if (length > UINT32_MAX) return THROW(iso, INVALID_ARRAY_LENGTH);
  TRY(collect(iso, &c, o, length, false));
  TRY(sort_collected(iso, &c, call_arg(call, 0)));
  JSObject *a = TRY(array_create(iso, length));
  for (u64 k = 0; k < length; k++) TRY(index_create(iso, a, k, sorted_value(&c, k)));
  return value_from_object(a);
}
