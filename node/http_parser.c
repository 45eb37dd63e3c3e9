// SPDX-License-Identifier: MIT
// See http_parser.h. One state per place in the grammar; the states are driven by three functions, one for each part of a message:
// start line, headers (and trailers), body. Long stretches (URL, names, values, bodies) are scanned by a table of character classes.
#include "node/http_parser.h"

#include <string.h>

enum State {
  // start line
  S_START,
  S_CLOSED, // behind the last message of a connection
  S_METHOD,
  S_AFTER_METHOD,
  S_PREFACE, // of HTTP/2, behind PRI
  S_BEFORE_URL,
  S_URL_START,
  S_URL_SCHEMA,
  S_URL_SCHEMA_SLASH,
  S_URL_SCHEMA_SLASH2,
  S_URL_SERVER,
  S_URL_PATH,
  S_URL_QUERY,
  S_URL_FRAGMENT,
  S_BEFORE_PROTOCOL,
  S_PROTOCOL,
  S_MAJOR,
  S_DOT,
  S_MINOR,
  S_AFTER_VERSION,
  S_VERSION_LF,
  S_NO_VERSION_LF, // HTTP/0.9: the line ended behind the URL
  S_RES_PROTOCOL,
  S_RES_MAJOR,
  S_RES_DOT,
  S_RES_MINOR,
  S_RES_AFTER_VERSION,
  S_RES_STATUS_CODE,
  S_RES_AFTER_STATUS,
  S_RES_STATUS_TEXT,
  S_RES_LF,
  // headers
  S_FIRST_HEADER,
  S_HEADER_START,
  S_HEADER_NAME,
  S_VALUE_START,
  S_VALUE_START_LF,
  S_VALUE_START_FOLD,
  S_VALUE,
  S_VALUE_LF,
  S_VALUE_FOLD,
  S_HEADERS_LF,
  S_HEADERS_DONE, // takes no byte
  // body
  S_BODY,
  S_BODY_UNTIL_CLOSE,
  S_CHUNK_START,
  S_CHUNK_SIZE,
  S_CHUNK_AFTER_SIZE,
  S_CHUNK_SPACES,
  S_CHUNK_LF,
  S_EXTENSION_START,
  S_EXTENSION_NAME,
  S_EXTENSION_VALUE,
  S_EXTENSION_QUOTED,
  S_EXTENSION_PAIR,
  S_EXTENSION_QUOTE_END,
  S_CHUNK_DATA,
  S_CHUNK_DATA_CR,
  S_CHUNK_DATA_LF,
};

enum Header { HEADER_OTHER, HEADER_CONNECTION, HEADER_CONTENT_LENGTH, HEADER_TRANSFER_ENCODING, HEADER_UPGRADE };
// While a name is read: which of the special names it may still be, as bits.
static const struct {
  const char *name;
  u8 length, header;
} special_headers[] = {
    {"connection", 10, HEADER_CONNECTION},
    {"proxy-connection", 16, HEADER_CONNECTION},
    {"content-length", 14, HEADER_CONTENT_LENGTH},
    {"transfer-encoding", 17, HEADER_TRANSFER_ENCODING},
    {"upgrade", 7, HEADER_UPGRADE},
};
enum { ALL_SPECIAL = (1 << ARRAY_LEN(special_headers)) - 1 };

// States of HttpParser.token: where in a list (Connection, Transfer-Encoding) or a number (Content-Length) a value is.
enum Token {
  NOTHING,      // of a Transfer-Encoding has been seen
  TOKEN_START,  // white space before an item
  TOKEN_MATCH,  // inside a word that is still one of the known ones
  TOKEN_KNOWN,  // behind one
  TOKEN_OTHER,  // inside another item
  NUMBER_START, // Content-Length
  NUMBER_DIGITS,
  NUMBER_SPACE,
};

static const struct {
  const char *text;
  u16 flag;
} connection_words[] = {
    {"close", HTTP_FLAG_CLOSE}, {"keep-alive", HTTP_FLAG_KEEP_ALIVE}, {"upgrade", HTTP_FLAG_CONNECTION_UPGRADE}};

static const char *const method_names[] = {
#define X(name, text) text,
    HTTP_METHODS(X)
#undef X
};
const char *http_method_name(HttpMethod method) { return method_names[method]; }
const char *http_error_name(HttpError error) {
  static const char *const names[] = {
#define X(name) "HPE_" #name,
      HTTP_ERRORS(X)
#undef X
  };
  return names[error];
}

// ---- Characters ----

enum { CHAR_TOKEN = 1, CHAR_URL = 2, CHAR_VALUE = 4, CHAR_USER = 8, CHAR_QUOTED = 16, CHAR_STATUS = 32 };
#define T CHAR_TOKEN
#define U CHAR_URL
#define V CHAR_VALUE
#define S CHAR_USER
#define Q CHAR_QUOTED
#define R CHAR_STATUS
#define OTHER R
#define HIGH (V | Q | R)
#define ALNUM (T | U | V | S | Q | R)
// clang-format off
static const u8 char_class[256] = {
    [0] = OTHER, [1] = OTHER, [2] = OTHER, [3] = OTHER, [4] = OTHER, [5] = OTHER, [6] = OTHER, [7] = OTHER, [8] = OTHER,
    ['\t'] = V | Q | R, ['\n'] = 0, [11] = OTHER, ['\f'] = OTHER, ['\r'] = 0, [14 ... 31] = OTHER,
    [' '] = V | Q | R,
    ['!'] = T | U | V | S | Q | R, ['"'] = U | V | R, ['#'] = T | V | Q | R, ['$'] = T | U | V | S | Q | R,
    ['%'] = T | U | V | S | Q | R, ['&'] = T | U | V | S | Q | R, ['\''] = T | U | V | S | Q | R, ['('] = U | V | S | Q | R,
    [')'] = U | V | S | Q | R, ['*'] = T | U | V | S | Q | R, ['+'] = T | U | V | S | Q | R, [','] = U | V | S | Q | R,
    ['-'] = T | U | V | S | Q | R, ['.'] = T | U | V | S | Q | R, ['/'] = U | V | Q | R, ['0' ... '9'] = ALNUM,
    [':'] = U | V | S | Q | R, [';'] = U | V | S | Q | R, ['<'] = U | V | Q | R, ['='] = U | V | S | Q | R, ['>'] = U | V | Q | R,
    ['?'] = V | Q | R, ['@'] = U | V | S | Q | R, ['A' ... 'Z'] = ALNUM, ['['] = U | V | S | Q | R, ['\\'] = U | V | R,
    [']'] = U | V | S | Q | R, ['^'] = T | U | V | Q | R, ['_'] = T | U | V | S | Q | R, ['`'] = T | U | V | Q | R,
    ['a' ... 'z'] = ALNUM, ['{'] = U | V | Q | R, ['|'] = T | U | V | Q | R, ['}'] = U | V | Q | R, ['~'] = T | U | V | S | Q | R,
    [127] = OTHER, [128 ... 255] = HIGH,
};
// clang-format on
#undef T
#undef U
#undef V
#undef S
#undef Q
#undef R
#undef OTHER
#undef HIGH
#undef ALNUM

static inline bool is(u8 c, int class) { return char_class[c] & class; }
static inline bool is_alpha(u8 c) { return (u8)((c | 32) - 'a') < 26; }
static inline bool is_digit(u8 c) { return (u8)(c - '0') < 10; }
static inline u8 lower(u8 c) { return (u8)(c - 'A') < 26 ? c | 32 : c; }
static inline int hex_digit(u8 c) {
  if (is_digit(c)) return c - '0';
  return (u8)((c | 32) - 'a') < 6 ? (c | 32) - 'a' + 10 : -1;
}

bool http_is_token(const u8 *chars, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!is(chars[i], CHAR_TOKEN)) return false;
  return size > 0;
}

bool http_is_value(const u8 *chars, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (!is(chars[i], CHAR_VALUE)) return false;
  return true;
}

// ---- Telling ----

void http_parser_fail(HttpParser *h, HttpError error, const char *reason) {
  h->error = (u8)error;
  h->reason = reason;
}
void http_parser_pause(HttpParser *h) { h->pausing = true; }

static const u8 *fail(HttpParser *h, const u8 *at, HttpError error, const char *reason) {
  http_parser_fail(h, error, reason);
  h->error_at = at;
  return NULL;
}

static const u8 *user_failed(HttpParser *h, const u8 *at) {
  if (h->error == HPE_OK) http_parser_fail(h, HPE_USER, "A callback failed");
  h->error_at = at;
  return NULL;
}

// false: stop here.
static inline bool tell_span(HttpParser *h, HttpSpan kind, const u8 *at, size_t size) {
  return LIKELY(h->handlers->span(h, kind, at, size)) || user_failed(h, at + size);
}

static bool tell(HttpParser *h, HttpEvent event, const u8 *at) {
  if (h->handlers->event(h, event) == HTTP_FAILED) return user_failed(h, at);
  if (!h->pausing) return true;
  h->pausing = false;
  return fail(h, at, HPE_PAUSED, "Paused");
}

// A stretch of characters of a class, told as a span; gives its end. NULL: stop.
static const u8 *stretch(HttpParser *h, HttpSpan kind, int class, const u8 *p, const u8 *end) {
  const u8 *start = p;
  while (p < end && is(*p, class)) p++;
  if (p > start && !tell_span(h, kind, start, (size_t)(p - start))) return NULL;
  return p;
}

// ---- Messages ----

void http_parser_init(HttpParser *h, HttpType type, u16 lenient, const HttpHandlers *handlers) {
  memset(h, 0, sizeof *h);
  h->type = (u8)type;
  h->lenient = lenient;
  h->handlers = handlers;
}

static bool has_no_body_by_status(const HttpParser *h) { return h->status / 100 == 1 || h->status == 204 || h->status == 304; }

// A response whose length nothing tells lasts until the connection is closed.
static bool needs_eof(const HttpParser *h) {
  if (h->type == HTTP_REQUEST || has_no_body_by_status(h) || h->flags & HTTP_FLAG_SKIP_BODY) return false;
  if (h->flags & HTTP_FLAG_TRANSFER_ENCODING && !(h->flags & HTTP_FLAG_CHUNKED)) return true;
  return !(h->flags & (HTTP_FLAG_CHUNKED | HTTP_FLAG_CONTENT_LENGTH));
}

bool http_parser_keeps_alive(const HttpParser *h) {
  if (h->major > 0 && h->minor > 0) {
    if (h->flags & HTTP_FLAG_CLOSE) return false;
  } else if (!(h->flags & HTTP_FLAG_KEEP_ALIVE)) {
    return false;
  }
  return !needs_eof(h);
}

static bool begin_message(HttpParser *h, const u8 *at) {
  h->flags = 0;
  h->left = 0;
  h->status = 0;
  h->method = 0;
  h->major = h->minor = 0;
  h->upgrade = h->until_close = false;
  h->in_message = true;
  return tell(h, HTTP_EVENT_BEGIN, at);
}

// Ends the message; `at` is where the next one begins. NULL: stop.
static const u8 *end_message(HttpParser *h, const u8 *at) {
  bool keep = http_parser_keeps_alive(h) || h->lenient & HTTP_LENIENT_KEEP_ALIVE;
  h->in_message = h->until_close = false;
  h->state = keep || h->upgrade ? S_START : S_CLOSED;
  h->flags &= (u16)~HTTP_FLAG_TRAILING;
  if (!tell(h, HTTP_EVENT_COMPLETE, at)) {
    if (h->upgrade && h->error == HPE_PAUSED) h->error = HPE_PAUSED_UPGRADE;
    return NULL;
  }
  return h->upgrade ? fail(h, at, HPE_PAUSED_UPGRADE, "Pause on CONNECT/Upgrade") : at;
}

static bool has_body(const HttpParser *h) { return h->flags & HTTP_FLAG_CHUNKED || h->left > 0; }
static bool becomes_other_protocol(const HttpParser *h) {
  if (h->type == HTTP_RESPONSE && h->status == 101) return true;
  return h->upgrade && (h->method == HTTP_METHOD_CONNECT || h->flags & HTTP_FLAG_SKIP_BODY || !has_body(h));
}

bool http_parser_is_empty(const HttpParser *h) {
  return becomes_other_protocol(h) || h->flags & HTTP_FLAG_SKIP_BODY || (h->type == HTTP_RESPONSE && has_no_body_by_status(h)) ||
         (!has_body(h) && !(h->flags & HTTP_FLAG_TRANSFER_ENCODING) && !needs_eof(h));
}

// The empty line behind the headers has been read: decides what the body is.
static const u8 *headers_done(HttpParser *h, const u8 *at) {
  if (h->flags & HTTP_FLAG_TRAILING) return end_message(h, at);
  if (h->flags & HTTP_FLAG_UPGRADE && h->flags & HTTP_FLAG_CONNECTION_UPGRADE)
    h->upgrade = h->type == HTTP_REQUEST || h->status == 101;
  else h->upgrade = h->type == HTTP_REQUEST && h->method == HTTP_METHOD_CONNECT;
  HttpAnswer answer = h->handlers->event(h, HTTP_EVENT_HEADERS_COMPLETE);
  if (answer == HTTP_FAILED) return user_failed(h, at);
  if (answer == HTTP_SKIP_BODY || answer == HTTP_UPGRADE) h->flags |= HTTP_FLAG_SKIP_BODY;
  if (answer == HTTP_UPGRADE) h->upgrade = true;
  if (answer == HTTP_NO_UPGRADE) h->upgrade = false;
  if (becomes_other_protocol(h)) {
    h->upgrade = true;
    return end_message(h, at);
  }
  if (http_parser_is_empty(h)) return end_message(h, at);
  if (h->flags & HTTP_FLAG_CHUNKED) {
    h->state = S_CHUNK_START;
  } else if (h->flags & HTTP_FLAG_TRANSFER_ENCODING || !(h->flags & HTTP_FLAG_CONTENT_LENGTH)) {
    // A request that says how its body is encoded, but not where it ends.
    if (h->type == HTTP_REQUEST && h->flags & HTTP_FLAG_TRANSFER_ENCODING &&
        !(h->lenient & (HTTP_LENIENT_CHUNKED_LENGTH | HTTP_LENIENT_TRANSFER_ENCODING)))
      return fail(h, at, HPE_INVALID_TRANSFER_ENCODING, "Request has invalid `Transfer-Encoding`");
    h->state = S_BODY_UNTIL_CLOSE;
    h->until_close = true;
  } else {
    h->state = S_BODY;
  }
  if (!h->pausing) return at;
  h->pausing = false;
  return fail(h, at, HPE_PAUSED, "Paused");
}

// ---- Start line ----

static void start_headers(HttpParser *h) { h->state = S_FIRST_HEADER; }

// The methods that nearly all requests have, with their space.
static const u8 *match_common_method(HttpParser *h, const u8 *p, const u8 *end) {
  bool get = end - p > 5 && memcmp(p, "GET ", 4) == 0;
  if (!get && (end - p <= 5 || memcmp(p, "POST ", 5) != 0)) return p;
  h->method = get ? HTTP_METHOD_GET : HTTP_METHOD_POST;
  h->state = S_BEFORE_URL;
  return p + (get ? 4 : 5);
}

// The next character of a method. More than one may begin like that.
static const u8 *match_method(HttpParser *h, const u8 *p) {
  u8 c = *p;
  const char *current = method_names[h->method];
  for (u32 i = 0; i < HTTP_METHOD_COUNT; i++) {
    const char *name = method_names[i];
    if (strncmp(name, current, h->match) != 0 || !c || (u8)name[h->match] != c) continue;
    h->method = (u8)i;
    h->match++;
    // Done when no other goes on from here.
    if (name[h->match]) return p + 1;
    for (u32 j = 0; j < HTTP_METHOD_COUNT; j++)
      if (j != i && strncmp(method_names[j], name, h->match) == 0) return p + 1;
    h->state = i == HTTP_METHOD_PRI ? S_PREFACE : S_AFTER_METHOD;
    h->match = 0;
    return p + 1;
  }
  // The shortest one that begins so may have been complete.
  for (u32 i = 0; i < HTTP_METHOD_COUNT; i++) {
    if (strlen(method_names[i]) == h->match && strncmp(method_names[i], current, h->match) == 0) {
      h->method = (u8)i;
      h->state = S_AFTER_METHOD;
      return p;
    }
  }
  return fail(h, p, HPE_INVALID_METHOD, "Invalid method encountered");
}

static const u8 *check_version(HttpParser *h, const u8 *p) {
  int version = h->major * 10 + h->minor;
  if (h->lenient & HTTP_LENIENT_VERSION || version == 9 || version == 10 || version == 11 || version == 20) return p;
  return fail(h, p, HPE_INVALID_VERSION, "Invalid HTTP version");
}

static bool is_rtsp_method(u8 method) {
  return method == HTTP_METHOD_GET || method == HTTP_METHOD_POST || method == HTTP_METHOD_OPTIONS ||
         (method >= HTTP_METHOD_DESCRIBE && method <= HTTP_METHOD_FLUSH);
}

// "HTTP/", "RTSP/" or "ICE/"; h->next is which of them.
static const u8 *match_protocol(HttpParser *h, const u8 *p, u8 done) {
  static const char *const protocols[] = {"HTTP/", "RTSP/", "ICE/"};
  if (h->match == 0) {
    h->next = 0;
    while (h->next < ARRAY_LEN(protocols) && (u8)protocols[h->next][0] != *p) h->next++;
  }
  if (h->next == ARRAY_LEN(protocols) || (u8)protocols[h->next][h->match] != *p)
    return fail(h, p, HPE_INVALID_CONSTANT, "Expected HTTP/, RTSP/ or ICE/");
  p++;
  if (protocols[h->next][++h->match]) return p;
  h->match = 0;
  h->state = done;
  if (h->type == HTTP_RESPONSE) return p;
  if (h->next == 0 && h->method >= HTTP_METHOD_PRI && h->method != HTTP_METHOD_QUERY)
    return fail(h, p - 1, HPE_INVALID_CONSTANT, "Invalid method for HTTP/x.x request");
  if (h->next == 1 && !is_rtsp_method(h->method))
    return fail(h, p - 1, HPE_INVALID_CONSTANT, "Invalid method for RTSP/x.x request");
  if (h->next == 2 && h->method != HTTP_METHOD_SOURCE)
    return fail(h, p - 1, HPE_INVALID_CONSTANT, "Expected SOURCE method for ICE/x.x request");
  return p;
}

// One character of a URL that ends a stretch: a change of part, or the URL's end.
static const u8 *url_delimiter(HttpParser *h, const u8 *p) {
  u8 c = *p, state = h->state;
  if (c == ' ' && state >= S_URL_SERVER) {
    h->state = S_BEFORE_PROTOCOL;
    return p + 1;
  }
  if ((c == '\r' || c == '\n') && state >= S_URL_SERVER) {
    h->major = 0;
    h->minor = 9;
    h->state = c == '\r' ? S_NO_VERSION_LF : S_FIRST_HEADER;
    return p + 1;
  }
  if (c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\f')
    return fail(h, p + 1, HPE_INVALID_URL, "Invalid characters in url");
  switch (state) {
  case S_URL_SERVER:
    if (c == '/') h->state = S_URL_PATH;
    else if (c == '?') h->state = S_URL_QUERY;
    else return fail(h, p, HPE_INVALID_URL, "Unexpected char in url server");
    break;
  case S_URL_PATH:
    if (c == '?') h->state = S_URL_QUERY;
    else if (c == '#') h->state = S_URL_FRAGMENT;
    else return fail(h, p, HPE_INVALID_URL, "Invalid char in url path");
    break;
  case S_URL_QUERY:
    if (c == '#') h->state = S_URL_FRAGMENT;
    else if (c != '?') return fail(h, p, HPE_INVALID_URL, "Invalid char in url query");
    break;
  default:
    if (c != '#' && c != '?') return fail(h, p, HPE_INVALID_URL, "Invalid char in url fragment");
  }
  return tell_span(h, HTTP_SPAN_URL, p, 1) ? p + 1 : NULL;
}

static const u8 *run_url(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  switch (h->state) {
  case S_URL_START:
    if (c == '/' || c == '*') h->state = S_URL_PATH;
    else if (is_alpha(c)) h->state = S_URL_SCHEMA;
    else if (is(c, CHAR_STATUS) && c != ' ' && c != '\t' && c != '\f')
      return fail(h, p, HPE_INVALID_URL, "Unexpected start char in url");
    else return fail(h, p + 1, HPE_INVALID_URL, "Invalid characters in url");
    return tell_span(h, HTTP_SPAN_URL, p, 1) ? p + 1 : NULL;
  case S_URL_SCHEMA:
  case S_URL_SCHEMA_SLASH:
  case S_URL_SCHEMA_SLASH2:
    if (h->state == S_URL_SCHEMA && (c == ' ' || c == '\r' || c == '\n' || c == '\t' || c == '\f'))
      return fail(h, p + 1, HPE_INVALID_URL, "Invalid characters in url");
    if (h->state == S_URL_SCHEMA && c == ':') h->state = S_URL_SCHEMA_SLASH;
    else if (h->state == S_URL_SCHEMA_SLASH && c == '/') h->state = S_URL_SCHEMA_SLASH2;
    else if (h->state == S_URL_SCHEMA_SLASH2 && c == '/') h->state = S_URL_SERVER;
    else if (h->state != S_URL_SCHEMA || !is_alpha(c)) return fail(h, p, HPE_INVALID_URL, "Unexpected char in url schema");
    return tell_span(h, HTTP_SPAN_URL, p, 1) ? p + 1 : NULL;
  case S_URL_SERVER: p = stretch(h, HTTP_SPAN_URL, CHAR_USER, p, end); break;
  default: p = stretch(h, HTTP_SPAN_URL, CHAR_URL, p, end);
  }
  return p && p < end ? url_delimiter(h, p) : p;
}

static const u8 *after_version(HttpParser *h, const u8 *p) {
  if (*p == '\r') {
    h->state = S_VERSION_LF;
    return p + 1;
  }
  if (*p == '\n' && h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF) {
    start_headers(h);
    return p + 1;
  }
  return fail(h, p + (*p == '\n'), HPE_INVALID_VERSION, "Expected CRLF after version");
}

// A line feed that must follow a carriage return; where it may be missing, nothing is taken.
static const u8 *line_feed(HttpParser *h, const u8 *p, u8 next, HttpError error, const char *reason) {
  if (*p == '\n' || h->lenient & HTTP_LENIENT_OPTIONAL_LF_AFTER_CR) {
    h->state = next;
    return p + (*p == '\n');
  }
  return fail(h, p, error, reason);
}

static const u8 *run_request_line(HttpParser *h, const u8 *p, const u8 *end) {
  static const char preface[] = " * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  u8 c = *p;
  switch (h->state) {
  case S_METHOD: {
    const u8 *behind = h->match ? p : match_common_method(h, p, end);
    return behind > p ? behind : match_method(h, p);
  }
  case S_AFTER_METHOD:
    if (c != ' ') return fail(h, p, HPE_INVALID_METHOD, "Expected space after method");
    h->state = S_BEFORE_URL;
    return p + 1;
  case S_PREFACE:
    if (c != (u8)preface[h->match]) return fail(h, p, HPE_INVALID_METHOD, "Expected HTTP/2 Connection Preface");
    if (preface[++h->match]) return p + 1;
    return fail(h, p + 1, HPE_PAUSED_H2_UPGRADE, "Pause on PRI/Upgrade");
  case S_BEFORE_URL:
    if (c == ' ') return p + 1;
    h->state = h->method == HTTP_METHOD_CONNECT ? S_URL_SERVER : S_URL_START;
    return p;
  case S_BEFORE_PROTOCOL:
    if (c == ' ') return p + 1;
    h->state = S_PROTOCOL;
    h->match = 0;
    return p;
  case S_PROTOCOL: return match_protocol(h, p, S_MAJOR);
  case S_MAJOR:
    if (!is_digit(c)) return fail(h, p, HPE_INVALID_VERSION, "Invalid major version");
    h->major = c - '0';
    h->state = S_DOT;
    return p + 1;
  case S_DOT:
    if (c != '.') return fail(h, p, HPE_INVALID_VERSION, "Expected dot");
    h->state = S_MINOR;
    return p + 1;
  case S_MINOR:
    if (!is_digit(c)) return fail(h, p, HPE_INVALID_VERSION, "Invalid minor version");
    h->minor = c - '0';
    h->state = S_AFTER_VERSION;
    return check_version(h, p + 1);
  case S_AFTER_VERSION: return after_version(h, p);
  case S_VERSION_LF: return line_feed(h, p, S_FIRST_HEADER, HPE_STRICT, "Expected CRLF after version");
  case S_NO_VERSION_LF:
    if (c != '\n') return fail(h, p, HPE_INVALID_URL, "Expected CRLF");
    h->state = S_FIRST_HEADER;
    return p + 1;
  default: return run_url(h, p, end);
  }
}

static const u8 *run_status_line(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  switch (h->state) {
  case S_RES_PROTOCOL: return match_protocol(h, p, S_RES_MAJOR);
  case S_RES_MAJOR:
    if (!is_digit(c)) return fail(h, p, HPE_INVALID_VERSION, "Invalid major version");
    h->major = c - '0';
    h->state = S_RES_DOT;
    return p + 1;
  case S_RES_DOT:
    if (c != '.') return fail(h, p, HPE_INVALID_VERSION, "Expected dot");
    h->state = S_RES_MINOR;
    return p + 1;
  case S_RES_MINOR:
    if (!is_digit(c)) return fail(h, p, HPE_INVALID_VERSION, "Invalid minor version");
    h->minor = c - '0';
    h->state = S_RES_AFTER_VERSION;
    return check_version(h, p + 1);
  case S_RES_AFTER_VERSION:
    if (c != ' ') return fail(h, p, HPE_INVALID_VERSION, "Expected space after version");
    h->state = S_RES_STATUS_CODE;
    h->match = 0;
    return p + 1;
  case S_RES_STATUS_CODE:
    if (!is_digit(c)) return fail(h, p, HPE_INVALID_STATUS, "Invalid status code");
    h->status = (u16)(h->status * 10 + c - '0');
    if (++h->match == 3) h->state = S_RES_AFTER_STATUS;
    return p + 1;
  case S_RES_AFTER_STATUS:
    if (c == ' ') h->state = S_RES_STATUS_TEXT;
    else if (c == '\r') h->state = S_RES_LF;
    else if (c == '\n' && h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF) start_headers(h);
    else if (c == '\n') return fail(h, p + 1, HPE_INVALID_STATUS, "Invalid response status");
    else return fail(h, p, HPE_INVALID_STATUS, "Invalid response status");
    return p + 1;
  case S_RES_STATUS_TEXT:
    p = stretch(h, HTTP_SPAN_STATUS, CHAR_STATUS, p, end);
    if (!p || p == end) return p;
    if (*p == '\r') h->state = S_RES_LF;
    else if (h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF) start_headers(h);
    else return fail(h, p + 1, HPE_CR_EXPECTED, "Missing expected CR after response line");
    return p + 1;
  default: return line_feed(h, p, S_FIRST_HEADER, HPE_STRICT, "Expected LF after CR");
  }
}

static const u8 *run_start(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  if (h->state == S_CLOSED) {
    if (c == '\r' || c == '\n') return p + 1;
    if (!(h->lenient & HTTP_LENIENT_DATA_AFTER_CLOSE))
      return fail(h, p + 1, HPE_CLOSED_CONNECTION, "Data after `Connection: close`");
    return end;
  }
  if (h->state != S_START) return h->state < S_RES_PROTOCOL ? run_request_line(h, p, end) : run_status_line(h, p, end);
  if (c == '\r' || c == '\n') return p + 1;
  h->state = h->type == HTTP_REQUEST ? S_METHOD : S_RES_PROTOCOL;
  h->match = 0;
  return begin_message(h, p) ? p : NULL;
}

// ---- Headers ----

static void start_name(HttpParser *h) {
  h->state = S_HEADER_NAME;
  h->match = 0;
  h->next = ALL_SPECIAL;
}

// Which of the special names a piece of a name leaves possible.
static void watch_name(HttpParser *h, const u8 *p, size_t size) {
  for (size_t i = 0; i < size && h->next; i++, h->match++) {
    u8 c = lower(p[i]), left = 0;
    for (u32 k = 0; k < ARRAY_LEN(special_headers); k++)
      if (h->next & 1 << k && h->match < special_headers[k].length && (u8)special_headers[k].name[h->match] == c)
        left |= (u8)(1 << k);
    h->next = left;
  }
}

static u8 special_header(const HttpParser *h) {
  for (u32 k = 0; k < ARRAY_LEN(special_headers); k++)
    if (h->next & 1 << k && special_headers[k].length == h->match) return special_headers[k].header;
  return HEADER_OTHER;
}

// The value of one of the special headers begins. false: it must not be here.
static bool start_value(HttpParser *h, const u8 *at) {
  h->token = TOKEN_START;
  switch (h->header) {
  case HEADER_UPGRADE: h->flags |= HTTP_FLAG_UPGRADE; return true;
  case HEADER_CONTENT_LENGTH:
    h->token = NUMBER_START;
    if (h->flags & HTTP_FLAG_CONTENT_LENGTH) return fail(h, at, HPE_UNEXPECTED_CONTENT_LENGTH, "Duplicate Content-Length");
    if (h->flags & HTTP_FLAG_TRANSFER_ENCODING && !(h->lenient & HTTP_LENIENT_CHUNKED_LENGTH))
      return fail(h, at, HPE_INVALID_CONTENT_LENGTH, "Content-Length can't be present with Transfer-Encoding");
    h->left = 0;
    return true;
  case HEADER_TRANSFER_ENCODING:
    if (h->flags & HTTP_FLAG_CONTENT_LENGTH && !(h->lenient & HTTP_LENIENT_CHUNKED_LENGTH))
      return fail(h, at, HPE_INVALID_TRANSFER_ENCODING, "Transfer-Encoding can't be present with Content-Length");
    if (h->flags & HTTP_FLAG_CHUNKED && h->type == HTTP_REQUEST && !(h->lenient & HTTP_LENIENT_TRANSFER_ENCODING))
      return fail(h, at, HPE_INVALID_TRANSFER_ENCODING, "Invalid `Transfer-Encoding` header value");
    h->token = NOTHING;
    h->flags = (u16)((h->flags & ~HTTP_FLAG_CHUNKED) | HTTP_FLAG_TRANSFER_ENCODING); // the last coding decides
    return true;
  default: return true;
  }
}

static bool watch_number(HttpParser *h, const u8 *p, size_t size) {
  for (size_t i = 0; i < size; i++) {
    u8 c = p[i];
    if (is_digit(c) && h->token != NUMBER_SPACE) {
      u64 digit = (u64)(c - '0');
      if (h->left > UINT64_MAX / 10 || h->left * 10 > UINT64_MAX - digit)
        return fail(h, p + i + 1, HPE_INVALID_CONTENT_LENGTH, "Content-Length overflow");
      h->left = h->left * 10 + digit;
      h->token = NUMBER_DIGITS;
    } else if ((c == ' ' || c == '\t') && h->token != NUMBER_START) {
      h->token = NUMBER_SPACE;
    } else {
      return fail(h, p + i, HPE_INVALID_CONTENT_LENGTH, "Invalid character in Content-Length");
    }
  }
  return true;
}

// The words of Connection: close, keep-alive, upgrade.
static void end_connection_word(HttpParser *h) {
  if (h->token == TOKEN_MATCH && !connection_words[h->next].text[h->match]) h->flags |= connection_words[h->next].flag;
  if (h->token == TOKEN_KNOWN) h->flags |= connection_words[h->next].flag;
}
static void watch_connection(HttpParser *h, const u8 *p, size_t size) {
  for (size_t i = 0; i < size; i++) {
    u8 c = lower(p[i]);
    if (c == ',') {
      end_connection_word(h);
      h->token = TOKEN_START;
    } else if (h->token == TOKEN_START && c != ' ' && c != '\t') {
      h->next = 0;
      while (h->next < ARRAY_LEN(connection_words) && (u8)connection_words[h->next].text[0] != c) h->next++;
      h->token = h->next < ARRAY_LEN(connection_words) ? TOKEN_MATCH : TOKEN_OTHER;
      h->match = 1;
    } else if (h->token == TOKEN_MATCH) {
      const char *word = connection_words[h->next].text;
      if (word[h->match] && (u8)word[h->match] == c) h->match++;
      else if (!word[h->match] && (c == ' ' || c == '\t')) h->token = TOKEN_KNOWN;
      else h->token = TOKEN_OTHER;
    } else if (h->token == TOKEN_KNOWN && c != ' ' && c != '\t') {
      h->token = TOKEN_OTHER;
    }
  }
}

// Transfer-Encoding: only "chunked" as the last word counts; in a request nothing may follow it.
static bool watch_encoding(HttpParser *h, const u8 *p, size_t size) {
  static const char chunked[] = "chunked";
  for (size_t i = 0; i < size; i++) {
    u8 c = lower(p[i]);
    bool space = c == ' ' || c == '\t';
    if (h->token == NOTHING) h->token = TOKEN_START;
    if (c == ',') {
      bool was_chunked = h->token == TOKEN_KNOWN || (h->token == TOKEN_MATCH && !chunked[h->match]);
      if (was_chunked && h->type == HTTP_REQUEST && !(h->lenient & HTTP_LENIENT_TRANSFER_ENCODING))
        return fail(h, p + i + 1, HPE_INVALID_TRANSFER_ENCODING, "Invalid `Transfer-Encoding` header value");
      h->token = TOKEN_START;
    } else if (h->token == TOKEN_START && !space) {
      h->token = c == 'c' ? TOKEN_MATCH : TOKEN_OTHER;
      h->match = 1;
    } else if (h->token == TOKEN_MATCH) {
      if (chunked[h->match] && (u8)chunked[h->match] == c) h->match++;
      else h->token = !chunked[h->match] && c == ' ' ? TOKEN_KNOWN : TOKEN_OTHER; // a tab is part of the word, as in llhttp
    } else if (h->token == TOKEN_KNOWN && c != ' ') {
      h->token = TOKEN_OTHER;
    }
  }
  return true;
}

static bool watch_value(HttpParser *h, const u8 *p, size_t size) {
  switch (h->header) {
  case HEADER_CONTENT_LENGTH: return watch_number(h, p, size);
  case HEADER_TRANSFER_ENCODING: return watch_encoding(h, p, size);
  case HEADER_CONNECTION: watch_connection(h, p, size); return true;
  default: return true;
  }
}

// What a value, or a line of one that is folded, means. NULL: it must not be so.
static const u8 *end_value_line(HttpParser *h, const u8 *at) {
  if (h->header == HEADER_CONTENT_LENGTH) {
    if (h->token == NUMBER_START) return fail(h, at, HPE_INVALID_CONTENT_LENGTH, "Empty Content-Length");
    h->flags |= HTTP_FLAG_CONTENT_LENGTH;
  } else if (h->header == HEADER_CONNECTION) {
    end_connection_word(h);
  } else if (h->header == HEADER_TRANSFER_ENCODING) {
    if (h->token == NOTHING) return fail(h, at, HPE_INVALID_TRANSFER_ENCODING, "Empty Transfer-Encoding");
    if (h->token == TOKEN_KNOWN || (h->token == TOKEN_MATCH && h->match == 7)) h->flags |= HTTP_FLAG_CHUNKED;
  }
  return at;
}

// A header is complete.
static const u8 *end_value(HttpParser *h, const u8 *at) {
  if (!end_value_line(h, at)) return NULL;
  h->header = HEADER_OTHER;
  h->state = S_HEADER_START;
  return tell(h, HTTP_EVENT_HEADER, at) ? at : NULL;
}

static const u8 *run_value(HttpParser *h, const u8 *p, const u8 *end) {
  const u8 *start = p;
  if (h->lenient & (HTTP_LENIENT_HEADERS | HTTP_LENIENT_HEADER_VALUE_RELAXED)) {
    while (p < end && *p != '\r' && *p != '\n' && (*p || h->lenient & HTTP_LENIENT_HEADERS)) p++;
  } else {
    while (p < end && is(*p, CHAR_VALUE)) p++;
  }
  if (p > start) {
    if (h->header != HEADER_OTHER && !watch_value(h, start, (size_t)(p - start))) return NULL;
    if (!tell_span(h, HTTP_SPAN_VALUE, start, (size_t)(p - start))) return NULL;
  }
  if (p == end) return p;
  if (*p == '\r') {
    h->state = S_VALUE_LF;
  } else if (*p == '\n') {
    if (!(h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF))
      return fail(h, p, HPE_CR_EXPECTED, "Missing expected CR after header value");
    h->state = S_VALUE_FOLD;
  } else if (h->header == HEADER_CONTENT_LENGTH) {
    return fail(h, p, HPE_INVALID_CONTENT_LENGTH, "Invalid character in Content-Length");
  } else {
    return fail(h, p, HPE_INVALID_HEADER_TOKEN, "Invalid header value char");
  }
  return p + 1;
}

static const u8 *run_header_start(HttpParser *h, const u8 *p) {
  u8 c = *p;
  if (h->state == S_FIRST_HEADER) {
    h->state = S_HEADER_START;
    if (c == ' ') {
      if (!(h->lenient & HTTP_LENIENT_HEADERS)) return fail(h, p + 1, HPE_UNEXPECTED_SPACE, "Unexpected space after start line");
      h->state = S_FIRST_HEADER;
      return p + 1;
    }
  }
  if (c == '\r') {
    h->state = S_HEADERS_LF;
    return p + 1;
  }
  if (c == '\n') {
    if (!(h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF))
      return fail(h, p + 1, HPE_INVALID_HEADER_TOKEN, "Invalid header field char");
    h->state = S_HEADERS_DONE;
    return p + 1;
  }
  if (c == ':') return fail(h, p, HPE_INVALID_HEADER_TOKEN, "Invalid header token");
  start_name(h);
  return p;
}

static const u8 *run_header_name(HttpParser *h, const u8 *p, const u8 *end) {
  const u8 *start = p;
  while (p < end && is(*p, CHAR_TOKEN)) p++;
  if (p > start) {
    if (h->next) watch_name(h, start, (size_t)(p - start));
    if (!tell_span(h, HTTP_SPAN_NAME, start, (size_t)(p - start))) return NULL;
  }
  if (p == end) return p;
  h->header = special_header(h);
  if (*p == ' ' && h->header) {
    if (!(h->lenient & HTTP_LENIENT_HEADERS)) return fail(h, p + 1, HPE_INVALID_HEADER_TOKEN, "Invalid header field char");
    return tell_span(h, HTTP_SPAN_NAME, p, 1) ? p + 1 : NULL;
  }
  if (*p != ':') return fail(h, p, HPE_INVALID_HEADER_TOKEN, "Invalid header token");
  h->state = S_VALUE_START;
  return start_value(h, p + 1) ? p + 1 : NULL;
}

static const u8 *run_headers(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  switch (h->state) {
  case S_FIRST_HEADER:
  case S_HEADER_START: return run_header_start(h, p);
  case S_HEADER_NAME: return run_header_name(h, p, end);
  case S_VALUE_START:
    if (c == ' ' || c == '\t') return p + 1;
    if (c == '\r') {
      h->state = S_VALUE_START_LF;
      return p + 1;
    }
    if (c == '\n') {
      if (!(h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF))
        return fail(h, p + 1, HPE_INVALID_HEADER_TOKEN, "Invalid header value char");
      h->state = S_VALUE_START_FOLD;
      return p + 1;
    }
    h->state = S_VALUE;
    return p;
  case S_VALUE_START_LF: return line_feed(h, p, S_VALUE_START_FOLD, HPE_STRICT, "Expected LF after CR");
  case S_VALUE_START_FOLD:
    if (c != ' ' && c != '\t') return end_value(h, p);
    if (!(h->lenient & HTTP_LENIENT_HEADERS)) return fail(h, p + 1, HPE_INVALID_HEADER_TOKEN, "Invalid header value char");
    h->state = S_VALUE_START;
    return p + 1;
  case S_VALUE: return run_value(h, p, end);
  case S_VALUE_LF:
    if (c != '\n') return fail(h, p, HPE_LF_EXPECTED, "Missing expected LF after header value");
    h->state = S_VALUE_FOLD;
    return p + 1;
  case S_VALUE_FOLD:
    if (c != ' ' && c != '\t') return end_value(h, p);
    if (!(h->lenient & HTTP_LENIENT_HEADERS))
      return fail(h, p, HPE_INVALID_HEADER_TOKEN, "Unexpected whitespace after header value");
    h->state = S_VALUE;
    return end_value_line(h, p) && start_value(h, p) ? p : NULL;
  default:
    if (c != '\n' && !(h->lenient & HTTP_LENIENT_OPTIONAL_LF_AFTER_CR)) return fail(h, p, HPE_STRICT, "Expected LF after headers");
    h->state = S_HEADERS_DONE;
    return p + (c == '\n');
  }
}

// ---- Body ----

static const u8 *take_body(HttpParser *h, const u8 *p, const u8 *end) {
  size_t size = (size_t)(end - p);
  if (size > h->left) size = (size_t)h->left;
  if (size && !tell_span(h, HTTP_SPAN_BODY, p, size)) return NULL;
  h->left -= size;
  return p + size;
}

static const u8 *chunk_header_done(HttpParser *h, const u8 *p) {
  if (h->left == 0) h->flags |= HTTP_FLAG_TRAILING;
  h->state = h->left ? S_CHUNK_DATA : S_HEADER_START;
  return tell(h, HTTP_EVENT_CHUNK, p) ? p : NULL;
}

// A bare line feed where CR LF must be. NULL: it must not.
static const u8 *bare_line_feed(HttpParser *h, const u8 *p, const char *reason) {
  if (!(h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF)) return fail(h, p + 1, HPE_CR_EXPECTED, reason);
  return chunk_header_done(h, p + 1);
}

static const u8 *run_chunk_size(HttpParser *h, const u8 *p) {
  int digit = hex_digit(*p);
  if (digit < 0 && h->state == S_CHUNK_START) return fail(h, p, HPE_INVALID_CHUNK_SIZE, "Invalid character in chunk size");
  if (digit < 0) {
    h->state = S_CHUNK_AFTER_SIZE;
    return p;
  }
  if (h->state == S_CHUNK_START) h->left = 0;
  if (h->left >> 60) return fail(h, p + 1, HPE_INVALID_CHUNK_SIZE, "Chunk size overflow");
  h->left = h->left << 4 | (u64)digit;
  h->state = S_CHUNK_SIZE;
  return p + 1;
}

static const u8 *run_extension(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  switch (h->state) {
  case S_EXTENSION_START:
    if (!is(c, CHAR_TOKEN) && c != '=') return fail(h, p + 1, HPE_STRICT, "Invalid character in chunk extensions");
    h->state = S_EXTENSION_NAME;
    return p;
  case S_EXTENSION_NAME:
  case S_EXTENSION_VALUE: {
    bool is_value = h->state == S_EXTENSION_VALUE;
    const u8 *q = stretch(h, HTTP_SPAN_CHUNK_EXTENSION, CHAR_TOKEN, p, end);
    if (!q || q == end) return q;
    c = *q++;
    if (c == '\r') h->state = S_CHUNK_LF;
    else if (c == '\n' && is_value) return bare_line_feed(h, q - 1, "Missing expected CR after chunk extension value");
    else if (c == '\n') return bare_line_feed(h, q - 1, "Missing expected CR after chunk extension name");
    else if (c == ';') h->state = S_EXTENSION_START;
    else if (c == '=' && !is_value) h->state = S_EXTENSION_VALUE;
    else if (c == '"' && is_value) h->state = S_EXTENSION_QUOTED;
    else if (is_value) return fail(h, q - 1, HPE_STRICT, "Invalid character in chunk extensions value");
    else return fail(h, q - 1, HPE_STRICT, "Invalid character in chunk extensions name");
    return q;
  }
  case S_EXTENSION_QUOTED:
    p = stretch(h, HTTP_SPAN_CHUNK_EXTENSION, CHAR_QUOTED, p, end);
    if (!p || p == end) return p;
    if (*p == '"') h->state = S_EXTENSION_QUOTE_END;
    else if (*p == '\\') h->state = S_EXTENSION_PAIR;
    else return fail(h, p + 1, HPE_STRICT, "Invalid character in chunk extensions quoted value");
    return p + 1;
  case S_EXTENSION_PAIR:
    if (!is(c, CHAR_VALUE)) return fail(h, p + 1, HPE_STRICT, "Invalid quoted-pair in chunk extensions quoted value");
    h->state = S_EXTENSION_QUOTED;
    return tell_span(h, HTTP_SPAN_CHUNK_EXTENSION, p, 1) ? p + 1 : NULL;
  default:
    if (c == '\r') h->state = S_CHUNK_LF;
    else if (c == '\n') return bare_line_feed(h, p, "Missing expected CR after chunk extension value");
    else if (c == ';') h->state = S_EXTENSION_START;
    else return fail(h, p, HPE_STRICT, "Invalid character in chunk extensions quote value");
    return p + 1;
  }
}

static const u8 *run_body(HttpParser *h, const u8 *p, const u8 *end) {
  u8 c = *p;
  switch (h->state) {
  case S_BODY: p = take_body(h, p, end); return p && h->left == 0 ? end_message(h, p) : p;
  case S_BODY_UNTIL_CLOSE: return tell_span(h, HTTP_SPAN_BODY, p, (size_t)(end - p)) ? end : NULL;
  case S_CHUNK_START:
  case S_CHUNK_SIZE: return run_chunk_size(h, p);
  case S_CHUNK_AFTER_SIZE:
  case S_CHUNK_SPACES:
    if (c == '\r') h->state = S_CHUNK_LF;
    else if (c == '\n') return bare_line_feed(h, p, "Missing expected CR after chunk size");
    else if (c == ';') h->state = S_EXTENSION_START;
    else if (c == ' ' && h->lenient & HTTP_LENIENT_SPACES_AFTER_CHUNK_SIZE) h->state = S_CHUNK_SPACES;
    else return fail(h, p + 1, HPE_INVALID_CHUNK_SIZE, "Invalid character in chunk size");
    return p + 1;
  case S_CHUNK_LF:
    if (c != '\n' && !(h->lenient & HTTP_LENIENT_OPTIONAL_LF_AFTER_CR))
      return fail(h, p, HPE_STRICT, "Expected LF after chunk size");
    return chunk_header_done(h, p + (c == '\n'));
  case S_CHUNK_DATA:
    p = take_body(h, p, end);
    if (p && h->left == 0) h->state = S_CHUNK_DATA_CR;
    return p;
  case S_CHUNK_DATA_CR:
    if (c == '\r') {
      h->state = S_CHUNK_DATA_LF;
      return p + 1;
    }
    if (c == '\n' && h->lenient & HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF) {
      h->state = S_CHUNK_START;
      return tell(h, HTTP_EVENT_CHUNK_COMPLETE, p + 1) ? p + 1 : NULL;
    }
    if (c == '\n') return fail(h, p + 1, HPE_CR_EXPECTED, "Missing expected CR after chunk data");
    if (!(h->lenient & HTTP_LENIENT_OPTIONAL_CRLF_AFTER_CHUNK)) return fail(h, p, HPE_STRICT, "Expected LF after chunk data");
    h->state = S_CHUNK_START;
    return tell(h, HTTP_EVENT_CHUNK_COMPLETE, p) ? p : NULL;
  case S_CHUNK_DATA_LF:
    p = line_feed(h, p, S_CHUNK_START, HPE_STRICT, "Expected LF after chunk data");
    return p && tell(h, HTTP_EVENT_CHUNK_COMPLETE, p) ? p : NULL;
  default: return run_extension(h, p, end);
  }
}

// ---- Running ----

size_t http_parser_execute(HttpParser *h, const u8 *bytes, size_t size) {
  const u8 *p = bytes, *end = bytes + size;
  if (h->error) return 0;
  // What takes no byte is done as soon as the byte before it is there.
  while (p < end || h->state == S_HEADERS_DONE) {
    const u8 *next;
    if (h->state == S_HEADERS_DONE) next = headers_done(h, p);
    else if (h->state < S_FIRST_HEADER) next = run_start(h, p, end);
    else if (h->state < S_BODY) next = run_headers(h, p, end);
    else next = run_body(h, p, end);
    if (UNLIKELY(!next)) return (size_t)(h->error_at - bytes);
    p = next;
  }
  return size;
}

HttpError http_parser_finish(HttpParser *h) {
  if (h->error) return HPE_OK; // which has been told
  if (h->until_close) {
    h->in_message = h->until_close = false;
    h->state = S_CLOSED;
    if (!tell(h, HTTP_EVENT_COMPLETE, NULL)) return (HttpError)h->error;
    return HPE_OK;
  }
  if (h->in_message) {
    http_parser_fail(h, HPE_INVALID_EOF_STATE, "Invalid EOF state");
    return HPE_INVALID_EOF_STATE;
  }
  return HPE_OK;
}

void http_parser_resume(HttpParser *h) {
  if (h->error != HPE_PAUSED && h->error != HPE_PAUSED_UPGRADE) return;
  h->error = HPE_OK;
  h->reason = NULL;
}
