// SPDX-License-Identifier: MIT
// Calling JavaScript from C and C from JavaScript. The two pointers of a function in C travel as numbers in the function object, where
// the collector passes over them.
// Tests: tests/api/test_calls.c.
#include "api/api_internal.h"
#include "vm/error.h"
#include "vm/function.h"

WeftValue weft_call(WeftIsolate *isolate, WeftValue f, WeftValue this_value, size_t count, const WeftValue *arguments) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, f);
  if (count > UINT16_MAX) return throw_stack_overflow(iso);
  MAY_BE(isolate, this_value);
  Value receiver = this_value ? value_in(this_value) : VALUE_UNDEFINED;
  return value_out(isolate, call_function(iso, value_in(f), receiver, (u32)count, values_in(arguments)));
}

WeftValue weft_call_method(WeftIsolate *isolate, WeftValue o, const char *name, size_t count, const WeftValue *arguments) {
  WeftValue f = TRY(weft_get_named(isolate, o, name));
  return weft_call(isolate, f, o, count, arguments);
}

WeftValue weft_construct(WeftIsolate *isolate, WeftValue constructor, size_t count, const WeftValue *arguments) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, constructor);
  Value f = value_in(constructor);
  if (count > UINT16_MAX) return throw_stack_overflow(iso);
  if (!value_is_constructor(f)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, f));
  return value_out(isolate, construct(iso, f, (u32)count, values_in(arguments), f));
}

// ---- Functions in C ----

enum { DATA_FUNCTION, DATA_POINTER, DATA_COUNT };
ALWAYS_INLINE Value api_call_host(Isolate *iso, const Call *call, WeftFunction f, void *data) {
  WeftCall host_call = {
      .this_value = value_as_handle(call->this_value),
      .new_target = value_as_handle(call->new_target),
      .count = call->argc,
      .arguments = (const WeftValue *)(const void *)call->args,
      .data = data,
  };
  Value v = value_in(f(api_of(iso), &host_call));
  if (LIKELY(v && !isolate_has_exception(iso))) return v;
  if (iso->terminating || isolate_has_exception(iso)) return VALUE_FAIL;
  return THROW(iso, TYPE, "A native function returned NULL without an exception"), VALUE_FAIL;
}

static Value call_function_of_host(Isolate *iso, const Call *call) {
  WeftFunction f = VALUE_FUNCTION(WeftFunction, native_data(call, DATA_FUNCTION));
  return api_call_host(iso, call, f, value_pointer(native_data(call, DATA_POINTER)));
}

WeftValue weft_function(WeftIsolate *isolate, const char *name, int length, WeftFunction f, void *data) {
  Isolate *iso = ISOLATE(isolate);
  String *text = TRY(str_new_utf8(iso, name, strlen(name)));
  PropertyKey key = TRY(key_from_string(iso, text));
  JSNativeFunction *function = TRY(native_function_new(iso, call_function_of_host, key, (u32)length, DATA_COUNT));
  slot_init(&function->data[DATA_FUNCTION], FUNCTION_VALUE(f));
  slot_init(&function->data[DATA_POINTER], pointer_value(data));
  return value_out(isolate, value_from_object(function));
}

WeftValue weft_argument(const WeftCall *call, size_t i) { return i < call->count ? call->arguments[i] : weft_undefined(); }
