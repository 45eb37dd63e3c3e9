// SPDX-License-Identifier: MIT
// Code: what an isolate adds to a shared CodeBlock before it can run it: a private copy of the bytecode, constants as values, caches.
#include "vm/bigint.h"
#include "vm/interp_internal.h"

#include <stdatomic.h>

Code *code_new(Isolate *iso, Realm *realm, CodeBlock *block, Value host_defined) {
  Code *code = (Code *)gc_alloc_old(&iso->heap, sizeof(Code), KIND_CODE);
  code->frame_need = FRAME_NEED_SLOW;
  code->param_count = block->param_count;
  code->flags = block->flags;
  code->realm = realm;
  code->block = code_block_retain(block);
  code->host_defined.value_ = host_defined;
  gc_barrier(&iso->heap, &code->cell);
  gc_register_finalizer(&iso->heap, &code->cell);
  vec_push(&iso->codes, &code->cell);
  return code;
}

void code_finalize(Heap *heap, Cell *cell) {
  Code *code = (Code *)cell;
  if (code->feedback) {
    ic_free_all(code);
    gc_adjust_external(heap, -(ptrdiff_t)code->feedback_size);
    base_free(code->feedback);
  }
  code_block_release(code->block);
}

// By number of the body's strings; NULL: not asked for yet.
static PropertyKey *code_keys(const Code *code) { return code->feedback; }

void code_trace(GcTracer *tracer, Cell *cell) {
  Code *code = (Code *)cell;
  gc_trace_cell(tracer, code->realm);
  gc_trace_word(tracer, value_bits(slot_get(&code->host_defined)));
  gc_trace_word(tracer, value_bits(slot_get(&code->new_proto)));
  gc_trace_cell(tracer, ref_get(code->new_shape));
  for (u32 i = 0; i < code->constant_count; i++) {
    if (code->body->constants[i].kind != CONST_RAW_DOUBLE) gc_trace_word(tracer, value_bits(code->constants[i]));
  }
  if (!code->feedback) return;
  for (u32 i = 0; i < code->body->string_count; i++) gc_trace_word(tracer, key_bits(code_keys(code)[i]));
}

// ---- Constants ----

// A string of the body as a key: looked up among the atoms once.
static PropertyKey string_key(Isolate *iso, const Code *code, u32 number) {
  PropertyKey *known = &code_keys(code)[number];
  if (*known) return *known;
  const CodeBody *body = code->body;
  const ConstantString *s = &body->strings[number];
  *known = s->utf16 ? key_from_utf16(iso, body->text16 + s->offset, s->length)
                    : key_from_latin1(iso, body->text8 + s->offset, s->length);
  gc_barrier(&iso->heap, (Cell *)(uintptr_t)&code->cell);
  return *known;
}

static Value string_constant(Isolate *iso, const Code *code, u32 number) {
  const CodeBody *body = code->body;
  const ConstantString *s = &body->strings[number];
  if (s->is_atom) {
    PropertyKey key = string_key(iso, code, number);
    if (!key || !key_is_index(key)) return (Value)key;
    return key_to_value(iso, key);
  }
  String *string =
      s->utf16 ? str_new_utf16(iso, body->text16 + s->offset, s->length) : str_new_latin1(iso, body->text8 + s->offset, s->length);
  return value_from_cell(string);
}

static Value bigint_constant(Isolate *iso, const CodeBody *body, u32 number) {
  const ConstantString *s = &body->strings[number];
  return value_from_cell(bigint_from_decimal(iso, body->text8 + s->offset, s->length));
}

static Value regexp_constant(Isolate *iso, const Code *code, const Constant *c) {
  ValueArray *pair = TRY(value_array_new(iso, 3)); // third: the first object made, which the others share the program with
  slot_init(&pair->values[0], TRY(string_constant(iso, code, c->a)));
  slot_set(iso, pair, &pair->values[1], TRY(string_constant(iso, code, c->b)));
  return value_from_cell(pair);
}

static Value array_element_constant(Isolate *iso, const Code *code, u32 number) {
  switch (number) {
  case ARRAY_CONSTANT_HOLE: return runtime_empty;
  case ARRAY_CONSTANT_UNDEFINED: return VALUE_UNDEFINED;
  case ARRAY_CONSTANT_NULL: return VALUE_NULL;
  case ARRAY_CONSTANT_TRUE: return VALUE_TRUE;
  case ARRAY_CONSTANT_FALSE: return VALUE_FALSE;
  default: break;
  }
  const Constant *c = &code->body->constants[number];
  if (c->kind == CONST_INT) return value_from_int((i32)c->a);
  if (c->kind == CONST_DOUBLE) return value_from_bits(c->bits);
  return string_constant(iso, code, c->a);
}

static Value array_constant(Isolate *iso, const Code *code, const Constant *c) {
  const ArrayConstant *array = &code->body->arrays[c->a];
  ValueArray *values = TRY(value_array_new(iso, array->count));
  for (u32 i = 0; i < array->count; i++) {
    Value v = TRY(array_element_constant(iso, code, array->constants[i]));
    slot_set(iso, values, &values->values[i], v == runtime_empty ? VALUE_EMPTY : v);
  }
  return value_from_cell(values);
}

// VALUE_EMPTY with no exception: made when first used.
static Value constant_value(Isolate *iso, Code *code, const Constant *c) {
  switch (c->kind) {
  case CONST_INT: return value_from_int((i32)c->a);
  case CONST_DOUBLE: return value_from_bits(c->bits);
  case CONST_RAW_DOUBLE: return value_from_bits(c->bits);
  case CONST_SPECIAL: return value_from_bits(c->a);
  case CONST_STRING: return string_constant(iso, code, c->a);
  case CONST_KEY: return (Value)string_key(iso, code, c->a);
  case CONST_BIGINT: return bigint_constant(iso, code->body, c->a);
  case CONST_FUNCTION:
    return value_from_cell(code_new(iso, code->realm, code->body->functions[c->a], slot_get(&code->host_defined)));
  case CONST_REGEXP: return regexp_constant(iso, code, c);
  case CONST_ARRAY: return array_constant(iso, code, c);
  default: return VALUE_EMPTY; // templates and shapes
  }
}

static bool materialise_constants(Isolate *iso, Code *code) {
  for (u32 i = 0; i < code->constant_count; i++) {
    Value v = constant_value(iso, code, &code->body->constants[i]);
    if (UNLIKELY(!v) && isolate_has_exception(iso)) return false;
    code->constants[i] = v;
    gc_barrier(&iso->heap, &code->cell);
  }
  return true;
}

static const CodeBody *block_body(Isolate *iso, CodeBlock *block) {
  const CodeBody *body = atomic_load_explicit(&block->body, memory_order_acquire);
  return body ? body : iso->hooks->compile_lazy(iso, block);
}

bool code_prepare(Isolate *iso, Code *code) {
  if (code->feedback) return true;
  const CodeBody *body = TRY(block_body(iso, code->block));
  size_t ics = (size_t)body->ic_count * sizeof(InlineCache), constants = (size_t)body->constant_count * sizeof(Value);
  size_t keys = (size_t)body->string_count * sizeof(PropertyKey);
  size_t size = keys + ics + constants + (size_t)body->word_count * 4;
  char *memory = base_try_alloc_zeroed(size + sizeof(InlineCache));
  if (!memory) {
    throw_out_of_memory(iso);
    return false;
  }
  gc_adjust_external(&iso->heap, (ptrdiff_t)size);
  code->body = body;
  code->feedback = memory;
  code->feedback_size = (u32)MIN(size, (size_t)INT32_MAX);
  code->ic_count = body->ic_count;
  code->constants = (Value *)(void *)(memory + keys + ics);
  code->bytecode = (u32 *)(void *)(memory + keys + ics + constants);
  memcpy(code->bytecode, body->words, (size_t)body->word_count * 4);
  code->constant_count = body->constant_count;
  code->register_count = body->register_count;
  code->param_count = code->block->param_count;
  if (!materialise_constants(iso, code)) {
    code->constant_count = 0;
    code->ic_count = 0;
    code->feedback = NULL;
    gc_adjust_external(&iso->heap, -(ptrdiff_t)size);
    base_free(memory);
    return false;
  }
  // The check of a fast call leaves room for a callee's window header.
  if (!(code->flags & CODE_NEEDS_SURPLUS)) code->frame_need = body->register_count + FRAME_HEADER;
  return true;
}

// ---- Constants made on first use ----

Shape *code_literal_shape(Isolate *iso, Code *code, u32 constant) {
  const ShapeConstant *literal = &code->body->shapes[code->body->constants[constant].a];
  Realm *realm = code->realm;
  u16 cap = (u16)((literal->count + 1) & ~1u);
  Shape *root = shape_root(iso, value_from_cell(realm_intrinsic(iso, realm, INTRINSIC_OBJECT_PROTOTYPE)), KIND_OBJECT,
                           sizeof(JSObject), cap, 0);
  JSObject *model = obj_new(iso, root);
  for (u32 i = 0; i < literal->count; i++) {
    PropertyKey key = string_key(iso, code, literal->keys[i]);
    obj_put_direct(iso, model, key, VALUE_UNDEFINED, ATTR_ALL);
  }
  Shape *shape = obj_shape(iso, model);
  ASSERT(!(shape->flags & SHAPE_UNIQUE));
  code->constants[constant] = value_from_cell(shape);
  gc_barrier(&iso->heap, &code->cell);
  return shape;
}

static bool freeze_strings(Isolate *iso, JSObject *array, const Code *code, const u32 *numbers, u32 count) {
  for (u32 i = 0; i < count; i++) {
    Value v = numbers[i] == UINT32_MAX ? VALUE_UNDEFINED : TRY(string_constant(iso, code, numbers[i]));
    TRY(array_push_value(iso, array, v));
  }
  return true;
}

// GetTemplateObject (13.2.8.4): one frozen array per site.
Value slow_template_object(Isolate *iso, Code *code, u32 constant) {
  if (code->constants[constant]) return code->constants[constant];
  const TemplateConstant *t = &code->body->templates[code->body->constants[constant].a];
  JSObject *cooked = TRY(array_create(iso, 0));
  JSObject *raw = TRY(array_create(iso, 0));
  TRY(freeze_strings(iso, cooked, code, t->cooked, t->count));
  TRY(freeze_strings(iso, raw, code, t->raw, t->count));
  TRY(set_integrity_level(iso, raw, INTEGRITY_FROZEN));
  PropertyDescriptor desc = {.value = value_from_cell(raw), .attrs = 0, .has = HAS_ALL_DATA};
  TRY(define_property_or_throw(iso, cooked, ATOM(raw), &desc));
  TRY(set_integrity_level(iso, cooked, INTEGRITY_FROZEN));
  code->constants[constant] = value_from_cell(cooked);
  gc_barrier(&iso->heap, &code->cell);
  return value_from_cell(cooked);
}

Value slow_new_array_const(Isolate *iso, Code *code, u32 constant) {
  ValueArray *values = (ValueArray *)code->constants[constant];
  return value_from_cell(array_from_values(iso, (const Value *)(const void *)values->values, (u32)values->count));
}

Value slow_new_regexp(Isolate *iso, Code *code, u32 constant) {
  ValueArray *parts = (ValueArray *)code->constants[constant];
  Value model = slot_get(&parts->values[2]);
  if (!model) {
    model =
        TRY(iso->hooks->regexp_create(iso, value_string(slot_get(&parts->values[0])), value_string(slot_get(&parts->values[1]))));
    slot_set(iso, parts, &parts->values[2], model);
  }
  return iso->hooks->regexp_clone(iso, model);
}

PropertyKey ic_key(Isolate *iso, const Code *code, u32 ic) { return string_key(iso, code, code->body->ic_keys[ic]); }
