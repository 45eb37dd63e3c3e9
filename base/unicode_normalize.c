// SPDX-License-Identifier: MIT
// String normalisation for String.prototype.normalize, on UTF-16. utf8proc supplies decompositions, combining classes and
// compositions; the walk over UTF-16, which may hold lone surrogates, is here. Two passes, so that memory is asked once.
#include <utf8proc.h>

#include "base/unicode.h"
#include "base/utf.h"

bool unicode_is_surely_normalized(UnicodeForm form, const u16 *text, size_t n) {
  // Below these, nothing decomposes, combines or reorders in the form.
  u16 limit = form == UNICODE_NFC ? 0x300 : form == UNICODE_NFD ? 0xC0 : 0xA0;
  for (size_t i = 0; i < n; i++) {
    if (text[i] >= limit) return false;
  }
  return true;
}

static u32 decompose(u32 cp, bool compatibility, i32 *out, u32 room) {
  if (utf16_is_surrogate(cp)) {
    if (room) out[0] = (i32)cp;
    return 1;
  }
  int boundary = 0;
  int options = UTF8PROC_DECOMPOSE | (compatibility ? UTF8PROC_COMPAT : 0);
  utf8proc_ssize_t n = utf8proc_decompose_char((i32)cp, out, room, options, &boundary);
  return n < 0 ? 0 : (u32)n;
}

static size_t decompose_text(const u16 *text, size_t n, bool compatibility, i32 *out, size_t room) {
  size_t total = 0;
  for (const u16 *p = text, *end = text + n; p < end;) {
    u32 cp = utf16_decode(&p, end);
    total += decompose(cp, compatibility, out ? out + total : NULL, (u32)MIN(room - (out ? total : 0), (size_t)64));
  }
  return total;
}

static i32 combining_class(i32 cp) {
  return cp < 0x300 ? 0 : utf8proc_get_property(cp)->combining_class;
}

// The Canonical Ordering Algorithm: a stable sort of each run of non-starters.
static void order_marks(i32 *cps, size_t n) {
  for (size_t i = 1; i < n; i++) {
    i32 cp = cps[i], ccc = combining_class(cp);
    if (!ccc) continue;
    size_t at = i;
    for (; at && combining_class(cps[at - 1]) > ccc; at--) cps[at] = cps[at - 1];
    cps[at] = cp;
  }
}

static size_t encode(const i32 *cps, size_t n, u16 *out) {
  size_t len = 0;
  for (size_t i = 0; i < n; i++) len += utf16_encode((u32)cps[i], out + len);
  return len;
}

bool unicode_normalize(UnicodeForm form, const u16 *text, size_t n, u16 **out, size_t *out_len) {
  bool compatibility = form == UNICODE_NFKC || form == UNICODE_NFKD;
  bool compose = form == UNICODE_NFC || form == UNICODE_NFKC;
  size_t count = decompose_text(text, n, compatibility, NULL, 0);
  i32 *cps = base_try_alloc(count * sizeof(i32));
  if (!cps) return false;
  decompose_text(text, n, compatibility, cps, count);
  order_marks(cps, count);
  if (compose) count = (size_t)utf8proc_normalize_utf32(cps, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  *out = base_try_alloc(count * 2 * sizeof(u16));
  if (*out) *out_len = encode(cps, count, *out);
  base_free(cps);
  return *out != NULL;
}
