// SPDX-License-Identifier: MIT
// `next` of the built-in iterators: arrays and typed arrays (ECMA-262 23.1.5), maps and sets (24.1.5, 24.2.6), strings (22.1.5).
// It is here and not in runtime/, because loops that know the iterator step it without a call and without a result object.
// Tests: tests/js/indexed/array_iterate.js, tests/js/keyed/, tests/js/text/.
#include "vm/iterate.h"

#include "vm/buffer.h"
#include "vm/error.h"
#include "vm/kinds.h"

// ---- Steps. NO: done, and the iterator stays so. ----

static bool target_length(Isolate *iso, JSObject *target, u64 *length) {
  if (target->cell.kind != KIND_TYPED_ARRAY) return length_of_array_like(iso, target, length);
  bool out_of_bounds;
  *length = typed_array_length((JSTypedArray *)target, &out_of_bounds);
  if (out_of_bounds) return THROW(iso, DETACHED_OPERATION, "%ArrayIteratorPrototype%.next");
  return true;
}

static Value entry(Isolate *iso, Value key, Value value) {
  return value_from_cell(array_from_values(iso, (Value[]){key, value}, 2));
}

static Tri array_step(Isolate *iso, JSObject *iterator, Value *value) {
  JSArrayIterator *it = (JSArrayIterator *)iterator;
  if (value_is_undefined(slot_get(&it->target))) return TRI_NO;
  JSObject *o = value_object(slot_get(&it->target));
  u64 length, i = it->index;
  TRY(target_length(iso, o, &length));
  if (i >= length) {
    slot_set(iso, it, &it->target, VALUE_UNDEFINED);
    return TRI_NO;
  }
  it->index = i + 1;
  Value key = value_from_i64((i64)i);
  *value = key;
  if (it->what == ENUMERATE_KEYS) return TRI_YES;
  if (o->cell.kind == KIND_TYPED_ARRAY) *value = TRY(typed_array_get_element(iso, (JSTypedArray *)o, i));
  else *value = TRY(obj_get(iso, o, TRY(key_from_u64(iso, i))));
  if (it->what == ENUMERATE_ENTRIES) *value = TRY(entry(iso, key, *value));
  return TRI_YES;
}

static Tri map_step(Isolate *iso, JSObject *iterator, Value *value) {
  JSMapIterator *it = (JSMapIterator *)iterator;
  Value k, v;
  if (!ref_get(it->table)) return TRI_NO;
  if (!hash_table_next(ref_get(it->table), &it->cursor, &k, &v)) {
    ref_set(iso, it, &it->table, NULL);
    return TRI_NO;
  }
  if (it->is_set) v = k;
  *value = it->what == ENUMERATE_KEYS ? k : v;
  if (it->what == ENUMERATE_ENTRIES) *value = TRY(entry(iso, k, v));
  return TRI_YES;
}

static Tri string_step(Isolate *iso, JSObject *iterator, Value *value) {
  JSStringIterator *it = (JSStringIterator *)iterator;
  String *s = ref_get(it->string);
  if (!s) return TRI_NO;
  if (it->position >= s->length) {
    ref_set(iso, it, &it->string, NULL);
    return TRI_NO;
  }
  if (LIKELY(!str_is_utf16(s))) {
    *value = value_from_cell(&weft_atoms.chars[str_chars8(s)[it->position++]]);
    return TRI_YES;
  }
  u32 units, cp = str_code_point_at_flat(s, it->position, &units);
  it->position += units;
  *value = value_from_cell(TRY(str_from_code_point(iso, cp)));
  return TRI_YES;
}

IteratorStep builtin_iterator_step(Isolate *iso, Value iterator, Value next) {
  if (!value_is_kind(next, KIND_NATIVE_FUNCTION)) return NULL;
  const JSNativeFunction *f = (const JSNativeFunction *)value_object(next);
  if (ref_get(f->realm) != realm_current(iso)) return NULL; // arrays and errors would be of another realm
  switch (value_cell(iterator)->kind) {
  case KIND_ARRAY_ITERATOR: return f->fn == array_iterator_next ? array_step : NULL;
  case KIND_STRING_ITERATOR: return f->fn == string_iterator_next ? string_step : NULL;
  case KIND_MAP_ITERATOR: {
    bool is_set = ((const JSMapIterator *)value_object(iterator))->is_set;
    return f->fn == (is_set ? set_iterator_next : map_iterator_next) ? map_step : NULL;
  }
  default: return NULL;
  }
}

// ---- The functions ----

static Value next_result(Isolate *iso, Value iterator, IteratorStep step) {
  Value v = VALUE_UNDEFINED;
  Tri more = TRY(step(iso, value_object(iterator), &v));
  return value_from_cell(create_iter_result(iso, v, more == TRI_NO));
}

static Value incompatible(Isolate *iso, const char *method, Value receiver) {
  return THROW(iso, INCOMPATIBLE_RECEIVER, method, error_text_of_value(iso, receiver));
}

Value array_iterator_next(Isolate *iso, const Call *call) {
  if (value_is_kind(call->this_value, KIND_ARRAY_ITERATOR)) return next_result(iso, call->this_value, array_step);
  return incompatible(iso, "Array Iterator.prototype.next", call->this_value);
}

Value string_iterator_next(Isolate *iso, const Call *call) {
  if (value_is_kind(call->this_value, KIND_STRING_ITERATOR)) return next_result(iso, call->this_value, string_step);
  return incompatible(iso, "String Iterator.prototype.next", call->this_value);
}

Value map_iterator_next(Isolate *iso, const Call *call) {
  Value it = call->this_value;
  if (value_is_kind(it, KIND_MAP_ITERATOR) && !((JSMapIterator *)value_object(it))->is_set) return next_result(iso, it, map_step);
  return incompatible(iso, "Map Iterator.prototype.next", it);
}

Value set_iterator_next(Isolate *iso, const Call *call) {
  Value it = call->this_value;
  if (value_is_kind(it, KIND_MAP_ITERATOR) && ((JSMapIterator *)value_object(it))->is_set) return next_result(iso, it, map_step);
  return incompatible(iso, "Set Iterator.prototype.next", it);
}
