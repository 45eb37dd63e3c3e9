// SPDX-License-Identifier: MIT
// Rewriting of the tree before code is written. Alternatives that begin with the same character are put together, so that
// the choice is made by looking at the next character instead of by trying; alternatives that are single characters
// become one set. Both keep the order of preference: only alternatives that cannot match at the same place change places.
#include "base/unicode_set.h"
#include "runtime/regexp/regexp_compiler.h"

enum { KEY_VARIANTS_MAX = 4, SORTED_RUN_MAX = 512 };

static bool is_single(const RegexpNode *node) { return node->kind == REGEXP_CHAR || node->kind == REGEXP_SET; }

static RegexpNode *new_node(Arena *arena, RegexpNodeKind kind) {
  RegexpNode *node = ARENA_NEW(arena, RegexpNode);
  node->kind = (u8)kind;
  return node;
}

// The character (or the variants of a character) that an alternative begins with; NULL if it is anything else.
static const RegexpNode *leading_char(const RegexpNode *node) {
  if (node->kind == REGEXP_SEQUENCE) node = node->child;
  if (node->kind == REGEXP_CHAR) return node;
  if (node->kind != REGEXP_SET || !node->range_count || node->range_count > KEY_VARIANTS_MAX) return NULL;
  for (u32 i = 0; i < node->range_count; i++) {
    if (node->ranges[2 * i] != node->ranges[2 * i + 1]) return NULL;
  }
  return node;
}

static bool same_char(const RegexpNode *a, const RegexpNode *b) {
  if (a->kind != b->kind) return false;
  if (a->kind == REGEXP_CHAR) return a->cp == b->cp;
  return a->range_count == b->range_count && !memcmp(a->ranges, b->ranges, 2 * sizeof(u32) * a->range_count);
}

static bool key_contains(const RegexpNode *key, u32 cp) {
  if (key->kind == REGEXP_CHAR) return key->cp == cp;
  for (u32 i = 0; i < key->range_count; i++) {
    if (key->ranges[2 * i] == cp) return true;
  }
  return false;
}

static bool keys_overlap(const RegexpNode *a, const RegexpNode *b) {
  if (a->kind == REGEXP_CHAR) return key_contains(b, a->cp);
  for (u32 i = 0; i < a->range_count; i++) {
    if (key_contains(b, a->ranges[2 * i])) return true;
  }
  return false;
}

// What is left of an alternative behind its first character.
static RegexpNode *tail_of(Arena *arena, RegexpNode *node) {
  if (node->kind != REGEXP_SEQUENCE) return new_node(arena, REGEXP_EMPTY);
  RegexpNode *first = node->child, *rest = first->next;
  node->child = rest;
  node->child_count--;
  node->min_length -= node->min_length == REGEXP_INFINITE ? 0 : 1;
  node->max_length -= node->max_length == REGEXP_INFINITE ? 0 : 1;
  if (node->child_count > 1) return node;
  return rest;
}

static RegexpNode *choice_of(Arena *arena, RegexpNode *first, u32 count, u32 capture_first, u32 capture_end) {
  RegexpNode *node = new_node(arena, REGEXP_ALTERNATION);
  node->child = first;
  node->child_count = count;
  node->capture_first = (u16)capture_first;
  node->capture_end = (u16)capture_end;
  node->min_length = REGEXP_INFINITE;
  for (const RegexpNode *child = first; child; child = child->next) {
    node->min_length = MIN(node->min_length, child->min_length);
    node->max_length = MAX(node->max_length, child->max_length);
  }
  return node;
}

static RegexpNode *prefixed(Arena *arena, const RegexpNode *key, RegexpNode *rest) {
  RegexpNode *head = ARENA_NEW(arena, RegexpNode);
  *head = *key;
  head->next = rest;
  rest->next = NULL;
  RegexpNode *node = new_node(arena, REGEXP_SEQUENCE);
  node->child = head;
  node->child_count = 2;
  node->capture_first = rest->capture_first;
  node->capture_end = rest->capture_end;
  node->min_length = rest->min_length == REGEXP_INFINITE ? REGEXP_INFINITE : rest->min_length + 1;
  node->max_length = rest->max_length == REGEXP_INFINITE ? REGEXP_INFINITE : rest->max_length + 1;
  return node;
}

static void factor(RegexpNode *alternation, Arena *arena, u32 depth);

// items[0..n) begin with the same character: one alternative for them all.
static RegexpNode *merge_group(RegexpNode **items, u32 n, Arena *arena, u32 depth) {
  if (n == 1) return items[0];
  RegexpNode *key = ARENA_NEW(arena, RegexpNode);
  *key = *leading_char(items[0]);
  u32 capture_first = items[0]->capture_first, capture_end = items[0]->capture_end;
  RegexpNode *first = NULL, **link = &first;
  for (u32 i = 0; i < n; i++) {
    if (items[i]->capture_end > items[i]->capture_first) {
      if (capture_first == capture_end) capture_first = items[i]->capture_first;
      capture_first = MIN(capture_first, items[i]->capture_first);
      capture_end = MAX(capture_end, items[i]->capture_end);
    }
    RegexpNode *tail = tail_of(arena, items[i]);
    tail->next = NULL;
    *link = tail;
    link = &tail->next;
  }
  RegexpNode *choice = choice_of(arena, first, n, capture_first, capture_end);
  factor(choice, arena, depth + 1);
  return prefixed(arena, key, choice->child_count == 1 ? choice->child : choice);
}

// Brings alternatives with equal first characters together where those between them cannot match in their place.
static void gather(RegexpNode **items, u32 n) {
  for (u32 i = 1; i < n; i++) {
    const RegexpNode *key = leading_char(items[i]);
    if (!key) continue;
    u32 to = i;
    bool found = false;
    while (to > 0) {
      const RegexpNode *other = leading_char(items[to - 1]);
      if (!other) break;
      if (same_char(other, key)) {
        found = true;
        break;
      }
      if (keys_overlap(other, key)) break;
      to--;
    }
    if (!found || to == i) continue;
    RegexpNode *moved = items[i];
    memmove(items + to + 1, items + to, (i - to) * sizeof *items);
    items[to] = moved;
  }
}

static RegexpNode *merge_singles(RegexpNode **items, u32 n, Arena *arena) {
  UnicodeSet set = {0};
  for (u32 i = 0; i < n; i++) {
    if (items[i]->kind == REGEXP_CHAR) {
      unicode_set_add(&set, items[i]->cp, items[i]->cp);
      continue;
    }
    for (u32 k = 0; k < items[i]->range_count; k++) unicode_set_add(&set, items[i]->ranges[2 * k], items[i]->ranges[2 * k + 1]);
  }
  unicode_set_normalize(&set);
  RegexpNode *node = new_node(arena, REGEXP_SET);
  u32 *ranges = ARENA_ARRAY(arena, u32, set.len);
  if (set.len) memcpy(ranges, set.data, set.len * sizeof(u32));
  node->ranges = ranges;
  node->range_count = set.len / 2;
  node->min_length = node->max_length = 1;
  unicode_set_free(&set);
  return node;
}

static void factor(RegexpNode *alternation, Arena *arena, u32 depth) {
  u32 n = alternation->child_count, out = 0;
  RegexpNode **items = ARENA_ARRAY(arena, RegexpNode *, n);
  RegexpNode *child = alternation->child;
  for (u32 i = 0; i < n; i++, child = child->next) items[i] = child;
  if (n <= SORTED_RUN_MAX) gather(items, n);
  for (u32 i = 0; i < n;) {
    u32 end = i + 1;
    const RegexpNode *key = leading_char(items[i]);
    while (key && depth < 64 && end < n && leading_char(items[end]) && same_char(leading_char(items[end]), key)) end++;
    items[out++] = merge_group(items + i, end - i, arena, depth);
    i = end;
  }
  n = out, out = 0;
  for (u32 i = 0; i < n;) {
    u32 end = i + 1;
    while (is_single(items[i]) && end < n && is_single(items[end])) end++;
    items[out++] = end - i > 1 ? merge_singles(items + i, end - i, arena) : items[i];
    i = end;
  }
  RegexpNode **link = &alternation->child;
  for (u32 i = 0; i < out; i++) {
    *link = items[i];
    link = &items[i]->next;
  }
  *link = NULL;
  alternation->child_count = out;
}

// An alternation of one alternative is that alternative.
static void collapse(RegexpNode *node) {
  RegexpNode *next = node->next;
  *node = *node->child;
  node->next = next;
}

void regexp_optimize(const RegexpTree *tree, RegexpNode *node, Arena *arena) {
  switch (node->kind) {
  case REGEXP_SEQUENCE:
    for (RegexpNode *child = node->child; child; child = child->next) regexp_optimize(tree, child, arena);
    return;
  case REGEXP_CAPTURE:
  case REGEXP_REPEAT:
  case REGEXP_LOOK: regexp_optimize(tree, node->child, arena); return;
  case REGEXP_ALTERNATION:
    for (RegexpNode *child = node->child; child; child = child->next) regexp_optimize(tree, child, arena);
    factor(node, arena, 0);
    if (node->child_count == 1) collapse(node);
    return;
  default: return;
  }
}
