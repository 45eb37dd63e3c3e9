// SPDX-License-Identifier: MIT
// Workers that run Node programs: what a parent hands to the thread, and the thread's way through it.
#ifndef WEFT_NODE_WORKER_H
#define WEFT_NODE_WORKER_H

#include "node/node_internal.h"
#include "threads/worker.h"

typedef enum NodeWorkerKind {
  NODE_WORKER_FILE,        // label: a path
  NODE_WORKER_TEXT,        // text: a script, or a module if it looks like one
  NODE_WORKER_MODULE_TEXT, // text: a module
  NODE_WORKER_URL,         // label: URL of a module
  NODE_WORKER_WEB_CLASSIC, // label: URL of a script, text: the name that the program sees
  NODE_WORKER_WEB_MODULE,  // of a module
} NodeWorkerKind;

typedef struct NodeWorkerOptions { // Worker.options
  NodeOptions node;                // the parent's, but for what is below
  // Lists of strings that the node options point to, NULL: the parent's
  const char *const *requires, *const *imports, *const *conditions, *const *args, *const *exec_args;
  char *unhandled_rejections;
  ThreadEnv *environment;
  bool leaves_files_open;
  NodeWorkerKind kind;
  char *label, *text;
  size_t text_size, heap;
} NodeWorkerOptions;
void node_worker_options_free(void *options);
void node_free_strings(const char *const *strings, u32 count); // base_alloc'ed strings and their list; NULL: nothing

extern const WorkerCalls node_worker_calls;
Worker *node_worker_of(Isolate *iso, Value handle); // of internalBinding('worker').create; NULL: thrown
void node_worker_online(Host *parent, Worker *worker);
void node_worker_ended(Host *parent, Worker *worker);

#endif
