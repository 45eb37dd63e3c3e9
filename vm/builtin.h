// SPDX-License-Identifier: MIT
// How built-in objects are described: constant tables, from which a realm makes an object when something first touches it,
// and a function object when something first reads the property. Nothing here runs JS.
//
//   static const BuiltinProperty map_prototype_properties[] = {
//     METHOD(get, map_get, 1),
//     METHOD_NAMED("[Symbol.foo]"...)  -> METHOD_SYM(iterator, map_entries, 0)
//     GETTER(size, map_get_size),
//     STRING_TAG("Map" atom: Map),
//   };
//   const BuiltinObject map_prototype = BUILTIN_PROTOTYPE(...)
//
// Each intrinsic (vm/intrinsics.def) is one BuiltinObject. The global object's properties are such a table too.
#ifndef WEFT_VM_BUILTIN_H
#define WEFT_VM_BUILTIN_H

#include "vm/function.h"

enum IntrinsicId {
#define INTRINSIC(NAME, description) INTRINSIC_##NAME,
#include "vm/intrinsics.def"
#undef INTRINSIC
  INTRINSIC_COUNT,
  INTRINSIC_NONE = 0xFFFF,
};

enum BuiltinPropertyKind {
  BUILTIN_METHOD_PROPERTY,    // fn, length; NATIVE_* flags in `number`
  BUILTIN_ACCESSOR_PROPERTY,  // fn: getter, fn2: setter (may be NULL)
  BUILTIN_INTRINSIC_PROPERTY, // another intrinsic object, id in `number`
  BUILTIN_INT_PROPERTY,       // number
  BUILTIN_DOUBLE_PROPERTY,    // dbl
  BUILTIN_STRING_PROPERTY,    // atom id in `number`
  BUILTIN_SYMBOL_PROPERTY,    // symbol id (SYM_*) in `number`
  BUILTIN_UNDEFINED_PROPERTY,
  BUILTIN_NULL_PROPERTY,
  BUILTIN_BOOL_PROPERTY,     // number: 0, 1
  BUILTIN_ALIAS_PROPERTY,    // the same function object as property `number` (an atom/symbol id) of the same object
  BUILTIN_COMPUTED_PROPERTY, // value made by fn, called once with a Call whose this_value is the object (natively, no JS frame)
};

typedef struct BuiltinProperty {
  u16 key; // ATOM_x or KEY_SYM(x)
  u8 kind;
  u8 attrs;  // ATTR_*
  u8 length; // of methods
  u8 magic;  // native_magic(call)
  u16 name;  // function name: ATOM_x, KEY_SYM(x) gives "[desc]"; 0: the key
  i32 number;
  NativeFn fn, fn2;
  double dbl;
} BuiltinProperty;

#define METHOD_ATTRS_(key_, fn_, length_, magic_, attrs_) \
  { .key = key_, .kind = BUILTIN_METHOD_PROPERTY, .attrs = attrs_, .length = length_, .magic = magic_, .fn = fn_ }
#define METHOD(name_, fn_, length_) METHOD_ATTRS_(ATOM_##name_, fn_, length_, 0, ATTR_METHOD)
#define METHOD_UNSEEN(name_, fn_, length_) \
  { \
    .key = ATOM_##name_, .kind = BUILTIN_METHOD_PROPERTY, .attrs = ATTR_METHOD, .length = length_, .number = NATIVE_UNSEEN, \
    .fn = fn_ \
  }
#define METHOD_MAGIC(name_, fn_, length_, magic_) METHOD_ATTRS_(ATOM_##name_, fn_, length_, magic_, ATTR_METHOD)
#define METHOD_SYM(sym_, fn_, length_) METHOD_ATTRS_(KEY_SYM(sym_), fn_, length_, 0, ATTR_METHOD)
#define METHOD_SYM_ATTRS(sym_, fn_, length_, attrs_) METHOD_ATTRS_(KEY_SYM(sym_), fn_, length_, 0, attrs_)
#define GETTER_SETTER(name_, get_, set_) \
  { .key = ATOM_##name_, .kind = BUILTIN_ACCESSOR_PROPERTY, .attrs = ATTR_CONFIGURABLE, .fn = get_, .fn2 = set_ }
#define GETTER(name_, get_) GETTER_SETTER(name_, get_, NULL)
#define GETTER_MAGIC(name_, get_, magic_) \
  { .key = ATOM_##name_, .kind = BUILTIN_ACCESSOR_PROPERTY, .attrs = ATTR_CONFIGURABLE, .magic = magic_, .fn = get_ }
#define GETTER_SYM(sym_, get_) \
  { .key = KEY_SYM(sym_), .kind = BUILTIN_ACCESSOR_PROPERTY, .attrs = ATTR_CONFIGURABLE, .fn = get_ }
#define CONST_PROP_INT(name_, value_, attrs_) \
  { .key = ATOM_##name_, .kind = BUILTIN_INT_PROPERTY, .attrs = attrs_, .number = value_ }
#define CONST_PROP_DOUBLE(name_, value_, attrs_) \
  { .key = ATOM_##name_, .kind = BUILTIN_DOUBLE_PROPERTY, .attrs = attrs_, .dbl = value_ }
#define CONST_PROP_STRING(name_, atom_, attrs_) \
  { .key = ATOM_##name_, .kind = BUILTIN_STRING_PROPERTY, .attrs = attrs_, .number = ATOM_##atom_ }
#define STRING_TAG(atom_) \
  { .key = KEY_SYM(toStringTag), .kind = BUILTIN_STRING_PROPERTY, .attrs = ATTR_CONFIGURABLE, .number = ATOM_##atom_ }
#define INTRINSIC_PROP(name_, intrinsic_, attrs_) \
  { .key = ATOM_##name_, .kind = BUILTIN_INTRINSIC_PROPERTY, .attrs = attrs_, .number = INTRINSIC_##intrinsic_ }
#define ALIAS(name_, of_) \
  { .key = ATOM_##name_, .kind = BUILTIN_ALIAS_PROPERTY, .attrs = ATTR_METHOD, .number = ATOM_##of_ }
#define ALIAS_SYM(sym_, of_) \
  { .key = KEY_SYM(sym_), .kind = BUILTIN_ALIAS_PROPERTY, .attrs = ATTR_METHOD, .number = ATOM_##of_ }
#define CONST_PROP_SYMBOL(name_, sym_) \
  { .key = ATOM_##name_, .kind = BUILTIN_SYMBOL_PROPERTY, .attrs = 0, .number = SYM_##sym_ }

enum BuiltinObjectKind { BUILTIN_PLAIN, BUILTIN_CONSTRUCTOR, BUILTIN_FUNCTION, BUILTIN_OTHER };

// `properties` come after length, name and prototype of constructors. A constructor's `prototype` and a prototype's
// `constructor` are made from the two intrinsic numbers.
typedef struct BuiltinObject {
  u8 kind;            // BuiltinObjectKind
  u8 heap_kind;       // KIND_OBJECT unless the object is exotic (Array.prototype is a KIND_ARRAY)
  u8 length;          // constructors and functions
  u8 prototype_attrs; // of a constructor's `prototype`; 0
  u16 name;           // ATOM_
  u16 parent;         // [[Prototype]]: intrinsic, INTRINSIC_NONE: null
  u16 prototype;      // a constructor's prototype object, or INTRINSIC_NONE
  u16 constructor;    // a prototype's constructor, or INTRINSIC_NONE
  u16 property_count;
  u16 native_flags; // NATIVE_*
  u8 magic;
  NativeFn fn; // constructors and functions
  const BuiltinProperty *properties;
  // Called right after the object was made, for what tables cannot say (may be NULL).
  bool (*finish)(Isolate *iso, Realm *realm, JSObject *object);
} BuiltinObject;

#define BUILTIN_PROPERTIES(table) .property_count = ARRAY_LEN(table), .properties = table
// A prototype (or other plain) object below Object.prototype.
#define BUILTIN_PROTOTYPE(constructor_, table) \
  { \
    .kind = BUILTIN_PLAIN, .heap_kind = KIND_OBJECT, .parent = INTRINSIC_OBJECT_PROTOTYPE, .prototype = INTRINSIC_NONE, \
    .constructor = constructor_, BUILTIN_PROPERTIES(table) \
  }
// A constructor below Function.prototype.
#define BUILTIN_CLASS(name_, fn_, length_, prototype_, table) \
  { \
    .kind = BUILTIN_CONSTRUCTOR, .heap_kind = KIND_NATIVE_FUNCTION, .length = length_, .name = ATOM_##name_, \
    .parent = INTRINSIC_FUNCTION_PROTOTYPE, .prototype = prototype_, .constructor = INTRINSIC_NONE, \
    .native_flags = NATIVE_CONSTRUCTOR, .fn = fn_, BUILTIN_PROPERTIES(table) \
  }

// The table of the isolate's floors: runtime/intrinsics.c defines `const BuiltinObject *const builtin_objects[INTRINSIC_COUNT]`
// and `const BuiltinProperty global_properties[]`; handed to the VM through vm/hooks.h.
typedef struct BuiltinTables {
  const BuiltinObject *const *objects; // INTRINSIC_COUNT of them
  const BuiltinProperty *globals;
  u32 global_count;
} BuiltinTables;

// ---- Realms ----
// Properties of built-ins that fast paths rely on: PRISTINE(NAME, intrinsic object, key number).
#define PRISTINE_LIST(PRISTINE) \
  PRISTINE(ARRAY_ITERATOR, ARRAY_PROTOTYPE, KEY_SYM(iterator)) \
  PRISTINE(ARRAY_ITERATOR_NEXT, ARRAY_ITERATOR_PROTOTYPE, ATOM_next) \
  PRISTINE(ARRAY_CONSTRUCTOR, ARRAY_PROTOTYPE, ATOM_constructor) \
  PRISTINE(ARRAY_SPECIES, ARRAY, KEY_SYM(species)) \
  PRISTINE(PROMISE_THEN, PROMISE_PROTOTYPE, ATOM_then) \
  PRISTINE(PROMISE_CONSTRUCTOR, PROMISE_PROTOTYPE, ATOM_constructor) \
  PRISTINE(PROMISE_SPECIES, PROMISE, KEY_SYM(species)) \
  PRISTINE(PROMISE_RESOLVE, PROMISE, ATOM_resolve) \
  PRISTINE(REGEXP_EXEC, REGEXP_PROTOTYPE, ATOM_exec) \
  PRISTINE(REGEXP_FLAGS, REGEXP_PROTOTYPE, ATOM_flags) \
  PRISTINE(REGEXP_GLOBAL, REGEXP_PROTOTYPE, ATOM_global) \
  PRISTINE(REGEXP_UNICODE, REGEXP_PROTOTYPE, ATOM_unicode) \
  PRISTINE(REGEXP_UNICODE_SETS, REGEXP_PROTOTYPE, ATOM_unicodeSets) \
  PRISTINE(REGEXP_STICKY, REGEXP_PROTOTYPE, ATOM_sticky) \
  PRISTINE(REGEXP_HAS_INDICES, REGEXP_PROTOTYPE, ATOM_hasIndices) \
  PRISTINE(REGEXP_MATCH, REGEXP_PROTOTYPE, KEY_SYM(match)) \
  PRISTINE(REGEXP_CONSTRUCTOR, REGEXP_PROTOTYPE, ATOM_constructor) \
  PRISTINE(REGEXP_SPECIES, REGEXP, KEY_SYM(species)) \
  PRISTINE(STRING_ITERATOR, STRING_PROTOTYPE, KEY_SYM(iterator)) \
  PRISTINE(STRING_ITERATOR_NEXT, STRING_ITERATOR_PROTOTYPE, ATOM_next) \
  PRISTINE(MAP_ITERATOR, MAP_PROTOTYPE, KEY_SYM(iterator)) \
  PRISTINE(MAP_ITERATOR_NEXT, MAP_ITERATOR_PROTOTYPE, ATOM_next) \
  PRISTINE(MAP_SET, MAP_PROTOTYPE, ATOM_set) \
  PRISTINE(SET_ITERATOR, SET_PROTOTYPE, KEY_SYM(iterator)) \
  PRISTINE(SET_ITERATOR_NEXT, SET_ITERATOR_PROTOTYPE, ATOM_next) \
  PRISTINE(SET_ADD, SET_PROTOTYPE, ATOM_add) \
  PRISTINE(TYPED_ARRAY_ITERATOR, TYPED_ARRAY_PROTOTYPE, KEY_SYM(iterator)) \
  PRISTINE(TYPED_ARRAY_LENGTH, TYPED_ARRAY_PROTOTYPE, ATOM_length) \
  PRISTINE(TYPED_ARRAY_SPECIES, TYPED_ARRAY, KEY_SYM(species))
enum PristineId {
#define PRISTINE(NAME, intrinsic_, key_) PRISTINE_##NAME,
  PRISTINE_LIST(PRISTINE)
#undef PRISTINE
      PRISTINE_COUNT,
};

struct Realm {
  Cell cell;
  REF(JSObject) global_object;
  Slot global_this;
  REF(JSObject) intrinsics[INTRINSIC_COUNT]; // NULL until touched: use realm_intrinsic
  REF(Cell) global_lexicals;                 // WeakTable-like map key -> Binding (global_env.h)
  REF(Cell) template_map;
  REF(Shape)
  shape_object, shape_array, shape_function, shape_arrow, shape_method, shape_generator_function, shape_async_function,
      shape_async_generator_function, shape_class, shape_derived_class, shape_iter_result, shape_match, shape_arguments_mapped,
      shape_arguments_unmapped, shape_native_function, shape_data_descriptor;
  u32 shapes_watch;      // WATCH_* bits: pristine built-ins that fast paths rely on
  struct PristineGuard { // builtin_is_pristine: the slot still holds what was there at the start
    u32 shape_id, slot;
    Slot expected;
  } guards[PRISTINE_COUNT];
  Slot host_defined;
  u32 id;
};
MUST_CHECK Realm *realm_new(Isolate *iso);
// The intrinsic object, made on first use. Never fails (memory of a realm is small).
JSObject *realm_intrinsic(Isolate *iso, Realm *realm, u32 id);
// Of the running function's realm.
Realm *realm_current(Isolate *iso);
// GetActiveScriptOrModule (9.4.1) as the host defined it: of the innermost running function that has one; undefined when none has.
Value get_active_script_or_module(Isolate *iso);
static inline Value intrinsic(Isolate *iso, u32 id) { return value_from_object(realm_intrinsic(iso, realm_current(iso), id)); }
// `constructor` is the current realm's own for this intrinsic prototype, and its `prototype` can never be another.
bool builtin_constructs(Isolate *iso, const JSObject *constructor, u32 prototype);
// True while the property is as the tables made it. A few loads when asked again. No JS.
bool builtin_is_pristine(Isolate *iso, Realm *realm, enum PristineId id);
// Turns the LAZY content of a slot into the value it stands for and stores it there.
Value builtin_resolve_lazy(Isolate *iso, JSObject *owner, PropertyKey key, Slot *slot);
// Adds a table's properties to an existing object (hosts: console, process). Lazy.
void builtin_define_properties(Isolate *iso, Realm *realm, JSObject *object, const BuiltinProperty *table, u32 count);
void realm_materialise_all(Isolate *iso, Realm *realm); // --eager-builtins: for tests that compare lazy and eager

#endif
