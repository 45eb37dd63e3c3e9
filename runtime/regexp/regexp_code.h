// SPDX-License-Identifier: MIT
// The bytecode of one variant of a program (see regexp_opcodes.def), and what compiler and matcher agree on.
//
// Sets of characters are bit planes: table t is 256 bytes, and bit b of byte c says whether c is in the set. Eight sets
// share a table. What is above 255 is answered by the class: none, all, or a search in its ranges.
#ifndef WEFT_RUNTIME_REGEXP_REGEXP_CODE_H
#define WEFT_RUNTIME_REGEXP_REGEXP_CODE_H

#include "base/arena.h"
#include "base/vec.h"
#include "runtime/regexp/regexp.h"

typedef enum RegexpOp {
#define O(name, words, doc) RE_OP_##name,
#include "runtime/regexp/regexp_opcodes.def"
#undef O
  RE_OP_COUNT
} RegexpOp;

enum { REF_IGNORE_CASE = 1, REF_UNICODE = 2, REF_BACKWARD = 4 };
enum { WORD_NEGATED = 1, WORD_FOLDED = 2 };
enum { RE_NONE = 0xffffffff, RE_STOPS_MAX = 6 };

typedef enum RegexpWide { WIDE_NONE, WIDE_ALL, WIDE_RANGES } RegexpWide;
typedef enum RegexpRunKind {
  RUN_OF_TABLE,  // units below 256
  RUN_OF_ANY,    // all units
  RUN_UNTIL,     // all units but `stops`
  RUN_OF_UNITS,  // table and ranges
  RUN_OF_POINTS, // table and ranges of code points
} RegexpRunKind;

typedef struct RegexpClass {
  u32 table; // offset
  u8 bit;
  u8 wide;     // RegexpWide
  u8 run_kind; // RegexpRunKind
  u8 stop_count;
  bool points; // may match halves of pairs or whole pairs: go back by code points
  u16 stops[RE_STOPS_MAX];
  u32 range_start, range_count; // in RegexpCode.ranges; pairs, all above 255
} RegexpClass;

// What may come next, as far as a look at one unit tells.
typedef struct RegexpFilter {
  u32 table;
  u8 bit;
  bool wide, at_end;
  i32 single; // the only unit that may come, or -1
} RegexpFilter;

typedef enum RegexpScanKind {
  SCAN_NONE,   // every position is tried
  SCAN_START,  // only the start of the text
  SCAN_LINE,   // only starts of lines
  SCAN_ONE,    // one unit at a fixed distance
  SCAN_TWO,    // two units (with masks) at fixed distances
  SCAN_ANY_OF, // the first unit is one of `stops`
  SCAN_TABLE,  // the first unit is in a set
  SCAN_SKIP,   // Boyer-Moore-Horspool over sets
  SCAN_SHIFT,  // Shift-And over up to 64 bits of alternatives
} RegexpScanKind;

typedef struct RegexpScan {
  RegexpScanKind kind;
  u32 window;                                         // a match is at least so long
  u32 offset1, offset2, mask1, value1, mask2, value2; // ONE, TWO
  u8 stop_count;
  u16 stops[RE_STOPS_MAX];
  RegexpFilter first; // what the first unit may be
  u32 skip_window, shift_window;
  u8 *skip;                   // SKIP: a distance for each low byte of a unit
  u64 *masks;                 // SHIFT, and SKIP if it could be SHIFT: by low byte too
  u64 lane_starts, lane_ends; // SHIFT
} RegexpScan;

typedef struct RegexpCode {
  VEC(u32) words;
  VEC(u8) tables;
  VEC(u8) maps; // 256 bytes each
  VEC(RegexpClass) classes;
  VEC(RegexpFilter) filters;
  VEC(u32) ranges;
  VEC(u8) data; // text of STRING
  RegexpScan scan;
  u32 capture_count;  // that are recorded; 1 without groups
  u32 register_count; // captures first
  u32 memo_count;
  u32 min_length;
  bool is_utf16, unicode_mode, points_at_start;
  bool may_go_linear;
} RegexpCode;

typedef enum RegexpVariant { VARIANT_UTF16 = 1, VARIANT_CAPTURES = 2, VARIANT_LINEAR = 4, VARIANT_COUNT = 8 } RegexpVariant;

// NULL if the variant cannot be (a linear one whose counted loops are too large).
RegexpCode *regexp_compile(const RegexpTree *tree, Arena *arena, u32 variant);
void regexp_code_free(RegexpCode *code);
size_t regexp_code_size(const RegexpCode *code);
void regexp_code_dump(const RegexpCode *code, FILE *out);

// Also REGEXP_SWITCH: too much backtracking; go on with the linear variant at ctx->resume_at.
enum { REGEXP_SWITCH = 100 };
int regexp_match_latin1(const RegexpCode *code, const u8 *subject, u32 length, u32 start, bool sticky, u32 *captures,
                        RegexpContext *ctx);
int regexp_match_utf16(const RegexpCode *code, const u16 *subject, u32 length, u32 start, bool sticky, u32 *captures,
                       RegexpContext *ctx);

// Shared by both matchers.
bool regexp_in_ranges(const u32 *ranges, u32 count, u32 c);
// Makes room on the backtrack stack; false at the limit.
bool regexp_stack_grow(RegexpContext *ctx);

#endif
