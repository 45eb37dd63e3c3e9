// SPDX-License-Identifier: MIT
// What most files of built-ins use: the whole VM in one include, a few words more for tables, and checks of receivers.
#ifndef WEFT_RUNTIME_SUPPORT_H
#define WEFT_RUNTIME_SUPPORT_H

#include "runtime/intrinsics.h"
#include "vm/bigint.h"
#include "vm/kinds.h"
#include "vm/operators.h"

// ---- Tables ----
#define COMPUTED_PROP(name_, fn_, attrs_) \
  { .key = ATOM_##name_, .kind = BUILTIN_COMPUTED_PROPERTY, .attrs = attrs_, .fn = fn_ }
#define GETTER_SETTER_SYM(sym_, get_, set_) \
  { .key = KEY_SYM(sym_), .kind = BUILTIN_ACCESSOR_PROPERTY, .attrs = ATTR_CONFIGURABLE, .fn = get_, .fn2 = set_ }
#define BUILTIN_CLASS_FLAGS(name_, fn_, length_, prototype_, flags_, table) \
  { \
    .kind = BUILTIN_CONSTRUCTOR, .heap_kind = KIND_NATIVE_FUNCTION, .length = length_, .name = ATOM_##name_, \
    .parent = INTRINSIC_FUNCTION_PROTOTYPE, .prototype = prototype_, .constructor = INTRINSIC_NONE, .native_flags = flags_, \
    .fn = fn_, BUILTIN_PROPERTIES(table) \
  }
// An object like Math or Reflect.
#define BUILTIN_NAMESPACE(table) \
  { \
    .kind = BUILTIN_PLAIN, .heap_kind = KIND_OBJECT, .parent = INTRINSIC_OBJECT_PROTOTYPE, .prototype = INTRINSIC_NONE, \
    .constructor = INTRINSIC_NONE, BUILTIN_PROPERTIES(table) \
  }
// A prototype below another object than Object.prototype.
#define BUILTIN_PROTOTYPE_BELOW(constructor_, parent_, table) \
  { \
    .kind = BUILTIN_PLAIN, .heap_kind = KIND_OBJECT, .parent = parent_, .prototype = INTRINSIC_NONE, .constructor = constructor_, \
    BUILTIN_PROPERTIES(table) \
  }
// A function that is an intrinsic of its own.
#define BUILTIN_FUNCTION_OBJECT(name_, fn_, length_) \
  { \
    .kind = BUILTIN_FUNCTION, .heap_kind = KIND_NATIVE_FUNCTION, .length = length_, .name = ATOM_##name_, \
    .parent = INTRINSIC_FUNCTION_PROTOTYPE, .prototype = INTRINSIC_NONE, .constructor = INTRINSIC_NONE, .fn = fn_ \
  }

// ---- Errors ----
// "Method Map.prototype.get called on incompatible receiver #<Object>"
static inline void *throw_incompatible(Isolate *iso, const char *method, Value receiver) {
  return THROW(iso, INCOMPATIBLE_RECEIVER, method, error_text_of_value(iso, receiver));
}
static inline void *throw_not_a_function(Isolate *iso, Value v) { return THROW(iso, NOT_A_FUNCTION, error_text_of_value(iso, v)); }
// TypeError "<method> called on non-object" unless v is an object.
static inline JSObject *require_object(Isolate *iso, Value v, const char *method) {
  if (LIKELY(value_is_object(v))) return value_object(v);
  return THROW(iso, CALLED_ON_NON_OBJECT, method);
}

// ---- Little things ----
// The dense elements of an engine array, as a list of values.
static inline const Value *list_values(const JSObject *array) { return (const Value *)(const void *)array->bf; }
static inline Value list_get(const JSObject *array, u32 i) { return slot_get(&array->bf[i]); }
// Overwrites an element of an engine array.
static inline void list_set(Isolate *iso, JSObject *array, u32 i, Value v) { slot_set(iso, array, &array->bf[i], v); }
static inline void native_set_data(Isolate *iso, JSNativeFunction *f, u32 i, Value v) { slot_set(iso, f, &f->data[i], v); }
// A closure without a name, as most abstract closures of the specification are.
static inline JSNativeFunction *closure_new(Isolate *iso, NativeFn fn, u32 length, u32 data_count) {
  return native_function_new(iso, fn, ATOM(empty), length, data_count);
}

#endif
