// SPDX-License-Identifier: MIT
// What the source calls the value that an instruction stumbled over: "a.b[0].c is not a function". The instruction's source
// position points at the last name of the expression (or at the parenthesis of the call); from there the text is read
// backwards over names, members, indices and calls. It is read as text, not parsed: where it gets complicated, V8's
// "(intermediate value)" stands for the rest.
// Tests: tests/js/fundamental/error_messages.js.
#include "vm/error.h"
#include "vm/interp.h"

enum PieceKind { PIECE_TEXT, PIECE_CALL, PIECE_INTERMEDIATE };
typedef struct Piece {
  enum PieceKind kind;
  u32 start, end;
} Piece;
enum { PIECES_MAX = 24, INDEX_TEXT_MAX = 40 };

typedef struct CalleeText {
  const SourceText *source;
  Piece pieces[PIECES_MAX]; // last first
  u32 count;
} CalleeText;

static u32 unit_at(const SourceText *s, u32 i) {
  const void *chars = source_text_chars(s);
  return s->utf16 ? ((const u16 *)chars)[i] : ((const u8 *)chars)[i];
}

static bool is_name_unit(u32 c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '#' ||
         c >= 0x80;
}

static bool is_space(u32 c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static u32 skip_back(const SourceText *s, u32 i) {
  while (i && is_space(unit_at(s, i - 1))) i--;
  return i;
}

static u32 name_start(const SourceText *s, u32 end) {
  while (end && is_name_unit(unit_at(s, end - 1))) end--;
  return end;
}

static u32 name_end(const SourceText *s, u32 start) {
  while (start < s->length && is_name_unit(unit_at(s, start))) start++;
  return start;
}

static bool text_is(const SourceText *s, u32 start, u32 end, const char *word) {
  size_t length = strlen(word);
  if (end - start != length) return false;
  for (u32 i = 0; i < length; i++) {
    if (unit_at(s, start + i) != (u8)word[i]) return false;
  }
  return true;
}

// Words that end an expression going backwards, or begin one that has no name.
static bool is_keyword(const SourceText *s, u32 start, u32 end) {
  static const char *const words[] = {"return", "typeof",     "await",  "yield",    "new",   "throw", "in",    "of",
                                      "case",   "void",       "delete", "else",     "do",    "if",    "while", "for",
                                      "switch", "instanceof", "class",  "function", "async", "with",  "catch"};
  for (u32 i = 0; i < ARRAY_LEN(words); i++) {
    if (text_is(s, start, end, words[i])) return true;
  }
  return false;
}

static void add_piece(CalleeText *t, enum PieceKind kind, u32 start, u32 end) {
  if (t->count < PIECES_MAX) t->pieces[t->count++] = (Piece){kind, start, end};
}

// Offset of the bracket that the one before `end` closes; UINT32_MAX: none.
static u32 matching_open(const SourceText *s, u32 end) {
  u32 depth = 0;
  for (u32 i = end; i--;) {
    u32 c = unit_at(s, i);
    if (c == ')' || c == ']' || c == '}') depth++;
    else if ((c == '(' || c == '[' || c == '{') && --depth == 0) return i;
  }
  return UINT32_MAX;
}

// Reads the operand that ends at `end` and everything that it hangs on.
static void read_back(CalleeText *t, u32 end) {
  const SourceText *s = t->source;
  for (u32 i = skip_back(s, end); t->count < PIECES_MAX - 2;) {
    u32 c = i ? unit_at(s, i - 1) : 0;
    if (c == ')' || c == ']') {
      u32 open = matching_open(s, i);
      if (open == UINT32_MAX) break;
      u32 before = skip_back(s, open), word = name_start(s, before);
      u32 previous = before ? unit_at(s, before - 1) : 0;
      bool follows = previous == ')' || previous == ']' || (word < before && !is_keyword(s, word, before));
      if (!follows) break;
      if (c == ')') add_piece(t, PIECE_CALL, 0, 0);
      else if (i - open <= INDEX_TEXT_MAX) add_piece(t, PIECE_TEXT, open, i);
      else break;
      i = before;
      continue;
    }
    u32 start = name_start(s, i);
    if (start == i || is_keyword(s, start, i)) break;
    add_piece(t, PIECE_TEXT, start, i);
    u32 dot = skip_back(s, start);
    if (!dot || unit_at(s, dot - 1) != '.' || (dot > 1 && unit_at(s, dot - 2) == '.')) return;
    u32 dot_start = dot > 1 && unit_at(s, dot - 2) == '?' ? dot - 2 : dot - 1;
    add_piece(t, PIECE_TEXT, dot_start, dot);
    i = skip_back(s, dot_start);
  }
  add_piece(t, PIECE_INTERMEDIATE, 0, 0);
}

// `new a.b.C(...)`: the position is that of `new`.
static void read_after_new(CalleeText *t, u32 i) {
  const SourceText *s = t->source;
  while (i < s->length && is_space(unit_at(s, i))) i++;
  u32 start = i;
  for (;;) {
    u32 end = name_end(s, i);
    if (end == i) break;
    i = end;
    if (i + 1 >= s->length || unit_at(s, i) != '.') break;
    i++;
  }
  if (i == start || is_keyword(s, start, name_end(s, start))) add_piece(t, PIECE_INTERMEDIATE, 0, 0);
  else add_piece(t, PIECE_TEXT, start, i);
}

static bool read_text(CalleeText *t, u32 at) {
  const SourceText *s = t->source;
  if (at >= s->length) return false;
  if (unit_at(s, at) == '(') {
    read_back(t, at);
    return true;
  }
  if (!is_name_unit(unit_at(s, at)) || (unit_at(s, at) >= '0' && unit_at(s, at) <= '9')) return false;
  u32 end = name_end(s, at);
  if (text_is(s, at, end, "new")) read_after_new(t, end);
  else if (is_keyword(s, at, end)) return false;
  else read_back(t, end);
  return true;
}

static String *text_as_string(Isolate *iso, const CalleeText *t) {
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = t->count; i--;) {
    const Piece *p = &t->pieces[i];
    switch (p->kind) {
    case PIECE_CALL: sb_append_ascii(&sb, "(...)"); break;
    case PIECE_INTERMEDIATE: sb_append_ascii(&sb, "(intermediate value)"); break;
    default:
      if (t->source->utf16) sb_append_utf16(&sb, (const u16 *)source_text_chars(t->source) + p->start, p->end - p->start);
      else sb_append_latin1(&sb, (const u8 *)source_text_chars(t->source) + p->start, p->end - p->start);
    }
  }
  return sb_finish(&sb);
}

const char *error_text_of_callee(Isolate *iso, Value v) {
  const Value *fp = iso->fp;
  if (!fp || frame_flags(fp) & FRAME_NATIVE || !value_is_kind(fp[-4], KIND_FUNCTION)) return error_text_of_value(iso, v);
  const Code *code = frame_code(fp);
  CalleeText text = {.source = code->block->source};
  if (!text.source || !code->body || !iso->pc) return error_text_of_value(iso, v);
  u32 offset = code_body_source_offset(code->body, (u32)(iso->pc - code->bytecode));
  if (!read_text(&text, offset)) return error_text_of_value(iso, v);
  Value pending = iso->exception;
  String *s = text_as_string(iso, &text);
  iso->exception = pending;
  return s ? error_text_of_string(iso, s) : error_text_of_value(iso, v);
}
