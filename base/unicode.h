// SPDX-License-Identifier: MIT
// What the Unicode character database says, as far as ECMA-262 asks: identifiers, white space, case, normalisation,
// and the properties of regular expressions. Unicode 17; tables are generated at build time from tools/unicode-data.
#ifndef WEFT_BASE_UNICODE_H
#define WEFT_BASE_UNICODE_H

#include "base/unicode_set.h"

#define UNICODE_VERSION "17.0"

enum {
  UNICODE_ID_START = 1,
  UNICODE_ID_CONTINUE = 2,
  UNICODE_SPACE_SEPARATOR = 4, // general category Zs
  UNICODE_CASED = 8,
  UNICODE_CASE_IGNORABLE = 16,
  UNICODE_CHANGES_LOWER = 32, // unicode_to_lower changes it
  UNICODE_CHANGES_UPPER = 64, // unicode_to_upper changes it
  UNICODE_CHANGES_FOLD = 128, // unicode_simple_fold changes it
};

// The UNICODE_ flags of a code point; 0 above U+10FFFF.
u32 unicode_flags(u32 cp);

// The properties ID_Start and ID_Continue themselves: `$`, `_` as a start, ZWNJ and ZWJ are the lexer's business.
static inline bool unicode_is_id_start(u32 cp) {
  if (cp < 0x80) return (cp | 0x20) - 'a' < 26;
  return unicode_flags(cp) & UNICODE_ID_START;
}
static inline bool unicode_is_id_continue(u32 cp) {
  if (cp < 0x80) return (cp | 0x20) - 'a' < 26 || cp - '0' < 10 || cp == '_';
  return unicode_flags(cp) & UNICODE_ID_CONTINUE;
}
static inline bool unicode_is_space_separator(u32 cp) {
  if (cp < 0x80) return cp == ' ';
  return unicode_flags(cp) & UNICODE_SPACE_SEPARATOR;
}
static inline bool unicode_is_line_terminator(u32 cp) { return cp == '\n' || cp == '\r' || (cp & ~1u) == 0x2028; }
// WhiteSpace of ECMA-262 (without the line terminators).
static inline bool unicode_is_white_space(u32 cp) {
  if (cp < 0x80) return cp == ' ' || cp == '\t' || cp == 0x0B || cp == 0x0C;
  return cp == 0xA0 || cp == 0xFEFF || (cp >= 0x1680 && unicode_is_space_separator(cp));
}
// What String.prototype.trim removes: WhiteSpace or LineTerminator.
static inline bool unicode_is_trimmed(u32 cp) { return unicode_is_white_space(cp) || unicode_is_line_terminator(cp); }
static inline bool unicode_is_cased(u32 cp) { return unicode_flags(cp) & UNICODE_CASED; }
static inline bool unicode_is_case_ignorable(u32 cp) { return unicode_flags(cp) & UNICODE_CASE_IGNORABLE; }

// Full case conversion of one code point, without context (Final_Sigma is decided by the caller with the predicates
// above). Returns how many code points were written: 1..3.
u32 unicode_to_lower(u32 cp, u32 out[3]);
u32 unicode_to_upper(u32 cp, u32 out[3]);

// Canonicalize of ECMA-262 for /iu and /iv: simple case folding (scf).
u32 unicode_simple_fold(u32 cp);
// Canonicalize for /i without u or v, for a code unit: toUppercase, unless the result is longer than a code unit or would
// turn non-ASCII into ASCII. Code points above U+FFFF are returned unchanged.
u32 unicode_to_upper_simple(u32 cp);

// Adds to a normal set every code point that Canonicalize takes to the same one as a member; leaves it normal.
// `unicode_mode` chooses unicode_simple_fold, otherwise unicode_to_upper_simple.
void unicode_set_close_over_case(UnicodeSet *set, bool unicode_mode);
// All code points with the same Canonicalize as cp, cp included, ascending; at most 4. Returns how many.
enum { UNICODE_CASE_VARIANTS_MAX = 4 };
u32 unicode_case_variants(u32 cp, bool unicode_mode, u32 out[UNICODE_CASE_VARIANTS_MAX]);

// \p{name=value} or, with value NULL, \p{name}: a general category, or a binary property. Names match exactly, as
// ECMA-262 demands. False when there is no such property; `out` (may be NULL to ask only that) is otherwise replaced.
bool unicode_property_lookup(const char *name, size_t name_len, const char *value, size_t value_len, UnicodeSet *out);

// Strings of more than one code point: each is its length, followed by its code points.
typedef struct UnicodeStrings {
  u32 *data;
  u32 len, cap;
  u32 count; // of strings
} UnicodeStrings;
// \p{name} with the v flag, for the binary properties of strings (RGI_Emoji...). Members that are one code point are put
// into `singles`, longer ones into `strings`, longest first. Both are replaced; both may be NULL to ask only whether the name exists.
bool unicode_string_property_lookup(const char *name, size_t name_len, UnicodeSet *singles, UnicodeStrings *strings);

typedef enum UnicodeForm { UNICODE_NFC, UNICODE_NFD, UNICODE_NFKC, UNICODE_NFKD } UnicodeForm;
// True when the text is certainly in the form already; false says nothing. Cheap.
bool unicode_is_surely_normalized(UnicodeForm form, const u16 *text, size_t n);
// Asked now and then by what takes long: false ends it. `go_on` NULL: never asked.
typedef struct UnicodePoll {
  bool (*go_on)(void *data);
  void *data;
} UnicodePoll;
// Normalises n units into *out (allocated here, freed with base_free) and *out_len. Lone surrogates stay. False when out
// of memory, or when the poll said so.
MUST_CHECK bool unicode_normalize(UnicodeForm form, const u16 *text, size_t n, UnicodePoll poll, u16 **out, size_t *out_len);

#endif
