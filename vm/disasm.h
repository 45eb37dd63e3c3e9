// SPDX-License-Identifier: MIT
// Bytecode as text, for --dump-bytecode, golden tests and people.
#ifndef WEFT_VM_DISASM_H
#define WEFT_VM_DISASM_H

#include <stdatomic.h>
#include <stdio.h>

#include "vm/code_block.h"

// Prints a block and, one after the other, the blocks inside that have a body. Blocks that wait to be compiled show as one line.
void disasm_block(const CodeBlock *block, FILE *out);
// One instruction of a body at word `pc`; returns its length in words.
u32 disasm_instruction(const CodeBody *body, u32 pc, FILE *out);

#endif
