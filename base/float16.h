// SPDX-License-Identifier: MIT
// IEEE binary16 for Float16Array, Math.f16round and DataView. Conversion from double rounds once, to nearest even.
#ifndef WEFT_BASE_FLOAT16_H
#define WEFT_BASE_FLOAT16_H

#include "base/base.h"

double float16_to_double(u16 half);
// NaN gives the quiet NaN 0x7E00; too large gives infinity.
u16 float16_from_double(double value);

#endif
