// SPDX-License-Identifier: MIT
// Reading values: primitives, strings, plain objects and arrays (StructuredDeserializeInternal). The first object of a shape is made key
// by key; those after it are allocated with its final shape, and their slots are filled.
// Tests: tests/unit/threads/test_clone.c, tests/threads/clone/, fuzz/fuzz_clone.c.
#include "threads/clone_reader.h"

#include "threads/clone_cache.h"
#include "threads/clone_format.h"
#include "vm/bigint.h"
#include "vm/error.h"
#include "vm/kinds.h"

// ---- Life ----

void clone_reader_init(CloneReader *r, Isolate *iso, CloneMode mode, Message *message) {
  r->iso = iso;
  r->at = r->end = r->start = NULL;
  r->mode = mode;
  r->version = WIRE_VERSION;
  r->message = message;
  r->calls = NULL;
  r->delegate = NULL;
  r->delegate_data = NULL;
  r->owner = NULL;
  r->objects.count = r->shapes.count = 0;
  r->objects.many = r->shapes.many = NULL;
  r->cells = r->own_shapes = NULL;
  r->next_cell = 0;
  r->items = NULL;
  r->keep_objects = !message || message->has_references;
  if (message) clone_reader_set_bytes(r, message->bytes, message->size);
  r->until_poll = CLONE_POLL_PERIOD;
  r->realm = realm_current(iso);
  r->object_prototype = value_from_object(realm_intrinsic(iso, r->realm, INTRINSIC_OBJECT_PROTOTYPE));
}

void clone_reader_set_bytes(CloneReader *r, const u8 *bytes, size_t size) {
  r->start = r->at = bytes;
  r->end = bytes + size;
}

static void trace_list(GcTracer *tracer, const CellList *list) {
  for (u32 i = 0; i < MIN(list->count, (u32)CELL_LIST_FEW); i++) gc_trace_cell(tracer, list->few[i]);
  gc_trace_cell(tracer, list->many);
}

void clone_reader_trace(CloneReader *r, GcTracer *tracer) {
  trace_list(tracer, &r->objects);
  trace_list(tracer, &r->shapes);
  gc_trace_cell(tracer, r->items);
  gc_trace_cell(tracer, r->realm);
  gc_trace_word(tracer, value_bits(r->object_prototype));
}

bool clone_reader_poll(CloneReader *r) {
  r->until_poll = CLONE_POLL_PERIOD;
  return isolate_poll(r->iso);
}

void *clone_throw_bad_data(CloneReader *r) {
  if (isolate_has_exception(r->iso)) return NULL;
  return throw_error_message(r->iso, INTRINSIC_ERROR_PROTOTYPE, "Unable to deserialize cloned data.");
}

bool clone_reader_receive_items(CloneReader *r, Value *ports) {
  const MessageExtras *extras = r->message->extras;
  u32 count = extras ? extras->item_count : 0;
  if (ports) *ports = VALUE_UNDEFINED;
  if (!count) return true;
  r->items = TRY(value_array_new(r->iso, count));
  for (u32 i = 0; i < count; i++) {
    TransferItem *item = &extras->items[i];
    if (!item->kind || !r->calls) return clone_throw_bad_data(r);
    const TransferKind *kind = item->kind;
    item->kind = NULL;
    Value object = TRY(r->calls->receive_transfer(r->iso, kind, item->item));
    slot_set(r->iso, r->items, &r->items->values[i], object);
  }
  if (ports) *ports = value_from_object(TRY(array_from_values(r->iso, (const Value *)(void *)r->items->values, count)));
  return true;
}

bool clone_reader_reserve(CloneReader *r, u32 *number) {
  *number = r->objects.count;
  return clone_reader_keep(r, NULL);
}

void clone_reader_fulfil(CloneReader *r, u32 number, Value object) {
  if (!r->keep_objects) return;
  if (number < CELL_LIST_FEW) r->objects.few[number] = value_cell(object);
  if (r->objects.many) slot_set(r->iso, r->objects.many, &r->objects.many->values[number], object);
  if (r->owner) gc_barrier(heap_of(r->iso), r->owner);
}

// ---- Raw parts ----

bool clone_read_u32(CloneReader *r, u32 *u) {
  u32 value = 0;
  for (u32 shift = 0; r->at < r->end; shift += 7) {
    u8 byte = *r->at++;
    if (shift < 32) value |= (u32)(byte & 0x7f) << shift;
    if (byte < 0x80) return *u = value, true;
  }
  return false;
}

bool clone_read_u64(CloneReader *r, u64 *u) {
  u64 value = 0;
  for (u32 shift = 0; r->at < r->end; shift += 7) {
    u8 byte = *r->at++;
    if (shift < 64) value |= (u64)(byte & 0x7f) << shift;
    if (byte < 0x80) return *u = value, true;
  }
  return false;
}

const u8 *clone_read_bytes(CloneReader *r, size_t size) {
  if (clone_reader_left(r) < size) return NULL;
  const u8 *bytes = r->at;
  r->at += size;
  return bytes;
}

bool clone_read_double(CloneReader *r, double *d) {
  const u8 *bytes = clone_read_bytes(r, sizeof *d);
  if (!bytes) return false;
  memcpy(d, bytes, sizeof *d);
  return true;
}

bool clone_peek_tag(CloneReader *r, u8 *tag) {
  while (r->at < r->end && *r->at == TAG_PADDING) r->at++;
  if (r->at == r->end) return false;
  *tag = *r->at;
  return true;
}

static ALWAYS_INLINE u32 read_tag(CloneReader *r) { // 0: thrown
  u8 tag;
  if (UNLIKELY(!clone_peek_tag(r, &tag))) {
    clone_throw_bad_data(r);
    return 0;
  }
  r->at++;
  return tag;
}

bool clone_read_header(CloneReader *r) {
  u32 version;
  if (r->at < r->end && *r->at == TAG_VERSION) {
    r->at++;
    if (clone_read_u32(r, &version) && version >= WIRE_VERSION_MIN && version <= WIRE_VERSION) return r->version = version, true;
  }
  return throw_error_message(r->iso, INTRINSIC_ERROR_PROTOTYPE,
                             "Unable to deserialize cloned data due to invalid or unsupported version.");
}

// ---- Strings, bigints ----

static String *read_chars8(CloneReader *r) {
  u32 size;
  const u8 *bytes;
  if (!clone_read_u32(r, &size) || !(bytes = clone_read_bytes(r, size))) return clone_throw_bad_data(r);
  return size == 1 ? str_from_char(r->iso, *bytes) : str_new_latin1(r->iso, bytes, size);
}

static String *read_chars16(CloneReader *r) {
  u32 size;
  const u8 *bytes;
  u16 *chars;
  if (!clone_read_u32(r, &size) || size & 1 || !(bytes = clone_read_bytes(r, size))) return clone_throw_bad_data(r);
  if (!size) return ATOM_STRING(empty);
  String *s = TRY(str_new_uninit16(r->iso, size / 2, &chars));
  memcpy(chars, bytes, size);
  return s;
}

static String *read_utf8(CloneReader *r) {
  u32 size;
  const u8 *bytes;
  if (!clone_read_u32(r, &size) || !(bytes = clone_read_bytes(r, size))) return clone_throw_bad_data(r);
  return str_new_utf8(r->iso, (const char *)bytes, size);
}

static String *read_text(CloneReader *r, bool utf16) {
  u32 number, start, length;
  if (!clone_read_u32(r, &number) || !clone_read_u32(r, &start) || !clone_read_u32(r, &length)) return clone_throw_bad_data(r);
  const MessageExtras *extras = r->message ? r->message->extras : NULL;
  if (!extras || number >= extras->text_count) return clone_throw_bad_data(r);
  SharedText *text = extras->texts[number];
  if (text->utf16 != utf16 || start > text->length || length > text->length - start) return clone_throw_bad_data(r);
  if (!length) return ATOM_STRING(empty);
  return clone_string_of_text(r->iso, shared_text_retain(text), start, length);
}

static String *read_string_of_tag(CloneReader *r, u8 tag) {
  switch (tag) {
  case TAG_STRING8: return read_chars8(r);
  case TAG_STRING16: return read_chars16(r);
  case TAG_STRING_UTF8: return read_utf8(r);
  case TAG_TEXT8: return read_text(r, false);
  case TAG_TEXT16: return read_text(r, true);
  default: return clone_throw_bad_data(r);
  }
}

String *clone_read_string(CloneReader *r) {
  u32 tag = TRY(read_tag(r));
  return read_string_of_tag(r, (u8)tag);
}

BigInt *clone_read_bigint(CloneReader *r) {
  u32 head;
  const u8 *bytes;
  if (!clone_read_u32(r, &head)) return clone_throw_bad_data(r);
  u32 size = head >> 1, length = (size + 7) / 8;
  if (!(bytes = clone_read_bytes(r, size))) return clone_throw_bad_data(r);
  if (length > BIGINT_MAX_LIMBS) return THROW(r->iso, BIGINT_TOO_BIG);
  size_t total = sizeof(BigInt) + (size_t)length * 8;
  Cell *cell =
      total < GC_LARGE_MIN ? gc_alloc(heap_of(r->iso), total, KIND_BIGINT) : gc_try_alloc(heap_of(r->iso), total, KIND_BIGINT);
  if (!cell) return throw_out_of_memory(r->iso);
  BigInt *b = (BigInt *)cell;
  memcpy(b->limbs, bytes, size);
  while (length && !b->limbs[length - 1]) length--;
  b->cell.shape_id = SHAPE_ID_BIGINT;
  b->cell.flags = head & 1 && length ? BIGINT_NEGATIVE : 0;
  b->length = length;
  return b;
}

// ---- Properties ----

PropertyKey clone_read_key(CloneReader *r) {
  u8 tag;
  if (!clone_peek_tag(r, &tag)) return clone_throw_bad_data(r);
  u32 size;
  const u8 *bytes;
  if (tag == TAG_STRING8) {
    r->at++;
    if (!clone_read_u32(r, &size) || !(bytes = clone_read_bytes(r, size))) return clone_throw_bad_data(r);
    return key_from_latin1(r->iso, bytes, size);
  }
  if (tag == TAG_STRING16 || tag == TAG_STRING_UTF8 || tag == TAG_TEXT8 || tag == TAG_TEXT16) {
    return key_from_string(r->iso, TRY(clone_read_string(r)));
  }
  if (tag != TAG_ZIGZAG && tag != TAG_UINT && tag != TAG_DOUBLE && tag != TAG_INT_RAW) return clone_throw_bad_data(r);
  Value v = TRY(clone_read_value(r));
  if (value_is_int(v) && value_int(v) >= 0) return key_from_index((u32)value_int(v));
  return key_from_double(r->iso, value_number(v));
}

bool clone_define_property(CloneReader *r, JSObject *o, PropertyKey key, Value v) {
  if (!key_is_index(key) && o->cell.kind == KIND_OBJECT) {
    obj_put_direct(r->iso, o, key, v, ATTR_ALL);
    return true;
  }
  return create_data_property_or_throw(r->iso, o, key, v);
}

// A key that is there already is an error.
static bool add_property(CloneReader *r, JSObject *o, PropertyKey key, Value v) {
  if (!key_is_index(key) && o->cell.kind == KIND_OBJECT) {
    u32 count = obj_shape(r->iso, o)->count;
    obj_put_direct(r->iso, o, key, v, ATTR_ALL);
    if (obj_shape(r->iso, o)->count > count) return true;
    return clone_throw_bad_data(r);
  }
  if (TRY(has_own_property(r->iso, o, key)) == TRI_YES) return clone_throw_bad_data(r);
  return create_data_property_or_throw(r->iso, o, key, v);
}

bool clone_read_properties(CloneReader *r, JSObject *o, u8 end_tag, u32 *count) {
  for (*count = 0;; ++*count) {
    u8 tag;
    TRY(clone_reader_step(r));
    if (!clone_peek_tag(r, &tag)) return clone_throw_bad_data(r);
    if (tag == end_tag) {
      r->at++;
      return true;
    }
    PropertyKey key = TRY(clone_read_key(r));
    Value v = TRY(clone_read_value(r));
    TRY(add_property(r, o, key, v));
  }
}

// ---- Objects ----

static JSObject *plain_object_for(CloneReader *r, u32 keys) {
  // As many inline slots as a literal would have: then both meet in one shape.
  u32 slots = keys < 4 ? 4 : MIN((keys + 1) & ~1u, 64u);
  if (slots == 4) return obj_new(r->iso, ref_get(r->realm->shape_object));
  return obj_new(r->iso, shape_root(r->iso, r->object_prototype, KIND_OBJECT, sizeof(JSObject), (u16)slots, 0));
}

static Value read_object(CloneReader *r) {
  u32 count, expected;
  JSObject *o = TRY(plain_object_for(r, 0));
  TRY(clone_reader_keep(r, o));
  TRY(clone_read_properties(r, o, TAG_OBJECT_END, &count));
  if (!clone_read_u32(r, &expected) || expected != count) return clone_throw_bad_data(r);
  return value_from_object(o);
}

// ---- Objects of one shape: the record is the shape itself, or its final shape (EMPTY: none that would do) and its keys ----

static ValueArray *read_shape_record(CloneReader *r) {
  u32 keys;
  if (!clone_read_u32(r, &keys) || keys > clone_reader_left(r)) return clone_throw_bad_data(r);
  ValueArray *record = TRY(value_array_new(r->iso, (u64)keys + 1));
  for (u32 i = 1; i <= keys; i++) {
    PropertyKey key = TRY(clone_read_key(r));
    slot_set(r->iso, record, &record->values[i], (Value)key);
  }
  TRY(cell_list_push(r->iso, &r->shapes, record));
  if (r->owner) gc_barrier(heap_of(r->iso), r->owner);
  return record;
}

static PropertyKey record_key(const ValueArray *record, u32 i) { return (PropertyKey)slot_get(&record->values[i + 1]); }

static JSObject *make_first_of_shape(CloneReader *r, ValueArray *record) {
  u32 keys = (u32)record->count - 1;
  JSObject *o = TRY(plain_object_for(r, keys));
  for (u32 i = 0; i < keys; i++) TRY(clone_define_property(r, o, record_key(record, i), VALUE_UNDEFINED));
  Shape *shape = obj_shape(r->iso, o);
  if (shape->flags || shape->count != keys || keys > shape->inline_cap || o->bf != weft_empty_store) return o;
  slot_set(r->iso, record, &record->values[0], value_from_cell(shape));
  return o;
}

static bool next_is_hole(const CloneReader *r) { return r->at < r->end && *r->at == TAG_HOLE; }

// One value by its key; a getter may have deleted the property while the object was written.
static bool fill_by_key(CloneReader *r, JSObject *o, PropertyKey key) {
  if (UNLIKELY(next_is_hole(r))) {
    r->at++;
    return obj_delete_property(r->iso, o, key) != TRI_FAIL;
  }
  Value v = TRY(clone_read_value(r));
  return clone_define_property(r, o, key, v);
}

static ALWAYS_INLINE Value read_short_string(CloneReader *r) {
  u32 size = r->at[1];
  if (size < 2 || size >= 0x80 || clone_reader_left(r) < size + 2) return VALUE_EMPTY;
  String *s = str_new_latin1(r->iso, r->at + 2, size);
  r->at += size + 2;
  return value_from_cell(s);
}

// Most values, without a call; EMPTY: it is something else.
static ALWAYS_INLINE Value read_quick(CloneReader *r) {
  i32 i;
  if (UNLIKELY(r->end - r->at < 5)) return VALUE_EMPTY;
  switch (*r->at) {
  case TAG_INT_RAW:
    memcpy(&i, r->at + 1, sizeof i);
    r->at += 1 + sizeof i;
    return value_from_int(i);
  case TAG_CELL:
    if (!r->cells || r->next_cell >= r->cells->count) return VALUE_EMPTY;
    r->at++;
    return value_from_cell(cell_list_get(r->cells, r->next_cell++));
  case TAG_TRUE: r->at++; return VALUE_TRUE;
  case TAG_FALSE: r->at++; return VALUE_FALSE;
  case TAG_STRING8: return read_short_string(r);
  default: return VALUE_EMPTY;
  }
}

static ALWAYS_INLINE bool fill_slots(CloneReader *r, JSObject *o, const Shape *shape) {
  u32 count = shape->count;
  for (u32 i = 0; i < count; i++) {
    Value v = read_quick(r);
    if (UNLIKELY(!v)) {
      if (UNLIKELY(next_is_hole(r))) { // the shape is going to be another one
        for (; i < count; i++) TRY(fill_by_key(r, o, shape_entries(shape)[i].key));
        return true;
      }
      v = TRY(clone_read_value(r));
    }
    slot_set(r->iso, o, (Slot *)(o + 1) + i, v);
  }
  return true;
}

static JSObject *object_with_shape(CloneReader *r, Shape *shape) {
  JSObject *o = obj_new(r->iso, shape);
  for (u32 i = 0; i < shape->count; i++) slot_init((Slot *)(o + 1) + i, VALUE_UNDEFINED);
  return o;
}

static bool fill_by_keys(CloneReader *r, JSObject *o, const ValueArray *record) {
  for (u32 i = 0; i + 1 < record->count; i++) TRY(fill_by_key(r, o, record_key(record, i)));
  return true;
}

static Value read_with_shape(CloneReader *r, Shape *shape) {
  JSObject *o = object_with_shape(r, shape);
  TRY(clone_reader_keep(r, o));
  TRY(fill_slots(r, o, shape));
  return value_from_object(o);
}

static Value read_shaped(CloneReader *r, ValueArray *record) {
  Value known = slot_get(&record->values[0]);
  if (LIKELY(known != VALUE_EMPTY)) return read_with_shape(r, (Shape *)value_cell(known));
  JSObject *o = TRY(make_first_of_shape(r, record));
  known = slot_get(&record->values[0]);
  TRY(clone_reader_keep(r, o));
  if (LIKELY(known != VALUE_EMPTY)) TRY(fill_slots(r, o, (Shape *)value_cell(known)));
  else TRY(fill_by_keys(r, o, record));
  return value_from_object(o);
}

static Value read_known_shape(CloneReader *r) {
  u32 number;
  if (!clone_read_u32(r, &number) || number >= r->shapes.count) return clone_throw_bad_data(r);
  Cell *record = cell_list_get(&r->shapes, number);
  return record->kind == KIND_SHAPE ? read_with_shape(r, (Shape *)record) : read_shaped(r, (ValueArray *)record);
}

static Value read_own_shape(CloneReader *r) {
  u32 number;
  if (!clone_read_u32(r, &number) || !r->own_shapes || number >= r->own_shapes->count) return clone_throw_bad_data(r);
  return read_with_shape(r, (Shape *)cell_list_get(r->own_shapes, number));
}

// The shape that the keys at the reader gave the last time; NULL: they are new.
static Shape *find_shape(const CloneReader *r, u32 hash, u32 size) {
  const CloneCache *cache = clone_cache(r->iso);
  if (!cache || !size || size > clone_reader_left(r)) return NULL;
  const ShapeKeys *known = &cache->read[hash % CLONE_CACHE_SIZE];
  if (!known->shape || known->hash != hash || known->size != size || known->realm != r->realm) return NULL;
  return memcmp(known->bytes, r->at, size) == 0 ? (Shape *)(uintptr_t)known->shape : NULL;
}

static void remember_shape(const CloneReader *r, const Shape *shape, u32 hash, const u8 *keys, u32 size) {
  CloneCache *cache = clone_cache(r->iso);
  if (!cache || !size || size > CLONE_KEYS_MAX) return;
  ShapeKeys *known = &cache->read[hash % CLONE_CACHE_SIZE];
  known->shape = shape;
  known->realm = r->realm;
  known->hash = hash;
  known->size = (u8)size;
  memcpy(known->bytes, keys, size);
}

static Value read_new_shape(CloneReader *r) {
  u32 hash;
  const u8 *head = clone_read_bytes(r, 1 + sizeof hash);
  if (!head) return clone_throw_bad_data(r);
  u32 size = head[0];
  memcpy(&hash, head + 1, sizeof hash);
  Shape *shape = find_shape(r, hash, size);
  if (LIKELY(shape != NULL)) {
    r->at += size;
    TRY(cell_list_push(r->iso, &r->shapes, shape));
    if (r->owner) gc_barrier(heap_of(r->iso), r->owner);
    return read_with_shape(r, shape);
  }
  const u8 *keys = r->at;
  ValueArray *record = TRY(read_shape_record(r));
  if (size && r->at != keys + size) return clone_throw_bad_data(r);
  Value v = TRY(read_shaped(r, record));
  Value known = slot_get(&record->values[0]);
  if (known != VALUE_EMPTY) remember_shape(r, (Shape *)value_cell(known), hash, keys, size);
  return v;
}

// ---- Arrays ----

static bool set_element(CloneReader *r, JSObject *array, u32 i, Value v) {
  const ElementsHeader *header = elements_header(array->bf);
  if (LIKELY(i < header->length && i < header->capacity)) {
    slot_set(r->iso, array, &array->bf[i], v);
    return true;
  }
  return create_data_property_or_throw(r->iso, array, key_from_index(i), v); // JS has seen it already
}

static bool read_array_end(CloneReader *r, u32 properties, u32 length) {
  u32 expected_properties, expected_length;
  if (!clone_read_u32(r, &expected_properties) || !clone_read_u32(r, &expected_length)) return clone_throw_bad_data(r);
  if (expected_properties == properties && expected_length == length) return true;
  return clone_throw_bad_data(r);
}

static Value read_dense_array(CloneReader *r) {
  u32 length, properties;
  if (!clone_read_u32(r, &length) || length > clone_reader_left(r)) return clone_throw_bad_data(r);
  JSObject *array = TRY(array_new_uninit(r->iso, length));
  TRY(clone_reader_keep(r, array));
  for (u32 i = 0; i < length; i++) {
    u8 tag;
    TRY(clone_reader_step(r));
    if (!clone_peek_tag(r, &tag)) return clone_throw_bad_data(r);
    if (tag == TAG_HOLE) {
      r->at++;
      continue;
    }
    Value v = TRY(clone_read_value(r));
    TRY(set_element(r, array, i, v));
  }
  TRY(clone_read_properties(r, array, TAG_DENSE_ARRAY_END, &properties));
  TRY(read_array_end(r, properties, length));
  return value_from_object(array);
}

static Value read_sparse_array(CloneReader *r) {
  u32 length, properties;
  if (!clone_read_u32(r, &length)) return clone_throw_bad_data(r);
  JSObject *array = TRY(array_create(r->iso, length));
  TRY(clone_reader_keep(r, array));
  TRY(clone_read_properties(r, array, TAG_SPARSE_ARRAY_END, &properties));
  TRY(read_array_end(r, properties, length));
  return value_from_object(array);
}

static bool numbers_are_valid(const Slot *values, u32 count) {
  for (u32 i = 0; i < count; i++) {
    u64 bits = value_bits(slot_get(&values[i]));
    if (bits >= TAG_INT ? bits >> 32 != TAG_INT >> 32 : bits < DOUBLE_OFFSET || bits - DOUBLE_OFFSET > 0xFFF8000000000000ull)
      return false;
  }
  return true;
}

static Value read_numbers(CloneReader *r) {
  u32 length;
  if (!clone_read_u32(r, &length) || length > clone_reader_left(r) / sizeof(Value)) return clone_throw_bad_data(r);
  const u8 *bytes = clone_read_bytes(r, (size_t)length * sizeof(Value));
  JSObject *array = TRY(array_new_uninit(r->iso, length));
  TRY(clone_reader_keep(r, array));
  if (!length) return value_from_object(array);
  memcpy(array->bf, bytes, (size_t)length * sizeof(Value));
  // Messages never leave the process.
  if (r->mode != CLONE_WIRE || numbers_are_valid(array->bf, length)) return value_from_object(array);
  memset(array->bf, 0, (size_t)length * sizeof(Value));
  return clone_throw_bad_data(r);
}

// ---- Everything ----

static Value read_container(CloneReader *r, u8 tag) {
  TRY(check_c_stack(r->iso));
  TRY(clone_reader_step(r));
  switch (tag) {
  case TAG_OWN_SHAPED: return read_own_shape(r);
  case TAG_SHAPED: return read_known_shape(r);
  case TAG_NEW_SHAPE: return read_new_shape(r);
  case TAG_OBJECT: return read_object(r);
  case TAG_DENSE_ARRAY: return read_dense_array(r);
  case TAG_SPARSE_ARRAY: return read_sparse_array(r);
  case TAG_NUMBERS: return read_numbers(r);
  default: return clone_read_kind(r, tag);
  }
}

static Value read_reference(CloneReader *r) {
  u32 number;
  if (!clone_read_u32(r, &number) || number >= r->objects.count) return clone_throw_bad_data(r);
  Cell *cell = cell_list_get(&r->objects, number);
  if (!cell) return clone_throw_bad_data(r);
  return value_from_cell(cell);
}

static Value read_int(CloneReader *r, bool is_signed) {
  u32 u;
  if (!clone_read_u32(r, &u)) return clone_throw_bad_data(r);
  return is_signed ? value_from_int((i32)(u >> 1 ^ (0 - (u & 1)))) : value_from_u32(u);
}

static Value read_raw_int(CloneReader *r) {
  i32 i;
  const u8 *bytes = clone_read_bytes(r, sizeof i);
  if (!bytes) return clone_throw_bad_data(r);
  memcpy(&i, bytes, sizeof i);
  return value_from_int(i);
}

static Value read_number(CloneReader *r) {
  double d;
  if (!clone_read_double(r, &d)) return clone_throw_bad_data(r);
  return value_from_untrusted_double(d);
}

static Value skip_count_and_read(CloneReader *r) {
  u32 ignored;
  if (!clone_read_u32(r, &ignored)) return clone_throw_bad_data(r);
  TRY(check_c_stack(r->iso));
  return clone_read_value(r);
}

static Value read_cell(CloneReader *r) {
  Value v = clone_next_cell(r);
  if (!v) return clone_throw_bad_data(r);
  return v;
}

// A view follows its buffer.
static NOINLINE Value read_view_of(CloneReader *r, Value v) {
  u8 tag;
  if (!clone_peek_tag(r, &tag) || tag != TAG_VIEW) return v;
  r->at++;
  return clone_read_view(r, (JSArrayBuffer *)value_object(v));
}

Value clone_read_value(CloneReader *r) {
  u8 tag = (u8)TRY(read_tag(r));
  switch (tag) {
  case TAG_INT_RAW: return read_raw_int(r);
  case TAG_CELL: return read_cell(r);
  case TAG_STRING8: return value_from_cell(TRY(read_chars8(r)));
  case TAG_TRUE: return VALUE_TRUE;
  case TAG_FALSE: return VALUE_FALSE;
  case TAG_DOUBLE: return read_number(r);
  case TAG_UNDEFINED: return VALUE_UNDEFINED;
  case TAG_NULL: return VALUE_NULL;
  case TAG_ZIGZAG: return read_int(r, true);
  case TAG_UINT: return read_int(r, false);
  case TAG_STRING16:
  case TAG_STRING_UTF8:
  case TAG_TEXT8:
  case TAG_TEXT16: return value_from_cell(TRY(read_string_of_tag(r, tag)));
  case TAG_BIGINT: return value_from_cell(TRY(clone_read_bigint(r)));
  case TAG_VERIFY_OBJECT_COUNT: return skip_count_and_read(r);
  }
  Value v = TRY(tag == TAG_REFERENCE ? read_reference(r) : read_container(r, tag));
  u8 kind = value_cell(v)->kind;
  return LIKELY(kind != KIND_ARRAY_BUFFER && kind != KIND_SHARED_ARRAY_BUFFER) ? v : read_view_of(r, v);
}
