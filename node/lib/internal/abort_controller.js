// SPDX-License-Identifier: MIT
// AbortController and AbortSignal.
'use strict';

const { EventTarget, Event, initEventTarget, defineEventHandler } = require('internal/event_target');
const { codes } = require('internal/errors');
const custom = Symbol.for('nodejs.util.inspect.custom');

const kAborted = Symbol('kAborted'), kReason = Symbol('kReason'), kDependents = Symbol('dependents'), kCreate = Symbol('create');

function abortError() {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException('This operation was aborted', 'AbortError');
}

class AbortSignal extends EventTarget {
  constructor(token) {
    if (token !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    for (const [key, value] of [[kAborted, false], [kReason, undefined], [kDependents, null]]) {
      Object.defineProperty(this, key, { value, writable: true, enumerable: false });
    }
  }
  get aborted() {
    return this[kAborted];
  }
  get reason() {
    return this[kReason];
  }
  throwIfAborted() {
    if (this[kAborted]) throw this[kReason];
  }
  [custom](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('internal/util/inspect').inspect({ aborted: this[kAborted] }, options)}`;
  }
  static abort(reason = abortError()) {
    const signal = new AbortSignal(kCreate);
    signal[kAborted] = true;
    signal[kReason] = reason;
    return signal;
  }
  static timeout(delay) {
    require('internal/validators').validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kCreate);
    const timer = require('timers').setTimeout(() => {
      const { DOMException } = require('internal/dom_exception');
      abortSignal(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delay);
    timer.unref();
    return signal;
  }
  static any(signals) {
    const result = new AbortSignal(kCreate);
    const list = [...signals];
    for (const [i, signal] of list.entries()) {
      if (!(signal instanceof AbortSignal)) throw new codes.ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', signal);
    }
    const aborted = list.find((s) => s[kAborted]);
    if (aborted) {
      result[kAborted] = true;
      result[kReason] = aborted[kReason];
      return result;
    }
    for (const signal of list) (signal[kDependents] ??= new Set()).add(result);
    return result;
  }
}
for (const name of ['aborted', 'reason', 'throwIfAborted']) Object.defineProperty(AbortSignal.prototype, name, { enumerable: true });
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortSignal' });
defineEventHandler(AbortSignal.prototype, 'abort');

function abortSignal(signal, reason) {
  if (signal[kAborted]) return;
  const affected = [signal];
  for (let i = 0; i < affected.length; i++) {
    affected[i][kAborted] = true;
    affected[i][kReason] = reason;
    if (affected[i][kDependents]) for (const other of affected[i][kDependents]) if (!other[kAborted] && !affected.includes(other)) affected.push(other);
    affected[i][kDependents] = null;
  }
  for (const one of affected) one.dispatchEvent(new Event('abort'));
}

class AbortController {
  #signal;
  get signal() {
    return (this.#signal ??= new AbortSignal(kCreate));
  }
  abort(reason = abortError()) {
    abortSignal(this.signal, reason);
  }
  [custom](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('internal/util/inspect').inspect({ signal: this.signal }, options)}`;
  }
}
for (const name of ['signal', 'abort']) Object.defineProperty(AbortController.prototype, name, { enumerable: true });
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, { configurable: true, value: 'AbortController' });

module.exports = { AbortController, AbortSignal, initEventTarget };
