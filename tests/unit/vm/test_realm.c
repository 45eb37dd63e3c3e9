// SPDX-License-Identifier: MIT
// vm/realm, vm/builtin, vm/function: built-ins from tables, lazily; functions and their late properties; guards.
#include "tests/unit/vm/fixture.h"
#include "vm/kinds.h"
#include "vm/lookup.h"
#include "vm/shape_internal.h"

static Value answer(Isolate *iso, const Call *call) {
  (void)iso;
  return value_from_u32(native_magic(call));
}
static Value computed(Isolate *iso, const Call *call) { return value_from_object(array_from_values(iso, &call->this_value, 1)); }

static const BuiltinProperty array_proto_properties[] = {
    INTRINSIC_PROP(values, ARRAY_PROTO_VALUES, ATTR_METHOD),
    METHOD(push, answer, 1),
    METHOD_MAGIC(concat, answer, 1, 7),
    ALIAS(at, push),
    ALIAS_SYM(iterator, values),
    GETTER(size, answer),
    CONST_PROP_INT(flags, 42, ATTR_ALL),
    {.key = ATOM_entries, .kind = BUILTIN_COMPUTED_PROPERTY, .attrs = ATTR_ALL, .fn = computed},
    STRING_TAG(Array),
};
static const BuiltinObject array_proto = {.kind = BUILTIN_PLAIN,
                                          .heap_kind = KIND_ARRAY,
                                          .parent = INTRINSIC_OBJECT_PROTOTYPE,
                                          .prototype = INTRINSIC_NONE,
                                          .constructor = INTRINSIC_ARRAY,
                                          BUILTIN_PROPERTIES(array_proto_properties)};
static const BuiltinProperty array_properties[] = {METHOD(isArray, answer, 1), GETTER_SYM(species, answer)};
static const BuiltinObject array_class = BUILTIN_CLASS(Array, answer, 1, INTRINSIC_ARRAY_PROTOTYPE, array_properties);
static const BuiltinObject array_values = {.kind = BUILTIN_FUNCTION,
                                           .heap_kind = KIND_NATIVE_FUNCTION,
                                           .name = ATOM_values,
                                           .fn = answer,
                                           .parent = INTRINSIC_FUNCTION_PROTOTYPE,
                                           .prototype = INTRINSIC_NONE,
                                           .constructor = INTRINSIC_NONE};
static const BuiltinObject function_proto = {.kind = BUILTIN_FUNCTION,
                                             .heap_kind = KIND_NATIVE_FUNCTION,
                                             .name = ATOM_empty,
                                             .fn = answer,
                                             .parent = INTRINSIC_OBJECT_PROTOTYPE,
                                             .prototype = INTRINSIC_NONE,
                                             .constructor = INTRINSIC_NONE};
static const BuiltinObject *const objects[INTRINSIC_COUNT] = {
    [INTRINSIC_ARRAY] = &array_class,
    [INTRINSIC_ARRAY_PROTOTYPE] = &array_proto,
    [INTRINSIC_ARRAY_PROTO_VALUES] = &array_values,
    [INTRINSIC_FUNCTION_PROTOTYPE] = &function_proto,
};
static const BuiltinProperty globals[] = {
    INTRINSIC_PROP(Array, ARRAY, ATTR_METHOD),
    CONST_PROP_DOUBLE(NaN, 1.5, 0),
    METHOD(parseInt, answer, 2),
};
static const BuiltinTables tables = {objects, globals, ARRAY_LEN(globals)};

static Isolate *realm_fixture(bool eager, u32 stress) {
  IsolateConfig config = {.builtins = &tables, .hooks = &fixture_hooks, .eager_builtins = eager, .gc_stress_period = stress};
  Isolate *iso = isolate_new(&config);
  ck_assert_ptr_nonnull(iso);
  isolate_enter(iso);
  return iso;
}

static JSObject *get_object(Isolate *iso, JSObject *o, PropertyKey key) {
  Value v = obj_get(iso, o, key);
  ck_assert(value_is_object(v));
  return value_object(v);
}

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

START_TEST(globals_are_lazy) {
  Isolate *iso = realm_fixture(false, 0);
  Realm *realm = iso->main_realm;
  JSObject *global = ref_get(realm->global_object);
  ck_keys(iso, global, "globalThis Array NaN parseInt");
  ck_assert_ptr_null(ref_get(realm->intrinsics[INTRINSIC_ARRAY])); // listing does not make it
  JSObject *array = get_object(iso, global, ATOM(Array));
  ck_assert_ptr_eq(array, ref_get(realm->intrinsics[INTRINSIC_ARRAY]));
  ck_keys(iso, array, "length name prototype isArray Symbol(Symbol.species)");
  ck_assert_ptr_eq(get_object(iso, array, ATOM(prototype)), realm_intrinsic(iso, realm, INTRINSIC_ARRAY_PROTOTYPE));
  ck_assert_ptr_eq(get_object(iso, global, ATOM(globalThis)), global);
  PropertyDescriptor desc;
  ck_assert_int_eq(obj_get_own_property(iso, global, ATOM(NaN), &desc), TRI_YES);
  ck_assert_int_eq(desc.attrs, 0);
  ck_assert_ptr_eq(desc.value, value_from_double(1.5));
  IcLookup found;
  ck_assert(obj_lookup_for_ic(iso, global, ATOM(parseInt), &found));
  ck_assert(found.cacheable && found.holder_is_receiver && value_is_callable(slot_get(found.address)));
  ck_assert_int_eq(obj_delete_property(iso, global, ATOM(parseInt)), TRI_YES);
  ck_keys(iso, global, "globalThis Array NaN");
  isolate_destroy(iso);
}
END_TEST

static void check_array_proto(Isolate *iso) {
  JSObject *proto = realm_intrinsic(iso, iso->main_realm, INTRINSIC_ARRAY_PROTOTYPE);
  ck_keys(iso, proto,
          "length constructor values push concat at size flags entries Symbol(Symbol.iterator) Symbol(Symbol.toStringTag)");
  JSObject *push = get_object(iso, proto, ATOM(push));
  ck_assert_ptr_eq(get_object(iso, proto, ATOM(push)), push);
  ck_assert_ptr_eq(get_object(iso, proto, ATOM(at)), push);
  ck_keys(iso, push, "length name");
  ck_assert_ptr_eq(obj_get(iso, push, ATOM(length)), value_from_int(1));
  ck_assert_text(iso, function_to_string(iso, push), "function push() { [native code] }");
  ck_assert_ptr_eq(get_object(iso, proto, SYM(iterator)), get_object(iso, proto, ATOM(values)));
  ck_assert_ptr_eq(get_object(iso, proto, ATOM(constructor)), realm_intrinsic(iso, iso->main_realm, INTRINSIC_ARRAY));
  ck_assert_uint_eq(((JSNativeFunction *)get_object(iso, proto, ATOM(concat)))->magic, 7);
  ck_assert_ptr_eq(obj_get(iso, proto, ATOM(flags)), value_from_int(42));
  ck_assert_ptr_eq(obj_get(iso, get_object(iso, proto, ATOM(entries)), key_from_index(0)), value_from_object(proto));
  PropertyDescriptor desc;
  ck_assert_int_eq(obj_get_own_property(iso, proto, ATOM(size), &desc), TRI_YES);
  ck_assert_int_eq(desc.has, HAS_ALL_ACCESSOR);
  ck_assert_ptr_eq(desc.setter, VALUE_UNDEFINED);
  ck_assert_text(iso, value_string(obj_get(iso, value_object(desc.getter), ATOM(name))), "get size");
  ck_assert_text(iso, value_string(obj_get(iso, proto, SYM(toStringTag))), "Array");
}

START_TEST(intrinsics_lazy_and_eager) {
  for (u32 i = 0; i < 4; i++) {
    Isolate *iso = realm_fixture(i & 1, i & 2 ? 1 : 0);
    check_array_proto(iso);
    ck_assert_uint_eq(iso->no_indexed_on_prototypes, 1);
    isolate_destroy(iso);
  }
}
END_TEST

START_TEST(aliases_survive_overwriting) {
  Isolate *iso = realm_fixture(false, 0);
  JSObject *proto = realm_intrinsic(iso, iso->main_realm, INTRINSIC_ARRAY_PROTOTYPE);
  ck_assert(obj_set(iso, proto, ATOM(push), VALUE_NULL, true));
  ck_assert(obj_set(iso, proto, ATOM(values), VALUE_NULL, true));
  ck_assert(value_is_callable(obj_get(iso, proto, ATOM(at))));
  ck_assert_ptr_eq(obj_get(iso, proto, SYM(iterator)),
                   value_from_object(realm_intrinsic(iso, iso->main_realm, INTRINSIC_ARRAY_PROTO_VALUES)));
  isolate_destroy(iso);
}
END_TEST

START_TEST(realms_have_their_own) {
  Isolate *iso = realm_fixture(false, 0);
  Realm *other = realm_new(iso);
  gc_collect(&iso->heap, true);
  JSObject *mine = realm_intrinsic(iso, iso->main_realm, INTRINSIC_ARRAY_PROTOTYPE),
           *theirs = realm_intrinsic(iso, other, INTRINSIC_ARRAY_PROTOTYPE);
  ck_assert_ptr_ne(mine, theirs);
  JSObject *push = get_object(iso, theirs, ATOM(push)); // while no code of the other realm runs
  ck_assert_ptr_ne(push, get_object(iso, mine, ATOM(push)));
  ck_assert_ptr_eq(get_function_realm(iso, push), other);
  ck_assert_ptr_eq(obj_get_prototype_of(iso, push), value_from_object(realm_intrinsic(iso, other, INTRINSIC_FUNCTION_PROTOTYPE)));
  isolate_destroy(iso);
}
END_TEST

START_TEST(guards) {
  Isolate *iso = realm_fixture(false, 0);
  Realm *realm = iso->main_realm;
  JSObject *proto = realm_intrinsic(iso, realm, INTRINSIC_ARRAY_PROTOTYPE);
  for (u32 i = 0; i < 3; i++) {
    ck_assert(builtin_is_pristine(iso, realm, PRISTINE_ARRAY_ITERATOR));
    ck_assert(builtin_is_pristine(iso, realm, PRISTINE_ARRAY_CONSTRUCTOR));
    ck_assert(builtin_is_pristine(iso, realm, PRISTINE_ARRAY_SPECIES));
    gc_collect(&iso->heap, true);
  }
  JSObject *a = array_create(iso, 0);
  ck_assert(array_iteration_is_pristine(iso, value_from_object(a)));
  Value original = obj_get(iso, proto, SYM(iterator));
  obj_put_direct(iso, a, SYM(iterator), VALUE_NULL, ATTR_ALL);
  ck_assert(!array_iteration_is_pristine(iso, value_from_object(a)));
  a = array_create(iso, 0);
  ck_assert(obj_set(iso, proto, SYM(iterator), VALUE_NULL, true));
  ck_assert(!array_iteration_is_pristine(iso, value_from_object(a)));
  ck_assert(obj_set(iso, proto, SYM(iterator), original, true));
  ck_assert(array_iteration_is_pristine(iso, value_from_object(a)));
  ck_assert_int_eq(obj_delete_property(iso, proto, SYM(iterator)), TRI_YES);
  ck_assert(!array_iteration_is_pristine(iso, value_from_object(a)));
  ck_assert(builtin_is_pristine(iso, realm, PRISTINE_ARRAY_CONSTRUCTOR));
  ck_assert(builtin_is_pristine(iso, realm, PRISTINE_PROMISE_THEN)); // nobody has touched it
  isolate_destroy(iso);
}
END_TEST

START_TEST(native_closures) {
  Isolate *iso = realm_fixture(false, 2);
  Symbol *symbol = symbol_new(iso, text(iso, "tag"), 0);
  JSNativeFunction *f = native_function_new(iso, answer, key_from_cell(symbol), 3, 2);
  slot_set(iso, f, &f->data[0], value_from_cell(text(iso, "one")));
  slot_set(iso, f, &f->data[1], value_from_object(obj_new_plain(iso)));
  ck_keys(iso, &f->object, "length name");
  for (u32 i = 0; i < 20; i++)
    obj_put_direct(iso, &f->object, key_from_u64(iso, (1ull << 33) + i), value_from_int((i32)i), ATTR_ALL);
  gc_collect(&iso->heap, true);
  ck_assert_text(iso, value_string(slot_get(&f->data[0])), "one");
  ck_assert_text(iso, value_string(obj_get(iso, &f->object, ATOM(name))), "[tag]");
  ck_assert_ptr_eq(obj_get(iso, &f->object, key_from_u64(iso, (1ull << 33) + 7)), value_from_int(7));
  ck_assert(function_set_name(iso, &f->object, ATOM(values), "get"));
  ck_assert_text(iso, value_string(obj_get(iso, &f->object, ATOM(name))), "get values");
  isolate_destroy(iso);
}
END_TEST

static JSFunction *closure(Isolate *iso, u32 flags, const char *source) {
  CodeBlock *block = base_alloc_zeroed(sizeof(CodeBlock));
  block->refs = 1;
  block->flags = (u16)flags;
  block->length = 2;
  block->source = source_text_new(source, false, (u32)strlen(source), "test", true);
  block->start = 1;
  block->end = (u32)strlen(source);
  block->name = base_alloc_zeroed(2);
  block->name[0] = 'f';
  block->name_length = 1;
  Code *code = code_new(iso, iso->main_realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  return function_new(iso, code, NULL);
}

START_TEST(closures_are_furnished_late) {
  Isolate *iso = realm_fixture(false, 1);
  static const struct {
    u32 flags;
    const char *keys;
  } cases[] = {
      {CODE_CONSTRUCTOR, "length name prototype"},
      {CODE_ARROW, "length name"},
      {CODE_METHOD, "length name"},
      {CODE_METHOD | CODE_HOME, "length name"},
      {CODE_ASYNC, "length name"},
      {CODE_GENERATOR, "length name prototype"},
      {CODE_GENERATOR | CODE_ASYNC, "length name prototype"},
      {CODE_CLASS_CONSTRUCTOR | CODE_CONSTRUCTOR | CODE_HOME, "length name"},
  };
  for (u32 i = 0; i < ARRAY_LEN(cases); i++) {
    JSFunction *f = closure(iso, cases[i].flags, " text of f");
    JSObject *o = &f->object;
    ck_assert(obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION);
    ck_assert_ptr_eq(obj_get(iso, o, ATOM(value)), VALUE_UNDEFINED);
    ck_assert(obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION); // looking for something else does not furnish it
    ck_assert_int_eq(obj_set_prototype_of(iso, o, value_from_object(obj_new_plain(iso))), TRI_YES);
    if (i % 2) obj_put_direct(iso, o, ATOM(value), VALUE_TRUE, ATTR_ALL);
    PropertyDescriptor desc;
    ck_assert_int_eq(obj_get_own_property(iso, o, ATOM(length), &desc), TRI_YES);
    ck_assert_int_eq(desc.attrs, ATTR_CONFIGURABLE);
    ck_assert_ptr_eq(desc.value, value_from_int(2));
    ck_assert(!(obj_shape(iso, o)->flags & SHAPE_LAZY_FUNCTION));
    if (!(i % 2)) ck_keys(iso, o, cases[i].keys);
    ck_assert_text(iso, value_string(obj_get(iso, o, ATOM(name))), "f");
    ck_assert_text(iso, function_to_string(iso, o), "text of f");
    if (strstr(cases[i].keys, "prototype")) {
      ck_assert_int_eq(obj_get_own_property(iso, o, ATOM(prototype), &desc), TRI_YES);
      ck_assert_int_eq(desc.attrs, ATTR_WRITABLE);
      JSObject *prototype = value_object(desc.value);
      ck_keys(iso, prototype, cases[i].flags & CODE_GENERATOR ? "" : "constructor");
    }
    obj_become_prototype(iso, o);
    ck_assert_ptr_eq(obj_get(iso, o, ATOM(length)), value_from_int(2));
  }
  isolate_destroy(iso);
}
END_TEST

START_TEST(bound_functions) {
  Isolate *iso = realm_fixture(false, 1);
  JSFunction *f = closure(iso, CODE_CONSTRUCTOR, " f");
  JSBoundFunction *b =
      bound_function_create(iso, &f->object, VALUE_NULL, 2, (Value[]){VALUE_TRUE, value_from_object(obj_new_plain(iso))});
  ck_assert(value_is_callable(value_from_object(b)));
  ck_assert(b->is_constructor);
  gc_collect(&iso->heap, true);
  ck_assert_ptr_eq(slot_get(&b->target), value_from_object(f));
  ck_assert(value_is_object(slot_get(&((ValueArray *)ref_get(b->bound_args))->values[1])));
  ck_assert_ptr_eq(get_function_realm(iso, &b->object), iso->main_realm);
  JSObject *instance = ordinary_object_create(iso, obj_get(iso, &f->object, ATOM(prototype)));
  ck_assert_int_eq(ordinary_has_instance(iso, value_from_object(b), value_from_object(instance)), TRI_YES);
  ck_assert_int_eq(ordinary_has_instance(iso, value_from_object(f), value_from_object(b)), TRI_NO);
  isolate_destroy(iso);
}
END_TEST

UNIT_MAIN("vm/realm", globals_are_lazy, intrinsics_lazy_and_eager, aliases_survive_overwriting, realms_have_their_own, guards,
          native_closures, closures_are_furnished_late, bound_functions)
