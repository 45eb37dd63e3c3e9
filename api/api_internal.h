// SPDX-License-Identifier: MIT
// What the files of api/ share: the isolate as hosts see it, the way values go in and out, and the check of rule 1.
#ifndef WEFT_API_API_INTERNAL_H
#define WEFT_API_API_INTERNAL_H

#include "base/base.h"
#include "base/sync.h"
#include "node/node.h"
#include "vm/cells.h"
#include "vm/isolate.h"
#include "weft/weft.h"

struct WeftIsolate {
  Host *host;
  NodeOptions options;
  bool has_node;                                                           // with Node's globals and modules
  u64 thread;                                                              // that may use it
  void *data;                                                              // of the embedder
  void (*uncaught)(WeftIsolate *isolate, WeftValue exception, void *data); // NULL: printed on stderr
  void *uncaught_data;
  bool has_scope;  // some scope is open
  u32 kept_count;  // values in `kept`
  Persistent kept; // ValueArray of the values that open scopes keep, or EMPTY
};

#ifdef WEFT_ASSERTS
Isolate *api_isolate_checked(const WeftIsolate *isolate, const char *function); // aborts with a line that says what is wrong
#define ISOLATE(w) api_isolate_checked((w), __func__)
#else
#define ISOLATE(w) ((w)->host->iso)
#endif

static ALWAYS_INLINE Value value_in(WeftValue v) { return (Value)(void *)v; }
static ALWAYS_INLINE WeftValue value_as_handle(Value v) { return (WeftValue)(void *)v; }
void api_keep(WeftIsolate *isolate, Value v);
// Every value that leaves through a function with an isolate.
static ALWAYS_INLINE WeftValue value_out(WeftIsolate *isolate, Value v) {
  if (UNLIKELY(isolate->has_scope) && v) api_keep(isolate, v);
  return value_as_handle(v);
}
static inline WeftIsolate *api_of(Isolate *iso) { return host_of(iso)->embedder; }
static inline size_t api_text_size(const char *utf8, size_t size) { return size == WEFT_TEXT_END ? strlen(utf8) : size; }

#endif
