// SPDX-License-Identifier: MIT
// weft's side of bench/api.
#include "bench/api/engine.h"
#include "weft/weft.h"

#include <stdlib.h>
#include <string.h>

typedef struct Held {
  WeftIsolate *isolate;
  WeftRef *f, *o, *list, *run, *empty;
} Held;

static WeftValue good(WeftValue v) {
  if (!v) api_fail("an exception");
  return v;
}

static WeftValue g(WeftIsolate *isolate, const WeftCall *call) {
  (void)isolate;
  return weft_argument(call, 0);
}

static void *make(void) {
  Held *held = calloc(1, sizeof *held);
  held->isolate = weft_isolate_new(NULL);
  return held;
}

static void end(void *heap) {
  Held *held = heap;
  WeftRef *refs[] = {held->f, held->o, held->list, held->run, held->empty};
  for (size_t i = 0; i < sizeof refs / sizeof refs[0]; i++) weft_ref_delete(refs[i]);
  weft_isolate_delete(held->isolate);
  free(held);
}

static WeftRef *global(Held *held, const char *name) {
  return weft_ref_new(held->isolate, good(weft_get_named(held->isolate, weft_global(held->isolate), name)));
}

static void prepare(void *heap, const char *text) {
  Held *held = heap;
  WeftIsolate *isolate = held->isolate;
  weft_set_named(isolate, weft_global(isolate), "g", good(weft_function(isolate, "g", 1, g, NULL)));
  good(weft_eval(isolate, text, WEFT_TEXT_END, "bench"));
  held->f = global(held, "f");
  held->o = global(held, "o");
  held->list = global(held, "list");
  held->run = global(held, "run");
  held->empty = global(held, "empty");
}

static double calls(void *heap, long count) {
  Held *held = heap;
  WeftIsolate *isolate = held->isolate;
  double sum = 0;
  for (long i = 0; i < count; i++) {
    WeftValue argument = weft_integer(i);
    sum += weft_as_number(weft_call(isolate, weft_ref_get(held->f), weft_undefined(), 1, &argument));
  }
  return sum;
}

static double reads(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) sum += weft_as_number(weft_get_named(held->isolate, weft_ref_get(held->o), "third"));
  return sum;
}

static double writes(void *heap, long count) {
  Held *held = heap;
  for (long i = 0; i < count; i++) weft_set_named(held->isolate, weft_ref_get(held->o), "third", weft_integer(i));
  return 0;
}

static double indices(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) sum += weft_as_number(weft_get_at(held->isolate, weft_ref_get(held->list), (uint32_t)i % 8));
  return sum;
}

static double objects(void *heap, long count) {
  Held *held = heap;
  WeftIsolate *isolate = held->isolate;
  for (long i = 0; i < count; i++) {
    WeftValue o = good(weft_object(isolate));
    weft_set_named(isolate, o, "x", weft_integer(i));
    weft_set_named(isolate, o, "y", weft_integer(2));
    weft_set_named(isolate, o, "z", weft_boolean(true));
  }
  return (double)count;
}

static double strings(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) {
    char *text = weft_to_utf8(held->isolate, good(weft_string(held->isolate, "sixteen letters.", WEFT_TEXT_END)), NULL);
    sum += text[0];
    weft_free(text);
  }
  return sum;
}

static double scripted(Held *held, WeftRef *function, long count) {
  WeftValue argument = weft_integer(count);
  return weft_as_number(good(weft_call(held->isolate, weft_ref_get(function), weft_undefined(), 1, &argument)));
}
static double natives(void *heap, long count) { return scripted(heap, ((Held *)heap)->run, count); }
static double loops(void *heap, long count) { return scripted(heap, ((Held *)heap)->empty, count); }

const ApiEngine engine = {"weft", make, end, prepare, calls, reads, writes, indices, objects, strings, natives, loops};
