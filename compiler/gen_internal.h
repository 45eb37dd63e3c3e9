// SPDX-License-Identifier: MIT
// State of code generation, shared by the files of compiler/.
//
// One Gen exists per function being compiled; inner functions wait in a list (Compiler.pending) until their outer one is finished, so that
// functions nest without recursion. Registers: this, parameters, then a stack of locals and temporaries (next_reg).
//
// gen_expr(g, node, dst) is the heart. dst >= 0: the value goes there. NO_REG: the value is left where it is cheapest: in a local's
// own register (then the caller must not rely on it across code that may assign the local, see gen_operand) or a fresh temporary.
// A destination that is a local's register is written only by the last instruction of the expression.
#ifndef WEFT_COMPILER_GEN_INTERNAL_H
#define WEFT_COMPILER_GEN_INTERNAL_H

#include "base/bytes.h"
#include "base/vec.h"
#include "compiler/compiler.h"
#include "vm/module.h"
#include "vm/opcodes.h"

typedef i32 Reg;
enum { NO_REG = -1, MAX_REG = 0xffff };

typedef struct PendingFunction {
  CodeBlock *block;
  FunctionNode *fn;
  ClassNode *class_node; // constructors and initialisers
  struct PendingFunction *next;
} PendingFunction;

typedef struct Compiler {
  Arena *arena;
  Source source;
  SourceText *text;
  Diagnostic *diag;
  uintptr_t stack_limit;
  bool (*poll)(void *data); // NULL, or: false: stop
  void *poll_data;
  u32 steps; // expressions and statements since the compilation began: asks now and then
  bool failed;
  bool want_completion;
  CodeScope *outer_scope;      // around the root, borrowed
  const ScopeInfo *outer_info; // the same, as the parser sees it
  CodeBlock *root;             // block whose family new blocks join
  PendingFunction *first, *last;
  const ModuleInfo *module;
  u32 serial;              // of the function being compiled, for NameUse
  VEC(CodeScope *) scopes; // made by this compilation: one reference each until it ends
  struct Gen *spare;       // the last function's, for its memory
} Compiler;
void compiler_dispose(Compiler *c);

// AstName.user: numbers of a name in the pools of the function being compiled.
typedef struct NameUse {
  u32 serial;
  u32 string, constant, global_ic; // UINT32_MAX: none yet
} NameUse;

typedef struct Label {
  i32 pos;    // word, or -1 while unbound
  u32 fixups; // number + 1 of the latest jump to it
} Label;
#define LABEL_INIT ((Label){-1, 0})

typedef struct Fixup {
  u32 at;   // first word of the instruction
  u32 word; // where the distance goes; equal to `at`: 24 bits in that word
  u32 next;
} Fixup;

typedef struct Range {
  u32 start, end;
} Range;

// A stretch of code under one handler, with gaps where jumps leave it and run code of outer levels.
typedef struct Region {
  VEC(Range) ranges;
  u32 start, paused;
} Region;

typedef enum ControlKind {
  CONTROL_BREAK,          // target of break
  CONTROL_CONTINUE,       // target of continue
  CONTROL_FINALLY,        // leaving runs a finally block
  CONTROL_ITERATOR,       // leaving closes an iterator
  CONTROL_ASYNC_ITERATOR, // for await
  CONTROL_REGION,         // leaving only ends a handler's region
} ControlKind;

typedef struct LabelSet {
  AstName *name;
  struct LabelSet *next;
} LabelSet;

typedef struct Jump { // a jump that waits for a finally block to end
  struct Control *target;
} Jump;

typedef struct Control {
  struct Control *outer;
  ControlKind kind;
  Label *label; // BREAK, CONTINUE
  LabelSet *labels;
  bool plain; // taken by break without a label
  Region region;
  bool has_region;
  Reg reg;     // iterator; FINALLY: completion kind, value in reg + 1
  Label entry; // FINALLY
  VEC(Jump) jumps;
  bool has_return, was_thrown;
} Control;
enum { COMPLETION_NORMAL, COMPLETION_THROW, COMPLETION_RETURN, COMPLETION_JUMP };

// "R = undefined" in the prologue, dropped when every way to a read passes a write. Code is emitted in the order in which it runs, but for
// jumps; so what follows a write is sure of it until a label is bound that is jumped to from where it was not. The last few stretches
// that were sure of a write are kept, for jumps from them (if (c) x = 1; else x = 2;).
typedef struct VarInit {
  u32 word, words;
  Reg reg;
  u8 state;
  u8 sure_count;
  u32 written_at; // WRITTEN: first word behind the write
  Range sure[4];
} VarInit;
enum { VAR_INIT_UNSURE, VAR_INIT_WRITTEN, VAR_INIT_NEEDED };

typedef struct RegInfo {
  Variable *var; // NULL: temporary
  u32 init;      // number + 1 in var_inits
} RegInfo;

typedef struct MapEntry {
  u64 key;
  u32 kind, value; // value + 1; 0: free
} MapEntry;
typedef struct ConstMap {
  MapEntry *entries;
  u32 count, mask;
} ConstMap;

typedef struct Gen {
  Compiler *c;
  FunctionNode *fn;
  CodeBlock *block;
  ClassNode *class_node;
  bool strict, is_async, is_generator, derived;
  // code
  VEC(u32) words;
  VEC(PositionWriter) positions;
  u32 pos; // source offset of the instructions being emitted
  VEC(Handler) handlers;
  VEC(Fixup) fixups;
  u32 open_labels, open_regions; // both 0: the code here runs once, in order
  bool unreachable;
  u32 last_instr, before_last_instr;
  i32 barrier; // no peephole across this word
  // constants
  VEC(Constant) constants;
  VEC(ConstantString) strings;
  ByteVec text8;
  VEC(u16) text16;
  VEC(u32) ic_keys;
  VEC(CodeBlock *) functions;
  VEC(TemplateConstant) templates;
  VEC(ShapeConstant) shapes;
  VEC(ArrayConstant) arrays;
  VEC(CodeScope *) scopes;
  ConstMap numbers, keyed_ics;
  // registers
  u32 next_reg, max_reg;
  VEC(RegInfo) reg_info;
  VEC(VarInit) var_inits;
  VEC(u32) written; // numbers of the var_inits that are WRITTEN, in the order of written_at
  u32 var_init_end;
  // where we are
  Scope *scope;
  Control *control;
  LabelSet *labels;    // of the statement about to be generated
  Label *optional_end; // where `?.` goes when nullish
  Reg completion;      // value of the last statement, or NO_REG
  Reg generator;       // generator or async state
  Reg scratch_local;   // local that may be used for intermediate values of its own new value
  Reg disposables;     // list of the innermost scope with `using`
  bool this_checked;   // derived constructors: super() certainly returned
  bool is_module, is_async_module;
} Gen;

// ---- emit.c
u32 emit(Gen *g, Opcode op, u32 a, u32 b, i32 c); // returns the first word's number
bool emit_is_narrow(Opcode op, i32 c);            // the immediate C fits the short form
u32 emit_ext(Gen *g, Opcode op, u32 a, u32 b, i32 c, u32 ext);
u32 emit_ext2(Gen *g, Opcode op, u32 a, u32 b, i32 c, u32 ext, u32 ext2);
void emit_big(Gen *g, Opcode op, u32 a, i32 immediate); // "wss", "wkk"
// By inline cache; in a function with more sites than caches, by key.
void emit_get_prop(Gen *g, Reg dst, Reg object, AstName *name);
void emit_set_prop(Gen *g, Opcode op, Reg value, Reg object, AstName *name); // SET_PROP, INIT_PROP
void emit_jmp(Gen *g, Label *label);
void emit_jump(Gen *g, Opcode op, u32 a, i32 b, Label *label); // one extension word, the distance
void emit_jump3(Gen *g, Opcode op, u32 a, u32 b, i32 c, Label *label);
u32 emit_jump_table(Gen *g, Reg r, Label *const *labels, u32 count);
void label_bind(Gen *g, Label *label);
static inline bool label_is_used(const Label *label) { return label->fixups || label->pos >= 0; }
void region_begin(Gen *g, Region *region);
void region_pause(Gen *g, Region *region);
void region_resume(Gen *g, Region *region);
void region_end(Gen *g, Region *region, Label *target, Reg reg); // adds handlers; target is bound right after
void gen_fail(Gen *g, DiagKind kind, const char *message);
bool gen_check_stack(Gen *g); // false: fails the compilation; polls, too
bool gen_poll(Gen *g);        // the same for loops that generate no code
static inline void set_pos(Gen *g, const Node *node) { g->pos = node->pos; }
CodeBody *emit_finish(Gen *g);

// ---- constants.c
u32 const_string_number(Gen *g, AstName *name); // in the body's strings
u32 const_string(Gen *g, AstName *name);        // constant with the string
u32 const_name(Gen *g, AstName *name);          // the same, an atom for certain
u32 const_number(Gen *g, double value);
u32 const_raw_double(Gen *g, double value);
u32 const_special(Gen *g, u32 bits);
u32 const_bigint(Gen *g, AstName *text);
u32 const_regexp(Gen *g, AstName *pattern, AstName *flags);
u32 const_template(Gen *g, const TemplateNode *quasi);
u32 const_shape(Gen *g, AstName *const *keys, u32 count);
u32 const_array(Gen *g, const u32 *elements, u32 count);
u32 const_function(Gen *g, CodeBlock *block); // takes the reference
u32 const_ic(Gen *g, AstName *key);           // new inline cache; NULL: keyless
u32 const_global_ic(Gen *g, AstName *name);   // one per name
u32 const_scope(Gen *g, Scope *scope);        // number in the body's scopes
AstName *name_from_ascii(Gen *g, const char *ascii);
AstName *name_from_number(Gen *g, double value);
AstName *name_from_bigint(Gen *g, const AstName *literal);
AstName *name_with_suffix(Gen *g, const AstName *name, const char *suffix);
char *name_to_wtf8(const AstName *name, const char *prefix, u32 *length); // base_alloc'ed
void load_string(Gen *g, AstName *name, Reg dst);
void load_number(Gen *g, double value, Reg dst);
void load_int(Gen *g, i32 value, Reg dst);
void load_undefined(Gen *g, Reg dst);
void load_special(Gen *g, u32 bits, Reg dst);
enum { SPECIAL_EMPTY = 0, SPECIAL_NULL = 2, SPECIAL_FALSE = 6, SPECIAL_TRUE = 7, SPECIAL_UNDEFINED = 10 };

// ---- regs.c
Reg reg_new(Gen *g);               // next temporary
Reg reg_window(Gen *g, u32 count); // `count` consecutive ones; returns the first
Reg reg_for_variable(Gen *g, Variable *v);
static inline void reg_release(Gen *g, u32 mark) { g->next_reg = mark; }
static inline bool reg_is_local(const Gen *g, Reg r) {
  return r >= 0 && (u32)r < g->reg_info.len && (g->reg_info.data[r].var || r == 0);
}
static inline Variable *reg_variable(const Gen *g, Reg r) {
  return r >= 0 && (u32)r < g->reg_info.len ? g->reg_info.data[r].var : NULL;
}
// A result register: dst, or a new temporary when dst is NO_REG.
static inline Reg reg_result(Gen *g, Reg dst) { return dst == NO_REG ? reg_new(g) : dst; }
void reg_set_variable(Gen *g, Reg r, Variable *v);
void reg_add_init(Gen *g, Reg r); // R[r] = undefined in the prologue, see VarInit
void reg_note_read(Gen *g, Reg r);
void reg_note_write(Gen *g, Reg r);
void reg_note_merge(Gen *g, u32 first,
                    u32 fixups);         // jumps end here, the first from this word; all are in the chain of fixups, or 0: unknown
Reg gen_move(Gen *g, Reg from, Reg dst); // dst NO_REG: from

// ---- gen_scope.c
typedef enum RefKind { REF_REGISTER, REF_CALLEE, REF_ENV, REF_UP, REF_MODULE, REF_UP_MODULE, REF_GLOBAL } RefKind;
typedef struct NameRef {
  u8 kind;
  bool tdz;      // check for the hole
  bool constant; // writes throw (or are ignored: silent)
  bool silent;
  bool dynamic; // ask the environments for the name first
  Reg reg;      // REGISTER: the register; ENV, MODULE: the environment
  u32 hops, slot;
  i32 search; // dynamic: how many environments to ask, -1: all
  AstName *name;
} NameRef;
typedef struct ScopeUser { // Scope.user
  Reg env;                 // NO_REG: none yet
  CodeScope *code_scope;   // kept by Compiler.scopes
} ScopeUser;
ScopeUser *scope_user(Gen *g, Scope *scope);
bool scope_has_env(const Scope *scope);
Reg scope_env_register(const Gen *g, const Scope *scope);
void scope_set_env_register(Gen *g, Scope *scope, Reg reg);
u32 scope_first_slot(const Scope *scope); // 1 where slot 0 keeps what eval declares
Scope *scope_enter(Gen *g, Scope *scope); // NULL: nothing. Returns what scope_leave restores
void scope_leave(Gen *g, Scope *outer);
void scope_make_env(Gen *g, Scope *scope);
void scope_fresh_env(Gen *g, Scope *scope); // next iteration: copies the environment
void scope_declare_registers(Gen *g, Scope *scope);
void scope_instantiate_functions(Gen *g, Scope *scope);
Reg current_env(Gen *g); // register of the innermost environment (may be a new temporary)
NameRef name_from_identifier(Gen *g, const IdentifierNode *node);
NameRef name_from_variable(Gen *g, Variable *v); // for initialisation: no checks
Reg name_load(Gen *g, const NameRef *ref, Reg dst, bool for_typeof);
Reg name_load_static(Gen *g, const NameRef *ref, Reg dst, bool for_typeof);
void name_store(Gen *g, const NameRef *ref, Reg value); // assignment
void name_store_static(Gen *g, const NameRef *ref, Reg value);
void name_init(Gen *g, const NameRef *ref, Reg value); // initialisation
// A window with (env, name, count) -> object or undefined, for dynamic names.
Reg name_lookup(Gen *g, const NameRef *ref);
Reg load_variable(Gen *g, Variable *v, Reg dst);
void init_variable(Gen *g, Variable *v, Reg value);
Reg gen_this(Gen *g, const IdentifierNode *node, Reg dst);
Reg gen_pseudo(Gen *g, const IdentifierNode *node, Reg dst); // CALLEE, NEW_TARGET

// ---- gen_expr.c
Reg gen_expr(Gen *g, Node *node, Reg dst);
void gen_effect(Gen *g, Node *node);
static inline Reg gen_any(Gen *g, Node *node) { return gen_expr(g, node, NO_REG); }
static inline void gen_to(Gen *g, Node *node, Reg dst) { gen_expr(g, node, dst); }
// An operand that stays valid while `later` (each may be NULL) are evaluated.
Reg gen_operand(Gen *g, Node *node, Reg hint, Node *later, Node *later2);
Reg protect_operand(Gen *g, Reg r, Node *later, Node *later2);
void gen_jump_if(Gen *g, Node *node, Label *target, bool when);
bool expr_may_assign(Gen *g, const Node *node, const Variable *v);
bool expr_mentions(Gen *g, const Node *node, const Variable *v);
bool expr_is_primitive(const Node *node);
bool expr_is_harmless(const Node *node, u32 depth); // evaluating it can neither be noticed nor fail
bool const_value(Gen *g, const Node *node, double *value);
// Value into a variable's register: writes it directly where nothing can see the difference.
void gen_to_local(Gen *g, Node *node, Reg local, AstName *name);
Reg gen_named(Gen *g, Node *node, AstName *name, Reg dst); // names anonymous functions
Reg gen_binary_op(Gen *g, BinaryOp op, Reg left, Reg right, Reg dst);
Reg gen_binary_op_node(Gen *g, BinaryOp op, Reg left, Node *right, Reg dst); // uses immediates
Reg gen_runtime(Gen *g, RuntimeOp op, Reg window, u32 count);
bool node_is_null_or_undefined(const Node *node, bool *is_null);
Reg gen_object(Gen *g, ListNode *node, Reg dst);
Reg gen_array(Gen *g, ListNode *node, Reg dst);
Reg gen_template(Gen *g, TemplateNode *node, Reg dst);
AstName *property_key_name(Gen *g, const Node *key); // of a literal key; NULL: computed
bool is_index_name(const AstName *name);
void load_key(Gen *g, AstName *name, Reg dst); // index keys as numbers

// ---- gen_assign.c
Reg gen_assign(Gen *g, AssignNode *node, Reg dst, bool effect);
Reg gen_update(Gen *g, UnaryNode *node, Reg dst, bool effect);
Reg gen_delete(Gen *g, Node *operand, Reg dst);
Reg gen_super_get(Gen *g, SuperMemberNode *node, Reg dst, Reg this_reg);
// Assignment target evaluated up to the value.
typedef struct Target {
  Node *node;
  NameRef ref;   // IDENTIFIER
  Reg object;    // member: object or receiver; dynamic identifier: what the lookup found
  Reg key;       // index, private symbol, super key
  Reg base;      // super: the prototype of the home object, or null
  AstName *name; // member with a constant name
} Target;
Target gen_target(Gen *g, Node *node, Node *later, bool reused);
Reg target_load(Gen *g, const Target *t, Reg dst);
void target_store(Gen *g, const Target *t, Reg value);

// ---- gen_call.c
Reg gen_chain(Gen *g, Node *node, Reg dst);
Reg gen_optional_chain(Gen *g, UnaryNode *node, Reg dst);
Reg gen_new(Gen *g, CallNode *node, Reg dst);
Reg gen_super_call(Gen *g, SuperCallNode *node, Reg dst);
Reg gen_private_name(Gen *g, const IdentifierNode *node);
void gen_array_into(Gen *g, const NodeList *list, u32 from, Reg array); // appends the elements
enum { CALL_WINDOW = 5 };                                               // offset of `this`

// ---- gen_pattern.c
typedef enum BindMode { BIND_ASSIGN, BIND_INIT, BIND_VAR } BindMode;
// Destructures the value; for BIND_INIT leaves are declared names being initialised.
void gen_pattern(Gen *g, Node *pattern, Reg value, BindMode mode);
void gen_bind(Gen *g, Node *target, Reg value, BindMode mode); // pattern, or leaf

// ---- gen_stmt.c
void gen_statement(Gen *g, Node *node);
void gen_statements(Gen *g, const NodeList *list);
void gen_block(Gen *g, BlockNode *node);
void gen_declaration(Gen *g, DeclarationNode *node);
void gen_class_declaration(Gen *g, ClassDeclarationNode *node);
void set_completion_undefined(Gen *g);
void gen_break_target(Gen *g, Control *control, Label *label, bool plain);

// ---- gen_loop.c
void gen_for(Gen *g, ForNode *node);
void gen_for_in(Gen *g, ForInNode *node);
void gen_for_of(Gen *g, ForInNode *node);
void gen_while(Gen *g, WhileNode *node);
void gen_do_while(Gen *g, WhileNode *node);
void gen_switch(Gen *g, SwitchNode *node);

// ---- gen_try.c
void control_push(Gen *g, Control *control, ControlKind kind);
void control_pop(Gen *g, Control *control);
void gen_jump_out(Gen *g, Control *target);
void gen_return(Gen *g, Reg value); // runs what lies between, then returns
void gen_return_final(Gen *g, Reg value);
void gen_try(Gen *g, TryNode *node);
void finally_begin(Gen *g, Control *control);
// After the protected code: `control` is popped and the finally block follows. finally_end goes on as the completion says.
void finally_enter(Gen *g, Control *control);
void finally_end(Gen *g, Control *control);
void iterator_region_begin(Gen *g, Control *control, Reg iterator, bool is_async);
void iterator_region_end(Gen *g, Control *control); // adds the handler that closes silently
void gen_async_close(Gen *g, Reg iterator, bool silent);
void using_begin(Gen *g, Control *control, Reg list);
void using_end(Gen *g, Control *control, Reg list, bool is_async);
void gen_add_disposable(Gen *g, Reg value, bool is_async);

// ---- gen_generator.c
Reg gen_yield(Gen *g, UnaryNode *node, Reg dst);
Reg gen_yield_star(Gen *g, UnaryNode *node, Reg dst);
void gen_await(Gen *g, Reg reg); // in place

// ---- gen_function.c
Reg gen_function(Gen *g, FunctionNode *fn, AstName *name, const char *prefix, ClassNode *class_node, Reg dst);
CodeBlock *block_for_function(Gen *g, FunctionNode *fn, AstName *name, const char *prefix, ClassNode *class_node);
CodeBlock *block_new(Compiler *c, FunctionNode *fn, AstName *name, const char *prefix);
void compile_pending(Compiler *c);
CodeBody *compile_one(Compiler *c, CodeBlock *block, FunctionNode *fn, ClassNode *class_node);
CodeBlock *default_constructor(Gen *g, ClassNode *node, AstName *name);

// ---- gen_class.c
// key: register with the name of an anonymous class, or NO_REG.
Reg gen_class(Gen *g, ClassNode *node, AstName *name, Reg key, Reg dst);
void gen_field_initialisers(Gen *g);

// ---- gen_module.c
void gen_module_instantiation(Gen *g); // what linking runs: R[1] true
void gen_module_prologue(Gen *g);
CodeModuleInfo *module_info_copy(Gen *g, const ModuleInfo *info); // in the arena
void gen_script_prologue(Gen *g);
void gen_eval_prologue(Gen *g);
// A var of sloppy eval code that the function around declares statically.
void declare_function_variables(Gen *g, Scope *scope); // gen_function.c: var and function names, undefined
bool eval_static_variable(Gen *g, const AstName *name, u32 *hops, u32 *slot);

// ---- lazy.c
void *lazy_from_bytes(const u8 *bytes, size_t size); // CodeBlock.lazy of a block whose body is read from bytes that stay
CodeBody *code_bytes_body(CodeBlock *block, const u8 *bytes, size_t size); // code_bytes.c
void lazy_attach(Gen *g, CodeBlock *block, FunctionNode *fn, ClassNode *class_node);
CodeScope *code_scope_for(Gen *g, Scope *scope); // borrowed
const ScopeInfo *code_scope_info(const CodeScope *scope);
u16 code_scope_context(const CodeScope *scope);

#endif
