// SPDX-License-Identifier: MIT
// A thread per profile sleeps for the interval, then sets `due` and interrupts the isolate, which looks at its stack at its next poll: a
// loop's jump back, or the entry of a function. A poll comes after the time that is to be attributed: what ran since the poll before it,
// whose place nobody knows. Code that takes long repeats itself, so the isolate goes on polling until it comes to the same place again;
// the place before that is where the time went. (Attributed to the poll itself, a hot function without loops would get nothing, and the
// loop that calls it everything.)
//
// The sampler's thread notes itself when the isolate sleeps; `mutex` is for that.
// Tests: tests/threads/profiles/.
#include "threads/cpu_profile.h"

#include "base/platform.h"
#include "threads/profile_tree.h"

enum { POLLS_MAX = 32, INTERVAL_MIN_US = 50, STACK_DEPTH = 256, SAMPLER_STACK = 64 << 10 };

typedef struct Sample {
  u32 node;
  u64 time_us;
} Sample;

typedef struct CpuProfile {
  struct CpuProfile *next;
  Host *host;
  u32 number, samples_max;
  u64 interval_ns, start_us;
  _Atomic bool due;
  // The search for where the time went
  u32 polls, first_node, first_pc, previous_node, previous_line;
  u64 first_us;
  Thread thread;
  Condition wake;
  Mutex mutex; // of what follows
  bool stopping, is_idle;
  ProfileTree tree;
  VEC(Sample) samples;
} CpuProfile;

static u64 now_us(void) { return platform_clock_ns() / 1000; }

// ---- Samples ----

static void count_line(ProfileNode *node, u32 line) {
  for (u32 i = 0; i < node->ticks.len; i++) {
    if (node->ticks.data[i].line != line) continue;
    node->ticks.data[i].count++;
    return;
  }
  ProfileTicks ticks = {line, 1};
  vec_push(&node->ticks, ticks);
}

// Under the mutex. line 0: none
static void add_sample(CpuProfile *p, u32 node, u32 line, u64 time_us) {
  if (p->samples.len >= p->samples_max) return;
  if (p->samples.len) time_us = MAX(time_us, vec_last(&p->samples).time_us);
  Sample sample = {node, time_us};
  vec_push(&p->samples, sample);
  p->tree.nodes.data[node].hits++;
  if (line) count_line(&p->tree.nodes.data[node], line);
}

static u32 look(CpuProfile *p, u32 *pc, u32 *line) {
  StackFrameInfo innermost;
  u32 node = profile_tree_here(&p->tree, p->host->iso, STACK_DEPTH, &innermost), column;
  const char *file;
  *pc = innermost.pc;
  *line = 0;
  if (node == PROFILE_ROOT) return profile_tree_own(&p->tree, "(program)");
  if (!stack_frame_position(&innermost, &file, line, &column)) *line = 0;
  return node;
}

// true: the search goes on at the next poll.
static bool poll_once(CpuProfile *p) {
  u32 pc, line, node = look(p, &pc, &line);
  if (!p->polls) {
    p->first_node = node;
    p->first_pc = pc;
    p->first_us = now_us();
  } else if ((node == p->first_node && pc == p->first_pc) || p->polls >= POLLS_MAX) {
    add_sample(p, p->previous_node, p->previous_line, p->first_us);
    p->polls = 0;
    return false;
  }
  p->previous_node = node;
  p->previous_line = line;
  p->polls++;
  return true;
}

void cpu_profiles_poll(Host *host) {
  bool again = false;
  for (CpuProfile *p = host->cpu_profiles; p; p = p->next) {
    if (!atomic_load_explicit(&p->due, memory_order_relaxed)) continue;
    mutex_lock(&p->mutex);
    bool goes_on = poll_once(p);
    mutex_unlock(&p->mutex);
    if (goes_on) again = true;
    else atomic_store_explicit(&p->due, false, memory_order_relaxed);
  }
  if (again) isolate_ask_again(host->iso);
}

// ---- The sampler's thread ----

static void tick(CpuProfile *p) {
  if (atomic_load_explicit(&p->host->loop.sleeping, memory_order_relaxed) != LOOP_AWAKE) {
    if (!p->is_idle) add_sample(p, profile_tree_own(&p->tree, "(idle)"), 0, now_us());
    p->is_idle = true;
    return;
  }
  p->is_idle = false;
  atomic_store_explicit(&p->due, true, memory_order_relaxed);
  isolate_request_interrupt(p->host->iso, INTERRUPT_CALLBACK);
}

static void sampler_main(void *arg) {
  CpuProfile *p = arg;
  u64 next_ns = platform_clock_ns();
  mutex_lock(&p->mutex);
  while (!p->stopping) {
    next_ns += p->interval_ns;
    u64 now_ns = platform_clock_ns();
    if (next_ns < now_ns) next_ns = now_ns + p->interval_ns; // late: the isolate shall have some time of its own
    while (!p->stopping && condition_wait_until(&p->wake, &p->mutex, next_ns)) {
    }
    if (!p->stopping) tick(p);
  }
  mutex_unlock(&p->mutex);
}

// ---- Start and stop ----

static void profile_free(CpuProfile *p) {
  profile_tree_free(&p->tree);
  vec_free(&p->samples);
  mutex_destroy(&p->mutex);
  condition_destroy(&p->wake);
  base_free(p);
}

static void take_now(CpuProfile *p) {
  u32 pc, line;
  mutex_lock(&p->mutex);
  u32 node = look(p, &pc, &line);
  add_sample(p, node, line, now_us());
  mutex_unlock(&p->mutex);
}

u32 cpu_profile_start(Host *host, u64 interval_us, u32 samples_max) {
  CpuProfile *p = base_alloc_zeroed(sizeof *p);
  p->host = host;
  p->number = ++host->last_profile;
  p->samples_max = samples_max;
  p->interval_ns = MAX(interval_us ? interval_us : CPU_PROFILE_INTERVAL_US, INTERVAL_MIN_US) * 1000;
  p->start_us = now_us();
  mutex_init(&p->mutex);
  condition_init(&p->wake);
  profile_tree_init(&p->tree);
  take_now(p);
  if (!thread_create(&p->thread, "weft-profiler", SAMPLER_STACK, sampler_main, p)) {
    profile_free(p);
    return 0;
  }
  p->next = host->cpu_profiles;
  host->cpu_profiles = p;
  return p->number;
}

static CpuProfile *end(CpuProfile **link) {
  CpuProfile *p = *link;
  *link = p->next;
  mutex_lock(&p->mutex);
  p->stopping = true;
  condition_signal(&p->wake);
  mutex_unlock(&p->mutex);
  thread_join(&p->thread);
  return p;
}

void cpu_profiles_end(Host *host) {
  while (host->cpu_profiles) profile_free(end(&host->cpu_profiles));
}

// ---- JSON ----

#define APPEND(out, literal) bytes_append(out, literal, sizeof(literal) - 1)

static void append_children(ByteVec *out, const ProfileTree *tree, const bool *used, u32 number) {
  bool any = false;
  for (u32 i = tree->nodes.data[number].first_child; i != PROFILE_NONE; i = tree->nodes.data[i].next_sibling) {
    if (!used[i]) continue;
    if (any) APPEND(out, ",");
    else APPEND(out, ",\"children\":[");
    any = true;
    profile_append_number(out, i + 1);
  }
  if (any) APPEND(out, "]");
}

static void append_ticks(ByteVec *out, const ProfileNode *node) {
  if (!node->ticks.len) return;
  APPEND(out, ",\"positionTicks\":[");
  for (u32 i = 0; i < node->ticks.len; i++) {
    if (i) APPEND(out, ",");
    APPEND(out, "{\"line\":");
    profile_append_number(out, node->ticks.data[i].line);
    APPEND(out, ",\"ticks\":");
    profile_append_number(out, node->ticks.data[i].count);
    APPEND(out, "}");
  }
  APPEND(out, "]");
}

static void append_node(ByteVec *out, ProfileTree *tree, const bool *used, u32 number) {
  if (number) APPEND(out, ",");
  APPEND(out, "{\"id\":");
  profile_append_number(out, number + 1);
  APPEND(out, ",\"hitCount\":");
  profile_append_number(out, tree->nodes.data[number].hits);
  APPEND(out, ",\"callFrame\":{");
  profile_append_name(out, tree, number);
  APPEND(out, ",");
  profile_append_place(out, tree, number, false);
  APPEND(out, "}");
  append_children(out, tree, used, number);
  append_ticks(out, &tree->nodes.data[number]);
  APPEND(out, "}");
}

static void append_profile(ByteVec *out, CpuProfile *p) {
  bool *used = profile_tree_used(&p->tree);
  APPEND(out, "{\"nodes\":[");
  for (u32 i = 0; i < p->tree.nodes.len; i++) {
    if (used[i]) append_node(out, &p->tree, used, i);
  }
  base_free(used);
  APPEND(out, "],\"startTime\":");
  profile_append_number(out, (double)p->start_us);
  APPEND(out, ",\"endTime\":");
  profile_append_number(out, (double)now_us());
  APPEND(out, ",\"samples\":[");
  for (u32 i = 0; i < p->samples.len; i++) {
    if (i) APPEND(out, ",");
    profile_append_number(out, p->samples.data[i].node + 1);
  }
  APPEND(out, "],\"timeDeltas\":[");
  u64 last = p->start_us;
  for (u32 i = 0; i < p->samples.len; i++) {
    if (i) APPEND(out, ",");
    profile_append_number(out, (double)(p->samples.data[i].time_us - last));
    last = p->samples.data[i].time_us;
  }
  APPEND(out, "]}");
}

bool cpu_profile_stop(Host *host, u32 number, ByteVec *json) {
  CpuProfile **link = &host->cpu_profiles;
  while (*link && (*link)->number != number) link = &(*link)->next;
  if (!*link) return false;
  take_now(*link);
  CpuProfile *p = end(link);
  append_profile(json, p);
  profile_free(p);
  return true;
}
