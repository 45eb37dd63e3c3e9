// SPDX-License-Identifier: MIT
// Symbols: identity with a description. Their hash is drawn from a counter, because addresses say nothing once they move to
// another isolate's table or a dump. Well-known symbols are constant data (vm/symbols.def).
#include "vm/string_internal.h"

Symbol *symbol_new(Isolate *iso, String *description, u32 flags) {
  Symbol *symbol = (Symbol *)gc_alloc(&iso->heap, sizeof(Symbol), KIND_SYMBOL);
  symbol->cell.shape_id = SHAPE_ID_SYMBOL;
  symbol->hash = hash_u64(++iso->identity_counter);
  symbol->flags = flags;
  ref_init(&symbol->description, description);
  return symbol;
}
