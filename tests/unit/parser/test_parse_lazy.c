// SPDX-License-Identifier: MIT
// Proves that a lazy parse plus re-parses says the same as one eager parse, on the samples below or on any JavaScript file:
//   test_parse_lazy [FILE...]
// Every lazy function is parsed again from its description, its scope chain and its note, recursively; its dump must be that of the
// eager tree, and each outer variable must be found the right number of environments away, in the right slot.
// Not a Check program: one line per difference.
#include "parser/parser.h"

typedef struct Checker {
  const Source *source;
  Arena *arena;
  FunctionNode **eager; // by offset of params_start
  u32 functions, wrong;
} Checker;

typedef struct Walk {
  Checker *checker;
  Scope *scope;           // innermost scope at this place
  const ScopeInfo *outer; // chain around the parse that this tree came from
  bool collect;
} Walk;

static void walk(void *data, Node *node);

static void walk_in(Walk *w, Scope *scope, Node *node) {
  if (!node) return;
  Walk inner = *w;
  if (scope) inner.scope = scope;
  walk(&inner, node);
}

static void check_lazy(Checker *checker, const FunctionNode *lazy, Scope *scope, const ScopeInfo *outer);

static void walk_function(Walk *w, FunctionNode *fn) {
  if (w->collect) {
    w->checker->eager[fn->params_start] = fn;
  } else if (fn->is_lazy) {
    check_lazy(w->checker, fn, w->scope, w->outer);
    return;
  }
  for (u32 i = 0; i < fn->params.count; i++) walk_in(w, fn->scope, fn->params.items[i]);
  for (u32 i = 0; i < fn->body.count; i++) walk_in(w, fn->body_scope ? fn->body_scope : fn->scope, fn->body.items[i]);
}

static void walk_class(Walk *w, ClassNode *node) {
  walk_in(w, node->scope, node->heritage);
  if (node->constructor) walk_in(w, node->scope, &node->constructor->base);
  for (u32 i = 0; i < node->count; i++) {
    ClassElement *element = node->elements[i];
    bool is_static = element->base.flags & ELEMENT_STATIC;
    if (element->key && element->base.flags & KEY_COMPUTED) walk_in(w, node->scope, element->key);
    Scope *scope = node->scope;
    if (element->base.op == PROPERTY_FIELD) scope = (is_static ? node->static_init : node->instance_init)->scope;
    if (element->base.op == PROPERTY_STATIC_BLOCK) scope = node->static_init->scope;
    walk_in(w, scope, element->value);
  }
}

static void walk_for_each(Walk *w, ForInNode *loop) {
  walk_in(w, loop->head_scope, loop->object);
  walk_in(w, loop->scope, loop->target);
  walk_in(w, loop->scope, loop->body);
}

static void walk(void *data, Node *node) {
  Walk *w = data;
  Walk inner = *w;
  switch (node->type) {
  case AST_FUNCTION: walk_function(w, (FunctionNode *)node); return;
  case AST_CLASS: walk_class(w, (ClassNode *)node); return;
  case AST_BLOCK:
    if (((BlockNode *)node)->scope) inner.scope = ((BlockNode *)node)->scope;
    break;
  case AST_FOR:
    if (((ForNode *)node)->scope) inner.scope = ((ForNode *)node)->scope;
    break;
  case AST_FOR_IN:
  case AST_FOR_OF: walk_for_each(w, (ForInNode *)node); return;
  case AST_WITH:
    walk_in(w, NULL, ((WithNode *)node)->object);
    walk_in(w, ((WithNode *)node)->scope, ((WithNode *)node)->body);
    return;
  case AST_SWITCH:
    walk_in(w, NULL, ((SwitchNode *)node)->discriminant);
    for (u32 i = 0; i < ((SwitchNode *)node)->count; i++) {
      walk_in(w, ((SwitchNode *)node)->scope, &((SwitchNode *)node)->cases[i]->base);
    }
    return;
  case AST_TRY: {
    TryNode *node_try = (TryNode *)node;
    walk_in(w, NULL, &node_try->block->base);
    if (node_try->param) walk_in(w, node_try->catch_scope, node_try->param);
    if (node_try->handler) walk_in(w, node_try->catch_scope, &node_try->handler->base);
    if (node_try->finalizer) walk_in(w, NULL, &node_try->finalizer->base);
    return;
  }
  default: break;
  }
  ast_each_child(node, walk, &inner);
}

// ---- comparing dumps

static char *dump_text(const FunctionNode *fn) {
  char *text = NULL;
  size_t size = 0;
  FILE *file = open_memstream(&text, &size);
  ast_dump(fn, AST_DUMP_SCOPES, file);
  fclose(file);
  return text;
}

// The innermost eager scope in which a function stands that declares the name; counts environments on the way.
static const Variable *find_eager(const Scope *scope, const char *name, size_t length, u32 *hops) {
  *hops = 0;
  for (; scope; scope = scope->parent) {
    if (scope->kind != SCOPE_SCRIPT) {
      for (const Variable *v = scope->variables; v; v = v->next) {
        if (v->captured && v->name && v->name->length == length && !v->name->is_utf16 &&
            memcmp(v->name->latin1, name, length) == 0) {
          return v;
        }
      }
    }
    if (scope->slot_count > 0 || (scope_is_dynamic(scope) && scope->kind != SCOPE_SCRIPT)) ++*hops;
  }
  return NULL;
}

// Walks both dumps in step; where the lazy one says "outer H.S" the eager one says "slot S".
static bool same_dump(const char *eager, const char *lazy, const Scope *home) {
  const char *name = NULL;
  size_t name_length = 0;
  while (*eager || *lazy) {
    if (strncmp(eager, "(id ", 4) == 0) {
      name = eager + 4;
      name_length = strcspn(name, " )");
    } else if (*eager == '(') {
      name = NULL;
    }
    if (strncmp(eager, " slot ", 6) == 0 && strncmp(lazy, " outer ", 7) == 0) {
      u32 slot, hops, outer_slot;
      int n = 0, m = 0;
      if (sscanf(eager, " slot %u%n", &slot, &n) != 1 || sscanf(lazy, " outer %u.%u%n", &hops, &outer_slot, &m) != 2) return false;
      if (slot != outer_slot) return false;
      if (name && !memchr(name, '\\', name_length)) {
        u32 expected;
        const Variable *v = find_eager(home, name, name_length, &expected);
        if (!v || expected != hops || v->slot != slot) return false;
      }
      eager += n;
      lazy += m;
      continue;
    }
    if (*eager != *lazy) return false;
    eager++;
    lazy++;
  }
  return true;
}

// Lazy functions inside print as "lazy" only; so the comparison parses with LAZY_NEVER first, then lazily for the inner ones.
static void check_lazy(Checker *checker, const FunctionNode *lazy, Scope *scope, const ScopeInfo *outer) {
  FunctionNode *eager = checker->eager[lazy->params_start];
  LazyFunction range;
  parser_describe_lazy(lazy, &range);
  checker->functions++;
  const ScopeInfo *chain = scope_info_chain(scope, outer, checker->arena);
  for (int pass = 0; pass < 2; pass++) {
    ParseOptions options = {.lazy = pass ? LAZY_ALWAYS : LAZY_NEVER, .outer_scope = chain};
    ParseResult result;
    if (!parser_parse_function(checker->source, &range, &options, checker->arena, &result)) {
      checker->wrong++;
      printf("%s:%u: fails: %s\n", checker->source->name, range.start, result.diagnostic.message);
      return;
    }
    FunctionNode *root = result.root;
    bool same_facts = eager && root->end == eager->end && root->length == eager->length && root->context == eager->context &&
                      lazy->end == eager->end && lazy->context == eager->context && lazy->length == eager->length &&
                      lazy->uses_this == eager->uses_this && lazy->uses_arguments == eager->uses_arguments &&
                      lazy->this_property_count == eager->this_property_count && lazy->run_pos == eager->run_pos &&
                      lazy->function_count == eager->function_count && root->function_count == eager->function_count;
    if (pass == 0) {
      char *a = eager ? dump_text(eager) : NULL, *b = dump_text(root);
      // The scope of the eager function's surroundings.
      bool same = a && same_dump(a, b, eager->scope->parent);
      if (!same || !same_facts) {
        checker->wrong++;
        printf("%s:%u: differs%s\n  %.3000s\n  %.3000s\n", checker->source->name, range.start, same_facts ? "" : " in facts", a, b);
      }
      free(a);
      free(b);
      if (!same) return;
    } else {
      // Captured flags and slots must be final although the inner functions were only pre-parsed.
      const Variable *v = eager->scope->variables, *w = root->scope->variables;
      for (; v && w; v = v->next, w = w->next) {
        if (v->captured != w->captured || v->slot != w->slot || v->assigned != w->assigned || v->kind != w->kind) break;
      }
      if (v || w || eager->scope->slot_count != root->scope->slot_count) {
        checker->wrong++;
        printf("%s:%u: variables differ\n", checker->source->name, range.start);
      }
      Walk inner = {.checker = checker, .scope = root->scope, .outer = chain};
      walk_function(&inner, root);
    }
  }
}

static void check_text(const char *name, const char *bytes, size_t size, bool module, u32 *functions, u32 *wrong) {
  Arena arena;
  arena_init(&arena);
  Source source;
  ParseResult eager, lazy;
  ParseOptions options = {.goal = module ? PARSE_MODULE : PARSE_SCRIPT, .lazy = LAZY_NEVER};
  if (source_from_utf8(&source, &arena, name, bytes, size) && parser_parse(&source, &options, &arena, &eager)) {
    Checker checker = {.source = &source, .arena = &arena};
    checker.eager = base_alloc_zeroed(sizeof(FunctionNode *) * (source.length + 1));
    Walk collect = {.checker = &checker, .collect = true, .scope = eager.root->scope};
    for (u32 i = 0; i < eager.root->body.count; i++) walk_in(&collect, NULL, eager.root->body.items[i]);
    for (int always = 0; always < 2; always++) {
      options.lazy = always ? LAZY_ALWAYS : LAZY_AUTO;
      if (!parser_parse(&source, &options, &arena, &lazy)) {
        printf("%s: lazy parse fails\n", name);
        checker.wrong++;
      } else {
        Walk check = {.checker = &checker, .scope = lazy.root->scope};
        for (u32 i = 0; i < lazy.root->body.count; i++) walk_in(&check, NULL, lazy.root->body.items[i]);
      }
    }
    *functions += checker.functions;
    *wrong += checker.wrong;
    base_free(checker.eager);
  }
  source_free_lines(&source);
  arena_free(&arena);
}

static void check_file(const char *path, u32 *functions, u32 *wrong) {
  FILE *file = fopen(path, "rb");
  if (!file) return;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file), n = strlen(path);
  rewind(file);
  char *bytes = base_alloc(size + 1);
  size = fread(bytes, 1, size, file);
  fclose(file);
  check_text(path, bytes, size, n > 4 && strcmp(path + n - 4, ".mjs") == 0, functions, wrong);
  base_free(bytes);
}

static const char *const samples[] = {
    "function f(a) { let b = 1; return function g(c) { return function h() { return a + b + c + d + h.x; }; }; }",
    "function f() { const x = () => y; const y = 1; return () => x() + y; function z() { return y; } }",
    "function f(a, b = () => a, {c = () => b, ...d} = {}) { var a; let e = 1; return () => [a, b, c, d, e]; }",
    ("class A extends B { #x = 1; static #y() {} constructor(a) { super(a); this.#x = () => super.m; } get z() { return this.#x; "
     "}\n"
     "  static { var q = () => this; A.#y(); } [k()] = () => new.target; m() { return class { n() { return A; } }; } }"),
    "function f() { for (let i = 0; i < 3; i++) { let z = i; g(() => z + i); } for (const k of [() => k]) g(() => k); }",
    "function f(o) { with (o) { return () => a + o; } }",
    "function f(a) { let b; { let c; return function () { return eval('a + b + c'); }; } }",
    "function f() { return () => [this, arguments, new.target, () => () => this]; }",
    "function f() { try { g(); } catch ({message: m, ...r}) { return () => [m, r]; } finally { (() => f)(); } }",
    "function f(x) { switch (x) { case 1: let a = () => b; case 2: const b = () => a; function c() { return a; } } return c; }",
    "function f() { return function self() { return () => self; }; }",
    "async function f(a) { for await (const x of a) await (async y => [x, y, await z])(); }",
    "function* f() { const g = function* () { yield* f(() => g); }; yield a => { return b => a; }; }",
    "function f() { { function g() { return h; } } var h = () => g; if (h) function k() { return k; } }",
    "(function () { var a = function () { return b; }, b = (c = () => a) => { return () => c; }; })();",
    "function \\u0066oo(\\u{61}) { return () => { return () => a + \\u0061; }; }",
};

int main(int argc, char **argv) {
  u32 functions = 0, wrong = 0;
  for (u32 i = 0; argc == 1 && i < ARRAY_LEN(samples); i++) {
    u32 before = functions;
    char name[32];
    snprintf(name, sizeof name, "sample %u", i);
    check_text(name, samples[i], strlen(samples[i]), false, &functions, &wrong);
    if (functions == before) {
      printf("%s does not parse\n", name);
      wrong++;
    }
    check_text(name, samples[i], strlen(samples[i]), true, &functions, &wrong);
  }
  for (int i = 1; i < argc; i++) check_file(argv[i], &functions, &wrong);
  printf("%u lazy functions, %u differences\n", functions, wrong);
  return wrong != 0;
}
