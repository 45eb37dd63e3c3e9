// SPDX-License-Identifier: MIT
// Every access of JavaScript to memory that other threads may write at the same time (SharedArrayBuffer). Plain reads and
// writes of elements are relaxed atomics of the element's size: the same machine code as ordinary ones on x86-64 and
// AArch64, but no data race in C. Bulk copies go word by word in the same way.
#ifndef WEFT_VM_MEMORY_ACCESS_H
#define WEFT_VM_MEMORY_ACCESS_H

#include "base/atomic.h"

// `p` is aligned by the size.
static ALWAYS_INLINE u8 memory_load8(const void *p) { return atomic_load_relaxed((const u8 *)p); }
static ALWAYS_INLINE u16 memory_load16(const void *p) { return atomic_load_relaxed((const u16 *)p); }
static ALWAYS_INLINE u32 memory_load32(const void *p) { return atomic_load_relaxed((const u32 *)p); }
static ALWAYS_INLINE u64 memory_load64(const void *p) { return atomic_load_relaxed((const u64 *)p); }
static ALWAYS_INLINE void memory_store8(void *p, u8 v) { atomic_store_relaxed((u8 *)p, v); }
static ALWAYS_INLINE void memory_store16(void *p, u16 v) { atomic_store_relaxed((u16 *)p, v); }
static ALWAYS_INLINE void memory_store32(void *p, u32 v) { atomic_store_relaxed((u32 *)p, v); }
static ALWAYS_INLINE void memory_store64(void *p, u64 v) { atomic_store_relaxed((u64 *)p, v); }

static ALWAYS_INLINE float memory_load_float(const void *p) {
  u32 bits = memory_load32(p);
  float f;
  memcpy(&f, &bits, 4);
  return f;
}
static ALWAYS_INLINE double memory_load_double(const void *p) {
  u64 bits = memory_load64(p);
  double d;
  memcpy(&d, &bits, 8);
  return d;
}
static ALWAYS_INLINE void memory_store_float(void *p, float f) {
  u32 bits;
  memcpy(&bits, &f, 4);
  memory_store32(p, bits);
}
static ALWAYS_INLINE void memory_store_double(void *p, double d) {
  u64 bits;
  memcpy(&bits, &d, 8);
  memory_store64(p, bits);
}

// Copies between memories of which at least one may be shared. Bytes of one aligned word are not torn apart when both
// sides are aligned alike.
void memory_copy_shared(void *to, const void *from, size_t size); // must not overlap
void memory_move_shared(void *to, const void *from, size_t size); // may overlap
void memory_fill_shared(void *to, u8 byte, size_t size);
int memory_compare_shared(const void *a, const void *b, size_t size); // as memcmp

// The same with looks at the interrupts in between, for sizes that a script chooses. false: thrown or terminating, a part is done.
enum { MEMORY_POLL_BYTES = 4 << 20 };
struct Isolate;
MUST_CHECK bool memory_copy_large(struct Isolate *iso, void *to, const void *from, size_t size, bool shared);
MUST_CHECK bool memory_move_large(struct Isolate *iso, void *to, const void *from, size_t size, bool shared);
MUST_CHECK bool memory_compare_polling(struct Isolate *iso, const void *a, const void *b, size_t size, bool shared, int *order);
// Writes one more copy of the first `unit` bytes behind the other until `size` bytes are full.
MUST_CHECK bool memory_repeat_polling(struct Isolate *iso, void *start, size_t unit, size_t size, bool shared);

static inline void memory_copy(void *to, const void *from, size_t size, bool shared) {
  if (UNLIKELY(shared)) memory_copy_shared(to, from, size);
  else if (size) memcpy(to, from, size);
}
static inline void memory_move(void *to, const void *from, size_t size, bool shared) {
  if (UNLIKELY(shared)) memory_move_shared(to, from, size);
  else if (size) memmove(to, from, size);
}
static inline void memory_fill(void *to, u8 byte, size_t size, bool shared) {
  if (UNLIKELY(shared)) memory_fill_shared(to, byte, size);
  else if (size) memset(to, byte, size);
}

MUST_CHECK static inline bool memory_copy_polling(struct Isolate *iso, void *to, const void *from, size_t size, bool shared) {
  if (UNLIKELY(size > MEMORY_POLL_BYTES)) return memory_copy_large(iso, to, from, size, shared);
  memory_copy(to, from, size, shared);
  return true;
}
MUST_CHECK static inline bool memory_move_polling(struct Isolate *iso, void *to, const void *from, size_t size, bool shared) {
  if (UNLIKELY(size > MEMORY_POLL_BYTES)) return memory_move_large(iso, to, from, size, shared);
  memory_move(to, from, size, shared);
  return true;
}

#endif
