// SPDX-License-Identifier: MIT
// What happens to an exception that nobody catches: the program's handlers, or Node's text on stderr and exit code 1.
//
//   file:line            where it was thrown
//   source line
//     ^
//   (empty)                      only for errors; before other values stands an empty line instead
//   stack, further properties (lib/internal/uncaught.js)
//   (empty)
//   weft v0.1.0
//
// Tests: tests/cli/uncaught.sh.
#include "base/version.h"
#include "compiler/compiler.h"
#include "node/node_internal.h"

// ---- Where: file, line and column of a stack's first frame that has them ----

typedef struct Position {
  char file[4096];
  u32 line, column;
} Position;

// "...(file:line:column)" or "at file:line:column" at the end of a line of `stack`.
static bool parse_frame(const char *start, const char *end, Position *out) {
  if (end > start && end[-1] == ')') end--;
  u32 numbers[2];
  for (int i = 1; i >= 0; i--) {
    const char *digits = end;
    while (digits > start && digits[-1] >= '0' && digits[-1] <= '9') digits--;
    if (digits == end || digits == start || digits[-1] != ':') return false;
    numbers[i] = (u32)strtoul(digits, NULL, 10);
    end = digits - 1;
  }
  const char *file = end;
  while (file > start && file[-1] != '(') file--;
  if (file == start) {
    if (strncmp(file, "async ", 6) == 0) file += 6;
  }
  if ((size_t)(end - file) >= sizeof out->file || end == file) return false;
  memcpy(out->file, file, (size_t)(end - file));
  out->file[end - file] = 0;
  out->line = numbers[0];
  out->column = numbers[1];
  return true;
}

static bool first_position(const char *stack, Position *out) {
  for (const char *line = stack; (line = strstr(line, "\n    at ")) != NULL;) {
    line += strlen("\n    at ");
    const char *end = line + strcspn(line, "\n");
    if (parse_frame(line, end, out)) return true;
  }
  return false;
}

// ---- The source line ----

static void print_line(const char *text, size_t size, const Position *at) {
  const char *p = text, *end = text + size;
  for (u32 line = 1; line < at->line && p < end; p++) line += *p == '\n';
  if (p >= end) return;
  size_t length = 0;
  while (p + length < end && p[length] != '\n' && p[length] != '\r') length++;
  u32 column = at->column ? at->column - 1 : 0;
  if (column > length) column = (u32)length;
  fprintf(stderr, "%s:%u\n", at->file, at->line);
  if (length > SOURCE_FRAME_LINE_MAX) return;
  fwrite(p, 1, length, stderr);
  fputc('\n', stderr);
  for (u32 i = 0; i < column && i < SOURCE_FRAME_CARET_MAX; i++) fputc(p[i] == '\t' ? '\t' : ' ', stderr);
  fputs(column < SOURCE_FRAME_CARET_MAX ? "^\n" : "\n", stderr);
}

static void print_position(Isolate *iso, const Position *at) {
  Value eval_source = node_of(iso)->eval_source;
  if (at->file[0] == '[' && value_is_string(eval_source)) {
    const char *text = error_text_of_string(iso, value_string(eval_source));
    print_line(text, strlen(text), at);
    return;
  }
  const char *path = at->file;
  char *builtin;
  if (strncmp(path, "file://", 7) == 0) path += 7;
  u8 *bytes;
  size_t size;
  int error;
  if (strncmp(path, "node:", 5) == 0 && (builtin = node_builtin_source(path + 5, &size)) != NULL) {
    print_line(builtin, size, at);
    base_free(builtin);
    return;
  }
  if (!node_read_file(path, &bytes, &size, &error)) {
    fprintf(stderr, "%s:%u\n", at->file, at->line);
    return;
  }
  print_line((const char *)bytes, size, at);
  base_free(bytes);
}

// ---- Text ----

static const char *own_stack(Isolate *iso, Value v) {
  if (!value_is_kind(v, KIND_ERROR)) return NULL;
  Value stack = obj_get(iso, value_object(v), ATOM(stack));
  iso->exception = VALUE_EMPTY;
  return stack && value_is_string(stack) ? error_text_of_string(iso, value_string(stack)) : NULL;
}

// As lib/internal/uncaught.js says it. NULL: it cannot say (no memory, a broken program).
static String *uncaught_text(Isolate *iso, Value v) {
  Value describe = node_builtin_export(iso, "internal/uncaught", "uncaughtText");
  Value text = describe ? CALL1(iso, describe, VALUE_UNDEFINED, v) : VALUE_FAIL;
  if (!iso->terminating) iso->exception = VALUE_EMPTY;
  return text && value_is_string(text) ? value_string(text) : NULL;
}

// The text may hold NULs: source lines do.
static bool print_string(Isolate *iso, String *s) {
  size_t size;
  char *utf8 = str_to_utf8(iso, s, &size);
  if (!iso->terminating) iso->exception = VALUE_EMPTY;
  if (!utf8) return false;
  fwrite(utf8, 1, size, stderr);
  base_free(utf8);
  return true;
}

// "file:line", as the stacks of syntax errors begin.
static bool starts_with_place(Isolate *iso, const char *stack, Value error) {
  const char *text = error_text_of_exception(iso, error);
  if (strncmp(stack, text, strcspn(text, ":")) == 0) return false;
  size_t line = strcspn(stack, "\n"), digits = line;
  while (digits && stack[digits - 1] >= '0' && stack[digits - 1] <= '9') digits--;
  return stack[line] && digits < line && digits > 1 && stack[digits - 1] == ':';
}

static void print_footer(void) { fputs("\nweft v" WEFT_VERSION "\n", stderr); }

// Where it was thrown. Asked before anything of the program runs, which could throw itself.
static bool thrown_position(Isolate *iso, Value exception, Position *out) {
  const char *file;
  if (!error_thrown_position(iso, exception, &file, &out->line, &out->column)) return false;
  if (strlen(file) >= sizeof out->file) return false;
  memcpy(out->file, file, strlen(file) + 1);
  return true;
}

void node_print_exception(Isolate *iso, Value exception, bool is_promise) {
  fflush(stdout);
  bool is_error = value_is_kind(exception, KIND_ERROR);
  Position at;
  bool is_placed = !is_promise && thrown_position(iso, exception, &at);
  const char *stack = own_stack(iso, exception);
  // For rejections, and for what C throws later: where the error was made.
  if (!is_placed) is_placed = stack && first_position(stack, &at);
  if (!is_error) fputc('\n', stderr);
  if (is_placed && !(stack && starts_with_place(iso, stack, exception))) { // a syntax error says itself where
    print_position(iso, &at);
    if (is_error) fputc('\n', stderr);
  }
  String *text = uncaught_text(iso, exception);
  if (!text || !print_string(iso, text)) fputs(stack ? stack : error_text_of_value(iso, exception), stderr);
  fputc('\n', stderr);
  print_footer();
}

// ---- Handlers ----

// ERR_UNHANDLED_REJECTION for reasons that are no errors.
static Value wrap_reason(Isolate *iso, Value reason) {
  if (value_is_kind(reason, KIND_ERROR)) return reason;
  Value wrap = node_builtin_export(iso, "internal/uncaught", "rejectionError");
  Value error = wrap ? CALL1(iso, wrap, VALUE_UNDEFINED, reason) : VALUE_FAIL;
  if (!iso->terminating) iso->exception = VALUE_EMPTY;
  return error ? error : reason;
}

// 1: handled, 0: not, -1: the handler threw (its error is what is reported), or the program ended meanwhile.
static int call_handlers(Isolate *iso, NodeState *node, Value *exception, Value promise) {
  if (!node_has_callback(node, CALLBACK_UNCAUGHT)) return 0;
  bool is_promise = promise != VALUE_EMPTY;
  Value args[] = {*exception, is_promise ? promise : VALUE_UNDEFINED, value_from_bool(is_promise)};
  Value handled = call_function(iso, node->callbacks[CALLBACK_UNCAUGHT], VALUE_UNDEFINED, 3, args);
  if (iso->terminating) return -1;
  if (handled) return to_boolean(iso, handled);
  *exception = isolate_take_exception(iso);
  return -1;
}

// The parent of a worker hears of the error instead of stderr.
static void tell_parent(Isolate *iso, Value exception) {
  Value f = node_builtin_export(iso, "internal/worker/child", "reportFatal");
  if (f) (void)!CALL1(iso, f, VALUE_UNDEFINED, exception);
  if (!iso->terminating) iso->exception = VALUE_EMPTY;
}

bool node_uncaught(Host *host, Value exception, Value promise) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (iso->terminating) return false;
  int handled = call_handlers(iso, node, &exception, promise);
  if (iso->terminating) return false;
  if (handled > 0) return true;
  if (promise != VALUE_EMPTY && handled == 0) exception = wrap_reason(iso, exception);
  if (host->self) tell_parent(iso, exception);
  else node_print_exception(iso, exception, promise != VALUE_EMPTY);
  if (iso->terminating) return false;
  host->exit_code = handled < 0 && !host->self ? 7 : 1;
  int code = host->exit_code;
  if (node_has_callback(node, CALLBACK_EMIT_EXIT) && !node->exiting && !iso->terminating) {
    node->exiting = true;
    Value v = CALL2(iso, node->callbacks[CALLBACK_EMIT_EXIT], VALUE_UNDEFINED, value_from_int(code), VALUE_TRUE);
    if (iso->terminating) return false;
    if (v && value_is_int(v)) code = value_int(v);
    iso->exception = VALUE_EMPTY;
  }
  (void)host_stop(host, code);
  return false;
}

int node_finish(Host *host) {
  Isolate *iso = host->iso;
  NodeState *node = host->node;
  if (iso->terminating || node->exiting) return host->exit_code;
  node->exiting = true;
  if (!node_has_callback(node, CALLBACK_EMIT_EXIT)) return host->exit_code;
  Value v = CALL2(iso, node->callbacks[CALLBACK_EMIT_EXIT], VALUE_UNDEFINED, value_from_int(host->exit_code), VALUE_FALSE);
  if (iso->terminating) return host->exit_code;
  if (!v) {
    (void)node_uncaught(host, isolate_take_exception(iso), VALUE_EMPTY);
    return host->exit_code ? host->exit_code : 1;
  }
  if (value_is_int(v)) host->exit_code = value_int(v);
  loop_drain(host); // microtasks of the handlers still run; ticks are refused by now
  return host->exit_code;
}
