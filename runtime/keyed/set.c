// SPDX-License-Identifier: MIT
// Set, Set.prototype with the set operations, and set iterators (ECMA-262 24.2). A set is a map's table whose values are unused.
// Invariant of the set operations: the other set-like may be anything, and every call into it may change both sets; cursors
// survive that.
// Tests: tests/js/keyed/set*.js
#include "runtime/support.h"

enum { POLL_MASK = 1023 };

static JSMap *this_set(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_kind(call->this_value, KIND_SET))) return (JSMap *)value_object(call->this_value);
  return throw_incompatible(iso, method, call->this_value);
}

static HashTable *table_of(const JSMap *set) { return ref_get(set->table); }

static bool table_add(Isolate *iso, HashTable *t, Value v) { return hash_table_set(iso, t, v, VALUE_UNDEFINED); }

static bool table_has(Isolate *iso, HashTable *t, Value v) { return hash_table_find(iso, t, v, NULL) != NULL; }

static bool is_builtin(Value f, NativeFn fn) {
  return value_is_kind(f, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_object(f))->fn == fn;
}

// ---- Constructor ----

static Value set_add(Isolate *iso, const Call *call);
static Value set_has(Isolate *iso, const Call *call);
static Value set_values(Isolate *iso, const Call *call);

static bool fill_from_iterable(Isolate *iso, JSMap *set, Value iterable) {
  Value adder = TRY(obj_get(iso, &set->object, ATOM(add)));
  if (!value_is_callable(adder)) return THROW(iso, MAP_ITERABLE_ADDER, error_text_of_value(iso, adder), "add", "Set");
  bool direct = is_builtin(adder, set_add);
  ForOf it;
  Value v;
  TRY(for_of_init(iso, &it, iterable));
  while (for_of_next(iso, &it, &v)) {
    bool added = direct ? table_add(iso, table_of(set), v) : CALL1(iso, adder, value_from_object(set), v) != VALUE_FAIL;
    if (!added) return for_of_close(iso, &it);
  }
  return !it.failed;
}

static Value set_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "Set");
  JSMap *set = TRY((JSMap *)ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_SET_PROTOTYPE, KIND_SET));
  HashTable *table = TRY(hash_table_new(iso));
  ref_set(iso, set, &set->table, table);
  if (!value_is_nullish(call_arg(call, 0))) TRY(fill_from_iterable(iso, set, call->args[0]));
  return value_from_object(set);
}

static Value set_get_species(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

// ---- Set.prototype ----

static Value set_has(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.has"));
  bool failed;
  HashEntry *entry = hash_table_find(iso, table_of(set), call_arg(call, 0), &failed);
  return UNLIKELY(failed) ? VALUE_FAIL : value_from_bool(entry);
}

static Value set_add(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.add"));
  TRY(table_add(iso, table_of(set), call_arg(call, 0)));
  return call->this_value;
}

static Value set_delete(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.delete"));
  return value_from_bool(hash_table_delete(iso, table_of(set), call_arg(call, 0)));
}

static Value set_clear(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.clear"));
  hash_table_clear(iso, table_of(set));
  return VALUE_UNDEFINED;
}

static Value set_get_size(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "get Set.prototype.size"));
  return value_from_u32(table_of(set)->count);
}

static Value set_for_each(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.forEach"));
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  PreparedCall pc;
  HashCursor cursor = {0};
  Value v, unused;
  TRY(prepared_call_init(iso, &pc, call->args[0], call_arg(call, 1), 3));
  for (u32 n = 0; hash_table_next(table_of(set), &cursor, &v, &unused); n++) {
    if ((n & POLL_MASK) == POLL_MASK) TRY(isolate_poll(iso));
    pc.args[0] = v;
    pc.args[1] = v;
    pc.args[2] = value_from_object(set);
    TRY(prepared_call(iso, &pc));
  }
  return VALUE_UNDEFINED;
}

// ---- Set operations ----

typedef struct SetRecord {
  Value object, has, keys;
  double size;
} SetRecord;

static bool get_set_record(Isolate *iso, Value v, SetRecord *r) { // GetSetRecord
  if (!value_is_object(v)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, v));
  JSObject *o = value_object(v);
  r->object = v;
  Value raw = TRY(obj_get(iso, o, ATOM(size)));
  TRY(to_double(iso, raw, &r->size));
  if (r->size != r->size) return THROW(iso, SET_METHOD_SIZE);
  r->size = __builtin_trunc(r->size) + 0.0;
  if (r->size < 0) return THROW(iso, SET_METHOD_SIZE_NAN, error_text_of_value(iso, value_from_double(r->size)));
  r->has = TRY(obj_get(iso, o, ATOM(has)));
  if (!value_is_callable(r->has)) return THROW(iso, SET_METHOD_HAS, error_text_of_value(iso, r->has));
  r->keys = TRY(obj_get(iso, o, ATOM(keys)));
  if (!value_is_callable(r->keys)) return THROW(iso, SET_METHOD_KEYS, error_text_of_value(iso, r->keys));
  return true;
}

static Tri record_has(Isolate *iso, const SetRecord *r, Value v) {
  if (is_builtin(r->has, set_has) && value_is_kind(r->object, KIND_SET)) {
    return tri(table_has(iso, table_of((JSMap *)value_object(r->object)), v));
  }
  Value answer = TRY(CALL1(iso, r->has, r->object, v));
  return tri(to_boolean(iso, answer));
}

// The keys of the other set: directly from its table when it is a Set whose iteration nobody has changed.
typedef struct KeysWalk {
  HashTable *table;
  HashCursor cursor;
  ForOf it;
  u32 steps;
} KeysWalk;

static bool keys_start(Isolate *iso, const SetRecord *r, KeysWalk *w) {
  *w = (KeysWalk){0};
  if (is_builtin(r->keys, set_values) && value_is_kind(r->object, KIND_SET) &&
      builtin_is_pristine(iso, realm_current(iso), PRISTINE_SET_ITERATOR_NEXT)) {
    w->table = table_of((JSMap *)value_object(r->object));
    return true;
  }
  return for_of_init_method(iso, &w->it, r->object, r->keys);
}

// false: done, or w->it.failed.
static bool keys_next(Isolate *iso, KeysWalk *w, Value *v) {
  Value unused;
  if ((++w->steps & POLL_MASK) == 0 && !isolate_poll(iso)) {
    w->it.failed = true;
    return false;
  }
  if (w->table) return hash_table_next(w->table, &w->cursor, v, &unused);
  return for_of_next(iso, &w->it, v);
}

static bool keys_close(Isolate *iso, KeysWalk *w) { return w->table ? true : for_of_close(iso, &w->it); }

static JSMap *set_from_table(Isolate *iso, HashTable *table) {
  JSMap *set = TRY((JSMap *)obj_new_kind(iso, KIND_SET, intrinsic(iso, INTRINSIC_SET_PROTOTYPE)));
  ref_set(iso, set, &set->table, table);
  return set;
}

static JSMap *copy_set(Isolate *iso, const JSMap *of) {
  HashTable *table = TRY(hash_table_copy(iso, table_of(of)));
  return set_from_table(iso, table);
}

static Value set_union(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.union"));
  SetRecord other;
  KeysWalk walk;
  Value v;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  TRY(keys_start(iso, &other, &walk));
  JSMap *result = TRY(copy_set(iso, set));
  while (keys_next(iso, &walk, &v)) TRY(table_add(iso, table_of(result), v));
  return walk.it.failed ? VALUE_FAIL : value_from_object(result);
}

// The smaller of both is walked through, and what the other has goes into `to`.
static bool intersect(Isolate *iso, HashTable *of, const SetRecord *other, HashTable *to) {
  Value v, unused;
  if (of->count <= other->size) {
    TRY(hash_table_reserve(iso, to, of->count));
    HashCursor cursor = {0};
    for (u32 i = 1; hash_table_next(of, &cursor, &v, &unused); i++) {
      if ((i & POLL_MASK) == 0) TRY(isolate_poll(iso));
      if (TRY(record_has(iso, other, v)) == TRI_YES) TRY(table_add(iso, to, v));
    }
    return true;
  }
  KeysWalk walk;
  TRY(keys_start(iso, other, &walk));
  while (keys_next(iso, &walk, &v)) {
    if (table_has(iso, of, v)) TRY(table_add(iso, to, v));
  }
  return !walk.it.failed;
}

static Value set_intersection(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.intersection"));
  SetRecord other;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  HashTable *table = TRY(hash_table_new(iso));
  TRY(intersect(iso, table_of(set), &other, table));
  TRY(hash_table_trim(iso, table));
  return value_from_object(set_from_table(iso, table));
}

static Value set_difference(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.difference"));
  SetRecord other;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  JSMap *result = TRY(copy_set(iso, set));
  Value v, unused;
  if (table_of(set)->count <= other.size) {
    HashCursor cursor = {0};
    while (hash_table_next(table_of(result), &cursor, &v, &unused)) { // the copy, which nobody else changes
      if (TRY(record_has(iso, &other, v)) == TRI_YES) (void)hash_table_delete(iso, table_of(result), v);
    }
    return value_from_object(result);
  }
  KeysWalk walk;
  TRY(keys_start(iso, &other, &walk));
  while (keys_next(iso, &walk, &v)) (void)hash_table_delete(iso, table_of(result), v);
  return walk.it.failed ? VALUE_FAIL : value_from_object(result);
}

static Value set_symmetric_difference(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.symmetricDifference"));
  SetRecord other;
  KeysWalk walk;
  Value v;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  TRY(keys_start(iso, &other, &walk));
  JSMap *result = TRY(copy_set(iso, set));
  while (keys_next(iso, &walk, &v)) {
    if (table_has(iso, table_of(set), v)) (void)hash_table_delete(iso, table_of(result), v);
    else TRY(table_add(iso, table_of(result), v));
  }
  return walk.it.failed ? VALUE_FAIL : value_from_object(result);
}

static Value set_is_subset_of(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.isSubsetOf"));
  SetRecord other;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  if (table_of(set)->count > other.size) return VALUE_FALSE;
  HashCursor cursor = {0};
  Value v, unused;
  while (hash_table_next(table_of(set), &cursor, &v, &unused)) {
    if (TRY(record_has(iso, &other, v)) == TRI_NO) return VALUE_FALSE;
  }
  return VALUE_TRUE;
}

// Walks the other's keys until one's membership in `set` is `answer`.
static Tri any_key(Isolate *iso, const JSMap *set, const SetRecord *other, bool answer) {
  KeysWalk walk;
  Value v;
  TRY(keys_start(iso, other, &walk));
  while (keys_next(iso, &walk, &v)) {
    if (table_has(iso, table_of(set), v) != answer) continue;
    TRY(keys_close(iso, &walk));
    return TRI_YES;
  }
  return walk.it.failed ? TRI_FAIL : TRI_NO;
}

static Value set_is_superset_of(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.isSupersetOf"));
  SetRecord other;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  if (table_of(set)->count < other.size) return VALUE_FALSE;
  Tri missing = TRY(any_key(iso, set, &other, false));
  return value_from_bool(missing == TRI_NO);
}

static Value set_is_disjoint_from(Isolate *iso, const Call *call) {
  JSMap *set = TRY(this_set(iso, call, "Set.prototype.isDisjointFrom"));
  SetRecord other;
  TRY(get_set_record(iso, call_arg(call, 0), &other));
  if (table_of(set)->count <= other.size) {
    HashCursor cursor = {0};
    Value v, unused;
    while (hash_table_next(table_of(set), &cursor, &v, &unused)) {
      if (TRY(record_has(iso, &other, v)) == TRI_YES) return VALUE_FALSE;
    }
    return VALUE_TRUE;
  }
  Tri shared = TRY(any_key(iso, set, &other, true));
  return value_from_bool(shared == TRI_NO);
}

// ---- Iterators ----

static Value new_iterator(Isolate *iso, const Call *call, const char *method, u32 what) {
  JSMap *set = TRY(this_set(iso, call, method));
  JSMapIterator *it = TRY((JSMapIterator *)obj_new_kind(iso, KIND_MAP_ITERATOR, intrinsic(iso, INTRINSIC_SET_ITERATOR_PROTOTYPE)));
  ref_set(iso, it, &it->table, table_of(set));
  it->what = what;
  it->is_set = 1;
  return value_from_object(it);
}

static Value set_values(Isolate *iso, const Call *call) {
  return new_iterator(iso, call, "Set.prototype.values", ENUMERATE_VALUES);
}

static Value set_entries(Isolate *iso, const Call *call) {
  return new_iterator(iso, call, "Set.prototype.entries", ENUMERATE_ENTRIES);
}

// ---- Tables ----

static const BuiltinProperty set_properties[] = {
    GETTER_SYM(species, set_get_species),
};

static const BuiltinProperty set_prototype_properties[] = {
    METHOD(has, set_has, 1),
    METHOD(add, set_add, 1),
    METHOD(delete, set_delete, 1),
    METHOD(clear, set_clear, 0),
    METHOD(entries, set_entries, 0),
    METHOD(forEach, set_for_each, 1),
    GETTER(size, set_get_size),
    METHOD(values, set_values, 0),
    ALIAS(keys, values),
    METHOD(union, set_union, 1),
    METHOD(intersection, set_intersection, 1),
    METHOD(difference, set_difference, 1),
    METHOD(symmetricDifference, set_symmetric_difference, 1),
    METHOD(isSubsetOf, set_is_subset_of, 1),
    METHOD(isSupersetOf, set_is_superset_of, 1),
    METHOD(isDisjointFrom, set_is_disjoint_from, 1),
    STRING_TAG(Set),
    ALIAS_SYM(iterator, values),
};

static const BuiltinProperty set_iterator_prototype_properties[] = {
    METHOD(next, set_iterator_next, 0),
    STRING_TAG(Set_Iterator),
};

const BuiltinObject builtin_set = BUILTIN_CLASS(Set, set_constructor, 0, INTRINSIC_SET_PROTOTYPE, set_properties);
const BuiltinObject builtin_set_prototype = BUILTIN_PROTOTYPE(INTRINSIC_SET, set_prototype_properties);
const BuiltinObject builtin_set_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, set_iterator_prototype_properties);
