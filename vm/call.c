// SPDX-License-Identifier: MIT
// Calls that are not the interpreter's fast path: from C, of native, bound and proxy functions, with too many arguments, of code that has
// not run before; interrupts; stack limits.
#include "vm/call.h"

#include "vm/interp_internal.h"
#include "vm/proxy.h"

#include <stdatomic.h>

// ---- Limits ----

bool check_c_stack(Isolate *iso) {
  if (LIKELY((char *)__builtin_frame_address(0) > iso->c_stack_limit)) return true;
  throw_stack_overflow(iso);
  return false;
}

bool frame_reserve(Isolate *iso, const Value *nf, u32 words) {
  if (LIKELY(nf + words + FRAME_HEADER < iso->stack_real_limit)) return true;
  throw_stack_overflow(iso);
  return false;
}

bool interrupt_poll(Isolate *iso) {
  // In this order: who sets a flag afterwards also sets the limit afterwards, so that no request is lost.
  atomic_store(&iso->stack_limit, iso->stack_real_limit);
  u32 flags = atomic_exchange(&iso->interrupts, 0);
  if (flags & INTERRUPT_TERMINATE) {
    iso->terminating = true;
    throw_value(iso, VALUE_UNDEFINED);
    return false;
  }
  if (flags & INTERRUPT_CALLBACK && iso->hooks->interrupt && !iso->hooks->interrupt(iso)) return false;
  if (flags & INTERRUPT_HEAP_LIMIT && iso->heap_limit_terminates) {
    iso->out_of_memory = iso->terminating = true;
    throw_value(iso, VALUE_UNDEFINED);
    return false;
  }
  if (flags & INTERRUPT_HEAP_LIMIT) {
    throw_out_of_memory(iso);
    return false;
  }
  return true;
}

bool isolate_poll(Isolate *iso) {
  if (LIKELY(stack_limit_of(iso) != NULL)) return true;
  return interrupt_poll(iso);
}

// ---- Entering bytecode ----

const Value *frame_arguments(const Value *fp) {
  if (value_bits(fp[-1]) & FRAME_SURPLUS_ARGUMENTS) return fp - FRAME_HEADER - frame_argc(fp);
  return fp + 1;
}

// Whoever looks at the stack meanwhile sees the function that is entered, and its arguments stay alive.
static bool poll_at_entry(Isolate *iso, Value *nf, u32 argc) {
  Value *sp = iso->sp;
  if (nf + 1 + argc > sp) iso->sp = nf + 1 + argc;
  iso->entering = nf[-4];
  bool ok = interrupt_poll(iso);
  iso->entering = VALUE_EMPTY;
  iso->sp = sp;
  return ok;
}

// Copies the frame above its arguments, so that all of them stay readable below it.
static Value *keep_surplus(Value *nf, u32 argc, u32 params) {
  Value *moved = nf + 1 + argc + FRAME_HEADER;
  moved[-5] = nf[-5];
  moved[-4] = nf[-4];
  memcpy(moved, nf, (1 + (size_t)params) * sizeof(Value));
  return moved;
}

Value *frame_enter_slow(Isolate *iso, Value *nf, u32 argc, u32 flags, u32 dst) {
  Code *code = frame_code(nf);
  if (!code->feedback) {
    // The window is above the running frame's registers only if the caller said so: keep it alive while compiling.
    Value *sp = iso->sp;
    if (nf + 1 + argc > sp) iso->sp = nf + 1 + argc;
    bool ok = code_prepare(iso, code);
    iso->sp = sp;
    if (!ok) return NULL;
  }
  if (UNLIKELY(!stack_limit_of(iso)) && !poll_at_entry(iso, nf, argc)) return NULL;
  if (!frame_reserve(iso, nf, code->register_count + argc + 2 * FRAME_HEADER)) return NULL;
  u32 params = code->param_count, surplus = 0;
  if (code->flags & CODE_NEEDS_SURPLUS && argc > params) {
    nf = keep_surplus(nf, argc, params);
    surplus = FRAME_SURPLUS_ARGUMENTS;
  }
  for (u32 i = argc; i < params; i++) nf[1 + i] = VALUE_UNDEFINED;
  *frame_info_of(nf) = frame_info(argc | surplus, flags, dst);
  return nf;
}

Value construct_allocate_this(Isolate *iso, JSFunction *f, Value new_target) {
  Value proto = get_prototype_from_constructor(iso, new_target, INTRINSIC_OBJECT_PROTOTYPE);
  if (UNLIKELY(!proto)) return VALUE_FAIL;
  Code *code = ref_get(f->code);
  u32 slots = code->block->instance_slots;
  if (new_target != value_from_cell(f) && value_is_kind(new_target, KIND_FUNCTION)) {
    slots += ref_get(((JSFunction *)new_target)->code)->block->instance_slots;
  }
  slots = slots ? MIN((slots + 1) & ~1u, 64u) : 4; // granules are two words
  Shape *root = shape_root(iso, proto, KIND_OBJECT, sizeof(JSObject), (u16)slots, 0);
  JSObject *o = obj_new(iso, root);
  if (new_target == value_from_cell(f)) {
    // Remember it for OP_NEW: slot 2 of a furnished constructor is its prototype.
    if (f->object.bf != weft_empty_store && f->object.bf[-4].value_ == proto) {
      slot_set(iso, code, &code->new_proto, proto);
      ref_set(iso, code, &code->new_shape, root);
      code->new_header = (u64)root->id | (u64)KIND_OBJECT << 32 | (u64)slots << 48;
      code->new_size = (u32)sizeof(JSObject) + 8 * slots;
    }
  }
  return value_from_cell(o);
}

// ---- Native functions ----

Value native_call(Isolate *iso, Value *nf, u32 argc, Value new_target) {
  JSNativeFunction *f = (JSNativeFunction *)nf[-4];
  if (UNLIKELY((char *)__builtin_frame_address(0) < iso->c_stack_limit)) return throw_stack_overflow(iso);
  if (UNLIKELY(nf + argc + 64 > iso->stack_real_limit)) return throw_stack_overflow(iso);
  Value *fp = iso->fp, *sp = iso->sp;
  u32 *pc = iso->pc;
  nf[-3] = (Value)(pc + 1);
  nf[-2] = (Value)fp;
  *frame_info_of(nf) = frame_info(argc, FRAME_NATIVE | (new_target != VALUE_UNDEFINED ? FRAME_CONSTRUCT : 0), 0);
  iso->fp = nf;
  iso->sp = nf + 1 + argc;
  Call call = {nf[0], nf + 1, argc, value_from_cell(f), new_target};
  Value v = f->fn(iso, &call);
  ASSERT(v != VALUE_EMPTY || iso->exception != VALUE_EMPTY);
  ASSERT(v == VALUE_EMPTY || iso->exception == VALUE_EMPTY);
  iso->fp = fp;
  iso->sp = sp;
  iso->pc = pc;
  return v;
}

// ---- Bound functions ----

// Rewrites the window for the target: its callee, this and arguments. false: no room.
static bool unwrap_bound(Isolate *iso, Value *nf, u32 *argc, bool construct) {
  JSBoundFunction *f = (JSBoundFunction *)nf[-4];
  u32 count = f->bound_count;
  if (!frame_reserve(iso, nf, *argc + count + 1)) return false;
  memmove(nf + 1 + count, nf + 1, *argc * sizeof(Value));
  if (count) memcpy(nf + 1, ((ValueArray *)ref_get(f->bound_args))->values, count * sizeof(Value));
  if (construct) {
    if (nf[-5] == nf[-4]) nf[-5] = slot_get(&f->target);
  } else {
    nf[0] = slot_get(&f->bound_this);
  }
  nf[-4] = slot_get(&f->target);
  *argc += count;
  return true;
}

// ---- Windows ----

static Value *throw_not_function(Isolate *iso, Value f) {
  THROW(iso, NOT_A_FUNCTION, error_text_of_callee(iso, f));
  return NULL;
}

// A proxy's traps run C code that calls back: their frames must lie above the window.
static Value with_window_kept(Isolate *iso, Value *nf, u32 argc, Value (*f)(Isolate *, JSObject *, Value, u32, const Value *),
                              Value a) {
  Value *fp = iso->fp, *sp = iso->sp;
  u32 *pc = iso->pc;
  Value callee = nf[-4];
  nf[-3] = (Value)(pc + 1);
  nf[-2] = (Value)fp;
  *frame_info_of(nf) = frame_info(argc, FRAME_NATIVE, 0);
  iso->fp = nf;
  iso->sp = nf + 1 + argc;
  Value v = f(iso, value_object(callee), a, argc, nf + 1);
  iso->fp = fp;
  iso->sp = sp;
  iso->pc = pc;
  return v;
}

Value call_window(Isolate *iso, Value **window, u32 argc, u32 dst, u32 flags) {
  Value *nf = *window;
  *window = NULL;
  for (;;) {
    Value f = nf[-4];
    if (!value_is_object(f)) return (Value)throw_not_function(iso, f);
    switch (value_cell(f)->kind) {
    case KIND_FUNCTION: *window = frame_enter_slow(iso, nf, argc, flags, dst); return VALUE_EMPTY;
    case KIND_NATIVE_FUNCTION: {
      Tri unwrapped = is_call_or_apply(f) ? unwrap_call_or_apply(iso, nf, &argc) : TRI_NO;
      if (unwrapped == TRI_FAIL) return VALUE_EMPTY;
      if (unwrapped == TRI_YES) continue;
      return native_call(iso, nf, argc, VALUE_UNDEFINED);
    }
    case KIND_BOUND_FUNCTION:
      if (!unwrap_bound(iso, nf, &argc, false)) return VALUE_EMPTY;
      continue;
    case KIND_PROXY:
      if (!value_is_callable(f)) return (Value)throw_not_function(iso, f);
      if (!check_c_stack(iso)) return VALUE_EMPTY;
      return with_window_kept(iso, nf, argc, proxy_call, nf[0]);
    default:
      if (value_is_callable(f) && value_cell(f)->kind == KIND_HOST_OBJECT) return native_call(iso, nf, argc, VALUE_UNDEFINED);
      return (Value)throw_not_function(iso, f);
    }
  }
}

Value construct_window_flags(Isolate *iso, Value **window, u32 argc, u32 dst, u32 flags) {
  Value *nf = *window;
  *window = NULL;
  nf[0] = VALUE_UNDEFINED; // stack traces keep it as the receiver
  for (;;) {
    Value f = nf[-4];
    if (!value_is_constructor(f)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_callee(iso, f));
    switch (value_cell(f)->kind) {
    case KIND_FUNCTION: {
      Code *code = ref_get(((JSFunction *)f)->code);
      flags |= FRAME_CONSTRUCT;
      if (code->flags & CODE_DERIVED) {
        flags |= FRAME_DERIVED;
        nf[0] = VALUE_EMPTY;
      } else {
        Value *sp = iso->sp, *fp = iso->fp;
        Value self = construct_allocate_this(iso, (JSFunction *)f, nf[-5]);
        iso->sp = sp;
        iso->fp = fp;
        if (UNLIKELY(!self)) return VALUE_EMPTY;
        nf[0] = self;
      }
      *window = frame_enter_slow(iso, nf, argc, flags, dst);
      return VALUE_EMPTY;
    }
    case KIND_NATIVE_FUNCTION: nf[0] = VALUE_UNDEFINED; return native_call(iso, nf, argc, nf[-5]);
    case KIND_BOUND_FUNCTION:
      if (!unwrap_bound(iso, nf, &argc, true)) return VALUE_EMPTY;
      continue;
    case KIND_PROXY:
      if (!check_c_stack(iso)) return VALUE_EMPTY;
      return with_window_kept(iso, nf, argc, proxy_construct, nf[-5]);
    default: return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_callee(iso, f));
    }
  }
}

Value construct_window(Isolate *iso, Value **window, u32 argc, u32 dst) {
  return construct_window_flags(iso, window, argc, dst, 0);
}

bool spread_arguments(Isolate *iso, Value *nf, Value array, u32 *argc) {
  JSObject *a = value_object(array);
  u32 count = array_length(a);
  if (!frame_reserve(iso, nf, count + 1)) return false;
  for (u32 i = 0; i < count; i++) {
    Value v = i < elements_header(a->bf)->capacity ? slot_get(&a->bf[i]) : VALUE_EMPTY;
    nf[1 + i] = v == VALUE_EMPTY ? VALUE_UNDEFINED : v;
  }
  *argc = count;
  return true;
}

// ---- From C ----

// The heap is full, and C gets the exception: what lies here were frames of the code that failed, stale words that must not hold the memory
// that whoever catches it gives back. (interp.c does the same for handlers in JavaScript.)
static COLD void forget_frames(Isolate *iso, Value *from) {
  enum { STALE_WORDS = 16384 };
  memset(from, 0, (size_t)((char *)MIN(from + STALE_WORDS, iso->stack_end) - (char *)from));
  if (iso->window_high > from) iso->window_high = from;
}

// Runs the frame that a window function prepared, or gives its result.
static Value run_window(Isolate *iso, Value *nf) {
  nf[-3] = (Value)(iso->pc + 1);
  nf[-2] = (Value)iso->fp;
  Value *fp = iso->fp, *sp = iso->sp;
  u32 *pc = iso->pc;
  Value v = interp_run(iso, nf, frame_code(nf)->bytecode);
  iso->fp = fp;
  iso->sp = sp;
  iso->pc = pc;
  if (UNLIKELY(!v) && iso->heap.over_limit) forget_frames(iso, nf);
  return v;
}

static Value *push_window(Isolate *iso, Value f, Value this_value, u32 argc, const Value *args) {
  if (UNLIKELY(iso->terminating)) return NULL; // bytecode would stop by itself, native functions would run
  if (!check_c_stack(iso)) return NULL;
  Value *nf = frame_top(iso) + FRAME_HEADER;
  if (!frame_reserve(iso, nf, argc + 8)) return NULL;
  nf[-5] = VALUE_UNDEFINED;
  nf[-4] = f;
  nf[0] = this_value;
  if (argc) memcpy(nf + 1, args, argc * sizeof(Value));
  iso->window_high = nf + 1 + argc;
  return nf;
}

Value call_function(Isolate *iso, Value f, Value this_value, u32 argc, const Value *args) {
  Value *nf = push_window(iso, f, this_value, argc, args);
  if (UNLIKELY(!nf)) return VALUE_FAIL;
  if (LIKELY(value_is_kind(f, KIND_FUNCTION))) {
    Code *code = frame_code(nf);
    if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) {
      for (u32 i = argc; i < code->param_count; i++) nf[1 + i] = VALUE_UNDEFINED;
      *frame_info_of(nf) = frame_info(argc, FRAME_ENTRY, 0);
      return run_window(iso, nf);
    }
  }
  Value v = call_window(iso, &nf, argc, 0, FRAME_ENTRY);
  if (v != VALUE_EMPTY || !nf) return v;
  return run_window(iso, nf);
}

// `this` is allocated before the window is pushed: reading new.target's prototype may run JS.
static Value construct_bytecode(Isolate *iso, JSFunction *f, u32 argc, const Value *args, Value new_target) {
  bool derived = ref_get(f->code)->flags & CODE_DERIVED;
  Value self = derived ? VALUE_EMPTY : TRY(construct_allocate_this(iso, f, new_target));
  Value *nf = TRY(push_window(iso, value_from_cell(f), self, argc, args));
  nf[-5] = new_target;
  nf = TRY(frame_enter_slow(iso, nf, argc, FRAME_ENTRY | FRAME_CONSTRUCT | (derived ? FRAME_DERIVED : 0), 0));
  return run_window(iso, nf);
}

Value construct(Isolate *iso, Value f, u32 argc, const Value *args, Value new_target) {
  if (value_is_kind(f, KIND_FUNCTION) && value_is_constructor(f))
    return construct_bytecode(iso, (JSFunction *)f, argc, args, new_target);
  Value *nf = TRY(push_window(iso, f, VALUE_UNDEFINED, argc, args));
  nf[-5] = new_target;
  Value *sp = iso->sp; // what runs meanwhile must not overwrite the window
  if (frame_flags(iso->fp) & FRAME_NATIVE) iso->sp = nf + 1 + argc;
  Value v = construct_window_flags(iso, &nf, argc, 0, FRAME_ENTRY);
  if (v == VALUE_EMPTY && nf) v = run_window(iso, nf);
  iso->sp = sp;
  return v;
}

Value invoke(Isolate *iso, Value v, PropertyKey key, u32 argc, const Value *args) {
  Value f = TRY(get_v(iso, v, key));
  if (!value_is_callable(f)) {
    return THROW(iso, NOT_A_FUNCTION, error_text_of_callee(iso, f));
  }
  return call_function(iso, f, v, argc, args);
}

bool prepared_call_init(Isolate *iso, PreparedCall *pc, Value f, Value this_value, u32 argc) {
  Value *nf = frame_top(iso) + FRAME_HEADER;
  if (!check_c_stack(iso) || !frame_reserve(iso, nf, argc + 8)) return false;
  *pc = (PreparedCall){f, this_value, nf + 1, argc, nf};
  for (u32 i = 0; i < argc; i++) pc->args[i] = VALUE_UNDEFINED;
  nf[-5] = VALUE_UNDEFINED;
  nf[-4] = f;
  nf[0] = this_value;
  ASSERT(frame_flags(iso->fp) & FRAME_NATIVE);
  iso->sp = nf + 1 + argc;
  return true;
}

Value prepared_call(Isolate *iso, PreparedCall *pc) {
  Value *nf = pc->window;
  nf[-5] = VALUE_UNDEFINED;
  nf[-4] = pc->function;
  nf[0] = pc->this_value;
  if (LIKELY(value_is_kind(pc->function, KIND_FUNCTION))) {
    Code *code = frame_code(nf);
    if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) {
      for (u32 i = pc->argc; i < code->param_count; i++) nf[1 + i] = VALUE_UNDEFINED;
      *frame_info_of(nf) = frame_info(pc->argc, FRAME_ENTRY, 0);
      return run_window(iso, nf);
    }
  }
  Value v = call_window(iso, &nf, pc->argc, 0, FRAME_ENTRY);
  if (v != VALUE_EMPTY || !nf) return v;
  return run_window(iso, nf);
}

void prepared_call_end(Isolate *iso, PreparedCall *pc) { iso->sp = pc->window - FRAME_HEADER; }

bool value_is_constructor(Value v) {
  if (!value_is_object(v)) return false;
  switch (value_cell(v)->kind) {
  case KIND_FUNCTION: return ref_get(((JSFunction *)v)->code)->flags & (CODE_CONSTRUCTOR | CODE_CLASS_CONSTRUCTOR);
  case KIND_NATIVE_FUNCTION: return ((JSNativeFunction *)v)->native_flags & NATIVE_CONSTRUCTOR;
  case KIND_BOUND_FUNCTION: return ((JSBoundFunction *)v)->is_constructor;
  case KIND_PROXY: return ((JSProxy *)v)->is_constructor;
  default: return false;
  }
}
