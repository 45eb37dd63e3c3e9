// SPDX-License-Identifier: MIT
// Generators, async functions, async generators: their frame is copied out to the heap when they suspend and copied back to
// the top of the Value stack when they resume.
#ifndef WEFT_VM_GENERATOR_H
#define WEFT_VM_GENERATOR_H

#include "vm/promise.h"

typedef struct SuspendedFrame {
  Cell cell;
  u32 count;    // words: header and registers
  u32 argc;     // header's argument count, for `arguments` made late
  u32 resume_word; // where the bytecode goes on
  u32 destination; // register that receives the value sent in
  Slot words[]; // new.target, callee, then this and registers
} SuspendedFrame;

enum GeneratorState { GENERATOR_SUSPENDED_START, GENERATOR_SUSPENDED_YIELD, GENERATOR_RUNNING, GENERATOR_COMPLETED,
  GENERATOR_AWAITING_RETURN, GENERATOR_DRAINING };
enum ResumeMode { RESUME_NEXT, RESUME_THROW, RESUME_RETURN }; // as the bytecode sees it after OP_YIELD/OP_AWAIT

typedef struct JSGenerator { // generators, and the state of an async function (never visible)
  JSObject object;
  REF(SuspendedFrame) frame;
  Slot promise; // async functions: the result promise
  u32 state;
} JSGenerator;

typedef struct AsyncGeneratorRequest {
  Value mode, value, promise, resolve, reject;
} AsyncGeneratorRequest;
typedef struct JSAsyncGenerator {
  JSGenerator generator;
  REF(Cell) queue; // ValueArray: 5 words a request
  u32 queue_head, queue_count;
} JSAsyncGenerator;

// Resumes with a value; returns what was yielded or returned (*done tells which). For sync generators. Runs JS.
MUST_CHECK Value generator_resume(Isolate *iso, JSGenerator *g, enum ResumeMode mode, Value v, bool *done);
// Generator.prototype.next / return / throw on any receiver (validates). Runs JS.
MUST_CHECK Value generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v);
MUST_CHECK Value async_generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v); // a promise

#endif
