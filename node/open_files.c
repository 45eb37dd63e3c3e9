// SPDX-License-Identifier: MIT
// Descriptors that a worker has opened and not closed: they are closed at its end (trackUnmanagedFds). Descriptors belong to the process;
// those that others opened are none of the worker's business, as little as what it opens is theirs.
// Tests: tests/threads/workers/descriptors.js.
#include <uv.h>

#include "node/node_internal.h"

static void close_now(int fd) {
  uv_fs_t request;
  (void)uv_fs_close(NULL, &request, fd, NULL);
  uv_fs_req_cleanup(&request);
}

// Best effort: a warning that cannot be made is none.
static void warn(Isolate *iso, int fd, const char *what) {
  char text[96];
  (void)snprintf(text, sizeof text, "File descriptor %d %s", fd, what);
  Value emit = node_builtin_export(iso, "process", "emitWarning"), message = emit ? binding_string(iso, text) : VALUE_FAIL;
  if (!message || !CALL1(iso, emit, VALUE_UNDEFINED, message)) {
    if (!iso->terminating) (void)isolate_take_exception(iso);
  }
}

void node_file_opened(Isolate *iso, int fd) {
  NodeState *node = node_of(iso);
  if (!node->track_files) return;
  for (u32 i = 0; i < node->open_files.len; i++) {
    if (node->open_files.data[i] != fd) continue;
    warn(iso, fd, "opened in unmanaged mode twice");
    return;
  }
  vec_push(&node->open_files, fd);
}

void node_file_closing(Isolate *iso, int fd) {
  NodeState *node = node_of(iso);
  if (!node->track_files) return;
  for (u32 i = 0; i < node->open_files.len; i++) {
    if (node->open_files.data[i] != fd) continue;
    node->open_files.data[i] = vec_last(&node->open_files);
    node->open_files.len--;
    return;
  }
  warn(iso, fd, "closed but not opened in unmanaged mode");
}

void node_file_abandoned(int fd) { close_now(fd); }

void node_close_files(NodeState *node) {
  for (u32 i = 0; i < node->open_files.len; i++) close_now(node->open_files.data[i]);
  vec_free(&node->open_files);
}
