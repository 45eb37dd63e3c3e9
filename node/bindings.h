// SPDX-License-Identifier: MIT
// How the C half of a module is described: a NodeBinding with a table of functions, named in bindings.def and handed out by
// internalBinding(name) in lib/. Bindings do not trust their JavaScript: wrong types end in a TypeError.
//
//   static const NativeMethod methods[] = {{"open", fs_open, 3, 0}, ...};
//   const NodeBinding node_binding_fs = {"fs", methods, ARRAY_LEN(methods), init};
#ifndef WEFT_NODE_BINDINGS_H
#define WEFT_NODE_BINDINGS_H

#include "runtime/support.h"
#include "threads/thread.h"

typedef struct NativeMethod {
  const char *name;
  NativeFn fn;
  u8 length, magic; // native_magic(call)
} NativeMethod;
typedef struct NodeBinding {
  const char *name;
  const NativeMethod *methods;
  u32 method_count;
  bool (*init)(Isolate *iso, JSObject *target); // further properties; may be NULL
} NodeBinding;
#define BINDING(name) extern const NodeBinding node_binding_##name;
#include "node/bindings.def"
#undef BINDING

// The exports of a built-in module ("fs", "internal/errors"), loaded on first use. VALUE_FAIL: thrown. Runs JS.
MUST_CHECK Value node_require_builtin(Isolate *iso, const char *name);
// One property of them. Runs JS.
MUST_CHECK Value node_builtin_export(Isolate *iso, const char *name, const char *property);
bool node_has_builtin(const char *name);
char *node_builtin_source(const char *name, size_t *size); // to be freed; NULL: no such module

// ---- Little helpers ----
MUST_CHECK bool binding_set(Isolate *iso, JSObject *o, const char *name, Value v);
MUST_CHECK bool binding_set_string(Isolate *iso, JSObject *o, const char *name, const char *utf8);
MUST_CHECK bool binding_set_int(Isolate *iso, JSObject *o, const char *name, double n);
MUST_CHECK bool binding_set_method(Isolate *iso, JSObject *o, const NativeMethod *method);
MUST_CHECK Value binding_string(Isolate *iso, const char *utf8);
// UTF-8 bytes of a string, or the bytes of a Uint8Array, in a heap cell that lives while it is on the C stack. NUL-terminated.
// NULL: TypeError, also for anything else.
MUST_CHECK const char *binding_utf8(Isolate *iso, Value v, size_t *size);
// Same for a path: no NUL inside.
MUST_CHECK const char *binding_path(Isolate *iso, Value v);
MUST_CHECK bool binding_int(Isolate *iso, Value v, i32 *out); // numbers only
// The bytes of an ArrayBuffer or a view. NULL: TypeError. Empty ones give a valid pointer.
MUST_CHECK u8 *binding_bytes(Isolate *iso, Value v, size_t *size);
// Other threads may write what shared memory holds while it is read: whoever looks at bytes twice looks at a copy. `bytes` are n of v's;
// the result is they themselves, or a copy on the heap if v's memory is shared.
bool binding_is_shared(Value v);
MUST_CHECK const u8 *binding_steady(Isolate *iso, Value v, const u8 *bytes, size_t n);
MUST_CHECK JSTypedArray *binding_uint8_array(Isolate *iso, size_t size); // a new plain Uint8Array

// Error with errno, code, syscall, path and dest as Node makes it ("ENOENT: no such file or directory, open 'x'").
// `error` is libuv's (negative). path and dest may be NULL. Returns NULL.
void *throw_uv_error(Isolate *iso, int error, const char *syscall, const char *path, const char *dest);

#endif
