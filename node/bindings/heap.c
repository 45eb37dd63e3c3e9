// SPDX-License-Identifier: MIT
// What lib/v8.js asks of the engine, besides figures and profiles (bindings/profiles.c).
// Tests: tests/node/v8.js.
#include "base/version.h"
#include "node/node_internal.h"

// A number for caches of compiled code: it changes with the program's version.
static Value heap_version_tag(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  u32 hash = 2166136261u;
  for (const char *p = WEFT_VERSION; *p; p++) hash = (hash ^ (u8)*p) * 16777619u;
  return value_from_u32(hash);
}

static Value heap_is_latin1(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_string(v)) return THROW(iso, TYPE, "A string was expected"), VALUE_FAIL;
  return value_from_bool(!str_is_utf16(value_string(v)));
}

static const NativeMethod methods[] = {
    {"versionTag", heap_version_tag, 0, 0},
    {"isLatin1", heap_is_latin1, 1, 0},
};
const NodeBinding node_binding_heap = {"heap", methods, ARRAY_LEN(methods), NULL};
