// SPDX-License-Identifier: MIT
// Host: an isolate as its thread owns it: the event loop, unhandled rejections, exit code, and what the floor above hangs on it.
// iso->host of every isolate that runs programs.
#ifndef WEFT_THREADS_THREAD_H
#define WEFT_THREADS_THREAD_H

#include "threads/event_loop.h"
#include "threads/wait_list.h"
#include "vm/hooks.h"

struct CloneCalls;
struct CpuProfile;
struct HeapProfile;

// What the loop asks of the floor above. All may run JS; none of them leaves an exception pending.
typedef struct HostCalls {
  // An exception that nobody caught, or the reason of a rejected promise. false: the program ends (exit_code is set).
  bool (*uncaught)(Host *host, Value exception, Value promise_or_empty);
  void (*rejection_handled)(Host *host, Value promise);
  void (*run_tick)(Host *host, Value callback);
  void (*run_timer)(Host *host, Value timer);
  void (*run_immediate)(Host *host, Value immediate);
  void (*trace)(Host *host, GcTracer *tracer);
  const struct CloneCalls *clone; // classes that structured clone does not know by itself (threads/clone.h); NULL: none
} HostCalls;

// What api/ hangs on a host, whoever furnished it.
typedef struct HostEmbedder {
  void (*trace)(Host *host, GcTracer *tracer);
  bool (*interrupt)(Host *host); // runs no JS; false: the isolate terminates
} HostEmbedder;

typedef struct PendingRejection {
  Value promise, reason;
} PendingRejection;

struct Host {
  Isolate *iso;
  Hooks hooks; // the isolate's table
  EventLoop loop;
  HostWaits waits;
  const HostCalls *calls;
  void *node;                         // of node/
  void *embedder;                     // of api/
  const HostEmbedder *embedder_calls; // NULL: none
  bool stopping;                      // process.exit was called: the isolate terminates and runs nothing more
  int exit_code;
  VEC(PendingRejection) rejections; // rejected without handler in this turn
  CellVec reported;                 // promises whose rejection was reported and that nobody has handled since
  CellVec handled;                  // of these, those that were handled in this turn
  Cell *clone_marks, *clone_texts;  // weak tables of threads/clone*.c, or NULL
  struct CloneCache *clone_cache;   // threads/clone_cache.h; NULL: not made yet
  bool tick_failed;                 // a nextTick callback threw: the rest waits for the check phase, as in Node
  bool is_main;
  size_t config_heap_limit;        // as configured: what workers inherit
  u32 thread_id;                   // 0: the main thread
  struct Port *ports;              // ends of channels that the isolate owns
  struct PortDelivery *deliveries; // of these, those whose messages are being delivered
  struct Worker *self;             // of a worker: what its parent shares with it; NULL in the main thread
  struct Worker *children;         // workers that it started and that have not been joined
  _Atomic(LoopMessage *) urgent;   // host_interrupt: a stack, newest first
  struct CpuProfile *cpu_profiles;
  struct HeapProfile *heap_profile;
  u32 last_profile; // number
};

typedef struct HostConfig {
  size_t heap_limit, stack_size, c_stack_size;
  u32 gc_stress_period;
  bool eager_builtins, trace_gc;
  bool no_can_block;             // AgentCanSuspend is false: Atomics.wait throws
  const GcMemory *memory;        // of the heap, copied; NULL: the system's
  const BuiltinTables *builtins; // NULL: runtime_builtin_tables
  const HostCalls *calls;
  void (*fill_hooks)(Hooks *hooks); // of the floor above
} HostConfig;
MUST_CHECK Host *host_new(const HostConfig *config); // NULL: no memory
void host_destroy(Host *host);
static inline Host *host_of(Isolate *iso) { return iso->host; }

// `message->run` is called on the isolate's thread in the middle of what it does, at its next poll: it runs no JS and leaves no
// exception. With host NULL when the isolate ends before. Any thread that knows the host to be alive.
void host_interrupt(Host *host, LoopMessage *message);

// Ends the program from within a native function: nothing more is run, C frames unwind. Returns VALUE_FAIL.
Value host_stop(Host *host, int exit_code);
// The exception that is pending goes to calls->uncaught, unless the isolate terminates. false: the program ends.
bool host_report_pending(Host *host);
// Reports rejections that are still unhandled. true: something was run.
bool host_process_rejections(Host *host);

#endif
