// SPDX-License-Identifier: MIT
// The locks of the process (threads/locks.h) for lib/internal/locks.js, which numbers its requests.
// Tests: tests/threads/locks.js.
#include "node/node_internal.h"
#include "threads/locks.h"

static void answered(Host *host, double id, LockEvent event) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (!node || iso->terminating || !node_has_callback(node, CALLBACK_LOCK)) return;
  node->async_context = VALUE_UNDEFINED;
  if (!CALL2(iso, node->callbacks[CALLBACK_LOCK], VALUE_UNDEFINED, value_from_double(id), value_from_int((i32)event))) {
    (void)host_report_pending(host);
  }
}

// setUp(function(id, LockEvent))
static Value set_up(Isolate *iso, const Call *call) {
  node_of(iso)->callbacks[CALLBACK_LOCK] = call_arg(call, 0);
  return VALUE_UNDEFINED;
}

static bool read_id(Isolate *iso, Value v, double *id) {
  if (!value_is_number(v)) return THROW(iso, TYPE, "A number was expected") != NULL;
  *id = value_number(v);
  return true;
}

// request(id, name, LockFlags): a LockEvent; after LOCK_WAITS the answer calls lib's function with the id and a LockEvent
static Value request(Isolate *iso, const Call *call) {
  double id = 0;
  size_t size;
  i32 flags;
  TRY(read_id(iso, call_arg(call, 0), &id));
  const char *name = TRY(binding_utf8(iso, call_arg(call, 1), &size));
  TRY(binding_int(iso, call_arg(call, 2), &flags));
  return value_from_int((i32)lock_request(host_of(iso), id, name, size, (LockFlags)flags, answered));
}

// release(id): gives it back, or withdraws the request
static Value release(Isolate *iso, const Call *call) {
  double id = 0;
  TRY(read_id(iso, call_arg(call, 0), &id));
  lock_release(host_of(iso), id);
  return VALUE_UNDEFINED;
}

static bool append(Isolate *iso, JSObject *out, const LockFacts *f) {
  Value name = value_from_cell(TRY(str_new_utf8(iso, f->name, f->name_size)));
  Value values[] = {name, value_from_bool(f->shared), value_from_bool(f->held), value_from_int((i32)f->thread_id)};
  return array_push_value(iso, out, value_from_object(TRY(array_from_values(iso, values, ARRAY_LEN(values)))));
}

// list(): [name, is shared, is held, thread][], oldest first
static Value list(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *out = TRY(array_create(iso, 0));
  u32 count;
  LockFacts *facts = locks_list(&count);
  bool ok = true;
  for (u32 i = 0; i < count; i++) {
    ok = ok && append(iso, out, &facts[i]);
    base_free(facts[i].name);
  }
  base_free(facts);
  return ok ? value_from_object(out) : VALUE_FAIL;
}

static const NativeMethod methods[] = {
    {"setUp", set_up, 1, 0},
    {"request", request, 3, 0},
    {"release", release, 1, 0},
    {"list", list, 0, 0},
};
const NodeBinding node_binding_locks = {"locks", methods, ARRAY_LEN(methods), NULL};
