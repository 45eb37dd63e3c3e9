// SPDX-License-Identifier: MIT
// Iterator protocol from C (ECMA-262 7.4). Runs JS.
//
//   ForOf it;
//   TRY(for_of_init(iso, &it, iterable));
//   Value v;
//   while (for_of_next(iso, &it, &v)) { if (!use(v)) return for_of_close(iso, &it); }   // close keeps the exception
//   if (it.failed) return 0;
#ifndef WEFT_VM_ITERATE_H
#define WEFT_VM_ITERATE_H

#include "vm/isolate.h"

typedef struct IteratorRecord {
  Cell cell;
  Slot iterator, next_method;
  bool done;
} IteratorRecord;
typedef struct ForOf {
  Value iterator, next_method;
  bool failed;                                 // an exception is pending (the iterator itself threw: no close needed)
  JSObject *fast;                              // array walked by index while array iteration is pristine, else NULL
  Tri (*step)(Isolate *, JSObject *, Value *); // of a built-in iterator, or NULL
  u32 index;                                   // `step`: how many
} ForOf;
MUST_CHECK bool for_of_init(Isolate *iso, ForOf *it, Value iterable);                      // GetIterator(sync)
MUST_CHECK bool for_of_init_method(Isolate *iso, ForOf *it, Value iterable, Value method); // GetIteratorFromMethod
MUST_CHECK bool for_of_init_direct(Isolate *iso, ForOf *it, JSObject *iterator);           // GetIteratorDirect
bool for_of_next(Isolate *iso, ForOf *it, Value *value);                                   // false: done, or it->failed
// IteratorClose with a throw completion when an exception is pending (it stays), else a normal one. Always returns 0 if
// an exception is pending afterwards, 1 otherwise.
bool for_of_close(Isolate *iso, ForOf *it);
void *throw_not_iterable(Isolate *iso, Value v);                                                     // returns NULL
MUST_CHECK Value iterator_next(Isolate *iso, Value iterator, Value next_method, Value arg_or_empty); // checked to be an object
MUST_CHECK Tri iterator_complete(Isolate *iso, Value result);
MUST_CHECK Value iterator_value(Isolate *iso, Value result);
bool iterator_close(Isolate *iso, Value iterator); // as for_of_close
MUST_CHECK JSObject *create_iter_result(Isolate *iso, Value value, bool done);
// All values of an iterable as an array. ArrayFromIterable fast for pristine arrays.
MUST_CHECK JSObject *iterable_to_list(Isolate *iso, Value iterable, Value method_or_empty);
// CreateListFromArrayLike: an engine array of the elements.
MUST_CHECK JSObject *create_list_from_array_like(Isolate *iso, Value v);

// Built-in iterators (vm/iterators.c): their `next` functions, and the step that stands for a call of `next` on `iterator`, or
// NULL. A step gives the value (YES) or says that there is none (NO); nobody can tell it from the call. Runs JS.
typedef Tri (*IteratorStep)(Isolate *iso, JSObject *iterator, Value *value);
IteratorStep builtin_iterator_step(Isolate *iso, Value iterator, Value next);
struct Call;
Value array_iterator_next(Isolate *iso, const struct Call *call);
Value string_iterator_next(Isolate *iso, const struct Call *call);
Value map_iterator_next(Isolate *iso, const struct Call *call);
Value set_iterator_next(Isolate *iso, const struct Call *call);

// for-in
typedef struct JSForInIterator {
  JSObject object;
  Slot target;    // object whose keys are walked, or undefined
  REF(Cell) keys; // ValueArray of string keys (the shape's enum cache while shape_id holds)
  u32 index, count;
  u32 shape_id; // keys are present without a check while target keeps this shape; 0: check each
  bool last;    // nothing enumerable comes after target in the chain
  Slot visited; // HashTable of the keys of objects before in the chain, or undefined
} JSForInIterator;
MUST_CHECK Value for_in_start(Isolate *iso, Value v);
// Enumerable string keys (atoms) of objects of this shape in order, as a ValueArray; kept by shared shapes. No JS.
MUST_CHECK Cell *shape_enum_cache(Isolate *iso, Shape *shape);
MUST_CHECK Value for_in_next(Isolate *iso, JSForInIterator *it); // a string; undefined: done

#endif
