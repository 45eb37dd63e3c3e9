// SPDX-License-Identifier: MIT
// String normalisation for String.prototype.normalize, on UTF-16, by the algorithms of UAX #15. The tables are our own, of the
// same Unicode version as all others here; lone surrogates pass through. Memory is asked once, after a pass that counts.
#include "base/unicode.h"
#include "base/utf.h"

typedef struct Decomposition {
  u32 cp;
  u16 start, units; // in decomposition_pool, fully expanded
} Decomposition;
typedef struct Composition {
  u32 first, second, composite;
} Composition;
typedef struct ClassRun {
  u32 first, last;
  u32 value;
} ClassRun;

#include "generated/base/normalization_tables.inc"

// Hangul syllables are arithmetic (The Unicode Standard, 3.12).
enum {
  S_BASE = 0xAC00,
  L_BASE = 0x1100,
  V_BASE = 0x1161,
  T_BASE = 0x11A7,
  L_COUNT = 19,
  V_COUNT = 21,
  T_COUNT = 28,
  N_COUNT = V_COUNT * T_COUNT,
  S_COUNT = L_COUNT * N_COUNT,
};

bool unicode_is_surely_normalized(UnicodeForm form, const u16 *text, size_t n) {
  // Below these, nothing decomposes, combines or reorders in the form.
  u16 limit = form == UNICODE_NFC ? 0x300 : form == UNICODE_NFD ? 0xC0 : 0xA0;
  for (size_t i = 0; i < n; i++) {
    if (text[i] >= limit) return false;
  }
  return true;
}

static const Decomposition *find_decomposition(const Decomposition *table, u32 n, u32 cp) {
  u32 low = 0, high = n;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (cp > table[mid].cp) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return low < n && table[low].cp == cp ? &table[low] : NULL;
}

static u32 combining_class(u32 cp) {
  if (cp < 0x300 || (cp >= 0x3400 && cp < 0xA000)) return 0;
  u32 low = 0, high = ARRAY_LEN(class_runs);
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (cp > class_runs[mid].last) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return low < ARRAY_LEN(class_runs) && cp >= class_runs[low].first ? class_runs[low].value : 0;
}

static u32 decompose_hangul(u32 cp, u32 *out) {
  u32 s = cp - S_BASE, t = s % T_COUNT;
  if (out) {
    out[0] = L_BASE + s / N_COUNT;
    out[1] = V_BASE + s % N_COUNT / T_COUNT;
    if (t) out[2] = T_BASE + t;
  }
  return t ? 3 : 2;
}

// Writes the full decomposition of cp, when `out` is given; returns how many code points it has.
static u32 decompose(u32 cp, bool compatible, u32 *out) {
  const Decomposition *d = NULL;
  if (cp - S_BASE < S_COUNT) return decompose_hangul(cp, out);
  if (cp >= 0xA0 && !(cp >= 0x3400 && cp < 0xA000)) {
    if (compatible) d = find_decomposition(compatible_decompositions, ARRAY_LEN(compatible_decompositions), cp);
    if (!d) d = find_decomposition(canonical_decompositions, ARRAY_LEN(canonical_decompositions), cp);
  }
  if (!d) {
    if (out) *out = cp;
    return 1;
  }
  u32 n = 0;
  for (const u16 *p = decomposition_pool + d->start, *end = p + d->units; p < end; n++) {
    u32 part = utf16_decode(&p, end);
    if (out) out[n] = part;
  }
  return n;
}

static bool poll_now(UnicodePoll poll) { return !poll.go_on || poll.go_on(poll.data); }

// Of every 64 Ki steps one asks.
#define POLL(i) \
  do { \
    if (UNLIKELY(((i)&0xFFFF) == 0xFFFF) && !poll_now(poll)) return false; \
  } while (0)

static void sort_few_marks(u32 *cps, size_t n) {
  for (size_t i = 1; i < n; i++) {
    u32 cp = cps[i], value = combining_class(cp);
    size_t at = i;
    for (; at && combining_class(cps[at - 1]) > value; at--) cps[at] = cps[at - 1];
    cps[at] = cp;
  }
}

// By counting: a text may be nothing but marks.
static bool sort_many_marks(u32 *cps, size_t n, UnicodePoll poll) {
  size_t starts[257] = {0};
  u32 *sorted = base_try_alloc(n * sizeof(u32));
  if (!sorted) return false;
  for (size_t i = 0; i < n; i++) starts[(u8)combining_class(cps[i]) + 1]++;
  for (u32 value = 1; value < ARRAY_LEN(starts); value++) starts[value] += starts[value - 1];
  bool go_on = poll_now(poll);
  for (size_t i = 0; i < n && go_on; i++) {
    sorted[starts[(u8)combining_class(cps[i])]++] = cps[i];
    if ((i & 0xFFFF) == 0xFFFF) go_on = poll_now(poll);
  }
  if (go_on) memcpy(cps, sorted, n * sizeof(u32));
  base_free(sorted);
  return go_on;
}

// The Canonical Ordering Algorithm: a stable sort of each run of non-starters.
static bool order_marks(u32 *cps, size_t n, UnicodePoll poll) {
  enum { FEW = 32 };
  for (size_t i = 0; i < n; i++) {
    POLL(i);
    if (!combining_class(cps[i])) continue;
    size_t first = i++;
    while (i < n && combining_class(cps[i])) i++;
    if (i - first <= FEW) sort_few_marks(cps + first, i - first);
    else if (!sort_many_marks(cps + first, i - first, poll)) return false;
  }
  return true;
}

// The primary composite of a pair, or 0.
static u32 compose_pair(u32 first, u32 second) {
  if (first - L_BASE < L_COUNT && second - V_BASE < V_COUNT) {
    return S_BASE + ((first - L_BASE) * V_COUNT + (second - V_BASE)) * T_COUNT;
  }
  if (first - S_BASE < S_COUNT && (first - S_BASE) % T_COUNT == 0 && second - (T_BASE + 1) < T_COUNT - 1) {
    return first + (second - T_BASE);
  }
  if (second < 0x300) return 0;
  u32 low = 0, high = ARRAY_LEN(compositions);
  while (low < high) {
    u32 mid = (low + high) / 2;
    const Composition *c = &compositions[mid];
    if (first > c->first || (first == c->first && second > c->second)) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  if (low == ARRAY_LEN(compositions)) return 0;
  const Composition *c = &compositions[low];
  return c->first == first && c->second == second ? c->composite : 0;
}

// The Canonical Composition Algorithm, in place; *count becomes the new length.
static bool compose(u32 *cps, size_t *count, UnicodePoll poll) {
  size_t n = *count, out = 0, starter = SIZE_MAX;
  u32 last_class = 0; // of what was kept last
  for (size_t i = 0; i < n; i++) {
    POLL(i);
    u32 cp = cps[i], value = combining_class(cp);
    // Not blocked: next to the starter, or after marks of lower classes only.
    if (starter != SIZE_MAX && (out == starter + 1 || last_class < value)) {
      u32 composite = compose_pair(cps[starter], cp);
      if (composite) {
        cps[starter] = composite;
        continue;
      }
    }
    if (!value) starter = out;
    last_class = value;
    cps[out++] = cp;
  }
  *count = out;
  return true;
}

static bool decompose_text(const u16 *text, size_t n, bool compatible, UnicodePoll poll, u32 *out, size_t *count) {
  size_t total = 0, i = 0;
  for (const u16 *p = text, *end = text + n; p < end; i++) {
    POLL(i);
    u32 cp = utf16_decode(&p, end);
    total += decompose(cp, compatible, out ? out + total : NULL);
  }
  *count = total;
  return true;
}

static bool encode(const u32 *cps, size_t count, UnicodePoll poll, u16 *out) {
  for (size_t i = 0, at = 0; i < count; i++) {
    POLL(i);
    at += utf16_encode(cps[i], out + at);
  }
  return true;
}

static bool normalize(UnicodeForm form, const u16 *text, size_t n, UnicodePoll poll, u32 *cps, size_t *count) {
  if (!decompose_text(text, n, form == UNICODE_NFKC || form == UNICODE_NFKD, poll, cps, count)) return false;
  if (!order_marks(cps, *count, poll)) return false;
  return (form != UNICODE_NFC && form != UNICODE_NFKC) || compose(cps, count, poll);
}

bool unicode_normalize(UnicodeForm form, const u16 *text, size_t n, UnicodePoll poll, u16 **out, size_t *out_len) {
  size_t count;
  *out = NULL;
  if (!decompose_text(text, n, form == UNICODE_NFKC || form == UNICODE_NFKD, poll, NULL, &count)) return false;
  u32 *cps = base_try_alloc(count * sizeof(u32));
  if (!cps) return false;
  if (normalize(form, text, n, poll, cps, &count) && poll_now(poll)) {
    *out_len = 0;
    for (size_t i = 0; i < count; i++) *out_len += utf16_units_of(cps[i]);
    *out = base_try_alloc(*out_len * sizeof(u16));
    if (*out && !encode(cps, count, poll, *out)) {
      base_free(*out);
      *out = NULL;
    }
  }
  base_free(cps);
  return *out != NULL;
}
