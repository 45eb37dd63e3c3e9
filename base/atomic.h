// SPDX-License-Identifier: MIT
// Atomic access by operand size, for SharedArrayBuffer, reference counts and flags between threads.
// The macros work on any integer lvalue of 1, 2, 4 or 8 bytes through a pointer, aligned by its size.
// Plain reads and writes of shared memory by JS are relaxed atomics, so that a data race is never undefined in C.
#ifndef WEFT_BASE_ATOMIC_H
#define WEFT_BASE_ATOMIC_H

#include "base/base.h"

#define atomic_load_relaxed(p) __atomic_load_n(p, __ATOMIC_RELAXED)
#define atomic_load_acquire(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define atomic_load_seq(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define atomic_store_relaxed(p, v) __atomic_store_n(p, v, __ATOMIC_RELAXED)
#define atomic_store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
#define atomic_store_seq(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
// Each returns the value before.
#define atomic_add_seq(p, v) __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)
#define atomic_sub_seq(p, v) __atomic_fetch_sub(p, v, __ATOMIC_SEQ_CST)
#define atomic_and_seq(p, v) __atomic_fetch_and(p, v, __ATOMIC_SEQ_CST)
#define atomic_or_seq(p, v) __atomic_fetch_or(p, v, __ATOMIC_SEQ_CST)
#define atomic_xor_seq(p, v) __atomic_fetch_xor(p, v, __ATOMIC_SEQ_CST)
#define atomic_exchange_seq(p, v) __atomic_exchange_n(p, v, __ATOMIC_SEQ_CST)
#define atomic_add_relaxed(p, v) __atomic_fetch_add(p, v, __ATOMIC_RELAXED)
// If *p equals *expected, stores desired and is true; otherwise *expected becomes what was there.
#define atomic_compare_exchange_seq(p, expected, desired) \
  __atomic_compare_exchange_n(p, expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define atomic_fence_seq() __atomic_thread_fence(__ATOMIC_SEQ_CST)

typedef enum AtomicOp { ATOMIC_ADD, ATOMIC_AND, ATOMIC_EXCHANGE, ATOMIC_OR, ATOMIC_SUB, ATOMIC_XOR } AtomicOp;

static inline u64 atomic_load_sized(const void *p, u32 size) {
  switch (size) {
  case 1: return atomic_load_seq((const u8 *)p);
  case 2: return atomic_load_seq((const u16 *)p);
  case 4: return atomic_load_seq((const u32 *)p);
  default: return atomic_load_seq((const u64 *)p);
  }
}

static inline void atomic_store_sized(void *p, u32 size, u64 v) {
  switch (size) {
  case 1: atomic_store_seq((u8 *)p, (u8)v); return;
  case 2: atomic_store_seq((u16 *)p, (u16)v); return;
  case 4: atomic_store_seq((u32 *)p, (u32)v); return;
  default: atomic_store_seq((u64 *)p, v); return;
  }
}

#define ATOMIC_OP_(T, p, op, v) \
  switch (op) { \
  case ATOMIC_ADD: return atomic_add_seq((T *)(p), (T)(v)); \
  case ATOMIC_AND: return atomic_and_seq((T *)(p), (T)(v)); \
  case ATOMIC_EXCHANGE: return atomic_exchange_seq((T *)(p), (T)(v)); \
  case ATOMIC_OR: return atomic_or_seq((T *)(p), (T)(v)); \
  case ATOMIC_SUB: return atomic_sub_seq((T *)(p), (T)(v)); \
  default: return atomic_xor_seq((T *)(p), (T)(v)); \
  }

// Read-modify-write of `size` bytes (1, 2, 4, 8); returns the bits before, zero-extended.
static inline u64 atomic_modify_sized(void *p, u32 size, AtomicOp op, u64 v) {
  switch (size) {
  case 1: ATOMIC_OP_(u8, p, op, v)
  case 2: ATOMIC_OP_(u16, p, op, v)
  case 4: ATOMIC_OP_(u32, p, op, v)
  default: ATOMIC_OP_(u64, p, op, v)
  }
}

// Returns the bits that were there, whether or not they were exchanged.
static inline u64 atomic_compare_exchange_sized(void *p, u32 size, u64 expected, u64 desired) {
  u8 e8 = (u8)expected;
  u16 e16 = (u16)expected;
  u32 e32 = (u32)expected;
  switch (size) {
  case 1: (void)atomic_compare_exchange_seq((u8 *)p, &e8, (u8)desired); return e8;
  case 2: (void)atomic_compare_exchange_seq((u16 *)p, &e16, (u16)desired); return e16;
  case 4: (void)atomic_compare_exchange_seq((u32 *)p, &e32, (u32)desired); return e32;
  default: (void)atomic_compare_exchange_seq((u64 *)p, &expected, desired); return expected;
  }
}

// A hint in a spin loop.
static ALWAYS_INLINE void atomic_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
