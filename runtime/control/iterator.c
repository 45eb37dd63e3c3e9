// SPDX-License-Identifier: MIT
// Iterator, Iterator.prototype and its helpers (ECMA-262 27.1). A helper is a small state machine instead of the generator that
// the specification describes: `state` is that generator's. Iterator.zip is iterator_zip.c.
// Tests: tests/js/control/iterator*.js
#include "runtime/control/iterator_internal.h"
#include <math.h>

// ---- Abstract operations ----

Tri iterator_record_step(Isolate *iso, Value iterator, Value next, Value *value) {
  Value result = TRY(iterator_next(iso, iterator, next, VALUE_EMPTY));
  Tri done = TRY(iterator_complete(iso, result));
  if (done == TRI_YES) return TRI_NO;
  *value = TRY(iterator_value(iso, result));
  return TRI_YES;
}

bool get_iterator_flattenable(Isolate *iso, Value v, bool strings, Value *iterator, Value *next) {
  if (!value_is_object(v) && !(strings && value_is_string(v))) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, v));
  Value method = TRY(get_method(iso, v, SYM(iterator)));
  if (value_is_undefined(method)) *iterator = v;
  else *iterator = TRY(CALL0(iso, method, v));
  if (!value_is_object(*iterator)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, *iterator));
  *next = TRY(obj_get(iso, value_object(*iterator), ATOM(next)));
  return true;
}

JSIteratorHelper *iterator_helper_new(Isolate *iso, enum HelperKind what) {
  JSIteratorHelper *h = TRY(obj_new_kind(iso, KIND_ITERATOR_HELPER, intrinsic(iso, INTRINSIC_ITERATOR_HELPER_PROTOTYPE)));
  Slot *slots[] = {&h->iterator, &h->next_method, &h->callback, &h->inner_iterator, &h->inner_next_method, &h->extra};
  for (u32 i = 0; i < ARRAY_LEN(slots); i++) slot_init(slots[i], VALUE_UNDEFINED);
  h->what = what;
  h->state = GENERATOR_SUSPENDED_START;
  return h;
}

// The exception that waits wins over whatever closing throws.
static bool close_failed(Isolate *iso, JSIteratorHelper *h) {
  iterator_close(iso, slot_get(&h->iterator));
  return false;
}

static Tri underlying_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  return iterator_record_step(iso, slot_get(&h->iterator), slot_get(&h->next_method), value);
}

static Value next_counter(JSIteratorHelper *h) { return value_from_i64((i64)h->counter++); }

// ---- One step of each helper. YES: *value is yielded; NO: finished ----

static Tri map_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  Tri found = underlying_step(iso, h, value);
  if (found != TRI_YES) return found;
  *value = CALL2(iso, slot_get(&h->callback), VALUE_UNDEFINED, *value, next_counter(h));
  if (!*value) {
    close_failed(iso, h);
    return TRI_FAIL;
  }
  return TRI_YES;
}

static Tri filter_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  for (;;) {
    TRY(isolate_poll(iso));
    Tri found = underlying_step(iso, h, value);
    if (found != TRI_YES) return found;
    Value selected = CALL2(iso, slot_get(&h->callback), VALUE_UNDEFINED, *value, next_counter(h));
    if (!selected) {
      close_failed(iso, h);
      return TRI_FAIL;
    }
    if (to_boolean(iso, selected)) return TRI_YES;
  }
}

static Tri take_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  if (!h->remaining) {
    TRY(iterator_close(iso, slot_get(&h->iterator)));
    return TRI_NO;
  }
  h->remaining--; // infinity stays
  return underlying_step(iso, h, value);
}

static Tri drop_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  for (; h->remaining > 0; h->remaining--) {
    TRY(isolate_poll(iso));
    Value result = TRY(iterator_next(iso, slot_get(&h->iterator), slot_get(&h->next_method), VALUE_EMPTY));
    Tri done = TRY(iterator_complete(iso, result));
    if (done == TRI_YES) return TRI_NO;
  }
  return underlying_step(iso, h, value);
}

static Tri flat_map_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  for (;;) {
    TRY(isolate_poll(iso));
    if (value_is_undefined(slot_get(&h->inner_iterator))) {
      Tri found = underlying_step(iso, h, value);
      if (found != TRI_YES) return found;
      Value inner, next;
      Value mapped = CALL2(iso, slot_get(&h->callback), VALUE_UNDEFINED, *value, next_counter(h));
      if (!mapped || !get_iterator_flattenable(iso, mapped, false, &inner, &next)) {
        close_failed(iso, h);
        return TRI_FAIL;
      }
      slot_set(iso, h, &h->inner_iterator, inner);
      slot_set(iso, h, &h->inner_next_method, next);
    }
    Tri found = iterator_record_step(iso, slot_get(&h->inner_iterator), slot_get(&h->inner_next_method), value);
    if (found == TRI_YES) return TRI_YES;
    slot_set(iso, h, &h->inner_iterator, VALUE_UNDEFINED);
    if (found == TRI_FAIL) {
      close_failed(iso, h);
      return TRI_FAIL;
    }
  }
}

// extra: an array of iterable, method, iterable, method, ...; counter: which is next.
static Tri concat_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  for (;;) {
    TRY(isolate_poll(iso));
    if (value_is_undefined(slot_get(&h->inner_iterator))) {
      JSObject *list = value_object(slot_get(&h->extra));
      if (h->counter * 2 >= array_length(list)) return TRI_NO;
      u32 i = (u32)h->counter++;
      Value iterator = TRY(CALL0(iso, list_get(list, 2 * i + 1), list_get(list, 2 * i)));
      if (!value_is_object(iterator)) {
        THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, iterator));
        return TRI_FAIL;
      }
      Value next = TRY(obj_get(iso, value_object(iterator), ATOM(next)));
      slot_set(iso, h, &h->inner_iterator, iterator);
      slot_set(iso, h, &h->inner_next_method, next);
    }
    Tri found = iterator_record_step(iso, slot_get(&h->inner_iterator), slot_get(&h->inner_next_method), value);
    if (found != TRI_NO) return found;
    slot_set(iso, h, &h->inner_iterator, VALUE_UNDEFINED);
  }
}

// remaining: how many values make a chunk.
static Tri chunks_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  JSObject *chunk = TRY(array_create(iso, 0));
  for (double n = 0; n < h->remaining; n++) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(underlying_step(iso, h, &v));
    if (found == TRI_YES) {
      TRY(array_push_value(iso, chunk, v));
      continue;
    }
    slot_set(iso, h, &h->iterator, VALUE_UNDEFINED); // nothing comes after this chunk, and nothing is to be closed
    if (!n) return TRI_NO;
    break;
  }
  *value = value_from_object(chunk);
  return TRI_YES;
}

// remaining: how many values make a window; extra: the window; callback: true when one that never gets full is yielded.
static Tri windows_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  JSObject *window = value_object(slot_get(&h->extra));
  u32 length = array_length(window);
  if (length == (u32)h->remaining) { // slide
    for (u32 i = 1; i < length; i++) list_set(iso, window, i - 1, list_get(window, i));
  }
  do {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(underlying_step(iso, h, &v));
    if (found == TRI_NO) {
      slot_set(iso, h, &h->iterator, VALUE_UNDEFINED);
      if (slot_get(&h->callback) != VALUE_TRUE || !array_length(window) || length == (u32)h->remaining) return TRI_NO;
      break;
    }
    if (length == (u32)h->remaining) list_set(iso, window, length - 1, v);
    else TRY(array_push_value(iso, window, v));
  } while (array_length(window) < (u32)h->remaining);
  JSObject *copy = TRY(array_from_values(iso, list_values(window), array_length(window)));
  *value = value_from_object(copy);
  return TRI_YES;
}

static Tri helper_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  if (value_is_undefined(slot_get(&h->iterator)) && (h->what == HELPER_CHUNKS || h->what == HELPER_WINDOWS)) return TRI_NO;
  switch (h->what) {
  case HELPER_MAP: return map_step(iso, h, value);
  case HELPER_FILTER: return filter_step(iso, h, value);
  case HELPER_TAKE: return take_step(iso, h, value);
  case HELPER_DROP: return drop_step(iso, h, value);
  case HELPER_FLAT_MAP: return flat_map_step(iso, h, value);
  case HELPER_CONCAT: return concat_step(iso, h, value);
  case HELPER_CHUNKS: return chunks_step(iso, h, value);
  case HELPER_WINDOWS: return windows_step(iso, h, value);
  default: return iterator_zip_step(iso, h, value);
  }
}

// ---- %IteratorHelperPrototype% ----

static JSIteratorHelper *this_helper(Isolate *iso, Value v, const char *method) {
  if (!value_is_kind(v, KIND_ITERATOR_HELPER)) return throw_incompatible(iso, method, v);
  JSIteratorHelper *h = (JSIteratorHelper *)value_object(v);
  if (h->state == GENERATOR_RUNNING) return THROW(iso, GENERATOR_RUNNING);
  return h;
}

static Value iterator_helper_next(Isolate *iso, const Call *call) {
  JSIteratorHelper *h = TRY(this_helper(iso, call->this_value, "Iterator Helper.prototype.next"));
  if (h->state == GENERATOR_COMPLETED) return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  TRY(check_c_stack(iso));
  h->state = GENERATOR_RUNNING;
  Value v = VALUE_UNDEFINED;
  Tri found = helper_step(iso, h, &v);
  h->state = found == TRI_YES ? GENERATOR_SUSPENDED_YIELD : GENERATOR_COMPLETED;
  if (found == TRI_FAIL) return VALUE_FAIL;
  return value_from_object(create_iter_result(iso, found == TRI_YES ? v : VALUE_UNDEFINED, found == TRI_NO));
}

// What a return at the yield (or before the start) closes.
static bool close_helper(Isolate *iso, JSIteratorHelper *h) {
  if (h->what == HELPER_ZIP) return iterator_zip_close(iso, h);
  Value inner = slot_get(&h->inner_iterator), outer = slot_get(&h->iterator);
  if (!value_is_undefined(inner)) {
    bool closed = iterator_close(iso, inner);
    if (value_is_undefined(outer)) return closed;
    if (!closed) return close_failed(iso, h);
  }
  return value_is_undefined(outer) || iterator_close(iso, outer);
}

static Value iterator_helper_return(Isolate *iso, const Call *call) {
  JSIteratorHelper *h = TRY(this_helper(iso, call->this_value, "Iterator Helper.prototype.return"));
  if (h->state != GENERATOR_COMPLETED) {
    bool started = h->state == GENERATOR_SUSPENDED_YIELD;
    h->state = started ? GENERATOR_RUNNING : GENERATOR_COMPLETED;
    bool closed = close_helper(iso, h);
    h->state = GENERATOR_COMPLETED;
    if (!closed) return VALUE_FAIL;
  }
  return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
}

// ---- Iterator.prototype: lazy methods ----

// The receiver, which must be an object.
static JSObject *this_iterator(Isolate *iso, const Call *call, const char *method) {
  return require_object(iso, call->this_value, method);
}

// Throws after closing the receiver: its `next` has not been read yet.
static void *fail_and_close(Isolate *iso, JSObject *o) {
  iterator_close(iso, value_from_object(o));
  return NULL;
}

static JSIteratorHelper *helper_over(Isolate *iso, JSObject *o, enum HelperKind what, Value callback) {
  Value next = TRY(obj_get(iso, o, ATOM(next)));
  JSIteratorHelper *h = TRY(iterator_helper_new(iso, what));
  slot_set(iso, h, &h->iterator, value_from_object(o));
  slot_set(iso, h, &h->next_method, next);
  slot_set(iso, h, &h->callback, callback);
  return h;
}

static Value iterator_lazy_method(Isolate *iso, const Call *call) { // magic: enum HelperKind
  static const char *const names[] = {
      [HELPER_MAP] = "Iterator.prototype.map",
      [HELPER_FILTER] = "Iterator.prototype.filter",
      [HELPER_FLAT_MAP] = "Iterator.prototype.flatMap",
  };
  enum HelperKind what = native_magic(call);
  JSObject *o = TRY(this_iterator(iso, call, names[what]));
  Value callback = call_arg(call, 0);
  if (!value_is_callable(callback)) {
    throw_not_a_function(iso, callback);
    return fail_and_close(iso, o);
  }
  return value_from_object(helper_over(iso, o, what, callback));
}

static bool limit_argument(Isolate *iso, Value v, double *limit) {
  TRY(to_double(iso, v, limit));
  if (isnan(*limit)) return THROW(iso, ITERATOR_LIMIT, error_text_of_value(iso, v));
  *limit = trunc(*limit);
  if (*limit < 0 || (*limit > 9007199254740991.0 && isfinite(*limit)))
    return THROW(iso, ITERATOR_LIMIT, error_text_of_value(iso, v));
  return true;
}

static Value iterator_limit_method(Isolate *iso, const Call *call) { // magic: HELPER_TAKE or HELPER_DROP
  enum HelperKind what = native_magic(call);
  JSObject *o = TRY(this_iterator(iso, call, what == HELPER_TAKE ? "Iterator.prototype.take" : "Iterator.prototype.drop"));
  double limit = 0;
  if (!limit_argument(iso, call_arg(call, 0), &limit)) return fail_and_close(iso, o);
  JSIteratorHelper *h = TRY(helper_over(iso, o, what, VALUE_UNDEFINED));
  h->remaining = limit;
  return value_from_object(h);
}

// chunks and windows take no conversions.
static bool size_argument(Isolate *iso, Value v, double *size) {
  if (!value_is_number(v) || !isfinite(value_number(v)) || trunc(value_number(v)) != value_number(v)) {
    return THROW(iso, TYPE, "Iterator chunk or window size must be an integer");
  }
  *size = value_number(v);
  if (*size >= 1 && *size <= 4294967295.0) return true;
  return THROW(iso, RANGE, "Iterator chunk or window size must be between 1 and 2^32 - 1");
}

static bool undersized_argument(Isolate *iso, Value v, bool *allow_partial) {
  *allow_partial = false;
  if (value_is_undefined(v)) return true;
  String *s = value_is_string(v) ? TRY(str_flatten(iso, value_string(v))) : NULL;
  *allow_partial = s && str_equals_ascii(s, "allow-partial");
  if (*allow_partial || (s && str_equals_ascii(s, "only-full"))) return true;
  return THROW(iso, TYPE, "undersized must be 'only-full' or 'allow-partial'");
}

static Value iterator_sized_method(Isolate *iso, const Call *call) { // magic: HELPER_CHUNKS or HELPER_WINDOWS
  enum HelperKind what = native_magic(call);
  bool windows = what == HELPER_WINDOWS, partial = false;
  JSObject *o = TRY(this_iterator(iso, call, windows ? "Iterator.prototype.windows" : "Iterator.prototype.chunks"));
  double size = 0;
  if (!size_argument(iso, call_arg(call, 0), &size) || (windows && !undersized_argument(iso, call_arg(call, 1), &partial))) {
    return fail_and_close(iso, o);
  }
  JSIteratorHelper *h = TRY(helper_over(iso, o, what, value_from_bool(partial)));
  h->remaining = size;
  if (windows) {
    JSObject *window = TRY(array_create(iso, 0));
    slot_set(iso, h, &h->extra, value_from_object(window));
  }
  return value_from_object(h);
}

// ---- Iterator.prototype: eager methods ----

enum Consumer { CONSUME_FOR_EACH, CONSUME_SOME, CONSUME_EVERY, CONSUME_FIND };

static Value iterator_consume(Isolate *iso, const Call *call) { // magic: enum Consumer
  static const char *const names[] = {"Iterator.prototype.forEach", "Iterator.prototype.some", "Iterator.prototype.every",
                                      "Iterator.prototype.find"};
  enum Consumer what = native_magic(call);
  JSObject *o = TRY(this_iterator(iso, call, names[what]));
  Value callback = call_arg(call, 0);
  if (!value_is_callable(callback)) {
    throw_not_a_function(iso, callback);
    return fail_and_close(iso, o);
  }
  Value iterator = value_from_object(o), next = TRY(obj_get(iso, o, ATOM(next)));
  for (i64 counter = 0;; counter++) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(iterator_record_step(iso, iterator, next, &v));
    if (found == TRI_NO) break;
    Value result = CALL2(iso, callback, VALUE_UNDEFINED, v, value_from_i64(counter));
    if (!result) return fail_and_close(iso, o);
    if (what == CONSUME_FOR_EACH) continue;
    if (to_boolean(iso, result) == (what == CONSUME_EVERY)) continue;
    TRY(iterator_close(iso, iterator));
    return what == CONSUME_FIND ? v : value_from_bool(what == CONSUME_SOME);
  }
  if (what == CONSUME_SOME) return VALUE_FALSE;
  return what == CONSUME_EVERY ? VALUE_TRUE : VALUE_UNDEFINED;
}

static Value iterator_reduce(Isolate *iso, const Call *call) {
  JSObject *o = TRY(this_iterator(iso, call, "Iterator.prototype.reduce"));
  Value reducer = call_arg(call, 0);
  if (!value_is_callable(reducer)) {
    throw_not_a_function(iso, reducer);
    return fail_and_close(iso, o);
  }
  Value iterator = value_from_object(o), next = TRY(obj_get(iso, o, ATOM(next))), accumulator = call_arg(call, 1);
  i64 counter = 0;
  if (call->argc < 2) {
    Tri found = TRY(iterator_record_step(iso, iterator, next, &accumulator));
    if (found == TRI_NO) return THROW(iso, TYPE, "Reduce of a done iterator with no initial value");
    counter = 1;
  }
  for (;; counter++) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(iterator_record_step(iso, iterator, next, &v));
    if (found == TRI_NO) return accumulator;
    accumulator = CALL3(iso, reducer, VALUE_UNDEFINED, accumulator, v, value_from_i64(counter));
    if (!accumulator) return fail_and_close(iso, o);
  }
}

static Value iterator_to_array(Isolate *iso, const Call *call) {
  JSObject *o = TRY(this_iterator(iso, call, "Iterator.prototype.toArray"));
  Value iterator = value_from_object(o), next = TRY(obj_get(iso, o, ATOM(next)));
  JSObject *array = TRY(array_create(iso, 0));
  for (;;) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(iterator_record_step(iso, iterator, next, &v));
    if (found == TRI_NO) return value_from_object(array);
    TRY(array_push_value(iso, array, v));
  }
}

static bool skipped_argument(Isolate *iso, Value v, double *skipped) {
  *skipped = 0;
  if (value_is_undefined(v)) return true;
  if (!value_is_number(v)) return THROW(iso, TYPE, "skippedElements must be an integer");
  double d = *skipped = value_number(v);
  if (isnan(d) || trunc(d) != d) return THROW(iso, TYPE, "skippedElements must be an integer");
  if (d < 0 || (d > 9007199254740991.0 && isfinite(d))) return THROW(iso, ITERATOR_LIMIT, error_text_of_value(iso, v));
  return true;
}

static Value iterator_includes(Isolate *iso, const Call *call) {
  JSObject *o = TRY(this_iterator(iso, call, "Iterator.prototype.includes"));
  double skipped = 0;
  if (!skipped_argument(iso, call_arg(call, 1), &skipped)) return fail_and_close(iso, o);
  Value iterator = value_from_object(o), next = TRY(obj_get(iso, o, ATOM(next)));
  for (;; skipped--) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(iterator_record_step(iso, iterator, next, &v));
    if (found == TRI_NO) return VALUE_FALSE;
    if (skipped > 0) continue;
    Tri same = TRY(same_value_zero(iso, v, call_arg(call, 0)));
    if (same == TRI_NO) continue;
    TRY(iterator_close(iso, iterator));
    return VALUE_TRUE;
  }
}

static Value iterator_join(Isolate *iso, const Call *call) {
  JSObject *o = TRY(this_iterator(iso, call, "Iterator.prototype.join"));
  Value separator = call_arg(call, 0);
  String *between = value_is_undefined(separator) ? str_from_char(iso, ',') : to_string(iso, separator);
  if (!between) return fail_and_close(iso, o);
  Value iterator = value_from_object(o), next = TRY(obj_get(iso, o, ATOM(next)));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (bool first = true;; first = false) {
    Value v = VALUE_UNDEFINED;
    TRY(isolate_poll(iso));
    Tri found = TRY(iterator_record_step(iso, iterator, next, &v));
    if (found == TRI_NO) return value_from_cell(sb_finish(&sb));
    if (!first) sb_append(&sb, between);
    if (value_is_nullish(v)) continue;
    String *s = to_string(iso, v);
    if (!s) return fail_and_close(iso, o);
    sb_append(&sb, s);
    if (sb.failed) return fail_and_close(iso, o);
  }
}

static Value iterator_iterator(Isolate *iso, const Call *call) {
  (void)iso;
  return call->this_value;
}

static Value iterator_dispose(Isolate *iso, const Call *call) {
  Value method = TRY(get_method(iso, call->this_value, ATOM(return )));
  if (!value_is_undefined(method)) TRY(CALL0(iso, method, call->this_value));
  return VALUE_UNDEFINED;
}

// ---- The accessors that let a subclass or instance have its own `constructor` and @@toStringTag ----

// SetterThatIgnoresPrototypeProperties
static Value set_ignoring_prototype(Isolate *iso, const Call *call, PropertyKey key) {
  Value v = call->this_value;
  if (!value_is_object(v)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, v));
  JSObject *o = value_object(v);
  if (v == intrinsic(iso, INTRINSIC_ITERATOR_PROTOTYPE)) {
    return THROW(iso, READ_ONLY_PROPERTY, error_text_of_key(iso, key), "[object Iterator]");
  }
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(iso, o, key, &desc));
  if (found == TRI_NO) TRY(create_data_property_or_throw(iso, o, key, call_arg(call, 0)));
  else TRY(obj_set(iso, o, key, call_arg(call, 0), true));
  return VALUE_UNDEFINED;
}

static Value iterator_get_to_string_tag(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  return value_from_cell(ATOM_STRING(Iterator));
}
static Value iterator_set_to_string_tag(Isolate *iso, const Call *call) {
  return set_ignoring_prototype(iso, call, SYM(toStringTag));
}
static Value iterator_get_constructor(Isolate *iso, const Call *call) {
  (void)call;
  return intrinsic(iso, INTRINSIC_ITERATOR);
}
static Value iterator_set_constructor(Isolate *iso, const Call *call) {
  return set_ignoring_prototype(iso, call, ATOM(constructor));
}

// ---- Constructor, from, concat ----

static Value iterator_constructor(Isolate *iso, const Call *call) {
  if (!call_is_construct(call)) return THROW(iso, CONSTRUCTOR_CALL, "Iterator");
  if (call->new_target == call->callee) return THROW(iso, ABSTRACT_CLASS, "Iterator");
  return value_from_object(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_ITERATOR_PROTOTYPE, KIND_OBJECT));
}

static Value iterator_from(Isolate *iso, const Call *call) {
  Value iterator, next;
  TRY(get_iterator_flattenable(iso, call_arg(call, 0), true, &iterator, &next));
  Tri has = TRY(ordinary_has_instance(iso, intrinsic(iso, INTRINSIC_ITERATOR), iterator));
  if (has == TRI_YES) return iterator;
  JSWrappedIterator *w = TRY(obj_new_kind(iso, KIND_WRAPPED_ITERATOR, intrinsic(iso, INTRINSIC_WRAP_FOR_VALID_ITERATOR_PROTOTYPE)));
  slot_set(iso, w, &w->iterator, iterator);
  slot_set(iso, w, &w->next_method, next);
  return value_from_object(w);
}

static JSWrappedIterator *this_wrapped(Isolate *iso, Value v, const char *method) {
  if (!value_is_kind(v, KIND_WRAPPED_ITERATOR)) return throw_incompatible(iso, method, v);
  return (JSWrappedIterator *)value_object(v);
}

static Value wrapped_iterator_next(Isolate *iso, const Call *call) {
  JSWrappedIterator *w = TRY(this_wrapped(iso, call->this_value, "%WrapForValidIteratorPrototype%.next"));
  return CALL0(iso, slot_get(&w->next_method), slot_get(&w->iterator));
}

static Value wrapped_iterator_return(Isolate *iso, const Call *call) {
  JSWrappedIterator *w = TRY(this_wrapped(iso, call->this_value, "%WrapForValidIteratorPrototype%.return"));
  Value iterator = slot_get(&w->iterator);
  Value method = TRY(get_method(iso, iterator, ATOM(return )));
  if (value_is_undefined(method)) return value_from_object(create_iter_result(iso, VALUE_UNDEFINED, true));
  return CALL0(iso, method, iterator);
}

static Value iterator_concat(Isolate *iso, const Call *call) {
  JSObject *list = TRY(array_create(iso, 0));
  for (u32 i = 0; i < call->argc; i++) {
    Value item = call->args[i];
    if (!value_is_object(item)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, item));
    Value method = TRY(get_method(iso, item, SYM(iterator)));
    if (value_is_undefined(method)) return THROW(iso, NOT_ITERABLE, error_text_of_value(iso, item));
    TRY(array_push_value(iso, list, item));
    TRY(array_push_value(iso, list, method));
  }
  JSIteratorHelper *h = TRY(iterator_helper_new(iso, HELPER_CONCAT));
  slot_set(iso, h, &h->extra, value_from_object(list));
  return value_from_object(h);
}

static const BuiltinProperty iterator_properties[] = {
    METHOD(from, iterator_from, 1),
    METHOD(concat, iterator_concat, 0),
    METHOD_MAGIC(zip, iterator_zip, 1, 0),
    METHOD_MAGIC(zipKeyed, iterator_zip, 1, 1),
};
static const BuiltinProperty iterator_prototype_properties[] = {
    GETTER_SETTER(constructor, iterator_get_constructor, iterator_set_constructor),
    METHOD(reduce, iterator_reduce, 1),
    METHOD(toArray, iterator_to_array, 0),
    METHOD_MAGIC(forEach, iterator_consume, 1, CONSUME_FOR_EACH),
    METHOD_MAGIC(some, iterator_consume, 1, CONSUME_SOME),
    METHOD_MAGIC(every, iterator_consume, 1, CONSUME_EVERY),
    METHOD_MAGIC(find, iterator_consume, 1, CONSUME_FIND),
    METHOD_MAGIC(filter, iterator_lazy_method, 1, HELPER_FILTER),
    METHOD_MAGIC(map, iterator_lazy_method, 1, HELPER_MAP),
    METHOD_MAGIC(take, iterator_limit_method, 1, HELPER_TAKE),
    METHOD_MAGIC(drop, iterator_limit_method, 1, HELPER_DROP),
    METHOD_MAGIC(flatMap, iterator_lazy_method, 1, HELPER_FLAT_MAP),
    METHOD_MAGIC(chunks, iterator_sized_method, 1, HELPER_CHUNKS),
    METHOD_MAGIC(windows, iterator_sized_method, 1, HELPER_WINDOWS),
    METHOD(includes, iterator_includes, 1),
    METHOD(join, iterator_join, 1),
    METHOD_SYM(iterator, iterator_iterator, 0),
    METHOD_SYM(dispose, iterator_dispose, 0),
    GETTER_SETTER_SYM(toStringTag, iterator_get_to_string_tag, iterator_set_to_string_tag),
};
static const BuiltinProperty iterator_helper_prototype_properties[] = {
    METHOD(next, iterator_helper_next, 0),
    METHOD(return, iterator_helper_return, 0),
    STRING_TAG(Iterator_Helper),
};
static const BuiltinProperty wrap_for_valid_iterator_prototype_properties[] = {
    METHOD(next, wrapped_iterator_next, 0),
    METHOD(return, wrapped_iterator_return, 0),
};

const BuiltinObject builtin_iterator =
    BUILTIN_CLASS(Iterator, iterator_constructor, 0, INTRINSIC_ITERATOR_PROTOTYPE, iterator_properties);
const BuiltinObject builtin_iterator_prototype = BUILTIN_PROTOTYPE(INTRINSIC_NONE, iterator_prototype_properties);
const BuiltinObject builtin_iterator_helper_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, iterator_helper_prototype_properties);
const BuiltinObject builtin_wrap_for_valid_iterator_prototype =
    BUILTIN_PROTOTYPE_BELOW(INTRINSIC_NONE, INTRINSIC_ITERATOR_PROTOTYPE, wrap_for_valid_iterator_prototype_properties);
