// SPDX-License-Identifier: MIT
// Properties, Map and Set, iteration. Keys are converted as JavaScript converts them; objects too.
// Tests: tests/api/test_objects.c.
#include "api/api_internal.h"
#include "vm/builtin.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/iterate.h"
#include "vm/kinds.h"

// The names that hosts use are mostly literals: their atoms are remembered by address. What lies there may be another name by now.
static bool spells(const String *atom, const char *name) {
  const char *chars = (const char *)str_chars8(atom);
  u32 i = 0;
  while (i < atom->length && chars[i] == name[i]) i++;
  return i == atom->length && !name[i];
}

static PropertyKey remembered(Isolate *iso, WeftIsolate *isolate, u32 place, const char *name, PropertyKey key) {
  if (!key || !key_is_atom(key) || str_is_utf16((const String *)key_cell(key))) return key;
  ValueArray *atoms = (ValueArray *)persistent_cell(&isolate->names);
  if (!atoms) {
    atoms = TRY(value_array_new(iso, NAMES));
    persistent_set(&isolate->names, atoms);
  }
  isolate->name_places[place] = name;
  slot_set(iso, atoms, &atoms->values[place], value_from_cell(key_cell(key)));
  return key;
}

static PropertyKey name_key(Isolate *iso, const char *name) {
  WeftIsolate *isolate = api_of(iso);
  u32 place = (u32)((u64)(uintptr_t)name * 0x9e3779b97f4a7c15u >> 32) % NAMES;
  if (LIKELY(isolate->name_places[place] == name)) {
    const ValueArray *atoms = (const ValueArray *)persistent_cell(&isolate->names);
    const Cell *atom = value_cell(slot_get(&atoms->values[place]));
    if (LIKELY(spells((const String *)atom, name))) return key_from_cell(atom);
  }
  size_t size = strlen(name);
  for (size_t i = 0; i < size; i++) {
    if (name[i] & 0x80) return key_from_string(iso, TRY(str_new_utf8(iso, name, size)));
  }
  return remembered(iso, isolate, place, name, key_from_latin1(iso, (const u8 *)name, (u32)size));
}

// ---- Get, set ----

static bool set_property(Isolate *iso, Value o, PropertyKey key, Value v) {
  JSObject *object = TRY(to_object(iso, o));
  return obj_set(iso, object, key, v, true);
}

WeftValue weft_get(WeftIsolate *isolate, WeftValue o, WeftValue key) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, key);
  PropertyKey k = TRY(to_property_key(iso, value_in(key)));
  return value_out(isolate, get_v(iso, value_in(o), k));
}

WeftValue weft_get_named(WeftIsolate *isolate, WeftValue o, const char *name) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  PropertyKey k = TRY(name_key(iso, name));
  return value_out(isolate, get_v(iso, value_in(o), k));
}

WeftValue weft_get_at(WeftIsolate *isolate, WeftValue o, uint32_t index) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  PropertyKey k = TRY(key_from_u64(iso, index));
  return value_out(isolate, get_v(iso, value_in(o), k));
}

bool weft_set(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, key);
  NEEDS(isolate, v);
  PropertyKey k = TRY(to_property_key(iso, value_in(key)));
  return set_property(iso, value_in(o), k, value_in(v));
}

bool weft_set_named(WeftIsolate *isolate, WeftValue o, const char *name, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, v);
  PropertyKey k = TRY(name_key(iso, name));
  return set_property(iso, value_in(o), k, value_in(v));
}

bool weft_set_at(WeftIsolate *isolate, WeftValue o, uint32_t index, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, v);
  PropertyKey k = TRY(key_from_u64(iso, index));
  return set_property(iso, value_in(o), k, value_in(v));
}

// ---- Questions, definitions ----

typedef Tri (*Question)(Isolate *iso, JSObject *o, PropertyKey key);
static int ask(WeftIsolate *isolate, WeftValue o, WeftValue key, Question question, const char *function) {
  Isolate *iso = ISOLATE_IN(isolate, function);
  if (!IS_GOOD_IN(isolate, o, function) || !IS_GOOD_IN(isolate, key, function)) return (void)api_throw_null(isolate, function), -1;
  JSObject *object = to_object(iso, value_in(o));
  PropertyKey k = object ? to_property_key(iso, value_in(key)) : NULL;
  return k ? (int)question(iso, object, k) - 1 : -1;
}

int weft_has(WeftIsolate *isolate, WeftValue o, WeftValue key) { return ask(isolate, o, key, obj_has_property, __func__); }
int weft_has_own(WeftIsolate *isolate, WeftValue o, WeftValue key) { return ask(isolate, o, key, has_own_property, __func__); }
int weft_delete(WeftIsolate *isolate, WeftValue o, WeftValue key) { return ask(isolate, o, key, obj_delete_property, __func__); }

static u8 descriptor_attributes(unsigned attributes) {
  return (u8)((attributes & WEFT_WRITABLE ? ATTR_WRITABLE : 0) | (attributes & WEFT_ENUMERABLE ? ATTR_ENUMERABLE : 0) |
              (attributes & WEFT_CONFIGURABLE ? ATTR_CONFIGURABLE : 0));
}

static bool define(WeftIsolate *isolate, WeftValue o, WeftValue key, const PropertyDescriptor *descriptor) {
  Isolate *iso = ISOLATE(isolate);
  if (!weft_is_object(o)) return THROW(iso, TYPE, "Object.defineProperty called on non-object");
  PropertyKey k = TRY(to_property_key(iso, value_in(key)));
  return define_property_or_throw(iso, value_object(value_in(o)), k, descriptor);
}

bool weft_define(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue v, unsigned attributes) {
  (void)ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, key);
  NEEDS(isolate, v);
  PropertyDescriptor d = {.value = value_in(v), .attrs = descriptor_attributes(attributes), .has = HAS_ALL_DATA};
  return define(isolate, o, key, &d);
}

bool weft_define_accessor(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue getter, WeftValue setter,
                          unsigned attributes) {
  (void)ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, key);
  MAY_BE(isolate, getter);
  MAY_BE(isolate, setter);
  PropertyDescriptor d = {.getter = value_in(getter), .setter = value_in(setter), .has = HAS_ALL_ACCESSOR};
  d.attrs = descriptor_attributes(attributes & ~(unsigned)WEFT_WRITABLE);
  return define(isolate, o, key, &d);
}

WeftValue weft_keys(WeftIsolate *isolate, WeftValue o) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  JSObject *object = TRY(to_object(iso, value_in(o)));
  return value_out(isolate, enumerable_own_properties(iso, object, ENUMERATE_KEYS));
}

WeftValue weft_own_keys(WeftIsolate *isolate, WeftValue o) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  JSObject *object = TRY(to_object(iso, value_in(o))), *result = TRY(array_create(iso, 0));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, object, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    Value key = TRY(key_to_value(iso, keys.data[i]));
    TRY(array_push_value(iso, result, key));
  }
  return value_out(isolate, value_from_object(result));
}

WeftValue weft_prototype(WeftIsolate *isolate, WeftValue o) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  JSObject *object = TRY(to_object(iso, value_in(o)));
  return value_out(isolate, obj_get_prototype_of(iso, object));
}

bool weft_set_prototype(WeftIsolate *isolate, WeftValue o, WeftValue prototype) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  NEEDS(isolate, prototype);
  JSObject *object = TRY(to_object(iso, value_in(o)));
  if (!weft_is_object(prototype) && value_in(prototype) != VALUE_NULL) {
    return THROW(iso, TYPE, "Object prototype may only be an Object or null");
  }
  Tri done = TRY(obj_set_prototype_of(iso, object, value_in(prototype)));
  return done == TRI_YES ? true : (THROW(iso, TYPE, "The prototype of this object cannot be changed"), false);
}

bool weft_freeze(WeftIsolate *isolate, WeftValue o) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  if (!weft_is_object(o)) return true;
  Tri done = TRY(set_integrity_level(iso, value_object(value_in(o)), INTEGRITY_FROZEN));
  return done == TRI_YES ? true : (THROW(iso, TYPE, "Cannot freeze"), false);
}

bool weft_length(WeftIsolate *isolate, WeftValue o, uint64_t *length) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, o);
  JSObject *object = TRY(to_object(iso, value_in(o)));
  u64 n;
  TRY(length_of_array_like(iso, object, &n));
  *length = n;
  return true;
}

// ---- Map and Set ----

static WeftValue new_collection(WeftIsolate *isolate, u32 constructor_id) {
  Isolate *iso = ISOLATE(isolate);
  Value constructor = intrinsic(iso, constructor_id);
  return value_out(isolate, construct(iso, constructor, 0, NULL, constructor));
}

WeftValue weft_map_new(WeftIsolate *isolate) { return new_collection(isolate, INTRINSIC_MAP); }
WeftValue weft_set_new(WeftIsolate *isolate) { return new_collection(isolate, INTRINSIC_SET); }

static HashTable *table_of(Isolate *iso, WeftValue o, bool map, bool set) {
  Value v = value_in(o);
  if (v && ((map && value_is_kind(v, KIND_MAP)) || (set && value_is_kind(v, KIND_SET))))
    return ref_get(((JSMap *)value_object(v))->table);
  return THROW(iso, TYPE, map && set ? "A Map or a Set was expected" : map ? "A Map was expected" : "A Set was expected");
}

WeftValue weft_map_get(WeftIsolate *isolate, WeftValue map, WeftValue key) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, key);
  HashTable *table = TRY(table_of(iso, map, true, false));
  bool failed;
  HashEntry *entry = hash_table_find(iso, table, value_in(key), &failed);
  if (failed) return NULL;
  return value_out(isolate, entry ? slot_get(&entry->value) : VALUE_UNDEFINED);
}

bool weft_map_set(WeftIsolate *isolate, WeftValue map, WeftValue key, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, key);
  NEEDS(isolate, v);
  HashTable *table = TRY(table_of(iso, map, true, false));
  return hash_table_set(iso, table, value_in(key), value_in(v));
}

bool weft_set_add(WeftIsolate *isolate, WeftValue set, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  HashTable *table = TRY(table_of(iso, set, false, true));
  return hash_table_set(iso, table, value_in(v), value_in(v));
}

int weft_collection_has(WeftIsolate *isolate, WeftValue o, WeftValue key) {
  Isolate *iso = ISOLATE(isolate);
  HashTable *table = table_of(iso, o, true, true);
  if (table && !IS_GOOD(isolate, key)) return (void)api_throw_null(isolate, __func__), -1;
  bool failed = !table;
  HashEntry *entry = table ? hash_table_find(iso, table, value_in(key), &failed) : NULL;
  return failed ? -1 : entry != NULL;
}

int weft_collection_delete(WeftIsolate *isolate, WeftValue o, WeftValue key) {
  Isolate *iso = ISOLATE(isolate);
  HashTable *table = table_of(iso, o, true, true);
  if (table && !IS_GOOD(isolate, key)) return (void)api_throw_null(isolate, __func__), -1;
  return table ? hash_table_delete(iso, table, value_in(key)) : -1;
}

bool weft_collection_size(WeftIsolate *isolate, WeftValue o, size_t *size) {
  Isolate *iso = ISOLATE(isolate);
  HashTable *table = TRY(table_of(iso, o, true, true));
  *size = table->count;
  return true;
}

// ---- Iteration ----

bool weft_iterate(WeftIsolate *isolate, WeftValue iterable, bool (*each)(WeftIsolate *isolate, WeftValue v, void *data),
                  void *data) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, iterable);
  ForOf it;
  Value v;
  TRY(for_of_init(iso, &it, value_in(iterable)));
  while (for_of_next(iso, &it, &v)) {
    if (!each(isolate, value_out(isolate, v), data)) return for_of_close(iso, &it);
  }
  return !it.failed;
}
