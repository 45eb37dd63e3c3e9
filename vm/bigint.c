// SPDX-License-Identifier: MIT
// BigInt values over base/digits: sign handling, sizes, errors. A result is computed in scratch memory (the C stack when it
// is small) and copied into a cell of its exact size, because a cell's length is its size. Tests: tests/unit/vm/test_bigint.c.
#include "vm/bigint.h"

#include "base/bits.h"
#include "base/digits.h"
#include "base/dtoa.h"
#include "base/hash.h"
#include "base/math_extra.h"
#include "base/strtod.h"
#include "base/unicode.h"
#include "base/utf.h"
#include "vm/call.h"
#include "vm/error.h"
#include "vm/operators.h"

static BigInt *alloc(Isolate *iso, u32 length, bool negative) {
  size_t size = sizeof(BigInt) + (size_t)length * 8;
  Cell *cell = LIKELY(size < GC_LARGE_MIN) ? gc_alloc(&iso->heap, size, KIND_BIGINT) : gc_try_alloc(&iso->heap, size, KIND_BIGINT);
  if (UNLIKELY(!cell)) return throw_out_of_memory(iso);
  cell->shape_id = SHAPE_ID_BIGINT;
  cell->flags = negative && length ? BIGINT_NEGATIVE : 0;
  BigInt *b = (BigInt *)cell;
  b->length = length;
  return b;
}

BigInt *bigint_from_words(Isolate *iso, bool negative, u32 length, const u64 *limbs) {
  if (UNLIKELY(length > BIGINT_MAX_LIMBS)) return THROW(iso, BIGINT_TOO_BIG);
  BigInt *b = TRY(alloc(iso, length, negative));
  memcpy(b->limbs, limbs, (size_t)length * 8);
  return b;
}

static BigInt *make_u64(Isolate *iso, u64 magnitude, bool negative) {
  BigInt *b = alloc(iso, magnitude != 0, negative);
  if (magnitude) b->limbs[0] = magnitude;
  return b;
}

// ---- Scratch memory and long operations ----

typedef struct Scratch {
  u64 *limbs;
  u64 small[40];
} Scratch;

// False: thrown. Released by scratch_free in any case.
static bool scratch_take(Isolate *iso, Scratch *scratch, u64 limbs) {
  scratch->limbs = scratch->small;
  if (LIKELY(limbs <= ARRAY_LEN(scratch->small))) return true;
  if (limbs > BIGINT_MAX_LIMBS + 2) return THROW(iso, BIGINT_TOO_BIG);
  scratch->limbs = base_try_alloc(limbs * 8);
  if (scratch->limbs) return true;
  scratch->limbs = scratch->small;
  return throw_out_of_memory(iso);
}

static void scratch_free(Scratch *scratch) {
  if (scratch->limbs != scratch->small) base_free(scratch->limbs);
}

// Makes the result of `length` limbs (DIGITS_FAIL: throws) and frees the scratch.
static BigInt *finish(Isolate *iso, Scratch *scratch, const DigitsWork *work, u32 length, bool negative) {
  BigInt *result = NULL;
  if (LIKELY(length != DIGITS_FAIL)) {
    result = bigint_from_words(iso, negative, length, scratch->limbs);
  } else if (!work->interrupted) {
    throw_out_of_memory(iso);
  }
  scratch_free(scratch);
  return result;
}

static bool poll(void *isolate) { return isolate_poll(isolate); }
static DigitsWork work_of(Isolate *iso) { return (DigitsWork){.poll = poll, .data = iso}; }

// ---- From and to other types ----

BigInt *bigint_from_i64(Isolate *iso, i64 i) { return make_u64(iso, i < 0 ? -(u64)i : (u64)i, i < 0); }
BigInt *bigint_from_u64(Isolate *iso, u64 u) { return make_u64(iso, u, false); }

BigInt *bigint_from_double(Isolate *iso, double d) {
  if (!(d - d == 0) || d != __builtin_trunc(d)) {
    char text[NUMBER_TEXT_MAX + 1];
    text[number_to_text(d, text)] = 0;
    return THROW(iso, BIGINT_FROM_NUMBER, text);
  }
  u64 limbs[17];
  u32 length = digits_from_double(limbs, d);
  return bigint_from_words(iso, d < 0, length, limbs);
}

// n digits of the radix; checks that they are. *valid tells; NULL with *valid: thrown.
static BigInt *from_digits(Isolate *iso, const char *text, size_t n, u32 radix, bool negative, bool *valid) {
  *valid = n > 0;
  for (size_t i = 0; i < n && *valid; i++) *valid = strtod_digit_value((u8)text[i]) < radix;
  if (!*valid) return NULL;
  while (n > 1 && text[0] == '0') text++, n--;
  if (radix == 10 && n < 20) {
    u64 value = 0;
    for (size_t i = 0; i < n; i++) value = value * 10 + (u64)(text[i] - '0');
    return make_u64(iso, value, negative);
  }
  if (n > (size_t)BIGINT_MAX_LIMBS * 64) return THROW(iso, BIGINT_TOO_BIG);
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, digits_limbs_bound(n, radix)));
  DigitsWork work = work_of(iso);
  return finish(iso, &scratch, &work, digits_from_text(scratch.limbs, text, n, radix, &work), negative);
}

static u32 radix_of_prefix(const char *text, size_t n) {
  if (n < 2 || text[0] != '0') return 10;
  switch (text[1] | 32) {
  case 'x': return 16;
  case 'o': return 8;
  case 'b': return 2;
  default: return 10;
  }
}

static BigInt *from_text(Isolate *iso, const char *text, size_t n, bool sign_allowed, bool *valid) {
  u32 radix = radix_of_prefix(text, n);
  if (radix != 10) return from_digits(iso, text + 2, n - 2, radix, false, valid);
  bool negative = false;
  if (sign_allowed && n && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text++, n--;
  }
  return from_digits(iso, text, n, 10, negative, valid);
}

BigInt *bigint_from_decimal(Isolate *iso, const u8 *digits, u32 length) {
  bool valid;
  BigInt *b = from_text(iso, (const char *)digits, length, false, &valid);
  if (!valid) return THROW(iso, TO_BIGINT_SYNTAX, "text");
  return b;
}

static Value from_string_text(Isolate *iso, const char *text, size_t n) {
  if (!n) return value_from_cell(make_u64(iso, 0, false));
  bool valid;
  BigInt *b = from_text(iso, text, n, true, &valid);
  return valid ? value_from_cell(b) : VALUE_UNDEFINED;
}

Value bigint_from_string(Isolate *iso, String *s) {
  TRY(str_flatten(iso, s));
  u32 start = 0, end = s->length;
  while (start < end && unicode_is_trimmed(str_char_at_flat(s, start))) start++;
  while (start < end && unicode_is_trimmed(str_char_at_flat(s, end - 1))) end--;
  u32 n = end - start;
  if (!str_is_utf16(s)) return from_string_text(iso, (const char *)str_chars8(s) + start, n);
  const u16 *chars = str_chars16(s) + start;
  if (!utf16_fits_latin1(chars, n)) return VALUE_UNDEFINED;
  u8 small[128];
  u8 *text = n <= sizeof small ? small : base_try_alloc(n);
  if (!text) return throw_out_of_memory(iso);
  utf16_narrow(chars, n, text);
  Value v = from_string_text(iso, (const char *)text, n);
  if (text != small) base_free(text);
  return v;
}

String *bigint_to_string(Isolate *iso, const BigInt *b, u32 radix) {
  char small[256];
  bool negative = bigint_is_negative(b);
  if (b->length <= 1 && radix == 10) {
    small[0] = '-';
    size_t length = number_u64_to_text(b->length ? b->limbs[0] : 0, small + negative) + negative;
    return str_new_latin1(iso, (u8 *)small, (u32)length);
  }
  size_t bound = digits_text_bound(b->limbs, b->length, radix) + 1, length;
  char *text = bound <= sizeof small ? small : base_try_alloc(bound);
  if (!text) return throw_out_of_memory(iso);
  DigitsWork work = work_of(iso);
  String *s = NULL;
  text[0] = '-';
  if (digits_to_text(text + negative, &length, b->limbs, b->length, radix, &work)) {
    s = str_new_latin1(iso, (u8 *)text, (u32)(length + negative));
  } else if (!work.interrupted) {
    throw_out_of_memory(iso);
  }
  if (text != small) base_free(text);
  return s;
}

double bigint_to_double(const BigInt *b) {
  double d = digits_to_double(b->limbs, b->length);
  return bigint_is_negative(b) ? -d : d;
}
u64 bigint_to_u64(const BigInt *b) { return digits_low_u64(b->limbs, b->length, bigint_is_negative(b)); }
i64 bigint_to_i64(const BigInt *b) { return (i64)bigint_to_u64(b); }

// ---- Arithmetic ----

// a + b with the sign of b as given.
static BigInt *add_signed(Isolate *iso, const BigInt *a, const BigInt *b, bool b_negative) {
  bool a_negative = bigint_is_negative(a);
  if (!b->length) return (BigInt *)(uintptr_t)a;
  if (a->length <= 1 && b->length == 1) {
    u64 x = a->length ? a->limbs[0] : 0, y = b->limbs[0];
    if (a_negative == b_negative || !x) {
      u64 sum[2] = {x + y, 1};
      return bigint_from_words(iso, b_negative, sum[0] < x ? 2 : 1, sum);
    }
    return x >= y ? make_u64(iso, x - y, a_negative) : make_u64(iso, y - x, b_negative);
  }
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)MAX(a->length, b->length) + 1));
  u32 length;
  bool negative = a_negative;
  if (a_negative == b_negative) {
    length = digits_add(scratch.limbs, a->limbs, a->length, b->limbs, b->length);
  } else if (digits_compare(a->limbs, a->length, b->limbs, b->length) >= 0) {
    length = digits_sub(scratch.limbs, a->limbs, a->length, b->limbs, b->length);
  } else {
    length = digits_sub(scratch.limbs, b->limbs, b->length, a->limbs, a->length);
    negative = b_negative;
  }
  return finish(iso, &scratch, NULL, length, negative);
}

static BigInt *multiply(Isolate *iso, const BigInt *a, const BigInt *b) {
  bool negative = bigint_is_negative(a) != bigint_is_negative(b);
  if (!a->length || !b->length) return make_u64(iso, 0, false);
  if (a->length == 1 && b->length == 1) {
    u128 product = (u128)a->limbs[0] * b->limbs[0];
    u64 limbs[2] = {(u64)product, (u64)(product >> 64)};
    return bigint_from_words(iso, negative, limbs[1] ? 2 : 1, limbs);
  }
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)a->length + b->length));
  DigitsWork work = work_of(iso);
  return finish(iso, &scratch, &work, digits_mul(scratch.limbs, a->limbs, a->length, b->limbs, b->length, &work), negative);
}

static BigInt *divide(Isolate *iso, const BigInt *a, const BigInt *b, bool remainder) {
  if (!b->length) return THROW(iso, BIGINT_DIVIDE_BY_ZERO);
  bool negative = remainder ? bigint_is_negative(a) : bigint_is_negative(a) != bigint_is_negative(b);
  if (a->length <= 1 && b->length == 1) {
    u64 x = a->length ? a->limbs[0] : 0, y = b->limbs[0];
    return make_u64(iso, remainder ? x % y : x / y, negative);
  }
  if (digits_compare(a->limbs, a->length, b->limbs, b->length) < 0) {
    return remainder ? (BigInt *)(uintptr_t)a : make_u64(iso, 0, false);
  }
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, remainder ? b->length : a->length - b->length + 1));
  DigitsWork work = work_of(iso);
  u32 rem_length = 0;
  u32 length = digits_divrem(remainder ? NULL : scratch.limbs, remainder ? scratch.limbs : NULL, &rem_length, a->limbs, a->length,
                             b->limbs, b->length, &work);
  if (remainder && length != DIGITS_FAIL) length = rem_length;
  return finish(iso, &scratch, &work, length, negative);
}

static BigInt *exponentiate(Isolate *iso, BigInt *base, const BigInt *exponent) {
  if (bigint_is_negative(exponent)) return THROW(iso, BIGINT_NEGATIVE_EXPONENT);
  if (!exponent->length) return make_u64(iso, 1, false);
  if (!base->length) return base;
  bool odd = exponent->limbs[0] & 1;
  if (base->length == 1 && base->limbs[0] == 1) return bigint_is_negative(base) && !odd ? make_u64(iso, 1, false) : base;
  if (exponent->length > 1 || exponent->limbs[0] > (u64)BIGINT_MAX_LIMBS * 64) return THROW(iso, BIGINT_TOO_BIG);
  u64 n = exponent->limbs[0];
  u64 bits = digits_bit_length(base->limbs, base->length);
  if ((bits - 1) * n > (u64)BIGINT_MAX_LIMBS * 64) return THROW(iso, BIGINT_TOO_BIG);
  if (base->length == 1 && bits_is_power_of_two(base->limbs[0])) { // a shift
    u64 one = 1, shift = (bits - 1) * n;
    Scratch scratch;
    TRY(scratch_take(iso, &scratch, shift / 64 + 2));
    u32 length = digits_shift_left(scratch.limbs, &one, 1, shift);
    return finish(iso, &scratch, NULL, length, bigint_is_negative(base) && odd);
  }
  BigInt *result = NULL; // NULL: 1
  for (;; base = TRY(multiply(iso, base, base))) {
    if (n & 1) result = result ? TRY(multiply(iso, result, base)) : base;
    n >>= 1;
    if (!n) return result;
  }
}

static BigInt *shift_left(Isolate *iso, BigInt *a, u64 bits) {
  if (bits / 64 + a->length > BIGINT_MAX_LIMBS + 1u) return THROW(iso, BIGINT_TOO_BIG);
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, a->length + bits / 64 + 1));
  return finish(iso, &scratch, NULL, digits_shift_left(scratch.limbs, a->limbs, a->length, bits), bigint_is_negative(a));
}

static BigInt *shift_right(Isolate *iso, BigInt *a, u64 bits) {
  bool negative = bigint_is_negative(a);
  if (bits / 64 >= a->length) return make_u64(iso, negative, negative); // 0 or -1
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)a->length + 1));
  bool lost;
  u32 length = digits_shift_right(scratch.limbs, a->limbs, a->length, bits, &lost);
  if (negative && lost) length = digits_add_u64(scratch.limbs, scratch.limbs, length, 1); // towards minus infinity
  return finish(iso, &scratch, NULL, length, negative);
}

static BigInt *shift(Isolate *iso, BigInt *a, const BigInt *by, bool left) {
  if (!by->length || !a->length) return a;
  if (bigint_is_negative(by)) left = !left;
  bool huge = by->length > 1 || by->limbs[0] > (u64)BIGINT_MAX_LIMBS * 64 + 64;
  if (left) return huge ? THROW(iso, BIGINT_TOO_BIG) : shift_left(iso, a, by->limbs[0]);
  return shift_right(iso, a, huge ? UINT64_MAX : by->limbs[0]);
}

static BigInt *bitwise(Isolate *iso, DigitsBitOp op, const BigInt *a, const BigInt *b) {
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)MAX(a->length, b->length) + 1));
  bool negative;
  u32 length = digits_bitwise(op, scratch.limbs, &negative, a->limbs, a->length, bigint_is_negative(a), b->limbs, b->length,
                              bigint_is_negative(b));
  return finish(iso, &scratch, NULL, length, negative);
}

Value bigint_binary(Isolate *iso, u32 binary_op, BigInt *a, BigInt *b) {
  BigInt *result = NULL;
  switch ((enum BinaryOperator)binary_op) {
  case OPERATOR_ADD: result = a->length ? add_signed(iso, a, b, bigint_is_negative(b)) : b; break;
  case OPERATOR_SUB: result = add_signed(iso, a, b, !bigint_is_negative(b)); break;
  case OPERATOR_MUL: result = multiply(iso, a, b); break;
  case OPERATOR_DIV: result = divide(iso, a, b, false); break;
  case OPERATOR_MOD: result = divide(iso, a, b, true); break;
  case OPERATOR_EXP: result = exponentiate(iso, a, b); break;
  case OPERATOR_BIT_AND: result = bitwise(iso, DIGITS_AND, a, b); break;
  case OPERATOR_BIT_OR: result = bitwise(iso, DIGITS_OR, a, b); break;
  case OPERATOR_BIT_XOR: result = bitwise(iso, DIGITS_XOR, a, b); break;
  case OPERATOR_SHL: result = shift(iso, a, b, true); break;
  case OPERATOR_SAR: result = shift(iso, a, b, false); break;
  case OPERATOR_SHR: THROW(iso, BIGINT_SHR); break;
  }
  return value_from_cell(result);
}

BigInt *bigint_negate(Isolate *iso, BigInt *a) {
  return a->length ? bigint_from_words(iso, !bigint_is_negative(a), a->length, a->limbs) : a;
}

BigInt *bigint_inc(Isolate *iso, BigInt *a, int by) {
  bool negative = bigint_is_negative(a), by_negative = by < 0;
  u64 amount = (u64)(by_negative ? -(i64)by : by);
  if (!a->length) return make_u64(iso, amount, by_negative);
  if (negative != by_negative && a->length == 1 && a->limbs[0] < amount) return make_u64(iso, amount - a->limbs[0], by_negative);
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)a->length + 1));
  u32 length = negative == by_negative ? digits_add_u64(scratch.limbs, a->limbs, a->length, amount)
                                       : digits_sub_u64(scratch.limbs, a->limbs, a->length, amount);
  return finish(iso, &scratch, NULL, length, negative);
}

BigInt *bigint_not(Isolate *iso, BigInt *a) { // -a - 1
  bool negative = bigint_is_negative(a);
  if (!a->length) return make_u64(iso, 1, true);
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, (u64)a->length + 1));
  u32 length =
      negative ? digits_sub_u64(scratch.limbs, a->limbs, a->length, 1) : digits_add_u64(scratch.limbs, a->limbs, a->length, 1);
  return finish(iso, &scratch, NULL, length, !negative);
}

BigInt *bigint_as_uint_n(Isolate *iso, u64 bits, BigInt *a) {
  bool negative = bigint_is_negative(a);
  if (!negative && bits >= digits_bit_length(a->limbs, a->length)) return a;
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, bits / 64 + 2));
  return finish(iso, &scratch, NULL, digits_as_uint_n(scratch.limbs, bits, a->limbs, a->length, negative), false);
}

BigInt *bigint_as_int_n(Isolate *iso, u64 bits, BigInt *a) {
  if (bits > digits_bit_length(a->limbs, a->length)) return a;
  Scratch scratch;
  TRY(scratch_take(iso, &scratch, bits / 64 + 2));
  bool negative;
  u32 length = digits_as_int_n(scratch.limbs, &negative, bits, a->limbs, a->length, bigint_is_negative(a));
  return finish(iso, &scratch, NULL, length, negative);
}

// ---- Comparison ----

int bigint_compare(const BigInt *a, const BigInt *b) {
  bool negative = bigint_is_negative(a);
  if (negative != bigint_is_negative(b)) return negative ? -1 : 1;
  int order = digits_compare(a->limbs, a->length, b->limbs, b->length);
  return negative ? -order : order;
}

int bigint_compare_double(const BigInt *a, double d) {
  if (d != d) return 2;
  if (__builtin_isinf(d)) return d > 0 ? -1 : 1;
  bool negative = bigint_is_negative(a);
  if (negative != (d < 0)) return negative ? -1 : 1; // 0 has no sign
  int order = digits_compare_double(a->limbs, a->length, __builtin_fabs(d));
  return negative ? -order : order;
}

bool bigint_equals(const BigInt *a, const BigInt *b) {
  return a == b || (bigint_is_negative(a) == bigint_is_negative(b) && !digits_compare(a->limbs, a->length, b->limbs, b->length));
}

u32 bigint_hash(BigInt *b) {
  if (!b->hash) b->hash = hash_latin1((const u8 *)b->limbs, (size_t)b->length * 8) ^ (bigint_is_negative(b) ? 0x80000000u : 0);
  return b->hash;
}
