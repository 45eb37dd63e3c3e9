// SPDX-License-Identifier: MIT
// Layout of the heap, shared by the files of gc/ only.
//
//   slab (4 MB, aligned to itself)
//   +-----------------+--------------------------------------+---------------------------------+
//   | GcSlab, 64 x    | metadata: byte g describes granule g | blocks 4..63 of 64 KB: cells    |
//   | GcBlock         | (16 bytes) of the slab               |                                 |
//   +-----------------+--------------------------------------+---------------------------------+
//   The metadata of blocks 0..3 would describe the metadata itself: that is where the header lies.
//
// Metadata: START on the first granule of a cell since its allocation; MARK on the first and END on the last granule once marked.
// Between collections every START without MARK is a young cell; after a collection's sweep START implies MARK.
#ifndef WEFT_GC_GC_INTERNAL_H
#define WEFT_GC_GC_INTERNAL_H

#include "gc/gc.h"

enum {
  GC_SLAB_BLOCKS = GC_SLAB_SIZE / GC_BLOCK_SIZE,
  GC_FIRST_BLOCK = 4, // header and metadata take the first blocks' room
  GC_BLOCK_GRANULES = GC_BLOCK_SIZE / GC_GRANULE,
  GC_WINDOW_MAX = 16 * 1024, // zeroed and handed out at once: small enough to stay in the first-level cache
};

typedef enum GcBlockState {
  GC_BLOCK_FRESH, // never touched (or given back): reads as zero
  GC_BLOCK_FREE,  // holds no cell, metadata is zero, contents are garbage
  GC_BLOCK_USED,
} GcBlockState;

struct GcBlock {
  u8 state;
  bool young;        // cells were allocated here since the last collection
  bool poor;         // a whole walk found few holes: not walked again before a full collection, holes do not grow until then
  u16 scan;          // granule (in the block) where the search for holes goes on
  u16 found;         // granules of the holes that this walk has handed out
  u32 live_granules; // of marked cells
};

struct GcSlab {
  GcSlab *self;
  GcBlock blocks[GC_SLAB_BLOCKS];
};
STATIC_ASSERT(sizeof(struct GcSlab) <= GC_FIRST_BLOCK * GC_BLOCK_GRANULES);

struct GcLarge { // malloc'ed; the cell follows
  size_t size;   // of the cell
  bool marked;
  u64 pad_;
};
enum { GC_LARGE_HEADER = 32 };
static inline Cell *large_cell(GcLarge *large) { return (Cell *)((char *)large + GC_LARGE_HEADER); }
static inline GcLarge *large_of(const Cell *cell) { return (GcLarge *)((char *)(uintptr_t)cell - GC_LARGE_HEADER); }

static ALWAYS_INLINE GcSlab *slab_of(const void *p) { return (GcSlab *)((uintptr_t)p & ~(uintptr_t)(GC_SLAB_SIZE - 1)); }
static ALWAYS_INLINE u32 granule_of(const void *p) { return (u32)((uintptr_t)p & (GC_SLAB_SIZE - 1)) / GC_GRANULE; }
static ALWAYS_INLINE u8 *meta_of(const void *p) { return (u8 *)slab_of(p) + granule_of(p); }
static inline u8 *block_meta(GcSlab *slab, u32 block) { return (u8 *)slab + block * GC_BLOCK_GRANULES; }
static inline char *block_memory(GcSlab *slab, u32 block) { return (char *)slab + (size_t)block * GC_BLOCK_SIZE; }
static inline u32 size_granules(size_t size) { return (u32)((size + GC_GRANULE - 1) / GC_GRANULE); }

struct GcTracer {
  Heap *heap;
  bool full;
  GcVisitor *visitor; // NULL: marks
};

GcSlab *heap_slab_lookup(const Heap *heap, uintptr_t address); // NULL: not in any slab
GcLarge *heap_new_large(Heap *heap, size_t size);              // zeroed; NULL: no memory
void heap_free_large(Heap *heap, GcLarge *large);
bool heap_add_slab(Heap *heap);
void heap_mark_born_old(Heap *heap, Cell *cell, size_t size);
GcLarge *heap_find_large(Heap *heap, uintptr_t address); // large cell that contains the address; list must be sorted
void heap_sort_large(Heap *heap);
void mark_drain(GcTracer *tracer);
void mark_stack_and_roots(GcTracer *tracer);
void heap_sweep(Heap *heap, bool full);
size_t heap_total_bytes(const Heap *heap); // what the triggers compare: blocks, large cells, external memory
void heap_reset_windows(Heap *heap);

#define FOR_EACH_BLOCK(heap, slab, i) \
  for (u32 slab##_n = 0; slab##_n < (heap)->slabs.len; slab##_n++) \
    for (GcSlab *slab = (heap)->slabs.data[slab##_n], *slab##_once = slab; slab##_once; slab##_once = NULL) \
      for (u32 i = GC_FIRST_BLOCK; i < GC_SLAB_BLOCKS; i++)

#endif
