// SPDX-License-Identifier: MIT
// Literals of arrays, objects and templates.
#include "compiler/gen_internal.h"

// ---- keys

// The value of a canonical array index ("0" .. "4294967294").
static bool parse_index(const AstName *name, u32 *index) {
  if (name->is_utf16 || !name->length || name->length > 10) return false;
  u64 value = 0;
  for (u32 i = 0; i < name->length; i++) {
    u32 digit = name->latin1[i] - (u32)'0';
    if (digit > 9 || (i == 0 && digit == 0 && name->length > 1)) return false;
    value = value * 10 + digit;
  }
  *index = (u32)value;
  return value < UINT32_MAX;
}

bool is_index_name(const AstName *name) {
  u32 index;
  return parse_index(name, &index);
}

void load_key(Gen *g, AstName *name, Reg dst) {
  u32 index;
  if (parse_index(name, &index)) {
    load_number(g, index, dst);
  } else {
    load_string(g, name, dst);
  }
}

AstName *property_key_name(Gen *g, const Node *key) {
  switch (key->type) {
  case AST_STRING: return ((const StringNode *)key)->value;
  case AST_NUMBER: return name_from_number(g, ((const NumberNode *)key)->value);
  case AST_BIGINT: return name_from_bigint(g, ((const StringNode *)key)->value);
  default: return NULL;
  }
}

// ---- arrays

static bool constant_element(Gen *g, const Node *node, u32 *out) {
  double value;
  bool is_null;
  if (!node) {
    *out = ARRAY_CONSTANT_HOLE;
  } else if (node->type == AST_TRUE) {
    *out = ARRAY_CONSTANT_TRUE;
  } else if (node->type == AST_FALSE) {
    *out = ARRAY_CONSTANT_FALSE;
  } else if (node->type == AST_STRING) {
    *out = const_string(g, ((const StringNode *)node)->value);
  } else if (node_is_null_or_undefined(node, &is_null)) {
    *out = is_null ? ARRAY_CONSTANT_NULL : ARRAY_CONSTANT_UNDEFINED;
  } else if (const_value(g, node, &value)) {
    *out = const_number(g, value);
  } else {
    return false;
  }
  return true;
}

static bool is_constant_element(Gen *g, const Node *node) {
  double value;
  bool is_null;
  return !node || node->type == AST_TRUE || node->type == AST_FALSE || node->type == AST_STRING ||
         node_is_null_or_undefined(node, &is_null) || const_value(g, node, &value);
}

void gen_array_into(Gen *g, const NodeList *list, u32 from, Reg array) {
  for (u32 i = from; i < list->count; i++) {
    Node *item = list->items[i];
    u32 mark = g->next_reg;
    if (!item) {
      emit(g, OP_ARRAY_HOLE, (u32)array, 0, 0);
    } else if (item->type == AST_SPREAD) {
      Reg r = gen_any(g, ((UnaryNode *)item)->operand);
      set_pos(g, ((UnaryNode *)item)->operand);
      emit(g, OP_ARRAY_SPREAD, (u32)array, (u32)r, 0);
    } else {
      Reg r = gen_any(g, item);
      emit(g, OP_ARRAY_PUSH, (u32)array, (u32)r, 0);
    }
    reg_release(g, mark);
  }
}

static bool scratch(const Gen *g, Reg dst) { return dst != NO_REG && (!reg_is_local(g, dst) || dst == g->scratch_local); }

Reg gen_array(Gen *g, ListNode *node, Reg dst) {
  const NodeList *list = &node->list;
  u32 constant = 0;
  while (constant < list->count && is_constant_element(g, list->items[constant])) constant++;
  Reg array = scratch(g, dst) ? dst : reg_new(g);
  if (constant == list->count ? constant > 0 : constant >= 4) { // the leading constants come as one copy
    u32 *elements = ARENA_ARRAY(g->c->arena, u32, constant);
    for (u32 i = 0; i < constant; i++) constant_element(g, list->items[i], &elements[i]);
    emit_big(g, OP_NEW_ARRAY_CONST, (u32)array, (i32)const_array(g, elements, constant));
  } else {
    constant = 0;
    emit_big(g, OP_NEW_ARRAY, (u32)array, (i32)MIN(list->count, 30000u));
  }
  gen_array_into(g, list, constant, array);
  return gen_move(g, array, dst);
}

// ---- objects

static bool is_shape_key(const PropertyNode *p) {
  if (p->base.op != PROPERTY_INIT && p->base.op != PROPERTY_METHOD) return false;
  if (p->base.flags & KEY_COMPUTED || p->key->type != AST_STRING) return false;
  const AstName *name = ((const StringNode *)p->key)->value;
  return !name->is_index && !ast_name_equals(name, "__proto__");
}

enum { SHAPE_KEYS_MAX = 128 };

// How many of the first properties can be one shape; their keys.
static u32 shape_prefix(const NodeList *list, AstName **keys) {
  u32 n = 0;
  for (; n < list->count && n < SHAPE_KEYS_MAX; n++) {
    const PropertyNode *p = (const PropertyNode *)list->items[n];
    if (!is_shape_key(p)) break;
    AstName *name = ((StringNode *)p->key)->value;
    for (u32 i = 0; i < n; i++) {
      if (keys[i] == name) return n;
    }
    keys[n] = name;
  }
  return n;
}

static bool needs_home(const Node *value) {
  const FunctionNode *fn = (const FunctionNode *)value;
  return fn->uses_super_property || fn->uses_super_call || fn->has_direct_eval || fn->inner_direct_eval;
}

static void gen_object_value(Gen *g, PropertyNode *p, AstName *name, Reg object, Reg *out) {
  if (p->base.op == PROPERTY_INIT) {
    *out = gen_named(g, p->value, name, NO_REG);
    return;
  }
  const char *prefix = p->base.op == PROPERTY_GETTER ? "get " : p->base.op == PROPERTY_SETTER ? "set " : NULL;
  set_pos(g, p->value);
  *out = gen_function(g, (FunctionNode *)p->value, name, prefix, NULL, NO_REG);
  if (needs_home(p->value)) emit(g, OP_SET_HOME, (u32)*out, (u32)object, 0);
}

static void gen_keyed_property(Gen *g, PropertyNode *p, Reg object) {
  bool accessor = p->base.op == PROPERTY_GETTER || p->base.op == PROPERTY_SETTER;
  AstName *name = p->base.flags & KEY_COMPUTED ? NULL : property_key_name(g, p->key);
  Reg key = NO_REG, value;
  if (!name) {
    Reg r = gen_any(g, p->key);
    bool plain = p->base.op == PROPERTY_INIT && expr_is_primitive(p->key) && !ast_is_anonymous_function(p->value);
    if (plain) {
      key = protect_operand(g, r, p->value, NULL);
    } else {
      key = reg_is_local(g, r) ? reg_new(g) : r;
      set_pos(g, p->key);
      emit(g, OP_TO_PROPERTY_KEY, (u32)key, (u32)r, 0);
    }
  } else if (accessor || is_index_name(name)) {
    key = reg_new(g);
    load_key(g, name, key);
  }
  gen_object_value(g, p, name, object, &value);
  if (!name && (p->base.op != PROPERTY_INIT || (ast_is_anonymous_function(p->value) && p->value->type == AST_FUNCTION))) {
    emit(g, OP_SET_FUNCTION_NAME, (u32)value, (u32)key, p->base.op == PROPERTY_GETTER ? 1 : p->base.op == PROPERTY_SETTER ? 2 : 0);
  }
  set_pos(g, &p->base);
  if (accessor) {
    emit_ext(g, OP_DEFINE_METHOD, (u32)object, (u32)key, value, p->base.op == PROPERTY_GETTER ? 3 : 5);
  } else if (key != NO_REG) {
    emit(g, OP_INIT_ELEM, (u32)object, (u32)key, value);
  } else {
    emit_set_prop(g, OP_INIT_PROP, value, object, name);
  }
}

// [key]: class {}: the name must be there before static initialisers run.
static void gen_keyed_class(Gen *g, PropertyNode *p, Reg object) {
  Reg r = gen_any(g, p->key);
  Reg key = reg_is_local(g, r) ? reg_new(g) : r;
  set_pos(g, p->key);
  emit(g, OP_TO_PROPERTY_KEY, (u32)key, (u32)r, 0);
  Reg value = gen_class(g, (ClassNode *)p->value, NULL, key, NO_REG);
  emit(g, OP_INIT_ELEM, (u32)object, (u32)key, value);
}

static void gen_property(Gen *g, PropertyNode *p, Reg object) {
  u32 mark = g->next_reg;
  if (p->base.op == PROPERTY_SPREAD || p->base.op == PROPERTY_PROTO) {
    Reg r = gen_any(g, p->value);
    set_pos(g, p->value);
    emit(g, p->base.op == PROPERTY_SPREAD ? OP_COPY_DATA_PROPERTIES : OP_SET_PROTO, (u32)object, (u32)r, 0);
  } else if (p->base.flags & KEY_COMPUTED && p->base.op == PROPERTY_INIT && p->value->type == AST_CLASS &&
             ast_is_anonymous_function(p->value)) {
    gen_keyed_class(g, p, object);
  } else {
    gen_keyed_property(g, p, object);
  }
  reg_release(g, mark);
}

Reg gen_object(Gen *g, ListNode *node, Reg dst) {
  const NodeList *list = &node->list;
  AstName *keys[SHAPE_KEYS_MAX];
  u32 prefix = shape_prefix(list, keys);
  Reg object = scratch(g, dst) ? dst : reg_new(g);
  if (prefix) {
    emit_big(g, OP_NEW_OBJECT_SHAPE, (u32)object, (i32)const_shape(g, keys, prefix));
  } else {
    emit(g, OP_NEW_OBJECT, (u32)object, MIN(list->count, 250u), 0);
  }
  for (u32 i = 0; i < prefix; i++) {
    PropertyNode *p = (PropertyNode *)list->items[i];
    u32 mark = g->next_reg;
    Reg value;
    gen_object_value(g, p, keys[i], object, &value);
    emit(g, OP_INIT_SLOT, (u32)object, i, value);
    reg_release(g, mark);
  }
  for (u32 i = prefix; i < list->count; i++) gen_property(g, (PropertyNode *)list->items[i], object);
  return gen_move(g, object, dst);
}

// ---- templates

Reg gen_template(Gen *g, TemplateNode *node, Reg dst) {
  u32 mark = g->next_reg, count = 0;
  Reg out = dst == NO_REG ? reg_new(g) : dst;
  u32 expressions = node->expressions.count;
  Reg first = NO_REG;
  for (u32 i = 0; i <= expressions; i++) {
    AstName *text = node->parts[i].cooked;
    if (text->length) {
      Reg r = reg_new(g);
      load_string(g, text, r);
      if (!count++) first = r;
    }
    if (i == expressions) break;
    Node *e = node->expressions.items[i];
    Reg r = reg_new(g);
    if (!count++) first = r;
    Reg v = gen_expr(g, e, e->type == AST_IDENTIFIER || e->type == AST_THIS ? NO_REG : r);
    set_pos(g, e);
    if (e->type != AST_TEMPLATE && e->type != AST_STRING) emit(g, OP_TO_STRING, (u32)r, (u32)v, 0);
    reg_release(g, (u32)r + 1);
  }
  set_pos(g, &node->base);
  if (count == 0) {
    load_string(g, node->parts[0].cooked, out);
  } else if (count == 1) {
    gen_move(g, first, out);
  } else {
    emit(g, OP_CONCAT, (u32)out, (u32)first, (i32)count);
  }
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return out;
}
