// SPDX-License-Identifier: MIT
// HTTP/1: server and client.
'use strict';

const { methods, parsers } = require('_http_common');
const { IncomingMessage } = require('_http_incoming');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('_http_outgoing');
const { STATUS_CODES, Server, ServerResponse, _connectionListener } = require('_http_server');
const agents = require('_http_agent');
const { ClientRequest } = require('_http_client');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, callback) {
  return new ClientRequest(url, options, callback);
}

function get(url, options, callback) {
  const req = request(url, options, callback);
  req.end();
  return req;
}

module.exports = {
  _connectionListener,
  METHODS: methods.toSorted(),
  STATUS_CODES,
  Agent: agents.Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers(max) {
    require('internal/validators').validateInteger(max, 'max', 1);
    parsers.max = max;
  },
};

let headerSize;
Object.defineProperties(module.exports, {
  maxHeaderSize: {
    configurable: true,
    enumerable: true,
    get() {
      if (headerSize === undefined) {
        const option = process.execArgv.find((arg) => arg.startsWith('--max-http-header-size='));
        headerSize = option === undefined ? 16384 : Number(option.slice(23));
      }
      return headerSize;
    },
  },
  globalAgent: {
    configurable: true,
    enumerable: true,
    get() {
      return agents.globalAgent;
    },
    set(agent) {
      agents.globalAgent = agent;
    },
  },
});
// Classes that are globals, for whoever looks for them here.
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  if (!(name in globalThis)) continue;
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, get: () => globalThis[name] });
}
