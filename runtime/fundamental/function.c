// SPDX-License-Identifier: MIT
// Function and Function.prototype (ECMA-262 20.2), %ThrowTypeError%.
// Tests: tests/js/fundamental/function*.js
#include "runtime/fundamental/function.h"
#include "runtime/support.h"

// ---- CreateDynamicFunction ----

static String *join_parameters(Isolate *iso, const Call *call) {
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i + 1 < call->argc; i++) {
    if (i) sb_append_ascii(&sb, ",");
    String *s = TRY(to_string(iso, call->args[i]));
    sb_append(&sb, s);
  }
  return sb_finish(&sb);
}

typedef struct DynamicKind {
  const char *prefix;
  u32 prototype;
  u32 code_flags;
} DynamicKind;

static DynamicKind dynamic_kind(u32 code_flags) {
  switch (code_flags & (CODE_GENERATOR | CODE_ASYNC)) {
  case CODE_GENERATOR: return (DynamicKind){"function*", INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE, CODE_GENERATOR};
  case CODE_ASYNC: return (DynamicKind){"async function", INTRINSIC_ASYNC_FUNCTION_PROTOTYPE, CODE_ASYNC};
  case CODE_GENERATOR | CODE_ASYNC:
    return (DynamicKind){"async function*", INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE, CODE_GENERATOR | CODE_ASYNC};
  default: return (DynamicKind){"function", INTRINSIC_FUNCTION_PROTOTYPE, CODE_CONSTRUCTOR};
  }
}

Value create_dynamic_function(Isolate *iso, const Call *call, u32 code_flags) {
  DynamicKind kind = dynamic_kind(code_flags);
  String *params = TRY(join_parameters(iso, call));
  String *body = ATOM_STRING(empty);
  if (call->argc) body = TRY(to_string(iso, call->args[call->argc - 1]));
  CodeBlock *block = TRY(iso->hooks->compile_function(iso, params, body, kind.code_flags, kind.prefix));
  Code *code = code_new(iso, realm_current(iso), block, get_active_script_or_module(iso));
  code_block_release(block);
  if (!code) return VALUE_FAIL;
  JSFunction *f = TRY(function_new(iso, code, NULL));
  if (call_is_construct(call) && call->new_target != call->callee) {
    Value proto = TRY(get_prototype_from_constructor(iso, call->new_target, kind.prototype));
    TRY(obj_set_prototype_of(iso, &f->object, proto));
  }
  return value_from_object(f);
}

static Value function_constructor(Isolate *iso, const Call *call) { return create_dynamic_function(iso, call, 0); }

// ---- Function.prototype ----

static Value function_prototype_call_itself(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  return VALUE_UNDEFINED;
}

// `length` of the bound function: what is left of the target's.
static bool bound_length(Isolate *iso, JSObject *target, u32 bound, double *length) {
  *length = 0;
  if (TRY(has_own_property(iso, target, ATOM(length))) == TRI_NO) return true;
  Value v = TRY(obj_get(iso, target, ATOM(length)));
  if (!value_is_number(v)) return true;
  double d;
  TRY(to_integer_or_infinity(iso, v, &d));
  d -= bound;
  *length = d > 0 ? d : 0;
  return true;
}

static Value function_bind(Isolate *iso, const Call *call) {
  if (!value_is_callable(call->this_value)) return THROW(iso, BIND_NON_FUNCTION);
  JSObject *target = value_object(call->this_value);
  u32 argc = call->argc ? call->argc - 1 : 0;
  JSBoundFunction *f = TRY(bound_function_create(iso, target, call_arg(call, 0), argc, argc ? call->args + 1 : NULL));
  double length;
  TRY(bound_length(iso, target, argc, &length));
  Value name = TRY(obj_get(iso, target, ATOM(name)));
  String *text = value_is_string(name) ? value_string(name) : ATOM_STRING(empty);
  text = TRY(str_concat(iso, ATOM_STRING(bound_prefix), text));
  obj_put_direct(iso, &f->object, ATOM(length), value_from_double(length), ATTR_CONFIGURABLE);
  obj_put_direct(iso, &f->object, ATOM(name), value_from_cell(text), ATTR_CONFIGURABLE);
  return value_from_object(f);
}

static Value function_prototype_to_string(Isolate *iso, const Call *call) {
  if (value_is_callable(call->this_value)) return value_from_cell(function_to_string(iso, value_object(call->this_value)));
  return THROW(iso, RECEIVER_TYPE, "Function.prototype.toString", "Function");
}

// ---- %ThrowTypeError% ----

// As accessor of Function.prototype it lets old code ask a sloppy function for `caller` and `arguments`: V8 gives those functions
// properties of their own. undefined says that they are not supported, as old code that asks expects.
static Value throw_type_error(Isolate *iso, const Call *call) {
  if (value_is_kind(call->this_value, KIND_FUNCTION)) {
    u32 flags = ref_get(((JSFunction *)value_object(call->this_value))->code)->flags;
    if ((flags & (CODE_STRICT | CODE_CONSTRUCTOR | CODE_CLASS_CONSTRUCTOR)) == CODE_CONSTRUCTOR) return VALUE_UNDEFINED;
  }
  return THROW(iso, RESTRICTED_FUNCTION);
}

// Not extensible, and its length and name cannot be changed.
static bool throw_type_error_finish(Isolate *iso, Realm *realm, JSObject *object) {
  (void)realm;
  return set_integrity_level(iso, object, INTEGRITY_FROZEN) == TRI_YES;
}

static bool function_prototype_finish(Isolate *iso, Realm *realm, JSObject *object) {
  Value thrower = value_from_object(realm_intrinsic(iso, realm, INTRINSIC_THROW_TYPE_ERROR));
  obj_put_accessor_direct(iso, object, ATOM(arguments), thrower, thrower, ATTR_CONFIGURABLE);
  obj_put_accessor_direct(iso, object, ATOM(caller), thrower, thrower, ATTR_CONFIGURABLE);
  return true;
}

// ---- Tables ----

static const BuiltinProperty function_prototype_properties[] = {
    METHOD_UNSEEN(apply, function_apply, 2),
    METHOD(bind, function_bind, 1),
    METHOD_UNSEEN(call, function_call, 1),
    METHOD(toString, function_prototype_to_string, 0),
    METHOD_SYM_ATTRS(hasInstance, function_has_instance, 1, 0),
};

const BuiltinObject builtin_function = {
    .kind = BUILTIN_CONSTRUCTOR,
    .heap_kind = KIND_NATIVE_FUNCTION,
    .length = 1,
    .name = ATOM_Function,
    .parent = INTRINSIC_FUNCTION_PROTOTYPE,
    .prototype = INTRINSIC_FUNCTION_PROTOTYPE,
    .constructor = INTRINSIC_NONE,
    .native_flags = NATIVE_CONSTRUCTOR,
    .fn = function_constructor,
};
const BuiltinObject builtin_function_prototype = {
    .kind = BUILTIN_FUNCTION,
    .heap_kind = KIND_NATIVE_FUNCTION,
    .length = 0,
    .name = ATOM_empty,
    .parent = INTRINSIC_OBJECT_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_FUNCTION,
    .fn = function_prototype_call_itself,
    BUILTIN_PROPERTIES(function_prototype_properties),
    .finish = function_prototype_finish,
};
const BuiltinObject builtin_throw_type_error = {
    .kind = BUILTIN_FUNCTION,
    .heap_kind = KIND_NATIVE_FUNCTION,
    .length = 0,
    .name = ATOM_empty,
    .parent = INTRINSIC_FUNCTION_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_NONE,
    .fn = throw_type_error,
    .finish = throw_type_error_finish,
};
