// SPDX-License-Identifier: MIT
// Writes the bytecode of one variant. Every part of the pattern is written knowing what may follow it (a FirstSet), so
// that choices are made by a look at the next unit where that decides, loops over one set are single instructions, and
// those that what follows cannot begin within are never given back.
// Registers are restored by entries on the backtrack stack. No entry is needed for captures on the only path to the end
// (`certain`): whatever backtracking does, they are written again before they are read.
#include "base/unicode_set.h"
#include "runtime/regexp/regexp_compiler.h"

enum {
  UNROLL_MAX = 24,          // nodes that unrolling a counted loop may make
  LINEAR_UNROLL_MAX = 4000, // the same for the linear variant, which has no counters
  LINEAR_WORDS_MAX = 60000,
  LITERAL_REPEAT_MAX = 16,
  FOLLOW_LOOK_MAX = 24, // siblings looked at for what follows
  DISPATCH_WAYS = 63,
  MEMO_MARKS_MAX = 5,
  NULLABLE_MIN_MAX = 1000, // further iterations could only be empty
  SYMBOL_WIDE = 256,
  SYMBOL_END = 257,
  SYMBOLS = 258,
};

typedef struct Way { // one alternative of a choice
  u32 label;
  FirstSet first;
} Way;

static void gen(Compiler *c, const RegexpNode *node, const FirstSet *follow, bool certain);

// ---- Words and labels

static void word(Compiler *c, u32 w) { vec_push(&c->code->words, w); }

static void op0(Compiler *c, RegexpOp op) { word(c, op); }
static void op1(Compiler *c, RegexpOp op, u32 a) { word(c, op), word(c, a); }
static void op2(Compiler *c, RegexpOp op, u32 a, u32 b) { word(c, op), word(c, a), word(c, b); }
static void op3(Compiler *c, RegexpOp op, u32 a, u32 b, u32 d) { op2(c, op, a, b), word(c, d); }

static u32 new_label(Compiler *c) {
  vec_push(&c->labels, RE_NONE);
  return c->labels.len - 1;
}
// A jump to the instruction behind it is taken back, unless something else leads to that place too.
static void bind(Compiler *c, u32 label) {
  u32 at = c->code->words.len;
  if (c->last_jump + 2 == at && c->last_bind != at && vec_last(&c->fixups).label == label) {
    c->code->words.len = at -= 2;
    c->fixups.len--;
    c->last_jump = RE_NONE - 2;
  }
  c->labels.data[label] = at;
  c->last_bind = at;
}
static void target(Compiler *c, u32 label) {
  vec_push(&c->fixups, (Fixup){c->code->words.len, label});
  word(c, 0);
}
static void jump_op(Compiler *c, RegexpOp op, u32 label) {
  if (op == RE_OP_JUMP) c->last_jump = c->code->words.len;
  word(c, op);
  target(c, label);
}
static u32 here(Compiler *c) {
  u32 label = new_label(c);
  bind(c, label);
  return label;
}
// A target that is itself a jump is replaced by where that leads.
static void patch_labels(Compiler *c) {
  u32 *words = c->code->words.data;
  for (u32 i = 0; i < c->fixups.len; i++) words[c->fixups.data[i].at] = c->labels.data[c->fixups.data[i].label];
  for (u32 i = 0; i < c->fixups.len; i++) {
    u32 *place = &words[c->fixups.data[i].at];
    for (u32 hops = 0; hops < 8 && words[*place] == RE_OP_JUMP; hops++) *place = words[*place + 1];
  }
}

static u32 new_register(Compiler *c, u32 n) {
  u32 reg = c->code->register_count;
  c->code->register_count += n;
  return reg;
}

// In the linear variant: what happens from here on is decided by the place, the position, and for each loop around whether
// its iteration has consumed anything yet, because an empty iteration will be refused.
static void memo(Compiler *c) {
  if (!c->linear) return;
  if (c->marks.len > MEMO_MARKS_MAX) {
    c->failed = true;
    return;
  }
  op2(c, RE_OP_MEMO, c->code->memo_count, c->marks.len);
  for (u32 i = 0; i < c->marks.len; i++) word(c, c->marks.data[i]);
  c->code->memo_count += 1u << c->marks.len;
}

static bool has_captures(const Compiler *c, const RegexpNode *node) {
  return c->captures && node->capture_end > node->capture_first;
}

// ---- Choices

static void plain_choice(Compiler *c, const Way *ways, u32 n) {
  for (u32 i = 0; i + 1 < n; i++) {
    // PUSH goes on with the next instruction: a way bound right behind it is not known here, so jump.
    u32 rest = i + 2 < n ? new_label(c) : ways[i + 1].label;
    jump_op(c, RE_OP_PUSH, rest);
    jump_op(c, RE_OP_JUMP, ways[i].label);
    if (i + 2 < n) bind(c, rest);
  }
}

typedef struct Chains { // code that tries the ways of a mask in order
  VEC(u64) masks;
  VEC(u32) labels;
} Chains;

static u32 chain_label(Compiler *c, Chains *chains, const Way *ways, u64 mask) {
  if (!(mask & (mask - 1))) return ways[__builtin_ctzll(mask)].label;
  for (u32 i = 0; i < chains->masks.len; i++) {
    if (chains->masks.data[i] == mask) return chains->labels.data[i];
  }
  u32 label = new_label(c);
  vec_push(&chains->masks, mask);
  vec_push(&chains->labels, label);
  return label;
}

static u64 symbol_mask(const Way *ways, u32 n, u32 symbol) {
  u64 mask = 0;
  for (u32 i = 0; i < n; i++) {
    bool may = symbol < 256 ? first_has(&ways[i].first, symbol) : symbol == SYMBOL_WIDE ? ways[i].first.wide : ways[i].first.at_end;
    if (may) mask |= 1ull << i;
  }
  return mask;
}

// A map equal to one that exists already is shared.
static u32 map_index(Compiler *c, const u8 map[256]) {
  for (u32 i = 0; i < c->code->maps.len; i += 256) {
    if (!memcmp(c->code->maps.data + i, map, 256)) return i;
  }
  memcpy(vec_extend(&c->code->maps, 256), map, 256);
  return c->code->maps.len - 256;
}

// Goes on by the next unit. n <= DISPATCH_WAYS.
static void dispatch_choice(Compiler *c, const Way *ways, u32 n) {
  VEC(u64) masks = {0}; // of the entries
  u8 symbols[SYMBOLS];
  for (u32 symbol = 0; symbol < SYMBOLS; symbol++) {
    u64 mask = symbol_mask(ways, n, symbol);
    u32 entry = 0;
    while (entry < masks.len && masks.data[entry] != mask) entry++;
    if (entry == 128) { // too many kinds of units: these try all ways
      mask = (1ull << n) - 1;
      for (entry = 0; entry < masks.len && masks.data[entry] != mask;) entry++;
      if (entry == masks.len) vec_push(&masks, mask);
    } else if (entry == masks.len) {
      vec_push(&masks, mask);
    }
    symbols[symbol] = (u8)entry;
  }
  Chains chains = {0};
  op3(c, RE_OP_DISPATCH, map_index(c, symbols), symbols[SYMBOL_WIDE], symbols[SYMBOL_END]);
  u32 fail = new_label(c);
  for (u32 i = 0; i < masks.len; i++) {
    u64 mask = masks.data[i], rest = mask & (mask - 1);
    target(c, mask ? ways[__builtin_ctzll(mask)].label : fail);
    if (rest) {
      target(c, chain_label(c, &chains, ways, rest));
    } else {
      word(c, 0);
    }
  }
  for (u32 i = 0; i < chains.masks.len; i++) {
    u64 mask = chains.masks.data[i];
    bind(c, chains.labels.data[i]);
    jump_op(c, RE_OP_PUSH, chain_label(c, &chains, ways, mask & (mask - 1)));
    jump_op(c, RE_OP_JUMP, ways[__builtin_ctzll(mask)].label);
  }
  bind(c, fail);
  op0(c, RE_OP_FAIL);
  vec_free(&masks);
  vec_free(&chains.masks);
  vec_free(&chains.labels);
}

static void choice(Compiler *c, const Way *ways, u32 n) {
  bool telling = false;
  for (u32 i = 0; i < n && !c->backward; i++) telling |= !first_is_full(&ways[i].first);
  if (telling) {
    dispatch_choice(c, ways, n);
  } else {
    plain_choice(c, ways, n);
  }
}

// The body, then the exit, or the other way round.
static void loop_choice(Compiler *c, bool greedy, const Way *body, const Way *leave) {
  Way ways[2] = {greedy ? *body : *leave, greedy ? *leave : *body};
  choice(c, ways, 2);
}

static FirstSet first_with(const Compiler *c, const RegexpNode *node, const FirstSet *follow) {
  if (c->backward) return first_full();
  FirstSet set = {0};
  if (regexp_first(c, node, &set)) first_join(&set, follow);
  return set;
}

// ---- Characters

static void gen_units(Compiler *c, const u16 *values, const u16 *masks, u32 n) {
  u32 all = c->utf16 ? 0xFFFF : 0xFF, width = c->utf16 ? 2 : 1;
  bool exact = true;
  for (u32 i = 0; i < n; i++) exact &= masks[i] == all;
  if (exact && n > 4) {
    u32 offset = c->code->data.len;
    u8 *bytes = vec_extend(&c->code->data, n * width);
    for (u32 i = 0; i < n; i++) {
      if (c->utf16) memcpy(bytes + 2 * i, &values[i], 2);
      else bytes[i] = (u8)values[i];
    }
    op2(c, RE_OP_STRING, offset, n);
    return;
  }
  while (n) {
    u32 take = n >= 4 ? 4 : n >= 2 ? 2 : 1;
    u64 mask = 0, value = 0;
    for (u32 i = 0; i < take; i++) {
      mask |= (u64)masks[i] << 8 * width * i;
      value |= (u64)values[i] << 8 * width * i;
    }
    if (take == 4) {
      op2(c, RE_OP_CHARS4, (u32)mask, (u32)value);
      word(c, (u32)(mask >> 32)), word(c, (u32)(value >> 32));
    } else if (take == 2) {
      op2(c, RE_OP_CHARS2, (u32)mask, (u32)value);
    } else if (masks[0] == all) {
      op1(c, RE_OP_CHAR, values[0]);
    } else {
      op2(c, RE_OP_CHAR_MASK, masks[0], values[0]);
    }
    values += take, masks += take, n -= take;
  }
}

static void gen_class_forward(Compiler *c, u32 index) {
  const RegexpClass *cls = &c->code->classes.data[index];
  if (regexp_class_is_empty(c, index)) {
    op0(c, RE_OP_FAIL);
  } else if (cls->points && cls->wide != WIDE_NONE) {
    op1(c, RE_OP_CLASS_POINT, index);
  } else if (cls->run_kind == RUN_OF_ANY) {
    op0(c, RE_OP_ANY);
  } else if (cls->wide == WIDE_NONE) {
    op2(c, RE_OP_TABLE, cls->table, cls->bit);
  } else {
    op1(c, RE_OP_CLASS, index);
  }
}

static void gen_char(Compiler *c, const RegexpNode *node) {
  u16 values[2], masks[2];
  u32 n = regexp_units_of(c, node, values, masks);
  if (n && c->backward) {
    if (n == 1 && masks[0] == (c->utf16 ? 0xFFFF : 0xFF)) {
      op1(c, RE_OP_BACK_CHAR, values[0]);
      return;
    }
  } else if (n) {
    gen_units(c, values, masks, n);
    return;
  }
  u32 index = regexp_class_of(c, node);
  if (!c->backward) {
    gen_class_forward(c, index);
  } else if (regexp_class_is_empty(c, index)) {
    op0(c, RE_OP_FAIL);
  } else {
    op1(c, c->code->classes.data[index].points ? RE_OP_BACK_POINT : RE_OP_BACK_CLASS, index);
  }
}

// Writes the literal that begins at `node` and returns what comes behind it; NULL at the end of the list.
static const RegexpNode *gen_literal(Compiler *c, const RegexpNode *node) {
  VEC(u16) values = {0};
  VEC(u16) masks = {0};
  for (u16 v[2], m[2]; node; node = node->next) {
    u32 n = regexp_units_of(c, node, v, m);
    if (!n) break;
    for (u32 i = 0; i < n; i++) {
      vec_push(&values, v[i]);
      vec_push(&masks, m[i]);
    }
  }
  gen_units(c, values.data, masks.data, values.len);
  vec_free(&values);
  vec_free(&masks);
  return node;
}

// ---- Runs: loops over one set

static bool is_single(const RegexpNode *node) { return node->kind == REGEXP_CHAR || node->kind == REGEXP_SET; }

// In the first run of a pattern a failing start fails for all starts within the run: the run ends at the same place.
static u32 lead_of(const Compiler *c, u32 min, u32 max, const RegexpClass *cls) {
  return c->lead && max == REGEXP_INFINITE && (min <= 1 || !cls->points);
}

static void gen_run_kept(Compiler *c, u32 index, u32 min, u32 max) {
  const RegexpClass *cls = &c->code->classes.data[index];
  u32 lead = lead_of(c, min, max, cls);
  if (cls->run_kind == RUN_OF_TABLE && max == REGEXP_INFINITE) {
    op3(c, RE_OP_RUN_TABLE, cls->table, cls->bit, min);
    word(c, lead);
  } else {
    op3(c, RE_OP_RUN, index, min, max);
    word(c, lead);
  }
}

static void gen_run_greedy(Compiler *c, u32 index, u32 min, u32 max, const FirstSet *follow) {
  u32 filter = regexp_filter(c, follow);
  op3(c, RE_OP_RUN_GREEDY, index, min, max);
  word(c, filter), word(c, lead_of(c, min, max, &c->code->classes.data[index]));
  op2(c, RE_OP_RUN_GREEDY_RETRY, index, filter);
}

// The class of what a lazy run passes over without asking what follows: in the set, and nothing that follows begins so.
static u32 skip_class(Compiler *c, const RegexpNode *single, const FirstSet *follow) {
  UnicodeSet set = {0};
  if (single->kind == REGEXP_CHAR) unicode_set_add(&set, single->cp, single->cp);
  for (u32 i = 0; single->kind == REGEXP_SET && i < single->range_count; i++) {
    unicode_set_add(&set, single->ranges[2 * i], single->ranges[2 * i + 1]);
  }
  UnicodeSet stops = {0};
  for (u32 i = 0; i < 256; i++) {
    if (first_has(follow, i)) unicode_set_add(&stops, i, i);
  }
  if (follow->wide) unicode_set_add(&stops, 256, UTF_MAX);
  unicode_set_normalize(&stops);
  unicode_set_subtract(&set, &stops);
  u32 *ranges = ARENA_ARRAY(c->arena, u32, set.len);
  if (set.len) memcpy(ranges, set.data, set.len * sizeof(u32));
  u32 index = regexp_class_of_ranges(c, ranges, set.len / 2);
  unicode_set_free(&set);
  unicode_set_free(&stops);
  return index;
}

static void gen_run_lazy(Compiler *c, const RegexpNode *single, u32 index, u32 min, u32 max, const FirstSet *follow) {
  u32 filter = regexp_filter(c, follow), skip = RE_NONE;
  index = regexp_counting_class(c, index);
  if (filter != RE_NONE && max == REGEXP_INFINITE) skip = skip_class(c, single, follow);
  u32 lead = lead_of(c, min, max, &c->code->classes.data[index]);
  op3(c, RE_OP_RUN_LAZY, index, min, max);
  word(c, filter), word(c, skip), word(c, lead);
  op3(c, RE_OP_RUN_LAZY_RETRY, index, max, filter);
  word(c, skip), word(c, lead);
}

// False if this loop has to be written as a general one.
static bool gen_run(Compiler *c, const RegexpNode *node, const RegexpNode *single, const FirstSet *follow) {
  u32 min = node->min, max = node->max;
  u32 index = regexp_class_of(c, single);
  if (regexp_class_is_empty(c, index)) {
    if (min) op0(c, RE_OP_FAIL);
    return true;
  }
  if (min > 1 || (max != REGEXP_INFINITE && max > min)) index = regexp_counting_class(c, index);
  if (min == max) {
    op2(c, RE_OP_RUN_EXACT, regexp_counting_class(c, index), min);
    return true;
  }
  FirstSet own = {0};
  regexp_first(c, single, &own);
  if (c->linear) return false;
  if (first_disjoint(&own, follow)) {
    gen_run_kept(c, index, min, max);
    return true;
  }
  // A counter within a lazy run would have to be kept; code points cannot be counted back.
  if (max != REGEXP_INFINITE && (c->code->classes.data[index].points || !node->flag)) return false;
  if (node->flag) {
    gen_run_greedy(c, index, min, max, follow);
  } else {
    gen_run_lazy(c, single, index, min, max, follow);
  }
  return true;
}

// ---- Loops

static u32 sat_mul(u32 a, u32 b) {
  u64 product = (u64)a * b;
  return product > 0xffffffff ? 0xffffffff : (u32)product;
}

// A measure of the code that a node makes.
static u32 cost_of(const RegexpNode *node) {
  u32 cost = 1;
  switch (node->kind) {
  case REGEXP_SEQUENCE:
  case REGEXP_ALTERNATION:
  case REGEXP_CAPTURE:
  case REGEXP_LOOK:
    for (const RegexpNode *child = node->child; child; child = child->next) cost += cost_of(child);
    return MIN(cost, 0xffffffu);
  case REGEXP_REPEAT:
    cost = cost_of(node->child) + 2;
    if (!is_single(node->child)) cost = sat_mul(cost, MAX(1u, MIN(node->min, (u32)UNROLL_MAX)));
    return MIN(cost, 0xffffffu);
  default: return 1;
  }
}

// True if every path through the node writes all its captures.
static bool captures_certain(const RegexpNode *node) {
  if (node->capture_end <= node->capture_first) return true;
  switch (node->kind) {
  case REGEXP_CAPTURE: return captures_certain(node->child);
  case REGEXP_SEQUENCE:
    for (const RegexpNode *child = node->child; child; child = child->next) {
      if (!captures_certain(child)) return false;
    }
    return true;
  case REGEXP_REPEAT: return node->min > 0 && captures_certain(node->child);
  default: return false;
  }
}

typedef struct Loop {
  const RegexpNode *body;
  u32 min, max;
  bool greedy, nullable, clears;
  FirstSet first;  // of an iteration
  FirstSet inside; // what may follow an iteration: another, or what follows the loop
} Loop;

static void gen_marked(Compiler *c, const RegexpNode *body, u32 mark, const FirstSet *follow) {
  if (mark != RE_NONE) vec_push(&c->marks, mark);
  gen(c, body, follow, false);
  if (mark != RE_NONE) c->marks.len--;
}

static void gen_body(Compiler *c, const Loop *loop, u32 mark, const FirstSet *follow) {
  if (loop->clears) op2(c, RE_OP_CLEAR_UNDO, 2 * loop->body->capture_first, 2 * loop->body->capture_end);
  if (mark != RE_NONE) op1(c, RE_OP_SAVE_UNDO, mark);
  gen_marked(c, loop->body, mark, follow);
}

static void gen_star(Compiler *c, const Loop *loop, const FirstSet *follow) {
  u32 mark = loop->nullable ? new_register(c, 1) : RE_NONE;
  Way body = {new_label(c), loop->first}, leave = {new_label(c), *follow};
  u32 head = here(c);
  memo(c);
  loop_choice(c, loop->greedy, &body, &leave);
  bind(c, body.label);
  gen_body(c, loop, mark, &loop->inside);
  if (mark != RE_NONE) op1(c, RE_OP_CHECK_EMPTY, mark);
  jump_op(c, RE_OP_JUMP, head);
  bind(c, leave.label);
}

// The body comes first, so that it is written once.
static void gen_plus(Compiler *c, const Loop *loop, const FirstSet *follow) {
  u32 mark = loop->nullable ? new_register(c, 1) : RE_NONE;
  if (mark != RE_NONE) op2(c, RE_OP_SET_UNDO, mark, REGEXP_UNSET);
  u32 head = here(c);
  if (loop->clears) op2(c, RE_OP_CLEAR_UNDO, 2 * loop->body->capture_first, 2 * loop->body->capture_end);
  gen_marked(c, loop->body, mark, &loop->inside);
  if (mark != RE_NONE) op1(c, RE_OP_CHECK_EMPTY, mark);
  memo(c);
  Way body = {mark == RE_NONE ? head : new_label(c), loop->first}, leave = {new_label(c), *follow};
  loop_choice(c, loop->greedy, &body, &leave);
  if (mark != RE_NONE) {
    bind(c, body.label);
    op1(c, RE_OP_SAVE_UNDO, mark);
    jump_op(c, RE_OP_JUMP, head);
  }
  bind(c, leave.label);
}

// Up to max iterations, each written for itself; all leave to one place.
static void gen_optionals(Compiler *c, const Loop *loop, u32 count, const FirstSet *follow) {
  Way leave = {new_label(c), *follow};
  for (u32 i = 0; i < count; i++) {
    u32 mark = loop->nullable ? new_register(c, 1) : RE_NONE;
    Way body = {new_label(c), loop->first};
    loop_choice(c, loop->greedy, &body, &leave);
    bind(c, body.label);
    gen_body(c, loop, mark, i + 1 < count ? &loop->inside : follow);
    if (mark != RE_NONE) op1(c, RE_OP_CHECK_EMPTY, mark);
    if (c->code->words.len > LINEAR_WORDS_MAX && c->linear) c->failed = true;
    if (c->failed) break;
  }
  bind(c, leave.label);
  memo(c);
}

static void gen_counted(Compiler *c, const Loop *loop) {
  u32 counter = new_register(c, 1), mark = loop->nullable ? new_register(c, 1) : RE_NONE;
  u32 min = loop->nullable ? MIN(loop->min, (u32)NULLABLE_MIN_MAX) : loop->min;
  u32 leave = new_label(c);
  op2(c, RE_OP_SET_UNDO, counter, 0);
  u32 head = here(c);
  op3(c, loop->greedy ? RE_OP_COUNT_GREEDY : RE_OP_COUNT_LAZY, counter, min, loop->max);
  target(c, leave);
  gen_body(c, loop, mark, &loop->inside);
  if (mark != RE_NONE) op3(c, RE_OP_CHECK_EMPTY_COUNT, mark, counter, min);
  op1(c, RE_OP_COUNT_UP, counter);
  jump_op(c, RE_OP_JUMP, head);
  bind(c, leave);
}

static void gen_mandatory(Compiler *c, const Loop *loop, const FirstSet *follow) {
  for (u32 i = 0; i < loop->min && !c->failed; i++) {
    bool last = i + 1 == loop->min && loop->max == loop->min;
    gen_body(c, loop, RE_NONE, last ? follow : &loop->inside);
    if (c->code->words.len > LINEAR_WORDS_MAX && c->linear) c->failed = true;
  }
}

static bool may_unroll(Compiler *c, u32 count, u32 cost) {
  u32 limit = c->linear ? LINEAR_UNROLL_MAX : UNROLL_MAX;
  return count && sat_mul(count, cost) <= limit;
}

static void gen_loop(Compiler *c, const RegexpNode *node, const RegexpNode *child, const FirstSet *follow) {
  Loop loop = {.body = child, .min = node->min, .max = node->max, .greedy = node->flag, .nullable = !child->min_length};
  loop.clears = has_captures(c, child) && node->max > 1 && (c->undo_all || !captures_certain(child));
  if (c->backward) {
    loop.first = first_full();
  } else {
    regexp_first(c, child, &loop.first); // an iteration that consumes nothing is refused, so `follow` is not in it
  }
  loop.inside = loop.first;
  first_join(&loop.inside, follow);
  // The last mandatory iteration may be empty, then what follows comes.
  u32 cost = cost_of(child);
  bool plus = loop.min == 1 && loop.max == REGEXP_INFINITE;
  if (plus && (cost > 3 || loop.nullable)) {
    gen_plus(c, &loop, follow);
    return;
  }
  if (may_unroll(c, loop.min, cost)) {
    gen_mandatory(c, &loop, follow);
    if (loop.max != REGEXP_INFINITE) loop.max -= loop.min;
    loop.min = 0;
  }
  if (!loop.max) return;
  if (!loop.min && loop.max == REGEXP_INFINITE) {
    gen_star(c, &loop, follow);
  } else if (!loop.min && (loop.max == 1 || may_unroll(c, loop.max, cost))) {
    gen_optionals(c, &loop, loop.max, follow);
  } else if (c->linear) {
    c->failed = true;
  } else {
    gen_counted(c, &loop);
  }
}

static RegexpNode *new_repeat(Compiler *c, const RegexpNode *child) {
  RegexpNode *copy = ARENA_NEW(c->arena, RegexpNode), *node = ARENA_NEW(c->arena, RegexpNode);
  *copy = *child;
  copy->next = NULL;
  *node = (RegexpNode){.kind = REGEXP_REPEAT, .flag = true, .max_length = REGEXP_INFINITE};
  node->child = copy;
  node->child_count = 1;
  node->max = REGEXP_INFINITE;
  return node;
}

// The alternatives but one.
static RegexpNode *without(Compiler *c, const RegexpNode *alternation, const RegexpNode *left_out) {
  RegexpNode *node = ARENA_NEW(c->arena, RegexpNode), **link = &node->child;
  *node = *alternation;
  node->next = NULL;
  node->child_count = 0;
  for (const RegexpNode *child = alternation->child; child; child = child->next) {
    if (child == left_out) continue;
    *link = ARENA_NEW(c->arena, RegexpNode);
    **link = *child;
    link = &(*link)->next;
    node->child_count++;
  }
  *link = NULL;
  return node->child_count == 1 ? node->child : node;
}

// The single-character alternative that no other one can stand in for, or NULL.
static const RegexpNode *separate_single(const Compiler *c, const RegexpNode *alternation) {
  for (const RegexpNode *single = alternation->child; single; single = single->next) {
    if (!is_single(single)) continue;
    FirstSet own = {0}, others = {0};
    regexp_first(c, single, &own);
    bool nullable = false;
    for (const RegexpNode *child = alternation->child; child; child = child->next) {
      if (child != single) nullable |= regexp_first(c, child, &others) || !child->min_length;
    }
    if (!nullable && first_disjoint(&own, &others)) return single;
  }
  return NULL;
}

// (?:S|X)* with S one character and X beginning otherwise is S*(?:XS*)*: the runs of S cost one instruction.
static bool gen_unmixed(Compiler *c, const RegexpNode *node, const RegexpNode *child, const FirstSet *follow) {
  if (c->backward || c->linear || child->kind != REGEXP_ALTERNATION || !node->flag || node->max != REGEXP_INFINITE ||
      node->min > 1 || has_captures(c, child)) {
    return false;
  }
  const RegexpNode *single = separate_single(c, child);
  if (!single) return false;
  RegexpNode *other = without(c, child, single), *run = new_repeat(c, single), *behind = new_repeat(c, single);
  FirstSet inside = *follow;
  regexp_first(c, child, &inside);
  if (node->min) gen(c, child, &inside, false);
  RegexpNode *pair = ARENA_NEW(c->arena, RegexpNode);
  *pair = (RegexpNode){.kind = REGEXP_SEQUENCE, .min_length = other->min_length, .max_length = REGEXP_INFINITE};
  pair->child = other;
  pair->child_count = 2;
  other->next = behind;
  RegexpNode *rest = new_repeat(c, pair);
  FirstSet next = *follow;
  regexp_first(c, other, &next);
  gen(c, run, &next, false);
  c->lead = false;
  gen(c, rest, follow, false);
  return true;
}

static void gen_repeat(Compiler *c, const RegexpNode *node, const FirstSet *follow, bool certain) {
  const RegexpNode *child = node->child;
  while (child->kind == REGEXP_CAPTURE && !c->captures) child = child->child;
  if (!node->max || child->kind == REGEXP_EMPTY) return;
  if (node->min == 1 && node->max == 1) {
    gen(c, child, follow, certain);
    return;
  }
  u16 values[2], masks[2];
  if (!c->backward && node->min == node->max && node->min <= LITERAL_REPEAT_MAX && is_single(child) &&
      regexp_units_of(c, child, values, masks)) {
    for (u32 i = 0; i < node->min; i++) gen_char(c, child);
    return;
  }
  if (!c->backward && is_single(child) && gen_run(c, node, child, follow)) return;
  if (gen_unmixed(c, node, child, follow)) return;
  gen_loop(c, node, child, follow);
}

// ---- Sequences, alternatives, captures

static void gen_backward_sequence(Compiler *c, const RegexpNode *node) {
  u32 n = node->child_count;
  const RegexpNode **children = ARENA_ARRAY(c->arena, const RegexpNode *, n);
  const RegexpNode *child = node->child;
  for (u32 i = 0; i < n; i++, child = child->next) children[i] = child;
  FirstSet full = first_full();
  for (u32 i = n; i-- > 0;) gen(c, children[i], &full, false);
}

static FirstSet follow_in_sequence(const Compiler *c, const RegexpNode *next, const FirstSet *follow) {
  FirstSet set = {0};
  for (u32 looked = 0; next; next = next->next) {
    if (++looked > FOLLOW_LOOK_MAX) return first_full();
    if (!regexp_first(c, next, &set)) return set;
  }
  first_join(&set, follow);
  return set;
}

static void gen_sequence(Compiler *c, const RegexpNode *node, const FirstSet *follow, bool certain) {
  if (c->backward) {
    gen_backward_sequence(c, node);
    return;
  }
  u16 values[2], masks[2];
  for (const RegexpNode *child = node->child; child && !c->failed;) {
    if (regexp_units_of(c, child, values, masks)) {
      c->lead = false;
      child = gen_literal(c, child);
      continue;
    }
    FirstSet next = follow_in_sequence(c, child->next, follow);
    gen(c, child, &next, certain);
    if (child->max_length) c->lead = false;
    child = child->next;
  }
}

static void gen_ways(Compiler *c, const RegexpNode *child, u32 count, const FirstSet *follow, u32 end) {
  u32 n = MIN(count, (u32)DISPATCH_WAYS);
  bool more = count > n;
  if (more) n--;
  Way *ways = ARENA_ARRAY(c->arena, Way, n + 1);
  const RegexpNode *rest = child;
  for (u32 i = 0; i < n; i++, rest = rest->next) ways[i] = (Way){new_label(c), first_with(c, rest, follow)};
  if (more) {
    ways[n].label = new_label(c);
    for (const RegexpNode *other = rest; other; other = other->next) {
      FirstSet first = first_with(c, other, follow);
      first_join(&ways[n].first, &first);
    }
  }
  choice(c, ways, n + more);
  for (u32 i = 0; i < n; i++, child = child->next) {
    bind(c, ways[i].label);
    gen(c, child, follow, false);
    if (i + 1 < n || more) jump_op(c, RE_OP_JUMP, end);
  }
  if (!more) return;
  bind(c, ways[n].label);
  gen_ways(c, rest, count - n, follow, end);
}

static void gen_alternation(Compiler *c, const RegexpNode *node, const FirstSet *follow) {
  u32 end = new_label(c);
  c->lead = false;
  gen_ways(c, node->child, node->child_count, follow, end);
  bind(c, end);
  memo(c);
}

static void gen_capture(Compiler *c, const RegexpNode *node, const FirstSet *follow, bool certain) {
  if (!c->captures) {
    gen(c, node->child, follow, certain);
    return;
  }
  RegexpOp save = certain && !c->undo_all ? RE_OP_SAVE : RE_OP_SAVE_UNDO;
  u32 first = 2 * node->capture_first;
  op1(c, save, first + c->backward);
  gen(c, node->child, follow, certain);
  op1(c, save, first + !c->backward);
}

// ---- Assertions and references

// True if every match of the node has the same number of units.
static bool units_fixed(Compiler *c, const RegexpNode *node) {
  if (!c->points) return true;
  switch (node->kind) {
  case REGEXP_CHAR:
  case REGEXP_SET: {
    u32 index = regexp_class_of(c, node);
    return !c->code->classes.data[index].points;
  }
  case REGEXP_SEQUENCE:
  case REGEXP_ALTERNATION:
  case REGEXP_CAPTURE:
  case REGEXP_REPEAT:
    for (const RegexpNode *child = node->child; child; child = child->next) {
      if (!units_fixed(c, child)) return false;
    }
    return true;
  default: return true;
  }
}

static bool contains_backref(const RegexpNode *node) {
  switch (node->kind) {
  case REGEXP_BACKREF: return true;
  case REGEXP_SEQUENCE:
  case REGEXP_ALTERNATION:
  case REGEXP_CAPTURE:
  case REGEXP_REPEAT:
  case REGEXP_LOOK:
    for (const RegexpNode *child = node->child; child; child = child->next) {
      if (contains_backref(child)) return true;
    }
    return false;
  default: return false;
  }
}

// A lookaround for one unit.
static bool gen_peek(Compiler *c, const RegexpNode *node) {
  if (!is_single(node->child)) return false;
  u32 index = regexp_class_of(c, node->child);
  const RegexpClass *cls = &c->code->classes.data[index];
  if (cls->points && cls->wide != WIDE_ALL) return false;
  op2(c, node->behind ? RE_OP_PEEK_BACK : RE_OP_PEEK, index, node->flag);
  return true;
}

// The body of a lookaround, in its direction. A lookbehind of fixed length steps back and runs forward.
static void gen_look_body(Compiler *c, const RegexpNode *node, bool certain) {
  const RegexpNode *body = node->child;
  bool fixed = node->behind && body->min_length == body->max_length && !has_captures(c, body) && !contains_backref(body) &&
               units_fixed(c, body);
  FirstSet full = first_full();
  bool saved = c->backward;
  c->backward = node->behind && !fixed;
  if (fixed) op1(c, RE_OP_STEP_BACK, body->min_length);
  gen(c, body, &full, certain);
  c->backward = saved;
}

static void gen_look(Compiler *c, const RegexpNode *node, bool certain) {
  bool lead = c->lead;
  c->lead = false;
  if (!gen_peek(c, node)) {
    u32 reg = new_register(c, 2);
    if (node->flag) {
      u32 next = new_label(c);
      op1(c, RE_OP_LOOK_NOT_BEGIN, reg);
      target(c, next);
      gen_look_body(c, node, false);
      op1(c, RE_OP_LOOK_NOT_END, reg);
      bind(c, next);
    } else {
      op1(c, RE_OP_LOOK_BEGIN, reg);
      gen_look_body(c, node, certain);
      op2(c, RE_OP_LOOK_END, reg, has_captures(c, node));
    }
  }
  c->lead = lead;
}

static void gen_backref(Compiler *c, const RegexpNode *node) {
  u32 how = (node->flag ? REF_IGNORE_CASE : 0) | (c->unicode ? REF_UNICODE : 0) | (c->backward ? REF_BACKWARD : 0);
  op2(c, RE_OP_BACKREF, how, node->group_count);
  for (u32 i = 0; i < node->group_count; i++) word(c, node->groups[i]);
}

static void gen_word_boundary(Compiler *c, const RegexpNode *node) {
  static const u32 word_bits[8] = {0, 0x03ff0000, 0x87fffffe, 0x07fffffe, 0, 0, 0, 0};
  u32 table;
  u8 bit;
  regexp_plane(c, word_bits, &table, &bit);
  op3(c, RE_OP_WORD_BOUNDARY, table, bit, (node->flag ? WORD_NEGATED : 0) | (node->word_folded ? WORD_FOLDED : 0));
}

static void gen(Compiler *c, const RegexpNode *node, const FirstSet *follow, bool certain) {
  if (c->failed) return;
  switch (node->kind) {
  case REGEXP_EMPTY: return;
  case REGEXP_CHAR:
  case REGEXP_SET: gen_char(c, node); return;
  case REGEXP_SEQUENCE: gen_sequence(c, node, follow, certain); return;
  case REGEXP_ALTERNATION: gen_alternation(c, node, follow); return;
  case REGEXP_CAPTURE: gen_capture(c, node, follow, certain); return;
  case REGEXP_REPEAT: {
    // Only a loop over one set may be the leading run: inside another loop it begins at several places.
    bool run = is_single(node->child) || (node->child->kind == REGEXP_CAPTURE && !c->captures && is_single(node->child->child));
    if (!run) c->lead = false;
    gen_repeat(c, node, follow, certain);
    return;
  }
  case REGEXP_LOOK: gen_look(c, node, certain); return;
  case REGEXP_BACKREF: gen_backref(c, node); return;
  case REGEXP_LINE_START: op0(c, node->flag ? RE_OP_LINE_START_MULTI : RE_OP_LINE_START); return;
  case REGEXP_LINE_END: op0(c, node->flag ? RE_OP_LINE_END_MULTI : RE_OP_LINE_END); return;
  case REGEXP_WORD_BOUNDARY: gen_word_boundary(c, node); return;
  }
}

// ---- Door

static RegexpCode *new_code(const RegexpTree *tree, u32 variant) {
  RegexpCode *code = base_alloc_zeroed(sizeof *code);
  code->is_utf16 = variant & VARIANT_UTF16;
  code->unicode_mode = tree->flags & REGEXP_UNICODE_MODE;
  code->capture_count = variant & VARIANT_CAPTURES ? tree->capture_count : 1;
  code->register_count = 2 * code->capture_count;
  code->min_length = tree->root->min_length;
  code->may_go_linear = !tree->has_backrefs && !tree->has_lookaround && !(variant & VARIANT_LINEAR);
  code->points_at_start = code->unicode_mode && code->is_utf16;
  return code;
}

RegexpCode *regexp_compile(const RegexpTree *tree, Arena *arena, u32 variant) {
  Compiler c = {.code = new_code(tree, variant), .tree = tree, .arena = arena};
  c.utf16 = variant & VARIANT_UTF16;
  c.captures = variant & VARIANT_CAPTURES;
  c.linear = variant & VARIANT_LINEAR;
  c.unicode = c.code->unicode_mode;
  c.points = c.utf16 && c.unicode;
  c.undo_all = tree->has_backrefs;
  c.lead = !tree->has_backrefs;
  c.last_jump = c.last_bind = RE_NONE - 2;
  regexp_optimize(tree, tree->root, arena);
  op0(&c, RE_OP_RESTART);
  FirstSet follow = first_full();
  gen(&c, tree->root, &follow, true);
  op0(&c, RE_OP_MATCH);
  patch_labels(&c);
  if (!c.failed) regexp_plan_scan(&c, tree->root);
  vec_free(&c.labels);
  vec_free(&c.fixups);
  vec_free(&c.planes);
  vec_free(&c.class_keys);
  vec_free(&c.marks);
  if (!c.failed) return c.code;
  regexp_code_free(c.code);
  return NULL;
}
