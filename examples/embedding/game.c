// SPDX-License-Identifier: MIT
// A game: the host draws, a script moves. Sixty times a second `update(seconds)` is called. Positions lie in memory of the host's that
// the script sees as a Float32Array, so nothing is copied or allocated to hand them over; what the script throws away in a frame is
// collected in small portions, and the heap stays as large as it is.
// Shows: an ArrayBuffer over host memory, calling a function at a steady rate, measuring the heap.
//
//   game [FRAMES] [--fast]      --fast: does not wait for the next sixtieth of a second
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "weft/weft.h"

enum { BALLS = 500, FLOATS_EACH = 4 /* x, y, and their speeds */, WARM_UP = 600, BINS = 20000 };

static const char script[] = "const GRAVITY = -9.81\n"
                             "class Ball {\n"
                             "  constructor(memory, i) { this.state = memory.subarray(i * 4, i * 4 + 4) }\n"
                             "  move(dt) {\n"
                             "    const s = this.state\n"
                             "    s[3] += GRAVITY * dt\n"
                             "    s[0] += s[2] * dt\n"
                             "    s[1] += s[3] * dt\n"
                             "    if (s[0] < 0 || s[0] > 100) s[2] = -s[2]\n"
                             "    if (s[1] < 0) { s[1] = -s[1]; s[3] *= -1 }\n"
                             "    return { x: s[0], y: s[1] } // garbage, as programs make it\n"
                             "  }\n"
                             "}\n"
                             "let balls\n"
                             "function start(buffer) {\n"
                             "  const memory = new Float32Array(buffer)\n"
                             "  balls = Array.from({ length: memory.length / 4 }, (_, i) => new Ball(memory, i))\n"
                             "  balls.forEach(({ state }, i) => state.set([i % 100, 10 + i % 7, (i % 13) - 6, 0]))\n"
                             "}\n"
                             "function update(dt) {\n"
                             "  let highest = 0\n"
                             "  for (const { y } of balls.map((ball) => ball.move(dt))) highest = Math.max(highest, y)\n"
                             "  return highest\n"
                             "}\n";

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void sleep_until(double ms) {
  double left = ms - now_ms();
  if (left <= 0) return;
  struct timespec t = {(time_t)(left / 1e3), (long)((left - (double)(long)(left / 1e3) * 1e3) * 1e6)};
  nanosleep(&t, NULL);
}

static void give_up(WeftIsolate *isolate) {
  char *text = weft_exception_text(isolate, weft_exception_take(isolate));
  fprintf(stderr, "%s\n", text);
  exit(1);
}

// How many frames took how long: a bin for each 10 microseconds, the last for all that is longer.
static unsigned bins[BINS];

static double share(unsigned frames, double part) {
  unsigned seen = 0;
  for (unsigned i = 0; i < BINS; i++) {
    seen += bins[i];
    if ((double)seen >= part * (double)frames) return (i + 1) / 100.0;
  }
  return BINS / 100.0;
}

int main(int argc, char **argv) {
  unsigned frames = 600;
  bool fast = false;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--fast") == 0) fast = true;
    else frames = (unsigned)strtoul(argv[i], NULL, 10);
  }
  static float state[BALLS * FLOATS_EACH]; // lives longer than the isolate: nobody has to release it
  WeftIsolate *isolate = weft_isolate_new(NULL);
  if (!isolate || !weft_eval(isolate, script, WEFT_TEXT_END, "game.js")) give_up(isolate);
  WeftValue global = weft_global(isolate), buffer = weft_array_buffer(isolate, state, sizeof state, NULL, NULL);
  if (!buffer || !weft_call_method(isolate, global, "start", 1, &buffer)) give_up(isolate);
  WeftRef *update = weft_ref_new(isolate, weft_get_named(isolate, global, "update"));
  if (!weft_ref_get(update)) give_up(isolate);

  WeftMemory before, after;
  double highest = 0, next = now_ms();
  for (unsigned frame = 0; frame < WARM_UP + frames; frame++) {
    if (frame == WARM_UP) {
      weft_collect(isolate); // before the first frame that counts, as a game does while it loads
      weft_memory(isolate, &before);
    }
    double start = now_ms();
    WeftValue dt = weft_number(1.0 / 60), v = weft_call(isolate, weft_ref_get(update), weft_undefined(), 1, &dt);
    if (!v) give_up(isolate);
    highest = weft_as_number(v);
    double used = (now_ms() - start) * 100;
    if (frame >= WARM_UP) bins[used < BINS ? (unsigned)used : BINS - 1]++;
    next += 1000.0 / 60;
    if (!fast && frame >= WARM_UP) sleep_until(next);
    else next = now_ms();
  }
  weft_collect(isolate);
  weft_memory(isolate, &after);
  printf("%u frames, %d balls, the highest at %.2f (in C: ball 0 at %.2f, %.2f)\n", frames, BALLS, highest, state[0], state[1]);
  printf("frame times in ms: half below %.2f, 99 %% below %.2f, all below %.2f\n", share(frames, 0.5), share(frames, 0.99),
         share(frames, 1));
  printf("heap: %zu KB before, %zu KB after\n", before.used_bytes >> 10, after.used_bytes >> 10);
  bool flat = after.used_bytes <= before.used_bytes + (16 << 10) && after.committed_bytes <= before.committed_bytes + (1 << 20);
  printf("memory is %s\n", flat ? "flat" : "NOT flat");
  weft_ref_delete(update);
  weft_isolate_delete(isolate);
  return flat ? 0 : 1;
}
