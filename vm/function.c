// SPDX-License-Identifier: MIT
// Function objects (ECMA-262 10.2, 10.3, 10.4.1). A closure is born with a lazy shape: `length`, `name` and `prototype` are not
// there yet; whatever could see them or the order of keys calls function_reify_properties first. Most closures are
// called and forgotten without it.
#include "vm/object_internal.h"

static ALWAYS_INLINE bool has_prototype_property(u32 code_flags) {
  if (code_flags & CODE_GENERATOR) return true;
  return (code_flags & (CODE_CONSTRUCTOR | CODE_CLASS_CONSTRUCTOR)) == CODE_CONSTRUCTOR;
}

// Root shapes of the rarer kinds of functions are made when the first one is.
static COLD Shape *make_function_shape(Isolate *iso, Realm *realm, u32 proto_intrinsic, u32 size) {
  Value proto = value_from_object(realm_intrinsic(iso, realm, proto_intrinsic));
  return shape_root(iso, proto, KIND_FUNCTION, (u16)size, 0, SHAPE_LAZY_FUNCTION);
}

#define FUNCTION_SHAPE(field, intrinsic_) \
  (ref_get(realm->field) ? ref_get(realm->field) : ({ \
    Shape *made_ = make_function_shape(iso, realm, intrinsic_, sizeof(JSFunction)); \
    ref_set(iso, realm, &realm->field, made_); \
    made_; \
  }))

static Shape *shape_for_code(Isolate *iso, Realm *realm, u32 flags) {
  u32 proto = INTRINSIC_FUNCTION_PROTOTYPE;
  if (flags & CODE_GENERATOR) {
    proto = flags & CODE_ASYNC ? INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE : INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE;
  } else if (flags & CODE_ASYNC) {
    proto = INTRINSIC_ASYNC_FUNCTION_PROTOTYPE;
  }
  if (flags & CODE_HOME) {
    if (proto != INTRINSIC_FUNCTION_PROTOTYPE) return make_function_shape(iso, realm, proto, sizeof(JSMethod));
    Shape *known = ref_get(realm->shape_class);
    if (!known) {
      known = make_function_shape(iso, realm, proto, sizeof(JSMethod));
      ref_set(iso, realm, &realm->shape_class, known);
    }
    return known;
  }
  if (proto == INTRINSIC_FUNCTION_PROTOTYPE) return FUNCTION_SHAPE(shape_function, INTRINSIC_FUNCTION_PROTOTYPE);
  if (proto == INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE)
    return FUNCTION_SHAPE(shape_generator_function, INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE);
  if (proto == INTRINSIC_ASYNC_FUNCTION_PROTOTYPE) return FUNCTION_SHAPE(shape_async_function, INTRINSIC_ASYNC_FUNCTION_PROTOTYPE);
  return FUNCTION_SHAPE(shape_async_generator_function, INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE);
}

JSFunction *function_new(Isolate *iso, Code *code, Environment *env) {
  Realm *realm = code->realm;
  u32 flags = code->flags;
  Shape *shape = ref_get(realm->shape_function);
  if (UNLIKELY(flags & (CODE_GENERATOR | CODE_ASYNC | CODE_HOME) || !shape)) shape = shape_for_code(iso, realm, flags);
  u32 hidden = flags & CODE_HOME ? sizeof(JSMethod) - sizeof(JSFunction) : 0;
  JSFunction *f = (JSFunction *)gc_alloc(heap_of(iso), sizeof(JSFunction) + hidden, KIND_FUNCTION);
  f->object.cell.shape_id = shape->id;
  f->object.cell.flags = (u16)(OBJ_CALLABLE | hidden / sizeof(Slot));
  f->object.bf = weft_empty_store;
  ref_init(&f->code, code);
  ref_init(&f->env, env);
  if (hidden) {
    slot_init(&((JSMethod *)f)->home_object, VALUE_UNDEFINED);
    slot_init(&((JSMethod *)f)->field_init, VALUE_UNDEFINED);
  }
  return f;
}

static String *block_name(Isolate *iso, const CodeBlock *block) {
  if (!block->name_length) return ATOM_STRING(empty);
  return MUST(str_new_utf8(iso, block->name, block->name_length));
}

// The object that a function's `prototype` starts with.
static JSObject *make_prototype(Isolate *iso, JSFunction *f, u32 flags) {
  Realm *realm = ref_get(f->code)->realm;
  if (flags & CODE_GENERATOR) {
    u32 proto = flags & CODE_ASYNC ? INTRINSIC_ASYNC_GENERATOR_PROTOTYPE : INTRINSIC_GENERATOR_PROTOTYPE;
    return ordinary_object_create(iso, value_from_object(realm_intrinsic(iso, realm, proto)));
  }
  JSObject *prototype = obj_new(iso, ref_get(realm->shape_object));
  obj_put_direct(iso, prototype, ATOM(constructor), value_from_object(f), ATTR_METHOD);
  return prototype;
}

// Class constructors get no `prototype` here: the class definition adds it right after, in the right place.
void function_reify_properties(Isolate *iso, JSFunction *f) {
  JSObject *o = &f->object;
  Shape *s = obj_shape(iso, o);
  if (!(s->flags & SHAPE_LAZY_FUNCTION)) return;
  Code *code = ref_get(f->code);
  u32 flags = s->flags & ~(u32)SHAPE_LAZY_FUNCTION;
  Shape *root = shape_root(iso, slot_get(&s->proto), KIND_FUNCTION, s->first_offset, s->inline_cap, flags);
  o->cell.shape_id = root->id;
  MUST(own_add_named(iso, o, ATOM(length), value_from_u32(code->block->length), ATTR_CONFIGURABLE));
  MUST(own_add_named(iso, o, ATOM(name), value_from_cell(block_name(iso, code->block)), ATTR_CONFIGURABLE));
  if (!has_prototype_property(code->flags)) return;
  JSObject *prototype = make_prototype(iso, f, code->flags);
  MUST(own_add_named(iso, o, ATOM(prototype), value_from_object(prototype), ATTR_WRITABLE));
}

// ---- Names ----

static String *name_text(Isolate *iso, PropertyKey key) {
  if (!key) return ATOM_STRING(empty);
  if (!key_is_symbol(key)) return value_string(TRY(key_to_value(iso, key)));
  const Symbol *symbol = (const Symbol *)key_cell(key);
  String *description = ref_get(symbol->description);
  if (!description) return ATOM_STRING(empty);
  if (symbol->flags & SYMBOL_PRIVATE) return description; // "#x"
  return str_concat3(iso, str_from_char(iso, '['), description, str_from_char(iso, ']'));
}

static String *prefixed_name(Isolate *iso, PropertyKey key, const char *prefix) {
  String *name = TRY(name_text(iso, key));
  if (!prefix) return name;
  String *first = TRY(str_new_cstring(iso, prefix));
  return str_concat3(iso, first, str_from_char(iso, ' '), name);
}

bool function_set_name(Isolate *iso, JSObject *f, PropertyKey name, const char *prefix) {
  String *text = TRY(prefixed_name(iso, name, prefix));
  obj_put_direct(iso, f, ATOM(name), value_from_cell(text), ATTR_CONFIGURABLE);
  return true;
}

// ---- Native functions ----

JSNativeFunction *native_function_make(Isolate *iso, Realm *realm, NativeFn fn, Value name, u32 length, u32 magic, u32 flags,
                                       u32 data_count) {
  Shape *shape = ref_get(realm->shape_native_function);
  if (UNLIKELY(data_count || !shape)) {
    u16 first = (u16)(sizeof(JSNativeFunction) + data_count * sizeof(Slot));
    Value proto = value_from_object(realm_intrinsic(iso, realm, INTRINSIC_FUNCTION_PROTOTYPE));
    Shape *root = shape_root(iso, proto, KIND_NATIVE_FUNCTION, first, 2, 0);
    shape = MUST(shape_child(iso, root, ATOM(length), ATTR_CONFIGURABLE));
    shape = MUST(shape_child(iso, shape, ATOM(name), ATTR_CONFIGURABLE));
    if (!data_count) ref_set(iso, realm, &realm->shape_native_function, shape);
  }
  JSNativeFunction *f = (JSNativeFunction *)obj_alloc(iso, shape, KIND_NATIVE_FUNCTION);
  f->fn = fn;
  ref_init(&f->realm, realm);
  f->magic = magic;
  f->native_flags = flags;
  f->data_count = data_count;
  for (u32 i = 0; i < data_count; i++) slot_init(&f->data[i], VALUE_UNDEFINED);
  slot_init(&f->data[data_count], value_from_u32(length));
  slot_init(&f->data[data_count + 1], name);
  return f;
}

JSNativeFunction *native_function_new(Isolate *iso, NativeFn fn, PropertyKey name, u32 length, u32 data_count) {
  String *text = TRY(name_text(iso, name));
  return native_function_make(iso, realm_current(iso), fn, value_from_cell(text), length, 0, 0, data_count);
}

// ---- Bound functions ----

JSBoundFunction *bound_function_create(Isolate *iso, JSObject *target, Value bound_this, u32 argc, const Value *args) {
  Value proto = TRY(obj_get_prototype_of(iso, target));
  ValueArray *list = NULL;
  if (argc) {
    list = TRY(value_array_new(iso, argc));
    memcpy(list->values, args, argc * sizeof(Slot));
    gc_barrier(heap_of(iso), &list->cell);
  }
  JSBoundFunction *f = TRY((JSBoundFunction *)obj_new_kind(iso, KIND_BOUND_FUNCTION, proto));
  slot_init(&f->target, value_from_object(target));
  slot_init(&f->bound_this, bound_this);
  ref_init(&f->bound_args, list ? &list->cell : NULL);
  f->bound_count = argc;
  f->is_constructor = value_is_constructor(value_from_object(target));
  return f;
}

// ---- Text and realm ----

static String *source_slice(Isolate *iso, const SourceText *source, u32 start, u32 end) {
  if (source->utf16) return str_new_utf16(iso, (const u16 *)source_text_chars(source) + start, end - start);
  return str_new_latin1(iso, (const u8 *)source_text_chars(source) + start, end - start);
}

String *function_to_string(Isolate *iso, JSObject *f) {
  if (f->cell.kind == KIND_FUNCTION) {
    const CodeBlock *block = ref_get(((JSFunction *)f)->code)->block;
    if (block->source && block->end > block->start) return source_slice(iso, block->source, block->start, block->end);
  }
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_ascii(&sb, "function ");
  Value name;
  if (f->cell.kind == KIND_NATIVE_FUNCTION && obj_get_own_direct(iso, f, ATOM(name), &name) && value_is_string(name)) {
    sb_append(&sb, value_string(name));
  }
  sb_append_ascii(&sb, "() { [native code] }");
  return sb_finish(&sb);
}

Realm *get_function_realm(Isolate *iso, JSObject *f) {
  for (;;) {
    switch (f->cell.kind) {
    case KIND_FUNCTION: return ref_get(((JSFunction *)f)->code)->realm;
    case KIND_NATIVE_FUNCTION: return ref_get(((JSNativeFunction *)f)->realm);
    case KIND_BOUND_FUNCTION: f = value_object(slot_get(&((JSBoundFunction *)f)->target)); break;
    case KIND_PROXY: {
      const JSProxy *proxy = (const JSProxy *)f;
      if (slot_get(&proxy->handler) == VALUE_NULL) return THROW(iso, PROXY_REVOKED, "getFunctionRealm");
      f = value_object(slot_get(&proxy->target));
      break;
    }
    default: return realm_current(iso);
    }
  }
}
