// SPDX-License-Identifier: MIT
// Making array iterators (ECMA-262 23.1.5), of arrays, typed arrays and anything array-like. How they step is vm/iterators.c.
// Tests: tests/js/indexed/array_iterator.js
#include "runtime/indexed/array_internal.h"
#include "runtime/indexed/typed_array.h"

JSObject *create_array_iterator(Isolate *iso, JSObject *target, u32 what) {
  JSArrayIterator *it =
      TRY((JSArrayIterator *)obj_new_kind(iso, KIND_ARRAY_ITERATOR, intrinsic(iso, INTRINSIC_ARRAY_ITERATOR_PROTOTYPE)));
  slot_set(iso, it, &it->target, value_from_object(target));
  it->what = what;
  return &it->object;
}

static Value iterator_over_this(Isolate *iso, const Call *call, u32 what) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  return value_from_object(create_array_iterator(iso, o, what));
}

Value array_values(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_VALUES); }
Value array_keys(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_KEYS); }
Value array_entries(Isolate *iso, const Call *call) { return iterator_over_this(iso, call, ENUMERATE_ENTRIES); }

static const BuiltinProperty array_iterator_prototype_properties[] = {
    METHOD(next, array_iterator_next, 0),
    {.key = KEY_SYM(toStringTag), .kind = BUILTIN_STRING_PROPERTY, .attrs = ATTR_CONFIGURABLE, .number = ATOM_Array_Iterator},
};
const BuiltinObject builtin_array_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, array_iterator_prototype_properties);
