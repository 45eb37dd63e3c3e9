// SPDX-License-Identifier: MIT
// The cold halves of instructions, shared by interp.c and interp_slow.c only. All return 0 after throwing.
#ifndef WEFT_VM_INTERP_INTERNAL_H
#define WEFT_VM_INTERP_INTERNAL_H

#include "vm/buffer.h"
#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/global_env.h"
#include "vm/interp.h"
#include "vm/iterate.h"
#include "vm/kinds.h"
#include "vm/module.h"
#include "vm/operators.h"

// A runtime operation's way to say EMPTY without failing.
#define runtime_empty ((Value)0x22)

Value slow_copy_env(Isolate *iso, Value env);
void slow_throw_tdz(Isolate *iso, Value name);
Value slow_get_elem(Isolate *iso, u8 *op, Value base, Value key);
bool slow_set_elem(Isolate *iso, u8 *op, const Code *code, Value base, Value key, Value v);
bool slow_init_elem(Isolate *iso, Value base, Value key, Value v);
Value slow_delete_elem(Isolate *iso, const Code *code, Value base, Value key);
Value slow_in(Isolate *iso, Value key, Value object);
Value slow_to_property_key(Isolate *iso, Value v);
Value slow_elem_key(Isolate *iso, Value base, Value key);
Value slow_has_private(Isolate *iso, Value name, Value object);
bool slow_init_private(Isolate *iso, Value base, Value name, Value v);
Value slow_super_base(Isolate *iso, Value function);
Value slow_get_super(Isolate *iso, Value function, Value receiver, Value key);
bool slow_set_super(Isolate *iso, const Code *code, Value proto, Value receiver, Value key, Value v);
void slow_throw_derived_return(Isolate *iso, Value result);
Value slow_super_constructor(Isolate *iso, Value function);
Value slow_new_object(Isolate *iso, Code *code, u32 slots);
Shape *code_literal_shape(Isolate *iso, Code *code, u32 constant);
Value slow_new_array(Isolate *iso, u32 capacity);
Value slow_new_array_const(Isolate *iso, Code *code, u32 constant);
bool slow_array_hole(Isolate *iso, Value array);
bool slow_array_spread(Isolate *iso, Value array, Value iterable);
Value slow_new_regexp(Isolate *iso, Code *code, u32 constant);
Value slow_template_object(Isolate *iso, Code *code, u32 constant);
bool slow_set_function_name(Isolate *iso, Value f, Value key, u32 prefix);
bool slow_new_class(Isolate *iso, Value *window, Value heritage, Code *code, Environment *env);
bool slow_define_method(Isolate *iso, Value object, Value key, Value f, u32 flags);
bool slow_set_proto(Isolate *iso, Value object, Value proto);
Value slow_rest_object(Isolate *iso, Value source, const Value *excluded, u32 count);
Value slow_concat(Isolate *iso, const Value *parts, u32 count);
Value slow_arith_int32(Isolate *iso, u32 op, Value a, Value b);
Tri strict_equal(Isolate *iso, Value a, Value b); // fast for what is not two strings
Value slow_coerce_this(Isolate *iso, Realm *realm, Value v);
void slow_class_call_error(Isolate *iso, const Code *code);
Value slow_arguments_mapped(Isolate *iso, Value *fp, Value env, u32 constant);
bool slow_get_iterator(Isolate *iso, Value *window, Value iterable);
bool slow_get_async_iterator(Isolate *iso, Value *window, Value iterable);
Tri slow_for_of_next(Isolate *iso, Value *window, Value *value);
Value slow_iterator_rest(Isolate *iso, Value *window);
bool slow_iterator_close(Isolate *iso, Value iterator);
bool slow_iterator_close_silent(Isolate *iso, Value iterator);
Value slow_iterator_call_next(Isolate *iso, const Value *window, Value arg);
Tri slow_iterator_call_method(Isolate *iso, Value iterator, u32 which, Value *value);
Tri slow_iterator_result(Isolate *iso, Value result, Value *value);
Value slow_open_result(Isolate *iso, Value result);
bool is_intrinsic_eval(Isolate *iso, const Code *code, Value f);
bool is_generator_next(Value f);
// apply.c
static ALWAYS_INLINE bool is_call_or_apply(Value native) {
  NativeFn fn = ((JSNativeFunction *)native)->fn;
  return fn == function_call || fn == function_apply;
}
// Makes the window of a call of call or apply one of what they call. NO: it has to be called itself; FAIL: no room.
Tri unwrap_call_or_apply(Isolate *iso, Value *nf, u32 *argc);
// The window of f.apply(x, arguments): afterwards it calls f with the arguments of the frame, or whatever apply is with an object.
bool forward_arguments(Isolate *iso, Value *fp, Value *nf, u32 *argc);
Value slow_get_argument(Isolate *iso, Value *fp, Value key); // any key that is not a number of an argument
bool spread_arguments(Isolate *iso, Value *nf, Value array, u32 *argc);
bool frame_reserve(Isolate *iso, const Value *nf, u32 words); // room for a frame, else RangeError

// Runs the native function in a window. VALUE_FAIL: thrown.
Value native_call(Isolate *iso, Value *nf, u32 argc, Value new_target);
// Calls nf[-4] with nf[0] and argc arguments. Native code runs at once: its result is returned. For bytecode EMPTY is returned
// and *nf is the frame to be entered (flags and dst are in its header), or NULL when an exception is pending.
Value call_window(Isolate *iso, Value **nf, u32 argc, u32 dst, u32 flags);
Value construct_window(Isolate *iso, Value **nf, u32 argc, u32 dst); // new.target nf[-5]
Value construct_window_flags(Isolate *iso, Value **nf, u32 argc, u32 dst, u32 flags);

// Async functions (generator.c).
Value async_function_start(Isolate *iso);
bool async_await(Isolate *iso, JSGenerator *g, Value *fp, u32 *resume, u32 dst, Value v);
bool async_function_finish(Isolate *iso, JSGenerator *g, Value v, bool fulfilled);
bool async_generator_yielded(Isolate *iso, JSAsyncGenerator *g, Value v);
bool async_generator_completed(Isolate *iso, JSAsyncGenerator *g, Value v, bool threw);

static ALWAYS_INLINE Value *stack_limit_of(Isolate *iso) { return atomic_load_explicit(&iso->stack_limit, memory_order_relaxed); }
static ALWAYS_INLINE u32 mega_hash(u32 shape, PropertyKey key) {
  return (shape * 31 + (u32)(key_bits(key) >> 4)) & (MEGA_ENTRIES - 1);
}
static ALWAYS_INLINE bool mul_overflow(i32 a, i32 b, i32 *r) {
  // A zero product may be -0: the double path decides.
  return __builtin_mul_overflow(a, b, r) || *r == 0;
}
// The instruction gives INT64_MIN for what is out of range; a cast would leave that open.
static ALWAYS_INLINE i32 double_to_int32_fast(double d) {
#ifdef __x86_64__
  i64 i;
  __asm__("cvttsd2si %1, %0" : "=r"(i) : "xm"(d));
#else
  i64 i = d >= -0x1p62 && d <= 0x1p62 ? (i64)d : INT64_MIN;
#endif
  if (LIKELY(i != INT64_MIN)) return (i32)i;
  return double_to_int32(d);
}
static ALWAYS_INLINE i32 number_to_int32(Value v) {
  return LIKELY(value_is_int(v)) ? value_int(v) : double_to_int32_fast(value_double(v));
}

#endif
