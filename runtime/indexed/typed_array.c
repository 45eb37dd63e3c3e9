// SPDX-License-Identifier: MIT
// %TypedArray%, its twelve constructors and their prototypes (ECMA-262 23.2): making typed arrays from lengths, lists,
// array-likes, other typed arrays and buffers; the tables. Methods are in typed_array_methods.c and typed_array_iterate.c;
// elements and lengths in vm/typed_array.c.
// Tests: tests/js/indexed/typed_array*.js
#include "base/float16.h"
#include "runtime/indexed/typed_array_internal.h"

STATIC_ASSERT(INTRINSIC_FLOAT64_ARRAY - INTRINSIC_INT8_ARRAY == TYPED_FLOAT64 - TYPED_INT8);
STATIC_ASSERT(INTRINSIC_BIG_INT64_ARRAY_PROTOTYPE - INTRINSIC_INT8_ARRAY_PROTOTYPE == TYPED_BIG_INT64 - TYPED_INT8);

u32 typed_array_constructor_intrinsic(u32 element_type) { return INTRINSIC_INT8_ARRAY + element_type; }
u32 typed_array_prototype_intrinsic(u32 element_type) { return INTRINSIC_INT8_ARRAY_PROTOTYPE + element_type; }

// ---- Elements ----

static void *throw_out_of_bounds(Isolate *iso, const JSTypedArray *t, const char *method) {
  if (array_buffer_is_detached(ref_get(t->buffer))) return THROW(iso, DETACHED_OPERATION, method);
  return THROW(iso, TYPED_ARRAY_OUT_OF_BOUNDS, method);
}

JSTypedArray *this_typed_array(Isolate *iso, const Call *call, const char *method, u64 *length) {
  if (!value_is_kind(call->this_value, KIND_TYPED_ARRAY)) return THROW(iso, NOT_TYPED_ARRAY);
  JSTypedArray *t = (JSTypedArray *)value_object(call->this_value);
  TRY(length_again(iso, t, method, length));
  return t;
}

bool length_again(Isolate *iso, const JSTypedArray *t, const char *method, u64 *length) {
  bool out_of_bounds;
  *length = typed_array_length(t, &out_of_bounds);
  return !out_of_bounds || throw_out_of_bounds(iso, t, method);
}

bool element_set(Isolate *iso, JSTypedArray *t, u64 i, Value v) {
  if (LIKELY(value_is_number(v) && i < t->fast_length && !has_bigint_content(t) &&
             !(ref_get(t->buffer)->flags & BUFFER_IMMUTABLE))) {
    typed_array_set_element(t, i, v);
    return true;
  }
  Value numeric = TRY(typed_array_to_element(iso, t->element_type, v));
  if (i < typed_array_length(t, NULL) && !(ref_get(t->buffer)->flags & BUFFER_IMMUTABLE)) typed_array_set_element(t, i, numeric);
  return true;
}

static bool is_shared_copy(const JSTypedArray *a, const JSTypedArray *b) {
  return typed_array_is_shared(a) || typed_array_is_shared(b);
}

// Conversion between number types goes through blocks of doubles: one loop for each type on either side.
enum { BLOCK = 256 };

#define READ_LOOP(ctype, load, convert) \
  do { \
    for (u32 i = 0; i < n; i++) { \
      ctype v = (ctype)load(in + i * sizeof(ctype)); \
      out[i] = convert(v); \
    } \
  } while (0)

static void read_block(double *out, const u8 *in, u32 type, u32 n) {
  switch (type) {
  case TYPED_INT8: READ_LOOP(i8, memory_load8, (double)); break;
  case TYPED_UINT8:
  case TYPED_UINT8_CLAMPED: READ_LOOP(u8, memory_load8, (double)); break;
  case TYPED_INT16: READ_LOOP(i16, memory_load16, (double)); break;
  case TYPED_UINT16: READ_LOOP(u16, memory_load16, (double)); break;
  case TYPED_INT32: READ_LOOP(i32, memory_load32, (double)); break;
  case TYPED_UINT32: READ_LOOP(u32, memory_load32, (double)); break;
  case TYPED_FLOAT16: READ_LOOP(u16, memory_load16, float16_to_double); break;
  case TYPED_FLOAT32: READ_LOOP(float, memory_load_float, (double)); break;
  default: READ_LOOP(double, memory_load_double, (double)); break;
  }
}

#define WRITE_LOOP(size, store, convert) \
  do { \
    for (u32 i = 0; i < n; i++) store(out + i * (size), convert(in[i])); \
  } while (0)

static u8 to_u8_clamped(double d) {
  return d > 0 ? d < 255 ? (u8)__builtin_nearbyint(d) : 255 : 0; // ties to even
}

static void write_block(u8 *out, const double *in, u32 type, u32 n) {
  switch (type) {
  case TYPED_INT8:
  case TYPED_UINT8: WRITE_LOOP(1, memory_store8, (u8)double_to_int32); break;
  case TYPED_UINT8_CLAMPED: WRITE_LOOP(1, memory_store8, to_u8_clamped); break;
  case TYPED_INT16:
  case TYPED_UINT16: WRITE_LOOP(2, memory_store16, (u16)double_to_int32); break;
  case TYPED_INT32:
  case TYPED_UINT32: WRITE_LOOP(4, memory_store32, (u32)double_to_int32); break;
  case TYPED_FLOAT16: WRITE_LOOP(2, memory_store16, float16_from_double); break;
  case TYPED_FLOAT32: WRITE_LOOP(4, memory_store_float, (float)); break;
  default: WRITE_LOOP(8, memory_store_double, (double)); break;
  }
}

static bool convert_elements(Isolate *iso, u8 *to, u32 to_type, const u8 *from, u32 from_type, u64 count) {
  u32 to_size = element_size(to_type), from_size = element_size(from_type);
  if (element_type_is_bigint(to_type)) { // signed and unsigned 64 bits: the same bits
    return memory_copy_polling(iso, to, from, count * to_size, true);
  }
  double block[BLOCK];
  for (u64 done = 0; done < count; done += BLOCK) {
    u32 n = (u32)MIN(count - done, (u64)BLOCK);
    read_block(block, from + done * from_size, from_type, n);
    write_block(to + done * to_size, block, to_type, n);
    if (UNLIKELY(done % (BLOCK * 1024ul) == BLOCK * 1023ul)) TRY(isolate_poll(iso));
  }
  return true;
}

bool copy_elements(Isolate *iso, JSTypedArray *to, u64 to_index, JSTypedArray *from, u64 from_index, u64 count) {
  if (!count) return true;
  u32 size = element_size(to->element_type), from_size = element_size(from->element_type);
  u8 *out = typed_array_data(to) + to_index * size;
  const u8 *in = typed_array_data(from) + from_index * from_size;
  if (to->element_type == from->element_type) {
    return memory_move_polling(iso, out, in, count * size, is_shared_copy(to, from));
  }
  if (ref_get(to->buffer)->store == ref_get(from->buffer)->store) { // perhaps overlapping: reads a copy
    Bytes *bytes = TRY(bytes_new(iso, count * from_size));
    TRY(memory_copy_polling(iso, bytes->data, in, count * from_size, typed_array_is_shared(from)));
    in = bytes->data;
  }
  return convert_elements(iso, out, to->element_type, in, from->element_type, count);
}

// ---- Making ----

static JSTypedArray *make_with_proto(Isolate *iso, u32 type, Value proto, u64 length) { // AllocateTypedArray, ...Buffer
  if (length > ((u64)1 << 53) / element_size(type)) {
    return THROW(iso, INVALID_TYPED_ARRAY_LENGTH, error_text_of_value(iso, value_from_i64((i64)length)));
  }
  return typed_array_allocate(iso, type, proto, length);
}

JSTypedArray *typed_array_make(Isolate *iso, u32 element_type, u64 length) {
  return make_with_proto(iso, element_type, intrinsic(iso, typed_array_prototype_intrinsic(element_type)), length);
}

static JSTypedArray *from_typed_array(Isolate *iso, u32 type, Value proto, JSTypedArray *source) {
  u64 length;
  TRY(length_again(iso, source, "Construct", &length));
  JSTypedArray *t = TRY(make_with_proto(iso, type, proto, length));
  if (has_bigint_content(source) != has_bigint_content(t)) return THROW(iso, CONTENT_TYPE_MIX);
  TRY(copy_elements(iso, t, 0, source, 0, length));
  return t;
}

static void *throw_alignment(Isolate *iso, const char *what, u32 type) {
  char size[2] = {(char)('0' + element_size(type)), 0};
  return THROW(iso, INVALID_TYPED_ARRAY_ALIGNMENT, what, element_type_name(type), size);
}

static JSTypedArray *from_buffer(Isolate *iso, u32 type, Value proto, JSArrayBuffer *b, Value offset_value, Value length_value) {
  u32 size = element_size(type);
  u64 offset, length = 0;
  TRY(to_index(iso, offset_value, &offset));
  if (offset % size) return throw_alignment(iso, "start offset", type);
  bool has_length = !value_is_undefined(length_value);
  if (has_length) TRY(to_index(iso, length_value, &length));
  if (array_buffer_is_detached(b)) return THROW(iso, DETACHED_OPERATION, "Construct");
  u64 bytes = array_buffer_byte_length(b);
  bool tracking = !has_length && b->flags & BUFFER_RESIZABLE;
  if (!has_length && !tracking && bytes % size) return throw_alignment(iso, "byte length", type);
  if (offset > bytes) return THROW(iso, INVALID_OFFSET, error_text_of_value(iso, value_from_i64((i64)offset)));
  if (has_length && length > (bytes - offset) / size) {
    return THROW(iso, INVALID_TYPED_ARRAY_LENGTH, error_text_of_value(iso, value_from_i64((i64)length)));
  }
  if (!has_length && !tracking) length = (bytes - offset) / size;
  return typed_array_new(iso, type, proto, b, offset, length, tracking);
}

// As many numbers as there are at the head of slots[], of at most BLOCK.
static u32 read_numbers(double *out, const Slot *slots, u32 count) {
  u32 n = 0;
  for (; n < count && value_is_number(slot_get(&slots[n])); n++) out[n] = value_number(slot_get(&slots[n]));
  return n;
}

// A list without holes, which no JS can reach.
static bool fill_from_list(Isolate *iso, JSTypedArray *t, const JSObject *list, u32 count) {
  u32 size = element_size(t->element_type);
  double block[BLOCK];
  for (u32 i = 0; i < count;) {
    POLL(iso, i);
    bool fast = !has_bigint_content(t) && i < t->fast_length;
    u32 n = fast ? read_numbers(block, &list->bf[i], MIN(MIN(count, (u32)t->fast_length) - i, (u32)BLOCK)) : 0;
    if (n) {
      write_block(t->data + (u64)i * size, block, t->element_type, n);
      i += n;
    } else {
      TRY(element_set(iso, t, i, list_get(list, i)));
      i++;
    }
  }
  return true;
}

// An array whose iteration nobody can see and whose elements take no JS to convert: it need not be copied.
static bool is_list_of_numbers(Isolate *iso, Value v) {
  if (!array_iteration_is_pristine(iso, v)) return false;
  const JSObject *o = value_object(v);
  u32 count = array_length(o);
  if (elements_header(o->bf)->capacity < count) return false;
  for (u32 i = 0; i < count; i++) {
    if (!value_is_number(slot_get(&o->bf[i]))) return false;
  }
  return true;
}

static bool fill_from_array_like(Isolate *iso, JSTypedArray *t, JSObject *source, u64 length) {
  for (u64 i = 0; i < length; i++) {
    POLL(iso, i);
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, source, key));
    TRY(element_set(iso, t, i, v));
  }
  return true;
}

// The values that Symbol.iterator gives, as a list; *list NULL: the object is array-like.
static bool list_of_iterable(Isolate *iso, Value source, JSObject **list) {
  *list = NULL;
  if (array_iteration_is_pristine(iso, source)) {
    *list = TRY(iterable_to_list(iso, source, VALUE_EMPTY));
    return true;
  }
  Value method = TRY(get_method(iso, source, SYM(iterator)));
  if (!value_is_undefined(method)) *list = TRY(iterable_to_list(iso, source, method));
  return true;
}

static JSTypedArray *from_object(Isolate *iso, u32 type, Value proto, Value source) {
  JSObject *list = value_object(source);
  if (!is_list_of_numbers(iso, source)) TRY(list_of_iterable(iso, source, &list));
  if (list) {
    u32 count = array_length(list);
    JSTypedArray *t = TRY(make_with_proto(iso, type, proto, count));
    TRY(fill_from_list(iso, t, list, count));
    return t;
  }
  u64 length;
  TRY(length_of_array_like(iso, value_object(source), &length));
  JSTypedArray *t = TRY(make_with_proto(iso, type, proto, length));
  TRY(fill_from_array_like(iso, t, value_object(source), length));
  return t;
}

static Value typed_array_concrete(Isolate *iso, const Call *call) { // magic: element type
  u32 type = native_magic(call), prototype_id = typed_array_prototype_intrinsic(type);
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, element_type_name(type));
  Value first = call_arg(call, 0);
  if (!value_is_object(first)) {
    u64 length;
    TRY(to_index(iso, first, &length));
    Value proto = TRY(get_prototype_from_constructor(iso, call->new_target, prototype_id));
    return value_from_object(make_with_proto(iso, type, proto, length));
  }
  Value proto = TRY(get_prototype_from_constructor(iso, call->new_target, prototype_id));
  if (value_is_kind(first, KIND_TYPED_ARRAY)) {
    return value_from_object(from_typed_array(iso, type, proto, (JSTypedArray *)value_object(first)));
  }
  if (value_is_kind(first, KIND_ARRAY_BUFFER) || value_is_kind(first, KIND_SHARED_ARRAY_BUFFER)) {
    JSArrayBuffer *b = (JSArrayBuffer *)value_object(first);
    return value_from_object(from_buffer(iso, type, proto, b, call_arg(call, 1), call_arg(call, 2)));
  }
  return value_from_object(from_object(iso, type, proto, first));
}

static Value typed_array_abstract(Isolate *iso, const Call *call) {
  (void)call;
  return THROW(iso, ABSTRACT_CLASS, "TypedArray");
}

// ---- Making through constructors ----

static JSTypedArray *create_from_constructor(Isolate *iso, Value constructor, u32 argc, const Value *args, const char *method) {
  Value made = TRY(construct(iso, constructor, argc, args, constructor));
  return typed_array_validate(iso, made, method);
}

JSTypedArray *create_with_length(Isolate *iso, Value constructor, u64 length, const char *method) {
  Value argument = value_from_i64((i64)length);
  JSTypedArray *t = TRY(create_from_constructor(iso, constructor, 1, &argument, method));
  if (ref_get(t->buffer)->flags & BUFFER_IMMUTABLE) return throw_incompatible(iso, method, value_from_object(t));
  if (typed_array_length(t, NULL) < length) return THROW(iso, TYPED_ARRAY_TOO_SHORT);
  return t;
}

static JSTypedArray *check_content(Isolate *iso, const JSTypedArray *exemplar, JSTypedArray *t) {
  return has_bigint_content(exemplar) == has_bigint_content(t) ? t : THROW(iso, CONTENT_TYPE_MIX);
}

bool species_is_standard(Isolate *iso, const JSTypedArray *exemplar) {
  Realm *realm = realm_current(iso);
  const Shape *shape = obj_shape(iso, &exemplar->object);
  JSObject *proto = realm_intrinsic(iso, realm, typed_array_prototype_intrinsic(exemplar->element_type));
  if (shape->count || slot_get(&shape->proto) != value_from_object(proto)) return false;
  JSObject *standard = realm_intrinsic(iso, realm, typed_array_constructor_intrinsic(exemplar->element_type));
  Value constructor;
  PropertySlot found;
  if (!obj_get_own_direct(iso, proto, ATOM(constructor), &constructor) || constructor != value_from_object(standard)) return false;
  const Shape *own = obj_shape(iso, standard);
  if (shape_lookup(own, SYM(species), &found) || slot_get(&own->proto) != intrinsic(iso, INTRINSIC_TYPED_ARRAY)) return false;
  return builtin_is_pristine(iso, realm, PRISTINE_TYPED_ARRAY_SPECIES);
}

JSTypedArray *species_create_with_length(Isolate *iso, JSTypedArray *exemplar, u64 length, const char *method) {
  if (LIKELY(species_is_standard(iso, exemplar))) return typed_array_make(iso, exemplar->element_type, length);
  Value standard = intrinsic(iso, typed_array_constructor_intrinsic(exemplar->element_type));
  Value constructor = TRY(species_constructor(iso, &exemplar->object, standard));
  if (constructor == standard) return typed_array_make(iso, exemplar->element_type, length);
  JSTypedArray *t = TRY(create_with_length(iso, constructor, length, method));
  return check_content(iso, exemplar, t);
}

JSTypedArray *species_create(Isolate *iso, JSTypedArray *exemplar, u32 argc, const Value *args, const char *method) {
  Value standard = intrinsic(iso, typed_array_constructor_intrinsic(exemplar->element_type));
  Value constructor = TRY(species_constructor(iso, &exemplar->object, standard));
  JSTypedArray *t = TRY(create_from_constructor(iso, constructor, argc, args, method));
  return check_content(iso, exemplar, t);
}

// ---- %TypedArray%.from, of ----

static bool fill_mapped(Isolate *iso, JSTypedArray *t, JSObject *source, u64 length, Value mapper, Value this_value) {
  PreparedCall pc;
  bool mapping = !value_is_undefined(mapper);
  if (mapping) TRY(prepared_call_init(iso, &pc, mapper, this_value, 2));
  for (u64 i = 0; i < length; i++) {
    POLL(iso, i);
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, source, key));
    if (mapping) {
      pc.args[0] = v;
      pc.args[1] = value_from_i64((i64)i);
      v = TRY(prepared_call(iso, &pc));
    }
    TRY(element_set(iso, t, i, v));
  }
  return true;
}

static Value typed_array_from(Isolate *iso, const Call *call) {
  Value constructor = call->this_value, source = call_arg(call, 0), mapper = call_arg(call, 1);
  if (!value_is_constructor(constructor)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, constructor));
  if (!value_is_undefined(mapper) && !value_is_callable(mapper)) return throw_not_a_function(iso, mapper);
  if (value_is_nullish(source)) return throw_not_iterable(iso, source);
  JSObject *list;
  u64 length;
  TRY(list_of_iterable(iso, source, &list));
  if (list) {
    length = array_length(list);
  } else {
    list = TRY(to_object(iso, source));
    TRY(length_of_array_like(iso, list, &length));
  }
  JSTypedArray *t = TRY(create_with_length(iso, constructor, length, "%TypedArray%.from"));
  TRY(fill_mapped(iso, t, list, length, mapper, call_arg(call, 2)));
  return value_from_object(t);
}

static Value typed_array_of(Isolate *iso, const Call *call) {
  if (!value_is_constructor(call->this_value)) return THROW(iso, NOT_A_CONSTRUCTOR, error_text_of_value(iso, call->this_value));
  JSTypedArray *t = TRY(create_with_length(iso, call->this_value, call->argc, "%TypedArray%.of"));
  for (u32 i = 0; i < call->argc; i++) TRY(element_set(iso, t, i, call->args[i]));
  return value_from_object(t);
}

static Value typed_array_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- Accessors ----

static JSTypedArray *require_typed_array(Isolate *iso, const Call *call) {
  if (LIKELY(value_is_kind(call->this_value, KIND_TYPED_ARRAY))) return (JSTypedArray *)value_object(call->this_value);
  return THROW(iso, NOT_TYPED_ARRAY);
}

static Value typed_array_get_buffer(Isolate *iso, const Call *call) {
  JSTypedArray *t = TRY(require_typed_array(iso, call));
  return value_from_object(ref_get(t->buffer));
}

static Value typed_array_get_byte_length(Isolate *iso, const Call *call) {
  JSTypedArray *t = TRY(require_typed_array(iso, call));
  return value_from_i64((i64)(typed_array_length(t, NULL) * element_size(t->element_type)));
}

static Value typed_array_get_byte_offset(Isolate *iso, const Call *call) {
  JSTypedArray *t = TRY(require_typed_array(iso, call));
  bool out_of_bounds;
  (void)typed_array_length(t, &out_of_bounds);
  return value_from_i64(out_of_bounds ? 0 : (i64)t->byte_offset);
}

static Value typed_array_get_length(Isolate *iso, const Call *call) {
  JSTypedArray *t = TRY(require_typed_array(iso, call));
  return value_from_i64((i64)typed_array_length(t, NULL));
}

static Value typed_array_get_to_string_tag(Isolate *iso, const Call *call) {
  static const u16 names[] = {
#define ELEMENT(NAME, Name, ctype, size) ATOM_##Name##Array,
#include "vm/element_types.def"
#undef ELEMENT
  };
  if (!value_is_kind(call->this_value, KIND_TYPED_ARRAY)) return VALUE_UNDEFINED;
  return key_to_value(iso, atom_from_id(names[((JSTypedArray *)value_object(call->this_value))->element_type]));
}

// ---- Tables ----

static const BuiltinProperty typed_array_properties[] = {
    METHOD(of, typed_array_of, 0),
    METHOD(from, typed_array_from, 1),
    GETTER_SYM(species, typed_array_get_species),
};

static const BuiltinProperty typed_array_prototype_properties[] = {
    GETTER(buffer, typed_array_get_buffer),
    GETTER(byteLength, typed_array_get_byte_length),
    GETTER(byteOffset, typed_array_get_byte_offset),
    GETTER(length, typed_array_get_length),
    METHOD(entries, typed_array_entries, 0),
    METHOD(keys, typed_array_keys, 0),
    METHOD(values, typed_array_values, 0),
    METHOD(at, typed_array_at, 1),
    METHOD(copyWithin, typed_array_copy_within, 2),
    METHOD(every, typed_array_every, 1),
    METHOD(fill, typed_array_fill, 1),
    METHOD(filter, typed_array_filter, 1),
    METHOD(find, typed_array_find, 1),
    METHOD(findIndex, typed_array_find_index, 1),
    METHOD(findLast, typed_array_find_last, 1),
    METHOD(findLastIndex, typed_array_find_last_index, 1),
    METHOD(forEach, typed_array_for_each, 1),
    METHOD(includes, typed_array_includes, 1),
    METHOD(indexOf, typed_array_index_of, 1),
    METHOD(join, typed_array_join, 1),
    METHOD(lastIndexOf, typed_array_last_index_of, 1),
    METHOD(map, typed_array_map, 1),
    METHOD(reverse, typed_array_reverse, 0),
    METHOD(reduce, typed_array_reduce, 1),
    METHOD(reduceRight, typed_array_reduce_right, 1),
    METHOD(set, typed_array_set_method, 1),
    METHOD(slice, typed_array_slice, 2),
    METHOD(some, typed_array_some, 1),
    METHOD(sort, typed_array_sort, 1),
    METHOD(subarray, typed_array_subarray, 2),
    METHOD(toReversed, typed_array_to_reversed, 0),
    METHOD(toSorted, typed_array_to_sorted, 1),
    METHOD(with, typed_array_with, 2),
    METHOD(toLocaleString, typed_array_to_locale_string, 0),
    INTRINSIC_PROP(toString, ARRAY_PROTO_TO_STRING, ATTR_METHOD),
    ALIAS_SYM(iterator, values),
    GETTER_SYM(toStringTag, typed_array_get_to_string_tag),
};

const BuiltinObject builtin_typed_array =
    BUILTIN_CLASS(TypedArray, typed_array_abstract, 0, INTRINSIC_TYPED_ARRAY_PROTOTYPE, typed_array_properties);
const BuiltinObject builtin_typed_array_prototype = BUILTIN_PROTOTYPE(INTRINSIC_TYPED_ARRAY, typed_array_prototype_properties);

#define CONCRETE_OBJECTS(NAME_, Name_, lower_, statics_, methods_) \
  const BuiltinObject builtin_##lower_ = { \
      .kind = BUILTIN_CONSTRUCTOR, \
      .heap_kind = KIND_NATIVE_FUNCTION, \
      .length = 3, \
      .name = ATOM_##Name_, \
      .parent = INTRINSIC_TYPED_ARRAY, \
      .prototype = INTRINSIC_##NAME_##_ARRAY_PROTOTYPE, \
      .constructor = INTRINSIC_NONE, \
      .native_flags = NATIVE_CONSTRUCTOR, \
      .magic = TYPED_##NAME_, \
      .fn = typed_array_concrete, \
      BUILTIN_PROPERTIES(statics_), \
  }; \
  const BuiltinObject builtin_##lower_##_prototype = \
      BUILTIN_PROTOTYPE_BELOW(INTRINSIC_##NAME_##_ARRAY, INTRINSIC_TYPED_ARRAY_PROTOTYPE, methods_);

#define CONCRETE(NAME_, Name_, lower_, size_) \
  static const BuiltinProperty lower_##_properties[] = {CONST_PROP_INT(BYTES_PER_ELEMENT, size_, 0)}; \
  CONCRETE_OBJECTS(NAME_, Name_, lower_, lower_##_properties, lower_##_properties)

CONCRETE(INT8, Int8Array, int8_array, 1)
CONCRETE(UINT8_CLAMPED, Uint8ClampedArray, uint8_clamped_array, 1)
CONCRETE(INT16, Int16Array, int16_array, 2)
CONCRETE(UINT16, Uint16Array, uint16_array, 2)
CONCRETE(INT32, Int32Array, int32_array, 4)
CONCRETE(UINT32, Uint32Array, uint32_array, 4)
CONCRETE(BIG_INT64, BigInt64Array, big_int64_array, 8)
CONCRETE(BIG_UINT64, BigUint64Array, big_uint64_array, 8)
CONCRETE(FLOAT16, Float16Array, float16_array, 2)
CONCRETE(FLOAT32, Float32Array, float32_array, 4)
CONCRETE(FLOAT64, Float64Array, float64_array, 8)

static const BuiltinProperty uint8_array_properties[] = {
    CONST_PROP_INT(BYTES_PER_ELEMENT, 1, 0),
    METHOD(fromBase64, uint8_array_from_base64, 1),
    METHOD(fromHex, uint8_array_from_hex, 1),
};
static const BuiltinProperty uint8_array_prototype_properties[] = {
    CONST_PROP_INT(BYTES_PER_ELEMENT, 1, 0),
    METHOD(setFromBase64, uint8_array_set_from_base64, 1),
    METHOD(setFromHex, uint8_array_set_from_hex, 1),
    METHOD(toBase64, uint8_array_to_base64, 0),
    METHOD(toHex, uint8_array_to_hex, 0),
};
CONCRETE_OBJECTS(UINT8, Uint8Array, uint8_array, uint8_array_properties, uint8_array_prototype_properties)
