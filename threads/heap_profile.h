// SPDX-License-Identifier: MIT
// Heap profiles: which functions allocated what is alive, by samples.
#ifndef WEFT_THREADS_HEAP_PROFILE_H
#define WEFT_THREADS_HEAP_PROFILE_H

#include "threads/thread.h"

enum HeapProfileFlags { // as V8 numbers them
  HEAP_PROFILE_FORCE_GC = 1,
  HEAP_PROFILE_KEEP_MAJOR = 2, // also what full collections have freed
  HEAP_PROFILE_KEEP_MINOR = 4,
};

// All on the isolate's thread. false: there is one already. interval: bytes, about; depth: frames of a sample.
MUST_CHECK bool heap_profile_start(Host *host, u64 interval, u32 depth, u32 flags);
MUST_CHECK bool heap_profile_stop(Host *host, ByteVec *json); // appends JSON as V8 writes it (.heapprofile). false: there is none
void heap_profile_end(Host *host);                            // the isolate ends

#endif
