// SPDX-License-Identifier: MIT
// Stack traces: capturing the frames of the running code, writing them as V8 does (tools parse that text), and the `stack`
// property of errors. A captured frame is a function, its receiver and a pc; everything else is found out when somebody
// reads `stack`, which is rare compared with how often errors are made.
// Tests: tests/js/fundamental/error_stack.js, tests/node/.
#include "vm/stack_trace_internal.h"

#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/generator.h"
#include "vm/interp.h"
#include "vm/promise.h"

enum { STACK_LIMIT_MAX = 10000 };

// ---- Capture ----

typedef struct FrameWalk {
  Value *fp;
  const u32 *pc;  // in the frame's bytecode; NULL: none
  bool is_return; // pc is where the frame goes on after a call
} FrameWalk;

static FrameWalk walk_start(Isolate *iso) { return (FrameWalk){iso->fp, iso->pc, false}; }

static void walk_next(FrameWalk *walk) {
  walk->pc = (const u32 *)(uintptr_t)value_bits(walk->fp[-3]);
  walk->fp = (Value *)(uintptr_t)value_bits(walk->fp[-2]);
  walk->is_return = true;
}

static bool has_function(const FrameWalk *walk) { return value_is_object(walk->fp[-4]) && walk->fp[-4] != VALUE_EMPTY; }

static bool is_shown(const FrameWalk *walk) {
  if (!has_function(walk)) return false;
  Value f = walk->fp[-4];
  return value_cell(f)->kind != KIND_NATIVE_FUNCTION || !(((JSNativeFunction *)value_object(f))->native_flags & NATIVE_UNSEEN);
}

static void describe_frame(const FrameWalk *walk, StackFrameInfo *info) {
  Value callee = walk->fp[-4];
  u32 flags = frame_flags(walk->fp);
  *info = (StackFrameInfo){.pc = UINT32_MAX, .function = callee, .this_value = walk->fp[0]};
  info->is_construct = flags & FRAME_CONSTRUCT;
  if (value_cell(callee)->kind != KIND_FUNCTION || flags & FRAME_NATIVE) return;
  const Code *code = ref_get(((JSFunction *)value_object(callee))->code);
  info->block = code->block;
  if (!walk->pc || !code->bytecode) return;
  u32 word = (u32)(walk->pc - code->bytecode);
  info->pc = walk->is_return && word ? word - 1 : word;
}

// The function that waits (with await) for the promise of the generator `g`: NULL when nobody does, or several.
static JSGenerator *awaiting_generator(JSGenerator *g) {
  Value promise = VALUE_UNDEFINED;
  if (g->object.cell.kind == KIND_ASYNC_FUNCTION_STATE) promise = slot_get(&g->promise);
  if (!value_is_promise(promise)) return NULL;
  const PromiseReaction *reaction = ref_get(((JSPromise *)value_object(promise))->reactions);
  if (!reaction || reaction->type != REACTION_AWAIT || ref_get(reaction->next)) return NULL;
  return (JSGenerator *)value_object(slot_get(&reaction->on_fulfilled));
}

static bool describe_suspended(JSGenerator *g, StackFrameInfo *info) {
  const SuspendedFrame *frame = ref_get(g->frame);
  if (!frame || frame->count < 3) return false;
  Value callee = slot_get(&frame->words[1]);
  if (!value_is_kind(callee, KIND_FUNCTION)) return false;
  const Code *code = ref_get(((JSFunction *)value_object(callee))->code);
  *info = (StackFrameInfo){.block = code->block, .function = callee, .this_value = slot_get(&frame->words[2]), .is_async = true};
  info->pc = frame->resume_word ? frame->resume_word - 1 : 0;
  return true;
}

// Fills at most `limit` frames (frames NULL: only counts them).
static u32 collect_frames(Isolate *iso, u32 limit, Value skip_until, StackFrameInfo *frames) {
  u32 count = 0;
  bool skipping = !value_is_undefined(skip_until);
  StackFrameInfo info;
  for (FrameWalk walk = walk_start(iso); walk.fp && count < limit; walk_next(&walk)) {
    if (!is_shown(&walk)) continue;
    if (skipping) {
      skipping = walk.fp[-4] != skip_until;
      continue;
    }
    describe_frame(&walk, &info);
    if (frames) frames[count] = info;
    count++;
  }
  if (skipping || iso->running_async == VALUE_EMPTY) return count;
  JSGenerator *g = awaiting_generator((JSGenerator *)value_object(iso->running_async));
  for (; g && count < limit && describe_suspended(g, &info); g = awaiting_generator(g)) {
    if (frames) frames[count] = info;
    count++;
  }
  return count;
}

u32 stack_trace_frames(Isolate *iso, u32 limit, StackFrameInfo *frames) {
  u32 count = 0;
  Value entering = iso->entering;
  if (limit && entering != VALUE_EMPTY && value_is_kind(entering, KIND_FUNCTION)) {
    const Code *code = ref_get(((JSFunction *)value_object(entering))->code);
    frames[count++] = (StackFrameInfo){.block = code->block, .pc = UINT32_MAX, .function = entering};
  }
  for (FrameWalk walk = walk_start(iso); walk.fp && count < limit; walk_next(&walk)) {
    if (is_shown(&walk)) describe_frame(&walk, &frames[count++]);
  }
  return count;
}

StackTrace *stack_trace_capture(Isolate *iso, u32 limit, Value skip_until) {
  u32 count = collect_frames(iso, limit, skip_until, NULL);
  size_t size = sizeof(StackTrace) + count * sizeof(StackFrameInfo);
  StackTrace *trace = (StackTrace *)gc_try_alloc(heap_of(iso), size, KIND_STACK_TRACE);
  if (!trace) return throw_out_of_memory(iso);
  trace->count = collect_frames(iso, count, skip_until, trace->frames);
  return trace;
}

// ---- Facts about a frame ----

bool stack_frame_position(const StackFrameInfo *frame, const char **file, u32 *line, u32 *column) {
  if (!frame->block || !frame->block->source) return false;
  const CodeBody *body = atomic_load_explicit(&frame->block->body, memory_order_acquire);
  u32 offset = body && frame->pc != UINT32_MAX ? code_body_source_offset(body, frame->pc) : frame->block->start;
  *file = frame->block->source->name;
  source_text_position(frame->block->source, offset, line, column);
  return true;
}

bool error_thrown_position(Isolate *iso, Value exception, const char **file, u32 *line, u32 *column) {
  const struct ThrownAt *at = &iso->thrown_at;
  if (at->exception == VALUE_EMPTY || at->exception != exception || !value_is_kind(at->function, KIND_FUNCTION)) return false;
  CodeBlock *block = ref_get(((JSFunction *)value_object(at->function))->code)->block;
  StackFrameInfo frame = {.block = block, .pc = at->pc, .function = at->function};
  return stack_frame_position(&frame, file, line, column);
}

bool stack_current_position(Isolate *iso, const char **file, u32 *line, u32 *column) {
  for (FrameWalk walk = walk_start(iso); walk.fp; walk_next(&walk)) {
    StackFrameInfo info;
    if (!has_function(&walk)) continue;
    describe_frame(&walk, &info);
    if (stack_frame_position(&info, file, line, column)) return true;
  }
  return false;
}

bool stack_frame_is_toplevel(Isolate *iso, const StackFrameInfo *frame) {
  Value v = frame->this_value;
  if (v == VALUE_EMPTY || value_is_nullish(v)) return true;
  (void)iso;
  return value_is_kind(v, KIND_GLOBAL_OBJECT);
}

String *stack_frame_type_name(Isolate *iso, const StackFrameInfo *frame) {
  Value v = frame->this_value;
  if (v == VALUE_EMPTY || value_is_nullish(v)) return NULL;
  if (value_is_boolean(v)) return ATOM_STRING(Boolean);
  if (value_is_number(v)) return ATOM_STRING(Number);
  if (value_is_string(v)) return ATOM_STRING(String);
  if (value_is_symbol(v)) return ATOM_STRING(Symbol);
  if (value_is_bigint(v)) return ATOM_STRING(BigInt);
  if (!value_is_object(v)) return NULL;
  JSObject *o = value_object(v);
  if (o->cell.kind == KIND_PROXY) return ATOM_STRING(Proxy);
  if (o->cell.flags & OBJ_CALLABLE && value_is_constructor(v)) { // static methods: Foo.bar
    String *name = error_function_name(iso, v);
    return name ? name : ATOM_STRING(Function);
  }
  String *name = error_class_name(iso, o);
  return name ? name : ATOM_STRING(Object);
}

static bool slot_holds(Value content, Value function) {
  if (content == function) return true;
  if (!value_is_kind(content, KIND_ACCESSOR)) return false;
  const Accessor *accessor = (const Accessor *)value_cell(content);
  return slot_get(&accessor->getter) == function || slot_get(&accessor->setter) == function;
}

static PropertyKey key_of_function(Isolate *iso, JSObject *o, Value function) {
  const Shape *shape = obj_shape(iso, o);
  if (shape->flags & SHAPE_EXOTIC || !shape->count) return NULL;
  const PropertyEntry *entries = shape_entries(shape);
  for (u32 i = 0; i < shape->count; i++) {
    if (entries[i].key && slot_holds(slot_get(obj_slot_at(o, shape, entries[i].slot)), function)) return entries[i].key;
  }
  return NULL;
}

String *stack_frame_method_name(Isolate *iso, const StackFrameInfo *frame) {
  if (!value_is_object(frame->this_value) || value_is_kind(frame->this_value, KIND_PROXY)) return NULL;
  String *name = error_function_name(iso, frame->function);
  JSObject *o = value_object(frame->this_value);
  for (u32 depth = 0; o && depth < 100; depth++) {
    PropertyKey key = key_of_function(iso, o, frame->function);
    if (key && key_is_atom(key)) {
      String *found = (String *)key_cell(key);
      // The name that the function carries wins over an alias in the same object.
      Value own;
      PropertyKey named = name ? key_from_string(iso, name) : NULL;
      if (named && !key_is_index(named) && obj_get_own_direct(iso, o, named, &own) && own == frame->function) return name;
      return found;
    }
    Value proto = slot_get(&obj_shape(iso, o)->proto);
    o = value_is_object(proto) && !value_is_kind(proto, KIND_PROXY) ? value_object(proto) : NULL;
  }
  return NULL;
}

// ---- Text ----

static void append_u32(StringBuilder *sb, u32 n) {
  char digits[12];
  snprintf(digits, sizeof digits, "%u", n);
  sb_append_ascii(sb, digits);
}

static void append_location(StringBuilder *sb, const StackFrameInfo *frame) {
  const char *file;
  u32 line, column;
  if (!stack_frame_position(frame, &file, &line, &column)) {
    sb_append_ascii(sb, "<anonymous>");
    return;
  }
  if (*file) sb_append_utf8(sb, file, strlen(file));
  else sb_append_ascii(sb, "<anonymous>");
  sb_append_ascii(sb, ":");
  append_u32(sb, line);
  sb_append_ascii(sb, ":");
  append_u32(sb, column);
}

static bool starts_with(Isolate *iso, String *s, String *prefix) {
  return str_flatten(iso, s) && str_flatten(iso, prefix) && prefix->length <= s->length && str_index_of_flat(s, prefix, 0) == 0;
}

// True for "method", "get method" and "Class.method" with the method's name.
static bool ends_with_method(Isolate *iso, String *s, String *method) {
  if (!str_flatten(iso, s) || !str_flatten(iso, method) || method->length > s->length) return false;
  u32 at = s->length - method->length;
  if (str_last_index_of_flat(s, method, at) != (i64)at) return false;
  if (!at) return true;
  u16 before = str_char_at_flat(s, at - 1);
  return before == '.' || before == ' ';
}

static void append_method_call(StringBuilder *sb, const StackFrameInfo *frame, String *name) {
  Isolate *iso = sb->iso;
  String *type = stack_frame_type_name(iso, frame);
  String *method = stack_frame_method_name(iso, frame);
  if (type && (!name || !starts_with(iso, name, type))) {
    sb_append(sb, type);
    sb_append_ascii(sb, ".");
  }
  if (!name) {
    if (method) sb_append(sb, method);
    else sb_append_ascii(sb, "<anonymous>");
    return;
  }
  sb_append(sb, name);
  if (!method || ends_with_method(iso, name, method)) return;
  sb_append_ascii(sb, " [as ");
  sb_append(sb, method);
  sb_append_ascii(sb, "]");
}

void stack_frame_append(StringBuilder *sb, const StackFrameInfo *frame) {
  String *name = error_function_name(sb->iso, frame->function);
  if (frame->is_async) sb_append_ascii(sb, "async ");
  if (frame->is_construct) {
    sb_append_ascii(sb, "new ");
    if (name) sb_append(sb, name);
    else sb_append_ascii(sb, "<anonymous>");
  } else if (!frame->is_async && !stack_frame_is_toplevel(sb->iso, frame)) {
    append_method_call(sb, frame, name);
  } else if (name) {
    sb_append(sb, name);
  } else {
    append_location(sb, frame);
    return;
  }
  sb_append_ascii(sb, " (");
  append_location(sb, frame);
  sb_append_ascii(sb, ")");
}

static void append_frames(StringBuilder *sb, const StackTrace *trace) {
  for (u32 i = 0; i < trace->count; i++) {
    sb_append_ascii(sb, "\n    at ");
    stack_frame_append(sb, &trace->frames[i]);
  }
}

String *stack_trace_format(Isolate *iso, const StackTrace *trace) {
  StringBuilder sb;
  sb_init(&sb, iso);
  append_frames(&sb, trace);
  return sb_finish(&sb);
}

// ---- The value of `stack` ----

static String *header_part(Isolate *iso, JSObject *error, PropertyKey key, String *when_undefined) {
  Value v = TRY(obj_get(iso, error, key));
  return value_is_undefined(v) ? when_undefined : to_string(iso, v);
}

// Error.prototype.toString's steps. Runs JS.
static String *error_header(Isolate *iso, JSObject *error) {
  String *name = TRY(header_part(iso, error, ATOM(name), ATOM_STRING(Error)));
  String *message = TRY(header_part(iso, error, ATOM(message), ATOM_STRING(empty)));
  if (!name->length) return message;
  if (!message->length) return name;
  return str_concat3(iso, name, TRY(str_new_cstring(iso, ": ")), message);
}

static Value default_stack(Isolate *iso, JSObject *error, const StackTrace *trace) {
  String *header = error_header(iso, error);
  StringBuilder sb;
  if (!header) {
    if (iso->terminating) return VALUE_FAIL;
    (void)isolate_take_exception(iso);
    header = TRY(str_new_cstring(iso, "<error>"));
  }
  sb_init(&sb, iso);
  sb_append(&sb, header);
  append_frames(&sb, trace);
  return value_from_cell(TRY(sb_finish(&sb)));
}

// Error.prepareStackTrace of the running realm decides, when it is a function. Runs JS.
static Value format_stack(Isolate *iso, JSObject *error, const StackTrace *trace) {
  Value prepare, constructor = intrinsic(iso, INTRINSIC_ERROR);
  if (iso->in_prepare_stack_trace || !obj_get_own_direct(iso, value_object(constructor), ATOM(prepareStackTrace), &prepare) ||
      !value_is_callable(prepare)) {
    return default_stack(iso, error, trace);
  }
  Value sites = TRY(stack_trace_call_sites(iso, trace));
  iso->in_prepare_stack_trace = true;
  Value result = CALL2(iso, prepare, constructor, value_from_object(error), sites);
  iso->in_prepare_stack_trace = false;
  return result;
}

static Value stack_of_error(Isolate *iso, JSError *error) {
  Value v = slot_get(&error->stack_value);
  if (v != VALUE_EMPTY) return v;
  StackTrace *trace = ref_get(error->trace);
  if (!trace) return VALUE_UNDEFINED;
  v = TRY(format_stack(iso, &error->object, trace));
  slot_set(iso, error, &error->stack_value, v);
  ref_set(iso, error, &error->trace, NULL);
  return v;
}

void error_settle_stack(Isolate *iso, JSError *error, String *header) {
  StackTrace *trace = ref_get(error->trace);
  StringBuilder sb;
  sb_init(&sb, iso);
  if (header) sb_append(&sb, header);
  if (trace) append_frames(&sb, trace);
  String *text = sb_finish(&sb);
  iso->exception = VALUE_EMPTY;
  slot_set(iso, error, &error->stack_value, text ? value_from_cell(text) : VALUE_UNDEFINED);
  ref_set(iso, error, &error->trace, NULL);
}

// ---- `stack` in an Error object: an Accessor that all errors share, shown to reflection as a data property ----

static bool is_internal_stack(Isolate *iso, JSObject *o, PropertyKey key, PropertySlot *slot) {
  if (key != ATOM(stack)) return false;
  const Shape *shape = obj_shape(iso, o);
  if (!shape_lookup(shape, key, slot) || !(slot->attrs & ATTR_ACCESSOR)) return false;
  return value_cell(slot_get(obj_slot_at(o, shape, slot->slot))) == ref_get(iso->error_stack_accessor);
}

// From now on an ordinary data property.
static bool materialise_stack(Isolate *iso, JSError *error, Value v) {
  PropertyDescriptor desc = {.value = v, .attrs = ATTR_METHOD, .has = HAS_ALL_DATA};
  ref_set(iso, error, &error->trace, NULL);
  slot_set(iso, error, &error->stack_value, VALUE_EMPTY);
  return ordinary_define_own_property(iso, &error->object, ATOM(stack), &desc) == TRI_YES;
}

static Value stack_getter(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return VALUE_UNDEFINED;
  PropertySlot slot;
  JSObject *o = value_object(call->this_value); // or an object that inherits from the error
  for (u32 depth = 0; depth < 10000; depth++) {
    if (o->cell.kind == KIND_ERROR && is_internal_stack(iso, o, ATOM(stack), &slot)) return stack_of_error(iso, (JSError *)o);
    Value proto = slot_get(&obj_shape(iso, o)->proto);
    if (!value_is_object(proto) || o->cell.kind == KIND_PROXY) break;
    o = value_object(proto);
  }
  return VALUE_UNDEFINED;
}

static Value stack_setter(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return VALUE_UNDEFINED;
  PropertySlot slot;
  JSObject *o = value_object(call->this_value);
  if (o->cell.kind == KIND_ERROR && is_internal_stack(iso, o, ATOM(stack), &slot)) {
    slot_set(iso, o, &((JSError *)o)->stack_value, call_arg(call, 0));
    ref_set(iso, o, &((JSError *)o)->trace, NULL);
    return VALUE_UNDEFINED;
  }
  TRY(create_data_property(iso, o, ATOM(stack), call_arg(call, 0)));
  return VALUE_UNDEFINED;
}

static Accessor *stack_accessor(Isolate *iso) {
  if (ref_get(iso->error_stack_accessor)) return (Accessor *)ref_get(iso->error_stack_accessor);
  JSNativeFunction *getter = TRY(native_function_new(iso, stack_getter, ATOM(stack), 0, 0));
  JSNativeFunction *setter = TRY(native_function_new(iso, stack_setter, ATOM(stack), 1, 0));
  Accessor *accessor = (Accessor *)gc_alloc(heap_of(iso), sizeof(Accessor), KIND_ACCESSOR);
  slot_init(&accessor->getter, value_from_object(getter));
  slot_init(&accessor->setter, value_from_object(setter));
  ref_init(&iso->error_stack_accessor, &accessor->cell); // a root
  return accessor;
}

static u32 stack_trace_limit(Isolate *iso) { // UINT32_MAX: no trace at all
  Value v;
  JSObject *constructor = value_object(intrinsic(iso, INTRINSIC_ERROR));
  if (!obj_get_own_direct(iso, constructor, ATOM(stackTraceLimit), &v) || !value_is_number(v)) return UINT32_MAX;
  double d = value_number(v);
  if (!(d > 0)) return 0;
  return d > STACK_LIMIT_MAX ? STACK_LIMIT_MAX : (u32)d;
}

static bool has_own_stack_slot(Isolate *iso, JSObject *o) {
  PropertySlot slot;
  return shape_lookup(obj_shape(iso, o), ATOM(stack), &slot);
}

bool error_capture_stack(Isolate *iso, JSObject *o, Value constructor_opt) {
  u32 limit = stack_trace_limit(iso);
  if (limit == UINT32_MAX) return true;
  StackTrace *trace = TRY(stack_trace_capture(iso, limit, constructor_opt));
  PropertySlot slot;
  if (o->cell.kind == KIND_ERROR) {
    JSError *error = (JSError *)o;
    Accessor *accessor = TRY(stack_accessor(iso));
    bool internal = is_internal_stack(iso, o, ATOM(stack), &slot);
    if (internal || (!has_own_stack_slot(iso, o) && !(obj_shape(iso, o)->flags & SHAPE_NON_EXTENSIBLE))) {
      ref_set(iso, error, &error->trace, trace);
      slot_set(iso, error, &error->stack_value, VALUE_EMPTY);
      if (!internal) obj_put_direct(iso, o, ATOM(stack), value_from_cell(accessor), ATTR_ACCESSOR | ATTR_CONFIGURABLE);
      return true;
    }
  }
  Value v = TRY(format_stack(iso, o, trace));
  PropertyDescriptor desc = {.value = v, .attrs = ATTR_METHOD, .has = HAS_ALL_DATA};
  return define_property_or_throw(iso, o, ATOM(stack), &desc);
}

static Tri error_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc) {
  PropertySlot slot;
  if (LIKELY(!is_internal_stack(iso, o, key, &slot))) return ordinary_get_own_property(iso, o, key, desc);
  Value v = TRY(stack_of_error(iso, (JSError *)o));
  *desc = (PropertyDescriptor){.value = v, .attrs = ATTR_METHOD, .has = HAS_ALL_DATA};
  return TRI_YES;
}

static Tri error_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc) {
  PropertySlot slot;
  if (is_internal_stack(iso, o, key, &slot)) {
    Value v = TRY(stack_of_error(iso, (JSError *)o));
    if (is_internal_stack(iso, o, key, &slot)) TRY(materialise_stack(iso, (JSError *)o, v));
  }
  return ordinary_define_own_property(iso, o, key, desc);
}

const InternalMethods error_methods = {
    .get_prototype_of = ordinary_get_prototype_of,
    .set_prototype_of = ordinary_set_prototype_of,
    .is_extensible = ordinary_is_extensible,
    .prevent_extensions = ordinary_prevent_extensions,
    .get_own_property = error_get_own_property,
    .define_own_property = error_define_own_property,
    .has_property = ordinary_has_property,
    .get = ordinary_get,
    .set = ordinary_set,
    .delete_property = ordinary_delete,
    .own_property_keys = ordinary_own_property_keys,
};
