// SPDX-License-Identifier: MIT
// mujs's side of bench/api. Its values are kept in its registry, except while they are used.
#include "bench/api/engine.h"

#include <mujs.h>

static void g(js_State *J) { js_copy(J, 1); }

static void *make(void) { return js_newstate(NULL, NULL, 0); }
static void end(void *heap) { js_freestate(heap); }

static void prepare(void *heap, const char *text) {
  js_newcfunction(heap, g, "g", 1);
  js_setglobal(heap, "g");
  if (js_dostring(heap, text)) api_fail("an exception");
}

static double call_one(js_State *J, double argument) { // the function is on the stack, and stays there
  js_copy(J, -1);
  js_pushundefined(J);
  js_pushnumber(J, argument);
  if (js_pcall(J, 1)) api_fail(js_tostring(J, -1));
  double result = js_tonumber(J, -1);
  js_pop(J, 1);
  return result;
}

static double calls(void *heap, long count) {
  double sum = 0;
  js_getglobal(heap, "f");
  for (long i = 0; i < count; i++) sum += call_one(heap, (double)i);
  js_pop(heap, 1);
  return sum;
}

static double reads(void *heap, long count) {
  double sum = 0;
  js_getglobal(heap, "o");
  for (long i = 0; i < count; i++) {
    js_getproperty(heap, -1, "third");
    sum += js_tonumber(heap, -1);
    js_pop(heap, 1);
  }
  js_pop(heap, 1);
  return sum;
}

static double writes(void *heap, long count) {
  js_getglobal(heap, "o");
  for (long i = 0; i < count; i++) {
    js_pushnumber(heap, (double)i);
    js_setproperty(heap, -2, "third");
  }
  js_pop(heap, 1);
  return 0;
}

static double indices(void *heap, long count) {
  double sum = 0;
  js_getglobal(heap, "list");
  for (long i = 0; i < count; i++) {
    js_getindex(heap, -1, (int)(i % 8));
    sum += js_tonumber(heap, -1);
    js_pop(heap, 1);
  }
  js_pop(heap, 1);
  return sum;
}

#define PUSH_OBJECT(heap) js_newobject(heap)
#define PUSH_NUMBER(heap, n) js_pushnumber((heap), (n))
#define PUSH_TRUE(heap) js_pushboolean((heap), 1)
#define PUSH_TEXT(heap, s) js_pushstring((heap), (s))
#define PUT(heap, name) js_setproperty((heap), -2, (name))
#define TEXT(heap) js_tostring((heap), -1)
#define POP(heap) js_pop((heap), 1)
#include "bench/api/stack_engine.h"

static double scripted(js_State *J, const char *name, long count) {
  js_getglobal(J, name);
  double result = call_one(J, (double)count);
  js_pop(J, 1);
  return result;
}
static double natives(void *heap, long count) { return scripted(heap, "run", count); }
static double loops(void *heap, long count) { return scripted(heap, "empty", count); }

const ApiEngine engine = {"mujs", make, end, prepare, calls, reads, writes, indices, objects, strings, natives, loops};
