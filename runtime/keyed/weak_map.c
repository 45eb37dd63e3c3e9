// SPDX-License-Identifier: MIT
// WeakMap and WeakMap.prototype (ECMA-262 24.3). The table of ephemerons is vm/weak_table.c.
// Tests: tests/js/keyed/weak_map.js
#include "runtime/support.h"

static JSWeakMap *this_map(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_kind(call->this_value, KIND_WEAK_MAP))) return (JSWeakMap *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static bool set_entry(Isolate *iso, JSWeakMap *map, Value key, Value value) {
  if (!can_be_held_weakly(key)) return THROW(iso, WEAK_KEY);
  return weak_table_set(iso, ref_get(map->table), key, value);
}

static Value get_entry(const JSWeakMap *map, Value key) { // EMPTY: absent
  return can_be_held_weakly(key) ? weak_table_get(ref_get(map->table), key) : VALUE_EMPTY;
}

static Value weak_map_set(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.set"));
  TRY(set_entry(iso, map, call_arg(call, 0), call_arg(call, 1)));
  return call->this_value;
}

static bool is_builtin_set(Value f) {
  return value_is_kind(f, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_object(f))->fn == weak_map_set;
}

static bool add_entry(Isolate *iso, JSWeakMap *map, Value adder, Value entry) {
  if (!value_is_object(entry)) return THROW(iso, ITERATOR_VALUE_NOT_OBJECT, error_text_of_value(iso, entry));
  Value key = TRY(obj_get(iso, value_object(entry), key_from_index(0)));
  Value value = TRY(obj_get(iso, value_object(entry), key_from_index(1)));
  if (is_builtin_set(adder)) return set_entry(iso, map, key, value);
  TRY(CALL2(iso, adder, value_from_object(map), key, value));
  return true;
}

static bool fill_from_iterable(Isolate *iso, JSWeakMap *map, Value iterable) {
  Value adder = TRY(obj_get(iso, &map->object, ATOM(set)));
  if (!value_is_callable(adder)) return THROW(iso, MAP_ITERABLE_ADDER, error_text_of_value(iso, adder), "set", "WeakMap");
  ForOf it;
  Value entry;
  TRY(for_of_init(iso, &it, iterable));
  while (for_of_next(iso, &it, &entry)) {
    if (!add_entry(iso, map, adder, entry)) return for_of_close(iso, &it);
  }
  return !it.failed;
}

static Value weak_map_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "WeakMap");
  JSWeakMap *map =
      TRY((JSWeakMap *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_WEAK_MAP_PROTOTYPE, KIND_WEAK_MAP));
  WeakTable *table = TRY(weak_table_new(iso));
  ref_set(iso, map, &map->table, table);
  if (!value_is_nullish(call_arg(call, 0))) TRY(fill_from_iterable(iso, map, call->args[0]));
  return value_from_object(map);
}

static Value weak_map_get(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.get"));
  Value v = get_entry(map, call_arg(call, 0));
  return v == VALUE_EMPTY ? VALUE_UNDEFINED : v;
}

static Value weak_map_has(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.has"));
  return value_from_bool(get_entry(map, call_arg(call, 0)) != VALUE_EMPTY);
}

static Value weak_map_delete(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.delete"));
  Value key = call_arg(call, 0);
  return value_from_bool(can_be_held_weakly(key) && weak_table_delete(ref_get(map->table), key));
}

static Value weak_map_get_or_insert(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.getOrInsert"));
  Value v = get_entry(map, call_arg(call, 0));
  if (v != VALUE_EMPTY) return v;
  TRY(set_entry(iso, map, call_arg(call, 0), call_arg(call, 1)));
  return call_arg(call, 1);
}

static Value weak_map_get_or_insert_computed(Isolate *iso, const Call *call) {
  JSWeakMap *map = TRY(this_map(iso, call, "WeakMap.prototype.getOrInsertComputed"));
  Value key = call_arg(call, 0), callback = call_arg(call, 1);
  if (!can_be_held_weakly(key)) return THROW(iso, WEAK_KEY);
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  Value v = get_entry(map, key);
  if (v != VALUE_EMPTY) return v;
  v = TRY(CALL1(iso, callback, VALUE_UNDEFINED, key));
  TRY(set_entry(iso, map, key, v));
  return v;
}

static const BuiltinProperty weak_map_properties[0];

static const BuiltinProperty weak_map_prototype_properties[] = {
    METHOD(delete, weak_map_delete, 1),
    METHOD(get, weak_map_get, 1),
    METHOD(set, weak_map_set, 2),
    METHOD(has, weak_map_has, 1),
    METHOD(getOrInsert, weak_map_get_or_insert, 2),
    METHOD(getOrInsertComputed, weak_map_get_or_insert_computed, 2),
    STRING_TAG(WeakMap),
};

const BuiltinObject builtin_weak_map =
    BUILTIN_CLASS(WeakMap, weak_map_constructor, 0, INTRINSIC_WEAK_MAP_PROTOTYPE, weak_map_properties);
const BuiltinObject builtin_weak_map_prototype = BUILTIN_PROTOTYPE(INTRINSIC_WEAK_MAP, weak_map_prototype_properties);
