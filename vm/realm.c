// SPDX-License-Identifier: MIT
// Realms: the root shapes that literals and closures start from, and the global object with its lazy properties.
#include "vm/object_internal.h"

Realm *realm_current(Isolate *iso) {
  const Value *fp = iso->fp;
  if (UNLIKELY(!fp || fp < iso->stack_base + FRAME_HEADER)) return iso->main_realm;
  Value callee = fp[-4];
  if (UNLIKELY(!value_bits(callee) || !value_is_cell(callee))) return iso->main_realm;
  if (value_cell(callee)->kind == KIND_FUNCTION) return ref_get(((JSFunction *)value_cell(callee))->code)->realm;
  if (value_cell(callee)->kind == KIND_NATIVE_FUNCTION) return ref_get(((JSNativeFunction *)value_cell(callee))->realm);
  return iso->main_realm;
}

Value get_active_script_or_module(Isolate *iso) {
  for (const Value *fp = iso->fp; fp && fp >= iso->stack_base + FRAME_HEADER; fp = (const Value *)(uintptr_t)value_bits(fp[-2])) {
    Value callee = fp[-4];
    if (!value_bits(callee) || !value_is_kind(callee, KIND_FUNCTION)) continue;
    Value host_defined = slot_get(&ref_get(((JSFunction *)value_cell(callee))->code)->host_defined);
    if (host_defined != VALUE_UNDEFINED) return host_defined;
  }
  return VALUE_UNDEFINED;
}

static Shape *shape_with_keys(Isolate *iso, Realm *realm, u8 kind, const PropertyKey *keys, u32 count, u32 attrs) {
  Value proto = value_from_object(realm_intrinsic(iso, realm, INTRINSIC_OBJECT_PROTOTYPE));
  const ObjectClass *class = &weft_object_classes[kind];
  Shape *s = shape_root(iso, proto, kind, class->size, (u16)count, class->shape_flags);
  for (u32 i = 0; i < count; i++) s = MUST(shape_child(iso, s, keys[i], attrs));
  return s;
}

// `callee` of unmapped arguments is an accessor.
static Shape *unmapped_arguments_shape(Isolate *iso, Realm *realm) {
  Value proto = value_from_object(realm_intrinsic(iso, realm, INTRINSIC_OBJECT_PROTOTYPE));
  Shape *s = shape_root(iso, proto, KIND_OBJECT, sizeof(JSObject), 3, 0);
  s = MUST(shape_child(iso, s, ATOM(length), ATTR_METHOD));
  s = MUST(shape_child(iso, s, SYM(iterator), ATTR_METHOD));
  return MUST(shape_child(iso, s, ATOM(callee), ATTR_ACCESSOR));
}

static void make_shapes(Isolate *iso, Realm *r) {
  Value object_proto = value_from_object(realm_intrinsic(iso, r, INTRINSIC_OBJECT_PROTOTYPE));
  Value function_proto = value_from_object(realm_intrinsic(iso, r, INTRINSIC_FUNCTION_PROTOTYPE));
  ref_set(iso, r, &r->shape_object, shape_root(iso, object_proto, KIND_OBJECT, sizeof(JSObject), 4, 0));
  Shape *function = shape_root(iso, function_proto, KIND_FUNCTION, sizeof(JSFunction), 0, SHAPE_LAZY_FUNCTION);
  Shape *method = shape_root(iso, function_proto, KIND_FUNCTION, sizeof(JSMethod), 0, SHAPE_LAZY_FUNCTION);
  ref_set(iso, r, &r->shape_function, function);
  ref_set(iso, r, &r->shape_arrow, function);
  ref_set(iso, r, &r->shape_method, function);
  ref_set(iso, r, &r->shape_class, method);
  ref_set(iso, r, &r->shape_derived_class, method);
  Value array_proto = value_from_object(realm_intrinsic(iso, r, INTRINSIC_ARRAY_PROTOTYPE));
  ref_set(iso, r, &r->shape_array, shape_root(iso, array_proto, KIND_ARRAY, sizeof(JSArray), 0, 0));
  const PropertyKey result_keys[] = {ATOM(value), ATOM(done)};
  ref_set(iso, r, &r->shape_iter_result, shape_with_keys(iso, r, KIND_OBJECT, result_keys, 2, ATTR_ALL));
  Shape *match = shape_root(iso, array_proto, KIND_ARRAY, sizeof(JSArray), 3, 0); // of what RegExp.prototype.exec gives
  match = MUST(shape_child(iso, match, ATOM(index), ATTR_ALL));
  match = MUST(shape_child(iso, match, ATOM(input), ATTR_ALL));
  ref_set(iso, r, &r->shape_match, MUST(shape_child(iso, match, ATOM(groups), ATTR_ALL)));
  const PropertyKey descriptor_keys[] = {ATOM(value), ATOM(writable), ATOM(enumerable), ATOM(configurable)};
  ref_set(iso, r, &r->shape_data_descriptor, shape_with_keys(iso, r, KIND_OBJECT, descriptor_keys, 4, ATTR_ALL));
  const PropertyKey mapped_keys[] = {ATOM(length), SYM(iterator), ATOM(callee)};
  ref_set(iso, r, &r->shape_arguments_mapped, shape_with_keys(iso, r, KIND_ARGUMENTS, mapped_keys, 3, ATTR_METHOD));
  ref_set(iso, r, &r->shape_arguments_unmapped, unmapped_arguments_shape(iso, r));
}

// All its properties are in the store, where the interpreter's global caches expect them.
static void make_global_object(Isolate *iso, Realm *r) {
  Value proto = value_from_object(realm_intrinsic(iso, r, INTRINSIC_OBJECT_PROTOTYPE));
  u32 count = iso->builtins ? iso->builtins->global_count : 0;
  Shape *shape = shape_new_unique(iso, proto, KIND_GLOBAL_OBJECT, sizeof(JSObject), 0, 0, count + 8);
  JSObject *global = obj_alloc(iso, shape, KIND_GLOBAL_OBJECT);
  ref_set(iso, r, &r->global_object, global);
  slot_set(iso, r, &r->global_this, value_from_object(global));
  MUST(obj_ensure_named(iso, global, count + 8));
  obj_put_direct(iso, global, ATOM(globalThis), value_from_object(global), ATTR_METHOD);
  if (count) builtin_define_properties(iso, r, global, iso->builtins->globals, count);
}

Realm *realm_new(Isolate *iso) {
  Realm *r = (Realm *)gc_alloc(heap_of(iso), sizeof(Realm), KIND_REALM);
  r->id = iso->next_realm_id++;
  slot_init(&r->host_defined, VALUE_UNDEFINED);
  if (!iso->main_realm) iso->main_realm = r;
  JSObject *object_proto = realm_intrinsic(iso, r, INTRINSIC_OBJECT_PROTOTYPE);
  obj_become_prototype(iso, object_proto);
  obj_shape(iso, object_proto)->flags |= SHAPE_IMMUTABLE_PROTO;
  make_shapes(iso, r);
  make_global_object(iso, r);
  if (iso->eager_builtins) realm_materialise_all(iso, r);
  return r;
}
