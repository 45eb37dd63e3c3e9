// SPDX-License-Identifier: MIT
// The children of a shared shape: nothing, one shape, or a table hashed by key and attributes. They are weak: the
// collector does not trace them, and transitions_forget_dead runs after a full marking.
#include "vm/shape_internal.h"

static u32 transition_hash(PropertyKey key, u32 attrs) {
  return (u32)((key_bits(key) + attrs * 0x10001ull) * 0x9E3779B97F4A7C15ull >> 32);
}

static TransitionTable *children_table(const Shape *parent) {
  Cell *cell = ref_get(parent->transitions);
  return cell && cell->kind == KIND_TRANSITION_TABLE ? (TransitionTable *)cell : NULL;
}

Shape *transition_find(const Shape *parent, PropertyKey key, u32 attrs) {
  Cell *cell = ref_get(parent->transitions);
  if (!cell) return NULL;
  if (cell->kind == KIND_SHAPE) {
    Shape *only = (Shape *)cell;
    return only->key == key && only->transition_attrs == attrs ? only : NULL;
  }
  const TransitionTable *t = (const TransitionTable *)cell;
  for (u32 h = transition_hash(key, attrs) & t->mask; t->entries[h].shape; h = (h + 1) & t->mask) {
    const TransitionEntry *e = &t->entries[h];
    if (e->key == key && e->attrs == attrs) return e->shape;
  }
  return NULL;
}

static void table_put(TransitionTable *t, Shape *child) {
  u32 h = transition_hash(child->key, child->transition_attrs) & t->mask;
  while (t->entries[h].shape) h = (h + 1) & t->mask;
  t->entries[h] = (TransitionEntry){child->key, child, child->transition_attrs};
  t->count++;
}

// A table for all live children and one more.
static TransitionTable *table_rebuild(Isolate *iso, const Shape *parent) {
  TransitionTable *old = children_table(parent);
  u32 live = old ? old->count + 1 : 2;
  u32 size = 8;
  while (size < live * 2) size *= 2;
  size_t bytes = sizeof(TransitionTable) + size * sizeof(TransitionEntry);
  Heap *heap = heap_of(iso);
  TransitionTable *t = (TransitionTable *)(bytes < GC_LARGE_MIN ? gc_alloc_old(heap, bytes, KIND_TRANSITION_TABLE)
                                                                : gc_try_alloc(heap, bytes, KIND_TRANSITION_TABLE));
  if (!t) return NULL;
  t->mask = size - 1;
  if (!old) {
    Cell *only = ref_get(parent->transitions); // a collection may just have dropped it
    if (only) table_put(t, (Shape *)only);
  }
  for (u32 i = 0; old && i <= old->mask; i++) {
    if (old->entries[i].shape) table_put(t, old->entries[i].shape);
  }
  return t;
}

bool transition_insert(Isolate *iso, Shape *parent, Shape *child) {
  Cell *cell = ref_get(parent->transitions);
  if (!cell) {
    ref_set(iso, parent, &parent->transitions, &child->cell);
    return true;
  }
  TransitionTable *t = children_table(parent);
  if (!t || (t->count + 1) * 4 > (t->mask + 1) * 3) {
    t = table_rebuild(iso, parent);
    if (!t) return false;
    ref_set(iso, parent, &parent->transitions, &t->cell);
  }
  u32 limit = ref_get(parent->parent) ? SHAPE_MAX_CHILDREN : SHAPE_MAX_ROOT_CHILDREN;
  if (t->count >= limit) return false;
  table_put(t, child);
  return true;
}

void transitions_forget_dead(Heap *heap, Shape *parent) {
  Cell *cell = ref_get(parent->transitions);
  if (!cell) return;
  if (cell->kind == KIND_SHAPE) {
    if (!gc_is_marked(heap, cell)) ref_init(&parent->transitions, NULL);
    return;
  }
  TransitionTable *t = (TransitionTable *)cell;
  VEC(Shape *) live = {0};
  for (u32 i = 0; i <= t->mask; i++) {
    Shape *child = t->entries[i].shape;
    if (child && gc_is_marked(heap, &child->cell)) vec_push(&live, child);
  }
  if (live.len < t->count) {
    memset(t->entries, 0, ((size_t)t->mask + 1) * sizeof(TransitionEntry));
    t->count = 0;
    for (u32 i = 0; i < live.len; i++) table_put(t, live.data[i]);
  }
  vec_free(&live);
}
