// SPDX-License-Identifier: MIT
// Concatenation. Three results, by what the operands look like:
// - short texts are copied;
// - a left side that ends an append buffer (a Bytes cell with room after the characters in use) is extended in place, and
//   the result is another slice of the buffer: `s += x` costs the characters of x;
// - everything else becomes a rope. A rope that is appended to again is taken for an accumulator: it moves into an append
//   buffer with room to double. Prepending and joining halves stay ropes.
// Only the slice that ends at bytes->used may extend, so slices never see each other's characters change.
#include "base/dtoa.h"
#include "vm/call.h"
#include "vm/memory_access.h"
#include "vm/string_internal.h"

// Copies the leaves; recursing into the shorter child only bounds the depth by log2(STR_MAX_LENGTH).
void str_write(void *out, u32 out_utf16, const String *s) {
  char *to = out;
  while (str_is_rope(s)) {
    const RopeString *rope = (const RopeString *)s;
    const String *left = ref_get(rope->left), *right = ref_get(rope->right);
    char *middle = to + ((size_t)left->length << out_utf16);
    if (left->length <= right->length) {
      str_write(to, out_utf16, left);
      to = middle;
      s = right;
    } else {
      str_write(middle, out_utf16, right);
      s = left;
    }
  }
  str_copy_chars(to, out_utf16, s, 0, s->length);
}

// The same with polls. `left` characters may pass until the next one.
static bool write_polling(Isolate *iso, char *to, u32 out_utf16, const String *s, u32 *left_to_poll) {
  while (str_is_rope(s)) {
    const RopeString *rope = (const RopeString *)s;
    const String *left = ref_get(rope->left), *right = ref_get(rope->right);
    char *middle = to + ((size_t)left->length << out_utf16);
    if (left->length <= right->length) {
      TRY(write_polling(iso, to, out_utf16, left, left_to_poll));
      to = middle;
      s = right;
    } else {
      TRY(write_polling(iso, middle, out_utf16, right, left_to_poll));
      s = left;
    }
  }
  for (u32 done = 0, n; done < s->length; done += n) {
    n = MIN(s->length - done, *left_to_poll);
    str_copy_chars(to + ((size_t)done << out_utf16), out_utf16, s, done, n);
    if (*left_to_poll -= n) continue;
    TRY(isolate_poll(iso));
    *left_to_poll = MEMORY_POLL_BYTES;
  }
  return true;
}

// Turns a rope into a slice of a new buffer that has room for `spare` more characters.
static bool flatten_with_spare(Isolate *iso, String *s, u32 spare) {
  u32 shift = str_width_shift(s);
  Bytes *buffer = TRY(str_alloc_buffer(iso, ((u64)s->length + spare) << shift));
  u32 left_to_poll = MEMORY_POLL_BYTES;
  if (LIKELY(s->length < MEMORY_POLL_BYTES)) str_write(buffer->data, shift, s);
  else TRY(write_polling(iso, (char *)buffer->data, shift, s, &left_to_poll));
  buffer->used = (u64)s->length << shift;
  SliceString *slice = (SliceString *)s;
  slice->chars = buffer->data;
  s->cell.flags = (u16)((s->cell.flags & ~STR_ROPE) | STR_SLICE);
  ref_set(iso, s, &slice->parent, &buffer->cell);
  return true;
}

STATIC_ASSERT(sizeof(RopeString) == sizeof(SliceString));
STATIC_ASSERT(offsetof(RopeString, left) == offsetof(SliceString, parent));

String *str_flatten_slow(Isolate *iso, String *s) {
  const RopeString *rope = (const RopeString *)s;
  // A text that grows at its end and is read in between must not be copied whole each time.
  bool grows = s->length >= 256 && ref_get(rope->right)->length < ref_get(rope->left)->length;
  TRY(flatten_with_spare(iso, s, grows ? s->length / 2 : 0));
  return s;
}

static String *rope_new(Isolate *iso, String *a, String *b) {
  u16 utf16 = (a->cell.flags | b->cell.flags) & STR_UTF16;
  RopeString *rope = (RopeString *)str_alloc(iso, sizeof(RopeString), a->length + b->length, (u16)(STR_ROPE | utf16));
  ref_init(&rope->left, a);
  ref_init(&rope->right, b);
  return &rope->string;
}

// The append buffer that `s` ends and that has room for `bytes` more, or NULL.
static ALWAYS_INLINE Bytes *extensible_buffer(const String *s, u64 bytes) {
  if (!(s->cell.flags & STR_SLICE)) return NULL;
  const SliceString *slice = (const SliceString *)s;
  Cell *parent = ref_get(slice->parent);
  if (!parent || parent->kind != KIND_BYTES) return NULL;
  Bytes *buffer = (Bytes *)parent;
  const u8 *end = (const u8 *)slice->chars + ((size_t)s->length << str_width_shift(s));
  return end == buffer->data + buffer->used && buffer->size - buffer->used >= bytes ? buffer : NULL;
}

static ALWAYS_INLINE String *extend(Isolate *iso, Bytes *buffer, const String *a, const String *b) {
  u32 shift = str_width_shift(a);
  const void *chars = ((const SliceString *)a)->chars;
  u8 *out = buffer->data + buffer->used;
  if (UNLIKELY(str_is_rope(b))) str_write(out, shift, b);
  else str_copy_chars(out, shift, b, 0, b->length);
  buffer->used += (u64)b->length << shift;
  return str_alloc_slice(iso, &buffer->cell, chars, a->length + b->length, (u16)shift);
}

static NOINLINE String *concat_short(Isolate *iso, const String *a, const String *b) {
  u16 utf16 = (a->cell.flags | b->cell.flags) & STR_UTF16;
  u32 a_length = a->length;
  String *s = str_alloc_flat(iso, a_length + b->length, utf16);
  char *out = (char *)(s + 1);
  str_copy_chars(out, utf16, a, 0, a_length);
  str_copy_chars(out + ((size_t)a_length << utf16), utf16, b, 0, b->length);
  return s;
}

static bool looks_like_accumulator(const String *a, const String *b) {
  if (!str_is_rope(a) || b->length > a->length / 2) return false;
  const RopeString *rope = (const RopeString *)a;
  return ref_get(rope->right)->length < ref_get(rope->left)->length;
}

// Neither is empty.
static NOINLINE String *concat_long(Isolate *iso, String *a, String *b) {
  u32 total = a->length + b->length;
  if (UNLIKELY(total > STR_MAX_LENGTH)) return THROW(iso, INVALID_STRING_LENGTH);
  if (str_is_utf16(a) >= str_is_utf16(b)) {
    Bytes *buffer = extensible_buffer(a, (u64)b->length << str_width_shift(a));
    if (buffer) return extend(iso, buffer, a, b);
  }
  if (looks_like_accumulator(a, b) && str_is_utf16(a) >= str_is_utf16(b)) {
    TRY(flatten_with_spare(iso, a, MIN(total, (u32)STR_MAX_LENGTH - a->length)));
    return extend(iso, (Bytes *)ref_get(((SliceString *)a)->parent), a, b);
  }
  return rope_new(iso, a, b);
}

String *str_concat(Isolate *iso, String *a, String *b) {
  if (UNLIKELY(!a->length)) return b;
  if (UNLIKELY(!b->length)) return a;
  if (a->length + b->length < STR_COPY_MAX) return concat_short(iso, a, b); // ropes are longer
  return concat_long(iso, a, b);
}

String *str_concat_int(Isolate *iso, String *a, i32 i) {
  if ((u32)i < 10 || a->length >= STR_COPY_MAX - 16 || str_is_utf16(a)) return str_concat(iso, a, TRY(int_to_string(iso, i)));
  char text[NUMBER_TEXT_MAX];
  u32 digits = (u32)number_i32_to_text(i, text), length = a->length;
  String *s = str_alloc_flat(iso, length + digits, 0);
  u8 *out = (u8 *)(s + 1);
  str_copy_bytes(out, str_chars8(a), length);
  memcpy(out + length, text, digits);
  return s;
}

String *str_concat3(Isolate *iso, String *a, String *b, String *c) {
  u64 total = (u64)a->length + b->length + c->length;
  if (total >= STR_COPY_MAX || total == a->length || total == b->length || total == c->length) {
    return str_concat(iso, TRY(str_concat(iso, a, b)), c);
  }
  u16 utf16 = (a->cell.flags | b->cell.flags | c->cell.flags) & STR_UTF16;
  String *s = str_alloc_flat(iso, (u32)total, utf16);
  char *out = (char *)(s + 1);
  const String *parts[] = {a, b, c};
  for (u32 i = 0; i < 3; i++) {
    str_copy_chars(out, utf16, parts[i], 0, parts[i]->length);
    out += (size_t)parts[i]->length << utf16;
  }
  return s;
}
