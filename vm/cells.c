// SPDX-License-Identifier: MIT
// Arrays of values and of bytes: cells whose size a script can choose, so they may refuse.
// Tests: everything uses them.
#include "vm/cells.h"
#include "vm/error.h"

enum { CELL_SIZE_MAX = 1 << 30 }; // times 16: beyond that no script has a use for one cell

static Cell *alloc_sized(Isolate *iso, u64 header, u64 unit, u64 count, u8 kind) {
  if (UNLIKELY(count > ((u64)CELL_SIZE_MAX << 4) / unit)) return throw_out_of_memory(iso);
  u64 size = header + count * unit;
  if (LIKELY(size < GC_LARGE_MIN)) return gc_alloc(heap_of(iso), size, kind);
  Cell *cell = gc_try_alloc(heap_of(iso), size, kind);
  return cell ? cell : throw_out_of_memory(iso);
}

ValueArray *value_array_new(Isolate *iso, u64 count) {
  ValueArray *array = (ValueArray *)alloc_sized(iso, sizeof(ValueArray), sizeof(Slot), count, KIND_VALUE_ARRAY);
  if (array) array->count = count;
  return array;
}

Bytes *bytes_new(Isolate *iso, u64 size) {
  Bytes *bytes = (Bytes *)alloc_sized(iso, sizeof(Bytes), 1, size, KIND_BYTES);
  if (bytes) bytes->size = size;
  return bytes;
}
