// SPDX-License-Identifier: MIT
// Sets of code points, see unicode_set.h. Union, intersection and difference are one sweep over both range lists.
#include "base/unicode_set.h"

static int compare_pairs(const void *a, const void *b) {
  u32 x = *(const u32 *)a, y = *(const u32 *)b;
  return (x > y) - (x < y);
}

void unicode_set_normalize(UnicodeSet *set) {
  bool sorted = true;
  for (u32 i = 2; i < set->len && sorted; i += 2) sorted = set->data[i] >= set->data[i - 2];
  if (!sorted) qsort(set->data, set->len / 2, 2 * sizeof(u32), compare_pairs);
  u32 out = 0;
  for (u32 i = 0; i < set->len; i += 2) {
    u32 first = set->data[i], last = set->data[i + 1];
    if (out && first <= (u64)set->data[out - 1] + 1) {
      if (last > set->data[out - 1]) set->data[out - 1] = last;
    } else {
      set->data[out++] = first, set->data[out++] = last;
    }
  }
  set->len = out;
}

bool unicode_set_contains(const UnicodeSet *set, u32 cp) {
  u32 low = 0, high = set->len / 2;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (cp > set->data[2 * mid + 1]) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return low < set->len / 2 && cp >= set->data[2 * low];
}

void unicode_set_invert(UnicodeSet *set) {
  UnicodeSet result = {0};
  u32 next = 0;
  for (u32 i = 0; i < set->len; i += 2) {
    if (set->data[i] > next) unicode_set_add(&result, next, set->data[i] - 1);
    next = set->data[i + 1] + 1;
  }
  if (next <= 0x10FFFF) unicode_set_add(&result, next, 0x10FFFF);
  vec_free(set);
  *set = result;
}

void unicode_set_union(UnicodeSet *set, const UnicodeSet *other) {
  u32 n = other->len;
  if (!n) return;
  u32 *tail = vec_extend(set, n);
  memcpy(tail, other->data, n * sizeof(u32));
  unicode_set_normalize(set);
}

void unicode_set_intersect(UnicodeSet *set, const UnicodeSet *other) {
  UnicodeSet result = {0};
  for (u32 i = 0, j = 0; i < set->len && j < other->len;) {
    u32 first = MAX(set->data[i], other->data[j]);
    u32 last = MIN(set->data[i + 1], other->data[j + 1]);
    if (first <= last) unicode_set_add(&result, first, last);
    if (set->data[i + 1] < other->data[j + 1]) {
      i += 2;
    } else {
      j += 2;
    }
  }
  vec_free(set);
  *set = result;
}

void unicode_set_subtract(UnicodeSet *set, const UnicodeSet *other) {
  UnicodeSet rest = {0};
  unicode_set_copy(&rest, other);
  unicode_set_invert(&rest);
  unicode_set_intersect(set, &rest);
  vec_free(&rest);
}

void unicode_set_copy(UnicodeSet *to, const UnicodeSet *from) {
  vec_clear(to);
  if (!from->len) return;
  u32 *data = vec_extend(to, from->len);
  memcpy(data, from->data, from->len * sizeof(u32));
}
