// SPDX-License-Identifier: MIT
// JSON.stringify (ECMA-262 25.5.2). Plain objects and arrays are read straight from shape and elements as long as no toJSON,
// getter or replacer has run that changed them; everything else takes the specification's steps.
#include "base/dtoa.h"
#include "base/utf.h"
#include "runtime/structured/json_internal.h"
#include "vm/lookup.h"
#include <math.h>

enum { NO_TO_JSON_CACHE = 32, GAP_MAX = 10 };

typedef struct JsonWriter {
  Isolate *iso;
  StringBuilder sb;
  Value replacer;         // callable, or undefined
  JSObject *allowed_keys; // PropertyList as an engine array of strings, or NULL
  u16 gap[GAP_MAX];
  u32 gap_length;
  u32 depth;
  ValueArray *path;       // pairs: object, key (string or int) by which its parent named it
  u32 no_to_json[NO_TO_JSON_CACHE]; // shape ids
  u32 proto_epoch;        // for which they hold
  u32 until_poll;
} JsonWriter;

static bool write_value(JsonWriter *w, Value v, PropertyKey key);

// ---- Text ----

static ALWAYS_INLINE void put(JsonWriter *w, const char *text, u32 n) {
  StringBuilder *sb = &w->sb;
  if (LIKELY(!sb->utf16 && sb->capacity - sb->length >= n)) {
    memcpy(((Bytes *)sb->buffer)->data + sb->length, text, n);
    sb->length += n;
  } else {
    sb_append_latin1(sb, (const u8 *)text, n);
  }
}

static ALWAYS_INLINE void put_char(JsonWriter *w, char c) {
  put(w, &c, 1);
}

static void put_newline(JsonWriter *w) {
  put_char(w, '\n');
  for (u32 i = 0; i < w->depth; i++) sb_append_utf16(&w->sb, w->gap, w->gap_length);
}

static void put_escape(JsonWriter *w, u16 c) {
  static const char letters[] = "btn?fr"; // 8 to 13
  char text[8] = {'\\', (char)c};
  if (c == '"' || c == '\\') return put(w, text, 2);
  if (c >= 8 && c <= 13 && c != 11) {
    text[1] = letters[c - 8];
    return put(w, text, 2);
  }
  snprintf(text, sizeof text, "\\u%04x", c);
  put(w, text, 6);
}

static ALWAYS_INLINE bool needs_escape(u16 c) {
  return c < 0x20 || c == '"' || c == '\\';
}

#define ONES 0x0101010101010101ull
static ALWAYS_INLINE u32 plain_run(const u8 *s, u32 n) {
  u32 i = 0;
  for (; i + 8 <= n; i += 8) {
    u64 word;
    memcpy(&word, s + i, 8);
    u64 quote = word ^ (ONES * '"'), backslash = word ^ (ONES * '\\');
    u64 hit = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word);
    if (hit & (ONES * 0x80)) break;
  }
  while (i < n && !needs_escape(s[i])) i++;
  return i;
}

static void put_quoted_wide(JsonWriter *w, const u16 *s, u32 n) {
  u32 kept = 0;
  for (u32 i = 0; i < n; i++) {
    u16 c = s[i];
    if (utf16_is_lead(c) && i + 1 < n && utf16_is_trail(s[i + 1])) {
      i++;
      continue;
    }
    if (!needs_escape(c) && !utf16_is_surrogate(c)) continue;
    if (kept < i) sb_append_utf16(&w->sb, s + kept, i - kept);
    put_escape(w, c);
    kept = i + 1;
  }
  if (kept < n) sb_append_utf16(&w->sb, s + kept, n - kept);
}

// QuoteJSONString of a flat string.
static void put_quoted(JsonWriter *w, const String *s) {
  put_char(w, '"');
  if (str_is_utf16(s)) {
    put_quoted_wide(w, str_chars16(s), s->length);
  } else {
    const u8 *chars = str_chars8(s);
    for (u32 i = 0, n = s->length; i < n;) {
      u32 run = plain_run(chars + i, n - i);
      put(w, (const char *)chars + i, run);
      i += run;
      if (i < n) put_escape(w, chars[i++]);
    }
  }
  put_char(w, '"');
}

static void put_number(JsonWriter *w, Value v) {
  char text[NUMBER_TEXT_MAX];
  if (value_is_int(v)) return put(w, text, (u32)number_i32_to_text(value_int(v), text));
  double d = value_double(v);
  if (!isfinite(d)) return put(w, "null", 4);
  put(w, text, (u32)number_to_text(d, text));
}

static bool put_key(JsonWriter *w, PropertyKey key) {
  if (LIKELY(!key_is_index(key))) {
    put_quoted(w, (const String *)key_cell(key));
  } else {
    char text[16];
    put(w, text, (u32)snprintf(text, sizeof text, "\"%u\"", key_index(key)));
  }
  if (w->gap_length) put(w, ": ", 2);
  else put_char(w, ':');
  return true;
}

// ---- Circles ----

static const char *constructor_name(Isolate *iso, JSObject *o) {
  IcLookup lookup;
  Value name;
  if (o->cell.kind != KIND_PROXY && obj_lookup_for_ic(iso, o, ATOM(constructor), &lookup) && lookup.holder && !(lookup.attrs & ATTR_ACCESSOR)) {
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
  describe_key(sb, slot_get(&w->path->values[2 * i + 1]));
  sb_append_ascii(sb, " -> object with constructor '");
  const char *name = constructor_name(w->iso, value_object(slot_get(&w->path->values[2 * i])));
  sb_append_utf8(sb, name, strlen(name));
  sb_append_ascii(sb, "'");
}

static COLD bool fail_circular(JsonWriter *w, u32 start, Value last_key) {
  StringBuilder sb;
  sb_init(&sb, w->iso);
  sb_append_ascii(&sb, "\n    --> starting at object with constructor '");
  const char *name = constructor_name(w->iso, value_object(slot_get(&w->path->values[2 * start])));
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

static bool enter(JsonWriter *w, JSObject *o, PropertyKey key) {
  Isolate *iso = w->iso;
  if (UNLIKELY(!--w->until_poll)) {
    TRY(isolate_poll(iso));
    w->until_poll = 1024;
  }
  if (w->sb.failed) return false;
  TRY(check_c_stack(iso));
  Value key_value = key_is_index(key) ? value_from_int((i32)key_index(key)) : (Value)key;
  for (u32 i = 0; i < w->depth; i++) {
    if (slot_get(&w->path->values[2 * i]) == value_from_object(o)) return fail_circular(w, i, key_value);
  }
  if (2 * w->depth == w->path->count) {
    ValueArray *bigger = TRY(value_array_new(iso, w->path->count * 2));
    for (u32 i = 0; i < w->path->count; i++) slot_set(iso, bigger, &bigger->values[i], slot_get(&w->path->values[i]));
    w->path = bigger;
  }
  slot_set(iso, w->path, &w->path->values[2 * w->depth], value_from_object(o));
  slot_set(iso, w->path, &w->path->values[2 * w->depth + 1], key_value);
  w->depth++;
  return true;
}

// ---- SerializeJSONProperty ----

static bool lacks_to_json(JsonWriter *w, JSObject *o) {
  if (UNLIKELY(w->proto_epoch != w->iso->proto_epoch)) {
    memset(w->no_to_json, 0, sizeof w->no_to_json);
    w->proto_epoch = w->iso->proto_epoch;
  }
  u32 id = o->cell.shape_id;
  u32 *cached = &w->no_to_json[id % NO_TO_JSON_CACHE];
  if (LIKELY(*cached == id)) return true;
  IcLookup lookup;
  if (!obj_lookup_for_ic(w->iso, o, ATOM(toJSON), &lookup) || lookup.holder) return false;
  if (lookup.cacheable && !(obj_shape(w->iso, o)->flags & SHAPE_UNIQUE) && w->proto_epoch == w->iso->proto_epoch) *cached = o->cell.shape_id;
  return true;
}

static ALWAYS_INLINE bool must_convert(JsonWriter *w, Value v) {
  if (!value_is_cell(v) || value_is_string(v) || value_is_symbol(v)) return false;
  return !value_is_object(v) || !lacks_to_json(w, value_object(v));
}

// toJSON, the replacer, wrapped primitives: steps 2 to 4. VALUE_FAIL: thrown.
static Value convert(JsonWriter *w, JSObject *holder, PropertyKey key, Value v) {
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

// Symbols, functions and undefined are left out.
static ALWAYS_INLINE bool is_written(Value v) {
  if (!value_is_cell(v)) return v != VALUE_UNDEFINED;
  return !value_is_symbol(v) && !value_is_callable(v);
}

// ---- Objects ----

static bool write_member(JsonWriter *w, JSObject *o, PropertyKey key, Value v, bool *first) {
  v = TRY(convert(w, o, key, v));
  if (!is_written(v)) return true;
  if (!*first) put_char(w, ',');
  *first = false;
  if (w->gap_length) put_newline(w);
  put_key(w, key);
  return write_value(w, v, key);
}

// Members in the order of the shape, for plain objects without elements. The keys are those at the start; when something that ran
// changed the object, the values are asked for one by one.
static bool write_shape_members(JsonWriter *w, JSObject *o, Shape *shape, bool *first) {
  for (u32 i = 0; i < shape->count; i++) {
    PropertyEntry entry = shape_entries(shape)[i];
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
      if (w->sb.failed) return false;
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
    sb_append(&w->sb, value_string(raw));
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
    bool wrapper = value_is_kind(v, KIND_STRING_OBJECT) ||
                   (value_is_kind(v, KIND_PRIMITIVE_WRAPPER) && value_is_number(slot_get(&((JSPrimitiveWrapper *)value_object(v))->primitive)));
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
  return true;
}

Value json_stringify(Isolate *iso, const Call *call) {
  JsonWriter w = {.iso = iso, .replacer = VALUE_UNDEFINED, .proto_epoch = iso->proto_epoch, .until_poll = 1024};
  sb_init(&w.sb, iso);
  Value replacer = call_arg(call, 1);
  if (value_is_callable(replacer)) {
    w.replacer = replacer;
  } else if (value_is_object(replacer)) {
    if (TRY(is_array(iso, replacer)) == TRI_YES) TRY(read_allowed_keys(&w, value_object(replacer)));
  }
  TRY(read_space(&w, call_arg(call, 2)));
  w.path = TRY(value_array_new(iso, 32));
  JSObject *holder = TRY(obj_new_plain(iso));
  if (w.replacer != VALUE_UNDEFINED) TRY(create_data_property(iso, holder, ATOM(empty), call_arg(call, 0)));
  Value v = TRY(convert(&w, holder, ATOM(empty), call_arg(call, 0)));
  if (!is_written(v)) return VALUE_UNDEFINED;
  TRY(write_value(&w, v, ATOM(empty)));
  return value_from_cell(sb_finish(&w.sb));
}
