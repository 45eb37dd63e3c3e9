// SPDX-License-Identifier: MIT
// Any text as a program: compiles and runs it in an isolate of its own, jobs included, under limits of steps and memory.
// Steps are counted where running code looks for interrupts (calls, loops, long native work): stack_limit stays 0, so that each of them
// asks hooks.interrupt; the same input always runs the same way. Input: a byte of choices, the period of collections, UTF-8.
#include "compiler/compiler.h"
#include "fuzz/js_mutator.h"
#include "threads/thread.h"
#include "vm/buffer.h"
#include "vm/call.h"
#include "vm/error.h"
#include "vm/function.h"
#include "vm/module.h"
#include "vm/object.h"

enum { STEPS_MAX = 20000, HEAP_MAX = 32 << 20, STACK_MAX = 256 * 1024 };

typedef struct FuzzHost {
  u32 steps;
} FuzzHost;

static bool count_step(Isolate *iso) {
  FuzzHost *fuzz = ((Host *)iso->host)->node;
  if (++fuzz->steps < STEPS_MAX) {
    isolate_request_interrupt(iso, INTERRUPT_CALLBACK);
    return true;
  }
  isolate_terminate(iso);
  return true;
}

static bool ignore_uncaught(Host *host, Value exception, Value promise) {
  (void)promise;
  (void)error_text_of_exception(host->iso, exception);
  return true;
}

static Value import_nothing(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise) {
  (void)host_defined;
  (void)specifier;
  (void)options;
  (void)promise;
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "no modules here"), VALUE_FAIL;
}

static struct Module *resolve_self(Isolate *iso, struct Module *referrer, u32 request) {
  (void)iso;
  (void)request;
  return referrer; // every import is the module itself
}

static void fill_hooks(Hooks *hooks) {
  hooks->interrupt = count_step;
  hooks->import_dynamic = import_nothing;
  hooks->resolve_imported_module = resolve_self;
}

static const HostCalls calls = {.uncaught = ignore_uncaught};

static Value collect(Isolate *iso, const Call *call) {
  gc_collect(heap_of(iso), !value_is_undefined(call_arg(call, 0)));
  return VALUE_UNDEFINED;
}

static Value detach(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_ARRAY_BUFFER)) return VALUE_UNDEFINED;
  TRY(detach_array_buffer(iso, (JSArrayBuffer *)value_object(v), VALUE_UNDEFINED));
  return VALUE_UNDEFINED;
}

static bool add_global(Isolate *iso, const char *name, NativeFn fn) {
  PropertyKey key = TRY(key_from_cstring(iso, name));
  JSNativeFunction *f = TRY(native_function_new(iso, fn, key, 1, 0));
  obj_put_direct(iso, ref_get(iso->main_realm->global_object), key, value_from_object(f), ATTR_METHOD);
  return true;
}

static bool run_module(Isolate *iso, SourceText *text) {
  CodeBlock *block = TRY(compile_module(iso, text));
  Module *m = module_new_source(iso, block, VALUE_UNDEFINED);
  code_block_release(block);
  TRY(m);
  TRY(module_link(iso, m));
  return module_evaluate(iso, m) != NULL;
}

static bool run_text(Isolate *iso, SourceText *text, u32 choices) {
  TRY(add_global(iso, "gc", collect));
  TRY(add_global(iso, "detach", detach));
  if (choices & 1) return run_module(iso, text);
  CompileOptions options = {.lazy = choices & 2 ? LAZY_ALWAYS : LAZY_NEVER, .want_completion = choices & 4, .allow_await = false};
  CodeBlock *block = TRY(compile_script(iso, text, &options));
  Value v = run_script(iso, iso->main_realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  return v != VALUE_FAIL;
}

static void run(const u8 *data, SourceText *text) {
  FuzzHost fuzz = {0};
  HostConfig config = {.heap_limit = HEAP_MAX,
                       .stack_size = STACK_MAX,
                       .eager_builtins = data[0] & 8,
                       .calls = &calls,
                       .fill_hooks = fill_hooks,
                       .gc_stress_period = data[0] & 16 ? 1 + data[1] : 0};
  Host *host = host_new(&config);
  CHECK(host);
  host->node = &fuzz;
  rand_seed(&host->iso->random, 1);
  isolate_request_interrupt(host->iso, INTERRUPT_CALLBACK);
  if (!run_text(host->iso, text, data[0])) (void)host_report_pending(host);
  if (!host->iso->terminating) loop_drain(host);
  if (!host->iso->terminating) gc_verify(&host->iso->heap);
  host_destroy(host);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  if (size < JS_HEADER) return 0;
  Arena arena;
  arena_init(&arena);
  Source source;
  if (source_from_utf8(&source, &arena, "fuzz", (const char *)data + JS_HEADER, size - JS_HEADER)) {
    SourceText *text = source_text_new(source.chars, source.is_utf16, source.length, "fuzz", true);
    run(data, text);
    source_text_release(text);
  }
  arena_free(&arena);
  return 0;
}
