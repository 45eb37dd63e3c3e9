// SPDX-License-Identifier: MIT
// Layouts of objects that only built-ins of runtime/ understand. They stand here because the collector's table (vm/kinds.c)
// needs their sizes and slots; what the fields mean is said where the built-in lives.
#ifndef WEFT_VM_RUNTIME_OBJECTS_H
#define WEFT_VM_RUNTIME_OBJECTS_H

#include "vm/isolate.h"

typedef struct JSDate { // runtime/numbers/date.c
  JSObject object;
  double time; // milliseconds since the epoch, or NaN: [[DateValue]]
} JSDate;

// Iterator helpers (runtime/control/iterator.c): map, filter, take, drop, flatMap, concat, zip.
typedef struct JSIteratorHelper {
  JSObject object;
  Slot iterator, next_method;   // underlying iterator
  Slot function;                // callback, or undefined
  Slot inner_iterator, inner_next;
  Slot list;                    // concat, zip: an engine array of what they walk, or undefined
  double remaining;             // take, drop
  double counter;               // second argument of callbacks; position in `list`
  u8 type, state;
} JSIteratorHelper;

// %WrapForValidIteratorPrototype% and %AsyncFromSyncIteratorPrototype% objects.
typedef struct JSWrappedIterator {
  JSObject object;
  Slot iterator, next_method;
  bool done;
} JSWrappedIterator;

// runtime/control/disposable_stack.c
typedef struct JSDisposableStack {
  JSObject object;
  Slot resources; // an engine array: value, method, how, value, method, how, ...
  bool disposed;
} JSDisposableStack;

#endif
