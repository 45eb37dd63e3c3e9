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
 * 5. Misuse that can be noticed (NULL where a value must be, another thread, an isolate or class that is gone, a value of another isolate)
 *    aborts with one line on stderr in builds with assertions. Others throw TypeError for NULL, and trust the rest.
 * 6. Text is UTF-8 with its size in bytes unless said otherwise; WEFT_TEXT_END as a size means up to the first NUL. */
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

/* One JavaScript heap and what runs in it. */
typedef struct WeftIsolate WeftIsolate;

/* Where the collector's memory comes from: objects, strings, everything that scripts make but the contents of buffers. Called on the
 * isolate's thread, also by the collector: they must not call into the isolate. */
typedef struct WeftAllocator {
  void *(*allocate)(void *data, size_t size,
                    size_t alignment); /* zeroed; NULL: none, which becomes a RangeError or ends the isolate */
  void (*release)(void *data, void *memory, size_t size);
  void *data;
} WeftAllocator;

/* How an isolate is made. Zero means the default everywhere. Strings and arrays are borrowed as long as the isolate lives. */
typedef struct WeftConfig {
  size_t size;                    /* sizeof(WeftConfig) */
  size_t heap_limit_bytes;        /* a heap that reaches it throws RangeError; default: a share of the machine's memory */
  size_t stack_size_bytes;        /* of the JavaScript stack; default 8 MB */
  const WeftAllocator *allocator; /* NULL: the system's; copied */
  unsigned gc_stress_period;      /* collect at every Nth slow allocation, for tests */
  bool trace_gc;                  /* one line on stderr for each collection */
  bool expose_gc;                 /* globalThis.gc() */
  bool eager_builtins;            /* make all built-in objects at once, for tests */
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
  const char *const *env_files; /* files of environment variables (NAME=value), later ones first; none replaces one that is set */
  size_t env_file_count;
  bool node; /* Node's globals and modules; else nothing but the language. What is above from no_warnings on is for these */
} WeftConfig;

/* "0.1.0" */
WEFT_API const char *weft_version(void);

/* As the size of a text: it ends with a NUL. */
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

/* Why an isolate asks whether it may go on. */
enum { WEFT_INTERRUPT_ASKED = 1, WEFT_INTERRUPT_CPU = 2, WEFT_INTERRUPT_STEPS = 4 };
/* From any thread: the isolate calls its interrupt function as soon as it can, in the middle of what it runs. */
WEFT_API void weft_interrupt(WeftIsolate *isolate);
/* `f` gets the reasons; true: go on, false: as weft_terminate. It runs no JavaScript and makes no values, but it may set a new budget. NULL:
 * go on when asked, terminate when a budget is spent. */
WEFT_API void weft_isolate_on_interrupt(WeftIsolate *isolate, bool (*f)(WeftIsolate *isolate, unsigned reasons, void *data),
                                        void *data);
/* What may be used from now on, 0: without limit. CPU time is the calling thread's, to about a millisecond; it ends with weft_isolate_enter.
 * Steps are calls, iterations of loops and pieces of long work in built-ins: the same program takes the same number each time; counting
 * them makes loops slower. False: no clock (nothing is changed). */
WEFT_API bool weft_set_budget(WeftIsolate *isolate, uint64_t cpu_nanoseconds, uint64_t steps);
/* Steps that are left of the budget. */
WEFT_API uint64_t weft_budget_steps(const WeftIsolate *isolate);

/* What an isolate has at the moment. */
typedef struct WeftMemory {
  size_t used_bytes;      /* objects, as far as the last collection knows them, and what was made since */
  size_t committed_bytes; /* blocks that hold them */
  size_t external_bytes;  /* native memory that objects own, as buffers do */
  size_t limit_bytes;     /* 0: none */
} WeftMemory;
/* Fills `memory` in. Collects nothing. */
WEFT_API void weft_memory(WeftIsolate *isolate, WeftMemory *memory);
WEFT_API void weft_collect(WeftIsolate *isolate); /* a full collection now */
/* Native memory that hangs on values of yours grew by so much (shrank, if negative): it counts as theirs in limits and collections. */
WEFT_API void weft_adjust_external_memory(WeftIsolate *isolate, ptrdiff_t bytes);

/* ---- Values ----------------------------------------------------------------------------------------------------------------------- */

/* One JavaScript value of one isolate; see rules 2 and 3. NULL is no value: it says that an exception is pending. */
typedef struct WeftOpaqueValue *WeftValue;

/* What a value is: the types of the language, and the classes of objects that the language gives a meaning. */
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
/* Of NULL: WEFT_UNDEFINED, false. Do not fail. */
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
/* A Date; a time that is no time makes an invalid one. */
WEFT_API WeftValue weft_date(WeftIsolate *isolate, double milliseconds /* since 1970, UTC */);
/* New and empty, or an array of these elements. */
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

/* ---- Classes ----------------------------------------------------------------------------------------------------------------------- */

/* Objects with native data. An object of one class cannot be taken for one of another. */
typedef struct WeftClass WeftClass;
typedef struct WeftTracer WeftTracer;
typedef enum WeftMemberKind { WEFT_METHOD, WEFT_GETTER, WEFT_SETTER, WEFT_STATIC_METHOD, WEFT_STATIC_GETTER } WeftMemberKind;
/* A getter and a setter of one name belong together. In all but the static ones `this_value` is an instance, else they are not called:
 * TypeError. */
typedef struct WeftMember {
  WeftMemberKind kind;
  const char *name;
  WeftFunction f;
  int length;
  void *data;
} WeftMember;
typedef struct WeftClassDefinition {
  size_t size; /* sizeof(WeftClassDefinition) */
  const char *name;
  WeftClass *parent;      /* its instances can do what the parent's can; NULL: none */
  WeftFunction construct; /* returns weft_instance_new(...); NULL: scripts cannot call `new` */
  int length;             /* of the constructor */
  void *data;             /* of `construct` */
  const WeftMember *members;
  size_t member_count;
  /* When the object is dead, or its isolate ends: frees the data. Within a collection: it must not call into the isolate. May be NULL. */
  void (*finalise)(void *instance_data);
  /* Calls weft_trace for each value that the data holds. Within collections, often: it must be quick, and not call anything else here. The
   * values may change at any time. May be NULL. */
  void (*trace)(WeftTracer *tracer, void *instance_data);
} WeftClassDefinition;
/* The class lives as long as the isolate. What the definition points to is copied, its `data` pointers are not touched. NULL: exception. */
WEFT_API WeftClass *weft_class_new(WeftIsolate *isolate, const WeftClassDefinition *definition);
/* The function that scripts know. Put it where they can find it. */
WEFT_API WeftValue weft_class_constructor(WeftIsolate *isolate, const WeftClass *c);
/* `new_target`: of the call of `construct`, so that `class X extends Native` works; NULL elsewhere. The instance owns `instance_data` from
 * here on, unless this fails. */
WEFT_API WeftValue weft_instance_new(WeftIsolate *isolate, WeftClass *c, WeftValue new_target, void *instance_data);
WEFT_API bool weft_is_instance(WeftIsolate *isolate, const WeftClass *c, WeftValue v);
/* The data of an instance of the class or of one that descends from it. Anything else: NULL and TypeError. */
WEFT_API void *weft_instance_data(WeftIsolate *isolate, const WeftClass *c, WeftValue v);
WEFT_API void weft_trace(WeftTracer *tracer, WeftValue v); /* v may be NULL */

/* ---- Buffers ----------------------------------------------------------------------------------------------------------------------- */

/* Memory of yours as an ArrayBuffer; `release` is called when no isolate uses it any more, on any thread, and also when this fails. With
 * `memory` NULL: new memory, zeroed. */
typedef void (*WeftRelease)(void *memory, size_t size, void *data);
WEFT_API WeftValue weft_array_buffer(WeftIsolate *isolate, void *memory, size_t size, WeftRelease release, void *data);
/* Where the bytes are, of ArrayBuffer, SharedArrayBuffer, typed array, DataView. False: it is none of them (no exception). Good until the
 * buffer is detached or resized, which scripts can do, or collected. A detached one has 0 bytes. */
typedef struct WeftBytes {
  void *data;
  size_t size;
} WeftBytes;
WEFT_API bool weft_bytes(WeftValue v, WeftBytes *bytes);
/* Detaches the buffer. The memory goes to `*bytes`: give it back with weft_array_buffer, or free it by calling *release(data, size,
 * *release_data). With `bytes` NULL it is released. TypeError: it cannot be detached. */
WEFT_API bool weft_array_buffer_detach(WeftIsolate *isolate, WeftValue buffer, WeftBytes *bytes, WeftRelease *release,
                                       void **release_data);
/* Memory that several isolates see at once. Counted: each SharedArrayBuffer holds it, too. From any thread. */
typedef struct WeftSharedMemory WeftSharedMemory;
WEFT_API WeftSharedMemory *weft_shared_memory_new(void *memory, size_t size, WeftRelease release, void *data); /* NULL: no memory */
WEFT_API void weft_shared_memory_delete(WeftSharedMemory *memory);                                             /* may be NULL */
WEFT_API WeftValue weft_shared_array_buffer(WeftIsolate *isolate, WeftSharedMemory *memory);
typedef enum WeftElementType {
  WEFT_INT8,
  WEFT_UINT8,
  WEFT_UINT8_CLAMPED,
  WEFT_INT16,
  WEFT_UINT16,
  WEFT_INT32,
  WEFT_UINT32,
  WEFT_FLOAT16,
  WEFT_FLOAT32,
  WEFT_FLOAT64,
  WEFT_BIGINT64,
  WEFT_BIGUINT64,
  WEFT_NO_ELEMENT
} WeftElementType;
/* A view of `count` elements from `offset` bytes on. RangeError: out of bounds, or not aligned. */
WEFT_API WeftValue weft_typed_array(WeftIsolate *isolate, WeftElementType type, WeftValue buffer, size_t offset, size_t count);
WEFT_API WeftElementType weft_typed_array_type(WeftValue v); /* WEFT_NO_ELEMENT: it is none */
WEFT_API WeftValue weft_view_buffer(WeftIsolate *isolate, WeftValue view,
                                    size_t *offset); /* of typed array or DataView; else TypeError */

/* ---- Promises ---------------------------------------------------------------------------------------------------------------------- */

/* Of a promise, or of anything else as if it were one that is fulfilled with itself. */
typedef enum WeftPromiseState { WEFT_PENDING, WEFT_FULFILLED, WEFT_REJECTED } WeftPromiseState;
/* A pending one. */
WEFT_API WeftValue weft_promise_new(WeftIsolate *isolate);
/* As the functions that `new Promise` gives: only the first call does anything. TypeError: it is no promise. Resolving runs JavaScript. */
WEFT_API bool weft_promise_resolve(WeftIsolate *isolate, WeftValue promise, WeftValue v);
WEFT_API bool weft_promise_reject(WeftIsolate *isolate, WeftValue promise, WeftValue reason);
WEFT_API WeftPromiseState weft_promise_state(WeftValue promise);                 /* of anything else: WEFT_FULFILLED */
WEFT_API WeftValue weft_promise_result(WeftIsolate *isolate, WeftValue promise); /* value or reason; undefined while pending */
/* `f` runs as a job when `v`, or the promise that it is, is settled. If the isolate ends before, `release` (may be NULL) gets the data
 * instead; it must not call into weft. */
WEFT_API bool weft_then(WeftIsolate *isolate, WeftValue v,
                        void (*f)(WeftIsolate *isolate, WeftValue result, bool fulfilled, void *data), void *data,
                        void (*release)(void *data));
/* Runs the event loop until `v` is settled: its value, or NULL with its reason as the exception. Error: the loop ended before. */
WEFT_API WeftValue weft_await(WeftIsolate *isolate, WeftValue v);

/* ---- Exceptions -------------------------------------------------------------------------------------------------------------------- */

/* The constructors of errors. */
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
/* Where an Error was made, of its innermost frame in a script: false: not known, or no Error. Lines and columns count from 1; `*file` is to
 * be freed by weft_free. */
WEFT_API bool weft_error_position(WeftIsolate *isolate, WeftValue error, char **file, uint32_t *line, uint32_t *column);

/* ---- Keeping values ---------------------------------------------------------------------------------------------------------------- */

/* A place for one value outside of the C stack. Deleted by its owner, at the latest with the isolate. */
typedef struct WeftRef WeftRef;
WEFT_API WeftRef *weft_ref_new(WeftIsolate *isolate, WeftValue v); /* v may be NULL: empty */
WEFT_API WeftValue weft_ref_get(const WeftRef *ref);               /* NULL: empty */
WEFT_API void weft_ref_set(WeftRef *ref, WeftValue v);
WEFT_API void weft_ref_delete(WeftRef *ref); /* may be NULL */

/* While a scope is open, every value that a function of this header returns is kept until the scope is closed: for languages whose values
 * do not live on the C stack. What a function of yours is called with is kept while it runs. Scopes nest; closing one closes those inside. */
typedef size_t WeftScope;
WEFT_API WeftScope weft_scope_open(WeftIsolate *isolate);
WEFT_API void weft_scope_close(WeftIsolate *isolate, WeftScope scope);

/* ---- Running code ------------------------------------------------------------------------------------------------------------------ */

WEFT_API WeftValue weft_global(WeftIsolate *isolate); /* globalThis */
/* Runs a text as a script; the value of its last statement. `name`: what stack traces show; may be NULL. NULL: SyntaxError, or what the
 * script threw. Runs JavaScript. */
WEFT_API WeftValue weft_eval(WeftIsolate *isolate, const char *utf8, size_t size, const char *name);
/* The same in another realm: `global` is what weft_realm_new or weft_global gave. Runs JavaScript. */
WEFT_API WeftValue weft_eval_in(WeftIsolate *isolate, WeftValue global, const char *utf8, size_t size, const char *name);
/* A realm: built-ins of its own, nothing else. Its global object; it lives as long as anything of it does. */
WEFT_API WeftValue weft_realm_new(WeftIsolate *isolate);

/* Compiled once, run in any number of isolates at once: immutable, counted, usable from any thread. */
typedef struct WeftCode WeftCode;
typedef enum WeftGoal { WEFT_GOAL_AUTO, WEFT_GOAL_COMMONJS, WEFT_GOAL_MODULE, WEFT_GOAL_SCRIPT } WeftGoal;
/* WEFT_GOAL_SCRIPT or _MODULE. NULL: SyntaxError. */
WEFT_API WeftCode *weft_compile(WeftIsolate *isolate, const char *utf8, size_t size, const char *name, WeftGoal goal);
/* A script's value (in the realm of `global`; NULL: the current one), or a promise of a module's namespace: its name is its key for the
 * module loader. Runs JavaScript. */
WEFT_API WeftValue weft_run_code(WeftIsolate *isolate, const WeftCode *code, WeftValue global);
/* Bytes to keep, freed by weft_free, and back: for the same version of weft on the same kind of machine; they contain the source. Damage is
 * noticed, but they are trusted like a program: do not load what a stranger could have written. False and NULL: exception. */
WEFT_API bool weft_code_save(WeftIsolate *isolate, const WeftCode *code, void **bytes, size_t *size);
WEFT_API WeftCode *weft_code_load(WeftIsolate *isolate, const void *bytes, size_t size);
WEFT_API WeftCode *weft_code_retain(WeftCode *code);
WEFT_API void weft_code_delete(WeftCode *code); /* may be NULL */

/* Where modules come from, in isolates without Node's. Each key is loaded once in each isolate. */
typedef struct WeftModuleLoader {
  /* The key of the module that `specifier` names in the module `referrer` (a key; "" outside of modules): a string. NULL: thrown. */
  WeftValue (*resolve)(WeftIsolate *isolate, const char *specifier, const char *referrer, void *data);
  /* What a key stands for: a string is the source text, an object has the exports as its own enumerable properties. Or `*code` is set, to
   * a module's code that is not deleted before this function is called again. `type`: of the import attributes, "" without; with "json" a
   * string is JSON. NULL: thrown. */
  WeftValue (*load)(WeftIsolate *isolate, const char *key, const char *type, const WeftCode **code, void *data);
  bool (*meta)(WeftIsolate *isolate, const char *key, WeftValue meta, void *data); /* fills import.meta; may be NULL */
} WeftModuleLoader;
WEFT_API bool weft_set_module_loader(WeftIsolate *isolate, const WeftModuleLoader *loader, void *data); /* false: it has Node's */
/* A promise of the namespace: of the module that `specifier` names, or of a module with this text and key. Run JavaScript. */
WEFT_API WeftValue weft_import(WeftIsolate *isolate, const char *specifier);
WEFT_API WeftValue weft_eval_module(WeftIsolate *isolate, const char *utf8, size_t size, const char *key);

/* ---- Jobs and the event loop ------------------------------------------------------------------------------------------------------- */

/* The jobs of promises that are ready, and those that they make ready. Runs JavaScript. */
WEFT_API void weft_run_jobs(WeftIsolate *isolate);
/* The event loop until nothing keeps it alive. Runs JavaScript. */
WEFT_API void weft_run_loop(WeftIsolate *isolate);
/* For hosts with an event loop of their own, instead of weft_run_loop: wait until the descriptor is readable or the time is over, then pump.
 * The descriptor stays the isolate's; -1: the system refuses. The timeout is in milliseconds; -1: none. */
WEFT_API int weft_poll_descriptor(WeftIsolate *isolate);
WEFT_API int weft_poll_timeout(WeftIsolate *isolate);
/* Does what is due, without waiting. False: nothing keeps the loop alive. Runs JavaScript. */
WEFT_API bool weft_pump(WeftIsolate *isolate);
/* From any thread: calls f on the isolate's thread, from its loop; if the isolate ends before, with NULL. The loop does not wait for it,
 * unless it is kept alive: */
WEFT_API bool weft_post(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, void *data), void *data); /* false: no memory */
WEFT_API void weft_keep_alive(WeftIsolate *isolate, bool on); /* counted: as often off as on */
/* Who hears of exceptions in jobs that nobody catches and of rejections that nobody handles, in an isolate without Node's globals. NULL:
 * they are printed on stderr. */
WEFT_API void weft_isolate_on_uncaught(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, WeftValue exception, void *data),
                                       void *data);

/* ---- Messages ---------------------------------------------------------------------------------------------------------------------- */

/* A value on its way to another isolate (structured clone), with what moves or is shared beside it. Belongs to no isolate: any thread. */
typedef struct WeftMessage WeftMessage;
/* The buffers (and, with Node's globals, ports) in `transfer` move. NULL: DataCloneError, or what a getter threw. Runs JavaScript. */
WEFT_API WeftMessage *weft_message_new(WeftIsolate *isolate, WeftValue v, size_t transfer_count, const WeftValue *transfer);
/* The value again; takes the message, also when it fails. */
WEFT_API WeftValue weft_message_open(WeftIsolate *isolate, WeftMessage *message);
WEFT_API void weft_message_delete(WeftMessage *message); /* may be NULL */
/* A message from bytes of weft_serialize, without an isolate. Any bytes may be given: damaged ones make weft_message_open fail. NULL: no
 * memory. */
WEFT_API WeftMessage *weft_message_from_bytes(const void *bytes, size_t size);
/* A value as bytes, freed by weft_free, and back: to keep or to send elsewhere. They are Node's v8.serialize, version 15. Nothing moves or is
 * shared. False and NULL: DataCloneError; any bytes may be given. Run JavaScript. */
WEFT_API bool weft_serialize(WeftIsolate *isolate, WeftValue v, void **bytes, size_t *size);
WEFT_API WeftValue weft_deserialize(WeftIsolate *isolate, const void *bytes, size_t size);

/* One end of a channel in C. Used by any thread, one at a time for each end. */
typedef struct WeftPort WeftPort;
WEFT_API bool weft_channel_new(WeftPort **a, WeftPort **b); /* false: no memory */
/* The end becomes a MessagePort of the isolate's scripts (postMessage, onmessage, start, close, ref, unref); takes it, also if this fails. */
WEFT_API WeftValue weft_port_give(WeftPort *port, WeftIsolate *isolate);
/* Takes the message. False: the other end is gone; the message is deleted. */
WEFT_API bool weft_port_post(WeftPort *port, WeftMessage *message);
/* The next message; NULL: none within the time (in milliseconds; 0: do not wait, -1: without end), or `*closed`, which may be NULL. */
WEFT_API WeftMessage *weft_port_receive(WeftPort *port, int milliseconds, bool *closed);
/* `f` is called when something has come, on the thread that sent it: it may only wake somebody up, and not call into weft. */
WEFT_API void weft_port_on_arrival(WeftPort *port, void (*f)(void *data), void *data);
WEFT_API void weft_port_delete(WeftPort *port); /* closes the channel; may be NULL */

/* ---- Whole programs, in isolates with `node` ----------------------------------------------------------------------------------------- */

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
