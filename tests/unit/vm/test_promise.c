// SPDX-License-Identifier: MIT
// vm/promise, vm/jobs: order of jobs, settling once, thenables, rejection events; capabilities of foreign constructors.
#include "tests/unit/vm/fixture.h"
#include "vm/promise.h"

static char log_text[256];

static void note(const char *what) { strncat(log_text, what, sizeof log_text - strlen(log_text) - 1); }

static void continuation(Isolate *iso, Value data, Value v, bool fulfilled) {
  (void)iso;
  char line[32];
  snprintf(line, sizeof line, "%d%c%d ", value_int(data), fulfilled ? '=' : '!', value_is_int(v) ? value_int(v) : -1);
  note(line);
}

static void watch(Isolate *iso, JSPromise *p, i32 id) { ck_assert(promise_then_native(iso, p, continuation, value_from_int(id))); }

static void run(Isolate *iso) { ck_assert(run_jobs(iso, NULL)); }

START_TEST(reactions_run_in_order_and_later) {
  Isolate *iso = fixture_new();
  log_text[0] = 0;
  JSPromise *p = promise_new(iso), *q = promise_new(iso);
  watch(iso, p, 1);
  watch(iso, p, 2);
  watch(iso, q, 3);
  promise_reject(iso, q, value_from_int(8));
  ck_assert(promise_resolve_with(iso, p, value_from_int(9)));
  watch(iso, p, 4);
  ck_assert_str_eq(log_text, "");
  run(iso);
  ck_assert_str_eq(log_text, "3!8 1=9 2=9 4=9 ");
  isolate_destroy(iso);
}
END_TEST

START_TEST(a_promise_resolved_with_a_promise_takes_its_time) {
  Isolate *iso = fixture_new();
  log_text[0] = 0;
  JSPromise *outer = promise_new(iso);
  ck_assert(promise_resolve_with(iso, outer, value_from_object(outer))); // itself: TypeError
  ck_assert_int_eq(outer->state, PROMISE_REJECTED);
  ck_assert(value_is_kind(slot_get(&outer->result), KIND_ERROR));
  JSPromise *no_then = promise_new(iso); // in this isolate Promise.prototype is empty
  JSPromise *p = promise_new(iso);
  ck_assert(promise_resolve_with(iso, p, value_from_object(no_then)));
  ck_assert_int_eq(p->state, PROMISE_FULFILLED);
  isolate_destroy(iso);
}
END_TEST

static Value thenable_then(Isolate *iso, const Call *call) {
  ck_assert(CALL1(iso, call_arg(call, 0), VALUE_UNDEFINED, value_from_int(5)));
  ck_assert(CALL1(iso, call_arg(call, 1), VALUE_UNDEFINED, value_from_int(6))); // too late
  return throw_value(iso, value_from_int(7));                                   // too late as well
}

START_TEST(thenables_are_asked_in_a_job) {
  Isolate *iso = fixture_new();
  log_text[0] = 0;
  JSObject *thenable = obj_new_plain(iso);
  JSNativeFunction *then = native_function_new(iso, thenable_then, ATOM(then), 2, 0);
  obj_put_direct(iso, thenable, ATOM(then), value_from_object(then), ATTR_ALL);
  JSPromise *p = promise_new(iso);
  watch(iso, p, 1);
  ck_assert(promise_resolve_with(iso, p, value_from_object(thenable)));
  ck_assert_int_eq(p->state, PROMISE_PENDING);
  run(iso);
  ck_assert_str_eq(log_text, "1=5 ");
  isolate_destroy(iso);
}
END_TEST

static Value handler(Isolate *iso, const Call *call) {
  if (native_magic(call)) return throw_value(iso, value_from_int(100 + value_int(call_arg(call, 0))));
  return value_from_int(10 + value_int(call_arg(call, 0)));
}

START_TEST(handlers_settle_the_next_promise) {
  Isolate *iso = fixture_new();
  log_text[0] = 0;
  JSNativeFunction *add = native_function_new(iso, handler, ATOM(add), 1, 0),
                   *fail = native_function_new(iso, handler, ATOM(add), 1, 0);
  fail->magic = 1;
  JSPromise *p = promise_new(iso);
  PromiseCapabilityRecord a, b, c;
  Value constructor = intrinsic(iso, INTRINSIC_PROMISE);
  ck_assert(new_promise_capability_hidden(iso, constructor, &a) && new_promise_capability_hidden(iso, constructor, &b));
  ck_assert(new_promise_capability(iso, constructor, &c));
  ck_assert(value_is_callable(c.resolve));
  ck_assert(perform_promise_then(iso, p, value_from_object(add), VALUE_UNDEFINED, &a));
  ck_assert(perform_promise_then(iso, (JSPromise *)value_object(a.promise), value_from_object(fail), VALUE_UNDEFINED, &b));
  ck_assert(perform_promise_then(iso, (JSPromise *)value_object(b.promise), VALUE_UNDEFINED, VALUE_NULL, &c));
  watch(iso, (JSPromise *)value_object(c.promise), 1);
  promise_fulfill(iso, p, value_from_int(1));
  gc_collect(&iso->heap, true);
  run(iso);
  ck_assert_str_eq(log_text, "1!111 ");
  isolate_destroy(iso);
}
END_TEST

static void on_rejection(Isolate *iso, Value promise, Value reason, RejectionEvent event) {
  (void)iso, (void)promise, (void)reason;
  static const char *const names[] = {"unhandled ", "handled ", "reject-after ", "resolve-after "};
  note(names[event]);
}

START_TEST(the_host_hears_of_rejections) {
  static const Hooks hooks = {.promise_rejection = on_rejection};
  IsolateConfig config = {.builtins = &fixture_builtins, .hooks = &hooks};
  Isolate *iso = isolate_new(&config);
  isolate_enter(iso);
  log_text[0] = 0;
  JSPromise *p = promise_new(iso), *q = promise_new(iso);
  watch(iso, q, 1);
  promise_reject(iso, q, value_from_int(1));
  ck_assert_str_eq(log_text, "");
  promise_reject(iso, p, value_from_int(2));
  watch(iso, p, 2);
  ck_assert_str_eq(log_text, "unhandled handled ");
  isolate_destroy(iso);
}
END_TEST

static Value many_job(Isolate *iso, Value *args) {
  i32 left = value_int(args[0]);
  if (left > 0) enqueue_job(iso, many_job, (Value[]){value_from_int(left - 1), args[1]}, 2);
  if (left % 1000 == 0) gc_collect(&iso->heap, false);
  return value_is_object(args[1]) ? VALUE_UNDEFINED : VALUE_FAIL;
}

START_TEST(the_ring_grows_and_turns) {
  Isolate *iso = fixture_new();
  for (i32 i = 0; i < 100; i++) {
    Value args[] = {value_from_int(200), value_from_object(obj_new_plain(iso))};
    enqueue_job(iso, many_job, args, 2);
  }
  run(iso);
  ck_assert_uint_eq(iso->jobs.count, 0);
  ck_assert_uint_eq(iso->jobs.capacity, 128);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("promise", reactions_run_in_order_and_later, a_promise_resolved_with_a_promise_takes_its_time,
          thenables_are_asked_in_a_job, handlers_settle_the_next_promise, the_host_hears_of_rejections, the_ring_grows_and_turns)
