// SPDX-License-Identifier: MIT
// Work on libuv's pool, see pool_job.h. The end of an isolate cancels the jobs that wait and waits for the others (threads/event_loop.c
// closes the loop, while the NodeState still exists); nobody is told of their results then. Tests: tests/node/crypto/, tests/node/zlib/.
#include "node/pool_job.h"

void *pool_job_new(const PoolJobClass *job_class, size_t size) {
  PoolJob *job = base_alloc_zeroed(size);
  job->job_class = job_class;
  return job;
}

void pool_job_destroy(PoolJob *job) {
  job->job_class->destroy(job);
  base_free(job);
}

static void on_work(uv_work_t *uv) {
  PoolJob *job = uv->data;
  job->job_class->work(job);
}

static void end_job(PoolJob *job) {
  gc_persistent_clear(&job->callback);
  gc_persistent_clear(&job->context);
  pool_job_destroy(job);
}

static void link_job(NodeState *node, PoolJob *job) {
  job->next = node->pool_jobs;
  if (job->next) job->next->prev = &job->next;
  job->prev = &node->pool_jobs;
  node->pool_jobs = job;
}

static void unlink_job(PoolJob *job) {
  *job->prev = job->next;
  if (job->next) job->next->prev = job->prev;
}

void pool_jobs_cancel(NodeState *node) {
  for (PoolJob *job = node->pool_jobs; job; job = job->next) (void)uv_cancel((uv_req_t *)&job->uv);
}

static void on_done(uv_work_t *uv, int status) {
  PoolJob *job = uv->data;
  unlink_job(job);
  Host *host = job->host;
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (!node || iso->terminating || status) {
    end_job(job);
    return;
  }
  Value callback = (Value)(uintptr_t)job->callback.word;
  node->async_context = (Value)(uintptr_t)job->context.word;
  Value error = VALUE_NULL, result = job->job_class->finish(iso, job);
  end_job(job);
  if (!result && !iso->terminating) {
    error = isolate_take_exception(iso);
    result = VALUE_UNDEFINED;
  }
  if (!iso->terminating && !CALL2(iso, callback, VALUE_UNDEFINED, error, result)) (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
  if (!iso->terminating) loop_drain(host);
}

Value pool_job_run(Isolate *iso, PoolJob *job, Value callback) {
  if (value_is_undefined(callback)) {
    job->job_class->work(job);
    Value result = job->job_class->finish(iso, job);
    pool_job_destroy(job);
    return result;
  }
  Host *host = host_of(iso);
  uv_loop_t *loop = value_is_callable(callback) ? loop_uv(&host->loop) : NULL;
  if (!loop) {
    pool_job_destroy(job);
    if (!value_is_callable(callback)) return (Value)(uintptr_t)throw_not_a_function(iso, callback);
    return THROW(iso, TYPE, "The event loop cannot be made"), VALUE_FAIL;
  }
  job->host = host;
  job->uv.data = job;
  gc_persistent_init(heap_of(iso), &job->callback, value_bits(callback));
  gc_persistent_init(heap_of(iso), &job->context, value_bits(node_of(iso)->async_context));
  int error = uv_queue_work(loop, &job->uv, on_work, on_done);
  if (!error) {
    link_job(node_of(iso), job);
    return VALUE_UNDEFINED;
  }
  end_job(job);
  return (Value)(uintptr_t)throw_uv_error(iso, error, "queue_work", NULL, NULL);
}
