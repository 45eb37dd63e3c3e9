// SPDX-License-Identifier: MIT
// Suspending and resuming frames: generators, async functions, async generators. A suspended frame is a heap copy of the header's
// callee and of all registers; resuming copies it to the top of the Value stack.
#include "vm/generator.h"

#include "vm/interp_internal.h"

enum { SAVED_HEADER = 2 }; // words: info's arguments marker, callee

// ---- Frames ----

static SuspendedFrame *frame_save(Isolate *iso, Value *fp, u32 *resume, u32 destination) {
  Code *code = frame_code(fp);
  // Arguments that were kept below the frame were taken by REST or ARGUMENTS at entry: they need not live on.
  u32 count = code->register_count;
  SuspendedFrame *frame = (SuspendedFrame *)gc_alloc(
      &iso->heap, sizeof(SuspendedFrame) + (SAVED_HEADER + (size_t)count) * sizeof(Value), KIND_SUSPENDED_FRAME);
  frame->count = SAVED_HEADER + count;
  frame->argc = frame_argc(fp);
  frame->resume_word = (u32)(resume - code->bytecode);
  frame->destination = destination;
  frame->words[0].value_ = VALUE_UNDEFINED;
  frame->words[1].value_ = fp[-4];
  memcpy(frame->words + SAVED_HEADER, fp, count * sizeof(Value));
  return frame;
}

u32 *generator_restore(Isolate *iso, JSGenerator *g, Value *nf) {
  SuspendedFrame *frame = ref_get(g->frame);
  nf[-5] = value_from_cell(g);
  nf[-4] = slot_get(&frame->words[1]);
  memcpy(nf, frame->words + SAVED_HEADER, (frame->count - SAVED_HEADER) * sizeof(Value));
  *frame_info_of(nf) = frame_info(frame->argc, FRAME_GENERATOR, 0);
  Code *code = frame_code(nf);
  u32 *resume = code->bytecode + frame->resume_word;
  g->state = GENERATOR_RUNNING;
  u32 value_reg = frame->destination & 0xffff, mode_reg = frame->destination >> 16;
  if (frame->destination != UINT32_MAX) {
    nf[value_reg] = VALUE_UNDEFINED;
    if (mode_reg) nf[mode_reg] = VALUE_FALSE;
  }
  (void)iso;
  return resume;
}

bool generator_suspend(Isolate *iso, JSGenerator *g, Value *fp, u32 *resume, u32 dst) {
  // A frame of the same size may be reused: generators suspend at every yield.
  SuspendedFrame *frame = ref_get(g->frame);
  Code *code = frame_code(fp);
  if (frame && frame->count == SAVED_HEADER + code->register_count) {
    frame->resume_word = (u32)(resume - code->bytecode);
    frame->destination = dst;
    memcpy(frame->words + SAVED_HEADER, fp, code->register_count * sizeof(Value));
    gc_barrier(&iso->heap, &frame->cell);
  } else {
    frame = frame_save(iso, fp, resume, dst);
    ref_set(iso, g, &g->frame, frame);
  }
  g->state = GENERATOR_SUSPENDED_YIELD;
  return true;
}

// OrdinaryCreateFromConstructor of the generator function's `prototype`.
static Value generator_prototype(Isolate *iso, JSFunction *f, bool is_async) {
  Value proto = TRY(obj_get(iso, &f->object, ATOM(prototype)));
  if (value_is_object(proto)) return proto;
  Realm *realm = ref_get(f->code)->realm;
  return value_from_cell(
      realm_intrinsic(iso, realm, is_async ? INTRINSIC_ASYNC_GENERATOR_PROTOTYPE : INTRINSIC_GENERATOR_PROTOTYPE));
}

JSObject *generator_start(Isolate *iso, Value *fp, u32 *resume, u32 reg) {
  JSFunction *f = frame_function(fp);
  bool is_async = ref_get(f->code)->flags & CODE_ASYNC;
  Value proto = TRY(generator_prototype(iso, f, is_async));
  JSGenerator *g = TRY((JSGenerator *)obj_new_kind(iso, is_async ? KIND_ASYNC_GENERATOR : KIND_GENERATOR, proto));
  slot_set(iso, g, &g->promise, VALUE_UNDEFINED);
  fp[reg] = value_from_cell(g);
  ref_set(iso, g, &g->frame, frame_save(iso, fp, resume, UINT32_MAX));
  g->state = GENERATOR_SUSPENDED_START;
  return &g->object;
}

// ---- Running a suspended frame ----

static Value run_frame(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v) {
  if (!check_c_stack(iso)) return VALUE_FAIL;
  SuspendedFrame *frame = ref_get(g->frame);
  Value *nf = frame_top(iso) + FRAME_HEADER;
  if (!frame_reserve(iso, nf, frame->count)) return VALUE_FAIL;
  u32 destination = frame->destination;
  bool started = destination != UINT32_MAX;
  u32 *resume = generator_restore(iso, g, nf);
  *frame_info_of(nf) = frame_info(frame_argc(nf), FRAME_GENERATOR | FRAME_ENTRY, 0);
  if (started) {
    nf[destination & 0xffff] = v;
    if (destination >> 16) nf[destination >> 16] = value_from_bool(mode == RESUME_RETURN);
  }
  if (mode == RESUME_THROW) {
    throw_value(iso, v);
    resume--; // the handler of the instruction that suspended
  }
  Value *fp = iso->fp, *sp = iso->sp;
  u32 *pc = iso->pc;
  nf[-3] = (Value)(pc + 1);
  nf[-2] = (Value)fp;
  Value result = interp_run(iso, nf, resume);
  iso->fp = fp;
  iso->sp = sp;
  iso->pc = pc;
  return result;
}

static void complete(JSGenerator *g) {
  g->state = GENERATOR_COMPLETED;
  ref_init(&g->frame, NULL);
}

// Sync generators give the iterator result object, made by OP_YIELD or by the return.
Value generator_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v, bool *done) {
  Value result = run_frame(iso, g, mode, v);
  *done = g->state == GENERATOR_COMPLETED;
  return result;
}

Value generator_prototype_next(Isolate *iso, const Call *call) {
  return generator_method(iso, call->this_value, RESUME_NEXT, call_arg(call, 0));
}

bool is_generator_next(Value f) {
  return value_is_kind(f, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)f)->fn == generator_prototype_next;
}

// ---- Async functions ----

Value async_function_start(Isolate *iso) {
  JSPromise *promise = TRY(promise_new(iso));
  JSGenerator *g = TRY((JSGenerator *)obj_new_kind(iso, KIND_ASYNC_FUNCTION_STATE, VALUE_NULL));
  slot_set(iso, g, &g->promise, value_from_cell(promise));
  g->state = GENERATOR_RUNNING;
  return value_from_cell(g);
}

bool async_await(Isolate *iso, JSGenerator *g, Value *fp, u32 *resume, u32 dst, Value v) {
  bool ok = generator_suspend(iso, g, fp, resume, dst) && promise_await(iso, v, g);
  g->state = GENERATOR_RUNNING; // awaiting, not yielded
  return ok;
}

bool async_function_finish(Isolate *iso, JSGenerator *g, Value v, bool fulfilled) {
  complete(g);
  JSPromise *promise = (JSPromise *)slot_get(&g->promise);
  if (fulfilled) return promise_resolve_with(iso, promise, v);
  promise_reject(iso, promise, v);
  return true;
}

void async_function_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v) {
  if (!ref_get(g->frame)) return;
  Value result = run_frame(iso, g, mode, v);
  if (result || iso->terminating) return;
  // Only what the handler around the body could not catch comes here: a stack overflow at its very start.
  Value exception = isolate_take_exception(iso);
  if (g->object.cell.kind == KIND_ASYNC_FUNCTION_STATE) {
    async_function_finish(iso, g, exception, false);
    return;
  }
  complete(g);
  async_generator_completed(iso, (JSAsyncGenerator *)g, exception, true);
}
