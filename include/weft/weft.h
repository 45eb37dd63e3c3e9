// SPDX-License-Identifier: MIT
/* weft: a JavaScript engine to embed. Plain C11, usable from C++. The whole of it is in this header; docs/embedding.md is the guide.
 *
 * The rules
 * 1. An isolate is one JavaScript heap. One thread at a time uses it: the one that made it, or that entered it last (weft_isolate_enter).
 *    Different isolates know nothing of each other and run on different threads at once. Functions said to work "from any thread" do.
 * 2. The collector runs only inside functions that take an isolate. It keeps what is in local variables and arguments of C functions of
 *    the isolate's thread, and all that is reachable from there. A value stored anywhere else is not seen: use a WeftRef, or a WeftScope.
 * 3. A function that fails returns NULL or false and leaves an exception in the isolate. Take it (weft_exception_take) or return from your
 *    own native function with NULL: then it goes on to the script. Do not call on with an exception pending.
 * 4. Functions that "run JavaScript" may call back into anything that a script can reach, your native functions included.
 * 5. Text is UTF-8 with its size in bytes unless said otherwise; WEFT_TEXT_END as a size means up to the first NUL. */
#ifndef WEFT_WEFT_H
#define WEFT_WEFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WEFT_API __attribute__((visibility("default")))
#define WEFT_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define WEFT_API
#define WEFT_PRINTF(text, first)
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
  bool node; /* Node's globals and modules; else nothing but the language. What is above from no_warnings on is for these */
} WeftConfig;

/* "0.1.0" */
WEFT_API const char *weft_version(void);

#define WEFT_TEXT_END ((size_t)-1)

/* ---- Isolates ---------------------------------------------------------------------------------------------------------------------- */

/* NULL: no memory, or a config of another size. `config` may be NULL: all defaults. The calling thread owns the isolate. */
WEFT_API WeftIsolate *weft_isolate_new(const WeftConfig *config);
/* With all its values and references. May be NULL. Not from within a function that it has called. */
WEFT_API void weft_isolate_delete(WeftIsolate *isolate);
/* The calling thread is the one that uses the isolate from now on; no other may be inside. */
WEFT_API void weft_isolate_enter(WeftIsolate *isolate);
/* One pointer of yours. */
WEFT_API void *weft_isolate_data(const WeftIsolate *isolate);
WEFT_API void weft_isolate_set_data(WeftIsolate *isolate, void *data);

/* From any thread: what runs in the isolate ends as soon as it can, without `catch` and `finally`, and nothing runs any more until
 * weft_resume: calls return NULL and leave no exception. */
WEFT_API void weft_terminate(WeftIsolate *isolate);
WEFT_API bool weft_is_terminating(const WeftIsolate *isolate);
WEFT_API void weft_resume(WeftIsolate *isolate);

typedef struct WeftMemory {
  size_t used_bytes;      /* objects, as far as the last collection knows them, and what was made since */
  size_t committed_bytes; /* blocks that hold them */
  size_t external_bytes;  /* native memory that objects own, as buffers do */
  size_t limit_bytes;     /* 0: none */
} WeftMemory;
WEFT_API void weft_memory(WeftIsolate *isolate, WeftMemory *memory);
WEFT_API void weft_collect(WeftIsolate *isolate); /* a full collection now */

/* ---- Values ----------------------------------------------------------------------------------------------------------------------- */

/* One JavaScript value of one isolate; see rules 2 and 3. NULL is no value: it says that an exception is pending. */
typedef struct WeftOpaqueValue *WeftValue;

typedef enum WeftKind {
  WEFT_UNDEFINED,
  WEFT_NULL,
  WEFT_BOOLEAN,
  WEFT_NUMBER,
  WEFT_BIGINT,
  WEFT_STRING,
  WEFT_SYMBOL,
  /* From here on objects. What has no name of its own is WEFT_OBJECT; a proxy is WEFT_FUNCTION when it can be called. */
  WEFT_OBJECT,
  WEFT_FUNCTION,
  WEFT_ARRAY,
  WEFT_ERROR,
  WEFT_DATE,
  WEFT_REGEXP,
  WEFT_MAP,
  WEFT_SET,
  WEFT_WEAK_MAP,
  WEFT_WEAK_SET,
  WEFT_PROMISE,
  WEFT_ARRAY_BUFFER,
  WEFT_SHARED_ARRAY_BUFFER,
  WEFT_TYPED_ARRAY,
  WEFT_DATA_VIEW,
  WEFT_INSTANCE /* of a WeftClass */
} WeftKind;
WEFT_API WeftKind weft_kind(WeftValue v);
WEFT_API bool weft_is_object(WeftValue v);
WEFT_API bool weft_is_callable(WeftValue v);

/* Values that every isolate has, and that need no memory. Do not fail. */
WEFT_API WeftValue weft_undefined(void);
WEFT_API WeftValue weft_null(void);
WEFT_API WeftValue weft_boolean(bool b);
WEFT_API WeftValue weft_number(double n);
WEFT_API WeftValue weft_integer(int64_t n); /* exact within +-2^53 */

/* New strings. `size` counts bytes, `length` 16-bit units. Invalid UTF-8 becomes U+FFFD. NULL: RangeError, too long. */
WEFT_API WeftValue weft_string(WeftIsolate *isolate, const char *utf8, size_t size);
WEFT_API WeftValue weft_string_latin1(WeftIsolate *isolate, const unsigned char *bytes, size_t size);
WEFT_API WeftValue weft_string_utf16(WeftIsolate *isolate, const uint16_t *units, size_t length);
/* The same string for the same text each time, and the fastest kind of key: keep it in a WeftRef. */
WEFT_API WeftValue weft_name(WeftIsolate *isolate, const char *utf8, size_t size);
WEFT_API WeftValue weft_symbol(WeftIsolate *isolate, const char *description /* may be NULL */);
WEFT_API WeftValue weft_bigint(WeftIsolate *isolate, int64_t n);
/* `words`: least significant first. */
WEFT_API WeftValue weft_bigint_words(WeftIsolate *isolate, bool negative, size_t count, const uint64_t *words);
WEFT_API WeftValue weft_date(WeftIsolate *isolate, double milliseconds /* since 1970, UTC */);
WEFT_API WeftValue weft_object(WeftIsolate *isolate);
WEFT_API WeftValue weft_array(WeftIsolate *isolate, size_t count, const WeftValue *elements);
WEFT_API WeftValue weft_map_new(WeftIsolate *isolate);
WEFT_API WeftValue weft_set_new(WeftIsolate *isolate);

/* What a value is, without converting: the number, boolean, ... of a value of that kind, else 0, false. Do not fail. */
WEFT_API double weft_as_number(WeftValue v);
WEFT_API bool weft_as_boolean(WeftValue v);
WEFT_API double weft_as_date(WeftValue v);            /* NaN: an invalid date, or none */
WEFT_API bool weft_as_int64(WeftValue v, int64_t *n); /* false: neither an integral number nor a bigint, or out of range */
/* Up to `count` words of the absolute value of a bigint; returns how many it has. */
WEFT_API size_t weft_as_bigint_words(WeftValue v, bool *negative, size_t count, uint64_t *words);

/* Converting, as the language does it. They run JavaScript when given objects. */
WEFT_API bool weft_to_boolean(WeftIsolate *isolate, WeftValue v); /* never fails, never runs JavaScript */
WEFT_API bool weft_to_number(WeftIsolate *isolate, WeftValue v, double *n);
WEFT_API bool weft_to_int32(WeftIsolate *isolate, WeftValue v, int32_t *n);
WEFT_API WeftValue weft_to_string(WeftIsolate *isolate, WeftValue v);
WEFT_API WeftValue weft_to_object(WeftIsolate *isolate, WeftValue v);
/* String(v) as UTF-8 with a NUL behind it, to be freed by weft_free. `size` may be NULL. Lone surrogates become U+FFFD. */
WEFT_API char *weft_to_utf8(WeftIsolate *isolate, WeftValue v, size_t *size);
WEFT_API void weft_free(void *memory);

/* The characters of a string where they are: one byte (Latin-1) or two (UTF-16) each. Good for as long as the string value is. False: it
 * is no string (no exception), or too large to be put together (exception). */
typedef struct WeftStringView {
  const void *characters;
  size_t length;
  bool is_utf16;
} WeftStringView;
WEFT_API bool weft_string_view(WeftIsolate *isolate, WeftValue string, WeftStringView *view);

WEFT_API bool weft_strict_equals(WeftIsolate *isolate, WeftValue a, WeftValue b); /* === */
WEFT_API bool weft_same_value(WeftIsolate *isolate, WeftValue a, WeftValue b);    /* Object.is */
/* 1: yes, 0: no, -1: exception. Runs JavaScript. */
WEFT_API int weft_instance_of(WeftIsolate *isolate, WeftValue v, WeftValue constructor);

/* ---- Properties -------------------------------------------------------------------------------------------------------------------- */

/* All may run JavaScript (accessors, proxies). A key is a value: a string, a symbol, a number; the forms with a name take UTF-8 text that
 * ends with NUL, the forms with an index an array index. `o` is converted to an object where JavaScript would do so. */
WEFT_API WeftValue weft_get(WeftIsolate *isolate, WeftValue o, WeftValue key);
WEFT_API WeftValue weft_get_named(WeftIsolate *isolate, WeftValue o, const char *name);
WEFT_API WeftValue weft_get_at(WeftIsolate *isolate, WeftValue o, uint32_t index);
/* As an assignment in strict code: TypeError where it cannot be. */
WEFT_API bool weft_set(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue v);
WEFT_API bool weft_set_named(WeftIsolate *isolate, WeftValue o, const char *name, WeftValue v);
WEFT_API bool weft_set_at(WeftIsolate *isolate, WeftValue o, uint32_t index, WeftValue v);
/* 1: yes, 0: no, -1: exception. */
WEFT_API int weft_has(WeftIsolate *isolate, WeftValue o, WeftValue key);
WEFT_API int weft_has_own(WeftIsolate *isolate, WeftValue o, WeftValue key);
WEFT_API int weft_delete(WeftIsolate *isolate, WeftValue o, WeftValue key);
enum { WEFT_WRITABLE = 1, WEFT_ENUMERABLE = 2, WEFT_CONFIGURABLE = 4, WEFT_ALL = 7 };
/* Object.defineProperty; getter and setter are functions or undefined. */
WEFT_API bool weft_define(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue v, unsigned attributes);
WEFT_API bool weft_define_accessor(WeftIsolate *isolate, WeftValue o, WeftValue key, WeftValue getter, WeftValue setter,
                                   unsigned attributes);
/* An array of the own enumerable string keys (Object.keys), or of all own keys, symbols included (Reflect.ownKeys). */
WEFT_API WeftValue weft_keys(WeftIsolate *isolate, WeftValue o);
WEFT_API WeftValue weft_own_keys(WeftIsolate *isolate, WeftValue o);
WEFT_API WeftValue weft_prototype(WeftIsolate *isolate, WeftValue o); /* an object or null */
WEFT_API bool weft_set_prototype(WeftIsolate *isolate, WeftValue o, WeftValue prototype);
WEFT_API bool weft_freeze(WeftIsolate *isolate, WeftValue o);
/* ToLength(o.length): of arrays, strings, typed arrays and whatever looks like one. */
WEFT_API bool weft_length(WeftIsolate *isolate, WeftValue o, uint64_t *length);

/* Map and Set without running JavaScript. TypeError when `o` is neither. weft_map_get: undefined when there is none. */
WEFT_API WeftValue weft_map_get(WeftIsolate *isolate, WeftValue map, WeftValue key);
WEFT_API bool weft_map_set(WeftIsolate *isolate, WeftValue map, WeftValue key, WeftValue v);
WEFT_API bool weft_set_add(WeftIsolate *isolate, WeftValue set, WeftValue v);
WEFT_API int weft_collection_has(WeftIsolate *isolate, WeftValue o, WeftValue key);
WEFT_API int weft_collection_delete(WeftIsolate *isolate, WeftValue o, WeftValue key);
WEFT_API bool weft_collection_size(WeftIsolate *isolate, WeftValue o, size_t *size);

/* for (const v of iterable) each(...); `each` returns true to go on, false to stop: by itself, or with an exception. The iterator is
 * closed as the language closes it. False: exception. Runs JavaScript. */
WEFT_API bool weft_iterate(WeftIsolate *isolate, WeftValue iterable, bool (*each)(WeftIsolate *isolate, WeftValue v, void *data),
                           void *data);

/* ---- Calls ------------------------------------------------------------------------------------------------------------------------- */

/* Run JavaScript. Jobs of promises that become ready wait for weft_run_jobs or the event loop. */
WEFT_API WeftValue weft_call(WeftIsolate *isolate, WeftValue f, WeftValue this_value, size_t count, const WeftValue *arguments);
WEFT_API WeftValue weft_call_method(WeftIsolate *isolate, WeftValue o, const char *name, size_t count, const WeftValue *arguments);
WEFT_API WeftValue weft_construct(WeftIsolate *isolate, WeftValue constructor, size_t count, const WeftValue *arguments);

/* A function in C. What it returns is the result; NULL: it has thrown. */
typedef struct WeftCall {
  WeftValue this_value;
  WeftValue new_target; /* undefined: not called by `new` */
  size_t count;
  const WeftValue *arguments;
  void *data; /* of weft_function */
} WeftCall;
typedef WeftValue (*WeftFunction)(WeftIsolate *isolate, const WeftCall *call);
/* `length`: of the function object. `data` is not touched; who owns it sees to it that it lives long enough. */
WEFT_API WeftValue weft_function(WeftIsolate *isolate, const char *name, int length, WeftFunction f, void *data);
WEFT_API WeftValue weft_argument(const WeftCall *call, size_t i); /* undefined behind the last */

/* ---- Exceptions -------------------------------------------------------------------------------------------------------------------- */

typedef enum WeftErrorKind {
  WEFT_ERROR_PLAIN,
  WEFT_TYPE_ERROR,
  WEFT_RANGE_ERROR,
  WEFT_SYNTAX_ERROR,
  WEFT_REFERENCE_ERROR,
  WEFT_EVAL_ERROR,
  WEFT_URI_ERROR
} WeftErrorKind;
/* Throw. Return NULL, so that a native function can return what they return. */
WEFT_API WeftValue weft_throw(WeftIsolate *isolate, WeftValue v);
WEFT_API WeftValue weft_throw_error(WeftIsolate *isolate, WeftErrorKind kind, const char *format, ...) WEFT_PRINTF(3, 4);
/* A new Error object with the stack of here, not thrown. */
WEFT_API WeftValue weft_error(WeftIsolate *isolate, WeftErrorKind kind, const char *message);
WEFT_API bool weft_has_exception(const WeftIsolate *isolate);
/* The pending exception, which is pending no more; NULL: there is none, or the isolate is being terminated. */
WEFT_API WeftValue weft_exception_take(WeftIsolate *isolate);
/* What a terminal would show of an exception that nobody catches: "file:1: ...", source line, stack, cause. To be freed by weft_free. Runs
 * no JavaScript of the script's. */
WEFT_API char *weft_exception_text(WeftIsolate *isolate, WeftValue exception);

/* ---- Keeping values ---------------------------------------------------------------------------------------------------------------- */

/* A place for one value outside of the C stack. Deleted by its owner, at the latest with the isolate. */
typedef struct WeftRef WeftRef;
WEFT_API WeftRef *weft_ref_new(WeftIsolate *isolate, WeftValue v); /* v may be NULL: empty */
WEFT_API WeftValue weft_ref_get(const WeftRef *ref);               /* NULL: empty */
WEFT_API void weft_ref_set(WeftRef *ref, WeftValue v);
WEFT_API void weft_ref_delete(WeftRef *ref); /* may be NULL */

/* While a scope is open, every value that a function of this header returns is kept until the scope is closed: for languages whose values
 * do not live on the C stack. Scopes nest; closing one closes those inside. */
typedef size_t WeftScope;
WEFT_API WeftScope weft_scope_open(WeftIsolate *isolate);
WEFT_API void weft_scope_close(WeftIsolate *isolate, WeftScope scope);

/* ---- Running code ------------------------------------------------------------------------------------------------------------------ */

WEFT_API WeftValue weft_global(WeftIsolate *isolate); /* globalThis */
/* Runs a text as a script; the value of its last statement. `name`: what stack traces show; may be NULL. NULL: SyntaxError, or what the
 * script threw. Runs JavaScript. */
WEFT_API WeftValue weft_eval(WeftIsolate *isolate, const char *utf8, size_t size, const char *name);
/* The jobs of promises that are ready, and those that they make ready. Runs JavaScript. */
WEFT_API void weft_run_jobs(WeftIsolate *isolate);
/* The event loop until nothing keeps it alive. Runs JavaScript. */
WEFT_API void weft_run_loop(WeftIsolate *isolate);
/* Who hears of exceptions in jobs that nobody catches and of rejections that nobody handles, in an isolate without Node's globals. NULL:
 * they are printed on stderr. */
WEFT_API void weft_isolate_on_uncaught(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, WeftValue exception, void *data),
                                       void *data);

/* ---- Whole programs, in isolates with `node` ----------------------------------------------------------------------------------------- */

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
