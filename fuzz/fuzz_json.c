// SPDX-License-Identifier: MIT
// Any text as JSON: parse in both widths, with and without reviver, and stringify with and without indentation must agree with each
// other. The demands are written in JavaScript, below; a failed one is thrown and ends the run. Input: a byte of choices, UTF-8.
#include "compiler/compiler.h"
#include "threads/thread.h"
#include "vm/call.h"
#include "vm/error.h"

enum { RUNS_PER_ISOLATE = 2000, HEAP_MAX = 64 << 20 };

// parse(text) and, when the text is JSON, everything that must hold for its value.
static const char program[] =
    "(function () {\n"
    "  const { parse, stringify, rawJSON } = JSON;\n"
    "  function demand(ok, what) { if (!ok) throw new Error('demand: ' + what) }\n"
    "  function attempt(text) { try { return [parse(text)] } catch (e) { demand(e instanceof SyntaxError || e "
    "instanceof RangeError, String(e)); return e } }\n"
    "  return function check(text, choices) {\n"
    "    const first = attempt(text), wide = attempt(text + '\\u0100'.slice(1)), nested = attempt('[' + text + "
    "',\"\\u0100\"]');\n"
    "    demand(Array.isArray(first) === Array.isArray(wide), 'width');\n"
    "    if (!Array.isArray(first)) return;\n"
    "    const value = first[0], flat = stringify(value);\n"
    "    if (Array.isArray(nested)) demand(nested[0].length !== 2 || stringify(nested[0][0]) === flat, 'UTF-16');\n"
    "    demand(stringify(parse(flat)) === flat, 'round trip');\n"
    "    const indented = stringify(value, null, choices & 7 || 1);\n"
    "    demand(stringify(parse(indented)) === flat, 'indented');\n"
    "    let seen = 0;\n"
    "    const revived = parse(text, function (key, v, context) {\n"
    "      seen++;\n"
    "      if (context.source !== undefined && !Object.is(parse(context.source), v)) demand(false, 'source');\n"
    "      return v;\n"
    "    });\n"
    "    demand(seen > 0 && stringify(revived) === flat, 'reviver');\n"
    "    demand(stringify(value, (k, v) => v) === flat, 'replacer');\n"
    "    demand(stringify(rawJSON === undefined || typeof value === 'object' ? value : rawJSON(flat)) === flat, "
    "'raw');\n"
    "    if (choices & 8) parse(text, function (k) { if (choices & 16) delete this[k]; else this.length = 0; return "
    "[choices] });\n"
    "    if (choices & 32 && value) for (const k in value) demand(value[k] === undefined || stringify(value, [k]) !== "
    "undefined, 'list');\n"
    "  }\n"
    "})()";

static bool report(Host *host, Value exception, Value promise) {
  (void)promise;
  fprintf(stderr, "%s\n", error_text_of_exception(host->iso, exception));
  return true;
}
static const HostCalls calls = {.uncaught = report};

static Host *host;
static Persistent checker;
static u32 runs;

static void end_isolate(void) {
  if (!host) return;
  gc_persistent_clear(&checker);
  host_destroy(host);
  host = NULL;
}

static void begin_isolate(void) {
  HostConfig config = {.heap_limit = HEAP_MAX, .calls = &calls};
  host = host_new(&config);
  CHECK(host);
  SourceText *text = source_text_new(program, false, sizeof program - 1, "fuzz_json", false);
  CompileOptions options = {.want_completion = true};
  CodeBlock *block = compile_script(host->iso, text, &options);
  source_text_release(text);
  CHECK(block);
  Value f = run_script(host->iso, host->iso->main_realm, block, VALUE_UNDEFINED);
  code_block_release(block);
  CHECK(f);
  gc_persistent_init(heap_of(host->iso), &checker, value_bits(f));
  runs = 0;
}

// The leak checker does not look into the collector's blocks, and the isolate lives on between runs.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0"; }

// An exception of the program: a demand that does not hold, unless memory or stack ran out.
static void judge(Isolate *iso) {
  Value e = isolate_take_exception(iso);
  const char *text = error_text_of_exception(iso, e);
  if (strncmp(text, "RangeError", 10) == 0) return;
  fprintf(stderr, "%s\n", text);
  CHECK(!"what JSON demands");
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  if (size < 1) return 0;
  if (host && runs++ == RUNS_PER_ISOLATE) end_isolate();
  if (!host) begin_isolate();
  Isolate *iso = host->iso;
  String *text = str_new_utf8(iso, (const char *)data + 1, size - 1);
  CHECK(text);
  if (!CALL2(iso, (Value)checker.word, VALUE_UNDEFINED, value_from_cell(text), value_from_int(data[0]))) judge(iso);
  return 0;
}
