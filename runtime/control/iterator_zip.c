// SPDX-License-Identifier: MIT
// Iterator.zip and Iterator.zipKeyed (joint iteration). The helper's `extra` is an array of four words per iterator: iterator
// (undefined once it is finished), next method, padding, key (zipKeyed). `counter` holds the mode, `callback` is true for zipKeyed.
#include "runtime/control/iterator_internal.h"

enum ZipMode { ZIP_SHORTEST, ZIP_LONGEST, ZIP_STRICT };
enum { ZIP_ITERATOR, ZIP_NEXT, ZIP_PADDING, ZIP_KEY, ZIP_WORDS };

// IteratorCloseAll, in reverse order: with an exception waiting it stays; else the first that closing throws wins. `skip` is closed
// already. True when nothing waits afterwards.
static bool close_all(Isolate *iso, JSObject *list) {
  bool fine = !isolate_has_exception(iso);
  for (u32 i = array_length(list) / ZIP_WORDS; i-- > 0;) {
    Value iterator = list_get(list, i * ZIP_WORDS + ZIP_ITERATOR);
    if (value_is_undefined(iterator)) continue;
    list_set(iso, list, i * ZIP_WORDS + ZIP_ITERATOR, VALUE_UNDEFINED);
    if (!iterator_close(iso, iterator)) fine = false;
  }
  return fine;
}

static Tri fail_and_close_all(Isolate *iso, JSObject *list) {
  close_all(iso, list);
  return TRI_FAIL;
}

bool iterator_zip_close(Isolate *iso, JSIteratorHelper *h) { return close_all(iso, value_object(slot_get(&h->extra))); }

// The next value of iterator i: YES, NO (finished now or before; *value is its padding), FAIL (the others are closed).
static Tri zip_one(Isolate *iso, JSObject *list, u32 i, Value *value) {
  u32 at = i * ZIP_WORDS;
  Value iterator = list_get(list, at + ZIP_ITERATOR);
  *value = list_get(list, at + ZIP_PADDING);
  if (value_is_undefined(iterator)) return TRI_NO;
  Tri found = iterator_record_step(iso, iterator, list_get(list, at + ZIP_NEXT), value);
  if (found == TRI_YES) return TRI_YES;
  list_set(iso, list, at + ZIP_ITERATOR, VALUE_UNDEFINED);
  if (found == TRI_FAIL) return fail_and_close_all(iso, list);
  *value = list_get(list, at + ZIP_PADDING);
  return TRI_NO;
}

// Strict mode, the first iterator is finished: so must be all others.
static Tri check_all_finished(Isolate *iso, JSObject *list, u32 count) {
  for (u32 i = 1; i < count; i++) {
    u32 at = i * ZIP_WORDS;
    Value result = iterator_next(iso, list_get(list, at + ZIP_ITERATOR), list_get(list, at + ZIP_NEXT), VALUE_EMPTY);
    Tri done = result ? iterator_complete(iso, result) : TRI_FAIL;
    if (done != TRI_NO) list_set(iso, list, at + ZIP_ITERATOR, VALUE_UNDEFINED);
    if (done == TRI_NO) THROW(iso, TYPE, "Iterator.zip: iterators have different lengths");
    if (done != TRI_YES) return fail_and_close_all(iso, list);
  }
  return TRI_NO;
}

static Tri zip_values(Isolate *iso, JSObject *list, enum ZipMode mode, JSObject *results) {
  u32 count = array_length(list) / ZIP_WORDS;
  bool any_open = false;
  for (u32 i = 0; i < count; i++) {
    Value v;
    if (!(i & 255)) TRY(isolate_poll(iso));
    Tri found = zip_one(iso, list, i, &v);
    if (found == TRI_FAIL) return TRI_FAIL;
    if (found == TRI_YES) any_open = true;
    if (found == TRI_NO && mode == ZIP_SHORTEST) return close_all(iso, list) ? TRI_NO : TRI_FAIL;
    if (found == TRI_NO && mode == ZIP_STRICT) {
      if (!i) return check_all_finished(iso, list, count);
      THROW(iso, TYPE, "Iterator.zip: iterators have different lengths");
      return fail_and_close_all(iso, list);
    }
    if (found == TRI_NO && !any_open) { // longest: finished when all are
      bool open = false;
      for (u32 k = i + 1; k < count && !open; k++) open = !value_is_undefined(list_get(list, k * ZIP_WORDS + ZIP_ITERATOR));
      if (!open) return TRI_NO;
    }
    TRY(array_push_value(iso, results, v));
  }
  return TRI_YES;
}

Tri iterator_zip_step(Isolate *iso, JSIteratorHelper *h, Value *value) {
  JSObject *list = value_object(slot_get(&h->extra));
  if (!array_length(list)) return TRI_NO;
  JSObject *results = TRY(array_create(iso, 0));
  Tri found = zip_values(iso, list, (enum ZipMode)h->counter, results);
  if (found != TRI_YES) return found;
  *value = value_from_object(results);
  if (slot_get(&h->callback) != VALUE_TRUE) return TRI_YES;
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  for (u32 i = 0; i < array_length(results); i++) {
    PropertyKey key = TRY(to_property_key(iso, list_get(list, i * ZIP_WORDS + ZIP_KEY)));
    TRY(create_data_property_or_throw(iso, o, key, list_get(results, i)));
  }
  *value = value_from_object(o);
  return TRI_YES;
}

// ---- Arguments ----

static bool read_options(Isolate *iso, Value options, enum ZipMode *mode, Value *padding) {
  *mode = ZIP_SHORTEST;
  *padding = VALUE_UNDEFINED;
  if (value_is_undefined(options)) return true;
  if (!value_is_object(options)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, options));
  Value v = TRY(obj_get(iso, value_object(options), ATOM(mode)));
  if (!value_is_undefined(v)) {
    String *s = value_is_string(v) ? TRY(str_flatten(iso, value_string(v))) : NULL;
    if (s && str_equals_ascii(s, "shortest")) *mode = ZIP_SHORTEST;
    else if (s && str_equals_ascii(s, "longest")) *mode = ZIP_LONGEST;
    else if (s && str_equals_ascii(s, "strict")) *mode = ZIP_STRICT;
    else return THROW(iso, TYPE, "Iterator.zip: mode must be 'shortest', 'longest' or 'strict'");
  }
  if (*mode != ZIP_LONGEST) return true;
  *padding = TRY(obj_get(iso, value_object(options), ATOM(padding)));
  if (value_is_undefined(*padding) || value_is_object(*padding)) return true;
  return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, *padding));
}

static bool add_iterator(Isolate *iso, JSObject *list, Value iterable, Value key) {
  Value iterator, next;
  TRY(get_iterator_flattenable(iso, iterable, false, &iterator, &next));
  TRY(array_push_value(iso, list, iterator));
  TRY(array_push_value(iso, list, next));
  TRY(array_push_value(iso, list, VALUE_UNDEFINED));
  return array_push_value(iso, list, key);
}

// Paddings come from an iterable, as many as there are iterators.
static bool read_paddings(Isolate *iso, JSObject *list, Value padding) {
  ForOf it;
  TRY(for_of_init(iso, &it, padding));
  for (u32 i = 0; i < array_length(list) / ZIP_WORDS; i++) {
    Value v;
    if (!for_of_next(iso, &it, &v)) return !it.failed;
    list_set(iso, list, i * ZIP_WORDS + ZIP_PADDING, v);
  }
  return for_of_close(iso, &it);
}

static bool collect_listed(Isolate *iso, JSObject *list, Value iterables) {
  ForOf it;
  TRY(for_of_init(iso, &it, iterables));
  Value v;
  while (for_of_next(iso, &it, &v)) {
    if (add_iterator(iso, list, v, VALUE_UNDEFINED)) continue;
    close_all(iso, list);
    for_of_close(iso, &it);
    return false;
  }
  if (!it.failed) return true;
  close_all(iso, list);
  return false;
}

static bool collect_keyed(Isolate *iso, JSObject *list, JSObject *iterables) {
  KeyList keys;
  key_list_init(&keys, iso);
  TRY(obj_own_property_keys(iso, iterables, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    PropertyDescriptor desc;
    Tri found = obj_get_own_property(iso, iterables, keys.data[i], &desc);
    if (found == TRI_NO || (found == TRI_YES && !(desc.attrs & ATTR_ENUMERABLE))) continue;
    Value v = found ? obj_get(iso, iterables, keys.data[i]) : VALUE_FAIL;
    if (v && value_is_undefined(v)) continue;
    Value key = v ? key_to_value(iso, keys.data[i]) : VALUE_FAIL;
    if (key && add_iterator(iso, list, v, key)) continue;
    close_all(iso, list);
    return false;
  }
  return true;
}

static bool read_keyed_paddings(Isolate *iso, JSObject *list, JSObject *padding) {
  for (u32 i = 0; i < array_length(list) / ZIP_WORDS; i++) {
    PropertyKey key = TRY(to_property_key(iso, list_get(list, i * ZIP_WORDS + ZIP_KEY)));
    Value v = TRY(obj_get(iso, padding, key));
    list_set(iso, list, i * ZIP_WORDS + ZIP_PADDING, v);
  }
  return true;
}

Value iterator_zip(Isolate *iso, const Call *call) {
  bool keyed = native_magic(call);
  Value iterables = call_arg(call, 0), padding;
  if (!value_is_object(iterables)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, iterables));
  enum ZipMode mode;
  TRY(read_options(iso, call_arg(call, 1), &mode, &padding));
  JSObject *list = TRY(array_create(iso, 0));
  TRY(keyed ? collect_keyed(iso, list, value_object(iterables)) : collect_listed(iso, list, iterables));
  if (!value_is_undefined(padding)) {
    bool read = keyed ? read_keyed_paddings(iso, list, value_object(padding)) : read_paddings(iso, list, padding);
    if (!read) {
      close_all(iso, list);
      return VALUE_FAIL;
    }
  }
  JSIteratorHelper *h = TRY(iterator_helper_new(iso, HELPER_ZIP));
  slot_set(iso, h, &h->extra, value_from_object(list));
  slot_set(iso, h, &h->callback, value_from_bool(keyed));
  h->counter = mode;
  return value_from_object(h);
}
