// SPDX-License-Identifier: MIT
// Fields of heap cells that hold references. They are one-member types, so that a plain store does not compile and
// the write barrier cannot be forgotten:
//
//   struct JSFoo { JSObject object; Slot value; REF(String) name; };
//   slot_set(iso, foo, &foo->value, v);      Value v = slot_get(&foo->value);
//   ref_set(iso, foo, &foo->name, string);   String *s = ref_get(foo->name);
//
// `owner` is the cell whose trace function visits the field. The _init forms are for a cell that was allocated just
// now, with no allocation in between (it is young: no barrier).
#ifndef WEFT_VM_SLOT_H
#define WEFT_VM_SLOT_H

#include "gc/gc.h"
#include "vm/value.h"

typedef struct Slot {
  Value value_;
} Slot;
#define REF(T) \
  union { \
    T *ref_; \
    u64 word_; \
  }

// The heap is the isolate's first member (vm/isolate.h asserts it).
static ALWAYS_INLINE Heap *heap_of(Isolate *iso) { return (Heap *)(void *)iso; }

static ALWAYS_INLINE Value slot_get(const Slot *slot) { return slot->value_; }
#define slot_init(slot, v) ((void)((slot)->value_ = (v)))
#define slot_set(iso, owner, slot, v) \
  do { \
    (slot)->value_ = (v); \
    gc_barrier(heap_of(iso), (Cell *)(owner)); \
  } while (0)

#define ref_get(ref) ((ref).ref_)
#define ref_init(ref, p) ((void)((ref)->ref_ = (p)))
#define ref_set(iso, owner, ref, p) \
  do { \
    (ref)->ref_ = (p); \
    gc_barrier(heap_of(iso), (Cell *)(owner)); \
  } while (0)

#endif
