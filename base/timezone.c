// SPDX-License-Identifier: MIT
// The local time zone through localtime_r, see timezone.h. Ambiguous and skipped local times are found by asking for the
// offsets a day before and a day after, between which no zone has changed twice.
#define _GNU_SOURCE
#include "base/timezone.h"

#include <math.h>
#include <time.h>
#include <unistd.h>

enum { DAY_MS = 86400000 };

void timezone_reset(void) { tzset(); }

i32 timezone_offset_at_utc(double utc_ms) {
  time_t seconds = (time_t)floor(utc_ms / 1000);
  struct tm tm;
  if (!localtime_r(&seconds, &tm)) return 0;
  return (i32)(tm.tm_gmtoff * 1000);
}

u32 timezone_offsets_for_local(double local_ms, i32 offsets[2]) {
  i32 before = timezone_offset_at_utc(local_ms - DAY_MS), after = timezone_offset_at_utc(local_ms + DAY_MS);
  offsets[0] = before, offsets[1] = after;
  bool before_fits = timezone_offset_at_utc(local_ms - before) == before;
  if (before == after) return before_fits;
  bool after_fits = timezone_offset_at_utc(local_ms - after) == after;
  if (after_fits && !before_fits) offsets[0] = after, offsets[1] = before;
  return (u32)before_fits + (u32)after_fits;
}

i32 timezone_offset_at_local(double local_ms) {
  i32 offsets[2];
  timezone_offsets_for_local(local_ms, offsets);
  return offsets[0];
}

static size_t put(char *buf, size_t size, const char *text, size_t n) {
  if (!size) return 0;
  n = MIN(n, size - 1);
  memcpy(buf, text, n);
  buf[n] = 0;
  return n;
}

size_t timezone_abbreviation(double utc_ms, char *buf, size_t size) {
  time_t seconds = (time_t)floor(utc_ms / 1000);
  struct tm tm;
  if (!localtime_r(&seconds, &tm) || !tm.tm_zone) return put(buf, size, "UTC", 3);
  return put(buf, size, tm.tm_zone, strlen(tm.tm_zone));
}

static const char *after_zoneinfo(const char *path) {
  const char *mark = strstr(path, "zoneinfo/");
  if (!mark) return NULL;
  mark += strlen("zoneinfo/");
  if (!strncmp(mark, "posix/", 6) || !strncmp(mark, "right/", 6)) mark += 6;
  return *mark ? mark : NULL;
}

size_t timezone_name(char *buf, size_t size) {
  const char *tz = getenv("TZ");
  if (tz) {
    if (*tz == ':') tz++;
    const char *name = *tz == '/' ? after_zoneinfo(tz) : tz;
    if (name && *name) return put(buf, size, name, strlen(name));
    return put(buf, size, "UTC", 3);
  }
  char path[512];
  ssize_t n = readlink("/etc/localtime", path, sizeof path - 1);
  if (n > 0) {
    path[n] = 0;
    const char *name = after_zoneinfo(path);
    if (name) return put(buf, size, name, strlen(name));
  }
  return put(buf, size, "UTC", 3);
}
