// SPDX-License-Identifier: MIT
// Methods of Array.prototype that move elements (ECMA-262 23.1.3). Each has a path for plain dense arrays, where moving is
// memmove, and the specification's steps for everything else.
// Tests: tests/js/indexed/array_mutate.js
#include "runtime/indexed/array_internal.h"

static void *throw_too_long(Isolate *iso, u64 count, u64 length) {
  const char *text = error_text_of_value(iso, value_from_i64((i64)count));
  return THROW(iso, ARRAY_TOO_LONG, text, error_text_of_value(iso, value_from_i64((i64)length)));
}

// Moves the property `from` to `to`, deleting it where there is none.
static bool move_index(Isolate *iso, JSObject *o, u64 from, u64 to) {
  Value v;
  Tri present = TRY(index_get_if_present(iso, o, from, &v));
  return present == TRI_YES ? index_set(iso, o, to, v) : index_delete(iso, o, to);
}

// ---- push, pop, shift, unshift ----

Value array_push(Isolate *iso, const Call *call) {
  u32 argc = call->argc;
  if (LIKELY(value_is_kind(call->this_value, KIND_ARRAY))) {
    JSObject *o = value_object(call->this_value);
    if (LIKELY(array_is_fast_writable(iso, o)) && LIKELY(array_length(o) <= INT32_MAX - argc)) {
      if (argc == 1 && LIKELY(array_length(o) < dense_capacity(o))) {
        u32 length = elements_header(o->bf)->length++;
        slot_set(iso, o, &o->bf[length], call->args[0]);
        return value_from_int((i32)length + 1);
      }
      if (array_length(o) <= dense_capacity(o)) {
        TRY(dense_append(iso, o, (const Slot *)(const void *)call->args, argc));
        return value_from_u32(array_length(o));
      }
    }
  }
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (length + argc > MAX_SAFE_LENGTH_U64) return throw_too_long(iso, argc, length);
  for (u32 i = 0; i < argc; i++) TRY(index_set(iso, o, length++, call->args[i]));
  TRY(set_length(iso, o, length));
  return value_from_i64((i64)length);
}

Value array_pop(Isolate *iso, const Call *call) {
  if (LIKELY(value_is_kind(call->this_value, KIND_ARRAY))) {
    JSObject *o = value_object(call->this_value);
    u32 length = array_length(o);
    if (LIKELY(array_is_fast_writable(iso, o)) && length && length <= dense_capacity(o)) {
      Value v = slot_get(&o->bf[length - 1]);
      slot_init(&o->bf[length - 1], VALUE_EMPTY);
      elements_header(o->bf)->length = length - 1;
      return v == VALUE_EMPTY ? VALUE_UNDEFINED : v;
    }
  }
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (!length) {
    TRY(obj_set(iso, o, ATOM(length), value_from_int(0), true));
    return VALUE_UNDEFINED;
  }
  Value v = TRY(index_get(iso, o, length - 1));
  TRY(index_delete(iso, o, length - 1));
  TRY(obj_set(iso, o, ATOM(length), value_from_i64((i64)length - 1), true));
  return v;
}

Value array_shift(Isolate *iso, const Call *call) {
  if (LIKELY(value_is_kind(call->this_value, KIND_ARRAY))) {
    JSObject *o = value_object(call->this_value);
    u32 length = array_length(o);
    if (LIKELY(array_is_fast_writable(iso, o)) && length && length <= dense_capacity(o)) {
      Value v = elements_shift(o);
      return v == VALUE_EMPTY ? VALUE_UNDEFINED : v;
    }
  }
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (!length) {
    TRY(obj_set(iso, o, ATOM(length), value_from_int(0), true));
    return VALUE_UNDEFINED;
  }
  Value first = TRY(index_get(iso, o, 0));
  for (u64 k = 1; k < length; k++) {
    POLL(iso, k);
    TRY(move_index(iso, o, k, k - 1));
  }
  TRY(index_delete(iso, o, length - 1));
  TRY(obj_set(iso, o, ATOM(length), value_from_i64((i64)length - 1), true));
  return first;
}

Value array_unshift(Isolate *iso, const Call *call) {
  u32 argc = call->argc;
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (array_is_fast_writable(iso, o) && length <= dense_capacity(o) && length + argc <= DENSE_FILL_MAX) {
    TRY(obj_grow_elements(iso, o, (u32)length + argc));
    memmove(o->bf + argc, o->bf, length * sizeof(Slot));
    if (argc) memcpy(o->bf, call->args, argc * sizeof(Slot));
    if (argc) elements_header(o->bf)->length = (u32)length + argc;
    gc_barrier(heap_of(iso), &o->cell);
    return value_from_i64((i64)length + argc);
  }
  if (argc) {
    if (length + argc > MAX_SAFE_LENGTH_U64) return throw_too_long(iso, argc, length);
    for (u64 k = length; k > 0; k--) {
      POLL(iso, k);
      TRY(move_index(iso, o, k - 1, k + argc - 1));
    }
    for (u32 j = 0; j < argc; j++) TRY(index_set(iso, o, j, call->args[j]));
  }
  TRY(obj_set(iso, o, ATOM(length), value_from_i64((i64)length + argc), true));
  return value_from_i64((i64)length + argc);
}

// ---- concat ----

static Tri is_concat_spreadable(Isolate *iso, Value v) {
  if (!value_is_object(v)) return TRI_NO;
  Value spreadable = TRY(obj_get(iso, value_object(v), SYM(isConcatSpreadable)));
  if (!value_is_undefined(spreadable)) return tri(to_boolean(iso, spreadable));
  return is_array(iso, v);
}

static bool concat_elements(Isolate *iso, JSObject *a, bool plain, u64 n, JSObject *source, u64 length) {
  if (plain && array_is_fast(iso, source) && array_length(source) == length && array_length(a) == n &&
      length <= dense_capacity(source) && n <= dense_capacity(a)) {
    return dense_append(iso, a, source->bf, (u32)length);
  }
  for (u64 k = 0; k < length; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, source, k, &v)) == TRI_YES) TRY(index_create(iso, a, n + k, v));
  }
  return true;
}

// How long a plain result will be, so that it need not grow; a guess.
static u32 likely_concat_length(const Call *call, const JSObject *o) {
  u64 total = dense_capacity(o) < array_length(o) ? 0 : array_length(o);
  for (u32 i = 0; i < call->argc; i++) {
    bool array = value_is_kind(call->args[i], KIND_ARRAY);
    if (array && array_length(value_object(call->args[i])) > dense_capacity(value_object(call->args[i]))) continue;
    total += array ? array_length(value_object(call->args[i])) : 1;
  }
  return (u32)MIN(total, (u64)DENSE_FILL_MAX);
}

Value array_concat(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  bool plain = array_species_is_plain(iso, o);
  JSObject *a = plain ? TRY(array_create(iso, 0)) : value_object(TRY(array_species_create(iso, o, 0)));
  u64 n = 0;
  if (plain) TRY(obj_ensure_dense(iso, a, likely_concat_length(call, o)));
  for (u32 i = 0; i <= call->argc; i++) {
    Value item = i ? call->args[i - 1] : value_from_object(o);
    Tri spreadable = TRY(is_concat_spreadable(iso, item));
    u64 length = 1;
    if (spreadable == TRI_YES) TRY(length_of_array_like(iso, value_object(item), &length));
    if (length > MAX_SAFE_LENGTH_U64 - n) return throw_too_long(iso, length, n);
    if (spreadable == TRI_YES) TRY(concat_elements(iso, a, plain, n, value_object(item), length));
    else TRY(index_create(iso, a, n, item));
    n += length;
  }
  TRY(set_length(iso, a, n));
  return value_from_object(a);
}

// ---- slice, splice ----

Value array_slice(Isolate *iso, const Call *call) {
  u64 length, start, end;
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &start));
  TRY(to_relative_index(iso, call_arg(call, 1), length, length, &end));
  u64 count = end > start ? end - start : 0;
  if (array_species_is_plain(iso, o) && array_is_fast(iso, o) && array_length(o) >= end) {
    return value_from_object(dense_slice(iso, o, (u32)start, (u32)count));
  }
  JSObject *a = value_object(TRY(array_species_create(iso, o, count)));
  u64 n = 0;
  for (u64 k = start; k < end; k++, n++) {
    Value v;
    POLL(iso, n);
    if (TRY(index_get_if_present(iso, o, k, &v)) == TRI_YES) TRY(index_create(iso, a, n, v));
  }
  TRY(obj_set(iso, a, ATOM(length), value_from_i64((i64)n), true));
  return value_from_object(a);
}

// Closes or opens the gap of a splice in a dense array: `removed` elements at `start` become room for `added`.
static bool dense_splice(Isolate *iso, JSObject *o, u32 start, u32 removed, const Value *items, u32 added) {
  u32 length = array_length(o), tail = length - start - removed, end = length - removed + added;
  TRY(obj_grow_elements(iso, o, end));
  memmove(o->bf + start + added, o->bf + start + removed, tail * sizeof(Slot));
  if (added) memcpy(o->bf + start, items, added * sizeof(Slot));
  if (end < length) memset(o->bf + end, 0, (length - end) * sizeof(Slot));
  if (end != length) elements_header(o->bf)->length = end; // the store of empty arrays is constant
  gc_barrier(heap_of(iso), &o->cell);
  return true;
}

static bool splice_move(Isolate *iso, JSObject *o, u64 length, u64 start, u64 removed, u64 added) {
  if (added < removed) {
    for (u64 k = start; k < length - removed; k++) {
      POLL(iso, k);
      TRY(move_index(iso, o, k + removed, k + added));
    }
    for (u64 k = length; k > length - removed + added; k--) {
      POLL(iso, k);
      TRY(index_delete(iso, o, k - 1));
    }
  } else if (added > removed) {
    for (u64 k = length - removed; k > start; k--) {
      POLL(iso, k);
      TRY(move_index(iso, o, k + removed - 1, k + added - 1));
    }
  }
  return true;
}

static bool splice_arguments(Isolate *iso, const Call *call, u64 length, u64 *start, u64 *removed) {
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, start));
  *removed = call->argc == 0 ? 0 : length - *start;
  if (call->argc > 1) {
    double count;
    TRY(to_integer_or_infinity(iso, call->args[1], &count));
    *removed = count <= 0 ? 0 : count >= (double)(length - *start) ? length - *start : (u64)count;
  }
  return true;
}

Value array_splice(Isolate *iso, const Call *call) {
  u64 length, start, removed;
  JSObject *o = TRY(this_object(iso, call, &length));
  u32 added = call->argc > 2 ? call->argc - 2 : 0;
  const Value *items = call->args + 2;
  TRY(splice_arguments(iso, call, length, &start, &removed));
  if (length - removed + added > MAX_SAFE_LENGTH_U64) return THROW(iso, ARRAY_SPLICE_TOO_LONG);
  if (array_species_is_plain(iso, o) && array_is_fast_writable(iso, o) && array_length(o) == length &&
      length <= dense_capacity(o) && length - removed + added <= DENSE_FILL_MAX) {
    JSObject *a = TRY(dense_slice(iso, o, (u32)start, (u32)removed));
    TRY(dense_splice(iso, o, (u32)start, (u32)removed, items, added));
    return value_from_object(a);
  }
  JSObject *a = value_object(TRY(array_species_create(iso, o, removed)));
  for (u64 k = 0; k < removed; k++) {
    Value v;
    POLL(iso, k);
    if (TRY(index_get_if_present(iso, o, start + k, &v)) == TRI_YES) TRY(index_create(iso, a, k, v));
  }
  TRY(obj_set(iso, a, ATOM(length), value_from_i64((i64)removed), true));
  TRY(splice_move(iso, o, length, start, removed, added));
  for (u32 i = 0; i < added; i++) TRY(index_set(iso, o, start + i, items[i]));
  TRY(obj_set(iso, o, ATOM(length), value_from_i64((i64)(length - removed + added)), true));
  return value_from_object(a);
}

// ---- reverse, copyWithin, fill ----

Value array_reverse(Isolate *iso, const Call *call) {
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (array_is_fast_writable(iso, o) && length <= dense_capacity(o)) {
    for (u64 i = 0, j = length; i + 1 < j; i++) {
      Slot low = o->bf[i];
      o->bf[i] = o->bf[--j];
      o->bf[j] = low;
    }
    return value_from_object(o);
  }
  for (u64 lower = 0; lower < length / 2; lower++) {
    u64 upper = length - lower - 1;
    Value low, high;
    POLL(iso, lower);
    Tri low_exists = TRY(index_get_if_present(iso, o, lower, &low));
    Tri high_exists = TRY(index_get_if_present(iso, o, upper, &high));
    if (high_exists == TRI_YES) TRY(index_set(iso, o, lower, high));
    else if (low_exists == TRI_YES) TRY(index_delete(iso, o, lower));
    if (low_exists == TRI_YES) TRY(index_set(iso, o, upper, low));
    else if (high_exists == TRI_YES) TRY(index_delete(iso, o, upper));
  }
  return value_from_object(o);
}

Value array_copy_within(Isolate *iso, const Call *call) {
  u64 length, to, from, end;
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &to));
  TRY(to_relative_index(iso, call_arg(call, 1), length, 0, &from));
  TRY(to_relative_index(iso, call_arg(call, 2), length, length, &end));
  u64 count = end > from ? MIN(end - from, length - to) : 0;
  if (!count) return value_from_object(o);
  if (array_is_fast_writable(iso, o) && array_length(o) == length && length <= dense_capacity(o)) {
    memmove(o->bf + to, o->bf + from, count * sizeof(Slot));
    gc_barrier(heap_of(iso), &o->cell);
    return value_from_object(o);
  }
  bool backwards = from < to && to < from + count;
  for (u64 n = 0; n < count; n++) {
    u64 i = backwards ? count - 1 - n : n;
    POLL(iso, n);
    TRY(move_index(iso, o, from + i, to + i));
  }
  return value_from_object(o);
}

enum { FILL_STEP = 1 << 19 }; // elements between two looks at the interrupts

Value array_fill(Isolate *iso, const Call *call) {
  u64 length, k, end;
  JSObject *o = TRY(this_object(iso, call, &length));
  Value v = call_arg(call, 0);
  TRY(to_relative_index(iso, call_arg(call, 1), length, 0, &k));
  TRY(to_relative_index(iso, call_arg(call, 2), length, length, &end));
  if (k < end && array_is_fast_writable(iso, o) && array_length(o) >= end && end <= DENSE_FILL_MAX &&
      k <= (u64)dense_capacity(o) + POLL_MASK) {
    TRY(obj_ensure_dense(iso, o, (u32)end));
    Slot *bf = o->bf;
    for (;;) {
      u64 stop = MIN(end, k + FILL_STEP);
      for (; k + 4 <= stop; k += 4) bf[k].value_ = bf[k + 1].value_ = bf[k + 2].value_ = bf[k + 3].value_ = v;
      for (; k < stop; k++) slot_init(&bf[k], v);
      gc_barrier(heap_of(iso), &o->cell);
      if (stop == end) break;
      TRY(isolate_poll(iso));
    }
    return value_from_object(o);
  }
  for (; k < end; k++) {
    POLL(iso, k);
    TRY(index_set(iso, o, k, v));
  }
  return value_from_object(o);
}

// ---- Copies: toReversed, toSpliced, with ----

static JSObject *new_copy(Isolate *iso, u64 length) {
  if (length > UINT32_MAX) return THROW(iso, INVALID_ARRAY_LENGTH);
  return array_create(iso, length);
}

Value array_to_reversed(Isolate *iso, const Call *call) {
  u64 length;
  JSObject *o = TRY(this_object(iso, call, &length));
  if (array_is_fast(iso, o) && length <= dense_capacity(o)) {
    JSObject *copy = TRY(array_new_uninit(iso, (u32)length));
    for (u64 k = 0; k < length; k++) {
      Value v = slot_get(&o->bf[length - k - 1]);
      slot_init(&copy->bf[k], v == VALUE_EMPTY ? VALUE_UNDEFINED : v);
    }
    gc_barrier(heap_of(iso), &copy->cell);
    return value_from_object(copy);
  }
  JSObject *a = TRY(new_copy(iso, length));
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = TRY(index_get(iso, o, length - k - 1));
    TRY(index_create(iso, a, k, v));
  }
  return value_from_object(a);
}

Value array_to_spliced(Isolate *iso, const Call *call) {
  u64 length, start, removed, n = 0;
  JSObject *o = TRY(this_object(iso, call, &length));
  u32 added = call->argc > 2 ? call->argc - 2 : 0;
  TRY(splice_arguments(iso, call, length, &start, &removed));
  if (length - removed + added > MAX_SAFE_LENGTH_U64) return THROW(iso, ARRAY_SPLICE_TOO_LONG);
  JSObject *a = TRY(new_copy(iso, length - removed + added));
  for (u64 k = 0; k < start; k++, n++) {
    POLL(iso, k);
    Value v = TRY(index_get(iso, o, k));
    TRY(index_create(iso, a, n, v));
  }
  for (u32 i = 0; i < added; i++, n++) TRY(index_create(iso, a, n, call->args[2 + i]));
  for (u64 k = start + removed; k < length; k++, n++) {
    POLL(iso, k);
    Value v = TRY(index_get(iso, o, k));
    TRY(index_create(iso, a, n, v));
  }
  return value_from_object(a);
}

Value array_with(Isolate *iso, const Call *call) {
  u64 length;
  double relative;
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &relative));
  double index = relative >= 0 ? relative : (double)length + relative;
  if (index >= (double)length || index < 0) {
    return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid index : %.0f", relative);
  }
  JSObject *a = TRY(new_copy(iso, length));
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = k == (u64)index ? call_arg(call, 1) : TRY(index_get(iso, o, k));
    TRY(index_create(iso, a, k, v));
  }
  return value_from_object(a);
}
