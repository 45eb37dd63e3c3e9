// SPDX-License-Identifier: MIT
// Random sequences of calls of the embedding API: every byte chooses a function of weft.h, or an argument. Up to three isolates, values in
// references and in memory that only scopes see, classes with finalisers and trace hooks, buffers, promises, a module loader, code as (damaged)
// bytes, messages, ports, budgets, termination, realms, native functions that do all of that again from within.
// What must hold whatever the bytes say: who fails leaves an exception (or is being terminated); every release function, finaliser and post is
// called exactly once.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/platform.h"
#include "base/sync.h"
#include "weft/weft.h"

enum {
  ISOLATES = 3,
  REFS = 24,
  KEPT = 32,
  CLASSES = 4,
  THINGS = 6, // codes, messages, ports, shared memories
  OPS_MAX = 300,
  DEPTH_MAX = 5,
  HEAP_MAX = 24 << 20,
  PATIENCE_MS = 400 // then a loop that waits is told to end
};

// ---- The world of one input ----

typedef struct Guest {
  struct World *world;
  WeftIsolate *isolate; // NULL: none
  WeftRef *refs[REFS];
  WeftValue *kept; // not seen by the collector, but made while the scope was open
  size_t kept_count;
  WeftScope scope;
  bool has_scope;
  WeftClass *classes[CLASSES];
  u32 class_count, depth;
  const WeftCode *loaded; // what the module loader gave last: held until it is called again
} Guest;

typedef struct World {
  const u8 *bytes;
  size_t left;
  u32 ops;
  Guest guests[ISOLATES];
  WeftCode *codes[THINGS];
  WeftMessage *messages[THINGS];
  WeftPort *ports[THINGS];
  WeftSharedMemory *shared[THINGS];
  // What must be even at the end.
  long buffers, instances, posts, arrivals, cells;
  Mutex lock; // release functions may be called by any thread
} World;

static u8 byte(World *w) { return w->left ? (w->left--, *w->bytes++) : 0; }
static u32 below(World *w, u32 n) { return n ? byte(w) % n : 0; }
static bool chance(World *w, u32 one_in) { return byte(w) % one_in == 1; }

static void add_to(World *w, long *counter, long n) {
  mutex_lock(&w->lock);
  *counter += n;
  mutex_unlock(&w->lock);
}

static void do_op(Guest *g);
static WeftValue pick(Guest *g);

// Some more of everything, from within a callback.
static void go_deeper(Guest *g) {
  if (g->depth >= DEPTH_MAX) return;
  g->depth++;
  for (u32 n = below(g->world, 4); n && g->world->left; n--) do_op(g);
  g->depth--;
}

// ---- Whoever waits too long is told to end ----

static struct Watch {
  Mutex mutex;
  WeftIsolate *isolate;
  u64 deadline;
  bool started;
} watch = {.mutex = MUTEX_INIT};

static void watch_run(void *unused) {
  (void)unused;
  for (;;) {
    usleep(20000);
    mutex_lock(&watch.mutex);
    if (watch.isolate && platform_clock_ns() > watch.deadline) {
      weft_terminate(watch.isolate);
      watch.isolate = NULL;
    }
    mutex_unlock(&watch.mutex);
  }
}

static void watch_set(WeftIsolate *isolate) {
  mutex_lock(&watch.mutex);
  watch.isolate = isolate;
  watch.deadline = platform_clock_ns() + (u64)PATIENCE_MS * 1000000;
  mutex_unlock(&watch.mutex);
}

// ---- Values ----

static void must_have_failed(Guest *g) { CHECK(weft_has_exception(g->isolate) || weft_is_terminating(g->isolate)); }

// What a callback was given is not kept by scopes.
static void keep_in_ref(Guest *g, WeftValue v) {
  (void)weft_kind(v);
  WeftRef **ref = &g->refs[below(g->world, REFS)];
  if (!*ref) *ref = weft_ref_new(g->isolate, v);
  else weft_ref_set(*ref, v);
}

static void keep(Guest *g, WeftValue v) {
  if (!v) must_have_failed(g);
  else if (g->has_scope && g->kept_count < KEPT && chance(g->world, 2)) g->kept[g->kept_count++] = v;
  else keep_in_ref(g, v);
}

static void demand(Guest *g, bool done) {
  if (!done) must_have_failed(g);
}
static void demand3(Guest *g, int answer) {
  CHECK(answer >= -1 && answer <= 1);
  if (answer < 0) must_have_failed(g);
}

static const char *const names[] = {"a",         "b",          "length",  "x",       "constructor", "prototype",
                                    "then",      "toString",   "valueOf", "message", "p",           "0",
                                    "-1",        "4294967295", "name",    "stack",   "k\xc3\xa4y",  "\xf0\x9f\x98\x80",
                                    "onmessage", "byteLength", "",        "get",     "port"};
static const char *name_of(World *w) { return names[below(w, ARRAY_LEN(names))]; }

static WeftValue simple(Guest *g) {
  World *w = g->world;
  switch (below(w, 14)) {
  case 0: return weft_undefined();
  case 1: return weft_null();
  case 2: return weft_boolean(chance(w, 2));
  case 3: return weft_integer((i8)byte(w));
  case 4: return weft_number(byte(w) / 3.0 - 20);
  case 5: return weft_number(chance(w, 2) ? __builtin_nan("") : 1e300 * byte(w));
  case 6: return weft_integer((int64_t)byte(w) << below(w, 54));
  case 7: return weft_name(g->isolate, name_of(w), WEFT_TEXT_END);
  case 8: return weft_symbol(g->isolate, chance(w, 2) ? NULL : name_of(w));
  case 9: return weft_object(g->isolate);
  case 10: return weft_array(g->isolate, 0, NULL);
  case 11: return weft_bigint(g->isolate, (int64_t)byte(w) << below(w, 64));
  case 12: return weft_string(g->isolate, name_of(w), WEFT_TEXT_END);
  default: return weft_global(g->isolate);
  }
}

static WeftValue pick(Guest *g) {
  World *w = g->world;
  if (g->has_scope && g->kept_count && chance(w, 3)) return g->kept[below(w, (u32)g->kept_count)];
  u32 at = below(w, REFS + 8);
  WeftValue v = at < REFS && g->refs[at] ? weft_ref_get(g->refs[at]) : simple(g);
  if (v) return v;
  weft_exception_take(g->isolate); // no memory for it
  return weft_undefined();
}

static u32 pick_some(Guest *g, WeftValue values[static 4]) {
  u32 count = below(g->world, 5);
  for (u32 i = 0; i < count; i++) values[i] = pick(g);
  return count;
}

static size_t piece(World *w, const char **text) {
  size_t size = byte(w);
  if (size > w->left) size = w->left;
  *text = (const char *)w->bytes;
  w->bytes += size;
  w->left -= size;
  return size;
}

// ---- Texts to run: pieces of JavaScript, and what is of interest here ----

static const char *const fragments[] = {
#define FRAGMENT(text) text,
#include "fuzz/js_fragments.def"
#undef FRAGMENT
};

static const char *const texts[] = {
    "n(1, 2)",
    "[1, 2, 3].map(n)",
    "new n(a)",
    "a = n",
    "b = a",
    "p = new Promise((r) => { a = r })",
    "a(b)",
    "p.then(n, n)",
    "(async () => { for (;;) await n() })()",
    "(function f() { Promise.resolve().then(f) })()",
    "for (;;);",
    "for (;;) try { n() } catch {}",
    "const all = []; for (;;) all.push([all])",
    "(function f() { f() })()",
    "/(a*)*\\1b/.test('a'.repeat(40))",
    "new C(n)",
    "class D extends C { m() { return super.m?.() } } new D",
    "a?.m?.(a)",
    "C.prototype.m.call({})",
    "a.v = {}; a.v",
    "buf = new ArrayBuffer(64, { maxByteLength: 128 })",
    "buf.resize(8)",
    "new Uint8Array(buf)",
    "new DataView(buf, 8)",
    "structuredClone(a)",
    "buf.transfer()",
    "new SharedArrayBuffer(16)",
    "Atomics.store(new Int32Array(new SharedArrayBuffer(8)), 0, 1)",
    "port.onmessage = (e) => n(e.data)",
    "port.postMessage(a)",
    "port.postMessage([port, buf], [port, buf])",
    "port.close()",
    "port.unref?.()",
    "port.ref?.()",
    "import('m0').then(n, n)",
    "import('m4', { with: { type: 'json' } }).catch(n)",
    "({ get x() { return n(this) }, set x(v) { n(v) }, toString: n, valueOf: n, then: n })",
    "new Proxy({}, { get: n, set: n, has: n, ownKeys: n, getPrototypeOf: n })",
    "new Proxy(n, { apply: n, construct: n })",
    "(function* () { try { yield n(); yield 2 } finally { n() } })()",
    "new Map([[a, b], [n, 1]])",
    "new Set([a, b, n])",
    "new WeakMap([[n, a]])",
    "new FinalizationRegistry(n).register({}, 1)",
    "new WeakRef(a)",
    "throw a",
    "throw new Error('e', { cause: a })",
    "new Error(a)",
    "Promise.reject(a)",
    "Error.prepareStackTrace = n",
    "'x'.repeat(1e6)",
    "'ab\\ud800'.repeat(300) + a",
    "Object.freeze(a)",
    "Object.defineProperty(globalThis, 'b', { get: n, configurable: true })",
    "Object.prototype.a = n",
    "delete Object.prototype.a",
    "Array.prototype[Symbol.iterator] = n",
    "gc?.()",
    "2n ** 200n",
    "-(2n ** 63n)",
    "new Date(NaN)",
    "Symbol('s')",
    "[,1,,2]",
    "new Array(4294967295)",
    "Object.setPrototypeOf(a, n)",
    "a.constructor = C",
    "C.prototype = a",
    "with (a) b",
};

static size_t text_to_run(World *w, char *buffer, size_t room) {
  size_t size = 0;
  for (u32 parts = 1 + below(w, 3); parts; parts--) {
    const char *text;
    size_t length;
    switch (below(w, 4)) {
    case 0:
    case 1: text = texts[below(w, ARRAY_LEN(texts))], length = strlen(text); break;
    case 2: text = fragments[(byte(w) << 8 | byte(w)) % ARRAY_LEN(fragments)], length = strlen(text); break;
    default: length = piece(w, &text) % 40;
    }
    if (size + length + 2 > room) break;
    memcpy(buffer + size, text, length);
    size += length;
    buffer[size++] = parts > 1 && chance(w, 2) ? '\n' : ' ';
  }
  buffer[size] = 0;
  return size;
}
enum { TEXT_ROOM = 2000 };

// ---- Callbacks ----

static void settle(Guest *g) { // after each call: the exception is ours
  if (weft_has_exception(g->isolate) && !weft_is_terminating(g->isolate)) {
    WeftValue e = weft_exception_take(g->isolate);
    CHECK(e);
    World *w = g->world;
    if (chance(w, 4)) {
      weft_free(weft_exception_text(g->isolate, e));
      char *file;
      u32 line, column;
      if (weft_error_position(g->isolate, e, &file, &line, &column)) weft_free(file);
    }
    if (chance(w, 8)) keep(g, e);
  }
  CHECK(!weft_has_exception(g->isolate) || weft_is_terminating(g->isolate));
}

static WeftValue native(WeftIsolate *isolate, const WeftCall *call) {
  Guest *g = call->data;
  CHECK(g->isolate == isolate && weft_isolate_data(isolate) == g);
  (void)weft_kind(call->this_value), (void)weft_kind(call->new_target);
  if (call->count && chance(g->world, 3)) keep_in_ref(g, weft_argument(call, below(g->world, (u32)call->count + 1)));
  go_deeper(g);
  if (weft_is_terminating(isolate)) return NULL;
  switch (below(g->world, 6)) {
  case 0: return weft_throw(isolate, pick(g));
  case 1: return weft_throw_error(isolate, (WeftErrorKind)below(g->world, 7), "%s %d", name_of(g->world), 7);
  case 2: return NULL; // a mistake: becomes a TypeError
  case 3: return call->this_value;
  default: return pick(g);
  }
}

typedef struct Instance {
  World *world;
  u32 magic;
  WeftValue values[3];
} Instance;
enum { MAGIC = 0x57656674 };

static void finalise(void *data) {
  Instance *i = data;
  CHECK(i->magic == MAGIC);
  i->magic = 0;
  i->world->instances--;
  free(i);
}
static void trace(WeftTracer *tracer, void *data) {
  Instance *i = data;
  CHECK(i->magic == MAGIC);
  for (u32 v = 0; v < ARRAY_LEN(i->values); v++) weft_trace(tracer, i->values[v]);
}

static WeftValue make_instance(Guest *g, WeftClass *c, WeftValue new_target) {
  Instance *i = calloc(1, sizeof *i);
  CHECK(i);
  *i = (Instance){.world = g->world, .magic = MAGIC};
  WeftValue first = pick(g); // in a local: nobody sees the data before it is an instance's
  g->world->instances++;
  WeftValue v = weft_instance_new(g->isolate, c, new_target, i);
  if (v) {
    i->values[0] = first;
    return v;
  }
  g->world->instances--;
  free(i);
  return NULL;
}

static WeftValue construct_instance(WeftIsolate *isolate, const WeftCall *call) {
  Guest *g = weft_isolate_data(isolate);
  if (chance(g->world, 5)) return pick(g); // not what it should be
  go_deeper(g);
  return make_instance(g, call->data ? *(WeftClass **)call->data : g->classes[0], call->new_target);
}

static WeftValue use_instance(WeftIsolate *isolate, const WeftCall *call) {
  Guest *g = weft_isolate_data(isolate);
  WeftClass *c = *(WeftClass **)call->data;
  Instance *i = c ? weft_instance_data(isolate, c, call->this_value) : NULL;
  if (!i) return c ? NULL : weft_undefined();
  CHECK(i->magic == MAGIC);
  WeftValue old = i->values[1];
  if (call->count) i->values[below(g->world, 3)] = call->arguments[0];
  go_deeper(g);
  return old ? old : weft_undefined();
}
static WeftValue use_static(WeftIsolate *isolate, const WeftCall *call) {
  (void)call;
  return pick(weft_isolate_data(isolate));
}

static void released(void *memory, size_t size, void *data) {
  memset(memory, 0xEE, size);
  free(memory);
  add_to(data, &((World *)data)->buffers, -1);
}

static void posted(WeftIsolate *isolate, void *data) {
  Guest *g = data;
  g->world->posts--;
  if (isolate && isolate == g->isolate) go_deeper(g);
  if (isolate && chance(g->world, 4)) weft_throw(isolate, weft_integer(1));
}

static void hear(WeftIsolate *isolate, WeftValue result, bool fulfilled, void *data) {
  (void)isolate, (void)fulfilled;
  keep_in_ref(data, result);
  go_deeper(data);
}
static void uncaught(WeftIsolate *isolate, WeftValue exception, void *data) {
  (void)isolate;
  keep_in_ref(data, exception);
  go_deeper(data);
}
static bool each(WeftIsolate *isolate, WeftValue v, void *data) {
  Guest *g = data;
  keep_in_ref(g, v);
  go_deeper(g);
  if (chance(g->world, 8) && !weft_is_terminating(isolate)) weft_throw(isolate, v);
  return !weft_has_exception(isolate) && !weft_is_terminating(isolate) && !chance(g->world, 4);
}
static bool interrupted(WeftIsolate *isolate, unsigned reasons, void *data) {
  Guest *g = data;
  CHECK(reasons && isolate);
  bool goes_on = chance(g->world, 3);
  // Who goes on without a budget may never end.
  if (goes_on && !weft_budget_steps(isolate)) CHECK(weft_set_budget(isolate, 0, 1 + below(g->world, 200)));
  return goes_on;
}
static void arrived(void *data) { add_to(data, &((World *)data)->arrivals, 1); }

static WeftValue resolve(WeftIsolate *isolate, const char *specifier, const char *referrer, void *data) {
  (void)referrer;
  Guest *g = data;
  if (chance(g->world, 12)) return pick(g);
  if (chance(g->world, 12)) return weft_throw(isolate, pick(g));
  return weft_string(isolate, specifier, WEFT_TEXT_END);
}

static WeftValue load(WeftIsolate *isolate, const char *key, const char *type, const WeftCode **code, void *data) {
  static const char *const modules[] = {
      "import 'm1'; import * as self from 'm0'; export { x as y } from 'm2'; export default self",
      "export * from 'm2'; import m from 'm5'; export let x = m; n?.(import.meta)",
      "import { x } from 'm1'; export { x }; await 0; export const t = import('m3')",
      "export const z = import.meta; throw z",
      "import a from 'm4' with { type: 'json' }; export { a as default }",
  };
  Guest *g = data;
  World *w = g->world;
  go_deeper(g);
  if (weft_is_terminating(isolate)) return NULL;
  if (strcmp(type, "json") == 0) return weft_string(isolate, chance(w, 4) ? "{" : "{\"a\": [1]}", WEFT_TEXT_END);
  u32 number = key[0] == 'm' && key[1] >= '0' && key[1] <= '9' ? (u32)(key[1] - '0') : below(w, 6);
  WeftCode *c = w->codes[below(w, THINGS)];
  if (c && chance(w, 4)) {
    // Until this function is called again nobody deletes it.
    weft_code_delete((WeftCode *)(uintptr_t)g->loaded);
    *code = g->loaded = weft_code_retain(c);
    return weft_undefined();
  }
  if (number < ARRAY_LEN(modules)) return weft_string(isolate, modules[number], WEFT_TEXT_END);
  return chance(w, 3) ? weft_throw(isolate, weft_null()) : pick(g);
}

static bool fill_meta(WeftIsolate *isolate, const char *key, WeftValue meta, void *data) {
  Guest *g = data;
  WeftValue v = weft_string(isolate, key, WEFT_TEXT_END);
  return v && weft_set_named(isolate, meta, "url", v) && !(chance(g->world, 8) && !weft_throw(isolate, v));
}

// ---- Isolates ----

static void *give_memory(void *data, size_t size, size_t alignment) {
  World *w = data;
  void *memory = aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (!memory) return NULL;
  memset(memory, 0, size);
  w->cells += (long)size;
  return memory;
}
static void take_memory(void *data, void *memory, size_t size) {
  ((World *)data)->cells -= (long)size;
  free(memory);
}

static void begin_guest(World *w, Guest *g) {
  WeftAllocator allocator = {give_memory, take_memory, w};
  u8 choices = byte(w);
  WeftConfig config = {
      .size = sizeof config,
      .heap_limit_bytes = HEAP_MAX,
      .stack_size_bytes = choices & 1 ? 64 << 10 : 0,
      .allocator = choices & 2 ? &allocator : NULL,
      .gc_stress_period = choices & 4 ? 1 + choices / 16 : 0,
      .eager_builtins = (choices & 8) != 0 && choices > 200,
      .expose_gc = true,
  };
  *g = (Guest){.world = w};
  g->isolate = weft_isolate_new(&config);
  CHECK(g->isolate);
  weft_isolate_set_data(g->isolate, g);
  weft_isolate_on_interrupt(g->isolate, interrupted, g);
  weft_isolate_on_uncaught(g->isolate, uncaught, g);
  static const WeftModuleLoader loader = {resolve, load, fill_meta};
  CHECK(weft_set_module_loader(g->isolate, &loader, g));
  WeftValue global = weft_global(g->isolate);
  CHECK(weft_set_named(g->isolate, global, "n", weft_function(g->isolate, "n", 2, native, g)));
  static const char *const known[] = {"a", "b", "p", "C", "buf", "port", "gc"};
  for (u32 i = 0; i + 1 < ARRAY_LEN(known); i++) CHECK(weft_set_named(g->isolate, global, known[i], weft_null()));
}

static void end_guest(Guest *g) {
  if (!g->isolate) return;
  // References may be left to the isolate.
  for (u32 i = 0; i < REFS; i++) weft_ref_delete(g->refs[i]);
  weft_isolate_delete(g->isolate);
  weft_code_delete((WeftCode *)(uintptr_t)g->loaded);
  free(g->kept);
  World *w = g->world;
  *g = (Guest){.world = w};
}

// ---- Operations ----

static void op_eval(Guest *g) {
  char text[TEXT_ROOM + 2];
  size_t size = text_to_run(g->world, text, TEXT_ROOM);
  WeftIsolate *isolate = g->isolate;
  switch (below(g->world, 6)) {
  case 0: keep(g, weft_eval_in(isolate, pick(g), text, size, "in.js")); break;
  case 1: keep(g, weft_eval_module(isolate, text, WEFT_TEXT_END, name_of(g->world))); break;
  case 2: keep(g, weft_eval_in(isolate, weft_global(isolate), text, size, NULL)); break;
  default: keep(g, weft_eval(isolate, text, size, chance(g->world, 2) ? NULL : "fuzz.js"));
  }
}

static void op_make(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftValue values[4];
  const char *text;
  size_t size;
  switch (below(w, 10)) {
  case 0: size = piece(w, &text), keep(g, weft_string(isolate, text, size)); break;
  case 1: size = piece(w, &text), keep(g, weft_string_latin1(isolate, (const unsigned char *)text, size)); break;
  case 2: {
    u16 units[64];
    size = piece(w, &text) / 2;
    memcpy(units, text, size);
    keep(g, weft_string_utf16(isolate, units, size / 2));
    break;
  }
  case 3: {
    u64 words[8];
    size = piece(w, &text) / 4;
    memcpy(words, text, size);
    keep(g, weft_bigint_words(isolate, chance(w, 2), size / 8, words));
    break;
  }
  case 4: keep(g, weft_date(isolate, chance(w, 4) ? __builtin_nan("") : byte(w) * 1e10)); break;
  case 5: size = pick_some(g, values), keep(g, weft_array(isolate, size, values)); break;
  case 6: keep(g, weft_map_new(isolate)); break;
  case 7: keep(g, weft_set_new(isolate)); break;
  case 8: keep(g, weft_function(isolate, name_of(w), (int)below(w, 5), native, g)); break;
  default: keep(g, weft_error(isolate, (WeftErrorKind)below(w, 7), name_of(w)));
  }
}

static void op_read(Guest *g) {
  WeftIsolate *isolate = g->isolate;
  WeftValue v = pick(g);
  WeftBytes bytes;
  WeftStringView view;
  int64_t n;
  u64 words[4];
  bool negative;
  (void)weft_kind(v), (void)weft_as_number(v), (void)weft_as_boolean(v), (void)weft_as_date(v), (void)weft_as_int64(v, &n);
  (void)weft_is_callable(v), (void)weft_is_object(v), (void)weft_to_boolean(isolate, v);
  (void)weft_as_bigint_words(v, &negative, ARRAY_LEN(words), words);
  (void)weft_typed_array_type(v), (void)weft_promise_state(v);
  volatile u32 sum = 0;
  if (weft_string_view(isolate, v, &view)) {
    for (size_t i = 0; i < MIN(view.length, (size_t)100); i++) {
      sum +=
          view.is_utf16 ? ((const u16 *)view.characters)[view.length - 1 - i] : ((const u8 *)view.characters)[view.length - 1 - i];
    }
  }
  settle(g);
  if (weft_bytes(v, &bytes) && bytes.size) {
    ((u8 *)bytes.data)[0] += (u8)sum; // what others share is raced for; each is on this thread here
    ((u8 *)bytes.data)[bytes.size - 1]++;
  }
}

static void op_convert(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  double d;
  i32 n;
  size_t size;
  WeftValue v = pick(g);
  switch (below(w, 8)) {
  case 0: demand(g, weft_to_number(isolate, v, &d)); break;
  case 1: demand(g, weft_to_int32(isolate, v, &n)); break;
  case 2: keep(g, weft_to_string(isolate, v)); break;
  case 3: keep(g, weft_to_object(isolate, v)); break;
  case 4: {
    char *text = weft_to_utf8(isolate, v, &size);
    demand(g, text != NULL);
    if (text) CHECK(text[size] == 0);
    weft_free(text);
    break;
  }
  case 5: (void)weft_strict_equals(isolate, v, pick(g)); break;
  case 6: (void)weft_same_value(isolate, v, pick(g)); break;
  default: demand3(g, weft_instance_of(isolate, v, pick(g)));
  }
}

static void op_property(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftValue o = pick(g), key = pick(g), v = pick(g), other = pick(g);
  u64 length;
  switch (below(w, 18)) {
  case 0: keep(g, weft_get(isolate, o, key)); break;
  case 1: keep(g, weft_get_named(isolate, o, name_of(w))); break;
  case 2: keep(g, weft_get_at(isolate, o, byte(w))); break;
  case 3: demand(g, weft_set(isolate, o, key, v)); break;
  case 4: demand(g, weft_set_named(isolate, o, name_of(w), v)); break;
  case 5: demand(g, weft_set_at(isolate, o, chance(w, 4) ? UINT32_MAX : byte(w), v)); break;
  case 6: demand3(g, weft_has(isolate, o, key)); break;
  case 7: demand3(g, weft_has_own(isolate, o, key)); break;
  case 8: demand3(g, weft_delete(isolate, o, key)); break;
  case 9: demand(g, weft_define(isolate, o, key, v, byte(w))); break;
  case 10: {
    WeftValue none = weft_undefined();
    demand(g,
           weft_define_accessor(isolate, o, key, weft_is_callable(v) ? v : none, weft_is_callable(other) ? other : none, byte(w)));
    break;
  }
  case 11: keep(g, weft_keys(isolate, o)); break;
  case 12: keep(g, weft_own_keys(isolate, o)); break;
  case 13: keep(g, weft_prototype(isolate, o)); break;
  case 14: demand(g, weft_set_prototype(isolate, o, v)); break;
  case 15: demand(g, weft_freeze(isolate, o)); break;
  case 16: demand(g, weft_length(isolate, o, &length)); break;
  default: demand(g, weft_set_named(isolate, weft_global(isolate), texts[0][0] == 'n' && chance(w, 2) ? "a" : "b", v));
  }
}

static void op_collection(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftValue o = pick(g), key = pick(g);
  size_t size;
  switch (below(w, 7)) {
  case 0: keep(g, weft_map_get(isolate, o, key)); break;
  case 1: demand(g, weft_map_set(isolate, o, key, pick(g))); break;
  case 2: demand(g, weft_set_add(isolate, o, key)); break;
  case 3: demand3(g, weft_collection_has(isolate, o, key)); break;
  case 4: demand3(g, weft_collection_delete(isolate, o, key)); break;
  case 5: demand(g, weft_collection_size(isolate, o, &size)); break;
  default: demand(g, weft_iterate(isolate, o, each, g));
  }
}

static void op_call(Guest *g) {
  World *w = g->world;
  WeftValue f = pick(g), self = pick(g), arguments[4];
  u32 count = pick_some(g, arguments);
  switch (below(w, 4)) {
  case 0: keep(g, weft_call_method(g->isolate, f, name_of(w), count, arguments)); break;
  case 1: keep(g, weft_construct(g->isolate, f, count, arguments)); break;
  default: keep(g, weft_call(g->isolate, f, chance(w, 4) ? NULL : self, count, arguments));
  }
}

static void op_class(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  if (g->class_count < CLASSES && (!g->class_count || chance(w, 3))) {
    WeftClass **place = &g->classes[g->class_count];
    const WeftMember members[] = {{WEFT_METHOD, "m", use_instance, 1, place},
                                  {WEFT_GETTER, "v", use_instance, 0, place},
                                  {WEFT_SETTER, "v", use_instance, 1, place},
                                  {WEFT_STATIC_METHOD, "s", use_static, 0, place},
                                  {WEFT_STATIC_GETTER, "g", use_static, 0, place}};
    WeftClassDefinition definition = {
        .size = sizeof definition,
        .name = name_of(w),
        .parent = g->class_count && chance(w, 2) ? g->classes[below(w, g->class_count)] : NULL,
        .construct = chance(w, 4) ? NULL : construct_instance,
        .length = 1,
        .data = place,
        .members = members,
        .member_count = 1 + below(w, ARRAY_LEN(members)),
        .finalise = finalise,
        .trace = trace,
    };
    *place = weft_class_new(isolate, &definition);
    demand(g, *place != NULL);
    if (*place) g->class_count++;
    return;
  }
  if (!g->class_count) return;
  WeftClass *c = g->classes[below(w, g->class_count)];
  switch (below(w, 4)) {
  case 0: keep(g, make_instance(g, c, NULL)); break;
  case 1: (void)weft_is_instance(isolate, c, pick(g)); break;
  case 2: {
    WeftValue v = pick(g);
    Instance *i = weft_instance_data(isolate, c, v);
    demand(g, i != NULL);
    if (i) i->values[below(w, 3)] = pick(g);
    break;
  }
  default:
    keep(g, weft_class_constructor(isolate, c)),
        demand(g, weft_set_named(isolate, weft_global(isolate), "C", weft_class_constructor(isolate, c)));
  }
}

static void op_buffer(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  size_t size = byte(w), offset;
  void *memory = chance(w, 3) ? NULL : calloc(1, size + 1);
  WeftSharedMemory **shared = &w->shared[below(w, THINGS)];
  switch (below(w, 6)) {
  case 0:
    if (memory) add_to(w, &w->buffers, 1);
    keep(g, weft_array_buffer(isolate, memory, size, released, w));
    return;
  case 1:
    if (memory) add_to(w, &w->buffers, 1);
    weft_shared_memory_delete(*shared);
    *shared = weft_shared_memory_new(memory, size, released, w);
    if (!*shared && memory) released(memory, size, w);
    return;
  case 2:
    if (*shared) keep(g, weft_shared_array_buffer(isolate, *shared));
    break;
  case 3:
    keep(g, weft_typed_array(isolate, (WeftElementType)below(w, WEFT_NO_ELEMENT + 1), pick(g), byte(w) & ~7u, byte(w)));
    break;
  case 4: keep(g, weft_view_buffer(isolate, pick(g), &offset)); break;
  default: {
    WeftBytes bytes;
    WeftRelease release;
    void *data;
    if (chance(w, 2)) {
      demand(g, weft_array_buffer_detach(isolate, pick(g), NULL, NULL, NULL));
    } else if (weft_array_buffer_detach(isolate, pick(g), &bytes, &release, &data)) {
      if (bytes.data && chance(w, 2)) keep(g, weft_array_buffer(isolate, bytes.data, bytes.size, release, data));
      else release(bytes.data, bytes.size, data);
    } else {
      must_have_failed(g);
    }
  }
  }
  free(memory);
}

static void op_promise(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftValue p = pick(g), v = pick(g);
  switch (below(w, 7)) {
  case 0: keep(g, weft_promise_new(isolate)); break;
  case 1: demand(g, weft_promise_resolve(isolate, p, v)); break;
  case 2: demand(g, weft_promise_reject(isolate, p, v)); break;
  case 3: keep(g, weft_promise_result(isolate, p)); break;
  case 4: demand(g, weft_then(isolate, v, hear, g, NULL)); break;
  case 5: weft_run_jobs(isolate); break;
  default:
    watch_set(isolate);
    keep(g, weft_await(isolate, v));
    watch_set(NULL);
  }
}

static void op_loop(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  switch (below(w, 7)) {
  case 0:
    watch_set(isolate);
    weft_run_loop(isolate);
    watch_set(NULL);
    break;
  case 1: CHECK(weft_poll_descriptor(isolate) >= 0); break;
  case 2: CHECK(weft_poll_timeout(isolate) >= -1); break;
  case 3:
  case 4: (void)weft_pump(isolate); break;
  case 5:
    w->posts++;
    if (!weft_post(isolate, posted, g)) w->posts--;
    break;
  default: weft_keep_alive(isolate, chance(w, 2));
  }
}

static void op_limit(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftMemory memory;
  switch (below(w, 8)) {
  case 0: weft_terminate(isolate); break;
  case 1: weft_resume(isolate); break;
  case 2: weft_interrupt(isolate); break;
  case 3: CHECK(weft_set_budget(isolate, 0, 1 + below(w, 256) * 8u)); break;
  case 4: (void)weft_budget_steps(isolate); break;
  case 5: weft_collect(isolate); break;
  case 6:
    weft_memory(isolate, &memory);
    CHECK(memory.limit_bytes == HEAP_MAX);
    break;
  default: weft_adjust_external_memory(isolate, 1000); weft_adjust_external_memory(isolate, -1000);
  }
}

static void op_code(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftCode **code = &w->codes[below(w, THINGS)];
  char text[TEXT_ROOM + 2];
  switch (below(w, 5)) {
  case 0: {
    size_t size = text_to_run(w, text, TEXT_ROOM);
    WeftCode *made = weft_compile(isolate, text, size, name_of(w), chance(w, 2) ? WEFT_GOAL_SCRIPT : WEFT_GOAL_MODULE);
    demand(g, made != NULL);
    if (made) weft_code_delete(*code), *code = made;
    break;
  }
  case 1:
    if (*code) {
      // While it runs it is ours: a nested operation may delete the world's.
      WeftCode *own = weft_code_retain(*code);
      keep(g, weft_run_code(isolate, own, chance(w, 2) ? NULL : pick(g)));
      weft_code_delete(own);
    }
    break;
  case 2: {
    void *bytes;
    size_t size;
    if (!*code) break;
    if (!weft_code_save(isolate, *code, &bytes, &size)) {
      must_have_failed(g);
      break;
    }
    bool damaged = chance(w, 2);
    if (damaged) ((u8 *)bytes)[(byte(w) << 8 | byte(w)) % size] ^= (u8)(1 << below(w, 8));
    if (damaged && chance(w, 4)) size = (size_t)byte(w) % size;
    WeftCode *loaded = weft_code_load(isolate, bytes, size);
    demand(g, loaded != NULL);
    CHECK(loaded ? !damaged : damaged || weft_has_exception(isolate) || weft_is_terminating(isolate));
    weft_free(bytes);
    if (loaded) weft_code_delete(*code), *code = loaded;
    break;
  }
  case 3: keep(g, weft_import(isolate, chance(w, 2) ? "m0" : name_of(w))); break;
  default: keep(g, weft_realm_new(isolate));
  }
}

static void op_message(Guest *g) {
  World *w = g->world;
  WeftIsolate *isolate = g->isolate;
  WeftMessage **message = &w->messages[below(w, THINGS)];
  WeftValue transfer[4];
  const char *text;
  void *bytes;
  size_t size;
  switch (below(w, 6)) {
  case 0: {
    u32 count = chance(w, 2) ? 0 : pick_some(g, transfer);
    WeftMessage *made = weft_message_new(isolate, pick(g), count, transfer);
    demand(g, made != NULL);
    if (made) weft_message_delete(*message), *message = made;
    break;
  }
  case 1:
    if (*message) {
      WeftMessage *taken = *message;
      *message = NULL;
      keep(g, weft_message_open(isolate, taken));
    }
    break;
  case 2:
    size = piece(w, &text);
    weft_message_delete(*message);
    *message = weft_message_from_bytes(text, size);
    break;
  case 3:
    if (!weft_serialize(isolate, pick(g), &bytes, &size)) {
      must_have_failed(g);
      break;
    }
    if (chance(w, 2)) ((u8 *)bytes)[byte(w) % size] ^= byte(w);
    keep(g, weft_deserialize(isolate, bytes, size));
    weft_free(bytes);
    break;
  case 4: size = piece(w, &text), keep(g, weft_deserialize(isolate, text, size)); break;
  default: weft_message_delete(*message), *message = NULL;
  }
}

static void op_port(Guest *g) {
  World *w = g->world;
  WeftPort **port = &w->ports[below(w, THINGS)], **other = &w->ports[below(w, THINGS)];
  WeftMessage **message = &w->messages[below(w, THINGS)];
  bool closed;
  switch (below(w, 6)) {
  case 0:
    if (port == other) break;
    weft_port_delete(*port), weft_port_delete(*other);
    CHECK(weft_channel_new(port, other));
    break;
  case 1:
    if (*port) {
      WeftPort *given = *port;
      *port = NULL;
      WeftValue v = weft_port_give(given, g->isolate);
      keep(g, v);
      if (v) demand(g, weft_set_named(g->isolate, weft_global(g->isolate), "port", v));
    }
    break;
  case 2:
    if (*port && *message) {
      (void)weft_port_post(*port, *message);
      *message = NULL;
    }
    break;
  case 3:
    if (*port) {
      weft_message_delete(*message);
      *message = weft_port_receive(*port, (int)below(w, 2), chance(w, 2) ? NULL : &closed);
    }
    break;
  case 4:
    if (*port) weft_port_on_arrival(*port, arrived, w);
    break;
  default: weft_port_delete(*port), *port = NULL;
  }
}

static void op_keep(Guest *g) {
  World *w = g->world;
  WeftRef **ref = &g->refs[below(w, REFS)];
  switch (below(w, 5)) {
  case 0:
    if (!g->has_scope && !g->depth) {
      g->scope = weft_scope_open(g->isolate);
      g->has_scope = true;
      g->kept_count = 0;
      if (!g->kept) g->kept = malloc(KEPT * sizeof *g->kept);
    }
    break;
  case 1:
    if (g->has_scope && !g->depth) {
      weft_scope_close(g->isolate, g->scope);
      g->has_scope = false;
    }
    break;
  case 2: weft_ref_delete(*ref), *ref = weft_ref_new(g->isolate, NULL); break;
  case 3: weft_ref_delete(*ref), *ref = NULL; break;
  default: {
    WeftScope inner = weft_scope_open(g->isolate);
    size_t kept_count = g->kept_count;
    WeftValue v = pick(g);
    go_deeper(g);
    weft_scope_close(g->isolate, inner);
    g->kept_count = MIN(g->kept_count, kept_count);
    keep_in_ref(g, v);
  }
  }
}

static void op_isolate(Guest *g) {
  World *w = g->world;
  if (g->depth) return; // something of it is on the stack
  Guest *other = &w->guests[below(w, ISOLATES)];
  if (!other->isolate) begin_guest(w, other);
  else if (other->depth == 0 && chance(w, 3)) end_guest(other);
  else weft_isolate_enter(other->isolate);
}

// ---- Whole programs, with Node's globals ----

static const char *program_file(void) {
  static char path[64];
  if (path[0]) return path;
  snprintf(path, sizeof path, "%s/weft-fuzz-api-%d.js", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (int)getpid());
  FILE *file = fopen(path, "w");
  CHECK(file);
  fputs("const { a, b = 2 } = { a: 1 }; setTimeout(() => console.log(a + b), 1)\n", file);
  fclose(file);
  return path;
}
static void remove_program_file(void) { unlink(program_file()); }

static void op_program(Guest *g) {
  static const char *const programs[] = {
      "setTimeout(() => {}, 1); 1 + 1",         "throw new Error('e')",     "syntax error",        "Promise.reject(1)",
      "import('node:path').then((m) => m.sep)", "export const a = await 1", "process.exitCode = 3"};
  World *w = g->world;
  if (g->depth || !chance(w, 8)) return;
  WeftConfig config = {.size = sizeof config, .node = true, .heap_limit_bytes = 64 << 20, .no_warnings = true};
  WeftIsolate *isolate = weft_isolate_new(&config);
  CHECK(isolate && !weft_set_module_loader(isolate, NULL, NULL));
  FILE *nowhere = fopen("/dev/null", "w");
  const char *text = programs[below(w, ARRAY_LEN(programs))];
  WeftGoal goal = (WeftGoal)below(w, 4);
  switch (below(w, 8)) {
  case 0: (void)weft_run_file(isolate, program_file()); break;
  case 1: (void)weft_run_text(isolate, text, strlen(text), "[fuzz]", goal, chance(w, 2)); break;
  case 2: (void)weft_run_repl(isolate); break;
  case 3: (void)weft_check_file(isolate, program_file()); break;
  case 4: (void)weft_check_text(isolate, text, strlen(text), "[fuzz]", goal); break;
  case 5: (void)weft_dump_file(isolate, program_file(), goal, chance(w, 2) ? WEFT_DUMP_AST : WEFT_DUMP_BYTECODE, nowhere); break;
  case 6: weft_print_gc_stats(isolate, nowhere); break;
  default: {
    WeftTest262 test = {.size = sizeof test, .file = program_file(), .module = chance(w, 2)};
    (void)weft_run_test262(&(WeftConfig){.size = sizeof(WeftConfig)}, &test);
  }
  }
  fclose(nowhere);
  weft_isolate_delete(isolate);
  for (u32 i = 0; i < ISOLATES; i++) {
    if (w->guests[i].isolate) weft_isolate_enter(w->guests[i].isolate);
  }
}

typedef void (*Op)(Guest *g);
static const Op ops[] = {op_eval,       op_eval,  op_eval, op_make,    op_read,  op_convert, op_property, op_property,
                         op_collection, op_call,  op_call, op_class,   op_class, op_buffer,  op_loop,     op_promise,
                         op_promise,    op_limit, op_code, op_message, op_port,  op_keep,    op_isolate,  op_program};

static void do_op(Guest *g) {
  World *w = g->world;
  if (w->ops++ > OPS_MAX) return;
  Op op = ops[below(w, ARRAY_LEN(ops))];
  // With work left to do every time, or endless scripts would never end.
  if (!weft_budget_steps(g->isolate)) CHECK(weft_set_budget(g->isolate, 0, 3000));
  op(g);
  if (g->isolate) settle(g);
}

// ---- One input ----

static void begin_process(void) {
  if (watch.started) return;
  watch.started = true;
  Thread thread;
  CHECK(thread_create(&thread, "watch", 0, watch_run, NULL));
  thread_detach(&thread);
  CHECK(freopen("/dev/null", "r", stdin) && freopen("/dev/null", "w", stdout));
  (void)program_file();
  atexit(remove_program_file);
  CHECK(strlen(weft_version()) > 2);
}

// The collector's blocks are not looked into for leaks; the books below are better kept anyway.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0:detect_stack_use_after_return=0:allocator_may_return_null=1"; }

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  begin_process();
  World w = {.bytes = data, .left = size};
  mutex_init(&w.lock);
  begin_guest(&w, &w.guests[0]);
  while (w.left && w.ops < OPS_MAX) {
    Guest *g = &w.guests[below(&w, ISOLATES)];
    if (!g->isolate) g = &w.guests[0];
    if (!g->isolate) begin_guest(&w, g);
    do_op(g);
    if (g->isolate && weft_is_terminating(g->isolate) && chance(&w, 2)) weft_resume(g->isolate);
  }
  w.left = 0; // callbacks of what ends now do little
  for (u32 i = 0; i < ISOLATES; i++) end_guest(&w.guests[i]);
  for (u32 i = 0; i < THINGS; i++) {
    weft_code_delete(w.codes[i]);
    weft_message_delete(w.messages[i]);
    weft_port_delete(w.ports[i]);
    weft_shared_memory_delete(w.shared[i]);
  }
  mutex_destroy(&w.lock);
  CHECK(w.buffers == 0 && w.instances == 0 && w.posts == 0 && w.cells == 0);
  return 0;
}
