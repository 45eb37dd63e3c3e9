// SPDX-License-Identifier: MIT
// Bytes of files into source texts: Latin-1 where every character fits, UTF-16 otherwise, in memory that the text owns.
#include <uv.h>

#include "base/platform.h"
#include "base/utf.h"
#include "node/node_internal.h"

enum { SOURCE_MAX = 0x3fffffff };

static SourceText *own(const void *chars, bool utf16, size_t length, const char *name) {
  SourceText *text = source_text_new(chars, utf16, (u32)length, name, false);
  text->owns_chars = true;
  return text;
}

SourceText *node_source_from_bytes(Isolate *iso, u8 *bytes, size_t size, const char *name) {
  if (size > SOURCE_MAX) {
    base_free(bytes);
    return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Source text is too long: %s", name);
  }
  size_t skip = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  const u8 *p = bytes + skip;
  size_t rest = size - skip;
  if (utf8_is_ascii(p, rest)) {
    if (skip) memmove(bytes, p, rest);
    return own(bytes, false, rest, name);
  }
  Utf8Measure measure = utf8_measure(p, rest);
  void *chars = base_try_alloc((measure.units + 1) << !measure.latin1);
  if (!chars) {
    base_free(bytes);
    return throw_out_of_memory(iso);
  }
  size_t units = measure.latin1 ? utf8_to_latin1(p, rest, chars) : utf8_to_utf16(p, rest, chars);
  base_free(bytes);
  return own(chars, !measure.latin1, units, name);
}

SourceText *node_source_from_string(Isolate *iso, String *text, const char *name) {
  text = TRY(str_flatten(iso, text));
  bool utf16 = str_is_utf16(text);
  if (utf16 && utf16_fits_latin1(str_chars16(text), text->length)) {
    u8 *narrow = base_alloc(text->length + 1);
    utf16_narrow(str_chars16(text), text->length, narrow);
    return own(narrow, false, text->length, name);
  }
  return source_text_new(str_chars(text), utf16, text->length, name, true);
}

bool node_read_file(const char *path, u8 **bytes, size_t *size, int *error) {
  ByteVec out = {0};
  int error_number = 0;
  if (!platform_read_file(path, &out, &error_number)) {
    vec_free(&out);
    *error = uv_translate_sys_error(error_number);
    return false;
  }
  *bytes = out.data ? out.data : base_alloc(1);
  *size = out.len;
  return true;
}
