// SPDX-License-Identifier: MIT
// Which names a CommonJS file exports, found in its syntax tree without running it, so that ES modules can import them by name.
// Seen, wherever they stand: exports.a = ..., module.exports.a = ..., Object.defineProperty(exports, "a", ...),
// module.exports = { a, b: ..., ...require("x") }, module.exports = require("x"), __exportStar(require("x")) and Babel's loop
// over Object.keys(x) that copies into exports.
// Tests: tests/node/esm/cjs-named-exports.mjs.
#include "node/node_internal.h"

typedef struct Finder {
  Isolate *iso;
  JSObject *names, *reexports; // arrays of strings
  VEC(const Node *) stack;
  bool failed;
} Finder;

static bool is_identifier(const Node *n, const char *name) {
  return n && n->type == AST_IDENTIFIER && ast_name_equals(((const IdentifierNode *)n)->name, name);
}

static bool is_member(const Node *n, const char *object, const char *name) {
  if (!n || n->type != AST_MEMBER) return false;
  const MemberNode *m = (const MemberNode *)n;
  return is_identifier(m->object, object) && ast_name_equals(m->name, name);
}

static bool is_exports_object(const Node *n) { return is_identifier(n, "exports") || is_member(n, "module", "exports"); }

static void add(Finder *f, JSObject *list, const AstName *name) {
  Isolate *iso = f->iso;
  String *s = name->is_utf16 ? str_new_utf16(iso, name->utf16, name->length) : str_new_latin1(iso, name->latin1, name->length);
  if (!s || !array_push_value(iso, list, value_from_cell(s))) f->failed = true;
}

// The argument of require("x"), or NULL. Also of a wrapped one: __importStar(require("x")).
static const AstName *required_name(const Node *n) {
  for (int depth = 0; n && n->type == AST_CALL && depth < 4; depth++) {
    const CallNode *call = (const CallNode *)n;
    if (!call->args.count) return NULL;
    const Node *arg = call->args.items[0];
    if (is_identifier(call->callee, "require")) return arg->type == AST_STRING ? ((const StringNode *)arg)->value : NULL;
    n = arg;
  }
  return NULL;
}

static void add_reexport(Finder *f, const Node *n) {
  const AstName *name = required_name(n);
  if (name) add(f, f->reexports, name);
}

static void add_object_keys(Finder *f, const ListNode *object) {
  for (u32 i = 0; i < object->list.count; i++) {
    const PropertyNode *p = (const PropertyNode *)object->list.items[i];
    if (p->base.op == PROPERTY_SPREAD) {
      add_reexport(f, p->value);
    } else if (!(p->base.flags & KEY_COMPUTED) && p->key && p->key->type == AST_STRING) {
      add(f, f->names, ((const StringNode *)p->key)->value);
    }
  }
}

static void see_assignment(Finder *f, const AssignNode *assign) {
  if (assign->base.op != ASSIGN_PLAIN) return;
  if (is_member(assign->target, "module", "exports")) {
    const Node *value = assign->value;
    while (value->type == AST_ASSIGN) value = ((const AssignNode *)value)->value; // exports = module.exports = ...
    if (value->type == AST_OBJECT) add_object_keys(f, (const ListNode *)value);
    else add_reexport(f, value);
    return;
  }
  if (assign->target->type == AST_MEMBER) {
    const MemberNode *m = (const MemberNode *)assign->target;
    if (is_exports_object(m->object)) add(f, f->names, m->name);
  } else if (assign->target->type == AST_INDEX) {
    const IndexNode *m = (const IndexNode *)assign->target;
    if (is_exports_object(m->object) && m->index->type == AST_STRING) add(f, f->names, ((const StringNode *)m->index)->value);
  }
}

static bool is_star_helper(const Node *callee) {
  if (is_identifier(callee, "__exportStar") || is_identifier(callee, "__export") || is_identifier(callee, "__reExport"))
    return true;
  return callee->type == AST_MEMBER && ast_name_equals(((const MemberNode *)callee)->name, "__exportStar");
}

// Babel: Object.keys(_x).forEach(function (key) { ... exports[key] = _x[key] }) where var _x = require("x") stands before.
static const AstName *keys_of(const Node *callee) {
  if (callee->type != AST_MEMBER || !ast_name_equals(((const MemberNode *)callee)->name, "forEach")) return NULL;
  const Node *inner = ((const MemberNode *)callee)->object;
  if (inner->type != AST_CALL) return NULL;
  const CallNode *keys = (const CallNode *)inner;
  if (!is_member(keys->callee, "Object", "keys") || keys->args.count != 1) return NULL;
  const Node *arg = keys->args.items[0];
  return arg->type == AST_IDENTIFIER ? ((const IdentifierNode *)arg)->name : NULL;
}

static void see_call(Finder *f, const CallNode *call) {
  if (is_star_helper(call->callee)) {
    for (u32 i = 0; i < call->args.count; i++) add_reexport(f, call->args.items[i]);
    return;
  }
  if (call->args.count >= 3 && is_member(call->callee, "Object", "defineProperty") && is_exports_object(call->args.items[0]) &&
      call->args.items[1]->type == AST_STRING) {
    add(f, f->names, ((const StringNode *)call->args.items[1])->value);
    return;
  }
  const AstName *source = keys_of(call->callee);
  if (source && source->user) add(f, f->reexports, source->user);
}

// Remembers var x = require("y") in the name's spare word.
static void see_declarator(const Node *target, const Node *value) {
  if (!target || target->type != AST_IDENTIFIER || !value) return;
  const AstName *required = required_name(value);
  if (required) ((IdentifierNode *)(uintptr_t)target)->name->user = (void *)(uintptr_t)required;
}

static void push_child(void *data, Node *child) {
  Finder *f = data;
  vec_push(&f->stack, child);
}

static void see_node(Finder *f, const Node *n) {
  switch (n->type) {
  case AST_ASSIGN: see_assignment(f, (const AssignNode *)n); break;
  case AST_CALL: see_call(f, (const CallNode *)n); break;
  case AST_DECLARATION: {
    const DeclarationNode *d = (const DeclarationNode *)n;
    for (u32 i = 0; i < d->count; i++) see_declarator(d->items[i].target, d->items[i].init);
    break;
  }
  default: break;
  }
}

enum { POLL_MASK = 0xFFFF };
static bool poll(void *isolate) { return isolate_poll(isolate); }

// In source order: a node's children go onto the stack in reverse.
static void walk(Finder *f, const Node *root) {
  vec_push(&f->stack, root);
  for (u32 nodes = 1; f->stack.len && !f->failed; nodes++) {
    if ((nodes & POLL_MASK) == 0 && !isolate_poll(f->iso)) {
      f->failed = true;
      break;
    }
    const Node *n = vec_pop(&f->stack);
    see_node(f, n);
    u32 first = f->stack.len;
    ast_each_child(n, push_child, f);
    for (u32 i = first, j = f->stack.len; i + 1 < j; i++, j--) {
      const Node *swapped = f->stack.data[i];
      f->stack.data[i] = f->stack.data[j - 1];
      f->stack.data[j - 1] = swapped;
    }
  }
  vec_free(&f->stack);
}

static bool find_exports(Finder *f, SourceText *text) {
  static const char *const params[] = {"exports", "require", "module", "__filename", "__dirname"};
  Source source = {.name = text->name, .chars = source_text_chars(text), .length = text->length, .is_utf16 = text->utf16};
  ParseOptions options = {.goal = PARSE_FUNCTION_BODY,
                          .lazy = LAZY_NEVER,
                          .params = params,
                          .param_count = ARRAY_LEN(params),
                          .stack_limit = (uintptr_t)f->iso->c_stack_limit,
                          .poll = poll,
                          .poll_data = f->iso};
  Arena arena;
  arena_init(&arena);
  ParseResult result;
  bool ok = parser_parse(&source, &options, &arena, &result);
  if (ok) walk(f, (const Node *)result.root);
  else f->failed = result.diagnostic.kind == DIAG_STOPPED;
  source_free_lines(&source);
  arena_free(&arena);
  return !f->failed;
}

// commonjsExports(source | undefined, filename): [names, reexported specifiers]. A text with errors has none.
Value node_commonjs_exports(Isolate *iso, const Call *call);
Value node_commonjs_exports(Isolate *iso, const Call *call) {
  const char *filename = TRY(binding_path(iso, call_arg(call, 1)));
  Finder f = {.iso = iso, .names = TRY(array_create(iso, 0)), .reexports = TRY(array_create(iso, 0))};
  SourceText *text;
  if (value_is_string(call_arg(call, 0))) {
    text = TRY(node_source_from_string(iso, value_string(call_arg(call, 0)), filename));
  } else {
    u8 *bytes;
    size_t size;
    int error;
    if (!node_read_file(filename, &bytes, &size, &error)) return throw_uv_error(iso, error, "open", filename, NULL);
    text = TRY(node_source_from_bytes(iso, bytes, size, filename));
  }
  bool ok = find_exports(&f, text);
  source_text_release(text);
  if (!ok) return VALUE_FAIL;
  Value pair[] = {value_from_object(f.names), value_from_object(f.reexports)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}
