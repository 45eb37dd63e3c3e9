// SPDX-License-Identifier: MIT
// The generated table of powers of ten, see tools/gen_pow10.c.
#include "base/pow10_internal.h"

const u64 pow10_significands[POW10_MAX - POW10_MIN + 1][2] = {
#include "generated/base/pow10_tables.inc"
};
