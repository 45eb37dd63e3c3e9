// SPDX-License-Identifier: MIT
// What the parts of the regular expression compiler share: regexp_optimize.c rewrites the tree, regexp_sets.c turns sets
// into classes and filters, regexp_compile.c writes the code, regexp_prefix.c decides how to look for a start.
#ifndef WEFT_RUNTIME_REGEXP_REGEXP_COMPILER_H
#define WEFT_RUNTIME_REGEXP_REGEXP_COMPILER_H

#include "base/utf.h"
#include "runtime/regexp/regexp_code.h"

// Which units may come next (forward). `at_end`: nothing needs to come.
typedef struct FirstSet {
  u32 bits[8];
  bool wide, at_end;
} FirstSet;

static inline FirstSet first_full(void) {
  FirstSet set;
  memset(set.bits, 0xff, sizeof set.bits);
  set.wide = set.at_end = true;
  return set;
}
static inline bool first_has(const FirstSet *set, u32 c) { return set->bits[c >> 5] >> (c & 31) & 1; }
static inline void first_add(FirstSet *set, u32 c) { set->bits[c >> 5] |= 1u << (c & 31); }
static inline void first_join(FirstSet *set, const FirstSet *other) {
  for (u32 i = 0; i < 8; i++) set->bits[i] |= other->bits[i];
  set->wide |= other->wide;
  set->at_end |= other->at_end;
}
bool first_is_full(const FirstSet *set);
bool first_disjoint(const FirstSet *a, const FirstSet *b); // as to units; the end is not looked at

typedef struct Plane {
  u32 bits[8];
  u32 table;
  u8 bit;
} Plane;

typedef struct ClassKey {
  const u32 *ranges;
  u32 count;
  u32 index;
} ClassKey;

typedef struct Fixup {
  u32 at, label;
} Fixup;

typedef struct Compiler {
  RegexpCode *code;
  const RegexpTree *tree;
  Arena *arena;
  bool utf16, unicode, captures, linear;
  bool points;   // unicode and utf16: a character is one unit or two
  bool backward; // inside a lookbehind
  bool undo_all; // back references may read a register at any time
  bool lead;     // nothing consuming was emitted yet, and the pattern's first run may skip starts
  bool failed;
  u32 last_jump, last_bind; // where the last JUMP was written, and the last label bound
  VEC(u32) labels;
  VEC(Fixup) fixups;
  VEC(Plane) planes;
  VEC(ClassKey) class_keys;
  VEC(u32) marks; // registers with the start of the iteration, of the loops around whose body may be empty
} Compiler;

// ---- regexp_optimize.c
// Rewrites alternations: common prefixes are factored out, single characters become one set.
void regexp_optimize(const RegexpTree *tree, RegexpNode *node, Arena *arena);

// ---- regexp_sets.c
// Adds the units by which `node` may begin. True if it may match without consuming, so that what follows counts too.
bool regexp_first(const Compiler *c, const RegexpNode *node, FirstSet *out);
// A bit plane with exactly these bits; shared with equal ones.
void regexp_plane(Compiler *c, const u32 bits[8], u32 *table, u8 *bit);
u32 regexp_filter(Compiler *c, const FirstSet *set); // RE_NONE if the set is full
// The class of a CHAR or SET node.
u32 regexp_class_of(Compiler *c, const RegexpNode *node);
u32 regexp_class_of_ranges(Compiler *c, const u32 *ranges, u32 count);
// For runs that count code points one by one.
u32 regexp_counting_class(Compiler *c, u32 index);
// The units of a CHAR or of a SET of two variants that differ in one bit: how many (1 or 2), or 0 if it is not such.
u32 regexp_units_of(const Compiler *c, const RegexpNode *node, u16 values[2], u16 masks[2]);
// True if nothing in the set can match in this width.
bool regexp_class_is_empty(const Compiler *c, u32 index);

// ---- regexp_prefix.c
void regexp_plan_scan(Compiler *c, const RegexpNode *root);

#endif
