// SPDX-License-Identifier: MIT
// String.prototype[Symbol.iterator] and %StringIteratorPrototype% (ECMA-262 22.1.5): code points of a text.
// Tests: tests/js/text/string_iterator.js
#include "runtime/text/string_internal.h"

Value string_iterator(Isolate *iso, const Call *call) {
  String *s = TRY(this_flat_string(iso, call, "String.prototype[Symbol.iterator]"));
  JSStringIterator *it = TRY((JSStringIterator *)obj_new_kind(iso, KIND_STRING_ITERATOR, intrinsic(iso, INTRINSIC_STRING_ITERATOR_PROTOTYPE)));
  ref_set(iso, it, &it->string, s);
  return value_from_object(it);
}

static Value string_iterator_next(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_STRING_ITERATOR)) {
    return throw_incompatible(iso, "String Iterator.prototype.next", call->this_value);
  }
  JSStringIterator *it = (JSStringIterator *)value_object(call->this_value);
  String *s = ref_get(it->string);
  if (!s || it->position >= s->length) {
    ref_set(iso, it, &it->string, NULL);
    return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  }
  u32 units;
  u32 cp = str_code_point_at_flat(s, it->position, &units);
  it->position += units;
  String *text = TRY(str_from_code_point(iso, cp));
  return value_from_object(create_iter_result(iso, value_from_cell(text), false));
}

static const BuiltinProperty string_iterator_prototype_properties[] = {
  METHOD(next, string_iterator_next, 0),
  {.key = KEY_SYM(toStringTag), .kind = BUILTIN_STRING_PROPERTY, .attrs = ATTR_CONFIGURABLE, .number = ATOM_String_Iterator},
};
const BuiltinObject builtin_string_iterator_prototype =
  BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, string_iterator_prototype_properties);
