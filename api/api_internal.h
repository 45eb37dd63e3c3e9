// SPDX-License-Identifier: MIT
// What the files of api/ share: the isolate as hosts see it, the way values go in and out, and the checks of the header's rules.
#ifndef WEFT_API_API_INTERNAL_H
#define WEFT_API_API_INTERNAL_H

#include "base/base.h"
#include "base/sync.h"
#include "node/node.h"
#include "threads/clone.h"
#include "threads/cpu_watch.h"
#include "vm/cells.h"
#include "vm/call.h"
#include "vm/isolate.h"
#include "weft/weft.h"

enum { NAMES = 64 };
struct WeftIsolate {
  Host *host;
  NodeOptions options;
  bool has_node;                                                           // with Node's globals and modules
  u64 thread;                                                              // that may use it
  void *data;                                                              // of the embedder
  void (*uncaught)(WeftIsolate *isolate, WeftValue exception, void *data); // NULL: printed on stderr
  void *uncaught_data;
  // refs.c
  bool has_scope;  // some scope is open
  u32 kept_count;  // values in `kept`
  Persistent kept; // ValueArray of the values that open scopes keep, or EMPTY
  // objects.c
  const char *name_places[NAMES]; // where the text lay of each of
  Persistent names;               // ValueArray of atoms of ASCII, or EMPTY
  // limits.c
  _Atomic u32 interrupt_reasons;
  bool (*on_interrupt)(WeftIsolate *isolate, unsigned reasons, void *data);
  void *on_interrupt_data;
  u64 steps_left; // while has_steps
  bool has_steps;
  CpuWatch cpu_watch;
  u32 kept_alive; // weft_keep_alive
  WeftClass *classes;
  struct PromiseWaiter *waiters; // weft_then
  // code.c, modules.c
  Persistent realms;  // WeakTable: global object to Realm, or EMPTY
  Persistent modules; // HashTable: type and key to Module, or EMPTY
  const WeftModuleLoader *loader;
  WeftModuleLoader loader_copy;
  void *loader_data;
  Persistent port_prototype; // of MessagePorts without Node's globals, or EMPTY
};

// Every public function looks at its isolate through ISOLATE (EXISTS where any thread may call) and at each value through NEEDS or MAY_BE. With assertions what is wrong
// aborts with a line; else NULL is a TypeError.
#ifdef WEFT_ASSERTS
Isolate *api_isolate_checked(const WeftIsolate *isolate, const char *function);
bool api_value_is_good(const WeftIsolate *isolate, WeftValue v, const char *function); // aborts otherwise
void api_isolate_exists(const WeftIsolate *isolate, const char *function);             // aborts otherwise
void api_class_is_good(const WeftIsolate *isolate, const WeftClass *c, const char *function);
#define ISOLATE_IN(w, function) api_isolate_checked((w), (function))
#define IS_GOOD_IN(w, v, function) api_value_is_good((w), (v), (function))
#define EXISTS(w) api_isolate_exists((w), __func__)
#define CLASS_OF(w, c) api_class_is_good((w), (c), __func__)
#else
#define ISOLATE_IN(w, function) ((w)->host->iso)
#define IS_GOOD_IN(w, v, function) ((v) != NULL)
#define EXISTS(w) ((void)0) // in functions that any thread may call
#define CLASS_OF(w, c) ((void)0)
#endif
#define ISOLATE(w) ISOLATE_IN((w), __func__)
#define IS_GOOD(w, v) IS_GOOD_IN((w), (v), __func__)
// One that may be NULL.
#define MAY_BE(w, v) ((void)((v) && IS_GOOD(w, v)))
void *api_throw_null(WeftIsolate *isolate, const char *function); // returns NULL
#define NEEDS(w, v) \
  do { \
    if (UNLIKELY(!IS_GOOD(w, v))) { \
      api_throw_null((w), __func__); \
      return 0; \
    } \
  } while (0)

static ALWAYS_INLINE Value value_in(WeftValue v) { return (Value)(void *)v; }
static ALWAYS_INLINE WeftValue value_as_handle(Value v) { return (WeftValue)(void *)v; }
static ALWAYS_INLINE const Value *values_in(const WeftValue *values) { return (const Value *)(const void *)values; }
void api_keep(WeftIsolate *isolate, Value v);
// Every value that leaves through a function with an isolate.
static ALWAYS_INLINE WeftValue value_out(WeftIsolate *isolate, Value v) {
  if (UNLIKELY(isolate->has_scope) && v) api_keep(isolate, v);
  return value_as_handle(v);
}
static inline WeftIsolate *api_of(Isolate *iso) { return host_of(iso)->embedder; }
static inline size_t api_text_size(const char *utf8, size_t size) { return size == WEFT_TEXT_END ? strlen(utf8) : size; }

// Pointers of the host's in slots: addresses have 47 bits, as doubles they are tiny numbers, which the collector passes over.
static inline Value pointer_value(const void *p) {
  double d;
  u64 bits = (u64)(uintptr_t)p;
  memcpy(&d, &bits, sizeof d);
  return value_from_raw_double(d);
}
static inline void *value_pointer(Value v) {
  double d = value_double(v);
  u64 bits;
  memcpy(&bits, &d, sizeof bits);
  return (void *)(uintptr_t)bits;
}
// Function pointers are as wide (POSIX).
#define FUNCTION_VALUE(f) pointer_value((const void *)(uintptr_t)(f))
#define VALUE_FUNCTION(type, v) ((type)(uintptr_t)value_pointer(v))

// What one native function of the host's has: NULL is not returned without an exception. VALUE_FAIL: thrown.
Value api_call_host(Isolate *iso, const Call *call, WeftFunction f, void *data);

// A cell in a root of the isolate's, made on first use; NULL: thrown.
static inline Cell *persistent_cell(const Persistent *root) {
  Value v = value_from_bits(root->word);
  return v == VALUE_EMPTY ? NULL : value_cell(v);
}
static inline void persistent_set(Persistent *root, const void *cell) { root->word = value_bits(value_from_cell(cell)); }

bool api_is_instance(const JSObject *host_object); // of some WeftClass
bool api_has_class(const WeftIsolate *isolate, const WeftClass *c);
void api_trace_classes(WeftIsolate *isolate, GcTracer *tracer);
void api_release_waiters(WeftIsolate *isolate); // after the heap
void api_free_classes(WeftIsolate *isolate);    // after the heap
bool api_interrupt(WeftIsolate *isolate);
void api_fill_module_hooks(Hooks *hooks);
extern const CloneCalls api_clone_calls;                  // of isolates without Node's globals
Realm *api_realm(WeftIsolate *isolate, WeftValue global); // NULL: thrown

// Code of a host's (code.c).
struct WeftCode {
  _Atomic u32 refs;
  bool is_module;
  CodeBlock *block;
};
// Runs a module's code as the module of that key: a promise of its namespace. VALUE_FAIL: thrown.
Value api_run_module(WeftIsolate *isolate, CodeBlock *block, const char *key);

#endif
