// SPDX-License-Identifier: MIT
// HTTP messages, in one piece and in pieces: both must tell the same, take the same and end with the same error. Input: a byte of choices
// (type, leniency), a byte that says how it is split, the messages.
#include "node/http_parser.h"

#include "base/base.h"

#include <stdio.h>
#include <string.h>

enum { LOG_MAX = 1 << 16 };

typedef struct Recorder {
  HttpParser parser; // first
  u8 log[LOG_MAX];
  size_t length, firm; // up to where the log is promised behind an error
  int last;
  u8 choices;
  u32 heads;
} Recorder;

static void append(Recorder *r, const void *bytes, size_t size) {
  if (size > LOG_MAX - r->length) size = LOG_MAX - r->length;
  memcpy(r->log + r->length, bytes, size);
  r->length += size;
}

static bool on_span(HttpParser *h, HttpSpan kind, const u8 *at, size_t size) {
  Recorder *r = (Recorder *)h;
  CHECK(size > 0);
  if (r->last != (int)kind) append(r, &(u8){(u8)kind}, 1);
  r->last = (int)kind;
  append(r, at, size);
  if (kind == HTTP_SPAN_BODY) r->firm = r->length;
  return true;
}

static HttpAnswer on_event(HttpParser *h, HttpEvent event) {
  Recorder *r = (Recorder *)h;
  u8 facts[] = {(u8)(128 + event), h->method, h->major, h->minor, (u8)h->status, (u8)h->upgrade, (u8)h->flags};
  r->last = -1;
  append(r, facts, sizeof facts);
  r->firm = r->length;
  if (event != HTTP_EVENT_HEADERS_COMPLETE) return HTTP_GO_ON;
  CHECK(h->type == HTTP_REQUEST ? h->method < HTTP_METHOD_COUNT : h->status < 1000);
  if (!(h->lenient & (HTTP_LENIENT_CHUNKED_LENGTH | HTTP_LENIENT_TRANSFER_ENCODING)))
    CHECK(!(h->flags & HTTP_FLAG_CONTENT_LENGTH) || !(h->flags & HTTP_FLAG_TRANSFER_ENCODING));
  return r->choices & 64 && ++r->heads % 3 == 0 ? HTTP_SKIP_BODY : HTTP_GO_ON;
}
static const HttpHandlers handlers = {on_span, on_event};

static void run(Recorder *r, u8 choices, u8 split, const u8 *data, size_t size) {
  memset(r, 0, sizeof *r);
  http_parser_init(&r->parser, choices & 1 ? HTTP_REQUEST : HTTP_RESPONSE,
                   (u16)(choices & 2 ? (choices & 4 ? 1023 : 1 << (choices >> 3 & 7)) : 0), &handlers);
  r->last = -1;
  r->choices = choices;
  u32 state = split;
  size_t at = 0;
  while (at < size) {
    state = state * 1103515245 + 12345;
    size_t piece = split ? 1 + (state >> 16) % (split > 128 ? 3 : 40) : size - at;
    if (piece > size - at) piece = size - at;
    size_t taken = http_parser_execute(&r->parser, data + at, piece);
    CHECK(taken <= piece && (taken == piece || r->parser.error));
    at += taken;
    if (r->parser.error == HPE_PAUSED_UPGRADE) {
      append(r, "U", 1);
      http_parser_resume(&r->parser);
    } else if (r->parser.error) {
      r->length = r->firm;
      break;
    }
  }
  HttpError end = http_parser_finish(&r->parser);
  u8 facts[] = {(u8)r->parser.error, (u8)end, (u8)at, (u8)(at >> 8)};
  append(r, facts, sizeof facts);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  static Recorder whole, parts;
  if (size < 2) return 0;
  run(&whole, data[0], 0, data + 2, size - 2);
  run(&parts, data[0], data[1] ? data[1] : 1, data + 2, size - 2);
  CHECK(whole.length == parts.length && memcmp(whole.log, parts.log, whole.length) == 0);
  return 0;
}
