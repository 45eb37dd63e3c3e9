// SPDX-License-Identifier: MIT
// Property lookup for inline caches and other fast paths: one walk that runs no JS and says what may be remembered.
#ifndef WEFT_VM_LOOKUP_H
#define WEFT_VM_LOOKUP_H

#include "vm/isolate.h"

typedef struct IcLookup {
  JSObject *holder; // NULL: absent on the whole chain
  Slot *address;    // of the slot now; it holds an Accessor cell when attrs has ATTR_ACCESSOR. Never lazy
  u32 slot;         // number of the slot in the holder's shape
  u32 attrs;
  u32 hops; // prototypes passed; 0: own
  bool holder_is_receiver;
  // The answer may be kept under the receiver's shape id, if holder is not the receiver also under iso->proto_epoch (the
  // chain is watched already). The value of the slot may change at any time; the slot's address only with id or epoch.
  bool cacheable;
  bool array_length; // `length` of an array: neither holder nor slot
  bool exotic;       // an exotic object on the way has to be asked: use obj_get / obj_set
} IcLookup;
// Looks a name (no index) up from `receiver` along the prototype chain. Furnishes lazy functions, resolves lazies, watches
// prototypes when the answer is cacheable. Returns false when out->exotic or out->array_length is set. No JS, no failure.
bool obj_lookup_for_ic(Isolate *iso, JSObject *receiver, PropertyKey key, IcLookup *out);

typedef struct IcAdd {
  u32 old_shape_id, new_shape_id;
  u32 slot;
  bool cacheable; // objects with the old shape can be given the property by writing slot and new id, while iso->proto_epoch
                  // stays (define: always); a slot in the store needs named capacity there
} IcAdd;
// Set of a name that `receiver` does not have, when nothing on the prototype chain minds: adds it and says how.
// YES: done; NO: nothing done, use obj_set (own property, setter, read-only, exotic, not extensible); FAIL: out of memory.
MUST_CHECK Tri obj_try_add_transition(Isolate *iso, JSObject *receiver, PropertyKey key, Value v, IcAdd *out);
// The same without a look at prototypes: CreateDataProperty of literals and fields. NO: use create_data_property.
MUST_CHECK Tri obj_try_define_transition(Isolate *iso, JSObject *o, PropertyKey key, Value v, IcAdd *out);

// Why a [[Set]] answered false, as the TypeError of strict code. `base` is what the property was set on. Returns 0.
void *throw_set_failed(Isolate *iso, Value base, PropertyKey key);

#endif
