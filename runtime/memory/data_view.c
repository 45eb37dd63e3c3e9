// SPDX-License-Identifier: MIT
// DataView and DataView.prototype (ECMA-262 25.3). The twelve getters and setters are one function each; magic is the
// element type.
// Tests: tests/js/memory/data_view.js
#include "runtime/memory/array_buffer_internal.h"

// Checks the constructor's offset and length against the buffer as it is now.
static bool check_range(Isolate *iso, const JSArrayBuffer *b, u64 offset, Value length_argument, u64 *length, bool *tracking) {
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, "DataView");
  u64 bytes = array_buffer_byte_length(b);
  if (offset > bytes) return THROW(iso, INVALID_OFFSET, error_text_of_value(iso, value_from_i64((i64)offset)));
  *tracking = false;
  if (value_is_undefined(length_argument)) {
    *tracking = b->flags & BUFFER_RESIZABLE;
    *length = *tracking ? 0 : bytes - offset;
  } else {
    TRY(to_index(iso, length_argument, length));
    if (*length > bytes || offset > bytes - *length) {
      return THROW(iso, INVALID_DATA_VIEW_LENGTH, error_text_of_value(iso, value_from_i64((i64)*length)));
    }
  }
  return true;
}

static Value data_view_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "DataView");
  if (!value_is_any_buffer(call_arg(call, 0))) return THROW(iso, DATA_VIEW_NOT_BUFFER);
  JSArrayBuffer *b = (JSArrayBuffer *)value_object(call->args[0]);
  u64 offset, length;
  bool tracking;
  TRY(to_index(iso, call_arg(call, 1), &offset));
  TRY(check_range(iso, b, offset, call_arg(call, 2), &length, &tracking));
  JSDataView *v =
      TRY((JSDataView *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_DATA_VIEW_PROTOTYPE, KIND_DATA_VIEW));
  // The getter of the prototype may have resized or detached the buffer.
  Value fixed = value_is_undefined(call_arg(call, 2)) ? VALUE_UNDEFINED : value_from_i64((i64)length);
  u64 unused;
  bool unused_tracking;
  TRY(check_range(iso, b, offset, fixed, &unused, &unused_tracking));
  ref_set(iso, v, &v->buffer, b);
  v->byte_offset = offset;
  v->byte_length = length;
  v->length_tracking = tracking;
  return value_from_object(v);
}

static JSDataView *this_view(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_kind(call->this_value, KIND_DATA_VIEW))) return (JSDataView *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

// Its byte length, or TypeError when it is out of bounds.
static bool view_length(Isolate *iso, const JSDataView *v, const char *method, u64 *length) {
  bool out_of_bounds;
  *length = data_view_byte_length(v, &out_of_bounds);
  if (!out_of_bounds) return true;
  return THROW(iso, DATA_VIEW_OUT_OF_BOUNDS, method);
}

static Value data_view_get_buffer(Isolate *iso, const Call *call) {
  JSDataView *v = TRY(this_view(iso, call, "get DataView.prototype.buffer"));
  return value_from_object(ref_get(v->buffer));
}

static Value data_view_get_byte_length(Isolate *iso, const Call *call) {
  JSDataView *v = TRY(this_view(iso, call, "get DataView.prototype.byteLength"));
  u64 length;
  TRY(view_length(iso, v, "get DataView.prototype.byteLength", &length));
  return value_from_i64((i64)length);
}

static Value data_view_get_byte_offset(Isolate *iso, const Call *call) {
  JSDataView *v = TRY(this_view(iso, call, "get DataView.prototype.byteOffset"));
  u64 length;
  TRY(view_length(iso, v, "get DataView.prototype.byteOffset", &length));
  return value_from_i64((i64)v->byte_offset);
}

// ---- Reading and writing ----

static const char *const getter_names[] = {
#define ELEMENT(NAME, Name, ctype, size) [TYPED_##NAME] = "DataView.prototype.get" #Name,
#include "vm/element_types.def"
#undef ELEMENT
};
static const char *const setter_names[] = {
#define ELEMENT(NAME, Name, ctype, size) [TYPED_##NAME] = "DataView.prototype.set" #Name,
#include "vm/element_types.def"
#undef ELEMENT
};

// Where the element at `index` is; NULL: thrown.
static u8 *element_place(Isolate *iso, const JSDataView *v, u64 index, u32 size, const char *method) {
  u64 length;
  TRY(view_length(iso, v, method, &length));
  if (index > length || size > length - index) return THROW(iso, INVALID_DATA_VIEW_OFFSET);
  return ref_get(v->buffer)->store->data + v->byte_offset + index;
}

// The place of an element whose index is an int32 within a view of fixed length; NULL: ask the long way.
static ALWAYS_INLINE u8 *fast_place(const Call *call, u32 size) {
  if (!value_is_kind(call->this_value, KIND_DATA_VIEW) || !value_is_int(call_arg(call, 0))) return NULL;
  const JSDataView *v = (const JSDataView *)value_object(call->this_value);
  const JSArrayBuffer *b = ref_get(v->buffer);
  if (v->length_tracking || b->flags) return NULL;
  u32 index = (u32)value_int(call->args[0]); // a negative one is too large
  if (v->byte_length < size || index > v->byte_length - size) return NULL;
  return b->store->data + v->byte_offset + index;
}

static Value data_view_get(Isolate *iso, const Call *call) { // GetViewValue
  const u8 *fast = fast_place(call, element_size(native_magic(call)));
  if (LIKELY(fast != NULL)) return raw_bytes_to_value(iso, native_magic(call), fast, to_boolean(iso, call_arg(call, 1)));
  u32 type = native_magic(call), size = element_size(type);
  JSDataView *v = TRY(this_view(iso, call, getter_names[type]));
  u64 index;
  u8 bytes[8];
  TRY(to_index(iso, call_arg(call, 0), &index));
  bool little_endian = to_boolean(iso, call_arg(call, 1));
  const u8 *place = TRY(element_place(iso, v, index, size, getter_names[type]));
  memory_copy(bytes, place, size, array_buffer_is_shared(ref_get(v->buffer)));
  return raw_bytes_to_value(iso, type, bytes, little_endian);
}

static Value data_view_set(Isolate *iso, const Call *call) { // SetViewValue
  u8 *fast = fast_place(call, element_size(native_magic(call)));
  if (LIKELY(fast != NULL) && value_is_number(call_arg(call, 1)) && !element_type_is_bigint(native_magic(call))) {
    value_to_raw_bytes(native_magic(call), call->args[1], fast, to_boolean(iso, call_arg(call, 2)));
    return VALUE_UNDEFINED;
  }
  u32 type = native_magic(call), size = element_size(type);
  JSDataView *v = TRY(this_view(iso, call, setter_names[type]));
  if (ref_get(v->buffer)->flags & BUFFER_IMMUTABLE) return throw_incompatible(iso, setter_names[type], call->this_value);
  u64 index;
  u8 bytes[8];
  TRY(to_index(iso, call_arg(call, 0), &index));
  Value numeric = TRY(typed_array_to_element(iso, type, call_arg(call, 1)));
  bool little_endian = to_boolean(iso, call_arg(call, 2));
  u8 *place = TRY(element_place(iso, v, index, size, setter_names[type]));
  value_to_raw_bytes(type, numeric, bytes, little_endian);
  memory_copy(place, bytes, size, array_buffer_is_shared(ref_get(v->buffer)));
  return VALUE_UNDEFINED;
}

// ---- Tables ----

#define GET_SET(Name, NAME) \
  METHOD_MAGIC(get##Name, data_view_get, 1, TYPED_##NAME), METHOD_MAGIC(set##Name, data_view_set, 2, TYPED_##NAME)

static const BuiltinProperty data_view_properties[0];

static const BuiltinProperty data_view_prototype_properties[] = {
    GETTER(buffer, data_view_get_buffer),
    GETTER(byteLength, data_view_get_byte_length),
    GETTER(byteOffset, data_view_get_byte_offset),
    GET_SET(Int8, INT8),
    GET_SET(Uint8, UINT8),
    GET_SET(Int16, INT16),
    GET_SET(Uint16, UINT16),
    GET_SET(Int32, INT32),
    GET_SET(Uint32, UINT32),
    GET_SET(Float16, FLOAT16),
    GET_SET(Float32, FLOAT32),
    GET_SET(Float64, FLOAT64),
    GET_SET(BigInt64, BIG_INT64),
    GET_SET(BigUint64, BIG_UINT64),
    STRING_TAG(DataView),
};

const BuiltinObject builtin_data_view =
    BUILTIN_CLASS(DataView, data_view_constructor, 1, INTRINSIC_DATA_VIEW_PROTOTYPE, data_view_properties);
const BuiltinObject builtin_data_view_prototype = BUILTIN_PROTOTYPE(INTRINSIC_DATA_VIEW, data_view_prototype_properties);
