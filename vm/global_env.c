// SPDX-License-Identifier: MIT
// The global environment record (9.1.1.4): lexical declarations of scripts beside the global object.
#include "vm/global_env.h"

#include "vm/cells.h"
#include "vm/error.h"
#include "vm/interp_internal.h"

Binding *global_lexical_find(Realm *realm, PropertyKey name, Isolate *iso) {
  HashTable *table = (HashTable *)ref_get(realm->global_lexicals);
  if (!table) return NULL;
  HashEntry *entry = hash_table_find(iso, table, (Value)name, NULL);
  return entry ? (Binding *)slot_get(&entry->value) : NULL;
}

bool global_lexical_create(Isolate *iso, Realm *realm, PropertyKey name, bool is_const) {
  HashTable *table = (HashTable *)ref_get(realm->global_lexicals);
  if (!table) {
    table = TRY(hash_table_new(iso));
    ref_set(iso, realm, &realm->global_lexicals, &table->cell);
  }
  Binding *binding = (Binding *)gc_alloc(&iso->heap, sizeof(Binding), KIND_BINDING);
  binding->is_const = is_const;
  binding->name = name;
  // Code that found the name on the global object must look again.
  JSObject *global = ref_get(realm->global_object);
  Shape *shape = obj_shape(iso, global);
  shape_new_id(iso, shape);
  global->cell.shape_id = shape->id;
  return hash_table_set(iso, table, (Value)name, value_from_cell(binding));
}

bool global_lexical_initialize(Isolate *iso, Realm *realm, PropertyKey name, Value v) {
  Binding *binding = global_lexical_find(realm, name, iso);
  slot_set(iso, binding, &binding->value, v);
  return true;
}

static bool throw_redeclared(Isolate *iso, PropertyKey name) {
  THROW(iso, VAR_REDECLARED, error_text_of_key(iso, name));
  return false;
}

Tri can_declare_global_var(Isolate *iso, Realm *realm, PropertyKey name) {
  JSObject *global = ref_get(realm->global_object);
  Tri has = TRY(has_own_property(iso, global, name));
  return has == TRI_YES ? TRI_YES : obj_is_extensible(iso, global);
}

Tri can_declare_global_function(Isolate *iso, Realm *realm, PropertyKey name) {
  JSObject *global = ref_get(realm->global_object);
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, global, name, &desc));
  if (found == TRI_NO) return obj_is_extensible(iso, global);
  if (desc.attrs & ATTR_CONFIGURABLE) return TRI_YES;
  return tri(desc.has & HAS_VALUE && (desc.attrs & (ATTR_WRITABLE | ATTR_ENUMERABLE)) == (ATTR_WRITABLE | ATTR_ENUMERABLE));
}

bool create_global_var_binding(Isolate *iso, Realm *realm, PropertyKey name, bool deletable) {
  JSObject *global = ref_get(realm->global_object);
  Tri has = TRY(has_own_property(iso, global, name));
  if (has == TRI_YES) return true;
  Tri extensible = TRY(obj_is_extensible(iso, global));
  if (extensible == TRI_NO) return true;
  PropertyDescriptor desc = {.value = VALUE_UNDEFINED,
                             .attrs = ATTR_WRITABLE | ATTR_ENUMERABLE | (deletable ? ATTR_CONFIGURABLE : 0),
                             .has = HAS_ALL_DATA};
  return define_property_or_throw(iso, global, name, &desc);
}

bool create_global_function_binding(Isolate *iso, Realm *realm, PropertyKey name, Value f, bool deletable) {
  JSObject *global = ref_get(realm->global_object);
  PropertyDescriptor current, desc = {.value = f, .has = HAS_VALUE};
  Tri found = TRY(obj_get_own_property(iso, global, name, &current));
  if (found == TRI_NO || current.attrs & ATTR_CONFIGURABLE) {
    desc.attrs = ATTR_WRITABLE | ATTR_ENUMERABLE | (deletable ? ATTR_CONFIGURABLE : 0);
    desc.has = HAS_ALL_DATA;
  }
  TRY(define_property_or_throw(iso, global, name, &desc));
  return obj_set(iso, global, name, f, false);
}

// HasRestrictedGlobalProperty (9.1.1.4.14)
static Tri has_restricted_global_property(Isolate *iso, Realm *realm, PropertyKey name) {
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, ref_get(realm->global_object), name, &desc));
  return tri(found == TRI_YES && !(desc.attrs & ATTR_CONFIGURABLE));
}

bool global_declaration_instantiation(Isolate *iso, Realm *realm, JSObject *vars, JSObject *lexicals) {
  for (u32 i = 0; i + 1 < array_length(lexicals); i += 2) {
    PropertyKey name = TRY(to_property_key(iso, slot_get(&lexicals->bf[i])));
    if (global_lexical_find(realm, name, iso)) return throw_redeclared(iso, name);
    Tri restricted = TRY(has_restricted_global_property(iso, realm, name));
    if (restricted == TRI_YES) return throw_redeclared(iso, name);
  }
  for (u32 i = 0; i + 1 < array_length(vars); i += 2) {
    PropertyKey name = TRY(to_property_key(iso, slot_get(&vars->bf[i])));
    if (global_lexical_find(realm, name, iso)) return throw_redeclared(iso, name);
  }
  for (u32 i = 0; i + 1 < array_length(vars); i += 2) {
    PropertyKey name = TRY(to_property_key(iso, slot_get(&vars->bf[i])));
    bool is_function = slot_get(&vars->bf[i + 1]) == VALUE_TRUE;
    Tri can = TRY(is_function ? can_declare_global_function(iso, realm, name) : can_declare_global_var(iso, realm, name));
    if (can == TRI_YES) continue;
    if (is_function) THROW(iso, GLOBAL_FUNCTION, error_text_of_key(iso, name));
    else THROW(iso, GLOBAL_VAR, error_text_of_key(iso, name));
    return false;
  }
  for (u32 i = 0; i + 1 < array_length(lexicals); i += 2) {
    PropertyKey name = TRY(to_property_key(iso, slot_get(&lexicals->bf[i])));
    TRY(global_lexical_create(iso, realm, name, slot_get(&lexicals->bf[i + 1]) == VALUE_TRUE));
  }
  return true;
}
