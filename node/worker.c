// SPDX-License-Identifier: MIT
// The thread of a worker: an isolate furnished as the main one is, its program, its end. Nothing of lib/ is loaded before the program asks
// for it: that is what makes a worker cheap.
// Tests: tests/threads/.
#include "node/worker.h"

void node_free_strings(const char *const *strings, u32 count) { // may be NULL
  for (u32 i = 0; strings && i < count; i++) base_free((void *)(uintptr_t)strings[i]);
  base_free((void *)(uintptr_t)strings);
}

void node_worker_options_free(void *p) {
  NodeWorkerOptions *o = p;
  node_free_strings(o->requires, o->node.require_count);
  node_free_strings(o->imports, o->node.import_count);
  node_free_strings(o->conditions, o->node.condition_count);
  node_free_strings(o->args, o->node.arg_count);
  node_free_strings(o->exec_args, o->node.exec_arg_count);
  base_free(o->unhandled_rejections);
  thread_env_release(o->environment);
  base_free(o->label);
  base_free(o->text);
  base_free(o);
}

static size_t megabytes(double mb) { return mb > 0 ? (size_t)(MIN(mb, 1 << 20) * (1 << 20)) : 0; }

// What Node calls the young generation is part of the one heap here.
static size_t heap_limit(const Worker *worker, size_t inherited) {
  const WorkerLimits *limits = &worker->limits;
  if (limits->max_old_generation_mb <= 0) return inherited;
  return megabytes(MAX(limits->max_old_generation_mb, 2)) + megabytes(limits->max_young_generation_mb);
}

static int run_program(Host *host, const NodeWorkerOptions *o) {
  switch (o->kind) {
  case NODE_WORKER_FILE: return node_run_file(host, o->label);
  case NODE_WORKER_TEXT: return node_run_text(host, o->text, o->text_size, o->label, NODE_GOAL_AUTO, false);
  case NODE_WORKER_MODULE_TEXT: return node_run_text(host, o->text, o->text_size, o->label, NODE_GOAL_MODULE, false);
  case NODE_WORKER_WEB_CLASSIC: return node_run_web(host, o->label, o->text, o->text_size, false);
  case NODE_WORKER_WEB_MODULE: return node_run_web(host, o->label, o->text, o->text_size, true);
  default: return node_run_url(host, o->label);
  }
}

static int run(Worker *worker) {
  const NodeWorkerOptions *o = worker->options;
  NodeConfig config = {
      .host = {.heap_limit = heap_limit(worker, o->heap), .stack_size = megabytes(worker->limits.stack_mb)},
      .options = &o->node,
      .environment = o->environment,
      .is_worker = true,
      .track_files = !o->leaves_files_open,
  };
  Host *host = node_new(&config);
  if (!host) {
    worker->failure = WORKER_INIT_FAILED;
    return 1;
  }
  int code = 0;
  host->iso->heap_limit_terminates = worker->limits.max_old_generation_mb > 0;
  if (worker_enter(worker, host)) {
    worker_say_online(worker);
    code = run_program(host, o);
    if (host->iso->terminating && !host->stopping) code = 1;
    if (host->iso->out_of_memory) worker->failure = WORKER_OUT_OF_MEMORY;
  }
  worker_leave(worker);
  node_destroy(host);
  return code;
}

const WorkerCalls node_worker_calls = {.run = run, .online = node_worker_online, .ended = node_worker_ended};
