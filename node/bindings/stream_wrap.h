// SPDX-License-Identifier: MIT
// Streams of the loop (TCP, pipes, terminals) as other files of node/ use them: child processes that inherit them, and readers in C
// (the HTTP parser) that take bytes where they arrive, before anything is made of them.
#ifndef WEFT_NODE_BINDINGS_STREAM_WRAP_H
#define WEFT_NODE_BINDINGS_STREAM_WRAP_H

#include <uv.h>

#include "node/node_internal.h"

typedef struct NodeStream NodeStream;

// Somebody in C who reads a stream: read() gets bytes, which are only there during the call, or n < 0 (UV_EOF, or an error). It runs in the
// async context of the stream, may run JS and leaves no exception pending; the microtasks and ticks after it are run by the stream.
// closed() is the last call, when the stream is closed or somebody else reads it.
typedef struct NodeStreamReader {
  void (*read)(struct NodeStreamReader *reader, NodeStream *stream, ssize_t n, const char *bytes);
  void (*closed)(struct NodeStreamReader *reader);
} NodeStreamReader;

struct NodeStream {
  uv_close_cb on_closed; // first, as threads/event_loop.h asks
  Host *host;
  Persistent object; // the loop owns an open stream, and an open stream keeps its object
  Persistent buffer; // of somebody who wants to have all bytes in one place of his own, or nothing
  NodeStreamReader *reader;
  u64 bytes_read, bytes_written;
  bool closing, reads_much;
  union {
    uv_handle_t handle;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
    uv_tty_t tty;
  } uv;
};

bool node_is_stream(Value v);
// NULL: TypeError, not a stream or closed.
MUST_CHECK NodeStream *node_stream_of(Isolate *iso, Value v);
// A stream over a TCP socket of this process, without an owner. VALUE_FAIL: thrown; the descriptor is the caller's then.
MUST_CHECK Value node_stream_from_socket(Isolate *iso, int fd);
// Closes the stream, whose owner is told nothing, and gives a copy of its descriptor. Negative: libuv's error.
int node_stream_detach(NodeStream *stream);
// From now on, `reader` is told what comes; NULL: the stream's owner in JS is.
void node_stream_set_reader(NodeStream *stream, NodeStreamReader *reader);
// Writes at once what the system takes, and the rest, copied, later: then the owner is told. 0: all is written, 1: some is on its way,
// negative: libuv's error.
int node_stream_write(NodeStream *stream, const uv_buf_t *parts, u32 count);

#endif
