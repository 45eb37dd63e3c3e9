// SPDX-License-Identifier: MIT
// Arguments objects. A mapped one shares its first elements with the parameters of the running function: the compiler puts
// those parameters into an environment, and `map` says in which slot each lives, until the element is deleted or
// redefined. Unmapped ones are plain objects with a shape of their own.
// Tests: tests/js/fundamental/arguments.js, test262.
#include "vm/arguments.h"

#include "vm/error.h"
#include "vm/kinds.h"
#include "vm/operators.h"

// ---- Making. The realm's shapes have length, @@iterator and callee in slots 0, 1 and 2. ----

static bool furnish(Isolate *iso, JSObject *o, Value callee, u32 argc, const Value *args) {
  const Shape *shape = obj_shape(iso, o);
  slot_init(obj_slot_at(o, shape, 0), value_from_u32(argc));
  slot_init(obj_slot_at(o, shape, 1), VALUE_UNDEFINED);
  slot_init(obj_slot_at(o, shape, 2), callee);
  Value values = intrinsic(iso, INTRINSIC_ARRAY_PROTO_VALUES);
  slot_set(iso, o, obj_slot_at(o, shape, 1), values);
  if (!argc) return true;
  TRY(obj_ensure_dense(iso, o, argc));
  for (u32 i = 0; i < argc; i++) slot_init(&o->bf[i], args[i]);
  gc_barrier(heap_of(iso), &o->cell);
  elements_header(o->bf)->length = argc;
  return true;
}

JSObject *arguments_create_unmapped(Isolate *iso, u32 argc, const Value *args) {
  Value thrower = intrinsic(iso, INTRINSIC_THROW_TYPE_ERROR);
  Accessor *callee = (Accessor *)gc_alloc(heap_of(iso), sizeof(Accessor), KIND_ACCESSOR);
  slot_init(&callee->getter, thrower);
  slot_init(&callee->setter, thrower);
  JSObject *o = TRY(obj_new(iso, ref_get(realm_current(iso)->shape_arguments_unmapped)));
  TRY(furnish(iso, o, value_from_cell(callee), argc, args));
  return o;
}

static bool any_mapped(const u16 *slot_of_param, u32 count) {
  for (u32 i = 0; i < count; i++) {
    if (slot_of_param[i] != ARGUMENTS_NOT_MAPPED) return true;
  }
  return false;
}

JSObject *arguments_create_mapped(Isolate *iso, JSFunction *callee, Environment *env, const u16 *slot_of_param, u32 param_count,
                                  u32 argc, const Value *args) {
  JSObject *o = TRY(obj_alloc(iso, ref_get(realm_current(iso)->shape_arguments_mapped), KIND_ARGUMENTS));
  TRY(furnish(iso, o, value_from_object(callee), argc, args));
  JSArguments *a = (JSArguments *)o;
  u32 count = MIN(param_count, argc);
  if (!any_mapped(slot_of_param, count)) return o;
  Bytes *map = TRY(bytes_new(iso, (u64)count * sizeof(u32)));
  for (u32 i = 0; i < count; i++) {
    bool mapped = slot_of_param[i] != ARGUMENTS_NOT_MAPPED;
    ((u32 *)(void *)map->data)[i] = mapped ? slot_of_param[i] + 1u : 0;
    if (mapped) slot_init(&o->bf[i], VALUE_UNDEFINED); // lives in the environment only
  }
  ref_set(iso, a, &a->env, env);
  ref_set(iso, a, &a->map, &map->cell);
  a->mapped_count = count;
  return o;
}

// ---- All values at once ----

bool arguments_are_plain(Isolate *iso, Value v, u32 *count) {
  if (!value_is_object(v)) return false;
  const JSObject *o = value_object(v);
  const Realm *realm = realm_current(iso);
  const Shape *shape = obj_shape(iso, o);
  if (shape != ref_get(realm->shape_arguments_mapped) && shape != ref_get(realm->shape_arguments_unmapped)) return false;
  Value length = slot_get(obj_slot_at((JSObject *)o, shape, 0));
  if (!value_is_int(length) || value_int(length) < 0 || o->cell.flags & OBJ_SPARSE) return false;
  *count = (u32)value_int(length);
  if (*count > elements_header(o->bf)->capacity) return false;
  for (u32 i = 0; i < *count; i++) {
    if (!slot_get(&o->bf[i])) return false;
  }
  return true;
}

void arguments_copy_plain(const JSObject *o, Value *to, u32 count) {
  for (u32 i = 0; i < count; i++) to[i] = slot_get(&o->bf[i]);
  if (o->cell.kind != KIND_ARGUMENTS) return;
  const JSArguments *a = (const JSArguments *)o;
  for (u32 i = 0; i < MIN(count, a->mapped_count); i++) {
    u32 entry = ((const u32 *)(const void *)((Bytes *)ref_get(a->map))->data)[i];
    if (entry) to[i] = slot_get(&ref_get(a->env)->slots[entry - 1]);
  }
}

// ---- The map ----

static u32 *map_entry(JSObject *o, PropertyKey key) { // NULL: not mapped
  JSArguments *a = (JSArguments *)o;
  if (!key_is_index(key) || key_index(key) >= a->mapped_count) return NULL;
  u32 *entry = (u32 *)(void *)((Bytes *)ref_get(a->map))->data + key_index(key);
  return *entry ? entry : NULL;
}

static Slot *mapped_slot(JSObject *o, const u32 *entry) { return &ref_get(((JSArguments *)o)->env)->slots[*entry - 1]; }

static void set_mapped(Isolate *iso, JSObject *o, const u32 *entry, Value v) {
  slot_set(iso, ref_get(((JSArguments *)o)->env), mapped_slot(o, entry), v);
}

// ---- Internal methods ----

static Tri arguments_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  Tri found = TRY(ordinary_get_own_property(iso, o, key, desc));
  u32 *entry = found == TRI_YES ? map_entry(o, key) : NULL;
  if (entry) desc->value = slot_get(mapped_slot(o, entry));
  return found;
}

static Tri arguments_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  u32 *entry = map_entry(o, key);
  if (!entry) return ordinary_define_own_property(iso, o, key, desc);
  bool is_accessor = desc->has & (HAS_GET | HAS_SET);
  bool freezes = desc->has & HAS_WRITABLE && !(desc->attrs & ATTR_WRITABLE);
  PropertyDescriptor plain = *desc;
  if (!is_accessor && freezes && !(desc->has & HAS_VALUE)) {
    plain.value = slot_get(mapped_slot(o, entry));
    plain.has |= HAS_VALUE;
  }
  if (TRY(ordinary_define_own_property(iso, o, key, &plain)) == TRI_NO) return TRI_NO;
  if (is_accessor) {
    *entry = 0;
    return TRI_YES;
  }
  if (desc->has & HAS_VALUE) set_mapped(iso, o, entry, desc->value);
  if (freezes) *entry = 0;
  return TRI_YES;
}

static Value arguments_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  u32 *entry = map_entry(o, key);
  return entry ? slot_get(mapped_slot(o, entry)) : ordinary_get(iso, o, key, receiver);
}

static Tri arguments_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  u32 *entry = receiver == value_from_object(o) ? map_entry(o, key) : NULL;
  if (entry) set_mapped(iso, o, entry, v);
  return ordinary_set(iso, o, key, v, receiver);
}

static Tri arguments_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  u32 *entry = map_entry(o, key);
  Tri deleted = TRY(ordinary_delete(iso, o, key));
  if (deleted == TRI_YES && entry) *entry = 0;
  return deleted;
}

const InternalMethods arguments_methods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = ordinary_prevent_extensions,
    .get_own_property = arguments_get_own_property,
    .define_own_property = arguments_define_own_property,
    .has_property = ordinary_has_property,
    .get = arguments_get,
    .set = arguments_set,
    .delete_property = arguments_delete,
    .own_property_keys = ordinary_own_property_keys,
};
