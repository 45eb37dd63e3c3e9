// SPDX-License-Identifier: MIT
// Measures an engine's C API. `api-ENGINE times [FACTOR]` prints `figure nanoseconds`, CPU time, the best of several batches;
// `api-ENGINE memory COUNT` makes so many idle heaps and prints the bytes of resident memory that each took; `api-ENGINE count FIGURE N` does
// N of one thing and nothing else, for callgrind.
#define _GNU_SOURCE
#include "bench/api/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char script[] = "function f(a) { return a }\n"
                             "var o = { first: 1, second: 2, third: 3, fourth: 4 };\n"
                             "var list = [1, 2, 3, 4, 5, 6, 7, 8];\n"
                             "function run(n) { var x = 0; for (var i = 0; i < n; i++) x = g(i); return x }\n"
                             "function empty(n) { var x = 0; for (var i = 0; i < n; i++) x = i; return x }\n";

void api_fail(const char *what) {
  fprintf(stderr, "%s: %s\n", engine.name, what);
  exit(1);
}

static double cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

typedef double (*Loop)(void *heap, long count);
enum { BATCHES = 25, CALLS = 100000, HEAPS = 200 };

static double best_of(void *heap, Loop loop, long count) {
  double best = 1e18;
  for (int i = 0; i < BATCHES; i++) {
    double start = cpu_ns();
    (void)loop(heap, count);
    double used = (cpu_ns() - start) / (double)count;
    if (used < best) best = used;
  }
  return best;
}

static double life(void *unused, long count) {
  (void)unused;
  for (long i = 0; i < count; i++) {
    void *heap = engine.make();
    if (!heap) api_fail("no heap");
    engine.end(heap);
  }
  return (double)count;
}

static const struct {
  const char *name;
  size_t place;
} figures[] = {
    {"call", offsetof(ApiEngine, calls)},          {"get", offsetof(ApiEngine, reads)},
    {"set", offsetof(ApiEngine, writes)},          {"index", offsetof(ApiEngine, indices)},
    {"object", offsetof(ApiEngine, objects)},      {"string", offsetof(ApiEngine, strings)},
    {"native+loop", offsetof(ApiEngine, natives)}, {"loop", offsetof(ApiEngine, loops)},
};
enum { FIGURES = sizeof figures / sizeof figures[0] };

static Loop loop_of(size_t i) {
  Loop loop;
  memcpy(&loop, (const char *)&engine + figures[i].place, sizeof loop);
  return loop;
}

static void times(double factor) {
  void *heap = engine.make();
  engine.prepare(heap, script);
  double results[FIGURES];
  for (size_t i = 0; i < FIGURES; i++) {
    results[i] = best_of(heap, loop_of(i), (long)(CALLS * factor));
    if (i + 2 < FIGURES) printf("%s %.2f\n", figures[i].name, results[i]);
  }
  printf("native %.2f\n", results[FIGURES - 2] - results[FIGURES - 1]);
  engine.end(heap);
  printf("heap %.0f\n", best_of(NULL, life, (long)(HEAPS * factor)));
}

static double resident_bytes(void) {
  long size, resident;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%ld %ld", &size, &resident) != 2) api_fail("no /proc/self/statm");
  fclose(file);
  return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

static void memory(long count) {
  void **heaps = calloc((size_t)count, sizeof *heaps);
  engine.end(engine.make()); // what is made once
  double before = resident_bytes();
  for (long i = 0; i < count; i++) {
    if (!(heaps[i] = engine.make())) api_fail("no heap");
  }
  printf("memory %.0f\n", (resident_bytes() - before) / (double)count);
  for (long i = 0; i < count; i++) engine.end(heaps[i]);
  free(heaps);
}

static void count(const char *name, long n) {
  if (strcmp(name, "heap") == 0) {
    (void)life(NULL, n);
    return;
  }
  void *heap = engine.make();
  engine.prepare(heap, script);
  for (size_t i = 0; i < FIGURES; i++) {
    if (strcmp(figures[i].name, name) == 0) (void)loop_of(i)(heap, n);
  }
  engine.end(heap);
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "times";
  if (strcmp(what, "times") == 0) times(argc > 2 ? atof(argv[2]) : 1);
  else if (strcmp(what, "memory") == 0) memory(argc > 2 ? atol(argv[2]) : 1000);
  else if (strcmp(what, "count") == 0 && argc > 3) count(argv[2], atol(argv[3]));
  else api_fail("usage: times [FACTOR] | memory [COUNT] | count FIGURE N");
  return 0;
}
