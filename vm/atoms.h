// SPDX-License-Identifier: MIT
// Names that the program knows when it is built. tools/gen_atoms.c turns vm/atoms.def into one constant struct of
// String cells with their hashes (generated/vm/atoms_static.inc), and vm/symbols.def into constant Symbol cells.
// Include vm/string.h instead of this file.
#ifndef WEFT_VM_ATOMS_H
#define WEFT_VM_ATOMS_H

enum AtomId { // 0..255: the one-character strings
  ATOM_BEFORE_FIRST = 255,
#define ATOM_DEF(name, text) ATOM_##name,
#include "vm/atoms.def"
#undef ATOM_DEF
  ATOM_COUNT,
};
enum WellKnownSymbolId {
#define SYMBOL_DEF(name, description) SYM_##name,
#include "vm/symbols.def"
#undef SYMBOL_DEF
  SYM_COUNT,
};

// Declared by the generated header: extern const struct StaticAtoms { ... a_push ...; } weft_atoms; and weft_symbols.
#include "vm/atoms_static.h"

#define ATOM(name) ((PropertyKey)(uintptr_t)&weft_atoms.a_##name)
#define ATOM_STRING(name) ((String *)(uintptr_t)&weft_atoms.a_##name)
#define SYM(name) ((PropertyKey)(uintptr_t)&weft_symbols[SYM_##name])
#define SYM_VALUE(name) ((Value)(uintptr_t)&weft_symbols[SYM_##name])

// By number, for tables: 0..255 are the one-character atoms, then atoms.def, then symbols (KEY_SYM(iterator)).
#define KEY_SYM(name) (ATOM_COUNT + SYM_##name)
PropertyKey atom_from_id(u32 id);

#endif
