// SPDX-License-Identifier: MIT
// Writes instructions: chooses narrow or wide forms, patches labels, keeps positions and handlers, and at the end packs everything into one
// CodeBody.
#include "compiler/gen_internal.h"

void gen_fail(Gen *g, DiagKind kind, const char *message) {
  Compiler *c = g->c;
  if (c->failed) return;
  c->failed = true;
  c->diag->kind = kind;
  c->diag->message = message;
  c->diag->start = c->diag->end = g->pos;
}

enum { POLL_STEPS = 0x1000 };

bool gen_poll(Gen *g) {
  Compiler *c = g->c;
  if (LIKELY(++c->steps & (POLL_STEPS - 1))) return true;
  if (!c->failed && (!c->poll || c->poll(c->poll_data))) return true;
  gen_fail(g, DIAG_STOPPED, "Interrupted");
  return false;
}

bool gen_check_stack(Gen *g) {
  if (LIKELY((uintptr_t)__builtin_frame_address(0) > g->c->stack_limit)) return gen_poll(g);
  gen_fail(g, DIAG_RANGE_ERROR, "Maximum call stack size exceeded");
  return false;
}

// ---- instructions

static bool cannot_throw(Opcode op) {
  switch (op) {
  case OP_MOVE:
  case OP_LOAD_INT:
  case OP_LOAD_K:
  case OP_LOAD_SPECIAL:
  case OP_LOAD_CALLEE:
  case OP_LOAD_NEW_TARGET:
  case OP_LOAD_ENV:
  case OP_NEW_ENV:
  case OP_COPY_ENV:
  case OP_PARENT_ENV:
  case OP_GET_ENV:
  case OP_SET_ENV:
  case OP_GET_UP:
  case OP_SET_UP:
  case OP_SET_MODULE:
  case OP_SET_UP_MODULE:
  case OP_NEW_OBJECT:
  case OP_NEW_OBJECT_SHAPE:
  case OP_INIT_SLOT:
  case OP_NEW_ARRAY:
  case OP_NEW_ARRAY_CONST:
  case OP_ARRAY_PUSH:
  case OP_ARRAY_HOLE:
  case OP_CLOSURE:
  case OP_SET_HOME:
  case OP_SET_FIELD_INIT:
  case OP_NOT:
  case OP_TYPEOF:
  case OP_SEQ:
  case OP_SNE:
  case OP_JMP:
  case OP_LOOP:
  case OP_JTRUE:
  case OP_JFALSE:
  case OP_JTRUE_LOOP:
  case OP_JFALSE_LOOP:
  case OP_JNULLISH:
  case OP_JNOT_NULLISH:
  case OP_JEQ_NULL:
  case OP_JNE_NULL:
  case OP_JUNDEFINED:
  case OP_JNOT_UNDEFINED:
  case OP_JEMPTY:
  case OP_JSEQ:
  case OP_JSNE:
  case OP_JSEQ_SMI:
  case OP_JSNE_SMI:
  case OP_JSEQ_K:
  case OP_JSNE_K:
  case OP_JTYPEOF:
  case OP_JNOT_TYPEOF:
  case OP_JUMP_TABLE:
  case OP_RETURN:
  case OP_RETURN_UNDEFINED:
  case OP_NEW_REGEXP:
  case OP_TEMPLATE_OBJECT:
  case OP_NOP: return true;
  default: return false;
  }
}

static bool fits(char kind, i64 v, u32 bits) {
  if (kind == '-') return true;
  if (kind == 'i') return v >= -(1 << (bits - 1)) && v < 1 << (bits - 1);
  return v >= 0 && v < 1 << bits;
}

static u32 begin(Gen *g, Opcode op) {
  u32 at = g->words.len;
  if (!cannot_throw(op)) {
    u32 n = g->positions.len;
    if (!n || g->positions.data[n - 1].offset != g->pos) {
      vec_reserve(&g->positions, n + 1);
      g->positions.data[n].pc = at;
      g->positions.data[n].offset = g->pos;
      g->positions.len++;
    }
  }
  return at;
}

// A wide instruction costs more than a narrow one and a load of the constant.
bool emit_is_narrow(Opcode op, i32 c) {
  char kind = opcode_info[op].operands[2];
  return fits(kind, c, 8);
}

// B and C together are one immediate.
static void push_big(Gen *g, Opcode op, u32 a, i32 immediate) {
  if (a < 256 && immediate >= INT16_MIN && immediate <= INT16_MAX) {
    vec_push(&g->words, (u32)op | a << 8 | (u32)immediate << 16);
    return;
  }
  vec_push(&g->words, (u32)OP_WIDE | (u32)op << 8 | a << 16);
  vec_push(&g->words, (u32)immediate);
}

u32 emit(Gen *g, Opcode op, u32 a, u32 b, i32 c) {
  u32 at = begin(g, op);
  const char *kinds = opcode_info[op].operands;
  if (kinds[1] == 's') {
    push_big(g, op, a, (i32)b);
    return at;
  }
  i64 sb = kinds[1] == 'i' ? (i32)b : (i64)b, sc = kinds[2] == 'i' ? c : (i64)(u32)c;
  if (LIKELY(a < 256 && fits(kinds[1], sb, 8) && fits(kinds[2], sc, 8))) {
    vec_push(&g->words, (u32)op | a << 8 | (b & 255) << 16 | (u32)(c & 255) << 24);
  } else {
    if (a > 0xffff || !fits(kinds[1], sb, 16) || !fits(kinds[2], sc, 16)) {
      gen_fail(g, DIAG_RANGE_ERROR, "Function is too large");
    }
    vec_push(&g->words, (u32)OP_WIDE | (u32)op << 8 | a << 16);
    vec_push(&g->words, (b & 0xffff) | (u32)c << 16);
  }
  if (op == OP_RETURN || op == OP_RETURN_UNDEFINED || op == OP_THROW || op == OP_RETHROW || op == OP_RETURN_DERIVED ||
      op == OP_ASYNC_RETURN || op == OP_ASYNC_REJECT || op == OP_ASYNC_GENERATOR_RETURN || op == OP_ASYNC_GENERATOR_REJECT) {
    g->unreachable = true;
  }
  return at;
}

u32 emit_ext(Gen *g, Opcode op, u32 a, u32 b, i32 c, u32 ext) {
  u32 at = emit(g, op, a, b, c);
  vec_push(&g->words, ext);
  return at;
}

u32 emit_ext2(Gen *g, Opcode op, u32 a, u32 b, i32 c, u32 ext, u32 ext2) {
  u32 at = emit(g, op, a, b, c);
  vec_push(&g->words, ext);
  vec_push(&g->words, ext2);
  return at;
}

void emit_big(Gen *g, Opcode op, u32 a, i32 immediate) {
  begin(g, op);
  push_big(g, op, a, immediate);
}

enum { INLINE_CACHES_MAX = 0xfff0 };

void emit_get_prop(Gen *g, Reg dst, Reg object, AstName *name) {
  u32 ic = const_ic(g, name);
  if (LIKELY(ic < INLINE_CACHES_MAX)) {
    emit(g, OP_GET_PROP, (u32)dst, (u32)object, (i32)ic);
    return;
  }
  u32 mark = g->next_reg;
  Reg key = reg_new(g);
  load_string(g, name, key);
  emit(g, OP_GET_ELEM, (u32)dst, (u32)object, key);
  reg_release(g, mark);
}

void emit_set_prop(Gen *g, Opcode op, Reg value, Reg object, AstName *name) {
  u32 ic = const_ic(g, name);
  if (LIKELY(ic < INLINE_CACHES_MAX)) {
    emit(g, op, (u32)value, (u32)object, (i32)ic);
    return;
  }
  u32 mark = g->next_reg;
  Reg key = reg_new(g);
  load_string(g, name, key);
  emit(g, op == OP_SET_PROP ? OP_SET_ELEM : OP_INIT_ELEM, (u32)object, (u32)key, value);
  reg_release(g, mark);
}

// ---- labels

static void patch(Gen *g, u32 at, u32 word, u32 target) {
  i32 distance = (i32)(target - at);
  if (at != word) {
    g->words.data[word] = (u32)distance;
    return;
  }
  if (distance < -(1 << 23) || distance >= 1 << 23) gen_fail(g, DIAG_RANGE_ERROR, "Function is too large");
  g->words.data[word] = (g->words.data[word] & 255) | (u32)distance << 8;
}

static void refer(Gen *g, Label *label, u32 at, u32 word) {
  if (label->pos >= 0) {
    patch(g, at, word, (u32)label->pos);
    return;
  }
  if (!label->fixups) g->open_labels++;
  vec_push(&g->fixups, (Fixup){at, word, label->fixups});
  label->fixups = g->fixups.len;
}

void label_bind(Gen *g, Label *label) {
  ASSERT(label->pos < 0);
  label->pos = (i32)g->words.len;
  if (label->fixups) {
    g->open_labels--;
    g->unreachable = false;
  }
  u32 first = UINT32_MAX;
  for (u32 i = label->fixups; i; i = g->fixups.data[i - 1].next) {
    Fixup *fixup = &g->fixups.data[i - 1];
    patch(g, fixup->at, fixup->word, (u32)label->pos);
    first = fixup->at; // the chain leads backwards
  }
  if (g->written.len && label->fixups) reg_note_merge(g, first, label->fixups);
}

void emit_jmp(Gen *g, Label *label) {
  u32 at = begin(g, OP_JMP);
  vec_push(&g->words, label->pos >= 0 ? OP_LOOP : OP_JMP);
  refer(g, label, at, at);
  g->unreachable = true;
}

static Opcode loop_form(Opcode op) {
  switch (op) {
  case OP_JTRUE: return OP_JTRUE_LOOP;
  case OP_JFALSE: return OP_JFALSE_LOOP;
  case OP_JLT: return OP_JLT_LOOP;
  case OP_JLE: return OP_JLE_LOOP;
  case OP_JGT: return OP_JGT_LOOP;
  case OP_JGE: return OP_JGE_LOOP;
  case OP_JLT_SMI: return OP_JLT_SMI_LOOP;
  case OP_JLE_SMI: return OP_JLE_SMI_LOOP;
  case OP_JGT_SMI: return OP_JGT_SMI_LOOP;
  case OP_JGE_SMI: return OP_JGE_SMI_LOOP;
  default: return OP_NOP;
  }
}

static Opcode inverse(Opcode op) {
  static const u8 pairs[][2] = {{OP_JTRUE, OP_JFALSE},      {OP_JNULLISH, OP_JNOT_NULLISH},
                                {OP_JEQ_NULL, OP_JNE_NULL}, {OP_JUNDEFINED, OP_JNOT_UNDEFINED},
                                {OP_JLT, OP_JNLT},          {OP_JLE, OP_JNLE},
                                {OP_JGT, OP_JNGT},          {OP_JGE, OP_JNGE},
                                {OP_JEQ, OP_JNE},           {OP_JSEQ, OP_JSNE},
                                {OP_JLT_SMI, OP_JNLT_SMI},  {OP_JLE_SMI, OP_JNLE_SMI},
                                {OP_JGT_SMI, OP_JNGT_SMI},  {OP_JGE_SMI, OP_JNGE_SMI},
                                {OP_JSEQ_SMI, OP_JSNE_SMI}, {OP_JEQ_SMI, OP_JNE_SMI},
                                {OP_JSEQ_K, OP_JSNE_K},     {OP_JTYPEOF, OP_JNOT_TYPEOF}};
  for (u32 i = 0; i < ARRAY_LEN(pairs); i++) {
    if (pairs[i][0] == op) return pairs[i][1];
    if (pairs[i][1] == op) return pairs[i][0];
  }
  UNREACHABLE();
}

void emit_jump3(Gen *g, Opcode op, u32 a, u32 b, i32 c, Label *label) {
  u32 at = emit(g, op, a, b, c);
  vec_push(&g->words, 0);
  refer(g, label, at, g->words.len - 1);
}

void emit_jump(Gen *g, Opcode op, u32 a, i32 b, Label *label) {
  if (label->pos < 0) {
    emit_jump3(g, op, a, (u32)b, 0, label);
    return;
  }
  Opcode loop = loop_form(op);
  if (loop != OP_NOP) {
    emit_jump3(g, loop, a, (u32)b, 0, label);
    return;
  }
  Label skip = LABEL_INIT; // only LOOP forms poll for interrupts
  emit_jump3(g, inverse(op), a, (u32)b, 0, &skip);
  emit_jmp(g, label);
  label_bind(g, &skip);
}

u32 emit_jump_table(Gen *g, Reg r, Label *const *labels, u32 count) {
  u32 at = emit_ext(g, OP_JUMP_TABLE, (u32)r, 0, 0, count);
  for (u32 i = 0; i < count; i++) {
    vec_push(&g->words, 0);
    refer(g, labels[i], at, g->words.len - 1);
  }
  return at;
}

// ---- handlers

void region_begin(Gen *g, Region *region) {
  *region = (Region){.start = g->words.len};
  g->open_regions++;
}

void region_pause(Gen *g, Region *region) {
  if (region->paused++) return;
  if (region->start < g->words.len) vec_push(&region->ranges, (Range){region->start, g->words.len});
}

void region_resume(Gen *g, Region *region) {
  if (--region->paused == 0) region->start = g->words.len;
}

void region_end(Gen *g, Region *region, Label *target, Reg reg) {
  ASSERT(target->pos >= 0 && !region->paused);
  for (u32 i = 0; i < region->ranges.len; i++) {
    Range *range = &region->ranges.data[i];
    reg_note_merge(g, range->start, 0);
    vec_push(&g->handlers, (Handler){range->start, range->end, (u32)target->pos, (u32)reg});
  }
  vec_free(&region->ranges);
}

// ---- jumps to jumps

static i32 distance_of(const Gen *g, const Fixup *fixup) {
  u32 word = g->words.data[fixup->word];
  return fixup->word == fixup->at ? (i32)word >> 8 : (i32)word;
}

// Where the jump really ends, through unconditional forward jumps.
static u32 final_target(const Gen *g, u32 target) {
  for (u32 steps = 0; steps < 16 && target < g->words.len; steps++) {
    u32 word = g->words.data[target];
    if ((word & 255) != OP_JMP) break;
    target += (u32)((i32)word >> 8);
  }
  return target;
}

// Forward jumps skip the jumps that they would land on; a plain JMP to a return or a LOOP becomes that.
static void thread_jumps(Gen *g) {
  for (u32 i = 0; i < g->fixups.len; i++) {
    const Fixup *fixup = &g->fixups.data[i];
    u32 target = fixup->at + (u32)distance_of(g, fixup), end = final_target(g, target);
    bool plain = fixup->word == fixup->at;
    u32 word = end < g->words.len ? g->words.data[end] : OP_NOP, op = word & 255;
    if (plain && (op == OP_RETURN || op == OP_RETURN_UNDEFINED)) {
      g->words.data[fixup->at] = word;
    } else if (plain && op == OP_LOOP) {
      i32 distance = (i32)(end - fixup->at) + ((i32)word >> 8);
      if (distance < 0 && distance >= -(1 << 23)) g->words.data[fixup->at] = OP_LOOP | (u32)distance << 8;
    } else if (end != target) {
      patch(g, fixup->at, fixup->word, end);
    }
  }
}

// ---- the finished body

// Drops the "= undefined" of variables that turned out to be written first. The stretch has no jumps across it.
typedef struct Squeeze {
  Gen *g;
  u32 start;
} Squeeze;

static u32 squeezed(const Gen *g, u32 pc) {
  u32 removed = 0;
  for (u32 i = 0; i < g->var_inits.len; i++) {
    const VarInit *init = &g->var_inits.data[i];
    if (init->word >= pc) break;
    if (init->state != VAR_INIT_NEEDED) removed += init->words;
  }
  return pc - removed;
}

static void squeeze_var_inits(Gen *g) {
  u32 to = 0, from = 0;
  bool any = false;
  for (u32 i = 0; i < g->var_inits.len; i++) any |= g->var_inits.data[i].state != VAR_INIT_NEEDED;
  if (!any) return;
  u32 first = g->var_inits.data[0].word, last = g->var_init_end, gone = last - squeezed(g, last);
  for (u32 i = 0; i < g->handlers.len; i++) {
    Handler *h = &g->handlers.data[i];
    u32 *fields[] = {&h->start, &h->end, &h->target};
    for (u32 k = 0; k < 3; k++) *fields[k] = *fields[k] >= last ? *fields[k] - gone : squeezed(g, *fields[k]);
  }
  for (u32 i = 0; i < g->positions.len; i++) {
    u32 pc = g->positions.data[i].pc;
    if (pc > first) g->positions.data[i].pc = pc >= last ? pc - gone : squeezed(g, pc);
  }
  u32 next = 0;
  for (; from < g->words.len;) {
    if (next < g->var_inits.len && g->var_inits.data[next].word == from) {
      const VarInit *init = &g->var_inits.data[next++];
      if (init->state != VAR_INIT_NEEDED) {
        from += init->words;
        continue;
      }
    }
    g->words.data[to++] = g->words.data[from++];
  }
  g->words.len = to;
}

typedef struct Layout {
  u8 *base; // NULL: only measure
  size_t size;
} Layout;

static void *take(Layout *l, const void *data, size_t bytes) {
  l->size = ALIGN_UP(l->size, (size_t)8);
  void *at = l->base ? l->base + l->size : NULL;
  if (at && bytes && data) memcpy(at, data, bytes);
  l->size += bytes;
  return at;
}

static const CodeModuleInfo *lay_out_module(Layout *l, const CodeModuleInfo *info) {
  CodeModuleInfo *out = take(l, info, sizeof *info);
  CodeModuleRequest *requests = take(l, info->requests, info->request_count * sizeof *requests);
  for (u32 i = 0; i < info->request_count; i++) {
    const u32 *attributes = take(l, info->requests[i].attributes, info->requests[i].attribute_count * 8);
    if (requests) requests[i].attributes = attributes;
  }
  const CodeImport *imports = take(l, info->imports, info->import_count * sizeof *imports);
  const CodeExport *exports = take(l, info->exports, info->export_count * sizeof *exports);
  if (out) {
    out->requests = requests;
    out->imports = imports;
    out->exports = exports;
  }
  return out;
}

static void lay_out(Gen *g, Layout *l, const ByteVec *positions, const CodeModuleInfo *module) {
  CodeBody b = {0};
  CodeBody *out = take(l, NULL, sizeof *out);
  b.word_count = g->words.len;
  b.words = take(l, g->words.data, g->words.len * 4ul);
  b.register_count = g->max_reg;
  b.ic_count = g->ic_keys.len;
  b.ic_keys = take(l, g->ic_keys.data, g->ic_keys.len * 4ul);
  b.constant_count = g->constants.len;
  b.constants = take(l, g->constants.data, g->constants.len * sizeof(Constant));
  b.string_count = g->strings.len;
  b.strings = take(l, g->strings.data, g->strings.len * sizeof(ConstantString));
  b.text8 = take(l, g->text8.data, g->text8.len);
  b.text16 = take(l, g->text16.data, g->text16.len * 2ul);
  b.function_count = g->functions.len;
  b.functions = take(l, g->functions.data, g->functions.len * sizeof(CodeBlock *));
  b.handler_count = g->handlers.len;
  b.handlers = take(l, g->handlers.data, g->handlers.len * sizeof(Handler));
  b.template_count = g->templates.len;
  b.shape_count = g->shapes.len;
  b.array_count = g->arrays.len;
  b.scope_count = g->scopes.len;
  TemplateConstant *templates = take(l, g->templates.data, g->templates.len * sizeof *templates);
  for (u32 i = 0; i < g->templates.len; i++) {
    const TemplateConstant *t = &g->templates.data[i];
    const u32 *raw = take(l, t->raw, t->count * 4ul), *cooked = take(l, t->cooked, t->count * 4ul);
    if (templates) templates[i].raw = raw, templates[i].cooked = cooked;
  }
  ShapeConstant *shapes = take(l, g->shapes.data, g->shapes.len * sizeof *shapes);
  for (u32 i = 0; i < g->shapes.len; i++) {
    const u32 *keys = take(l, g->shapes.data[i].keys, g->shapes.data[i].count * 4ul);
    if (shapes) shapes[i].keys = keys;
  }
  ArrayConstant *arrays = take(l, g->arrays.data, g->arrays.len * sizeof *arrays);
  for (u32 i = 0; i < g->arrays.len; i++) {
    const u32 *elements = take(l, g->arrays.data[i].constants, g->arrays.data[i].count * 4ul);
    if (arrays) arrays[i].constants = elements;
  }
  b.templates = templates;
  b.shapes = shapes;
  b.arrays = arrays;
  b.scopes = take(l, g->scopes.data, g->scopes.len * sizeof(CodeScope *));
  b.positions = take(l, positions->data, positions->len);
  b.positions_size = positions->len;
  if (module) b.module = lay_out_module(l, module);
  b.memory = l->size;
  if (out) memcpy(out, &b, sizeof b);
}

CodeBody *emit_finish(Gen *g) {
  if (!g->c->failed) thread_jumps(g);
  squeeze_var_inits(g);
  ByteVec positions = {0};
  PositionWriter last = {0, 0};
  for (u32 i = 0; i < g->positions.len; i++) {
    if (UNLIKELY(!gen_poll(g))) break;
    code_positions_add(&positions, &last, g->positions.data[i].pc, g->positions.data[i].offset);
  }
  CodeModuleInfo *module = g->is_module ? module_info_copy(g, g->c->module) : NULL;
  Layout l = {0};
  lay_out(g, &l, &positions, module);
  l.base = base_alloc(l.size);
  l.size = 0;
  lay_out(g, &l, &positions, module);
  vec_free(&positions);
  return (CodeBody *)l.base;
}
