// SPDX-License-Identifier: MIT
// A calculator: what a line says is evaluated as JavaScript, with functions in C that look things up for it.
// Shows: the smallest host there is, a native function with data of its own, exceptions, a value kept between lines (WeftRef).
//
//   calculator '2 ** 10' 'convert(100, "EUR", "JPY")' 'answer / 2'     or lines on standard input
#include <stdio.h>
#include <string.h>

#include "weft/weft.h"

typedef struct Rate {
  const char *currency;
  double per_euro;
} Rate;
static const Rate rates[] = {{"EUR", 1}, {"USD", 1.25}, {"GBP", 0.8}, {"JPY", 160}};

static const Rate *find_rate(WeftIsolate *isolate, const Rate *table, WeftValue name) {
  char *text = weft_to_utf8(isolate, name, NULL);
  if (!text) return NULL; // String(name) has thrown: so have we
  const Rate *found = NULL;
  for (size_t i = 0; i < sizeof rates / sizeof rates[0] && !found; i++) {
    if (strcmp(table[i].currency, text) == 0) found = &table[i];
  }
  if (!found) weft_throw_error(isolate, WEFT_RANGE_ERROR, "no rate for '%s'", text);
  weft_free(text);
  return found;
}

// convert(amount, from, to)
static WeftValue convert(WeftIsolate *isolate, const WeftCall *call) {
  double amount;
  if (!weft_to_number(isolate, weft_argument(call, 0), &amount)) return NULL;
  const Rate *from = find_rate(isolate, call->data, weft_argument(call, 1));
  if (!from) return NULL;
  const Rate *to = find_rate(isolate, call->data, weft_argument(call, 2));
  return to ? weft_number(amount / from->per_euro * to->per_euro) : NULL;
}

static bool give_functions(WeftIsolate *isolate) {
  WeftValue global = weft_global(isolate);
  WeftValue f = weft_function(isolate, "convert", 3, convert, (void *)(uintptr_t)rates);
  if (!f || !weft_set_named(isolate, global, "convert", f)) return false;
  // sin(1) instead of Math.sin(1).
  static const char math[] = "for (const name of Object.getOwnPropertyNames(Math)) globalThis[name] = Math[name]; answer = 0";
  return weft_eval(isolate, math, WEFT_TEXT_END, "prelude") != NULL;
}

static void print_value(WeftIsolate *isolate, WeftValue v) {
  char *text = weft_to_utf8(isolate, v, NULL);
  if (text) printf("= %s\n", text);
  weft_free(text);
}

static void calculate(WeftIsolate *isolate, WeftRef *answer, const char *line) {
  WeftValue v = weft_eval(isolate, line, WEFT_TEXT_END, "line");
  if (v) {
    weft_ref_set(answer, v);
    weft_set_named(isolate, weft_global(isolate), "answer", v);
    print_value(isolate, v);
  }
  WeftValue exception = weft_exception_take(isolate);
  if (!exception) return;
  char *text = weft_to_utf8(isolate, exception, NULL);
  printf("! %s\n", text ? text : "an exception that cannot be shown");
  weft_free(text);
  weft_exception_take(isolate); // of the conversion
}

int main(int argc, char **argv) {
  WeftIsolate *isolate = weft_isolate_new(NULL);
  if (!isolate || !give_functions(isolate)) return 1;
  WeftRef *answer = weft_ref_new(isolate, NULL);
  for (int i = 1; i < argc; i++) calculate(isolate, answer, argv[i]);
  char line[4096];
  while (argc == 1 && fgets(line, sizeof line, stdin)) calculate(isolate, answer, line);
  if (weft_ref_get(answer)) printf("last answer: %g\n", weft_as_number(weft_ref_get(answer)));
  weft_ref_delete(answer);
  weft_isolate_delete(isolate);
  return 0;
}
