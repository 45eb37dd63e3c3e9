// SPDX-License-Identifier: MIT
// Locks and threads over pthread, see sync.h.
#define _GNU_SOURCE
#include "base/sync.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <time.h>

// What a lock protects is short: where the C library can, waiting begins with a moment of spinning.
void mutex_init(Mutex *mutex) {
#if defined(__GLIBC__)
  pthread_mutexattr_t attributes;
  CHECK(pthread_mutexattr_init(&attributes) == 0);
  CHECK(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ADAPTIVE_NP) == 0);
  CHECK(pthread_mutex_init(&mutex->os, &attributes) == 0);
  CHECK(pthread_mutexattr_destroy(&attributes) == 0);
#else
  CHECK(pthread_mutex_init(&mutex->os, NULL) == 0);
#endif
}

void mutex_destroy(Mutex *mutex) { CHECK(pthread_mutex_destroy(&mutex->os) == 0); }

void mutex_lock(Mutex *mutex) { CHECK(pthread_mutex_lock(&mutex->os) == 0); }

bool mutex_try_lock(Mutex *mutex) { return pthread_mutex_trylock(&mutex->os) == 0; }

void mutex_unlock(Mutex *mutex) { CHECK(pthread_mutex_unlock(&mutex->os) == 0); }

void condition_init(Condition *condition) {
  pthread_condattr_t attr;
  CHECK(pthread_condattr_init(&attr) == 0);
#if !defined(__APPLE__)
  CHECK(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
#endif
  CHECK(pthread_cond_init(&condition->os, &attr) == 0);
  pthread_condattr_destroy(&attr);
}

void condition_destroy(Condition *condition) { CHECK(pthread_cond_destroy(&condition->os) == 0); }

void condition_wait(Condition *condition, Mutex *mutex) { CHECK(pthread_cond_wait(&condition->os, &mutex->os) == 0); }

bool condition_wait_until(Condition *condition, Mutex *mutex, u64 deadline_ns) {
#if defined(__APPLE__)
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  u64 now_ns = (u64)now.tv_sec * 1000000000u + (u64)now.tv_nsec;
  u64 left = deadline_ns > now_ns ? deadline_ns - now_ns : 0;
  struct timespec ts = {(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
  int error = pthread_cond_timedwait_relative_np(&condition->os, &mutex->os, &ts);
#else
  struct timespec ts = {(time_t)(deadline_ns / 1000000000u), (long)(deadline_ns % 1000000000u)};
  int error = pthread_cond_timedwait(&condition->os, &mutex->os, &ts);
#endif
  CHECK(error == 0 || error == ETIMEDOUT);
  return error == 0;
}

void condition_signal(Condition *condition) { pthread_cond_signal(&condition->os); }

void condition_broadcast(Condition *condition) { pthread_cond_broadcast(&condition->os); }

void once_run(Once *once, void (*init)(void)) { CHECK(pthread_once(&once->os, init) == 0); }

typedef struct Start {
  void (*run)(void *);
  void *arg;
  char name[16];
} Start;

static void *thread_main(void *p) {
  Start start = *(Start *)p;
  base_free(p);
  if (start.name[0]) {
#if defined(__APPLE__)
    pthread_setname_np(start.name);
#else
    pthread_setname_np(pthread_self(), start.name);
#endif
  }
  start.run(start.arg);
  return NULL;
}

// Of no use to others: it is ignored when nobody handles it, and nobody does.
enum { INTERRUPT_SIGNAL = SIGURG };

// Signals of the process go to the main thread; faults must still reach the thread that caused them.
static void block_signals(sigset_t *old) {
  sigset_t set;
  sigfillset(&set);
  sigdelset(&set, SIGSEGV);
  sigdelset(&set, SIGBUS);
  sigdelset(&set, SIGFPE);
  sigdelset(&set, SIGILL);
  sigdelset(&set, SIGABRT);
  sigdelset(&set, SIGTRAP);
  sigdelset(&set, INTERRUPT_SIGNAL);
  pthread_sigmask(SIG_BLOCK, &set, old);
}

bool thread_create(Thread *thread, const char *name, size_t stack_bytes, void (*run)(void *), void *arg) {
  Start *start = base_keep_reserve() ? base_try_alloc(sizeof *start) : NULL; // stacks are large
  if (!start) return false;
  *start = (Start){run, arg, ""};
  if (name) snprintf(start->name, sizeof start->name, "%.15s", name);
  pthread_attr_t attr;
  bool ok = pthread_attr_init(&attr) == 0;
  if (ok && stack_bytes) ok = pthread_attr_setstacksize(&attr, ALIGN_UP(stack_bytes, (size_t)65536)) == 0;
  if (ok) {
    sigset_t old;
    block_signals(&old);
    ok = pthread_create(&thread->os, &attr, thread_main, start) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
  }
  if (!ok) base_free(start);
  return ok;
}

void thread_join(Thread *thread) { CHECK(pthread_join(thread->os, NULL) == 0); }

void thread_detach(Thread *thread) { CHECK(pthread_detach(thread->os) == 0); }

static void interrupted(int number) { (void)number; } // that it was called is all: the system call is not started again

static void handle_interrupts(void) {
  struct sigaction now, ours = {.sa_handler = interrupted};
  sigemptyset(&ours.sa_mask);
  // A program around us may use the signal for itself; then it is its handler that interrupts.
  if (sigaction(INTERRUPT_SIGNAL, NULL, &now) != 0 || (now.sa_flags & SA_SIGINFO)) return;
  if (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN) sigaction(INTERRUPT_SIGNAL, &ours, NULL);
}

void thread_interrupt(Thread *thread) {
  static Once once = ONCE_INIT;
  once_run(&once, handle_interrupts);
  pthread_kill(thread->os, INTERRUPT_SIGNAL);
}

// ---- Interrupts from the terminal: all threads have SIGINT blocked, so that it waits for this one's sigwait ----

static void watch_interrupts(void *arg) {
  InterruptWatch *watch = arg;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  for (int number; !watch->stopping;) {
    if (sigwait(&set, &number) == 0 && !watch->stopping) watch->run(watch->arg);
  }
}

bool interrupt_watch_start(InterruptWatch *watch, void (*run)(void *arg), void *arg) {
  *watch = (InterruptWatch){.run = run, .arg = arg, .old_mask = base_alloc(sizeof(sigset_t))};
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, watch->old_mask);
  if (thread_create(&watch->thread, "weft-sigint", 65536, watch_interrupts, watch)) return true;
  pthread_sigmask(SIG_SETMASK, watch->old_mask, NULL);
  base_free(watch->old_mask);
  return false;
}

void interrupt_watch_stop(InterruptWatch *watch) {
  watch->stopping = true;
  pthread_kill(watch->thread.os, SIGINT);
  thread_join(&watch->thread);
  pthread_sigmask(SIG_SETMASK, watch->old_mask, NULL);
  base_free(watch->old_mask);
}

Thread thread_current(void) { return (Thread){pthread_self()}; }

u64 thread_current_id(void) { return (u64)(uintptr_t)pthread_self(); }

void thread_yield(void) { sched_yield(); }

// libuv is not instrumented and closes its descriptors by system calls of its own: ThreadSanitizer takes whoever gets the same number next for
// a user of the old one.
#if defined(__SANITIZE_THREAD__)
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void) { return "race:^epoll_create1$\nrace:^eventfd$\nrace:^pipe2$\nrace:^open$\n"; }
#endif
