// SPDX-License-Identifier: MIT
// Base64 and hexadecimal text of Uint8Arrays (ECMA-262 23.2, Uint8Array Objects). Decoding into an array writes what it could
// decode before it throws.
// Tests: tests/js/indexed/uint8_base64.js
#include "runtime/indexed/typed_array_internal.h"

static JSTypedArray *this_uint8_array(Isolate *iso, const Call *call, const char *method) { // ValidateUint8Array
  if (value_is_kind(call->this_value, KIND_TYPED_ARRAY)) {
    JSTypedArray *t = (JSTypedArray *)value_object(call->this_value);
    if (t->element_type == TYPED_UINT8) return t;
  }
  return throw_incompatible(iso, method, call->this_value);
}

static JSTypedArray *this_writable_array(Isolate *iso, const Call *call, const char *method) {
  JSTypedArray *t = TRY(this_uint8_array(iso, call, method));
  if (ref_get(t->buffer)->flags & BUFFER_IMMUTABLE) return throw_incompatible(iso, method, call->this_value);
  return t;
}

static String *require_string(Isolate *iso, Value v) {
  if (value_is_string(v)) return str_flatten(iso, value_string(v));
  return THROW(iso, TYPE, "The argument must be a string");
}

// ---- Options ----

enum LastChunk { LAST_LOOSE, LAST_STRICT, LAST_STOP };
typedef struct Base64Options {
  bool url;
  enum LastChunk last;
  bool omit_padding;
} Base64Options;

// One of the texts, by number; undefined is the first. TypeError otherwise.
static bool text_option(Isolate *iso, JSObject *options, PropertyKey key, const char *const *texts, u32 count, u32 *which) {
  Value v = TRY(obj_get(iso, options, key));
  *which = 0;
  if (value_is_undefined(v)) return true;
  if (value_is_string(v)) {
    String *s = TRY(str_flatten(iso, value_string(v)));
    for (u32 i = 0; i < count; i++) {
      *which = i;
      if (str_equals_ascii(s, texts[i])) return true;
    }
  }
  const char *name = error_text_of_key(iso, key);
  return throw_error_message(iso, INTRINSIC_TYPE_ERROR_PROTOTYPE, "Invalid value for option \"%s\"", name);
}

static bool read_options(Isolate *iso, Value v, bool decoding, Base64Options *o) {
  static const char *const alphabets[] = {"base64", "base64url"};
  static const char *const lasts[] = {"loose", "strict", "stop-before-partial"};
  *o = (Base64Options){0};
  if (value_is_undefined(v)) return true;
  if (!value_is_object(v)) return THROW(iso, NOT_AN_OBJECT, error_text_of_value(iso, v));
  u32 which;
  TRY(text_option(iso, value_object(v), ATOM(alphabet), alphabets, ARRAY_LEN(alphabets), &which));
  o->url = which == 1;
  if (decoding) {
    TRY(text_option(iso, value_object(v), ATOM(lastChunkHandling), lasts, ARRAY_LEN(lasts), &which));
    o->last = (enum LastChunk)which;
  } else {
    Value omit = TRY(obj_get(iso, value_object(v), ATOM(omitPadding)));
    o->omit_padding = to_boolean(iso, omit);
  }
  return true;
}

// ---- Decoding ----

typedef struct Decoded {
  Isolate *iso;
  u8 *out; // room for `max` bytes
  u64 written, max;
  u32 read;          // of the text
  const char *error; // NULL: none
  bool stopped;      // by a poll: thrown or terminating
} Decoded;

static bool poll(Decoded *d, u32 i) {
  if (LIKELY((i & POLL_MASK) != POLL_MASK) || isolate_poll(d->iso)) return true;
  d->stopped = true;
  return false;
}

static u32 skip_white_space(Decoded *d, const String *s, u32 i) {
  for (; i < s->length; i++) {
    u16 c = str_char_at_flat(s, i);
    if (c != ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r') break;
    if (UNLIKELY(!poll(d, i))) return s->length;
  }
  return i;
}

static i32 base64_digit(u16 c, bool url) { // -1: none
  if ((u32)c - 'A' < 26) return c - 'A';
  if ((u32)c - 'a' < 26) return c - 'a' + 26;
  if ((u32)c - '0' < 10) return c - '0' + 52;
  if (c == (url ? '-' : '+')) return 62;
  return c == (url ? '_' : '/') ? 63 : -1;
}

static void put_bytes(Decoded *d, u32 bits, u32 count) { // the upper `count` of three bytes
  for (u32 i = 0; i < count; i++) d->out[d->written++] = (u8)(bits >> (16 - 8 * i));
}

// The incomplete chunk at the end; false: bits that say nothing are set, which `strict` forbids.
static bool put_partial(Decoded *d, u32 bits, u32 digits, bool strict) {
  u32 unused = digits == 2 ? bits & 0xF : bits & 3;
  if (strict && unused) return false;
  put_bytes(d, bits << (digits == 2 ? 12 : 6), digits - 1);
  return true;
}

static void fail(Decoded *d, const char *error) { d->error = error; }

// From a '=' at i - 1.
static void decode_padding(const String *s, u32 i, u32 bits, u32 digits, const Base64Options *o, Decoded *d) {
  if (digits < 2) return fail(d, "Unexpected padding in base64 text");
  i = skip_white_space(d, s, i);
  if (digits == 2) {
    if (i == s->length) {
      if (o->last != LAST_STOP) fail(d, "Missing padding in base64 text");
      return;
    }
    if (str_char_at_flat(s, i) == '=') i = skip_white_space(d, s, i + 1);
  }
  if (i < s->length) return fail(d, "Unexpected character after the padding of base64 text");
  if (!put_partial(d, bits, digits, o->last == LAST_STRICT)) return fail(d, "Base64 text has bits beyond its last byte");
  d->read = s->length;
}

static void decode_end(const String *s, u32 bits, u32 digits, const Base64Options *o, Decoded *d) {
  if (digits) {
    if (o->last == LAST_STOP) return;
    if (o->last == LAST_STRICT || digits == 1) return fail(d, "Base64 text ends within a chunk");
    (void)put_partial(d, bits, digits, false);
  }
  d->read = s->length;
}

static void decode_base64(const String *s, const Base64Options *o, Decoded *d) { // FromBase64
  u32 bits = 0, digits = 0;
  if (!d->max) return;
  for (u32 i = 0;;) {
    i = skip_white_space(d, s, i);
    if (i == s->length) return decode_end(s, bits, digits, o, d);
    if (UNLIKELY(!poll(d, i))) return;
    u16 c = str_char_at_flat(s, i++);
    if (c == '=') return decode_padding(s, i, bits, digits, o, d);
    i32 digit = base64_digit(c, o->url);
    if (digit < 0) return fail(d, "Unexpected character in base64 text");
    u64 remaining = d->max - d->written;
    if ((remaining == 1 && digits == 2) || (remaining == 2 && digits == 3)) return;
    bits = bits << 6 | (u32)digit;
    if (++digits < 4) continue;
    put_bytes(d, bits, 3);
    bits = digits = 0;
    d->read = i;
    if (d->written == d->max) return;
  }
}

static i32 hex_digit(u16 c) {
  if ((u32)c - '0' < 10) return c - '0';
  u32 letter = (u32)(c | 0x20) - 'a';
  return letter < 6 && c < 0x80 ? (i32)letter + 10 : -1;
}

static void decode_hex(const String *s, Decoded *d) { // FromHex
  if (s->length % 2) return fail(d, "Hexadecimal text must have an even number of digits");
  for (; d->read < s->length && d->written < d->max; d->read += 2) {
    i32 high = hex_digit(str_char_at_flat(s, d->read)), low = hex_digit(str_char_at_flat(s, d->read + 1));
    if (high < 0 || low < 0) return fail(d, "Unexpected character in hexadecimal text");
    d->out[d->written++] = (u8)(high << 4 | low);
    if (UNLIKELY(!poll(d, d->read / 2))) return;
  }
}

static Value new_from_decoded(Isolate *iso, const Decoded *d) {
  if (d->stopped) return VALUE_FAIL;
  if (d->error) return THROW(iso, SYNTAX, d->error);
  JSTypedArray *t = TRY(typed_array_make(iso, TYPED_UINT8, d->written));
  TRY(memory_copy_polling(iso, typed_array_data(t), d->out, d->written, false));
  return value_from_object(t);
}

Value uint8_array_from_base64(Isolate *iso, const Call *call) {
  String *s = TRY(require_string(iso, call_arg(call, 0)));
  Base64Options options;
  TRY(read_options(iso, call_arg(call, 1), true, &options));
  Bytes *room = TRY(bytes_new(iso, (u64)s->length / 4 * 3 + 3));
  Decoded d = {.iso = iso, .out = room->data, .max = UINT64_MAX};
  decode_base64(s, &options, &d);
  return new_from_decoded(iso, &d);
}

Value uint8_array_from_hex(Isolate *iso, const Call *call) {
  String *s = TRY(require_string(iso, call_arg(call, 0)));
  Bytes *room = TRY(bytes_new(iso, (u64)s->length / 2 + 1));
  Decoded d = {.iso = iso, .out = room->data, .max = UINT64_MAX};
  decode_hex(s, &d);
  return new_from_decoded(iso, &d);
}

static Value set_decoded(Isolate *iso, JSTypedArray *t, const Decoded *d) {
  if (d->stopped) return VALUE_FAIL;
  TRY(memory_copy_polling(iso, typed_array_data(t), d->out, d->written, typed_array_is_shared(t)));
  if (d->error) return THROW(iso, SYNTAX, d->error);
  JSObject *result = TRY(obj_new_plain(iso));
  obj_put_direct(iso, result, ATOM(read), value_from_u32(d->read), ATTR_ALL);
  obj_put_direct(iso, result, ATOM(written), value_from_i64((i64)d->written), ATTR_ALL);
  return value_from_object(result);
}

Value uint8_array_set_from_base64(Isolate *iso, const Call *call) {
  const char *method = "Uint8Array.prototype.setFromBase64";
  JSTypedArray *t = TRY(this_writable_array(iso, call, method));
  String *s = TRY(require_string(iso, call_arg(call, 0)));
  Base64Options options;
  u64 length;
  TRY(read_options(iso, call_arg(call, 1), true, &options));
  TRY(length_again(iso, t, method, &length));
  Bytes *room = TRY(bytes_new(iso, (u64)s->length / 4 * 3 + 3));
  Decoded d = {.iso = iso, .out = room->data, .max = length};
  decode_base64(s, &options, &d);
  return set_decoded(iso, t, &d);
}

Value uint8_array_set_from_hex(Isolate *iso, const Call *call) {
  const char *method = "Uint8Array.prototype.setFromHex";
  JSTypedArray *t = TRY(this_writable_array(iso, call, method));
  String *s = TRY(require_string(iso, call_arg(call, 0)));
  u64 length;
  TRY(length_again(iso, t, method, &length));
  Bytes *room = TRY(bytes_new(iso, (u64)s->length / 2 + 1));
  Decoded d = {.iso = iso, .out = room->data, .max = length};
  decode_hex(s, &d);
  return set_decoded(iso, t, &d);
}

// ---- Encoding ----

// The bytes of an array as they are now, copied when other threads may write them.
static const u8 *bytes_of(Isolate *iso, const JSTypedArray *t, u64 length) {
  if (!typed_array_is_shared(t)) return typed_array_data(t);
  Bytes *copy = TRY(bytes_new(iso, length + 1));
  TRY(memory_copy_polling(iso, copy->data, typed_array_data(t), length, true));
  return copy->data;
}

Value uint8_array_to_base64(Isolate *iso, const Call *call) {
  static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const char *method = "Uint8Array.prototype.toBase64";
  JSTypedArray *t = TRY(this_uint8_array(iso, call, method));
  Base64Options options;
  u64 length;
  TRY(read_options(iso, call_arg(call, 0), false, &options));
  TRY(length_again(iso, t, method, &length));
  if (!length) return value_from_cell(ATOM_STRING(empty));
  u64 rest = length % 3, chars = length / 3 * 4 + (rest ? options.omit_padding ? rest + 1 : 4 : 0);
  if (chars > STR_MAX_LENGTH) return THROW(iso, INVALID_STRING_LENGTH);
  const u8 *in = TRY(bytes_of(iso, t, length));
  u8 *out;
  String *result = TRY(str_new_uninit8(iso, (u32)chars, &out));
  const char *digits = options.url ? url : standard;
  u64 n = 0, i = 0;
  for (; i + 3 <= length; i += 3) {
    u32 bits = (u32)in[i] << 16 | (u32)in[i + 1] << 8 | in[i + 2];
    for (u32 k = 0; k < 4; k++) out[n++] = (u8)digits[bits >> (18 - 6 * k) & 63];
    if (UNLIKELY((i & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
  }
  if (rest) {
    u32 bits = (u32)in[i] << 16 | (rest == 2 ? (u32)in[i + 1] << 8 : 0);
    for (u32 k = 0; k <= rest; k++) out[n++] = (u8)digits[bits >> (18 - 6 * k) & 63];
    while (n < chars) out[n++] = '=';
  }
  return value_from_cell(result);
}

Value uint8_array_to_hex(Isolate *iso, const Call *call) {
  const char *method = "Uint8Array.prototype.toHex";
  JSTypedArray *t = TRY(this_uint8_array(iso, call, method));
  u64 length;
  TRY(length_again(iso, t, method, &length));
  if (!length) return value_from_cell(ATOM_STRING(empty));
  if (length > STR_MAX_LENGTH / 2) return THROW(iso, INVALID_STRING_LENGTH);
  const u8 *in = TRY(bytes_of(iso, t, length));
  u8 *out;
  String *result = TRY(str_new_uninit8(iso, (u32)length * 2, &out));
  for (u64 i = 0; i < length; i++) {
    out[2 * i] = (u8) "0123456789abcdef"[in[i] >> 4];
    out[2 * i + 1] = (u8) "0123456789abcdef"[in[i] & 15];
    if (UNLIKELY((i & POLL_MASK) == POLL_MASK)) TRY(isolate_poll(iso));
  }
  return value_from_cell(result);
}
