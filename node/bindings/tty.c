// SPDX-License-Identifier: MIT
// Terminals: size, raw mode. They are read and written as streams (stream_wrap.c).
// Tests: tests/node/tty/, tests/cli/repl*.sh.
#include <uv.h>

#include "base/platform.h"
#include "node/node_internal.h"

// ---- Size and mode ----

static Value tty_size(Isolate *iso, const Call *call) { // [columns, rows]
  i32 fd;
  u32 columns = 80, rows = 24;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  (void)platform_terminal_size(fd, &columns, &rows);
  Value pair[] = {value_from_u32(columns), value_from_u32(rows)};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static Value tty_set_raw_mode(Isolate *iso, const Call *call) { // fd, flag: 0 or a negative error
  i32 fd;
  TRY(binding_int(iso, call_arg(call, 0), &fd));
  int error = platform_terminal_raw(fd, call_arg(call, 1) == VALUE_TRUE);
  return value_from_int(error ? uv_translate_sys_error(error) : 0);
}

static const NativeMethod methods[] = {
    {"size", tty_size, 1, 0},
    {"setRawMode", tty_set_raw_mode, 2, 0},
};
const NodeBinding node_binding_tty = {"tty", methods, ARRAY_LEN(methods), NULL};
