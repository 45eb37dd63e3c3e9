// SPDX-License-Identifier: MIT
// Agent: the connections of a client, used again for requests to the same place, and requests that wait for one.
'use strict';

const net = require('net');
const EventEmitter = require('events');

const kRelayKeylog = Symbol('relayKeylog'), kRequestOptions = Symbol('requestOptions');

// Lists of sockets or requests by the name of the place that they are for.
function byPlace() {
  return { __proto__: null };
}

function optionsOf(given) {
  const options = Object.assign(byPlace(), given);
  if (options.noDelay === undefined) options.noDelay = true;
  options.path = null; // or net would connect to a path
  return options;
}

function limitsOf({ keepAliveMsecs, keepAlive, maxSockets, maxFreeSockets, scheduling, maxTotalSockets }) {
  const { validateOneOf, validateNumber } = require('internal/validators');
  scheduling ||= 'lifo';
  validateOneOf(scheduling, 'scheduling', ['fifo', 'lifo']);
  if (maxTotalSockets !== undefined) validateNumber(maxTotalSockets, 'maxTotalSockets', 1);
  return {
    keepAliveMsecs: keepAliveMsecs || 1000,
    keepAlive: keepAlive || false,
    maxSockets: maxSockets || Agent.defaultMaxSockets,
    maxFreeSockets: maxFreeSockets || 256,
    scheduling,
    maxTotalSockets: maxTotalSockets ?? Infinity,
  };
}

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = optionsOf(options);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.requests = byPlace();
  this.sockets = byPlace();
  this.freeSockets = byPlace();
  Object.assign(this, limitsOf(this.options));
  this.totalSocketCount = 0;
  const margin = this.options.agentKeepAliveTimeoutBuffer;
  this.agentKeepAliveTimeoutBuffer = Number.isFinite(margin) && margin >= 0 ? margin : 1000;
  this.on('free', onFree);
  this.on('newListener', onNewListener);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

// The first that wants to hear of keys makes all sockets tell.
function onNewListener(event) {
  if (event !== 'keylog') return;
  this.off('newListener', onNewListener);
  const agent = this;
  this[kRelayKeylog] = function(line) {
    agent.emit('keylog', line, this);
  };
  for (const socket of Object.values(this.sockets).flat()) socket.on('keylog', this[kRelayKeylog]);
}

// Errors of sockets that nobody uses.
function onFreeSocketError() {
  this.destroy();
  this.emit('agentRemove');
}

// May a socket without work wait for the next request?
function mayRest(agent, socket, name) {
  const freeCount = agent.freeSockets[name]?.length ?? 0, usedCount = agent.sockets[name]?.length ?? 0;
  return agent.keepAlive && socket._httpMessage?.shouldKeepAlive && agent.totalSocketCount <= agent.maxTotalSockets &&
    freeCount + usedCount <= agent.maxSockets && freeCount < agent.maxFreeSockets && agent.keepSocketAlive(socket);
}

// A socket has nothing to do any more.
function onFree(socket, options) {
  const name = this.getName(options), waiting = this.requests[name];
  if (!socket.writable) {
    socket.destroy();
  } else if (waiting?.length > 0) {
    const req = waiting.shift();
    if (waiting.length === 0) delete this.requests[name];
    giveSocket(this, req, socket);
  } else if (mayRest(this, socket, name)) {
    const free = this.freeSockets[name] ??= [];
    socket._httpMessage = null;
    this.removeSocket(socket, options);
    socket.once('error', onFreeSocketError);
    free.push(socket);
  } else {
    socket.destroy();
  }
}

Agent.prototype.createConnection = net.createConnection;

Agent.prototype.getName = function getName(options = {}) {
  let name = `${options.host || 'localhost'}:${options.port || ''}:${options.localAddress || ''}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

function mergeOptions(agent, options) {
  const merged = Object.assign(byPlace(), options, agent.options);
  if (merged.socketPath) merged.path = merged.socketPath;
  return merged;
}

function giveSocket(agent, req, socket) {
  req.onSocket(socket);
  // The agent's own timeout is the socket's already.
  if (req.timeout !== undefined && req.timeout !== (agent.options.timeout || 0)) socket.setTimeout(req.timeout);
}

// A socket that waits for work at a place, or undefined.
function takeFree(agent, name) {
  const free = agent.freeSockets[name];
  if (free === undefined) return undefined;
  while (free.length > 0 && free[0].destroyed) free.shift();
  const socket = agent.scheduling === 'fifo' ? free.shift() : free.pop();
  if (free.length === 0) delete agent.freeSockets[name];
  return socket;
}

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  const place = mergeOptions(this, typeof options === 'string' ? { host: options, port, localAddress } : options);
  const name = this.getName(place);
  const used = this.sockets[name] ??= [];
  const socket = takeFree(this, name);
  if (socket) {
    this.reuseSocket(socket, req);
    giveSocket(this, req, socket);
    used.push(socket);
  } else if (used.length < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, place, (error, created) => {
      if (error) req.onSocket(created, error);
      else giveSocket(this, req, created);
    });
  } else {
    req[kRequestOptions] = place; // for a socket of another place, when that is what makes room
    (this.requests[name] ??= []).push(req);
  }
};

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  const place = mergeOptions(this, options);
  const name = this.getName(place);
  const timeout = req.timeout || this.options.timeout;
  if (timeout) place.timeout = timeout;
  place._agentKey = name;
  place.encoding = null;
  if (this.keepAlive) Object.assign(place, { keepAlive: this.keepAlive, keepAliveInitialDelay: this.keepAliveMsecs });
  let isCreated = false; // createConnection() may return the socket, call back with it, or do both
  const onCreate = (error, socket) => {
    if (isCreated) return;
    isCreated = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    watch(this, socket, place);
    callback(null, socket);
  };
  const socket = this.createConnection(place, onCreate);
  if (socket) onCreate(null, socket);
};

// What the agent hears of its sockets
function watch(agent, socket, options) {
  const listeners = {
    free() {
      agent.emit('free', socket, options);
    },
    close() {
      agent.totalSocketCount--;
      agent.removeSocket(socket, options);
    },
    timeout() {
      if (Object.values(agent.freeSockets).some((free) => free.includes(socket))) socket.destroy();
    },
    // Somebody keeps the socket for another protocol.
    agentRemove() {
      for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
      listeners.close();
    },
  };
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  if (agent[kRelayKeylog]) socket.on('keylog', agent[kRelayKeylog]);
}

function removeFrom(sockets, name, socket) {
  const list = sockets[name], at = list === undefined ? -1 : list.indexOf(socket);
  if (at === -1) return;
  list.splice(at, 1);
  if (list.length === 0) delete sockets[name];
}

// A request that may have a new socket, now that one is gone from a place: of that place, else of one that has none.
function nextWaiting(agent, name, options) {
  if (agent.requests[name]?.length > 0) return { req: agent.requests[name][0], options };
  const [other] = Object.keys(agent.requests);
  if (other === undefined || agent.sockets[other]?.length) return null; // it will get one of its own
  const req = agent.requests[other][0];
  return { req, options: req[kRequestOptions] };
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  removeFrom(this.sockets, name, socket);
  if (!socket.writable) removeFrom(this.freeSockets, name, socket);
  const next = nextWaiting(this, name, options);
  if (!next?.req || !next.options) return;
  const { req } = next;
  req[kRequestOptions] = undefined;
  this.createSocket(req, next.options, (error, created) => {
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
  socket.off('error', onFreeSocketError);
  socket.ref();
  req.reusedSocket = true;
};

Agent.prototype.destroy = function destroy() {
  const all = [this.freeSockets, this.sockets].flatMap((sockets) => Object.values(sockets).flat());
  for (const socket of all) socket.destroy();
};

module.exports = { Agent, globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }) };
