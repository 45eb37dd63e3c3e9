// SPDX-License-Identifier: MIT
// JavaScript that is part of the program. tools/gen_embed.c writes the tables at build time:
// generated/node/lib_embed.inc defines weft_embedded_node, generated/runtime/lib_embed.inc weft_embedded_runtime.
#ifndef WEFT_BASE_EMBEDDED_H
#define WEFT_BASE_EMBEDDED_H

#include "base/base.h"

typedef struct EmbeddedFile {
  const char *name; // path below lib/, without .js: "fs", "internal/util/inspect"
  const char *data; // UTF-8 source, followed by a NUL that is not counted
  size_t size;      // bytes
} EmbeddedFile;

// A table is sorted by name (strcmp) and ends with an entry whose name is NULL; include the .inc in one C file only.
extern const EmbeddedFile weft_embedded_node[];
extern const size_t weft_embedded_node_count;
extern const EmbeddedFile weft_embedded_runtime[];
extern const size_t weft_embedded_runtime_count;

// The same files compiled, in the same order (tools/gen_code.c); size 0: not compiled. Bytes of compiler/code_bytes.h in the blob.
typedef struct EmbeddedCode {
  u32 offset, size;
} EmbeddedCode;
extern const EmbeddedCode weft_code_node[];
extern const u8 weft_code_node_blob[];

#endif
