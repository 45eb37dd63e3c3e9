// SPDX-License-Identifier: MIT
// What each kind of cell is made of: the collector's table, the class of each kind of object, and the structs of kinds
// that have no door of their own.
#ifndef WEFT_VM_KINDS_H
#define WEFT_VM_KINDS_H

#include "vm/buffer.h"
#include "vm/cells.h"
#include "vm/convert.h"
#include "vm/error.h"
#include "vm/generator.h"
#include "vm/iterate.h"
#include "vm/module.h"

extern const GcKind weft_gc_kinds[KIND_COUNT]; // for GcEmbedder.kinds

// How property access on a kind differs from the ordinary algorithms.
enum ObjectTraits {
  TRAIT_EXOTIC_NAMED = 1,    // every named property goes through the methods table (proxy, namespace)
  TRAIT_EXOTIC_LENGTH = 2,   // `length` is not in the shape (array, string object)
  TRAIT_NUMERIC_NAMES = 4,   // names that are canonical numbers are elements (typed arrays)
  TRAIT_EXOTIC_ELEMENTS = 8, // index keys go through the methods table
  TRAIT_LAZY_FUNCTION = 16,  // the shape may be SHAPE_LAZY_FUNCTION
  TRAIT_CALLABLE = 32,       // always has [[Call]]
  TRAIT_HOST = 64,           // the host's class may have methods of its own
  TRAITS_EXOTIC = TRAIT_EXOTIC_NAMED | TRAIT_EXOTIC_LENGTH | TRAIT_NUMERIC_NAMES | TRAIT_EXOTIC_ELEMENTS | TRAIT_HOST,
};
typedef struct ObjectClass {
  const InternalMethods *methods;
  const char *class_name; // for messages; "Object" where nothing better is known
  u16 size;               // of the struct: where inline slots begin
  u8 inline_cap;          // slots that obj_new_kind gives
  u8 traits;              // TRAIT_*
  u32 shape_flags;        // SHAPE_* of its shapes
} ObjectClass;
extern const ObjectClass weft_object_classes[KIND_COUNT]; // entries of kinds below KIND_FIRST_OBJECT are empty
static ALWAYS_INLINE const ObjectClass *obj_class(const JSObject *o) { return &weft_object_classes[o->cell.kind]; }

// ---- Kinds without a header of their own ----

typedef struct JSProxy {
  JSObject object;      // its shape holds private names only
  Slot target, handler; // null: revoked
  u32 is_constructor;   // of the target when the proxy was made; OBJ_CALLABLE likewise
  u32 unused;
} JSProxy;

typedef struct JSArguments { // mapped: an index stands for a captured parameter until it is redefined or deleted
  JSObject object;           // own elements hold the unmapped values
  REF(Environment) env;
  REF(Cell) map;    // Bytes of u32: environment slot + 1, 0: not mapped
  u32 mapped_count; // entries of map
  u32 unused;
} JSArguments;

typedef struct JSDate {
  JSObject object;
  double time;       // ms since 1970 UTC, or NaN
  double local_time; // `time` for which the fields below were computed; NaN: none
  i32 year, offset_ms;
  u8 month, day, weekday, hour, minute, second; // month from 0, day from 1
  u16 millisecond;
} JSDate;

typedef struct JSRegExp { // inline slot 0: lastIndex (writable only)
  JSObject object;
  REF(String) source;                     // [[OriginalSource]]
  REF(String) flags;                      // [[OriginalFlags]]
  void *program;                          // compiled matcher, shared; NULL: not compiled yet
  void (*release_program)(void *program); // NULL: the program belongs to `model`
  REF(JSObject) model;                    // the literal's regular expression of which this is a copy, or NULL
  REF(Realm) realm;
  u32 flag_bits;
  u32 legacy_features; // made by %RegExp% itself: static properties of RegExp see its matches
} JSRegExp;

typedef struct JSArrayIterator {
  JSObject object;
  Slot target; // undefined: exhausted
  u64 index;
  u32 what; // EnumerateWhat
  u32 unused;
} JSArrayIterator;
typedef struct JSStringIterator {
  JSObject object;
  REF(String) string; // NULL: exhausted
  u32 position;
  u32 unused;
} JSStringIterator;
typedef struct JSRegExpStringIterator {
  JSObject object;
  Slot regexp;
  REF(String) string;
  bool global, unicode, done;
} JSRegExpStringIterator;
typedef struct JSIteratorHelper {
  JSObject object;
  Slot iterator, next_method;             // underlying iterator
  Slot callback;                          // mapper, predicate, ...; undefined
  Slot inner_iterator, inner_next_method; // flatMap, concat; undefined
  Slot extra;                             // list of iterables, padding, buffer, ...
  double remaining;                       // take, drop: +Infinity possible
  u64 counter;
  u32 what;  // which helper: the owner's enumeration
  u32 state; // GeneratorState
} JSIteratorHelper;
typedef struct JSWrappedIterator { // %WrapForValidIteratorPrototype%, async-from-sync iterators
  JSObject object;
  Slot iterator, next_method;
  bool done;
} JSWrappedIterator;
typedef struct JSDisposableStack { // and AsyncDisposableStack
  JSObject object;
  REF(Cell) resources; // ValueArray: value, method, hint (int) of each; NULL: none yet
  u32 count;
  u32 disposed;
} JSDisposableStack;

// Cells of higher floors. The class is constant data.
typedef struct HostClass {
  const char *name;
  void (*trace)(GcTracer *tracer, Cell *cell); // what hangs on `data`; may be NULL
  void (*finalize)(Heap *heap, Cell *cell);    // frees `data`; needs gc_register_finalizer; may be NULL
  const InternalMethods *methods;              // NULL: ordinary
} HostClass;
typedef struct JSHostObject {
  JSObject object;
  const HostClass *host_class;
  void *data;     // native memory
  Slot values[2]; // traced
} JSHostObject;
typedef struct HostCell {
  Cell cell;
  const HostClass *host_class;
  void *data;
  Slot values[2];
} HostCell;
MUST_CHECK JSHostObject *host_object_new(Isolate *iso, const HostClass *host_class, Value proto, void *data);
MUST_CHECK HostCell *host_cell_new(Isolate *iso, const HostClass *host_class, void *data);

#endif
