// SPDX-License-Identifier: MIT
// Destructuring: binding patterns, and the conversion of literals that turned out to be patterns or parameters.
#include "parser/parser_internal.h"

// ---- binding patterns, parsed as such

static Node *declare_identifier(Parser *p, VariableKind kind) {
  Token token = p->tok;
  AstName *name = parse_identifier(p, true);
  IdentifierNode *id = new_identifier(p, name, token.start);
  if (p->failed) return &id->base;
  bool lexical = kind >= VAR_LET && kind <= VAR_AWAIT_USING;
  if (lexical && name == p->wk.let) {
    fail(p, DIAG_LET_IN_LEXICAL, token.start, token.end);
    return &id->base;
  }
  Variable *v = scope_declare(p, kind, name, token.start, token.end);
  if (kind == VAR_VAR) {
    // Its initialiser assigns to whatever the name means here: a catch parameter, a property of a `with` object.
    id->base.flags |= IDENT_WRITE;
    scope_add_ref(p, id, REF_WRITE);
  } else {
    id->base.flags |= IDENT_BINDING;
    id->var = v;
  }
  return &id->base;
}

static Node *parse_array_binding(Parser *p, VariableKind kind) {
  ListNode *node = NEW_NODE(p, ListNode, ARRAY_PATTERN, p->tok.start);
  u32 mark = list_begin(p);
  next(p);
  while (!at(p, T_RBRACKET) && !at(p, T_EOF)) {
    if (at(p, T_COMMA)) {
      list_add(p, NULL);
      next(p);
      continue;
    }
    if (at(p, T_ELLIPSIS)) {
      UnaryNode *rest = NEW_NODE(p, UnaryNode, REST, p->tok.start);
      next(p);
      rest->operand = parse_binding_target(p, kind);
      list_add(p, &rest->base);
      if (at(p, T_ASSIGN)) fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, p->prev_start, p->prev_end);
      if (at(p, T_COMMA)) fail(p, DIAG_REST_NOT_LAST, rest->base.pos, p->prev_end);
      break;
    }
    list_add(p, parse_binding_element(p, kind));
    if (!at(p, T_RBRACKET)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACKET);
  node->list = list_end(p, mark);
  return &node->base;
}

static Node *with_default(Parser *p, Node *target) {
  AssignNode *node = NEW_NODE(p, AssignNode, DEFAULT, p->tok.start);
  next(p);
  node->target = target;
  node->value = parse_assignment(p, true);
  return &node->base;
}

static Node *parse_binding_property(Parser *p, VariableKind kind) {
  PropertyNode *node = NEW_NODE(p, PropertyNode, PROPERTY, p->tok.start);
  node->base.op = PROPERTY_INIT;
  Token first = p->tok;
  if (token_may_be_identifier(first.type)) {
    Token after = peek(p);
    if (after.type != T_COLON) {
      node->key = new_string_key(p, first.name, first.start);
      node->base.flags |= PROPERTY_SHORTHAND;
      if (after.type != T_COMMA && after.type != T_RBRACE && after.type != T_ASSIGN) {
        next(p);
        fail_unexpected(p);
        return &node->base;
      }
      Node *target = declare_identifier(p, kind);
      node->value = at(p, T_ASSIGN) ? with_default(p, target) : target;
      return &node->base;
    }
  }
  node->key = parse_property_key(p, &node->base.flags);
  if (!at(p, T_COLON) && token_is_word(first.type) && !(node->base.flags & KEY_COMPUTED)) fail_token(p, &first);
  expect(p, T_COLON);
  node->value = parse_binding_element(p, kind);
  return &node->base;
}

static Node *parse_object_binding(Parser *p, VariableKind kind) {
  ListNode *node = NEW_NODE(p, ListNode, OBJECT_PATTERN, p->tok.start);
  u32 mark = list_begin(p);
  next(p);
  while (!at(p, T_RBRACE) && !at(p, T_EOF)) {
    if (at(p, T_ELLIPSIS)) {
      PropertyNode *rest = NEW_NODE(p, PropertyNode, PROPERTY, p->tok.start);
      rest->base.op = PROPERTY_SPREAD;
      next(p);
      if (at(p, T_LBRACE) || at(p, T_LBRACKET)) fail(p, DIAG_REST_NOT_IDENTIFIER, p->tok.start, p->tok.end);
      rest->value = declare_identifier(p, kind);
      list_add(p, &rest->base);
      if (at(p, T_COMMA)) fail(p, DIAG_REST_NOT_LAST, rest->base.pos, p->prev_end);
      break;
    }
    list_add(p, parse_binding_property(p, kind));
    if (!at(p, T_RBRACE)) expect(p, T_COMMA);
  }
  expect(p, T_RBRACE);
  node->list = list_end(p, mark);
  return &node->base;
}

Node *parse_binding_target(Parser *p, VariableKind kind) {
  if (!at(p, T_LBRACKET) && !at(p, T_LBRACE)) return declare_identifier(p, kind);
  if (!stack_ok(p)) return NEW_NODE(p, Node, NULL, p->tok.start);
  return at(p, T_LBRACKET) ? parse_array_binding(p, kind) : parse_object_binding(p, kind);
}

Node *parse_binding_element(Parser *p, VariableKind kind) {
  Node *target = parse_binding_target(p, kind);
  return at(p, T_ASSIGN) ? with_default(p, target) : target;
}

// ---- conversion

static Node *convert_target(Parser *p, Node *node, bool binding);

static void fail_target(Parser *p, const Node *node, bool binding) {
  u32 start = ast_start(node);
  (void)binding;
  fail(p, DIAG_INVALID_DESTRUCTURING_TARGET, start, start + 1);
}

static Node *convert_element(Parser *p, Node *node, bool binding) {
  if (node->type != AST_ASSIGN || node->op != ASSIGN_PLAIN || node->parens) return convert_target(p, node, binding);
  AssignNode *assign = (AssignNode *)node;
  node->type = AST_DEFAULT;
  assign->target = convert_target(p, assign->target, binding);
  return node;
}

static void convert_array(Parser *p, ListNode *node, bool binding) {
  NodeList list = node->list;
  node->base.type = AST_ARRAY_PATTERN;
  for (u32 i = 0; i < list.count && !p->failed; i++) {
    Node *item = list.items[i];
    if (!item) continue;
    if (item->type == AST_SPREAD || item->type == AST_REST) {
      if (i + 1 < list.count || item->flags & SPREAD_COMMA) {
        return fail(p, DIAG_REST_NOT_LAST, item->pos, ast_start(((UnaryNode *)item)->operand) + 1);
      }
      item->type = AST_REST;
      Node *operand = ((UnaryNode *)item)->operand;
      if (operand->type == AST_ASSIGN) return fail_target(p, operand, binding);
      ((UnaryNode *)item)->operand = convert_target(p, operand, binding);
    } else if (item->type == AST_DEFAULT) {
      ((AssignNode *)item)->target = convert_target(p, ((AssignNode *)item)->target, binding);
    } else {
      list.items[i] = convert_element(p, item, binding);
    }
  }
}

static void convert_object(Parser *p, ListNode *node, bool binding) {
  NodeList list = node->list;
  node->base.type = AST_OBJECT_PATTERN;
  for (u32 i = 0; i < list.count && !p->failed; i++) {
    PropertyNode *property = (PropertyNode *)list.items[i];
    switch (property->base.op) {
    case PROPERTY_PROTO: property->base.op = PROPERTY_INIT; FALLTHROUGH;
    case PROPERTY_INIT:
      if (property->value->type == AST_DEFAULT) {
        AssignNode *element = (AssignNode *)property->value;
        element->target = convert_target(p, element->target, binding);
      } else {
        property->value = convert_element(p, property->value, binding);
      }
      break;
    case PROPERTY_SPREAD: {
      Node *value = property->value;
      u32 start = ast_start(value);
      if (i + 1 < list.count || property->base.parens == SPREAD_COMMA) {
        return fail(p, DIAG_REST_NOT_LAST, property->base.pos, start + 1);
      }
      if (binding && (value->type != AST_IDENTIFIER || value->parens)) {
        return fail(p, DIAG_REST_NOT_IDENTIFIER, start, start + 1);
      }
      if (value->type == AST_ARRAY || value->type == AST_OBJECT || value->type == AST_ASSIGN) {
        return fail(p, DIAG_REST_ASSIGN_TARGET, start, start + 1);
      }
      property->value = convert_target(p, value, binding);
      break;
    }
    default: return fail_target(p, property->value, binding);
    }
  }
}

static Node *convert_target(Parser *p, Node *node, bool binding) {
  if (!stack_ok(p)) return node;
  switch (node->type) {
  case AST_IDENTIFIER: {
    const AstName *name = ((IdentifierNode *)node)->name;
    if (binding && node->parens) break;
    if (p->fs->strict && (name == p->wk.eval || name == p->wk.arguments)) {
      DiagCode code = binding ? DIAG_UNEXPECTED_EVAL_ARGUMENTS : DIAG_INVALID_DESTRUCTURING_TARGET;
      fail(p, code, node->pos, node->pos + name->length);
    }
    if (binding) {
      node->flags = IDENT_BINDING;
    } else {
      mark_write(node, false);
    }
    return node;
  }
  case AST_ARRAY:
    if (node->parens) break;
    convert_array(p, (ListNode *)node, binding);
    return node;
  case AST_OBJECT:
    if (node->parens) break;
    convert_object(p, (ListNode *)node, binding);
    return node;
  case AST_ARRAY_PATTERN: // the target of a default, converted when its `=` was seen
    if (node->parens) break;
    if (binding) convert_array(p, (ListNode *)node, binding);
    return node;
  case AST_OBJECT_PATTERN:
    if (node->parens) break;
    if (binding) convert_object(p, (ListNode *)node, binding);
    return node;
  case AST_MEMBER:
  case AST_INDEX:
  case AST_PRIVATE_MEMBER:
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX:
    use_as_reference(node);
    if (!binding) return node;
    break;
  default: break;
  }
  fail_target(p, node, binding);
  return node;
}

Node *convert_to_pattern(Parser *p, Node *node, bool binding, u32 start, u32 end) {
  (void)start, (void)end;
  return convert_element(p, node, binding);
}

// ---- walks over binding patterns

typedef void (*NameVisitor)(Parser *p, IdentifierNode *id, u32 argument);

static void visit_names(Parser *p, Node *node, NameVisitor visit, u32 argument) {
  if (!node || (p && p->failed)) return;
  switch (node->type) {
  case AST_IDENTIFIER: visit(p, (IdentifierNode *)node, argument); break;
  case AST_DEFAULT: visit_names(p, ((AssignNode *)node)->target, visit, argument); break;
  case AST_REST: visit_names(p, ((UnaryNode *)node)->operand, visit, argument); break;
  case AST_PROPERTY: visit_names(p, ((PropertyNode *)node)->value, visit, argument); break;
  case AST_ARRAY_PATTERN:
  case AST_OBJECT_PATTERN: {
    NodeList list = ((ListNode *)node)->list;
    for (u32 i = 0; i < list.count; i++) visit_names(p, list.items[i], visit, argument);
    break;
  }
  default: break;
  }
}

static void declare_name(Parser *p, IdentifierNode *id, u32 kind) {
  id->var = scope_declare(p, (VariableKind)kind, id->name, id->base.pos, id->base.pos + id->name->length);
}

void declare_pattern(Parser *p, Node *pattern, VariableKind kind) { visit_names(p, pattern, declare_name, kind); }

static void initialize_name(Parser *p, IdentifierNode *id, u32 pos) {
  (void)p;
  if (id->base.flags & IDENT_BINDING && id->var) id->var->init_pos = pos;
}

void pattern_initialized(Node *pattern, u32 pos) { visit_names(NULL, pattern, initialize_name, pos); }

static void export_name(Parser *p, IdentifierNode *id, u32 unused) {
  (void)unused;
  module_export_local(p, id->name, id->name->binding, id->base.pos, id->base.pos + id->name->length);
}

void pattern_export(Parser *p, Node *pattern) { visit_names(p, pattern, export_name, 0); }

bool pattern_has_expression(const Node *node) {
  if (!node) return false;
  switch (node->type) {
  case AST_DEFAULT: return true;
  case AST_REST: return pattern_has_expression(((const UnaryNode *)node)->operand);
  case AST_PROPERTY: return node->flags & KEY_COMPUTED || pattern_has_expression(((const PropertyNode *)node)->value);
  case AST_ARRAY_PATTERN:
  case AST_OBJECT_PATTERN: {
    NodeList list = ((const ListNode *)node)->list;
    for (u32 i = 0; i < list.count; i++) {
      if (pattern_has_expression(list.items[i])) return true;
    }
    return false;
  }
  default: return false;
  }
}
