// SPDX-License-Identifier: MIT
// Classes of the host's. An instance is a host object with two words of ours: its class, and its place in the class's list of instances
// whose data holds values. Their old ones are traced at every minor collection, so that hosts need no write barrier.
// Tests: tests/api/test_classes.c.
#include "api/api_internal.h"
#include "base/vec.h"
#include "vm/builtin.h"
#include "vm/error.h"
#include "vm/function.h"
#include "vm/kinds.h"

struct WeftClass {
  WeftClass *next, *parent;
  char *name;
  WeftFunction construct;
  void *data;
  void (*finalise)(void *instance_data);
  void (*trace)(WeftTracer *tracer, void *instance_data);
  Persistent constructor, prototype;
  CellVec traced; // with trace: all instances
};

// ---- Instances ----

enum { INSTANCE_PLACE, INSTANCE_CLASS };

static WeftClass *class_of(const JSHostObject *o) { return value_pointer(slot_get(&o->values[INSTANCE_CLASS])); }

static void trace_instance(GcTracer *tracer, Cell *cell) {
  JSHostObject *o = (JSHostObject *)cell;
  const WeftClass *c = class_of(o);
  if (c->trace) c->trace((WeftTracer *)tracer, o->data);
}

static void finalize_instance(Heap *heap, Cell *cell) {
  (void)heap;
  JSHostObject *o = (JSHostObject *)cell;
  WeftClass *c = class_of(o);
  if (c->trace) {
    u32 place = (u32)value_int(slot_get(&o->values[INSTANCE_PLACE]));
    JSHostObject *last = (JSHostObject *)vec_pop(&c->traced);
    if (last != o) {
      c->traced.data[place] = &last->object.cell;
      slot_init(&last->values[INSTANCE_PLACE], value_from_u32(place));
    }
  }
  if (c->finalise) c->finalise(o->data);
}

static const HostClass instance_class = {"Instance", trace_instance, finalize_instance, NULL};

bool api_has_class(const WeftIsolate *isolate, const WeftClass *c) {
  for (const WeftClass *own = isolate->classes; own; own = own->next) {
    if (own == c) return true;
  }
  return false;
}

bool api_is_instance(const JSObject *o) { return ((const JSHostObject *)o)->host_class == &instance_class; }

void weft_trace(WeftTracer *tracer, WeftValue v) {
  if (v) gc_trace_word((GcTracer *)tracer, value_bits(value_in(v)));
}

void api_trace_classes(WeftIsolate *isolate, GcTracer *tracer) {
  bool full = gc_tracer_is_full(tracer);
  for (const WeftClass *c = isolate->classes; c; c = c->next) {
    for (u32 i = 0; !full && i < c->traced.len; i++) {
      Cell *cell = c->traced.data[i];
      if (cell->gc_bits & GC_OLD) c->trace((WeftTracer *)tracer, ((JSHostObject *)cell)->data);
    }
  }
}

void api_free_classes(WeftIsolate *isolate) {
  for (WeftClass *c = isolate->classes, *next; c; c = next) {
    next = c->next;
    vec_free(&c->traced);
    base_free(c->name);
    base_free(c);
  }
}

static JSHostObject *instance_of_class(const WeftClass *c, Value v) {
  if (!v || !value_is_kind(v, KIND_HOST_OBJECT)) return NULL;
  JSHostObject *o = (JSHostObject *)value_object(v);
  if (o->host_class != &instance_class) return NULL;
  for (const WeftClass *own = class_of(o); own; own = own->parent) {
    if (own == c) return o;
  }
  return NULL;
}

bool weft_is_instance(WeftIsolate *isolate, const WeftClass *c, WeftValue v) {
  (void)ISOLATE(isolate);
  CLASS_OF(isolate, c);
  MAY_BE(isolate, v);
  return instance_of_class(c, value_in(v)) != NULL;
}

void *weft_instance_data(WeftIsolate *isolate, const WeftClass *c, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  CLASS_OF(isolate, c);
  NEEDS(isolate, v);
  JSHostObject *o = instance_of_class(c, value_in(v));
  if (LIKELY(o != NULL)) return o->data;
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "%s is no %s", error_text_of_value(iso, value_in(v)), c->name);
}

// Of new.target, as OrdinaryCreateFromConstructor does it.
static Value prototype_for(Isolate *iso, const WeftClass *c, Value new_target) {
  Value own = value_from_bits(c->prototype.word);
  if (!new_target || !value_is_object(new_target) || value_bits(new_target) == c->constructor.word) return own;
  Value prototype = TRY(obj_get(iso, value_object(new_target), ATOM(prototype)));
  return value_is_object(prototype) ? prototype : own;
}

WeftValue weft_instance_new(WeftIsolate *isolate, WeftClass *c, WeftValue new_target, void *instance_data) {
  Isolate *iso = ISOLATE(isolate);
  CLASS_OF(isolate, c);
  MAY_BE(isolate, new_target);
  Value prototype = TRY(prototype_for(iso, c, value_in(new_target)));
  JSHostObject *o = TRY(host_object_new(iso, &instance_class, prototype, instance_data));
  slot_init(&o->values[INSTANCE_CLASS], pointer_value(c));
  slot_init(&o->values[INSTANCE_PLACE], value_from_u32(c->traced.len));
  if (c->trace) vec_push(&c->traced, &o->object.cell);
  return value_out(isolate, value_from_object(o));
}

// ---- The class ----

enum { MEMBER_FUNCTION, MEMBER_POINTER, MEMBER_CLASS, MEMBER_DATA_COUNT };

static Value call_member(Isolate *iso, const Call *call) {
  const WeftClass *c = value_pointer(native_data(call, MEMBER_CLASS));
  if (c && UNLIKELY(!instance_of_class(c, call->this_value))) {
    throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "A method of %s was called on %s", c->name,
                        error_text_of_value(iso, call->this_value));
    return VALUE_FAIL;
  }
  WeftFunction f = VALUE_FUNCTION(WeftFunction, native_data(call, MEMBER_FUNCTION));
  return api_call_host(iso, call, f, value_pointer(native_data(call, MEMBER_POINTER)));
}

static Value call_constructor(Isolate *iso, const Call *call) {
  const WeftClass *c = value_pointer(native_data(call, MEMBER_CLASS));
  if (!call_is_construct(call)) return THROW(iso, CLASS_CALL, c->name), VALUE_FAIL;
  if (!c->construct) return THROW(iso, TYPE, "Illegal constructor"), VALUE_FAIL;
  Value v = TRY(api_call_host(iso, call, c->construct, c->data));
  if (instance_of_class(c, v)) return v;
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "The constructor of %s did not make one", c->name), VALUE_FAIL;
}

static JSNativeFunction *member_function(Isolate *iso, const WeftClass *receiver, const WeftMember *m, PropertyKey key) {
  JSNativeFunction *f = TRY(native_function_new(iso, call_member, key, (u32)MAX(m->length, 0), MEMBER_DATA_COUNT));
  slot_init(&f->data[MEMBER_FUNCTION], FUNCTION_VALUE(m->f));
  slot_init(&f->data[MEMBER_POINTER], pointer_value(m->data));
  slot_init(&f->data[MEMBER_CLASS], pointer_value(receiver));
  return f;
}

static bool define_member(Isolate *iso, const WeftClass *c, const WeftMember *m) {
  bool is_static = m->kind == WEFT_STATIC_METHOD || m->kind == WEFT_STATIC_GETTER;
  Value owner = value_from_bits(is_static ? c->constructor.word : c->prototype.word);
  PropertyKey key = TRY(key_from_string(iso, TRY(str_new_utf8(iso, m->name, strlen(m->name)))));
  JSNativeFunction *f = TRY(member_function(iso, is_static ? NULL : c, m, key));
  PropertyDescriptor d = {.attrs = ATTR_CONFIGURABLE, .has = HAS_ENUMERABLE | HAS_CONFIGURABLE};
  switch (m->kind) {
  case WEFT_METHOD:
  case WEFT_STATIC_METHOD:
    d.value = value_from_object(f);
    d.attrs |= ATTR_WRITABLE;
    d.has |= HAS_VALUE | HAS_WRITABLE;
    break;
  case WEFT_SETTER:
    d.setter = value_from_object(f);
    d.has |= HAS_SET;
    TRY(function_set_name(iso, &f->object, key, "set"));
    break;
  default:
    d.getter = value_from_object(f);
    d.has |= HAS_GET;
    TRY(function_set_name(iso, &f->object, key, "get"));
  }
  return define_property_or_throw(iso, value_object(owner), key, &d);
}

static bool define_value(Isolate *iso, JSObject *o, PropertyKey key, Value v, u8 attributes) {
  PropertyDescriptor d = {.value = v, .attrs = attributes, .has = HAS_ALL_DATA};
  return define_property_or_throw(iso, o, key, &d);
}

static bool furnish(Isolate *iso, WeftClass *c, const WeftClassDefinition *definition) {
  String *name = TRY(str_new_utf8(iso, c->name, strlen(c->name)));
  PropertyKey key = TRY(key_from_string(iso, name));
  Value parent = c->parent ? value_from_bits(c->parent->prototype.word) : intrinsic(iso, INTRINSIC_OBJECT_PROTOTYPE);
  JSObject *prototype = TRY(ordinary_object_create(iso, parent));
  JSNativeFunction *f = TRY(native_function_new(iso, call_constructor, key, (u32)MAX(definition->length, 0), MEMBER_DATA_COUNT));
  f->native_flags |= NATIVE_CONSTRUCTOR | NATIVE_CLASS;
  slot_init(&f->data[MEMBER_CLASS], pointer_value(c));
  gc_persistent_init(heap_of(iso), &c->prototype, value_bits(value_from_object(prototype)));
  gc_persistent_init(heap_of(iso), &c->constructor, value_bits(value_from_object(f)));
  if (c->parent) TRY(obj_set_prototype_of(iso, &f->object, value_from_bits(c->parent->constructor.word)));
  TRY(define_value(iso, &f->object, ATOM(prototype), value_from_object(prototype), 0));
  TRY(define_value(iso, prototype, ATOM(constructor), value_from_object(f), ATTR_WRITABLE | ATTR_CONFIGURABLE));
  TRY(define_value(iso, prototype, SYM(toStringTag), value_from_cell(name), ATTR_CONFIGURABLE));
  for (size_t i = 0; i < definition->member_count; i++) TRY(define_member(iso, c, &definition->members[i]));
  return true;
}

WeftClass *weft_class_new(WeftIsolate *isolate, const WeftClassDefinition *definition) {
  Isolate *iso = ISOLATE(isolate);
  if (definition->size != sizeof *definition) return THROW(iso, TYPE, "WeftClassDefinition of another version");
  if (definition->parent) CLASS_OF(isolate, definition->parent);
  size_t size = strlen(definition->name) + 1;
  WeftClass *c = base_try_alloc_zeroed(sizeof *c);
  char *name = c ? base_try_alloc(size) : NULL;
  if (!name) {
    base_free(c);
    return throw_out_of_memory(iso);
  }
  memcpy(name, definition->name, size);
  *c = (WeftClass){
      .next = isolate->classes,
      .parent = definition->parent,
      .name = name,
      .construct = definition->construct,
      .data = definition->data,
      // Of a class without its own, the parent's: the data begin alike.
      .finalise = definition->finalise || !definition->parent ? definition->finalise : definition->parent->finalise,
      .trace = definition->trace || !definition->parent ? definition->trace : definition->parent->trace,
  };
  isolate->classes = c; // also when the rest fails: then it goes with the isolate
  return furnish(iso, c, definition) ? c : NULL;
}

WeftValue weft_class_constructor(WeftIsolate *isolate, const WeftClass *c) {
  (void)ISOLATE(isolate);
  CLASS_OF(isolate, c);
  return value_out(isolate, value_from_bits(c->constructor.word));
}
