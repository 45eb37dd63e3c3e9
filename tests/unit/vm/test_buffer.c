// SPDX-License-Identifier: MIT
// vm/buffer, vm/typed_array, vm/memory_access: stores, views that follow their buffer, element conversions.
#include "tests/unit/vm/fixture.h"
#include "vm/bigint.h"
#include "vm/buffer.h"
#include "vm/cells.h"
#include "vm/memory_access.h"

static JSArrayBuffer *buffer_new(Isolate *iso, u64 length, u64 max) {
  JSArrayBuffer *b = allocate_array_buffer(iso, VALUE_UNDEFINED, length, max ? &max : NULL);
  ck_assert_ptr_nonnull(b);
  return b;
}

static JSTypedArray *view_new(Isolate *iso, u32 type, JSArrayBuffer *b, u64 offset, u64 length, bool tracking) {
  JSTypedArray *t = typed_array_new(iso, type, VALUE_NULL, b, offset, length, tracking);
  ck_assert_ptr_nonnull(t);
  return t;
}

START_TEST(stores_grow_shrink_and_zero) {
  BackingStore *s = backing_store_new(16, 64, false, true);
  memset(s->data, 7, 16);
  ck_assert(backing_store_resize(s, 8));
  ck_assert(backing_store_resize(s, 64));
  ck_assert(!backing_store_resize(s, 65));
  ck_assert_uint_eq(s->data[7], 7);
  for (u32 i = 8; i < 64; i++) ck_assert_uint_eq(s->data[i], 0);
  backing_store_release(backing_store_retain(s));
  backing_store_release(s);
  s = backing_store_new(8, 32, true, true);
  ck_assert(backing_store_resize(s, 24));
  ck_assert(!backing_store_resize(s, 16)); // a shared one never shrinks
  ck_assert(backing_store_resize(s, 24));
  backing_store_release(s);
  ck_assert_ptr_null(backing_store_new(1ull << 60, 1ull << 60, false, false));
}
END_TEST

START_TEST(views_follow_their_buffer) {
  Isolate *iso = fixture_new();
  JSArrayBuffer *b = buffer_new(iso, 16, 64);
  JSTypedArray *fixed = view_new(iso, TYPED_INT32, b, 4, 3, false);
  JSTypedArray *tracking = view_new(iso, TYPED_UINT16, b, 2, 0, true);
  JSTypedArray *outside = view_new(iso, TYPED_UINT8, b, 8, 0, true);
  bool out;
  ck_assert_uint_eq(fixed->fast_length, 3);
  ck_assert_uint_eq(tracking->fast_length, 0);
  ck_assert_uint_eq(typed_array_length(tracking, &out), 7);
  ck_assert(array_buffer_resize(iso, b, 7));
  ck_assert_uint_eq(typed_array_length(tracking, &out), 2);
  ck_assert_uint_eq(typed_array_length(fixed, &out), 0);
  ck_assert(out);
  ck_assert_uint_eq(fixed->fast_length, 0);
  ck_assert_uint_eq(typed_array_length(outside, &out), 0);
  ck_assert(out);
  ck_assert(array_buffer_resize(iso, b, 64));
  ck_assert_uint_eq(fixed->fast_length, 3);
  ck_assert(!array_buffer_resize(iso, b, 65));
  ck_assert(value_is_object(isolate_take_exception(iso)));
  ck_assert(detach_array_buffer(iso, b, VALUE_UNDEFINED));
  ck_assert_uint_eq(fixed->fast_length, 0);
  ck_assert_ptr_null(fixed->data);
  ck_assert_uint_eq(typed_array_length(tracking, &out), 0);
  ck_assert(out);
  ck_assert(array_buffer_is_detached(b));
  isolate_destroy(iso);
}
END_TEST

static NOINLINE void make_views(Isolate *iso, JSArrayBuffer *b, u32 count) {
  for (u32 i = 0; i < count; i++) (void)view_new(iso, TYPED_UINT8, b, i % 8, 1, false);
}

START_TEST(dead_views_are_forgotten) {
  Isolate *iso = fixture_new();
  JSArrayBuffer *b = buffer_new(iso, 16, 0);
  gc_collect(&iso->heap, true); // the buffer is old now
  for (u32 round = 0; round < 20; round++) {
    make_views(iso, b, 500);
    gc_collect(&iso->heap, round % 5 == 4);
  }
  gc_collect(&iso->heap, true);
  ck_assert_uint_le(b->view_count, 50);
  JSTypedArray *t = view_new(iso, TYPED_UINT8, b, 0, 16, false);
  ck_assert(detach_array_buffer(iso, b, VALUE_UNDEFINED));
  ck_assert_uint_eq(t->fast_length, 0);
  isolate_destroy(iso);
}
END_TEST

static Value stored(Isolate *iso, u32 type, Value v) {
  JSTypedArray *t = view_new(iso, type, buffer_new(iso, 32, 0), 8, 1, false);
  typed_array_set_element(t, 0, v);
  return typed_array_get_element(iso, t, 0);
}

static void ck_stored(Isolate *iso, u32 type, double v, double expected) {
  ck_assert_double_eq(value_number(stored(iso, type, value_from_double(v))), expected);
}

START_TEST(elements_convert) {
  Isolate *iso = fixture_new();
  ck_stored(iso, TYPED_INT8, 200, -56);
  ck_stored(iso, TYPED_UINT8, -1, 255);
  ck_stored(iso, TYPED_UINT8, 4294967296.0 + 5, 5);
  ck_stored(iso, TYPED_UINT8_CLAMPED, 300, 255);
  ck_stored(iso, TYPED_UINT8_CLAMPED, -3, 0);
  ck_stored(iso, TYPED_UINT8_CLAMPED, 1.5, 2);
  ck_stored(iso, TYPED_UINT8_CLAMPED, 2.5, 2);
  ck_stored(iso, TYPED_UINT8_CLAMPED, 254.50001, 255);
  ck_stored(iso, TYPED_INT16, 40000, -25536);
  ck_stored(iso, TYPED_UINT16, -1, 65535);
  ck_stored(iso, TYPED_INT32, 3e9, 3e9 - 4294967296.0);
  ck_stored(iso, TYPED_UINT32, -1, 4294967295.0);
  ck_stored(iso, TYPED_UINT32, 1e300, 0);
  ck_stored(iso, TYPED_FLOAT16, 1.0 / 3, 0.333251953125);
  ck_stored(iso, TYPED_FLOAT32, 0.1, (double)0.1f);
  ck_stored(iso, TYPED_FLOAT64, 0.1, 0.1);
  Value nan = stored(iso, TYPED_FLOAT64, value_from_raw_double(__builtin_nan("")));
  ck_assert(value_number(nan) != value_number(nan));
  Value big = stored(iso, TYPED_BIG_INT64, value_from_cell(bigint_from_u64(iso, UINT64_MAX)));
  ck_assert_int_eq(bigint_to_i64(value_bigint(big)), -1);
  big = stored(iso, TYPED_BIG_UINT64, value_from_cell(bigint_from_i64(iso, -1)));
  ck_assert_uint_eq(bigint_to_u64(value_bigint(big)), UINT64_MAX);
  u8 bytes[8];
  value_to_raw_bytes(TYPED_UINT32, value_from_int(0x01020304), bytes, false);
  ck_assert_uint_eq(bytes[0], 1);
  ck_assert_int_eq(value_int(raw_bytes_to_value(iso, TYPED_UINT32, bytes, false)), 0x01020304);
  ck_assert_int_eq(value_int(raw_bytes_to_value(iso, TYPED_UINT16, bytes, true)), 0x0201);
  isolate_destroy(iso);
}
END_TEST

START_TEST(integer_indices_are_exotic) {
  Isolate *iso = fixture_new();
  JSTypedArray *t = view_new(iso, TYPED_UINT8, buffer_new(iso, 4, 0), 0, 4, false);
  JSObject *o = &t->object;
  ck_assert(obj_set(iso, o, key_from_index(2), value_from_int(258), true));
  ck_assert_int_eq(value_int(obj_get(iso, o, key_from_index(2))), 2);
  ck_assert(obj_set(iso, o, key_from_index(4), value_from_int(1), true)); // silently nothing
  ck_assert_ptr_eq(obj_get(iso, o, key_from_index(4)), VALUE_UNDEFINED);
  ck_assert_int_eq(obj_has_property(iso, o, key_from_index(3)), TRI_YES);
  ck_assert_int_eq(obj_has_property(iso, o, key_from_cstring(iso, "-0")), TRI_NO);
  ck_assert_int_eq(obj_delete_property(iso, o, key_from_index(0)), TRI_NO);
  ck_assert_int_eq(create_data_property(iso, o, key_from_cstring(iso, "1.5"), VALUE_TRUE), TRI_NO);
  ck_assert_int_eq(create_data_property(iso, o, key_from_cstring(iso, "name"), VALUE_TRUE), TRI_YES);
  KeyList keys;
  key_list_init(&keys, iso);
  ck_assert(obj_own_property_keys(iso, o, &keys));
  ck_assert_uint_eq(keys.length, 5);
  ck_assert_ptr_eq(keys.data[4], key_from_cstring(iso, "name"));
  isolate_destroy(iso);
}
END_TEST

START_TEST(shared_copies_overlap) {
  u8 a[64], b[64];
  for (u32 from = 0; from < 20; from++) {
    for (u32 to = 0; to < 20; to++) {
      for (u32 i = 0; i < 64; i++) a[i] = b[i] = (u8)(i * 7);
      memory_move_shared(a + to, a + from, 37);
      memmove(b + to, b + from, 37);
      ck_assert_mem_eq(a, b, 64);
    }
  }
  memory_fill_shared(a + 3, 9, 41);
  memset(b, 9, 64);
  ck_assert_int_eq(memory_compare_shared(a + 3, b, 41), 0);
  ck_assert_int_ne(memory_compare_shared(a + 3, b, 42), 0);
}
END_TEST

UNIT_MAIN("buffer", stores_grow_shrink_and_zero, views_follow_their_buffer, dead_views_are_forgotten, elements_convert,
          integer_indices_are_exotic, shared_copies_overlap)
