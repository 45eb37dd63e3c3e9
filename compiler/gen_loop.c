// SPDX-License-Identifier: MIT
// Loops and switch. Loops test at the bottom; a captured head variable lives in an environment that is fresh for each iteration.
#include "compiler/gen_internal.h"

typedef struct Loop {
  Control outer, inner; // break, continue
  Label end, next;
} Loop;

static void loop_begin(Gen *g, Loop *loop) {
  LabelSet *labels = g->labels;
  g->labels = NULL;
  loop->end = loop->next = LABEL_INIT;
  control_push(g, &loop->outer, CONTROL_BREAK);
  loop->outer.label = &loop->end;
  loop->outer.labels = labels;
  loop->outer.plain = true;
}

// Between loop_begin and loop_body a loop may push an iterator.
static void loop_body(Gen *g, Loop *loop, Node *body) {
  control_push(g, &loop->inner, CONTROL_CONTINUE);
  loop->inner.label = &loop->next;
  loop->inner.labels = loop->outer.labels;
  gen_statement(g, body);
  control_pop(g, &loop->inner);
}

static void loop_end(Gen *g, Loop *loop) {
  control_pop(g, &loop->outer);
  label_bind(g, &loop->end);
}

// Testing it twice costs nothing: before the first iteration as well as at the bottom.
static bool is_cheap_test(const Node *node) {
  if (node->type != AST_BINARY || node->op < BIN_EQ || node->op > BIN_GE) return false;
  const Node *sides[] = {((const BinaryNode *)node)->left, ((const BinaryNode *)node)->right};
  for (u32 i = 0; i < 2; i++) {
    const Node *side = sides[i];
    if (side->type == AST_MEMBER) side = ((const MemberNode *)side)->object;
    if (side->type != AST_IDENTIFIER && side->type != AST_NUMBER && side->type != AST_THIS) return false;
  }
  return true;
}

static void gen_entry_test(Gen *g, Node *test, Label *bottom, Label *end) {
  if (is_cheap_test(test)) {
    gen_jump_if(g, test, end, false);
  } else {
    emit_jmp(g, bottom);
  }
}

void gen_while(Gen *g, WhileNode *node) {
  Loop loop;
  Label body = LABEL_INIT;
  set_completion_undefined(g);
  loop_begin(g, &loop);
  gen_entry_test(g, node->test, &loop.next, &loop.end);
  g->unreachable = false;
  label_bind(g, &body);
  loop_body(g, &loop, node->body);
  label_bind(g, &loop.next);
  gen_jump_if(g, node->test, &body, true);
  loop_end(g, &loop);
}

void gen_do_while(Gen *g, WhileNode *node) {
  Loop loop;
  Label body = LABEL_INIT;
  set_completion_undefined(g);
  loop_begin(g, &loop);
  label_bind(g, &body);
  loop_body(g, &loop, node->body);
  label_bind(g, &loop.next);
  if (!g->unreachable) gen_jump_if(g, node->test, &body, true);
  loop_end(g, &loop);
}

static void gen_for_inner(Gen *g, ForNode *node) {
  Loop loop;
  Label body = LABEL_INIT, bottom = LABEL_INIT;
  LabelSet *labels = g->labels;
  g->labels = NULL;
  u32 closures = g->functions.len;
  if (node->init) {
    if (node->init->type == AST_DECLARATION) {
      gen_declaration(g, (DeclarationNode *)node->init);
    } else {
      gen_effect(g, node->init);
    }
  }
  if (g->functions.len != closures) scope_fresh_env(g, node->scope); // closures of the head keep the first environment
  g->labels = labels;
  set_completion_undefined(g);
  loop_begin(g, &loop);
  if (node->test) gen_entry_test(g, node->test, &bottom, &loop.end);
  g->unreachable = false;
  label_bind(g, &body);
  loop_body(g, &loop, node->body);
  label_bind(g, &loop.next);
  scope_fresh_env(g, node->scope);
  if (node->update) gen_effect(g, node->update);
  label_bind(g, &bottom);
  if (node->test) {
    gen_jump_if(g, node->test, &body, true);
  } else {
    emit_jmp(g, &body);
  }
  loop_end(g, &loop);
}

void gen_for(Gen *g, ForNode *node) {
  u32 mark = g->next_reg;
  Scope *outer = scope_enter(g, node->scope);
  if (node->scope && node->scope->has_using) {
    Control control;
    Reg saved = g->disposables;
    g->disposables = reg_new(g);
    Reg list = g->disposables;
    using_begin(g, &control, list);
    gen_for_inner(g, node);
    g->disposables = saved;
    using_end(g, &control, list, node->scope->has_await_using);
  } else {
    gen_for_inner(g, node);
  }
  scope_leave(g, outer);
  reg_release(g, mark);
}

// ---- for-in, for-of

// The object is evaluated where the head's names are in TDZ.
static Reg gen_iterated(Gen *g, ForInNode *node) {
  u32 mark = g->next_reg;
  Reg out = reg_new(g);
  if (node->target->type == AST_DECLARATION) { // for (var a = 1 in o)
    DeclarationNode *d = (DeclarationNode *)node->target;
    if (d->items[0].init) gen_declaration(g, d);
  }
  Scope *outer = scope_enter(g, node->head_scope);
  gen_to(g, node->object, out);
  scope_leave(g, outer);
  reg_release(g, mark + 1);
  return out;
}

static bool scope_needs_tdz(const Scope *scope) {
  for (const Variable *v = scope->variables; v; v = v->next) {
    if (v->needs_tdz) return true;
  }
  return false;
}

static DeclarationNode *declared_head(ForInNode *node) {
  return node->target->type == AST_DECLARATION ? (DeclarationNode *)node->target : NULL;
}

// A register that the loop may write each value to directly, or NO_REG.
static Reg direct_head(Gen *g, ForInNode *node) {
  DeclarationNode *d = declared_head(node);
  Node *target = d ? d->items[0].target : node->target;
  if (target->type != AST_IDENTIFIER) return NO_REG;
  IdentifierNode *id = (IdentifierNode *)target;
  if (d && d->base.op != DECLARE_VAR) {
    bool plain = d->base.op <= DECLARE_CONST && id->var && !id->var->captured && id->var->reg >= 0;
    return plain && !id->var->needs_tdz ? id->var->reg : NO_REG;
  }
  NameRef ref = name_from_identifier(g, id);
  return ref.kind == REF_REGISTER && !ref.tdz && !ref.constant && !ref.dynamic ? ref.reg : NO_REG;
}

static void bind_head(Gen *g, ForInNode *node, Reg value, Reg direct) {
  DeclarationNode *d = declared_head(node);
  if (direct != NO_REG) {
    reg_note_write(g, direct);
  } else if (!d) {
    gen_bind(g, node->target, value, BIND_ASSIGN);
  } else {
    gen_bind(g, d->items[0].target, value, d->base.op == DECLARE_VAR ? BIND_VAR : BIND_INIT);
  }
}

// One iteration: names, value, body.
static void gen_iteration(Gen *g, ForInNode *node, Loop *loop, Reg value, Reg direct, bool entered) {
  u32 mark = g->next_reg;
  Scope *outer = entered ? g->scope : scope_enter(g, node->scope);
  DeclarationNode *d = declared_head(node);
  if (d && d->base.op >= DECLARE_USING) {
    Control control;
    Reg saved = g->disposables, list = reg_new(g);
    g->disposables = list;
    using_begin(g, &control, list);
    bind_head(g, node, value, direct);
    gen_add_disposable(g, value, d->base.op == DECLARE_AWAIT_USING);
    loop_body(g, loop, node->body);
    g->disposables = saved;
    using_end(g, &control, list, d->base.op == DECLARE_AWAIT_USING);
  } else {
    bind_head(g, node, value, direct);
    loop_body(g, loop, node->body);
  }
  scope_leave(g, outer);
  reg_release(g, mark);
}

// Head names that need no work at each iteration get their registers once.
static bool enter_once(const ForInNode *node) {
  return node->scope && !scope_has_env(node->scope) && !scope_needs_tdz(node->scope);
}

void gen_for_in(Gen *g, ForInNode *node) {
  u32 mark = g->next_reg;
  Loop loop;
  Label done = LABEL_INIT;
  set_completion_undefined(g);
  loop_begin(g, &loop);
  Reg object = gen_iterated(g, node), iterator = object;
  set_pos(g, node->object);
  emit(g, OP_FOR_IN_START, (u32)iterator, (u32)object, 0);
  Scope *outer = g->scope;
  bool once = enter_once(node);
  if (once) scope_enter(g, node->scope);
  Reg direct = node->scope && !once ? NO_REG : direct_head(g, node);
  Reg value = direct != NO_REG ? direct : reg_new(g);
  label_bind(g, &loop.next);
  emit_jump3(g, OP_FOR_IN_NEXT, (u32)iterator, (u32)value, 0, &done);
  gen_iteration(g, node, &loop, value, direct, once);
  emit_jmp(g, &loop.next);
  scope_leave(g, outer);
  label_bind(g, &done);
  loop_end(g, &loop);
  reg_release(g, mark);
}

static void gen_for_of_sync(Gen *g, ForInNode *node) {
  Loop loop;
  Control control;
  Label done = LABEL_INIT;
  loop_begin(g, &loop);
  Reg iterator = reg_window(g, 3);
  u32 mark = g->next_reg;
  Reg object = gen_iterated(g, node);
  set_pos(g, node->object);
  emit(g, OP_GET_ITERATOR, (u32)iterator, (u32)object, 0);
  reg_release(g, mark);
  Scope *outer = g->scope;
  bool once = enter_once(node);
  if (once) scope_enter(g, node->scope);
  Reg direct = node->scope && !once ? NO_REG : direct_head(g, node);
  Reg value = direct != NO_REG ? direct : reg_new(g);
  label_bind(g, &loop.next);
  set_pos(g, node->object);
  emit_jump3(g, OP_FOR_OF_NEXT, (u32)iterator, (u32)value, 0, &done);
  iterator_region_begin(g, &control, iterator, false);
  gen_iteration(g, node, &loop, value, direct, once);
  control_pop(g, &control);
  emit_jmp(g, &loop.next);
  iterator_region_end(g, &control);
  scope_leave(g, outer);
  label_bind(g, &done);
  loop_end(g, &loop);
}

static void gen_for_await(Gen *g, ForInNode *node) {
  Loop loop;
  Control control;
  Label done = LABEL_INIT;
  loop_begin(g, &loop);
  Reg iterator = reg_window(g, 3);
  u32 mark = g->next_reg;
  Reg object = gen_iterated(g, node);
  set_pos(g, node->object);
  emit(g, OP_GET_ASYNC_ITERATOR, (u32)iterator, (u32)object, 0);
  reg_release(g, mark);
  Reg value = reg_new(g);
  label_bind(g, &loop.next);
  set_pos(g, node->object);
  load_special(g, SPECIAL_EMPTY, value);
  emit(g, OP_ITERATOR_CALL_NEXT, (u32)iterator, (u32)value, 0);
  gen_await(g, value);
  emit_jump3(g, OP_ITERATOR_DONE, (u32)value, 0, 0, &done);
  emit_get_prop(g, value, value, name_from_ascii(g, "value"));
  iterator_region_begin(g, &control, iterator, true);
  gen_iteration(g, node, &loop, value, NO_REG, false);
  control_pop(g, &control);
  emit_jmp(g, &loop.next);
  iterator_region_end(g, &control);
  label_bind(g, &done);
  loop_end(g, &loop);
}

void gen_for_of(Gen *g, ForInNode *node) {
  u32 mark = g->next_reg;
  set_completion_undefined(g);
  if (node->base.flags & FOR_AWAIT) {
    gen_for_await(g, node);
  } else {
    gen_for_of_sync(g, node);
  }
  reg_release(g, mark);
}

// ---- switch

static bool int_case(Gen *g, const Node *test, i32 *value) {
  double d;
  if (test->type != AST_NUMBER && test->type != AST_UNARY) return false;
  if (!const_value(g, test, &d) || !(d >= -1e6 && d <= 1e6) || d != (i32)d) return false;
  *value = (i32)d;
  return true;
}

typedef struct IntCase {
  i32 value;
  u32 number; // of the case
} IntCase;

typedef struct IntSwitch {
  Gen *g;
  IntCase *cases; // by value, each once
  Label *labels, *fallback;
} IntSwitch;

// Cases from `first` on that lie close enough for a table; few of them are better tested one by one.
static u32 cluster_end(const IntSwitch *s, u32 first, u32 count) {
  u32 end = first + 1, best = first + 1;
  for (; end < count; end++) {
    u32 span = (u32)(s->cases[end].value - s->cases[first].value) + 1;
    if (span <= (end - first + 1) * 4 + 8) best = end + 1;
  }
  return best - first >= 4 ? best : first + 1;
}

static void emit_table(IntSwitch *s, Reg index, u32 first, u32 end, i32 low) {
  u32 span = (u32)(s->cases[end - 1].value - low) + 1;
  Label **table = ARENA_ARRAY(s->g->c->arena, Label *, span);
  for (u32 i = 0; i < span; i++) table[i] = s->fallback;
  for (u32 i = first; i < end; i++) table[s->cases[i].value - low] = &s->labels[s->cases[i].number];
  emit_jump_table(s->g, index, table, span);
}

static void gen_cluster(IntSwitch *s, Reg number, u32 first, u32 end) {
  Gen *g = s->g;
  if (end == first + 1) {
    emit_jump(g, OP_JSEQ_SMI, (u32)number, s->cases[first].value, &s->labels[s->cases[first].number]);
    return;
  }
  i32 low = s->cases[first].value;
  u32 mark = g->next_reg;
  Reg index = reg_new(g);
  if (emit_is_narrow(OP_SUB_SMI, low)) {
    emit(g, OP_SUB_SMI, (u32)index, (u32)number, low);
  } else {
    load_int(g, low, index);
    emit(g, OP_SUB, (u32)index, (u32)number, index);
  }
  emit_table(s, index, first, end, low);
  reg_release(g, mark);
}

// A binary search among the clusters; starts[i] is the first case of cluster i. `number` is an int32.
static void gen_search(IntSwitch *s, Reg number, const u32 *starts, u32 from, u32 to) {
  if (to - from > 3) {
    u32 middle = from + (to - from) / 2;
    Label lower = LABEL_INIT;
    emit_jump(s->g, OP_JLT_SMI, (u32)number, s->cases[starts[middle]].value, &lower);
    gen_search(s, number, starts, middle, to);
    label_bind(s->g, &lower);
    gen_search(s, number, starts, from, middle);
    return;
  }
  for (u32 i = from; i < to; i++) gen_cluster(s, number, starts[i], starts[i + 1]);
  emit_jmp(s->g, s->fallback);
}

static int compare_cases(const void *a, const void *b) {
  const IntCase *x = a, *y = b;
  if (x->value != y->value) return x->value < y->value ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

// False: not all tests are small integers, or there are few.
static bool collect_int_cases(Gen *g, const SwitchNode *node, IntSwitch *s, u32 *count) {
  u32 n = 0;
  s->cases = ARENA_ARRAY(g->c->arena, IntCase, node->count);
  for (u32 i = 0; i < node->count; i++) {
    if (!node->cases[i]->test) continue;
    if (!int_case(g, node->cases[i]->test, &s->cases[n].value)) return false;
    s->cases[n++].number = i;
  }
  if (n < 4) return false;
  qsort(s->cases, n, sizeof *s->cases, compare_cases);
  *count = 1;
  for (u32 i = 1; i < n; i++) { // of equal cases the first counts
    if (s->cases[i].value != s->cases[*count - 1].value) s->cases[(*count)++] = s->cases[i];
  }
  return true;
}

// All cases small integers: indexed jumps where they are close together, a search among such groups where they are not.
static bool gen_int_switch(Gen *g, SwitchNode *node, Reg subject, Label *labels, Label *fallback) {
  IntSwitch s = {.g = g, .labels = labels, .fallback = fallback};
  u32 count, clusters = 0;
  if (g->next_reg > 250 || !collect_int_cases(g, node, &s, &count)) return false;
  bool one_table = s.cases[0].value >= 0 && (u32)s.cases[count - 1].value < count * 8 + 32;
  u32 *starts = ARENA_ARRAY(g->c->arena, u32, count + 1);
  for (u32 i = 0; i < count; i = cluster_end(&s, i, count)) starts[clusters++] = i;
  starts[clusters] = count;
  if (one_table) { // JUMP_TABLE knows doubles that are integers, and other values
    emit_table(&s, subject, 0, count, 0);
    emit_jmp(g, fallback);
    return true;
  }
  if (clusters > 1 && clusters < 6) return false; // testing one after the other is as fast
  emit_jump(g, OP_JNOT_TYPEOF, (u32)subject, 3, fallback);
  u32 mark = g->next_reg;
  if (s.cases[0].value < 0) { // a fraction might be rounded to a case below
    Reg number = reg_new(g);
    emit(g, OP_OR_SMI, (u32)number, (u32)subject, 0);
    emit_jump(g, OP_JSNE, (u32)number, subject, fallback);
    subject = number;
  }
  gen_search(&s, subject, starts, 0, clusters);
  reg_release(g, mark);
  return true;
}

static void gen_case_test(Gen *g, Node *test, Reg subject, Label *label) {
  u32 mark = g->next_reg;
  i32 value;
  double d;
  if (int_case(g, test, &value) && value >= INT16_MIN && value <= INT16_MAX) {
    emit_jump(g, OP_JSEQ_SMI, (u32)subject, value, label);
    return;
  }
  u32 number = UINT32_MAX;
  if (test->type == AST_STRING) number = const_string(g, ((StringNode *)test)->value);
  if (test->type == AST_NUMBER && const_value(g, test, &d)) number = const_number(g, d);
  if (number <= 0xffff) {
    emit_jump(g, OP_JSEQ_K, (u32)subject, (i32)number, label);
  } else {
    Reg r = gen_any(g, test);
    emit_jump(g, OP_JSEQ, (u32)subject, r, label);
  }
  reg_release(g, mark);
}

void gen_switch(Gen *g, SwitchNode *node) {
  u32 mark = g->next_reg;
  Control control;
  Label end = LABEL_INIT, *labels = ARENA_ARRAY(g->c->arena, Label, node->count);
  LabelSet *names = g->labels;
  g->labels = NULL;
  set_completion_undefined(g);
  Reg subject = gen_any(g, node->discriminant);
  if (reg_is_local(g, subject) && subject != 0) {
    for (u32 i = 0; i < node->count; i++) {
      Node *test = node->cases[i]->test;
      if (test && test->type != AST_NUMBER && test->type != AST_STRING) {
        subject = gen_move(g, subject, reg_new(g));
        break;
      }
    }
  }
  Scope *outer = scope_enter(g, node->scope);
  control_push(g, &control, CONTROL_BREAK);
  control.label = &end;
  control.labels = names;
  control.plain = true;
  Label *fallback = &end;
  for (u32 i = 0; i < node->count; i++) {
    labels[i] = LABEL_INIT;
    if (!node->cases[i]->test) fallback = &labels[i];
  }
  if (!gen_int_switch(g, node, subject, labels, fallback)) {
    for (u32 i = 0; i < node->count; i++) {
      if (node->cases[i]->test) gen_case_test(g, node->cases[i]->test, subject, &labels[i]);
    }
    emit_jmp(g, fallback);
  }
  for (u32 i = 0; i < node->count; i++) {
    label_bind(g, &labels[i]);
    gen_statements(g, &node->cases[i]->body);
  }
  control_pop(g, &control);
  scope_leave(g, outer);
  label_bind(g, &end);
  reg_release(g, mark);
}
