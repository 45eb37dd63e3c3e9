// SPDX-License-Identifier: MIT
// Array.from, Array.of, Array.fromAsync (ECMA-262 23.1.2). fromAsync is an async function of the specification: here a list of its
// variables, and a step that runs until something has to be awaited.
// Tests: tests/js/indexed/array_from*.js
#include "runtime/indexed/array_internal.h"
#include "vm/promise.h"

// The object that from and of fill. *plain: made here, so that values can simply be pushed.
static JSObject *result_for(Isolate *iso, Value constructor, const u64 *length, bool *plain) {
  *plain = !value_is_constructor(constructor) || constructor == intrinsic(iso, INTRINSIC_ARRAY);
  if (*plain) {
    if (length && *length > UINT32_MAX) return THROW(iso, INVALID_ARRAY_LENGTH);
    return array_create(iso, 0);
  }
  Value argument = length ? value_from_i64((i64)*length) : VALUE_UNDEFINED;
  return value_object(TRY(construct(iso, constructor, length ? 1 : 0, &argument, constructor)));
}

static bool add_to_result(Isolate *iso, JSObject *a, bool plain, u64 k, Value v) {
  return plain ? array_push_value(iso, a, v) : index_create(iso, a, k, v);
}

// ---- Array.from ----

typedef struct Mapper {
  bool mapping;
  PreparedCall call;
} Mapper;

static bool mapper_init(Isolate *iso, Mapper *m, Value f, Value this_value) {
  m->mapping = !value_is_undefined(f);
  if (!m->mapping) return true;
  return prepared_call_init(iso, &m->call, f, this_value, 2);
}

static Value map_value(Isolate *iso, Mapper *m, Value v, u64 k) {
  if (!m->mapping) return v;
  m->call.args[0] = v;
  m->call.args[1] = value_from_i64((i64)k);
  return prepared_call(iso, &m->call);
}

static Value from_iterable(Isolate *iso, const Call *call, Value method) {
  bool plain;
  Mapper mapper;
  ForOf it;
  JSObject *a = TRY(result_for(iso, call->this_value, NULL, &plain));
  TRY(mapper_init(iso, &mapper, call_arg(call, 1), call_arg(call, 2)));
  if (method == VALUE_EMPTY) TRY(for_of_init(iso, &it, call->args[0]));
  else TRY(for_of_init_method(iso, &it, call->args[0], method));
  Value v;
  u64 k = 0;
  for (; for_of_next(iso, &it, &v); k++) {
    if ((k & POLL_MASK) == POLL_MASK && !isolate_poll(iso)) return VALUE_FAIL;
    v = map_value(iso, &mapper, v, k);
    if (!v || !add_to_result(iso, a, plain, k, v)) {
      (void)for_of_close(iso, &it);
      return VALUE_FAIL;
    }
  }
  if (it.failed) return VALUE_FAIL;
  TRY(set_length(iso, a, k));
  return value_from_object(a);
}

// The elements of a set as an array, in order.
static Value array_of_set(Isolate *iso, JSMap *set) {
  u32 count = ref_get(set->table)->count, n = 0;
  JSObject *a = TRY(array_new_uninit(iso, count));
  const HashTable *table = ref_get(set->table);
  const HashEntry *entries = hash_table_entries(table);
  for (u32 i = table->first; i < table->used && n < count; i++) {
    Value key = slot_get(&entries[i].key);
    if (key != VALUE_EMPTY) slot_init(&a->bf[n++], key);
  }
  gc_barrier(heap_of(iso), &a->cell);
  return value_from_object(a);
}

static bool set_iteration_is_pristine(Isolate *iso, Value v) {
  if (!value_is_kind(v, KIND_SET)) return false;
  Realm *realm = realm_current(iso);
  const Shape *shape = obj_shape(iso, value_object(v));
  return !shape->count && slot_get(&shape->proto) == intrinsic(iso, INTRINSIC_SET_PROTOTYPE) &&
         builtin_is_pristine(iso, realm, PRISTINE_SET_ITERATOR) && builtin_is_pristine(iso, realm, PRISTINE_SET_ITERATOR_NEXT);
}

static Value from_array_like(Isolate *iso, const Call *call) {
  JSObject *items = TRY(to_object(iso, call->args[0]));
  u64 length;
  bool plain;
  Mapper mapper;
  TRY(length_of_array_like(iso, items, &length));
  JSObject *a = TRY(result_for(iso, call->this_value, &length, &plain));
  TRY(mapper_init(iso, &mapper, call_arg(call, 1), call_arg(call, 2)));
  for (u64 k = 0; k < length; k++) {
    POLL(iso, k);
    Value v = TRY(index_get(iso, items, k));
    v = TRY(map_value(iso, &mapper, v, k));
    TRY(add_to_result(iso, a, plain, k, v));
  }
  TRY(set_length(iso, a, length));
  return value_from_object(a);
}

Value array_from(Isolate *iso, const Call *call) {
  Value items = call_arg(call, 0), mapper = call_arg(call, 1);
  if (!value_is_undefined(mapper)) TRY(require_callable(iso, mapper));
  if (value_is_nullish(items)) return throw_not_iterable(iso, items);
  if (array_iteration_is_pristine(iso, items)) return from_iterable(iso, call, VALUE_EMPTY);
  if (value_is_undefined(mapper) && call->this_value == intrinsic(iso, INTRINSIC_ARRAY) && set_iteration_is_pristine(iso, items)) {
    return array_of_set(iso, (JSMap *)value_object(items));
  }
  Value method = TRY(get_method(iso, items, SYM(iterator)));
  return value_is_undefined(method) ? from_array_like(iso, call) : from_iterable(iso, call, method);
}

Value array_of(Isolate *iso, const Call *call) {
  bool plain;
  u64 length = call->argc;
  if (call->this_value == intrinsic(iso, INTRINSIC_ARRAY)) return value_from_object(array_from_values(iso, call->args, call->argc));
  JSObject *a = TRY(result_for(iso, call->this_value, &length, &plain));
  for (u32 k = 0; k < call->argc; k++) TRY(add_to_result(iso, a, plain, k, call->args[k]));
  TRY(set_length(iso, a, length));
  return value_from_object(a);
}

// ---- Array.fromAsync ----

// Variables of one call.
enum {
  FROM_STATE,  // int: what is awaited
  FROM_RESULT, // the array, or undefined
  FROM_PROMISE,
  FROM_MAPPER, // undefined: none
  FROM_THIS,
  FROM_SOURCE, // async iterator, or array-like
  FROM_NEXT,   // its `next`; EMPTY for array-likes
  FROM_INDEX,  // number
  FROM_LENGTH, // of an array-like
  FROM_ERROR,  // what waits while the iterator is being closed
  FROM_COUNT,
};
enum FromState { FROM_AWAIT_RESULT, FROM_AWAIT_VALUE, FROM_AWAIT_MAPPED, FROM_AWAIT_CLOSE };

static Value from_get(const ValueArray *f, u32 i) { return slot_get(&f->values[i]); }
static void from_set(Isolate *iso, ValueArray *f, u32 i, Value v) { slot_set(iso, f, &f->values[i], v); }

static void from_settled(Isolate *iso, Value data, Value v, bool fulfilled);

// Await(v): goes on in from_settled. false: thrown.
static bool from_await(Isolate *iso, ValueArray *f, enum FromState state, Value v) {
  Value promise = TRY(promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), v));
  from_set(iso, f, FROM_STATE, value_from_int(state));
  return promise_then_native(iso, (JSPromise *)value_object(promise), from_settled, value_from_cell(f));
}

static void from_reject(Isolate *iso, ValueArray *f, Value error) {
  promise_reject(iso, (JSPromise *)value_object(from_get(f, FROM_PROMISE)), error);
}

static bool from_finish(Isolate *iso, ValueArray *f) {
  JSObject *a = value_object(from_get(f, FROM_RESULT));
  TRY(set_length(iso, a, (u64)value_number(from_get(f, FROM_INDEX))));
  return promise_resolve_with(iso, (JSPromise *)value_object(from_get(f, FROM_PROMISE)), value_from_object(a));
}

// AsyncIteratorClose with the exception that waits, which is what the promise is rejected with in the end.
static void from_close(Isolate *iso, ValueArray *f) {
  Value error = isolate_take_exception(iso);
  from_set(iso, f, FROM_ERROR, error);
  if (from_get(f, FROM_NEXT) == VALUE_EMPTY) return from_reject(iso, f, error);
  Value iterator = from_get(f, FROM_SOURCE);
  Value method = get_method(iso, iterator, ATOM(return ));
  Value result = method && !value_is_undefined(method) ? CALL0(iso, method, iterator) : VALUE_EMPTY;
  if (result && from_await(iso, f, FROM_AWAIT_CLOSE, result)) return;
  if (iso->terminating) return;
  (void)isolate_take_exception(iso);
  from_reject(iso, f, error);
}

static bool from_store(Isolate *iso, ValueArray *f, Value v) {
  u64 k = (u64)value_number(from_get(f, FROM_INDEX));
  PropertyKey key = TRY(key_from_u64(iso, k));
  TRY(create_data_property_or_throw(iso, value_object(from_get(f, FROM_RESULT)), key, v));
  from_set(iso, f, FROM_INDEX, value_from_i64((i64)k + 1));
  return true;
}

static bool from_map(Isolate *iso, ValueArray *f, Value v) {
  Value mapped = TRY(CALL2(iso, from_get(f, FROM_MAPPER), from_get(f, FROM_THIS), v, from_get(f, FROM_INDEX)));
  return from_await(iso, f, FROM_AWAIT_MAPPED, mapped);
}

// On to the next await.
static bool from_advance(Isolate *iso, ValueArray *f) {
  Value source = from_get(f, FROM_SOURCE), next = from_get(f, FROM_NEXT);
  if (next != VALUE_EMPTY) {
    Value result = TRY(CALL0(iso, next, source));
    return from_await(iso, f, FROM_AWAIT_RESULT, result);
  }
  if (value_number(from_get(f, FROM_INDEX)) >= value_number(from_get(f, FROM_LENGTH))) return from_finish(iso, f);
  Value v = TRY(index_get(iso, value_object(source), (u64)value_number(from_get(f, FROM_INDEX))));
  return from_await(iso, f, FROM_AWAIT_VALUE, v);
}

// One settled await. *close: a failure is to close the iterator.
static bool from_step(Isolate *iso, ValueArray *f, Value v, bool *close) {
  i32 state = value_int(from_get(f, FROM_STATE));
  bool mapping = !value_is_undefined(from_get(f, FROM_MAPPER)) && state != FROM_AWAIT_MAPPED;
  if (state == FROM_AWAIT_RESULT) {
    if (!value_is_object(v)) return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, v));
    Tri done = TRY(iterator_complete(iso, v));
    if (done == TRI_YES) return from_finish(iso, f);
    v = TRY(iterator_value(iso, v));
  }
  *close = true;
  if (mapping) return from_map(iso, f, v);
  TRY(from_store(iso, f, v));
  *close = false;
  return from_advance(iso, f);
}

static void from_failed(Isolate *iso, ValueArray *f, bool close) {
  if (iso->terminating) return;
  if (close) return from_close(iso, f);
  from_reject(iso, f, isolate_take_exception(iso));
}

static void from_settled(Isolate *iso, Value data, Value v, bool fulfilled) {
  ValueArray *f = (ValueArray *)value_cell(data);
  i32 state = value_int(from_get(f, FROM_STATE));
  bool close = state == FROM_AWAIT_MAPPED;
  if (state == FROM_AWAIT_CLOSE) return from_reject(iso, f, from_get(f, FROM_ERROR));
  if (!fulfilled) {
    (void)throw_value(iso, v);
    return from_failed(iso, f, close);
  }
  close = false;
  if (!from_step(iso, f, v, &close)) from_failed(iso, f, close);
}

// CreateAsyncFromSyncIterator
static bool wrap_sync_iterator(Isolate *iso, ForOf *it) {
  Value proto = intrinsic(iso, INTRINSIC_ASYNC_FROM_SYNC_ITERATOR_PROTOTYPE);
  JSWrappedIterator *wrapper = TRY((JSWrappedIterator *)obj_new_kind(iso, KIND_ASYNC_FROM_SYNC_ITERATOR, proto));
  slot_set(iso, wrapper, &wrapper->iterator, it->iterator);
  slot_set(iso, wrapper, &wrapper->next_method, it->next_method);
  it->iterator = value_from_object(wrapper);
  it->next_method = TRY(obj_get(iso, &wrapper->object, ATOM(next)));
  return true;
}

static bool from_start(Isolate *iso, ValueArray *f, Value constructor, Value items) {
  if (!value_is_undefined(from_get(f, FROM_MAPPER))) TRY(require_callable(iso, from_get(f, FROM_MAPPER)));
  Value async_method = TRY(get_method(iso, items, SYM(asyncIterator)));
  Value method = async_method;
  if (value_is_undefined(async_method)) method = TRY(get_method(iso, items, SYM(iterator)));
  bool has_constructor = value_is_constructor(constructor);
  if (!value_is_undefined(method)) {
    Value a =
        has_constructor ? TRY(construct(iso, constructor, 0, NULL, constructor)) : value_from_object(TRY(array_create(iso, 0)));
    from_set(iso, f, FROM_RESULT, a);
    ForOf it;
    TRY(for_of_init_method(iso, &it, items, method));
    if (value_is_undefined(async_method)) TRY(wrap_sync_iterator(iso, &it));
    from_set(iso, f, FROM_SOURCE, it.iterator);
    from_set(iso, f, FROM_NEXT, it.next_method);
    return from_advance(iso, f);
  }
  JSObject *array_like = TRY(to_object(iso, items));
  u64 length;
  TRY(length_of_array_like(iso, array_like, &length));
  Value argument = value_from_i64((i64)length);
  Value a = has_constructor ? TRY(construct(iso, constructor, 1, &argument, constructor))
                            : value_from_object(TRY(array_create(iso, length)));
  from_set(iso, f, FROM_RESULT, a);
  from_set(iso, f, FROM_SOURCE, value_from_object(array_like));
  from_set(iso, f, FROM_LENGTH, argument);
  return from_advance(iso, f);
}

Value array_from_async(Isolate *iso, const Call *call) {
  JSPromise *promise = TRY(promise_new(iso));
  ValueArray *f = TRY(value_array_new(iso, FROM_COUNT));
  from_set(iso, f, FROM_PROMISE, value_from_object(promise));
  from_set(iso, f, FROM_MAPPER, call_arg(call, 1));
  from_set(iso, f, FROM_THIS, call_arg(call, 2));
  from_set(iso, f, FROM_INDEX, value_from_int(0));
  if (!from_start(iso, f, call->this_value, call_arg(call, 0))) from_failed(iso, f, false);
  return iso->terminating ? VALUE_FAIL : value_from_object(promise);
}
