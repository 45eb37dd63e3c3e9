// SPDX-License-Identifier: MIT
// Small questions about nodes, and the generic walk.
#include "parser/ast.h"

bool ast_is_anonymous_function(const Node *node) {
  if (node->type == AST_FUNCTION) return ((const FunctionNode *)node)->name == NULL;
  return node->type == AST_CLASS && ((const ClassNode *)node)->name == NULL;
}

u32 ast_start(const Node *node) {
  for (;;) {
    switch (node->type) {
    case AST_BINARY:
    case AST_LOGICAL:
    case AST_PRIVATE_IN: node = ((const BinaryNode *)node)->left; break;
    case AST_ASSIGN:
    case AST_DEFAULT: node = ((const AssignNode *)node)->target; break;
    case AST_CONDITIONAL: node = ((const ConditionalNode *)node)->test; break;
    case AST_MEMBER: node = ((const MemberNode *)node)->object; break;
    case AST_INDEX: node = ((const IndexNode *)node)->object; break;
    case AST_PRIVATE_MEMBER: node = ((const PrivateMemberNode *)node)->object; break;
    case AST_SUPER_MEMBER: return ((const SuperMemberNode *)node)->this_ref->base.pos;
    case AST_CALL: node = ((const CallNode *)node)->callee; break;
    case AST_TAGGED_TEMPLATE: node = ((const TaggedTemplateNode *)node)->tag; break;
    case AST_UPDATE:
      if (node->flags & UPDATE_PREFIX) return node->pos;
      node = ((const UnaryNode *)node)->operand;
      break;
    default: return node->pos;
    }
  }
}

const char *ast_type_name(NodeType type) {
  static const char *const names[] = {
#define N(name, struct_type, text) text,
#include "parser/ast.def"
#undef N
  };
  return names[type];
}

const char *ast_binary_op_text(BinaryOp op) {
  static const char *const texts[] = {"+", "-",  "*",  "/",   "%",   "**", "<<", ">>", ">>>", "&",          "|",
                                      "^", "==", "!=", "===", "!==", "<",  ">",  "<=", ">=",  "instanceof", "in"};
  return texts[op];
}

const char *ast_unary_op_text(UnaryOp op) {
  static const char *const texts[] = {"typeof", "delete", "void", "!", "~", "+", "-"};
  return texts[op];
}

bool ast_name_equals(const AstName *name, const char *ascii) {
  size_t n = strlen(ascii);
  return !name->is_utf16 && name->length == n && memcmp(name->latin1, ascii, n) == 0;
}

static void each(NodeList list, AstVisitor visit, void *data) {
  for (u32 i = 0; i < list.count; i++) {
    if (list.items[i]) visit(data, list.items[i]);
  }
}

static void one(const void *child, AstVisitor visit, void *data) {
  if (child) visit(data, (Node *)child);
}

static void each_of_class(const ClassNode *node, AstVisitor visit, void *data) {
  one(node->heritage, visit, data);
  one(node->constructor, visit, data);
  for (u32 i = 0; i < node->count; i++) one(node->elements[i], visit, data);
}

static void each_of_statement(const Node *node, AstVisitor visit, void *data) {
  switch (node->type) {
  case AST_DECLARATION: {
    const DeclarationNode *declaration = (const DeclarationNode *)node;
    for (u32 i = 0; i < declaration->count; i++) {
      one(declaration->items[i].target, visit, data);
      one(declaration->items[i].init, visit, data);
    }
    break;
  }
  case AST_FUNCTION_DECLARATION: one(((const FunctionDeclarationNode *)node)->function, visit, data); break;
  case AST_CLASS_DECLARATION: one(((const ClassDeclarationNode *)node)->class_node, visit, data); break;
  case AST_BLOCK: each(((const BlockNode *)node)->list, visit, data); break;
  case AST_IF:
    one(((const IfNode *)node)->test, visit, data);
    one(((const IfNode *)node)->then, visit, data);
    one(((const IfNode *)node)->otherwise, visit, data);
    break;
  case AST_FOR:
    one(((const ForNode *)node)->init, visit, data);
    one(((const ForNode *)node)->test, visit, data);
    one(((const ForNode *)node)->update, visit, data);
    one(((const ForNode *)node)->body, visit, data);
    break;
  case AST_FOR_IN:
  case AST_FOR_OF:
    one(((const ForInNode *)node)->object, visit, data);
    one(((const ForInNode *)node)->target, visit, data);
    one(((const ForInNode *)node)->body, visit, data);
    break;
  case AST_WHILE:
  case AST_DO_WHILE:
    one(((const WhileNode *)node)->test, visit, data);
    one(((const WhileNode *)node)->body, visit, data);
    break;
  case AST_WITH:
    one(((const WithNode *)node)->object, visit, data);
    one(((const WithNode *)node)->body, visit, data);
    break;
  case AST_SWITCH:
    one(((const SwitchNode *)node)->discriminant, visit, data);
    for (u32 i = 0; i < ((const SwitchNode *)node)->count; i++) one(((const SwitchNode *)node)->cases[i], visit, data);
    break;
  case AST_CASE:
    one(((const CaseNode *)node)->test, visit, data);
    each(((const CaseNode *)node)->body, visit, data);
    break;
  case AST_LABELED: one(((const LabeledNode *)node)->body, visit, data); break;
  case AST_TRY:
    one(((const TryNode *)node)->block, visit, data);
    one(((const TryNode *)node)->param, visit, data);
    one(((const TryNode *)node)->handler, visit, data);
    one(((const TryNode *)node)->finalizer, visit, data);
    break;
  case AST_EXPORT_DEFAULT: one(((const ExportDefaultNode *)node)->value, visit, data); break;
  default: break;
  }
}

void ast_each_child(const Node *node, AstVisitor visit, void *data) {
  switch (node->type) {
  case AST_TEMPLATE: each(((const TemplateNode *)node)->expressions, visit, data); break;
  case AST_TAGGED_TEMPLATE:
    one(((const TaggedTemplateNode *)node)->tag, visit, data);
    one(((const TaggedTemplateNode *)node)->quasi, visit, data);
    break;
  case AST_ARRAY:
  case AST_OBJECT:
  case AST_SEQUENCE:
  case AST_ARRAY_PATTERN:
  case AST_OBJECT_PATTERN: each(((const ListNode *)node)->list, visit, data); break;
  case AST_PROPERTY:
  case AST_CLASS_ELEMENT:
    one(((const PropertyNode *)node)->key, visit, data);
    one(((const PropertyNode *)node)->value, visit, data);
    break;
  case AST_SPREAD:
  case AST_REST:
  case AST_UNARY:
  case AST_UPDATE:
  case AST_OPTIONAL_CHAIN:
  case AST_YIELD:
  case AST_YIELD_STAR:
  case AST_AWAIT:
  case AST_EXPRESSION_STATEMENT:
  case AST_RETURN:
  case AST_THROW: one(((const UnaryNode *)node)->operand, visit, data); break;
  case AST_FUNCTION: {
    const FunctionNode *fn = (const FunctionNode *)node;
    each(fn->params, visit, data);
    if (fn->kind != FN_FIELD_INIT && fn->kind != FN_STATIC_INIT) each(fn->body, visit, data);
    break;
  }
  case AST_CLASS: each_of_class((const ClassNode *)node, visit, data); break;
  case AST_BINARY:
  case AST_LOGICAL:
  case AST_PRIVATE_IN:
    one(((const BinaryNode *)node)->left, visit, data);
    one(((const BinaryNode *)node)->right, visit, data);
    break;
  case AST_ASSIGN:
  case AST_DEFAULT:
    one(((const AssignNode *)node)->target, visit, data);
    one(((const AssignNode *)node)->value, visit, data);
    break;
  case AST_CONDITIONAL:
    one(((const ConditionalNode *)node)->test, visit, data);
    one(((const ConditionalNode *)node)->then, visit, data);
    one(((const ConditionalNode *)node)->otherwise, visit, data);
    break;
  case AST_MEMBER: one(((const MemberNode *)node)->object, visit, data); break;
  case AST_INDEX:
    one(((const IndexNode *)node)->object, visit, data);
    one(((const IndexNode *)node)->index, visit, data);
    break;
  case AST_PRIVATE_MEMBER:
    one(((const PrivateMemberNode *)node)->object, visit, data);
    one(((const PrivateMemberNode *)node)->name, visit, data);
    break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX:
    one(((const SuperMemberNode *)node)->this_ref, visit, data);
    one(((const SuperMemberNode *)node)->callee, visit, data);
    one(((const SuperMemberNode *)node)->key, visit, data);
    break;
  case AST_CALL:
  case AST_NEW:
    one(((const CallNode *)node)->callee, visit, data);
    each(((const CallNode *)node)->args, visit, data);
    break;
  case AST_SUPER_CALL:
    each(((const SuperCallNode *)node)->args, visit, data);
    one(((const SuperCallNode *)node)->this_ref, visit, data);
    one(((const SuperCallNode *)node)->callee, visit, data);
    one(((const SuperCallNode *)node)->new_target, visit, data);
    break;
  case AST_IMPORT_CALL:
    one(((const ImportCallNode *)node)->specifier, visit, data);
    one(((const ImportCallNode *)node)->options, visit, data);
    break;
  default: each_of_statement(node, visit, data); break;
  }
}
