// SPDX-License-Identifier: MIT
// vm/object, vm/internal_methods, vm/property_ops: own properties, inheritance, descriptors, integrity, private names, with a
// collection at every allocation as well.
#include "tests/unit/vm/fixture.h"
#include "vm/lookup.h"
#include "vm/kinds.h"

static Isolate *stressed_new(u32 period) {
  IsolateConfig config = {.builtins = &fixture_builtins, .hooks = &fixture_hooks, .gc_stress_period = period};
  Isolate *iso = isolate_new(&config);
  ck_assert_ptr_nonnull(iso);
  isolate_enter(iso);
  return iso;
}

static PropertyKey key_of(Isolate *iso, const char *name) {
  PropertyKey key = key_from_cstring(iso, name);
  ck_assert_ptr_nonnull(key);
  return key;
}

START_TEST(get_set_define_delete) {
  Isolate *iso = fixture_new();
  JSObject *o = obj_new_plain(iso);
  PropertyKey a = key_of(iso, "alpha"), b = key_of(iso, "beta");
  ck_assert_ptr_eq(obj_get(iso, o, a), VALUE_UNDEFINED);
  ck_assert(obj_set(iso, o, a, value_from_int(1), true));
  ck_assert_ptr_eq(obj_get(iso, o, a), value_from_int(1));
  PropertyDescriptor desc;
  ck_assert_int_eq(obj_get_own_property(iso, o, a, &desc), TRI_YES);
  ck_assert_int_eq(desc.attrs, ATTR_ALL);
  ck_assert_int_eq(desc.has, HAS_ALL_DATA);
  // {value: 2} on a fresh name: nothing else is allowed.
  desc = (PropertyDescriptor){.value = value_from_int(2), .has = HAS_VALUE};
  ck_assert_int_eq(obj_define_own_property(iso, o, b, &desc), TRI_YES);
  ck_assert_int_eq(obj_set_with_receiver(iso, o, b, value_from_int(3), value_from_object(o)), TRI_NO);
  ck_assert_int_eq(obj_delete_property(iso, o, b), TRI_NO);
  ck_assert_int_eq(obj_define_own_property(iso, o, b, &desc), TRI_YES); // the same again
  desc.value = value_from_int(3);
  ck_assert_int_eq(obj_define_own_property(iso, o, b, &desc), TRI_NO);
  desc = (PropertyDescriptor){.getter = VALUE_UNDEFINED, .has = HAS_GET};
  ck_assert_int_eq(obj_define_own_property(iso, o, b, &desc), TRI_NO);
  ck_assert_int_eq(obj_define_own_property(iso, o, a, &desc), TRI_YES); // configurable: becomes an accessor
  ck_assert_int_eq(obj_get_own_property(iso, o, a, &desc), TRI_YES);
  ck_assert_int_eq(desc.has, HAS_ALL_ACCESSOR);
  ck_assert_int_eq(desc.attrs, ATTR_ENUMERABLE | ATTR_CONFIGURABLE);
  ck_assert_ptr_eq(obj_get(iso, o, a), VALUE_UNDEFINED);
  ck_assert_int_eq(obj_set_with_receiver(iso, o, a, VALUE_TRUE, value_from_object(o)), TRI_NO);
  ck_assert_int_eq(obj_delete_property(iso, o, a), TRI_YES);
  ck_assert_int_eq(obj_has_property(iso, o, a), TRI_NO);
  ck_assert(!obj_set(iso, o, b, VALUE_TRUE, true));
  ck_assert(isolate_has_exception(iso));
  (void)isolate_take_exception(iso);
  isolate_destroy(iso);
}
END_TEST

START_TEST(inheritance) {
  Isolate *iso = fixture_new();
  JSObject *base = obj_new_plain(iso), *o = ordinary_object_create(iso, value_from_object(base));
  PropertyKey a = key_of(iso, "alpha"), b = key_of(iso, "beta");
  obj_put_direct(iso, base, a, value_from_int(1), ATTR_ALL);
  obj_put_direct(iso, base, b, value_from_int(2), ATTR_ENUMERABLE);
  obj_put_direct(iso, base, key_from_index(5), value_from_int(5), ATTR_ALL);
  ck_assert_int_eq((int)iso->no_indexed_on_prototypes, 0);
  ck_assert_ptr_eq(obj_get(iso, o, a), value_from_int(1));
  ck_assert_ptr_eq(obj_get(iso, o, key_from_index(5)), value_from_int(5));
  ck_assert_int_eq(obj_has_property(iso, o, key_from_index(5)), TRI_YES);
  ck_assert_int_eq(has_own_property(iso, o, a), TRI_NO);
  ck_assert_int_eq(obj_set_with_receiver(iso, o, a, value_from_int(10), value_from_object(o)), TRI_YES);
  ck_assert_int_eq(has_own_property(iso, o, a), TRI_YES);
  ck_assert_ptr_eq(obj_get(iso, base, a), value_from_int(1));
  ck_assert_int_eq(obj_set_with_receiver(iso, o, b, value_from_int(10), value_from_object(o)), TRI_NO); // read-only above
  ck_assert_int_eq(obj_set_prototype_of(iso, base, value_from_object(o)), TRI_NO);                      // a cycle
  JSObject *object_proto = realm_intrinsic(iso, iso->main_realm, INTRINSIC_OBJECT_PROTOTYPE);
  ck_assert_int_eq(obj_set_prototype_of(iso, object_proto, value_from_object(base)), TRI_NO); // immutable
  ck_assert_int_eq(obj_set_prototype_of(iso, object_proto, VALUE_NULL), TRI_YES);
  JSObject *other = obj_new_plain(iso); // Reflect.set with another receiver
  ck_assert_int_eq(obj_set_with_receiver(iso, base, a, VALUE_TRUE, value_from_object(other)), TRI_YES);
  ck_assert_ptr_eq(obj_get(iso, other, a), VALUE_TRUE);
  ck_assert_int_eq(obj_set_with_receiver(iso, base, a, VALUE_TRUE, VALUE_NULL), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

static void ck_keys(Isolate *iso, JSObject *o, const char *expected) {
  KeyList keys;
  key_list_init(&keys, iso);
  ck_assert(obj_own_property_keys(iso, o, &keys));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < keys.length; i++) {
    if (i) sb_append_unit(&sb, ' ');
    sb_append(&sb, key_to_display_string(iso, keys.data[i]));
  }
  ck_assert_text(iso, sb_finish(&sb), expected);
}

START_TEST(order_of_keys) {
  Isolate *iso = stressed_new(3);
  JSObject *o = obj_new_plain(iso);
  obj_put_direct(iso, o, SYM(iterator), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, o, key_of(iso, "zeta"), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, o, key_from_index(7), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, o, key_of(iso, "alpha"), VALUE_TRUE, 0);
  obj_put_direct(iso, o, key_of(iso, "4294967295"), VALUE_TRUE, ATTR_ALL); // not an index
  obj_put_direct(iso, o, key_from_index(0xFFFFFFFE), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, o, key_from_index(1), VALUE_TRUE, ATTR_ENUMERABLE);
  Symbol *private = symbol_new(iso, text(iso, "#x"), SYMBOL_PRIVATE);
  obj_put_direct(iso, o, key_from_cell(private), VALUE_TRUE, ATTR_WRITABLE);
  ck_keys(iso, o, "1 7 4294967294 zeta alpha 4294967295 Symbol(Symbol.iterator)");
  ck_assert_int_eq(obj_delete_property(iso, o, key_of(iso, "zeta")), TRI_YES);
  obj_put_direct(iso, o, key_of(iso, "zeta"), VALUE_TRUE, ATTR_ALL);
  ck_keys(iso, o, "1 7 4294967294 alpha 4294967295 zeta Symbol(Symbol.iterator)");
  Value names = enumerable_own_properties(iso, o, ENUMERATE_KEYS);
  ck_assert_uint_eq(array_length(value_object(names)), 5);
  Value entries = enumerable_own_properties(iso, o, ENUMERATE_ENTRIES);
  ck_assert_uint_eq(array_length(value_object(entries)), 5);
  isolate_destroy(iso);
}
END_TEST

START_TEST(private_names_are_nobodys_business) {
  Isolate *iso = fixture_new();
  JSObject *o = obj_new_plain(iso);
  PropertyKey name = key_from_cell(symbol_new(iso, text(iso, "#x"), SYMBOL_PRIVATE));
  obj_put_direct(iso, o, name, value_from_int(1), ATTR_WRITABLE);
  ck_assert_int_eq(set_integrity_level(iso, o, INTEGRITY_FROZEN), TRI_YES);
  ck_assert_int_eq(obj_set_with_receiver(iso, o, name, value_from_int(2), value_from_object(o)), TRI_YES);
  ck_assert_ptr_eq(obj_get(iso, o, name), value_from_int(2));
  ck_assert_int_eq(test_integrity_level(iso, o, INTEGRITY_FROZEN), TRI_YES);
  // A proxy keeps them for itself: no trap, no target.
  JSProxy *proxy = obj_new_kind(iso, KIND_PROXY, VALUE_NULL);
  slot_set(iso, proxy, &proxy->target, value_from_object(o));
  slot_set(iso, proxy, &proxy->handler, value_from_object(obj_new_plain(iso)));
  ck_assert_int_eq(has_own_property(iso, &proxy->object, name), TRI_NO);
  obj_put_direct(iso, &proxy->object, name, VALUE_TRUE, ATTR_WRITABLE);
  ck_assert_ptr_eq(obj_get(iso, &proxy->object, name), VALUE_TRUE);
  ck_assert_ptr_eq(obj_get(iso, o, name), value_from_int(2));
  isolate_destroy(iso);
}
END_TEST

START_TEST(integrity_levels) {
  Isolate *iso = fixture_new();
  for (u32 kind = 0; kind < 3; kind++) {
    JSObject *o = kind == 1 ? array_create(iso, 0) : obj_new_plain(iso);
    if (kind == 2) obj_become_prototype(iso, o);
    obj_put_direct(iso, o, key_of(iso, "name"), value_from_int(1), ATTR_ALL);
    obj_put_direct(iso, o, key_from_index(0), value_from_int(2), ATTR_ALL);
    obj_put_accessor_direct(iso, o, key_of(iso, "acc"), VALUE_UNDEFINED, VALUE_UNDEFINED, ATTR_ALL);
    ck_assert_int_eq(obj_prevent_extensions(iso, o), TRI_YES);
    ck_assert_int_eq(obj_is_extensible(iso, o), TRI_NO);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_from_index(1), VALUE_TRUE, value_from_object(o)), TRI_NO);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_of(iso, "more"), VALUE_TRUE, value_from_object(o)), TRI_NO);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_from_index(0), value_from_int(3), value_from_object(o)), TRI_YES);
    ck_assert_int_eq(test_integrity_level(iso, o, INTEGRITY_SEALED), TRI_NO);
    ck_assert_int_eq(set_integrity_level(iso, o, INTEGRITY_SEALED), TRI_YES);
    ck_assert_int_eq(test_integrity_level(iso, o, INTEGRITY_SEALED), TRI_YES);
    ck_assert_int_eq(test_integrity_level(iso, o, INTEGRITY_FROZEN), TRI_NO);
    ck_assert_int_eq(obj_delete_property(iso, o, key_from_index(0)), TRI_NO);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_of(iso, "name"), value_from_int(3), value_from_object(o)), TRI_YES);
    ck_assert_int_eq(set_integrity_level(iso, o, INTEGRITY_FROZEN), TRI_YES);
    ck_assert_int_eq(test_integrity_level(iso, o, INTEGRITY_FROZEN), TRI_YES);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_of(iso, "name"), value_from_int(4), value_from_object(o)), TRI_NO);
    ck_assert_int_eq(obj_set_with_receiver(iso, o, key_from_index(0), value_from_int(4), value_from_object(o)), TRI_NO);
    ck_assert_ptr_eq(obj_get(iso, o, key_from_index(0)), value_from_int(3));
    if (kind == 1) {
      ck_assert_uint_eq(array_length(o), 1);
      ck_assert_int_eq(obj_set_with_receiver(iso, o, ATOM(length), value_from_int(0), value_from_object(o)), TRI_NO);
    }
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(descriptors_to_objects_and_back) {
  Isolate *iso = fixture_new();
  PropertyDescriptor desc = {.value = value_from_int(1), .attrs = ATTR_WRITABLE, .has = HAS_ALL_DATA}, back;
  JSObject *o = value_object(from_property_descriptor(iso, &desc));
  ck_keys(iso, o, "value writable enumerable configurable");
  ck_assert(to_property_descriptor(iso, value_from_object(o), &back));
  ck_assert_int_eq(back.attrs, ATTR_WRITABLE);
  ck_assert_int_eq(back.has, HAS_ALL_DATA);
  ck_assert_ptr_eq(back.value, value_from_int(1));
  desc =
      (PropertyDescriptor){.getter = VALUE_UNDEFINED, .setter = VALUE_UNDEFINED, .attrs = ATTR_ENUMERABLE, .has = HAS_ALL_ACCESSOR};
  o = value_object(from_property_descriptor(iso, &desc));
  ck_keys(iso, o, "get set enumerable configurable");
  ck_assert(to_property_descriptor(iso, value_from_object(o), &back));
  ck_assert_int_eq(back.has, HAS_ALL_ACCESSOR);
  obj_put_direct(iso, o, ATOM(value), VALUE_NULL, ATTR_ALL);
  ck_assert(!to_property_descriptor(iso, value_from_object(o), &back)); // both kinds
  (void)isolate_take_exception(iso);
  ck_assert(!to_property_descriptor(iso, VALUE_NULL, &back));
  (void)isolate_take_exception(iso);
  isolate_destroy(iso);
}
END_TEST

static bool excludes_symbols(Isolate *iso, JSObject *o) {
  KeyList keys;
  key_list_init(&keys, iso);
  return obj_own_property_keys(iso, o, &keys) && keys.length == 0;
}

START_TEST(copying) {
  Isolate *iso = stressed_new(2);
  JSObject *from = obj_new_plain(iso), *to = obj_new_plain(iso);
  obj_put_direct(iso, from, key_of(iso, "a"), value_from_int(1), ATTR_ALL);
  obj_put_direct(iso, from, key_of(iso, "hidden"), value_from_int(2), ATTR_WRITABLE);
  obj_put_direct(iso, from, key_of(iso, "b"), value_from_int(3), ATTR_ALL);
  PropertyKey excluded[] = {key_of(iso, "a")};
  ck_assert(copy_data_properties(iso, to, value_from_object(from), excluded, 1));
  ck_keys(iso, to, "b");
  obj_put_direct(iso, from, SYM(iterator), value_from_int(4), ATTR_ALL);
  obj_put_direct(iso, from, key_of(iso, "c"), value_from_int(5), ATTR_ALL);
  to = obj_new_plain(iso);
  ck_assert(copy_data_properties(iso, to, value_from_object(from), NULL, 0));
  ck_keys(iso, to, "a b c Symbol(Symbol.iterator)");
  to = obj_new_plain(iso);
  ck_assert(copy_data_properties(iso, to, VALUE_NULL, NULL, 0));
  ck_assert(excludes_symbols(iso, to));
  ck_assert(copy_data_properties(iso, to, value_from_cell(text(iso, "xy")), NULL, 0));
  ck_keys(iso, to, "0 1");
  isolate_destroy(iso);
}
END_TEST

// Random operations against a model of plain C arrays.
START_TEST(random_operations) {
  for (u32 seed = 1; seed <= 6; seed++) {
    Isolate *iso = stressed_new(seed <= 2 ? 7 : 0);
    u32 names = seed % 2 ? 40 : 400, steps = seed <= 2 ? 4000 : 60000;
    i32 *model = base_alloc(names * sizeof(i32));
    for (u32 i = 0; i < names; i++) model[i] = -1;
    PropertyKey *keys = base_alloc(names * sizeof(PropertyKey));
    JSObject *holder = obj_new_plain(iso);
    for (u32 i = 0; i < names; i++) {
      char name[16];
      snprintf(name, sizeof name, "n%u", i);
      keys[i] = i % 5 == 0 ? key_from_index(i * i) : key_of(iso, name);
      obj_put_direct(iso, holder, keys[i], VALUE_NULL, ATTR_ALL); // keeps the atoms
    }
    JSObject *o = obj_new_plain(iso);
    if (seed % 3 == 0) obj_become_prototype(iso, o);
    u32 random = seed;
    for (u32 step = 0; step < steps; step++) {
      random = random * 1664525 + 1013904223;
      u32 i = (random >> 8) % names;
      if ((random >> 24) % 3) {
        ck_assert(obj_set(iso, o, keys[i], value_from_int((i32)step), true));
        model[i] = (i32)step;
      } else {
        ck_assert_int_eq(obj_delete_property(iso, o, keys[i]), TRI_YES);
        model[i] = -1;
      }
      i = (random >> 4) % names;
      Value v = obj_get(iso, o, keys[i]);
      ck_assert_ptr_eq(v, model[i] < 0 ? VALUE_UNDEFINED : value_from_int(model[i]));
    }
    ck_assert_ptr_eq(obj_get(iso, holder, keys[0]), VALUE_NULL);
    base_free(model);
    base_free(keys);
    isolate_destroy(iso);
  }
}
END_TEST

UNIT_MAIN("vm/object", get_set_define_delete, inheritance, order_of_keys, private_names_are_nobodys_business, integrity_levels,
          descriptors_to_objects_and_back, copying, random_operations)
