// SPDX-License-Identifier: MIT
// Allocation behind the inline bump: finding holes between marked cells, taking free blocks, large cells, pacing.
#include "gc/gc_internal.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
  STRESS_WINDOW = 256,              // gc-stress: small windows, so that the slow path (and a collection) comes often
  OVERFLOW_MIN = 512,               // cells this big do not search holes: they take the second window
  HOLE_MIN = 32,                    // granules: smaller holes between old cells wait until a full collection makes them larger
  ROOM_MIN = GC_BLOCK_GRANULES / 8, // granules free in a block that is worth walking
  HEADROOM_MIN = 16 << 20,          // small cells may go this far over the limit until the mutator polls
};
STATIC_ASSERT(OVERFLOW_MIN <= HOLE_MIN * GC_GRANULE); // every hole takes every cell that looks for one

static ALWAYS_INLINE Cell *cell_init(char *p, u8 kind) {
  Cell *cell = (Cell *)(void *)p;
  *(u64 *)(void *)cell = (u64)kind << 32;
  return cell;
}

static NORETURN COLD void fatal_out_of_memory(void) {
  fputs("weft: fatal: JavaScript heap out of memory\n", stderr);
  _Exit(134);
}

// ---- Windows ----

static void window_set(Heap *heap, char *from, char *to) {
  heap->alloc = from;
  heap->limit = to;
  // (address >> 4) added to the bias is slab + ((address - slab) >> 4).
  uintptr_t slab = (uintptr_t)slab_of(from);
  heap->meta_bias = (char *)(slab - (slab >> 4));
}

void heap_reset_windows(Heap *heap) {
  heap->alloc = heap->limit = NULL;
  heap->overflow = heap->overflow_limit = NULL;
  heap->meta_bias = NULL;
  heap->current = NULL;
  heap->cursor.slab = 0;
  heap->cursor.block = GC_FIRST_BLOCK;
}

// The granules of 64 that marked cells occupy, as bits. *open: the first of them belongs to a cell that began before; afterwards
// the same for the next 64. Bits below `from` are left out: no cell reaches across it.
static ALWAYS_INLINE u64 occupied_granules(const u8 *meta, u32 from, u64 *open) {
  u64 marks = 0, ends = 0;
#ifdef __SSE2__
  for (u32 i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(meta + 16 * i));
    marks |= (u64)(u32)_mm_movemask_epi8(_mm_slli_epi16(bytes, 6)) << 16 * i; // GC_META_MARK in the highest bit
    ends |= (u64)(u32)_mm_movemask_epi8(_mm_slli_epi16(bytes, 5)) << 16 * i;
  }
#else
  for (u32 i = 0; i < 8; i++) {
    u64 word;
    memcpy(&word, meta + 8 * i, 8);
    marks |= ((word >> 1 & 0x0101010101010101ull) * 0x0102040810204080ull >> 56) << 8 * i;
    ends |= ((word >> 2 & 0x0101010101010101ull) * 0x0102040810204080ull >> 56) << 8 * i;
  }
#endif
  marks = marks >> from << from;
  ends = ends >> from << from;
  // A cell from m to e is 2^(e+1) - 2^m; what crosses the border cancels out modulo 2^64.
  u64 occupied = (ends << 1) - marks - *open;
  *open = occupied >> 63 & ~(ends >> 63);
  return occupied;
}
STATIC_ASSERT(GC_META_MARK == 2 && GC_META_END == 4);

// Next hole of HOLE_MIN to `max` granules in the block, from block->scan on. Advances scan behind the hole that is returned.
static bool block_next_hole(GcSlab *slab, u32 number, u32 max, u32 *from, u32 *to) {
  GcBlock *block = &slab->blocks[number];
  const u8 *meta = block_meta(slab, number);
  u32 hole = block->scan, end = GC_BLOCK_GRANULES;
  if (!hole) block->found = 0;
  u64 open = 0;
  for (u32 base = hole & ~63u; base < GC_BLOCK_GRANULES; base += 64) {
    u32 skipped = base < block->scan ? block->scan - base : 0;
    u64 busy = occupied_granules(meta + base, skipped, &open);
    if (!busy) {
      if (base + 64 - hole < max) continue;
      end = base + 64;
      break;
    }
    end = base + (u32)__builtin_ctzll(busy);
    if (end - hole >= HOLE_MIN) break;
    busy |= ((u64)1 << skipped) - 1;
    u64 runs = ~busy; // where HOLE_MIN free granules begin
    for (u32 n = 1; n < HOLE_MIN; n *= 2) runs &= runs >> n;
    if (runs) {
      u32 first = (u32)__builtin_ctzll(runs);
      hole = base + first;
      if (busy >> first) {
        end = hole + (u32)__builtin_ctzll(busy >> first);
        break;
      }
    } else {
      hole = base + 64 - (u32)__builtin_clzll(busy);
    }
    end = GC_BLOCK_GRANULES;
  }
  if (end - hole < HOLE_MIN) {
    block->scan = GC_BLOCK_GRANULES;
    block->poor = block->found < ROOM_MIN;
    return false;
  }
  *from = hole;
  *to = MIN(end, hole + max);
  block->scan = (u16)*to;
  block->found += (u16)(*to - *from);
  return true;
}

static void take_hole(Heap *heap, GcSlab *slab, u32 number, u32 from, u32 to, bool zero, char **low, char **high) {
  GcBlock *block = &slab->blocks[number];
  *low = block_memory(slab, number) + (size_t)from * GC_GRANULE;
  *high = block_memory(slab, number) + (size_t)to * GC_GRANULE;
  if (zero) memset(*low, 0, (size_t)(*high - *low));
  block->young = true;
  heap->young_bytes += (size_t)(*high - *low);
  heap->stats.allocated_bytes += (u64)(*high - *low);
}

static bool block_has_room(const GcBlock *block) {
  // A nearly full block gives only crumbs: not worth walking its metadata.
  return block->state == GC_BLOCK_USED && !block->poor && block->scan < GC_BLOCK_GRANULES &&
         block->live_granules < GC_BLOCK_GRANULES - ROOM_MIN;
}

// Takes a block without cells out of the slab at or after the cursor's slab. false: there is none.
static bool take_free_block(Heap *heap, GcSlab **slab_out, u32 *number_out) {
  if (!heap->free_blocks) return false;
  for (u32 s = 0; s < heap->slabs.len; s++) {
    GcSlab *slab = heap->slabs.data[s];
    for (u32 b = GC_FIRST_BLOCK; b < GC_SLAB_BLOCKS; b++) {
      GcBlock *block = &slab->blocks[b];
      if (block->state == GC_BLOCK_USED) continue;
      heap->free_blocks--;
      heap->block_bytes += GC_BLOCK_SIZE;
      *slab_out = slab;
      *number_out = b;
      return true;
    }
  }
  return false;
}

static bool is_fresh_and_use(GcBlock *block) {
  bool fresh = block->state == GC_BLOCK_FRESH;
  block->state = GC_BLOCK_USED;
  block->live_granules = 0;
  block->scan = 0;
  return fresh;
}

static bool refill_from_current(Heap *heap) {
  GcBlock *block = heap->current;
  if (!block) return false;
  GcSlab *slab = slab_of(block);
  u32 number = (u32)(block - slab->blocks), from, to;
  u32 max = heap->stress_period ? (u32)STRESS_WINDOW / GC_GRANULE : (u32)GC_WINDOW_MAX / GC_GRANULE;
  if (!block_next_hole(slab, number, MAX(max, (u32)HOLE_MIN), &from, &to)) return false;
  char *low, *high;
  take_hole(heap, slab, number, from, to, !heap->current_fresh, &low, &high);
  window_set(heap, low, high);
  return true;
}

static bool refill_from_used(Heap *heap) {
  for (; heap->cursor.slab < heap->slabs.len; heap->cursor.slab++, heap->cursor.block = GC_FIRST_BLOCK) {
    GcSlab *slab = heap->slabs.data[heap->cursor.slab];
    for (; heap->cursor.block < GC_SLAB_BLOCKS; heap->cursor.block++) {
      GcBlock *block = &slab->blocks[heap->cursor.block];
      if (!block_has_room(block)) continue;
      heap->current = block;
      heap->current_fresh = false;
      if (refill_from_current(heap)) {
        heap->cursor.block++;
        return true;
      }
    }
  }
  return false;
}

static bool refill_from_free(Heap *heap) {
  GcSlab *slab;
  u32 number;
  if (!take_free_block(heap, &slab, &number)) {
    if (!heap_add_slab(heap) || !take_free_block(heap, &slab, &number)) return false;
  }
  heap->current = &slab->blocks[number];
  heap->current_fresh = is_fresh_and_use(heap->current);
  return refill_from_current(heap);
}

static bool refill_window(Heap *heap) { return refill_from_current(heap) || refill_from_used(heap) || refill_from_free(heap); }

static bool refill_overflow(Heap *heap) {
  GcSlab *slab;
  u32 number;
  if (!take_free_block(heap, &slab, &number)) {
    if (!heap_add_slab(heap) || !take_free_block(heap, &slab, &number)) return false;
  }
  GcBlock *block = &slab->blocks[number];
  bool fresh = is_fresh_and_use(block);
  block->scan = GC_BLOCK_GRANULES;
  take_hole(heap, slab, number, 0, GC_BLOCK_GRANULES, !fresh, &heap->overflow, &heap->overflow_limit);
  return true;
}

// ---- When to collect ----

// Over the limit: a full collection, and if that does not help, an interrupt. Next time after some growth from there, so that a heap
// just below its limit, or a program that catches the error and goes on, does not collect all the time. False: nothing was done.
static bool enforce_limit(Heap *heap) {
  size_t limit = heap->limit_bytes, total = heap_total_bytes(heap);
  if (total < heap->limit_checked) heap->limit_checked = total;
  if (!limit || total <= limit || total <= heap->limit_checked + limit / 16) return false;
  gc_collect(heap, true);
  total = heap->limit_checked = heap_total_bytes(heap);
  if (total > limit) {
    heap->over_limit = true;
    heap->embedder->limit_reached(heap->embedder->context);
  }
  if (total > limit * 2 + HEADROOM_MIN) fatal_out_of_memory();
  return true;
}

static void collect_if_due(Heap *heap) {
  if (heap->disabled || heap->collecting) return;
  if (heap->stress_period && heap->stress_countdown-- == 0) {
    heap->stress_countdown = heap->stress_period;
    gc_collect(heap, heap->stats.minor_count % 8 == 7);
    return;
  }
  if (enforce_limit(heap)) return;
  if (heap->young_bytes >= heap->minor_trigger || heap->full_requested) {
    // Growth of what lives counts, and growth of the blocks since the last full collection: that one may not have closed the gaps
    // between old cells.
    bool full = heap->live_last + heap->young_bytes > heap->full_trigger || heap->block_bytes > heap->block_trigger;
    gc_collect(heap, heap->full_requested || full);
  }
}

// ---- Cells ----

static Cell *alloc_large(Heap *heap, size_t size, u8 kind) {
  size = ALIGN_UP(size, (size_t)GC_GRANULE);
  GcLarge *large = heap_new_large(heap, size);
  if (!large) return NULL;
  large->size = size;
  vec_push(&heap->large, large);
  heap->large_sorted = false;
  heap->large_bytes += size;
  heap->young_bytes += size;
  Cell *cell = cell_init((char *)large_cell(large), kind);
  cell->gc_bits = GC_LARGE;
  return cell;
}

static Cell *alloc_overflow(Heap *heap, size_t size, u8 kind) {
  if ((size_t)(heap->overflow_limit - heap->overflow) < size && !refill_overflow(heap)) return NULL;
  char *p = heap->overflow;
  heap->overflow = p + size;
  *meta_of(p) = GC_META_START;
  return cell_init(p, kind);
}

static void look_at_allocation(Heap *heap, Cell *cell, size_t size) {
  GcSampler *sampler = heap->sampler;
  if (size >= GC_LARGE_MIN) heap->sampled_large += size;
  u64 now = heap->stats.allocated_bytes + heap->sampled_large;
  if (now < sampler->next) return;
  u64 bytes = now - (sampler->next - sampler->interval);
  sampler->next = now + sampler->interval;
  sampler->allocated(sampler, cell, MAX(bytes, size));
}

Cell *gc_alloc_slow(Heap *heap, size_t size, u8 kind) {
  collect_if_due(heap);
  Cell *cell;
  if (size >= GC_LARGE_MIN) {
    cell = alloc_large(heap, size, kind);
  } else if (size >= OVERFLOW_MIN) {
    cell = alloc_overflow(heap, ALIGN_UP(size, (size_t)GC_GRANULE), kind);
  } else {
    size = ALIGN_UP(size, (size_t)GC_GRANULE);
    cell = (size_t)(heap->limit - heap->alloc) >= size || refill_window(heap) ? gc_alloc(heap, size, kind) : NULL;
  }
  if (UNLIKELY(!cell)) fatal_out_of_memory();
  if (UNLIKELY(heap->sampler)) look_at_allocation(heap, cell, size);
  return cell;
}

Cell *gc_try_alloc(Heap *heap, size_t size, u8 kind) {
  if (size < GC_LARGE_MIN) return gc_alloc(heap, size, kind);
  if (size > PTRDIFF_MAX / 2 || gc_would_exceed_limit(heap, size)) return NULL;
  collect_if_due(heap);
  Cell *cell = alloc_large(heap, size, kind);
  if (UNLIKELY(heap->sampler) && cell) look_at_allocation(heap, cell, size);
  return cell;
}

Cell *gc_alloc_old(Heap *heap, size_t size, u8 kind) {
  Cell *cell = gc_alloc(heap, size, kind);
  heap_mark_born_old(heap, cell, size);
  return cell;
}
