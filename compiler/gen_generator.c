// SPDX-License-Identifier: MIT
// yield, yield* and await.
#include "compiler/gen_internal.h"

void gen_await(Gen *g, Reg reg) { emit(g, OP_AWAIT, (u32)reg, (u32)g->generator, g->generator); }

static Reg scratch_or_new(Gen *g, Reg dst) {
  return dst != NO_REG && (!reg_is_local(g, dst) || dst == g->scratch_local) ? dst : reg_new(g);
}

Reg gen_yield(Gen *g, UnaryNode *node, Reg dst) {
  u32 mark = g->next_reg;
  Reg r = scratch_or_new(g, dst);
  if (node->operand) {
    gen_to(g, node->operand, r);
  } else {
    load_undefined(g, r);
  }
  set_pos(g, &node->base);
  if (g->is_async) gen_await(g, r);
  Label next = LABEL_INIT;
  Reg is_return = reg_new(g);
  emit(g, OP_YIELD, (u32)r, (u32)is_return, g->generator);
  emit_jump(g, OP_JFALSE, (u32)is_return, 0, &next);
  if (g->is_async) gen_await(g, r);
  gen_return(g, r);
  label_bind(g, &next);
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return gen_move(g, r, dst);
}

static void throw_no_throw_method(Gen *g) {
  Reg window = reg_window(g, 2);
  load_int(g, 2, window);
  load_string(g, name_from_ascii(g, "The iterator does not provide a 'throw' method"), window + 1);
  gen_runtime(g, RUNTIME_THROW_ERROR, window, 2);
}

Reg gen_yield_star(Gen *g, UnaryNode *node, Reg dst) {
  u32 mark = g->next_reg;
  bool is_async = g->is_async;
  Reg out = reg_result(g, dst), iterator = reg_window(g, 3), r = reg_new(g), is_return = reg_new(g), sent = reg_new(g);
  Label next = LABEL_INIT, check = LABEL_INIT, yield = LABEL_INIT, done = LABEL_INIT, returned = LABEL_INIT, no_return = LABEL_INIT,
        thrown = LABEL_INIT, no_throw = LABEL_INIT;
  AstName *value = name_from_ascii(g, "value");
  gen_to(g, node->operand, r);
  set_pos(g, &node->base);
  emit(g, is_async ? OP_GET_ASYNC_ITERATOR : OP_GET_ITERATOR, (u32)iterator, (u32)r, 0);
  load_undefined(g, r);
  label_bind(g, &next);
  emit(g, OP_ITERATOR_CALL_NEXT, (u32)iterator, (u32)r, 0);
  if (is_async) gen_await(g, r);
  label_bind(g, &check);
  emit_jump3(g, OP_ITERATOR_DONE, (u32)r, 0, 0, &done);
  label_bind(g, &yield);
  if (is_async) emit_get_prop(g, r, r, value);
  Region region;
  region_begin(g, &region);
  emit(g, is_async ? OP_YIELD : OP_YIELD_RESULT, (u32)r, (u32)is_return, g->generator);
  emit_jump(g, OP_JFALSE, (u32)is_return, 0, &next);
  if (is_async) gen_await(g, r);
  region_pause(g, &region);
  region.paused = 0;
  // A return: the inner iterator may finish it or go on.
  gen_move(g, r, sent);
  emit_jump3(g, OP_ITERATOR_CALL_METHOD, (u32)iterator, (u32)r, 2, &no_return);
  if (is_async) gen_await(g, r);
  emit_jump3(g, OP_ITERATOR_DONE, (u32)r, 0, 0, &returned);
  emit_jmp(g, &yield);
  label_bind(g, &returned);
  emit_get_prop(g, r, r, value);
  gen_return(g, r);
  label_bind(g, &no_return);
  if (is_async) gen_await(g, sent);
  gen_return(g, sent);
  // A throw.
  label_bind(g, &thrown);
  g->unreachable = false;
  region_end(g, &region, &thrown, r);
  g->open_regions--;
  emit_jump3(g, OP_ITERATOR_CALL_METHOD, (u32)iterator, (u32)r, 1, &no_throw);
  if (is_async) gen_await(g, r);
  emit_jmp(g, &check);
  label_bind(g, &no_throw);
  if (is_async) {
    gen_async_close(g, iterator, false);
  } else {
    emit(g, OP_ITERATOR_CLOSE, (u32)iterator, 0, 0);
  }
  throw_no_throw_method(g);
  label_bind(g, &done);
  emit_get_prop(g, out, r, value);
  reg_release(g, dst == NO_REG ? mark + 1 : mark);
  return out;
}
