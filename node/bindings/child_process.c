// SPDX-License-Identifier: MIT
// Starting processes: in the background on the isolate's loop (spawn), or on a loop of its own until the process ends (spawnSync).
// Tests: tests/node/child_process/.
#include <signal.h>

#include "node/bindings/stream_wrap.h"

typedef struct Child {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent object; // values[0]: onExit(status, signal)
  bool closing;
  uv_process_t uv;
} Child;

static const HostClass child_class = {.name = "Process"};

// ---- What both forms are told ----

typedef struct SpawnArguments {
  Arena arena;
  uv_process_options_t uv;
} SpawnArguments;

// Copies a text into the arena. NULL: TypeError.
static char *copy_text(Isolate *iso, Arena *arena, Value v) {
  const char *text = TRY(binding_path(iso, v));
  size_t size = strlen(text) + 1;
  char *copy = arena_alloc(arena, size);
  memcpy(copy, text, size);
  return copy;
}

static char **copy_list(Isolate *iso, Arena *arena, Value v) {
  if (!value_is_kind(v, KIND_ARRAY)) return THROW(iso, TYPE, "An array was expected");
  u32 count = array_length(value_object(v));
  char **list = ARENA_ARRAY(arena, char *, (size_t)count + 1);
  for (u32 i = 0; i < count; i++) {
    Value text = TRY(get_v(iso, v, key_from_index(i)));
    list[i] = TRY(copy_text(iso, arena, text));
  }
  return list;
}

enum { ARG_FILE, ARG_ARGS, ARG_ENV, ARG_CWD, ARG_FLAGS, ARG_UID, ARG_GID, ARG_STDIO, ARG_FIRST_OWN };
enum { SPAWN_DETACHED = 1, SPAWN_SET_UID = 2, SPAWN_SET_GID = 4 };

// (file, args, env | undefined, cwd | undefined, flags, uid, gid, stdio, ...)
static bool read_arguments(Isolate *iso, const Call *call, SpawnArguments *a) {
  i32 flags, uid, gid;
  a->uv.file = TRY(copy_text(iso, &a->arena, call_arg(call, ARG_FILE)));
  a->uv.args = TRY(copy_list(iso, &a->arena, call_arg(call, ARG_ARGS)));
  if (!value_is_undefined(call_arg(call, ARG_ENV))) a->uv.env = TRY(copy_list(iso, &a->arena, call_arg(call, ARG_ENV)));
  if (!value_is_undefined(call_arg(call, ARG_CWD))) a->uv.cwd = TRY(copy_text(iso, &a->arena, call_arg(call, ARG_CWD)));
  TRY(binding_int(iso, call_arg(call, ARG_FLAGS), &flags));
  TRY(binding_int(iso, call_arg(call, ARG_UID), &uid));
  TRY(binding_int(iso, call_arg(call, ARG_GID), &gid));
  if (flags & SPAWN_DETACHED) a->uv.flags |= UV_PROCESS_DETACHED;
  if (flags & SPAWN_SET_UID) a->uv.flags |= UV_PROCESS_SETUID;
  if (flags & SPAWN_SET_GID) a->uv.flags |= UV_PROCESS_SETGID;
  a->uv.uid = (uv_uid_t)uid;
  a->uv.gid = (uv_gid_t)gid;
  Value stdio = call_arg(call, ARG_STDIO);
  if (!value_is_kind(stdio, KIND_ARRAY)) return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "An array was expected");
  a->uv.stdio_count = (int)MIN(array_length(value_object(stdio)), 1024u);
  a->uv.stdio = ARENA_ARRAY(&a->arena, uv_stdio_container_t, (size_t)a->uv.stdio_count + 1);
  return true;
}

static bool set_descriptor(Isolate *iso, Value v, uv_stdio_container_t *container) {
  if (value_is_null(v)) {
    container->flags = UV_IGNORE;
    return true;
  }
  container->flags = UV_INHERIT_FD;
  return binding_int(iso, v, &container->data.fd);
}

// ---- In the background ----

static void on_child_closed(uv_handle_t *handle) {
  Child *child = handle->data;
  ((JSHostObject *)(uintptr_t)child->object.word)->data = NULL;
  gc_persistent_clear(&child->object);
  base_free(child);
}

static void child_close(Child *child) {
  if (child->closing) return;
  child->closing = true;
  uv_close((uv_handle_t *)&child->uv, on_child_closed);
}

// null, or the number: lib knows the names.
static Value signal_value(int signal) { return signal ? value_from_int(signal) : VALUE_NULL; }

static void on_exit_of_child(uv_process_t *process, int64_t status, int signal) {
  Child *child = process->data;
  Host *host = child->host;
  Isolate *iso = host->iso;
  Value f = slot_get(&((JSHostObject *)(uintptr_t)child->object.word)->values[0]);
  child_close(child);
  if (iso->terminating || !value_is_callable(f)) return;
  if (!CALL2(iso, f, VALUE_UNDEFINED, value_from_double((double)status), signal_value(signal))) (void)host_report_pending(host);
  loop_drain(host);
}

static bool set_stdio(Isolate *iso, Value list, uv_process_options_t *options) {
  for (i32 i = 0; i < options->stdio_count; i++) {
    Value v = TRY(get_v(iso, list, key_from_index((u32)i)));
    if (!node_is_stream(v)) {
      TRY(set_descriptor(iso, v, &options->stdio[i]));
      continue;
    }
    options->stdio[i].flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE;
    NodeStream *stream = TRY(node_stream_of(iso, v));
    if (stream->uv.handle.type != UV_NAMED_PIPE) return THROW(iso, TYPE, "A pipe was expected"), false;
    options->stdio[i].data.stream = &stream->uv.stream;
  }
  return true;
}

static Value start_child(Isolate *iso, const Call *call, SpawnArguments *a) {
  Host *host = host_of(iso);
  TRY(read_arguments(iso, call, a));
  TRY(set_stdio(iso, call_arg(call, ARG_STDIO), &a->uv));
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The event loop cannot be made");
  JSHostObject *object = TRY(host_object_new(iso, &child_class, VALUE_NULL, NULL));
  slot_set(iso, object, &object->values[0], call_arg(call, ARG_FIRST_OWN));
  Child *child = base_alloc_zeroed(sizeof *child);
  child->on_closed = on_child_closed;
  child->host = host;
  child->uv.data = child;
  a->uv.exit_cb = on_exit_of_child;
  gc_persistent_init(heap_of(iso), &child->object, value_bits(value_from_object(object)));
  object->data = child;
  fflush(stdout);
  int error = uv_spawn(loop, &child->uv, &a->uv);
  if (!error) return value_from_object(object);
  child_close(child);
  return value_from_int(error);
}

// spawn(..., stdio: (null | fd | pipe)[], onExit): a handle, or an error
static Value child_spawn(Isolate *iso, const Call *call) {
  SpawnArguments a = {0};
  arena_init(&a.arena);
  Value v = start_child(iso, call, &a);
  arena_free(&a.arena);
  return v;
}

// NULL: it is gone.
static Child *child_of(const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &child_class) return NULL;
  return ((JSHostObject *)value_object(v))->data;
}

static Value child_pid(Isolate *iso, const Call *call) {
  (void)iso;
  const Child *child = child_of(call);
  return value_from_int(child ? child->uv.pid : 0);
}

static Value child_kill(Isolate *iso, const Call *call) { // handle, signal: 0 or an error
  i32 signal;
  Child *child = child_of(call);
  TRY(binding_int(iso, call_arg(call, 1), &signal));
  return value_from_int(child && !child->closing ? uv_process_kill(&child->uv, signal) : UV_ESRCH);
}

static Value child_reference(Isolate *iso, const Call *call) { // handle, whether it keeps the loop alive
  (void)iso;
  Child *child = child_of(call);
  if (!child) return VALUE_UNDEFINED;
  if (call_arg(call, 1) == VALUE_TRUE) uv_ref((uv_handle_t *)&child->uv);
  else uv_unref((uv_handle_t *)&child->uv);
  return VALUE_UNDEFINED;
}

// ---- Until it ends ----

typedef struct SyncPipe {
  struct SyncRun *run;
  bool is_open, is_output;
  uv_pipe_t uv;
  uv_write_t write;
  uv_shutdown_t shutdown;
  char *input;
  size_t input_size;
  VEC(char) output;
  char buffer[65536];
} SyncPipe;

typedef struct SyncRun {
  Isolate *iso;
  uv_loop_t loop;
  uv_process_t process;
  uv_timer_t timer, watch;
  bool has_timers, is_process_open, is_killed, has_ended;
  i32 kill_signal;
  double max_buffer, buffered; // bytes; max 0: no limit
  int error, pipe_error;
  i64 status;
  int signal;
  SyncPipe *pipes; // one for each of stdio
  u32 pipe_count;
} SyncRun;

static void sync_close(uv_handle_t *handle, bool *is_open) {
  if (!*is_open) return;
  *is_open = false;
  uv_close(handle, NULL);
}

static void sync_close_pipes(SyncRun *run) {
  for (u32 i = 0; i < run->pipe_count; i++) sync_close((uv_handle_t *)&run->pipes[i].uv, &run->pipes[i].is_open);
}

static void sync_close_timers(SyncRun *run) {
  if (!run->has_timers) return;
  run->has_timers = false;
  uv_close((uv_handle_t *)&run->timer, NULL);
  uv_close((uv_handle_t *)&run->watch, NULL);
}

static void sync_kill(SyncRun *run, int error, int signal) {
  if (run->is_killed) return;
  run->is_killed = true;
  if (!run->error) run->error = error;
  sync_close_pipes(run);
  sync_close_timers(run);
  if (run->is_process_open && uv_process_kill(&run->process, signal) < 0) (void)uv_process_kill(&run->process, SIGKILL);
}

static void sync_timed_out(uv_timer_t *timer) {
  SyncRun *run = timer->data;
  sync_kill(run, UV_ETIMEDOUT, run->kill_signal);
}

// A thread that is to end does not wait for a process.
static void sync_look_around(uv_timer_t *timer) {
  SyncRun *run = timer->data;
  if (atomic_load(&run->iso->interrupts) & INTERRUPT_TERMINATE) sync_kill(run, UV_ECANCELED, SIGKILL);
}

static void sync_exited(uv_process_t *process, int64_t status, int signal) {
  SyncRun *run = process->data;
  run->has_ended = true;
  run->status = status;
  run->signal = signal;
  sync_close((uv_handle_t *)process, &run->is_process_open);
  sync_close_timers(run);
}

static void sync_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  SyncPipe *pipe = handle->data;
  (void)suggested;
  *buffer = uv_buf_init(pipe->buffer, sizeof pipe->buffer);
}

static void sync_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer) {
  SyncPipe *pipe = stream->data;
  SyncRun *run = pipe->run;
  if (n < 0) {
    if (n != UV_EOF && !run->pipe_error) run->pipe_error = (int)n;
    sync_close((uv_handle_t *)stream, &pipe->is_open);
    return;
  }
  if (n == 0) return;
  memcpy(vec_extend(&pipe->output, n), buffer->base, (size_t)n);
  run->buffered += (double)n;
  if (run->max_buffer > 0 && run->buffered > run->max_buffer) sync_kill(run, UV_ENOBUFS, run->kill_signal);
}

static void sync_shut(uv_shutdown_t *request, int status) {
  SyncPipe *pipe = request->handle->data;
  (void)status;
  if (!pipe->is_output) sync_close((uv_handle_t *)&pipe->uv, &pipe->is_open);
}

// A process that does not read what it is given is no error of ours.
static void sync_written(uv_write_t *request, int status) {
  SyncPipe *pipe = request->handle->data;
  if (status < 0 && status != UV_EPIPE && status != UV_ECANCELED && !pipe->run->pipe_error) pipe->run->pipe_error = status;
}

static bool sync_set_stdio(SyncRun *run, Value list, uv_process_options_t *options, Arena *arena) {
  Isolate *iso = run->iso;
  run->pipes = ARENA_ARRAY(arena, SyncPipe, (size_t)options->stdio_count + 1);
  run->pipe_count = (u32)options->stdio_count;
  for (u32 i = 0; i < run->pipe_count; i++) {
    SyncPipe *pipe = &run->pipes[i];
    Value v = TRY(get_v(iso, list, key_from_index(i)));
    if (!value_is_kind(v, KIND_ARRAY)) {
      TRY(set_descriptor(iso, v, &options->stdio[i]));
      continue;
    }
    Value input = TRY(get_v(iso, v, key_from_index(0)));
    Value is_output = TRY(get_v(iso, v, key_from_index(1)));
    pipe->run = run;
    pipe->is_output = is_output == VALUE_TRUE;
    if (!value_is_undefined(input)) {
      const char *bytes = TRY(binding_utf8(iso, input, &pipe->input_size));
      pipe->input = arena_alloc(arena, pipe->input_size + 1);
      memcpy(pipe->input, bytes, pipe->input_size);
    }
    pipe->uv.data = pipe;
    (void)uv_pipe_init(&run->loop, &pipe->uv, 0);
    pipe->is_open = true;
    options->stdio[i].flags = UV_CREATE_PIPE | (pipe->is_output ? UV_WRITABLE_PIPE : UV_READABLE_PIPE);
    options->stdio[i].data.stream = (uv_stream_t *)&pipe->uv;
  }
  return true;
}

static void sync_start_pipe(SyncPipe *pipe) {
  if (!pipe->is_open) return;
  uv_stream_t *stream = (uv_stream_t *)&pipe->uv;
  int error = 0;
  if (pipe->is_output) {
    error = uv_read_start(stream, sync_alloc, sync_read);
  } else {
    uv_buf_t buffer = uv_buf_init(pipe->input, (unsigned)MIN(pipe->input_size, (size_t)UINT32_MAX));
    if (pipe->input_size) error = uv_write(&pipe->write, stream, &buffer, 1, sync_written);
    if (!error) error = uv_shutdown(&pipe->shutdown, stream, sync_shut);
  }
  if (!error) return;
  pipe->run->pipe_error = error;
  sync_close((uv_handle_t *)stream, &pipe->is_open);
}

static void sync_run(SyncRun *run, const uv_process_options_t *options, double timeout) {
  (void)uv_timer_init(&run->loop, &run->timer); // neither can fail
  (void)uv_timer_init(&run->loop, &run->watch);
  run->has_timers = true;
  run->timer.data = run->watch.data = run->process.data = run;
  if (timeout > 0) (void)uv_timer_start(&run->timer, sync_timed_out, (u64)timeout, 0);
  if (host_of(run->iso)->self) (void)uv_timer_start(&run->watch, sync_look_around, 10, 10);
  uv_unref((uv_handle_t *)&run->timer);
  uv_unref((uv_handle_t *)&run->watch);
  fflush(stdout);
  int error = uv_spawn(&run->loop, &run->process, options);
  run->is_process_open = true;
  if (error) {
    run->error = error;
    sync_close((uv_handle_t *)&run->process, &run->is_process_open);
    sync_close_pipes(run);
    sync_close_timers(run);
  } else {
    for (u32 i = 0; i < run->pipe_count; i++) sync_start_pipe(&run->pipes[i]);
  }
  (void)uv_run(&run->loop, UV_RUN_DEFAULT);
}

// [pid, status | null, signal | null, (bytes | null)[], error]
static Value sync_result(SyncRun *run, int pid) {
  Isolate *iso = run->iso;
  JSObject *outputs = TRY(array_create(iso, 0));
  for (u32 i = 0; i < run->pipe_count; i++) {
    SyncPipe *pipe = &run->pipes[i];
    Value v = VALUE_NULL;
    if (pipe->is_output) {
      JSTypedArray *bytes = TRY(binding_uint8_array(iso, pipe->output.len));
      if (pipe->output.len) memcpy(bytes->data, pipe->output.data, pipe->output.len);
      v = value_from_object(bytes);
    }
    TRY(array_push_value(iso, outputs, v));
  }
  bool has_status = run->has_ended && !run->signal;
  Value values[] = {value_from_int(pid), has_status ? value_from_double((double)run->status) : VALUE_NULL,
                    run->has_ended ? signal_value(run->signal) : VALUE_NULL, value_from_object(outputs),
                    value_from_int(run->error ? run->error : run->pipe_error)};
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value sync_spawn(Isolate *iso, const Call *call, SpawnArguments *a, SyncRun *run) {
  TRY(read_arguments(iso, call, a));
  TRY(sync_set_stdio(run, call_arg(call, ARG_STDIO), &a->uv, &a->arena));
  Value timeout = call_arg(call, ARG_FIRST_OWN), limit = call_arg(call, ARG_FIRST_OWN + 1);
  TRY(binding_int(iso, call_arg(call, ARG_FIRST_OWN + 2), &run->kill_signal));
  run->max_buffer = value_is_number(limit) ? value_number(limit) : 0;
  a->uv.exit_cb = sync_exited;
  sync_run(run, &a->uv, value_is_number(timeout) ? value_number(timeout) : 0);
  return sync_result(run, run->process.pid);
}

// spawnSync(..., stdio: (null | fd | [input, isOutput])[], timeout, maxBuffer, killSignal)
static Value child_spawn_sync(Isolate *iso, const Call *call) {
  SpawnArguments a = {0};
  SyncRun run = {.iso = iso};
  int error = uv_loop_init(&run.loop);
  if (error) return throw_uv_error(iso, error, "spawnSync", NULL, NULL);
  arena_init(&a.arena);
  Value v = sync_spawn(iso, call, &a, &run);
  sync_close_pipes(&run); // what an exception left
  (void)uv_run(&run.loop, UV_RUN_DEFAULT);
  (void)uv_loop_close(&run.loop);
  for (u32 i = 0; i < run.pipe_count; i++) vec_free(&run.pipes[i].output);
  arena_free(&a.arena);
  return v;
}

static const NativeMethod methods[] = {
    {"spawn", child_spawn, 9, 0},
    {"pid", child_pid, 1, 0},
    {"kill", child_kill, 2, 0},
    {"reference", child_reference, 2, 0},
    {"spawnSync", child_spawn_sync, 11, 0},
};
const NodeBinding node_binding_child_process = {"child_process", methods, ARRAY_LEN(methods), NULL};
