// SPDX-License-Identifier: MIT
// Array and Array.prototype (ECMA-262 23.1): the constructor, the tables, and the element operations that all methods use.
// Invariant of every method here: a fast path looks at the elements themselves only between two points that may run JS, and
// asks again (array_is_fast...) after each of them.
// Tests: tests/js/indexed/array*.js
#include "runtime/indexed/array_internal.h"
#include "vm/memory_access.h"

// ---- Element operations ----

Value index_get_slow(Isolate *iso, JSObject *o, u64 i) { return obj_get(iso, o, TRY(key_from_u64(iso, i))); }

Tri index_get_if_present_slow(Isolate *iso, JSObject *o, u64 i, Value *v) {
  *v = VALUE_EMPTY;
  if (array_is_fast(iso, o)) return TRI_NO;
  PropertyKey key = TRY(key_from_u64(iso, i));
  Tri found = TRY(obj_has_property(iso, o, key));
  if (found == TRI_NO) return TRI_NO;
  *v = TRY(obj_get(iso, o, key));
  return TRI_YES;
}

bool index_set(Isolate *iso, JSObject *o, u64 i, Value v) {
  if (LIKELY(has_dense_elements(o)) && dense_get(o, i) != VALUE_EMPTY) {
    slot_set(iso, o, &o->bf[i], v);
    return true;
  }
  return obj_set(iso, o, TRY(key_from_u64(iso, i)), v, true);
}

bool index_delete(Isolate *iso, JSObject *o, u64 i) { return delete_property_or_throw(iso, o, TRY(key_from_u64(iso, i))); }

bool index_create_slow(Isolate *iso, JSObject *o, u64 i, Value v) {
  return create_data_property_or_throw(iso, o, TRY(key_from_u64(iso, i)), v);
}

bool set_length(Isolate *iso, JSObject *o, u64 length) {
  if (o->cell.kind == KIND_ARRAY && length == array_length(o) && !(o->cell.flags & OBJ_LENGTH_READONLY)) return true;
  return obj_set(iso, o, ATOM(length), value_from_i64((i64)length), true);
}

bool dense_append(Isolate *iso, JSObject *array, const Slot *src, u32 count) {
  if (!count) return true;
  u32 length = array_length(array);
  if (count > UINT32_MAX - length) return THROW(iso, INVALID_ARRAY_LENGTH);
  TRY(obj_grow_elements(iso, array, length + count));
  for (u32 done = 0, n; done < count; done += n) {
    if (UNLIKELY(done)) TRY(isolate_poll(iso)); // what was copied stays
    n = MIN(count - done, (u32)(MEMORY_POLL_BYTES / sizeof(Slot)));
    memcpy(array->bf + length + done, src + done, n * sizeof(Slot));
    elements_header(array->bf)->length = length + done + n;
    gc_barrier(heap_of(iso), &array->cell);
  }
  return true;
}

JSObject *dense_slice(Isolate *iso, JSObject *o, u32 start, u32 count) {
  u32 capacity = dense_capacity(o);
  u32 present = capacity > start ? MIN(count, capacity - start) : 0;
  JSObject *result = TRY(present == count ? array_new_uninit(iso, count) : array_create(iso, count));
  TRY(obj_ensure_dense(iso, result, present));
  TRY(memory_copy_polling(iso, result->bf, o->bf + start, present * sizeof(Slot), false));
  gc_barrier(heap_of(iso), &result->cell);
  return result;
}

JSObject *this_object(Isolate *iso, const Call *call, u64 *length) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  TRY(length_of_array_like(iso, o, length));
  return o;
}

bool require_callable(Isolate *iso, Value f) {
  if (LIKELY(value_is_callable(f))) return true;
  return throw_not_a_function(iso, f);
}

// ---- Constructor ----

static JSObject *create_for(Isolate *iso, const Call *call, u64 length) {
  Value new_target = call->new_target;
  if (!call_is_construct(call) || new_target == call->callee) return array_create(iso, length);
  Value proto = TRY(get_prototype_from_constructor(iso, new_target, INTRINSIC_ARRAY_PROTOTYPE));
  return array_create_with_proto(iso, length, proto);
}

static Value array_constructor(Isolate *iso, const Call *call) {
  if (call->argc != 1 || !value_is_number(call->args[0])) {
    JSObject *array = TRY(create_for(iso, call, 0));
    TRY(dense_append(iso, array, (const Slot *)(const void *)call->args, call->argc));
    return value_from_object(array);
  }
  double length = value_number(call->args[0]);
  JSObject *array = TRY(create_for(iso, call, 0));
  if (!(length >= 0 && length <= UINT32_MAX) || (double)(u32)length != length) return THROW(iso, INVALID_ARRAY_LENGTH);
  if (!call_is_construct(call) || call->new_target == call->callee) return value_from_object(TRY(array_create(iso, (u64)length)));
  PropertyDescriptor desc = {.value = value_from_u32((u32)length), .has = HAS_VALUE};
  TRY(array_set_length(iso, array, &desc));
  return value_from_object(array);
}

static Value array_is_array(Isolate *iso, const Call *call) {
  Tri answer = TRY(is_array(iso, call_arg(call, 0)));
  return value_from_bool(answer == TRI_YES);
}

static Value array_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- Array.prototype.at ----

static Value array_at(Isolate *iso, const Call *call) {
  u64 length;
  double relative;
  JSObject *o = TRY(this_object(iso, call, &length));
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &relative));
  double k = relative >= 0 ? relative : (double)length + relative;
  if (k < 0 || k >= (double)length) return VALUE_UNDEFINED;
  return index_get(iso, o, (u64)k);
}

// ---- Tables ----

static Value array_unscopables(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *list = TRY(ordinary_object_create(iso, VALUE_NULL));
  const PropertyKey names[] = {
      ATOM(at),         ATOM(copyWithin),    ATOM(entries),   ATOM(fill),    ATOM(find),     ATOM(findIndex),
      ATOM(findLast),   ATOM(findLastIndex), ATOM(flat),      ATOM(flatMap), ATOM(includes), ATOM(keys),
      ATOM(toReversed), ATOM(toSorted),      ATOM(toSpliced), ATOM(values),
  };
  for (u32 i = 0; i < ARRAY_LEN(names); i++) obj_put_direct(iso, list, names[i], VALUE_TRUE, ATTR_ALL);
  return value_from_object(list);
}

static const BuiltinProperty array_properties[] = {
    METHOD(isArray, array_is_array, 1),     METHOD(from, array_from, 1),
    METHOD(fromAsync, array_from_async, 1), METHOD(of, array_of, 0),
    GETTER_SYM(species, array_get_species),
};

static const BuiltinProperty array_prototype_properties[] = {
    METHOD(at, array_at, 1),
    METHOD(concat, array_concat, 1),
    METHOD(copyWithin, array_copy_within, 2),
    METHOD(fill, array_fill, 1),
    METHOD(find, array_find, 1),
    METHOD(findIndex, array_find_index, 1),
    METHOD(findLast, array_find_last, 1),
    METHOD(findLastIndex, array_find_last_index, 1),
    METHOD(lastIndexOf, array_last_index_of, 1),
    METHOD(pop, array_pop, 0),
    METHOD(push, array_push, 1),
    METHOD(reverse, array_reverse, 0),
    METHOD(shift, array_shift, 0),
    METHOD(unshift, array_unshift, 1),
    METHOD(slice, array_slice, 2),
    METHOD(sort, array_sort, 1),
    METHOD(splice, array_splice, 2),
    METHOD(includes, array_includes, 1),
    METHOD(indexOf, array_index_of, 1),
    METHOD(join, array_join, 1),
    METHOD(keys, array_keys, 0),
    METHOD(entries, array_entries, 0),
    INTRINSIC_PROP(values, ARRAY_PROTO_VALUES, ATTR_METHOD),
    METHOD(forEach, array_for_each, 1),
    METHOD(filter, array_filter, 1),
    METHOD(flat, array_flat, 0),
    METHOD(flatMap, array_flat_map, 1),
    METHOD(map, array_map, 1),
    METHOD(every, array_every, 1),
    METHOD(some, array_some, 1),
    METHOD(reduce, array_reduce, 1),
    METHOD(reduceRight, array_reduce_right, 1),
    METHOD(toLocaleString, array_to_locale_string, 0),
    INTRINSIC_PROP(toString, ARRAY_PROTO_TO_STRING, ATTR_METHOD),
    METHOD(toReversed, array_to_reversed, 0),
    METHOD(toSorted, array_to_sorted, 1),
    METHOD(toSpliced, array_to_spliced, 2),
    METHOD(with, array_with, 2),
    ALIAS_SYM(iterator, values),
    {.key = KEY_SYM(unscopables), .kind = BUILTIN_COMPUTED_PROPERTY, .attrs = ATTR_CONFIGURABLE, .fn = array_unscopables},
};

const BuiltinObject builtin_array = BUILTIN_CLASS(Array, array_constructor, 1, INTRINSIC_ARRAY_PROTOTYPE, array_properties);
const BuiltinObject builtin_array_prototype = {
    .kind = BUILTIN_OTHER,
    .heap_kind = KIND_ARRAY,
    .parent = INTRINSIC_OBJECT_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_ARRAY,
    BUILTIN_PROPERTIES(array_prototype_properties),
};
const BuiltinObject builtin_array_proto_values = BUILTIN_FUNCTION_OBJECT(values, array_values, 0);
const BuiltinObject builtin_array_proto_to_string = BUILTIN_FUNCTION_OBJECT(toString, array_to_string, 0);
