// SPDX-License-Identifier: MIT
// Message digests. Blocks are gathered here; each algorithm brings its initial state and what it does with a block. The constants are, as the
// standards say, the fractions of roots of the first primes (SHA-2), of sines (MD5), and the output of a shift register (SHA-3).
// Tests: tests/node/crypto/.
#include "node/digest.h"

#include <strings.h>

typedef enum DigestFamily { FAMILY_MD5, FAMILY_SHA1, FAMILY_SHA256, FAMILY_SHA512, FAMILY_KECCAK } DigestFamily;

struct DigestAlgorithm {
  const char *name;
  const char *const *aliases; // NULL-terminated
  DigestFamily family;
  u32 size, block_size; // bytes
  const void *initial;  // of the family's words; NULL: zeros
  u8 suffix;            // SHA-3: what pads
};

static u32 load32_little(const u8 *p) { return (u32)p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24; }
static u32 load32_big(const u8 *p) { return (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | (u32)p[3]; }
static u64 load64_big(const u8 *p) { return (u64)load32_big(p) << 32 | load32_big(p + 4); }
static u64 load64_little(const u8 *p) { return (u64)load32_little(p + 4) << 32 | load32_little(p); }
static u32 left32(u32 x, u32 n) { return x << n | x >> (32 - n); }
static u32 right32(u32 x, u32 n) { return x >> n | x << (32 - n); }
static u64 right64(u64 x, u32 n) { return x >> n | x << (64 - n); }
static u64 left64(u64 x, u32 n) { return n ? x << n | x >> (64 - n) : x; }

// ---- MD5 ----

static const u32 md5_constants[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af,
    0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa,
    0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8,
    0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97,
    0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1,
    0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static const u8 md5_shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
static const u32 md5_initial[8] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

static void md5_block(u32 *state, const u8 *block) {
  u32 w[16], a = state[0], b = state[1], c = state[2], d = state[3];
  for (u32 i = 0; i < 16; i++) w[i] = load32_little(block + 4 * i);
  for (u32 i = 0; i < 64; i++) {
    u32 f, k;
    switch (i / 16) {
    case 0: f = (b & c) | (~b & d), k = i; break;
    case 1: f = (d & b) | (~d & c), k = (5 * i + 1) % 16; break;
    case 2: f = b ^ c ^ d, k = (3 * i + 5) % 16; break;
    default: f = c ^ (b | ~d), k = 7 * i % 16;
    }
    u32 sum = a + f + md5_constants[i] + w[k];
    a = d, d = c, c = b;
    b += left32(sum, md5_shifts[i / 16][i % 4]);
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

// ---- SHA-1 ----

static const u32 sha1_initial[8] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

static void sha1_block(u32 *state, const u8 *block) {
  u32 w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (u32 i = 0; i < 16; i++) w[i] = load32_big(block + 4 * i);
  for (u32 i = 16; i < 80; i++) w[i] = left32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (u32 i = 0; i < 80; i++) {
    u32 f, k;
    switch (i / 20) {
    case 0: f = (b & c) | (~b & d), k = 0x5a827999; break;
    case 1: f = b ^ c ^ d, k = 0x6ed9eba1; break;
    case 2: f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc; break;
    default: f = b ^ c ^ d, k = 0xca62c1d6;
    }
    u32 sum = left32(a, 5) + f + e + k + w[i];
    e = d, d = c, c = left32(b, 30), b = a, a = sum;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

// ---- SHA-2 ----

static const u32 sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const u32 sha256_initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const u32 sha224_initial[8] = {
    0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
};

static void sha256_block(u32 *state, const u8 *block) {
  u32 w[64], s[8];
  for (u32 i = 0; i < 16; i++) w[i] = load32_big(block + 4 * i);
  for (u32 i = 16; i < 64; i++) {
    u32 x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (right32(x, 7) ^ right32(x, 18) ^ x >> 3) + w[i - 7] + (right32(y, 17) ^ right32(y, 19) ^ y >> 10);
  }
  memcpy(s, state, sizeof s);
  for (u32 i = 0; i < 64; i++) {
    u32 a = s[0], e = s[4];
    u32 t1 = s[7] + (right32(e, 6) ^ right32(e, 11) ^ right32(e, 25)) + ((e & s[5]) ^ (~e & s[6])) + sha256_constants[i] + w[i];
    u32 t2 = (right32(a, 2) ^ right32(a, 13) ^ right32(a, 22)) + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t1;
    s[0] = t1 + t2;
  }
  for (u32 i = 0; i < 8; i++) state[i] += s[i];
}

static const u64 sha512_constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static const u64 sha512_initial[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static const u64 sha384_initial[8] = {
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static const u64 sha512_256_initial[8] = {
    0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
    0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
};

static const u64 sha512_224_initial[8] = {
    0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
    0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
};

static void sha512_block(u64 *state, const u8 *block) {
  u64 w[80], s[8];
  for (u32 i = 0; i < 16; i++) w[i] = load64_big(block + 8 * i);
  for (u32 i = 16; i < 80; i++) {
    u64 x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (right64(x, 1) ^ right64(x, 8) ^ x >> 7) + w[i - 7] + (right64(y, 19) ^ right64(y, 61) ^ y >> 6);
  }
  memcpy(s, state, sizeof s);
  for (u32 i = 0; i < 80; i++) {
    u64 a = s[0], e = s[4];
    u64 t1 = s[7] + (right64(e, 14) ^ right64(e, 18) ^ right64(e, 41)) + ((e & s[5]) ^ (~e & s[6])) + sha512_constants[i] + w[i];
    u64 t2 = (right64(a, 28) ^ right64(a, 34) ^ right64(a, 39)) + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t1;
    s[0] = t1 + t2;
  }
  for (u32 i = 0; i < 8; i++) state[i] += s[i];
}

// ---- SHA-3 ----

static const u64 keccak_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static const u8 keccak_rotations[24] = {
    1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
};

static const u8 keccak_places[24] = {
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
};

static void keccak_permute(u64 *state) {
  for (u32 round = 0; round < 24; round++) {
    u64 column[5];
    for (u32 x = 0; x < 5; x++) column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
    for (u32 i = 0; i < 25; i++) state[i] ^= column[(i + 4) % 5] ^ left64(column[(i + 1) % 5], 1);
    u64 moved = state[1];
    for (u32 i = 0; i < 24; i++) {
      u64 next = state[keccak_places[i]];
      state[keccak_places[i]] = left64(moved, keccak_rotations[i]);
      moved = next;
    }
    for (u32 y = 0; y < 25; y += 5) {
      u64 row[5];
      memcpy(row, state + y, sizeof row);
      for (u32 x = 0; x < 5; x++) state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    state[0] ^= keccak_constants[round];
  }
}

static void keccak_block(u64 *state, const u8 *block, u32 size) {
  for (u32 i = 0; i < size / 8; i++) state[i] ^= load64_little(block + 8 * i);
  keccak_permute(state);
}

// ---- The table ----

#define ALIASES(...) \
  (const char *const[]) { __VA_ARGS__, NULL }
#define KECCAK(NAME, ALIAS, SIZE, RATE, SUFFIX) \
  { NAME, ALIASES(ALIAS), FAMILY_KECCAK, SIZE, RATE, NULL, SUFFIX }
static const DigestAlgorithm algorithms[] = {
    {"md5", ALIASES("ssl3-md5", "RSA-MD5", "md5WithRSAEncryption"), FAMILY_MD5, 16, 64, md5_initial, 0},
    {"sha1", ALIASES("SHA-1", "ssl3-sha1", "RSA-SHA1", "sha1WithRSAEncryption"), FAMILY_SHA1, 20, 64, sha1_initial, 0},
    {"sha224", ALIASES("SHA-224", "SHA2-224", "RSA-SHA224", "sha224WithRSAEncryption"), FAMILY_SHA256, 28, 64, sha224_initial, 0},
    {"sha256", ALIASES("SHA-256", "SHA2-256", "RSA-SHA256", "sha256WithRSAEncryption"), FAMILY_SHA256, 32, 64, sha256_initial, 0},
    {"sha384", ALIASES("SHA-384", "SHA2-384", "RSA-SHA384", "sha384WithRSAEncryption"), FAMILY_SHA512, 48, 128, sha384_initial, 0},
    {"sha512", ALIASES("SHA-512", "SHA2-512", "RSA-SHA512", "sha512WithRSAEncryption"), FAMILY_SHA512, 64, 128, sha512_initial, 0},
    {"sha512-224", ALIASES("SHA-512/224", "SHA2-512/224", "RSA-SHA512/224"), FAMILY_SHA512, 28, 128, sha512_224_initial, 0},
    {"sha512-256", ALIASES("SHA-512/256", "SHA2-512/256", "RSA-SHA512/256"), FAMILY_SHA512, 32, 128, sha512_256_initial, 0},
    KECCAK("sha3-224", "RSA-SHA3-224", 28, 144, 0x06),
    KECCAK("sha3-256", "RSA-SHA3-256", 32, 136, 0x06),
    KECCAK("sha3-384", "RSA-SHA3-384", 48, 104, 0x06),
    KECCAK("sha3-512", "RSA-SHA3-512", 64, 72, 0x06),
    KECCAK("shake128", "SHAKE-128", 16, 168, 0x1f),
    KECCAK("shake256", "SHAKE-256", 32, 136, 0x1f),
};

const DigestAlgorithm *digest_find(const char *name) {
  for (u32 i = 0; i < ARRAY_LEN(algorithms); i++) {
    if (strcasecmp(name, algorithms[i].name) == 0) return &algorithms[i];
    for (const char *const *alias = algorithms[i].aliases; *alias; alias++) {
      if (strcasecmp(name, *alias) == 0) return &algorithms[i];
    }
  }
  return NULL;
}

const char *digest_name(u32 i) { return i < ARRAY_LEN(algorithms) ? algorithms[i].name : NULL; }
u32 digest_size(const DigestAlgorithm *algorithm) { return algorithm->size; }
u32 digest_block_size(const DigestAlgorithm *algorithm) { return algorithm->block_size; }
bool digest_is_extendable(const DigestAlgorithm *algorithm) { return algorithm->suffix == 0x1f; }

// ---- Feeding ----

void digest_init(Digest *digest, const DigestAlgorithm *algorithm) {
  memset(digest, 0, sizeof *digest);
  digest->algorithm = algorithm;
  if (!algorithm->initial) return;
  memcpy(&digest->state, algorithm->initial, 8 * (algorithm->family == FAMILY_SHA512 ? sizeof(u64) : sizeof(u32)));
}

static void run_block(Digest *digest, const u8 *block) {
  switch (digest->algorithm->family) {
  case FAMILY_MD5: md5_block(digest->state.words, block); break;
  case FAMILY_SHA1: sha1_block(digest->state.words, block); break;
  case FAMILY_SHA256: sha256_block(digest->state.words, block); break;
  case FAMILY_SHA512: sha512_block(digest->state.longs, block); break;
  case FAMILY_KECCAK: keccak_block(digest->state.longs, block, digest->algorithm->block_size); break;
  }
}

void digest_update(Digest *digest, const void *bytes, size_t size) {
  const u8 *p = bytes;
  u32 block_size = digest->algorithm->block_size;
  digest->length += size;
  if (digest->filled) {
    u32 n = (u32)MIN(size, (size_t)(block_size - digest->filled));
    memcpy(digest->block + digest->filled, p, n);
    digest->filled += n;
    p += n;
    size -= n;
    if (digest->filled < block_size) return;
    run_block(digest, digest->block);
    digest->filled = 0;
  }
  for (; size >= block_size; p += block_size, size -= block_size) run_block(digest, p);
  if (size) memcpy(digest->block, p, size);
  digest->filled = (u32)size;
}

static void finish_keccak(Digest *digest, u8 *out, size_t size) {
  u32 rate = digest->algorithm->block_size;
  memset(digest->block + digest->filled, 0, rate - digest->filled);
  digest->block[digest->filled] = digest->algorithm->suffix;
  digest->block[rate - 1] |= 0x80;
  run_block(digest, digest->block);
  for (size_t i = 0; i < size; i++) {
    size_t at = i % rate;
    if (i && !at) keccak_permute(digest->state.longs);
    out[i] = (u8)(digest->state.longs[at / 8] >> 8 * (at % 8));
  }
}

void digest_finish(Digest *digest, u8 *out, size_t size) {
  DigestFamily family = digest->algorithm->family;
  if (family == FAMILY_KECCAK) {
    finish_keccak(digest, out, size);
    return;
  }
  u32 length_size = family == FAMILY_SHA512 ? 16 : 8, block_size = digest->algorithm->block_size;
  u64 bits = digest->length * 8;
  digest_update(digest, (const u8[]){0x80}, 1);
  static const u8 zeros[128];
  u32 room = block_size - length_size;
  digest_update(digest, zeros, (room + block_size - digest->filled) % block_size);
  u8 tail[16] = {0};
  for (u32 i = 0; i < 8; i++) tail[family == FAMILY_MD5 ? i : length_size - 1 - i] = (u8)(bits >> 8 * i);
  digest_update(digest, tail, length_size);
  for (size_t i = 0; i < size; i++) {
    switch (family) {
    case FAMILY_MD5: out[i] = (u8)(digest->state.words[i / 4] >> 8 * (i % 4)); break;
    case FAMILY_SHA512: out[i] = (u8)(digest->state.longs[i / 8] >> (56 - 8 * (i % 8))); break;
    default: out[i] = (u8)(digest->state.words[i / 4] >> (24 - 8 * (i % 4)));
    }
  }
}
