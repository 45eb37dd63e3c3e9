// SPDX-License-Identifier: MIT
// What Atomics.wait, waitAsync and notify ask of the floor that knows all threads (Hooks.wait_list). Without it an isolate is
// alone: nobody can wake it but the clock.
// A place is a backing store and a byte index in it; waiters of a place are woken in the order in which they came.
#ifndef WEFT_RUNTIME_MEMORY_WAIT_LIST_H
#define WEFT_RUNTIME_MEMORY_WAIT_LIST_H

#include "vm/buffer.h"

typedef enum WaitResult { WAIT_FAIL = 0, WAIT_OK, WAIT_NOT_EQUAL, WAIT_TIMED_OUT } WaitResult;

#define WAIT_FOREVER UINT64_MAX

typedef struct WaitPlace {
  BackingStore *store; // shared
  u64 byte_index;
  u32 size;     // 4 or 8
  u64 expected; // bits of the value that must still be there, compared under the list's lock
} WaitPlace;

typedef struct WaitListOps {
  bool (*can_block)(Isolate *iso); // AgentCanSuspend
  // Blocks until it is woken (OK), the time is over, or the isolate terminates (FAIL). timeout in nanoseconds.
  WaitResult (*wait)(Isolate *iso, const WaitPlace *place, u64 timeout_ns);
  // OK: it waits now, and `promise` (a JSPromise) will be resolved with "ok" or "timed-out" in a job of this isolate.
  // NOT_EQUAL, TIMED_OUT (timeout 0): nothing was put into the list. FAIL: thrown.
  WaitResult (*wait_async)(Isolate *iso, const WaitPlace *place, u64 timeout_ns, Value promise);
  u64 (*notify)(Isolate *iso, const WaitPlace *place, u64 count); // how many were woken; UINT64_MAX: all
} WaitListOps;

#endif
