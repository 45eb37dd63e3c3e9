// SPDX-License-Identifier: MIT
// Pipes as child_process.c gives them to the processes that it starts.
#ifndef WEFT_NODE_BINDINGS_PIPE_H
#define WEFT_NODE_BINDINGS_PIPE_H

#include <uv.h>

#include "node/node_internal.h"

// The stream behind a pipe object. NULL: TypeError, not a pipe or closed.
MUST_CHECK uv_stream_t *node_pipe_stream(Isolate *iso, Value v);
bool node_is_pipe(Value v);

#endif
