// SPDX-License-Identifier: MIT
// Objects as storage: making them, finding, adding, changing and removing own properties without any rule of the
// language. The rules are in internal_methods.c and in the files of exotic kinds.
#include "vm/object_internal.h"

// ---- Making objects ----

JSObject *obj_alloc(Isolate *iso, Shape *shape, u8 kind) {
  // A kind may have hidden words between its struct and the inline slots; the header counts them with the slots.
  const ObjectClass *class = &weft_object_classes[kind];
  u32 words = (shape->first_offset - class->size) / (u32)sizeof(Slot) + shape->inline_cap;
  ASSERT(words <= OBJ_INLINE_CAP_MASK);
  JSObject *o = (JSObject *)gc_alloc(heap_of(iso), class->size + words * sizeof(Slot), kind);
  o->cell.shape_id = shape->id;
  o->cell.flags = (u16)(words | (class->traits & TRAIT_CALLABLE ? OBJ_CALLABLE : 0));
  o->bf = weft_empty_store;
  return o;
}

JSObject *obj_new(Isolate *iso, Shape *shape) {
  JSObject *o = (JSObject *)gc_alloc(heap_of(iso), sizeof(JSObject) + shape->inline_cap * sizeof(Slot), KIND_OBJECT);
  o->cell.shape_id = shape->id;
  o->cell.flags = shape->inline_cap;
  o->bf = weft_empty_store;
  return o;
}

JSObject *ordinary_object_create(Isolate *iso, Value proto) {
  return obj_new(iso, shape_root(iso, proto, KIND_OBJECT, sizeof(JSObject), 4, 0));
}

JSObject *obj_new_plain(Isolate *iso) { return obj_new(iso, ref_get(realm_current(iso)->shape_object)); }

void *obj_new_kind(Isolate *iso, u8 kind, Value proto) {
  const ObjectClass *class = &weft_object_classes[kind];
  return obj_alloc(iso, shape_root(iso, proto, kind, class->size, class->inline_cap, class->shape_flags), kind);
}

void *ordinary_create_from_constructor(Isolate *iso, Value constructor, u32 intrinsic_default, u8 kind) {
  Value proto = TRY(get_prototype_from_constructor(iso, constructor, intrinsic_default));
  return obj_new_kind(iso, kind, proto);
}

static bool proto_has_indexed(const JSObject *o) {
  u8 traits = obj_class(o)->traits;
  if (o->cell.kind == KIND_STRING_OBJECT) {
    Value text = slot_get(&((const JSPrimitiveWrapper *)o)->primitive);
    return text && value_is_string(text) && value_string(text)->length; // EMPTY while String.prototype is being made
  }
  return traits & TRAIT_EXOTIC_ELEMENTS || obj_has_elements(o);
}

void obj_become_prototype(Isolate *iso, JSObject *o) {
  if (obj_shape(iso, o)->flags & SHAPE_PROTO) return;
  MUST(shape_make_unique(iso, o, SHAPE_PROTO));
  if (proto_has_indexed(o)) iso->no_indexed_on_prototypes = 0;
  o->cell.flags |= OBJ_ELEMENTS_LOCKED;
}

Accessor *accessor_new(Isolate *iso, Value getter, Value setter) {
  Accessor *a = (Accessor *)gc_alloc(heap_of(iso), sizeof(Accessor), KIND_ACCESSOR);
  slot_init(&a->getter, getter);
  slot_init(&a->setter, setter);
  return a;
}

JSHostObject *host_object_new(Isolate *iso, const HostClass *host_class, Value proto, void *data) {
  u32 flags = host_class->methods ? SHAPE_EXOTIC : 0;
  Shape *shape = shape_root(iso, proto, KIND_HOST_OBJECT, sizeof(JSHostObject), 0, flags);
  JSHostObject *o = (JSHostObject *)obj_alloc(iso, shape, KIND_HOST_OBJECT);
  o->host_class = host_class;
  o->data = data;
  slot_init(&o->values[0], VALUE_UNDEFINED);
  slot_init(&o->values[1], VALUE_UNDEFINED);
  if (host_class->finalize) gc_register_finalizer(heap_of(iso), &o->object.cell);
  return o;
}

HostCell *host_cell_new(Isolate *iso, const HostClass *host_class, void *data) {
  HostCell *c = (HostCell *)gc_alloc(heap_of(iso), sizeof(HostCell), KIND_HOST_CELL);
  c->host_class = host_class;
  c->data = data;
  slot_init(&c->values[0], VALUE_UNDEFINED);
  slot_init(&c->values[1], VALUE_UNDEFINED);
  if (host_class->finalize) gc_register_finalizer(heap_of(iso), &c->cell);
  return c;
}

// ---- Key lists ----

void key_list_init(KeyList *list, Isolate *iso) { *list = (KeyList){.iso = iso}; }

bool key_list_push(KeyList *list, PropertyKey key) {
  if (UNLIKELY(list->length == list->capacity)) {
    u32 capacity = list->capacity ? list->capacity * 2 : 14;
    ValueArray *bigger = TRY(value_array_new(list->iso, capacity));
    if (list->length) memcpy(bigger->values, list->data, list->length * sizeof(Slot));
    list->buffer = &bigger->cell;
    list->data = (PropertyKey *)(void *)bigger->values;
    list->capacity = capacity;
  }
  list->data[list->length++] = key;
  gc_barrier(heap_of(list->iso), list->buffer);
  return true;
}

// ---- Which keys are exotic ----

bool key_may_be_numeric(PropertyKey key) {
  if (!key_is_atom(key)) return false;
  const String *s = (const String *)key_cell(key);
  if (!s->length) return false;
  u16 c = str_char_at_flat(s, 0);
  return (c >= '0' && c <= '9') || c == '-' || c == 'I' || c == 'N';
}

bool key_is_exotic_slow(const JSObject *o, PropertyKey key, u8 traits) {
  if (traits & TRAIT_HOST) return ((const JSHostObject *)o)->host_class->methods && !key_is_private(key);
  if (key_is_index(key)) return traits & TRAIT_EXOTIC_ELEMENTS;
  if (traits & TRAIT_EXOTIC_NAMED) return !key_is_private(key);
  if (traits & TRAIT_EXOTIC_LENGTH) return key == ATOM(length);
  return traits & TRAIT_NUMERIC_NAMES && key_may_be_numeric(key);
}

// ---- Own properties ----

// Keys that a lazy function is about to get.
static ALWAYS_INLINE bool is_function_key(PropertyKey key) {
  return key == ATOM(prototype) || key == ATOM(name) || key == ATOM(length);
}

bool own_find_named(Isolate *iso, JSObject *o, PropertyKey key, OwnProperty *own) {
  Shape *s = obj_shape(iso, o);
  if (UNLIKELY(s->flags & SHAPE_LAZY_FUNCTION)) {
    if (!is_function_key(key)) return false;
    function_reify_properties(iso, (JSFunction *)o);
    s = obj_shape(iso, o);
  }
  u32 entry = shape_find_entry(s, key);
  if (entry == ENTRY_NONE) return false;
  const PropertyEntry *e = &shape_entries(s)[entry];
  Slot *slot = obj_slot_at(o, s, e->slot);
  if (UNLIKELY(value_is_lazy(slot_get(slot)))) builtin_resolve_lazy(iso, o, key, slot);
  *own = (OwnProperty){slot, &o->cell, e->attrs, entry};
  return true;
}

bool own_find(Isolate *iso, JSObject *o, PropertyKey key, OwnProperty *own) {
  return key_is_index(key) ? element_find(o, key_index(key), own) : own_find_named(iso, o, key, own);
}

bool own_add_named(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs) {
  Shape *s = obj_shape(iso, o);
  if (UNLIKELY(s->flags & SHAPE_LAZY_FUNCTION)) {
    function_reify_properties(iso, (JSFunction *)o);
    s = obj_shape(iso, o);
  }
  if (s->next_slot >= s->inline_cap) TRY(obj_ensure_named(iso, o, s->next_slot - s->inline_cap + 1));
  u32 slot;
  s = TRY(shape_add_property(iso, o, key, attrs, &slot));
  o->cell.shape_id = s->id;
  slot_set(iso, o, obj_slot_at(o, s, slot), v);
  return true;
}

bool own_add(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs) {
  return key_is_index(key) ? element_add(iso, o, key_index(key), v, attrs) : own_add_named(iso, o, key, v, attrs);
}

bool own_change(Isolate *iso, JSObject *o, PropertyKey key, const OwnProperty *own, Value v, u32 attrs) {
  if (key_is_index(key)) return element_change(iso, o, key_index(key), own, v, attrs);
  slot_set(iso, o, own->slot, v);
  if (own->attrs != attrs) shape_change_attrs(iso, o, own->number, attrs);
  return true;
}

bool own_remove(Isolate *iso, JSObject *o, PropertyKey key, const OwnProperty *own) {
  if (key_is_index(key)) {
    element_remove(iso, o, key_index(key));
    return true;
  }
  slot_init(own->slot, VALUE_EMPTY);
  shape_remove_entry(iso, o, own->number);
  return true;
}

void own_get_descriptor(const OwnProperty *own, PropertyDescriptor *desc) {
  Value v = slot_get(own->slot);
  if (own->attrs & ATTR_ACCESSOR) {
    const Accessor *a = (const Accessor *)value_cell(v);
    *desc = (PropertyDescriptor){.getter = slot_get(&a->getter),
                                 .setter = slot_get(&a->setter),
                                 .attrs = own->attrs & (ATTR_ENUMERABLE | ATTR_CONFIGURABLE),
                                 .has = HAS_ALL_ACCESSOR};
  } else {
    *desc = (PropertyDescriptor){.value = v, .attrs = own->attrs & ATTR_ALL, .has = HAS_ALL_DATA};
  }
}

void obj_put_direct(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs) {
  OwnProperty own;
  if (own_find(iso, o, key, &own)) {
    MUST(own_change(iso, o, key, &own, v, attrs));
  } else {
    CHECK(own_add(iso, o, key, v, attrs));
  }
}

void obj_put_accessor_direct(Isolate *iso, JSObject *o, PropertyKey key, Value getter, Value setter, u32 attrs) {
  Accessor *a = accessor_new(iso, getter, setter);
  obj_put_direct(iso, o, key, value_from_cell(a), (attrs & ~(u32)ATTR_WRITABLE) | ATTR_ACCESSOR);
}

bool obj_get_own_direct(Isolate *iso, JSObject *o, PropertyKey key, Value *v) {
  OwnProperty own;
  if (!own_find_named(iso, o, key, &own) || own.attrs & ATTR_ACCESSOR) return false;
  *v = slot_get(own.slot);
  return true;
}

// ---- Accessors ----

Value accessor_get(Isolate *iso, Value accessor, Value receiver) {
  Value getter = slot_get(&((Accessor *)value_cell(accessor))->getter);
  if (getter == VALUE_UNDEFINED) return VALUE_UNDEFINED;
  return CALL0(iso, getter, receiver);
}

Tri accessor_set(Isolate *iso, Value accessor, Value v, Value receiver) {
  Value setter = slot_get(&((Accessor *)value_cell(accessor))->setter);
  if (setter == VALUE_UNDEFINED) return TRI_NO;
  return CALL1(iso, setter, receiver, v) ? TRI_YES : TRI_FAIL;
}
