// SPDX-License-Identifier: MIT
// Functions of the global object (ECMA-262 19.2, Annex B.2.1): eval, parsing of numbers, URI encoding, escape.
// Tests: tests/js/global/*.js
#include "runtime/global/global.h"
#include "base/strtod.h"
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/support.h"
#include <math.h>

// ---- eval ----

static Value global_eval(Isolate *iso, const Call *call) { // indirect: direct eval is an instruction
  Value source = call_arg(call, 0);
  if (!value_is_string(source)) return source;
  Realm *realm = realm_current(iso);
  EvalCall eval = {
      .realm = realm,
      .this_value = slot_get(&realm->global_this),
      .function = VALUE_UNDEFINED,
      .new_target = VALUE_UNDEFINED,
  };
  return iso->hooks->eval(iso, value_string(source), &eval);
}

// ---- Numbers ----

Value global_is_finite(Isolate *iso, const Call *call) {
  double d;
  TRY(to_double(iso, call_arg(call, 0), &d));
  return value_from_bool(isfinite(d));
}

Value global_is_nan(Isolate *iso, const Call *call) {
  double d;
  TRY(to_double(iso, call_arg(call, 0), &d));
  return value_from_bool(isnan(d));
}

static u32 skip_white_space(const String *s, u32 i) {
  while (i < s->length && unicode_is_trimmed(str_char_at_flat(s, i))) i++;
  return i;
}

// The ASCII prefix of s from i, as chars of C: points into Latin-1 strings, else copies what can belong to a number.
static const char *number_text(Isolate *iso, const String *s, u32 i, size_t *length) {
  if (!str_is_utf16(s)) {
    *length = s->length - i;
    return (const char *)str_chars8(s) + i;
  }
  const u16 *chars = str_chars16(s) + i;
  u32 n = 0;
  while (i + n < s->length && chars[n] < 0x80) n++;
  Bytes *copy = TRY(bytes_new(iso, n + 1));
  for (u32 k = 0; k < n; k++) copy->data[k] = (u8)chars[k];
  *length = n;
  return (const char *)copy->data;
}

static Value global_parse_float(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (value_is_int(v)) return v;
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  u32 i = skip_white_space(s, 0);
  size_t n;
  const char *text = TRY(number_text(iso, s, i, &n));
  bool negative = n && text[0] == '-';
  if (n && (text[0] == '-' || text[0] == '+')) text++, n--;
  if (n >= 8 && !memcmp(text, "Infinity", 8)) return value_from_double(negative ? -INFINITY : INFINITY);
  const char *end;
  double d = strtod_decimal(text, n, &end);
  if (end == text) return value_from_double(NAN);
  return value_from_double(negative ? -d : d);
}

// A short string of nothing but digits, which does not begin with 0: most of what programs parse. -1: something else.
static i32 plain_decimal(const String *s) {
  if (str_is_utf16(s) || s->length - 1 > 8) return -1;
  const u8 *chars = str_chars8(s);
  i32 n = 0;
  for (u32 i = 0; i < s->length; i++) {
    u32 digit = chars[i] - (u32)'0';
    if (digit > 9) return -1;
    n = n * 10 + (i32)digit;
  }
  return chars[0] == '0' ? -1 : n;
}

static Value global_parse_int(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0), base = call_arg(call, 1);
  bool decimal = value_is_undefined(base) || base == value_from_int(10);
  if (value_is_int(v) && decimal) return v;
  if (decimal && value_is_string(v) && !str_is_rope(value_string(v))) {
    i32 n = plain_decimal(value_string(v));
    if (n >= 0) return value_from_int(n);
  }
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  i32 radix;
  TRY(to_int32(iso, call_arg(call, 1), &radix));
  u32 i = skip_white_space(s, 0);
  size_t n;
  const char *text = TRY(number_text(iso, s, i, &n));
  bool negative = n && text[0] == '-';
  if (n && (text[0] == '-' || text[0] == '+')) text++, n--;
  if (radix && (radix < 2 || radix > 36)) return value_from_double(NAN);
  if ((!radix || radix == 16) && n >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    text += 2, n -= 2;
    radix = 16;
  }
  if (!radix) radix = 10;
  size_t digits = 0;
  u64 value = 0;
  for (u32 digit; digits < n && (digit = strtod_digit_value((u8)text[digits])) < (u32)radix; digits++)
    value = value * (u32)radix + digit;
  if (!digits) return value_from_double(NAN);
  if (digits <= 10) { // below 36^10: exact
    double small = (double)value;
    return value_from_double(negative ? -small : small);
  }
  double d = number_parse_radix(text, digits, (u32)radix);
  return value_from_double(negative ? -d : d);
}

// ---- URI encoding ----

// Which ASCII characters stay: unreserved and marks always; `reserved` adds ;/?:@&=+$,#
static bool uri_keeps(u32 c, bool reserved) {
  if (c >= 0x80) return false;
  if ((c | 0x20) - 'a' < 26 || c - '0' < 10) return true;
  if (c && strchr("-_.!~*'()", (int)c)) return true;
  return reserved && c && strchr(";/?:@&=+$,#", (int)c);
}

static const char upper_hex[] = "0123456789ABCDEF";

static Value uri_encode(Isolate *iso, Value v, bool reserved) {
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  StringBuilder sb;
  sb_init(&sb, iso);
  u32 kept = 0; // start of characters that stay as they are
  for (u32 i = 0, units; i < s->length; i += units) {
    if (!(i & 0xFFFF)) TRY(isolate_poll(iso));
    units = 1;
    if (uri_keeps(str_char_at_flat(s, i), reserved)) continue;
    if (kept < i) sb_append_range(&sb, s, kept, i);
    u32 cp = str_code_point_at_flat(s, i, &units);
    if (utf16_is_surrogate(cp)) return THROW(iso, URI_MALFORMED);
    kept = i + units;
    u8 bytes[4], text[12];
    u32 n = utf8_encode(cp, bytes);
    for (u32 k = 0; k < n; k++) {
      text[3 * k] = '%';
      text[3 * k + 1] = (u8)upper_hex[bytes[k] >> 4];
      text[3 * k + 2] = (u8)upper_hex[bytes[k] & 15];
    }
    sb_append_latin1(&sb, text, 3 * n);
  }
  if (!kept) return value_from_cell(s);
  if (kept < s->length) sb_append_range(&sb, s, kept, s->length);
  return value_from_cell(sb_finish(&sb));
}

// Value of the two hexadecimal digits at i, or -1.
static int hex_pair(const String *s, u32 i) {
  if (i + 2 > s->length) return -1;
  u32 high = strtod_digit_value(str_char_at_flat(s, i)), low = strtod_digit_value(str_char_at_flat(s, i + 1));
  return high < 16 && low < 16 ? (int)(high << 4 | low) : -1;
}

// The code point that is escaped at i ("%C3%A4"), and where it ends. false: malformed.
static bool uri_decode_escape(const String *s, u32 i, u32 *cp, u32 *end) {
  int first = hex_pair(s, i + 1);
  if (first < 0) return false;
  i += 3;
  if (first < 0x80) {
    *cp = (u32)first, *end = i;
    return true;
  }
  u8 bytes[4] = {(u8)first};
  u32 n = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0;
  for (u32 k = 1; k < n; k++, i += 3) {
    if (i >= s->length || str_char_at_flat(s, i) != '%') return false;
    int byte = hex_pair(s, i + 1);
    if (byte < 0) return false;
    bytes[k] = (u8)byte;
  }
  if (!n || !utf8_validate(bytes, n)) return false;
  const u8 *p = bytes;
  *cp = utf8_decode(&p, bytes + n);
  *end = i;
  return true;
}

static Value uri_decode(Isolate *iso, Value v, bool keep_reserved) {
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  StringBuilder sb;
  sb_init(&sb, iso);
  u32 copied = 0;
  for (u32 i = 0, end; i < s->length; i = end) {
    if (!(i & 0xFFFF)) TRY(isolate_poll(iso));
    end = i + 1;
    if (str_char_at_flat(s, i) != '%') continue;
    u32 cp;
    if (!uri_decode_escape(s, i, &cp, &end)) return THROW(iso, URI_MALFORMED);
    if (keep_reserved && cp < 0x80 && cp && strchr(";/?:@&=+$,#", (int)cp)) continue;
    if (copied < i) sb_append_range(&sb, s, copied, i);
    sb_append_code_point(&sb, cp);
    copied = end;
  }
  if (!copied) return value_from_cell(s);
  if (copied < s->length) sb_append_range(&sb, s, copied, s->length);
  return value_from_cell(sb_finish(&sb));
}

Value global_decode_uri(Isolate *iso, const Call *call) { return uri_decode(iso, call_arg(call, 0), true); }
Value global_decode_uri_component(Isolate *iso, const Call *call) { return uri_decode(iso, call_arg(call, 0), false); }
Value global_encode_uri(Isolate *iso, const Call *call) { return uri_encode(iso, call_arg(call, 0), true); }
Value global_encode_uri_component(Isolate *iso, const Call *call) { return uri_encode(iso, call_arg(call, 0), false); }

// ---- escape, unescape ----

Value global_escape(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < s->length; i++) {
    if (!(i & 0xFFFF)) TRY(isolate_poll(iso));
    u32 c = str_char_at_flat(s, i);
    if ((c | 0x20) - 'a' < 26 || c - '0' < 10 || (c && c < 0x80 && strchr("@*_+-./", (int)c))) {
      sb_append_unit(&sb, (u16)c);
      continue;
    }
    char text[8];
    snprintf(text, sizeof text, c < 256 ? "%%%02X" : "%%u%04X", c);
    sb_append_ascii(&sb, text);
  }
  return value_from_cell(sb_finish(&sb));
}

Value global_unescape(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < s->length; i++) {
    if (!(i & 0xFFFF)) TRY(isolate_poll(iso));
    u16 c = str_char_at_flat(s, i);
    if (c == '%') {
      bool wide = i + 6 <= s->length && str_char_at_flat(s, i + 1) == 'u';
      int high = wide ? hex_pair(s, i + 2) : 0;
      int low = hex_pair(s, wide ? i + 4 : i + 1);
      if (high >= 0 && low >= 0) {
        c = (u16)(high << 8 | low);
        i += wide ? 5 : 2;
      }
    }
    sb_append_unit(&sb, c);
  }
  return value_from_cell(sb_finish(&sb));
}

const BuiltinObject builtin_eval = BUILTIN_FUNCTION_OBJECT(eval, global_eval, 1);
const BuiltinObject builtin_parse_float = BUILTIN_FUNCTION_OBJECT(parseFloat, global_parse_float, 1);
const BuiltinObject builtin_parse_int = BUILTIN_FUNCTION_OBJECT(parseInt, global_parse_int, 2);
