// SPDX-License-Identifier: MIT
// The iterator protocol from C (ECMA-262 7.4). An array whose iteration nobody can have changed is walked by index.
// Tests: tests/js/control/iterat*.js, test262.
#include "vm/iterate.h"

#include "vm/convert.h"
#include "vm/error.h"
#include "vm/operators.h"

// ---- Result objects ----

JSObject *create_iter_result(Isolate *iso, Value value, bool done) {
  Shape *shape = ref_get(realm_current(iso)->shape_iter_result);
  JSObject *result = TRY(obj_new(iso, shape));
  slot_init(obj_slot_at(result, shape, 0), value); // slots 0 and 1: the realm made the shape with value, then done
  slot_init(obj_slot_at(result, shape, 1), value_from_bool(done));
  return result;
}

static bool is_plain_result(Isolate *iso, Value result) {
  Shape *shape = ref_get(realm_current(iso)->shape_iter_result);
  return value_cell(result)->shape_id == shape->id;
}

Tri iterator_complete(Isolate *iso, Value result) {
  if (LIKELY(is_plain_result(iso, result))) {
    JSObject *o = value_object(result);
    return tri(to_boolean(iso, slot_get(obj_slot_at(o, obj_shape(iso, o), 1))));
  }
  Value done = TRY(obj_get(iso, value_object(result), ATOM(done)));
  return tri(to_boolean(iso, done));
}

Value iterator_value(Isolate *iso, Value result) {
  if (LIKELY(is_plain_result(iso, result))) {
    JSObject *o = value_object(result);
    return slot_get(obj_slot_at(o, obj_shape(iso, o), 0));
  }
  return obj_get(iso, value_object(result), ATOM(value));
}

Value iterator_next(Isolate *iso, Value iterator, Value next_method, Value arg_or_empty) {
  u32 argc = arg_or_empty != VALUE_EMPTY;
  Value result = TRY(call_function(iso, next_method, iterator, argc, &arg_or_empty));
  if (UNLIKELY(!value_is_object(result))) return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
  return result;
}

bool iterator_close(Isolate *iso, Value iterator) {
  Value pending = isolate_take_exception(iso);
  if (iso->terminating) {
    iso->exception = pending;
    return false;
  }
  Value method = get_method(iso, iterator, ATOM(return ));
  Value result = method && !value_is_undefined(method) ? CALL0(iso, method, iterator) : method;
  if (pending != VALUE_EMPTY) {
    if (!iso->terminating) iso->exception = pending;
    return false;
  }
  if (!result) return false;
  if (value_is_undefined(method) || value_is_object(result)) return true;
  return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
}

// ---- ForOf ----

// In native code V8 has no source text to show: it says the type, and the value when that is short.
void *throw_not_iterable(Isolate *iso, Value v) {
  if (iso->fp && !value_is_kind(iso->fp[-4], KIND_NATIVE_FUNCTION)) return THROW(iso, NOT_ITERABLE, error_text_of_callee(iso, v));
  const char *type = error_text_of_value(iso, type_of(iso, v));
  bool shows = value_is_string(v) || value_is_null(v) || value_is_boolean(v) || value_is_number(v);
  if (!shows) return THROW(iso, NOT_ITERABLE_NO_SYMBOL, type);
  String *text = TRY(str_new_format(iso, value_is_string(v) ? "%s \"%s\"" : "%s %s", type, error_text_of_value(iso, v)));
  return THROW(iso, NOT_ITERABLE_NO_SYMBOL, error_text_of_string(iso, text));
}

bool for_of_init_method(Isolate *iso, ForOf *it, Value iterable, Value method) {
  *it = (ForOf){0};
  it->iterator = TRY(CALL0(iso, method, iterable));
  if (!value_is_object(it->iterator)) return THROW(iso, ITERATOR_NOT_OBJECT);
  it->next_method = TRY(obj_get(iso, value_object(it->iterator), ATOM(next)));
  it->step = builtin_iterator_step(iso, it->iterator, it->next_method);
  return true;
}

bool for_of_init(Isolate *iso, ForOf *it, Value iterable) {
  if (array_iteration_is_pristine(iso, iterable)) {
    *it = (ForOf){.iterator = VALUE_UNDEFINED, .next_method = VALUE_UNDEFINED, .fast = value_object(iterable)};
    return true;
  }
  if (value_is_nullish(iterable)) return throw_not_iterable(iso, iterable);
  Value method = TRY(get_v(iso, iterable, SYM(iterator)));
  if (!value_is_callable(method)) return throw_not_iterable(iso, iterable);
  return for_of_init_method(iso, it, iterable, method);
}

bool for_of_init_direct(Isolate *iso, ForOf *it, JSObject *iterator) {
  *it = (ForOf){.iterator = value_from_object(iterator)};
  it->next_method = TRY(obj_get(iso, iterator, ATOM(next)));
  return true;
}

static bool fast_next(Isolate *iso, ForOf *it, Value *value) {
  JSObject *array = it->fast;
  if (it->index >= array_length(array)) return false;
  u32 i = it->index++;
  Value v = i < elements_header(array->bf)->capacity ? slot_get(&array->bf[i]) : VALUE_EMPTY;
  if (LIKELY(v != VALUE_EMPTY && obj_has_dense(array))) {
    *value = v;
    return true;
  }
  *value = obj_get(iso, array, key_from_index(i));
  it->failed = !*value;
  return *value;
}

bool for_of_next(Isolate *iso, ForOf *it, Value *value) {
  if (it->fast) return fast_next(iso, it, value);
  if (it->step) {
    if (UNLIKELY(++it->index % 1024 == 0) && !isolate_poll(iso)) return !(it->failed = true);
    Tri more = it->step(iso, value_object(it->iterator), value);
    it->failed = more == TRI_FAIL;
    return more == TRI_YES;
  }
  Value result = iterator_next(iso, it->iterator, it->next_method, VALUE_EMPTY);
  Tri done = result ? iterator_complete(iso, result) : TRI_FAIL;
  if (done == TRI_YES) return false;
  *value = done ? iterator_value(iso, result) : VALUE_FAIL;
  it->failed = !*value;
  return *value;
}

// A pristine array iterator has no `return`, but its prototypes may have been given one.
static bool close_fast(Isolate *iso, ForOf *it) {
  Value pending = isolate_take_exception(iso);
  if (!iso->terminating) {
    JSObject *prototype = value_object(intrinsic(iso, INTRINSIC_ARRAY_ITERATOR_PROTOTYPE));
    Tri has = obj_has_property(iso, prototype, ATOM(return ));
    if (has == TRI_YES) {
      Value iterator = CALL0(iso, intrinsic(iso, INTRINSIC_ARRAY_PROTO_VALUES), value_from_object(it->fast));
      if (iterator) {
        iso->exception = pending;
        return iterator_close(iso, iterator);
      }
    }
    if (pending == VALUE_EMPTY) return has == TRI_NO;
    if (iso->terminating) return false;
  }
  iso->exception = pending;
  return pending == VALUE_EMPTY;
}

bool for_of_close(Isolate *iso, ForOf *it) {
  if (it->failed) return false;
  return it->fast ? close_fast(iso, it) : iterator_close(iso, it->iterator);
}

// ---- Lists ----

static JSObject *copy_of_array(Isolate *iso, JSObject *array) {
  u32 length = array_length(array);
  JSObject *list = TRY(array_create(iso, 0));
  TRY(obj_ensure_dense(iso, list, length));
  for (u32 i = 0; i < array_length(array); i++) {
    Value v = obj_has_dense(array) && i < elements_header(array->bf)->capacity ? slot_get(&array->bf[i]) : VALUE_EMPTY;
    if (UNLIKELY(i % 1024 == 1023)) TRY(isolate_poll(iso));
    if (v == VALUE_EMPTY) v = TRY(obj_get(iso, array, key_from_index(i)));
    TRY(array_push_value(iso, list, v));
  }
  return list;
}

JSObject *iterable_to_list(Isolate *iso, Value iterable, Value method_or_empty) {
  ForOf it;
  if (method_or_empty != VALUE_EMPTY) TRY(for_of_init_method(iso, &it, iterable, method_or_empty));
  else TRY(for_of_init(iso, &it, iterable));
  if (it.fast) return copy_of_array(iso, it.fast);
  JSObject *list = TRY(array_create(iso, 0));
  Value v;
  while (for_of_next(iso, &it, &v)) TRY(array_push_value(iso, list, v));
  return it.failed ? NULL : list;
}

JSObject *create_list_from_array_like(Isolate *iso, Value v) {
  if (!value_is_object(v)) return THROW(iso, ARGUMENTS_NOT_OBJECT);
  JSObject *o = value_object(v);
  if (o->cell.kind == KIND_ARRAY && obj_is_fast_array(iso, o)) return copy_of_array(iso, o);
  u64 length;
  TRY(length_of_array_like(iso, o, &length));
  JSObject *list = TRY(array_create(iso, 0));
  for (u64 i = 0; i < length; i++) {
    if (i % 512 == 511) TRY(isolate_poll(iso));
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value element = TRY(obj_get(iso, o, key));
    TRY(array_push_value(iso, list, element));
  }
  return list;
}
