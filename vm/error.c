// SPDX-License-Identifier: MIT
// Making and throwing errors, and the short texts of values in their messages. Nothing here runs JS.
// Tests: tests/js/fundamental/ (messages), and every test that reads a message.
#include "vm/error.h"

#include "vm/bigint.h"
#include "vm/cells.h"
#include "vm/kinds.h"

#include <stdarg.h>

typedef struct ErrorMessage {
  const char *format;
  u16 prototype; // intrinsic
} ErrorMessage;
static const ErrorMessage messages[ERR_COUNT] = {
#define ERROR_DEF(NAME, type, format) {format, INTRINSIC_##type##_ERROR_PROTOTYPE},
#include "vm/errors.def"
#undef ERROR_DEF
};

// ---- Throwing ----

void *throw_value(Isolate *iso, Value v) {
  iso->exception = v;
  return NULL;
}

JSObject *error_new(Isolate *iso, u32 prototype_intrinsic, String *message) {
  JSError *error = TRY((JSError *)obj_new_kind(iso, KIND_ERROR, intrinsic(iso, prototype_intrinsic)));
  TRY(error_capture_stack(iso, &error->object, VALUE_UNDEFINED));
  if (message) obj_put_direct(iso, &error->object, ATOM(message), value_from_cell(message), ATTR_METHOD);
  return &error->object;
}

static String *string_of_error(Isolate *iso, JSObject *o);

static void *throw_text(Isolate *iso, u32 prototype, const char *text, size_t size) {
  String *message = TRY(str_new_utf8(iso, text, size));
  JSObject *error = TRY(error_new(iso, prototype, message));
  // The heap is full: receivers in the captured frames may be what fills it.
  if (UNLIKELY(iso->heap.over_limit)) error_settle_stack(iso, (JSError *)error, string_of_error(iso, error));
  return throw_value(iso, value_from_object(error));
}

static void *throw_formatted(Isolate *iso, u32 prototype, const char *format, va_list args) {
  char small[256];
  va_list again;
  va_copy(again, args);
  int size = vsnprintf(small, sizeof small, format, args);
  Bytes *large = size >= (int)sizeof small ? bytes_new(iso, (u64)size + 1) : NULL;
  if (large) vsnprintf((char *)large->data, (size_t)size + 1, format, again);
  va_end(again);
  if (size < 0) size = 0;
  if (size >= (int)sizeof small && !large) return NULL;
  return throw_text(iso, prototype, large ? (char *)large->data : small, (size_t)size);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void *throw_error(Isolate *iso, enum ErrorId id, ...) {
  va_list args;
  va_start(args, id);
  void *result = throw_formatted(iso, messages[id].prototype, messages[id].format, args);
  va_end(args);
  return result;
}

void *throw_error_message(Isolate *iso, u32 error_prototype_intrinsic, const char *format, ...) {
  va_list args;
  va_start(args, format);
  void *result = throw_formatted(iso, error_prototype_intrinsic, format, args);
  va_end(args);
  return result;
}
#pragma GCC diagnostic pop

void *throw_stack_overflow(Isolate *iso) { return THROW(iso, STACK_OVERFLOW); }

void *throw_out_of_memory(Isolate *iso) { return THROW(iso, OUT_OF_MEMORY); }

// ---- Looking at objects without disturbing them ----

bool error_lookup_data(Isolate *iso, JSObject *o, PropertyKey key, Value *v) {
  for (u32 depth = 0; o && depth < 10000; depth++) {
    if (o->cell.kind == KIND_PROXY) return false;
    if (obj_get_own_direct(iso, o, key, v)) return true;
    const Shape *shape = obj_shape(iso, o);
    PropertySlot slot;
    if (shape->count && shape_lookup(shape, key, &slot)) return false; // an accessor
    Value proto = slot_get(&shape->proto);
    o = value_is_object(proto) ? value_object(proto) : NULL;
  }
  return false;
}

String *error_function_name(Isolate *iso, Value function) {
  if (!value_is_object(function)) return NULL;
  JSObject *f = value_object(function);
  Value name;
  if (f->cell.kind == KIND_PROXY) return NULL;
  if (obj_get_own_direct(iso, f, ATOM(name), &name)) {
    return value_is_string(name) && value_string(name)->length ? str_flatten(iso, value_string(name)) : NULL;
  }
  if (f->cell.kind != KIND_FUNCTION || !(obj_shape(iso, f)->flags & SHAPE_LAZY_FUNCTION)) return NULL;
  const CodeBlock *block = ref_get(((JSFunction *)f)->code)->block;
  return block->name_length ? str_new_utf8(iso, block->name, block->name_length) : NULL;
}

String *error_class_name(Isolate *iso, JSObject *o) {
  Value v;
  if (o->cell.kind == KIND_PROXY) return NULL;
  if (error_lookup_data(iso, o, SYM(toStringTag), &v) && value_is_string(v)) return value_string(v);
  if (error_lookup_data(iso, o, ATOM(constructor), &v)) return error_function_name(iso, v);
  return NULL;
}

// ---- Texts ----

static const char *text_of_string(Isolate *iso, String *s) {
  size_t size;
  char *utf8 = s ? str_to_utf8(iso, s, &size) : NULL;
  Bytes *bytes = utf8 ? bytes_new(iso, size + 1) : NULL;
  if (bytes) memcpy(bytes->data, utf8, size);
  base_free(utf8);
  if (bytes) return (const char *)bytes->data;
  (void)isolate_take_exception(iso);
  return "...";
}

const char *error_text_of_string(Isolate *iso, String *s) { return text_of_string(iso, s); }

static String *string_of_error(Isolate *iso, JSObject *o) {
  Value name = VALUE_UNDEFINED, message = VALUE_UNDEFINED;
  (void)error_lookup_data(iso, o, ATOM(name), &name);
  (void)error_lookup_data(iso, o, ATOM(message), &message);
  String *n = value_is_string(name) ? value_string(name) : o->cell.kind != KIND_ERROR ? error_class_name(iso, o) : NULL;
  if (!n) n = ATOM_STRING(Error);
  if (!value_is_string(message) || !value_string(message)->length) return n;
  if (!n->length) return value_string(message);
  return str_concat3(iso, n, TRY(str_new_cstring(iso, ": ")), value_string(message));
}

static const char *builtin_tag(const JSObject *o) {
  switch (o->cell.kind) {
  case KIND_ARRAY: return "Array";
  case KIND_ARGUMENTS: return "Arguments";
  case KIND_ERROR: return "Error";
  case KIND_DATE: return "Date";
  case KIND_REGEXP: return "RegExp";
  case KIND_STRING_OBJECT: return "String";
  case KIND_TYPED_ARRAY: { // V8 has no name for those that can be resized
    const JSTypedArray *t = (const JSTypedArray *)o;
    return ref_get(t->buffer)->flags & BUFFER_RESIZABLE ? "Object" : element_type_name(t->element_type);
  }
  default: return o->cell.flags & OBJ_CALLABLE ? "Function" : "Object";
  }
}

static bool has_default_to_string(Isolate *iso, JSObject *o) {
  Value own, standard;
  JSObject *object_prototype = value_object(intrinsic(iso, INTRINSIC_OBJECT_PROTOTYPE));
  return error_lookup_data(iso, o, ATOM(toString), &own) && obj_get_own_direct(iso, object_prototype, ATOM(toString), &standard) &&
         own == standard;
}

static String *string_of_object(Isolate *iso, JSObject *o) {
  while (o->cell.kind == KIND_PROXY && value_is_object(slot_get(&((JSProxy *)o)->target))) {
    o = value_object(slot_get(&((JSProxy *)o)->target));
  }
  if (o->cell.kind == KIND_FUNCTION || o->cell.kind == KIND_NATIVE_FUNCTION || o->cell.kind == KIND_BOUND_FUNCTION) {
    return function_to_string(iso, o);
  }
  if (o->cell.kind == KIND_ERROR) return string_of_error(iso, o);
  if (o->cell.kind == KIND_PROXY) return str_new_cstring(iso, o->cell.flags & OBJ_CALLABLE ? "[object Function]" : "#<Object>");
  Value v;
  if (has_default_to_string(iso, o) && error_lookup_data(iso, o, ATOM(constructor), &v)) {
    String *name = error_function_name(iso, v);
    if (name) return str_concat3(iso, TRY(str_new_cstring(iso, "#<")), name, TRY(str_new_cstring(iso, ">")));
  }
  String *tag = error_lookup_data(iso, o, SYM(toStringTag), &v) && value_is_string(v) ? value_string(v)
                                                                                      : str_new_cstring(iso, builtin_tag(o));
  return str_concat3(iso, TRY(str_new_cstring(iso, "[object ")), TRY(tag), TRY(str_new_cstring(iso, "]")));
}

static String *string_of_value(Isolate *iso, Value v) {
  if (value_is_number(v)) return number_to_string(iso, value_number(v), 10);
  if (value_is_undefined(v)) return ATOM_STRING(undefined);
  if (value_is_null(v)) return ATOM_STRING(null);
  if (value_is_boolean(v)) return v == VALUE_TRUE ? ATOM_STRING(true) : ATOM_STRING(false);
  if (!value_is_cell(v) || v == VALUE_EMPTY) return ATOM_STRING(undefined);
  if (value_is_string(v)) return value_string(v);
  if (value_is_symbol(v)) return key_to_display_string(iso, key_from_cell(value_cell(v)));
  if (value_is_bigint(v)) return bigint_to_string(iso, value_bigint(v), 10);
  return string_of_object(iso, value_object(v));
}

// The exception that waits must not get lost when a text cannot be made.
static const char *text_of_value(Isolate *iso, Value v) {
  Value pending = iso->exception;
  const char *text = text_of_string(iso, string_of_value(iso, v));
  iso->exception = pending;
  return text;
}

const char *error_text_of_value(Isolate *iso, Value v) { return text_of_value(iso, v); }

const char *error_text_of_key(Isolate *iso, PropertyKey key) { return text_of_string(iso, key_to_display_string(iso, key)); }

const char *error_text_of_exception(Isolate *iso, Value exception) {
  if (value_is_object(exception) && value_cell(exception)->kind != KIND_FUNCTION) {
    Value message;
    JSObject *o = value_object(exception);
    if (o->cell.kind != KIND_PROXY && error_lookup_data(iso, o, ATOM(message), &message)) {
      Value pending = iso->exception;
      const char *text = text_of_string(iso, string_of_error(iso, o));
      iso->exception = pending;
      return text;
    }
  }
  return text_of_value(iso, exception);
}
