// SPDX-License-Identifier: MIT
// Exceptions: throwing, taking, showing.
// Tests: tests/api/test_errors.c.
#include "api/api_internal.h"
#include "vm/builtin.h"
#include "vm/error.h"

#include <stdarg.h>

static u32 prototype_of(WeftErrorKind kind) {
  switch (kind) {
  case WEFT_TYPE_ERROR: return INTRINSIC_TYPE_ERROR_PROTOTYPE;
  case WEFT_RANGE_ERROR: return INTRINSIC_RANGE_ERROR_PROTOTYPE;
  case WEFT_SYNTAX_ERROR: return INTRINSIC_SYNTAX_ERROR_PROTOTYPE;
  case WEFT_REFERENCE_ERROR: return INTRINSIC_REFERENCE_ERROR_PROTOTYPE;
  case WEFT_EVAL_ERROR: return INTRINSIC_EVAL_ERROR_PROTOTYPE;
  case WEFT_URI_ERROR: return INTRINSIC_URI_ERROR_PROTOTYPE;
  default: return INTRINSIC_ERROR_PROTOTYPE;
  }
}

WeftValue weft_throw(WeftIsolate *isolate, WeftValue v) {
  return value_as_handle((Value)throw_value(ISOLATE(isolate), value_in(v)));
}

WeftValue weft_throw_error(WeftIsolate *isolate, WeftErrorKind kind, const char *format, ...) {
  Isolate *iso = ISOLATE(isolate);
  va_list list, again;
  va_start(list, format);
  va_copy(again, list);
  int size = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *text = size < 0 ? NULL : base_alloc((size_t)size + 1);
  if (text) vsnprintf(text, (size_t)size + 1, format, again);
  va_end(again);
  (void)throw_error_message(iso, prototype_of(kind), "%s", text ? text : format);
  base_free(text);
  return NULL;
}

WeftValue weft_error(WeftIsolate *isolate, WeftErrorKind kind, const char *message) {
  Isolate *iso = ISOLATE(isolate);
  String *text = TRY(str_new_utf8(iso, message, strlen(message)));
  return value_out(isolate, value_from_object(error_new(iso, prototype_of(kind), text)));
}

bool weft_has_exception(const WeftIsolate *isolate) { return isolate_has_exception(ISOLATE(isolate)); }

WeftValue weft_exception_take(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  if (iso->terminating) return NULL;
  return value_out(isolate, isolate_take_exception(iso));
}

char *weft_exception_text(WeftIsolate *isolate, WeftValue exception) {
  Isolate *iso = ISOLATE(isolate);
  Value v = value_in(exception), stack;
  String *text = NULL;
  if (value_is_kind(v, KIND_ERROR)) {
    JSError *error = (JSError *)value_object(v);
    const char *header = error_text_of_exception(iso, v);
    error_settle_stack(iso, error, str_new_utf8(iso, header, strlen(header)));
    stack = slot_get(&error->stack_value);
    if (value_is_string(stack)) text = value_string(stack);
  }
  if (!text) {
    const char *short_text = error_text_of_exception(iso, v);
    text = str_new_utf8(iso, short_text, strlen(short_text));
  }
  char *utf8 = text ? str_to_utf8(iso, text, NULL) : NULL;
  (void)isolate_take_exception(iso);
  return utf8;
}
