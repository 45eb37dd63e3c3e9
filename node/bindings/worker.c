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

Worker *node_worker_of(Isolate *iso, Value v) {
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
  double *const fields[] = {&limits->max_young_generation_mb, &limits->max_old_generation_mb, &limits->code_range_mb,
                            &limits->stack_mb};
  JSObject *list = value_is_undefined(v) ? NULL : TRY(create_list_from_array_like(iso, v));
  for (u32 i = 0; i < ARRAY_LEN(fields); i++) {
    Value n = list && i < array_length(list) ? list_get(list, i) : VALUE_UNDEFINED;
    *fields[i] = value_is_number(n) ? value_number(n) : -1;
  }
  return true;
}

// base_free'd by node_worker_options_free. Nothing when v is undefined.
static bool copy_strings(Isolate *iso, Value v, const char *const **list_out, u32 *count) {
  if (value_is_undefined(v)) return true;
  JSObject *list = TRY(create_list_from_array_like(iso, v));
  u32 length = array_length(list);
  char **out = base_alloc_zeroed((length + 1) * sizeof(char *));
  *list_out = (const char *const *)out;
  *count = length;
  for (u32 i = 0; i < length; i++) {
    if (!value_is_string(list_get(list, i))) return THROW(iso, TYPE, "A string was expected") != NULL;
    size_t size;
    out[i] = TRY(str_to_utf8(iso, value_string(list_get(list, i)), &size));
  }
  return true;
}

// What lib/internal/worker.js found in execArgv, as bits.
enum {
  FLAG_NO_WARNINGS = 1,
  FLAG_NO_DEPRECATION = 2,
  FLAG_TRACE_DEPRECATION = 4,
  FLAG_THROW_DEPRECATION = 8,
  FLAG_TRACE_UNCAUGHT = 16,
  FLAG_PRESERVE_SYMLINKS = 32,
  FLAG_ENABLE_SOURCE_MAPS = 64,
};

static void set_flags(NodeOptions *o, i32 flags) {
  o->no_warnings = flags & FLAG_NO_WARNINGS;
  o->no_deprecation = flags & FLAG_NO_DEPRECATION;
  o->trace_deprecation = flags & FLAG_TRACE_DEPRECATION;
  o->throw_deprecation = flags & FLAG_THROW_DEPRECATION;
  o->trace_uncaught = flags & FLAG_TRACE_UNCAUGHT;
  o->preserve_symlinks = flags & FLAG_PRESERVE_SYMLINKS;
  o->enable_source_maps = flags & FLAG_ENABLE_SOURCE_MAPS;
}

enum { ENVIRONMENT_COPY, ENVIRONMENT_SHARED };

static bool read_environment(Isolate *iso, Value v, NodeWorkerOptions *o) {
  ThreadEnv *ours = node_of(iso)->environment;
  if (value_is_int(v) || value_is_undefined(v)) {
    o->environment = v == value_from_int(ENVIRONMENT_SHARED) ? thread_env_retain(ours) : thread_env_copy(ours);
    return true;
  }
  const char *const *pairs = NULL;
  u32 count = 0;
  bool ok = copy_strings(iso, v, &pairs, &count);
  if (ok) o->environment = thread_env_new(pairs, count);
  node_free_strings(pairs, count);
  return ok;
}

// [environment, argv, execArgv, requires, imports, conditions, unhandled rejections, flags]: from execArgv on only if it was given.
enum { SET_ENVIRONMENT, SET_ARGV, SET_EXEC_ARGV, SET_REQUIRES, SET_IMPORTS, SET_CONDITIONS, SET_REJECTIONS, SET_FLAGS };
static bool read_settings(Isolate *iso, Value v, NodeWorkerOptions *o) {
  JSObject *list = value_is_undefined(v) ? NULL : TRY(create_list_from_array_like(iso, v));
  u32 count = list ? array_length(list) : 0;
  TRY(read_environment(iso, count > SET_ENVIRONMENT ? list_get(list, SET_ENVIRONMENT) : VALUE_UNDEFINED, o));
  NodeOptions *n = &o->node;
  n->arg_count = 0;
  if (count > SET_ARGV) TRY(copy_strings(iso, list_get(list, SET_ARGV), &o->args, &n->arg_count));
  n->args = o->args;
  if (count <= SET_FLAGS) return true;
  n->require_count = n->env_file_count = n->import_count = n->condition_count = n->exec_arg_count = 0;
  TRY(copy_strings(iso, list_get(list, SET_EXEC_ARGV), &o->exec_args, &n->exec_arg_count));
  TRY(copy_strings(iso, list_get(list, SET_REQUIRES), &o->requires, &n->require_count));
  TRY(copy_strings(iso, list_get(list, SET_IMPORTS), &o->imports, &n->import_count));
  TRY(copy_strings(iso, list_get(list, SET_CONDITIONS), &o->conditions, &n->condition_count));
  n->exec_args = o->exec_args;
  n->requires = o->requires;
  n->imports = o->imports;
  n->conditions = o->conditions;
  Value mode = list_get(list, SET_REJECTIONS);
  size_t size;
  if (value_is_string(mode)) o->unhandled_rejections = TRY(str_to_utf8(iso, value_string(mode), &size));
  n->unhandled_rejections = o->unhandled_rejections;
  i32 flags;
  TRY(binding_int(iso, list_get(list, SET_FLAGS), &flags));
  set_flags(n, flags);
  return true;
}

static bool read_program(Isolate *iso, const Call *call, NodeWorkerOptions *o) {
  i32 kind;
  size_t size;
  TRY(binding_int(iso, call_arg(call, 2), &kind));
  if (kind < 0 || kind > NODE_WORKER_WEB_MODULE || !value_is_string(call_arg(call, 3))) {
    return THROW(iso, TYPE, "A program was expected") != NULL;
  }
  o->kind = (NodeWorkerKind)kind;
  o->label = TRY(str_to_utf8(iso, value_string(call_arg(call, 3)), &size));
  if (value_is_string(call_arg(call, 4))) o->text = TRY(str_to_utf8(iso, value_string(call_arg(call, 4)), &o->text_size));
  return true;
}

static NodeWorkerOptions *read_options(Isolate *iso, const Call *call) {
  NodeWorkerOptions *o = base_alloc_zeroed(sizeof *o);
  o->node = *node_of(iso)->options;
  o->heap = host_of(iso)->config_heap_limit;
  if (read_program(iso, call, o) && read_settings(iso, call_arg(call, 7), o)) return o;
  node_worker_options_free(o);
  return NULL;
}

// What the worker reads first; *data NULL: nothing.
static bool serialize_data(Isolate *iso, Value v, Value transfer_list, Message **data) {
  *data = NULL;
  if (value_is_undefined(v)) return true;
  JSObject *transfer = value_is_undefined(transfer_list) ? NULL : TRY(create_list_from_array_like(iso, transfer_list));
  *data = TRY(clone_serialize(iso, v, transfer ? list_values(transfer) : NULL, transfer ? array_length(transfer) : 0));
  return true;
}

// create(name, limits | undefined, kind, label, text | undefined, data | undefined, transferList | undefined, settings | undefined, owner,
// whether files that it leaves open are closed): a handle
static Value create(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_utf8(iso, call_arg(call, 0), NULL));
  WorkerLimits limits;
  TRY(read_limits(iso, call_arg(call, 1), &limits));
  NodeWorkerOptions *options = TRY(read_options(iso, call));
  Message *data;
  if (!serialize_data(iso, call_arg(call, 5), call_arg(call, 6), &data)) {
    node_worker_options_free(options);
    return VALUE_FAIL;
  }
  Worker *worker = worker_new(host_of(iso), &node_worker_calls, name, &limits);
  if (!worker) {
    if (data) message_free(data);
    node_worker_options_free(options);
    return throw_out_of_memory(iso), VALUE_FAIL;
  }
  worker->data = data;
  options->leaves_files_open = call_arg(call, 9) == VALUE_FALSE;
  worker->options = options;
  worker->free_options = node_worker_options_free;
  JSHostObject *handle = host_object_new(iso, &handle_class, VALUE_NULL, NULL);
  if (!handle) {
    worker_release(worker);
    return VALUE_FAIL;
  }
  handle->data = worker;
  slot_set(iso, handle, &handle->values[0], call_arg(call, 8));
  return value_from_object(handle);
}

// setUp(online, mail, ended): lib's functions; each gets the owner first
static Value set_up(Isolate *iso, const Call *call) {
  NodeState *node = node_of(iso);
  node->callbacks[CALLBACK_WORKER_ONLINE] = call_arg(call, 0);
  node->callbacks[CALLBACK_WORKER_MAIL] = call_arg(call, 1);
  node->callbacks[CALLBACK_WORKER_ENDED] = call_arg(call, 2);
  return VALUE_UNDEFINED;
}

// start(handle): whether there is a thread
static Value start(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  if (worker->state != WORKER_NEW) return VALUE_TRUE;
  worker->object = call_arg(call, 0);
  if (worker_start(worker)) return VALUE_TRUE;
  worker->object = VALUE_EMPTY;
  return VALUE_FALSE;
}

static Value stop(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  if (worker->state == WORKER_STARTED) worker_stop(worker);
  return VALUE_UNDEFINED;
}

// reference(handle, on)
static Value reference(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  worker_reference(worker, call_arg(call, 1) == VALUE_TRUE);
  return VALUE_UNDEFINED;
}

static Value number_of(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  return value_from_int((i32)worker->thread_id);
}

// port(handle): the parent's end
static Value port_of_handle(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  return node_port_wrap(iso, port_retain(worker->port));
}

// idleTime(handle): milliseconds that the worker's loop has slept; -1: it has no loop
static Value idle_time(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  mutex_lock(&worker->mutex);
  double ms = worker->child ? (double)loop_idle_ns(&worker->child->loop) / 1e6 : -1;
  mutex_unlock(&worker->mutex);
  return value_from_double(ms);
}

// ---- In the worker ----

// facts(): [thread id, name, limits..., is a worker, whether NODE_OPTIONS say something]
static Value facts(Isolate *iso, const Call *call) {
  (void)call;
  const Host *host = host_of(iso);
  const Worker *self = host->self;
  WorkerLimits none = {-1, -1, -1, -1}, limits = self ? self->limits : none;
  Value values[] = {value_from_int((i32)host->thread_id),
                    TRY(binding_string(iso, self ? self->name : "")),
                    value_from_double(limits.max_young_generation_mb),
                    value_from_double(limits.max_old_generation_mb),
                    value_from_double(limits.code_range_mb),
                    value_from_double(limits.stack_mb),
                    value_from_bool(self != NULL),
                    value_from_bool(node_of(iso)->options->has_node_options)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// takePort(): parentPort once, then undefined
static Value take_port(Isolate *iso, const Call *call) {
  (void)call;
  Worker *self = host_of(iso)->self;
  if (!self || !self->child_port) return VALUE_UNDEFINED;
  Port *port = self->child_port;
  self->child_port = NULL;
  return node_port_wrap(iso, port);
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

// holdLoop(on): whether the loop stays alive for lib's sake
static Value hold_loop(Isolate *iso, const Call *call) {
  if (call_arg(call, 0) == VALUE_TRUE) loop_reference(&host_of(iso)->loop);
  else loop_unreference(&host_of(iso)->loop);
  return VALUE_UNDEFINED;
}

// ---- Between a worker and its parent ----

typedef struct WorkerMail {
  LoopMessage base;
  Worker *worker; // a reference
  Message *message;
} WorkerMail;

static void mail_free(WorkerMail *mail) {
  worker_release(mail->worker);
  message_free(mail->message);
  base_free(mail);
}

static WorkerMail *mail_new(Isolate *iso, Worker *worker, Value v, void (*run)(Host *host, LoopMessage *message)) {
  Message *message = TRY(clone_serialize(iso, v, NULL, 0));
  WorkerMail *mail = base_alloc(sizeof *mail);
  *mail = (WorkerMail){.base.run = run, .worker = worker_retain(worker), .message = message};
  return mail;
}

static void arrived_at_parent(Host *parent, LoopMessage *base) {
  WorkerMail *mail = (WorkerMail *)base;
  if (parent && parent->node && value_is_object(mail->worker->object)) {
    Isolate *iso = parent->iso;
    NodeState *node = parent->node;
    node->async_context = VALUE_UNDEFINED;
    Value owner = slot_get(&((JSHostObject *)value_object(mail->worker->object))->values[0]);
    Value v = clone_deserialize(iso, mail->message, NULL);
    if (!v || !CALL2(iso, node->callbacks[CALLBACK_WORKER_MAIL], VALUE_UNDEFINED, owner, v)) (void)host_report_pending(parent);
  }
  mail_free(mail);
}

static void arrived_at_child(Host *host, LoopMessage *base) {
  WorkerMail *mail = (WorkerMail *)base;
  if (host && host->node) {
    Isolate *iso = host->iso;
    NodeState *node = host->node;
    node->async_context = VALUE_UNDEFINED;
    Value f = node_builtin_export(iso, "internal/worker/child", "receive");
    Value v = f ? clone_deserialize(iso, mail->message, NULL) : VALUE_FAIL;
    if (!v || !CALL1(iso, f, VALUE_UNDEFINED, v)) (void)host_report_pending(host);
  }
  mail_free(mail);
}

bool node_tell_parent(Isolate *iso, Value v) {
  Worker *self = host_of(iso)->self;
  if (!self) return true;
  WorkerMail *mail = TRY(mail_new(iso, self, v, arrived_at_parent));
  worker_post_to_parent(self, &mail->base);
  return true;
}

// tellParent(value)
static Value tell_parent(Isolate *iso, const Call *call) {
  TRY(node_tell_parent(iso, call_arg(call, 0)));
  return VALUE_UNDEFINED;
}

// tellWorker(handle, value): whether its isolate is there
static Value tell_worker(Isolate *iso, const Call *call) {
  Worker *worker = TRY(node_worker_of(iso, call_arg(call, 0)));
  WorkerMail *mail = TRY(mail_new(iso, worker, call_arg(call, 1), arrived_at_child));
  if (worker_post_to_child(worker, &mail->base)) return VALUE_TRUE;
  mail_free(mail);
  return VALUE_FALSE;
}

// ---- Between any threads ----

typedef struct ThreadMail {
  LoopMessage base;
  u32 from;
  i32 number;       // the sender waits for an answer to it; 0: nobody waits
  Message *message; // NULL: the answer to `number` will not come
} ThreadMail;

static ThreadMail *thread_mail_new(u32 from, i32 number, Message *message, void (*run)(Host *host, LoopMessage *message)) {
  ThreadMail *mail = base_alloc(sizeof *mail);
  *mail = (ThreadMail){.base.run = run, .from = from, .number = number, .message = message};
  return mail;
}

static void thread_mail_free(ThreadMail *mail) {
  if (mail->message) message_free(mail->message);
  base_free(mail);
}

static void failure_arrived(Host *host, LoopMessage *base) {
  ThreadMail *mail = (ThreadMail *)base;
  if (host && host->node) {
    ((NodeState *)host->node)->async_context = VALUE_UNDEFINED;
    Isolate *iso = host->iso;
    Value f = node_builtin_export(iso, "internal/worker/messaging", "receiveFailure");
    if (!f || !CALL1(iso, f, VALUE_UNDEFINED, value_from_int(mail->number))) (void)host_report_pending(host);
  }
  thread_mail_free(mail);
}

// The isolate ends, or ended while it looked at the mail: nobody will answer.
static void tell_sender_of_failure(const ThreadMail *mail) {
  ThreadMail *failure = thread_mail_new(0, mail->number, NULL, failure_arrived);
  if (!thread_registry_post(mail->from, &failure->base)) thread_mail_free(failure);
}

static void mail_arrived(Host *host, LoopMessage *base) {
  ThreadMail *mail = (ThreadMail *)base;
  bool answered = false;
  if (host && host->node) {
    Isolate *iso = host->iso;
    NodeState *node = host->node;
    node->async_context = VALUE_UNDEFINED;
    Value f = node_builtin_export(iso, "internal/worker/messaging", "receiveMail");
    Value v = f ? clone_deserialize(iso, mail->message, NULL) : VALUE_FAIL;
    answered = v && CALL2(iso, f, VALUE_UNDEFINED, value_from_int((i32)mail->from), v);
    if (!answered) (void)host_report_pending(host);
  }
  if (!answered && mail->number) tell_sender_of_failure(mail);
  thread_mail_free(mail);
}

// postToThread(id, value, transferList, number | 0): whether there is such a thread. number: internal/worker/messaging will get an answer to it,
// or hear that none will come.
static Value post_to_thread(Isolate *iso, const Call *call) {
  i32 id, number;
  TRY(binding_int(iso, call_arg(call, 0), &id));
  TRY(binding_int(iso, call_arg(call, 3), &number));
  JSObject *transfer = TRY(create_list_from_array_like(iso, call_arg(call, 2)));
  Message *message = TRY(clone_serialize(iso, call_arg(call, 1), list_values(transfer), array_length(transfer)));
  ThreadMail *mail = thread_mail_new(host_of(iso)->thread_id, number, message, mail_arrived);
  if (thread_registry_post((u32)id, &mail->base)) return VALUE_TRUE;
  thread_mail_free(mail);
  return VALUE_FALSE;
}

static const NativeMethod methods[] = {
    {"setUp", set_up, 3, 0},
    {"create", create, 10, 0},
    {"start", start, 1, 0},
    {"stop", stop, 1, 0},
    {"reference", reference, 2, 0},
    {"threadId", number_of, 1, 0},
    {"port", port_of_handle, 1, 0},
    {"idleTime", idle_time, 1, 0},
    {"facts", facts, 0, 0},
    {"takePort", take_port, 0, 0},
    {"takeData", take_data, 0, 0},
    {"holdLoop", hold_loop, 1, 0},
    {"tellParent", tell_parent, 1, 0},
    {"tellWorker", tell_worker, 2, 0},
    {"postToThread", post_to_thread, 4, 0},
};
const NodeBinding node_binding_worker = {"worker", methods, ARRAY_LEN(methods), NULL};
