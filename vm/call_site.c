// SPDX-License-Identifier: MIT
// CallSite objects: one frame of a stack trace as Error.prepareStackTrace sees it (V8's API). The frame hangs on a private
// name, so that a CallSite is an ordinary object.
// Tests: tests/js/fundamental/error_stack.js.
#include "vm/stack_trace_internal.h"

static const Symbol frame_key = {
    .cell = {.shape_id = SHAPE_ID_SYMBOL, .kind = KIND_SYMBOL, .gc_bits = GC_STATIC},
    .hash = 0x5ca11517,
    .flags = SYMBOL_PRIVATE,
};

enum CallSiteQuestion {
  SITE_THIS,
  SITE_TYPE_NAME,
  SITE_FUNCTION,
  SITE_FUNCTION_NAME,
  SITE_METHOD_NAME,
  SITE_FILE_NAME,
  SITE_LINE,
  SITE_COLUMN,
  SITE_EVAL_ORIGIN,
  SITE_IS_TOPLEVEL,
  SITE_IS_EVAL,
  SITE_IS_NATIVE,
  SITE_IS_CONSTRUCTOR,
  SITE_IS_ASYNC,
  SITE_IS_PROMISE_ALL,
  SITE_PROMISE_INDEX,
  SITE_TO_STRING
};

JSObject *call_site_new(Isolate *iso, const StackFrameInfo *frame) {
  StackTrace *one = (StackTrace *)gc_alloc(heap_of(iso), sizeof(StackTrace) + sizeof(StackFrameInfo), KIND_STACK_TRACE);
  one->count = 1;
  one->frames[0] = *frame;
  JSObject *site = TRY(ordinary_object_create(iso, intrinsic(iso, INTRINSIC_CALL_SITE_PROTOTYPE)));
  obj_put_direct(iso, site, key_from_cell(&frame_key), value_from_cell(one), ATTR_METHOD);
  return site;
}

Value stack_trace_call_sites(Isolate *iso, const StackTrace *trace) {
  JSObject *sites = TRY(array_create(iso, 0));
  for (u32 i = 0; i < trace->count; i++) {
    JSObject *site = TRY(call_site_new(iso, &trace->frames[i]));
    TRY(array_push_value(iso, sites, value_from_object(site)));
  }
  return value_from_object(sites);
}

static Value string_or_null(const String *s) { return s ? value_from_cell(s) : VALUE_NULL; }

static Value value_of_cstring(Isolate *iso, const char *text) {
  return value_from_cell(TRY(str_new_utf8(iso, text, strlen(text))));
}

static Value answer_position(Isolate *iso, const StackFrameInfo *frame, u32 question) {
  const char *file;
  u32 line, column;
  if (!stack_frame_position(frame, &file, &line, &column)) return question == SITE_FILE_NAME ? VALUE_UNDEFINED : VALUE_NULL;
  if (question == SITE_LINE) return value_from_u32(line);
  if (question == SITE_COLUMN) return value_from_u32(column);
  return *file ? value_of_cstring(iso, file) : VALUE_UNDEFINED;
}

static Value text_of_site(Isolate *iso, const StackFrameInfo *frame) {
  StringBuilder sb;
  sb_init(&sb, iso);
  stack_frame_append(&sb, frame);
  return value_from_cell(TRY(sb_finish(&sb)));
}

static Value answer(Isolate *iso, const StackFrameInfo *frame, u32 question) {
  bool hidden = frame->block && frame->block->flags & CODE_STRICT; // strict functions do not give themselves away
  switch (question) {
  case SITE_THIS: return hidden || frame->this_value == VALUE_EMPTY ? VALUE_UNDEFINED : frame->this_value;
  case SITE_FUNCTION: return hidden ? VALUE_UNDEFINED : frame->function;
  case SITE_TYPE_NAME: return string_or_null(stack_frame_type_name(iso, frame));
  case SITE_FUNCTION_NAME: return string_or_null(error_function_name(iso, frame->function));
  case SITE_METHOD_NAME: return string_or_null(stack_frame_method_name(iso, frame));
  case SITE_FILE_NAME:
  case SITE_LINE:
  case SITE_COLUMN: return answer_position(iso, frame, question);
  case SITE_EVAL_ORIGIN: return VALUE_UNDEFINED;
  case SITE_IS_TOPLEVEL: return value_from_bool(stack_frame_is_toplevel(iso, frame));
  case SITE_IS_NATIVE: return value_from_bool(!frame->block);
  case SITE_IS_CONSTRUCTOR: return value_from_bool(frame->is_construct);
  case SITE_IS_ASYNC: return value_from_bool(frame->is_async);
  case SITE_IS_EVAL:
  case SITE_IS_PROMISE_ALL: return VALUE_FALSE;
  case SITE_PROMISE_INDEX: return VALUE_NULL;
  default: return text_of_site(iso, frame);
  }
}

static Value call_site_answer(Isolate *iso, const Call *call) {
  Value v;
  if (!value_is_object(call->this_value) || value_is_kind(call->this_value, KIND_PROXY) ||
      !obj_get_own_direct(iso, value_object(call->this_value), key_from_cell(&frame_key), &v)) {
    return THROW(iso, INCOMPATIBLE_RECEIVER, "CallSite", error_text_of_value(iso, call->this_value));
  }
  return answer(iso, &((const StackTrace *)value_cell(v))->frames[0], native_magic(call));
}

static const BuiltinProperty call_site_prototype_properties[] = {
    METHOD_MAGIC(getColumnNumber, call_site_answer, 0, SITE_COLUMN),
    METHOD_MAGIC(getEvalOrigin, call_site_answer, 0, SITE_EVAL_ORIGIN),
    METHOD_MAGIC(getFileName, call_site_answer, 0, SITE_FILE_NAME),
    METHOD_MAGIC(getFunction, call_site_answer, 0, SITE_FUNCTION),
    METHOD_MAGIC(getFunctionName, call_site_answer, 0, SITE_FUNCTION_NAME),
    METHOD_MAGIC(getLineNumber, call_site_answer, 0, SITE_LINE),
    METHOD_MAGIC(getMethodName, call_site_answer, 0, SITE_METHOD_NAME),
    METHOD_MAGIC(getPromiseIndex, call_site_answer, 0, SITE_PROMISE_INDEX),
    METHOD_MAGIC(getScriptNameOrSourceURL, call_site_answer, 0, SITE_FILE_NAME),
    METHOD_MAGIC(getThis, call_site_answer, 0, SITE_THIS),
    METHOD_MAGIC(getTypeName, call_site_answer, 0, SITE_TYPE_NAME),
    METHOD_MAGIC(isAsync, call_site_answer, 0, SITE_IS_ASYNC),
    METHOD_MAGIC(isConstructor, call_site_answer, 0, SITE_IS_CONSTRUCTOR),
    METHOD_MAGIC(isEval, call_site_answer, 0, SITE_IS_EVAL),
    METHOD_MAGIC(isNative, call_site_answer, 0, SITE_IS_NATIVE),
    METHOD_MAGIC(isPromiseAll, call_site_answer, 0, SITE_IS_PROMISE_ALL),
    METHOD_MAGIC(isToplevel, call_site_answer, 0, SITE_IS_TOPLEVEL),
    METHOD_MAGIC(toString, call_site_answer, 0, SITE_TO_STRING),
};
const BuiltinObject builtin_call_site_prototype = BUILTIN_PROTOTYPE(INTRINSIC_NONE, call_site_prototype_properties);
