// SPDX-License-Identifier: MIT
// Methods of %TypedArray%.prototype that call a function for each element (ECMA-262 23.2.3). The function may shrink or detach
// the buffer: elements that are gone read as undefined.
// Tests: tests/js/indexed/typed_array_iterate.js
#include "runtime/indexed/typed_array_internal.h"

typedef struct Walk {
  JSTypedArray *t;
  u64 length;
  PreparedCall call; // value, index, typed array
} Walk;

static bool walk_start(Isolate *iso, Walk *w, const Call *call, const char *method) {
  w->t = TRY(this_typed_array(iso, call, method, &w->length));
  return value_is_callable(call_arg(call, 0)) || throw_not_a_function(iso, call_arg(call, 0));
}

static bool walk_prepare(Isolate *iso, Walk *w, const Call *call) {
  return prepared_call_init(iso, &w->call, call->args[0], call_arg(call, 1), 3);
}

static bool walk_init(Isolate *iso, Walk *w, const Call *call, const char *method) {
  return walk_start(iso, w, call, method) && walk_prepare(iso, w, call);
}

static ALWAYS_INLINE Value walk_call(Isolate *iso, Walk *w, Value v, u64 k) {
  w->call.args[0] = v;
  w->call.args[1] = value_from_i64((i64)k);
  w->call.args[2] = value_from_object(w->t);
  return prepared_call(iso, &w->call);
}

static Value first_answer(Isolate *iso, const Call *call, const char *method, bool stop) {
  Walk w;
  TRY(walk_init(iso, &w, call, method));
  for (u64 k = 0; k < w.length; k++) {
    POLL(iso, k);
    Value v = TRY(element_get(iso, w.t, k));
    Value answer = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, answer) == stop) return value_from_bool(stop);
  }
  return value_from_bool(!stop);
}

Value typed_array_every(Isolate *iso, const Call *call) { return first_answer(iso, call, "%TypedArray%.prototype.every", false); }
Value typed_array_some(Isolate *iso, const Call *call) { return first_answer(iso, call, "%TypedArray%.prototype.some", true); }

Value typed_array_for_each(Isolate *iso, const Call *call) {
  Walk w;
  TRY(walk_init(iso, &w, call, "%TypedArray%.prototype.forEach"));
  for (u64 k = 0; k < w.length; k++) {
    POLL(iso, k);
    Value v = TRY(element_get(iso, w.t, k));
    TRY(walk_call(iso, &w, v, k));
  }
  return VALUE_UNDEFINED;
}

Value typed_array_map(Isolate *iso, const Call *call) {
  const char *method = "%TypedArray%.prototype.map";
  Walk w;
  TRY(walk_start(iso, &w, call, method));
  JSTypedArray *a = TRY(species_create_with_length(iso, w.t, w.length, method));
  TRY(walk_prepare(iso, &w, call));
  for (u64 k = 0; k < w.length; k++) {
    POLL(iso, k);
    Value v = TRY(element_get(iso, w.t, k));
    v = TRY(walk_call(iso, &w, v, k));
    TRY(element_set(iso, a, k, v));
  }
  return value_from_object(a);
}

Value typed_array_filter(Isolate *iso, const Call *call) {
  const char *method = "%TypedArray%.prototype.filter";
  Walk w;
  TRY(walk_init(iso, &w, call, method));
  JSObject *kept = TRY(array_create(iso, 0));
  for (u64 k = 0; k < w.length; k++) {
    POLL(iso, k);
    Value v = TRY(element_get(iso, w.t, k));
    Value selected = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, selected)) TRY(array_push_value(iso, kept, v));
  }
  u32 count = array_length(kept);
  JSTypedArray *a = TRY(species_create_with_length(iso, w.t, count, method));
  for (u32 i = 0; i < count; i++) TRY(element_set(iso, a, i, list_get(kept, i)));
  return value_from_object(a);
}

static Value find(Isolate *iso, const Call *call, const char *method, bool backwards, bool want_index) {
  Walk w;
  TRY(walk_init(iso, &w, call, method));
  for (u64 n = 0; n < w.length; n++) {
    u64 k = backwards ? w.length - 1 - n : n;
    POLL(iso, n);
    Value v = TRY(element_get(iso, w.t, k));
    Value answer = TRY(walk_call(iso, &w, v, k));
    if (to_boolean(iso, answer)) return want_index ? value_from_i64((i64)k) : v;
  }
  return want_index ? value_from_int(-1) : VALUE_UNDEFINED;
}

Value typed_array_find(Isolate *iso, const Call *call) { return find(iso, call, "%TypedArray%.prototype.find", false, false); }
Value typed_array_find_index(Isolate *iso, const Call *call) {
  return find(iso, call, "%TypedArray%.prototype.findIndex", false, true);
}
Value typed_array_find_last(Isolate *iso, const Call *call) {
  return find(iso, call, "%TypedArray%.prototype.findLast", true, false);
}
Value typed_array_find_last_index(Isolate *iso, const Call *call) {
  return find(iso, call, "%TypedArray%.prototype.findLastIndex", true, true);
}

static Value reduce(Isolate *iso, const Call *call, const char *method, bool backwards) {
  Walk w;
  TRY(walk_start(iso, &w, call, method));
  if (!w.length && call->argc < 2) return THROW(iso, REDUCE_EMPTY);
  u64 n = call->argc < 2;
  Value accumulator = n ? TRY(element_get(iso, w.t, backwards ? w.length - 1 : 0)) : call->args[1];
  PreparedCall pc;
  TRY(prepared_call_init(iso, &pc, call->args[0], VALUE_UNDEFINED, 4));
  for (; n < w.length; n++) {
    u64 k = backwards ? w.length - 1 - n : n;
    POLL(iso, n);
    pc.args[0] = accumulator;
    pc.args[1] = TRY(element_get(iso, w.t, k));
    pc.args[2] = value_from_i64((i64)k);
    pc.args[3] = value_from_object(w.t);
    accumulator = TRY(prepared_call(iso, &pc));
  }
  return accumulator;
}

Value typed_array_reduce(Isolate *iso, const Call *call) { return reduce(iso, call, "%TypedArray%.prototype.reduce", false); }
Value typed_array_reduce_right(Isolate *iso, const Call *call) {
  return reduce(iso, call, "%TypedArray%.prototype.reduceRight", true);
}
