// SPDX-License-Identifier: MIT
// vm/hash_table: keys, order, and cursors that live through every kind of change.
#include "tests/unit/vm/fixture.h"
#include "vm/bigint.h"
#include "vm/cells.h"

static Value get(Isolate *iso, HashTable *t, Value key) {
  bool failed;
  HashEntry *entry = hash_table_find(iso, t, key, &failed);
  ck_assert(!failed);
  return entry ? slot_get(&entry->value) : VALUE_EMPTY;
}

static void put(Isolate *iso, HashTable *t, Value key, i32 v) { ck_assert(hash_table_set(iso, t, key, value_from_int(v))); }

START_TEST(keys_compare_as_same_value_zero) {
  Isolate *iso = fixture_new();
  HashTable *t = hash_table_new(iso);
  put(iso, t, value_from_raw_double(-0.0), 1);
  ck_assert_ptr_eq(get(iso, t, value_from_int(0)), value_from_int(1));
  put(iso, t, value_from_raw_double(7.0), 2); // not canonical
  ck_assert_ptr_eq(get(iso, t, value_from_int(7)), value_from_int(2));
  put(iso, t, value_from_raw_double(__builtin_nan("")), 3);
  ck_assert_ptr_eq(get(iso, t, value_from_raw_double(-__builtin_nan(""))), value_from_int(3));
  put(iso, t, value_from_cell(text(iso, "tschüß")), 4);
  ck_assert_ptr_eq(get(iso, t, value_from_cell(text(iso, "tschüß"))), value_from_int(4));
  put(iso, t, value_from_cell(bigint_from_i64(iso, -5)), 5);
  ck_assert_ptr_eq(get(iso, t, value_from_cell(bigint_from_i64(iso, -5))), value_from_int(5));
  ck_assert_ptr_eq(get(iso, t, value_from_int(-5)), VALUE_EMPTY);
  put(iso, t, VALUE_UNDEFINED, 6);
  put(iso, t, VALUE_NULL, 7);
  ck_assert_ptr_eq(get(iso, t, VALUE_UNDEFINED), value_from_int(6));
  ck_assert_uint_eq(t->count, 7);
  Value first = slot_get(&hash_table_entries(t)[0].key);
  ck_assert_ptr_eq(first, value_from_int(0));
  String *rope = str_concat(iso, text(iso, "a string that is long "), text(iso, "enough to be kept as a rope"));
  put(iso, t, value_from_cell(rope), 8);
  ck_assert_ptr_eq(get(iso, t, value_from_cell(text(iso, "a string that is long enough to be kept as a rope"))), value_from_int(8));
  isolate_destroy(iso);
}
END_TEST

START_TEST(order_is_that_of_insertion) {
  Isolate *iso = fixture_new();
  HashTable *t = hash_table_new(iso);
  for (i32 i = 0; i < 3000; i++) put(iso, t, value_from_int(i * 7919 % 3001), i);
  for (i32 i = 0; i < 3000; i += 3) ck_assert(hash_table_delete(iso, t, value_from_int(i * 7919 % 3001)));
  gc_collect(&iso->heap, true);
  for (i32 i = 0; i < 3000; i += 3) put(iso, t, value_from_int(i * 7919 % 3001), i); // behind the others now
  HashCursor cursor = {0};
  Value key, value;
  for (i32 pass = 0; pass < 2; pass++) {
    for (i32 i = 0; i < 3000; i++) {
      if ((i % 3 == 0) != (pass == 1)) continue;
      ck_assert(hash_table_next(t, &cursor, &key, &value));
      ck_assert_int_eq(value_int(value), i);
    }
  }
  ck_assert(!hash_table_next(t, &cursor, &key, &value));
  put(iso, t, value_from_int(99999), 1);
  ck_assert(hash_table_next(t, &cursor, &key, &value)); // an ended cursor sees what comes later
  ck_assert_int_eq(value_int(key), 99999);
  isolate_destroy(iso);
}
END_TEST

START_TEST(cursors_survive_changes) {
  Isolate *iso = fixture_new();
  HashTable *t = hash_table_new(iso);
  for (i32 i = 0; i < 100; i++) put(iso, t, value_from_int(i), i);
  HashCursor cursor = {0};
  Value key, value;
  for (i32 i = 0; i < 50; i++) ck_assert(hash_table_next(t, &cursor, &key, &value));
  HashCursor sleeping = cursor;
  for (i32 i = 0; i < 90; i++) hash_table_delete(iso, t, value_from_int(i)); // compacts, shrinks
  for (i32 i = 1000; i < 2000; i++) put(iso, t, value_from_int(i), i);       // grows
  i32 seen = 0;
  while (hash_table_next(t, &sleeping, &key, &value)) ck_assert_int_eq(value_int(key), seen < 10 ? 90 + seen++ : 990 + seen++);
  ck_assert_int_eq(seen, 1010);
  hash_table_clear(iso, t);
  ck_assert(!hash_table_next(t, &cursor, &key, &value));
  put(iso, t, value_from_int(5), 5);
  ck_assert(hash_table_next(t, &cursor, &key, &value));
  ck_assert_int_eq(value_int(key), 5);
  isolate_destroy(iso);
}
END_TEST

// A queue: each step takes the first entry away and puts one at the end, while a cursor walks.
START_TEST(queues_stay_cheap) {
  Isolate *iso = fixture_new();
  HashTable *t = hash_table_new(iso);
  for (i32 i = 0; i < 1000; i++) put(iso, t, value_from_int(i), i);
  HashCursor walker = {0};
  Value key, value;
  for (i32 i = 0; i < 200000; i++) {
    HashCursor first = {0};
    ck_assert(hash_table_next(t, &first, &key, &value));
    ck_assert_int_eq(value_int(key), i);
    ck_assert(hash_table_delete(iso, t, key));
    put(iso, t, value_from_int(1000 + i), i);
    if (i % 2) {
      ck_assert(hash_table_next(t, &walker, &key, &value));
      ck_assert_int_ge(value_int(key), i);
    }
  }
  ck_assert_uint_eq(t->count, 1000);
  ck_assert_uint_le(t->capacity, 4096);
  isolate_destroy(iso);
}
END_TEST

START_TEST(behaves_like_a_list_of_pairs) {
  enum { KEYS = 400, STEPS = 60000 };
  Isolate *iso = fixture_new();
  Rand rand;
  rand_seed(&rand, 42);
  HashTable *t = hash_table_new(iso);
  i32 model[KEYS];
  memset(model, -1, sizeof model);
  for (i32 step = 0; step < STEPS; step++) {
    i32 k = (i32)(rand_next(&rand) % KEYS);
    char name[16];
    snprintf(name, sizeof name, "key%d", k);
    Value key = k % 2 ? value_from_int(k) : value_from_cell(text(iso, name));
    if (rand_next(&rand) % (step / 10000 % 2 ? 4 : 2)) {
      ck_assert_int_eq(hash_table_delete(iso, t, key), model[k] >= 0);
      model[k] = -1;
    } else {
      put(iso, t, key, step);
      model[k] = step;
    }
    if (step % 1000 == 0) gc_collect(&iso->heap, step % 3000 == 0);
    Value found = get(iso, t, key);
    ck_assert(model[k] < 0 ? found == VALUE_EMPTY : found == value_from_int(model[k]));
  }
  u32 live = 0;
  for (i32 k = 0; k < KEYS; k++) live += model[k] >= 0;
  ck_assert_uint_eq(t->count, live);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("hash_table", keys_compare_as_same_value_zero, order_is_that_of_insertion, cursors_survive_changes, queues_stay_cheap,
          behaves_like_a_list_of_pairs)
