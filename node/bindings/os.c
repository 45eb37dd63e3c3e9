// SPDX-License-Identifier: MIT
// What lib/os.js asks of the system.
// Tests: tests/node/os.js.
#include <errno.h>
#include <signal.h>
#include <uv.h>

#include "base/platform.h"
#include "node/node_internal.h"

static Value os_uname(Isolate *iso, const Call *call) { // [sysname, version, release, machine]
  (void)call;
  uv_utsname_t u;
  int error = uv_os_uname(&u);
  if (error) return throw_uv_error(iso, error, "uv_os_uname", NULL, NULL);
  JSObject *out = TRY(array_create(iso, 0));
  const char *texts[] = {u.sysname, u.version, u.release, u.machine};
  for (u32 i = 0; i < ARRAY_LEN(texts); i++) TRY(array_push_value(iso, out, TRY(binding_string(iso, texts[i]))));
  return value_from_object(out);
}

typedef int (*StringCall)(char *buffer, size_t *size);
enum { TEXT_HOSTNAME, TEXT_HOMEDIR, TEXT_TMPDIR };

static Value os_text(Isolate *iso, const Call *call) {
  static const StringCall calls[] = {uv_os_gethostname, uv_os_homedir, uv_os_tmpdir};
  static const char *const names[] = {"uv_os_gethostname", "uv_os_homedir", "uv_os_tmpdir"};
  char buffer[4096];
  size_t size = sizeof buffer;
  u32 which = native_magic(call);
  int error = calls[which](buffer, &size);
  if (error) return throw_uv_error(iso, error, names[which], NULL, NULL);
  return binding_string(iso, buffer);
}

static Value os_uptime(Isolate *iso, const Call *call) {
  (void)call;
  double seconds = 0;
  int error = uv_uptime(&seconds);
  if (error) return throw_uv_error(iso, error, "uv_uptime", NULL, NULL);
  return value_from_double(seconds);
}

static Value os_memory(Isolate *iso, const Call *call) { // magic 0: total, 1: free
  (void)iso;
  return value_from_double((double)(native_magic(call) ? uv_get_free_memory() : uv_get_total_memory()));
}

static Value os_loadavg(Isolate *iso, const Call *call) {
  (void)call;
  double averages[3];
  uv_loadavg(averages);
  Value values[] = {value_from_double(averages[0]), value_from_double(averages[1]), value_from_double(averages[2])};
  return value_from_object(TRY(array_from_values(iso, values, 3)));
}

static bool push_cpu(Isolate *iso, JSObject *out, const uv_cpu_info_t *cpu) {
  TRY(array_push_value(iso, out, TRY(binding_string(iso, cpu->model))));
  double numbers[] = {cpu->speed,
                      (double)cpu->cpu_times.user,
                      (double)cpu->cpu_times.nice,
                      (double)cpu->cpu_times.sys,
                      (double)cpu->cpu_times.idle,
                      (double)cpu->cpu_times.irq};
  for (u32 i = 0; i < ARRAY_LEN(numbers); i++) TRY(array_push_value(iso, out, value_from_double(numbers[i])));
  return true;
}

static Value os_cpus(Isolate *iso, const Call *call) { // model, speed, user, nice, sys, idle, irq of each, flat
  (void)call;
  uv_cpu_info_t *cpus;
  int count;
  JSObject *out = TRY(array_create(iso, 0));
  if (uv_cpu_info(&cpus, &count)) return value_from_object(out);
  bool ok = true;
  for (int i = 0; ok && i < count; i++) ok = push_cpu(iso, out, &cpus[i]);
  uv_free_cpu_info(cpus, count);
  return ok ? value_from_object(out) : VALUE_FAIL;
}

static Value os_parallelism(Isolate *iso, const Call *call) {
  (void)iso;
  (void)call;
  return value_from_u32(platform_cpu_count());
}

static bool push_interface(Isolate *iso, JSObject *out, const uv_interface_address_t *a) {
  char address[INET6_ADDRSTRLEN] = "", netmask[INET6_ADDRSTRLEN] = "", mac[18];
  bool is_v6 = a->address.address4.sin_family == AF_INET6;
  if (is_v6) {
    uv_ip6_name(&a->address.address6, address, sizeof address);
    uv_ip6_name(&a->netmask.netmask6, netmask, sizeof netmask);
  } else {
    uv_ip4_name(&a->address.address4, address, sizeof address);
    uv_ip4_name(&a->netmask.netmask4, netmask, sizeof netmask);
  }
  const u8 *p = (const u8 *)a->phys_addr;
  snprintf(mac, sizeof mac, "%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3], p[4], p[5]);
  const char *texts[] = {a->name, address, netmask, is_v6 ? "IPv6" : "IPv4", mac};
  for (u32 i = 0; i < ARRAY_LEN(texts); i++) TRY(array_push_value(iso, out, TRY(binding_string(iso, texts[i]))));
  TRY(array_push_value(iso, out, value_from_bool(a->is_internal)));
  return array_push_value(iso, out, is_v6 ? value_from_u32(a->address.address6.sin6_scope_id) : value_from_int(-1));
}

static Value os_interfaces(Isolate *iso,
                           const Call *call) { // name, address, netmask, family, mac, internal, scope id of each, flat
  (void)call;
  uv_interface_address_t *list;
  int count;
  JSObject *out = TRY(array_create(iso, 0));
  if (uv_interface_addresses(&list, &count)) return value_from_object(out);
  bool ok = true;
  for (int i = 0; ok && i < count; i++) ok = push_interface(iso, out, &list[i]);
  uv_free_interface_addresses(list, count);
  return ok ? value_from_object(out) : VALUE_FAIL;
}

static Value os_user(Isolate *iso, const Call *call) { // [uid, gid, username, homedir, shell | null]
  (void)call;
  uv_passwd_t p;
  int error = uv_os_get_passwd(&p);
  if (error) return throw_uv_error(iso, error, "uv_os_get_passwd", NULL, NULL);
  JSObject *out = array_create(iso, 0);
  Value name = out ? binding_string(iso, p.username) : VALUE_FAIL, home = name ? binding_string(iso, p.homedir) : VALUE_FAIL;
  Value shell = home && p.shell ? binding_string(iso, p.shell) : VALUE_NULL;
  Value values[] = {value_from_double((double)p.uid), value_from_double((double)p.gid), name, home, shell};
  uv_os_free_passwd(&p);
  if (!home || !shell) return VALUE_FAIL;
  return value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values))));
}

enum { ID_UID, ID_EUID, ID_GID, ID_EGID };
static Value os_id(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_double((double)platform_user_id(native_magic(call) >= ID_GID, native_magic(call) & 1));
}

static Value os_priority(Isolate *iso, const Call *call) { // pid[, priority]
  i32 pid, priority;
  TRY(binding_int(iso, call_arg(call, 0), &pid));
  if (value_is_undefined(call_arg(call, 1))) {
    int error = uv_os_getpriority(pid, &priority);
    return error ? throw_uv_error(iso, error, "uv_os_getpriority", NULL, NULL) : value_from_int(priority);
  }
  TRY(binding_int(iso, call_arg(call, 1), &priority));
  int error = uv_os_setpriority(pid, priority);
  return error ? throw_uv_error(iso, error, "uv_os_setpriority", NULL, NULL) : VALUE_UNDEFINED;
}

// libraries(): { glibcVersion }
static Value os_libraries(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *o = TRY(obj_new_plain(iso));
  const char *glibc = platform_glibc_version();
  if (glibc) TRY(binding_set_string(iso, o, "glibcVersion", glibc));
  return value_from_object(o);
}

static const NativeMethod methods[] = {
    {"libraries", os_libraries, 0, 0},
    {"uname", os_uname, 0, 0},
    {"hostname", os_text, 0, TEXT_HOSTNAME},
    {"homedir", os_text, 0, TEXT_HOMEDIR},
    {"tmpdir", os_text, 0, TEXT_TMPDIR},
    {"uptime", os_uptime, 0, 0},
    {"totalmem", os_memory, 0, 0},
    {"freemem", os_memory, 0, 1},
    {"loadavg", os_loadavg, 0, 0},
    {"cpus", os_cpus, 0, 0},
    {"availableParallelism", os_parallelism, 0, 0},
    {"interfaces", os_interfaces, 0, 0},
    {"user", os_user, 0, 0},
    {"getuid", os_id, 0, ID_UID},
    {"geteuid", os_id, 0, ID_EUID},
    {"getgid", os_id, 0, ID_GID},
    {"getegid", os_id, 0, ID_EGID},
    {"priority", os_priority, 2, 0},
};

// ---- Constants ----

typedef struct Named {
  const char *name;
  i32 value;
} Named;

static JSObject *constants(Isolate *iso, const Named *list, u32 count) {
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  for (u32 i = 0; i < count; i++) TRY(binding_set_int(iso, o, list[i].name, list[i].value));
  return o;
}

static bool init(Isolate *iso, JSObject *target) {
#define S(name) \
  { #name, name }
  static const Named signals[] = {
      S(SIGHUP),    S(SIGINT),   S(SIGQUIT), S(SIGILL),  S(SIGTRAP), S(SIGABRT), {"SIGIOT", SIGABRT}, S(SIGBUS),  S(SIGFPE),
      S(SIGKILL),   S(SIGUSR1),  S(SIGSEGV), S(SIGUSR2), S(SIGPIPE), S(SIGALRM), S(SIGTERM),          S(SIGCHLD),
#ifdef SIGSTKFLT
      S(SIGSTKFLT),
#endif
      S(SIGCONT),   S(SIGSTOP),  S(SIGTSTP), S(SIGTTIN), S(SIGTTOU), S(SIGURG),  S(SIGXCPU),          S(SIGXFSZ), S(SIGVTALRM),
      S(SIGPROF),   S(SIGWINCH), S(SIGIO),
#ifdef SIGPOLL
      S(SIGPOLL),
#endif
#ifdef SIGPWR
      S(SIGPWR),
#endif
      S(SIGSYS),
  };
  static const Named errors[] = {
      S(E2BIG),       S(EACCES),       S(EADDRINUSE),   S(EADDRNOTAVAIL), S(EAFNOSUPPORT),    S(EAGAIN),       S(EALREADY),
      S(EBADF),       S(EBADMSG),      S(EBUSY),        S(ECANCELED),     S(ECHILD),          S(ECONNABORTED), S(ECONNREFUSED),
      S(ECONNRESET),  S(EDEADLK),      S(EDESTADDRREQ), S(EDOM),          S(EDQUOT),          S(EEXIST),       S(EFAULT),
      S(EFBIG),       S(EHOSTUNREACH), S(EIDRM),        S(EILSEQ),        S(EINPROGRESS),     S(EINTR),        S(EINVAL),
      S(EIO),         S(EISCONN),      S(EISDIR),       S(ELOOP),         S(EMFILE),          S(EMLINK),       S(EMSGSIZE),
      S(EMULTIHOP),   S(ENAMETOOLONG), S(ENETDOWN),     S(ENETRESET),     S(ENETUNREACH),     S(ENFILE),       S(ENOBUFS),
      S(ENODATA),     S(ENODEV),       S(ENOENT),       S(ENOEXEC),       S(ENOLCK),          S(ENOLINK),      S(ENOMEM),
      S(ENOMSG),      S(ENOPROTOOPT),  S(ENOSPC),       S(ENOSR),         S(ENOSTR),          S(ENOSYS),       S(ENOTCONN),
      S(ENOTDIR),     S(ENOTEMPTY),    S(ENOTSOCK),     S(ENOTSUP),       S(ENOTTY),          S(ENXIO),        S(EOPNOTSUPP),
      S(EOVERFLOW),   S(EPERM),        S(EPIPE),        S(EPROTO),        S(EPROTONOSUPPORT), S(EPROTOTYPE),   S(ERANGE),
      S(EROFS),       S(ESPIPE),       S(ESRCH),        S(ESTALE),        S(ETIME),           S(ETIMEDOUT),    S(ETXTBSY),
      S(EWOULDBLOCK), S(EXDEV)};
#undef S
  static const Named priorities[] = {
      {"PRIORITY_LOW", UV_PRIORITY_LOW},       {"PRIORITY_BELOW_NORMAL", UV_PRIORITY_BELOW_NORMAL},
      {"PRIORITY_NORMAL", UV_PRIORITY_NORMAL}, {"PRIORITY_ABOVE_NORMAL", UV_PRIORITY_ABOVE_NORMAL},
      {"PRIORITY_HIGH", UV_PRIORITY_HIGH},     {"PRIORITY_HIGHEST", UV_PRIORITY_HIGHEST},
  };
  static const Named dlopen[] = {{"RTLD_LAZY", 1}, {"RTLD_NOW", 2}, {"RTLD_GLOBAL", 256}, {"RTLD_LOCAL", 0}, {"RTLD_DEEPBIND", 8}};
  TRY(binding_set(iso, target, "signals", value_from_object(TRY(constants(iso, signals, ARRAY_LEN(signals))))));
  TRY(binding_set(iso, target, "errno", value_from_object(TRY(constants(iso, errors, ARRAY_LEN(errors))))));
  TRY(binding_set(iso, target, "dlopen", value_from_object(TRY(constants(iso, dlopen, ARRAY_LEN(dlopen))))));
  return binding_set(iso, target, "priorities", value_from_object(TRY(constants(iso, priorities, ARRAY_LEN(priorities)))));
}
const NodeBinding node_binding_os = {"os", methods, ARRAY_LEN(methods), init};
