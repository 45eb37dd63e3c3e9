// SPDX-License-Identifier: MIT
// The scanner proper, included by lexer.c once per width of a code unit: CH is the unit, LEX(name) the suffixed name, WIDE is 0 or 1.
// Texts are not terminated: every read is bounded by the length.

#define CHARS(p) ((const CH *)(p)->chars)

// The code point at i (surrogate pairs joined); *units is its length.
static u32 LEX(code_point)(const CH *s, u32 i, u32 length, u32 *units) {
  u32 c = s[i];
  *units = 1;
#if WIDE
  if (utf16_is_lead(c) && i + 1 < length && utf16_is_trail(s[i + 1])) {
    *units = 2;
    return utf16_combine(c, s[i + 1]);
  }
#else
  (void)length;
#endif
  return c;
}

static ALWAYS_INLINE bool LEX(is_line_end)(u32 c) { return c == '\n' || c == '\r' || (WIDE && (c & ~1u) == 0x2028); }

// Skips to the end of the line (not past it).
static u32 LEX(skip_line)(const CH *s, u32 i, u32 length) {
#if !WIDE && defined(__SSE2__)
  const __m128i lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
  while (i + 16 <= length) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
    int hits = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr)));
    if (hits) return i + (u32)__builtin_ctz((unsigned)hits);
    i += 16;
  }
#endif
  while (i < length && !LEX(is_line_end)(s[i])) i++;
  return i;
}

// After "/*". Returns the offset after "*/", or 0 when the comment does not end.
static u32 LEX(skip_block_comment)(Parser *p, const CH *s, u32 i, u32 length) {
  for (;;) {
    if (UNLIKELY(i >= p->look_pos) && !parser_poll(p, i)) return 0;
#if !WIDE && defined(__SSE2__)
    const u32 stop = MIN(length, p->look_pos);
    const __m128i star = _mm_set1_epi8('*'), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    while (i + 16 <= stop) {
      __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
      __m128i line = _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr));
      int hits = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, star), line));
      if (hits) {
        i += (u32)__builtin_ctz((unsigned)hits);
        break;
      }
      i += 16;
    }
#endif
    if (i >= length) return 0;
    u32 c = s[i++];
    if (c == '*') {
      if (i < length && s[i] == '/') return i + 1;
    } else if (LEX(is_line_end)(c)) {
      p->tok.newline_before = true;
    }
  }
}

// \u escapes: i is after the 'u'. Returns the code point or UINT32_MAX with *code set; *out_end is where it ended.
static u32 LEX(unicode_escape)(const CH *s, u32 i, u32 length, u32 *out_end, DiagCode *code) {
  u32 value = 0;
  *code = DIAG_INVALID_UNICODE_ESCAPE;
  if (i < length && s[i] == '{') {
    u32 first = ++i;
    for (;; i++) {
      u32 digit = i < length ? hex_value(s[i]) : 16;
      if (digit == 16) break;
      value = value * 16 + digit;
      if (value > UTF_MAX) {
        *code = DIAG_UNDEFINED_CODE_POINT;
        *out_end = i + 1;
        return UINT32_MAX;
      }
    }
    *out_end = MIN(i + 1, length);
    if (i == first || i >= length || s[i] != '}') return UINT32_MAX;
    return value;
  }
  for (u32 k = 0; k < 4; k++, i++) {
    u32 digit = i < length ? hex_value(s[i]) : 16;
    if (digit == 16) {
      *out_end = MIN(i + 1, length);
      return UINT32_MAX;
    }
    value = value * 16 + digit;
  }
  *out_end = i;
  return value;
}

// Words with escapes or characters outside the byte table. `begin` is where its text starts (after '#' for private names; the
// '#' is then kept in the name).
static void LEX(slow_word)(Parser *p, u32 begin, bool is_private) {
  const CH *s = CHARS(p);
  u32 i = begin, length = p->length;
  bool escaped = false;
  vec_clear(&p->scratch);
  if (is_private) vec_push(&p->scratch, '#');
  for (bool first = true; i < length; first = false) {
    u32 units, cp = LEX(code_point)(s, i, length, &units), after = i + units;
    if (cp == '\\') {
      DiagCode code;
      if (i + 1 >= length || s[i + 1] != 'u')
        return lex_error(p, first ? DIAG_INVALID_TOKEN : DIAG_INVALID_UNICODE_ESCAPE, i, i + 1);
      cp = LEX(unicode_escape)(s, i + 2, length, &after, &code);
      if (cp == UINT32_MAX) return lex_error(p, code, i, after);
      if (!(first ? is_id_start(cp) : is_id_part(cp))) return lex_error(p, DIAG_INVALID_TOKEN, i, after);
      escaped = true;
    } else if (!(first ? is_id_start(cp) : is_id_part(cp))) {
      break;
    }
    scratch_add(p, cp);
    i = after;
  }
  if (i == begin) return lex_error(p, DIAG_INVALID_TOKEN, p->tok.start, MIN(begin + 1, length));
  p->pos = p->tok.end = i;
  if (escaped) p->tok.flags |= TOKEN_ESCAPED;
  AstName *name = intern_utf16(p, p->scratch.data, p->scratch.len);
  if (is_private) {
    p->tok.type = T_PRIVATE_NAME;
    p->tok.name = name;
  } else {
    finish_word(p, name, escaped);
  }
}

static ALWAYS_INLINE void LEX(word)(Parser *p, u32 start, bool is_private) {
  const CH *s = CHARS(p);
  u32 i = start, length = p->length;
#if WIDE
  while (i < length && s[i] < 256 && char_is_part[s[i]]) i++;
  bool slow = i < length && (s[i] == '\\' || s[i] >= 256);
#else
  while (i < length && char_is_part[s[i]]) i++;
  bool slow = i < length && s[i] == '\\';
#endif
  if (UNLIKELY(slow)) return LEX(slow_word)(p, start, is_private);
  u32 begin = is_private ? start - 1 : start;
  p->pos = p->tok.end = i;
#if WIDE
  AstName *name = intern_utf16(p, s + begin, i - begin);
#else
  AstName *name = intern_latin1(p, s + begin, i - begin, false);
#endif
  if (is_private) {
    p->tok.type = T_PRIVATE_NAME;
    p->tok.name = name;
  } else {
    p->tok.name = name;
    p->tok.type = name->keyword ? name->keyword : T_IDENTIFIER;
  }
}

// ---- numbers

// Digits of a radix with separators. Returns the end, or 0 after an error.
static u32 LEX(digits)(Parser *p, u32 i, u32 radix, bool separators) {
  const CH *s = CHARS(p);
  u32 length = p->length, start = i;
  for (; i < length; i++) {
    u32 c = s[i];
    if (c == '_') {
      if (!separators) break;
      if (i + 1 < length && s[i + 1] == '_') return lex_error(p, DIAG_NUMERIC_SEPARATOR_DOUBLE, i + 1, i + 2), 0;
      if (i == start || i + 1 >= length || hex_value(s[i + 1]) >= radix) {
        return lex_error(p, DIAG_NUMERIC_SEPARATOR_TRAILING, i + 1, i + 2), 0;
      }
      continue;
    }
    if (hex_value(c) >= radix) break;
  }
  return i;
}

static double LEX(number_value)(Parser *p, u32 start, u32 end, u32 radix) {
  const CH *s = CHARS(p);
  char small[64], *text = small;
  if (end - start > sizeof small) {
    vec_clear(&p->scratch);
    text = (char *)vec_extend(&p->scratch, end - start);
  }
  u32 n = 0;
  for (u32 i = start; i < end; i++) {
    if (s[i] != '_') text[n++] = (char)s[i];
  }
  if (radix != 10) return number_parse_radix(text, n, radix);
  const char *stop;
  return strtod_decimal(text, n, &stop);
}

static void LEX(finish_number)(Parser *p, u32 i) {
  const CH *s = CHARS(p);
  p->pos = p->tok.end = i;
  if (i >= p->length) return;
  u32 units, c = LEX(code_point)(s, i, p->length, &units);
  if (c == '\\' || is_id_start(c) || is_digit(c)) lex_error(p, DIAG_INVALID_TOKEN, p->tok.start, i + units);
}

static void LEX(radix_number)(Parser *p, u32 start, u32 radix) {
  const CH *s = CHARS(p);
  u32 i = LEX(digits)(p, start, radix, true);
  if (i == 0) return;
  if (i == start) return lex_error(p, DIAG_INVALID_TOKEN, p->tok.start, MIN(i + 1, p->length));
  if (i < p->length && s[i] == 'n') {
    p->tok.type = T_BIGINT;
    return LEX(finish_number)(p, i + 1);
  }
  p->tok.number = LEX(number_value)(p, start, i, radix);
  LEX(finish_number)(p, i);
}

// 0 followed by a digit: legacy octal, or decimal with a leading zero.
static void LEX(legacy_number)(Parser *p, u32 start) {
  const CH *s = CHARS(p);
  u32 length = p->length, i = start + 1;
  bool octal = true;
  for (; i < length && is_digit(s[i]); i++) octal &= s[i] < '8';
  if (i < length && s[i] == '_') return lex_error(p, DIAG_INVALID_TOKEN, start, i + 1);
  if (octal) {
    p->tok.flags |= TOKEN_OCTAL;
    p->tok.number = LEX(number_value)(p, start, i, 8);
    return LEX(finish_number)(p, i);
  }
  p->tok.flags |= TOKEN_LEADING_ZERO;
  u32 end = i;
  if (i < length && s[i] == '.') {
    end = LEX(digits)(p, i + 1, 10, true);
    if (end == 0) return;
  }
  if (end < length && (s[end] | 0x20) == 'e') {
    u32 e = end + 1;
    if (e < length && (s[e] == '+' || s[e] == '-')) e++;
    u32 stop = LEX(digits)(p, e, 10, true);
    if (stop == 0) return;
    if (stop == e) return lex_error(p, DIAG_INVALID_TOKEN, start, MIN(e + 1, length));
    end = stop;
  }
  p->tok.number = LEX(number_value)(p, start, end, 10);
  LEX(finish_number)(p, end);
}

static void LEX(number)(Parser *p, u32 start) {
  const CH *s = CHARS(p);
  u32 length = p->length, i = start;
  p->tok.type = T_NUMBER;
  if (s[i] == '0' && i + 1 < length) {
    u32 c = s[i + 1] | 0x20;
    if (c == 'x') return LEX(radix_number)(p, i + 2, 16);
    if (c == 'o') return LEX(radix_number)(p, i + 2, 8);
    if (c == 'b') return LEX(radix_number)(p, i + 2, 2);
    if (is_digit(s[i + 1])) return LEX(legacy_number)(p, start);
    if (s[i + 1] == '_') return lex_error(p, DIAG_NUMERIC_SEPARATOR_ZERO, i + 1, i + 2);
  }
  // Short integers, the common case, need no conversion.
  u32 small = 0;
  while (i < length && is_digit(s[i]) && i - start < 9) small = small * 10 + (s[i++] - '0');
  if (i >= length || !(s[i] == '.' || s[i] == '_' || s[i] == 'n' || (s[i] | 0x20) == 'e' || is_digit(s[i]))) {
    p->tok.number = small;
    return LEX(finish_number)(p, i);
  }
  i = start;
  if (s[i] != '.') {
    i = LEX(digits)(p, i, 10, true);
    if (i == 0) return;
    if (i < length && s[i] == 'n') {
      p->tok.type = T_BIGINT;
      return LEX(finish_number)(p, i + 1);
    }
  }
  if (i < length && s[i] == '.') {
    i = LEX(digits)(p, i + 1, 10, true);
    if (i == 0) return;
  }
  if (i < length && (s[i] | 0x20) == 'e') {
    u32 e = i + 1;
    if (e < length && (s[e] == '+' || s[e] == '-')) e++;
    i = LEX(digits)(p, e, 10, true);
    if (i == 0) return;
    if (i == e) return lex_error(p, DIAG_INVALID_TOKEN, start, MIN(e + 1, length));
  }
  p->tok.number = LEX(number_value)(p, start, i, 10);
  LEX(finish_number)(p, i);
}

// ---- strings and templates

// Validates one escape sequence; i is after the backslash. Returns the offset after it. An error is left in *code, 0 when none.
static u32 LEX(check_escape)(Parser *p, u32 i, bool in_template, DiagCode *code, u32 *error_end) {
  const CH *s = CHARS(p);
  u32 length = p->length, c = s[i++];
  *code = DIAG_OK;
  switch (c) {
  case '\r':
    if (i < length && s[i] == '\n') i++;
    break;
  case 'x':
    if (i + 1 >= length || hex_value(s[i]) == 16 || hex_value(s[i + 1]) == 16) {
      *code = DIAG_INVALID_HEX_ESCAPE;
      *error_end = MIN(i + 2, length);
      break;
    }
    i += 2;
    break;
  case 'u': {
    u32 end;
    if (LEX(unicode_escape)(s, i, length, &end, code) == UINT32_MAX) {
      *error_end = end;
    } else {
      *code = DIAG_OK;
      i = end;
    }
    break;
  }
  case '0':
    if (i >= length || !is_digit(s[i])) break;
    FALLTHROUGH;
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7':
    if (in_template) {
      *code = DIAG_TEMPLATE_OCTAL;
      *error_end = i;
    } else {
      p->tok.flags |= TOKEN_OCTAL;
    }
    break;
  case '8':
  case '9':
    if (in_template) {
      *code = DIAG_TEMPLATE_89;
      *error_end = i;
    } else {
      p->tok.flags |= TOKEN_NON_OCTAL;
    }
    break;
  default: break;
  }
  return i;
}

static void LEX(string)(Parser *p, u32 start) {
  const CH *s = CHARS(p);
  u32 length = p->length, i = start + 1, quote = s[start];
  for (;;) {
#if !WIDE && defined(__SSE2__)
    const __m128i end = _mm_set1_epi8((char)quote), slash = _mm_set1_epi8('\\'), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    while (i + 16 <= length) {
      __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
      __m128i a = _mm_or_si128(_mm_cmpeq_epi8(block, end), _mm_cmpeq_epi8(block, slash));
      __m128i b = _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr));
      int hits = _mm_movemask_epi8(_mm_or_si128(a, b));
      if (hits) {
        i += (u32)__builtin_ctz((unsigned)hits);
        break;
      }
      i += 16;
    }
#endif
    if (i >= length) return lex_error(p, DIAG_INVALID_TOKEN, start, length);
    u32 c = s[i];
    if (c == quote) break;
    if (c == '\n' || c == '\r') return lex_error(p, DIAG_INVALID_TOKEN, start, i);
    i++;
    if (c != '\\') continue;
    if (i >= length) return lex_error(p, DIAG_INVALID_TOKEN, start, length);
    p->tok.flags |= TOKEN_ESCAPED;
    DiagCode code;
    u32 error_end = 0, escape = i - 1;
    i = LEX(check_escape)(p, i, false, &code, &error_end);
    if (code != DIAG_OK) return lex_error(p, code, escape, error_end);
  }
  p->tok.type = T_STRING;
  p->pos = p->tok.end = i + 1;
}

// A template piece: `start` is the offset of "`" or of the "}" that ends a substitution.
void LEX(lex_template)(Parser *p, u32 start) {
  const CH *s = CHARS(p);
  u32 length = p->length, i = start + 1;
  p->tok.type = T_TEMPLATE;
  p->tok.start = start;
  p->tok.flags = 0;
  for (; i < length; i++) {
    u32 c = s[i];
    if (c == '`') {
      p->tok.flags |= TOKEN_TAIL;
      p->pos = p->tok.end = i + 1;
      return;
    }
    if (c == '$' && i + 1 < length && s[i + 1] == '{') {
      p->pos = p->tok.end = i + 2;
      return;
    }
    if (c == '\r') p->tok.flags |= TOKEN_ESCAPED; // needs normalisation
    if (c != '\\') continue;
    if (i + 1 >= length) break;
    p->tok.flags |= TOKEN_ESCAPED;
    DiagCode code;
    u32 error_end = 0, escape = i;
    i = LEX(check_escape)(p, i + 1, true, &code, &error_end) - 1;
    if (code != DIAG_OK && !(p->tok.flags & TOKEN_BAD_ESCAPE)) {
      p->tok.flags |= TOKEN_BAD_ESCAPE;
      p->tok.error_code = (u16)code;
      p->tok.error_start = escape;
      p->tok.error_end = error_end;
    }
  }
  p->pos = length;
  lex_error(p, DIAG_UNTERMINATED_TEMPLATE, start, length);
}

// The value of [start, end): a string's or template piece's inside, known to be valid.
static AstName *LEX(cook)(Parser *p, u32 start, u32 end, bool in_template) {
  const CH *s = CHARS(p);
  vec_clear(&p->scratch);
  vec_reserve(&p->scratch, end - start + 2);
  for (u32 i = start; i < end;) {
    u32 c = s[i++];
    if (c == '\r' && in_template) {
      if (i < end && s[i] == '\n') i++;
      c = '\n';
    }
    if (c != '\\') {
      p->scratch.data[p->scratch.len++] = (u16)c;
      continue;
    }
    c = s[i++];
    switch (c) {
    case 'n': c = '\n'; break;
    case 't': c = '\t'; break;
    case 'r': c = '\r'; break;
    case 'b': c = '\b'; break;
    case 'f': c = '\f'; break;
    case 'v': c = '\v'; break;
    case '\r':
      if (i < end && s[i] == '\n') i++;
      continue;
    case '\n':
    case 0x2028:
    case 0x2029: continue;
    case 'x':
      c = hex_value(s[i]) << 4 | hex_value(s[i + 1]);
      i += 2;
      break;
    case 'u': {
      DiagCode code;
      c = LEX(unicode_escape)(s, i, end, &i, &code);
      break;
    }
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7': {
      u32 limit = c <= '3' ? 2 : 1;
      for (c -= '0'; limit > 0 && i < end && is_octal(s[i]); limit--) c = c * 8 + (s[i++] - '0');
      break;
    }
    default: break;
    }
    scratch_add(p, c);
  }
  return intern_utf16(p, p->scratch.data, p->scratch.len);
}

// Template text as written, with CR and CRLF as LF.
static AstName *LEX(raw)(Parser *p, u32 start, u32 end) {
  const CH *s = CHARS(p);
  u32 i = start;
  while (i < end && s[i] != '\r') i++;
  if (i == end) return source_slice_name(p, start, end);
  vec_clear(&p->scratch);
  for (i = start; i < end; i++) {
    u32 c = s[i];
    if (c == '\r') {
      if (i + 1 < end && s[i + 1] == '\n') i++;
      c = '\n';
    }
    vec_push(&p->scratch, (u16)c);
  }
  return intern_utf16(p, p->scratch.data, p->scratch.len);
}

// Rescans the current "/" or "/=" as a regular expression: the token's text is the whole literal; error_start is the offset of the closing slash.
void LEX(lex_regexp)(Parser *p) {
  const CH *s = CHARS(p);
  u32 length = p->length, start = p->tok.start, i = start + 1;
  bool in_class = false;
  for (;; i++) {
    if (i >= length || LEX(is_line_end)(s[i])) return lex_error(p, DIAG_UNTERMINATED_REGEXP, start, i);
    u32 c = s[i];
    if (c == '\\') {
      i++;
      if (i >= length || LEX(is_line_end)(s[i])) return lex_error(p, DIAG_UNTERMINATED_REGEXP, start, i);
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '/' && !in_class) {
      break;
    }
  }
  u32 slash = i++;
  while (i < length) {
    u32 units, c = LEX(code_point)(s, i, length, &units);
    if (c == '\\') return lex_error(p, DIAG_REGEXP_FLAGS, start, i + 1);
    if (!is_id_part(c)) break;
    i += units;
  }
  p->tok.type = T_REGEXP;
  p->tok.error_start = slash;
  p->pos = p->tok.end = i;
}

// ---- punctuators

#define AHEAD(k) (i + (k) < length ? (u32)s[i + (k)] : 0u)
#define TOKEN(name, n) \
  do { \
    p->tok.type = T_##name; \
    p->pos = p->tok.end = i + (n); \
    return; \
  } while (0)

static void LEX(punctuator)(Parser *p, const CH *s, u32 i, u32 length) {
  u32 c1 = AHEAD(1);
  switch (s[i]) {
  case '{': TOKEN(LBRACE, 1);
  case '}': TOKEN(RBRACE, 1);
  case '(': TOKEN(LPAREN, 1);
  case ')': TOKEN(RPAREN, 1);
  case '[': TOKEN(LBRACKET, 1);
  case ']': TOKEN(RBRACKET, 1);
  case ';': TOKEN(SEMICOLON, 1);
  case ',': TOKEN(COMMA, 1);
  case ':': TOKEN(COLON, 1);
  case '~': TOKEN(BIT_NOT, 1);
  case '.':
    if (is_digit(c1)) return LEX(number)(p, i);
    if (c1 == '.' && AHEAD(2) == '.') TOKEN(ELLIPSIS, 3);
    TOKEN(DOT, 1);
  case '?':
    if (c1 == '?') {
      if (AHEAD(2) == '=') TOKEN(ASSIGN_LOGICAL_NULLISH, 3);
      TOKEN(NULLISH, 2);
    }
    if (c1 == '.' && !is_digit(AHEAD(2))) TOKEN(OPTIONAL, 2);
    TOKEN(QUESTION, 1);
  case '=':
    if (c1 == '=') {
      if (AHEAD(2) == '=') TOKEN(EQ_STRICT, 3);
      TOKEN(EQ, 2);
    }
    if (c1 == '>') TOKEN(ARROW, 2);
    TOKEN(ASSIGN, 1);
  case '!':
    if (c1 == '=') {
      if (AHEAD(2) == '=') TOKEN(NE_STRICT, 3);
      TOKEN(NE, 2);
    }
    TOKEN(NOT, 1);
  case '+':
    if (c1 == '+') TOKEN(INC, 2);
    if (c1 == '=') TOKEN(ASSIGN_ADD, 2);
    TOKEN(ADD, 1);
  case '-':
    if (c1 == '-') TOKEN(DEC, 2);
    if (c1 == '=') TOKEN(ASSIGN_SUB, 2);
    TOKEN(SUB, 1);
  case '*':
    if (c1 == '*') {
      if (AHEAD(2) == '=') TOKEN(ASSIGN_EXP, 3);
      TOKEN(EXP, 2);
    }
    if (c1 == '=') TOKEN(ASSIGN_MUL, 2);
    TOKEN(MUL, 1);
  case '/':
    if (c1 == '=') TOKEN(ASSIGN_DIV, 2);
    TOKEN(DIV, 1);
  case '%':
    if (c1 == '=') TOKEN(ASSIGN_MOD, 2);
    TOKEN(MOD, 1);
  case '&':
    if (c1 == '&') {
      if (AHEAD(2) == '=') TOKEN(ASSIGN_LOGICAL_AND, 3);
      TOKEN(AND, 2);
    }
    if (c1 == '=') TOKEN(ASSIGN_AND, 2);
    TOKEN(BIT_AND, 1);
  case '|':
    if (c1 == '|') {
      if (AHEAD(2) == '=') TOKEN(ASSIGN_LOGICAL_OR, 3);
      TOKEN(OR, 2);
    }
    if (c1 == '=') TOKEN(ASSIGN_OR, 2);
    TOKEN(BIT_OR, 1);
  case '^':
    if (c1 == '=') TOKEN(ASSIGN_XOR, 2);
    TOKEN(BIT_XOR, 1);
  case '<':
    if (c1 == '<') {
      if (AHEAD(2) == '=') TOKEN(ASSIGN_SHL, 3);
      TOKEN(SHL, 2);
    }
    if (c1 == '=') TOKEN(LE, 2);
    TOKEN(LT, 1);
  case '>':
    if (c1 == '>') {
      u32 c2 = AHEAD(2);
      if (c2 == '>') {
        if (AHEAD(3) == '=') TOKEN(ASSIGN_SHR, 4);
        TOKEN(SHR, 3);
      }
      if (c2 == '=') TOKEN(ASSIGN_SAR, 3);
      TOKEN(SAR, 2);
    }
    if (c1 == '=') TOKEN(GE, 2);
    TOKEN(GT, 1);
  case '`': return LEX(lex_template)(p, i);
  case '#':
    if (c1 >= 0x80 || c1 == '\\') return LEX(slow_word)(p, i + 1, true);
    if (char_class[c1] == CC_IDENT) return LEX(word)(p, i + 1, true);
    break;
  default: break;
  }
  lex_error(p, DIAG_INVALID_TOKEN, i, i + 1);
}

// Characters that are no token of one byte class: wide white space, wide identifiers, garbage.
static bool LEX(other)(Parser *p, const CH *s, u32 *at_char, u32 length) {
  u32 units, i = *at_char, cp = LEX(code_point)(s, i, length, &units);
  if (cp == 0xFEFF || unicode_is_white_space(cp)) {
    *at_char = i + 1;
    return true;
  }
  if ((cp & ~1u) == 0x2028) {
    p->tok.newline_before = true;
    *at_char = i + 1;
    return true;
  }
  p->tok.start = i;
  if (is_id_start(cp) || cp == '\\') {
    LEX(slow_word)(p, i, false);
  } else {
    lex_error(p, DIAG_INVALID_TOKEN, i, i + units);
  }
  return false;
}

// "/", "<!--" and "-->": returns the offset where scanning goes on, or 0 when it is no comment, or UINT32_MAX after an error.
static u32 LEX(comment)(Parser *p, const CH *s, u32 i, u32 length) {
  u32 c = s[i];
  if (c == '/') {
    u32 c1 = AHEAD(1);
    if (c1 == '/') return LEX(skip_line)(s, i + 2, length);
    if (c1 != '*') return 0;
    u32 end = LEX(skip_block_comment)(p, s, i + 2, length);
    if (end) return end;
    p->tok.start = i;
    p->pos = length;
    lex_error(p, DIAG_INVALID_TOKEN, i, length);
    return UINT32_MAX;
  }
  if (c == '<') {
    if (AHEAD(1) != '!' || AHEAD(2) != '-' || AHEAD(3) != '-') return 0;
  } else {
    if (AHEAD(1) != '-' || AHEAD(2) != '>' || !p->tok.newline_before) return 0;
  }
  if (!p->is_module_text) return LEX(skip_line)(s, i + 3, length);
  if (c == '-') return 0;
  p->tok.start = i;
  lex_error(p, DIAG_HTML_COMMENT_MODULE, i, i + 4);
  return UINT32_MAX;
}

void LEX(next_token)(Parser *p) {
  const CH *s = CHARS(p);
  u32 i = p->pos, length = p->length;
  p->tok.newline_before = i == 0;
  p->tok.flags = 0;
  while (i < length) {
    u32 c = s[i];
    u8 class = !WIDE || c < 256 ? char_class[c] : CC_OTHER;
    switch (class) {
    case CC_SPACE: i++; continue;
    case CC_NEWLINE:
      p->tok.newline_before = true;
      i++;
      while (i < length && s[i] == ' ') i++; // indentation
      continue;
    case CC_IDENT: p->tok.start = i; return LEX(word)(p, i, false);
    case CC_DIGIT: p->tok.start = i; return LEX(number)(p, i);
    case CC_QUOTE: p->tok.start = i; return LEX(string)(p, i);
    case CC_PUNCT:
      if (c == '/' || c == '<' || c == '-') {
        u32 after = LEX(comment)(p, s, i, length);
        if (after == UINT32_MAX) return;
        if (after) {
          i = after;
          continue;
        }
      }
      p->tok.start = i;
      return LEX(punctuator)(p, s, i, length);
    default:
      if (LEX(other)(p, s, &i, length)) continue;
      return;
    }
  }
  p->pos = length;
  p->tok.type = T_EOF;
  p->tok.start = p->tok.end = length;
}

#undef TOKEN
#undef AHEAD
#undef CHARS
