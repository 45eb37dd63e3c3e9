// SPDX-License-Identifier: MIT
// There is no TLS in weft: agents can be made, and requests fail with an 'error' that says so.
'use strict';

const http = require('http');
const { unavailable, failing } = require('internal/http/unavailable');
const { nextTick } = internalBinding('process');

class Agent extends http.Agent {
  constructor(options) {
    super({ defaultPort: 443, protocol: 'https:', ...options });
    this.defaultPort = this.options.defaultPort;
    this.protocol = this.options.protocol;
    this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
  }
  createConnection(options, callback) {
    nextTick(callback, unavailable('TLS'));
  }
}

const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

function request(input, options, callback) {
  if (typeof input === 'string') input = new URL(input);
  if (input instanceof URL) {
    input = require('url').urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = null;
  }
  return new http.ClientRequest({ _defaultAgent: module.exports.globalAgent, ...input, ...options }, callback);
}

function get(input, options, callback) {
  const req = request(input, options, callback);
  req.end();
  return req;
}

module.exports = { Agent, globalAgent, Server: failing('Server', 'TLS'), createServer: failing('createServer', 'TLS'), get, request };
