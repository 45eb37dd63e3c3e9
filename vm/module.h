// SPDX-License-Identifier: MIT
// Module records (ECMA-262 16.2.1): source text modules, and synthetic ones (JSON, CommonJS, built-in).
#ifndef WEFT_VM_MODULE_H
#define WEFT_VM_MODULE_H

#include "vm/promise.h"

enum ModuleStatus {
  MODULE_NEW,
  MODULE_UNLINKED,
  MODULE_LINKING,
  MODULE_LINKED,
  MODULE_EVALUATING,
  MODULE_EVALUATING_ASYNC,
  MODULE_EVALUATED
};

// What the compiler found out about a module's imports and exports; part of the shared code, immutable.
typedef struct CodeModuleRequest {
  u32 specifier; // string number in the body
  u32 attribute_count;
  const u32 *attributes; // pairs: key, value (string numbers)
} CodeModuleRequest;
typedef struct CodeImport { // local binding cell `slot` of the module environment <- import
  u32 request;
  u32 import_name; // string number; UINT32_MAX: namespace
  u32 slot;        // in the module's environment: holds the Binding cell
} CodeImport;
enum CodeExportKind { CODE_EXPORT_LOCAL, CODE_EXPORT_INDIRECT, CODE_EXPORT_STAR, CODE_EXPORT_STAR_AS };
typedef struct CodeExport {
  u32 kind;
  u32 export_name;          // string number
  u32 request, import_name; // indirect
  u32 slot;                 // local: environment slot (Binding cell)
} CodeExport;
//
// The code of a module is a function with one parameter R[1] over the module's environment. Called at link time with true it
// creates the hoisted functions, sets hoisted var bindings to undefined, and returns (before ASYNC_START, if any); called
// with undefined it runs the module body. That way a cycle can call functions of a module that has not run yet.
typedef struct CodeModuleInfo {
  u32 request_count, import_count, export_count;
  const CodeModuleRequest *requests;
  const CodeImport *imports;
  const CodeExport *exports;
  u32 slot_count; // of the module environment. Slots named by imports and local exports hold Binding cells (made at
                  // link time, before any code runs); other captured variables are plain slots
  bool has_top_level_await;
} CodeModuleInfo;

// One binding that other modules (or scripts) can see: global lexical declarations, module variables.
typedef struct Binding {
  Cell cell;
  Slot value; // EMPTY: uninitialised
  bool is_const;
  PropertyKey name;
} Binding;

typedef struct Module {
  Cell cell;
  u32 status;
  bool is_synthetic, has_tla, async_evaluation, evaluation_failed;
  REF(Realm) realm;
  Slot host_defined; // the host's: URL, loader state
  Slot namespace_object, meta_object, evaluation_error;
  REF(Cell) code;             // Code of a source text module
  const CodeModuleInfo *info; // of the code's block
  REF(Cell) environment;      // Environment
  REF(Cell) requested;        // ValueArray: Module per request
  REF(Cell) exports;          // HashTable: synthetic: name -> Binding; source text: resolution cache
  // Linking and evaluation (Tarjan)
  i32 dfs_index, dfs_ancestor_index;
  REF(struct Module) cycle_root;
  Slot top_level_capability, top_level_resolve, top_level_reject;
  REF(Cell) async_parents; // ValueArray
  u32 async_parent_count;
  i32 pending_async;
  u64 async_order;
  bool (*synthetic_evaluate)(Isolate *iso, struct Module *m);
} Module;

typedef struct JSModuleNamespace {
  JSObject object;
  REF(Module) module;
  REF(Cell) names;    // ValueArray of sorted export names
  REF(Cell) bindings; // ValueArray of Binding cells (or namespace Modules)
} JSModuleNamespace;

MUST_CHECK Module *module_new_source(Isolate *iso, CodeBlock *block, Value host_defined); // takes no reference
MUST_CHECK Module *module_new_synthetic(Isolate *iso, const PropertyKey *names, u32 count, bool (*evaluate)(Isolate *, Module *),
                                        Value host_defined);
MUST_CHECK bool module_set_synthetic_export(Isolate *iso, Module *m, PropertyKey name, Value v);
// The host loads all requested modules first (hooks.resolve_imported_module must answer from its map), then:
MUST_CHECK bool module_link(Isolate *iso, Module *m);
MUST_CHECK JSPromise *module_evaluate(Isolate *iso, Module *m); // Runs JS
MUST_CHECK Value module_execute(Isolate *iso, Module *m);       // runs the body; with top-level await: its promise. Runs JS
MUST_CHECK JSObject *module_namespace(Isolate *iso, Module *m); // of a module whose imports are loaded
u32 module_request_count(const Module *m);
MUST_CHECK String *module_request_specifier(Isolate *iso, const Module *m, u32 request);
Value module_request_attributes(Isolate *iso, const Module *m, u32 request); // array of key, value, ... or undefined

#endif
