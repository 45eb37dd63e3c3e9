// SPDX-License-Identifier: MIT
// Stopping and limiting what runs: termination, questions in the middle, budgets.
// Tests: tests/api/test_limits.c.
#include "api/api_internal.h"

// ---- Termination ----

void weft_terminate(WeftIsolate *isolate) {
  EXISTS(isolate);
  isolate_terminate(isolate->host->iso);
}

bool weft_is_terminating(const WeftIsolate *isolate) {
  EXISTS(isolate);
  return isolate->host->iso->terminating;
}

void weft_resume(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  isolate_cancel_termination(iso);
  if (isolate->has_steps) isolate_ask_again(iso);
}

// ---- Questions ----

static void ask(WeftIsolate *isolate, u32 reason) { // any thread
  atomic_fetch_or(&isolate->interrupt_reasons, reason);
  isolate_request_interrupt(isolate->host->iso, INTERRUPT_CALLBACK);
}

void weft_interrupt(WeftIsolate *isolate) {
  EXISTS(isolate);
  ask(isolate, WEFT_INTERRUPT_ASKED);
}

void weft_isolate_on_interrupt(WeftIsolate *isolate, bool (*f)(WeftIsolate *isolate, unsigned reasons, void *data), void *data) {
  (void)ISOLATE(isolate);
  isolate->on_interrupt = f;
  isolate->on_interrupt_data = data;
}

static u32 count_step(WeftIsolate *isolate) {
  if (!isolate->has_steps) return 0;
  if (isolate->steps_left) isolate->steps_left--;
  if (isolate->steps_left) return 0;
  isolate->has_steps = false;
  return WEFT_INTERRUPT_STEPS;
}

// At a poll of the running code.
bool api_interrupt(WeftIsolate *isolate) {
  u32 reasons = atomic_exchange(&isolate->interrupt_reasons, 0) | count_step(isolate);
  bool goes_on = true;
  if (UNLIKELY(reasons)) {
    goes_on = isolate->on_interrupt ? isolate->on_interrupt(isolate, reasons, isolate->on_interrupt_data)
                                    : !(reasons & ~(u32)WEFT_INTERRUPT_ASKED);
  }
  if (isolate->has_steps && goes_on) isolate_ask_again(isolate->host->iso);
  return goes_on;
}

// ---- Budgets ----

static void cpu_is_spent(void *isolate) { ask(isolate, WEFT_INTERRUPT_CPU); } // on the watching thread

bool weft_set_budget(WeftIsolate *isolate, uint64_t cpu_nanoseconds, uint64_t steps) {
  Isolate *iso = ISOLATE(isolate);
  cpu_watch_clear(&isolate->cpu_watch);
  atomic_fetch_and(&isolate->interrupt_reasons,
                   ~(u32)WEFT_INTERRUPT_CPU); // that the last budget is spent is of no interest any more
  if (cpu_nanoseconds && !cpu_watch_set(&isolate->cpu_watch, cpu_nanoseconds, cpu_is_spent, isolate)) return false;
  isolate->steps_left = steps;
  isolate->has_steps = steps != 0;
  if (steps) isolate_ask_again(iso);
  return true;
}

uint64_t weft_budget_steps(const WeftIsolate *isolate) {
  EXISTS(isolate);
  return isolate->has_steps ? isolate->steps_left : 0;
}
