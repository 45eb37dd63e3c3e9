// SPDX-License-Identifier: MIT
// Operations on objects (ECMA-262 7.3) and property descriptors (6.2.6). Where an object has nothing exotic, they read shapes
// and elements directly; otherwise they are the specification's steps.
#include "vm/ic.h"
#include "vm/object_internal.h"
#include "vm/operators.h"

// ---- Get, Set, define, delete ----

Value obj_get(Isolate *iso, JSObject *o, PropertyKey key) { return obj_get_with_receiver(iso, o, key, value_from_object(o)); }

static Value get_of_string(Isolate *iso, Value v, PropertyKey key) {
  String *s = value_string(v);
  if (key == ATOM(length)) return value_from_u32(s->length);
  if (key_is_index(key) && key_index(key) < s->length) {
    s = TRY(str_flatten(iso, s));
    return value_from_cell(str_from_char(iso, str_char_at_flat(s, key_index(key))));
  }
  return obj_get_with_receiver(iso, value_object(intrinsic(iso, INTRINSIC_STRING_PROTOTYPE)), key, v);
}

Value get_v(Isolate *iso, Value v, PropertyKey key) {
  if (LIKELY(value_is_object(v))) return obj_get(iso, value_object(v), key);
  if (value_is_string(v)) return get_of_string(iso, v, key);
  u32 proto;
  if (value_is_number(v)) {
    proto = INTRINSIC_NUMBER_PROTOTYPE;
  } else if (value_is_boolean(v)) {
    proto = INTRINSIC_BOOLEAN_PROTOTYPE;
  } else if (value_is_symbol(v)) {
    proto = INTRINSIC_SYMBOL_PROTOTYPE;
  } else if (value_is_bigint(v)) {
    proto = INTRINSIC_BIGINT_PROTOTYPE;
  } else {
    THROW(iso, READ_OF_NULLISH, v == VALUE_NULL ? "null" : "undefined", error_text_of_key(iso, key));
    return VALUE_FAIL;
  }
  return obj_get_with_receiver(iso, value_object(intrinsic(iso, proto)), key, v);
}

bool obj_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, bool should_throw) {
  Tri done = TRY(obj_set_with_receiver(iso, o, key, v, value_from_object(o)));
  if (done == TRI_NO && should_throw) return throw_set_failed(iso, value_from_object(o), key);
  return true;
}

Tri create_data_property(Isolate *iso, JSObject *o, PropertyKey key, Value v) {
  if (LIKELY(!key_is_exotic_on(o, key))) {
    OwnProperty own;
    if (LIKELY(!own_find(iso, o, key, &own))) {
      if (key_is_index(key)) return obj_add_element(iso, o, key_index(key), v);
      if (!obj_is_extensible_ordinary(iso, o)) return TRI_NO;
      return own_add_named(iso, o, key, v, ATTR_ALL) ? TRI_YES : TRI_FAIL;
    }
    if (own.attrs == ATTR_ALL) {
      slot_set(iso, own.owner, own.slot, v);
      return TRI_YES;
    }
  }
  PropertyDescriptor desc = {.value = v, .attrs = ATTR_ALL, .has = HAS_ALL_DATA};
  return obj_define_own_property(iso, o, key, &desc);
}

static void *throw_define_failed(Isolate *iso, JSObject *o, PropertyKey key) {
  if (o->cell.kind != KIND_PROXY) {
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
    if (found == TRI_NO) return THROW(iso, DEFINE_DISALLOWED, error_text_of_key(iso, key));
  }
  return THROW(iso, REDEFINE_PROPERTY, error_text_of_key(iso, key));
}

bool create_data_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key, Value v) {
  Tri done = TRY(create_data_property(iso, o, key, v));
  return done == TRI_YES || throw_define_failed(iso, o, key);
}

bool define_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  Tri done = TRY(obj_define_own_property(iso, o, key, desc));
  return done == TRI_YES || throw_define_failed(iso, o, key);
}

bool delete_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key) {
  Tri done = TRY(obj_delete_property(iso, o, key));
  if (done == TRI_YES) return true;
  const char *text = error_text_of_key(iso, key);
  return THROW(iso, DELETE_PROPERTY, text, error_text_of_value(iso, value_from_object(o)));
}

Value get_method(Isolate *iso, Value v, PropertyKey key) {
  Value method = TRY(get_v(iso, v, key));
  if (value_is_nullish(method)) return VALUE_UNDEFINED;
  if (value_is_callable(method)) return method;
  THROW(iso, NOT_A_FUNCTION, error_text_of_value(iso, method));
  return VALUE_FAIL;
}

Tri has_own_property(Isolate *iso, JSObject *o, PropertyKey key) {
  if (!key_is_exotic_on(o, key)) {
    OwnProperty own;
    return tri(own_find(iso, o, key, &own));
  }
  PropertyDescriptor desc;
  return obj_get_own_property(iso, o, key, &desc);
}

// ---- Integrity levels ----

// Nothing but ordinary storage (and an array's length) defines own properties of o.
static bool storage_is_ordinary(const JSObject *o) {
  const InternalMethods *m = obj_methods(o);
  return m->define_own_property == ordinary_define_own_property || o->cell.kind == KIND_ARRAY;
}

enum { POLL_MASK = 511 };
#define POLL(iso, i) \
  do { \
    if (UNLIKELY(((i)&POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso)); \
  } while (0)

Tri set_integrity_level(Isolate *iso, JSObject *o, enum IntegrityLevel level) {
  Tri done = TRY(obj_prevent_extensions(iso, o));
  if (done == TRI_NO) return TRI_NO;
  if (storage_is_ordinary(o)) {
    u32 removed = level == INTEGRITY_FROZEN ? ATTR_CONFIGURABLE | ATTR_WRITABLE : ATTR_CONFIGURABLE;
    TRY(elements_restrict(iso, o, removed));
    shape_restrict(iso, o, removed, 0);
    if (level == INTEGRITY_FROZEN && o->cell.kind == KIND_ARRAY) o->cell.flags |= OBJ_LENGTH_READONLY;
    return TRI_YES;
  }
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc = {.has = HAS_CONFIGURABLE};
    POLL(iso, i);
    if (level == INTEGRITY_FROZEN) {
      PropertyDescriptor current;
      Tri found = TRY(obj_get_own_property(iso, o, keys.data[i], &current));
      if (found == TRI_NO) continue;
      if (!(current.has & (HAS_GET | HAS_SET))) desc.has |= HAS_WRITABLE;
    }
    TRY(define_property_or_throw(iso, o, keys.data[i], &desc));
  }
  return TRI_YES;
}

Tri test_integrity_level(Isolate *iso, JSObject *o, enum IntegrityLevel level) {
  Tri extensible = TRY(obj_is_extensible(iso, o));
  if (extensible == TRI_YES) return TRI_NO;
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc;
    POLL(iso, i);
    Tri found = TRY(obj_get_own_property(iso, o, keys.data[i], &desc));
    if (found == TRI_NO) continue;
    if (desc.attrs & ATTR_CONFIGURABLE) return TRI_NO;
    if (level == INTEGRITY_FROZEN && desc.has & HAS_WRITABLE && desc.attrs & ATTR_WRITABLE) return TRI_NO;
  }
  return TRI_YES;
}

// ---- Array-likes, species, instanceof ----

bool length_of_array_like(Isolate *iso, JSObject *o, u64 *length) {
  if (o->cell.kind == KIND_ARRAY) {
    *length = array_length(o);
    return true;
  }
  Value v = TRY(obj_get(iso, o, ATOM(length)));
  return to_length(iso, v, length);
}

Value species_constructor(Isolate *iso, JSObject *o, Value default_constructor) {
  Value c = TRY(obj_get(iso, o, ATOM(constructor)));
  if (c == VALUE_UNDEFINED) return default_constructor;
  if (!value_is_object(c)) {
    THROW(iso, CONSTRUCTOR_NOT_OBJECT);
    return VALUE_FAIL;
  }
  Value species = TRY(obj_get(iso, value_object(c), SYM(species)));
  if (value_is_nullish(species)) return default_constructor;
  if (value_is_constructor(species)) return species;
  THROW(iso, SPECIES_NOT_CONSTRUCTOR);
  return VALUE_FAIL;
}

Tri ordinary_has_instance(Isolate *iso, Value c, Value v) {
  if (!value_is_callable(c)) return TRI_NO;
  if (value_is_kind(c, KIND_BOUND_FUNCTION)) return instance_of(iso, v, slot_get(&((JSBoundFunction *)value_object(c))->target));
  if (!value_is_object(v)) return TRI_NO;
  Value prototype = TRY(ic_get_keyed(iso, value_object(c), ATOM(prototype)));
  if (!value_is_object(prototype)) {
    THROW(iso, INSTANCEOF_PROTOTYPE, error_text_of_value(iso, prototype));
    return TRI_FAIL;
  }
  for (;;) {
    bool is_proxy = value_cell(v)->kind == KIND_PROXY; // all other kinds have the ordinary [[GetPrototypeOf]]
    v = is_proxy ? TRY(obj_get_prototype_of(iso, value_object(v))) : slot_get(&obj_shape(iso, value_object(v))->proto);
    if (v == VALUE_NULL) return TRI_NO;
    if (v == prototype) return TRI_YES;
  }
}

Value function_has_instance(Isolate *iso, const Call *call) {
  return value_from_bool(TRY(ordinary_has_instance(iso, call->this_value, call_arg(call, 0))) == TRI_YES);
}

Tri instance_of(Isolate *iso, Value v, Value target) {
  if (!value_is_object(target)) {
    THROW(iso, INSTANCEOF_NOT_OBJECT);
    return TRI_FAIL;
  }
  Value method = TRY(ic_get_keyed(iso, value_object(target), SYM(hasInstance)));
  // The built-in one, of whatever realm: no need to call it.
  if (value_is_kind(method, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_cell(method))->fn == function_has_instance) {
    return ordinary_has_instance(iso, target, v);
  }
  if (!value_is_nullish(method)) {
    Value answer = TRY(call_function(iso, method, target, 1, &v));
    return tri(to_boolean(iso, answer));
  }
  if (!value_is_callable(target)) {
    THROW(iso, INSTANCEOF_NOT_CALLABLE);
    return TRI_FAIL;
  }
  return ordinary_has_instance(iso, target, v);
}

Tri is_array(Isolate *iso, Value v) {
  while (value_is_kind(v, KIND_PROXY)) {
    const JSProxy *proxy = (const JSProxy *)value_object(v);
    if (slot_get(&proxy->handler) == VALUE_NULL) {
      THROW(iso, PROXY_REVOKED, "IsArray");
      return TRI_FAIL;
    }
    v = slot_get(&proxy->target);
  }
  return tri(value_is_kind(v, KIND_ARRAY));
}

Value get_prototype_from_constructor(Isolate *iso, Value constructor, u32 intrinsic_default) {
  if (!value_is_object(constructor)) return intrinsic(iso, intrinsic_default);
  if (LIKELY(builtin_constructs(iso, value_object(constructor), intrinsic_default))) return intrinsic(iso, intrinsic_default);
  Value proto = TRY(obj_get(iso, value_object(constructor), ATOM(prototype)));
  if (value_is_object(proto)) return proto;
  Realm *realm = TRY(get_function_realm(iso, value_object(constructor)));
  return value_from_object(realm_intrinsic(iso, realm, intrinsic_default));
}

// ---- Enumerating and copying ----

// The shape's enumerable names are all keys when o has no elements to put before them and nothing exotic.
static ValueArray *plain_enum_keys(Isolate *iso, JSObject *o) {
  if (!storage_is_ordinary(o) || obj_has_elements(o)) return NULL;
  return (ValueArray *)shape_enum_cache(iso, obj_shape(iso, o));
}

static bool push_enumerated(Isolate *iso, JSObject *list, enum EnumerateWhat what, Value key, Value v) {
  if (what == ENUMERATE_KEYS) return array_push_value(iso, list, key);
  if (what == ENUMERATE_VALUES) return array_push_value(iso, list, v);
  JSObject *entry = TRY(array_from_values(iso, (Value[]){key, v}, 2));
  return array_push_value(iso, list, value_from_object(entry));
}

Value enumerable_own_properties(Isolate *iso, JSObject *o, enum EnumerateWhat what) {
  ValueArray *names = plain_enum_keys(iso, o);
  if (names && what == ENUMERATE_KEYS) {
    JSObject *list = TRY(array_from_values(iso, (const Value *)names->values, (u32)names->count));
    return value_from_object(list);
  }
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  JSObject *list = TRY(array_create(iso, 0));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyKey key = keys.data[i];
    POLL(iso, i);
    if (key_is_symbol(key)) continue;
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
    if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
    Value name = what == ENUMERATE_VALUES ? VALUE_UNDEFINED : TRY(key_to_value(iso, key));
    Value v = VALUE_UNDEFINED;
    if (what != ENUMERATE_KEYS) {
      bool direct = desc.has & HAS_VALUE && o->cell.kind != KIND_PROXY;
      v = direct ? desc.value : TRY(obj_get(iso, o, key));
    }
    TRY(push_enumerated(iso, list, what, name, v));
  }
  return value_from_object(list);
}

static bool is_excluded(PropertyKey key, const PropertyKey *excluded, u32 count) {
  for (u32 i = 0; i < count; i++) {
    if (excluded[i] == key) return true;
  }
  return false;
}

// Own enumerable data properties of an object without accessors, elements or exotic rules, in one pass over the shape.
// NO: not such an object; nothing was copied.
static Tri copy_plain(Isolate *iso, JSObject *target, JSObject *from, const PropertyKey *excluded, u32 excluded_count) {
  if (!storage_is_ordinary(from) || obj_class(from)->traits || obj_has_elements(from) || from == target) return TRI_NO;
  Shape *s = obj_shape(iso, from);
  const PropertyEntry *entries = shape_entries(s);
  u32 seen = 0;
  for (u32 i = 0; i < s->count; i++) {
    PropertyKey key = entries[i].key;
    if (!key || key_is_private(key)) continue;
    seen |= entries[i].attrs | (key_is_symbol(key) ? 0x100 : 0);
  }
  if (seen & (ATTR_ACCESSOR | 0x100)) return TRI_NO; // symbols come last, whenever they were added
  for (u32 i = 0; i < s->count; i++) {
    const PropertyEntry *e = &entries[i];
    if (!e->key || !(e->attrs & ATTR_ENUMERABLE) || key_is_private(e->key)) continue;
    if (is_excluded(e->key, excluded, excluded_count)) continue;
    Slot *slot = obj_slot_at(from, s, e->slot);
    Value v = slot_get(slot);
    POLL(iso, i);
    if (value_is_lazy(v)) v = builtin_resolve_lazy(iso, from, e->key, slot);
    TRY(create_data_property_or_throw(iso, target, e->key, v));
  }
  return TRI_YES;
}

bool copy_data_properties(Isolate *iso, JSObject *target, Value source, const PropertyKey *excluded, u32 excluded_count) {
  if (value_is_nullish(source)) return true;
  JSObject *from = TRY(to_object(iso, source));
  if (!obj_class(target)->traits) { // no JS can run in between
    Tri done = TRY(copy_plain(iso, target, from, excluded, excluded_count));
    if (done == TRI_YES) return true;
  }
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, from, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyKey key = keys.data[i];
    POLL(iso, i);
    if (is_excluded(key, excluded, excluded_count)) continue;
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, from, key, &desc));
    if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
    Value v = TRY(obj_get(iso, from, key));
    TRY(create_data_property_or_throw(iso, target, key, v));
  }
  return true;
}

// ---- Property descriptors ----

Value from_property_descriptor(Isolate *iso, const PropertyDescriptor *desc) {
  if (desc->has == HAS_ALL_DATA) {
    JSObject *o = obj_new(iso, ref_get(realm_current(iso)->shape_data_descriptor));
    Slot *slots = (Slot *)(o + 1);
    slot_init(&slots[0], desc->value);
    slot_init(&slots[1], value_from_bool(desc->attrs & ATTR_WRITABLE));
    slot_init(&slots[2], value_from_bool(desc->attrs & ATTR_ENUMERABLE));
    slot_init(&slots[3], value_from_bool(desc->attrs & ATTR_CONFIGURABLE));
    return value_from_object(o);
  }
  JSObject *o = obj_new_plain(iso);
  if (desc->has & HAS_VALUE) obj_put_direct(iso, o, ATOM(value), desc->value, ATTR_ALL);
  if (desc->has & HAS_WRITABLE) obj_put_direct(iso, o, ATOM(writable), value_from_bool(desc->attrs & ATTR_WRITABLE), ATTR_ALL);
  if (desc->has & HAS_GET) obj_put_direct(iso, o, ATOM(get), desc->getter, ATTR_ALL);
  if (desc->has & HAS_SET) obj_put_direct(iso, o, ATOM(set), desc->setter, ATTR_ALL);
  if (desc->has & HAS_ENUMERABLE) {
    obj_put_direct(iso, o, ATOM(enumerable), value_from_bool(desc->attrs & ATTR_ENUMERABLE), ATTR_ALL);
  }
  if (desc->has & HAS_CONFIGURABLE) {
    obj_put_direct(iso, o, ATOM(configurable), value_from_bool(desc->attrs & ATTR_CONFIGURABLE), ATTR_ALL);
  }
  return value_from_object(o);
}

// HasProperty and Get in one. YES: *v is set.
static Tri get_if_present(Isolate *iso, JSObject *o, PropertyKey key, Value *v) {
  Tri has = TRY(obj_has_property(iso, o, key));
  if (has == TRI_YES) *v = TRY(obj_get(iso, o, key));
  return has;
}

static bool read_flag(Isolate *iso, JSObject *o, PropertyKey key, u32 has, u32 attr, PropertyDescriptor *desc) {
  Value v = VALUE_EMPTY;
  Tri present = TRY(get_if_present(iso, o, key, &v));
  if (present == TRI_NO) return true;
  desc->has |= (u8)has;
  if (to_boolean(iso, v)) desc->attrs |= (u8)attr;
  return true;
}

bool to_property_descriptor(Isolate *iso, Value v, PropertyDescriptor *desc) {
  if (!value_is_object(v)) return THROW(iso, PROPERTY_DESC_NOT_OBJECT, error_text_of_value(iso, v));
  JSObject *o = value_object(v);
  *desc = (PropertyDescriptor){0};
  TRY(read_flag(iso, o, ATOM(enumerable), HAS_ENUMERABLE, ATTR_ENUMERABLE, desc));
  TRY(read_flag(iso, o, ATOM(configurable), HAS_CONFIGURABLE, ATTR_CONFIGURABLE, desc));
  Tri present = TRY(get_if_present(iso, o, ATOM(value), &desc->value));
  if (present == TRI_YES) desc->has |= HAS_VALUE;
  TRY(read_flag(iso, o, ATOM(writable), HAS_WRITABLE, ATTR_WRITABLE, desc));
  present = TRY(get_if_present(iso, o, ATOM(get), &desc->getter));
  if (present == TRI_YES) {
    if (desc->getter != VALUE_UNDEFINED && !value_is_callable(desc->getter)) {
      return THROW(iso, GETTER_NOT_FUNCTION, error_text_of_value(iso, desc->getter));
    }
    desc->has |= HAS_GET;
  }
  present = TRY(get_if_present(iso, o, ATOM(set), &desc->setter));
  if (present == TRI_YES) {
    if (desc->setter != VALUE_UNDEFINED && !value_is_callable(desc->setter)) {
      return THROW(iso, SETTER_NOT_FUNCTION, error_text_of_value(iso, desc->setter));
    }
    desc->has |= HAS_SET;
  }
  if (desc->has & (HAS_GET | HAS_SET) && desc->has & (HAS_VALUE | HAS_WRITABLE)) return THROW(iso, DESCRIPTOR_BOTH);
  return true;
}
