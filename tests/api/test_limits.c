// SPDX-License-Identifier: MIT
// Interrupts, budgets, memory of the host's, limits of heap and stack.
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "tests/api/host.h"

typedef struct Asked {
  int times;
  unsigned reasons;
  uint64_t renew; // steps
  int patience;   // how often to go on
} Asked;

static bool asked(WeftIsolate *w, unsigned reasons, void *data) {
  Asked *a = data;
  a->times++;
  a->reasons |= reasons;
  if (a->renew) ck_assert(weft_set_budget(w, 0, a->renew));
  return a->patience-- > 0;
}

START_TEST(steps) {
  WeftIsolate *w = isolate_make();
  ck_assert(weft_set_budget(w, 0, 100000));
  ck_assert_ptr_null(weft_eval(w, "try { for (;;); } finally { x = 1 }", WEFT_TEXT_END, NULL));
  ck_assert(weft_is_terminating(w) && !weft_exception_take(w) && weft_budget_steps(w) == 0);
  weft_resume(w);
  ck_assert_shows(w, eval(w, "typeof x"), "undefined");
  // The same program, the same number.
  uint64_t used[2];
  for (int i = 0; i < 2; i++) {
    ck_assert(weft_set_budget(w, 0, 1000000));
    (void)eval(w, "function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) } f(15)");
    used[i] = 1000000 - weft_budget_steps(w);
  }
  ck_assert_uint_eq(used[0], used[1]);
  ck_assert_uint_gt(used[0], 1000);
  ck_assert_uint_lt(used[0], 10000);
  // Renewed twice, then over.
  Asked a = {.renew = 5000, .patience = 2};
  weft_isolate_on_interrupt(w, asked, &a);
  ck_assert(weft_set_budget(w, 0, 5000));
  ck_assert_ptr_null(weft_eval(w, "for (;;);", WEFT_TEXT_END, NULL));
  ck_assert(a.times == 3 && a.reasons == WEFT_INTERRUPT_STEPS);
  weft_resume(w);
  ck_assert(weft_set_budget(w, 0, 0));
  ck_assert_shows(w, eval(w, "let n = 0; while (n < 1e5) n++; n"), "100000");
  weft_isolate_delete(w);
}
END_TEST

static WeftValue count_call(WeftIsolate *w, const WeftCall *call) {
  (void)w;
  ++*(int *)call->data;
  return weft_undefined();
}

// Nothing runs in a stopped isolate, native functions neither.
START_TEST(nothing_runs) {
  WeftIsolate *w = isolate_make();
  int calls = 0;
  WeftValue f = weft_function(w, "f", 0, count_call, &calls), o = weft_object(w);
  ck_assert(weft_set_named(w, weft_global(w), "f", f));
  ck_assert(weft_define_accessor(w, o, weft_name(w, "x", WEFT_TEXT_END), f, f, WEFT_ALL));
  ck_assert_ptr_nonnull(weft_get_named(w, o, "x"));
  weft_terminate(w);
  ck_assert_ptr_null(weft_eval(w, "for (;;);", WEFT_TEXT_END, NULL));
  ck_assert(weft_is_terminating(w));
  ck_assert_ptr_null(weft_call(w, f, NULL, 0, NULL));
  ck_assert_ptr_null(weft_get_named(w, o, "x"));
  ck_assert(!weft_set_named(w, o, "x", f));
  ck_assert_ptr_null(weft_message_new(w, o, 0, NULL));
  ck_assert_ptr_null(weft_eval(w, "f()", WEFT_TEXT_END, NULL));
  ck_assert(calls == 1 && !weft_exception_take(w));
  weft_resume(w);
  ck_assert_ptr_nonnull(weft_call(w, f, NULL, 0, NULL));
  ck_assert_int_eq(calls, 2);
  weft_isolate_delete(w);
}
END_TEST

static double cpu_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

START_TEST(cpu_time) {
  WeftIsolate *w = isolate_make();
  static const char *const endless[] = {"for (;;);", "/(a*)*\\1b/.test('a'.repeat(40))", "(function f() { return f() || f() })()",
                                        "'x'.repeat(1e6).split('').sort(() => 1).map((x) => { for (;;); })"};
  for (size_t i = 0; i < sizeof endless / sizeof endless[0]; i++) {
    double start = cpu_ms();
    ck_assert(weft_set_budget(w, 30 * 1000 * 1000, 0));
    ck_assert_ptr_null(weft_eval(w, endless[i], WEFT_TEXT_END, NULL));
    if (weft_is_terminating(w)) {
      double used = cpu_ms() - start;
      ck_assert_msg(used >= 29 && used < 2000, "%s: %.1f ms", endless[i], used);
    } else {
      ck_assert_thrown(w, "RangeError: Maximum call stack size exceeded"); // that was quicker
    }
    weft_resume(w);
  }
  // Sleeping costs nothing; going on is possible.
  ck_assert(weft_set_budget(w, 50 * 1000 * 1000, 0));
  usleep(100000);
  ck_assert_shows(w, eval(w, "1 + 1"), "2");
  // A budget that another isolate of the thread, or the host, has used up is forgotten with the next.
  for (uint64_t next = 0; next < 2; next++) {
    ck_assert(weft_set_budget(w, 1000 * 1000, 0));
    for (double start = cpu_ms(); cpu_ms() - start < 10;) {
    }
    usleep(10000); // the watching thread has to get its turn
    ck_assert(weft_set_budget(w, next * 1000 * 1000 * 1000, 0));
    ck_assert_shows(w, eval(w, "(() => { let n = 0; for (let i = 0; i < 1000; i++) n++; return n })()"), "1000");
  }
  Asked a = {.patience = 1};
  weft_isolate_on_interrupt(w, asked, &a);
  ck_assert(weft_set_budget(w, 5 * 1000 * 1000, 0));
  // On a busy machine 60 ms may hold less than 5 ms of this thread's own, and the watching thread has to get its turn.
  for (int i = 0; i < 100 && !a.times; i++) {
    ck_assert_shows(w, eval(w, "(() => { const end = Date.now() + 60; while (Date.now() < end); return 'done' })()"), "done");
  }
  ck_assert(a.times == 1 && a.reasons == WEFT_INTERRUPT_CPU);
  weft_isolate_delete(w);
}
END_TEST

static _Atomic bool enough;
static void *interrupt_often(void *isolate) {
  while (!enough) { // several questions may become one where the other thread does not get its turn
    usleep(5000);
    weft_interrupt(isolate);
  }
  return NULL;
}

START_TEST(questions) {
  WeftIsolate *w = isolate_make();
  Asked a = {.patience = 2};
  weft_isolate_on_interrupt(w, asked, &a);
  pthread_t thread;
  pthread_create(&thread, NULL, interrupt_often, w);
  ck_assert_ptr_null(weft_eval(w, "for (;;);", WEFT_TEXT_END, NULL)); // the third time it is told to end
  enough = true;
  pthread_join(thread, NULL);
  ck_assert(a.times == 3 && a.reasons == WEFT_INTERRUPT_ASKED && weft_is_terminating(w));
  weft_isolate_delete(w);
}
END_TEST

// ---- Memory ----

typedef struct Book {
  size_t now, most, count;
  size_t limit;
} Book;

static void *allocate(void *data, size_t size, size_t alignment) {
  Book *book = data;
  if (book->now + size > book->limit) return NULL;
  void *memory = aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (!memory) return NULL;
  memset(memory, 0, size);
  book->now += size;
  if (book->now > book->most) book->most = book->now;
  book->count++;
  return memory;
}
static void release(void *data, void *memory, size_t size) {
  Book *book = data;
  book->now -= size;
  free(memory);
}

START_TEST(own_allocator) {
  Book book = {.limit = 64 << 20};
  WeftAllocator allocator = {allocate, release, &book};
  WeftIsolate *w =
      weft_isolate_new(&(WeftConfig){.size = sizeof(WeftConfig), .allocator = &allocator, .heap_limit_bytes = 40 << 20});
  ck_assert_ptr_nonnull(w);
  (void)eval(w, "let list = []; for (let i = 0; i < 2e5; i++) list.push({ i }); list.length");
  (void)eval(w, "for (let i = 0; i < 100; i++) new Array(1e5).fill(i)");
  ck_assert(book.now > 4 << 20 && book.most <= book.limit && book.count > 10);
  weft_isolate_delete(w);
  ck_assert_uint_eq(book.now, 0);
}
END_TEST

// The collector would take words that earlier calls have left on the C stack for values.
static __attribute__((noinline)) void clear_c_stack(void) {
  volatile char stale[64 << 10];
  for (size_t i = 0; i < sizeof stale; i++) stale[i] = 0;
}

START_TEST(heap_and_stack) {
  WeftIsolate *w =
      weft_isolate_new(&(WeftConfig){.size = sizeof(WeftConfig), .heap_limit_bytes = 16 << 20, .stack_size_bytes = 256 << 10});
  for (int i = 0; i < 3; i++) {
    ck_assert_ptr_null(
        weft_eval(w, "(() => { const all = []; for (;;) all.push(new Array(1000).fill(all)) })()", WEFT_TEXT_END, NULL));
    ck_assert_thrown(w, "RangeError: Out of memory");
    // What filled the heap is garbage now.
    clear_c_stack();
    ck_assert_shows(w, eval(w, "new Uint8Array(1e6).length"), "1000000");
    ck_assert_ptr_null(weft_eval(w, "(function f() { f() })()", WEFT_TEXT_END, NULL));
    ck_assert_thrown(w, "RangeError: Maximum call stack size exceeded");
    ck_assert_shows(w, eval(w, "'still ' + 'here'"), "still here");
  }
  WeftMemory before, after;
  weft_memory(w, &before);
  weft_adjust_external_memory(w, 1 << 20);
  weft_memory(w, &after);
  ck_assert_uint_eq(after.external_bytes - before.external_bytes, 1 << 20);
  weft_adjust_external_memory(w, -(1 << 20));
  ck_assert_uint_eq(after.limit_bytes, 16 << 20);
  weft_isolate_delete(w);
}
END_TEST

UNIT_MAIN("api/limits", steps, nothing_runs, cpu_time, questions, own_allocator, heap_and_stack)
