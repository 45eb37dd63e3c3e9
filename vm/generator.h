// SPDX-License-Identifier: MIT
// Generators, async functions, async generators: their frame is copied out to the heap when they suspend and copied back to
// the top of the Value stack when they resume.
#ifndef WEFT_VM_GENERATOR_H
#define WEFT_VM_GENERATOR_H

#include "vm/promise.h"

typedef struct SuspendedFrame {
  Cell cell;
  u32 count;       // words: header and registers
  u32 argc;        // header's argument count, for `arguments` made late
  u32 resume_word; // where the bytecode goes on
  u32 destination; // register that receives the value sent in
  Slot words[];    // new.target, callee, then this and registers
} SuspendedFrame;

enum GeneratorState {
  GENERATOR_SUSPENDED_START,
  GENERATOR_SUSPENDED_YIELD,
  GENERATOR_RUNNING,
  GENERATOR_COMPLETED,
  GENERATOR_AWAITING_RETURN,
  GENERATOR_DRAINING
};
enum ResumeMode { RESUME_NEXT, RESUME_THROW, RESUME_RETURN }; // as the bytecode sees it after OP_YIELD/OP_AWAIT

typedef struct JSGenerator { // generators, and the state of an async function (never visible)
  JSObject object;
  REF(SuspendedFrame) frame;
  Slot promise; // async functions: the result promise
  u32 state;
} JSGenerator;

typedef struct JSAsyncGenerator {
  JSGenerator generator;
  REF(Cell) queue;             // ValueArray, a ring of requests: mode (int), value, promise
  u32 queue_head, queue_count; // in requests
} JSAsyncGenerator;

// Resumes with a value; returns the iterator result object (*done: the generator completed). For sync generators. Runs JS.
MUST_CHECK Value generator_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v, bool *done);
// Generator.prototype.next / return / throw on any receiver (validates). Runs JS.
MUST_CHECK Value generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v);
// %GeneratorPrototype%.next: here, because for-of recognises it and runs the frame without result objects.
Value generator_prototype_next(Isolate *iso, const Call *call);
MUST_CHECK Value async_generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v); // a promise

// ---- vm/generator.c for vm/promise.c and vm/async_generator.c ----

// Resumes the frame of an async function's state or of an async generator (its `state` is RUNNING then) until it awaits,
// yields or ends. Never fails: the outcome goes to the promise, or through async_generator_yielded / _completed. When the
// isolate terminates, iso->exception may be left set. Runs JS.
void async_function_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v);

// ---- vm/async_generator.c for the interpreter (27.6.3) ----

// The body yielded `value` (awaited already, where the grammar says so) and its frame is saved: settles the first request.
// false: thrown (terminating). Whether another request waits is the resumer's business. The body, resumed with RESUME_RETURN,
// has to await the value and then return it (AsyncGeneratorUnwrapYieldResumption).
bool async_generator_yielded(Isolate *iso, JSAsyncGenerator *g, Value value);
// The body returned a value (awaited already) or threw. Settles the first request and drains the queue. false: terminating.
bool async_generator_completed(Isolate *iso, JSAsyncGenerator *g, Value v_or_exception, bool threw);
// What a settled `await` does: async_function_resume, and for async generators the requests that wait after a yield.
void async_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v);

#endif
