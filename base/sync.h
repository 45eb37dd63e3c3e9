// SPDX-License-Identifier: MIT
// Locks and threads: thin wrappers over pthread, so that only base/ sees OS headers' calls.
// Misuse (unlocking a free mutex, joining twice) is a bug of ours and panics. Durations are in nanoseconds.
#ifndef WEFT_BASE_SYNC_H
#define WEFT_BASE_SYNC_H

#include <pthread.h>

#include "base/base.h"

typedef struct Mutex {
  pthread_mutex_t os;
} Mutex;
#define MUTEX_INIT \
  { PTHREAD_MUTEX_INITIALIZER }
void mutex_init(Mutex *mutex);
void mutex_destroy(Mutex *mutex);
void mutex_lock(Mutex *mutex);
bool mutex_try_lock(Mutex *mutex); // false when another thread holds it
void mutex_unlock(Mutex *mutex);

typedef struct Condition {
  pthread_cond_t os; // on the monotonic clock
} Condition;
void condition_init(Condition *condition);
void condition_destroy(Condition *condition);
void condition_wait(Condition *condition, Mutex *mutex); // may wake without a signal
// False when `deadline_ns` of platform_clock_ns() passed without a signal.
bool condition_wait_until(Condition *condition, Mutex *mutex, u64 deadline_ns);
void condition_signal(Condition *condition);
void condition_broadcast(Condition *condition);

typedef struct Once {
  pthread_once_t os;
} Once;
#define ONCE_INIT \
  { PTHREAD_ONCE_INIT }
// Runs `init` exactly once, however many threads come; all return after it has run.
void once_run(Once *once, void (*init)(void));

typedef struct Thread {
  pthread_t os;
} Thread;
// Starts `run(arg)` with signals blocked except those of faults and thread_interrupt's. `stack_bytes` 0 means the system's default; `name`
// (at most 15 bytes shown) may be NULL. False when the system has no more threads.
MUST_CHECK bool thread_create(Thread *thread, const char *name, size_t stack_bytes, void (*run)(void *), void *arg);
void thread_join(Thread *thread);
void thread_detach(Thread *thread);
Thread thread_current(void); // also of threads that thread_create did not make
// A system call that the thread (alive, and not blocking SIGURG) waits in fails with EINTR. Only the one it is in: who may be just before it has to be
// interrupted again.
void thread_interrupt(Thread *thread);
// Between start and stop, a SIGINT of the process calls `run(arg)` on a thread of its own instead of what it does otherwise.
typedef struct InterruptWatch {
  Thread thread;
  void (*run)(void *arg);
  void *arg;
  _Atomic bool stopping;
  void *old_mask; // sigset_t of the calling thread
} InterruptWatch;
MUST_CHECK bool interrupt_watch_start(InterruptWatch *watch, void (*run)(void *arg), void *arg); // false: no threads
void interrupt_watch_stop(InterruptWatch *watch);                                                // same thread
// A number that no other running thread has.
u64 thread_current_id(void);
void thread_yield(void);

#endif
