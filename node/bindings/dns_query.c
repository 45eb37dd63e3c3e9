// SPDX-License-Identifier: MIT
// Questions to the servers of the DNS, by the library c-ares, which is opened at the first of them. A channel of the library lives as long as it
// has questions open: nothing is left for the collector or the end of a thread but handles of the loop. What a resolver is set to,
// and what the answers mean, is in lib/internal/dns/. Tests: tests/node/dns/.
#include <netdb.h>
#include <sys/select.h>
#include <uv.h>

#include "base/lazy_library.h"
#include "node/node_internal.h"

// ---- c-ares: its functions and the parts of its interface that are used here ----

typedef struct ares_channeldata *ares_channel;
typedef int ares_socket_t;
typedef void (*ares_callback)(void *arg, int status, int timeouts, unsigned char *answer, int length);
typedef void (*ares_host_callback)(void *arg, int status, int timeouts, struct hostent *host);
typedef void (*ares_sock_state_cb)(void *data, ares_socket_t fd, int readable, int writable);
struct ares_options {
  int flags, timeout, tries, ndots;
  unsigned short udp_port, tcp_port;
  int socket_send_buffer_size, socket_receive_buffer_size;
  struct in_addr *servers;
  int nservers;
  char **domains;
  int ndomains;
  char *lookups;
  ares_sock_state_cb sock_state_cb;
  void *sock_state_cb_data;
  void *sortlist;
  int nsort, ednspsz;
  char *resolvconf_path;
  char later[64]; // of later versions, which only look at what the mask names
};
enum { ARES_SUCCESS = 0, ARES_LIB_INIT_ALL = 1, ARES_FLAG_NOCHECKRESP = 128, ARES_SOCKET_BAD = -1 };
enum { ARES_OPT_FLAGS = 1, ARES_OPT_TRIES = 4, ARES_OPT_SOCK_STATE_CB = 512, ARES_OPT_TIMEOUTMS = 8192 };
struct ares_addr_port_node {
  struct ares_addr_port_node *next;
  int family;
  union {
    struct in_addr v4;
    struct in6_addr v6;
  } address;
  int udp_port, tcp_port;
};

typedef struct AresFunctions {
  int (*library_init)(int flags);
  int (*init_options)(ares_channel *channel, struct ares_options *options, int mask);
  void (*destroy)(ares_channel channel);
  void (*cancel)(ares_channel channel);
  void (*query)(ares_channel channel, const char *name, int class, int type, ares_callback callback, void *arg);
  void (*gethostbyaddr)(ares_channel channel, const void *address, int length, int family, ares_host_callback callback, void *arg);
  void (*process_fd)(ares_channel channel, ares_socket_t readable, ares_socket_t writable);
  struct timeval *(*timeout)(ares_channel channel, struct timeval *most, struct timeval *place);
  int (*set_servers)(ares_channel channel, const char *list);
  int (*get_servers)(ares_channel channel, struct ares_addr_port_node **servers);
  void (*free_data)(void *data);
  void (*set_local_ip4)(ares_channel channel, unsigned address);
  void (*set_local_ip6)(ares_channel channel, const unsigned char *address);
  const char *(*strerror)(int status);
} AresFunctions;
static const char names[] = "ares_library_init\0"
                            "ares_init_options\0"
                            "ares_destroy\0"
                            "ares_cancel\0"
                            "ares_query\0"
                            "ares_gethostbyaddr\0"
                            "ares_process_fd\0"
                            "ares_timeout\0"
                            "ares_set_servers_ports_csv\0"
                            "ares_get_servers_ports\0"
                            "ares_free_data\0"
                            "ares_set_local_ip4\0"
                            "ares_set_local_ip6\0"
                            "ares_strerror\0";

#define ARES(name) (((const AresFunctions *)(const void *)lazy_library_table(LIBRARY_CARES))->name)

static void library_opened(const LibraryFunction *functions) {
  (void)((const AresFunctions *)(const void *)functions)->library_init(ARES_LIB_INIT_ALL);
}

static bool open_library(Isolate *iso) {
  static const LazyLibrary library = {LIBRARY_CARES, "libcares.so.2", names, sizeof(AresFunctions), library_opened};
  const char *error;
  if (lazy_library_open(&library, &error)) return true;
  return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The library c-ares cannot be opened: %s", error), false;
}

// ---- Channels ----

typedef struct Channel Channel;

typedef struct Watch {   // of a socket of the library
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Channel *channel;
  struct Watch *next;
  ares_socket_t fd;
  uv_poll_t uv;
} Watch;

struct Channel {
  uv_close_cb on_closed; // of the timer, whose end is the channel's
  Host *host;
  Persistent object;
  ares_channel ares;
  Watch *watches;
  u32 questions, busy; // busy: calls of the library that have not returned
  bool closing;
  uv_timer_t timer;
};

typedef struct Question {
  Channel *channel;
  Persistent callback, context;
} Question;

static const HostClass channel_class = {.name = "DnsChannel"};

static void watch_unlink(Watch *watch) {
  Watch **place = &watch->channel->watches;
  while (*place != watch) place = &(*place)->next;
  *place = watch->next;
  watch->channel = NULL;
}

// Those that the end of the loop closes are still in their channel's list.
static void watch_closed(uv_handle_t *handle) {
  Watch *watch = handle->data;
  if (watch->channel) watch_unlink(watch);
  base_free(watch);
}

static void watch_close(Watch *watch) {
  watch_unlink(watch);
  if (!uv_is_closing((uv_handle_t *)&watch->uv)) uv_close((uv_handle_t *)&watch->uv, watch_closed);
}

static void release(Channel *channel) {
  if (channel->ares) {
    ares_channel ares = channel->ares;
    channel->ares = NULL;
    ARES(destroy)(ares); // tells the questions that are left
  }
  ((JSHostObject *)(uintptr_t)channel->object.word)->data = NULL;
  gc_persistent_clear(&channel->object);
}

static void channel_closed(uv_handle_t *handle) {
  Channel *channel = handle->data;
  if (!channel->closing) release(channel);
  base_free(channel);
}

static void channel_close(Channel *channel) {
  if (channel->closing) return;
  channel->closing = true;
  release(channel);
  while (channel->watches) watch_close(channel->watches);
  uv_close((uv_handle_t *)&channel->timer, channel_closed);
}

static void on_timer(uv_timer_t *timer);

// After each call of the library: when does it want to be called again, or is all done?
static void settle(Channel *channel) {
  if (channel->busy || channel->closing) return;
  if (!channel->questions) {
    channel_close(channel);
    return;
  }
  struct timeval most = {1, 0}, place;
  const struct timeval *wait = ARES(timeout)(channel->ares, &most, &place);
  u64 ms = wait ? (u64)wait->tv_sec * 1000 + (u64)wait->tv_usec / 1000 : 1000;
  (void)uv_timer_start(&channel->timer, on_timer, MAX(ms, (u64)1), 0);
}

static void process(Channel *channel, ares_socket_t readable, ares_socket_t writable) {
  channel->busy++;
  ARES(process_fd)(channel->ares, readable, writable);
  channel->busy--;
  settle(channel);
}

static void on_timer(uv_timer_t *timer) { process(timer->data, ARES_SOCKET_BAD, ARES_SOCKET_BAD); }

static void on_poll(uv_poll_t *poll, int status, int events) {
  Watch *watch = poll->data;
  if (status < 0) events = UV_READABLE | UV_WRITABLE; // the library finds out what is wrong
  process(watch->channel, events & UV_READABLE ? watch->fd : ARES_SOCKET_BAD, events & UV_WRITABLE ? watch->fd : ARES_SOCKET_BAD);
}

static void socket_changed(void *data, ares_socket_t fd, int readable, int writable) {
  Channel *channel = data;
  Watch *watch = channel->watches;
  while (watch && watch->fd != fd) watch = watch->next;
  if (!readable && !writable) {
    if (watch) watch_close(watch);
    return;
  }
  if (channel->closing) return;
  if (!watch) {
    watch = base_alloc_zeroed(sizeof *watch);
    watch->on_closed = watch_closed;
    watch->channel = channel;
    watch->fd = fd;
    watch->uv.data = watch;
    if (uv_poll_init(loop_uv(&channel->host->loop), &watch->uv, fd)) { // the question ends by its timeout
      base_free(watch);
      return;
    }
    watch->next = channel->watches;
    channel->watches = watch;
  }
  (void)uv_poll_start(&watch->uv, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0), on_poll);
}

static Channel *channel_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_HOST_OBJECT) || ((JSHostObject *)value_object(v))->host_class != &channel_class)
    return THROW(iso, TYPE, "A channel was expected");
  return ((JSHostObject *)value_object(v))->data;
}

static bool set_local(Isolate *iso, const Channel *channel, const Call *call) {
  if (value_is_string(call_arg(call, 3))) {
    struct in_addr address;
    const char *text = TRY(binding_utf8(iso, call_arg(call, 3), NULL));
    if (!uv_inet_pton(AF_INET, text, &address)) ARES(set_local_ip4)(channel->ares, ntohl(address.s_addr));
  }
  if (value_is_string(call_arg(call, 4))) {
    struct in6_addr address;
    const char *text = TRY(binding_utf8(iso, call_arg(call, 4), NULL));
    if (!uv_inet_pton(AF_INET6, text, &address)) ARES(set_local_ip6)(channel->ares, address.s6_addr);
  }
  return true;
}

static bool furnish(Isolate *iso, Channel *channel, const Call *call) {
  i32 timeout, tries;
  TRY(binding_int(iso, call_arg(call, 0), &timeout));
  TRY(binding_int(iso, call_arg(call, 1), &tries));
  struct ares_options options = {.flags = ARES_FLAG_NOCHECKRESP, .timeout = timeout, .tries = tries};
  options.sock_state_cb = socket_changed;
  options.sock_state_cb_data = channel;
  int mask = ARES_OPT_FLAGS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB | (timeout >= 0 ? ARES_OPT_TIMEOUTMS : 0);
  int status = ARES(init_options)(&channel->ares, &options, mask);
  if (status) {
    channel->ares = NULL;
    return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "%s", ARES(strerror)(status)), false;
  }
  if (value_is_string(call_arg(call, 2))) {
    const char *servers = TRY(binding_utf8(iso, call_arg(call, 2), NULL));
    status = ARES(set_servers)(channel->ares, servers);
    if (status) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "%s", ARES(strerror)(status)), false;
  }
  return set_local(iso, channel, call);
}

// open(timeout, tries, servers | undefined, IPv4 | undefined, IPv6 | undefined): a channel for questions, which closes when none is open
static Value dns_open(Isolate *iso, const Call *call) {
  Host *host = host_of(iso);
  TRY(open_library(iso));
  uv_loop_t *loop = loop_uv(&host->loop);
  if (!loop) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "The event loop cannot be made");
  JSHostObject *object = TRY(host_object_new(iso, &channel_class, VALUE_NULL, NULL));
  Channel *channel = base_alloc_zeroed(sizeof *channel);
  channel->on_closed = channel_closed;
  channel->host = host;
  channel->timer.data = channel;
  (void)uv_timer_init(loop, &channel->timer); // cannot fail
  gc_persistent_init(heap_of(iso), &channel->object, value_bits(value_from_object(object)));
  object->data = channel;
  if (furnish(iso, channel, call)) return value_from_object(object);
  channel_close(channel);
  return VALUE_FAIL;
}

// ---- Questions ----

static void run_answer(Host *host, Value *args) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  const JSObject *answer = value_object(args[1]);
  node->async_context = args[2];
  if (!CALL2(iso, args[0], VALUE_UNDEFINED, list_get(answer, 0), list_get(answer, 1))) (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
  loop_drain(host);
}

// Later, because the library must not be left in the middle of a call.
static void answer_later(Question *question, int status, Value result) {
  Channel *channel = question->channel;
  Host *host = channel->host;
  Isolate *iso = host->iso;
  channel->questions--;
  if (host->node && !iso->terminating) {
    Value pair[] = {value_from_int(status), result};
    JSObject *answer = result ? array_from_values(iso, pair, 2) : NULL;
    if (answer) {
      Value args[] = {(Value)(uintptr_t)question->callback.word, value_from_object(answer),
                      (Value)(uintptr_t)question->context.word};
      loop_add_completion(&host->loop, run_answer, args, 3);
    } else {
      (void)host_report_pending(host);
    }
  }
  gc_persistent_clear(&question->callback);
  gc_persistent_clear(&question->context);
  base_free(question);
}

static bool is_over(const Question *question) {
  return !question->channel->host->node || question->channel->host->iso->terminating;
}

static void on_answer(void *arg, int status, int timeouts, unsigned char *bytes, int length) {
  Question *question = arg;
  (void)timeouts;
  Value result = VALUE_UNDEFINED;
  if (status == ARES_SUCCESS && !is_over(question)) {
    JSTypedArray *copy = binding_uint8_array(question->channel->host->iso, (size_t)MAX(length, 0));
    if (copy && length > 0) memcpy(copy->data, bytes, (size_t)length);
    result = copy ? value_from_object(copy) : VALUE_FAIL;
  }
  answer_later(question, status, result);
}

static Value list_names(Isolate *iso, const struct hostent *host) {
  JSObject *list = TRY(array_create(iso, 0));
  for (char **alias = host->h_aliases; alias && *alias; alias++) {
    Value name = TRY(binding_string(iso, *alias));
    TRY(array_push_value(iso, list, name));
  }
  if (!array_length(list) && host->h_name) {
    Value name = TRY(binding_string(iso, host->h_name));
    TRY(array_push_value(iso, list, name));
  }
  return value_from_object(list);
}

static void on_host(void *arg, int status, int timeouts, struct hostent *host) {
  Question *question = arg;
  (void)timeouts;
  Value result = VALUE_UNDEFINED;
  if (status == ARES_SUCCESS && !is_over(question)) result = list_names(question->channel->host->iso, host);
  answer_later(question, status, result);
}

static Question *question_new(Isolate *iso, Channel *channel, Value callback) {
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  Question *question = base_alloc_zeroed(sizeof *question);
  question->channel = channel;
  gc_persistent_init(heap_of(iso), &question->callback, value_bits(callback));
  gc_persistent_init(heap_of(iso), &question->context, value_bits(node_of(iso)->async_context));
  channel->questions++;
  return question;
}

// query(channel, name, type, callback(status, bytes of the answer)): false: the channel is closed
static Value dns_query(Isolate *iso, const Call *call) {
  i32 type;
  Channel *channel = channel_of(iso, call);
  if (!channel) return isolate_has_exception(iso) ? VALUE_FAIL : VALUE_FALSE;
  const char *name = TRY(binding_path(iso, call_arg(call, 1)));
  TRY(binding_int(iso, call_arg(call, 2), &type));
  Question *question = TRY(question_new(iso, channel, call_arg(call, 3)));
  channel->busy++;
  ARES(query)(channel->ares, name, 1, type, on_answer, question);
  channel->busy--;
  settle(channel);
  return VALUE_TRUE;
}

// reverse(channel, address, callback(status, names)): as query
static Value dns_reverse(Isolate *iso, const Call *call) {
  Channel *channel = channel_of(iso, call);
  if (!channel) return isolate_has_exception(iso) ? VALUE_FAIL : VALUE_FALSE;
  u8 bytes[16];
  const char *text = TRY(binding_path(iso, call_arg(call, 1)));
  bool is_v4 = !uv_inet_pton(AF_INET, text, bytes);
  if (!is_v4 && uv_inet_pton(AF_INET6, text, bytes)) return THROW(iso, TYPE, "An address was expected"), VALUE_FAIL;
  Question *question = TRY(question_new(iso, channel, call_arg(call, 2)));
  channel->busy++;
  ARES(gethostbyaddr)(channel->ares, bytes, is_v4 ? 4 : 16, is_v4 ? AF_INET : AF_INET6, on_host, question);
  channel->busy--;
  settle(channel);
  return VALUE_TRUE;
}

static Value dns_cancel(Isolate *iso, const Call *call) {
  Channel *channel = channel_of(iso, call);
  if (!channel) return isolate_has_exception(iso) ? VALUE_FAIL : VALUE_UNDEFINED;
  channel->busy++;
  ARES(cancel)(channel->ares);
  channel->busy--;
  settle(channel);
  return VALUE_UNDEFINED;
}

static Value dns_is_open(Isolate *iso, const Call *call) {
  const Channel *channel = channel_of(iso, call);
  if (!channel) return isolate_has_exception(iso) ? VALUE_FAIL : VALUE_FALSE;
  return VALUE_TRUE;
}

// ---- Servers ----

static Value list_servers(Isolate *iso, const struct ares_addr_port_node *server) {
  JSObject *list = TRY(array_create(iso, 0));
  for (; server; server = server->next) {
    char name[INET6_ADDRSTRLEN];
    if (uv_inet_ntop(server->family, &server->address, name, sizeof name)) continue;
    Value text = TRY(binding_string(iso, name));
    Value pair[] = {text, value_from_int(server->udp_port ? server->udp_port : 53)};
    JSObject *entry = TRY(array_from_values(iso, pair, 2));
    TRY(array_push_value(iso, list, value_from_object(entry)));
  }
  return value_from_object(list);
}

// servers(): [address, port] of each that the system is set to
static Value dns_servers(Isolate *iso, const Call *call) {
  (void)call;
  TRY(open_library(iso));
  ares_channel channel;
  struct ares_options options = {.flags = ARES_FLAG_NOCHECKRESP};
  struct ares_addr_port_node *servers = NULL;
  int status = ARES(init_options)(&channel, &options, ARES_OPT_FLAGS);
  if (status) return throw_error_message(iso, INTRINSIC_ERROR_PROTOTYPE, "%s", ARES(strerror)(status)), VALUE_FAIL;
  status = ARES(get_servers)(channel, &servers);
  Value list = list_servers(iso, status ? NULL : servers);
  if (servers) ARES(free_data)(servers);
  ARES(destroy)(channel);
  return list;
}

static const NativeMethod methods[] = {
    {"open", dns_open, 5, 0},     {"query", dns_query, 4, 0},    {"reverse", dns_reverse, 3, 0},
    {"cancel", dns_cancel, 1, 0}, {"isOpen", dns_is_open, 1, 0}, {"servers", dns_servers, 0, 0},
};
const NodeBinding node_binding_dns_query = {"dns_query", methods, ARRAY_LEN(methods), NULL};
