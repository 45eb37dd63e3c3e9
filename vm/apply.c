// SPDX-License-Identifier: MIT
// Function.prototype.call and apply. Called from bytecode they do not run as functions: the window of the call is rewritten for
// what they call, so that forwarding neither recurses on the C stack nor copies more than the arguments.
// Tests: tests/js/fundamental/function.js, tests/js/fundamental/arguments.js.
#include "vm/arguments.h"
#include "vm/iterate.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "vm/interp_internal.h"
#include "vm/operators.h"

Value function_call(Isolate *iso, const Call *call) {
  if (!value_is_callable(call->this_value)) return THROW(iso, NOT_A_FUNCTION, error_text_of_callee(iso, call->this_value));
  u32 argc = call->argc ? call->argc - 1 : 0;
  return call_function(iso, call->this_value, call_arg(call, 0), argc, argc ? call->args + 1 : NULL);
}

static const Value *elements_of(const JSObject *array) { return &array->bf[0].value_; }

// The values of a plain array without holes can be passed as they lie.
static bool has_plain_arguments(Isolate *iso, Value v, u32 *count) {
  if (!value_is_kind(v, KIND_ARRAY) || !obj_is_fast_array(iso, value_object(v))) return false;
  const JSObject *array = value_object(v);
  u32 length = array_length(array);
  if (length > elements_header(array->bf)->capacity) return false;
  for (u32 i = 0; i < length; i++) {
    if (!slot_get(&array->bf[i])) return false;
  }
  *count = length;
  return true;
}

Value function_apply(Isolate *iso, const Call *call) {
  Value f = call->this_value, list = call_arg(call, 1);
  if (!value_is_callable(f)) {
    const char *text = error_text_of_value(iso, f);
    char kind[32] = "a ";
    String *type = value_string(type_of(iso, f));
    size_t size;
    char *name = TRY(str_to_utf8(iso, type, &size));
    snprintf(kind, sizeof kind, "%s %s", name[0] == 'o' ? "an" : "a", name);
    base_free(name);
    return THROW(iso, APPLY_NON_FUNCTION, text, value_is_nullish(f) && !value_is_null(f) ? "undefined" : kind);
  }
  if (value_is_nullish(list)) return call_function(iso, f, call_arg(call, 0), 0, NULL);
  u32 count;
  if (has_plain_arguments(iso, list, &count))
    return call_function(iso, f, call_arg(call, 0), count, elements_of(value_object(list)));
  JSObject *values = TRY(create_list_from_array_like(iso, list));
  Value result = call_function(iso, f, call_arg(call, 0), array_length(values), elements_of(values));
  return result;
}

// ---- In windows ----

// f.apply(x, list): the values of the list, without running JS. NO: it takes the long way.
static Tri list_in_window(Isolate *iso, Value *nf, u32 *argc) {
  Value list = *argc >= 2 ? nf[2] : VALUE_UNDEFINED;
  u32 count = 0;
  const Value *values = NULL;
  if (value_is_nullish(list)) {
    count = 0;
  } else if (has_plain_arguments(iso, list, &count)) {
    values = elements_of(value_object(list));
  } else if (!arguments_are_plain(iso, list, &count)) {
    return TRI_NO;
  }
  if (!frame_reserve(iso, nf, count + 2)) return TRI_FAIL;
  Value f = nf[0], this_value = *argc ? nf[1] : VALUE_UNDEFINED;
  if (values) {
    memcpy(nf + 1, values, count * sizeof(Value));
  } else if (count) {
    arguments_copy_plain(value_object(list), nf + 1, count);
  }
  nf[-4] = f;
  nf[0] = this_value;
  *argc = count;
  return TRI_YES;
}

Tri unwrap_call_or_apply(Isolate *iso, Value *nf, u32 *argc) {
  if (!value_is_callable(nf[0])) return TRI_NO;
  if (((JSNativeFunction *)nf[-4])->fn == function_apply) return list_in_window(iso, nf, argc);
  nf[-4] = nf[0];
  nf[0] = *argc ? nf[1] : VALUE_UNDEFINED;
  if (*argc) memmove(nf + 1, nf + 2, --*argc * sizeof(Value));
  return TRI_YES;
}

static Value arguments_of_frame(Isolate *iso, Value *fp) {
  bool strict = frame_code(fp)->flags & CODE_STRICT;
  u32 argc = frame_argc(fp);
  const Value *args = frame_arguments(fp);
  return value_from_cell(strict ? arguments_create_unmapped(iso, argc, args)
                                : arguments_create_mapped(iso, frame_function(fp), NULL, NULL, 0, argc, args));
}

bool forward_arguments(Isolate *iso, Value *fp, Value *nf, u32 *argc) {
  Value method = nf[-4];
  if (!value_is_kind(method, KIND_NATIVE_FUNCTION) || ((JSNativeFunction *)method)->fn != function_apply ||
      !value_is_callable(nf[0])) {
    nf[2] = TRY(arguments_of_frame(iso, fp));
    *argc = 2;
    return true;
  }
  u32 count = frame_argc(fp);
  if (!frame_reserve(iso, nf, count + 2)) return false;
  nf[-4] = nf[0];
  nf[0] = nf[1];
  memcpy(nf + 1, frame_arguments(fp), count * sizeof(Value));
  *argc = count;
  return true;
}

Value slow_get_argument(Isolate *iso, Value *fp, Value key) {
  Value arguments = TRY(arguments_of_frame(iso, fp));
  PropertyKey k = TRY(to_property_key(iso, key));
  return get_v(iso, arguments, k);
}
