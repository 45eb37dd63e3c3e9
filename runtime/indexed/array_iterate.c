// SPDX-License-Identifier: MIT
// Methods of Array.prototype that call a function for each element (ECMA-262 23.1.3): each element is read anew, because the
// function may have changed the array.
// Tests: tests/js/indexed/array_iterate.js
#include "runtime/indexed/array_internal.h"

typedef struct Walk {
  JSObject *o;
  u64 length;
  PreparedCall call; // value, index, object
} Walk;

static bool walk_init(Isolate *iso, Walk *w, const Call *call) {
  w->o = TRY(this_object(iso, call, &w->length));
  TRY(require_callable(iso, call_arg(call, 0)));
  return prepared_call_init(iso, &w->call, call->args[0], call_arg(call, 1), 3);
}

static ALWAYS_INLINE Value walk_call(Isolate *iso, Walk *w, Value v, u64 k) {
  w->call.args[0] = v;
  w->call.args[1] = value_from_i64((i64)k);
  w->call.args[2] = value_from_object(w->o);
  return prepared_call(iso, &w->call);
}

Value array_for_each(Isolate *iso, const Call *call) {
  Walk w;
  TRY(walk_init(iso, &w, call));
  for (u64 k = 0; k < w.length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, w.o, k, &v)) == TRI_YES) TRY(walk_call(iso, &w, v, k));
  }
  return VALUE_UNDEFINED;
}

Value array_map(Isolate *iso, const Call *call) {
  Walk w;
  w.o = TRY(this_object(iso, call, &w.length));
  TRY(require_callable(iso, call_arg(call, 0)));
  JSObject *a = value_object(TRY(array_species_create(iso, w.o, w.length)));
  TRY(prepared_call_init(iso, &w.call, call->args[0], call_arg(call, 1), 3));
  for (u64 k = 0; k < w.length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, w.o, k, &v)) == TRI_NO) continue;
    v = TRY(walk_call(iso, &w, v, k));
    TRY(index_create(iso, a, k, v));
  }
  return value_from_object(a);
}

Value array_filter(Isolate *iso, const Call *call) {
  Walk w;
  w.o = TRY(this_object(iso, call, &w.length));
  TRY(require_callable(iso, call_arg(call, 0)));
  JSObject *a = value_object(TRY(array_species_create(iso, w.o, 0)));
  TRY(prepared_call_init(iso, &w.call, call->args[0], call_arg(call, 1), 3));
  u64 to = 0;
  for (u64 k = 0; k < w.length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, w.o, k, &v)) == TRI_NO) continue;
    Value selected = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, selected)) TRY(index_create(iso, a, to++, v));
  }
  return value_from_object(a);
}

// every and some: the first answer that is `stop` decides.
static Value first_answer(Isolate *iso, const Call *call, bool stop) {
  Walk w;
  TRY(walk_init(iso, &w, call));
  for (u64 k = 0; k < w.length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, w.o, k, &v)) == TRI_NO) continue;
    Value answer = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, answer) == stop) return value_from_bool(stop);
  }
  return value_from_bool(!stop);
}

Value array_every(Isolate *iso, const Call *call) { return first_answer(iso, call, false); }
Value array_some(Isolate *iso, const Call *call) { return first_answer(iso, call, true); }

// FindViaPredicate: holes count as undefined.
static Value find(Isolate *iso, const Call *call, bool backwards, bool want_index) {
  Walk w;
  TRY(walk_init(iso, &w, call));
  for (u64 n = 0; n < w.length; n++) {
    u64 k = backwards ? w.length - 1 - n : n;
    POLL(iso, n);
    Value v = TRY(index_get(iso, w.o, k));
    Value answer = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, answer)) return want_index ? value_from_i64((i64)k) : v;
  }
  return want_index ? value_from_int(-1) : VALUE_UNDEFINED;
}

Value array_find(Isolate *iso, const Call *call) { return find(iso, call, false, false); }
Value array_find_index(Isolate *iso, const Call *call) { return find(iso, call, false, true); }
Value array_find_last(Isolate *iso, const Call *call) { return find(iso, call, true, false); }
Value array_find_last_index(Isolate *iso, const Call *call) { return find(iso, call, true, true); }

static Value reduce(Isolate *iso, const Call *call, bool backwards) {
  u64 length, n = 0;
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(require_callable(iso, call_arg(call, 0)));
  Value accumulator = call->argc > 1 ? call->args[1] : VALUE_EMPTY;
  for (; accumulator == VALUE_EMPTY && n < length; n++) {
    POLL(iso, n);
    TRY(index_get_if_present(iso, o, backwards ? length - 1 - n : n, &accumulator));
  }
  if (accumulator == VALUE_EMPTY) return THROW(iso, REDUCE_EMPTY);
  PreparedCall pc;
  TRY(prepared_call_init(iso, &pc, call->args[0], VALUE_UNDEFINED, 4));
  for (; n < length; n++) {
    u64 k = backwards ? length - 1 - n : n;
    Value v;
    POLL(iso, n);
    if (TRY(index_get_if_present(iso, o, k, &v)) == TRI_NO) continue;
    pc.args[0] = accumulator;
    pc.args[1] = v;
    pc.args[2] = value_from_i64((i64)k);
    pc.args[3] = value_from_object(o);
    accumulator = TRY(prepared_call(iso, &pc));
  }
  return accumulator;
}

Value array_reduce(Isolate *iso, const Call *call) { return reduce(iso, call, false); }
Value array_reduce_right(Isolate *iso, const Call *call) { return reduce(iso, call, true); }

// ---- flat, flatMap ----

// FlattenIntoArray. `mapper` NULL: none.
static bool flatten_into(Isolate *iso, JSObject *target, JSObject *source, u64 length, u64 *to, double depth, Walk *mapper) {
  if (!check_c_stack(iso)) return false;
  for (u64 k = 0; k < length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, source, k, &v)) == TRI_NO) continue;
    if (mapper) v = TRY(walk_call(iso, mapper, v, k));
    Tri flatten = depth > 0 ? TRY(is_array(iso, v)) : TRI_NO;
    if (flatten == TRI_YES) {
      u64 inner;
      TRY(length_of_array_like(iso, value_object(v), &inner));
      TRY(flatten_into(iso, target, value_object(v), inner, to, depth - 1, NULL));
    } else {
      if (*to >= MAX_SAFE_LENGTH_U64) return THROW(iso, ARRAY_SPLICE_TOO_LONG);
      TRY(index_create(iso, target, (*to)++, v));
    }
  }
  return true;
}

// flat() of a plain array of plain arrays and other values: nothing can be observed. NO: it is not like that.
static Tri flat_plain(Isolate *iso, JSObject *o, u64 length, Value *result) {
  if (!array_species_is_plain(iso, o) || !array_is_fast(iso, o) || length > dense_capacity(o)) return TRI_NO;
  u64 total = 0;
  for (u64 k = 0; k < length; k++) {
    Value v = slot_get(&o->bf[k]);
    if (v == VALUE_EMPTY) continue;
    total++;
    if (!value_is_object(v)) continue;
    const JSObject *inner = value_object(v);
    if (inner->cell.kind == KIND_PROXY) return TRI_NO;
    if (inner->cell.kind != KIND_ARRAY) continue;
    if (!array_is_fast(iso, inner) || array_length(inner) > dense_capacity(inner)) return TRI_NO;
    total += array_length(inner);
  }
  if (total > DENSE_FILL_MAX) return TRI_NO;
  JSObject *a = TRY(array_new_uninit(iso, (u32)total));
  u32 n = 0;
  for (u64 k = 0; k < length; k++) {
    Value v = slot_get(&o->bf[k]);
    if (v == VALUE_EMPTY) continue;
    if (!value_is_kind(v, KIND_ARRAY)) {
      slot_init(&a->bf[n++], v);
      continue;
    }
    const JSObject *inner = value_object(v);
    for (u32 i = 0, count = array_length(inner); i < count; i++) {
      Value element = slot_get(&inner->bf[i]);
      if (element != VALUE_EMPTY) slot_init(&a->bf[n++], element);
    }
  }
  if (n < total) elements_header(a->bf)->length = n;
  gc_barrier(heap_of(iso), &a->cell);
  *result = value_from_object(a);
  return TRI_YES;
}

Value array_flat(Isolate *iso, const Call *call) {
  u64 length, to = 0;
  double depth = 1;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (value_is_undefined(call_arg(call, 0))) {
    Value result;
    if (TRY(flat_plain(iso, o, length, &result)) == TRI_YES) return result;
  }
  if (!value_is_undefined(call_arg(call, 0))) TRY(to_integer_or_infinity(iso, call->args[0], &depth));
  JSObject *a = value_object(TRY(array_species_create(iso, o, 0)));
  TRY(flatten_into(iso, a, o, length, &to, depth, NULL));
  return value_from_object(a);
}

Value array_flat_map(Isolate *iso, const Call *call) {
  Walk w;
  u64 to = 0;
  w.o = TRY(this_object(iso, call, &w.length));
  if (!value_is_callable(call_arg(call, 0))) return THROW(iso, FLAT_MAP_CALLBACK);
  JSObject *a = value_object(TRY(array_species_create(iso, w.o, 0)));
  TRY(prepared_call_init(iso, &w.call, call->args[0], call_arg(call, 1), 3));
  TRY(flatten_into(iso, a, w.o, w.length, &to, 1, &w));
  return value_from_object(a);
}
