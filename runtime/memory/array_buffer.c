// SPDX-License-Identifier: MIT
// ArrayBuffer and ArrayBuffer.prototype (ECMA-262 25.1). Layout and core algorithms are vm/buffer.c.
// Tests: tests/js/memory/array_buffer*.js
#include "runtime/memory/array_buffer_internal.h"

bool max_byte_length_option(Isolate *iso, Value options, bool *has, u64 *max) {
  *has = false;
  if (!value_is_object(options)) return true;
  Value v = TRY(obj_get(iso, value_object(options), ATOM(maxByteLength)));
  if (value_is_undefined(v)) return true;
  *has = true;
  return to_index(iso, v, max);
}

static Value array_buffer_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "ArrayBuffer");
  u64 length, max;
  bool has_max;
  TRY(to_index(iso, call_arg(call, 0), &length));
  TRY(max_byte_length_option(iso, call_arg(call, 1), &has_max, &max));
  return value_from_object(allocate_array_buffer(iso, call->new_target, length, has_max ? &max : NULL));
}

static Value array_buffer_is_view(Isolate *iso, const Call *call) {
  (void)iso;
  Value v = call_arg(call, 0);
  return value_from_bool(value_is_kind(v, KIND_TYPED_ARRAY) || value_is_kind(v, KIND_DATA_VIEW));
}

static Value array_buffer_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- Accessors ----

static JSArrayBuffer *this_buffer(Isolate *iso, const Call *call, const char *method) {
  if (value_is_kind(call->this_value, KIND_ARRAY_BUFFER)) return (JSArrayBuffer *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static Value array_buffer_get_byte_length(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get ArrayBuffer.prototype.byteLength"));
  return value_from_i64((i64)array_buffer_byte_length(b));
}

static Value array_buffer_get_max_byte_length(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get ArrayBuffer.prototype.maxByteLength"));
  if (array_buffer_is_detached(b)) return value_from_int(0);
  return value_from_i64((i64)(b->flags & BUFFER_RESIZABLE ? b->store->max_byte_length : array_buffer_byte_length(b)));
}

static Value array_buffer_get_resizable(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get ArrayBuffer.prototype.resizable"));
  return value_from_bool(b->flags & BUFFER_RESIZABLE);
}

static Value array_buffer_get_immutable(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get ArrayBuffer.prototype.immutable"));
  return value_from_bool(b->flags & BUFFER_IMMUTABLE);
}

static Value array_buffer_get_detached(Isolate *iso, const Call *call) {
  JSArrayBuffer *b = TRY(this_buffer(iso, call, "get ArrayBuffer.prototype.detached"));
  return value_from_bool(array_buffer_is_detached(b));
}

// ---- resize, slice, transfer ----

static Value array_buffer_resize_method(Isolate *iso, const Call *call) {
  const char *method = "ArrayBuffer.prototype.resize";
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  u64 length;
  if (!(b->flags & BUFFER_RESIZABLE)) return throw_incompatible(iso, method, call->this_value);
  TRY(to_index(iso, call_arg(call, 0), &length));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  TRY(array_buffer_resize(iso, b, length));
  return VALUE_UNDEFINED;
}

JSArrayBuffer *slice_target(Isolate *iso, JSArrayBuffer *of, Value constructor, u64 length, const char *method) {
  Value argument = value_from_i64((i64)length);
  Value made = TRY(construct(iso, constructor, 1, &argument, constructor));
  if (!value_is_kind(made, of->object.cell.kind)) return throw_incompatible(iso, method, made);
  JSArrayBuffer *b = (JSArrayBuffer *)value_object(made);
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  if (b == of) return THROW(iso, TYPE, "ArrayBuffer subclass returned this from species constructor");
  if (b->flags & BUFFER_IMMUTABLE) return throw_incompatible(iso, method, made);
  if (array_buffer_byte_length(b) < length) return THROW(iso, TYPE, "Species constructor returned a too small ArrayBuffer");
  return b;
}

static Value array_buffer_slice(Isolate *iso, const Call *call) {
  const char *method = "ArrayBuffer.prototype.slice";
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  u64 length = array_buffer_byte_length(b), first, last;
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &first));
  TRY(to_relative_index(iso, call_arg(call, 1), length, length, &last));
  u64 count = last > first ? last - first : 0;
  Value constructor = TRY(species_constructor(iso, &b->object, intrinsic(iso, INTRINSIC_ARRAY_BUFFER)));
  JSArrayBuffer *result = TRY(slice_target(iso, b, constructor, count, method));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  u64 now = array_buffer_byte_length(b);
  if (first < now) memcpy(result->store->data, b->store->data + first, MIN(count, now - first));
  return value_from_object(result);
}

// The memory of b under a new object; b's own is gone. Reuses the store unless its size or nature changes.
static JSArrayBuffer *move_buffer(Isolate *iso, JSArrayBuffer *b, u64 length, bool resizable) {
  bool was_resizable = b->flags & BUFFER_RESIZABLE;
  u64 max = b->store->max_byte_length;
  if (resizable && was_resizable && length <= max) {
    BackingStore *store = array_buffer_take_store(iso, b);
    (void)backing_store_resize(store, length);
    return array_buffer_from_store(iso, store);
  }
  if (!was_resizable && length == b->byte_length) return array_buffer_from_store(iso, array_buffer_take_store(iso, b));
  JSArrayBuffer *to = TRY(allocate_array_buffer(iso, VALUE_UNDEFINED, length, resizable && was_resizable ? &max : NULL));
  u64 copied = MIN(length, array_buffer_byte_length(b));
  if (copied) memcpy(to->store->data, b->store->data, copied);
  backing_store_release(array_buffer_take_store(iso, b));
  return to;
}

static Value transfer(Isolate *iso, const Call *call, const char *method, bool preserve) { // ArrayBufferCopyAndDetach
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  u64 length = array_buffer_byte_length(b);
  if (!value_is_undefined(call_arg(call, 0))) TRY(to_index(iso, call->args[0], &length));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  if (b->flags & BUFFER_IMMUTABLE || slot_get(&b->detach_key) != VALUE_UNDEFINED)
    return throw_incompatible(iso, method, call->this_value);
  return value_from_object(move_buffer(iso, b, length, preserve));
}

static Value array_buffer_transfer(Isolate *iso, const Call *call) {
  return transfer(iso, call, "ArrayBuffer.prototype.transfer", true);
}

static Value array_buffer_transfer_to_fixed_length(Isolate *iso, const Call *call) {
  return transfer(iso, call, "ArrayBuffer.prototype.transferToFixedLength", false);
}

static Value array_buffer_transfer_to_immutable(Isolate *iso, const Call *call) {
  Value v = TRY(transfer(iso, call, "ArrayBuffer.prototype.transferToImmutable", false));
  ((JSArrayBuffer *)value_object(v))->flags |= BUFFER_IMMUTABLE;
  return v;
}

static Value array_buffer_slice_to_immutable(Isolate *iso, const Call *call) {
  const char *method = "ArrayBuffer.prototype.sliceToImmutable";
  JSArrayBuffer *b = TRY(this_buffer(iso, call, method));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  u64 length = array_buffer_byte_length(b), first, last;
  TRY(to_relative_index(iso, call_arg(call, 0), length, 0, &first));
  TRY(to_relative_index(iso, call_arg(call, 1), length, length, &last));
  u64 count = last > first ? last - first : 0;
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, method);
  if (array_buffer_byte_length(b) < last) return THROW(iso, INVALID_ARRAY_BUFFER_LENGTH);
  JSArrayBuffer *result = TRY(allocate_array_buffer(iso, VALUE_UNDEFINED, count, NULL));
  if (count) memcpy(result->store->data, b->store->data + first, count);
  result->flags |= BUFFER_IMMUTABLE;
  return value_from_object(result);
}

// ---- Tables ----

static const BuiltinProperty array_buffer_properties[] = {
    METHOD(isView, array_buffer_is_view, 1),
    GETTER_SYM(species, array_buffer_get_species),
};

static const BuiltinProperty array_buffer_prototype_properties[] = {
    GETTER(byteLength, array_buffer_get_byte_length),
    METHOD(slice, array_buffer_slice, 2),
    GETTER(maxByteLength, array_buffer_get_max_byte_length),
    GETTER(resizable, array_buffer_get_resizable),
    METHOD(resize, array_buffer_resize_method, 1),
    METHOD(transfer, array_buffer_transfer, 0),
    METHOD(transferToFixedLength, array_buffer_transfer_to_fixed_length, 0),
    GETTER(detached, array_buffer_get_detached),
    GETTER(immutable, array_buffer_get_immutable),
    METHOD(sliceToImmutable, array_buffer_slice_to_immutable, 2),
    METHOD(transferToImmutable, array_buffer_transfer_to_immutable, 0),
    STRING_TAG(ArrayBuffer),
};

const BuiltinObject builtin_array_buffer =
    BUILTIN_CLASS(ArrayBuffer, array_buffer_constructor, 1, INTRINSIC_ARRAY_BUFFER_PROTOTYPE, array_buffer_properties);
const BuiltinObject builtin_array_buffer_prototype = BUILTIN_PROTOTYPE(INTRINSIC_ARRAY_BUFFER, array_buffer_prototype_properties);
