// SPDX-License-Identifier: MIT
// What module.c, module_evaluate.c and module_namespace.c share.
#ifndef WEFT_VM_MODULE_INTERNAL_H
#define WEFT_VM_MODULE_INTERNAL_H

#include "vm/cells.h"
#include "vm/module.h"

// What an exported name stands for (ResolveExport).
enum ResolutionKind { RESOLUTION_FAILED, RESOLUTION_NULL, RESOLUTION_AMBIGUOUS, RESOLUTION_BINDING, RESOLUTION_NAMESPACE };
typedef struct ExportResolution {
  enum ResolutionKind kind; // FAILED: thrown
  Module *module;           // where the binding is, or whose namespace it is
  Binding *binding;
} ExportResolution;
ExportResolution module_resolve_export(Isolate *iso, Module *m, PropertyKey name);
MUST_CHECK bool module_exported_names(Isolate *iso, Module *m, KeyList *names); // GetExportedNames; any order, no duplicates

// A list of modules that grows, in the heap.
typedef struct ModuleList {
  ValueArray *items;
  u32 count;
} ModuleList;
MUST_CHECK bool module_list_push(Isolate *iso, ModuleList *list, Module *m);
bool module_list_has(const ModuleList *list, const Module *m);
static inline Module *module_list_at(const ModuleList *list, u32 i) {
  return (Module *)value_cell(slot_get(&list->items->values[i]));
}

// GetImportedModule: asks the host once. NULL: thrown.
MUST_CHECK Module *module_imported(Isolate *iso, Module *m, u32 request);
// Hoisted declarations, at link time. Runs code of the module (closures are made; nothing of the user's runs).
MUST_CHECK bool module_instantiate(Isolate *iso, Module *m);
static inline bool module_is_cyclic(const Module *m) { return !m->is_synthetic; }

#endif
