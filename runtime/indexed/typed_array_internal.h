// SPDX-License-Identifier: MIT
// What the files of %TypedArray% share. Any step that runs JS may detach or resize the buffer: lengths are asked again after it.
#ifndef WEFT_RUNTIME_INDEXED_TYPED_ARRAY_INTERNAL_H
#define WEFT_RUNTIME_INDEXED_TYPED_ARRAY_INTERNAL_H

#include "runtime/indexed/typed_array.h"
#include "runtime/support.h"
#include "vm/memory_access.h"

enum { POLL_MASK = 1023 };
#define POLL(iso, i) \
  do { \
    if (UNLIKELY(((i)&POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso)); \
  } while (0)

static inline bool has_bigint_content(const JSTypedArray *t) { return element_type_is_bigint(t->element_type); }

// ValidateTypedArray(this) and its length.
MUST_CHECK JSTypedArray *this_typed_array(Isolate *iso, const Call *call, const char *method, u64 *length);
// Length now, after JS has run; TypeError when it went out of bounds.
MUST_CHECK bool length_again(Isolate *iso, const JSTypedArray *t, const char *method, u64 *length);
// Get(t, i): undefined beyond the end. May allocate; no JS.
MUST_CHECK static inline Value element_get(Isolate *iso, const JSTypedArray *t, u64 i) {
  if (i >= t->fast_length && i >= typed_array_length(t, NULL)) return VALUE_UNDEFINED;
  return typed_array_get_element(iso, t, i);
}
// Set(t, i, v, true), and TypedArraySetElement: converts first; nothing happens beyond the end. Runs JS.
MUST_CHECK bool element_set(Isolate *iso, JSTypedArray *t, u64 i, Value v);

// TypedArrayCreateFromConstructor with a length. Runs JS.
MUST_CHECK JSTypedArray *create_with_length(Isolate *iso, Value constructor, u64 length, const char *method);
// TypedArraySpeciesCreate with a length, or with arguments for a view of a buffer. Runs JS.
MUST_CHECK JSTypedArray *species_create_with_length(Isolate *iso, JSTypedArray *exemplar, u64 length, const char *method);
MUST_CHECK JSTypedArray *species_create(Isolate *iso, JSTypedArray *exemplar, u32 argc, const Value *args, const char *method);
// SpeciesConstructor would find the element type's own constructor without anybody noticing. No JS.
bool species_is_standard(Isolate *iso, const JSTypedArray *exemplar);
// Copies `count` elements, converted where the types differ; bigint and number kinds are not mixed. Ranges may overlap.
MUST_CHECK bool copy_elements(Isolate *iso, JSTypedArray *to, u64 to_index, JSTypedArray *from, u64 from_index, u64 count);

Value typed_array_at(Isolate *iso, const Call *call); // typed_array_methods.c
Value typed_array_copy_within(Isolate *iso, const Call *call);
Value typed_array_entries(Isolate *iso, const Call *call);
Value typed_array_fill(Isolate *iso, const Call *call);
Value typed_array_includes(Isolate *iso, const Call *call);
Value typed_array_index_of(Isolate *iso, const Call *call);
Value typed_array_join(Isolate *iso, const Call *call);
Value typed_array_keys(Isolate *iso, const Call *call);
Value typed_array_last_index_of(Isolate *iso, const Call *call);
Value typed_array_reverse(Isolate *iso, const Call *call);
Value typed_array_set_method(Isolate *iso, const Call *call);
Value typed_array_slice(Isolate *iso, const Call *call);
Value typed_array_sort(Isolate *iso, const Call *call);
Value typed_array_subarray(Isolate *iso, const Call *call);
Value typed_array_to_locale_string(Isolate *iso, const Call *call);
Value typed_array_to_reversed(Isolate *iso, const Call *call);
Value typed_array_to_sorted(Isolate *iso, const Call *call);
Value typed_array_values(Isolate *iso, const Call *call);
Value typed_array_with(Isolate *iso, const Call *call);

Value typed_array_every(Isolate *iso, const Call *call); // typed_array_iterate.c
Value typed_array_filter(Isolate *iso, const Call *call);
Value typed_array_find(Isolate *iso, const Call *call);
Value typed_array_find_index(Isolate *iso, const Call *call);
Value typed_array_find_last(Isolate *iso, const Call *call);
Value typed_array_find_last_index(Isolate *iso, const Call *call);
Value typed_array_for_each(Isolate *iso, const Call *call);
Value typed_array_map(Isolate *iso, const Call *call);
Value typed_array_reduce(Isolate *iso, const Call *call);
Value typed_array_reduce_right(Isolate *iso, const Call *call);
Value typed_array_some(Isolate *iso, const Call *call);

Value uint8_array_from_base64(Isolate *iso, const Call *call); // uint8_base64.c
Value uint8_array_from_hex(Isolate *iso, const Call *call);
Value uint8_array_set_from_base64(Isolate *iso, const Call *call);
Value uint8_array_set_from_hex(Isolate *iso, const Call *call);
Value uint8_array_to_base64(Isolate *iso, const Call *call);
Value uint8_array_to_hex(Isolate *iso, const Call *call);

#endif
