// SPDX-License-Identifier: MIT
// Array iterators (ECMA-262 23.1.5), of arrays, typed arrays and anything array-like.
// Tests: tests/js/indexed/array_iterator.js
#include "runtime/indexed/array_internal.h"
#include "runtime/indexed/typed_array.h"

JSObject *create_array_iterator(Isolate *iso, JSObject *target, u32 what) {
  JSArrayIterator *it = TRY((JSArrayIterator *)obj_new_kind(iso, KIND_ARRAY_ITERATOR, intrinsic(iso, INTRINSIC_ARRAY_ITERATOR_PROTOTYPE)));
  slot_set(iso, it, &it->target, value_from_object(target));
  it->what = what;
  return &it->object;
}

static Value iterator_over_this(Isolate *iso, const Call *call, u32 what) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  return value_from_object(create_array_iterator(iso, o, what));
}

Value array_values(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_VALUES); }
Value array_keys(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_KEYS); }
Value array_entries(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_ENTRIES); }

static bool target_length(Isolate *iso, JSObject *target, u64 *length) {
  if (target->cell.kind != KIND_TYPED_ARRAY) return length_of_array_like(iso, target, length);
  bool out_of_bounds;
  *length = typed_array_length((JSTypedArray *)target, &out_of_bounds);
  if (out_of_bounds) return THROW(iso, DETACHED_OPERATION, "%ArrayIteratorPrototype%.next");
  return true;
}

static Value array_iterator_next(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_ARRAY_ITERATOR)) {
    return throw_incompatible(iso, "Array Iterator.prototype.next", call->this_value);
  }
  JSArrayIterator *it = (JSArrayIterator *)value_object(call->this_value);
  Value target = slot_get(&it->target);
  if (value_is_undefined(target)) return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  JSObject *o = value_object(target);
  u64 length, i = it->index;
  TRY(target_length(iso, o, &length));
  if (i >= length) {
    slot_set(iso, it, &it->target, VALUE_UNDEFINED);
    return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  }
  it->index = i + 1;
  Value key = value_from_i64((i64)i);
  if (it->what == ENUMERATE_KEYS) return value_from_object(create_iter_result(iso, key, false));
  Value v = TRY(index_get(iso, o, i));
  if (it->what == ENUMERATE_ENTRIES) v = value_from_object(TRY(array_from_values(iso, (Value[]){key, v}, 2)));
  return value_from_object(create_iter_result(iso, v, false));
}

static const BuiltinProperty array_iterator_prototype_properties[] = {
  METHOD(next, array_iterator_next, 0),
  {.key = KEY_SYM(toStringTag), .kind = BUILTIN_STRING_PROPERTY, .attrs = ATTR_CONFIGURABLE, .number = ATOM_Array_Iterator},
};
const BuiltinObject builtin_array_iterator_prototype =
  BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, array_iterator_prototype_properties);
