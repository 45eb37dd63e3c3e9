// SPDX-License-Identifier: MIT
// Long strings are not copied from isolate to isolate: their characters move into a SharedText when a string is first posted, and every
// isolate has strings over that. A slice (a flattened rope, a part of another string) is rewritten in place: nobody points into it. A flat
// string stays as it is, because slices may point into it; a weak table remembers its text instead.
// Tests: tests/unit/threads/test_clone.c.
#include "threads/clone_writer.h"
#include "vm/error.h"
#include "vm/kinds.h"

static size_t text_bytes(const SharedText *text) { return (size_t)text->length << text->utf16; }

static void finalize_text(Heap *heap, Cell *cell) {
  SharedText *text = ((HostCell *)cell)->data;
  gc_adjust_external(heap, -(ptrdiff_t)text_bytes(text));
  shared_text_release(text);
}
static const HostClass text_class = {.name = "SharedText", .finalize = finalize_text};

// The cell that keeps a text alive. Takes the reference, also when it fails.
static HostCell *text_cell_new(Isolate *iso, SharedText *text) {
  HostCell *cell = host_cell_new(iso, &text_class, text);
  if (!cell) {
    shared_text_release(text);
    return NULL;
  }
  gc_adjust_external(heap_of(iso), (ptrdiff_t)text_bytes(text));
  return cell;
}

static SharedText *text_of_cell(const Cell *cell) {
  if (!cell || cell->kind != KIND_HOST_CELL || ((const HostCell *)cell)->host_class != &text_class) return NULL;
  return ((const HostCell *)cell)->data;
}

static HostCell *text_cell_of_chars(Isolate *iso, String *s) {
  SharedText *text = shared_text_new(s->length, str_is_utf16(s));
  if (!text) return throw_out_of_memory(iso);
  memcpy(text->chars, str_chars(s), text_bytes(text));
  return text_cell_new(iso, text);
}

static SharedText *text_of_flat(Isolate *iso, String *s) {
  Host *host = host_of(iso);
  Value key = value_from_cell(s);
  WeakTable *table = host ? (WeakTable *)host->clone_texts : NULL;
  Value known = table ? weak_table_get(table, key) : VALUE_EMPTY;
  if (known) return shared_text_retain(text_of_cell(value_cell(known)));
  HostCell *cell = TRY(text_cell_of_chars(iso, s));
  if (host && !table) {
    table = TRY(weak_table_new(iso));
    host->clone_texts = &table->cell;
  }
  if (host) TRY(weak_table_set(iso, table, key, value_from_cell(cell)));
  return shared_text_retain(cell->data);
}

SharedText *clone_text_of_string(Isolate *iso, String *s, u32 *start) {
  *start = 0;
  if (!(s->cell.flags & STR_SLICE) || s->cell.gc_bits & GC_STATIC) return text_of_flat(iso, s);
  SliceString *slice = (SliceString *)s;
  SharedText *text = text_of_cell(ref_get(slice->parent));
  if (text && text->utf16 == str_is_utf16(s)) {
    *start = (u32)((size_t)((const u8 *)slice->chars - text->chars) >> text->utf16);
    return shared_text_retain(text);
  }
  HostCell *cell = TRY(text_cell_of_chars(iso, s));
  text = cell->data;
  ref_set(iso, slice, &slice->parent, &cell->cell);
  slice->chars = text->chars;
  return shared_text_retain(text);
}

String *clone_string_of_text(Isolate *iso, SharedText *text, u32 start, u32 length) {
  HostCell *cell = TRY(text_cell_new(iso, text));
  SliceString *slice = (SliceString *)gc_alloc(heap_of(iso), sizeof(SliceString), KIND_STRING);
  slice->string.cell.shape_id = SHAPE_ID_STRING;
  slice->string.cell.flags = (u16)(STR_SLICE | (text->utf16 ? STR_UTF16 : 0));
  slice->string.length = length;
  ref_init(&slice->parent, &cell->cell);
  slice->chars = text->chars + ((size_t)start << text->utf16);
  return &slice->string;
}
