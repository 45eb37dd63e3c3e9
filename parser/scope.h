// SPDX-License-Identifier: MIT
// Scopes and variables: which name means which binding, decided while parsing, finished when each scope closes.
//
// What is final when the parse returns: for every Scope its variables, which of them closures capture and the environment slot of
// each captured one; for every IdentifierNode its Variable (or NULL: a global, looked up by name).
// A variable that is not captured lives in a register; captured ones live in one environment object per scope with
// `slot_count > 0` (loops: per iteration, see ForNode).
//
// A THIS, NEW_TARGET or CALLEE without a variable, in an arrow function, is the top level's (global object or undefined).
//
// `this`, `arguments`, `new.target` and the active function are resolved as names too: an arrow function that uses them captures a pseudo
// variable (VAR_THIS, ...) of the nearest function that has its own; only then the variable exists (FunctionNode.this_var, ...).
#ifndef WEFT_PARSER_SCOPE_H
#define WEFT_PARSER_SCOPE_H

#include "base/arena.h"
#include "base/base.h"

typedef struct AstName AstName;
typedef struct FunctionNode FunctionNode;
typedef struct FunctionDeclarationNode FunctionDeclarationNode;
typedef struct ImportEntry ImportEntry;
typedef struct Scope Scope;
typedef struct ScopeInfo ScopeInfo;

typedef enum ScopeKind {
  SCOPE_SCRIPT,       // top level of a script: var/function are properties of the global object, let/const/class global lexicals
  SCOPE_MODULE,       // top level of a module; exported variables are always captured
  SCOPE_EVAL,         // top level of eval code. Sloppy: its var and function names belong to the caller (see VAR_VAR below)
  SCOPE_FUNCTION,     // parameters, and the body's own declarations unless the function has a body scope
  SCOPE_BODY,         // function body, only when the parameter list contains expressions
  SCOPE_BLOCK,        // block, for head, if-branch with a function
  SCOPE_SWITCH,       // the case block
  SCOPE_CATCH,        // the catch parameter (the catch block is a SCOPE_BLOCK inside)
  SCOPE_WITH,         // no variables; names inside are dynamic
  SCOPE_CLASS,        // inner class name, private names, hidden variables (computed field keys, private methods)
  SCOPE_STATIC_BLOCK, // a class static block: own var scope, but code of the class's static_init function
} ScopeKind;

typedef enum VariableKind {
  VAR_VAR, // `var`, Annex B function names
  VAR_PARAMETER,
  VAR_FUNCTION, // hoisted function declaration at function/script/module/eval level (behaves as var)
  VAR_LET,      // also a function declared in a block (is_block_function: initialised at block entry)
  VAR_CONST,
  VAR_CLASS, // class declaration (behaves as let)
  VAR_USING, // `using` (const, disposed at scope exit)
  VAR_AWAIT_USING,
  VAR_CATCH,         // catch parameter
  VAR_IMPORT,        // immutable, live; see `import`
  VAR_FUNCTION_NAME, // own name of a function expression: assignment is ignored, or throws in strict code
  VAR_CLASS_NAME,    // own name inside a class: const
  VAR_ARGUMENTS,     // implicit arguments object
  VAR_THIS,
  VAR_NEW_TARGET,
  VAR_CALLEE,       // the active function: super reads its home object and prototype
  VAR_PRIVATE_NAME, // `#x`: holds the private name (see private_kind)
  VAR_HIDDEN,       // a slot the compiler needs; has no name
} VariableKind;

// What a private name stands for (Variable.private_kind).
enum { PRIVATE_FIELD = 1, PRIVATE_METHOD = 2, PRIVATE_GETTER = 4, PRIVATE_SETTER = 8, PRIVATE_STATIC = 16 };

typedef struct Variable {
  AstName *name;             // NULL for VAR_HIDDEN
  Scope *scope;              // NULL for a variable of the outer chain (is_outer)
  struct Variable *next;     // in scope order of declaration
  struct Variable *shadowed; // parser: the same name in an outer open scope
  u8 kind;                   // VariableKind
  u8 private_kind;
  bool captured : 1;  // used from an inner function, visible to a direct eval, or exported: lives in an environment
  bool assigned : 1;  // written after its initialisation (for var: anywhere but its own initialisers counts too)
  bool needs_tdz : 1; // some reference may run before initialisation: the binding must start as the hole
  bool is_block_function : 1;
  bool is_simple_catch : 1; // catch (e): Annex B lets `var e` redeclare it
  bool is_outer : 1;        // from ParseOptions.outer_scope: `hops` and `slot` say where
  bool is_exported : 1;
  bool is_referenced : 1;
  bool in_scope_list : 1;
  bool is_annex_b : 1;          // var made by Annex B function hoisting only
  u8 inner_uses;                // captured: inner functions that use it, at most 255
  u16 hops;                     // is_outer: environments to skip, counted from the environment the root function was created in
  u32 slot;                     // captured or is_outer: index in the scope's environment
  u32 pos;                      // offset of the (first) declaring identifier
  u32 init_pos;                 // let/const/class: from this offset on, code of the same function need not check for the hole
  u32 last_var_pos;             // parser: offset of the latest `var` of this name
  i32 param_index;              // VAR_PARAMETER that is a plain identifier: its position; else -1. With duplicates: the last one
  struct Variable *param_alias; // body-scope variable that starts with the value of this parameter-scope variable
  FunctionDeclarationNode *function; // the last function declaration of this name in the scope
  ImportEntry *import;               // VAR_IMPORT
  i32 reg;                           // free for the compiler; -1 from the parser
} Variable;

static inline bool variable_is_lexical(const Variable *v) {
  return (v->kind >= VAR_LET && v->kind <= VAR_AWAIT_USING) || v->kind == VAR_IMPORT || v->kind == VAR_CLASS_NAME;
}
// Assigning throws (or is ignored, for VAR_FUNCTION_NAME in sloppy code).
static inline bool variable_is_const(const Variable *v) {
  return v->kind == VAR_CONST || v->kind == VAR_USING || v->kind == VAR_AWAIT_USING || v->kind == VAR_IMPORT ||
         v->kind == VAR_CLASS_NAME || v->kind == VAR_FUNCTION_NAME;
}

struct Scope {
  Scope *parent;                                      // the enclosing scope of the same parse; NULL at the root
  FunctionNode *function;                             // the function whose code it belongs to
  Variable *variables, *last_variable;                // in order of declaration
  FunctionDeclarationNode *functions, *last_function; // functions to instantiate at scope entry, in source order
  Scope *first_child, *last_child, *next_sibling;     // every scope opened inside, also the empty ones
  u8 kind;                                            // ScopeKind
  bool is_strict : 1;
  bool has_direct_eval : 1;   // a direct eval call stands in this scope or in a scope inside, not crossing a function
  bool inner_direct_eval : 1; // ... or crossing functions. Either: all variables are captured and keep their names
  bool has_sloppy_eval : 1;   // var scopes only: eval may add variables here at run time
  bool is_var_scope : 1;      // `var` stops here
  bool has_using : 1;         // declares `using` or `await using`
  bool has_await_using : 1;
  u32 variable_count;
  u32 slot_count;                            // captured variables: size of the environment; 0: needs none (but see has_sloppy_eval)
  u32 start, end;                            // source offsets, for debuggers
  u32 depth;                                 // parser: number of scopes around it
  u32 refs_start, annex_start, heritage_end; // parser
  const ScopeInfo *info;                     // made by scope_info_chain
  void *user;                                // free for the compiler
};

// True when names inside the scope that it does not declare must be looked up at run time (with, sloppy direct eval).
static inline bool scope_is_dynamic(const Scope *scope) { return scope->kind == SCOPE_WITH || scope->has_sloppy_eval; }

// ---- The outer scope chain: scopes that enclose a text but were parsed earlier (lazy functions, direct eval, debugger).
//
// The compiler keeps, per function that is lazy or contains a direct eval, the chain of ScopeInfo of the scopes around it,
// innermost first. It is plain data without heap pointers; names are Latin-1 or UTF-16 code units.
typedef struct ScopeInfoVariable {
  const void *chars;
  u32 length;
  bool is_utf16;
  u8 kind; // VariableKind
  u8 private_kind;
  u32 hash; // AstName.hash of the name
  bool is_block_function : 1;
  bool is_simple_catch : 1;
  bool is_exported : 1; // module variable that other modules see
  u32 init_pos; // code that runs from this offset on (see run_pos) finds it initialised; 0: always; UINT32_MAX: check always
  u32 slot;
} ScopeInfoVariable;

struct ScopeInfo {
  const ScopeInfo *outer;
  const ScopeInfoVariable *variables; // only variables that have a slot
  u32 variable_count;
  const u32 *table; // open addressing by hash: index + 1, 0 is free; NULL: searched linearly
  u32 table_mask;
  u8 kind;                  // ScopeKind
  u8 function_kind;         // FunctionKind of the function it belongs to
  u32 run_pos;              // is_function_top: FunctionNode.run_pos
  bool has_environment : 1; // an environment object exists at run time: counts as one hop
  bool is_dynamic : 1;      // with, or eval may have added variables: unresolved names below it are looked up by name
  bool is_var_scope : 1;
  bool is_strict : 1;
  bool is_function_top : 1; // outermost scope of a function's code (its params scope)
  bool params_only : 1;     // is_function_top, and the body has a scope of its own: direct evals found here stand in the parameters
  bool is_class_element : 1; // is_function_top: method, field or static initialiser of the class around it
};

// Describes one closed scope in the arena. has_environment is set when slot_count > 0 or the scope is dynamic.
ScopeInfo *scope_info_from_scope(const Scope *scope, const ScopeInfo *outer, Arena *arena);
// Describes a scope and all that enclose it in its parse, ending at `outer` (the parse's own ParseOptions.outer_scope).
// Script and eval top levels (sloppy) contribute only what lives in an environment; empty scopes are left out.
// Each scope is described once (Scope.info): all calls for one parse give the same arena, which must outlive the tree's use, and
// the same outer.
const ScopeInfo *scope_info_chain(const Scope *scope, const ScopeInfo *outer, Arena *arena);

#endif
