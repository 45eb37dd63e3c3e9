// SPDX-License-Identifier: MIT
// Arrays: the exotic `length` (ECMA-262 10.4.2), making them, and the questions that fast paths ask. `length` is in the
// header of the elements, never in the shape; elements follow the ordinary rules but for a read-only length.
#include "vm/object_internal.h"

// Arrays made with a length up to this get all their elements at once; the memory of big ones is touched only when used.
enum { PREALLOCATE_MAX = 1 << 21 };

// ---- Making arrays ----

static JSObject *array_alloc(Isolate *iso, Shape *shape, u64 length) {
  if (UNLIKELY(length > UINT32_MAX)) return THROW(iso, INVALID_ARRAY_LENGTH);
  JSObject *a = obj_alloc(iso, shape, KIND_ARRAY);
  if (!length) return a;
  if (length <= PREALLOCATE_MAX) TRY(obj_ensure_dense(iso, a, (u32)length));
  TRY(elements_set_length(iso, a, (u32)length));
  return a;
}

JSObject *array_create(Isolate *iso, u64 length) { return array_alloc(iso, ref_get(realm_current(iso)->shape_array), length); }

JSObject *array_create_with_proto(Isolate *iso, u64 length, Value proto) {
  return array_alloc(iso, shape_root(iso, proto, KIND_ARRAY, sizeof(JSArray), 0, 0), length);
}

JSObject *array_new_uninit(Isolate *iso, u32 length) {
  return array_new_uninit_shaped(iso, ref_get(realm_current(iso)->shape_array), length);
}

JSObject *array_new_uninit_shaped(Isolate *iso, Shape *shape, u32 length) {
  u32 capacity = length | 1; // header and elements fill granules
  size_t size = sizeof(Store) + (1 + (size_t)capacity) * sizeof(Slot);
  if (UNLIKELY(!length || size >= GC_LARGE_MIN)) {
    JSObject *a = obj_alloc(iso, shape, KIND_ARRAY);
    if (!length) return a;
    TRY(obj_ensure_dense(iso, a, length));
    elements_header(a->bf)->length = length;
    return a;
  }
  // The store comes first: the array is young then, and needs no barrier.
  Store *store = (Store *)gc_alloc(heap_of(iso), size, KIND_STORE);
  Slot *bf = &store->words[1];
  *elements_header(bf) = (ElementsHeader){.length = length, .capacity = capacity};
  JSObject *a = obj_alloc(iso, shape, KIND_ARRAY);
  a->bf = bf;
  return a;
}

JSObject *array_from_values(Isolate *iso, const Value *values, u32 count) {
  JSObject *a = TRY(array_new_uninit(iso, count));
  if (count) memcpy(a->bf, values, count * sizeof(Slot));
  gc_barrier(heap_of(iso), &a->cell);
  return a;
}

bool array_push_value(Isolate *iso, JSObject *array, Value v) {
  ElementsHeader *header = elements_header(array->bf);
  u32 length = header->length;
  if (UNLIKELY(length == UINT32_MAX)) return THROW(iso, INVALID_ARRAY_LENGTH);
  if (UNLIKELY(length >= header->capacity)) return element_add(iso, array, length, v, ATTR_ALL);
  slot_set(iso, array, &array->bf[length], v);
  header->length = length + 1;
  return true;
}

bool array_species_is_pristine(Isolate *iso, Realm *realm, const JSObject *original) {
  if (original->cell.kind != KIND_ARRAY) return false;
  const Shape *shape = obj_shape(iso, original);
  if (shape != ref_get(realm->shape_array) && shape != ref_get(realm->shape_match)) {
    PropertySlot found;
    if (slot_get(&shape->proto) != value_from_object(realm_intrinsic(iso, realm, INTRINSIC_ARRAY_PROTOTYPE))) return false;
    if (shape_lookup(shape, ATOM(constructor), &found)) return false;
  }
  return builtin_is_pristine(iso, realm, PRISTINE_ARRAY_CONSTRUCTOR) && builtin_is_pristine(iso, realm, PRISTINE_ARRAY_SPECIES);
}

Value array_species_create(Isolate *iso, JSObject *original, u64 length) {
  Realm *realm = realm_current(iso);
  Tri array = array_species_is_pristine(iso, realm, original) ? TRI_NO : TRY(is_array(iso, value_from_object(original)));
  if (array == TRI_NO) return value_from_object(TRY(array_create(iso, length)));
  Value c = TRY(obj_get(iso, original, ATOM(constructor)));
  if (value_is_constructor(c)) {
    Realm *other = TRY(get_function_realm(iso, value_object(c)));
    if (other != realm && c == value_from_object(realm_intrinsic(iso, other, INTRINSIC_ARRAY))) c = VALUE_UNDEFINED;
  }
  if (value_is_object(c)) {
    c = TRY(obj_get(iso, value_object(c), SYM(species)));
    if (c == VALUE_NULL) c = VALUE_UNDEFINED;
  }
  if (c == VALUE_UNDEFINED) return value_from_object(TRY(array_create(iso, length)));
  if (!value_is_constructor(c)) {
    THROW(iso, SPECIES_NOT_CONSTRUCTOR);
    return VALUE_FAIL;
  }
  return construct(iso, c, 1, (Value[]){value_from_i64((i64)length)}, c);
}

// ---- Internal methods ----

static void length_descriptor(const JSObject *o, PropertyDescriptor *desc) {
  *desc = (PropertyDescriptor){.value = value_from_u32(array_length(o)),
                               .has = HAS_ALL_DATA,
                               .attrs = o->cell.flags & OBJ_LENGTH_READONLY ? 0 : ATTR_WRITABLE};
}

static bool to_array_length(Isolate *iso, Value v, u32 *length) {
  if (value_is_int(v) && value_int(v) >= 0) {
    *length = (u32)value_int(v);
    return true;
  }
  double number;
  TRY(to_uint32(iso, v, length));
  TRY(to_double(iso, v, &number));
  if ((double)*length != number) return THROW(iso, INVALID_ARRAY_LENGTH);
  return true;
}

Tri array_set_length(Isolate *iso, JSObject *array, const PropertyDescriptor *desc) {
  PropertyDescriptor wanted = *desc, current;
  u32 length = 0;
  if (desc->has & HAS_VALUE) {
    TRY(to_array_length(iso, desc->value, &length));
    wanted.value = value_from_u32(length);
  }
  length_descriptor(array, &current);
  Tri allowed = TRY(validate_and_apply_property_descriptor(iso, NULL, ATOM(length), true, &wanted, TRI_YES, &current));
  if (allowed == TRI_NO) return TRI_NO;
  u32 reached = length;
  if (desc->has & HAS_VALUE && length != array_length(array)) {
    if (length < array_length(array)) {
      TRY(elements_truncate(iso, array, length, &reached));
    } else {
      TRY(elements_set_length(iso, array, length));
    }
  }
  if (desc->has & HAS_WRITABLE && !(desc->attrs & ATTR_WRITABLE)) array->cell.flags |= OBJ_LENGTH_READONLY | OBJ_ELEMENTS_LOCKED;
  return tri(reached == length);
}

static Tri array_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  if (key != ATOM(length)) return ordinary_get_own_property(iso, o, key, desc);
  length_descriptor(o, desc);
  return TRI_YES;
}

static Tri array_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  if (key == ATOM(length)) return array_set_length(iso, o, desc);
  if (key_is_index(key) && o->cell.flags & OBJ_LENGTH_READONLY && key_index(key) >= array_length(o)) return TRI_NO;
  return ordinary_define_own_property(iso, o, key, desc);
}

static Tri array_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  return key == ATOM(length) ? TRI_YES : ordinary_has_property(iso, o, key);
}

static Value array_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  return key == ATOM(length) ? value_from_u32(array_length(o)) : ordinary_get(iso, o, key, receiver);
}

static Tri array_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  if (key != ATOM(length) || receiver != value_from_object(o)) return ordinary_set(iso, o, key, v, receiver);
  if (o->cell.flags & OBJ_LENGTH_READONLY) return TRI_NO;
  return array_set_length(iso, o, &(PropertyDescriptor){.value = v, .has = HAS_VALUE});
}

static Tri array_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  return key == ATOM(length) ? TRI_NO : ordinary_delete(iso, o, key);
}

static bool array_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  return ordinary_own_keys_with_length(iso, o, keys, true);
}

const InternalMethods array_methods = {
    ordinary_get_prototype_of,
    ordinary_set_prototype_of,
    ordinary_is_extensible,
    ordinary_prevent_extensions,
    array_get_own_property,
    array_define_own_property,
    array_has_property,
    array_get,
    array_set,
    array_delete,
    array_own_property_keys,
};

// ---- What fast paths ask ----

bool obj_is_fast_array(Isolate *iso, const JSObject *o) {
  if (o->cell.flags & OBJ_SPARSE || (o->cell.kind != KIND_ARRAY && o->cell.kind != KIND_OBJECT)) return false;
  if (LIKELY(iso->no_indexed_on_prototypes)) return true;
  for (Value v = slot_get(&obj_shape(iso, o)->proto); v != VALUE_NULL;) {
    const JSObject *proto = value_object(v);
    bool string = proto->cell.kind == KIND_STRING_OBJECT; // String.prototype and its like may be empty, but are not worth it
    if (string || obj_class(proto)->traits & TRAIT_EXOTIC_ELEMENTS || obj_methods(proto)->get != obj_class(proto)->methods->get)
      return false;
    if (obj_has_elements(proto)) return false;
    v = slot_get(&obj_shape(iso, proto)->proto);
  }
  return true;
}

bool array_iteration_is_pristine(Isolate *iso, Value v) {
  if (!value_is_kind(v, KIND_ARRAY)) return false;
  Realm *realm = realm_current(iso);
  Shape *s = obj_shape(iso, value_object(v));
  if (s != ref_get(realm->shape_array)) {
    Value proto = slot_get(&s->proto);
    PropertySlot own;
    if (proto != value_from_object(ref_get(realm->intrinsics[INTRINSIC_ARRAY_PROTOTYPE]))) return false;
    if (shape_lookup(s, SYM(iterator), &own)) return false;
  }
  return builtin_is_pristine(iso, realm, PRISTINE_ARRAY_ITERATOR) && builtin_is_pristine(iso, realm, PRISTINE_ARRAY_ITERATOR_NEXT);
}
