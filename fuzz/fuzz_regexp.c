// SPDX-License-Identifier: MIT
// Any pattern on any text: compiles and matches in both widths, with and without captures, under a step limit, and
// demands that all of them give the same answer. Input: one byte of flags, one of the pattern's length, pattern, text.
#include "runtime/regexp/regexp.h"

enum { STEPS_MAX = 20000, CAPTURES_MAX = 300, TEXT_MAX = 4096 };

static RegexpResult run(const RegexpProgram *program, const void *text, bool is_utf16, u32 length, u32 start, u32 options,
                        u32 *captures) {
  RegexpContext ctx = {.steps_max = STEPS_MAX, .stack_bytes_max = 1 << 20};
  RegexpResult result = regexp_exec_with(program, text, is_utf16, length, start, options, captures, &ctx);
  regexp_context_free(&ctx);
  return result;
}

static void check_captures(const u32 *captures, u32 count, u32 length) {
  for (u32 i = 0; i < count; i++) {
    bool unset = captures[2 * i] == REGEXP_UNSET;
    CHECK(unset == (captures[2 * i + 1] == REGEXP_UNSET));
    CHECK(unset || (captures[2 * i] <= captures[2 * i + 1] && captures[2 * i + 1] <= length));
  }
}

static void match_all_ways(const RegexpProgram *program, const u8 *text, u32 length, u32 start) {
  u32 count = regexp_program_capture_count(program), narrow[2 * CAPTURES_MAX], wide[2 * CAPTURES_MAX], bounds[2];
  if (count > CAPTURES_MAX) return;
  u16 *units = base_alloc(length * sizeof(u16));
  for (u32 i = 0; i < length; i++) units[i] = text[i];
  RegexpResult first = run(program, text, false, length, start, 0, narrow),
               second = run(program, units, true, length, start, 0, wide);
  RegexpResult third = run(program, text, false, length, start, REGEXP_EXEC_BOUNDS, bounds);
  if (first && second) {
    CHECK(first == second);
    if (first == REGEXP_MATCH) {
      CHECK(!memcmp(narrow, wide, 2 * count * sizeof(u32)));
      check_captures(narrow, count, length);
    }
  }
  if (first && third) {
    CHECK(first == third);
    if (first == REGEXP_MATCH) CHECK(bounds[0] == narrow[0] && bounds[1] == narrow[1]);
  }
  // The bytes in pairs: surrogates and characters of many scripts.
  u32 pairs = length / 2;
  memcpy(units, text, pairs * sizeof(u16));
  if (run(program, units, true, pairs, MIN(start, pairs), 0, wide) == REGEXP_MATCH) check_captures(wide, count, pairs);
  base_free(units);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  if (size < 2) return 0;
  u32 flags = data[0], pattern_length = MIN(data[1], (u32)size - 2), length = MIN((u32)size - 2 - pattern_length, (u32)TEXT_MAX);
  const u8 *pattern = data + 2, *text = pattern + pattern_length;
  if ((flags & REGEXP_UNICODE_MODE) == REGEXP_UNICODE_MODE) flags &= ~(u32)REGEXP_UNICODE;
  bool wide_pattern = flags & REGEXP_HAS_INDICES; // this flag changes nothing in matching: it may say something else here
  u16 copy[128];
  if (wide_pattern) memcpy(copy, pattern, pattern_length / 2 * sizeof(u16));
  const char *message;
  RegexpProgram *program = regexp_program_new(wide_pattern ? (const void *)copy : pattern, wide_pattern,
                                              wide_pattern ? pattern_length / 2 : pattern_length, flags, &message);
  if (!program) return 0;
  match_all_ways(program, text, length, length ? data[0] % (length + 1) : 0);
  regexp_program_release(program);
  return 0;
}
