// SPDX-License-Identifier: MIT
// Parses every file of a test262 checkout (environment variable WEFT_TEST262: its root) and compares with what the file's metadata
// says about early errors. Without the variable it does nothing. Not a Check program: one line per difference, a count at the end.
//   test_parse_test262 [folder below test/...]
#include <dirent.h>
#include <sys/stat.h>

#include "parser/parser.h"

typedef struct Counts {
  u32 files, runs, wrong, skipped;
} Counts;

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = base_alloc(*size + 1);
  *size = fread(bytes, 1, *size, file);
  bytes[*size] = 0;
  fclose(file);
  return bytes;
}

static bool metadata_has(const char *meta, const char *end, const char *word) {
  size_t n = strlen(word);
  for (const char *p = meta; p + n <= end; p++) {
    if (memcmp(p, word, n) == 0) return true;
  }
  return false;
}

// `flags: [a, b]`, or a list with one "- a" per line.
static bool has_flag(const char *meta, const char *end, const char *flag) {
  const char *flags = strstr(meta, "flags:");
  if (!flags || flags > end) return false;
  const char *stop = flags;
  for (bool first = true; stop < end; first = false) {
    const char *line = stop;
    while (stop < end && *stop != '\n') stop++;
    if (!first && *line != ' ') break;
    if (stop < end) stop++;
  }
  return metadata_has(flags, stop, flag);
}

static bool unsupported(const char *meta, const char *end) {
  static const char *const features[] = {"decorators",  "source-phase-imports", "import-defer",
                                         "import-text", "import-bytes",         "explicit-resource-management-dispose-only"};
  for (u32 i = 0; i < ARRAY_LEN(features); i++) {
    if (metadata_has(meta, end, features[i])) return true;
  }
  return false;
}

// Strictly compares the lazy parse with the eager one as well: both must agree.
static void run(const char *path, const char *bytes, size_t size, ParseGoal goal, bool strict, bool negative, Counts *counts) {
  for (LazyMode lazy = LAZY_NEVER; lazy <= LAZY_ALWAYS; lazy++) {
    Arena arena;
    arena_init(&arena);
    Source source;
    ParseResult result;
    ParseOptions options = {.goal = goal, .lazy = lazy, .context = strict ? CONTEXT_STRICT : 0};
    options.stack_limit = (uintptr_t)__builtin_frame_address(0) - 6 * 1024 * 1024;
    bool ok = source_from_utf8(&source, &arena, path, bytes, size) && parser_parse(&source, &options, &arena, &result);
    counts->runs++;
    if (ok == negative) {
      counts->wrong++;
      printf("%s%s%s: %s\n", path, strict ? " (strict)" : "", lazy == LAZY_ALWAYS ? " (lazy)" : "",
             ok ? "no error" : result.diagnostic.message);
    }
    source_free_lines(&source);
    arena_free(&arena);
  }
}

static void run_file(const char *path, Counts *counts) {
  size_t size;
  char *bytes = read_file(path, &size);
  if (!bytes) return;
  const char *meta = strstr(bytes, "/*---"), *end = meta ? strstr(meta, "---*/") : NULL;
  if (!end) {
    base_free(bytes);
    return;
  }
  counts->files++;
  if (unsupported(meta, end)) {
    counts->skipped++;
    base_free(bytes);
    return;
  }
  bool negative = metadata_has(meta, end, "phase: parse");
  bool raw = has_flag(meta, end, "raw");
  if (has_flag(meta, end, "module")) {
    run(path, bytes, size, PARSE_MODULE, false, negative, counts);
  } else {
    if (!metadata_has(meta, end, "onlyStrict")) run(path, bytes, size, PARSE_SCRIPT, false, negative, counts);
    if (!metadata_has(meta, end, "noStrict") && !raw) run(path, bytes, size, PARSE_SCRIPT, true, negative, counts);
  }
  base_free(bytes);
}

static void run_folder(const char *path, Counts *counts) {
  DIR *dir = opendir(path);
  if (!dir) return;
  struct dirent *entry;
  while ((entry = readdir(dir))) {
    if (entry->d_name[0] == '.') continue;
    char child[2048];
    int n = snprintf(child, sizeof child, "%s/%s", path, entry->d_name);
    if (n < 0 || (size_t)n >= sizeof child) continue;
    struct stat status;
    if (stat(child, &status) != 0) continue;
    size_t length = strlen(child);
    if (S_ISDIR(status.st_mode)) {
      run_folder(child, counts);
    } else if (length > 3 && strcmp(child + length - 3, ".js") == 0 && !strstr(child, "_FIXTURE")) {
      run_file(child, counts);
    }
  }
  closedir(dir);
}

int main(int argc, char **argv) {
  static const char *const folders[] = {"language", "annexB", "built-ins", "staging"};
  const char *root = getenv("WEFT_TEST262");
  Counts counts = {0};
  if (!root) {
    puts("WEFT_TEST262 is not set: nothing to do");
    return 0;
  }
  for (int i = 0; i < (argc > 1 ? argc - 1 : (int)ARRAY_LEN(folders)); i++) {
    char path[1024];
    snprintf(path, sizeof path, "%s/test/%s", root, argc > 1 ? argv[i + 1] : folders[i]);
    run_folder(path, &counts);
  }
  printf("%u files (%u skipped), %u parses, %u wrong\n", counts.files, counts.skipped, counts.runs, counts.wrong);
  return counts.wrong != 0;
}
