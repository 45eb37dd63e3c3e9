// SPDX-License-Identifier: MIT
// What the parser's tests share: parse a text, get its dump or its message.
#ifndef WEFT_TESTS_PARSE_SUPPORT_H
#define WEFT_TESTS_PARSE_SUPPORT_H

#include "parser/parser.h"
#include "tests/unit/unit.h"

typedef struct Parse {
  Arena arena;
  Source source;
  ParseResult result;
  bool ok;
} Parse;

static inline void parse_with(Parse *parse, const char *text, ParseOptions options) {
  arena_init(&parse->arena);
  if (!options.stack_limit) options.stack_limit = (uintptr_t)__builtin_frame_address(0) - 2 * 1024 * 1024;
  ck_assert(source_from_utf8(&parse->source, &parse->arena, "test.js", text, strlen(text)));
  parse->ok = parser_parse(&parse->source, &options, &parse->arena, &parse->result);
}

static inline void parse_end(Parse *parse) {
  source_free_lines(&parse->source);
  arena_free(&parse->arena);
}

// The dump without its last line end; free() it.
static inline char *parse_dump(const FunctionNode *root, AstDumpFlags flags) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  ast_dump(root, flags, file);
  fclose(file);
  if (size && text[size - 1] == '\n') text[size - 1] = 0;
  return text;
}

#endif
