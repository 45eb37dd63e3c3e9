// SPDX-License-Identifier: MIT
// vm/weak_table: ephemerons, weak references and finalization registries across collections. The C stack is scanned
// conservatively, so the tests allow a few dead objects to look alive.
#include "tests/unit/vm/fixture.h"
#include "vm/cells.h"
#include "vm/promise.h"

enum { MANY = 1000, STRAYS = 30 };

static NOINLINE void clobber_stack(void) {
  volatile char buffer[16 * 1024];
  memset((char *)buffer, 0, sizeof buffer);
}

static NOINLINE void fill(Isolate *iso, WeakTable *t, ValueArray *kept) {
  iso->heap.disabled = true; // nothing dies yet, not even in a build that collects all the time
  for (u32 i = 0; i < MANY; i++) {
    JSObject *key = obj_new_plain(iso), *value = obj_new_plain(iso);
    ck_assert(weak_table_set(iso, t, value_from_object(key), value_from_object(value)));
    if (i % 10 == 0) slot_set(iso, kept, &kept->values[i / 10], value_from_object(key));
  }
  iso->heap.disabled = false;
}

START_TEST(dead_keys_go) {
  Isolate *iso = fixture_new();
  WeakTable *t = weak_table_new(iso);
  ValueArray *kept = value_array_new(iso, MANY / 10);
  fill(iso, t, kept);
  ck_assert_uint_eq(t->count, MANY);
  clobber_stack();
  gc_collect(&iso->heap, false);
  gc_collect(&iso->heap, true);
  ck_assert_uint_ge(t->count, MANY / 10);
  ck_assert_uint_le(t->count, MANY / 10 + STRAYS);
  for (u32 i = 0; i < MANY / 10; i++) {
    Value v = weak_table_get(t, slot_get(&kept->values[i]));
    ck_assert(value_is_object(v));
    ck_assert_uint_eq(value_cell(v)->kind, KIND_OBJECT);
  }
  Value key = slot_get(&kept->values[3]);
  ck_assert(weak_table_delete(t, key));
  ck_assert(!weak_table_delete(t, key));
  ck_assert_ptr_eq(weak_table_get(t, key), VALUE_EMPTY);
  isolate_destroy(iso);
}
END_TEST

static NOINLINE JSObject *make_chain(Isolate *iso, WeakTable *t, u32 length) {
  JSObject *first = obj_new_plain(iso), *key = first;
  for (u32 i = 0; i < length; i++) {
    JSObject *next = obj_new_plain(iso);
    ck_assert(weak_table_set(iso, t, value_from_object(key), value_from_object(next)));
    key = next;
  }
  return first;
}

START_TEST(a_value_lives_while_its_key_does) {
  Isolate *iso = fixture_new();
  WeakTable *t = weak_table_new(iso);
  JSObject *first = make_chain(iso, t, MANY);
  clobber_stack();
  gc_collect(&iso->heap, true);
  u32 length = 0;
  for (Value key = value_from_object(first);; length++) {
    Value next = weak_table_get(t, key);
    if (next == VALUE_EMPTY) break;
    key = next;
  }
  ck_assert_uint_eq(length, MANY);
  ck_assert_uint_eq(t->count, MANY);
  isolate_destroy(iso);
}
END_TEST

// A value that refers to its own key does not keep it.
static NOINLINE void fill_cycles(Isolate *iso, WeakTable *t) {
  for (u32 i = 0; i < MANY; i++) {
    JSObject *key = obj_new_plain(iso), *value = obj_new_plain(iso);
    obj_put_direct(iso, value, ATOM(value), value_from_object(key), ATTR_ALL);
    ck_assert(weak_table_set(iso, t, value_from_object(key), value_from_object(value)));
  }
}

START_TEST(cycles_through_values_die) {
  Isolate *iso = fixture_new();
  WeakTable *t = weak_table_new(iso);
  fill_cycles(iso, t);
  clobber_stack();
  gc_collect(&iso->heap, true);
  ck_assert_uint_le(t->count, STRAYS);
  isolate_destroy(iso);
}
END_TEST

static NOINLINE void make_refs(Isolate *iso, ValueArray *refs) {
  for (u32 i = 0; i < MANY; i++) {
    JSWeakRef *ref = obj_new_kind(iso, KIND_WEAK_REF, VALUE_NULL);
    slot_set(iso, refs, &refs->values[i], value_from_object(ref));
    weak_ref_set_target(iso, ref, value_from_object(obj_new_plain(iso)));
  }
}

static u32 count_live(Isolate *iso, const ValueArray *refs) {
  u32 live = 0;
  for (u32 i = 0; i < MANY; i++) live += ((JSWeakRef *)value_object(slot_get(&refs->values[i])))->target != 0;
  (void)iso;
  return live;
}

START_TEST(targets_live_until_the_job_ends) {
  Isolate *iso = fixture_new();
  ValueArray *refs = value_array_new(iso, MANY);
  make_refs(iso, refs);
  clobber_stack();
  gc_collect(&iso->heap, true);
  ck_assert_uint_eq(count_live(iso, refs), MANY);
  clear_kept_objects(iso);
  gc_collect(&iso->heap, true);
  ck_assert_uint_le(count_live(iso, refs), STRAYS);
  isolate_destroy(iso);
}
END_TEST

static NOINLINE void register_many(Isolate *iso, JSFinalizationRegistry *r, JSObject *token) {
  for (u32 i = 0; i < MANY; i++) {
    Value target = value_from_object(obj_new_plain(iso));
    Value held = value_from_cell(text(iso, "held"));
    ck_assert(finalization_registry_register(iso, r, target, held, i % 2 ? value_from_object(token) : VALUE_EMPTY));
  }
}

START_TEST(registries_hear_of_the_dead) {
  Isolate *iso = fixture_new();
  JSFinalizationRegistry *r = obj_new_kind(iso, KIND_FINALIZATION_REGISTRY, VALUE_NULL);
  finalization_registry_init(iso, r);
  slot_set(iso, r, &r->cleanup_callback, VALUE_UNDEFINED);
  JSObject *token = obj_new_plain(iso);
  register_many(iso, r, token);
  clobber_stack();
  gc_collect(&iso->heap, false);
  gc_collect(&iso->heap, true);
  ck_assert_uint_eq(iso->finalization_queue.len, 1);
  ck_assert_ptr_eq(iso->finalization_queue.data[0], &r->object.cell);
  ck_assert(finalization_registry_unregister(r, value_from_object(token)));
  u32 dead = 0;
  Value held;
  while (finalization_registry_take_dead(r, &held)) {
    ck_assert(value_is_string(held));
    dead++;
  }
  ck_assert_uint_ge(dead, MANY / 2 - STRAYS);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("weak_table", dead_keys_go, a_value_lives_while_its_key_does, cycles_through_values_die, targets_live_until_the_job_ends,
          registries_hear_of_the_dead)
