// SPDX-License-Identifier: MIT
// Modules of isolates without Node's: keys and texts come from the host's loader. The table of modules has one entry for each key and
// `type` attribute; a graph is loaded whole before anything of it is linked.
// Tests: tests/api/test_modules.c.
#include "api/api_internal.h"
#include "compiler/compiler.h"
#include "node/import_attributes.h"
#include "node/module_graph.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "runtime/support.h"
#include "vm/kinds.h"

static HashTable *module_table(WeftIsolate *isolate, Isolate *iso) {
  HashTable *table = (HashTable *)persistent_cell(&isolate->modules);
  if (table) return table;
  table = TRY(hash_table_new(iso));
  persistent_set(&isolate->modules, table);
  return table;
}

static Value table_key(Isolate *iso, const char *type, String *key) {
  return value_from_cell(str_concat3(iso, TRY(str_new_cstring(iso, type)), TRY(str_new_cstring(iso, "\n")), key));
}

// ---- Loading ----

// A synthetic module keeps its exports' object beside its key.
static String *key_of_module(const Module *m) {
  Value v = slot_get(&m->host_defined);
  if (value_is_kind(v, KIND_HOST_OBJECT)) v = slot_get(&((const JSHostObject *)value_object(v))->values[0]);
  return value_string(v);
}

static bool evaluate_exports(Isolate *iso, Module *m) {
  const JSHostObject *holder = (const JSHostObject *)value_object(slot_get(&m->host_defined));
  JSObject *names = value_object(slot_get(&holder->values[1]));
  for (u32 i = 0; i + 1 < array_length(names); i += 2) {
    PropertyKey name = TRY(to_property_key(iso, list_get(names, i)));
    TRY(module_set_synthetic_export(iso, m, name, list_get(names, i + 1)));
  }
  return true;
}

// `pairs`: an array of name, value, ...
static Module *synthetic_module(Isolate *iso, String *key, JSObject *pairs) {
  static const HostClass class = {.name = "HostModule"};
  u32 count = array_length(pairs) / 2;
  JSHostObject *holder = TRY(host_object_new(iso, &class, VALUE_NULL, NULL));
  slot_set(iso, holder, &holder->values[0], value_from_cell(key));
  slot_set(iso, holder, &holder->values[1], value_from_object(pairs));
  ValueArray *names = TRY(value_array_new(iso, MAX(count, 1u)));
  for (u32 i = 0; i < count; i++) {
    PropertyKey name = TRY(to_property_key(iso, list_get(pairs, i * 2)));
    slot_set(iso, names, &names->values[i], value_from_cell(key_cell(name)));
  }
  return module_new_synthetic(iso, (const PropertyKey *)(const void *)names->values, count, evaluate_exports,
                              value_from_object(holder));
}

static Module *module_of_object(Isolate *iso, String *key, JSObject *exports) {
  Value names = TRY(enumerable_own_properties(iso, exports, ENUMERATE_KEYS));
  JSObject *pairs = TRY(array_create(iso, 0));
  for (u32 i = 0; i < array_length(value_object(names)); i++) {
    Value name = list_get(value_object(names), i);
    Value v = TRY(obj_get(iso, exports, TRY(to_property_key(iso, name))));
    TRY(array_push_value(iso, pairs, name));
    TRY(array_push_value(iso, pairs, v));
  }
  return synthetic_module(iso, key, pairs);
}

static Module *module_of_json(Isolate *iso, String *key, Value text) {
  Value v = TRY(invoke(iso, intrinsic(iso, INTRINSIC_JSON), ATOM(parse), 1, &text));
  Value pair[] = {key_to_value(iso, ATOM(default)), v};
  return synthetic_module(iso, key, TRY(array_from_values(iso, pair, 2)));
}

static Module *module_of_text(Isolate *iso, String *key, String *text) {
  text = TRY(str_flatten(iso, text));
  SourceText *source = source_text_new(str_chars(text), str_is_utf16(text), text->length, error_text_of_string(iso, key), true);
  if (!source) return throw_out_of_memory(iso);
  CodeBlock *block = compile_module(iso, source);
  source_text_release(source);
  TRY(block);
  Module *m = module_new_source(iso, block, value_from_cell(key));
  code_block_release(block);
  return m;
}

static Module *load_module(WeftIsolate *isolate, Isolate *iso, String *key, const char *type) {
  const WeftCode *code = NULL;
  const char *utf8 = error_text_of_string(iso, key);
  Value v = TRY(value_in(isolate->loader->load(isolate, utf8, type, &code, isolate->loader_data)));
  if (code && code->is_module) return module_new_source(iso, code->block, value_from_cell(key));
  if (value_is_object(v)) return module_of_object(iso, key, value_object(v));
  if (!value_is_string(v)) return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "Module '%s' was not loaded", utf8);
  return strcmp(type, "json") == 0 ? module_of_json(iso, key, v) : module_of_text(iso, key, value_string(v));
}

// By the specifier that `referrer` (NULL: no module) uses.
static Module *find_module(Isolate *iso, const Module *referrer, String *specifier, Value attributes) {
  WeftIsolate *isolate = api_of(iso);
  const char *type, *from = referrer ? error_text_of_string(iso, key_of_module(referrer)) : "";
  TRY(import_attribute_type(iso, attributes, &type));
  const char *name = error_text_of_string(iso, specifier);
  if (!isolate->loader) {
    return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "Cannot find module '%s': this isolate has no module loader", name);
  }
  Value key = TRY(value_in(isolate->loader->resolve(isolate, name, from, isolate->loader_data)));
  if (!value_is_string(key)) return THROW(iso, TYPE, "The module loader's key is no string");
  Value place = TRY(table_key(iso, type, value_string(key)));
  HashEntry *known = hash_table_find(iso, TRY(module_table(isolate, iso)), place, NULL);
  if (known) return (Module *)value_cell(slot_get(&known->value));
  Module *m = TRY(load_module(isolate, iso, value_string(key), type));
  TRY(hash_table_set(iso, TRY(module_table(isolate, iso)), place, value_from_cell(m)));
  return m;
}

static Module *resolve_imported(Isolate *iso, Module *referrer, u32 request) {
  String *specifier = TRY(module_request_specifier(iso, referrer, request));
  Value attributes = TRY(module_request_attributes(iso, referrer, request));
  return find_module(iso, referrer, specifier, attributes);
}

// ---- Evaluating: the promise of the namespace ----

// false: the isolate terminates.
static bool settle(Isolate *iso, JSPromise *promise, Module *m) {
  if (m && module_graph_load(iso, m) && module_graph_evaluate(iso, promise, m)) return true;
  if (iso->terminating) return false;
  promise_reject(iso, promise, isolate_take_exception(iso));
  return true;
}

Value api_run_module(WeftIsolate *isolate, CodeBlock *block, const char *key) {
  Isolate *iso = isolate->host->iso;
  if (isolate->has_node) return THROW(iso, TYPE, "Node's modules cannot be mixed with others: use weft_import"), VALUE_FAIL;
  String *text = TRY(str_new_utf8(iso, key, strlen(key)));
  Value place = TRY(table_key(iso, "", text));
  JSPromise *promise = TRY(promise_new(iso));
  HashTable *table = TRY(module_table(isolate, iso));
  HashEntry *known = hash_table_find(iso, table, place, NULL);
  Module *m = known ? (Module *)value_cell(slot_get(&known->value)) : NULL;
  if (!m) {
    m = TRY(module_new_source(iso, block, value_from_cell(text)));
    TRY(hash_table_set(iso, table, place, value_from_cell(m)));
  }
  return settle(iso, promise, m) ? value_from_object(promise) : VALUE_FAIL;
}

static Value import_job(Isolate *iso, Value *args) {
  return settle(iso, (JSPromise *)value_object(args[0]), (Module *)value_cell(args[1])) ? VALUE_UNDEFINED : VALUE_FAIL;
}

static Value import_dynamic(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise) {
  Module *referrer = value_is_kind(host_defined, KIND_MODULE) ? (Module *)value_cell(host_defined) : NULL;
  Value attributes;
  TRY(import_attributes(iso, options, &attributes));
  Module *m = TRY(find_module(iso, referrer, value_string(specifier), attributes));
  Value args[] = {promise, value_from_cell(m)};
  enqueue_job(iso, import_job, args, 2);
  return VALUE_UNDEFINED;
}

static bool initialise_meta(Isolate *iso, Module *m, JSObject *meta) {
  WeftIsolate *isolate = api_of(iso);
  if (!isolate->loader || !isolate->loader->meta) return true;
  const char *key = error_text_of_string(iso, key_of_module(m));
  return isolate->loader->meta(isolate, key, value_as_handle(value_from_object(meta)), isolate->loader_data);
}

void api_fill_module_hooks(Hooks *hooks) {
  hooks->import_dynamic = import_dynamic;
  hooks->resolve_imported_module = resolve_imported;
  hooks->initialise_import_meta = initialise_meta;
}

// ---- The host ----

bool weft_set_module_loader(WeftIsolate *isolate, const WeftModuleLoader *loader, void *data) {
  (void)ISOLATE(isolate);
  if (isolate->has_node) return false;
  if (loader) isolate->loader_copy = *loader;
  isolate->loader = loader ? &isolate->loader_copy : NULL;
  isolate->loader_data = data;
  return true;
}

WeftValue weft_import(WeftIsolate *isolate, const char *specifier) {
  Isolate *iso = ISOLATE(isolate);
  Value name = value_from_cell(TRY(str_new_utf8(iso, specifier, strlen(specifier))));
  JSPromise *promise = TRY(promise_new(iso));
  if (!iso->hooks->import_dynamic(iso, VALUE_UNDEFINED, name, VALUE_UNDEFINED, value_from_object(promise))) {
    if (iso->terminating) return NULL;
    promise_reject(iso, promise, isolate_take_exception(iso));
  }
  return value_out(isolate, value_from_object(promise));
}
