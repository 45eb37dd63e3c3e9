// SPDX-License-Identifier: MIT
// What hosts do wrong: builds with assertions end with one line that names the function and what is wrong, a release answers NULL with a
// TypeError and trusts the rest.
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/api/host.h"

#ifdef WEFT_ASSERTS

#if defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#else
#define ASAN 0
#endif

// What `f` prints on stderr before it ends in another process, and how that ends.
static int ends(void (*f)(void), char *text, size_t size) {
  int ends[2], status;
  ck_assert_int_eq(pipe(ends), 0);
  pid_t child = fork();
  if (child == 0) {
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    dup2(ends[1], STDERR_FILENO);
    f();
    _exit(7);
  }
  close(ends[1]);
  size_t length = 0;
  for (ssize_t n; length + 1 < size && (n = read(ends[0], text + length, size - 1 - length)) > 0;) length += (size_t)n;
  text[length] = 0;
  close(ends[0]);
  waitpid(child, &status, 0);
  return status;
}

static void ck_assert_aborts(void (*f)(void), const char *line) {
  char text[1000];
  int status = ends(f, text, sizeof text);
  ck_assert_str_eq(text, line);
  ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
#define ABORTS(f, function, what) ck_assert_aborts(f, "weft: " function ": " what "\n")

// ---- The isolate ----

static void null_isolate(void) { (void)weft_object(NULL); }
static void null_entered(void) { weft_isolate_enter(NULL); }
static void null_stopped(void) { weft_terminate(NULL); }
static void null_posted(void) { (void)weft_post(NULL, NULL, NULL); }

START_TEST(no_isolate) {
  ABORTS(null_isolate, "weft_object", "the isolate is NULL");
  ABORTS(null_entered, "weft_isolate_enter", "the isolate is NULL");
  ABORTS(null_stopped, "weft_terminate", "the isolate is NULL");
  ABORTS(null_posted, "weft_post", "the isolate is NULL");
}
END_TEST

static WeftIsolate *deleted(void) {
  WeftIsolate *w = isolate_make();
  weft_isolate_delete(w);
  return w;
}
static void used_after_delete(void) { (void)weft_eval(deleted(), "1", WEFT_TEXT_END, NULL); }
static void entered_after_delete(void) { weft_isolate_enter(deleted()); }
static void stopped_after_delete(void) { weft_terminate(deleted()); }
static void deleted_twice(void) { weft_isolate_delete(deleted()); }
static void reference_after_delete(void) {
  WeftIsolate *w = isolate_make();
  WeftRef *ref = weft_ref_new(w, weft_object(w));
  weft_isolate_delete(w);
  (void)weft_ref_get(ref);
}

START_TEST(deleted_isolate) {
  static const struct {
    void (*f)(void);
    const char *line;
  } cases[] = {
      {used_after_delete, "weft: weft_eval: the isolate was deleted\n"},
      {entered_after_delete, "weft: weft_isolate_enter: the isolate was deleted\n"},
      {stopped_after_delete, "weft: weft_terminate: the isolate was deleted\n"},
      {deleted_twice, "weft: weft_isolate_delete: the isolate was deleted\n"},
      {reference_after_delete, "weft: weft_ref_get: the isolate was deleted\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    if (!ASAN) {
      ck_assert_aborts(cases[i].f, cases[i].line);
      continue;
    }
    char text[1000]; // with AddressSanitizer it is that which tells
    int status = ends(cases[i].f, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "AddressSanitizer: heap-use-after-free"));
    ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != 7);
  }
}
END_TEST

// ---- The thread ----

static void *use(void *w) { return (void)weft_object(w), NULL; }
static void *use_reference(void *ref) { return (void)weft_ref_get(ref), NULL; }
static void *enter_and_use(void *w) {
  weft_isolate_enter(w);
  (void)weft_object(w);
  return NULL;
}
static void in_thread(void *(*f)(void *), void *data) {
  pthread_t thread;
  ck_assert_int_eq(pthread_create(&thread, NULL, f, data), 0);
  pthread_join(thread, NULL);
}
static void other_thread(void) { in_thread(use, isolate_make()); }
static void thread_that_left(void) {
  WeftIsolate *w = isolate_make();
  in_thread(enter_and_use, w);
  weft_collect(w); // it is the other's
}
static void reference_elsewhere(void) {
  WeftIsolate *w = isolate_make();
  in_thread(use_reference, weft_ref_new(w, weft_object(w)));
}

START_TEST(wrong_thread) {
  ABORTS(other_thread, "weft_object", "the isolate belongs to another thread (weft_isolate_enter)");
  ABORTS(thread_that_left, "weft_collect", "the isolate belongs to another thread (weft_isolate_enter)");
  ABORTS(reference_elsewhere, "weft_ref_get", "the isolate belongs to another thread (weft_isolate_enter)");
  WeftIsolate *w = isolate_make();
  in_thread(enter_and_use, w);
  weft_isolate_enter(w); // as it should be
  ck_assert_ptr_nonnull(weft_object(w));
  weft_isolate_delete(w);
}
END_TEST

// ---- Values and classes of another isolate ----

static WeftValue foreign(void) { return weft_object(isolate_make()); }
static void foreign_receiver(void) {
  WeftValue v = foreign();
  (void)weft_get_named(isolate_make(), v, "x");
}
static void foreign_value(void) {
  WeftValue v = foreign();
  WeftIsolate *w = isolate_make();
  (void)weft_set_named(w, weft_global(w), "x", v);
}
static void foreign_key(void) {
  WeftValue v = foreign();
  WeftIsolate *w = isolate_make();
  (void)weft_has(w, weft_global(w), v);
}
static void foreign_thrown(void) {
  WeftValue v = foreign();
  (void)weft_throw(isolate_make(), v);
}
static void foreign_kept(void) {
  WeftValue v = foreign();
  (void)weft_ref_new(isolate_make(), v);
}
static WeftClass *class_of(WeftIsolate *w) {
  WeftClass *c = weft_class_new(w, &(WeftClassDefinition){.size = sizeof(WeftClassDefinition), .name = "Thing"});
  ck_assert_ptr_nonnull(c);
  return c;
}
static void foreign_class(void) {
  WeftClass *c = class_of(isolate_make());
  (void)weft_instance_new(isolate_make(), c, NULL, NULL);
}
static void foreign_parent(void) {
  WeftClassDefinition definition = {.size = sizeof definition, .name = "Thing", .parent = class_of(isolate_make())};
  (void)weft_class_new(isolate_make(), &definition);
}
static void null_class(void) { (void)weft_class_constructor(isolate_make(), NULL); }

START_TEST(wrong_isolate) {
  ABORTS(foreign_receiver, "weft_get_named", "a value belongs to another isolate");
  ABORTS(foreign_value, "weft_set_named", "a value belongs to another isolate");
  ABORTS(foreign_key, "weft_has", "a value belongs to another isolate");
  ABORTS(foreign_thrown, "weft_throw", "a value belongs to another isolate");
  ABORTS(foreign_kept, "weft_ref_new", "a value belongs to another isolate");
  ABORTS(foreign_class, "weft_instance_new", "the class belongs to another isolate, or to one that was deleted");
  ABORTS(foreign_parent, "weft_class_new", "the class belongs to another isolate, or to one that was deleted");
  ABORTS(null_class, "weft_class_constructor", "the class is NULL");
}
END_TEST

static void get_null(void) { (void)weft_get_named(isolate_make(), NULL, "x"); }
static void call_null(void) { (void)weft_call(isolate_make(), NULL, NULL, 0, NULL); }
static void define_null(void) {
  WeftIsolate *w = isolate_make();
  (void)weft_define(w, weft_object(w), weft_null(), NULL, 0);
}

START_TEST(null_values) {
  ABORTS(get_null, "weft_get_named", "a value is NULL");
  ABORTS(call_null, "weft_call", "a value is NULL");
  ABORTS(define_null, "weft_define", "a value is NULL");
}
END_TEST

UNIT_MAIN("api/misuse", no_isolate, deleted_isolate, wrong_thread, wrong_isolate, null_values)

#else

START_TEST(null_values) {
  WeftIsolate *w = isolate_make();
  WeftValue o = weft_object(w);
  ck_assert_ptr_null(weft_get_named(w, NULL, "x"));
  ck_assert_thrown(w, "TypeError: weft_get_named: a value is NULL");
  ck_assert(!weft_set_named(w, o, "x", NULL));
  ck_assert_thrown(w, "TypeError: weft_set_named: a value is NULL");
  ck_assert_ptr_null(weft_call(w, NULL, NULL, 0, NULL));
  ck_assert_thrown(w, "TypeError: weft_call: a value is NULL");
  ck_assert_int_eq(weft_has(w, o, NULL), -1);
  ck_assert_thrown(w, "TypeError: weft_has: a value is NULL");
  ck_assert_int_eq(weft_delete(w, NULL, o), -1);
  ck_assert_thrown(w, "TypeError: weft_delete: a value is NULL");
  ck_assert(!weft_define(w, o, NULL, o, 0));
  ck_assert_thrown(w, "TypeError: weft_define: a value is NULL");
  ck_assert_ptr_null(weft_throw(w, NULL));
  ck_assert_thrown(w, "TypeError: weft_throw: a value is NULL");
  ck_assert(!weft_promise_resolve(w, weft_promise_new(w), NULL));
  ck_assert_thrown(w, "TypeError: weft_promise_resolve: a value is NULL");
  ck_assert(!weft_promise_reject(w, NULL, o));
  ck_assert_thrown(w, "TypeError: weft_promise_reject: a value is NULL");
  ck_assert_shows(w, eval(w, "'still ' + 'here'"), "still here");
  weft_isolate_delete(w);
}
END_TEST

UNIT_MAIN("api/misuse", null_values)

#endif
