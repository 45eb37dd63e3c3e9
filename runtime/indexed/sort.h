// SPDX-License-Identifier: MIT
// The sorting of arrays and typed arrays.
#ifndef WEFT_RUNTIME_INDEXED_SORT_H
#define WEFT_RUNTIME_INDEXED_SORT_H

#include "vm/cells.h"

// Sorts count values of a list, stably, by a comparator called from C. The list keeps the values alive and is written only at
// the end. Runs JS (comparator). false: thrown.
MUST_CHECK bool sort_by_comparator(Isolate *iso, ValueArray *list, u64 count, Value comparator);
// By the texts of the values (none of them undefined). Runs JS: toString of objects.
MUST_CHECK bool sort_by_text(Isolate *iso, ValueArray *list, u64 count);
// Raw kernel: ascending. false: an exception is pending.
MUST_CHECK bool sort_u64(Isolate *iso, u64 *keys, u64 *scratch, size_t count);

#endif
