// SPDX-License-Identifier: MIT
// The interpreter's door, for call.c and generator.c.
#ifndef WEFT_VM_INTERP_H
#define WEFT_VM_INTERP_H

#include "vm/function.h"
#include "vm/generator.h"
#include "vm/ic.h"

static ALWAYS_INLINE u64 frame_info(u32 argc, u32 flags, u32 dst) { return (u64)argc | (u64)flags << 32 | (u64)dst << 48; }
static ALWAYS_INLINE u64 *frame_info_of(Value *fp) { return (u64 *)(void *)&fp[-1]; }
static ALWAYS_INLINE u32 frame_flags(const Value *fp) { return (u32)(value_bits(fp[-1]) >> 32) & 0xffff; }
enum { FRAME_SURPLUS_ARGUMENTS = 1u << 31 }; // in the argument count: all arguments lie below the frame, see frame_arguments
static ALWAYS_INLINE u32 frame_argc(const Value *fp) { return (u32)value_bits(fp[-1]) & 0x7fffffff; }
static ALWAYS_INLINE u32 frame_dst(const Value *fp) { return (u32)(value_bits(fp[-1]) >> 48); }
static ALWAYS_INLINE Value *frame_caller(const Value *fp) { return (Value *)fp[-2]; }
static ALWAYS_INLINE u32 *frame_resume_pc(const Value *fp) { return (u32 *)fp[-3]; }
static ALWAYS_INLINE JSFunction *frame_function(const Value *fp) { return (JSFunction *)fp[-4]; }
static ALWAYS_INLINE Code *frame_code(const Value *fp) { return ref_get(frame_function(fp)->code); }

// First free word above the running frame.
static inline Value *frame_top(const Isolate *iso) {
  Value *fp = iso->fp;
  return frame_flags(fp) & FRAME_NATIVE ? iso->sp : fp + frame_code(fp)->register_count;
}
// Arguments as they were passed (before parameters are assigned): for rest and arguments objects.
const Value *frame_arguments(const Value *fp);

// Runs the bytecode frame at fp (pushed, FRAME_ENTRY) from pc until it returns. VALUE_FAIL: exception pending.
Value interp_run(Isolate *iso, Value *fp, u32 *pc);

// Prepares the window nf (callee nf[-4], this nf[0], argc arguments) for running bytecode, whatever the fast path did not like: unprepared
// code, surplus arguments, interrupts. Returns the frame (perhaps moved), header complete but for resume pc and caller; NULL: thrown.
Value *frame_enter_slow(Isolate *iso, Value *nf, u32 argc, u32 flags, u32 dst);
// `this` for a base constructor's frame. VALUE_FAIL: thrown. Runs JS (prototype getter of new.target).
Value construct_allocate_this(Isolate *iso, JSFunction *f, Value new_target);
bool interrupt_poll(Isolate *iso); // handles what stack_limit 0 asks for; false: thrown or terminating

// How a frame suspends and comes back (generator.c).
JSObject *generator_start(Isolate *iso, Value *fp, u32 *resume, u32 reg); // makes the object and saves the frame
bool generator_suspend(Isolate *iso, JSGenerator *g, Value *fp, u32 *resume, u32 dst);
// Copies the frame of g to nf; returns where to go on.
u32 *generator_restore(Isolate *iso, JSGenerator *g, Value *nf);

Value runtime_op(Isolate *iso, u32 op, Value *args, u32 argc); // OP_RUNTIME
Value direct_eval(Isolate *iso, Value *fp, Value source, u32 scope_constant, Value env);

#endif
