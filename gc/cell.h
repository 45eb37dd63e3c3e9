// SPDX-License-Identifier: MIT
// The first 8 bytes of everything that lives in an isolate's heap, and how a 64-bit word names a cell.
//
//    0        4      5         6        8
//   +--------+------+---------+--------+------------------
//   |shape_id| kind | gc_bits | flags  |  payload ...
//   +--------+------+---------+--------+------------------
//
// One 64-bit load gives an inline cache its shape check and the write barrier its bit.
#ifndef WEFT_GC_CELL_H
#define WEFT_GC_CELL_H

#include "base/base.h"

typedef struct Cell {
  u32 shape_id; // index into the isolate's shape table; kinds without shapes may use it for themselves
  u8 kind;      // vm/kinds.def
  u8 gc_bits;   // GC_*; only gc/ writes it
  u16 flags;    // belongs to the kind
} Cell;

enum {
  GC_OLD = 1,    // survived a collection and is not in the remembered set: a store into it must log it
  GC_STATIC = 2, // constant data of the program: never marked, never freed, shared by all isolates
  GC_LARGE = 4,  // lives in a mapping of its own
  GC_LOGGED = 8, // old, and in the remembered set
};

// A word is a cell pointer if none of these bits is set and it is not 0 (vm/value.h draws the encoding).
#define CELL_TAG_MASK 0xFFFE000000000002ull
static ALWAYS_INLINE bool word_is_cell(u64 word) { return !(word & CELL_TAG_MASK) && word; }

#endif
