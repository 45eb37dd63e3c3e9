// SPDX-License-Identifier: MIT
// StringBuilder: text of unknown length in a Bytes cell that doubles. The result is a copy when it is short and a slice of
// the buffer otherwise, so that appending to the result with += goes on in place.
#include "base/dtoa.h"
#include "vm/string_internal.h"

enum { FIRST_CAPACITY = 104, COPY_RESULT_MAX = 512 };

void sb_init(StringBuilder *sb, Isolate *iso) { *sb = (StringBuilder){.iso = iso}; }

static COLD bool fail_length(StringBuilder *sb) {
  THROW(sb->iso, INVALID_STRING_LENGTH);
  sb->failed = true;
  return false;
}

// Makes the buffer wide enough for `more` units of the given width (0: Latin-1).
static NOINLINE bool grow(StringBuilder *sb, u64 more, bool utf16) {
  if (sb->failed) return false;
  u64 need = sb->length + more;
  if (need > STR_MAX_LENGTH) return fail_length(sb);
  u64 capacity = MAX(need, MIN((u64)sb->capacity * 2, (u64)STR_MAX_LENGTH));
  if (need <= sb->capacity) capacity = sb->capacity; // only the width grows
  bool wide = utf16 | sb->utf16;
  if (capacity << wide < FIRST_CAPACITY) capacity = FIRST_CAPACITY >> wide;
  Bytes *old = (Bytes *)sb->buffer;
  Bytes *buffer = str_alloc_buffer(sb->iso, capacity << wide);
  if (!buffer) {
    sb->failed = true;
    return false;
  }
  if (old && wide != sb->utf16) {
    latin1_widen(old->data, sb->length, (u16 *)(void *)buffer->data);
  } else if (old) {
    memcpy(buffer->data, old->data, (size_t)sb->length << wide);
  }
  sb->buffer = &buffer->cell;
  sb->utf16 = wide;
  sb->capacity = (u32)MIN(buffer->size >> wide, (u64)STR_MAX_LENGTH);
  return true;
}

// Room for `more` units that need the given width. After it the buffer may be wider than asked for.
static ALWAYS_INLINE bool reserve(StringBuilder *sb, u64 more, bool utf16) {
  if (LIKELY(sb->capacity - sb->length >= more && sb->utf16 >= utf16)) return !sb->failed;
  return grow(sb, more, utf16);
}

// As a number: before the first text there is no buffer, and an empty text is copied to nowhere.
static ALWAYS_INLINE u8 *end8(StringBuilder *sb) { return (u8 *)((uintptr_t)sb->buffer + offsetof(Bytes, data) + sb->length); }
static ALWAYS_INLINE u16 *end16(StringBuilder *sb) { return (u16 *)(void *)((Bytes *)sb->buffer)->data + sb->length; }

void sb_append_unit(StringBuilder *sb, u16 unit) {
  if (!reserve(sb, 1, unit > 0xFF)) return;
  if (sb->utf16) {
    *end16(sb) = unit;
  } else {
    *end8(sb) = (u8)unit;
  }
  sb->length++;
}

void sb_append_code_point(StringBuilder *sb, u32 code_point) {
  u16 units[2];
  u32 n = utf16_encode(code_point, units);
  sb_append_unit(sb, units[0]);
  if (n == 2) sb_append_unit(sb, units[1]);
}

void sb_append_latin1(StringBuilder *sb, const u8 *chars, u32 length) {
  if (!length || !reserve(sb, length, false)) return;
  if (sb->utf16) {
    latin1_widen(chars, length, end16(sb));
  } else {
    memcpy(end8(sb), chars, length);
  }
  sb->length += length;
}

void sb_append_ascii(StringBuilder *sb, const char *ascii) {
  size_t length = strlen(ascii);
  if (length > STR_MAX_LENGTH) length = STR_MAX_LENGTH + 1u; // reserve refuses it
  sb_append_latin1(sb, (const u8 *)ascii, (u32)length);
}

void sb_append_utf16(StringBuilder *sb, const u16 *chars, u32 length) {
  if (!length) return;
  bool wide = sb->utf16 || !utf16_fits_latin1(chars, length);
  if (!reserve(sb, length, wide)) return;
  if (wide) {
    memcpy(end16(sb), chars, (size_t)length * 2);
  } else {
    utf16_narrow(chars, length, end8(sb));
  }
  sb->length += length;
}

// The commonest case of all: Latin-1 text, and room for it. false: not so.
static ALWAYS_INLINE bool append_fitting(StringBuilder *sb, const u8 *chars, u32 length) {
  if (UNLIKELY(!length || sb->capacity - sb->length < length || sb->utf16 || sb->failed))
    return false; // there may be no buffer yet
  str_copy_bytes(end8(sb), chars, length);
  sb->length += length;
  return true;
}

void sb_append_int_after(StringBuilder *sb, i32 separator, i32 i) {
  if (LIKELY(!sb->utf16 && separator <= 0xFF && sb->capacity - sb->length > NUMBER_TEXT_MAX)) { // written in place
    u8 *at = end8(sb);
    u32 n = 0;
    if (separator >= 0) at[n++] = (u8)separator;
    sb->length += n + (u32)number_i32_to_text(i, (char *)at + n);
    return;
  }
  char text[NUMBER_TEXT_MAX];
  if (separator >= 0) sb_append_unit(sb, (u16)separator);
  u32 length = (u32)number_i32_to_text(i, text);
  sb_append_latin1(sb, (const u8 *)text, length);
}

void sb_append_int(StringBuilder *sb, i32 i) { sb_append_int_after(sb, -1, i); }

void sb_append(StringBuilder *sb, String *s) {
  if (LIKELY(!(s->cell.flags & (STR_UTF16 | STR_ROPE))) && append_fitting(sb, str_chars8(s), s->length)) return;
  if (!str_is_utf16(s)) {
    if (!s->length || !reserve(sb, s->length, false)) return;
    str_write(sb->utf16 ? (void *)end16(sb) : (void *)end8(sb), sb->utf16, s);
    sb->length += s->length;
    return;
  }
  if (sb->failed) return;
  if (!str_flatten(sb->iso, s)) {
    sb->failed = true;
    return;
  }
  sb_append_utf16(sb, str_chars16(s), s->length);
}

void sb_append_range(StringBuilder *sb, String *s, u32 start, u32 end) {
  if (start < end && LIKELY(!(s->cell.flags & (STR_UTF16 | STR_ROPE))) && append_fitting(sb, str_chars8(s) + start, end - start))
    return;
  if (sb->failed || start >= end) return;
  if (!str_flatten(sb->iso, s)) {
    sb->failed = true;
    return;
  }
  if (str_is_utf16(s)) {
    sb_append_utf16(sb, str_chars16(s) + start, end - start);
  } else {
    sb_append_latin1(sb, str_chars8(s) + start, end - start);
  }
}

void sb_append_utf8(StringBuilder *sb, const char *bytes, size_t size) {
  const u8 *p = (const u8 *)bytes;
  Utf8Measure measure = utf8_measure(p, size);
  if (!measure.units || !reserve(sb, measure.units, !measure.latin1)) return;
  if (sb->utf16) {
    utf8_to_utf16(p, size, end16(sb));
  } else {
    utf8_to_latin1(p, size, end8(sb));
  }
  sb->length += (u32)measure.units;
}

String *str_from_buffer(Isolate *iso, Bytes *buffer, size_t size, bool utf16) {
  u32 length = (u32)(size >> utf16);
  if (size < COPY_RESULT_MAX) {
    if (utf16) return str_new_wide(iso, (const u16 *)(const void *)buffer->data, length);
    return str_new_latin1(iso, buffer->data, length);
  }
  buffer->used = size;
  return str_alloc_slice(iso, &buffer->cell, buffer->data, length, utf16 ? STR_UTF16 : 0);
}

Bytes *bytes_new_uninit(Isolate *iso, u64 size) { return str_alloc_buffer(iso, size); }

String *sb_finish(StringBuilder *sb) {
  if (sb->failed) return NULL;
  if (!sb->length) return ATOM_STRING(empty);
  String *s = str_from_buffer(sb->iso, (Bytes *)sb->buffer, (size_t)sb->length << sb->utf16, sb->utf16);
  sb->failed = true; // the buffer may belong to the string now
  return s;
}
