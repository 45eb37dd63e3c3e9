// SPDX-License-Identifier: MIT
// The door of node/: an isolate furnished with Node's globals and modules, and the ways a program starts in it.
#ifndef WEFT_NODE_NODE_H
#define WEFT_NODE_NODE_H

#include "threads/thread.h"

// Of the program as it was started. Strings and arrays are borrowed as long as the isolate lives.
typedef struct NodeOptions {
  const char *exec_path;   // absolute path of the program
  const char *argv0;       // as it was called
  const char *const *args; // behind the script's name
  u32 arg_count;
  const char *const *exec_args; // options before the script's name
  u32 exec_arg_count;
  const char *const *requires; // -r
  u32 require_count;
  const char *const *imports; // --import
  u32 import_count;
  const char *const *env_files; // --env-file
  u32 env_file_count;
  bool expose_gc, no_warnings, trace_uncaught, no_deprecation, trace_deprecation, throw_deprecation;
  bool preserve_symlinks, enable_source_maps;
  bool has_node_options;            // some of these come from NODE_OPTIONS
  i32 stack_trace_limit;            // < 0: 10
  const char *unhandled_rejections; // strict, warn, none, throw, warn-with-error-codes; NULL: throw
  const char *const *conditions;    // -C
  u32 condition_count;
} NodeOptions;

typedef struct NodeConfig {
  HostConfig host; // calls and fill_hooks are node's own
  const NodeOptions *options;
  struct ThreadEnv *environment; // process.env; a reference is taken. NULL: of the process
  bool is_worker;                // not the main thread of the process
  bool track_files;              // descriptors that it leaves open are closed at its end
} NodeConfig;
MUST_CHECK Host *node_new(const NodeConfig *config); // NULL: no memory
void node_destroy(Host *host);

struct Port;
// The end of a channel as a MessagePort of the isolate; takes the reference, also when it fails. VALUE_FAIL: thrown.
MUST_CHECK Value node_port_wrap(Isolate *iso, struct Port *port);

typedef enum NodeGoal { NODE_GOAL_AUTO, NODE_GOAL_COMMONJS, NODE_GOAL_MODULE } NodeGoal;

// Each runs the program to its end, the event loop included, and returns the exit code. Errors are printed on stderr.
MUST_CHECK int node_run_file(Host *host, const char *path);
// `name` as stack traces show it, e.g. "[eval]"; print: the result on stdout (-p).
MUST_CHECK int node_run_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal, bool print);
MUST_CHECK int node_run_url(Host *host, const char *url);                                                     // an ES module
MUST_CHECK int node_run_web(Host *host, const char *url, const char *name, size_t name_size, bool is_module); // of a Web worker
MUST_CHECK int node_run_repl(Host *host);
// Only syntax. 0, or 1 after the error was printed.
MUST_CHECK int node_check_file(Host *host, const char *path);
MUST_CHECK int node_check_text(Host *host, const char *text, size_t size, const char *name, NodeGoal goal);

// --dump-ast, --dump-bytecode, --dump-tokens: of the file as it would be compiled.
typedef enum NodeDump { NODE_DUMP_AST, NODE_DUMP_BYTECODE } NodeDump;
MUST_CHECK int node_dump_file(Host *host, const char *path, NodeGoal goal, NodeDump what, FILE *out);
void node_print_gc_stats(Host *host, FILE *out);

// The test262 host: `weft --test262`. Makes an isolate of its own.
typedef enum Test262Phase { TEST262_PARSE, TEST262_RESOLUTION, TEST262_RUNTIME } Test262Phase;

// Of a program that runs one test after the other (test262-subset/worker.c). Preludes are compiled once for all of them.
typedef struct Test262Runner {
  FILE *out, *err; // instead of stdout and stderr
  // On the test's thread: with the isolate, which may then be terminated from elsewhere; with NULL: it may be no longer.
  void (*watch)(void *data, Isolate *iso);
  void *data;
  Test262Phase phase; // result: how far the test's own text came
} Test262Runner;

typedef struct Test262Options {
  const char *file;
  const char *const *preludes;
  u32 prelude_count;
  bool strict; // "use strict"; is put before the file's text
  bool module, no_can_block, eager_builtins, trace_gc;
  u32 gc_stress_period;
  size_t heap_limit, stack_size;
  Test262Runner *runner; // NULL: none
} Test262Options;
MUST_CHECK int node_run_test262(const Test262Options *options);

#endif
