// SPDX-License-Identifier: MIT
// Compiles the program's own JavaScript and writes it as bytes (compiler/code_bytes.h): gen_code NAME ROOT BLOB PARAMETER... -- [FILE...] writes
// the bytes of all files to BLOB and prints a line for each, for gen_embed.py: its path, the offset of its bytes, and how many there are, 0
// when there is no code of it. A file is the body of a function with these parameters.
#include "base/arena.h"
#include "base/platform.h"
#include "base/utf.h"
#include "compiler/code_bytes.h"

static size_t name_length(const char *path) {
  size_t len = strlen(path);
  return len > 3 && strcmp(path + len - 3, ".js") == 0 ? len - 3 : len;
}

static void fail(const char *path, const char *what) {
  fprintf(stderr, "gen_code: %s: %s\n", path, what);
  exit(1);
}

static SourceText *read_source(const char *path, const char *name) {
  ByteVec bytes = {0};
  int error;
  if (!platform_read_file(path, &bytes, &error)) fail(path, "cannot be read");
  if (!utf8_is_ascii(bytes.data, bytes.len)) return NULL; // rare: compiled from source at run time
  SourceText *text = source_text_new(bytes.data, false, bytes.len, name, true);
  vec_free(&bytes);
  return text;
}

static bool compile(const char *path, const char *name, const char *const *params, u32 param_count, ByteVec *out) {
  SourceText *text = read_source(path, name);
  if (!text) return false;
  CompileOptions options = {.goal = PARSE_FUNCTION_BODY, .lazy = LAZY_NEVER, .params = params, .param_count = param_count};
  Diagnostic diag;
  CodeBlock *block;
  Arena arena;
  arena_init(&arena);
  if (!compile_source(text, &options, &arena, &block, &diag)) fail(path, diag.message);
  arena_free(&arena);
  bool written = code_bytes_write(block, out);
  code_block_release(block);
  source_text_release(text);
  return written;
}

int main(int argc, char **argv) {
  int at = 4, params = 0;
  while (at + params < argc && strcmp(argv[at + params], "--") != 0) params++;
  if (argc < 5 || at + params >= argc) {
    fputs("usage: gen_code NAME ROOT BLOB PARAMETER... -- [FILE...]\n", stderr);
    return 2;
  }
  const char *root = argv[2];
  char **files = argv + at + params + 1;
  size_t count = (size_t)(argc - at - params - 1);
  ByteVec blob = {0};
  for (size_t i = 0; i < count; i++) {
    char name[256];
    const char *inner = files[i] + strlen(root) + 1;
    snprintf(name, sizeof name, "%s:%.*s", argv[1], (int)name_length(inner), inner);
    while (blob.len % 8) vec_push(&blob, 0);
    u32 start = blob.len;
    if (!compile(files[i], name, (const char *const *)argv + at, (u32)params, &blob)) blob.len = start;
    printf("%s %u %u\n", files[i], start, blob.len - start);
  }
  FILE *file = fopen(argv[3], "wb");
  if (!file || fwrite(blob.data, 1, blob.len, file) != blob.len || fclose(file) != 0) fail(argv[3], "cannot be written");
  vec_free(&blob);
  return 0;
}
