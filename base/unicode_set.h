// SPDX-License-Identifier: MIT
// A set of code points as sorted inclusive ranges, the currency between Unicode properties and regular expressions.
// Pairs data[2i]..data[2i+1] are ascending, disjoint and not adjacent once the set is normal; every function here takes
// and leaves normal sets, except unicode_set_add, which appends and asks for unicode_set_normalize afterwards.
#ifndef WEFT_BASE_UNICODE_SET_H
#define WEFT_BASE_UNICODE_SET_H

#include "base/vec.h"

typedef struct UnicodeSet {
  u32 *data;
  u32 len, cap; // len counts numbers, not pairs: it is even
} UnicodeSet;

static inline void unicode_set_add(UnicodeSet *set, u32 first, u32 last) {
  u32 *pair = vec_extend(set, 2);
  pair[0] = first, pair[1] = last;
}
// Sorts, and merges ranges that touch.
void unicode_set_normalize(UnicodeSet *set);
bool unicode_set_contains(const UnicodeSet *set, u32 cp);
// Complement within 0..0x10FFFF.
void unicode_set_invert(UnicodeSet *set);
// The left operand becomes the result.
void unicode_set_union(UnicodeSet *set, const UnicodeSet *other);
void unicode_set_intersect(UnicodeSet *set, const UnicodeSet *other);
void unicode_set_subtract(UnicodeSet *set, const UnicodeSet *other);
void unicode_set_copy(UnicodeSet *to, const UnicodeSet *from);
static inline void unicode_set_free(UnicodeSet *set) { vec_free(set); }

#endif
