// SPDX-License-Identifier: MIT
// Matching of regular expressions: a pattern compiled to bytecode, and its execution against flat text.
// A program is immutable native memory, reference-counted and shared by all isolates and threads; the bytecode for
// Latin-1 and UTF-16 subjects, with and without captures, is made at the first execution that needs it.
// Execution keeps its backtrack stack in the RegexpContext: no C recursion. A context belongs to one thread at a time
// (one per isolate is enough, execution never runs JS except from on_interrupt).
#ifndef WEFT_RUNTIME_REGEXP_REGEXP_H
#define WEFT_RUNTIME_REGEXP_REGEXP_H

#include "base/base.h"
#include "parser/regexp_syntax.h"

typedef struct RegexpProgram RegexpProgram;

typedef enum RegexpResult {
  REGEXP_ERROR = 0, // see RegexpContext.error
  REGEXP_NO_MATCH,
  REGEXP_MATCH,
} RegexpResult;

typedef enum RegexpErrorKind {
  REGEXP_OK = 0,
  REGEXP_INTERRUPTED,    // on_interrupt returned false: whatever it threw is pending
  REGEXP_STACK_OVERFLOW, // the backtrack stack has reached stack_bytes_max; V8 throws RangeError: Maximum call stack size exceeded
  REGEXP_STEPS_EXCEEDED, // steps_max was used up (fuzzing)
} RegexpErrorKind;

enum { REGEXP_UNSET = 0xffffffff }; // capture that took no part

typedef struct RegexpContext {
  // Set by the embedder; all may stay zero.
  const volatile u32 *interrupt;    // polled every few thousand steps; non-zero asks for on_interrupt
  bool (*on_interrupt)(void *data); // false ends the match with REGEXP_INTERRUPTED. May run JS (not on this context)
  void *data;
  size_t stack_bytes_max; // 0 stands for 64 MB
  u64 steps_max;          // 0: no limit. Counted in backtracks
  // Result of a failing execution.
  RegexpErrorKind error;
  // Private.
  u64 *stack;
  u32 stack_capacity;
  u32 *registers;
  u32 register_capacity;
  u8 *memo;
  u32 resume_at;
  bool linear_off;
} RegexpContext;

void regexp_context_free(RegexpContext *ctx);

// Checks the pattern and copies it. NULL with *message (see regexp_syntax.h) for a wrong pattern. Cheap: nothing is compiled.
// The caller owns one reference.
MUST_CHECK RegexpProgram *regexp_program_new(const void *chars, bool is_utf16, u32 length, u32 flags, const char **message);
RegexpProgram *regexp_program_retain(const RegexpProgram *program);
void regexp_program_release(const RegexpProgram *program);

u32 regexp_program_flags(const RegexpProgram *program);
u32 regexp_program_capture_count(const RegexpProgram *program); // with group 0
// Named groups in source order; a name occurs several times if it is declared in several alternatives.
u32 regexp_program_names(const RegexpProgram *program, const RegexpGroupName **names);
// Bytes of native memory now held, for the accounting of external memory.
size_t regexp_program_size(const RegexpProgram *program);

// Looks for a match at `start` or, unless the program is sticky, the first one behind it. `captures` has room for
// 2 * capture_count offsets (start, end; REGEXP_UNSET for groups that took no part), or is NULL when only the answer counts.
// With u or v, a start between the halves of a pair moves to the pair's beginning, as ECMA-262 says. start <= length.
RegexpResult regexp_exec(const RegexpProgram *program, const void *subject, bool is_utf16, u32 length, u32 start, u32 *captures,
                         RegexpContext *ctx);

enum { REGEXP_EXEC_STICKY = 1, REGEXP_EXEC_NOT_STICKY = 2, REGEXP_EXEC_BOUNDS = 4 };
// The same with options: sticky or not whatever the flag says, and BOUNDS: `captures` has room for group 0 only, which is
// faster for patterns with groups.
RegexpResult regexp_exec_with(const RegexpProgram *program, const void *subject, bool is_utf16, u32 length, u32 start, u32 options,
                              u32 *captures, RegexpContext *ctx);

// Prints the bytecode, for --dump-bytecode and tests.
void regexp_program_dump(const RegexpProgram *program, bool is_utf16, FILE *out);

#endif
