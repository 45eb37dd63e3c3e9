// SPDX-License-Identifier: MIT
// From sets of code points to what the matcher tests: bit planes, classes, filters, first sets.
#include "runtime/regexp/regexp_compiler.h"

bool first_is_full(const FirstSet *set) {
  for (u32 i = 0; i < 8; i++) {
    if (~set->bits[i]) return false;
  }
  return set->wide && set->at_end;
}

bool first_disjoint(const FirstSet *a, const FirstSet *b) {
  if (a->wide && b->wide) return false;
  for (u32 i = 0; i < 8; i++) {
    if (a->bits[i] & b->bits[i]) return false;
  }
  return true;
}

static void add_range_bits(u32 bits[8], u32 first, u32 last) {
  last = MIN(last, 255u);
  for (u32 cp = first; cp <= last; cp++) bits[cp >> 5] |= 1u << (cp & 31);
}

static u32 unit_limit(const Compiler *c) { return !c->utf16 ? 0xFF : c->unicode ? UTF_MAX : 0xFFFF; }

static void add_ranges(const Compiler *c, const u32 *ranges, u32 count, FirstSet *out) {
  for (u32 i = 0; i < count; i++) {
    add_range_bits(out->bits, ranges[2 * i], ranges[2 * i + 1]);
    if (c->utf16 && ranges[2 * i + 1] > 255 && ranges[2 * i] <= unit_limit(c)) out->wide = true;
  }
}

static bool first_of_sequence(const Compiler *c, const RegexpNode *child, FirstSet *out) {
  for (; child; child = child->next) {
    if (!regexp_first(c, child, out)) return false;
  }
  return true;
}

bool regexp_first(const Compiler *c, const RegexpNode *node, FirstSet *out) {
  switch (node->kind) {
  case REGEXP_CHAR: {
    u32 range[2] = {node->cp, node->cp};
    add_ranges(c, range, 1, out);
    return false;
  }
  case REGEXP_SET: add_ranges(c, node->ranges, node->range_count, out); return false;
  case REGEXP_SEQUENCE: return first_of_sequence(c, node->child, out);
  case REGEXP_ALTERNATION: {
    bool passes = false;
    for (const RegexpNode *child = node->child; child; child = child->next) passes |= regexp_first(c, child, out);
    return passes;
  }
  case REGEXP_CAPTURE: return regexp_first(c, node->child, out);
  case REGEXP_REPEAT: {
    if (!node->max) return true;
    bool passes = regexp_first(c, node->child, out);
    return passes || !node->min;
  }
  case REGEXP_BACKREF: *out = first_full(); return false;
  case REGEXP_LINE_END:
    out->at_end = true;
    if (node->flag) {
      first_add(out, '\n');
      first_add(out, '\r');
      out->wide = c->utf16;
    }
    return false;
  default: return true; // without width
  }
}

// ---- Planes

void regexp_plane(Compiler *c, const u32 bits[8], u32 *table, u8 *bit) {
  for (u32 i = 0; i < c->planes.len; i++) {
    if (memcmp(c->planes.data[i].bits, bits, sizeof c->planes.data[i].bits)) continue;
    *table = c->planes.data[i].table;
    *bit = c->planes.data[i].bit;
    return;
  }
  u32 index = c->planes.len;
  if (index % 8 == 0) memset(vec_extend(&c->code->tables, 256), 0, 256);
  Plane plane = {.table = index / 8 * 256, .bit = (u8)(1u << index % 8)};
  memcpy(plane.bits, bits, sizeof plane.bits);
  vec_push(&c->planes, plane);
  u8 *bytes = c->code->tables.data + plane.table;
  for (u32 i = 0; i < 256; i++) {
    if (bits[i >> 5] >> (i & 31) & 1) bytes[i] |= plane.bit;
  }
  *table = plane.table;
  *bit = plane.bit;
}

u32 regexp_filter(Compiler *c, const FirstSet *set) {
  if (first_is_full(set)) return RE_NONE;
  RegexpFilter filter = {.wide = set->wide, .at_end = set->at_end, .single = -1};
  regexp_plane(c, set->bits, &filter.table, &filter.bit);
  u32 count = set->wide || set->at_end ? 2 : 0;
  for (u32 i = 0; i < 256 && count < 2; i++) {
    if (!first_has(set, i)) continue;
    filter.single = (i32)i;
    count++;
  }
  if (count != 1) filter.single = -1;
  for (u32 i = 0; i < c->code->filters.len; i++) {
    const RegexpFilter *other = &c->code->filters.data[i];
    if (other->table == filter.table && other->bit == filter.bit && other->wide == filter.wide && other->at_end == filter.at_end)
      return i;
  }
  vec_push(&c->code->filters, filter);
  return c->code->filters.len - 1;
}

// ---- Classes

// Copies what is in [256, limit]; true if that is all of it.
static bool copy_wide_ranges(Compiler *c, const u32 *ranges, u32 count, u32 limit, RegexpClass *out) {
  out->range_start = c->code->ranges.len;
  for (u32 i = 0; i < count; i++) {
    u32 first = MAX(ranges[2 * i], 256u), last = MIN(ranges[2 * i + 1], limit);
    if (first > last) continue;
    vec_push(&c->code->ranges, first);
    vec_push(&c->code->ranges, last);
    out->range_count++;
  }
  const u32 *copied = c->code->ranges.data + out->range_start;
  return out->range_count == 1 && copied[0] == 256 && copied[1] == limit;
}

static bool touches_pairs(const u32 *ranges, u32 count) {
  for (u32 i = 0; i < count; i++) {
    if (ranges[2 * i + 1] > 0xFFFF) return true;
    if (ranges[2 * i] <= 0xDFFF && ranges[2 * i + 1] >= 0xD800) return true;
  }
  return false;
}

// The units that are not in the set, if they are few and none of them is half of a pair.
static bool find_stops(const Compiler *c, const u32 *ranges, u32 count, RegexpClass *out) {
  u32 next = 0, limit = unit_limit(c);
  out->stop_count = 0;
  for (u32 i = 0; i <= count; i++) {
    u32 gap_end = i < count ? MIN(ranges[2 * i], limit + 1) : limit + 1;
    for (u32 cp = next; cp < gap_end; cp++) {
      if (out->stop_count == RE_STOPS_MAX || cp > 0xFFFF || (c->points && utf16_is_surrogate(cp))) return false;
      out->stops[out->stop_count++] = (u16)cp;
    }
    if (i < count) next = ranges[2 * i + 1] + 1;
    if (next > limit) break;
  }
  return true;
}

static RegexpRunKind choose_run(const Compiler *c, const RegexpClass *cls, bool few_stops) {
  if (few_stops) return cls->stop_count ? RUN_UNTIL : RUN_OF_ANY;
  if (!c->utf16 || cls->wide == WIDE_NONE) return RUN_OF_TABLE;
  return cls->points ? RUN_OF_POINTS : RUN_OF_UNITS;
}

u32 regexp_class_of_ranges(Compiler *c, const u32 *ranges, u32 count) {
  for (u32 i = 0; i < c->class_keys.len; i++) {
    const ClassKey *key = &c->class_keys.data[i];
    if (key->count == count && (!count || !memcmp(key->ranges, ranges, 2 * sizeof(u32) * count))) return key->index;
  }
  RegexpClass cls = {0};
  u32 bits[8] = {0};
  for (u32 i = 0; i < count; i++) add_range_bits(bits, ranges[2 * i], ranges[2 * i + 1]);
  regexp_plane(c, bits, &cls.table, &cls.bit);
  cls.points = c->points && touches_pairs(ranges, count);
  if (c->utf16) {
    bool all = copy_wide_ranges(c, ranges, count, cls.points || !c->unicode ? unit_limit(c) : 0xFFFF, &cls);
    cls.wide = all ? WIDE_ALL : cls.range_count ? WIDE_RANGES : WIDE_NONE;
  }
  cls.run_kind = (u8)choose_run(c, &cls, find_stops(c, ranges, count, &cls));
  vec_push(&c->code->classes, cls);
  ClassKey key = {ranges, count, c->code->classes.len - 1};
  vec_push(&c->class_keys, key);
  return key.index;
}

u32 regexp_class_of(Compiler *c, const RegexpNode *node) {
  if (node->kind == REGEXP_SET) return regexp_class_of_ranges(c, node->ranges, node->range_count);
  u32 *range = ARENA_ARRAY(c->arena, u32, 2);
  range[0] = range[1] = node->cp;
  return regexp_class_of_ranges(c, range, 1);
}

u32 regexp_counting_class(Compiler *c, u32 index) {
  RegexpClass cls = c->code->classes.data[index];
  if (!cls.points || cls.run_kind == RUN_OF_POINTS) return index;
  cls.run_kind = RUN_OF_POINTS;
  vec_push(&c->code->classes, cls);
  return c->code->classes.len - 1;
}

bool regexp_class_is_empty(const Compiler *c, u32 index) {
  const RegexpClass *cls = &c->code->classes.data[index];
  if (cls->wide != WIDE_NONE) return false;
  const u8 *table = c->code->tables.data + cls->table;
  for (u32 i = 0; i < 256; i++) {
    if (table[i] & cls->bit) return false;
  }
  return true;
}

u32 regexp_units_of(const Compiler *c, const RegexpNode *node, u16 values[2], u16 masks[2]) {
  u32 limit = unit_limit(c), found[2], n = 0;
  masks[0] = masks[1] = c->utf16 ? 0xFFFF : 0xFF;
  if (node->kind == REGEXP_CHAR) {
    if (node->cp > limit || (c->points && utf16_is_surrogate(node->cp))) return 0;
    return utf16_encode(node->cp, values);
  }
  if (node->kind != REGEXP_SET) return 0;
  for (u32 i = 0; i < node->range_count && node->ranges[2 * i] <= limit; i++) {
    for (u32 cp = node->ranges[2 * i]; cp <= MIN(node->ranges[2 * i + 1], limit); cp++) {
      if (n == 2 || cp > 0xFFFF || (c->points && utf16_is_surrogate(cp))) return 0;
      found[n++] = cp;
    }
  }
  if (!n) return 0;
  u32 difference = n == 2 ? found[0] ^ found[1] : 0;
  if (difference & (difference - 1)) return 0;
  masks[0] = (u16)(masks[0] & ~difference);
  values[0] = (u16)(found[0] & masks[0]);
  return 1;
}
