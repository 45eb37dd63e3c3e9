// SPDX-License-Identifier: MIT
// Map, Map.prototype and map iterators (ECMA-262 24.1). The table itself is vm/hash_table.c, the steps
// of iterators vm/iterators.c.
// Tests: tests/js/keyed/map*.js
#include "runtime/support.h"

enum { POLL_MASK = 1023 };

static JSMap *this_map(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_kind(call->this_value, KIND_MAP))) return (JSMap *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

// ---- Constructor ----

static Value map_set(Isolate *iso, const Call *call);

static bool is_builtin(Value f, NativeFn fn) {
  return value_is_kind(f, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_object(f))->fn == fn;
}

static bool add_entry(Isolate *iso, JSMap *map, Value adder, Value entry) {
  if (!value_is_object(entry)) return THROW(iso, ITERATOR_VALUE_NOT_OBJECT, error_text_of_value(iso, entry));
  JSObject *o = value_object(entry);
  Value key = TRY(obj_get(iso, o, key_from_index(0)));
  Value value = TRY(obj_get(iso, o, key_from_index(1)));
  if (is_builtin(adder, map_set)) return hash_table_set(iso, ref_get(map->table), key, value);
  TRY(CALL2(iso, adder, value_from_object(map), key, value));
  return true;
}

static bool fill_from_iterable(Isolate *iso, JSMap *map, Value iterable) { // AddEntriesFromIterable
  Value adder = TRY(obj_get(iso, &map->object, ATOM(set)));
  if (!value_is_callable(adder)) return THROW(iso, MAP_ITERABLE_ADDER, error_text_of_value(iso, adder), "set", "Map");
  ForOf it;
  Value entry;
  TRY(for_of_init(iso, &it, iterable));
  while (for_of_next(iso, &it, &entry)) {
    if (!add_entry(iso, map, adder, entry)) return for_of_close(iso, &it);
  }
  return !it.failed;
}

static Value map_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "Map");
  JSMap *map = TRY((JSMap *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_MAP_PROTOTYPE, KIND_MAP));
  HashTable *table = TRY(hash_table_new(iso));
  ref_set(iso, map, &map->table, table);
  if (!value_is_nullish(call_arg(call, 0))) TRY(fill_from_iterable(iso, map, call->args[0]));
  return value_from_object(map);
}

static Value map_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

static Value map_group_by(Isolate *iso, const Call *call) { // GroupBy with keys as they are
  Value items = call_arg(call, 0), callback = call_arg(call, 1);
  if (value_is_nullish(items)) return throw_not_iterable(iso, items);
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  JSMap *map = TRY((JSMap *)obj_new_kind(iso, KIND_MAP, intrinsic(iso, INTRINSIC_MAP_PROTOTYPE)));
  HashTable *table = TRY(hash_table_new(iso));
  ref_set(iso, map, &map->table, table);
  ForOf it;
  PreparedCall pc;
  TRY(for_of_init(iso, &it, items));
  TRY(prepared_call_init(iso, &pc, callback, VALUE_UNDEFINED, 2));
  Value v;
  for (u64 k = 0; for_of_next(iso, &it, &v); k++) {
    pc.args[0] = v;
    pc.args[1] = value_from_i64((i64)k);
    Value key = prepared_call(iso, &pc);
    if (!key) {
      (void)for_of_close(iso, &it);
      return VALUE_FAIL;
    }
    HashEntry *entry = hash_table_find(iso, table, key, NULL);
    if (entry) {
      TRY(array_push_value(iso, value_object(slot_get(&entry->value)), v));
      continue;
    }
    JSObject *group = TRY(array_from_values(iso, &v, 1));
    TRY(hash_table_set(iso, table, key, value_from_object(group)));
  }
  return it.failed ? VALUE_FAIL : value_from_object(map);
}

// ---- Map.prototype ----

static Value map_get(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.get"));
  bool failed;
  HashEntry *entry = hash_table_find(iso, ref_get(map->table), call_arg(call, 0), &failed);
  if (UNLIKELY(failed)) return VALUE_FAIL;
  return entry ? slot_get(&entry->value) : VALUE_UNDEFINED;
}

static Value map_has(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.has"));
  bool failed;
  HashEntry *entry = hash_table_find(iso, ref_get(map->table), call_arg(call, 0), &failed);
  return UNLIKELY(failed) ? VALUE_FAIL : value_from_bool(entry);
}

static Value map_set(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.set"));
  TRY(hash_table_set(iso, ref_get(map->table), call_arg(call, 0), call_arg(call, 1)));
  return call->this_value;
}

static Value map_delete(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.delete"));
  return value_from_bool(hash_table_delete(iso, ref_get(map->table), call_arg(call, 0)));
}

static Value map_clear(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.clear"));
  hash_table_clear(iso, ref_get(map->table));
  return VALUE_UNDEFINED;
}

static Value map_get_size(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "get Map.prototype.size"));
  return value_from_u32(ref_get(map->table)->count);
}

static Value map_for_each(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.forEach"));
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  PreparedCall pc;
  HashCursor cursor = {0};
  Value key, value;
  TRY(prepared_call_init(iso, &pc, call->args[0], call_arg(call, 1), 3));
  for (u32 n = 0; hash_table_next(ref_get(map->table), &cursor, &key, &value); n++) {
    if ((n & POLL_MASK) == POLL_MASK) TRY(isolate_poll(iso));
    pc.args[0] = value;
    pc.args[1] = key;
    pc.args[2] = value_from_object(map);
    TRY(prepared_call(iso, &pc));
  }
  return VALUE_UNDEFINED;
}

static Value map_get_or_insert(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.getOrInsert"));
  HashTable *table = ref_get(map->table);
  HashEntry *entry = hash_table_find(iso, table, call_arg(call, 0), NULL);
  if (entry) return slot_get(&entry->value);
  TRY(hash_table_set(iso, table, call_arg(call, 0), call_arg(call, 1)));
  return call_arg(call, 1);
}

static Value map_get_or_insert_computed(Isolate *iso, const Call *call) {
  JSMap *map = TRY(this_map(iso, call, "Map.prototype.getOrInsertComputed"));
  Value key = call_arg(call, 0), callback = call_arg(call, 1);
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  if (value_is_double(key) && value_double(key) == 0) key = value_from_int(0);
  HashEntry *entry = hash_table_find(iso, ref_get(map->table), key, NULL);
  if (entry) return slot_get(&entry->value);
  Value value = TRY(CALL1(iso, callback, VALUE_UNDEFINED, key));
  TRY(hash_table_set(iso, ref_get(map->table), key, value));
  return value;
}

// ---- Iterators ----

static Value map_iterator(Isolate *iso, const Call *call, const char *method, u32 what) {
  JSMap *map = TRY(this_map(iso, call, method));
  JSMapIterator *it = TRY((JSMapIterator *)obj_new_kind(iso, KIND_MAP_ITERATOR, intrinsic(iso, INTRINSIC_MAP_ITERATOR_PROTOTYPE)));
  ref_set(iso, it, &it->table, ref_get(map->table));
  it->what = what;
  return value_from_object(it);
}

static Value map_entries(Isolate *iso, const Call *call) {
  return map_iterator(iso, call, "Map.prototype.entries", ENUMERATE_ENTRIES);
}

static Value map_keys(Isolate *iso, const Call *call) { return map_iterator(iso, call, "Map.prototype.keys", ENUMERATE_KEYS); }

static Value map_values(Isolate *iso, const Call *call) {
  return map_iterator(iso, call, "Map.prototype.values", ENUMERATE_VALUES);
}

// ---- Tables ----

static const BuiltinProperty map_properties[] = {
    GETTER_SYM(species, map_get_species),
    METHOD(groupBy, map_group_by, 2),
};

static const BuiltinProperty map_prototype_properties[] = {
    METHOD(get, map_get, 1),
    METHOD(set, map_set, 2),
    METHOD(has, map_has, 1),
    METHOD(delete, map_delete, 1),
    METHOD(clear, map_clear, 0),
    METHOD(entries, map_entries, 0),
    METHOD(forEach, map_for_each, 1),
    METHOD(keys, map_keys, 0),
    GETTER(size, map_get_size),
    METHOD(values, map_values, 0),
    METHOD(getOrInsert, map_get_or_insert, 2),
    METHOD(getOrInsertComputed, map_get_or_insert_computed, 2),
    STRING_TAG(Map),
    ALIAS_SYM(iterator, entries),
};

static const BuiltinProperty map_iterator_prototype_properties[] = {
    METHOD(next, map_iterator_next, 0),
    STRING_TAG(Map_Iterator),
};

const BuiltinObject builtin_map = BUILTIN_CLASS(Map, map_constructor, 0, INTRINSIC_MAP_PROTOTYPE, map_properties);
const BuiltinObject builtin_map_prototype = BUILTIN_PROTOTYPE(INTRINSIC_MAP, map_prototype_properties);
const BuiltinObject builtin_map_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, map_iterator_prototype_properties);
