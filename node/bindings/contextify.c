// SPDX-License-Identifier: MIT
// Scripts and realms for lib/vm.js. A context is a realm of its own whose global object is an ordinary one: createContext copies the
// sandbox's properties into it, and they are copied back after each run.
// Tests: tests/node/vm.js.
#include "node/node_internal.h"
#include "threads/code_cache.h"

static const HostClass script_class, realm_class = {.name = "Realm"};

static void finalize_script(Heap *heap, Cell *cell) {
  (void)heap;
  code_block_release(((JSHostObject *)cell)->data);
}
static const HostClass script_class = {.name = "CompiledScript", .finalize = finalize_script};

// compile(source, filename, lineOffset, columnOffset): a handle
static Value contextify_compile(Isolate *iso, const Call *call) {
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  const char *filename = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  i32 line = 0, column = 0;
  if (value_is_number(call_arg(call, 2))) TRY(binding_int(iso, call_arg(call, 2), &line));
  if (value_is_number(call_arg(call, 3))) TRY(binding_int(iso, call_arg(call, 3), &column));
  SourceText *text = TRY(node_source_from_string(iso, source, filename));
  text->line_offset = (u32)line;
  text->column_offset = (u32)column;
  CompileOptions options = {.goal = PARSE_SCRIPT, .want_completion = true, .allow_await = call_arg(call, 4) == VALUE_TRUE};
  CodeBlock *block = compile_script(iso, text, &options);
  source_text_release(text);
  TRY(block);
  JSHostObject *handle = host_object_new(iso, &script_class, VALUE_NULL, block);
  if (!handle) code_block_release(block);
  return value_from_object(handle);
}

static CodeBlock *compile_shared(Isolate *iso, u8 *bytes, size_t size, const char *name) {
  CodeCacheKey key = code_cache_key(bytes, (u32)MIN(size, (size_t)UINT32_MAX), CODE_CACHE_SCRIPT, name);
  CodeBlock *block = code_cache_find(&key);
  if (block) {
    base_free(bytes);
    return block;
  }
  SourceText *text = TRY(node_source_from_bytes(iso, bytes, size, name));
  CompileOptions options = {.goal = PARSE_SCRIPT};
  block = compile_script(iso, text, &options);
  source_text_release(text);
  if (block) code_cache_add(&key, block);
  return block;
}

// compileFile(path, name): a handle; name: as stack traces show it
static Value contextify_compile_file(Isolate *iso, const Call *call) {
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  const char *name = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", path, NULL);
  CodeBlock *block = TRY(compile_shared(iso, bytes, size, name));
  JSHostObject *handle = host_object_new(iso, &script_class, VALUE_NULL, block);
  if (!handle) code_block_release(block);
  return value_from_object(handle);
}

static JSHostObject *host_arg(Isolate *iso, Value v, const HostClass *class) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == class)
    return (JSHostObject *)value_object(v);
  return THROW(iso, TYPE, "A handle was expected");
}

// run(handle, realm | undefined, hostDefined)
static Value contextify_run(Isolate *iso, const Call *call) {
  JSHostObject *handle = TRY(host_arg(iso, call_arg(call, 0), &script_class));
  Realm *realm = iso->main_realm;
  if (!value_is_undefined(call_arg(call, 1))) {
    JSHostObject *holder = TRY(host_arg(iso, call_arg(call, 1), &realm_class));
    realm = (Realm *)value_cell(slot_get(&holder->values[0]));
  }
  return run_script(iso, realm, handle->data, call_arg(call, 2));
}

typedef struct Interruption {
  Isolate *iso;
  _Atomic bool came;
} Interruption;

static void interrupt_script(void *arg) {
  Interruption *interruption = arg;
  interruption->came = true;
  isolate_terminate(interruption->iso);
}

// runInterruptible(handle, realm | undefined, hostDefined): [value], or undefined when a SIGINT ended it
static Value contextify_run_interruptible(Isolate *iso, const Call *call) {
  Interruption interruption = {.iso = iso};
  InterruptWatch watch;
  bool watched = interrupt_watch_start(&watch, interrupt_script, &interruption);
  Value v = contextify_run(iso, call);
  if (watched) interrupt_watch_stop(&watch);
  if (interruption.came && !host_of(iso)->stopping) {
    isolate_cancel_termination(iso);
    return VALUE_UNDEFINED;
  }
  return v ? value_from_object(array_from_values(iso, &v, 1)) : VALUE_FAIL;
}

// makeRealm(): [handle, global object]
static Value contextify_make_realm(Isolate *iso, const Call *call) {
  (void)call;
  Realm *realm = TRY(realm_new(iso));
  JSHostObject *holder = TRY(host_object_new(iso, &realm_class, VALUE_NULL, NULL));
  slot_set(iso, holder, &holder->values[0], value_from_cell(realm));
  Value pair[] = {value_from_object(holder), slot_get(&realm->global_this)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static const NativeMethod methods[] = {
    {"compile", contextify_compile, 5, 0},
    {"compileFile", contextify_compile_file, 2, 0},
    {"run", contextify_run, 3, 0},
    {"runInterruptible", contextify_run_interruptible, 3, 0},
    {"makeRealm", contextify_make_realm, 0, 0},
};
const NodeBinding node_binding_contextify = {"contextify", methods, ARRAY_LEN(methods), NULL};
