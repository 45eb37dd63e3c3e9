// SPDX-License-Identifier: MIT
// The door of the collector: a non-moving mark-region heap with sticky-mark generations (Immix, Nofl).
// One heap per isolate, used by one thread at a time. The contract for callers is docs/architecture.md, "GC safety":
// locals need nothing (the C stack is scanned conservatively, interior pointers count); a cell pointer that is kept
// in native memory needs a persistent root; a store into a cell needs gc_barrier afterwards.
#ifndef WEFT_GC_GC_H
#define WEFT_GC_GC_H

#include "base/vec.h"
#include "gc/cell.h"

typedef struct Heap Heap;
typedef struct GcTracer GcTracer;
typedef VEC(Cell *) CellVec;

enum {
  GC_GRANULE = 16,
  GC_BLOCK_SIZE = 64 * 1024,
  GC_SLAB_SIZE = 4 * 1024 * 1024, // reserved at once, aligned to itself, committed on touch
  GC_LARGE_MIN = 8 * 1024,        // cells of this size and more get a mapping (or malloc block) of their own
};

// ---- What the embedder (vm/) tells the collector. Trace functions are total, lock-free and allocate nothing. ----

typedef struct GcKind {
  const char *name;
  size_t (*size)(const Cell *cell);                       // exact size in bytes as it was allocated
  void (*trace)(GcTracer *tracer, Cell *cell);            // NULL: no references inside
  void (*finalize)(Heap *heap, Cell *cell);               // frees native memory only; called if gc_register_finalizer was
  bool (*trace_ephemerons)(GcTracer *tracer, Cell *cell); // marks values of live keys; true when it marked something
  void (*sweep_weak)(Heap *heap, Cell *cell);             // drops dead keys and targets; gc_is_marked tells
  bool (*end_counts)(const Cell *cell);                   // whether a pointer to the first byte behind the cell keeps it; NULL: no
} GcKind;

typedef struct GcEmbedder {
  const GcKind *kinds; // indexed by Cell.kind
  u32 kind_count;
  void *context; // the isolate
  void (*trace_roots)(void *context, GcTracer *tracer, bool full);
  // The mutator's Value stack: words in [low, high) are scanned conservatively, [high, dirty_high) is zeroed.
  void (*stack_range)(void *context, u64 **low, u64 **high, u64 **dirty_high);
  // Between marking and reuse of memory: weak tables of the VM (atoms, shapes, inline caches) forget dead cells.
  void (*after_mark)(void *context, bool full);
  void (*limit_reached)(void *context); // the heap is over its limit after a full collection; asks for an interrupt
} GcEmbedder;

// ---- Heap ----

// Where slabs and large cells come from, when not from the system. Zeroed memory; NULL: none. Called by allocation and by collections.
typedef struct GcMemory {
  void *(*allocate)(void *data, size_t size, size_t alignment);
  void (*release)(void *data, void *memory, size_t size);
  void *data;
} GcMemory;

typedef struct GcStats {
  u64 minor_count, full_count;
  u64 pause_ns_max_minor, pause_ns_max_full, pause_ns_total;
  u64 allocated_bytes; // ever, without large and external
} GcStats;

// Looks at some of the allocations: of every `interval` bytes, about one cell.
typedef struct GcSampler {
  u64 interval, next; // in bytes that were ever allocated (GcStats.allocated_bytes and large cells)
  void (*allocated)(struct GcSampler *sampler, Cell *cell,
                    u64 bytes);                                     // a cell that was just made, without contents; collects nothing
  void (*marked)(struct GcSampler *sampler, Heap *heap, bool full); // after marking: gc_is_marked tells which cells live
} GcSampler;

typedef struct GcBlock GcBlock;
typedef struct GcSlab GcSlab;
typedef struct GcLarge GcLarge;
typedef struct Persistent Persistent;

struct Heap {
  // The allocation window: [alloc, limit) is zeroed memory. meta_bias + (address >> 4) is the metadata byte of an address
  // in the window's slab.
  char *alloc, *limit;
  char *meta_bias;
  GcBlock *current;

  const GcEmbedder *embedder;
  VEC(GcSlab *) slabs;
  CellVec remembered; // old cells that were stored into since the last collection
  CellVec mark_stack;
  CellVec finalizable, weak_cells;
  u32 finalizable_old, weak_old; // entries below are old: a minor collection skips them
  VEC(GcLarge *) large;          // sorted by address while `large_sorted`
  Persistent *persistents;

  size_t block_bytes; // bytes in blocks in use
  size_t large_bytes, external_bytes;
  size_t young_bytes;                // allocated since the last collection (blocks taken, large, external)
  size_t minor_trigger;              // young_bytes that start a minor collection
  size_t block_trigger;              // block_bytes that make a collection full: old cells lie too far apart
  size_t full_trigger;               // bytes alive, as far as marks tell, that make a collection full
  size_t limit_bytes;                // 0: none
  size_t limit_checked;              // total bytes when the limit was looked at last, or less since
  size_t live_after_full, live_last; // bytes of marked cells, large cells and external memory
  size_t cells_last;                 // bytes of marked cells in blocks
  u64 allocated_last;                // stats.allocated_bytes then
  char *stack_base;                  // the C stack is scanned from here down to the collector's frame
  bool collecting, over_limit /* and nobody caught the error yet */, disabled, trace_log, full_requested;
  u32 stress_period, stress_countdown; // collect at every Nth slow allocation (gc-stress builds and --gc-stress)
  GcStats stats;
  GcSampler *sampler; // or NULL
  GcMemory memory;    // allocate NULL: the system's
  u64 sampled_large;  // bytes of large cells since there is a sampler
  struct GcCursor {
    u32 slab, block;
  } cursor;                        // next block to look for holes in
  char *overflow, *overflow_limit; // second window, for cells that small holes cannot take
  u32 free_blocks;
  u32 slab_table_mask;
  GcSlab **slab_table;              // open addressing by slab number: is this word inside a slab?
  bool large_sorted, current_fresh; // current_fresh: the current block still reads as zero where nothing was allocated
};

// `memory` may be NULL: the system's. false: no memory.
bool gc_heap_init(Heap *heap, const GcEmbedder *embedder, size_t limit_bytes, const GcMemory *memory);
void gc_heap_destroy(Heap *heap); // finalizes everything

// Sets the C stack's base for conservative scanning: an address at or above every frame that holds cells.
void gc_set_stack_base(Heap *heap, void *base);

// ---- Allocation. Memory is zeroed but for the header. May collect. ----

// Never fails for sizes below GC_LARGE_MIN (over the limit it asks the embedder for an interrupt and goes on; when the
// system has no memory at all it ends the process with a message). For larger sizes use gc_try_alloc.
MUST_CHECK Cell *gc_alloc_slow(Heap *heap, size_t size, u8 kind);
// NULL when the heap limit or the system refuses. Any size.
MUST_CHECK Cell *gc_try_alloc(Heap *heap, size_t size, u8 kind);
// Like gc_alloc, but born old: for cells that minor collections need not look at (shapes, atoms). Initialising stores
// of references need gc_barrier.
MUST_CHECK Cell *gc_alloc_old(Heap *heap, size_t size, u8 kind);

enum { GC_META_START = 1, GC_META_MARK = 2, GC_META_END = 4 }; // one metadata byte per granule

MUST_CHECK static ALWAYS_INLINE Cell *gc_alloc(Heap *heap, size_t size, u8 kind) {
  size = ALIGN_UP(size, (size_t)GC_GRANULE);
  char *p = heap->alloc;
  if (UNLIKELY((size_t)(heap->limit - p) < size)) return gc_alloc_slow(heap, size, kind);
  heap->alloc = p + size;
  heap->meta_bias[(uintptr_t)p >> 4] = GC_META_START;
  Cell *cell = (Cell *)p;
  *(u64 *)(void *)cell = (u64)kind << 32; // shape_id 0, no bits, no flags
  return cell;
}

// ---- Barrier, weak things, native memory ----

void gc_remember(Heap *heap, Cell *owner);
// After any store of a reference into `owner` (or into memory that owner's trace function reaches).
static ALWAYS_INLINE void gc_barrier(Heap *heap, Cell *owner) {
  if (UNLIKELY(owner->gc_bits & GC_OLD)) gc_remember(heap, owner);
}

void gc_register_finalizer(Heap *heap, Cell *cell);    // the kind's finalize will be called once, when the cell is dead
void gc_register_weak(Heap *heap, Cell *cell);         // the kind's trace_ephemerons / sweep_weak take part in collections
bool gc_is_marked(const Heap *heap, const Cell *cell); // valid during after_mark and sweep_weak

// Native memory that hangs on cells; drives collections smoothly.
void gc_adjust_external(Heap *heap, ptrdiff_t bytes);
// True when `bytes` more would break the heap limit even after a full collection. May collect.
bool gc_would_exceed_limit(Heap *heap, size_t bytes);

// ---- Roots from native memory ----

struct Persistent { // embed it or allocate it; linked while it holds something
  u64 word;
  Persistent *next, **prev;
};
void gc_persistent_init(Heap *heap, Persistent *root, u64 word);
void gc_persistent_clear(Persistent *root);

// ---- Collect, trace ----

void gc_collect(Heap *heap, bool full);
size_t gc_used_bytes(const Heap *heap);           // blocks and large cells in use, without external memory
size_t gc_cell_bytes(const Heap *heap);           // cells that the last collection kept, and all that was allocated since
bool gc_owns(const Heap *heap, const Cell *cell); // or it is static; linear in the number of large cells
void gc_verify(Heap *heap);                       // debug builds: sticky marks against a full mark; aborts on a difference

// Looking at the heap without marking: what one cell, or the roots and stacks, refer to. Nothing may be allocated on the heap meanwhile.
typedef struct GcVisitor {
  void (*reference)(struct GcVisitor *visitor, Cell *cell); // static cells too
  void (*interior)(struct GcVisitor *visitor, Cell *cell);  // a cell that counts as a part of the one that is looked at
} GcVisitor;
void gc_visit_cell(Heap *heap, Cell *cell, GcVisitor *visitor);
void gc_visit_roots(Heap *heap, GcVisitor *visitor);
size_t gc_size_of_cell(const Heap *heap, const Cell *cell);

void gc_mark_cell_slow(GcTracer *tracer, Cell *cell);
// Marks what `word` names, if it names a cell (static cells are ignored). For exact fields.
void gc_trace_word(GcTracer *tracer, u64 word);
void gc_trace_words(GcTracer *tracer, const u64 *words, size_t count);
// Same for a possibly NULL pointer to the start of a cell.
static inline void gc_trace_cell(GcTracer *tracer, const void *cell) {
  if (cell) gc_trace_word(tracer, (u64)(uintptr_t)cell);
}
// Marks a cell whose contents the caller itself traces (a store by its object); true if it was not marked before.
bool gc_trace_interior(GcTracer *tracer, Cell *cell);
// Words that may or may not be cell pointers, interior ones included.
void gc_trace_conservative(GcTracer *tracer, const u64 *low, const u64 *high);
bool gc_tracer_is_full(const GcTracer *tracer);
void *gc_tracer_context(const GcTracer *tracer);

#endif
