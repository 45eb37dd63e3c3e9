// SPDX-License-Identifier: MIT
// Values outside of the C stack: references, which are roots of their own, and scopes, which keep what passes through the API.
// Tests: tests/api/test_refs.c.
#include "api/api_internal.h"

struct WeftRef {
  Persistent root;
  WeftIsolate *isolate;
};

WeftRef *weft_ref_new(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  MAY_BE(isolate, v);
  WeftRef *ref = base_try_alloc(sizeof *ref);
  if (!ref) return NULL;
  ref->isolate = isolate;
  gc_persistent_init(&iso->heap, &ref->root, value_bits(value_in(v)));
  return ref;
}

WeftValue weft_ref_get(const WeftRef *ref) {
  (void)ISOLATE(ref->isolate);
  return value_out(ref->isolate, value_from_bits(ref->root.word));
}

void weft_ref_set(WeftRef *ref, WeftValue v) {
  (void)ISOLATE(ref->isolate);
  MAY_BE(ref->isolate, v);
  ref->root.word = value_bits(value_in(v));
}

void weft_ref_delete(WeftRef *ref) {
  if (!ref) return;
  gc_persistent_clear(&ref->root);
  base_free(ref);
}

// ---- Scopes ----

static ValueArray *kept_values(const WeftIsolate *isolate) { return (ValueArray *)value_cell(value_from_bits(isolate->kept.word)); }

void api_keep(WeftIsolate *isolate, Value v) {
  if (!value_is_cell(v)) return;
  Isolate *iso = isolate->host->iso;
  ValueArray *kept = kept_values(isolate);
  if (!kept || isolate->kept_count == kept->count) {
    // `v` is on the C stack of this function.
    ValueArray *larger = value_array_new(iso, MAX((u64)isolate->kept_count * 2, (u64)64));
    CHECK(larger);
    for (u32 i = 0; i < isolate->kept_count; i++) slot_set(iso, larger, &larger->values[i], slot_get(&kept->values[i]));
    isolate->kept.word = value_bits(value_from_cell(larger));
    kept = larger;
  }
  slot_set(iso, kept, &kept->values[isolate->kept_count++], v);
}

WeftScope weft_scope_open(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  WeftScope scope = (WeftScope)isolate->kept_count << 1 | isolate->has_scope;
  isolate->has_scope = true;
  return scope;
}

void weft_scope_close(WeftIsolate *isolate, WeftScope scope) {
  Isolate *iso = ISOLATE(isolate);
  u32 count = (u32)(scope >> 1);
  ValueArray *kept = kept_values(isolate);
  for (u32 i = count; i < isolate->kept_count; i++) slot_set(iso, kept, &kept->values[i], VALUE_UNDEFINED);
  isolate->kept_count = MIN(isolate->kept_count, count);
  isolate->has_scope = scope & 1;
}
