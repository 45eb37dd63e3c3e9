// SPDX-License-Identifier: MIT
// Imports, exports, and the tables that linking needs.
#include "base/utf.h"
#include "parser/parser_internal.h"

// ---- module requests

static bool same_attributes(const ModuleRequest *a, const ImportAttribute *attributes, u32 count) {
  if (a->attribute_count != count) return false;
  for (u32 i = 0; i < count; i++) {
    if (a->attributes[i].key != attributes[i].key || a->attributes[i].value != attributes[i].value) return false;
  }
  return true;
}

static u32 add_request(Parser *p, AstName *specifier, ImportAttribute *attributes, u32 count, u32 pos) {
  for (u32 i = 0; i < p->requests.len; i++) {
    const ModuleRequest *request = &p->requests.data[i];
    if (request->specifier == specifier && same_attributes(request, attributes, count)) return i;
  }
  ModuleRequest request = {specifier, NULL, count, pos};
  request.attributes = ARENA_ARRAY(p->arena, ImportAttribute, count);
  if (count) memcpy(request.attributes, attributes, count * sizeof *attributes);
  vec_push(&p->requests, request);
  return p->requests.len - 1;
}

static int compare_names(const AstName *a, const AstName *b) {
  for (u32 i = 0; i < a->length && i < b->length; i++) {
    int x = a->is_utf16 ? a->utf16[i] : a->latin1[i], y = b->is_utf16 ? b->utf16[i] : b->latin1[i];
    if (x != y) return x - y;
  }
  return a->length < b->length ? -1 : a->length > b->length;
}

// `with { key: "value", ... }`, sorted by key.
static u32 parse_attributes(Parser *p, ImportAttribute **out) {
  VEC(ImportAttribute) list = {0};
  *out = NULL;
  if (!at(p, T_WITH)) return 0;
  next(p);
  expect(p, T_LBRACE);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    ImportAttribute item;
    Token key = p->tok;
    if (at(p, T_STRING)) {
      item.key = token_string(p, &p->tok);
      next(p);
    } else {
      item.key = identifier_name(p);
    }
    expect(p, T_COLON);
    if (!at(p, T_STRING)) {
      fail_unexpected(p);
      break;
    }
    item.value = token_string(p, &p->tok);
    next(p);
    u32 i = 0;
    for (; i < list.len && compare_names(list.data[i].key, item.key) < 0; i++) {
    }
    if (i < list.len && list.data[i].key == item.key) {
      fail_name(p, DIAG_IMPORT_ATTRIBUTE_DUPLICATE, key.start, key.end, item.key);
    }
    vec_push(&list, item);
    memmove(list.data + i + 1, list.data + i, (list.len - 1 - i) * sizeof item);
    list.data[i] = item;
    if (!at(p, T_RBRACE)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACE);
  u32 count = list.len;
  *out = ARENA_ARRAY(p->arena, ImportAttribute, count);
  if (count) memcpy(*out, list.data, count * sizeof(ImportAttribute));
  vec_free(&list);
  return count;
}

// `"specifier" [with {...}] ;`
static u32 parse_specifier(Parser *p) {
  u32 pos = p->tok.start;
  if (!at(p, T_STRING)) {
    fail_unexpected(p);
    return 0;
  }
  AstName *specifier = token_string(p, &p->tok);
  next(p);
  ImportAttribute *attributes;
  u32 count = parse_attributes(p, &attributes);
  u32 request = add_request(p, specifier, attributes, count, pos);
  semicolon(p);
  return request;
}

static u32 parse_from(Parser *p) {
  expect(p, T_FROM);
  return parse_specifier(p);
}

// IdentifierName or string literal.
static AstName *parse_export_name(Parser *p) {
  if (!at(p, T_STRING)) return identifier_name(p);
  AstName *name = token_string(p, &p->tok);
  if (name->is_utf16 && !utf16_is_well_formed(name->utf16, name->length)) {
    fail(p, DIAG_EXPORT_SURROGATE, p->tok.start, p->tok.end);
  }
  next(p);
  return name;
}

// ---- imports

static ImportEntry *add_import(Parser *p, AstName *imported, const Token *local, u32 pos) {
  ImportEntry *entry = ARENA_NEW(p->arena, ImportEntry);
  entry->name = imported;
  entry->pos = pos;
  if (!identifier_ok(p, local, true)) return entry;
  Variable *v = scope_declare(p, VAR_IMPORT, local->name, local->start, local->end);
  v->import = entry;
  v->captured = true;
  entry->var = v;
  vec_push(&p->imports, entry);
  return entry;
}

static void parse_namespace_import(Parser *p) {
  u32 pos = p->tok.start;
  next(p);
  expect(p, T_AS);
  Token local = p->tok;
  identifier_name(p);
  if (!p->failed) add_import(p, NULL, &local, pos);
}

static void parse_named_imports(Parser *p) {
  next(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    Token local = p->tok;
    u32 pos = p->tok.start;
    AstName *name = parse_export_name(p);
    if (eat(p, T_AS)) {
      local = p->tok;
      identifier_name(p);
    } else if (local.type == T_STRING) {
      fail_unexpected(p);
    }
    if (p->failed) return;
    add_import(p, name, &local, pos);
    if (!at(p, T_RBRACE)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACE);
}

static Node *parse_import(Parser *p) {
  u32 start = p->tok.start, first = p->imports.len;
  next(p);
  u32 request;
  if (at(p, T_STRING)) {
    request = parse_specifier(p);
  } else {
    bool more = true;
    if (!at(p, T_MUL) && !at(p, T_LBRACE)) {
      Token local = p->tok;
      identifier_name(p);
      if (!p->failed) add_import(p, p->wk.default_, &local, local.start);
      more = eat(p, T_COMMA);
    }
    if (more) {
      if (at(p, T_MUL)) {
        parse_namespace_import(p);
      } else if (at(p, T_LBRACE)) {
        parse_named_imports(p);
      } else {
        fail_unexpected(p);
      }
    }
    request = parse_from(p);
  }
  for (u32 i = first; i < p->imports.len; i++) p->imports.data[i]->request = request;
  return NEW_NODE(p, Node, EMPTY, start);
}

// ---- exports

static void add_export(Parser *p, ExportEntry entry, AstName *local, u32 end) {
  if (p->failed) return;
  if (entry.export_name) {
    if (entry.export_name->well_known) return fail_name(p, DIAG_EXPORT_DUPLICATE, entry.pos, end, entry.export_name);
    entry.export_name->well_known = 1;
  }
  vec_push(&p->exports, entry);
  vec_push(&p->export_locals, local);
}

void module_export_local(Parser *p, AstName *export_name, Variable *var, u32 pos, u32 end) {
  if (p->failed) return;
  if (var) var->is_exported = var->captured = true;
  add_export(p, (ExportEntry){.kind = EXPORT_LOCAL, .export_name = export_name, .var = var, .pos = pos}, NULL, end);
}

static void parse_export_star(Parser *p, u32 start) {
  next(p);
  ExportEntry entry = {.kind = EXPORT_STAR, .pos = start};
  if (eat(p, T_AS)) {
    entry.kind = EXPORT_STAR_AS;
    entry.export_name = parse_export_name(p);
  }
  entry.request = parse_from(p);
  add_export(p, entry, NULL, p->prev_end);
}

static void parse_export_clause(Parser *p) {
  u32 first = p->exports.len;
  Token bad = {0}; // the first local name that is no identifier: an error unless `from` follows
  next(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    Token local = p->tok;
    AstName *name = parse_export_name(p), *exported = name;
    if (!token_may_be_identifier(local.type) || token_is_strict_reserved(local.type) || local.type == T_AWAIT ||
        local.type == T_ESCAPED_RESERVED) {
      if (!bad.end) bad = local;
    }
    if (eat(p, T_AS)) exported = parse_export_name(p);
    if (p->failed) return;
    add_export(p, (ExportEntry){.kind = EXPORT_LOCAL, .export_name = exported, .pos = local.start}, name, p->prev_end);
    if (!at(p, T_RBRACE)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACE);
  if (at(p, T_FROM)) {
    u32 request = parse_from(p);
    for (u32 i = first; i < p->exports.len; i++) {
      ExportEntry *entry = &p->exports.data[i];
      entry->kind = EXPORT_INDIRECT;
      entry->request = request;
      entry->import_name = p->export_locals.data[i];
      p->export_locals.data[i] = NULL;
    }
    return;
  }
  if (bad.end) fail_token(p, &bad);
  semicolon(p);
}

static Node *parse_export_default(Parser *p, u32 start) {
  u32 end = p->tok.end;
  if (p->wk.default_->well_known) fail_name(p, DIAG_EXPORT_DUPLICATE, start, end, p->wk.default_);
  next(p);
  Node *node;
  Variable *var;
  Token after = at(p, T_ASYNC) ? peek(p) : (Token){0};
  if (at(p, T_FUNCTION) || (at(p, T_ASYNC) && after.type == T_FUNCTION && !after.newline_before)) {
    node = parse_function_declaration(p, true);
    var = ((FunctionDeclarationNode *)node)->var;
  } else if (at(p, T_CLASS)) {
    node = parse_class_declaration(p, true);
    var = ((ClassDeclarationNode *)node)->var;
  } else {
    ExportDefaultNode *value = NEW_NODE(p, ExportDefaultNode, EXPORT_DEFAULT, start);
    value->value = parse_assignment(p, true);
    if (!p->failed) {
      value->var = scope_declare(p, VAR_LET, intern_ascii(p, "*default*"), start, end);
      value->var->init_pos = p->prev_end;
    }
    semicolon(p);
    var = value->var;
    node = &value->base;
  }
  module_export_local(p, p->wk.default_, var, start, end);
  return node;
}

static Node *parse_export_declaration(Parser *p) {
  if (at(p, T_VAR)) {
    next(p);
    Node *node = parse_declaration(p, DECLARE_VAR, true);
    semicolon(p);
    return node;
  }
  Node *node = NULL;
  if (!at(p, T_USING) && !at(p, T_AWAIT)) node = parse_lexical_or_null(p);
  if (node) return node;
  fail_unexpected(p);
  return NEW_NODE(p, Node, EMPTY, p->tok.start);
}

static void export_declaration(Parser *p, Node *node) {
  if (node->type == AST_FUNCTION_DECLARATION) {
    FunctionNode *fn = ((FunctionDeclarationNode *)node)->function;
    module_export_local(p, fn->name, ((FunctionDeclarationNode *)node)->var, node->pos, node->pos + 1);
  } else if (node->type == AST_CLASS_DECLARATION) {
    ClassDeclarationNode *declaration = (ClassDeclarationNode *)node;
    module_export_local(p, declaration->class_node->name, declaration->var, node->pos, node->pos + 1);
  } else if (node->type == AST_DECLARATION) {
    DeclarationNode *declaration = (DeclarationNode *)node;
    for (u32 i = 0; i < declaration->count; i++) pattern_export(p, declaration->items[i].target);
  }
}

static Node *parse_export(Parser *p) {
  u32 start = p->tok.start;
  next(p);
  switch (p->tok.type) {
  case T_MUL: parse_export_star(p, start); break;
  case T_LBRACE: parse_export_clause(p); break;
  case T_DEFAULT: return parse_export_default(p, start);
  default: {
    Node *node = parse_export_declaration(p);
    if (!p->failed) export_declaration(p, node);
    return node;
  }
  }
  return NEW_NODE(p, Node, EMPTY, start);
}

Node *parse_module_item(Parser *p) {
  if (at(p, T_IMPORT)) {
    Token after = peek(p);
    if (after.type != T_LPAREN && after.type != T_DOT) return parse_import(p);
  } else if (at(p, T_EXPORT)) {
    return parse_export(p);
  }
  return parse_statement_list_item(p);
}

// ---- the result

static void resolve_local_export(Parser *p, u32 index, AstName *local) {
  ExportEntry *entry = &p->exports.data[index];
  Variable *v = local->binding;
  if (!v || v->scope != p->scope) return fail_name(p, DIAG_EXPORT_UNDEFINED, entry->pos, entry->pos + local->length, local);
  if (v->kind == VAR_IMPORT && v->import->name) { // re-export of an import: resolved in the other module
    entry->kind = EXPORT_INDIRECT;
    entry->request = v->import->request;
    entry->import_name = v->import->name;
    return;
  }
  entry->var = v;
  v->is_exported = v->captured = true;
}

void module_finish(Parser *p) {
  for (u32 i = 0; i < p->exports.len && !p->failed; i++) {
    if (p->export_locals.data[i]) resolve_local_export(p, i, p->export_locals.data[i]);
  }
  if (p->failed) return;
  ModuleInfo *info = ARENA_NEW(p->arena, ModuleInfo);
  info->request_count = p->requests.len;
  info->import_count = p->imports.len;
  info->export_count = p->exports.len;
  info->requests = ARENA_ARRAY(p->arena, ModuleRequest, p->requests.len);
  info->imports = ARENA_ARRAY(p->arena, ImportEntry *, p->imports.len);
  info->exports = ARENA_ARRAY(p->arena, ExportEntry, p->exports.len);
  if (p->requests.len) memcpy(info->requests, p->requests.data, p->requests.len * sizeof(ModuleRequest));
  if (p->imports.len) memcpy(info->imports, p->imports.data, p->imports.len * sizeof(ImportEntry *));
  if (p->exports.len) memcpy(info->exports, p->exports.data, p->exports.len * sizeof(ExportEntry));
  info->has_top_level_await = p->fs->fn->has_await;
  info->has_import_meta = p->has_import_meta;
  p->result->module = info;
}
