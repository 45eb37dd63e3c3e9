// SPDX-License-Identifier: MIT
// Code that several isolates share, code as bytes, realms, modules.
#include <pthread.h>

#include "tests/api/host.h"

START_TEST(compiled_once) {
  WeftIsolate *w = isolate_make();
  ck_assert_ptr_null(weft_compile(w, "let x = ;", WEFT_TEXT_END, "bad.js", WEFT_GOAL_SCRIPT));
  ck_assert_thrown(w, "SyntaxError: Unexpected token ';'");
  WeftCode *code = weft_compile(w, "count = (globalThis.count ?? 0) + 1; (function f(n) { return n + count })(10)", WEFT_TEXT_END,
                                "good.js", WEFT_GOAL_SCRIPT);
  ck_assert_shows(w, weft_run_code(w, code, NULL), "11");
  ck_assert_shows(w, weft_run_code(w, code, NULL), "12");
  WeftIsolate *other = isolate_make();
  ck_assert_shows(other, weft_run_code(other, code, NULL), "11");
  weft_isolate_delete(other);
  weft_isolate_enter(w);
  WeftValue realm = weft_realm_new(w);
  ck_assert_shows(w, weft_run_code(w, code, realm), "11");
  ck_assert_shows(w, weft_run_code(w, code, NULL), "13");
  weft_isolate_delete(w);
  weft_code_delete(code);
}
END_TEST

static void *run_shared(void *code) {
  WeftIsolate *w = isolate_make();
  for (int i = 0; i < 20; i++) ck_assert_shows(w, weft_run_code(w, code, NULL), "610");
  weft_isolate_delete(w);
  return NULL;
}

START_TEST(run_by_many_threads) {
  WeftIsolate *w = isolate_make();
  WeftCode *code = weft_compile(w, "(() => { function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) } return f(15) })()",
                                WEFT_TEXT_END, "fib.js", WEFT_GOAL_SCRIPT);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, run_shared, code);
  weft_isolate_delete(w);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  weft_code_delete(code);
}
END_TEST

START_TEST(saved) {
  static const char *const texts[] = {
      "const a = [1, 2.5, 'x', /r/g, 10n]; class C { #p = 1; get p() { return this.#p } }; [a.join(), new C().p, (() => "
      "`t${1}`)()].join(';')",
      "'\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80'.length + String(function named(a, b) { return a + b })",
      "let r = ''; for (const k of Object.keys({ b: 1, a: 2 })) r += k; r",
      "eval('1 + 1') + ((x) => eval('x'))(3)", // direct eval: only the source can be kept
      "",
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    WeftIsolate *w = isolate_make();
    WeftCode *code = weft_compile(w, texts[i], WEFT_TEXT_END, "s.js", WEFT_GOAL_SCRIPT);
    char *expected = weft_to_utf8(w, weft_run_code(w, code, NULL), NULL);
    void *bytes;
    size_t size;
    ck_assert(weft_code_save(w, code, &bytes, &size));
    weft_code_delete(code);
    weft_isolate_delete(w);
    w = isolate_make();
    code = weft_code_load(w, bytes, size);
    ck_assert_ptr_nonnull(code);
    ck_assert_shows(w, weft_run_code(w, code, NULL), expected);
    weft_code_delete(code);
    for (size_t at = 0; at < size; at += 1 + at / 20) { // any damage is noticed
      ((unsigned char *)bytes)[at] ^= 0x10;
      ck_assert_ptr_null(weft_code_load(w, bytes, size));
      ck_assert_thrown(w, "TypeError: Saved code is damaged");
      ((unsigned char *)bytes)[at] ^= 0x10;
    }
    for (size_t cut = 0; cut < size; cut += 1 + cut / 20) {
      ck_assert_ptr_null(weft_code_load(w, bytes, cut));
      (void)weft_exception_take(w);
    }
    weft_isolate_delete(w);
    weft_free(bytes);
    weft_free(expected);
  }
}
END_TEST

START_TEST(realms) {
  WeftIsolate *w = isolate_make();
  WeftValue one = weft_realm_new(w), two = weft_realm_new(w);
  (void)eval(w, "x = 'main'");
  ck_assert_shows(w, weft_eval_in(w, one, "x = 'one'; typeof print + [] instanceof Array", WEFT_TEXT_END, NULL), "false");
  ck_assert_shows(w, weft_eval_in(w, two, "typeof x", WEFT_TEXT_END, NULL), "undefined");
  ck_assert_shows(w, weft_eval_in(w, one, "x", WEFT_TEXT_END, NULL), "one");
  ck_assert_shows(w, weft_get_named(w, one, "x"), "one");
  ck_assert(weft_set_named(w, weft_global(w), "array", weft_eval_in(w, one, "[1]", WEFT_TEXT_END, NULL)));
  ck_assert_shows(w, eval(w, "[x, array instanceof Array, Array.isArray(array)]"), "main,false,true");
  ck_assert_shows(w, weft_eval_in(w, weft_global(w), "x", WEFT_TEXT_END, NULL), "main");
  ck_assert_ptr_null(weft_eval_in(w, weft_object(w), "1", WEFT_TEXT_END, NULL));
  ck_assert_thrown(w, "TypeError: The global object of a realm was expected");
  for (int i = 0; i < 50; i++) (void)weft_eval_in(w, weft_realm_new(w), "new Map([[1, 2]])", WEFT_TEXT_END, NULL);
  weft_collect(w);
  weft_isolate_delete(w);
}
END_TEST

START_TEST(positions) {
  WeftIsolate *w = isolate_make();
  static const char *const shown[][2] = {
      {"let x = ;", "p.js:1\nlet x = ;\n        ^\n\nSyntaxError: Unexpected token ';'"},
      {"function f() {\n\tnull.x }\nf()",
       "p.js:2\n\tnull.x }\n\t     ^\n\nTypeError: Cannot read properties of null (reading 'x')\n    at f (p.js:2:7)\n"
       "    at p.js:3:1"},
      {"'\xe2\x82\xac'; throw Error('wide')",
       "p.js:1\n'\xe2\x82\xac'; throw Error('wide')\n           ^\n\nError: wide\n    at p.js:1:12"},
      {"throw 5", "5"},
  };
  for (size_t i = 0; i < 4; i++) {
    ck_assert_ptr_null(weft_eval(w, shown[i][0], WEFT_TEXT_END, "p.js"));
    char *text = weft_exception_text(w, weft_exception_take(w));
    ck_assert_str_eq(text, shown[i][1]);
    weft_free(text);
  }
  for (int i = 0; i < 2; i++) {
    ck_assert_ptr_null(weft_eval(w, "1;\n  null.x", WEFT_TEXT_END, "dir/p.js"));
    WeftValue error = weft_exception_take(w);
    if (i) weft_free(weft_exception_text(w, error)); // writes its stack
    char *file;
    uint32_t line, column;
    ck_assert(weft_error_position(w, error, &file, &line, &column));
    ck_assert_str_eq(file, "dir/p.js");
    ck_assert_uint_eq(line, 2);
    ck_assert_uint_eq(column, 8);
    weft_free(file);
    ck_assert(!weft_error_position(w, weft_object(w), &file, &line, &column));
  }
  weft_isolate_delete(w);
}
END_TEST

// ---- Modules ----

static WeftValue resolve(WeftIsolate *w, const char *specifier, const char *referrer, void *data) {
  (void)referrer, (void)data;
  if (strcmp(specifier, "nowhere") == 0) return weft_throw_error(w, WEFT_RANGE_ERROR, "%s asked for nowhere", referrer);
  return weft_string(w, specifier + (strncmp(specifier, "./", 2) == 0 ? 2 : 0), WEFT_TEXT_END);
}
static WeftValue host_twice(WeftIsolate *w, const WeftCall *call) {
  (void)w;
  return weft_number(2 * weft_as_number(weft_argument(call, 0)));
}
static int loads;
static WeftValue load(WeftIsolate *w, const char *key, const char *type, const WeftCode **code, void *data) {
  loads++;
  if (strcmp(key, "data.json") == 0) {
    ck_assert_str_eq(type, "json");
    return weft_string(w, "{ \"a\": [1, 2] }", WEFT_TEXT_END);
  }
  if (strcmp(key, "host") == 0) {
    WeftValue exports = weft_object(w);
    ck_assert(weft_set_named(w, exports, "twice", weft_function(w, "twice", 1, host_twice, NULL)));
    return weft_set_named(w, exports, "default", weft_integer(42)) ? exports : NULL;
  }
  if (strcmp(key, "compiled") == 0) *code = data;
  if (strcmp(key, "a.js") == 0) {
    return weft_string(w,
                       "import { b } from './b.js'; import host, { twice } from 'host';"
                       "import data from './data.json' with { type: 'json' }; import * as c from 'compiled';"
                       "export const a = [b, host, twice(4), data.a.length, c.name, import.meta.key].join()",
                       WEFT_TEXT_END);
  }
  if (strcmp(key, "b.js") == 0)
    return weft_string(w, "import { a } from './a.js'; export const b = 'b'; export let f = () => a;", WEFT_TEXT_END);
  if (strcmp(key, "bad.js") == 0) return weft_string(w, "import 'nowhere'", WEFT_TEXT_END);
  return weft_undefined();
}
static bool meta(WeftIsolate *w, const char *key, WeftValue object, void *data) {
  (void)data;
  return weft_set_named(w, object, "key", weft_string(w, key, WEFT_TEXT_END));
}

START_TEST(modules) {
  WeftIsolate *w = isolate_make();
  ck_assert_ptr_null(weft_await(w, weft_import(w, "x")));
  ck_assert_thrown(w, "Error: Cannot find module 'x': this isolate has no module loader");
  WeftCode *code = weft_compile(w, "export const name = await 'compiled'", WEFT_TEXT_END, "compiled", WEFT_GOAL_MODULE);
  ck_assert(weft_set_module_loader(w, &(WeftModuleLoader){resolve, load, meta}, code));
  loads = 0;
  WeftValue namespace = weft_await(w, weft_import(w, "./a.js"));
  ck_assert_ptr_nonnull(namespace);
  ck_assert_shows(w, weft_get_named(w, namespace, "a"), "b,42,8,2,compiled,a.js");
  ck_assert(weft_same_value(w, weft_await(w, weft_import(w, "a.js")), namespace));
  ck_assert_shows(w, weft_await(w, eval(w, "import('./b.js').then((b) => b.f())")), "b,42,8,2,compiled,a.js");
  ck_assert_int_eq(loads, 5);
  ck_assert_ptr_null(weft_await(w, weft_import(w, "bad.js")));
  ck_assert_thrown(w, "RangeError: bad.js asked for nowhere");
  ck_assert_ptr_null(weft_await(w, weft_import(w, "none")));
  ck_assert_thrown(w, "TypeError: Module 'none' was not loaded");
  namespace = weft_await(w, weft_eval_module(w, "export { a as x } from 'a.js'; export default 1", WEFT_TEXT_END, "main"));
  ck_assert_shows(w, weft_get_named(w, namespace, "x"), "b,42,8,2,compiled,a.js");
  ck_assert_ptr_null(weft_await(w, weft_eval_module(w, "throw new Error('at once')", WEFT_TEXT_END, "thrower")));
  ck_assert_thrown(w, "Error: at once");
  weft_code_delete(code);
  weft_isolate_delete(w);
}
END_TEST

START_TEST(saved_modules) {
  WeftIsolate *w = isolate_make();
  WeftCode *code = weft_compile(w, "export const n = [1, 2, 3].map((x) => x * 2).join()", WEFT_TEXT_END, "m", WEFT_GOAL_MODULE);
  void *bytes;
  size_t size;
  ck_assert(weft_code_save(w, code, &bytes, &size));
  weft_code_delete(code);
  code = weft_code_load(w, bytes, size);
  ck_assert_ptr_nonnull(code);
  ck_assert_shows(w, weft_get_named(w, weft_await(w, weft_run_code(w, code, NULL)), "n"), "2,4,6");
  weft_code_delete(code);
  weft_free(bytes);
  weft_isolate_delete(w);
}
END_TEST

UNIT_MAIN("api/code", compiled_once, run_by_many_threads, saved, realms, positions, modules, saved_modules)
