// SPDX-License-Identifier: MIT
// Host program of the build: turns tools/unicode-data/*.txt (argv[1]) into the C tables that base/unicode.c includes, or
// with a second argument "normalization" those of base/unicode_normalize.c (stdout). Sets become varint streams of gaps and lengths, case mappings become runs, and what is asked for each
// character (identifier, cased...) becomes a two-level table of flag bytes.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_POINTS = 0x110000, BLOCK = 128, BLOCKS = CODE_POINTS / BLOCK, MAX_SETS = 600, MAX_NAMES = 1200, MAX_RUNS = 400 };
enum { KIND_GC, KIND_SCRIPT, KIND_BINARY, KIND_STRINGS, KIND_EXTENSION };

typedef struct {
  uint32_t first, last;
} Range;
typedef struct {
  Range *ranges;
  uint32_t count, offset;
} Set;
typedef struct {
  char text[48];
  int kind, set, extension; // extension: the Script_Extensions set of a script
} Name;
typedef struct {
  uint32_t first, last, stride;
  int32_t delta;
} Run;

static Set sets[MAX_SETS];
static int set_count;
static Name names[MAX_NAMES];
static int name_count;
static uint8_t flags[CODE_POINTS];

static void fail(const char *message, const char *detail) {
  fprintf(stderr, "gen_unicode: %s: %s\n", message, detail);
  exit(1);
}

static char *read_text(const char *dir, const char *file) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", dir, file);
  FILE *f = fopen(path, "rb");
  if (!f) fail("cannot open", path);
  size_t cap = 1 << 20, len = 0;
  char *text = malloc(cap + 1);
  for (size_t n; text && (n = fread(text + len, 1, cap - len, f)) > 0;) {
    len += n;
    if (len == cap) text = realloc(text, (cap *= 2) + 1);
  }
  fclose(f);
  if (!text) fail("out of memory", path);
  text[len] = 0;
  return text;
}

// Splits off the next line, without comments; NULL at the end.
static char *next_line(char **rest) {
  while (**rest) {
    char *line = *rest;
    size_t n = strcspn(line, "\n");
    *rest = line + n + (line[n] == '\n');
    line[n] = 0;
    if (*line && *line != '#') return line;
  }
  return NULL;
}

static char *next_word(char **rest) {
  char *word = *rest + strspn(*rest, " ");
  if (!*word) return NULL;
  size_t n = strcspn(word, " ");
  *rest = word + n + (word[n] == ' ');
  word[n] = 0;
  return word;
}

static void add_name(const char *text, int kind, int set) {
  if (name_count == MAX_NAMES || strlen(text) >= sizeof names[0].text) fail("too many or too long names", text);
  Name *name = &names[name_count++];
  snprintf(name->text, sizeof name->text, "%s", text);
  name->kind = kind, name->set = name->extension = set;
}

static void add_range(Set *set, uint32_t first, uint32_t last) {
  if ((set->count & (set->count - 1)) == 0) {
    set->ranges = realloc(set->ranges, (set->count ? set->count * 2 : 1) * sizeof(Range));
    if (!set->ranges) fail("out of memory", "ranges");
  }
  set->ranges[set->count++] = (Range){first, last};
}

static void read_set_header(char *line) {
  if (set_count == MAX_SETS) fail("too many sets", line);
  char *kind_word = next_word(&line);
  int kind = !strcmp(kind_word, "@gc")    ? KIND_GC
             : !strcmp(kind_word, "@sc")  ? KIND_SCRIPT
             : !strcmp(kind_word, "@scx") ? KIND_EXTENSION
             : !strcmp(kind_word, "@bin") ? KIND_BINARY
                                          : -1;
  if (kind < 0) fail("unknown kind", kind_word);
  int set = set_count++;
  for (char *word; (word = next_word(&line));) {
    if (kind != KIND_EXTENSION) {
      add_name(word, kind, set);
      continue;
    }
    int script = -1;
    for (int i = 0; i < name_count; i++) {
      if (names[i].kind == KIND_SCRIPT && !strcmp(names[i].text, word)) script = names[i].set;
    }
    for (int i = 0; i < name_count; i++) {
      if (names[i].kind == KIND_SCRIPT && names[i].set == script) names[i].extension = set;
    }
  }
}

static void read_sets(const char *dir) {
  char *rest = read_text(dir, "sets.txt");
  for (char *line; (line = next_line(&rest));) {
    if (*line == '@') {
      read_set_header(line);
      continue;
    }
    for (char *word; (word = next_word(&line));) {
      char *end;
      uint32_t first = (uint32_t)strtoul(word, &end, 16), last = first;
      if (*end == '-') last = (uint32_t)strtoul(end + 1, &end, 16);
      if (*end || last < first || last >= CODE_POINTS) fail("bad range", word);
      add_range(&sets[set_count - 1], first, last);
    }
  }
}

static const Set *find_set(int kind, const char *text) {
  for (int i = 0; i < name_count; i++) {
    if (names[i].kind == kind && !strcmp(names[i].text, text)) return &sets[names[i].set];
  }
  fail("no such property", text);
  return NULL;
}

static void flag_set(int kind, const char *text, int bit) {
  const Set *set = find_set(kind, text);
  for (uint32_t i = 0; i < set->count; i++) {
    for (uint32_t cp = set->ranges[i].first; cp <= set->ranges[i].last; cp++) flags[cp] |= (uint8_t)bit;
  }
}

static uint32_t put_varint(uint32_t value, uint32_t at) {
  for (;; value >>= 7) {
    printf("%u,%s", value > 127 ? (value & 127) | 128 : value, ++at % 32 ? "" : "\n");
    if (value <= 127) return at;
  }
}

static void emit_sets(void) {
  printf("static const u8 set_bytes[] = {\n");
  uint32_t at = 0;
  for (int s = 0; s < set_count; s++) {
    sets[s].offset = at;
    uint32_t next = 0;
    for (uint32_t i = 0; i < sets[s].count; i++) {
      Range r = sets[s].ranges[i];
      at = put_varint(r.first - next, at);
      at = put_varint(r.last - r.first, at);
      next = r.last + 1;
    }
  }
  printf("};\nstatic const SetEntry set_entries[] = {\n");
  for (int s = 0; s < set_count; s++) printf("{%u,%u},%s", sets[s].offset, sets[s].count, s % 8 == 7 ? "\n" : "");
  printf("};\n");
}

static int compare_names(const void *a, const void *b) {
  const Name *x = a, *y = b;
  return x->kind != y->kind ? x->kind - y->kind : strcmp(x->text, y->text);
}

static void emit_names(void) {
  qsort(names, (size_t)name_count, sizeof(Name), compare_names);
  printf("static const char name_text[] =\n");
  for (int i = 0; i < name_count; i++) printf("\"%s\\0\"%s", names[i].text, i % 6 == 5 ? "\n" : "");
  printf(";\nstatic const NameEntry name_entries[] = {\n");
  unsigned offset = 0;
  for (int i = 0; i < name_count; i++) {
    printf("{%u,%d,%d,%d},%s", offset, names[i].kind, names[i].set, names[i].extension, i % 8 == 7 ? "\n" : "");
    offset += (unsigned)strlen(names[i].text) + 1;
  }
  printf("};\n");
}

static void emit_flags(void) {
  static uint16_t index[BLOCKS];
  static uint8_t unique[BLOCKS][BLOCK];
  int count = 0;
  for (int b = 0; b < BLOCKS; b++) {
    int u = 0;
    while (u < count && memcmp(unique[u], flags + b * BLOCK, BLOCK)) u++;
    if (u == count) memcpy(unique[count++], flags + b * BLOCK, BLOCK);
    index[b] = (uint16_t)u;
  }
  printf("static const %s flag_index[] = {\n", count <= 256 ? "u8" : "u16");
  for (int b = 0; b < BLOCKS; b++) printf("%d,%s", index[b], b % 32 == 31 ? "\n" : "");
  printf("};\nstatic const u8 flag_blocks[][%d] = {\n", BLOCK);
  for (int u = 0; u < count; u++) {
    printf("{");
    for (int i = 0; i < BLOCK; i++) printf("%d,", unique[u][i]);
    printf("},\n");
  }
  printf("};\n");
}

static void flag_run(const Run *run, int bit) {
  for (uint32_t cp = run->first; cp <= run->last; cp += run->stride) flags[cp] |= (uint8_t)bit;
}

// One @section of case.txt: a table of runs, or the full mappings, whose lines have two to four code points.
static void emit_case(const char *dir) {
  char *rest = read_text(dir, "case.txt");
  bool open = false, full = false;
  int bit = 0;
  for (char *line; (line = next_line(&rest));) {
    if (*line == '@') {
      full = !strncmp(line, "@full_", 6);
      bit = strstr(line, "lower") ? 32 : strstr(line, "upper") ? 64 : strstr(line, "fold") ? 128 : 0;
      printf("%sstatic const %s case_%s[] = {\n", open ? "};\n" : "", full ? "FullCase" : "CaseRun", line + 1);
      open = true;
      continue;
    }
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (full) {
      int n = sscanf(line, "%x %x %x %x", &a, &b, &c, &d);
      printf("{%u,{%u,%u,%u},%d},\n", a, b, c, d, n - 1);
      flags[a] |= (uint8_t)bit;
      continue;
    }
    Run run;
    if (sscanf(line, "%x %x %u %d", &run.first, &run.last, &run.stride, &run.delta) != 4) fail("bad run", line);
    if (run.last >= CODE_POINTS || !run.stride) fail("bad run", line);
    printf("{%u,%u,%d,%u},\n", run.first, run.last, run.delta, run.stride);
    flag_run(&run, bit);
  }
  printf("};\n");
}

static void put_utf8(uint32_t cp) {
  if (cp < 0x80) {
    printf("\\%03o", cp);
  } else if (cp < 0x800) {
    printf("\\%03o\\%03o", 0xC0 | cp >> 6, 0x80 | (cp & 63));
  } else if (cp < 0x10000) {
    printf("\\%03o\\%03o\\%03o", 0xE0 | cp >> 12, 0x80 | (cp >> 6 & 63), 0x80 | (cp & 63));
  } else {
    printf("\\%03o\\%03o\\%03o\\%03o", 0xF0 | cp >> 18, 0x80 | (cp >> 12 & 63), 0x80 | (cp >> 6 & 63), 0x80 | (cp & 63));
  }
}

static void emit_sequences(const char *dir) {
  char *rest = read_text(dir, "sequences.txt");
  bool open = false;
  static char listed[16][48];
  int count = 0;
  for (char *line; (line = next_line(&rest));) {
    if (*line == '@') {
      printf("%sstatic const char sequences_%s[] =\n", open ? ";\n" : "", line + 1);
      open = true;
      snprintf(listed[count++], sizeof listed[0], "%s", line + 1);
      continue;
    }
    printf("\"");
    for (char *word; (word = next_word(&line));) {
      for (char *p = word; *p; p += *p == '+') put_utf8((uint32_t)strtoul(p, &p, 16));
      printf("\\000");
    }
    printf("\"\n");
  }
  printf(";\nstatic const SequenceEntry sequence_entries[] = {\n");
  for (int i = 0; i < count; i++) printf("{\"%s\", sequences_%s, sizeof sequences_%s - 1},\n", listed[i], listed[i], listed[i]);
  printf("};\n");
}

// ---- normalisation ----

enum { CANONICAL, COMPATIBLE, MAX_MAPPED = 8000, MAX_EXPANSION = 18 };

typedef struct {
  uint32_t cp;
  int kind, count;
  uint32_t to[MAX_EXPANSION];
} Mapped;

static Mapped mapped[MAX_MAPPED];
static int mapped_count;
static uint8_t combining_class[CODE_POINTS], excluded[CODE_POINTS];
static int mapped_at[CODE_POINTS]; // index + 1

static void read_mapped(char *word, int kind) {
  if (mapped_count == MAX_MAPPED) fail("too many decompositions", word);
  Mapped *m = &mapped[mapped_count++];
  char *p = word;
  m->cp = (uint32_t)strtoul(p, &p, 16);
  m->kind = kind;
  while (*p == '=' || *p == '+') {
    if (m->count == MAX_EXPANSION) fail("long decomposition", word);
    m->to[m->count++] = (uint32_t)strtoul(p + 1, &p, 16);
  }
  if (*p || !m->count || m->cp >= CODE_POINTS) fail("bad decomposition", word);
  mapped_at[m->cp] = mapped_count;
}

static void mark_range(char *word, uint8_t *marks, int value) {
  char *end;
  uint32_t first = (uint32_t)strtoul(word, &end, 16), last = first;
  if (*end == '-') last = (uint32_t)strtoul(end + 1, &end, 16);
  if (*end || last < first || last >= CODE_POINTS) fail("bad range", word);
  memset(marks + first, value, last - first + 1);
}

static void read_normalization(const char *dir) {
  char *rest = read_text(dir, "normalization.txt");
  enum { NONE, IN_CLASS, IN_CANONICAL, IN_COMPATIBLE, IN_EXCLUDED } section = NONE;
  int class_value = 0;
  for (char *line; (line = next_line(&rest));) {
    if (*line == '@') {
      section = !strncmp(line, "@class ", 7)   ? IN_CLASS
                : !strcmp(line, "@canonical")  ? IN_CANONICAL
                : !strcmp(line, "@compatible") ? IN_COMPATIBLE
                : !strcmp(line, "@excluded")   ? IN_EXCLUDED
                                               : NONE;
      if (section == NONE) fail("unknown section", line);
      if (section == IN_CLASS) class_value = atoi(line + 7);
      continue;
    }
    for (char *word; (word = next_word(&line));) {
      if (section == IN_CLASS) mark_range(word, combining_class, class_value);
      if (section == IN_EXCLUDED) mark_range(word, excluded, 1);
      if (section == IN_CANONICAL) read_mapped(word, CANONICAL);
      if (section == IN_COMPATIBLE) read_mapped(word, COMPATIBLE);
    }
  }
}

// Expands cp until nothing decomposes further; true when it changed.
static bool expand(uint32_t cp, bool compatible, uint32_t *out, int *count) {
  const Mapped *m = mapped_at[cp] ? &mapped[mapped_at[cp] - 1] : NULL;
  if (!m || (m->kind == COMPATIBLE && !compatible)) {
    if (*count == MAX_EXPANSION) fail("long decomposition", "");
    out[(*count)++] = cp;
    return false;
  }
  for (int i = 0; i < m->count; i++) expand(m->to[i], compatible, out, count);
  return true;
}

static int compare_mapped(const void *a, const void *b) {
  const Mapped *x = *(Mapped *const *)a, *y = *(Mapped *const *)b;
  return (x->cp > y->cp) - (x->cp < y->cp);
}

// Tables of full decompositions, whose text is UTF-16 in one pool. The compatible table has only what differs from the
// canonical one.
static void emit_decompositions(Mapped **sorted) {
  static uint16_t pool[65536];
  unsigned used = 0;
  for (int compatible = 0; compatible < 2; compatible++) {
    printf("static const Decomposition %s_decompositions[] = {\n", compatible ? "compatible" : "canonical");
    for (int i = 0; i < mapped_count; i++) {
      uint32_t to[MAX_EXPANSION], canonical[MAX_EXPANSION];
      int n = 0, cn = 0;
      if (!expand(sorted[i]->cp, compatible, to, &n)) continue;
      expand(sorted[i]->cp, false, canonical, &cn);
      if (compatible && n == cn && !memcmp(to, canonical, (size_t)n * sizeof to[0])) continue;
      unsigned start = used;
      for (int k = 0; k < n; k++) {
        if (used + 2 > 65536) fail("pool too small", "decompositions");
        if (to[k] > 0xFFFF) pool[used++] = (uint16_t)(0xD7C0 + (to[k] >> 10));
        pool[used++] = (uint16_t)(to[k] > 0xFFFF ? 0xDC00 + (to[k] & 0x3FF) : to[k]);
      }
      printf("{0x%X,%u,%u},\n", sorted[i]->cp, start, used - start);
    }
    printf("};\n");
  }
  printf("static const u16 decomposition_pool[] = {\n");
  for (unsigned i = 0; i < used; i++) printf("%u,%s", pool[i], i % 24 == 23 ? "\n" : "");
  printf("};\n");
}

static int compare_pairs(const void *a, const void *b) {
  const Mapped *x = *(Mapped *const *)a, *y = *(Mapped *const *)b;
  if (x->to[0] != y->to[0]) return x->to[0] < y->to[0] ? -1 : 1;
  return (x->to[1] > y->to[1]) - (x->to[1] < y->to[1]);
}

static void emit_normalization(const char *dir) {
  read_normalization(dir);
  static Mapped *sorted[MAX_MAPPED];
  for (int i = 0; i < mapped_count; i++) sorted[i] = &mapped[i];
  qsort(sorted, (size_t)mapped_count, sizeof sorted[0], compare_mapped);
  emit_decompositions(sorted);
  qsort(sorted, (size_t)mapped_count, sizeof sorted[0], compare_pairs);
  printf("static const Composition compositions[] = {\n");
  for (int i = 0; i < mapped_count; i++) {
    const Mapped *m = sorted[i];
    if (m->kind == CANONICAL && m->count == 2 && !excluded[m->cp]) printf("{0x%X,0x%X,0x%X},\n", m->to[0], m->to[1], m->cp);
  }
  printf("};\nstatic const ClassRun class_runs[] = {\n");
  for (uint32_t cp = 0, last; cp < CODE_POINTS; cp = last + 1) {
    for (last = cp; last + 1 < CODE_POINTS && combining_class[last + 1] == combining_class[cp];) last++;
    if (combining_class[cp]) printf("{0x%X,0x%X,%d},\n", cp, last, combining_class[cp]);
  }
  printf("};\n");
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) fail("usage", "gen_unicode <data directory> [normalization]");
  printf("// Generated by tools/gen_unicode.c.\n");
  if (argc == 3) {
    emit_normalization(argv[1]);
    return ferror(stdout) ? 1 : 0;
  }
  read_sets(argv[1]);
  flag_set(KIND_BINARY, "ID_Start", 1);
  flag_set(KIND_BINARY, "ID_Continue", 2);
  flag_set(KIND_GC, "Space_Separator", 4);
  flag_set(KIND_BINARY, "Cased", 8);
  flag_set(KIND_BINARY, "Case_Ignorable", 16);
  emit_case(argv[1]);
  emit_flags();
  emit_sets();
  emit_names();
  emit_sequences(argv[1]);
  return ferror(stdout) ? 1 : 0;
}
