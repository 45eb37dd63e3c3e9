// SPDX-License-Identifier: MIT
// The matcher, for units of type CH; included twice by regexp_match.c. See regexp_opcodes.def for what each instruction does.
//
// Entries of the backtrack stack are 64 bits, low half first:
//   {target, position}           go on at `target` (the entry at the bottom leads to RESTART)
//   {UNDO | register, old value} restore and look further
//   {0, position}                the floor of a greedy run, below the entry of its RETRY; never looked at alone

#define ENTRY(low, high) ((u64)(u32)(high) << 32 | (u32)(low))
#define POSITION(q) ((u32)((q)-begin))

static bool NAME(same_text)(const CH *a, const CH *b, size_t n, u32 how) {
  if (!(how & REF_IGNORE_CASE)) return !memcmp(a, b, n * sizeof(CH));
  for (size_t i = 0; i < n; i++) {
    u32 x = a[i], y = b[i];
#if WIDE
    if (how & REF_UNICODE && i + 1 < n && utf16_is_lead(x) && utf16_is_lead(y) && utf16_is_trail(a[i + 1]) &&
        utf16_is_trail(b[i + 1])) {
      x = utf16_combine(x, a[i + 1]);
      y = utf16_combine(y, b[i + 1]);
      i++;
    }
#endif
    if (x == y) continue;
    bool same = how & REF_UNICODE ? unicode_simple_fold(x) == unicode_simple_fold(y)
                                  : unicode_to_upper_simple(x) == unicode_to_upper_simple(y);
    if (!same) return false;
  }
  return true;
}

#if WIDE
// With u or v, characters are code points: no reference ends between the halves of a pair.
static bool NAME(splits_pair)(const CH *begin, const CH *at, const CH *end) {
  return at > begin && at < end && utf16_is_lead(at[-1]) && utf16_is_trail(*at);
}
#endif

// Where the reference ends, or NULL. A group that took no part matches the empty text.
static NOINLINE const CH *NAME(match_backref)(const u32 *pc, const u32 *regs, const CH *begin, const CH *p, const CH *end) {
  u32 how = pc[1];
  for (u32 i = 0; i < pc[2]; i++) {
    u32 from = regs[2 * pc[3 + i]], to = regs[2 * pc[3 + i] + 1];
    if (from == REGEXP_UNSET || to == REGEXP_UNSET) continue;
    size_t n = to - from;
    if (how & REF_BACKWARD) {
      if ((size_t)(p - begin) < n) return NULL;
#if WIDE
      if (n && how & REF_UNICODE && NAME(splits_pair)(begin, p - n, end)) return NULL;
#endif
      return NAME(same_text)(begin + from, p - n, n, how) ? p - n : NULL;
    }
    if ((size_t)(end - p) < n) return NULL;
#if WIDE
    if (n && how & REF_UNICODE && NAME(splits_pair)(begin, p + n, end)) return NULL;
#endif
    return NAME(same_text)(begin + from, p, n, how) ? p + n : NULL;
  }
  return p;
}

static ALWAYS_INLINE bool NAME(is_word)(const u8 *table, u32 bit, u32 how, u32 c) {
#if WIDE
  if (c > 255) return (how & WORD_FOLDED) && (c == 0x17F || c == 0x212A);
#endif
  (void)how;
  return table[c] & bit;
}

int NAME(regexp_match)(const RegexpCode *code, const CH *subject, u32 length, u32 from, bool sticky, u32 *captures,
                       RegexpContext *ctx) {
  static const void *const labels[] = {
#define O(name, words, doc) &&L_##name,
#include "runtime/regexp/regexp_opcodes.def"
#undef O
  };
#define NEXT goto *labels[*pc]
#define FAIL_IF(condition) \
  do { \
    if (condition) goto backtrack; \
  } while (0)
#define ROOM(n) \
  do { \
    if (UNLIKELY(limit - sp < (n))) { \
      size_t used = (size_t)(sp - ctx->stack); \
      if (!regexp_stack_grow(ctx)) goto overflow; \
      sp = ctx->stack + used; \
      limit = ctx->stack + ctx->stack_capacity; \
    } \
  } while (0)
#define PUSH_CHOICE(where, q) \
  do { \
    ROOM(1); \
    *sp++ = ENTRY(where, POSITION(q)); \
  } while (0)
#define PUSH_UNDO(reg) \
  do { \
    ROOM(1); \
    *sp++ = ENTRY(UNDO | (reg), regs[reg]); \
  } while (0)
#define CLASS(i) (&code->classes.data[i])

  const CH *const begin = subject, *const end = subject + length;
  const CH *p, *start, *next_start = begin;
  const u32 *const words = code->words.data;
  const u8 *const tables = code->tables.data;
  const u32 *pc;
  u32 *const regs = ctx->registers;
  u64 *sp = ctx->stack, *limit = ctx->stack + ctx->stack_capacity;
  u64 steps = 0;
  i64 budget = BUDGET;
  memset(regs, 0xff, code->register_count * sizeof(u32));
  *sp++ = ENTRY(0, 0);
  p = begin + from;
  if (!sticky) p = NAME(scan)(code, begin, p, end);
  if (!p) return REGEXP_NO_MATCH;
  start = p;
  pc = words + 1;
  NEXT;

backtrack:
  if (UNLIKELY(--budget < 0)) goto poll;
backtrack_now : {
  u64 entry = *--sp;
  u32 low = (u32)entry;
  if (low & UNDO) {
    regs[low & ~UNDO] = (u32)(entry >> 32);
    goto backtrack_now;
  }
  p = begin + (entry >> 32);
  pc = words + low;
  NEXT;
}

poll:
  steps += (u64)(BUDGET - budget);
  budget = BUDGET;
  if (UNLIKELY(!regexp_poll(ctx, steps))) return REGEXP_ERROR;
  if (code->may_go_linear && !ctx->linear_off && steps > 64 * (u64)length) {
    ctx->resume_at = POSITION(start);
    return REGEXP_SWITCH;
  }
  goto backtrack_now;

overflow:
  if (code->may_go_linear && !ctx->linear_off) {
    ctx->resume_at = POSITION(start);
    return REGEXP_SWITCH;
  }
  ctx->error = REGEXP_STACK_OVERFLOW;
  return REGEXP_ERROR;

L_RESTART:
  sp = ctx->stack + 1;
  if (sticky || start == end) return REGEXP_NO_MATCH;
  p = next_start > start ? next_start : start + 1;
  if (p > end) return REGEXP_NO_MATCH;
  p = NAME(scan)(code, begin, p, end);
  if (!p) return REGEXP_NO_MATCH;
  start = p;
  next_start = begin;
  pc = words + 1;
  NEXT;

L_FAIL:
  goto backtrack;

L_MATCH:
  if (captures) {
    captures[0] = POSITION(start);
    captures[1] = POSITION(p);
    for (u32 i = 2; i < 2 * code->capture_count; i++) captures[i] = regs[i];
  }
  return REGEXP_MATCH;

L_JUMP:
  pc = words + pc[1];
  NEXT;

L_PUSH:
  PUSH_CHOICE(pc[1], p);
  pc += 2;
  NEXT;

L_DISPATCH : {
  u32 entry;
  if (UNLIKELY(p == end)) {
    entry = pc[3];
  } else {
#if WIDE
    entry = *p > 255 ? pc[2] : code->maps.data[pc[1] + *p];
#else
    entry = code->maps.data[pc[1] + *p];
#endif
  }
  const u32 *way = pc + 4 + 2 * entry;
  if (way[1]) PUSH_CHOICE(way[1], p);
  pc = words + way[0];
  NEXT;
}

L_CHAR:
  FAIL_IF(p == end || *p != pc[1]);
  p++;
  pc += 2;
  NEXT;

L_CHAR_MASK:
  FAIL_IF(p == end || (*p & pc[1]) != pc[2]);
  p++;
  pc += 3;
  NEXT;

L_CHARS2 : {
  FAIL_IF(end - p < 2);
#if WIDE
  u32 text;
#else
  u16 text;
#endif
  memcpy(&text, p, sizeof text);
  FAIL_IF((text & pc[1]) != pc[2]);
  p += 2;
  pc += 3;
  NEXT;
}

L_CHARS4 : {
  FAIL_IF(end - p < 4);
#if WIDE
  u64 text;
  memcpy(&text, p, sizeof text);
  FAIL_IF((text & ((u64)pc[3] << 32 | pc[1])) != ((u64)pc[4] << 32 | pc[2]));
#else
  u32 text;
  memcpy(&text, p, sizeof text);
  FAIL_IF((text & pc[1]) != pc[2]);
#endif
  p += 4;
  pc += 5;
  NEXT;
}

L_STRING:
  FAIL_IF((size_t)(end - p) < pc[2] || memcmp(p, code->data.data + pc[1], pc[2] * sizeof(CH)));
  p += pc[2];
  pc += 3;
  NEXT;

L_ANY:
  FAIL_IF(p == end);
  p++;
  pc += 1;
  NEXT;

L_TABLE:
#if WIDE
  FAIL_IF(p == end || *p > 255 || !(tables[pc[1] + *p] & pc[2]));
#else
  FAIL_IF(p == end || !(tables[pc[1] + *p] & pc[2]));
#endif
  p++;
  pc += 3;
  NEXT;

L_CLASS:
  FAIL_IF(p == end || !NAME(in_class)(code, CLASS(pc[1]), *p));
  p++;
  pc += 2;
  NEXT;

L_CLASS_POINT : {
  FAIL_IF(p == end);
  u32 c;
  const CH *next = NAME(next_of)(CLASS(pc[1]), p, end, &c);
  FAIL_IF(!NAME(in_class)(code, CLASS(pc[1]), c));
  p = next;
  pc += 2;
  NEXT;
}

L_RUN_TABLE : {
  const CH *q = NAME(run_table)(tables + pc[1], pc[2], p, end);
  size_t n = (size_t)(q - p);
  FAIL_IF(n < pc[3]);
  budget -= (i64)(n >> 6);
  if (pc[4]) next_start = q - pc[3] + 1;
  p = q;
  pc += 5;
  NEXT;
}

L_RUN : {
  const CH *floor, *q = NAME(run_bounded)(code, CLASS(pc[1]), p, end, pc[2], pc[3], &floor);
  FAIL_IF(!q);
  budget -= (q - p) >> 6;
  if (pc[4]) next_start = q - pc[2] + 1;
  p = q;
  pc += 5;
  NEXT;
}

L_RUN_EXACT : {
  u32 count = pc[2];
  const RegexpClass *cls = CLASS(pc[1]);
  if (WIDE && cls->run_kind == RUN_OF_POINTS) {
    u32 found;
    p = NAME(run_counted)(code, cls, p, end, count, &found);
    FAIL_IF(found < count);
  } else {
    FAIL_IF((size_t)(end - p) < count);
    const CH *q = NAME(run)(code, cls, p, p + count);
    FAIL_IF((size_t)(q - p) < count);
    p = q;
  }
  pc += 3;
  NEXT;
}

L_RUN_GREEDY : {
  const RegexpClass *cls = CLASS(pc[1]);
  const CH *floor, *q = NAME(run_bounded)(code, cls, p, end, pc[2], pc[3], &floor);
  FAIL_IF(!q);
  budget -= (q - p) >> 6;
  if (pc[5]) next_start = q - pc[2] + 1;
  if (pc[4] != RE_NONE) {
    q = NAME(last_place)(cls, &code->filters.data[pc[4]], tables, floor, q, end);
    FAIL_IF(!q);
  }
  pc += 6;
  if (q > floor) {
    ROOM(2);
    *sp++ = ENTRY(0, POSITION(floor));
    *sp++ = ENTRY(pc - words, POSITION(q));
  }
  p = q;
  pc += 3;
  NEXT;
}

L_RUN_GREEDY_RETRY : {
  const RegexpClass *cls = CLASS(pc[1]);
  const CH *floor = begin + (sp[-1] >> 32);
  const CH *q = NAME(step_back)(cls, p, floor);
  if (pc[2] != RE_NONE) {
    q = NAME(last_place)(cls, &code->filters.data[pc[2]], tables, floor, q, end);
    if (!q) {
      sp--;
      goto backtrack;
    }
  }
  if (q > floor) {
    *sp++ = ENTRY(pc - words, POSITION(q)); // where this entry was
  } else {
    sp--;
  }
  p = q;
  pc += 3;
  NEXT;
}

L_RUN_LAZY : {
  const RegexpClass *cls = CLASS(pc[1]);
  const CH *floor = p;
  if (pc[2]) FAIL_IF(!NAME(run_bounded)(code, cls, p, end, pc[2], pc[2], &floor));
  p = floor;
  pc += 7;
  goto lazy;
}

L_RUN_LAZY_RETRY : {
  const RegexpClass *cls = CLASS(pc[1]);
  u32 c;
  if (p == end) goto lazy_end;
  const CH *next = NAME(next_of)(cls, p, end, &c);
  if (!NAME(in_class)(code, cls, c)) goto lazy_end;
  p = next;
}
lazy: // pc is at the RETRY
  if (pc[3] != RE_NONE) {
    const CH *q = NAME(run)(code, CLASS(pc[4]), p, end);
    budget -= (q - p) >> 6;
    p = q;
    if (!NAME(passes)(&code->filters.data[pc[3]], tables, p, end)) goto lazy_end;
  }
  PUSH_CHOICE(pc - words, p);
  pc += 6;
  NEXT;
lazy_end: // the run can't go further, nor can one that begins within it
  if (pc[5] && p > start) next_start = p;
  goto backtrack;

L_SAVE:
  regs[pc[1]] = POSITION(p);
  pc += 2;
  NEXT;

L_SAVE_UNDO:
  PUSH_UNDO(pc[1]);
  regs[pc[1]] = POSITION(p);
  pc += 2;
  NEXT;

L_SET_UNDO:
  PUSH_UNDO(pc[1]);
  regs[pc[1]] = pc[2];
  pc += 3;
  NEXT;

L_CLEAR_UNDO:
  for (u32 i = pc[1]; i < pc[2]; i++) {
    if (regs[i] == REGEXP_UNSET) continue;
    PUSH_UNDO(i);
    regs[i] = REGEXP_UNSET;
  }
  pc += 3;
  NEXT;

L_CHECK_EMPTY:
  FAIL_IF(regs[pc[1]] == POSITION(p));
  pc += 2;
  NEXT;

L_CHECK_EMPTY_COUNT:
  FAIL_IF(regs[pc[1]] == POSITION(p) && regs[pc[2]] >= pc[3]);
  pc += 4;
  NEXT;

L_COUNT_UP:
  PUSH_UNDO(pc[1]);
  regs[pc[1]]++;
  pc += 2;
  NEXT;

L_COUNT_GREEDY : {
  u32 count = regs[pc[1]];
  if (count >= pc[3]) {
    pc = words + pc[4];
    NEXT;
  }
  if (count >= pc[2]) PUSH_CHOICE(pc[4], p);
  pc += 5;
  NEXT;
}

L_COUNT_LAZY : {
  u32 count = regs[pc[1]];
  if (count < pc[2]) {
    pc += 5;
    NEXT;
  }
  if (count < pc[3]) PUSH_CHOICE(pc + 5 - words, p);
  pc = words + pc[4];
  NEXT;
}

L_LOOK_BEGIN:
  regs[pc[1]] = (u32)(sp - ctx->stack);
  regs[pc[1] + 1] = POSITION(p);
  pc += 2;
  NEXT;

L_LOOK_END : {
  u64 *kept = ctx->stack + regs[pc[1]];
  p = begin + regs[pc[1] + 1];
  if (pc[2]) {
    for (const u64 *entry = kept; entry < sp; entry++) {
      if (*entry & UNDO) *kept++ = *entry;
    }
  }
  sp = kept;
  pc += 3;
  NEXT;
}

L_LOOK_NOT_BEGIN:
  regs[pc[1]] = (u32)(sp - ctx->stack);
  PUSH_CHOICE(pc[2], p);
  pc += 3;
  NEXT;

L_LOOK_NOT_END:
  for (u64 *kept = ctx->stack + regs[pc[1]]; sp > kept;) {
    u64 entry = *--sp;
    if (entry & UNDO) regs[(u32)entry & ~UNDO] = (u32)(entry >> 32);
  }
  goto backtrack;

L_PEEK:
  FAIL_IF((p < end && NAME(in_class)(code, CLASS(pc[1]), *p)) == pc[2]);
  pc += 3;
  NEXT;

L_PEEK_BACK:
  FAIL_IF((p > begin && NAME(in_class)(code, CLASS(pc[1]), p[-1])) == pc[2]);
  pc += 3;
  NEXT;

L_STEP_BACK:
  FAIL_IF((size_t)(p - begin) < pc[1]);
  p -= pc[1];
  pc += 2;
  NEXT;

L_BACKREF : {
  u32 from = regs[2 * pc[3]], to = regs[2 * pc[3] + 1];
  if (!pc[1] && pc[2] == 1 && from != REGEXP_UNSET && to - from == 1) { // the usual doubled character
    FAIL_IF(p == end || *p != begin[from]);
    p++;
    pc += 4;
    NEXT;
  }
  const CH *q = NAME(match_backref)(pc, regs, begin, p, end);
  FAIL_IF(!q);
  p = q;
  pc += 3 + pc[2];
  NEXT;
}

L_LINE_START:
  FAIL_IF(p != begin);
  pc += 1;
  NEXT;

L_LINE_START_MULTI:
  FAIL_IF(p != begin && !NAME(is_line_end)(p[-1]));
  pc += 1;
  NEXT;

L_LINE_END:
  FAIL_IF(p != end);
  pc += 1;
  NEXT;

L_LINE_END_MULTI:
  FAIL_IF(p != end && !NAME(is_line_end)(*p));
  pc += 1;
  NEXT;

L_WORD_BOUNDARY : {
  const u8 *table = tables + pc[1];
  bool before = p > begin && NAME(is_word)(table, pc[2], pc[3], p[-1]);
  bool after = p < end && NAME(is_word)(table, pc[2], pc[3], *p);
  FAIL_IF((before != after) == (pc[3] & WORD_NEGATED));
  pc += 4;
  NEXT;
}

L_BACK_CHAR:
  FAIL_IF(p == begin || p[-1] != pc[1]);
  p--;
  pc += 2;
  NEXT;

L_BACK_CLASS:
  FAIL_IF(p == begin || !NAME(in_class)(code, CLASS(pc[1]), p[-1]));
  p--;
  pc += 2;
  NEXT;

L_BACK_POINT : {
  FAIL_IF(p == begin);
  u32 c;
  const CH *q = NAME(step_back)(CLASS(pc[1]), p, begin);
  NAME(next_of)(CLASS(pc[1]), q, p, &c);
  FAIL_IF(!NAME(in_class)(code, CLASS(pc[1]), c));
  p = q;
  pc += 2;
  NEXT;
}

L_MEMO : {
  u32 place = pc[1];
  for (u32 i = 0; i < pc[2]; i++) place += (u32)(regs[pc[3 + i]] == POSITION(p)) << i;
  u64 index = (u64)place * ((u64)length + 1) + POSITION(p);
  u8 *byte = &ctx->memo[index >> 3], bit = (u8)(1u << (index & 7));
  FAIL_IF(*byte & bit);
  *byte |= bit;
  pc += 3 + pc[2];
  NEXT;
}

#undef NEXT
#undef FAIL_IF
#undef ROOM
#undef PUSH_CHOICE
#undef PUSH_UNDO
#undef CLASS
}

#undef ENTRY
#undef POSITION
