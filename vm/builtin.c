// SPDX-License-Identifier: MIT
// Built-in objects from constant tables (vm/builtin.h). An intrinsic object is made when something first touches it, and then
// its methods and references to other intrinsics are LAZY words in its slots: pointers to the table's entry, tagged 2. The slow
// path of every lookup resolves them, before any cache sees the slot. A resolved slot is only overwritten after it was resolved,
// so aliases of a method always share its function.
#include "vm/object_internal.h"

STATIC_ASSERT(_Alignof(BuiltinProperty) >= 8);

// `constructor` and `prototype` of intrinsics refer to each other without an entry in any table.
static const BuiltinProperty intrinsic_properties[INTRINSIC_COUNT] = {
#define INTRINSIC(NAME, description) [INTRINSIC_##NAME] = {.kind = BUILTIN_INTRINSIC_PROPERTY, .number = INTRINSIC_##NAME},
#include "vm/intrinsics.def"
#undef INTRINSIC
};
static const BuiltinObject no_builtin = {.kind = BUILTIN_PLAIN,
                                         .heap_kind = KIND_OBJECT,
                                         .parent = INTRINSIC_OBJECT_PROTOTYPE,
                                         .prototype = INTRINSIC_NONE,
                                         .constructor = INTRINSIC_NONE};
static const BuiltinObject no_root_builtin = {.kind = BUILTIN_PLAIN,
                                              .heap_kind = KIND_OBJECT,
                                              .parent = INTRINSIC_NONE,
                                              .prototype = INTRINSIC_NONE,
                                              .constructor = INTRINSIC_NONE};

static Value lazy_value(const BuiltinProperty *p) { return value_from_bits((u64)(uintptr_t)p | 2); }
static const BuiltinProperty *lazy_property(Value v) { return (const BuiltinProperty *)(uintptr_t)(value_bits(v) & ~7ull); }

// ---- Resolving ----

static Value name_value(Isolate *iso, u32 key_id, const char *prefix) {
  PropertyKey key = atom_from_id(key_id);
  if (!key_is_symbol(key) && !prefix) return MUST(key_to_value(iso, key));
  StringBuilder sb;
  sb_init(&sb, iso);
  if (prefix) sb_append_ascii(&sb, prefix);
  if (key_is_symbol(key)) {
    sb_append_unit(&sb, '[');
    sb_append(&sb, ref_get(((Symbol *)key_cell(key))->description));
    sb_append_unit(&sb, ']');
  } else {
    sb_append(&sb, value_string(MUST(key_to_value(iso, key))));
  }
  return value_from_cell(MUST(sb_finish(&sb)));
}

static Value make_method(Isolate *iso, Realm *realm, const BuiltinProperty *p, NativeFn fn, const char *prefix, u32 length) {
  if (!fn) return VALUE_UNDEFINED;
  Value name = name_value(iso, p->name ? p->name : p->key, prefix);
  return value_from_object(native_function_make(iso, realm, fn, name, length, p->magic, (u32)p->number, 0));
}

static Value make_value(Isolate *iso, Realm *realm, JSObject *owner, const BuiltinProperty *p) {
  switch ((enum BuiltinPropertyKind)p->kind) {
  case BUILTIN_METHOD_PROPERTY: return make_method(iso, realm, p, p->fn, NULL, p->length);
  case BUILTIN_ACCESSOR_PROPERTY: {
    Value getter = make_method(iso, realm, p, p->fn, "get ", 0);
    Value setter = make_method(iso, realm, p, p->fn2, "set ", 1);
    return value_from_cell(accessor_new(iso, getter, setter));
  }
  case BUILTIN_INTRINSIC_PROPERTY: return value_from_object(realm_intrinsic(iso, realm, (u32)p->number));
  case BUILTIN_INT_PROPERTY: return value_from_int(p->number);
  case BUILTIN_DOUBLE_PROPERTY: return value_from_double(p->dbl);
  case BUILTIN_STRING_PROPERTY:
  case BUILTIN_SYMBOL_PROPERTY:
    return MUST(key_to_value(iso, atom_from_id((u32)p->number + (p->kind == BUILTIN_SYMBOL_PROPERTY ? ATOM_COUNT : 0))));
  case BUILTIN_UNDEFINED_PROPERTY: return VALUE_UNDEFINED;
  case BUILTIN_NULL_PROPERTY: return VALUE_NULL;
  case BUILTIN_BOOL_PROPERTY: return value_from_bool(p->number);
  case BUILTIN_ALIAS_PROPERTY: {
    OwnProperty own;
    if (!own_find_named(iso, owner, atom_from_id((u32)p->number), &own)) return VALUE_UNDEFINED;
    return slot_get(own.slot);
  }
  case BUILTIN_COMPUTED_PROPERTY: {
    Call call = {.this_value = value_from_object(owner), .callee = VALUE_UNDEFINED, .new_target = VALUE_UNDEFINED};
    return MUST(p->fn(iso, &call));
  }
  }
  return VALUE_UNDEFINED;
}

// The key's function now exists: unread aliases of it get it too, before the slot can be overwritten.
static void resolve_aliases(Isolate *iso, JSObject *owner, u32 key_id, Value v) {
  Shape *s = obj_shape(iso, owner);
  const PropertyEntry *entries = shape_entries(s);
  for (u32 i = 0; i < s->count; i++) {
    if (!entries[i].key) continue;
    Slot *slot = obj_slot_at(owner, s, entries[i].slot);
    if (!value_is_lazy(slot_get(slot))) continue;
    const BuiltinProperty *p = lazy_property(slot_get(slot));
    if (p->kind == BUILTIN_ALIAS_PROPERTY && (u32)p->number == key_id) slot_set(iso, owner, slot, v);
  }
}

Value builtin_resolve_lazy(Isolate *iso, JSObject *owner, PropertyKey key, Slot *slot) {
  (void)key;
  const BuiltinProperty *p = lazy_property(slot_get(slot));
  Realm *realm = ref_get(obj_shape(iso, owner)->realm);
  if (!realm) realm = realm_current(iso);
  Value v = make_value(iso, realm, owner, p);
  slot_set(iso, owner, slot, v);
  if (p->kind == BUILTIN_METHOD_PROPERTY || p->kind == BUILTIN_INTRINSIC_PROPERTY) resolve_aliases(iso, owner, p->key, v);
  return v;
}

// ---- Making objects ----

static bool is_cheap(const BuiltinProperty *p) {
  return p->kind >= BUILTIN_INT_PROPERTY && p->kind <= BUILTIN_BOOL_PROPERTY && p->kind != BUILTIN_DOUBLE_PROPERTY;
}

static void define_property(Isolate *iso, Realm *realm, JSObject *o, const BuiltinProperty *p) {
  u32 attrs = p->kind == BUILTIN_ACCESSOR_PROPERTY ? (p->attrs & ~(u32)ATTR_WRITABLE) | ATTR_ACCESSOR : p->attrs;
  PropertyKey key = atom_from_id(p->key);
  PropertySlot known;
  if (UNLIKELY(shape_lookup(obj_shape(iso, o), key, &known))) { // a cache may know the slot: nothing lazy in there
    obj_put_direct(iso, o, key, make_value(iso, realm, o, p), attrs);
    return;
  }
  MUST(own_add_named(iso, o, key, is_cheap(p) ? make_value(iso, realm, o, p) : lazy_value(p), attrs));
}

void builtin_define_properties(Isolate *iso, Realm *realm, JSObject *object, const BuiltinProperty *table, u32 count) {
  Shape *s = MUST(shape_make_unique(iso, object, 0));
  ref_set(iso, s, &s->realm, realm);
  for (u32 i = 0; i < count; i++) define_property(iso, realm, object, &table[i]);
}

static const BuiltinObject *builtin_object(Isolate *iso, u32 id) {
  const BuiltinObject *b = iso->builtins && iso->builtins->objects ? iso->builtins->objects[id] : NULL;
  if (b) return b;
  return id == INTRINSIC_OBJECT_PROTOTYPE ? &no_root_builtin : &no_builtin;
}

static void init_function(Isolate *iso, Realm *realm, JSNativeFunction *f, const BuiltinObject *b) {
  f->fn = b->fn;
  f->magic = b->magic;
  f->native_flags = b->native_flags;
  ref_init(&f->realm, realm);
  MUST(own_add_named(iso, &f->object, ATOM(length), value_from_int(b->length), ATTR_CONFIGURABLE));
  Value name = MUST(key_to_value(iso, atom_from_id(b->name ? b->name : ATOM_empty)));
  MUST(own_add_named(iso, &f->object, ATOM(name), name, ATTR_CONFIGURABLE));
  if (b->prototype == INTRINSIC_NONE) return;
  Value prototype = lazy_value(&intrinsic_properties[b->prototype]);
  MUST(own_add_named(iso, &f->object, ATOM(prototype), prototype, b->prototype_attrs));
}

static Value parent_of(Isolate *iso, Realm *realm, const BuiltinObject *b) {
  return b->parent == INTRINSIC_NONE ? VALUE_NULL : value_from_object(realm_intrinsic(iso, realm, b->parent));
}

static COLD JSObject *make_intrinsic(Isolate *iso, Realm *realm, u32 id) {
  const BuiltinObject *b = builtin_object(iso, id);
  Value parent = parent_of(iso, realm, b);
  if (ref_get(realm->intrinsics[id])) return ref_get(realm->intrinsics[id]);
  if (parent != VALUE_NULL) obj_become_prototype(iso, value_object(parent));
  bool function = b->kind == BUILTIN_CONSTRUCTOR || b->kind == BUILTIN_FUNCTION;
  u8 kind = function ? KIND_NATIVE_FUNCTION : b->heap_kind;
  const ObjectClass *class = &weft_object_classes[kind];
  u32 count = (u32)b->property_count + (function ? 3 : 1);
  u16 slots = (u16)MIN(count, 250u);
  Shape *shape = shape_new_unique(iso, parent, kind, class->size, slots, class->shape_flags, count);
  ref_set(iso, shape, &shape->realm, realm);
  JSObject *o = obj_alloc(iso, shape, kind);
  ref_set(iso, realm, &realm->intrinsics[id], o);
  if (function) init_function(iso, realm, (JSNativeFunction *)o, b);
  if (b->constructor != INTRINSIC_NONE) {
    MUST(own_add_named(iso, o, ATOM(constructor), lazy_value(&intrinsic_properties[b->constructor]), ATTR_METHOD));
  }
  for (u32 i = 0; i < b->property_count; i++) define_property(iso, realm, o, &b->properties[i]);
  if (b->finish) MUST(b->finish(iso, realm, o));
  return o;
}

JSObject *realm_intrinsic(Isolate *iso, Realm *realm, u32 id) {
  JSObject *o = ref_get(realm->intrinsics[id]);
  return LIKELY(o != NULL) ? o : make_intrinsic(iso, realm, id);
}

static void materialise_object(Isolate *iso, JSObject *o) {
  Shape *s = obj_shape(iso, o);
  for (u32 i = 0; i < s->count; i++) {
    const PropertyEntry *e = &shape_entries(s)[i];
    if (!e->key) continue;
    Slot *slot = obj_slot_at(o, s, e->slot);
    if (value_is_lazy(slot_get(slot))) builtin_resolve_lazy(iso, o, e->key, slot);
  }
}

void realm_materialise_all(Isolate *iso, Realm *realm) {
  for (u32 id = 0; id < INTRINSIC_COUNT; id++) realm_intrinsic(iso, realm, id);
  for (u32 id = 0; id < INTRINSIC_COUNT; id++) materialise_object(iso, realm_intrinsic(iso, realm, id));
  materialise_object(iso, ref_get(realm->global_object));
}

// ---- Pristine properties ----

static bool is_native_of(Value v, NativeFn fn) {
  return value_is_kind(v, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_object(v))->fn == fn;
}

static bool matches_table(Realm *realm, const BuiltinObject *b, u32 key_id, Value v) {
  for (u32 i = 0; i < b->property_count; i++) {
    const BuiltinProperty *p = &b->properties[i];
    if (p->key != key_id) continue;
    switch (p->kind) {
    case BUILTIN_METHOD_PROPERTY: return is_native_of(v, p->fn);
    case BUILTIN_ACCESSOR_PROPERTY:
      return value_is_accessor(v) && is_native_of(slot_get(&((Accessor *)value_cell(v))->getter), p->fn);
    case BUILTIN_INTRINSIC_PROPERTY: return v == value_from_object(ref_get(realm->intrinsics[p->number]));
    case BUILTIN_ALIAS_PROPERTY: return matches_table(realm, b, (u32)p->number, v);
    default: return false;
    }
  }
  return false;
}

static COLD bool guard_refill(Isolate *iso, Realm *realm, struct PristineGuard *guard, u32 intrinsic_id, u32 key_id) {
  JSObject *o = ref_get(realm->intrinsics[intrinsic_id]);
  OwnProperty own;
  if (!own_find_named(iso, o, atom_from_id(key_id), &own)) return false;
  const BuiltinObject *b = builtin_object(iso, intrinsic_id);
  Value v = slot_get(own.slot);
  bool pristine;
  if (key_id == ATOM_constructor) {
    pristine = b->constructor != INTRINSIC_NONE && v == value_from_object(ref_get(realm->intrinsics[b->constructor]));
  } else {
    pristine = matches_table(realm, b, key_id, v);
  }
  if (!pristine) return false;
  Shape *s = obj_shape(iso, o);
  s->flags |= SHAPE_CACHED;
  guard->shape_id = s->id;
  guard->slot = shape_entries(s)[own.number].slot;
  slot_set(iso, realm, &guard->expected, v);
  return true;
}

bool builtin_constructs(Isolate *iso, const JSObject *constructor, u32 prototype) {
  u32 id = builtin_object(iso, prototype)->constructor;
  return id != INTRINSIC_NONE && ref_get(realm_current(iso)->intrinsics[id]) == constructor;
}

bool builtin_is_pristine(Isolate *iso, Realm *realm, enum PristineId id) {
  static const struct {
    u16 intrinsic_id;
    u16 key;
  } guarded[PRISTINE_COUNT] = {
#define PRISTINE(NAME, intrinsic_, key_) {INTRINSIC_##intrinsic_, key_},
      PRISTINE_LIST(PRISTINE)
#undef PRISTINE
  };
  JSObject *o = ref_get(realm->intrinsics[guarded[id].intrinsic_id]);
  if (!o) return true; // nobody has touched it
  struct PristineGuard *guard = &realm->guards[id];
  if (LIKELY(o->cell.shape_id == guard->shape_id)) {
    Shape *s = obj_shape(iso, o);
    if (LIKELY(slot_get(obj_slot_at(o, s, guard->slot)) == slot_get(&guard->expected))) return true;
  }
  return guard_refill(iso, realm, guard, guarded[id].intrinsic_id, guarded[id].key);
}
