// SPDX-License-Identifier: MIT
// CodeBlock: one function's (script's, module's) code as all isolates share it. Immutable once published, position
// independent, in native memory, reference-counted atomically. An inner function that was only pre-parsed has no body yet;
// the first isolate that calls it compiles it and publishes the body with one compare-and-swap.
#ifndef WEFT_VM_CODE_BLOCK_H
#define WEFT_VM_CODE_BLOCK_H

#include "base/bytes.h"
#include "vm/value.h"

#include <stdatomic.h>

typedef struct CodeBlock CodeBlock;
typedef struct SourceText SourceText;

enum CodeFlags {
  CODE_STRICT = 1,
  CODE_ARROW = 2,
  CODE_METHOD = 4, // no [[Construct]], no prototype
  CODE_GENERATOR = 8,
  CODE_ASYNC = 16,
  CODE_CLASS_CONSTRUCTOR = 32, // cannot be called
  CODE_DERIVED = 64,
  CODE_CONSTRUCTOR = 128,   // has [[Construct]]
  CODE_NEEDS_SURPLUS = 256, // rest parameter or arguments object: surplus arguments are kept
  CODE_MODULE = 512,
  CODE_HAS_EVAL = 1024,
  CODE_HOME = 2048,        // closures have room for a home object and a field initialiser (JSMethod)
  CODE_SLOPPY_THIS = 4096, // starts with OP_COERCE_THIS: `this` of calls may be anything
};

// Source text of a script: kept for Function.prototype.toString, lazy compilation, stack traces. Shared, reference-counted.
struct SourceText {
  _Atomic u32 refs;
  bool utf16;
  u32 length;                  // in code units
  _Atomic(const void *) chars; // Latin-1 or UTF-16; NULL: still packed, see source_text_chars
  const u8 *packed;            // NULL: not packed
  u32 packed_size;
  void *owned; // of source_text_own
  char *name;  // file name or URL as shown to people, UTF-8
  bool owns_chars;
  u32 line_offset, column_offset; // of the first character (wrapped CommonJS, new Function)
  _Atomic(u32 *) line_table;      // number of lines, then the offsets of their starts; made on demand
};
SourceText *source_text_new(const void *chars, bool utf16, u32 length, const char *name, bool copy);
// Latin-1 that lies deflated in the program (base/inflate.h) and is unpacked by the first who reads it.
SourceText *source_text_new_packed(const u8 *packed, u32 packed_size, u32 length, const char *name);
const void *source_text_unpack(SourceText *text);
// Memory of base_alloc's that lives as long as the text: bytes that its code is made of. Once, before others know the text.
void source_text_own(SourceText *text, void *memory);
// For as long as the text lives. Any thread.
static inline const void *source_text_chars(const SourceText *text) {
  const void *chars = atomic_load_explicit(&((SourceText *)(uintptr_t)text)->chars, memory_order_acquire);
  return LIKELY(chars != NULL) ? chars : source_text_unpack((SourceText *)(uintptr_t)text);
}
SourceText *source_text_retain(SourceText *text);
void source_text_release(SourceText *text);
void source_text_position(SourceText *text, u32 offset, u32 *line, u32 *column); // from 1

typedef enum ConstantKind {
  CONST_INT,        // payload: i32
  CONST_DOUBLE,     // number as Value
  CONST_RAW_DOUBLE, // operand of the K arithmetic forms: bits of a double, not a Value
  CONST_STRING,     // index into strings; materialised as atom when it may be a key
  CONST_BIGINT,     // index into strings: decimal digits
  CONST_FUNCTION,   // index into functions -> Code
  CONST_REGEXP,     // two strings: pattern, flags
  CONST_TEMPLATE,   // index into templates
  CONST_SHAPE,      // index into shapes: keys of an object literal
  CONST_ARRAY,      // index into arrays: constant elements of an array literal
  CONST_KEY,        // index into strings, as a property key (may be an array index)
  CONST_SPECIAL,    // a: bits of null, undefined, true or false, for JSEQ_K
} ConstantKind;

// These two are small because the program's own JavaScript has thirty thousand of them, in the program.
typedef struct Constant {
  u32 kind;
  union {
    struct {
      u32 a, b;
    };
    u64 bits; // doubles
  };
} __attribute__((packed, aligned(4))) Constant;
_Static_assert(sizeof(Constant) == 12, "a constant has 12 bytes");

typedef struct ConstantString { // in the body's text pools
  u32 offset;                   // in units, like the length, which SOURCE_LENGTH_MAX bounds
  u32 length : 30, utf16 : 1, is_atom : 1;
} ConstantString;
_Static_assert(sizeof(ConstantString) == 8, "a constant string has 8 bytes");

typedef struct TemplateConstant {
  u32 count;
  const u32 *raw;    // string numbers
  const u32 *cooked; // string numbers, UINT32_MAX: undefined
} TemplateConstant;

typedef struct ShapeConstant {
  u32 count;       // keys are string constants, never indices, no duplicates, never __proto__
  const u32 *keys; // string numbers
} ShapeConstant;

typedef struct ArrayConstant {
  u32 count;
  const u32 *constants; // constant numbers (INT, DOUBLE, STRING), UINT32_MAX: hole; or CONST_IMMEDIATE | value
} ArrayConstant;
enum {
  ARRAY_CONSTANT_HOLE = 0xFFFFFFFFu,
  ARRAY_CONSTANT_UNDEFINED = 0xFFFFFFFEu,
  ARRAY_CONSTANT_NULL = 0xFFFFFFFDu,
  ARRAY_CONSTANT_TRUE = 0xFFFFFFFCu,
  ARRAY_CONSTANT_FALSE = 0xFFFFFFFBu
};

// The names of one scope, for code compiled later inside it (lazy functions, direct eval, debugger), and through `outer` those
// around it. Immutable, reference-counted, one base_alloc each. Only the compiler looks behind these two fields (compiler/lazy.c).
typedef struct CodeScope {
  _Atomic u32 refs;
  struct CodeScope *outer; // one reference, or NULL
} CodeScope;
CodeScope *code_scope_retain(CodeScope *scope); // NULL stays NULL
void code_scope_release(CodeScope *scope);      // NULL: nothing

typedef struct Handler { // exceptions thrown at start <= pc < end go to target
  u32 start, end;        // in words
  u32 target;
  u32 reg; // receives the exception
} Handler;

typedef struct CodeBody {
  u32 word_count;
  const u32 *words;
  u32 register_count, ic_count;
  const u32 *ic_keys; // per inline cache: string number of the property name, UINT32_MAX: none
  u32 constant_count;
  const Constant *constants;
  u32 string_count;
  const ConstantString *strings;
  const u8 *text8;
  const u16 *text16;
  u32 function_count;
  CodeBlock *const *functions; // adopted (code_block_adopt), or one reference each
  u32 handler_count;
  const Handler *handlers; // innermost first
  u32 template_count, shape_count, array_count, scope_count;
  const TemplateConstant *templates;
  const ShapeConstant *shapes;
  const ArrayConstant *arrays;
  CodeScope *const *scopes; // one reference each: what DIRECT_EVAL sees
  const u8 *positions;      // varint deltas: pc (words), source offset; sorted by pc
  u32 positions_size;
  const struct CodeModuleInfo *module; // modules only, in the same allocation
  u64 memory;                          // bytes of the whole allocation
} CodeBody;

struct CodeBlock {
  _Atomic u32 refs;
  CodeBlock *family;  // the script's root block, whose count keeps this one alive too; NULL: itself
  u16 flags;          // CODE_*
  u16 param_count;    // formal parameters, without rest
  u32 length;         // the `length` property
  u32 start, end;     // source range of the function's text (Function.prototype.toString)
  u32 instance_slots; // estimate for objects made by `new`: this.x = assignments, fields
  SourceText *source; // one reference
  char *name;         // UTF-8 (WTF-8), "" when anonymous; NUL-terminated
  u32 name_length;
  CodeScope *outer_scope;   // names around a function that is compiled later (one reference), or NULL
  void *lazy;               // compiler's data for compiling the body later (base_free'd with the block)
  _Atomic(CodeBody *) body; // NULL: not compiled yet
};

CodeBlock *code_block_retain(CodeBlock *block);
void code_block_release(CodeBlock *block);
void code_body_free(CodeBody *body); // one that was never published, with the blocks inside
// Puts a new block (refs 1, not yet seen by anybody else) into its parent's family: the parent's body owns it.
void code_block_adopt(CodeBlock *parent, CodeBlock *child);
// Writes body->positions: call with growing pc; out and last start zeroed.
typedef struct PositionWriter {
  u32 pc, offset;
} PositionWriter;
void code_positions_add(ByteVec *out, PositionWriter *last, u32 pc, u32 offset);
// Source offset of the instruction at word `pc`.
u32 code_body_source_offset(const CodeBody *body, u32 pc);

#endif
