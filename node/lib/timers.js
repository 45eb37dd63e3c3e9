// SPDX-License-Identifier: MIT
// Timeout and Immediate objects; the loop (threads/event_loop.c) decides when they run.
'use strict';

const binding = internalBinding('timers');
const { setCallback } = internalBinding('builtins');
const { getAsyncContext, setAsyncContext } = internalBinding('process');

const TIMEOUT_MAX = 2147483647;
const kRefed = Symbol('refed');
const kHandle = Symbol('handle');
const kContext = Symbol('context');
const kPrimitive = Symbol('asyncId');
const kHasPrimitive = Symbol('kHasPrimitive');

let nextId = 1;
const byPrimitive = new Map();

function checkCallback(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    if (after === undefined) after = 1;
    else after *= 1;
    if (!(after >= 1 && after <= TIMEOUT_MAX)) {
      if (after > TIMEOUT_MAX) {
        process.emitWarning(`${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning');
      } else if (after < 0) {
        process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
      } else if (Number.isNaN(after)) {
        process.emitWarning(`${after} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
      }
      after = 1;
    }
    this._idleTimeout = after;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    hide(this, kRefed, isRefed);
    hide(this, kHandle, 0);
    hide(this, kHasPrimitive, false);
    hide(this, kPrimitive, nextId++);
    hide(this, kContext, getAsyncContext());
  }
  refresh() {
    if (this._onTimeout) start(this);
    return this;
  }
  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      binding.reference(this[kHandle], false);
    }
    return this;
  }
  ref() {
    if (!this[kRefed]) {
      this[kRefed] = true;
      binding.reference(this[kHandle], true);
    }
    return this;
  }
  hasRef() {
    return this[kRefed];
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.dispose]() {
    clearTimeout(this);
  }
  [Symbol.toPrimitive]() {
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      byPrimitive.set(this[kPrimitive], this);
    }
    return this[kPrimitive];
  }
}

function hide(object, key, value) {
  Object.defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    hide(this, kRefed, true);
    hide(this, kContext, getAsyncContext());
    hide(this, kHandle, binding.addImmediate(this));
  }
  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      binding.referenceImmediate(this[kHandle], true);
    }
    return this;
  }
  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      binding.referenceImmediate(this[kHandle], false);
    }
    return this;
  }
  hasRef() {
    return !!this[kRefed];
  }
  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function start(timer) {
  if (timer[kHandle]) binding.stop(timer[kHandle]);
  timer._destroyed = false;
  timer[kHandle] = binding.start(timer, Math.trunc(timer._idleTimeout), timer[kRefed]);
  timer._idleStart = binding.now();
}

function end(timer) {
  timer[kHandle] = 0;
  timer._destroyed = true;
  if (timer[kHasPrimitive]) byPrimitive.delete(timer[kPrimitive]);
}

// Called by the loop for a timer that is due.
function listOnTimeout(timer) {
  timer[kHandle] = 0;
  if (!timer._onTimeout) {
    end(timer);
    return;
  }
  setAsyncContext(timer[kContext]);
  let threw = true;
  try {
    const args = timer._timerArgs;
    if (args === undefined) timer._onTimeout();
    else Reflect.apply(timer._onTimeout, timer, args);
    threw = false;
  } finally {
    if (timer._repeat !== null && timer._idleTimeout !== -1 && (!threw || timer._onTimeout)) {
      timer._idleTimeout = timer._repeat;
      if (!timer[kHandle]) start(timer);
    } else if (!timer[kHandle] && !timer._destroyed) {
      end(timer);
    }
  }
}

function processImmediate(immediate) {
  immediate._destroyed = true;
  setAsyncContext(immediate[kContext]);
  const args = immediate._argv;
  if (args === undefined) immediate._onImmediate();
  else Reflect.apply(immediate._onImmediate, immediate, args);
}

function setTimeout(callback, after, arg1, arg2, arg3) {
  checkCallback(callback);
  const timer = new Timeout(callback, after, arguments.length > 2 ? Array.prototype.slice.call(arguments, 2) : undefined, false, true);
  start(timer);
  return timer;
}

function setInterval(callback, repeat, arg1, arg2, arg3) {
  checkCallback(callback);
  const timer = new Timeout(callback, repeat, arguments.length > 2 ? Array.prototype.slice.call(arguments, 2) : undefined, true, true);
  start(timer);
  return timer;
}

function clearTimeout(timer) {
  if (timer && timer._onTimeout) {
    timer._onTimeout = null;
    if (timer instanceof Timeout) {
      if (timer[kHandle]) binding.stop(timer[kHandle]);
      timer._idleTimeout = -1;
      end(timer);
    }
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = byPrimitive.get(Number(timer));
    if (found !== undefined) {
      found._repeat = null;
      clearTimeout(found);
    }
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function setImmediate(callback, arg1, arg2, arg3) {
  checkCallback(callback);
  return new Immediate(callback, arguments.length > 1 ? Array.prototype.slice.call(arguments, 1) : undefined);
}

function clearImmediate(immediate) {
  if (!immediate || immediate._destroyed) return;
  binding.clearImmediate(immediate[kHandle]);
  immediate._destroyed = true;
  immediate._onImmediate = null;
}

setCallback(0, listOnTimeout);
setCallback(1, processImmediate);

function lazyPromisified(f, name) {
  Object.defineProperty(f, Symbol.for('nodejs.util.promisify.custom'), {
    enumerable: true,
    get() {
      return require('timers/promises')[name];
    },
  });
}
lazyPromisified(setTimeout, 'setTimeout');
lazyPromisified(setImmediate, 'setImmediate');

module.exports = {
  setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval,
  // For sockets of other libraries.
  active(item) {
    item[kRefed] ??= true;
    if (item._idleTimeout >= 0) start(item);
  },
  unenroll(item) {
    clearTimeout(item);
  },
  enroll(item, msecs) {
    item._idleTimeout = msecs;
    item[kContext] = undefined;
    item[kHandle] = 0;
    item[kHasPrimitive] = false;
    item._repeat = null;
  },
};
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() {
    return require('timers/promises');
  },
});
