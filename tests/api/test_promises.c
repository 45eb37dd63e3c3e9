// SPDX-License-Identifier: MIT
// Promises, the event loop that the host turns, calls from other threads.
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "tests/api/host.h"

static void settled(WeftIsolate *w, WeftValue result, bool fulfilled, void *data) {
  char *text = weft_to_utf8(w, result, NULL);
  snprintf(data, 100, "%s %s", fulfilled ? "yes" : "no", text);
  weft_free(text);
}

START_TEST(promises) {
  WeftIsolate *w = isolate_make();
  WeftValue p = weft_promise_new(w);
  char heard[100] = "";
  ck_assert(weft_promise_state(p) == WEFT_PENDING && weft_kind(weft_promise_result(w, p)) == WEFT_UNDEFINED);
  ck_assert(weft_then(w, p, settled, heard, NULL));
  ck_assert(weft_promise_resolve(w, p, weft_integer(7)) && weft_promise_reject(w, p, weft_integer(8)));
  ck_assert(weft_promise_state(p) == WEFT_FULFILLED && weft_as_number(weft_promise_result(w, p)) == 7);
  ck_assert_str_eq(heard, "");
  weft_run_jobs(w);
  ck_assert_str_eq(heard, "yes 7");
  ck_assert(weft_then(w, eval(w, "Promise.reject(new Error('x'))"), settled, heard, NULL));
  weft_run_jobs(w);
  ck_assert_str_eq(heard, "no Error: x");
  ck_assert(weft_then(w, weft_integer(3), settled, heard, NULL)); // no promise
  weft_run_jobs(w);
  ck_assert_str_eq(heard, "yes 3");
  // A promise that resolves with another.
  WeftValue outer = weft_promise_new(w), inner = weft_promise_new(w);
  ck_assert(weft_promise_resolve(w, outer, inner) && weft_promise_resolve(w, outer, weft_integer(1)));
  ck_assert(weft_promise_state(outer) == WEFT_PENDING);
  ck_assert(weft_promise_resolve(w, inner, weft_integer(2)));
  ck_assert(weft_as_number(weft_await(w, outer)) == 2);
  ck_assert_shows(w, weft_await(w, eval(w, "(async () => { await null; return 'done' })()")), "done");
  ck_assert_ptr_null(weft_await(w, eval(w, "(async () => { await null; throw new TypeError('no') })()")));
  ck_assert_thrown(w, "TypeError: no");
  ck_assert_ptr_null(weft_await(w, weft_promise_new(w)));
  ck_assert_thrown(w, "Error: The event loop ended before the promise was settled");
  ck_assert(!weft_promise_resolve(w, weft_object(w), weft_undefined()));
  ck_assert_thrown(w, "TypeError: A promise was expected");
  weft_isolate_delete(w);
}
END_TEST

static void uncaught(WeftIsolate *w, WeftValue exception, void *data) { settled(w, exception, false, data); }

START_TEST(rejections) {
  WeftIsolate *w = isolate_make();
  char heard[100] = "";
  weft_isolate_on_uncaught(w, uncaught, heard);
  (void)eval(w, "Promise.reject(5)");
  weft_run_jobs(w);
  ck_assert_str_eq(heard, "no 5");
  weft_isolate_delete(w);
}
END_TEST

// ---- The loop ----

typedef struct Work {
  WeftIsolate *isolate;
  WeftRef *promise;
  pthread_t thread;
  int number;
} Work;

static void finish(WeftIsolate *w, void *data) {
  Work *work = data;
  if (w) {
    ck_assert(weft_promise_resolve(w, weft_ref_get(work->promise), weft_integer(work->number)));
    weft_keep_alive(w, false);
    weft_ref_delete(work->promise);
  }
  pthread_join(work->thread, NULL);
  free(work);
}
static void *work(void *data) {
  Work *work = data;
  usleep(1000);
  weft_post(work->isolate, finish, work);
  return NULL;
}
static WeftValue start_work(WeftIsolate *w, const WeftCall *call) { // work(n): a promise of n, kept by a thread
  Work *started = calloc(1, sizeof *started);
  WeftValue promise = weft_promise_new(w);
  *started = (Work){.isolate = w, .promise = weft_ref_new(w, promise), .number = (int)weft_as_number(weft_argument(call, 0))};
  weft_keep_alive(w, true);
  pthread_create(&started->thread, NULL, work, started);
  return promise;
}
#define WORK \
  "(async () => { const all = []; for (let i = 0; i < 20; i++) all.push(work(i)); return (await Promise.all(all)).join() })()"
#define WORK_DONE "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19"

// Promises that the engine would settle: who comes first counts.
START_TEST(of_others) {
  char text[100] = "";
  WeftIsolate *w = isolate_make();
  WeftValue p = eval(w, "later = (async () => { await 0; return 'of the script' })()"),
            module = weft_eval_module(w, "export {}", WEFT_TEXT_END, "m");
  WeftValue rejected = eval(w, "(async () => { await 0; throw 1 })()");
  ck_assert(weft_promise_resolve(w, p, weft_integer(1)) && weft_promise_reject(w, module, weft_integer(2)));
  ck_assert(weft_promise_resolve(w, rejected, weft_integer(3)));
  ck_assert(weft_then(w, module, settled, text, NULL));
  weft_run_jobs(w);
  ck_assert(weft_promise_state(p) == WEFT_FULFILLED && weft_as_number(weft_promise_result(w, p)) == 1);
  ck_assert(weft_promise_state(module) == WEFT_REJECTED && weft_as_number(weft_promise_result(w, module)) == 2);
  ck_assert_str_eq(text, "no 2");
  ck_assert(weft_promise_state(rejected) == WEFT_FULFILLED && weft_as_number(weft_promise_result(w, rejected)) == 3);
  weft_isolate_delete(w);
}
END_TEST

START_TEST(posts) {
  WeftIsolate *w = isolate_make();
  ck_assert(weft_set_named(w, weft_global(w), "work", weft_function(w, "work", 1, start_work, NULL)));
  ck_assert_shows(w, weft_await(w, eval(w, WORK)), WORK_DONE);
  (void)eval(w, WORK ".then((t) => { result = t })");
  weft_run_loop(w);
  ck_assert_shows(w, eval(w, "result"), WORK_DONE);
  weft_isolate_delete(w);
}
END_TEST

static int pump_all(WeftIsolate *w) {
  int descriptor = weft_poll_descriptor(w), rounds = 0;
  ck_assert_int_ge(descriptor, 0);
  while (weft_pump(w)) {
    int timeout = weft_poll_timeout(w);
    struct pollfd fd = {.fd = descriptor, .events = POLLIN};
    ck_assert_int_ge(poll(&fd, 1, timeout < 0 || timeout > 5000 ? 5000 : timeout), 0);
    ck_assert_int_lt(rounds++, 1000); // it does not spin
  }
  return rounds;
}

START_TEST(pumped) {
  WeftIsolate *w = isolate_make();
  ck_assert(weft_set_named(w, weft_global(w), "work", weft_function(w, "work", 1, start_work, NULL)));
  (void)eval(w, WORK ".then((t) => { result = t })");
  pump_all(w);
  ck_assert_shows(w, eval(w, "result"), WORK_DONE);
  ck_assert_int_eq(weft_poll_timeout(w), -1);
  weft_isolate_delete(w);
  // With Node's globals: timers, too.
  w = weft_isolate_new(&(WeftConfig){.size = sizeof(WeftConfig), .node = true});
  (void)eval(w, "n = 0; t = setInterval(() => { if (++n === 5) clearInterval(t) }, 2); setImmediate(() => { im = 1 })");
  pump_all(w);
  ck_assert_shows(w, eval(w, "n + im"), "6");
  weft_isolate_delete(w);
}
END_TEST

static void count_releases(void *data) { ++*(int *)data; }

START_TEST(who_waits_in_vain) {
  WeftIsolate *w = isolate_make();
  int releases = 0;
  WeftValue p = weft_promise_new(w), settled_one = weft_promise_new(w);
  char heard[100] = "";
  for (int i = 0; i < 3; i++) ck_assert(weft_then(w, p, settled, &releases, count_releases));
  ck_assert(weft_then(w, settled_one, settled, heard, count_releases) && weft_promise_resolve(w, settled_one, weft_integer(1)));
  weft_run_jobs(w);
  ck_assert_str_eq(heard, "yes 1");
  ck_assert(weft_then(w, weft_integer(1), settled, &releases, count_releases)); // its job never comes
  weft_isolate_delete(w);
  ck_assert_int_eq(releases, 4);
}
END_TEST

static void count_ends(WeftIsolate *w, void *data) { *(int *)data += w ? 100 : 1; }

START_TEST(posts_of_an_isolate_that_ends) {
  WeftIsolate *w = isolate_make();
  int ends = 0;
  for (int i = 0; i < 3; i++) ck_assert(weft_post(w, count_ends, &ends));
  weft_isolate_delete(w);
  ck_assert_int_eq(ends, 3);
}
END_TEST

UNIT_MAIN("api/promises", promises, rejections, of_others, posts, pumped, posts_of_an_isolate_that_ends, who_waits_in_vain)
