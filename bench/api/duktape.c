// SPDX-License-Identifier: MIT
// duktape's side of bench/api. The values lie at the bottom of its value stack: 0 f, 1 o, 2 list, 3 run, 4 empty.
#include "bench/api/engine.h"

#include <duktape.h>

enum { F, O, LIST, RUN, EMPTY };

static duk_ret_t g(duk_context *ctx) {
  duk_dup(ctx, 0);
  return 1;
}

static void *make(void) { return duk_create_heap_default(); }
static void end(void *heap) { duk_destroy_heap(heap); }

static void prepare(void *heap, const char *text) {
  duk_push_c_function(heap, g, 1);
  duk_put_global_string(heap, "g");
  if (duk_peval_string(heap, text)) api_fail(duk_safe_to_string(heap, -1));
  duk_pop(heap);
  static const char *const names[] = {"f", "o", "list", "run", "empty"};
  for (int i = 0; i <= EMPTY; i++) duk_get_global_string(heap, names[i]);
}

static double call_one(duk_context *ctx, int function, double argument) {
  duk_dup(ctx, function);
  duk_push_number(ctx, argument);
  if (duk_pcall(ctx, 1)) api_fail(duk_safe_to_string(ctx, -1));
  double result = duk_get_number(ctx, -1);
  duk_pop(ctx);
  return result;
}

static double calls(void *heap, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) sum += call_one(heap, F, (double)i);
  return sum;
}

static double reads(void *heap, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) {
    duk_get_prop_string(heap, O, "third");
    sum += duk_get_number(heap, -1);
    duk_pop(heap);
  }
  return sum;
}

static double writes(void *heap, long count) {
  for (long i = 0; i < count; i++) {
    duk_push_number(heap, (double)i);
    duk_put_prop_string(heap, O, "third");
  }
  return 0;
}

static double indices(void *heap, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) {
    duk_get_prop_index(heap, LIST, (duk_uarridx_t)i % 8);
    sum += duk_get_number(heap, -1);
    duk_pop(heap);
  }
  return sum;
}

#define PUSH_OBJECT(heap) duk_push_object(heap)
#define PUSH_NUMBER(heap, n) duk_push_number((heap), (n))
#define PUSH_TRUE(heap) duk_push_true(heap)
#define PUSH_TEXT(heap, s) duk_push_string((heap), (s))
#define PUT(heap, name) duk_put_prop_string((heap), -2, (name))
#define TEXT(heap) duk_get_string((heap), -1)
#define POP(heap) duk_pop(heap)
#include "bench/api/stack_engine.h"

static double natives(void *heap, long count) { return call_one(heap, RUN, (double)count); }
static double loops(void *heap, long count) { return call_one(heap, EMPTY, (double)count); }

const ApiEngine engine = {"duktape", make, end, prepare, calls, reads, writes, indices, objects, strings, natives, loops};
