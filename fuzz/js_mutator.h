// SPDX-License-Identifier: MIT
// Mutations of JavaScript texts by token and by bracketed group, because single bytes hardly ever make another program:
// what libFuzzer calls for the harnesses that take source text. The first HEADER bytes of an input are the harness's own choices.
// Included by one file per program.
#ifndef WEFT_FUZZ_JS_MUTATOR_H
#define WEFT_FUZZ_JS_MUTATOR_H

#include "base/base.h"
#include "base/rand.h"

enum { JS_HEADER = 2, JS_TOKENS_MAX = 4096 };

size_t LLVMFuzzerMutate(u8 *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const u8 *a, size_t a_size, const u8 *b, size_t b_size, u8 *out, size_t out_max, unsigned seed);

// What is inserted: expressions, heads of statements, whole statements, values on the edges.
static const char *const js_fragments[] = {
#define FRAGMENT(text) text,
#include "fuzz/js_fragments.def"
#undef FRAGMENT
};

typedef struct Span {
  u32 start, end;
} Span;

typedef struct JsText {
  const u8 *chars;
  u32 length, count;
  Span tokens[JS_TOKENS_MAX];
} JsText;

static bool js_is_word(u8 c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '#' ||
         c >= 0x80;
}

static u32 js_token_end(const u8 *s, u32 i, u32 length) {
  u8 c = s[i];
  u32 end = i + 1;
  if (js_is_word(c)) {
    while (end < length && js_is_word(s[end])) end++;
  } else if (c == '"' || c == '\'') {
    while (end < length && s[end] != c && s[end] != '\n') end += s[end] == '\\' ? 2 : 1;
    end = MIN(end + 1, length);
  } else if (c == ' ' || c == '\n') {
    while (end < length && s[end] == c) end++;
  } else if (strchr("=!<>&|+-*?.", c)) {
    while (end < length && end < i + 4 && (s[end] == c || s[end] == '=' || s[end] == '>' || s[end] == '.')) end++;
  }
  return end;
}

static void js_tokenise(JsText *t, const u8 *chars, size_t length) {
  t->chars = chars;
  t->length = (u32)length;
  t->count = 0;
  for (u32 i = 0; i < t->length && t->count < JS_TOKENS_MAX;) {
    u32 end = js_token_end(chars, i, t->length);
    t->tokens[t->count++] = (Span){i, end};
    i = end;
  }
}

static u32 js_below(Rand *rand, u32 n) { return n ? (u32)(rand_next(rand) % n) : 0; }

// From token i to the bracket that closes it; the token itself when it opens nothing.
static Span js_group(const JsText *t, u32 i) {
  u32 depth = 0, first = i;
  for (; i < t->count; i++) {
    u8 c = t->chars[t->tokens[i].start];
    if (c == '(' || c == '[' || c == '{') depth++;
    if (c == ')' || c == ']' || c == '}') depth -= depth ? 1 : 0;
    if (!depth) break;
  }
  i = MIN(i, t->count - 1);
  return (Span){t->tokens[first].start, t->tokens[i].end};
}

// From token i to the end of its statement.
static Span js_statement(const JsText *t, u32 i) {
  u32 start = t->tokens[i].start, end = start;
  while (i < t->count) {
    Span group = js_group(t, i);
    end = group.end;
    u8 c = t->chars[t->tokens[i].start];
    while (i < t->count && t->tokens[i].start < end) i++;
    if (c == ';' || c == '}' || c == '{' || c == '\n') break;
  }
  return (Span){start, end};
}

static Span js_pick(const JsText *t, Rand *rand) {
  if (!t->count) return (Span){0, 0};
  u32 i = js_below(rand, t->count), more = js_below(rand, 6);
  switch (js_below(rand, 4)) {
  case 0: return t->tokens[i];
  case 1: return (Span){t->tokens[i].start, t->tokens[MIN(i + more, t->count - 1)].end};
  case 2: return js_group(t, i);
  default: return js_statement(t, i);
  }
}

// Writes `text` with `hole` replaced by the given characters; 0 when that is too long.
static size_t js_splice(u8 *out, size_t max, const u8 *text, size_t size, Span hole, const void *insert, size_t insert_size) {
  size_t total = size - (hole.end - hole.start) + insert_size;
  if (total > max) return 0;
  u8 *copy = base_alloc(total + 1);
  memcpy(copy, text, hole.start);
  if (insert_size) memcpy(copy + hole.start, insert, insert_size);
  memcpy(copy + hole.start + insert_size, text + hole.end, size - hole.end);
  memcpy(out, copy, total);
  base_free(copy);
  return total;
}

static size_t js_mutate_text(u8 *text, size_t size, size_t max, Rand *rand) {
  static JsText t; // the fuzzer has one thread
  js_tokenise(&t, text, size);
  Span a = js_pick(&t, rand), b = js_pick(&t, rand);
  Span before = {a.start, a.start};
  const char *fragment = js_fragments[js_below(rand, ARRAY_LEN(js_fragments))];
  switch (js_below(rand, 6)) {
  case 0: return js_splice(text, max, text, size, a, NULL, 0);
  case 1: return js_splice(text, max, text, size, before, text + b.start, b.end - b.start);
  case 2: return js_splice(text, max, text, size, a, text + b.start, b.end - b.start);
  case 3: return js_splice(text, max, text, size, a, fragment, strlen(fragment));
  default: return js_splice(text, max, text, size, before, fragment, strlen(fragment));
  }
}

size_t LLVMFuzzerCustomMutator(u8 *data, size_t size, size_t max_size, unsigned seed) {
  Rand rand;
  rand_seed(&rand, seed);
  if (size < JS_HEADER || !js_below(&rand, 8)) return LLVMFuzzerMutate(data, size, max_size);
  if (!js_below(&rand, 16)) data[js_below(&rand, JS_HEADER)] = (u8)rand_next(&rand);
  for (u32 rounds = 1 + js_below(&rand, 4); rounds; rounds--) {
    size_t text = js_mutate_text(data + JS_HEADER, size - JS_HEADER, max_size - JS_HEADER, &rand);
    if (text) size = text + JS_HEADER;
  }
  return size;
}

// A piece of the second text in the first.
size_t LLVMFuzzerCustomCrossOver(const u8 *a, size_t a_size, const u8 *b, size_t b_size, u8 *out, size_t out_max, unsigned seed) {
  static JsText first, second;
  if (a_size < JS_HEADER || b_size < JS_HEADER || out_max < a_size) return 0;
  Rand rand;
  rand_seed(&rand, seed);
  js_tokenise(&first, a + JS_HEADER, a_size - JS_HEADER);
  js_tokenise(&second, b + JS_HEADER, b_size - JS_HEADER);
  Span hole = js_pick(&first, &rand), piece = js_pick(&second, &rand);
  if (js_below(&rand, 2)) hole.end = hole.start;
  memcpy(out, a, JS_HEADER);
  size_t text = js_splice(out + JS_HEADER, out_max - JS_HEADER, a + JS_HEADER, a_size - JS_HEADER, hole,
                          b + JS_HEADER + piece.start, piece.end - piece.start);
  return text ? text + JS_HEADER : 0;
}

#endif
