// SPDX-License-Identifier: MIT
// Module records: what they import and export, and linking them (ECMA-262 16.2.1.5.1, 16.2.1.6, 16.2.1.8).
// A module's environment has slots; those that other modules can see (imports, local exports) hold Binding cells, so that
// an import is the very cell of the exporting module and reads through it cost one load more.
// Tests: tests/js/control/module*, test262.
#include "vm/module_internal.h"

#include "vm/convert.h"
#include "vm/error.h"
#include "vm/function.h"

// ---- Lists ----

bool module_list_push(Isolate *iso, ModuleList *list, Module *m) {
  if (!list->items || list->count == list->items->count) {
    ValueArray *larger = TRY(value_array_new(iso, list->items ? list->items->count * 2 : 8));
    for (u32 i = 0; i < list->count; i++) slot_init(&larger->values[i], slot_get(&list->items->values[i]));
    gc_barrier(heap_of(iso), &larger->cell);
    list->items = larger;
  }
  slot_set(iso, list->items, &list->items->values[list->count], value_from_cell(m));
  list->count++;
  return true;
}

bool module_list_has(const ModuleList *list, const Module *m) {
  for (u32 i = 0; i < list->count; i++) {
    if (module_list_at(list, i) == m) return true;
  }
  return false;
}

// ---- Making ----

static const CodeBody *body_of(const Module *m) { return ((Code *)ref_get(m->code))->block->body; }

static PropertyKey key_of_number(Isolate *iso, const Module *m, u32 number) {
  const CodeBody *body = body_of(m);
  const ConstantString *s = &body->strings[number];
  if (s->utf16) return key_from_utf16(iso, body->text16 + s->offset, s->length);
  return key_from_latin1(iso, body->text8 + s->offset, s->length);
}

static Module *module_new(Isolate *iso, Value host_defined) {
  Module *m = (Module *)gc_alloc(heap_of(iso), sizeof(Module), KIND_MODULE);
  m->status = MODULE_UNLINKED;
  slot_init(&m->host_defined, host_defined);
  slot_init(&m->namespace_object, VALUE_UNDEFINED);
  slot_init(&m->meta_object, VALUE_UNDEFINED);
  slot_init(&m->evaluation_error, VALUE_UNDEFINED);
  slot_init(&m->top_level_capability, VALUE_UNDEFINED);
  ref_init(&m->realm, realm_current(iso));
  return m;
}

static Binding *binding_new(Isolate *iso) { return (Binding *)gc_alloc(heap_of(iso), sizeof(Binding), KIND_BINDING); }

static Environment *environment_of(const Module *m) { return (Environment *)ref_get(m->environment); }

// The Binding in a slot, made when it is not there yet.
static Binding *own_binding(Isolate *iso, Module *m, u32 slot) {
  Slot *place = &environment_of(m)->slots[slot];
  if (slot_get(place) == VALUE_EMPTY) slot_set(iso, environment_of(m), place, value_from_cell(binding_new(iso)));
  return (Binding *)value_cell(slot_get(place));
}

Module *module_new_source(Isolate *iso, CodeBlock *block, Value host_defined) {
  const CodeBody *body = atomic_load_explicit(&block->body, memory_order_acquire);
  ASSERT(body && body->module);
  Module *m = module_new(iso, host_defined);
  m->info = body->module;
  m->has_tla = m->info->has_top_level_await;
  Code *code = TRY(code_new(iso, ref_get(m->realm), block, value_from_cell(m)));
  ref_set(iso, m, &m->code, &code->cell);
  Environment *env = environment_new(iso, NULL, m->info->slot_count);
  ref_set(iso, m, &m->environment, &env->cell);
  ValueArray *requested = TRY(value_array_new(iso, m->info->request_count));
  ref_set(iso, m, &m->requested, &requested->cell);
  for (u32 i = 0; i < m->info->export_count; i++) {
    if (m->info->exports[i].kind == CODE_EXPORT_LOCAL) (void)own_binding(iso, m, m->info->exports[i].slot);
  }
  return m;
}

Module *module_new_synthetic(Isolate *iso, const PropertyKey *names, u32 count, bool (*evaluate)(Isolate *, Module *),
                             Value host_defined) {
  Module *m = module_new(iso, host_defined);
  m->is_synthetic = true;
  m->synthetic_evaluate = evaluate;
  HashTable *exports = TRY(hash_table_new(iso));
  ref_set(iso, m, &m->exports, &exports->cell);
  for (u32 i = 0; i < count; i++) {
    Binding *binding = binding_new(iso);
    slot_set(iso, binding, &binding->value, VALUE_UNDEFINED);
    Value name = TRY(key_to_value(iso, names[i]));
    TRY(hash_table_set(iso, exports, name, value_from_cell(binding)));
  }
  return m;
}

static HashEntry *find_by_name(Isolate *iso, Module *m, PropertyKey name) {
  HashTable *table = (HashTable *)ref_get(m->exports);
  Value key = table ? key_to_value(iso, name) : VALUE_FAIL;
  return key ? hash_table_find(iso, table, key, NULL) : NULL;
}

bool module_set_synthetic_export(Isolate *iso, Module *m, PropertyKey name, Value v) {
  HashEntry *entry = find_by_name(iso, m, name);
  if (!entry) return THROW(iso, REFERENCE, "export is not declared in the synthetic module");
  Binding *binding = (Binding *)value_cell(slot_get(&entry->value));
  slot_set(iso, binding, &binding->value, v);
  return true;
}

// ---- Requests ----

u32 module_request_count(const Module *m) { return m->is_synthetic ? 0 : m->info->request_count; }

static String *string_of_number(Isolate *iso, const Module *m, u32 number) {
  PropertyKey key = TRY(key_of_number(iso, m, number));
  Value v = TRY(key_to_value(iso, key));
  return value_string(v);
}

String *module_request_specifier(Isolate *iso, const Module *m, u32 request) {
  return string_of_number(iso, m, m->info->requests[request].specifier);
}

Value module_request_attributes(Isolate *iso, const Module *m, u32 request) {
  const CodeModuleRequest *r = &m->info->requests[request];
  if (!r->attribute_count) return VALUE_UNDEFINED;
  JSObject *array = TRY(array_create(iso, 0));
  for (u32 i = 0; i < r->attribute_count * 2; i++) {
    String *s = TRY(string_of_number(iso, m, r->attributes[i]));
    TRY(array_push_value(iso, array, value_from_cell(s)));
  }
  return value_from_object(array);
}

Module *module_imported(Isolate *iso, Module *m, u32 request) {
  ValueArray *requested = (ValueArray *)ref_get(m->requested);
  Value known = slot_get(&requested->values[request]);
  if (known != VALUE_EMPTY) return (Module *)value_cell(known);
  Module *found = TRY(iso->hooks->resolve_imported_module(iso, m, request));
  slot_set(iso, requested, &requested->values[request], value_from_cell(found));
  return found;
}

// ---- Exports ----

typedef struct ResolveSet { // pairs of module and name that were asked for already
  ValueArray *pairs;
  u32 count;
} ResolveSet;

static bool resolve_set_has(const ResolveSet *set, const Module *m, Value name) {
  for (u32 i = 0; i < set->count; i++) {
    if (slot_get(&set->pairs->values[2 * i]) == value_from_cell(m) && slot_get(&set->pairs->values[2 * i + 1]) == name) return true;
  }
  return false;
}

static bool resolve_set_add(Isolate *iso, ResolveSet *set, const Module *m, Value name) {
  if (!set->pairs || 2 * set->count == set->pairs->count) {
    ValueArray *larger = TRY(value_array_new(iso, set->pairs ? set->pairs->count * 2 : 16));
    for (u32 i = 0; i < 2 * set->count; i++) slot_init(&larger->values[i], slot_get(&set->pairs->values[i]));
    gc_barrier(heap_of(iso), &larger->cell);
    set->pairs = larger;
  }
  slot_set(iso, set->pairs, &set->pairs->values[2 * set->count], value_from_cell(m));
  slot_set(iso, set->pairs, &set->pairs->values[2 * set->count + 1], name);
  set->count++;
  return true;
}

#define FAILED ((ExportResolution){RESOLUTION_FAILED, NULL, NULL})
#define NOTHING ((ExportResolution){RESOLUTION_NULL, NULL, NULL})

static ExportResolution resolve_export(Isolate *iso, Module *m, PropertyKey name, ResolveSet *set);

// `import * as ns` and `export { ns }` stand for the namespace itself, so that two ways to it are not ambiguous.
static ExportResolution resolve_local(Isolate *iso, Module *m, u32 slot) {
  for (u32 i = 0; i < m->info->import_count; i++) {
    const CodeImport *import = &m->info->imports[i];
    if (import->slot != slot || import->import_name != UINT32_MAX) continue;
    Module *from = module_imported(iso, m, import->request);
    return from ? (ExportResolution){RESOLUTION_NAMESPACE, from, NULL} : FAILED;
  }
  return (ExportResolution){RESOLUTION_BINDING, m, own_binding(iso, m, slot)};
}

static ExportResolution resolve_explicit(Isolate *iso, Module *m, const CodeExport *e, ResolveSet *set) {
  if (e->kind == CODE_EXPORT_LOCAL) return resolve_local(iso, m, e->slot);
  Module *from = module_imported(iso, m, e->request);
  if (!from) return FAILED;
  if (e->kind == CODE_EXPORT_STAR_AS) return (ExportResolution){RESOLUTION_NAMESPACE, from, NULL};
  PropertyKey import_name = key_of_number(iso, m, e->import_name);
  return import_name ? resolve_export(iso, from, import_name, set) : FAILED;
}

static ExportResolution resolve_by_stars(Isolate *iso, Module *m, PropertyKey name, ResolveSet *set) {
  ExportResolution star = NOTHING;
  if (name == ATOM(default)) return star; // a star never exports default
  for (u32 i = 0; i < m->info->export_count; i++) {
    if (m->info->exports[i].kind != CODE_EXPORT_STAR) continue;
    Module *from = module_imported(iso, m, m->info->exports[i].request);
    if (!from) return FAILED;
    ExportResolution r = resolve_export(iso, from, name, set);
    if (r.kind == RESOLUTION_FAILED || r.kind == RESOLUTION_AMBIGUOUS) return r;
    if (r.kind == RESOLUTION_NULL) continue;
    if (star.kind == RESOLUTION_NULL) star = r;
    else if (r.kind != star.kind || r.module != star.module || r.binding != star.binding) {
      return (ExportResolution){RESOLUTION_AMBIGUOUS, NULL, NULL};
    }
  }
  return star;
}

static ExportResolution resolve_export(Isolate *iso, Module *m, PropertyKey name, ResolveSet *set) {
  if (!check_c_stack(iso)) return FAILED;
  if (m->is_synthetic) {
    HashEntry *entry = find_by_name(iso, m, name);
    if (!entry) return isolate_has_exception(iso) ? FAILED : NOTHING;
    return (ExportResolution){RESOLUTION_BINDING, m, (Binding *)value_cell(slot_get(&entry->value))};
  }
  Value marker = (Value)name; // atoms are values; the int tag of an index key makes it an int: unique either way
  if (resolve_set_has(set, m, marker)) return NOTHING; // a circular request
  if (!resolve_set_add(iso, set, m, marker)) return FAILED;
  for (u32 i = 0; i < m->info->export_count; i++) {
    const CodeExport *e = &m->info->exports[i];
    if (e->kind == CODE_EXPORT_STAR) continue;
    PropertyKey export_name = key_of_number(iso, m, e->export_name);
    if (!export_name) return FAILED;
    if (export_name == name) return resolve_explicit(iso, m, e, set);
  }
  return resolve_by_stars(iso, m, name, set);
}

ExportResolution module_resolve_export(Isolate *iso, Module *m, PropertyKey name) {
  ResolveSet set = {0};
  return resolve_export(iso, m, name, &set);
}

static bool add_name(Isolate *iso, KeyList *names, HashTable *seen, PropertyKey name) {
  Value v = TRY(key_to_value(iso, name));
  bool failed;
  if (hash_table_find(iso, seen, v, &failed)) return true;
  if (failed) return false;
  TRY(hash_table_set(iso, seen, v, VALUE_UNDEFINED));
  return key_list_push(names, name);
}

static bool add_exported_names(Isolate *iso, Module *m, KeyList *names, HashTable *seen, ModuleList *visited, bool is_star) {
  TRY(check_c_stack(iso));
  if (m->is_synthetic) {
    HashCursor cursor = {0};
    Value name, binding;
    while (hash_table_next((HashTable *)ref_get(m->exports), &cursor, &name, &binding)) {
      PropertyKey key = TRY(key_from_string(iso, value_string(name)));
      if (!is_star || key != ATOM(default)) TRY(add_name(iso, names, seen, key));
    }
    return true;
  }
  if (module_list_has(visited, m)) return true;
  TRY(module_list_push(iso, visited, m));
  for (u32 i = 0; i < m->info->export_count; i++) {
    const CodeExport *e = &m->info->exports[i];
    if (e->kind == CODE_EXPORT_STAR) {
      Module *from = TRY(module_imported(iso, m, e->request));
      TRY(add_exported_names(iso, from, names, seen, visited, true));
      continue;
    }
    PropertyKey name = TRY(key_of_number(iso, m, e->export_name));
    if (!is_star || name != ATOM(default)) TRY(add_name(iso, names, seen, name));
  }
  return true;
}

bool module_exported_names(Isolate *iso, Module *m, KeyList *names) {
  ModuleList visited = {0};
  HashTable *seen = TRY(hash_table_new(iso));
  return add_exported_names(iso, m, names, seen, &visited, false);
}

// ---- Linking ----

static bool throw_unresolved(Isolate *iso, const Module *m, u32 request, PropertyKey name, enum ResolutionKind kind) {
  if (kind == RESOLUTION_FAILED) return false;
  String *s = TRY(module_request_specifier(iso, m, request));
  const char *specifier = error_text_of_string(iso, s), *text = error_text_of_key(iso, name);
  if (kind == RESOLUTION_AMBIGUOUS) return THROW(iso, MODULE_EXPORT_AMBIGUOUS, specifier, text);
  return THROW(iso, MODULE_EXPORT_MISSING, specifier, text);
}

static bool check_indirect_exports(Isolate *iso, Module *m) {
  for (u32 i = 0; i < m->info->export_count; i++) {
    const CodeExport *e = &m->info->exports[i];
    if (e->kind != CODE_EXPORT_INDIRECT) continue;
    PropertyKey name = TRY(key_of_number(iso, m, e->export_name));
    ExportResolution r = module_resolve_export(iso, m, name);
    if (r.kind < RESOLUTION_BINDING) {
      PropertyKey import_name = r.kind ? TRY(key_of_number(iso, m, e->import_name)) : NULL;
      return throw_unresolved(iso, m, e->request, import_name, r.kind);
    }
  }
  return true;
}

static bool bind_namespace(Isolate *iso, Module *m, u32 slot, Module *of) {
  JSObject *namespace = TRY(module_namespace(iso, of));
  Binding *binding = own_binding(iso, m, slot);
  slot_set(iso, binding, &binding->value, value_from_object(namespace));
  return true;
}

static bool bind_import(Isolate *iso, Module *m, const CodeImport *import) {
  Module *from = TRY(module_imported(iso, m, import->request));
  if (import->import_name == UINT32_MAX) return bind_namespace(iso, m, import->slot, from);
  PropertyKey name = TRY(key_of_number(iso, m, import->import_name));
  ExportResolution r = module_resolve_export(iso, from, name);
  if (r.kind == RESOLUTION_NAMESPACE) return bind_namespace(iso, m, import->slot, r.module);
  if (r.kind != RESOLUTION_BINDING) return throw_unresolved(iso, m, import->request, name, r.kind);
  slot_set(iso, environment_of(m), &environment_of(m)->slots[import->slot], value_from_cell(r.binding));
  return true;
}

static bool initialize_environment(Isolate *iso, Module *m) {
  TRY(check_indirect_exports(iso, m));
  for (u32 i = 0; i < m->info->import_count; i++) TRY(bind_import(iso, m, &m->info->imports[i]));
  return module_instantiate(iso, m);
}

typedef struct Tarjan {
  ModuleList stack;
  i32 index;
} Tarjan;

static bool inner_module_linking(Isolate *iso, Module *m, Tarjan *t) {
  if (m->is_synthetic) {
    if (m->status < MODULE_LINKED) m->status = MODULE_LINKED;
    return true;
  }
  if (m->status >= MODULE_LINKING) return true;
  TRY(check_c_stack(iso));
  m->status = MODULE_LINKING;
  m->dfs_index = m->dfs_ancestor_index = t->index++;
  TRY(module_list_push(iso, &t->stack, m));
  for (u32 i = 0; i < m->info->request_count; i++) {
    Module *required = TRY(module_imported(iso, m, i));
    TRY(inner_module_linking(iso, required, t));
    if (required->status == MODULE_LINKING && module_is_cyclic(required)) {
      m->dfs_ancestor_index = MIN(m->dfs_ancestor_index, required->dfs_ancestor_index);
    }
  }
  TRY(initialize_environment(iso, m));
  if (m->dfs_ancestor_index != m->dfs_index) return true;
  Module *popped;
  do {
    popped = module_list_at(&t->stack, --t->stack.count);
    popped->status = MODULE_LINKED;
  } while (popped != m);
  return true;
}

bool module_link(Isolate *iso, Module *m) {
  Tarjan t = {0};
  if (inner_module_linking(iso, m, &t)) return true;
  for (u32 i = 0; i < t.stack.count; i++) module_list_at(&t.stack, i)->status = MODULE_UNLINKED;
  if (m->status == MODULE_LINKING) m->status = MODULE_UNLINKED;
  return false;
}
