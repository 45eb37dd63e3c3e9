// SPDX-License-Identifier: MIT
// The global scope of a Web worker (HTML: DedicatedWorkerGlobalScope), and how its script is run. Only such workers load this file.
'use strict';

const {
  EventTarget, initEventTarget, defineEventHandler, dispatch, dispatchValue, kListeners,
} = require('internal/event_target');
const { codes } = require('internal/errors');
const { URL, fileURLToPath } = require('internal/url');
const { Navigator } = require('internal/navigator');
const { transferOf, parseUrl, domException } = require('internal/web_worker');
const { textOfUrl } = require('internal/web_scripts');
const { makeEnumerable } = internalBinding('util');
const processBinding = internalBinding('process');
const worker = internalBinding('worker');

const scope = globalThis;
const kMake = {};
let port, isClosing = false, isModule = false, name, location, navigator;

// ---- WorkerLocation, WorkerNavigator ----

class WorkerLocation {
  #url;
  constructor(token, url) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#url = url;
  }
  toString() { return this.#url.href; }
  get href() { return this.#url.href; }
  get origin() { return this.#url.origin; }
  get protocol() { return this.#url.protocol; }
  get host() { return this.#url.host; }
  get hostname() { return this.#url.hostname; }
  get port() { return this.#url.port; }
  get pathname() { return this.#url.pathname; }
  get search() { return this.#url.search; }
  get hash() { return this.#url.hash; }
}

class WorkerNavigator extends Navigator {
  get appVersion() { return process.versions.node; }
  get locks() { return super.locks; }
  get appCodeName() { return 'Mozilla'; }
  get appName() { return 'Netscape'; }
  get product() { return 'Gecko'; }
  get onLine() { return true; }
}

// ---- The scopes ----

class WorkerGlobalScope extends EventTarget {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get self() { return scope; }
  get location() { return location; }
  get navigator() { return navigator; }
  importScripts(...urls) {
    importScripts(...urls);
  }
}

class DedicatedWorkerGlobalScope extends WorkerGlobalScope {
  get name() { return name; }
  set name(value) { // replaceable
    Object.defineProperty(this, 'name', { value, writable: true, enumerable: true, configurable: true });
  }
  postMessage(message, transferOrOptions) {
    const transfer = transferOf(arguments, 'DedicatedWorkerGlobalScope');
    if (isClosing) return;
    if (transfer === undefined) port.postMessage(message);
    else port.postMessage(message, transfer);
  }
  close() {
    if (isClosing) return;
    isClosing = true;
    // The turn goes on to its end: when this tick runs, no microtask is left.
    process.nextTick(() => queueMicrotask(() => process.nextTick(() => processBinding.reallyExit(0))));
  }
}

// onerror gets what the event says as arguments, and true from it prevents the default.
function defineOnError() {
  let handler = null, listener;
  Object.defineProperty(WorkerGlobalScope.prototype, 'onerror', {
    configurable: true,
    enumerable: true,
    get() {
      return handler;
    },
    set(f) {
      handler = typeof f === 'function' ? f : null;
      if (handler === null || listener !== undefined) return;
      listener = (event) => {
        if (handler === null) return;
        const { message, filename, lineno, colno, error } = event;
        if (handler.call(scope, message, filename, lineno, colno, error) === true) event.preventDefault();
      };
      scope.addEventListener('error', listener);
    },
  });
}
defineOnError();
for (const type of ['languagechange', 'offline', 'online', 'rejectionhandled', 'unhandledrejection']) {
  defineEventHandler(WorkerGlobalScope.prototype, type);
}
for (const type of ['message', 'messageerror']) defineEventHandler(DedicatedWorkerGlobalScope.prototype, type);

for (const f of [WorkerLocation, WorkerNavigator, WorkerGlobalScope, DedicatedWorkerGlobalScope]) {
  makeEnumerable(f.prototype);
  Object.defineProperty(f.prototype, 'constructor', { enumerable: false });
  Object.defineProperty(f.prototype, Symbol.toStringTag, { configurable: true, value: f.name });
}

// ---- Errors ----

let rejectionEventClass;
function rejectionEvent(type, promise, reason) {
  const { Event } = require('internal/event');
  rejectionEventClass ??= class PromiseRejectionEvent extends Event {
    promise;
    reason;
    constructor(type, init) {
      super(type, init);
      this.promise = init.promise;
      this.reason = init.reason;
    }
  };
  return new rejectionEventClass(type, { promise, reason, cancelable: type === 'unhandledrejection' });
}

// lib/process.js asks here first. true: a listener has prevented that the error ends the worker.
function report(error, promise, isRejection) {
  const type = isRejection ? 'unhandledrejection' : 'error';
  if (isRejection && has(type)) {
    const event = rejectionEvent(type, promise, error);
    dispatch(scope, event);
    if (event.defaultPrevented) return true;
  }
  if (!has('error')) return false;
  const event = require('internal/error_event').errorEventOf(error);
  dispatch(scope, event);
  return event.defaultPrevented;
}
const has = (type) => scope[kListeners].get(type)?.length > 0;

function reportHandled(promise) {
  if (!has('rejectionhandled')) return;
  const { 1: reason } = internalBinding('modules').promiseState(promise);
  dispatch(scope, rejectionEvent('rejectionhandled', promise, reason));
}

// ---- Messages ----

function arrived(type, value, ports) {
  if (isClosing || type === 'close') return;
  const makeEvent = () => new (require('internal/worker/message_event').MessageEvent)(type, ports === undefined ? { data: value } : { data: value, ports });
  if (has(type)) dispatch(scope, makeEvent());
  if (port[kListeners].has(type)) dispatchValue(port, type, value, makeEvent); // require('worker_threads').parentPort
}

// From now on messages are delivered, and the worker lives until it is closed.
function openPort() {
  const { listen } = require('internal/worker/io');
  listen(port, arrived);
  port.ref();
}

// ---- Scripts ----

function runText(text, url) {
  const { compile, run } = internalBinding('contextify');
  run(compile(text, url), undefined, url);
}

// A script whose var and function declarations are properties of the global object. A file is compiled once for all workers.
function runClassic(url, text) {
  const { compileFile, run } = internalBinding('contextify');
  if (text !== undefined) runText(text, url.href);
  else run(compileFile(fileURLToPath(url), url.href), undefined, url.href);
}

const isFile = (url) => url.protocol === 'file:' && internalBinding('fs').kind(fileURLToPath(url)) === 0;

function importScripts(...urls) {
  if (isModule) throw new codes.ERR_INVALID_STATE.TypeError('importScripts() cannot be used in a module worker');
  const parsed = urls.map((url) => parseUrl(`${url}`, location.href));
  for (const url of parsed) {
    const text = textOfUrl(url);
    if (text === undefined && !isFile(url)) throw domException(`Failed to load script: ${url.href}`, 'NetworkError');
    runClassic(url, text);
  }
}

// ---- The start ----

function defineValue(key, value, enumerable) {
  Object.defineProperty(scope, key, { value, writable: true, enumerable, configurable: true });
}

function furnish(url) {
  const { prototype } = DedicatedWorkerGlobalScope;
  delete scope.navigator;
  delete scope.Navigator;
  location = new WorkerLocation(kMake, url);
  navigator = Object.setPrototypeOf(require('internal/navigator').navigator, WorkerNavigator.prototype);
  Object.setPrototypeOf(scope, prototype);
  initEventTarget(scope);
  // Called without an object they have no `this`: these belong to the scope.
  for (const key of ['addEventListener', 'dispatchEvent', 'removeEventListener', 'importScripts', 'postMessage', 'close']) {
    const f = prototype[key];
    defineValue(key, { [key](...args) {
      return f.apply(scope, args);
    } }[key], true);
  }
  for (const f of [WorkerGlobalScope, DedicatedWorkerGlobalScope, WorkerNavigator, WorkerLocation]) defineValue(f.name, f, false);
}

function makeRequire(path) {
  const { Module } = require('internal/modules/cjs');
  return Module.createRequire(path);
}

// The worker's program. Returns what it waits for.
function run(href, givenName, asModule) {
  const url = new URL(href);
  name = givenName;
  isModule = asModule;
  worker.location = href;
  port = require('internal/worker/child').parentPort();
  furnish(url);
  processBinding.scopeReports = { report, reportHandled };
  require('process'); // whose handler of uncaught errors asks report()
  try {
    const { source } = require('internal/worker/child').given();
    if (asModule) return require('internal/modules/esm').importScript(url, source);
    if (url.protocol === 'file:') defineValue('require', makeRequire(fileURLToPath(url)), false);
    runClassic(url, source);
  } finally {
    openPort();
  }
}

module.exports = { run };
