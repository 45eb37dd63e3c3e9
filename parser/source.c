// SPDX-License-Identifier: MIT
// Source text: decoding from UTF-8, line tables, excerpts for messages.
#include "parser/source.h"

#include "base/utf.h"
#include "base/vec.h"

bool source_from_utf8(Source *out, Arena *arena, const char *name, const char *bytes, size_t length) {
  *out = (Source){.name = name};
  const u8 *p = (const u8 *)bytes;
  if (length >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF) p += 3, length -= 3;
  if (utf8_is_ascii(p, length)) {
    if (length > SOURCE_LENGTH_MAX) return false;
    out->latin1 = p;
    out->length = (u32)length;
    return true;
  }
  Utf8Measure measure = utf8_measure(p, length);
  if (measure.units > SOURCE_LENGTH_MAX) return false;
  out->length = (u32)measure.units;
  if (measure.latin1) {
    u8 *chars = arena_alloc(arena, measure.units);
    utf8_to_latin1(p, length, chars);
    out->latin1 = chars;
  } else {
    u16 *chars = ARENA_ARRAY(arena, u16, measure.units);
    utf8_to_utf16(p, length, chars);
    out->utf16 = chars;
    out->is_utf16 = true;
  }
  return true;
}

SourceLines source_build_lines(const Source *source) {
  VEC(u32) starts = {0};
  vec_push(&starts, 0);
  for (u32 i = 0; i < source->length; i++) {
    u32 c = source_char_at(source, i);
    if (LIKELY(c > '\r' && c < 0x2028)) continue;
    if (c != '\n' && c != '\r' && (c & ~1u) != 0x2028) continue;
    if (c == '\r' && i + 1 < source->length && source_char_at(source, i + 1) == '\n') i++;
    vec_push(&starts, i + 1);
  }
  return (SourceLines){starts.data, starts.len};
}

u32 source_line_index(const SourceLines *lines, u32 offset) {
  u32 low = 0, high = lines->count;
  while (high - low > 1) {
    u32 middle = low + (high - low) / 2;
    if (lines->starts[middle] <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

static bool is_line_end(u32 c) { return c == '\n' || c == '\r' || (c & ~1u) == 0x2028; }

SourcePosition source_position(Source *source, u32 offset) {
  if (!source->lines.starts) source->lines = source_build_lines(source);
  if (offset > source->length) offset = source->length;
  u32 index = source_line_index(&source->lines, offset);
  u32 start = source->lines.starts[index], end = offset;
  while (end < source->length && !is_line_end(source_char_at(source, end))) end++;
  return (SourcePosition){index + 1, offset - start + 1, start, end};
}

void source_free_lines(Source *source) {
  base_free(source->lines.starts);
  source->lines = (SourceLines){0};
}

char *source_text_utf8(const Source *source, u32 start, u32 end, Arena *arena) {
  u32 n = end - start;
  size_t bytes = source->is_utf16 ? utf16_utf8_length(source->utf16 + start, n) : latin1_utf8_length(source->latin1 + start, n);
  u8 *out = arena_alloc(arena, bytes + 1);
  if (source->is_utf16) {
    utf16_to_utf8(source->utf16 + start, n, out);
  } else {
    latin1_to_utf8(source->latin1 + start, n, out);
  }
  out[bytes] = 0;
  return (char *)out;
}
