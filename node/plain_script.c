// SPDX-License-Identifier: MIT
// CommonJS files that use the module system for nothing but built-in modules: most small scripts and most workers. They run without the
// loaders of lib/: reading, compiling and calling is all. If such a file requires something else after all, its Module is made then.
// Tests: tests/cli/, tests/node/module/.
#define _GNU_SOURCE
#include <limits.h>
#include <uv.h>

#include "node/node_internal.h"

static bool mentions(const u8 *text, size_t size, const char *word) { return memmem(text, size, word, strlen(word)) != NULL; }

static bool is_plain_script(const u8 *text, size_t size) {
  static const char *const words[] = {"module", "import", "export", "await", "eval", "arguments", "Function", "mainModule"};
  for (u32 i = 0; i < ARRAY_LEN(words); i++) {
    if (mentions(text, size, words[i])) return false;
  }
  return true;
}

// Whether it is a JSON object. Nothing of the program has run yet: JSON.parse is the built-in one.
static bool is_json_object(Isolate *iso, const u8 *bytes, size_t size) {
  Value json = intrinsic(iso, INTRINSIC_JSON), parse = json ? get_v(iso, json, ATOM(parse)) : VALUE_FAIL;
  String *text = parse ? str_new_utf8(iso, (const char *)bytes, size) : NULL;
  Value v = text ? CALL1(iso, parse, json, value_from_cell(text)) : VALUE_FAIL;
  if (!v) (void)isolate_take_exception(iso);
  return v && value_is_object(v) && !value_is_kind(v, KIND_ARRAY);
}

// Whether a package.json above the file could change what .js means, or is an error.
static bool package_matters(Isolate *iso, const char *path) {
  char name[PATH_MAX + 16];
  size_t length = strlen(path);
  if (length >= PATH_MAX) return true;
  memcpy(name, path, length + 1);
  for (char *slash; (slash = strrchr(name, '/')) != NULL; *slash = 0) {
    memcpy(slash, "/package.json", sizeof "/package.json");
    u8 *bytes;
    size_t size;
    int error;
    if (!node_read_file(name, &bytes, &size, &error)) continue;
    bool matters = mentions(bytes, size, "\"type\"") || !is_json_object(iso, bytes, size);
    base_free(bytes);
    return matters;
  }
  return false;
}

static bool has_suffix(const char *s, const char *suffix) {
  size_t n = strlen(s), m = strlen(suffix);
  return n >= m && strcmp(s + n - m, suffix) == 0;
}

// The real path of a regular file, base_free'd by the caller; NULL: something else.
static char *real_file(const char *path) {
  uv_fs_t request;
  char *real = NULL;
  if (uv_fs_stat(NULL, &request, path, NULL) == 0 && (request.statbuf.st_mode & 0170000) == 0100000) {
    uv_fs_req_cleanup(&request);
    if (uv_fs_realpath(NULL, &request, path, NULL) == 0) {
      size_t size = strlen(request.ptr) + 1;
      real = base_alloc(size);
      memcpy(real, request.ptr, size);
    }
  }
  uv_fs_req_cleanup(&request);
  return real;
}

// ---- require, as long as it is only asked for what is built in ----

// The real one, of a Module object for the main file that is made now. values[0] of the holder: it, or undefined; values[1]: exports.
static Value upgrade(Isolate *iso, Value callee) {
  NodeState *node = node_of(iso);
  JSHostObject *state = (JSHostObject *)value_object(slot_get(&((JSNativeFunction *)value_object(callee))->data[0]));
  Value known = slot_get(&state->values[0]);
  if (!value_is_undefined(known)) return known;
  Value f = TRY(node_builtin_export(iso, "internal/modules/run_main", "upgradePlain"));
  Value made = TRY(CALL2(iso, f, VALUE_UNDEFINED, node->main_script, slot_get(&state->values[1])));
  slot_set(iso, state, &state->values[0], made);
  return made;
}

// "fs" and "node:fs", but nothing internal. NULL: the loaders know better.
static const char *builtin_name(Isolate *iso, Value request) {
  if (!value_is_string(request) || value_string(request)->length > 64) return NULL;
  const char *name = error_text_of_string(iso, value_string(request));
  if (strncmp(name, "node:", 5) == 0) name += 5;
  return strncmp(name, "internal/", 9) != 0 && node_has_builtin(name) ? name : NULL;
}

static Value plain_require(Isolate *iso, const Call *call) {
  const char *name = builtin_name(iso, call_arg(call, 0));
  if (name) return node_require_builtin(iso, name);
  Value real = TRY(upgrade(iso, call->callee));
  return call_function(iso, real, VALUE_UNDEFINED, call->argc, call->args);
}

static const char *const require_properties[] = {"resolve", "main", "extensions", "cache"};

static Value get_require_property(Isolate *iso, const Call *call) {
  Value real = TRY(upgrade(iso, call->callee));
  PropertyKey key = TRY(key_from_cstring(iso, require_properties[native_magic(call)]));
  return get_v(iso, real, key);
}

static Value make_require(Isolate *iso, Value exports) {
  static const HostClass state_class = {.name = "PlainRequire"};
  JSHostObject *state = TRY(host_object_new(iso, &state_class, VALUE_NULL, NULL));
  slot_set(iso, state, &state->values[0], VALUE_UNDEFINED);
  slot_set(iso, state, &state->values[1], exports);
  JSNativeFunction *require = TRY(native_function_new(iso, plain_require, ATOM(require), 1, 1));
  require->native_flags = NATIVE_UNSEEN;
  slot_set(iso, require, &require->data[0], value_from_object(state));
  for (u32 i = 0; i < ARRAY_LEN(require_properties); i++) {
    PropertyKey key = TRY(key_from_cstring(iso, require_properties[i]));
    JSNativeFunction *getter = TRY(native_function_new(iso, get_require_property, key, 0, 1));
    getter->magic = i;
    slot_set(iso, getter, &getter->data[0], value_from_object(state));
    PropertyDescriptor desc = {.getter = value_from_object(getter),
                               .setter = VALUE_UNDEFINED,
                               .attrs = ATTR_ENUMERABLE | ATTR_CONFIGURABLE,
                               .has = HAS_GET | HAS_SET | HAS_ENUMERABLE | HAS_CONFIGURABLE};
    TRY(define_property_or_throw(iso, &require->object, key, &desc));
  }
  return value_from_object(require);
}

// ---- Running ----

static Value call_commonjs(Isolate *iso, Value f, const char *filename, bool uses_require) {
  JSObject *module = TRY(obj_new_plain(iso)), *exports = TRY(obj_new_plain(iso));
  Value name = TRY(binding_string(iso, filename));
  const char *slash = strrchr(filename, '/');
  size_t length = slash && slash != filename ? (size_t)(slash - filename) : 1;
  String *dirname = TRY(str_new_utf8(iso, filename, length));
  TRY(create_data_property(iso, module, ATOM(exports), value_from_object(exports)));
  Value require = uses_require ? TRY(make_require(iso, value_from_object(exports))) : VALUE_UNDEFINED;
  Value args[] = {value_from_object(exports), require, value_from_object(module), name, value_from_cell(dirname)};
  return call_function(iso, f, value_from_object(exports), ARRAY_LEN(args), args);
}

Tri node_run_plain_script(Host *host, const char *path) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (node_is_forked(node) || node->options->require_count || node->options->env_file_count || node->options->import_count ||
      !(has_suffix(path, ".js") || has_suffix(path, ".cjs")))
    return TRI_NO;
  char *real = real_file(path);
  if (!real) return TRI_NO;
  u8 *bytes;
  size_t size;
  int error;
  Tri result = TRI_NO;
  if (node_read_file(real, &bytes, &size, &error)) {
    if (is_plain_script(bytes, size) && (has_suffix(real, ".cjs") || (has_suffix(real, ".js") && !package_matters(iso, real)))) {
      bool uses_require = mentions(bytes, size, "require");
      node->main_script = binding_string(iso, real);
      Value f = node_compile_commonjs(iso, bytes, size, real);
      result = f && call_commonjs(iso, f, real, uses_require) ? TRI_YES : TRI_FAIL;
    } else {
      base_free(bytes);
    }
  }
  base_free(real);
  return result;
}
