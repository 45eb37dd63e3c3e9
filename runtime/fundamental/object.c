// SPDX-License-Identifier: MIT
// Object and Object.prototype (ECMA-262 20.1, Annex B.2.2).
// Tests: tests/js/fundamental/object*.js
#include "runtime/support.h"

// ---- Constructor ----

static Value object_constructor(Isolate *iso, const Call *call) {
  if (call_is_construct(call) && call->new_target != call->callee) {
    return value_from_object(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_OBJECT_PROTOTYPE, KIND_OBJECT));
  }
  Value v = call_arg(call, 0);
  if (value_is_nullish(v)) return value_from_object(obj_new_plain(iso));
  return value_from_object(to_object(iso, v));
}

// ---- Object.assign ----

// Named properties of a plain source, straight from its shape. *done is false when the generic way has to do it.
static bool assign_from_shape(Isolate *iso, JSObject *to, JSObject *from, bool *done) {
  *done = false;
  Shape *shape = obj_shape(iso, from);
  if (obj_methods(from) != &ordinary_methods || from->cell.kind != KIND_OBJECT || !obj_has_dense(from)) return true;
  if ((shape->flags & (SHAPE_UNIQUE | SHAPE_EXOTIC | SHAPE_LAZY_FUNCTION)) || elements_header(from->bf)->length) return true;
  bool symbols = false;
  const PropertyEntry *entries = shape_entries(shape);
  for (u32 i = 0; i < shape->count; i++) {
    if (entries[i].attrs & ATTR_ACCESSOR) return true;
    if (key_is_symbol(entries[i].key)) symbols = true;
  }
  *done = true;
  for (u32 pass = 0; pass <= (u32)symbols; pass++) {
    for (u32 i = 0; i < shape->count; i++) {
      PropertyEntry entry = shape_entries(shape)[i];
      if (key_is_symbol(entry.key) != (pass == 1)) continue;
      if (pass == 1 && ((Symbol *)key_cell(entry.key))->flags & SYMBOL_PRIVATE) continue;
      Value v;
      if (LIKELY(obj_shape(iso, from) == shape)) {
        if (!(entry.attrs & ATTR_ENUMERABLE)) continue;
        v = slot_get(obj_slot_at(from, shape, entry.slot));
      } else { // a setter of `to` changed the source
        PropertyDescriptor desc;
        Tri found = obj_get_own_property(iso, from, entry.key, &desc);
        if (found == TRI_FAIL) return false;
        if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
        v = TRY(obj_get(iso, from, entry.key));
      }
      TRY(obj_set(iso, to, entry.key, v, true));
    }
  }
  return true;
}

static bool assign_from(Isolate *iso, JSObject *to, JSObject *from) {
  bool done;
  TRY(assign_from_shape(iso, to, from, &done));
  if (done) return true;
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, from, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc;
    if (!(i & 255)) TRY(isolate_poll(iso));
    Tri found = TRY(obj_get_own_property(iso, from, keys.data[i], &desc));
    if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
    Value v = TRY(obj_get(iso, from, keys.data[i]));
    TRY(obj_set(iso, to, keys.data[i], v, true));
  }
  return true;
}

static Value object_assign(Isolate *iso, const Call *call) {
  JSObject *to = TRY(to_object(iso, call_arg(call, 0)));
  for (u32 i = 1; i < call->argc; i++) {
    if (value_is_nullish(call->args[i])) continue;
    JSObject *from = TRY(to_object(iso, call->args[i]));
    TRY(assign_from(iso, to, from));
  }
  return value_from_object(to);
}

// ---- Descriptors ----

// ObjectDefineProperties. All descriptors are read before the first is applied; four words of each wait in a list.
static bool object_define_properties_of(Isolate *iso, JSObject *o, Value properties) {
  JSObject *props = TRY(to_object(iso, properties));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, props, &keys));
  ValueArray *descs = TRY(value_array_new(iso, (u64)keys.length * 4 + 1));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor own, desc;
    Tri found = TRY(obj_get_own_property(iso, props, keys.data[i], &own));
    if (found == TRI_NO || !(own.attrs & ATTR_ENUMERABLE)) continue;
    Value v = TRY(obj_get(iso, props, keys.data[i]));
    desc = (PropertyDescriptor){0};
    TRY(to_property_descriptor(iso, v, &desc));
    Slot *words = &descs->values[i * 4];
    slot_set(iso, descs, &words[0], desc.value);
    slot_set(iso, descs, &words[1], desc.getter);
    slot_set(iso, descs, &words[2], desc.setter);
    slot_set(iso, descs, &words[3], value_from_int(desc.has << 8 | desc.attrs));
  }
  for (u32 i = 0; i < keys.length; i++) {
    const Slot *words = &descs->values[i * 4];
    if (!slot_get(&words[3])) continue;
    i32 bits = value_int(slot_get(&words[3]));
    PropertyDescriptor desc = {
        .value = slot_get(&words[0]),
        .getter = slot_get(&words[1]),
        .setter = slot_get(&words[2]),
        .attrs = (u8)bits,
        .has = (u8)(bits >> 8),
    };
    TRY(define_property_or_throw(iso, o, keys.data[i], &desc));
  }
  return true;
}

static Value object_create(Isolate *iso, const Call *call) {
  Value proto = call_arg(call, 0);
  if (!value_is_object(proto) && !value_is_null(proto)) return THROW(iso, PROTO_OBJECT_OR_NULL, error_text_of_value(iso, proto));
  JSObject *o = TRY(ordinary_object_create(iso, proto));
  if (!value_is_undefined(call_arg(call, 1))) TRY(object_define_properties_of(iso, o, call_arg(call, 1)));
  return value_from_object(o);
}

static Value object_define_properties(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Object.defineProperties"));
  TRY(object_define_properties_of(iso, o, call_arg(call, 1)));
  return value_from_object(o);
}

static Value object_define_property(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Object.defineProperty"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  PropertyDescriptor desc = {0};
  TRY(to_property_descriptor(iso, call_arg(call, 2), &desc));
  TRY(define_property_or_throw(iso, o, key, &desc));
  return value_from_object(o);
}

static Value object_get_own_property_descriptor(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  PropertyDescriptor desc;
  if (TRY(obj_get_own_property(iso, o, key, &desc)) == TRI_NO) return VALUE_UNDEFINED;
  return from_property_descriptor(iso, &desc);
}

static Value object_get_own_property_descriptors(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  JSObject *result = TRY(obj_new_plain(iso));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc;
    if (!(i & 255)) TRY(isolate_poll(iso));
    if (TRY(obj_get_own_property(iso, o, keys.data[i], &desc)) == TRI_NO) continue;
    Value v = TRY(from_property_descriptor(iso, &desc));
    TRY(create_data_property_or_throw(iso, result, keys.data[i], v));
  }
  return value_from_object(result);
}

// ---- Keys ----

static Value own_property_keys_as_array(Isolate *iso, Value v, bool symbols) {
  JSObject *o = TRY(to_object(iso, v));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  JSObject *result = TRY(array_create(iso, 0));
  for (u32 i = 0; i < keys.length; i++) {
    if (key_is_symbol(keys.data[i]) != symbols) continue;
    Value key = TRY(key_to_value(iso, keys.data[i]));
    TRY(array_push_value(iso, result, key));
  }
  return value_from_object(result);
}

static Value object_get_own_property_names(Isolate *iso, const Call *call) {
  return own_property_keys_as_array(iso, call_arg(call, 0), false);
}

static Value object_get_own_property_symbols(Isolate *iso, const Call *call) {
  return own_property_keys_as_array(iso, call_arg(call, 0), true);
}

static Value object_keys(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  return enumerable_own_properties(iso, o, ENUMERATE_KEYS);
}

static Value object_values(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  return enumerable_own_properties(iso, o, ENUMERATE_VALUES);
}

static Value object_entries(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  return enumerable_own_properties(iso, o, ENUMERATE_ENTRIES);
}

static Value object_has_own(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  return value_from_bool(TRY(has_own_property(iso, o, key)) == TRI_YES);
}

// ---- fromEntries, groupBy ----

static bool add_entry(Isolate *iso, JSObject *result, Value entry) {
  if (!value_is_object(entry)) return THROW(iso, ITERATOR_VALUE_NOT_OBJECT, error_text_of_value(iso, entry));
  Value k = TRY(obj_get(iso, value_object(entry), key_from_index(0)));
  Value v = TRY(obj_get(iso, value_object(entry), key_from_index(1)));
  PropertyKey key = TRY(to_property_key(iso, k));
  return create_data_property_or_throw(iso, result, key, v);
}

static Value object_from_entries(Isolate *iso, const Call *call) {
  Value iterable = call_arg(call, 0);
  if (value_is_nullish(iterable)) return THROW(iso, NOT_ITERABLE, error_text_of_value(iso, iterable));
  JSObject *result = TRY(obj_new_plain(iso));
  ForOf it;
  TRY(for_of_init(iso, &it, iterable));
  Value entry;
  while (for_of_next(iso, &it, &entry)) {
    if (!add_entry(iso, result, entry)) {
      for_of_close(iso, &it);
      return VALUE_FAIL;
    }
  }
  return it.failed ? VALUE_FAIL : value_from_object(result);
}

// The group's array in `groups`, an object without prototype that no script has seen yet.
static bool add_to_group(Isolate *iso, JSObject *groups, PropertyKey key, Value v) {
  Value group = TRY(obj_get(iso, groups, key));
  if (value_is_undefined(group)) {
    JSObject *array = TRY(array_create(iso, 0));
    group = value_from_object(array);
    TRY(create_data_property_or_throw(iso, groups, key, group));
  }
  return array_push_value(iso, value_object(group), v);
}

static Value object_group_by(Isolate *iso, const Call *call) {
  Value items = call_arg(call, 0), callback = call_arg(call, 1);
  if (value_is_nullish(items)) return THROW(iso, CALLED_ON_NULLISH, "Object.groupBy");
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  JSObject *groups = TRY(ordinary_object_create(iso, VALUE_NULL));
  ForOf it;
  TRY(for_of_init(iso, &it, items));
  double k = 0;
  Value v;
  while (for_of_next(iso, &it, &v)) {
    Value raw = CALL2(iso, callback, VALUE_UNDEFINED, v, value_from_double(k));
    PropertyKey key = raw ? to_property_key(iso, raw) : NULL;
    if (!key || !add_to_group(iso, groups, key, v)) {
      for_of_close(iso, &it);
      return VALUE_FAIL;
    }
    k++;
  }
  return it.failed ? VALUE_FAIL : value_from_object(groups);
}

// ---- Prototype, integrity ----

static Value object_get_prototype_of(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call_arg(call, 0)));
  return obj_get_prototype_of(iso, o);
}

static bool set_prototype_or_throw(Isolate *iso, JSObject *o, Value proto) {
  Tri set = obj_set_prototype_of(iso, o, proto);
  if (set == TRI_YES) return true;
  if (set == TRI_FAIL) return false;
  if (o->cell.kind == KIND_PROXY) return THROW(iso, PROXY_TRAP_FALSISH_PLAIN, "setPrototypeOf");
  Tri extensible = TRY(obj_is_extensible(iso, o));
  if (extensible == TRI_NO) return THROW(iso, SET_PROTO_NOT_EXTENSIBLE, error_text_of_value(iso, value_from_object(o)));
  if (o == realm_intrinsic(iso, realm_current(iso), INTRINSIC_OBJECT_PROTOTYPE))
    return THROW(iso, IMMUTABLE_PROTO, "Object.prototype");
  if (o->cell.kind == KIND_GLOBAL_OBJECT || o->cell.kind == KIND_MODULE_NAMESPACE) {
    return THROW(iso, IMMUTABLE_PROTO, error_text_of_value(iso, value_from_object(o)));
  }
  return THROW(iso, CYCLIC_PROTO);
}

static Value object_set_prototype_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0), proto = call_arg(call, 1);
  if (value_is_nullish(v)) return THROW(iso, CALLED_ON_NULLISH, "Object.setPrototypeOf");
  if (!value_is_object(proto) && !value_is_null(proto)) return THROW(iso, PROTO_OBJECT_OR_NULL, error_text_of_value(iso, proto));
  if (!value_is_object(v)) return v;
  TRY(set_prototype_or_throw(iso, value_object(v), proto));
  return v;
}

static Value object_freeze(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return v;
  if (TRY(set_integrity_level(iso, value_object(v), INTEGRITY_FROZEN)) == TRI_NO) return THROW(iso, TYPE, "Cannot freeze");
  return v;
}

static Value object_seal(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return v;
  if (TRY(set_integrity_level(iso, value_object(v), INTEGRITY_SEALED)) == TRI_NO) return THROW(iso, TYPE, "Cannot seal");
  return v;
}

static Value object_prevent_extensions(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return v;
  if (TRY(obj_prevent_extensions(iso, value_object(v))) == TRI_NO) return THROW(iso, TYPE, "Cannot prevent extensions");
  return v;
}

static Value object_is_frozen(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_TRUE;
  return value_from_bool(TRY(test_integrity_level(iso, value_object(v), INTEGRITY_FROZEN)) == TRI_YES);
}

static Value object_is_sealed(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_TRUE;
  return value_from_bool(TRY(test_integrity_level(iso, value_object(v), INTEGRITY_SEALED)) == TRI_YES);
}

static Value object_is_extensible(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_FALSE;
  return value_from_bool(TRY(obj_is_extensible(iso, value_object(v))) == TRI_YES);
}

static Value object_is(Isolate *iso, const Call *call) {
  return value_from_bool(TRY(same_value(iso, call_arg(call, 0), call_arg(call, 1))) == TRI_YES);
}

// ---- Object.prototype ----

static Value object_prototype_has_own_property(Isolate *iso, const Call *call) {
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 0)));
  JSObject *o = TRY(to_object(iso, call->this_value));
  return value_from_bool(TRY(has_own_property(iso, o, key)) == TRI_YES);
}

static Value object_prototype_is_prototype_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_FALSE;
  JSObject *o = TRY(to_object(iso, call->this_value));
  for (u32 step = 1;; step++) {
    if (!(step & 255)) TRY(isolate_poll(iso));
    v = TRY(obj_get_prototype_of(iso, value_object(v)));
    if (value_is_null(v)) return VALUE_FALSE;
    if (value_object(v) == o) return VALUE_TRUE;
  }
}

static Value object_prototype_property_is_enumerable(Isolate *iso, const Call *call) {
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 0)));
  JSObject *o = TRY(to_object(iso, call->this_value));
  PropertyDescriptor desc;
  if (TRY(obj_get_own_property(iso, o, key, &desc)) == TRI_NO) return VALUE_FALSE;
  return value_from_bool(desc.attrs & ATTR_ENUMERABLE);
}

static Value object_prototype_to_locale_string(Isolate *iso, const Call *call) {
  if (value_is_nullish(call->this_value)) return THROW(iso, CALLED_ON_NULLISH, "Object.prototype.toLocaleString");
  return invoke(iso, call->this_value, ATOM(toString), 0, NULL);
}

static Value object_prototype_value_of(Isolate *iso, const Call *call) {
  return value_from_object(to_object(iso, call->this_value));
}

// Unmapped arguments objects are plain objects that began with the realm's shape for them.
static bool is_arguments(Isolate *iso, JSObject *o) {
  if (o->cell.kind == KIND_ARGUMENTS) return true;
  if (o->cell.kind != KIND_OBJECT) return false;
  Shape *start = ref_get(realm_current(iso)->shape_arguments_unmapped);
  for (Shape *shape = obj_shape(iso, o); shape; shape = ref_get(shape->parent)) {
    if (shape == start) return true;
  }
  return false;
}

static String *builtin_tag_text(Isolate *iso, JSObject *o) {
  switch (o->cell.kind) {
  case KIND_ERROR: return ATOM_STRING(object_Error);
  case KIND_STRING_OBJECT: return ATOM_STRING(object_String);
  case KIND_DATE: return ATOM_STRING(object_Date);
  case KIND_REGEXP: return ATOM_STRING(object_RegExp);
  case KIND_PRIMITIVE_WRAPPER: {
    Value v = slot_get(&((JSPrimitiveWrapper *)o)->primitive);
    if (value_is_boolean(v)) return ATOM_STRING(object_Boolean);
    if (value_is_number(v)) return ATOM_STRING(object_Number);
    return ATOM_STRING(object_Object);
  }
  }
  Tri array = TRY(is_array(iso, value_from_object(o)));
  if (array == TRI_YES) return ATOM_STRING(object_Array);
  if (o->cell.flags & OBJ_CALLABLE) return ATOM_STRING(object_Function);
  return is_arguments(iso, o) ? ATOM_STRING(object_Arguments) : ATOM_STRING(object_Object);
}

static Value object_prototype_to_string(Isolate *iso, const Call *call) {
  Value v = call->this_value;
  if (value_is_undefined(v)) return value_from_cell(ATOM_STRING(object_Undefined));
  if (value_is_null(v)) return value_from_cell(ATOM_STRING(object_Null));
  JSObject *o = TRY(to_object(iso, v));
  String *builtin = TRY(builtin_tag_text(iso, o));
  Value tag = TRY(obj_get(iso, o, SYM(toStringTag)));
  if (!value_is_string(tag)) return value_from_cell(builtin);
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "[object ");
  sb_append(&sb, value_string(tag));
  sb_append_ascii(&sb, "]");
  return value_from_cell(sb_finish(&sb));
}

static Value object_prototype_get_proto(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  return obj_get_prototype_of(iso, o);
}

static Value object_prototype_set_proto(Isolate *iso, const Call *call) {
  Value proto = call_arg(call, 0);
  if (value_is_nullish(call->this_value)) return THROW(iso, CALLED_ON_NULLISH, "Object.prototype.__proto__");
  if ((!value_is_object(proto) && !value_is_null(proto)) || !value_is_object(call->this_value)) return VALUE_UNDEFINED;
  TRY(set_prototype_or_throw(iso, value_object(call->this_value), proto));
  return VALUE_UNDEFINED;
}

static Value object_prototype_define_getter(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  Value getter = call_arg(call, 1);
  if (!value_is_callable(getter)) return THROW(iso, TYPE, "Object.prototype.__defineGetter__: Expecting function");
  PropertyDescriptor desc = {
      .getter = getter, .attrs = ATTR_ENUMERABLE | ATTR_CONFIGURABLE, .has = HAS_GET | HAS_ENUMERABLE | HAS_CONFIGURABLE};
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 0)));
  TRY(define_property_or_throw(iso, o, key, &desc));
  return VALUE_UNDEFINED;
}

static Value object_prototype_define_setter(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  Value setter = call_arg(call, 1);
  if (!value_is_callable(setter)) return THROW(iso, TYPE, "Object.prototype.__defineSetter__: Expecting function");
  PropertyDescriptor desc = {
      .setter = setter, .attrs = ATTR_ENUMERABLE | ATTR_CONFIGURABLE, .has = HAS_SET | HAS_ENUMERABLE | HAS_CONFIGURABLE};
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 0)));
  TRY(define_property_or_throw(iso, o, key, &desc));
  return VALUE_UNDEFINED;
}

static Value lookup_accessor(Isolate *iso, const Call *call, bool setter) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 0)));
  for (u32 step = 1;; step++) {
    PropertyDescriptor desc;
    if (!(step & 255)) TRY(isolate_poll(iso));
    if (TRY(obj_get_own_property(iso, o, key, &desc)) == TRI_YES) {
      if (!(desc.has & (HAS_GET | HAS_SET))) return VALUE_UNDEFINED;
      Value f = setter ? desc.setter : desc.getter;
      return f ? f : VALUE_UNDEFINED;
    }
    Value proto = TRY(obj_get_prototype_of(iso, o));
    if (value_is_null(proto)) return VALUE_UNDEFINED;
    o = value_object(proto);
  }
}

static Value object_prototype_lookup_getter(Isolate *iso, const Call *call) { return lookup_accessor(iso, call, false); }

static Value object_prototype_lookup_setter(Isolate *iso, const Call *call) { return lookup_accessor(iso, call, true); }

// ---- Tables ----

static const BuiltinProperty object_properties[] = {
    METHOD(assign, object_assign, 2),
    METHOD(getOwnPropertyDescriptor, object_get_own_property_descriptor, 2),
    METHOD(getOwnPropertyDescriptors, object_get_own_property_descriptors, 1),
    METHOD(getOwnPropertyNames, object_get_own_property_names, 1),
    METHOD(getOwnPropertySymbols, object_get_own_property_symbols, 1),
    METHOD(hasOwn, object_has_own, 2),
    METHOD(is, object_is, 2),
    METHOD(preventExtensions, object_prevent_extensions, 1),
    METHOD(seal, object_seal, 1),
    METHOD(create, object_create, 2),
    METHOD(defineProperties, object_define_properties, 2),
    METHOD(defineProperty, object_define_property, 3),
    METHOD(freeze, object_freeze, 1),
    METHOD(getPrototypeOf, object_get_prototype_of, 1),
    METHOD(setPrototypeOf, object_set_prototype_of, 2),
    METHOD(isExtensible, object_is_extensible, 1),
    METHOD(isFrozen, object_is_frozen, 1),
    METHOD(isSealed, object_is_sealed, 1),
    METHOD(keys, object_keys, 1),
    METHOD(entries, object_entries, 1),
    METHOD(fromEntries, object_from_entries, 1),
    METHOD(values, object_values, 1),
    METHOD(groupBy, object_group_by, 2),
};

static const BuiltinProperty object_prototype_properties[] = {
    METHOD(__defineGetter__, object_prototype_define_getter, 2),
    METHOD(__defineSetter__, object_prototype_define_setter, 2),
    METHOD(hasOwnProperty, object_prototype_has_own_property, 1),
    METHOD(__lookupGetter__, object_prototype_lookup_getter, 1),
    METHOD(__lookupSetter__, object_prototype_lookup_setter, 1),
    METHOD(isPrototypeOf, object_prototype_is_prototype_of, 1),
    METHOD(propertyIsEnumerable, object_prototype_property_is_enumerable, 1),
    METHOD(toString, object_prototype_to_string, 0),
    METHOD(valueOf, object_prototype_value_of, 0),
    GETTER_SETTER(__proto__, object_prototype_get_proto, object_prototype_set_proto),
    METHOD(toLocaleString, object_prototype_to_locale_string, 0),
};

const BuiltinObject builtin_object = BUILTIN_CLASS(Object, object_constructor, 1, INTRINSIC_OBJECT_PROTOTYPE, object_properties);
const BuiltinObject builtin_object_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_OBJECT, INTRINSIC_NONE, object_prototype_properties);
