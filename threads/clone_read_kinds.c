// SPDX-License-Identifier: MIT
// Reading what is neither primitive nor plain object nor array: boxed primitives, dates, RegExps, maps, sets, errors, buffers and their
// views, and objects of the floors above.
// Tests: tests/unit/threads/test_clone.c, tests/threads/clone/, fuzz/fuzz_clone.c.
#include <math.h>

#include "runtime/indexed/typed_array.h"
#include "runtime/text/regexp.h"
#include "threads/clone_format.h"
#include "threads/clone_reader.h"
#include "vm/bigint.h"
#include "vm/error.h"
#include "vm/kinds.h"
#include "vm/memory_access.h"

static void *new_kind(CloneReader *r, u8 kind, u32 prototype) {
  return obj_new_kind(r->iso, kind, value_from_object(realm_intrinsic(r->iso, r->realm, prototype)));
}

// ---- Boxed primitives, dates, RegExps ----

static Value box(CloneReader *r, Value primitive) {
  JSObject *o = TRY(to_object(r->iso, primitive));
  TRY(clone_reader_keep(r, o));
  return value_from_object(o);
}

static Value read_number_object(CloneReader *r) {
  double d;
  if (!clone_read_double(r, &d)) return clone_throw_bad_data(r);
  return box(r, value_from_untrusted_double(d));
}

static Value read_date(CloneReader *r) {
  double d;
  if (!clone_read_double(r, &d)) return clone_throw_bad_data(r);
  JSDate *date = TRY(new_kind(r, KIND_DATE, INTRINSIC_DATE_PROTOTYPE));
  date->time = fabs(d) <= 8.64e15 ? trunc(d) + 0.0 : __builtin_nan("");
  date->local_time = __builtin_nan("");
  TRY(clone_reader_keep(r, date));
  return value_from_object(date);
}

static Value read_regexp(CloneReader *r) {
  u32 bits, length = 0;
  u8 flags[16];
  String *source = TRY(clone_read_string(r));
  if (!clone_read_u32(r, &bits)) return clone_throw_bad_data(r);
  for (u32 bit = 0; bit < sizeof WIRE_REGEXP_FLAGS - 1; bit++) {
    if (!(bits >> bit & 1)) continue;
    if (!WIRE_REGEXP_FLAGS[bit]) return clone_throw_bad_data(r);
    flags[length++] = (u8)WIRE_REGEXP_FLAGS[bit];
  }
  if (bits >> (sizeof WIRE_REGEXP_FLAGS - 1)) return clone_throw_bad_data(r);
  Value regexp = TRY(regexp_create(r->iso, source, TRY(str_new_latin1(r->iso, flags, length))));
  TRY(clone_reader_keep(r, value_object(regexp)));
  return regexp;
}

static Value read_regexp_cell(CloneReader *r) {
  Value model = clone_next_cell(r);
  if (!model) return clone_throw_bad_data(r);
  Value regexp = TRY(regexp_clone(r->iso, model));
  TRY(clone_reader_keep(r, value_object(regexp)));
  return regexp;
}

// ---- Maps and sets ----

static Value read_collection(CloneReader *r, bool is_set) {
  JSMap *map = TRY(new_kind(r, is_set ? KIND_SET : KIND_MAP, is_set ? INTRINSIC_SET_PROTOTYPE : INTRINSIC_MAP_PROTOTYPE));
  HashTable *table = TRY(hash_table_new(r->iso));
  ref_set(r->iso, map, &map->table, table);
  TRY(clone_reader_keep(r, map));
  u8 tag, end_tag = is_set ? TAG_SET_END : TAG_MAP_END;
  u32 count = 0, expected;
  for (;; count += is_set ? 1 : 2) {
    TRY(clone_reader_step(r));
    if (!clone_peek_tag(r, &tag)) return clone_throw_bad_data(r);
    if (tag == end_tag) break;
    Value key = TRY(clone_read_value(r));
    Value v = is_set ? key : TRY(clone_read_value(r));
    TRY(hash_table_set(r->iso, table, key, v));
  }
  r->at++;
  if (!clone_read_u32(r, &expected) || expected != count) return clone_throw_bad_data(r);
  return value_from_object(map);
}

// ---- Errors ----

static u32 error_prototype(u8 tag) {
  switch (tag) {
  case ERROR_EVAL: return INTRINSIC_EVAL_ERROR_PROTOTYPE;
  case ERROR_RANGE: return INTRINSIC_RANGE_ERROR_PROTOTYPE;
  case ERROR_REFERENCE: return INTRINSIC_REFERENCE_ERROR_PROTOTYPE;
  case ERROR_SYNTAX: return INTRINSIC_SYNTAX_ERROR_PROTOTYPE;
  case ERROR_TYPE: return INTRINSIC_TYPE_ERROR_PROTOTYPE;
  case ERROR_URI: return INTRINSIC_URI_ERROR_PROTOTYPE;
  default: return INTRINSIC_ERROR_PROTOTYPE;
  }
}

// The parts may come in any order; the object has stack, message and cause in this one.
static Value read_error(CloneReader *r) {
  u32 number, prototype = INTRINSIC_ERROR_PROTOTYPE;
  Value message = VALUE_EMPTY, stack = VALUE_UNDEFINED, cause = VALUE_EMPTY;
  // A cause may refer to its error, which therefore exists from the beginning.
  JSObject *error = TRY(new_kind(r, KIND_ERROR, prototype));
  TRY(clone_reader_reserve(r, &number));
  clone_reader_fulfil(r, number, value_from_object(error));
  for (;;) {
    if (r->at == r->end) return clone_throw_bad_data(r);
    u8 tag = *r->at++;
    if (tag == ERROR_END) break;
    switch (tag) {
    case ERROR_MESSAGE: message = value_from_cell(TRY(clone_read_string(r))); break;
    case ERROR_STACK: stack = value_from_cell(TRY(clone_read_string(r))); break;
    case ERROR_CAUSE: cause = TRY(clone_read_value(r)); break;
    default: {
      prototype = error_prototype(tag);
      if (prototype == INTRINSIC_ERROR_PROTOTYPE) return clone_throw_bad_data(r);
      Value proto = value_from_object(realm_intrinsic(r->iso, r->realm, prototype));
      TRY(obj_set_prototype_of(r->iso, error, proto));
    }
    }
  }
  obj_put_direct(r->iso, error, ATOM(stack), stack, ATTR_METHOD);
  if (message) obj_put_direct(r->iso, error, ATOM(message), message, ATTR_METHOD);
  if (cause) obj_put_direct(r->iso, error, ATOM(cause), cause, ATTR_METHOD);
  return value_from_object(error);
}

// ---- Buffers ----

enum { POLL_BYTES = 256 * 1024 };

static Value read_buffer(CloneReader *r, bool resizable) {
  u32 length, most;
  if (!clone_read_u32(r, &length) || (resizable && !clone_read_u32(r, &most))) return clone_throw_bad_data(r);
  const u8 *bytes = clone_read_bytes(r, length);
  if (!bytes || (resizable && length > most)) return clone_throw_bad_data(r);
  u64 reserved = resizable ? most : 0;
  JSArrayBuffer *b = TRY(allocate_array_buffer(r->iso, VALUE_UNDEFINED, length, resizable ? &reserved : NULL));
  TRY(memory_copy_polling(r->iso, b->store->data, bytes, length, false));
  if (length >= POLL_BYTES) TRY(isolate_poll(r->iso));
  TRY(clone_reader_keep(r, b));
  return value_from_object(b);
}

static Value read_store(CloneReader *r) {
  u32 number;
  const MessageExtras *extras = r->message ? r->message->extras : NULL;
  if (!clone_read_u32(r, &number) || !extras || number >= extras->store_count) return clone_throw_bad_data(r);
  BackingStore *store = extras->stores[number];
  if (!store) return clone_throw_bad_data(r);
  extras->stores[number] = NULL;
  JSArrayBuffer *b = TRY(array_buffer_from_store(r->iso, store));
  TRY(clone_reader_keep(r, b));
  return value_from_object(b);
}

static Value read_transferred_buffer(CloneReader *r) {
  u32 id;
  if (!clone_read_u32(r, &id) || !r->delegate || !r->delegate->transferred_buffer) return clone_throw_bad_data(r);
  JSArrayBuffer *b = r->delegate->transferred_buffer(r, id);
  if (!b) return clone_throw_bad_data(r);
  TRY(clone_reader_keep(r, b));
  return value_from_object(b);
}

static bool element_type_of_letter(u8 letter, u32 *type) {
  const char *found = letter ? strchr(VIEW_KIND_LETTERS, letter) : NULL;
  if (found) *type = (u32)(found - VIEW_KIND_LETTERS);
  return found != NULL;
}

static Value make_data_view(CloneReader *r, JSArrayBuffer *b, u64 offset, u64 length, bool tracking) {
  JSDataView *view = TRY(new_kind(r, KIND_DATA_VIEW, INTRINSIC_DATA_VIEW_PROTOTYPE));
  ref_set(r->iso, view, &view->buffer, b);
  view->byte_offset = offset;
  view->byte_length = length;
  view->length_tracking = tracking;
  return value_from_object(view);
}

Value clone_read_view(CloneReader *r, JSArrayBuffer *b) {
  u64 offset, length, total = array_buffer_byte_length(b);
  u32 flags = 0, type = 0;
  const u8 *letter = clone_read_bytes(r, 1);
  if (!letter || !clone_read_u64(r, &offset) || !clone_read_u64(r, &length)) return clone_throw_bad_data(r);
  if (r->version >= 14 && !clone_read_u32(r, &flags)) return clone_throw_bad_data(r);
  bool tracking = flags & VIEW_LENGTH_TRACKING;
  if (offset > total || length > total - offset || (flags && !(b->flags & BUFFER_RESIZABLE))) return clone_throw_bad_data(r);
  Value view;
  if (*letter == VIEW_DATA_VIEW) {
    view = TRY(make_data_view(r, b, offset, length, tracking));
  } else {
    if (!element_type_of_letter(*letter, &type)) return clone_throw_bad_data(r);
    u32 size = element_size(type);
    if (offset % size || length % size) return clone_throw_bad_data(r);
    Value proto = value_from_object(realm_intrinsic(r->iso, r->realm, typed_array_prototype_intrinsic(type)));
    view = value_from_object(TRY(typed_array_new(r->iso, type, proto, b, offset, length / size, tracking)));
  }
  TRY(clone_reader_keep(r, value_object(view)));
  return view;
}

// ---- Objects of the floors above ----

static Value read_host_object(CloneReader *r) {
  u32 number;
  if (!r->delegate || !r->delegate->read_host_object) return clone_throw_bad_data(r);
  TRY(clone_reader_reserve(r, &number));
  Value v = r->delegate->read_host_object(r);
  if (!v || !value_is_object(v)) return clone_throw_bad_data(r);
  clone_reader_fulfil(r, number, v);
  return v;
}

static Value read_calls_object(CloneReader *r) {
  u32 number;
  if (!r->calls) return clone_throw_bad_data(r);
  TRY(clone_reader_reserve(r, &number));
  Value type = TRY(clone_read_value(r));
  Value data = TRY(clone_read_value(r));
  Value v = TRY(r->calls->read_object(r->iso, type, data));
  if (!value_is_object(v)) return clone_throw_bad_data(r);
  clone_reader_fulfil(r, number, v);
  return v;
}

static Value read_item(CloneReader *r) {
  u32 number;
  if (!clone_read_u32(r, &number) || !r->items || number >= r->items->count) return clone_throw_bad_data(r);
  Value v = slot_get(&r->items->values[number]);
  TRY(clone_reader_keep(r, value_object(v)));
  return v;
}

Value clone_read_kind(CloneReader *r, u8 tag) {
  switch (tag) {
  case TAG_TRUE_OBJECT: return box(r, VALUE_TRUE);
  case TAG_FALSE_OBJECT: return box(r, VALUE_FALSE);
  case TAG_NUMBER_OBJECT: return read_number_object(r);
  case TAG_BIGINT_OBJECT: return box(r, value_from_cell(TRY(clone_read_bigint(r))));
  case TAG_STRING_OBJECT: return box(r, value_from_cell(TRY(clone_read_string(r))));
  case TAG_DATE: return read_date(r);
  case TAG_REGEXP: return read_regexp(r);
  case TAG_REGEXP_CELL: return read_regexp_cell(r);
  case TAG_MAP: return read_collection(r, false);
  case TAG_SET: return read_collection(r, true);
  case TAG_ERROR: return read_error(r);
  case TAG_ARRAY_BUFFER: return read_buffer(r, false);
  case TAG_RESIZABLE_ARRAY_BUFFER: return read_buffer(r, true);
  case TAG_STORE: return read_store(r);
  case TAG_TRANSFERRED_ARRAY_BUFFER:
  case TAG_SHARED_ARRAY_BUFFER: return read_transferred_buffer(r);
  case TAG_HOST_OBJECT: return read_host_object(r);
  case TAG_CALLS_OBJECT: return read_calls_object(r);
  case TAG_ITEM: return read_item(r);
  default: return clone_throw_bad_data(r);
  }
}
