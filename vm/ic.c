// SPDX-License-Identifier: MIT
// Filling, growing and sweeping inline caches. The complete semantics of property access by name are here; the interpreter only has the
// hits. What may be remembered is decided by vm/lookup.h.
#include "vm/ic.h"

#include "vm/interp_internal.h"
#include "vm/lookup.h"
#include "vm/object_internal.h"

// ---- Recording ----

void ic_free_all(Code *code) {
  for (PolyList *list = code->polys, *next; list; list = next) {
    next = list->next;
    base_free(list);
  }
}

// Polymorphic caches are found by their opcode, so they are kept in a list of the code and freed with it.
static PolyCache *poly_new(Code *code) {
  PolyList *list = base_alloc_zeroed(sizeof(PolyList));
  list->next = code->polys;
  code->polys = list;
  return &list->cache;
}

// A slot as the caches name it: bytes from the object, or from the slot up to bf.
static bool slot_offset(const Shape *shape, u32 slot, u32 *offset) {
  if (slot < shape->inline_cap) {
    *offset = shape->first_offset + slot * 8;
    return true;
  }
  *offset = (2 + slot - shape->inline_cap) * 8;
  return false;
}

static bool is_poly_op(u8 op) { return op == OP_GET_PROP_POLY || op == OP_SET_PROP_POLY; }

static bool is_getter_op(u32 op) { return op == OP_GET_PROP_GETTER || op == OP_GET_PROP_TYPED_LENGTH; }

static bool is_own_op(u32 op) {
  return op == OP_GET_PROP_INLINE || op == OP_GET_PROP_STORE || op == OP_SET_PROP_INLINE || op == OP_SET_PROP_STORE;
}

static void mega_record(Isolate *iso, PropertyKey key, u32 op, const InlineCache *found) {
  if (!iso->mega_cache) iso->mega_cache = base_alloc_zeroed(sizeof(MegaCache));
  iso->mega_cache->entries[mega_hash(found->shape, key)] = (MegaEntry){found->shape, op, key, found->offset, found->payload};
}

// How to set a property is under its key with the lowest bit, which keys have clear; apart from how to get it.
static PropertyKey set_key(PropertyKey key) { return (PropertyKey)(uintptr_t)(key_bits(key) | 1); }
static MegaEntry *mega_set_entry(Isolate *iso, u32 shape, PropertyKey key) {
  return &iso->mega_cache->entries[mega_hash(shape, key) ^ MEGA_ENTRIES / 2];
}

static void mega_record_set(Isolate *iso, PropertyKey key, u32 op, const InlineCache *found) {
  if (!iso->mega_cache) iso->mega_cache = base_alloc_zeroed(sizeof(MegaCache));
  *mega_set_entry(iso, found->shape, key) = (MegaEntry){found->shape, op, set_key(key), found->offset, found->payload};
}

// Every program uses a few computed names; the cache (32 KB) is made for those that go on doing so. A worker's start does not.
static bool keyed_is_worth_it(Isolate *iso) {
  enum { KEYED_FEW = 100 };
  return iso->mega_cache || ++iso->keyed_misses > KEYED_FEW;
}

// Replaces an entry of the same shape, or appends. false: full.
static bool poly_record(PolyCache *poly, u32 op, const InlineCache *found) {
  for (u32 i = 0; i < poly->count; i++) {
    if (poly->entries[i].cache.shape != found->shape && poly->entries[i].cache.shape) continue;
    poly->entries[i] = (struct PolyEntry){*found, op};
    return true;
  }
  if (poly->count == POLY_ENTRIES) return false;
  poly->entries[poly->count++] = (struct PolyEntry){*found, op};
  return true;
}

// Puts `found` (for monomorphic opcode `mono`) into the site: monomorphic, polymorphic or megamorphic.
static void record(Isolate *iso, Code *code, u8 *op, u32 ic, PropertyKey key, u32 mono, const InlineCache *found, bool is_get) {
  InlineCache *cache = IC_AT(code->constants, ic);
  u8 poly_op = is_get ? OP_GET_PROP_POLY : OP_SET_PROP_POLY, generic = is_get ? OP_GET_PROP : OP_SET_PROP;
  if (*op == OP_GET_PROP_MEGA) {
    mega_record(iso, key, mono, found);
    return;
  }
  if (is_poly_op(*op)) {
    if (poly_record((PolyCache *)cache->payload, mono, found)) return;
    if (!is_get) { // the site stays polymorphic: ic_set_prop asks the global cache
      mega_record_set(iso, key, mono, found);
      return;
    }
    mega_record(iso, key, mono, found);
    *cache = (InlineCache){0, 0, key_bits(key)};
    *op = OP_GET_PROP_MEGA;
    return;
  }
  bool empty = *op == generic || !cache->shape || cache->shape == found->shape;
  if (empty || is_getter_op(mono) || is_getter_op(*op)) {
    *cache = *found;
    *op = (u8)mono;
    return;
  }
  // Instances of a constructor change their shape once, when their size is known: the second shape replaces the first, whose id
  // stays in the payload; a third change makes the site polymorphic.
  if (is_own_op(*op) && is_own_op(mono) && !cache->payload) {
    u64 before = cache->shape;
    *cache = (InlineCache){found->shape, found->offset, before};
    *op = (u8)mono;
    return;
  }
  PolyCache *poly = poly_new(code);
  poly->entries[0] = (struct PolyEntry){*cache, *op};
  poly->entries[1] = (struct PolyEntry){*found, mono};
  poly->count = 2;
  *cache = (InlineCache){0, 0, (u64)(uintptr_t)poly};
  *op = poly_op;
}

// ---- Get ----

static JSObject *primitive_prototype(Isolate *iso, Value v) {
  if (value_is_string(v)) return value_object(intrinsic(iso, INTRINSIC_STRING_PROTOTYPE));
  if (value_is_number(v)) return value_object(intrinsic(iso, INTRINSIC_NUMBER_PROTOTYPE));
  if (value_is_boolean(v)) return value_object(intrinsic(iso, INTRINSIC_BOOLEAN_PROTOTYPE));
  if (value_is_symbol(v)) return value_object(intrinsic(iso, INTRINSIC_SYMBOL_PROTOTYPE));
  if (value_is_bigint(v)) return value_object(intrinsic(iso, INTRINSIC_BIGINT_PROTOTYPE));
  return NULL;
}

static void *throw_read_of_nullish(Isolate *iso, Value base, PropertyKey key) {
  return THROW(iso, READ_OF_NULLISH, base == VALUE_NULL ? "null" : "undefined", error_text_of_key(iso, key));
}

// What a lookup found, as a cache entry. 0: not cacheable.
static u32 describe_get(Isolate *iso, u32 shape_id, const IcLookup *l, InlineCache *out, bool primitive) {
  if (!l->cacheable) return 0;
  *out = (InlineCache){shape_id, iso->proto_epoch, 0};
  if (!l->holder) return OP_GET_PROP_ABSENT;
  bool own = l->holder_is_receiver && !primitive;
  if (own) {
    if (l->attrs & ATTR_ACCESSOR) return 0;
    return slot_offset(obj_shape(iso, l->holder), l->slot, &out->offset) ? OP_GET_PROP_INLINE : OP_GET_PROP_STORE;
  }
  out->payload = (u64)(uintptr_t)l->address;
  return l->attrs & ATTR_ACCESSOR ? OP_GET_PROP_GETTER : OP_GET_PROP_PROTO;
}

static Value lookup_value(Isolate *iso, const IcLookup *l, Value receiver) {
  if (!l->holder) return VALUE_UNDEFINED;
  Value v = slot_get(l->address);
  if (!(l->attrs & ATTR_ACCESSOR)) return v;
  Value getter = slot_get(&((Accessor *)v)->getter);
  return getter == VALUE_UNDEFINED ? VALUE_UNDEFINED : CALL0(iso, getter, receiver);
}

// Get of a name on anything. When the answer may be kept, *mono and *found say how (else *mono is 0).
static Value get_and_describe(Isolate *iso, Value base, PropertyKey key, u32 *mono, InlineCache *found) {
  *mono = 0;
  if (value_is_object(base)) {
    JSObject *o = value_object(base);
    IcLookup l;
    if (!obj_lookup_for_ic(iso, o, key, &l)) {
      if (l.array_length) {
        *mono = OP_GET_PROP_ARRAY_LENGTH;
        return value_from_u32(array_length(o));
      }
      return obj_get(iso, o, key);
    }
    *mono = describe_get(iso, o->cell.shape_id, &l, found, false);
    return lookup_value(iso, &l, base);
  }
  JSObject *proto = primitive_prototype(iso, base);
  if (!proto) return throw_read_of_nullish(iso, base, key);
  if (value_is_string(base) && key == ATOM(length)) {
    *mono = OP_GET_PROP_STRING_LENGTH;
    return value_from_int((i32)value_string(base)->length);
  }
  IcLookup l;
  if (!obj_lookup_for_ic(iso, proto, key, &l)) return get_v(iso, base, key);
  // Numbers and booleans are not cells: they have no shape to compare. The entry is guarded by the epoch, so the holder must be
  // watched even when it is the prototype itself.
  if (value_is_cell(base)) {
    shape_watch_chain(iso, proto, l.holder);
    *mono = describe_get(iso, value_cell(base)->shape_id, &l, found, true);
  }
  return lookup_value(iso, &l, base);
}

// The getter that was found is %TypedArray%.prototype's own: the epoch, which guards the entry, tells when that changes.
static bool is_typed_length(Isolate *iso, Value base, PropertyKey key) {
  if (key != ATOM(length) || !value_is_kind(base, KIND_TYPED_ARRAY)) return false;
  Value proto = slot_get(&obj_shape(iso, value_object(base))->proto); // of one element type
  if (!value_is_kind(proto, KIND_OBJECT)) return false;
  return slot_get(&obj_shape(iso, value_object(proto))->proto) == intrinsic(iso, INTRINSIC_TYPED_ARRAY_PROTOTYPE) &&
         builtin_is_pristine(iso, realm_current(iso), PRISTINE_TYPED_ARRAY_LENGTH);
}

Value ic_get_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base) {
  PropertyKey key = ic_key(iso, code, ic);
  InlineCache found = {0};
  if (*op == OP_GET_PROP_MEGA && value_is_cell(base)) {
    // A getter in the megamorphic cache is not called by the interpreter.
    MegaEntry *e = iso->mega_cache ? &iso->mega_cache->entries[mega_hash(value_cell(base)->shape_id, key)] : NULL;
    if (e && e->shape == value_cell(base)->shape_id && e->key == key && e->op == OP_GET_PROP_GETTER &&
        e->offset == iso->proto_epoch) {
      Value getter = slot_get(&((Accessor *)slot_get((Slot *)(uintptr_t)e->payload))->getter);
      return getter == VALUE_UNDEFINED ? VALUE_UNDEFINED : CALL0(iso, getter, base);
    }
  }
  u32 mono;
  Value v = get_and_describe(iso, base, key, &mono, &found);
  if (!mono) return v;
  if (mono == OP_GET_PROP_ARRAY_LENGTH || mono == OP_GET_PROP_STRING_LENGTH) {
    if (*op == OP_GET_PROP) *op = (u8)mono;
    return v;
  }
  if (*op == OP_GET_PROP_ARRAY_LENGTH || *op == OP_GET_PROP_STRING_LENGTH) *op = OP_GET_PROP;
  if (mono == OP_GET_PROP_GETTER && is_typed_length(iso, base, key) && !is_poly_op(*op) && *op != OP_GET_PROP_MEGA) {
    mono = OP_GET_PROP_TYPED_LENGTH;
  }
  // The getter may have run anything: the instruction may look different by now, which record takes as it is.
  record(iso, code, op, ic, key, mono, &found, true);
  return v;
}

Value ic_get_method(Isolate *iso, Code *code, u8 *op, u32 ic, Value base) {
  PropertyKey key = ic_key(iso, code, ic);
  InlineCache *cache = IC_AT(code->constants, ic), found = {0};
  u32 mono;
  // Sites that see many shapes: the global cache is cheaper than a walk. The site keeps the shape all the same: it may be seen more often.
  if (value_is_cell(base) && iso->mega_cache) {
    u32 shape = value_cell(base)->shape_id;
    MegaEntry *e = &iso->mega_cache->entries[mega_hash(shape, key)];
    if (e->shape == shape && e->key == key) {
      if (e->op == OP_GET_PROP_INLINE) {
        *cache = (InlineCache){shape, e->offset, 1};
        *op = OP_CALL_METHOD_OWN;
        return *(Value *)((char *)base + e->offset);
      }
      if (e->op == OP_GET_PROP_PROTO && e->offset == iso->proto_epoch) {
        *cache = (InlineCache){shape, e->offset, e->payload};
        *op = OP_CALL_METHOD_PROTO;
        return *(Value *)(uintptr_t)e->payload;
      }
    }
  }
  Value v = get_and_describe(iso, base, key, &mono, &found);
  if (!v || !mono) return v;
  bool own = mono == OP_GET_PROP_INLINE || mono == OP_GET_PROP_STORE;
  if (!own && mono != OP_GET_PROP_PROTO) return v;
  if (*op != OP_CALL_METHOD && cache->shape && cache->shape != found.shape) mega_record(iso, key, mono, &found);
  *cache = found;
  if (own) cache->payload = mono == OP_GET_PROP_INLINE;
  *op = own ? OP_CALL_METHOD_OWN : OP_CALL_METHOD_PROTO;
  return v;
}

Value ic_get_keyed(Isolate *iso, JSObject *o, PropertyKey key) {
  if (key_is_index(key)) return obj_get(iso, o, key);
  u32 shape = o->cell.shape_id;
  MegaEntry *e = iso->mega_cache ? &iso->mega_cache->entries[mega_hash(shape, key)] : NULL;
  if (e && e->shape == shape && e->key == key) {
    if (e->op == OP_GET_PROP_INLINE) return *(Value *)((char *)o + e->offset);
    if (e->op == OP_GET_PROP_STORE) return *(Value *)((char *)o->bf - e->offset);
    if (e->offset == iso->proto_epoch && e->op == OP_GET_PROP_PROTO) return *(Value *)(uintptr_t)e->payload;
    if (e->offset == iso->proto_epoch && e->op == OP_GET_PROP_ABSENT) return VALUE_UNDEFINED;
  }
  InlineCache found = {0};
  u32 mono;
  Value v = get_and_describe(iso, value_from_cell(o), key, &mono, &found);
  if (mono && mono != OP_GET_PROP_ARRAY_LENGTH && keyed_is_worth_it(iso)) mega_record(iso, key, mono, &found);
  return v;
}

// ---- Set ----

static bool throw_set_nullish(Isolate *iso, Value base, PropertyKey key) {
  THROW(iso, SET_OF_NULLISH, base == VALUE_NULL ? "null" : "undefined", error_text_of_key(iso, key));
  return false;
}

static bool set_generic(Isolate *iso, const Code *code, Value base, PropertyKey key, Value v) {
  Tri ok;
  if (value_is_object(base)) {
    ok = obj_set_with_receiver(iso, value_object(base), key, v, base);
  } else {
    JSObject *proto = primitive_prototype(iso, base);
    if (!proto) return throw_set_nullish(iso, base, key);
    ok = obj_set_with_receiver(iso, proto, key, v, base);
  }
  if (UNLIKELY(!ok)) return false;
  if (UNLIKELY(ok == TRI_NO) && code->flags & CODE_STRICT) return throw_set_failed(iso, base, key) != NULL;
  return true;
}

// An own writable data property: stores, and says how to do it again. false: not that simple.
static bool set_own(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 *mono, InlineCache *found) {
  IcLookup l;
  if (!obj_lookup_for_ic(iso, o, key, &l) || !l.holder || !l.holder_is_receiver) return false;
  if (!(l.attrs & ATTR_WRITABLE) || l.attrs & ATTR_ACCESSOR) return false;
  slot_set(iso, o, l.address, v);
  if (!l.cacheable) return true;
  *found = (InlineCache){o->cell.shape_id, 0, 0};
  *mono = slot_offset(obj_shape(iso, o), l.slot, &found->offset) ? OP_SET_PROP_INLINE : OP_SET_PROP_STORE;
  return true;
}

static void describe_add(Isolate *iso, const IcAdd *add, u32 *mono, InlineCache *found) {
  if (!add->cacheable) return;
  *found = (InlineCache){add->old_shape_id, 0, (u64)add->new_shape_id | (u64)iso->proto_epoch << 32};
  *mono = slot_offset(iso->shapes[add->new_shape_id], add->slot, &found->offset) ? OP_SET_PROP_ADD : OP_SET_PROP_ADD_STORE;
}

// How to set the property, as the site or the global cache remember it, in *found. 0: neither does.
static u32 known_set(Isolate *iso, Code *code, u32 op, u32 ic, PropertyKey key, u32 shape, InlineCache *found) {
  const InlineCache *cache = IC_AT(code->constants, ic);
  if (op == OP_SET_PROP_ADD || op == OP_SET_PROP_ADD_STORE) {
    *found = *cache;
    return cache->shape == shape ? op : 0;
  }
  if (op != OP_SET_PROP_POLY) return 0;
  const PolyCache *poly = (PolyCache *)cache->payload;
  for (u32 i = 0; i < poly->count; i++) {
    *found = poly->entries[i].cache;
    if (found->shape == shape) return poly->entries[i].op;
  }
  if (!iso->mega_cache) return 0;
  const MegaEntry *e = mega_set_entry(iso, shape, key);
  *found = (InlineCache){e->shape, e->offset, e->payload};
  return e->shape == shape && e->key == set_key(key) ? e->op : 0;
}

// What the instructions do when a site hits, also where the store must grow. false: out of memory, thrown.
static bool set_as_known(Isolate *iso, JSObject *o, u32 op, const InlineCache *found, Value v) {
  bool in_store = op == OP_SET_PROP_STORE || op == OP_SET_PROP_ADD_STORE,
       adds = op == OP_SET_PROP_ADD || op == OP_SET_PROP_ADD_STORE;
  // Caches hold the new shape weakly: a collection while the store grows has to find it here (its id is read afterwards).
  Shape *next = adds ? iso->shapes[(u32)found->payload] : NULL;
  if (op == OP_SET_PROP_ADD_STORE) TRY(obj_ensure_named(iso, o, found->offset / 8 - 1));
  if (adds) o->cell.shape_id = next->id;
  slot_set(iso, o, (Slot *)(void *)(in_store ? (char *)o->bf - found->offset : (char *)o + found->offset), v);
  return true;
}

static bool set_if_known(Isolate *iso, JSObject *o, u32 known, const InlineCache *found, Value v, bool *ok) {
  if (!known) return false;
  bool adds = known == OP_SET_PROP_ADD || known == OP_SET_PROP_ADD_STORE;
  if (adds && (u32)(found->payload >> 32) != iso->proto_epoch) return false;
  *ok = set_as_known(iso, o, known, found, v);
  return true;
}

// The complete operation on an object. mono: how it can be done again, 0: not that simple.
static bool set_and_describe(Isolate *iso, const Code *code, JSObject *o, PropertyKey key, Value v, u32 *mono, InlineCache *found) {
  *mono = 0;
  if (set_own(iso, o, key, v, mono, found)) return true;
  IcAdd add = {0};
  Tri added = obj_try_add_transition(iso, o, key, v, &add);
  if (UNLIKELY(!added)) return false;
  if (added == TRI_NO) return set_generic(iso, code, value_from_object(o), key, v);
  describe_add(iso, &add, mono, found);
  return true;
}

bool ic_set_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base, Value v) {
  PropertyKey key = ic_key(iso, code, ic);
  if (!value_is_object(base)) return set_generic(iso, code, base, key, v);
  JSObject *o = value_object(base);
  if (obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)o);
  InlineCache found = {0};
  u32 mono = known_set(iso, code, *op, ic, key, o->cell.shape_id, &found);
  bool ok;
  if (set_if_known(iso, o, mono, &found, v, &ok)) return ok;
  if (!set_and_describe(iso, code, o, key, v, &mono, &found)) return false;
  if (mono) record(iso, code, op, ic, key, mono, &found, false);
  return true;
}

bool ic_set_keyed(Isolate *iso, const Code *code, JSObject *o, PropertyKey key, Value v) {
  Shape *s = obj_shape(iso, o);
  if (key_is_index(key) || shape_is_unique(s)) return set_generic(iso, code, value_from_object(o), key, v);
  if (s->flags & SHAPE_LAZY_FUNCTION) function_reify_properties(iso, (JSFunction *)o);
  u32 shape = o->cell.shape_id, mono;
  InlineCache found;
  if (iso->mega_cache) {
    const MegaEntry *e = mega_set_entry(iso, shape, key);
    found = (InlineCache){e->shape, e->offset, e->payload};
    bool ok, known = e->shape == shape && e->key == set_key(key);
    if (set_if_known(iso, o, known ? e->op : 0, &found, v, &ok)) return ok;
  }
  if (!set_and_describe(iso, code, o, key, v, &mono, &found)) return false;
  if (mono && keyed_is_worth_it(iso)) mega_record_set(iso, key, mono, &found);
  return true;
}

bool ic_init_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base, Value v) {
  PropertyKey key = ic_key(iso, code, ic);
  JSObject *o = value_object(base);
  IcAdd add = {0};
  Tri added = obj_try_define_transition(iso, o, key, v, &add);
  if (UNLIKELY(!added)) return false;
  if (added == TRI_NO) return create_data_property_or_throw(iso, o, key, v);
  InlineCache found;
  u32 mono = 0;
  describe_add(iso, &add, &mono, &found);
  if (mono == OP_SET_PROP_ADD) {
    *IC_AT(code->constants, ic) = found;
    *op = OP_INIT_PROP_ADD;
  }
  return true;
}

// ---- Globals ----

Value ic_get_global(Isolate *iso, Code *code, u8 *op, u32 ic, bool or_undefined) {
  PropertyKey key = ic_key(iso, code, ic);
  Binding *binding = global_lexical_find(code->realm, key, iso);
  InlineCache *cache = IC_AT(code->constants, ic);
  if (binding) {
    Value v = slot_get(&binding->value);
    if (UNLIKELY(!v)) return THROW(iso, TDZ, error_text_of_key(iso, key));
    if (!or_undefined) {
      *cache = (InlineCache){0, 0, (u64)(uintptr_t)binding};
      *op = OP_GET_GLOBAL_LEXICAL;
    }
    return v;
  }
  JSObject *global = ref_get(code->realm->global_object);
  IcLookup l;
  if (obj_lookup_for_ic(iso, global, key, &l) && l.holder) {
    u32 offset;
    bool data = !(l.attrs & ATTR_ACCESSOR);
    if (l.cacheable && l.holder_is_receiver && data && !or_undefined && !slot_offset(obj_shape(iso, global), l.slot, &offset)) {
      *cache = (InlineCache){global->cell.shape_id, offset, (u64)(uintptr_t)global};
      *op = OP_GET_GLOBAL_SLOT;
    }
    return lookup_value(iso, &l, slot_get(&code->realm->global_this));
  }
  Tri has = obj_has_property(iso, global, key);
  if (UNLIKELY(!has)) return VALUE_FAIL;
  if (has == TRI_YES) return obj_get(iso, global, key);
  if (or_undefined) return VALUE_UNDEFINED;
  return THROW(iso, NOT_DEFINED, error_text_of_key(iso, key));
}

bool ic_set_global(Isolate *iso, Code *code, u8 *op, u32 ic, Value v) {
  PropertyKey key = ic_key(iso, code, ic);
  Binding *binding = global_lexical_find(code->realm, key, iso);
  InlineCache *cache = IC_AT(code->constants, ic);
  if (binding) {
    if (UNLIKELY(!slot_get(&binding->value))) return THROW(iso, TDZ, error_text_of_key(iso, key)) != NULL;
    if (UNLIKELY(binding->is_const)) return THROW(iso, CONST_ASSIGN) != NULL;
    slot_set(iso, binding, &binding->value, v);
    *cache = (InlineCache){0, 0, (u64)(uintptr_t)binding};
    *op = OP_SET_GLOBAL_LEXICAL;
    return true;
  }
  JSObject *global = ref_get(code->realm->global_object);
  InlineCache found = {0};
  u32 mono = 0;
  if (set_own(iso, global, key, v, &mono, &found)) {
    if (mono == OP_SET_PROP_STORE) {
      found.payload = (u64)(uintptr_t)global;
      *cache = found;
      *op = OP_SET_GLOBAL_SLOT;
    }
    return true;
  }
  Tri has = obj_has_property(iso, global, key);
  if (UNLIKELY(!has)) return false;
  if (has == TRI_NO && code->flags & CODE_STRICT) return THROW(iso, NOT_DEFINED, error_text_of_key(iso, key)) != NULL;
  return set_generic(iso, code, value_from_cell(global), key, v);
}

// ---- instanceof ----

static bool is_builtin_has_instance(Value f) {
  return value_is_kind(f, KIND_NATIVE_FUNCTION) && ((JSNativeFunction *)value_cell(f))->fn == function_has_instance;
}

Value ic_instance_of(Isolate *iso, InlineCache *cache, Value v, Value target) {
  Tri is = TRY(instance_of(iso, v, target));
  if (!value_is_kind(target, KIND_FUNCTION)) return value_from_bool(is == TRI_YES);
  JSObject *f = value_object(target);
  IcLookup method, prototype;
  u32 offset;
  bool builtin = obj_lookup_for_ic(iso, f, SYM(hasInstance), &method) && method.holder && method.cacheable &&
                 is_builtin_has_instance(slot_get(method.address));
  if (builtin && obj_lookup_for_ic(iso, f, ATOM(prototype), &prototype) && prototype.holder_is_receiver && prototype.cacheable &&
      !(prototype.attrs & ATTR_ACCESSOR) && !slot_offset(obj_shape(iso, f), prototype.slot, &offset)) {
    *cache = (InlineCache){f->cell.shape_id, iso->proto_epoch, offset};
  }
  return value_from_bool(is == TRI_YES);
}

// ---- Private names ----

Value ic_get_private(Isolate *iso, Code *code, u32 ic, Value base, Value name) {
  PropertyKey key = (PropertyKey)name;
  PropertyDescriptor desc;
  if (!value_is_object(base)) {
    if (value_is_nullish(base)) return throw_read_of_nullish(iso, base, key);
    return THROW(iso, PRIVATE_MISSING_READ, error_text_of_key(iso, key));
  }
  JSObject *o = value_object(base);
  PropertySlot slot;
  Shape *shape = obj_shape(iso, o);
  if (shape_lookup(shape, key, &slot) && !(slot.attrs & ATTR_ACCESSOR)) {
    u32 offset;
    if (slot_offset(shape, slot.slot, &offset))
      *IC_AT(code->constants, ic) = (InlineCache){o->cell.shape_id, offset, key_bits(key)};
    return slot_get(obj_slot_at(o, shape, slot.slot));
  }
  Tri found = ordinary_get_own_property(iso, o, key, &desc);
  if (UNLIKELY(!found)) return VALUE_FAIL;
  if (found == TRI_NO) return THROW(iso, PRIVATE_MISSING_READ, error_text_of_key(iso, key));
  if (desc.has & HAS_VALUE) return desc.value;
  if (desc.getter == VALUE_UNDEFINED) return THROW(iso, PRIVATE_NO_GETTER, error_text_of_key(iso, key));
  return CALL0(iso, desc.getter, base);
}

bool ic_set_private(Isolate *iso, Code *code, u32 ic, Value base, Value name, Value v) {
  PropertyKey key = (PropertyKey)name;
  if (!value_is_object(base)) {
    if (value_is_nullish(base)) return throw_set_nullish(iso, base, key);
    return THROW(iso, PRIVATE_MISSING_WRITE, error_text_of_key(iso, key)) != NULL;
  }
  JSObject *o = value_object(base);
  Shape *shape = obj_shape(iso, o);
  PropertySlot slot;
  if (!shape_lookup(shape, key, &slot)) return THROW(iso, PRIVATE_MISSING_WRITE, error_text_of_key(iso, key)) != NULL;
  if (slot.attrs & ATTR_ACCESSOR) {
    Value setter = slot_get(&((Accessor *)slot_get(obj_slot_at(o, shape, slot.slot)))->setter);
    if (setter == VALUE_UNDEFINED) return THROW(iso, PRIVATE_NO_SETTER, error_text_of_key(iso, key)) != NULL;
    return CALL1(iso, setter, base, v) != VALUE_FAIL;
  }
  if (!(slot.attrs & ATTR_WRITABLE)) return THROW(iso, PRIVATE_METHOD_WRITE, error_text_of_key(iso, key)) != NULL;
  slot_set(iso, o, obj_slot_at(o, shape, slot.slot), v);
  u32 offset;
  if (slot_offset(shape, slot.slot, &offset)) *IC_AT(code->constants, ic) = (InlineCache){o->cell.shape_id, offset, key_bits(key)};
  return true;
}

// ---- Sweeping ----

static bool shape_is_live(Isolate *iso, u32 id) {
  if (id < SHAPE_ID_FIRST_DYNAMIC) return true;
  Shape *shape = id < iso->shape_count ? iso->shapes[id] : NULL;
  return shape && gc_is_marked(&iso->heap, &shape->cell);
}

static bool cache_is_live(Isolate *iso, const InlineCache *cache, u32 op) {
  if (!shape_is_live(iso, cache->shape)) return false;
  bool adds = op == OP_SET_PROP_ADD || op == OP_SET_PROP_ADD_STORE || op == OP_INIT_PROP_ADD;
  return !adds || shape_is_live(iso, (u32)cache->payload);
}

static void sweep_code(Isolate *iso, Code *code) {
  // Which instruction uses a cache is not known here, so an entry whose payload might name a dead shape is dropped too: dead new shapes
  // imply an entry of a transition, and live caches of other kinds fill again at once.
  for (u32 i = 0; i < code->ic_count; i++) {
    InlineCache *cache = IC_AT(code->constants, i);
    if (!cache->shape) continue;
    bool may_be_add = (u32)(cache->payload >> 32) && (u32)cache->payload < iso->shape_count;
    if (!shape_is_live(iso, cache->shape) || (may_be_add && !shape_is_live(iso, (u32)cache->payload))) cache->shape = 0;
  }
  for (PolyList *list = code->polys; list; list = list->next) {
    for (u32 i = 0; i < list->cache.count; i++) {
      struct PolyEntry *e = &list->cache.entries[i];
      if (e->cache.shape && !cache_is_live(iso, &e->cache, e->op)) e->cache.shape = 0;
    }
  }
}

void ic_sweep(Isolate *iso) {
  u32 kept = 0;
  for (u32 i = 0; i < iso->codes.len; i++) {
    Code *code = (Code *)iso->codes.data[i];
    if (!gc_is_marked(&iso->heap, &code->cell)) continue;
    iso->codes.data[kept++] = &code->cell;
    sweep_code(iso, code);
  }
  iso->codes.len = kept;
  mega_cache_clear(iso);
}

void ic_clear_epoch(Isolate *iso) {
  for (u32 i = 0; i < iso->codes.len; i++) {
    Code *code = (Code *)iso->codes.data[i];
    for (u32 j = 0; j < code->ic_count; j++) IC_AT(code->constants, j)->shape = 0;
    for (PolyList *list = code->polys; list; list = list->next) list->cache.count = 0;
  }
  mega_cache_clear(iso);
}

void mega_cache_clear(Isolate *iso) {
  if (iso->mega_cache) memset(iso->mega_cache, 0, sizeof(MegaCache));
}
