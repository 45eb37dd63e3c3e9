// SPDX-License-Identifier: MIT
// The cold halves of instructions: complete semantics where the interpreter's fast path gave up.
#include "vm/interp_internal.h"

#include "vm/arguments.h"
#include "vm/lookup.h"

// ---- Environments ----

Value slow_copy_env(Isolate *iso, Value v) {
  Environment *env = (Environment *)v;
  u32 count = env->cell.shape_id;
  Environment *copy = environment_new(iso, ref_get(env->parent), count);
  memcpy(copy->slots, env->slots, count * sizeof(Slot));
  copy->cell.flags = env->cell.flags;
  return value_from_cell(copy);
}

void slow_throw_tdz(Isolate *iso, Value name) { THROW(iso, TDZ, error_text_of_string(iso, value_string(name))); }

// ---- Elements ----

static u8 typed_get_op(u32 type) {
  static const u8 ops[ELEMENT_TYPE_COUNT] = {
      [TYPED_INT8] = OP_GET_ELEM_INT8,     [TYPED_UINT8] = OP_GET_ELEM_UINT8,     [TYPED_UINT8_CLAMPED] = OP_GET_ELEM_UINT8,
      [TYPED_INT16] = OP_GET_ELEM_INT16,   [TYPED_UINT16] = OP_GET_ELEM_UINT16,   [TYPED_INT32] = OP_GET_ELEM_INT32,
      [TYPED_UINT32] = OP_GET_ELEM_UINT32, [TYPED_FLOAT32] = OP_GET_ELEM_FLOAT32, [TYPED_FLOAT64] = OP_GET_ELEM_FLOAT64,
  };
  return ops[type];
}

static u8 typed_set_op(u32 type) {
  static const u8 ops[ELEMENT_TYPE_COUNT] = {
      [TYPED_INT8] = OP_SET_ELEM_INT8,    [TYPED_UINT8] = OP_SET_ELEM_INT8,      [TYPED_UINT8_CLAMPED] = OP_SET_ELEM_CLAMPED,
      [TYPED_INT16] = OP_SET_ELEM_INT16,  [TYPED_UINT16] = OP_SET_ELEM_INT16,    [TYPED_INT32] = OP_SET_ELEM_INT32,
      [TYPED_UINT32] = OP_SET_ELEM_INT32, [TYPED_FLOAT32] = OP_SET_ELEM_FLOAT32, [TYPED_FLOAT64] = OP_SET_ELEM_FLOAT64,
  };
  return ops[type];
}

// Property of a primitive by key.
static Value get_of_primitive(Isolate *iso, Value base, Value key) {
  if (value_is_nullish(base)) {
    PropertyKey k = value_is_object(key) ? NULL : TRY(to_property_key(iso, key));
    return THROW(iso, READ_OF_NULLISH, base == VALUE_NULL ? "null" : "undefined",
                 k ? error_text_of_key(iso, k) : error_text_of_value(iso, key));
  }
  PropertyKey k = TRY(to_property_key(iso, key));
  return get_v(iso, base, k);
}

Value slow_get_elem(Isolate *iso, u8 *op, Value base, Value key) {
  if (value_is_double(key)) { // whole doubles are indices too
    double d = value_double(key);
    if (d >= 0 && d <= INT32_MAX && (double)(i32)d == d) key = value_from_int((i32)d);
  }
  if (value_is_string(base) && value_is_int(key)) {
    String *s = TRY(str_flatten(iso, value_string(base)));
    u32 i = (u32)value_int(key);
    if (i < s->length) {
      if (*op == OP_GET_ELEM) *op = OP_GET_ELEM_STRING;
      return value_from_cell(str_from_char(iso, str_char_at_flat(s, i)));
    }
  }
  if (!value_is_object(base)) return get_of_primitive(iso, base, key);
  JSObject *o = value_object(base);
  if (value_is_int(key) && value_int(key) >= 0) {
    u32 i = (u32)value_int(key);
    if (o->cell.kind == KIND_ARGUMENTS && !((JSArguments *)o)->mapped_count && i < elements_header(o->bf)->capacity) {
      Value v = slot_get(&o->bf[i]);
      if (v != VALUE_EMPTY) return v;
    }
    if (o->cell.kind == KIND_TYPED_ARRAY) {
      JSTypedArray *t = (JSTypedArray *)o;
      if (i < t->fast_length) {
        if (*op == OP_GET_ELEM && typed_get_op(t->element_type)) *op = typed_get_op(t->element_type);
        return typed_array_get_element(iso, t, i);
      }
    } else if (i < elements_header(o->bf)->capacity && o->cell.kind != KIND_ARGUMENTS && o->cell.kind != KIND_PROXY) {
      Value v = slot_get(&o->bf[i]);
      if (v != VALUE_EMPTY) return v;
    }
    return obj_get(iso, o, key_from_index(i));
  }
  bool is_key = value_is_symbol(key) || (value_is_string(key) && str_is_atom(value_string(key)));
  PropertyKey k = is_key ? (PropertyKey)key : TRY(to_property_key(iso, key));
  return ic_get_keyed(iso, o, k);
}

static bool set_elem_key(Isolate *iso, const Code *code, Value base, PropertyKey key, Value v) {
  if (value_is_object(base)) return ic_set_keyed(iso, code, value_object(base), key, v);
  JSObject *o = TRY(to_object(iso, base));
  Tri ok = TRY(obj_set_with_receiver(iso, o, key, v, base));
  if (ok == TRI_NO && code->flags & CODE_STRICT) return throw_set_failed(iso, base, key) != NULL;
  return true;
}

// Appends to (or fills a hole near the end of) a plain array. NO: not that simple.
static Tri append_element(Isolate *iso, JSObject *o, u32 index, Value v) {
  if (o->cell.kind != KIND_ARRAY || o->cell.flags & (OBJ_SPARSE | OBJ_ELEMENTS_LOCKED) || !iso->no_indexed_on_prototypes)
    return TRI_NO;
  ElementsHeader *header = elements_header(o->bf);
  if (index > header->capacity + 1024 || index < header->capacity || index >= (1u << 28)) return TRI_NO;
  u32 capacity = index + 1 + (index >> 1) + 4;
  if (!obj_ensure_dense(iso, o, capacity)) return TRI_FAIL;
  if (o->cell.flags & OBJ_SPARSE) return TRI_NO;
  header = elements_header(o->bf);
  if (index >= header->length) header->length = index + 1;
  slot_set(iso, o, &o->bf[index], v);
  return TRI_YES;
}

bool slow_set_elem(Isolate *iso, u8 *op, const Code *code, Value base, Value key, Value v) {
  if (value_is_double(key)) {
    double d = value_double(key);
    if (d >= 0 && d <= INT32_MAX && (double)(i32)d == d) key = value_from_int((i32)d);
  }
  if (value_is_object(base) && value_is_int(key) && value_int(key) >= 0) {
    JSObject *o = value_object(base);
    u32 index = (u32)value_int(key);
    if (o->cell.kind == KIND_TYPED_ARRAY) {
      JSTypedArray *t = (JSTypedArray *)o;
      if (value_is_number(v) && index < t->fast_length && !element_type_is_bigint(t->element_type)) {
        typed_array_set_element(t, index, v);
        if (*op == OP_SET_ELEM && typed_set_op(t->element_type)) *op = typed_set_op(t->element_type);
        return true;
      }
    } else {
      Tri done = append_element(iso, o, index, v);
      if (done != TRI_NO) return done == TRI_YES;
    }
    return set_elem_key(iso, code, base, key_from_index(index), v);
  }
  if (value_is_nullish(base)) {
    // The base is checked before the key is converted.
    const char *text = value_is_object(key) ? error_text_of_value(iso, key) : NULL;
    if (!text) {
      PropertyKey k = TRY(to_property_key(iso, key));
      text = error_text_of_key(iso, k);
    }
    return THROW(iso, SET_OF_NULLISH, base == VALUE_NULL ? "null" : "undefined", text) != NULL;
  }
  PropertyKey k = TRY(to_property_key(iso, key));
  return set_elem_key(iso, code, base, k, v);
}

bool slow_init_elem(Isolate *iso, Value base, Value key, Value v) {
  PropertyKey k = TRY(to_property_key(iso, key));
  return create_data_property_or_throw(iso, value_object(base), k, v);
}

Value slow_delete_elem(Isolate *iso, const Code *code, Value base, Value key) {
  if (value_is_nullish(base)) return THROW(iso, TO_OBJECT_NULLISH);
  JSObject *o = TRY(to_object(iso, base));
  PropertyKey k = TRY(to_property_key(iso, key));
  Tri ok = TRY(obj_delete_property(iso, o, k));
  if (ok == TRI_NO && code->flags & CODE_STRICT) {
    return THROW(iso, STRICT_DELETE, error_text_of_key(iso, k), error_text_of_value(iso, base));
  }
  return value_from_bool(ok == TRI_YES);
}

Value slow_in(Isolate *iso, Value key, Value object) {
  Tri found = TRY(operator_in(iso, key, object));
  return value_from_bool(found == TRI_YES);
}

Value slow_to_property_key(Isolate *iso, Value v) {
  PropertyKey key = TRY(to_property_key(iso, v));
  return key_to_value(iso, key);
}

Value slow_elem_key(Isolate *iso, Value base, Value key) {
  if (value_is_nullish(base)) return get_of_primitive(iso, base, key);
  if (value_is_int(key) || value_is_string(key) || value_is_symbol(key)) return key;
  return slow_to_property_key(iso, key);
}

// ---- Private names and super ----

Value slow_has_private(Isolate *iso, Value name, Value object) {
  PropertyKey key = (PropertyKey)name;
  if (!value_is_object(object))
    return THROW(iso, PRIVATE_IN_NOT_OBJECT, error_text_of_key(iso, key), error_text_of_value(iso, object));
  PropertySlot slot;
  return value_from_bool(shape_lookup(obj_shape(iso, value_object(object)), key, &slot));
}

bool slow_init_private(Isolate *iso, Value base, Value name, Value v) {
  JSObject *o = value_object(base);
  PropertyKey key = (PropertyKey)name;
  PropertySlot slot;
  if (shape_lookup(obj_shape(iso, o), key, &slot)) return THROW(iso, PRIVATE_REDECLARED, error_text_of_key(iso, key)) != NULL;
  if (ordinary_is_extensible(iso, o) == TRI_NO) return THROW(iso, NOT_EXTENSIBLE, error_text_of_key(iso, key)) != NULL;
  obj_put_direct(iso, o, key, v, ATTR_WRITABLE);
  return true;
}

Value slow_super_base(Isolate *iso, Value function) {
  Value home = slot_get(&((JSMethod *)function)->home_object);
  return obj_get_prototype_of(iso, value_object(home));
}

Value slow_get_super(Isolate *iso, Value function, Value receiver, Value key) {
  Value proto = TRY(slow_super_base(iso, function));
  if (proto == VALUE_NULL) return get_of_primitive(iso, proto, key);
  PropertyKey k = TRY(to_property_key(iso, key));
  return obj_get_with_receiver(iso, value_object(proto), k, receiver);
}

bool slow_set_super(Isolate *iso, const Code *code, Value proto, Value receiver, Value key, Value v) {
  PropertyKey k = TRY(to_property_key(iso, key));
  if (proto == VALUE_NULL) return THROW(iso, SET_OF_NULLISH, "null", error_text_of_key(iso, k)) != NULL;
  Tri ok = TRY(obj_set_with_receiver(iso, value_object(proto), k, v, receiver));
  if (ok == TRI_NO && code->flags & CODE_STRICT) return throw_set_failed(iso, receiver, k) != NULL;
  return true;
}

Value slow_super_constructor(Isolate *iso, Value function) {
  return obj_get_prototype_of(iso, value_object(function)); // SUPER_CALL checks it, after the arguments
}

// [[Construct]] throws these when the constructor's context is gone already (10.2.2): the error is of the caller's realm.
void slow_throw_derived_return(Isolate *iso, Value result) {
  bool no_this = result == VALUE_UNDEFINED;
  if (no_this) (void)THROW(iso, THIS_UNINITIALIZED);
  else (void)THROW(iso, DERIVED_RETURN);
  Value *fp = iso->fp;
  Realm *own = realm_current(iso);
  iso->fp = frame_caller(fp);
  Realm *callers = realm_current(iso);
  iso->fp = fp;
  if (callers == own || !value_is_object(iso->exception)) return;
  u32 which = no_this ? INTRINSIC_REFERENCE_ERROR_PROTOTYPE : INTRINSIC_TYPE_ERROR_PROTOTYPE;
  Value error = isolate_take_exception(iso), prototype = value_from_object(realm_intrinsic(iso, callers, which));
  if (obj_set_prototype_of(iso, value_object(error), prototype) != TRI_FAIL) throw_value(iso, error);
}

// ---- Literals ----

Value slow_new_object(Isolate *iso, Code *code, u32 slots) {
  u16 cap = (u16)(slots < 4 ? 4 : MIN((slots + 1) & ~1u, 32u));
  if (cap == 4) return value_from_cell(obj_new(iso, ref_get(code->realm->shape_object)));
  Value proto = value_from_cell(realm_intrinsic(iso, code->realm, INTRINSIC_OBJECT_PROTOTYPE));
  return value_from_cell(obj_new(iso, shape_root(iso, proto, KIND_OBJECT, sizeof(JSObject), cap, 0)));
}

Value slow_new_array(Isolate *iso, u32 capacity) {
  JSObject *array = TRY(array_create(iso, 0));
  if (capacity) TRY(obj_ensure_dense(iso, array, MIN(capacity, 1u << 16)));
  return value_from_cell(array);
}

bool slow_array_hole(Isolate *iso, Value array) {
  JSObject *o = value_object(array);
  u32 length = array_length(o);
  TRY(obj_ensure_dense(iso, o, length + 1));
  elements_header(o->bf)->length = length + 1;
  return true;
}

// An arguments object as it was made, which its own @@iterator would give element by element.
static bool arguments_iterate_plainly(Isolate *iso, Value v, u32 *count) {
  if (!arguments_are_plain(iso, v, count)) return false;
  JSObject *o = value_object(v);
  Value iterator = slot_get(obj_slot_at(o, obj_shape(iso, o), 1)); // see vm/arguments.c
  return iterator == intrinsic(iso, INTRINSIC_ARRAY_PROTO_VALUES) &&
         builtin_is_pristine(iso, realm_current(iso), PRISTINE_ARRAY_ITERATOR_NEXT);
}

static bool append_arguments(Isolate *iso, JSObject *target, const JSObject *arguments, u32 count) {
  u32 at = array_length(target);
  TRY(obj_grow_elements(iso, target, at + count + 2));
  arguments_copy_plain(arguments, (Value *)(void *)&target->bf[at], count);
  gc_barrier(heap_of(iso), &target->cell);
  elements_header(target->bf)->length = at + count;
  return true;
}

// A Latin-1 string that its pristine iterator would take apart: the characters lie ready.
static bool text_iterates_plainly(Isolate *iso, Value v) {
  if (!value_is_string(v) || str_is_utf16(value_string(v)) || value_string(v)->length >= 1u << 20) return false;
  Realm *realm = realm_current(iso);
  return builtin_is_pristine(iso, realm, PRISTINE_STRING_ITERATOR) &&
         builtin_is_pristine(iso, realm, PRISTINE_STRING_ITERATOR_NEXT);
}

static bool append_characters(Isolate *iso, JSObject *target, String *text) {
  TRY(str_flatten(iso, text));
  u32 at = array_length(target), count = text->length;
  if (!count) return true;
  TRY(obj_grow_elements(iso, target, at + count + 2));
  const u8 *chars = str_chars8(text);
  for (u32 i = 0; i < count; i++) slot_init(&target->bf[at + i], value_from_cell(&weft_atoms.chars[chars[i]])); // never collected
  elements_header(target->bf)->length = at + count;
  return true;
}

bool slow_array_spread(Isolate *iso, Value array, Value iterable) {
  JSObject *target = value_object(array);
  if (text_iterates_plainly(iso, iterable)) return append_characters(iso, target, value_string(iterable));
  u32 arguments_count;
  if (arguments_iterate_plainly(iso, iterable, &arguments_count) && arguments_count < 1u << 20) {
    return append_arguments(iso, target, value_object(iterable), arguments_count);
  }
  if (array_iteration_is_pristine(iso, iterable)) {
    JSObject *source = value_object(iterable);
    u32 count = array_length(source), at = array_length(target);
    if (!count) return true;
    if ((u64)count + at < (1u << 28) && elements_header(source->bf)->capacity >= count) {
      TRY(obj_grow_elements(iso, target, at + count + 2));
      for (u32 i = 0; i < count; i++) {
        Value v = slot_get(&source->bf[i]);
        if (UNLIKELY((i & 0xFFFF) == 0xFFFF)) TRY(isolate_poll(iso));
        slot_set(iso, target, &target->bf[at + i], v == VALUE_EMPTY ? VALUE_UNDEFINED : v);
      }
      elements_header(target->bf)->length = at + count;
      return true;
    }
  }
  ForOf it;
  TRY(for_of_init(iso, &it, iterable));
  Value v;
  while (for_of_next(iso, &it, &v)) {
    if (!array_push_value(iso, target, v)) return for_of_close(iso, &it);
  }
  return !it.failed;
}

bool slow_set_function_name(Isolate *iso, Value f, Value key, u32 prefix) {
  static const char *const prefixes[] = {NULL, "get", "set"};
  PropertyKey k = TRY(to_property_key(iso, key));
  return function_set_name(iso, value_object(f), k, prefixes[prefix]);
}

bool slow_define_method(Isolate *iso, Value object, Value key, Value f, u32 flags) {
  PropertyKey k = TRY(to_property_key(iso, key));
  PropertyDescriptor desc = {.attrs = ATTR_CONFIGURABLE | (flags & 1 ? ATTR_ENUMERABLE : 0),
                             .has = HAS_CONFIGURABLE | HAS_ENUMERABLE};
  if (flags & 2) {
    desc.getter = f;
    desc.has |= HAS_GET;
  } else if (flags & 4) {
    desc.setter = f;
    desc.has |= HAS_SET;
  } else {
    desc.value = f;
    desc.attrs |= ATTR_WRITABLE;
    desc.has |= HAS_VALUE | HAS_WRITABLE;
  }
  return define_property_or_throw(iso, value_object(object), k, &desc);
}

bool slow_set_proto(Isolate *iso, Value object, Value proto) {
  if (!value_is_object(proto) && proto != VALUE_NULL) return true;
  return obj_set_prototype_of(iso, value_object(object), proto) != TRI_FAIL;
}

// ClassDefinitionEvaluation (15.7.14) up to the elements: heritage, prototype, constructor.
bool slow_new_class(Isolate *iso, Value *window, Value heritage, Code *code, Environment *env) {
  Realm *realm = code->realm;
  Value proto_parent = value_from_cell(realm_intrinsic(iso, realm, INTRINSIC_OBJECT_PROTOTYPE)), parent = VALUE_EMPTY;
  if (heritage == VALUE_NULL) {
    proto_parent = VALUE_NULL;
  } else if (heritage != VALUE_EMPTY) {
    if (!value_is_constructor(heritage)) return THROW(iso, CLASS_EXTENDS, error_text_of_value(iso, heritage)) != NULL;
    proto_parent = TRY(obj_get(iso, value_object(heritage), ATOM(prototype)));
    if (!value_is_object(proto_parent) && proto_parent != VALUE_NULL) {
      return THROW(iso, CLASS_EXTENDS_PROTOTYPE, error_text_of_value(iso, proto_parent)) != NULL;
    }
    parent = heritage;
  }
  JSObject *proto = TRY(ordinary_object_create(iso, proto_parent));
  JSFunction *f = function_new(iso, code, env);
  if (parent != VALUE_EMPTY) TRY(obj_set_prototype_of(iso, &f->object, parent));
  if (code->flags & CODE_HOME) slot_set(iso, f, &((JSMethod *)f)->home_object, value_from_cell(proto));
  function_reify_properties(iso, f);
  obj_become_prototype(iso, proto);
  PropertyDescriptor desc = {.value = value_from_cell(proto), .attrs = 0, .has = HAS_ALL_DATA};
  TRY(define_property_or_throw(iso, &f->object, ATOM(prototype), &desc));
  obj_put_direct(iso, proto, ATOM(constructor), value_from_cell(f), ATTR_METHOD);
  window[0] = value_from_cell(f);
  window[1] = value_from_cell(proto);
  return true;
}

Value slow_rest_object(Isolate *iso, Value source, const Value *excluded, u32 count) {
  JSObject *rest = TRY(obj_new_plain(iso));
  ValueArray *keys = TRY(value_array_new(iso, count));
  for (u32 i = 0; i < count; i++) slot_set(iso, keys, &keys->values[i], (Value)TRY(to_property_key(iso, excluded[i])));
  TRY(copy_data_properties(iso, rest, source, (const PropertyKey *)(const void *)keys->values, count));
  return value_from_cell(rest);
}

Value slow_concat(Isolate *iso, const Value *parts, u32 count) {
  String *s = value_string(parts[0]);
  for (u32 i = 1; i < count; i++) s = TRY(str_concat(iso, s, value_string(parts[i])));
  return value_from_cell(s);
}

// ---- Operators ----

Value slow_arith_int32(Isolate *iso, u32 op, Value a, Value b) {
  if (value_is_number(a) && value_is_number(b)) {
    double x = value_number(a), y = value_number(b);
    return value_from_int(number_to_int32(value_from_raw_double(op == OPERATOR_ADD ? x + y : x - y)));
  }
  Value v = TRY(binary_operator(iso, (enum BinaryOperator)op, a, b));
  return binary_operator(iso, OPERATOR_BIT_OR, v, value_from_int(0));
}

Tri strict_equal(Isolate *iso, Value a, Value b) {
  if (a == b) return tri(!value_is_double(a) || value_double(a) == value_double(a));
  if (value_is_number(a)) return tri(value_is_number(b) && value_number(a) == value_number(b));
  if (!value_is_cell(a) || !value_is_cell(b) || !a || !b) return TRI_NO;
  u8 kind = value_cell(a)->kind;
  if (kind != value_cell(b)->kind || (kind != KIND_STRING && kind != KIND_BIGINT)) return TRI_NO;
  if (kind == KIND_STRING) {
    String *s = value_string(a), *t = value_string(b);
    if (s->length != t->length) return TRI_NO;
    if (str_is_atom(s) && str_is_atom(t)) return TRI_NO;
    if (!str_is_rope(s) && !str_is_rope(t)) return tri(str_equals_flat(s, t));
  }
  return is_strictly_equal(iso, a, b);
}

Value slow_coerce_this(Isolate *iso, Realm *realm, Value v) {
  if (value_is_nullish(v)) return slot_get(&realm->global_this);
  return value_from_cell(MUST(to_object(iso, v)));
}

void slow_class_call_error(Isolate *iso, const Code *code) { THROW(iso, CLASS_CALL, code->block->name); }

Value slow_arguments_mapped(Isolate *iso, Value *fp, Value env, u32 constant) {
  Code *code = frame_code(fp);
  const ArrayConstant *map = &code->body->arrays[code->body->constants[constant].a];
  u16 slots[64], *map_slots = slots;
  u32 count = map->count;
  if (count > ARRAY_LEN(slots)) {
    Bytes *bytes = TRY(bytes_new(iso, count * sizeof(u16)));
    map_slots = (u16 *)(void *)bytes->data;
  }
  for (u32 i = 0; i < count; i++) {
    u32 number = map->constants[i];
    map_slots[i] = number == ARRAY_CONSTANT_HOLE ? UINT16_MAX : (u16)code->body->constants[number].a;
  }
  return value_from_cell(
      arguments_create_mapped(iso, frame_function(fp), (Environment *)env, map_slots, count, frame_argc(fp), frame_arguments(fp)));
}

bool is_intrinsic_eval(Isolate *iso, const Code *code, Value f) {
  return f == value_from_cell(realm_intrinsic(iso, code->realm, INTRINSIC_EVAL));
}

// ---- Iteration ----

bool slow_get_iterator(Isolate *iso, Value *window, Value iterable) {
  window[2] = VALUE_FALSE;
  if (array_iteration_is_pristine(iso, iterable)) {
    window[0] = iterable;
    window[1] = value_from_int(0);
    return true;
  }
  Value method = TRY(get_method(iso, iterable, SYM(iterator)));
  if (method == VALUE_UNDEFINED) return THROW(iso, NOT_ITERABLE, error_text_of_callee(iso, iterable)) != NULL;
  Value iterator = TRY(CALL0(iso, method, iterable));
  if (!value_is_object(iterator)) return THROW(iso, ITERATOR_NOT_OBJECT) != NULL;
  Value next = TRY(obj_get(iso, value_object(iterator), ATOM(next)));
  window[0] = iterator;
  window[1] = value_is_int(next) ? value_from_raw_double(value_int(next)) : next; // ints mark walked arrays
  return true;
}

// GetIterator(async) (7.4.3): a sync iterator is wrapped (CreateAsyncFromSyncIterator).
static Value get_async_iterator(Isolate *iso, Value iterable) {
  Value method = TRY(get_method(iso, iterable, SYM(asyncIterator)));
  bool sync = method == VALUE_UNDEFINED;
  if (sync) {
    method = TRY(get_method(iso, iterable, SYM(iterator)));
    if (method == VALUE_UNDEFINED) return THROW(iso, NOT_ASYNC_ITERABLE, error_text_of_callee(iso, iterable));
  }
  Value iterator = TRY(CALL0(iso, method, iterable));
  if (!value_is_object(iterator)) return sync ? THROW(iso, ITERATOR_NOT_OBJECT) : THROW(iso, ASYNC_ITERATOR_NOT_OBJECT);
  if (!sync) return iterator;
  Value next = TRY(obj_get(iso, value_object(iterator), ATOM(next)));
  JSWrappedIterator *wrapped = TRY((JSWrappedIterator *)obj_new_kind(iso, KIND_ASYNC_FROM_SYNC_ITERATOR,
                                                                     intrinsic(iso, INTRINSIC_ASYNC_FROM_SYNC_ITERATOR_PROTOTYPE)));
  slot_set(iso, wrapped, &wrapped->iterator, iterator);
  slot_set(iso, wrapped, &wrapped->next_method, next);
  return value_from_cell(wrapped);
}

bool slow_get_async_iterator(Isolate *iso, Value *window, Value iterable) {
  Value iterator = TRY(get_async_iterator(iso, iterable));
  Value next = TRY(obj_get(iso, value_object(iterator), ATOM(next)));
  window[0] = iterator;
  window[1] = value_is_int(next) ? value_from_raw_double(value_int(next)) : next;
  window[2] = VALUE_FALSE;
  return true;
}

// The walked array changed its nature or ended: look at it as the array iterator would.
static Tri walk_array(Isolate *iso, Value *window, Value *value) {
  JSObject *o = value_object(window[0]);
  u32 i = (u32)value_int(window[1]);
  if (i >= array_length(o)) {
    window[2] = VALUE_TRUE;
    return TRI_NO;
  }
  window[1] = value_from_int((i32)i + 1);
  Value v = obj_get(iso, o, key_from_index(i));
  if (!v) {
    window[2] = VALUE_TRUE;
    return TRI_FAIL;
  }
  *value = v;
  return TRI_YES;
}

Tri slow_for_of_next(Isolate *iso, Value *window, Value *value) {
  if (value_is_int(window[1])) return walk_array(iso, window, value);
  Value method = window[1], iterator = window[0];
  window[2] = VALUE_TRUE; // while the iterator itself runs, nobody may close it
  IteratorStep step = builtin_iterator_step(iso, iterator, method);
  if (step) {
    Tri more = TRY(step(iso, value_object(iterator), value));
    window[2] = value_from_bool(more == TRI_NO);
    return more;
  }
  Value result = TRY(CALL0(iso, method, iterator));
  if (!value_is_object(result)) return (Tri)(uintptr_t)THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
  Value v = VALUE_UNDEFINED;
  Tri done = TRY(slow_iterator_result(iso, result, NULL));
  if (done == TRI_YES) return TRI_NO;
  v = TRY(obj_get(iso, value_object(result), ATOM(value)));
  window[2] = VALUE_FALSE;
  *value = v;
  return TRI_YES;
}

Value slow_iterator_rest(Isolate *iso, Value *window) {
  JSObject *rest = TRY(array_create(iso, 0));
  Value v;
  Tri more;
  if (window[2] == VALUE_TRUE) return value_from_cell(rest);
  while ((more = slow_for_of_next(iso, window, &v)) == TRI_YES) TRY(array_push_value(iso, rest, v));
  TRY(more);
  return value_from_cell(rest);
}

bool slow_iterator_close(Isolate *iso, Value iterator) {
  Value method = TRY(get_method(iso, iterator, ATOM(return )));
  if (method == VALUE_UNDEFINED) return true;
  Value result = TRY(CALL0(iso, method, iterator));
  if (!value_is_object(result)) return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result)) != NULL;
  return true;
}

bool slow_iterator_close_silent(Isolate *iso, Value iterator) {
  Value method = get_method(iso, iterator, ATOM(return ));
  if (method && method != VALUE_UNDEFINED) method = CALL0(iso, method, iterator);
  if (iso->terminating) return false;
  if (!method) isolate_take_exception(iso);
  return true;
}

Value slow_iterator_call_next(Isolate *iso, const Value *window, Value arg) {
  if (value_is_int(window[1])) { // an array walked without iterator object: yield* wants result objects
    Value v = VALUE_UNDEFINED;
    Tri more = TRY(walk_array(iso, (Value *)(uintptr_t)window, &v));
    return value_from_cell(create_iter_result(iso, v, more == TRI_NO));
  }
  return arg == VALUE_EMPTY ? CALL0(iso, window[1], window[0]) : CALL1(iso, window[1], window[0], arg);
}

Tri slow_iterator_call_method(Isolate *iso, Value iterator, u32 which, Value *value) {
  Value method = TRY(get_method(iso, iterator, which == 1 ? ATOM(throw) : ATOM(return )));
  if (method == VALUE_UNDEFINED) return TRI_NO;
  Value v = *value == VALUE_EMPTY ? CALL0(iso, method, iterator) : CALL1(iso, method, iterator, *value);
  if (!v) return TRI_FAIL;
  *value = v;
  return TRI_YES;
}

Tri slow_iterator_result(Isolate *iso, Value result, Value *value) {
  if (!value_is_object(result)) return (Tri)(uintptr_t)THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, result));
  Value done = TRY(obj_get(iso, value_object(result), ATOM(done)));
  bool is_done = to_boolean(iso, done);
  if (value) *value = TRY(obj_get(iso, value_object(result), ATOM(value)));
  return tri(is_done);
}

// yield* handed over a result object whose consumer is a flat for-of: only the value counts there.
Value slow_open_result(Isolate *iso, Value result) { return obj_get(iso, value_object(result), ATOM(value)); }
