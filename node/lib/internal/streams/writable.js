// SPDX-License-Identifier: MIT
// Writable: what is written goes to _write or _writev, one call at a time; the rest waits in state.buffered.
'use strict';

const { Buffer } = require('buffer');
const { codes, AbortError } = require('internal/errors');
const { Stream } = require('internal/streams/legacy');
const { highWaterMarkOf } = require('internal/streams/state');
const destroying = require('internal/streams/destroy');

const { errorOrDestroy } = destroying;
const { nextTick } = internalBinding('process');

function nop() {}

module.exports = Writable;
Writable.WritableState = WritableState;
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

// isDuplex: there is a readable side, with options of its own.
function WritableState(options, stream, isDuplex) {
  options ??= {};
  const duplex = typeof isDuplex === 'boolean' ? isDuplex : stream instanceof Stream.Duplex;
  this.objectMode = Boolean(options.objectMode || (duplex && options.writableObjectMode));
  this.highWaterMark = highWaterMarkOf(this.objectMode, options, 'writableHighWaterMark', duplex);
  this.length = 0; // bytes or objects that are not written yet
  this.corked = 0;
  this.finalCalled = false;
  this.needDrain = false;
  this.ending = false; // end() was called
  this.ended = false; // end() has returned
  this.finished = false;
  this.destroyed = false;
  this.decodeStrings = options.decodeStrings !== false;
  this.writing = false;
  this.sync = true; // _write has not returned yet
  this.bufferProcessing = false;
  this.onwrite = (error) => onwrite(stream, error);
  this.writecb = null;
  this.writelen = 0;
  this.afterWriteTickInfo = null; // callbacks for the next tick
  this.afterWritePending = false;
  this.bufferedIndex = 0;
  this.buffered = [];
  this.allBuffers = true;
  this.allNoop = true;
  this.pendingcb = 0; // callbacks that have to come before 'finish'
  this.constructed = true;
  this.prefinished = false;
  this.errorEmitted = false;
  this.emitClose = options.emitClose !== false;
  this.autoDestroy = options.autoDestroy !== false;
  this.errored = null;
  this.closed = false;
  this.closeEmitted = false;
  this.writable = undefined;
  this.onFinished = [];
  this.defaultEncoding = encodingOption(options.defaultEncoding);
}

function encodingOption(encoding) {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return 'utf8';
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return encoding;
}

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};
Object.defineProperty(WritableState.prototype, 'bufferedRequestCount', {
  configurable: false,
  enumerable: false,
  get() {
    return this.buffered.length - this.bufferedIndex;
  },
});

function resetBuffer(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
  state.allBuffers = true;
  state.allNoop = true;
}

// What can go on when _construct is done.
function afterConstruct(stream) {
  const state = stream._writableState;
  if (!state.writing) clearBuffer(stream, state);
  if (state.ending) finishMaybe(stream, state);
}

function Writable(options) {
  if (!(this instanceof Writable)) return new Writable(options);
  this._events ??= { __proto__: null, close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined };
  this._writableState = new WritableState(options, this, false);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct) destroying.construct(this, () => afterConstruct(this));
}

// A Duplex is a Writable too, though it inherits from Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  value: function(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

// ---- Writing ----

// true, false (wait for 'drain') or the error that the callback gets.
function writeChunk(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = state.defaultEncoding;
  } else {
    if (encoding && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    if (typeof callback !== 'function') callback = nop;
  }
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (state.decodeStrings) {
        chunk = Buffer.from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof Buffer) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Stream._uint8ArrayToBuffer(chunk);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }
  if (state.ending || state.destroyed) {
    const error = state.ending ? new codes.ERR_STREAM_WRITE_AFTER_END() : new codes.ERR_STREAM_DESTROYED('write');
    nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  if (state.writing || state.corked > 0 || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
    if (state.allBuffers && encoding !== 'buffer') state.allBuffers = false;
    if (state.allNoop && callback !== nop) state.allNoop = false;
  } else {
    state.writelen = length;
    state.writecb = callback;
    state.writing = true;
    state.sync = true;
    stream._write(chunk, encoding, state.onwrite);
    state.sync = false;
  }
  // What _write has written at once fills nothing.
  const isBelow = state.length < state.highWaterMark || state.length === 0;
  if (!isBelow) state.needDrain = true;
  return isBelow && !state.errored && !state.destroyed;
}

Writable.prototype.write = function(chunk, encoding, callback) {
  if (chunk !== null && chunk !== undefined && typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  return writeChunk(this, chunk, encoding, callback) === true;
};

function doWrite(stream, state, isMany, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else if (isMany) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.sync = false;
}

function failWrite(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  dropBuffer(state);
  errorOrDestroy(stream, error);
}

// What _write calls when it is done.
function onwrite(stream, error) {
  const state = stream._writableState;
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    error.stack; // formatted while its frames are alive
    if (!state.errored) state.errored = error;
    const r = stream._readableState;
    if (r && !r.errored) r.errored = error;
    if (sync) nextTick(failWrite, stream, state, error, callback);
    else failWrite(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (sync) afterWriteLater(stream, state, callback);
  else afterWrite(stream, state, 1, callback);
}

// Callbacks of writes that were done at once share a tick.
function afterWriteLater(stream, state, callback) {
  if (callback === nop) {
    const needsTick = state.objectMode || (state.needDrain && state.length === 0); // objects: as Node has it
    if (needsTick && !state.afterWritePending) {
      state.afterWritePending = true;
      nextTick(afterWrite, stream, state, 1, callback);
    } else {
      state.pendingcb--;
      if (state.ending) finishMaybe(stream, state, true);
    }
    return;
  }
  const info = state.afterWriteTickInfo;
  if (info !== null && info.callback === callback) {
    info.count++;
    return;
  }
  state.afterWriteTickInfo = { count: 1, callback };
  state.afterWritePending = true;
  nextTick(afterWriteTick, stream, state, state.afterWriteTickInfo);
}

function afterWriteTick(stream, state, info) {
  state.afterWriteTickInfo = null;
  afterWrite(stream, state, info.count, info.callback);
}

function afterWrite(stream, state, count, callback) {
  state.afterWritePending = false;
  if (state.needDrain && !state.ending && !stream.destroyed && state.length === 0) {
    state.needDrain = false;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) dropBuffer(state);
  if (state.ending) finishMaybe(stream, state, true);
}

// Tells all who wait that nothing comes of it.
function dropBuffer(state) {
  if (state.writing) return;
  for (let i = state.bufferedIndex; i < state.buffered.length; i++) {
    const { chunk, callback } = state.buffered[i];
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? new codes.ERR_STREAM_DESTROYED('write'));
  }
  callOnFinished(state, state.errored ?? new codes.ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

function callOnFinished(state, error) {
  const callbacks = state.onFinished;
  if (callbacks.length === 0) return;
  state.onFinished = [];
  for (const f of callbacks) f(error);
}

function clearBuffer(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered } = state;
  let i = state.bufferedIndex;
  const count = buffered.length - i;
  if (count === 0) return;
  state.bufferProcessing = true;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const callback = state.allNoop ? nop : (error) => {
      for (let n = i; n < buffered.length; n++) buffered[n].callback(error);
    };
    // `buffered` stays for the callback.
    const chunks = state.allNoop && i === 0 ? buffered : buffered.slice(i);
    chunks.allBuffers = state.allBuffers;
    doWrite(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[i];
      buffered[i++] = null;
      doWrite(stream, state, false, state.objectMode ? 1 : chunk.length, chunk, encoding, callback);
    } while (i < buffered.length && !state.writing);
    if (i === buffered.length) {
      resetBuffer(state);
    } else if (i > 256) {
      buffered.splice(0, i);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = i;
    }
  }
  state.bufferProcessing = false;
}

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if (!state.writing) clearBuffer(this, state);
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};
Writable.prototype._writev = null;

// ---- The end ----

Writable.prototype.end = function(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = writeChunk(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error === undefined) {
    if (!state.errored && !state.ending) {
      state.ending = true;
      finishMaybe(this, state, true);
      state.ended = true;
    } else if (state.finished) {
      error = new codes.ERR_STREAM_ALREADY_FINISHED('end');
    } else if (state.destroyed) {
      error = new codes.ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof callback === 'function') {
    if (error) nextTick(callback, error);
    else if (state.errored) nextTick(callback, state.errored);
    else if (state.finished) nextTick(callback);
    else state.onFinished.push(callback);
  }
  return this;
};

function canFinish(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored && state.buffered.length === 0 &&
    !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted;
}

function callFinal(stream, state) {
  let called = false;
  function done(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      callOnFinished(state, error);
      errorOrDestroy(stream, error, state.sync);
    } else if (canFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      // Until the next tick nobody else finishes it.
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  }
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function prefinish(stream, state) {
  if (state.prefinished || state.finalCalled) return;
  if (typeof stream._final === 'function' && !state.destroyed) {
    state.finalCalled = true;
    callFinal(stream, state);
  } else {
    state.prefinished = true;
    stream.emit('prefinish');
  }
}

function finishIfStillCan(stream, state) {
  if (canFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function finishMaybe(stream, state, sync) {
  if (!canFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    nextTick(finishIfStillCan, stream, state);
  } else if (canFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  callOnFinished(state, null);
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const r = stream._readableState;
  if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy();
}

// ---- State ----

function stateGetter(get, fallback) {
  return {
    configurable: false,
    enumerable: false,
    get() {
      const state = this._writableState;
      return state ? get(state) : fallback;
    },
  };
}

Object.defineProperties(Writable.prototype, {
  closed: stateGetter((w) => w.closed, false),
  destroyed: {
    ...stateGetter((w) => w.destroyed, false),
    set(value) {
      if (this._writableState) this._writableState.destroyed = value;
    },
  },
  writable: {
    ...stateGetter((w) => w.writable !== false && !w.destroyed && !w.errored && !w.ending && !w.ended, false),
    set(value) {
      if (this._writableState) this._writableState.writable = Boolean(value);
    },
  },
  writableFinished: stateGetter((w) => w.finished, false),
  writableObjectMode: stateGetter((w) => w.objectMode, false),
  writableBuffer: stateGetter((w) => w.getBuffer(), undefined),
  writableEnded: stateGetter((w) => w.ending, false),
  writableNeedDrain: stateGetter((w) => !w.destroyed && !w.ending && w.needDrain, false),
  writableHighWaterMark: stateGetter((w) => w.highWaterMark, undefined),
  writableCorked: stateGetter((w) => w.corked, 0),
  writableLength: stateGetter((w) => w.length, undefined),
  errored: stateGetter((w) => w.errored, null),
  writableAborted: stateGetter((w) => w.writable !== false && Boolean(w.destroyed || w.errored) && !w.finished, false),
});

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if (!state.destroyed && (state.bufferedIndex < state.buffered.length || state.onFinished.length > 0)) nextTick(dropBuffer, state);
  destroying.destroy.call(this, error, callback);
  return this;
};
Writable.prototype._undestroy = destroying.undestroy;
Writable.prototype._destroy = function(error, callback) {
  callback(error);
};

Writable.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

Writable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/end_of_stream');
  return new Promise((resolve, reject) => finished(this, (e) => (e && e !== error ? reject(e) : resolve(null))));
};

function withoutWeb() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('web streams');
}
Writable.fromWeb = function() {
  withoutWeb();
};
Writable.toWeb = function() {
  withoutWeb();
};


Object.defineProperty(Writable, '_afterConstruct', { value: afterConstruct, enumerable: false });
