// SPDX-License-Identifier: MIT
// Agent: the connections of a client, used again for requests to the same place, and requests that wait for one.
'use strict';

const net = require('net');
const EventEmitter = require('events');

const kOnKeylog = Symbol('onkeylog'), kRequestOptions = Symbol('requestOptions');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  this.options.path = null; // or net would connect to a path
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  const buffer = this.options.agentKeepAliveTimeoutBuffer;
  this.agentKeepAliveTimeoutBuffer = typeof buffer === 'number' && buffer >= 0 && Number.isFinite(buffer) ? buffer : 1000;
  const { validateOneOf, validateNumber } = require('internal/validators');
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;
  this.on('free', onFree);
  this.on('newListener', maybeEnableKeylog);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

function maybeEnableKeylog(event) {
  if (event !== 'keylog') return;
  this.removeListener('newListener', maybeEnableKeylog);
  const agent = this;
  this[kOnKeylog] = function(keylog) {
    agent.emit('keylog', keylog, this);
  };
  for (const list of Object.values(this.sockets)) for (const socket of list) socket.on('keylog', this[kOnKeylog]);
}

// Errors of sockets that nobody uses.
function onFreeSocketError() {
  this.destroy();
  this.emit('agentRemove');
}

// A socket has nothing to do any more.
function onFree(socket, options) {
  const name = this.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requests = this.requests[name];
  if (requests && requests.length > 0) {
    const req = requests.shift();
    if (requests.length === 0) delete this.requests[name];
    giveSocket(this, req, socket);
    return;
  }
  const req = socket._httpMessage;
  const free = this.freeSockets[name] || [];
  const count = free.length + (this.sockets[name] ? this.sockets[name].length : 0);
  if (!req || !req.shouldKeepAlive || !this.keepAlive || this.totalSocketCount > this.maxTotalSockets || count > this.maxSockets ||
      free.length >= this.maxFreeSockets || !this.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  this.freeSockets[name] = free;
  socket._httpMessage = null;
  this.removeSocket(socket, options);
  socket.once('error', onFreeSocketError);
  free.push(socket);
}

Agent.prototype.createConnection = net.createConnection;

Agent.prototype.getName = function getName(options = {}) {
  let name = `${options.host || 'localhost'}:${options.port || ''}:${options.localAddress || ''}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

function mergeOptions(agent, options) {
  const merged = { __proto__: null, ...options, ...agent.options };
  if (merged.socketPath) merged.path = merged.socketPath;
  return merged;
}

function giveSocket(agent, req, socket) {
  req.onSocket(socket);
  const timeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === timeout) return;
  socket.setTimeout(req.timeout);
}

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = mergeOptions(this, options);
  const name = this.getName(options);
  const used = this.sockets[name] ??= [], free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const count = (free ? free.length : 0) + used.length;
  if (socket) {
    this.reuseSocket(socket, req);
    giveSocket(this, req, socket);
    used.push(socket);
  } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (error, created) => {
      if (error) req.onSocket(created, error);
      else giveSocket(this, req, created);
    });
  } else {
    req[kRequestOptions] = options; // for a socket of another place, when that is what makes room
    (this.requests[name] ??= []).push(req);
  }
};

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  options = mergeOptions(this, options);
  const timeout = req.timeout || this.options.timeout || undefined;
  if (timeout) options.timeout = timeout;
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let isCreated = false;
  const onCreate = (error, socket) => {
    if (isCreated) return;
    isCreated = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, onCreate);
  if (socket) onCreate(null, socket);
};

function installListeners(agent, socket, options) {
  function onFree() {
    agent.emit('free', socket, options);
  }
  function onClose() {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  }
  function onTimeout() {
    for (const list of Object.values(agent.freeSockets)) {
      if (list.includes(socket)) {
        socket.destroy();
        return;
      }
    }
  }
  // Somebody keeps the socket for another protocol.
  function onRemove() {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFree);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  }
  socket.on('free', onFree);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

function removeFrom(sockets, name, socket) {
  const list = sockets[name], at = list === undefined ? -1 : list.indexOf(socket);
  if (at === -1) return;
  list.splice(at, 1);
  if (list.length === 0) delete sockets[name];
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  removeFrom(this.sockets, name, socket);
  if (!socket.writable) removeFrom(this.freeSockets, name, socket);
  let req;
  if (this.requests[name]?.length > 0) {
    req = this.requests[name][0];
  } else {
    for (const other of Object.keys(this.requests)) {
      if (this.sockets[other]?.length) break; // it will get one of its own
      req = this.requests[other][0];
      options = req[kRequestOptions];
      break;
    }
  }
  if (!req || !options) return;
  req[kRequestOptions] = undefined;
  this.createSocket(req, options, (error, created) => {
    if (error) req.onSocket(created, error);
    else created.emit('free');
  });
};

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  const hint = /^timeout=(\d+)/.exec(socket._httpMessage?.res?.headers['keep-alive'])?.[1];
  if (hint !== undefined) {
    // Sooner than the server says, or it closes while we write.
    const ms = Number.parseInt(hint, 10) * 1000 - this.agentKeepAliveTimeoutBuffer;
    if (ms <= 0) return false;
    if (timeout === 0 || ms < timeout) timeout = ms;
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket, req) {
  socket.removeListener('error', onFreeSocketError);
  req.reusedSocket = true;
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const sockets of [this.freeSockets, this.sockets]) {
    for (const key of Object.keys(sockets)) for (const socket of sockets[key].slice()) socket.destroy();
  }
};

module.exports = { Agent, globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }) };
