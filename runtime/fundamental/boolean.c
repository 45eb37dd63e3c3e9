// SPDX-License-Identifier: MIT
// Boolean and Boolean.prototype (ECMA-262 20.3).
#include "runtime/support.h"

static Value boolean_constructor(Isolate *iso, const Call *call) {
  Value b = value_from_bool(to_boolean(iso, call_arg(call, 0)));
  if (!call_is_construct(call)) return b;
  JSPrimitiveWrapper *w =
      TRY(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_BOOLEAN_PROTOTYPE, KIND_PRIMITIVE_WRAPPER));
  slot_set(iso, w, &w->primitive, b);
  return value_from_object(w);
}

static Value this_boolean_value(Isolate *iso, Value v, const char *method) {
  if (value_is_boolean(v)) return v;
  if (value_is_kind(v, KIND_PRIMITIVE_WRAPPER)) {
    Value b = slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
    if (value_is_boolean(b)) return b;
  }
  return THROW(iso, RECEIVER_TYPE, method, "Boolean");
}

static Value boolean_to_string(Isolate *iso, const Call *call) {
  Value b = TRY(this_boolean_value(iso, call->this_value, "Boolean.prototype.toString"));
  return value_from_cell(b == VALUE_TRUE ? ATOM_STRING(true) : ATOM_STRING(false));
}

static Value boolean_value_of(Isolate *iso, const Call *call) {
  return this_boolean_value(iso, call->this_value, "Boolean.prototype.valueOf");
}

// Boolean.prototype is itself a Boolean object with the value false.
static bool boolean_prototype_finish(Isolate *iso, Realm *realm, JSObject *object) {
  (void)realm;
  slot_set(iso, object, &((JSPrimitiveWrapper *)object)->primitive, VALUE_FALSE);
  return true;
}

static const BuiltinProperty boolean_prototype_properties[] = {
    METHOD(toString, boolean_to_string, 0),
    METHOD(valueOf, boolean_value_of, 0),
};

const BuiltinObject builtin_boolean = {
    .kind = BUILTIN_CONSTRUCTOR,
    .heap_kind = KIND_NATIVE_FUNCTION,
    .length = 1,
    .name = ATOM_Boolean,
    .parent = INTRINSIC_FUNCTION_PROTOTYPE,
    .prototype = INTRINSIC_BOOLEAN_PROTOTYPE,
    .constructor = INTRINSIC_NONE,
    .native_flags = NATIVE_CONSTRUCTOR,
    .fn = boolean_constructor,
};
const BuiltinObject builtin_boolean_prototype = {
    .kind = BUILTIN_OTHER,
    .heap_kind = KIND_PRIMITIVE_WRAPPER,
    .parent = INTRINSIC_OBJECT_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_BOOLEAN,
    BUILTIN_PROPERTIES(boolean_prototype_properties),
    .finish = boolean_prototype_finish,
};
