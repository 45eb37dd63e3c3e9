// SPDX-License-Identifier: MIT
// Isolates by the hundred on a few threads, each at random made, entered, run, messaged, interrupted, stopped and destroyed. What was
// posted, handed over and finalised is counted, and must be even at the end.
//
//   api_test_soak [SECONDS THREADS ISOLATES SEED]      short without arguments, as ctest runs it
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "weft/weft.h"

enum { REFUSED_MOST = 20, POOL = 64, HEAP_BYTES = 32 << 20, SHARED_INTS = 64, ISOLATES_MOST = 10000, THREADS_MOST = 256 };

#define MUST(condition) ((condition) ? (void)0 : fail(#condition, __LINE__))
static _Noreturn void fail(const char *what, int line) {
  fprintf(stderr, "test_soak.c:%d: %s\n", line, what);
  abort();
}

// ---- What all threads share ----

typedef struct Slot {
  pthread_mutex_t use;  // who holds it is inside of the isolate
  pthread_mutex_t life; // who holds it may terminate, interrupt and post, as long as it is there
  WeftIsolate *isolate;
  WeftClass *class;
  WeftRef *check;   // check(v): whether a value has come through as it was
  bool was_filled;  // a script has filled its heap
  unsigned refused; // failures for want of memory since something went well
} Slot;

static Slot *slots;
static unsigned slot_count;
static WeftSharedMemory *shared;
static int32_t shared_ints[SHARED_INTS];
static WeftCode *library;
static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static WeftMessage *messages[POOL];
static WeftPort *ports[POOL];
static atomic_long posted, arrived, lost, made, deleted, instances, finalised, buffers, released, sent, opened, stopped, added,
    full;
static double end_time;

static const char library_text[] =
    "globalThis.build = (n) => ({ n, text: `${n}-`.repeat(n % 50), list: Array.from({ length: n % 20 }, (_, i) => i * n),\n"
    "  map: new Map([[n, { n }]]), big: BigInt(n) ** 20n, bytes: new Uint8Array(n % 300).fill(n) })\n"
    "globalThis.check = (v) => {\n"
    "  const { n } = v, same = build(n)\n"
    "  return v.text === same.text && v.list.join() === same.list.join() && v.map.get(n).n === n && v.big === same.big\n"
    "    && v.bytes.join() === same.bytes.join()\n"
    "}\n"
    "globalThis.work = (n) => { let all = []; for (let i = 0; i < n; i++) all.push({ i, s: 'x' + i }); return all.reduce((a, { i "
    "}) => a + i, 0) }\n"
    "globalThis.later = async (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += await i; return sum }\n"
    "globalThis.received = 0\n";

// ---- Random numbers of one thread ----

static unsigned next(unsigned *seed) { // xorshift
  unsigned x = *seed;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return *seed = x;
}
static unsigned below(unsigned *seed, unsigned n) { return next(seed) % n; }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// ---- Isolates ----

static void finalise(void *data) {
  free(data);
  atomic_fetch_add(&finalised, 1);
}

static void add_shared(WeftIsolate *isolate) {
  WeftValue v = weft_shared_array_buffer(isolate, shared);
  v = v ? weft_typed_array(isolate, WEFT_INT32, v, 0, SHARED_INTS) : NULL;
  MUST(v && weft_set_named(isolate, weft_global(isolate), "shared", v));
}

static void begin(Slot *slot, unsigned *seed) {
  WeftConfig config = {.size = sizeof config, .heap_limit_bytes = HEAP_BYTES, .node = below(seed, 20) == 0};
  WeftIsolate *isolate = weft_isolate_new(&config);
  MUST(isolate && weft_run_code(isolate, library, NULL));
  slot->check = weft_ref_new(isolate, weft_get_named(isolate, weft_global(isolate), "check"));
  WeftClassDefinition definition = {.size = sizeof definition, .name = "Thing", .finalise = finalise};
  slot->class = weft_class_new(isolate, &definition);
  MUST(slot->class);
  add_shared(isolate);
  slot->was_filled = false;
  slot->refused = 0;
  weft_isolate_set_data(isolate, slot);
  pthread_mutex_lock(&slot->life);
  slot->isolate = isolate;
  pthread_mutex_unlock(&slot->life);
  atomic_fetch_add(&made, 1);
}

static void end(Slot *slot) {
  WeftIsolate *isolate = slot->isolate;
  pthread_mutex_lock(&slot->life);
  slot->isolate = NULL;
  pthread_mutex_unlock(&slot->life);
  weft_ref_delete(slot->check);
  weft_isolate_delete(isolate);
  atomic_fetch_add(&deleted, 1);
}

// Behind a script that filled the heap a stale word on the C stack may hold it a while longer; not for long, and not otherwise.
static void refused(WeftIsolate *isolate, const char *text) {
  Slot *slot = weft_isolate_data(isolate);
  if (!strstr(text, "RangeError: Out of memory") && !strstr(text, "RangeError: Array buffer allocation failed"))
    fail(text, __LINE__);
  if (!slot->was_filled || ++slot->refused > REFUSED_MOST) fail(text, __LINE__);
  atomic_fetch_add(&full, 1);
  weft_collect(isolate);
}

// Whatever failed: it was stopped, or it left an exception, which says what.
static bool well(WeftIsolate *isolate, bool done, bool may_fail) {
  if (weft_is_terminating(isolate)) {
    weft_resume(isolate);
    atomic_fetch_add(&stopped, 1);
    return false;
  }
  if (done) {
    ((Slot *)weft_isolate_data(isolate))->refused = 0;
    return true;
  }
  WeftValue exception = weft_exception_take(isolate);
  // Between the failure and the question above somebody may have stopped it and nobody noticed yet.
  if (!exception || may_fail) return false;
  char *text = weft_exception_text(isolate, exception);
  refused(isolate, text);
  weft_free(text);
  return false;
}

// ---- Operations, on an isolate that is ours ----

static void op_work(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  unsigned n = below(seed, 2000);
  WeftValue argument = weft_integer(n), v = weft_call_method(isolate, weft_global(isolate), "work", 1, &argument);
  if (well(isolate, v != NULL, false)) MUST(weft_as_number(v) == (double)n * (n - 1.0) / 2);
}

static void op_promise(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  unsigned n = below(seed, 100);
  WeftValue argument = weft_integer(n), v = weft_call_method(isolate, weft_global(isolate), "later", 1, &argument);
  if (!well(isolate, v != NULL, false)) return;
  weft_run_jobs(isolate);
  if (!well(isolate, true, false)) return;
  // Stopped in between, its jobs are gone.
  if (weft_promise_state(v) == WEFT_FULFILLED) MUST(weft_as_number(weft_promise_result(isolate, v)) == (double)n * (n - 1.0) / 2);
}

static void op_limit(Slot *slot, unsigned *seed) {
  enum { FILLS = 1 };
  static const char *const endless[] = {
      "for (;;);", "(() => { const all = []; for (;;) all.push(new Array(1000).fill(all)) })()", "(function f() { f() })()",
      "(function f(n) { if (n) Promise.resolve(n - 1).then(f) })(2000); for (;;);", "/(a*)*\\1b/.test('a'.repeat(50))"};
  WeftIsolate *isolate = slot->isolate;
  MUST(weft_set_budget(isolate, below(seed, 2) ? 2000000 : 0, 20000));
  unsigned which = below(seed, sizeof endless / sizeof endless[0]);
  slot->was_filled |= which == FILLS;
  WeftValue v = weft_eval(isolate, endless[which], WEFT_TEXT_END, "endless.js");
  well(isolate, v != NULL, true);
  MUST(weft_set_budget(isolate, 0, 0));
}

static void op_instances(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  for (unsigned n = below(seed, 50); n; n--) {
    void *data = malloc(16);
    WeftValue v = weft_instance_new(isolate, slot->class, NULL, data);
    if (v) atomic_fetch_add(&instances, 1);
    else free(data);
    if (!well(isolate, v != NULL, false)) return;
  }
  if (below(seed, 20) == 0) weft_collect(isolate);
}

static void release(void *memory, size_t size, void *data) {
  (void)size, (void)data;
  free(memory);
  atomic_fetch_add(&released, 1);
}

static WeftMessage *swap_message(unsigned *seed, WeftMessage *message) {
  pthread_mutex_lock(&pool_lock);
  WeftMessage **place = &messages[below(seed, POOL)], *old = *place;
  *place = message;
  pthread_mutex_unlock(&pool_lock);
  return old;
}

static WeftPort *swap_port(unsigned *seed, WeftPort *port) {
  pthread_mutex_lock(&pool_lock);
  WeftPort **place = &ports[below(seed, POOL)], *old = *place;
  *place = port;
  pthread_mutex_unlock(&pool_lock);
  return old;
}

// A value with a buffer that moves.
static WeftMessage *write_message(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  WeftValue argument = weft_integer(below(seed, 1000));
  WeftValue v = weft_call_method(isolate, weft_global(isolate), "build", 1, &argument);
  if (!well(isolate, v != NULL, false)) return NULL;
  atomic_fetch_add(&buffers, 1);
  WeftValue buffer = weft_array_buffer(isolate, calloc(1, 64), 64, release, NULL);
  bool done = buffer && weft_set_named(isolate, v, "buffer", buffer);
  WeftMessage *message = done ? weft_message_new(isolate, v, 1, &buffer) : NULL;
  if (message) atomic_fetch_add(&sent, 1);
  return well(isolate, message != NULL, false) ? message : (weft_message_delete(message), NULL);
}

static void read_message(Slot *slot, WeftMessage *message) {
  WeftIsolate *isolate = slot->isolate;
  WeftValue v = weft_message_open(isolate, message);
  if (!well(isolate, v != NULL, false)) return;
  WeftBytes bytes;
  WeftValue buffer = weft_get_named(isolate, v, "buffer");
  if (!well(isolate, buffer != NULL, false)) return;
  if (weft_kind(buffer) == WEFT_ARRAY_BUFFER) MUST(weft_bytes(buffer, &bytes) && bytes.size == 64);
  else MUST(weft_kind(buffer) == WEFT_UNDEFINED && weft_as_number(weft_get_named(isolate, v, "n")) == 7); // a script's own
  WeftValue same = weft_call(isolate, weft_ref_get(slot->check), weft_undefined(), 1, &v);
  if (well(isolate, same != NULL, false)) MUST(weft_as_boolean(same));
  atomic_fetch_add(&opened, 1);
}

static void op_message(Slot *slot, unsigned *seed) {
  WeftMessage *message = swap_message(seed, below(seed, 2) ? write_message(slot, seed) : NULL);
  if (message && below(seed, 4)) read_message(slot, message);
  else weft_message_delete(message);
}

static void op_port(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  WeftPort *port = swap_port(seed, NULL), *other = NULL;
  if (!port) {
    MUST(weft_channel_new(&port, &other));
    weft_port_delete(swap_port(seed, other));
  }
  switch (below(seed, 4)) {
  case 0: {
    WeftMessage *message = write_message(slot, seed);
    if (message) (void)weft_port_post(port, message);
    break;
  }
  case 1:
  case 2: {
    WeftMessage *message = weft_port_receive(port, (int)below(seed, 3), NULL);
    if (message) read_message(slot, message);
    break;
  }
  default: {
    WeftValue v = weft_port_give(port, isolate);
    port = NULL;
    if (!well(isolate, v && weft_set_named(isolate, weft_global(isolate), "port", v), false)) return;
    v = weft_eval(isolate,
                  "port.onmessage = (e) => { received++; if (!check(e.data)) throw e }; port.unref?.(); port.postMessage(build(7))",
                  WEFT_TEXT_END, NULL);
    well(isolate, v != NULL, false);
    if (below(seed, 3) == 0) well(isolate, weft_eval(isolate, "port.close()", WEFT_TEXT_END, NULL) != NULL, false);
  }
  }
  if (port) weft_port_delete(swap_port(seed, port));
}

static void op_pump(Slot *slot, unsigned *seed) {
  for (unsigned n = below(seed, 4); n; n--) (void)weft_pump(slot->isolate);
  well(slot->isolate, true, false);
}

static void op_bytes(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  WeftValue argument = weft_integer(below(seed, 1000));
  WeftValue v = weft_call_method(isolate, weft_global(isolate), "build", 1, &argument);
  void *bytes;
  size_t size;
  if (!well(isolate, v != NULL, false) || !well(isolate, weft_serialize(isolate, v, &bytes, &size), false)) return;
  v = weft_deserialize(isolate, bytes, size);
  weft_free(bytes);
  WeftValue same = v ? weft_call(isolate, weft_ref_get(slot->check), weft_undefined(), 1, &v) : NULL;
  if (well(isolate, same != NULL, false)) MUST(weft_as_boolean(same));
}

static void op_shared(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  (void)seed;
  WeftValue v = weft_eval(isolate, "Atomics.add(shared, 0, 1)", WEFT_TEXT_END, NULL);
  if (v) atomic_fetch_add(&added, 1); // one that is stopped behind the addition is counted less
  well(isolate, v != NULL, false);
}

static void op_code(Slot *slot, unsigned *seed) {
  WeftIsolate *isolate = slot->isolate;
  void *bytes;
  size_t size;
  WeftCode *code = NULL;
  (void)seed;
  if (weft_code_save(isolate, library, &bytes, &size)) {
    code = weft_code_load(isolate, bytes, size);
    weft_free(bytes);
  }
  WeftValue v = code ? weft_run_code(isolate, code, weft_realm_new(isolate)) : NULL;
  weft_code_delete(code);
  well(isolate, v != NULL, true);
}

static void (*const ops[])(Slot *slot, unsigned *seed) = {op_work,    op_work,    op_promise, op_limit,  op_instances,
                                                          op_message, op_message, op_message, op_port,   op_port,
                                                          op_pump,    op_pump,    op_bytes,   op_shared, op_code};

// ---- Operations on an isolate that another thread may be in ----

static void run_post(WeftIsolate *isolate, void *data) {
  atomic_fetch_add(isolate ? &arrived : &lost, 1);
  free(data);
  if (!isolate) return;
  WeftValue v = weft_eval(isolate, "received++", WEFT_TEXT_END, "post.js");
  if (!v && !weft_is_terminating(isolate)) (void)weft_exception_take(isolate);
}

static void disturb(Slot *slot, unsigned *seed) {
  pthread_mutex_lock(&slot->life);
  if (slot->isolate) {
    switch (below(seed, 8)) {
    case 0: weft_terminate(slot->isolate); break;
    case 1: weft_interrupt(slot->isolate); break;
    default:
      atomic_fetch_add(&posted, 1);
      if (!weft_post(slot->isolate, run_post, malloc(8))) atomic_fetch_sub(&posted, 1);
    }
  }
  pthread_mutex_unlock(&slot->life);
}

// ---- Threads ----

static void *run(void *data) {
  unsigned seed = (unsigned)(uintptr_t)data * 2654435761u + 1;
  while (now() < end_time) {
    Slot *slot = &slots[below(&seed, slot_count)];
    if (below(&seed, 3) == 0) disturb(&slots[below(&seed, slot_count)], &seed);
    if (pthread_mutex_trylock(&slot->use) != 0) continue;
    if (!slot->isolate) begin(slot, &seed);
    else weft_isolate_enter(slot->isolate);
    for (unsigned n = 1 + below(&seed, 6); n; n--) ops[below(&seed, sizeof ops / sizeof ops[0])](slot, &seed);
    if (below(&seed, 10) == 0) end(slot);
    pthread_mutex_unlock(&slot->use);
  }
  return NULL;
}

static void clear_up(void) {
  for (unsigned i = 0; i < slot_count; i++) {
    if (!slots[i].isolate) continue;
    weft_isolate_enter(slots[i].isolate);
    end(&slots[i]);
  }
  for (int i = 0; i < POOL; i++) {
    weft_message_delete(messages[i]);
    weft_port_delete(ports[i]);
  }
  weft_code_delete(library);
  weft_shared_memory_delete(shared);
  free(slots);
}

int main(int argc, char **argv) {
  double seconds = argc > 1 ? atof(argv[1]) : 2;
  unsigned threads = argc > 2 ? (unsigned)atoi(argv[2]) : 4, seed = argc > 4 ? (unsigned)atoi(argv[4]) : 1;
  slot_count = argc > 3 ? (unsigned)atoi(argv[3]) : 40;
  MUST(threads <= THREADS_MOST && slot_count <= ISOLATES_MOST);
  slots = calloc(slot_count, sizeof *slots);
  for (unsigned i = 0; i < slot_count; i++) {
    pthread_mutex_init(&slots[i].use, NULL);
    pthread_mutex_init(&slots[i].life, NULL);
  }
  WeftIsolate *first = weft_isolate_new(NULL);
  library = weft_compile(first, library_text, WEFT_TEXT_END, "library.js", WEFT_GOAL_SCRIPT);
  shared = weft_shared_memory_new(shared_ints, sizeof shared_ints, NULL, NULL);
  MUST(library && shared);
  weft_isolate_delete(first);
  end_time = now() + seconds;
  pthread_t running[THREADS_MOST];
  for (unsigned i = 0; i < threads; i++) MUST(pthread_create(&running[i], NULL, run, (void *)(uintptr_t)(seed * 1000 + i)) == 0);
  for (unsigned i = 0; i < threads; i++) pthread_join(running[i], NULL);
  clear_up();
  printf("%ld isolates made, %ld messages of %ld opened, %ld posts (%ld to isolates that ended), %ld instances, %ld stopped, "
         "%ld refused by a full heap\n",
         made, opened, sent, posted, lost, instances, stopped, full);
  fflush(stdout);
  MUST(made == deleted && made > 0 && posted == arrived + lost && instances == finalised && buffers == released);
  MUST(shared_ints[0] >= added && opened > 0 && stopped > 0 && arrived > 0);
  return 0;
}
