// SPDX-License-Identifier: MIT
// The loop's timers and immediates for lib/timers.js, which makes the objects and runs their callbacks.
// Tests: tests/node/timers/.
#include "node/node_internal.h"

static EventLoop *loop_of(Isolate *iso) { return &host_of(iso)->loop; }

static double handle_arg(const Call *call, u32 i) {
  Value v = call_arg(call, i);
  return value_is_number(v) ? value_number(v) : 0;
}

// start(timer, ms, referenced): handle
static Value start_timer(Isolate *iso, const Call *call) {
  double ms = handle_arg(call, 1);
  u32 whole = ms >= 1 && ms <= 2147483647 ? (u32)ms : 1;
  return value_from_double(loop_start_timer(loop_of(iso), call_arg(call, 0), whole, to_boolean(iso, call_arg(call, 2)), true));
}

static Value stop_timer(Isolate *iso, const Call *call) {
  return value_from_bool(loop_stop_timer(loop_of(iso), handle_arg(call, 0)));
}

static Value reference_timer(Isolate *iso, const Call *call) {
  loop_reference_timer(loop_of(iso), handle_arg(call, 0), to_boolean(iso, call_arg(call, 1)));
  return VALUE_UNDEFINED;
}

static Value add_immediate(Isolate *iso, const Call *call) {
  return value_from_double(loop_add_immediate(loop_of(iso), call_arg(call, 0)));
}

static Value clear_immediate(Isolate *iso, const Call *call) {
  return value_from_bool(loop_clear_immediate(loop_of(iso), handle_arg(call, 0)));
}

static Value reference_immediate(Isolate *iso, const Call *call) {
  loop_reference_immediate(loop_of(iso), handle_arg(call, 0), to_boolean(iso, call_arg(call, 1)));
  return VALUE_UNDEFINED;
}

static Value now(Isolate *iso, const Call *call) {
  (void)call;
  loop_update_time(loop_of(iso));
  return value_from_double(loop_now(loop_of(iso)));
}

static void run_completion(Host *host, Value *args) {
  Isolate *iso = host->iso;
  JSObject *list = value_object(args[0]);
  NodeState *node = host->node;
  node->async_context = list_get(list, 0);
  if (!call_function(iso, list_get(list, 1), VALUE_UNDEFINED, array_length(list) - 2, list_values(list) + 2))
    (void)host_report_pending(host);
  node->async_context = VALUE_UNDEFINED;
}

// complete(function, ...arguments): called in the loop's poll phase
static Value complete(Isolate *iso, const Call *call) {
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  JSObject *list = TRY(array_create(iso, 0));
  TRY(array_push_value(iso, list, node_of(iso)->async_context));
  for (u32 i = 0; i < call->argc; i++) TRY(array_push_value(iso, list, call->args[i]));
  Value v = value_from_object(list);
  loop_add_completion(loop_of(iso), run_completion, &v, 1);
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"start", start_timer, 3, 0},
    {"stop", stop_timer, 1, 0},
    {"reference", reference_timer, 2, 0},
    {"addImmediate", add_immediate, 1, 0},
    {"clearImmediate", clear_immediate, 1, 0},
    {"referenceImmediate", reference_immediate, 2, 0},
    {"now", now, 0, 0},
    {"complete", complete, 1, 0},
};
const NodeBinding node_binding_timers = {"timers", methods, ARRAY_LEN(methods), NULL};
