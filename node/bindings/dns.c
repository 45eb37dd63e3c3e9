// SPDX-License-Identifier: MIT
// Names and addresses as the system knows them, on libuv's thread pool: what dns.lookup and dns.lookupService ask.
// Tests: tests/node/dns/.
#include <uv.h>

#include "node/node_internal.h"

typedef struct LookupRequest {
  union {
    uv_getaddrinfo_t by_name;
    uv_getnameinfo_t by_address;
  } uv;
  Host *host;
  Persistent callback, context;
} LookupRequest;

static LookupRequest *request_new(Isolate *iso, Value callback) {
  Host *host = host_of(iso);
  if (!value_is_callable(callback)) return throw_not_a_function(iso, callback);
  if (!loop_uv(&host->loop)) return THROW(iso, TYPE, "The event loop cannot be made");
  LookupRequest *r = base_alloc_zeroed(sizeof *r);
  r->host = host;
  gc_persistent_init(heap_of(iso), &r->callback, value_bits(callback));
  gc_persistent_init(heap_of(iso), &r->context, value_bits(node_of(iso)->async_context));
  return r;
}

static void request_free(LookupRequest *r) {
  gc_persistent_clear(&r->callback);
  gc_persistent_clear(&r->context);
  base_free(r);
}

static Value started(LookupRequest *r, int error) {
  if (error) request_free(r);
  return value_from_int(error);
}

static bool is_over(const Host *host) { return !host->node || host->iso->terminating; }

// Also frees the request. A result that could not be made is an error that is pending.
static void deliver(LookupRequest *r, int error, Value first, Value second) {
  Host *host = r->host;
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  Value callback = (Value)(uintptr_t)r->callback.word;
  node->async_context = (Value)(uintptr_t)r->context.word;
  request_free(r);
  if (!first || !second || !CALL3(iso, callback, VALUE_UNDEFINED, value_from_int(error), first, second))
    (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
  loop_drain(host);
}

// ---- By name ----

static Value list_addresses(Isolate *iso, const struct addrinfo *info) {
  JSObject *list = TRY(array_create(iso, 0));
  for (; info; info = info->ai_next) {
    char name[INET6_ADDRSTRLEN];
    int error = UV_EINVAL;
    if (info->ai_family == AF_INET) error = uv_ip4_name((const struct sockaddr_in *)(const void *)info->ai_addr, name, sizeof name);
    if (info->ai_family == AF_INET6)
      error = uv_ip6_name((const struct sockaddr_in6 *)(const void *)info->ai_addr, name, sizeof name);
    if (error) continue;
    Value text = TRY(binding_string(iso, name));
    TRY(array_push_value(iso, list, text));
  }
  return value_from_object(list);
}

static void on_addresses(uv_getaddrinfo_t *uv, int status, struct addrinfo *info) {
  LookupRequest *r = (LookupRequest *)uv;
  if (is_over(r->host)) {
    request_free(r);
  } else {
    Value list = status ? VALUE_UNDEFINED : list_addresses(r->host->iso, info);
    deliver(r, status, list, VALUE_UNDEFINED);
  }
  uv_freeaddrinfo(info);
}

// lookup(name, family, flags, callback(error, addresses)): 0 or an error
static Value dns_lookup(Isolate *iso, const Call *call) {
  i32 family, flags;
  const char *name = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(binding_int(iso, call_arg(call, 1), &family));
  TRY(binding_int(iso, call_arg(call, 2), &flags));
  LookupRequest *r = TRY(request_new(iso, call_arg(call, 3)));
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = flags};
  hints.ai_family = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
  return started(r, uv_getaddrinfo(loop_uv(&r->host->loop), &r->uv.by_name, on_addresses, name, NULL, &hints));
}

// ---- By address ----

static void on_name(uv_getnameinfo_t *uv, int status, const char *name, const char *service) {
  LookupRequest *r = (LookupRequest *)uv;
  Isolate *iso = r->host->iso;
  if (is_over(r->host)) {
    request_free(r);
    return;
  }
  Value a = status ? VALUE_UNDEFINED : binding_string(iso, name), b = status || !a ? VALUE_UNDEFINED : binding_string(iso, service);
  deliver(r, status, a, b);
}

// lookupService(address, port, callback(error, name, service)): 0 or an error
static Value dns_lookup_service(Isolate *iso, const Call *call) {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address;
  i32 port;
  const char *name = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(binding_int(iso, call_arg(call, 1), &port));
  if (uv_ip4_addr(name, port, &address.v4) && uv_ip6_addr(name, port, &address.v6)) return value_from_int(UV_EINVAL);
  LookupRequest *r = TRY(request_new(iso, call_arg(call, 2)));
  return started(r, uv_getnameinfo(loop_uv(&r->host->loop), &r->uv.by_address, on_name, &address.any, NI_NAMEREQD));
}

static const NativeMethod methods[] = {
    {"lookup", dns_lookup, 4, 0},
    {"lookupService", dns_lookup_service, 3, 0},
};

static bool init(Isolate *iso, JSObject *target) {
  TRY(binding_set_int(iso, target, "ADDRCONFIG", AI_ADDRCONFIG));
  TRY(binding_set_int(iso, target, "ALL", AI_ALL));
  return binding_set_int(iso, target, "V4MAPPED", AI_V4MAPPED);
}
const NodeBinding node_binding_dns = {"dns", methods, ARRAY_LEN(methods), init};
