// SPDX-License-Identifier: MIT
// Figures about the heap for lib/v8.js.
// Tests: tests/node/v8.js.
#include "base/version.h"
#include "node/node_internal.h"

#define NO_LIMIT_BYTES ((double)((u64)4 << 30)) // what a heap without limit is said to have

static Value heap_statistics(Isolate *iso, const Call *call) {
  (void)call;
  const Heap *heap = heap_of(iso);
  JSObject *o = TRY(obj_new_plain(iso));
  TRY(binding_set_int(iso, o, "blocks", (double)heap->block_bytes));
  TRY(binding_set_int(iso, o, "large", (double)heap->large_bytes));
  TRY(binding_set_int(iso, o, "used", (double)gc_cell_bytes(heap)));
  TRY(binding_set_int(iso, o, "external", (double)heap->external_bytes));
  TRY(binding_set_int(iso, o, "limit", heap->limit_bytes ? (double)heap->limit_bytes : NO_LIMIT_BYTES));
  TRY(binding_set_int(iso, o, "allocated", (double)heap->stats.allocated_bytes));
  TRY(binding_set_int(iso, o, "realms", iso->next_realm_id));
  TRY(binding_set_int(iso, o, "minor", (double)heap->stats.minor_count));
  TRY(binding_set_int(iso, o, "full", (double)heap->stats.full_count));
  TRY(binding_set_int(iso, o, "pauseNs", (double)heap->stats.pause_ns_total));
  return value_from_object(o);
}

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
    {"statistics", heap_statistics, 0, 0},
    {"versionTag", heap_version_tag, 0, 0},
    {"isLatin1", heap_is_latin1, 1, 0},
};
const NodeBinding node_binding_heap = {"heap", methods, ARRAY_LEN(methods), NULL};
