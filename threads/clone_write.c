// SPDX-License-Identifier: MIT
// Writing values: primitives, strings, plain objects and arrays (StructuredSerializeInternal). Objects are read straight from their
// slots as long as their shape says that no getter is there, and the shape is looked at again after everything that may run JS.
// Inside the process objects of one shape write their keys once.
// GC: the writer keeps every object that it has numbered, so that no address is used twice.
// Tests: tests/unit/threads/test_clone.c, tests/threads/clone/.
#include "base/hash.h"
#include "threads/clone_cache.h"
#include "threads/clone_format.h"
#include "threads/clone_writer.h"
#include "vm/bigint.h"
#include "vm/kinds.h"
#include "vm/memory_access.h"

// What CloneShape.number says beside a number.
#define SHAPE_NUMBER_GENERIC 0xFFFFFFFFu // key by key
#define SHAPE_NUMBER_KEYED 0xFFFFFFFDu   // wire: keys and slots
#define SHAPE_NUMBER_NEW 0xFFFFFFFEu     // its keys were not written yet
#define SHAPE_NUMBER_OWN 0x80000000u     // local; bits below: number among own_shapes

// ---- Lists of cells ----

bool cell_list_push(Isolate *iso, CellList *list, void *cell) {
  if (list->count < CELL_LIST_FEW) {
    list->few[list->count++] = cell;
    return true;
  }
  if (!list->many || list->count == list->many->count) {
    ValueArray *larger = TRY(value_array_new(iso, (u64)list->count * 2));
    for (u32 i = 0; i < list->count; i++) slot_init(&larger->values[i], value_from_cell(cell_list_get(list, i)));
    gc_barrier(heap_of(iso), &larger->cell);
    list->many = larger;
  }
  slot_set(iso, list->many, &list->many->values[list->count], value_from_cell(cell));
  list->count++;
  return true;
}

// ---- Life ----

void clone_writer_init(CloneWriter *w, Isolate *iso, CloneMode mode, Message *message) {
  w->iso = iso;
  w->at = message->bytes + message->size;
  w->end = message->bytes + message->capacity;
  w->message = message;
  w->mode = mode;
  w->views_as_host_objects = w->has_marks = false;
  w->calls = NULL;
  w->delegate = NULL;
  w->delegate_data = NULL;
  w->owner = NULL;
  w->objects.count = w->cells.count = w->own_shapes.count = 0;
  w->objects.many = w->cells.many = w->own_shapes.many = NULL;
  w->index = NULL;
  w->until_poll = CLONE_POLL_PERIOD;
  w->shape_count = w->depth = 0;
  w->transfer = NULL;
  w->transfer_count = 0;
  w->realm = realm_current(iso);
  w->shapes_used = 0;
}

void clone_writer_finish(CloneWriter *w) {
  w->message->size = (u32)(w->at - w->message->bytes);
  w->message->object_count = w->objects.count;
}

static void trace_list(GcTracer *tracer, const CellList *list) {
  for (u32 i = 0; i < MIN(list->count, (u32)CELL_LIST_FEW); i++) gc_trace_cell(tracer, list->few[i]);
  gc_trace_cell(tracer, list->many);
}

void clone_writer_trace(CloneWriter *w, GcTracer *tracer) {
  trace_list(tracer, &w->objects);
  gc_trace_cell(tracer, w->index);
  for (u32 i = 0; i < CLONE_SHAPES; i++) {
    if (w->shapes_used >> i & 1) gc_trace_cell(tracer, w->shapes[i].shape);
  }
}

bool clone_poll(CloneWriter *w) {
  w->until_poll = CLONE_POLL_PERIOD;
  return isolate_poll(w->iso);
}

// ---- Failure ----

bool clone_throw_data_clone_error(CloneWriter *w, const char *message) {
  if (w->delegate) {
    w->delegate->throw_data_clone_error(w, message);
  } else if (w->calls) {
    w->calls->throw_data_clone_error(w->iso, message);
  } else {
    throw_error_message(w->iso, INTRINSIC_ERROR_PROTOTYPE, "%s", message);
  }
  return false;
}

bool clone_throw_not_cloneable(CloneWriter *w, Value v) {
  String *text = str_new_format(w->iso, "%s could not be cloned.", error_text_of_value(w->iso, v));
  return text && clone_throw_data_clone_error(w, error_text_of_string(w->iso, text));
}

bool clone_writer_grow(CloneWriter *w, size_t more) {
  Message *message = w->message;
  message->size = (u32)(w->at - message->bytes);
  if (more > UINT32_MAX || !message_reserve(message, (u32)more)) {
    return clone_throw_data_clone_error(w, "Data cannot be cloned, out of memory.");
  }
  w->at = message->bytes + message->size;
  w->end = message->bytes + message->capacity;
  return true;
}

// ---- Raw parts ----

bool clone_write_header(CloneWriter *w) { return clone_write_tag_number(w, TAG_VERSION, WIRE_VERSION); }

bool clone_write_u32(CloneWriter *w, u32 u) {
  TRY(clone_writer_room(w, 5));
  clone_put_varint(w, u);
  return true;
}

bool clone_write_u64(CloneWriter *w, u64 u) {
  TRY(clone_writer_room(w, 10));
  while (u >= 0x80) {
    *w->at++ = (u8)(u | 0x80);
    u >>= 7;
  }
  *w->at++ = (u8)u;
  return true;
}

bool clone_write_double(CloneWriter *w, double d) { return clone_write_bytes(w, &d, sizeof d); }

enum { POLL_BYTES = 256 * 1024 };

bool clone_write_bytes(CloneWriter *w, const void *bytes, size_t size) {
  TRY(clone_writer_room(w, size));
  if (LIKELY(size <= MEMORY_POLL_BYTES)) {
    if (size) memcpy(w->at, bytes, size);
    if (UNLIKELY(size >= POLL_BYTES)) TRY(clone_poll(w));
  } else {
    TRY(memory_copy_polling(w->iso, w->at, bytes, size, false));
  }
  w->at += size;
  return true;
}

bool clone_write_tag_double(CloneWriter *w, u8 tag, double d) {
  TRY(clone_writer_room(w, 9));
  if (UNLIKELY(d != d)) d = __builtin_nan(""); // the processor's own has a sign
  *w->at++ = tag;
  memcpy(w->at, &d, 8);
  w->at += 8;
  return true;
}

// ---- Primitives ----

static u32 zigzag(i32 i) { return (u32)i << 1 ^ (u32)(i >> 31); }

static ALWAYS_INLINE bool write_int(CloneWriter *w, i32 i) {
  if (w->mode == CLONE_WIRE) return clone_write_tag_number(w, TAG_ZIGZAG, zigzag(i));
  TRY(clone_writer_room(w, 5));
  *w->at++ = TAG_INT_RAW;
  memcpy(w->at, &i, 4);
  w->at += 4;
  return true;
}

// Arithmetic may leave integers as doubles; V8 writes what they are.
static bool write_double_value(CloneWriter *w, Value v) {
  Value canonical = value_from_double(value_double(v));
  return value_is_int(canonical) ? write_int(w, value_int(canonical)) : clone_write_tag_double(w, TAG_DOUBLE, value_double(v));
}

static bool write_oddball(CloneWriter *w, Value v) {
  u8 tag = v == VALUE_TRUE ? TAG_TRUE : v == VALUE_FALSE ? TAG_FALSE : v == VALUE_NULL ? TAG_NULL : TAG_UNDEFINED;
  return clone_write_tag(w, tag);
}

bool clone_write_bigint(CloneWriter *w, u8 tag, const BigInt *b) {
  u32 bytes = b->length * 8;
  TRY(clone_writer_room(w, (size_t)bytes + 6));
  *w->at++ = tag;
  clone_put_varint(w, bytes << 1 | bigint_is_negative(b));
  return clone_write_bytes(w, b->limbs, bytes);
}

static u32 varint_size(u32 u) { return u < 0x80 ? 1 : u < 0x4000 ? 2 : u < 0x200000 ? 3 : u < 0x10000000 ? 4 : 5; }

static NOINLINE bool write_shared_text(CloneWriter *w, String *s) {
  u32 start;
  SharedText *text = TRY(clone_text_of_string(w->iso, s, &start));
  u32 number = message_add_text(w->message, text);
  TRY(clone_write_tag_number(w, str_is_utf16(s) ? TAG_TEXT16 : TAG_TEXT8, number));
  TRY(clone_write_u32(w, start));
  return clone_write_u32(w, s->length);
}

static bool write_cell(CloneWriter *w, Cell *cell) {
  TRY(cell_list_push(w->iso, &w->cells, cell));
  return clone_write_tag(w, TAG_CELL);
}

bool clone_write_string(CloneWriter *w, String *s) {
  s = TRY(str_flatten(w->iso, s));
  u32 wide = str_is_utf16(s) ? 1 : 0, size = s->length << wide;
  if (UNLIKELY(size >= SHARED_TEXT_MIN) && w->mode != CLONE_WIRE) return write_shared_text(w, s);
  TRY(clone_writer_room(w, (size_t)size + 7));
  // Readers of the wire want 16-bit characters at even positions.
  if (wide && w->mode == CLONE_WIRE && ((size_t)(w->at - w->message->bytes) + 1 + varint_size(size)) & 1) *w->at++ = TAG_PADDING;
  *w->at++ = wide ? TAG_STRING16 : TAG_STRING8;
  clone_put_varint(w, size);
  memcpy(w->at, str_chars(s), size);
  w->at += size;
  return true;
}

bool clone_write_key(CloneWriter *w, PropertyKey key) {
  if (!key_is_index(key)) return clone_write_string(w, (String *)key_cell(key));
  u32 index = key_index(key);
  return index <= INT32_MAX ? write_int(w, (i32)index) : clone_write_tag_double(w, TAG_DOUBLE, index);
}

// ---- Which object is it ----

static ALWAYS_INLINE u32 address_hash(const void *cell) { return (u32)((u64)(uintptr_t)cell * 0x9E3779B97F4A7C15ull >> 32); }
static u32 *index_slots(const CloneWriter *w) { return (u32 *)(void *)w->index->data; }
static u32 index_mask(const CloneWriter *w) { return (u32)w->index->used; }

static void index_add(CloneWriter *w, const Cell *cell, u32 number) {
  u32 mask = index_mask(w), *slots = index_slots(w), h = address_hash(cell) & mask;
  while (slots[h]) h = (h + 1) & mask;
  slots[h] = number + 1;
}

static NOINLINE bool index_grow(CloneWriter *w) {
  u64 size = w->index ? ((u64)index_mask(w) + 1) * 4 : 64;
  w->index = TRY(bytes_new(w->iso, size * sizeof(u32)));
  w->index->used = size - 1;
  if (w->owner) gc_barrier(heap_of(w->iso), w->owner);
  for (u32 i = 0; i < w->objects.count; i++) index_add(w, cell_list_get(&w->objects, i), i);
  return true;
}

// The object's number if it has one; else gives it the next (*is_new).
static ALWAYS_INLINE bool remember(CloneWriter *w, JSObject *o, u32 *number, bool *is_new) {
  u32 count = w->objects.count;
  *is_new = false;
  if (count <= CELL_LIST_FEW) {
    for (u32 i = 0; i < count; i++) {
      if (w->objects.few[i] == &o->cell) return *number = i, true;
    }
    if (UNLIKELY(count == CELL_LIST_FEW)) TRY(index_grow(w));
  } else {
    if (UNLIKELY(count * 2 > index_mask(w))) TRY(index_grow(w));
    u32 mask = index_mask(w), *slots = index_slots(w);
    for (u32 h = address_hash(o) & mask; slots[h]; h = (h + 1) & mask) {
      if (cell_list_get(&w->objects, slots[h] - 1) == &o->cell) return *number = slots[h] - 1, true;
    }
  }
  *is_new = true;
  *number = count;
  TRY(cell_list_push(w->iso, &w->objects, o));
  if (w->index) index_add(w, &o->cell, count);
  if (w->owner) gc_barrier(heap_of(w->iso), w->owner);
  return true;
}

bool clone_writer_knows(const CloneWriter *w, const JSObject *o) {
  if (!w->index) {
    for (u32 i = 0; i < w->objects.count; i++) {
      if (w->objects.few[i] == &o->cell) return true;
    }
    return false;
  }
  u32 mask = index_mask(w), *slots = index_slots(w);
  for (u32 h = address_hash(o) & mask; slots[h]; h = (h + 1) & mask) {
    if (cell_list_get(&w->objects, slots[h] - 1) == &o->cell) return true;
  }
  return false;
}

static bool write_reference(CloneWriter *w, u32 number) {
  w->message->has_references = true;
  return clone_write_tag_number(w, TAG_REFERENCE, number);
}

// ---- Own properties, key by key ----

static bool collect_enumerable_keys(CloneWriter *w, JSObject *o, bool with_elements, KeyList *keys) {
  KeyList all;
  key_list_init(&all, w->iso);
  key_list_init(keys, w->iso);
  TRY(obj_own_property_keys(w->iso, o, &all));
  for (u32 i = 0; i < all.length; i++) {
    PropertyKey key = all.data[i];
    if (key_is_symbol(key) || (key_is_index(key) && !with_elements)) continue;
    PropertyDescriptor desc;
    Tri found = TRY(obj_get_own_property(w->iso, o, key, &desc));
    if (found == TRI_YES && desc.attrs & ATTR_ENUMERABLE) TRY(key_list_push(keys, key));
  }
  return true;
}

// The value of an own property as it is now; EMPTY: it is gone. false: thrown. Runs JS.
static bool get_own_value(CloneWriter *w, JSObject *o, PropertyKey key, Value *v) {
  PropertyDescriptor desc;
  Tri found = TRY(obj_get_own_property(w->iso, o, key, &desc));
  *v = VALUE_EMPTY;
  if (found == TRI_NO) return true;
  if (!(desc.has & (HAS_GET | HAS_SET))) {
    *v = desc.value;
    return true;
  }
  *v = VALUE_UNDEFINED;
  if (!(desc.has & HAS_GET) || !value_is_callable(desc.getter)) return true;
  *v = TRY(CALL0(w->iso, desc.getter, value_from_object(o)));
  return true;
}

bool clone_write_own_properties(CloneWriter *w, JSObject *o, bool with_elements, u32 *written) {
  KeyList keys;
  *written = 0;
  TRY(collect_enumerable_keys(w, o, with_elements, &keys));
  for (u32 i = 0; i < keys.length; i++) {
    Value v;
    TRY(clone_writer_step(w));
    TRY(get_own_value(w, o, keys.data[i], &v));
    if (v == VALUE_EMPTY) continue;
    TRY(clone_write_key(w, keys.data[i]));
    TRY(clone_write_value(w, v));
    ++*written;
  }
  return true;
}

// ---- Plain objects ----

static ALWAYS_INLINE bool entry_counts(const PropertyEntry *entry) {
  return (entry->attrs & ATTR_ENUMERABLE) && key_cell(entry->key)->kind == KIND_STRING;
}

static bool is_arguments_shape(CloneWriter *w, const Shape *shape) {
  const Shape *start = ref_get(w->realm->shape_arguments_unmapped);
  for (; shape; shape = ref_get(shape->parent)) {
    if (shape == start) return true;
  }
  return false;
}

// Objects that only need slots: no getters, nothing that a lookup would have to make first.
static bool shape_is_simple(const Shape *shape) {
  if (shape->flags & (SHAPE_UNIQUE | SHAPE_EXOTIC | SHAPE_LAZY_FUNCTION | SHAPE_HAS_INDEXED_ACCESSORS)) return false;
  const PropertyEntry *entries = shape->count ? shape_entries(shape) : NULL;
  for (u32 i = 0; i < shape->count; i++) {
    if (entry_counts(&entries[i]) && entries[i].attrs & ATTR_ACCESSOR) return false;
  }
  return true;
}

// A clone in the same realm has this very shape.
static bool shape_is_reusable(const CloneWriter *w, const Shape *shape) {
  if (shape->flags || slot_get(&shape->proto) != value_from_object(realm_intrinsic(w->iso, w->realm, INTRINSIC_OBJECT_PROTOTYPE))) {
    return false;
  }
  if (shape->count > shape->inline_cap || shape->first_offset != sizeof(JSObject)) return false;
  const PropertyEntry *entries = shape->count ? shape_entries(shape) : NULL;
  for (u32 i = 0; i < shape->count; i++) {
    if (entries[i].attrs != ATTR_ALL || key_cell(entries[i].key)->kind != KIND_STRING || entries[i].slot != i) return false;
  }
  return true;
}

// What the isolate remembers of a shape; NULL: nothing. Only shapes that are simple, of no arguments object, and whose prototype knows
// nothing about cloning.
static ALWAYS_INLINE ShapeKeys *known_shape(const CloneWriter *w, const Shape *shape) {
  CloneCache *cache = w->mode == CLONE_WIRE ? NULL : clone_cache(w->iso);
  if (!cache) return NULL;
  ShapeKeys *known = &cache->written[shape->id % CLONE_CACHE_SIZE];
  return known->shape == shape && known->realm == w->realm ? known : NULL;
}

static void remember_shape(const CloneWriter *w, const Shape *shape) {
  CloneCache *cache = w->mode == CLONE_WIRE ? NULL : clone_cache(w->iso);
  if (!cache || !shape_is_simple(shape)) return;
  ShapeKeys *known = &cache->written[shape->id % CLONE_CACHE_SIZE];
  known->shape = shape;
  known->realm = w->realm;
  known->size = 0;
  known->reusable = shape_is_reusable(w, shape);
}

static struct CloneShape *shape_place(CloneWriter *w, const Shape *shape) { return &w->shapes[shape->id % CLONE_SHAPES]; }
static ALWAYS_INLINE bool shape_is_classified(const CloneWriter *w, const Shape *shape) {
  u32 place = shape->id % CLONE_SHAPES;
  return w->shapes_used >> place & 1 && w->shapes[place].shape == shape;
}

static struct CloneShape *classify_shape(CloneWriter *w, Shape *shape) {
  struct CloneShape *entry = shape_place(w, shape);
  const ShapeKeys *known = known_shape(w, shape);
  u32 number = SHAPE_NUMBER_NEW;
  if (!known && !shape_is_simple(shape)) {
    number = SHAPE_NUMBER_GENERIC;
  } else if (w->mode == CLONE_WIRE) {
    number = SHAPE_NUMBER_KEYED;
  } else if (w->mode == CLONE_LOCAL && (known ? known->reusable : shape_is_reusable(w, shape))) {
    number = SHAPE_NUMBER_OWN | w->own_shapes.count;
    TRY(cell_list_push(w->iso, &w->own_shapes, shape));
  }
  *entry = (struct CloneShape){shape, number};
  w->shapes_used |= 1u << shape->id % CLONE_SHAPES;
  if (w->owner) gc_barrier(heap_of(w->iso), w->owner);
  return entry;
}

// What is left of a shaped object after its shape has changed: values of the keys that are still there, from entry `first` on.
static NOINLINE bool write_lost_shape(CloneWriter *w, JSObject *o, const Shape *shape, u32 first) {
  for (u32 i = first; i < shape->count; i++) {
    const PropertyEntry *entry = &shape_entries(shape)[i]; // a shared shape never changes
    Value v;
    if (!entry_counts(entry)) continue;
    TRY(get_own_value(w, o, entry->key, &v));
    if (v == VALUE_EMPTY) TRY(clone_write_tag(w, TAG_HOLE));
    else TRY(clone_write_value(w, v));
  }
  return true;
}

static ALWAYS_INLINE bool write_short_string(CloneWriter *w, const String *s) {
  u32 length = s->length;
  if (s->cell.flags & (STR_ROPE | STR_SLICE | STR_UTF16) || length >= 0x80 || (size_t)(w->end - w->at) < length + 2) return false;
  w->at[0] = TAG_STRING8;
  w->at[1] = (u8)length;
  memcpy(w->at + 2, str_chars(s), length);
  w->at += length + 2;
  return true;
}

// Most values, without a call; false: it is something else, or there is no room.
static ALWAYS_INLINE bool write_quick(CloneWriter *w, Value v) {
  if (UNLIKELY(w->end - w->at < 5)) return false;
  if (value_is_int(v)) {
    i32 i = value_int(v);
    *w->at++ = TAG_INT_RAW;
    memcpy(w->at, &i, sizeof i);
    w->at += sizeof i;
    return true;
  }
  if (value_is_boolean(v)) {
    *w->at++ = v == VALUE_TRUE ? TAG_TRUE : TAG_FALSE;
    return true;
  }
  if (!value_is_string(v)) return false;
  if (w->mode == CLONE_MESSAGE) return write_short_string(w, value_string(v));
  if (w->mode != CLONE_LOCAL || w->cells.count >= CELL_LIST_FEW) return false;
  w->cells.few[w->cells.count++] = value_cell(v);
  *w->at++ = TAG_CELL;
  return true;
}

// Shapes of SHAPE_NUMBER_OWN: every slot is inline and counts.
static bool write_own_slots(CloneWriter *w, JSObject *o, Shape *shape) {
  u32 count = shape->count;
  for (u32 i = 0; i < count; i++) {
    if (UNLIKELY(o->cell.shape_id != shape->id)) return write_lost_shape(w, o, shape, i);
    Value v = slot_get((Slot *)(o + 1) + i);
    if (LIKELY(write_quick(w, v))) continue;
    if (UNLIKELY(value_is_lazy(v))) TRY(get_own_value(w, o, shape_entries(shape)[i].key, &v));
    TRY(clone_write_value(w, v));
  }
  return true;
}

// The values of a simple shape's entries.
static bool write_slots(CloneWriter *w, JSObject *o, Shape *shape) {
  u32 count = shape->count;
  for (u32 i = 0; i < count; i++) {
    const PropertyEntry *entry = &shape_entries(shape)[i];
    if (!entry_counts(entry)) continue;
    if (UNLIKELY(o->cell.shape_id != shape->id)) return write_lost_shape(w, o, shape, i);
    Value v = slot_get(obj_slot_at(o, shape, entry->slot));
    if (LIKELY(write_quick(w, v))) continue;
    if (UNLIKELY(value_is_lazy(v))) TRY(get_own_value(w, o, entry->key, &v));
    TRY(clone_write_value(w, v));
  }
  return true;
}

static bool write_shape_keys(CloneWriter *w, const Shape *shape) {
  u32 keys = 0;
  const PropertyEntry *entries = shape->count ? shape_entries(shape) : NULL;
  for (u32 i = 0; i < shape->count; i++) keys += entry_counts(&entries[i]);
  TRY(clone_write_u32(w, keys));
  for (u32 i = 0; i < shape->count; i++) {
    if (entry_counts(&entries[i])) TRY(clone_write_string(w, (String *)key_cell(entries[i].key)));
  }
  return true;
}

enum { SHAPE_HEAD = 6 }; // tag, size, hash

static NOINLINE bool write_unknown_shape(CloneWriter *w, const Shape *shape) {
  TRY(clone_writer_room(w, SHAPE_HEAD));
  size_t start = (size_t)(w->at - w->message->bytes);
  memset(w->at, 0, SHAPE_HEAD);
  *w->at = TAG_NEW_SHAPE;
  w->at += SHAPE_HEAD;
  TRY(write_shape_keys(w, shape));
  u8 *head = w->message->bytes + start, *keys = head + SHAPE_HEAD;
  size_t size = (size_t)(w->at - keys);
  if (size > CLONE_KEYS_MAX) return true;
  u32 hash = hash_latin1(keys, size);
  head[1] = (u8)size;
  memcpy(head + 2, &hash, sizeof hash);
  ShapeKeys *known = known_shape(w, shape);
  if (!known) return true;
  known->size = (u8)size;
  known->hash = hash;
  memcpy(known->bytes, keys, size);
  return true;
}

static bool write_new_shape(CloneWriter *w, const Shape *shape) {
  const ShapeKeys *known = known_shape(w, shape);
  if (UNLIKELY(!known || !known->size)) return write_unknown_shape(w, shape);
  TRY(clone_writer_room(w, SHAPE_HEAD + CLONE_KEYS_MAX));
  w->at[0] = TAG_NEW_SHAPE;
  w->at[1] = known->size;
  memcpy(w->at + 2, &known->hash, sizeof known->hash);
  memcpy(w->at + SHAPE_HEAD, known->bytes, CLONE_KEYS_MAX);
  w->at += SHAPE_HEAD + known->size;
  return true;
}

static bool write_object_by_keys(CloneWriter *w, JSObject *o) {
  u32 written;
  TRY(clone_write_tag(w, TAG_OBJECT));
  TRY(clone_write_own_properties(w, o, true, &written));
  return clone_write_tag_number(w, TAG_OBJECT_END, written);
}

// The same bytes as write_object_by_keys makes, from the slots of a simple shape.
static bool write_keyed_slots(CloneWriter *w, JSObject *o, Shape *shape) {
  u32 written = 0;
  TRY(clone_write_tag(w, TAG_OBJECT));
  for (u32 i = 0; i < shape->count; i++) {
    const PropertyEntry *entry = &shape_entries(shape)[i];
    if (!entry_counts(entry)) continue;
    Value v = o->cell.shape_id == shape->id ? slot_get(obj_slot_at(o, shape, entry->slot)) : VALUE_EMPTY;
    if (UNLIKELY(!v || value_is_lazy(v))) TRY(get_own_value(w, o, entry->key, &v));
    if (UNLIKELY(!v)) continue;
    TRY(clone_write_string(w, (String *)key_cell(entry->key)));
    TRY(clone_write_value(w, v));
    written++;
  }
  return clone_write_tag_number(w, TAG_OBJECT_END, written);
}

static ALWAYS_INLINE bool has_elements(const JSObject *o) { return o->cell.flags & OBJ_SPARSE || elements_header(o->bf)->length; }

bool clone_write_properties_object(CloneWriter *w, JSObject *o) {
  Shape *shape = obj_shape(w->iso, o);
  struct CloneShape *entry = shape_place(w, shape);
  if (!shape_is_classified(w, shape)) entry = TRY(classify_shape(w, shape));
  u32 number = entry->number;
  if (number == SHAPE_NUMBER_GENERIC || UNLIKELY(has_elements(o))) return write_object_by_keys(w, o);
  if (number == SHAPE_NUMBER_KEYED) return write_keyed_slots(w, o, shape);
  if (number == SHAPE_NUMBER_NEW) {
    TRY(write_new_shape(w, shape));
    entry->number = w->shape_count++;
  } else if (number & SHAPE_NUMBER_OWN) {
    TRY(clone_write_tag_number(w, TAG_OWN_SHAPED, number & ~SHAPE_NUMBER_OWN));
    return write_own_slots(w, o, shape);
  } else {
    TRY(clone_write_tag_number(w, TAG_SHAPED, number));
  }
  return write_slots(w, o, shape);
}

static bool proto_may_know_cloning(CloneWriter *w, const Shape *shape) {
  Value proto = slot_get(&shape->proto);
  return value_is_object(proto) && proto != value_from_object(realm_intrinsic(w->iso, w->realm, INTRINSIC_OBJECT_PROTOTYPE));
}

static bool write_plain_object(CloneWriter *w, JSObject *o) {
  Shape *shape = obj_shape(w->iso, o);
  if (shape_is_classified(w, shape) || known_shape(w, shape)) return clone_write_properties_object(w, o);
  if (is_arguments_shape(w, shape)) return clone_throw_not_cloneable(w, value_from_object(o));
  if (proto_may_know_cloning(w, shape)) {
    Tri done = w->calls ? TRY(clone_write_with_calls(w, o)) : TRI_NO;
    if (done == TRI_YES) return true;
  } else {
    remember_shape(w, shape);
  }
  return clone_write_properties_object(w, o);
}

// ---- Arrays ----

typedef enum ElementsKind { ELEMENTS_HOLES, ELEMENTS_ANY, ELEMENTS_NUMBERS } ElementsKind;

// Numbers are the largest words: one comparison tells of many (value.h).
static bool are_numbers(const Slot *slots, u32 count) {
  enum { STRIDE = 32 };
  for (u32 i = 0; i < count; i += STRIDE) {
    u64 least = UINT64_MAX;
    for (u32 k = i, end = MIN(i + STRIDE, count); k < end; k++) least = MIN(least, value_bits(slot_get(&slots[k])));
    if (!value_is_number(value_from_bits(least))) return false;
  }
  return true;
}

static ElementsKind elements_kind(const JSObject *array) {
  const ElementsHeader *header = elements_header(array->bf);
  if (array->cell.flags & OBJ_SPARSE || header->length > header->capacity) return ELEMENTS_HOLES;
  if (are_numbers(array->bf, header->length)) return ELEMENTS_NUMBERS;
  for (u32 i = 0; i < header->length; i++) {
    if (slot_get(&array->bf[i]) == VALUE_EMPTY) return ELEMENTS_HOLES;
  }
  return ELEMENTS_ANY;
}

// Of numbers: not all of them are int32.
static bool has_doubles(const JSObject *array, u32 length) {
  for (u32 i = 0; i < length; i++) {
    Value v = slot_get(&array->bf[i]);
    if (!value_is_int(v) && !value_is_int(value_from_double(value_double(v)))) return true;
  }
  return false;
}

static bool write_element(CloneWriter *w, JSObject *array, u32 i) {
  const ElementsHeader *header = elements_header(array->bf);
  Value v = LIKELY(i < header->length && i < header->capacity) ? slot_get(&array->bf[i]) : VALUE_EMPTY;
  if (UNLIKELY(v == VALUE_EMPTY)) TRY(get_own_value(w, array, key_from_index(i), &v));
  return v == VALUE_EMPTY ? clone_write_tag(w, TAG_HOLE) : clone_write_value(w, v);
}

// V8 writes arrays of its double kind so, whatever the numbers are.
static bool write_doubles(CloneWriter *w, const JSObject *array, u32 length) {
  for (u32 i = 0; i < length; i++) TRY(clone_write_tag_double(w, TAG_DOUBLE, value_number(slot_get(&array->bf[i]))));
  return true;
}

static bool has_named_properties(CloneWriter *w, const JSObject *array) { return obj_shape(w->iso, array)->count != 0; }

static bool write_array_end(CloneWriter *w, JSObject *array, u8 tag, bool with_elements, u32 length) {
  u32 written = 0;
  if (with_elements || has_named_properties(w, array)) TRY(clone_write_own_properties(w, array, with_elements, &written));
  TRY(clone_write_tag_number(w, tag, written));
  return clone_write_u32(w, length);
}

static bool write_array(CloneWriter *w, JSObject *array) {
  u32 length = array_length(array);
  ElementsKind kind = elements_kind(array);
  if (kind == ELEMENTS_HOLES) {
    TRY(clone_write_tag_number(w, TAG_SPARSE_ARRAY, length));
    return write_array_end(w, array, TAG_SPARSE_ARRAY_END, true, length);
  }
  if (kind == ELEMENTS_NUMBERS && w->mode != CLONE_WIRE && !has_named_properties(w, array)) {
    TRY(clone_write_tag_number(w, TAG_NUMBERS, length));
    return clone_write_bytes(w, array->bf, (size_t)length * sizeof(Value));
  }
  TRY(clone_write_tag_number(w, TAG_DENSE_ARRAY, length));
  if (kind == ELEMENTS_NUMBERS && has_doubles(array, length)) {
    TRY(write_doubles(w, array, length));
  } else {
    for (u32 i = 0; i < length; i++) {
      TRY(clone_writer_step(w));
      TRY(write_element(w, array, i));
    }
  }
  return write_array_end(w, array, TAG_DENSE_ARRAY_END, false, length);
}

// ---- Everything ----

static bool write_new_object(CloneWriter *w, JSObject *o) {
  u8 kind = o->cell.kind;
  if (UNLIKELY(w->transfer_count)) {
    Tri done = TRY(clone_write_transferred(w, o));
    if (done == TRI_YES) return true;
  }
  if (kind == KIND_ARRAY) return write_array(w, o);
  if (kind != KIND_OBJECT) return clone_write_kind(w, o);
  if (UNLIKELY(w->has_marks) && clone_is_marked(w->iso, o, CLONE_UNCLONEABLE)) {
    return clone_throw_data_clone_error(w, "Cannot clone object of unsupported type.");
  }
  return write_plain_object(w, o);
}

static NOINLINE bool write_object(CloneWriter *w, JSObject *o) {
  u8 kind = o->cell.kind;
  if (UNLIKELY(kind == KIND_TYPED_ARRAY || kind == KIND_DATA_VIEW)) TRY(clone_write_view_buffer(w, o));
  u32 number;
  bool is_new;
  TRY(remember(w, o, &number, &is_new));
  if (!is_new) return write_reference(w, number);
  TRY(check_c_stack(w->iso));
  TRY(clone_writer_step(w));
  if (UNLIKELY(w->depth == CLONE_DEPTH_MAX)) return throw_stack_overflow(w->iso);
  w->depth++;
  TRY(write_new_object(w, o));
  w->depth--;
  return true;
}

bool clone_write_value(CloneWriter *w, Value v) {
  if (value_is_int(v)) return write_int(w, value_int(v));
  if (value_is_number(v)) return write_double_value(w, v);
  if (!value_is_cell(v)) return write_oddball(w, v);
  Cell *cell = value_cell(v);
  if (cell->kind >= KIND_FIRST_OBJECT) return write_object(w, (JSObject *)cell);
  if (cell->kind == KIND_SYMBOL) return clone_throw_not_cloneable(w, v);
  if (w->mode == CLONE_LOCAL) return write_cell(w, cell);
  if (cell->kind == KIND_STRING) return clone_write_string(w, (String *)cell);
  return clone_write_bigint(w, TAG_BIGINT, (const BigInt *)cell);
}
