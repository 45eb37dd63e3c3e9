// SPDX-License-Identifier: MIT
// What stands between a jump and its target: try/catch/finally, iterators to close, resources to dispose. Controls form a stack;
// gen_jump_out and gen_return walk it outwards. Code that runs on the way out is not protected by the levels already left
// (region_pause).
//
// A finally block exists once. Two registers say how it was entered: kind (COMPLETION_*) and value. While the protected code runs, kind is
// already COMPLETION_THROW, so that its handler can be the block itself.
#include "compiler/gen_internal.h"

void control_push(Gen *g, Control *control, ControlKind kind) {
  *control = (Control){.outer = g->control, .kind = kind, .reg = NO_REG, .entry = LABEL_INIT};
  g->control = control;
}

void control_pop(Gen *g, Control *control) {
  ASSERT(g->control == control || g->c->failed);
  g->control = control->outer;
}

// ---- leaving

typedef struct Way { // what is paused while code of outer levels is generated
  Gen *g;
  Control *from;
} Way;

static void leave_level(Gen *g, Control *c) {
  if (c->has_region) region_pause(g, &c->region);
  g->control = c->outer;
  if (c->kind == CONTROL_ITERATOR) emit(g, OP_ITERATOR_CLOSE, (u32)c->reg, 0, 0);
  if (c->kind == CONTROL_ASYNC_ITERATOR) gen_async_close(g, c->reg, false);
}

static void come_back(Gen *g, Control *from, const Control *until) {
  for (Control *c = from; c != until; c = c->outer) {
    if (c->has_region) region_resume(g, &c->region);
  }
  g->control = from;
}

void gen_jump_out(Gen *g, Control *target) {
  Control *from = g->control, *c = from;
  for (; c && c != target; c = c->outer) {
    leave_level(g, c);
    if (c->kind != CONTROL_FINALLY) continue;
    u32 number = 0;
    while (number < c->jumps.len && c->jumps.data[number].target != target) number++;
    if (number == c->jumps.len) vec_push(&c->jumps, (Jump){target});
    load_int(g, (i32)(COMPLETION_JUMP + number), c->reg);
    emit_jmp(g, &c->entry);
    come_back(g, from, c->outer);
    return;
  }
  emit_jmp(g, target->label);
  come_back(g, from, target);
}

void gen_return_final(Gen *g, Reg value) {
  if (g->is_async && g->is_generator) {
    emit(g, OP_ASYNC_GENERATOR_RETURN, (u32)value, (u32)g->generator, 0);
  } else if (g->is_async) {
    emit(g, OP_ASYNC_RETURN, (u32)value, (u32)g->generator, 0);
  } else if (g->derived) {
    u32 mark = g->next_reg;
    Reg this_reg = g->fn->this_var ? load_variable(g, g->fn->this_var, NO_REG) : 0;
    emit(g, OP_RETURN_DERIVED, (u32)value, (u32)this_reg, 0);
    reg_release(g, mark);
  } else {
    emit(g, OP_RETURN, (u32)value, 0, 0);
  }
}

void gen_return(Gen *g, Reg value) {
  Control *from = g->control, *c = from;
  for (; c; c = c->outer) {
    leave_level(g, c);
    if (c->kind != CONTROL_FINALLY) continue;
    gen_move(g, value, c->reg + 1);
    load_int(g, COMPLETION_RETURN, c->reg);
    c->has_return = true;
    emit_jmp(g, &c->entry);
    come_back(g, from, c->outer);
    return;
  }
  gen_return_final(g, value);
  come_back(g, from, NULL);
}

// ---- finally

void finally_begin(Gen *g, Control *control) {
  Reg kind = reg_window(g, 2);
  control_push(g, control, CONTROL_FINALLY);
  control->reg = kind;
  load_int(g, COMPLETION_THROW, kind);
  control->has_region = true;
  region_begin(g, &control->region);
}

void finally_enter(Gen *g, Control *control) {
  control_pop(g, control);
  if (!g->unreachable) load_int(g, COMPLETION_NORMAL, control->reg);
  region_pause(g, &control->region);
  control->region.paused = 0;
  label_bind(g, &control->entry);
  region_end(g, &control->region, &control->entry, control->reg + 1);
  g->unreachable = false;
}

void finally_end(Gen *g, Control *control) {
  Reg kind = control->reg;
  g->open_regions--;
  if (g->unreachable) {
    vec_free(&control->jumps);
    return;
  }
  Label end = LABEL_INIT, next = LABEL_INIT;
  emit_jump(g, OP_JSEQ_SMI, (u32)kind, COMPLETION_NORMAL, &end);
  if (control->has_return) {
    emit_jump(g, OP_JSNE_SMI, (u32)kind, COMPLETION_RETURN, &next);
    gen_return(g, kind + 1);
    label_bind(g, &next);
  }
  for (u32 i = 0; i < control->jumps.len; i++) {
    Label other = LABEL_INIT;
    emit_jump(g, OP_JSNE_SMI, (u32)kind, (i32)(COMPLETION_JUMP + i), &other);
    gen_jump_out(g, control->jumps.data[i].target);
    label_bind(g, &other);
  }
  emit(g, OP_RETHROW, (u32)kind + 1, 0, 0);
  label_bind(g, &end);
  vec_free(&control->jumps);
}

// ---- iterators

void iterator_region_begin(Gen *g, Control *control, Reg iterator, bool is_async) {
  control_push(g, control, is_async ? CONTROL_ASYNC_ITERATOR : CONTROL_ITERATOR);
  control->reg = iterator;
  control->has_region = true;
  region_begin(g, &control->region);
}

static void gen_check_iterator_result(Gen *g, Reg result) {
  Reg window = reg_window(g, 2);
  gen_move(g, result, window);
  load_int(g, 0, window + 1);
  gen_runtime(g, RUNTIME_CHECK_OBJECT, window, 2);
}

void gen_async_close(Gen *g, Reg iterator, bool silent) {
  u32 mark = g->next_reg;
  Label none = LABEL_INIT;
  Reg r = reg_new(g);
  load_special(g, SPECIAL_EMPTY, r);
  emit_jump3(g, OP_ITERATOR_CALL_METHOD, (u32)iterator, (u32)r, 2, &none);
  gen_await(g, r);
  if (!silent) gen_check_iterator_result(g, r);
  label_bind(g, &none);
  reg_release(g, mark);
}

// The control is popped; nothing falls through to here.
void iterator_region_end(Gen *g, Control *control) {
  u32 mark = g->next_reg;
  Reg error = reg_new(g);
  region_pause(g, &control->region);
  control->region.paused = 0;
  Label handler = LABEL_INIT;
  label_bind(g, &handler);
  g->unreachable = false;
  region_end(g, &control->region, &handler, error);
  if (control->kind == CONTROL_ITERATOR) {
    emit(g, OP_ITERATOR_CLOSE_SILENT, (u32)control->reg, 0, 0);
  } else {
    Region quiet;
    Label ignored = LABEL_INIT;
    region_begin(g, &quiet);
    gen_async_close(g, control->reg, true);
    region_pause(g, &quiet);
    quiet.paused = 0;
    label_bind(g, &ignored);
    region_end(g, &quiet, &ignored, reg_new(g));
    g->open_regions--;
  }
  emit(g, OP_RETHROW, (u32)error, 0, 0);
  g->open_regions--;
  reg_release(g, mark);
}

// ---- try

static void gen_catch(Gen *g, TryNode *node) {
  Control control;
  Label handler = LABEL_INIT, end = LABEL_INIT;
  u32 mark = g->next_reg;
  Reg error = reg_new(g);
  control_push(g, &control, CONTROL_REGION);
  control.has_region = true;
  region_begin(g, &control.region);
  gen_block(g, node->block);
  control_pop(g, &control);
  region_pause(g, &control.region);
  control.region.paused = 0;
  bool falls = !g->unreachable;
  if (falls) emit_jmp(g, &end);
  label_bind(g, &handler);
  region_end(g, &control.region, &handler, error);
  g->unreachable = false;
  Scope *outer = scope_enter(g, node->catch_scope);
  set_completion_undefined(g);
  if (node->param) gen_bind(g, node->param, error, BIND_INIT);
  gen_block(g, node->handler);
  scope_leave(g, outer);
  g->open_regions--;
  label_bind(g, &end);
  reg_release(g, mark);
}

void gen_try(Gen *g, TryNode *node) {
  u32 mark = g->next_reg;
  set_completion_undefined(g);
  if (!node->finalizer) {
    gen_catch(g, node);
    return;
  }
  Control finally;
  finally_begin(g, &finally);
  if (node->handler) {
    gen_catch(g, node);
  } else {
    gen_block(g, node->block);
  }
  finally_enter(g, &finally);
  Reg saved = NO_REG;
  if (g->completion != NO_REG) {
    saved = gen_move(g, g->completion, reg_new(g));
    load_undefined(g, g->completion);
  }
  gen_block(g, node->finalizer);
  if (saved != NO_REG && !g->unreachable) gen_move(g, saved, g->completion);
  finally_end(g, &finally);
  reg_release(g, mark);
}

// ---- using

void using_begin(Gen *g, Control *control, Reg list) {
  load_undefined(g, list);
  finally_begin(g, control);
}

void gen_add_disposable(Gen *g, Reg value, bool is_async) {
  u32 mark = g->next_reg;
  Reg window = reg_window(g, 3);
  gen_move(g, g->disposables, window);
  gen_move(g, value, window + 1);
  load_special(g, is_async ? SPECIAL_TRUE : SPECIAL_FALSE, window + 2);
  gen_runtime(g, RUNTIME_ADD_DISPOSABLE, window, 3);
  gen_move(g, window, g->disposables);
  reg_release(g, mark);
}

static void dispose_sync(Gen *g, Control *control, Reg list) {
  Label normal = LABEL_INIT, call = LABEL_INIT;
  Reg window = reg_window(g, 3);
  gen_move(g, list, window);
  load_special(g, SPECIAL_FALSE, window + 1);
  load_undefined(g, window + 2);
  emit_jump(g, OP_JSNE_SMI, (u32)control->reg, COMPLETION_THROW, &normal);
  load_special(g, SPECIAL_TRUE, window + 1);
  gen_move(g, control->reg + 1, window + 2);
  label_bind(g, &normal);
  label_bind(g, &call);
  gen_runtime(g, RUNTIME_DISPOSE_RESOURCES, window, 3);
}

// error = EMPTY or the pending error; while (p = DISPOSE_ASYNC_STEP(list, error)) try { await p } catch (e) { error = both }.
static void dispose_async(Gen *g, Control *control, Reg list) {
  Label normal = LABEL_INIT, step = LABEL_INIT, done = LABEL_INIT, caught = LABEL_INIT, fine = LABEL_INIT;
  Reg error = reg_new(g);
  load_special(g, SPECIAL_EMPTY, error);
  emit_jump(g, OP_JSNE_SMI, (u32)control->reg, COMPLETION_THROW, &normal);
  gen_move(g, control->reg + 1, error);
  label_bind(g, &normal);
  Reg caught_reg = reg_new(g), window = reg_window(g, 2);
  label_bind(g, &step);
  gen_move(g, list, window);
  load_special(g, SPECIAL_EMPTY, window + 1);
  Region region;
  region_begin(g, &region);
  gen_runtime(g, RUNTIME_DISPOSE_ASYNC_STEP, window, 2);
  emit_jump(g, OP_JUNDEFINED, (u32)window, 0, &done);
  gen_await(g, window);
  region_pause(g, &region);
  region.paused = 0;
  emit_jmp(g, &step);
  label_bind(g, &caught);
  g->unreachable = false;
  region_end(g, &region, &caught, caught_reg);
  g->open_regions--;
  gen_move(g, error, window);
  gen_move(g, caught_reg, window + 1);
  gen_runtime(g, RUNTIME_DISPOSE_ASYNC_ERROR, window, 2);
  gen_move(g, window, error);
  emit_jmp(g, &step);
  label_bind(g, &done);
  emit_jump(g, OP_JEMPTY, (u32)error, 0, &fine);
  emit(g, OP_RETHROW, (u32)error, 0, 0);
  label_bind(g, &fine);
}

void using_end(Gen *g, Control *control, Reg list, bool is_async) {
  finally_enter(g, control);
  u32 mark = g->next_reg;
  if (is_async) {
    dispose_async(g, control, list);
  } else {
    dispose_sync(g, control, list);
  }
  reg_release(g, mark);
  finally_end(g, control);
}
