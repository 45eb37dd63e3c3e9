// SPDX-License-Identifier: MIT
// Inline caches: 16 bytes each, below the constants of a Code (negative indices from K), private to the isolate. They hold shapes and
// holders weakly: a full collection clears entries of dead shapes (ic_sweep).
//
// What the fields mean depends on the opcode that uses the entry (the opcode is quickened in place):
//   *_INLINE        offset: bytes from the object to the slot; payload: shape id that was here before, or 0
//   *_STORE         offset: bytes from the slot up to bf; payload the same
//   *_PROTO/_GETTER offset: proto_epoch; payload: Slot of the holder (the slot holds an Accessor for getters)
//   *_ABSENT        offset: proto_epoch
//   SET_PROP_ADD*   offset as above, low half; payload: new shape id | epoch << 32
//   *_POLY          payload: PolyCache*
//   GLOBAL_SLOT     payload: global object; offset: bytes from the slot up to bf
//   GLOBAL_LEXICAL  payload: Binding
#ifndef WEFT_VM_IC_H
#define WEFT_VM_IC_H

#include "vm/function.h"
#include "vm/isolate.h"
#include "vm/opcodes.h"

typedef struct InlineCache {
  u32 shape; // 0: empty
  u32 offset;
  u64 payload;
} InlineCache;
STATIC_ASSERT(sizeof(InlineCache) == 16);
#define IC_AT(K, i) ((InlineCache *)(void *)(K)-1 - (i))

enum { POLY_ENTRIES = 4 };
typedef struct PolyCache {
  u32 count;
  struct PolyEntry {
    InlineCache cache;
    u32 op; // the monomorphic opcode that would use `cache`
  } entries[POLY_ENTRIES];
} PolyCache;

typedef struct PolyList { // all polymorphic caches of a Code
  struct PolyList *next;
  PolyCache cache;
} PolyList;

// The isolate's megamorphic cache: (shape, key) -> how to get.
enum { MEGA_ENTRIES = 1024 };
typedef struct MegaEntry {
  u32 shape, op;
  PropertyKey key;
  u32 offset;
  u64 payload;
} MegaEntry;
typedef struct MegaCache {
  MegaEntry entries[MEGA_ENTRIES];
} MegaCache;

// Name of a cache, from the code's constant data.
PropertyKey ic_key(Isolate *iso, const Code *code, u32 ic);

// The complete operations, filling caches and quickening the instruction at `pc` (its opcode byte is *op). Run JS.
Value ic_get_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base);
bool ic_set_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base, Value v);
bool ic_init_prop(Isolate *iso, Code *code, u8 *op, u32 ic, Value base, Value v);
Value ic_get_global(Isolate *iso, Code *code, u8 *op, u32 ic, bool or_undefined);
bool ic_set_global(Isolate *iso, Code *code, u8 *op, u32 ic, Value v);
// The method of `base` for CALL_METHOD: may quicken to CALL_METHOD_PROTO / _OWN.
Value ic_get_method(Isolate *iso, Code *code, u8 *op, u32 ic, Value base);
// Get of an atom or symbol on an object at a keyed site: remembers in the isolate's global cache.
Value ic_get_keyed(Isolate *iso, JSObject *o, PropertyKey key);
// Set of any key on an object at a keyed site; likewise.
bool ic_set_keyed(Isolate *iso, const Code *code, JSObject *o, PropertyKey key, Value v);
// v instanceof target; remembers constructors with the built-in @@hasInstance: offset: proto_epoch; payload: bytes from the slot of their
// own `prototype` up to bf.
Value ic_instance_of(Isolate *iso, InlineCache *cache, Value v, Value target);
Value ic_get_private(Isolate *iso, Code *code, u32 ic, Value base, Value name);
bool ic_set_private(Isolate *iso, Code *code, u32 ic, Value base, Value name, Value v);

void ic_free_all(Code *code);      // native memory of a code's caches
void ic_sweep(Isolate *iso);       // after a full mark
void ic_clear_epoch(Isolate *iso); // proto_epoch wrapped around
void mega_cache_clear(Isolate *iso);

#endif
