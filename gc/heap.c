// SPDX-License-Identifier: MIT
// The heap as a whole: slabs, their lookup by address, creation, destruction, accounting, persistent roots.
#include "gc/gc_internal.h"

#include "base/platform.h"

enum {
  SLAB_TABLE_MIN = 8,
  MINOR_TRIGGER_FIRST = 512 * 1024,
  FULL_TRIGGER_FIRST = 8 * 1024 * 1024,
  BLOCK_TRIGGER_FIRST = 12 * 1024 * 1024
};

static u32 slab_hash(uintptr_t address) { return (u32)((address / GC_SLAB_SIZE) * 0x9E3779B1u); }

static void slab_table_put(GcSlab **table, u32 mask, GcSlab *slab) {
  u32 i = slab_hash((uintptr_t)slab) & mask;
  while (table[i]) i = (i + 1) & mask;
  table[i] = slab;
}

GcSlab *heap_slab_lookup(const Heap *heap, uintptr_t address) {
  GcSlab *wanted = (GcSlab *)(address & ~(uintptr_t)(GC_SLAB_SIZE - 1));
  for (u32 i = slab_hash(address) & heap->slab_table_mask;; i = (i + 1) & heap->slab_table_mask) {
    GcSlab *slab = heap->slab_table[i];
    if (slab == wanted) return slab;
    if (!slab) return NULL;
  }
}

static bool slab_table_grow(Heap *heap) {
  u32 size = heap->slab_table ? (heap->slab_table_mask + 1) * 2 : SLAB_TABLE_MIN;
  GcSlab **table = base_try_alloc_zeroed(size * sizeof(GcSlab *));
  if (!table) return false;
  for (u32 i = 0; i < heap->slabs.len; i++) slab_table_put(table, size - 1, heap->slabs.data[i]);
  base_free(heap->slab_table);
  heap->slab_table = table;
  heap->slab_table_mask = size - 1;
  return true;
}

bool heap_add_slab(Heap *heap) {
  if (!heap->slab_table || heap->slabs.len * 2 > heap->slab_table_mask) {
    if (!slab_table_grow(heap)) return false;
  }
  GcSlab *slab = heap->memory.allocate ? heap->memory.allocate(heap->memory.data, GC_SLAB_SIZE, GC_SLAB_SIZE)
                                       : platform_reserve(GC_SLAB_SIZE, GC_SLAB_SIZE);
  if (!slab) return false;
  slab->self = slab;
  vec_push(&heap->slabs, slab);
  slab_table_put(heap->slab_table, heap->slab_table_mask, slab);
  heap->free_blocks += GC_SLAB_BLOCKS - GC_FIRST_BLOCK;
  return true;
}

static void release_slab(const Heap *heap, GcSlab *slab) {
  if (heap->memory.allocate) heap->memory.release(heap->memory.data, slab, GC_SLAB_SIZE);
  else platform_release(slab, GC_SLAB_SIZE);
}

GcLarge *heap_new_large(Heap *heap, size_t size) {
  size += GC_LARGE_HEADER;
  return heap->memory.allocate ? heap->memory.allocate(heap->memory.data, size, GC_LARGE_HEADER) : base_try_alloc_zeroed(size);
}

void heap_free_large(Heap *heap, GcLarge *large) {
  if (heap->memory.allocate) heap->memory.release(heap->memory.data, large, large->size + GC_LARGE_HEADER);
  else base_free(large);
}

bool gc_heap_init(Heap *heap, const GcEmbedder *embedder, size_t limit_bytes, const GcMemory *memory) {
  *heap = (Heap){.embedder = embedder, .limit_bytes = limit_bytes};
  if (memory) heap->memory = *memory;
  heap->minor_trigger = MINOR_TRIGGER_FIRST;
  heap->full_trigger = FULL_TRIGGER_FIRST;
  heap->block_trigger = BLOCK_TRIGGER_FIRST;
  heap->cursor.block = GC_FIRST_BLOCK;
  return heap_add_slab(heap);
}

void gc_heap_destroy(Heap *heap) {
  for (u32 i = 0; i < heap->finalizable.len; i++) {
    Cell *cell = heap->finalizable.data[i];
    heap->embedder->kinds[cell->kind].finalize(heap, cell);
  }
  while (heap->persistents) gc_persistent_clear(heap->persistents);
  for (u32 i = 0; i < heap->large.len; i++) heap_free_large(heap, heap->large.data[i]);
  for (u32 i = 0; i < heap->slabs.len; i++) release_slab(heap, heap->slabs.data[i]);
  base_free(heap->slab_table);
  vec_free(&heap->large);
  vec_free(&heap->slabs);
  vec_free(&heap->remembered);
  vec_free(&heap->mark_stack);
  vec_free(&heap->finalizable);
  vec_free(&heap->weak_cells);
}

bool gc_owns(const Heap *heap, const Cell *cell) {
  if (cell->gc_bits & GC_STATIC || heap_slab_lookup(heap, (uintptr_t)cell)) return true;
  for (u32 i = 0; i < heap->large.len; i++) {
    if (large_cell(heap->large.data[i]) == cell) return true;
  }
  return false;
}

void gc_set_stack_base(Heap *heap, void *base) { heap->stack_base = base; }

size_t gc_used_bytes(const Heap *heap) { return heap->block_bytes + heap->large_bytes; }

size_t gc_cell_bytes(const Heap *heap) {
  u64 handed_out = heap->stats.allocated_bytes - heap->allocated_last;
  size_t unused = (size_t)(heap->limit - heap->alloc) + (size_t)(heap->overflow_limit - heap->overflow);
  return heap->cells_last + (size_t)handed_out - unused + heap->large_bytes;
}

size_t heap_total_bytes(const Heap *heap) { return heap->block_bytes + heap->large_bytes + heap->external_bytes; }

void gc_adjust_external(Heap *heap, ptrdiff_t bytes) {
  if (bytes > 0) heap->young_bytes += (size_t)bytes;
  heap->external_bytes += (size_t)bytes;
}

bool gc_would_exceed_limit(Heap *heap, size_t bytes) {
  if (!heap->limit_bytes) return false;
  if (heap_total_bytes(heap) + bytes <= heap->limit_bytes) return false;
  if (bytes > heap->limit_bytes || heap->disabled) return true;
  gc_collect(heap, true);
  if (heap_total_bytes(heap) + bytes <= heap->limit_bytes) return false;
  return heap->over_limit = true;
}

void gc_register_finalizer(Heap *heap, Cell *cell) { vec_push(&heap->finalizable, cell); }

void gc_register_weak(Heap *heap, Cell *cell) { vec_push(&heap->weak_cells, cell); }

void gc_persistent_init(Heap *heap, Persistent *root, u64 word) {
  root->word = word;
  root->next = heap->persistents;
  root->prev = &heap->persistents;
  if (root->next) root->next->prev = &root->next;
  heap->persistents = root;
}

void gc_persistent_clear(Persistent *root) {
  if (!root->prev) return;
  *root->prev = root->next;
  if (root->next) root->next->prev = root->prev;
  root->prev = NULL;
  root->next = NULL;
  root->word = 0;
}
