// SPDX-License-Identifier: MIT
// Deflated bytes (RFC 1951) back to what they were. For what the program itself carries: its JavaScript is a third as large so.
// Scripts that inflate use the system's libz, which is opened on first use (node/bindings/zlib).
#ifndef WEFT_BASE_INFLATE_H
#define WEFT_BASE_INFLATE_H

#include "base/base.h"

// Exactly `out_size` bytes. False: the bytes are damaged, or give another number.
MUST_CHECK bool inflate_bytes(const u8 *in, size_t in_size, u8 *out, size_t out_size);

#endif
