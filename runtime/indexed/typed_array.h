// SPDX-License-Identifier: MIT
// What other files take from typed arrays.
#ifndef WEFT_RUNTIME_INDEXED_TYPED_ARRAY_H
#define WEFT_RUNTIME_INDEXED_TYPED_ARRAY_H

#include "vm/buffer.h"

// CreateArrayIterator, for arrays and typed arrays; what: enum EnumerateWhat.
MUST_CHECK JSObject *create_array_iterator(Isolate *iso, JSObject *target, u32 what);
// The intrinsic constructor and prototype of an element type.
u32 typed_array_constructor_intrinsic(u32 element_type);
u32 typed_array_prototype_intrinsic(u32 element_type);
// A new fixed-length typed array of the current realm over a new zeroed buffer. RangeError.
MUST_CHECK JSTypedArray *typed_array_make(Isolate *iso, u32 element_type, u64 length);

#endif
