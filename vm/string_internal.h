// SPDX-License-Identifier: MIT
// What the string files of vm/ share: allocation of the three layouts, and copying between widths.
#ifndef WEFT_VM_STRING_INTERNAL_H
#define WEFT_VM_STRING_INTERNAL_H

#include "base/hash.h"
#include "base/utf.h"
#include "vm/cells.h"
#include "vm/error.h"
#include "vm/isolate.h"

// Up to this size in bytes a copy is cheaper than a rope and its later flattening.
enum { STR_COPY_MAX = 56 };

static ALWAYS_INLINE u32 str_width_shift(const String *s) { return s->cell.flags & STR_UTF16; }
STATIC_ASSERT(STR_UTF16 == 1);

// A cell for a string with `size` bytes in all and length set. NULL: thrown.
static ALWAYS_INLINE String *str_alloc(Isolate *iso, size_t size, u32 length, u16 flags) {
  String *s;
  if (LIKELY(size < GC_LARGE_MIN)) {
    s = (String *)gc_alloc(&iso->heap, size, KIND_STRING);
  } else {
    s = (String *)gc_try_alloc(&iso->heap, size, KIND_STRING);
    if (UNLIKELY(!s)) return throw_out_of_memory(iso);
  }
  s->cell.shape_id = SHAPE_ID_STRING;
  s->cell.flags = flags;
  s->length = length;
  return s;
}
static ALWAYS_INLINE String *str_alloc_flat(Isolate *iso, u32 length, u16 utf16) {
  return str_alloc(iso, sizeof(String) + ((size_t)length << utf16), length, utf16);
}
// `parent` keeps chars alive (NULL: static text); utf16 is STR_UTF16 or 0.
static ALWAYS_INLINE String *str_alloc_slice(Isolate *iso, Cell *parent, const void *chars, u32 length, u16 utf16) {
  SliceString *slice = (SliceString *)str_alloc(iso, sizeof(SliceString), length, (u16)(STR_SLICE | utf16));
  ref_init(&slice->parent, parent);
  slice->chars = chars;
  return &slice->string;
}

// A Bytes cell of at least `size` bytes whose data need not be zero. NULL: thrown.
static inline Bytes *str_alloc_buffer(Isolate *iso, u64 size) {
  size_t total = ALIGN_UP(sizeof(Bytes) + size, (u64)GC_GRANULE);
  Bytes *bytes;
  if (LIKELY(total < GC_LARGE_MIN)) {
    bytes = (Bytes *)gc_alloc(&iso->heap, total, KIND_BYTES);
  } else {
    bytes = (Bytes *)gc_try_alloc(&iso->heap, total, KIND_BYTES);
    if (UNLIKELY(!bytes)) return throw_out_of_memory(iso);
  }
  bytes->size = total - sizeof(Bytes);
  return bytes;
}

// memcpy for the lengths that strings have: no call up to 64 bytes.
static ALWAYS_INLINE void str_copy_bytes(void *to, const void *from, size_t n) {
  u8 *out = to;
  const u8 *in = from;
  if (n >= 16) {
    if (UNLIKELY(n > 64)) {
      memcpy(out, in, n);
      return;
    }
    size_t last = n - 16;
    for (size_t i = 0; i < last; i += 16) memcpy(out + i, in + i, 16);
    memcpy(out + last, in + last, 16);
  } else if (n >= 8) {
    u64 first, last;
    memcpy(&first, in, 8);
    memcpy(&last, in + n - 8, 8);
    memcpy(out, &first, 8);
    memcpy(out + n - 8, &last, 8);
  } else if (n >= 4) {
    u32 first, last;
    memcpy(&first, in, 4);
    memcpy(&last, in + n - 4, 4);
    memcpy(out, &first, 4);
    memcpy(out + n - 4, &last, 4);
  } else if (n) {
    u8 first = in[0], middle = in[n >> 1], last = in[n - 1];
    out[0] = first;
    out[n >> 1] = middle;
    out[n - 1] = last;
  }
}

// Copies `length` characters of a string that is not a rope to `out`, which is at least as wide. out_utf16 is 0 or 1.
static ALWAYS_INLINE void str_copy_chars(void *out, u32 out_utf16, const String *s, u32 start, u32 length) {
  const u8 *chars = str_chars(s);
  u32 shift = str_width_shift(s);
  if (shift == out_utf16) {
    str_copy_bytes(out, chars + ((size_t)start << shift), (size_t)length << shift);
  } else {
    latin1_widen(chars + start, length, out);
  }
}

// Writes a whole string, rope or not, to `out`, which is at least as wide. No failure, no allocation.
void str_write(void *out, u32 out_utf16, const String *s);

// The same characters in different widths.
bool str_equal_mixed(const u8 *a, const u16 *b, u32 n);

// A flat atom-less copy of UTF-16 text known not to fit Latin-1.
String *str_new_wide(Isolate *iso, const u16 *chars, u32 length);

#endif
