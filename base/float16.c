// SPDX-License-Identifier: MIT
// IEEE binary16, see float16.h. Works on the bits, so that no intermediate float rounds twice.
#include "base/float16.h"
#include "base/bits.h"

double float16_to_double(u16 half) {
  u64 sign = (u64)(half >> 15) << 63;
  u32 exponent = half >> 10 & 0x1F;
  u64 fraction = half & 0x3FF;
  if (exponent == 0x1F) return bits_to_double(sign | 0x7FF0000000000000ULL | (fraction ? 0x8000000000000ULL : 0));
  if (exponent) return bits_to_double(sign | (u64)(exponent + 1008) << 52 | fraction << 42);
  double magnitude = (double)fraction * 0x1p-24;
  return sign ? -magnitude : magnitude;
}

u16 float16_from_double(double value) {
  u64 bits = bits_of_double(value);
  u16 sign = (u16)(bits >> 48 & 0x8000);
  i32 exponent = (i32)(bits >> 52 & 0x7FF) - 1023;
  u64 fraction = bits & 0xFFFFFFFFFFFFFULL;
  if (exponent == 1024) return fraction ? 0x7E00 : (u16)(sign | 0x7C00);
  if (exponent > 15) return (u16)(sign | 0x7C00);
  if (exponent < -25) return sign;
  // The significand with its hidden bit, to be shifted down to 11 bits, or fewer for a subnormal result.
  u64 significand = fraction | 0x10000000000000ULL;
  u32 shift = exponent >= -14 ? 42 : (u32)(42 + (-14 - exponent));
  u64 kept = significand >> shift, rest = significand & ((1ULL << shift) - 1), half = 1ULL << (shift - 1);
  if (rest > half || (rest == half && (kept & 1))) kept++;
  // A carry out of the significand moves into the exponent, which is what it should do, up to infinity.
  u32 biased = exponent >= -14 ? (u32)(exponent + 15) : 0;
  return (u16)(sign | (biased ? ((biased - 1) << 10) + (u32)kept : (u32)kept));
}
