// SPDX-License-Identifier: MIT
// The embedding API: values, properties, calls both ways, exceptions, references and scopes. Uses nothing but weft/weft.h.
#include <math.h>

#include "tests/api/host.h"

START_TEST(kinds) {
  WeftIsolate *w = isolate_make();
  static const struct {
    const char *text;
    WeftKind kind;
  } cases[] = {
      {"undefined", WEFT_UNDEFINED},
      {"null", WEFT_NULL},
      {"true", WEFT_BOOLEAN},
      {"1.5", WEFT_NUMBER},
      {"2", WEFT_NUMBER},
      {"5n", WEFT_BIGINT},
      {"'x'", WEFT_STRING},
      {"Symbol()", WEFT_SYMBOL},
      {"({})", WEFT_OBJECT},
      {"(() => 1)", WEFT_FUNCTION},
      {"(class {})", WEFT_FUNCTION},
      {"new Proxy(function () {}, {})", WEFT_FUNCTION},
      {"new Proxy([], {})", WEFT_OBJECT},
      {"[]", WEFT_ARRAY},
      {"new TypeError('x')", WEFT_ERROR},
      {"new Date", WEFT_DATE},
      {"/x/", WEFT_REGEXP},
      {"new Map", WEFT_MAP},
      {"new Set", WEFT_SET},
      {"new WeakMap", WEFT_WEAK_MAP},
      {"new WeakSet", WEFT_WEAK_SET},
      {"Promise.resolve()", WEFT_PROMISE},
      {"new ArrayBuffer(1)", WEFT_ARRAY_BUFFER},
      {"new SharedArrayBuffer(1)", WEFT_SHARED_ARRAY_BUFFER},
      {"new Uint8Array(1)", WEFT_TYPED_ARRAY},
      {"new DataView(new ArrayBuffer(1))", WEFT_DATA_VIEW},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    WeftValue v = eval(w, cases[i].text);
    ck_assert_msg(weft_kind(v) == cases[i].kind, "%s is %d", cases[i].text, weft_kind(v));
    ck_assert_int_eq(weft_is_object(v), cases[i].kind >= WEFT_OBJECT);
    ck_assert_int_eq(weft_is_callable(v), cases[i].kind == WEFT_FUNCTION);
  }
  ck_assert_int_eq(weft_kind(eval(w, "typeof process")), WEFT_STRING);
  ck_assert_shows(w, eval(w, "typeof process + typeof require + typeof console"), "undefinedundefinedundefined");
  weft_isolate_delete(w);
}
END_TEST

START_TEST(numbers) {
  WeftIsolate *w = isolate_make();
  int64_t n;
  int32_t i;
  double d;
  ck_assert(weft_as_number(weft_number(-0.0)) == 0 && signbit(weft_as_number(weft_number(-0.0))));
  ck_assert(isnan(weft_as_number(weft_number(NAN))));
  ck_assert(weft_as_number(weft_integer(1ll << 53)) == 9007199254740992.0);
  ck_assert(weft_as_int64(weft_number(-5), &n) && n == -5);
  ck_assert(!weft_as_int64(weft_number(0.5), &n));
  ck_assert(!weft_as_int64(weft_number(1e19), &n));
  ck_assert(!weft_as_int64(weft_string(w, "1", 1), &n));
  ck_assert(weft_as_int64(weft_bigint(w, INT64_MIN), &n) && n == INT64_MIN);
  ck_assert(!weft_as_int64(eval(w, "2n ** 63n"), &n));
  ck_assert(weft_as_int64(eval(w, "-(2n ** 63n)"), &n) && n == INT64_MIN);
  uint64_t words[3] = {5, 0, 7}, back[4] = {0};
  bool negative;
  WeftValue big = weft_bigint_words(w, true, 3, words);
  ck_assert_shows(w, big, "-2381976568446569244243622252022377480197");
  ck_assert_uint_eq(weft_as_bigint_words(big, &negative, 4, back), 3);
  ck_assert(negative && back[0] == 5 && back[1] == 0 && back[2] == 7 && back[3] == 0);
  ck_assert_shows(w, weft_bigint_words(w, true, 2, (uint64_t[]){0, 0}), "0");
  ck_assert(weft_to_number(w, weft_string(w, " 0x10 ", WEFT_TEXT_END), &d) && d == 16);
  ck_assert(weft_to_int32(w, weft_number(4294967297.0), &i) && i == 1);
  ck_assert(!weft_to_number(w, eval(w, "Symbol()"), &d) && weft_has_exception(w));
  ck_assert_int_eq(weft_kind(weft_exception_take(w)), WEFT_ERROR);
  ck_assert(!weft_has_exception(w) && weft_exception_take(w) == NULL);
  ck_assert(weft_as_date(weft_date(w, 5)) == 5 && isnan(weft_as_date(weft_number(5))));
  ck_assert(weft_to_boolean(w, weft_string(w, "0", 1)) && !weft_to_boolean(w, weft_string(w, "", 0)) &&
            weft_as_boolean(weft_boolean(true)));
  weft_isolate_delete(w);
}
END_TEST

START_TEST(strings) {
  WeftIsolate *w = isolate_make();
  WeftStringView view;
  WeftValue s = weft_string(w, "h\xc3\xa9", WEFT_TEXT_END);
  ck_assert(weft_string_view(w, s, &view) && view.length == 2 && !view.is_utf16);
  ck_assert_int_eq(((const unsigned char *)view.characters)[1], 0xe9);
  s = weft_string(w, "\xf0\x9f\x98\x80\xff", 5);
  ck_assert(weft_string_view(w, s, &view) && view.length == 3 && view.is_utf16);
  ck_assert_int_eq(((const uint16_t *)view.characters)[2], 0xfffd);
  ck_assert_shows(w, s, "\xf0\x9f\x98\x80\xef\xbf\xbd");
  size_t size;
  char *utf8 = weft_to_utf8(w, weft_string_utf16(w, (uint16_t[]){0xd800, 'a', 0}, 3), &size);
  ck_assert(size == 5 && memcmp(utf8,
                                "\xef\xbf\xbd"
                                "a\0",
                                6) == 0);
  weft_free(utf8);
  ck_assert(weft_strict_equals(w, weft_string_latin1(w, (const unsigned char *)"\xe9", 1), weft_string(w, "\xc3\xa9", 2)));
  ck_assert(weft_name(w, "abc", 3) == weft_name(w, "abcd", 3));
  ck_assert(!weft_string_view(w, weft_number(1), &view) && !weft_has_exception(w));
  // A rope is put together, and its characters stay where they are.
  s = eval(w, "var r = 'x'; for (let i = 0; i < 12; i++) r += r; r");
  ck_assert(weft_string_view(w, s, &view) && view.length == 4096);
  weft_collect(w);
  for (size_t i = 0; i < view.length; i++) ck_assert_int_eq(((const char *)view.characters)[i], 'x');
  ck_assert_ptr_null(weft_to_utf8(w, weft_symbol(w, "d"), NULL));
  ck_assert_shows(w, weft_get_named(w, weft_exception_take(w), "message"), "Cannot convert a Symbol value to a string");
  ck_assert_shows(w, weft_get_named(w, weft_symbol(w, "d"), "description"), "d");
  weft_isolate_delete(w);
}
END_TEST

START_TEST(properties) {
  WeftIsolate *w = isolate_make();
  WeftValue o = weft_object(w), key = weft_name(w, "k", 1), list = weft_array(w, 2, (WeftValue[]){weft_number(1), key});
  ck_assert(weft_set_named(w, o, "first", weft_number(1)) && weft_set(w, o, key, list) && weft_set_at(w, o, 7, weft_null()));
  ck_assert(weft_get(w, o, key) == list && weft_kind(weft_get_at(w, o, 7)) == WEFT_NULL);
  ck_assert_int_eq(weft_kind(weft_get_named(w, o, "none")), WEFT_UNDEFINED);
  ck_assert_shows(w, weft_keys(w, o), "7,first,k");
  ck_assert(weft_has(w, o, weft_name(w, "toString", 8)) == 1 && weft_has_own(w, o, weft_name(w, "toString", 8)) == 0);
  ck_assert(weft_delete(w, o, weft_number(7)) == 1 && weft_has_own(w, o, weft_number(7)) == 0);
  ck_assert(weft_define(w, o, weft_name(w, "hidden", 6), weft_number(3), WEFT_CONFIGURABLE));
  ck_assert(!weft_set_named(w, o, "hidden", weft_number(4)));
  ck_assert_shows(w, weft_exception_take(w), "TypeError: Cannot assign to read only property 'hidden' of object '#<Object>'");
  ck_assert_shows(w, weft_own_keys(w, o), "first,k,hidden");
  WeftValue getter = eval(w, "(function () { return this.first + 1; })");
  ck_assert(weft_define_accessor(w, o, weft_name(w, "second", 6), getter, weft_undefined(), WEFT_ENUMERABLE));
  ck_assert(weft_as_number(weft_get_named(w, o, "second")) == 2);
  ck_assert(weft_set_prototype(w, o, weft_null()) && weft_kind(weft_prototype(w, o)) == WEFT_NULL);
  ck_assert(weft_freeze(w, o) && !weft_set_named(w, o, "first", weft_null()));
  (void)weft_exception_take(w);
  ck_assert(weft_delete(w, o, key) == 0);
  ck_assert(weft_has(w, weft_null(), key) == -1 && weft_exception_take(w));
  ck_assert_ptr_null(weft_get_named(w, weft_undefined(), "x"));
  ck_assert_shows(w, weft_exception_take(w), "TypeError: Cannot read properties of undefined (reading 'x')");
  uint64_t length;
  ck_assert(weft_length(w, list, &length) && length == 2 && weft_length(w, weft_string(w, "abc", 3), &length) && length == 3);
  ck_assert(weft_instance_of(w, list, eval(w, "Array")) == 1 && weft_instance_of(w, list, eval(w, "Map")) == 0 &&
            weft_instance_of(w, list, list) == -1 && weft_exception_take(w));
  weft_isolate_delete(w);
}
END_TEST

static bool add_up(WeftIsolate *w, WeftValue v, void *data) {
  (void)w;
  *(double *)data += weft_as_number(v);
  return *(double *)data < 100;
}
static bool throw_it(WeftIsolate *w, WeftValue v, void *data) {
  (void)data;
  return weft_throw(w, v) != NULL;
}

START_TEST(collections) {
  WeftIsolate *w = isolate_make();
  WeftValue map = weft_map_new(w), set = weft_set_new(w), o = weft_object(w);
  ck_assert(weft_map_set(w, map, o, weft_number(1)) && weft_map_set(w, map, weft_number(NAN), weft_number(2)));
  ck_assert(weft_as_number(weft_map_get(w, map, o)) == 1 && weft_as_number(weft_map_get(w, map, weft_number(NAN))) == 2);
  ck_assert(weft_set_add(w, set, o) && weft_collection_has(w, set, o) == 1 && weft_collection_has(w, set, map) == 0);
  size_t size;
  ck_assert(weft_collection_size(w, map, &size) && size == 2 && weft_collection_delete(w, map, o) == 1 &&
            weft_collection_delete(w, map, o) == 0);
  ck_assert(!weft_set_add(w, map, o) && weft_collection_has(w, o, o) == -1);
  (void)weft_exception_take(w);
  double sum = 0;
  ck_assert(weft_iterate(w, eval(w, "[1, 2, 3]"), add_up, &sum) && sum == 6);
  ck_assert(weft_iterate(w, eval(w, "var ended; (function* () { try { for (;;) yield 10; } finally { ended = true; } })()"), add_up,
                         &sum) &&
            sum == 106);
  ck_assert(weft_as_boolean(eval(w, "ended")));
  ck_assert(!weft_iterate(w, eval(w, "[5]"), throw_it, NULL) && weft_as_number(weft_exception_take(w)) == 5);
  ck_assert(!weft_iterate(w, weft_number(5), add_up, &sum) && weft_exception_take(w));
  weft_isolate_delete(w);
}
END_TEST

static WeftValue sum_of(WeftIsolate *w, const WeftCall *call) {
  double sum = *(double *)call->data, n;
  for (size_t i = 0; i < call->count; i++) {
    if (!weft_to_number(w, weft_argument(call, i), &n)) return NULL;
    sum += n;
  }
  if (weft_kind(call->new_target) != WEFT_UNDEFINED) return weft_throw_error(w, WEFT_TYPE_ERROR, "no %s", "new");
  return weft_number(sum);
}
static WeftValue forgets_to_throw(WeftIsolate *w, const WeftCall *call) {
  (void)w, (void)call;
  return NULL;
}

START_TEST(calls) {
  WeftIsolate *w = isolate_make();
  double base = 100;
  WeftValue f = weft_function(w, "sum", 2, sum_of, &base);
  ck_assert(weft_set_named(w, weft_global(w), "sum", f));
  ck_assert(weft_as_number(eval(w, "sum(1, '2', {valueOf() { return 3; }})")) == 106);
  ck_assert_shows(w, eval(w, "sum.name + sum.length"), "sum2");
  ck_assert_shows(w, eval(w, "try { sum(Symbol()) } catch (e) { e.message }"), "Cannot convert a Symbol value to a number");
  ck_assert_shows(w, eval(w, "try { new sum } catch (e) { e.message }"), "sum is not a constructor");
  ck_assert(weft_set_named(w, weft_global(w), "forgets", weft_function(w, "forgets", 0, forgets_to_throw, NULL)));
  ck_assert_shows(w, eval(w, "try { forgets() } catch (e) { e.message }"), "A native function returned NULL without an exception");
  WeftValue add = eval(w, "(function (a, b) { return [this, a + b, arguments.length]; })"),
            two[] = {weft_number(2), weft_number(3)};
  ck_assert_shows(w, weft_call(w, add, weft_string(w, "me", 2), 2, two), "me,5,2");
  ck_assert_ptr_null(weft_call(w, weft_null(), NULL, 0, NULL));
  ck_assert_shows(w, weft_exception_take(w), "TypeError: null is not a function");
  ck_assert_shows(w, weft_call_method(w, weft_array(w, 2, two), "join", 1, (WeftValue[]){weft_string(w, "-", 1)}), "2-3");
  ck_assert_shows(w, weft_get_named(w, weft_construct(w, eval(w, "(class A { constructor(x) { this.x = x; } })"), 1, two), "x"),
                  "2");
  ck_assert_ptr_null(weft_construct(w, eval(w, "(() => 1)"), 0, NULL));
  ck_assert(weft_exception_take(w));
  weft_isolate_delete(w);
}
END_TEST

START_TEST(exceptions) {
  WeftIsolate *w = isolate_make();
  ck_assert_ptr_null(weft_eval(w, "let x = ;", WEFT_TEXT_END, "bad.js"));
  ck_assert_shows(w, weft_exception_take(w), "SyntaxError: Unexpected token ';'");
  ck_assert_ptr_null(weft_eval(w, "function f() { throw new RangeError('far') }\nf()", WEFT_TEXT_END, "far.js"));
  char *text = weft_exception_text(w, weft_exception_take(w));
  ck_assert_str_eq(text, "far.js:1\nfunction f() { throw new RangeError('far') }\n                     ^\n\n"
                         "RangeError: far\n    at f (far.js:1:22)\n    at far.js:2:1");
  weft_free(text);
  WeftValue error = weft_error(w, WEFT_REFERENCE_ERROR, "gone");
  ck_assert(weft_throw(w, error) == NULL && weft_has_exception(w) && weft_exception_take(w) == error);
  ck_assert_shows(w, error, "ReferenceError: gone");
  text = weft_exception_text(w, weft_number(5));
  ck_assert_str_eq(text, "5");
  weft_free(text);
  weft_isolate_delete(w);
}
END_TEST

static void heard(WeftIsolate *w, WeftValue exception, void *data) {
  (void)w;
  *(double *)data += weft_as_number(exception);
}

START_TEST(jobs) {
  WeftIsolate *w = isolate_make();
  double sum = 0;
  weft_isolate_on_uncaught(w, heard, &sum);
  eval(w, "var log = ''; Promise.resolve().then(() => { log += 'job'; throw 7; }); (async () => { await 1; log += ' async'; })()");
  ck_assert_shows(w, eval(w, "log"), "");
  weft_run_jobs(w);
  ck_assert_shows(w, eval(w, "log"), "job async");
  ck_assert(sum == 7);
  weft_run_loop(w);
  weft_isolate_delete(w);
}
END_TEST

// Memory that the collector does not look into: what is in there is only as alive as references and scopes make it.
static __attribute__((noinline)) void hide(WeftIsolate *w, uintptr_t *hidden, WeftRef **ref) {
  for (int i = 0; i < 100; i++) {
    char text[64];
    snprintf(text, sizeof text, "[%d, 'text of its own %d']", i, i);
    WeftValue v = eval(w, text);
    if (ref) ref[i] = weft_ref_new(w, v);
    hidden[i] = ~(uintptr_t)v;
  }
}

static __attribute__((noinline)) void hide_from_refs(WeftRef **refs, uintptr_t *hidden) {
  for (int i = 0; i < 100; i++) {
    hidden[i] = ~(uintptr_t)weft_ref_get(refs[i]);
    weft_ref_delete(refs[i]);
  }
}

// What a scope sees of a reference outlives the reference.
START_TEST(references_in_scopes) {
  WeftIsolate *w = isolate_make();
  WeftRef *refs[100];
  uintptr_t hidden[100];
  hide(w, hidden, refs);
  WeftScope scope = weft_scope_open(w);
  hide_from_refs(refs, hidden);
  weft_collect(w);
  eval(w, "var garbage = []; for (let i = 0; i < 1e5; i++) garbage.push([i, 'text']); garbage = 0");
  for (int i = 0; i < 100; i++) {
    char text[64];
    snprintf(text, sizeof text, "%d,text of its own %d", i, i);
    ck_assert_shows(w, (WeftValue)~hidden[i], text);
  }
  weft_scope_close(w, scope);
  weft_isolate_delete(w);
}
END_TEST

START_TEST(references_and_scopes) {
  WeftIsolate *w = isolate_make();
  WeftRef *refs[100];
  uintptr_t hidden[100];
  hide(w, hidden, refs);
  weft_collect(w);
  eval(w, "var garbage = []; for (let i = 0; i < 1e5; i++) garbage.push([i]); garbage = 0");
  for (int i = 0; i < 100; i++) {
    char text[64];
    snprintf(text, sizeof text, "%d,text of its own %d", i, i);
    ck_assert_shows(w, weft_ref_get(refs[i]), text);
    ck_assert(~(uintptr_t)weft_ref_get(refs[i]) == hidden[i]);
    weft_ref_set(refs[i], i % 2 ? NULL : weft_number(i));
    weft_ref_delete(refs[i]);
  }
  WeftScope outer = weft_scope_open(w);
  hide(w, hidden, NULL);
  WeftScope inner = weft_scope_open(w);
  hide(w, hidden, NULL);
  weft_collect(w);
  eval(w, "for (let i = 0; i < 1e5; i++) [i]");
  for (int i = 0; i < 100; i++) ck_assert_int_eq((int)weft_as_number(weft_get_at(w, (WeftValue)~hidden[i], 0)), i);
  weft_scope_close(w, inner);
  weft_scope_close(w, outer);
  WeftMemory memory;
  weft_collect(w);
  weft_memory(w, &memory);
  ck_assert(memory.used_bytes > 0 && memory.used_bytes <= memory.committed_bytes);
  weft_isolate_delete(w);
}
END_TEST

START_TEST(termination) {
  WeftIsolate *w = isolate_make();
  weft_terminate(w);
  ck_assert_ptr_null(weft_eval(w, "for (;;);", WEFT_TEXT_END, NULL));
  ck_assert(weft_is_terminating(w) && weft_exception_take(w) == NULL);
  weft_resume(w);
  ck_assert(weft_as_number(eval(w, "1 + 1")) == 2);
  weft_isolate_delete(w);
}
END_TEST

// Names are remembered by address, so one buffer with many names, and many buffers with one, must do.
START_TEST(names_in_buffers) {
  WeftIsolate *w = isolate_make();
  WeftValue o = weft_object(w);
  static const char *const names[] = {"ab", "abc", "", "a", "ab", "7", "abd", "7", "\xc3\xa4\xc3\xb6", "a", "length", "ab\xc3\xa4"};
  enum { COUNT = sizeof names / sizeof names[0], MANY = 300 };
  char name[16], many[MANY][8];
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < COUNT; i++) {
      snprintf(name, sizeof name, "%s", names[i]);
      ck_assert(weft_set_named(w, o, name, weft_string(w, names[i], WEFT_TEXT_END)));
      if (i % 4 == round) weft_collect(w);
    }
    for (int i = 0; i < COUNT; i++) {
      snprintf(name, sizeof name, "%s", names[i]);
      ck_assert_shows(w, weft_get_named(w, o, name), names[i]);
      ck_assert_shows(w, weft_get_named(w, o, names[i]), names[i]);
    }
  }
  for (int i = 0; i < MANY; i++) {
    snprintf(many[i], sizeof many[i], "n%d", i % 100);
    ck_assert(weft_set_named(w, o, many[i], weft_integer(i % 100)));
  }
  weft_collect(w);
  for (int i = 0; i < MANY; i++) ck_assert_int_eq((int)weft_as_number(weft_get_named(w, o, many[i])), i % 100);
  weft_isolate_delete(w);
}
END_TEST

UNIT_MAIN("api/values", kinds, numbers, strings, properties, collections, calls, exceptions, jobs, references_and_scopes,
          references_in_scopes, termination, names_in_buffers)
