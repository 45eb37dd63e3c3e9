// SPDX-License-Identifier: MIT
// Module namespace exotic objects (ECMA-262 10.4.6): the sorted export names and, in the same order, the Binding cells they
// stand for (or the Module whose namespace a name stands for).
// Tests: tests/js/control/module*, test262.
#include "vm/module_internal.h"

#include "vm/error.h"
#include "vm/operators.h"

static int compare_names(Value a, Value b) { return str_compare_flat(value_string(a), value_string(b)); }

// ---- Making ----

static ValueArray *copy_first(Isolate *iso, const ValueArray *from, u32 count) {
  ValueArray *to = TRY(value_array_new(iso, count));
  memcpy(to->values, from->values, count * sizeof(Slot));
  gc_barrier(heap_of(iso), &to->cell);
  return to;
}

static bool collect_exports(Isolate *iso, Module *m, ValueArray **names, ValueArray **bindings) {
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(module_exported_names(iso, m, &keys));
  *names = TRY(value_array_new(iso, keys.length));
  *bindings = TRY(value_array_new(iso, keys.length));
  u32 n = 0;
  for (u32 i = 0; i < keys.length; i++) {
    ExportResolution r = module_resolve_export(iso, m, keys.data[i]);
    if (r.kind == RESOLUTION_FAILED) return false;
    if (r.kind < RESOLUTION_BINDING) continue; // missing and ambiguous names are left out
    Value name = TRY(key_to_value(iso, keys.data[i]));
    name = value_from_cell(TRY(str_flatten(iso, value_string(name))));
    u32 at = n++;
    for (; at && compare_names(slot_get(&(*names)->values[at - 1]), name) > 0; at--) {
      (*names)->values[at] = (*names)->values[at - 1];
      (*bindings)->values[at] = (*bindings)->values[at - 1];
    }
    slot_set(iso, *names, &(*names)->values[at], name);
    slot_set(iso, *bindings, &(*bindings)->values[at],
             r.kind == RESOLUTION_BINDING ? value_from_cell(r.binding) : value_from_cell(r.module));
  }
  if (n == keys.length) return true;
  *names = TRY(copy_first(iso, *names, n));
  *bindings = TRY(copy_first(iso, *bindings, n));
  return true;
}

JSObject *module_namespace(Isolate *iso, Module *m) {
  Value known = slot_get(&m->namespace_object);
  if (value_is_object(known)) return value_object(known);
  ValueArray *names, *bindings;
  TRY(collect_exports(iso, m, &names, &bindings));
  JSModuleNamespace *ns = TRY((JSModuleNamespace *)obj_new_kind(iso, KIND_MODULE_NAMESPACE, VALUE_NULL));
  ref_set(iso, ns, &ns->module, m);
  ref_set(iso, ns, &ns->names, &names->cell);
  ref_set(iso, ns, &ns->bindings, &bindings->cell);
  obj_put_direct(iso, &ns->object, SYM(toStringTag), value_from_cell(ATOM_STRING(Module)), 0);
  TRY(ordinary_prevent_extensions(iso, &ns->object));
  slot_set(iso, m, &m->namespace_object, value_from_object(ns));
  return &ns->object;
}

// ---- Reading ----

static const ValueArray *names_of(const JSObject *o) { return (ValueArray *)ref_get(((const JSModuleNamespace *)o)->names); }

// Position of an export, or -1. Symbols are none. -2: thrown.
static i64 find_export(Isolate *iso, const JSObject *o, PropertyKey key) {
  const ValueArray *names = names_of(o);
  Value name = key_to_value(iso, key);
  if (!name) return -2;
  i64 low = 0, high = (i64)names->count - 1;
  while (low <= high) {
    i64 middle = (low + high) / 2;
    Value candidate = slot_get(&names->values[middle]);
    int order = candidate == name ? 0 : compare_names(candidate, name);
    if (!order) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

static Value value_of_export(Isolate *iso, const JSObject *o, i64 at) {
  const ValueArray *bindings = (ValueArray *)ref_get(((const JSModuleNamespace *)o)->bindings);
  Cell *cell = value_cell(slot_get(&bindings->values[at]));
  if (cell->kind == KIND_MODULE) return value_from_object(TRY(module_namespace(iso, (Module *)cell)));
  Value v = slot_get(&((Binding *)cell)->value);
  if (v == VALUE_EMPTY) {
    return THROW(iso, TDZ, error_text_of_string(iso, value_string(slot_get(&names_of(o)->values[at]))));
  }
  return v;
}

// ---- Internal methods ----

static Value namespace_get_prototype_of(Isolate *iso, JSObject *o) {
  (void)iso, (void)o;
  return VALUE_NULL;
}
static Tri namespace_set_prototype_of(Isolate *iso, JSObject *o, Value proto) {
  (void)iso, (void)o;
  return tri(value_is_null(proto));
}
static Tri namespace_is_extensible(Isolate *iso, JSObject *o) {
  (void)iso, (void)o;
  return TRI_NO;
}
static Tri namespace_prevent_extensions(Isolate *iso, JSObject *o) {
  (void)iso, (void)o;
  return TRI_YES;
}

static Tri namespace_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  if (key_is_symbol(key)) return ordinary_get_own_property(iso, o, key, desc);
  i64 at = find_export(iso, o, key);
  if (at < 0) return at == -1 ? TRI_NO : TRI_FAIL;
  Value v = TRY(value_of_export(iso, o, at));
  *desc = (PropertyDescriptor){.value = v, .attrs = ATTR_WRITABLE | ATTR_ENUMERABLE, .has = HAS_ALL_DATA};
  return TRI_YES;
}

static Tri namespace_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  if (key_is_symbol(key)) return ordinary_define_own_property(iso, o, key, desc);
  PropertyDescriptor current;
  if (TRY(namespace_get_own_property(iso, o, key, &current)) == TRI_NO) return TRI_NO;
  if (desc->has & HAS_CONFIGURABLE && desc->attrs & ATTR_CONFIGURABLE) return TRI_NO;
  if (desc->has & HAS_ENUMERABLE && !(desc->attrs & ATTR_ENUMERABLE)) return TRI_NO;
  if (desc->has & (HAS_GET | HAS_SET)) return TRI_NO;
  if (desc->has & HAS_WRITABLE && !(desc->attrs & ATTR_WRITABLE)) return TRI_NO;
  return desc->has & HAS_VALUE ? same_value(iso, desc->value, current.value) : TRI_YES;
}

static Tri namespace_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  if (key_is_symbol(key)) return ordinary_has_property(iso, o, key);
  i64 at = find_export(iso, o, key);
  return at == -2 ? TRI_FAIL : tri(at >= 0);
}

static Value namespace_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  if (key_is_symbol(key)) return ordinary_get(iso, o, key, receiver);
  i64 at = find_export(iso, o, key);
  if (at < 0) return at == -1 ? VALUE_UNDEFINED : VALUE_FAIL;
  return value_of_export(iso, o, at);
}

static Tri namespace_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  (void)iso, (void)o, (void)key, (void)v, (void)receiver;
  return TRI_NO;
}

static Tri namespace_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  if (key_is_symbol(key)) return ordinary_delete(iso, o, key);
  i64 at = find_export(iso, o, key);
  return at == -2 ? TRI_FAIL : tri(at < 0);
}

static bool namespace_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  const ValueArray *names = names_of(o);
  for (u64 i = 0; i < names->count; i++) {
    PropertyKey key = TRY(key_from_string(iso, value_string(slot_get(&names->values[i]))));
    TRY(key_list_push(keys, key));
  }
  return ordinary_own_property_keys(iso, o, keys);
}

const InternalMethods module_namespace_methods = {
    .get_prototype_of = namespace_get_prototype_of,
    .set_prototype_of = namespace_set_prototype_of,
    .is_extensible = namespace_is_extensible,
    .prevent_extensions = namespace_prevent_extensions,
    .get_own_property = namespace_get_own_property,
    .define_own_property = namespace_define_own_property,
    .has_property = namespace_has_property,
    .get = namespace_get,
    .set = namespace_set,
    .delete_property = namespace_delete,
    .own_property_keys = namespace_own_property_keys,
};
