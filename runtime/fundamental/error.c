// SPDX-License-Identifier: MIT
// Error, the native errors, AggregateError and SuppressedError (ECMA-262 20.5), and V8's stack trace API. Frames are captured
// and formatted by vm/error.h.
// Tests: tests/js/fundamental/error*.js
#include "runtime/support.h"

// ---- Constructors ----

static bool install_message(Isolate *iso, JSObject *error, Value message) {
  if (value_is_undefined(message)) return true;
  String *text = TRY(to_string(iso, message));
  obj_put_direct(iso, error, ATOM(message), value_from_cell(text), ATTR_METHOD);
  return true;
}

static bool install_error_cause(Isolate *iso, JSObject *error, Value options) {
  if (!value_is_object(options)) return true;
  if (TRY(obj_has_property(iso, value_object(options), ATOM(cause))) == TRI_NO) return true;
  Value cause = TRY(obj_get(iso, value_object(options), ATOM(cause)));
  obj_put_direct(iso, error, ATOM(cause), cause, ATTR_METHOD);
  return true;
}

static JSObject *error_allocate(Isolate *iso, const Call *call, u32 prototype) {
  Value new_target = call_is_construct(call) ? call->new_target : call->callee;
  return ordinary_create_from_constructor(iso, new_target, prototype, KIND_ERROR);
}

// Frames above the outermost constructor of the error are no news.
static bool capture_stack(Isolate *iso, const Call *call, JSObject *error) {
  Value skip = call_is_construct(call) ? call->new_target : call->callee;
  return error_capture_stack(iso, error, value_is_kind(skip, KIND_PROXY) ? VALUE_UNDEFINED : skip);
}

static Value error_constructor(Isolate *iso, const Call *call) { // magic: the prototype's intrinsic
  JSObject *error = TRY(error_allocate(iso, call, native_magic(call)));
  TRY(capture_stack(iso, call, error)); // first, so that `stack` is the first property; it is formatted when read
  TRY(install_message(iso, error, call_arg(call, 0)));
  TRY(install_error_cause(iso, error, call_arg(call, 1)));
  return value_from_object(error);
}

static Value aggregate_error_constructor(Isolate *iso, const Call *call) {
  JSObject *error = TRY(error_allocate(iso, call, INTRINSIC_AGGREGATE_ERROR_PROTOTYPE));
  TRY(capture_stack(iso, call, error)); // first, so that `stack` is the first property; it is formatted when read
  TRY(install_message(iso, error, call_arg(call, 1)));
  TRY(install_error_cause(iso, error, call_arg(call, 2)));
  JSObject *errors = TRY(iterable_to_list(iso, call_arg(call, 0), VALUE_EMPTY));
  obj_put_direct(iso, error, ATOM(errors), value_from_object(errors), ATTR_METHOD);
  return value_from_object(error);
}

static Value suppressed_error_constructor(Isolate *iso, const Call *call) {
  JSObject *error = TRY(error_allocate(iso, call, INTRINSIC_SUPPRESSED_ERROR_PROTOTYPE));
  TRY(capture_stack(iso, call, error)); // first, so that `stack` is the first property; it is formatted when read
  TRY(install_message(iso, error, call_arg(call, 2)));
  obj_put_direct(iso, error, ATOM(error), call_arg(call, 0), ATTR_METHOD);
  obj_put_direct(iso, error, ATOM(suppressed), call_arg(call, 1), ATTR_METHOD);
  return value_from_object(error);
}

static Value error_is_error(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(value_is_kind(call_arg(call, 0), KIND_ERROR));
}

static Value error_capture_stack_trace(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return THROW(iso, TYPE, "Invalid argument");
  Value skip = call_arg(call, 1);
  TRY(error_capture_stack(iso, value_object(v), value_is_callable(skip) ? skip : call->callee));
  return VALUE_UNDEFINED;
}

// ---- Error.prototype ----

static String *text_property(Isolate *iso, JSObject *o, PropertyKey key, String *when_undefined) {
  Value v = TRY(obj_get(iso, o, key));
  return value_is_undefined(v) ? when_undefined : to_string(iso, v);
}

static Value error_to_string(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return throw_incompatible(iso, "Error.prototype.toString", call->this_value);
  JSObject *o = value_object(call->this_value);
  String *name = TRY(text_property(iso, o, ATOM(name), ATOM_STRING(Error)));
  String *message = TRY(text_property(iso, o, ATOM(message), ATOM_STRING(empty)));
  if (!name->length) return value_from_cell(message);
  if (!message->length) return value_from_cell(name);
  return value_from_cell(str_concat3(iso, name, ATOM_STRING(error_colon), message));
}

// ---- Tables ----

static const BuiltinProperty error_properties[] = {
    METHOD(captureStackTrace, error_capture_stack_trace, 2),
    METHOD(isError, error_is_error, 1),
    CONST_PROP_INT(stackTraceLimit, 10, ATTR_ALL),
};

static const BuiltinProperty error_prototype_properties[] = {
    CONST_PROP_STRING(name, Error, ATTR_METHOD),
    CONST_PROP_STRING(message, empty, ATTR_METHOD),
    METHOD(toString, error_to_string, 0),
};

#define ERROR_PROTOTYPE_PROPERTIES(name_, Name_) \
  static const BuiltinProperty name_##_prototype_properties[] = { \
      CONST_PROP_STRING(name, Name_, ATTR_METHOD), \
      CONST_PROP_STRING(message, empty, ATTR_METHOD), \
  };

#define ERROR_CONSTRUCTOR(Name_, NAME_, parent_, fn_, length_) \
  { \
    .kind = BUILTIN_CONSTRUCTOR, .heap_kind = KIND_NATIVE_FUNCTION, .length = length_, .name = ATOM_##Name_, .parent = parent_, \
    .prototype = INTRINSIC_##NAME_##_PROTOTYPE, .constructor = INTRINSIC_NONE, .native_flags = NATIVE_CONSTRUCTOR, \
    .magic = INTRINSIC_##NAME_##_PROTOTYPE, .fn = fn_, \
  }

#define ERROR_CLASS(name_, Name_, NAME_, fn_, length_) \
  ERROR_PROTOTYPE_PROPERTIES(name_, Name_) \
  const BuiltinObject builtin_##name_ = ERROR_CONSTRUCTOR(Name_, NAME_, INTRINSIC_ERROR, fn_, length_); \
  const BuiltinObject builtin_##name_##_prototype = \
      BUILTIN_PROTOTYPE_BELOW(INTRINSIC_##NAME_, INTRINSIC_ERROR_PROTOTYPE, name_##_prototype_properties);

STATIC_ASSERT(INTRINSIC_COUNT < 256); // fits `magic`

const BuiltinObject builtin_error = {
    .kind = BUILTIN_CONSTRUCTOR,
    .heap_kind = KIND_NATIVE_FUNCTION,
    .length = 1,
    .name = ATOM_Error,
    .parent = INTRINSIC_FUNCTION_PROTOTYPE,
    .prototype = INTRINSIC_ERROR_PROTOTYPE,
    .constructor = INTRINSIC_NONE,
    .native_flags = NATIVE_CONSTRUCTOR,
    .magic = INTRINSIC_ERROR_PROTOTYPE,
    .fn = error_constructor,
    BUILTIN_PROPERTIES(error_properties),
};
const BuiltinObject builtin_error_prototype = BUILTIN_PROTOTYPE(INTRINSIC_ERROR, error_prototype_properties);
ERROR_CLASS(eval_error, EvalError, EVAL_ERROR, error_constructor, 1)
ERROR_CLASS(range_error, RangeError, RANGE_ERROR, error_constructor, 1)
ERROR_CLASS(reference_error, ReferenceError, REFERENCE_ERROR, error_constructor, 1)
ERROR_CLASS(syntax_error, SyntaxError, SYNTAX_ERROR, error_constructor, 1)
ERROR_CLASS(type_error, TypeError, TYPE_ERROR, error_constructor, 1)
ERROR_CLASS(uri_error, URIError, URI_ERROR, error_constructor, 1)
ERROR_CLASS(aggregate_error, AggregateError, AGGREGATE_ERROR, aggregate_error_constructor, 2)
ERROR_CLASS(suppressed_error, SuppressedError, SUPPRESSED_ERROR, suppressed_error_constructor, 3)
