// SPDX-License-Identifier: MIT
// The handlers of all instructions, compiled twice by interp.c: for narrow operands as the interpreter's loop, and for wide ones.
// Macros that differ: A B C IMM_BC SC (operands), EXT(i), NEXT(ext), SKIP, OPCODE_BYTE, TABLE.
//
// Handlers hold no C state beyond pc, fp, K and iso: whatever is slow is a call of a cold function, so that gcc keeps those in registers.
// A line a handler, where it fits: not for clang-format.
// clang-format off

#define R(n) fp[n]
#define BARRIER(o) gc_barrier(&iso->heap, (Cell *)(o))
#define SAVE() (iso->fp = fp, iso->pc = pc)
#define CODE() frame_code(fp)
#define ATOM_K(n) K[n]

// ---- Constants and moves ----
OP(MOVE) { R(A) = R(B); NEXT(0); }
OP(LOAD_INT) { R(A) = value_from_int(IMM_BC); NEXT(0); }
OP(LOAD_K) { R(A) = K[CONST_BC]; NEXT(0); }
OP(LOAD_SPECIAL) { R(A) = value_from_bits(B); NEXT(0); }
OP(LOAD_CALLEE) { R(A) = fp[-4]; NEXT(0); }
OP(LOAD_NEW_TARGET) { R(A) = frame_flags(fp) & FRAME_CONSTRUCT ? fp[-5] : VALUE_UNDEFINED; NEXT(0); }

// ---- Environments ----
OP(LOAD_ENV) { R(A) = value_from_cell(ref_get(frame_function(fp)->env)); NEXT(0); }
OP(NEW_ENV) {
  SAVE();
  Environment *env = environment_new(iso, (Environment *)R(B), C);
  if (UNLIKELY(!env)) goto exception;
  R(A) = value_from_cell(env);
  NEXT(0);
}
OP(COPY_ENV) { SAVE(); R(A) = slow_copy_env(iso, R(B)); NEXT(0); }
OP(PARENT_ENV) { R(A) = value_from_cell(ref_get(((Environment *)R(B))->parent)); NEXT(0); }
OP(GET_ENV) { R(A) = ((Environment *)R(B))->slots[C].value_; NEXT(0); }
OP(SET_ENV) {
  Environment *env = (Environment *)R(B);
  env->slots[C].value_ = R(A);
  BARRIER(env);
  NEXT(0);
}
OP(GET_ENV_TDZ) {
  Value v = ((Environment *)R(B))->slots[C].value_;
  if (UNLIKELY(!v)) goto throw_tdz;
  R(A) = v;
  NEXT(1);
}
OP(SET_ENV_TDZ) {
  Environment *env = (Environment *)R(B);
  if (UNLIKELY(!env->slots[C].value_)) goto throw_tdz;
  env->slots[C].value_ = R(A);
  BARRIER(env);
  NEXT(1);
}
#define UP(env, hops) \
  Environment *env = ref_get(frame_function(fp)->env); \
  for (u32 hops_ = (hops); hops_; hops_--) env = ref_get(env->parent)
OP(GET_UP) { UP(env, B); R(A) = env->slots[C].value_; NEXT(0); }
OP(SET_UP) { UP(env, B); env->slots[C].value_ = R(A); BARRIER(env); NEXT(0); }
OP(GET_UP_TDZ) {
  UP(env, B);
  Value v = env->slots[C].value_;
  if (UNLIKELY(!v)) goto throw_tdz;
  R(A) = v;
  NEXT(1);
}
OP(SET_UP_TDZ) {
  UP(env, B);
  if (UNLIKELY(!env->slots[C].value_)) goto throw_tdz;
  env->slots[C].value_ = R(A);
  BARRIER(env);
  NEXT(1);
}
OP(GET_MODULE) {
  Value v = ((Binding *)((Environment *)R(B))->slots[C].value_)->value.value_;
  if (UNLIKELY(!v)) goto throw_tdz;
  R(A) = v;
  NEXT(1);
}
OP(SET_MODULE) {
  Binding *binding = (Binding *)((Environment *)R(B))->slots[C].value_;
  binding->value.value_ = R(A);
  BARRIER(binding);
  NEXT(0);
}
OP(GET_UP_MODULE) {
  UP(env, B);
  Value v = ((Binding *)env->slots[C].value_)->value.value_;
  if (UNLIKELY(!v)) goto throw_tdz;
  R(A) = v;
  NEXT(1);
}
OP(SET_UP_MODULE) {
  UP(env, B);
  Binding *binding = (Binding *)env->slots[C].value_;
  binding->value.value_ = R(A);
  BARRIER(binding);
  NEXT(0);
}
OP(CHECK_TDZ) {
  if (UNLIKELY(!R(A))) goto throw_tdz;
  NEXT(1);
}
OP(CHECK_THIS) {
  if (UNLIKELY(!R(A))) { SAVE(); THROW(iso, THIS_UNINITIALIZED); goto exception; }
  NEXT(0);
}
OP(CHECK_NO_THIS) {
  if (UNLIKELY(R(A) != VALUE_EMPTY)) { SAVE(); THROW(iso, SUPER_ALREADY_CALLED); goto exception; }
  NEXT(0);
}

// ---- Globals ----
OP(GET_GLOBAL) {
  SAVE();
  Value v = ic_get_global(iso, CODE(), OPCODE_BYTE, C, false);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
OP(GET_GLOBAL_OR_UNDEFINED) {
  SAVE();
  Value v = ic_get_global(iso, CODE(), OPCODE_BYTE, C, true);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
OP(GET_GLOBAL_SLOT) {
  InlineCache *ic = IC_AT(K, C);
  JSObject *global = (JSObject *)ic->payload;
  if (UNLIKELY(global->cell.shape_id != ic->shape)) { *OPCODE_BYTE = OP_GET_GLOBAL; GO; }
  R(A) = *(Value *)((char *)global->bf - ic->offset);
  NEXT(0);
}
OP(GET_GLOBAL_LEXICAL) {
  Value v = ((Binding *)IC_AT(K, C)->payload)->value.value_;
  if (UNLIKELY(!v)) { *OPCODE_BYTE = OP_GET_GLOBAL; GO; }
  R(A) = v;
  NEXT(0);
}
OP(SET_GLOBAL) {
  SAVE();
  if (UNLIKELY(!ic_set_global(iso, CODE(), OPCODE_BYTE, C, R(A)))) goto exception;
  NEXT(0);
}
OP(SET_GLOBAL_SLOT) {
  InlineCache *ic = IC_AT(K, C);
  JSObject *global = (JSObject *)ic->payload;
  if (UNLIKELY(global->cell.shape_id != ic->shape)) { *OPCODE_BYTE = OP_SET_GLOBAL; GO; }
  *(Value *)((char *)global->bf - ic->offset) = R(A);
  BARRIER(global);
  NEXT(0);
}
OP(SET_GLOBAL_LEXICAL) {
  Binding *binding = (Binding *)IC_AT(K, C)->payload;
  if (UNLIKELY(!binding->value.value_)) { *OPCODE_BYTE = OP_SET_GLOBAL; GO; }
  binding->value.value_ = R(A);
  BARRIER(binding);
  NEXT(0);
}
OP(INIT_GLOBAL_LEXICAL) {
  SAVE();
  if (UNLIKELY(!global_lexical_initialize(iso, CODE()->realm, (PropertyKey)K[CONST_BC], R(A)))) goto exception;
  NEXT(0);
}

// ---- Properties ----
OP(GET_PROP) {
get_prop_generic:
  SAVE();
  Value v = ic_get_prop(iso, CODE(), OPCODE_BYTE, C, R(B));
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
OP(GET_PROP_INLINE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    R(A) = *(Value *)((char *)v + ic->offset);
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_STORE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    R(A) = *(Value *)((char *)value_object(v)->bf - ic->offset);
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_PROTO) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    R(A) = *(Value *)ic->payload;
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_ABSENT) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    R(A) = VALUE_UNDEFINED;
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_GETTER) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    Value getter = slot_get(&((Accessor *)*(Value *)ic->payload)->getter);
    if (value_is_kind(getter, KIND_NATIVE_FUNCTION) && LIKELY(!is_call_or_apply(getter))) {
      SAVE();
      Value *nf = fp + CODE()->register_count + FRAME_HEADER;
      nf[-4] = getter;
      nf[0] = v;
      v = native_call(iso, nf, 0, VALUE_UNDEFINED);
      if (UNLIKELY(!v)) goto exception;
      R(A) = v;
      NEXT(0);
    }
    if (LIKELY(value_is_kind(getter, KIND_FUNCTION))) {
      // The getter's frame goes above this one's registers: no recursion on the C stack.
      Value *nf = fp + CODE()->register_count + FRAME_HEADER;
      Code *code = ref_get(((JSFunction *)getter)->code);
      nf[-4] = getter;
      nf[0] = v;
      if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) {
        for (u32 i = 0; i < code->param_count; i++) nf[1 + i] = VALUE_UNDEFINED;
        *frame_info_of(nf) = frame_info(0, 0, A);
        nf[-3] = (Value)PC_AFTER(0);
        nf[-2] = (Value)fp;
        fp = nf;
        pc = code->bytecode;
        K = code->constants;
        GO;
      }
      SAVE();
      nf = frame_enter_slow(iso, nf, 0, 0, A);
      if (UNLIKELY(!nf)) goto exception;
      nf[-3] = (Value)PC_AFTER(0);
      nf[-2] = (Value)fp;
      fp = nf;
      pc = frame_code(fp)->bytecode;
      K = frame_code(fp)->constants;
      GO;
    }
  }
  goto get_prop_generic;
}
OP(GET_PROP_TYPED_LENGTH) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    u64 length = ((JSTypedArray *)v)->fast_length; // 0: empty, or one that has to be asked
    if (LIKELY(length - 1 < INT32_MAX)) { R(A) = value_from_int((i32)length); NEXT(0); }
  }
  goto get_prop_generic;
}
OP(GET_PROP_ARRAY_LENGTH) {
  Value v = R(B);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->kind == KIND_ARRAY)) {
    R(A) = value_from_u32(elements_header(value_object(v)->bf)->length);
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_STRING_LENGTH) {
  Value v = R(B);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == SHAPE_ID_STRING)) {
    R(A) = value_from_int((i32)value_string(v)->length);
    NEXT(0);
  }
  goto get_prop_generic;
}
OP(GET_PROP_PRIMITIVE) { goto get_prop_generic; }
OP(GET_PROP_POLY) {
  Value v = R(B);
  if (LIKELY(value_is_cell(v))) {
    PolyCache *poly = (PolyCache *)IC_AT(K, C)->payload;
    u32 shape = value_cell(v)->shape_id;
    for (struct PolyEntry *e = poly->entries, *end = e + poly->count; e < end; e++) {
      if (e->cache.shape != shape) continue;
      if (LIKELY(e->op == OP_GET_PROP_INLINE)) { R(A) = *(Value *)((char *)v + e->cache.offset); NEXT(0); }
      if (e->op == OP_GET_PROP_STORE) { R(A) = *(Value *)((char *)value_object(v)->bf - e->cache.offset); NEXT(0); }
      if (UNLIKELY(e->cache.offset != iso->proto_epoch)) break;
      if (e->op == OP_GET_PROP_PROTO) { R(A) = *(Value *)e->cache.payload; NEXT(0); }
      if (e->op == OP_GET_PROP_ABSENT) { R(A) = VALUE_UNDEFINED; NEXT(0); }
      break;
    }
  }
  goto get_prop_generic;
}
OP(GET_PROP_MEGA) {
  Value v = R(B);
  if (LIKELY(value_is_cell(v))) {
    u32 shape = value_cell(v)->shape_id;
    PropertyKey key = (PropertyKey)IC_AT(K, C)->payload;
    MegaEntry *e = &iso->mega_cache->entries[mega_hash(shape, key)];
    if (LIKELY(e->shape == shape) && LIKELY(e->key == key)) {
      if (LIKELY(e->op == OP_GET_PROP_INLINE)) { R(A) = *(Value *)((char *)v + e->offset); NEXT(0); }
      if (e->op == OP_GET_PROP_STORE) { R(A) = *(Value *)((char *)value_object(v)->bf - e->offset); NEXT(0); }
      if (LIKELY(e->offset == iso->proto_epoch)) {
        if (e->op == OP_GET_PROP_PROTO) { R(A) = *(Value *)e->payload; NEXT(0); }
        if (e->op == OP_GET_PROP_ABSENT) { R(A) = VALUE_UNDEFINED; NEXT(0); }
      }
    }
  }
  goto get_prop_generic;
}
OP(SET_PROP) {
set_prop_generic:
  SAVE();
  if (UNLIKELY(!ic_set_prop(iso, CODE(), OPCODE_BYTE, C, R(B), R(A)))) goto exception;
  NEXT(0);
}
OP(SET_PROP_INLINE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    *(Value *)((char *)v + ic->offset) = R(A);
    BARRIER(v);
    NEXT(0);
  }
  goto set_prop_generic;
}
OP(SET_PROP_STORE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    *(Value *)((char *)value_object(v)->bf - ic->offset) = R(A);
    BARRIER(v);
    NEXT(0);
  }
  goto set_prop_generic;
}
OP(SET_PROP_ADD) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY((u32)(ic->payload >> 32) == iso->proto_epoch)) {
    *(Value *)((char *)v + ic->offset) = R(A);
    value_cell(v)->shape_id = (u32)ic->payload;
    BARRIER(v);
    NEXT(0);
  }
  goto set_prop_generic;
}
OP(SET_PROP_ADD_STORE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY((u32)(ic->payload >> 32) == iso->proto_epoch)) {
    JSObject *o = value_object(v);
    if (LIKELY(ic->offset <= (obj_named_capacity(o) + 1) * 8)) {
      *(Value *)((char *)o->bf - ic->offset) = R(A);
      o->cell.shape_id = (u32)ic->payload;
      BARRIER(o);
      NEXT(0);
    }
  }
  goto set_prop_generic;
}
OP(SET_PROP_POLY) {
  Value v = R(B);
  if (LIKELY(value_is_cell(v))) {
    PolyCache *poly = (PolyCache *)IC_AT(K, C)->payload;
    u32 shape = value_cell(v)->shape_id;
    for (struct PolyEntry *e = poly->entries, *end = e + poly->count; e < end; e++) {
      if (e->cache.shape != shape) continue;
      JSObject *o = value_object(v);
      if (e->op == OP_SET_PROP_INLINE) *(Value *)((char *)o + e->cache.offset) = R(A);
      else if (e->op == OP_SET_PROP_STORE) *(Value *)((char *)o->bf - e->cache.offset) = R(A);
      else {
        if (UNLIKELY((u32)(e->cache.payload >> 32) != iso->proto_epoch)) break;
        if (e->op == OP_SET_PROP_ADD) *(Value *)((char *)o + e->cache.offset) = R(A);
        else if (LIKELY(e->cache.offset <= (obj_named_capacity(o) + 1) * 8)) *(Value *)((char *)o->bf - e->cache.offset) = R(A);
        else break;
        o->cell.shape_id = (u32)e->cache.payload;
      }
      BARRIER(o);
      NEXT(0);
    }
  }
  goto set_prop_generic;
}
OP(INIT_PROP) {
init_prop_generic:
  SAVE();
  if (UNLIKELY(!ic_init_prop(iso, CODE(), OPCODE_BYTE, C, R(B), R(A)))) goto exception;
  NEXT(0);
}
OP(INIT_PROP_ADD) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    *(Value *)((char *)v + ic->offset) = R(A);
    value_cell(v)->shape_id = (u32)ic->payload;
    BARRIER(v);
    NEXT(0);
  }
  goto init_prop_generic;
}
OP(GET_ELEM) {
  Value v = R(B), key = R(C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key))) {
    JSObject *o = value_object(v);
    if (LIKELY(o->cell.kind <= KIND_ARRAY) && LIKELY(o->cell.kind >= KIND_OBJECT)) {
      u32 index = (u32)value_int(key);
      if (LIKELY(index < elements_header(o->bf)->capacity)) {
        Value element = o->bf[index].value_;
        if (LIKELY(element != VALUE_EMPTY)) { R(A) = element; NEXT(0); }
      }
    }
  }
get_elem_generic:
  SAVE();
  {
    Value r = slow_get_elem(iso, OPCODE_BYTE, R(B), R(C));
    if (UNLIKELY(!r)) goto exception;
    R(A) = r;
  }
  NEXT(0);
}
#define GET_TYPED(NAME, type, ctype, box) \
  OP(GET_ELEM_##NAME) { \
    Value v = R(B), key = R(C); \
    if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key)) && LIKELY(value_cell(v)->kind == KIND_TYPED_ARRAY)) { \
      JSTypedArray *t = (JSTypedArray *)v; \
      u32 index = (u32)value_int(key); \
      if (LIKELY(t->element_type == TYPED_##type) && LIKELY(index < t->fast_length)) { \
        ctype x = typed_load_##ctype(t->data, index); \
        R(A) = box; \
        NEXT(0); \
      } \
    } \
    *OPCODE_BYTE = OP_GET_ELEM; \
    goto get_elem_generic; \
  }
GET_TYPED(INT8, INT8, i8, value_from_int(x))
OP(GET_ELEM_UINT8) {
  Value v = R(B), key = R(C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key)) && LIKELY(value_cell(v)->kind == KIND_TYPED_ARRAY)) {
    JSTypedArray *t = (JSTypedArray *)v;
    u32 index = (u32)value_int(key);
    if (LIKELY((u32)(t->element_type - TYPED_UINT8) <= 1) && LIKELY(index < t->fast_length)) {
      R(A) = value_from_int(typed_load_u8(t->data, index));
      NEXT(0);
    }
  }
  *OPCODE_BYTE = OP_GET_ELEM;
  goto get_elem_generic;
}
GET_TYPED(INT16, INT16, i16, value_from_int(x))
GET_TYPED(UINT16, UINT16, u16, value_from_int(x))
GET_TYPED(INT32, INT32, i32, value_from_int(x))
GET_TYPED(UINT32, UINT32, u32, value_from_u32(x))
GET_TYPED(FLOAT32, FLOAT32, float, value_from_raw_double(x == x ? (double)x : __builtin_nan("")))
GET_TYPED(FLOAT64, FLOAT64, double, value_from_raw_double(x == x ? x : __builtin_nan("")))
OP(GET_ELEM_STRING) {
  Value v = R(B), key = R(C);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key)) && LIKELY(value_cell(v)->shape_id == SHAPE_ID_STRING)) {
    String *s = value_string(v);
    u32 index = (u32)value_int(key);
    if (LIKELY(index < s->length) && LIKELY(!str_is_rope(s))) {
      SAVE();
      R(A) = value_from_cell(str_from_char(iso, str_char_at_flat(s, index)));
      NEXT(0);
    }
  }
  *OPCODE_BYTE = OP_GET_ELEM;
  goto get_elem_generic;
}
OP(SET_ELEM) {
  Value v = R(A), key = R(B);
  if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key))) {
    JSObject *o = value_object(v);
    if (LIKELY(o->cell.kind <= KIND_ARRAY) && LIKELY(o->cell.kind >= KIND_OBJECT)) {
      u32 index = (u32)value_int(key);
      ElementsHeader *header = elements_header(o->bf);
      if (LIKELY(index < header->capacity)) {
        if (LIKELY(o->bf[index].value_ != VALUE_EMPTY)) {
          o->bf[index].value_ = R(C);
          BARRIER(o);
          NEXT(0);
        }
        // A hole or the end of an array: nothing on the prototypes may intercept it.
        if (LIKELY(o->cell.kind == KIND_ARRAY) && LIKELY(!(o->cell.flags & OBJ_ELEMENTS_LOCKED)) && LIKELY(iso->no_indexed_on_prototypes)) {
          if (index >= header->length) header->length = index + 1;
          o->bf[index].value_ = R(C);
          BARRIER(o);
          NEXT(0);
        }
      }
    }
  }
set_elem_generic:
  SAVE();
  if (UNLIKELY(!slow_set_elem(iso, OPCODE_BYTE, CODE(), R(A), R(B), R(C)))) goto exception;
  NEXT(0);
}
#define SET_TYPED(NAME, cond, ctype, int_only, convert) \
  OP(SET_ELEM_##NAME) { \
    Value v = R(A), key = R(B), x = R(C); \
    if (LIKELY(value_is_cell(v)) && LIKELY(value_is_int(key)) && LIKELY(value_cell(v)->kind == KIND_TYPED_ARRAY)) { \
      JSTypedArray *t = (JSTypedArray *)v; \
      u32 index = (u32)value_int(key); \
      if (LIKELY(cond) && LIKELY(index < t->fast_length) && LIKELY(int_only)) { \
        typed_store_##ctype(t->data, index, convert); \
        NEXT(0); \
      } \
    } \
    *OPCODE_BYTE = OP_SET_ELEM; \
    goto set_elem_generic; \
  }
SET_TYPED(INT8, t->element_type <= TYPED_UINT8, u8, value_is_int(x), (u8)value_int(x))
SET_TYPED(CLAMPED, t->element_type == TYPED_UINT8_CLAMPED, u8, value_is_int(x), (u8)(value_int(x) < 0 ? 0 : value_int(x) > 255 ? 255 : value_int(x)))
SET_TYPED(INT16, (u32)(t->element_type - TYPED_INT16) <= 1, u16, value_is_int(x), (u16)value_int(x))
SET_TYPED(INT32, (u32)(t->element_type - TYPED_INT32) <= 1, u32, value_is_number(x), value_is_int(x) ? (u32)value_int(x) : (u32)double_to_int32(value_double(x)))
SET_TYPED(FLOAT32, t->element_type == TYPED_FLOAT32, float, value_is_number(x), (float)value_number(x))
SET_TYPED(FLOAT64, t->element_type == TYPED_FLOAT64, double, value_is_number(x), value_number(x))
OP(INIT_ELEM) {
  SAVE();
  if (UNLIKELY(!slow_init_elem(iso, R(A), R(B), R(C)))) goto exception;
  NEXT(0);
}
#define SLOW_BINARY(NAME, call) \
  OP(NAME) { \
    SAVE(); \
    Value v = call; \
    if (UNLIKELY(!v)) goto exception; \
    R(A) = v; \
    NEXT(0); \
  }
SLOW_BINARY(DELETE_ELEM, slow_delete_elem(iso, CODE(), R(B), R(C)))
SLOW_BINARY(IN, slow_in(iso, R(B), R(C)))
OP(INSTANCEOF) {
  Value v = R(B), target = R(C);
  InlineCache *ic = IC_AT(K, EXT(0));
  // Cached: the function has the built-in @@hasInstance, and its prototype is in the store.
  if (LIKELY(value_is_cell(target)) && LIKELY(value_cell(target)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    if (!value_is_object(v)) { R(A) = VALUE_FALSE; NEXT(1); }
    Value prototype = *(Value *)((char *)value_object(target)->bf - ic->payload);
    while (LIKELY(value_cell(v)->kind != KIND_PROXY)) {
      v = slot_get(&obj_shape(iso, value_object(v))->proto);
      if (v == VALUE_NULL) break;
      if (v == prototype) { R(A) = VALUE_TRUE; NEXT(1); }
    }
    if (LIKELY(v == VALUE_NULL) && LIKELY(value_is_object(prototype))) { R(A) = VALUE_FALSE; NEXT(1); }
  }
  SAVE();
  v = ic_instance_of(iso, ic, R(B), target);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(1);
}
SLOW_BINARY(TO_PROPERTY_KEY, slow_to_property_key(iso, R(B)))
SLOW_BINARY(ELEM_KEY, slow_elem_key(iso, R(C), R(B)))
SLOW_BINARY(HAS_PRIVATE, slow_has_private(iso, R(B), R(C)))
OP(GET_PRIVATE) {
  Value v = R(B);
  InlineCache *ic = IC_AT(K, EXT(0));
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY((Value)ic->payload == R(C))) {
    R(A) = *(Value *)((char *)v + ic->offset);
    NEXT(1);
  }
  SAVE();
  v = ic_get_private(iso, CODE(), EXT(0), v, R(C));
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(1);
}
OP(SET_PRIVATE) {
  Value v = R(A);
  InlineCache *ic = IC_AT(K, EXT(0));
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY((Value)ic->payload == R(B))) {
    *(Value *)((char *)v + ic->offset) = R(C);
    BARRIER(v);
    NEXT(1);
  }
  SAVE();
  if (UNLIKELY(!ic_set_private(iso, CODE(), EXT(0), v, R(B), R(C)))) goto exception;
  NEXT(1);
}
OP(INIT_PRIVATE) {
  SAVE();
  if (UNLIKELY(!slow_init_private(iso, R(A), R(B), R(C)))) goto exception;
  NEXT(1);
}
OP(GET_SUPER) {
  SAVE();
  Value v = slow_get_super(iso, R(EXT(0)), R(B), R(C));
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(1);
}
OP(SET_SUPER) {
  SAVE();
  if (UNLIKELY(!slow_set_super(iso, CODE(), R(EXT(0)), R(A), R(B), R(C)))) goto exception;
  NEXT(1);
}

// ---- Literals ----
OP(NEW_OBJECT) { SAVE(); R(A) = slow_new_object(iso, CODE(), B); NEXT(0); }
OP(NEW_OBJECT_SHAPE) {
  Shape *shape = (Shape *)K[CONST_BC];
  if (UNLIKELY(!shape)) {
    SAVE();
    shape = code_literal_shape(iso, CODE(), CONST_BC);
  }
  SAVE();
  JSObject *o = (JSObject *)gc_alloc(&iso->heap, sizeof(JSObject) + 8 * (size_t)shape->inline_cap, KIND_OBJECT);
  *(u64 *)(void *)o = (u64)shape->id | (u64)KIND_OBJECT << 32 | (u64)shape->inline_cap << 48;
  o->bf = weft_empty_store;
  R(A) = value_from_cell(o);
  NEXT(0);
}
OP(INIT_SLOT) {
  JSObject *o = value_object(R(A));
  u32 slot = B, cap = o->cell.flags & OBJ_INLINE_CAP_MASK;
  if (LIKELY(slot < cap)) ((Value *)(o + 1))[slot] = R(C);
  else o->bf[-2 - (i32)(slot - cap)].value_ = R(C);
  BARRIER(o);
  NEXT(0);
}
OP(NEW_ARRAY) {
  SAVE();
  Value v = slow_new_array(iso, (u32)IMM_BC & IMM_BC_MASK);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
SLOW_BINARY(NEW_ARRAY_CONST, slow_new_array_const(iso, CODE(), CONST_BC))
OP(ARRAY_PUSH) {
  JSObject *o = value_object(R(A));
  ElementsHeader *header = elements_header(o->bf);
  if (LIKELY(header->length < header->capacity)) {
    o->bf[header->length++].value_ = R(B);
    BARRIER(o);
    NEXT(0);
  }
  SAVE();
  if (UNLIKELY(!array_push_value(iso, o, R(B)))) goto exception;
  NEXT(0);
}
OP(ARRAY_HOLE) { SAVE(); if (UNLIKELY(!slow_array_hole(iso, R(A)))) goto exception; NEXT(0); }
OP(ARRAY_SPREAD) { SAVE(); if (UNLIKELY(!slow_array_spread(iso, R(A), R(B)))) goto exception; NEXT(0); }
SLOW_BINARY(NEW_REGEXP, slow_new_regexp(iso, CODE(), CONST_BC))
SLOW_BINARY(TEMPLATE_OBJECT, slow_template_object(iso, CODE(), CONST_BC))
OP(CLOSURE) {
  SAVE();
  R(A) = value_from_cell(function_new(iso, (Code *)K[C], (Environment *)R(B)));
  NEXT(0);
}
OP(SET_HOME) {
  JSMethod *f = (JSMethod *)R(A);
  slot_set(iso, f, &f->home_object, R(B));
  NEXT(0);
}
OP(SET_FIELD_INIT) {
  JSMethod *f = (JSMethod *)R(A);
  slot_set(iso, f, &f->field_init, R(B));
  NEXT(0);
}
OP(SET_FUNCTION_NAME) { SAVE(); if (UNLIKELY(!slow_set_function_name(iso, R(A), R(B), C))) goto exception; NEXT(0); }
OP(NEW_CLASS) {
  SAVE();
  if (UNLIKELY(!slow_new_class(iso, &R(A), R(B), (Code *)K[C], (Environment *)R(EXT(0))))) goto exception;
  NEXT(1);
}
OP(DEFINE_METHOD) { SAVE(); if (UNLIKELY(!slow_define_method(iso, R(A), R(B), R(C), EXT(0)))) goto exception; NEXT(1); }
OP(SET_PROTO) { SAVE(); if (UNLIKELY(!slow_set_proto(iso, R(A), R(B)))) goto exception; NEXT(0); }
OP(COPY_DATA_PROPERTIES) {
  SAVE();
  {
    JSObject *o = object_literal_spread(iso, value_object(R(A)), R(B));
    if (UNLIKELY(!o)) goto exception;
    R(A) = value_from_object(o);
  }
  NEXT(0);
}
OP(REST_OBJECT) {
  SAVE();
  Value v = slow_rest_object(iso, R(B), &R(EXT(0)), C);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(1);
}
OP(CONCAT) {
  SAVE();
  Value v = slow_concat(iso, &R(B), C);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
OP(TO_STRING) {
  Value v = R(B);
  if (UNLIKELY(!value_is_string(v))) {
    SAVE();
    v = value_from_cell(to_string_slow(iso, v));
    if (UNLIKELY(!v)) goto exception;
  }
  R(A) = v;
  NEXT(0);
}

// ---- Arithmetic ----
#define BOTH_INT(a, b) ((value_bits(a) & value_bits(b)) >= TAG_INT)
#define BINARY_SLOW(op, a, b) \
  do { \
    SAVE(); \
    Value r_ = binary_operator(iso, OPERATOR_##op, a, b); \
    if (UNLIKELY(!r_)) goto exception; \
    R(A) = r_; \
    NEXT(0); \
  } while (0)
#define ARITH(NAME, overflows, expr) \
  OP(NAME) { \
    Value a = R(B), b = R(C); \
    double x, y; \
    if (LIKELY(BOTH_INT(a, b))) { \
      i32 r; \
      if (LIKELY(!overflows(value_int(a), value_int(b), &r))) { R(A) = value_from_int(r); NEXT(0); } \
      x = value_int(a); \
      y = value_int(b); \
      R(A) = value_from_double(expr); \
      NEXT(0); \
    } \
    if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) { \
      if (LIKELY(!value_is_int(a))) x = value_double(a); else x = value_int(a); \
      if (LIKELY(!value_is_int(b))) y = value_double(b); else y = value_int(b); \
      R(A) = value_from_raw_double(expr); \
      NEXT(0); \
    } \
    BINARY_SLOW(NAME, a, b); \
  }
ARITH(ADD, __builtin_add_overflow, x + y)
ARITH(SUB, __builtin_sub_overflow, x - y)
ARITH(MUL, mul_overflow, x * y)
OP(DIV) {
  Value a = R(B), b = R(C);
  if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) {
    // Exact int quotients stay ints: they are often indices.
    if (BOTH_INT(a, b)) {
      i32 x = value_int(a), y = value_int(b);
      if (LIKELY(y > 0) && x > 0 && x % y == 0) { R(A) = value_from_int(x / y); NEXT(0); }
      R(A) = value_from_double((double)x / (double)y);
      NEXT(0);
    }
    R(A) = value_from_raw_double(value_number(a) / value_number(b));
    NEXT(0);
  }
  BINARY_SLOW(DIV, a, b);
}
OP(MOD) {
  Value a = R(B), b = R(C);
  if (LIKELY(BOTH_INT(a, b)) && LIKELY(value_int(a) >= 0) && LIKELY(value_int(b) > 0)) {
    R(A) = value_from_int(value_int(a) % value_int(b));
    NEXT(0);
  }
  BINARY_SLOW(MOD, a, b);
}
OP(EXP) { Value a = R(B), b = R(C); BINARY_SLOW(EXP, a, b); }
#define BITWISE(NAME, NAME2, expr) \
  OP(NAME) { \
    Value a = R(B), b = R(C); \
    if (LIKELY(BOTH_INT(a, b))) { i32 x = value_int(a), y = value_int(b); R(A) = value_from_int(expr); NEXT(0); } \
    if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) { \
      i32 x = number_to_int32(a), y = number_to_int32(b); \
      R(A) = value_from_int(expr); \
      NEXT(0); \
    } \
    BINARY_SLOW(NAME2, a, b); \
  }
BITWISE(AND, BIT_AND, x & y)
BITWISE(OR, BIT_OR, x | y)
BITWISE(XOR, BIT_XOR, x ^ y)
BITWISE(SHL, SHL, (i32)((u32)x << (y & 31)))
BITWISE(SAR, SAR, x >> (y & 31))
OP(SHR) {
  Value a = R(B), b = R(C);
  if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) {
    u32 x = (u32)number_to_int32(a) >> (number_to_int32(b) & 31);
    R(A) = value_from_u32(x);
    NEXT(0);
  }
  BINARY_SLOW(SHR, a, b);
}
#define ARITH_SMI(NAME, OPER, overflows, expr) \
  OP(NAME) { \
    Value a = R(B); \
    if (LIKELY(value_is_int(a))) { \
      i32 r; \
      if (LIKELY(!overflows(value_int(a), SC, &r))) { R(A) = value_from_int(r); NEXT(0); } \
      double x = value_int(a), y = SC; \
      R(A) = value_from_double(expr); \
      NEXT(0); \
    } \
    if (LIKELY(value_is_number(a))) { \
      double x = value_double(a), y = SC; \
      R(A) = value_from_raw_double(expr); \
      NEXT(0); \
    } \
    BINARY_SLOW(OPER, a, value_from_int(SC)); \
  }
ARITH_SMI(ADD_SMI, ADD, __builtin_add_overflow, x + y)
ARITH_SMI(SUB_SMI, SUB, __builtin_sub_overflow, x - y)
ARITH_SMI(MUL_SMI, MUL, mul_overflow, x * y)
OP(DIV_SMI) {
  Value a = R(B);
  if (LIKELY(value_is_int(a))) {
    i32 x = value_int(a), y = SC;
    if (y > 0 && x > 0 && x % y == 0) R(A) = value_from_int(x / y);
    else R(A) = value_from_double((double)x / (double)y);
    NEXT(0);
  }
  if (LIKELY(value_is_number(a))) { R(A) = value_from_raw_double(value_double(a) / SC); NEXT(0); }
  BINARY_SLOW(DIV, a, value_from_int(SC));
}
OP(MOD_SMI) {
  Value a = R(B);
  if (LIKELY(value_is_int(a)) && LIKELY(value_int(a) >= 0) && LIKELY(SC > 0)) { R(A) = value_from_int(value_int(a) % SC); NEXT(0); }
  BINARY_SLOW(MOD, a, value_from_int(SC));
}
#define BITWISE_SMI(NAME, OPER, expr) \
  OP(NAME) { \
    Value a = R(B); \
    if (LIKELY(value_is_int(a))) { i32 x = value_int(a), y = (i32)C; R(A) = value_from_int(expr); NEXT(0); } \
    if (LIKELY(value_is_number(a))) { i32 x = number_to_int32(a), y = (i32)C; R(A) = value_from_int(expr); NEXT(0); } \
    BINARY_SLOW(OPER, a, value_from_int((i32)C)); \
  }
BITWISE_SMI(AND_SMI, BIT_AND, x & y)
BITWISE_SMI(OR_SMI, BIT_OR, x | y)
BITWISE_SMI(XOR_SMI, BIT_XOR, x ^ y)
BITWISE_SMI(SHL_SMI, SHL, (i32)((u32)x << (y & 31)))
BITWISE_SMI(SAR_SMI, SAR, x >> (y & 31))
OP(SHR_SMI) {
  Value a = R(B);
  if (LIKELY(value_is_number(a))) { R(A) = value_from_u32((u32)number_to_int32(a) >> (C & 31)); NEXT(0); }
  BINARY_SLOW(SHR, a, value_from_int((i32)C));
}
#define RAW_K(i) (((double *)(void *)K)[i])
#define ARITH_K(NAME, OPER, expr, swap) \
  OP(NAME) { \
    Value a = R(B); \
    double k = RAW_K(C); \
    if (LIKELY(value_is_double(a))) { double x = value_double(a); R(A) = value_from_raw_double(expr); NEXT(0); } \
    if (LIKELY(value_is_int(a))) { double x = value_int(a); R(A) = value_from_double(expr); NEXT(0); } \
    if (swap) BINARY_SLOW(OPER, value_from_double(k), a); \
    BINARY_SLOW(OPER, a, value_from_double(k)); \
  }
ARITH_K(ADD_K, ADD, x + k, 0)
ARITH_K(SUB_K, SUB, x - k, 0)
ARITH_K(MUL_K, MUL, x * k, 0)
ARITH_K(DIV_K, DIV, x / k, 0)
ARITH_K(K_SUB, SUB, k - x, 1)
ARITH_K(K_DIV, DIV, k / x, 1)
#define ARITH_INT32(NAME, OPER, op) \
  OP(NAME) { \
    Value a = R(B), b = R(C); \
    if (LIKELY(BOTH_INT(a, b))) { R(A) = value_from_int((i32)((u32)value_int(a) op (u32)value_int(b))); NEXT(0); } \
    if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) { \
      R(A) = value_from_int(double_to_int32_fast(value_number(a) op value_number(b))); \
      NEXT(0); \
    } \
    SAVE(); \
    Value r = slow_arith_int32(iso, OPERATOR_##OPER, a, b); \
    if (UNLIKELY(!r)) goto exception; \
    R(A) = r; \
    NEXT(0); \
  }
ARITH_INT32(ADD_INT32, ADD, +)
ARITH_INT32(SUB_INT32, SUB, -)
OP(INC) {
  Value a = R(A);
  if (LIKELY(value_is_int(a)) && LIKELY(value_int(a) != INT32_MAX)) { R(A) = value_from_int(value_int(a) + 1); NEXT(0); }
  if (LIKELY(value_is_double(a))) { R(A) = value_from_raw_double(value_double(a) + 1); NEXT(0); }
  SAVE();
  a = unary_operator(iso, OPERATOR_UNARY_INC, a);
  if (UNLIKELY(!a)) goto exception;
  R(A) = a;
  NEXT(0);
}
OP(DEC) {
  Value a = R(A);
  if (LIKELY(value_is_int(a)) && LIKELY(value_int(a) != INT32_MIN)) { R(A) = value_from_int(value_int(a) - 1); NEXT(0); }
  if (LIKELY(value_is_double(a))) { R(A) = value_from_raw_double(value_double(a) - 1); NEXT(0); }
  SAVE();
  a = unary_operator(iso, OPERATOR_UNARY_DEC, a);
  if (UNLIKELY(!a)) goto exception;
  R(A) = a;
  NEXT(0);
}
OP(TO_NUMERIC) {
  Value a = R(B);
  if (UNLIKELY(!value_is_number(a))) {
    SAVE();
    a = to_numeric(iso, a);
    if (UNLIKELY(!a)) goto exception;
  }
  R(A) = a;
  NEXT(0);
}
OP(TO_NUMBER) {
  Value a = R(B);
  if (UNLIKELY(!value_is_number(a))) {
    SAVE();
    a = to_number(iso, a);
    if (UNLIKELY(!a)) goto exception;
  }
  R(A) = a;
  NEXT(0);
}
OP(NEG) {
  Value a = R(B);
  if (LIKELY(value_is_int(a)) && LIKELY(value_int(a) != 0) && LIKELY(value_int(a) != INT32_MIN)) { R(A) = value_from_int(-value_int(a)); NEXT(0); }
  if (LIKELY(value_is_number(a))) { R(A) = value_from_raw_double(-value_number(a)); NEXT(0); }
  SAVE();
  a = unary_operator(iso, OPERATOR_UNARY_MINUS, a);
  if (UNLIKELY(!a)) goto exception;
  R(A) = a;
  NEXT(0);
}
OP(BIT_NOT) {
  Value a = R(B);
  if (LIKELY(value_is_number(a))) { R(A) = value_from_int(~number_to_int32(a)); NEXT(0); }
  SAVE();
  a = unary_operator(iso, OPERATOR_UNARY_BIT_NOT, a);
  if (UNLIKELY(!a)) goto exception;
  R(A) = a;
  NEXT(0);
}
OP(NOT) { R(A) = value_from_bool(!to_boolean(iso, R(B))); NEXT(0); }
OP(TYPEOF) { R(A) = type_of(iso, R(B)); NEXT(0); }

// ---- Comparison ----
#define COMPARE(NAME, op, RELATION) \
  OP(NAME) { \
    Value a = R(B), b = R(C); \
    if (LIKELY(BOTH_INT(a, b))) { R(A) = value_from_bool(value_int(a) op value_int(b)); NEXT(0); } \
    if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) { R(A) = value_from_bool(value_number(a) op value_number(b)); NEXT(0); } \
    SAVE(); \
    Tri t = compare_relational(iso, RELATION, a, b); \
    if (UNLIKELY(!t)) goto exception; \
    R(A) = value_from_bool(t == TRI_YES); \
    NEXT(0); \
  }
COMPARE(LT, <, RELATION_LT)
COMPARE(LE, <=, RELATION_LE)
COMPARE(GT, >, RELATION_GT)
COMPARE(GE, >=, RELATION_GE)
// Equal by being the same value, or different by being two objects.
#define SAME_OR_OBJECTS(a, b) (a == b ? !value_is_double(a) : value_is_object(a) && value_is_object(b))
#define EQUALS(NAME, op, slow, yes) \
  OP(NAME) { \
    Value a = R(B), b = R(C); \
    if (LIKELY(BOTH_INT(a, b)) || SAME_OR_OBJECTS(a, b)) { R(A) = value_from_bool(a op b); NEXT(0); } \
    SAVE(); \
    Tri t = slow(iso, a, b); \
    if (UNLIKELY(!t)) goto exception; \
    R(A) = value_from_bool(t == yes); \
    NEXT(0); \
  }
EQUALS(EQ, ==, is_loosely_equal, TRI_YES)
EQUALS(NE, !=, is_loosely_equal, TRI_NO)
EQUALS(SEQ, ==, strict_equal, TRI_YES)
EQUALS(SNE, !=, strict_equal, TRI_NO)

// ---- Jumps ----
#define JUMP_EXT() do { pc += (i32)EXT(0); GO; } while (0)
#define JUMP_EXT_POLL() do { if (UNLIKELY(!stack_limit_of(iso))) goto poll_then_jump; pc += (i32)EXT(0); GO; } while (0)
OP(JMP) { pc += JUMP_ABC; GO; }
OP(LOOP) {
  if (UNLIKELY(!stack_limit_of(iso))) { SAVE(); if (!interrupt_poll(iso)) goto exception; }
  pc += JUMP_ABC;
  GO;
}
OP(JTRUE) { if (truthy(iso, R(A))) JUMP_EXT(); NEXT(1); }
OP(JFALSE) { if (!truthy(iso, R(A))) JUMP_EXT(); NEXT(1); }
OP(JTRUE_LOOP) { if (truthy(iso, R(A))) JUMP_EXT_POLL(); NEXT(1); }
OP(JFALSE_LOOP) { if (!truthy(iso, R(A))) JUMP_EXT_POLL(); NEXT(1); }
OP(JNULLISH) { if (value_is_nullish(R(A))) JUMP_EXT(); NEXT(1); }
OP(JNOT_NULLISH) { if (!value_is_nullish(R(A))) JUMP_EXT(); NEXT(1); }
OP(JEQ_NULL) { if (value_is_nullish(R(A)) || UNLIKELY(iso->has_html_dda && is_html_dda(iso, R(A)))) JUMP_EXT(); NEXT(1); }
OP(JNE_NULL) { if (!value_is_nullish(R(A)) && LIKELY(!iso->has_html_dda || !is_html_dda(iso, R(A)))) JUMP_EXT(); NEXT(1); }
OP(JUNDEFINED) { if (R(A) == VALUE_UNDEFINED) JUMP_EXT(); NEXT(1); }
OP(JNOT_UNDEFINED) { if (R(A) != VALUE_UNDEFINED) JUMP_EXT(); NEXT(1); }
OP(JEMPTY) { if (R(A) == VALUE_EMPTY) JUMP_EXT(); NEXT(1); }
#define JUMP_COMPARE(NAME, op, RELATION, NOT, JUMP) \
  OP(NAME) { \
    Value a = R(A), b = R(B); \
    if (LIKELY(BOTH_INT(a, b))) { \
      if (NOT(value_int(a) op value_int(b))) JUMP(); \
      NEXT(1); \
    } \
    if (LIKELY(value_is_number(a)) && LIKELY(value_is_number(b))) { \
      if (NOT(value_number(a) op value_number(b))) JUMP(); \
      NEXT(1); \
    } \
    SAVE(); \
    Tri t = compare_relational(iso, RELATION, a, b); \
    if (UNLIKELY(!t)) goto exception; \
    if (NOT(t == TRI_YES)) JUMP(); \
    NEXT(1); \
  }
#define IDENTITY(x) (x)
JUMP_COMPARE(JLT, <, RELATION_LT, IDENTITY, JUMP_EXT)
JUMP_COMPARE(JLE, <=, RELATION_LE, IDENTITY, JUMP_EXT)
JUMP_COMPARE(JGT, >, RELATION_GT, IDENTITY, JUMP_EXT)
JUMP_COMPARE(JGE, >=, RELATION_GE, IDENTITY, JUMP_EXT)
JUMP_COMPARE(JNLT, <, RELATION_LT, !, JUMP_EXT)
JUMP_COMPARE(JNLE, <=, RELATION_LE, !, JUMP_EXT)
JUMP_COMPARE(JNGT, >, RELATION_GT, !, JUMP_EXT)
JUMP_COMPARE(JNGE, >=, RELATION_GE, !, JUMP_EXT)
JUMP_COMPARE(JLT_LOOP, <, RELATION_LT, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE(JLE_LOOP, <=, RELATION_LE, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE(JGT_LOOP, >, RELATION_GT, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE(JGE_LOOP, >=, RELATION_GE, IDENTITY, JUMP_EXT_POLL)
#define JUMP_COMPARE_SMI(NAME, op, RELATION, NOT, JUMP) \
  OP(NAME) { \
    Value a = R(A); \
    if (LIKELY(value_is_int(a))) { \
      if (NOT(value_int(a) op IMM_BC)) JUMP(); \
      NEXT(1); \
    } \
    if (LIKELY(value_is_number(a))) { \
      if (NOT(value_double(a) op IMM_BC)) JUMP(); \
      NEXT(1); \
    } \
    SAVE(); \
    Tri t = compare_relational(iso, RELATION, a, value_from_int(IMM_BC)); \
    if (UNLIKELY(!t)) goto exception; \
    if (NOT(t == TRI_YES)) JUMP(); \
    NEXT(1); \
  }
JUMP_COMPARE_SMI(JLT_SMI, <, RELATION_LT, IDENTITY, JUMP_EXT)
JUMP_COMPARE_SMI(JLE_SMI, <=, RELATION_LE, IDENTITY, JUMP_EXT)
JUMP_COMPARE_SMI(JGT_SMI, >, RELATION_GT, IDENTITY, JUMP_EXT)
JUMP_COMPARE_SMI(JGE_SMI, >=, RELATION_GE, IDENTITY, JUMP_EXT)
JUMP_COMPARE_SMI(JNLT_SMI, <, RELATION_LT, !, JUMP_EXT)
JUMP_COMPARE_SMI(JNLE_SMI, <=, RELATION_LE, !, JUMP_EXT)
JUMP_COMPARE_SMI(JNGT_SMI, >, RELATION_GT, !, JUMP_EXT)
JUMP_COMPARE_SMI(JNGE_SMI, >=, RELATION_GE, !, JUMP_EXT)
JUMP_COMPARE_SMI(JLT_SMI_LOOP, <, RELATION_LT, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE_SMI(JLE_SMI_LOOP, <=, RELATION_LE, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE_SMI(JGT_SMI_LOOP, >, RELATION_GT, IDENTITY, JUMP_EXT_POLL)
JUMP_COMPARE_SMI(JGE_SMI_LOOP, >=, RELATION_GE, IDENTITY, JUMP_EXT_POLL)
#define JUMP_EQUALS(NAME, yes, slow) \
  OP(NAME) { \
    Value a = R(A), b = R(B); \
    if (LIKELY(BOTH_INT(a, b)) || SAME_OR_OBJECTS(a, b)) { \
      if ((a == b) == yes) JUMP_EXT(); \
      NEXT(1); \
    } \
    SAVE(); \
    Tri t = slow(iso, a, b); \
    if (UNLIKELY(!t)) goto exception; \
    if ((t == TRI_YES) == yes) JUMP_EXT(); \
    NEXT(1); \
  }
JUMP_EQUALS(JEQ, true, is_loosely_equal)
JUMP_EQUALS(JNE, false, is_loosely_equal)
JUMP_EQUALS(JSEQ, true, strict_equal)
JUMP_EQUALS(JSNE, false, strict_equal)
#define JUMP_EQUALS_SMI(NAME, yes) \
  OP(NAME) { \
    Value a = R(A); \
    if (LIKELY(value_is_int(a))) { \
      if ((value_int(a) == IMM_BC) == yes) JUMP_EXT(); \
      NEXT(1); \
    } \
    if ((value_is_double(a) && value_double(a) == IMM_BC) == yes) JUMP_EXT(); \
    NEXT(1); \
  }
JUMP_EQUALS_SMI(JSEQ_SMI, true)
JUMP_EQUALS_SMI(JSNE_SMI, false)
#define JUMP_LOOSE_SMI(NAME, yes) \
  OP(NAME) { \
    Value a = R(A); \
    if (LIKELY(value_is_int(a))) { \
      if ((value_int(a) == IMM_BC) == yes) JUMP_EXT(); \
      NEXT(1); \
    } \
    SAVE(); \
    Tri t = is_loosely_equal(iso, a, value_from_int(IMM_BC)); \
    if (UNLIKELY(!t)) goto exception; \
    if ((t == TRI_YES) == yes) JUMP_EXT(); \
    NEXT(1); \
  }
JUMP_LOOSE_SMI(JEQ_SMI, true)
JUMP_LOOSE_SMI(JNE_SMI, false)
#define JUMP_EQUALS_K(NAME, yes) \
  OP(NAME) { \
    Value a = R(A), k = K[B]; \
    if (a == k) { if (yes) JUMP_EXT(); NEXT(1); } \
    if (differs_from_constant(a, k)) { if (!yes) JUMP_EXT(); NEXT(1); } \
    SAVE(); \
    Tri t = strict_equal(iso, a, k); \
    if (UNLIKELY(!t)) goto exception; \
    if ((t == TRI_YES) == yes) JUMP_EXT(); \
    NEXT(1); \
  }
JUMP_EQUALS_K(JSEQ_K, true)
JUMP_EQUALS_K(JSNE_K, false)
OP(JTYPEOF) { if (typeof_is(iso, R(A), B)) JUMP_EXT(); NEXT(1); }
OP(JNOT_TYPEOF) { if (!typeof_is(iso, R(A), B)) JUMP_EXT(); NEXT(1); }
OP(JUMP_TABLE) {
  Value a = R(A);
  u32 count = EXT(0);
  u32 i = value_is_int(a) ? (u32)value_int(a) : value_is_double(a) ? double_to_index(value_double(a)) : UINT32_MAX;
  if (LIKELY(i < count)) { pc += (i32)EXT(1 + i); GO; }
  pc = PC_AFTER(1) + count;
  GO;
}

// ---- Calls ----
#define WINDOW() (&R(A) + FRAME_HEADER)
// Enters the bytecode function in window nf.
#define ENTER(nf, argc, code, flags, resume) \
  do { \
    u32 n_ = (argc), params_ = (code)->param_count; \
    *frame_info_of(nf) = frame_info(n_, flags, DST); \
    while (UNLIKELY(n_ < params_)) (nf)[1 + n_++] = VALUE_UNDEFINED; \
    (nf)[-3] = (Value)(resume); \
    (nf)[-2] = (Value)fp; \
    fp = (nf); \
    pc = (code)->bytecode; \
    K = (code)->constants; \
    GO; \
  } while (0)
OP(CALL) {
  Value *nf = WINDOW();
  nf[0] = VALUE_UNDEFINED;
  Value f = nf[-4];
  if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
    Code *code = ref_get(((JSFunction *)f)->code);
    if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, B, code, 0, PC_AFTER(0));
  }
  goto call_slow;
}
OP(CALL_THIS) {
  Value *nf = WINDOW();
  Value f = nf[-4];
  if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
    Code *code = ref_get(((JSFunction *)f)->code);
    if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, B, code, 0, PC_AFTER(0));
  }
}
call_slow: { // CALL, CALL_THIS: anything but a prepared bytecode function
  SAVE();
  Value *nf = WINDOW();
  Value v;
  if (LIKELY(value_is_kind(nf[-4], KIND_NATIVE_FUNCTION)) && LIKELY(!is_call_or_apply(nf[-4]))) {
    v = native_call(iso, nf, B, VALUE_UNDEFINED);
    if (UNLIKELY(!v)) goto exception;
    R(C) = v;
    NEXT(0);
  }
  v = call_window(iso, &nf, B, C, 0);
  if (LIKELY(v != VALUE_EMPTY)) { R(C) = v; NEXT(0); }
  if (UNLIKELY(!nf)) goto exception;
  nf[-3] = (Value)PC_AFTER(0);
  nf[-2] = (Value)fp;
  fp = nf;
  pc = frame_code(fp)->bytecode;
  K = frame_code(fp)->constants;
  GO;
}
OP(CALL_METHOD) {
call_method_generic:
  SAVE();
  {
    Value *nf = WINDOW();
    Value f = ic_get_method(iso, CODE(), OPCODE_BYTE, EXT(0), nf[0]);
    if (UNLIKELY(!f)) goto exception;
    nf[-4] = f;
    if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
      Code *code = ref_get(((JSFunction *)f)->code);
      if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, B, code, 0, PC_AFTER(1));
    }
  }
  goto call_method_slow;
}
OP(CALL_METHOD_PROTO) {
  Value *nf = WINDOW();
  Value v = nf[0];
  InlineCache *ic = IC_AT(K, EXT(0));
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape) && LIKELY(ic->offset == iso->proto_epoch)) {
    Value f = *(Value *)ic->payload;
    nf[-4] = f;
    if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
      Code *code = ref_get(((JSFunction *)f)->code);
      if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, B, code, 0, PC_AFTER(1));
    }
    goto call_method_slow;
  }
  goto call_method_generic;
}
OP(CALL_METHOD_OWN) {
  Value *nf = WINDOW();
  Value v = nf[0];
  InlineCache *ic = IC_AT(K, EXT(0));
  if (LIKELY(value_is_cell(v)) && LIKELY(value_cell(v)->shape_id == ic->shape)) {
    // payload 1: the slot is in the object; 0: in the store, offset below bf.
    Value f = ic->payload ? *(Value *)((char *)v + ic->offset) : *(Value *)((char *)value_object(v)->bf - ic->offset);
    nf[-4] = f;
    if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
      Code *code = ref_get(((JSFunction *)f)->code);
      if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, B, code, 0, PC_AFTER(1));
    }
    goto call_method_slow;
  }
  goto call_method_generic;
}
call_method_slow: {
  SAVE();
  Value *nf = WINDOW();
  Value v;
  if (LIKELY(value_is_kind(nf[-4], KIND_NATIVE_FUNCTION)) && LIKELY(!is_call_or_apply(nf[-4]))) {
    v = native_call(iso, nf, B, VALUE_UNDEFINED);
    if (UNLIKELY(!v)) goto exception;
    R(C) = v;
    NEXT(1);
  }
  v = call_window(iso, &nf, B, C, 0);
  if (LIKELY(v != VALUE_EMPTY)) { R(C) = v; NEXT(1); }
  if (UNLIKELY(!nf)) goto exception;
  nf[-3] = (Value)PC_AFTER(1);
  nf[-2] = (Value)fp;
  fp = nf;
  pc = frame_code(fp)->bytecode;
  K = frame_code(fp)->constants;
  GO;
}
// Result of call_window in `v_`: enter the frame it prepared, or store.
#define FINISH_CALL(v_, nf_, ext) \
  do { \
    if (LIKELY((v_) != VALUE_EMPTY)) { R(C) = (v_); NEXT(ext); } \
    if (UNLIKELY(!(nf_))) goto exception; \
    (nf_)[-3] = (Value)PC_AFTER(ext); \
    (nf_)[-2] = (Value)fp; \
    fp = (nf_); \
    pc = frame_code(fp)->bytecode; \
    K = frame_code(fp)->constants; \
    GO; \
  } while (0)
OP(CALL_SPREAD) {
  SAVE();
  Value *nf = WINDOW();
  u32 argc;
  if (UNLIKELY(!spread_arguments(iso, nf, R(B), &argc))) goto exception;
  Value v = call_window(iso, &nf, argc, C, 0);
  FINISH_CALL(v, nf, 0);
}
OP(CALL_FORWARD) {
  SAVE();
  Value *nf = WINDOW();
  u32 argc;
  if (UNLIKELY(!forward_arguments(iso, fp, nf, &argc))) goto exception;
  if (LIKELY(value_is_kind(nf[-4], KIND_FUNCTION))) {
    Code *code = frame_code(nf);
    if (LIKELY(nf + code->frame_need <= stack_limit_of(iso))) ENTER(nf, argc, code, 0, PC_AFTER(0));
  }
  Value v = call_window(iso, &nf, argc, C, 0);
  FINISH_CALL(v, nf, 0);
}
OP(DIRECT_EVAL) {
  SAVE();
  Value *nf = WINDOW();
  if (is_intrinsic_eval(iso, CODE(), nf[-4])) {
    Value v = direct_eval(iso, fp, B ? nf[1] : VALUE_UNDEFINED, EXT(0), R(EXT(1)));
    if (UNLIKELY(!v)) goto exception;
    R(C) = v;
    NEXT(2);
  }
  nf[0] = VALUE_UNDEFINED;
  Value v = call_window(iso, &nf, B, C, 0);
  FINISH_CALL(v, nf, 2);
}
OP(NEW) {
  Value *nf = WINDOW();
  Value f = nf[-4];
  if (LIKELY(value_is_cell(f)) && LIKELY(value_cell(f)->kind == KIND_FUNCTION)) {
    Code *code = ref_get(((JSFunction *)f)->code);
    // Slot 2 of a furnished constructor is `prototype`; an unfurnished one reads words before the empty store.
    if (LIKELY(code->new_size) && LIKELY(value_object(f)->bf[-4].value_ == code->new_proto.value_) &&
        LIKELY(nf + code->frame_need <= stack_limit_of(iso))) {
      SAVE();
      JSObject *o = (JSObject *)gc_alloc(&iso->heap, code->new_size, KIND_OBJECT);
      *(u64 *)(void *)o = code->new_header;
      o->bf = weft_empty_store;
      nf[0] = value_from_cell(o);
      nf[-5] = f;
      ENTER(nf, B, code, FRAME_CONSTRUCT, PC_AFTER(0));
    }
  }
  SAVE();
  nf[-5] = f;
  Value v = construct_window(iso, &nf, B, C);
  FINISH_CALL(v, nf, 0);
}
OP(NEW_SPREAD) {
  SAVE();
  Value *nf = WINDOW();
  u32 argc;
  nf[-5] = nf[-4];
  if (UNLIKELY(!spread_arguments(iso, nf, R(B), &argc))) goto exception;
  Value v = construct_window(iso, &nf, argc, C);
  FINISH_CALL(v, nf, 0);
}
SLOW_BINARY(SUPER_CONSTRUCTOR, slow_super_constructor(iso, R(B)))
OP(SUPER_CALL) {
  SAVE();
  Value *nf = WINDOW();
  Value v = construct_window(iso, &nf, B, C);
  FINISH_CALL(v, nf, 0);
}
OP(SUPER_CALL_SPREAD) {
  SAVE();
  Value *nf = WINDOW();
  u32 argc;
  if (UNLIKELY(!spread_arguments(iso, nf, R(B), &argc))) goto exception;
  Value v = construct_window(iso, &nf, argc, C);
  FINISH_CALL(v, nf, 0);
}
OP(RUN_FIELD_INIT) {
  Value init = slot_get(&((JSMethod *)R(B))->field_init);
  if (init != VALUE_UNDEFINED) {
    SAVE();
    if (UNLIKELY(!call_function(iso, init, R(A), 0, NULL))) goto exception;
  }
  NEXT(0);
}
OP(RETURN) {
  Value v = R(A);
  u64 info = value_bits(fp[-1]);
  if (UNLIKELY((u32)(info >> 32) & 0xffff)) { RETURN_VALUE = v; goto return_slow; }
  pc = frame_resume_pc(fp);
  fp = frame_caller(fp);
  R(info >> 48) = v;
  K = CODE()->constants;
  GO;
}
OP(RETURN_UNDEFINED) {
  u64 info = value_bits(fp[-1]);
  if (UNLIKELY((u32)(info >> 32) & 0xffff)) { RETURN_VALUE = VALUE_UNDEFINED; goto return_slow; }
  pc = frame_resume_pc(fp);
  fp = frame_caller(fp);
  R(info >> 48) = VALUE_UNDEFINED;
  K = CODE()->constants;
  GO;
}
OP(RETURN_DERIVED) {
  Value v = R(A);
  if (!value_is_object(v)) {
    SAVE();
    if (v != VALUE_UNDEFINED || UNLIKELY(!R(B))) { slow_throw_derived_return(iso, v); goto exception; }
    v = R(B);
  }
  RETURN_VALUE = v;
  goto return_slow;
}

// ---- Function entry ----
OP(COERCE_THIS) {
  if (UNLIKELY(!value_is_object(R(0)))) {
    SAVE();
    R(0) = slow_coerce_this(iso, CODE()->realm, R(0));
  }
  NEXT(0);
}
OP(CHECK_CLASS_CALL) {
  if (UNLIKELY(!(frame_flags(fp) & FRAME_CONSTRUCT))) { SAVE(); slow_class_call_error(iso, CODE()); goto exception; }
  NEXT(0);
}
OP(ARGUMENTS_LENGTH) { R(A) = value_from_int((i32)frame_argc(fp)); NEXT(0); }
OP(GET_ARGUMENT) {
  Value key = R(B);
  if (LIKELY(value_is_int(key)) && LIKELY((u32)value_int(key) < frame_argc(fp))) {
    const Value *from = value_bits(fp[-1]) & FRAME_SURPLUS_ARGUMENTS ? fp - FRAME_HEADER - frame_argc(fp) : fp + 1;
    R(A) = from[value_int(key)];
    NEXT(0);
  }
  SAVE();
  key = slow_get_argument(iso, fp, key);
  if (UNLIKELY(!key)) goto exception;
  R(A) = key;
  NEXT(0);
}
OP(REST) {
  SAVE();
  u32 from = B, argc = frame_argc(fp);
  JSObject *array = array_from_values(iso, frame_arguments(fp) + from, argc > from ? argc - from : 0);
  if (UNLIKELY(!array)) goto exception;
  R(A) = value_from_cell(array);
  NEXT(0);
}
SLOW_BINARY(ARGUMENTS, value_from_cell(arguments_create_unmapped(iso, frame_argc(fp), frame_arguments(fp))))
SLOW_BINARY(ARGUMENTS_MAPPED, slow_arguments_mapped(iso, fp, R(B), C))

// ---- Generators and async functions ----
OP(GENERATOR_START) {
  SAVE();
  JSObject *g = generator_start(iso, fp, PC_AFTER(0), A);
  if (UNLIKELY(!g)) goto exception;
  RETURN_VALUE = value_from_cell(g);
  goto return_slow;
}
OP(YIELD) {
  SAVE();
  JSGenerator *g = (JSGenerator *)R(C);
  Value v = R(A);
  if (g->object.cell.kind == KIND_ASYNC_GENERATOR) {
    if (UNLIKELY(!generator_suspend(iso, g, fp, PC_AFTER(0), A | B << 16))) goto exception;
    if (UNLIKELY(!async_generator_yielded(iso, (JSAsyncGenerator *)g, v))) goto exception_after_suspend;
    RETURN_VALUE = VALUE_UNDEFINED;
    goto return_suspended;
  }
  if (frame_flags(fp) & FRAME_ENTRY) {
    v = value_from_cell(create_iter_result(iso, v, false));
  }
  if (UNLIKELY(!generator_suspend(iso, g, fp, PC_AFTER(0), A | B << 16))) goto exception;
  RETURN_VALUE = v;
  goto return_suspended;
}
OP(YIELD_RESULT) {
  SAVE();
  JSGenerator *g = (JSGenerator *)R(C);
  Value v = R(A);
  if (!(frame_flags(fp) & FRAME_ENTRY)) { // the flat for-of wants the value, and goes on when done is true
    v = slow_open_result(iso, v);
    if (UNLIKELY(!v)) goto exception;
  }
  if (UNLIKELY(!generator_suspend(iso, g, fp, PC_AFTER(0), A | B << 16))) goto exception;
  RETURN_VALUE = v;
  goto return_suspended;
}
OP(ASYNC_START) {
  SAVE();
  Value v = async_function_start(iso);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v;
  NEXT(0);
}
OP(AWAIT) {
  SAVE();
  JSGenerator *g = (JSGenerator *)R(B);
  if (UNLIKELY(!async_await(iso, g, fp, PC_AFTER(0), A, R(A)))) goto exception;
  // The first run's caller gets the promise; a resumed run returns to the job.
  RETURN_VALUE = frame_flags(fp) & FRAME_GENERATOR ? VALUE_UNDEFINED : slot_get(&g->promise);
  goto return_suspended;
}
OP(ASYNC_RETURN) {
  SAVE();
  JSGenerator *g = (JSGenerator *)R(B);
  if (UNLIKELY(!async_function_finish(iso, g, R(A), true))) goto exception;
  RETURN_VALUE = slot_get(&g->promise);
  goto return_suspended;
}
OP(ASYNC_REJECT) {
  SAVE();
  JSGenerator *g = (JSGenerator *)R(B);
  if (UNLIKELY(!async_function_finish(iso, g, R(A), false))) goto exception;
  RETURN_VALUE = slot_get(&g->promise);
  goto return_suspended;
}
OP(ASYNC_GENERATOR_RETURN) {
  SAVE();
  JSAsyncGenerator *g = (JSAsyncGenerator *)R(B);
  g->generator.state = GENERATOR_COMPLETED;
  ref_init(&g->generator.frame, NULL);
  if (UNLIKELY(!async_generator_completed(iso, g, R(A), false))) goto exception_after_suspend;
  RETURN_VALUE = VALUE_UNDEFINED;
  goto return_suspended;
}
OP(ASYNC_GENERATOR_REJECT) {
  SAVE();
  JSAsyncGenerator *g = (JSAsyncGenerator *)R(B);
  g->generator.state = GENERATOR_COMPLETED;
  ref_init(&g->generator.frame, NULL);
  if (UNLIKELY(!async_generator_completed(iso, g, R(A), true))) goto exception_after_suspend;
  RETURN_VALUE = VALUE_UNDEFINED;
  goto return_suspended;
}

// ---- Iteration. R[A+1] of a pristine array being walked is the next index (an int), never a method. ----
OP(GET_ITERATOR) { SAVE(); if (UNLIKELY(!slow_get_iterator(iso, &R(A), R(B)))) goto exception; NEXT(0); }
OP(GET_ASYNC_ITERATOR) { SAVE(); if (UNLIKELY(!slow_get_async_iterator(iso, &R(A), R(B)))) goto exception; NEXT(0); }
OP(FOR_OF_NEXT) {
  Value next = R(A + 1);
  if (LIKELY(value_is_int(next))) {
    JSObject *o = value_object(R(A));
    u32 i = (u32)value_int(next);
    ElementsHeader *header = elements_header(o->bf);
    if (LIKELY(i < header->length) && LIKELY(i < header->capacity)) {
      Value v = o->bf[i].value_;
      if (LIKELY(v != VALUE_EMPTY)) {
        R(A + 1) = value_from_int((i32)i + 1);
        R(B) = v;
        NEXT(1);
      }
    }
  } else if (value_is_kind(R(A), KIND_GENERATOR) && is_generator_next(next) && ((JSGenerator *)R(A))->state <= GENERATOR_SUSPENDED_YIELD) {
    // A generator's frame runs right above this one; it hands over values without result objects.
    SAVE();
    JSGenerator *g = (JSGenerator *)R(A);
    Value *nf = fp + CODE()->register_count + FRAME_HEADER;
    if (UNLIKELY(!frame_reserve(iso, nf, ref_get(g->frame)->count))) goto exception;
    u32 *resume = generator_restore(iso, g, nf);
    *frame_info_of(nf) = frame_info(frame_argc(nf), FRAME_GENERATOR | FRAME_SPECIAL, 0);
    nf[-3] = (Value)pc;
    nf[-2] = (Value)fp;
    fp = nf;
    pc = resume;
    K = CODE()->constants;
    GO;
  }
  SAVE();
  Tri more = slow_for_of_next(iso, &R(A), &R(B));
  if (UNLIKELY(!more)) goto exception;
  if (more == TRI_NO) JUMP_EXT();
  NEXT(1);
}
OP(ITERATOR_NEXT) {
  if (R(A + 2) == VALUE_TRUE) { R(B) = VALUE_UNDEFINED; NEXT(0); }
  SAVE();
  Tri more = slow_for_of_next(iso, &R(A), &R(B));
  if (UNLIKELY(!more)) goto exception;
  if (more == TRI_NO) R(B) = VALUE_UNDEFINED;
  NEXT(0);
}
OP(ITERATOR_REST) {
  SAVE();
  Value v = slow_iterator_rest(iso, &R(A));
  if (UNLIKELY(!v)) goto exception;
  R(B) = v;
  NEXT(0);
}
OP(ITERATOR_CLOSE) {
  if (R(A + 2) != VALUE_TRUE && !value_is_int(R(A + 1))) {
    SAVE();
    R(A + 2) = VALUE_TRUE;
    if (UNLIKELY(!slow_iterator_close(iso, R(A)))) goto exception;
  }
  NEXT(0);
}
OP(ITERATOR_CLOSE_SILENT) {
  if (R(A + 2) != VALUE_TRUE && !value_is_int(R(A + 1))) {
    SAVE();
    R(A + 2) = VALUE_TRUE;
    if (UNLIKELY(!slow_iterator_close_silent(iso, R(A)))) goto exception;
  }
  NEXT(0);
}
OP(ITERATOR_CALL_NEXT) {
  SAVE();
  Value v = slow_iterator_call_next(iso, &R(A), R(B));
  if (UNLIKELY(!v)) goto exception;
  R(B) = v;
  NEXT(0);
}
OP(ITERATOR_CALL_METHOD) {
  SAVE();
  Value v = R(B);
  Tri found = slow_iterator_call_method(iso, R(A), C, &v);
  if (UNLIKELY(!found)) goto exception;
  if (found == TRI_NO) JUMP_EXT();
  R(B) = v;
  NEXT(1);
}
OP(ITERATOR_RESULT) {
  SAVE();
  Value v = VALUE_UNDEFINED;
  Tri done = slow_iterator_result(iso, R(A), &v);
  if (UNLIKELY(!done)) goto exception;
  R(B) = v;
  if (done == TRI_YES) JUMP_EXT();
  NEXT(1);
}
OP(ITERATOR_DONE) {
  SAVE();
  Tri done = slow_iterator_result(iso, R(A), NULL);
  if (UNLIKELY(!done)) goto exception;
  if (done == TRI_YES) JUMP_EXT();
  NEXT(1);
}
SLOW_BINARY(FOR_IN_START, for_in_start(iso, R(B)))
OP(FOR_IN_NEXT) {
  SAVE();
  Value v = for_in_next(iso, (JSForInIterator *)R(A));
  if (UNLIKELY(!v)) goto exception;
  if (v == VALUE_UNDEFINED) JUMP_EXT();
  R(B) = v;
  NEXT(1);
}

// ---- Exceptions, rare things ----
OP(THROW) { SAVE(); iso->thrown_at.exception = VALUE_EMPTY; throw_value(iso, R(A)); goto exception; }
OP(RETHROW) { SAVE(); throw_value(iso, R(A)); goto exception; }
OP(RUNTIME) {
  SAVE();
  Value v = runtime_op(iso, C, &R(A), B);
  if (UNLIKELY(!v)) goto exception;
  R(A) = v == runtime_empty ? VALUE_EMPTY : v;
  NEXT(0);
}
OP(NOP) { NEXT(0); }
OP(ENTER_LAZY) { UNREACHABLE(); }

throw_tdz: {
  SAVE();
  slow_throw_tdz(iso, K[EXT(0)]);
  goto exception;
}
poll_then_jump: {
  SAVE();
  if (UNLIKELY(!interrupt_poll(iso))) goto exception;
  pc += (i32)EXT(0);
  GO;
}

#undef R
#undef BARRIER
#undef SAVE
#undef CODE
#undef ATOM_K
#undef UP
#undef GET_TYPED
#undef SET_TYPED
#undef SLOW_BINARY
#undef BOTH_INT
#undef BINARY_SLOW
#undef ARITH
#undef BITWISE
#undef ARITH_SMI
#undef BITWISE_SMI
#undef RAW_K
#undef ARITH_K
#undef ARITH_INT32
#undef COMPARE
#undef EQUALS
#undef JUMP_EXT
#undef JUMP_EXT_POLL
#undef JUMP_COMPARE
#undef IDENTITY
#undef JUMP_COMPARE_SMI
#undef JUMP_EQUALS
#undef JUMP_EQUALS_SMI
#undef JUMP_LOOSE_SMI
#undef JUMP_EQUALS_K
#undef WINDOW
#undef ENTER
#undef FINISH_CALL
