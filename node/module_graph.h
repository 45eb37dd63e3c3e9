// SPDX-License-Identifier: MIT
// Graphs of modules for hosts that load synchronously: those of the embedding API and of test262. (Node's own loader is asynchronous and
// written in JavaScript.)
#ifndef WEFT_NODE_MODULE_GRAPH_H
#define WEFT_NODE_MODULE_GRAPH_H

#include "vm/module.h"
#include "vm/promise.h"

// Asks hooks.resolve_imported_module for all that `root` and what it requests request, before anything is linked: what cannot be loaded is
// the first error. Runs JS if the hook does.
MUST_CHECK bool module_graph_load(Isolate *iso, Module *root);
// Links and evaluates; the promise gets the namespace, or what an evaluation fails with. What fails before is thrown. Runs JS.
MUST_CHECK bool module_graph_evaluate(Isolate *iso, JSPromise *promise, Module *m);

#endif
