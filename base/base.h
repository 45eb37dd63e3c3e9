// SPDX-License-Identifier: MIT
// The vocabulary that every file of weft shares: integer names, attributes, assertions.
// Nothing here allocates, and nothing here depends on another header of the project.
#ifndef WEFT_BASE_BASE_H
#define WEFT_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;
typedef unsigned __int128 u128;

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define NOINLINE __attribute__((noinline))
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define COLD __attribute__((noinline, cold))
#define NORETURN __attribute__((noreturn))
#define MUST_CHECK __attribute__((warn_unused_result))
#define UNUSED __attribute__((unused))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define FALLTHROUGH __attribute__((fallthrough))
#define NO_SANITIZE_ADDRESS __attribute__((no_sanitize("address")))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define CONTAINER_OF(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
#undef MIN // sys/param.h, which uv.h includes, brings its own
#undef MAX
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define ALIGN_UP(n, align) (((n) + ((align)-1)) & ~(__typeof__(n))((align)-1))

#define CONCAT_(a, b) a##b
#define CONCAT(a, b) CONCAT_(a, b)
#define STATIC_ASSERT(cond) _Static_assert(cond, #cond)

// Prints `file:line: message` on stderr and aborts. Never returns.
NORETURN COLD void base_panic(const char *file, int line, const char *message);

// CHECK holds in every build: it stands where a broken invariant would cost memory safety.
#define CHECK(cond) \
  do { \
    if (UNLIKELY(!(cond))) base_panic(__FILE__, __LINE__, "CHECK failed: " #cond); \
  } while (0)

// ASSERT documents an invariant, and proves it in debug and sanitizer builds.
#ifdef WEFT_ASSERTS
#define ASSERT(cond) \
  do { \
    if (UNLIKELY(!(cond))) base_panic(__FILE__, __LINE__, "ASSERT failed: " #cond); \
  } while (0)
#else
#define ASSERT(cond) ((void)sizeof(!(cond)))
#endif

#ifdef WEFT_ASSERTS
#define UNREACHABLE() base_panic(__FILE__, __LINE__, "unreachable")
#else
#define UNREACHABLE() __builtin_unreachable()
#endif

// Allocation for native memory whose size no script can choose: aborts cleanly when memory is gone.
// Memory whose size a script chooses is asked for with base_try_alloc, and its failure becomes a RangeError.
MUST_CHECK void *base_alloc(size_t size); // uninitialised
MUST_CHECK void *base_alloc_zeroed(size_t size);
MUST_CHECK void *base_realloc(void *ptr, size_t size);
MUST_CHECK void *base_try_alloc(size_t size);              // NULL when there is none
MUST_CHECK void *base_try_alloc_zeroed(size_t size);       // NULL when there is none
MUST_CHECK void *base_try_realloc(void *ptr, size_t size); // NULL when there is none: ptr stays
void base_free(void *ptr);
// Sees to it that some address space is left over for small allocations, which must not fail: who wants much asks this first. false: there is
// none; the others have used it up.
MUST_CHECK bool base_keep_reserve(void);
void base_trim(void); // gives freed memory back to the system, as far as the C library can; takes milliseconds

#endif
