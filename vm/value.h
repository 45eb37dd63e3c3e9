// SPDX-License-Identifier: MIT
// A JavaScript value in 64 bits. The encoding (NaN boxes with raw cell pointers):
//
//   0000:pppp:pppp:pppp   cell pointer (8-byte aligned): string, symbol, bigint or object
//   0000:0000:0000:0002   null            ...:000A undefined     ...:0006 false     ...:0007 true
//   0000:pppp:pppp:ppp2   LAZY: a built-in property that nobody has read yet (vm/builtin.h); lives only in slots
//   0002:... to FFFC:...  double, its bits plus 2^49
//   FFFE:0000:iiii:iiii   int32
//   0                     EMPTY: hole, uninitialised binding, and VALUE_FAIL; never a value that a script can hold
//
// Value is a pointer to a type that has no definition: integers and other pointers do not convert to it silently,
// it lives in a register, and `return 0` is failure in every function.
#ifndef WEFT_VM_VALUE_H
#define WEFT_VM_VALUE_H

#include "base/base.h"
#include "gc/cell.h"

typedef struct ValueBits_ *Value;

typedef struct Isolate Isolate;
typedef struct Realm Realm;
typedef struct Shape Shape;
typedef struct String String;
typedef struct Symbol Symbol;
typedef struct BigInt BigInt;
typedef struct JSObject JSObject;

#define TAG_INT 0xFFFE000000000000ull
#define DOUBLE_OFFSET 0x0002000000000000ull

static ALWAYS_INLINE u64 value_bits(Value v) { return (u64)(uintptr_t)v; }
static ALWAYS_INLINE Value value_from_bits(u64 bits) { return (Value)(uintptr_t)bits; }

#define VALUE_FAIL ((Value)0)
#define VALUE_EMPTY ((Value)0)
#define VALUE_NULL ((Value)0x02)
#define VALUE_UNDEFINED ((Value)0x0a)
#define VALUE_FALSE ((Value)0x06)
#define VALUE_TRUE ((Value)0x07)

static ALWAYS_INLINE bool value_is_int(Value v) { return value_bits(v) >= TAG_INT; }
static ALWAYS_INLINE bool value_is_number(Value v) { return (value_bits(v) & TAG_INT) != 0; }
static ALWAYS_INLINE bool value_is_double(Value v) { return value_is_number(v) && !value_is_int(v); }
static ALWAYS_INLINE bool value_is_cell(Value v) { return !(value_bits(v) & CELL_TAG_MASK); } // EMPTY passes: exclude it first
static ALWAYS_INLINE bool value_is_undefined(Value v) { return v == VALUE_UNDEFINED; }
static ALWAYS_INLINE bool value_is_null(Value v) { return v == VALUE_NULL; }
static ALWAYS_INLINE bool value_is_nullish(Value v) { return (value_bits(v) & ~8ull) == 2; }
static ALWAYS_INLINE bool value_is_boolean(Value v) { return (value_bits(v) & ~1ull) == 6; }
static ALWAYS_INLINE bool value_is_lazy(Value v) {
  return (value_bits(v) & 7) == 2 && value_bits(v) - 0x100 < 0x0001000000000000ull;
}

static ALWAYS_INLINE Cell *value_cell(Value v) { return (Cell *)v; }
static ALWAYS_INLINE Value value_from_cell(const void *cell) { return (Value)(uintptr_t)cell; }

static ALWAYS_INLINE i32 value_int(Value v) { return (i32)value_bits(v); }
static ALWAYS_INLINE Value value_from_int(i32 i) { return value_from_bits(TAG_INT | (u32)i); }
static ALWAYS_INLINE double value_double(Value v) {
  u64 bits = value_bits(v) - DOUBLE_OFFSET;
  double d;
  memcpy(&d, &bits, 8);
  return d;
}
// The double must not carry a foreign NaN payload: use value_from_untrusted_double for bits that a script can choose.
static ALWAYS_INLINE Value value_from_raw_double(double d) {
  u64 bits;
  memcpy(&bits, &d, 8);
  return value_from_bits(bits + DOUBLE_OFFSET);
}
// Canonical number value: int32 when the double is one (and not -0), else a double.
static ALWAYS_INLINE Value value_from_double(double d) {
  if (d >= -2147483648.0 && d <= 2147483647.0) {
    i32 i = (i32)d;
    if ((double)i == d && (i || !__builtin_signbit(d))) return value_from_int(i);
  }
  return value_from_raw_double(d);
}
static inline Value value_from_untrusted_double(double d) { return value_from_double(d == d ? d : __builtin_nan("")); }
static ALWAYS_INLINE double value_number(Value v) { return value_is_int(v) ? value_int(v) : value_double(v); }
static ALWAYS_INLINE Value value_from_bool(bool b) { return b ? VALUE_TRUE : VALUE_FALSE; }
static ALWAYS_INLINE Value value_from_u32(u32 u) {
  return u <= INT32_MAX ? value_from_int((i32)u) : value_from_raw_double((double)u);
}
static inline Value value_from_i64(i64 i) { // exact up to 2^53
  return i >= INT32_MIN && i <= INT32_MAX ? value_from_int((i32)i) : value_from_raw_double((double)i);
}

// ---- Failure. A JS exception lives in iso->exception; the return value only says that there is one. ----

// Evaluates e; returns 0 from the enclosing function (VALUE_FAIL, NULL, false, TRI_FAIL) when e is 0.
#define TRY(e) \
  ({ \
    __auto_type try_ = (e); \
    if (UNLIKELY(!try_)) return 0; \
    try_; \
  })
// For what the specification says cannot fail.
#define MUST(e) \
  ({ \
    __auto_type must_ = (e); \
    ASSERT(must_); \
    must_; \
  })

typedef enum Tri { TRI_FAIL = 0, TRI_NO, TRI_YES } Tri; // answer of a predicate that may throw
static ALWAYS_INLINE Tri tri(bool b) { return b ? TRI_YES : TRI_NO; }

// ---- Property keys ----

// An atom (interned string that is not an array index), a symbol, or an array index 0 .. 2^32 - 2 in int32's tag.
typedef struct PropertyKeyBits_ *PropertyKey;

static ALWAYS_INLINE u64 key_bits(PropertyKey k) { return (u64)(uintptr_t)k; }
static ALWAYS_INLINE bool key_is_index(PropertyKey k) { return key_bits(k) >= TAG_INT; }
static ALWAYS_INLINE u32 key_index(PropertyKey k) { return (u32)key_bits(k); }
static ALWAYS_INLINE PropertyKey key_from_index(u32 index) { return (PropertyKey)(uintptr_t)(TAG_INT | index); }
static ALWAYS_INLINE Cell *key_cell(PropertyKey k) { return (Cell *)k; }
static ALWAYS_INLINE PropertyKey key_from_cell(const void *atom_or_symbol) { return (PropertyKey)(uintptr_t)atom_or_symbol; }
#define MAX_ARRAY_INDEX 0xFFFFFFFEu

#endif
