// SPDX-License-Identifier: MIT
// The isolate: one JavaScript heap and everything that runs on it. The only state of the engine; one thread at a time.
#ifndef WEFT_VM_ISOLATE_H
#define WEFT_VM_ISOLATE_H

#include "base/rand.h"
#include "gc/gc.h"
#include "vm/builtin.h"
#include "vm/hooks.h"

enum InterruptFlags { // why stack_limit was set to 0
  INTERRUPT_TERMINATE = 1,
  INTERRUPT_HEAP_LIMIT = 2,
  INTERRUPT_CALLBACK = 4, // hooks.interrupt
};

typedef struct Job {
  Value (*run)(Isolate *iso, Value *args); // VALUE_FAIL: exception, reported by the loop
  Value args[4];
  Realm *realm;
} Job;

// What JSON.parse remembers of one text for the next: keys by their first 8 characters and length, shapes by their keys.
// Weak: emptied by every full collection (atoms and shapes live that long).
enum { JSON_CACHE_KEY_BITS = 8, JSON_CACHE_SHAPES = 64 };
typedef struct JsonCache {
  struct JsonKey {
    u64 prefix;
    PropertyKey key;
    u32 length;
  } keys[1 << JSON_CACHE_KEY_BITS];
  Shape *shapes[JSON_CACHE_SHAPES];
} JsonCache;
typedef struct JsonKey JsonKey;

typedef struct SpreadShape { // objects of shape `from`, copied, have shape `to`
  Shape *from, *to;          // weak
} SpreadShape;

struct Isolate {
  Heap heap; // first: heap_of()

  // ---- The interpreter's words ----
  _Atomic(Value *) stack_limit; // top of the Value stack; 0 asks the running code to look at `interrupts`
  Value *fp;                    // frame of the running function, saved at every call out of the interpreter
  u32 *pc;                      // of iso->fp when it is a bytecode frame
  Value *sp;                    // first free word above the running native frame
  Value *window_high;           // end of the last window that C code pushed: scanned, though it may be above every frame
  u32 proto_epoch;
  u32 no_indexed_on_prototypes; // 1 while no prototype object has elements: holes read as undefined
  Value exception;              // valid while a failure travels
  Shape **shapes;               // by id
  u32 shape_count, shape_capacity;
  VEC(u32) free_shape_ids;
  SpreadShape spread_shapes[16]; // object_spread.c; forgotten by full collections

  _Atomic u32 interrupts;
  Value entering; // the function whose frame is being made while interrupts are looked at, or EMPTY
  Value *stack_base, *stack_end, *stack_real_limit, *stack_dirty;
  char *c_stack_limit; // lowest address that C frames may use
  u32 call_depth;      // nested interp_run
  bool terminating;

  Realm *main_realm;
  AtomTable *atoms;
  struct MegaCache *mega_cache;
  u32 keyed_misses; // while there is no mega_cache
  REF(Cell) null_proto_roots;
  REF(Cell) symbol_registry; // Symbol.for: HashTable string -> symbol
  const Hooks *hooks;
  void *host; // of the floor that made the isolate
  const BuiltinTables *builtins;

  // Jobs (microtasks): a ring in native memory, traced.
  struct JobQueue {
    Job *data;
    u32 head, count, capacity;
  } jobs;
  CellVec kept_alive;         // WeakRef targets of this turn (KeepDuringJob)
  CellVec codes;              // every Code cell with feedback: their caches are swept after marking
  CellVec finalization_queue; // FinalizationRegistries with dead targets, to be cleaned by the loop
  REF(Cell) number_strings;   // small cache of number -> string
  REF(Cell) last_scripts;
  REF(Cell) error_stack_accessor; // Accessor: `stack` of every Error (vm/stack_trace.c)
  Value running_async;            // the generator that the running job resumed, or EMPTY: async stack traces
  struct ThrownAt {               // where the exception that travels entered bytecode: error_thrown_position
    Value exception;              // only compared; EMPTY once it is dead or thrown anew
    Value function;
    u32 pc; // word of the function's body
  } thrown_at;
  Rand random; // Math.random
  u32 next_realm_id;
  u32 stack_trace_limit_default;
  bool eager_builtins, in_prepare_stack_trace;
  bool has_html_dda;          // there is an object with SHAPE_HTMLDDA
  bool heap_limit_terminates; // a heap at its limit ends the isolate; else it is a RangeError
  bool out_of_memory;         // that happened
  u64 identity_counter;
  void *regexp_context;                       // matcher's reusable memory, made on demand
  void (*free_regexp_context)(void *context); // what it holds, not itself
  struct TimezoneCache *timezone;
  JsonCache *json_cache; // made on demand
};
STATIC_ASSERT(offsetof(Isolate, heap) == 0);

typedef struct IsolateConfig {
  size_t heap_limit;    // bytes, 0: default (a share of the machine's memory)
  size_t stack_size;    // bytes of the Value stack reserved, 0: 8 MB
  size_t c_stack_size;  // of the thread that will run it; 0: ask the system
  u32 gc_stress_period; // 0: none
  bool eager_builtins, trace_gc;
  const Hooks *hooks;
  const BuiltinTables *builtins;
  const GcMemory *memory; // copied; NULL: the system's
  void *host;
} IsolateConfig;

MUST_CHECK Isolate *isolate_new(const IsolateConfig *config); // with one realm; NULL: no memory
void isolate_destroy(Isolate *iso);
// Binds the isolate to the calling thread's C stack; call again when another thread (or a much different depth) takes over.
void isolate_enter(Isolate *iso);
// From any thread: makes the isolate run no more JS. isolate_cancel_termination makes it usable again (own thread).
void isolate_terminate(Isolate *iso);
void isolate_cancel_termination(Isolate *iso);
void isolate_request_interrupt(Isolate *iso, u32 flags); // from any thread
void isolate_ask_again(Isolate *iso);                    // from hooks.interrupt: calls it at the next poll too

static ALWAYS_INLINE Shape *obj_shape(Isolate *iso, const JSObject *o) { return iso->shapes[o->cell.shape_id]; }

static inline bool isolate_has_exception(const Isolate *iso) { return iso->exception != VALUE_EMPTY; }
// Takes the pending exception (EMPTY afterwards).
static inline Value isolate_take_exception(Isolate *iso) {
  Value e = iso->exception;
  iso->exception = VALUE_EMPTY;
  return e;
}
void isolate_write_roots(Isolate *iso, GcTracer *tracer, bool full);

#endif
