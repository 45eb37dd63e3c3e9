// SPDX-License-Identifier: MIT
// vm/shape, vm/property_table, vm/transitions: sharing, tables, dictionaries, ids, the epoch, weak children.
#include "tests/unit/vm/fixture.h"
#include "vm/lookup.h"
#include "vm/shape_internal.h"

static PropertyKey numbered(Isolate *iso, const char *prefix, u32 i) {
  char name[32];
  snprintf(name, sizeof name, "%s%u", prefix, i);
  PropertyKey key = key_from_cstring(iso, name);
  ck_assert_ptr_nonnull(key);
  return key;
}

static JSObject *object_with(Isolate *iso, const char *prefix, u32 count) {
  JSObject *o = obj_new_plain(iso);
  for (u32 i = 0; i < count; i++) obj_put_direct(iso, o, numbered(iso, prefix, i), value_from_int((i32)i), ATTR_ALL);
  return o;
}

static void ck_properties(Isolate *iso, JSObject *o, const char *prefix, u32 from, u32 to) {
  for (u32 i = from; i < to; i++) {
    Value v;
    ck_assert(obj_get_own_direct(iso, o, numbered(iso, prefix, i), &v));
    ck_assert_int_eq(value_int(v), (i32)i);
  }
}

START_TEST(same_keys_share_a_shape) {
  Isolate *iso = fixture_new();
  for (u32 count = 0; count <= 128; count++) {
    JSObject *a = object_with(iso, "k", count), *b = object_with(iso, "k", count);
    ck_assert_uint_eq(a->cell.shape_id, b->cell.shape_id);
    ck_assert(!shape_is_unique(obj_shape(iso, a)));
    ck_properties(iso, b, "k", 0, count);
  }
  JSObject *a = object_with(iso, "k", 20);
  ck_assert_ptr_eq(ref_get(obj_shape(iso, a)->table), ref_get(obj_shape(iso, object_with(iso, "k", 19))->table));
  // Another way from the same parent: a table of its own, the first is not disturbed.
  JSObject *b = object_with(iso, "k", 19);
  obj_put_direct(iso, b, ATOM(value), VALUE_TRUE, ATTR_ALL);
  ck_assert_ptr_ne(ref_get(obj_shape(iso, a)->table), ref_get(obj_shape(iso, b)->table));
  PropertySlot slot;
  ck_assert(!shape_lookup(obj_shape(iso, a), ATOM(value), &slot));
  ck_assert(!shape_lookup(obj_shape(iso, b), numbered(iso, "k", 19), &slot));
  ck_assert(shape_lookup(obj_shape(iso, b), ATOM(value), &slot));
  ck_assert_uint_eq(slot.slot, 19);
  // Same key, other attributes.
  JSObject *c = object_with(iso, "k", 19);
  obj_put_direct(iso, c, ATOM(value), VALUE_TRUE, 0);
  ck_assert_uint_ne(c->cell.shape_id, b->cell.shape_id);
  isolate_destroy(iso);
}
END_TEST

START_TEST(many_properties_make_a_dictionary) {
  Isolate *iso = fixture_new();
  JSObject *o = object_with(iso, "k", 129);
  ck_assert(obj_shape(iso, o)->flags & SHAPE_DICTIONARY);
  ck_properties(iso, o, "k", 0, 129);
  // 70,000 properties cross into the biggest class of stores.
  o = object_with(iso, "m", 70000);
  ck_properties(iso, o, "m", 0, 70000);
  ck_assert_uint_ge(obj_named_capacity(o), 70000);
  for (u32 i = 0; i < 70000; i += 2) ck_assert_int_eq(obj_delete_property(iso, o, numbered(iso, "m", i)), TRI_YES);
  for (u32 i = 70000; i < 150000; i++) obj_put_direct(iso, o, numbered(iso, "m", i), value_from_int((i32)i), ATTR_ALL);
  Value v;
  for (u32 i = 0; i < 70000; i++) ck_assert(obj_get_own_direct(iso, o, numbered(iso, "m", i), &v) == (i % 2 == 1));
  ck_properties(iso, o, "m", 70000, 150000);
  gc_collect(&iso->heap, true);
  ck_properties(iso, o, "m", 70000, 150000);
  isolate_destroy(iso);
}
END_TEST

START_TEST(deleting) {
  Isolate *iso = fixture_new();
  JSObject *o = object_with(iso, "k", 3);
  u32 two = object_with(iso, "k", 2)->cell.shape_id;
  ck_assert_int_eq(obj_delete_property(iso, o, numbered(iso, "k", 2)), TRI_YES); // the last one: back to the parent
  ck_assert_uint_eq(o->cell.shape_id, two);
  ck_assert_int_eq(obj_delete_property(iso, o, numbered(iso, "k", 0)), TRI_YES);
  ck_assert(obj_shape(iso, o)->flags & SHAPE_DICTIONARY);
  ck_properties(iso, o, "k", 1, 2);
  // Adding and deleting for ever needs neither ids nor slots without end.
  u32 ids = iso->shape_count;
  for (u32 i = 10; i < 20000; i++) {
    obj_put_direct(iso, o, numbered(iso, "k", i), value_from_int((i32)i), ATTR_ALL);
    if (i >= 15) ck_assert_int_eq(obj_delete_property(iso, o, numbered(iso, "k", i - 5)), TRI_YES);
  }
  ck_assert_uint_le(iso->shape_count, ids + 2);
  ck_assert_uint_le(obj_named_capacity(o), 64);
  ck_properties(iso, o, "k", 19995, 20000);
  ck_properties(iso, o, "k", 1, 2);
  isolate_destroy(iso);
}
END_TEST

START_TEST(ids_of_dead_shapes_come_back) {
  Isolate *iso = fixture_new();
  for (u32 round = 0; round < 5; round++) {
    for (u32 i = 0; i < 500; i++) (void)object_with(iso, round % 2 ? "even" : "odd", i % 100);
    for (u32 i = 0; i < 200; i++) ck_assert_ptr_nonnull(ordinary_object_create(iso, value_from_object(obj_new_plain(iso))));
    gc_collect(&iso->heap, true);
  }
  u32 count = iso->shape_count;
  for (u32 i = 0; i < 100; i++) ck_assert_ptr_nonnull(ordinary_object_create(iso, value_from_object(obj_new_plain(iso))));
  ck_assert_uint_eq(iso->shape_count, count);
  ck_assert_uint_gt(iso->free_shape_ids.len, 0);
  JSObject *o = object_with(iso, "odd", 50);
  ck_properties(iso, o, "odd", 0, 50);
  isolate_destroy(iso);
}
END_TEST

START_TEST(too_many_children) {
  Isolate *iso = fixture_new();
  JSObject *kept[300];
  for (u32 i = 0; i < 300; i++) {
    kept[i] = obj_new_plain(iso);
    obj_put_direct(iso, kept[i], ATOM(name), VALUE_NULL, ATTR_ALL);
    obj_put_direct(iso, kept[i], numbered(iso, "child", i), value_from_int((i32)i), ATTR_ALL);
  }
  ck_assert(!(obj_shape(iso, kept[100])->flags & SHAPE_DICTIONARY));
  ck_assert(obj_shape(iso, kept[299])->flags & SHAPE_DICTIONARY);
  for (u32 i = 0; i < 300; i++) ck_properties(iso, kept[i], "child", i, i + 1);
  isolate_destroy(iso);
}
END_TEST

START_TEST(attributes_and_prototypes_keep_sharing) {
  Isolate *iso = fixture_new();
  JSObject *a = object_with(iso, "k", 4), *b = object_with(iso, "k", 4), *proto = obj_new_plain(iso);
  PropertyDescriptor desc = {.has = HAS_WRITABLE};
  ck_assert_int_eq(obj_define_own_property(iso, a, numbered(iso, "k", 1), &desc), TRI_YES);
  ck_assert_int_eq(obj_define_own_property(iso, b, numbered(iso, "k", 1), &desc), TRI_YES);
  ck_assert_uint_eq(a->cell.shape_id, b->cell.shape_id);
  ck_assert_int_eq(obj_set_prototype_of(iso, a, value_from_object(proto)), TRI_YES);
  ck_assert_int_eq(obj_set_prototype_of(iso, b, value_from_object(proto)), TRI_YES);
  ck_assert_uint_eq(a->cell.shape_id, b->cell.shape_id);
  ck_assert_ptr_eq(obj_get_prototype_of(iso, a), value_from_object(proto));
  ck_assert_int_eq(set_integrity_level(iso, a, INTEGRITY_FROZEN), TRI_YES);
  ck_assert_int_eq(set_integrity_level(iso, b, INTEGRITY_FROZEN), TRI_YES);
  ck_assert_uint_eq(a->cell.shape_id, b->cell.shape_id);
  ck_assert_int_eq(test_integrity_level(iso, a, INTEGRITY_FROZEN), TRI_YES);
  ck_properties(iso, a, "k", 0, 4);
  isolate_destroy(iso);
}
END_TEST

START_TEST(watched_prototypes_raise_the_epoch) {
  Isolate *iso = fixture_new();
  JSObject *top = object_with(iso, "t", 6), *proto = ordinary_object_create(iso, value_from_object(top));
  JSObject *o = ordinary_object_create(iso, value_from_object(proto));
  IcLookup found;
  ck_assert(obj_lookup_for_ic(iso, o, numbered(iso, "t", 1), &found));
  ck_assert(found.cacheable && !found.holder_is_receiver);
  ck_assert_ptr_eq(found.holder, top);
  ck_assert_uint_eq(found.hops, 2);
  ck_assert_int_eq(value_int(slot_get(found.address)), 1);
  u32 epoch = iso->proto_epoch;
  obj_put_direct(iso, o, ATOM(value), VALUE_NULL, ATTR_ALL);             // the receiver itself: its shape tells
  obj_put_direct(iso, top, numbered(iso, "t", 1), VALUE_TRUE, ATTR_ALL); // a value: no one needs to know
  ck_assert_uint_eq(iso->proto_epoch, epoch);
  obj_put_direct(iso, proto, numbered(iso, "t", 1), VALUE_FALSE, ATTR_ALL); // now hides the other
  ck_assert_uint_gt(iso->proto_epoch, epoch);
  ck_assert(obj_lookup_for_ic(iso, o, numbered(iso, "t", 2), &found));
  epoch = iso->proto_epoch;
  ck_assert_int_eq(obj_delete_property(iso, top, numbered(iso, "t", 2)), TRI_YES);
  ck_assert_uint_gt(iso->proto_epoch, epoch);
  ck_assert(obj_lookup_for_ic(iso, o, ATOM(then), &found)); // absent
  ck_assert_ptr_null(found.holder);
  ck_assert(found.cacheable);
  epoch = iso->proto_epoch;
  ck_assert_int_eq(obj_set_prototype_of(iso, top, VALUE_NULL), TRI_YES);
  ck_assert_uint_gt(iso->proto_epoch, epoch);
  // A receiver that is a prototype keeps its id when it gains a property, so it is watched as well.
  ck_assert(obj_lookup_for_ic(iso, proto, ATOM(then), &found));
  epoch = iso->proto_epoch;
  obj_put_direct(iso, proto, ATOM(then), VALUE_TRUE, ATTR_ALL);
  ck_assert_uint_gt(iso->proto_epoch, epoch);
  isolate_destroy(iso);
}
END_TEST

START_TEST(unique_ids_change_when_caches_could_err) {
  Isolate *iso = fixture_new();
  JSObject *o = object_with(iso, "k", 200);
  u32 id = o->cell.shape_id;
  obj_put_direct(iso, o, ATOM(value), VALUE_NULL, ATTR_ALL);
  ck_assert_uint_eq(o->cell.shape_id, id);
  ck_assert_int_eq(obj_delete_property(iso, o, ATOM(value)), TRI_YES); // nobody has cached the id
  ck_assert_uint_eq(o->cell.shape_id, id);
  IcLookup found;
  ck_assert(obj_lookup_for_ic(iso, o, numbered(iso, "k", 7), &found) && found.cacheable);
  ck_assert_int_eq(obj_delete_property(iso, o, numbered(iso, "k", 7)), TRI_YES);
  ck_assert_uint_ne(o->cell.shape_id, id);
  ck_assert_ptr_null(iso->shapes[id]);
  ck_assert(obj_lookup_for_ic(iso, o, ATOM(then), &found) && !found.cacheable); // what a dictionary lacks
  isolate_destroy(iso);
}
END_TEST

START_TEST(transitions_for_caches) {
  Isolate *iso = fixture_new();
  IcAdd add, again;
  JSObject *a = obj_new_plain(iso), *b = obj_new_plain(iso);
  ck_assert_int_eq(obj_try_add_transition(iso, a, ATOM(value), VALUE_TRUE, &add), TRI_YES);
  ck_assert_int_eq(obj_try_add_transition(iso, b, ATOM(value), VALUE_TRUE, &again), TRI_YES);
  ck_assert(add.cacheable && add.old_shape_id == again.old_shape_id && add.new_shape_id == again.new_shape_id && add.slot == 0);
  ck_assert_int_eq(obj_try_add_transition(iso, a, ATOM(value), VALUE_TRUE, &add), TRI_NO);
  JSObject *proto = obj_new_plain(iso);
  obj_put_direct(iso, proto, ATOM(name), VALUE_TRUE, ATTR_ENUMERABLE);
  JSObject *o = ordinary_object_create(iso, value_from_object(proto));
  ck_assert_int_eq(obj_try_add_transition(iso, o, ATOM(name), VALUE_TRUE, &add), TRI_NO);     // read-only above
  ck_assert_int_eq(obj_try_define_transition(iso, o, ATOM(name), VALUE_TRUE, &add), TRI_YES); // defining does not mind
  ck_assert_int_eq(obj_prevent_extensions(iso, o), TRI_YES);
  ck_assert_int_eq(obj_try_add_transition(iso, o, ATOM(then), VALUE_TRUE, &add), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/shape", same_keys_share_a_shape, many_properties_make_a_dictionary, deleting, ids_of_dead_shapes_come_back,
          too_many_children, attributes_and_prototypes_keep_sharing, watched_prototypes_raise_the_epoch,
          unique_ids_change_when_caches_could_err, transitions_for_caches)
