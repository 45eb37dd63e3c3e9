// SPDX-License-Identifier: MIT
// The second argument of import() as EvaluateImportCall reads it (13.3.10.2), for every host.
#include "node/import_attributes.h"

#include "runtime/support.h"

bool import_attributes(Isolate *iso, Value options, Value *attributes) {
  *attributes = VALUE_UNDEFINED;
  if (value_is_undefined(options)) return true;
  if (!value_is_object(options)) {
    return THROW(iso, TYPE, "The second argument to import() must be an object");
  }
  PropertyKey with = TRY(key_from_cstring(iso, "with"));
  Value object = TRY(obj_get(iso, value_object(options), with));
  if (value_is_undefined(object)) return true;
  if (!value_is_object(object)) return THROW(iso, TYPE, "The 'options' argument of import() must be an object");
  Value entries = TRY(enumerable_own_properties(iso, value_object(object), ENUMERATE_ENTRIES));
  JSObject *list = value_object(entries), *out = TRY(array_create(iso, 0));
  for (u32 i = 0; i < array_length(list); i++) {
    JSObject *pair = value_object(list_get(list, i));
    Value key = list_get(pair, 0), value = list_get(pair, 1);
    if (!value_is_string(value)) return THROW(iso, TYPE, "Import attribute value must be a string");
    TRY(array_push_value(iso, out, key));
    TRY(array_push_value(iso, out, value));
  }
  if (array_length(out)) *attributes = value_from_object(out);
  return true;
}

bool import_attribute_type(Isolate *iso, Value attributes, const char **type) {
  *type = "";
  if (value_is_undefined(attributes)) return true;
  JSObject *list = value_object(attributes);
  for (u32 i = 0; i + 1 < array_length(list); i += 2) {
    String *key = TRY(str_flatten(iso, value_string(list_get(list, i))));
    if (!str_equals_ascii(key, "type")) {
      return THROW(iso, TYPE, "Import attribute is not supported"); // a host may not ignore what it does not know
    }
    *type = error_text_of_string(iso, value_string(list_get(list, i + 1)));
  }
  return true;
}
