// SPDX-License-Identifier: MIT
// Small questions about nodes.
#include "parser/ast.h"

bool ast_is_anonymous_function(const Node *node) {
  if (node->type == AST_FUNCTION) return ((const FunctionNode *)node)->name == NULL;
  return node->type == AST_CLASS && ((const ClassNode *)node)->name == NULL;
}

u32 ast_start(const Node *node) {
  for (;;) {
    switch (node->type) {
      case AST_BINARY: case AST_LOGICAL: case AST_PRIVATE_IN: node = ((const BinaryNode *)node)->left; break;
      case AST_ASSIGN: case AST_DEFAULT: node = ((const AssignNode *)node)->target; break;
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
  static const char *const texts[] = {"+",  "-",  "*",   "/",   "%", "**", "<<", ">>", ">>>",        "&",  "|",
                                      "^",  "==", "!=",  "===", "!==", "<", ">", "<=", ">=", "instanceof", "in"};
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
