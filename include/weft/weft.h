// SPDX-License-Identifier: MIT
/* weft: a JavaScript engine. This header is what programs that embed it include; plain C11, usable from C++.
 * An isolate is one JavaScript heap with its event loop. It belongs to one thread at a time; different isolates know nothing of each
 * other and may run on different threads at once. Functions that "run JavaScript" may call back into anything that a script can reach. */
#ifndef WEFT_WEFT_H
#define WEFT_WEFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WEFT_API __attribute__((visibility("default")))
#else
#define WEFT_API
#endif

typedef struct WeftIsolate WeftIsolate;

/* How an isolate is made. Zero means the default everywhere. Strings and arrays are borrowed as long as the isolate lives. */
typedef struct WeftConfig {
  size_t size;               /* sizeof(WeftConfig) */
  size_t heap_limit_bytes;   /* a heap that reaches it throws RangeError; default: a share of the machine's memory */
  size_t stack_size_bytes;   /* of the JavaScript stack; default 8 MB */
  unsigned gc_stress_period; /* collect at every Nth slow allocation, for tests */
  bool trace_gc;             /* one line on stderr for each collection */
  bool expose_gc;            /* globalThis.gc() */
  bool eager_builtins;       /* make all built-in objects at once, for tests */
  bool no_warnings, no_deprecation, trace_deprecation, throw_deprecation, preserve_symlinks, trace_uncaught;
  bool has_stack_trace_limit;
  int stack_trace_limit;            /* Error.stackTraceLimit, if has_stack_trace_limit */
  const char *unhandled_rejections; /* "throw" (default), "strict", "warn", "none", "warn-with-error-codes" */
  /* process.* */
  const char *exec_path, *argv0;
  const char *const *args; /* behind the script's name */
  size_t arg_count;
  const char *const *exec_args; /* options before the script's name */
  size_t exec_arg_count;
  const char *const *requires; /* modules to load before the program */
  size_t require_count;
  const char *const *imports; /* then these, as ES modules */
  size_t import_count;
  bool has_node_options; /* some of these come from the environment's NODE_OPTIONS: what workers start with is read there anew */
  const char *const *conditions; /* further conditions of package.json `exports` */
  size_t condition_count;
} WeftConfig;

/* "0.1.0" */
WEFT_API const char *weft_version(void);

/* NULL: no memory. The calling thread owns the isolate. */
WEFT_API WeftIsolate *weft_isolate_new(const WeftConfig *config);
WEFT_API void weft_isolate_delete(WeftIsolate *isolate);

typedef enum WeftGoal { WEFT_GOAL_AUTO, WEFT_GOAL_COMMONJS, WEFT_GOAL_MODULE } WeftGoal;

/* Each runs a whole program: the text, then the event loop until nothing keeps it alive, then the handlers of `exit`. Errors that
 * nobody catches are printed on stderr. Returns the exit code. An isolate runs one program. Run JavaScript. */
WEFT_API int weft_run_file(WeftIsolate *isolate, const char *path);
/* `name` is what stack traces show ("[eval]"); print_result: the value of the last statement goes to stdout. */
WEFT_API int weft_run_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal, bool print_result);
WEFT_API int weft_run_repl(WeftIsolate *isolate);

/* Only parse: 0, or 1 after printing the error on stderr. */
WEFT_API int weft_check_file(WeftIsolate *isolate, const char *path);
WEFT_API int weft_check_text(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal);

/* What the stages make of a file, as text. 0, or 1 after printing an error on stderr. */
typedef enum WeftDump { WEFT_DUMP_AST, WEFT_DUMP_BYTECODE } WeftDump;
WEFT_API int weft_dump_file(WeftIsolate *isolate, const char *path, WeftGoal goal, WeftDump what, FILE *out);
WEFT_API void weft_print_gc_stats(WeftIsolate *isolate, FILE *out);

/* One test of test262 in an isolate of its own: each prelude as a sloppy script, then the file. Returns the exit code. */
typedef struct WeftTest262 {
  size_t size; /* sizeof(WeftTest262) */
  const char *file;
  const char *const *preludes;
  size_t prelude_count;
  bool module, no_can_block;
} WeftTest262;
WEFT_API int weft_run_test262(const WeftConfig *config, const WeftTest262 *test);

#ifdef __cplusplus
}
#endif

#endif
