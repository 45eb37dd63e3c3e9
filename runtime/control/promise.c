// SPDX-License-Identifier: MIT
// Promise and Promise.prototype (ECMA-262 27.2). Settling, reactions and jobs are vm/promise.h.
// While nobody has touched Promise.prototype, the calls of `resolve` and `then` that the specification makes on plain promises are
// done directly, without the promise that `then` would return to nobody.
// Tests: tests/js/control/promise*.js
#include "runtime/support.h"
#include "vm/promise.h"

enum Combinator { COMBINE_ALL, COMBINE_ALL_SETTLED, COMBINE_ANY };

static bool is_plain_promise(Isolate *iso, Value v) {
  if (!value_is_promise(v)) return false;
  const Shape *shape = obj_shape(iso, value_object(v));
  return !shape->count && slot_get(&shape->proto) == intrinsic(iso, INTRINSIC_PROMISE_PROTOTYPE);
}

static bool promises_are_pristine(Isolate *iso) {
  Realm *realm = realm_current(iso);
  return builtin_is_pristine(iso, realm, PRISTINE_PROMISE_THEN) && builtin_is_pristine(iso, realm, PRISTINE_PROMISE_CONSTRUCTOR) &&
         builtin_is_pristine(iso, realm, PRISTINE_PROMISE_SPECIES);
}

// Invoke(promise, "then", on_fulfilled, on_rejected) for handlers that do not throw, whose result nobody wants.
static bool invoke_then(Isolate *iso, Value promise, Value on_fulfilled, Value on_rejected) {
  if (is_plain_promise(iso, promise) && promises_are_pristine(iso)) {
    return perform_promise_then(iso, (JSPromise *)value_object(promise), on_fulfilled, on_rejected, NULL);
  }
  return invoke(iso, promise, ATOM(then), 2, (Value[]){on_fulfilled, on_rejected}) != VALUE_FAIL;
}

// ---- Constructor ----

static Value promise_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, TYPE, "Promise constructor cannot be invoked without 'new'");
  Value executor = call_arg(call, 0);
  if (!value_is_callable(executor)) return THROW(iso, PROMISE_RESOLVER, error_text_of_value(iso, executor));
  JSPromise *p = TRY(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_PROMISE_PROTOTYPE, KIND_PROMISE));
  slot_set(iso, p, &p->result, VALUE_UNDEFINED);
  Value resolve, reject;
  TRY(create_resolving_functions(iso, p, &resolve, &reject));
  if (!CALL2(iso, executor, VALUE_UNDEFINED, resolve, reject)) {
    if (iso->terminating) return VALUE_FAIL;
    TRY(CALL1(iso, reject, VALUE_UNDEFINED, isolate_take_exception(iso)));
  }
  return value_from_object(p);
}

static Value promise_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- resolve, reject, try, withResolvers ----

static Value promise_resolve_method(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, "PromiseResolve");
  return promise_resolve(iso, call->this_value, call_arg(call, 0));
}

static Value promise_reject_method(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, "PromiseReject");
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, call->this_value, &capability));
  TRY(promise_capability_reject(iso, &capability, call_arg(call, 0)));
  return capability.promise;
}

static Value promise_try(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, "Promise.try");
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, call->this_value, &capability));
  u32 argc = call->argc ? call->argc - 1 : 0;
  Value result = call_function(iso, call_arg(call, 0), VALUE_UNDEFINED, argc, argc ? call->args + 1 : NULL);
  if (!result) return promise_capability_reject_exception(iso, &capability);
  TRY(promise_capability_resolve(iso, &capability, result));
  return capability.promise;
}

static Value promise_with_resolvers(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, "Promise.withResolvers");
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability(iso, call->this_value, &capability));
  JSObject *o = TRY(obj_new_plain(iso));
  obj_put_direct(iso, o, ATOM(promise), capability.promise, ATTR_ALL);
  obj_put_direct(iso, o, ATOM(resolve), capability.resolve, ATTR_ALL);
  obj_put_direct(iso, o, ATOM(reject), capability.reject, ATTR_ALL);
  return value_from_object(o);
}

// ---- all, allSettled, any ----

// What the element functions of one call share.
typedef struct Combination {
  enum Combinator kind;
  PromiseCapabilityRecord capability;
  JSObject *values;      // results, or errors
  JSObject *keys;        // allKeyed, allSettledKeyed: their names, else NULL
  ValueArray *remaining; // one int
} Combination;

// An element function's data: index (undefined once called), values, function of the capability, remaining, the function that has
// the index for both (the rejecting one of allSettled), and the keys of the result or undefined.
enum { ELEMENT_INDEX, ELEMENT_VALUES, ELEMENT_SETTLE, ELEMENT_REMAINING, ELEMENT_SIBLING, ELEMENT_KEYS, ELEMENT_DATA_COUNT };
enum { ELEMENT_FULFILLED = 1, ELEMENT_REJECTED = 2, ELEMENT_ANY = 4 };

static Value aggregate_of(Isolate *iso, JSObject *errors) {
  String *message = TRY(str_new_cstring(iso, "All promises were rejected"));
  JSObject *error = TRY(error_new(iso, INTRINSIC_AGGREGATE_ERROR_PROTOTYPE, message));
  obj_put_direct(iso, error, ATOM(errors), value_from_object(errors), ATTR_METHOD);
  return value_from_object(error);
}

// What the values become when all are there: their array, or an object without prototype with the keys.
static Value combined_result(Isolate *iso, JSObject *values, Value keys) {
  if (value_is_undefined(keys)) return value_from_object(values);
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  for (u32 i = 0; i < array_length(values); i++) {
    PropertyKey key = TRY(to_property_key(iso, list_get(value_object(keys), i)));
    TRY(create_data_property_or_throw(iso, o, key, list_get(values, i)));
  }
  return value_from_object(o);
}

static bool count_down(Isolate *iso, ValueArray *remaining) { // true: that was the last
  i32 left = value_int(slot_get(&remaining->values[0])) - 1;
  slot_set(iso, remaining, &remaining->values[0], value_from_int(left));
  return !left;
}

static Value settled_record(Isolate *iso, Value v, bool fulfilled) {
  JSObject *o = TRY(obj_new_plain(iso));
  obj_put_direct(iso, o, ATOM(status), value_from_cell(fulfilled ? ATOM_STRING(fulfilled) : ATOM_STRING(rejected)), ATTR_ALL);
  obj_put_direct(iso, o, fulfilled ? ATOM(value) : ATOM(reason), v, ATTR_ALL);
  return value_from_object(o);
}

static Value combinator_element(Isolate *iso, const Call *call, u32 what) {
  JSNativeFunction *self = (JSNativeFunction *)value_object(call->callee), *owner = self;
  if (value_is_object(slot_get(&self->data[ELEMENT_SIBLING])))
    owner = (JSNativeFunction *)value_object(slot_get(&self->data[ELEMENT_SIBLING]));
  Value index = slot_get(&owner->data[ELEMENT_INDEX]);
  if (value_is_undefined(index)) return VALUE_UNDEFINED;
  native_set_data(iso, owner, ELEMENT_INDEX, VALUE_UNDEFINED);
  Value v = call_arg(call, 0);
  if (what == ELEMENT_FULFILLED || what == ELEMENT_REJECTED) v = TRY(settled_record(iso, v, what == ELEMENT_FULFILLED));
  JSObject *values = value_object(slot_get(&self->data[ELEMENT_VALUES]));
  list_set(iso, values, (u32)value_int(index), v);
  if (!count_down(iso, (ValueArray *)value_cell(slot_get(&self->data[ELEMENT_REMAINING])))) return VALUE_UNDEFINED;
  Value result =
      what == ELEMENT_ANY ? aggregate_of(iso, values) : combined_result(iso, values, slot_get(&self->data[ELEMENT_KEYS]));
  if (!result) return VALUE_FAIL;
  return CALL1(iso, slot_get(&self->data[ELEMENT_SETTLE]), VALUE_UNDEFINED, result);
}

static Value all_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, 0); }
static Value any_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, ELEMENT_ANY); }
static Value settled_fulfilled_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, ELEMENT_FULFILLED); }
static Value settled_rejected_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, ELEMENT_REJECTED); }

static Value new_element(Isolate *iso, NativeFn fn, const Combination *c, u32 index, Value sibling) {
  JSNativeFunction *f = TRY(closure_new(iso, fn, 1, ELEMENT_DATA_COUNT));
  native_set_data(iso, f, ELEMENT_INDEX, value_from_int((i32)index));
  native_set_data(iso, f, ELEMENT_VALUES, value_from_object(c->values));
  native_set_data(iso, f, ELEMENT_SETTLE, c->kind == COMBINE_ANY ? c->capability.reject : c->capability.resolve);
  native_set_data(iso, f, ELEMENT_REMAINING, value_from_cell(c->remaining));
  native_set_data(iso, f, ELEMENT_SIBLING, sibling);
  if (c->keys) native_set_data(iso, f, ELEMENT_KEYS, value_from_object(c->keys));
  return value_from_object(f);
}

static bool combine_one(Isolate *iso, Combination *c, Value constructor, Value promise_resolve_fn, bool direct, Value v) {
  u32 index = array_length(c->values);
  TRY(array_push_value(iso, c->values, VALUE_UNDEFINED));
  Value next = direct ? promise_resolve(iso, constructor, v) : CALL1(iso, promise_resolve_fn, constructor, v);
  if (!next) return false;
  Value on_fulfilled = c->capability.resolve, on_rejected = c->capability.reject;
  switch (c->kind) {
  case COMBINE_ALL: on_fulfilled = TRY(new_element(iso, all_element, c, index, VALUE_UNDEFINED)); break;
  case COMBINE_ANY: on_rejected = TRY(new_element(iso, any_element, c, index, VALUE_UNDEFINED)); break;
  case COMBINE_ALL_SETTLED:
    on_fulfilled = TRY(new_element(iso, settled_fulfilled_element, c, index, VALUE_UNDEFINED));
    on_rejected = TRY(new_element(iso, settled_rejected_element, c, index, on_fulfilled));
    break;
  }
  i32 remaining = value_int(slot_get(&c->remaining->values[0]));
  slot_set(iso, c->remaining, &c->remaining->values[0], value_from_int(remaining + 1));
  return invoke_then(iso, next, on_fulfilled, on_rejected);
}

// Get(C, "resolve"), which must be callable. *direct: it is %Promise.resolve% of %Promise% itself.
static Value get_promise_resolve(Isolate *iso, Value constructor, bool *direct) {
  Value f = TRY(obj_get(iso, value_object(constructor), ATOM(resolve)));
  if (!value_is_callable(f)) return THROW(iso, TYPE, "Promise resolve or reject function is not callable");
  *direct =
      constructor == intrinsic(iso, INTRINSIC_PROMISE) && builtin_is_pristine(iso, realm_current(iso), PRISTINE_PROMISE_RESOLVE);
  return f;
}

static bool combine_listed(Isolate *iso, Combination *c, Value constructor, Value resolve, bool direct, Value iterable) {
  ForOf it;
  TRY(for_of_init(iso, &it, iterable));
  Value v;
  while (for_of_next(iso, &it, &v)) {
    if (!combine_one(iso, c, constructor, resolve, direct, v)) {
      for_of_close(iso, &it);
      return false;
    }
  }
  return !it.failed;
}

static bool combine_keyed(Isolate *iso, Combination *c, Value constructor, Value resolve, bool direct, Value promises) {
  if (!value_is_object(promises)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, promises));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, value_object(promises), &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, value_object(promises), keys.data[i], &desc));
    if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
    Value v = TRY(obj_get(iso, value_object(promises), keys.data[i]));
    Value key = TRY(key_to_value(iso, keys.data[i]));
    TRY(array_push_value(iso, c->keys, key));
    TRY(combine_one(iso, c, constructor, resolve, direct, v));
  }
  return true;
}

static bool combine_all(Isolate *iso, Combination *c, Value constructor, Value promises, bool keyed) {
  bool direct;
  Value resolve = TRY(get_promise_resolve(iso, constructor, &direct));
  c->values = TRY(array_create(iso, 0));
  if (keyed) c->keys = TRY(array_create(iso, 0));
  c->remaining = TRY(value_array_new(iso, 1));
  slot_set(iso, c->remaining, &c->remaining->values[0], value_from_int(1));
  TRY((keyed ? combine_keyed : combine_listed)(iso, c, constructor, resolve, direct, promises));
  if (!count_down(iso, c->remaining)) return true;
  if (c->kind == COMBINE_ANY) {
    Value error = TRY(aggregate_of(iso, c->values));
    return throw_value(iso, error);
  }
  Value result = TRY(combined_result(iso, c->values, keyed ? value_from_object(c->keys) : VALUE_UNDEFINED));
  return CALL1(iso, c->capability.resolve, VALUE_UNDEFINED, result) != VALUE_FAIL;
}

enum { COMBINE_KEYED = 8 };

static Value promise_combinator(Isolate *iso, const Call *call) { // magic: enum Combinator, with COMBINE_KEYED
  static const char *const names[] = {"Promise.all", "Promise.allSettled", "Promise.any"};
  Combination c = {.kind = native_magic(call) & ~(u32)COMBINE_KEYED};
  bool keyed = native_magic(call) & COMBINE_KEYED;
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, names[c.kind]);
  TRY(new_promise_capability(iso, call->this_value, &c.capability));
  if (!combine_all(iso, &c, call->this_value, call_arg(call, 0), keyed))
    return promise_capability_reject_exception(iso, &c.capability);
  return c.capability.promise;
}

// ---- race ----

static bool race_all(Isolate *iso, const PromiseCapabilityRecord *capability, Value constructor, Value iterable) {
  bool direct;
  Value resolve = TRY(get_promise_resolve(iso, constructor, &direct));
  ForOf it;
  TRY(for_of_init(iso, &it, iterable));
  Value v;
  while (for_of_next(iso, &it, &v)) {
    Value next = direct ? promise_resolve(iso, constructor, v) : CALL1(iso, resolve, constructor, v);
    if (!next || !invoke_then(iso, next, capability->resolve, capability->reject)) {
      for_of_close(iso, &it);
      return false;
    }
  }
  return !it.failed;
}

static Value promise_race(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, "Promise.race");
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability(iso, call->this_value, &capability));
  if (!race_all(iso, &capability, call->this_value, call_arg(call, 0)))
    return promise_capability_reject_exception(iso, &capability);
  return capability.promise;
}

// ---- Promise.prototype ----

static Value promise_then(Isolate *iso, const Call *call) {
  Value v = call->this_value;
  if (!value_is_promise(v)) return throw_incompatible(iso, "Promise.prototype.then", v);
  Value constructor = intrinsic(iso, INTRINSIC_PROMISE);
  if (!is_plain_promise(iso, v) || !promises_are_pristine(iso)) {
    constructor = TRY(species_constructor(iso, value_object(v), constructor));
  }
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, constructor, &capability));
  TRY(perform_promise_then(iso, (JSPromise *)value_object(v), call_arg(call, 0), call_arg(call, 1), &capability));
  return capability.promise;
}

static Value promise_catch(Isolate *iso, const Call *call) {
  return invoke(iso, call->this_value, ATOM(then), 2, (Value[]){VALUE_UNDEFINED, call_arg(call, 0)});
}

static Value return_value_thunk(Isolate *iso, const Call *call) {
  (void)iso;
  return native_data(call, 0);
}
static Value throw_value_thunk(Isolate *iso, const Call *call) { return throw_value(iso, native_data(call, 0)); }

// data: onFinally, constructor
static Value run_finally(Isolate *iso, const Call *call, NativeFn thunk) {
  Value result = TRY(CALL0(iso, native_data(call, 0), VALUE_UNDEFINED));
  Value promise = TRY(promise_resolve(iso, native_data(call, 1), result));
  JSNativeFunction *f = TRY(closure_new(iso, thunk, 0, 1));
  native_set_data(iso, f, 0, call_arg(call, 0));
  return invoke(iso, promise, ATOM(then), 1, (Value[]){value_from_object(f)});
}
static Value then_finally(Isolate *iso, const Call *call) { return run_finally(iso, call, return_value_thunk); }
static Value catch_finally(Isolate *iso, const Call *call) { return run_finally(iso, call, throw_value_thunk); }

static Value promise_finally(Isolate *iso, const Call *call) {
  Value v = call->this_value, on_finally = call_arg(call, 0);
  if (!value_is_object(v)) return THROW(iso, CALLED_ON_NON_OBJECT, "Promise.prototype.finally");
  Value constructor = TRY(species_constructor(iso, value_object(v), intrinsic(iso, INTRINSIC_PROMISE)));
  Value handlers[2] = {on_finally, on_finally};
  if (value_is_callable(on_finally)) {
    for (u32 i = 0; i < 2; i++) {
      JSNativeFunction *f = TRY(closure_new(iso, i ? catch_finally : then_finally, 1, 2));
      native_set_data(iso, f, 0, on_finally);
      native_set_data(iso, f, 1, constructor);
      handlers[i] = value_from_object(f);
    }
  }
  return invoke(iso, v, ATOM(then), 2, handlers);
}

static const BuiltinProperty promise_properties[] = {
    METHOD_MAGIC(all, promise_combinator, 1, COMBINE_ALL),
    METHOD_MAGIC(allSettled, promise_combinator, 1, COMBINE_ALL_SETTLED),
    METHOD_MAGIC(any, promise_combinator, 1, COMBINE_ANY),
    METHOD(race, promise_race, 1),
    METHOD_MAGIC(allKeyed, promise_combinator, 1, COMBINE_ALL | COMBINE_KEYED),
    METHOD_MAGIC(allSettledKeyed, promise_combinator, 1, COMBINE_ALL_SETTLED | COMBINE_KEYED),
    METHOD(resolve, promise_resolve_method, 1),
    METHOD(reject, promise_reject_method, 1),
    METHOD(withResolvers, promise_with_resolvers, 0),
    METHOD(try, promise_try, 1),
    GETTER_SYM(species, promise_get_species),
};
static const BuiltinProperty promise_prototype_properties[] = {
    METHOD(then, promise_then, 2),
    METHOD(catch, promise_catch, 1),
    METHOD(finally, promise_finally, 1),
    STRING_TAG(Promise),
};
const BuiltinObject builtin_promise =
    BUILTIN_CLASS(Promise, promise_constructor, 1, INTRINSIC_PROMISE_PROTOTYPE, promise_properties);
const BuiltinObject builtin_promise_prototype = BUILTIN_PROTOTYPE(INTRINSIC_PROMISE, promise_prototype_properties);
