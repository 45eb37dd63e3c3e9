// SPDX-License-Identifier: MIT
// Jobs and the event loop, run by us or turned by the host; calls from other threads.
// Tests: tests/api/test_loop.c.
#include "api/api_internal.h"

void weft_run_jobs(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  loop_drain(isolate->host);
}

void weft_run_loop(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  loop_drain(isolate->host);
  loop_run(isolate->host);
}

// ---- Turned by the host ----

int weft_poll_descriptor(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  return loop_poll_descriptor(&isolate->host->loop);
}

int weft_poll_timeout(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  return loop_poll_timeout(isolate->host);
}

bool weft_pump(WeftIsolate *isolate) {
  (void)ISOLATE(isolate);
  loop_drain(isolate->host);
  return loop_pump(isolate->host);
}

// ---- From other threads ----

typedef struct Post {
  LoopMessage message;
  void (*f)(WeftIsolate *isolate, void *data);
  void *data;
} Post;

static void run_post(Host *host, LoopMessage *message) {
  Post post = *CONTAINER_OF(message, Post, message);
  base_free(message);
  post.f(host ? host->embedder : NULL, post.data);
  if (host && isolate_has_exception(host->iso)) (void)host_report_pending(host);
}

bool weft_post(WeftIsolate *isolate, void (*f)(WeftIsolate *isolate, void *data), void *data) {
  EXISTS(isolate);
  Post *post = base_try_alloc(sizeof *post);
  if (!post) return false;
  *post = (Post){.message = {.run = run_post}, .f = f, .data = data};
  loop_post(&isolate->host->loop, &post->message);
  return true;
}

void weft_keep_alive(WeftIsolate *isolate, bool on) {
  (void)ISOLATE(isolate);
  if (!on && !isolate->kept_alive) return;
  isolate->kept_alive += on ? 1u : -1u;
  if (on) loop_reference(&isolate->host->loop);
  else loop_unreference(&isolate->host->loop);
}
