// SPDX-License-Identifier: MIT
// The phases of a turn, and how the loop sleeps: timers, completions and messages, waiting, immediates.
// Timers are kept as Node keeps them: lists of equal duration in the order of their start, and a heap of lists by the expiry of
// their first timer; a due list runs all its due timers before the next list. That decides the order that programs see.
// Tests: tests/node/timers/.
#include "threads/event_loop.h"

#include <math.h>
#include <uv.h>

#include "base/atomic.h"
#include "base/hash.h"
#include "base/platform.h"
#include "threads/thread.h"
#include "vm/call.h"
#include "vm/cells.h"
#include "vm/error.h"
#include "vm/promise.h"

struct LoopTimer {
  LoopTimer *prev, *next; // in its list
  TimerList *list;        // NULL: not running
  Value object;
  void (*run)(Host *host, void *data); // NULL: the object is run
  void *data;
  u64 start_ms;
  u64 generation;
  u32 slot;
  bool referenced;
};

struct TimerList {
  LoopTimer *first, *last;
  u64 expiry_ms, sequence;
  u32 duration;
  u32 heap_index; // UINT32_MAX: not in the heap
};

struct LoopUv {
  uv_loop_t loop;
  uv_async_t async;
  uv_timer_t timer;
};

// ---- Time ----

void loop_update_time(EventLoop *loop) { loop->now_ms = (platform_clock_ns() - loop->start_ns) / 1000000; }

double loop_now(EventLoop *loop) { return (double)loop->now_ms; }

// ---- Queues ----

static void queue_push(LoopQueue *queue, Value v) {
  if (queue->count == queue->capacity) {
    u32 capacity = queue->capacity ? queue->capacity * 2 : 16;
    Value *data = base_alloc(capacity * sizeof(Value));
    for (u32 i = 0; i < queue->count; i++) data[i] = queue->data[(queue->head + i) & (queue->capacity - 1)];
    base_free(queue->data);
    *queue = (LoopQueue){data, 0, queue->count, capacity};
  }
  queue->data[(queue->head + queue->count++) & (queue->capacity - 1)] = v;
}

static bool queue_take(LoopQueue *queue, Value *v) {
  if (!queue->count) return false;
  *v = queue->data[queue->head];
  queue->head = (queue->head + 1) & (queue->capacity - 1);
  queue->count--;
  return true;
}

void loop_add_tick(EventLoop *loop, Value callback) { queue_push(&loop->ticks, callback); }

bool loop_take_tick(EventLoop *loop, Value *callback) { return queue_take(&loop->ticks, callback); }

// ---- The heap of lists ----

static bool list_before(const TimerList *a, const TimerList *b) {
  return a->expiry_ms != b->expiry_ms ? a->expiry_ms < b->expiry_ms : a->sequence < b->sequence;
}

static void heap_place(EventLoop *loop, TimerList *list, u32 i) {
  loop->heap.data[i] = list;
  list->heap_index = i;
}

static void heap_up(EventLoop *loop, u32 i) {
  TimerList *list = loop->heap.data[i];
  for (; i && list_before(list, loop->heap.data[(i - 1) / 2]); i = (i - 1) / 2) heap_place(loop, loop->heap.data[(i - 1) / 2], i);
  heap_place(loop, list, i);
}

static void heap_down(EventLoop *loop, u32 i) {
  TimerList *list = loop->heap.data[i];
  for (u32 child; (child = 2 * i + 1) < loop->heap.len; i = child) {
    if (child + 1 < loop->heap.len && list_before(loop->heap.data[child + 1], loop->heap.data[child])) child++;
    if (!list_before(loop->heap.data[child], list)) break;
    heap_place(loop, loop->heap.data[child], i);
  }
  heap_place(loop, list, i);
}

static void heap_remove(EventLoop *loop, TimerList *list) {
  u32 i = list->heap_index;
  TimerList *last = vec_pop(&loop->heap);
  list->heap_index = UINT32_MAX;
  if (last == list) return;
  heap_place(loop, last, i);
  heap_up(loop, i);
  heap_down(loop, last->heap_index);
}

static void heap_add(EventLoop *loop, TimerList *list) {
  vec_push(&loop->heap, list);
  heap_up(loop, loop->heap.len - 1);
}

// ---- Lists by duration ----

static u32 list_position(const EventLoop *loop, u32 duration) {
  u32 mask = loop->lists.cap - 1, i = hash_u64(duration) & mask;
  while (loop->lists.data[i] && loop->lists.data[i]->duration != duration) i = (i + 1) & mask;
  return i;
}

// `lists` uses its capacity as a table; len is not used.
static void lists_grow(EventLoop *loop) {
  TimerList **old = loop->lists.data;
  u32 old_cap = loop->lists.cap;
  loop->lists.cap = old_cap ? old_cap * 2 : 16;
  loop->lists.data = base_alloc_zeroed(loop->lists.cap * sizeof(TimerList *));
  for (u32 i = 0; i < old_cap; i++) {
    if (old[i]) loop->lists.data[list_position(loop, old[i]->duration)] = old[i];
  }
  base_free(old);
}

static TimerList *list_for(EventLoop *loop, u32 duration) {
  if (2 * (loop->list_count + 1) > loop->lists.cap) lists_grow(loop);
  TimerList **place = &loop->lists.data[list_position(loop, duration)];
  if (*place) return *place;
  TimerList *list = base_alloc_zeroed(sizeof *list);
  list->duration = duration;
  list->heap_index = UINT32_MAX;
  loop->list_count++;
  return *place = list;
}

// Removes an empty list and closes the gap that it leaves in the table.
static void list_free(EventLoop *loop, TimerList *list) {
  if (list->heap_index != UINT32_MAX) heap_remove(loop, list);
  u32 mask = loop->lists.cap - 1, gap = list_position(loop, list->duration);
  loop->lists.data[gap] = NULL;
  for (u32 i = (gap + 1) & mask; loop->lists.data[i]; i = (i + 1) & mask) {
    TimerList *moved = loop->lists.data[i];
    loop->lists.data[i] = NULL;
    loop->lists.data[list_position(loop, moved->duration)] = moved;
  }
  loop->list_count--;
  base_free(list);
}

// ---- Timers. A handle is slot + 2^24 * generation. ----

static const double GENERATION_UNIT = 16777216;

static LoopTimer *timer_of(EventLoop *loop, double handle) {
  if (!(handle >= GENERATION_UNIT)) return NULL;
  double generation = floor(handle / GENERATION_UNIT);
  double slot = handle - generation * GENERATION_UNIT;
  if (slot >= loop->timers.len) return NULL;
  LoopTimer *t = loop->timers.data[(u32)slot];
  return t->list && (double)t->generation == generation ? t : NULL;
}

static void timer_unlink(EventLoop *loop, LoopTimer *t) {
  TimerList *list = t->list;
  if (t->prev) t->prev->next = t->next;
  else list->first = t->next;
  if (t->next) t->next->prev = t->prev;
  else list->last = t->prev;
  t->list = NULL;
  t->object = VALUE_UNDEFINED;
  if (t->referenced) loop->referenced_timers--;
  vec_push(&loop->free_timers, t->slot);
  if (!list->first) list_free(loop, list);
}

double loop_start_timer(EventLoop *loop, Value object, u32 ms, bool referenced, bool from_now) {
  if (!loop->free_timers.len) {
    LoopTimer *made = base_alloc_zeroed(sizeof *made);
    made->slot = loop->timers.len;
    vec_push(&loop->timers, made);
    vec_push(&loop->free_timers, made->slot);
  }
  if (from_now) loop_update_time(loop);
  LoopTimer *t = loop->timers.data[vec_pop(&loop->free_timers)];
  TimerList *list = list_for(loop, ms);
  *t = (LoopTimer){.prev = list->last,
                   .list = list,
                   .object = object,
                   .start_ms = loop->now_ms,
                   .generation = t->generation + 1,
                   .slot = t->slot,
                   .referenced = referenced};
  if (list->last) list->last->next = t;
  else list->first = t;
  list->last = t;
  if (referenced) loop->referenced_timers++;
  if (list->heap_index == UINT32_MAX && list->first == t) {
    list->expiry_ms = t->start_ms + ms;
    list->sequence = loop->sequence++;
    heap_add(loop, list);
  }
  return (double)t->generation * GENERATION_UNIT + t->slot;
}

double loop_start_native_timer(EventLoop *loop, u32 ms, void (*run)(Host *host, void *data), void *data) {
  double handle = loop_start_timer(loop, VALUE_UNDEFINED, ms, false, true);
  LoopTimer *t = timer_of(loop, handle);
  t->run = run;
  t->data = data;
  return handle;
}

bool loop_stop_timer(EventLoop *loop, double handle) {
  LoopTimer *t = timer_of(loop, handle);
  if (t) timer_unlink(loop, t);
  return t != NULL;
}

void loop_reference_timer(EventLoop *loop, double handle, bool referenced) {
  LoopTimer *t = timer_of(loop, handle);
  if (!t || t->referenced == referenced) return;
  t->referenced = referenced;
  loop->referenced_timers += referenced ? 1 : -1u;
}

// Runs what is due in one list; the list may be gone afterwards. false: the program ends.
static bool run_list(Host *host, TimerList *list) {
  EventLoop *loop = &host->loop;
  u32 duration = list->duration;
  while (list->first) {
    LoopTimer *t = list->first;
    u64 elapsed = loop->now_ms - t->start_ms;
    if (elapsed < duration) {
      loop_update_time(loop);
      elapsed = loop->now_ms - t->start_ms;
      if (elapsed < duration) {
        list->expiry_ms = MAX(t->start_ms, loop->now_ms - elapsed) + duration;
        heap_remove(loop, list);
        heap_add(loop, list);
        return true;
      }
    }
    LoopTimer fired = *t;
    bool is_last = list->first == list->last;
    timer_unlink(loop, t);
    if (fired.run) fired.run(host, fired.data);
    else host->calls->run_timer(host, fired.object);
    loop_drain(host);
    if (host->iso->terminating) return false;
    // The callback may have started a timer of the same duration: then the list is a new one.
    if (is_last) return true;
    u32 at = list_position(loop, duration);
    if (loop->lists.data[at] != list) return true;
  }
  return true;
}

static void run_timers(Host *host) {
  EventLoop *loop = &host->loop;
  while (loop->heap.len && loop->heap.data[0]->expiry_ms <= loop->now_ms) {
    if (!run_list(host, loop->heap.data[0])) return;
  }
}

// ---- Immediates. A handle is the number of the immediate since the beginning, from 1. ----

double loop_add_immediate(EventLoop *loop, Value object) {
  vec_push(&loop->immediates, (LoopImmediate){object, true});
  loop->referenced_immediates++;
  return (double)(loop->immediate_first + loop->immediates.len);
}

static LoopImmediate *immediate_of(EventLoop *loop, double handle) {
  if (!(handle >= 1 && handle <= UINT32_MAX)) return NULL;
  u32 number = (u32)handle - 1;
  LoopImmediate *found = NULL;
  if (number >= loop->immediate_first) {
    u32 i = number - loop->immediate_first;
    if (i < loop->immediates.len) found = &loop->immediates.data[i];
  } else if (number >= loop->running_first + loop->running_next) {
    u32 i = number - loop->running_first;
    if (i < loop->running_immediates.len) found = &loop->running_immediates.data[i];
  }
  return found && found->object != VALUE_EMPTY ? found : NULL;
}

bool loop_clear_immediate(EventLoop *loop, double handle) {
  LoopImmediate *im = immediate_of(loop, handle);
  if (!im) return false;
  im->object = VALUE_EMPTY;
  if (im->referenced) loop->referenced_immediates--;
  return true;
}

void loop_reference_immediate(EventLoop *loop, double handle, bool referenced) {
  LoopImmediate *im = immediate_of(loop, handle);
  if (!im || im->referenced == referenced) return;
  im->referenced = referenced;
  loop->referenced_immediates += referenced ? 1 : -1u;
}

static void run_immediates(Host *host) {
  EventLoop *loop = &host->loop;
  if (!loop->immediates.len) return;
  __auto_type spare = loop->running_immediates;
  loop->running_immediates = loop->immediates;
  vec_clear(&spare);
  loop->immediates = spare;
  loop->running_first = loop->immediate_first;
  loop->immediate_first += loop->running_immediates.len;
  for (loop->running_next = 0; loop->running_next < loop->running_immediates.len;) {
    LoopImmediate *im = &loop->running_immediates.data[loop->running_next++];
    if (im->object == VALUE_EMPTY) continue;
    Value object = im->object;
    im->object = VALUE_EMPTY;
    if (im->referenced) loop->referenced_immediates--;
    if (object != VALUE_NULL) host->calls->run_immediate(host, object); // null: only to drain
    loop_drain(host);
    if (host->iso->terminating) return;
  }
  vec_clear(&loop->running_immediates);
  loop->running_next = 0;
}

// ---- Completions and messages ----

void loop_add_completion(EventLoop *loop, void (*run)(Host *host, Value *args), const Value *args, u32 count) {
  LoopCompletion c = {.run = run};
  for (u32 i = 0; i < ARRAY_LEN(c.args); i++) c.args[i] = i < count ? args[i] : VALUE_UNDEFINED;
  vec_push(&loop->completions, c);
}

static void run_completions(Host *host) {
  EventLoop *loop = &host->loop;
  u32 end = loop->completions.len; // those that are added meanwhile wait for the next turn
  for (; loop->completion_next < end && !host->iso->terminating;) {
    LoopCompletion c = loop->completions.data[loop->completion_next++];
    c.run(host, c.args);
    loop_drain(host);
  }
  u32 rest = loop->completions.len - loop->completion_next;
  if (rest) memmove(loop->completions.data, loop->completions.data + loop->completion_next, rest * sizeof(LoopCompletion));
  loop->completions.len = rest;
  loop->completion_next = 0;
}

// Waking and sleeping are sequentially consistent: the sleeper says that it sleeps and then looks at `woken`, the waker sets `woken` and then
// looks whether somebody sleeps. Only the first of several wakers makes a system call.
void loop_wake(EventLoop *loop) {
  if (atomic_exchange(&loop->woken, 1)) return;
  u32 sleep = atomic_load(&loop->sleeping);
  if (sleep == LOOP_IN_UV) {
    uv_async_send(&loop->uv->async);
  } else if (sleep == LOOP_PARKED) {
    mutex_lock(&loop->mutex);
    condition_signal(&loop->wake);
    mutex_unlock(&loop->mutex);
  }
}

void loop_post(EventLoop *loop, LoopMessage *message) {
  LoopMessage *top = atomic_load_explicit(&loop->inbox, memory_order_relaxed);
  do {
    message->next = top;
  } while (!atomic_compare_exchange_weak(&loop->inbox, &top, message));
  loop_wake(loop);
}

bool loop_has_mail(const EventLoop *loop) { return atomic_load_explicit(&loop->inbox, memory_order_acquire) != NULL; }

static LoopMessage *take_messages(EventLoop *loop) {
  atomic_store(&loop->woken, 0);
  LoopMessage *newest = atomic_exchange(&loop->inbox, NULL), *oldest = NULL;
  while (newest) {
    LoopMessage *next = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = next;
  }
  return oldest;
}

static void run_messages(Host *host) {
  for (LoopMessage *m = take_messages(&host->loop), *next; m; m = next) {
    next = m->next;
    m->run(host->iso->terminating ? NULL : host, m);
    if (!host->iso->terminating) loop_drain(host);
  }
}

// ---- libuv ----

static void uv_woken(uv_async_t *async) { (void)async; }
// uv_run may find the timer due before it sleeps, and would then sleep without one.
static void uv_timer_fired(uv_timer_t *timer) { uv_stop(timer->loop); }

struct uv_loop_s *loop_uv(EventLoop *loop) {
  if (loop->uv) return &loop->uv->loop;
  struct LoopUv *uv = base_alloc_zeroed(sizeof *uv);
  if (uv_loop_init(&uv->loop)) {
    base_free(uv);
    return NULL;
  }
  if (uv_async_init(&uv->loop, &uv->async, uv_woken) || uv_timer_init(&uv->loop, &uv->timer)) {
    (void)uv_loop_close(&uv->loop);
    base_free(uv);
    return NULL;
  }
  uv_unref((uv_handle_t *)&uv->async);
  uv_unref((uv_handle_t *)&uv->timer);
  loop->uv = uv; // other threads look at it only while the loop sleeps in it
  return &uv->loop;
}

static void close_handle(uv_handle_t *handle, void *arg) {
  (void)arg;
  if (!uv_is_closing(handle)) uv_close(handle, handle->data ? *(uv_close_cb *)handle->data : NULL);
}

static void uv_destroy(EventLoop *loop) {
  struct LoopUv *uv = loop->uv;
  if (!uv) return;
  uv_walk(&uv->loop, close_handle, NULL);
  while (uv_run(&uv->loop, UV_RUN_DEFAULT)) {
  }
  (void)uv_loop_close(&uv->loop);
  loop->uv = NULL;
  base_free(uv);
}

// ---- Sleeping ----

// Milliseconds until the next timer; UINT64_MAX: none.
static u64 next_timer_in(EventLoop *loop) {
  if (!loop->heap.len) return UINT64_MAX;
  u64 expiry = loop->heap.data[0]->expiry_ms;
  return expiry > loop->now_ms ? expiry - loop->now_ms : 0;
}

static void wait_on_condition(EventLoop *loop, u64 ms) {
  u64 deadline = ms == UINT64_MAX ? UINT64_MAX : loop->start_ns + (loop->now_ms + ms) * 1000000;
  mutex_lock(&loop->mutex);
  atomic_store(&loop->sleeping, LOOP_PARKED);
  while (!atomic_load(&loop->woken)) {
    if (deadline == UINT64_MAX) condition_wait(&loop->wake, &loop->mutex);
    else if (!condition_wait_until(&loop->wake, &loop->mutex, deadline)) break;
  }
  atomic_store(&loop->sleeping, LOOP_AWAKE);
  mutex_unlock(&loop->mutex);
}

// When messages come close together, a thread that looks for a moment longer is cheaper than one that sleeps and has to be woken.
enum { SPIN_NS = 40000, SPIN_SCORE_MAX = 8, SPIN_SCORE_MIN = 3 };

static bool spin_for_wake(EventLoop *loop, u64 start) {
  if (loop->spin_score < SPIN_SCORE_MIN) return false;
  for (u32 i = 0; !atomic_load_explicit(&loop->woken, memory_order_acquire); i++) {
    atomic_pause();
    if ((i & 63) == 63 && platform_clock_ns() - start > SPIN_NS) return false;
  }
  return true;
}

static void note_wait(EventLoop *loop, u64 taken_ns) {
  if (taken_ns > SPIN_NS) loop->spin_score -= loop->spin_score ? 1 : 0;
  else if (loop->spin_score < SPIN_SCORE_MAX) loop->spin_score++;
  atomic_store_explicit(&loop->idle_ns, loop->idle_ns + taken_ns, memory_order_relaxed);
}

static void wait_in_uv(EventLoop *loop, u64 ms) {
  struct LoopUv *uv = loop->uv;
  atomic_store(&loop->sleeping, LOOP_IN_UV);
  uv_run_mode mode = ms && !atomic_load(&loop->woken) ? UV_RUN_ONCE : UV_RUN_NOWAIT;
  // Unreferenced handles would not be waited for: what keeps the loop alive was decided by our caller.
  uv_ref((uv_handle_t *)&uv->async);
  uv_update_time(&uv->loop);
  if (ms && ms != UINT64_MAX) (void)uv_timer_start(&uv->timer, uv_timer_fired, ms, 0);
  (void)uv_run(&uv->loop, mode);
  (void)uv_timer_stop(&uv->timer);
  uv_unref((uv_handle_t *)&uv->async);
  atomic_store(&loop->sleeping, loop->polled ? LOOP_IN_UV : LOOP_AWAKE);
}

u64 loop_idle_ns(const EventLoop *loop) {
  u64 since = atomic_load_explicit(&loop->idle_since, memory_order_relaxed), now = platform_clock_ns();
  return atomic_load_explicit(&loop->idle_ns, memory_order_relaxed) + (since && now > since ? now - since : 0);
}

static bool uv_alive(const EventLoop *loop) { return loop->uv && uv_loop_alive(&loop->uv->loop); }

static void wait_for_events(Host *host) {
  EventLoop *loop = &host->loop;
  bool busy = loop->referenced_immediates || loop->completions.len || !loop_is_alive(loop);
  u64 ms = busy ? 0 : next_timer_in(loop);
  u64 start = ms ? platform_clock_ns() : 0;
  atomic_store_explicit(&loop->idle_since, start, memory_order_relaxed);
  bool spun = ms && !uv_alive(loop) && spin_for_wake(loop, start); // sockets are not seen by spinning
  if (loop->uv) wait_in_uv(loop, spun ? 0 : ms);
  else if (ms && !spun) wait_on_condition(loop, ms);
  atomic_store_explicit(&loop->idle_since, 0, memory_order_relaxed);
  if (ms) note_wait(loop, platform_clock_ns() - start);
  loop_update_time(loop);
}

static void look_for_events(EventLoop *loop) {
  if (loop->uv) wait_in_uv(loop, 0);
  loop_update_time(loop);
}

bool loop_is_alive(const EventLoop *loop) {
  return loop->referenced_timers || loop->referenced_immediates || loop->references || loop->completions.len || uv_alive(loop);
}

// ---- Turns ----

static void report_job_failure(Isolate *iso, Value exception) {
  Host *host = iso->host;
  iso->thrown_at.exception = VALUE_EMPTY; // as Node does, the report shows where the error was made
  (void)host->calls->uncaught(host, exception, VALUE_EMPTY);
}

static void clean_up_registries(Isolate *iso) {
  while (iso->finalization_queue.len && !iso->terminating) {
    JSFinalizationRegistry *r = (JSFinalizationRegistry *)iso->finalization_queue.data[0];
    memmove(iso->finalization_queue.data, iso->finalization_queue.data + 1, --iso->finalization_queue.len * sizeof(Cell *));
    r->queued = false;
    if (!finalization_registry_cleanup(iso, r, VALUE_UNDEFINED)) (void)host_report_pending(iso->host);
  }
}

static void run_all_jobs(Isolate *iso) {
  if (iso->jobs.count) (void)run_jobs(iso, report_job_failure);
}

void loop_drain(Host *host) {
  Isolate *iso = host->iso;
  do {
    Value callback;
    do {
      while (!iso->terminating && loop_take_tick(&host->loop, &callback)) {
        host->calls->run_tick(host, callback);
        if (!host->tick_failed) continue;
        host->tick_failed = false;
        loop_add_immediate(&host->loop, VALUE_NULL);
        return;
      }
      if (iso->terminating) return;
      run_all_jobs(iso);
    } while (!iso->terminating && host->loop.ticks.count);
  } while (!iso->terminating && (host_process_rejections(host) || host->loop.ticks.count || iso->jobs.count));
  clear_kept_objects(iso);
  if (iso->finalization_queue.len) {
    clean_up_registries(iso);
    if (host->loop.ticks.count || iso->jobs.count) loop_drain(host);
  }
}

void loop_drain_jobs_first(Host *host) {
  if (!host->iso->terminating) run_all_jobs(host->iso);
  loop_drain(host);
}

// Told to stop by another thread while no JS was running?
static bool isolate_is_stopped(Isolate *iso) {
  u32 flags = atomic_load(&iso->interrupts);
  if (flags & INTERRUPT_TERMINATE) iso->terminating = true;
  // A question whose wake-up run_messages has taken would wait until the end of the next sleep.
  else if (flags == INTERRUPT_CALLBACK) (void)!isolate_poll(iso);
  return iso->terminating;
}

// false: nothing is left, or the isolate is stopped.
static bool run_turn(Host *host, bool wait) {
  EventLoop *loop = &host->loop;
  Isolate *iso = host->iso;
  run_timers(host);
  if (isolate_is_stopped(iso)) return false;
  run_completions(host);
  if (iso->terminating) return false;
  if (wait) wait_for_events(host);
  else look_for_events(loop);
  if (!isolate_poll(iso)) return false; // another thread ends this one
  run_messages(host);
  if (isolate_is_stopped(iso)) return false;
  run_immediates(host);
  return loop_is_alive(loop);
}

bool loop_turn(Host *host) {
  loop_update_time(&host->loop);
  return !host->iso->terminating && run_turn(host, true);
}

void loop_run(Host *host) {
  // As in libuv: what nobody waits for gets no turn, not even if a message is there already.
  if (isolate_is_stopped(host->iso) || !loop_is_alive(&host->loop)) return;
  loop_update_time(&host->loop);
  if (!host->loop.first_turn_ns) host->loop.first_turn_ns = platform_clock_ns();
  while (!host->iso->terminating && run_turn(host, true)) {
  }
  host->loop.last_turn_ns = platform_clock_ns();
}

// ---- Turns of a host that waits by itself ----

int loop_poll_descriptor(EventLoop *loop) {
  if (!loop_uv(loop)) return -1;
  loop->polled = true;
  atomic_store(&loop->sleeping, LOOP_IN_UV);
  return uv_backend_fd(&loop->uv->loop);
}

int loop_poll_timeout(Host *host) {
  EventLoop *loop = &host->loop;
  bool due =
      loop->immediates.len || loop->completions.len || loop->ticks.count || host->iso->jobs.count || atomic_load(&loop->woken);
  if (due) return 0;
  loop_update_time(loop);
  u64 ms = next_timer_in(loop);
  if (uv_alive(loop)) {
    uv_update_time(&loop->uv->loop);
    int of_uv = uv_backend_timeout(&loop->uv->loop);
    if (of_uv >= 0) ms = MIN(ms, (u64)of_uv);
  }
  return ms == UINT64_MAX ? -1 : (int)MIN(ms, (u64)INT_MAX);
}

bool loop_pump(Host *host) {
  loop_update_time(&host->loop);
  return !host->iso->terminating && run_turn(host, false);
}

// ---- Life ----

void loop_init(EventLoop *loop, Isolate *iso) {
  *loop = (EventLoop){.iso = iso, .start_ns = platform_clock_ns()};
  mutex_init(&loop->mutex);
  condition_init(&loop->wake);
}

void loop_destroy(EventLoop *loop) {
  for (LoopMessage *m = take_messages(loop), *next; m; m = next) {
    next = m->next;
    m->run(NULL, m);
  }
  uv_destroy(loop);
  for (u32 i = 0; i < loop->timers.len; i++) base_free(loop->timers.data[i]);
  for (u32 i = 0; i < loop->lists.cap; i++) base_free(loop->lists.data[i]);
  base_free(loop->ticks.data);
  vec_free(&loop->timers);
  vec_free(&loop->free_timers);
  vec_free(&loop->heap);
  vec_free(&loop->lists);
  vec_free(&loop->immediates);
  vec_free(&loop->running_immediates);
  vec_free(&loop->completions);
  condition_destroy(&loop->wake);
  mutex_destroy(&loop->mutex);
}

static void trace_immediates(GcTracer *tracer, const LoopImmediate *items, u32 count) {
  for (u32 i = 0; i < count; i++) gc_trace_word(tracer, value_bits(items[i].object));
}

void loop_trace(EventLoop *loop, GcTracer *tracer) {
  for (u32 i = 0; i < loop->ticks.count; i++) {
    gc_trace_word(tracer, value_bits(loop->ticks.data[(loop->ticks.head + i) & (loop->ticks.capacity - 1)]));
  }
  for (u32 i = 0; i < loop->timers.len; i++) gc_trace_word(tracer, value_bits(loop->timers.data[i]->object));
  trace_immediates(tracer, loop->immediates.data, loop->immediates.len);
  trace_immediates(tracer, loop->running_immediates.data, loop->running_immediates.len);
  for (u32 i = 0; i < loop->completions.len; i++) {
    gc_trace_words(tracer, (const u64 *)(const void *)loop->completions.data[i].args, ARRAY_LEN(loop->completions.data[i].args));
  }
}
