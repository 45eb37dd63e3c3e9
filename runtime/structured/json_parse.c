// SPDX-License-Identifier: MIT
// JSON.parse's parser: one pass over Latin-1 or UTF-16 text (json_parse.inc.h is compiled for both), without recursion. Values
// wait on a stack in the heap until their container is complete; an object is then allocated with its final shape, which a small
// cache finds by its keys, because objects in one text look alike.
#include "base/strtod.h"
#include "runtime/structured/json_internal.h"
#include <math.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { INLINE_MAX = 64, SMALL_NUMBER = 64, ESCAPED_SHORT = 256, STACK_FIRST = 256 };

#define IS_DIGIT(c) ((u32)(c) - '0' < 10)

typedef struct JsonParser { // on the C stack, where the collector sees what it holds
  Isolate *iso;
  String *source;
  u32 length;
  u32 sp, capacity;
  Value *stack;           // elements; key and value of members; an int (outer base * 2 + outer is object) below each container
  ValueArray *stack_cell; // NULL: `first`
  ValueArray *records;    // NULL: not wanted. Otherwise one for each value that is complete
  u32 record_count;
  bool want_records;
  u32 until_poll;
  bool stopped; // by a poll between two tokens: the text seems to end there
  Value object_prototype;
  JsonCache *cache;
  Value first[STACK_FIRST];
} JsonParser;

// ---- Errors, in V8's words ----

static bool is_special_source(const String *s) {
  static const char *const texts[] = {"NaN", "Infinity", "undefined", "[object Object]"};
  for (u32 i = 0; i < ARRAY_LEN(texts); i++) {
    if (str_equals_ascii(s, texts[i])) return true;
  }
  return false;
}

static const char *source_range(JsonParser *p, u32 start, u32 end) {
  String *s = str_substring(p->iso, p->source, start, end);
  return s ? error_text_of_string(p->iso, s) : "";
}

static COLD void *fail_unexpected_token(JsonParser *p, u32 at) {
  Isolate *iso = p->iso;
  enum { CONTEXT = 10 };
  if (p->stopped) return NULL;
  if (at < p->length) {
    u16 c = str_char_at_flat(p->source, at);
    if (c == '"') return throw_error_message(iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "Unexpected string in JSON at position %u", at);
    if (IS_DIGIT(c) || c == '-') {
      return throw_error_message(iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "Unexpected number in JSON at position %u", at);
    }
  }
  if (is_special_source(p->source)) {
    return throw_error_message(iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "\"%s\" is not valid JSON", source_range(p, 0, p->length));
  }
  if (at >= p->length) return THROW(iso, JSON_UNEXPECTED_END);
  u32 start = 0, end = p->length;
  if (p->length > 2 * CONTEXT) {
    if (at >= CONTEXT) start = at - CONTEXT;
    if (at < CONTEXT || at < p->length - CONTEXT) end = at + CONTEXT;
  }
  const char *token = source_range(p, at, at + 1);
  return throw_error_message(iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "Unexpected token '%s', %s\"%s\"%s is not valid JSON", token,
                             start ? "..." : "", source_range(p, start, end), end < p->length ? "..." : "");
}

// "<what> at position 3 (line 1 column 4)"
static COLD void *fail_at(JsonParser *p, const char *what, u32 at) {
  u32 line = 1, column = 1;
  if (p->stopped) return NULL;
  for (u32 i = 0; i < at && i < p->length; i++) {
    u16 c = str_char_at_flat(p->source, i);
    column++;
    if (c == '\r' && i + 1 < at && str_char_at_flat(p->source, i + 1) == '\n') continue;
    if (c == '\n' || c == '\r') line++, column = 1;
  }
  return throw_error_message(p->iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "%s at position %u (line %u column %u)", what, at, line,
                             column);
}

// ---- Stacks ----

static NOINLINE bool grow_stack(JsonParser *p) {
  ValueArray *bigger = TRY(value_array_new(p->iso, 2 * (u64)p->capacity));
  for (u32 i = 0; i < p->sp; i++) slot_init(&bigger->values[i], p->stack[i]);
  gc_barrier(heap_of(p->iso), &bigger->cell);
  p->stack_cell = bigger;
  p->stack = (Value *)(void *)bigger->values;
  p->capacity *= 2;
  return true;
}

static ALWAYS_INLINE bool push(JsonParser *p, Value v) {
  if (UNLIKELY(p->sp == p->capacity)) TRY(grow_stack(p));
  p->stack[p->sp++] = v;
  if (p->stack_cell) gc_barrier(heap_of(p->iso), &p->stack_cell->cell);
  return true;
}

static NOINLINE bool grow_records(JsonParser *p) {
  ValueArray *bigger = TRY(value_array_new(p->iso, p->records ? p->records->count * 2 : 64));
  for (u32 i = 0; i < p->record_count; i++) slot_init(&bigger->values[i], slot_get(&p->records->values[i]));
  gc_barrier(heap_of(p->iso), &bigger->cell);
  p->records = bigger;
  return true;
}

static bool push_record(JsonParser *p, ValueArray *record) {
  if (!p->records || p->record_count == p->records->count) TRY(grow_records(p));
  slot_set(p->iso, p->records, &p->records->values[p->record_count], value_from_cell(record));
  p->record_count++;
  return true;
}

static bool record_primitive(JsonParser *p, Value v, u32 start, u32 end) {
  ValueArray *record = TRY(value_array_new(p->iso, 2));
  String *text = TRY(str_substring(p->iso, p->source, start, end));
  slot_set(p->iso, record, &record->values[0], v);
  slot_set(p->iso, record, &record->values[1], value_from_cell(text));
  return push_record(p, record);
}

static bool record_array(JsonParser *p, Value v, u32 count) {
  ValueArray *record = TRY(value_array_new(p->iso, (u64)count + 2));
  slot_set(p->iso, record, &record->values[0], v);
  slot_set(p->iso, record, &record->values[1], value_from_int((i32)count));
  p->record_count -= count;
  for (u32 i = 0; i < count; i++)
    slot_set(p->iso, record, &record->values[i + 2], slot_get(&p->records->values[p->record_count + i]));
  return push_record(p, record);
}

static bool record_object(JsonParser *p, Value v, u32 base, u32 count) {
  ValueArray *record = TRY(value_array_new(p->iso, 2));
  JSObject *members = TRY(ordinary_object_create(p->iso, VALUE_NULL));
  slot_set(p->iso, record, &record->values[0], v);
  slot_set(p->iso, record, &record->values[1], value_from_object(members));
  p->record_count -= count;
  for (u32 i = 0; i < count; i++) {
    PropertyKey key = (PropertyKey)p->stack[base + 2 * i];
    TRY(create_data_property(p->iso, members, key, slot_get(&p->records->values[p->record_count + i])));
  }
  return push_record(p, record);
}

// ---- Objects ----

static ALWAYS_INLINE bool shape_has_keys(const Shape *shape, const Value *pairs, u32 count) {
  if (shape->count != count) return false;
  const PropertyEntry *entries = shape_entries(shape);
  for (u32 i = 0; i < count; i++) {
    if (entries[i].key != (PropertyKey)pairs[2 * i]) return false;
  }
  return true;
}

static NOINLINE JSObject *build_object_slowly(JsonParser *p, const Value *pairs, u32 count, Shape **cached) {
  Isolate *iso = p->iso;
  Shape *root = shape_root(iso, p->object_prototype, KIND_OBJECT, sizeof(JSObject), (u16)MIN(count, (u32)INLINE_MAX), 0);
  JSObject *o = TRY(obj_new(iso, root));
  for (u32 i = 0; i < count; i++) {
    PropertyKey key = (PropertyKey)pairs[2 * i];
    Value v = pairs[2 * i + 1];
    if (key_is_index(key)) TRY(create_data_property(iso, o, key, v));
    else obj_put_direct(iso, o, key, v, ATTR_ALL);
  }
  Shape *shape = obj_shape(iso, o);
  if (!(shape->flags & SHAPE_UNIQUE) && shape->count == count && count <= shape->inline_cap) *cached = shape;
  return o;
}

// The object of the members on the stack above `base`.
static ALWAYS_INLINE JSObject *build_object(JsonParser *p, u32 base) {
  u32 count = (p->sp - base) / 2;
  if (!count) return obj_new_plain(p->iso);
  const Value *pairs = &p->stack[base];
  u64 hash = ((u64)pairs[0] >> 4) * 5 + ((u64)pairs[2 * count - 2] >> 4) + count * 7;
  Shape **cached = &p->cache->shapes[hash % JSON_CACHE_SHAPES];
  Shape *shape = *cached;
  if (UNLIKELY(!shape || slot_get(&shape->proto) != p->object_prototype || !shape_has_keys(shape, pairs, count))) {
    return build_object_slowly(p, pairs, count, cached);
  }
  JSObject *o = TRY(obj_new(p->iso, shape));
  Slot *slots = obj_slot_at(o, shape, 0);
  for (u32 i = 0; i < count; i++) slot_init(&slots[i], pairs[2 * i + 1]);
  return o;
}

// ---- The parser for each width ----

static u32 hex4(const String *s, u32 at) { // 0x10000 + i: character i is no hexadecimal digit
  u32 value = 0;
  for (u32 i = 0; i < 4; i++) {
    u32 digit = at + i < s->length ? strtod_digit_value(str_char_at_flat(s, at + i)) : 36;
    if (digit >= 16) return 0x10000 + i;
    value = value << 4 | digit;
  }
  return value;
}

// The same for Latin-1 text that gives a short Latin-1 string. NULL: it does not, nothing was thrown.
static String *parse_short_escaped(JsonParser *p, u32 start, u32 at, u32 *end) {
  if (str_is_utf16(p->source)) return NULL;
  u8 text[ESCAPED_SHORT], *out = text;
  const u8 *chars = str_chars8(p->source), *s = chars + start, *limit = chars + p->length;
  u32 n = at - start;
  if (n > sizeof text) return NULL;
  memcpy(out, s, n);
  out += n;
  s += n;
  for (;;) {
    if (limit - s < 6 || out == text + sizeof text || *s < 0x20) return NULL;
    if (*s == '"') break;
    if (*s != '\\') {
      *out++ = *s++;
      continue;
    }
    u8 c = s[1];
    s += 2;
    switch (c) {
    case '"':
    case '\\':
    case '/': break;
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'n': c = '\n'; break;
    case 'r': c = '\r'; break;
    case 't': c = '\t'; break;
    case 'u':
      if (hex4(p->source, (u32)(s - chars)) > 0xFF) return NULL;
      c = (u8)hex4(p->source, (u32)(s - chars));
      s += 4;
      break;
    default: return NULL;
    }
    *out++ = c;
  }
  *end = (u32)(s - chars) + 1;
  return str_new_latin1(p->iso, text, (u32)(out - text));
}

// The rest of a string literal from its first escape on; `start` is its first character. *end is after the closing quote.
static NOINLINE String *parse_escaped_string(JsonParser *p, u32 start, u32 at, u32 *end) {
  String *text = parse_short_escaped(p, start, at, end);
  if (text) return text;
  StringBuilder sb;
  sb_init(&sb, p->iso);
  u32 copied = start;
  for (u32 n = 1;; n++) {
    if (UNLIKELY((n & 0xFFFF) == 0)) TRY(isolate_poll(p->iso));
    while (at < p->length) {
      u16 c = str_char_at_flat(p->source, at);
      if (c == '"' || c == '\\' || c < 0x20) break;
      at++;
    }
    if (at >= p->length) return fail_at(p, "Unterminated string in JSON", p->length);
    u16 c = str_char_at_flat(p->source, at);
    if (c < 0x20) return fail_at(p, "Bad control character in string literal in JSON", at);
    if (copied < at) sb_append_range(&sb, p->source, copied, at);
    if (c == '"') break;
    if (++at >= p->length) return THROW(p->iso, JSON_UNEXPECTED_END);
    switch (str_char_at_flat(p->source, at)) {
    case '"': c = '"'; break;
    case '\\': c = '\\'; break;
    case '/': c = '/'; break;
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'n': c = '\n'; break;
    case 'r': c = '\r'; break;
    case 't': c = '\t'; break;
    case 'u': {
      u32 unit = hex4(p->source, at + 1);
      if (unit > 0xFFFF) return fail_at(p, "Bad Unicode escape in JSON", at + 1 + (unit - 0x10000));
      c = (u16)unit;
      at += 4;
      break;
    }
    default: return fail_at(p, "Bad escaped character in JSON", at);
    }
    sb_append_unit(&sb, c);
    copied = ++at;
  }
  *end = at + 1;
  return sb_finish(&sb);
}

#ifndef __SSE2__
#define EXACT_ONES 0x0101010101010101ull
#define HIGH_BITS 0x8080808080808080ull
// Some byte of the word is a quote, a backslash or a control character.
static ALWAYS_INLINE bool word_has_special(u64 w) {
  u64 quote = w ^ (EXACT_ONES * '"'), backslash = w ^ (EXACT_ONES * '\\');
  u64 hit = ((quote - EXACT_ONES) & ~quote) | ((backslash - EXACT_ONES) & ~backslash) | ((w - EXACT_ONES * 0x20) & ~w);
  return hit & HIGH_BITS;
}
#endif

static ALWAYS_INLINE const u8 *skip_plain_8(const u8 *s, const u8 *end) {
#ifdef __SSE2__
  while (end - s >= 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)s);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
    __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    u32 hits = (u32)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash)));
    if (hits) return s + __builtin_ctz(hits);
    s += 16;
  }
#else
  while (end - s >= 8) {
    u64 w;
    memcpy(&w, s, 8);
    if (word_has_special(w)) break;
    s += 8;
  }
#endif
  while (s < end && *s != '"' && *s != '\\' && *s >= 0x20) s++;
  return s;
}
static ALWAYS_INLINE const u16 *skip_plain_16(const u16 *s, const u16 *end) {
#ifdef __SSE2__
  while (end - s >= 8) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)s);
    __m128i low = _mm_cmpeq_epi16(_mm_srli_epi16(block, 5), _mm_setzero_si128());
    __m128i quote = _mm_cmpeq_epi16(block, _mm_set1_epi16('"')), backslash = _mm_cmpeq_epi16(block, _mm_set1_epi16('\\'));
    u32 hits = (u32)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash)));
    if (hits) return s + __builtin_ctz(hits) / 2;
    s += 8;
  }
#endif
  while (s < end && *s != '"' && *s != '\\' && *s >= 0x20) s++;
  return s;
}
// What tells short keys apart: their first characters, as many as fit in 8 bytes. `end` bounds what may be read.
static ALWAYS_INLINE u64 key_prefix_8(const u8 *s, u32 n, const u8 *end) {
  u64 w = 0;
  if (LIKELY(end - s >= 8)) {
    memcpy(&w, s, 8);
    return n >= 8 ? w : w & ((1ull << 8 * n) - 1);
  }
  for (u32 i = 0; i < n && i < 8; i++) w |= (u64)s[i] << 8 * i;
  return w;
}
static ALWAYS_INLINE u64 key_prefix_16(const u16 *s, u32 n, const u16 *end) {
  (void)end;
  u64 w = 0;
  for (u32 i = 0; i < n && i < 8; i++) {
    if (s[i] > 0xFF) return 0;
    w |= (u64)s[i] << 8 * i;
  }
  return w;
}
static ALWAYS_INLINE bool same_chars_8(const u8 *atom, const u8 *s, u32 n) { return !memcmp(atom, s, n); }
static ALWAYS_INLINE bool same_chars_16(const u8 *atom, const u16 *s, u32 n) {
  for (u32 i = 0; i < n; i++) {
    if (atom[i] != s[i]) return false;
  }
  return true;
}
static Value text_of_8(Isolate *iso, const u8 *s, u32 n) {
  return value_from_cell(n == 1 ? str_from_char(iso, *s) : str_new_latin1(iso, s, n));
}
static Value text_of_16(Isolate *iso, const u16 *s, u32 n) {
  return value_from_cell(n == 1 ? str_from_char(iso, *s) : str_new_utf16(iso, s, n));
}
static double decimal_of_8(Isolate *iso, const u8 *s, u32 n) {
  (void)iso;
  const char *end;
  return strtod_decimal((const char *)s, n, &end);
}
static double decimal_of_16(Isolate *iso, const u16 *s, u32 n) {
  char small[SMALL_NUMBER], *text = small;
  if (n > SMALL_NUMBER) {
    Bytes *bytes = bytes_new(iso, n);
    if (!bytes) return NAN;
    text = (char *)bytes->data;
  }
  for (u32 i = 0; i < n; i++) text[i] = (char)s[i];
  const char *end;
  return strtod_decimal(text, n, &end);
}

static const double powers_of_ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

enum { MANY_DIGITS = 64 };

#define CHAR u8
#define WIDE(name) name##_8
#define KEY_FROM_CHARS key_from_latin1
#include "runtime/structured/json_parse.inc.h"
#undef CHAR
#undef WIDE
#undef KEY_FROM_CHARS
#define CHAR u16
#define WIDE(name) name##_16
#define KEY_FROM_CHARS key_from_utf16
#include "runtime/structured/json_parse.inc.h"
#undef CHAR
#undef WIDE
#undef KEY_FROM_CHARS

Value json_parse_text(Isolate *iso, String *text, ValueArray **record) {
  JsonParser p; // `first` stays as it is
  memset(&p, 0, offsetof(JsonParser, first));
  p.iso = iso;
  p.source = text;
  p.length = text->length;
  p.stack = p.first;
  p.capacity = STACK_FIRST;
  p.want_records = record != NULL;
  p.until_poll = 4096;
  p.object_prototype = intrinsic(iso, INTRINSIC_OBJECT_PROTOTYPE);
  if (!iso->json_cache) iso->json_cache = base_alloc_zeroed(sizeof(JsonCache));
  p.cache = iso->json_cache;
  Value v = str_is_utf16(text) ? parse_text_16(&p, str_chars16(text)) : parse_text_8(&p, str_chars8(text));
  if (UNLIKELY(p.stopped)) return VALUE_FAIL;
  if (v && record) *record = (ValueArray *)value_cell(slot_get(&p.records->values[0]));
  return v;
}
