// SPDX-License-Identifier: MIT
// HTTPParser, and what server and client do alike with what it finds: heads become IncomingMessages, bodies are pushed into them.
'use strict';

const binding = internalBinding('http_parser');
const { Buffer } = require('buffer');
const { IncomingMessage, readStart, readStop, endBody } = require('_http_incoming');

const kIncomingMessage = Symbol('IncomingMessage'), kSkipPendingData = Symbol('SkipPendingData');
const kOnHeaders = 1, kOnHeadersComplete = 2, kOnBody = 3, kOnMessageComplete = 4, kOnExecute = 5;
// What C tells of a head, and how the answer says that the message's end has been seen to. In bindings/http_parser.c too.
const IS_EMPTY = 1, HAS_HOST = 2, HAS_EXPECT = 4, HAS_ENDED = 16;

const allMethods = binding.methods;
const methods = allMethods.filter((name, i) => i < 34 || name === 'QUERY');

// A parser object calls its elements; see bindings/http_parser.c.
function HTTPParser() {
  if (new.target === undefined) throw new TypeError("Class constructor HTTPParser cannot be invoked without 'new'");
  return binding.create(new.target.prototype, Buffer.prototype);
}
Object.assign(HTTPParser, {
  REQUEST: 1, RESPONSE: 2,
  kOnMessageBegin: 0, kOnHeaders, kOnHeadersComplete, kOnBody, kOnMessageComplete, kOnExecute, kOnTimeout: 6,
  kLenientNone: 0, kLenientHeaders: 1, kLenientChunkedLength: 2, kLenientKeepAlive: 4, kLenientTransferEncoding: 8, kLenientVersion: 16,
  kLenientDataAfterClose: 32, kLenientOptionalLFAfterCR: 64, kLenientOptionalCRLFAfterChunk: 128, kLenientOptionalCRBeforeLF: 256,
  kLenientSpacesAfterChunkSize: 512, kLenientHeaderValueRelaxed: 1024, kLenientAll: 1023,
});

// The error of a parser that has taken -1 - result bytes.
function failureOf(parser, result) {
  const [code, reason] = binding.failure(parser);
  const error = new Error('Parse Error');
  error.bytesParsed = -1 - result;
  error.code = code;
  error.reason = reason;
  return error;
}

Object.assign(HTTPParser.prototype, {
  close() {},
  free() {},
  remove() {},
  execute(chunk) {
    const taken = binding.execute(this, chunk);
    return taken < 0 ? failureOf(this, taken) : taken;
  },
  finish() {
    return binding.finish(this) < 0 ? failureOf(this, -1) : undefined;
  },
  initialize(type, resource, maxHeaderSize = 0, lenient = 0, waits = false, maxHeaders = 0) {
    binding.initialize(this, type, maxHeaderSize || require('http').maxHeaderSize, lenient, Boolean(waits), maxHeaders);
  },
  pause() {
    binding.pause(this);
  },
  resume() {
    binding.resume(this);
  },
  consume(handle) {
    binding.consume(this, handle);
  },
  unconsume() {
    binding.unconsume(this);
  },
  getCurrentBuffer() {
    return binding.currentBytes(this);
  },
});

// ---- What parsers of server and client call ----

function headersComplete(versionMajor, versionMinor, headers, method, url, statusCode, statusMessage, upgrade, shouldKeepAlive, facts) {
  const { socket } = this;
  const server = socket ? socket.server : undefined;
  const Message = (server && server[kIncomingMessage]) || IncomingMessage;
  const incoming = this.incoming = new Message(socket);
  incoming.httpVersionMajor = versionMajor;
  incoming.httpVersionMinor = versionMinor;
  incoming.httpVersion = versionMajor === 1 ? (versionMinor === 1 ? '1.1' : versionMinor === 0 ? '1.0' : `1.${versionMinor}`)
    : `${versionMajor}.${versionMinor}`;
  incoming.joinDuplicateHeaders = (server && server.joinDuplicateHeaders) || this.joinDuplicateHeaders;
  incoming.upgrade = upgrade;
  const n = headers.length, max = this.maxHeaderPairs;
  incoming._addHeaderLines(headers, max > 0 && max < n ? max : n);
  if (statusCode === undefined) {
    incoming.url = url;
    incoming.method = allMethods[method];
  } else {
    incoming.statusCode = statusCode;
    incoming.statusMessage = statusMessage;
  }
  const answer = this.onIncoming(incoming, shouldKeepAlive, facts);
  if (answer !== 0 || (facts & IS_EMPTY) === 0 || this.incoming !== incoming || incoming.upgrade) return answer;
  messageEnds(this, incoming);
  return HAS_ENDED;
}

function messageEnds(parser, incoming) {
  incoming.complete = true;
  const trailers = parser._headers;
  if (trailers !== null) {
    parser._headers = null;
    incoming._addHeaderLines(trailers, trailers.length);
  }
  endBody(incoming);
}

function trailersComplete(headers) {
  this._headers = headers;
}

function bodyArrives(bytes) {
  const { incoming } = this;
  if (incoming !== null && !incoming._dumped && !incoming.push(bytes)) readStop(this.socket);
}

function messageComplete() {
  const { incoming } = this;
  if (incoming !== null && !incoming.upgrade) messageEnds(this, incoming);
  readStart(this.socket); // the next message, if the body had paused the socket
}

function newParser() {
  const parser = new HTTPParser();
  parser[0] = undefined; // dense from the first on
  parser[kOnHeaders] = trailersComplete;
  parser[kOnHeadersComplete] = headersComplete;
  parser[kOnBody] = bodyArrives;
  parser[kOnMessageComplete] = messageComplete;
  parser[kOnExecute] = undefined;
  parser._headers = null;
  parser.socket = null;
  parser.incoming = null;
  parser.outgoing = null;
  parser.maxHeaderPairs = 2000;
  parser._consumed = false;
  parser.onIncoming = null;
  parser.joinDuplicateHeaders = null;
  return parser;
}

// Parsers are small and cheap to make; there is no list of idle ones. This is what packages look for.
const parsers = {
  max: 1000,
  alloc: newParser,
  free: () => false,
  hasItems: () => false,
};

// The parser is no longer the socket's.
function freeParser(parser, request, socket) {
  if (parser) {
    if (parser._consumed) parser.unconsume();
    parser._consumed = false;
    parser._headers = null;
    parser.socket = null;
    parser.incoming = null;
    parser.outgoing = null;
    parser[kOnExecute] = undefined;
    parser.onIncoming = null;
  }
  if (request) request.parser = null;
  if (socket) socket.parser = null;
}

// What the program sees of a parser's failure. rawPacket: the bytes in which it happened.
function prepareError(error, parser, rawPacket) {
  error.rawPacket = rawPacket || parser.getCurrentBuffer();
  if (error.reason) error.message = `Parse Error: ${error.reason}`;
}

let isWarned = false;
function isLenient() {
  const insecure = process.execArgv.includes('--insecure-http-parser');
  if (insecure && !isWarned) {
    isWarned = true;
    process.emitWarning('Using insecure HTTP parsing');
  }
  return insecure;
}

// The parser's flags for the options insecureHTTPParser and httpValidation.
function calculateLenientFlags(insecure, validation) {
  if (validation === 'insecure') return HTTPParser.kLenientAll;
  if (validation === 'relaxed') return HTTPParser.kLenientHeaderValueRelaxed;
  if (validation === 'strict') return HTTPParser.kLenientNone;
  return (insecure === undefined ? isLenient() : insecure) ? HTTPParser.kLenientAll : HTTPParser.kLenientNone;
}

module.exports = {
  _checkInvalidHeaderChar: (text) => !binding.isValue(`${text}`),
  _checkIsHttpToken: (text) => typeof text === 'string' && binding.isToken(text),
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  freeParser,
  methods,
  parsers,
  kIncomingMessage,
  HTTPParser,
  isLenient,
  calculateLenientFlags,
  prepareError,
  kSkipPendingData,
};
for (const [name, value] of Object.entries({ newParser, failureOf, HAS_HOST, HAS_EXPECT, IS_EMPTY })) {
  Object.defineProperty(module.exports, name, { value, enumerable: false });
}
