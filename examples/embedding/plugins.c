// SPDX-License-Identifier: MIT
// A host of plug-ins that nobody has read: each has an isolate with a small heap and stack, a handful of host functions and, for each
// event, a budget of CPU time. What uses it up is stopped, in whatever it does: loops that catch everything, jobs that make jobs, a regular
// expression that backtracks for years. The others do not notice.
// Shows: limits, budgets, the interrupt function, termination and weft_resume, an isolate's data pointer.
//
//   plugins [--cpu-ms N] [FILE...]      without files: the plug-ins below, most of which are malicious
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "weft/weft.h"

enum { EVENTS = 3, STRIKES_MAX = 2, HEAP_BYTES = 16 << 20, STACK_BYTES = 256 << 10 };

typedef struct Plugin {
  const char *name;
  WeftIsolate *isolate;
  WeftRef *on_event; // the function that the plug-in left in the global `onEvent`
  unsigned reasons;  // for which it was stopped
  int strikes;
  double score; // what it may change: report(n)
} Plugin;

// ---- What plug-ins may do ----

static WeftValue report(WeftIsolate *isolate, const WeftCall *call) {
  Plugin *plugin = weft_isolate_data(isolate);
  double n;
  if (!weft_to_number(isolate, weft_argument(call, 0), &n)) return NULL;
  plugin->score += n;
  return weft_undefined();
}

// ---- Limits ----

static bool is_over(WeftIsolate *isolate, unsigned reasons, void *data) {
  (void)isolate;
  ((Plugin *)data)->reasons |= reasons;
  return false; // it may not go on
}

static WeftIsolate *make_isolate(Plugin *plugin) {
  WeftConfig config = {.size = sizeof config, .heap_limit_bytes = HEAP_BYTES, .stack_size_bytes = STACK_BYTES};
  WeftIsolate *isolate = weft_isolate_new(&config);
  if (!isolate) return NULL;
  weft_isolate_set_data(isolate, plugin);
  weft_isolate_on_interrupt(isolate, is_over, plugin);
  WeftValue f = weft_function(isolate, "report", 1, report, NULL);
  if (!f || !weft_set_named(isolate, weft_global(isolate), "report", f)) return NULL;
  return isolate;
}

// ---- One step of a plug-in ----

static void say(const Plugin *plugin, const char *what, const char *more) { printf("%-12s %s%s\n", plugin->name, what, more); }

// What came of a step: true if all is well. A plug-in that was stopped may try again, but not for ever.
static bool judge(Plugin *plugin, bool done) {
  WeftIsolate *isolate = plugin->isolate;
  weft_set_budget(isolate, 0, 0); // it is the thread's time that counts, and the others use that, too
  if (weft_is_terminating(isolate)) {
    plugin->strikes++;
    say(plugin, "stopped: ", plugin->reasons & WEFT_INTERRUPT_CPU ? "out of CPU time" : "it was asked to");
    plugin->reasons = 0;
    weft_resume(isolate);
    return false;
  }
  if (done) return true;
  plugin->strikes++;
  // String(exception) may be the plug-in's code again; weft_exception_text is not.
  WeftValue exception = weft_exception_take(isolate);
  char *text = exception ? weft_exception_text(isolate, exception) : NULL;
  // Behind the place and an empty line comes what was thrown, then the stack.
  char *place = text ? strstr(text, "\n\n") : NULL, *first = place ? place + 2 : text;
  if (first) first[strcspn(first, "\n")] = 0;
  say(plugin, "threw ", first ? first : "something");
  weft_free(text);
  return false;
}

static bool start(Plugin *plugin, const char *code, uint64_t budget_ns) {
  WeftIsolate *isolate = plugin->isolate = make_isolate(plugin);
  if (!isolate) return false;
  weft_set_budget(isolate, budget_ns, 0);
  bool done = weft_eval(isolate, code, WEFT_TEXT_END, plugin->name) != NULL;
  if (done) weft_run_jobs(isolate);
  if (!judge(plugin, done)) return false;
  WeftValue f = weft_get_named(isolate, weft_global(isolate), "onEvent");
  if (f && weft_is_callable(f)) plugin->on_event = weft_ref_new(isolate, f);
  return plugin->on_event != NULL;
}

static void send_event(Plugin *plugin, int number, uint64_t budget_ns) {
  WeftIsolate *isolate = plugin->isolate;
  WeftValue argument = weft_integer(number);
  weft_set_budget(isolate, budget_ns, 0); // anew for each event
  bool done = weft_call(isolate, weft_ref_get(plugin->on_event), weft_undefined(), 1, &argument) != NULL;
  if (done) weft_run_jobs(isolate); // its promises, on the same budget
  judge(plugin, done);
}

static void throw_out(Plugin *plugin, const char *why) {
  say(plugin, why, "");
  weft_ref_delete(plugin->on_event);
  weft_isolate_delete(plugin->isolate);
  plugin->isolate = NULL;
}

// ---- The plug-ins ----

typedef struct Source {
  const char *name, *code;
} Source;
static const Source sources[] = {
    {"good", "globalThis.onEvent = (n) => report(n * n)"},
    {"async", "globalThis.onEvent = async (n) => { for (let i = 0; i < n; i++) await null; report(n) }"},
    {"loop", "globalThis.onEvent = () => { for (;;); }"},
    {"stubborn", "globalThis.onEvent = () => { for (;;) try { for (;;); } catch {} finally { continue } }"},
    {"hog", "const all = []; globalThis.onEvent = () => { for (;;) all.push(new Array(10000).fill(all)) }"},
    {"big-string", "globalThis.onEvent = () => { let s = 'x'; for (;;) { s += s; s[0]; [...s.slice(0, 9)] } }"},
    {"recursion", "globalThis.onEvent = function f() { return 1 + f() }"},
    {"promises", "globalThis.onEvent = () => { (function f() { Promise.resolve().then(f).then(f) })() }"},
    {"regexp", "globalThis.onEvent = () => /(a*)*\\1b/.test('a'.repeat(50))"},
    {"sort", "globalThis.onEvent = () => { const a = Array.from({ length: 1e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() "
             "- 0.5) }"},
    {"getter", "globalThis.onEvent = () => report({ valueOf() { for (;;); } })"},
    {"json", "globalThis.onEvent = () => { let o = {}; for (let i = 0; i < 40; i++) o = { a: o, b: o }; JSON.stringify(o) }"},
    {"thrower", "globalThis.onEvent = () => { throw { toString() { for (;;); }, get stack() { for (;;); } } }"},
    {"born-dead", "while (true);"},
};

static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = size < 0 ? NULL : malloc((size_t)size + 1);
  if (text) text[fread(text, 1, (size_t)size, file)] = 0;
  fclose(file);
  return text;
}

static int serve(Plugin *plugins, size_t count, uint64_t budget_ns) {
  for (int event = 1; event <= EVENTS; event++) {
    for (size_t i = 0; i < count; i++) {
      Plugin *plugin = &plugins[i];
      if (!plugin->isolate) continue;
      send_event(plugin, event, budget_ns);
      if (plugin->strikes >= STRIKES_MAX) throw_out(plugin, "thrown out");
    }
  }
  int left = 0;
  for (size_t i = 0; i < count; i++) {
    Plugin *plugin = &plugins[i];
    if (!plugin->isolate) continue;
    char score[40];
    snprintf(score, sizeof score, "%g", plugin->score);
    say(plugin, "is well, score ", score);
    throw_out(plugin, "bye");
    left++;
  }
  printf("%d plug-ins are left\n", left);
  return 0;
}

int main(int argc, char **argv) {
  enum { MOST = 64 };
  static Plugin plugins[MOST];
  size_t count = 0;
  uint64_t budget_ns = 50 * 1000000ull;
  int at = 1;
  if (argc > 2 && strcmp(argv[1], "--cpu-ms") == 0) {
    budget_ns = strtoull(argv[2], NULL, 10) * 1000000;
    at = 3;
  }
  size_t total = at < argc ? (size_t)(argc - at) : sizeof sources / sizeof sources[0];
  for (size_t i = 0; i < total && count < MOST; i++) {
    Plugin *plugin = &plugins[count++];
    char *text = at < argc ? read_file(argv[(size_t)at + i]) : NULL;
    plugin->name = at < argc ? argv[(size_t)at + i] : sources[i].name;
    bool started = (text || at >= argc) && start(plugin, text ? text : sources[i].code, budget_ns);
    if (!started) throw_out(plugin, "not started");
    free(text);
  }
  return serve(plugins, count, budget_ns);
}
