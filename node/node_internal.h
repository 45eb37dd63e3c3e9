// SPDX-License-Identifier: MIT
// What the files of node/ share: the state of an isolate that runs Node programs, and the pieces of starting one.
#ifndef WEFT_NODE_NODE_INTERNAL_H
#define WEFT_NODE_NODE_INTERNAL_H

#include "base/arena.h"
#include "compiler/compiler.h"
#include "node/bindings.h"
#include "node/node.h"
#include "threads/code_cache.h"
#include "threads/thread_env.h"

// Functions that lib/ leaves here for C to call, once it is loaded.
enum NodeCallback {
  CALLBACK_TIMER,             // listOnTimeout(timer)
  CALLBACK_IMMEDIATE,         // processImmediate(immediate)
  CALLBACK_UNCAUGHT,          // (error, promise | undefined, isPromise) => handled
  CALLBACK_REJECTION_HANDLED, // (promise)
  CALLBACK_IMPORT,            // importModuleDynamically(specifier, referrer, options) => promise
  CALLBACK_IMPORT_META,       // (meta, record)
  CALLBACK_EMIT_EXIT,         // process: emit 'exit' with the code; returns the code
  CALLBACK_BEFORE_EXIT,       // process: emit 'beforeExit'
  CALLBACK_PREPARE_TICK,
  CLONE_SYMBOL, // not called: the symbols of lib/internal/clone_symbols.js
  DESERIALIZE_SYMBOL,
  CALLBACK_PORT_EVENT,    // (port, type, value, ports)
  CALLBACK_WORKER_ONLINE, // (owner)
  CALLBACK_WORKER_ENDED,  // (owner, exit code, WorkerFailure)
  CALLBACK_WORKER_MAIL,   // (owner, value): what the worker told
  CALLBACK_LOCK,          // (request's number, LockEvent)
  // bindings/stream_wrap.c: (owner, argument, second), in the order of its enum StreamEvent
  CALLBACK_STREAM_READ,       // bytes, null at the end, or an error
  CALLBACK_STREAM_WRITTEN,    // status
  CALLBACK_STREAM_CONNECTED,  // status, stream
  CALLBACK_STREAM_CONNECTION, // stream of the client, or an error
  CALLBACK_STREAM_SHUTDOWN,   // status
  CALLBACK_STREAM_CLOSED,
  STREAM_PROTOTYPE, // not called
  BUFFER_PROTOTYPE,
  TRANSFER_SYMBOL, // not called: of lib/internal/net/transfer.js
  CALLBACK_COUNT,
};

typedef struct NodeState {
  Host *host;
  const NodeOptions *options;
  Value cache;                     // object: name -> module object of loaded built-ins
  Value bindings;                  // object: name -> binding
  Value require, internal_binding; // functions that every built-in is called with
  Value callbacks[CALLBACK_COUNT]; // undefined until lib/ sets them
  Value async_context;             // of the running callback (AsyncLocalStorage), or undefined
  Value main_script;               // path of the main program, or undefined
  Value eval_source;               // text of -e, for error reports
  Value main_promise;              // of the main ES module, or undefined
  Value port_prototype;            // MessagePort.prototype, or undefined
  Value envelope;                  // an object { message }, or undefined
  struct Message *arriving;        // for a port of another realm, while its value is being made
  ThreadEnv *environment;          // what process.env shows
  struct PoolJob *pool_jobs;       // that libuv's pool has or will have
  bool is_module_main, exiting;
  bool track_files; // of workers: open_files are closed at the end
  VEC(int) open_files;
  struct FsRequest *waiting_requests; // bindings/fs_async.c
  u64 start_ns, ready_ns;             // when it was begun and furnished
  char *title;
  char *read_buffer; // of bindings/stream_wrap.c, or NULL
} NodeState;
static inline NodeState *node_of(Isolate *iso) { return ((Host *)iso->host)->node; }
static inline bool node_has_callback(const NodeState *node, enum NodeCallback which) {
  return value_is_callable(node->callbacks[which]);
}

// ---- source.c ----
// Decodes a file's bytes (UTF-8, byte order mark dropped). `bytes` is base_alloc'ed memory that the text takes over or frees.
MUST_CHECK SourceText *node_source_from_bytes(Isolate *iso, u8 *bytes, size_t size, const char *name); // NULL: RangeError thrown
MUST_CHECK SourceText *node_source_from_string(Isolate *iso, String *text, const char *name);
// Reads a whole file. false: *error is libuv's number.
MUST_CHECK bool node_read_file(const char *path, u8 **bytes, size_t *size, int *error);

// ---- open_files.c: what a worker opens and closes, for those that keep account ----
void node_file_opened(Isolate *iso, int fd);
void node_file_closing(Isolate *iso, int fd); // before it is closed. Runs JS: a warning about descriptors of others
void node_file_abandoned(int fd);             // opened when nobody was there any more
void node_close_files(NodeState *node);

// ---- globals.c, builtins.c ----
void node_define_globals(Isolate *iso, Realm *realm, const NodeOptions *options);
MUST_CHECK bool node_init_builtins(Isolate *iso);

// ---- clone_calls.c ----
extern const struct CloneCalls node_clone_calls;

// ---- plain_script.c ----
// Runs the main file when it is a script that needs no loader. TRI_NO: it is not, nothing was done. FAIL: thrown. Runs JS.
MUST_CHECK Tri node_run_plain_script(Host *host, const char *path);

// ---- report.c ----
// Prints an uncaught exception as Node does.
void node_print_exception(Isolate *iso, Value exception, bool is_promise);
bool node_uncaught(Host *host, Value exception, Value promise_or_empty);
int node_finish(Host *host); // 'exit' event; the exit code

// ---- bindings/process.c ----
bool node_is_forked(const NodeState *node); // has a channel to its parent (child_process.fork) that nobody took over yet

// ---- bindings/modules.c ----
Value node_import_dynamic(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise_capability);
Module *node_resolve_imported_module(Isolate *iso, Module *referrer, u32 request);
bool node_initialise_import_meta(Isolate *iso, Module *module, JSObject *meta);
// The CommonJS function of a file's text. VALUE_FAIL: thrown. Takes over `bytes`.
MUST_CHECK Value node_compile_commonjs(Isolate *iso, u8 *bytes, size_t size, const char *filename);

// ---- clone_calls.c ----
extern const struct CloneCalls node_clone_calls;

// ---- bindings/fs_async.c ----
u32 node_count_requests(const NodeState *node);
void node_abandon_requests(NodeState *node); // at the end: interrupts what threads of the pool wait for

// ---- bindings/messaging.c ----
struct Port;
bool node_is_port(Value v);
struct Port *node_port_of(Value v);     // NULL: no port, or one that is closed or has moved away
struct Port *node_port_detach(Value v); // out of its object: the reference is the caller's. It must have an end

// ---- bindings/worker.c ----
// Sends a value to lib/internal/worker.js in the parent of this worker. false: thrown (DataCloneError).
MUST_CHECK bool node_tell_parent(Isolate *iso, Value v);

// Throws the error with a code of lib/internal/errors.js. Returns NULL. Runs JS.
void *throw_node_error(Isolate *iso, const char *code, const Value *args, u32 count);

#endif
