// SPDX-License-Identifier: MIT
// QuickJS's side of bench/api: built where its header and library are installed.
#include "bench/api/engine.h"

#include <quickjs.h>
#include <stdlib.h>

typedef struct Held {
  JSRuntime *runtime;
  JSContext *ctx;
  JSValue f, o, list, run, empty;
} Held;

static JSValue g(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv) {
  (void)this_value, (void)argc;
  return JS_DupValue(ctx, argv[0]);
}

static void *make(void) {
  Held *held = calloc(1, sizeof *held);
  held->runtime = JS_NewRuntime();
  held->ctx = JS_NewContext(held->runtime);
  held->f = held->o = held->list = held->run = held->empty = JS_UNDEFINED;
  return held;
}

static void end(void *heap) {
  Held *held = heap;
  JSValue values[] = {held->f, held->o, held->list, held->run, held->empty};
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) JS_FreeValue(held->ctx, values[i]);
  JS_FreeContext(held->ctx);
  JS_FreeRuntime(held->runtime);
  free(held);
}

static JSValue good(JSValue v) {
  if (JS_IsException(v)) api_fail("an exception");
  return v;
}

static double number_of(JSContext *ctx, JSValue v) {
  double n = 0;
  JS_ToFloat64(ctx, &n, v);
  JS_FreeValue(ctx, v);
  return n;
}

static void prepare(void *heap, const char *text) {
  Held *held = heap;
  JSContext *ctx = held->ctx;
  JSValue global = JS_GetGlobalObject(ctx);
  JS_SetPropertyStr(ctx, global, "g", JS_NewCFunction(ctx, g, "g", 1));
  size_t size = 0;
  while (text[size]) size++;
  JS_FreeValue(ctx, good(JS_Eval(ctx, text, size, "bench", JS_EVAL_TYPE_GLOBAL)));
  held->f = JS_GetPropertyStr(ctx, global, "f");
  held->o = JS_GetPropertyStr(ctx, global, "o");
  held->list = JS_GetPropertyStr(ctx, global, "list");
  held->run = JS_GetPropertyStr(ctx, global, "run");
  held->empty = JS_GetPropertyStr(ctx, global, "empty");
  JS_FreeValue(ctx, global);
}

static double call_one(JSContext *ctx, JSValue f, double n) {
  JSValue argument = JS_NewFloat64(ctx, n);
  return number_of(ctx, good(JS_Call(ctx, f, JS_UNDEFINED, 1, &argument)));
}

static double calls(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) {
    JSValue argument = JS_NewInt32(held->ctx, (int)i);
    sum += number_of(held->ctx, good(JS_Call(held->ctx, held->f, JS_UNDEFINED, 1, &argument)));
  }
  return sum;
}

static double reads(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) sum += number_of(held->ctx, JS_GetPropertyStr(held->ctx, held->o, "third"));
  return sum;
}

static double writes(void *heap, long count) {
  Held *held = heap;
  for (long i = 0; i < count; i++) JS_SetPropertyStr(held->ctx, held->o, "third", JS_NewInt32(held->ctx, (int)i));
  return 0;
}

static double indices(void *heap, long count) {
  Held *held = heap;
  double sum = 0;
  for (long i = 0; i < count; i++) sum += number_of(held->ctx, JS_GetPropertyUint32(held->ctx, held->list, (uint32_t)i % 8));
  return sum;
}

static double objects(void *heap, long count) {
  JSContext *ctx = ((Held *)heap)->ctx;
  for (long i = 0; i < count; i++) {
    JSValue o = JS_NewObject(ctx);
    JS_SetPropertyStr(ctx, o, "x", JS_NewInt32(ctx, (int)i));
    JS_SetPropertyStr(ctx, o, "y", JS_NewInt32(ctx, 2));
    JS_SetPropertyStr(ctx, o, "z", JS_TRUE);
    JS_FreeValue(ctx, o);
  }
  return (double)count;
}

static double strings(void *heap, long count) {
  JSContext *ctx = ((Held *)heap)->ctx;
  double sum = 0;
  for (long i = 0; i < count; i++) {
    JSValue v = JS_NewString(ctx, "sixteen letters.");
    const char *text = JS_ToCString(ctx, v);
    sum += text[0];
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, v);
  }
  return sum;
}

static double natives(void *heap, long count) { return call_one(((Held *)heap)->ctx, ((Held *)heap)->run, (double)count); }
static double loops(void *heap, long count) { return call_one(((Held *)heap)->ctx, ((Held *)heap)->empty, (double)count); }

const ApiEngine engine = {"quickjs", make, end, prepare, calls, reads, writes, indices, objects, strings, natives, loops};
