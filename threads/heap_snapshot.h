// SPDX-License-Identifier: MIT
// The heap of an isolate as a graph: snapshots in V8's format, and which objects have something as their prototype.
// Neither runs JS: an isolate can be asked in the middle of what it does.
#ifndef WEFT_THREADS_HEAP_SNAPSHOT_H
#define WEFT_THREADS_HEAP_SNAPSHOT_H

#include "base/bytes.h"
#include "threads/thread.h"

// On the isolate's thread. Collects garbage, then appends JSON (.heapsnapshot). false: the isolate ends, or the text would be too long.
MUST_CHECK bool heap_snapshot_write(Host *host, ByteVec *json);
// An array of the living objects with `prototype` in their chain. NULL: thrown.
MUST_CHECK JSObject *heap_objects_with_prototype(Host *host, JSObject *prototype);

#endif
