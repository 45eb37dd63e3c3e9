// SPDX-License-Identifier: MIT
// Transform: a Duplex whose output is made of its input, and PassThrough, whose output is its input.
'use strict';

const { codes } = require('internal/errors');
const Duplex = require('internal/streams/duplex');
const { highWaterMarkOf } = require('internal/streams/state');

const { nextTick } = internalBinding('process');

const kCallback = Symbol('kCallback'); // of what waits for room on the other side: a write, or the rest of one

Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // A readable side of 0 buffers nothing: then the writable side must not either, unless it is told to.
  const readableMark = options ? highWaterMarkOf(options.readableObjectMode || options.objectMode, options, 'readableHighWaterMark', true) : null;
  if (readableMark === 0) {
    options = { ...options, highWaterMark: null, readableHighWaterMark: 0, writableHighWaterMark: options.writableHighWaterMark || 0 };
  }
  Duplex.call(this, options);
  this._readableState.sync = false; // _read is called when something is written: push() then is as good as asynchronous
  this[kCallback] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', prefinish);
}

function final(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    if (callback) callback();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    if (callback) callback();
  });
}

// A _final of their own does not call ours.
function prefinish() {
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const state = this._readableState;
  const before = state.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value !== null && value !== undefined) this.push(value);
    // With nobody to read, writing goes on, but not at once.
    if (state.ended) nextTick(callback);
    else if (this._writableState.ended || before === state.length || state.length < state.highWaterMark) callback();
    else this[kCallback] = callback;
  });
};

Transform.prototype._read = function() {
  const callback = this[kCallback];
  if (!callback) return;
  this[kCallback] = null;
  callback();
};

// For a _transform that has more to push than the reader wants for now.
function callWhenRead(stream, callback) {
  stream[kCallback] = callback;
}

Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}

PassThrough.prototype._transform = function(chunk, encoding, callback) {
  callback(null, chunk);
};

module.exports = { Transform, PassThrough, callWhenRead };
