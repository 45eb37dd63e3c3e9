// SPDX-License-Identifier: MIT
// FinalizationRegistry and its prototype (ECMA-262 26.2). The collector queues registries with dead targets; the event loop
// asks for them to be cleaned up.
// Tests: tests/js/memory/finalization_registry.js
#include "runtime/memory/finalization_registry.h"

#include "runtime/support.h"

static Value finalization_registry_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "FinalizationRegistry");
  if (!value_is_callable(call_arg(call, 0))) return THROW(iso, FINALIZATION_CLEANUP);
  JSFinalizationRegistry *r = TRY((JSFinalizationRegistry *)ordinary_create_from_constructor(
      iso, call->new_target, INTRINSIC_FINALIZATION_REGISTRY_PROTOTYPE, KIND_FINALIZATION_REGISTRY));
  slot_set(iso, r, &r->cleanup_callback, call->args[0]);
  ref_set(iso, r, &r->realm, realm_current(iso));
  finalization_registry_init(iso, r);
  return value_from_object(r);
}

static JSFinalizationRegistry *this_registry(Isolate *iso, const Call *call, const char *method) {
  if (value_is_kind(call->this_value, KIND_FINALIZATION_REGISTRY)) return (JSFinalizationRegistry *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static Value register_target(Isolate *iso, const Call *call) {
  JSFinalizationRegistry *r = TRY(this_registry(iso, call, "FinalizationRegistry.prototype.register"));
  Value target = call_arg(call, 0), held = call_arg(call, 1), token = call_arg(call, 2);
  if (!can_be_held_weakly(target)) return THROW(iso, FINALIZATION_TARGET);
  if (TRY(same_value(iso, target, held)) == TRI_YES) return THROW(iso, FINALIZATION_SAME);
  if (!can_be_held_weakly(token)) {
    if (!value_is_undefined(token)) return THROW(iso, FINALIZATION_TOKEN, error_text_of_value(iso, token));
    token = VALUE_EMPTY;
  }
  TRY(finalization_registry_register(iso, r, target, held, token));
  return VALUE_UNDEFINED;
}

static Value unregister_token(Isolate *iso, const Call *call) {
  JSFinalizationRegistry *r = TRY(this_registry(iso, call, "FinalizationRegistry.prototype.unregister"));
  Value token = call_arg(call, 0);
  if (!can_be_held_weakly(token)) return THROW(iso, FINALIZATION_TOKEN, error_text_of_value(iso, token));
  return value_from_bool(finalization_registry_unregister(r, token));
}

// The callback may have caused a collection that queued registries behind this one, and this one again.
static void forget(Isolate *iso, const Cell *registry) {
  u32 kept = 0;
  for (u32 i = 0; i < iso->finalization_queue.len; i++) {
    Cell *cell = iso->finalization_queue.data[i];
    if (cell != registry) iso->finalization_queue.data[kept++] = cell;
  }
  iso->finalization_queue.len = kept;
}

void finalization_registry_run(Isolate *iso, void (*report)(Isolate *iso, Value exception)) {
  while (iso->finalization_queue.len && !iso->terminating) {
    JSFinalizationRegistry *r = (JSFinalizationRegistry *)vec_last(&iso->finalization_queue);
    bool done = finalization_registry_cleanup(iso, r, VALUE_UNDEFINED); // takes at least one dead target out
    if (done) {
      forget(iso, &r->object.cell);
    } else if (!iso->terminating) {
      r->queued = true;
      Value exception = isolate_take_exception(iso);
      if (report) report(iso, exception);
    }
  }
}

static const BuiltinProperty finalization_registry_properties[0];
static const BuiltinProperty finalization_registry_prototype_properties[] = {
    METHOD(register, register_target, 2),
    METHOD(unregister, unregister_token, 1),
    STRING_TAG(FinalizationRegistry),
};

const BuiltinObject builtin_finalization_registry =
    BUILTIN_CLASS(FinalizationRegistry, finalization_registry_constructor, 1, INTRINSIC_FINALIZATION_REGISTRY_PROTOTYPE,
                  finalization_registry_properties);
const BuiltinObject builtin_finalization_registry_prototype =
    BUILTIN_PROTOTYPE(INTRINSIC_FINALIZATION_REGISTRY, finalization_registry_prototype_properties);
