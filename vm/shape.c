// SPDX-License-Identifier: MIT
// Shapes: the tree of shared ones, the unique ones, their ids, and everything that changes what a shape says.
// Shapes and tables are born old (only full collections reclaim them). Ids of shapes that died or were renewed are used again
// only after a full collection, when the inline caches have forgotten them.
#include "vm/cells.h"
#include "vm/ic.h"
#include "vm/shape_internal.h"

// Flags that a shape keeps when its properties or its prototype change.
enum {
  ROOT_FLAGS = SHAPE_LAZY_FUNCTION | SHAPE_EXOTIC | SHAPE_HAS_INDEXED_ACCESSORS | SHAPE_HTMLDDA,
  KEPT_FLAGS = ROOT_FLAGS | SHAPE_NON_EXTENSIBLE | SHAPE_IMMUTABLE_PROTO,
};

// ---- The table of ids ----

void shape_table_init(Isolate *iso) {
  iso->shape_capacity = 256;
  iso->shapes = base_alloc_zeroed(iso->shape_capacity * sizeof(Shape *));
  iso->shape_count = SHAPE_ID_FIRST_DYNAMIC;
  iso->proto_epoch = 1;
  iso->no_indexed_on_prototypes = 1;
}

void shape_table_destroy(Isolate *iso) {
  base_free(iso->shapes);
  iso->shapes = NULL;
  iso->shape_count = iso->shape_capacity = 0;
  vec_free(&iso->free_shape_ids);
}

static u32 take_id(Isolate *iso) {
  if (iso->free_shape_ids.len) return vec_pop(&iso->free_shape_ids);
  if (iso->shape_count == iso->shape_capacity) {
    u32 capacity = iso->shape_capacity * 2;
    iso->shapes = base_realloc(iso->shapes, capacity * sizeof(Shape *));
    memset(iso->shapes + iso->shape_capacity, 0, (capacity - iso->shape_capacity) * sizeof(Shape *));
    iso->shape_capacity = capacity;
  }
  return iso->shape_count++;
}

void shape_new_id(Isolate *iso, Shape *shape) {
  u32 id = take_id(iso);
  iso->shapes[shape->id] = NULL; // free after the next full collection
  iso->shapes[id] = shape;
  shape->id = id;
  shape->flags &= ~(u32)SHAPE_CACHED;
}

Shape *shape_from_id(Isolate *iso, u32 id) { return iso->shapes[id]; }

void shape_raise_epoch(Isolate *iso) {
  if (LIKELY(++iso->proto_epoch)) return;
  iso->proto_epoch = 1;
  ic_clear_epoch(iso);
}

void shapes_after_mark(Isolate *iso, bool full) {
  if (!full) return;
  Heap *heap = heap_of(iso);
  vec_clear(&iso->free_shape_ids);
  memset(iso->spread_shapes, 0, sizeof iso->spread_shapes);
  for (u32 id = SHAPE_ID_FIRST_DYNAMIC; id < iso->shape_count; id++) {
    Shape *shape = iso->shapes[id];
    if (shape && gc_is_marked(heap, &shape->cell)) {
      transitions_forget_dead(heap, shape);
    } else {
      iso->shapes[id] = NULL;
      vec_push(&iso->free_shape_ids, id);
    }
  }
}

// ---- Making shapes ----

static Shape *shape_alloc(Isolate *iso, u8 kind, u16 first_offset, u16 inline_cap, Value proto, u32 flags) {
  Shape *s = (Shape *)gc_alloc_old(heap_of(iso), sizeof(Shape), KIND_SHAPE);
  s->id = take_id(iso);
  iso->shapes[s->id] = s;
  s->cell.flags = kind;
  s->flags = flags;
  s->first_offset = first_offset;
  s->inline_cap = inline_cap;
  slot_set(iso, s, &s->proto, proto);
  return s;
}

static u32 capacity_for(u32 count) {
  u32 capacity = 4;
  while (capacity < count) capacity *= 2;
  return capacity;
}

Shape *shape_new_unique(Isolate *iso, Value proto, u8 kind, u16 first_offset, u16 inline_cap, u32 flags, u32 capacity) {
  Shape *s = shape_alloc(iso, kind, first_offset, inline_cap, proto, flags | SHAPE_UNIQUE);
  if (capacity) {
    PropertyTable *t = MUST(property_table_new(iso, capacity));
    ref_set(iso, s, &s->table, t);
  }
  return s;
}

// List of root shapes of objects with one prototype: a REF(Cell) to a ValueArray with EMPTY at its end.
typedef union RootList {
  Cell *ref_;
  u64 word_;
} RootList;

static Shape *root_find_in(RootList *list, u8 kind, u16 first_offset, u16 inline_cap, u32 flags) {
  ValueArray *roots = (ValueArray *)list->ref_;
  for (u64 i = 0; roots && i < roots->count; i++) {
    Shape *s = (Shape *)slot_get(&roots->values[i]);
    if (!s) return NULL;
    if (s->inline_cap != inline_cap || s->cell.flags != kind || s->first_offset != first_offset || s->flags != flags) continue;
    if (i) { // the last one asked for is found at once
      roots->values[i] = roots->values[0];
      slot_init(&roots->values[0], (Value)s);
    }
    return s;
  }
  return NULL;
}

static void root_add(Isolate *iso, Shape *owner, RootList *list, Shape *root) {
  ValueArray *roots = (ValueArray *)list->ref_;
  u64 i = 0;
  while (roots && i < roots->count && slot_get(&roots->values[i])) i++;
  if (!roots || i == roots->count) {
    ValueArray *bigger = MUST(value_array_new(iso, roots ? roots->count * 2 : 2));
    for (u64 k = 0; k < i; k++) slot_init(&bigger->values[k], slot_get(&roots->values[k]));
    list->ref_ = &bigger->cell;
    if (owner) gc_barrier(heap_of(iso), &owner->cell);
    roots = bigger;
  }
  slot_set(iso, roots, &roots->values[i], (Value)root);
}

Shape *shape_root(Isolate *iso, Value proto, u8 kind, u16 first_offset, u16 inline_cap, u32 flags) {
  Shape *owner = NULL;
  if (proto != VALUE_NULL) {
    owner = obj_shape(iso, value_object(proto));
    if (UNLIKELY(!(owner->flags & SHAPE_PROTO))) {
      obj_become_prototype(iso, value_object(proto));
      owner = obj_shape(iso, value_object(proto));
    }
  }
  RootList *list = (RootList *)(owner ? (void *)&owner->child_roots : (void *)&iso->null_proto_roots);
  Shape *found = root_find_in(list, kind, first_offset, inline_cap, flags);
  if (LIKELY(found != NULL)) return found;
  Shape *root = shape_alloc(iso, kind, first_offset, inline_cap, proto, flags);
  root_add(iso, owner, list, root);
  return root;
}

// A child with the table of its parent, which the caller may extend.
static Shape *child_alloc(Isolate *iso, Shape *parent, PropertyKey key, u32 attrs, u32 flags) {
  Shape *s = shape_alloc(iso, (u8)parent->cell.flags, parent->first_offset, parent->inline_cap, slot_get(&parent->proto), flags);
  s->count = parent->count;
  s->next_slot = parent->next_slot;
  s->transition_attrs = attrs;
  s->key = key;
  ref_set(iso, s, &s->parent, parent);
  ref_set(iso, s, &s->table, ref_get(parent->table));
  return s;
}

Shape *shape_child(Isolate *iso, Shape *parent, PropertyKey key, u32 attrs) {
  Shape *found = transition_find(parent, key, attrs);
  if (LIKELY(found != NULL)) return found;
  if (parent->count >= SHAPE_MAX_SHARED) return NULL;
  Shape *child = child_alloc(iso, parent, key, attrs, parent->flags);
  if (!transition_insert(iso, parent, child)) return NULL;
  PropertyTable *t = ref_get(parent->table);
  if (!t || t->count != parent->count || t->count == t->capacity) {
    u32 capacity = capacity_for(parent->count + 1);
    t = t ? property_table_copy(iso, t, parent->count, capacity) : property_table_new(iso, capacity);
    ref_set(iso, child, &child->table, MUST(t));
  }
  property_table_append(iso, t, key, child->next_slot, attrs);
  child->count++;
  child->next_slot++;
  return child;
}

Shape *shape_child_flags(Isolate *iso, Shape *parent, u32 add_flags) {
  Shape *found = transition_find(parent, NULL, add_flags);
  if (found) return found;
  Shape *child = child_alloc(iso, parent, NULL, add_flags, parent->flags | add_flags);
  return transition_insert(iso, parent, child) ? child : NULL;
}

Shape *shape_make_unique(Isolate *iso, JSObject *object, u32 flags) {
  if (obj_shape(iso, object)->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)object);
  Shape *s = obj_shape(iso, object);
  if (shape_is_unique(s)) {
    s->flags |= flags;
    return s;
  }
  Shape *unique = shape_new_unique(iso, slot_get(&s->proto), (u8)s->cell.flags, s->first_offset, s->inline_cap,
                                   (s->flags & KEPT_FLAGS) | flags, 0);
  if (s->count) {
    PropertyTable *t = TRY(property_table_copy(iso, ref_get(s->table), s->count, capacity_for(s->count + 2)));
    ref_set(iso, unique, &unique->table, t);
  }
  unique->count = s->count;
  unique->next_slot = s->next_slot;
  object->cell.shape_id = unique->id;
  return unique;
}

// ---- Reading ----

bool shape_lookup(const Shape *shape, PropertyKey key, PropertySlot *out) {
  u32 entry = shape_find_entry(shape, key);
  if (entry == ENTRY_NONE) return false;
  const PropertyEntry *e = &table_entries(ref_get(shape->table))[entry];
  out->slot = e->slot;
  out->attrs = e->attrs;
  return true;
}

PropertyEntry *shape_entries(const Shape *shape) {
  PropertyTable *t = ref_get(shape->table);
  return t ? table_entries(t) : NULL;
}

void shape_watch_chain(Isolate *iso, JSObject *start, JSObject *holder) {
  for (JSObject *o = start; o;) {
    Shape *s = obj_shape(iso, o);
    if (shape_is_unique(s)) s->flags |= SHAPE_WATCHED;
    if (o == holder) return;
    Value proto = slot_get(&s->proto);
    o = proto == VALUE_NULL ? NULL : value_object(proto);
  }
}

// ---- Changing ----

static void drop_watch(Isolate *iso, Shape *s) {
  if (!(s->flags & SHAPE_WATCHED)) return;
  s->flags &= ~(u32)SHAPE_WATCHED; // whoever depends on it asks to watch again
  shape_raise_epoch(iso);
}

void shape_unique_changed(Isolate *iso, JSObject *o, Shape *s) {
  ASSERT(shape_is_unique(s));
  if (!(s->flags & SHAPE_DICTIONARY) || s->flags & SHAPE_CACHED) {
    shape_new_id(iso, s);
    o->cell.shape_id = s->id;
  }
  ref_init(&s->enum_cache, NULL);
  drop_watch(iso, s);
}

// A unique shape's table is full: moves to a bigger one. If properties were deleted, slots close up as well.
static bool unique_make_room(Isolate *iso, JSObject *o, Shape *s) {
  PropertyTable *t = ref_get(s->table);
  u32 live = t ? t->count - t->deleted : 0;
  u32 capacity = capacity_for(live + live / 2 + 1);
  PropertyTable *bigger = TRY(t ? property_table_copy(iso, t, t->count, capacity) : property_table_new(iso, capacity));
  bool moved = t && t->deleted;
  ref_set(iso, s, &s->table, bigger);
  s->count = bigger->count;
  if (!moved) return true;
  // Slots ascend with the entries, so each moves down over what was moved already. A store of the biggest class keeps its
  // capacity in its first slot.
  bool huge = (o->cell.flags & OBJ_NAMED_LOG_MASK) >> OBJ_NAMED_LOG_SHIFT == NAMED_LOG_HUGE;
  PropertyEntry *entries = table_entries(bigger);
  u32 next = 0;
  for (u32 i = 0; i < bigger->count; i++, next++) {
    if (huge && next == s->inline_cap) next++;
    if (entries[i].slot == next) continue;
    *obj_slot_at(o, s, next) = *obj_slot_at(o, s, entries[i].slot);
    entries[i].slot = next;
  }
  for (u32 slot = next; slot < s->next_slot; slot++) slot_init(obj_slot_at(o, s, slot), VALUE_EMPTY);
  s->next_slot = next;
  shape_unique_changed(iso, o, s);
  return true;
}

static Shape *unique_add(Isolate *iso, JSObject *o, Shape *s, PropertyKey key, u32 attrs, u32 *slot) {
  PropertyTable *t = ref_get(s->table);
  if (!t || t->count == t->capacity) TRY(unique_make_room(iso, o, s));
  *slot = s->next_slot++;
  property_table_append(iso, ref_get(s->table), key, *slot, attrs);
  s->count++;
  ref_init(&s->enum_cache, NULL);
  drop_watch(iso, s);
  return s;
}

Shape *shape_add_property(Isolate *iso, JSObject *object, PropertyKey key, u32 attrs, u32 *slot) {
  Shape *s = obj_shape(iso, object);
  ASSERT(!(s->flags & SHAPE_LAZY_FUNCTION));
  if (LIKELY(!shape_is_unique(s))) {
    Shape *child = shape_child(iso, s, key, attrs);
    if (LIKELY(child != NULL)) {
      *slot = s->next_slot;
      return child;
    }
    s = TRY(shape_make_unique(iso, object, SHAPE_DICTIONARY));
  }
  return unique_add(iso, object, s, key, attrs, slot);
}

static Shape *root_of(Shape *s) {
  while (ref_get(s->parent)) s = ref_get(s->parent);
  return s;
}

// What replay asks for each property.
typedef struct Replay {
  u32 entry, attrs; // this entry gets these attributes, or
  u32 removed;      // all lose these
} Replay;

static u32 replayed_attrs(const PropertyEntry *e, u32 i, const Replay *replay) {
  if (i == replay->entry) return replay->attrs;
  if (!replay->removed || key_is_private(e->key)) return e->attrs;
  return e->attrs & ~(e->attrs & ATTR_ACCESSOR ? replay->removed & ~(u32)ATTR_WRITABLE : replay->removed);
}

// The shape below `root` with the properties of the shared shape s, changed as told; NULL: too dynamic.
static Shape *replay_shared(Isolate *iso, Shape *root, const Shape *s, const Replay *replay) {
  if (s->count > SHAPE_MAX_REPLAY) return NULL;
  Shape *to = root;
  for (u32 i = 0; i < s->count; i++) {
    const PropertyEntry *e = &shape_entries(s)[i];
    to = TRY(shape_child(iso, to, e->key, replayed_attrs(e, i, replay)));
  }
  u32 missing = s->flags & SHAPE_NON_EXTENSIBLE & ~to->flags;
  return missing ? shape_child_flags(iso, to, missing) : to;
}

void shape_change_attrs(Isolate *iso, JSObject *o, u32 entry, u32 attrs) {
  Shape *s = obj_shape(iso, o);
  if (!shape_is_unique(s)) {
    Shape *to = replay_shared(iso, root_of(s), s, &(Replay){entry, attrs, 0});
    if (to) {
      o->cell.shape_id = to->id;
      return;
    }
    s = MUST(shape_make_unique(iso, o, SHAPE_DICTIONARY));
  }
  shape_entries(s)[entry].attrs = attrs;
  shape_unique_changed(iso, o, s);
}

void shape_restrict(Isolate *iso, JSObject *o, u32 removed_attrs, u32 add_flags) {
  Shape *s = obj_shape(iso, o);
  Replay replay = {ENTRY_NONE, 0, removed_attrs};
  if (!shape_is_unique(s)) {
    Shape *to = removed_attrs ? replay_shared(iso, root_of(s), s, &replay) : s;
    if (to && add_flags & ~to->flags) to = shape_child_flags(iso, to, add_flags & ~to->flags);
    if (to) {
      o->cell.shape_id = to->id;
      return;
    }
    s = MUST(shape_make_unique(iso, o, 0));
  }
  PropertyEntry *entries = shape_entries(s);
  for (u32 i = 0; i < s->count; i++) {
    if (entries[i].key) entries[i].attrs = replayed_attrs(&entries[i], i, &replay);
  }
  s->flags |= add_flags;
  shape_unique_changed(iso, o, s);
}

void shape_change_proto(Isolate *iso, JSObject *o, Value proto) {
  if (proto != VALUE_NULL) obj_become_prototype(iso, value_object(proto));
  Shape *s = obj_shape(iso, o);
  if (!shape_is_unique(s)) {
    Shape *root = shape_root(iso, proto, (u8)s->cell.flags, s->first_offset, s->inline_cap, s->flags & ROOT_FLAGS);
    Shape *to = replay_shared(iso, root, s, &(Replay){ENTRY_NONE, 0, 0});
    if (to) {
      o->cell.shape_id = to->id;
      return;
    }
    s = MUST(shape_make_unique(iso, o, SHAPE_DICTIONARY));
  }
  slot_set(iso, s, &s->proto, proto);
  shape_new_id(iso, s);
  o->cell.shape_id = s->id;
  drop_watch(iso, s);
}

void shape_remove_entry(Isolate *iso, JSObject *o, u32 entry) {
  Shape *s = obj_shape(iso, o);
  if (!shape_is_unique(s)) {
    Shape *parent = ref_get(s->parent);
    if (entry == s->count - 1 && s->key == shape_entries(s)[entry].key && parent->flags == s->flags) {
      o->cell.shape_id = parent->id;
      return;
    }
    s = MUST(shape_make_unique(iso, o, SHAPE_DICTIONARY));
  }
  property_table_delete(ref_get(s->table), entry);
  shape_unique_changed(iso, o, s);
}
