// SPDX-License-Identifier: MIT
// Rendering of a diagnostic as Node prints an uncaught SyntaxError.
#include "parser/diag.h"

const char *diag_kind_name(DiagKind kind) {
  switch (kind) {
  case DIAG_RANGE_ERROR: return "RangeError";
  case DIAG_REFERENCE_ERROR: return "ReferenceError";
  default: return "SyntaxError";
  }
}

const char *diag_render(const Diagnostic *diag, Source *source, Arena *arena) {
  SourcePosition at = source_position(source, diag->start);
  // A minified line is shown as a window around the error.
  u32 from = at.line_start, to = at.line_end;
  if (diag->start > from + 200) from = diag->start - 100;
  if (to > from + 300) to = from + 300;
  const char *line = source_text_utf8(source, from, to, arena);
  u32 indent = diag->start - from;
  u32 width = diag->end > diag->start ? MIN(diag->end, MAX(to, diag->start + 1)) - diag->start : 1;
  const char *name = source->name ? source->name : "<anonymous>";
  size_t size = strlen(name) + strlen(line) + indent + width + strlen(diag->message) + 64;
  char *out = arena_alloc(arena, size);
  int n = snprintf(out, size, "%s:%u\n%s\n", name, at.line, line);
  for (u32 i = 0; i < indent; i++) out[n++] = source_char_at(source, from + i) == '\t' ? '\t' : ' ';
  for (u32 i = 0; i < width; i++) out[n++] = '^';
  snprintf(out + n, size - (size_t)n, "\n\n%s: %s", diag_kind_name(diag->kind), diag->message);
  return out;
}
