// SPDX-License-Identifier: MIT
// The event loop of one isolate: nextTicks, timers, completions, immediates, in Node's order. Callbacks are JS objects that the
// floor above knows how to run; the loop keeps them alive and decides when. Only loop_post may be called from other threads.
// A libuv loop exists only once something asks for it: an isolate that merely has timers parks on a condition variable.
#ifndef WEFT_THREADS_EVENT_LOOP_H
#define WEFT_THREADS_EVENT_LOOP_H

#include "base/sync.h"
#include "vm/isolate.h"

typedef struct Host Host;
typedef struct LoopTimer LoopTimer;
typedef struct TimerList TimerList;

typedef struct LoopImmediate {
  Value object; // EMPTY: cleared
  bool referenced;
} LoopImmediate;

// Work that finished: run(host, args) on the isolate's thread, in the poll phase.
typedef struct LoopCompletion {
  void (*run)(Host *host, Value *args);
  Value args[3];
} LoopCompletion;

typedef enum LoopSleep { LOOP_AWAKE, LOOP_PARKED, LOOP_IN_UV } LoopSleep;

// From other threads: embed it in what is sent. `run` owns the message, also when the isolate ends (host NULL).
typedef struct LoopMessage {
  struct LoopMessage *next;
  void (*run)(Host *host, struct LoopMessage *message);
} LoopMessage;

typedef struct LoopQueue { // a ring of values
  Value *data;
  u32 head, count, capacity;
} LoopQueue;

typedef struct EventLoop {
  Isolate *iso;
  // nextTick: a word per callback (its callback object)
  LoopQueue ticks;
  // Timers: by slot number; lists of equal duration, in a heap by expiry
  VEC(LoopTimer *) timers;
  VEC(u32) free_timers;
  VEC(TimerList *) heap;
  VEC(TimerList *) lists; // open addressing by duration
  u32 list_count;
  VEC(LoopImmediate) immediates, running_immediates;
  u32 immediate_first; // number of immediates[0]: handles are numbers that only grow
  u32 running_first, running_next;
  VEC(LoopCompletion) completions;
  u32 completion_next;
  u32 referenced_timers, referenced_immediates, references; // what keeps the loop alive
  u64 now_ms, start_ns;                                     // loop time: milliseconds since the loop began
  u64 first_turn_ns, last_turn_ns;                          // when it began to run and when it ended; 0: it has not
  u64 sequence;
  // Messages from other threads: a stack, newest first, that the loop takes as a whole.
  _Atomic(LoopMessage *) inbox;
  _Atomic u32 woken;    // somebody posted or called loop_wake since the loop last looked
  _Atomic u32 sleeping; // LoopSleep
  Mutex mutex;          // of `wake`
  Condition wake;
  u32 spin_score;         // how many of the last waits were over so soon that spinning would have paid
  _Atomic u64 idle_ns;    // slept in all (event loop utilisation)
  _Atomic u64 idle_since; // clock at the beginning of the sleep that goes on; 0: awake
  struct LoopUv *uv;      // NULL until loop_uv
  bool polled;            // its host waits on loop_poll_descriptor: between turns it counts as asleep in uv
} EventLoop;

void loop_init(EventLoop *loop, Isolate *iso);
void loop_destroy(EventLoop *loop); // messages that wait are run with host NULL
void loop_trace(EventLoop *loop, GcTracer *tracer);

u64 loop_idle_ns(const EventLoop *loop); // how long it has slept in all; any thread
double loop_now(EventLoop *loop);        // milliseconds since the loop began, as of the last look at the clock
void loop_update_time(EventLoop *loop);

// ---- Things to run. Handles of timers are numbers > 0 that are not reused while somebody could hold them.
void loop_add_tick(EventLoop *loop, Value callback);
bool loop_take_tick(EventLoop *loop, Value *callback);
// `ms` is whole and within 1 .. 2^31 - 1.
double loop_start_timer(EventLoop *loop, Value object, u32 ms, bool referenced, bool from_now);
// A timer of our own, from now on, that keeps nothing alive: run(host, data), which may settle promises but runs no JS.
double loop_start_native_timer(EventLoop *loop, u32 ms, void (*run)(Host *host, void *data), void *data);
bool loop_stop_timer(EventLoop *loop, double handle);
void loop_reference_timer(EventLoop *loop, double handle, bool referenced);
double loop_add_immediate(EventLoop *loop, Value object);
bool loop_clear_immediate(EventLoop *loop, double handle);
void loop_reference_immediate(EventLoop *loop, double handle, bool referenced);
void loop_add_completion(EventLoop *loop, void (*run)(Host *host, Value *args), const Value *args, u32 count);
void loop_post(EventLoop *loop, LoopMessage *message); // any thread
bool loop_has_mail(const EventLoop *loop);             // any thread: something has come that the loop has not taken yet
void loop_wake(EventLoop *loop);                       // any thread
static inline void loop_reference(EventLoop *loop) { loop->references++; }
static inline void loop_unreference(EventLoop *loop) { loop->references--; }
// The libuv loop, made now if there was none; NULL: the system refuses. The `data` of a handle must point to a struct whose first
// member is the uv_close_cb that frees it: the end of the loop closes what is still open with it.
struct uv_loop_s *loop_uv(EventLoop *loop);

bool loop_is_alive(const EventLoop *loop);
bool loop_turn(
    Host *host); // one turn, waiting if there is nothing to do; false: nothing is left, or the isolate is stopped. Runs JS
// ---- For a host that waits by itself: until the descriptor is readable or the time is over.
MUST_CHECK int loop_poll_descriptor(EventLoop *loop); // from now on it is told of messages; -1: the system refuses
int loop_poll_timeout(Host *host);                    // milliseconds; 0: at once, -1: none
bool loop_pump(Host *host);                           // one turn without waiting; false: nothing keeps the loop alive. Runs JS
// Runs until nothing keeps it alive, or the isolate is stopped. Runs JS.
void loop_run(Host *host);
// nextTicks, microtasks and rejections until all are empty: after every callback. Runs JS.
void loop_drain(Host *host);
// Microtasks first, then ticks: after an ES module. Runs JS.
void loop_drain_jobs_first(Host *host);

#endif
