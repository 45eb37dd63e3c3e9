// SPDX-License-Identifier: MIT
// Registers: a stack of locals and temporaries above the parameters.
#include "compiler/gen_internal.h"

static void grow_to(Gen *g, u32 count) {
  if (count > g->max_reg) {
    g->max_reg = count;
    if (count > MAX_REG - 64) gen_fail(g, DIAG_RANGE_ERROR, "Function is too large");
  }
}

static void forget_variable(Gen *g, u32 r) {
  if (r < g->reg_info.len) g->reg_info.data[r] = (RegInfo){0};
}

Reg reg_new(Gen *g) {
  u32 r = g->next_reg++;
  grow_to(g, g->next_reg);
  forget_variable(g, r);
  return (Reg)r;
}

Reg reg_window(Gen *g, u32 count) {
  u32 r = g->next_reg;
  for (u32 i = 0; i < count; i++) forget_variable(g, r + i);
  g->next_reg += count;
  grow_to(g, g->next_reg);
  return (Reg)r;
}

static RegInfo *info_of(Gen *g, Reg r) {
  while (g->reg_info.len <= (u32)r) vec_push(&g->reg_info, (RegInfo){0});
  return &g->reg_info.data[r];
}

void reg_set_variable(Gen *g, Reg r, Variable *v) {
  info_of(g, r)->var = v;
  v->reg = r;
}

Reg reg_for_variable(Gen *g, Variable *v) {
  Reg r = reg_new(g);
  reg_set_variable(g, r, v);
  return r;
}

static VarInit *init_of(Gen *g, Reg r) {
  if ((u32)r >= g->reg_info.len || !g->reg_info.data[r].init) return NULL;
  return &g->var_inits.data[g->reg_info.data[r].init - 1];
}

void reg_add_init(Gen *g, Reg r) {
  u32 word = g->words.len;
  load_undefined(g, r);
  vec_push(&g->var_inits, (VarInit){word, g->words.len - word, r, VAR_INIT_UNSURE, 0});
  info_of(g, r)->init = g->var_inits.len;
  g->var_init_end = g->words.len;
}

void reg_note_read(Gen *g, Reg r) {
  VarInit *init = init_of(g, r);
  if (init && init->state == VAR_INIT_UNSURE) init->state = VAR_INIT_NEEDED;
}

void reg_note_write(Gen *g, Reg r) {
  VarInit *init = init_of(g, r);
  if (!init || init->state != VAR_INIT_UNSURE) return;
  init->state = VAR_INIT_WRITTEN;
  init->written_at = g->words.len;
  vec_push(&g->written, (u32)(init - g->var_inits.data));
}

void reg_note_merge(Gen *g, u32 from) {
  while (g->written.len) {
    VarInit *init = &g->var_inits.data[g->written.data[g->written.len - 1]];
    if (init->written_at <= from) return;
    if (init->state == VAR_INIT_WRITTEN) init->state = VAR_INIT_UNSURE;
    g->written.len--;
  }
}

Reg gen_move(Gen *g, Reg from, Reg dst) {
  if (dst == NO_REG || dst == from) return from;
  emit(g, OP_MOVE, (u32)dst, (u32)from, 0);
  return dst;
}
