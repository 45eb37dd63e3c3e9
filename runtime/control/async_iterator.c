// SPDX-License-Identifier: MIT
// %AsyncIteratorPrototype% and %AsyncFromSyncIteratorPrototype% (ECMA-262 27.1.3, 27.1.6).
#include "runtime/support.h"
#include "vm/promise.h"

static Value async_iterator_async_iterator(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

static Value return_undefined(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  return VALUE_UNDEFINED;
}

static bool async_dispose(Isolate *iso, Value o, const PromiseCapabilityRecord *capability) {
  Value method = TRY(get_method(iso, o, ATOM(return )));
  if (value_is_undefined(method)) return promise_capability_resolve(iso, capability, VALUE_UNDEFINED);
  Value result = TRY(CALL0(iso, method, o));
  Value wrapper = TRY(promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), result));
  JSNativeFunction *unwrap = TRY(closure_new(iso, return_undefined, 1, 0));
  return perform_promise_then(iso, (JSPromise *)value_object(wrapper), value_from_object(unwrap), VALUE_UNDEFINED, capability);
}

static Value async_iterator_async_dispose(Isolate *iso, const Call *call) {
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, intrinsic(iso, INTRINSIC_PROMISE), &capability));
  if (!async_dispose(iso, call->this_value, &capability)) return promise_capability_reject_exception(iso, &capability);
  return capability.promise;
}

// ---- Async-from-sync iterators ----

static Value unwrap_result(Isolate *iso, const Call *call) { // data: done
  return value_from_object(create_iter_result(iso, call_arg(call, 0), native_data(call, 0) == VALUE_TRUE));
}

static Value close_and_throw(Isolate *iso, const Call *call) { // data: the sync iterator
  throw_value(iso, call_arg(call, 0));
  iterator_close(iso, native_data(call, 0));
  return VALUE_FAIL;
}

// AsyncFromSyncIteratorContinuation. false: the promise is to be rejected with the exception.
static bool continue_with(Isolate *iso, JSWrappedIterator *it, Value result, const PromiseCapabilityRecord *capability,
                          bool close) {
  Tri done = TRY(iterator_complete(iso, result));
  Value v = TRY(iterator_value(iso, result));
  Value wrapper = promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), v);
  if (!wrapper) {
    if (done == TRI_NO && close) iterator_close(iso, slot_get(&it->iterator));
    return false;
  }
  JSNativeFunction *unwrap = TRY(closure_new(iso, unwrap_result, 1, 1));
  native_set_data(iso, unwrap, 0, value_from_bool(done == TRI_YES));
  Value on_rejected = VALUE_UNDEFINED;
  if (done == TRI_NO && close) {
    JSNativeFunction *f = TRY(closure_new(iso, close_and_throw, 1, 1));
    native_set_data(iso, f, 0, slot_get(&it->iterator));
    on_rejected = value_from_object(f);
  }
  return perform_promise_then(iso, (JSPromise *)value_object(wrapper), value_from_object(unwrap), on_rejected, capability);
}

static bool async_from_sync_next(Isolate *iso, JSWrappedIterator *it, const Call *call, const PromiseCapabilityRecord *capability) {
  Value argument = call->argc ? call->args[0] : VALUE_EMPTY;
  Value result = TRY(iterator_next(iso, slot_get(&it->iterator), slot_get(&it->next_method), argument));
  return continue_with(iso, it, result, capability, true);
}

static bool async_from_sync_return(Isolate *iso, JSWrappedIterator *it, const Call *call,
                                   const PromiseCapabilityRecord *capability) {
  Value iterator = slot_get(&it->iterator);
  Value method = TRY(get_method(iso, iterator, ATOM(return )));
  if (value_is_undefined(method)) {
    JSObject *result = TRY(create_iter_result(iso, call_arg(call, 0), true));
    return promise_capability_resolve(iso, capability, value_from_object(result));
  }
  Value result = TRY(call_function(iso, method, iterator, MIN(call->argc, 1u), call->args));
  if (!value_is_object(result)) return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
  return continue_with(iso, it, result, capability, false);
}

static bool async_from_sync_throw(Isolate *iso, JSWrappedIterator *it, const Call *call,
                                  const PromiseCapabilityRecord *capability) {
  Value iterator = slot_get(&it->iterator);
  Value method = TRY(get_method(iso, iterator, ATOM(throw)));
  if (value_is_undefined(method)) {
    it->done = true;
    TRY(iterator_close(iso, iterator));
    return THROW(iso, ITERATOR_NO_THROW);
  }
  Value result = TRY(call_function(iso, method, iterator, MIN(call->argc, 1u), call->args));
  if (!value_is_object(result)) return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
  return continue_with(iso, it, result, capability, true);
}

static Value async_from_sync_method(Isolate *iso, const Call *call) { // magic: 0 next, 1 return, 2 throw
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, intrinsic(iso, INTRINSIC_PROMISE), &capability));
  bool done;
  if (!value_is_kind(call->this_value, KIND_ASYNC_FROM_SYNC_ITERATOR)) {
    throw_incompatible(iso, "%AsyncFromSyncIterator%", call->this_value);
    done = false;
  } else {
    JSWrappedIterator *it = (JSWrappedIterator *)value_object(call->this_value);
    switch (native_magic(call)) {
    case 0: done = async_from_sync_next(iso, it, call, &capability); break;
    case 1: done = async_from_sync_return(iso, it, call, &capability); break;
    default: done = async_from_sync_throw(iso, it, call, &capability); break;
    }
  }
  return done ? capability.promise : promise_capability_reject_exception(iso, &capability);
}

static const BuiltinProperty async_iterator_prototype_properties[] = {
    METHOD_SYM(asyncIterator, async_iterator_async_iterator, 0),
    METHOD_SYM(asyncDispose, async_iterator_async_dispose, 0),
};
static const BuiltinProperty async_from_sync_iterator_prototype_properties[] = {
    METHOD_MAGIC(next, async_from_sync_method, 1, 0),
    METHOD_MAGIC(return, async_from_sync_method, 1, 1),
    METHOD_MAGIC(throw, async_from_sync_method, 1, 2),
};
const BuiltinObject builtin_async_iterator_prototype = BUILTIN_PROTOTYPE(INTRINSIC_NONE, async_iterator_prototype_properties);
const BuiltinObject builtin_async_from_sync_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ASYNC_ITERATOR_PROTOTYPE, async_from_sync_iterator_prototype_properties);
