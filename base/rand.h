// SPDX-License-Identifier: MIT
// Random numbers for Math.random: xoshiro256++, state owned by the caller. Not for secrets: use platform_random.
#ifndef WEFT_BASE_RAND_H
#define WEFT_BASE_RAND_H

#include "base/bits.h"

typedef struct Rand {
  u64 s[4]; // never all zero
} Rand;

void rand_seed_from_system(Rand *rand);
// The same seed gives the same numbers, for reproducible runs.
void rand_seed(Rand *rand, u64 seed);

static inline u64 rand_next(Rand *rand) {
  u64 *s = rand->s;
  u64 result = bits_rotl64(s[0] + s[3], 23) + s[0];
  u64 t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = bits_rotl64(s[3], 45);
  return result;
}

// Uniform in [0, 1), all multiples of 2^-53.
static inline double rand_double(Rand *rand) { return (double)(rand_next(rand) >> 11) * 0x1p-53; }

#endif
