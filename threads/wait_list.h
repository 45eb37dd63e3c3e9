// SPDX-License-Identifier: MIT
// Who waits for which place of shared memory: the one table of the process behind Atomics.wait, waitAsync and notify
// (Hooks.wait_list), and what a Host keeps for it.
#ifndef WEFT_THREADS_WAIT_LIST_H
#define WEFT_THREADS_WAIT_LIST_H

#include "base/sync.h"
#include "runtime/memory/wait_list.h"

typedef struct Host Host;
typedef struct Waiter Waiter;
typedef struct AsyncWaiter AsyncWaiter;

typedef struct HostWaits {
  Mutex mutex;         // guards `sleeping`
  Waiter *sleeping;    // the record that its thread sleeps on, innermost; NULL: the thread runs
  AsyncWaiter *asyncs; // all of this isolate that were not resolved yet
  bool no_can_block;   // AgentCanSuspend is false
  // Whether looking at the place for a moment before sleeping pays: never on one processor; else by what the last waits did.
  bool can_look;
  u32 credit;   // short waits lately
  u32 failures; // times that looking was in vain, since it last was not
} HostWaits;

extern const WaitListOps wait_list_ops;

void wait_list_init(HostWaits *waits);
// Takes everything of this isolate out of the table; before its loop and heap end. Promises stay pending.
void wait_list_destroy(Host *host);
void wait_list_trace(Host *host, GcTracer *tracer);
// Hooks.wake: a thread of another isolate wants this one to look at its interrupts.
void wait_list_interrupt(Host *host);
// Sleeps without waiting for anything. false: the isolate was interrupted, and an exception is pending or it terminates.
MUST_CHECK bool wait_list_sleep(Host *host, u64 ns);

#endif
