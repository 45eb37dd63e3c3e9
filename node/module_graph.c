// SPDX-License-Identifier: MIT
// Graphs of modules: walked breadth first over a table that is at once the list of what is still to do.
// Tests: tests/api/test_code.c, the suite of test262.
#include "node/module_graph.h"
#include "runtime/support.h"
#include "vm/cells.h"

bool module_graph_load(Isolate *iso, Module *root) {
  HashTable *seen = TRY(hash_table_new(iso));
  TRY(hash_table_set(iso, seen, value_from_cell(root), VALUE_TRUE));
  HashCursor cursor = {0};
  Value key, value;
  while (hash_table_next(seen, &cursor, &key, &value)) {
    Module *m = (Module *)value_cell(key);
    for (u32 i = 0; i < module_request_count(m); i++) {
      Module *required = TRY(iso->hooks->resolve_imported_module(iso, m, i));
      TRY(hash_table_set(iso, seen, value_from_cell(required), VALUE_TRUE)); // one that is there keeps its place
    }
  }
  return true;
}

static void evaluated(Isolate *iso, Value data, Value value, bool fulfilled) {
  JSObject *pair = value_object(data);
  JSPromise *promise = (JSPromise *)value_object(list_get(pair, 0));
  if (!fulfilled) {
    promise_reject(iso, promise, value);
    return;
  }
  JSObject *namespace = module_namespace(iso, (Module *)value_cell(list_get(pair, 1)));
  if (namespace) (void)promise_resolve_with(iso, promise, value_from_object(namespace));
  else if (!iso->terminating) promise_reject(iso, promise, isolate_take_exception(iso));
}

bool module_graph_evaluate(Isolate *iso, JSPromise *promise, Module *m) {
  TRY(module_link(iso, m));
  JSPromise *done = TRY(module_evaluate(iso, m));
  Value pair[] = {value_from_object(promise), value_from_cell(m)};
  JSObject *data = TRY(array_from_values(iso, pair, 2));
  return promise_then_native(iso, done, evaluated, value_from_object(data));
}
