// SPDX-License-Identifier: MIT
// Dates as en-US writes them: the toLocale*String methods with the options of Intl.DateTimeFormat that need no tables.
#ifndef WEFT_RUNTIME_NUMBERS_DATE_LOCALE_H
#define WEFT_RUNTIME_NUMBERS_DATE_LOCALE_H

#include "runtime/numbers/date.h"

enum { PART_DATE = 1, PART_TIME = 2 };
enum DateStyle { STYLE_NONE, STYLE_NUMERIC, STYLE_2_DIGIT, STYLE_NARROW, STYLE_SHORT, STYLE_MEDIUM, STYLE_LONG, STYLE_FULL };

typedef struct DateFormat {
  u8 weekday, year, month, day, hour, minute, second, zone; // DateStyle
  bool utc, hour12, at;                                     // at: "November 21, 2026 at 1:00 PM"
} DateFormat;

// Reads the options; without any date or time component those of `parts` are taken. RangeError. Runs JS.
MUST_CHECK bool date_format_read(Isolate *iso, DateFormat *format, Value options, u32 parts);
MUST_CHECK String *date_format_text(Isolate *iso, const DateFormat *format, const DateFields *f, double time, i32 offset);

#endif
