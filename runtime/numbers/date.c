// SPDX-License-Identifier: MIT
// Date and Date.prototype (ECMA-262 21.4, Annex B.2.3). Parsing is date_parse.c. The local fields of a time stay in the object, and
// offsets of the local time zone in a small cache of the isolate.
// Tests: tests/js/numbers/date*.js
#include "runtime/numbers/date.h"
#include "runtime/numbers/date_locale.h"
#include "base/platform.h"
#include "base/timezone.h"
#include <math.h>

// ---- Arithmetic ----

static i64 days_from_civil(i64 year, i32 month, i32 day) { // month from 0
  year -= month < 2;
  i64 era = (year >= 0 ? year : year - 399) / 400;
  u32 of_era = (u32)(year - era * 400);
  u32 of_year = (153 * ((u32)month + (month > 1 ? -2 : 10)) + 2) / 5 + (u32)day - 1;
  return era * 146097 + (i64)(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

static void civil_from_days(i64 days, DateFields *out) {
  days += 719468;
  i64 era = (days >= 0 ? days : days - 146096) / 146097;
  u32 of_era = (u32)(days - era * 146097);
  u32 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  u32 of_year = of_era - (365 * year + year / 4 - year / 100);
  u32 month = (5 * of_year + 2) / 153; // from March
  out->day = (i32)(of_year - (153 * month + 2) / 5 + 1);
  out->month = (i32)(month < 10 ? month + 2 : month - 10);
  out->year = (i32)((i64)year + era * 400 + (out->month < 2));
}

DateFields date_fields(double t) {
  DateFields f;
  double days = floor(t / MS_PER_DAY);
  i32 within = (i32)(t - days * MS_PER_DAY);
  civil_from_days((i64)days, &f);
  i64 weekday = ((i64)days + 4) % 7;
  f.weekday = (i32)(weekday < 0 ? weekday + 7 : weekday);
  f.hour = within / 3600000;
  f.minute = within / 60000 % 60;
  f.second = within / 1000 % 60;
  f.millisecond = within % 1000;
  return f;
}

double date_make_day(double year, double month, double day) {
  if (!isfinite(year) || !isfinite(month) || !isfinite(day)) return NAN;
  double y = trunc(year), m = trunc(month), d = trunc(day);
  double ym = y + floor(m / 12);
  if (fabs(ym) > 400000) return NAN;
  i32 mn = (i32)(m - floor(m / 12) * 12);
  return (double)days_from_civil((i64)ym, mn, 1) + d - 1;
}

double date_make_time(double hour, double minute, double second, double ms) {
  if (!isfinite(hour) || !isfinite(minute) || !isfinite(second) || !isfinite(ms)) return NAN;
  return trunc(hour) * MS_PER_HOUR + trunc(minute) * MS_PER_MINUTE + trunc(second) * 1000 + trunc(ms);
}

double date_make_date(double day, double time) {
  if (!isfinite(day) || !isfinite(time)) return NAN;
  double date = day * MS_PER_DAY + time;
  return isfinite(date) ? date : NAN;
}

double date_time_clip(double t) {
  if (!(fabs(t) <= 8.64e15)) return NAN;
  return trunc(t) + 0.0;
}

static double make_full_year(double year) {
  if (isnan(year)) return NAN;
  double truncated = trunc(year);
  return truncated >= 0 && truncated <= 99 ? 1900 + truncated : truncated;
}

// ---- Local time ----

// Offsets are cached by segments of 16 days: where both ends of one agree, nothing happens in between (no zone changes twice within
// that time). The segments with a transition are cached by quarters of an hour.
enum { OFFSET_CACHE_SIZE = 32, OFFSET_VARIES = INT32_MAX };
#define SEGMENT_MS (16 * MS_PER_DAY)
#define QUARTER_MS 900000.0
typedef struct OffsetCache {
  i64 index[OFFSET_CACHE_SIZE]; // 0: free
  i32 offset[OFFSET_CACHE_SIZE];
} OffsetCache;
struct TimezoneCache {
  OffsetCache segments, quarters;
};

// The offset in the segment of the time, or OFFSET_VARIES. 1e11 < utc < 1e14.
static i32 segment_offset(Isolate *iso, double utc) {
  if (UNLIKELY(!iso->timezone)) iso->timezone = base_alloc_zeroed(sizeof *iso->timezone);
  OffsetCache *cache = &iso->timezone->segments;
  i64 index = (i64)(utc / SEGMENT_MS);
  u32 i = (u32)(index % OFFSET_CACHE_SIZE);
  if (LIKELY(cache->index[i] == index)) return cache->offset[i];
  i32 first = timezone_offset_at_utc((double)index * SEGMENT_MS), last = timezone_offset_at_utc((double)(index + 1) * SEGMENT_MS);
  cache->index[i] = index;
  return cache->offset[i] = first == last ? first : OFFSET_VARIES;
}

i32 date_local_offset(Isolate *iso, double utc) {
  if (!(utc > 1e11 && utc < 1e14)) return timezone_offset_at_utc(utc);
  i32 offset = segment_offset(iso, utc);
  if (LIKELY(offset != OFFSET_VARIES)) return offset;
  OffsetCache *cache = &iso->timezone->quarters;
  i64 index = (i64)(utc / QUARTER_MS);
  u32 i = (u32)(index % OFFSET_CACHE_SIZE);
  if (cache->index[i] != index) {
    cache->offset[i] = timezone_offset_at_utc(utc);
    cache->index[i] = index;
  }
  return cache->offset[i];
}

void date_timezone_changed(Isolate *iso) {
  if (iso->timezone) memset(iso->timezone, 0, sizeof *iso->timezone);
}

double date_local_time(Isolate *iso, double utc) { return utc + date_local_offset(iso, utc); }

double date_utc(Isolate *iso, double local) {
  if (!isfinite(local) || fabs(local) > 8.65e15) return NAN;
  if (local > 2e11 && local < 9e13) { // no transition within a day: the offset is that of both sides
    i32 before = segment_offset(iso, local - MS_PER_DAY), after = segment_offset(iso, local + MS_PER_DAY);
    if (LIKELY(before == after && before != OFFSET_VARIES)) return local - before;
  }
  return local - timezone_offset_at_local(local);
}

static JSDate *this_date(Isolate *iso, Value v) {
  if (LIKELY(value_is_kind(v, KIND_DATE))) return (JSDate *)value_object(v);
  return THROW(iso, TYPE, "this is not a Date object.");
}

// The fields of a valid date in local time, from the object if it was asked before.
static DateFields local_fields(Isolate *iso, JSDate *d) {
  if (d->local_time == d->time && d->day) {
    return (DateFields){d->year, d->month, d->day, d->weekday, d->hour, d->minute, d->second, d->millisecond};
  }
  i32 offset = date_local_offset(iso, d->time);
  DateFields f = date_fields(d->time + offset);
  d->local_time = d->time;
  d->year = f.year;
  d->offset_ms = offset;
  d->month = (u8)f.month, d->day = (u8)f.day, d->weekday = (u8)f.weekday;
  d->hour = (u8)f.hour, d->minute = (u8)f.minute, d->second = (u8)f.second;
  d->millisecond = (u16)f.millisecond;
  return f;
}

// ---- Texts ----

static const char weekday_names[] = "SunMonTueWedThuFriSat";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static const char *zone_long_name(const char *abbreviation) {
  static const char *const names[][2] = {
      {"UTC", "Coordinated Universal Time"},
      {"GMT", "Greenwich Mean Time"},
      {"BST", "British Summer Time"},
      {"CET", "Central European Standard Time"},
      {"CEST", "Central European Summer Time"},
      {"EET", "Eastern European Standard Time"},
      {"EEST", "Eastern European Summer Time"},
      {"WET", "Western European Standard Time"},
      {"WEST", "Western European Summer Time"},
      {"MSK", "Moscow Standard Time"},
      {"EST", "Eastern Standard Time"},
      {"EDT", "Eastern Daylight Time"},
      {"CST", "Central Standard Time"},
      {"CDT", "Central Daylight Time"},
      {"MST", "Mountain Standard Time"},
      {"MDT", "Mountain Daylight Time"},
      {"PST", "Pacific Standard Time"},
      {"PDT", "Pacific Daylight Time"},
      {"AKST", "Alaska Standard Time"},
      {"AKDT", "Alaska Daylight Time"},
      {"HST", "Hawaii-Aleutian Standard Time"},
      {"JST", "Japan Standard Time"},
      {"KST", "Korean Standard Time"},
      {"IST", "India Standard Time"},
      {"AEST", "Australian Eastern Standard Time"},
      {"AEDT", "Australian Eastern Daylight Time"},
      {"NZST", "New Zealand Standard Time"},
      {"NZDT", "New Zealand Daylight Time"},
  };
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    if (!strcmp(names[i][0], abbreviation)) return names[i][1];
  }
  return abbreviation;
}

enum { DATE_TEXT_MAX = 128 };

static void write_date_text(Isolate *iso, JSDate *d, u32 parts, char *out) {
  DateFields f = local_fields(iso, d);
  size_t n = 0;
  if (parts & PART_DATE) {
    n += (size_t)snprintf(out, DATE_TEXT_MAX, "%.3s %.3s %02d %s%04d", weekday_names + 3 * f.weekday, month_names + 3 * f.month,
                          f.day, f.year < 0 ? "-" : "", abs(f.year));
    if (parts & PART_TIME) out[n++] = ' ';
  }
  if (!(parts & PART_TIME)) return;
  char zone[32];
  zone[timezone_abbreviation(d->time, zone, sizeof zone - 1)] = 0;
  i32 minutes = d->offset_ms / 60000;
  snprintf(out + n, DATE_TEXT_MAX - n, "%02d:%02d:%02d GMT%c%02d%02d (%.48s)", f.hour, f.minute, f.second, minutes < 0 ? '-' : '+',
           abs(minutes) / 60, abs(minutes) % 60, zone_long_name(zone));
}

static Value date_text(Isolate *iso, JSDate *d, u32 parts) {
  char text[DATE_TEXT_MAX];
  if (isnan(d->time)) return value_from_cell(str_new_cstring(iso, "Invalid Date"));
  write_date_text(iso, d, parts, text);
  return value_from_cell(str_new_cstring(iso, text));
}

static Value date_to_text(Isolate *iso, const Call *call) { // magic: PART_* bits
  JSDate *d = TRY(this_date(iso, call->this_value));
  return date_text(iso, d, native_magic(call));
}

static char *put_digits(char *out, i32 n, u32 count) {
  for (u32 i = count; i-- > 0; n /= 10) out[i] = (char)('0' + n % 10);
  return out + count;
}

static String *iso_text(Isolate *iso, double t) {
  DateFields f = date_fields(t);
  char text[32], *p = text;
  bool long_year = f.year < 0 || f.year > 9999;
  if (long_year) *p++ = f.year < 0 ? '-' : '+';
  p = put_digits(p, abs(f.year), long_year ? 6 : 4);
  *p++ = '-';
  p = put_digits(p, f.month + 1, 2);
  *p++ = '-';
  p = put_digits(p, f.day, 2);
  *p++ = 'T';
  p = put_digits(p, f.hour, 2);
  *p++ = ':';
  p = put_digits(p, f.minute, 2);
  *p++ = ':';
  p = put_digits(p, f.second, 2);
  *p++ = '.';
  p = put_digits(p, f.millisecond, 3);
  *p++ = 'Z';
  return str_new_latin1(iso, (const u8 *)text, (u32)(p - text));
}

static Value date_to_iso_string(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  if (isnan(d->time)) return THROW(iso, INVALID_TIME);
  return value_from_cell(iso_text(iso, d->time));
}

static Value date_to_utc_string(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  if (isnan(d->time)) return value_from_cell(str_new_cstring(iso, "Invalid Date"));
  DateFields f = date_fields(d->time);
  return value_from_cell(str_new_format(iso, "%.3s, %02d %.3s %s%04d %02d:%02d:%02d GMT", weekday_names + 3 * f.weekday, f.day,
                                        month_names + 3 * f.month, f.year < 0 ? "-" : "", abs(f.year), f.hour, f.minute, f.second));
}

static Value date_to_json(Isolate *iso, const Call *call) {
  JSObject *o = TRY(to_object(iso, call->this_value));
  Value tv = TRY(to_primitive(iso, value_from_object(o), PREFER_NUMBER));
  if (value_is_number(tv) && !isfinite(value_number(tv))) return VALUE_NULL;
  return invoke(iso, value_from_object(o), ATOM(toISOString), 0, NULL);
}

// ---- Texts of en-US ----

static Value date_to_locale_text(Isolate *iso, const Call *call) { // magic: PART_* bits
  JSDate *d = TRY(this_date(iso, call->this_value));
  DateFormat format;
  TRY(date_format_read(iso, &format, call_arg(call, 1), native_magic(call)));
  if (isnan(d->time)) return value_from_cell(str_new_cstring(iso, "Invalid Date"));
  DateFields f = format.utc ? date_fields(d->time) : local_fields(iso, d);
  i32 offset = format.utc ? 0 : date_local_offset(iso, d->time);
  return value_from_cell(date_format_text(iso, &format, &f, d->time, offset));
}

// ---- Constructor ----

static double now_ms(void) { return floor(platform_wall_ms()); }

// Year, month and up to five more; missing ones have their defaults.
static bool components(Isolate *iso, const Call *call, double *date) {
  double parts[7] = {NAN, 0, 1, 0, 0, 0, 0};
  for (u32 i = 0; i < 7 && i < MAX(call->argc, 1u); i++) TRY(to_double(iso, call_arg(call, i), &parts[i]));
  *date = date_make_date(date_make_day(make_full_year(parts[0]), parts[1], parts[2]),
                         date_make_time(parts[3], parts[4], parts[5], parts[6]));
  return true;
}

static bool time_from_value(Isolate *iso, Value v, double *t) {
  if (value_is_kind(v, KIND_DATE)) {
    *t = ((JSDate *)value_object(v))->time;
    return true;
  }
  v = TRY(to_primitive(iso, v, PREFER_DEFAULT));
  if (value_is_string(v)) {
    String *s = TRY(str_flatten(iso, value_string(v)));
    *t = date_parse_text(iso, s);
    return true;
  }
  TRY(to_double(iso, v, t));
  *t = date_time_clip(*t);
  return true;
}

static Value date_constructor(Isolate *iso, const Call *call) {
  double t = 0;
  if (!call_is_construct(call)) {
    JSDate now = {.time = now_ms()};
    return date_text(iso, &now, PART_DATE | PART_TIME);
  }
  if (!call->argc) {
    t = now_ms();
  } else if (call->argc == 1) {
    TRY(time_from_value(iso, call->args[0], &t));
  } else {
    TRY(components(iso, call, &t));
    t = date_time_clip(date_utc(iso, t));
  }
  JSDate *d = TRY(ordinary_create_from_constructor(iso, call->new_target, INTRINSIC_DATE_PROTOTYPE, KIND_DATE));
  d->time = t;
  return value_from_object(d);
}

static Value date_now(Isolate *iso, const Call *call) {
  (void)iso, (void)call;
  return value_from_double(now_ms());
}

static Value date_parse(Isolate *iso, const Call *call) {
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  s = TRY(str_flatten(iso, s));
  return value_from_double(date_parse_text(iso, s));
}

static Value date_utc_method(Isolate *iso, const Call *call) {
  double t = 0;
  TRY(components(iso, call, &t));
  return value_from_double(date_time_clip(t));
}

// ---- Getters and setters. magic: field, with MAGIC_UTC ----

enum {
  FIELD_YEAR,
  FIELD_MONTH,
  FIELD_DAY,
  FIELD_HOUR,
  FIELD_MINUTE,
  FIELD_SECOND,
  FIELD_MS,
  FIELD_WEEKDAY,
  FIELD_OLD_YEAR,
  MAGIC_UTC = 16
};

static Value date_get(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  if (isnan(d->time)) return value_from_double(NAN);
  DateFields f = native_magic(call) & MAGIC_UTC ? date_fields(d->time) : local_fields(iso, d);
  switch (native_magic(call) & ~(u32)MAGIC_UTC) {
  case FIELD_YEAR: return value_from_int(f.year);
  case FIELD_MONTH: return value_from_int(f.month);
  case FIELD_DAY: return value_from_int(f.day);
  case FIELD_HOUR: return value_from_int(f.hour);
  case FIELD_MINUTE: return value_from_int(f.minute);
  case FIELD_SECOND: return value_from_int(f.second);
  case FIELD_MS: return value_from_int(f.millisecond);
  case FIELD_WEEKDAY: return value_from_int(f.weekday);
  default: return value_from_int(f.year - 1900);
  }
}

static Value date_get_time(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  return value_from_double(d->time);
}

static Value date_get_timezone_offset(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  if (isnan(d->time)) return value_from_double(NAN);
  return value_from_double(-date_local_offset(iso, d->time) / MS_PER_MINUTE + 0.0);
}

// Sets the field of the magic and, with further arguments, those below it: setHours(h, m, s, ms), setMonth(m, d), ...
static Value date_set(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  bool utc = native_magic(call) & MAGIC_UTC;
  u32 field = native_magic(call) & ~(u32)MAGIC_UTC, last = field <= FIELD_DAY ? FIELD_DAY : FIELD_MS;
  double t = d->time, given[7], values[7];
  u32 count = MIN(MAX(call->argc, 1u), last - field + 1);
  for (u32 i = 0; i < count; i++) TRY(to_double(iso, call_arg(call, i), &given[i]));
  if (isnan(t)) {
    if (field != FIELD_YEAR) return value_from_double(NAN);
    t = 0;
  } else if (!utc) {
    t = date_local_time(iso, t);
  }
  DateFields f = date_fields(t);
  double now[7] = {f.year, f.month, f.day, f.hour, f.minute, f.second, f.millisecond};
  memcpy(values, now, sizeof values);
  memcpy(values + field, given, count * sizeof *given);
  double date =
      date_make_date(date_make_day(values[0], values[1], values[2]), date_make_time(values[3], values[4], values[5], values[6]));
  d->time = date_time_clip(utc ? date : date_utc(iso, date));
  return value_from_double(d->time);
}

static Value date_set_time(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  double t;
  TRY(to_double(iso, call_arg(call, 0), &t));
  d->time = date_time_clip(t);
  return value_from_double(d->time);
}

static Value date_set_year(Isolate *iso, const Call *call) {
  JSDate *d = TRY(this_date(iso, call->this_value));
  double t = d->time, year;
  TRY(to_double(iso, call_arg(call, 0), &year));
  DateFields f = date_fields(isnan(t) ? 0 : date_local_time(iso, t));
  double date = date_make_date(date_make_day(make_full_year(year), f.month, f.day),
                               date_make_time(f.hour, f.minute, f.second, f.millisecond));
  d->time = date_time_clip(date_utc(iso, date));
  return value_from_double(d->time);
}

static Value date_to_primitive(Isolate *iso, const Call *call) {
  if (!value_is_object(call->this_value)) return throw_incompatible(iso, "Date.prototype [ @@toPrimitive ]", call->this_value);
  Value hint = call_arg(call, 0);
  String *s = value_is_string(hint) ? TRY(str_flatten(iso, value_string(hint))) : NULL;
  JSObject *o = value_object(call->this_value);
  if (s && (str_equals_ascii(s, "string") || str_equals_ascii(s, "default"))) return ordinary_to_primitive(iso, o, PREFER_STRING);
  if (s && str_equals_ascii(s, "number")) return ordinary_to_primitive(iso, o, PREFER_NUMBER);
  return THROW(iso, INVALID_DATE_HINT, error_text_of_value(iso, hint));
}

// ---- Tables ----

static const BuiltinProperty date_properties[] = {
    METHOD(now, date_now, 0),
    METHOD(parse, date_parse, 1),
    METHOD(UTC, date_utc_method, 7),
};

#define DATE_GETTERS(Name, field) \
  METHOD_MAGIC(get##Name, date_get, 0, field), METHOD_MAGIC(getUTC##Name, date_get, 0, (field) | MAGIC_UTC)
#define DATE_SETTERS(Name, field, length) \
  METHOD_MAGIC(set##Name, date_set, length, field), METHOD_MAGIC(setUTC##Name, date_set, length, (field) | MAGIC_UTC)

static const BuiltinProperty date_prototype_properties[] = {
    METHOD_MAGIC(toString, date_to_text, 0, PART_DATE | PART_TIME),
    METHOD_MAGIC(toDateString, date_to_text, 0, PART_DATE),
    METHOD_MAGIC(toTimeString, date_to_text, 0, PART_TIME),
    METHOD(toISOString, date_to_iso_string, 0),
    METHOD(toUTCString, date_to_utc_string, 0),
    DATE_GETTERS(Date, FIELD_DAY),
    DATE_SETTERS(Date, FIELD_DAY, 1),
    DATE_GETTERS(Day, FIELD_WEEKDAY),
    DATE_GETTERS(FullYear, FIELD_YEAR),
    DATE_SETTERS(FullYear, FIELD_YEAR, 3),
    DATE_GETTERS(Hours, FIELD_HOUR),
    DATE_SETTERS(Hours, FIELD_HOUR, 4),
    DATE_GETTERS(Milliseconds, FIELD_MS),
    DATE_SETTERS(Milliseconds, FIELD_MS, 1),
    DATE_GETTERS(Minutes, FIELD_MINUTE),
    DATE_SETTERS(Minutes, FIELD_MINUTE, 3),
    DATE_GETTERS(Month, FIELD_MONTH),
    DATE_SETTERS(Month, FIELD_MONTH, 2),
    DATE_GETTERS(Seconds, FIELD_SECOND),
    DATE_SETTERS(Seconds, FIELD_SECOND, 2),
    METHOD(getTime, date_get_time, 0),
    METHOD(setTime, date_set_time, 1),
    METHOD(getTimezoneOffset, date_get_timezone_offset, 0),
    METHOD_MAGIC(getYear, date_get, 0, FIELD_OLD_YEAR),
    METHOD(setYear, date_set_year, 1),
    METHOD(valueOf, date_get_time, 0),
    ALIAS(toGMTString, toUTCString),
    METHOD_MAGIC(toLocaleString, date_to_locale_text, 0, PART_DATE | PART_TIME),
    METHOD_MAGIC(toLocaleDateString, date_to_locale_text, 0, PART_DATE),
    METHOD_MAGIC(toLocaleTimeString, date_to_locale_text, 0, PART_TIME),
    METHOD(toJSON, date_to_json, 1),
    METHOD_SYM_ATTRS(toPrimitive, date_to_primitive, 1, ATTR_CONFIGURABLE),
};
const BuiltinObject builtin_date = BUILTIN_CLASS(Date, date_constructor, 7, INTRINSIC_DATE_PROTOTYPE, date_properties);
const BuiltinObject builtin_date_prototype = BUILTIN_PROTOTYPE(INTRINSIC_DATE, date_prototype_properties);
