// SPDX-License-Identifier: MIT
// The collector shows one allocation of every so many bytes; frames are valid wherever something is allocated, as for its own sake. What a
// collection frees is forgotten, unless asked otherwise.
// Tests: tests/threads/profiles/.
#include "threads/heap_profile.h"

#include "threads/profile_tree.h"

typedef struct HeapSample {
  Cell *cell; // weak; NULL: dead, and to be shown
  u64 bytes;
  u32 node, ordinal;
} HeapSample;

typedef struct HeapProfile {
  GcSampler sampler; // first
  Host *host;
  ProfileTree tree;
  VEC(HeapSample) samples;
  u32 depth, flags, last_ordinal;
} HeapProfile;

static void allocated(GcSampler *sampler, Cell *cell, u64 bytes) {
  HeapProfile *p = (HeapProfile *)sampler;
  HeapSample sample = {cell, bytes, PROFILE_ROOT, ++p->last_ordinal};
  // Names of native functions are strings: they are allocated in the middle of an allocation, unseen.
  Heap *heap = &p->host->iso->heap;
  bool disabled = heap->disabled;
  heap->disabled = true;
  heap->sampler = NULL;
  StackFrameInfo innermost;
  if (p->depth) sample.node = profile_tree_here(&p->tree, p->host->iso, p->depth, &innermost);
  heap->sampler = sampler;
  heap->disabled = disabled;
  vec_push(&p->samples, sample);
}

static void marked(GcSampler *sampler, Heap *heap, bool full) {
  HeapProfile *p = (HeapProfile *)sampler;
  bool keep = p->flags & (full ? HEAP_PROFILE_KEEP_MAJOR : HEAP_PROFILE_KEEP_MINOR);
  u32 kept = 0;
  for (u32 i = 0; i < p->samples.len; i++) {
    HeapSample sample = p->samples.data[i];
    bool alive = !sample.cell || gc_is_marked(heap, sample.cell);
    if (!alive && !keep) continue;
    if (!alive) sample.cell = NULL;
    p->samples.data[kept++] = sample;
  }
  p->samples.len = kept;
}

bool heap_profile_start(Host *host, u64 interval, u32 depth, u32 flags) {
  if (host->heap_profile) return false;
  Heap *heap = &host->iso->heap;
  HeapProfile *p = base_alloc_zeroed(sizeof *p);
  p->host = host;
  p->depth = depth;
  p->flags = flags;
  p->sampler = (GcSampler){.interval = interval, .allocated = allocated, .marked = marked};
  heap->sampled_large = 0;
  p->sampler.next = heap->stats.allocated_bytes + interval;
  profile_tree_init(&p->tree);
  host->heap_profile = p;
  heap->sampler = &p->sampler;
  return true;
}

void heap_profile_end(Host *host) {
  HeapProfile *p = host->heap_profile;
  if (!p) return;
  host->iso->heap.sampler = NULL;
  host->heap_profile = NULL;
  profile_tree_free(&p->tree);
  vec_free(&p->samples);
  base_free(p);
}

// ---- JSON ----

#define APPEND(out, literal) bytes_append(out, literal, sizeof(literal) - 1)

static void append_samples(ByteVec *out, const HeapProfile *p) {
  APPEND(out, "{\"samples\":[");
  for (u32 i = 0; i < p->samples.len; i++) {
    if (i) APPEND(out, ",");
    APPEND(out, "{\"size\":");
    profile_append_number(out, (double)p->samples.data[i].bytes);
    APPEND(out, ",\"nodeId\":");
    profile_append_number(out, p->samples.data[i].node + 1);
    APPEND(out, ",\"ordinal\":");
    profile_append_number(out, p->samples.data[i].ordinal);
    APPEND(out, "}");
  }
}

static void append_node(ByteVec *out, ProfileTree *tree, const bool *used, u32 number) {
  APPEND(out, "{\"selfSize\":");
  profile_append_number(out, (double)tree->nodes.data[number].bytes);
  APPEND(out, ",\"id\":");
  profile_append_number(out, number + 1);
  APPEND(out, ",\"callFrame\":{");
  profile_append_place(out, tree, number, true);
  APPEND(out, "},\"children\":[");
  bool any = false;
  for (u32 i = tree->nodes.data[number].first_child; i != PROFILE_NONE; i = tree->nodes.data[i].next_sibling) {
    if (!used[i]) continue;
    if (any) APPEND(out, ",");
    any = true;
    append_node(out, tree, used, i);
  }
  APPEND(out, "]}");
}

bool heap_profile_stop(Host *host, ByteVec *json) {
  HeapProfile *p = host->heap_profile;
  if (!p) return false;
  Heap *heap = &host->iso->heap;
  bool disabled = heap->disabled;
  heap->disabled = false;
  if (p->flags & HEAP_PROFILE_FORCE_GC) gc_collect(heap, true);
  heap->disabled = disabled;
  for (u32 i = 0; i < p->samples.len; i++) p->tree.nodes.data[p->samples.data[i].node].bytes += p->samples.data[i].bytes;
  append_samples(json, p);
  bool *used = profile_tree_used(&p->tree);
  APPEND(json, "],\"head\":");
  append_node(json, &p->tree, used, PROFILE_ROOT);
  APPEND(json, "}");
  base_free(used);
  heap_profile_end(host);
  return true;
}
