// SPDX-License-Identifier: MIT
// Dates as en-US writes them. Only UTC and the system's own time zone are known: others need the tables of Intl.
// Tests: tests/js/numbers/date_locale.js
#include "runtime/numbers/date_locale.h"
#include "base/timezone.h"

static const char *const weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

// ---- Options ----

static bool style_option(Isolate *iso, JSObject *options, PropertyKey key, u8 *style) {
  static const char *const names[] = {
      [STYLE_NUMERIC] = "numeric", [STYLE_2_DIGIT] = "2-digit", [STYLE_NARROW] = "narrow", [STYLE_SHORT] = "short",
      [STYLE_MEDIUM] = "medium",   [STYLE_LONG] = "long",       [STYLE_FULL] = "full",
  };
  *style = STYLE_NONE;
  Value v = TRY(obj_get(iso, options, key));
  if (value_is_undefined(v)) return true;
  String *s = TRY(to_string(iso, v));
  s = TRY(str_flatten(iso, s));
  for (u8 i = STYLE_NUMERIC; i < ARRAY_LEN(names); i++) {
    if (str_equals_ascii(s, names[i])) *style = i;
  }
  if (*style) return true;
  return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE,
                             "Value %s out of range for Intl.DateTimeFormat options property %s", error_text_of_string(iso, s),
                             error_text_of_key(iso, key));
}

static bool zone_option(Isolate *iso, JSObject *options, bool *utc) {
  Value zone = TRY(obj_get(iso, options, ATOM(timeZone)));
  if (value_is_undefined(zone)) return true;
  String *s = TRY(to_string(iso, zone));
  s = TRY(str_flatten(iso, s));
  static const char *const names[] = {"UTC", "utc", "Etc/UTC", "GMT", "Etc/GMT"};
  for (u32 i = 0; i < ARRAY_LEN(names); i++) {
    if (str_equals_ascii(s, names[i])) return *utc = true;
  }
  char local[64];
  local[timezone_name(local, sizeof local - 1)] = 0;
  if (str_equals_ascii(s, local)) return true;
  return throw_error_message(iso, INTRINSIC_RANGE_ERROR_PROTOTYPE, "Invalid time zone specified: %s", error_text_of_string(iso, s));
}

static void apply_styles(DateFormat *f, u8 date, u8 time) {
  if (date == STYLE_SHORT) f->month = f->day = STYLE_NUMERIC, f->year = STYLE_2_DIGIT;
  if (date == STYLE_MEDIUM) f->month = STYLE_SHORT, f->day = f->year = STYLE_NUMERIC;
  if (date >= STYLE_LONG) f->month = STYLE_LONG, f->day = f->year = STYLE_NUMERIC;
  if (date == STYLE_FULL) f->weekday = STYLE_LONG;
  if (time) f->hour = f->minute = STYLE_NUMERIC;
  if (time >= STYLE_MEDIUM) f->second = STYLE_NUMERIC;
  if (time >= STYLE_LONG) f->zone = STYLE_SHORT;
}

static bool read_options(Isolate *iso, DateFormat *f, JSObject *o) {
  u8 date_style, time_style;
  Value v = TRY(obj_get(iso, o, ATOM(hour12)));
  if (!value_is_undefined(v)) f->hour12 = to_boolean(iso, v);
  TRY(zone_option(iso, o, &f->utc));
  TRY(style_option(iso, o, ATOM(weekday), &f->weekday));
  TRY(style_option(iso, o, ATOM(year), &f->year));
  TRY(style_option(iso, o, ATOM(month), &f->month));
  TRY(style_option(iso, o, ATOM(day), &f->day));
  TRY(style_option(iso, o, ATOM(hour), &f->hour));
  TRY(style_option(iso, o, ATOM(minute), &f->minute));
  TRY(style_option(iso, o, ATOM(second), &f->second));
  TRY(style_option(iso, o, ATOM(timeZoneName), &f->zone));
  TRY(style_option(iso, o, ATOM(dateStyle), &date_style));
  TRY(style_option(iso, o, ATOM(timeStyle), &time_style));
  apply_styles(f, date_style, time_style);
  return true;
}

bool date_format_read(Isolate *iso, DateFormat *format, Value options, u32 parts) {
  *format = (DateFormat){.hour12 = true};
  if (!value_is_undefined(options)) {
    JSObject *o = TRY(to_object(iso, options));
    TRY(read_options(iso, format, o));
  }
  bool date = format->weekday || format->year || format->month || format->day;
  bool time = format->hour || format->minute || format->second;
  if (!(parts & PART_DATE ? date : false) && !(parts & PART_TIME ? time : false)) {
    if (parts & PART_DATE) format->year = format->month = format->day = STYLE_NUMERIC;
    if (parts & PART_TIME) format->hour = format->minute = format->second = STYLE_NUMERIC;
  }
  format->at = format->month == STYLE_LONG;
  return true;
}

// ---- Text ----

static void append_number(StringBuilder *sb, i32 n, bool two_digits) {
  char text[16];
  snprintf(text, sizeof text, two_digits ? "%02d" : "%d", n);
  sb_append_ascii(sb, text);
}

static void append_name(StringBuilder *sb, const char *name, u8 style) {
  sb_append_latin1(sb, (const u8 *)name, style == STYLE_NARROW ? 1 : style == STYLE_LONG ? (u32)strlen(name) : 3);
}

static void append_year(StringBuilder *sb, const DateFormat *format, i32 year) {
  if (format->year == STYLE_2_DIGIT) append_number(sb, abs(year) % 100, true);
  else append_number(sb, year, false);
}

// "Saturday, November 21, 2026", "11/21/2026"
static void append_date(StringBuilder *sb, const DateFormat *format, const DateFields *f) {
  bool named = format->month > STYLE_2_DIGIT;
  if (format->weekday) {
    append_name(sb, weekdays[f->weekday], format->weekday);
    if (format->month || format->year) sb_append_ascii(sb, ", ");
    else if (format->day) sb_append_ascii(sb, " ");
  }
  if (named) append_name(sb, months[f->month], format->month);
  else if (format->month) append_number(sb, f->month + 1, format->month == STYLE_2_DIGIT);
  if (format->day) {
    if (format->month) sb_append_ascii(sb, named ? " " : "/");
    append_number(sb, f->day, format->day == STYLE_2_DIGIT);
  }
  if (format->year) {
    if (named) sb_append_ascii(sb, format->day ? ", " : " ");
    else if (format->month || format->day) sb_append_ascii(sb, "/");
    append_year(sb, format, f->year);
  }
}

static void append_time(StringBuilder *sb, const DateFormat *format, const DateFields *f) {
  if (format->hour) {
    i32 hour = format->hour12 ? (f->hour + 11) % 12 + 1 : f->hour;
    append_number(sb, hour, format->hour == STYLE_2_DIGIT || !format->hour12);
  }
  if (format->minute) {
    if (format->hour) sb_append_ascii(sb, ":");
    append_number(sb, f->minute, format->hour || format->second);
  }
  if (format->second) {
    if (format->minute) sb_append_ascii(sb, ":");
    append_number(sb, f->second, format->minute);
  }
  // ICU has a narrow no-break space here; programs rely on the plain one, which Node writes.
  if (format->hour && format->hour12) sb_append_ascii(sb, f->hour < 12 ? " AM" : " PM");
}

static void append_zone(StringBuilder *sb, const DateFormat *format, double time, i32 offset) {
  char zone[48] = "UTC";
  if (!format->utc) zone[timezone_abbreviation(time, zone, sizeof zone - 1)] = 0;
  static const char *const american[] = {"UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST"};
  for (u32 i = 0; i < ARRAY_LEN(american); i++) {
    if (!strcmp(american[i], zone)) return sb_append_ascii(sb, zone);
  }
  i32 minutes = abs(offset) / 60000;
  snprintf(zone, sizeof zone, minutes % 60 ? "GMT%c%d:%02d" : "GMT%c%d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  sb_append_ascii(sb, offset ? zone : "GMT");
}

String *date_format_text(Isolate *iso, const DateFormat *format, const DateFields *f, double time, i32 offset) {
  StringBuilder sb;
  sb_init(&sb, iso);
  bool date = format->weekday || format->year || format->month || format->day;
  bool clock = format->hour || format->minute || format->second;
  if (date) append_date(&sb, format, f);
  if (date && clock) sb_append_ascii(&sb, format->at ? " at " : ", ");
  if (clock) append_time(&sb, format, f);
  if (format->zone) {
    sb_append_ascii(&sb, clock ? " " : ", ");
    append_zone(&sb, format, time, offset);
  }
  return sb_finish(&sb);
}
