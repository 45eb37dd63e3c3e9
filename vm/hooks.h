// SPDX-License-Identifier: MIT
// Upward control flow: what the VM asks of higher floors. One table per program, filled at start-up, constant.
#ifndef WEFT_VM_HOOKS_H
#define WEFT_VM_HOOKS_H

#include "vm/code_block.h"

struct Module;
struct GcTracer;

typedef struct EvalCall {
  bool strict;             // the caller's
  struct Environment *env; // innermost environment of the caller
  Realm *realm;
  const CodeBlock *caller; // its body's scopes describe env; NULL: indirect
  u32 scope;               // scope number in the caller's body of env's scope (chain follows)
  Value this_value, function, new_target;
} EvalCall;

typedef enum RejectionEvent {
  REJECTION_UNHANDLED,
  REJECTION_HANDLED,
  REJECTION_REJECT_AFTER_RESOLVED,
  REJECTION_RESOLVE_AFTER_RESOLVED
} RejectionEvent;

typedef struct Hooks {
  // compiler/: compiles the body of a block that was only pre-parsed. NULL: SyntaxError/RangeError thrown.
  const CodeBody *(*compile_lazy)(Isolate *iso, CodeBlock *block);
  // compiler/: direct and indirect eval. `scopes` describes the running function's environments (NULL: indirect).
  Value (*eval)(Isolate *iso, String *source, const EvalCall *call);
  // compiler/: CreateDynamicFunction's parsing (20.2.1.1.1). NULL: thrown.
  CodeBlock *(*compile_function)(Isolate *iso, String *params, String *body, u32 code_flags, const char *prefix);
  void (*free_lazy)(void *lazy); // compiler's data of a block without body
  // runtime/: a RegExp object from a literal (pattern was checked when parsed).
  Value (*regexp_create)(Isolate *iso, String *pattern, String *flags);
  Value (*regexp_clone)(Isolate *iso, Value regexp); // the next object of the same literal
  // host: import(), static imports, import.meta.
  Value (*import_dynamic)(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise_capability);
  struct Module *(*resolve_imported_module)(Isolate *iso, struct Module *referrer, u32 request);
  bool (*initialise_import_meta)(Isolate *iso, struct Module *module, JSObject *meta);
  void (*promise_rejection)(Isolate *iso, Value promise, Value reason, RejectionEvent event);
  bool (*interrupt)(Isolate *iso);     // runs no JS; false: an exception was thrown or the isolate terminates
  void (*wake)(Isolate *iso);          // any thread: if the isolate's thread sleeps, it is to look at its interrupts
  const struct WaitListOps *wait_list; // threads/: waiters of shared memory (runtime/memory/wait_list.h); NULL: no other threads
  void (*trace_host)(Isolate *iso, struct GcTracer *tracer); // the host's roots (NULL: none)
  void (*enqueue_job)(Isolate *iso);                         // told that the queue is no longer empty (NULL: not interested)
} Hooks;

#endif
