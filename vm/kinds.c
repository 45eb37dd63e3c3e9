// SPDX-License-Identifier: MIT
// The two tables that say what each kind of cell is: for the collector (size, references, finalizers, weak parts), and for
// property access (methods, where inline slots begin). Objects share one trace function: shape, store, trailing words, and
// the words of the struct that the kind lists here.
#include "vm/bigint.h"
#include "vm/object_internal.h"

// ---- Objects ----

#define FIELD(Type, field) offsetof(Type, field)
// Offsets of references in the structs of object kinds, ended by 0.
static const u16 *const object_references[KIND_COUNT] = {
#define REFS(...) \
  (const u16[]) { __VA_ARGS__, 0 }
    [KIND_FUNCTION] = REFS(FIELD(JSFunction, code), FIELD(JSFunction, env)),
    [KIND_NATIVE_FUNCTION] = REFS(FIELD(JSNativeFunction, realm)),
    [KIND_BOUND_FUNCTION] =
        REFS(FIELD(JSBoundFunction, target), FIELD(JSBoundFunction, bound_this), FIELD(JSBoundFunction, bound_args)),
    [KIND_PROXY] = REFS(FIELD(JSProxy, target), FIELD(JSProxy, handler)),
    [KIND_ARGUMENTS] = REFS(FIELD(JSArguments, env), FIELD(JSArguments, map)),
    [KIND_ERROR] = REFS(FIELD(JSError, trace), FIELD(JSError, stack_value)),
    [KIND_PRIMITIVE_WRAPPER] = REFS(FIELD(JSPrimitiveWrapper, primitive)),
    [KIND_STRING_OBJECT] = REFS(FIELD(JSPrimitiveWrapper, primitive)),
    [KIND_REGEXP] = REFS(FIELD(JSRegExp, source), FIELD(JSRegExp, flags), FIELD(JSRegExp, model), FIELD(JSRegExp, realm)),
    [KIND_MAP] = REFS(FIELD(JSMap, table)),
    [KIND_SET] = REFS(FIELD(JSMap, table)),
    [KIND_WEAK_MAP] = REFS(FIELD(JSWeakMap, table)),
    [KIND_WEAK_SET] = REFS(FIELD(JSWeakMap, table)),
    [KIND_PROMISE] = REFS(FIELD(JSPromise, result), FIELD(JSPromise, reactions)),
    [KIND_ARRAY_BUFFER] = REFS(FIELD(JSArrayBuffer, detach_key), FIELD(JSArrayBuffer, views), FIELD(JSArrayBuffer, own_view)),
    [KIND_SHARED_ARRAY_BUFFER] = REFS(FIELD(JSArrayBuffer, detach_key), FIELD(JSArrayBuffer, views)),
    [KIND_TYPED_ARRAY] = REFS(FIELD(JSTypedArray, buffer)),
    [KIND_DATA_VIEW] = REFS(FIELD(JSDataView, buffer)),
    [KIND_GENERATOR] = REFS(FIELD(JSGenerator, frame), FIELD(JSGenerator, promise)),
    [KIND_ASYNC_FUNCTION_STATE] = REFS(FIELD(JSGenerator, frame), FIELD(JSGenerator, promise)),
    [KIND_ASYNC_GENERATOR] = REFS(FIELD(JSGenerator, frame), FIELD(JSGenerator, promise), FIELD(JSAsyncGenerator, queue)),
    [KIND_ARRAY_ITERATOR] = REFS(FIELD(JSArrayIterator, target)),
    [KIND_MAP_ITERATOR] = REFS(FIELD(JSMapIterator, table)),
    [KIND_STRING_ITERATOR] = REFS(FIELD(JSStringIterator, string)),
    [KIND_REGEXP_STRING_ITERATOR] = REFS(FIELD(JSRegExpStringIterator, regexp), FIELD(JSRegExpStringIterator, string)),
    [KIND_ITERATOR_HELPER] =
        REFS(FIELD(JSIteratorHelper, iterator), FIELD(JSIteratorHelper, next_method), FIELD(JSIteratorHelper, callback),
             FIELD(JSIteratorHelper, inner_iterator), FIELD(JSIteratorHelper, inner_next_method), FIELD(JSIteratorHelper, extra)),
    [KIND_WRAPPED_ITERATOR] = REFS(FIELD(JSWrappedIterator, iterator), FIELD(JSWrappedIterator, next_method)),
    [KIND_ASYNC_FROM_SYNC_ITERATOR] = REFS(FIELD(JSWrappedIterator, iterator), FIELD(JSWrappedIterator, next_method)),
    [KIND_FOR_IN_ITERATOR] = REFS(FIELD(JSForInIterator, target), FIELD(JSForInIterator, keys), FIELD(JSForInIterator, visited)),
    [KIND_MODULE_NAMESPACE] =
        REFS(FIELD(JSModuleNamespace, module), FIELD(JSModuleNamespace, names), FIELD(JSModuleNamespace, bindings)),
    [KIND_DISPOSABLE_STACK] = REFS(FIELD(JSDisposableStack, resources)),
    [KIND_ASYNC_DISPOSABLE_STACK] = REFS(FIELD(JSDisposableStack, resources)),
    [KIND_HOST_OBJECT] = REFS(FIELD(JSHostObject, values[0]), FIELD(JSHostObject, values[1])),
#undef REFS
};

static u32 trailing_words(const Cell *cell) { return cell->flags & OBJ_INLINE_CAP_MASK; }

static size_t object_size(const Cell *cell) { return weft_object_classes[cell->kind].size + trailing_words(cell) * sizeof(Slot); }

static void trace_store_words(GcTracer *tracer, const Store *store) {
  const u64 *words = (const u64 *)(const void *)store->words;
  u32 named = store->cell.shape_id;
  u32 elements = store->cell.flags & STORE_SPARSE ? 1 : ((const ElementsHeader *)(const void *)&words[named])->capacity;
  gc_trace_words(tracer, words, named);
  gc_trace_words(tracer, words + named + 1, elements);
}

static void trace_object(GcTracer *tracer, Cell *cell) {
  JSObject *o = (JSObject *)cell;
  const Isolate *iso = gc_tracer_context(tracer);
  gc_trace_cell(tracer, iso->shapes[cell->shape_id]);
  Store *store = obj_store(o);
  if (store) {
    (void)gc_trace_interior(tracer, &store->cell); // an old store may have been written since
    trace_store_words(tracer, store);
  }
  const char *base = (const char *)cell;
  const u16 *reference = object_references[cell->kind];
  for (; reference && *reference; reference++) gc_trace_word(tracer, *(const u64 *)(const void *)(base + *reference));
  gc_trace_words(tracer, (const u64 *)(const void *)(base + weft_object_classes[cell->kind].size), trailing_words(cell));
}

static void trace_registry(GcTracer *tracer, Cell *cell) {
  trace_object(tracer, cell);
  finalization_registry_trace(tracer, cell);
}

static void trace_host_object(GcTracer *tracer, Cell *cell) {
  trace_object(tracer, cell);
  const HostClass *class = ((JSHostObject *)cell)->host_class;
  if (class && class->trace) class->trace(tracer, cell);
}
static void finalize_host_object(Heap *heap, Cell *cell) { ((JSHostObject *)cell)->host_class->finalize(heap, cell); }

static void finalize_regexp(Heap *heap, Cell *cell) {
  (void)heap;
  JSRegExp *r = (JSRegExp *)cell;
  if (r->program && r->release_program) r->release_program(r->program);
  r->program = NULL;
}

// ---- Other cells ----

static size_t string_size(const Cell *cell) {
  const String *s = (const String *)cell;
  if (cell->flags & (STR_ROPE | STR_SLICE)) return sizeof(RopeString);
  return sizeof(String) + ((size_t)s->length << (cell->flags & STR_UTF16));
}
STATIC_ASSERT(sizeof(RopeString) == sizeof(SliceString));
static void trace_string(GcTracer *tracer, Cell *cell) {
  if (cell->flags & STR_ROPE) {
    gc_trace_cell(tracer, ref_get(((RopeString *)cell)->left));
    gc_trace_cell(tracer, ref_get(((RopeString *)cell)->right));
  } else if (cell->flags & STR_SLICE) {
    gc_trace_cell(tracer, ref_get(((SliceString *)cell)->parent));
  }
}

static size_t symbol_size(const Cell *cell) {
  (void)cell;
  return sizeof(Symbol);
}
static void trace_symbol(GcTracer *tracer, Cell *cell) { gc_trace_cell(tracer, ref_get(((Symbol *)cell)->description)); }

static size_t bigint_size(const Cell *cell) { return sizeof(BigInt) + (size_t)((const BigInt *)cell)->length * sizeof(u64); }

static size_t store_cell_size(const Cell *cell) { return store_size((const Store *)cell); }
// Objects point to their elements: where there is room for none, behind the store.
static bool store_is_empty(const Cell *cell) {
  const Store *store = (const Store *)cell;
  return !(cell->flags & STORE_SPARSE) && !elements_header(store->words + cell->shape_id + 1)->capacity;
}
static void trace_store(GcTracer *tracer, Cell *cell) { trace_store_words(tracer, (const Store *)cell); }

static size_t shape_size(const Cell *cell) {
  (void)cell;
  return sizeof(Shape);
}
static void trace_shape(GcTracer *tracer, Cell *cell) {
  const Shape *s = (const Shape *)cell;
  gc_trace_word(tracer, value_bits(slot_get(&s->proto)));
  gc_trace_cell(tracer, ref_get(s->parent));
  gc_trace_cell(tracer, ref_get(s->realm));
  gc_trace_word(tracer, key_bits(s->key));
  gc_trace_cell(tracer, ref_get(s->table));
  gc_trace_cell(tracer, ref_get(s->enum_cache));
  gc_trace_cell(tracer, ref_get(s->child_roots));
  const Cell *children = ref_get(s->transitions);
  if (children && children->kind == KIND_TRANSITION_TABLE) gc_trace_cell(tracer, children); // the children themselves are weak
}

static size_t table_size(const Cell *cell) {
  const PropertyTable *t = (const PropertyTable *)cell;
  return property_table_size(t->capacity, t->hash_mask);
}
static void trace_table(GcTracer *tracer, Cell *cell) {
  const PropertyTable *t = (const PropertyTable *)cell;
  for (u32 i = 0; i < t->count; i++) gc_trace_word(tracer, key_bits(table_entries(t)[i].key));
}

static size_t transitions_size(const Cell *cell) {
  const TransitionTable *t = (const TransitionTable *)cell;
  return sizeof(TransitionTable) + ((size_t)t->mask + 1) * sizeof(TransitionEntry);
}

static size_t sparse_cell_size(const Cell *cell) { return sparse_size(((const SparseElements *)cell)->mask); }
static void trace_sparse(GcTracer *tracer, Cell *cell) {
  const SparseElements *t = (const SparseElements *)cell;
  for (u32 i = 0; i <= t->mask; i++) gc_trace_word(tracer, value_bits(slot_get(&t->entries[i].value)));
}

static size_t accessor_size(const Cell *cell) {
  (void)cell;
  return sizeof(Accessor);
}
static void trace_accessor(GcTracer *tracer, Cell *cell) {
  gc_trace_word(tracer, value_bits(slot_get(&((Accessor *)cell)->getter)));
  gc_trace_word(tracer, value_bits(slot_get(&((Accessor *)cell)->setter)));
}

static size_t environment_size(const Cell *cell) { return sizeof(Environment) + (size_t)cell->shape_id * sizeof(Slot); }
static void trace_environment(GcTracer *tracer, Cell *cell) {
  const Environment *env = (const Environment *)cell;
  gc_trace_cell(tracer, ref_get(env->parent));
  gc_trace_words(tracer, (const u64 *)(const void *)env->slots, cell->shape_id);
}

static size_t binding_size(const Cell *cell) {
  (void)cell;
  return sizeof(Binding);
}
static void trace_binding(GcTracer *tracer, Cell *cell) {
  gc_trace_word(tracer, value_bits(slot_get(&((Binding *)cell)->value)));
  gc_trace_word(tracer, key_bits(((Binding *)cell)->name));
}

static size_t code_size(const Cell *cell) {
  (void)cell;
  return sizeof(Code);
}

static size_t realm_size(const Cell *cell) {
  (void)cell;
  return sizeof(Realm);
}
static void trace_realm(GcTracer *tracer, Cell *cell) {
  const Realm *r = (const Realm *)cell;
  gc_trace_cell(tracer, ref_get(r->global_object));
  gc_trace_word(tracer, value_bits(slot_get(&r->global_this)));
  for (u32 i = 0; i < INTRINSIC_COUNT; i++) gc_trace_cell(tracer, ref_get(r->intrinsics[i]));
  gc_trace_cell(tracer, ref_get(r->global_lexicals));
  gc_trace_cell(tracer, ref_get(r->template_map));
  // The root shapes follow each other.
  const u64 *shapes = &r->shape_object.word_;
  gc_trace_words(tracer, shapes, (size_t)(&r->shape_data_descriptor.word_ - shapes) + 1);
  for (u32 i = 0; i < PRISTINE_COUNT; i++) gc_trace_word(tracer, value_bits(slot_get(&r->guards[i].expected)));
  gc_trace_word(tracer, value_bits(slot_get(&r->host_defined)));
}

static size_t module_size(const Cell *cell) {
  (void)cell;
  return sizeof(Module);
}
static void trace_module(GcTracer *tracer, Cell *cell) {
  const Module *m = (const Module *)cell;
  const Slot *slots[] = {&m->host_defined,         &m->namespace_object,  &m->meta_object,     &m->evaluation_error,
                         &m->top_level_capability, &m->top_level_resolve, &m->top_level_reject};
  for (u32 i = 0; i < ARRAY_LEN(slots); i++) gc_trace_word(tracer, value_bits(slot_get(slots[i])));
  gc_trace_cell(tracer, ref_get(m->realm));
  gc_trace_cell(tracer, ref_get(m->code));
  gc_trace_cell(tracer, ref_get(m->environment));
  gc_trace_cell(tracer, ref_get(m->requested));
  gc_trace_cell(tracer, ref_get(m->exports));
  gc_trace_cell(tracer, ref_get(m->cycle_root));
  gc_trace_cell(tracer, ref_get(m->async_parents));
}

static size_t value_array_size(const Cell *cell) {
  return sizeof(ValueArray) + (size_t)((const ValueArray *)cell)->count * sizeof(Slot);
}
static void trace_value_array(GcTracer *tracer, Cell *cell) {
  const ValueArray *a = (const ValueArray *)cell;
  gc_trace_words(tracer, (const u64 *)(const void *)a->values, a->count);
}

static size_t bytes_size(const Cell *cell) { return sizeof(Bytes) + (size_t)((const Bytes *)cell)->size; }
static size_t hash_table_size(const Cell *cell) {
  (void)cell;
  return sizeof(HashTable);
}
static size_t weak_table_size(const Cell *cell) {
  (void)cell;
  return sizeof(WeakTable);
}

static size_t suspended_size(const Cell *cell) {
  return sizeof(SuspendedFrame) + (size_t)((const SuspendedFrame *)cell)->count * sizeof(Slot);
}
static void trace_suspended(GcTracer *tracer, Cell *cell) { // registers may hold words that are no values
  const SuspendedFrame *f = (const SuspendedFrame *)cell;
  const u64 *words = (const u64 *)(const void *)f->words;
  gc_trace_conservative(tracer, words, words + f->count);
}

static size_t reaction_size(const Cell *cell) {
  (void)cell;
  return sizeof(PromiseReaction);
}
static void trace_reaction(GcTracer *tracer, Cell *cell) {
  const PromiseReaction *r = (const PromiseReaction *)cell;
  gc_trace_cell(tracer, ref_get(r->next));
  gc_trace_word(tracer, value_bits(slot_get(&r->capability_promise)));
  gc_trace_word(tracer, value_bits(slot_get(&r->resolve)));
  gc_trace_word(tracer, value_bits(slot_get(&r->reject)));
  gc_trace_word(tracer, value_bits(slot_get(&r->on_fulfilled)));
  // Of native continuations it is a function pointer.
  if (r->type < REACTION_NATIVE) gc_trace_word(tracer, value_bits(slot_get(&r->on_rejected)));
}

static size_t iterator_record_size(const Cell *cell) {
  (void)cell;
  return sizeof(IteratorRecord);
}
static void trace_iterator_record(GcTracer *tracer, Cell *cell) {
  gc_trace_word(tracer, value_bits(slot_get(&((IteratorRecord *)cell)->iterator)));
  gc_trace_word(tracer, value_bits(slot_get(&((IteratorRecord *)cell)->next_method)));
}

static size_t stack_trace_size(const Cell *cell) {
  return sizeof(StackTrace) + (size_t)((const StackTrace *)cell)->count * sizeof(StackFrameInfo);
}
static void trace_stack_trace(GcTracer *tracer, Cell *cell) {
  const StackTrace *t = (const StackTrace *)cell;
  for (u32 i = 0; i < t->count; i++) {
    gc_trace_word(tracer, value_bits(t->frames[i].function));
    gc_trace_word(tracer, value_bits(t->frames[i].this_value));
  }
}

static size_t host_cell_size(const Cell *cell) {
  (void)cell;
  return sizeof(HostCell);
}
static void trace_host_cell(GcTracer *tracer, Cell *cell) {
  const HostCell *c = (const HostCell *)cell;
  gc_trace_words(tracer, (const u64 *)(const void *)c->values, ARRAY_LEN(c->values));
  if (c->host_class && c->host_class->trace) c->host_class->trace(tracer, cell);
}
static void finalize_host_cell(Heap *heap, Cell *cell) { ((HostCell *)cell)->host_class->finalize(heap, cell); }

// ---- The tables ----

#define OBJECT_KIND(NAME) [KIND_##NAME] = {.name = #NAME, .size = object_size, .trace = trace_object}

const GcKind weft_gc_kinds[KIND_COUNT] = {
    [KIND_STRING] = {.name = "STRING", .size = string_size, .trace = trace_string},
    [KIND_SYMBOL] = {.name = "SYMBOL", .size = symbol_size, .trace = trace_symbol},
    [KIND_BIGINT] = {.name = "BIGINT", .size = bigint_size},
    [KIND_STORE] = {.name = "STORE", .size = store_cell_size, .trace = trace_store, .end_counts = store_is_empty},
    [KIND_SHAPE] = {.name = "SHAPE", .size = shape_size, .trace = trace_shape},
    [KIND_PROPERTY_TABLE] = {.name = "PROPERTY_TABLE", .size = table_size, .trace = trace_table},
    [KIND_TRANSITION_TABLE] = {.name = "TRANSITION_TABLE", .size = transitions_size},
    [KIND_SPARSE_ELEMENTS] = {.name = "SPARSE_ELEMENTS", .size = sparse_cell_size, .trace = trace_sparse},
    [KIND_ACCESSOR] = {.name = "ACCESSOR", .size = accessor_size, .trace = trace_accessor},
    [KIND_ENVIRONMENT] = {.name = "ENVIRONMENT", .size = environment_size, .trace = trace_environment},
    [KIND_BINDING] = {.name = "BINDING", .size = binding_size, .trace = trace_binding},
    [KIND_CODE] = {.name = "CODE", .size = code_size, .trace = code_trace, .finalize = code_finalize},
    [KIND_REALM] = {.name = "REALM", .size = realm_size, .trace = trace_realm},
    [KIND_MODULE] = {.name = "MODULE", .size = module_size, .trace = trace_module},
    [KIND_VALUE_ARRAY] = {.name = "VALUE_ARRAY", .size = value_array_size, .trace = trace_value_array},
    [KIND_BYTES] = {.name = "BYTES", .size = bytes_size},
    [KIND_HASH_TABLE] = {.name = "HASH_TABLE", .size = hash_table_size, .trace = hash_table_trace},
    [KIND_WEAK_TABLE] = {.name = "WEAK_TABLE",
                         .size = weak_table_size,
                         .finalize = weak_table_finalize,
                         .trace_ephemerons = weak_table_trace_ephemerons,
                         .sweep_weak = weak_table_sweep},
    [KIND_SUSPENDED_FRAME] = {.name = "SUSPENDED_FRAME", .size = suspended_size, .trace = trace_suspended},
    [KIND_PROMISE_REACTION] = {.name = "PROMISE_REACTION", .size = reaction_size, .trace = trace_reaction},
    [KIND_PROMISE_CAPABILITY] = {.name = "PROMISE_CAPABILITY", .size = accessor_size}, // lives on the C stack only
    [KIND_ITERATOR_RECORD] = {.name = "ITERATOR_RECORD", .size = iterator_record_size, .trace = trace_iterator_record},
    [KIND_STACK_TRACE] = {.name = "STACK_TRACE", .size = stack_trace_size, .trace = trace_stack_trace},
    [KIND_HOST_CELL] = {.name = "HOST_CELL", .size = host_cell_size, .trace = trace_host_cell, .finalize = finalize_host_cell},
    OBJECT_KIND(OBJECT),
    OBJECT_KIND(ARRAY),
    OBJECT_KIND(FUNCTION),
    OBJECT_KIND(NATIVE_FUNCTION),
    OBJECT_KIND(BOUND_FUNCTION),
    OBJECT_KIND(PROXY),
    OBJECT_KIND(ARGUMENTS),
    OBJECT_KIND(ERROR),
    OBJECT_KIND(PRIMITIVE_WRAPPER),
    OBJECT_KIND(STRING_OBJECT),
    OBJECT_KIND(DATE),
    [KIND_REGEXP] = {.name = "REGEXP", .size = object_size, .trace = trace_object, .finalize = finalize_regexp},
    OBJECT_KIND(MAP),
    OBJECT_KIND(SET),
    OBJECT_KIND(WEAK_MAP),
    OBJECT_KIND(WEAK_SET),
    [KIND_WEAK_REF] = {.name = "WEAK_REF", .size = object_size, .trace = trace_object, .sweep_weak = weak_ref_sweep},
    [KIND_FINALIZATION_REGISTRY] = {.name = "FINALIZATION_REGISTRY",
                                    .size = object_size,
                                    .trace = trace_registry,
                                    .finalize = finalization_registry_finalize,
                                    .sweep_weak = finalization_registry_sweep},
    OBJECT_KIND(PROMISE),
    [KIND_ARRAY_BUFFER] = {.name = "ARRAY_BUFFER",
                           .size = object_size,
                           .trace = trace_object,
                           .finalize = array_buffer_finalize,
                           .sweep_weak = array_buffer_sweep},
    [KIND_SHARED_ARRAY_BUFFER] = {.name = "SHARED_ARRAY_BUFFER",
                                  .size = object_size,
                                  .trace = trace_object,
                                  .finalize = array_buffer_finalize,
                                  .sweep_weak = array_buffer_sweep},
    OBJECT_KIND(TYPED_ARRAY),
    OBJECT_KIND(DATA_VIEW),
    OBJECT_KIND(GENERATOR),
    OBJECT_KIND(ASYNC_FUNCTION_STATE),
    OBJECT_KIND(ASYNC_GENERATOR),
    OBJECT_KIND(ARRAY_ITERATOR),
    OBJECT_KIND(MAP_ITERATOR),
    OBJECT_KIND(STRING_ITERATOR),
    OBJECT_KIND(REGEXP_STRING_ITERATOR),
    OBJECT_KIND(ITERATOR_HELPER),
    OBJECT_KIND(WRAPPED_ITERATOR),
    OBJECT_KIND(ASYNC_FROM_SYNC_ITERATOR),
    OBJECT_KIND(FOR_IN_ITERATOR),
    OBJECT_KIND(MODULE_NAMESPACE),
    OBJECT_KIND(GLOBAL_OBJECT),
    OBJECT_KIND(DISPOSABLE_STACK),
    OBJECT_KIND(ASYNC_DISPOSABLE_STACK),
    OBJECT_KIND(RAW_JSON),
    [KIND_HOST_OBJECT] = {.name = "HOST_OBJECT", .size = object_size, .trace = trace_host_object, .finalize = finalize_host_object},
};

#define CLASS_(NAME, methods_, name_, cap_, traits_, flags_, Type) \
  [KIND_##NAME] = {.methods = &methods_, \
                   .class_name = name_, \
                   .size = sizeof(Type), \
                   .inline_cap = cap_, \
                   .traits = traits_, \
                   .shape_flags = flags_}
#define CLASS(NAME, name_, Type) CLASS_(NAME, ordinary_methods, name_, 0, 0, 0, Type)

const ObjectClass weft_object_classes[KIND_COUNT] = {
    CLASS_(OBJECT, ordinary_methods, "Object", 4, 0, 0, JSObject),
    CLASS_(ARRAY, array_methods, "Array", 0, TRAIT_EXOTIC_LENGTH, 0, JSArray),
    CLASS_(FUNCTION, function_methods, "Function", 0, TRAIT_LAZY_FUNCTION | TRAIT_CALLABLE, 0, JSFunction),
    CLASS_(NATIVE_FUNCTION, ordinary_methods, "Function", 2, TRAIT_CALLABLE, 0, JSNativeFunction),
    CLASS_(BOUND_FUNCTION, ordinary_methods, "Function", 2, TRAIT_CALLABLE, 0, JSBoundFunction),
    CLASS_(PROXY, proxy_methods, "Object", 0, TRAIT_EXOTIC_NAMED | TRAIT_EXOTIC_ELEMENTS, SHAPE_EXOTIC, JSProxy),
    CLASS_(ARGUMENTS, arguments_methods, "Arguments", 3, TRAIT_EXOTIC_ELEMENTS, 0, JSArguments),
    CLASS_(ERROR, error_methods, "Error", 2, 0, 0, JSError),
    CLASS(PRIMITIVE_WRAPPER, "Object", JSPrimitiveWrapper),
    CLASS_(STRING_OBJECT, string_object_methods, "String", 0, TRAIT_EXOTIC_LENGTH | TRAIT_EXOTIC_ELEMENTS, SHAPE_EXOTIC,
           JSPrimitiveWrapper),
    CLASS(DATE, "Date", JSDate),
    CLASS_(REGEXP, ordinary_methods, "RegExp", 1, 0, 0, JSRegExp),
    CLASS(MAP, "Map", JSMap),
    CLASS(SET, "Set", JSMap),
    CLASS(WEAK_MAP, "WeakMap", JSWeakMap),
    CLASS(WEAK_SET, "WeakSet", JSWeakMap),
    CLASS(WEAK_REF, "WeakRef", JSWeakRef),
    CLASS(FINALIZATION_REGISTRY, "FinalizationRegistry", JSFinalizationRegistry),
    CLASS(PROMISE, "Promise", JSPromise),
    CLASS(ARRAY_BUFFER, "ArrayBuffer", JSArrayBuffer),
    CLASS(SHARED_ARRAY_BUFFER, "SharedArrayBuffer", JSArrayBuffer),
    CLASS_(TYPED_ARRAY, typed_array_methods, "TypedArray", 0, TRAIT_NUMERIC_NAMES | TRAIT_EXOTIC_ELEMENTS, SHAPE_EXOTIC,
           JSTypedArray),
    CLASS(DATA_VIEW, "DataView", JSDataView),
    CLASS(GENERATOR, "Generator", JSGenerator),
    CLASS(ASYNC_FUNCTION_STATE, "Object", JSGenerator),
    CLASS(ASYNC_GENERATOR, "AsyncGenerator", JSAsyncGenerator),
    CLASS(ARRAY_ITERATOR, "Array Iterator", JSArrayIterator),
    CLASS(MAP_ITERATOR, "Map Iterator", JSMapIterator),
    CLASS(STRING_ITERATOR, "String Iterator", JSStringIterator),
    CLASS(REGEXP_STRING_ITERATOR, "RegExp String Iterator", JSRegExpStringIterator),
    CLASS(ITERATOR_HELPER, "Iterator Helper", JSIteratorHelper),
    CLASS(WRAPPED_ITERATOR, "Object", JSWrappedIterator),
    CLASS(ASYNC_FROM_SYNC_ITERATOR, "Object", JSWrappedIterator),
    CLASS(FOR_IN_ITERATOR, "Object", JSForInIterator),
    CLASS_(MODULE_NAMESPACE, module_namespace_methods, "Module", 1, TRAIT_EXOTIC_NAMED | TRAIT_EXOTIC_ELEMENTS, SHAPE_EXOTIC,
           JSModuleNamespace),
    CLASS_(GLOBAL_OBJECT, global_object_methods, "Object", 0, 0, 0, JSObject),
    CLASS(DISPOSABLE_STACK, "DisposableStack", JSDisposableStack),
    CLASS(ASYNC_DISPOSABLE_STACK, "AsyncDisposableStack", JSDisposableStack),
    CLASS_(RAW_JSON, ordinary_methods, "Object", 2, 0, 0, JSObject),
    CLASS_(HOST_OBJECT, ordinary_methods, "Object", 0, TRAIT_HOST, 0, JSHostObject),
};
