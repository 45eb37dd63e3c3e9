// SPDX-License-Identifier: MIT
// What regexp_syntax.c (terms) and regexp_class.c (everything that is a set of characters) share.
// A failing function sets `message` and returns NULL or false; the first message stays.
#ifndef WEFT_PARSER_REGEXP_SYNTAX_INTERNAL_H
#define WEFT_PARSER_REGEXP_SYNTAX_INTERNAL_H

#include "base/unicode.h"
#include "base/utf.h"
#include "base/vec.h"
#include "parser/regexp_syntax.h"

typedef struct RegexpNameEntry {
  RegexpGroupName name;
  u32 hidden; // nesting depth of the disjunction in whose earlier alternative the group is; 0: in the way of a namesake
} RegexpNameEntry;

typedef struct RegexpNameUse {
  RegexpGroupName name;
  RegexpNode *node;
} RegexpNameUse;

typedef struct RegexpParser {
  Arena *arena;
  const void *chars;
  u32 length, pos;
  u32 flags; // as the modifiers of the groups around have left them
  u32 depth; // nesting of groups and classes
  u32 capture_count;
  u32 total_captures; // known after the scan
  bool is_utf16;
  bool unicode_mode, sets_mode;
  bool check_only; // every node is `scratch`, and sets stay empty
  bool scanned, has_names;
  bool has_backrefs, has_lookaround;
  const char *message;
  VEC(RegexpNameEntry) names;
  VEC(RegexpNameUse) uses;
  RegexpNode scratch;
} RegexpParser;

enum { REGEXP_END = 0xffffffff }; // what regexp_peek gives at the end of the pattern

// One code unit at pos + ahead.
static inline u32 regexp_peek(const RegexpParser *p, u32 ahead) {
  if (p->length - p->pos <= ahead) return REGEXP_END;
  u32 at = p->pos + ahead;
  return p->is_utf16 ? ((const u16 *)p->chars)[at] : ((const u8 *)p->chars)[at];
}
static inline bool regexp_eat(RegexpParser *p, u32 c) {
  if (regexp_peek(p, 0) != c) return false;
  p->pos++;
  return true;
}
// Reads one character: a whole surrogate pair counts as one if `pairs`.
static inline u32 regexp_next_char(RegexpParser *p, bool pairs) {
  u32 c = regexp_peek(p, 0);
  p->pos++;
  if (!pairs || !utf16_is_lead(c)) return c;
  u32 trail = regexp_peek(p, 0);
  if (!utf16_is_trail(trail)) return c;
  p->pos++;
  return utf16_combine(c, trail);
}

// Always returns false and NULL-like; keeps the first message.
COLD bool regexp_fail(RegexpParser *p, const char *message);

static inline u32 regexp_sat_add(u32 a, u32 b) { return a > REGEXP_INFINITE - b ? REGEXP_INFINITE : a + b; }
static inline u32 regexp_sat_mul(u32 a, u32 b) {
  u64 product = (u64)a * b;
  return product > REGEXP_INFINITE ? REGEXP_INFINITE : (u32)product;
}

RegexpNode *regexp_new_node(RegexpParser *p, RegexpNodeKind kind);
RegexpNode *regexp_char_node(RegexpParser *p, u32 cp);

// `\` has been read and a CharacterEscape follows (also ControlLetter and the escapes that only a class has, if in_class).
// Not for \d \p \b \k \1. Stores the code point; false after an error.
bool regexp_character_escape(RegexpParser *p, bool in_class, u32 *cp);
// Total of captures and whether there are named groups, found by a quick look over the whole pattern.
void regexp_scan_captures(RegexpParser *p);

// `.`, `\d` `\s` `\w` and their complements, `\p{}`: the letter is given, the position is behind it.
RegexpNode *regexp_dot_node(RegexpParser *p);
RegexpNode *regexp_escape_class_node(RegexpParser *p, u32 letter);
// The position is behind `[`.
RegexpNode *regexp_class_node(RegexpParser *p);

#endif
