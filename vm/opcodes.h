// SPDX-License-Identifier: MIT
// Opcode numbers, and what tables say about them. vm/opcodes.def is the list.
#ifndef WEFT_VM_OPCODES_H
#define WEFT_VM_OPCODES_H

#include "base/base.h"

typedef enum Opcode {
#define OP(name, operands, ext, doc) OP_##name,
#include "vm/opcodes.def"
#undef OP
  OP_COUNT,
} Opcode;
STATIC_ASSERT(OP_COUNT <= 256);

typedef enum RuntimeOp {
#define RUNTIME_OP(name, count, doc) RUNTIME_##name,
#include "vm/runtime_ops.def"
#undef RUNTIME_OP
  RUNTIME_OP_COUNT,
} RuntimeOp;

typedef struct OpcodeInfo {
  const char *name;
  char operands[4];
  u8 ext;     // extension words (JUMP_TABLE has more: its ext word tells how many)
  u8 generic; // opcode that the compiler knows it by (itself unless quickened)
} OpcodeInfo;
extern const OpcodeInfo opcode_info[OP_COUNT];
extern const char *const runtime_op_names[RUNTIME_OP_COUNT];

#endif
