// SPDX-License-Identifier: MIT
// String and String.prototype (ECMA-262 22.1): constructor, tables, and the methods that need neither regular expressions nor
// the character database.
// Tests: tests/js/text/string*.js
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/text/string_internal.h"

// ---- Constructor ----

static Value string_constructor(Isolate *iso, const Call *call) {
  String *s = ATOM_STRING(empty);
  if (call->argc) {
    Value v = call->args[0];
    if (!call_is_construct(call) && value_is_symbol(v)) {
      return value_from_cell(key_to_display_string(iso, key_from_cell(value_cell(v))));
    }
    s = TRY(to_string(iso, v));
  }
  if (!call_is_construct(call)) return value_from_cell(s);
  JSPrimitiveWrapper *w = TRY((JSPrimitiveWrapper *)ordinary_create_from_constructor(
      iso, call->new_target, INTRINSIC_STRING_PROTOTYPE, KIND_STRING_OBJECT));
  slot_set(iso, w, &w->primitive, value_from_cell(s));
  return value_from_object(w);
}

static Value string_from_char_code(Isolate *iso, const Call *call) {
  if (call->argc == 1 && value_is_int(call->args[0])) return value_from_cell(str_from_char(iso, (u16)value_int(call->args[0])));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < call->argc; i++) {
    u32 unit;
    TRY(to_uint32(iso, call->args[i], &unit));
    sb_append_unit(&sb, (u16)unit);
  }
  return value_from_cell(sb_finish(&sb));
}

static Value string_from_code_point(Isolate *iso, const Call *call) {
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < call->argc; i++) {
    double d;
    TRY(to_double(iso, call->args[i], &d));
    if (!(d >= 0 && d <= UTF_MAX) || d != (double)(u32)d) {
      return THROW(iso, INVALID_CODE_POINT, error_text_of_value(iso, call->args[i]));
    }
    sb_append_code_point(&sb, (u32)d);
  }
  return value_from_cell(sb_finish(&sb));
}

static Value string_raw(Isolate *iso, const Call *call) {
  JSObject *cooked = TRY(to_object(iso, call_arg(call, 0)));
  Value raw = TRY(obj_get(iso, cooked, ATOM(raw)));
  JSObject *literals = TRY(to_object(iso, raw));
  u64 length;
  TRY(length_of_array_like(iso, literals, &length));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u64 i = 0; i < length; i++) {
    if ((i & 1023) == 1023) TRY(isolate_poll(iso));
    PropertyKey key = TRY(key_from_u64(iso, i));
    Value literal = TRY(obj_get(iso, literals, key));
    sb_append(&sb, TRY(to_string(iso, literal)));
    if (i + 1 < length && i + 1 < call->argc) sb_append(&sb, TRY(to_string(iso, call->args[i + 1])));
    if (sb.failed) return VALUE_FAIL;
  }
  return value_from_cell(sb_finish(&sb));
}

// ---- Characters ----

static Value string_at(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.at"));
  double relative;
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &relative));
  double k = relative >= 0 ? relative : s->length + relative;
  if (k < 0 || k >= s->length) return VALUE_UNDEFINED;
  u16 unit;
  TRY(str_char_at(iso, s, (u32)k, &unit));
  return value_from_cell(str_from_char(iso, unit));
}

// The position argument of the receiver's text. *inside: it is one of a character.
static String *text_and_position(Isolate *iso, const Call *call, const char *method, u32 *position, bool *inside) {
  String *s = TRY(this_string(iso, call, method));
  double d;
  Value v = call_arg(call, 0);
  if (LIKELY(value_is_int(v))) d = value_int(v);
  else TRY(to_integer_or_infinity(iso, v, &d));
  *inside = d >= 0 && d < s->length;
  *position = *inside ? (u32)d : 0;
  return str_flatten(iso, s);
}

static Value string_char_at(Isolate *iso, const Call *call) {
  u32 i;
  bool inside;
  String *s = TRY(text_and_position(iso, call, "String.prototype.charAt", &i, &inside));
  return inside ? value_from_cell(str_from_char(iso, str_char_at_flat(s, i))) : value_from_cell(ATOM_STRING(empty));
}

static Value string_char_code_at(Isolate *iso, const Call *call) {
  u32 i;
  bool inside;
  String *s = TRY(text_and_position(iso, call, "String.prototype.charCodeAt", &i, &inside));
  return inside ? value_from_int(str_char_at_flat(s, i)) : value_from_raw_double(__builtin_nan(""));
}

static Value string_code_point_at(Isolate *iso, const Call *call) {
  u32 i, units;
  bool inside;
  String *s = TRY(text_and_position(iso, call, "String.prototype.codePointAt", &i, &inside));
  return inside ? value_from_int((i32)str_code_point_at_flat(s, i, &units)) : VALUE_UNDEFINED;
}

// ---- Parts ----

static Value substring(Isolate *iso, String *s, u32 start, u32 end) { return value_from_cell(str_substring(iso, s, start, end)); }

static Value string_slice(Isolate *iso, const Call *call) {
  u64 start, end;
  String *s = TRY(this_string(iso, call, "String.prototype.slice"));
  TRY(to_relative_index(iso, call_arg(call, 0), s->length, 0, &start));
  TRY(to_relative_index(iso, call_arg(call, 1), s->length, s->length, &end));
  return start >= end ? value_from_cell(ATOM_STRING(empty)) : substring(iso, s, (u32)start, (u32)end);
}

static Value string_substring(Isolate *iso, const Call *call) {
  u32 start, end;
  String *s = TRY(this_string(iso, call, "String.prototype.substring"));
  TRY(to_clamped_index(iso, call_arg(call, 0), s->length, &start));
  end = s->length;
  if (!value_is_undefined(call_arg(call, 1))) TRY(to_clamped_index(iso, call->args[1], s->length, &end));
  return substring(iso, s, MIN(start, end), MAX(start, end));
}

static Value string_substr(Isolate *iso, const Call *call) {
  u64 start;
  String *s = TRY(this_string(iso, call, "String.prototype.substr"));
  TRY(to_relative_index(iso, call_arg(call, 0), s->length, 0, &start));
  double count = s->length;
  if (!value_is_undefined(call_arg(call, 1))) TRY(to_integer_or_infinity(iso, call->args[1], &count));
  if (count <= 0) return value_from_cell(ATOM_STRING(empty));
  u32 rest = s->length - (u32)start;
  return substring(iso, s, (u32)start, (u32)start + (count < rest ? (u32)count : rest));
}

static Value string_concat(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.concat"));
  for (u32 i = 0; i < call->argc; i++) {
    String *next = TRY(to_string(iso, call->args[i]));
    s = TRY(str_concat(iso, s, next));
  }
  return value_from_cell(s);
}

static void *throw_count(Isolate *iso, Value v) { return THROW(iso, INVALID_COUNT, error_text_of_value(iso, v)); }

static String *repeat(Isolate *iso, String *s, u64 count) {
  if (!count || !s->length) return ATOM_STRING(empty);
  if (count == 1) return s;
  if (s->length * count > STR_MAX_LENGTH) return THROW(iso, INVALID_STRING_LENGTH);
  s = TRY(str_flatten(iso, s));
  u32 length = (u32)(s->length * count);
  bool wide = str_is_utf16(s);
  u8 *chars8 = NULL;
  u16 *chars16 = NULL;
  enum { CHUNK = 1 << 20 }; // bytes between two looks at the interrupts
  String *result = TRY(wide ? str_new_uninit16(iso, length, &chars16) : str_new_uninit8(iso, length, &chars8));
  char *out = wide ? (char *)chars16 : (char *)chars8;
  size_t unit = wide ? 2 : 1, total = length * unit, done = s->length * unit;
  if (done == 1 && total <= CHUNK) {
    memset(out, str_chars8(s)[0], total);
    return result;
  }
  memcpy(out, str_chars(s), done);
  for (size_t chunk = done; done < total;) { // doubles what is there, up to a chunk
    size_t more = MIN(chunk, total - done);
    memcpy(out + done, out, more);
    done += more;
    if (chunk < CHUNK) chunk = done;
    else TRY(isolate_poll(iso));
  }
  return result;
}

static Value string_repeat(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.repeat"));
  double n;
  TRY(to_integer_or_infinity(iso, call_arg(call, 0), &n));
  if (n < 0 || n > 0x1p53) return throw_count(iso, call_arg(call, 0));
  if (!s->length) return value_from_cell(s);
  if (n > STR_MAX_LENGTH) return THROW(iso, INVALID_STRING_LENGTH);
  return value_from_cell(repeat(iso, s, (u64)n));
}

static Value pad(Isolate *iso, const Call *call, const char *method, bool at_start) {
  String *s = TRY(this_string(iso, call, method));
  u64 length;
  TRY(to_length(iso, call_arg(call, 0), &length));
  if (length <= s->length) return value_from_cell(s);
  String *filler = str_from_char(iso, ' ');
  if (!value_is_undefined(call_arg(call, 1))) filler = TRY(to_string(iso, call->args[1]));
  if (!filler->length) return value_from_cell(s);
  if (length > STR_MAX_LENGTH) return THROW(iso, INVALID_STRING_LENGTH);
  u32 fill = (u32)length - s->length;
  String *padding = TRY(repeat(iso, filler, (fill + filler->length - 1) / filler->length));
  padding = TRY(str_substring(iso, padding, 0, fill));
  return value_from_cell(at_start ? str_concat(iso, padding, s) : str_concat(iso, s, padding));
}

static Value string_pad_end(Isolate *iso, const Call *call) { return pad(iso, call, "String.prototype.padEnd", false); }
static Value string_pad_start(Isolate *iso, const Call *call) { return pad(iso, call, "String.prototype.padStart", true); }

String *trim_string(Isolate *iso, String *s, u32 where) {
  s = TRY(str_flatten(iso, s));
  u32 start = 0, end = s->length;
  if (where & TRIM_START) {
    while (start < end && unicode_is_trimmed(str_char_at_flat(s, start))) start++;
  }
  if (where & TRIM_END) {
    while (end > start && unicode_is_trimmed(str_char_at_flat(s, end - 1))) end--;
  }
  return str_substring(iso, s, start, end);
}

static Value string_trim(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.trim"));
  return value_from_cell(trim_string(iso, s, TRIM_START | TRIM_END));
}

static Value string_trim_start(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.trimStart"));
  return value_from_cell(trim_string(iso, s, TRIM_START));
}

static Value string_trim_end(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.trimEnd"));
  return value_from_cell(trim_string(iso, s, TRIM_END));
}

// ---- Searching ----

// The text to look for, which may not be a regular expression; *s and the result are flat.
static String *search_text(Isolate *iso, const Call *call, const char *method, String **s) {
  *s = TRY(this_string(iso, call, method));
  Tri regexp = TRY(is_reg_exp(iso, call_arg(call, 0)));
  if (regexp == TRI_YES) return THROW(iso, REGEXP_ARGUMENT, method);
  String *wanted = TRY(to_string(iso, call_arg(call, 0)));
  *s = TRY(str_flatten(iso, *s));
  return str_flatten(iso, wanted);
}

static bool has_text_at(const String *s, const String *part, u32 at) {
  if (part->length > s->length - at) return false;
  if (str_is_utf16(s) == str_is_utf16(part)) {
    u32 shift = str_is_utf16(s) ? 1 : 0;
    return !memcmp((const char *)str_chars(s) + ((size_t)at << shift), str_chars(part), (size_t)part->length << shift);
  }
  for (u32 i = 0; i < part->length; i++) {
    if (str_char_at_flat(s, at + i) != str_char_at_flat(part, i)) return false;
  }
  return true;
}

static Value string_starts_with(Isolate *iso, const Call *call) {
  String *s;
  u32 start;
  String *wanted = TRY(search_text(iso, call, "String.prototype.startsWith", &s));
  TRY(to_clamped_index(iso, call_arg(call, 1), s->length, &start));
  return value_from_bool(has_text_at(s, wanted, start));
}

static Value string_ends_with(Isolate *iso, const Call *call) {
  String *s;
  String *wanted = TRY(search_text(iso, call, "String.prototype.endsWith", &s));
  u32 end = s->length;
  if (!value_is_undefined(call_arg(call, 1))) TRY(to_clamped_index(iso, call->args[1], s->length, &end));
  return value_from_bool(wanted->length <= end && has_text_at(s, wanted, end - wanted->length));
}

static Value string_includes(Isolate *iso, const Call *call) {
  String *s;
  u32 start;
  String *wanted = TRY(search_text(iso, call, "String.prototype.includes", &s));
  TRY(to_clamped_index(iso, call_arg(call, 1), s->length, &start));
  return value_from_bool(str_index_of_flat(s, wanted, start) >= 0);
}

static Value string_index_of(Isolate *iso, const Call *call) {
  u32 start;
  String *s = TRY(this_string(iso, call, "String.prototype.indexOf"));
  String *wanted = TRY(to_string(iso, call_arg(call, 0)));
  TRY(to_clamped_index(iso, call_arg(call, 1), s->length, &start));
  s = TRY(str_flatten(iso, s));
  wanted = TRY(str_flatten(iso, wanted));
  return value_from_int((i32)str_index_of_flat(s, wanted, start));
}

static Value string_last_index_of(Isolate *iso, const Call *call) {
  String *s = TRY(this_string(iso, call, "String.prototype.lastIndexOf"));
  String *wanted = TRY(to_string(iso, call_arg(call, 0)));
  double position;
  TRY(to_double(iso, call_arg(call, 1), &position));
  u32 from = !(position < s->length) ? s->length : position <= 0 ? 0 : (u32)position; // NaN: the end
  s = TRY(str_flatten(iso, s));
  wanted = TRY(str_flatten(iso, wanted));
  return value_from_int((i32)str_last_index_of_flat(s, wanted, from));
}

// ---- Well-formedness, values ----

static Value string_is_well_formed(Isolate *iso, const Call *call) {
  String *s = TRY(this_flat_string(iso, call, "String.prototype.isWellFormed"));
  return value_from_bool(!str_is_utf16(s) || utf16_is_well_formed(str_chars16(s), s->length));
}

static Value string_to_well_formed(Isolate *iso, const Call *call) {
  String *s = TRY(this_flat_string(iso, call, "String.prototype.toWellFormed"));
  if (!str_is_utf16(s) || utf16_is_well_formed(str_chars16(s), s->length)) return value_from_cell(s);
  u16 *out;
  String *result = TRY(str_new_uninit16(iso, s->length, &out));
  const u16 *in = str_chars16(s);
  for (u32 i = 0; i < s->length; i++) {
    bool pair = utf16_is_lead(in[i]) && i + 1 < s->length && utf16_is_trail(in[i + 1]);
    if (pair) out[i] = in[i], i++;
    out[i] = utf16_is_surrogate(in[i]) && !pair ? UTF_REPLACEMENT : in[i];
  }
  return value_from_cell(result);
}

static Value this_string_value(Isolate *iso, const Call *call, const char *method) {
  Value v = call->this_value;
  if (value_is_string(v)) return v;
  if (value_is_kind(v, KIND_STRING_OBJECT)) return slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
  return THROW(iso, RECEIVER_TYPE, method, "String");
}

static Value string_to_string(Isolate *iso, const Call *call) { return this_string_value(iso, call, "String.prototype.toString"); }

static Value string_value_of(Isolate *iso, const Call *call) { return this_string_value(iso, call, "String.prototype.valueOf"); }

// ---- Tables ----

static const BuiltinProperty string_properties[] = {
    METHOD(fromCharCode, string_from_char_code, 1),
    METHOD(fromCodePoint, string_from_code_point, 1),
    METHOD(raw, string_raw, 1),
};

static const BuiltinProperty string_prototype_properties[] = {
    METHOD_MAGIC(anchor, string_html, 1, HTML_ANCHOR),
    METHOD(at, string_at, 1),
    METHOD_MAGIC(big, string_html, 0, HTML_BIG),
    METHOD_MAGIC(blink, string_html, 0, HTML_BLINK),
    METHOD_MAGIC(bold, string_html, 0, HTML_BOLD),
    METHOD(charAt, string_char_at, 1),
    METHOD(charCodeAt, string_char_code_at, 1),
    METHOD(codePointAt, string_code_point_at, 1),
    METHOD(concat, string_concat, 1),
    METHOD(endsWith, string_ends_with, 1),
    METHOD_MAGIC(fontcolor, string_html, 1, HTML_FONTCOLOR),
    METHOD_MAGIC(fontsize, string_html, 1, HTML_FONTSIZE),
    METHOD_MAGIC(fixed, string_html, 0, HTML_FIXED),
    METHOD(includes, string_includes, 1),
    METHOD(indexOf, string_index_of, 1),
    METHOD_MAGIC(italics, string_html, 0, HTML_ITALICS),
    METHOD(lastIndexOf, string_last_index_of, 1),
    METHOD_MAGIC(link, string_html, 1, HTML_LINK),
    METHOD(localeCompare, string_locale_compare, 1),
    METHOD(match, string_match, 1),
    METHOD(matchAll, string_match_all, 1),
    METHOD(normalize, string_normalize, 0),
    METHOD(padEnd, string_pad_end, 1),
    METHOD(padStart, string_pad_start, 1),
    METHOD(repeat, string_repeat, 1),
    METHOD(replace, string_replace, 2),
    METHOD(replaceAll, string_replace_all, 2),
    METHOD(search, string_search, 1),
    METHOD(slice, string_slice, 2),
    METHOD_MAGIC(small, string_html, 0, HTML_SMALL),
    METHOD(split, string_split, 2),
    METHOD_MAGIC(strike, string_html, 0, HTML_STRIKE),
    METHOD_MAGIC(sub, string_html, 0, HTML_SUB),
    METHOD(substr, string_substr, 2),
    METHOD(substring, string_substring, 2),
    METHOD_MAGIC(sup, string_html, 0, HTML_SUP),
    METHOD(startsWith, string_starts_with, 1),
    METHOD(toString, string_to_string, 0),
    METHOD(trim, string_trim, 0),
    METHOD(trimStart, string_trim_start, 0),
    ALIAS(trimLeft, trimStart),
    METHOD(trimEnd, string_trim_end, 0),
    ALIAS(trimRight, trimEnd),
    METHOD(toLocaleLowerCase, string_to_locale_lower_case, 0),
    METHOD(toLocaleUpperCase, string_to_locale_upper_case, 0),
    METHOD(toLowerCase, string_to_lower_case, 0),
    METHOD(toUpperCase, string_to_upper_case, 0),
    METHOD(valueOf, string_value_of, 0),
    METHOD(isWellFormed, string_is_well_formed, 0),
    METHOD(toWellFormed, string_to_well_formed, 0),
    METHOD_SYM(iterator, string_iterator, 0),
};

// String.prototype is itself a String object with an empty text.
static bool string_prototype_finish(Isolate *iso, Realm *realm, JSObject *object) {
  (void)realm;
  slot_set(iso, object, &((JSPrimitiveWrapper *)object)->primitive, value_from_cell(ATOM_STRING(empty)));
  return true;
}

const BuiltinObject builtin_string = BUILTIN_CLASS(String, string_constructor, 1, INTRINSIC_STRING_PROTOTYPE, string_properties);
const BuiltinObject builtin_string_prototype = {
    .kind = BUILTIN_OTHER,
    .heap_kind = KIND_STRING_OBJECT,
    .parent = INTRINSIC_OBJECT_PROTOTYPE,
    .prototype = INTRINSIC_NONE,
    .constructor = INTRINSIC_STRING,
    BUILTIN_PROPERTIES(string_prototype_properties),
    .finish = string_prototype_finish,
};
