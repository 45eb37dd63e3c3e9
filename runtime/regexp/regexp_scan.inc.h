// SPDX-License-Identifier: MIT
// Looking through text, for units of type CH (u8 or u16); included twice by regexp_match.c, see there.
// SSE2 where there is any: a run or a scan looks at 16 bytes at a time. Short runs end before vectors pay.

#if WIDE
#define VECTOR_UNITS 8
#define VECTOR_SET(c) _mm_set1_epi16((short)(c))
#define VECTOR_EQUAL(a, b) _mm_cmpeq_epi16(a, b)
#define FIRST_UNIT(bits) (__builtin_ctz(bits) / 2)
#define NEXT_BITS(bits) ((bits) & ~(3u << __builtin_ctz(bits)))
#else
#define VECTOR_UNITS 16
#define VECTOR_SET(c) _mm_set1_epi8((char)(c))
#define VECTOR_EQUAL(a, b) _mm_cmpeq_epi8(a, b)
#define FIRST_UNIT(bits) __builtin_ctz(bits)
#define NEXT_BITS(bits) ((bits) & ((bits)-1))
#endif

static ALWAYS_INLINE bool NAME(is_one_of)(u32 c, const u16 *stops, u32 n) {
  for (u32 i = 0; i < n; i++) {
    if (c == stops[i]) return true;
  }
  return false;
}

// The first unit in [p, end) that is one of the stops, or end.
static const CH *NAME(find_any)(const CH *p, const CH *end, const u16 *stops, u32 n) {
#if !WIDE
  if (n == 1) {
    const CH *found = memchr(p, stops[0], (size_t)(end - p));
    return found ? found : end;
  }
#endif
#if defined(__SSE2__)
  __m128i wanted[RE_STOPS_MAX];
  for (u32 i = 0; i < n; i++) wanted[i] = VECTOR_SET(stops[i]);
  for (; end - p >= VECTOR_UNITS; p += VECTOR_UNITS) {
    __m128i text = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i hits = VECTOR_EQUAL(text, wanted[0]);
    for (u32 i = 1; i < n; i++) hits = _mm_or_si128(hits, VECTOR_EQUAL(text, wanted[i]));
    u32 bits = (u32)_mm_movemask_epi8(hits);
    if (bits) return p + FIRST_UNIT(bits);
  }
#endif
  while (p < end && !NAME(is_one_of)(*p, stops, n)) p++;
  return p;
}

// The first p in [p, last] with both masked units at their distances, or NULL.
static const CH *NAME(find_two)(const RegexpScan *scan, const CH *p, const CH *last) {
  const CH mask1 = (CH)scan->mask1, mask2 = (CH)scan->mask2, value1 = (CH)scan->value1, value2 = (CH)scan->value2;
  const u32 offset1 = scan->offset1, offset2 = scan->offset2;
#if defined(__SSE2__)
  __m128i masks1 = VECTOR_SET(mask1), masks2 = VECTOR_SET(mask2), values1 = VECTOR_SET(value1), values2 = VECTOR_SET(value2);
  // Both loads stay within the text: the window is longer than either distance.
  for (; last - p >= VECTOR_UNITS - 1; p += VECTOR_UNITS) {
    __m128i text1 = _mm_loadu_si128((const __m128i *)(const void *)(p + offset1));
    __m128i text2 = _mm_loadu_si128((const __m128i *)(const void *)(p + offset2));
    __m128i hits =
        _mm_and_si128(VECTOR_EQUAL(_mm_and_si128(text1, masks1), values1), VECTOR_EQUAL(_mm_and_si128(text2, masks2), values2));
    u32 bits = (u32)_mm_movemask_epi8(hits);
    if (bits) return p + FIRST_UNIT(bits);
  }
#endif
  for (; p <= last; p++) {
    if ((p[offset1] & mask1) == value1 && (p[offset2] & mask2) == value2) return p;
  }
  return NULL;
}

static ALWAYS_INLINE bool NAME(passes)(const RegexpFilter *filter, const u8 *tables, const CH *p, const CH *end) {
  if (p == end) return filter->at_end;
  u32 c = *p;
#if WIDE
  if (c > 255) return filter->wide;
#endif
  return tables[filter->table + c] & filter->bit;
}

static const CH *NAME(scan_shift)(const RegexpScan *scan, const CH *p, const CH *end) {
  const u64 *masks = scan->masks;
  const u64 starts = scan->lane_starts, ends = scan->lane_ends;
  u64 state = 0;
  for (; p < end; p++) {
    state = (state << 1 | starts) & masks[(u8)*p];
    if (UNLIKELY(state & ends)) return p - (scan->shift_window - 1);
  }
  return NULL;
}

// Where the window hardly moves, as in DNA, SHIFT takes over.
static const CH *NAME(scan_skip)(const RegexpScan *scan, const u8 *tables, const CH *p, const CH *last, const CH *end) {
  enum { TRIAL = 64, TRIAL_UNITS = 128 };
  const u32 back = scan->skip_window - 1;
  const u8 *skip = scan->skip;
  const u8 *first = tables + scan->first.table;
  const u8 bit = scan->first.bit;
  const CH *trial = p;
  for (u32 i = 0; p <= last; i++) {
    if (UNLIKELY(i == TRIAL)) {
      if (scan->masks && p - trial < TRIAL_UNITS) return NAME(scan_shift)(scan, p, end);
      trial = p;
      i = 0;
    }
    u32 distance = skip[(u8)p[back]];
    if (distance) {
      p += distance;
      continue;
    }
    u32 head = *p;
#if WIDE
    if (head > 255 ? scan->first.wide : (first[head] & bit) != 0) return p;
#else
    if (first[head] & bit) return p;
#endif
    p++;
  }
  return NULL;
}

static ALWAYS_INLINE bool NAME(is_line_end)(u32 c) {
#if WIDE
  return c == '\n' || c == '\r' || (c & ~1u) == 0x2028;
#else
  return c == '\n' || c == '\r';
#endif
}

static const CH *NAME(scan_line)(const CH *begin, const CH *p, const CH *end) {
  static const u16 line_ends[4] = {'\n', '\r', 0x2028, 0x2029};
  if (p == begin || NAME(is_line_end)(p[-1])) return p;
  p = NAME(find_any)(p, end, line_ends, WIDE ? 4 : 2);
  return p < end ? p + 1 : NULL;
}

// The first place from p on where a match may begin, or NULL.
static const CH *NAME(scan_from)(const RegexpCode *code, const CH *begin, const CH *p, const CH *end) {
  const RegexpScan *scan = &code->scan;
  const u8 *tables = code->tables.data;
  if ((size_t)(end - p) < MAX(scan->window, code->min_length)) return NULL;
  const CH *last = end - scan->window;
  switch (scan->kind) {
  case SCAN_NONE: return p;
  case SCAN_START: return p == begin ? p : NULL;
  case SCAN_LINE: return NAME(scan_line)(begin, p, end);
  case SCAN_ONE: {
    const u16 stop = (u16)scan->value1;
    const CH *limit = last + scan->offset1 + 1;
    const CH *found = NAME(find_any)(p + scan->offset1, limit, &stop, 1);
    return found < limit ? found - scan->offset1 : NULL;
  }
  case SCAN_TWO: return NAME(find_two)(scan, p, last);
  case SCAN_ANY_OF: {
    const CH *found = NAME(find_any)(p, last + 1, scan->stops, scan->stop_count);
    return found <= last ? found : NULL;
  }
  case SCAN_TABLE:
    for (; p <= last; p++) {
      if (NAME(passes)(&scan->first, tables, p, end)) return p;
    }
    return NULL;
  case SCAN_SKIP: return NAME(scan_skip)(scan, tables, p, last, end);
  case SCAN_SHIFT: return NAME(scan_shift)(scan, p, end);
  }
  return p;
}

// The same; with u or v not between the halves of a pair.
static const CH *NAME(scan)(const RegexpCode *code, const CH *begin, const CH *p, const CH *end) {
  for (;; p++) {
    p = NAME(scan_from)(code, begin, p, end);
#if WIDE
    if (p && code->points_at_start && p > begin && p < end && utf16_is_trail(*p) && utf16_is_lead(p[-1])) continue;
#endif
    return p;
  }
}

// ---- Classes and runs

static ALWAYS_INLINE bool NAME(in_class)(const RegexpCode *code, const RegexpClass *cls, u32 c) {
#if WIDE
  if (c > 255) {
    if (cls->wide != WIDE_RANGES) return cls->wide == WIDE_ALL;
    return regexp_in_ranges(code->ranges.data + cls->range_start, cls->range_count, c);
  }
#endif
  return code->tables.data[cls->table + c] & cls->bit;
}

// Reads one character, a unit or, if the class may match pairs, a code point. p < end.
static ALWAYS_INLINE const CH *NAME(next_of)(const RegexpClass *cls, const CH *p, const CH *end, u32 *c) {
  *c = *p++;
#if WIDE
  if (cls->points && utf16_is_lead(*c) && p < end && utf16_is_trail(*p)) *c = utf16_combine(*c, *p++);
#else
  (void)cls, (void)end;
#endif
  return p;
}

static ALWAYS_INLINE const CH *NAME(step_back)(const RegexpClass *cls, const CH *p, const CH *floor) {
  p--;
#if WIDE
  if (cls->points && p > floor && utf16_is_trail(*p) && utf16_is_lead(p[-1])) p--;
#else
  (void)cls, (void)floor;
#endif
  return p;
}

static ALWAYS_INLINE const CH *NAME(run_table)(const u8 *table, u32 bit, const CH *p, const CH *limit) {
#if WIDE
  while (p < limit && *p < 256 && (table[*p] & bit)) p++;
#else
  while (limit - p >= 4) {
    if (!(table[p[0]] & bit)) return p;
    if (!(table[p[1]] & bit)) return p + 1;
    if (!(table[p[2]] & bit)) return p + 2;
    if (!(table[p[3]] & bit)) return p + 3;
    p += 4;
  }
  while (p < limit && (table[*p] & bit)) p++;
#endif
  return p;
}

static ALWAYS_INLINE const CH *NAME(run_until)(const RegexpCode *code, const RegexpClass *cls, const CH *p, const CH *limit) {
  const u8 *table = code->tables.data + cls->table;
  const CH *near = limit - p > 16 ? p + 16 : limit;
  for (; p < near; p++) {
#if WIDE
    if (*p < 256 ? !(table[*p] & cls->bit) : NAME(is_one_of)(*p, cls->stops, cls->stop_count)) return p;
#else
    if (!(table[*p] & cls->bit)) return p;
#endif
  }
  return p < limit ? NAME(find_any)(p, limit, cls->stops, cls->stop_count) : p;
}

// Up to max characters, code points if the class has such; *count says how many.
static NOINLINE const CH *NAME(run_counted)(const RegexpCode *code, const RegexpClass *cls, const CH *p, const CH *end, u32 max,
                                            u32 *count) {
  u32 n = 0;
  while (n < max && p < end) {
    u32 c;
    const CH *next = NAME(next_of)(cls, p, end, &c);
    if (!NAME(in_class)(code, cls, c)) break;
    p = next;
    n++;
  }
  *count = n;
  return p;
}

// As many as there are up to limit.
static ALWAYS_INLINE const CH *NAME(run)(const RegexpCode *code, const RegexpClass *cls, const CH *p, const CH *limit) {
  u32 count;
  switch ((RegexpRunKind)cls->run_kind) {
  case RUN_OF_TABLE: return NAME(run_table)(code->tables.data + cls->table, cls->bit, p, limit);
  case RUN_OF_ANY: return limit;
  case RUN_UNTIL: return NAME(run_until)(code, cls, p, limit);
  case RUN_OF_UNITS:
    while (p < limit && NAME(in_class)(code, cls, *p)) p++;
    return p;
  case RUN_OF_POINTS: return NAME(run_counted)(code, cls, p, limit, REGEXP_INFINITE, &count);
  }
  return p;
}

// Runs from p for at least min and at most max; *floor is the place after min of them. NULL if there are fewer.
static ALWAYS_INLINE const CH *NAME(run_bounded)(const RegexpCode *code, const RegexpClass *cls, const CH *p, const CH *end,
                                                 u32 min, u32 max, const CH **floor) {
  if (WIDE && cls->run_kind == RUN_OF_POINTS) {
    u32 count;
    *floor = NAME(run_counted)(code, cls, p, end, min, &count);
    if (count < min) return NULL;
    u32 more = max == REGEXP_INFINITE ? max : max - min;
    return NAME(run_counted)(code, cls, *floor, end, more, &count);
  }
  size_t left = (size_t)(end - p);
  if (left < min) return NULL;
  const CH *q = NAME(run)(code, cls, p, max >= left ? end : p + max);
  if ((size_t)(q - p) < min) return NULL;
  *floor = p + min;
#if WIDE
  // Of code points only one or none is asked for here, see regexp_counting_class.
  if (min && cls->points && utf16_is_lead(*p) && q - p > 1 && utf16_is_trail(p[1])) ++*floor;
#endif
  return q;
}

// The last place in [floor, q] where what follows may begin, or NULL.
static ALWAYS_INLINE const CH *NAME(last_place)(const RegexpClass *cls, const RegexpFilter *filter, const u8 *tables,
                                                const CH *floor, const CH *q, const CH *end) {
#if !WIDE
  if (filter->single >= 0 && q - floor > 16) {
    size_t length = (size_t)((q < end ? q + 1 : q) - floor);
    return memrchr(floor, filter->single, length);
  }
#endif
  for (;;) {
    if (NAME(passes)(filter, tables, q, end)) return q;
    if (q == floor) return NULL;
    q = NAME(step_back)(cls, q, floor);
  }
}

#undef VECTOR_UNITS
#undef VECTOR_SET
#undef VECTOR_EQUAL
#undef FIRST_UNIT
#undef NEXT_BITS
