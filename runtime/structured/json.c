// SPDX-License-Identifier: MIT
// JSON (ECMA-262 25.5): the object, revivers with source text access, raw JSON.
// Tests: tests/js/structured/json*.js
#include "runtime/structured/json_internal.h"

// ---- Reviver ----

typedef struct Revival {
  Isolate *iso;
  Value reviver;
} Revival;

static Value internalize(Revival *r, JSObject *holder, PropertyKey key, ValueArray *record);

static bool internalize_member(Revival *r, JSObject *o, PropertyKey key, ValueArray *record) {
  Value v = TRY(internalize(r, o, key, record));
  if (value_is_undefined(v)) return obj_delete_property(r->iso, o, key);
  return create_data_property(r->iso, o, key, v);
}

static bool internalize_elements(Revival *r, JSObject *a, ValueArray *record) {
  u64 length;
  TRY(length_of_array_like(r->iso, a, &length));
  u64 known = record && value_is_int(slot_get(&record->values[1])) ? (u64)value_int(slot_get(&record->values[1])) : 0;
  for (u64 i = 0; i < length; i++) {
    PropertyKey key = TRY(key_from_u64(r->iso, i));
    TRY(internalize_member(r, a, key, i < known ? (ValueArray *)value_cell(slot_get(&record->values[i + 2])) : NULL));
  }
  return true;
}

static bool internalize_members(Revival *r, JSObject *o, ValueArray *record) {
  Value keys = TRY(enumerable_own_properties(r->iso, o, ENUMERATE_KEYS));
  JSObject *known = record && value_is_object(slot_get(&record->values[1])) ? value_object(slot_get(&record->values[1])) : NULL;
  u32 count = array_length(value_object(keys));
  for (u32 i = 0; i < count; i++) {
    PropertyKey key = TRY(key_from_string(r->iso, value_string(list_get(value_object(keys), i))));
    ValueArray *member = NULL;
    PropertyDescriptor desc;
    if (known && TRY(obj_get_own_property(r->iso, known, key, &desc)) == TRI_YES) member = (ValueArray *)value_cell(desc.value);
    TRY(internalize_member(r, o, key, member));
  }
  return true;
}

// InternalizeJSONProperty. A record that no longer describes the value is not used.
static Value internalize(Revival *r, JSObject *holder, PropertyKey key, ValueArray *record) {
  Isolate *iso = r->iso;
  TRY(check_c_stack(iso));
  TRY(isolate_poll(iso));
  Value v = TRY(obj_get(iso, holder, key));
  JSObject *context = TRY(obj_new_plain(iso));
  if (record && TRY(same_value(iso, slot_get(&record->values[0]), v)) == TRI_NO) record = NULL;
  if (value_is_object(v)) {
    Tri array = TRY(is_array(iso, v));
    if (array == TRI_YES) TRY(internalize_elements(r, value_object(v), record));
    else TRY(internalize_members(r, value_object(v), record));
  } else if (record) {
    TRY(create_data_property(iso, context, ATOM(source), slot_get(&record->values[1])));
  }
  Value name = TRY(key_to_value(iso, key));
  return CALL3(iso, r->reviver, value_from_object(holder), name, v, value_from_object(context));
}

static Value json_parse(Isolate *iso, const Call *call) {
  String *text = TRY(to_string(iso, call_arg(call, 0)));
  text = TRY(str_flatten(iso, text));
  Value reviver = call_arg(call, 1);
  if (!value_is_callable(reviver)) return json_parse_text(iso, text, NULL);
  ValueArray *record;
  Value v = TRY(json_parse_text(iso, text, &record));
  JSObject *root = TRY(obj_new_plain(iso));
  TRY(create_data_property(iso, root, ATOM(empty), v));
  Revival revival = {iso, reviver};
  return internalize(&revival, root, ATOM(empty), record);
}

// ---- Raw JSON ----

static bool is_json_space(u16 c) { return c == '\t' || c == '\n' || c == '\r' || c == ' '; }

static Value json_raw_json(Isolate *iso, const Call *call) {
  String *text = TRY(to_string(iso, call_arg(call, 0)));
  text = TRY(str_flatten(iso, text));
  if (!text->length || is_json_space(str_char_at_flat(text, 0)) || is_json_space(str_char_at_flat(text, text->length - 1))) {
    return THROW(iso, SYNTAX, "Invalid value for JSON.rawJSON");
  }
  u16 first = str_char_at_flat(text, 0);
  if (first == '{' || first == '[') return THROW(iso, SYNTAX, "Invalid value for JSON.rawJSON");
  TRY(json_parse_text(iso, text, NULL));
  JSObject *raw = TRY(obj_new_kind(iso, KIND_RAW_JSON, VALUE_NULL));
  TRY(create_data_property(iso, raw, ATOM(rawJSON), value_from_cell(text)));
  TRY(set_integrity_level(iso, raw, INTEGRITY_FROZEN));
  return value_from_object(raw);
}

static Value json_is_raw_json(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(value_is_kind(call_arg(call, 0), KIND_RAW_JSON));
}

static const BuiltinProperty json_properties[] = {
    METHOD(parse, json_parse, 2),
    METHOD(stringify, json_stringify, 3),
    METHOD(rawJSON, json_raw_json, 1),
    METHOD(isRawJSON, json_is_raw_json, 1),
    STRING_TAG(JSON),
};
const BuiltinObject builtin_json = BUILTIN_NAMESPACE(json_properties);
