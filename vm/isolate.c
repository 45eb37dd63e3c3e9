// SPDX-License-Identifier: MIT
// Making and ending isolates, their roots, and how other threads interrupt them.
#define _GNU_SOURCE
#include "vm/isolate.h"

#include "base/platform.h"
#include "vm/ic.h"
#include "vm/interp.h"
#include "vm/kinds.h"

#include <stdatomic.h>

enum {
  DEFAULT_STACK_SIZE = 8 << 20,
  STACK_RESERVE_WORDS = 1024,  // above the limit: windows of native calls that were checked roughly
  C_STACK_MARGIN = 160 * 1024, // left for C code that does not check
  DIRTY_WORDS = 4096,          // stale words above the top that a collection clears
};

// ---- Roots ----

static void trace_jobs(Isolate *iso, GcTracer *tracer) {
  for (u32 i = 0; i < iso->jobs.count; i++) {
    Job *job = &iso->jobs.data[(iso->jobs.head + i) & (iso->jobs.capacity - 1)];
    gc_trace_words(tracer, (const u64 *)(const void *)job->args, ARRAY_LEN(job->args));
    gc_trace_cell(tracer, job->realm);
  }
}

static void trace_roots(void *context, GcTracer *tracer, bool full) {
  Isolate *iso = context;
  (void)full;
  gc_trace_word(tracer, value_bits(iso->exception));
  gc_trace_word(tracer, value_bits(iso->thrown_at.function));
  gc_trace_cell(tracer, iso->main_realm);
  gc_trace_cell(tracer, ref_get(iso->null_proto_roots));
  gc_trace_cell(tracer, ref_get(iso->symbol_registry));
  gc_trace_cell(tracer, ref_get(iso->number_strings));
  gc_trace_cell(tracer, ref_get(iso->last_scripts));
  gc_trace_cell(tracer, ref_get(iso->error_stack_accessor));
  trace_jobs(iso, tracer);
  for (u32 i = 0; i < iso->kept_alive.len; i++) gc_trace_cell(tracer, iso->kept_alive.data[i]);
  for (u32 i = 0; i < iso->finalization_queue.len; i++) gc_trace_cell(tracer, iso->finalization_queue.data[i]);
  if (iso->hooks->trace_host) iso->hooks->trace_host(iso, tracer);
}

static void stack_range(void *context, u64 **low, u64 **high, u64 **dirty_high) {
  Isolate *iso = context;
  Value *top = frame_top(iso);
  // A call under construction has written its window just above.
  top = MAX(top + 64, iso->window_high);
  if (top > iso->stack_end) top = iso->stack_end;
  Value *dirty = MIN(top + DIRTY_WORDS, iso->stack_end);
  *low = (u64 *)(void *)iso->stack_base;
  *high = (u64 *)(void *)top;
  *dirty_high = (u64 *)(void *)dirty;
}

static void after_mark(void *context, bool full) {
  Isolate *iso = context;
  Value thrown = iso->thrown_at.exception;
  if (thrown != VALUE_EMPTY && value_is_cell(thrown) && !gc_is_marked(&iso->heap, value_cell(thrown)))
    iso->thrown_at.exception = VALUE_EMPTY;
  shapes_after_mark(iso, full);
  if (!full) return;
  if (iso->json_cache) memset(iso->json_cache, 0, sizeof *iso->json_cache);
  ic_sweep(iso); // after the shapes: it drops ids that no longer name one
  atom_table_sweep(iso);
}

static void limit_reached(void *context) { isolate_request_interrupt(context, INTERRUPT_HEAP_LIMIT); }

static GcEmbedder *embedder_new(Isolate *iso) {
  GcEmbedder *e = base_alloc(sizeof *e);
  *e = (GcEmbedder){weft_gc_kinds, KIND_COUNT, iso, trace_roots, stack_range, after_mark, limit_reached};
  return e;
}

// ---- Life ----

static bool make_stack(Isolate *iso, size_t size) {
  size = ALIGN_UP(size ? size : (size_t)DEFAULT_STACK_SIZE, platform_page_size());
  iso->stack_base = platform_reserve(size, platform_page_size());
  if (!iso->stack_base) return false;
  iso->stack_end = iso->stack_base + size / sizeof(Value);
  iso->stack_real_limit = iso->stack_end - STACK_RESERVE_WORDS;
  atomic_store(&iso->stack_limit, iso->stack_real_limit);
  // The bottom frame: native, without a function.
  iso->fp = iso->stack_base + FRAME_HEADER;
  iso->fp[-4] = VALUE_UNDEFINED;
  *frame_info_of(iso->fp) = frame_info(0, FRAME_NATIVE, 0);
  iso->sp = iso->fp + 1;
  iso->entering = VALUE_EMPTY;
  return true;
}

static size_t default_heap_limit(void) {
  u64 memory = platform_physical_memory();
  u64 limit = memory / 4;
  if (limit < (256ull << 20)) limit = 256ull << 20;
  return (size_t)MIN(limit, 4ull << 30);
}

Isolate *isolate_new(const IsolateConfig *config) {
  Isolate *iso = base_try_alloc_zeroed(sizeof(Isolate));
  if (!iso) return NULL;
  iso->hooks = config->hooks;
  iso->builtins = config->builtins;
  iso->host = config->host;
  iso->eager_builtins = config->eager_builtins;
  iso->proto_epoch = 1;
  iso->no_indexed_on_prototypes = 1;
  iso->stack_trace_limit_default = 10;
  if (!gc_heap_init(&iso->heap, embedder_new(iso), config->heap_limit ? config->heap_limit : default_heap_limit(),
                    config->memory) ||
      !make_stack(iso, config->stack_size)) {
    isolate_destroy(iso);
    return NULL;
  }
  iso->heap.trace_log = config->trace_gc;
#ifdef WEFT_GC_STRESS
  iso->heap.stress_period = config->gc_stress_period ? config->gc_stress_period : 16;
#else
  iso->heap.stress_period = config->gc_stress_period;
#endif
  rand_seed_from_system(&iso->random);
  isolate_enter(iso);
  iso->heap.disabled = true; // the first objects are not reachable yet
  shape_table_init(iso);
  if (!atom_table_init(iso)) {
    isolate_destroy(iso);
    return NULL;
  }
  iso->main_realm = realm_new(iso);
  iso->heap.disabled = false;
  if (!iso->main_realm) {
    isolate_destroy(iso);
    return NULL;
  }
  if (iso->eager_builtins) realm_materialise_all(iso, iso->main_realm);
  return iso;
}

void isolate_destroy(Isolate *iso) {
  const GcEmbedder *embedder = iso->heap.embedder;
  if (embedder) gc_heap_destroy(&iso->heap);
  if (iso->atoms) atom_table_destroy(iso);
  shape_table_destroy(iso);
  if (iso->stack_base) platform_release(iso->stack_base, (size_t)((char *)iso->stack_end - (char *)iso->stack_base));
  base_free((void *)(uintptr_t)embedder);
  base_free(iso->mega_cache);
  if (iso->regexp_context) {
    iso->free_regexp_context(iso->regexp_context);
    base_free(iso->regexp_context);
  }
  base_free(iso->jobs.data);
  base_free(iso->timezone);
  base_free(iso->json_cache);
  vec_free(&iso->kept_alive);
  vec_free(&iso->codes);
  vec_free(&iso->finalization_queue);
  base_free(iso);
}

// The main thread's stack grows to its limit; never trust more than this below us. ThreadSanitizer notes calls in a table of 65,536.
#ifdef __SANITIZE_THREAD__
enum { C_STACK_MOST = 2 << 20 };
#else
enum { C_STACK_MOST = 64 << 20 };
#endif

void isolate_enter(Isolate *iso) {
  char *low, *high;
  char *here = __builtin_frame_address(0);
  if (platform_stack_bounds(&low, &high)) {
    gc_set_stack_base(&iso->heap, high);
    char *limit = low + C_STACK_MARGIN;
    if (here - limit > C_STACK_MOST) limit = here - C_STACK_MOST;
    iso->c_stack_limit = limit;
    return;
  }
  gc_set_stack_base(&iso->heap, here + 4096);
  iso->c_stack_limit = here - 512 * 1024;
}

// ---- Interrupts ----

void isolate_request_interrupt(Isolate *iso, u32 flags) {
  atomic_fetch_or(&iso->interrupts, flags);
  atomic_store(&iso->stack_limit, NULL);
  if (iso->hooks && iso->hooks->wake) iso->hooks->wake(iso);
}

void isolate_ask_again(Isolate *iso) {
  atomic_fetch_or(&iso->interrupts, INTERRUPT_CALLBACK);
  atomic_store(&iso->stack_limit, NULL);
}

void isolate_terminate(Isolate *iso) { isolate_request_interrupt(iso, INTERRUPT_TERMINATE); }

void isolate_cancel_termination(Isolate *iso) {
  iso->terminating = false;
  iso->exception = VALUE_EMPTY;
  // In this order, as in interrupt_poll: a question of another thread stays asked.
  atomic_store(&iso->stack_limit, iso->stack_real_limit);
  u32 asked = atomic_fetch_and(&iso->interrupts, (u32)INTERRUPT_CALLBACK) & INTERRUPT_CALLBACK;
  if (asked) atomic_store(&iso->stack_limit, NULL);
}
