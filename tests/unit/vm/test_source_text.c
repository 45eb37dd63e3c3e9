// SPDX-License-Identifier: MIT
// vm/source_text, vm/code_block: lines and columns, position tables, families of blocks.
#include "tests/unit/unit.h"
#include "vm/code_block.h"

static void ck_position(SourceText *text, u32 offset, u32 line, u32 column) {
  u32 l, c;
  source_text_position(text, offset, &l, &c);
  ck_assert_uint_eq(l, line);
  ck_assert_uint_eq(c, column);
}

START_TEST(lines_end_in_four_ways) {
  const char *latin1 = "ab\ncd\r\nef\rgh\n";
  SourceText *text = source_text_new(latin1, false, (u32)strlen(latin1), "a.js", true);
  ck_assert_str_eq(text->name, "a.js");
  ck_position(text, 0, 1, 1);
  ck_position(text, 2, 1, 3);
  ck_position(text, 3, 2, 1);
  ck_position(text, 6, 2, 4); // the LF of CR LF
  ck_position(text, 7, 3, 1);
  ck_position(text, 10, 4, 1);
  ck_position(text, 13, 5, 1); // behind the last line
  source_text_release(source_text_retain(text));
  source_text_release(text);
  const u16 wide[] = {'x', 0x2028, 'y', 0x2029, 0x4e2d, 'z'};
  text = source_text_new(wide, true, ARRAY_LEN(wide), "", false);
  ck_position(text, 2, 2, 1);
  ck_position(text, 5, 3, 2);
  source_text_release(text);
}
END_TEST

START_TEST(a_wrapped_text_begins_elsewhere) {
  SourceText *text = source_text_new("abc\nd", false, 5, "w", true);
  text->line_offset = 10;
  text->column_offset = 4;
  ck_position(text, 1, 11, 6);
  ck_position(text, 4, 12, 1);
  source_text_release(text);
}
END_TEST

START_TEST(positions_are_found_by_pc) {
  ByteVec out = {0};
  PositionWriter last = {0};
  code_positions_add(&out, &last, 0, 100);
  code_positions_add(&out, &last, 2, 100); // the same: left out
  code_positions_add(&out, &last, 5, 20);
  code_positions_add(&out, &last, 300, 100000);
  CodeBody body = {.positions = out.data, .positions_size = out.len};
  ck_assert_uint_eq(code_body_source_offset(&body, 0), 100);
  ck_assert_uint_eq(code_body_source_offset(&body, 4), 100);
  ck_assert_uint_eq(code_body_source_offset(&body, 5), 20);
  ck_assert_uint_eq(code_body_source_offset(&body, 299), 20);
  ck_assert_uint_eq(code_body_source_offset(&body, 1000), 100000);
  base_free(out.data);
}
END_TEST

static CodeBlock *block_new(SourceText *text) {
  CodeBlock *block = base_alloc_zeroed(sizeof *block);
  block->refs = 1;
  block->source = source_text_retain(text);
  block->name = base_alloc_zeroed(1);
  return block;
}

START_TEST(a_family_dies_together) {
  SourceText *text = source_text_new("", false, 0, "f", true);
  CodeBlock *root = block_new(text), *inner = block_new(text);
  struct {
    CodeBody body;
    CodeBlock *functions[1];
  } *body = base_alloc_zeroed(sizeof *body);
  body->functions[0] = inner;
  body->body.functions = body->functions;
  body->body.function_count = 1;
  root->body = &body->body;
  code_block_adopt(root, inner);
  code_block_retain(inner); // a closure of the inner function outlives the script's own
  code_block_release(root);
  ck_assert_uint_eq(text->refs, 3);
  ck_assert_uint_eq(root->refs, 1);
  code_block_release(inner);
  ck_assert_uint_eq(text->refs, 1);
  source_text_release(text);
}
END_TEST

UNIT_MAIN("source_text", lines_end_in_four_ways, a_wrapped_text_begins_elsewhere, positions_are_found_by_pc, a_family_dies_together)
