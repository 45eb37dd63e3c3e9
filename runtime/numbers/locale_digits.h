// SPDX-License-Identifier: MIT
// Decimal texts with the group separators of en-US, for the toLocaleString methods of numbers and BigInts.
#ifndef WEFT_RUNTIME_NUMBERS_LOCALE_DIGITS_H
#define WEFT_RUNTIME_NUMBERS_LOCALE_DIGITS_H

#include "vm/bigint.h"

// `text` is [-]digits[.digits]; zeros at the end of the fraction are dropped down to `least_fraction` digits. `out` has room for
// twice the text. Returns the length.
size_t locale_group_digits(const char *text, size_t length, u32 least_fraction, bool grouping, char *out);
MUST_CHECK Value locale_bigint_text(Isolate *iso, const BigInt *b, bool grouping);

#endif
