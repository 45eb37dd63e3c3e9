// SPDX-License-Identifier: MIT
// vm/proxy, vm/arguments, vm/string_object, vm/module (synthetic) and vm/module_namespace: internal methods of exotic objects.
#include "tests/unit/vm/fixture.h"
#include "vm/arguments.h"
#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/iterate.h"
#include "vm/kinds.h"
#include "vm/module.h"
#include "vm/proxy.h"

static void ck_throws(Isolate *iso, const char *message) {
  ck_assert(isolate_has_exception(iso));
  Value e = isolate_take_exception(iso), text;
  ck_assert(value_is_kind(e, KIND_ERROR));
  ck_assert(obj_get_own_direct(iso, value_object(e), ATOM(message), &text));
  ck_assert_text(iso, value_string(text), message);
}

static JSObject *proxy_of(Isolate *iso, JSObject *target, JSObject *handler) {
  JSProxy *p = obj_new_kind(iso, KIND_PROXY, VALUE_NULL);
  slot_set(iso, p, &p->target, value_from_object(target));
  slot_set(iso, p, &p->handler, value_from_object(handler));
  return &p->object;
}

static void set_trap(Isolate *iso, JSObject *handler, PropertyKey name, NativeFn fn) {
  obj_put_direct(iso, handler, name, value_from_object(native_function_new(iso, fn, name, 0, 0)), ATTR_ALL);
}

static Value trap_get(Isolate *iso, const Call *call) {
  (void)iso;
  return call_arg(call, 1); // the key
}
static Value trap_empty_list(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_object(array_create(iso, 0));
}
static Value trap_false(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  return VALUE_FALSE;
}

START_TEST(proxies_forward_and_trap) {
  Isolate *iso = fixture_new();
  JSObject *target = obj_new_plain(iso), *handler = obj_new_plain(iso);
  JSObject *p = proxy_of(iso, target, handler);
  ck_assert(obj_set(iso, p, ATOM(value), value_from_int(1), true));
  ck_assert_ptr_eq(obj_get(iso, target, ATOM(value)), value_from_int(1));
  set_trap(iso, handler, ATOM(get), trap_get);
  ck_assert_ptr_eq(obj_get(iso, p, ATOM(done)), value_from_cell(ATOM_STRING(done)));
  obj_put_direct(iso, target, ATOM(name), value_from_int(2), 0); // not configurable: the trap may not lie
  ck_assert_ptr_eq(obj_get(iso, p, ATOM(name)), VALUE_FAIL);
  ck_throws(iso, "'get' on proxy: trap violated an invariant for property 'name'");
  set_trap(iso, handler, ATOM(ownKeys), trap_empty_list);
  KeyList keys;
  key_list_init(&keys, iso);
  ck_assert(!obj_own_property_keys(iso, p, &keys));
  ck_throws(iso, "'ownKeys' on proxy: trap violated an invariant for property 'name'");
  set_trap(iso, handler, ATOM(deleteProperty), trap_false);
  ck_assert_int_eq(obj_delete_property(iso, p, ATOM(value)), TRI_NO);
  set_trap(iso, handler, ATOM(has), trap_false);
  ck_assert_int_eq(obj_has_property(iso, p, ATOM(value)), TRI_NO);
  ck_assert_int_eq(obj_has_property(iso, p, ATOM(name)), TRI_FAIL);
  (void)isolate_take_exception(iso);
  slot_set(iso, p, &((JSProxy *)p)->target, VALUE_NULL);
  ck_assert_ptr_eq(obj_get(iso, p, ATOM(value)), VALUE_FAIL);
  ck_throws(iso, "Cannot perform 'get' on a proxy that has been revoked");
  isolate_destroy(iso);
}
END_TEST

START_TEST(arguments_share_parameters) {
  Isolate *iso = fixture_new();
  Environment *env = environment_new(iso, NULL, 3);
  slot_set(iso, env, &env->slots[2], value_from_int(10));
  const u16 slots[] = {2, ARGUMENTS_NOT_MAPPED};
  Value args[] = {value_from_int(10), value_from_int(20), value_from_int(30)};
  JSNativeFunction *callee = native_function_new(iso, trap_get, ATOM(callee), 0, 0);
  JSObject *a = arguments_create_mapped(iso, (JSFunction *)callee, env, slots, 2, 3, args);
  PropertyKey zero = key_from_index(0), one = key_from_index(1);
  ck_assert_ptr_eq(obj_get(iso, a, ATOM(length)), value_from_int(3));
  slot_set(iso, env, &env->slots[2], value_from_int(11));
  ck_assert_ptr_eq(obj_get(iso, a, zero), value_from_int(11));
  ck_assert(obj_set(iso, a, zero, value_from_int(12), true));
  ck_assert_ptr_eq(slot_get(&env->slots[2]), value_from_int(12));
  ck_assert(obj_set(iso, a, one, value_from_int(21), true));
  ck_assert_ptr_eq(obj_get(iso, a, one), value_from_int(21));
  PropertyDescriptor desc = {.attrs = ATTR_ENUMERABLE | ATTR_CONFIGURABLE, .has = HAS_WRITABLE};
  ck_assert_int_eq(obj_define_own_property(iso, a, zero, &desc), TRI_YES); // keeps the value, ends the sharing
  slot_set(iso, env, &env->slots[2], value_from_int(13));
  ck_assert_ptr_eq(obj_get(iso, a, zero), value_from_int(12));
  JSObject *u = arguments_create_unmapped(iso, 2, args);
  ck_assert_ptr_eq(obj_get(iso, u, one), value_from_int(20));
  ck_assert_int_eq(obj_delete_property(iso, u, ATOM(callee)), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

START_TEST(strings_have_their_characters) {
  Isolate *iso = fixture_new();
  JSObject *o = to_object(iso, value_from_cell(text(iso, "aé")));
  ck_assert_ptr_nonnull(o);
  ck_assert_ptr_eq(obj_get(iso, o, ATOM(length)), value_from_int(2));
  ck_assert_text(iso, value_string(obj_get(iso, o, key_from_index(1))), "é");
  ck_assert(obj_set(iso, o, key_from_index(1), VALUE_TRUE, false));
  ck_assert_int_eq(obj_delete_property(iso, o, key_from_index(0)), TRI_NO);
  ck_assert(obj_set(iso, o, key_from_index(5), VALUE_TRUE, true));
  ck_assert(obj_set(iso, o, ATOM(name), VALUE_TRUE, true));
  KeyList keys;
  key_list_init(&keys, iso);
  ck_assert(obj_own_property_keys(iso, o, &keys));
  PropertyKey expected[] = {key_from_index(0), key_from_index(1), key_from_index(5), ATOM(length), ATOM(name)};
  ck_assert_uint_eq(keys.length, ARRAY_LEN(expected));
  for (u32 i = 0; i < keys.length; i++) ck_assert_ptr_eq(keys.data[i], expected[i]);
  isolate_destroy(iso);
}
END_TEST

static bool evaluate_synthetic(Isolate *iso, Module *m) {
  return module_set_synthetic_export(iso, m, ATOM(value), value_from_int(42));
}

START_TEST(namespaces_show_live_bindings) {
  Isolate *iso = fixture_new();
  PropertyKey names[] = {ATOM(value), ATOM(default), key_from_index(7)};
  Module *m = module_new_synthetic(iso, names, 3, evaluate_synthetic, VALUE_UNDEFINED);
  ck_assert(module_link(iso, m));
  JSObject *ns = module_namespace(iso, m);
  ck_assert_ptr_eq(ns, module_namespace(iso, m));
  ck_assert_ptr_eq(obj_get(iso, ns, ATOM(value)), VALUE_UNDEFINED);
  JSPromise *promise = module_evaluate(iso, m);
  ck_assert_int_eq(promise->state, PROMISE_FULFILLED);
  ck_assert_ptr_eq(obj_get(iso, ns, ATOM(value)), value_from_int(42));
  ck_assert(obj_set(iso, ns, ATOM(value), VALUE_TRUE, false));
  ck_assert_ptr_eq(obj_get(iso, ns, ATOM(value)), value_from_int(42));
  ck_assert_int_eq(obj_delete_property(iso, ns, ATOM(value)), TRI_NO);
  ck_assert_int_eq(obj_delete_property(iso, ns, ATOM(done)), TRI_YES);
  ck_assert_int_eq(obj_is_extensible(iso, ns), TRI_NO);
  KeyList keys;
  key_list_init(&keys, iso);
  ck_assert(obj_own_property_keys(iso, ns, &keys));
  PropertyKey expected[] = {key_from_index(7), ATOM(default), ATOM(value), SYM(toStringTag)};
  ck_assert_uint_eq(keys.length, ARRAY_LEN(expected));
  for (u32 i = 0; i < keys.length; i++) ck_assert_ptr_eq(keys.data[i], expected[i]);
  isolate_destroy(iso);
}
END_TEST

START_TEST(for_in_walks_the_chain_once) {
  Isolate *iso = fixture_new();
  JSObject *proto = obj_new_plain(iso);
  obj_put_direct(iso, proto, ATOM(name), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, proto, ATOM(done), VALUE_TRUE, ATTR_ALL);
  JSObject *o = ordinary_object_create(iso, value_from_object(proto));
  ck_assert(obj_set(iso, o, ATOM(value), VALUE_TRUE, true) && obj_set(iso, o, key_from_index(3), VALUE_TRUE, true));
  obj_put_direct(iso, o, ATOM(done), VALUE_TRUE, ATTR_METHOD); // hides the prototype's
  const char *expected[] = {"3", "value", "name"};
  JSForInIterator *it = (JSForInIterator *)value_object(for_in_start(iso, value_from_object(o)));
  for (u32 i = 0; i < ARRAY_LEN(expected); i++) {
    Value key = for_in_next(iso, it);
    ck_assert(value_is_string(key));
    ck_assert_text(iso, value_string(key), expected[i]);
  }
  ck_assert_ptr_eq(for_in_next(iso, it), VALUE_UNDEFINED);
  JSObject *plain = obj_new_plain(iso);
  obj_put_direct(iso, plain, ATOM(value), VALUE_TRUE, ATTR_ALL);
  obj_put_direct(iso, plain, ATOM(done), VALUE_TRUE, ATTR_ALL);
  it = (JSForInIterator *)value_object(for_in_start(iso, value_from_object(plain)));
  ck_assert_uint_ne(it->shape_id, 0);
  ck_assert_ptr_eq(for_in_next(iso, it), value_from_cell(ATOM_STRING(value)));
  ck_assert_int_eq(obj_delete_property(iso, plain, ATOM(done)), TRI_YES);
  ck_assert_ptr_eq(for_in_next(iso, it), VALUE_UNDEFINED);
  isolate_destroy(iso);
}
END_TEST

START_TEST(values_have_texts) {
  Isolate *iso = fixture_new();
  ck_assert_str_eq(error_text_of_value(iso, value_from_raw_double(1.5)), "1.5");
  ck_assert_str_eq(error_text_of_value(iso, value_from_cell(text(iso, "grün"))), "grün");
  ck_assert_str_eq(error_text_of_value(iso, SYM_VALUE(iterator)), "Symbol(Symbol.iterator)");
  ck_assert_str_eq(error_text_of_value(iso, VALUE_NULL), "null");
  JSObject *array = array_create(iso, 0);
  ck_assert_str_eq(error_text_of_value(iso, value_from_object(array)), "[object Array]");
  THROW(iso, NOT_ITERABLE, "x");
  Value e = iso->exception;
  ck_assert_str_eq(error_text_of_exception(iso, e), "Error: x is not iterable");
  ck_throws(iso, "x is not iterable");
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("exotic", proxies_forward_and_trap, arguments_share_parameters, strings_have_their_characters,
          namespaces_show_live_bindings, for_in_walks_the_chain_once, values_have_texts)
