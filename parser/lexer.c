// SPDX-License-Identifier: MIT
// Characters to tokens. lexer.inc.h is compiled twice, for Latin-1 and for UTF-16 text; here is what they share: tables, interning,
// and the values of literals, which are decoded only when somebody asks (pre-parsing asks for almost none).
#include "base/hash.h"
#include "base/dtoa.h"
#include "base/strtod.h"
#include "base/unicode.h"
#include "base/utf.h"
#include "parser/parser_internal.h"

const u8 token_precedence[T_COUNT] = {
#define T(name, text, precedence) precedence,
#define K(name, text, precedence) precedence,
#include "parser/token.def"
#undef T
#undef K
};

const char *const token_text[T_COUNT] = {
#define T(name, text, precedence) text,
#define K(name, text, precedence) text,
#include "parser/token.def"
#undef T
#undef K
};

// Character classes of Latin-1. IDS/IDC: identifier start / part; the rest select a case of the scanner's switch.
enum { CC_OTHER, CC_IDENT, CC_DIGIT, CC_SPACE, CC_NEWLINE, CC_QUOTE, CC_PUNCT };
enum { CF_ID_PART = 1 };

#define I CC_IDENT
#define D CC_DIGIT
#define W CC_SPACE
#define N CC_NEWLINE
#define Q CC_QUOTE
#define P CC_PUNCT
static const u8 char_class[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, W, N, W, W, N, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, W, P, Q, P, I, P, P, Q, P, P, P,
    P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, 0, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I,
    I, I, I, I, I, P, 0, P, P, I, P, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, P, P, P, P, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, W, 0, 0, 0, 0, 0, 0, 0, 0, 0, I, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, I, 0, 0, 0, 0, I, 0, 0, 0, 0, 0, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I,
    0, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, I, 0, I, I, I, I, I, I, I, I,
};
#undef I
#undef D
#undef W
#undef N
#undef Q
#undef P

// Identifier part: letters, digits, _, $, and of Latin-1 also U+00B7.
#define R8(x) x, x, x, x, x, x, x, x
static const u8 char_is_part[256] = {
    R8(0), R8(0), R8(0), R8(0), 0, 0,     0,     0,     1,     0, 0, 0, R8(0), R8(1), 1,     1,     0,     0, 0,     0,     0, 0, 0,
    1,     1,     1,     1,     1, 1,     1,     R8(1), R8(1), 1, 1, 1, 0,     0,     0,     0,     1,     0, 1,     1,     1, 1, 1,
    1,     1,     R8(1), R8(1), 1, 1,     1,     0,     0,     0, 0, 0, R8(0), R8(0), R8(0), R8(0), R8(0), 0, 0,     1,     0, 0, 0,
    0,     0,     0,     0,     0, 0,     0,     1,     0,     1, 0, 0, 1,     0,     0,     0,     0,     0, R8(1), R8(1), 1, 1, 1,
    1,     1,     1,     1,     0, R8(1), R8(1), R8(1), 1,     1, 1, 1, 1,     1,     1,     0,     R8(1),
};
#undef R8

// ---- names

static void names_grow(Parser *p) {
  NameTable *t = &p->names;
  u32 capacity = t->capacity ? t->capacity * 2 : 256;
  AstName **slots = base_alloc_zeroed(sizeof(AstName *) * capacity);
  for (u32 i = 0; i < t->capacity; i++) {
    AstName *name = t->slots[i];
    if (!name) continue;
    u32 at_slot = name->hash & (capacity - 1);
    while (slots[at_slot]) at_slot = (at_slot + 1) & (capacity - 1);
    slots[at_slot] = name;
  }
  base_free(t->slots);
  t->slots = slots;
  t->capacity = capacity;
}

// A canonical array index: no leading zero, below 2^32 - 1.
static bool parse_index(const u8 *chars, u32 length, u32 *out) {
  if (length == 0 || length > 10 || chars[0] < '0' || chars[0] > '9') return false;
  if (chars[0] == '0' && length > 1) return false;
  u64 value = 0;
  for (u32 i = 0; i < length; i++) {
    if (chars[i] < '0' || chars[i] > '9') return false;
    value = value * 10 + (chars[i] - '0');
  }
  *out = (u32)value;
  return value < 0xffffffffu;
}

static void name_init(AstName *name, const void *chars, u32 length, bool is_utf16, u32 hash) {
  name->chars = chars;
  name->length = length;
  name->is_utf16 = is_utf16;
  name->hash = hash;
  if (!is_utf16) name->is_index = parse_index(chars, length, &name->index);
}

AstName *ast_name_new(Arena *arena, const void *chars, u32 length, bool is_utf16) {
  AstName *name = ARENA_NEW(arena, AstName);
  name_init(name, chars, length, is_utf16, is_utf16 ? hash_utf16(chars, length) : hash_latin1(chars, length));
  return name;
}

static AstName *name_insert(Parser *p, u32 at_slot, const void *chars, u32 length, bool is_utf16, u32 hash) {
  AstName *name = ARENA_NEW(p->main_arena, AstName);
  name_init(name, chars, length, is_utf16, hash);
  p->names.slots[at_slot] = name;
  if (++p->names.count * 2 > p->names.capacity) names_grow(p);
  return name;
}

static ALWAYS_INLINE bool latin1_equal(const u8 *a, const u8 *b, u32 length) {
  if (length >= 8) {
    if (hash_load8_(a) != hash_load8_(b)) return false;
    if (length <= 16) return hash_load8_(a + length - 8) == hash_load8_(b + length - 8);
    return memcmp(a, b, length) == 0;
  }
  for (u32 i = 0; i < length; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

AstName *intern_latin1(Parser *p, const u8 *chars, u32 length, bool copy) {
  u32 hash = hash_latin1(chars, length), mask = p->names.capacity - 1, i = hash & mask;
  for (AstName *name; (name = p->names.slots[i]); i = (i + 1) & mask) {
    if (name->hash == hash && name->length == length && !name->is_utf16 && latin1_equal(name->latin1, chars, length)) return name;
  }
  if (copy) {
    u8 *own = arena_alloc(p->main_arena, length);
    memcpy(own, chars, length);
    chars = own;
  }
  return name_insert(p, i, chars, length, false, hash);
}

// Text of UTF-16 units that may be narrow; always copied.
AstName *intern_utf16(Parser *p, const u16 *chars, u32 length) {
  bool narrow = hash_fits_latin1_(chars, length);
  u32 hash = hash_utf16(chars, length), mask = p->names.capacity - 1, i = hash & mask;
  for (AstName *name; (name = p->names.slots[i]); i = (i + 1) & mask) {
    if (name->hash != hash || name->length != length || name->is_utf16 == narrow) continue;
    u32 k = 0;
    if (narrow) {
      while (k < length && name->latin1[k] == chars[k]) k++;
    } else {
      while (k < length && name->utf16[k] == chars[k]) k++;
    }
    if (k == length) return name;
  }
  if (narrow) {
    u8 *own = arena_alloc(p->main_arena, length);
    utf16_narrow(chars, length, own);
    return name_insert(p, i, own, length, false, hash);
  }
  u16 *own = ARENA_ARRAY(p->main_arena, u16, length);
  memcpy(own, chars, length * sizeof(u16));
  return name_insert(p, i, own, length, true, hash);
}

AstName *intern_ascii(Parser *p, const char *text) { return intern_latin1(p, (const u8 *)text, (u32)strlen(text), false); }

AstName *intern_number(Parser *p, double value) {
  char text[NUMBER_TEXT_MAX];
  u32 n = (u32)number_to_text(value, text);
  return intern_latin1(p, (const u8 *)text, n, true);
}

AstName *source_slice_name(Parser *p, u32 start, u32 end) {
  if (p->is_utf16) return intern_utf16(p, (const u16 *)p->chars + start, end - start);
  return intern_latin1(p, (const u8 *)p->chars + start, end - start, false);
}

void lexer_init(Parser *p) {
  names_grow(p);
  static const struct {
    const char *text;
    u8 type;
  } words[] = {
#define T(name, text, precedence)
#define K(name, text, precedence) {text, T_##name},
#include "parser/token.def"
#undef T
#undef K
  };
  for (u32 i = 0; i < ARRAY_LEN(words); i++) intern_ascii(p, words[i].text)->keyword = words[i].type;
#define X(id, text) p->wk.id = intern_ascii(p, text);
  WELL_KNOWN_NAMES(X)
#undef X
  p->wk.this_ = ast_name_new(p->main_arena, "this", 4, false);
  p->wk.new_target = ast_name_new(p->main_arena, "new.target", 10, false);
  p->wk.callee = ast_name_new(p->main_arena, "callee", 6, false);
}

void lexer_free(Parser *p) {
  base_free(p->names.slots);
  vec_free(&p->scratch);
}

// ---- helpers of both variants

static void lex_error(Parser *p, DiagCode code, u32 start, u32 end) {
  p->tok.type = T_ERROR;
  p->tok.error_code = (u16)code;
  p->tok.error_start = start;
  p->tok.error_end = end;
  p->tok.end = end;
}

static void scratch_add(Parser *p, u32 cp) {
  u16 units[2];
  u32 n = utf16_encode(cp, units);
  for (u32 i = 0; i < n; i++) vec_push(&p->scratch, units[i]);
}

static ALWAYS_INLINE bool is_digit(u32 c) { return c - '0' < 10; }

static ALWAYS_INLINE bool is_octal(u32 c) { return c - '0' < 8; }

static u32 hex_value(u32 c) {
  if (c - '0' < 10) return c - '0';
  c |= 0x20;
  return c - 'a' < 6 ? c - 'a' + 10 : 16;
}

static bool is_id_start(u32 cp) { return cp == '$' || cp == '_' || unicode_is_id_start(cp); }

static bool is_id_part(u32 cp) { return cp == '$' || cp == '_' || cp == 0x200C || cp == 0x200D || unicode_is_id_continue(cp); }

// The token of a word, given its interned name.
static void finish_word(Parser *p, AstName *name, bool escaped) {
  p->tok.name = name;
  u8 keyword = name->keyword;
  if (!keyword) {
    p->tok.type = T_IDENTIFIER;
  } else if (!escaped) {
    p->tok.type = keyword;
  } else if (keyword <= T_ARGUMENTS) {
    // eval and arguments keep their meaning however they are spelt; async, of, get, ... lose it.
    p->tok.type = keyword >= T_EVAL ? keyword : T_IDENTIFIER;
  } else {
    p->tok.type = keyword <= T_AWAIT ? T_ESCAPED_RESERVED : T_ESCAPED_KEYWORD;
  }
}

#define CH u8
#define LEX(name) name##_u8
#define WIDE 0
#include "parser/lexer.inc.h"
#undef CH
#undef LEX
#undef WIDE
#define CH u16
#define LEX(name) name##_u16
#define WIDE 1
#include "parser/lexer.inc.h"
#undef CH
#undef LEX
#undef WIDE

// ---- doors

Token peek(Parser *p) {
  Token saved = p->tok;
  u32 pos = p->pos;
  if (p->is_utf16) {
    next_token_u16(p);
  } else {
    next_token_u8(p);
  }
  Token result = p->tok;
  p->tok = saved;
  p->pos = pos;
  return result;
}

Token peek_after(Parser *p, const Token *token) {
  u32 pos = p->pos;
  p->pos = token->end;
  Token result = peek(p);
  p->pos = pos;
  return result;
}

void seek(Parser *p, u32 offset) {
  if (p->failed) return;
  p->pos = offset;
  p->prev_end = offset;
  p->prev_start = offset ? offset - 1 : 0;
  p->prev_type = T_RBRACE;
  if (p->is_utf16) {
    next_token_u16(p);
  } else {
    next_token_u8(p);
  }
}

void lex_regexp(Parser *p) {
  if (p->is_utf16) {
    lex_regexp_u16(p);
  } else {
    lex_regexp_u8(p);
  }
}

void lex_template_continue(Parser *p) {
  if (p->is_utf16) {
    lex_template_u16(p, p->tok.start);
  } else {
    lex_template_u8(p, p->tok.start);
  }
}

AstName *token_string(Parser *p, const Token *token) {
  u32 start = token->start + 1, end = token->end - 1;
  if (!(token->flags & TOKEN_ESCAPED)) return source_slice_name(p, start, end);
  return p->is_utf16 ? cook_u16(p, start, end, false) : cook_u8(p, start, end, false);
}

AstName *token_template(Parser *p, const Token *token, bool cooked) {
  u32 start = token->start + 1, end = token->end - (token->flags & TOKEN_TAIL ? 1 : 2);
  if (cooked) {
    if (token->flags & TOKEN_BAD_ESCAPE) return NULL;
    if (token->flags & TOKEN_ESCAPED) return p->is_utf16 ? cook_u16(p, start, end, true) : cook_u8(p, start, end, true);
  }
  return p->is_utf16 ? raw_u16(p, start, end) : raw_u8(p, start, end);
}

AstName *token_bigint(Parser *p, const Token *token) {
  vec_clear(&p->scratch);
  for (u32 i = token->start; i < token->end - 1; i++) {
    u32 c = source_char_at(p->source, i);
    if (c != '_') vec_push(&p->scratch, (u16)c);
  }
  return intern_utf16(p, p->scratch.data, p->scratch.len);
}
