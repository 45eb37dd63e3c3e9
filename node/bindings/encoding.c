// SPDX-License-Identifier: MIT
// TextEncoder and TextDecoder's work on UTF-8 (lib/internal/encoding.js).
// Tests: tests/node/encoding.js.
#include "base/utf.h"
#include "node/node_internal.h"
#include "vm/memory_access.h"

// encode(string): a Uint8Array
static Value encoding_encode(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  size_t size;
  TRY(str_utf8_length_polling(iso, s, &size));
  JSTypedArray *t = TRY(binding_uint8_array(iso, size));
  if (!size) return value_from_object(t);
  TRY(str_to_utf8_polling(iso, s, t->data));
  return value_from_object(t);
}

// encodeInto(string, bytes): [read, written]
static Value encoding_encode_into(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  size_t size;
  s = TRY(str_flatten(iso, s));
  u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 1), &size));
  bool shared = binding_is_shared(call->args[1]);
  u8 *out = shared ? TRY(bytes_new(iso, size + 1))->data : bytes;
  UtfProgress done = str_is_utf16(s) ? utf16_to_utf8_partial(str_chars16(s), s->length, out, size)
                                     : latin1_to_utf8_partial(str_chars8(s), s->length, out, size);
  if (shared) memory_copy_shared(bytes, out, done.written);
  Value pair[] = {value_from_double((double)done.read), value_from_double((double)done.written)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

// Bytes at the end that begin a character which the next chunk may complete.
static size_t incomplete_tail(const u8 *p, size_t n) {
  for (size_t back = 1; back <= 3 && back <= n; back++) {
    u8 c = p[n - back];
    if ((c & 0xC0) == 0x80) continue;
    size_t need = c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 1;
    if (need <= back) return 0;
    // Only when the bytes there are could begin a character: the decoder then sees it unfinished.
    if (back >= 2) {
      u8 second = p[n - back + 1];
      if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
          (c == 0xF4 && second > 0x8F))
        return 0;
    }
    return back;
  }
  return 0;
}

// Without a byte order mark, unless that is text. VALUE_EMPTY is an error; null: malformed, and that is fatal.
static Value decode_utf8(Isolate *iso, const u8 *bytes, size_t size, bool fatal, bool keep_bom) {
  size_t skip = !keep_bom && size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (fatal && !utf8_validate(bytes + skip, size - skip)) return VALUE_NULL;
  return value_from_cell(TRY(str_new_utf8(iso, (const char *)bytes + skip, size - skip)));
}

// decodeWhole(bytes, 1: fatal | 2: keep the byte order mark): a string; undefined for what is malformed or no bytes, to be looked
// at closely.
static Value encoding_decode_whole(Isolate *iso, const Call *call) {
  Value source = call_arg(call, 0);
  if (!value_is_kind(source, KIND_TYPED_ARRAY) && !value_is_kind(source, KIND_ARRAY_BUFFER)) return VALUE_UNDEFINED;
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, source, &size));
  bytes = TRY(binding_steady(iso, source, bytes, size));
  u32 flags = (u32)value_int(call->args[1]);
  Value text = TRY(decode_utf8(iso, bytes, size, flags & 1, flags & 2));
  return text == VALUE_NULL ? VALUE_UNDEFINED : text;
}

// decode(bytes, fatal, ignoreBom, stream): [string | null when it is malformed and fatal, bytes consumed]
static Value encoding_decode(Isolate *iso, const Call *call) {
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  bytes = TRY(binding_steady(iso, call->args[0], bytes, size));
  bool fatal = call_arg(call, 1) == VALUE_TRUE, keep_bom = call_arg(call, 2) == VALUE_TRUE,
       stream = call_arg(call, 3) == VALUE_TRUE;
  size_t consumed = stream ? size - incomplete_tail(bytes, size) : size;
  Value text = TRY(decode_utf8(iso, bytes, consumed, fatal, keep_bom));
  Value pair[] = {text, value_from_double((double)consumed)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static Value encoding_incomplete(Isolate *iso, const Call *call) {
  size_t size;
  const u8 *bytes = TRY(binding_bytes(iso, call_arg(call, 0), &size));
  bytes = TRY(binding_steady(iso, call->args[0], bytes, size));
  return value_from_double((double)incomplete_tail(bytes, size));
}

static const NativeMethod methods[] = {
    {"encode", encoding_encode, 1, 0},
    {"encodeInto", encoding_encode_into, 2, 0},
    {"decode", encoding_decode, 4, 0},
    {"decodeWhole", encoding_decode_whole, 2, 0},
    {"incompleteTail", encoding_incomplete, 1, 0},
};
const NodeBinding node_binding_encoding = {"encoding", methods, ARRAY_LEN(methods), NULL};
