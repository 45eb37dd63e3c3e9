// SPDX-License-Identifier: MIT
// Arithmetic of dates (ECMA-262 21.4.1) and their texts. Times are milliseconds since 1970-01-01 UTC, NaN when invalid.
#ifndef WEFT_RUNTIME_NUMBERS_DATE_H
#define WEFT_RUNTIME_NUMBERS_DATE_H

#include "runtime/support.h"

#define MS_PER_DAY 86400000.0
#define MS_PER_HOUR 3600000.0
#define MS_PER_MINUTE 60000.0

typedef struct DateFields {
  i32 year;
  i32 month; // from 0
  i32 day;   // of the month, from 1
  i32 weekday, hour, minute, second, millisecond;
} DateFields;

DateFields date_fields(double t); // of a finite time
double date_make_day(double year, double month, double day);
double date_make_time(double hour, double minute, double second, double ms);
double date_make_date(double day, double time);
double date_time_clip(double t);
i32 date_local_offset(Isolate *iso, double utc); // milliseconds; of a finite time
void date_timezone_changed(Isolate *iso);        // the system's time zone is another one: forgets what was cached
double date_local_time(Isolate *iso, double utc);
double date_utc(Isolate *iso, double local);

// Date.parse: the format of the standard, then what V8 accepts beyond it. NaN when it is no date.
double date_parse_text(Isolate *iso, const String *flat);

#endif
