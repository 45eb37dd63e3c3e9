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

// What the elements of one call share, in a ValueArray; while it runs, also on the C stack.
// The capability of a plain %Promise% has no functions until an element is found that must be given some.
enum {
  STATE_KIND,      // enum Combinator
  STATE_REMAINING, // elements that have not come, and one for the loop
  STATE_VALUES,    // array of results, or of errors
  STATE_KEYS,      // allKeyed, allSettledKeyed: array of their names, else undefined
  STATE_PROMISE,
  STATE_RESOLVE,
  STATE_REJECT,
  STATE_IS_SETTLED, // without the functions, which know it themselves
  STATE_COUNT
};
typedef ValueArray Combination;

static Value state_get(const Combination *c, u32 which) { return slot_get(&c->values[which]); }
static void state_set(Isolate *iso, Combination *c, u32 which, Value v) { slot_set(iso, c, &c->values[which], v); }
static JSObject *state_values(const Combination *c) { return value_object(state_get(c, STATE_VALUES)); }

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

static bool count_down(Isolate *iso, Combination *c) { // true: that was the last
  i32 left = value_int(state_get(c, STATE_REMAINING)) - 1;
  state_set(iso, c, STATE_REMAINING, value_from_int(left));
  return !left;
}

static Value settled_record(Isolate *iso, Value v, bool fulfilled) {
  JSObject *o = TRY(obj_new_plain(iso));
  obj_put_direct(iso, o, ATOM(status), value_from_cell(fulfilled ? ATOM_STRING(fulfilled) : ATOM_STRING(rejected)), ATTR_ALL);
  obj_put_direct(iso, o, fulfilled ? ATOM(value) : ATOM(reason), v, ATTR_ALL);
  return value_from_object(o);
}

// Calls the capability's function, or does what it would do.
static bool settle(Isolate *iso, Combination *c, bool resolve, Value v) {
  Value f = state_get(c, resolve ? STATE_RESOLVE : STATE_REJECT);
  if (!value_is_undefined(f)) return CALL1(iso, f, VALUE_UNDEFINED, v) != VALUE_FAIL;
  if (state_get(c, STATE_IS_SETTLED) == VALUE_TRUE) return true;
  state_set(iso, c, STATE_IS_SETTLED, VALUE_TRUE);
  JSPromise *p = (JSPromise *)value_object(state_get(c, STATE_PROMISE));
  if (resolve) return promise_resolve_with(iso, p, v);
  promise_reject(iso, p, v);
  return true;
}

// One element has come; the last one settles the promise.
static bool element_comes(Isolate *iso, Combination *c, u32 index, Value v, bool fulfilled) {
  u32 kind = (u32)value_int(state_get(c, STATE_KIND));
  if (kind == COMBINE_ALL_SETTLED) v = TRY(settled_record(iso, v, fulfilled));
  JSObject *values = state_values(c);
  list_set(iso, values, index, v);
  if (!count_down(iso, c)) return true;
  Value result = kind == COMBINE_ANY ? aggregate_of(iso, values) : combined_result(iso, values, state_get(c, STATE_KEYS));
  return result && settle(iso, c, kind != COMBINE_ANY, result);
}

// Element functions, for promises that are not plain. Their data: index (undefined once called), state, and the function that has
// the index for both (the rejecting one of allSettled).
enum { ELEMENT_INDEX, ELEMENT_STATE, ELEMENT_SIBLING, ELEMENT_DATA_COUNT };

static Value combinator_element(Isolate *iso, const Call *call, bool fulfilled) {
  JSNativeFunction *self = (JSNativeFunction *)value_object(call->callee), *owner = self;
  if (value_is_object(slot_get(&self->data[ELEMENT_SIBLING])))
    owner = (JSNativeFunction *)value_object(slot_get(&self->data[ELEMENT_SIBLING]));
  Value index = slot_get(&owner->data[ELEMENT_INDEX]);
  if (value_is_undefined(index)) return VALUE_UNDEFINED;
  native_set_data(iso, owner, ELEMENT_INDEX, VALUE_UNDEFINED);
  Combination *c = (Combination *)value_cell(slot_get(&self->data[ELEMENT_STATE]));
  return element_comes(iso, c, (u32)value_int(index), call_arg(call, 0), fulfilled) ? VALUE_UNDEFINED : VALUE_FAIL;
}
static Value fulfilled_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, true); }
static Value rejected_element(Isolate *iso, const Call *call) { return combinator_element(iso, call, false); }

static Value new_element(Isolate *iso, NativeFn fn, const Combination *c, u32 index, Value sibling) {
  JSNativeFunction *f = TRY(closure_new(iso, fn, 1, ELEMENT_DATA_COUNT));
  native_set_data(iso, f, ELEMENT_INDEX, value_from_int((i32)index));
  native_set_data(iso, f, ELEMENT_STATE, value_from_cell(c));
  native_set_data(iso, f, ELEMENT_SIBLING, sibling);
  return value_from_object(f);
}

static bool make_functions(Isolate *iso, Combination *c) {
  if (!value_is_undefined(state_get(c, STATE_RESOLVE))) return true;
  Value resolve, reject;
  TRY(create_resolving_functions(iso, (JSPromise *)value_object(state_get(c, STATE_PROMISE)), &resolve, &reject));
  state_set(iso, c, STATE_RESOLVE, resolve);
  state_set(iso, c, STATE_REJECT, reject);
  return true;
}

// Through functions, which a `then` of somebody else may call when and as often as it likes.
static bool combine_by_functions(Isolate *iso, Combination *c, Value next, u32 index) {
  TRY(make_functions(iso, c));
  Value on_fulfilled = state_get(c, STATE_RESOLVE), on_rejected = state_get(c, STATE_REJECT);
  switch ((enum Combinator)value_int(state_get(c, STATE_KIND))) {
  case COMBINE_ALL: on_fulfilled = TRY(new_element(iso, fulfilled_element, c, index, VALUE_UNDEFINED)); break;
  case COMBINE_ANY: on_rejected = TRY(new_element(iso, rejected_element, c, index, VALUE_UNDEFINED)); break;
  case COMBINE_ALL_SETTLED:
    on_fulfilled = TRY(new_element(iso, fulfilled_element, c, index, VALUE_UNDEFINED));
    on_rejected = TRY(new_element(iso, rejected_element, c, index, on_fulfilled));
    break;
  }
  return invoke_then(iso, next, on_fulfilled, on_rejected);
}

static void plain_element_comes(Isolate *iso, Value state, u32 index, Value v, bool fulfilled) {
  Combination *c = (Combination *)value_cell(state);
  u32 kind = (u32)value_int(state_get(c, STATE_KIND));
  if (kind == (fulfilled ? COMBINE_ANY : COMBINE_ALL)) (void)settle(iso, c, fulfilled, v);
  else (void)element_comes(iso, c, index, v, fulfilled);
}

static bool combine_one(Isolate *iso, Combination *c, Value constructor, Value promise_resolve_fn, bool direct, Value v) {
  JSObject *values = state_values(c);
  u32 index = array_length(values);
  TRY(array_push_value(iso, values, VALUE_UNDEFINED));
  bool is_plain_value = direct && !value_is_object(v) && promises_are_pristine(iso); // nobody would see its promise
  Value next = v;
  if (!is_plain_value) next = direct ? promise_resolve(iso, constructor, v) : CALL1(iso, promise_resolve_fn, constructor, v);
  if (!next) return false;
  state_set(iso, c, STATE_REMAINING, value_from_int(value_int(state_get(c, STATE_REMAINING)) + 1));
  if (is_plain_value) {
    promise_enqueue_indexed(iso, v, plain_element_comes, value_from_cell(c), index);
    return true;
  }
  if (!is_plain_promise(iso, next) || !promises_are_pristine(iso)) return combine_by_functions(iso, c, next, index);
  promise_then_indexed(iso, (JSPromise *)value_object(next), plain_element_comes, value_from_cell(c), index);
  return true;
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
    TRY(array_push_value(iso, value_object(state_get(c, STATE_KEYS)), key));
    TRY(combine_one(iso, c, constructor, resolve, direct, v));
  }
  return true;
}

static Combination *combination_new(Isolate *iso, enum Combinator kind, bool keyed, const PromiseCapabilityRecord *capability) {
  Combination *c = TRY(value_array_new(iso, STATE_COUNT));
  JSObject *values = TRY(array_create(iso, 0)), *keys = keyed ? TRY(array_create(iso, 0)) : NULL;
  state_set(iso, c, STATE_KIND, value_from_int((i32)kind));
  state_set(iso, c, STATE_REMAINING, value_from_int(1));
  state_set(iso, c, STATE_VALUES, value_from_object(values));
  state_set(iso, c, STATE_KEYS, keyed ? value_from_object(keys) : VALUE_UNDEFINED);
  state_set(iso, c, STATE_PROMISE, capability->promise);
  state_set(iso, c, STATE_RESOLVE, capability->resolve);
  state_set(iso, c, STATE_REJECT, capability->reject);
  state_set(iso, c, STATE_IS_SETTLED, VALUE_FALSE);
  return c;
}

static bool combine_all(Isolate *iso, Combination *c, Value constructor, Value promises) {
  bool direct, keyed = !value_is_undefined(state_get(c, STATE_KEYS));
  Value resolve = TRY(get_promise_resolve(iso, constructor, &direct));
  TRY((keyed ? combine_keyed : combine_listed)(iso, c, constructor, resolve, direct, promises));
  if (!count_down(iso, c)) return true;
  if (value_int(state_get(c, STATE_KIND)) == COMBINE_ANY) {
    Value error = TRY(aggregate_of(iso, state_values(c)));
    return throw_value(iso, error);
  }
  Value result = TRY(combined_result(iso, state_values(c), state_get(c, STATE_KEYS)));
  return settle(iso, c, true, result);
}

enum { COMBINE_KEYED = 8 };

static Value promise_combinator(Isolate *iso, const Call *call) { // magic: enum Combinator, with COMBINE_KEYED
  static const char *const names[] = {"Promise.all", "Promise.allSettled", "Promise.any"};
  u32 kind = native_magic(call) & ~(u32)COMBINE_KEYED;
  if (!value_is_object(call->this_value)) return THROW(iso, CALLED_ON_NON_OBJECT, names[kind]);
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, call->this_value, &capability));
  Combination *c = TRY(combination_new(iso, kind, native_magic(call) & COMBINE_KEYED, &capability));
  if (combine_all(iso, c, call->this_value, call_arg(call, 0))) return capability.promise;
  if (iso->terminating) return VALUE_FAIL;
  TRY(settle(iso, c, false, isolate_take_exception(iso)));
  return capability.promise;
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
