// SPDX-License-Identifier: MIT
// Message digests: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), SHA-3 and SHAKE (FIPS 202), fed piece by piece.
#ifndef WEFT_NODE_DIGEST_H
#define WEFT_NODE_DIGEST_H

#include "base/base.h"

typedef struct DigestAlgorithm DigestAlgorithm;
typedef struct Digest {
  const DigestAlgorithm *algorithm;
  u64 length; // bytes so far
  union {
    u32 words[8];
    u64 longs[25];
  } state;
  u32 filled; // bytes in `block`
  u8 block[168];
} Digest;

// By name, in any case ("sha256", "SHA-256", "RSA-SHA256"). NULL: unknown.
const DigestAlgorithm *digest_find(const char *name);
const char *digest_name(u32 i);                              // of the i-th algorithm; NULL: no more
u32 digest_size(const DigestAlgorithm *algorithm);           // bytes of a result
u32 digest_block_size(const DigestAlgorithm *algorithm);     // bytes, for HMAC
bool digest_is_extendable(const DigestAlgorithm *algorithm); // results of any size

void digest_init(Digest *digest, const DigestAlgorithm *algorithm);
void digest_update(Digest *digest, const void *bytes, size_t size);
// Writes `size` bytes, digest_size() unless it is extendable. The digest is used up.
void digest_finish(Digest *digest, u8 *out, size_t size);

#endif
