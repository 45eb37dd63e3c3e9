// SPDX-License-Identifier: MIT
// The interpreter: one function with computed goto over narrow instructions, and its twin for wide ones.
//
// Locals pc, fp, K (constants and caches) and iso are the machine state; operand bytes are read again from the instruction, which costs
// fewer instructions than shifting a prefetched word. The dispatch table's address is hidden from gcc so that it stays in
// a register. Measurements: docs/performance.md.
#include "vm/interp_internal.h"

#include "vm/arguments.h"
#include "vm/memory_access.h"

#include <stdatomic.h>

// Element access of typed arrays: relaxed atomics, as everything that may be shared (vm/memory_access.h).
#define TYPED_ACCESS(ctype, bits) \
  static ALWAYS_INLINE ctype typed_load_##ctype(const u8 *data, size_t i) { \
    return (ctype)memory_load##bits(data + i * (bits / 8)); \
  } \
  static ALWAYS_INLINE UNUSED void typed_store_##ctype(u8 *data, size_t i, ctype v) { \
    memory_store##bits(data + i * (bits / 8), (u##bits)v); \
  }
TYPED_ACCESS(i8, 8)
TYPED_ACCESS(u8, 8)
TYPED_ACCESS(i16, 16)
TYPED_ACCESS(u16, 16)
TYPED_ACCESS(i32, 32)
TYPED_ACCESS(u32, 32)
static ALWAYS_INLINE float typed_load_float(const u8 *data, size_t i) { return memory_load_float(data + i * 4); }
static ALWAYS_INLINE double typed_load_double(const u8 *data, size_t i) { return memory_load_double(data + i * 8); }
static ALWAYS_INLINE void typed_store_float(u8 *data, size_t i, float f) { memory_store_float(data + i * 4, f); }
static ALWAYS_INLINE void typed_store_double(u8 *data, size_t i, double d) { memory_store_double(data + i * 8, d); }

static ALWAYS_INLINE bool truthy(Isolate *iso, Value v) {
  if (LIKELY(value_is_boolean(v))) return v == VALUE_TRUE;
  if (value_is_int(v)) return value_int(v) != 0;
  if (value_is_nullish(v)) return false;
  return to_boolean_slow(iso, v);
}

static bool typeof_is(Isolate *iso, Value v, u32 type) {
  switch (type) {
  case 3: return value_is_number(v);
  case 4: return value_is_string(v);
  case 2: return value_is_boolean(v);
  case 5: return value_is_symbol(v);
  case 6: return value_is_bigint(v);
  default: break;
  }
  if (value_is_object(v)) {
    if (UNLIKELY(obj_shape(iso, value_object(v))->flags & SHAPE_HTMLDDA)) return type == 0;
    return type == (value_is_callable(v) ? 7u : 1u);
  }
  if (type == 0) return v == VALUE_UNDEFINED;
  return type == 1 && v == VALUE_NULL;
}

// For a != k, k a string, number, boolean or null: true when the bits already say that they are not strictly equal.
static ALWAYS_INLINE bool differs_from_constant(Value a, Value k) {
  if (!value_is_cell(k)) return !value_is_number(k);
  return !value_is_string(a) || (str_is_atom(value_string(a)) && str_is_atom(value_string(k)));
}

static u32 double_to_index(double d) { return d >= 0 && d <= UINT32_MAX && (double)(u32)d == d ? (u32)d : UINT32_MAX; }

// ---- Leaving frames ----

// State that the two loops hand to each other and to the cold code around them.
typedef struct Machine {
  u32 *pc;
  Value *fp;
  Value value;
} Machine;
typedef enum Next { NEXT_RUN, NEXT_LEAVE, NEXT_THROW, NEXT_RETURN, NEXT_RETURN_SUSPENDED, NEXT_THROW_IN_CALLER } Next;

// The FOR_OF_NEXT at pc got a value from its generator (done: none).
static void finish_for_of(Machine *m, u32 *pc, bool done) {
  bool wide = (u8)*pc == OP_WIDE;
  u32 a = wide ? *pc >> 16 : (*pc >> 8) & 0xff, b = wide ? pc[1] & 0xffff : (*pc >> 16) & 0xff;
  if (done) {
    m->fp[a + 2] = VALUE_TRUE;
    m->pc = pc + (i32)pc[wide ? 2 : 1];
    return;
  }
  m->fp[b] = m->value;
  m->pc = pc + (wide ? 3 : 2);
}

static void generator_frame_done(Value *fp) {
  JSGenerator *g = (JSGenerator *)fp[-5];
  if (g->object.cell.kind != KIND_GENERATOR) return;
  g->state = GENERATOR_COMPLETED;
  ref_init(&g->frame, NULL);
}

// Returns m->value from m->fp, whose frame has flags. LEAVE: out of interp_run.
static COLD Next return_slow(Isolate *iso, Machine *m) {
  Value *fp = m->fp;
  u32 flags = frame_flags(fp);
  if (flags & FRAME_CONSTRUCT && !value_is_object(m->value)) m->value = fp[0];
  if (flags & FRAME_GENERATOR) {
    generator_frame_done(fp);
    if (!(flags & FRAME_SPECIAL) && ((JSGenerator *)fp[-5])->object.cell.kind == KIND_GENERATOR) {
      iso->fp = fp;
      iso->pc = m->pc;
      m->value = value_from_cell(create_iter_result(iso, m->value, true));
    }
  }
  m->fp = frame_caller(fp);
  if (flags & FRAME_ENTRY) return NEXT_LEAVE;
  if (flags & FRAME_SPECIAL) {
    finish_for_of(m, frame_resume_pc(fp), true);
    return NEXT_RUN;
  }
  m->pc = frame_resume_pc(fp);
  m->fp[frame_dst(fp)] = m->value;
  return NEXT_RUN;
}

// The frame was copied out (or needs no copy): its caller gets m->value as from a plain call.
static Next return_suspended(Machine *m) {
  Value *fp = m->fp;
  u32 flags = frame_flags(fp);
  m->fp = frame_caller(fp);
  if (flags & FRAME_ENTRY) return NEXT_LEAVE;
  if (flags & FRAME_SPECIAL) {
    finish_for_of(m, frame_resume_pc(fp), false);
    return NEXT_RUN;
  }
  m->pc = frame_resume_pc(fp);
  m->fp[frame_dst(fp)] = m->value;
  return NEXT_RUN;
}

// Pops m->fp because an exception passes through it; m->pc then lies within the instruction that called it.
static Next pop_throwing_frame(Isolate *iso, Machine *m) {
  Value *fp = m->fp;
  u32 flags = frame_flags(fp);
  if (flags & FRAME_GENERATOR) generator_frame_done(fp);
  m->fp = frame_caller(fp);
  if (flags & FRAME_ENTRY) {
    iso->fp = m->fp;
    return NEXT_LEAVE;
  }
  m->pc = frame_resume_pc(fp);
  if (flags & FRAME_SPECIAL) {
    bool wide = (u8)*m->pc == OP_WIDE;
    m->fp[(wide ? *m->pc >> 16 : (*m->pc >> 8) & 0xff) + 2] = VALUE_TRUE;
  } else {
    m->pc--;
  }
  return NEXT_RUN;
}

// For the report of an exception that nobody catches. It passes here once per entry frame.
static void note_thrown(Isolate *iso, const Machine *m) {
  if (iso->exception == iso->thrown_at.exception) return;
  u32 pc = (u32)(m->pc - frame_code(m->fp)->bytecode);
  iso->thrown_at = (struct ThrownAt){iso->exception, m->fp[-4], pc};
}

// The heap is full, and the program will go on. What lies above the register of the exception were temporaries of the code that failed,
// and frames of what it called: stale words that must not hold the memory that the handler gives back.
static COLD void forget_temporaries(Isolate *iso, Value *from, Value *frame_end) {
  enum { STALE_WORDS = 16384 };
  memset(from, 0, (size_t)((char *)MIN(frame_end + STALE_WORDS, iso->stack_end) - (char *)from));
  for (Value *v = from; v < frame_end; v++) *v = VALUE_UNDEFINED;
  if (iso->window_high > frame_end) iso->window_high = frame_end;
  iso->heap.over_limit = false;
}

// Finds the handler for the pending exception. LEAVE: none up to the entry frame.
static COLD Next unwind(Isolate *iso, Machine *m) {
  note_thrown(iso, m);
  for (;;) {
    if (!iso->terminating) {
      Code *code = frame_code(m->fp);
      u32 pc = (u32)(m->pc - code->bytecode);
      for (u32 i = 0; i < code->body->handler_count; i++) {
        const Handler *handler = &code->body->handlers[i];
        if (pc < handler->start || pc >= handler->end) continue;
        if (UNLIKELY(iso->heap.over_limit)) forget_temporaries(iso, m->fp + handler->reg + 1, m->fp + code->register_count);
        m->fp[handler->reg] = isolate_take_exception(iso);
        m->pc = code->bytecode + handler->target;
        return NEXT_RUN;
      }
    }
    if (pop_throwing_frame(iso, m) == NEXT_LEAVE) {
      m->value = VALUE_FAIL;
      return NEXT_LEAVE;
    }
  }
}

// ---- The wide twin: runs wide instructions while they follow each other ----

#define OP(name) L_##name:
#define DST C
#define RETURN_VALUE m->value
#define OPCODE_BYTE ((u8 *)pc + 1)
#define A ((u32)((u16 *)(void *)pc)[1])
#define B ((u32)((u16 *)(void *)pc)[2])
#define C ((u32)((u16 *)(void *)pc)[3])
#define SC ((i32)((i16 *)(void *)pc)[3])
#define IMM_BC ((i32)pc[1])
#define IMM_BC_MASK 0xffffffffu
#define CONST_BC (pc[1])
#define JUMP_ABC ((i32)pc[1])
#define EXT(i) (pc[2 + (i)])
#define PC_AFTER(ext) (pc + 2 + (ext))
#define GO \
  do { \
    goto leave_wide; \
  } while (0)
#define NEXT(ext) \
  do { \
    pc += 2 + (ext); \
    goto leave_wide; \
  } while (0)

static NOINLINE Next wide_step(Isolate *iso, Machine *m) {
  static const void *const table[256] = {
#define OP_LABEL(name) [OP_##name] = &&L_##name,
#undef OP
#define OP(name, operands, ext, doc) OP_LABEL(name)
#include "vm/opcodes.def"
#undef OP
#define OP(name) L_##name:
  };
  u32 *pc = m->pc;
  Value *fp = m->fp;
  Value *K = frame_code(fp)->constants;
again:
  goto *table[((u8 *)pc)[1]];
#include "vm/interp_loop.inc.h"
L_WIDE:
  UNREACHABLE();
leave_wide:
  if ((u8)*pc == OP_WIDE && fp == m->fp) goto again;
  m->pc = pc;
  m->fp = fp;
  return NEXT_RUN;
return_slow:
  m->pc = pc;
  m->fp = fp;
  return NEXT_RETURN;
return_suspended:
  m->pc = pc;
  m->fp = fp;
  return NEXT_RETURN_SUSPENDED;
exception_after_suspend:
  m->pc = pc;
  m->fp = fp;
  return NEXT_THROW_IN_CALLER;
exception:
  m->pc = pc;
  m->fp = fp;
  return NEXT_THROW;
}

#undef RETURN_VALUE
#undef OPCODE_BYTE
#undef A
#undef B
#undef C
#undef SC
#undef IMM_BC
#undef IMM_BC_MASK
#undef CONST_BC
#undef JUMP_ABC
#undef EXT
#undef PC_AFTER
#undef GO
#undef NEXT

// ---- The loop ----

#define RETURN_VALUE m.value
#define OPCODE_BYTE ((u8 *)pc)
#define A ((u32)((u8 *)pc)[1])
#define B ((u32)((u8 *)pc)[2])
#define C ((u32)((u8 *)pc)[3])
#define SC ((i32)((i8 *)pc)[3])
#define IMM_BC ((i32)((i16 *)(void *)pc)[1])
#define IMM_BC_MASK 0xffffu
#define CONST_BC ((u32)((u16 *)(void *)pc)[1])
#define JUMP_ABC ((i32)*pc >> 8)
#define EXT(i) (pc[1 + (i)])
#define PC_AFTER(ext) (pc + 1 + (ext))
#define GO goto *T[*(u8 *)pc]
#define NEXT(ext) \
  do { \
    pc += 1 + (ext); \
    GO; \
  } while (0)

Value interp_run(Isolate *iso, Value *fp, u32 *pc) {
  static const void *const table[256] = {
#undef OP
#define OP(name, operands, ext, doc) OP_LABEL(name)
#include "vm/opcodes.def"
#undef OP
#define OP(name) L_##name:
  };
  const void *const *T = table;
  __asm__("" : "+r"(T));
  Value *K = frame_code(fp)->constants;
  Machine m = {pc, fp, VALUE_EMPTY};
  Next next;
  // A frame entered with a pending exception: a generator resumed by throw().
  if (UNLIKELY(iso->exception != VALUE_EMPTY)) goto exception;
  GO;
#include "vm/interp_loop.inc.h"
L_WIDE:
  m.pc = pc;
  m.fp = fp;
  next = wide_step(iso, &m);
  if (LIKELY(next == NEXT_RUN)) goto reload;
  pc = m.pc;
  fp = m.fp;
  if (next == NEXT_THROW) goto exception;
  if (next == NEXT_RETURN) goto return_slow;
  if (next == NEXT_RETURN_SUSPENDED) goto return_suspended;
  goto exception_after_suspend;
return_slow:
  if (LIKELY(frame_flags(fp) == FRAME_CONSTRUCT)) { // the common case of `new`
    Value *caller = frame_caller(fp);
    u32 dst = frame_dst(fp);
    Value v = value_is_object(m.value) ? m.value : fp[0];
    pc = frame_resume_pc(fp);
    fp = caller;
    fp[dst] = v;
    K = frame_code(fp)->constants;
    GO;
  }
  m.pc = pc;
  m.fp = fp;
  if (return_slow(iso, &m) == NEXT_LEAVE) return m.value;
  goto reload;
return_suspended:
  m.fp = fp;
  if (return_suspended(&m) == NEXT_LEAVE) return m.value;
  goto reload;
exception_after_suspend:
  m.fp = fp;
  if (pop_throwing_frame(iso, &m) == NEXT_LEAVE) return VALUE_FAIL;
  goto unwind;
exception:
  m.pc = pc;
  m.fp = fp;
unwind:
  if (unwind(iso, &m) == NEXT_LEAVE) return VALUE_FAIL;
reload:
  pc = m.pc;
  fp = m.fp;
  K = frame_code(fp)->constants;
  GO;
}
