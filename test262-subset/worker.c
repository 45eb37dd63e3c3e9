// SPDX-License-Identifier: MIT
// Runs one test262 test after the other, each in an isolate of its own, for run.py. A request is a line on stdin,
//   FLAGS TAB FILE { TAB PRELUDE }      FLAGS: any of s (strict), m (module), b (may not block), or -
// and is answered on stdout by a line and what the test wrote: STATUS PHASE LATE CPU_US OUT_SIZE ERR_SIZE, OUT, ERR. PHASE is p, r or e (parse,
// resolution, evaluation); LATE is 1 when the test was ended at the time limit. A test that does not end even then ends the process with
// status 124, and one that crashes ends it too: run.py then starts another and goes on behind that test.
#include "base/platform.h"
#include "base/sync.h"
#include "node/node.h"
#include "threads/code_cache.h"

enum { PRELUDES_MAX = 32, LIMIT_S = 20, EXIT_STUCK = 124 };

// ---- The time limit ----

typedef struct Watchdog {
  Mutex mutex;
  Condition changed;
  Thread thread;
  u64 limit_ns;
  u64 deadline_ns; // 0: no test runs
  Isolate *iso;    // that may be ended
  bool ended, over;
} Watchdog;

// Looks at least once in every limit, so that a test's start need not wake it.
static void watch_tests(void *arg) {
  Watchdog *dog = arg;
  mutex_lock(&dog->mutex);
  while (!dog->over) {
    u64 now = platform_clock_ns();
    if (dog->deadline_ns && now >= dog->deadline_ns) {
      if (dog->ended) _Exit(EXIT_STUCK);
      dog->ended = true;
      if (dog->iso) isolate_terminate(dog->iso);
      dog->deadline_ns = now + dog->limit_ns;
    }
    (void)condition_wait_until(&dog->changed, &dog->mutex, dog->deadline_ns ? dog->deadline_ns : now + dog->limit_ns);
  }
  mutex_unlock(&dog->mutex);
}

static void set_isolate(void *data, Isolate *iso) {
  Watchdog *dog = data;
  mutex_lock(&dog->mutex);
  dog->iso = iso;
  mutex_unlock(&dog->mutex);
}

static void begin_test(Watchdog *dog) {
  mutex_lock(&dog->mutex);
  dog->deadline_ns = platform_clock_ns() + dog->limit_ns;
  dog->ended = false;
  mutex_unlock(&dog->mutex);
}

static bool end_test(Watchdog *dog) {
  mutex_lock(&dog->mutex);
  dog->deadline_ns = 0;
  bool late = dog->ended;
  mutex_unlock(&dog->mutex);
  return late;
}

static void stop_watching(Watchdog *dog) {
  mutex_lock(&dog->mutex);
  dog->over = true;
  condition_signal(&dog->changed);
  mutex_unlock(&dog->mutex);
  thread_join(&dog->thread);
}

// ---- One test ----

static bool parse_request(char *line, Test262Options *options, const char **preludes) {
  char *rest = line, *flags = strsep(&rest, "\t");
  options->file = strsep(&rest, "\t");
  options->strict = strchr(flags, 's') != NULL;
  options->module = strchr(flags, 'm') != NULL;
  options->no_can_block = strchr(flags, 'b') != NULL;
  options->preludes = preludes;
  options->prelude_count = 0;
  for (const char *name; (name = strsep(&rest, "\t"));) {
    if (options->prelude_count == PRELUDES_MAX) return false;
    preludes[options->prelude_count++] = name;
  }
  return options->file != NULL;
}

static bool run_request(char *line, Test262Options options, Watchdog *dog) {
  const char *preludes[PRELUDES_MAX];
  if (!parse_request(line, &options, preludes)) return false;
  char *out, *err;
  size_t out_size, err_size;
  Test262Runner runner = {.watch = set_isolate, .data = dog};
  runner.out = open_memstream(&out, &out_size);
  runner.err = open_memstream(&err, &err_size);
  CHECK(runner.out && runner.err);
  options.runner = &runner;
  u64 start = platform_thread_cpu_ns();
  begin_test(dog);
  int status = node_run_test262(&options);
  bool late = end_test(dog);
  u64 taken_us = (platform_thread_cpu_ns() - start) / 1000;
  CHECK(fclose(runner.out) == 0 && fclose(runner.err) == 0);
  printf("%d %c %d %llu %zu %zu\n", status, "pre"[runner.phase], late, (unsigned long long)taken_us, out_size, err_size);
  fwrite(out, 1, out_size, stdout);
  fwrite(err, 1, err_size, stdout);
  free(out);
  free(err);
  return fflush(stdout) == 0;
}

static int bad_usage(void) {
  fputs("usage: worker [--seconds=N] [--gc-stress=N] [--heap-limit=MB] [--eager-builtins] < requests\n", stderr);
  return 2;
}

int main(int argc, char **argv) {
  Test262Options options = {0};
  Watchdog dog = {.mutex = MUTEX_INIT, .limit_ns = (u64)LIMIT_S * 1000000000};
  for (int i = 1; i < argc; i++) {
    char *value = strchr(argv[i], '=');
    long number = value ? strtol(value + 1, NULL, 10) : 0;
    if (value) *value = 0;
    if (strcmp(argv[i], "--eager-builtins") == 0 && !value) options.eager_builtins = true;
    else if (number <= 0) return bad_usage();
    else if (strcmp(argv[i], "--seconds") == 0) dog.limit_ns = (u64)number * 1000000000;
    else if (strcmp(argv[i], "--gc-stress") == 0) options.gc_stress_period = (u32)number;
    else if (strcmp(argv[i], "--heap-limit") == 0) options.heap_limit = (size_t)number << 20;
    else return bad_usage();
  }
  condition_init(&dog.changed);
  if (!thread_create(&dog.thread, "watchdog", 0, watch_tests, &dog)) return 1;
  char *line = NULL;
  size_t capacity = 0;
  bool good = true;
  for (ssize_t length; good && (length = getline(&line, &capacity, stdin)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    good = run_request(line, options, &dog);
  }
  free(line);
  stop_watching(&dog);
  code_cache_clear();
  return good ? 0 : bad_usage();
}
