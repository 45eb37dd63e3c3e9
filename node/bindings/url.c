// SPDX-License-Identifier: MIT
// The common cases of lib/internal/url.js, in C: URLs of special schemes but file: in plain ASCII, paths, and forms
// (application/x-www-form-urlencoded). What is not that simple is left to the parser there: these answer undefined.
// Tests: tests/node/url/native.js, which compares both.
#include "base/utf.h"
#include "node/node_internal.h"

// A record of lib/internal/url.js: emptyRecord() makes it, with these properties in this order.
enum { URL_SCHEME, URL_USERNAME, URL_PASSWORD, URL_HOST, URL_PORT, URL_PATH, URL_QUERY, URL_FRAGMENT, URL_FIELDS };

static Value get_field(Isolate *iso, JSObject *record, u32 field) {
  return slot_get(obj_slot_at(record, obj_shape(iso, record), field));
}
static void set_field(Isolate *iso, JSObject *record, u32 field, Value v) {
  slot_set(iso, record, obj_slot_at(record, obj_shape(iso, record), field), v);
}

// ---- Characters ----

enum { // which percent-encode sets a character is in, and what it may be part of
  IN_FRAGMENT = 1,
  IN_SPECIAL_QUERY = 2,
  IN_PATH = 4,
  IN_USERINFO = 8,
  OF_SCHEME = 16,
  OF_HOST = 32,
  OF_FORM = 64, // stays as it is in forms
};
#define LETTER (OF_SCHEME | OF_HOST | OF_FORM)
static const u8 classes[128] = {
    ['"'] = IN_FRAGMENT | IN_SPECIAL_QUERY | IN_PATH | IN_USERINFO,
    ['<'] = IN_FRAGMENT | IN_SPECIAL_QUERY | IN_PATH | IN_USERINFO,
    ['>'] = IN_FRAGMENT | IN_SPECIAL_QUERY | IN_PATH | IN_USERINFO,
    ['`'] = IN_FRAGMENT | IN_PATH | IN_USERINFO,
    ['#'] = IN_SPECIAL_QUERY | IN_PATH | IN_USERINFO,
    ['\''] = IN_SPECIAL_QUERY,
    ['?'] = IN_PATH | IN_USERINFO,
    ['^'] = IN_PATH | IN_USERINFO,
    ['{'] = IN_PATH | IN_USERINFO,
    ['}'] = IN_PATH | IN_USERINFO,
    ['/'] = IN_USERINFO,
    [':'] = IN_USERINFO,
    [';'] = IN_USERINFO,
    ['='] = IN_USERINFO,
    ['@'] = IN_USERINFO,
    ['['] = IN_USERINFO,
    ['\\'] = IN_USERINFO,
    [']'] = IN_USERINFO,
    ['|'] = IN_USERINFO,
    ['+'] = OF_SCHEME,
    ['-'] = OF_SCHEME | OF_HOST | OF_FORM,
    ['.'] = OF_SCHEME | OF_HOST | OF_FORM,
    ['_'] = OF_HOST | OF_FORM,
    ['*'] = OF_FORM,
    ['0' ... '9'] = LETTER,
    ['A' ... 'Z'] = LETTER,
    ['a' ... 'z'] = LETTER,
};
static bool is_in(u8 c, u32 class) { return c < 128 && classes[c] & class; }
static bool is_digit(u8 c) { return c >= '0' && c <= '9'; }
static u8 lower(u8 c) { return c >= 'A' && c <= 'Z' ? (u8)(c + 32) : c; }
static bool is_letter(u8 c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
static int hex_value(u8 c) { return is_digit(c) ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1; }

static void append_escaped(StringBuilder *sb, u8 byte) {
  sb_append_unit(sb, '%');
  sb_append_unit(sb, (u16) "0123456789ABCDEF"[byte >> 4]);
  sb_append_unit(sb, (u16) "0123456789ABCDEF"[byte & 15]);
}

static Value encoded(Isolate *iso, const u8 *from, const u8 *end, u32 set) {
  const u8 *p = from;
  while (p < end && !is_in(*p, set)) p++;
  if (p == end) return value_from_cell(str_new_latin1(iso, from, (u32)(end - from)));
  StringBuilder sb;
  sb_init(&sb, iso);
  sb_append_latin1(&sb, from, (u32)(p - from));
  for (; p < end; p++) {
    if (is_in(*p, set)) append_escaped(&sb, *p);
    else sb_append_unit(&sb, *p);
  }
  return value_from_cell(sb_finish(&sb));
}

// ---- Parsing. TRI_NO: not simple. ----

typedef struct Url {
  Isolate *iso;
  JSObject *record;
  const u8 *p, *end;
} Url;

static const struct SpecialScheme {
  const char *name; // with its colon
  u32 port;
} special_schemes[] = {{"http:", 80}, {"https:", 443}, {"ws:", 80}, {"wss:", 443}, {"ftp:", 21}};

static const struct SpecialScheme *find_scheme(const u8 *text, size_t length) {
  for (u32 i = 0; i < ARRAY_LEN(special_schemes); i++) {
    const char *name = special_schemes[i].name;
    size_t k = 0;
    while (k < length && name[k] && lower(text[k]) == (u8)name[k]) k++;
    if (k == length && !name[k]) return &special_schemes[i];
  }
  return NULL;
}

// Index behind the colon of a scheme at the head; 0: there is none.
static size_t scheme_length(const u8 *text, size_t length) {
  if (!length || !is_letter(text[0])) return 0;
  size_t i = 1;
  while (i < length && is_in(text[i], OF_SCHEME)) i++;
  return i < length && text[i] == ':' ? i + 1 : 0;
}

static bool is_ipv4(const u8 *p, const u8 *end) { // as it is written in the end: four numbers without zeros in front
  for (u32 part = 0; part < 4; part++) {
    u32 n = 0, digits = 0;
    if (p < end && *p == '0' && p + 1 < end && is_digit(p[1])) return false;
    for (; p < end && is_digit(*p) && digits < 4; p++, digits++) n = n * 10 + (u32)(*p - '0');
    if (!digits || n > 255) return false;
    if (part < 3 && (p == end || *p++ != '.')) return false;
  }
  return p == end;
}

// Letters, digits, - and _ between single dots, nothing in Punycode, and no number at the end but a plain IPv4 address.
static Tri parse_host(Url *u, const u8 *p, const u8 *end) {
  u8 host[256];
  if (p == end || (size_t)(end - p) > sizeof host || *p == '.' || end[-1] == '.') return TRI_NO;
  const u8 *label = p;
  for (const u8 *q = p; q < end; q++) {
    if (!is_in(*q, OF_HOST)) return TRI_NO;
    host[q - p] = lower(*q);
    if (*q == '.') {
      if (q[1] == '.') return TRI_NO;
      label = q + 1;
    } else if (*q == '-' && q - p >= 3 && host[q - p - 1] == '-' && host[q - p - 2] == 'n' && host[q - p - 3] == 'x') {
      return TRI_NO;
    }
  }
  if (is_digit(*label) && !is_ipv4(p, end)) return TRI_NO;
  set_field(u->iso, u->record, URL_HOST, value_from_cell(TRY(str_new_latin1(u->iso, host, (u32)(end - p)))));
  return TRI_YES;
}

static Tri parse_port(Url *u, const u8 *p, const u8 *end, u32 standard) {
  u32 n = 0;
  if (p == end) return TRI_YES;
  for (; p < end; p++) {
    if (!is_digit(*p)) return TRI_NO;
    n = n * 10 + (u32)(*p - '0');
    if (n > 65535) return TRI_NO;
  }
  if (n == standard) return TRI_YES;
  set_field(u->iso, u->record, URL_PORT, value_from_cell(TRY(str_new_format(u->iso, "%u", n))));
  return TRI_YES;
}

static Tri parse_credentials(Url *u, const u8 *p, const u8 *end) {
  const u8 *colon = memchr(p, ':', (size_t)(end - p)), *name_end = colon ? colon : end;
  for (const u8 *q = p; q < end; q++) {
    if (q != colon && is_in(*q, IN_USERINFO)) return TRI_NO;
  }
  set_field(u->iso, u->record, URL_USERNAME, value_from_cell(TRY(str_new_latin1(u->iso, p, (u32)(name_end - p)))));
  if (!colon) return TRI_YES;
  set_field(u->iso, u->record, URL_PASSWORD, value_from_cell(TRY(str_new_latin1(u->iso, colon + 1, (u32)(end - colon - 1)))));
  return TRI_YES;
}

static Tri parse_authority(Url *u, u32 standard_port) {
  const u8 *from = u->p, *end = from;
  while (end < u->end && *end != '/' && *end != '?' && *end != '#') end++;
  u->p = end;
  const u8 *at = memchr(from, '@', (size_t)(end - from));
  if (at) {
    Tri done = TRY(parse_credentials(u, from, at));
    if (done == TRI_NO) return TRI_NO;
    from = at + 1;
  }
  const u8 *colon = memchr(from, ':', (size_t)(end - from));
  Tri done = TRY(parse_host(u, from, colon ? colon : end));
  return colon && done == TRI_YES ? parse_port(u, colon + 1, end, standard_port) : done;
}

static void drop_last(JSObject *path) {
  ElementsHeader *header = elements_header(path->bf);
  if (header->length) slot_init(&path->bf[--header->length], VALUE_EMPTY);
}

static bool has_escaped_dot(const u8 *p, const u8 *end) {
  for (; p + 2 < end; p++) {
    if (p[0] == '%' && p[1] == '2' && lower(p[2]) == 'e') return true;
  }
  return false;
}

// Segments up to ? or #, behind a slash that was read already, after those that `path` has.
static Tri parse_path(Url *u, JSObject *path) {
  Isolate *iso = u->iso;
  for (;;) {
    const u8 *from = u->p, *end = from;
    while (end < u->end && *end != '/' && *end != '?' && *end != '#') {
      if (*end++ == '\\') return TRI_NO;
    }
    bool last = end == u->end || *end != '/';
    u->p = last ? end : end + 1;
    bool one_dot = end - from == 1 && *from == '.', two_dots = end - from == 2 && from[0] == '.' && from[1] == '.';
    if (has_escaped_dot(from, end)) return TRI_NO;
    if (two_dots) drop_last(path);
    if (!one_dot && !two_dots) {
      Value segment = TRY(encoded(iso, from, end, IN_PATH));
      TRY(array_push_value(iso, path, segment));
    } else if (last) {
      TRY(array_push_value(iso, path, value_from_cell(ATOM_STRING(empty))));
    }
    if (last) return TRI_YES;
  }
}

static bool parse_tail(Url *u) {
  if (u->p < u->end && *u->p == '?') {
    const u8 *from = u->p + 1, *hash = memchr(from, '#', (size_t)(u->end - from));
    u->p = hash ? hash : u->end;
    Value query = TRY(encoded(u->iso, from, u->p, IN_SPECIAL_QUERY));
    set_field(u->iso, u->record, URL_QUERY, query);
  }
  if (u->p < u->end) { // #
    Value fragment = TRY(encoded(u->iso, u->p + 1, u->end, IN_FRAGMENT));
    set_field(u->iso, u->record, URL_FRAGMENT, fragment);
  }
  return true;
}

static Tri finish_path(Url *u, JSObject *path) {
  Tri done = TRY(parse_path(u, path));
  if (done == TRI_NO) return TRI_NO;
  set_field(u->iso, u->record, URL_PATH, value_from_object(path));
  return tri(parse_tail(u));
}

static Tri parse_absolute(Url *u, size_t scheme) {
  Isolate *iso = u->iso;
  const struct SpecialScheme *found = find_scheme(u->p, scheme);
  u->p += scheme;
  if (!found || u->end - u->p < 3 || u->p[0] != '/' || u->p[1] != '/' || u->p[2] == '/' || u->p[2] == '\\') return TRI_NO;
  u->p += 2;
  set_field(iso, u->record, URL_SCHEME, value_from_cell(TRY(str_new_cstring(iso, found->name))));
  Tri done = TRY(parse_authority(u, found->port));
  if (done == TRI_NO) return TRI_NO;
  JSObject *path = TRY(array_create(iso, 0));
  if (u->p < u->end && *u->p == '/') u->p++;
  return finish_path(u, path); // without a slash there is one segment, the empty one
}

static Tri parse_relative(Url *u, JSObject *base) {
  Isolate *iso = u->iso;
  Value scheme = get_field(iso, base, URL_SCHEME), base_path = get_field(iso, base, URL_PATH);
  String *name = value_string(scheme);
  if (u->p == u->end || !value_is_kind(base_path, KIND_ARRAY) || str_is_utf16(name) || str_is_rope(name)) return TRI_NO;
  if (!find_scheme(str_chars8(name), name->length) || *u->p == '\\') return TRI_NO;
  bool from_root = *u->p == '/', keeps_path = *u->p == '?' || *u->p == '#';
  if (from_root && u->p + 1 < u->end && (u->p[1] == '/' || u->p[1] == '\\')) return TRI_NO;
  for (u32 i = URL_SCHEME; i < URL_PATH; i++) set_field(iso, u->record, i, get_field(iso, base, i));
  u32 kept = from_root ? 0 : array_length(value_object(base_path));
  if (!from_root && !keeps_path && kept) kept--;
  JSObject *path = TRY(array_from_values(iso, (const Value *)(const void *)value_object(base_path)->bf, kept));
  if (!keeps_path) {
    u->p += from_root;
    return finish_path(u, path);
  }
  set_field(iso, u->record, URL_PATH, value_from_object(path));
  if (*u->p == '#') set_field(iso, u->record, URL_QUERY, get_field(iso, base, URL_QUERY));
  return tri(parse_tail(u));
}

// The string's characters when all of them are visible ASCII.
static Tri visible_ascii(Isolate *iso, Value v, const u8 **chars, u32 *length) {
  if (!value_is_string(v) || str_is_utf16(value_string(v))) return TRI_NO;
  String *s = TRY(str_flatten(iso, value_string(v)));
  *chars = str_chars8(s);
  *length = s->length;
  for (u32 i = 0; i < s->length; i++) {
    if ((*chars)[i] <= ' ' || (*chars)[i] > '~') return TRI_NO;
  }
  return TRI_YES;
}

static bool is_record(Isolate *iso, Value v) {
  return value_is_kind(v, KIND_OBJECT) && obj_shape(iso, value_object(v))->next_slot >= URL_FIELDS;
}

// parse(text, record of the base or undefined, empty record): true, or undefined: not simple (the record may have been written)
static Value url_parse(Isolate *iso, const Call *call) {
  Value base = call_arg(call, 1), record = call_arg(call, 2);
  const u8 *chars;
  u32 length;
  Tri simple = TRY(visible_ascii(iso, call_arg(call, 0), &chars, &length));
  if (simple == TRI_NO || !is_record(iso, record)) return VALUE_UNDEFINED;
  Url u = {iso, value_object(record), chars, chars + length};
  size_t scheme = scheme_length(chars, length);
  if (!scheme && !is_record(iso, base)) return VALUE_UNDEFINED;
  Tri done = TRY(scheme ? parse_absolute(&u, scheme) : parse_relative(&u, value_object(base)));
  return done == TRI_YES ? VALUE_TRUE : VALUE_UNDEFINED;
}

// parsePath(text): the segments of a special URL's path behind its first slash, or undefined
static Value url_parse_path(Isolate *iso, const Call *call) {
  const u8 *chars;
  u32 length;
  Tri simple = TRY(visible_ascii(iso, call_arg(call, 0), &chars, &length));
  if (simple == TRI_NO) return VALUE_UNDEFINED;
  Url u = {iso, NULL, chars, chars + length};
  JSObject *path = TRY(array_create(iso, 0));
  Tri done = TRY(parse_path(&u, path));
  return done == TRI_YES && u.p == u.end ? value_from_object(path) : VALUE_UNDEFINED;
}

// ---- Forms ----

static Value decode_form(Isolate *iso, const u8 *from, const u8 *end) {
  const u8 *p = from;
  while (p < end && *p != '+' && *p != '%') p++;
  if (p == end) return value_from_cell(str_new_latin1(iso, from, (u32)(end - from)));
  Bytes *bytes = TRY(bytes_new(iso, (u64)(end - from)));
  size_t n = 0;
  for (p = from; p < end; p++) {
    u8 c = *p == '+' ? ' ' : *p;
    if (c == '%' && end - p > 2 && hex_value(p[1]) >= 0 && hex_value(p[2]) >= 0) {
      c = (u8)(hex_value(p[1]) << 4 | hex_value(p[2]));
      p += 2;
    }
    bytes->data[n++] = c;
  }
  return value_from_cell(str_new_utf8(iso, (const char *)bytes->data, n));
}

// parseForm(text): [[name, value], ...], or undefined when the text is not ASCII
static Value url_parse_form(Isolate *iso, const Call *call) {
  Value v = call_arg(call, 0);
  if (!value_is_string(v) || str_is_utf16(value_string(v))) return VALUE_UNDEFINED;
  String *s = TRY(str_flatten(iso, value_string(v)));
  const u8 *p = str_chars8(s), *end = p + s->length;
  for (u32 i = 0; i < s->length; i++) {
    if (p[i] > '~') return VALUE_UNDEFINED;
  }
  JSObject *list = TRY(array_create(iso, 0));
  for (const u8 *next; p < end; p = next) {
    const u8 *stop = memchr(p, '&', (size_t)(end - p));
    next = stop ? stop + 1 : end;
    if (!stop) stop = end;
    if (p == stop) continue;
    TRY(isolate_poll(iso));
    const u8 *equals = memchr(p, '=', (size_t)(stop - p));
    Value name = TRY(decode_form(iso, p, equals ? equals : stop));
    Value value = TRY(decode_form(iso, equals ? equals + 1 : stop, stop));
    JSObject *pair = TRY(array_from_values(iso, (Value[]){name, value}, 2));
    TRY(array_push_value(iso, list, value_from_object(pair)));
  }
  return value_from_object(list);
}

static bool append_form(Isolate *iso, StringBuilder *sb, Value v) {
  String *s = TRY(str_flatten(iso, TRY(to_string(iso, v))));
  for (u32 i = 0, units; i < s->length; i += units) {
    u32 c = str_code_point_at_flat(s, i, &units);
    u8 bytes[4];
    if (c < 128 && is_in((u8)c, OF_FORM)) {
      sb_append_unit(sb, (u16)c);
    } else if (c == ' ') {
      sb_append_unit(sb, '+');
    } else {
      u32 n = utf8_encode(c, bytes);
      for (u32 k = 0; k < n; k++) append_escaped(sb, bytes[k]);
    }
  }
  return !sb->failed;
}

// serializeForm([[name, value], ...]) of well-formed strings
static Value url_serialize_form(Isolate *iso, const Call *call) {
  JSObject *list = value_object(call_arg(call, 0));
  StringBuilder sb;
  sb_init(&sb, iso);
  for (u32 i = 0; i < array_length(list); i++) {
    TRY(isolate_poll(iso));
    JSObject *pair = value_object(list_get(list, i));
    if (i) sb_append_unit(&sb, '&');
    TRY(append_form(iso, &sb, list_get(pair, 0)));
    sb_append_unit(&sb, '=');
    TRY(append_form(iso, &sb, list_get(pair, 1)));
  }
  return value_from_cell(sb_finish(&sb));
}

static const NativeMethod methods[] = {
    {"parse", url_parse, 3, 0},
    {"parsePath", url_parse_path, 1, 0},
    {"parseForm", url_parse_form, 1, 0},
    {"serializeForm", url_serialize_form, 1, 0},
};
const NodeBinding node_binding_url = {"url", methods, ARRAY_LEN(methods), NULL};
