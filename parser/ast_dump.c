// SPDX-License-Identifier: MIT
// The tree as S-expressions, for golden tests and --dump-ast.
#include "base/dtoa.h"
#include "base/utf.h"
#include "parser/ast.h"

typedef struct Dump {
  FILE *out;
  AstDumpFlags flags;
  u32 depth;
} Dump;

enum { DUMP_DEPTH_MAX = 2000 };

static void dump(Dump *d, const Node *node);

static void put_char(Dump *d, u32 c) {
  if (c == '"' || c == '\\') {
    fprintf(d->out, "\\%c", (char)c);
  } else if (c == '\n') {
    fputs("\\n", d->out);
  } else if (c < 0x20 || c > 0x7e) {
    fprintf(d->out, "\\u{%x}", c);
  } else {
    fputc((int)c, d->out);
  }
}

static void put_name(Dump *d, const AstName *name) {
  for (u32 i = 0; name && i < name->length; i++) put_char(d, name->is_utf16 ? name->utf16[i] : name->latin1[i]);
}

static void put_string(Dump *d, const AstName *name) {
  if (!name) {
    fputs(" undefined", d->out);
    return;
  }
  fputs(" \"", d->out);
  put_name(d, name);
  fputc('"', d->out);
}

static void put_children(Dump *d, NodeList list) {
  for (u32 i = 0; i < list.count; i++) {
    fputc(' ', d->out);
    dump(d, list.items[i]);
  }
}

static void child(Dump *d, const Node *node) {
  fputc(' ', d->out);
  dump(d, node);
}

static const char *variable_kind_text(u8 kind) {
  static const char *const texts[] = {"var",       "param",       "function",   "let",    "const",         "class",
                                      "using",     "await-using", "catch",      "import", "function-name", "class-name",
                                      "arguments", "this",        "new.target", "callee", "private",       "hidden"};
  return texts[kind];
}

static void put_variable(Dump *d, const Variable *v) {
  fputs(variable_kind_text(v->kind), d->out);
  fputc(' ', d->out);
  put_name(d, v->name);
  if (v->captured) fprintf(d->out, " @%u", v->slot);
  if (v->assigned) fputs(" assigned", d->out);
  if (v->needs_tdz) fputs(" tdz", d->out);
  if (v->param_alias) fputs(" from-param", d->out);
}

static void put_scope(Dump *d, const Scope *scope) {
  if (!(d->flags & AST_DUMP_SCOPES) || !scope) return;
  static const char *const kinds[] = {"script", "module", "eval", "function", "body",        "block",
                                      "switch", "catch",  "with", "class",    "static-block"};
  fprintf(d->out, " (scope %s", kinds[scope->kind]);
  if (scope->has_direct_eval) fputs(" eval", d->out);
  if (scope->has_sloppy_eval) fputs(" sloppy-eval", d->out);
  for (const Variable *v = scope->variables; v; v = v->next) {
    fputs(" [", d->out);
    put_variable(d, v);
    fputc(']', d->out);
  }
  fputc(')', d->out);
}

static void put_resolution(Dump *d, const IdentifierNode *id) {
  if (!(d->flags & AST_DUMP_SCOPES)) return;
  const Variable *v = id->var;
  if (id->base.flags & IDENT_BINDING) fputs(" binding", d->out);
  if (id->base.flags & IDENT_WRITE) fputs(" write", d->out);
  if (!v || (v->scope && v->scope->kind == SCOPE_SCRIPT)) {
    fputs(id->base.type == AST_IDENTIFIER ? " global" : " own", d->out);
  } else if (v->is_outer) {
    fprintf(d->out, " outer %u.%u", v->hops, v->slot);
  } else if (v->captured) {
    fprintf(d->out, " slot %u", v->slot);
  } else {
    fputs(" local", d->out);
  }
  if (id->base.flags & IDENT_DYNAMIC) fputs(" dynamic", d->out);
  if (v && v->scope && v->scope->kind == SCOPE_SCRIPT) return;
  if (id->base.flags & IDENT_NEEDS_TDZ) fputs(" tdz", d->out);
}

static void dump_function(Dump *d, const FunctionNode *fn) {
  static const char *const kinds[] = {"",         " arrow",      " method",      " get",    " set",    " constructor",
                                      " derived", " field-init", " static-init", " script", " module", " eval"};
  fprintf(d->out, "%s%s%s", kinds[fn->kind], fn->is_async ? " async" : "", fn->is_generator ? " generator" : "");
  if (fn->name) put_string(d, fn->name);
  if (fn->is_strict) fputs(" strict", d->out);
  if (fn->is_lazy) {
    fputs(" lazy", d->out);
    return;
  }
  put_scope(d, fn->scope);
  fputs(" (params", d->out);
  put_children(d, fn->params);
  fputc(')', d->out);
  put_scope(d, fn->body_scope);
  if (fn->kind == FN_FIELD_INIT || fn->kind == FN_STATIC_INIT) return; // its elements stand in the class
  put_children(d, fn->body);
}

static void dump_property(Dump *d, const PropertyNode *property) {
  static const char *const kinds[] = {"init", "method", "get", "set", "spread", "proto", "field", "static-block"};
  fprintf(d->out, " %s", kinds[property->base.op]);
  if (property->base.flags & KEY_COMPUTED) fputs(" computed", d->out);
  if (property->base.flags & PROPERTY_SHORTHAND) fputs(" shorthand", d->out);
  if (property->base.flags & ELEMENT_STATIC) fputs(" static", d->out);
  if (property->key) child(d, property->key);
  if (property->value) child(d, property->value);
}

static void dump_class(Dump *d, const ClassNode *node) {
  if (node->name) put_string(d, node->name);
  put_scope(d, node->scope);
  if (node->heritage) {
    fputs(" (extends", d->out);
    child(d, node->heritage);
    fputc(')', d->out);
  }
  if (node->constructor) child(d, &node->constructor->base);
  for (u32 i = 0; i < node->count; i++) child(d, &node->elements[i]->base);
  if (node->instance_init && d->flags & AST_DUMP_SCOPES) child(d, &node->instance_init->base);
  if (node->static_init && d->flags & AST_DUMP_SCOPES) child(d, &node->static_init->base);
}

static void dump_assign(Dump *d, const AssignNode *node) {
  static const char *const logical[] = {"&&", "||", "??"};
  u8 op = node->base.op;
  if (node->base.type == AST_ASSIGN && op >= ASSIGN_LOGICAL) {
    fprintf(d->out, " %s=", logical[op - ASSIGN_LOGICAL]);
  } else if (node->base.type == AST_ASSIGN && op >= ASSIGN_BINARY) {
    fprintf(d->out, " %s=", ast_binary_op_text((BinaryOp)(op - ASSIGN_BINARY)));
  }
  child(d, node->target);
  child(d, node->value);
}

static void dump_declaration(Dump *d, const DeclarationNode *node) {
  static const char *const kinds[] = {"var", "let", "const", "using", "await-using"};
  fprintf(d->out, " %s", kinds[node->base.op]);
  for (u32 i = 0; i < node->count; i++) {
    child(d, node->items[i].target);
    if (node->items[i].init) {
      fputs(" =", d->out);
      child(d, node->items[i].init);
    }
  }
}

static void dump_template(Dump *d, const TemplateNode *node) {
  for (u32 i = 0; i <= node->expressions.count; i++) {
    put_string(d, node->parts[i].cooked);
    if (i < node->expressions.count) child(d, node->expressions.items[i]);
  }
}

static void dump_number(Dump *d, double value) {
  char text[NUMBER_TEXT_MAX];
  size_t n = number_to_text(value, text);
  fprintf(d->out, " %.*s", (int)n, text);
}

static void dump_call(Dump *d, const CallNode *node) {
  if (node->base.flags & CALL_DIRECT_EVAL) fputs(" direct-eval", d->out);
  if (node->base.flags & LINK_OPTIONAL && node->base.type == AST_CALL) fputs(" ?.", d->out);
  child(d, node->callee);
  put_children(d, node->args);
}

static void dump_statement(Dump *d, const Node *node) {
  switch (node->type) {
  case AST_DECLARATION: dump_declaration(d, (const DeclarationNode *)node); break;
  case AST_FUNCTION_DECLARATION: {
    const FunctionDeclarationNode *declaration = (const FunctionDeclarationNode *)node;
    if (declaration->annex_b) fputs(" annex-b", d->out);
    child(d, &declaration->function->base);
    break;
  }
  case AST_CLASS_DECLARATION: child(d, &((const ClassDeclarationNode *)node)->class_node->base); break;
  case AST_BLOCK:
    put_scope(d, ((const BlockNode *)node)->scope);
    put_children(d, ((const BlockNode *)node)->list);
    break;
  case AST_IF: {
    const IfNode *branch = (const IfNode *)node;
    child(d, branch->test);
    child(d, branch->then);
    if (branch->otherwise) child(d, branch->otherwise);
    break;
  }
  case AST_FOR: {
    const ForNode *loop = (const ForNode *)node;
    put_scope(d, loop->scope);
    child(d, loop->init);
    child(d, loop->test);
    child(d, loop->update);
    child(d, loop->body);
    break;
  }
  case AST_FOR_IN:
  case AST_FOR_OF: {
    const ForInNode *loop = (const ForInNode *)node;
    if (node->flags & FOR_AWAIT && node->type == AST_FOR_OF) fputs(" await", d->out);
    put_scope(d, loop->scope);
    child(d, loop->target);
    put_scope(d, loop->head_scope);
    child(d, loop->object);
    child(d, loop->body);
    break;
  }
  case AST_WHILE:
  case AST_DO_WHILE:
    child(d, ((const WhileNode *)node)->test);
    child(d, ((const WhileNode *)node)->body);
    break;
  case AST_CONTINUE:
  case AST_BREAK:
    if (((const JumpNode *)node)->label) put_string(d, ((const JumpNode *)node)->label);
    break;
  case AST_WITH:
    child(d, ((const WithNode *)node)->object);
    child(d, ((const WithNode *)node)->body);
    break;
  case AST_SWITCH: {
    const SwitchNode *node_switch = (const SwitchNode *)node;
    child(d, node_switch->discriminant);
    put_scope(d, node_switch->scope);
    for (u32 i = 0; i < node_switch->count; i++) child(d, &node_switch->cases[i]->base);
    break;
  }
  case AST_CASE:
    child(d, ((const CaseNode *)node)->test);
    put_children(d, ((const CaseNode *)node)->body);
    break;
  case AST_LABELED:
    put_string(d, ((const LabeledNode *)node)->label);
    child(d, ((const LabeledNode *)node)->body);
    break;
  case AST_TRY: {
    const TryNode *node_try = (const TryNode *)node;
    child(d, &node_try->block->base);
    if (node_try->handler) {
      fputs(" (catch", d->out);
      put_scope(d, node_try->catch_scope);
      if (node_try->param) child(d, node_try->param);
      child(d, &node_try->handler->base);
      fputc(')', d->out);
    }
    if (node_try->finalizer) {
      fputs(" (finally", d->out);
      child(d, &node_try->finalizer->base);
      fputc(')', d->out);
    }
    break;
  }
  case AST_EXPORT_DEFAULT: child(d, ((const ExportDefaultNode *)node)->value); break;
  default: break;
  }
}

static void dump_body(Dump *d, const Node *node) {
  static const char *const logical[] = {"&&", "||", "??"};
  switch (node->type) {
  case AST_NULL:
  case AST_TRUE:
  case AST_FALSE:
  case AST_IMPORT_META:
  case AST_EMPTY:
  case AST_DEBUGGER: break;
  case AST_NUMBER: dump_number(d, ((const NumberNode *)node)->value); break;
  case AST_STRING:
  case AST_BIGINT: put_string(d, ((const StringNode *)node)->value); break;
  case AST_REGEXP:
    put_string(d, ((const RegExpNode *)node)->pattern);
    put_string(d, ((const RegExpNode *)node)->reg_flags);
    break;
  case AST_TEMPLATE: dump_template(d, (const TemplateNode *)node); break;
  case AST_TAGGED_TEMPLATE:
    child(d, ((const TaggedTemplateNode *)node)->tag);
    child(d, &((const TaggedTemplateNode *)node)->quasi->base);
    break;
  case AST_IDENTIFIER:
  case AST_PRIVATE_NAME:
    fputc(' ', d->out);
    put_name(d, ((const IdentifierNode *)node)->name);
    put_resolution(d, (const IdentifierNode *)node);
    break;
  case AST_THIS:
  case AST_NEW_TARGET:
  case AST_CALLEE: put_resolution(d, (const IdentifierNode *)node); break;
  case AST_ARRAY:
  case AST_OBJECT:
  case AST_SEQUENCE:
  case AST_ARRAY_PATTERN:
  case AST_OBJECT_PATTERN: put_children(d, ((const ListNode *)node)->list); break;
  case AST_PROPERTY:
  case AST_CLASS_ELEMENT: dump_property(d, (const PropertyNode *)node); break;
  case AST_FUNCTION: dump_function(d, (const FunctionNode *)node); break;
  case AST_CLASS: dump_class(d, (const ClassNode *)node); break;
  case AST_UNARY:
    fprintf(d->out, " %s", ast_unary_op_text((UnaryOp)node->op));
    child(d, ((const UnaryNode *)node)->operand);
    break;
  case AST_UPDATE: {
    const char *op = node->flags & UPDATE_DECREMENT ? "--" : "++";
    fprintf(d->out, " %s%s", node->flags & UPDATE_PREFIX ? "prefix" : "postfix", op);
    child(d, ((const UnaryNode *)node)->operand);
    break;
  }
  case AST_BINARY:
  case AST_LOGICAL:
  case AST_PRIVATE_IN: {
    const BinaryNode *binary = (const BinaryNode *)node;
    fprintf(d->out, " %s", node->type == AST_LOGICAL ? logical[node->op] : ast_binary_op_text((BinaryOp)node->op));
    child(d, binary->left);
    child(d, binary->right);
    break;
  }
  case AST_ASSIGN:
  case AST_DEFAULT: dump_assign(d, (const AssignNode *)node); break;
  case AST_CONDITIONAL:
    child(d, ((const ConditionalNode *)node)->test);
    child(d, ((const ConditionalNode *)node)->then);
    child(d, ((const ConditionalNode *)node)->otherwise);
    break;
  case AST_MEMBER:
    if (node->flags & LINK_OPTIONAL) fputs(" ?.", d->out);
    child(d, ((const MemberNode *)node)->object);
    put_string(d, ((const MemberNode *)node)->name);
    break;
  case AST_INDEX:
    if (node->flags & LINK_OPTIONAL) fputs(" ?.", d->out);
    child(d, ((const IndexNode *)node)->object);
    child(d, ((const IndexNode *)node)->index);
    break;
  case AST_PRIVATE_MEMBER:
    if (node->flags & LINK_OPTIONAL) fputs(" ?.", d->out);
    child(d, ((const PrivateMemberNode *)node)->object);
    child(d, &((const PrivateMemberNode *)node)->name->base);
    break;
  case AST_SUPER_MEMBER: put_string(d, ((const SuperMemberNode *)node)->name); break;
  case AST_SUPER_INDEX: child(d, ((const SuperMemberNode *)node)->key); break;
  case AST_CALL:
  case AST_NEW: dump_call(d, (const CallNode *)node); break;
  case AST_SUPER_CALL: put_children(d, ((const SuperCallNode *)node)->args); break;
  case AST_IMPORT_CALL:
    child(d, ((const ImportCallNode *)node)->specifier);
    if (((const ImportCallNode *)node)->options) child(d, ((const ImportCallNode *)node)->options);
    break;
  case AST_SPREAD:
  case AST_REST:
  case AST_OPTIONAL_CHAIN:
  case AST_YIELD:
  case AST_YIELD_STAR:
  case AST_AWAIT:
  case AST_EXPRESSION_STATEMENT:
  case AST_RETURN:
  case AST_THROW:
    if (((const UnaryNode *)node)->operand) child(d, ((const UnaryNode *)node)->operand);
    break;
  default: dump_statement(d, node); break;
  }
}

static void dump(Dump *d, const Node *node) {
  if (!node) {
    fputs("()", d->out);
    return;
  }
  if (d->depth >= DUMP_DEPTH_MAX) {
    fputs("...", d->out);
    return;
  }
  d->depth++;
  fprintf(d->out, "(%s", ast_type_name((NodeType)node->type));
  if (d->flags & AST_DUMP_POSITIONS) fprintf(d->out, "@%u", node->pos);
  dump_body(d, node);
  fputc(')', d->out);
  d->depth--;
}

void ast_dump(const FunctionNode *root, AstDumpFlags flags, FILE *out) {
  Dump d = {out, flags, 0};
  if (root->is_lazy || root->is_expression_body || root->params.count > 0 || root->kind < FN_SCRIPT) {
    dump(&d, &root->base);
    fputc('\n', out);
    return;
  }
  if (flags & AST_DUMP_SCOPES) {
    put_scope(&d, root->scope);
    fputc('\n', out);
  }
  for (u32 i = 0; i < root->body.count; i++) {
    dump(&d, root->body.items[i]);
    fputc('\n', out);
  }
}
