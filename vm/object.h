// SPDX-License-Identifier: MIT
// Objects: header, one pointer to a two-sided store ("butterfly"), fields of the kind, inline slots.
//
//   JSObject          [cell 8][bf 8][kind's fields ...][inline slots ...]
//                               |
//   Store   [cell 8][... named slot 1][named slot 0][length 4|capacity 4][element 0][element 1] ...
//            shape_id = named capacity                                   ^ bf points here
//
// bf is never NULL: objects without slots and elements share one constant empty store. Elements up to `capacity` are
// readable; EMPTY is a hole. Dense elements are always plain data properties (writable, enumerable, configurable): any
// other attribute, or an index far beyond the end, turns them into SPARSE elements (dictionary in element 0's place).
// For arrays `length` is the JS length; for other objects it is the number of elements that may be in use.
//
// Functions that return bool/Tri/NULL/VALUE_FAIL have thrown when they fail. "Runs JS": may call user code.
#ifndef WEFT_VM_OBJECT_H
#define WEFT_VM_OBJECT_H

#include "vm/shape.h"

enum {                          // Cell.flags of objects
  OBJ_INLINE_CAP_MASK = 0x00ff, // inline slots
  OBJ_NAMED_LOG_SHIFT = 8,      // log2 code of the named capacity of the store: 0: none, n: 2 << n slots, NAMED_LOG_*
  OBJ_NAMED_LOG_MASK = 0x0f00,
  OBJ_SPARSE = 0x1000,          // elements are a SparseElements cell; dense capacity is 0
  OBJ_ELEMENTS_LOCKED = 0x2000, // no element may be added without the slow path (non-extensible, array length not writable,
                                // or a prototype: it clears iso->no_indexed_on_prototypes)
  OBJ_LENGTH_READONLY = 0x4000, // arrays
  OBJ_CALLABLE = 0x8000,
};

enum {
  NAMED_LOG_SHIFTED =
      14,              // none, but elements were taken off the front: the slot before the header says how many words lie before it
  NAMED_LOG_HUGE = 15, // the first slot holds the capacity itself
};

struct JSObject {
  Cell cell;
  Slot *bf; // barriered by hand: gc_barrier(heap, object) after a store into bf or through it
};
typedef struct JSArray { // no fields of its own: its length is elements_length(bf)
  JSObject object;
} JSArray;
STATIC_ASSERT(sizeof(JSObject) == 16);

typedef struct ElementsHeader {
  u32 length, capacity;
} ElementsHeader;
static ALWAYS_INLINE ElementsHeader *elements_header(const Slot *bf) { return (ElementsHeader *)(uintptr_t)bf - 1; }
// bf of objects without a store: constant memory, never written. OP_NEW reads slot 2 of functions without asking whether they
// have a store: the words before it are zero.
typedef struct EmptyStore {
  u64 before[2];
  Cell cell;
  ElementsHeader header;
} EmptyStore;
extern const EmptyStore weft_empty_store_cell;
#define weft_empty_store ((Slot *)(uintptr_t)(&weft_empty_store_cell + 1))

typedef struct Store { // cell.shape_id: named capacity
  Cell cell;
  Slot words[]; // named slots (last first), header, elements
} Store;
static ALWAYS_INLINE u32 obj_named_capacity(const JSObject *o) {
  u32 log = (o->cell.flags & OBJ_NAMED_LOG_MASK) >> OBJ_NAMED_LOG_SHIFT;
  if (UNLIKELY(log >= NAMED_LOG_SHIFTED)) return log == NAMED_LOG_HUGE ? (u32)value_int(slot_get(o->bf - 2)) : 0;
  return log ? 2u << log : 0;
}
static ALWAYS_INLINE Store *obj_store(const JSObject *o) { // NULL: the shared empty store
  if (o->bf == weft_empty_store) return NULL;
  u32 log = (o->cell.flags & OBJ_NAMED_LOG_MASK) >> OBJ_NAMED_LOG_SHIFT;
  if (LIKELY(log < NAMED_LOG_SHIFTED)) return (Store *)(o->bf - 2 - (log ? 2u << log : 0));
  return (Store *)(o->bf - 2 - value_int(slot_get(o->bf - 2)));
}

static ALWAYS_INLINE JSObject *value_object(Value v) { return (JSObject *)v; }
static ALWAYS_INLINE Value value_from_object(const void *o) { return value_from_cell(o); }

Shape *shape_from_id(Isolate *iso, u32 id);
static ALWAYS_INLINE Shape *obj_shape(Isolate *iso, const JSObject *o); // isolate.h
static ALWAYS_INLINE Slot *obj_slot_at(JSObject *o, const Shape *shape, u32 slot) {
  if (slot < shape->inline_cap) return (Slot *)((char *)o + shape->first_offset) + slot;
  return o->bf - 2 - (slot - shape->inline_cap);
}

// Getter and setter of an accessor property: callable object or undefined each.
typedef struct Accessor {
  Cell cell;
  Slot getter, setter;
} Accessor;

typedef struct PropertyDescriptor {
  Value value, getter, setter; // meaningful when the HAS_ bit is set
  u8 attrs;                    // ATTR_WRITABLE | ATTR_ENUMERABLE | ATTR_CONFIGURABLE
  u8 has;                      // HAS_* bits
} PropertyDescriptor;
enum {
  HAS_VALUE = 1,
  HAS_WRITABLE = 2,
  HAS_GET = 4,
  HAS_SET = 8,
  HAS_ENUMERABLE = 16,
  HAS_CONFIGURABLE = 32,
  HAS_ALL_DATA = 1 | 2 | 16 | 32,
  HAS_ALL_ACCESSOR = 4 | 8 | 16 | 32
};

// Growable list of keys in the GC heap (a Bytes/ValueArray cell), on the C stack; needs no cleanup.
typedef struct KeyList {
  Isolate *iso;
  Cell *buffer; // ValueArray
  PropertyKey *data;
  u32 length, capacity;
} KeyList;
void key_list_init(KeyList *list, Isolate *iso);
MUST_CHECK bool key_list_push(KeyList *list, PropertyKey key);

// ---- Internal methods (ECMA-262 6.1.7.2). One table per kind; obj_* below dispatch. All may run JS on exotic objects. ----
typedef struct InternalMethods {
  Value (*get_prototype_of)(Isolate *, JSObject *); // object or null
  Tri (*set_prototype_of)(Isolate *, JSObject *, Value proto);
  Tri (*is_extensible)(Isolate *, JSObject *);
  Tri (*prevent_extensions)(Isolate *, JSObject *);
  Tri (*get_own_property)(Isolate *, JSObject *, PropertyKey, PropertyDescriptor *); // NO: undefined
  Tri (*define_own_property)(Isolate *, JSObject *, PropertyKey, const PropertyDescriptor *);
  Tri (*has_property)(Isolate *, JSObject *, PropertyKey);
  Value (*get)(Isolate *, JSObject *, PropertyKey, Value receiver);
  Tri (*set)(Isolate *, JSObject *, PropertyKey, Value v, Value receiver);
  Tri (*delete_property)(Isolate *, JSObject *, PropertyKey);
  bool (*own_property_keys)(Isolate *, JSObject *, KeyList *); // in spec order: indices, strings, symbols
} InternalMethods;
extern const InternalMethods ordinary_methods, array_methods, string_object_methods, arguments_methods, function_methods,
    proxy_methods, typed_array_methods, module_namespace_methods, global_object_methods;
const InternalMethods *obj_methods(const JSObject *o);

// The ordinary algorithms (10.1), for other kinds to fall back on. `Runs JS` where a getter, setter or exotic prototype is met.
Value ordinary_get_prototype_of(Isolate *iso, JSObject *o);
Tri ordinary_set_prototype_of(Isolate *iso, JSObject *o, Value proto);
Tri ordinary_is_extensible(Isolate *iso, JSObject *o);
Tri ordinary_prevent_extensions(Isolate *iso, JSObject *o);
Tri ordinary_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc);
Tri ordinary_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc);
Tri ordinary_has_property(Isolate *iso, JSObject *o, PropertyKey key);
Value ordinary_get(Isolate *iso, JSObject *o, PropertyKey key, Value receiver);
Tri ordinary_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver);
Tri ordinary_set_with_own_descriptor(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver, Tri found,
                                     PropertyDescriptor *own);
Tri ordinary_delete(Isolate *iso, JSObject *o, PropertyKey key);
bool ordinary_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys);
Tri validate_and_apply_property_descriptor(Isolate *iso, JSObject *o, PropertyKey key, bool extensible,
                                           const PropertyDescriptor *desc, Tri found,
                                           const PropertyDescriptor *current); // o may be NULL

// ---- Dispatching forms. Runs JS (proxies, accessors). ----
MUST_CHECK Value obj_get_prototype_of(Isolate *iso, JSObject *o);
MUST_CHECK Tri obj_set_prototype_of(Isolate *iso, JSObject *o, Value proto);
MUST_CHECK Tri obj_is_extensible(Isolate *iso, JSObject *o);
MUST_CHECK Tri obj_prevent_extensions(Isolate *iso, JSObject *o);
MUST_CHECK Tri obj_get_own_property(Isolate *iso, JSObject *o, PropertyKey key, PropertyDescriptor *desc);
MUST_CHECK Tri obj_define_own_property(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc);
MUST_CHECK Tri obj_has_property(Isolate *iso, JSObject *o, PropertyKey key);
MUST_CHECK Value obj_get_with_receiver(Isolate *iso, JSObject *o, PropertyKey key, Value receiver);
MUST_CHECK Tri obj_set_with_receiver(Isolate *iso, JSObject *o, PropertyKey key, Value v, Value receiver);
MUST_CHECK Tri obj_delete_property(Isolate *iso, JSObject *o, PropertyKey key);
MUST_CHECK bool obj_own_property_keys(Isolate *iso, JSObject *o, KeyList *keys);

// ---- Abstract operations on objects (7.3). Runs JS. ----
MUST_CHECK Value obj_get(Isolate *iso, JSObject *o, PropertyKey key); // Get
MUST_CHECK Value get_v(Isolate *iso, Value v, PropertyKey key);       // GetV; throws on undefined and null
MUST_CHECK bool obj_set(Isolate *iso, JSObject *o, PropertyKey key, Value v, bool should_throw); // Set
MUST_CHECK Tri create_data_property(Isolate *iso, JSObject *o, PropertyKey key, Value v);
MUST_CHECK bool create_data_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key, Value v);
MUST_CHECK bool define_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key, const PropertyDescriptor *desc);
MUST_CHECK bool delete_property_or_throw(Isolate *iso, JSObject *o, PropertyKey key);
MUST_CHECK Value get_method(Isolate *iso, Value v, PropertyKey key); // callable or undefined
MUST_CHECK Tri has_own_property(Isolate *iso, JSObject *o, PropertyKey key);
enum IntegrityLevel { INTEGRITY_SEALED, INTEGRITY_FROZEN };
MUST_CHECK Tri set_integrity_level(Isolate *iso, JSObject *o, enum IntegrityLevel level);
MUST_CHECK Tri test_integrity_level(Isolate *iso, JSObject *o, enum IntegrityLevel level);
MUST_CHECK bool length_of_array_like(Isolate *iso, JSObject *o, u64 *length); // LengthOfArrayLike
MUST_CHECK Value species_constructor(Isolate *iso, JSObject *o, Value default_constructor);
MUST_CHECK Tri ordinary_has_instance(Isolate *iso, Value c, Value o);
MUST_CHECK Tri instance_of(Isolate *iso, Value v, Value target); // InstanceofOperator. Runs JS
struct Call;
Value function_has_instance(Isolate *iso, const struct Call *call); // Function.prototype[@@hasInstance], which instance_of knows
enum EnumerateWhat { ENUMERATE_KEYS, ENUMERATE_VALUES, ENUMERATE_ENTRIES };
MUST_CHECK Value enumerable_own_properties(Isolate *iso, JSObject *o, enum EnumerateWhat what); // an array
// {...source} in a literal: as copy_data_properties on `target`, which nobody else has seen yet; returns it, or another object in
// its place. NULL: thrown. Runs JS.
MUST_CHECK JSObject *object_literal_spread(Isolate *iso, JSObject *target, Value source);
MUST_CHECK bool copy_data_properties(Isolate *iso, JSObject *target, Value source, const PropertyKey *excluded, u32 excluded_count);
MUST_CHECK Value from_property_descriptor(Isolate *iso, const PropertyDescriptor *desc);
MUST_CHECK bool to_property_descriptor(Isolate *iso, Value v, PropertyDescriptor *desc);
MUST_CHECK Tri is_array(Isolate *iso, Value v); // IsArray: sees through proxies
MUST_CHECK Value get_prototype_from_constructor(Isolate *iso, Value constructor, u32 intrinsic_default); // an object

// ---- Making objects (no JS) ----
// Zeroed but for header and bf; inline slots EMPTY until shape_add_property fills them. `size` without inline slots.
MUST_CHECK JSObject *obj_alloc(Isolate *iso, Shape *shape, u8 kind);
MUST_CHECK JSObject *obj_new(Isolate *iso, Shape *shape);               // kind OBJECT, with the shape's inline capacity
MUST_CHECK JSObject *ordinary_object_create(Isolate *iso, Value proto); // OrdinaryObjectCreate
MUST_CHECK JSObject *obj_new_plain(Isolate *iso);                       // %Object.prototype%, a few inline slots
// Object of a kind with the given prototype: allocates sizeof its struct (kind table) plus no inline slots.
MUST_CHECK void *obj_new_kind(Isolate *iso, u8 kind, Value proto);
// Same with OrdinaryCreateFromConstructor's prototype. Runs JS.
MUST_CHECK void *ordinary_create_from_constructor(Isolate *iso, Value constructor, u32 intrinsic_default, u8 kind);

// Adds or overwrites an own data property of an ordinary object without checks (new objects, built-ins). No JS.
void obj_put_direct(Isolate *iso, JSObject *o, PropertyKey key, Value v, u32 attrs);
void obj_put_accessor_direct(Isolate *iso, JSObject *o, PropertyKey key, Value getter, Value setter, u32 attrs);
// Own named data property by shape only (no index, no exotic): false when absent. Resolves lazies. No JS.
bool obj_get_own_direct(Isolate *iso, JSObject *o, PropertyKey key, Value *v);
// Marks o as a prototype: unique shape, SHAPE_PROTO.
void obj_become_prototype(Isolate *iso, JSObject *o);

// ---- Elements ----
// Room for `capacity` dense elements (amortised growth is the caller's: obj_grow_elements). false: RangeError thrown.
MUST_CHECK bool obj_ensure_dense(Isolate *iso, JSObject *o, u32 capacity);
MUST_CHECK bool obj_grow_elements(Isolate *iso, JSObject *o, u32 capacity); // the same, half as much again as there was
// Takes the first of the dense elements away; there is one, and the array is writable. EMPTY: a hole. Constant time.
Value elements_shift(JSObject *o);
// Adds the absent element `index` (writable, enumerable, configurable) however the elements are stored; raises length.
// NO: not extensible, or the array's length is read-only. No JS.
MUST_CHECK Tri obj_add_element(Isolate *iso, JSObject *o, u32 index, Value v);
MUST_CHECK bool obj_make_sparse(Isolate *iso, JSObject *o);
static ALWAYS_INLINE bool obj_has_dense(const JSObject *o) { return !(o->cell.flags & OBJ_SPARSE); }

// ---- Arrays ----
MUST_CHECK JSObject *array_create(Isolate *iso, u64 length); // ArrayCreate in the current realm; holes
MUST_CHECK JSObject *array_create_with_proto(Isolate *iso, u64 length, Value proto);
MUST_CHECK JSObject *array_from_values(Isolate *iso, const Value *values, u32 count); // CreateArrayFromList
MUST_CHECK JSObject *array_new_uninit_shaped(Isolate *iso, Shape *shape, u32 length); // with another shape of arrays
// ArraySpeciesCreate for `original` would make a plain array without anybody noticing. No JS.
bool array_species_is_pristine(Isolate *iso, Realm *realm, const JSObject *original);
MUST_CHECK JSObject *array_new_uninit(Isolate *iso,
                                      u32 length); // dense, capacity >= length, all holes: fill with array_init_element
static ALWAYS_INLINE void array_init_element(Isolate *iso, JSObject *array, u32 i, Value v) { // i < length
  slot_set(iso, array, &array->bf[i], v);
}
MUST_CHECK bool array_push_value(Isolate *iso, JSObject *array, Value v); // plain arrays made by the engine; ignores prototypes
MUST_CHECK Tri array_set_length(Isolate *iso, JSObject *array, const PropertyDescriptor *desc); // ArraySetLength. Runs JS
MUST_CHECK Value array_species_create(Isolate *iso, JSObject *original, u64 length);
static ALWAYS_INLINE u32 array_length(const JSObject *array) { return elements_header(array->bf)->length; }
// True when reading any index of `o` sees only dense elements: an array (or plain object) whose prototype chain has no
// indexed properties. Holes then read as undefined. No JS.
bool obj_is_fast_array(Isolate *iso, const JSObject *o);
// True when iterating `v` with the array iterator has no observable hooks (pristine Array.prototype[Symbol.iterator]
// and %ArrayIteratorPrototype%.next): spread and for-of may then index directly.
bool array_iteration_is_pristine(Isolate *iso, Value v);

#endif
