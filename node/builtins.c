// SPDX-License-Identifier: MIT
// Built-in modules: JavaScript that is part of the program, compiled when something first asks for it and shared by all isolates.
// Each is a function of exports, require, module, internalBinding; `require` sees built-ins only.
// Tests: tests/node/module/.
#include "base/embedded.h"
#include "base/inflate.h"
#include "compiler/code_bytes.h"
#include "generated/node/lib_embed.inc"
#include "node/node_internal.h"
#include "vm/memory_access.h"

#include <uv.h>

static const NodeBinding *const bindings[] = {
#define BINDING(name) &node_binding_##name,
#include "node/bindings.def"
#undef BINDING
};

// ---- Helpers ----

bool binding_set(Isolate *iso, JSObject *o, const char *name, Value v) {
  PropertyKey key = TRY(key_from_cstring(iso, name));
  return create_data_property(iso, o, key, v) == TRI_YES;
}

Value binding_string(Isolate *iso, const char *utf8) { return value_from_cell(str_new_utf8(iso, utf8, strlen(utf8))); }

bool binding_set_string(Isolate *iso, JSObject *o, const char *name, const char *utf8) {
  Value v = TRY(binding_string(iso, utf8));
  return binding_set(iso, o, name, v);
}

bool binding_set_int(Isolate *iso, JSObject *o, const char *name, double n) {
  return binding_set(iso, o, name, value_from_double(n));
}

bool binding_set_method(Isolate *iso, JSObject *o, const NativeMethod *method) {
  PropertyKey key = TRY(key_from_cstring(iso, method->name));
  JSNativeFunction *f = TRY(native_function_new(iso, method->fn, key, method->length, 0));
  f->magic = method->magic;
  f->native_flags = NATIVE_UNSEEN;
  return create_data_property(iso, o, key, value_from_object(f)) == TRI_YES;
}

const char *binding_utf8(Isolate *iso, Value v, size_t *size) {
  if (value_is_string(v)) {
    String *s = TRY(str_flatten(iso, value_string(v)));
    size_t length;
    char *native = TRY(str_to_utf8(iso, s, &length));
    Bytes *bytes = bytes_new(iso, length + 1);
    if (bytes) memcpy(bytes->data, native, length + 1);
    base_free(native);
    if (!bytes) return NULL;
    if (size) *size = length;
    return (const char *)bytes->data;
  }
  size_t length;
  u8 *data = TRY(binding_bytes(iso, v, &length));
  Bytes *bytes = TRY(bytes_new(iso, length + 1));
  memory_copy(bytes->data, data, length, binding_is_shared(v));
  if (size) *size = length;
  return (const char *)bytes->data;
}

const char *binding_path(Isolate *iso, Value v) {
  size_t size;
  const char *path = TRY(binding_utf8(iso, v, &size));
  if (strlen(path) == size) return path;
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "The path must be without null bytes");
}

bool binding_int(Isolate *iso, Value v, i32 *out) {
  if (value_is_int(v)) {
    *out = value_int(v);
    return true;
  }
  if (value_is_number(v)) {
    *out = double_to_int32(value_number(v));
    return true;
  }
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "A number was expected");
}

static u8 *empty_if_null(u8 *p, Isolate *iso) { return p ? p : (u8 *)iso; }

u8 *binding_bytes(Isolate *iso, Value v, size_t *size) {
  *size = 0;
  if (value_is_kind(v, KIND_TYPED_ARRAY)) {
    JSTypedArray *t = (JSTypedArray *)value_object(v);
    *size = (size_t)(typed_array_length(t, NULL) * element_size(t->element_type));
    return empty_if_null(*size ? typed_array_data(t) : NULL, iso);
  }
  JSArrayBuffer *b = NULL;
  u64 offset = 0, length = 0;
  if (value_is_kind(v, KIND_DATA_VIEW)) {
    JSDataView *view = (JSDataView *)value_object(v);
    b = ref_get(view->buffer);
    offset = view->byte_offset;
    length = data_view_byte_length(view, NULL);
  } else if (value_is_kind(v, KIND_ARRAY_BUFFER) || value_is_kind(v, KIND_SHARED_ARRAY_BUFFER)) {
    b = (JSArrayBuffer *)value_object(v);
    length = array_buffer_byte_length(b);
  } else {
    return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "A string or an ArrayBuffer view was expected");
  }
  if (array_buffer_is_detached(b) || !length) return empty_if_null(NULL, iso);
  *size = (size_t)length;
  return b->store->data + offset;
}

bool binding_is_shared(Value v) {
  if (value_is_kind(v, KIND_TYPED_ARRAY)) return typed_array_is_shared((const JSTypedArray *)value_object(v));
  if (value_is_kind(v, KIND_DATA_VIEW)) return array_buffer_is_shared(ref_get(((const JSDataView *)value_object(v))->buffer));
  return value_is_kind(v, KIND_SHARED_ARRAY_BUFFER);
}

const u8 *binding_steady(Isolate *iso, Value v, const u8 *bytes, size_t n) {
  if (!binding_is_shared(v)) return bytes;
  Bytes *copy = TRY(bytes_new(iso, n + 1));
  memory_copy_shared(copy->data, bytes, n);
  return copy->data;
}

JSTypedArray *binding_uint8_array(Isolate *iso, size_t size) {
  return typed_array_allocate(iso, TYPED_UINT8, intrinsic(iso, INTRINSIC_UINT8_ARRAY_PROTOTYPE), size);
}

static bool define_error_facts(Isolate *iso, JSObject *error, int number, const char *syscall, const char *path, const char *dest) {
  TRY(binding_set_int(iso, error, "errno", number));
  TRY(binding_set_string(iso, error, "code", uv_err_name(number)));
  TRY(binding_set_string(iso, error, "syscall", syscall));
  if (path) TRY(binding_set_string(iso, error, "path", path));
  if (dest) TRY(binding_set_string(iso, error, "dest", dest));
  return true;
}

void *throw_uv_error(Isolate *iso, int error, const char *syscall, const char *path, const char *dest) {
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, uv_err_name(error));
  sb_append_ascii(&sb, ": ");
  sb_append_ascii(&sb, uv_strerror(error));
  sb_append_ascii(&sb, ", ");
  sb_append_ascii(&sb, syscall);
  const char *names[] = {path, dest};
  for (u32 i = 0; i < 2; i++) {
    if (!names[i]) continue;
    sb_append_ascii(&sb, i ? " -> '" : " '");
    sb_append_utf8(&sb, names[i], strlen(names[i]));
    sb_append_ascii(&sb, "'");
  }
  String *message = TRY(sb_finish(&sb));
  JSObject *e = TRY(error_new(iso, INTRINSIC_ERROR_PROTOTYPE, message));
  TRY(define_error_facts(iso, e, error, syscall, path, dest));
  return throw_value(iso, value_from_object(e));
}

// ---- Modules ----

static const EmbeddedFile *find_file(const char *name) {
  size_t low = 0, high = weft_embedded_node_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(weft_embedded_node[middle].name, name);
    if (!order) return &weft_embedded_node[middle];
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return NULL;
}

bool node_has_builtin(const char *name) { return find_file(name) != NULL; }

static u8 *unpack(const EmbeddedFile *file) {
  u8 *text = base_alloc(file->size + 1ul);
  CHECK(inflate_bytes(weft_embedded_node_blob + file->offset, file->packed_size, text, file->size));
  return text;
}

char *node_builtin_source(const char *name, size_t *size) {
  const EmbeddedFile *file = find_file(name);
  *size = file ? file->size : 0;
  return file ? (char *)unpack(file) : NULL;
}

// NULL: none is embedded.
static CodeBlock *read_code(const EmbeddedFile *file, SourceText *text) {
  if (!file->code_size) return NULL;
  const u8 *bytes = weft_embedded_node_blob + file->code_offset;
  if (file->code_packed_size) {
    u8 *own = base_alloc(file->code_size);
    CHECK(inflate_bytes(bytes, file->code_packed_size, own, file->code_size));
    source_text_own(text, own);
    bytes = own;
  }
  return code_bytes_read(bytes, file->code_size, true, text);
}

static CodeBlock *compile_file(Isolate *iso, const EmbeddedFile *file) {
  static const char *const params[] = {"exports", "require", "module", "internalBinding"};
  char name[128];
  snprintf(name, sizeof name, "node:%s", file->name);
  CodeCacheKey key = {.hash = {(u64)(uintptr_t)file, 1}, .length = file->size, .kind = CODE_CACHE_BUILTIN, .name = name};
  CodeBlock *block = code_cache_find(&key);
  if (block) return block;
  SourceText *text;
  if (file->is_ascii) text = source_text_new_packed(weft_embedded_node_blob + file->offset, file->packed_size, file->size, name);
  else text = TRY(node_source_from_bytes(iso, unpack(file), file->size, name));
  block = read_code(file, text);
  if (!block) block = compile_function_body(iso, text, params, ARRAY_LEN(params), false);
  source_text_release(text);
  if (block) code_cache_add(&key, block);
  return block;
}

static Value load(Isolate *iso, const EmbeddedFile *file, PropertyKey key) {
  NodeState *node = node_of(iso);
  CodeBlock *block = TRY(compile_file(iso, file));
  Value f = closure_from_block(iso, iso->main_realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  TRY(f);
  JSObject *module = TRY(obj_new_plain(iso)), *exports = TRY(obj_new_plain(iso));
  TRY(create_data_property(iso, module, ATOM(exports), value_from_object(exports)));
  TRY(create_data_property(iso, value_object(node->cache), key, value_from_object(module)));
  Value args[] = {value_from_object(exports), node->require, value_from_object(module), node->internal_binding};
  if (!call_function(iso, f, VALUE_UNDEFINED, ARRAY_LEN(args), args)) {
    if (iso->terminating) return VALUE_FAIL;
    Value exception = isolate_take_exception(iso);
    (void)!obj_delete_property(iso, value_object(node->cache), key);
    return throw_value(iso, exception), VALUE_FAIL;
  }
  return obj_get(iso, module, ATOM(exports));
}

Value node_require_builtin(Isolate *iso, const char *name) {
  const EmbeddedFile *file = find_file(name);
  if (!file) {
    throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "No such built-in module: %s", name);
    return VALUE_FAIL;
  }
  PropertyKey key = TRY(key_from_cstring(iso, name));
  Value known = TRY(obj_get(iso, value_object(node_of(iso)->cache), key));
  if (value_is_object(known)) return obj_get(iso, value_object(known), ATOM(exports));
  return load(iso, file, key);
}

Value node_builtin_export(Isolate *iso, const char *name, const char *property) {
  Value exports = TRY(node_require_builtin(iso, name));
  PropertyKey key = TRY(key_from_cstring(iso, property));
  return get_v(iso, exports, key);
}

static Value builtin_require(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  if (strncmp(name, "node:", 5) == 0) name += 5;
  return node_require_builtin(iso, name);
}

static JSObject *make_binding(Isolate *iso, const NodeBinding *b) {
  JSObject *target = TRY(obj_new_plain(iso));
  for (u32 i = 0; i < b->method_count; i++) TRY(binding_set_method(iso, target, &b->methods[i]));
  if (b->init) TRY(b->init(iso, target));
  return target;
}

static Value internal_binding(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  PropertyKey key = TRY(key_from_cstring(iso, name));
  JSObject *known = value_object(node_of(iso)->bindings);
  Value v = TRY(obj_get(iso, known, key));
  if (value_is_object(v)) return v;
  for (u32 i = 0; i < ARRAY_LEN(bindings); i++) {
    if (strcmp(bindings[i]->name, name) != 0) continue;
    JSObject *made = TRY(make_binding(iso, bindings[i]));
    TRY(create_data_property(iso, known, key, value_from_object(made)));
    return value_from_object(made);
  }
  throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "No such binding: %s", name);
  return VALUE_FAIL;
}

bool node_init_builtins(Isolate *iso) {
  NodeState *node = node_of(iso);
  node->cache = value_from_object(TRY(ordinary_object_create(iso, VALUE_NULL)));
  node->bindings = value_from_object(TRY(ordinary_object_create(iso, VALUE_NULL)));
  JSNativeFunction *require = TRY(native_function_new(iso, builtin_require, ATOM(require), 1, 0));
  PropertyKey name = TRY(key_from_cstring(iso, "internalBinding"));
  JSNativeFunction *binding = TRY(native_function_new(iso, internal_binding, name, 1, 0));
  require->native_flags = binding->native_flags = NATIVE_UNSEEN;
  node->require = value_from_object(require);
  node->internal_binding = value_from_object(binding);
  return true;
}

// ---- The binding about the built-ins themselves ----

static Value builtin_ids(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *array = TRY(array_create(iso, 0));
  for (size_t i = 0; i < weft_embedded_node_count; i++) {
    Value name = TRY(binding_string(iso, weft_embedded_node[i].name));
    TRY(array_push_value(iso, array, name));
  }
  return value_from_object(array);
}

static Value builtin_exists(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  return value_from_bool(node_has_builtin(name));
}

// setCallback(number, function)
static Value set_callback(Isolate *iso, const Call *call) {
  i32 which = -1;
  TRY(binding_int(iso, call_arg(call, 0), &which));
  if (which < 0 || which >= CALLBACK_COUNT) return THROW(iso, TYPE, "no such callback"), VALUE_FAIL;
  node_of(iso)->callbacks[which] = call_arg(call, 1);
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"ids", builtin_ids, 0, 0},
    {"exists", builtin_exists, 1, 0},
    {"setCallback", set_callback, 2, 0},
};
const NodeBinding node_binding_builtins = {"builtins", methods, ARRAY_LEN(methods), NULL};
