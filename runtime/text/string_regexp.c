// SPDX-License-Identifier: MIT
// Methods of String.prototype that ask their argument first (Symbol.replace and the like), and GetSubstitution
// (ECMA-262 22.1.3).
// Tests: tests/js/text/string_replace.js, string_split.js
#include "runtime/text/regexp_internal.h"
#include "runtime/text/string_internal.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

Tri is_reg_exp(Isolate *iso, Value v) {
  if (!value_is_object(v)) return TRI_NO;
  Value matcher = TRY(obj_get(iso, value_object(v), SYM(match)));
  if (!value_is_undefined(matcher)) return tri(to_boolean(iso, matcher));
  return tri(value_is_kind(v, KIND_REGEXP));
}

// The argument's method for a symbol, if it is an object that has one; undefined: go on with texts.
static Value method_of_argument(Isolate *iso, const Call *call, const char *name, PropertyKey symbol) {
  TRY(require_object_coercible(iso, call->this_value, name));
  Value v = call_arg(call, 0);
  return value_is_object(v) ? get_method(iso, v, symbol) : VALUE_UNDEFINED;
}

// TypeError when a regular expression without the flag g is given.
static bool require_global(Isolate *iso, const Call *call, const char *name) {
  Value v = call_arg(call, 0);
  Tri regexp = TRY(is_reg_exp(iso, v));
  if (regexp == TRI_NO) return true;
  if (regexp_is_pristine(iso, v)) return value_regexp(v)->flag_bits & REGEXP_GLOBAL || THROW(iso, REGEXP_FLAGS_GLOBAL, name);
  Value flags = TRY(obj_get(iso, value_object(v), ATOM(flags)));
  TRY(require_object_coercible(iso, flags, name));
  String *text = TRY(to_string(iso, flags));
  text = TRY(str_flatten(iso, text));
  if (str_index_of_flat(text, str_from_char(iso, 'g'), 0) >= 0) return true;
  return THROW(iso, REGEXP_FLAGS_GLOBAL, name);
}

// Invoke(RegExpCreate(argument, flags), symbol, text)
static Value through_new_regexp(Isolate *iso, const Call *call, String *flags, PropertyKey symbol) {
  String *s = TRY(to_string(iso, call->this_value));
  String *pattern = ATOM_STRING(empty);
  if (!value_is_undefined(call_arg(call, 0))) pattern = TRY(to_string(iso, call->args[0]));
  Value constructor = intrinsic(iso, INTRINSIC_REGEXP), text = value_from_cell(s);
  Value args[2] = {value_from_cell(pattern), flags ? value_from_cell(flags) : VALUE_UNDEFINED};
  Value regexp = TRY(construct(iso, constructor, 2, args, constructor));
  return invoke(iso, regexp, symbol, 1, &text);
}

Value string_match(Isolate *iso, const Call *call) {
  Value method = TRY(method_of_argument(iso, call, "String.prototype.match", SYM(match)));
  if (!value_is_undefined(method)) return CALL1(iso, method, call->args[0], call->this_value);
  return through_new_regexp(iso, call, NULL, SYM(match));
}

Value string_match_all(Isolate *iso, const Call *call) {
  TRY(require_object_coercible(iso, call->this_value, "String.prototype.matchAll"));
  if (value_is_object(call_arg(call, 0))) {
    TRY(require_global(iso, call, "String.prototype.matchAll"));
    Value method = TRY(get_method(iso, call->args[0], SYM(matchAll)));
    if (!value_is_undefined(method)) return CALL1(iso, method, call->args[0], call->this_value);
  }
  return through_new_regexp(iso, call, str_from_char(iso, 'g'), SYM(matchAll));
}

Value string_search(Isolate *iso, const Call *call) {
  Value method = TRY(method_of_argument(iso, call, "String.prototype.search", SYM(search)));
  if (!value_is_undefined(method)) return CALL1(iso, method, call->args[0], call->this_value);
  return through_new_regexp(iso, call, NULL, SYM(search));
}

// ---- GetSubstitution ----

static u32 digit_at(const String *s, u32 i) { // 0..9, else 10
  u32 d = i < s->length ? (u32)str_char_at_flat(s, i) - '0' : 10;
  return d > 9 ? 10 : d;
}

// "$n", "$nn" at i (of the first digit). Number of units read; 0: no such group.
static u32 numbered_group(const Substitution *s, const String *template, u32 i, u32 *group) {
  u32 first = digit_at(template, i), second = digit_at(template, i + 1);
  if (first > 9) return 0;
  u32 both = first * 10 + second;
  if (second <= 9 && both >= 1 && both <= s->capture_count) {
    *group = both;
    return 2;
  }
  *group = first;
  return first >= 1 && first <= s->capture_count;
}

static bool append_named_group(Isolate *iso, StringBuilder *sb, const Substitution *s, String *name) {
  PropertyKey key = TRY(key_from_string(iso, name));
  Value capture = TRY(obj_get(iso, value_object(s->named_captures), key));
  if (value_is_undefined(capture)) return true;
  sb_append(sb, TRY(to_string(iso, capture)));
  return true;
}

// The units after a '$' at i - 1; *used of them were taken, none: the '$' stands for itself.
static bool append_reference(Isolate *iso, StringBuilder *sb, const Substitution *s, String *template, u32 i, u32 *used) {
  u32 unit = i < template->length ? str_char_at_flat(template, i) : 0, group;
  *used = 1;
  switch (unit) {
  case '$': sb_append_unit(sb, '$'); return true;
  case '&':
    if (s->matched) sb_append(sb, s->matched);
    else sb_append_range(sb, s->str, s->position, s->position + s->matched_length);
    return true;
  case '`': sb_append_range(sb, s->str, 0, s->position); return true;
  case '\'': {
    u32 end = (u32)MIN((u64)s->position + s->matched_length, (u64)s->str->length);
    sb_append_range(sb, s->str, end, s->str->length);
    return true;
  }
  case '<': {
    i64 close = value_is_undefined(s->named_captures) ? -1 : str_index_of_flat(template, str_from_char(iso, '>'), i);
    if (close < 0) break;
    String *name = TRY(str_substring(iso, template, i + 1, (u32)close));
    *used = (u32)close + 1 - i;
    return append_named_group(iso, sb, s, name);
  }
  default:
    *used = numbered_group(s, template, i, &group);
    if (!*used) break;
    Value capture = s->captures[group - 1];
    if (!value_is_undefined(capture)) sb_append(sb, value_string(capture));
    return true;
  }
  *used = 0;
  sb_append_unit(sb, '$');
  return true;
}

bool get_substitution(Isolate *iso, StringBuilder *sb, const Substitution *s, String *template) {
  String *dollar = str_from_char(iso, '$');
  u32 i = 0;
  for (;;) {
    i64 next = str_index_of_flat(template, dollar, i);
    if (next < 0) break;
    if (next > i) sb_append_range(sb, template, i, (u32)next);
    u32 used;
    TRY(append_reference(iso, sb, s, template, (u32)next + 1, &used));
    i = (u32)next + 1 + used;
  }
  if (i < template->length) sb_append_range(sb, template, i, template->length);
  return !sb->failed;
}

// ---- replace, replaceAll ----

typedef struct Replacer {
  bool functional, has_dollar;
  String *template; // flat
  PreparedCall call;
} Replacer;

static bool replacer_init(Isolate *iso, Replacer *r, Value v) {
  *r = (Replacer){.functional = value_is_callable(v)};
  if (r->functional) return true; // the call is prepared when a match is there
  r->template = TRY(to_string(iso, v));
  r->template = TRY(str_flatten(iso, r->template));
  r->has_dollar = str_index_of_flat(r->template, str_from_char(iso, '$'), 0) >= 0;
  return true;
}

static bool append_replacement(Isolate *iso, StringBuilder *sb, Replacer *r, String *s, String *wanted, u32 at) {
  if (r->functional) {
    r->call.args[0] = value_from_cell(wanted);
    r->call.args[1] = value_from_u32(at);
    r->call.args[2] = value_from_cell(s);
    Value v = TRY(prepared_call(iso, &r->call));
    sb_append(sb, TRY(to_string(iso, v)));
  } else if (r->has_dollar) {
    Substitution sub = {.str = s, .position = at, .matched_length = wanted->length, .named_captures = VALUE_UNDEFINED};
    TRY(get_substitution(iso, sb, &sub, r->template));
  } else {
    sb_append(sb, r->template);
  }
  return !sb->failed;
}

static Value replace_text(Isolate *iso, const Call *call, bool all) {
  Replacer r;
  String *s = TRY(to_string(iso, call->this_value));
  String *wanted = TRY(to_string(iso, call_arg(call, 0)));
  TRY(replacer_init(iso, &r, call_arg(call, 1)));
  s = TRY(str_flatten(iso, s));
  wanted = TRY(str_flatten(iso, wanted));
  i64 at = str_index_of_flat(s, wanted, 0);
  if (at < 0) return value_from_cell(s);
  if (r.functional) TRY(prepared_call_init(iso, &r.call, call->args[1], VALUE_UNDEFINED, 3));
  StringBuilder sb;
  sb_init(&sb, iso);
  u32 end = 0;
  for (u32 n = 0; at >= 0; n++) {
    if ((n & 1023) == 1023) TRY(isolate_poll(iso));
    if ((u32)at > end) sb_append_range(&sb, s, end, (u32)at);
    TRY(append_replacement(iso, &sb, &r, s, wanted, (u32)at));
    end = (u32)at + wanted->length;
    u32 from = wanted->length ? end : end + 1;
    at = all && from <= s->length ? str_index_of_flat(s, wanted, from) : -1;
  }
  if (end < s->length) sb_append_range(&sb, s, end, s->length);
  return value_from_cell(sb_finish(&sb));
}

Value string_replace(Isolate *iso, const Call *call) {
  Value method = TRY(method_of_argument(iso, call, "String.prototype.replace", SYM(replace)));
  if (!value_is_undefined(method)) return CALL2(iso, method, call->args[0], call->this_value, call_arg(call, 1));
  return replace_text(iso, call, false);
}

Value string_replace_all(Isolate *iso, const Call *call) {
  TRY(require_object_coercible(iso, call->this_value, "String.prototype.replaceAll"));
  if (value_is_object(call_arg(call, 0))) {
    TRY(require_global(iso, call, "replaceAll"));
    Value method = TRY(get_method(iso, call->args[0], SYM(replace)));
    if (!value_is_undefined(method)) return CALL2(iso, method, call->args[0], call->this_value, call_arg(call, 1));
  }
  return replace_text(iso, call, true);
}

// ---- split ----

static Value split_characters(Isolate *iso, String *s, u32 limit) {
  u32 count = MIN(s->length, limit);
  JSObject *a = TRY(array_new_uninit(iso, count));
  if (!str_is_utf16(s)) {
    const u8 *chars = str_chars8(s);
    for (u32 i = 0; i < count;) {
      for (u32 stop = MIN(count, i + 65536); i < stop; i++) slot_init(&a->bf[i], value_from_cell(&weft_atoms.chars[chars[i]]));
      if (i < count) TRY(isolate_poll(iso));
    }
    return value_from_object(a);
  }
  for (u32 i = 0; i < count; i++) {
    if ((i & 4095) == 4095) TRY(isolate_poll(iso));
    String *c = TRY(str_from_char(iso, str_char_at_flat(s, i)));
    array_init_element(iso, a, i, value_from_cell(c));
  }
  return value_from_object(a);
}

static u32 count_byte(const u8 *s, u32 n, u8 c) {
  u32 count = 0, i = 0;
#ifdef __SSE2__
  __m128i key = _mm_set1_epi8((char)c), zero = _mm_setzero_si128(), sums = zero;
  for (; i + 16 <= n; i += 16) { // a hit is -1 in its byte: the bytes of one block add up to at most 16
    __m128i hits = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)(s + i)), key);
    sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_sub_epi8(zero, hits), zero));
  }
  count = (u32)(_mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
#endif
  for (; i < n; i++) count += s[i] == c;
  return count;
}

// Latin-1 text at a character: counted first, so that the array has its size from the start.
static Value split_at_byte(Isolate *iso, String *s, u8 separator, u32 limit) {
  u32 n = s->length, parts = count_byte(str_chars8(s), n, separator) + 1, start = 0;
  u32 count = MIN(parts, limit);
  JSObject *a = TRY(array_new_uninit(iso, count));
  for (u32 i = 0; i < count; i++) {
    if ((i & 4095) == 4095) TRY(isolate_poll(iso));
    const u8 *from = str_chars8(s) + start, *at = i + 1 < parts ? memchr(from, separator, n - start) : NULL;
    u32 end = at ? start + (u32)(at - from) : n;
    String *part = TRY(str_substring(iso, s, start, end));
    array_init_element(iso, a, i, value_from_cell(part));
    start = end + 1;
  }
  return value_from_object(a);
}

static Value split_text(Isolate *iso, String *s, String *separator, u32 limit) {
  Collector parts;
  parts.array = NULL;
  parts.count = 0;
  u32 start = 0;
  for (u32 n = 1; n <= limit; n++) {
    if ((n & 1023) == 1023) TRY(isolate_poll(iso));
    i64 at = str_index_of_flat(s, separator, start);
    u32 end = at < 0 ? s->length : (u32)at;
    String *part = TRY(str_substring(iso, s, start, end));
    TRY(collector_add(iso, &parts, value_from_cell(part)));
    if (at < 0) break;
    start = end + separator->length;
  }
  return collector_finish(iso, &parts);
}

Value string_split(Isolate *iso, const Call *call) {
  Value method = TRY(method_of_argument(iso, call, "String.prototype.split", SYM(split)));
  if (!value_is_undefined(method)) return CALL2(iso, method, call->args[0], call->this_value, call_arg(call, 1));
  String *s = TRY(to_string(iso, call->this_value));
  u32 limit = UINT32_MAX;
  if (!value_is_undefined(call_arg(call, 1))) TRY(to_uint32(iso, call->args[1], &limit));
  String *separator = TRY(to_string(iso, call_arg(call, 0)));
  if (!limit) return value_from_object(array_create(iso, 0));
  Value whole = value_from_cell(s);
  if (value_is_undefined(call_arg(call, 0))) return value_from_object(array_from_values(iso, &whole, 1));
  s = TRY(str_flatten(iso, s));
  separator = TRY(str_flatten(iso, separator));
  if (separator->length == 1 && !str_is_utf16(s) && !str_is_utf16(separator))
    return split_at_byte(iso, s, str_chars8(separator)[0], limit);
  return separator->length ? split_text(iso, s, separator, limit) : split_characters(iso, s, limit);
}
