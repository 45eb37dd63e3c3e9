// SPDX-License-Identifier: MIT
// Figures that no script can see, from inside the engine: `internals compile FILE` and `internals isolates`, CPU time (user and
// system) of this thread, the best of several; and what C reaches where JavaScript is measured against it: `internals futexes`.
// run.py reads the lines it prints: name, value, unit.
#include "base/arena.h"
#include "base/atomic.h"
#include "base/futex.h"
#include "base/platform.h"
#include "base/sync.h"
#include "compiler/compiler.h"
#include "node/node.h"
#include "runtime/intrinsics.h"
#include "vm/builtin.h"

enum { ROUNDS = 7, REALMS = 200, ISOLATES = 100 };

static double cpu_ms(void) { return (double)platform_thread_cpu_ns() / 1e6; }

static void fail(const char *what, const char *detail) {
  fprintf(stderr, "internals: %s%s\n", what, detail);
  exit(1);
}

// ---- compile: a file as the CommonJS loader compiles it, from its text in memory to code, everything freed again.

static double compile_once(SourceText *text, LazyMode lazy) {
  static const char *const params[] = {"exports", "require", "module", "__filename", "__dirname"};
  CompileOptions options = {.goal = PARSE_FUNCTION_BODY, .lazy = lazy, .params = params, .param_count = ARRAY_LEN(params)};
  Diagnostic diag;
  CodeBlock *block;
  Arena arena;
  double start = cpu_ms();
  arena_init(&arena);
  if (!compile_source(text, &options, &arena, &block, &diag)) fail("syntax error: ", diag.message);
  arena_free(&arena);
  double taken = cpu_ms() - start;
  code_block_release(block);
  return taken;
}

static void compile_file(const char *path) {
  ByteVec bytes = {0};
  int error;
  if (!platform_read_file(path, &bytes, &error)) fail("cannot read ", path);
  SourceText *text = source_text_new(bytes.data, false, (u32)bytes.len, path, false);
  double lazy = 1e9, whole = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    double once = compile_once(text, LAZY_AUTO);
    lazy = MIN(lazy, once);
    once = compile_once(text, LAZY_NEVER);
    whole = MIN(whole, once);
  }
  printf("lazy %.1f MB/s\n", (double)bytes.len / 1e3 / lazy);
  printf("whole %.1f MB/s\n", (double)bytes.len / 1e3 / whole);
  source_text_release(text);
  vec_free(&bytes);
}

// ---- isolates: a realm with ECMAScript's built-ins (which are made when first used, or all at once), an isolate with a realm, and one that is ready to run Node programs.

static double realms_ms(bool eager) {
  Hooks hooks = {0};
  compiler_fill_hooks(&hooks);
  runtime_fill_hooks(&hooks);
  IsolateConfig config = {.hooks = &hooks, .builtins = &runtime_builtin_tables, .eager_builtins = eager};
  Isolate *iso = isolate_new(&config);
  if (!iso) fail("no memory", "");
  isolate_enter(iso);
  double start = cpu_ms();
  for (int i = 0; i < REALMS; i++) {
    if (!realm_new(iso)) fail("no memory", "");
  }
  double taken = cpu_ms() - start;
  isolate_destroy(iso);
  return taken / REALMS;
}

static double realm_ms(void) { return realms_ms(false); }
static double eager_realm_ms(void) { return realms_ms(true); }

static double isolate_ms(void) {
  HostConfig config = {0};
  double start = cpu_ms();
  for (int i = 0; i < ISOLATES; i++) {
    Host *host = host_new(&config);
    if (!host) fail("no memory", "");
    host_destroy(host);
  }
  return (cpu_ms() - start) / ISOLATES;
}

static double program_ms(void) {
  NodeOptions options = {.exec_path = "/weft", .argv0 = "weft", .stack_trace_limit = -1};
  NodeConfig config = {.options = &options};
  double start = cpu_ms();
  for (int i = 0; i < ISOLATES; i++) {
    Host *host = node_new(&config);
    if (!host || node_run_text(host, "", 0, "[eval]", NODE_GOAL_COMMONJS, false) != 0) fail("an empty program failed", "");
    node_destroy(host);
  }
  return (cpu_ms() - start) / ISOLATES;
}

static void print_best(const char *name, double (*measure)(void)) {
  double best = 1e9;
  for (int i = 0; i < ROUNDS; i++) {
    double once = measure();
    best = MIN(best, once);
  }
  printf("%s %.4f ms\n", name, best);
}

// ---- futexes: the loop of threads/measure.cjs's atomics in C, on wall time; sleeping at once, or looking for a while before.

typedef struct PingPong {
  u32 words[2];
  u32 number, looks;
} PingPong;

static void await_value(PingPong *p, u32 i, u32 value, u32 other) {
  while (atomic_load_seq(&p->words[i]) != value) {
    for (u32 looks = p->looks; looks && atomic_load_seq(&p->words[i]) == other; looks--) atomic_pause();
    if (atomic_load_seq(&p->words[i]) == other) (void)futex_wait(&p->words[i], other, FUTEX_FOREVER);
  }
}

static void pong(void *arg) {
  PingPong *p = arg;
  for (u32 i = 0; i < p->number; i++) {
    await_value(p, 0, 1, 0);
    atomic_store_seq(&p->words[0], 0);
    atomic_store_seq(&p->words[1], i + 1);
    futex_wake(&p->words[1], 1);
  }
}

static void print_ping_pong(const char *name, u32 number, u32 looks) {
  PingPong p = {.number = number, .looks = looks};
  Thread thread;
  if (!thread_create(&thread, "pong", 0, pong, &p)) fail("no thread", "");
  u64 start = platform_clock_ns();
  for (u32 i = 0; i < number; i++) {
    atomic_store_seq(&p.words[0], 1);
    futex_wake(&p.words[0], 1);
    await_value(&p, 1, i + 1, i);
  }
  u64 taken = platform_clock_ns() - start;
  thread_join(&thread);
  printf("%s %.0f round-trips/s\n", name, number * 1e9 / (double)taken);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "compile") == 0) {
    compile_file(argv[2]);
  } else if (argc == 2 && strcmp(argv[1], "isolates") == 0) {
    print_best("realm", realm_ms);
    print_best("eager-realm", eager_realm_ms);
    print_best("isolate", isolate_ms);
    print_best("program", program_ms);
  } else if (argc == 2 && strcmp(argv[1], "futexes") == 0) {
    print_ping_pong("sleeping", 40000, 0);
    print_ping_pong("looking", 400000, 1000);
  } else {
    fail("usage: internals compile FILE | internals isolates | internals futexes", "");
  }
  return 0;
}
