// SPDX-License-Identifier: MIT
// Workers for lib/internal/worker.js: a handle per worker in its parent, and in the worker what it was started with.
// Tests: tests/threads/.
#include "node/node_internal.h"
#include "node/worker.h"

static void finalize_handle(Heap *heap, Cell *cell) {
  (void)heap;
  Worker *worker = ((JSHostObject *)cell)->data;
  if (worker) worker_release(worker);
}
static const HostClass handle_class = {.name = "Worker", .finalize = finalize_handle};

static Worker *worker_of(Isolate *iso, Value v) {
  if (value_is_kind(v, KIND_HOST_OBJECT) && ((JSHostObject *)value_object(v))->host_class == &handle_class) {
    return ((JSHostObject *)value_object(v))->data;
  }
  return THROW(iso, TYPE, "A worker was expected");
}

// ---- In the parent ----

// Calls lib's function with the owner of the handle and two numbers.
static void tell_owner(Host *parent, Worker *worker, u32 callback, i32 first, i32 second) {
  NodeState *node = parent->node;
  Value owner = slot_get(&((JSHostObject *)value_object(worker->object))->values[0]);
  node->async_context = VALUE_UNDEFINED;
  if (!CALL3(parent->iso, node->callbacks[callback], VALUE_UNDEFINED, owner, value_from_int(first), value_from_int(second))) {
    (void)host_report_pending(parent);
  }
}

void node_worker_online(Host *parent, Worker *worker) {
  if (!parent->iso->terminating) tell_owner(parent, worker, CALLBACK_WORKER_ONLINE, 0, 0);
}

void node_worker_ended(Host *parent, Worker *worker) {
  tell_owner(parent, worker, CALLBACK_WORKER_ENDED, worker->exit_code, (i32)worker->failure);
}

static bool read_limits(Isolate *iso, Value v, WorkerLimits *limits) {
  double *const fields[] = {&limits->max_young_generation_mb, &limits->max_old_generation_mb, &limits->code_range_mb, &limits->stack_mb};
  JSObject *list = TRY(create_list_from_array_like(iso, v));
  for (u32 i = 0; i < ARRAY_LEN(fields); i++) {
    Value n = i < array_length(list) ? list_get(list, i) : VALUE_UNDEFINED;
    *fields[i] = value_is_number(n) ? value_number(n) : -1;
  }
  return true;
}

static const char *const *copy_strings(Isolate *iso, Value v, u32 *count) { // base_free'd by node_worker_options_free
  JSObject *list = TRY(create_list_from_array_like(iso, v));
  *count = array_length(list);
  char **out = base_alloc_zeroed((*count + 1) * sizeof(char *));
  for (u32 i = 0; i < *count; i++) {
    size_t size;
    String *s = value_is_string(list_get(list, i)) ? value_string(list_get(list, i)) : NULL;
    out[i] = s ? str_to_utf8(iso, s, &size) : NULL;
    if (out[i]) continue;
    for (u32 k = 0; k < i; k++) base_free(out[k]);
    base_free(out);
    return iso->exception ? NULL : THROW(iso, TYPE, "A string was expected");
  }
  return (const char *const *)out;
}

static NodeWorkerOptions *read_options(Isolate *iso, const Call *call) {
  NodeWorkerOptions *o = base_alloc_zeroed(sizeof *o);
  o->node = *node_of(iso)->options;
  o->heap = host_of(iso)->config_heap_limit;
  i32 kind;
  size_t size;
  bool ok = binding_int(iso, call_arg(call, 2), &kind);
  String *label = ok && value_is_string(call_arg(call, 3)) ? value_string(call_arg(call, 3)) : NULL;
  String *text = value_is_string(call_arg(call, 4)) ? value_string(call_arg(call, 4)) : NULL;
  ok = ok && label && (o->label = str_to_utf8(iso, label, &size)) && (!text || (o->text = str_to_utf8(iso, text, &o->text_size)));
  o->kind = (NodeWorkerKind)kind;
  ok = ok && (o->requires = copy_strings(iso, call_arg(call, 7), &o->node.require_count)) &&
       (o->conditions = copy_strings(iso, call_arg(call, 8), &o->node.condition_count));
  o->node.requires = o->requires;
  o->node.conditions = o->conditions;
  if (ok) return o;
  node_worker_options_free(o);
  if (iso->exception == VALUE_EMPTY) THROW(iso, TYPE, "A string was expected");
  return NULL;
}

// create(name, limits, kind, label, text | undefined, data, transferList, requires, conditions, owner): a handle
static Value create(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  WorkerLimits limits;
  TRY(read_limits(iso, call_arg(call, 1), &limits));
  JSObject *transfer = TRY(create_list_from_array_like(iso, call_arg(call, 6)));
  Message *data = TRY(clone_serialize(iso, call_arg(call, 5), list_values(transfer), array_length(transfer)));
  NodeWorkerOptions *options = read_options(iso, call);
  if (!options) {
    message_free(data);
    return VALUE_FAIL;
  }
  Worker *worker = worker_new(host_of(iso), &node_worker_calls, name, &limits);
  if (!worker) {
    message_free(data);
    node_worker_options_free(options);
    return throw_out_of_memory(iso), VALUE_FAIL;
  }
  worker->data = data;
  worker->options = options;
  worker->free_options = node_worker_options_free;
  JSHostObject *handle = host_object_new(iso, &handle_class, VALUE_NULL, NULL);
  if (!handle) {
    worker_release(worker);
    return VALUE_FAIL;
  }
  handle->data = worker;
  slot_set(iso, handle, &handle->values[0], call_arg(call, 9));
  gc_register_finalizer(heap_of(iso), &handle->object.cell);
  return value_from_object(handle);
}

// start(handle): whether there is a thread
static Value start(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  if (worker->state != WORKER_NEW) return VALUE_TRUE;
  worker->object = call_arg(call, 0);
  if (worker_start(worker)) return VALUE_TRUE;
  worker->object = VALUE_EMPTY;
  return VALUE_FALSE;
}

static Value stop(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  if (worker->state == WORKER_STARTED) worker_stop(worker);
  return VALUE_UNDEFINED;
}

// reference(handle, on)
static Value reference(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  worker_reference(worker, call_arg(call, 1) == VALUE_TRUE);
  return VALUE_UNDEFINED;
}

static Value number_of(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  return value_from_int((i32)worker->thread_id);
}

static Value two_ports(Isolate *iso, Port *a, Port *b) {
  Value first = node_port_wrap(iso, a);
  if (!first) {
    port_release(b);
    return VALUE_FAIL;
  }
  Value pair[] = {first, TRY(node_port_wrap(iso, b))};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

// ports(handle): the parent's ends [messages, control]
static Value ports(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  return two_ports(iso, port_retain(worker->port), port_retain(worker->control));
}

// idleTime(handle): milliseconds that the worker's loop has slept; -1: it has no loop
static Value idle_time(Isolate *iso, const Call *call) {
  Worker *worker = TRY(worker_of(iso, call_arg(call, 0)));
  mutex_lock(&worker->mutex);
  double ms = worker->child ? (double)atomic_load_explicit(&worker->child->loop.idle_ns, memory_order_relaxed) / 1e6 : -1;
  mutex_unlock(&worker->mutex);
  return value_from_double(ms);
}

// ---- In the worker ----

// facts(): [thread id, name, limits..., is a worker]
static Value facts(Isolate *iso, const Call *call) {
  (void)call;
  const Host *host = host_of(iso);
  const Worker *self = host->self;
  WorkerLimits none = {-1, -1, -1, -1}, limits = self ? self->limits : none;
  Value values[] = {value_from_int((i32)host->thread_id), TRY(binding_string(iso, self ? self->name : "")),
                    value_from_double(limits.max_young_generation_mb), value_from_double(limits.max_old_generation_mb),
                    value_from_double(limits.code_range_mb), value_from_double(limits.stack_mb), value_from_bool(self != NULL)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// takePorts(): [parentPort, control] once, then undefined
static Value take_ports(Isolate *iso, const Call *call) {
  (void)call;
  Worker *self = host_of(iso)->self;
  if (!self || !self->child_port) return VALUE_UNDEFINED;
  Port *port = self->child_port, *control = self->child_control;
  self->child_port = self->child_control = NULL;
  return two_ports(iso, port, control);
}

// takeData(): what the parent gave, once
static Value take_data(Isolate *iso, const Call *call) {
  (void)call;
  Worker *self = host_of(iso)->self;
  if (!self || !self->data) return VALUE_UNDEFINED;
  Message *data = self->data;
  self->data = NULL;
  Value v = clone_deserialize(iso, data, NULL);
  message_free(data);
  return v;
}

// ---- Between any threads ----

typedef struct ThreadMail {
  LoopMessage base;
  u32 from;
  Message *message;
} ThreadMail;

static void mail_arrived(Host *host, LoopMessage *base) {
  ThreadMail *mail = (ThreadMail *)base;
  if (host && host->node) {
    Isolate *iso = host->iso;
    NodeState *node = host->node;
    node->async_context = VALUE_UNDEFINED;
    Value f = node_builtin_export(iso, "internal/worker/messaging", "receiveMail");
    Value v = f ? clone_deserialize(iso, mail->message, NULL) : VALUE_FAIL;
    if (!v || !CALL2(iso, f, VALUE_UNDEFINED, value_from_int((i32)mail->from), v)) (void)host_report_pending(host);
  }
  message_free(mail->message);
  base_free(mail);
}

// postToThread(id, value, transferList): whether there is such a thread
static Value post_to_thread(Isolate *iso, const Call *call) {
  i32 id;
  TRY(binding_int(iso, call_arg(call, 0), &id));
  JSObject *transfer = TRY(create_list_from_array_like(iso, call_arg(call, 2)));
  Message *message = TRY(clone_serialize(iso, call_arg(call, 1), list_values(transfer), array_length(transfer)));
  ThreadMail *mail = base_alloc(sizeof *mail);
  *mail = (ThreadMail){.base.run = mail_arrived, .from = host_of(iso)->thread_id, .message = message};
  if (thread_registry_post((u32)id, &mail->base)) return VALUE_TRUE;
  message_free(message);
  base_free(mail);
  return VALUE_FALSE;
}

static const NativeMethod methods[] = {
  {"create", create, 10, 0},
  {"start", start, 1, 0},
  {"stop", stop, 1, 0},
  {"reference", reference, 2, 0},
  {"threadId", number_of, 1, 0},
  {"ports", ports, 1, 0},
  {"idleTime", idle_time, 1, 0},
  {"facts", facts, 0, 0},
  {"takePorts", take_ports, 0, 0},
  {"takeData", take_data, 0, 0},
  {"postToThread", post_to_thread, 3, 0},
};
const NodeBinding node_binding_worker = {"worker", methods, ARRAY_LEN(methods), NULL};
