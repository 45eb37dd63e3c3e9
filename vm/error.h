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

// Short texts of values for messages, in memory that lives while it is on the C stack (a heap Bytes cell):
// `#<Foo>`, `text`, `[object Array]`, a function's source, as V8 prints them in errors. Never runs JS, never fails.
const char *error_text_of_value(Isolate *iso, Value v);
const char *error_text_of_key(Isolate *iso, PropertyKey key);
const char *error_text_of_string(Isolate *iso, String *s);
// What the source calls the value that the running instruction looks at ("foo.bar"), from source positions; or the value.
const char *error_text_of_callee(Isolate *iso, Value v);

// A new error object with stack, as `new Type(message)` makes; message NULL: none.
MUST_CHECK JSObject *error_new(Isolate *iso, u32 prototype_intrinsic, String *message);
// Gives an object its own `stack` with the frames of the running code (Error.stackTraceLimit of them), without those above
// and of the function `constructor_opt` (undefined: all). In an Error object it is formatted when first read, and looks like
// a data property; in others it is formatted now. Runs JS: Error.prepareStackTrace, only for objects that are no Errors.
bool error_capture_stack(Isolate *iso, JSObject *error, Value constructor_opt);

typedef struct StackFrameInfo {
  CodeBlock *block; // NULL: native. The function keeps it
  u32 pc;           // word in the block's body, UINT32_MAX: none
  bool is_construct, is_async;
  Value function, this_value;
} StackFrameInfo;
typedef struct StackTrace { // kept by the error, formatted when `stack` is read
  Cell cell;
  u32 count;
  StackFrameInfo frames[];
} StackTrace;
// NULL only when thrown (out of memory). skip_until: see error_capture_stack.
MUST_CHECK StackTrace *stack_trace_capture(Isolate *iso, u32 limit, Value skip_until);
// The frames of the running code, innermost first; what is being called (Isolate.entering) before them. Allocates nothing.
u32 stack_trace_frames(Isolate *iso, u32 limit, StackFrameInfo *frames);
MUST_CHECK String *stack_trace_format(Isolate *iso, const StackTrace *trace); // "\n    at f (file:1:2)" for each frame. No JS
// Where a frame stands: false for native code. Lines and columns count from 1.
bool stack_frame_position(const StackFrameInfo *frame, const char **file, u32 *line, u32 *column);
// Where the exception that was just taken from the isolate was thrown; false: not known (it was thrown earlier, or by C).
bool error_thrown_position(Isolate *iso, Value exception, const char **file, u32 *line, u32 *column);
// Position of the innermost bytecode frame, for uncaught SyntaxErrors and warnings; false when there is none.
bool stack_current_position(Isolate *iso, const char **file, u32 *line, u32 *column);
extern const struct BuiltinObject builtin_call_site_prototype; // %CallSitePrototype%
MUST_CHECK JSObject *call_site_new(Isolate *iso, const StackFrameInfo *frame);

typedef struct JSError {
  JSObject object;
  REF(StackTrace) trace;
  Slot stack_value; // EMPTY until formatted or set
} JSError;
// Writes the stack below `header` (NULL: none) now, without prepareStackTrace, and forgets the frames. Never fails, never runs JS.
void error_settle_stack(Isolate *iso, JSError *error, String *header);
// `stack` is an accessor to inline caches and a data property to reflection.
extern const InternalMethods error_methods;
// The message of an uncaught exception: "Error: text" or the value. Never runs JS, never fails.
const char *error_text_of_exception(Isolate *iso, Value exception);
// The name of a function as `name` says it, without running JS; NULL: none.
String *error_function_name(Isolate *iso, Value function);
// What the value's constructor or Symbol.toStringTag calls it ("Foo"); NULL: nothing.
String *error_class_name(Isolate *iso, JSObject *o);
bool error_lookup_data(Isolate *iso, JSObject *o, PropertyKey key, Value *v); // along the chain; no JS

#endif
