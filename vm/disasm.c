// SPDX-License-Identifier: MIT
// Bytecode as text: one instruction per line, operands as opcodes.def types them. Offsets are words.
#include "vm/disasm.h"

#include "vm/opcodes.h"

static void print_string(const CodeBody *body, u32 number, FILE *out) {
  if (number >= body->string_count) {
    fprintf(out, "?");
    return;
  }
  const ConstantString *s = &body->strings[number];
  fputc('"', out);
  for (u32 i = 0; i < s->length && i < 60; i++) {
    u32 c = s->utf16 ? body->text16[s->offset + i] : body->text8[s->offset + i];
    if (c == '"' || c == '\\') {
      fprintf(out, "\\%c", (int)c);
    } else if (c >= 0x20 && c < 0x7f) {
      fputc((int)c, out);
    } else {
      fprintf(out, "\\u%04x", c);
    }
  }
  fputs(s->length > 60 ? "...\"" : "\"", out);
}

static void print_double(u64 bits, FILE *out) {
  double d;
  memcpy(&d, &bits, 8);
  fprintf(out, "%.17g", d);
}

static void print_constant(const CodeBody *body, u32 number, FILE *out);

static void print_array(const CodeBody *body, const ArrayConstant *array, FILE *out) {
  fputc('[', out);
  for (u32 i = 0; i < array->count && i < 16; i++) {
    if (i) fputs(", ", out);
    switch (array->constants[i]) {
    case ARRAY_CONSTANT_HOLE: fputs("hole", out); break;
    case ARRAY_CONSTANT_UNDEFINED: fputs("undefined", out); break;
    case ARRAY_CONSTANT_NULL: fputs("null", out); break;
    case ARRAY_CONSTANT_TRUE: fputs("true", out); break;
    case ARRAY_CONSTANT_FALSE: fputs("false", out); break;
    default: print_constant(body, array->constants[i], out);
    }
  }
  fputs(array->count > 16 ? ", ...]" : "]", out);
}

static void print_constant(const CodeBody *body, u32 number, FILE *out) {
  if (number >= body->constant_count) {
    fprintf(out, "k%u?", number);
    return;
  }
  const Constant *k = &body->constants[number];
  switch ((ConstantKind)k->kind) {
  case CONST_INT: fprintf(out, "%d", (int)k->a); break;
  case CONST_DOUBLE: print_double(k->bits - DOUBLE_OFFSET, out); break;
  case CONST_RAW_DOUBLE: print_double(k->bits, out); break;
  case CONST_SPECIAL: fputs(k->a == 2 ? "null" : k->a == 6 ? "false" : k->a == 7 ? "true" : "undefined", out); break;
  case CONST_STRING:
  case CONST_KEY: print_string(body, k->a, out); break;
  case CONST_BIGINT:
    print_string(body, k->a, out);
    fputc('n', out);
    break;
  case CONST_FUNCTION: fprintf(out, "function#%u %s", k->a, body->functions[k->a]->name); break;
  case CONST_REGEXP:
    fputs("regexp ", out);
    print_string(body, k->a, out);
    print_string(body, k->b, out);
    break;
  case CONST_TEMPLATE: fprintf(out, "template#%u", k->a); break;
  case CONST_SHAPE:
    fputc('{', out);
    for (u32 i = 0; i < body->shapes[k->a].count; i++) {
      if (i) fputs(", ", out);
      print_string(body, body->shapes[k->a].keys[i], out);
    }
    fputc('}', out);
    break;
  case CONST_ARRAY: print_array(body, &body->arrays[k->a], out); break;
  }
}

static void print_operand(const CodeBody *body, char kind, u32 value, i32 signed_value, FILE *out) {
  switch (kind) {
  case 'w':
  case 'r':
  case 'm':
  case 'x': fprintf(out, " r%u", value); break;
  case 'i': fprintf(out, " %d", signed_value); break;
  case 'u': fprintf(out, " #%u", value); break;
  case 'k':
    fputc(' ', out);
    print_constant(body, value, out);
    break;
  case 'c':
    fprintf(out, " c%u", value);
    if (value < body->ic_count && body->ic_keys[value] != UINT32_MAX) {
      fputc(':', out);
      print_string(body, body->ic_keys[value], out);
    }
    break;
  default: break;
  }
}

typedef struct Decoded {
  u32 op, a, b, c, words; // words without extension
  i32 sb, sc, big;
} Decoded;

static Decoded decode(const u32 *at) {
  u32 w = at[0];
  Decoded d = {.op = w & 255, .words = 1};
  if (d.op != OP_WIDE) {
    d.a = w >> 8 & 255, d.b = w >> 16 & 255, d.c = w >> 24;
    d.sb = (i8)d.b, d.sc = (i8)d.c, d.big = (i16)(w >> 16);
    return d;
  }
  u32 second = at[1];
  d.op = w >> 8 & 255, d.a = w >> 16, d.b = second & 0xffff, d.c = second >> 16;
  d.sb = (i16)d.b, d.sc = (i16)d.c, d.big = (i32)second;
  d.words = 2;
  return d;
}

static bool ext_is_jump(u32 op) {
  return (op >= OP_JTRUE && op <= OP_JNOT_TYPEOF) || op == OP_FOR_OF_NEXT || op == OP_ITERATOR_CALL_METHOD ||
         op == OP_ITERATOR_RESULT || op == OP_ITERATOR_DONE || op == OP_FOR_IN_NEXT;
}

static void print_ext(const CodeBody *body, u32 op, u32 pc, u32 index, u32 word, FILE *out) {
  if (ext_is_jump(op)) {
    fprintf(out, " -> %d", (int)(pc + word));
  } else if (op == OP_CALL_METHOD || op == OP_INSTANCEOF || op == OP_GET_PRIVATE || op == OP_SET_PRIVATE || op == OP_INIT_PRIVATE) {
    print_operand(body, 'c', word, 0, out);
  } else if (op == OP_GET_SUPER || op == OP_SET_SUPER || op == OP_NEW_CLASS || op == OP_REST_OBJECT ||
             (op == OP_DIRECT_EVAL && index == 1)) {
    fprintf(out, " r%u", word);
  } else if (op == OP_DEFINE_METHOD || op == OP_DIRECT_EVAL) {
    fprintf(out, " #%u", word);
  } else {
    fputc(' ', out);
    print_constant(body, word, out);
  }
}

u32 disasm_instruction(const CodeBody *body, u32 pc, FILE *out) {
  const u32 *at = body->words + pc;
  Decoded d = decode(at);
  if (d.op >= OP_COUNT) {
    fprintf(out, "%5u  ??? %08x\n", pc, at[0]);
    return 1;
  }
  const OpcodeInfo *info = &opcode_info[d.op];
  fprintf(out, "%5u  %s%s", pc, info->name, d.words == 2 ? ".w" : "");
  const char *kinds = info->operands;
  if (kinds[0] == 'j') {
    fprintf(out, " -> %d", (int)pc + ((i32)at[0] >> 8));
  } else {
    print_operand(body, kinds[0], d.a, 0, out);
    if (kinds[1] == 's') {
      fprintf(out, " %d", d.big);
    } else if (kinds[1] == 'k' && kinds[2] == 'k') {
      print_operand(body, 'k', d.words == 2 ? (u32)d.big : (u16)d.big, 0, out);
    } else {
      print_operand(body, kinds[1], d.b, d.sb, out);
      if (d.op == OP_RUNTIME && d.c < RUNTIME_OP_COUNT) {
        fprintf(out, " %s", runtime_op_names[d.c]);
      } else {
        print_operand(body, kinds[2], d.c, d.sc, out);
      }
    }
  }
  u32 length = d.words + info->ext;
  if (d.op == OP_JUMP_TABLE) {
    u32 count = at[d.words];
    for (u32 i = 0; i < count; i++) fprintf(out, " %d", (int)(pc + at[d.words + 1 + i]));
    length += count;
  } else {
    for (u32 i = 0; i < info->ext; i++) print_ext(body, d.op, pc, i, at[d.words + i], out);
  }
  fputc('\n', out);
  return length;
}

static void print_flags(const CodeBlock *block, FILE *out) {
  static const struct {
    u32 flag;
    const char *name;
  } names[] = {{CODE_STRICT, "strict"},
               {CODE_ARROW, "arrow"},
               {CODE_METHOD, "method"},
               {CODE_GENERATOR, "generator"},
               {CODE_ASYNC, "async"},
               {CODE_CLASS_CONSTRUCTOR, "class"},
               {CODE_DERIVED, "derived"},
               {CODE_CONSTRUCTOR, "constructor"},
               {CODE_NEEDS_SURPLUS, "surplus"},
               {CODE_MODULE, "module"},
               {CODE_HAS_EVAL, "eval"},
               {CODE_HOME, "home"},
               {CODE_SLOPPY_THIS, "sloppy-this"}};
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    if (block->flags & names[i].flag) fprintf(out, " %s", names[i].name);
  }
}

void disasm_block(const CodeBlock *block, FILE *out) {
  fprintf(out, "function \"%s\" length %u params %u", block->name, block->length, block->param_count);
  print_flags(block, out);
  const CodeBody *body = atomic_load_explicit(&((CodeBlock *)(uintptr_t)block)->body, memory_order_acquire);
  if (!body) {
    fprintf(out, " lazy\n\n");
    return;
  }
  fprintf(out, " registers %u\n", body->register_count);
  for (u32 pc = 0; pc < body->word_count;) pc += disasm_instruction(body, pc, out);
  for (u32 i = 0; i < body->handler_count; i++) {
    const Handler *h = &body->handlers[i];
    fprintf(out, "  handler %u..%u -> %u r%u\n", h->start, h->end, h->target, h->reg);
  }
  fputc('\n', out);
  for (u32 i = 0; i < body->function_count; i++) disasm_block(body->functions[i], out);
}
