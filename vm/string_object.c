// SPDX-License-Identifier: MIT
// String exotic objects (ECMA-262 10.4.3): the characters of the primitive are own properties that cannot be changed, and
// so is length. Neither takes memory: both are answered from the primitive. They are made by to_object and %String%.
// Tests: tests/js/text/string-object.js, test262.
#include "vm/convert.h"
#include "vm/error.h"

static String *primitive_of(const JSObject *o) { return value_string(slot_get(&((const JSPrimitiveWrapper *)o)->primitive)); }

// StringGetOwnProperty, and length.
static Tri own_of_string(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  String *s = primitive_of(o);
  if (key == ATOM(length)) {
    *desc = (PropertyDescriptor){.value = value_from_u32(s->length), .attrs = 0, .has = HAS_ALL_DATA};
    return TRI_YES;
  }
  if (!key_is_index(key) || key_index(key) >= s->length) return TRI_NO;
  u16 unit;
  TRY(str_char_at(iso, s, key_index(key), &unit));
  String *c = TRY(str_from_char(iso, unit));
  *desc = (PropertyDescriptor){.value = value_from_cell(c), .attrs = ATTR_ENUMERABLE, .has = HAS_ALL_DATA};
  return TRI_YES;
}

static bool is_own_of_string(const JSObject *o, PropertyKey key) {
  return key == ATOM(length) || (key_is_index(key) && key_index(key) < primitive_of(o)->length);
}

static Tri string_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  if (is_own_of_string(o, key)) return own_of_string(iso, o, key, desc);
  return ordinary_get_own_property(iso, o, key, desc);
}

static Tri string_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  if (!is_own_of_string(o, key)) return ordinary_define_own_property(iso, o, key, desc);
  PropertyDescriptor own;
  Tri found = TRY(own_of_string(iso, o, key, &own));
  Tri extensible = TRY(ordinary_is_extensible(iso, o));
  return validate_and_apply_property_descriptor(iso, NULL, key, extensible == TRI_YES, desc, found, &own);
}

static Tri string_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  return is_own_of_string(o, key) ? TRI_YES : ordinary_has_property(iso, o, key);
}

static Value string_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  if (!is_own_of_string(o, key)) return ordinary_get(iso, o, key, receiver);
  PropertyDescriptor own;
  TRY(own_of_string(iso, o, key, &own));
  return own.value;
}

static Tri string_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  PropertyDescriptor own;
  Tri found = TRY(string_get_own_property(iso, o, key, &own));
  return ordinary_set_with_own_descriptor(iso, o, key, v, receiver, found, &own);
}

static Tri string_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  return is_own_of_string(o, key) ? TRI_NO : ordinary_delete(iso, o, key);
}

// Characters, then elements and names; `length` is the first of the names.
static bool string_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  u32 length = primitive_of(o)->length;
  for (u32 i = 0; i < length; i++) TRY(key_list_push(keys, key_from_index(i)));
  KeyList rest;
  key_list_init(&rest, iso);
  TRY(ordinary_own_property_keys(iso, o, &rest));
  bool told = false;
  for (u32 i = 0; i < rest.length; i++) {
    if (!told && !key_is_index(rest.data[i])) {
      TRY(key_list_push(keys, ATOM(length)));
      told = true;
    }
    TRY(key_list_push(keys, rest.data[i]));
  }
  return told || key_list_push(keys, ATOM(length));
}

const InternalMethods string_object_methods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = ordinary_prevent_extensions,
    .get_own_property = string_get_own_property,
    .define_own_property = string_define_own_property,
    .has_property = string_has_property,
    .get = string_get,
    .set = string_set,
    .delete_property = string_delete,
    .own_property_keys = string_own_property_keys,
};
