// SPDX-License-Identifier: MIT
// Frames on the isolate's Value stack, and calls between C and JavaScript.
//
//   fp[-5] new.target (construct calls only; else stale)
//   fp[-4] callee
//   fp[-3] resume pc of the caller (where it goes on after the call)
//   fp[-2] fp of the caller
//   fp[-1] frame info: argument count (32 bits) | FRAME_* flags (16) | destination register of the caller (16)
//   fp[0]  this       fp[1..] arguments, then locals and temporaries of the callee
//
// JS-to-JS calls never recurse on the C stack. A native function runs on a frame of the same form, so the running
// function, and with it the realm, is always iso->fp[-4].
#ifndef WEFT_VM_CALL_H
#define WEFT_VM_CALL_H

#include "vm/object.h"

enum { FRAME_HEADER = 5 };
enum FrameFlags {
  FRAME_CONSTRUCT = 1, // return value rules of [[Construct]]
  FRAME_ENTRY = 2,     // entered from C: returning leaves interp_run
  FRAME_DISCARD = 4,   // setter: the value goes nowhere
  FRAME_GENERATOR = 8, // frame of a resumed generator; returning completes it
  FRAME_NATIVE = 16,
  FRAME_DERIVED = 64,  // derived constructor: `this` starts EMPTY
  FRAME_SPECIAL = 128, // the resumed caller has work to do with the value (frame.c: toPrimitive steps, iterator close, ...)
};

// What a native function is called with. Arguments beyond argc are undefined: use call_arg.
typedef struct Call {
  Value this_value;
  const Value *args;
  u32 argc;
  Value callee;     // the function object itself
  Value new_target; // undefined for plain calls
} Call;
typedef Value (*NativeFn)(Isolate *iso, const Call *call);

static ALWAYS_INLINE Value call_arg(const Call *call, u32 i) { return i < call->argc ? call->args[i] : VALUE_UNDEFINED; }
static ALWAYS_INLINE bool call_is_construct(const Call *call) { return call->new_target != VALUE_UNDEFINED; }

static ALWAYS_INLINE bool value_is_callable(Value v) { return value_is_object(v) && (value_cell(v)->flags & OBJ_CALLABLE); }
bool value_is_constructor(Value v); // IsConstructor

// Call / Construct (7.3.13, 7.3.14). Runs JS. TypeError when f is not callable / a constructor. Over the stack limit:
// RangeError. `args` may point into the Value stack or C memory.
MUST_CHECK Value call_function(Isolate *iso, Value f, Value this_value, u32 argc, const Value *args);
MUST_CHECK Value construct(Isolate *iso, Value f, u32 argc, const Value *args, Value new_target);
#define CALL0(iso, f, this_value) call_function(iso, f, this_value, 0, NULL)
#define CALL1(iso, f, this_value, a) call_function(iso, f, this_value, 1, (Value[]){a})
#define CALL2(iso, f, this_value, a, b) call_function(iso, f, this_value, 2, (Value[]){a, b})
#define CALL3(iso, f, this_value, a, b, c) call_function(iso, f, this_value, 3, (Value[]){a, b, c})
// Function.prototype.call and apply, which calls from bytecode go around.
Value function_call(Isolate *iso, const Call *call);
Value function_apply(Isolate *iso, const Call *call);
// Invoke (7.3.21)
MUST_CHECK Value invoke(Isolate *iso, Value v, PropertyKey key, u32 argc, const Value *args);

// A function called many times from one native loop (sort, forEach, replace, JSON reviver): the frame is prepared once.
//   PreparedCall pc; TRY(prepared_call_init(iso, &pc, f, this_value, 3));
//   loop: pc.args[0] = ...; Value r = TRY(prepared_call(iso, &pc));
//   prepared_call_end(iso, &pc) is not needed on failure paths of natives: leaving the native frame releases it.
typedef struct PreparedCall {
  Value function;
  Value this_value;
  Value *args; // argc of them, to be written before each call
  u32 argc;
  Value *window; // where the callee's frame begins
} PreparedCall;
MUST_CHECK bool prepared_call_init(Isolate *iso, PreparedCall *pc, Value f, Value this_value, u32 argc);
MUST_CHECK Value prepared_call(Isolate *iso, PreparedCall *pc); // this_value and args as they are now
void prepared_call_end(Isolate *iso, PreparedCall *pc);

// To be called in native loops whose length a script chooses, every few hundred steps: termination, heap limit. false: thrown
// or terminating.
MUST_CHECK bool isolate_poll(Isolate *iso);
// false (RangeError thrown) when the C stack is nearly used up: at the head of natives that recurse without a call.
MUST_CHECK bool check_c_stack(Isolate *iso);

#endif
