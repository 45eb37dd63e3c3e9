// SPDX-License-Identifier: MIT
// How the parser reports: records the first diagnostic and poisons the token stream, so that everything returns by itself.
#include "base/utf.h"
#include "parser/parser_internal.h"

static const struct {
  DiagKind kind;
  const char *text;
} messages[] = {
#define D(code, kind, text) {kind, text},
#include "parser/diag.def"
#undef D
};

void fail_text(Parser *p, DiagCode code, u32 start, u32 end, const char *text) {
  if (p->failed) return;
  p->failed = true;
  Diagnostic *diag = &p->result->diagnostic;
  diag->kind = messages[code].kind;
  diag->code = code;
  diag->start = MIN(start, p->length);
  diag->end = MIN(MAX(end, start), p->length);
  diag->incomplete = code == DIAG_UNEXPECTED_EOS || code == DIAG_UNTERMINATED_TEMPLATE ||
                     (p->tok.type == T_EOF && (code == DIAG_MISSING_PAREN || code == DIAG_UNTERMINATED_TEMPLATE_EXPR)) ||
                     (code == DIAG_INVALID_TOKEN && end == p->length && start + 1 < p->length &&
                      source_char_at(p->source, start) == '/' && source_char_at(p->source, start + 1) == '*');
  const char *format = messages[code].text, *hole = strchr(format, '%');
  if (hole) {
    size_t size = strlen(format) + strlen(text) + 1, prefix = (size_t)(hole - format);
    char *message = arena_alloc(p->main_arena, size);
    memcpy(message, format, prefix);
    snprintf(message + prefix, size - prefix, "%s%s", text, hole + 1);
    diag->message = message;
  } else {
    diag->message = format;
  }
  p->tok.type = T_EOF;
  p->tok.flags = 0;
  p->tok.newline_before = true;
  p->pos = p->length;
}

void fail(Parser *p, DiagCode code, u32 start, u32 end) { fail_text(p, code, start, end, ""); }

void fail_name(Parser *p, DiagCode code, u32 start, u32 end, const AstName *name) {
  if (p->failed) return;
  u32 n = MIN(name->length, 1000);
  size_t bytes = name->is_utf16 ? utf16_utf8_length(name->utf16, n) : latin1_utf8_length(name->latin1, n);
  u8 *text = arena_alloc(p->main_arena, bytes + 1);
  if (name->is_utf16) {
    utf16_to_utf8(name->utf16, n, text);
  } else {
    latin1_to_utf8(name->latin1, n, text);
  }
  text[bytes] = 0;
  fail_text(p, code, start, end, (const char *)text);
}

void fail_token(Parser *p, const Token *token) {
  if (p->failed) return;
  u32 start = token->start, end = token->end;
  switch (token->type) {
  case T_EOF: return fail(p, DIAG_UNEXPECTED_EOS, start, end);
  case T_ERROR: return fail(p, token->error_code, token->error_start, token->error_end);
  case T_NUMBER:
  case T_BIGINT: return fail(p, DIAG_UNEXPECTED_NUMBER, start, end);
  case T_STRING: return fail(p, DIAG_UNEXPECTED_STRING, start, end);
  case T_TEMPLATE: return fail(p, DIAG_UNEXPECTED_TEMPLATE, start, end);
  case T_AWAIT:
  case T_ENUM: return fail(p, DIAG_UNEXPECTED_RESERVED, start, end);
  case T_ESCAPED_KEYWORD:
  case T_ESCAPED_RESERVED: return fail(p, DIAG_ESCAPED_KEYWORD, start, end);
  default: break;
  }
  if (token_is_strict_reserved(token->type) && p->fs && p->fs->strict) {
    return fail(p, DIAG_UNEXPECTED_STRICT_RESERVED, start, end);
  }
  if (token->type == T_PRIVATE_NAME || token_may_be_identifier(token->type)) {
    return fail_name(p, DIAG_UNEXPECTED_IDENTIFIER, start, end, token->name);
  }
  fail_text(p, DIAG_UNEXPECTED_TOKEN, start, end, token_text[token->type]);
}

void fail_unexpected(Parser *p) { fail_token(p, &p->tok); }

void fail_stack(Parser *p) { fail(p, DIAG_STACK_OVERFLOW, p->tok.start, p->tok.end); }
