// SPDX-License-Identifier: MIT
// The weft program: what its arguments ask for. Options and exit codes are Node's where Node has them.
// Tests: tests/cli/.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "weft/weft.h"

typedef enum Mode { MODE_RUN, MODE_CHECK, MODE_EVAL, MODE_DUMP, MODE_TEST262, MODE_VERSION, MODE_HELP } Mode;

typedef struct Cli {
  WeftConfig config;
  WeftTest262 test;
  Mode mode;
  WeftGoal goal;
  WeftDump dump;
  bool print, interactive, gc_stats, use_stdin;
  const char *eval_text, *file;
  const char **requires, **imports, **conditions, **preludes, **env_files;
  size_t require_count, import_count, condition_count, prelude_count, env_file_count;
} Cli;

enum { EXIT_BAD_OPTION = 9 };

// ---- Options ----

typedef enum OptionId {
  OPT_VERSION,
  OPT_HELP,
  OPT_CHECK,
  OPT_EVAL,
  OPT_PRINT,
  OPT_INTERACTIVE,
  OPT_REQUIRE,
  OPT_IMPORT,
  OPT_INPUT_TYPE,
  OPT_CONDITIONS,
  OPT_ENV_FILE,
  OPT_ENV_FILE_IF_EXISTS,
  OPT_DUMP_AST,
  OPT_DUMP_BYTECODE,
  OPT_GC_STATS,
  OPT_TRACE_GC,
  OPT_HEAP_LIMIT,
  OPT_MAX_OLD_SPACE,
  OPT_STACK_SIZE,
  OPT_GC_STRESS,
  OPT_EXPOSE_GC,
  OPT_EAGER_BUILTINS,
  OPT_STACK_TRACE_LIMIT,
  OPT_NO_WARNINGS,
  OPT_NO_DEPRECATION,
  OPT_TRACE_DEPRECATION,
  OPT_THROW_DEPRECATION,
  OPT_TRACE_UNCAUGHT,
  OPT_UNHANDLED_REJECTIONS,
  OPT_PRESERVE_SYMLINKS,
  OPT_TEST262,
  OPT_PRELUDE,
  OPT_MODULE,
  OPT_NO_CAN_BLOCK,
  OPT_IGNORED,
} OptionId;

typedef enum ValueKind { TAKES_NOTHING, TAKES_VALUE } ValueKind;

typedef struct Option {
  const char *name, *short_name;
  OptionId id;
  ValueKind kind;
  const char *value_name, *help; // help NULL: not shown
} Option;

static const Option options[] = {
    {"--version", "-v", OPT_VERSION, TAKES_NOTHING, NULL, "print weft's version"},
    {"--help", "-h", OPT_HELP, TAKES_NOTHING, NULL, "print this text"},
    {"--check", "-c", OPT_CHECK, TAKES_NOTHING, NULL, "check the syntax of a file without running it"},
    {"--eval", "-e", OPT_EVAL, TAKES_VALUE, "TEXT", "run TEXT"},
    {"--print", "-p", OPT_PRINT, TAKES_VALUE, "TEXT", "run TEXT and print its value"},
    {"--interactive", "-i", OPT_INTERACTIVE, TAKES_NOTHING, NULL, "start the REPL even if stdin is no terminal"},
    {"--require", "-r", OPT_REQUIRE, TAKES_VALUE, "MODULE", "load MODULE before the program"},
    {"--import", NULL, OPT_IMPORT, TAKES_VALUE, "MODULE", "import MODULE before the program"},
    {"--input-type", NULL, OPT_INPUT_TYPE, TAKES_VALUE, "TYPE", "what -e, -p and stdin hold: commonjs or module"},
    {"--conditions", "-C", OPT_CONDITIONS, TAKES_VALUE, "NAME", "a further condition for package.json exports and imports"},
    {"--env-file", NULL, OPT_ENV_FILE, TAKES_VALUE, "FILE", "environment variables, where there are none of the name yet"},
    {"--env-file-if-exists", NULL, OPT_ENV_FILE_IF_EXISTS, TAKES_VALUE, "FILE", "the same, if there is such a file"},
    {"--stack-trace-limit", NULL, OPT_STACK_TRACE_LIMIT, TAKES_VALUE, "N", "frames in a stack trace (10)"},
    {"--unhandled-rejections", NULL, OPT_UNHANDLED_REJECTIONS, TAKES_VALUE, "MODE",
     "throw, strict, warn, none or warn-with-error-codes"},
    {"--no-warnings", NULL, OPT_NO_WARNINGS, TAKES_NOTHING, NULL, "no process warnings on stderr"},
    {"--no-deprecation", NULL, OPT_NO_DEPRECATION, TAKES_NOTHING, NULL, "no deprecation warnings"},
    {"--trace-deprecation", NULL, OPT_TRACE_DEPRECATION, TAKES_NOTHING, NULL, "stack traces of deprecation warnings"},
    {"--throw-deprecation", NULL, OPT_THROW_DEPRECATION, TAKES_NOTHING, NULL, "deprecations are errors"},
    {"--trace-uncaught", NULL, OPT_TRACE_UNCAUGHT, TAKES_NOTHING, NULL, "show where an uncaught value was thrown"},
    {"--preserve-symlinks", NULL, OPT_PRESERVE_SYMLINKS, TAKES_NOTHING, NULL, "do not resolve symbolic links of modules"},
    {"--heap-limit", NULL, OPT_HEAP_LIMIT, TAKES_VALUE, "MB", "limit of the heap"},
    {"--stack-size", NULL, OPT_STACK_SIZE, TAKES_VALUE, "KB", "size of the JavaScript stack"},
    {"--expose-gc", NULL, OPT_EXPOSE_GC, TAKES_NOTHING, NULL, "a global function gc()"},
    {"--gc-stats", NULL, OPT_GC_STATS, TAKES_NOTHING, NULL, "print statistics of the collector at the end"},
    {"--trace-gc", NULL, OPT_TRACE_GC, TAKES_NOTHING, NULL, "print a line for each collection"},
    {"--gc-stress", NULL, OPT_GC_STRESS, TAKES_VALUE, "N", "collect at every Nth slow allocation"},
    {"--eager-builtins", NULL, OPT_EAGER_BUILTINS, TAKES_NOTHING, NULL, "make all built-in objects at the start"},
    {"--dump-ast", NULL, OPT_DUMP_AST, TAKES_NOTHING, NULL, "print the syntax tree of a file"},
    {"--dump-bytecode", NULL, OPT_DUMP_BYTECODE, TAKES_NOTHING, NULL, "print the bytecode of a file"},
    {"--test262", NULL, OPT_TEST262, TAKES_NOTHING, NULL, "run a file as a test of test262"},
    {"--prelude", NULL, OPT_PRELUDE, TAKES_VALUE, "FILE", "with --test262: a script to run before"},
    {"--module", NULL, OPT_MODULE, TAKES_NOTHING, NULL, "with --test262: the file is a module"},
    {"--no-can-block", NULL, OPT_NO_CAN_BLOCK, TAKES_NOTHING, NULL, "with --test262: the agent may not block"},
    // Node's names for what weft does anyway, or spells otherwise.
    {"--max-old-space-size", NULL, OPT_MAX_OLD_SPACE, TAKES_VALUE, "MB", NULL},
    {"--experimental-vm-modules", NULL, OPT_IGNORED, TAKES_NOTHING, NULL, NULL},
    {"--experimental-require-module", NULL, OPT_IGNORED, TAKES_NOTHING, NULL, NULL},
    {"--enable-source-maps", NULL, OPT_IGNORED, TAKES_NOTHING, NULL, NULL},
    {"--trace-warnings", NULL, OPT_IGNORED, TAKES_NOTHING, NULL, NULL},
    {"--jitless", NULL, OPT_IGNORED, TAKES_NOTHING, NULL, NULL},
};
enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static int bad_option(const char *name) {
  fprintf(stderr, "weft: bad option: %s\n", name);
  return EXIT_BAD_OPTION;
}

static bool parse_number(const char *text, unsigned long max, unsigned long *out) {
  char *end;
  errno = 0;
  *out = strtoul(text, &end, 10);
  return *text >= '0' && *text <= '9' && !*end && !errno && *out <= max;
}

static int bad_value(const Option *option, const char *value) {
  fprintf(stderr, "weft: %s: invalid value '%s'\n", option->name, value);
  return EXIT_BAD_OPTION;
}

static int apply_number(Cli *cli, const Option *option, const char *value) {
  unsigned long n;
  if (!parse_number(value, option->id == OPT_HEAP_LIMIT || option->id == OPT_MAX_OLD_SPACE ? 1ul << 24 : INT_MAX, &n)) {
    return bad_value(option, value);
  }
  switch (option->id) {
  case OPT_HEAP_LIMIT:
  case OPT_MAX_OLD_SPACE: cli->config.heap_limit_bytes = (size_t)n << 20; break;
  case OPT_STACK_SIZE: cli->config.stack_size_bytes = (size_t)(n < 64 ? 64 : n) << 10; break;
  case OPT_GC_STRESS: cli->config.gc_stress_period = (unsigned)n; break;
  default: cli->config.has_stack_trace_limit = true; cli->config.stack_trace_limit = (int)n;
  }
  return 0;
}

static int apply_input_type(Cli *cli, const Option *option, const char *value) {
  if (strcmp(value, "module") == 0) cli->goal = WEFT_GOAL_MODULE;
  else if (strcmp(value, "commonjs") == 0) cli->goal = WEFT_GOAL_COMMONJS;
  else return bad_value(option, value);
  return 0;
}

static int apply_env_file(Cli *cli, const Option *option, const char *path) {
  if (access(path, R_OK) == 0) {
    cli->env_files[cli->env_file_count++] = path;
    return 0;
  }
  if (option->id == OPT_ENV_FILE_IF_EXISTS) {
    fprintf(stderr, "%s not found. Continuing without it.\n", path);
    return 0;
  }
  fprintf(stderr, "weft: %s: not found\n", path);
  return EXIT_BAD_OPTION;
}

// 0, or an exit code.
static int apply(Cli *cli, const Option *option, const char *value) {
  switch (option->id) {
  case OPT_VERSION: cli->mode = MODE_VERSION; break;
  case OPT_HELP: cli->mode = MODE_HELP; break;
  case OPT_CHECK: cli->mode = MODE_CHECK; break;
  case OPT_PRINT: cli->print = true; // fall through
  case OPT_EVAL:
    cli->mode = MODE_EVAL;
    cli->eval_text = value;
    break;
  case OPT_INTERACTIVE: cli->interactive = true; break;
  case OPT_REQUIRE:
    cli->requires
    [cli->require_count++] = value;
    break;
  case OPT_IMPORT: cli->imports[cli->import_count++] = value; break;
  case OPT_CONDITIONS: cli->conditions[cli->condition_count++] = value; break;
  case OPT_ENV_FILE:
  case OPT_ENV_FILE_IF_EXISTS: return apply_env_file(cli, option, value);
  case OPT_PRELUDE: cli->preludes[cli->prelude_count++] = value; break;
  case OPT_INPUT_TYPE: return apply_input_type(cli, option, value);
  case OPT_DUMP_AST:
  case OPT_DUMP_BYTECODE:
    cli->mode = MODE_DUMP;
    cli->dump = option->id == OPT_DUMP_AST ? WEFT_DUMP_AST : WEFT_DUMP_BYTECODE;
    break;
  case OPT_GC_STATS: cli->gc_stats = true; break;
  case OPT_TRACE_GC: cli->config.trace_gc = true; break;
  case OPT_EXPOSE_GC: cli->config.expose_gc = true; break;
  case OPT_EAGER_BUILTINS: cli->config.eager_builtins = true; break;
  case OPT_NO_WARNINGS: cli->config.no_warnings = true; break;
  case OPT_NO_DEPRECATION: cli->config.no_deprecation = true; break;
  case OPT_TRACE_DEPRECATION: cli->config.trace_deprecation = true; break;
  case OPT_THROW_DEPRECATION: cli->config.throw_deprecation = true; break;
  case OPT_TRACE_UNCAUGHT: cli->config.trace_uncaught = true; break;
  case OPT_UNHANDLED_REJECTIONS: cli->config.unhandled_rejections = value; break;
  case OPT_PRESERVE_SYMLINKS: cli->config.preserve_symlinks = true; break;
  case OPT_TEST262: cli->mode = MODE_TEST262; break;
  case OPT_MODULE: cli->test.module = true; break;
  case OPT_NO_CAN_BLOCK: cli->test.no_can_block = true; break;
  case OPT_IGNORED: break;
  default: return apply_number(cli, option, value);
  }
  return 0;
}

static bool same_name(const char *name, const char *text, size_t length) {
  if (strlen(name) != length) return false;
  for (size_t i = 0; i < length; i++) { // Node takes _ for - inside of names
    char c = text[i] == '_' && i > 1 ? '-' : text[i];
    if (name[i] != c) return false;
  }
  return true;
}

static const Option *find_option(const char *text, size_t length) {
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    if (same_name(options[i].name, text, length)) return &options[i];
    if (options[i].short_name && strlen(options[i].short_name) == length && memcmp(options[i].short_name, text, length) == 0)
      return &options[i];
  }
  return NULL;
}

// -p takes the script's text from the next argument, or from stdin when there is none; -pe is both.
static int parse_option(Cli *cli, int argc, char **argv, int *i) {
  const char *text = argv[*i], *equals = strchr(text, '=');
  if (strcmp(text, "-pe") == 0 || strcmp(text, "-ep") == 0) text = "-p";
  bool is_long = text[0] == '-' && text[1] == '-';
  const Option *option = find_option(text, is_long && equals ? (size_t)(equals - text) : strlen(text));
  if (!option) return bad_option(argv[*i]);
  if (option->kind == TAKES_NOTHING) return is_long && equals ? bad_option(argv[*i]) : apply(cli, option, NULL);
  const char *value = is_long && equals ? equals + 1 : NULL;
  if (!value && *i + 1 < argc) value = argv[++*i];
  if (!value) {
    fprintf(stderr, "weft: %s requires an argument\n", text);
    return EXIT_BAD_OPTION;
  }
  return apply(cli, option, value);
}

// Returns an exit code, or -1: go on. *rest: index of the first argument that is the program's.
static int parse_arguments(Cli *cli, int argc, char **argv, int *rest) {
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    if (strcmp(argv[i], "--") == 0) {
      i++;
      break;
    }
    int code = parse_option(cli, argc, argv, &i);
    if (code) return code;
  }
  cli->config.exec_args = (const char *const *)&argv[1];
  cli->config.exec_arg_count = (size_t)(i - 1);
  if (i < argc && cli->mode != MODE_EVAL) {
    if (strcmp(argv[i], "-") == 0) cli->use_stdin = true; // stays in process.argv
    else cli->file = argv[i++];
  }
  *rest = i;
  return -1;
}

// ---- NODE_OPTIONS: options as on the command line, which come first ----

// What Node takes there and weft has no use for. A word behind such an option that is none itself is its value.
static const char *const foreign_options[] = {
    "--abort-on-",
    "--addons",
    "--cpu-prof",
    "--deprecation",
    "--diagnostic-dir",
    "--disable-",
    "--dns-",
    "--enable-",
    "--entry-url",
    "--env-file",
    "--experimental-",
    "--extra-info",
    "--force-",
    "--frozen-",
    "--heap-prof",
    "--heapsnapshot-",
    "--icu-",
    "--insecure-",
    "--inspect",
    "--interpreted-",
    "--loader",
    "--localstorage",
    "--max-",
    "--network-",
    "--no-",
    "--node-snapshot",
    "--openssl-",
    "--pending-",
    "--perf-",
    "--permission",
    "--preserve-symlinks-main",
    "--redirect-",
    "--report-",
    "--secure-heap",
    "--strip-types",
    "--test-",
    "--title",
    "--tls-",
    "--trace-",
    "--track-",
    "--use-",
    "--v8-pool-size",
    "--verify-",
    "--warnings",
    "--watch-",
    "--zero-fill-",
};

static bool is_foreign(const char *word) {
  for (size_t i = 0; i < sizeof foreign_options / sizeof foreign_options[0]; i++) {
    if (strncmp(word, foreign_options[i], strlen(foreign_options[i])) == 0) return true;
  }
  return false;
}

static bool is_for_command_line(OptionId id) {
  switch (id) {
  case OPT_VERSION:
  case OPT_HELP:
  case OPT_CHECK:
  case OPT_EVAL:
  case OPT_PRINT:
  case OPT_INTERACTIVE:
  case OPT_DUMP_AST:
  case OPT_DUMP_BYTECODE:
  case OPT_TEST262:
  case OPT_PRELUDE:
  case OPT_MODULE:
  case OPT_NO_CAN_BLOCK: return true;
  default: return false;
  }
}

// Splits in place, at spaces outside of double quotes, in which a backslash keeps the next character. words[0] stays free, as in argv.
// Returns the count, words[0] included; -1: a quote is not closed.
static int split_words(char *text, char **words) {
  int count = 1;
  bool in_quotes = false, in_word = false;
  char *out = text;
  for (const char *p = text; *p; p++) {
    if (*p == ' ' && !in_quotes) {
      if (in_word) *out++ = 0;
      in_word = false;
      continue;
    }
    if (!in_word) words[count++] = out;
    in_word = true;
    if (*p == '"') in_quotes = !in_quotes;
    else if (*p == '\\' && in_quotes && p[1]) *out++ = *++p;
    else *out++ = *p;
  }
  if (in_word) *out = 0; // out never overtakes what is read
  return in_quotes ? -1 : count;
}

// 0, or an exit code.
static int parse_words(Cli *cli, int count, char **words) {
  for (int i = 1; i < count; i++) {
    if (words[i][0] != '-') continue; // as Node does
    const char *equals = strchr(words[i], '=');
    const Option *option = find_option(words[i], equals ? (size_t)(equals - words[i]) : strlen(words[i]));
    if (!option && is_foreign(words[i])) {
      if (!equals && i + 1 < count && words[i + 1][0] != '-') i++;
      continue;
    }
    if (!option || is_for_command_line(option->id)) {
      fprintf(stderr, "weft: %s is not allowed in NODE_OPTIONS\n", words[i]);
      return EXIT_BAD_OPTION;
    }
    int code = parse_option(cli, count, words, &i);
    if (code) return code;
  }
  return 0;
}

// Splits the variable; *words: its words, which point into *text; both to be freed. 0: there are none. -1: it is wrong.
static int read_node_options(char **text, char ***words) {
  const char *value = getenv("NODE_OPTIONS");
  if (!value || !*value) return 0;
  *text = strdup(value);
  *words = calloc(strlen(value) / 2 + 3, sizeof **words);
  int count = *text && *words ? split_words(*text, *words) : -1;
  if (count < 0) fputs("weft: invalid value for NODE_OPTIONS (unterminated string)\n", stderr);
  return count;
}

static void print_help(void) {
  puts("Usage: weft [options] [ FILE | -e TEXT | - ] [arguments]\n\nRuns FILE, TEXT or standard input as a JavaScript "
       "program.\n\nOptions:");
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const Option *o = &options[i];
    if (!o->help) continue;
    char names[80];
    snprintf(names, sizeof names, "%s%s%s%s%s", o->short_name ? o->short_name : "", o->short_name ? ", " : "", o->name,
             o->value_name ? "=" : "", o->value_name ? o->value_name : "");
    printf("  %-30s %s\n", names, o->help);
  }
}

// ---- Standard input ----

static char *read_stdin(size_t *size) {
  size_t capacity = 65536, length = 0;
  char *text = malloc(capacity);
  while (text) {
    if (length == capacity) {
      char *grown = realloc(text, capacity *= 2);
      if (!grown) break;
      text = grown;
    }
    ssize_t n = read(STDIN_FILENO, text + length, capacity - length);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      fprintf(stderr, "weft: cannot read standard input: %s\n", strerror(errno));
      free(text);
      return NULL;
    }
    if (n == 0) {
      *size = length;
      return text;
    }
    length += (size_t)n;
  }
  fputs("weft: out of memory\n", stderr);
  free(text);
  return NULL;
}

static int run_stdin(Cli *cli, WeftIsolate *isolate) {
  size_t size;
  char *text = read_stdin(&size);
  if (!text) return 1;
  int code = cli->mode == MODE_CHECK ? weft_check_text(isolate, text, size, "[stdin]", cli->goal)
                                     : weft_run_text(isolate, text, size, "[stdin]", cli->goal, cli->print);
  free(text);
  return code;
}

// ---- Running ----

static int run(Cli *cli, WeftIsolate *isolate) {
  if (cli->mode == MODE_EVAL)
    return weft_run_text(isolate, cli->eval_text, strlen(cli->eval_text), "[eval]", cli->goal, cli->print);
  if (cli->mode == MODE_DUMP) {
    if (cli->file) return weft_dump_file(isolate, cli->file, cli->goal, cli->dump, stdout);
    fputs("weft: a file is needed\n", stderr);
    return EXIT_BAD_OPTION;
  }
  if (cli->mode == MODE_CHECK && cli->file) return weft_check_file(isolate, cli->file);
  if (cli->file) return weft_run_file(isolate, cli->file);
  if (cli->use_stdin || cli->mode == MODE_CHECK) return run_stdin(cli, isolate);
  if (cli->interactive || isatty(STDIN_FILENO)) return weft_run_repl(isolate);
  return run_stdin(cli, isolate);
}

static int run_test262(Cli *cli) {
  if (!cli->file) {
    fputs("weft: --test262 needs a file\n", stderr);
    return EXIT_BAD_OPTION;
  }
  cli->test.size = sizeof cli->test;
  cli->test.file = cli->file;
  cli->test.preludes = cli->preludes;
  cli->test.prelude_count = cli->prelude_count;
  return weft_run_test262(&cli->config, &cli->test);
}

static int run_program(Cli *cli) {
  if (cli->mode == MODE_TEST262) return run_test262(cli);
  WeftIsolate *isolate = weft_isolate_new(&cli->config);
  if (!isolate) {
    fputs("weft: cannot make an isolate: out of memory\n", stderr);
    return 1;
  }
  int code = run(cli, isolate);
  if (cli->gc_stats) weft_print_gc_stats(isolate, stderr);
  if (fflush(stdout) != 0 && !code) code = 1;
#ifdef NDEBUG
  _exit(code); // the system takes the heap back faster than we could
#endif
  weft_isolate_delete(isolate);
  return code;
}

// The program's own file, to be freed; NULL when the system does not tell.
static char *exec_path(const char *argv0) {
  char *path = realpath("/proc/self/exe", NULL);
  return path ? path : realpath(argv0, NULL);
}

// As Node starts: a descriptor that the caller closed must not become the first file that is opened, and writing to a pipe that nobody
// reads is an error of that write.
static void prepare_stdio(void) {
  struct stat status;
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fstat(fd, &status) == 0 || errno != EBADF) continue;
    if (open("/dev/null", O_RDWR) != fd) abort();
  }
  signal(SIGPIPE, SIG_IGN);
}

// The collector frees large objects in heaps. By glibc's rule of 128 KB that gives the pages back to the system, to be fetched again one by
// one a moment later: JSON.stringify of 10 KB took three times as long, depending on what happened to lie above.
static void prepare_malloc(void) {
#ifdef __GLIBC__
  (void)mallopt(M_MMAP_THRESHOLD, 1 << 20);
  (void)mallopt(M_TRIM_THRESHOLD, 2 << 20);
#endif
}

int main(int argc, char **argv) {
  prepare_stdio();
  prepare_malloc();
  Cli cli = {.config = {.size = sizeof(WeftConfig), .node = true}};
  char *environment = NULL, **words = NULL;
  int word_count = read_node_options(&environment, &words);
  size_t most = (size_t)argc + (size_t)(word_count > 0 ? word_count : 0) + 1;
  const char **lists = calloc(most * 5, sizeof *lists);
  if (!lists) return 1;
  cli.requires = lists;
  cli.imports = lists + most;
  cli.conditions = lists + 2 * most;
  cli.preludes = lists + 3 * most;
  cli.env_files = lists + 4 * most;
  int rest = argc;
  int code = word_count < 0 ? EXIT_BAD_OPTION : parse_words(&cli, word_count, words);
  if (!code) code = parse_arguments(&cli, argc, argv, &rest);
  if (code >= 0) {
    free(words);
    free(environment);
    free(lists);
    return code;
  }
  cli.config.has_node_options = word_count > 1;
  char *own_path = exec_path(argv[0]);
  cli.config.exec_path = own_path ? own_path : argv[0];
  cli.config.argv0 = argv[0];
  cli.config.args = (const char *const *)&argv[rest];
  cli.config.arg_count = (size_t)(argc - rest);
  cli.config.requires = cli.requires;
  cli.config.require_count = cli.require_count;
  cli.config.imports = cli.imports;
  cli.config.import_count = cli.import_count;
  cli.config.conditions = cli.conditions;
  cli.config.condition_count = cli.condition_count;
  cli.config.env_files = cli.env_files;
  cli.config.env_file_count = cli.env_file_count;
  if (cli.mode == MODE_VERSION) printf("v%s\n", weft_version());
  else if (cli.mode == MODE_HELP) print_help();
  else code = run_program(&cli);
  free(words);
  free(environment);
  free(lists);
  free(own_path);
  return code < 0 ? 0 : code;
}
