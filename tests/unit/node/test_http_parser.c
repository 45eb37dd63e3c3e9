// SPDX-License-Identifier: MIT
// node/http_parser: what it tells of messages, that splitting the input changes nothing, and what it refuses.
#include "node/http_parser.h"

#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

// Everything that is told, as text: spans of one kind that follow each other are one.
typedef struct Recorder {
  HttpParser parser; // first
  char log[4096];
  size_t length;
  int last; // span kind, or -1
  HttpAnswer answer;
} Recorder;

static void append(Recorder *r, const char *text, size_t size) {
  ck_assert(r->length + size < sizeof r->log);
  memcpy(r->log + r->length, text, size);
  r->length += size;
  r->log[r->length] = 0;
}

static bool on_span(HttpParser *h, HttpSpan kind, const u8 *at, size_t size) {
  Recorder *r = (Recorder *)h;
  static const char *const names[] = {"url=", "status=", "name=", "value=", "body=", "extension="};
  if (r->last != (int)kind) {
    append(r, " ", 1);
    append(r, names[kind], strlen(names[kind]));
  }
  r->last = (int)kind;
  append(r, (const char *)at, size);
  return true;
}

static HttpAnswer on_event(HttpParser *h, HttpEvent event) {
  Recorder *r = (Recorder *)h;
  static const char *const names[] = {"begin", "header", "head", "chunk", "chunk-end", "end"};
  r->last = -1;
  append(r, " ", 1);
  append(r, names[event], strlen(names[event]));
  return event == HTTP_EVENT_HEADERS_COMPLETE ? r->answer : HTTP_GO_ON;
}
static const HttpHandlers handlers = {on_span, on_event};

static void begin(Recorder *r, HttpType type, u16 lenient) {
  http_parser_init(&r->parser, type, lenient, &handlers);
  r->length = 0;
  r->log[0] = 0;
  r->last = -1;
  r->answer = HTTP_GO_ON;
}

// Parses `text` in pieces that end at `cut` and at its end. The error, if there is one, ends the log.
static void parse(Recorder *r, HttpType type, const char *text, size_t cut) {
  size_t size = strlen(text);
  begin(r, type, 0);
  size_t taken = http_parser_execute(&r->parser, (const u8 *)text, cut);
  if (taken == cut) http_parser_execute(&r->parser, (const u8 *)text + cut, size - cut);
  if (r->parser.error) {
    append(r, " ", 1);
    append(r, http_error_name((HttpError)r->parser.error), strlen(http_error_name((HttpError)r->parser.error)));
  }
}

static const struct {
  HttpType type;
  const char *text, *log;
} cases[] = {
    {HTTP_REQUEST, "GET /a?b HTTP/1.1\r\nHost: x\r\nEmpty:\r\n\r\n",
     " begin url=/a?b name=Host value=x header name=Empty header head end"},
    {HTTP_REQUEST, "\r\n\nPOST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n",
     " begin url=/ name=Content-Length value=3 header head body=abc end begin url=/ head end"},
    {HTTP_REQUEST, "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;a=\"b\"\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n",
     " begin url=/ name=Transfer-Encoding value=gzip, chunked header head extension=ab chunk body=abc chunk-end chunk body=de "
     "chunk-end chunk name=T value=v header end"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n\r\nx",
     " begin url=/ name=Connection value=close header head end HPE_CLOSED_CONNECTION"},
    {HTTP_REQUEST, "CONNECT a:80 HTTP/1.1\r\n\r\nxyz", " begin url=a:80 head end HPE_PAUSED_UPGRADE"},
    {HTTP_RESPONSE, "HTTP/1.1 200 Fine\r\n\r\nabc", " begin status=Fine head body=abc"},
    {HTTP_RESPONSE, "HTTP/1.1 304 N\r\nContent-Length: 9\r\n\r\nHTTP/1.1 100\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
     " begin status=N name=Content-Length value=9 header head end begin head end begin status=OK name=Content-Length value=1 "
     "header head "
     "body=a end"},
    // What would let two parsers see different messages.
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
     " begin url=/ name=Content-Length value=1 header name=Transfer-Encoding HPE_INVALID_TRANSFER_ENCODING"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
     " begin url=/ name=Transfer-Encoding value=chunked header name=Content-Length HPE_INVALID_CONTENT_LENGTH"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
     " begin url=/ name=Content-Length value=1 header name=Content-Length HPE_UNEXPECTED_CONTENT_LENGTH"},
    {HTTP_REQUEST, "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
     " begin url=/ name=Transfer-Encoding value=gzip header head HPE_INVALID_TRANSFER_ENCODING"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nA : b\r\n\r\n", " begin url=/ name=A HPE_INVALID_HEADER_TOKEN"},
    {HTTP_REQUEST, "GET / HTTP/1.1\nA: b\n\n", " begin url=/ HPE_INVALID_VERSION"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", " begin url=/ name=A value=b HPE_LF_EXPECTED"},
    {HTTP_REQUEST, "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", " begin url=/ name=A value=b HPE_INVALID_HEADER_TOKEN"},
    {HTTP_REQUEST, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\n",
     " begin url=/ name=Transfer-Encoding value=chunked header head HPE_INVALID_CHUNK_SIZE"},
    {HTTP_REQUEST, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
     " begin url=/ name=Transfer-Encoding value=chunked header head chunk body=a HPE_STRICT"},
    {HTTP_REQUEST, "get / HTTP/1.1\r\n\r\n", " begin HPE_INVALID_METHOD"},
    {HTTP_REQUEST, "GET / HTTP/1.2\r\n\r\n", " begin url=/ HPE_INVALID_VERSION"},
    {HTTP_RESPONSE, "HTTP/1.1 20 OK\r\n\r\n", " begin HPE_INVALID_STATUS"},
};

START_TEST(messages_split_anywhere) {
  Recorder r;
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    for (size_t cut = 0; cut <= strlen(cases[i].text); cut++) {
      parse(&r, cases[i].type, cases[i].text, cut);
      ck_assert_str_eq(r.log, cases[i].log);
    }
  }
}
END_TEST

START_TEST(all_methods) {
  for (int m = 0; m < HTTP_METHOD_COUNT; m++) {
    if (m >= HTTP_METHOD_PRI && m != HTTP_METHOD_QUERY) continue;
    Recorder r;
    char text[64];
    int size = snprintf(text, sizeof text, "%s %s HTTP/1.1\r\n\r\n", http_method_name((HttpMethod)m),
                        m == HTTP_METHOD_CONNECT ? "a:1" : "/");
    begin(&r, HTTP_REQUEST, 0);
    for (int i = 0; i < size; i++) (void)http_parser_execute(&r.parser, (const u8 *)text + i, 1);
    ck_assert_int_eq(r.parser.method, m);
    ck_assert_int_eq(r.parser.error, m == HTTP_METHOD_CONNECT ? HPE_PAUSED_UPGRADE : HPE_OK);
  }
}
END_TEST

START_TEST(ends_of_streams) {
  Recorder r;
  static const char open[] = "HTTP/1.1 200 OK\r\n\r\nabc", half[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc";
  begin(&r, HTTP_RESPONSE, 0);
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)open, sizeof open - 1), sizeof open - 1);
  ck_assert_int_eq(http_parser_finish(&r.parser), HPE_OK);
  ck_assert_str_eq(r.log, " begin status=OK head body=abc end");
  begin(&r, HTTP_RESPONSE, 0);
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)half, sizeof half - 1), sizeof half - 1);
  ck_assert_int_eq(http_parser_finish(&r.parser), HPE_INVALID_EOF_STATE);
  begin(&r, HTTP_RESPONSE, 0);
  ck_assert_int_eq(http_parser_finish(&r.parser), HPE_OK);
}
END_TEST

START_TEST(answers_of_handlers) {
  Recorder r;
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 204 OK\r\n\r\n";
  begin(&r, HTTP_RESPONSE, 0);
  r.answer = HTTP_SKIP_BODY; // of a HEAD request
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)head, sizeof head - 1), sizeof head - 1);
  ck_assert_int_eq(r.parser.error, HPE_OK);
  static const char upgrade[] = "GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nGET / HTTP/1.1\r\n\r\n";
  begin(&r, HTTP_REQUEST, 0);
  r.answer = HTTP_NO_UPGRADE;
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)upgrade, sizeof upgrade - 1), sizeof upgrade - 1);
  ck_assert_int_eq(r.parser.error, HPE_OK);
  begin(&r, HTTP_REQUEST, 0);
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)upgrade, sizeof upgrade - 1), sizeof upgrade - 1 - 18);
  ck_assert_int_eq(r.parser.error, HPE_PAUSED_UPGRADE);
  begin(&r, HTTP_REQUEST, 0);
  r.answer = HTTP_FAILED;
  (void)http_parser_execute(&r.parser, (const u8 *)upgrade, sizeof upgrade - 1);
  ck_assert_int_eq(r.parser.error, HPE_USER);
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)upgrade, 1), 0);
}
END_TEST

START_TEST(leniency) {
  Recorder r;
  static const char text[] = "GET / HTTP/1.1\nA: b\n c\nB : d\n\n";
  begin(&r, HTTP_REQUEST, 1023);
  ck_assert_uint_lt(http_parser_execute(&r.parser, (const u8 *)text, sizeof text - 1),
                    sizeof text - 1); // a space in a name is refused
  static const char folded[] = "GET / HTTP/1.1\nA: b\n c\n\n";
  begin(&r, HTTP_REQUEST, 1023);
  ck_assert_uint_eq(http_parser_execute(&r.parser, (const u8 *)folded, sizeof folded - 1), sizeof folded - 1);
  ck_assert_str_eq(r.log, " begin url=/ name=A value=b c header head end");
}
END_TEST

UNIT_MAIN("http_parser", messages_split_anywhere, all_methods, ends_of_streams, answers_of_handlers, leniency)
