// SPDX-License-Identifier: MIT
// Compiling for the module loaders (lib/internal/modules/), and module records as they see them: a handle (host object) whose
// values are the Module cell and the loader's record, a plain object with `url` and `linked` (handles, one per request).
// The host_defined of a Module is its handle; that of a CommonJS function is its file name: import() starts from there.
// Tests: tests/node/module/, tests/node/esm/.
#include "node/import_attributes.h"
#include "node/node_internal.h"

// ---- CommonJS ----

static CodeBlock *compile_wrapper(Isolate *iso, SourceText *text) {
  static const char *const params[] = {"exports", "require", "module", "__filename", "__dirname"};
  return compile_function_body(iso, text, params, ARRAY_LEN(params), false);
}

static Value close_over(Isolate *iso, CodeBlock *block, const char *filename) {
  Value name = binding_string(iso, filename);
  Value f = name ? closure_from_block(iso, iso->main_realm, block, name) : VALUE_FAIL;
  code_block_release(block);
  return f;
}

Value node_compile_commonjs(Isolate *iso, u8 *bytes, size_t size, const char *filename) {
  CodeCacheKey key = code_cache_key(bytes, (u32)MIN(size, (size_t)UINT32_MAX), CODE_CACHE_COMMONJS, filename);
  CodeBlock *block = code_cache_find(&key);
  if (block) {
    base_free(bytes);
    return close_over(iso, block, filename);
  }
  SourceText *text = TRY(node_source_from_bytes(iso, bytes, size, filename));
  block = compile_wrapper(iso, text);
  source_text_release(text);
  if (!block) return VALUE_FAIL;
  code_cache_add(&key, block);
  return close_over(iso, block, filename);
}

// compileFile(filename): the wrapper function of a file
static Value compile_file(Isolate *iso, const Call *call) {
  const char *filename = TRY(binding_path(iso, call_arg(call, 0)));
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(filename, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", filename, NULL);
  return node_compile_commonjs(iso, bytes, size, filename);
}

// compileText(source, filename)
static Value compile_text(Isolate *iso, const Call *call) {
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  const char *filename = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  SourceText *text = TRY(node_source_from_string(iso, source, filename));
  CodeBlock *block = compile_wrapper(iso, text);
  source_text_release(text);
  return close_over(iso, TRY(block), filename);
}

// compileFunction(source, filename, parameter names, hostDefined, lineOffset, columnOffset)
static Value compile_function(Isolate *iso, const Call *call) {
  enum { PARAMS_MAX = 64 };
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  const char *filename = TRY(binding_utf8(iso, call_arg(call, 1), NULL));
  const char *params[PARAMS_MAX];
  JSObject *names = TRY(create_list_from_array_like(iso, call_arg(call, 2)));
  u32 count = array_length(names);
  if (count > PARAMS_MAX) return THROW(iso, RANGE, "Too many parameters");
  for (u32 i = 0; i < count; i++) params[i] = TRY(binding_utf8(iso, list_get(names, i), NULL));
  SourceText *text = TRY(node_source_from_string(iso, source, filename));
  i32 offset = 0;
  if (value_is_number(call_arg(call, 4)) && binding_int(iso, call_arg(call, 4), &offset)) text->line_offset = (u32)offset;
  if (value_is_number(call_arg(call, 5)) && binding_int(iso, call_arg(call, 5), &offset)) text->column_offset = (u32)offset;
  CodeBlock *block = compile_function_body(iso, text, params, count, false);
  source_text_release(text);
  TRY(block);
  Value f = closure_from_block(iso, iso->main_realm, block, call_arg(call, 3));
  code_block_release(block);
  return f;
}

static SourceText *text_or_file(Isolate *iso, Value source, const char *path, const char *name) {
  if (value_is_string(source)) return node_source_from_string(iso, value_string(source), name);
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", path, NULL);
  return node_source_from_bytes(iso, bytes, size, name);
}

// isModuleSyntax(source | undefined, filename): whether the text parses as a module
static Value is_module_syntax(Isolate *iso, const Call *call) {
  const char *filename = TRY(binding_path(iso, call_arg(call, 1)));
  SourceText *text = TRY(text_or_file(iso, call_arg(call, 0), filename, filename));
  Source source = {.name = text->name, .chars = source_text_chars(text), .length = text->length, .is_utf16 = text->utf16};
  ParseOptions options = {.goal = PARSE_MODULE, .lazy = LAZY_ALWAYS, .stack_limit = (uintptr_t)iso->c_stack_limit};
  Arena arena;
  arena_init(&arena);
  ParseResult result;
  bool ok = parser_parse(&source, &options, &arena, &result);
  source_free_lines(&source);
  arena_free(&arena);
  source_text_release(text);
  return value_from_bool(ok);
}

// ---- Handles ----

static const HostClass module_class = {.name = "ModuleHandle"};

static JSHostObject *handle_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &module_class) {
    return (JSHostObject *)value_object(v);
  }
  return THROW(iso, TYPE, "A module handle was expected");
}

static Module *module_of(Isolate *iso, Value v) {
  JSHostObject *handle = TRY(handle_of(iso, v));
  return (Module *)value_cell(slot_get(&handle->values[0]));
}

static JSHostObject *handle_new(Isolate *iso, Value record) {
  JSHostObject *handle = TRY(host_object_new(iso, &module_class, VALUE_NULL, NULL));
  slot_set(iso, handle, &handle->values[1], record);
  return handle;
}

static CodeBlock *compile_module_text(Isolate *iso, Value source, const char *url, const char *path) {
  if (value_is_string(source)) {
    SourceText *text = TRY(node_source_from_string(iso, value_string(source), url));
    CodeBlock *block = compile_module(iso, text);
    source_text_release(text);
    return block;
  }
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", path, NULL);
  CodeCacheKey key = code_cache_key(bytes, (u32)MIN(size, (size_t)UINT32_MAX), CODE_CACHE_MODULE, url);
  CodeBlock *block = code_cache_find(&key);
  if (block) {
    base_free(bytes);
    return block;
  }
  SourceText *text = TRY(node_source_from_bytes(iso, bytes, size, url));
  block = compile_module(iso, text);
  source_text_release(text);
  if (block) code_cache_add(&key, block);
  return block;
}

// createModule(url, source | undefined, path, record)
static Value create_module(Isolate *iso, const Call *call) {
  const char *url = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  const char *path = value_is_string(call_arg(call, 2)) ? TRY(binding_path(iso, call_arg(call, 2))) : "";
  CodeBlock *block = TRY(compile_module_text(iso, call_arg(call, 1), url, path));
  JSHostObject *handle = handle_new(iso, call_arg(call, 3));
  Module *m = handle ? module_new_source(iso, block, value_from_object(handle)) : NULL;
  code_block_release(block);
  TRY(m);
  slot_set(iso, handle, &handle->values[0], value_from_cell(m));
  return value_from_object(handle);
}

// The record's evaluate() gives the exports' values in the order of its `names`.
static bool evaluate_synthetic(Isolate *iso, Module *m) {
  JSHostObject *handle = (JSHostObject *)value_object(slot_get(&m->host_defined));
  Value record = slot_get(&handle->values[1]);
  PropertyKey evaluate = TRY(key_from_cstring(iso, "evaluate")), names_key = TRY(key_from_cstring(iso, "names"));
  Value values = TRY(invoke(iso, record, evaluate, 0, NULL));
  Value names = TRY(get_v(iso, record, names_key));
  JSObject *value_list = TRY(create_list_from_array_like(iso, values));
  JSObject *name_list = TRY(create_list_from_array_like(iso, names));
  for (u32 i = 0; i < array_length(name_list) && i < array_length(value_list); i++) {
    PropertyKey name = TRY(to_property_key(iso, list_get(name_list, i)));
    TRY(module_set_synthetic_export(iso, m, name, list_get(value_list, i)));
  }
  return true;
}

// createSynthetic(names, record)
static Value create_synthetic(Isolate *iso, const Call *call) {
  JSObject *names = TRY(create_list_from_array_like(iso, call_arg(call, 0)));
  JSHostObject *handle = TRY(handle_new(iso, call_arg(call, 1)));
  u32 count = array_length(names);
  Bytes *keys = TRY(bytes_new(iso, (u64)(count + 1) * sizeof(PropertyKey)));
  ValueArray *kept = TRY(value_array_new(iso, count)); // the keys' atoms: Bytes are not traced
  PropertyKey *list = (PropertyKey *)(void *)keys->data;
  for (u32 i = 0; i < count; i++) {
    list[i] = TRY(to_property_key(iso, list_get(names, i)));
    if (!key_is_index(list[i])) slot_set(iso, kept, &kept->values[i], value_from_cell(key_cell(list[i])));
  }
  Module *m = TRY(module_new_synthetic(iso, list, count, evaluate_synthetic, value_from_object(handle)));
  slot_set(iso, handle, &handle->values[0], value_from_cell(m));
  return value_from_object(handle);
}

// requests(handle): [[specifier, attributes | undefined], ...]
static Value requests(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  JSObject *out = TRY(array_create(iso, 0));
  for (u32 i = 0; i < module_request_count(m); i++) {
    String *specifier = TRY(module_request_specifier(iso, m, i));
    Value pair[] = {value_from_cell(specifier), TRY(module_request_attributes(iso, m, i))};
    TRY(array_push_value(iso, out, value_from_object(TRY(array_from_values(iso, pair, 2)))));
  }
  return value_from_object(out);
}

static Value link_module(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  TRY(module_link(iso, m));
  return VALUE_UNDEFINED;
}

static Value evaluate_module(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  return value_from_object(TRY(module_evaluate(iso, m)));
}

static Value namespace_of(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  return value_from_object(TRY(module_namespace(iso, m)));
}

static Value status_of(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  return value_from_int((i32)m->status);
}

static Value has_top_level_await(Isolate *iso, const Call *call) {
  Module *m = TRY(module_of(iso, call_arg(call, 0)));
  return value_from_bool(m->has_tla);
}

// promiseState(promise): [0 pending | 1 fulfilled | 2 rejected, result]; marks it as handled
static Value promise_state(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_promise(v)) return THROW(iso, TYPE, "A promise was expected");
  JSPromise *p = (JSPromise *)value_object(v);
  if (p->state == PROMISE_REJECTED && !p->is_handled) {
    p->is_handled = true;
    iso->hooks->promise_rejection(iso, v, slot_get(&p->result), REJECTION_HANDLED);
  }
  Value pair[] = {value_from_int(p->state), slot_get(&p->result)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

// ---- Hooks ----

Module *node_resolve_imported_module(Isolate *iso, Module *referrer, u32 request) {
  JSHostObject *handle = TRY(handle_of(iso, slot_get(&referrer->host_defined)));
  PropertyKey linked = TRY(key_from_cstring(iso, "linked"));
  Value list = TRY(get_v(iso, slot_get(&handle->values[1]), linked));
  Value found = TRY(get_v(iso, list, key_from_index(request)));
  return module_of(iso, found);
}

Value node_import_dynamic(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise) {
  NodeState *node = node_of(iso);
  Value attributes, referrer = host_defined;
  TRY(import_attributes(iso, options, &attributes));
  if (value_is_kind(host_defined, KIND_MODULE)) {
    JSHostObject *handle = TRY(handle_of(iso, slot_get(&((Module *)value_cell(host_defined))->host_defined)));
    referrer = slot_get(&handle->values[1]);
  }
  if (!node_has_callback(node, CALLBACK_IMPORT)) TRY(node_require_builtin(iso, "internal/modules/esm"));
  Value result = TRY(CALL3(iso, node->callbacks[CALLBACK_IMPORT], VALUE_UNDEFINED, specifier, referrer, attributes));
  (void)promise_resolve_with(iso, (JSPromise *)value_object(promise), result);
  return VALUE_UNDEFINED;
}

bool node_initialise_import_meta(Isolate *iso, Module *module, JSObject *meta) {
  NodeState *node = node_of(iso);
  JSHostObject *handle = TRY(handle_of(iso, slot_get(&module->host_defined)));
  if (!node_has_callback(node, CALLBACK_IMPORT_META)) return true;
  TRY(CALL2(iso, node->callbacks[CALLBACK_IMPORT_META], VALUE_UNDEFINED, value_from_object(meta), slot_get(&handle->values[1])));
  return true;
}

// ---- The table ----

Value node_commonjs_exports(Isolate *iso, const Call *call); // cjs_exports.c

static const NativeMethod methods[] = {
    {"compileFile", compile_file, 1, 0},
    {"compileText", compile_text, 2, 0},
    {"compileFunction", compile_function, 4, 0},
    {"isModuleSyntax", is_module_syntax, 2, 0},
    {"commonjsExports", node_commonjs_exports, 2, 0},
    {"createModule", create_module, 4, 0},
    {"createSynthetic", create_synthetic, 2, 0},
    {"requests", requests, 1, 0},
    {"link", link_module, 1, 0},
    {"evaluate", evaluate_module, 1, 0},
    {"namespace", namespace_of, 1, 0},
    {"status", status_of, 1, 0},
    {"hasTopLevelAwait", has_top_level_await, 1, 0},
    {"promiseState", promise_state, 1, 0},
};
const NodeBinding node_binding_modules = {"modules", methods, ARRAY_LEN(methods), NULL};
