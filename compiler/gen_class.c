// SPDX-License-Identifier: MIT
// Classes (15.7.14). Fields and static blocks are the bodies of two hidden functions, see ClassNode.
#include "compiler/gen_internal.h"

static bool is_static(const ClassElement *e) { return e->base.flags & ELEMENT_STATIC; }
static bool is_private(const ClassElement *e) { return e->base.flags & ELEMENT_PRIVATE; }
static bool is_method(const ClassElement *e) {
  return e->base.op == PROPERTY_METHOD || e->base.op == PROPERTY_GETTER || e->base.op == PROPERTY_SETTER;
}

static bool needs_home(const FunctionNode *fn) {
  return fn->uses_super_property || fn->uses_super_call || fn->has_direct_eval || fn->inner_direct_eval;
}

typedef struct ClassGen {
  Gen *g;
  ClassNode *node;
  Reg constructor, prototype;
  Reg statics; // registers of static private methods, in order of elements
} ClassGen;

static const char *method_prefix(const ClassElement *e) {
  return e->base.op == PROPERTY_GETTER ? "get " : e->base.op == PROPERTY_SETTER ? "set " : NULL;
}

static AstName *private_text(const ClassElement *e) { return ((const IdentifierNode *)e->key)->name; }

static void make_private_names(Gen *g, Scope *scope) {
  for (Variable *v = scope->variables; v; v = v->next) {
    if (v->kind != VAR_PRIVATE_NAME) continue;
    u32 mark = g->next_reg;
    Reg r = reg_new(g);
    load_string(g, v->name, r);
    gen_runtime(g, RUNTIME_NEW_PRIVATE_NAME, r, 1);
    init_variable(g, v, r);
    reg_release(g, mark);
  }
}

static Reg gen_method_closure(ClassGen *c, ClassElement *e, AstName *name, Reg dst) {
  Gen *g = c->g;
  FunctionNode *fn = (FunctionNode *)e->value;
  g->pos = fn->base.pos;
  Reg r = gen_function(g, fn, name, method_prefix(e), NULL, dst);
  if (needs_home(fn)) emit(g, OP_SET_HOME, (u32)r, (u32)(is_static(e) ? c->constructor : c->prototype), 0);
  return r;
}

static void gen_public_method(ClassGen *c, ClassElement *e) {
  Gen *g = c->g;
  u32 mark = g->next_reg;
  Reg key = reg_new(g);
  AstName *name = e->base.flags & KEY_COMPUTED ? NULL : property_key_name(g, e->key);
  if (name) {
    load_key(g, name, key);
  } else {
    Reg r = gen_any(g, e->key);
    set_pos(g, e->key);
    emit(g, OP_TO_PROPERTY_KEY, (u32)key, (u32)r, 0);
  }
  Reg method = gen_method_closure(c, e, name, NO_REG);
  u32 kind = e->base.op == PROPERTY_GETTER ? 1 : e->base.op == PROPERTY_SETTER ? 2 : 0;
  if (!name) emit(g, OP_SET_FUNCTION_NAME, (u32)method, (u32)key, (i32)kind);
  set_pos(g, &e->base);
  emit_ext(g, OP_DEFINE_METHOD, (u32)(is_static(e) ? c->constructor : c->prototype), (u32)key, method, kind << 1);
  reg_release(g, mark);
}

static void gen_elements(ClassGen *c) {
  Gen *g = c->g;
  u32 statics = 0;
  for (u32 i = 0; i < c->node->count; i++) {
    ClassElement *e = c->node->elements[i];
    u32 mark = g->next_reg;
    if (is_method(e) && is_private(e)) {
      if (is_static(e)) {
        gen_method_closure(c, e, private_text(e), c->statics + (Reg)statics++);
      } else {
        init_variable(g, e->method_var, gen_method_closure(c, e, private_text(e), NO_REG));
      }
    } else if (is_method(e)) {
      gen_public_method(c, e);
    } else if (e->base.op == PROPERTY_FIELD && e->base.flags & KEY_COMPUTED) {
      Reg key = gen_any(g, e->key);
      Reg r = reg_is_local(g, key) ? reg_new(g) : key;
      set_pos(g, e->key);
      emit(g, OP_TO_PROPERTY_KEY, (u32)r, (u32)key, 0);
      init_variable(g, e->key_var, r);
    }
    reg_release(g, mark);
  }
}

// Registers with the functions of a private method or the halves of an accessor, or NO_REG.
typedef struct PrivateParts {
  Reg method, getter, setter;
} PrivateParts;

static void define_private(Gen *g, Reg object, Variable *name, const PrivateParts *parts) {
  u32 mark = g->next_reg;
  bool accessor = parts->method == NO_REG;
  Reg window = reg_window(g, accessor ? 4 : 3);
  gen_move(g, object, window);
  load_variable(g, name, window + 1);
  if (accessor) {
    Reg halves[] = {parts->getter, parts->setter};
    for (u32 i = 0; i < 2; i++) {
      if (halves[i] == NO_REG) {
        load_undefined(g, window + 2 + (Reg)i);
      } else {
        gen_move(g, halves[i], window + 2 + (Reg)i);
      }
    }
    gen_runtime(g, RUNTIME_DEFINE_PRIVATE_ACCESSOR, window, 4);
  } else {
    gen_move(g, parts->method, window + 2);
    gen_runtime(g, RUNTIME_DEFINE_PRIVATE_METHOD, window, 3);
  }
  reg_release(g, mark);
}

// Adds private methods to an object: static ones from their registers, instance ones from their variables.
static void add_private_methods(Gen *g, ClassNode *node, Reg object, bool statics, Reg first) {
  u32 number = 0;
  for (u32 i = 0; i < node->count; i++) {
    ClassElement *e = node->elements[i];
    if (!is_method(e) || !is_private(e) || is_static(e) != statics) continue;
    u32 mark = g->next_reg, own = number++;
    bool earlier = false;
    PrivateParts parts = {NO_REG, NO_REG, NO_REG};
    for (u32 k = 0, at = 0; k < node->count; k++) {
      ClassElement *other = node->elements[k];
      if (!is_method(other) || !is_private(other) || is_static(other) != statics) continue;
      u32 index = at++;
      if (other->private_var != e->private_var) continue;
      if (index < own) earlier = true;
      Reg r = statics ? first + (Reg)index : load_variable(g, other->method_var, NO_REG);
      if (other->base.op == PROPERTY_METHOD) parts.method = r;
      if (other->base.op == PROPERTY_GETTER) parts.getter = r;
      if (other->base.op == PROPERTY_SETTER) parts.setter = r;
    }
    if (!earlier) define_private(g, object, e->private_var, &parts);
    reg_release(g, mark);
  }
}

static void attach_initialiser(ClassGen *c, FunctionNode *fn, Reg home, Reg dst) {
  Gen *g = c->g;
  gen_function(g, fn, NULL, NULL, c->node, dst);
  if (needs_home(fn)) emit(g, OP_SET_HOME, (u32)dst, (u32)home, 0);
}

static void finish_class(ClassGen *c) {
  Gen *g = c->g;
  ClassNode *node = c->node;
  u32 mark = g->next_reg;
  if (node->name_var) init_variable(g, node->name_var, c->constructor);
  if (node->instance_init) {
    Reg f = reg_new(g);
    attach_initialiser(c, node->instance_init, c->prototype, f);
    emit(g, OP_SET_FIELD_INIT, (u32)c->constructor, (u32)f, 0);
    reg_release(g, mark);
  }
  if (node->has_static_private_methods) add_private_methods(g, node, c->constructor, true, c->statics);
  if (node->static_init) {
    Reg w = reg_window(g, CALL_WINDOW + 1);
    attach_initialiser(c, node->static_init, c->constructor, w + 1);
    gen_move(g, c->constructor, w + CALL_WINDOW);
    set_pos(g, &node->base);
    emit(g, OP_CALL_THIS, (u32)w, 0, w);
  }
  reg_release(g, mark);
}

Reg gen_class(Gen *g, ClassNode *node, AstName *name, Reg key, Reg dst) {
  u32 mark = g->next_reg;
  Reg out = dst == NO_REG ? reg_new(g) : dst;
  bool was_strict = g->strict;
  g->strict = true;
  Scope *outer = scope_enter(g, node->scope);
  make_private_names(g, node->scope);
  ClassGen c = {.g = g, .node = node};
  u32 statics = 0;
  for (u32 i = 0; i < node->count; i++) {
    const ClassElement *e = node->elements[i];
    statics += is_method(e) && is_private(e) && is_static(e);
  }
  c.statics = reg_window(g, statics);
  Reg heritage = reg_new(g);
  if (node->heritage) {
    gen_to(g, node->heritage, heritage);
  } else {
    load_special(g, SPECIAL_EMPTY, heritage);
  }
  Reg env = current_env(g);
  c.constructor = reg_window(g, 2);
  c.prototype = c.constructor + 1;
  CodeBlock *block =
      node->constructor ? block_for_function(g, node->constructor, name, NULL, node) : default_constructor(g, node, name);
  set_pos(g, node->heritage ? node->heritage : &node->base);
  emit_ext(g, OP_NEW_CLASS, (u32)c.constructor, (u32)heritage, (i32)const_function(g, block), (u32)env);
  if (key != NO_REG) emit(g, OP_SET_FUNCTION_NAME, (u32)c.constructor, (u32)key, 0);
  gen_elements(&c);
  finish_class(&c);
  gen_move(g, c.constructor, out);
  scope_leave(g, outer);
  g->strict = was_strict;
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return out;
}

// ---- bodies of the hidden functions

static void gen_field(Gen *g, ClassElement *e) {
  u32 mark = g->next_reg;
  bool computed = e->base.flags & KEY_COMPUTED;
  AstName *name = computed ? NULL : is_private(e) ? private_text(e) : property_key_name(g, e->key);
  Reg key = NO_REG, value;
  if (is_private(e)) {
    key = load_variable(g, e->private_var, NO_REG);
  } else if (computed) {
    key = load_variable(g, e->key_var, NO_REG);
  } else if (is_index_name(name)) {
    key = reg_new(g);
    load_key(g, name, key);
  }
  if (!e->value) {
    value = reg_new(g);
    load_undefined(g, value);
  } else if (computed && ast_is_anonymous_function(e->value)) {
    if (e->value->type == AST_CLASS) {
      value = gen_class(g, (ClassNode *)e->value, NULL, key, NO_REG);
    } else {
      value = gen_any(g, e->value);
      emit(g, OP_SET_FUNCTION_NAME, (u32)value, (u32)key, 0);
    }
  } else {
    value = gen_named(g, e->value, name, NO_REG);
  }
  set_pos(g, &e->base);
  if (is_private(e)) {
    emit_ext(g, OP_INIT_PRIVATE, 0, (u32)key, value, const_ic(g, NULL));
  } else if (key != NO_REG) {
    emit(g, OP_INIT_ELEM, 0, (u32)key, value);
  } else {
    emit_set_prop(g, OP_INIT_PROP, value, 0, name);
  }
  reg_release(g, mark);
}

void gen_field_initialisers(Gen *g) {
  FunctionNode *fn = g->fn;
  if (fn->kind == FN_FIELD_INIT && g->class_node->has_private_methods) add_private_methods(g, g->class_node, 0, false, NO_REG);
  for (u32 i = 0; i < fn->body.count; i++) {
    ClassElement *e = (ClassElement *)fn->body.items[i];
    if (e->base.op == PROPERTY_STATIC_BLOCK) {
      gen_block(g, (BlockNode *)e->value);
    } else {
      gen_field(g, e);
    }
    g->unreachable = false;
  }
}
