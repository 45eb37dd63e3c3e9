// SPDX-License-Identifier: MIT
// What the files of String share.
#ifndef WEFT_RUNTIME_TEXT_STRING_INTERNAL_H
#define WEFT_RUNTIME_TEXT_STRING_INTERNAL_H

#include "base/unicode.h"
#include "runtime/support.h"
#include "runtime/text/string.h"

// RequireObjectCoercible(this), ToString. Runs JS.
MUST_CHECK static inline String *this_string(Isolate *iso, const Call *call, const char *method) {
  if (LIKELY(value_is_string(call->this_value))) return value_string(call->this_value);
  TRY(require_object_coercible(iso, call->this_value, method));
  return to_string(iso, call->this_value);
}
MUST_CHECK static inline String *this_flat_string(Isolate *iso, const Call *call, const char *method) {
  String *s = TRY(this_string(iso, call, method));
  return str_flatten(iso, s);
}
// ToIntegerOrInfinity, clamped to 0 .. length.
MUST_CHECK static inline bool to_clamped_index(Isolate *iso, Value v, u32 length, u32 *index) {
  double d;
  if (LIKELY(value_is_int(v))) d = value_int(v);
  else TRY(to_integer_or_infinity(iso, v, &d));
  *index = d <= 0 ? 0 : d >= length ? length : (u32)d;
  return true;
}

Value string_match(Isolate *iso, const Call *call); // string_regexp.c
Value string_match_all(Isolate *iso, const Call *call);
Value string_replace(Isolate *iso, const Call *call);
Value string_replace_all(Isolate *iso, const Call *call);
Value string_search(Isolate *iso, const Call *call);
Value string_split(Isolate *iso, const Call *call);

Value string_to_lower_case(Isolate *iso, const Call *call); // string_case.c
Value string_to_upper_case(Isolate *iso, const Call *call);
Value string_to_locale_lower_case(Isolate *iso, const Call *call);
Value string_to_locale_upper_case(Isolate *iso, const Call *call);
Value string_normalize(Isolate *iso, const Call *call);
// unicode_normalize that looks at the interrupts. false: thrown.
MUST_CHECK bool normalize_text(Isolate *iso, UnicodeForm form, const u16 *text, size_t n, u16 **out, size_t *length);
MUST_CHECK u16 *wide_text_of_latin1(Isolate *iso, const String *s); // base_alloc'ed; NULL: thrown
Value string_locale_compare(Isolate *iso, const Call *call);        // collation.c

Value string_html(Isolate *iso, const Call *call); // string_html.c; magic: enum HtmlMethod
enum HtmlMethod {
  HTML_ANCHOR,
  HTML_BIG,
  HTML_BLINK,
  HTML_BOLD,
  HTML_FIXED,
  HTML_FONTCOLOR,
  HTML_FONTSIZE,
  HTML_ITALICS,
  HTML_LINK,
  HTML_SMALL,
  HTML_STRIKE,
  HTML_SUB,
  HTML_SUP,
};
Value string_iterator(Isolate *iso, const Call *call); // string_iterator.c

#endif
