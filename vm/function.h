// SPDX-License-Identifier: MIT
// Function objects: closures over bytecode, native functions, bound functions; environments; accessors of code.
// A closure starts on a lazy shape: length, name and prototype become properties when something asks for them.
#ifndef WEFT_VM_FUNCTION_H
#define WEFT_VM_FUNCTION_H

#include "vm/call.h"
#include "vm/code_block.h"

// Captured variables of one scope. Slot 0.. hold the values; EMPTY is an uninitialised (TDZ) binding.
typedef struct Environment {
  Cell cell; // cell.shape_id: number of slots; cell.flags: ENV_*
  REF(struct Environment) parent;
  Slot slots[];
} Environment;
enum EnvironmentFlags {
  ENV_WITH = 1,      // slot 0: the object of a `with`
  ENV_EVAL_VARS = 2, // slot 0: EMPTY, or the object (prototype null) with the names that sloppy direct evals declared
};
Environment *environment_new(Isolate *iso, Environment *parent, u32 count); // slots EMPTY

// A CodeBlock as this isolate runs it: its own copy of the bytecode (quickened in place), materialised constants, inline caches.
// Nothing of that exists before the first call (code_prepare).
typedef struct Code {
  Cell cell;
  u32 *bytecode;
  Value *constants; // K: constants at [0..], inline caches at negative indices (vm/ic.h)
  u32 frame_need;   // registers, for the check of a fast call; FRAME_NEED_SLOW when a call must take the slow path
  u16 param_count;  // formal parameters that the frame fills with undefined
  u16 flags;        // CODE_* of code_block.h
  Realm *realm;
  CodeBlock *block; // one reference
  const CodeBody *body;
  u32 register_count; // including `this` and parameters
  u32 ic_count, constant_count;
  void *feedback; // memory that holds keys of the body's strings, caches, constants, bytecode copy; NULL: not prepared
  u32 feedback_size;
  struct PolyList *polys; // native memory of polymorphic caches
  Slot host_defined;      // script or module record (import(), import.meta), or undefined
  // What `new` of this code allocates, while the constructor's prototype slot holds new_proto.
  Slot new_proto;
  REF(Shape) new_shape;
  u64 new_header; // first word of the object
  u32 new_size;   // bytes
  u32 new_misses;
} Code;
enum { FRAME_NEED_SLOW = 1u << 28 };
// A closure's code for a block; not prepared. NULL never.
MUST_CHECK Code *code_new(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined);
// Compiles (if nobody has), copies bytecode, materialises constants, makes room for caches. false: thrown.
MUST_CHECK bool code_prepare(Isolate *iso, Code *code);
void code_finalize(Heap *heap, Cell *code);
void code_trace(GcTracer *tracer, Cell *code);

typedef struct JSFunction {
  JSObject object;
  REF(Code) code;
  REF(Environment) env;
} JSFunction;
STATIC_ASSERT(sizeof(JSFunction) == 32);
// Functions whose code has CODE_HOME: methods that use super, class constructors.
typedef struct JSMethod {
  JSFunction function;
  Slot home_object; // [[HomeObject]] or undefined
  Slot field_init;  // class constructors: function that adds private methods and fields to `this`, or undefined
} JSMethod;

struct BuiltinFunction;
typedef struct JSNativeFunction {
  JSObject object;
  NativeFn fn;
  REF(Realm) realm;
  u32 magic;        // small constant of the definition, e.g. which of several methods
  u32 native_flags; // NATIVE_*
  u32 data_count;
  Slot data[]; // captured values of closures made in C (promise resolving functions, ...)
} JSNativeFunction;
enum {
  NATIVE_CONSTRUCTOR = 1,
  NATIVE_CLASS = 2,  // throws without new
  NATIVE_UNSEEN = 4, // not in stack traces: what it calls is (call, apply), or it is the host's own
};

typedef struct JSBoundFunction {
  JSObject object;
  Slot target, bound_this;
  REF(Cell) bound_args; // ValueArray or NULL
  u32 bound_count, is_constructor;
} JSBoundFunction;

JSFunction *function_new(Isolate *iso, Code *code, Environment *env); // OrdinaryFunctionCreate, lazily furnished
// length, name, prototype become ordinary properties. Idempotent; called by every slow path that could see them.
void function_reify_properties(Isolate *iso, JSFunction *f);
bool function_set_name(Isolate *iso, JSObject *f, PropertyKey name, const char *prefix); // SetFunctionName; "get"/"set"/NULL
// `length` and name become properties at once. data_count slots are undefined.
MUST_CHECK JSNativeFunction *native_function_new(Isolate *iso, NativeFn fn, PropertyKey name, u32 length, u32 data_count);
static ALWAYS_INLINE Value native_data(const Call *call, u32 i) { return slot_get(&((JSNativeFunction *)call->callee)->data[i]); }
static ALWAYS_INLINE u32 native_magic(const Call *call) { return ((JSNativeFunction *)call->callee)->magic; }
MUST_CHECK JSBoundFunction *bound_function_create(Isolate *iso, JSObject *target, Value bound_this, u32 argc, const Value *args);
MUST_CHECK String *function_to_string(Isolate *iso, JSObject *f); // Function.prototype.toString
// Realm of a callable (GetFunctionRealm). NULL: revoked proxy, TypeError thrown.
MUST_CHECK Realm *get_function_realm(Isolate *iso, JSObject *f);

#endif
