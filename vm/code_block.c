// SPDX-License-Identifier: MIT
// Life and death of CodeBlocks. The blocks of one script refer to each other in both directions (a body to its inner
// functions, a lazy inner function to the block around it), so they live and die as a family: code_block_adopt puts a block
// under the root block of its script, and from then on only the root's count counts.
// Tests: tests/unit/vm/test_source_text.c.
#include "base/bytes.h"
#include "vm/code_block.h"

#include <stdatomic.h>

static CodeBlock *root_of(CodeBlock *block) {
  while (block->family) block = block->family;
  return block;
}

CodeBlock *code_block_retain(CodeBlock *block) {
  atomic_fetch_add_explicit(&root_of(block)->refs, 1, memory_order_relaxed);
  return block;
}

void code_block_adopt(CodeBlock *parent, CodeBlock *child) {
  ASSERT(!child->family && parent != child);
  child->family = root_of(parent);
}

static void free_block(CodeBlock *block) {
  CodeBody *body = atomic_load_explicit(&block->body, memory_order_acquire);
  if (body) code_body_free(body);
  code_scope_release(block->outer_scope);
  base_free(block->lazy);
  base_free(block->name);
  source_text_release(block->source);
  base_free(block);
}

void code_body_free(CodeBody *body) {
  for (u32 i = 0; i < body->function_count; i++) {
    CodeBlock *inner = body->functions[i];
    if (inner->family) free_block(inner); // nested as deep as functions in the source
    else code_block_release(inner);
  }
  for (u32 i = 0; i < body->scope_count; i++) code_scope_release(body->scopes[i]);
  base_free(body);
}

void code_block_release(CodeBlock *block) {
  if (!block) return;
  block = root_of(block);
  if (atomic_fetch_sub_explicit(&block->refs, 1, memory_order_acq_rel) == 1) free_block(block);
}

CodeScope *code_scope_retain(CodeScope *scope) {
  if (scope) atomic_fetch_add_explicit(&scope->refs, 1, memory_order_relaxed);
  return scope;
}

void code_scope_release(CodeScope *scope) {
  while (scope && atomic_fetch_sub_explicit(&scope->refs, 1, memory_order_acq_rel) == 1) {
    CodeScope *outer = scope->outer;
    base_free(scope);
    scope = outer;
  }
}

// ---- Positions ----

void code_positions_add(ByteVec *out, PositionWriter *last, u32 pc, u32 offset) {
  if (out->len && offset == last->offset) return;
  bytes_append_varint(out, pc - last->pc);
  bytes_append_varint(out, bytes_zigzag((i64)offset - last->offset));
  *last = (PositionWriter){pc, offset};
}

u32 code_body_source_offset(const CodeBody *body, u32 pc) {
  const u8 *p = body->positions, *end = p + body->positions_size;
  u64 at = 0;
  i64 offset = 0;
  while (p < end) {
    u64 pc_step, offset_step;
    if (!bytes_get_varint(&p, end, &pc_step) || !bytes_get_varint(&p, end, &offset_step)) break;
    at += pc_step;
    if (at > pc) break;
    offset += bytes_unzigzag(offset_step);
  }
  return (u32)offset;
}
