// SPDX-License-Identifier: MIT
// The two matchers: the same source for Latin-1 and for UTF-16 text, and what they share.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // memrchr
#endif
#include "base/unicode.h"
#include "base/utf.h"
#include "runtime/regexp/regexp_code.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BUDGET = 4096, STACK_WORDS_FIRST = 256 }; // steps between two polls
#define UNDO 0x80000000u
#define STACK_BYTES_DEFAULT (64u << 20)

bool regexp_in_ranges(const u32 *ranges, u32 count, u32 c) {
  u32 low = 0, high = count;
  while (low < high) {
    u32 mid = (low + high) / 2;
    if (c > ranges[2 * mid + 1]) {
      low = mid + 1;
    } else {
      high = mid;
    }
  }
  return low < count && c >= ranges[2 * low];
}

bool regexp_stack_grow(RegexpContext *ctx) {
  size_t bytes_max = ctx->stack_bytes_max ? ctx->stack_bytes_max : STACK_BYTES_DEFAULT;
  size_t capacity = ctx->stack_capacity ? (size_t)ctx->stack_capacity * 2 : STACK_WORDS_FIRST;
  if (ctx->stack_capacity && capacity * sizeof(u64) > bytes_max) return false;
  u64 *grown = base_try_alloc(capacity * sizeof(u64));
  if (!grown) return false;
  if (ctx->stack_capacity) memcpy(grown, ctx->stack, ctx->stack_capacity * sizeof(u64));
  base_free(ctx->stack);
  ctx->stack = grown;
  ctx->stack_capacity = (u32)capacity;
  return true;
}

// False if the match has to end.
static NOINLINE bool regexp_poll(RegexpContext *ctx, u64 steps) {
  if (ctx->interrupt && __atomic_load_n(ctx->interrupt, __ATOMIC_RELAXED) && ctx->on_interrupt && !ctx->on_interrupt(ctx->data)) {
    ctx->error = REGEXP_INTERRUPTED;
    return false;
  }
  if (ctx->steps_max && steps > ctx->steps_max) {
    ctx->error = REGEXP_STEPS_EXCEEDED;
    return false;
  }
  return true;
}

#define CH u8
#define WIDE 0
#define NAME(name) name##_latin1
#include "runtime/regexp/regexp_scan.inc.h"

#include "runtime/regexp/regexp_match.inc.h"
#undef CH
#undef WIDE
#undef NAME

#define CH u16
#define WIDE 1
#define NAME(name) name##_utf16
#include "runtime/regexp/regexp_scan.inc.h"

#include "runtime/regexp/regexp_match.inc.h"
