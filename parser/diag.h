// SPDX-License-Identifier: MIT
// What the parser says when a text is not a program: one diagnostic, the first, worded as V8 words it.
#ifndef WEFT_PARSER_DIAG_H
#define WEFT_PARSER_DIAG_H

#include "parser/source.h"

typedef enum DiagKind {
  DIAG_NONE,
  DIAG_SYNTAX_ERROR,
  DIAG_REFERENCE_ERROR, // kept for completeness: ES2025 has no early ReferenceError left
  DIAG_RANGE_ERROR,     // nesting deeper than the stack limit, or a text that is too long
  DIAG_STOPPED,         // ParseOptions.poll said so, and knows why
} DiagKind;

typedef enum DiagCode {
#define D(code, kind, text) code,
#include "parser/diag.def"
#undef D
  DIAG_CODE_COUNT
} DiagCode;

typedef struct Diagnostic {
  DiagKind kind; // DIAG_NONE: no error
  DiagCode code;
  const char *message; // UTF-8, in the parse arena or static; without the "SyntaxError: " prefix
  u32 start, end;      // the offending range
  bool incomplete;     // the text ended too early (open bracket, template, comment): a REPL asks for another line
} Diagnostic;

// "name:line\nsource line\n    ^^^^\nSyntaxError: message" as Node prints it, in the arena.
const char *diag_render(const Diagnostic *diag, Source *source, Arena *arena);
const char *diag_kind_name(DiagKind kind); // "SyntaxError", ...

#endif
