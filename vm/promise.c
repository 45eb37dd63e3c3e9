// SPDX-License-Identifier: MIT
// Promises (ECMA-262 27.2.1): settling, resolving functions, reactions and their jobs, `await`.
// A capability that no script can see holds only its promise (resolve and reject are undefined): it is settled directly,
// without the two function objects of the specification; nobody can tell the difference.
// Tests: tests/js/control/promise*.js, test262.
#include "vm/error.h"
#include "vm/generator.h"
#include "vm/operators.h"

static JSPromise *value_promise(Value v) { return (JSPromise *)value_object(v); }

JSPromise *promise_new_with_proto(Isolate *iso, Value proto) {
  JSPromise *p = TRY((JSPromise *)obj_new_kind(iso, KIND_PROMISE, proto));
  slot_init(&p->result, VALUE_UNDEFINED);
  return p;
}

JSPromise *promise_new(Isolate *iso) { return promise_new_with_proto(iso, intrinsic(iso, INTRINSIC_PROMISE_PROTOTYPE)); }

static void tell_host(Isolate *iso, JSPromise *p, Value reason, RejectionEvent event) {
  if (iso->hooks && iso->hooks->promise_rejection) iso->hooks->promise_rejection(iso, value_from_object(p), reason, event);
}

// ---- Settling ----

static Value reaction_job(Isolate *iso, Value *args);

static void enqueue_reaction(Isolate *iso, PromiseReaction *reaction, Value argument, bool fulfilled) {
  Value args[] = {value_from_cell(reaction), argument, value_from_bool(fulfilled)};
  enqueue_job(iso, reaction_job, args, ARRAY_LEN(args));
}

static PromiseReaction *take_reactions_in_order(Isolate *iso, JSPromise *p) {
  PromiseReaction *first = NULL, *next;
  for (PromiseReaction *r = ref_get(p->reactions); r; r = next) {
    next = ref_get(r->next);
    ref_set(iso, r, &r->next, first);
    first = r;
  }
  ref_set(iso, p, &p->reactions, NULL);
  return first;
}

static void settle(Isolate *iso, JSPromise *p, Value value, enum PromiseState state) {
  if (p->state != PROMISE_PENDING) return; // a host settles promises of others, too: who comes first counts
  PromiseReaction *next, *r = take_reactions_in_order(iso, p);
  slot_set(iso, p, &p->result, value);
  p->state = (u8)state;
  if (state == PROMISE_REJECTED && !p->is_handled) tell_host(iso, p, value, REJECTION_UNHANDLED);
  for (; r; r = next) {
    next = ref_get(r->next);
    ref_set(iso, r, &r->next, NULL);
    enqueue_reaction(iso, r, value, state == PROMISE_FULFILLED);
  }
}

void promise_fulfill(Isolate *iso, JSPromise *p, Value value) { settle(iso, p, value, PROMISE_FULFILLED); }

void promise_reject(Isolate *iso, JSPromise *p, Value reason) { settle(iso, p, reason, PROMISE_REJECTED); }

// Rejects with the exception that waits. false: the isolate terminates, nothing may be done with it.
static bool reject_with_exception(Isolate *iso, JSPromise *p) {
  if (iso->terminating) return false;
  promise_reject(iso, p, isolate_take_exception(iso));
  return true;
}

static Value thenable_job(Isolate *iso, Value *args) { // promise, thenable, then
  Value resolve, reject;
  TRY(create_resolving_functions(iso, value_promise(args[0]), &resolve, &reject));
  if (CALL2(iso, args[2], args[1], resolve, reject)) return VALUE_UNDEFINED;
  if (iso->terminating) return VALUE_FAIL;
  return CALL1(iso, reject, VALUE_UNDEFINED, isolate_take_exception(iso));
}

bool promise_resolve_with(Isolate *iso, JSPromise *p, Value resolution) {
  if (!value_is_object(resolution)) {
    promise_fulfill(iso, p, resolution);
    return true;
  }
  if (resolution == value_from_object(p)) {
    THROW(iso, PROMISE_CYCLE);
    return reject_with_exception(iso, p);
  }
  Value then = obj_get(iso, value_object(resolution), ATOM(then));
  if (!then) return reject_with_exception(iso, p);
  if (!value_is_callable(then)) {
    promise_fulfill(iso, p, resolution);
    return true;
  }
  Value args[] = {value_from_object(p), resolution, then};
  enqueue_job(iso, thenable_job, args, ARRAY_LEN(args));
  return true;
}

// ---- Resolving functions: data[0] the promise, undefined once resolved. The reject function's data[0] is its sibling. ----

static bool take_promise(Isolate *iso, JSNativeFunction *holder, Value v, RejectionEvent event, JSPromise **out) {
  Value promise = slot_get(&holder->data[0]);
  if (value_is_undefined(promise)) {
    Value late = slot_get(&holder->data[1]);
    if (iso->hooks && iso->hooks->promise_rejection) tell_host(iso, value_promise(late), v, event);
    return false;
  }
  slot_set(iso, holder, &holder->data[1], promise);
  slot_set(iso, holder, &holder->data[0], VALUE_UNDEFINED);
  *out = value_promise(promise);
  return true;
}

static Value resolve_function(Isolate *iso, const Call *call) {
  JSPromise *p;
  Value v = call_arg(call, 0);
  JSNativeFunction *self = (JSNativeFunction *)value_object(call->callee);
  if (take_promise(iso, self, v, REJECTION_RESOLVE_AFTER_RESOLVED, &p)) TRY(promise_resolve_with(iso, p, v));
  return VALUE_UNDEFINED;
}

static Value reject_function(Isolate *iso, const Call *call) {
  JSPromise *p;
  Value v = call_arg(call, 0);
  JSNativeFunction *sibling = (JSNativeFunction *)value_object(native_data(call, 0));
  if (take_promise(iso, sibling, v, REJECTION_REJECT_AFTER_RESOLVED, &p)) promise_reject(iso, p, v);
  return VALUE_UNDEFINED;
}

bool create_resolving_functions(Isolate *iso, JSPromise *p, Value *resolve, Value *reject) {
  JSNativeFunction *f = TRY(native_function_new(iso, resolve_function, ATOM(empty), 1, 2));
  slot_set(iso, f, &f->data[0], value_from_object(p));
  JSNativeFunction *g = TRY(native_function_new(iso, reject_function, ATOM(empty), 1, 1));
  slot_set(iso, g, &g->data[0], value_from_object(f));
  *resolve = value_from_object(f);
  *reject = value_from_object(g);
  return true;
}

// ---- Capabilities ----

static Value capability_executor(Isolate *iso, const Call *call) { // GetCapabilitiesExecutor functions
  JSNativeFunction *self = (JSNativeFunction *)value_object(call->callee);
  if (!value_is_undefined(slot_get(&self->data[0])) || !value_is_undefined(slot_get(&self->data[1]))) {
    return THROW(iso, PROMISE_CAPABILITY_TWICE);
  }
  slot_set(iso, self, &self->data[0], call_arg(call, 0));
  slot_set(iso, self, &self->data[1], call_arg(call, 1));
  return VALUE_UNDEFINED;
}

static bool new_foreign_capability(Isolate *iso, Value constructor, PromiseCapabilityRecord *out) {
  if (!value_is_constructor(constructor)) {
    return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, constructor));
  }
  JSNativeFunction *executor = TRY(native_function_new(iso, capability_executor, ATOM(empty), 2, 2));
  Value argument = value_from_object(executor);
  out->promise = TRY(construct(iso, constructor, 1, &argument, constructor));
  out->resolve = slot_get(&executor->data[0]);
  out->reject = slot_get(&executor->data[1]);
  if (!value_is_callable(out->resolve) || !value_is_callable(out->reject)) return THROW(iso, PROMISE_NOT_CONSTRUCTOR);
  return true;
}

bool new_promise_capability_hidden(Isolate *iso, Value constructor, PromiseCapabilityRecord *out) {
  if (constructor != intrinsic(iso, INTRINSIC_PROMISE)) return new_foreign_capability(iso, constructor, out);
  JSPromise *p = TRY(promise_new(iso));
  *out = (PromiseCapabilityRecord){value_from_object(p), VALUE_UNDEFINED, VALUE_UNDEFINED};
  return true;
}

bool new_promise_capability(Isolate *iso, Value constructor, PromiseCapabilityRecord *out) {
  TRY(new_promise_capability_hidden(iso, constructor, out));
  if (!value_is_undefined(out->resolve)) return true;
  return create_resolving_functions(iso, value_promise(out->promise), &out->resolve, &out->reject);
}

bool promise_capability_resolve(Isolate *iso, const PromiseCapabilityRecord *capability, Value v) {
  if (value_is_undefined(capability->resolve)) return promise_resolve_with(iso, value_promise(capability->promise), v);
  return CALL1(iso, capability->resolve, VALUE_UNDEFINED, v) != VALUE_FAIL;
}

bool promise_capability_reject(Isolate *iso, const PromiseCapabilityRecord *capability, Value reason) {
  if (!value_is_undefined(capability->reject)) return CALL1(iso, capability->reject, VALUE_UNDEFINED, reason) != VALUE_FAIL;
  promise_reject(iso, value_promise(capability->promise), reason);
  return true;
}

Value promise_capability_reject_exception(Isolate *iso, const PromiseCapabilityRecord *capability) {
  if (iso->terminating) return VALUE_FAIL;
  TRY(promise_capability_reject(iso, capability, isolate_take_exception(iso)));
  return capability->promise;
}

Value promise_resolve(Isolate *iso, Value constructor, Value v) {
  if (value_is_promise(v)) {
    Value own = TRY(obj_get(iso, value_object(v), ATOM(constructor)));
    if (own == constructor) return v;
  }
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability_hidden(iso, constructor, &capability));
  TRY(promise_capability_resolve(iso, &capability, v));
  return capability.promise;
}

// ---- Reactions ----

static PromiseReaction *reaction_new(Isolate *iso, u32 type, Value on_fulfilled, Value on_rejected) {
  PromiseReaction *r = (PromiseReaction *)gc_alloc(heap_of(iso), sizeof(PromiseReaction), KIND_PROMISE_REACTION);
  r->type = type;
  slot_init(&r->capability_promise, VALUE_UNDEFINED);
  slot_init(&r->resolve, VALUE_UNDEFINED);
  slot_init(&r->reject, VALUE_UNDEFINED);
  slot_init(&r->on_fulfilled, on_fulfilled);
  slot_init(&r->on_rejected, on_rejected);
  return r;
}

static void add_reaction(Isolate *iso, JSPromise *p, PromiseReaction *r) {
  if (p->state == PROMISE_PENDING) {
    ref_set(iso, r, &r->next, ref_get(p->reactions));
    ref_set(iso, p, &p->reactions, r);
  } else {
    if (p->state == PROMISE_REJECTED && !p->is_handled) tell_host(iso, p, VALUE_UNDEFINED, REJECTION_HANDLED);
    enqueue_reaction(iso, r, slot_get(&p->result), p->state == PROMISE_FULFILLED);
  }
  p->is_handled = true;
}

bool perform_promise_then(Isolate *iso, JSPromise *p, Value on_fulfilled, Value on_rejected,
                          const PromiseCapabilityRecord *result_capability) {
  PromiseReaction *r = reaction_new(iso, REACTION_THEN, value_is_callable(on_fulfilled) ? on_fulfilled : VALUE_UNDEFINED,
                                    value_is_callable(on_rejected) ? on_rejected : VALUE_UNDEFINED);
  if (result_capability) {
    slot_init(&r->capability_promise, result_capability->promise);
    slot_init(&r->resolve, result_capability->resolve);
    slot_init(&r->reject, result_capability->reject);
  }
  add_reaction(iso, p, r);
  return true;
}

// A C function pointer as the double with these bits: the collector does not take it for a cell.
static Value value_from_continuation(PromiseContinuation fn) { return value_from_bits((u64)(uintptr_t)fn + DOUBLE_OFFSET); }
static PromiseContinuation value_continuation(Value v) { return (PromiseContinuation)(uintptr_t)(value_bits(v) - DOUBLE_OFFSET); }

bool promise_then_native(Isolate *iso, JSPromise *p, PromiseContinuation fn, Value data) {
  add_reaction(iso, p, reaction_new(iso, REACTION_NATIVE, data, value_from_continuation(fn)));
  return true;
}

static PromiseReaction *indexed_reaction(Isolate *iso, PromiseIndexedContinuation fn, Value data, u32 index) {
  PromiseReaction *r = reaction_new(iso, REACTION_INDEXED, data, value_from_bits((u64)(uintptr_t)fn + DOUBLE_OFFSET));
  r->index = index;
  return r;
}

void promise_then_indexed(Isolate *iso, JSPromise *p, PromiseIndexedContinuation fn, Value data, u32 index) {
  add_reaction(iso, p, indexed_reaction(iso, fn, data, index));
}

void promise_enqueue_indexed(Isolate *iso, Value v, PromiseIndexedContinuation fn, Value data, u32 index) {
  enqueue_reaction(iso, indexed_reaction(iso, fn, data, index), v, true);
}

bool promise_await(Isolate *iso, Value v, JSGenerator *g) {
  Value promise = TRY(promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), v));
  add_reaction(iso, value_promise(promise), reaction_new(iso, REACTION_AWAIT, value_from_object(g), VALUE_UNDEFINED));
  return true;
}

static Value run_then_reaction(Isolate *iso, PromiseReaction *r, Value argument, bool fulfilled) {
  Value handler = fulfilled ? slot_get(&r->on_fulfilled) : slot_get(&r->on_rejected);
  PromiseCapabilityRecord capability = {slot_get(&r->capability_promise), slot_get(&r->resolve), slot_get(&r->reject)};
  Value result = argument;
  if (!value_is_undefined(handler)) {
    result = CALL1(iso, handler, VALUE_UNDEFINED, argument);
    fulfilled = result != VALUE_FAIL;
    if (!fulfilled) {
      if (iso->terminating) return VALUE_FAIL;
      if (value_is_undefined(capability.promise)) return VALUE_FAIL; // a host's reaction: reported by the loop
      result = isolate_take_exception(iso);
    }
  }
  if (value_is_undefined(capability.promise)) return VALUE_UNDEFINED;
  if (fulfilled) TRY(promise_capability_resolve(iso, &capability, result));
  else TRY(promise_capability_reject(iso, &capability, result));
  return VALUE_UNDEFINED;
}

static Value reaction_job(Isolate *iso, Value *args) {
  PromiseReaction *r = (PromiseReaction *)value_cell(args[0]);
  bool fulfilled = args[2] == VALUE_TRUE;
  switch (r->type) {
  case REACTION_AWAIT: {
    Value g = slot_get(&r->on_fulfilled), outer = iso->running_async;
    iso->running_async = g;
    async_resume(iso, (JSGenerator *)value_object(g), fulfilled ? RESUME_NEXT : RESUME_THROW, args[1]);
    iso->running_async = outer;
    break;
  }
  case REACTION_NATIVE: value_continuation(slot_get(&r->on_rejected))(iso, slot_get(&r->on_fulfilled), args[1], fulfilled); break;
  case REACTION_INDEXED: {
    PromiseIndexedContinuation fn = (PromiseIndexedContinuation)(uintptr_t)(value_bits(slot_get(&r->on_rejected)) - DOUBLE_OFFSET);
    fn(iso, slot_get(&r->on_fulfilled), r->index, args[1], fulfilled);
    break;
  }
  default: return run_then_reaction(iso, r, args[1], fulfilled);
  }
  return isolate_has_exception(iso) ? VALUE_FAIL : VALUE_UNDEFINED;
}
