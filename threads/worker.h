// SPDX-License-Identifier: MIT
// Workers: threads with an isolate of their own, what a parent and its worker share, and the list of all isolates of the process by number.
//
// A parent ends after its workers: it tells them to stop and joins them before its own isolate goes. What is posted to a parent by its
// workers therefore always finds it.
#ifndef WEFT_THREADS_WORKER_H
#define WEFT_THREADS_WORKER_H

#include "threads/message_port.h"

typedef struct WorkerLimits {
  double max_old_generation_mb, max_young_generation_mb, code_range_mb, stack_mb; // <= 0: not limited (stack: 4)
} WorkerLimits;

typedef enum WorkerFailure { WORKER_OK, WORKER_INIT_FAILED, WORKER_OUT_OF_MEMORY } WorkerFailure;

// What the floor above does with it.
typedef struct WorkerCalls {
  // On the worker's thread: makes the isolate, says so with worker_enter, runs the program, ends the isolate. Returns the exit code.
  int (*run)(struct Worker *worker);
  void (*online)(Host *parent, struct Worker *worker); // on the parent's thread: the program begins
  // On the parent's thread, once: the thread is gone and all its messages have been delivered. May run JS.
  void (*ended)(Host *parent, struct Worker *worker);
} WorkerCalls;

typedef struct Worker {
  _Atomic u32 refs;
  const WorkerCalls *calls;
  Host *parent;
  u32 thread_id;
  char *name; // of the thread, UTF-8
  WorkerLimits limits;
  void *options; // of the floor above: written before the start, read by the worker
  void (*free_options)(void *options);
  Port *port;       // the parent's end of the channel that scripts see as worker and parentPort
  Port *child_port; // the other end until the worker's isolate has taken it
  Message *data;    // workerData and what else the worker reads first, until it took it
  Value object;     // of the parent: kept alive until the end
  bool referenced;  // keeps the parent's loop alive
  Thread thread;
  enum { WORKER_NEW, WORKER_STARTED, WORKER_ENDED } state; // the parent's view
  // Under the mutex
  Mutex mutex;
  Host *child;        // while its isolate can be told something
  bool stop;          // it is to end, or not to begin
  _Atomic bool waits; // its thread is, or is about to be, in a system call that may wait without end
  // Of the thread until it has ended
  int exit_code;
  WorkerFailure failure;
  LoopMessage online_notice, ended_notice;
  double interrupt_timer;                         // of the parent's loop, 0: none
  struct Worker *next_sibling, *previous_sibling; // of the parent's children
} Worker;

// With the parent's reference; a number is taken. NULL: no memory. `name` is copied.
MUST_CHECK Worker *worker_new(Host *parent, const WorkerCalls *calls, const char *name, const WorkerLimits *limits);
Worker *worker_retain(Worker *worker);
void worker_release(Worker *worker);
// false: the system gives no thread; nothing has happened.
MUST_CHECK bool worker_start(Worker *worker);
void worker_reference(Worker *worker, bool on);
// The worker runs no more JS. On the parent's thread; returns at once.
void worker_stop(Worker *worker);
// Around a system call that may wait without end: worker_stop interrupts it. false: the isolate was stopped, or an exception is pending.
// Any isolate, on its thread; nothing happens in the main one.
MUST_CHECK bool worker_begin_wait(Host *host);
void worker_end_wait(Host *host);
// From WorkerCalls.run. false: it was stopped before; the isolate must end at once.
MUST_CHECK bool worker_enter(Worker *worker, Host *host);
void worker_say_online(Worker *worker);
void worker_leave(Worker *worker); // before its isolate is destroyed

// Post to the other side's loop: a worker to its parent, the parent to its worker. The message finds the parent in any case, before the
// worker's end is told. false: the worker's isolate is not there; the message is still the caller's.
void worker_post_to_parent(Worker *worker, LoopMessage *message);
MUST_CHECK bool worker_post_to_child(Worker *worker, LoopMessage *message);

// host_interrupt for the worker's isolate. false: it is not there; the message is still the caller's.
MUST_CHECK bool worker_interrupt_child(Worker *worker, LoopMessage *message);

// Stops and joins all workers of an isolate that ends.
void workers_end_all(Host *parent);
void workers_trace(Host *parent, GcTracer *tracer);

// ---- All isolates by number. The main isolate has number 0.
void thread_registry_add(Host *host);
void thread_registry_remove(Host *host);
// Posts to the isolate with that number. false: there is none; the message is still the caller's. Any thread.
MUST_CHECK bool thread_registry_post(u32 thread_id, LoopMessage *message);
u32 thread_registry_count(void);

#endif
