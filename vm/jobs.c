// SPDX-License-Identifier: MIT
// The queue of jobs (microtasks): a ring in native memory that only its isolate's thread touches. The roots of what waits
// there are traced with the isolate.
// Tests: tests/js/control/promise*.js.
#include "vm/promise.h"

enum { JOBS_MIN = 16 };

static void grow(struct JobQueue *queue) {
  u32 capacity = queue->capacity ? queue->capacity * 2 : JOBS_MIN;
  Job *data = base_alloc((size_t)capacity * sizeof(Job));
  for (u32 i = 0; i < queue->count; i++) data[i] = queue->data[(queue->head + i) & (queue->capacity - 1)];
  base_free(queue->data);
  *queue = (struct JobQueue){.data = data, .count = queue->count, .capacity = capacity};
}

void enqueue_job(Isolate *iso, Value (*run)(Isolate *iso, Value *args), const Value *args, u32 count) {
  struct JobQueue *queue = &iso->jobs;
  ASSERT(count <= 4);
  if (queue->count == queue->capacity) grow(queue);
  Job *job = &queue->data[(queue->head + queue->count) & (queue->capacity - 1)];
  *job = (Job){.run = run, .realm = realm_current(iso)};
  for (u32 i = 0; i < 4; i++) job->args[i] = i < count ? args[i] : VALUE_UNDEFINED;
  if (queue->count++ == 0 && iso->hooks && iso->hooks->enqueue_job) iso->hooks->enqueue_job(iso);
}

static Job take_first(struct JobQueue *queue) {
  Job job = queue->data[queue->head];
  queue->head = (queue->head + 1) & (queue->capacity - 1);
  queue->count--;
  return job;
}

bool run_jobs(Isolate *iso, void (*report)(Isolate *iso, Value exception)) {
  while (iso->jobs.count) {
    if (iso->terminating) return false;
    Job job = take_first(&iso->jobs);
    if (LIKELY(job.run(iso, job.args))) continue;
    if (iso->terminating) return false;
    Value exception = isolate_take_exception(iso);
    if (report) report(iso, exception);
  }
  return !iso->terminating;
}
