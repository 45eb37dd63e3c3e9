// SPDX-License-Identifier: MIT
// Source text as the parser sees it: flat code units, Latin-1 when every character fits, UTF-16 otherwise.
// Offsets everywhere in the parser are u32 counts of code units from the start of the text.
#ifndef WEFT_PARSER_SOURCE_H
#define WEFT_PARSER_SOURCE_H

#include "base/arena.h"
#include "base/base.h"

// Longer texts are refused by source_from_utf8 and by the parser (offsets are 32 bits, some with a spare bit).
#define SOURCE_LENGTH_MAX 0x3fffffffu

typedef struct SourceLines {
  u32 *starts; // offset of the first code unit of every line, ascending; starts[0] == 0
  u32 count;
} SourceLines;

// A text does not own its characters: who creates it keeps them alive as long as the AST (names point into them).
typedef struct Source {
  const char *name; // UTF-8 file name or URL for messages; may be NULL
  union {
    const void *chars;
    const u8 *latin1;
    const u16 *utf16;
  };
  u32 length; // in code units
  bool is_utf16;
  SourceLines lines; // filled by the first source_position; freed by source_free_lines
} Source;

typedef struct SourcePosition {
  u32 line;       // 1-based
  u32 column;     // 1-based, in code units
  u32 line_start; // offset of the line's first code unit
  u32 line_end;   // offset of its terminator, or the text's length
} SourcePosition;

static inline u32 source_char_at(const Source *source, u32 offset) {
  return source->is_utf16 ? source->utf16[offset] : source->latin1[offset];
}

// Decodes UTF-8 into `arena` and fills in a Source: Latin-1 when all characters are below U+0100, else UTF-16.
// Pure ASCII bytes are used in place (not copied). A leading byte order mark is dropped; every maximal invalid sequence becomes
// U+FFFD, as WHATWG decoding does. Returns false when the text is longer than SOURCE_LENGTH_MAX.
MUST_CHECK bool source_from_utf8(Source *out, Arena *arena, const char *name, const char *bytes, size_t length);

// The line and column of an offset (offsets past the end count as the end). Builds the line table on first use: not for use
// by two threads at once on the same Source.
SourcePosition source_position(Source *source, u32 offset);
void source_free_lines(Source *source);

// Builds the table of line starts, owned by the caller (free with base_free(lines.starts)).
SourceLines source_build_lines(const Source *source);
// Finds the line of an offset by binary search. 0-based line index.
u32 source_line_index(const SourceLines *lines, u32 offset);

// Writes source text [start, end) as UTF-8 into the arena, NUL-terminated; lone surrogates become U+FFFD.
char *source_text_utf8(const Source *source, u32 start, u32 end, Arena *arena);

#endif
