// SPDX-License-Identifier: MIT
// Assignment, update and delete. A target is evaluated to registers first (Target), then read or written through them.
#include "compiler/gen_internal.h"

// ---- targets

static void target_member(Gen *g, Target *t, Node *later, bool reused) {
  Node *node = t->node;
  if (node->type == AST_MEMBER) {
    t->object = gen_operand(g, ((MemberNode *)node)->object, NO_REG, later, NULL);
    t->name = ((MemberNode *)node)->name;
    return;
  }
  if (node->type == AST_PRIVATE_MEMBER) {
    t->object = gen_operand(g, ((PrivateMemberNode *)node)->object, NO_REG, later, NULL);
    t->key = gen_private_name(g, ((PrivateMemberNode *)node)->name);
    return;
  }
  IndexNode *index = (IndexNode *)node;
  t->object = gen_operand(g, index->object, NO_REG, index->index, later);
  if (index->index->type == AST_STRING) {
    AstName *name = ((StringNode *)index->index)->value;
    if (!is_index_name(name)) {
      t->name = name;
      return;
    }
    t->key = reg_new(g);
    load_key(g, name, t->key);
    return;
  }
  Reg key = gen_any(g, index->index);
  if (reused && !expr_is_primitive(index->index)) {
    Reg r = reg_is_local(g, key) ? reg_new(g) : key;
    set_pos(g, node);
    emit(g, OP_ELEM_KEY, (u32)r, (u32)key, t->object);
    t->key = r;
  } else {
    t->key = protect_operand(g, key, later, NULL);
  }
}

static Reg super_key(Gen *g, SuperMemberNode *node) {
  Reg key = reg_new(g);
  if (node->name) {
    load_key(g, node->name, key);
  } else {
    gen_to(g, node->key, key);
  }
  return key;
}

static void target_super(Gen *g, Target *t, bool reused) {
  SuperMemberNode *node = (SuperMemberNode *)t->node;
  t->object = reg_new(g);
  gen_this(g, node->this_ref, t->object);
  t->key = super_key(g, node);
  // The base is taken here: both the key's conversion and the assigned value may change the home object's prototype.
  t->base = gen_pseudo(g, node->callee, reg_new(g));
  set_pos(g, t->node);
  gen_runtime(g, RUNTIME_SUPER_BASE, t->base, 1);
  if (reused && node->key) emit(g, OP_ELEM_KEY, (u32)t->key, (u32)t->key, t->base);
}

Target gen_target(Gen *g, Node *node, Node *later, bool reused) {
  Target t = {.node = node, .object = NO_REG, .key = NO_REG, .base = NO_REG};
  switch (node->type) {
  case AST_IDENTIFIER:
    set_pos(g, node);
    t.ref = name_from_identifier(g, (IdentifierNode *)node);
    if (t.ref.dynamic) {
      t.object = name_lookup(g, &t.ref);
      reg_release(g, (u32)t.object + 1);
    }
    break;
  case AST_MEMBER:
  case AST_INDEX:
  case AST_PRIVATE_MEMBER: target_member(g, &t, later, reused); break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: target_super(g, &t, reused); break;
  default: { // f() = 1 in sloppy code
    gen_effect(g, node);
    Reg window = reg_window(g, 2);
    load_int(g, 1, window);
    load_string(g, name_from_ascii(g, "Invalid left-hand side in assignment"), window + 1);
    gen_runtime(g, RUNTIME_THROW_ERROR, window, 2);
    t.object = window;
    t.name = name_from_ascii(g, "");
  }
  }
  return t;
}

static Reg load_dynamic(Gen *g, const Target *t, Reg dst) {
  u32 mark = g->next_reg;
  Label fixed = LABEL_INIT, end = LABEL_INIT;
  emit_jump(g, OP_JUNDEFINED, (u32)t->object, 0, &fixed);
  Reg window = reg_window(g, 3);
  gen_move(g, t->object, window);
  load_string(g, t->ref.name, window + 1);
  load_special(g, g->strict ? SPECIAL_TRUE : SPECIAL_FALSE, window + 2);
  gen_runtime(g, RUNTIME_GET_BINDING_VALUE, window, 3);
  gen_move(g, window, dst);
  emit_jmp(g, &end);
  label_bind(g, &fixed);
  name_load_static(g, &t->ref, dst, false);
  label_bind(g, &end);
  reg_release(g, mark);
  return dst;
}

static void load_super(Gen *g, const Target *t, Reg dst) {
  u32 mark = g->next_reg;
  Reg window = reg_window(g, 3);
  gen_move(g, t->base, window);
  gen_move(g, t->key, window + 1);
  gen_move(g, t->object, window + 2);
  gen_runtime(g, RUNTIME_SUPER_GET, window, 3);
  gen_move(g, window, dst);
  reg_release(g, mark);
}

// Always into a register of its own.
Reg target_load(Gen *g, const Target *t, Reg dst) {
  Node *node = t->node;
  dst = reg_result(g, dst);
  set_pos(g, node);
  if (node->type == AST_IDENTIFIER) {
    return t->ref.dynamic ? load_dynamic(g, t, dst) : name_load_static(g, &t->ref, dst, false);
  }
  if (t->base != NO_REG) {
    load_super(g, t, dst);
  } else if (t->name) {
    emit_get_prop(g, dst, t->object, t->name);
  } else if (node->type == AST_PRIVATE_MEMBER) {
    emit_ext(g, OP_GET_PRIVATE, (u32)dst, (u32)t->object, t->key, const_ic(g, NULL));
  } else {
    emit(g, OP_GET_ELEM, (u32)dst, (u32)t->object, t->key);
  }
  return dst;
}

static void store_dynamic(Gen *g, const Target *t, Reg value) {
  u32 mark = g->next_reg;
  Label fixed = LABEL_INIT, end = LABEL_INIT;
  emit_jump(g, OP_JUNDEFINED, (u32)t->object, 0, &fixed);
  Reg window = reg_window(g, 4);
  gen_move(g, t->object, window);
  load_string(g, t->ref.name, window + 1);
  gen_move(g, value, window + 2);
  load_special(g, g->strict ? SPECIAL_TRUE : SPECIAL_FALSE, window + 3);
  gen_runtime(g, RUNTIME_SET_BINDING_VALUE, window, 4);
  emit_jmp(g, &end);
  label_bind(g, &fixed);
  name_store_static(g, &t->ref, value);
  label_bind(g, &end);
  reg_release(g, mark);
}

// In the head of a class: strict code within a function that is not, by whose flag the instructions go.
static bool in_class_head(const Gen *g) { return g->strict && !g->fn->is_strict; }

static void store_strict(Gen *g, const Target *t, Reg value) {
  u32 mark = g->next_reg;
  Reg window = reg_window(g, 3);
  gen_move(g, t->object, window);
  if (t->name) load_string(g, t->name, window + 1);
  else gen_move(g, t->key, window + 1);
  gen_move(g, value, window + 2);
  gen_runtime(g, RUNTIME_SET_STRICT, window, 3);
  reg_release(g, mark);
}

void target_store(Gen *g, const Target *t, Reg value) {
  Node *node = t->node;
  set_pos(g, node);
  if (node->type == AST_IDENTIFIER) {
    if (t->ref.dynamic) {
      store_dynamic(g, t, value);
    } else {
      name_store_static(g, &t->ref, value);
    }
  } else if (t->base != NO_REG) {
    emit_ext(g, OP_SET_SUPER, (u32)t->object, (u32)t->key, value, (u32)t->base);
  } else if (in_class_head(g) && node->type != AST_PRIVATE_MEMBER) {
    store_strict(g, t, value);
  } else if (t->name) {
    emit_set_prop(g, OP_SET_PROP, value, t->object, t->name);
  } else if (node->type == AST_PRIVATE_MEMBER) {
    emit_ext(g, OP_SET_PRIVATE, (u32)t->object, (u32)t->key, value, const_ic(g, NULL));
  } else {
    emit(g, OP_SET_ELEM, (u32)t->object, (u32)t->key, value);
  }
}

Reg gen_super_get(Gen *g, SuperMemberNode *node, Reg dst, Reg this_reg) {
  u32 mark = g->next_reg;
  Reg out = reg_result(g, dst);
  if (this_reg == NO_REG) {
    this_reg = reg_new(g);
    gen_this(g, node->this_ref, this_reg);
  }
  Reg key = super_key(g, node), home = gen_pseudo(g, node->callee, NO_REG);
  set_pos(g, &node->base);
  emit_ext(g, OP_GET_SUPER, (u32)out, (u32)this_reg, key, (u32)home);
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return out;
}

// ---- assignment

static bool scratch(const Gen *g, Reg dst) { return dst != NO_REG && (!reg_is_local(g, dst) || dst == g->scratch_local); }

// A local in a register that may simply be written; its register, else NO_REG.
static Reg plain_local(Gen *g, Node *target) {
  if (target->type != AST_IDENTIFIER) return NO_REG;
  NameRef ref = name_from_identifier(g, (IdentifierNode *)target);
  return ref.kind == REF_REGISTER && !ref.tdz && !ref.constant && !ref.dynamic ? ref.reg : NO_REG;
}

static AstName *naming(const Node *target) {
  return target->type == AST_IDENTIFIER && !target->parens ? ((const IdentifierNode *)target)->name : NULL;
}

static Reg assign_pattern(Gen *g, AssignNode *node, Reg dst) {
  Reg value = gen_expr(g, node->value, scratch(g, dst) ? dst : NO_REG);
  if (reg_is_local(g, value)) value = gen_move(g, value, reg_new(g));
  gen_pattern(g, node->target, value, BIND_ASSIGN);
  return gen_move(g, value, dst);
}

// Strict code must not create a global that did not exist when the reference was evaluated, even if the value's evaluation makes it.
static Reg must_exist_before(Gen *g, const Target *t, const Node *value) {
  const IdentifierNode *id = (const IdentifierNode *)t->node;
  if (!g->strict || t->node->type != AST_IDENTIFIER || id->var || t->ref.dynamic) return NO_REG;
  if (expr_is_harmless(value, 4) && !in_class_head(g)) return NO_REG;
  Reg r = reg_new(g);
  load_string(g, id->name, r);
  return gen_runtime(g, RUNTIME_HAS_GLOBAL, r, 1);
}

static void require_global(Gen *g, const Target *t, Reg known) {
  Label fine = LABEL_INIT;
  u32 mark = g->next_reg;
  emit_jump(g, OP_JTRUE, (u32)known, 0, &fine);
  Reg window = reg_window(g, 2);
  load_int(g, 1, window);
  load_string(g, name_with_suffix(g, t->ref.name, " is not defined"), window + 1);
  set_pos(g, t->node);
  gen_runtime(g, RUNTIME_THROW_ERROR, window, 2);
  label_bind(g, &fine);
  reg_release(g, mark);
}

static Reg assign_plain(Gen *g, AssignNode *node, Reg dst) {
  Node *target = node->target;
  if (target->type == AST_ARRAY_PATTERN || target->type == AST_OBJECT_PATTERN) return assign_pattern(g, node, dst);
  Reg local = plain_local(g, target);
  if (local != NO_REG) {
    gen_to_local(g, node->value, local, naming(target));
    reg_note_write(g, local);
    return gen_move(g, local, dst);
  }
  Target t = gen_target(g, target, node->value, false);
  Reg known = must_exist_before(g, &t, node->value);
  Reg value = gen_named(g, node->value, naming(target), scratch(g, dst) ? dst : NO_REG);
  if (known != NO_REG) require_global(g, &t, known);
  target_store(g, &t, value);
  return gen_move(g, value, dst);
}

static Reg assign_binary(Gen *g, AssignNode *node, Reg dst) {
  BinaryOp op = (BinaryOp)(node->base.op - ASSIGN_BINARY);
  Reg local = plain_local(g, node->target);
  if (local != NO_REG) {
    reg_note_read(g, local);
    Reg left = protect_operand(g, local, node->value, NULL);
    set_pos(g, &node->base);
    gen_binary_op_node(g, op, left, node->value, local);
    reg_note_write(g, local);
    return gen_move(g, local, dst);
  }
  Target t = gen_target(g, node->target, node->value, true);
  Reg r = target_load(g, &t, scratch(g, dst) ? dst : NO_REG);
  t.ref.tdz = false;
  set_pos(g, &node->base);
  gen_binary_op_node(g, op, r, node->value, r);
  target_store(g, &t, r);
  return gen_move(g, r, dst);
}

static Reg assign_logical(Gen *g, AssignNode *node, Reg dst) {
  LogicalOp op = (LogicalOp)(node->base.op - ASSIGN_LOGICAL);
  Opcode stop = op == LOGIC_AND ? OP_JFALSE : op == LOGIC_OR ? OP_JTRUE : OP_JNOT_NULLISH;
  Label end = LABEL_INIT;
  Reg local = plain_local(g, node->target);
  if (local != NO_REG) {
    reg_note_read(g, local);
    emit_jump(g, stop, (u32)local, 0, &end);
    gen_to_local(g, node->value, local, naming(node->target));
    label_bind(g, &end);
    return gen_move(g, local, dst);
  }
  Target t = gen_target(g, node->target, node->value, true);
  Reg r = target_load(g, &t, scratch(g, dst) ? dst : NO_REG);
  t.ref.tdz = false;
  emit_jump(g, stop, (u32)r, 0, &end);
  gen_named(g, node->value, naming(node->target), r);
  target_store(g, &t, r);
  label_bind(g, &end);
  return gen_move(g, r, dst);
}

// Result registers: a local, dst, or the temporary at the entry's next_reg.
static Reg settle(Gen *g, Reg r, Reg dst, u32 mark, bool effect) {
  if (dst != NO_REG || effect || r < (Reg)mark) return r;
  if (r > (Reg)mark) emit(g, OP_MOVE, mark, (u32)r, 0);
  g->next_reg = mark + 1;
  return (Reg)mark;
}

Reg gen_assign(Gen *g, AssignNode *node, Reg dst, bool effect) {
  u32 mark = g->next_reg;
  // The value is made below the target's registers, so that it needs no move afterwards.
  Reg to = dst;
  bool wants = dst == NO_REG && !effect && plain_local(g, node->target) == NO_REG;
  if (wants) to = reg_new(g);
  Reg r = node->base.op == ASSIGN_PLAIN    ? assign_plain(g, node, to)
          : node->base.op < ASSIGN_LOGICAL ? assign_binary(g, node, to)
                                           : assign_logical(g, node, to);
  return settle(g, r, dst, mark, effect);
}

// ---- ++ and --

Reg gen_update(Gen *g, UnaryNode *node, Reg dst, bool effect) {
  Opcode op = node->base.flags & UPDATE_DECREMENT ? OP_DEC : OP_INC;
  bool old_value = !(node->base.flags & UPDATE_PREFIX) && !effect;
  u32 mark = g->next_reg;
  Reg local = plain_local(g, node->operand);
  if (local != NO_REG) {
    reg_note_read(g, local);
    if (!old_value) {
      emit(g, op, (u32)local, 0, 0);
      return gen_move(g, local, dst);
    }
    Reg old = scratch(g, dst) ? dst : reg_new(g);
    emit(g, OP_TO_NUMERIC, (u32)old, (u32)local, 0);
    emit(g, op, (u32)local, 0, 0);
    return gen_move(g, old, dst);
  }
  Reg result = scratch(g, dst) ? dst : reg_new(g);
  Target t = gen_target(g, node->operand, NULL, true);
  target_load(g, &t, result);
  t.ref.tdz = false;
  set_pos(g, &node->base);
  Reg changed = result;
  if (old_value) {
    emit(g, OP_TO_NUMERIC, (u32)result, (u32)result, 0);
    changed = reg_new(g);
    gen_move(g, result, changed);
  }
  emit(g, op, (u32)changed, 0, 0);
  target_store(g, &t, changed);
  reg_release(g, dst == NO_REG ? (u32)result + 1 : mark);
  return gen_move(g, result, dst);
}

// ---- delete

static void delete_identifier(Gen *g, IdentifierNode *node, Reg dst) {
  NameRef ref = name_from_identifier(g, node);
  Label kept = LABEL_INIT, end = LABEL_INIT;
  if (!ref.dynamic && ref.kind != REF_GLOBAL) {
    load_special(g, SPECIAL_FALSE, dst);
    return;
  }
  u32 mark = g->next_reg;
  Reg window;
  if (ref.dynamic) {
    window = name_lookup(g, &ref);
    if (ref.kind != REF_GLOBAL) emit_jump(g, OP_JUNDEFINED, (u32)window, 0, &kept);
  } else {
    window = reg_window(g, 2);
    load_undefined(g, window);
  }
  load_string(g, ref.name, window + 1);
  gen_runtime(g, RUNTIME_DELETE_BINDING, window, 2);
  gen_move(g, window, dst);
  if (label_is_used(&kept)) {
    emit_jmp(g, &end);
    label_bind(g, &kept);
    load_special(g, SPECIAL_FALSE, dst);
    label_bind(g, &end);
  }
  reg_release(g, mark);
}

static void delete_super(Gen *g, SuperMemberNode *node) {
  u32 mark = g->next_reg;
  gen_this(g, node->this_ref, NO_REG);
  if (node->key) gen_effect(g, node->key);
  reg_release(g, mark);
  Reg window = reg_window(g, 2);
  load_int(g, 1, window);
  load_string(g, name_from_ascii(g, "Unsupported reference to 'super'"), window + 1);
  set_pos(g, &node->base);
  gen_runtime(g, RUNTIME_THROW_ERROR, window, 2);
  reg_release(g, mark);
}

static void delete_member(Gen *g, Node *node, Reg dst) {
  u32 mark = g->next_reg;
  bool index = node->type == AST_INDEX;
  Node *key_node = index ? ((IndexNode *)node)->index : NULL;
  Reg object = gen_operand(g, index ? ((IndexNode *)node)->object : ((MemberNode *)node)->object, NO_REG, key_node, NULL);
  if (node->flags & LINK_OPTIONAL) emit_jump(g, OP_JNULLISH, (u32)object, 0, g->optional_end);
  Reg key;
  if (index) {
    key = gen_any(g, key_node);
  } else {
    key = reg_new(g);
    load_string(g, ((MemberNode *)node)->name, key);
  }
  set_pos(g, node);
  if (in_class_head(g)) {
    Reg window = reg_window(g, 2);
    gen_move(g, object, window);
    gen_move(g, key, window + 1);
    gen_runtime(g, RUNTIME_DELETE_STRICT, window, 2);
    gen_move(g, window, dst);
  } else {
    emit(g, OP_DELETE_ELEM, (u32)dst, (u32)object, key);
  }
  reg_release(g, mark);
}

Reg gen_delete(Gen *g, Node *operand, Reg dst) {
  dst = reg_result(g, dst);
  set_pos(g, operand);
  switch (operand->type) {
  case AST_MEMBER:
  case AST_INDEX: delete_member(g, operand, dst); break;
  case AST_IDENTIFIER: delete_identifier(g, (IdentifierNode *)operand, dst); break;
  case AST_SUPER_MEMBER:
  case AST_SUPER_INDEX: delete_super(g, (SuperMemberNode *)operand); break;
  case AST_OPTIONAL_CHAIN: {
    Label nullish = LABEL_INIT, end = LABEL_INIT, *saved = g->optional_end;
    Node *inner = ((UnaryNode *)operand)->operand;
    g->optional_end = &nullish;
    if (inner->type == AST_MEMBER || inner->type == AST_INDEX) {
      delete_member(g, inner, dst);
    } else {
      gen_effect(g, inner);
      load_special(g, SPECIAL_TRUE, dst);
    }
    g->optional_end = saved;
    emit_jmp(g, &end);
    label_bind(g, &nullish);
    load_special(g, SPECIAL_TRUE, dst);
    label_bind(g, &end);
    break;
  }
  default: gen_effect(g, operand); load_special(g, SPECIAL_TRUE, dst);
  }
  return dst;
}
