// SPDX-License-Identifier: MIT
// The life of a worker: number, thread, end. The thread holds a reference until its end was told to the parent.
// Tests: tests/threads/.
#include "threads/worker.h"

#include "base/platform.h"

enum {
  DEFAULT_STACK_MB = 4,
  STACK_SLACK = 256 << 10, // of the C stack, beside what scripts may use
  INTERRUPT_AGAIN_MS = 2,
};

// ---- Numbers and isolates ----

static struct ThreadRegistry {
  Mutex mutex;
  u32 last_id;
  u32 threads, peak; // of workers; peak: the most since memory was last trimmed
  bool is_thinning;  // it was trimmed when most of a crowd had gone
  VEC(Host *) hosts;
} registry = {.mutex = MUTEX_INIT};

static u32 next_thread_id(void) {
  mutex_lock(&registry.mutex);
  u32 id = ++registry.last_id;
  mutex_unlock(&registry.mutex);
  return id;
}

void thread_registry_add(Host *host) {
  mutex_lock(&registry.mutex);
  vec_push(&registry.hosts, host);
  mutex_unlock(&registry.mutex);
}

void thread_registry_remove(Host *host) {
  mutex_lock(&registry.mutex);
  for (u32 i = 0; i < registry.hosts.len; i++) {
    if (registry.hosts.data[i] != host) continue;
    registry.hosts.data[i] = vec_last(&registry.hosts);
    registry.hosts.len--;
    break;
  }
  if (!registry.hosts.len) vec_free(&registry.hosts);
  mutex_unlock(&registry.mutex);
}

bool thread_registry_post(u32 thread_id, LoopMessage *message) {
  bool found = false;
  mutex_lock(&registry.mutex);
  for (u32 i = 0; i < registry.hosts.len && !found; i++) {
    found = registry.hosts.data[i]->thread_id == thread_id;
    if (found) loop_post(&registry.hosts.data[i]->loop, message);
  }
  mutex_unlock(&registry.mutex);
  return found;
}

u32 thread_registry_count(void) {
  mutex_lock(&registry.mutex);
  u32 count = registry.hosts.len;
  mutex_unlock(&registry.mutex);
  return count;
}

// ---- Life ----

Worker *worker_new(Host *parent, const WorkerCalls *calls, const char *name, const WorkerLimits *limits) {
  Worker *worker = base_try_alloc_zeroed(sizeof *worker);
  if (!worker) return NULL;
  if (!port_pair_new(&worker->port, &worker->child_port)) {
    base_free(worker);
    return NULL;
  }
  atomic_init(&worker->refs, 1);
  mutex_init(&worker->mutex);
  worker->calls = calls;
  worker->parent = parent;
  worker->thread_id = next_thread_id();
  worker->limits = *limits;
  worker->object = VALUE_EMPTY;
  size_t size = strlen(name) + 1;
  worker->name = base_alloc(size);
  memcpy(worker->name, name, size);
  return worker;
}

Worker *worker_retain(Worker *worker) {
  atomic_fetch_add_explicit(&worker->refs, 1, memory_order_relaxed);
  return worker;
}

void worker_release(Worker *worker) {
  if (atomic_fetch_sub(&worker->refs, 1) != 1) return;
  port_release(worker->port);
  if (worker->child_port) port_release(worker->child_port);
  if (worker->data) message_free(worker->data);
  if (worker->options) worker->free_options(worker->options);
  mutex_destroy(&worker->mutex);
  base_free(worker->name);
  base_free(worker);
}

// ---- In the parent ----

static void count_thread(void) {
  mutex_lock(&registry.mutex);
  registry.threads++;
  registry.peak = MAX(registry.peak, registry.threads);
  mutex_unlock(&registry.mutex);
}

// The C library keeps what threads have freed for threads to come: a hundred kilobytes for each that was there at once.
static void trim_after_crowd(void) {
  enum { CROWD = 64 };
  mutex_lock(&registry.mutex);
  registry.threads--;
  bool is_over = registry.peak >= CROWD && registry.threads <= registry.peak / 8;
  if (is_over) registry.peak = registry.threads;
  bool was_last = registry.is_thinning && !registry.threads;
  registry.is_thinning = (registry.is_thinning || is_over) && !was_last;
  mutex_unlock(&registry.mutex);
  if (is_over || was_last) base_trim();
}

static void unlink_child(Worker *worker) {
  if (worker->previous_sibling) worker->previous_sibling->next_sibling = worker->next_sibling;
  else worker->parent->children = worker->next_sibling;
  if (worker->next_sibling) worker->next_sibling->previous_sibling = worker->previous_sibling;
  worker->next_sibling = worker->previous_sibling = NULL;
}

static void join(Worker *worker) {
  if (worker->interrupt_timer) (void)loop_stop_timer(&worker->parent->loop, worker->interrupt_timer);
  worker->interrupt_timer = 0;
  thread_join(&worker->thread);
  worker_reference(worker, false);
  worker->state = WORKER_ENDED;
  unlink_child(worker);
  trim_after_crowd();
}

static void worker_is_online(Host *parent, LoopMessage *message) {
  Worker *worker = CONTAINER_OF(message, Worker, online_notice);
  if (parent && worker->state == WORKER_STARTED) worker->calls->online(parent, worker);
  worker_release(worker);
}

static void worker_has_ended(Host *parent, LoopMessage *message) {
  Worker *worker = CONTAINER_OF(message, Worker, ended_notice);
  if (parent && worker->state == WORKER_STARTED) {
    join(worker);
    port_drain(parent, worker->port);
    if (!parent->iso->terminating) worker->calls->ended(parent, worker);
    worker->object = VALUE_EMPTY;
  }
  worker_release(worker);
}

void worker_reference(Worker *worker, bool on) {
  if (worker->referenced == on || worker->state != WORKER_STARTED) return;
  worker->referenced = on;
  if (on) loop_reference(&worker->parent->loop);
  else loop_unreference(&worker->parent->loop);
}

// ---- Waiting in system calls ----

bool worker_begin_wait(Host *host) {
  if (!host->self) return true;
  atomic_store(&host->self->waits, true); // now a stop is seen by isolate_poll, or sees this
  if (isolate_poll(host->iso)) return true;
  atomic_store(&host->self->waits, false);
  return false;
}

void worker_end_wait(Host *host) {
  if (host->self) atomic_store(&host->self->waits, false);
}

// The worker has been told to stop. A signal that comes before the system call begins is lost: so there are more, until the call is over.
static bool interrupt_wait(Worker *worker) {
  if (!atomic_load(&worker->waits)) return false;
  thread_interrupt(&worker->thread);
  return true;
}

static void interrupt_again(Host *parent, void *data) {
  Worker *worker = data;
  worker->interrupt_timer = 0;
  if (interrupt_wait(worker)) {
    worker->interrupt_timer = loop_start_native_timer(&parent->loop, INTERRUPT_AGAIN_MS, interrupt_again, worker);
  }
}

void worker_stop(Worker *worker) {
  mutex_lock(&worker->mutex);
  worker->stop = true;
  if (worker->child) {
    isolate_terminate(worker->child->iso);
    loop_wake(&worker->child->loop);
  }
  mutex_unlock(&worker->mutex);
  if (!worker->interrupt_timer) interrupt_again(worker->parent, worker);
}

void worker_post_to_parent(Worker *worker, LoopMessage *message) { loop_post(&worker->parent->loop, message); }

bool worker_post_to_child(Worker *worker, LoopMessage *message) {
  mutex_lock(&worker->mutex);
  Host *child = worker->child;
  if (child) loop_post(&child->loop, message);
  mutex_unlock(&worker->mutex);
  return child != NULL;
}

bool worker_interrupt_child(Worker *worker, LoopMessage *message) {
  mutex_lock(&worker->mutex);
  Host *child = worker->child;
  if (child) host_interrupt(child, message);
  mutex_unlock(&worker->mutex);
  return child != NULL;
}

void workers_end_all(Host *parent) {
  for (Worker *w = parent->children; w; w = w->next_sibling) worker_stop(w);
  while (parent->children) {
    Worker *worker = parent->children;
    while (interrupt_wait(worker)) platform_sleep_ns(INTERRUPT_AGAIN_MS * 1000000 / 4);
    join(worker);
    worker->object = VALUE_EMPTY;
  }
}

void workers_trace(Host *parent, GcTracer *tracer) {
  for (Worker *w = parent->children; w; w = w->next_sibling) gc_trace_word(tracer, value_bits(w->object));
}

// ---- The thread ----

static void thread_main(void *arg) {
  Worker *worker = arg;
  worker->exit_code = worker->calls->run(worker);
  worker->ended_notice.run = worker_has_ended;
  loop_post(&worker->parent->loop, &worker->ended_notice);
}

static size_t c_stack_bytes(const Worker *worker) {
  double mb = worker->limits.stack_mb > 0 ? worker->limits.stack_mb : DEFAULT_STACK_MB;
  size_t bytes = (size_t)(MIN(mb, 1024) * (1 << 20)) + STACK_SLACK;
  return ALIGN_UP(bytes, platform_page_size());
}

bool worker_start(Worker *worker) {
  Host *parent = worker->parent;
  worker->state = WORKER_STARTED;
  worker->next_sibling = parent->children;
  if (parent->children) parent->children->previous_sibling = worker;
  parent->children = worker;
  worker_reference(worker, true);
  worker_retain(worker);
  if (thread_create(&worker->thread, worker->name, c_stack_bytes(worker), thread_main, worker)) {
    count_thread();
    return true;
  }
  worker_reference(worker, false);
  worker->state = WORKER_NEW;
  unlink_child(worker);
  worker_release(worker);
  return false;
}

bool worker_enter(Worker *worker, Host *host) {
  host->thread_id = worker->thread_id;
  host->self = worker;
  thread_registry_add(host);
  mutex_lock(&worker->mutex);
  bool go = !worker->stop;
  worker->child = host;
  mutex_unlock(&worker->mutex);
  return go;
}

void worker_say_online(Worker *worker) {
  worker_retain(worker);
  worker->online_notice.run = worker_is_online;
  loop_post(&worker->parent->loop, &worker->online_notice);
}

void worker_leave(Worker *worker) {
  mutex_lock(&worker->mutex);
  Host *host = worker->child;
  worker->child = NULL;
  mutex_unlock(&worker->mutex);
  if (host) thread_registry_remove(host);
}
