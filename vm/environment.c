// SPDX-License-Identifier: MIT
// Environments: captured variables of one scope, with a link to the scope around it.
#include "vm/error.h"

Environment *environment_new(Isolate *iso, Environment *parent, u32 count) {
  size_t size = sizeof(Environment) + count * sizeof(Slot);
  Heap *heap = heap_of(iso);
  Environment *env =
      (Environment *)(size < GC_LARGE_MIN ? gc_alloc(heap, size, KIND_ENVIRONMENT) : gc_try_alloc(heap, size, KIND_ENVIRONMENT));
  if (UNLIKELY(!env)) return throw_out_of_memory(iso);
  env->cell.shape_id = count;
  ref_init(&env->parent, parent);
  gc_barrier(heap, &env->cell);
  return env;
}
