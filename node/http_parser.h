// SPDX-License-Identifier: MIT
// HttpParser: HTTP/1 messages (RFC 9112) out of a stream of bytes, strict as llhttp is by default, because what one parser reads
// leniently and the next one strictly is how requests are smuggled. It allocates nothing and keeps no text: names, values and
// bodies are told as spans of the input, in pieces where the input was split, so any splitting gives the same sequence.
// Tests: tests/unit/node/test_http_parser.c, tests/node/http/parser.js, fuzz/fuzz_http.c.
#ifndef WEFT_NODE_HTTP_PARSER_H
#define WEFT_NODE_HTTP_PARSER_H

#include "base/base.h"

typedef enum HttpType { HTTP_REQUEST = 1, HTTP_RESPONSE = 2 } HttpType;

// Methods in the order of their numbers; those from PRI on are of other protocols.
#define HTTP_METHODS(X) \
  X(DELETE, "DELETE") \
  X(GET, "GET") \
  X(HEAD, "HEAD") \
  X(POST, "POST") \
  X(PUT, "PUT") \
  X(CONNECT, "CONNECT") \
  X(OPTIONS, "OPTIONS") \
  X(TRACE, "TRACE") \
  X(COPY, "COPY") \
  X(LOCK, "LOCK") \
  X(MKCOL, "MKCOL") \
  X(MOVE, "MOVE") \
  X(PROPFIND, "PROPFIND") \
  X(PROPPATCH, "PROPPATCH") \
  X(SEARCH, "SEARCH") \
  X(UNLOCK, "UNLOCK") \
  X(BIND, "BIND") \
  X(REBIND, "REBIND") \
  X(UNBIND, "UNBIND") \
  X(ACL, "ACL") \
  X(REPORT, "REPORT") \
  X(MKACTIVITY, "MKACTIVITY") \
  X(CHECKOUT, "CHECKOUT") \
  X(MERGE, "MERGE") \
  X(M_SEARCH, "M-SEARCH") \
  X(NOTIFY, "NOTIFY") \
  X(SUBSCRIBE, "SUBSCRIBE") \
  X(UNSUBSCRIBE, "UNSUBSCRIBE") \
  X(PATCH, "PATCH") \
  X(PURGE, "PURGE") \
  X(MKCALENDAR, "MKCALENDAR") \
  X(LINK, "LINK") \
  X(UNLINK, "UNLINK") \
  X(SOURCE, "SOURCE") \
  X(PRI, "PRI") \
  X(DESCRIBE, "DESCRIBE") \
  X(ANNOUNCE, "ANNOUNCE") \
  X(SETUP, "SETUP") \
  X(PLAY, "PLAY") \
  X(PAUSE, "PAUSE") \
  X(TEARDOWN, "TEARDOWN") \
  X(GET_PARAMETER, "GET_PARAMETER") \
  X(SET_PARAMETER, "SET_PARAMETER") \
  X(REDIRECT, "REDIRECT") \
  X(RECORD, "RECORD") \
  X(FLUSH, "FLUSH") \
  X(QUERY, "QUERY")
typedef enum HttpMethod {
#define X(name, text) HTTP_METHOD_##name,
  HTTP_METHODS(X)
#undef X
      HTTP_METHOD_COUNT
} HttpMethod;
const char *http_method_name(HttpMethod method);

// What llhttp calls HPE_<name>.
#define HTTP_ERRORS(X) \
  X(OK) \
  X(INTERNAL) \
  X(STRICT) \
  X(CR_EXPECTED) \
  X(LF_EXPECTED) \
  X(UNEXPECTED_CONTENT_LENGTH) \
  X(UNEXPECTED_SPACE) \
  X(CLOSED_CONNECTION) \
  X(INVALID_METHOD) \
  X(INVALID_URL) \
  X(INVALID_CONSTANT) \
  X(INVALID_VERSION) \
  X(INVALID_HEADER_TOKEN) \
  X(INVALID_CONTENT_LENGTH) \
  X(INVALID_CHUNK_SIZE) \
  X(INVALID_STATUS) \
  X(INVALID_EOF_STATE) \
  X(INVALID_TRANSFER_ENCODING) \
  X(PAUSED) \
  X(PAUSED_UPGRADE) \
  X(PAUSED_H2_UPGRADE) \
  X(USER) \
  X(HEADER_OVERFLOW) \
  X(CHUNK_EXTENSIONS_OVERFLOW)
typedef enum HttpError {
#define X(name) HPE_##name,
  HTTP_ERRORS(X)
#undef X
} HttpError;
const char *http_error_name(HttpError error); // "HPE_OK"

typedef enum HttpLenience { // as llhttp's flags
  HTTP_LENIENT_HEADERS = 1,
  HTTP_LENIENT_CHUNKED_LENGTH = 2,
  HTTP_LENIENT_KEEP_ALIVE = 4,
  HTTP_LENIENT_TRANSFER_ENCODING = 8,
  HTTP_LENIENT_VERSION = 16,
  HTTP_LENIENT_DATA_AFTER_CLOSE = 32,
  HTTP_LENIENT_OPTIONAL_LF_AFTER_CR = 64,
  HTTP_LENIENT_OPTIONAL_CRLF_AFTER_CHUNK = 128,
  HTTP_LENIENT_OPTIONAL_CR_BEFORE_LF = 256,
  HTTP_LENIENT_SPACES_AFTER_CHUNK_SIZE = 512,
  HTTP_LENIENT_HEADER_VALUE_RELAXED = 1024,
} HttpLenience;

typedef enum HttpSpan {
  HTTP_SPAN_URL,
  HTTP_SPAN_STATUS, // the text
  HTTP_SPAN_NAME,   // of a header or trailer
  HTTP_SPAN_VALUE,  // without white space before it; that behind it is part of it
  HTTP_SPAN_BODY,
  HTTP_SPAN_CHUNK_EXTENSION,
} HttpSpan;

typedef enum HttpEvent {
  HTTP_EVENT_BEGIN,            // of a message
  HTTP_EVENT_HEADER,           // a name and its value are complete, also an empty one
  HTTP_EVENT_HEADERS_COMPLETE, // the handler answers with an HttpAnswer
  HTTP_EVENT_CHUNK,            // a chunk's header is complete
  HTTP_EVENT_CHUNK_COMPLETE,
  HTTP_EVENT_COMPLETE, // the message
} HttpEvent;

typedef enum HttpAnswer {
  HTTP_GO_ON,
  HTTP_SKIP_BODY,  // none follows: a response to HEAD
  HTTP_UPGRADE,    // none follows, and what comes then is another protocol
  HTTP_NO_UPGRADE, // the message asks for another protocol and does not get it
  HTTP_FAILED,     // HPE_USER, or what http_parser_fail said
} HttpAnswer;

typedef struct HttpParser HttpParser;
typedef struct HttpHandlers {
  bool (*span)(HttpParser *h, HttpSpan kind, const u8 *at, size_t size); // false: stop, with HPE_USER or what http_parser_fail said
  HttpAnswer (*event)(HttpParser *h, HttpEvent event);
} HttpHandlers;

enum { // HttpParser.flags
  HTTP_FLAG_KEEP_ALIVE = 1,
  HTTP_FLAG_CLOSE = 2,
  HTTP_FLAG_CONNECTION_UPGRADE = 4,
  HTTP_FLAG_CHUNKED = 8,
  HTTP_FLAG_UPGRADE = 16,
  HTTP_FLAG_CONTENT_LENGTH = 32,
  HTTP_FLAG_SKIP_BODY = 64,
  HTTP_FLAG_TRAILING = 128,
  HTTP_FLAG_TRANSFER_ENCODING = 256,
};

struct HttpParser {
  const HttpHandlers *handlers;
  u64 left; // of the body or the chunk; the length that Content-Length gave
  const u8 *error_at;
  const char *reason;
  u16 flags, lenient, status;
  u8 type, state, next, method, major, minor, error;
  u8 match;  // how far a constant or a method is matched
  u8 header; // which header of those that decide about the body
  u8 token;  // state inside its value
  bool upgrade, pausing, in_message;
  bool until_close; // the body ends with the connection
};

void http_parser_init(HttpParser *h, HttpType type, u16 lenient, const HttpHandlers *handlers);
// Parses; gives how many bytes were taken: all of them, unless h->error is set then. Behind HPE_PAUSED and HPE_PAUSED_UPGRADE comes
// http_parser_resume; other errors stay. The handlers must not call it.
size_t http_parser_execute(HttpParser *h, const u8 *bytes, size_t size);
// The stream has ended. Tells the end of a body that ends so; HPE_INVALID_EOF_STATE within a message;
// nothing behind an error.
HttpError http_parser_finish(HttpParser *h);
void http_parser_resume(HttpParser *h);
// For handlers.
void http_parser_fail(HttpParser *h, HttpError error, const char *reason);
void http_parser_pause(HttpParser *h); // after the event that is being told
bool http_parser_keeps_alive(const HttpParser *h);
// At HTTP_EVENT_HEADERS_COMPLETE: nothing but the end of the message follows (unless the handler says otherwise).
bool http_parser_is_empty(const HttpParser *h);

// What names of headers and values may consist of. A name has at least one character.
bool http_is_token(const u8 *chars, size_t size);
bool http_is_value(const u8 *chars, size_t size);

#endif
