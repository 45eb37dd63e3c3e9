// SPDX-License-Identifier: MIT
// `weft --test262`: one test of the conformance suite in a fresh realm with $262, print and setTimeout, and nothing of Node. Modules are
// found relative to the file that holds them; everything is loaded synchronously.
// The state lies in a frame of the isolate's thread, where the collector's scan of the C stack finds it.
// Tests: tests/cli/test262.sh.
#include "node/import_attributes.h"
#include "node/module_graph.h"
#include "node/test262_internal.h"
#include "threads/code_cache.h"

// ---- Reporting ----

static String *constructor_name(Isolate *iso, JSObject *o) {
  Value c = TRY(obj_get(iso, o, ATOM(constructor)));
  if (!value_is_object(c)) return NULL;
  Value name = TRY(obj_get(iso, value_object(c), ATOM(name)));
  return value_is_string(name) ? value_string(name) : NULL;
}

static String *message_text(Isolate *iso, JSObject *o) {
  Value message = TRY(obj_get(iso, o, ATOM(message)));
  return value_is_undefined(message) ? ATOM_STRING(empty) : to_string(iso, message);
}

static FILE *out_of(const Test262 *t) { return t->options->runner ? t->options->runner->out : stdout; }
static FILE *err_of(const Test262 *t) { return t->options->runner ? t->options->runner->err : stderr; }

static void print_uncaught(Isolate *iso, Value v) {
  Test262 *t = test262_of(iso);
  fflush(out_of(t));
  if (!value_is_object(v)) {
    fprintf(err_of(t), "Uncaught %s\n", error_text_of_value(iso, v));
    return;
  }
  String *name = constructor_name(iso, value_object(v));
  iso->exception = VALUE_EMPTY;
  String *message = message_text(iso, value_object(v));
  iso->exception = VALUE_EMPTY;
  fprintf(err_of(t), "Uncaught %s: %s\n", name ? error_text_of_string(iso, name) : "Error",
          message ? error_text_of_string(iso, message) : "");
}

static bool uncaught(Host *host, Value exception, Value promise) {
  if (promise != VALUE_EMPTY) return true; // unhandled rejections change nothing
  print_uncaught(host->iso, exception);
  host->exit_code = 1;
  Test262 *t = host->node;
  if (t->agent) agent_failed(t);
  return true;
}

static void run_callback(Host *host, Value callback) {
  if (!CALL0(host->iso, callback, VALUE_UNDEFINED)) (void)host_report_pending(host);
}

static void trace_test(Host *host, GcTracer *tracer) {
  Test262 *t = host->node;
  if (!t) return;
  gc_trace_cell(tracer, t->modules);
  gc_trace_word(tracer, value_bits(t->on_broadcast));
}

static const HostCalls test_calls = {
    .uncaught = uncaught, .run_tick = run_callback, .run_timer = run_callback, .run_immediate = run_callback, .trace = trace_test};

// ---- Modules ----

static String *resolve_path(Isolate *iso, const char *referrer, String *specifier) {
  const char *name = error_text_of_string(iso, specifier);
  if (name[0] == '/') return str_new_cstring(iso, name);
  while (strncmp(name, "./", 2) == 0) name += 2;
  const char *slash = strrchr(referrer, '/');
  StringBuilder sb;
  sb_init(&sb, iso);
  if (slash) sb_append_utf8(&sb, referrer, (size_t)(slash - referrer) + 1);
  sb_append_utf8(&sb, name, strlen(name));
  return sb_finish(&sb);
}

static bool evaluate_default(Isolate *iso, Module *m) {
  JSHostObject *holder = (JSHostObject *)value_object(slot_get(&m->host_defined));
  return module_set_synthetic_export(iso, m, ATOM(default), slot_get(&holder->values[1]));
}

// A module of one value. Its host_defined keeps the path and the value.
static Module *module_of_value(Isolate *iso, Value path, Value v) {
  static const HostClass class = {.name = "SyntheticModule"};
  JSHostObject *holder = TRY(host_object_new(iso, &class, VALUE_NULL, NULL));
  slot_set(iso, holder, &holder->values[0], path);
  slot_set(iso, holder, &holder->values[1], v);
  PropertyKey names[] = {ATOM(default)};
  return module_new_synthetic(iso, names, 1, evaluate_default, value_from_object(holder));
}

static Value parse_json(Isolate *iso, Value text) {
  Value json = intrinsic(iso, INTRINSIC_JSON);
  return invoke(iso, json, ATOM(parse), 1, &text);
}

static SourceText *read_source(Isolate *iso, const char *path) {
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) {
    return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "Cannot read %s", path);
  }
  return node_source_from_bytes(iso, bytes, size, path);
}

static Value text_of_source(Isolate *iso, SourceText *text) {
  String *s = text->utf16 ? str_new_utf16(iso, source_text_chars(text), text->length)
                          : str_new_latin1(iso, source_text_chars(text), text->length);
  source_text_release(text);
  return value_from_cell(s);
}

static Value read_bytes(Isolate *iso, const char *path) {
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return THROW(iso, TYPE, "Cannot read %s", path);
  BackingStore *store = backing_store_copy(bytes, size);
  base_free(bytes);
  if (!store) {
    throw_out_of_memory(iso);
    return VALUE_FAIL;
  }
  JSArrayBuffer *buffer = TRY(array_buffer_from_store(iso, store));
  buffer->flags |= BUFFER_IMMUTABLE;
  return value_from_object(
      typed_array_new(iso, TYPED_UINT8, intrinsic(iso, INTRINSIC_UINT8_ARRAY_PROTOTYPE), buffer, 0, size, false));
}

static Module *load_module(Isolate *iso, String *path, const char *type) {
  const char *file = error_text_of_string(iso, path);
  if (strcmp(type, "bytes") == 0) return module_of_value(iso, value_from_cell(path), TRY(read_bytes(iso, file)));
  if (strcmp(type, "") != 0 && strcmp(type, "json") != 0 && strcmp(type, "text") != 0) {
    return THROW(iso, TYPE, "Import attribute \"type\" has an unsupported value");
  }
  SourceText *text = TRY(read_source(iso, file));
  if (*type) {
    Value v = TRY(text_of_source(iso, text));
    if (strcmp(type, "json") == 0) v = TRY(parse_json(iso, v));
    return module_of_value(iso, value_from_cell(path), v);
  }
  CodeBlock *block = compile_module(iso, text);
  source_text_release(text);
  TRY(block);
  Module *m = module_new_source(iso, block, value_from_cell(path));
  code_block_release(block);
  return m;
}

static Module *find_module(Isolate *iso, const char *referrer, String *specifier, Value attributes) {
  const char *type;
  TRY(import_attribute_type(iso, attributes, &type));
  String *path = TRY(resolve_path(iso, referrer, specifier));
  String *key = TRY(str_concat3(iso, TRY(str_new_cstring(iso, type)), TRY(str_new_cstring(iso, "\n")), path));
  Test262 *t = test262_of(iso);
  HashEntry *known = hash_table_find(iso, t->modules, value_from_cell(key), NULL);
  if (known) return (Module *)value_cell(slot_get(&known->value));
  Module *m = TRY(load_module(iso, path, type));
  TRY(hash_table_set(iso, t->modules, value_from_cell(key), value_from_cell(m)));
  return m;
}

static const char *path_of_module(Isolate *iso, const Module *m) {
  Value v = slot_get(&m->host_defined);
  return value_is_string(v) ? error_text_of_string(iso, value_string(v)) : "";
}

// Of a declaration, unlike of import(), an unknown attribute is a SyntaxError (16.2.1.6.1.1).
static bool require_known_attributes(Isolate *iso, Value attributes) {
  if (value_is_undefined(attributes)) return true;
  JSObject *list = value_object(attributes);
  for (u32 i = 0; i + 1 < array_length(list); i += 2) {
    String *key = TRY(str_flatten(iso, value_string(list_get(list, i))));
    if (!str_equals_ascii(key, "type")) return THROW(iso, SYNTAX, "Import attribute is not supported");
  }
  return true;
}

static Module *resolve_imported(Isolate *iso, Module *referrer, u32 request) {
  String *specifier = TRY(module_request_specifier(iso, referrer, request));
  Value attributes = TRY(module_request_attributes(iso, referrer, request));
  TRY(require_known_attributes(iso, attributes));
  return find_module(iso, path_of_module(iso, referrer), specifier, attributes);
}

static Value link_job(Isolate *iso, Value *args) {
  JSPromise *promise = (JSPromise *)value_object(args[0]);
  if (module_graph_evaluate(iso, promise, (Module *)value_cell(args[1]))) return VALUE_UNDEFINED;
  if (iso->terminating) return VALUE_FAIL;
  promise_reject(iso, promise, isolate_take_exception(iso));
  return VALUE_UNDEFINED;
}

static Value import_dynamic(Isolate *iso, Value host_defined, Value specifier, Value options, Value promise) {
  const char *referrer = test262_of(iso)->options->file;
  Value attributes;
  if (value_is_kind(host_defined, KIND_MODULE)) referrer = path_of_module(iso, (Module *)value_cell(host_defined));
  TRY(import_attributes(iso, options, &attributes));
  Module *m = TRY(find_module(iso, referrer, value_string(specifier), attributes));
  TRY(module_graph_load(iso, m));
  Value args[] = {promise, value_from_cell(m)};
  enqueue_job(iso, link_job, args, 2);
  return VALUE_UNDEFINED;
}

static void fill_hooks(Hooks *hooks) {
  hooks->import_dynamic = import_dynamic;
  hooks->resolve_imported_module = resolve_imported;
}

// ---- $262 ----

static Value print(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  size_t size;
  char *utf8 = TRY(str_to_utf8(iso, s, &size));
  FILE *out = out_of(test262_of(iso));
  fwrite(utf8, 1, size, out);
  putc('\n', out);
  base_free(utf8);
  return VALUE_UNDEFINED;
}

static CodeBlock *compile_text(Isolate *iso, SourceText *text) {
  CompileOptions options = {.goal = PARSE_SCRIPT, .want_completion = true};
  CodeBlock *block = compile_script(iso, text, &options);
  source_text_release(text);
  return block;
}

Value test262_run_text(Isolate *iso, Realm *realm, SourceText *text) {
  CodeBlock *block = TRY(compile_text(iso, text));
  Value v = run_script(iso, realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  return v;
}

static Value eval_script(Isolate *iso, const Call *call) {
  String *source = TRY(to_string(iso, call_arg(call, 0)));
  SourceText *text = TRY(node_source_from_string(iso, source, "evalScript"));
  return test262_run_text(iso, realm_current(iso), text);
}

static Value collect_garbage(Isolate *iso, const Call *call) {
  (void)call;
  gc_collect(heap_of(iso), true);
  return VALUE_UNDEFINED;
}

static Value detach(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_ARRAY_BUFFER)) return THROW(iso, TYPE, "detachArrayBuffer needs an ArrayBuffer");
  TRY(detach_array_buffer(iso, (JSArrayBuffer *)value_object(v), call_arg(call, 1)));
  return VALUE_NULL;
}

// setTimeout(function, ms): the suite's harness makes one of endless microtasks where there is none, and then nothing else runs.
static Value set_timeout(Isolate *iso, const Call *call) {
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  double ms;
  TRY(to_double(iso, call_arg(call, 1), &ms));
  u32 whole = ms >= 1 ? (u32)MIN(ms, (double)INT32_MAX) : 1;
  return value_from_double(loop_start_timer(&host_of(iso)->loop, call->args[0], whole, true, true));
}

static Value html_dda(Isolate *iso, const Call *call) {
  (void)iso;
  (void)call;
  return VALUE_NULL;
}

static JSObject *furnish_realm(Isolate *iso, Realm *realm);

static Value create_realm(Isolate *iso, const Call *call) {
  (void)call;
  Realm *realm = TRY(realm_new(iso));
  return value_from_object(TRY(furnish_realm(iso, realm)));
}

bool test262_add_function(Isolate *iso, Realm *realm, JSObject *o, const char *name, NativeFn fn, u32 length) {
  PropertyKey key = TRY(key_from_cstring(iso, name));
  JSNativeFunction *f = TRY(native_function_new(iso, fn, key, length, 0));
  ref_set(iso, f, &f->realm, realm);
  TRY(obj_set_prototype_of(iso, &f->object, value_from_object(realm_intrinsic(iso, realm, INTRINSIC_FUNCTION_PROTOTYPE))));
  obj_put_direct(iso, o, key, value_from_object(f), ATTR_METHOD);
  return true;
}

static bool add_html_dda(Isolate *iso, JSObject *o) {
  PropertyKey key = TRY(key_from_cstring(iso, "IsHTMLDDA"));
  JSNativeFunction *f = TRY(native_function_new(iso, html_dda, key, 0, 0));
  TRY(shape_make_unique(iso, &f->object, 0));
  obj_shape(iso, &f->object)->flags |= SHAPE_HTMLDDA;
  iso->has_html_dda = true;
  obj_put_direct(iso, o, key, value_from_object(f), ATTR_METHOD);
  return true;
}

static JSObject *furnish_realm(Isolate *iso, Realm *realm) {
  Value object_prototype = value_from_object(realm_intrinsic(iso, realm, INTRINSIC_OBJECT_PROTOTYPE));
  JSObject *global = ref_get(realm->global_object);
  JSObject *o = TRY(ordinary_object_create(iso, object_prototype)), *agent = TRY(ordinary_object_create(iso, object_prototype));
  TRY(agent_add_functions(iso, realm, agent));
  TRY(test262_add_function(iso, realm, o, "createRealm", create_realm, 0));
  TRY(test262_add_function(iso, realm, o, "detachArrayBuffer", detach, 1));
  TRY(test262_add_function(iso, realm, o, "evalScript", eval_script, 1));
  TRY(test262_add_function(iso, realm, o, "gc", collect_garbage, 0));
  TRY(add_html_dda(iso, o));
  obj_put_direct(iso, o, TRY(key_from_cstring(iso, "agent")), value_from_object(agent), ATTR_METHOD);
  obj_put_direct(iso, o, ATOM(global), slot_get(&realm->global_this), ATTR_METHOD);
  obj_put_direct(iso, global, ATOM($262), value_from_object(o), ATTR_METHOD);
  TRY(test262_add_function(iso, realm, global, "print", print, 1));
  TRY(test262_add_function(iso, realm, global, "setTimeout", set_timeout, 2));
  return o;
}

// ---- Running ----

static bool run_block(Isolate *iso, CodeBlock *block) {
  Value v = run_script(iso, iso->main_realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  return v != VALUE_FAIL;
}

// The same few files before every test: a runner's process compiles them once.
static bool run_prelude(Isolate *iso, const char *path, bool keep) {
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(path, &bytes, &size, &error)) return THROW(iso, TYPE, "Cannot read %s", path);
  CodeCacheKey key = code_cache_key(bytes, (u32)MIN(size, (size_t)UINT32_MAX), CODE_CACHE_SCRIPT, path);
  CodeBlock *block = keep ? code_cache_find(&key) : NULL;
  if (block) {
    base_free(bytes);
  } else {
    block = TRY(compile_text(iso, TRY(node_source_from_bytes(iso, bytes, size, path))));
    if (keep) code_cache_add(&key, block);
  }
  return run_block(iso, block);
}

static u8 *put_directive(u8 *bytes, size_t *size) {
  static const char directive[] = "\"use strict\";\n";
  size_t length = sizeof directive - 1;
  bytes = base_realloc(bytes, *size + length);
  memmove(bytes + length, bytes, *size);
  memcpy(bytes, directive, length);
  *size += length;
  return bytes;
}

static bool run_file_as_script(Isolate *iso, const Test262Options *options) {
  u8 *bytes;
  size_t size;
  int error;
  if (!node_read_file(options->file, &bytes, &size, &error)) return THROW(iso, TYPE, "Cannot read %s", options->file);
  if (options->strict) bytes = put_directive(bytes, &size);
  CodeBlock *block = TRY(compile_text(iso, TRY(node_source_from_bytes(iso, bytes, size, options->file))));
  test262_of(iso)->phase = TEST262_RUNTIME;
  return run_block(iso, block);
}

static bool run_file_as_module(Isolate *iso, const char *path, JSPromise **promise) {
  String *specifier = TRY(str_new_utf8(iso, path, strlen(path)));
  char here[] = "";
  Module *m = TRY(find_module(iso, here, specifier, VALUE_UNDEFINED));
  test262_of(iso)->phase = TEST262_RESOLUTION;
  TRY(module_graph_load(iso, m));
  TRY(module_link(iso, m));
  test262_of(iso)->phase = TEST262_RUNTIME;
  *promise = TRY(module_evaluate(iso, m));
  return true;
}

static bool run_test(Isolate *iso, const Test262Options *options, JSPromise **promise) {
  for (u32 i = 0; i < options->prelude_count; i++) TRY(run_prelude(iso, options->preludes[i], options->runner != NULL));
  test262_of(iso)->phase = TEST262_PARSE;
  if (options->module) return run_file_as_module(iso, options->file, promise);
  return run_file_as_script(iso, options);
}

static void run_and_report(Host *host, const Test262Options *options) {
  Isolate *iso = host->iso;
  JSPromise *promise = NULL;
  if (!run_test(iso, options, &promise)) (void)host_report_pending(host);
  loop_drain(host);
  loop_run(host);
  if (!promise || promise->state != PROMISE_REJECTED) return;
  print_uncaught(iso, slot_get(&promise->result));
  host->exit_code = 1;
}

bool test262_begin(Test262 *t, bool no_can_block) {
  HostConfig config = {
      .heap_limit = t->options->heap_limit,
      .stack_size = t->options->stack_size,
      .gc_stress_period = t->options->gc_stress_period,
      .eager_builtins = t->options->eager_builtins,
      .trace_gc = t->options->trace_gc,
      .no_can_block = no_can_block,
      .calls = &test_calls,
      .fill_hooks = fill_hooks,
  };
  t->host = host_new(&config);
  if (!t->host) return false;
  t->on_broadcast = VALUE_UNDEFINED;
  t->host->node = t;
  t->modules = hash_table_new(t->host->iso);
  if (t->modules && furnish_realm(t->host->iso, t->host->iso->main_realm)) return true;
  test262_end(t);
  return false;
}

void test262_end(Test262 *t) {
  t->host->node = NULL;
  host_destroy(t->host);
}

int node_run_test262(const Test262Options *options) {
  Test262 t = {.options = options, .phase = TEST262_RUNTIME};
  Test262Runner *runner = options->runner;
  if (!test262_begin(&t, options->no_can_block)) {
    fputs("weft: cannot make an isolate\n", err_of(&t));
    return 1;
  }
  Host *host = t.host;
  t.agents = agent_group_new(host);
  if (runner) runner->watch(runner->data, host->iso);
  run_and_report(host, options);
  if (runner) runner->phase = t.phase;
  int exit_code = host->exit_code;
  if (host->iso->terminating && !host->stopping) {
    fputs("Uncaught RangeError: the isolate was terminated\n", err_of(&t));
    exit_code = 1;
  }
  agent_group_free(t.agents);
  fflush(out_of(&t));
  if (runner) runner->watch(runner->data, NULL);
  test262_end(&t);
  return exit_code;
}
