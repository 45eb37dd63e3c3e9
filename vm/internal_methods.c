// SPDX-License-Identifier: MIT
// Internal methods (ECMA-262 10.1): the ordinary algorithms, and the dispatch that every access by C goes through.
// Get, Set and HasProperty walk chains of ordinary objects without descriptors and without recursion; only an exotic
// object on the way is asked through its table.
#include "vm/object_internal.h"
#include "vm/operators.h"

static ALWAYS_INLINE JSObject *proto_of(Isolate *iso, const JSObject *o) {
  Value proto = slot_get(&obj_shape(iso, o)->proto);
  return proto == VALUE_NULL ? NULL : value_object(proto);
}

const InternalMethods *obj_methods(const JSObject *o) {
  if (UNLIKELY(o->cell.kind == KIND_HOST_OBJECT)) {
    const InternalMethods *methods = ((const JSHostObject *)o)->host_class->methods;
    return methods ? methods : &ordinary_methods;
  }
  return obj_class(o)->methods;
}

// The table to ask for this key, or NULL when ordinary storage answers. Private names are ordinary everywhere.
static ALWAYS_INLINE const InternalMethods *exotic_for(const JSObject *o, PropertyKey key) {
  return UNLIKELY(key_is_exotic_on(o, key)) ? obj_methods(o) : NULL;
}

// ---- [[GetPrototypeOf]], [[SetPrototypeOf]], [[IsExtensible]], [[PreventExtensions]] ----

Value ordinary_get_prototype_of(Isolate *iso, JSObject *o) { return slot_get(&obj_shape(iso, o)->proto); }

Tri ordinary_set_prototype_of(Isolate *iso, JSObject *o, Value proto) {
  Shape *s = obj_shape(iso, o);
  if (slot_get(&s->proto) == proto) return TRI_YES;
  if (s->flags & (SHAPE_NON_EXTENSIBLE | SHAPE_IMMUTABLE_PROTO)) return TRI_NO;
  for (JSObject *p = proto == VALUE_NULL ? NULL : value_object(proto); p; p = proto_of(iso, p)) {
    if (p == o) return TRI_NO;
    if (obj_methods(p)->get_prototype_of != ordinary_get_prototype_of) break;
  }
  shape_change_proto(iso, o, proto);
  return TRI_YES;
}

Tri ordinary_is_extensible(Isolate *iso, JSObject *o) { return tri(obj_is_extensible_ordinary(iso, o)); }

Tri ordinary_prevent_extensions(Isolate *iso, JSObject *o) {
  if (!obj_is_extensible_ordinary(iso, o)) return TRI_YES;
  if (obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)o);
  shape_restrict(iso, o, 0, SHAPE_NON_EXTENSIBLE);
  o->cell.flags |= OBJ_ELEMENTS_LOCKED;
  return TRI_YES;
}

// ---- [[GetOwnProperty]], [[DefineOwnProperty]] ----

Tri ordinary_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  OwnProperty own;
  if (!own_find(iso, o, key, &own)) return TRI_NO;
  own_get_descriptor(&own, desc);
  return TRI_YES;
}

static bool desc_is_accessor(const PropertyDescriptor *d) { return d->has & (HAS_GET | HAS_SET); }
static bool desc_is_data(const PropertyDescriptor *d) { return d->has & (HAS_VALUE | HAS_WRITABLE); }

// What a fresh property made from desc holds; missing fields take their defaults.
static Value fresh_content(Isolate *iso, const PropertyDescriptor *desc, u32 *attrs) {
  u32 mask = (desc->has & HAS_ENUMERABLE ? ATTR_ENUMERABLE : 0) | (desc->has & HAS_CONFIGURABLE ? ATTR_CONFIGURABLE : 0) |
             (desc->has & HAS_WRITABLE ? ATTR_WRITABLE : 0);
  *attrs = desc->attrs & mask;
  if (!desc_is_accessor(desc)) return desc->has & HAS_VALUE ? desc->value : VALUE_UNDEFINED;
  *attrs = (*attrs & ~(u32)ATTR_WRITABLE) | ATTR_ACCESSOR;
  return value_from_cell(accessor_new(iso, desc->has & HAS_GET ? desc->getter : VALUE_UNDEFINED,
                                      desc->has & HAS_SET ? desc->setter : VALUE_UNDEFINED));
}

// Steps 3 to 5 of ValidateAndApplyPropertyDescriptor: may `desc` be applied to `current`?
static Tri change_is_allowed(Isolate *iso, const PropertyDescriptor *desc, const PropertyDescriptor *current) {
  if (current->attrs & ATTR_CONFIGURABLE) return TRI_YES;
  if (desc->has & HAS_CONFIGURABLE && desc->attrs & ATTR_CONFIGURABLE) return TRI_NO;
  if (desc->has & HAS_ENUMERABLE && (desc->attrs ^ current->attrs) & ATTR_ENUMERABLE) return TRI_NO;
  if (!desc_is_accessor(desc) && !desc_is_data(desc)) return TRI_YES;
  if (desc_is_accessor(desc) != desc_is_accessor(current)) return TRI_NO;
  if (desc_is_accessor(current)) {
    if (desc->has & HAS_GET && desc->getter != current->getter) return TRI_NO;
    return tri(!(desc->has & HAS_SET && desc->setter != current->setter));
  }
  if (current->attrs & ATTR_WRITABLE) return TRI_YES;
  if (desc->has & HAS_WRITABLE && desc->attrs & ATTR_WRITABLE) return TRI_NO;
  return desc->has & HAS_VALUE ? same_value(iso, desc->value, current->value) : TRI_YES;
}

// Content and attributes of an existing property after desc was applied to it.
static Value merged_content(Isolate *iso, const PropertyDescriptor *desc, const PropertyDescriptor *current, u32 *attrs) {
  u32 mask = (desc->has & HAS_ENUMERABLE ? ATTR_ENUMERABLE : 0) | (desc->has & HAS_CONFIGURABLE ? ATTR_CONFIGURABLE : 0);
  u32 common = (desc->attrs & mask) | (current->attrs & (ATTR_ENUMERABLE | ATTR_CONFIGURABLE) & ~mask);
  bool to_accessor = desc_is_accessor(desc) || (desc_is_accessor(current) && !desc_is_data(desc));
  if (to_accessor) {
    *attrs = common | ATTR_ACCESSOR;
    bool was = desc_is_accessor(current);
    Value getter = desc->has & HAS_GET ? desc->getter : was ? current->getter : VALUE_UNDEFINED;
    Value setter = desc->has & HAS_SET ? desc->setter : was ? current->setter : VALUE_UNDEFINED;
    return value_from_cell(accessor_new(iso, getter, setter));
  }
  bool was_data = !desc_is_accessor(current);
  u32 writable = (desc->has & HAS_WRITABLE ? desc->attrs : was_data ? current->attrs : 0) & ATTR_WRITABLE;
  *attrs = common | writable;
  return desc->has & HAS_VALUE ? desc->value : was_data ? current->value : VALUE_UNDEFINED;
}

Tri validate_and_apply_property_descriptor(Isolate *iso, JSObject *o, PropertyKey key, bool extensible,
                                           const PropertyDescriptor *desc, Tri found, const PropertyDescriptor *current) {
  u32 attrs;
  if (found == TRI_NO) {
    if (!extensible) return TRI_NO;
    if (!o) return TRI_YES;
    Value v = fresh_content(iso, desc, &attrs);
    return own_add(iso, o, key, v, attrs) ? TRI_YES : TRI_FAIL;
  }
  Tri allowed = TRY(change_is_allowed(iso, desc, current));
  if (allowed == TRI_NO || !o || !desc->has) return allowed;
  OwnProperty own;
  Value v = merged_content(iso, desc, current, &attrs);
  TRY(own_find(iso, o, key, &own) ? own_change(iso, o, key, &own, v, attrs) : own_add(iso, o, key, v, attrs));
  // Caches may know what a getter does (GET_PROP_TYPED_LENGTH), and only the slot's content has changed.
  if (attrs & ATTR_ACCESSOR && desc_is_accessor(current) && shape_is_unique(obj_shape(iso, o))) {
    shape_unique_changed(iso, o, obj_shape(iso, o));
  }
  return TRI_YES;
}

Tri ordinary_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  PropertyDescriptor current;
  const InternalMethods *exotic = exotic_for(o, key);
  Tri found = TRY(exotic ? exotic->get_own_property(iso, o, key, &current) : ordinary_get_own_property(iso, o, key, &current));
  return validate_and_apply_property_descriptor(iso, o, key, obj_is_extensible_ordinary(iso, o), desc, found, &current);
}

// ---- [[HasProperty]] ----

static Tri has_by_descriptor(Isolate *iso, JSObject *o, PropertyKey key) {
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
  if (found == TRI_YES) return TRI_YES;
  Value proto = TRY(obj_get_prototype_of(iso, o));
  return proto == VALUE_NULL ? TRI_NO : obj_has_property(iso, value_object(proto), key);
}

Tri ordinary_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  if (exotic_for(o, key)) return has_by_descriptor(iso, o, key);
  for (;;) {
    OwnProperty own;
    if (own_find(iso, o, key, &own)) return TRI_YES;
    if (key_is_index(key) && iso->no_indexed_on_prototypes) return TRI_NO;
    o = proto_of(iso, o);
    if (!o) return TRI_NO;
    const InternalMethods *exotic = exotic_for(o, key);
    if (exotic) return exotic->has_property(iso, o, key);
  }
}

// ---- [[Get]] ----

static Value get_by_descriptor(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
  if (found == TRI_NO) {
    Value proto = TRY(obj_get_prototype_of(iso, o));
    return proto == VALUE_NULL ? VALUE_UNDEFINED : obj_get_with_receiver(iso, value_object(proto), key, receiver);
  }
  if (!desc_is_accessor(&desc)) return desc.value;
  return desc.getter == VALUE_UNDEFINED ? VALUE_UNDEFINED : CALL0(iso, desc.getter, receiver);
}

static ALWAYS_INLINE Value own_value(Isolate *iso, const OwnProperty *own, Value receiver) {
  Value v = slot_get(own->slot);
  return LIKELY(!(own->attrs & ATTR_ACCESSOR)) ? v : accessor_get(iso, v, receiver);
}

Value ordinary_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  if (exotic_for(o, key)) return get_by_descriptor(iso, o, key, receiver);
  OwnProperty own;
  if (key_is_index(key)) {
    for (;;) {
      if (element_find(o, key_index(key), &own)) return own_value(iso, &own, receiver);
      if (LIKELY(iso->no_indexed_on_prototypes)) return VALUE_UNDEFINED;
      if (!(o = proto_of(iso, o))) return VALUE_UNDEFINED;
      const InternalMethods *exotic = exotic_for(o, key);
      if (exotic) return exotic->get(iso, o, key, receiver);
    }
  }
  for (;;) {
    if (own_find_named(iso, o, key, &own)) return own_value(iso, &own, receiver);
    if (!(o = proto_of(iso, o))) return VALUE_UNDEFINED;
    const InternalMethods *exotic = exotic_for(o, key);
    if (exotic) return exotic->get(iso, o, key, receiver);
  }
}

// ---- [[Set]] ----

// OrdinarySetWithOwnDescriptor from step 2 on, when a writable data property (or nothing) was found.
static Tri set_on_receiver(Isolate *iso, PropertyKey key, Value v, Value receiver) {
  if (!value_is_object(receiver)) return TRI_NO;
  JSObject *r = value_object(receiver);
  PropertyDescriptor existing;
  Tri found = TRY(obj_get_own_property(iso, r, key, &existing));
  if (found == TRI_NO) return create_data_property(iso, r, key, v);
  if (desc_is_accessor(&existing) || !(existing.attrs & ATTR_WRITABLE)) return TRI_NO;
  return obj_define_own_property(iso, r, key, &(PropertyDescriptor){.value = v, .has = HAS_VALUE});
}

Tri ordinary_set_with_own_descriptor(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver, Tri found,
                                     PropertyDescriptor *own) {
  if (found == TRI_NO) {
    Value proto = TRY(obj_get_prototype_of(iso, o));
    if (proto != VALUE_NULL) return obj_set_with_receiver(iso, value_object(proto), key, v, receiver);
    return set_on_receiver(iso, key, v, receiver);
  }
  if (!desc_is_accessor(own)) {
    return own->attrs & ATTR_WRITABLE ? set_on_receiver(iso, key, v, receiver) : TRI_NO;
  }
  if (own->setter == VALUE_UNDEFINED) return TRI_NO;
  return CALL1(iso, own->setter, receiver, v) ? TRI_YES : TRI_FAIL;
}

// Adds to the receiver what the walk from it did not find.
static Tri add_after_walk(Isolate *iso, JSObject *o, PropertyKey key, Value v) {
  if (key_is_index(key)) return obj_add_element(iso, o, key_index(key), v);
  if (!obj_is_extensible_ordinary(iso, o)) return TRI_NO;
  return own_add_named(iso, o, key, v, ATTR_ALL) ? TRI_YES : TRI_FAIL;
}

Tri ordinary_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  if (exotic_for(o, key)) {
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
    return ordinary_set_with_own_descriptor(iso, o, key, v, receiver, found, &desc);
  }
  bool start_is_receiver = value_from_object(o) == receiver;
  OwnProperty own;
  for (JSObject *p = o;;) {
    if (own_find(iso, p, key, &own)) {
      if (own.attrs & ATTR_ACCESSOR) return accessor_set(iso, slot_get(own.slot), v, receiver);
      if (!(own.attrs & ATTR_WRITABLE)) return TRI_NO;
      if (!start_is_receiver) return set_on_receiver(iso, key, v, receiver);
      if (p != o) return add_after_walk(iso, o, key, v);
      slot_set(iso, own.owner, own.slot, v);
      return TRI_YES;
    }
    if (key_is_index(key) && LIKELY(iso->no_indexed_on_prototypes)) break;
    if (!(p = proto_of(iso, p))) break;
    const InternalMethods *exotic = exotic_for(p, key);
    if (exotic) return exotic->set(iso, p, key, v, receiver);
  }
  return start_is_receiver ? add_after_walk(iso, o, key, v) : set_on_receiver(iso, key, v, receiver);
}

// ---- [[Delete]], [[OwnPropertyKeys]] ----

Tri ordinary_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  const InternalMethods *exotic = exotic_for(o, key);
  if (exotic) {
    PropertyDescriptor desc;
    Tri found = TRY(exotic->get_own_property(iso, o, key, &desc));
    if (found == TRI_NO) return TRI_YES;
    if (!(desc.attrs & ATTR_CONFIGURABLE)) return TRI_NO;
  }
  OwnProperty own;
  if (!own_find(iso, o, key, &own)) return TRI_YES;
  if (!(own.attrs & ATTR_CONFIGURABLE)) return TRI_NO;
  return own_remove(iso, o, key, &own) ? TRI_YES : TRI_FAIL;
}

bool ordinary_own_keys_with_length(Isolate *iso, JSObject *o, KeyList *keys, bool has_length) {
  if (obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)o);
  TRY(element_push_keys(iso, o, keys));
  if (has_length) TRY(key_list_push(keys, ATOM(length)));
  Shape *s = obj_shape(iso, o);
  const PropertyEntry *entries = shape_entries(s);
  bool symbols = false;
  for (u32 i = 0; i < s->count; i++) {
    if (!entries[i].key) continue;
    if (key_is_symbol(entries[i].key)) symbols = true;
    else TRY(key_list_push(keys, entries[i].key));
  }
  for (u32 i = 0; symbols && i < s->count; i++) {
    PropertyKey key = entries[i].key;
    if (key && key_is_symbol(key) && !key_is_private(key)) TRY(key_list_push(keys, key));
  }
  return true;
}

bool ordinary_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  return ordinary_own_keys_with_length(iso, o, keys, false);
}

// ---- Tables ----

#define ORDINARY_METHODS \
  { \
    ordinary_get_prototype_of, ordinary_set_prototype_of, ordinary_is_extensible, ordinary_prevent_extensions, \
        ordinary_get_own_property, ordinary_define_own_property, ordinary_has_property, ordinary_get, ordinary_set, \
        ordinary_delete, ordinary_own_property_keys \
  }
const InternalMethods ordinary_methods = ORDINARY_METHODS;
const InternalMethods function_methods = ORDINARY_METHODS; // lazy functions are furnished in own_find_named
const InternalMethods global_object_methods = ORDINARY_METHODS;

// ---- Dispatch ----

Value obj_get_prototype_of(Isolate *iso, JSObject *o) { return obj_methods(o)->get_prototype_of(iso, o); }
Tri obj_set_prototype_of(Isolate *iso, JSObject *o, Value proto) { return obj_methods(o)->set_prototype_of(iso, o, proto); }
Tri obj_is_extensible(Isolate *iso, JSObject *o) { return obj_methods(o)->is_extensible(iso, o); }
Tri obj_prevent_extensions(Isolate *iso, JSObject *o) { return obj_methods(o)->prevent_extensions(iso, o); }

// An error's stack is an accessor in storage, and a data property for whoever looks at it.
static ALWAYS_INLINE bool is_error_stack(const JSObject *o, PropertyKey key) {
  return UNLIKELY(key == ATOM(stack)) && o->cell.kind == KIND_ERROR;
}

Tri obj_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  if (is_error_stack(o, key)) return error_methods.get_own_property(iso, o, key, desc);
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->get_own_property(iso, o, key, desc) : ordinary_get_own_property(iso, o, key, desc);
}

Tri obj_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  // An array's elements are ordinary in every other method.
  if (o->cell.kind == KIND_ARRAY) return array_methods.define_own_property(iso, o, key, desc);
  if (is_error_stack(o, key)) return error_methods.define_own_property(iso, o, key, desc);
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->define_own_property(iso, o, key, desc) : ordinary_define_own_property(iso, o, key, desc);
}

Tri obj_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->has_property(iso, o, key) : ordinary_has_property(iso, o, key);
}

Value obj_get_with_receiver(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->get(iso, o, key, receiver) : ordinary_get(iso, o, key, receiver);
}

Tri obj_set_with_receiver(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->set(iso, o, key, v, receiver) : ordinary_set(iso, o, key, v, receiver);
}

Tri obj_delete_property(Isolate *iso, JSObject *o, PropertyKey key) {
  const InternalMethods *exotic = exotic_for(o, key);
  return exotic ? exotic->delete_property(iso, o, key) : ordinary_delete(iso, o, key);
}

bool obj_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) { return obj_methods(o)->own_property_keys(iso, o, keys); }
