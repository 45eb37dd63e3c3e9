// SPDX-License-Identifier: MIT
// Bulk copies of shared memory by relaxed atomics, a word at a time where both sides are aligned.
// Tests: tests/unit/vm/test_buffer.c.
#include "vm/memory_access.h"

#include "vm/call.h"
#include "vm/isolate.h"

static bool aligned_alike(const void *a, const void *b) { return !(((uintptr_t)a ^ (uintptr_t)b) & 7); }

static void copy_up(u8 *to, const u8 *from, size_t size) {
  size_t i = 0;
  if (aligned_alike(to, from)) {
    for (; i < size && (uintptr_t)(to + i) & 7; i++) memory_store8(to + i, memory_load8(from + i));
    for (; i + 8 <= size; i += 8) memory_store64(to + i, memory_load64(from + i));
  }
  for (; i < size; i++) memory_store8(to + i, memory_load8(from + i));
}

static void copy_down(u8 *to, const u8 *from, size_t size) {
  size_t i = size;
  if (aligned_alike(to, from)) {
    for (; i && (uintptr_t)(to + i) & 7; i--) memory_store8(to + i - 1, memory_load8(from + i - 1));
    for (; i >= 8; i -= 8) memory_store64(to + i - 8, memory_load64(from + i - 8));
  }
  for (; i; i--) memory_store8(to + i - 1, memory_load8(from + i - 1));
}

void memory_copy_shared(void *to, const void *from, size_t size) { copy_up(to, from, size); }

void memory_move_shared(void *to, const void *from, size_t size) {
  if ((uintptr_t)to <= (uintptr_t)from) copy_up(to, from, size);
  else copy_down(to, from, size);
}

void memory_fill_shared(void *to, u8 byte, size_t size) {
  u8 *p = to;
  u64 word = 0x0101010101010101ull * byte;
  size_t i = 0;
  for (; i < size && (uintptr_t)(p + i) & 7; i++) memory_store8(p + i, byte);
  for (; i + 8 <= size; i += 8) memory_store64(p + i, word);
  for (; i < size; i++) memory_store8(p + i, byte);
}

int memory_compare_shared(const void *a, const void *b, size_t size) {
  const u8 *p = a, *q = b;
  for (size_t i = 0; i < size; i++) {
    int difference = memory_load8(p + i) - memory_load8(q + i);
    if (difference) return difference;
  }
  return 0;
}

// ---- With polls ----

bool memory_copy_large(Isolate *iso, void *to, const void *from, size_t size, bool shared) {
  for (size_t done = 0; done < size; done += MEMORY_POLL_BYTES) {
    if (done) TRY(isolate_poll(iso));
    memory_copy((u8 *)to + done, (const u8 *)from + done, MIN(size - done, (size_t)MEMORY_POLL_BYTES), shared);
  }
  return true;
}

bool memory_move_large(Isolate *iso, void *to, const void *from, size_t size, bool shared) {
  if ((uintptr_t)to <= (uintptr_t)from) {
    for (size_t done = 0; done < size; done += MEMORY_POLL_BYTES) {
      if (done) TRY(isolate_poll(iso));
      memory_move((u8 *)to + done, (const u8 *)from + done, MIN(size - done, (size_t)MEMORY_POLL_BYTES), shared);
    }
    return true;
  }
  for (size_t left = size; left;) {
    size_t n = MIN(left, (size_t)MEMORY_POLL_BYTES);
    left -= n;
    memory_move((u8 *)to + left, (const u8 *)from + left, n, shared);
    if (left) TRY(isolate_poll(iso));
  }
  return true;
}

bool memory_compare_polling(Isolate *iso, const void *a, const void *b, size_t size, bool shared, int *order) {
  *order = 0;
  for (size_t done = 0; done < size && !*order; done += MEMORY_POLL_BYTES) {
    const u8 *p = (const u8 *)a + done, *q = (const u8 *)b + done;
    size_t n = MIN(size - done, (size_t)MEMORY_POLL_BYTES);
    if (done) TRY(isolate_poll(iso));
    *order = shared ? memory_compare_shared(p, q, n) : memcmp(p, q, n);
  }
  return true;
}

bool memory_repeat_polling(Isolate *iso, void *start, size_t unit, size_t size, bool shared) {
  size_t chunk = unit;
  for (size_t done = unit; done < size;) {
    size_t n = MIN(chunk, size - done);
    memory_copy((u8 *)start + done, start, n, shared);
    done += n;
    if (chunk < MEMORY_POLL_BYTES / 4) chunk *= 2; // what is copied again and again stays in the cache
    else TRY(isolate_poll(iso));
  }
  return true;
}
