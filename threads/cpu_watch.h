// SPDX-License-Identifier: MIT
// Limits of CPU time: a thread of the process that sleeps until some watched thread could have used up what it has, and then looks at that
// thread's own clock. It exists while something is watched, and for a moment longer.
#ifndef WEFT_THREADS_CPU_WATCH_H
#define WEFT_THREADS_CPU_WATCH_H

#include "base/base.h"

// Embed it; zeroed: not watched.
typedef struct CpuWatch {
  i32 clock;    // of the watched thread
  u64 limit_ns; // of that clock
  u64 look_ns;  // when to look next, on the monotonic clock
  bool is_set;
  void (*reached)(void *data); // on the watching thread; once
  void *data;
  struct CpuWatch *next, **link;
} CpuWatch;

// The calling thread may use `ns` from now on. Replaces what was set. false: no clock or no thread; nothing is watched.
MUST_CHECK bool cpu_watch_set(CpuWatch *watch, u64 ns, void (*reached)(void *data), void *data);
// Any thread. When it returns, `reached` is not running and will not be called.
void cpu_watch_clear(CpuWatch *watch);

#endif
