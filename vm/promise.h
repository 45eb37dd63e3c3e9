// SPDX-License-Identifier: MIT
// Promises: state, reactions, jobs; the core that `await` and the module loader need. Promise.* methods are runtime/control/.
#ifndef WEFT_VM_PROMISE_H
#define WEFT_VM_PROMISE_H

#include "vm/isolate.h"

enum PromiseState { PROMISE_PENDING, PROMISE_FULFILLED, PROMISE_REJECTED };
typedef struct JSPromise {
  JSObject object;
  Slot result;
  REF(struct PromiseReaction) reactions; // list, last first while pending
  u8 state;
  bool is_handled, already_resolved;
} JSPromise;

typedef struct PromiseReaction {
  Cell cell;
  REF(struct PromiseReaction) next;
  // One of: a capability (then), or a suspended async function (await), or a native continuation (data, function pointer).
  Slot capability_promise, resolve, reject; // promise of the capability; its functions unless it is a plain %Promise%
  Slot on_fulfilled, on_rejected;           // callable or undefined; await: the generator object, undefined; native: see promise.c
  u32 type;                                 // REACTION_*
  u32 index;                                // REACTION_INDEXED
} PromiseReaction;
enum { REACTION_THEN, REACTION_AWAIT, REACTION_NATIVE, REACTION_INDEXED };

typedef struct PromiseCapability { // on the C stack
  Value promise, resolve, reject;
} PromiseCapabilityRecord;

MUST_CHECK JSPromise *promise_new(Isolate *iso); // pending, %Promise.prototype% of the current realm
MUST_CHECK JSPromise *promise_new_with_proto(Isolate *iso, Value proto);
// The resolve function's steps, for a pending promise that nobody has resolved yet. Runs JS (`then` is read; what that throws
// rejects the promise). false: terminating.
bool promise_resolve_with(Isolate *iso, JSPromise *p, Value resolution);
void promise_fulfill(Isolate *iso, JSPromise *p, Value value);
void promise_reject(Isolate *iso, JSPromise *p, Value reason);
MUST_CHECK Value promise_resolve(Isolate *iso, Value constructor, Value v); // PromiseResolve
MUST_CHECK bool new_promise_capability(Isolate *iso, Value constructor, PromiseCapabilityRecord *out);
// The same for a capability whose functions no script will see: they stay undefined when the constructor is %Promise%. Settle
// it (once) with promise_capability_resolve / _reject, or give it to perform_promise_then. Runs JS otherwise.
MUST_CHECK bool new_promise_capability_hidden(Isolate *iso, Value constructor, PromiseCapabilityRecord *out);
MUST_CHECK bool promise_capability_resolve(Isolate *iso, const PromiseCapabilityRecord *capability, Value v);
MUST_CHECK bool promise_capability_reject(Isolate *iso, const PromiseCapabilityRecord *capability, Value reason);
// IfAbruptRejectPromise: rejects with the exception that waits; returns the promise (VALUE_FAIL: terminating, or reject threw).
MUST_CHECK Value promise_capability_reject_exception(Isolate *iso, const PromiseCapabilityRecord *capability);
// PerformPromiseThen. result_capability may be NULL. false: thrown.
MUST_CHECK bool perform_promise_then(Isolate *iso, JSPromise *p, Value on_fulfilled, Value on_rejected,
                                     const PromiseCapabilityRecord *result_capability);
// C continuation instead of handlers: fn(iso, data, value_or_reason, fulfilled) runs as a job.
typedef void (*PromiseContinuation)(Isolate *iso, Value data, Value value, bool fulfilled);
MUST_CHECK bool promise_then_native(Isolate *iso, JSPromise *p, PromiseContinuation fn, Value data);
// The same with a small number besides.
typedef void (*PromiseIndexedContinuation)(Isolate *iso, Value data, u32 index, Value value, bool fulfilled);
void promise_then_indexed(Isolate *iso, JSPromise *p, PromiseIndexedContinuation fn, Value data, u32 index);
// As if with a promise that is fulfilled with v.
void promise_enqueue_indexed(Isolate *iso, Value v, PromiseIndexedContinuation fn, Value data, u32 index);
// Await (27.7.5.3): when v (through PromiseResolve) is settled, a job calls async_function_resume(g). false: thrown, into the body.
struct JSGenerator;
MUST_CHECK bool promise_await(Isolate *iso, Value v, struct JSGenerator *g);
// CreateResolvingFunctions
MUST_CHECK bool create_resolving_functions(Isolate *iso, JSPromise *p, Value *resolve, Value *reject);
static inline bool value_is_promise(Value v) { return value_is_kind(v, KIND_PROMISE); }

void enqueue_job(Isolate *iso, Value (*run)(Isolate *iso, Value *args), const Value *args, u32 count); // at most 4 args
// Runs jobs until the queue is empty. Uncaught exceptions go to `report` and the rest goes on; false when terminating.
bool run_jobs(Isolate *iso, void (*report)(Isolate *iso, Value exception));
void clear_kept_objects(Isolate *iso);

#endif
