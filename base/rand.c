// SPDX-License-Identifier: MIT
// Seeding, see rand.h.
#include "base/rand.h"
#include "base/platform.h"

// splitmix64, the seeder that the authors of xoshiro recommend.
static u64 split_mix(u64 *state) {
  u64 z = *state += 0x9E3779B97F4A7C15ULL;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
  return z ^ z >> 31;
}

void rand_seed(Rand *rand, u64 seed) {
  for (int i = 0; i < 4; i++) rand->s[i] = split_mix(&seed);
}

void rand_seed_from_system(Rand *rand) {
  do platform_random(rand->s, sizeof rand->s);
  while (!(rand->s[0] | rand->s[1] | rand->s[2] | rand->s[3]));
}
