// SPDX-License-Identifier: MIT
// The parser of json_parse.c for one width: CHAR, WIDE(name) and KEY_FROM_CHARS are defined around it.

enum { WIDE(POLL_BYTES) = 1 << 16 };

static ALWAYS_INLINE const CHAR *WIDE(skip_space)(JsonParser *p, const CHAR *s, const CHAR *end) {
  while (s < end && *s <= ' ' && (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')) {
    if (UNLIKELY(!((uintptr_t)++s & (WIDE(POLL_BYTES) - 1))) && !isolate_poll(p->iso)) {
      p->stopped = true;
      return end;
    }
  }
  return s;
}

// More digits than anybody writes: NULL: thrown or terminating.
static NOINLINE const CHAR *WIDE(skip_digits)(JsonParser *p, const CHAR *s, const CHAR *end) {
  for (; s < end && IS_DIGIT(*s); s++) {
    if (UNLIKELY(!((uintptr_t)s & (WIDE(POLL_BYTES) - 1)))) TRY(isolate_poll(p->iso));
  }
  return s;
}

// s is after the opening quote; *next after the closing one.
static Value WIDE(parse_string)(JsonParser *p, const CHAR *chars, const CHAR *s, const CHAR **next) {
  const CHAR *end = chars + p->length, *e = WIDE(skip_plain)(s, end);
  if (LIKELY(e < end && *e == '"')) {
    *next = e + 1;
    if (e == s) return value_from_cell(ATOM_STRING(empty));
    return WIDE(text_of)(p->iso, s, (u32)(e - s));
  }
  u32 after;
  String *string = TRY(parse_escaped_string(p, (u32)(s - chars), (u32)(e - chars), &after));
  *next = chars + after;
  return value_from_cell(string);
}

static ALWAYS_INLINE PropertyKey WIDE(parse_key)(JsonParser *p, const CHAR *chars, const CHAR *s, const CHAR **next) {
  const CHAR *end = chars + p->length, *e = WIDE(skip_plain)(s, end);
  if (UNLIKELY(e >= end || *e != '"')) {
    u32 after;
    String *string = TRY(parse_escaped_string(p, (u32)(s - chars), (u32)(e - chars), &after));
    *next = chars + after;
    return key_from_string(p->iso, string);
  }
  *next = e + 1;
  u32 n = (u32)(e - s);
  if (!n) return ATOM(empty);
  u64 prefix = WIDE(key_prefix)(s, n, end);
  JsonKey *cached = &p->cache->keys[((prefix + n) * 0x9E3779B97F4A7C15ull) >> (64 - JSON_CACHE_KEY_BITS)];
  if (LIKELY(cached->prefix == prefix && cached->length == n && prefix)) {
    if (n <= 8 || WIDE(same_chars)(str_chars8((const String *)key_cell(cached->key)) + 8, s + 8, n - 8)) return cached->key;
  }
  PropertyKey key = TRY(KEY_FROM_CHARS(p->iso, s, n));
  if (!key_is_index(key) && !str_is_utf16((String *)key_cell(key))) *cached = (JsonKey){.prefix = prefix, .length = n, .key = key};
  return key;
}

static ALWAYS_INLINE Value WIDE(parse_number)(JsonParser *p, const CHAR *chars, const CHAR *s, const CHAR **next) {
  const CHAR *end = chars + p->length;
  bool negative = *s == '-';
  if (negative) s++;
  const CHAR *digits = s;
  if (UNLIKELY(s >= end || !IS_DIGIT(*s))) return fail_at(p, "No number after minus sign in JSON", (u32)(s - chars));
  u64 n = 0;
  if (*s == '0') {
    s++;
    if (UNLIKELY(s < end && IS_DIGIT(*s))) {
      return throw_error_message(p->iso, INTRINSIC_SYNTAX_ERROR_PROTOTYPE, "Unexpected number in JSON at position %u",
                                 (u32)(s - chars));
    }
  } else {
    const CHAR *near = LIKELY(end - s > MANY_DIGITS) ? s + MANY_DIGITS : end;
    while (s < near && IS_DIGIT(*s)) n = n * 10 + (u32)(*s++ - '0');
    if (UNLIKELY(s == near)) s = TRY(WIDE(skip_digits)(p, s, end));
  }
  if (LIKELY(s >= end || (*s != '.' && (*s | 0x20) != 'e'))) {
    *next = s;
    if (LIKELY(s - digits <= 9 && !(negative && !n))) return value_from_int(negative ? -(i32)n : (i32)n);
    if (s - digits <= 15) return value_from_double(negative ? -(double)n : (double)n);
  } else {
    if (*s == '.') {
      s++;
      if (s >= end || !IS_DIGIT(*s)) return fail_at(p, "Unterminated fractional number in JSON", (u32)(s - chars));
      const CHAR *fraction = s;
      const CHAR *near = LIKELY(end - s > MANY_DIGITS) ? s + MANY_DIGITS : end;
      while (s < near && IS_DIGIT(*s)) n = n * 10 + (u32)(*s++ - '0');
      if (UNLIKELY(s == near)) s = TRY(WIDE(skip_digits)(p, s, end));
      // At most 15 digits with the point among them: both are exact as doubles, and so the quotient is rounded only once.
      if (LIKELY(s - digits <= 16 && (s >= end || (*s | 0x20) != 'e'))) {
        *next = s;
        double d = (double)n / powers_of_ten[s - fraction];
        return value_from_double(negative ? -d : d);
      }
    }
    if (s < end && (*s | 0x20) == 'e') {
      s++;
      if (s < end && (*s == '+' || *s == '-')) s++;
      if (s >= end || !IS_DIGIT(*s)) return fail_at(p, "Exponent part is missing a number in JSON", (u32)(s - chars));
      s = TRY(WIDE(skip_digits)(p, s, end));
    }
  }
  *next = s;
  double d = WIDE(decimal_of)(p->iso, digits, (u32)(s - digits));
  if (UNLIKELY(d != d)) return VALUE_FAIL; // no memory
  return value_from_double(negative ? -d : d);
}

static const CHAR *WIDE(parse_literal)(JsonParser *p, const CHAR *chars, const CHAR *s, const char *word) {
  const CHAR *end = chars + p->length;
  for (; *word; word++, s++) {
    if (s >= end || *s != (CHAR)*word) return fail_unexpected_token(p, (u32)(s - chars));
  }
  return s;
}

// A value that is no container; *next is after it.
static ALWAYS_INLINE Value WIDE(parse_scalar)(JsonParser *p, const CHAR *chars, const CHAR *s, const CHAR **next) {
  if (s >= chars + p->length) return fail_unexpected_token(p, p->length);
  switch (*s) {
  case '"': return WIDE(parse_string)(p, chars, s + 1, next);
  case '-':
  case '0':
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7':
  case '8':
  case '9': return WIDE(parse_number)(p, chars, s, next);
  case 't': *next = TRY(WIDE(parse_literal)(p, chars, s, "true")); return VALUE_TRUE;
  case 'f': *next = TRY(WIDE(parse_literal)(p, chars, s, "false")); return VALUE_FALSE;
  case 'n': *next = TRY(WIDE(parse_literal)(p, chars, s, "null")); return VALUE_NULL;
  default: return fail_unexpected_token(p, (u32)(s - chars));
  }
}

// A member's key up to and including the colon, onto the stack. NULL: failed.
static ALWAYS_INLINE const CHAR *WIDE(parse_member_key)(JsonParser *p, const CHAR *chars, const CHAR *s, const char *expected) {
  const CHAR *end = chars + p->length;
  if (UNLIKELY(s >= end || *s != '"')) return fail_at(p, expected, (u32)(s - chars));
  PropertyKey key = TRY(WIDE(parse_key)(p, chars, s + 1, &s));
  TRY(push(p, (Value)key));
  s = WIDE(skip_space)(p, s, end);
  if (UNLIKELY(s >= end || *s != ':')) return fail_at(p, "Expected ':' after property name in JSON", (u32)(s - chars));
  return s + 1;
}

static Value WIDE(parse_text)(JsonParser *p, const CHAR *chars) {
  const CHAR *s = chars, *end = chars + p->length;
  u32 base = 0; // where the innermost container's values begin on the stack
  bool in_object = false;
  u32 depth = 0;
  for (;;) { // at a value
    s = WIDE(skip_space)(p, s, end);
    Value v;
    bool container = false;
    if (s < end && (*s == '{' || *s == '[')) {
      TRY(push(p, value_from_int((i32)(base << 1 | in_object))));
      base = p->sp;
      in_object = *s++ == '{';
      depth++;
      s = WIDE(skip_space)(p, s, end);
      if (s >= end || *s != (in_object ? '}' : ']')) {
        if (in_object) s = TRY(WIDE(parse_member_key)(p, chars, s, "Expected property name or '}' in JSON"));
        continue;
      }
      container = true; // an empty one
    } else {
      const CHAR *next = s;
      v = TRY(WIDE(parse_scalar)(p, chars, s, &next));
      if (UNLIKELY(p->want_records)) TRY(record_primitive(p, v, (u32)(s - chars), (u32)(next - chars)));
      s = next;
    }
    for (;;) { // after a value, or at the end of a container
      if (container) {
        s++;
        u32 count = in_object ? (p->sp - base) / 2 : p->sp - base;
        JSObject *o = in_object ? build_object(p, base) : array_from_values(p->iso, &p->stack[base], count);
        if (!o) return VALUE_FAIL;
        v = value_from_object(o);
        if (UNLIKELY(p->want_records)) {
          if (in_object) TRY(record_object(p, v, base, count));
          else TRY(record_array(p, v, count));
        }
        p->sp = base - 1;
        i32 outer = value_int(p->stack[p->sp]);
        base = (u32)outer >> 1;
        in_object = outer & 1;
        depth--;
        container = false;
      }
      if (UNLIKELY(!--p->until_poll)) {
        TRY(isolate_poll(p->iso));
        p->until_poll = 4096;
      }
      s = WIDE(skip_space)(p, s, end);
      if (!depth) {
        if (s == end) return v;
        return fail_at(p, "Unexpected non-whitespace character after JSON", (u32)(s - chars));
      }
      TRY(push(p, v));
      if (s < end && *s == ',') {
        s++;
        if (in_object) {
          s = WIDE(skip_space)(p, s, end);
          s = TRY(WIDE(parse_member_key)(p, chars, s, "Expected double-quoted property name in JSON"));
        }
        break;
      }
      if (UNLIKELY(s >= end || *s != (in_object ? '}' : ']'))) {
        return fail_at(
            p, in_object ? "Expected ',' or '}' after property value in JSON" : "Expected ',' or ']' after array element in JSON",
            (u32)(s - chars));
      }
      container = true;
    }
  }
}
