// SPDX-License-Identifier: MIT
// JavaScript that is part of the program, deflated: people read it in errors and by toString, programs run what gen_code made of it.
// tools/gen_embed.py writes the table at build time, generated/node/lib_embed.inc, and the bytes beside it.
#ifndef WEFT_BASE_EMBEDDED_H
#define WEFT_BASE_EMBEDDED_H

#include "base/base.h"

typedef struct EmbeddedFile {
  const char *name;        // path below lib/, without .js: "fs", "internal/util/inspect"
  u32 offset, packed_size; // in the blob, for inflate_bytes
  u32 size;                // of the UTF-8 source
  bool is_ascii;
  // What gen_code made of it (compiler/code_bytes.h), in the blob too. Size 0: nothing; packed size 0: it is not deflated.
  u32 code_offset, code_packed_size, code_size;
} EmbeddedFile;

// A table is sorted by name (strcmp) and ends with an entry whose name is NULL; include the .inc in one C file only.
extern const EmbeddedFile weft_embedded_node[];
extern const size_t weft_embedded_node_count;
extern const u8 weft_embedded_node_blob[];

#endif
