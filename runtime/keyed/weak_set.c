// SPDX-License-Identifier: MIT
// WeakSet and WeakSet.prototype (ECMA-262 24.4), over the table of WeakMap.
// Tests: tests/js/keyed/weak_set.js
#include "runtime/support.h"

static JSWeakMap *this_set(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_kind(call->this_value, KIND_WEAK_SET))) return (JSWeakMap *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static bool fill_from_iterable(Isolate *iso, JSWeakMap *set, Value iterable) {
  Value adder = TRY(obj_get(iso, &set->object, ATOM(add)));
  if (!value_is_callable(adder)) return THROW(iso, MAP_ITERABLE_ADDER, error_text_of_value(iso, adder), "add", "WeakSet");
  ForOf it;
  Value v;
  TRY(for_of_init(iso, &it, iterable));
  while (for_of_next(iso, &it, &v)) {
    if (!CALL1(iso, adder, value_from_object(set), v)) return for_of_close(iso, &it);
  }
  return !it.failed;
}

static Value weak_set_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "WeakSet");
  JSWeakMap *set =
      TRY((JSWeakMap *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_WEAK_SET_PROTOTYPE, KIND_WEAK_SET));
  WeakTable *table = TRY(weak_table_new(iso));
  ref_set(iso, set, &set->table, table);
  if (!value_is_nullish(call_arg(call, 0))) TRY(fill_from_iterable(iso, set, call->args[0]));
  return value_from_object(set);
}

static Value weak_set_add(Isolate *iso, const Call *call) {
  JSWeakMap *set = TRY(this_set(iso, call, "WeakSet.prototype.add"));
  Value v = call_arg(call, 0);
  if (!can_be_held_weakly(v)) return THROW(iso, WEAK_SET_VALUE);
  TRY(weak_table_set(iso, ref_get(set->table), v, VALUE_TRUE));
  return call->this_value;
}

static Value weak_set_has(Isolate *iso, const Call *call) {
  JSWeakMap *set = TRY(this_set(iso, call, "WeakSet.prototype.has"));
  Value v = call_arg(call, 0);
  return value_from_bool(can_be_held_weakly(v) && weak_table_get(ref_get(set->table), v) != VALUE_EMPTY);
}

static Value weak_set_delete(Isolate *iso, const Call *call) {
  JSWeakMap *set = TRY(this_set(iso, call, "WeakSet.prototype.delete"));
  Value v = call_arg(call, 0);
  return value_from_bool(can_be_held_weakly(v) && weak_table_delete(ref_get(set->table), v));
}

static const BuiltinProperty weak_set_properties[0];

static const BuiltinProperty weak_set_prototype_properties[] = {
    METHOD(delete, weak_set_delete, 1),
    METHOD(has, weak_set_has, 1),
    METHOD(add, weak_set_add, 1),
    STRING_TAG(WeakSet),
};

const BuiltinObject builtin_weak_set =
    BUILTIN_CLASS(WeakSet, weak_set_constructor, 0, INTRINSIC_WEAK_SET_PROTOTYPE, weak_set_properties);
const BuiltinObject builtin_weak_set_prototype = BUILTIN_PROTOTYPE(INTRINSIC_WEAK_SET, weak_set_prototype_properties);
