// SPDX-License-Identifier: MIT
// What an engine does for bench/api/main.c: the same few things through its own C API, each in a loop of its own, so that nothing but the
// engine's API is measured. One file for each engine defines `engine`.
#ifndef WEFT_BENCH_API_ENGINE_H
#define WEFT_BENCH_API_ENGINE_H

#include <stddef.h>

typedef struct ApiEngine {
  const char *name;
  // A heap with all built-ins of the language; NULL: no memory.
  void *(*make)(void);
  void (*end)(void *heap);
  // Runs a text, then keeps its global `f` (a function of one argument), `o` (an object) and `list` (an array) at hand.
  void (*prepare)(void *heap, const char *text);
  // Each does its thing `count` times and returns a number that says that it was done.
  double (*calls)(void *heap, long count);   // f(i), the result taken as a number
  double (*reads)(void *heap, long count);   // o.third by its name in C, taken as a number
  double (*writes)(void *heap, long count);  // o.third = i
  double (*indices)(void *heap, long count); // list[i % 8]
  double (*objects)(void *heap, long count); // a new object with three properties
  double (*strings)(void *heap, long count); // a string of 16 ASCII characters in, and out again as C text
  double (*natives)(void *heap, long count); // run(count): a script that calls the C function `g(i)` so often
  double (*loops)(void *heap, long count);   // empty(count): the same script without the call
} ApiEngine;

extern const ApiEngine engine;

// Told by the adaptors when what must not fail does.
void api_fail(const char *what);

#endif
