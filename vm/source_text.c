// SPDX-License-Identifier: MIT
// Source text of scripts: kept for Function.prototype.toString, lazy compilation and stack traces. Shared by isolates,
// counted atomically; the line table is made by the first who asks and published with one compare-and-swap.
// Tests: tests/unit/vm/test_source_text.c.
#include "base/atomic.h"
#include "base/inflate.h"
#include "base/vec.h"
#include "vm/code_block.h"

static SourceText *new_text(const void *chars, bool utf16, u32 length, const char *name, bool owns_chars) {
  SourceText *text = base_alloc_zeroed(sizeof *text);
  atomic_init(&text->refs, 1);
  text->utf16 = utf16;
  text->length = length;
  atomic_init(&text->chars, chars);
  text->owns_chars = owns_chars;
  size_t name_size = strlen(name ? name : "") + 1;
  text->name = base_alloc(name_size);
  memcpy(text->name, name ? name : "", name_size);
  return text;
}

SourceText *source_text_new(const void *chars, bool utf16, u32 length, const char *name, bool copy) {
  if (!copy) return new_text(chars ? chars : "", utf16, length, name, false);
  size_t size = (size_t)length << utf16;
  void *own = base_alloc(size + 2);
  if (size) memcpy(own, chars, size);
  return new_text(own, utf16, length, name, true);
}

SourceText *source_text_new_packed(const u8 *packed, u32 packed_size, u32 length, const char *name) {
  SourceText *text = new_text(NULL, false, length, name, true);
  text->packed = packed;
  text->packed_size = packed_size;
  return text;
}

const void *source_text_unpack(SourceText *text) {
  u8 *own = base_alloc(text->length + 1ul);
  CHECK(inflate_bytes(text->packed, text->packed_size, own, text->length));
  const void *known = NULL;
  if (atomic_compare_exchange_strong_explicit(&text->chars, &known, own, memory_order_acq_rel, memory_order_acquire)) return own;
  base_free(own); // somebody else was faster
  return known;
}

void source_text_own(SourceText *text, void *memory) {
  CHECK(!text->owned);
  text->owned = memory;
}

SourceText *source_text_retain(SourceText *text) {
  atomic_fetch_add_explicit(&text->refs, 1, memory_order_relaxed);
  return text;
}

void source_text_release(SourceText *text) {
  if (!text || atomic_fetch_sub_explicit(&text->refs, 1, memory_order_acq_rel) != 1) return;
  if (text->owns_chars) base_free((void *)(uintptr_t)atomic_load_explicit(&text->chars, memory_order_acquire));
  base_free(atomic_load_explicit(&text->line_table, memory_order_acquire));
  base_free(text->owned);
  base_free(text->name);
  base_free(text);
}

// ---- Lines ----

static u32 unit_at(const SourceText *text, u32 i) {
  const void *chars = source_text_chars(text);
  return text->utf16 ? ((const u16 *)chars)[i] : ((const u8 *)chars)[i];
}

// Offset behind the line terminator at i; i itself when there is none.
static u32 skip_line_end(const SourceText *text, u32 i) {
  u32 c = unit_at(text, i);
  if (c == '\r') return i + 1 < text->length && unit_at(text, i + 1) == '\n' ? i + 2 : i + 1;
  return c == '\n' || c == 0x2028 || c == 0x2029 ? i + 1 : i;
}

// [0]: number of lines; then the offset of each line's start.
static u32 *build_line_table(const SourceText *text) {
  VEC(u32) lines = {0};
  vec_push(&lines, 0);
  vec_push(&lines, 0);
  for (u32 i = 0; i < text->length;) {
    u32 next = skip_line_end(text, i);
    if (next > i) vec_push(&lines, next);
    i = next > i ? next : i + 1;
  }
  lines.data[0] = lines.len - 1;
  return lines.data;
}

static const u32 *line_table(SourceText *text) {
  u32 *table = atomic_load_explicit(&text->line_table, memory_order_acquire);
  if (table) return table;
  u32 *made = build_line_table(text);
  if (atomic_compare_exchange_strong_explicit(&text->line_table, &table, made, memory_order_acq_rel, memory_order_acquire)) {
    return made;
  }
  base_free(made); // somebody else was faster
  return table;
}

void source_text_position(SourceText *text, u32 offset, u32 *line, u32 *column) {
  const u32 *table = line_table(text);
  u32 low = 1, high = table[0]; // the last line that starts at or before offset
  while (low < high) {
    u32 middle = low + (high - low + 1) / 2;
    if (table[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  *line = low + text->line_offset;
  *column = offset - table[low] + 1 + (low == 1 ? text->column_offset : 0);
}
