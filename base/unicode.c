// SPDX-License-Identifier: MIT
// Lookups in the generated Unicode tables, see unicode.h and tools/gen_unicode.c.
// Case closure walks the mapping runs (about 1,500 characters) instead of keeping inverse tables: it runs once for each
// regular expression that ignores case, and the tables stay small.
#include "base/unicode.h"
#include "base/utf.h"

typedef struct CaseRun {
  u32 first, last;
  i32 delta;
  u32 stride;
} CaseRun;
typedef struct FullCase {
  u32 from;
  u32 to[3];
  u32 count;
} FullCase;
typedef struct SetEntry {
  u32 offset, ranges;
} SetEntry;
typedef struct NameEntry {
  u16 text;
  u16 kind;
  u16 set, extension;
} NameEntry;
typedef struct SequenceEntry {
  const char *name, *bytes;
  size_t size;
} SequenceEntry;

#include "generated/base/unicode_tables.inc"

typedef enum PropertyKind { KIND_GENERAL_CATEGORY, KIND_SCRIPT, KIND_BINARY } PropertyKind;

enum { FLAG_BLOCK_SHIFT = 7, LONGEST_NAME = 40 };

u32 unicode_flags(u32 cp) {
  if (UNLIKELY(cp > UTF_MAX)) return 0;
  return flag_blocks[flag_index[cp >> FLAG_BLOCK_SHIFT]][cp & ((1u << FLAG_BLOCK_SHIFT) - 1)];
}

static u32 map_by_runs(const CaseRun *runs, u32 n, u32 cp) {
  u32 low = 0, high = n;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (cp > runs[mid].last) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  if (low == n || cp < runs[low].first || (cp - runs[low].first) % runs[low].stride) return cp;
  return cp + (u32)runs[low].delta;
}
#define MAP(table, cp) map_by_runs(table, ARRAY_LEN(table), cp)

static u32 map_full(const FullCase *table, u32 n, u32 cp, u32 out[3]) {
  u32 low = 0, high = n;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (cp > table[mid].from) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  if (low == n || table[low].from != cp) return 0;
  memcpy(out, table[low].to, sizeof table[low].to);
  return table[low].count;
}

u32 unicode_to_lower(u32 cp, u32 out[3]) {
  out[0] = cp;
  if (cp < 0x80) {
    if (cp - 'A' < 26) out[0] = cp + 32;
    return 1;
  }
  if (!(unicode_flags(cp) & UNICODE_CHANGES_LOWER)) return 1;
  u32 n = map_full(case_full_lower, ARRAY_LEN(case_full_lower), cp, out);
  if (n) return n;
  out[0] = MAP(case_lower, cp);
  return 1;
}

u32 unicode_to_upper(u32 cp, u32 out[3]) {
  out[0] = cp;
  if (cp < 0x80) {
    if (cp - 'a' < 26) out[0] = cp - 32;
    return 1;
  }
  if (!(unicode_flags(cp) & UNICODE_CHANGES_UPPER)) return 1;
  u32 n = map_full(case_full_upper, ARRAY_LEN(case_full_upper), cp, out);
  if (n) return n;
  out[0] = MAP(case_upper, cp);
  return 1;
}

u32 unicode_simple_fold(u32 cp) {
  if (cp < 0x80) return cp - 'A' < 26 ? cp + 32 : cp;
  if (!(unicode_flags(cp) & UNICODE_CHANGES_FOLD)) return cp;
  return MAP(case_fold, cp);
}

u32 unicode_to_upper_simple(u32 cp) {
  if (cp < 0x80) return cp - 'a' < 26 ? cp - 32 : cp;
  if (cp > 0xFFFF || !(unicode_flags(cp) & UNICODE_CHANGES_UPPER)) return cp;
  return MAP(case_canonical, cp);
}

static ALWAYS_INLINE u32 canonicalize(u32 cp, bool unicode_mode) {
  return unicode_mode ? unicode_simple_fold(cp) : unicode_to_upper_simple(cp);
}

typedef struct CaseTable {
  const CaseRun *runs;
  u32 count;
} CaseTable;

static CaseTable canonical_table(bool unicode_mode) {
  if (unicode_mode) return (CaseTable){case_fold, ARRAY_LEN(case_fold)};
  return (CaseTable){case_canonical, ARRAY_LEN(case_canonical)};
}

void unicode_set_close_over_case(UnicodeSet *set, bool unicode_mode) {
  CaseTable table = canonical_table(unicode_mode);
  UnicodeSet targets = {0}; // what the members with a mapping are mapped to
  for (u32 r = 0; r < table.count; r++) {
    const CaseRun *run = &table.runs[r];
    for (u32 cp = run->first; cp <= run->last; cp += run->stride) {
      u32 target = cp + (u32)run->delta;
      if (unicode_set_contains(set, cp)) unicode_set_add(&targets, target, target);
    }
  }
  unicode_set_normalize(&targets);
  unicode_set_union(set, &targets);
  vec_free(&targets);
  UnicodeSet sources = {0};
  for (u32 r = 0; r < table.count; r++) {
    const CaseRun *run = &table.runs[r];
    for (u32 cp = run->first; cp <= run->last; cp += run->stride) {
      if (unicode_set_contains(set, cp + (u32)run->delta)) unicode_set_add(&sources, cp, cp);
    }
  }
  unicode_set_normalize(&sources);
  unicode_set_union(set, &sources);
  vec_free(&sources);
}

u32 unicode_case_variants(u32 cp, bool unicode_mode, u32 out[UNICODE_CASE_VARIANTS_MAX]) {
  u32 target = canonicalize(cp, unicode_mode), n = 0;
  CaseTable table = canonical_table(unicode_mode);
  out[n++] = target;
  for (u32 r = 0; r < table.count && n < UNICODE_CASE_VARIANTS_MAX; r++) {
    const CaseRun *run = &table.runs[r];
    u32 source = target - (u32)run->delta;
    if (source < run->first || source > run->last || (source - run->first) % run->stride) continue;
    u32 at = n++;
    for (; at && out[at - 1] > source; at--) out[at] = out[at - 1];
    out[at] = source;
  }
  return n;
}

static u32 read_varint(const u8 **p) {
  u32 value = 0;
  for (u32 shift = 0;; shift += 7) {
    u8 byte = *(*p)++;
    value |= (u32)(byte & 127) << shift;
    if (byte < 128) return value;
  }
}

static void decode_set(u32 index, UnicodeSet *out) {
  const u8 *p = set_bytes + set_entries[index].offset;
  vec_clear(out);
  vec_reserve(out, set_entries[index].ranges * 2);
  u32 next = 0;
  for (u32 i = 0; i < set_entries[index].ranges; i++) {
    u32 first = next + read_varint(&p);
    u32 last = first + read_varint(&p);
    unicode_set_add(out, first, last);
    next = last + 1;
  }
}

// Names are sorted by kind, then by text.
static const NameEntry *find_name(PropertyKind kind, const char *text, size_t len) {
  char key[LONGEST_NAME + 1];
  if (len > LONGEST_NAME || memchr(text, 0, len)) return NULL;
  memcpy(key, text, len);
  key[len] = 0;
  size_t low = 0, high = ARRAY_LEN(name_entries);
  while (low < high) {
    size_t mid = (low + high) / 2;
    const NameEntry *entry = &name_entries[mid];
    int order = entry->kind != kind ? (int)kind - (int)entry->kind : strcmp(key, name_text + entry->text);
    if (!order) return entry;
    if (order > 0) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return NULL;
}

static bool is_one_of(const char *text, size_t len, const char *a, const char *b) {
  return (len == strlen(a) && !memcmp(text, a, len)) || (len == strlen(b) && !memcmp(text, b, len));
}

bool unicode_property_lookup(const char *name, size_t name_len, const char *value, size_t value_len, UnicodeSet *out) {
  const NameEntry *entry = NULL;
  bool extension = false;
  if (!value) {
    entry = find_name(KIND_GENERAL_CATEGORY, name, name_len);
    if (!entry) entry = find_name(KIND_BINARY, name, name_len);
  } else if (is_one_of(name, name_len, "General_Category", "gc")) {
    entry = find_name(KIND_GENERAL_CATEGORY, value, value_len);
  } else if (is_one_of(name, name_len, "Script", "sc")) {
    entry = find_name(KIND_SCRIPT, value, value_len);
  } else if (is_one_of(name, name_len, "Script_Extensions", "scx")) {
    entry = find_name(KIND_SCRIPT, value, value_len);
    extension = true;
  }
  if (!entry) return false;
  if (out) decode_set(extension ? entry->extension : entry->set, out);
  return true;
}

static void add_sequences(const SequenceEntry *entry, UnicodeSet *singles, UnicodeStrings *strings) {
  const u8 *p = (const u8 *)entry->bytes, *end = p + entry->size;
  while (p < end) {
    u32 start = strings->len, n = 0;
    vec_push(strings, 0);
    for (; *p; n++) vec_push(strings, utf8_decode(&p, end));
    p++;
    if (n == 1) {
      u32 cp = strings->data[start + 1];
      unicode_set_add(singles, cp, cp);
      strings->len = start;
    } else {
      strings->data[start] = n;
      strings->count++;
    }
  }
}

typedef struct StringSpan {
  u32 start, len;
} StringSpan;

static int longer_first(const void *a, const void *b) {
  const StringSpan *x = a, *y = b;
  return x->len != y->len ? (x->len < y->len ? 1 : -1) : (x->start > y->start) - (x->start < y->start);
}

static void sort_strings(UnicodeStrings *strings) {
  VEC(StringSpan) spans = {0};
  for (u32 i = 0; i < strings->len; i += strings->data[i] + 1) vec_push(&spans, (StringSpan){i, strings->data[i]});
  if (spans.len) qsort(spans.data, spans.len, sizeof(StringSpan), longer_first);
  u32 *sorted = base_alloc(strings->len * sizeof(u32)), at = 0;
  for (u32 i = 0; i < spans.len; i++) {
    memcpy(sorted + at, strings->data + spans.data[i].start, (spans.data[i].len + 1) * sizeof(u32));
    at += spans.data[i].len + 1;
  }
  vec_free(&spans);
  base_free(strings->data);
  strings->data = sorted;
  strings->cap = strings->len;
}

bool unicode_string_property_lookup(const char *name, size_t name_len, UnicodeSet *singles, UnicodeStrings *strings) {
  static const char all[] = "RGI_Emoji"; // the union of the others
  bool is_all = name_len == sizeof all - 1 && !memcmp(name, all, name_len);
  bool found = false;
  if (singles && strings) {
    vec_clear(singles);
    vec_clear(strings);
    strings->count = 0;
  }
  for (size_t i = 0; i < ARRAY_LEN(sequence_entries); i++) {
    const SequenceEntry *entry = &sequence_entries[i];
    bool match = strlen(entry->name) == name_len && !memcmp(entry->name, name, name_len);
    if (!is_all && !match) continue;
    found = true;
    if (singles && strings) add_sequences(entry, singles, strings);
  }
  if (found && singles && strings) {
    unicode_set_normalize(singles);
    if (is_all) sort_strings(strings);
  }
  return found;
}
