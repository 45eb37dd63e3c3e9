// SPDX-License-Identifier: MIT
// Promises: made and settled by the host, and waited for.
// Tests: tests/api/test_promises.c.
#include "api/api_internal.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "runtime/support.h"
#include "vm/promise.h"

WeftValue weft_promise_new(WeftIsolate *isolate) { return value_out(isolate, value_from_object(promise_new(ISOLATE(isolate)))); }

static JSPromise *promise_arg(Isolate *iso, WeftValue v) {
  if (value_is_promise(value_in(v))) return (JSPromise *)value_object(value_in(v));
  return THROW(iso, TYPE, "A promise was expected");
}

static bool settle(WeftIsolate *isolate, WeftValue promise, WeftValue v, bool resolves, const char *function) {
  Isolate *iso = ISOLATE_IN(isolate, function);
  if (!IS_GOOD_IN(isolate, promise, function) || !IS_GOOD_IN(isolate, v, function))
    return api_throw_null(isolate, function) != NULL;
  JSPromise *p = TRY(promise_arg(iso, promise));
  if (p->already_resolved || p->state != PROMISE_PENDING) return true;
  p->already_resolved = true;
  if (resolves) return promise_resolve_with(iso, p, value_in(v));
  promise_reject(iso, p, value_in(v));
  return true;
}

bool weft_promise_resolve(WeftIsolate *isolate, WeftValue promise, WeftValue v) {
  return settle(isolate, promise, v, true, __func__);
}
bool weft_promise_reject(WeftIsolate *isolate, WeftValue promise, WeftValue reason) {
  return settle(isolate, promise, reason, false, __func__);
}

WeftPromiseState weft_promise_state(WeftValue v) {
  if (!v || !value_is_promise(value_in(v))) return WEFT_FULFILLED;
  switch (((const JSPromise *)value_object(value_in(v)))->state) {
  case PROMISE_PENDING: return WEFT_PENDING;
  case PROMISE_REJECTED: return WEFT_REJECTED;
  default: return WEFT_FULFILLED;
  }
}

WeftValue weft_promise_result(WeftIsolate *isolate, WeftValue promise) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, promise);
  JSPromise *p = TRY(promise_arg(iso, promise));
  return value_out(isolate, p->state == PROMISE_PENDING ? VALUE_UNDEFINED : slot_get(&p->result));
}

// ---- Waiting ----

typedef void (*Settled)(WeftIsolate *isolate, WeftValue result, bool fulfilled, void *data);

// Somebody who waits, in the isolate's list, so that its data are released if the isolate ends before.
typedef struct PromiseWaiter {
  Settled f;
  void *data;
  void (*release)(void *data);
  struct PromiseWaiter *next, **link;
} PromiseWaiter;

static void unlink_waiter(PromiseWaiter *waiter) {
  *waiter->link = waiter->next;
  if (waiter->next) waiter->next->link = waiter->link;
}

void api_release_waiters(WeftIsolate *isolate) {
  for (PromiseWaiter *waiter; (waiter = isolate->waiters);) {
    unlink_waiter(waiter);
    if (waiter->release) waiter->release(waiter->data);
    base_free(waiter);
  }
}

static void call_settled(Isolate *iso, Value holder, Value result, bool fulfilled) {
  WeftIsolate *isolate = api_of(iso);
  PromiseWaiter *waiter = value_pointer(list_get(value_object(holder), 0)), w = *waiter;
  unlink_waiter(waiter);
  base_free(waiter);
  w.f(isolate, value_out(isolate, result), fulfilled, w.data);
  if (isolate_has_exception(iso)) (void)host_report_pending(isolate->host);
}

static JSPromise *promise_of(Isolate *iso, WeftValue v) {
  Value promise = TRY(promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), value_in(v)));
  return (JSPromise *)value_object(promise);
}

static bool wait_for(Isolate *iso, JSPromise *p, PromiseWaiter *waiter) {
  Value holder = pointer_value(waiter);
  JSObject *list = TRY(array_from_values(iso, &holder, 1));
  return promise_then_native(iso, p, call_settled, value_from_object(list));
}

bool weft_then(WeftIsolate *isolate, WeftValue v, Settled f, void *data, void (*release)(void *data)) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  JSPromise *p = TRY(promise_of(iso, v));
  PromiseWaiter *waiter = base_try_alloc(sizeof *waiter);
  if (!waiter) return throw_out_of_memory(iso);
  *waiter = (PromiseWaiter){f, data, release, isolate->waiters, &isolate->waiters};
  if (waiter->next) waiter->next->link = &waiter->next;
  isolate->waiters = waiter;
  if (wait_for(iso, p, waiter)) return true;
  unlink_waiter(waiter);
  base_free(waiter);
  return false;
}

static void hear_nothing(Isolate *iso, Value data, Value result, bool fulfilled) {
  (void)iso, (void)data, (void)result, (void)fulfilled; // that somebody hears is what counts: the rejection is handled
}

WeftValue weft_await(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  JSPromise *p = TRY(promise_of(iso, v));
  TRY(promise_then_native(iso, p, hear_nothing, VALUE_UNDEFINED));
  loop_drain(isolate->host);
  while (p->state == PROMISE_PENDING && loop_turn(isolate->host)) {
  }
  if (iso->terminating) return NULL;
  Value result = slot_get(&p->result);
  if (p->state == PROMISE_FULFILLED) return value_out(isolate, result);
  if (p->state == PROMISE_REJECTED) return throw_value(iso, result);
  return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The event loop ended before the promise was settled");
}
