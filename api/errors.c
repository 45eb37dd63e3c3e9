// SPDX-License-Identifier: MIT
// Exceptions: throwing, taking, showing.
// Tests: tests/api/test_errors.c.
#include "api/api_internal.h"
#include "compiler/compiler.h"
#include "vm/builtin.h"
#include "vm/error.h"

#include <stdarg.h>

static u32 prototype_of(WeftErrorKind kind) {
  switch (kind) {
  case WEFT_TYPE_ERROR: return INTRINSIC_TYPE_ERROR_PROTOTYPE;
  case WEFT_RANGE_ERROR: return INTRINSIC_RANGE_ERROR_PROTOTYPE;
  case WEFT_SYNTAX_ERROR: return INTRINSIC_SYNTAX_ERROR_PROTOTYPE;
  case WEFT_REFERENCE_ERROR: return INTRINSIC_REFERENCE_ERROR_PROTOTYPE;
  case WEFT_EVAL_ERROR: return INTRINSIC_EVAL_ERROR_PROTOTYPE;
  case WEFT_URI_ERROR: return INTRINSIC_URI_ERROR_PROTOTYPE;
  default: return INTRINSIC_ERROR_PROTOTYPE;
  }
}

WeftValue weft_throw(WeftIsolate *isolate, WeftValue v) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, v);
  return value_as_handle((Value)throw_value(iso, value_in(v)));
}

WeftValue weft_throw_error(WeftIsolate *isolate, WeftErrorKind kind, const char *format, ...) {
  Isolate *iso = ISOLATE(isolate);
  va_list list, again;
  va_start(list, format);
  va_copy(again, list);
  int size = vsnprintf(NULL, 0, format, list);
  va_end(list);
  char *text = size < 0 ? NULL : base_alloc((size_t)size + 1);
  if (text) vsnprintf(text, (size_t)size + 1, format, again);
  va_end(again);
  (void)throw_error_message(iso, prototype_of(kind), "%s", text ? text : format);
  base_free(text);
  return NULL;
}

WeftValue weft_error(WeftIsolate *isolate, WeftErrorKind kind, const char *message) {
  Isolate *iso = ISOLATE(isolate);
  String *text = TRY(str_new_utf8(iso, message, strlen(message)));
  return value_out(isolate, value_from_object(error_new(iso, prototype_of(kind), text)));
}

bool weft_has_exception(const WeftIsolate *isolate) { return isolate_has_exception(ISOLATE(isolate)); }

WeftValue weft_exception_take(WeftIsolate *isolate) {
  Isolate *iso = ISOLATE(isolate);
  if (iso->terminating) return NULL;
  return value_out(isolate, isolate_take_exception(iso));
}

// ---- Showing ----

// "file:line", the line, a caret below the column, an empty line.
static void append_place(StringBuilder *sb, const StackFrameInfo *frame) {
  const char *file;
  u32 line, column, line_start = 0, line_end;
  if (!stack_frame_position(frame, &file, &line, &column)) return;
  SourceText *text = frame->block->source;
  const u8 *narrow = text->utf16 ? NULL : source_text_chars(text);
  const u16 *wide = text->utf16 ? source_text_chars(text) : NULL;
  u32 wanted = line > text->line_offset ? line - text->line_offset : 1;
#define UNIT(i) (narrow ? narrow[i] : wide[i])
  for (u32 at = 1; at < wanted && line_start < text->length; line_start++) at += UNIT(line_start) == '\n';
  for (line_end = line_start; line_end < text->length && UNIT(line_end) != '\n' && UNIT(line_end) != '\r';) line_end++;
  sb_append_utf8(sb, file, strlen(file));
  sb_append_unit(sb, ':');
  sb_append_int(sb, (i32)line);
  sb_append_unit(sb, '\n');
  if (line_end - line_start <= SOURCE_FRAME_LINE_MAX) {
    for (u32 i = line_start; i < line_end; i++) sb_append_unit(sb, UNIT(i));
    sb_append_unit(sb, '\n');
    for (u32 i = 0; i + 1 < column && i < SOURCE_FRAME_CARET_MAX; i++) {
      sb_append_unit(sb, line_start + i < line_end && UNIT(line_start + i) == '\t' ? '\t' : ' ');
    }
    sb_append_unit(sb, '^');
    sb_append_unit(sb, '\n');
  }
  sb_append_unit(sb, '\n');
#undef UNIT
}

static String *text_of_error(Isolate *iso, JSError *error) {
  StackTrace *trace = ref_get(error->trace);
  StringBuilder sb;
  sb_init(&sb, iso);
  if (trace) {
    for (u32 i = 0; i < trace->count; i++) {
      if (!trace->frames[i].block) continue;
      append_place(&sb, &trace->frames[i]);
      break;
    }
    const char *header = error_text_of_exception(iso, value_from_object(error));
    error_settle_stack(iso, error, str_new_utf8(iso, header, strlen(header)));
  }
  Value stack = slot_get(&error->stack_value);
  if (stack == VALUE_EMPTY || !value_is_string(stack)) return NULL;
  sb_append(&sb, value_string(stack));
  return sb_finish(&sb);
}

char *weft_exception_text(WeftIsolate *isolate, WeftValue exception) {
  Isolate *iso = ISOLATE(isolate);
  NEEDS(isolate, exception);
  Value v = value_in(exception);
  String *text = value_is_kind(v, KIND_ERROR) ? text_of_error(iso, (JSError *)value_object(v)) : NULL;
  if (!text) {
    const char *short_text = error_text_of_exception(iso, v);
    text = str_new_utf8(iso, short_text, strlen(short_text));
  }
  char *utf8 = text ? str_to_utf8(iso, text, NULL) : NULL;
  (void)isolate_take_exception(iso);
  return utf8;
}

static char *copy_text(const char *text, size_t size) {
  char *copy = base_alloc(size + 1);
  memcpy(copy, text, size);
  copy[size] = 0;
  return copy;
}

// "    at f (file:1:2)" or "    at file:1:2"
static bool position_in_line(const char *text, char **file, u32 *line, u32 *column) {
  const char *end = text + strcspn(text, "\n"), *open = memchr(text, '(', (size_t)(end - text));
  const char *start = open ? open + 1 : text + strlen("    at ");
  const char *colons[2] = {NULL, NULL};
  for (const char *p = end; p > start && !colons[0]; p--) {
    if (p[-1] != ':') continue;
    if (!colons[1]) colons[1] = p - 1;
    else colons[0] = p - 1;
  }
  if (!colons[0]) return false;
  *line = (u32)strtoul(colons[0] + 1, NULL, 10);
  *column = (u32)strtoul(colons[1] + 1, NULL, 10);
  *file = copy_text(start, (size_t)(colons[0] - start));
  return *line && *column;
}

// Of an error whose stack has been written already: the frames are gone.
static bool position_in_text(Isolate *iso, Value stack, char **file, u32 *line, u32 *column) {
  if (!value_is_string(stack)) return false;
  char *text = str_to_utf8(iso, value_string(stack), NULL);
  const char *frame = text ? strstr(text, "\n    at ") : NULL;
  bool found = frame && position_in_line(frame + 1, file, line, column);
  base_free(text);
  if (!text) (void)isolate_take_exception(iso);
  return found;
}

bool weft_error_position(WeftIsolate *isolate, WeftValue error, char **file, uint32_t *line, uint32_t *column) {
  Isolate *iso = ISOLATE(isolate);
  if (!error || !value_is_kind(value_in(error), KIND_ERROR)) return false;
  const JSError *e = (const JSError *)value_object(value_in(error));
  const StackTrace *trace = ref_get(e->trace);
  if (!trace) return position_in_text(iso, slot_get(&e->stack_value), file, line, column);
  const char *name;
  for (u32 i = 0; i < trace->count; i++) {
    if (!stack_frame_position(&trace->frames[i], &name, line, column)) continue;
    *file = copy_text(name, strlen(name));
    return true;
  }
  return false;
}
