// SPDX-License-Identifier: MIT
// What lib/process.js needs from the system: facts, environment, memory, clocks, ticks, the end of the program.
// process.env is a host object: every access goes to the thread's environment (threads/thread_env.h).
// Tests: tests/node/process/.
#include <uv.h>

#include "base/platform.h"
#include "base/timezone.h"
#include "base/version.h"
#include "node/node_internal.h"
#include "runtime/numbers/date.h"
#include "threads/message_port.h"

// ---- Ticks ----

// nextTick's array: async context, function, arguments
static Value enqueue_tick(Isolate *iso, const Call *call) {
  Value f = call_arg(call, 0);
  if (!value_is_callable(f)) {
    Value check = TRY(node_builtin_export(iso, "internal/validators", "validateFunction"));
    TRY(CALL2(iso, check, VALUE_UNDEFINED, f, TRY(binding_string(iso, "callback"))));
  }
  NodeState *node = node_of(iso);
  if (node->exiting) return VALUE_UNDEFINED;
  JSObject *tick = TRY(array_new_uninit(iso, call->argc + 1));
  array_init_element(iso, tick, 0, node->async_context);
  for (u32 i = 0; i < call->argc; i++) array_init_element(iso, tick, i + 1, call->args[i]);
  loop_add_tick(&host_of(iso)->loop, value_from_object(tick));
  return VALUE_UNDEFINED;
}

// ---- The end ----

static Value really_exit(Isolate *iso, const Call *call) {
  i32 code = 0;
  if (value_is_number(call_arg(call, 0))) TRY(binding_int(iso, call_arg(call, 0), &code));
  node_of(iso)->exiting = true;
  return host_stop(host_of(iso), code);
}

static Value set_exiting(Isolate *iso, const Call *call) {
  node_of(iso)->exiting = to_boolean(iso, call_arg(call, 0));
  return VALUE_UNDEFINED;
}

static Value abort_process(Isolate *iso, const Call *call) {
  (void)iso;
  (void)call;
  fflush(stdout);
  abort();
}

// ---- Clocks ----

static Value hrtime(Isolate *iso, const Call *call) { // [seconds, nanoseconds]
  (void)call;
  u64 ns = platform_clock_ns();
  Value pair[] = {value_from_double((double)(ns / 1000000000)), value_from_double((double)(ns % 1000000000))};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static Value hrtime_bigint(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_cell(TRY(bigint_from_u64(iso, platform_clock_ns())));
}

static Value uptime(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_double((double)(platform_clock_ns() - node_of(iso)->start_ns) / 1e9);
}

// now(): milliseconds since the program began, with fraction
static Value now(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_double((double)(platform_clock_ns() - node_of(iso)->start_ns) / 1e6);
}

static Value time_origin(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_double(platform_wall_ms() - (double)(platform_clock_ns() - node_of(iso)->start_ns) / 1e6);
}

static double ms_since_start(const NodeState *node, u64 ns) {
  return !ns ? -1 : ns < node->start_ns ? 0 : (double)(ns - node->start_ns) / 1e6;
}

// loopTimes(): [environment, loop's start, loop's end, how long the loop has slept, bootstrap's end] in milliseconds; -1: not yet
static Value loop_times(Isolate *iso, const Call *call) {
  (void)call;
  const NodeState *node = node_of(iso);
  const EventLoop *loop = &host_of(iso)->loop;
  const double times[] = {ms_since_start(node, loop->start_ns), ms_since_start(node, loop->first_turn_ns),
                          ms_since_start(node, loop->last_turn_ns), (double)loop_idle_ns(loop) / 1e6,
                          ms_since_start(node, node->ready_ns)};
  Value values[ARRAY_LEN(times)];
  for (u32 i = 0; i < ARRAY_LEN(times); i++) values[i] = value_from_double(times[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// ---- What keeps the loop alive, by Node's names ----

typedef struct Resources {
  Isolate *iso;
  JSObject *names; // NULL: thrown
} Resources;

static void add_resources(Resources *r, const char *name, u32 count) {
  for (u32 i = 0; i < count && r->names; i++) {
    Value text = binding_string(r->iso, name);
    if (!text || !array_push_value(r->iso, r->names, text)) r->names = NULL;
  }
}

static void add_handle(uv_handle_t *handle, void *data) {
  static const char *const names[UV_HANDLE_TYPE_MAX] = {
      [UV_FS_EVENT] = "FSEventWrap", [UV_FS_POLL] = "StatWatcher", [UV_NAMED_PIPE] = "PipeWrap", [UV_PROCESS] = "ProcessWrap",
      [UV_TCP] = "TCPSocketWrap",    [UV_TTY] = "TTYWrap",         [UV_UDP] = "UDPWrap",         [UV_SIGNAL] = "SignalWrap",
  };
  const char *name = names[handle->type];
  if (name && uv_is_active(handle) && uv_has_ref(handle) && !uv_is_closing(handle)) add_resources(data, name, 1);
}

static Value active_resources(Isolate *iso, const Call *call) {
  (void)call;
  Host *host = host_of(iso);
  Resources r = {iso, TRY(array_create(iso, 0))};
  add_resources(&r, "FSReqCallback", node_count_requests(node_of(iso)));
  add_resources(&r, "MessagePort", ports_count_referenced(host));
  if (host->loop.uv) uv_walk(loop_uv(&host->loop), add_handle, &r);
  add_resources(&r, "Timeout", host->loop.referenced_timers);
  add_resources(&r, "Immediate", host->loop.referenced_immediates);
  return r.names ? value_from_object(r.names) : VALUE_FAIL;
}

// ---- Memory and processor ----

static Value memory_usage(Isolate *iso, const Call *call) { // [rss, heapTotal, heapUsed, external, arrayBuffers]
  (void)call;
  const Heap *heap = heap_of(iso);
  double external = (double)heap->external_bytes;
  double numbers[] = {(double)platform_current_rss(), (double)gc_used_bytes(heap), (double)gc_cell_bytes(heap), external, external};
  Value values[ARRAY_LEN(numbers)];
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) values[i] = value_from_double(numbers[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

static Value rss(Isolate *iso, const Call *call) {
  (void)iso;
  (void)call;
  return value_from_double((double)platform_current_rss());
}

static Value resource_usage(Isolate *iso, const Call *call) { // in the order of Node's properties
  (void)call;
  uv_rusage_t u;
  if (uv_getrusage(&u)) memset(&u, 0, sizeof u);
  double numbers[] = {(double)u.ru_utime.tv_sec * 1e6 + (double)u.ru_utime.tv_usec,
                      (double)u.ru_stime.tv_sec * 1e6 + (double)u.ru_stime.tv_usec,
                      (double)u.ru_maxrss,
                      (double)u.ru_ixrss,
                      (double)u.ru_idrss,
                      (double)u.ru_isrss,
                      (double)u.ru_minflt,
                      (double)u.ru_majflt,
                      (double)u.ru_nswap,
                      (double)u.ru_inblock,
                      (double)u.ru_oublock,
                      (double)u.ru_msgsnd,
                      (double)u.ru_msgrcv,
                      (double)u.ru_nsignals,
                      (double)u.ru_nvcsw,
                      (double)u.ru_nivcsw};
  Value values[ARRAY_LEN(numbers)];
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) values[i] = value_from_double(numbers[i]);
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

// ---- Facts ----

static Value cwd(Isolate *iso, const Call *call) {
  (void)call;
  char buffer[8192];
  size_t size = sizeof buffer;
  int error = uv_cwd(buffer, &size);
  if (error) return throw_uv_error(iso, error, "uv_cwd", NULL, NULL);
  return binding_string(iso, buffer);
}

static Value chdir_to(Isolate *iso, const Call *call) {
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  int error = uv_chdir(path);
  if (!error) return VALUE_UNDEFINED;
  const Value here = cwd(iso, call);
  return throw_uv_error(iso, error, "chdir", here ? error_text_of_value(iso, here) : NULL, path);
}

static JSObject *string_array(Isolate *iso, const char *const *strings, u32 count) {
  JSObject *array = TRY(array_create(iso, 0));
  for (u32 i = 0; i < count; i++) TRY(array_push_value(iso, array, TRY(binding_string(iso, strings[i]))));
  return array;
}

static const char *platform_name(void) {
#if defined(__APPLE__)
  return "darwin";
#elif defined(__linux__)
  return "linux";
#else
  return "posix";
#endif
}

static const char *architecture_name(void) {
#if defined(__x86_64__)
  return "x64";
#elif defined(__aarch64__)
  return "arm64";
#elif defined(__i386__)
  return "ia32";
#elif defined(__riscv)
  return "riscv64";
#else
  return "unknown";
#endif
}

static bool set_option(Isolate *iso, JSObject *o, const char *name, bool v) {
  return binding_set(iso, o, name, value_from_bool(v));
}

bool node_is_forked(const NodeState *node) {
  if (!node->host->is_main) return false;
  char *fd = thread_env_get(node->environment, "NODE_CHANNEL_FD");
  base_free(fd);
  return fd != NULL;
}

// facts(): everything that does not change
static Value facts(Isolate *iso, const Call *call) {
  (void)call;
  const NodeState *node = node_of(iso);
  const NodeOptions *options = node->options;
  JSObject *o = TRY(obj_new_plain(iso));
  TRY(binding_set_string(iso, o, "execPath", options->exec_path ? options->exec_path : "weft"));
  TRY(binding_set_string(iso, o, "argv0", options->argv0 ? options->argv0 : "weft"));
  TRY(binding_set(iso, o, "args", value_from_object(TRY(string_array(iso, options->args, options->arg_count)))));
  TRY(binding_set(iso, o, "execArgv", value_from_object(TRY(string_array(iso, options->exec_args, options->exec_arg_count)))));
  TRY(binding_set(iso, o, "conditions", value_from_object(TRY(string_array(iso, options->conditions, options->condition_count)))));
  TRY(binding_set(iso, o, "requires", value_from_object(TRY(string_array(iso, options->requires, options->require_count)))));
  TRY(binding_set(iso, o, "mainScript", node->main_script));
  TRY(binding_set_string(iso, o, "platform", platform_name()));
  TRY(binding_set_string(iso, o, "arch", architecture_name()));
  TRY(binding_set_string(iso, o, "weftVersion", WEFT_VERSION));
  TRY(binding_set_string(iso, o, "uvVersion", uv_version_string()));
  TRY(binding_set_int(iso, o, "pid", (double)uv_os_getpid()));
  TRY(binding_set_string(iso, o, "unhandledRejections", options->unhandled_rejections ? options->unhandled_rejections : "throw"));
  TRY(set_option(iso, o, "noWarnings", options->no_warnings));
  TRY(set_option(iso, o, "noDeprecation", options->no_deprecation));
  TRY(set_option(iso, o, "traceDeprecation", options->trace_deprecation));
  TRY(set_option(iso, o, "throwDeprecation", options->throw_deprecation));
  TRY(set_option(iso, o, "preserveSymlinks", options->preserve_symlinks));
  TRY(binding_set(iso, o, "envFiles", value_from_object(TRY(string_array(iso, options->env_files, options->env_file_count)))));
  TRY(binding_set(iso, o, "imports", value_from_object(TRY(string_array(iso, options->imports, options->import_count)))));
  TRY(set_option(iso, o, "hasNodeOptions", options->has_node_options));
  TRY(set_option(iso, o, "isMain", host_of(iso)->is_main));
  TRY(set_option(iso, o, "isForked", node_is_forked(node)));
  return value_from_object(o);
}

static Value set_main_script(Isolate *iso, const Call *call) {
  node_of(iso)->main_script = call_arg(call, 0);
  return VALUE_UNDEFINED;
}

static Value parent_pid(Isolate *iso, const Call *call) {
  (void)iso;
  (void)call;
  return value_from_double((double)uv_os_getppid());
}

static Value get_title(Isolate *iso, const Call *call) {
  (void)call;
  const NodeState *node = node_of(iso);
  return binding_string(iso, node->title ? node->title : node->options->argv0 ? node->options->argv0 : "weft");
}

static Value set_title(Isolate *iso, const Call *call) {
  size_t size;
  const char *text = TRY(binding_utf8(iso, call_arg(call, 0), &size));
  NodeState *node = node_of(iso);
  node->title = base_realloc(node->title, size + 1);
  memcpy(node->title, text, size + 1);
  return VALUE_UNDEFINED;
}

static Value kill_process(Isolate *iso, const Call *call) {
  i32 pid, signal;
  TRY(binding_int(iso, call_arg(call, 0), &pid));
  TRY(binding_int(iso, call_arg(call, 1), &signal));
  fflush(stdout);
  return value_from_int(uv_kill(pid, signal));
}

static Value error_name(Isolate *iso, const Call *call) {
  i32 number;
  TRY(binding_int(iso, call_arg(call, 0), &number));
  return binding_string(iso, uv_err_name(number));
}

static Value error_message(Isolate *iso, const Call *call) {
  i32 number;
  TRY(binding_int(iso, call_arg(call, 0), &number));
  return binding_string(iso, uv_strerror(number));
}

static Value error_map(Isolate *iso, const Call *call) { // [[number, name, message], ...]
  (void)call;
  static const struct {
    i32 number;
    const char *name, *message;
  } errors[] = {
#define ENTRY(name, message) {UV_##name, #name, message},
      UV_ERRNO_MAP(ENTRY)
#undef ENTRY
  };
  JSObject *out = TRY(array_create(iso, 0));
  for (u32 i = 0; i < ARRAY_LEN(errors); i++) {
    Value name = TRY(binding_string(iso, errors[i].name)), message = TRY(binding_string(iso, errors[i].message));
    Value triple[] = {value_from_int(errors[i].number), name, message};
    TRY(array_push_value(iso, out, value_from_object(TRY(array_from_values(iso, triple, 3)))));
  }
  return value_from_object(out);
}

// A worker's output goes through its parent: [descriptor, chunk].
static Value write_to_parent(Isolate *iso, const Call *call) {
  Value pair[] = {call_arg(call, 0), call_arg(call, 1)};
  if (!value_is_string(pair[1])) { // not the whole buffer behind a view
    size_t size;
    const u8 *bytes = TRY(binding_bytes(iso, pair[1], &size));
    JSTypedArray *copy = TRY(binding_uint8_array(iso, size));
    if (size) memcpy(typed_array_data(copy), bytes, size);
    pair[1] = value_from_object(copy);
  }
  TRY(node_tell_parent(iso, value_from_object(TRY(array_from_values(iso, pair, 2)))));
  return value_from_int(0);
}

// write(fd, string | bytes): all of it, at once
static Value write_all(Isolate *iso, const Call *call) {
  i32 fd;
  size_t size, done = 0;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  if (host_of(iso)->self && (fd == 1 || fd == 2)) return write_to_parent(iso, call);
  const char *text = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  while (done < size) {
    uv_fs_t request;
    uv_buf_t buffer = uv_buf_init((char *)(uintptr_t)text + done, (unsigned)MIN(size - done, (size_t)1 << 30));
    ssize_t n = uv_fs_write(NULL, &request, fd, &buffer, 1, -1, NULL);
    uv_fs_req_cleanup(&request);
    if (n == UV_EAGAIN) {
      platform_sleep_ns(1000000);
      continue;
    }
    if (n < 0) return value_from_int((i32)n);
    done += (size_t)n;
  }
  return value_from_int(0);
}

static Value handle_type(Isolate *iso, const Call *call) { // guessHandleType(fd)
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  if (host_of(iso)->self && fd >= 0 && fd <= 2) return binding_string(iso, "WORKER");
  switch (uv_guess_handle(fd)) {
  case UV_TTY: return binding_string(iso, "TTY");
  case UV_FILE: return binding_string(iso, "FILE");
  case UV_NAMED_PIPE: return binding_string(iso, "PIPE");
  case UV_TCP: return binding_string(iso, "TCP");
  case UV_UDP: return binding_string(iso, "UDP");
  default: return binding_string(iso, "UNKNOWN");
  }
}

// ---- ThreadEnv ----

static String *key_string(Isolate *iso, PropertyKey key) {
  Value v = TRY(key_to_value(iso, key));
  return value_is_string(v) ? value_string(v) : NULL;
}

static bool is_variable_name(const char *name) { return *name && !strchr(name, '='); }

// The variable's value: undefined when there is none or the name cannot be one.
static Value env_read(Isolate *iso, PropertyKey key) {
  if (key_is_symbol(key)) return VALUE_UNDEFINED;
  const char *name = error_text_of_string(iso, TRY(key_string(iso, key)));
  char *text = is_variable_name(name) ? thread_env_get(node_of(iso)->environment, name) : NULL;
  if (!text) return VALUE_UNDEFINED;
  Value v = binding_string(iso, text);
  base_free(text);
  return v;
}

static Tri env_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  (void)o;
  Value v = TRY(env_read(iso, key));
  if (value_is_undefined(v)) return TRI_NO;
  *desc = (PropertyDescriptor){.value = v, .attrs = ATTR_ALL, .has = HAS_ALL_DATA};
  return TRI_YES;
}

// Dates follow TZ of the process; a worker's own TZ is a variable like others, as in Node.
static void variable_changed(Isolate *iso, const char *name) {
  if (strcmp(name, "TZ") != 0 || !thread_env_is_process(node_of(iso)->environment)) return;
  timezone_reset();
  date_timezone_changed(iso);
}

static Tri env_write(Isolate *iso, PropertyKey key, Value v) {
  if (key_is_symbol(key) || value_is_symbol(v)) {
    return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "Cannot convert a Symbol value to a string") != NULL ? TRI_YES
                                                                                                                         : TRI_FAIL;
  }
  String *text = TRY(to_string(iso, v));
  const char *name = error_text_of_string(iso, TRY(key_string(iso, key)));
  const char *value = error_text_of_string(iso, text);
  if (is_variable_name(name)) thread_env_set(node_of(iso)->environment, name, value);
  variable_changed(iso, name);
  return TRI_YES;
}

static Tri refuse_descriptor(Isolate *iso, const char *text) {
  throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "'process.env' %s descriptor", text);
  Value error = isolate_take_exception(iso);
  if (value_is_object(error)) TRY(binding_set_string(iso, value_object(error), "code", "ERR_INVALID_OBJECT_DEFINE_PROPERTY"));
  throw_value(iso, error);
  return TRI_FAIL;
}

static Tri env_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  (void)o;
  if (desc->has & (HAS_GET | HAS_SET)) return refuse_descriptor(iso, "does not accept an accessor(getter/setter)");
  if ((desc->has & HAS_ALL_DATA) != HAS_ALL_DATA || (desc->attrs & ATTR_ALL) != ATTR_ALL) {
    return refuse_descriptor(iso, "only accepts a configurable, writable, and enumerable data");
  }
  return env_write(iso, key, desc->value);
}

static Tri env_has_property(Isolate *iso, JSObject *o, PropertyKey key) {
  Value v = TRY(env_read(iso, key));
  return value_is_undefined(v) ? ordinary_has_property(iso, o, key) : TRI_YES;
}

static Value env_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver) {
  Value v = TRY(env_read(iso, key));
  return value_is_undefined(v) ? ordinary_get(iso, o, key, receiver) : v;
}

static Tri env_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver) {
  (void)o;
  (void)receiver;
  return env_write(iso, key, v);
}

static Tri env_delete(Isolate *iso, JSObject *o, PropertyKey key) {
  (void)o;
  if (key_is_symbol(key)) return TRI_YES;
  const char *name = error_text_of_string(iso, TRY(key_string(iso, key)));
  if (is_variable_name(name)) thread_env_delete(node_of(iso)->environment, name);
  variable_changed(iso, name);
  return TRI_YES;
}

static bool env_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys) {
  (void)o;
  char *text;
  for (u32 i = 0; (text = thread_env_name(node_of(iso)->environment, i)) != NULL; i++) {
    String *name = str_new_utf8(iso, text, strlen(text));
    base_free(text);
    TRY(key_list_push(keys, TRY(key_from_string(iso, TRY(name)))));
  }
  return true;
}

static Tri env_prevent_extensions(Isolate *iso, JSObject *o) {
  (void)iso;
  (void)o;
  return TRI_NO;
}

static const InternalMethods env_methods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = env_prevent_extensions,
    .get_own_property = env_get_own_property,
    .define_own_property = env_define_own_property,
    .has_property = env_has_property,
    .get = env_get,
    .set = env_set,
    .delete_property = env_delete,
    .own_property_keys = env_own_property_keys,
};
static const HostClass env_class = {.name = "Object", .methods = &env_methods};

static Value make_env(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_object(TRY(host_object_new(iso, &env_class, intrinsic(iso, INTRINSIC_OBJECT_PROTOTYPE), NULL)));
}

// ---- Async context (AsyncLocalStorage) ----

static Value get_async_context(Isolate *iso, const Call *call) {
  (void)call;
  return node_of(iso)->async_context;
}

static Value set_async_context(Isolate *iso, const Call *call) {
  NodeState *node = node_of(iso);
  Value before = node->async_context;
  node->async_context = call_arg(call, 0);
  return before;
}

static const NativeMethod methods[] = {
    {"nextTick", enqueue_tick, 1, 0},
    {"reallyExit", really_exit, 1, 0},
    {"setExiting", set_exiting, 1, 0},
    {"abort", abort_process, 0, 0},
    {"hrtime", hrtime, 0, 0},
    {"hrtimeBigInt", hrtime_bigint, 0, 0},
    {"uptime", uptime, 0, 0},
    {"now", now, 0, 0},
    {"timeOrigin", time_origin, 0, 0},
    {"loopTimes", loop_times, 0, 0},
    {"activeResources", active_resources, 0, 0},
    {"memoryUsage", memory_usage, 0, 0},
    {"rss", rss, 0, 0},
    {"resourceUsage", resource_usage, 0, 0},
    {"cwd", cwd, 0, 0},
    {"chdir", chdir_to, 1, 0},
    {"facts", facts, 0, 0},
    {"setMainScript", set_main_script, 1, 0},
    {"ppid", parent_pid, 0, 0},
    {"getTitle", get_title, 0, 0},
    {"setTitle", set_title, 1, 0},
    {"kill", kill_process, 2, 0},
    {"errorName", error_name, 1, 0},
    {"errorMessage", error_message, 1, 0},
    {"errorMap", error_map, 0, 0},
    {"write", write_all, 2, 0},
    {"handleType", handle_type, 1, 0},
    {"makeEnv", make_env, 0, 0},
    {"getAsyncContext", get_async_context, 0, 0},
    {"setAsyncContext", set_async_context, 1, 0},
};
const NodeBinding node_binding_process = {"process", methods, ARRAY_LEN(methods), NULL};
