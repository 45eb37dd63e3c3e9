// SPDX-License-Identifier: MIT
// The state machines of generator and async generator objects (ECMA-262 27.5.3, 27.6.3): what next, throw and return do on
// any receiver, the queue of requests of an async generator and how it is drained. Running the body is vm/generator.c.
// A request is three words of a ring: mode, value, promise (always a plain %Promise%, so no functions are kept).
// Tests: tests/js/control/generator*.js, async-generator*.js, test262.
#include "vm/cells.h"
#include "vm/error.h"
#include "vm/generator.h"
#include "vm/iterate.h"

// ---- Generators ----

static const char *const generator_method_names[] = {"[Generator].prototype.next", "[Generator].prototype.throw",
                                                     "[Generator].prototype.return"};

static Value complete_at_once(Isolate *iso, enum ResumeMode mode, Value v) {
  if (mode == RESUME_THROW) return throw_value(iso, v);
  return value_from_object(TRY(create_iter_result(iso, mode == RESUME_NEXT ? VALUE_UNDEFINED : v, true)));
}

Value generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v) {
  if (!value_is_kind(generator, KIND_GENERATOR)) {
    return THROW(iso, INCOMPATIBLE_RECEIVER, generator_method_names[mode], error_text_of_value(iso, generator));
  }
  JSGenerator *g = (JSGenerator *)value_object(generator);
  if (g->state == GENERATOR_RUNNING) return THROW(iso, GENERATOR_RUNNING);
  if (g->state == GENERATOR_SUSPENDED_START && mode != RESUME_NEXT) {
    g->state = GENERATOR_COMPLETED;
    ref_set(iso, g, &g->frame, NULL);
  }
  if (g->state == GENERATOR_COMPLETED) return complete_at_once(iso, mode, v);
  bool done = false;
  return generator_resume(iso, g, mode, v, &done);
}

// ---- The queue ----

enum { REQUEST_WORDS = 3, QUEUE_MIN = 4 };

static ValueArray *queue_of(const JSAsyncGenerator *g) { return (ValueArray *)ref_get(g->queue); }

static Slot *request_at(const JSAsyncGenerator *g, u32 i) {
  u32 capacity = (u32)(queue_of(g)->count / REQUEST_WORDS);
  return queue_of(g)->values + (size_t)((g->queue_head + i) % capacity) * REQUEST_WORDS;
}

static bool enqueue(Isolate *iso, JSAsyncGenerator *g, enum ResumeMode mode, Value v, JSPromise *promise) {
  ValueArray *queue = queue_of(g);
  if (!queue || g->queue_count * REQUEST_WORDS == queue->count) {
    ValueArray *larger = TRY(value_array_new(iso, queue ? queue->count * 2 : QUEUE_MIN * REQUEST_WORDS));
    for (u32 i = 0; i < g->queue_count; i++) {
      memcpy(larger->values + (size_t)i * REQUEST_WORDS, request_at(g, i), REQUEST_WORDS * sizeof(Slot));
    }
    gc_barrier(heap_of(iso), &larger->cell);
    ref_set(iso, g, &g->queue, &larger->cell);
    g->queue_head = 0;
  }
  Slot *request = request_at(g, g->queue_count++);
  slot_set(iso, queue_of(g), &request[0], value_from_int(mode));
  slot_set(iso, queue_of(g), &request[1], v);
  slot_set(iso, queue_of(g), &request[2], value_from_object(promise));
  return true;
}

static void first_request(const JSAsyncGenerator *g, enum ResumeMode *mode, Value *value) {
  const Slot *request = request_at(g, 0);
  *mode = (enum ResumeMode)value_int(slot_get(&request[0]));
  *value = slot_get(&request[1]);
}

static JSPromise *take_first_promise(JSAsyncGenerator *g) {
  Slot *request = request_at(g, 0);
  JSPromise *promise = (JSPromise *)value_object(slot_get(&request[2]));
  for (u32 i = 0; i < REQUEST_WORDS; i++) slot_init(&request[i], VALUE_UNDEFINED);
  g->queue_head = (g->queue_head + 1) % (u32)(queue_of(g)->count / REQUEST_WORDS);
  g->queue_count--;
  return promise;
}

// AsyncGeneratorCompleteStep. A new result object has no `then` of its own, but Object.prototype may: hence not fulfil.
static bool complete_step(Isolate *iso, JSAsyncGenerator *g, Value v, bool threw, bool done) {
  JSPromise *promise = take_first_promise(g);
  if (threw) {
    promise_reject(iso, promise, v);
    return true;
  }
  JSObject *result = TRY(create_iter_result(iso, v, done));
  return promise_resolve_with(iso, promise, value_from_object(result));
}

// ---- Draining (AsyncGeneratorDrainQueue, AsyncGeneratorAwaitReturn) ----

static bool drain_queue(Isolate *iso, JSAsyncGenerator *g);

static void return_value_settled(Isolate *iso, Value generator, Value v, bool fulfilled) {
  JSAsyncGenerator *g = (JSAsyncGenerator *)value_object(generator);
  ASSERT(g->generator.state == GENERATOR_DRAINING);
  if (complete_step(iso, g, v, !fulfilled, true)) (void)drain_queue(iso, g);
}

// Waits for the value of the first request, a return. NO: PromiseResolve threw and the request is settled with that.
static Tri await_return(Isolate *iso, JSAsyncGenerator *g) {
  enum ResumeMode mode;
  Value v;
  first_request(g, &mode, &v);
  Value promise = promise_resolve(iso, intrinsic(iso, INTRINSIC_PROMISE), v);
  if (promise) {
    TRY(promise_then_native(iso, (JSPromise *)value_object(promise), return_value_settled, value_from_object(g)));
    return TRI_YES;
  }
  if (iso->terminating) return TRI_FAIL;
  return complete_step(iso, g, isolate_take_exception(iso), true, true) ? TRI_NO : TRI_FAIL;
}

static bool drain_queue(Isolate *iso, JSAsyncGenerator *g) {
  while (g->queue_count) {
    enum ResumeMode mode;
    Value v;
    first_request(g, &mode, &v);
    if (mode == RESUME_RETURN) {
      if (TRY(await_return(iso, g)) == TRI_YES) return true; // goes on in return_value_settled
    } else {
      TRY(complete_step(iso, g, mode == RESUME_THROW ? v : VALUE_UNDEFINED, mode == RESUME_THROW, true));
    }
  }
  g->generator.state = GENERATOR_COMPLETED;
  return true;
}

static bool start_await_return(Isolate *iso, JSAsyncGenerator *g) {
  g->generator.state = GENERATOR_DRAINING;
  ref_set(iso, g, &g->generator.frame, NULL);
  return TRY(await_return(iso, g)) == TRI_YES || drain_queue(iso, g);
}

// ---- For the interpreter ----

bool async_generator_yielded(Isolate *iso, JSAsyncGenerator *g, Value value) {
  g->generator.state = GENERATOR_SUSPENDED_YIELD; // async_resume looks whether another request waits
  return complete_step(iso, g, value, false, false);
}

bool async_generator_completed(Isolate *iso, JSAsyncGenerator *g, Value v_or_exception, bool threw) {
  g->generator.state = GENERATOR_DRAINING;
  ref_set(iso, g, &g->generator.frame, NULL);
  TRY(complete_step(iso, g, v_or_exception, threw, true));
  return drain_queue(iso, g);
}

// ---- AsyncGenerator.prototype.next / throw / return ----

static const char *const async_generator_method_names[] = {"[AsyncGenerator].prototype.next", "[AsyncGenerator].prototype.throw",
                                                           "[AsyncGenerator].prototype.return"};

void async_resume(Isolate *iso, JSGenerator *generator, enum ResumeMode mode, Value v) {
  if (generator->object.cell.kind != KIND_ASYNC_GENERATOR) {
    async_function_resume(iso, generator, mode, v);
    return;
  }
  // A yield with more requests in the queue goes on at once: here, not deeper and deeper in the C stack.
  JSAsyncGenerator *g = (JSAsyncGenerator *)generator;
  for (;;) {
    generator->state = GENERATOR_RUNNING;
    async_function_resume(iso, generator, mode, v);
    if (generator->state != GENERATOR_SUSPENDED_YIELD || !g->queue_count || isolate_has_exception(iso) || iso->terminating) return;
    first_request(g, &mode, &v);
  }
}

static bool resume(Isolate *iso, JSAsyncGenerator *g, enum ResumeMode mode, Value v) {
  async_resume(iso, &g->generator, mode, v);
  return !isolate_has_exception(iso) && !iso->terminating;
}

static bool act_on_request(Isolate *iso, JSAsyncGenerator *g, enum ResumeMode mode, Value v) {
  switch (g->generator.state) {
  case GENERATOR_SUSPENDED_START:
    if (mode == RESUME_RETURN) return start_await_return(iso, g);
    return resume(iso, g, mode, v);
  case GENERATOR_COMPLETED: return start_await_return(iso, g); // a return: next and throw were answered before
  case GENERATOR_SUSPENDED_YIELD: return resume(iso, g, mode, v);
  default: return true; // running or draining: it will come to this request
  }
}

Value async_generator_method(Isolate *iso, Value generator, enum ResumeMode mode, Value v) {
  JSPromise *promise = TRY(promise_new(iso));
  if (!value_is_kind(generator, KIND_ASYNC_GENERATOR)) {
    THROW(iso, INCOMPATIBLE_RECEIVER, async_generator_method_names[mode], error_text_of_value(iso, generator));
    promise_reject(iso, promise, isolate_take_exception(iso));
    return value_from_object(promise);
  }
  JSAsyncGenerator *g = (JSAsyncGenerator *)value_object(generator);
  if (g->generator.state == GENERATOR_SUSPENDED_START && mode == RESUME_THROW) {
    g->generator.state = GENERATOR_COMPLETED;
    ref_set(iso, g, &g->generator.frame, NULL);
  }
  if (g->generator.state == GENERATOR_COMPLETED && mode == RESUME_THROW) {
    promise_reject(iso, promise, v);
    return value_from_object(promise);
  }
  if (g->generator.state == GENERATOR_COMPLETED && mode == RESUME_NEXT) {
    JSObject *result = TRY(create_iter_result(iso, VALUE_UNDEFINED, true));
    TRY(promise_resolve_with(iso, promise, value_from_object(result)));
    return value_from_object(promise);
  }
  TRY(enqueue(iso, g, mode, v, promise));
  TRY(act_on_request(iso, g, mode, v));
  return value_from_object(promise);
}
