// SPDX-License-Identifier: MIT
// SharedArrayBuffer and its prototype (ECMA-262 25.2). Other threads see the same memory: it is copied through
// vm/memory_access.h, and its length only grows.
// Tests: tests/js/memory/shared_array_buffer.js
#include "runtime/memory/array_buffer_internal.h"

static Value shared_array_buffer_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "SharedArrayBuffer");
  u64 length, max;
  bool has_max;
  TRY(to_index(iso, call_arg(call, 0), &length));
  TRY(max_byte_length_option(iso, call_arg(call, 1), &has_max, &max));
  return value_from_object(allocate_shared_array_buffer(iso, call->new_target, length, has_max ? &max : NULL));
}

static Value shared_array_buffer_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

static JSArrayBuffer *this_buffer(Isolate *iso, const Call *call, const char *method) {
  if (value_is_kind(call->this_value, KIND_SHARED_ARRAY_BUFFER)) return (JSArrayBuffer *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static Value shared_array_buffer_get_byte_length(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get SharedArrayBuffer.prototype.byteLength"));
  return value_from_i64((i64)array_buffer_byte_length(b));
}

static Value shared_array_buffer_get_max_byte_length(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get SharedArrayBuffer.prototype.maxByteLength"));
  return value_from_i64((i64)(b->flags & BUFFER_RESIZABLE ? b->store->max_byte_length : array_buffer_byte_length(b)));
}

static Value shared_array_buffer_get_growable(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get SharedArrayBuffer.prototype.growable"));
  return value_from_bool(b->flags & BUFFER_RESIZABLE);
}

static Value shared_array_buffer_grow(Isolate *iso, const Call *call) {
  const char *method = "SharedArrayBuffer.prototype.grow";
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  u64 length;
  if (!(b->flags & BUFFER_RESIZABLE)) return throw_incompatible(iso, method, call->this_value);
  TRY(to_index(iso, call_arg(call, 0), &length));
  if (!array_buffer_resize(iso, b, length)) {
    (void)isolate_take_exception(iso);
    return THROW(iso, SHARED_GROW_LENGTH);
  }
  return VALUE_UNDEFINED;
}

static Value shared_array_buffer_slice(Isolate *iso, const Call *call) {
  const char *method = "SharedArrayBuffer.prototype.slice";
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  u64 length = array_buffer_byte_length(b), first, last;
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &first));
  TRY(to_relative_index(iso, call_arg(call, 1), length, length, &last));
  u64 count = last > first ? last - first : 0;
  Value constructor = TRY(species_constructor(iso, &b->object, intrinsic(iso, INTRINSIC_SHARED_ARRAY_BUFFER)));
  JSArrayBuffer *result = TRY(slice_target(iso, b, constructor, count, method));
  // Another object may stand for the same memory.
  if (result->store == b->store) return THROW(iso, TYPE, "SharedArrayBuffer subclass returned this from species constructor");
  memory_copy_shared(result->store->data, b->store->data + first, count);
  return value_from_object(result);
}

static const BuiltinProperty shared_array_buffer_properties[] = {
    GETTER_SYM(species, shared_array_buffer_get_species),
};

static const BuiltinProperty shared_array_buffer_prototype_properties[] = {
    GETTER(byteLength, shared_array_buffer_get_byte_length),
    METHOD(slice, shared_array_buffer_slice, 2),
    GETTER(maxByteLength, shared_array_buffer_get_max_byte_length),
    GETTER(growable, shared_array_buffer_get_growable),
    METHOD(grow, shared_array_buffer_grow, 1),
    STRING_TAG(SharedArrayBuffer),
};

const BuiltinObject builtin_shared_array_buffer = BUILTIN_CLASS(
    SharedArrayBuffer, shared_array_buffer_constructor, 1, INTRINSIC_SHARED_ARRAY_BUFFER_PROTOTYPE, shared_array_buffer_properties);
const BuiltinObject builtin_shared_array_buffer_prototype =
    BUILTIN_PROTOTYPE(INTRINSIC_SHARED_ARRAY_BUFFER, shared_array_buffer_prototype_properties);
