// SPDX-License-Identifier: MIT
// Symbol and Symbol.prototype (ECMA-262 20.4). The registry of Symbol.for is a table of the isolate.
#include "runtime/support.h"

static Value symbol_constructor(Isolate *iso, const Call *call) {
  if (call_is_construct(call)) return THROW(iso, SYMBOL_CONSTRUCTOR);
  String *description = NULL;
  if (!value_is_undefined(call_arg(call, 0))) description = TRY(to_string(iso, call_arg(call, 0)));
  return value_from_cell(symbol_new(iso, description, 0));
}

static HashTable *symbol_registry(Isolate *iso) {
  HashTable *table = (HashTable *)ref_get(iso->symbol_registry);
  if (table) return table;
  table = TRY(hash_table_new(iso));
  ref_init(&iso->symbol_registry, (Cell *)table); // a root: no barrier
  return table;
}

static Value symbol_for(Isolate *iso, const Call *call) {
  String *key = TRY(to_string(iso, call_arg(call, 0)));
  key = TRY(str_flatten(iso, key));
  HashTable *table = TRY(symbol_registry(iso));
  bool failed = false;
  HashEntry *entry = hash_table_find(iso, table, value_from_cell(key), &failed);
  if (failed) return VALUE_FAIL;
  if (entry) return slot_get(&entry->value);
  Symbol *symbol = TRY(symbol_new(iso, key, SYMBOL_REGISTERED));
  TRY(hash_table_set(iso, table, value_from_cell(key), value_from_cell(symbol)));
  return value_from_cell(symbol);
}

static Value symbol_key_for(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_symbol(v)) return THROW(iso, SYMBOL_NOT_SYMBOL, error_text_of_value(iso, v));
  const Symbol *symbol = value_symbol(v);
  return symbol->flags & SYMBOL_REGISTERED ? value_from_cell(ref_get(symbol->description)) : VALUE_UNDEFINED;
}

static Value this_symbol_value(Isolate *iso, Value v, const char *method) {
  if (value_is_symbol(v)) return v;
  if (value_is_kind(v, KIND_PRIMITIVE_WRAPPER)) {
    Value s = slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
    if (value_is_symbol(s)) return s;
  }
  return THROW(iso, RECEIVER_TYPE, method, "Symbol");
}

static Value symbol_to_string(Isolate *iso, const Call *call) {
  Value v = TRY(this_symbol_value(iso, call->this_value, "Symbol.prototype.toString"));
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "Symbol(");
  if (ref_get(value_symbol(v)->description)) sb_append(&sb, ref_get(value_symbol(v)->description));
  sb_append_ascii(&sb, ")");
  return value_from_cell(sb_finish(&sb));
}

static Value symbol_value_of(Isolate *iso, const Call *call) {
  return this_symbol_value(iso, call->this_value, "Symbol.prototype.valueOf");
}

static Value symbol_get_description(Isolate *iso, const Call *call) {
  Value v = TRY(this_symbol_value(iso, call->this_value, "Symbol.prototype.description"));
  String *description = ref_get(value_symbol(v)->description);
  return description ? value_from_cell(description) : VALUE_UNDEFINED;
}

static Value symbol_to_primitive(Isolate *iso, const Call *call) {
  return this_symbol_value(iso, call->this_value, "Symbol.prototype [ @@toPrimitive ]");
}

static const BuiltinProperty symbol_properties[] = {
  METHOD(for, symbol_for, 1),
  METHOD(keyFor, symbol_key_for, 1),
  CONST_PROP_SYMBOL(asyncIterator, asyncIterator),
  CONST_PROP_SYMBOL(hasInstance, hasInstance),
  CONST_PROP_SYMBOL(isConcatSpreadable, isConcatSpreadable),
  CONST_PROP_SYMBOL(iterator, iterator),
  CONST_PROP_SYMBOL(match, match),
  CONST_PROP_SYMBOL(matchAll, matchAll),
  CONST_PROP_SYMBOL(replace, replace),
  CONST_PROP_SYMBOL(search, search),
  CONST_PROP_SYMBOL(species, species),
  CONST_PROP_SYMBOL(split, split),
  CONST_PROP_SYMBOL(toPrimitive, toPrimitive),
  CONST_PROP_SYMBOL(toStringTag, toStringTag),
  CONST_PROP_SYMBOL(unscopables, unscopables),
  CONST_PROP_SYMBOL(dispose, dispose),
  CONST_PROP_SYMBOL(asyncDispose, asyncDispose),
};

static const BuiltinProperty symbol_prototype_properties[] = {
    METHOD(toString, symbol_to_string, 0),
    METHOD(valueOf, symbol_value_of, 0),
    GETTER(description, symbol_get_description),
    STRING_TAG(Symbol),
    METHOD_SYM_ATTRS(toPrimitive, symbol_to_primitive, 1, ATTR_CONFIGURABLE),
};

const BuiltinObject builtin_symbol = BUILTIN_CLASS(Symbol, symbol_constructor, 0, INTRINSIC_SYMBOL_PROTOTYPE, symbol_properties);
const BuiltinObject builtin_symbol_prototype = BUILTIN_PROTOTYPE(INTRINSIC_SYMBOL, symbol_prototype_properties);
