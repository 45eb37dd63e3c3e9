// SPDX-License-Identifier: MIT
// Prototypes of generators and async generators, and the constructors of their functions and of async functions (ECMA-262 27.3 to
// 27.7). How they run is vm/generator.h.
#include "runtime/fundamental/function.h"
#include "runtime/support.h"
#include "vm/generator.h"

// ---- Constructors of functions ----

static Value generator_function_constructor(Isolate *iso, const Call *call) {
  return create_dynamic_function(iso, call, CODE_GENERATOR);
}
static Value async_function_constructor(Isolate *iso, const Call *call) { return create_dynamic_function(iso, call, CODE_ASYNC); }
static Value async_generator_function_constructor(Isolate *iso, const Call *call) {
  return create_dynamic_function(iso, call, CODE_GENERATOR | CODE_ASYNC);
}

// ---- Methods; magic: enum ResumeMode ----

static Value generator_resume_method(Isolate *iso, const Call *call) {
  return generator_method(iso, call->this_value, native_magic(call), call_arg(call, 0));
}
static Value async_generator_resume_method(Isolate *iso, const Call *call) {
  return async_generator_method(iso, call->this_value, native_magic(call), call_arg(call, 0));
}

static const BuiltinProperty generator_prototype_properties[] = {
    INTRINSIC_PROP(constructor, GENERATOR_FUNCTION_PROTOTYPE, ATTR_CONFIGURABLE),
    METHOD(next, generator_prototype_next, 1),
    METHOD_MAGIC(return, generator_resume_method, 1, RESUME_RETURN),
    METHOD_MAGIC(throw, generator_resume_method, 1, RESUME_THROW),
    STRING_TAG(Generator),
};
static const BuiltinProperty async_generator_prototype_properties[] = {
    INTRINSIC_PROP(constructor, ASYNC_GENERATOR_FUNCTION_PROTOTYPE, ATTR_CONFIGURABLE),
    METHOD_MAGIC(next, async_generator_resume_method, 1, RESUME_NEXT),
    METHOD_MAGIC(return, async_generator_resume_method, 1, RESUME_RETURN),
    METHOD_MAGIC(throw, async_generator_resume_method, 1, RESUME_THROW),
    STRING_TAG(AsyncGenerator),
};
static const BuiltinProperty generator_function_prototype_properties[] = {
    INTRINSIC_PROP(constructor, GENERATOR_FUNCTION, ATTR_CONFIGURABLE),
    INTRINSIC_PROP(prototype, GENERATOR_PROTOTYPE, ATTR_CONFIGURABLE),
    STRING_TAG(GeneratorFunction),
};
static const BuiltinProperty async_function_prototype_properties[] = {
    INTRINSIC_PROP(constructor, ASYNC_FUNCTION, ATTR_CONFIGURABLE),
    STRING_TAG(AsyncFunction),
};
static const BuiltinProperty async_generator_function_prototype_properties[] = {
    INTRINSIC_PROP(constructor, ASYNC_GENERATOR_FUNCTION, ATTR_CONFIGURABLE),
    INTRINSIC_PROP(prototype, ASYNC_GENERATOR_PROTOTYPE, ATTR_CONFIGURABLE),
    STRING_TAG(AsyncGeneratorFunction),
};

#define FUNCTION_SUBCLASS(Name_, NAME_, fn_) \
  { \
    .kind = BUILTIN_CONSTRUCTOR, .heap_kind = KIND_NATIVE_FUNCTION, .length = 1, .name = ATOM_##Name_, \
    .parent = INTRINSIC_FUNCTION, .prototype = INTRINSIC_##NAME_##_PROTOTYPE, .constructor = INTRINSIC_NONE, \
    .native_flags = NATIVE_CONSTRUCTOR, .fn = fn_, \
  }
const BuiltinObject builtin_generator_function =
    FUNCTION_SUBCLASS(GeneratorFunction, GENERATOR_FUNCTION, generator_function_constructor);
const BuiltinObject builtin_async_function = FUNCTION_SUBCLASS(AsyncFunction, ASYNC_FUNCTION, async_function_constructor);
const BuiltinObject builtin_async_generator_function =
    FUNCTION_SUBCLASS(AsyncGeneratorFunction, ASYNC_GENERATOR_FUNCTION, async_generator_function_constructor);
const BuiltinObject builtin_generator_function_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_FUNCTION_PROTOTYPE, generator_function_prototype_properties);
const BuiltinObject builtin_async_function_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_FUNCTION_PROTOTYPE, async_function_prototype_properties);
const BuiltinObject builtin_async_generator_function_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_FUNCTION_PROTOTYPE, async_generator_function_prototype_properties);
const BuiltinObject builtin_generator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, generator_prototype_properties);
const BuiltinObject builtin_async_generator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ASYNC_ITERATOR_PROTOTYPE, async_generator_prototype_properties);
