// SPDX-License-Identifier: MIT
// JSON.stringify (ECMA-262 25.5.2). Plain objects and arrays are read straight from shape and elements as long as no toJSON,
// getter or replacer has run that changed them; everything else takes the specification's steps.
#include "base/dtoa.h"
#include "base/utf.h"
#include "runtime/structured/json_internal.h"
#include "vm/lookup.h"
#include <math.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
  NO_TO_JSON_CACHE = 32,
  GAP_MAX = 10,
  PATH_ON_STACK = 32,   // levels of nesting whose path needs no cell
  TEXT_ON_STACK = 1024, // bytes of output before there is a buffer in the heap
  SLACK = 16,           // bytes of room that small pieces of text take for granted
};

// What is written goes to [at, limit): an array of the writer itself first, later a Bytes cell that doubles.
typedef struct JsonWriter {
  Isolate *iso;
  u8 *at, *limit;
  u8 *start;
  Bytes *buffer;          // NULL: `text`
  bool wide;              // 16-bit units
  bool failed;            // thrown; nothing more is written
  bool blank_gap;         // only spaces
  Value replacer;         // callable, or undefined
  JSObject *allowed_keys; // PropertyList as an engine array of strings, or NULL
  u16 gap[GAP_MAX];
  u32 gap_length;
  u32 depth;
  Value *path;                      // pairs: object, key (string or int) by which its parent named it
  u32 path_capacity;                // pairs
  ValueArray *path_cell;            // NULL: `path_values`
  u32 no_to_json[NO_TO_JSON_CACHE]; // shape ids
  u32 proto_epoch;                  // for which they hold
  bool protos_lack;                 // with that epoch neither %Object.prototype% nor %Array.prototype% has toJSON
  Value object_prototype, array_prototype;
  u32 until_poll;
  Value path_values[2 * PATH_ON_STACK];
  u8 text[TEXT_ON_STACK];
} JsonWriter;

static bool write_value(JsonWriter *w, Value v, PropertyKey key);

// ---- Text ----

// Room for `more` units and SLACK; false: thrown.
static NOINLINE bool grow(JsonWriter *w, u64 more, bool wide) {
  if (w->failed) return false;
  size_t used = (size_t)(w->at - w->start) >> w->wide;
  u64 need = used + more + SLACK;
  if (used + more > STR_MAX_LENGTH) {
    w->failed = true;
    return THROW(w->iso, INVALID_STRING_LENGTH);
  }
  u64 capacity = MAX(need, MIN((u64)used * 2, (u64)STR_MAX_LENGTH + SLACK));
  Bytes *buffer = bytes_new_uninit(w->iso, capacity << wide);
  if (!buffer) {
    w->failed = true;
    return false;
  }
  if (wide != w->wide) latin1_widen(w->start, used, (u16 *)(void *)buffer->data);
  else memcpy(buffer->data, w->start, used << wide);
  w->buffer = buffer;
  w->wide = wide;
  w->start = buffer->data;
  w->at = buffer->data + (used << wide);
  w->limit = buffer->data + buffer->size;
  return true;
}

// A text of which `left` characters are left and that has escapes: there may be more of them. Growing by what is needed would be quadratic.
static NOINLINE bool grow_for_escapes(JsonWriter *w, u64 left) {
  u64 used = (u64)(w->at - w->start), room = STR_MAX_LENGTH - MIN(used, (u64)STR_MAX_LENGTH);
  return grow(w, MAX(left, MIN(left + left / 2, room)), false);
}

// In the middle of a long text. false: thrown.
static NOINLINE bool look_up(JsonWriter *w) {
  if (!w->failed && !isolate_poll(w->iso)) w->failed = true;
  return !w->failed;
}

static ALWAYS_INLINE bool ensure(JsonWriter *w, size_t more) {
  if (LIKELY((size_t)(w->limit - w->at) >= (more + SLACK) << w->wide)) return true;
  return grow(w, more, w->wide);
}

// n <= SLACK characters that are there to be read as a whole, however short.
static ALWAYS_INLINE void put_units(JsonWriter *w, const u8 *text, u32 n) {
  if (LIKELY(!w->wide)) {
    memcpy(w->at, text, n);
    w->at += n;
    return;
  }
  u16 *out = (u16 *)(void *)w->at;
  for (u32 i = 0; i < n; i++) out[i] = text[i];
  w->at += 2 * n;
}

static ALWAYS_INLINE void put(JsonWriter *w, const char *text, u32 n) {
  if (LIKELY(ensure(w, n))) put_units(w, (const u8 *)text, n);
}

static ALWAYS_INLINE void put_char(JsonWriter *w, char c) {
  if (UNLIKELY(!ensure(w, 1))) return;
  if (LIKELY(!w->wide)) {
    *w->at++ = (u8)c;
    return;
  }
  *(u16 *)(void *)w->at = (u8)c;
  w->at += 2;
}

static void put_string_units(JsonWriter *w, const u16 *s, u32 n) {
  if (!w->wide && !utf16_fits_latin1(s, n) && !grow(w, n, true)) return;
  if (!ensure(w, n)) return;
  if (w->wide) memcpy(w->at, s, (size_t)n * 2);
  else utf16_narrow(s, n, w->at);
  w->at += (size_t)n << w->wide;
}

static void put_latin1(JsonWriter *w, const u8 *s, u32 n) {
  if (!ensure(w, n)) return;
  if (w->wide) latin1_widen(s, n, (u16 *)(void *)w->at);
  else memcpy(w->at, s, n);
  w->at += (size_t)n << w->wide;
}

static void put_newline(JsonWriter *w) {
  if (UNLIKELY(!ensure(w, 1 + (size_t)w->depth * w->gap_length))) return;
  if (LIKELY(!w->wide && w->blank_gap)) {
    *w->at++ = '\n';
    memset(w->at, ' ', w->depth * w->gap_length);
    w->at += w->depth * w->gap_length;
    return;
  }
  put_char(w, '\n');
  for (u32 i = 0; i < w->depth; i++) put_string_units(w, w->gap, w->gap_length);
}

// The escape of c in `text`; its length.
static u32 escape_text(u16 c, u8 text[6]) {
  static const char letters[] = "btn?fr", digits[] = "0123456789abcdef"; // 8 to 13
  text[0] = '\\';
  text[1] = (u8)c;
  if (c == '"' || c == '\\') return 2;
  if (c >= 8 && c <= 13 && c != 11) {
    text[1] = (u8)letters[c - 8];
    return 2;
  }
  text[1] = 'u';
  for (u32 i = 0; i < 4; i++) text[2 + i] = (u8)digits[c >> (12 - 4 * i) & 15];
  return 6;
}

static void put_escape(JsonWriter *w, u16 c) {
  u8 text[6];
  u32 n = escape_text(c, text);
  if (ensure(w, n)) put_units(w, text, n);
}

static ALWAYS_INLINE bool needs_escape(u16 c) { return c < 0x20 || c == '"' || c == '\\'; }

#define ONES 0x0101010101010101ull
static ALWAYS_INLINE u64 word_specials(u64 word) { // not 0: some byte needs an escape
  u64 quote = word ^ (ONES * '"'), backslash = word ^ (ONES * '\\');
  return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word)) & (ONES * 0x80);
}

#ifdef __SSE2__
static ALWAYS_INLINE u32 block_specials(__m128i block) { // one bit for each byte
  __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(0x1F)), block);
  __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"')), backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
  return (u32)_mm_movemask_epi8(_mm_or_si128(low, _mm_or_si128(quote, backslash)));
}
#endif

// Copies characters up to the first that needs an escape, or all n; how many. `out` has room for n.
static ALWAYS_INLINE u32 copy_plain(u8 *out, const u8 *s, u32 n) {
  u32 i = 0;
#ifdef __SSE2__
  for (; i + 16 <= n; i += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
    _mm_storeu_si128((__m128i *)(void *)(out + i), block);
    u32 specials = block_specials(block);
    if (UNLIKELY(specials)) return i + (u32)__builtin_ctz(specials);
  }
#endif
  u32 left = n - i;
  if (left >= 8) {
    u64 word, last;
    memcpy(&word, s + i, 8);
    memcpy(&last, s + n - 8, 8);
    if (LIKELY(!(word_specials(word) | word_specials(last)))) {
      memcpy(out + i, &word, 8);
      memcpy(out + n - 8, &last, 8);
      return n;
    }
  } else if (left >= 4) {
    u32 word, last;
    memcpy(&word, s + i, 4);
    memcpy(&last, s + n - 4, 4);
    if (LIKELY(!word_specials((u64)last << 32 | word))) {
      memcpy(out + i, &word, 4);
      memcpy(out + n - 4, &last, 4);
      return n;
    }
  }
  for (; i < n && !needs_escape(s[i]); i++) out[i] = s[i];
  return i;
}

static ALWAYS_INLINE u32 plain_run_wide(const u16 *s, u32 n) {
  u32 i = 0;
#ifdef __SSE2__
  for (; i + 8 <= n; i += 8) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
    __m128i low = _mm_cmpeq_epi16(_mm_srli_epi16(block, 5), _mm_setzero_si128());
    __m128i quote = _mm_cmpeq_epi16(block, _mm_set1_epi16('"')), backslash = _mm_cmpeq_epi16(block, _mm_set1_epi16('\\'));
    __m128i surrogate = _mm_cmpeq_epi16(_mm_and_si128(block, _mm_set1_epi16((i16)0xF800)), _mm_set1_epi16((i16)0xD800));
    u32 hits = (u32)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, surrogate), _mm_or_si128(quote, backslash)));
    if (hits) return i + (u32)__builtin_ctz(hits) / 2;
  }
#endif
  while (i < n && !needs_escape(s[i]) && !utf16_is_surrogate(s[i])) i++;
  return i;
}

enum { LOOK_STEPS = 1 << 18 }; // characters between two looks at the interrupts

static void put_quoted_wide(JsonWriter *w, const u16 *s, u32 n) {
  u32 kept = 0, i = 0, next_look = LOOK_STEPS;
  while ((i += plain_run_wide(s + i, n - i)) < n) {
    u16 c = s[i];
    if (UNLIKELY(i >= next_look)) {
      if (!look_up(w)) return;
      next_look = i + LOOK_STEPS;
    }
    if (utf16_is_lead(c) && i + 1 < n && utf16_is_trail(s[i + 1])) {
      i += 2;
      continue;
    }
    if (kept < i) put_string_units(w, s + kept, i - kept);
    put_escape(w, c);
    kept = ++i;
  }
  if (kept < n) put_string_units(w, s + kept, n - kept);
}

static void put_quoted_latin1_wide(JsonWriter *w, const u8 *s, u32 n) {
  u32 kept = 0;
  for (u32 i = 0; i < n; i++) {
    if (UNLIKELY((i & (LOOK_STEPS - 1)) == LOOK_STEPS - 1) && !look_up(w)) return;
    if (!needs_escape(s[i])) continue;
    if (kept < i) put_latin1(w, s + kept, i - kept);
    put_escape(w, s[i]);
    kept = i + 1;
  }
  if (kept < n) put_latin1(w, s + kept, n - kept);
}

static void put_quoted_latin1(JsonWriter *w, const u8 *s, u32 n) {
  if (UNLIKELY(!ensure(w, n + 2))) return; // SLACK is for the first escapes
  u8 *out = w->at;
  *out++ = '"';
  for (u32 i = 0, next_look = LOOK_STEPS;;) {
    u32 run = copy_plain(out, s + i, n - i);
    out += run;
    i += run;
    if (LIKELY(i == n)) break;
    out += escape_text(s[i++], out);
    w->at = out;
    if (UNLIKELY((size_t)(w->limit - out) < n - i + 2 + SLACK)) {
      if (!grow_for_escapes(w, n - i + 2)) return;
      out = w->at;
    }
    if (UNLIKELY(i >= next_look)) {
      if (!look_up(w)) return;
      next_look = i + LOOK_STEPS;
    }
  }
  *out++ = '"';
  w->at = out;
}

// QuoteJSONString of a flat string.
static ALWAYS_INLINE void put_quoted(JsonWriter *w, const String *s) {
  if (LIKELY(!w->wide && !str_is_utf16(s))) return put_quoted_latin1(w, str_chars8(s), s->length);
  put_char(w, '"');
  if (str_is_utf16(s)) put_quoted_wide(w, str_chars16(s), s->length);
  else put_quoted_latin1_wide(w, str_chars8(s), s->length);
  put_char(w, '"');
}

static void put_number(JsonWriter *w, Value v) {
  if (UNLIKELY(!ensure(w, NUMBER_TEXT_MAX))) return;
  double d = value_is_int(v) ? value_int(v) : value_double(v);
  if (UNLIKELY(!isfinite(d))) return put_units(w, (const u8 *)"null", 4);
  char small[NUMBER_TEXT_MAX], *text = w->wide ? small : (char *)w->at;
  u32 n = (u32)(value_is_int(v) ? number_i32_to_text(value_int(v), text) : number_to_text(d, text));
  if (w->wide) put_units(w, (const u8 *)text, n);
  else w->at += n;
}

static NOINLINE void put_key_slowly(JsonWriter *w, PropertyKey key) {
  if (LIKELY(!key_is_index(key))) {
    put_quoted(w, (const String *)key_cell(key));
  } else {
    char text[16];
    put(w, text, (u32)snprintf(text, sizeof text, "\"%u\"", key_index(key)));
  }
  put_char(w, ':');
  if (w->gap_length) put_char(w, ' ');
}

// What is before the value of a member: comma, line break, key, colon.
static ALWAYS_INLINE void put_key(JsonWriter *w, PropertyKey key, bool first) {
  const String *s = key_is_index(key) ? NULL : (const String *)key_cell(key);
  if (LIKELY(s && !w->wide && !str_is_utf16(s) && !w->gap_length && ensure(w, s->length))) { // SLACK: 4 more characters
    u8 *out = w->at;
    *out = ',';
    out += !first;
    *out++ = '"';
    if (LIKELY(copy_plain(out, str_chars8(s), s->length) == s->length)) {
      out += s->length;
      *out++ = '"';
      *out++ = ':';
      w->at = out;
      return;
    }
  }
  if (!first) put_char(w, ',');
  if (w->gap_length) put_newline(w);
  put_key_slowly(w, key);
}

static String *finish_text(JsonWriter *w) {
  if (w->failed) return NULL;
  size_t size = (size_t)(w->at - w->start);
  if (w->buffer) return str_from_buffer(w->iso, w->buffer, size, w->wide);
  return str_new_latin1(w->iso, w->start, (u32)size);
}

// ---- Circles ----

static const char *constructor_name(Isolate *iso, JSObject *o) {
  IcLookup lookup;
  Value name;
  if (o->cell.kind != KIND_PROXY && obj_lookup_for_ic(iso, o, ATOM(constructor), &lookup) && lookup.holder &&
      !(lookup.attrs & ATTR_ACCESSOR)) {
    Value constructor = slot_get(lookup.address);
    if (value_is_object(constructor)) {
      JSObject *f = value_object(constructor);
      if (f->cell.kind == KIND_FUNCTION) function_reify_properties(iso, (JSFunction *)f);
      if (obj_get_own_direct(iso, f, ATOM(name), &name) && value_is_string(name) && value_string(name)->length) {
        return error_text_of_string(iso, value_string(name));
      }
    }
  }
  return "Object";
}

static void describe_key(StringBuilder *sb, Value key) {
  if (value_is_int(key)) {
    char text[24];
    snprintf(text, sizeof text, "index %d", value_int(key));
    sb_append_ascii(sb, text);
    return;
  }
  sb_append_ascii(sb, "property '");
  sb_append(sb, value_string(key));
  sb_append_ascii(sb, "'");
}

static void describe_link(JsonWriter *w, StringBuilder *sb, u32 i) {
  sb_append_ascii(sb, "\n    |     ");
  describe_key(sb, w->path[2 * i + 1]);
  sb_append_ascii(sb, " -> object with constructor '");
  const char *name = constructor_name(w->iso, value_object(w->path[2 * i]));
  sb_append_utf8(sb, name, strlen(name));
  sb_append_ascii(sb, "'");
}

static COLD bool fail_circular(JsonWriter *w, u32 start, Value last_key) {
  StringBuilder sb;
  sb_init(&sb, w->iso);
  sb_append_ascii(&sb, "\n    --> starting at object with constructor '");
  const char *name = constructor_name(w->iso, value_object(w->path[2 * start]));
  sb_append_utf8(&sb, name, strlen(name));
  sb_append_ascii(&sb, "'");
  u32 i = start + 1, first_end = MIN(w->depth, start + 3);
  for (; i < first_end; i++) describe_link(w, &sb, i);
  if (w->depth > first_end + 1) sb_append_ascii(&sb, "\n    |     ...");
  for (i = MAX(i, w->depth - 1); i < w->depth; i++) describe_link(w, &sb, i);
  sb_append_ascii(&sb, "\n    --- ");
  describe_key(&sb, last_key);
  sb_append_ascii(&sb, " closes the circle");
  String *text = TRY(sb_finish(&sb));
  return THROW(w->iso, JSON_CIRCULAR, error_text_of_string(w->iso, text));
}

static NOINLINE bool grow_path(JsonWriter *w) {
  ValueArray *bigger = TRY(value_array_new(w->iso, 4 * (u64)w->path_capacity));
  for (u32 i = 0; i < 2 * w->depth; i++) slot_init(&bigger->values[i], w->path[i]);
  gc_barrier(heap_of(w->iso), &bigger->cell);
  w->path_cell = bigger;
  w->path = (Value *)(void *)bigger->values;
  w->path_capacity *= 2;
  return true;
}

static bool enter(JsonWriter *w, JSObject *o, PropertyKey key) {
  Isolate *iso = w->iso;
  if (UNLIKELY(!--w->until_poll)) {
    TRY(isolate_poll(iso));
    w->until_poll = 1024;
  }
  if (w->failed) return false;
  TRY(check_c_stack(iso));
  Value key_value = key_is_index(key) ? value_from_int((i32)key_index(key)) : (Value)key;
  for (u32 i = 0; i < w->depth; i++) {
    if (UNLIKELY(w->path[2 * i] == value_from_object(o))) return fail_circular(w, i, key_value);
  }
  if (UNLIKELY(w->depth == w->path_capacity)) TRY(grow_path(w));
  w->path[2 * w->depth] = value_from_object(o);
  w->path[2 * w->depth + 1] = key_value;
  if (UNLIKELY(w->path_cell)) gc_barrier(heap_of(iso), &w->path_cell->cell);
  w->depth++;
  return true;
}

// ---- SerializeJSONProperty ----

// Whether neither built-in prototype has toJSON; the lookups make the epoch stand for that.
static bool prototypes_lack_to_json(JsonWriter *w) {
  IcLookup lookup;
  Value prototypes[] = {w->object_prototype, w->array_prototype};
  for (u32 i = 0; i < ARRAY_LEN(prototypes); i++) {
    // An object below the prototype would be looked up like this: the prototype itself is watched, too.
    JSObject *prototype = value_object(prototypes[i]);
    if (!obj_lookup_for_ic(w->iso, prototype, ATOM(toJSON), &lookup) || lookup.holder) return false;
    shape_watch_chain(w->iso, prototype, NULL);
  }
  return true;
}

static NOINLINE bool lacks_to_json_slowly(JsonWriter *w, JSObject *o) {
  Isolate *iso = w->iso;
  if (w->proto_epoch != iso->proto_epoch) {
    memset(w->no_to_json, 0, sizeof w->no_to_json);
    w->protos_lack = prototypes_lack_to_json(w);
    w->proto_epoch = iso->proto_epoch;
  }
  Shape *shape = obj_shape(iso, o);
  u32 *cached = &w->no_to_json[shape->id % NO_TO_JSON_CACHE];
  Value proto = slot_get(&shape->proto);
  PropertySlot found;
  if (w->protos_lack && !(shape->flags & (SHAPE_UNIQUE | SHAPE_EXOTIC)) &&
      (proto == w->object_prototype || proto == w->array_prototype)) {
    if (shape_lookup(shape, ATOM(toJSON), &found)) return false;
    *cached = shape->id;
    return true;
  }
  IcLookup lookup;
  if (!obj_lookup_for_ic(iso, o, ATOM(toJSON), &lookup) || lookup.holder) return false;
  if (lookup.cacheable && !(obj_shape(iso, o)->flags & SHAPE_UNIQUE) && w->proto_epoch == iso->proto_epoch)
    *cached = o->cell.shape_id;
  return true;
}

static ALWAYS_INLINE bool lacks_to_json(JsonWriter *w, JSObject *o) {
  u32 id = o->cell.shape_id;
  if (LIKELY(w->no_to_json[id % NO_TO_JSON_CACHE] == id && w->proto_epoch == w->iso->proto_epoch)) return true;
  return lacks_to_json_slowly(w, o);
}

static ALWAYS_INLINE bool must_convert(JsonWriter *w, Value v) {
  if (!value_is_cell(v) || value_is_string(v) || value_is_symbol(v)) return false;
  return !value_is_object(v) || !lacks_to_json(w, value_object(v));
}

// toJSON, the replacer, wrapped primitives: steps 2 to 4. VALUE_FAIL: thrown.
static NOINLINE Value convert_slowly(JsonWriter *w, JSObject *holder, PropertyKey key, Value v) {
  Isolate *iso = w->iso;
  if (must_convert(w, v)) {
    Value to_json = TRY(get_v(iso, v, ATOM(toJSON)));
    if (value_is_callable(to_json)) {
      Value name = TRY(key_to_value(iso, key));
      v = TRY(CALL1(iso, to_json, v, name));
    }
  }
  if (UNLIKELY(w->replacer != VALUE_UNDEFINED)) {
    Value name = TRY(key_to_value(iso, key));
    v = TRY(CALL2(iso, w->replacer, value_from_object(holder), name, v));
  }
  if (!value_is_object(v)) return v;
  switch (value_cell(v)->kind) {
  case KIND_STRING_OBJECT: return value_from_cell(to_string(iso, v));
  case KIND_PRIMITIVE_WRAPPER: {
    Value primitive = slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive);
    if (value_is_number(primitive)) return to_number(iso, v);
    return value_is_symbol(primitive) ? v : primitive;
  }
  default: return v;
  }
}

static ALWAYS_INLINE Value convert(JsonWriter *w, JSObject *holder, PropertyKey key, Value v) {
  if (LIKELY(w->replacer == VALUE_UNDEFINED)) {
    if (!value_is_cell(v) || value_is_string(v)) return v;
    u8 kind = value_cell(v)->kind;
    if (LIKELY((kind == KIND_OBJECT || kind == KIND_ARRAY) && lacks_to_json(w, value_object(v)))) return v;
  }
  return convert_slowly(w, holder, key, v);
}

// Symbols, functions and undefined are left out.
static ALWAYS_INLINE bool is_written(Value v) {
  if (!value_is_cell(v)) return v != VALUE_UNDEFINED;
  return !value_is_symbol(v) && !value_is_callable(v);
}

// ---- Objects ----

static ALWAYS_INLINE bool write_member(JsonWriter *w, JSObject *o, PropertyKey key, Value v, bool *first) {
  v = TRY(convert(w, o, key, v));
  if (!is_written(v)) return true;
  put_key(w, key, *first);
  *first = false;
  if (value_is_int(v)) return put_number(w, v), true;
  return write_value(w, v, key);
}

// Members in the order of the shape, for plain objects without elements. The keys are those at the start; when something that ran
// changed the object, the values are asked for one by one.
static bool write_shape_members(JsonWriter *w, JSObject *o, Shape *shape, bool *first) {
  const PropertyEntry *entries = shape_entries(shape); // a shared shape: they stay
  for (u32 i = 0, count = shape->count; i < count; i++) {
    PropertyEntry entry = entries[i];
    if (!(entry.attrs & ATTR_ENUMERABLE) || key_is_symbol(entry.key)) continue;
    Value v;
    if (LIKELY(obj_shape(w->iso, o) == shape && !(entry.attrs & ATTR_ACCESSOR))) v = slot_get(obj_slot_at(o, shape, entry.slot));
    else v = TRY(obj_get(w->iso, o, entry.key));
    TRY(write_member(w, o, entry.key, v, first));
  }
  return true;
}

static bool write_listed_members(JsonWriter *w, JSObject *o, JSObject *keys, bool *first) {
  u32 count = array_length(keys);
  for (u32 i = 0; i < count; i++) {
    PropertyKey key = TRY(key_from_string(w->iso, value_string(list_get(keys, i))));
    Value v = TRY(obj_get(w->iso, o, key));
    TRY(write_member(w, o, key, v, first));
  }
  return true;
}

static bool write_object(JsonWriter *w, JSObject *o, PropertyKey key) {
  TRY(enter(w, o, key));
  put_char(w, '{');
  bool first = true;
  Shape *shape = obj_shape(w->iso, o);
  if (w->allowed_keys) {
    TRY(write_listed_members(w, o, w->allowed_keys, &first));
  } else if (o->cell.kind == KIND_OBJECT && !(shape->flags & (SHAPE_UNIQUE | SHAPE_EXOTIC)) && obj_has_dense(o) &&
             !elements_header(o->bf)->length) {
    TRY(write_shape_members(w, o, shape, &first));
  } else {
    Value keys = TRY(enumerable_own_properties(w->iso, o, ENUMERATE_KEYS));
    TRY(write_listed_members(w, o, value_object(keys), &first));
  }
  w->depth--;
  if (w->gap_length && !first) put_newline(w);
  put_char(w, '}');
  return true;
}

static bool write_array(JsonWriter *w, JSObject *a, PropertyKey key) {
  Isolate *iso = w->iso;
  TRY(enter(w, a, key));
  u64 length;
  if (a->cell.kind == KIND_ARRAY) length = array_length(a);
  else TRY(length_of_array_like(iso, a, &length));
  put_char(w, '[');
  for (u64 i = 0; i < length; i++) {
    Value v;
    PropertyKey index;
    if (LIKELY(i <= MAX_ARRAY_INDEX)) index = key_from_index((u32)i);
    else index = TRY(key_from_u64(iso, i));
    if (LIKELY(a->cell.kind == KIND_ARRAY && obj_has_dense(a) && i < elements_header(a->bf)->length && slot_get(&a->bf[i]))) {
      v = slot_get(&a->bf[i]);
    } else {
      v = TRY(obj_get(iso, a, index));
    }
    if (i) put_char(w, ',');
    if (w->gap_length) put_newline(w);
    v = TRY(convert(w, a, index, v));
    if (is_written(v)) TRY(write_value(w, v, index));
    else put(w, "null", 4);
    if (!(i & 1023)) {
      TRY(isolate_poll(iso));
      if (w->failed) return false;
    }
  }
  w->depth--;
  if (w->gap_length && length) put_newline(w);
  put_char(w, ']');
  return true;
}

// A value that convert has seen and that is_written.
static bool write_value(JsonWriter *w, Value v, PropertyKey key) {
  Isolate *iso = w->iso;
  if (value_is_number(v)) return put_number(w, v), true;
  if (!value_is_cell(v)) {
    if (v == VALUE_TRUE) put(w, "true", 4);
    else if (v == VALUE_FALSE) put(w, "false", 5);
    else put(w, "null", 4);
    return true;
  }
  if (value_is_string(v)) {
    String *s = TRY(str_flatten(iso, value_string(v)));
    put_quoted(w, s);
    return true;
  }
  if (value_is_bigint(v)) return THROW(iso, JSON_BIGINT);
  JSObject *o = value_object(v);
  if (o->cell.kind == KIND_ARRAY) return write_array(w, o, key);
  if (o->cell.kind == KIND_RAW_JSON) {
    Value raw = TRY(obj_get(iso, o, ATOM(rawJSON)));
    String *text = TRY(str_flatten(iso, value_string(raw)));
    if (str_is_utf16(text)) put_string_units(w, str_chars16(text), text->length);
    else put_latin1(w, str_chars8(text), text->length);
    return true;
  }
  if (o->cell.kind == KIND_PROXY) {
    Tri array = TRY(is_array(iso, v));
    if (array == TRI_YES) return write_array(w, o, key);
  }
  return write_object(w, o, key);
}

// ---- Arguments ----

// An array as replacer names the keys: strings, numbers, and objects of both, each once.
static bool read_allowed_keys(JsonWriter *w, JSObject *list) {
  Isolate *iso = w->iso;
  u64 length;
  TRY(length_of_array_like(iso, list, &length));
  w->allowed_keys = TRY(array_create(iso, 0));
  HashTable *seen = TRY(hash_table_new(iso));
  for (u64 i = 0; i < length; i++) {
    if (!(i & 255)) TRY(isolate_poll(iso));
    PropertyKey index = TRY(key_from_u64(iso, i));
    Value v = TRY(obj_get(iso, list, index));
    bool wrapper =
        value_is_kind(v, KIND_STRING_OBJECT) || (value_is_kind(v, KIND_PRIMITIVE_WRAPPER) &&
                                                 value_is_number(slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive)));
    if (!value_is_string(v) && !value_is_number(v) && !wrapper) continue;
    String *s = TRY(to_string(iso, v));
    s = TRY(str_flatten(iso, s));
    bool failed = false;
    if (hash_table_find(iso, seen, value_from_cell(s), &failed)) continue;
    if (failed) return false;
    TRY(hash_table_set(iso, seen, value_from_cell(s), VALUE_TRUE));
    TRY(array_push_value(iso, w->allowed_keys, value_from_cell(s)));
  }
  return true;
}

static bool read_space(JsonWriter *w, Value space) {
  Isolate *iso = w->iso;
  if (value_is_kind(space, KIND_PRIMITIVE_WRAPPER)) {
    if (value_is_number(slot_get(&((JSPrimitiveWrapper *)value_object(space))->primitive))) space = TRY(to_number(iso, space));
  } else if (value_is_kind(space, KIND_STRING_OBJECT)) {
    String *s = TRY(to_string(iso, space));
    space = value_from_cell(s);
  }
  if (value_is_number(space)) {
    double d;
    TRY(to_integer_or_infinity(iso, space, &d));
    w->gap_length = d < 1 ? 0 : d > GAP_MAX ? GAP_MAX : (u32)d;
    for (u32 i = 0; i < w->gap_length; i++) w->gap[i] = ' ';
  } else if (value_is_string(space)) {
    String *s = TRY(str_flatten(iso, value_string(space)));
    w->gap_length = MIN(s->length, (u32)GAP_MAX);
    for (u32 i = 0; i < w->gap_length; i++) w->gap[i] = str_char_at_flat(s, i);
  }
  w->blank_gap = true;
  for (u32 i = 0; i < w->gap_length; i++) w->blank_gap &= w->gap[i] == ' ';
  return true;
}

Value json_stringify(Isolate *iso, const Call *call) {
  JsonWriter w;
  memset(&w, 0, offsetof(JsonWriter, path_values));
  w.iso = iso;
  w.replacer = VALUE_UNDEFINED;
  w.proto_epoch = iso->proto_epoch - 1;
  w.object_prototype = intrinsic(iso, INTRINSIC_OBJECT_PROTOTYPE);
  w.array_prototype = intrinsic(iso, INTRINSIC_ARRAY_PROTOTYPE);
  w.until_poll = 1024;
  w.at = w.start = w.text;
  w.limit = w.text + sizeof w.text;
  w.path = w.path_values;
  w.path_capacity = PATH_ON_STACK;
  Value replacer = call_arg(call, 1);
  if (value_is_callable(replacer)) {
    w.replacer = replacer;
  } else if (value_is_object(replacer)) {
    if (TRY(is_array(iso, replacer)) == TRI_YES) TRY(read_allowed_keys(&w, value_object(replacer)));
  }
  if (call->argc > 2) TRY(read_space(&w, call_arg(call, 2)));
  JSObject *holder = NULL; // only a replacer sees it
  if (w.replacer != VALUE_UNDEFINED) {
    holder = TRY(obj_new_plain(iso));
    TRY(create_data_property(iso, holder, ATOM(empty), call_arg(call, 0)));
  }
  Value v = TRY(convert(&w, holder, ATOM(empty), call_arg(call, 0)));
  if (!is_written(v)) return VALUE_UNDEFINED;
  TRY(write_value(&w, v, ATOM(empty)));
  return value_from_cell(finish_text(&w));
}
