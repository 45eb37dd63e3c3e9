// SPDX-License-Identifier: MIT
// The collector with an embedder of its own: nodes with two references, in graphs that are checked against a model.
#include "gc/gc.h"
#include "tests/unit/unit.h"

enum { KIND_NODE = 1, KIND_BLOB, KIND_WEAK_PAIR, KIND_LIMIT };
typedef struct Node {
  Cell cell;
  u64 id;
  struct Node *left, *right;
} Node;
typedef struct Blob {
  Cell cell;
  u64 size;
  u8 data[];
} Blob;
typedef struct WeakPair { // an ephemeron of its own: value lives while key does
  Cell cell;
  Node *key, *value;
} WeakPair;

typedef struct World {
  Heap heap;
  Node *roots[16];
  WeakPair *pair;
  u64 stack[64];
  u32 finalized;
} World;

static size_t node_size(const Cell *c) {
  (void)c;
  return sizeof(Node);
}
static size_t blob_size(const Cell *c) { return sizeof(Blob) + ((const Blob *)c)->size; }
static size_t pair_size(const Cell *c) {
  (void)c;
  return sizeof(WeakPair);
}
static void node_trace(GcTracer *t, Cell *c) {
  gc_trace_cell(t, ((Node *)c)->left);
  gc_trace_cell(t, ((Node *)c)->right);
}
static void node_finalize(Heap *heap, Cell *c) {
  (void)c;
  ((World *)heap)->finalized++;
}
static bool pair_ephemeron(GcTracer *t, Cell *c) {
  World *w = gc_tracer_context(t);
  WeakPair *p = (WeakPair *)c;
  if (!p->key || !gc_is_marked(&w->heap, &p->key->cell) || !p->value || gc_is_marked(&w->heap, &p->value->cell)) return false;
  gc_trace_cell(t, p->value);
  return true;
}
static void pair_sweep(Heap *heap, Cell *c) {
  WeakPair *p = (WeakPair *)c;
  if (p->key && !gc_is_marked(heap, &p->key->cell)) p->key = p->value = NULL;
}
static const GcKind kinds[KIND_LIMIT] = {
    [KIND_NODE] = {.name = "node", .size = node_size, .trace = node_trace, .finalize = node_finalize},
    [KIND_BLOB] = {.name = "blob", .size = blob_size},
    [KIND_WEAK_PAIR] = {.name = "pair", .size = pair_size, .trace_ephemerons = pair_ephemeron, .sweep_weak = pair_sweep},
};
static void trace_roots(void *context, GcTracer *t, bool full) {
  World *w = context;
  (void)full;
  for (u32 i = 0; i < ARRAY_LEN(w->roots); i++) gc_trace_cell(t, w->roots[i]);
  gc_trace_cell(t, w->pair);
}
static void stack_range(void *context, u64 **low, u64 **high, u64 **dirty) {
  World *w = context;
  *low = w->stack;
  *high = *dirty = w->stack + ARRAY_LEN(w->stack);
}
static void after_mark(void *context, bool full) { (void)context, (void)full; }
static void limit_reached(void *context) { (void)context; }

static World *world_new(GcEmbedder *e) {
  World *w = base_alloc_zeroed(sizeof *w);
  *e = (GcEmbedder){kinds, KIND_LIMIT, w, trace_roots, stack_range, after_mark, limit_reached};
  ck_assert(gc_heap_init(&w->heap, e, 0, NULL)); // no C stack base: only the world's own roots count
  return w;
}
static void world_free(World *w) {
  gc_heap_destroy(&w->heap);
  base_free(w);
}
static Node *node_new(World *w, u64 id, Node *left, Node *right) {
  w->stack[0] = (u64)(uintptr_t)left;
  w->stack[1] = (u64)(uintptr_t)right;
  Node *n = (Node *)gc_alloc(&w->heap, sizeof(Node), KIND_NODE);
  n->id = id;
  n->left = left;
  n->right = right;
  w->stack[0] = w->stack[1] = 0;
  return n;
}
static void set_left(World *w, Node *owner, Node *value) {
  owner->left = value;
  gc_barrier(&w->heap, &owner->cell);
}

START_TEST(keeps_what_roots_reach) {
  GcEmbedder e;
  World *w = world_new(&e);
  for (u32 i = 0; i < 100000; i++)
    w->roots[i % 8] = node_new(w, i, w->roots[(i + 3) % 8] && i % 64 ? w->roots[(i + 3) % 8] : NULL, NULL);
  gc_verify(&w->heap);
  for (u32 i = 0; i < 8; i++) {
    u64 last = UINT64_MAX;
    for (Node *n = w->roots[i]; n; n = n->left) {
      ck_assert(n->cell.kind == KIND_NODE);
      ck_assert(n->id < last);
      last = n->id;
    }
  }
  world_free(w);
}
END_TEST

START_TEST(barrier_keeps_young_cells_of_old_owners) {
  GcEmbedder e;
  World *w = world_new(&e);
  w->roots[0] = node_new(w, 1, NULL, NULL);
  gc_collect(&w->heap, false);
  for (u64 round = 0; round < 50; round++) {
    set_left(w, w->roots[0], node_new(w, 100 + round, NULL, NULL));
    gc_collect(&w->heap, round % 7 == 6);
    ck_assert_uint_eq(w->roots[0]->left->id, 100 + round);
    ck_assert_uint_eq(w->roots[0]->left->cell.kind, KIND_NODE);
  }
  world_free(w);
}
END_TEST

START_TEST(frees_garbage) {
  GcEmbedder e;
  World *w = world_new(&e);
  for (u32 i = 0; i < 2000000; i++) (void)!node_new(w, i, NULL, NULL);
  ck_assert_uint_lt(gc_used_bytes(&w->heap), 8u << 20);
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->heap.live_last, 0);
  world_free(w);
}
END_TEST

START_TEST(large_cells_live_and_die) {
  GcEmbedder e;
  World *w = world_new(&e);
  Blob *kept = NULL;
  for (u32 i = 0; i < 300; i++) {
    Blob *b = (Blob *)gc_try_alloc(&w->heap, sizeof(Blob) + 100000, KIND_BLOB);
    b->size = 100000;
    for (u32 j = 0; j < 100000; j += 5000) ck_assert_uint_eq(b->data[j], 0);
    memset(b->data, 0xAA, b->size);
    if (i == 7) {
      kept = b;
      w->stack[5] = (u64)(uintptr_t)&b->data[5000]; // an interior pointer keeps it
    }
  }
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->heap.large.len, 1);
  ck_assert_uint_eq(kept->data[99999], 0xAA);
  world_free(w);
}
END_TEST

START_TEST(interior_pointers_keep_small_cells) {
  GcEmbedder e;
  World *w = world_new(&e);
  Node *n = node_new(w, 42, NULL, NULL);
  w->stack[9] = (u64)(uintptr_t)&n->right;
  for (u32 i = 0; i < 300000; i++) (void)!node_new(w, i, NULL, NULL);
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(n->id, 42);
  w->stack[9] = 0;
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->heap.live_last, 0);
  world_free(w);
}
END_TEST

START_TEST(stale_words_do_not_revive) {
  GcEmbedder e;
  World *w = world_new(&e);
  Node *n = node_new(w, 1, NULL, NULL);
  gc_collect(&w->heap, true); // dead now
  w->stack[3] = (u64)(uintptr_t)n;
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->heap.live_last, 0);
  world_free(w);
}
END_TEST

START_TEST(finalizers_run_once) {
  GcEmbedder e;
  World *w = world_new(&e);
  for (u32 i = 0; i < 10; i++) {
    w->roots[i] = node_new(w, i, NULL, NULL);
    gc_register_finalizer(&w->heap, &w->roots[i]->cell);
  }
  gc_collect(&w->heap, false);
  ck_assert_uint_eq(w->finalized, 0);
  w->roots[3] = w->roots[4] = NULL;
  gc_collect(&w->heap, false); // they are old: a minor collection does not look
  ck_assert_uint_eq(w->finalized, 0);
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->finalized, 2);
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(w->finalized, 2);
  world_free(w);
}
END_TEST

START_TEST(ephemerons) {
  GcEmbedder e;
  World *w = world_new(&e);
  w->roots[0] = node_new(w, 1, NULL, NULL);
  WeakPair *p = (WeakPair *)gc_alloc(&w->heap, sizeof(WeakPair), KIND_WEAK_PAIR);
  w->pair = p;
  gc_register_weak(&w->heap, &p->cell);
  p->key = w->roots[0];
  p->value = node_new(w, 2, NULL, NULL);
  gc_collect(&w->heap, false);
  ck_assert_uint_eq(p->value->id, 2);
  gc_collect(&w->heap, true);
  ck_assert_uint_eq(p->value->id, 2);
  w->roots[0] = NULL;
  gc_collect(&w->heap, true);
  ck_assert_ptr_null(p->value);
  world_free(w);
}
END_TEST

START_TEST(random_graph_agrees_with_model) {
  GcEmbedder e;
  World *w = world_new(&e);
  u64 seed = 12345;
  w->heap.stress_period = 3;
  for (u32 step = 0; step < 200000; step++) {
    seed = seed * 6364136223846793005ull + 1442695040888963407ull;
    u32 a = (seed >> 33) % 16, b = (seed >> 40) % 16;
    switch ((seed >> 50) % 5) {
    case 0: w->roots[a] = node_new(w, step, w->roots[b], w->roots[(b + 1) % 16]); break;
    case 1:
      if (w->roots[a]) set_left(w, w->roots[a], w->roots[b] == w->roots[a] ? NULL : node_new(w, step, w->roots[b], NULL));
      break;
    case 2: w->roots[a] = NULL; break;
    case 3:
      if (w->roots[a] && w->roots[a]->left) w->roots[a] = w->roots[a]->left;
      break;
    case 4:
      if (w->roots[a]) {
        set_left(w, w->roots[a], NULL);
        w->roots[a]->right = NULL;
      }
      break;
    }
  }
  for (u32 i = 0; i < 16; i++)
    for (Node *n = w->roots[i], *end = NULL; n && n != end; n = n->left) ck_assert_uint_eq(n->cell.kind, KIND_NODE);
  gc_verify(&w->heap);
  world_free(w);
}
END_TEST

UNIT_MAIN("gc/heap", keeps_what_roots_reach, barrier_keeps_young_cells_of_old_owners, frees_garbage, large_cells_live_and_die,
          interior_pointers_keep_small_cells, stale_words_do_not_revive, finalizers_run_once, ephemerons,
          random_graph_agrees_with_model)
