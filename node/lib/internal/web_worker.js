// SPDX-License-Identifier: MIT
// The global Worker (HTML): the parent's side, over the Worker of node:worker_threads. The worker's side is internal/web_worker_scope.js.
// Where Node has an answer (--experimental-web-worker), it is Node's; docs/decisions/0003-web-worker.md says where it is not.
'use strict';

const { EventTarget, defineEventHandler, dispatch, kListeners } = require('internal/event_target');
const { codes } = require('internal/errors');
const { URL } = require('internal/url');
const { textOfUrl } = require('internal/web_scripts');
const { makeEnumerable } = internalBinding('util');
const binding = internalBinding('worker');

// Kinds of programs: as in node/worker.h.
const KIND_WEB_CLASSIC = 4, KIND_WEB_MODULE = 5;

const domException = (message, name) => new (require('internal/dom_exception').DOMException)(message, name);

// ---- Arguments, as Web IDL converts them ----

const isDictionary = (v) => (typeof v === 'object' && v !== null) || typeof v === 'function';
const enums = {
  __proto__: null, WorkerType: ['classic', 'module'], RequestCredentials: ['omit', 'same-origin', 'include'],
};

function failure(code, where, what) {
  const error = new TypeError(`Failed to ${where}: ${what}`);
  error.code = code;
  return error;
}

function enumOf(value, type, name, otherwise) {
  if (value === undefined) return otherwise;
  const text = `${value}`;
  if (enums[type].includes(text)) return text;
  throw failure('ERR_INVALID_ARG_VALUE', "construct 'Worker'", `${name} in Argument 2 '${text}' is not a valid enum value of type ${type}.`);
}

function optionsOf(options) {
  if (options === undefined || options === null) return { name: '', type: 'classic' };
  if (!isDictionary(options)) throw failure('ERR_INVALID_ARG_TYPE', "construct 'Worker'", 'Argument 2 cannot be converted to a dictionary');
  enumOf(options.credentials, 'RequestCredentials', 'credentials', 'same-origin');
  const { name } = options;
  return { name: name === undefined ? '' : `${name}`, type: enumOf(options.type, 'WorkerType', 'type', 'classic') };
}

function sequenceOf(value, what, where) {
  const list = [...value];
  const at = list.findIndex((element) => !isDictionary(element));
  if (at >= 0) throw failure('ERR_INVALID_ARG_TYPE', where, `${what}[${at}] is not an object.`);
  return list;
}

// The transfer list of postMessage's arguments. owner: whose postMessage it is
function transferOf(args, owner) {
  const where = `execute 'postMessage' on '${owner}'`;
  if (args.length === 0) throw failure('ERR_MISSING_ARGS', where, '1 argument required, but only 0 present.');
  const options = args[1];
  if (options === undefined || options === null) return undefined;
  if (!isDictionary(options)) throw failure('ERR_INVALID_ARG_TYPE', where, 'Argument 2 cannot be converted to a dictionary');
  if (options[Symbol.iterator] !== undefined && options[Symbol.iterator] !== null) return sequenceOf(options, 'Argument 2', where);
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (!isDictionary(transfer) || typeof transfer[Symbol.iterator] !== 'function') {
    throw failure('ERR_INVALID_ARG_TYPE', where, 'transfer in Argument 2 cannot be converted to sequence.');
  }
  return sequenceOf(transfer, 'transfer in Argument 2', where);
}

// ---- URLs ----

function baseUrl() {
  return binding.location ?? require('internal/url').pathToFileURL(`${process.cwd()}/`).href;
}

function parseUrl(url, base) {
  try {
    return new URL(url, base);
  } catch {
    throw domException(`Failed to parse URL: ${url}`, 'SyntaxError');
  }
}

function stringOf(value) {
  if (typeof value !== 'symbol') return `${value}`;
  throw failure('ERR_INVALID_ARG_TYPE', "construct 'Worker'", 'Argument 1 is a Symbol and cannot be converted to a string.');
}

function scriptUrl(text) {
  const url = parseUrl(text, baseUrl());
  if (url.protocol === 'file:' || url.protocol === 'data:' || url.protocol === 'blob:') return url;
  throw domException(`Worker scripts must be file:, data: or blob: URLs: ${url.href}`, 'NotSupportedError');
}

// ---- Worker ----

// An error that nobody listens to is printed, as browsers do on their consoles; Node says nothing.
function reportUnheard(error) {
  require('console').error(`Uncaught (in a worker) ${require('internal/uncaught').uncaughtText(error)}`);
}

class Worker extends EventTarget {
  #thread; // the Worker of node:worker_threads
  #isOver = false; // terminate() was called: what is still under way is dropped
  constructor(scriptURL, options = undefined) {
    super();
    if (arguments.length === 0) throw failure('ERR_MISSING_ARGS', "construct 'Worker'", '1 argument required, but only 0 present.');
    const text = stringOf(scriptURL), given = optionsOf(options), url = scriptUrl(text);
    const source = url.protocol === 'file:' ? undefined : textOfUrl(url); // a blob: URL may be revoked before the worker begins
    if (url.protocol !== 'file:' && source === undefined) {
      this.#failLater(`Failed to fetch the worker script: ${url.href}`);
      return;
    }
    const { Worker: Thread, kWeb } = require('internal/worker');
    const thread = this.#thread = new Thread('', {
      name: given.name,
      [kWeb]: {
        source,
        program: [given.type === 'module' ? KIND_WEB_MODULE : KIND_WEB_CLASSIC, url.href, given.name],
        relay: (type, value, ports) => this.#arrived(type, value, ports),
      },
    });
    thread.on('error', (error) => this.#failed(error));
  }
  terminate() {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#thread?.terminate();
  }
  postMessage(message, transferOrOptions) {
    const transfer = transferOf(arguments, 'Worker');
    const thread = this.#thread;
    // Without an other end the message still has to be one.
    if (thread === undefined || thread.threadId === -1) require('internal/structured_clone').structuredClone(message, { transfer: transfer ?? [] });
    else if (transfer === undefined) thread.postMessage(message);
    else thread.postMessage(message, transfer);
  }
  [Symbol.for('nodejs.ref')]() {
    this.#thread?.ref();
  }
  [Symbol.for('nodejs.unref')]() {
    this.#thread?.unref();
  }
  #arrived(type, data, ports) {
    if (this.#isOver || type === 'close' || !(this[kListeners].get(type)?.length > 0)) return;
    const { MessageEvent } = require('internal/worker/message_event');
    dispatch(this, new MessageEvent(type, ports === undefined ? { data } : { data, ports }));
  }
  #failed(error) {
    if (this.#isOver) return;
    if (this[kListeners].get('error')?.length > 0) dispatch(this, require('internal/error_event').errorEventOf(error));
    else reportUnheard(error);
  }
  #failLater(message) {
    const { ErrorEvent } = require('internal/error_event');
    require('timers').setImmediate(() => {
      if (!this.#isOver) dispatch(this, new ErrorEvent('error', { message, cancelable: true }));
    });
  }
}
for (const name of ['error', 'message', 'messageerror']) defineEventHandler(Worker.prototype, name);
makeEnumerable(Worker.prototype);
for (const name of ['constructor', Symbol.for('nodejs.ref'), Symbol.for('nodejs.unref')]) {
  Object.defineProperty(Worker.prototype, name, { enumerable: false });
}
Object.defineProperty(Worker, 'length', { value: 1 });
Object.defineProperty(Worker.prototype, 'postMessage', { enumerable: true });
Object.defineProperty(Worker.prototype, Symbol.toStringTag, { configurable: true, value: 'Worker' });

module.exports = { Worker, transferOf, parseUrl, domException };
