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
  vec_push(&g->var_inits, (VarInit){.word = word, .words = g->words.len - word, .reg = r, .state = VAR_INIT_UNSURE});
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

static bool was_sure(const VarInit *init, u32 at) {
  if (at >= init->written_at) return true;
  for (u32 i = 0; i < init->sure_count; i++) {
    if (at >= init->sure[i].start && at < init->sure[i].end) return true;
  }
  return false;
}

static bool all_sure(const Gen *g, const VarInit *init, u32 fixups) {
  if (!init->sure_count || !fixups) return false;
  u32 budget = 16;
  for (u32 i = fixups; i; i = g->fixups.data[i - 1].next) {
    if (!budget-- || !was_sure(init, g->fixups.data[i - 1].at)) return false;
  }
  return true;
}

void reg_note_merge(Gen *g, u32 first, u32 fixups) {
  u32 n = g->written.len, from = n;
  while (from && g->var_inits.data[g->written.data[from - 1]].written_at > first) from--;
  u32 kept = from;
  for (u32 i = from; i < n; i++) {
    VarInit *init = &g->var_inits.data[g->written.data[i]];
    if (all_sure(g, init, fixups)) {
      g->written.data[kept++] = g->written.data[i];
      continue;
    }
    init->state = VAR_INIT_UNSURE;
    init->sure[init->sure_count % ARRAY_LEN(init->sure)] = (Range){init->written_at, g->words.len};
    init->sure_count = (u8)MIN(init->sure_count + 1u, ARRAY_LEN(init->sure));
  }
  g->written.len = kept;
}

Reg gen_move(Gen *g, Reg from, Reg dst) {
  if (dst == NO_REG || dst == from) return from;
  emit(g, OP_MOVE, (u32)dst, (u32)from, 0);
  return dst;
}
