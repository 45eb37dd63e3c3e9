// SPDX-License-Identifier: MIT
// Inflating in one go, with the output as the window. Codes of up to FAST_BITS bits are looked up, longer ones are walked bit by bit
// through the numbers of codes of each length. Behind the end of the input come zeros, which are counted: who used them has failed.
// Tests: tests/unit/base/test_inflate.c.
#include "base/inflate.h"

enum { MAX_BITS = 15, FAST_BITS = 10, LITERALS = 288, DISTANCES = 30, END_OF_BLOCK = 256 };

typedef struct Code {
  u16 fast[1 << FAST_BITS]; // symbol and length of the code that these bits begin with; 0: it is longer, or there is none
  u16 count[MAX_BITS + 1];  // codes of each length
  u16 symbol[LITERALS];     // in the order of their codes
} Code;

typedef struct Inflater {
  const u8 *at, *end;
  u64 bits;
  u32 bit_count;
  u32 borrowed; // bits in `bits` that are not in the input
  u8 *out, *out_at, *out_end;
} Inflater;

// ---- Bits, the lowest first ----

// At least 56 bits: enough for the longest match with its code, length and distance. What `bits` holds above bit_count is the input's, too.
static ALWAYS_INLINE void fill(Inflater *f) {
  if (LIKELY(f->end - f->at >= 8)) {
    u64 next;
    memcpy(&next, f->at, 8);
    f->bits |= next << f->bit_count;
    f->at += (63 - f->bit_count) >> 3;
    f->bit_count |= 56;
    return;
  }
  while (f->bit_count <= 56) {
    if (f->at < f->end) f->bits |= (u64)*f->at++ << f->bit_count;
    else f->borrowed += 8;
    f->bit_count += 8;
  }
}

static ALWAYS_INLINE void drop(Inflater *f, u32 count) {
  f->bits >>= count;
  f->bit_count -= count;
}

// Of bits that are there.
static ALWAYS_INLINE u32 take_ready(Inflater *f, u32 count) {
  u32 bits = (u32)f->bits & ((1u << count) - 1);
  drop(f, count);
  return bits;
}

// At most 16.
static u32 take(Inflater *f, u32 count) {
  fill(f);
  return take_ready(f, count);
}

// ---- Codes ----

static u32 reverse(u32 code, u32 length) {
  u32 reversed = 0;
  for (u32 i = 0; i < length; i++) reversed |= (code >> i & 1) << (length - 1 - i);
  return reversed;
}

// From the length of each symbol's code; 0: the symbol has none. False: there are more codes than the lengths have room for.
static bool make_code(Code *code, const u8 *lengths, u32 count) {
  u16 next[MAX_BITS + 2] = {0}, place[MAX_BITS + 2] = {0};
  memset(code, 0, sizeof *code);
  for (u32 i = 0; i < count; i++) code->count[lengths[i]]++;
  code->count[0] = 0;
  i32 left = 1;
  for (u32 n = 1; n <= MAX_BITS; n++) {
    left = left * 2 - code->count[n];
    if (left < 0) return false;
    next[n + 1] = (u16)((next[n] + code->count[n]) << 1);
    place[n + 1] = (u16)(place[n] + code->count[n]);
  }
  for (u32 i = 0; i < count; i++) {
    u32 n = lengths[i];
    if (!n) continue;
    code->symbol[place[n]++] = (u16)i;
    u32 first = reverse(next[n]++, n);
    if (n > FAST_BITS) continue;
    for (u32 at = first; at < 1u << FAST_BITS; at += 1u << n) code->fast[at] = (u16)(i << 4 | n);
  }
  return true;
}

static NOINLINE u32 decode_long(Inflater *f, const Code *code) {
  u32 word = 0, first = 0, index = 0;
  for (u32 n = 1; n <= MAX_BITS; n++) {
    word |= (u32)(f->bits >> (n - 1)) & 1;
    u32 count = code->count[n];
    if (word < first + count) {
      drop(f, n);
      return code->symbol[index + word - first];
    }
    index += count;
    first = (first + count) << 1;
    word <<= 1;
  }
  return LITERALS;
}

// A symbol, of bits that are there; LITERALS: no code begins so.
static ALWAYS_INLINE u32 decode(Inflater *f, const Code *code) {
  u32 known = code->fast[f->bits & ((1u << FAST_BITS) - 1)];
  if (UNLIKELY(!known)) return decode_long(f, code);
  drop(f, known & 15);
  return known >> 4;
}

// ---- Blocks ----

static ALWAYS_INLINE bool copy_match(Inflater *f, u32 length, u32 distance) {
  size_t room = (size_t)(f->out_end - f->out_at);
  if (distance > (size_t)(f->out_at - f->out) || length > room) return false;
  u8 *to = f->out_at;
  const u8 *from = to - distance;
  f->out_at += length;
  if (LIKELY(distance >= 8 && room >= length + 8ul)) { // by eights, a bit too far
    for (; to < f->out_at; to += 8, from += 8) memcpy(to, from, 8);
  } else {
    while (to < f->out_at) *to++ = *from++; // it may overlap, and then repeats
  }
  return true;
}

static bool inflate_symbols(Inflater *f, const Code *literals, const Code *distances) {
  static const u16 length_base[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
  static const u8 length_extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
  static const u16 distance_base[] = {1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
                                      193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
  while (f->borrowed <= f->bit_count) {
    fill(f);
    u32 symbol = decode(f, literals);
    if (symbol < END_OF_BLOCK) {
      if (f->out_at == f->out_end) return false;
      *f->out_at++ = (u8)symbol;
      continue;
    }
    if (symbol == END_OF_BLOCK) return true;
    symbol -= END_OF_BLOCK + 1;
    if (symbol >= ARRAY_LEN(length_base)) return false;
    u32 length = length_base[symbol] + take_ready(f, length_extra[symbol]);
    u32 place = decode(f, distances);
    if (place >= DISTANCES) return false;
    u32 distance = distance_base[place] + take_ready(f, place < 4 ? 0 : place / 2 - 1);
    if (!copy_match(f, length, distance)) return false;
  }
  return false;
}

static bool inflate_stored(Inflater *f) {
  drop(f, f->bit_count % 8);
  u32 length = take(f, 16), inverse = take(f, 16);
  if (length != (inverse ^ 0xffff) || length > (size_t)(f->out_end - f->out_at)) return false;
  for (u32 i = 0; i < length && f->borrowed <= f->bit_count; i++) *f->out_at++ = (u8)take(f, 8);
  return f->borrowed <= f->bit_count;
}

static bool inflate_fixed(Inflater *f) {
  u8 lengths[LITERALS];
  for (u32 i = 0; i < LITERALS; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  Code literals, distances;
  if (!make_code(&literals, lengths, LITERALS)) return false;
  memset(lengths, 5, DISTANCES);
  return make_code(&distances, lengths, DISTANCES) && inflate_symbols(f, &literals, &distances);
}

// The lengths of the block's two codes, which are themselves coded, with repetitions.
static bool read_lengths(Inflater *f, u8 *lengths, u32 count) {
  static const u8 order[] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  u8 own[ARRAY_LEN(order)] = {0};
  u32 own_count = take(f, 4) + 4;
  for (u32 i = 0; i < own_count; i++) own[order[i]] = (u8)take(f, 3);
  Code code;
  if (!make_code(&code, own, ARRAY_LEN(own))) return false;
  for (u32 i = 0; i < count;) {
    fill(f);
    u32 symbol = decode(f, &code);
    if (symbol < 16) {
      lengths[i++] = (u8)symbol;
      continue;
    }
    if (symbol > 18 || (symbol == 16 && i == 0) || f->borrowed > f->bit_count) return false;
    u8 again = symbol == 16 ? lengths[i - 1] : 0;
    u32 times = symbol == 16 ? 3 + take(f, 2) : symbol == 17 ? 3 + take(f, 3) : 11 + take(f, 7);
    if (times > count - i) return false;
    memset(lengths + i, again, times);
    i += times;
  }
  return true;
}

static bool inflate_dynamic(Inflater *f) {
  u32 literal_count = take(f, 5) + 257, distance_count = take(f, 5) + 1;
  if (literal_count > 286 || distance_count > DISTANCES) return false;
  u8 lengths[286 + DISTANCES];
  if (!read_lengths(f, lengths, literal_count + distance_count)) return false;
  Code literals, distances;
  return make_code(&literals, lengths, literal_count) && make_code(&distances, lengths + literal_count, distance_count) &&
         inflate_symbols(f, &literals, &distances);
}

bool inflate_bytes(const u8 *in, size_t in_size, u8 *out, size_t out_size) {
  Inflater f = {.at = in, .end = in + in_size, .out = out, .out_at = out, .out_end = out + out_size};
  bool last = false;
  while (!last) {
    last = take(&f, 1);
    bool (*const kinds[])(Inflater *) = {inflate_stored, inflate_fixed, inflate_dynamic};
    u32 kind = take(&f, 2);
    if (kind >= ARRAY_LEN(kinds) || !kinds[kind](&f)) return false;
  }
  return f.out_at == f.out_end && f.borrowed <= f.bit_count;
}
