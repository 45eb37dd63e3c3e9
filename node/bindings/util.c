// SPDX-License-Identifier: MIT
// What lib/util.js and internal/util/inspect.js cannot find out in JavaScript: the kind of an object, what is inside proxies,
// promises, weak collections and iterators, call sites, the width of text on a terminal. Nothing here runs user code but
// getOwnNonIndexProperties on a proxy.
// Tests: tests/node/util/.
#include "node/bindings.h"
#include "node/bindings/string_width.h"
#include "vm/arguments.h"
#include "vm/proxy.h"

// ---- Kinds ----

// kindOf's answers; the same list is in lib/internal/util/inspect.js.
enum ValueKind {
  VALUE_KIND_PLAIN,
  VALUE_KIND_ARRAY,
  VALUE_KIND_FUNCTION,
  VALUE_KIND_ERROR,
  VALUE_KIND_DATE,
  VALUE_KIND_REGEXP,
  VALUE_KIND_MAP,
  VALUE_KIND_SET,
  VALUE_KIND_WEAK_MAP,
  VALUE_KIND_WEAK_SET,
  VALUE_KIND_PROMISE,
  VALUE_KIND_ARRAY_BUFFER,
  VALUE_KIND_SHARED_ARRAY_BUFFER,
  VALUE_KIND_TYPED_ARRAY,
  VALUE_KIND_DATA_VIEW,
  VALUE_KIND_MAP_ITERATOR,
  VALUE_KIND_SET_ITERATOR,
  VALUE_KIND_ARGUMENTS,
  VALUE_KIND_NAMESPACE,
  VALUE_KIND_NUMBER_OBJECT,
  VALUE_KIND_STRING_OBJECT,
  VALUE_KIND_BOOLEAN_OBJECT,
  VALUE_KIND_BIGINT_OBJECT,
  VALUE_KIND_SYMBOL_OBJECT,
  VALUE_KIND_EXTERNAL,
  VALUE_KIND_PROXY,
  VALUE_KIND_GENERATOR,
  VALUE_KIND_WEAK_REF,
};

// Unmapped arguments are ordinary objects: what gives them away is `callee`, whose getter is %ThrowTypeError%.
static bool is_unmapped_arguments(Isolate *iso, JSObject *o) {
  PropertyDescriptor desc;
  Tri found = ordinary_get_own_property(iso, o, ATOM(callee), &desc);
  if (found != TRI_YES || !(desc.has & HAS_GET) || !value_is_object(desc.getter) || desc.getter != desc.setter) return false;
  return desc.getter == intrinsic(iso, INTRINSIC_THROW_TYPE_ERROR);
}

static enum ValueKind wrapper_kind(const JSPrimitiveWrapper *wrapper) {
  Value primitive = slot_get(&wrapper->primitive);
  if (value_is_number(primitive)) return VALUE_KIND_NUMBER_OBJECT;
  if (value_is_boolean(primitive)) return VALUE_KIND_BOOLEAN_OBJECT;
  return value_is_bigint(primitive) ? VALUE_KIND_BIGINT_OBJECT : VALUE_KIND_SYMBOL_OBJECT;
}

static enum ValueKind kind_of_object(Isolate *iso, JSObject *o) {
  switch (o->cell.kind) {
  case KIND_ARRAY: return VALUE_KIND_ARRAY;
  case KIND_FUNCTION:
  case KIND_NATIVE_FUNCTION:
  case KIND_BOUND_FUNCTION: return VALUE_KIND_FUNCTION;
  case KIND_ERROR: return VALUE_KIND_ERROR;
  case KIND_DATE: return VALUE_KIND_DATE;
  case KIND_REGEXP: return VALUE_KIND_REGEXP;
  case KIND_MAP: return VALUE_KIND_MAP;
  case KIND_SET: return VALUE_KIND_SET;
  case KIND_WEAK_MAP: return VALUE_KIND_WEAK_MAP;
  case KIND_WEAK_SET: return VALUE_KIND_WEAK_SET;
  case KIND_PROMISE: return VALUE_KIND_PROMISE;
  case KIND_ARRAY_BUFFER: return VALUE_KIND_ARRAY_BUFFER;
  case KIND_SHARED_ARRAY_BUFFER: return VALUE_KIND_SHARED_ARRAY_BUFFER;
  case KIND_TYPED_ARRAY: return VALUE_KIND_TYPED_ARRAY;
  case KIND_DATA_VIEW: return VALUE_KIND_DATA_VIEW;
  case KIND_MAP_ITERATOR: return ((JSMapIterator *)o)->is_set ? VALUE_KIND_SET_ITERATOR : VALUE_KIND_MAP_ITERATOR;
  case KIND_ARGUMENTS: return VALUE_KIND_ARGUMENTS;
  case KIND_MODULE_NAMESPACE: return VALUE_KIND_NAMESPACE;
  case KIND_PRIMITIVE_WRAPPER: return wrapper_kind((JSPrimitiveWrapper *)o);
  case KIND_STRING_OBJECT: return VALUE_KIND_STRING_OBJECT;
  case KIND_PROXY: return VALUE_KIND_PROXY;
  case KIND_GENERATOR:
  case KIND_ASYNC_GENERATOR: return VALUE_KIND_GENERATOR;
  case KIND_WEAK_REF: return VALUE_KIND_WEAK_REF;
  case KIND_OBJECT: return is_unmapped_arguments(iso, o) ? VALUE_KIND_ARGUMENTS : VALUE_KIND_PLAIN;
  default: return VALUE_KIND_PLAIN;
  }
}

static Value kind_of(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  return value_from_int(value_is_object(v) ? (i32)kind_of_object(iso, value_object(v)) : -1);
}

static Value is_kind(Isolate *iso, const Call *call) { // magic: ValueKind
  Value v = call_arg(call, 0);
  return value_from_bool(value_is_object(v) && kind_of_object(iso, value_object(v)) == native_magic(call));
}

static Value is_typed_array(Isolate *iso, const Call *call) { // magic: ElementType
  (void)iso;
  Value v = call_arg(call, 0);
  return value_from_bool(value_is_kind(v, KIND_TYPED_ARRAY) &&
                         ((JSTypedArray *)value_object(v))->element_type == native_magic(call));
}

enum KindGroup { GROUP_ANY_ARRAY_BUFFER, GROUP_BOXED, GROUP_VIEW };
static Value is_group(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_FALSE;
  enum ValueKind kind = kind_of_object(iso, value_object(v));
  switch (native_magic(call)) {
  case GROUP_ANY_ARRAY_BUFFER: return value_from_bool(kind == VALUE_KIND_ARRAY_BUFFER || kind == VALUE_KIND_SHARED_ARRAY_BUFFER);
  case GROUP_BOXED: return value_from_bool(kind >= VALUE_KIND_NUMBER_OBJECT && kind <= VALUE_KIND_SYMBOL_OBJECT);
  default: return value_from_bool(kind == VALUE_KIND_TYPED_ARRAY || kind == VALUE_KIND_DATA_VIEW);
  }
}

static Value has_code_flag(Isolate *iso, const Call *call) { // magic: CODE_GENERATOR or CODE_ASYNC
  (void)iso;
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_FUNCTION)) return VALUE_FALSE;
  return value_from_bool(ref_get(((JSFunction *)value_object(v))->code)->block->flags & native_magic(call));
}

static Value is_constructor(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_bool(value_is_constructor(call_arg(call, 0)));
}

// ---- What is inside ----

// getProxyDetails(value, both = true): undefined when it is no proxy, null when it is revoked, else its target, or
// [target, handler].
static Value get_proxy_details(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_kind(v, KIND_PROXY)) return VALUE_UNDEFINED;
  JSProxy *proxy = (JSProxy *)value_object(v);
  Value pair[] = {slot_get(&proxy->target), slot_get(&proxy->handler)};
  if (!value_is_object(pair[0])) return VALUE_NULL;
  if (call->argc == 1 || to_boolean(iso, call->args[1])) return value_from_object(TRY(array_from_values(iso, pair, 2)));
  while (value_is_kind(pair[0], KIND_PROXY)) { // a proxy of a proxy
    pair[0] = slot_get(&((JSProxy *)value_object(pair[0]))->target);
    if (!value_is_object(pair[0])) return VALUE_NULL;
  }
  return pair[0];
}

static Value get_promise_details(Isolate *iso, const Call *call) { // [state, result]
  Value v = call_arg(call, 0);
  if (!value_is_promise(v)) return VALUE_UNDEFINED;
  JSPromise *promise = (JSPromise *)value_object(v);
  Value pair[] = {value_from_int(promise->state), promise->state == PROMISE_PENDING ? VALUE_UNDEFINED : slot_get(&promise->result)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static bool push_entries(Isolate *iso, JSObject *list, HashTable *table, HashCursor cursor, u32 what, bool is_set) {
  Value key, value;
  while (table && hash_table_next(table, &cursor, &key, &value)) {
    if (is_set) value = key;
    if (what != ENUMERATE_VALUES) TRY(array_push_value(iso, list, key));
    if (what != ENUMERATE_KEYS) TRY(array_push_value(iso, list, value));
  }
  return true;
}

static bool push_weak_entries(Isolate *iso, JSObject *list, WeakTable *table, bool is_set) {
  u32 size = table && table->entries ? table->mask + 1 : 0;
  for (u32 i = 0; i < size; i++) {
    WeakEntry *entry = &table->entries[i];
    if (entry->key <= 1) continue;
    Value value = slot_get(&entry->value);
    TRY(array_push_value(iso, list, value_from_bits(entry->key)));
    if (!is_set) TRY(array_push_value(iso, list, value));
  }
  return true;
}

// previewEntries(collection or iterator, withKind = false): what it holds or has still to give, keys and values alternating;
// with kind: [list, are they pairs]. Undefined for anything else.
static Value preview_entries(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_UNDEFINED;
  JSObject *o = value_object(v), *list = TRY(array_create(iso, 0));
  bool pairs = false;
  switch (o->cell.kind) {
  case KIND_MAP:
  case KIND_SET:
    pairs = o->cell.kind == KIND_MAP;
    TRY(push_entries(iso, list, ref_get(((JSMap *)o)->table), (HashCursor){0}, pairs ? ENUMERATE_ENTRIES : ENUMERATE_KEYS, !pairs));
    break;
  case KIND_MAP_ITERATOR: {
    JSMapIterator *it = (JSMapIterator *)o;
    u32 what = it->is_set && it->what == ENUMERATE_VALUES ? ENUMERATE_KEYS : it->what;
    pairs = what == ENUMERATE_ENTRIES;
    TRY(push_entries(iso, list, ref_get(it->table), it->cursor, what, it->is_set));
    break;
  }
  case KIND_WEAK_MAP:
  case KIND_WEAK_SET:
    pairs = o->cell.kind == KIND_WEAK_MAP;
    TRY(push_weak_entries(iso, list, ref_get(((JSWeakMap *)o)->table), !pairs));
    break;
  default: return VALUE_UNDEFINED;
  }
  if (!to_boolean(iso, call_arg(call, 1))) return value_from_object(list);
  Value result[] = {value_from_object(list), value_from_bool(pairs)};
  return value_from_object(TRY(array_from_values(iso, result, 2)));
}

// getOwnNonIndexProperties(object, enumerableOnly)
static Value get_own_non_index_properties(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return THROW(iso, CALLED_ON_NON_OBJECT, "getOwnNonIndexProperties");
  bool enumerable_only = to_boolean(iso, call_arg(call, 1));
  JSObject *o = value_object(v), *result = TRY(array_create(iso, 0));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyKey key = keys.data[i];
    if (key_is_index(key)) continue;
    if (enumerable_only) {
      PropertyDescriptor desc;
      Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
      if (found == TRI_NO || !(desc.attrs & ATTR_ENUMERABLE)) continue;
    }
    TRY(array_push_value(iso, result, TRY(key_to_value(iso, key))));
  }
  return value_from_object(result);
}

// getConstructorName(object): what the engine calls it when its prototypes do not say.
static Value get_constructor_name(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_object(v)) return VALUE_UNDEFINED;
  JSObject *o = value_object(v);
  if (o->cell.kind == KIND_TYPED_ARRAY) return binding_string(iso, element_type_name(((JSTypedArray *)o)->element_type));
  const char *name = obj_class(o)->class_name;
  return binding_string(iso, name && *name ? name : "Object");
}

// getCallSites(count): [{functionName, scriptName, scriptId, lineNumber, columnNumber, column}] of the callers of the function that asks
static Value get_call_sites(Isolate *iso, const Call *call) {
  i32 count;
  TRY(binding_int(iso, call_arg(call, 0), &count));
  StackTrace *trace = TRY(stack_trace_capture(iso, (u32)MIN(MAX(count, 0), 200) + 1, call_arg(call, 1)));
  JSObject *sites = TRY(array_create(iso, 0));
  for (u32 i = 0; i < trace->count && i < (u32)MAX(count, 0); i++) {
    const StackFrameInfo *frame = &trace->frames[i];
    const char *file = "";
    u32 line = 0, column = 0;
    (void)stack_frame_position(frame, &file, &line, &column);
    String *name = error_function_name(iso, frame->function);
    JSObject *site = TRY(obj_new_plain(iso));
    TRY(binding_set(iso, site, "functionName", name ? value_from_cell(name) : value_from_cell(ATOM_STRING(empty))));
    TRY(binding_set_string(iso, site, "scriptName", file));
    TRY(binding_set_string(iso, site, "scriptId", ""));
    TRY(binding_set_int(iso, site, "lineNumber", line));
    TRY(binding_set_int(iso, site, "columnNumber", column));
    TRY(binding_set_int(iso, site, "column", column));
    TRY(array_push_value(iso, sites, value_from_object(site)));
  }
  return value_from_object(sites);
}

// stringWidth(text): columns on a terminal, of text without control sequences
static Value string_width(Isolate *iso, const Call *call) {
  String *s = TRY(str_flatten(iso, TRY(to_string(iso, call_arg(call, 0)))));
  return value_from_u32(string_width_columns(s));
}

// util.types, by their names there.
static const NativeMethod type_methods[] = {
    {"isExternal", is_kind, 1, VALUE_KIND_EXTERNAL},
    {"isDate", is_kind, 1, VALUE_KIND_DATE},
    {"isArgumentsObject", is_kind, 1, VALUE_KIND_ARGUMENTS},
    {"isBigIntObject", is_kind, 1, VALUE_KIND_BIGINT_OBJECT},
    {"isBooleanObject", is_kind, 1, VALUE_KIND_BOOLEAN_OBJECT},
    {"isNumberObject", is_kind, 1, VALUE_KIND_NUMBER_OBJECT},
    {"isStringObject", is_kind, 1, VALUE_KIND_STRING_OBJECT},
    {"isSymbolObject", is_kind, 1, VALUE_KIND_SYMBOL_OBJECT},
    {"isBoxedPrimitive", is_group, 1, GROUP_BOXED},
    {"isNativeError", is_kind, 1, VALUE_KIND_ERROR},
    {"isRegExp", is_kind, 1, VALUE_KIND_REGEXP},
    {"isAsyncFunction", has_code_flag, 1, CODE_ASYNC},
    {"isGeneratorFunction", has_code_flag, 1, CODE_GENERATOR},
    {"isGeneratorObject", is_kind, 1, VALUE_KIND_GENERATOR},
    {"isPromise", is_kind, 1, VALUE_KIND_PROMISE},
    {"isMap", is_kind, 1, VALUE_KIND_MAP},
    {"isSet", is_kind, 1, VALUE_KIND_SET},
    {"isMapIterator", is_kind, 1, VALUE_KIND_MAP_ITERATOR},
    {"isSetIterator", is_kind, 1, VALUE_KIND_SET_ITERATOR},
    {"isWeakMap", is_kind, 1, VALUE_KIND_WEAK_MAP},
    {"isWeakSet", is_kind, 1, VALUE_KIND_WEAK_SET},
    {"isArrayBuffer", is_kind, 1, VALUE_KIND_ARRAY_BUFFER},
    {"isDataView", is_kind, 1, VALUE_KIND_DATA_VIEW},
    {"isSharedArrayBuffer", is_kind, 1, VALUE_KIND_SHARED_ARRAY_BUFFER},
    {"isProxy", is_kind, 1, VALUE_KIND_PROXY},
    {"isModuleNamespaceObject", is_kind, 1, VALUE_KIND_NAMESPACE},
    {"isAnyArrayBuffer", is_group, 1, GROUP_ANY_ARRAY_BUFFER},
    {"isArrayBufferView", is_group, 1, GROUP_VIEW},
    {"isTypedArray", is_kind, 1, VALUE_KIND_TYPED_ARRAY},
#define ELEMENT(NAME, Name, ctype, size) {"is" #Name "Array", is_typed_array, 1, TYPED_##NAME},
#include "vm/element_types.def"
#undef ELEMENT
};

// types(): a new object with the functions of util.types
static Value make_types(Isolate *iso, const Call *call) {
  (void)call;
  JSObject *types = TRY(obj_new_plain(iso));
  for (u32 i = 0; i < ARRAY_LEN(type_methods); i++) TRY(binding_set_method(iso, types, &type_methods[i]));
  return value_from_object(types);
}

// As messages of the engine name a value. Runs nothing of the program.
static Value describe(Isolate *iso, const Call *call) { return binding_string(iso, error_text_of_value(iso, call_arg(call, 0))); }

// makeEnumerable(prototype): its methods and accessors, as Web IDL wants them, but not its constructor
static Value make_enumerable(Isolate *iso, const Call *call) {
  if (!value_is_object(call_arg(call, 0))) return THROW(iso, TYPE, "An object was expected"), VALUE_FAIL;
  JSObject *o = value_object(call_arg(call, 0));
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, o, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    if (key_is_symbol(keys.data[i]) || keys.data[i] == ATOM(constructor)) continue;
    PropertyDescriptor desc = {.attrs = ATTR_ENUMERABLE, .has = HAS_ENUMERABLE};
    TRY(define_property_or_throw(iso, o, keys.data[i], &desc));
  }
  return VALUE_UNDEFINED;
}

static const NativeMethod methods[] = {
    {"makeEnumerable", make_enumerable, 1, 0},
    {"describe", describe, 1, 0},
    {"kindOf", kind_of, 1, 0},
    {"getProxyDetails", get_proxy_details, 2, 0},
    {"getPromiseDetails", get_promise_details, 1, 0},
    {"previewEntries", preview_entries, 2, 0},
    {"getOwnNonIndexProperties", get_own_non_index_properties, 2, 0},
    {"getConstructorName", get_constructor_name, 1, 0},
    {"getCallSites", get_call_sites, 2, 0},
    {"stringWidth", string_width, 1, 0},
    {"isConstructor", is_constructor, 1, 0},
    {"isAsyncFunction", has_code_flag, 1, CODE_ASYNC},
    {"isGeneratorFunction", has_code_flag, 1, CODE_GENERATOR},
    {"types", make_types, 0, 0},
};
const NodeBinding node_binding_util = {"util", methods, ARRAY_LEN(methods), NULL};
