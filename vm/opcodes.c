// SPDX-License-Identifier: MIT
// Names and operand kinds of the bytecode, as tables made from the two lists.
#include "vm/opcodes.h"

const OpcodeInfo opcode_info[OP_COUNT] = {
#define OP(name, operands, ext, doc) {#name, operands, ext, OP_##name},
#include "vm/opcodes.def"
#undef OP
};

const char *const runtime_op_names[RUNTIME_OP_COUNT] = {
#define RUNTIME_OP(name, count, doc) #name,
#include "vm/runtime_ops.def"
#undef RUNTIME_OP
};
