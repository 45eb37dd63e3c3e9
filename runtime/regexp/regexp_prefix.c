// SPDX-License-Identifier: MIT
// Decides how the matcher looks for places where a match may begin. The first units of a match are gathered as lanes:
// each is one way through the pattern's beginning, a list of sets, one for each unit. What looks cheapest, by a rough
// idea of how often characters occur in text and programs, becomes the plan.
#include "runtime/regexp/regexp_compiler.h"

enum { LANES_MAX = 8, LANE_UNITS_MAX = 16, SKIP_WINDOW_MIN = 3 };

// Of UTF-16 units the sets hold the low bytes: that tells enough, for every script alike.
typedef struct Lane {
  FirstSet sets[LANE_UNITS_MAX];
  u32 masks[LANE_UNITS_MAX], values[LANE_UNITS_MAX]; // mask 0: not one unit or two that differ in one bit
  u32 length;
  bool open; // what comes next in the pattern continues it
} Lane;

typedef struct Lanes {
  Lane lane[LANES_MAX];
  u32 count;
} Lanes;

// ---- Lanes

static bool any_open(const Lanes *lanes) {
  for (u32 i = 0; i < lanes->count; i++) {
    if (lanes->lane[i].open) return true;
  }
  return false;
}

static void close_all(Lanes *lanes) {
  for (u32 i = 0; i < lanes->count; i++) lanes->lane[i].open = false;
}

static void append(Lanes *lanes, const FirstSet *set, u32 mask, u32 value, bool last) {
  for (u32 i = 0; i < lanes->count; i++) {
    Lane *lane = &lanes->lane[i];
    if (!lane->open) continue;
    lane->masks[lane->length] = mask;
    lane->values[lane->length] = value;
    lane->sets[lane->length++] = *set;
    if (last || lane->length == LANE_UNITS_MAX) lane->open = false;
  }
}

static void extend(Compiler *c, Lanes *lanes, const RegexpNode *node);

static void add_low_bytes(FirstSet *set, u32 first, u32 last) {
  for (u32 unit = first; unit <= last && unit - first < 256; unit++) first_add(set, unit & 255);
}

// The low bytes of the units that a CHAR or SET may begin with.
static void low_bytes(const Compiler *c, const RegexpNode *node, FirstSet *set) {
  u32 single[2] = {node->cp, node->cp};
  const u32 *ranges = node->kind == REGEXP_CHAR ? single : node->ranges;
  u32 count = node->kind == REGEXP_CHAR ? 1 : node->range_count, limit = c->utf16 ? 0xFFFF : 0xFF;
  for (u32 i = 0; i < count; i++) {
    u32 first = ranges[2 * i], last = ranges[2 * i + 1];
    if (first <= limit) add_low_bytes(set, first, MIN(last, limit));
    if (c->points && last > 0xFFFF) add_low_bytes(set, utf16_lead_of(MAX(first, 0x10000u)), utf16_lead_of(last));
  }
}

static void extend_single(Compiler *c, Lanes *lanes, const RegexpNode *node) {
  FirstSet set = {0};
  low_bytes(c, node, &set);
  u32 index = regexp_class_of(c, node);
  bool pairs = c->code->classes.data[index].points; // one unit or two: where the next one is nobody knows
  u16 values[2], masks[2];
  bool masked = regexp_units_of(c, node, values, masks) == 1;
  append(lanes, &set, masked ? masks[0] : 0, masked ? values[0] : 0, pairs);
}

static void extend_choice(Compiler *c, Lanes *lanes, const RegexpNode *child, bool or_nothing) {
  Lanes *result = ARENA_NEW(c->arena, Lanes), *part = ARENA_NEW(c->arena, Lanes);
  bool fits = true;
  for (u32 i = 0; i < lanes->count; i++) {
    if (!lanes->lane[i].open || or_nothing) result->lane[result->count++] = lanes->lane[i];
  }
  for (; child && fits; child = child->next) {
    part->count = 0;
    for (u32 i = 0; i < lanes->count; i++) {
      if (lanes->lane[i].open) part->lane[part->count++] = lanes->lane[i];
    }
    extend(c, part, child);
    fits = result->count + part->count <= LANES_MAX;
    if (!fits) break;
    memcpy(result->lane + result->count, part->lane, part->count * sizeof(Lane));
    result->count += part->count;
    if (or_nothing) break;
  }
  if (fits) {
    *lanes = *result;
  } else {
    close_all(lanes);
  }
}

static bool first_low_bytes(const Compiler *c, const RegexpNode *node, FirstSet *set) {
  if (node->kind == REGEXP_CHAR || node->kind == REGEXP_SET) {
    low_bytes(c, node, set);
    return true;
  }
  if (node->kind == REGEXP_SEQUENCE || node->kind == REGEXP_CAPTURE) return first_low_bytes(c, node->child, set);
  if (node->kind != REGEXP_ALTERNATION) return false;
  for (const RegexpNode *child = node->child; child; child = child->next) {
    if (!first_low_bytes(c, child, set)) return false;
  }
  return true;
}

// Too many ways for a lane each: the set of all first units at least.
static void extend_first_only(Compiler *c, Lanes *lanes, const RegexpNode *node) {
  FirstSet set = {0};
  if (first_low_bytes(c, node, &set)) {
    append(lanes, &set, 0, 0, true);
  } else {
    close_all(lanes);
  }
}

static void extend_repeat(Compiler *c, Lanes *lanes, const RegexpNode *node) {
  for (u32 i = 0; i < node->min && i < LANE_UNITS_MAX && any_open(lanes); i++) extend(c, lanes, node->child);
  if (node->min == node->max) return;
  if (!node->min && node->max == 1 && lanes->count <= 2) {
    extend_choice(c, lanes, node->child, true);
  } else {
    close_all(lanes);
  }
}

static void extend(Compiler *c, Lanes *lanes, const RegexpNode *node) {
  if (!any_open(lanes)) return;
  switch (node->kind) {
  case REGEXP_CHAR:
  case REGEXP_SET: extend_single(c, lanes, node); return;
  case REGEXP_SEQUENCE:
    for (const RegexpNode *child = node->child; child && any_open(lanes); child = child->next) extend(c, lanes, child);
    return;
  case REGEXP_ALTERNATION:
    if (node->child_count + lanes->count - 1 > LANES_MAX) {
      extend_first_only(c, lanes, node);
    } else {
      extend_choice(c, lanes, node->child, false);
    }
    return;
  case REGEXP_CAPTURE: extend(c, lanes, node->child); return;
  case REGEXP_REPEAT: extend_repeat(c, lanes, node); return;
  case REGEXP_BACKREF: close_all(lanes); return;
  default: return; // without width
  }
}

// ---- How often a character occurs, in 1/1000

static u32 weight(u32 unit) {
  static const u8 lower[26] = {50, 12, 25, 26, 80, 15, 14, 25, 48, 3, 6, 32, 20, 46, 50, 16, 2, 42, 44, 60, 20, 8, 9, 5, 12, 2};
  if (unit - 'a' < 26) return lower[unit - 'a'];
  if (unit == ' ') return 130;
  if (unit - 'A' < 26) return 3;
  if (unit - '0' < 10) return 8;
  if (unit == '\n') return 15;
  if (unit < 32) return unit == '\t' ? 5 : 1;
  if (unit < 127) return 7;
  return 1;
}

static double chance(const FirstSet *set) {
  u32 total = set->wide ? 30 : 0;
  for (u32 i = 0; i < 256; i++) {
    if (first_has(set, i)) total += weight(i);
  }
  return total > 1000 ? 1.0 : total / 1000.0;
}

// ---- Plans

#define ATTEMPT_COST 12.0

typedef struct Plan {
  RegexpScan scan;
  double cost; // nanoseconds a unit, more or less
} Plan;

static void take_cheaper(Plan *best, const Plan *other) {
  if (other->cost < best->cost) *best = *other;
}

// One or two units at fixed places of a single lane: the rarest ones.
static void plan_units(Compiler *c, const Lane *lane, Plan *best) {
  Plan one = {.scan = {.kind = SCAN_ONE}, .cost = 1e9}, two = {.scan = {.kind = SCAN_TWO}, .cost = 1e9};
  double rarest = 2, second = 2;
  for (u32 i = 0; i < lane->length; i++) {
    u32 mask = lane->masks[i], value = lane->values[i];
    if (!mask) continue;
    double p = chance(&lane->sets[i]);
    if (mask == (c->utf16 ? 0xFFFFu : 0xFFu) && 0.05 + p * (ATTEMPT_COST + 5) < one.cost) {
      one.scan.offset1 = i, one.scan.mask1 = mask, one.scan.value1 = value;
      one.cost = 0.05 + p * (ATTEMPT_COST + 5);
    }
    if (p < rarest) {
      two.scan.offset2 = two.scan.offset1, two.scan.mask2 = two.scan.mask1, two.scan.value2 = two.scan.value1;
      second = rarest;
      rarest = p;
      two.scan.offset1 = i, two.scan.mask1 = mask, two.scan.value1 = value;
    } else if (p < second) {
      second = p;
      two.scan.offset2 = i, two.scan.mask2 = mask, two.scan.value2 = value;
    }
  }
  if (second < 2) two.cost = 0.12 + rarest * second * ATTEMPT_COST;
  take_cheaper(best, &one);
  take_cheaper(best, &two);
}

// By the first unit alone; here sets are of whole units.
static void plan_first(const FirstSet *first, Plan *best) {
  Plan plan = {.scan = {.kind = SCAN_TABLE}};
  u32 count = 0;
  for (u32 i = 0; i < 256 && count <= RE_STOPS_MAX; i++) {
    if (!first_has(first, i)) continue;
    if (count < RE_STOPS_MAX) plan.scan.stops[count] = (u16)i;
    count++;
  }
  double p = chance(first);
  plan.cost = 0.6 + p * ATTEMPT_COST;
  if (!first->wide && count <= 4) {
    plan.scan.kind = SCAN_ANY_OF;
    plan.scan.stop_count = (u8)count;
    plan.cost = 0.1 + 0.05 * count + p * (ATTEMPT_COST + 3);
  }
  if (count) take_cheaper(best, &plan);
}

// How far the window may move when this unit is its last.
static u32 skip_of(const FirstSet *columns, u32 window, u32 symbol) {
  for (u32 i = window; i-- > 0;) {
    if (first_has(&columns[i], symbol)) return window - 1 - i;
  }
  return window;
}

static void plan_skip(const FirstSet *columns, u32 window, Plan *best) {
  if (window < SKIP_WINDOW_MIN) return;
  u32 weights = 0, sum = 0;
  for (u32 i = 0; i < 256; i++) {
    weights += weight(i);
    sum += weight(i) * skip_of(columns, window, i);
  }
  double average = (double)sum / weights;
  if (average < 0.5) return;
  double candidates = chance(&columns[window - 1]);
  Plan plan = {.scan = {.kind = SCAN_SKIP}};
  plan.cost = 1.4 / (average + candidates) + candidates * chance(&columns[0]) / (average + candidates) * ATTEMPT_COST;
  take_cheaper(best, &plan);
}

static void plan_shift(const Lanes *lanes, u32 window, Plan *best) {
  u32 length = MIN(window, 64 / lanes->count);
  if (length < 2) return;
  double candidates = 0;
  for (u32 i = 0; i < lanes->count; i++) {
    double p = 1;
    for (u32 k = 0; k < length; k++) p *= chance(&lanes->lane[i].sets[k]);
    candidates += p;
  }
  Plan plan = {.scan = {.kind = SCAN_SHIFT}, .cost = 1.1 + candidates * (ATTEMPT_COST + 2 * length)};
  take_cheaper(best, &plan);
}

static void fill_skip(RegexpScan *scan, const FirstSet *columns, u32 window) {
  scan->skip_window = window;
  scan->skip = base_alloc(256);
  for (u32 i = 0; i < 256; i++) scan->skip[i] = (u8)skip_of(columns, window, i);
}

static void fill_masks(RegexpScan *scan, const Lanes *lanes, u32 length) {
  scan->shift_window = length;
  scan->masks = base_alloc_zeroed(256 * sizeof(u64));
  for (u32 i = 0; i < lanes->count; i++) {
    u32 base = i * length;
    scan->lane_starts |= 1ull << base;
    scan->lane_ends |= 1ull << (base + length - 1);
    for (u32 k = 0; k < length; k++) {
      for (u32 unit = 0; unit < 256; unit++) {
        if (first_has(&lanes->lane[i].sets[k], unit)) scan->masks[unit] |= 1ull << (base + k);
      }
    }
  }
}

static void plan_by_lanes(Compiler *c, const RegexpNode *root) {
  Lanes *lanes = ARENA_NEW(c->arena, Lanes);
  lanes->count = 1;
  lanes->lane[0].open = true;
  extend(c, lanes, root);
  u32 window = LANE_UNITS_MAX;
  for (u32 i = 0; i < lanes->count; i++) window = MIN(window, lanes->lane[i].length);
  FirstSet columns[LANE_UNITS_MAX], first = {0};
  memset(columns, 0, sizeof columns);
  for (u32 i = 0; i < lanes->count; i++) {
    for (u32 k = 0; k < window; k++) first_join(&columns[k], &lanes->lane[i].sets[k]);
  }
  bool empty = !root->min_length || regexp_first(c, root, &first) || first.at_end;
  if (empty) return;
  Plan best = {.scan = {.kind = SCAN_NONE}, .cost = ATTEMPT_COST};
  plan_first(&first, &best);
  if (lanes->count == 1) plan_units(c, &lanes->lane[0], &best);
  plan_skip(columns, window, &best);
  if (window) plan_shift(lanes, window, &best);
  RegexpScan *scan = &c->code->scan;
  *scan = best.scan;
  scan->window = MAX(window, 1u);
  scan->first = (RegexpFilter){.wide = first.wide, .single = -1};
  regexp_plane(c, first.bits, &scan->first.table, &scan->first.bit);
  if (scan->kind == SCAN_SKIP) fill_skip(scan, columns, window);
  // Text that does not let the window skip is left to SHIFT at run time.
  u32 length = MIN(window, 64 / lanes->count);
  if ((scan->kind == SCAN_SKIP || scan->kind == SCAN_SHIFT) && length > 1) fill_masks(scan, lanes, length);
}

// ---- Anchors

// The anchor that every way through the node begins with: SCAN_START, SCAN_LINE or SCAN_NONE.
static RegexpScanKind anchor_of(const RegexpNode *node) {
  switch (node->kind) {
  case REGEXP_LINE_START: return node->flag ? SCAN_LINE : SCAN_START;
  case REGEXP_SEQUENCE:
    for (const RegexpNode *child = node->child; child; child = child->next) {
      RegexpScanKind kind = anchor_of(child);
      if (kind != SCAN_NONE || child->max_length) return kind;
    }
    return SCAN_NONE;
  case REGEXP_CAPTURE: return anchor_of(node->child);
  case REGEXP_REPEAT: return node->min ? anchor_of(node->child) : SCAN_NONE;
  case REGEXP_ALTERNATION: {
    RegexpScanKind kind = anchor_of(node->child);
    for (const RegexpNode *child = node->child; child; child = child->next) {
      if (anchor_of(child) != kind) return SCAN_NONE;
    }
    return kind;
  }
  default: return SCAN_NONE;
  }
}

void regexp_plan_scan(Compiler *c, const RegexpNode *root) {
  RegexpScanKind anchor = anchor_of(root);
  if (anchor != SCAN_NONE) {
    c->code->scan.kind = anchor;
  } else {
    plan_by_lanes(c, root);
  }
}
