// SPDX-License-Identifier: MIT
// Bytes and their encodings for lib/buffer.js: text into bytes and back, comparing and searching.
// Tests: tests/node/buffer/.
#define _GNU_SOURCE
#include "base/utf.h"
#include "node/node_internal.h"
#include "vm/memory_access.h"

enum Encoding {
  ENCODING_UTF8,
  ENCODING_UTF16LE,
  ENCODING_LATIN1,
  ENCODING_ASCII,
  ENCODING_BASE64,
  ENCODING_HEX,
  ENCODING_BASE64URL,
  ENCODING_COUNT
};

static bool encoding_arg(Isolate *iso, const Call *call, u32 i, i32 *encoding) {
  *encoding = ENCODING_UTF8;
  if (value_is_undefined(call_arg(call, i))) return true;
  TRY(binding_int(iso, call_arg(call, i), encoding));
  if (*encoding >= 0 && *encoding < ENCODING_COUNT) return true;
  return THROW(iso, TYPE, "Unknown encoding");
}

enum { POLL_MASK = 0xFFFF };
#define POLL(iso, i) \
  do { \
    if (UNLIKELY(((i)&POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso)); \
  } while (0)

// ---- Base64 and hex ----

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64url_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Values of digits plus one, in both alphabets; 0: no digit.
static const u8 base64_values[128] = {
#define DIGIT(c, v) [c] = (v) + 1
#define DIGITS4(c, v) DIGIT(c, v), DIGIT((c) + 1, (v) + 1), DIGIT((c) + 2, (v) + 2), DIGIT((c) + 3, (v) + 3)
#define DIGITS12(c, v) DIGITS4(c, v), DIGITS4((c) + 4, (v) + 4), DIGITS4((c) + 8, (v) + 8)
#define LETTERS(c, v) DIGITS12(c, v), DIGITS12((c) + 12, (v) + 12), DIGIT((c) + 24, (v) + 24), DIGIT((c) + 25, (v) + 25)
    LETTERS('A', 0), LETTERS('a', 26), DIGITS4('0', 52), DIGITS4('4', 56), DIGIT('8', 60),
    DIGIT('9', 61),  DIGIT('+', 62),   DIGIT('-', 62),   DIGIT('/', 63),   DIGIT('_', 63),
#undef LETTERS
#undef DIGITS12
#undef DIGITS4
#undef DIGIT
};
static ALWAYS_INLINE int base64_value(u32 c) { return c < 128 ? base64_values[c] - 1 : -1; } // -1: no digit

static int hex_value(u32 c) {
  if (c >= '0' && c <= '9') return (int)c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? (int)c - 'a' + 10 : -1;
}

// Both alphabets, anything else between digits is skipped, the first "=" ends. Of a wide character Node sees the low byte. out NULL: counts.
static bool base64_decode(Isolate *iso, const String *s, u8 *out, size_t room, size_t *size) {
  size_t n = 0;
  u32 bits = 0, count = 0;
  for (u32 i = 0; i < s->length; i++) {
    POLL(iso, i);
    u8 c = (u8)str_char_at_flat(s, i);
    if (c == '=') break;
    int v = base64_value(c);
    if (v < 0) continue;
    bits = bits << 6 | (u32)v;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    if (n >= room) break;
    if (out) out[n] = (u8)(bits >> count);
    n++;
  }
  *size = n;
  return true;
}

static bool hex_decode(Isolate *iso, const String *s, u8 *out, size_t room, size_t *size) {
  size_t n = 0;
  for (u32 i = 0; i + 1 < s->length && n < room; i += 2) {
    POLL(iso, n);
    int high = hex_value((u8)str_char_at_flat(s, i)), low = hex_value((u8)str_char_at_flat(s, i + 1));
    if (high < 0 || low < 0) break;
    if (out) out[n] = (u8)(high << 4 | low);
    n++;
  }
  *size = n;
  return true;
}

static String *base64_encode(Isolate *iso, const u8 *p, size_t n, bool url) {
  const char *digits = url ? base64url_digits : base64_digits;
  size_t whole = n / 3, rest = n % 3, length = whole * 4 + (rest ? (url ? rest + 1 : 4) : 0);
  if (length > STR_MAX_LENGTH) return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  u8 *out;
  String *s = TRY(str_new_uninit8(iso, (u32)length, &out));
  for (size_t i = 0; i < whole; i++, p += 3, out += 4) {
    u32 v = (u32)p[0] << 16 | (u32)p[1] << 8 | p[2];
    POLL(iso, i);
    for (u32 k = 0; k < 4; k++) out[k] = (u8)digits[v >> (18 - 6 * k) & 63];
  }
  if (rest) {
    u32 v = (u32)p[0] << 16 | (rest > 1 ? (u32)p[1] << 8 : 0);
    for (u32 k = 0; k <= rest; k++) out[k] = (u8)digits[v >> (18 - 6 * k) & 63];
    for (size_t k = rest + 1; !url && k < 4; k++) out[k] = '=';
  }
  return s;
}

static bool is_ascii_space(u32 c) { return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v'); }

// Forgiving-base64 decode (WHATWG Infra): white space anywhere, padding or none. NULL: thrown, or not that; *cut: it ends too early.
static String *atob_decode(Isolate *iso, const String *s, bool *cut) {
  u32 end = 0, digits = 0, pads = 0, bits = 0, count = 0;
  for (u32 i = 0; i < s->length; i++) {
    u32 c = str_char_at_flat(s, i);
    POLL(iso, i);
    if (is_ascii_space(c)) continue;
    if (c == '=') {
      pads++;
    } else if (pads || c == '-' || c == '_' || base64_value(c) < 0) {
      return NULL;
    } else {
      digits++, end = i + 1;
    }
  }
  *cut = digits % 4 == 1 && !pads;
  if (*cut || pads > 2 || (pads && (digits + pads) % 4)) return NULL;
  u8 *out;
  if (digits < 2) return ATOM_STRING(empty);
  String *result = TRY(str_new_uninit8(iso, (u32)((u64)digits * 6 / 8), &out));
  for (u32 i = 0; i < end; i++) {
    int v = base64_value(str_char_at_flat(s, i));
    POLL(iso, i);
    if (v < 0) continue;
    bits = bits << 6 | (u32)v;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    *out++ = (u8)(bits >> count);
  }
  return result;
}

// atob(string), btoa(string): undefined when it holds what cannot be, null when it cannot end there
static Value buffer_atob(Isolate *iso, const Call *call) {
  String *s = TRY(str_flatten(iso, TRY(to_string(iso, call_arg(call, 0)))));
  bool cut = false;
  String *result = atob_decode(iso, s, &cut);
  if (result) return value_from_cell(result);
  if (isolate_has_exception(iso)) return VALUE_FAIL;
  return cut ? VALUE_NULL : VALUE_UNDEFINED;
}

static Value buffer_btoa(Isolate *iso, const Call *call) {
  String *s = TRY(str_flatten(iso, TRY(to_string(iso, call_arg(call, 0)))));
  if (!str_is_utf16(s)) return value_from_cell(TRY(base64_encode(iso, str_chars8(s), s->length, false)));
  u8 *bytes;
  String *narrow = TRY(str_new_uninit8(iso, s->length, &bytes));
  for (u32 i = 0; i < s->length; i++) {
    u32 c = str_char_at_flat(s, i);
    POLL(iso, i);
    if (c > 255) return VALUE_UNDEFINED;
    bytes[i] = (u8)c;
  }
  return value_from_cell(TRY(base64_encode(iso, str_chars8(narrow), s->length, false)));
}

static String *hex_encode(Isolate *iso, const u8 *p, size_t n) {
  if (n * 2 > STR_MAX_LENGTH) return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  u8 *out;
  String *s = TRY(str_new_uninit8(iso, (u32)(n * 2), &out));
  for (size_t i = 0; i < n; i++) {
    POLL(iso, i);
    out[2 * i] = (u8) "0123456789abcdef"[p[i] >> 4];
    out[2 * i + 1] = (u8) "0123456789abcdef"[p[i] & 15];
  }
  return s;
}

// ---- Text to bytes ----

static bool encoded_size(Isolate *iso, const String *s, i32 encoding, size_t *size) {
  switch (encoding) {
  case ENCODING_UTF8: return str_utf8_length_polling(iso, s, size);
  case ENCODING_UTF16LE: *size = (size_t)s->length * 2; return true;
  case ENCODING_BASE64:
  case ENCODING_BASE64URL: return base64_decode(iso, s, NULL, SIZE_MAX, size);
  case ENCODING_HEX: return hex_decode(iso, s, NULL, SIZE_MAX, size);
  default: *size = s->length; return true;
  }
}

// Writes whole characters while they fit; *written: bytes.
static bool encode_into(Isolate *iso, const String *s, i32 encoding, u8 *out, size_t room, size_t *written) {
  switch (encoding) {
  case ENCODING_UTF8:
    *written = str_is_utf16(s) ? utf16_to_utf8_partial(str_chars16(s), s->length, out, room).written
                               : latin1_to_utf8_partial(str_chars8(s), s->length, out, room).written;
    return true;
  case ENCODING_UTF16LE: {
    size_t n = MIN((size_t)s->length, room / 2);
    for (size_t i = 0; i < n; i++) {
      POLL(iso, i);
      bytes_store_le16(out + 2 * i, str_char_at_flat(s, (u32)i));
    }
    *written = n * 2;
    return true;
  }
  case ENCODING_BASE64:
  case ENCODING_BASE64URL: return base64_decode(iso, s, out, room, written);
  case ENCODING_HEX: return hex_decode(iso, s, out, room, written);
  default: {
    size_t n = MIN((size_t)s->length, room);
    for (size_t i = 0; i < n; i++) {
      POLL(iso, i);
      out[i] = (u8)str_char_at_flat(s, (u32)i);
    }
    *written = n;
    return true;
  }
  }
}

static String *string_arg(Isolate *iso, const Call *call, u32 i) {
  Value v = call_arg(call, i);
  if (!value_is_string(v)) return THROW(iso, TYPE, "A string was expected");
  return str_flatten(iso, value_string(v));
}

// encode(string, encoding): an ArrayBuffer
static Value buffer_encode(Isolate *iso, const Call *call) {
  i32 encoding;
  String *s = TRY(string_arg(iso, call, 0));
  TRY(encoding_arg(iso, call, 1, &encoding));
  size_t size, written;
  TRY(encoded_size(iso, s, encoding, &size));
  JSArrayBuffer *b = TRY(allocate_array_buffer(iso, VALUE_UNDEFINED, size, NULL));
  if (encoding == ENCODING_UTF8) TRY(str_to_utf8_polling(iso, s, b->store->data));
  else if (size) TRY(encode_into(iso, s, encoding, b->store->data, size, &written));
  return value_from_object(b);
}

static Value buffer_byte_length(Isolate *iso, const Call *call) {
  i32 encoding;
  String *s = TRY(string_arg(iso, call, 0));
  TRY(encoding_arg(iso, call, 1, &encoding));
  size_t size;
  TRY(encoded_size(iso, s, encoding, &size));
  return value_from_double((double)size);
}

static bool range_args(Isolate *iso, const Call *call, u32 i, size_t size, size_t *start, size_t *length) {
  double from = 0, count = (double)size;
  if (!value_is_undefined(call_arg(call, i))) TRY(to_integer_or_infinity(iso, call_arg(call, i), &from));
  if (!value_is_undefined(call_arg(call, i + 1))) TRY(to_integer_or_infinity(iso, call_arg(call, i + 1), &count));
  if (from < 0) from = 0;
  if (from > (double)size) from = (double)size;
  if (count < 0) count = 0;
  if (count > (double)size - from) count = (double)size - from;
  *start = (size_t)from;
  *length = (size_t)count;
  return true;
}

// write(bytes, string, offset, length, encoding): bytes written
static Value buffer_write(Isolate *iso, const Call *call) {
  i32 encoding;
  size_t size, start, length, written;
  String *s = TRY(string_arg(iso, call, 1));
  TRY(encoding_arg(iso, call, 4, &encoding));
  (void)TRY(binding_bytes(iso, call_arg(call, 0), &size));
  TRY(range_args(iso, call, 2, size, &start, &length));
  u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  if (start + length > size) return value_from_int(0);
  bool shared = binding_is_shared(call->args[0]);
  u8 *out = shared ? TRY(bytes_new(iso, length + 1))->data : bytes + start;
  TRY(encode_into(iso, s, encoding, out, length, &written));
  if (shared) memory_copy_shared(bytes + start, out, written);
  return value_from_double((double)written);
}

// ---- Bytes to text ----

static String *decode_utf16le(Isolate *iso, const u8 *p, size_t n) {
  size_t units = n / 2;
  if (units > STR_MAX_LENGTH) return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  Bytes *copy = TRY(bytes_new(iso, units * 2 + 2));
  u16 *out = (u16 *)(void *)copy->data;
  for (size_t i = 0; i < units; i++) {
    POLL(iso, i);
    out[i] = bytes_load_le16(p + 2 * i);
  }
  return str_new_utf16(iso, out, (u32)units);
}

static String *decode(Isolate *iso, const u8 *p, size_t n, i32 encoding) {
  if (n > STR_MAX_LENGTH * 4ull) return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  switch (encoding) {
  case ENCODING_UTF8: return str_new_utf8(iso, (const char *)p, n);
  case ENCODING_UTF16LE: return decode_utf16le(iso, p, n);
  case ENCODING_BASE64: return base64_encode(iso, p, n, false);
  case ENCODING_BASE64URL: return base64_encode(iso, p, n, true);
  case ENCODING_HEX: return hex_encode(iso, p, n);
  default: break;
  }
  if (n > STR_MAX_LENGTH) return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid string length");
  if (encoding == ENCODING_LATIN1) return str_new_latin1(iso, p, (u32)n);
  u8 *out;
  String *s = TRY(str_new_uninit8(iso, (u32)n, &out));
  for (size_t i = 0; i < n; i++) {
    POLL(iso, i);
    out[i] = p[i] & 0x7f;
  }
  return s;
}

// decode(bytes, encoding, start, end)
static Value buffer_decode(Isolate *iso, const Call *call) {
  i32 encoding;
  size_t size;
  double start = 0, end;
  TRY(encoding_arg(iso, call, 1, &encoding));
  if (!value_is_undefined(call_arg(call, 2))) TRY(to_integer_or_infinity(iso, call_arg(call, 2), &start));
  end = __builtin_inf();
  if (!value_is_undefined(call_arg(call, 3))) TRY(to_integer_or_infinity(iso, call_arg(call, 3), &end));
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  if (start < 0) start = 0;
  if (end > (double)size) end = (double)size;
  if (!(start < end)) return value_from_cell(ATOM_STRING(empty));
  size_t n = (size_t)(end - start);
  bytes = TRY(binding_steady(iso, call->args[0], bytes + (size_t)start, n));
  return value_from_cell(decode(iso, bytes, n, encoding));
}

// ---- Comparing and searching ----

static Value buffer_compare(Isolate *iso, const Call *call) {
  size_t a_size, b_size;
  const u8 *a = TRY(binding_bytes(iso, call_arg(call, 0), &a_size)), *b = TRY(binding_bytes(iso, call_arg(call, 1), &b_size));
  bool shared = binding_is_shared(call_arg(call, 0)) || binding_is_shared(call_arg(call, 1));
  int order;
  TRY(memory_compare_polling(iso, a, b, MIN(a_size, b_size), shared, &order));
  if (!order) order = (a_size > b_size) - (a_size < b_size);
  return value_from_int((order > 0) - (order < 0));
}

// indexOf(bytes, needle, from, step): step 2 for utf16le. from is a valid index. magic 1: the last at or before from
static Value buffer_index_of(Isolate *iso, const Call *call) {
  size_t size, needle_size;
  i32 step;
  double from;
  TRY(to_integer_or_infinity(iso, call_arg(call, 2), &from));
  TRY(binding_int(iso, call_arg(call, 3), &step));
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size)),
           *needle = TRY(binding_bytes(iso, call_arg(call, 1), &needle_size));
  if (needle_size > size || step < 1) return value_from_int(-1);
  bytes = TRY(binding_steady(iso, call->args[0], bytes, size));
  needle = TRY(binding_steady(iso, call->args[1], needle, needle_size));
  size_t last = size - needle_size;
  if (native_magic(call)) {
    if (from < 0) return value_from_int(-1);
    for (size_t i = from > (double)last ? last : (size_t)from;; i--) {
      POLL(iso, i);
      if (i % (size_t)step == 0 && memcmp(bytes + i, needle, needle_size) == 0) return value_from_double((double)i);
      if (!i) return value_from_int(-1);
    }
  }
  if (!(from <= (double)last)) return value_from_int(-1);
  const u8 *p = bytes + (from > 0 ? (size_t)from : 0);
  if (!needle_size) return value_from_double((double)(p - bytes));
  const size_t piece = MAX((size_t)MEMORY_POLL_BYTES, 2 * needle_size); // as many places are looked at in one go
  for (u32 n = 0; p <= bytes + last; n++) {
    POLL(iso, n); // needles at odd places
    size_t places = MIN((size_t)(bytes + last - p) + 1, piece);
    const u8 *found = memmem(p, places + needle_size - 1, needle, needle_size);
    if (found && (size_t)(found - bytes) % (size_t)step == 0) return value_from_double((double)(found - bytes));
    if (!found && places == piece) TRY(isolate_poll(iso));
    p = found ? found + 1 : p + places;
  }
  return value_from_int(-1);
}

static Value buffer_is_utf8(Isolate *iso, const Call *call) {
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  bytes = TRY(binding_steady(iso, call->args[0], bytes, size));
  return value_from_bool(native_magic(call) ? utf8_is_ascii(bytes, size) : utf8_validate(bytes, size));
}

// fillBytes(target, pattern, start, end): repeats the pattern
static Value buffer_fill(Isolate *iso, const Call *call) {
  size_t size, pattern_size;
  double start, end;
  TRY(to_integer_or_infinity(iso, call_arg(call, 2), &start));
  TRY(to_integer_or_infinity(iso, call_arg(call, 3), &end));
  u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  const u8 *pattern = TRY(binding_bytes(iso, call_arg(call, 1), &pattern_size));
  if (!(start >= 0 && end <= (double)size && start < end) || !pattern_size) return VALUE_UNDEFINED;
  u8 *p = bytes + (size_t)start, *stop = bytes + (size_t)end;
  size_t done = MIN(pattern_size, (size_t)(stop - p));
  bool shared = binding_is_shared(call->args[0]) || binding_is_shared(call->args[1]);
  TRY(memory_move_polling(iso, p, pattern, done, shared));
  TRY(memory_repeat_polling(iso, p, done, (size_t)(stop - p), shared));
  return VALUE_UNDEFINED;
}

// copy(source, target, targetStart, sourceStart, count): all within bounds
static Value buffer_copy(Isolate *iso, const Call *call) {
  size_t size, target_size;
  double numbers[3];
  for (u32 i = 0; i < 3; i++) TRY(to_integer_or_infinity(iso, call_arg(call, 2 + i), &numbers[i]));
  const u8 *source = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  u8 *target = TRY(binding_bytes(iso, call_arg(call, 1), &target_size));
  double to = numbers[0], from = numbers[1], count = numbers[2];
  if (!(to >= 0 && from >= 0 && count >= 0 && to + count <= (double)target_size && from + count <= (double)size)) {
    return THROW(iso, RANGE, "The range is outside of the buffer");
  }
  bool shared = binding_is_shared(call->args[0]) || binding_is_shared(call->args[1]);
  TRY(memory_move_polling(iso, target + (size_t)to, source + (size_t)from, (size_t)count, shared));
  return value_from_double(count);
}

static const NativeMethod methods[] = {
    {"encode", buffer_encode, 2, 0},
    {"byteLength", buffer_byte_length, 2, 0},
    {"write", buffer_write, 5, 0},
    {"decode", buffer_decode, 4, 0},
    {"compare", buffer_compare, 2, 0},
    {"indexOf", buffer_index_of, 4, 0},
    {"lastIndexOf", buffer_index_of, 4, 1},
    {"isUtf8", buffer_is_utf8, 1, 0},
    {"isAscii", buffer_is_utf8, 1, 1},
    {"fill", buffer_fill, 4, 0},
    {"copy", buffer_copy, 5, 0},
    {"atob", buffer_atob, 1, 0},
    {"btoa", buffer_btoa, 1, 0},
};
const NodeBinding node_binding_buffer = {"buffer", methods, ARRAY_LEN(methods), NULL};
