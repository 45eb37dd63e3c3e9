// SPDX-License-Identifier: MIT
// CPU profiles: where an isolate's thread spends its time, sampled by a thread that asks it to look.
#ifndef WEFT_THREADS_CPU_PROFILE_H
#define WEFT_THREADS_CPU_PROFILE_H

#include "threads/thread.h"

enum { CPU_PROFILE_INTERVAL_US = 1000 }; // when nobody says another one

// All on the isolate's thread. The number of the profile, > 0; 0: the system gives no thread. interval_us 0: the default;
// samples_max: further samples are dropped. Any number of profiles may run at the same time.
u32 cpu_profile_start(Host *host, u64 interval_us, u32 samples_max);
// Appends the profile as JSON, as V8 writes it (.cpuprofile). false: no such profile.
MUST_CHECK bool cpu_profile_stop(Host *host, u32 number, ByteVec *json);
void cpu_profiles_poll(Host *host); // an interrupt: takes the samples that are due
void cpu_profiles_end(Host *host);  // the isolate ends: discards all

#endif
