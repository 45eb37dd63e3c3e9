// SPDX-License-Identifier: MIT
// Structured clone (HTML, StructuredSerializeWithTransfer and StructuredDeserializeWithTransfer): values to messages and back. One
// serialiser for postMessage, workerData, BroadcastChannel, structuredClone and v8.serialize.
#ifndef WEFT_THREADS_CLONE_H
#define WEFT_THREADS_CLONE_H

#include "threads/message.h"
#include "threads/thread.h"

// What a transfer list may name, and how host objects are cloned. The floor above fills it in (HostCalls.clone); the functions run on
// the isolate's own thread and may run JS.
typedef struct CloneCalls {
  // Throws a DataCloneError (DOMException).
  void (*throw_data_clone_error)(Isolate *iso, const char *message);
  // A host object or an object of a class that knows how to be cloned (DOMException, Blob, ...):
  //   YES: *data is a value to be cloned in its place and *type names the constructor for read_object; NO: nothing special about
  //   it; FAIL: thrown.
  Tri (*write_object)(Isolate *iso, JSObject *o, Value *type, Value *data);
  Value (*read_object)(Isolate *iso, Value type, Value data); // makes it again; VALUE_FAIL: thrown
  // A transferable of the list that is not an ArrayBuffer: YES: what will move (commit_transfer does it); NO: not transferable.
  Tri (*begin_transfer)(Isolate *iso, JSObject *o, const TransferKind **kind);
  void *(*commit_transfer)(Isolate *iso, JSObject *o); // detaches it: the item, never fails
  Value (*receive_transfer)(Isolate *iso, const TransferKind *kind,
                            void *item); // its new object; takes the item, also when it fails
} CloneCalls;

// Serialises v; the values of `transfer` move. First everything is serialised, then everything is detached: a failure leaves all as it
// was. NULL: thrown (DataCloneError, what a getter threw, RangeError). Runs JS.
MUST_CHECK Message *clone_serialize(Isolate *iso, Value v, const Value *transfer, u32 transfer_count);
// The value of a message, which may be read only once (what moved is taken out). `ports`, when not NULL, gets an array of the ports
// that were transferred, in the list's order (undefined: none). The message stays the caller's. VALUE_FAIL: thrown; what could not be
// received is released with the message. Runs JS only through CloneCalls.
MUST_CHECK Value clone_deserialize(Isolate *iso, Message *message, Value *ports);
// structuredClone: both at once in one isolate.
MUST_CHECK Value clone_value(Isolate *iso, Value v, const Value *transfer, u32 transfer_count);

// markAsUntransferable, markAsUncloneable.
enum CloneMark { CLONE_UNTRANSFERABLE = 1, CLONE_UNCLONEABLE = 2 };
void clone_mark(Isolate *iso, JSObject *o, enum CloneMark mark);
bool clone_is_marked(Isolate *iso, JSObject *o, enum CloneMark mark);

#endif
