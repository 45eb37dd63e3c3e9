// SPDX-License-Identifier: MIT
// Typed arrays (ECMA-262 10.4.5, 23.2): elements of the twelve types, lengths that follow a buffer, and the exotic internal
// methods. `data` and `fast_length` are a cache for the interpreter; what is true follows from the buffer.
// Memory that other threads may write is only touched through vm/memory_access.h, which costs nothing elsewhere.
// Tests: tests/unit/vm/test_buffer.c, tests/js/memory/.
#include "vm/buffer.h"

#include "base/bytes.h"
#include "base/float16.h"
#include "vm/bigint.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/memory_access.h"
#include "vm/operators.h"

static const u8 element_sizes[] = {
#define ELEMENT(NAME, Name, ctype, size) size,
#include "vm/element_types.def"
#undef ELEMENT
};
static const char *const element_names[] = {
#define ELEMENT(NAME, Name, ctype, size) #Name "Array",
#include "vm/element_types.def"
#undef ELEMENT
};

u32 element_size(u32 element_type) { return element_sizes[element_type]; }
const char *element_type_name(u32 element_type) { return element_names[element_type]; }
bool element_type_is_bigint(u32 element_type) { return element_type == TYPED_BIG_INT64 || element_type == TYPED_BIG_UINT64; }

// ---- Length ----

u64 typed_array_length(const JSTypedArray *t, bool *out_of_bounds) {
  const JSArrayBuffer *b = ref_get(t->buffer);
  u64 bytes = array_buffer_byte_length(b);
  u32 size = element_sizes[t->element_type];
  bool out = array_buffer_is_detached(b) || t->byte_offset > bytes;
  if (!out && !t->length_tracking) out = t->array_length * size > bytes - t->byte_offset;
  if (out_of_bounds) *out_of_bounds = out;
  if (out) return 0;
  return t->length_tracking ? (bytes - t->byte_offset) / size : t->array_length;
}

u8 *typed_array_data(const JSTypedArray *t) {
  const JSArrayBuffer *b = ref_get(t->buffer);
  return b->store ? b->store->data + t->byte_offset : NULL;
}

u64 data_view_byte_length(const JSDataView *v, bool *out_of_bounds) {
  const JSArrayBuffer *b = ref_get(v->buffer);
  u64 bytes = array_buffer_byte_length(b);
  bool out = array_buffer_is_detached(b) || v->byte_offset > bytes;
  if (!out && !v->length_tracking) out = v->byte_length > bytes - v->byte_offset;
  if (out_of_bounds) *out_of_bounds = out;
  if (out) return 0;
  return v->length_tracking ? bytes - v->byte_offset : v->byte_length;
}

void typed_array_update(JSTypedArray *t) {
  t->data = typed_array_data(t);
  bool immutable = ref_get(t->buffer)->flags & BUFFER_IMMUTABLE;
  t->fast_length = t->length_tracking || immutable ? 0 : typed_array_length(t, NULL);
}

static JSTypedArray *make_view(Isolate *iso, u32 element_type, Value proto, JSArrayBuffer *buffer, u64 byte_offset, u64 length,
                               bool length_tracking) {
  JSTypedArray *t = TRY((JSTypedArray *)obj_new_kind(iso, KIND_TYPED_ARRAY, proto));
  t->element_type = (u8)element_type;
  t->byte_offset = byte_offset;
  t->array_length = length_tracking ? 0 : length;
  t->length_tracking = length_tracking;
  ref_set(iso, t, &t->buffer, buffer);
  typed_array_update(t);
  return t;
}

JSTypedArray *typed_array_new(Isolate *iso, u32 element_type, Value proto, JSArrayBuffer *buffer, u64 byte_offset, u64 length,
                              bool length_tracking) {
  JSTypedArray *t = TRY(make_view(iso, element_type, proto, buffer, byte_offset, length, length_tracking));
  TRY(array_buffer_add_view(iso, buffer, t));
  return t;
}

JSTypedArray *typed_array_allocate(Isolate *iso, u32 element_type, Value proto, u64 length) {
  JSArrayBuffer *b = TRY(allocate_array_buffer(iso, VALUE_UNDEFINED, length * element_sizes[element_type], NULL));
  JSTypedArray *t = TRY(make_view(iso, element_type, proto, b, 0, length, false));
  ref_set(iso, b, &b->own_view, t);
  return t;
}

JSTypedArray *typed_array_validate(Isolate *iso, Value v, const char *method) {
  if (!value_is_kind(v, KIND_TYPED_ARRAY)) return THROW(iso, NOT_TYPED_ARRAY);
  JSTypedArray *t = (JSTypedArray *)value_object(v);
  bool out_of_bounds;
  (void)typed_array_length(t, &out_of_bounds);
  if (out_of_bounds) return THROW(iso, DETACHED_OPERATION, method);
  return t;
}

// ---- Elements ----

Value typed_array_to_element(Isolate *iso, u32 element_type, Value v) {
  if (!element_type_is_bigint(element_type)) return to_number(iso, v);
  return value_from_cell(TRY(to_bigint(iso, v)));
}

static u8 clamp_to_u8(double d) {
  if (!(d > 0)) return 0;
  if (d >= 255) return 255;
  u8 floor = (u8)d;
  double rest = d - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return (u8)(floor + 1);
  return floor & 1 ? (u8)(floor + 1) : floor;
}

static i32 number_to_int32(Value v) { return value_is_int(v) ? value_int(v) : double_to_int32(value_double(v)); }

static Value value_of_bits(Isolate *iso, u32 element_type, u64 bits) {
  switch (element_type) {
  case TYPED_INT8: return value_from_int((i8)bits);
  case TYPED_UINT8:
  case TYPED_UINT8_CLAMPED: return value_from_int((u8)bits);
  case TYPED_INT16: return value_from_int((i16)bits);
  case TYPED_UINT16: return value_from_int((u16)bits);
  case TYPED_INT32: return value_from_int((i32)bits);
  case TYPED_UINT32: return value_from_u32((u32)bits);
  case TYPED_BIG_INT64: return value_from_cell(TRY(bigint_from_i64(iso, (i64)bits)));
  case TYPED_BIG_UINT64: return value_from_cell(TRY(bigint_from_u64(iso, bits)));
  case TYPED_FLOAT16: return value_from_untrusted_double(float16_to_double((u16)bits));
  case TYPED_FLOAT32: {
    u32 low = (u32)bits;
    float f;
    memcpy(&f, &low, 4);
    return value_from_untrusted_double(f);
  }
  default: {
    double d;
    memcpy(&d, &bits, 8);
    return value_from_untrusted_double(d);
  }
  }
}

static u64 bits_of_value(u32 element_type, Value numeric) {
  switch (element_type) {
  case TYPED_UINT8_CLAMPED: return clamp_to_u8(value_number(numeric));
  case TYPED_BIG_INT64:
  case TYPED_BIG_UINT64: return bigint_to_u64(value_bigint(numeric));
  case TYPED_FLOAT16: return float16_from_double(value_number(numeric));
  case TYPED_FLOAT32: {
    float f = (float)value_number(numeric);
    u32 bits;
    memcpy(&bits, &f, 4);
    return bits;
  }
  case TYPED_FLOAT64: {
    double d = value_number(numeric);
    u64 bits;
    memcpy(&bits, &d, 8);
    return bits;
  }
  default: return (u32)number_to_int32(numeric); // the low bytes count
  }
}

Value typed_array_get_element(Isolate *iso, const JSTypedArray *t, u64 index) {
  u32 size = element_sizes[t->element_type];
  const u8 *p = typed_array_data(t) + index * size;
  u64 bits = size == 1 ? memory_load8(p) : size == 2 ? memory_load16(p) : size == 4 ? memory_load32(p) : memory_load64(p);
  return value_of_bits(iso, t->element_type, bits);
}

void typed_array_set_element(JSTypedArray *t, u64 index, Value numeric) {
  u32 size = element_sizes[t->element_type];
  u8 *p = typed_array_data(t) + index * size;
  u64 bits = bits_of_value(t->element_type, numeric);
  switch (size) {
  case 1: memory_store8(p, (u8)bits); break;
  case 2: memory_store16(p, (u16)bits); break;
  case 4: memory_store32(p, (u32)bits); break;
  default: memory_store64(p, bits);
  }
}

Value raw_bytes_to_value(Isolate *iso, u32 element_type, const u8 *bytes, bool little_endian) {
  u64 bits;
  switch (element_sizes[element_type]) {
  case 1: bits = bytes[0]; break;
  case 2: bits = little_endian ? bytes_load_le16(bytes) : bytes_load_be16(bytes); break;
  case 4: bits = little_endian ? bytes_load_le32(bytes) : bytes_load_be32(bytes); break;
  default: bits = little_endian ? bytes_load_le64(bytes) : bytes_load_be64(bytes);
  }
  return value_of_bits(iso, element_type, bits);
}

void value_to_raw_bytes(u32 element_type, Value numeric, u8 *bytes, bool little_endian) {
  u64 bits = bits_of_value(element_type, numeric);
  switch (element_sizes[element_type]) {
  case 1: bytes[0] = (u8)bits; break;
  case 2:
    if (little_endian) bytes_store_le16(bytes, (u16)bits);
    else bytes_store_be16(bytes, (u16)bits);
    break;
  case 4:
    if (little_endian) bytes_store_le32(bytes, (u32)bits);
    else bytes_store_be32(bytes, (u32)bits);
    break;
  default:
    if (little_endian) bytes_store_le64(bytes, bits);
    else bytes_store_be64(bytes, bits);
  }
}

// ---- Exotic internal methods (10.4.5). A key that is a canonical number names an element or nothing. ----

static bool is_numeric_key(Isolate *iso, PropertyKey key, double *d) {
  if (key_is_index(key)) {
    *d = key_index(key);
    return true;
  }
  return !key_is_symbol(key) && canonical_numeric_index(iso, key, d);
}

static bool is_valid_index(const JSTypedArray *t, double d, u64 *index) { // IsValidIntegerIndex
  if (!(d >= 0) || __builtin_signbit(d) || d >= 0x1p53 || d != (double)(u64)d) return false;
  *index = (u64)d;
  return *index < typed_array_length(t, NULL);
}

static bool is_immutable(const JSTypedArray *t) { return ref_get(t->buffer)->flags & BUFFER_IMMUTABLE; }

static bool set_numeric(Isolate *iso, JSTypedArray *t, double d, Value v) { // TypedArraySetElement
  u64 index;
  Value numeric = TRY(typed_array_to_element(iso, t->element_type, v));
  if (is_valid_index(t, d, &index)) typed_array_set_element(t, index, numeric);
  return true;
}

static Tri typed_array_prevent_extensions(Isolate *iso, JSObject *o) {
  const JSTypedArray *t = (JSTypedArray *)o;
  const JSArrayBuffer *b = ref_get(t->buffer);
  if (t->length_tracking || (b->flags & BUFFER_RESIZABLE && !(b->flags & BUFFER_SHARED))) return TRI_NO;
  return ordinary_prevent_extensions(iso, o);
}

static Tri typed_array_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_get_own_property(iso, o, key, desc);
  const JSTypedArray *t = (JSTypedArray *)o;
  if (!is_valid_index(t, d, &index)) return TRI_NO;
  Value v = TRY(typed_array_get_element(iso, t, index));
  u8 attrs = is_immutable(t) ? ATTR_ENUMERABLE : ATTR_ALL;
  *desc = (PropertyDescriptor){.value = v, .attrs = attrs, .has = HAS_ALL_DATA};
  return TRI_YES;
}

static bool lacks(const PropertyDescriptor *desc, u8 has, u8 attr) { return desc->has & has && !(desc->attrs & attr); }

static Tri typed_array_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_define_own_property(iso, o, key, desc);
  JSTypedArray *t = (JSTypedArray *)o;
  if (!is_valid_index(t, d, &index)) return TRI_NO;
  if (is_immutable(t)) {
    PropertyDescriptor current;
    Tri found = TRY(typed_array_get_own_property(iso, o, key, &current));
    return validate_and_apply_property_descriptor(iso, NULL, key, false, desc, found, &current);
  }
  if (lacks(desc, HAS_CONFIGURABLE, ATTR_CONFIGURABLE) || lacks(desc, HAS_ENUMERABLE, ATTR_ENUMERABLE) ||
      desc->has & (HAS_GET | HAS_SET) || lacks(desc, HAS_WRITABLE, ATTR_WRITABLE)) {
    return TRI_NO;
  }
  if (desc->has & HAS_VALUE) TRY(set_numeric(iso, t, d, desc->value));
  return TRI_YES;
}

static Tri typed_array_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_has_property(iso, o, key);
  return tri(is_valid_index((JSTypedArray *)o, d, &index));
}

static Value typed_array_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_get(iso, o, key, receiver);
  const JSTypedArray *t = (JSTypedArray *)o;
  return is_valid_index(t, d, &index) ? typed_array_get_element(iso, t, index) : VALUE_UNDEFINED;
}

static Tri typed_array_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_set(iso, o, key, v, receiver);
  JSTypedArray *t = (JSTypedArray *)o;
  if (receiver == value_from_object(o)) {
    if (is_immutable(t)) return TRI_NO;
    return TRY(set_numeric(iso, t, d, v)) ? TRI_YES : TRI_FAIL;
  }
  if (!is_valid_index(t, d, &index)) return TRI_YES;
  return ordinary_set(iso, o, key, v, receiver);
}

static Tri typed_array_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  double d;
  u64 index;
  if (!is_numeric_key(iso, key, &d)) return ordinary_delete(iso, o, key);
  return tri(!is_valid_index((JSTypedArray *)o, d, &index));
}

static bool typed_array_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  u64 length = typed_array_length((JSTypedArray *)o, NULL);
  for (u64 i = 0; i < length; i++) {
    PropertyKey key = TRY(key_from_u64(iso, i));
    TRY(key_list_push(keys, key));
  }
  return ordinary_own_property_keys(iso, o, keys);
}

const InternalMethods typed_array_methods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = typed_array_prevent_extensions,
    .get_own_property = typed_array_get_own_property,
    .define_own_property = typed_array_define_own_property,
    .has_property = typed_array_has_property,
    .get = typed_array_get,
    .set = typed_array_set,
    .delete_property = typed_array_delete,
    .own_property_keys = typed_array_own_property_keys,
};
