// SPDX-License-Identifier: MIT
// The event loop's side of FinalizationRegistry.
#ifndef WEFT_RUNTIME_MEMORY_FINALIZATION_REGISTRY_H
#define WEFT_RUNTIME_MEMORY_FINALIZATION_REGISTRY_H

#include "vm/isolate.h"

// True while registries wait to be cleaned up: a reason for the loop to take another turn.
static inline bool finalization_registry_is_pending(const Isolate *iso) { return iso->finalization_queue.len != 0; }
// Calls the clean-up callbacks of all registries that have dead targets; microtasks are the caller's business. An exception
// goes to `report` (may be NULL: dropped) and the rest goes on. Runs JS.
void finalization_registry_run(Isolate *iso, void (*report)(Isolate *iso, Value exception));

#endif
