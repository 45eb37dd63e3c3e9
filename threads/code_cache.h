// SPDX-License-Identifier: MIT
// Compiled code of the whole process by content: the second isolate that runs a file parses nothing.
#ifndef WEFT_THREADS_CODE_CACHE_H
#define WEFT_THREADS_CODE_CACHE_H

#include "vm/code_block.h"

typedef enum CodeCacheKind { CODE_CACHE_COMMONJS, CODE_CACHE_MODULE, CODE_CACHE_BUILTIN, CODE_CACHE_SCRIPT } CodeCacheKind;
typedef struct CodeCacheKey {
  u64 hash[2];
  u32 length;       // bytes
  u32 kind;         // CodeCacheKind
  const char *name; // borrowed: file name as shown in stack traces
} CodeCacheKey;
CodeCacheKey code_cache_key(const void *bytes, u32 length, CodeCacheKind kind, const char *name);
CodeBlock *code_cache_find(const CodeCacheKey *key);            // one reference, or NULL
void code_cache_add(const CodeCacheKey *key, CodeBlock *block); // takes a reference of its own; the first one stays
void code_cache_clear(void);                                    // for leak checkers, when no isolate runs any more

#endif
