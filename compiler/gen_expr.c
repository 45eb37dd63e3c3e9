// SPDX-License-Identifier: MIT
// Expressions: values, operators, conditions. Names are in gen_scope.c, literals of objects in gen_literal.c, calls and member chains in
// gen_call.c, assignments in gen_assign.c.
#include <math.h>

#include "compiler/gen_internal.h"

// ---- looking ahead

enum { SCAN_BUDGET = 200 };

static bool scan(const Node *node, const Variable *v, bool mention, i32 *budget);

static bool scan_list(const NodeList *list, const Variable *v, bool mention, i32 *budget) {
  for (u32 i = 0; i < list->count; i++) {
    if (list->items[i] && scan(list->items[i], v, mention, budget)) return true;
  }
  return false;
}

static bool is_variable(const Node *node, const Variable *v) {
  return node->type == AST_IDENTIFIER && ((const IdentifierNode *)node)->var == v;
}

// Whether evaluating the node may assign v (or, with `mention`, touch it at all). Says yes when in doubt.
static bool scan(const Node *node, const Variable *v, bool mention, i32 *budget) {
  for (;;) {
    if (!node) return false;
    if (--*budget < 0) return true;
    switch ((NodeType)node->type) {
    case AST_NULL:
    case AST_TRUE:
    case AST_FALSE:
    case AST_NUMBER:
    case AST_STRING:
    case AST_BIGINT:
    case AST_REGEXP:
    case AST_THIS:
    case AST_NEW_TARGET:
    case AST_CALLEE:
    case AST_PRIVATE_NAME:
    case AST_IMPORT_META: return false;
    case AST_IDENTIFIER: return mention && is_variable(node, v);
    case AST_FUNCTION: return false; // variables in registers are not captured
    case AST_TEMPLATE: return scan_list(&((const TemplateNode *)node)->expressions, v, mention, budget);
    case AST_TAGGED_TEMPLATE:
      if (scan_list(&((const TaggedTemplateNode *)node)->quasi->expressions, v, mention, budget)) return true;
      node = ((const TaggedTemplateNode *)node)->tag;
      continue;
    case AST_ARRAY:
    case AST_OBJECT:
    case AST_SEQUENCE: return scan_list(&((const ListNode *)node)->list, v, mention, budget);
    case AST_PROPERTY: {
      const PropertyNode *p = (const PropertyNode *)node;
      if (p->base.flags & KEY_COMPUTED && scan(p->key, v, mention, budget)) return true;
      node = p->value;
      continue;
    }
    case AST_UNARY:
    case AST_SPREAD:
    case AST_OPTIONAL_CHAIN:
    case AST_YIELD:
    case AST_YIELD_STAR:
    case AST_AWAIT: node = ((const UnaryNode *)node)->operand; continue;
    case AST_UPDATE:
      if (is_variable(((const UnaryNode *)node)->operand, v)) return true;
      node = ((const UnaryNode *)node)->operand;
      continue;
    case AST_BINARY:
    case AST_LOGICAL:
    case AST_PRIVATE_IN:
      if (scan(((const BinaryNode *)node)->right, v, mention, budget)) return true;
      node = ((const BinaryNode *)node)->left;
      continue;
    case AST_ASSIGN: {
      const AssignNode *a = (const AssignNode *)node;
      if (is_variable(a->target, v) || a->target->type == AST_ARRAY_PATTERN || a->target->type == AST_OBJECT_PATTERN) return true;
      if (scan(a->target, v, mention, budget)) return true;
      node = a->value;
      continue;
    }
    case AST_CONDITIONAL: {
      const ConditionalNode *c = (const ConditionalNode *)node;
      if (scan(c->test, v, mention, budget) || scan(c->then, v, mention, budget)) return true;
      node = c->otherwise;
      continue;
    }
    case AST_MEMBER: node = ((const MemberNode *)node)->object; continue;
    case AST_INDEX:
      if (scan(((const IndexNode *)node)->index, v, mention, budget)) return true;
      node = ((const IndexNode *)node)->object;
      continue;
    case AST_PRIVATE_MEMBER: node = ((const PrivateMemberNode *)node)->object; continue;
    case AST_SUPER_MEMBER: return false;
    case AST_SUPER_INDEX: node = ((const SuperMemberNode *)node)->key; continue;
    case AST_CALL:
    case AST_NEW:
      if (scan_list(&((const CallNode *)node)->args, v, mention, budget)) return true;
      node = ((const CallNode *)node)->callee;
      continue;
    case AST_SUPER_CALL: return scan_list(&((const SuperCallNode *)node)->args, v, mention, budget);
    default: return true;
    }
  }
}

bool expr_may_assign(Gen *g, const Node *node, const Variable *v) {
  (void)g;
  if (!v->assigned && v->kind != VAR_VAR) return false;
  i32 budget = SCAN_BUDGET;
  return scan(node, v, false, &budget);
}

bool expr_mentions(Gen *g, const Node *node, const Variable *v) {
  (void)g;
  i32 budget = SCAN_BUDGET;
  return scan(node, v, true, &budget);
}

Reg protect_operand(Gen *g, Reg r, Node *later, Node *later2) {
  Variable *v = reg_variable(g, r);
  if (!v) return r;
  if (!(later && expr_may_assign(g, later, v)) && !(later2 && expr_may_assign(g, later2, v))) return r;
  Reg copy = reg_new(g);
  return gen_move(g, r, copy);
}

static bool dst_is_scratch(const Gen *g, Reg dst) { return dst != NO_REG && (!reg_is_local(g, dst) || dst == g->scratch_local); }

Reg gen_operand(Gen *g, Node *node, Reg hint, Node *later, Node *later2) {
  bool in_place = node->type == AST_IDENTIFIER || node->type == AST_THIS || node->type == AST_ASSIGN || node->type == AST_UPDATE;
  if (!in_place && dst_is_scratch(g, hint)) return gen_expr(g, node, hint);
  Reg r = gen_any(g, node);
  return protect_operand(g, r, later, later2);
}

void gen_to_local(Gen *g, Node *node, Reg local, AstName *name) {
  Variable *v = reg_variable(g, local);
  Reg saved = g->scratch_local;
  bool lexical = v && variable_is_lexical(v) && !v->needs_tdz && !v->assigned;
  if (lexical || (!g->open_regions && v && !expr_mentions(g, node, v))) g->scratch_local = local;
  if (name) {
    gen_named(g, node, name, local);
  } else {
    gen_to(g, node, local);
  }
  g->scratch_local = saved;
}

// ---- constants

static bool fold_binary(BinaryOp op, double a, double b, double *out) {
  i32 ia = (i32)(u32)(i64)(fabs(a) < 9e15 ? a : 0), ib = (i32)(u32)(i64)(fabs(b) < 9e15 ? b : 0);
  if (op >= BIN_SHL && op <= BIN_XOR && (!(fabs(a) < 9e15) || !(fabs(b) < 9e15))) return false;
  switch (op) {
  case BIN_ADD: *out = a + b; return true;
  case BIN_SUB: *out = a - b; return true;
  case BIN_MUL: *out = a * b; return true;
  case BIN_DIV: *out = a / b; return true;
  case BIN_MOD: *out = fmod(a, b); return true;
  case BIN_SHL: *out = (i32)((u32)ia << (ib & 31)); return true;
  case BIN_SAR: *out = ia >> (ib & 31); return true;
  case BIN_SHR: *out = (u32)ia >> (ib & 31); return true;
  case BIN_AND: *out = ia & ib; return true;
  case BIN_OR: *out = ia | ib; return true;
  case BIN_XOR: *out = ia ^ ib; return true;
  default: return false;
  }
}

static bool fold(const Node *node, double *value, u32 depth) {
  if (node->type == AST_NUMBER) {
    *value = ((const NumberNode *)node)->value;
    return true;
  }
  if (!depth) return false;
  if (node->type == AST_UNARY) {
    double v;
    if (node->op != UNARY_MINUS && node->op != UNARY_PLUS && node->op != UNARY_BIT_NOT) return false;
    if (!fold(((const UnaryNode *)node)->operand, &v, depth - 1)) return false;
    if (node->op == UNARY_BIT_NOT) return fold_binary(BIN_XOR, v, -1, value);
    *value = node->op == UNARY_MINUS ? -v : v;
    return true;
  }
  if (node->type != AST_BINARY) return false;
  double a, b;
  if (!fold(((const BinaryNode *)node)->right, &b, depth - 1)) return false;
  if (!fold(((const BinaryNode *)node)->left, &a, depth - 1)) return false;
  return fold_binary((BinaryOp)node->op, a, b, value);
}

bool const_value(Gen *g, const Node *node, double *value) {
  (void)g;
  return fold(node, value, 12);
}

static bool const_smi(const Node *node, i32 *value) { // fits the immediate of a compare-and-jump
  double d;
  if (node->type != AST_NUMBER && node->type != AST_UNARY) return false;
  if (!fold(node, &d, 3)) return false;
  if (!(d >= INT16_MIN && d <= INT16_MAX) || d != (i32)d || (d == 0 && signbit(d))) return false;
  *value = (i32)d;
  return true;
}

static bool global_constant(const Node *node, double *value) {
  const IdentifierNode *id = (const IdentifierNode *)node;
  if (node->type != AST_IDENTIFIER || id->var || node->flags & IDENT_DYNAMIC) return false;
  if (ast_name_equals(id->name, "NaN")) {
    *value = NAN;
    return true;
  }
  if (ast_name_equals(id->name, "Infinity")) {
    *value = INFINITY;
    return true;
  }
  return false;
}

bool node_is_null_or_undefined(const Node *node, bool *is_null) {
  *is_null = node->type == AST_NULL;
  if (*is_null) return true;
  if (node->type == AST_UNARY && node->op == UNARY_VOID) return ((const UnaryNode *)node)->operand->type == AST_NUMBER;
  const IdentifierNode *id = (const IdentifierNode *)node;
  return node->type == AST_IDENTIFIER && !id->var && !(node->flags & IDENT_DYNAMIC) && ast_name_equals(id->name, "undefined");
}

bool expr_is_primitive(const Node *node) {
  switch (node->type) {
  case AST_NUMBER:
  case AST_STRING:
  case AST_NULL:
  case AST_TRUE:
  case AST_FALSE:
  case AST_BIGINT:
  case AST_TEMPLATE:
  case AST_UPDATE:
  case AST_UNARY: return true;
  case AST_BINARY: return true; // all operators give primitives
  case AST_ASSIGN: return node->op >= ASSIGN_BINARY && node->op < ASSIGN_LOGICAL;
  default: return false;
  }
}

// ---- binary operators

static Opcode binary_opcode(BinaryOp op) {
  static const u8 table[] = {
      [BIN_ADD] = OP_ADD,       [BIN_SUB] = OP_SUB, [BIN_MUL] = OP_MUL, [BIN_DIV] = OP_DIV, [BIN_MOD] = OP_MOD,
      [BIN_EXP] = OP_EXP,       [BIN_SHL] = OP_SHL, [BIN_SAR] = OP_SAR, [BIN_SHR] = OP_SHR, [BIN_AND] = OP_AND,
      [BIN_OR] = OP_OR,         [BIN_XOR] = OP_XOR, [BIN_EQ] = OP_EQ,   [BIN_NE] = OP_NE,   [BIN_EQ_STRICT] = OP_SEQ,
      [BIN_NE_STRICT] = OP_SNE, [BIN_LT] = OP_LT,   [BIN_GT] = OP_GT,   [BIN_LE] = OP_LE,   [BIN_GE] = OP_GE,
      [BIN_IN] = OP_IN};
  return table[op];
}

static Opcode smi_opcode(BinaryOp op) {
  switch (op) {
  case BIN_ADD: return OP_ADD_SMI;
  case BIN_SUB: return OP_SUB_SMI;
  case BIN_MUL: return OP_MUL_SMI;
  case BIN_DIV: return OP_DIV_SMI;
  case BIN_MOD: return OP_MOD_SMI;
  case BIN_AND: return OP_AND_SMI;
  case BIN_OR: return OP_OR_SMI;
  case BIN_XOR: return OP_XOR_SMI;
  case BIN_SHL: return OP_SHL_SMI;
  case BIN_SAR: return OP_SAR_SMI;
  case BIN_SHR: return OP_SHR_SMI;
  default: return OP_NOP;
  }
}

static Opcode k_opcode(BinaryOp op) {
  switch (op) {
  case BIN_ADD: return OP_ADD_K;
  case BIN_SUB: return OP_SUB_K;
  case BIN_MUL: return OP_MUL_K;
  case BIN_DIV: return OP_DIV_K;
  default: return OP_NOP;
  }
}

static bool is_commutative(BinaryOp op) { return op == BIN_MUL || op == BIN_AND || op == BIN_OR || op == BIN_XOR; }
static bool is_int32(double d) { return d >= INT32_MIN && d <= INT32_MAX && d == (i32)d && !(d == 0 && signbit(d)); }

Reg gen_binary_op(Gen *g, BinaryOp op, Reg left, Reg right, Reg dst) {
  dst = reg_result(g, dst);
  if (op == BIN_INSTANCEOF) emit_ext(g, OP_INSTANCEOF, (u32)dst, (u32)left, right, const_ic(g, NULL));
  else emit(g, binary_opcode(op), (u32)dst, (u32)left, right);
  return dst;
}

static bool gen_constant_right(Gen *g, BinaryOp op, Reg left, const Node *right, Reg dst) {
  i32 smi;
  double d;
  Opcode small = smi_opcode(op), k = k_opcode(op);
  if (small != OP_NOP && const_smi(right, &smi) && emit_is_narrow(small, smi)) {
    emit(g, small, (u32)dst, (u32)left, smi);
    return true;
  }
  if (k == OP_NOP || !const_value(g, right, &d) || is_int32(d)) return false;
  u32 number = const_raw_double(g, d);
  if (number > 0xffff) return false;
  emit(g, k, (u32)dst, (u32)left, (i32)number);
  return true;
}

Reg gen_binary_op_node(Gen *g, BinaryOp op, Reg left, Node *right, Reg dst) {
  u32 pos = g->pos;
  Reg out = reg_result(g, dst);
  g->pos = pos;
  if (gen_constant_right(g, op, left, right, out)) return out;
  Reg r = gen_any(g, right);
  g->pos = pos;
  return gen_binary_op(g, op, left, r, out);
}

// `(a + b) | 0`: the two steps are one instruction.
static bool is_or_zero(const BinaryNode *node) {
  i32 smi;
  return node->base.op == BIN_OR && const_smi(node->right, &smi) && smi == 0;
}

static bool gen_constant_left(Gen *g, const BinaryNode *node, Reg dst) {
  double d;
  if (node->left->type != AST_NUMBER && node->left->type != AST_UNARY) return false;
  if (!const_value(g, node->left, &d)) return false;
  BinaryOp op = (BinaryOp)node->base.op;
  if (is_commutative(op)) {
    Reg r = gen_any(g, node->right);
    set_pos(g, &node->base);
    return gen_constant_right(g, op, r, node->left, dst) || (gen_binary_op_node(g, op, r, node->left, dst), true);
  }
  if ((op != BIN_SUB && op != BIN_DIV) || is_int32(d)) return false;
  u32 number = const_raw_double(g, d);
  if (number > 0xffff) return false;
  Reg r = gen_any(g, node->right);
  set_pos(g, &node->base);
  emit(g, op == BIN_SUB ? OP_K_SUB : OP_K_DIV, (u32)dst, (u32)r, (i32)number);
  return true;
}

// The left edge may be very deep: down with a loop, then upwards.
static Reg gen_binary(Gen *g, BinaryNode *top, Reg dst) {
  VEC(BinaryNode *) spine = {0};
  Node *leaf = &top->base;
  double value;
  while (leaf->type == AST_BINARY && !(leaf != &top->base && const_value(g, leaf, &value))) {
    vec_push(&spine, (BinaryNode *)leaf);
    leaf = ((BinaryNode *)leaf)->left;
    if (!gen_poll(g)) break;
  }
  u32 mark = g->next_reg, i = spine.len - 1;
  Reg out = reg_result(g, dst);
  Reg acc = dst_is_scratch(g, out) ? out : NO_REG, left;
  if (acc == NO_REG && i > 0) acc = reg_new(g);
  BinaryNode *first = spine.data[i];
  if (gen_constant_left(g, first, i ? acc : out)) {
    left = i ? acc : out;
  } else {
    left = gen_operand(g, leaf, acc, first->right, NULL);
    i++; // the loop below does `first` too
  }
  while (i > 0 && gen_poll(g)) {
    BinaryNode *node = spine.data[--i];
    bool to_int = i > 0 && (node->base.op == BIN_ADD || node->base.op == BIN_SUB) && is_or_zero(spine.data[i - 1]);
    Reg to = i == 0 || (to_int && i == 1) ? out : acc;
    u32 inner = g->next_reg;
    if (to_int) {
      Reg right = gen_any(g, node->right);
      set_pos(g, &node->base);
      emit(g, node->base.op == BIN_ADD ? OP_ADD_INT32 : OP_SUB_INT32, (u32)to, (u32)left, right);
      i--;
    } else {
      set_pos(g, &node->base);
      gen_binary_op_node(g, (BinaryOp)node->base.op, left, node->right, to);
    }
    reg_release(g, inner);
    left = to;
  }
  vec_free(&spine);
  reg_release(g, mark);
  if (dst == NO_REG) reg_release(g, (u32)out + 1);
  return out;
}

static Reg gen_private_in(Gen *g, BinaryNode *node, Reg dst) {
  Reg name = gen_private_name(g, (IdentifierNode *)node->left);
  Reg object = gen_any(g, node->right);
  dst = reg_result(g, dst);
  set_pos(g, &node->base);
  emit(g, OP_HAS_PRIVATE, (u32)dst, (u32)name, object);
  return dst;
}

// ---- logical operators and conditions

typedef VEC(Node *) NodeVec;

// Operands of a chain of one operator, in order.
static void flatten_logical(BinaryNode *node, NodeVec *out) {
  u8 op = node->base.op;
  Node *at = &node->base;
  while (at->type == AST_LOGICAL && at->op == op) {
    vec_push(out, ((BinaryNode *)at)->right);
    at = ((BinaryNode *)at)->left;
  }
  vec_push(out, at);
  for (u32 i = 0, k = out->len - 1; i < k; i++, k--) {
    Node *swap = out->data[i];
    out->data[i] = out->data[k];
    out->data[k] = swap;
  }
}

// Its value is true or false, and as a condition it costs less than as a value.
static bool is_test(const Node *node, u32 depth) {
  if (node->type == AST_BINARY) return node->op >= BIN_EQ && node->op <= BIN_GE;
  if (node->type == AST_UNARY) return node->op == UNARY_NOT;
  if (node->type != AST_LOGICAL || node->op == LOGIC_NULLISH || !depth) return false;
  return is_test(((const BinaryNode *)node)->left, depth - 1) && is_test(((const BinaryNode *)node)->right, depth - 1);
}

static Reg gen_logical(Gen *g, BinaryNode *node, Reg dst) {
  NodeVec operands = {0};
  flatten_logical(node, &operands);
  Reg out = reg_result(g, dst);
  u32 mark = g->next_reg;
  Reg t = dst_is_scratch(g, out) ? out : reg_new(g);
  bool any = node->base.op == LOGIC_OR;
  Opcode op = node->base.op == LOGIC_AND ? OP_JFALSE : any ? OP_JTRUE : OP_JNOT_NULLISH;
  Label end = LABEL_INIT, decided = LABEL_INIT; // decided: by a test, whose value is known then
  for (u32 i = 0; i < operands.len; i++) {
    bool last = i + 1 == operands.len;
    if (!last && node->base.op != LOGIC_NULLISH && is_test(operands.data[i], 8)) {
      gen_jump_if(g, operands.data[i], &decided, any);
      continue;
    }
    gen_to(g, operands.data[i], t);
    if (!last) emit_jump(g, op, (u32)t, 0, &end);
  }
  if (label_is_used(&decided)) {
    emit_jmp(g, &end);
    label_bind(g, &decided);
    load_special(g, any ? SPECIAL_TRUE : SPECIAL_FALSE, t);
  }
  label_bind(g, &end);
  gen_move(g, t, out);
  vec_free(&operands);
  reg_release(g, mark);
  return out;
}

static void gen_logical_effect(Gen *g, BinaryNode *node) {
  NodeVec operands = {0};
  flatten_logical(node, &operands);
  Label end = LABEL_INIT;
  for (u32 i = 0; i + 1 < operands.len; i++) {
    if (node->base.op == LOGIC_NULLISH) {
      u32 mark = g->next_reg;
      Reg r = gen_any(g, operands.data[i]);
      emit_jump(g, OP_JNOT_NULLISH, (u32)r, 0, &end);
      reg_release(g, mark);
    } else {
      gen_jump_if(g, operands.data[i], &end, node->base.op == LOGIC_OR);
    }
  }
  gen_effect(g, operands.data[operands.len - 1]);
  label_bind(g, &end);
  vec_free(&operands);
}

static void gen_jump_if_logical(Gen *g, BinaryNode *node, Label *target, bool when) {
  NodeVec operands = {0};
  flatten_logical(node, &operands);
  bool stops_on = node->base.op == LOGIC_OR; // the truth that decides early
  Label skip = LABEL_INIT;
  for (u32 i = 0; i < operands.len; i++) {
    bool last = i + 1 == operands.len;
    if (last || stops_on == when) {
      gen_jump_if(g, operands.data[i], target, when);
    } else {
      gen_jump_if(g, operands.data[i], &skip, stops_on);
    }
  }
  label_bind(g, &skip);
  vec_free(&operands);
}

static i32 typeof_number(const AstName *name) {
  static const char *const names[] = {"undefined", "object", "boolean", "number", "string", "symbol", "bigint", "function"};
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    if (ast_name_equals(name, names[i])) return (i32)i;
  }
  return -1;
}

static Reg gen_typeof_operand(Gen *g, Node *node) {
  if (node->type != AST_IDENTIFIER) return gen_any(g, node);
  set_pos(g, node);
  NameRef ref = name_from_identifier(g, (IdentifierNode *)node);
  return name_load(g, &ref, NO_REG, true);
}

static bool jump_if_typeof(Gen *g, Node *left, Node *right, Label *target, bool when) {
  if (left->type != AST_UNARY || left->op != UNARY_TYPEOF || right->type != AST_STRING) return false;
  i32 number = typeof_number(((StringNode *)right)->value);
  if (number < 0) return false;
  Reg r = gen_typeof_operand(g, ((UnaryNode *)left)->operand);
  emit_jump(g, when ? OP_JTYPEOF : OP_JNOT_TYPEOF, (u32)r, number, target);
  return true;
}

static bool jump_if_special(Gen *g, u32 bits, Node *left, Label *target, bool when) {
  u32 number = const_special(g, bits);
  if (number > 0xffff) return false;
  Reg r = gen_any(g, left);
  emit_jump(g, when ? OP_JSEQ_K : OP_JSNE_K, (u32)r, (i32)number, target);
  return true;
}

static bool jump_if_nullish(Gen *g, bool strict, Node *left, Node *right, Label *target, bool when) {
  bool is_null;
  if (!node_is_null_or_undefined(right, &is_null)) return false;
  if (strict && is_null) return jump_if_special(g, SPECIAL_NULL, left, target, when);
  Reg r = gen_any(g, left);
  Opcode op = strict ? (when ? OP_JUNDEFINED : OP_JNOT_UNDEFINED) : (when ? OP_JEQ_NULL : OP_JNE_NULL);
  emit_jump(g, op, (u32)r, 0, target);
  return true;
}

static bool jump_if_constant(Gen *g, const BinaryNode *node, BinaryOp op, Node *left, Node *right, Label *target, bool when) {
  bool equality = op >= BIN_EQ && op <= BIN_NE_STRICT, strict = op == BIN_EQ_STRICT || op == BIN_NE_STRICT;
  bool negative = op == BIN_NE || op == BIN_NE_STRICT;
  i32 smi;
  if (equality) {
    if (jump_if_typeof(g, left, right, target, when != negative)) return true;
    if (jump_if_nullish(g, strict, left, right, target, when != negative)) return true;
  }
  if (const_smi(right, &smi)) {
    static const u8 ordered[][2] = {[BIN_LT - BIN_LT] = {OP_JNLT_SMI, OP_JLT_SMI},
                                    [BIN_GT - BIN_LT] = {OP_JNGT_SMI, OP_JGT_SMI},
                                    [BIN_LE - BIN_LT] = {OP_JNLE_SMI, OP_JLE_SMI},
                                    [BIN_GE - BIN_LT] = {OP_JNGE_SMI, OP_JGE_SMI}};
    Opcode code;
    if (equality) {
      bool positive = when != negative;
      code = strict ? (positive ? OP_JSEQ_SMI : OP_JSNE_SMI) : (positive ? OP_JEQ_SMI : OP_JNE_SMI);
    } else {
      code = ordered[op - BIN_LT][when];
    }
    Reg r = gen_any(g, left);
    set_pos(g, &node->base);
    emit_jump(g, code, (u32)r, smi, target);
    return true;
  }
  if (equality && strict && (right->type == AST_TRUE || right->type == AST_FALSE)) {
    return jump_if_special(g, right->type == AST_TRUE ? SPECIAL_TRUE : SPECIAL_FALSE, left, target, when != negative);
  }
  if (!equality || !strict || (right->type != AST_STRING && right->type != AST_NUMBER)) return false;
  u32 number =
      right->type == AST_STRING ? const_string(g, ((StringNode *)right)->value) : const_number(g, ((NumberNode *)right)->value);
  if (number > 0xffff) return false;
  Reg r = gen_any(g, left);
  emit_jump(g, when != negative ? OP_JSEQ_K : OP_JSNE_K, (u32)r, (i32)number, target);
  return true;
}

static bool is_literal(const Node *node) {
  bool is_null;
  return node->type == AST_NUMBER || node->type == AST_STRING || node->type == AST_TRUE || node->type == AST_FALSE ||
         node_is_null_or_undefined(node, &is_null);
}

static BinaryOp mirrored(BinaryOp op) {
  switch (op) {
  case BIN_LT: return BIN_GT;
  case BIN_GT: return BIN_LT;
  case BIN_LE: return BIN_GE;
  case BIN_GE: return BIN_LE;
  default: return op;
  }
}

static bool jump_if_comparison(Gen *g, BinaryNode *node, Label *target, bool when) {
  BinaryOp op = (BinaryOp)node->base.op;
  if (op < BIN_EQ || op > BIN_GE) return false;
  if (jump_if_constant(g, node, op, node->left, node->right, target, when)) return true;
  if (is_literal(node->left) && !is_literal(node->right) &&
      jump_if_constant(g, node, mirrored(op), node->right, node->left, target, when)) {
    return true;
  }
  static const u8 codes[][2] = {[BIN_EQ - BIN_EQ] = {OP_JNE, OP_JEQ},          [BIN_NE - BIN_EQ] = {OP_JEQ, OP_JNE},
                                [BIN_EQ_STRICT - BIN_EQ] = {OP_JSNE, OP_JSEQ}, [BIN_NE_STRICT - BIN_EQ] = {OP_JSEQ, OP_JSNE},
                                [BIN_LT - BIN_EQ] = {OP_JNLT, OP_JLT},         [BIN_GT - BIN_EQ] = {OP_JNGT, OP_JGT},
                                [BIN_LE - BIN_EQ] = {OP_JNLE, OP_JLE},         [BIN_GE - BIN_EQ] = {OP_JNGE, OP_JGE}};
  Reg left = gen_operand(g, node->left, NO_REG, node->right, NULL), right = gen_any(g, node->right);
  set_pos(g, &node->base);
  emit_jump(g, (Opcode)codes[op - BIN_EQ][when], (u32)left, right, target);
  return true;
}

// A condition known without running anything: 1 true, 0 false, -1 not known.
static i32 static_truth(Gen *g, const Node *node) {
  double d;
  bool is_null;
  switch (node->type) {
  case AST_TRUE: return 1;
  case AST_NULL:
  case AST_FALSE: return 0;
  case AST_STRING: return ((const StringNode *)node)->value->length != 0;
  case AST_NUMBER:
  case AST_UNARY:
    if (node->op == UNARY_NOT && node->type == AST_UNARY) {
      i32 inner = static_truth(g, ((const UnaryNode *)node)->operand);
      return inner < 0 ? -1 : !inner;
    }
    if (const_value(g, node, &d)) return d == d && d != 0;
    return -1;
  default: return node_is_null_or_undefined(node, &is_null) ? 0 : -1;
  }
}

static void jump_if_conditional(Gen *g, ConditionalNode *node, Label *target, bool when) {
  Label otherwise = LABEL_INIT, end = LABEL_INIT;
  gen_jump_if(g, node->test, &otherwise, false);
  gen_jump_if(g, node->then, target, when);
  emit_jmp(g, &end);
  label_bind(g, &otherwise);
  gen_jump_if(g, node->otherwise, target, when);
  label_bind(g, &end);
}

// Where the chain ends early it is undefined, thus false.
static void jump_if_chain(Gen *g, UnaryNode *node, Label *target, bool when) {
  Label nullish = LABEL_INIT, *saved = g->optional_end;
  g->optional_end = when ? &nullish : target;
  Reg r = gen_any(g, node->operand);
  g->optional_end = saved;
  emit_jump(g, when ? OP_JTRUE : OP_JFALSE, (u32)r, 0, target);
  label_bind(g, &nullish);
}

// Jumps to the target when the condition's truth is `when`, else goes on behind.
void gen_jump_if(Gen *g, Node *node, Label *target, bool when) {
  if (!gen_check_stack(g)) return;
  u32 mark = g->next_reg;
  while (node->type == AST_UNARY && node->op == UNARY_NOT) {
    node = ((UnaryNode *)node)->operand;
    when = !when;
  }
  i32 truth = static_truth(g, node);
  if (truth >= 0) {
    if (truth == when) {
      emit_jmp(g, target);
      g->unreachable = false; // the other branch is generated all the same
    }
    return;
  }
  if (node->type == AST_LOGICAL && node->op != LOGIC_NULLISH) {
    gen_jump_if_logical(g, (BinaryNode *)node, target, when);
  } else if (node->type == AST_SEQUENCE) {
    NodeList *list = &((ListNode *)node)->list;
    for (u32 i = 0; i + 1 < list->count; i++) gen_effect(g, list->items[i]);
    gen_jump_if(g, list->items[list->count - 1], target, when);
  } else if (node->type == AST_CONDITIONAL) {
    jump_if_conditional(g, (ConditionalNode *)node, target, when);
  } else if (node->type == AST_OPTIONAL_CHAIN) {
    jump_if_chain(g, (UnaryNode *)node, target, when);
  } else if (node->type != AST_BINARY || !jump_if_comparison(g, (BinaryNode *)node, target, when)) {
    Reg r = gen_any(g, node);
    emit_jump(g, when ? OP_JTRUE : OP_JFALSE, (u32)r, 0, target);
  }
  reg_release(g, mark);
}

static Reg gen_conditional(Gen *g, ConditionalNode *node, Reg dst) {
  Label otherwise = LABEL_INIT, end = LABEL_INIT;
  Reg out = reg_result(g, dst);
  gen_jump_if(g, node->test, &otherwise, false);
  gen_to(g, node->then, out);
  emit_jmp(g, &end);
  label_bind(g, &otherwise);
  gen_to(g, node->otherwise, out);
  label_bind(g, &end);
  return out;
}

// ---- unary operators

static Reg gen_unary(Gen *g, UnaryNode *node, Reg dst) {
  Opcode op;
  double value;
  if (const_value(g, &node->base, &value)) {
    dst = reg_result(g, dst);
    load_number(g, value, dst);
    return dst;
  }
  switch ((UnaryOp)node->base.op) {
  case UNARY_DELETE: return gen_delete(g, node->operand, dst);
  case UNARY_VOID:
    gen_effect(g, node->operand);
    dst = reg_result(g, dst);
    load_undefined(g, dst);
    return dst;
  case UNARY_TYPEOF: {
    dst = reg_result(g, dst);
    Reg r = gen_typeof_operand(g, node->operand);
    emit(g, OP_TYPEOF, (u32)dst, (u32)r, 0);
    return dst;
  }
  case UNARY_NOT: op = OP_NOT; break;
  case UNARY_BIT_NOT: op = OP_BIT_NOT; break;
  case UNARY_PLUS: op = OP_TO_NUMBER; break;
  default: op = OP_NEG; break;
  }
  dst = reg_result(g, dst);
  Reg r = gen_operand(g, node->operand, dst, NULL, NULL);
  set_pos(g, &node->base);
  emit(g, op, (u32)dst, (u32)r, 0);
  return dst;
}

// ---- everything

Reg gen_runtime(Gen *g, RuntimeOp op, Reg window, u32 count) {
  emit(g, OP_RUNTIME, (u32)window, count, (i32)op);
  return window;
}

Reg gen_named(Gen *g, Node *node, AstName *name, Reg dst) {
  if (name && ast_is_anonymous_function(node)) {
    u32 mark = g->next_reg;
    set_pos(g, node);
    Reg r = node->type == AST_CLASS ? gen_class(g, (ClassNode *)node, name, NO_REG, dst)
                                    : gen_function(g, (FunctionNode *)node, name, NULL, NULL, dst);
    reg_release(g, dst != NO_REG || r < (Reg)mark ? mark : (u32)r + 1);
    return r;
  }
  return gen_expr(g, node, dst);
}

static Reg gen_import_call(Gen *g, ImportCallNode *node, Reg dst) {
  Reg window = reg_window(g, 2);
  gen_to(g, node->specifier, window);
  if (node->options) {
    gen_to(g, node->options, window + 1);
  } else {
    load_undefined(g, window + 1);
  }
  set_pos(g, &node->base);
  gen_runtime(g, RUNTIME_IMPORT_CALL, window, 2);
  return gen_move(g, window, dst);
}

static Reg gen_literal(Gen *g, Node *node, Reg dst) {
  dst = reg_result(g, dst);
  switch (node->type) {
  case AST_NULL: load_special(g, SPECIAL_NULL, dst); break;
  case AST_TRUE: load_special(g, SPECIAL_TRUE, dst); break;
  case AST_FALSE: load_special(g, SPECIAL_FALSE, dst); break;
  case AST_NUMBER: load_number(g, ((NumberNode *)node)->value, dst); break;
  case AST_STRING: load_string(g, ((StringNode *)node)->value, dst); break;
  case AST_BIGINT: emit_big(g, OP_LOAD_K, (u32)dst, (i32)const_bigint(g, ((StringNode *)node)->value)); break;
  default: {
    RegExpNode *re = (RegExpNode *)node;
    emit_big(g, OP_NEW_REGEXP, (u32)dst, (i32)const_regexp(g, re->pattern, re->reg_flags));
  }
  }
  return dst;
}

static Reg gen_identifier(Gen *g, IdentifierNode *node, Reg dst) {
  double value;
  if (global_constant(&node->base, &value)) {
    dst = reg_result(g, dst);
    load_number(g, value, dst);
    return dst;
  }
  set_pos(g, &node->base);
  NameRef ref = name_from_identifier(g, node);
  return name_load(g, &ref, dst, false);
}

static Reg gen_expr_of_type(Gen *g, Node *node, Reg dst) {
  double value;
  set_pos(g, node);
  switch ((NodeType)node->type) {
  case AST_NULL:
  case AST_TRUE:
  case AST_FALSE:
  case AST_NUMBER:
  case AST_STRING:
  case AST_BIGINT:
  case AST_REGEXP: return gen_literal(g, node, dst);
  case AST_TEMPLATE: return gen_template(g, (TemplateNode *)node, dst);
  case AST_IDENTIFIER: return gen_identifier(g, (IdentifierNode *)node, dst);
  case AST_THIS: return gen_this(g, (IdentifierNode *)node, dst);
  case AST_NEW_TARGET:
  case AST_CALLEE: return gen_pseudo(g, (IdentifierNode *)node, dst);
  case AST_ARRAY: return gen_array(g, (ListNode *)node, dst);
  case AST_OBJECT: return gen_object(g, (ListNode *)node, dst);
  case AST_FUNCTION: return gen_function(g, (FunctionNode *)node, ((FunctionNode *)node)->name, NULL, NULL, dst);
  case AST_CLASS: return gen_class(g, (ClassNode *)node, ((ClassNode *)node)->name, NO_REG, dst);
  case AST_UNARY: return gen_unary(g, (UnaryNode *)node, dst);
  case AST_UPDATE: return gen_update(g, (UnaryNode *)node, dst, false);
  case AST_BINARY:
    if (const_value(g, node, &value)) {
      dst = reg_result(g, dst);
      load_number(g, value, dst);
      return dst;
    }
    return gen_binary(g, (BinaryNode *)node, dst);
  case AST_LOGICAL: return gen_logical(g, (BinaryNode *)node, dst);
  case AST_PRIVATE_IN: return gen_private_in(g, (BinaryNode *)node, dst);
  case AST_ASSIGN: return gen_assign(g, (AssignNode *)node, dst, false);
  case AST_CONDITIONAL: return gen_conditional(g, (ConditionalNode *)node, dst);
  case AST_SEQUENCE: {
    NodeList *list = &((ListNode *)node)->list;
    for (u32 i = 0; i + 1 < list->count; i++) gen_effect(g, list->items[i]);
    return gen_expr(g, list->items[list->count - 1], dst);
  }
  case AST_MEMBER:
  case AST_INDEX:
  case AST_PRIVATE_MEMBER:
  case AST_CALL:
  case AST_TAGGED_TEMPLATE: return gen_chain(g, node, dst);
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: return gen_super_get(g, (SuperMemberNode *)node, dst, NO_REG);
  case AST_OPTIONAL_CHAIN: return gen_optional_chain(g, (UnaryNode *)node, dst);
  case AST_NEW: return gen_new(g, (CallNode *)node, dst);
  case AST_SUPER_CALL: return gen_super_call(g, (SuperCallNode *)node, dst);
  case AST_IMPORT_CALL: return gen_import_call(g, (ImportCallNode *)node, dst);
  case AST_IMPORT_META: {
    Reg t = reg_new(g);
    return gen_move(g, gen_runtime(g, RUNTIME_IMPORT_META, t, 1), dst);
  }
  case AST_YIELD: return gen_yield(g, (UnaryNode *)node, dst);
  case AST_YIELD_STAR: return gen_yield_star(g, (UnaryNode *)node, dst);
  case AST_AWAIT: {
    Reg t = dst_is_scratch(g, dst) ? dst : reg_new(g);
    gen_to(g, ((UnaryNode *)node)->operand, t);
    set_pos(g, node);
    gen_await(g, t);
    return gen_move(g, t, dst);
  }
  default: gen_fail(g, DIAG_RANGE_ERROR, "Internal error: not an expression"); return reg_result(g, dst);
  }
}

Reg gen_expr(Gen *g, Node *node, Reg dst) {
  u32 mark = g->next_reg;
  if (g->c->failed || !gen_check_stack(g)) return reg_result(g, dst);
  Reg r = gen_expr_of_type(g, node, dst);
  reg_release(g, dst != NO_REG || r < (Reg)mark ? mark : (u32)r + 1);
  return r;
}

void gen_effect(Gen *g, Node *node) {
  if (g->c->failed || !gen_check_stack(g)) return;
  u32 mark = g->next_reg;
  switch ((NodeType)node->type) {
  case AST_NULL:
  case AST_TRUE:
  case AST_FALSE:
  case AST_NUMBER:
  case AST_STRING:
  case AST_BIGINT:
  case AST_REGEXP:
  case AST_FUNCTION: break;
  case AST_ASSIGN:
    set_pos(g, node);
    gen_assign(g, (AssignNode *)node, NO_REG, true);
    break;
  case AST_UPDATE:
    set_pos(g, node);
    gen_update(g, (UnaryNode *)node, NO_REG, true);
    break;
  case AST_LOGICAL: gen_logical_effect(g, (BinaryNode *)node); break;
  case AST_CONDITIONAL: {
    ConditionalNode *c = (ConditionalNode *)node;
    Label otherwise = LABEL_INIT, end = LABEL_INIT;
    gen_jump_if(g, c->test, &otherwise, false);
    gen_effect(g, c->then);
    emit_jmp(g, &end);
    label_bind(g, &otherwise);
    gen_effect(g, c->otherwise);
    label_bind(g, &end);
    break;
  }
  case AST_SEQUENCE: {
    NodeList *list = &((ListNode *)node)->list;
    for (u32 i = 0; i < list->count; i++) gen_effect(g, list->items[i]);
    break;
  }
  case AST_UNARY:
    if (node->op == UNARY_VOID || node->op == UNARY_NOT) {
      gen_effect(g, ((UnaryNode *)node)->operand);
      break;
    }
    FALLTHROUGH;
  default: gen_any(g, node);
  }
  reg_release(g, mark);
}
