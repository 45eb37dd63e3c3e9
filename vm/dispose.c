// SPDX-License-Identifier: MIT
// Disposal of resources in reverse order, with errors chained as SuppressedError. A list is an array of triples: value, method, hint.
#include "vm/dispose.h"

#include "vm/error.h"

enum { TRIPLE = 3 };

// GetDisposeMethod. undefined: none. *sync_fallback: an async scope found only @@dispose.
static Value dispose_method(Isolate *iso, Value v, bool is_async, bool *sync_fallback) {
  *sync_fallback = false;
  if (is_async) {
    Value method = TRY(get_method(iso, v, SYM(asyncDispose)));
    if (method != VALUE_UNDEFINED) return method;
    *sync_fallback = true;
  }
  return get_method(iso, v, SYM(dispose));
}

static bool push_triple(Isolate *iso, JSObject *list, Value v, Value method, i32 hint) {
  TRY(array_push_value(iso, list, v));
  TRY(array_push_value(iso, list, method));
  return array_push_value(iso, list, value_from_int(hint));
}

Value add_disposable_resource(Isolate *iso, Value list, Value v, bool is_async) {
  JSObject *array = value_is_object(list) ? value_object(list) : TRY(array_create(iso, 0));
  if (value_is_nullish(v)) {
    // `await using x = null` still awaits once at the end.
    if (is_async) TRY(push_triple(iso, array, VALUE_UNDEFINED, VALUE_UNDEFINED, 1));
    return value_from_cell(array);
  }
  if (!value_is_object(v)) return THROW(iso, USING_NOT_OBJECT, error_text_of_value(iso, v));
  bool sync_fallback;
  Value method = TRY(dispose_method(iso, v, is_async, &sync_fallback));
  if (method == VALUE_UNDEFINED) return THROW(iso, DISPOSE_NOT_FUNCTION, is_async ? "asyncDispose" : "dispose");
  TRY(push_triple(iso, array, v, method, is_async ? (sync_fallback ? 2 : 1) : 0));
  return value_from_cell(array);
}

Value dispose_error(Isolate *iso, Value old, Value error) {
  if (old == VALUE_EMPTY) return error;
  JSObject *e = TRY(error_new(iso, INTRINSIC_SUPPRESSED_ERROR_PROTOTYPE, ATOM_STRING(empty)));
  obj_put_direct(iso, e, ATOM(error), error, ATTR_METHOD);
  obj_put_direct(iso, e, ATOM(suppressed), old, ATTR_METHOD);
  return value_from_cell(e);
}

static void pop_triple(Isolate *iso, JSObject *array, Value out[TRIPLE]) {
  u32 length = array_length(array) - TRIPLE;
  for (u32 i = 0; i < TRIPLE; i++) {
    out[i] = slot_get(&array->bf[length + i]);
    slot_set(iso, array, &array->bf[length + i], VALUE_EMPTY);
  }
  elements_header(array->bf)->length = length;
}

Value dispose_resources(Isolate *iso, Value list, bool has_error, Value error) {
  Value pending = has_error ? error : VALUE_EMPTY;
  while (value_is_object(list) && array_length(value_object(list))) {
    Value triple[TRIPLE];
    pop_triple(iso, value_object(list), triple);
    if (triple[1] == VALUE_UNDEFINED || CALL0(iso, triple[1], triple[0])) continue;
    if (iso->terminating) return VALUE_FAIL;
    pending = TRY(dispose_error(iso, pending, isolate_take_exception(iso)));
  }
  return pending == VALUE_EMPTY ? VALUE_UNDEFINED : throw_value(iso, pending);
}

Value dispose_async_step(Isolate *iso, Value list, Value error) {
  if (!value_is_object(list) || !array_length(value_object(list))) {
    return error == VALUE_EMPTY ? VALUE_UNDEFINED : throw_value(iso, error);
  }
  Value triple[TRIPLE];
  pop_triple(iso, value_object(list), triple);
  Value result = triple[1] == VALUE_UNDEFINED ? VALUE_NULL : TRY(CALL0(iso, triple[1], triple[0]));
  // What @@dispose returns is not awaited; undefined would mean the end of the list.
  if (value_int(triple[2]) != 1 || result == VALUE_UNDEFINED) return VALUE_NULL;
  return result;
}
