// SPDX-License-Identifier: MIT
// Member chains and calls: a.b[c].d(e)(f). The chain is walked from its base outwards with one call window W for all its calls:
// W+1 the callee, W+5 this, W+6.. arguments; values go straight to where the next link wants them.
#include "compiler/gen_internal.h"

typedef struct Chain {
  Gen *g;
  VEC(Node *) links; // outermost first
  Reg window;        // W, or NO_REG when there is no call
  Reg out;           // where the last link's value goes
  Reg temp;          // for values in between
} Chain;

static bool is_link(const Node *node) {
  return node->type == AST_MEMBER || node->type == AST_INDEX || node->type == AST_PRIVATE_MEMBER || node->type == AST_CALL ||
         node->type == AST_TAGGED_TEMPLATE;
}
static bool is_call_link(const Node *node) { return node->type == AST_CALL || node->type == AST_TAGGED_TEMPLATE; }

static Node *link_base(Node *node) {
  switch (node->type) {
  case AST_MEMBER: return ((MemberNode *)node)->object;
  case AST_INDEX: return ((IndexNode *)node)->object;
  case AST_PRIVATE_MEMBER: return ((PrivateMemberNode *)node)->object;
  case AST_CALL: return ((CallNode *)node)->callee;
  default: return ((TaggedTemplateNode *)node)->tag;
  }
}

// ---- arguments

// Evaluating it can neither be noticed nor fail: it may trade places with the load of the method.
bool expr_is_harmless(const Node *node, u32 depth) {
  if (!depth) return false;
  switch (node->type) {
  case AST_NULL:
  case AST_TRUE:
  case AST_FALSE:
  case AST_NUMBER:
  case AST_STRING:
  case AST_BIGINT:
  case AST_REGEXP:
  case AST_FUNCTION: return true;
  case AST_THIS: return !(node->flags & IDENT_NEEDS_TDZ);
  case AST_IDENTIFIER: {
    const Variable *v = ((const IdentifierNode *)node)->var;
    if (node->flags & (IDENT_DYNAMIC | IDENT_NEEDS_TDZ) || !v) return false;
    return v->kind != VAR_IMPORT && (v->is_outer || v->scope->kind > SCOPE_EVAL);
  }
  case AST_UNARY:
    return (node->op == UNARY_NOT || node->op == UNARY_TYPEOF) && expr_is_harmless(((const UnaryNode *)node)->operand, depth - 1);
  case AST_BINARY:
  case AST_LOGICAL:
    if (node->type == AST_BINARY && node->op != BIN_EQ_STRICT && node->op != BIN_NE_STRICT) return false;
    return expr_is_harmless(((const BinaryNode *)node)->left, depth - 1) &&
           expr_is_harmless(((const BinaryNode *)node)->right, depth - 1);
  case AST_ARRAY: {
    const NodeList *list = &((const ListNode *)node)->list;
    for (u32 i = 0; i < list->count; i++) {
      if (list->items[i] && !expr_is_harmless(list->items[i], depth - 1)) return false;
    }
    return true;
  }
  case AST_OBJECT: {
    const NodeList *list = &((const ListNode *)node)->list;
    for (u32 i = 0; i < list->count; i++) {
      const PropertyNode *p = (const PropertyNode *)list->items[i];
      if (p->base.op == PROPERTY_SPREAD || p->base.flags & KEY_COMPUTED || !expr_is_harmless(p->value, depth - 1)) return false;
    }
    return true;
  }
  default: return false;
  }
}

static bool all_harmless(const NodeList *args) {
  for (u32 i = 0; i < args->count; i++) {
    if (!expr_is_harmless(args->items[i], 4)) return false;
  }
  return true;
}

// Into consecutive registers from next_reg on.
static void gen_args(Gen *g, const NodeList *args) {
  for (u32 i = 0; i < args->count; i++) {
    Reg r = reg_new(g);
    gen_to(g, args->items[i], r);
  }
}

static Reg gen_spread_args(Gen *g, const NodeList *args) {
  Reg array = reg_new(g);
  emit_big(g, OP_NEW_ARRAY, (u32)array, 0);
  gen_array_into(g, args, 0, array);
  return array;
}

// ---- links

static void load_private_name(Gen *g, const IdentifierNode *node, Reg *r) { *r = load_variable(g, node->var, NO_REG); }

Reg gen_private_name(Gen *g, const IdentifierNode *node) {
  Reg r;
  load_private_name(g, node, &r);
  return r;
}

// Where the value that link `i` consumes is best put.
static Reg place_for(Chain *c, u32 i) {
  if (is_call_link(c->links.data[i])) return c->window + 1;
  if (i > 0 && is_call_link(c->links.data[i - 1])) return c->window + CALL_WINDOW;
  if (c->temp == NO_REG) c->temp = !reg_is_local(c->g, c->out) && c->window == NO_REG ? c->out : reg_new(c->g);
  return c->temp;
}

static Reg target_of(Chain *c, u32 i) { return i == 0 ? c->out : place_for(c, i - 1); }

static void optional_link(Gen *g, const Node *link, Reg value) {
  if (link->flags & LINK_OPTIONAL) emit_jump(g, OP_JNULLISH, (u32)value, 0, g->optional_end);
}

static AstName *constant_index_name(const Node *index) {
  return index->type == AST_STRING ? ((const StringNode *)index)->value : NULL;
}

static bool is_elided_arguments(const Gen *g, const Node *node) {
  if (node->type != AST_IDENTIFIER || !g->fn->arguments_elided) return false;
  return ((const IdentifierNode *)node)->var == g->fn->arguments_var;
}

// arguments.length, arguments[i]: the parser has made sure that there are no other uses of this object.
static void gen_arguments_part(Chain *c, Node *link, Reg dst) {
  Gen *g = c->g;
  if (link->type == AST_MEMBER) {
    emit(g, OP_ARGUMENTS_LENGTH, (u32)dst, 0, 0);
    return;
  }
  u32 mark = g->next_reg;
  Reg key = gen_any(g, ((IndexNode *)link)->index);
  set_pos(g, link);
  emit(g, OP_GET_ARGUMENT, (u32)dst, (u32)key, 0);
  reg_release(g, mark);
}

static void gen_member_link(Chain *c, Node *link, Reg object, Reg dst) {
  Gen *g = c->g;
  u32 mark = g->next_reg;
  AstName *name = link->type == AST_MEMBER ? ((MemberNode *)link)->name : NULL;
  if (link->type == AST_INDEX) name = constant_index_name(((IndexNode *)link)->index);
  if (name && !name->is_index) {
    set_pos(g, link);
    emit_get_prop(g, dst, object, name);
  } else if (link->type == AST_PRIVATE_MEMBER) {
    Reg key = gen_private_name(g, ((PrivateMemberNode *)link)->name);
    set_pos(g, link);
    emit_ext(g, OP_GET_PRIVATE, (u32)dst, (u32)object, key, const_ic(g, NULL));
  } else {
    Node *index = ((IndexNode *)link)->index;
    Reg key = name ? reg_new(g) : NO_REG;
    if (name) {
      load_key(g, name, key);
    } else {
      key = gen_any(g, index);
    }
    set_pos(g, link);
    emit(g, OP_GET_ELEM, (u32)dst, (u32)object, key);
  }
  reg_release(g, mark);
}

static void gen_direct_eval(Chain *c, CallNode *call, Reg dst) {
  Gen *g = c->g;
  Reg w = c->window;
  Reg spread = NO_REG;
  Label plain = LABEL_INIT, end = LABEL_INIT;
  u32 count = call->args.count;
  if (call->base.flags & CALL_HAS_SPREAD) {
    Reg argument = reg_new(g);
    spread = gen_spread_args(g, &call->args);
    Reg test = reg_new(g);
    gen_move(g, w + 1, test);
    gen_runtime(g, RUNTIME_IS_DIRECT_EVAL, test, 1);
    emit_jump(g, OP_JFALSE, (u32)test, 0, &plain);
    load_int(g, 0, test);
    emit(g, OP_GET_ELEM, (u32)argument, (u32)spread, test);
    count = 1;
  } else {
    gen_args(g, &call->args);
  }
  u32 mark = g->next_reg;
  Reg env = current_env(g);
  set_pos(g, &call->base);
  emit_ext2(g, OP_DIRECT_EVAL, (u32)w, count, dst, const_scope(g, g->scope), (u32)env);
  reg_release(g, mark);
  if (spread == NO_REG) return;
  emit_jmp(g, &end);
  label_bind(g, &plain);
  emit(g, OP_CALL_SPREAD, (u32)w, (u32)spread, dst);
  label_bind(g, &end);
}

// The callee is in W+1; `this` in W+5 if has_this.
static void gen_call_link(Chain *c, Node *link, bool has_this, Reg dst) {
  Gen *g = c->g;
  Reg w = c->window;
  u32 mark = g->next_reg;
  reg_release(g, (u32)w + CALL_WINDOW + 1);
  if (link->type == AST_TAGGED_TEMPLATE) {
    TemplateNode *quasi = ((TaggedTemplateNode *)link)->quasi;
    emit_big(g, OP_TEMPLATE_OBJECT, (u32)reg_new(g), (i32)const_template(g, quasi));
    gen_args(g, &quasi->expressions);
    set_pos(g, link);
    emit(g, has_this ? OP_CALL_THIS : OP_CALL, (u32)w, quasi->expressions.count + 1, dst);
    reg_release(g, mark);
    return;
  }
  CallNode *call = (CallNode *)link;
  if (call->base.flags & CALL_DIRECT_EVAL) {
    if (!has_this) load_undefined(g, w + CALL_WINDOW);
    gen_direct_eval(c, call, dst);
  } else if (call->base.flags & CALL_HAS_SPREAD) {
    if (!has_this) load_undefined(g, w + CALL_WINDOW);
    Reg array = gen_spread_args(g, &call->args);
    set_pos(g, link);
    emit(g, OP_CALL_SPREAD, (u32)w, (u32)array, dst);
  } else if (call->args.count == 2 && is_elided_arguments(g, call->args.items[1])) {
    gen_to(g, call->args.items[0], reg_new(g));
    reg_new(g);
    set_pos(g, link);
    emit(g, OP_CALL_FORWARD, (u32)w, 0, dst);
  } else {
    gen_args(g, &call->args);
    set_pos(g, link);
    emit(g, has_this ? OP_CALL_THIS : OP_CALL, (u32)w, call->args.count, dst);
  }
  reg_release(g, mark);
}

// obj.name(args) in one instruction, when loading the method after the arguments makes no difference.
static bool gen_fused_method(Chain *c, u32 i) {
  Gen *g = c->g;
  Node *link = c->links.data[i], *outer = c->links.data[i - 1];
  if (link->type != AST_MEMBER || outer->type != AST_CALL || g->ic_keys.len > 0xff00) return false;
  CallNode *call = (CallNode *)outer;
  if (call->base.flags & (LINK_OPTIONAL | CALL_HAS_SPREAD | CALL_DIRECT_EVAL) || !all_harmless(&call->args)) return false;
  if (call->args.count == 2 && is_elided_arguments(g, call->args.items[1])) return false;
  u32 mark = g->next_reg;
  reg_release(g, (u32)c->window + CALL_WINDOW + 1);
  Reg dst = target_of(c, i - 1);
  if (dst == c->temp && (u32)dst >= g->next_reg) reg_release(g, (u32)dst + 1);
  reg_release(g, (u32)c->window + CALL_WINDOW + 1);
  gen_args(g, &call->args);
  set_pos(g, outer);
  emit_ext(g, OP_CALL_METHOD, (u32)c->window, call->args.count, dst, const_ic(g, ((MemberNode *)link)->name));
  reg_release(g, mark);
  return true;
}

// ---- bases that bring their own `this`

static void gen_dynamic_callee(Chain *c, const NameRef *ref) {
  Gen *g = c->g;
  u32 mark = g->next_reg;
  Reg w = c->window;
  Label fixed = LABEL_INIT, end = LABEL_INIT;
  Reg found = name_lookup(g, ref);
  emit_jump(g, OP_JUNDEFINED, (u32)found, 0, &fixed);
  Reg copy = reg_window(g, 2);
  gen_move(g, found, copy);
  u32 inner = g->next_reg;
  gen_move(g, current_env(g), copy + 1);
  reg_release(g, inner);
  gen_runtime(g, RUNTIME_LOOKUP_DYNAMIC_THIS, copy, 2);
  gen_move(g, copy, w + CALL_WINDOW);
  load_string(g, ref->name, found + 1);
  load_special(g, g->strict ? SPECIAL_TRUE : SPECIAL_FALSE, found + 2);
  gen_runtime(g, RUNTIME_GET_BINDING_VALUE, found, 3);
  gen_move(g, found, w + 1);
  emit_jmp(g, &end);
  label_bind(g, &fixed);
  name_load_static(g, ref, w + 1, false);
  load_undefined(g, w + CALL_WINDOW);
  label_bind(g, &end);
  reg_release(g, mark);
}

// (a?.b)(): the call keeps `this`.
static bool gen_optional_callee(Chain *c, Node *base) {
  Gen *g = c->g;
  Node *member = ((UnaryNode *)base)->operand;
  if (member->type != AST_MEMBER && member->type != AST_INDEX && member->type != AST_PRIVATE_MEMBER) return false;
  Label nullish = LABEL_INIT, end = LABEL_INIT, *saved = g->optional_end;
  g->optional_end = &nullish;
  Reg this_reg = c->window + CALL_WINDOW;
  gen_to(g, link_base(member), this_reg);
  optional_link(g, member, this_reg);
  gen_member_link(c, member, this_reg, c->window + 1);
  g->optional_end = saved;
  emit_jmp(g, &end);
  label_bind(g, &nullish);
  load_undefined(g, this_reg);
  load_undefined(g, c->window + 1);
  label_bind(g, &end);
  return true;
}

// Returns true when W+1 and W+5 are both set.
static bool gen_callee_with_this(Chain *c, Node *base) {
  Gen *g = c->g;
  if (base->type == AST_SUPER_MEMBER || base->type == AST_SUPER_INDEX) {
    SuperMemberNode *super = (SuperMemberNode *)base;
    gen_this(g, super->this_ref, c->window + CALL_WINDOW);
    gen_super_get(g, super, c->window + 1, c->window + CALL_WINDOW);
    return true;
  }
  if (base->type == AST_OPTIONAL_CHAIN) return gen_optional_callee(c, base);
  if (base->type != AST_IDENTIFIER) return false;
  set_pos(g, base);
  NameRef ref = name_from_identifier(g, (IdentifierNode *)base);
  if (!ref.dynamic) return false;
  gen_dynamic_callee(c, &ref);
  return true;
}

// ---- the chain

static void walk_chain(Chain *c, Node *base) {
  Gen *g = c->g;
  u32 i = c->links.len - 1;
  Node *innermost = c->links.data[i];
  bool has_this = false;
  Reg value;
  if (is_elided_arguments(g, base)) {
    value = target_of(c, i);
    gen_arguments_part(c, innermost, value);
    if (i-- == 0) return;
  } else if (is_call_link(innermost) && gen_callee_with_this(c, base)) {
    has_this = true;
    value = c->window + 1;
  } else if (is_call_link(innermost) || (i > 0 && is_call_link(c->links.data[i - 1]))) {
    value = place_for(c, i);
    gen_to(g, base, value);
  } else {
    Node *index = innermost->type == AST_INDEX ? ((IndexNode *)innermost)->index : NULL;
    value = gen_operand(g, base, place_for(c, i), index, NULL);
    if (value >= (Reg)g->next_reg) g->next_reg = (u32)value + 1;
  }
  for (;; i--) {
    Node *link = c->links.data[i];
    optional_link(g, link, value);
    if (is_call_link(link)) {
      Reg dst = target_of(c, i);
      gen_call_link(c, link, has_this, dst);
      has_this = false;
      value = dst;
    } else if (i > 0 && is_call_link(c->links.data[i - 1])) {
      if (gen_fused_method(c, i)) {
        i--;
        value = target_of(c, i);
      } else {
        gen_member_link(c, link, value, c->window + 1);
        value = c->window + 1;
        has_this = true;
      }
    } else {
      Reg dst = target_of(c, i);
      gen_member_link(c, link, value, dst);
      value = dst;
    }
    if (i == 0) return;
  }
}

Reg gen_chain(Gen *g, Node *node, Reg dst) {
  Chain c = {.g = g, .window = NO_REG, .temp = NO_REG};
  bool calls = false;
  for (; is_link(node); node = link_base(node)) {
    vec_push(&c.links, node);
    calls |= is_call_link(node);
  }
  u32 mark = g->next_reg;
  if (calls) {
    // Values between links that are no call's operands live below the window: calls overwrite what is above.
    bool mixed = false;
    for (u32 i = 0; i < c.links.len; i++) {
      mixed |= !is_call_link(c.links.data[i]) && !(i > 0 && is_call_link(c.links.data[i - 1]));
    }
    if (mixed && dst != NO_REG) c.temp = reg_is_local(g, dst) ? reg_new(g) : dst;
    if (mixed && dst == NO_REG) c.temp = reg_new(g);
    c.window = reg_window(g, CALL_WINDOW + 1);
    c.out = dst != NO_REG ? dst : (Reg)mark;
  } else {
    c.out = reg_result(g, dst);
  }
  walk_chain(&c, node);
  vec_free(&c.links);
  reg_release(g, dst == NO_REG ? (u32)c.out + 1 : mark);
  return c.out;
}

Reg gen_optional_chain(Gen *g, UnaryNode *node, Reg dst) {
  Label nullish = LABEL_INIT, end = LABEL_INIT, *saved = g->optional_end;
  Reg out = reg_result(g, dst);
  g->optional_end = &nullish;
  gen_to(g, node->operand, out);
  g->optional_end = saved;
  emit_jmp(g, &end);
  label_bind(g, &nullish);
  load_undefined(g, out);
  label_bind(g, &end);
  return out;
}

// ---- new, super()

Reg gen_new(Gen *g, CallNode *node, Reg dst) {
  u32 mark = g->next_reg;
  Reg w = reg_window(g, CALL_WINDOW + 1);
  gen_to(g, node->callee, w + 1);
  Reg out = dst == NO_REG ? w : dst;
  if (node->base.flags & CALL_HAS_SPREAD) {
    Reg array = gen_spread_args(g, &node->args);
    set_pos(g, &node->base);
    emit(g, OP_NEW_SPREAD, (u32)w, (u32)array, out);
  } else {
    gen_args(g, &node->args);
    set_pos(g, &node->base);
    emit(g, OP_NEW, (u32)w, node->args.count, out);
  }
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return out;
}

// Binds `this` to the new object; it must not have a value yet.
static void bind_this(Gen *g, const IdentifierNode *this_ref, Reg object) {
  Variable *v = this_ref->var;
  if (!v && g->fn->kind == FN_DERIVED_CONSTRUCTOR) v = g->fn->this_var;
  if (!v) {
    emit(g, OP_CHECK_NO_THIS, 0, 0, 0);
    gen_move(g, object, 0);
    return;
  }
  u32 mark = g->next_reg;
  NameRef ref = name_from_variable(g, v);
  Reg old = name_load_static(g, &ref, NO_REG, false);
  emit(g, OP_CHECK_NO_THIS, (u32)old, 0, 0);
  name_init(g, &ref, object);
  reg_release(g, mark);
}

Reg gen_super_call(Gen *g, SuperCallNode *node, Reg dst) {
  u32 mark = g->next_reg;
  Reg w = reg_window(g, CALL_WINDOW + 1);
  gen_pseudo(g, node->callee, w + 1);
  set_pos(g, &node->base);
  emit(g, OP_SUPER_CONSTRUCTOR, (u32)w + 1, (u32)w + 1, 0);
  gen_pseudo(g, node->new_target, w);
  if (node->base.flags & CALL_HAS_SPREAD) {
    Reg array = gen_spread_args(g, &node->args);
    set_pos(g, &node->base);
    emit(g, OP_SUPER_CALL_SPREAD, (u32)w, (u32)array, w);
  } else {
    gen_args(g, &node->args);
    set_pos(g, &node->base);
    emit(g, OP_SUPER_CALL, (u32)w, node->args.count, w);
  }
  reg_release(g, (u32)w + 1);
  bind_this(g, node->this_ref, w);
  bool own = g->fn->kind == FN_DERIVED_CONSTRUCTOR;
  if (!own || !g->class_node || g->class_node->instance_init) {
    Reg callee = gen_pseudo(g, node->callee, NO_REG);
    emit(g, OP_RUN_FIELD_INIT, (u32)w, (u32)callee, 0);
  }
  if (own && !g->open_labels && !g->open_regions) g->this_checked = true;
  reg_release(g, dst == NO_REG ? (u32)w + 1 : mark);
  return gen_move(g, w, dst);
}
