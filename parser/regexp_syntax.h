// SPDX-License-Identifier: MIT
// The pattern language of regular expressions: text to a tree, with all early errors of ECMA-262 2026 and its Annex B.
// The lexer asks only whether a literal is right (regexp_syntax_check); runtime/regexp asks for the tree.
// The tree has no flags left in it: case, `s`, `m` and `v` are resolved here into sets of code points, so that modifiers
// cost nothing later. Messages are worded as V8 words them.
#ifndef WEFT_PARSER_REGEXP_SYNTAX_H
#define WEFT_PARSER_REGEXP_SYNTAX_H

#include "base/arena.h"
#include "base/base.h"

enum {                                                        // RegExp flags, in the order of the `flags` getter
  REGEXP_HAS_INDICES = 1,                                     // d
  REGEXP_GLOBAL = 2,                                          // g
  REGEXP_IGNORE_CASE = 4,                                     // i
  REGEXP_MULTILINE = 8,                                       // m
  REGEXP_DOT_ALL = 16,                                        // s
  REGEXP_UNICODE = 32,                                        // u
  REGEXP_UNICODE_SETS = 64,                                   // v
  REGEXP_STICKY = 128,                                        // y
  REGEXP_UNICODE_MODE = REGEXP_UNICODE | REGEXP_UNICODE_SETS, // either: the subject is code points
};
enum { REGEXP_NESTING_MAX = 1000, REGEXP_CAPTURES_MAX = 65535, REGEXP_INFINITE = 0xffffffff };

// Decodes flags; false for unknown or repeated letters and for u with v.
MUST_CHECK bool regexp_flags_parse(const void *flags, bool is_utf16, u32 length, u32 *out);

// The early errors of a literal. `flags` has the same width as `chars`. False with *message set: the text after
// `Invalid regular expression: /.../flags: `, or "Invalid flags" when it is the flags that are wrong.
// Builds nothing and leaves nothing in the arena except a few words for group names.
MUST_CHECK bool regexp_syntax_check(Arena *arena, const void *chars, bool is_utf16, u32 length, const void *flags, u32 flags_length,
                                    const char **message);

typedef enum RegexpNodeKind {
  REGEXP_EMPTY,
  REGEXP_CHAR,        // one code point (code unit without u or v)
  REGEXP_SET,         // one of a set; case variants and complement are in the set already
  REGEXP_SEQUENCE,    // children in order
  REGEXP_ALTERNATION, // children by preference
  REGEXP_CAPTURE,     // one child
  REGEXP_REPEAT,      // one child
  REGEXP_LOOK,        // one child; ahead or behind, negated or not
  REGEXP_BACKREF,
  REGEXP_LINE_START,
  REGEXP_LINE_END,
  REGEXP_WORD_BOUNDARY,
} RegexpNodeKind;

typedef struct RegexpNode RegexpNode;
struct RegexpNode {
  u8 kind;
  u8 flag;                        // REPEAT: greedy. LINE_*: multiline. Others: negated. BACKREF: ignore case
  bool behind;                    // LOOK
  bool word_folded;               // WORD_BOUNDARY: u or v with i, where U+017F and U+212A are word characters
  u16 capture_first, capture_end; // the capture groups within: [first, end); CAPTURE itself is `first`
  u32 min_length, max_length;     // in characters; REGEXP_INFINITE is unbounded. Both saturate
  RegexpNode *next;               // sibling
  union {
    u32 cp;  // CHAR
    struct { // SET: sorted inclusive pairs
      const u32 *ranges;
      u32 range_count;
    };
    struct { // all with children
      RegexpNode *child;
      u32 child_count;
      u32 min, max; // REPEAT
    };
    struct { // BACKREF: the first of these that took part counts (duplicate named groups)
      const u16 *groups;
      u32 group_count;
    };
  };
};

typedef struct RegexpGroupName {
  const u16 *chars;
  u32 length;
  u32 capture;
} RegexpGroupName;

typedef struct RegexpTree {
  RegexpNode *root;
  u32 flags;
  u32 capture_count; // with group 0
  bool has_backrefs, has_lookaround;
  const RegexpGroupName *names; // in source order; a name may occur several times
  u32 name_count;
} RegexpTree;

// The whole tree, in the arena. False with *message as above.
MUST_CHECK bool regexp_syntax_parse(Arena *arena, const void *chars, bool is_utf16, u32 length, u32 flags, RegexpTree *tree,
                                    const char **message);

#endif
