// SPDX-License-Identifier: MIT
// Texts of dates: first the standard's format (a profile of ISO 8601), then the loose one in which browsers have always
// accepted dates, with V8's rules: words before the first number and parentheses are ignored, numbers with colons are times, a sign
// after a time begins an offset, other numbers are year, month, day in the order that fits.
#include "base/unicode.h"
#include "runtime/numbers/date.h"
#include <math.h>

typedef struct DateScanner {
  const String *text;
  u32 at;
} DateScanner;

static u32 peek(const DateScanner *s) { return s->at < s->text->length ? str_char_at_flat(s->text, s->at) : 0; }
static bool at_end(const DateScanner *s) { return s->at >= s->text->length; }
static bool skip(DateScanner *s, u32 c) {
  if (at_end(s) || peek(s) != c) return false;
  s->at++;
  return true;
}
static bool is_digit(u32 c) { return c - '0' < 10; }

// ---- The standard's format ----

// Exactly `count` digits.
static bool fixed_digits(DateScanner *s, u32 count, i32 *out) {
  *out = 0;
  for (u32 i = 0; i < count; i++) {
    if (!is_digit(peek(s))) return false;
    *out = *out * 10 + (i32)(peek(s) - '0');
    s->at++;
  }
  return true;
}

static bool iso_date(DateScanner *s, i32 *year, i32 *month, i32 *day) {
  *month = *day = 1;
  bool negative = peek(s) == '-';
  if (skip(s, '+') || skip(s, '-')) {
    if (!fixed_digits(s, 6, year) || (negative && !*year)) return false;
    if (negative) *year = -*year;
  } else if (!fixed_digits(s, 4, year)) {
    return false;
  }
  if (!skip(s, '-')) return true;
  if (!fixed_digits(s, 2, month) || *month < 1 || *month > 12) return false;
  if (!skip(s, '-')) return true;
  return fixed_digits(s, 2, day) && *day >= 1 && *day <= 31;
}

static bool iso_time(DateScanner *s, double *time) {
  i32 hour, minute, second = 0;
  double ms = 0, place = 100;
  if (!fixed_digits(s, 2, &hour) || !skip(s, ':') || !fixed_digits(s, 2, &minute)) return false;
  if (skip(s, ':')) {
    if (!fixed_digits(s, 2, &second)) return false;
    if (peek(s) == '.' || peek(s) == ',') {
      s->at++;
      if (!is_digit(peek(s))) return false;
      for (; is_digit(peek(s)); s->at++, place = floor(place / 10)) ms += place * (double)(peek(s) - '0');
    }
  }
  if (minute > 59 || second > 59 || hour > 24 || (hour == 24 && (minute || second || ms))) return false;
  *time = date_make_time(hour, minute, second, ms);
  return true;
}

// "Z", "+hh:mm" or nothing; *local tells that there is none.
static bool iso_offset(DateScanner *s, double *offset, bool *local) {
  *local = false;
  *offset = 0;
  if (skip(s, 'Z') || skip(s, 'z')) return true;
  if (peek(s) != '+' && peek(s) != '-') {
    *local = true;
    return true;
  }
  double sign = peek(s) == '-' ? -1 : 1;
  s->at++;
  i32 hour, minute;
  if (!fixed_digits(s, 2, &hour) || !skip(s, ':') || !fixed_digits(s, 2, &minute) || hour > 23 || minute > 59) return false;
  *offset = sign * date_make_time(hour, minute, 0, 0);
  return true;
}

static bool parse_iso(Isolate *iso, const String *text, double *result) {
  DateScanner s = {text, 0};
  i32 year, month, day;
  if (!iso_date(&s, &year, &month, &day)) return false;
  double time = 0, offset = 0;
  bool local = false;
  if (skip(&s, 'T') || skip(&s, 't')) {
    if (!iso_time(&s, &time) || !iso_offset(&s, &offset, &local)) return false;
  }
  if (!at_end(&s)) return false;
  double date = date_make_date(date_make_day(year, month - 1, day), time);
  *result = date_time_clip(local ? date_utc(iso, date) : date - offset);
  return true;
}

// ---- The loose format ----

enum TokenKind { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_SYMBOL, TOKEN_SPACE, TOKEN_OTHER };
enum WordKind { WORD_UNKNOWN, WORD_MONTH, WORD_AM_PM, WORD_ZONE, WORD_TIME_SEPARATOR };

typedef struct Token {
  enum TokenKind kind;
  i32 number; // value, or what a word means
  u32 length; // of a number's text
  u32 symbol;
  enum WordKind word;
} Token;

static const struct DateWord {
  char text[4];
  u8 kind;
  i8 value;
} date_words[] = {
    {"jan", WORD_MONTH, 1},  {"feb", WORD_MONTH, 2},        {"mar", WORD_MONTH, 3}, {"apr", WORD_MONTH, 4}, {"may", WORD_MONTH, 5},
    {"jun", WORD_MONTH, 6},  {"jul", WORD_MONTH, 7},        {"aug", WORD_MONTH, 8}, {"sep", WORD_MONTH, 9}, {"oct", WORD_MONTH, 10},
    {"nov", WORD_MONTH, 11}, {"dec", WORD_MONTH, 12},       {"am", WORD_AM_PM, 0},  {"pm", WORD_AM_PM, 12}, {"ut", WORD_ZONE, 0},
    {"utc", WORD_ZONE, 0},   {"z", WORD_ZONE, 0},           {"gmt", WORD_ZONE, 0},  {"cdt", WORD_ZONE, -5}, {"cst", WORD_ZONE, -6},
    {"edt", WORD_ZONE, -4},  {"est", WORD_ZONE, -5},        {"mdt", WORD_ZONE, -6}, {"mst", WORD_ZONE, -7}, {"pdt", WORD_ZONE, -7},
    {"pst", WORD_ZONE, -8},  {"t", WORD_TIME_SEPARATOR, 0},
};

static bool is_word_char(u32 c) { return c >= 'A' && !unicode_is_trimmed(c); }

static Token scan_number(DateScanner *s) {
  Token token = {.kind = TOKEN_NUMBER};
  u32 significant = 0;
  for (; !at_end(s) && is_digit(peek(s)); s->at++, token.length++) {
    if (!token.number && peek(s) == '0') continue;
    if (++significant <= 9) token.number = token.number * 10 + (i32)(peek(s) - '0');
  }
  return token;
}

static Token scan_word(DateScanner *s) {
  Token token = {.kind = TOKEN_WORD};
  char prefix[4] = {0};
  u32 length = 0;
  for (; !at_end(s) && is_word_char(peek(s)); s->at++, length++) {
    u32 c = peek(s);
    if (length < 3) prefix[length] = c < 0x80 ? (char)(c | 0x20) : '?';
  }
  for (u32 i = 0; i < ARRAY_LEN(date_words); i++) {
    if (strcmp(date_words[i].text, prefix) || (length > 3 && date_words[i].kind != WORD_MONTH)) continue;
    token.word = date_words[i].kind;
    token.number = date_words[i].value;
    break;
  }
  return token;
}

static void skip_parentheses(DateScanner *s) {
  u32 depth = 0;
  do {
    if (peek(s) == '(') depth++;
    if (peek(s) == ')') depth--;
    s->at++;
  } while (depth && !at_end(s));
}

static Token scan(DateScanner *s) {
  if (at_end(s)) return (Token){.kind = TOKEN_END};
  u32 c = peek(s);
  if (is_digit(c)) return scan_number(s);
  if (c == ':' || c == '-' || c == '+' || c == '.' || c == ')') {
    s->at++;
    return (Token){.kind = TOKEN_SYMBOL, .symbol = c};
  }
  if (is_word_char(c)) return scan_word(s);
  if (unicode_is_trimmed(c)) {
    while (!at_end(s) && unicode_is_trimmed(peek(s))) s->at++;
    return (Token){.kind = TOKEN_SPACE};
  }
  if (c == '(') skip_parentheses(s);
  else s->at++;
  return (Token){.kind = TOKEN_OTHER};
}

typedef struct LooseDate {
  DateScanner scanner;
  i32 day[3];
  u32 day_count;
  i32 named_month; // 0: none
  i32 time[4];
  u32 time_count;
  i32 hour_offset;                       // of am and pm; -1: none
  i32 zone_sign, zone_hour, zone_minute; // sign 0: local; -1: not known yet
  bool number_seen;
} LooseDate;

static bool between(i32 n, i32 low, i32 high) { return n >= low && n <= high; }

static bool add_time(LooseDate *d, i32 n) {
  if (d->time_count == 4) return false;
  d->time[d->time_count++] = n;
  return true;
}

static bool time_expects(const LooseDate *d, i32 n) {
  return d->time_count == 3 ? between(n, 0, 999) : (d->time_count == 1 || d->time_count == 2) && between(n, 0, 59);
}

static bool finish_time(LooseDate *d, i32 n) {
  if (!add_time(d, n)) return false;
  while (d->time_count < 4) d->time[d->time_count++] = 0;
  return true;
}

// Fraction of a second as written: three digits count.
static i32 milliseconds(Token number) {
  i32 n = number.number;
  if (number.length == 1) return n * 100;
  if (number.length == 2) return n * 10;
  u32 length = number.length;
  if (length > 9) length = 9; // of which the scanner kept the first
  for (; length > 3; length--) n /= 10;
  return n;
}

static bool loose_number(LooseDate *d, Token token) {
  DateScanner *s = &d->scanner;
  i32 n = token.number;
  d->number_seen = true;
  if (skip(s, ':')) {
    if (skip(s, ':')) return !d->time_count && add_time(d, n) && add_time(d, 0);
    if (!add_time(d, n)) return false;
    skip(s, '.');
    return true;
  }
  if (peek(s) == '.' && !at_end(s)) {
    s->at++;
    if (time_expects(d, n)) {
      add_time(d, n);
      if (!is_digit(peek(s))) return false;
      return finish_time(d, milliseconds(scan_number(s)));
    }
  }
  if (d->zone_hour >= 0 && d->zone_minute < 0 && between(n, 0, 59)) {
    d->zone_minute = n;
    return true;
  }
  if (time_expects(d, n)) {
    if (!finish_time(d, n)) return false;
    u32 c = peek(s);
    return at_end(s) || unicode_is_trimmed(c) || (c | 0x20) == 'z' || c == '+' || c == '-';
  }
  if (d->day_count == 3) return false;
  d->day[d->day_count++] = n;
  skip(s, '-');
  return true;
}

static bool loose_word(LooseDate *d, Token token) {
  switch (token.word) {
  case WORD_AM_PM:
    if (!d->time_count) break;
    d->hour_offset = token.number;
    return true;
  case WORD_MONTH:
    d->named_month = token.number;
    skip(&d->scanner, '-');
    return true;
  case WORD_ZONE:
    if (!d->number_seen) break;
    d->zone_sign = token.number < 0 ? -1 : 1;
    d->zone_hour = abs(token.number);
    d->zone_minute = 0;
    return true;
  default: break;
  }
  return !d->number_seen && !is_digit(peek(&d->scanner));
}

static bool loose_offset(LooseDate *d, u32 sign) {
  Token number = {0};
  if (is_digit(peek(&d->scanner))) number = scan_number(&d->scanner);
  d->number_seen = true;
  d->zone_sign = sign == '-' ? -1 : 1;
  i32 n = number.number;
  if (!at_end(&d->scanner) && peek(&d->scanner) == ':') {
    d->zone_hour = n;
    d->zone_minute = -1;
  } else if (number.length == 1 || number.length == 2) {
    d->zone_hour = n;
    d->zone_minute = 0;
  } else if (number.length == 3 || number.length == 4) {
    d->zone_hour = n / 100;
    d->zone_minute = n % 100;
  } else {
    return false;
  }
  return true;
}

static bool loose_day(const LooseDate *d, double *days) {
  if (!d->day_count) return false;
  i32 parts[3] = {1, 1, 1}, year, month, day;
  for (u32 i = 0; i < d->day_count; i++) parts[i] = d->day[i];
  bool first_is_day = between(parts[0], 1, 31);
  if (d->named_month) {
    month = d->named_month;
    day = first_is_day ? parts[0] : parts[1];
    year = first_is_day ? parts[1] : parts[0];
  } else if (first_is_day) {
    month = parts[0], day = parts[1], year = parts[2];
  } else {
    year = parts[0], month = parts[1], day = parts[2];
  }
  if (between(year, 0, 49)) year += 2000;
  else if (between(year, 50, 99)) year += 1900;
  if (!between(month, 1, 12) || !between(day, 1, 31)) return false;
  *days = date_make_day(year, month - 1, day);
  return true;
}

static bool loose_time(LooseDate *d, double *time) {
  while (d->time_count < 4) d->time[d->time_count++] = 0;
  i32 hour = d->time[0];
  if (d->hour_offset >= 0) {
    if (!between(hour, 0, 12)) return false;
    hour = hour % 12 + d->hour_offset;
  }
  bool valid = between(hour, 0, 23) && between(d->time[1], 0, 59) && between(d->time[2], 0, 59) && between(d->time[3], 0, 999);
  if (!valid && (hour != 24 || d->time[1] || d->time[2] || d->time[3])) return false;
  *time = date_make_time(hour, d->time[1], d->time[2], d->time[3]);
  return true;
}

static double parse_loose(Isolate *iso, const String *text) {
  LooseDate d = {.scanner = {text, 0}, .hour_offset = -1, .zone_hour = -1, .zone_minute = -1};
  for (Token token; (token = scan(&d.scanner)).kind != TOKEN_END;) {
    bool sign = token.kind == TOKEN_SYMBOL && (token.symbol == '+' || token.symbol == '-');
    bool utc = d.zone_hour == 0 && d.zone_minute == 0;
    if (token.kind == TOKEN_NUMBER) {
      if (!loose_number(&d, token)) return NAN;
    } else if (token.kind == TOKEN_WORD) {
      if (!loose_word(&d, token)) return NAN;
    } else if (sign && (utc || d.time_count)) {
      if (!loose_offset(&d, token.symbol)) return NAN;
    } else if ((sign || (token.kind == TOKEN_SYMBOL && token.symbol == ')')) && d.number_seen) {
      return NAN;
    }
  }
  double days, time;
  if (!loose_day(&d, &days) || !loose_time(&d, &time)) return NAN;
  double date = date_make_date(days, time);
  if (!d.zone_sign) return date_time_clip(date_utc(iso, date));
  return date_time_clip(date - d.zone_sign * date_make_time(MAX(d.zone_hour, 0), MAX(d.zone_minute, 0), 0, 0));
}

double date_parse_text(Isolate *iso, const String *flat) {
  double t;
  return parse_iso(iso, flat, &t) ? t : parse_loose(iso, flat);
}
