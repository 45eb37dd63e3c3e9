// SPDX-License-Identifier: MIT
// Reflect (ECMA-262 28.1).
#include "runtime/support.h"

static Value reflect_apply(Isolate *iso, const Call *call) {
  Value f = call_arg(call, 0);
  if (!value_is_callable(f)) return throw_not_a_function(iso, f);
  if (!value_is_object(call_arg(call, 2))) return THROW(iso, ARGUMENTS_NOT_OBJECT);
  JSObject *args = TRY(create_list_from_array_like(iso, call_arg(call, 2)));
  return call_function(iso, f, call_arg(call, 1), array_length(args), list_values(args));
}

static Value reflect_construct(Isolate *iso, const Call *call) {
  Value f = call_arg(call, 0), new_target = call->argc > 2 ? call->args[2] : f;
  if (!value_is_constructor(f)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, f));
  if (!value_is_constructor(new_target)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, new_target));
  if (!value_is_object(call_arg(call, 1))) return THROW(iso, ARGUMENTS_NOT_OBJECT);
  JSObject *args = TRY(create_list_from_array_like(iso, call_arg(call, 1)));
  return construct(iso, f, array_length(args), list_values(args), new_target);
}

static Value reflect_define_property(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.defineProperty"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  PropertyDescriptor desc = {0};
  TRY(to_property_descriptor(iso, call_arg(call, 2), &desc));
  return value_from_bool(TRY(obj_define_own_property(iso, o, key, &desc)) == TRI_YES);
}

static Value reflect_delete_property(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.deleteProperty"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  return value_from_bool(TRY(obj_delete_property(iso, o, key)) == TRI_YES);
}

static Value reflect_get(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.get"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  return obj_get_with_receiver(iso, o, key, call->argc > 2 ? call->args[2] : call->args[0]);
}

static Value reflect_set(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.set"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  return value_from_bool(
      TRY(obj_set_with_receiver(iso, o, key, call_arg(call, 2), call->argc > 3 ? call->args[3] : call->args[0])) == TRI_YES);
}

static Value reflect_has(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.has"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  return value_from_bool(TRY(obj_has_property(iso, o, key)) == TRI_YES);
}

static Value reflect_get_own_property_descriptor(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.getOwnPropertyDescriptor"));
  PropertyKey key = TRY(to_property_key(iso, call_arg(call, 1)));
  PropertyDescriptor desc;
  if (TRY(obj_get_own_property(iso, o, key, &desc)) == TRI_NO) return VALUE_UNDEFINED;
  return from_property_descriptor(iso, &desc);
}

static Value reflect_get_prototype_of(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.getPrototypeOf"));
  return obj_get_prototype_of(iso, o);
}

static Value reflect_set_prototype_of(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.setPrototypeOf"));
  Value proto = call_arg(call, 1);
  if (!value_is_object(proto) && !value_is_null(proto)) return THROW(iso, PROTO_OBJECT_OR_NULL, error_text_of_value(iso, proto));
  return value_from_bool(TRY(obj_set_prototype_of(iso, o, proto)) == TRI_YES);
}

static Value reflect_is_extensible(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.isExtensible"));
  return value_from_bool(TRY(obj_is_extensible(iso, o)) == TRI_YES);
}

static Value reflect_prevent_extensions(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.preventExtensions"));
  return value_from_bool(TRY(obj_prevent_extensions(iso, o)) == TRI_YES);
}

static Value reflect_own_keys(Isolate *iso, const Call *call) {
  JSObject *o = TRY(require_object(iso, call_arg(call, 0), "Reflect.ownKeys"));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  JSObject *result = TRY(array_create(iso, 0));
  for (u32 i = 0; i < keys.length; i++) {
    Value key = TRY(key_to_value(iso, keys.data[i]));
    TRY(array_push_value(iso, result, key));
  }
  return value_from_object(result);
}

static const BuiltinProperty reflect_properties[] = {
    METHOD(defineProperty, reflect_define_property, 3),
    METHOD(deleteProperty, reflect_delete_property, 2),
    METHOD_UNSEEN(apply, reflect_apply, 3),
    METHOD(construct, reflect_construct, 2),
    METHOD(get, reflect_get, 2),
    METHOD(getOwnPropertyDescriptor, reflect_get_own_property_descriptor, 2),
    METHOD(getPrototypeOf, reflect_get_prototype_of, 1),
    METHOD(has, reflect_has, 2),
    METHOD(isExtensible, reflect_is_extensible, 1),
    METHOD(ownKeys, reflect_own_keys, 1),
    METHOD(preventExtensions, reflect_prevent_extensions, 1),
    METHOD(set, reflect_set, 3),
    METHOD(setPrototypeOf, reflect_set_prototype_of, 2),
    STRING_TAG(Reflect),
};
const BuiltinObject builtin_reflect = BUILTIN_NAMESPACE(reflect_properties);
