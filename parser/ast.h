// SPDX-License-Identifier: MIT
// The abstract syntax tree: nodes in an arena, read-only for consumers except for the fields marked "free for the compiler".
//
// Node: type, small flags and one offset. `pos` is the offset that an error or stack frame reports for this node (as V8 chooses it):
// for members the property name, for calls the last token of the callee when that is a name and else the "(", for operators the
// operator, for everything else the start.
//
// Depth. Recursion over the tree is bounded by the parser's stack limit along every edge, except along the edges called chains in
// ast.def: BINARY/LOGICAL.left, MEMBER/INDEX/PRIVATE_MEMBER.object, CALL.callee, TAGGED_TEMPLATE.tag, IF.otherwise. There the text `a+a+a+...`
// makes a tree 100,000 deep to the left: consumers go down such an edge with a loop (collect the spine, then work upwards).
// Consumers still check their own stack: a frame of theirs may be larger than the parser's.
#ifndef WEFT_PARSER_AST_H
#define WEFT_PARSER_AST_H

#include "base/arena.h"
#include "base/base.h"
#include "parser/scope.h"
#include "parser/source.h"

typedef enum NodeType {
#define N(name, type, text) AST_##name,
#include "parser/ast.def"
#undef N
  AST_TYPE_COUNT
} NodeType;

// An interned string of one parse: identifiers, property names, string literals. Equal text is the same pointer.
// Canonical: is_utf16 only when some code unit is above 0xff.
struct AstName {
  union {
    const void *chars;
    const u8 *latin1;
    const u16 *utf16;
  };
  u32 length;
  u32 hash; // from base/hash.h, the hash of the engine's strings
  bool is_utf16;
  bool is_index; // a canonical array index ("0" .. "4294967294"); its value is in `index`
  u8 keyword;    // parser: token of a reserved or contextual word, else 0
  u8 well_known; // parser: WellKnownName
  u32 index;
  u32 epoch, epoch_index; // parser
  struct AstName *next;   // parser: hash chain
  Variable *binding;      // parser: innermost open declaration
  void *user;             // free for the compiler (NULL from the parser)
};

typedef struct Node {
  u8 type; // NodeType
  u8 op;   // UnaryOp, BinaryOp, LogicalOp, AssignOp, DeclarationKind, PropertyKind
  u8 flags;
  u8 parens; // the expression stood in parentheses (an assignment target in them names no anonymous function)
  u32 pos;
} Node;

typedef struct NodeList {
  Node **items;
  u32 count;
} NodeList;

typedef enum UnaryOp { UNARY_TYPEOF, UNARY_DELETE, UNARY_VOID, UNARY_NOT, UNARY_BIT_NOT, UNARY_PLUS, UNARY_MINUS } UnaryOp;
typedef enum BinaryOp {
  BIN_ADD,
  BIN_SUB,
  BIN_MUL,
  BIN_DIV,
  BIN_MOD,
  BIN_EXP,
  BIN_SHL,
  BIN_SAR,
  BIN_SHR,
  BIN_AND,
  BIN_OR,
  BIN_XOR,
  BIN_EQ,
  BIN_NE,
  BIN_EQ_STRICT,
  BIN_NE_STRICT,
  BIN_LT,
  BIN_GT,
  BIN_LE,
  BIN_GE,
  BIN_INSTANCEOF,
  BIN_IN,
} BinaryOp;
typedef enum LogicalOp { LOGIC_AND, LOGIC_OR, LOGIC_NULLISH } LogicalOp;
// ASSIGN_PLAIN; ASSIGN_BINARY + BinaryOp for `op=`; ASSIGN_LOGICAL + LogicalOp for `&&= ||= ??=`.
enum { ASSIGN_PLAIN = 0, ASSIGN_BINARY = 1, ASSIGN_LOGICAL = 64 };
typedef enum DeclarationKind { DECLARE_VAR, DECLARE_LET, DECLARE_CONST, DECLARE_USING, DECLARE_AWAIT_USING } DeclarationKind;

// Node.flags, by node type.
enum {
  // IDENTIFIER, THIS, NEW_TARGET, CALLEE, PRIVATE_NAME
  IDENT_BINDING = 1,   // declares its variable (and initialises it): no reference
  IDENT_DYNAMIC = 2,   // a `with` or a sloppy direct eval may intervene: look up by name first, then `var`
  IDENT_NEEDS_TDZ = 4, // check for the hole (for THIS: derived constructor before super())
  IDENT_WRITE = 8,     // target of an assignment, update, for-in/of head
  IDENT_READ = 16,     // set together with WRITE for compound assignment and update
  IDENT_CAPTURED = 32, // parser: reached across a function boundary
  IDENT_PART = 64,     // of `arguments`: only `arguments.length` or `arguments[i]` is read here
  IDENT_FORWARD = 128, // of `arguments`: it stands in `f.apply(x, arguments)`
  // UPDATE
  UPDATE_DECREMENT = 1,
  UPDATE_PREFIX = 2,
  // MEMBER, INDEX, PRIVATE_MEMBER, CALL: this link is `?.`: a nullish object (callee) ends the OPTIONAL_CHAIN with undefined
  LINK_OPTIONAL = 1,
  // CALL, NEW, SUPER_CALL
  CALL_HAS_SPREAD = 2,
  CALL_DIRECT_EVAL = 4, // callee is the IDENTIFIER eval: a direct eval when its value is %eval%
  // FOR_OF
  FOR_AWAIT = 1,
  // PROPERTY, CLASS_ELEMENT
  KEY_COMPUTED = 1, // key is an expression (else STRING, BIGINT, or PRIVATE_NAME in classes; numbers are STRINGs already)
  PROPERTY_SHORTHAND = 2,
  ELEMENT_STATIC = 4,
  ELEMENT_PRIVATE = 8,
  // STRING, NUMBER
  STRING_HAS_ESCAPE = 1,
  // BLOCK (parser): body of an if-branch function
  BLOCK_SYNTHETIC = 1,
  // FUNCTION: an arrow that nothing may follow
  FUNCTION_BARE_ARROW = 1,
  // SPREAD (parser): a comma follows
  SPREAD_COMMA = 1,
};

typedef struct NumberNode {
  Node base;
  double value;
} NumberNode;

typedef struct StringNode {
  Node base;
  AstName *value;
} StringNode;

typedef struct RegExpNode { // syntax already checked
  Node base;
  AstName *pattern, *reg_flags;
} RegExpNode;

typedef struct TemplatePart {
  AstName *cooked; // NULL: an invalid escape (tagged only): undefined
  AstName *raw;
} TemplatePart;

typedef struct TemplateNode { // parts.count == expressions.count + 1
  Node base;
  TemplatePart *parts;
  NodeList expressions;
} TemplateNode;

typedef struct TaggedTemplateNode {
  Node base;
  Node *tag; // chain
  TemplateNode *quasi;
} TaggedTemplateNode;

typedef struct IdentifierNode {
  Node base;
  AstName *name;
  union {
    Variable *var; // NULL: not declared in any known scope (global), or for THIS/NEW_TARGET/CALLEE: the function's own
    struct IdentifierNode *next_ref; // parser, while unresolved
  };
} IdentifierNode;

typedef struct ListNode {
  Node base;
  NodeList list;
} ListNode;

// base.op of PROPERTY and CLASS_ELEMENT.
typedef enum PropertyKind {
  PROPERTY_INIT,   // key: value
  PROPERTY_METHOD, // value: FUNCTION
  PROPERTY_GETTER,
  PROPERTY_SETTER,
  PROPERTY_SPREAD,       // ...value; in an OBJECT_PATTERN the rest target
  PROPERTY_PROTO,        // __proto__: value (sets the prototype)
  PROPERTY_FIELD,        // class only: value is the initialiser or NULL
  PROPERTY_STATIC_BLOCK, // class only: value is a BLOCK
} PropertyKind;

typedef struct PropertyNode {
  Node base;
  Node *key; // NULL for PROPERTY_SPREAD
  Node *value;
} PropertyNode;

typedef struct UnaryNode {
  Node base;
  Node *operand;
} UnaryNode;

typedef struct BinaryNode {
  Node base;
  Node *left, *right;
} BinaryNode;

typedef struct AssignNode {
  Node base;
  Node *target, *value;
} AssignNode;

typedef struct ConditionalNode {
  Node base;
  Node *test, *then, *otherwise;
} ConditionalNode;

typedef struct MemberNode {
  Node base;
  Node *object;
  AstName *name;
} MemberNode;

typedef struct IndexNode {
  Node base;
  Node *object, *index;
} IndexNode;

typedef struct PrivateMemberNode {
  Node base;
  Node *object;
  IdentifierNode *name; // PRIVATE_NAME
} PrivateMemberNode;

typedef struct SuperMemberNode { // lookup starts at callee.[[HomeObject]].[[GetPrototypeOf]](), receiver is this_ref
  Node base;
  IdentifierNode *this_ref, *callee;
  AstName *name;
  Node *key;
} SuperMemberNode;

typedef struct CallNode { // NEW too
  Node base;
  Node *callee;
  NodeList args; // expressions and SPREAD
} CallNode;

typedef struct SuperCallNode {
  Node base;
  IdentifierNode *this_ref, *callee, *new_target;
  NodeList args;
} SuperCallNode;

typedef struct ImportCallNode {
  Node base;
  Node *specifier, *options; // options may be NULL
} ImportCallNode;

typedef struct Declarator {
  Node *target; // IDENTIFIER (IDENT_BINDING; for var with an initialiser a resolved reference as well) or pattern
  Node *init;   // or NULL. let without one: undefined. In for-in/of heads NULL (Annex B: `for (var a = 1 in o)`)
  u32 pos;
} Declarator;

typedef struct DeclarationNode {
  Node base; // op: DeclarationKind
  Declarator *items;
  u32 count;
} DeclarationNode;

struct FunctionDeclarationNode {
  Node base;
  FunctionNode *function;
  Variable *var;                 // the binding it initialises at entry of its scope
  IdentifierNode *annex_b;       // when not NULL: evaluating the declaration copies the binding's value to this var (B.3.2)
  FunctionDeclarationNode *next; // Scope.functions list
};

typedef struct BlockNode {
  Node base;
  Scope *scope; // NULL when it declares nothing
  NodeList list;
  u32 end; // offset of "}"
} BlockNode;

typedef struct IfNode {
  Node base;
  Node *test, *then, *otherwise; // otherwise: chain, may be NULL
} IfNode;

// scope: the head's let/const variables; a captured one is copied to a fresh environment per iteration (CreatePerIterationEnvironment).
typedef struct ForNode {
  Node base;
  Scope *scope;                      // NULL when the head declares nothing lexical
  Node *init, *test, *update, *body; // init: DECLARATION or expression; all but body may be NULL
} ForNode;

// `target`: DECLARATION with one declarator, or an assignment target / pattern. Fresh environment per iteration.
typedef struct ForInNode {
  Node base;
  Scope *scope;      // the head's lexical names, or NULL
  Scope *head_scope; // the same names in TDZ while `object` is evaluated, or NULL when `object` cannot see them
  Node *target, *object, *body;
} ForInNode;

typedef struct WhileNode {
  Node base;
  Node *test, *body;
} WhileNode;

typedef struct JumpNode {
  Node base;
  AstName *label; // or NULL
} JumpNode;

typedef struct WithNode {
  Node base;
  Scope *scope; // SCOPE_WITH
  Node *object, *body;
} WithNode;

typedef struct CaseNode {
  Node base;
  Node *test; // NULL: default
  NodeList body;
} CaseNode;

typedef struct SwitchNode {
  Node base;
  Scope *scope; // or NULL
  Node *discriminant;
  CaseNode **cases;
  u32 count;
} SwitchNode;

typedef struct LabeledNode {
  Node base;
  AstName *label;
  Node *body;
} LabeledNode;

typedef struct TryNode {
  Node base;
  BlockNode *block;
  Scope *catch_scope;   // parameter's scope, or NULL when there is no parameter
  Node *param;          // IDENTIFIER or pattern, or NULL
  BlockNode *handler;   // or NULL
  BlockNode *finalizer; // or NULL
} TryNode;

typedef struct ClassElement { // base.op: PropertyKind; base.flags: KEY_COMPUTED, ELEMENT_STATIC, ELEMENT_PRIVATE
  Node base;
  Node *key;             // NULL for a static block
  Node *value;           // FUNCTION; initialiser or NULL (fields); BLOCK (static blocks)
  Variable *key_var;     // computed field: hidden variable of the class scope that keeps the evaluated key
  Variable *private_var; // private element: its VAR_PRIVATE_NAME
  Variable *method_var;  // instance private method or accessor half: hidden variable that keeps the function for instance_init
} ClassElement;

// Evaluation order: heritage; prototype; constructor; elements in order (methods defined, computed field keys evaluated); inner name
// initialised; static private methods added; static_init called with this = the class. Each construction calls instance_init with
// this = the object (base: at entry; derived: after super()): it first adds private methods, then runs the fields in order.
typedef struct ClassNode {
  Node base;
  u32 start, end;            // source text, "class" to "}"
  AstName *name;             // or NULL
  Scope *scope;              // SCOPE_CLASS, never NULL
  Variable *name_var;        // inner binding, or NULL when anonymous
  Node *heritage;            // or NULL
  FunctionNode *constructor; // or NULL: the default constructor
  ClassElement **elements;   // all but the constructor, in source order
  u32 count;
  FunctionNode *instance_init; // FN_FIELD_INIT; body: FIELD elements, or NULL when there is no instance field and no private method
  FunctionNode *static_init;   // FN_STATIC_INIT; body: static FIELD and STATIC_BLOCK elements, or NULL
  bool has_private_methods;    // instance ones: instance_init adds them
  bool has_static_private_methods;
  bool has_name_element; // a static member called "name": no own name property
} ClassNode;

typedef struct ClassDeclarationNode {
  Node base;
  ClassNode *class_node;
  Variable *var; // outer binding
} ClassDeclarationNode;

typedef struct ExportDefaultNode {
  Node base;
  Node *value;
  Variable *var; // the module variable `*default*`
} ExportDefaultNode;

typedef enum FunctionKind {
  FN_NORMAL,
  FN_ARROW,
  FN_METHOD, // object or class method
  FN_GETTER,
  FN_SETTER,
  FN_CONSTRUCTOR, // of a base class
  FN_DERIVED_CONSTRUCTOR,
  FN_FIELD_INIT,  // ClassNode.instance_init
  FN_STATIC_INIT, // ClassNode.static_init
  FN_SCRIPT,
  FN_MODULE,
  FN_EVAL,
} FunctionKind;

// What code may say, inherited by arrow functions, eval code and lazily parsed functions (FunctionNode.context, ParseOptions.context).
enum {
  CONTEXT_STRICT = 1,
  CONTEXT_NEW_TARGET = 2, // new.target is allowed
  CONTEXT_SUPER_PROPERTY = 4,
  CONTEXT_SUPER_CALL = 8,
  CONTEXT_NO_ARGUMENTS = 16,  // class field initialiser or static block: `arguments` is an error
  CONTEXT_STATIC_BLOCK = 32,  // `await` is reserved
  CONTEXT_MODULE = 64,        // module code: await reserved, import.meta allowed, no HTML comments
  CONTEXT_DERIVED_THIS = 128, // `this` belongs to a derived constructor: may be in TDZ
  CONTEXT_YIELD = 256,        // re-parse of an arrow: stood in a generator / async function's body
  CONTEXT_AWAIT = 512,
  CONTEXT_EVAL_BODY = 1024, // nested in eval code
};

// A function, or the root of a script, module or eval text.
struct FunctionNode {
  Node base;
  u32 start, end;   // source text as Function.prototype.toString shows it
  u32 params_start; // offset of "(" or of an arrow's single parameter (before `async` for neither): where a lazy re-parse begins
  u32 body_start;   // offset of "{", or of an arrow's expression
  AstName *name;    // own name (declarations, named expressions); keys and inferred names are the compiler's business
  u8 kind;          // FunctionKind
  bool is_async : 1;
  bool is_generator : 1;
  bool is_strict : 1;
  bool is_declaration : 1;
  bool is_expression_body : 1; // arrow: body.items[0] is an expression
  bool is_lazy : 1;            // only pre-parsed: no params, body, scopes; see parser_parse_function
  bool is_eager_hint : 1;      // called at once: compile together with its outer function
  bool has_simple_params : 1;
  bool has_param_expressions : 1; // then body_scope != NULL
  bool has_duplicate_params : 1;
  bool has_rest : 1;
  bool uses_arguments : 1; // needs an arguments object (arguments_var)
  bool uses_this : 1;      // itself, or an arrow or eval inside
  bool uses_super_property : 1;
  bool uses_super_call : 1;
  bool uses_new_target : 1;
  bool has_direct_eval : 1;   // in its own code (not in inner functions)
  bool inner_direct_eval : 1; // in an inner function
  bool has_await : 1;         // top-level await (modules)
  bool is_class_member : 1;
  bool is_static_member : 1;
  bool mapped_arguments : 1;   // sloppy, simple parameters: arguments aliases parameters
  bool arguments_escape : 1;   // parser: some use of `arguments` needs the object itself
  bool forwards_arguments : 1; // parser: has `f.apply(x, arguments)`
  bool arguments_elided : 1;   // uses_arguments, but the frame can answer all uses: no object is made
  bool uses_with : 1;
  bool has_using : 1;      // some scope of its own code declares `using`
  u16 context;             // CONTEXT_* in effect inside its body
  u16 length;              // ExpectedArgumentCount
  u16 param_count;         // parameters without a rest: known for lazy functions too
  u16 this_property_count; // distinct-ish `this.x = ...` assignments: inline capacity estimate
  u32 run_pos;             // its code runs only after code up to this offset of the outer function ran (scope start if hoisted)
  u32 function_count;      // functions directly inside (lazy ones included)
  NodeList params;         // IDENTIFIER, pattern, DEFAULT, REST
  NodeList body;           // statements; FIELD_INIT/STATIC_INIT: CLASS_ELEMENTs
  Scope *scope;            // parameters + body; root: top level. NULL when lazy
  Scope *body_scope;       // SCOPE_BODY or NULL
  // Pseudo variables of `scope`; NULL unless needed as said.
  Variable *self_var;       // function expression that refers to its own name
  Variable *arguments_var;  // when uses_arguments (the implicit one, or the `var arguments` that starts with it)
  Variable *this_var;       // only when captured by an arrow or eval
  Variable *new_target_var; // "
  Variable *callee_var;     // "
  FunctionNode *outer;
  // Lazy: position-independent note about the inner functions, so that a re-parse skips them. May be copied with memcpy
  // and handed back through ParseOptions.preparse; NULL is always allowed.
  const u8 *preparse;
  u32 preparse_length;
  void *user; // free for the compiler
};

// ---- Modules

typedef struct ImportAttribute {
  AstName *key, *value;
} ImportAttribute;

typedef struct ModuleRequest { // distinct specifier + attributes, in source order
  AstName *specifier;
  ImportAttribute *attributes; // sorted by key
  u32 attribute_count;
  u32 pos;
} ModuleRequest;

struct ImportEntry {
  u32 request;   // index in ModuleInfo.requests
  AstName *name; // imported name; NULL: the namespace object
  Variable *var; // local binding
  u32 pos;
};

typedef enum ExportKind { EXPORT_LOCAL, EXPORT_INDIRECT, EXPORT_STAR, EXPORT_STAR_AS } ExportKind;
typedef struct ExportEntry {
  u8 kind;
  u32 request;          // INDIRECT, STAR, STAR_AS
  AstName *export_name; // NULL for STAR
  AstName *import_name; // INDIRECT: name in the requested module
  Variable *var;        // LOCAL
  u32 pos;
} ExportEntry;

typedef struct ModuleInfo {
  ModuleRequest *requests;
  ImportEntry **imports;
  ExportEntry *exports;
  u32 request_count, import_count, export_count;
  bool has_top_level_await;
  bool has_import_meta;
} ModuleInfo;

// ---- Helpers

// IsAnonymousFunctionDefinition: an anonymous function, arrow or class, not in parentheses that matter (`(function(){})` counts).
bool ast_is_anonymous_function(const Node *node);
// The leftmost offset of an expression's text.
u32 ast_start(const Node *node);
const char *ast_type_name(NodeType type);
const char *ast_binary_op_text(BinaryOp op);
const char *ast_unary_op_text(UnaryOp op);
bool ast_name_equals(const AstName *name, const char *ascii);

// Calls visit for every direct child (never NULL), in evaluation order as far as there is one. A class's elements and constructor are
// children; its synthetic instance_init and static_init are not (their code is the elements'). Used by tests, verifiers and fuzzers.
typedef void (*AstVisitor)(void *data, Node *child);
void ast_each_child(const Node *node, AstVisitor visit, void *data);

// S-expressions, one statement per line, for golden tests and --dump-ast. Scopes and resolutions are shown with DUMP_SCOPES.
// Never recurses without bound: subtrees deeper than 2000 levels print as "...".
typedef enum AstDumpFlags { AST_DUMP_PLAIN = 0, AST_DUMP_SCOPES = 1, AST_DUMP_POSITIONS = 2 } AstDumpFlags;
void ast_dump(const FunctionNode *root, AstDumpFlags flags, FILE *out);

#endif
