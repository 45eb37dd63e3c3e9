// SPDX-License-Identifier: MIT
// for-in (ECMA-262 14.7.5.9 and its informative EnumerateObjectProperties). The common case: an ordinary object with no
// elements, whose prototypes have nothing enumerable: the keys are the shape's, computed once for all objects of the
// shape, and while the object keeps its shape they need no check. Otherwise each object of the chain is asked in turn.
// Tests: tests/js/control/for-in.js, test262.
#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/iterate.h"

static bool is_enumerable_name(const PropertyEntry *entry) {
  return entry->key && entry->attrs & ATTR_ENUMERABLE && key_is_atom(entry->key);
}

static u32 count_enumerable(const Shape *shape) {
  u32 count = 0;
  if (!shape->count) return 0;
  const PropertyEntry *entries = shape_entries(shape);
  for (u32 i = 0; i < shape->count; i++) count += is_enumerable_name(&entries[i]);
  return count;
}

Cell *shape_enum_cache(Isolate *iso, Shape *shape) {
  if (ref_get(shape->enum_cache)) return ref_get(shape->enum_cache);
  ValueArray *keys = TRY(value_array_new(iso, count_enumerable(shape)));
  const PropertyEntry *entries = shape->count ? shape_entries(shape) : NULL;
  u32 n = 0;
  for (u32 i = 0; i < shape->count; i++) {
    if (is_enumerable_name(&entries[i])) slot_init(&keys->values[n++], value_from_cell(key_cell(entries[i].key)));
  }
  gc_barrier(heap_of(iso), &keys->cell);
  // A unique shape changes under its cache, so it keeps none.
  if (!(shape->flags & SHAPE_UNIQUE)) ref_set(iso, shape, &shape->enum_cache, &keys->cell);
  return &keys->cell;
}

// No index keys, and names as the shape says.
static bool has_only_names(Isolate *iso, const JSObject *o) {
  if (obj_shape(iso, o)->flags & SHAPE_EXOTIC || !obj_has_dense(o)) return false;
  u8 kind = o->cell.kind;
  if (kind == KIND_PROXY || kind == KIND_TYPED_ARRAY || kind == KIND_STRING_OBJECT || kind == KIND_MODULE_NAMESPACE ||
      kind == KIND_HOST_OBJECT || kind == KIND_ARGUMENTS) {
    return false;
  }
  return elements_header(o->bf)->length == 0;
}

static bool chain_has_nothing(Isolate *iso, const JSObject *o) {
  for (Value proto = slot_get(&obj_shape(iso, o)->proto); value_is_object(proto); proto = slot_get(&obj_shape(iso, o)->proto)) {
    o = value_object(proto);
    if (!has_only_names(iso, o) || count_enumerable(obj_shape(iso, o))) return false;
  }
  return true;
}

static bool collect_keys(Isolate *iso, JSForInIterator *it, JSObject *o) {
  KeyList list;
  key_list_init(&list, iso);
  TRY(obj_own_property_keys(iso, o, &list));
  ValueArray *keys = TRY(value_array_new(iso, list.length));
  u32 n = 0;
  for (u32 i = 0; i < list.length; i++) {
    if (key_is_symbol(list.data[i])) continue;
    Value key = TRY(key_to_value(iso, list.data[i]));
    slot_set(iso, keys, &keys->values[n], key);
    n++;
  }
  slot_set(iso, it, &it->target, value_from_object(o));
  ref_set(iso, it, &it->keys, &keys->cell);
  it->index = 0;
  it->count = n;
  it->shape_id = 0;
  return true;
}

static bool start_object(Isolate *iso, JSForInIterator *it, JSObject *o) {
  bool ordinary_chain = !(obj_shape(iso, o)->flags & SHAPE_EXOTIC) && o->cell.kind != KIND_PROXY;
  it->last = ordinary_chain && chain_has_nothing(iso, o);
  if (!it->last || !has_only_names(iso, o)) return collect_keys(iso, it, o);
  Shape *shape = obj_shape(iso, o);
  ValueArray *keys = (ValueArray *)TRY(shape_enum_cache(iso, shape));
  slot_set(iso, it, &it->target, value_from_object(o));
  ref_set(iso, it, &it->keys, &keys->cell);
  it->count = (u32)keys->count;
  it->shape_id = shape->flags & SHAPE_UNIQUE ? 0 : shape->id; // a dictionary may keep its id when it loses a property
  return true;
}

Value for_in_start(Isolate *iso, Value v) {
  JSForInIterator *it = TRY((JSForInIterator *)obj_new_kind(iso, KIND_FOR_IN_ITERATOR, VALUE_NULL));
  slot_init(&it->target, VALUE_UNDEFINED);
  slot_init(&it->visited, VALUE_UNDEFINED);
  if (!value_is_nullish(v)) {
    JSObject *o = TRY(to_object(iso, v));
    TRY(start_object(iso, it, o));
  }
  return value_from_object(it);
}

static HashTable *visited_of(const JSForInIterator *it) {
  Value v = slot_get(&it->visited);
  return value_is_undefined(v) ? NULL : (HashTable *)value_cell(v);
}

// From the target to its prototype: what the target had hides keys further up, enumerable or not. NO: the chain ends.
static Tri go_up(Isolate *iso, JSForInIterator *it) {
  JSObject *target = value_object(slot_get(&it->target));
  Value proto = it->last ? VALUE_NULL : TRY(obj_get_prototype_of(iso, target));
  if (!value_is_object(proto)) {
    slot_set(iso, it, &it->target, VALUE_UNDEFINED);
    return TRI_NO;
  }
  HashTable *visited = visited_of(it);
  if (!visited) {
    visited = TRY(hash_table_new(iso));
    slot_set(iso, it, &it->visited, value_from_cell(visited));
  }
  const ValueArray *keys = (ValueArray *)ref_get(it->keys);
  for (u32 i = 0; i < it->count; i++) TRY(hash_table_set(iso, visited, slot_get(&keys->values[i]), VALUE_UNDEFINED));
  TRY(collect_keys(iso, it, value_object(proto)));
  return TRI_YES;
}

// Whether `key` is to be visited now: still there, enumerable, not hidden by an object before.
static Tri is_to_visit(Isolate *iso, JSForInIterator *it, Value key) {
  HashTable *visited = visited_of(it);
  bool failed = false;
  if (visited && hash_table_find(iso, visited, key, &failed)) return TRI_NO;
  if (failed) return TRI_FAIL;
  PropertyKey property = TRY(key_from_string(iso, value_string(key)));
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, value_object(slot_get(&it->target)), property, &desc));
  return tri(found == TRI_YES && desc.attrs & ATTR_ENUMERABLE);
}

Value for_in_next(Isolate *iso, JSForInIterator *it) {
  while (!value_is_undefined(slot_get(&it->target))) {
    while (it->index < it->count) {
      Value key = slot_get(&((ValueArray *)ref_get(it->keys))->values[it->index++]);
      JSObject *target = value_object(slot_get(&it->target));
      if (LIKELY(it->shape_id && target->cell.shape_id == it->shape_id)) return key;
      if (TRY(is_to_visit(iso, it, key)) == TRI_YES) return key;
    }
    if (TRY(go_up(iso, it)) == TRI_NO) break;
  }
  return VALUE_UNDEFINED;
}
