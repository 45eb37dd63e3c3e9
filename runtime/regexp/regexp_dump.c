// SPDX-License-Identifier: MIT
// Prints bytecode: one instruction a line, then the plan for finding starts.
#include "runtime/regexp/regexp_code.h"

static const char *const op_names[] = {
#define O(name, words, doc) #name,
#include "runtime/regexp/regexp_opcodes.def"
#undef O
};
static const u8 op_words[] = {
#define O(name, words, doc) words,
#include "runtime/regexp/regexp_opcodes.def"
#undef O
};

// Entries stand between a DISPATCH and the first instruction that one of them or its chain leads to.
static u32 dispatch_entries(const RegexpCode *code, u32 at) {
  const u32 *words = code->words.data;
  u32 count = MAX(words[at + 2], words[at + 3]);
  for (u32 i = 0; i < 256; i++) count = MAX(count, (u32)code->maps.data[words[at + 1] + i]);
  return count + 1;
}

static u32 print_op(const RegexpCode *code, u32 at, FILE *out) {
  const u32 *words = code->words.data + at;
  u32 n = op_words[*words];
  if (*words == RE_OP_BACKREF || *words == RE_OP_MEMO) n += words[2];
  fprintf(out, "%5u  %s", at, op_names[*words]);
  for (u32 i = 1; i < n; i++) fprintf(out, words[i] == RE_NONE ? " -" : " %u", words[i]);
  if (*words == RE_OP_CHAR && words[1] - 33 < 94) fprintf(out, "  '%c'", (char)words[1]);
  if (*words == RE_OP_DISPATCH) {
    u32 entries = dispatch_entries(code, at);
    for (u32 i = 0; i < entries; i++) fprintf(out, " [%u %u]", words[4 + 2 * i], words[5 + 2 * i]);
    n += 2 * entries;
  }
  fputc('\n', out);
  return at + n;
}

void regexp_code_dump(const RegexpCode *code, FILE *out) {
  static const char *const scans[] = {"none", "start", "line", "one", "two", "any-of", "table", "skip", "shift"};
  for (u32 at = 0; at < code->words.len;) at = print_op(code, at, out);
  fprintf(out, "scan %s, window %u; %u registers, %u classes\n", scans[code->scan.kind], code->scan.window, code->register_count,
          code->classes.len);
}
