// SPDX-License-Identifier: MIT
// WeakRef and WeakRef.prototype (ECMA-262 26.1).
// Tests: tests/js/memory/weak_ref.js
#include "runtime/support.h"

static Value weak_ref_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "WeakRef");
  Value target = call_arg(call, 0);
  if (!can_be_held_weakly(target)) return THROW(iso, WEAK_REF_TARGET);
  JSWeakRef *ref =
      TRY((JSWeakRef *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_WEAK_REF_PROTOTYPE, KIND_WEAK_REF));
  weak_ref_set_target(iso, ref, target);
  return value_from_object(ref);
}

static Value weak_ref_deref_method(Isolate *iso, const Call *call) {
  if (!value_is_kind(call->this_value, KIND_WEAK_REF)) return throw_incompatible(iso, "WeakRef.prototype.deref", call->this_value);
  return weak_ref_deref(iso, (JSWeakRef *)value_object(call->this_value));
}

static const BuiltinProperty weak_ref_properties[0];
static const BuiltinProperty weak_ref_prototype_properties[] = {
    METHOD(deref, weak_ref_deref_method, 0),
    STRING_TAG(WeakRef),
};

const BuiltinObject builtin_weak_ref =
    BUILTIN_CLASS(WeakRef, weak_ref_constructor, 1, INTRINSIC_WEAK_REF_PROTOTYPE, weak_ref_properties);
const BuiltinObject builtin_weak_ref_prototype = BUILTIN_PROTOTYPE(INTRINSIC_WEAK_REF, weak_ref_prototype_properties);
