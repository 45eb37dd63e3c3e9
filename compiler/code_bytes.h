// SPDX-License-Identifier: MIT
// Compiled code as bytes: what is built into the program for its own JavaScript, and what may be kept in a cache file. Versioned by the
// instruction set and checked by a hash; the bytes are as trusted as the program: they are not verified instruction by instruction.
#ifndef WEFT_COMPILER_CODE_BYTES_H
#define WEFT_COMPILER_CODE_BYTES_H

#include "compiler/compiler.h"

// Appends the block and all functions in it. False: some function was not compiled yet or contains a direct eval, whose names are not kept.
MUST_CHECK bool code_bytes_write(const CodeBlock *block, ByteVec *out);
// The block again, over the same source text; one reference. `bytes` are at a multiple of 8. If they stay for as long as the program
// runs, inner functions are read when they are first called, and large tables are used where they are. NULL: another version, another
// source, or damaged.
MUST_CHECK CodeBlock *code_bytes_read(const u8 *bytes, size_t size, bool bytes_stay, SourceText *text);

#endif
