// SPDX-License-Identifier: MIT
// Profiles and figures of this isolate, for lib/v8.js, and of workers, whom their parent asks in the middle of what they do: a question
// goes to the worker as an interrupt, and comes back to the parent's loop with the answer.
// Tests: tests/threads/profiles/.
#include "base/platform.h"
#include "node/node_internal.h"
#include "node/worker.h"
#include "threads/cpu_profile.h"
#include "threads/heap_profile.h"
#include "threads/heap_snapshot.h"
#include "vm/buffer.h"

// ---- Figures about a heap ----

#define NO_LIMIT_BYTES ((double)((u64)4 << 30)) // what a heap without limit is said to have

enum { FIGURES_MAX = 10 };
static const char *const heap_figures[FIGURES_MAX] = {"blocks",    "large",  "used",  "external", "limit",
                                                      "allocated", "realms", "minor", "full",     "pauseNs"};

static void read_heap(Isolate *iso, double *figures) {
  const Heap *heap = heap_of(iso);
  const double now[FIGURES_MAX] = {
      (double)heap->block_bytes,
      (double)heap->large_bytes,
      (double)gc_cell_bytes(heap),
      (double)heap->external_bytes,
      heap->limit_bytes ? (double)heap->limit_bytes : NO_LIMIT_BYTES,
      (double)heap->stats.allocated_bytes,
      iso->next_realm_id,
      (double)heap->stats.minor_count,
      (double)heap->stats.full_count,
      (double)heap->stats.pause_ns_total,
  };
  memcpy(figures, now, sizeof now);
}

static Value figures_object(Isolate *iso, const char *const *names, u32 count, const double *figures) {
  JSObject *o = TRY(obj_new_plain(iso));
  for (u32 i = 0; i < count; i++) TRY(binding_set_int(iso, o, names[i], figures[i]));
  return value_from_object(o);
}

// heapFigures(): { blocks, large, ... }
static Value heap_figures_here(Isolate *iso, const Call *call) {
  (void)call;
  double figures[FIGURES_MAX];
  read_heap(iso, figures);
  return figures_object(iso, heap_figures, FIGURES_MAX, figures);
}

static const char *const cpu_figures[] = {"user", "system"};

static void read_cpu(double *figures) {
  u64 user, system;
  platform_thread_cpu_times(&user, &system);
  figures[0] = (double)user;
  figures[1] = (double)system;
}

// threadCpu(): { user, system }, in microseconds
static Value thread_cpu(Isolate *iso, const Call *call) {
  (void)call;
  double figures[2];
  read_cpu(figures);
  return figures_object(iso, cpu_figures, 2, figures);
}

// ---- Profiles ----

typedef enum QuestionKind { // as in lib/internal/profiles.js
  ASK_HEAP_FIGURES,
  ASK_CPU,
  ASK_START_CPU,  // interval in microseconds, samples at most: the profile's number, or 0
  ASK_STOP_CPU,   // number: text, or nothing
  ASK_START_HEAP, // interval in bytes, depth, flags: 1, or 0
  ASK_STOP_HEAP,  // text, or nothing
  ASK_SNAPSHOT,   // bytes, or nothing
  ASK_COUNT
} QuestionKind;

enum { ARGUMENTS = 3 };

typedef struct Answer {
  double figures[FIGURES_MAX];
  ByteVec text;
  bool has_text;
} Answer;

static void answer(Host *host, QuestionKind kind, const double *args, Answer *out) {
  switch (kind) {
  case ASK_HEAP_FIGURES: read_heap(host->iso, out->figures); break;
  case ASK_CPU: read_cpu(out->figures); break;
  case ASK_START_CPU: out->figures[0] = cpu_profile_start(host, (u64)args[0], (u32)args[1]); break;
  case ASK_STOP_CPU: out->has_text = cpu_profile_stop(host, (u32)args[0], &out->text); break;
  case ASK_START_HEAP: out->figures[0] = heap_profile_start(host, (u64)args[0], (u32)args[1], (u32)args[2]); break;
  case ASK_SNAPSHOT: out->has_text = heap_snapshot_write(host, &out->text); break;
  default: out->has_text = heap_profile_stop(host, &out->text); break;
  }
}

static void free_bytes(void *data, u64 length, void *context) {
  (void)length, (void)context;
  base_free(data);
}

// The text's memory goes into the ArrayBuffer: it may be longer than a string can be.
static Value bytes_value(Isolate *iso, ByteVec *text) {
  if (gc_would_exceed_limit(heap_of(iso), text->len)) return throw_out_of_memory(iso);
  BackingStore *store = backing_store_from_memory(text->data, text->len, free_bytes, NULL);
  *text = (ByteVec){0};
  return value_from_object(TRY(array_buffer_from_store(iso, store)));
}

static Value answer_value(Isolate *iso, QuestionKind kind, Answer *a) {
  switch (kind) {
  case ASK_HEAP_FIGURES: return figures_object(iso, heap_figures, FIGURES_MAX, a->figures);
  case ASK_CPU: return figures_object(iso, cpu_figures, 2, a->figures);
  case ASK_START_CPU:
  case ASK_START_HEAP: return value_from_double(a->figures[0]);
  default: break;
  }
  if (!a->has_text) return VALUE_UNDEFINED;
  if (kind == ASK_SNAPSHOT) return bytes_value(iso, &a->text);
  return value_from_cell(TRY(str_new_utf8(iso, (const char *)a->text.data, a->text.len)));
}

// Numbers within what the answers convert them to.
static bool read_question(Isolate *iso, const Call *call, u32 at, QuestionKind *kind, double *args) {
  i32 n;
  TRY(binding_int(iso, call_arg(call, at), &n));
  if (n < 0 || n >= ASK_COUNT) return THROW(iso, RANGE, "No such question") != NULL;
  *kind = (QuestionKind)n;
  for (u32 i = 0; i < ARGUMENTS; i++) {
    Value v = call_arg(call, at + 1 + i);
    double x = value_is_number(v) ? value_number(v) : 0;
    double max = i ? (double)UINT32_MAX : 9007199254740991.0;
    args[i] = x > 0 ? MIN(x, max) : 0;
  }
  return true;
}

// here(kind, a, b, c): the answer of this isolate
static Value ask_here(Isolate *iso, const Call *call) {
  QuestionKind kind;
  double args[ARGUMENTS];
  TRY(read_question(iso, call, 0, &kind, args));
  Answer a = {0};
  answer(host_of(iso), kind, args, &a);
  Value v = answer_value(iso, kind, &a);
  vec_free(&a.text);
  return v;
}

// objectsWithPrototype(object): an array
static Value objects_with_prototype(Isolate *iso, const Call *call) {
  Value prototype = call_arg(call, 0);
  if (!value_is_object(prototype)) return THROW(iso, TYPE, "An object was expected"), VALUE_FAIL;
  return value_from_object(TRY(heap_objects_with_prototype(host_of(iso), value_object(prototype))));
}

// ---- Workers ----

typedef struct Question {
  LoopMessage base;
  Worker *worker; // a reference
  u32 number;
  QuestionKind kind;
  double args[ARGUMENTS];
  Answer answer;
} Question;

static void question_free(Question *q) {
  worker_release(q->worker);
  vec_free(&q->answer.text);
  base_free(q);
}

enum { MAIL_ANSWER = 5 }; // lib/internal/worker.js

static void arrived_at_parent(Host *parent, LoopMessage *base) {
  Question *q = (Question *)base;
  if (parent && parent->node && value_is_object(q->worker->object)) {
    Isolate *iso = parent->iso;
    NodeState *node = parent->node;
    node->async_context = VALUE_UNDEFINED;
    Value owner = slot_get(&((JSHostObject *)value_object(q->worker->object))->values[0]);
    Value v = answer_value(iso, q->kind, &q->answer);
    Value mail[] = {value_from_int(MAIL_ANSWER), value_from_int((i32)q->number), v};
    JSObject *list = v ? array_from_values(iso, mail, ARRAY_LEN(mail)) : NULL;
    if (!list || !CALL2(iso, node->callbacks[CALLBACK_WORKER_MAIL], VALUE_UNDEFINED, owner, value_from_object(list))) {
      (void)host_report_pending(parent);
    }
  }
  question_free(q);
}

static void arrived_at_worker(Host *host, LoopMessage *base) {
  Question *q = (Question *)base;
  if (!host) { // it ends; the parent hears of that
    question_free(q);
    return;
  }
  answer(host, q->kind, q->args, &q->answer);
  q->base.run = arrived_at_parent;
  worker_post_to_parent(q->worker, &q->base);
}

// ask(handle, number, kind, a, b, c): whether the worker's isolate is there. The answer comes as mail with the number.
static Value ask(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  i32 number;
  QuestionKind kind;
  double args[ARGUMENTS];
  TRY(binding_int(iso, call_arg(call, 1), &number));
  TRY(read_question(iso, call, 2, &kind, args));
  Question *q = base_alloc_zeroed(sizeof *q);
  *q = (Question){.base.run = arrived_at_worker, .worker = worker_retain(worker), .number = (u32)number, .kind = kind};
  memcpy(q->args, args, sizeof args);
  if (worker_interrupt_child(worker, &q->base)) return VALUE_TRUE;
  question_free(q);
  return VALUE_FALSE;
}

static const NativeMethod methods[] = {
    {"heapFigures", heap_figures_here, 0, 0},
    {"threadCpu", thread_cpu, 0, 0},
    {"here", ask_here, 4, 0},
    {"ask", ask, 6, 0},
    {"objectsWithPrototype", objects_with_prototype, 1, 0},
};
const NodeBinding node_binding_profiles = {"profiles", methods, ARRAY_LEN(methods), NULL};
