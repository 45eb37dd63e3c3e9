// SPDX-License-Identifier: MIT
// threads/message, threads/clone*: what messages hold, what is shared and what moves, between two isolates of one thread.
#include "tests/unit/unit.h"
#include "threads/clone_writer.h"
#include "vm/bigint.h"
#include "vm/call.h"
#include "vm/error.h"
#include "vm/kinds.h"

static Host *host_make(void) {
  HostConfig config = {0};
  Host *host = host_new(&config);
  ck_assert_ptr_nonnull(host);
  isolate_enter(host->iso);
  return host;
}

static Message *serialize(Host *host, Value v, const Value *transfer, u32 count) {
  isolate_enter(host->iso);
  return clone_serialize(host->iso, v, transfer, count);
}

static Value deserialize(Host *host, Message *message) {
  isolate_enter(host->iso);
  Value v = clone_deserialize(host->iso, message, NULL);
  ck_assert_ptr_nonnull(v);
  return v;
}

static JSObject *make_object(Isolate *iso, i32 id) {
  JSObject *o = obj_new_plain(iso);
  obj_put_direct(iso, o, key_from_cstring(iso, "id"), value_from_int(id), ATTR_ALL);
  obj_put_direct(iso, o, key_from_cstring(iso, "name"), value_from_cell(str_new_cstring(iso, "a name")), ATTR_ALL);
  return o;
}

static Value property(Isolate *iso, Value o, const char *name) {
  Value v = obj_get(iso, value_object(o), key_from_cstring(iso, name));
  ck_assert_ptr_nonnull(v);
  return v;
}

START_TEST(primitives_arrive) {
  Host *a = host_make(), *b = host_make();
  const Value values[] = {VALUE_UNDEFINED,        VALUE_NULL, VALUE_TRUE, VALUE_FALSE, value_from_int(-5), value_from_double(1.5),
                          value_from_double(-0.0)};
  for (u32 i = 0; i < ARRAY_LEN(values); i++) {
    Message *message = serialize(a, values[i], NULL, 0);
    ck_assert(deserialize(b, message) == values[i]);
    message_free(message);
  }
  isolate_enter(a->iso);
  Message *message = serialize(a, value_from_cell(bigint_from_i64(a->iso, -7)), NULL, 0);
  ck_assert_int_eq(bigint_to_i64(value_bigint(deserialize(b, message))), -7);
  message_free(message);
  host_destroy(a);
  host_destroy(b);
}
END_TEST

START_TEST(keys_are_written_once) {
  Host *a = host_make(), *b = host_make();
  enum { COUNT = 200 };
  isolate_enter(a->iso);
  JSObject *list = array_create(a->iso, 0);
  for (i32 i = 0; i < COUNT; i++) ck_assert(array_push_value(a->iso, list, value_from_object(make_object(a->iso, i))));
  Message *message = serialize(a, value_from_object(list), NULL, 0);
  ck_assert_uint_eq(message->object_count, COUNT + 1);
  ck_assert(!message->has_references);
  ck_assert_uint_lt(message->size, COUNT * 20);
  JSObject *copy = value_object(deserialize(b, message));
  message_free(message);
  ck_assert_uint_eq(array_length(copy), COUNT);
  u32 shape = value_cell(slot_get(&copy->bf[0]))->shape_id;
  for (u32 i = 0; i < COUNT; i++) {
    Value o = slot_get(&copy->bf[i]);
    ck_assert_uint_eq(value_cell(o)->shape_id, shape);
    ck_assert_int_eq(value_int(property(b->iso, o, "id")), (i32)i);
  }
  // The shape is the one that such an object has here.
  ck_assert_uint_eq(make_object(b->iso, 1)->cell.shape_id, shape);
  host_destroy(a);
  host_destroy(b);
}
END_TEST

START_TEST(identity_of_many_objects) {
  Host *a = host_make(), *b = host_make();
  enum { COUNT = 1000 };
  isolate_enter(a->iso);
  JSObject *list = array_create(a->iso, 0), *objects[COUNT];
  for (i32 i = 0; i < COUNT; i++) objects[i] = make_object(a->iso, i);
  for (u32 round = 0; round < 2; round++) {
    for (u32 i = 0; i < COUNT; i++) ck_assert(array_push_value(a->iso, list, value_from_object(objects[i])));
  }
  ck_assert(array_push_value(a->iso, list, value_from_object(list)));
  Message *message = serialize(a, value_from_object(list), NULL, 0);
  ck_assert(message->has_references);
  ck_assert_uint_eq(message->object_count, COUNT + 1);
  JSObject *copy = value_object(deserialize(b, message));
  message_free(message);
  for (u32 i = 0; i < COUNT; i++) ck_assert(slot_get(&copy->bf[i]) == slot_get(&copy->bf[COUNT + i]));
  ck_assert(slot_get(&copy->bf[0]) != slot_get(&copy->bf[1]));
  ck_assert(slot_get(&copy->bf[2 * COUNT]) == value_from_object(copy));
  host_destroy(a);
  host_destroy(b);
}
END_TEST

static String *long_string(Isolate *iso, u32 length, bool utf16) {
  u8 *narrow;
  u16 *wide;
  String *s = utf16 ? str_new_uninit16(iso, length, &wide) : str_new_uninit8(iso, length, &narrow);
  ck_assert_ptr_nonnull(s);
  for (u32 i = 0; i < length; i++) {
    if (utf16) wide[i] = (u16)(0x100 + i % 1000);
    else narrow[i] = (u8)('a' + i % 26);
  }
  return s;
}

static const void *chars_of(Value v) { return str_chars(value_string(v)); }

START_TEST(long_strings_are_shared) {
  Host *a = host_make(), *b = host_make();
  for (u32 utf16 = 0; utf16 < 2; utf16++) {
    isolate_enter(a->iso);
    String *s = long_string(a->iso, 100000, utf16), *rope = str_concat(a->iso, long_string(a->iso, 50000, utf16), s);
    Value both[] = {value_from_cell(s), value_from_cell(rope)};
    for (u32 i = 0; i < 2; i++) {
      Message *first = serialize(a, both[i], NULL, 0), *second = serialize(a, both[i], NULL, 0);
      ck_assert_uint_eq(first->extras->text_count, 1);
      ck_assert_uint_lt(first->size, 20);
      SharedText *text = first->extras->texts[0];
      ck_assert_ptr_eq(second->extras->texts[0], text); // posted again: nothing is copied
      Value x = deserialize(b, first), y = deserialize(b, second);
      message_free(first);
      message_free(second);
      ck_assert_ptr_eq(chars_of(x), text->chars);
      ck_assert_ptr_eq(chars_of(y), text->chars);
      ck_assert(str_equals_flat(value_string(x), value_string(both[i])));
      // And back, and a part of it.
      Message *back = serialize(b, x, NULL, 0);
      ck_assert_ptr_eq(back->extras->texts[0], text);
      Value z = deserialize(a, back);
      ck_assert_ptr_eq(chars_of(z), text->chars);
      message_free(back);
      isolate_enter(b->iso);
      Message *part = serialize(b, value_from_cell(str_substring(b->iso, value_string(x), 1000, 60000)), NULL, 0);
      ck_assert_ptr_eq(part->extras->texts[0], text);
      Value w = deserialize(a, part);
      ck_assert_ptr_eq(chars_of(w), text->chars + (1000u << utf16));
      ck_assert_uint_eq(value_string(w)->length, 59000);
      message_free(part);
    }
  }
  host_destroy(a);
  host_destroy(b);
}
END_TEST

START_TEST(texts_die_with_their_strings) {
  Host *a = host_make();
  size_t before = a->iso->heap.external_bytes;
  for (u32 i = 0; i < 50; i++) message_free(serialize(a, value_from_cell(long_string(a->iso, 200000, false)), NULL, 0));
  gc_collect(heap_of(a->iso), true);
  gc_collect(heap_of(a->iso), true);
  ck_assert_uint_lt(a->iso->heap.external_bytes - before, 5 * 200000);
  host_destroy(a);
}
END_TEST

static JSArrayBuffer *buffer_of(Isolate *iso, u64 length) {
  JSArrayBuffer *b = allocate_array_buffer(iso, VALUE_UNDEFINED, length, NULL);
  ck_assert_ptr_nonnull(b);
  for (u64 i = 0; i < length; i++) b->store->data[i] = (u8)i;
  return b;
}

START_TEST(buffers_are_copied_once_or_moved) {
  Host *a = host_make(), *b = host_make();
  const u64 sizes[] = {0, 10, 100000};
  for (u32 i = 0; i < ARRAY_LEN(sizes); i++) {
    isolate_enter(a->iso);
    JSArrayBuffer *original = buffer_of(a->iso, sizes[i]);
    BackingStore *store = original->store;
    Value v = value_from_object(original);
    Message *copied = serialize(a, v, NULL, 0);
    ck_assert_uint_eq(copied->extras ? copied->extras->store_count : 0, sizes[i] >= 1024);
    JSArrayBuffer *copy = (JSArrayBuffer *)value_object(deserialize(b, copied));
    message_free(copied);
    ck_assert_ptr_ne(copy->store, store);
    ck_assert_uint_eq(array_buffer_byte_length(copy), sizes[i]);
    ck_assert_mem_eq(copy->store->data, store->data, (size_t)sizes[i]);
    Message *moved = serialize(a, v, &v, 1);
    ck_assert(array_buffer_is_detached(original));
    JSArrayBuffer *arrived = (JSArrayBuffer *)value_object(deserialize(b, moved));
    message_free(moved);
    ck_assert_ptr_eq(arrived->store, store);
  }
  host_destroy(a);
  host_destroy(b);
}
END_TEST

START_TEST(failures_leave_everything) {
  Host *a = host_make();
  JSArrayBuffer *buffer = buffer_of(a->iso, 50);
  Value list[] = {value_from_object(buffer), SYM_VALUE(iterator)};
  Value both = value_from_object(array_from_values(a->iso, list, 2));
  ck_assert_ptr_null(serialize(a, both, list, 1)); // a symbol
  ck_assert(value_is_object(isolate_take_exception(a->iso)));
  ck_assert(!array_buffer_is_detached(buffer));
  ck_assert_ptr_null(serialize(a, list[0], list, 2)); // not transferable
  ck_assert(value_is_object(isolate_take_exception(a->iso)));
  Value twice[] = {list[0], list[0]};
  ck_assert_ptr_null(serialize(a, list[0], twice, 2));
  isolate_take_exception(a->iso);
  ck_assert_uint_eq(array_buffer_byte_length(buffer), 50);
  host_destroy(a);
}
END_TEST

START_TEST(messages_that_arrive_nowhere) {
  Host *a = host_make();
  Value moved = value_from_object(buffer_of(a->iso, 5000));
  Value list[] = {moved, value_from_cell(long_string(a->iso, 100000, true)), value_from_object(buffer_of(a->iso, 5000)),
                  value_from_object(allocate_shared_array_buffer(a->iso, VALUE_UNDEFINED, 64, NULL))};
  Message *message = serialize(a, value_from_object(array_from_values(a->iso, list, 4)), &moved, 1);
  ck_assert_uint_eq(message->extras->store_count, 3);
  ck_assert_uint_eq(message->extras->text_count, 1);
  message_free(message); // the leak checker looks at the rest
  host_destroy(a);
}
END_TEST

START_TEST(messages_have_a_limit) {
  Message *message = message_new();
  ck_assert(message_reserve(message, 100));
  ck_assert_ptr_eq(message->bytes, message->inline_bytes);
  message->size = 150;
  memset(message->bytes, 7, 150);
  ck_assert(message_reserve(message, 100));
  ck_assert_ptr_ne(message->bytes, message->inline_bytes);
  for (u32 i = 0; i < 150; i++) ck_assert_uint_eq(message->bytes[i], 7);
  ck_assert(!message_reserve(message, UINT32_MAX - 100));
  message_free(message);
}
END_TEST

START_TEST(marks_are_weak) {
  Host *a = host_make();
  JSObject *o = obj_new_plain(a->iso);
  ck_assert(!clone_is_marked(a->iso, o, CLONE_UNCLONEABLE));
  clone_mark(a->iso, o, CLONE_UNCLONEABLE);
  ck_assert(clone_is_marked(a->iso, o, CLONE_UNCLONEABLE));
  ck_assert(!clone_is_marked(a->iso, o, CLONE_UNTRANSFERABLE));
  clone_mark(a->iso, o, CLONE_UNTRANSFERABLE);
  ck_assert(clone_is_marked(a->iso, o, CLONE_UNCLONEABLE) && clone_is_marked(a->iso, o, CLONE_UNTRANSFERABLE));
  gc_collect(heap_of(a->iso), true);
  ck_assert(clone_is_marked(a->iso, o, CLONE_UNCLONEABLE));
  for (u32 i = 0; i < 10000; i++) clone_mark(a->iso, obj_new_plain(a->iso), CLONE_UNTRANSFERABLE);
  gc_collect(heap_of(a->iso), true);
  ck_assert_uint_lt(((WeakTable *)a->clone_marks)->count, 1000);
  host_destroy(a);
}
END_TEST

START_TEST(local_clones_share_what_cannot_change) {
  Host *a = host_make();
  JSObject *o = make_object(a->iso, 3);
  Value copy = clone_value(a->iso, value_from_object(o), NULL, 0);
  ck_assert_ptr_nonnull(copy);
  ck_assert(copy != value_from_object(o));
  ck_assert_uint_eq(value_cell(copy)->shape_id, o->cell.shape_id);
  ck_assert(property(a->iso, copy, "name") == property(a->iso, value_from_object(o), "name"));
  host_destroy(a);
}
END_TEST

UNIT_MAIN("clone", primitives_arrive, keys_are_written_once, identity_of_many_objects, long_strings_are_shared,
          texts_die_with_their_strings, buffers_are_copied_once_or_moved, failures_leave_everything, messages_that_arrive_nowhere,
          messages_have_a_limit, marks_are_weak, local_clones_share_what_cannot_change)
