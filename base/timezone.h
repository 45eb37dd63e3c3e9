// SPDX-License-Identifier: MIT
// The local time zone, as the system knows it (TZ or /etc/localtime). Times are in milliseconds since 1970-01-01; offsets in
// milliseconds, positive east of Greenwich. Safe from any thread. Not cached here: the caller keeps a cache per isolate.
#ifndef WEFT_BASE_TIMEZONE_H
#define WEFT_BASE_TIMEZONE_H

#include "base/base.h"

// Reads TZ again, after the program changed it.
void timezone_reset(void);
// Offset of local time from UTC at the instant `utc_ms`.
i32 timezone_offset_at_utc(double utc_ms);
// Offset for a local time, as ECMA-262's LocalTime wants it: a time that occurs twice means the first occurrence, a skipped
// time is read with the offset from before the transition.
i32 timezone_offset_at_local(double local_ms);
// The two candidates for Temporal: returns how many instants (0, 1 or 2) have this local time, their offsets ascending in
// time in offsets[]. For 0, offsets[0] is the one before the gap and offsets[1] the one after.
u32 timezone_offsets_for_local(double local_ms, i32 offsets[2]);
// Abbreviation like "CET" at the instant, cut to fit; returns its length.
size_t timezone_abbreviation(double utc_ms, char *buf, size_t size);
// IANA name like "Europe/Berlin", "UTC" when unknown; returns its length.
size_t timezone_name(char *buf, size_t size);

#endif
