// SPDX-License-Identifier: MIT
// Proxies: the thirteen traps with all invariants, in the order of ECMA-262 10.5.
// A proxy may be revoked by its own trap: target and handler are read once, before.
// Tests: tests/js/reflect/proxy*.js, test262.
#include "vm/proxy.h"

#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/iterate.h"
#include "vm/kinds.h"
#include "vm/operators.h"

typedef struct Trap {
  JSObject *target;
  Value handler, function; // function undefined: the target itself answers
  const char *name;
} Trap;

JSObject *proxy_target(Isolate *iso, JSObject *o, const char *operation) {
  Value target = slot_get(&((JSProxy *)o)->target);
  if (value_is_null(target)) return THROW(iso, PROXY_REVOKED, operation);
  return value_object(target);
}

static bool get_trap(Isolate *iso, JSObject *o, PropertyKey name, const char *text, Trap *trap) {
  TRY(check_c_stack(iso));
  trap->name = text;
  trap->target = TRY(proxy_target(iso, o, text));
  trap->handler = slot_get(&((JSProxy *)o)->handler);
  trap->function = TRY(get_method(iso, trap->handler, name));
  return true;
}
#define GET_TRAP(trap, name_) TRY(get_trap(iso, o, ATOM(name_), #name_, &(trap)))

static bool has_trap(const Trap *trap) { return !value_is_undefined(trap->function); }

static Value call_trap(Isolate *iso, const Trap *trap, u32 argc, const Value *args) {
  return call_function(iso, trap->function, trap->handler, argc, args);
}

static void *violation(Isolate *iso, const Trap *trap, PropertyKey key) {
  if (!key) return THROW(iso, PROXY_INVARIANT_PLAIN, trap->name);
  return THROW(iso, PROXY_INVARIANT, trap->name, error_text_of_key(iso, key));
}

// ---- Prototype and extensibility ----

static Value proxy_get_prototype_of(Isolate *iso, JSObject *o) {
  Trap trap;
  GET_TRAP(trap, getPrototypeOf);
  if (!has_trap(&trap)) return obj_get_prototype_of(iso, trap.target);
  Value proto = TRY(call_trap(iso, &trap, 1, (Value[]){value_from_object(trap.target)}));
  if (!value_is_object(proto) && !value_is_null(proto)) return THROW(iso, PROXY_GETPROTO_INVALID);
  if (TRY(obj_is_extensible(iso, trap.target)) == TRI_YES) return proto;
  Value actual = TRY(obj_get_prototype_of(iso, trap.target));
  return actual == proto ? proto : violation(iso, &trap, NULL);
}

static Tri proxy_set_prototype_of(Isolate *iso, JSObject *o, Value proto) {
  Trap trap;
  GET_TRAP(trap, setPrototypeOf);
  if (!has_trap(&trap)) return obj_set_prototype_of(iso, trap.target, proto);
  Value answer = TRY(call_trap(iso, &trap, 2, (Value[]){value_from_object(trap.target), proto}));
  if (!to_boolean(iso, answer)) return TRI_NO;
  if (TRY(obj_is_extensible(iso, trap.target)) == TRI_YES) return TRI_YES;
  Value actual = TRY(obj_get_prototype_of(iso, trap.target));
  return actual == proto ? TRI_YES : (violation(iso, &trap, NULL), TRI_FAIL);
}

static Tri proxy_is_extensible(Isolate *iso, JSObject *o) {
  Trap trap;
  GET_TRAP(trap, isExtensible);
  if (!has_trap(&trap)) return obj_is_extensible(iso, trap.target);
  Value answer = TRY(call_trap(iso, &trap, 1, (Value[]){value_from_object(trap.target)}));
  Tri said = tri(to_boolean(iso, answer));
  Tri actual = TRY(obj_is_extensible(iso, trap.target));
  return said == actual ? said : (violation(iso, &trap, NULL), TRI_FAIL);
}

static Tri proxy_prevent_extensions(Isolate *iso, JSObject *o) {
  Trap trap;
  GET_TRAP(trap, preventExtensions);
  if (!has_trap(&trap)) return obj_prevent_extensions(iso, trap.target);
  Value answer = TRY(call_trap(iso, &trap, 1, (Value[]){value_from_object(trap.target)}));
  if (!to_boolean(iso, answer)) return TRI_NO;
  if (TRY(obj_is_extensible(iso, trap.target)) == TRI_NO) return TRI_YES;
  violation(iso, &trap, NULL);
  return TRI_FAIL;
}

// ---- Own properties ----

// Absent attributes become false, absent fields undefined (CompletePropertyDescriptor).
static void complete_descriptor(PropertyDescriptor *desc) {
  if (desc->has & (HAS_GET | HAS_SET)) {
    if (!(desc->has & HAS_GET)) desc->getter = VALUE_UNDEFINED;
    if (!(desc->has & HAS_SET)) desc->setter = VALUE_UNDEFINED;
    desc->has |= HAS_ALL_ACCESSOR;
    desc->attrs &= (u8)~ATTR_WRITABLE;
  } else {
    if (!(desc->has & HAS_VALUE)) desc->value = VALUE_UNDEFINED;
    if (!(desc->has & HAS_WRITABLE)) desc->attrs &= (u8)~ATTR_WRITABLE;
    desc->has |= HAS_ALL_DATA;
  }
}

static void forget_absent_attributes(PropertyDescriptor *desc) {
  if (!(desc->has & HAS_ENUMERABLE)) desc->attrs &= (u8)~ATTR_ENUMERABLE;
  if (!(desc->has & HAS_CONFIGURABLE)) desc->attrs &= (u8)~ATTR_CONFIGURABLE;
}

static Tri hides_property(Isolate *iso, const Trap *trap, PropertyKey key, Tri found, const PropertyDescriptor *own) {
  if (found == TRI_NO) return TRI_NO;
  if (!(own->attrs & ATTR_CONFIGURABLE)) return violation(iso, trap, key), TRI_FAIL;
  if (TRY(obj_is_extensible(iso, trap->target)) == TRI_NO) return violation(iso, trap, key), TRI_FAIL;
  return TRI_NO;
}

static Tri proxy_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  Trap trap;
  GET_TRAP(trap, getOwnPropertyDescriptor);
  if (!has_trap(&trap)) return obj_get_own_property(iso, trap.target, key, desc);
  Value name = TRY(key_to_value(iso, key));
  Value answer = TRY(call_trap(iso, &trap, 2, (Value[]){value_from_object(trap.target), name}));
  if (!value_is_object(answer) && !value_is_undefined(answer)) return violation(iso, &trap, key), TRI_FAIL;
  PropertyDescriptor own;
  Tri found = TRY(obj_get_own_property(iso, trap.target, key, &own));
  if (value_is_undefined(answer)) return hides_property(iso, &trap, key, found, &own);
  Tri extensible = TRY(obj_is_extensible(iso, trap.target));
  TRY(to_property_descriptor(iso, answer, desc));
  complete_descriptor(desc);
  forget_absent_attributes(desc);
  desc->has |= HAS_ENUMERABLE | HAS_CONFIGURABLE;
  Tri valid = TRY(validate_and_apply_property_descriptor(iso, NULL, key, extensible == TRI_YES, desc, found, &own));
  if (valid == TRI_NO) return violation(iso, &trap, key), TRI_FAIL;
  if (desc->attrs & ATTR_CONFIGURABLE) return TRI_YES;
  if (found == TRI_NO || own.attrs & ATTR_CONFIGURABLE) return violation(iso, &trap, key), TRI_FAIL;
  bool fixes = desc->has & HAS_WRITABLE && !(desc->attrs & ATTR_WRITABLE) && own.attrs & ATTR_WRITABLE;
  return fixes ? (violation(iso, &trap, key), TRI_FAIL) : TRI_YES;
}

static Tri check_definition(Isolate *iso, const Trap *trap, PropertyKey key, const PropertyDescriptor *desc) {
  PropertyDescriptor own;
  Tri found = TRY(obj_get_own_property(iso, trap->target, key, &own));
  Tri extensible = TRY(obj_is_extensible(iso, trap->target));
  bool fixes = desc->has & HAS_CONFIGURABLE && !(desc->attrs & ATTR_CONFIGURABLE);
  if (found == TRI_NO) {
    if (extensible == TRI_NO || fixes) return violation(iso, trap, key), TRI_FAIL;
    return TRI_YES;
  }
  Tri valid = TRY(validate_and_apply_property_descriptor(iso, NULL, key, extensible == TRI_YES, desc, found, &own));
  if (valid == TRI_NO || (fixes && own.attrs & ATTR_CONFIGURABLE)) return violation(iso, trap, key), TRI_FAIL;
  bool is_data = !(own.has & (HAS_GET | HAS_SET));
  if (is_data && !(own.attrs & ATTR_CONFIGURABLE) && own.attrs & ATTR_WRITABLE && desc->has & HAS_WRITABLE &&
      !(desc->attrs & ATTR_WRITABLE)) {
    return violation(iso, trap, key), TRI_FAIL;
  }
  return TRI_YES;
}

static Tri proxy_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  Trap trap;
  GET_TRAP(trap, defineProperty);
  if (!has_trap(&trap)) return obj_define_own_property(iso, trap.target, key, desc);
  Value name = TRY(key_to_value(iso, key));
  Value object = TRY(from_property_descriptor(iso, desc));
  Value answer = TRY(call_trap(iso, &trap, 3, (Value[]){value_from_object(trap.target), name, object}));
  return to_boolean(iso, answer) ? check_definition(iso, &trap, key, desc) : TRI_NO;
}

static Tri proxy_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  Trap trap;
  GET_TRAP(trap, has);
  if (!has_trap(&trap)) return obj_has_property(iso, trap.target, key);
  Value name = TRY(key_to_value(iso, key));
  Value answer = TRY(call_trap(iso, &trap, 2, (Value[]){value_from_object(trap.target), name}));
  if (to_boolean(iso, answer)) return TRI_YES;
  PropertyDescriptor own;
  Tri found = TRY(obj_get_own_property(iso, trap.target, key, &own));
  return hides_property(iso, &trap, key, found, &own);
}

// ---- get and set ----

static bool is_data(const PropertyDescriptor *desc) { return !(desc->has & (HAS_GET | HAS_SET)); }

static Value proxy_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  Trap trap;
  GET_TRAP(trap, get);
  if (!has_trap(&trap)) return obj_get_with_receiver(iso, trap.target, key, receiver);
  Value name = TRY(key_to_value(iso, key));
  Value v = TRY(call_trap(iso, &trap, 3, (Value[]){value_from_object(trap.target), name, receiver}));
  PropertyDescriptor own;
  Tri found = TRY(obj_get_own_property(iso, trap.target, key, &own));
  if (found == TRI_NO || own.attrs & ATTR_CONFIGURABLE) return v;
  if (is_data(&own)) {
    if (own.attrs & ATTR_WRITABLE) return v;
    return TRY(same_value(iso, v, own.value)) == TRI_YES ? v : violation(iso, &trap, key);
  }
  return value_is_undefined(own.getter) && !value_is_undefined(v) ? violation(iso, &trap, key) : v;
}

static Tri proxy_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  Trap trap;
  GET_TRAP(trap, set);
  if (!has_trap(&trap)) return obj_set_with_receiver(iso, trap.target, key, v, receiver);
  Value name = TRY(key_to_value(iso, key));
  Value answer = TRY(call_trap(iso, &trap, 4, (Value[]){value_from_object(trap.target), name, v, receiver}));
  if (!to_boolean(iso, answer)) return TRI_NO;
  PropertyDescriptor own;
  Tri found = TRY(obj_get_own_property(iso, trap.target, key, &own));
  if (found == TRI_NO || own.attrs & ATTR_CONFIGURABLE) return TRI_YES;
  if (is_data(&own)) {
    if (own.attrs & ATTR_WRITABLE) return TRI_YES;
    return TRY(same_value(iso, v, own.value)) == TRI_YES ? TRI_YES : (violation(iso, &trap, key), TRI_FAIL);
  }
  return value_is_undefined(own.setter) ? (violation(iso, &trap, key), TRI_FAIL) : TRI_YES;
}

static Tri proxy_delete_property(Isolate *iso, JSObject *o, PropertyKey key) {
  Trap trap;
  GET_TRAP(trap, deleteProperty);
  if (!has_trap(&trap)) return obj_delete_property(iso, trap.target, key);
  Value name = TRY(key_to_value(iso, key));
  Value answer = TRY(call_trap(iso, &trap, 2, (Value[]){value_from_object(trap.target), name}));
  if (!to_boolean(iso, answer)) return TRI_NO;
  PropertyDescriptor own;
  if (TRY(obj_get_own_property(iso, trap.target, key, &own)) == TRI_NO) return TRI_YES;
  if (!(own.attrs & ATTR_CONFIGURABLE)) return violation(iso, &trap, key), TRI_FAIL;
  if (TRY(obj_is_extensible(iso, trap.target)) == TRI_NO) return violation(iso, &trap, key), TRI_FAIL;
  return TRI_YES;
}

// ---- ownKeys ----

// CreateListFromArrayLike(answer, property keys) without duplicates. `seen` gets every key.
static bool list_trap_keys(Isolate *iso, Value answer, KeyList *keys, HashTable *seen) {
  if (!value_is_object(answer)) return THROW(iso, ARGUMENTS_NOT_OBJECT);
  u64 length;
  TRY(length_of_array_like(iso, value_object(answer), &length));
  for (u64 i = 0; i < length; i++) {
    PropertyKey index = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, value_object(answer), index));
    if (!value_is_string(v) && !value_is_symbol(v)) return THROW(iso, PROXY_OWN_KEYS_INVALID, error_text_of_value(iso, v));
    bool failed;
    if (hash_table_find(iso, seen, v, &failed)) {
      return THROW(iso, TYPE, "'ownKeys' on proxy: trap returned duplicate entries");
    }
    if (failed) return false;
    TRY(hash_table_set(iso, seen, v, VALUE_UNDEFINED));
    PropertyKey key = value_is_string(v) ? TRY(key_from_string(iso, value_string(v))) : key_from_cell(value_cell(v));
    TRY(key_list_push(keys, key));
  }
  return true;
}

// Takes a key that the target has out of the trap's keys. NO: the trap did not report it.
static Tri take_reported(Isolate *iso, HashTable *unchecked, PropertyKey key) {
  Value name = TRY(key_to_value(iso, key));
  return tri(hash_table_delete(iso, unchecked, name));
}

static bool check_own_keys(Isolate *iso, const Trap *trap, HashTable *unchecked) {
  Tri extensible = TRY(obj_is_extensible(iso, trap->target));
  KeyList target_keys;
  key_list_init(&target_keys, iso);
  TRY(obj_own_property_keys(iso, trap->target, &target_keys));
  Bytes *fixed = TRY(bytes_new(iso, target_keys.length)); // per key: not configurable
  bool any_fixed = false;
  for (u32 i = 0; i < target_keys.length; i++) {
    PropertyDescriptor own;
    Tri found = TRY(obj_get_own_property(iso, trap->target, target_keys.data[i], &own));
    fixed->data[i] = found == TRI_YES && !(own.attrs & ATTR_CONFIGURABLE);
    any_fixed |= fixed->data[i];
  }
  if (extensible == TRI_YES && !any_fixed) return true;
  for (u32 pass = 0; pass < 2; pass++) { // first those that are not configurable
    if (pass == 1 && extensible == TRI_YES) return true;
    for (u32 i = 0; i < target_keys.length; i++) {
      if (fixed->data[i] != (pass == 0)) continue;
      if (TRY(take_reported(iso, unchecked, target_keys.data[i])) == TRI_NO) return violation(iso, trap, target_keys.data[i]);
    }
  }
  return unchecked->count ? violation(iso, trap, NULL) : (void *)1;
}

static bool proxy_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  Trap trap;
  GET_TRAP(trap, ownKeys);
  if (!has_trap(&trap)) return obj_own_property_keys(iso, trap.target, keys);
  Value answer = TRY(call_trap(iso, &trap, 1, (Value[]){value_from_object(trap.target)}));
  HashTable *seen = TRY(hash_table_new(iso));
  TRY(list_trap_keys(iso, answer, keys, seen));
  return check_own_keys(iso, &trap, seen);
}

// ---- Calls ----

Value proxy_call(Isolate *iso, JSObject *o, Value this_value, u32 argc, const Value *args) {
  Trap trap;
  GET_TRAP(trap, apply);
  if (!has_trap(&trap)) return call_function(iso, value_from_object(trap.target), this_value, argc, args);
  JSObject *list = TRY(array_from_values(iso, args, argc));
  return call_trap(iso, &trap, 3, (Value[]){value_from_object(trap.target), this_value, value_from_object(list)});
}

Value proxy_construct(Isolate *iso, JSObject *o, Value new_target, u32 argc, const Value *args) {
  Trap trap;
  GET_TRAP(trap, construct);
  if (!has_trap(&trap)) return construct(iso, value_from_object(trap.target), argc, args, new_target);
  JSObject *list = TRY(array_from_values(iso, args, argc));
  Value v = TRY(call_trap(iso, &trap, 3, (Value[]){value_from_object(trap.target), value_from_object(list), new_target}));
  return value_is_object(v) ? v : THROW(iso, PROXY_CONSTRUCT_NON_OBJECT);
}

const InternalMethods proxy_methods = {
    .get_prototype_of = proxy_get_prototype_of,
    .set_prototype_of = proxy_set_prototype_of,
    .is_extensible = proxy_is_extensible,
    .prevent_extensions = proxy_prevent_extensions,
    .get_own_property = proxy_get_own_property,
    .define_own_property = proxy_define_own_property,
    .has_property = proxy_has_property,
    .get = proxy_get,
    .set = proxy_set,
    .delete_property = proxy_delete_property,
    .own_property_keys = proxy_own_property_keys,
};
