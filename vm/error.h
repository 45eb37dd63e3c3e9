// SPDX-License-Identifier: MIT
// Throwing. Every throw_* stores the exception in the isolate and returns 0, so that `return throw_type_error(...)` fits
// any fallible function. Messages come from vm/errors.def, worded as V8 words them.
#ifndef WEFT_VM_ERROR_H
#define WEFT_VM_ERROR_H

#include "vm/isolate.h"

enum ErrorId {
#define ERROR_DEF(NAME, type, format) ERR_##NAME,
#include "vm/errors.def"
#undef ERROR_DEF
  ERR_COUNT,
};

// Arguments for the message's %s in order: C strings (UTF-8). To show values: error_text_*.
void *throw_error(Isolate *iso, enum ErrorId id, ...); // returns NULL
#define THROW(iso, NAME, ...) throw_error(iso, ERR_##NAME, ##__VA_ARGS__)
// With a type and free text (for hosts).
void *throw_error_message(Isolate *iso, u32 error_prototype_intrinsic, const char *format, ...) PRINTF_LIKE(3, 4);
void *throw_value(Isolate *iso, Value v);
void *throw_stack_overflow(Isolate *iso); // RangeError: Maximum call stack size exceeded
void *throw_out_of_memory(Isolate *iso);  // RangeError

// Short texts of values for messages, in memory that lives until the native call returns (a heap Bytes cell):
// `#<Foo>`, `"text"`, `[object Array]`, `function name`, as V8 prints them in errors. Never runs JS.
const char *error_text_of_value(Isolate *iso, Value v);
const char *error_text_of_key(Isolate *iso, PropertyKey key);
const char *error_text_of_string(Isolate *iso, String *s);
// What the source calls the value that the running instruction looks at ("foo.bar"), from source positions; or the value.
const char *error_text_of_callee(Isolate *iso, Value v);

// A new error object with stack, as `new Type(message)` makes; message NULL: none. 
MUST_CHECK JSObject *error_new(Isolate *iso, u32 prototype_intrinsic, String *message);
// Captures frames of the running code into the error (own `stack` accessor-like data property, V8's format and API).
bool error_capture_stack(Isolate *iso, JSObject *error, Value constructor_opt);

typedef struct StackFrameInfo {
  CodeBlock *block;     // NULL: native
  u32 source_offset;
  Value function, this_value;
  bool is_construct, is_async;
} StackFrameInfo;
typedef struct StackTrace { // kept by the error, formatted when `stack` is read
  Cell cell;
  u32 count;
  StackFrameInfo frames[];
} StackTrace;
StackTrace *stack_trace_capture(Isolate *iso, u32 limit, Value skip_until);
MUST_CHECK String *stack_trace_format(Isolate *iso, const StackTrace *trace); // "    at f (file:1:2)" lines

typedef struct JSError {
  JSObject object;
  REF(StackTrace) trace;
  Slot stack_value; // EMPTY until formatted or set
} JSError;

#endif
