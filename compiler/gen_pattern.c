// SPDX-License-Identifier: MIT
// Destructuring: array and object patterns of declarations, parameters and assignments, in the order of evaluation that 13.15.5 and
// 14.3.3 prescribe: target reference, value, default, store.
#include "compiler/gen_internal.h"

static bool is_pattern(const Node *node) { return node->type == AST_ARRAY_PATTERN || node->type == AST_OBJECT_PATTERN; }

// Splits `target = default`.
static Node *strip_default(Node *item, Node **init) {
  *init = NULL;
  if (item->type != AST_DEFAULT) return item;
  *init = ((AssignNode *)item)->value;
  return ((AssignNode *)item)->target;
}

static AstName *naming(const Node *target) {
  return target->type == AST_IDENTIFIER && !target->parens ? ((const IdentifierNode *)target)->name : NULL;
}

// The register of a local that may be written with any intermediate value, else NO_REG.
static Reg direct_register(Gen *g, const Node *target, BindMode mode, const Node *init) {
  if (target->type != AST_IDENTIFIER) return NO_REG;
  const IdentifierNode *id = (const IdentifierNode *)target;
  if (mode == BIND_INIT) {
    if (!id->var || id->var->captured || id->var->reg < 0 || (init && id->var->needs_tdz)) return NO_REG;
    return id->var->scope->kind == SCOPE_SCRIPT ? NO_REG : id->var->reg;
  }
  if (init) return NO_REG;
  NameRef ref = name_from_identifier(g, id);
  return ref.kind == REF_REGISTER && !ref.tdz && !ref.constant && !ref.dynamic ? ref.reg : NO_REG;
}

static void gen_default(Gen *g, Node *init, AstName *name, Reg value) {
  if (!init) return;
  Label given = LABEL_INIT;
  emit_jump(g, OP_JNOT_UNDEFINED, (u32)value, 0, &given);
  gen_named(g, init, name, value);
  label_bind(g, &given);
}

static void store(Gen *g, Node *target, const Target *t, Reg value, BindMode mode) {
  if (is_pattern(target)) {
    gen_pattern(g, target, value, mode);
  } else if (mode == BIND_INIT) {
    set_pos(g, target);
    init_variable(g, ((IdentifierNode *)target)->var, value);
  } else {
    target_store(g, t, value);
  }
}

void gen_bind(Gen *g, Node *target, Reg value, BindMode mode) {
  Target t = {0};
  if (!is_pattern(target) && mode != BIND_INIT) t = gen_target(g, target, NULL, false);
  store(g, target, &t, value, mode);
}

// ---- arrays

static void gen_array_element(Gen *g, Node *item, Reg iterator, BindMode mode) {
  u32 mark = g->next_reg;
  Node *init;
  if (!item) {
    emit(g, OP_ITERATOR_NEXT, (u32)iterator, (u32)reg_new(g), 0);
    reg_release(g, mark);
    return;
  }
  bool rest = item->type == AST_REST;
  Node *target = strip_default(rest ? ((UnaryNode *)item)->operand : item, &init);
  Reg direct = direct_register(g, target, mode, init);
  Target t = {0};
  if (direct == NO_REG && !is_pattern(target) && mode != BIND_INIT) t = gen_target(g, target, NULL, false);
  Reg value = direct != NO_REG ? direct : reg_new(g);
  set_pos(g, target);
  emit(g, rest ? OP_ITERATOR_REST : OP_ITERATOR_NEXT, (u32)iterator, (u32)value, 0);
  gen_default(g, init, naming(target), value);
  if (direct == NO_REG) {
    store(g, target, &t, value, mode);
  } else {
    reg_note_write(g, direct);
  }
  reg_release(g, mark);
}

static void gen_array_pattern(Gen *g, ListNode *pattern, Reg value, BindMode mode) {
  Reg iterator = reg_window(g, 3);
  set_pos(g, &pattern->base);
  emit(g, OP_GET_ITERATOR, (u32)iterator, (u32)value, 0);
  Control control;
  iterator_region_begin(g, &control, iterator, false);
  for (u32 i = 0; i < pattern->list.count; i++) gen_array_element(g, pattern->list.items[i], iterator, mode);
  control_pop(g, &control);
  region_pause(g, &control.region);
  set_pos(g, &pattern->base);
  emit(g, OP_ITERATOR_CLOSE, (u32)iterator, 0, 0);
  Label end = LABEL_INIT;
  emit_jmp(g, &end);
  region_resume(g, &control.region);
  iterator_region_end(g, &control);
  label_bind(g, &end);
}

// ---- objects

static AstName *first_key_text(Gen *g, const ListNode *pattern) {
  if (!pattern->list.count) return NULL;
  const PropertyNode *p = (const PropertyNode *)pattern->list.items[0];
  return p->base.op == PROPERTY_SPREAD || p->base.flags & KEY_COMPUTED ? NULL : property_key_name(g, p->key);
}

static void require_object_coercible(Gen *g, ListNode *pattern, Reg value) {
  Label fine = LABEL_INIT;
  u32 mark = g->next_reg;
  emit_jump(g, OP_JNOT_NULLISH, (u32)value, 0, &fine);
  Reg window = reg_window(g, 2);
  gen_move(g, value, window);
  AstName *key = first_key_text(g, pattern);
  if (key) {
    load_string(g, key, window + 1);
  } else {
    load_undefined(g, window + 1);
  }
  set_pos(g, pattern->list.count ? pattern->list.items[0] : &pattern->base);
  gen_runtime(g, RUNTIME_THROW_NOT_OBJECT_COERCIBLE, window, 2);
  label_bind(g, &fine);
  reg_release(g, mark);
}

typedef struct PatternKeys { // of the properties taken, when a rest follows
  Reg first;
  u32 count;
} PatternKeys;

static void gen_object_property(Gen *g, PropertyNode *p, Reg value, BindMode mode, PatternKeys *keys) {
  u32 mark = g->next_reg;
  Node *init, *target = strip_default(p->value, &init);
  AstName *name = p->base.flags & KEY_COMPUTED ? NULL : property_key_name(g, p->key);
  Reg key = keys->first != NO_REG ? keys->first + (Reg)keys->count++ : NO_REG;
  if (!name) {
    Reg r = gen_any(g, p->key);
    if (key == NO_REG) key = reg_new(g);
    set_pos(g, p->key);
    emit(g, OP_TO_PROPERTY_KEY, (u32)key, (u32)r, 0);
  } else if (key != NO_REG || is_index_name(name)) {
    if (key == NO_REG) key = reg_new(g);
    load_key(g, name, key);
  }
  Reg direct = direct_register(g, target, mode, init);
  Target t = {0};
  if (direct == NO_REG && !is_pattern(target) && mode != BIND_INIT) t = gen_target(g, target, NULL, false);
  Reg out = direct != NO_REG ? direct : reg_new(g);
  set_pos(g, &p->base);
  if (name && !is_index_name(name)) {
    emit_get_prop(g, out, value, name);
  } else {
    emit(g, OP_GET_ELEM, (u32)out, (u32)value, key);
  }
  gen_default(g, init, naming(target), out);
  if (direct == NO_REG) {
    store(g, target, &t, out, mode);
  } else {
    reg_note_write(g, direct);
  }
  reg_release(g, mark);
}

static void gen_object_rest(Gen *g, PropertyNode *p, Reg value, BindMode mode, const PatternKeys *keys) {
  u32 mark = g->next_reg;
  Node *target = p->value;
  Target t = {0};
  if (!is_pattern(target) && mode != BIND_INIT) t = gen_target(g, target, NULL, false);
  Reg rest = reg_new(g);
  set_pos(g, &p->base);
  emit_ext(g, OP_REST_OBJECT, (u32)rest, (u32)value, (i32)keys->count, (u32)MAX(keys->first, 0));
  store(g, target, &t, rest, mode);
  reg_release(g, mark);
}

static void gen_object_pattern(Gen *g, ListNode *pattern, Reg value, BindMode mode) {
  const NodeList *list = &pattern->list;
  PatternKeys keys = {NO_REG, 0};
  require_object_coercible(g, pattern, value);
  bool rest = list->count && list->items[list->count - 1]->op == PROPERTY_SPREAD;
  if (rest && list->count > 1) keys.first = reg_window(g, list->count - 1);
  for (u32 i = 0; i < list->count; i++) {
    PropertyNode *p = (PropertyNode *)list->items[i];
    if (p->base.op == PROPERTY_SPREAD) {
      gen_object_rest(g, p, value, mode, &keys);
    } else {
      gen_object_property(g, p, value, mode, &keys);
    }
  }
}

void gen_pattern(Gen *g, Node *pattern, Reg value, BindMode mode) {
  if (g->c->failed || !gen_check_stack(g)) return;
  u32 mark = g->next_reg;
  // Leaves may assign the local that holds the value.
  if (reg_is_local(g, value)) value = gen_move(g, value, reg_new(g));
  if (pattern->type == AST_ARRAY_PATTERN) {
    gen_array_pattern(g, (ListNode *)pattern, value, mode);
  } else {
    gen_object_pattern(g, (ListNode *)pattern, value, mode);
  }
  reg_release(g, mark);
}
