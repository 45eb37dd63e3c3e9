// SPDX-License-Identifier: MIT
// Globals of Node: accessors that load the module behind a name when it is first read, and then become plain data properties.
// An empty program pays for the names only.
// Tests: tests/node/misc/globals.js.
#include "node/node_internal.h"

typedef struct LazyGlobal {
  const char *module, *property; // property NULL: the exports themselves
  bool enumerable;
} LazyGlobal;

#define LAZY_GLOBALS(G) \
  G(process, "process", NULL, false) \
  G(Buffer, "buffer", "Buffer", false) \
  G(console, "console", NULL, false) \
  G(clearImmediate, "timers", "clearImmediate", true) \
  G(setImmediate, "timers", "setImmediate", true) \
  G(clearInterval, "timers", "clearInterval", true) \
  G(clearTimeout, "timers", "clearTimeout", true) \
  G(setInterval, "timers", "setInterval", true) \
  G(setTimeout, "timers", "setTimeout", true) \
  G(structuredClone, "internal/structured_clone", "structuredClone", true) \
  G(atob, "buffer", "atob", true) \
  G(btoa, "buffer", "btoa", true) \
  G(performance, "internal/perf/performance", "performance", true) \
  G(URL, "internal/url", "URL", false) \
  G(URLSearchParams, "internal/url", "URLSearchParams", false) \
  G(TextEncoder, "internal/encoding", "TextEncoder", false) \
  G(TextDecoder, "internal/encoding", "TextDecoder", false) \
  G(AbortController, "internal/abort_controller", "AbortController", false) \
  G(AbortSignal, "internal/abort_controller", "AbortSignal", false) \
  G(Event, "internal/event", "Event", false) \
  G(CustomEvent, "internal/event", "CustomEvent", false) \
  G(EventTarget, "internal/event_target", "EventTarget", false) \
  G(Blob, "internal/blob", "Blob", false) \
  G(File, "internal/blob", "File", false) \
  G(Performance, "internal/perf/performance", "Performance", false) \
  G(PerformanceEntry, "internal/perf/entries", "PerformanceEntry", false) \
  G(PerformanceMark, "internal/perf/entries", "PerformanceMark", false) \
  G(PerformanceMeasure, "internal/perf/entries", "PerformanceMeasure", false) \
  G(PerformanceObserver, "internal/perf/entries", "PerformanceObserver", false) \
  G(PerformanceObserverEntryList, "internal/perf/entries", "PerformanceObserverEntryList", false) \
  G(PerformanceResourceTiming, "internal/perf/entries", "PerformanceResourceTiming", false) \
  G(DOMException, "internal/dom_exception", "DOMException", false) \
  G(QuotaExceededError, "internal/dom_exception", "QuotaExceededError", false) \
  G(MessageChannel, "internal/worker/io", "MessageChannel", false) \
  G(MessagePort, "internal/worker/io", "MessagePort", false) \
  G(MessageEvent, "internal/worker/message_event", "MessageEvent", false) \
  G(ErrorEvent, "internal/error_event", "ErrorEvent", false) \
  G(BroadcastChannel, "internal/worker/broadcast", "BroadcastChannel", false) \
  G(Worker, "internal/web_worker", "Worker", false) \
  G(navigator, "internal/navigator", "navigator", false) \
  G(Navigator, "internal/navigator", "Navigator", false) \
  G(crypto, "internal/crypto/webcrypto", "crypto", true) \
  G(Crypto, "internal/crypto/webcrypto", "Crypto", false) \
  G(CryptoKey, "internal/crypto/webcrypto_keys", "CryptoKey", false) \
  G(SubtleCrypto, "internal/crypto/webcrypto", "SubtleCrypto", false)

enum {
#define G(name, module, property, enumerable) GLOBAL_##name,
  LAZY_GLOBALS(G)
#undef G
};
static const LazyGlobal lazy_globals[] = {
#define G(name, module, property, enumerable) {module, property, enumerable},
    LAZY_GLOBALS(G)
#undef G
};

static PropertyKey key_of_global(u32 which) {
  switch (which) {
#define G(name, module, property, enumerable) \
  case GLOBAL_##name: return ATOM(name);
    LAZY_GLOBALS(G)
#undef G
  }
  return NULL;
}

static Value define_global(Isolate *iso, u32 which, Value v) {
  JSObject *global = ref_get(iso->main_realm->global_object);
  u8 attrs = ATTR_METHOD | (lazy_globals[which].enumerable ? ATTR_ENUMERABLE : 0);
  PropertyDescriptor desc = {.value = v, .attrs = attrs, .has = HAS_ALL_DATA};
  TRY(define_property_or_throw(iso, global, key_of_global(which), &desc));
  return v;
}

static Value get_global(Isolate *iso, const Call *call) {
  u32 which = native_magic(call);
  const LazyGlobal *g = &lazy_globals[which];
  Value v = TRY(g->property ? node_builtin_export(iso, g->module, g->property) : node_require_builtin(iso, g->module));
  return define_global(iso, which, v);
}

static Value set_global(Isolate *iso, const Call *call) {
  TRY(define_global(iso, native_magic(call), call_arg(call, 0)));
  return VALUE_UNDEFINED;
}

#define G(name_, module_, property_, enumerable_) \
  {.key = ATOM_##name_, \
   .kind = BUILTIN_ACCESSOR_PROPERTY, \
   .attrs = ATTR_CONFIGURABLE | (enumerable_ ? ATTR_ENUMERABLE : 0), \
   .magic = GLOBAL_##name_, \
   .fn = get_global, \
   .fn2 = set_global},
static const BuiltinProperty global_table[] = {LAZY_GLOBALS(G)};
#undef G

// ---- queueMicrotask, gc ----

static Value run_microtask(Isolate *iso, Value *args) { return CALL0(iso, args[0], VALUE_UNDEFINED); }

static Value queue_microtask(Isolate *iso, const Call *call) {
  Value f = call_arg(call, 0);
  if (!value_is_callable(f)) {
    Value check = TRY(node_builtin_export(iso, "internal/validators", "validateFunction"));
    TRY(CALL2(iso, check, VALUE_UNDEFINED, f, TRY(binding_string(iso, "callback"))));
  }
  enqueue_job(iso, run_microtask, &f, 1);
  return VALUE_UNDEFINED;
}

static const BuiltinProperty native_table[] = {
    METHOD_ATTRS_(ATOM_queueMicrotask, queue_microtask, 1, 0, ATTR_ALL),
    STRING_TAG(global), // by which packages know Node's global object
};

static Value collect(Isolate *iso, const Call *call) {
  Value kind = call_arg(call, 0);
  bool minor = false;
  if (value_is_object(kind)) {
    Value type = TRY(obj_get(iso, value_object(kind), ATOM(type)));
    minor = value_is_string(type) && strcmp(error_text_of_string(iso, value_string(type)), "minor") == 0;
  }
  gc_collect(heap_of(iso), !minor);
  return VALUE_UNDEFINED;
}

void node_define_globals(Isolate *iso, Realm *realm, const NodeOptions *options) {
  JSObject *global = ref_get(realm->global_object);
  obj_put_direct(iso, global, ATOM(global), slot_get(&realm->global_this), ATTR_ALL);
  builtin_define_properties(iso, realm, global, global_table, ARRAY_LEN(global_table));
  builtin_define_properties(iso, realm, global, native_table, ARRAY_LEN(native_table));
  if (!options || !options->expose_gc) return;
  PropertyKey name = MUST(key_from_cstring(iso, "gc"));
  obj_put_direct(iso, global, name, value_from_object(native_function_new(iso, collect, name, 0, 0)), ATTR_METHOD);
}
