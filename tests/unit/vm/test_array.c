// SPDX-License-Identifier: MIT
// vm/array, vm/elements: dense and sparse elements, `length`, growth, conversions.
#include "tests/unit/vm/fixture.h"
#include "vm/kinds.h"

static Value at(Isolate *iso, JSObject *a, u32 i) { return obj_get(iso, a, key_from_index(i)); }
static Tri put(Isolate *iso, JSObject *a, u32 i, i32 n) {
  return obj_set_with_receiver(iso, a, key_from_index(i), value_from_int(n), value_from_object(a));
}
static Tri set_length(Isolate *iso, JSObject *a, Value v) {
  return obj_set_with_receiver(iso, a, ATOM(length), v, value_from_object(a));
}

START_TEST(growing) {
  Isolate *iso = fixture_new();
  JSObject *a = array_create(iso, 0);
  for (i32 i = 0; i < 100000; i++) ck_assert_int_eq(put(iso, a, (u32)i, i), TRI_YES);
  ck_assert_uint_eq(array_length(a), 100000);
  ck_assert(obj_has_dense(a));
  for (i32 i = 0; i < 100000; i += 7) ck_assert_ptr_eq(at(iso, a, (u32)i), value_from_int(i));
  // Names and elements share the store, and grow on their own.
  for (u32 i = 0; i < 50; i++) {
    char name[16];
    snprintf(name, sizeof name, "n%u", i);
    obj_put_direct(iso, a, key_from_cstring(iso, name), value_from_int((i32)i), ATTR_ALL);
    ck_assert(array_push_value(iso, a, value_from_int(-1)));
  }
  ck_assert_ptr_eq(obj_get(iso, a, key_from_cstring(iso, "n33")), value_from_int(33));
  ck_assert_ptr_eq(at(iso, a, 99999), value_from_int(99999));
  ck_assert_uint_eq(array_length(a), 100050);
  ck_assert_ptr_eq(obj_get(iso, a, ATOM(length)), value_from_int(100050));
  isolate_destroy(iso);
}
END_TEST

START_TEST(lengths) {
  Isolate *iso = fixture_new();
  JSObject *a = array_create(iso, 5);
  ck_assert_uint_eq(array_length(a), 5);
  ck_assert_int_eq(obj_has_property(iso, a, key_from_index(2)), TRI_NO);
  ck_assert_int_eq(put(iso, a, 2, 2), TRI_YES);
  ck_assert_int_eq(set_length(iso, a, value_from_int(2)), TRI_YES);
  ck_assert_int_eq(set_length(iso, a, value_from_double(10)), TRI_YES);
  ck_assert_ptr_eq(at(iso, a, 2), VALUE_UNDEFINED);
  ck_assert_uint_eq(array_length(a), 10);
  ck_assert_int_eq(set_length(iso, a, value_from_double(4294967295.0)), TRI_YES);
  ck_assert_uint_eq(array_length(a), 4294967295u);
  ck_assert_int_eq(set_length(iso, a, value_from_int(3)), TRI_YES);
  static const double bad[] = {-1, 1.5, 4294967296.0};
  for (u32 i = 0; i < ARRAY_LEN(bad); i++) {
    ck_assert_int_eq(set_length(iso, a, value_from_double(bad[i])), TRI_FAIL);
    (void)isolate_take_exception(iso);
  }
  ck_assert_ptr_null(array_create(iso, 1ull << 32));
  (void)isolate_take_exception(iso);
  ck_assert_int_eq(obj_delete_property(iso, a, ATOM(length)), TRI_NO);
  // Read-only length: no element beyond it, the others as they like.
  PropertyDescriptor desc = {.has = HAS_WRITABLE};
  ck_assert_int_eq(put(iso, a, 0, 1), TRI_YES);
  ck_assert_int_eq(obj_define_own_property(iso, a, ATOM(length), &desc), TRI_YES);
  ck_assert_int_eq(put(iso, a, 3, 1), TRI_NO);
  ck_assert_int_eq(put(iso, a, 2, 1), TRI_YES);
  ck_assert_int_eq(create_data_property(iso, a, key_from_index(9), VALUE_TRUE), TRI_NO);
  ck_assert_int_eq(set_length(iso, a, value_from_int(3)), TRI_NO);
  desc = (PropertyDescriptor){.value = value_from_int(3), .has = HAS_VALUE};
  ck_assert_int_eq(obj_define_own_property(iso, a, ATOM(length), &desc), TRI_YES); // the same
  desc.attrs = ATTR_WRITABLE, desc.has = HAS_WRITABLE;
  ck_assert_int_eq(obj_define_own_property(iso, a, ATOM(length), &desc), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

START_TEST(sparse) {
  Isolate *iso = fixture_new();
  JSObject *a = array_create(iso, 0);
  ck_assert_int_eq(put(iso, a, 4000000000u, 7), TRI_YES);
  ck_assert(!obj_has_dense(a));
  ck_assert_uint_eq(array_length(a), 4000000001u);
  ck_assert_int_eq(put(iso, a, 3, 3), TRI_YES);
  ck_assert_ptr_eq(at(iso, a, 4000000000u), value_from_int(7));
  ck_assert_int_eq(set_length(iso, a, value_from_int(4)), TRI_YES);
  ck_assert_ptr_eq(at(iso, a, 4000000000u), VALUE_UNDEFINED);
  ck_assert_ptr_eq(at(iso, a, 3), value_from_int(3));
  // Filled from the end: sparse at first, dense when it pays.
  JSObject *b = array_create(iso, 0);
  for (u32 i = 50000; i-- > 0;) ck_assert_int_eq(put(iso, b, i, (i32)i), TRI_YES);
  ck_assert(obj_has_dense(b));
  for (u32 i = 0; i < 50000; i++) ck_assert_ptr_eq(at(iso, b, i), value_from_int((i32)i));
  // Attributes make a dense array sparse; an element that is not configurable stops a shorter length.
  JSObject *c = array_from_values(iso, (Value[]){VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_TRUE}, 4);
  PropertyDescriptor desc = {.value = VALUE_NULL, .attrs = ATTR_WRITABLE, .has = HAS_ALL_DATA};
  ck_assert_int_eq(obj_define_own_property(iso, c, key_from_index(1), &desc), TRI_YES);
  ck_assert(!obj_has_dense(c));
  ck_assert_ptr_eq(at(iso, c, 3), VALUE_TRUE);
  ck_assert_int_eq(set_length(iso, c, value_from_int(0)), TRI_NO);
  ck_assert_uint_eq(array_length(c), 2);
  ck_assert_ptr_eq(at(iso, c, 0), VALUE_TRUE);
  ck_assert_int_eq(obj_delete_property(iso, c, key_from_index(1)), TRI_NO);
  ck_assert_int_eq(obj_delete_property(iso, c, key_from_index(0)), TRI_YES);
  ck_assert_int_eq(obj_has_property(iso, c, key_from_index(0)), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

START_TEST(fast_questions) {
  Isolate *iso = fixture_new();
  JSObject *a = array_create(iso, 3);
  ck_assert(obj_is_fast_array(iso, a));
  JSObject *proto = obj_new_plain(iso), *b = array_create_with_proto(iso, 3, value_from_object(proto));
  ck_assert(obj_is_fast_array(iso, b));
  obj_put_direct(iso, proto, key_from_index(1), VALUE_TRUE, ATTR_ALL);
  ck_assert(!obj_is_fast_array(iso, b));
  ck_assert(obj_is_fast_array(iso, a));
  ck_assert_ptr_eq(at(iso, b, 1), VALUE_TRUE);
  ck_assert_ptr_eq(at(iso, a, 1), VALUE_UNDEFINED);
  ck_assert(obj_make_sparse(iso, a));
  ck_assert(!obj_is_fast_array(iso, a));
  ck_assert_int_eq(is_array(iso, value_from_object(a)), TRI_YES);
  ck_assert_int_eq(is_array(iso, value_from_object(proto)), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

// Random writes, deletions and lengths against a model, with collections.
START_TEST(random_operations) {
  enum { ROOM = 3000 };
  for (u32 seed = 1; seed <= 4; seed++) {
    IsolateConfig config = {.builtins = &fixture_builtins, .hooks = &fixture_hooks, .gc_stress_period = seed == 1 ? 3 : 0};
    Isolate *iso = isolate_new(&config);
    i32 *model = base_alloc(ROOM * sizeof(i32));
    for (u32 i = 0; i < ROOM; i++) model[i] = -1;
    u32 length = 0, random = seed;
    JSObject *a = array_create(iso, 0);
    for (u32 step = 0; step < (seed == 1 ? 5000u : 100000u); step++) {
      random = random * 1664525 + 1013904223;
      u32 i = (random >> 8) % (step % 1000 < 500 ? 100 : ROOM), what = (random >> 26) % 16;
      if (what < 10) {
        ck_assert_int_eq(put(iso, a, i, (i32)step), TRI_YES);
        model[i] = (i32)step;
        if (i >= length) length = i + 1;
      } else if (what < 14) {
        ck_assert_int_eq(obj_delete_property(iso, a, key_from_index(i)), TRI_YES);
        model[i] = -1;
      } else if (what == 14 && step % 64 == 0) {
        ck_assert_int_eq(set_length(iso, a, value_from_int((i32)i)), TRI_YES);
        for (u32 k = i; k < ROOM; k++) model[k] = -1;
        length = i;
      } else if (what == 15 && step % 128 == 0) {
        ck_assert(obj_make_sparse(iso, a));
      }
      ck_assert_uint_eq(array_length(a), length);
      i = (random >> 3) % ROOM;
      ck_assert_ptr_eq(at(iso, a, i), model[i] < 0 ? VALUE_UNDEFINED : value_from_int(model[i]));
    }
    base_free(model);
    isolate_destroy(iso);
  }
}
END_TEST

// Puts young strings into the old array's store, and makes the array leave the store.
static NOINLINE Slot *leave_store(Isolate *iso, JSObject *a) {
  for (u32 i = 0; i < 16; i++) {
    char digits[32];
    snprintf(digits, sizeof digits, "a string of its own %u", i);
    Value string = value_from_cell(text(iso, digits));
    ck_assert_int_eq(obj_set_with_receiver(iso, a, key_from_index(i), string, value_from_object(a)), TRI_YES);
  }
  Slot *left = a->bf;
  for (u32 i = 16; i < 100; i++) put(iso, a, i, 1);
  for (u32 i = 0; i < 16; i++) put(iso, a, i, 1);
  return left;
}

START_TEST(store_that_was_left) {
  Isolate *iso = fixture_new();
  Persistent root;
  gc_persistent_init(&iso->heap, &root, value_bits(value_from_object(array_create(iso, 0))));
  JSObject *a = value_object(value_from_bits(root.word));
  for (u32 i = 0; i < 16; i++) put(iso, a, i, 0);
  gc_collect(&iso->heap, true);
  Slot *volatile left = leave_store(iso, a); // a stale word on the stack, as a native function may leave one
  ck_assert_ptr_ne(left, a->bf);
  gc_collect(&iso->heap, false); // the strings die
  gc_verify(&iso->heap);
  gc_persistent_clear(&root);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/array", store_that_was_left, growing, lengths, sparse, fast_questions, random_operations)
