// SPDX-License-Identifier: MIT
// Marking: exact fields through the kinds' trace functions, and words of the C stack and the Value stack conservatively.
// Marks are sticky: a minor collection starts with the old cells already marked and visits only what is new.
#include "gc/gc_internal.h"

#include <setjmp.h>

static ALWAYS_INLINE const GcKind *kind_of(const Heap *heap, const Cell *cell) {
  ASSERT(cell->kind && cell->kind < heap->embedder->kind_count);
  return &heap->embedder->kinds[cell->kind];
}

// Sets the mark. true: it was not marked before.
static ALWAYS_INLINE bool set_mark(Heap *heap, Cell *cell) {
  u8 bits = cell->gc_bits;
  if (bits & (GC_STATIC | GC_LARGE)) {
    if (bits & GC_STATIC) return false;
    GcLarge *large = large_of(cell);
    if (large->marked) return false;
    large->marked = true;
  } else {
    u8 *meta = meta_of(cell);
    if (*meta & GC_META_MARK) return false;
    ASSERT(*meta & GC_META_START);
    u32 granules = size_granules(kind_of(heap, cell)->size(cell));
    meta[0] |= GC_META_MARK;
    meta[granules - 1] |= GC_META_END;
    GcSlab *slab = slab_of(cell);
    slab->blocks[granule_of(cell) / GC_BLOCK_GRANULES].live_granules += granules;
  }
  cell->gc_bits = (u8)((bits & ~GC_LOGGED) | GC_OLD);
  return true;
}

static ALWAYS_INLINE void mark_and_push(GcTracer *tracer, Cell *cell) {
  if (!set_mark(tracer->heap, cell)) return;
  if (kind_of(tracer->heap, cell)->trace) vec_push(&tracer->heap->mark_stack, cell);
}

static COLD void show(GcTracer *tracer, Cell *cell) { tracer->visitor->reference(tracer->visitor, cell); }

static ALWAYS_INLINE void met(GcTracer *tracer, Cell *cell) {
  if (LIKELY(!tracer->visitor)) mark_and_push(tracer, cell);
  else show(tracer, cell);
}

void gc_mark_cell_slow(GcTracer *tracer, Cell *cell) { met(tracer, cell); }

void gc_trace_word(GcTracer *tracer, u64 word) {
  if (word_is_cell(word)) met(tracer, (Cell *)(uintptr_t)word);
}

void gc_trace_words(GcTracer *tracer, const u64 *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (word_is_cell(words[i])) met(tracer, (Cell *)(uintptr_t)words[i]);
}

bool gc_trace_interior(GcTracer *tracer, Cell *cell) {
  if (LIKELY(!tracer->visitor)) return set_mark(tracer->heap, cell);
  tracer->visitor->interior(tracer->visitor, cell);
  return true;
}

bool gc_tracer_is_full(const GcTracer *tracer) { return tracer->full; }

void *gc_tracer_context(const GcTracer *tracer) { return tracer->heap->embedder->context; }

bool gc_is_marked(const Heap *heap, const Cell *cell) {
  (void)heap;
  if (cell->gc_bits & GC_STATIC) return true;
  if (cell->gc_bits & GC_LARGE) return large_of(cell)->marked;
  return *meta_of(cell) & GC_META_MARK;
}

// The cell is not filled in yet, so its kind cannot tell its size.
void heap_mark_born_old(Heap *heap, Cell *cell, size_t size) {
  (void)heap;
  u32 granules = size_granules(size);
  u8 *meta = meta_of(cell);
  meta[0] |= GC_META_MARK;
  meta[granules - 1] |= GC_META_END;
  slab_of(cell)->blocks[granule_of(cell) / GC_BLOCK_GRANULES].live_granules += granules;
  cell->gc_bits |= GC_OLD;
}

void mark_drain(GcTracer *tracer) {
  Heap *heap = tracer->heap;
  while (heap->mark_stack.len) {
    Cell *cell = vec_pop(&heap->mark_stack);
    kind_of(heap, cell)->trace(tracer, cell);
  }
}

// ---- Conservative words ----

// START granule at or before `granule` in its block, or UINT32_MAX.
static u32 find_start(const u8 *meta, u32 granule) {
  for (u32 i = granule + 1; i-- > 0;)
    if (meta[i] & GC_META_START) return i;
  return UINT32_MAX;
}

static void mark_in_slab(GcTracer *tracer, GcSlab *slab, uintptr_t address, bool is_end) {
  Heap *heap = tracer->heap;
  u32 block = (u32)(address & (GC_SLAB_SIZE - 1)) / GC_BLOCK_SIZE;
  if (block < GC_FIRST_BLOCK || slab->blocks[block].state != GC_BLOCK_USED) return;
  u32 granule = granule_of((void *)address) % GC_BLOCK_GRANULES;
  u32 start = find_start(block_meta(slab, block), granule);
  if (start == UINT32_MAX) return;
  Cell *cell = (Cell *)(void *)(block_memory(slab, block) + (size_t)start * GC_GRANULE);
  const GcKind *kind = kind_of(heap, cell);
  if (granule - start >= size_granules(kind->size(cell)) || (is_end && !(kind->end_counts && kind->end_counts(cell)))) return;
  met(tracer, cell);
}

static ALWAYS_INLINE void mark_conservative_word(GcTracer *tracer, u64 word) {
  // Canonical user addresses only; this also throws out numbers and special values.
  if (word < GC_BLOCK_SIZE || word >> 47) return;
  GcSlab *slab = heap_slab_lookup(tracer->heap, word);
  if (slab) {
    mark_in_slab(tracer, slab, word, false);
    if (!(word & (GC_GRANULE - 1)) && (word & (GC_SLAB_SIZE - 1))) mark_in_slab(tracer, slab, word - 1, true);
    return;
  }
  GcLarge *large = heap_find_large(tracer->heap, word);
  if (large) met(tracer, large_cell(large));
}

NO_SANITIZE_ADDRESS void gc_trace_conservative(GcTracer *tracer, const u64 *low, const u64 *high) {
  for (const u64 *p = low; p < high; p++) mark_conservative_word(tracer, *p);
}

NO_SANITIZE_ADDRESS static NOINLINE void mark_c_stack(GcTracer *tracer) {
  jmp_buf registers; // spills callee-saved registers into this frame
  setjmp(registers);
  // glibc mangles some registers in a jmp_buf: ask the compiler for them as well.
  u64 spilled[8];
#if defined(__x86_64__)
  __asm__ volatile("movq %%rbx, 0(%0)\n\tmovq %%rbp, 8(%0)\n\tmovq %%r12, 16(%0)\n\tmovq %%r13, 24(%0)\n\t"
                   "movq %%r14, 32(%0)\n\tmovq %%r15, 40(%0)"
                   :
                   : "r"(spilled)
                   : "memory");
  spilled[6] = spilled[7] = 0;
#elif defined(__aarch64__)
  __asm__ volatile("stp x19, x20, [%0]\n\tstp x21, x22, [%0, #16]\n\tstp x23, x24, [%0, #32]\n\tstp x25, x26, [%0, #48]"
                   :
                   : "r"(spilled)
                   : "memory");
#else
  memset(spilled, 0, sizeof spilled);
#endif
  gc_trace_conservative(tracer, spilled, spilled + 8);
  const u64 *low = (const u64 *)((uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)7);
  const u64 *low_spill = (const u64 *)(void *)&registers;
  if (low_spill < low) low = low_spill;
  gc_trace_conservative(tracer, low, (const u64 *)(void *)tracer->heap->stack_base);
}

static void trace_stack_and_roots(GcTracer *tracer) {
  Heap *heap = tracer->heap;
  const GcEmbedder *embedder = heap->embedder;
  heap_sort_large(heap);
  embedder->trace_roots(embedder->context, tracer, tracer->full);
  for (Persistent *root = heap->persistents; root; root = root->next) gc_trace_word(tracer, root->word);
  u64 *low, *high, *dirty;
  embedder->stack_range(embedder->context, &low, &high, &dirty);
  if (high < dirty) memset(high, 0, (size_t)((char *)dirty - (char *)high));
  gc_trace_conservative(tracer, low, high);
  if (heap->stack_base) mark_c_stack(tracer);
}

void mark_stack_and_roots(GcTracer *tracer) {
  trace_stack_and_roots(tracer);
  mark_drain(tracer);
}

// ---- Visiting ----

void gc_visit_cell(Heap *heap, Cell *cell, GcVisitor *visitor) {
  const GcKind *kind = kind_of(heap, cell);
  if (kind->trace) kind->trace(&(GcTracer){heap, true, visitor}, cell);
}

void gc_visit_roots(Heap *heap, GcVisitor *visitor) { trace_stack_and_roots(&(GcTracer){heap, true, visitor}); }

size_t gc_size_of_cell(const Heap *heap, const Cell *cell) { return kind_of(heap, cell)->size(cell); }
