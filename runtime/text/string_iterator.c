// SPDX-License-Identifier: MIT
// String.prototype[Symbol.iterator] and %StringIteratorPrototype% (ECMA-262 22.1.5): code points of a text. How they step is vm/iterators.c.
// Tests: tests/js/text/string_iterator.js
#include "runtime/text/string_internal.h"

Value string_iterator(Isolate *iso, const Call *call) {
  String *s = TRY(this_flat_string(iso, call, "String.prototype[Symbol.iterator]"));
  JSStringIterator *it =
      TRY((JSStringIterator *)obj_new_kind(iso, KIND_STRING_ITERATOR, intrinsic(iso, INTRINSIC_STRING_ITERATOR_PROTOTYPE)));
  ref_set(iso, it, &it->string, s);
  return value_from_object(it);
}

static const BuiltinProperty string_iterator_prototype_properties[] = {
    METHOD(next, string_iterator_next, 0),
    {.key = KEY_SYM(toStringTag), .kind = BUILTIN_STRING_PROPERTY, .attrs = ATTR_CONFIGURABLE, .number = ATOM_String_Iterator},
};
const BuiltinObject builtin_string_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, string_iterator_prototype_properties);
