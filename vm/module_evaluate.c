// SPDX-License-Identifier: MIT
// Evaluating module graphs with top-level await (ECMA-262 16.2.1.5.3): strongly connected components by Tarjan, modules
// that wait for asynchronous ones, and what happens when those settle.
// Tests: tests/js/control/module*, test262.
#include "vm/module_internal.h"

#include "vm/error.h"
#include "vm/function.h"

// ---- Running a module's code ----

// The code is a function of one parameter: called with true it initialises the hoisted functions and variables (at link
// time, before any module of a cycle runs) and returns; called without it runs the module.
static Value call_code(Isolate *iso, Module *m, Value is_link) {
  JSFunction *f = function_new(iso, (Code *)ref_get(m->code), (Environment *)ref_get(m->environment));
  return CALL1(iso, value_from_object(f), VALUE_UNDEFINED, is_link);
}

bool module_instantiate(Isolate *iso, Module *m) { return call_code(iso, m, VALUE_TRUE) != VALUE_FAIL; }

Value module_execute(Isolate *iso, Module *m) { return call_code(iso, m, VALUE_UNDEFINED); }

// ---- Settling ----

static JSPromise *capability_of(const Module *m) {
  Value v = slot_get(&m->top_level_capability);
  return value_is_promise(v) ? (JSPromise *)value_object(v) : NULL;
}

static void fail(Isolate *iso, Module *m, Value error) {
  m->status = MODULE_EVALUATED;
  m->evaluation_failed = true;
  slot_set(iso, m, &m->evaluation_error, error);
}

static void succeed(Isolate *iso, Module *m) {
  m->async_evaluation = false;
  m->status = MODULE_EVALUATED;
  if (capability_of(m)) promise_fulfill(iso, capability_of(m), VALUE_UNDEFINED);
}

static void execution_rejected(Isolate *iso, Module *m, Value error) {
  if (m->status == MODULE_EVALUATED) return;
  fail(iso, m, error);
  m->async_evaluation = false;
  if (capability_of(m)) promise_reject(iso, capability_of(m), error);
  const ValueArray *parents = (ValueArray *)ref_get(m->async_parents);
  for (u32 i = 0; i < m->async_parent_count; i++) {
    execution_rejected(iso, (Module *)value_cell(slot_get(&parents->values[i])), error);
  }
}

static bool gather_available_ancestors(Isolate *iso, Module *m, ModuleList *list) {
  TRY(check_c_stack(iso));
  const ValueArray *parents = (ValueArray *)ref_get(m->async_parents);
  for (u32 i = 0; i < m->async_parent_count; i++) {
    Module *parent = (Module *)value_cell(slot_get(&parents->values[i]));
    if (module_list_has(list, parent) || ref_get(parent->cycle_root)->evaluation_failed) continue;
    if (--parent->pending_async > 0) continue;
    TRY(module_list_push(iso, list, parent));
    if (!parent->has_tla) TRY(gather_available_ancestors(iso, parent, list));
  }
  return true;
}

static void sort_by_order(ModuleList *list) { // short, and nearly in order
  for (u32 i = 1; i < list->count; i++) {
    Slot item = list->items->values[i];
    u64 order = ((Module *)value_cell(slot_get(&item)))->async_order;
    u32 j = i;
    for (; j && module_list_at(list, j - 1)->async_order > order; j--) list->items->values[j] = list->items->values[j - 1];
    list->items->values[j] = item;
  }
}

static void execute_async_module(Isolate *iso, Module *m);

static void execution_fulfilled(Isolate *iso, Module *m) {
  if (m->status == MODULE_EVALUATED) return;
  succeed(iso, m);
  ModuleList list = {0};
  if (!gather_available_ancestors(iso, m, &list)) return;
  sort_by_order(&list);
  for (u32 i = 0; i < list.count; i++) {
    Module *ready = module_list_at(&list, i);
    if (ready->status == MODULE_EVALUATED) continue;
    if (ready->has_tla) {
      execute_async_module(iso, ready);
    } else if (module_execute(iso, ready)) {
      succeed(iso, ready);
    } else {
      if (iso->terminating) return;
      execution_rejected(iso, ready, isolate_take_exception(iso));
    }
  }
}

static void async_module_settled(Isolate *iso, Value module, Value v, bool fulfilled) {
  Module *m = (Module *)value_cell(module);
  if (fulfilled) execution_fulfilled(iso, m);
  else execution_rejected(iso, m, v);
}

static void execute_async_module(Isolate *iso, Module *m) {
  Value promise = module_execute(iso, m); // an async function: throws only when the stack or memory is at its end
  if (promise && promise_then_native(iso, (JSPromise *)value_object(promise), async_module_settled, value_from_cell(m))) return;
  if (!iso->terminating) execution_rejected(iso, m, isolate_take_exception(iso));
}

// ---- Evaluate ----

typedef struct Tarjan {
  ModuleList stack;
  i32 index;
} Tarjan;

// The outcome of a module that was evaluated before.
static bool repeat_outcome(Isolate *iso, const Module *m) {
  if (!m->evaluation_failed) return true;
  return throw_value(iso, slot_get(&m->evaluation_error));
}

static bool evaluate_synthetic(Isolate *iso, Module *m) {
  if (m->status == MODULE_EVALUATED) return repeat_outcome(iso, m);
  m->status = MODULE_EVALUATED;
  if (!m->synthetic_evaluate || m->synthetic_evaluate(iso, m)) return true;
  if (!iso->terminating) fail(iso, m, iso->exception);
  return false;
}

static bool add_async_parent(Isolate *iso, Module *m, Module *parent) {
  ModuleList parents = {(ValueArray *)ref_get(m->async_parents), m->async_parent_count};
  TRY(module_list_push(iso, &parents, parent));
  ref_set(iso, m, &m->async_parents, &parents.items->cell);
  m->async_parent_count = parents.count;
  return true;
}

static bool inner_module_evaluation(Isolate *iso, Module *m, Tarjan *t);

static bool evaluate_required(Isolate *iso, Module *m, u32 request, Tarjan *t) {
  Module *required = TRY(module_imported(iso, m, request));
  TRY(inner_module_evaluation(iso, required, t));
  if (!module_is_cyclic(required)) return true;
  if (required->status == MODULE_EVALUATING) {
    m->dfs_ancestor_index = MIN(m->dfs_ancestor_index, required->dfs_ancestor_index);
  } else {
    required = ref_get(required->cycle_root);
    TRY(repeat_outcome(iso, required));
  }
  if (!required->async_evaluation) return true;
  m->pending_async++;
  return add_async_parent(iso, required, m);
}

static void pop_component(Isolate *iso, Module *root, Tarjan *t) {
  Module *popped;
  do {
    popped = module_list_at(&t->stack, --t->stack.count);
    popped->status = popped->async_evaluation ? MODULE_EVALUATING_ASYNC : MODULE_EVALUATED;
    ref_set(iso, popped, &popped->cycle_root, root);
  } while (popped != root);
}

static bool inner_module_evaluation(Isolate *iso, Module *m, Tarjan *t) {
  if (m->is_synthetic) return evaluate_synthetic(iso, m);
  if (m->status >= MODULE_EVALUATING_ASYNC) return repeat_outcome(iso, m);
  if (m->status == MODULE_EVALUATING) return true;
  TRY(check_c_stack(iso));
  m->status = MODULE_EVALUATING;
  m->dfs_index = m->dfs_ancestor_index = t->index++;
  m->pending_async = 0;
  TRY(module_list_push(iso, &t->stack, m));
  for (u32 i = 0; i < m->info->request_count; i++) TRY(evaluate_required(iso, m, i, t));
  if (m->pending_async > 0 || m->has_tla) {
    m->async_evaluation = true;
    m->async_order = ++iso->identity_counter;
    if (m->pending_async == 0) execute_async_module(iso, m);
    if (iso->terminating) return false;
  } else {
    TRY(module_execute(iso, m));
  }
  if (m->dfs_ancestor_index == m->dfs_index) pop_component(iso, m, t);
  return true;
}

JSPromise *module_evaluate(Isolate *iso, Module *m) {
  if (module_is_cyclic(m) && m->status >= MODULE_EVALUATING_ASYNC && ref_get(m->cycle_root)) m = ref_get(m->cycle_root);
  if (capability_of(m)) return capability_of(m);
  JSPromise *promise = TRY(promise_new(iso));
  slot_set(iso, m, &m->top_level_capability, value_from_object(promise));
  Tarjan t = {0};
  if (inner_module_evaluation(iso, m, &t)) {
    if (!m->async_evaluation && promise->state == PROMISE_PENDING) promise_fulfill(iso, promise, VALUE_UNDEFINED);
    return promise;
  }
  if (iso->terminating) return NULL;
  Value error = isolate_take_exception(iso);
  for (u32 i = 0; i < t.stack.count; i++) {
    Module *unfinished = module_list_at(&t.stack, i);
    fail(iso, unfinished, error);
    ref_set(iso, unfinished, &unfinished->cycle_root, unfinished);
  }
  if (promise->state == PROMISE_PENDING) promise_reject(iso, promise, error);
  return promise;
}
