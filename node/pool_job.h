// SPDX-License-Identifier: MIT
// A piece of work of a binding that runs on libuv's pool, or at once on the isolate's thread: crypto, zlib.
// Embed a PoolJob at the beginning of the struct that holds the work's input and output, in native memory only.
#ifndef WEFT_NODE_POOL_JOB_H
#define WEFT_NODE_POOL_JOB_H

#include <uv.h>

#include "node/node_internal.h"

typedef struct PoolJob PoolJob;
typedef struct PoolJobClass {
  void (*work)(PoolJob *job);                  // on any thread: touches nothing but the job
  Value (*finish)(Isolate *iso, PoolJob *job); // the result. VALUE_FAIL: thrown. May run JS
  void (*destroy)(PoolJob *job);               // what hangs on the job, not the job itself
} PoolJobClass;
struct PoolJob {
  uv_work_t uv;
  const PoolJobClass *job_class;
  Host *host;
  Persistent callback, context;
  PoolJob *next, **prev; // of the isolate's jobs on the pool
};

// A zeroed job of `size` bytes.
MUST_CHECK void *pool_job_new(const PoolJobClass *job_class, size_t size);
void pool_job_destroy(PoolJob *job); // one that was not run
// callback undefined: does the work now and returns its result. Otherwise callback(error, result) comes later, in the async context of
// now, also when `finish` throws; undefined is returned. VALUE_FAIL: thrown. Takes over the job in every case.
MUST_CHECK Value pool_job_run(Isolate *iso, PoolJob *job, Value callback);
// At the end of an isolate: what the pool has not begun yet is not done any more.
void pool_jobs_cancel(NodeState *node);

#endif
