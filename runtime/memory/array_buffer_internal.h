// SPDX-License-Identifier: MIT
// What ArrayBuffer, SharedArrayBuffer and the views share.
#ifndef WEFT_RUNTIME_MEMORY_ARRAY_BUFFER_INTERNAL_H
#define WEFT_RUNTIME_MEMORY_ARRAY_BUFFER_INTERNAL_H

#include "runtime/support.h"
#include "vm/memory_access.h"

// The maxByteLength option: *has tells whether there is one. Runs JS.
MUST_CHECK bool max_byte_length_option(Isolate *iso, Value options, bool *has, u64 *max);
// `new Constructor(length)` for slice: of the right kind (shared or not), another one than `of`, and long enough. Runs JS.
MUST_CHECK JSArrayBuffer *slice_target(Isolate *iso, JSArrayBuffer *of, Value constructor, u64 length, const char *method);
static inline bool value_is_any_buffer(Value v) {
  return value_is_kind(v, KIND_ARRAY_BUFFER) || value_is_kind(v, KIND_SHARED_ARRAY_BUFFER);
}

#endif
