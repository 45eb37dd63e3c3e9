// SPDX-License-Identifier: MIT
// One collection from beginning to end, the write barrier's slow half, sweeping of metadata, and when the next one is due.
#include "gc/gc_internal.h"

#include "base/platform.h"

enum {
  MINOR_TRIGGER_MIN = 512 * 1024,
  MINOR_TRIGGER_MAX = 4 * 1024 * 1024,
  FULL_SLACK = 8 * 1024 * 1024, // a full collection is not worth it for less growth than this
  KEEP_FREE_BLOCKS = 64,        // more are given back to the system after a full collection
};

void gc_remember(Heap *heap, Cell *owner) {
  owner->gc_bits = (u8)((owner->gc_bits & ~GC_OLD) | GC_LOGGED);
  vec_push(&heap->remembered, owner);
}

// ---- Large cells ----

static int compare_addresses(const void *a, const void *b) {
  uintptr_t x = (uintptr_t) * (GcLarge *const *)a, y = (uintptr_t) * (GcLarge *const *)b;
  return (x > y) - (x < y);
}

void heap_sort_large(Heap *heap) {
  if (heap->large_sorted) return;
  if (heap->large.len > 1) qsort(heap->large.data, heap->large.len, sizeof(GcLarge *), compare_addresses);
  heap->large_sorted = true;
}

GcLarge *heap_find_large(Heap *heap, uintptr_t address) {
  u32 low = 0, high = heap->large.len;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if ((uintptr_t)heap->large.data[mid] <= address) low = mid + 1;
    else high = mid;
  }
  if (!low) return NULL;
  GcLarge *large = heap->large.data[low - 1];
  // One past the end counts: an empty store is pointed to there.
  return address - (uintptr_t)large <= GC_LARGE_HEADER + large->size ? large : NULL;
}

static void sweep_large(Heap *heap) {
  u32 kept = 0;
  for (u32 i = 0; i < heap->large.len; i++) {
    GcLarge *large = heap->large.data[i];
    if (large->marked) {
      heap->large.data[kept++] = large;
      continue;
    }
    heap->large_bytes -= large->size;
    heap_free_large(heap, large);
  }
  heap->large.len = kept;
}

// ---- Blocks ----

// A full collection begins with no cell marked: START stays, it tells conservative words where cells begin.
static void clear_marks(Heap *heap) {
  FOR_EACH_BLOCK(heap, slab, b) {
    GcBlock *block = &slab->blocks[b];
    if (block->state != GC_BLOCK_USED) continue;
    u64 *meta = (u64 *)(void *)block_meta(slab, b);
    for (u32 i = 0; i < GC_BLOCK_GRANULES / 8; i++) meta[i] &= 0x0101010101010101ull;
    block->live_granules = 0;
  }
  for (u32 i = 0; i < heap->large.len; i++) heap->large.data[i]->marked = false;
}

static void free_block(Heap *heap, GcSlab *slab, u32 number) {
  GcBlock *block = &slab->blocks[number];
  memset(block_meta(slab, number), 0, GC_BLOCK_GRANULES);
  block->state = GC_BLOCK_FREE;
  block->young = block->poor = false;
  block->scan = 0;
  heap->block_bytes -= GC_BLOCK_SIZE;
  heap->free_blocks++;
}

// Forgets the START of dead cells: from now on a stale word on the stack cannot bring them back.
static void sweep_block_meta(GcSlab *slab, u32 number) {
  u64 *meta = (u64 *)(void *)block_meta(slab, number);
  for (u32 i = 0; i < GC_BLOCK_GRANULES / 8; i++) {
    u64 marked = (meta[i] >> 1) & 0x0101010101010101ull;
    meta[i] &= marked | 0xFEFEFEFEFEFEFEFEull;
  }
}

#ifdef WEFT_GC_STRESS
// Dead memory is made poisonous, so that a missed root shows at once.
static void poison_block(GcSlab *slab, u32 number) {
  const u8 *meta = block_meta(slab, number);
  char *memory = block_memory(slab, number);
  for (u32 i = 0; i < GC_BLOCK_GRANULES; i++) {
    if (meta[i] & GC_META_MARK) {
      while (!(meta[i] & GC_META_END)) i++;
      continue;
    }
    memset(memory + (size_t)i * GC_GRANULE, 0xDB, GC_GRANULE);
  }
}
#endif

void heap_sweep(Heap *heap, bool full) {
  FOR_EACH_BLOCK(heap, slab, b) {
    GcBlock *block = &slab->blocks[b];
    if (block->state != GC_BLOCK_USED) continue;
    block->scan = 0;
    if (full) block->poor = false;
    if (!block->young && !full) continue;
    if (!block->live_granules) {
      free_block(heap, slab, b);
      continue;
    }
    block->young = false;
    sweep_block_meta(slab, b);
#ifdef WEFT_GC_STRESS
    poison_block(slab, b);
#endif
  }
  sweep_large(heap);
}

static void give_back_memory(Heap *heap) {
  if (heap->memory.allocate) return; // not ours to unmap
  u32 keep = (u32)(heap->block_bytes / GC_BLOCK_SIZE) / 2 + KEEP_FREE_BLOCKS;
  if (heap->free_blocks <= keep) return;
  u32 seen = 0;
  FOR_EACH_BLOCK(heap, slab, b) {
    GcBlock *block = &slab->blocks[b];
    if (block->state != GC_BLOCK_FREE || seen++ < keep) continue;
    platform_decommit(block_memory(slab, b), GC_BLOCK_SIZE);
    block->state = GC_BLOCK_FRESH;
  }
}

// ---- Weak cells and finalizers ----

static void mark_ephemerons(GcTracer *tracer) {
  Heap *heap = tracer->heap;
  bool progress = true;
  while (progress) {
    progress = false;
    for (u32 i = 0; i < heap->weak_cells.len; i++) {
      Cell *cell = heap->weak_cells.data[i];
      const GcKind *kind = &heap->embedder->kinds[cell->kind];
      if (!kind->trace_ephemerons || !gc_is_marked(heap, cell)) continue;
      progress |= kind->trace_ephemerons(tracer, cell);
    }
    mark_drain(tracer);
  }
}

static void sweep_weak_cells(Heap *heap) {
  u32 kept = 0;
  for (u32 i = 0; i < heap->weak_cells.len; i++) {
    Cell *cell = heap->weak_cells.data[i];
    if (!gc_is_marked(heap, cell)) continue;
    heap->weak_cells.data[kept++] = cell;
    const GcKind *kind = &heap->embedder->kinds[cell->kind];
    if (kind->sweep_weak) kind->sweep_weak(heap, cell);
  }
  heap->weak_cells.len = kept;
}

static void run_finalizers(Heap *heap, bool full) {
  u32 kept = full ? 0 : heap->finalizable_old;
  for (u32 i = kept; i < heap->finalizable.len; i++) {
    Cell *cell = heap->finalizable.data[i];
    if (gc_is_marked(heap, cell)) heap->finalizable.data[kept++] = cell;
    else heap->embedder->kinds[cell->kind].finalize(heap, cell);
  }
  heap->finalizable.len = heap->finalizable_old = kept;
}

// ---- The collection ----

static void trace_remembered(GcTracer *tracer) {
  Heap *heap = tracer->heap;
  for (u32 i = 0; i < heap->remembered.len; i++) {
    Cell *cell = heap->remembered.data[i];
    cell->gc_bits = (u8)((cell->gc_bits & ~GC_LOGGED) | GC_OLD);
    const GcKind *kind = &heap->embedder->kinds[cell->kind];
    // In a full collection it is an ordinary cell: alive only if something reaches it.
    if (!tracer->full && kind->trace) kind->trace(tracer, cell);
  }
  vec_clear(&heap->remembered);
}

static size_t live_bytes(Heap *heap) {
  size_t granules = 0;
  FOR_EACH_BLOCK(heap, slab, b) {
    if (slab->blocks[b].state == GC_BLOCK_USED) granules += slab->blocks[b].live_granules;
  }
  heap->cells_last = granules * GC_GRANULE;
  return heap->cells_last + heap->large_bytes + heap->external_bytes;
}

// Most of the nursery survives: a larger one copes better. Nothing survives: a smaller one stays in the cache.
static void pace(Heap *heap, bool full, size_t before, size_t after) {
  if (!full) {
    size_t survived = after > before ? after - before : 0;
    if (survived * 2 > heap->minor_trigger) heap->minor_trigger = MIN(heap->minor_trigger * 2, (size_t)MINOR_TRIGGER_MAX);
    else if (survived * 16 < heap->minor_trigger) heap->minor_trigger = MAX(heap->minor_trigger / 2, (size_t)MINOR_TRIGGER_MIN * 2);
  } else {
    heap->live_after_full = after;
    heap->full_trigger = after + after * 4 / 5 + FULL_SLACK;
    heap->block_trigger = heap->block_bytes + heap->block_bytes / 2 + FULL_SLACK;
    if (heap->limit_bytes && heap->full_trigger > heap->limit_bytes) heap->full_trigger = heap->limit_bytes;
  }
}

static void log_collection(Heap *heap, bool full, u64 ns, size_t before) {
  fprintf(stderr, "[gc] %s %.3f ms, %zu KB -> %zu KB, external %zu KB, next minor after %zu KB\n", full ? "full " : "minor",
          (double)ns / 1e6, before / 1024, heap_total_bytes(heap) / 1024, heap->external_bytes / 1024, heap->minor_trigger / 1024);
}

void gc_collect(Heap *heap, bool full) {
  if (heap->collecting || heap->disabled) return;
  heap->collecting = true;
  heap->full_requested = false;
  u64 start = platform_clock_ns();
  size_t before = heap_total_bytes(heap), live_before = full ? 0 : heap->live_last;
  GcTracer tracer = {.heap = heap, .full = full};

  if (full) clear_marks(heap);
  trace_remembered(&tracer);
  mark_stack_and_roots(&tracer);
  mark_ephemerons(&tracer);
  sweep_weak_cells(heap);
  heap->embedder->after_mark(heap->embedder->context, full);
  if (heap->sampler) heap->sampler->marked(heap->sampler, heap, full);
  run_finalizers(heap, full);
  heap_sweep(heap, full);
  heap_reset_windows(heap);
  if (full) give_back_memory(heap);

  heap->live_last = live_bytes(heap);
  pace(heap, full, live_before, heap->live_last);
  heap->young_bytes = 0;
  heap->allocated_last = heap->stats.allocated_bytes;
  heap->collecting = false;
  u64 ns = platform_clock_ns() - start;
  GcStats *stats = &heap->stats;
  u64 *max = full ? &stats->pause_ns_max_full : &stats->pause_ns_max_minor;
  if (ns > *max) *max = ns;
  stats->pause_ns_total += ns;
  if (full) stats->full_count++;
  else stats->minor_count++;
  if (heap->trace_log) log_collection(heap, full, ns, before);
}
