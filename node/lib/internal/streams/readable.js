// SPDX-License-Identifier: MIT
// Readable: chunks from _read by push() wait in state.buffer until somebody reads them, or flow to 'data' at once.
'use strict';

const { Buffer } = require('buffer');
const { codes, AbortError } = require('internal/errors');
const { Stream } = require('internal/streams/legacy');
const { highWaterMarkOf } = require('internal/streams/state');
const destroying = require('internal/streams/destroy');

const { errorOrDestroy } = destroying;
const { nextTick } = internalBinding('process');

module.exports = Readable;
Readable.ReadableState = ReadableState;
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

// isDuplex: there is a writable side, with options of its own.
function ReadableState(options, stream, isDuplex) {
  options ??= {};
  const duplex = typeof isDuplex === 'boolean' ? isDuplex : stream instanceof Stream.Duplex;
  this.objectMode = Boolean(options.objectMode || (duplex && options.readableObjectMode));
  this.highWaterMark = highWaterMarkOf(this.objectMode, options, 'readableHighWaterMark', duplex);
  this.buffer = []; // chunks from bufferIndex on
  this.bufferIndex = 0;
  this.length = 0; // bytes or objects that wait there
  this.pipes = [];
  this.flowing = null; // null: nobody has asked for data yet
  this.ended = false; // the source has ended
  this.endEmitted = false;
  this.reading = false; // _read was called, push() was not
  this.constructed = true;
  this.sync = true; // _read has not returned yet, or was never called
  this.needReadable = false; // 'readable' is due when something comes
  this.emittedReadable = false;
  this.readableListening = false;
  this.dataListening = false;
  this.resumeScheduled = false;
  this.errorEmitted = false;
  this.emitClose = options.emitClose !== false;
  this.autoDestroy = options.autoDestroy !== false;
  this.destroyed = false;
  this.errored = null;
  this.closed = false;
  this.closeEmitted = false;
  this.defaultEncoding = encodingOption(options.defaultEncoding);
  this.awaitDrainWriters = null; // one target of pipe(), or a Set of them
  this.multiAwaitDrain = false;
  this.readingMore = false;
  this.dataEmitted = false;
  this.paused = false; // pause() was later than resume()
  this.readable = undefined;
  this.decoder = null;
  this.encoding = null;
  if (options.encoding) setDecoder(this, options.encoding);
}

Object.defineProperty(ReadableState.prototype, 'pipesCount', {
  configurable: false,
  enumerable: false,
  get() {
    return this.pipes.length;
  },
});

function encodingOption(encoding) {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return 'utf8';
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return encoding;
}

function setDecoder(state, encoding) {
  const { StringDecoder } = require('string_decoder');
  state.decoder = new StringDecoder(encoding);
  state.encoding = state.decoder.encoding;
}

// What can go on when _construct is done.
function afterConstruct(stream) {
  const state = stream._readableState;
  if (state.needReadable) readMoreSoon(stream, state);
}

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._events ??= { __proto__: null, close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined };
  this._readableState = new ReadableState(options, this, false);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  if (this._construct) destroying.construct(this, () => afterConstruct(this));
}

Readable.prototype.destroy = destroying.destroy;
Readable.prototype._undestroy = destroying.undestroy;
Readable.prototype._destroy = function(error, callback) {
  callback(error);
};

Readable.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

Readable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  const { finished } = require('internal/streams/end_of_stream');
  return new Promise((resolve, reject) => finished(this, (e) => (e && e !== error ? reject(e) : resolve(null))));
};

// ---- The queue ----

function queueCount(state) {
  return state.buffer.length - state.bufferIndex;
}

function queueShift(state) {
  const { buffer, bufferIndex } = state;
  const chunk = buffer[bufferIndex];
  if (bufferIndex + 1 === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (bufferIndex >= 1023) {
    buffer.splice(0, bufferIndex + 1);
    state.bufferIndex = 0;
  } else {
    buffer[bufferIndex] = null;
    state.bufferIndex = bufferIndex + 1;
  }
  return chunk;
}

function queueUnshift(state, chunk) {
  if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
  else state.buffer.unshift(chunk);
}

function queueReplace(state, chunks) {
  state.buffer.length = 0;
  state.bufferIndex = 0;
  for (const chunk of chunks) state.buffer.push(chunk);
}

// The first n bytes or characters, which are there and not all.
function queueTake(state, n) {
  const first = state.buffer[state.bufferIndex];
  if (n < first.length) {
    state.buffer[state.bufferIndex] = first.slice(n);
    return first.slice(0, n);
  }
  if (n === first.length) return queueShift(state);
  const parts = [];
  for (let left = n; left > 0;) {
    const chunk = state.buffer[state.bufferIndex];
    if (chunk.length > left) {
      parts.push(chunk.slice(0, left));
      state.buffer[state.bufferIndex] = chunk.slice(left);
      break;
    }
    parts.push(queueShift(state));
    left -= chunk.length;
  }
  return typeof first === 'string' ? parts.join('') : Buffer.concat(parts, n);
}

// n bytes of what waits, or all; an object in object mode; null when there is nothing.
function takeChunk(n, state) {
  if (state.length === 0) return null;
  if (state.objectMode) return queueShift(state);
  if (n && n < state.length) return queueTake(state, n);
  if (queueCount(state) === 1) return queueShift(state);
  const chunks = state.bufferIndex > 0 ? state.buffer.slice(state.bufferIndex) : state.buffer;
  const all = state.decoder ? chunks.join('') : Buffer.concat(chunks, state.length);
  queueReplace(state, []);
  return all;
}
Readable._fromList = takeChunk;

// ---- push ----

Readable.prototype.push = function(chunk, encoding) {
  const state = this._readableState;
  return state.objectMode ? pushObject(this, state, chunk, encoding) : pushBytes(this, state, chunk, encoding);
};

Readable.prototype.unshift = function(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) {
    state.reading = false;
    onEnd(this, state);
    return false;
  }
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      chunk = textFor(state, chunk, encoding || state.defaultEncoding);
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = toBuffer(chunk);
    } else if (chunk !== undefined) {
      errorOrDestroy(this, new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
    if (!(chunk && chunk.length > 0)) return wantsMore(state);
  }
  if (state.endEmitted) errorOrDestroy(this, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
  else if (state.destroyed || state.errored) return false;
  else addChunk(this, state, chunk, true);
  return wantsMore(state);
};

function toBuffer(view) {
  return view instanceof Buffer ? view : Stream._uint8ArrayToBuffer(view);
}

// Text that was pushed, as what the reader gets: text in the stream's encoding, or bytes.
function textFor(state, text, encoding) {
  if (state.encoding === encoding) return text;
  const bytes = Buffer.from(text, encoding);
  return state.encoding ? bytes.toString(state.encoding) : bytes;
}

function pushBytes(stream, state, chunk, encoding) {
  if (chunk === null) {
    state.reading = false;
    onEnd(stream, state);
    return false;
  }
  let isText = false;
  if (typeof chunk === 'string') {
    encoding ||= state.defaultEncoding;
    isText = state.encoding === encoding || Boolean(state.encoding);
    chunk = textFor(state, chunk, encoding);
  } else if (ArrayBuffer.isView(chunk)) {
    chunk = toBuffer(chunk);
  } else if (chunk !== undefined) {
    errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
    return false;
  }
  if (!chunk || chunk.length <= 0) {
    state.reading = false;
    readMoreSoon(stream, state);
    return wantsMore(state);
  }
  if (state.ended) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.destroyed || state.errored) return false;
  state.reading = false;
  if (state.decoder !== null && !isText) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      readMoreSoon(stream, state);
      return wantsMore(state);
    }
  }
  addChunk(stream, state, chunk, false);
  return wantsMore(state);
}

function pushObject(stream, state, chunk, encoding) {
  if (chunk === null) {
    state.reading = false;
    onEnd(stream, state);
    return false;
  }
  if (state.ended) {
    errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
    return false;
  }
  if (state.destroyed || state.errored) return false;
  state.reading = false;
  if (state.decoder !== null && !encoding) chunk = state.decoder.write(chunk);
  addChunk(stream, state, chunk, false);
  return wantsMore(state);
}

function wantsMore(state) {
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function forgetDrains(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function addChunk(stream, state, chunk, atFront) {
  if (state.flowing && state.length === 0 && !state.sync && state.dataListening) {
    forgetDrains(state);
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (atFront) queueUnshift(state, chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) emitReadableSoon(stream);
  }
  readMoreSoon(stream, state);
}

Readable.prototype.isPaused = function() {
  const state = this._readableState;
  return state.paused === true || state.flowing === false;
};

Readable.prototype.setEncoding = function(encoding) {
  const state = this._readableState;
  setDecoder(state, encoding);
  let text = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) text += state.decoder.write(state.buffer[i]);
  queueReplace(state, text === '' ? [] : [text]);
  state.length = text.length;
  return this;
};

// ---- read ----

const MAX_MARK = 0x40000000;

// The power of two that is at least n.
function roundUp(n) {
  if (n > MAX_MARK) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  let mark = 1;
  while (mark < n) mark *= 2;
  return mark;
}

// How much read(n) gives now: 0 for nothing.
function readable(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  // One chunk at a time: nothing is copied. Text that waits is joined.
  if (Number.isNaN(n)) return state.length > 0 && (state.flowing || !state.decoder) ? state.buffer[state.bufferIndex].length : state.length;
  if (n <= state.length) return n;
  return state.ended ? state.length : 0;
}

function callRead(stream, state) {
  state.reading = true;
  state.sync = true;
  if (state.length === 0) state.needReadable = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    errorOrDestroy(stream, error);
  }
  state.sync = false;
}

Readable.prototype.read = function(n) {
  const state = this._readableState;
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const asked = n;
  if (n > state.highWaterMark) state.highWaterMark = roundUp(n);
  if (n !== 0) state.emittedReadable = false;
  // read(0) of a stream that has enough tells again that it has.
  if (n === 0 && state.needReadable &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
    if (state.length === 0 && state.ended) endReadable(this);
    else emitReadableSoon(this);
    return null;
  }
  n = readable(n, state);
  if (n === 0 && state.ended) {
    if (state.length === 0) endReadable(this);
    return null;
  }
  const isLow = state.needReadable || state.length === 0 || state.length - n < state.highWaterMark;
  if (isLow && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    callRead(this, state);
    if (!state.reading) n = readable(asked, state);
  }
  const chunk = n > 0 ? takeChunk(n, state) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    n = 0;
  } else {
    state.length -= n;
    forgetDrains(state);
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    if (asked !== n && state.ended) endReadable(this);
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
};

Readable.prototype._read = function() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

// The source has ended.
function onEnd(stream, state) {
  if (state.ended) return;
  if (state.decoder) {
    const rest = state.decoder.end();
    if (rest && rest.length > 0) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
  }
  state.ended = true;
  if (state.sync) {
    if (state.needReadable || state.readableListening) emitReadableSoon(stream);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadable(stream);
  }
}

function emitReadableSoon(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  nextTick(emitReadable, stream);
}

function emitReadable(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

// Fills the buffer up to the mark, a tick later.
function readMoreSoon(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  nextTick(readMore, stream, state);
}

function readMore(stream, state) {
  while (!state.reading && !state.ended && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (before === state.length) break;
  }
  state.readingMore = false;
}

// ---- pipe ----

Readable.prototype.pipe = function(dest, options) {
  const state = this._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);
  const doesEnd = (!options || options.end !== false) && !isStandardOutput(dest);
  new (require('internal/streams/pipe'))(this, dest).start(doesEnd);
  return dest;
};

// process.stdout and stderr never end. They are not made for this question.
function isStandardOutput(dest) {
  const touched = internalBinding('process').touchedStreams;
  if (touched === undefined) return false;
  return (touched[1] && dest === process.stdout) || (touched[2] && dest === process.stderr);
}

Readable.prototype.unpipe = function(dest) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!dest) {
    const { pipes } = state;
    state.pipes = [];
    this.pause();
    for (const one of pipes) one.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const index = state.pipes.indexOf(dest);
  if (index === -1) return this;
  state.pipes.splice(index, 1);
  if (state.pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
};

// ---- Listeners ----

Readable.prototype.on = function(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  const state = this._readableState;
  if (event === 'data') {
    state.dataListening = true;
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = state.needReadable = true;
    state.flowing = false;
    state.emittedReadable = false;
    if (state.length > 0 || (state.ended && state.sync)) emitReadableSoon(this);
    if (state.length === 0 && !state.reading) nextTick(readNothing, this);
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

function readNothing(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') nextTick(updateListening, this);
  else if (event === 'data' && this.listenerCount('data') === 0) this._readableState.dataListening = false;
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Stream.prototype.removeAllListeners.apply(this, arguments);
  if (event === 'readable' || event === undefined) nextTick(updateListening, this);
  if ((event === 'data' || event === undefined) && this._readableState) this._readableState.dataListening = false;
  return result;
};

// Somebody who listened to 'readable' is gone: a tick later, as they may be back by then.
function updateListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state.paused === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

Readable.prototype.resume = function() {
  const state = this._readableState;
  if (state.destroyed) return this;
  if (!state.flowing) {
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      nextTick(resumeNow, this, state);
    }
  }
  state.paused = false;
  return this;
};

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if (state.destroyed) return this;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state.paused = true;
  return this;
};

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

// ---- Others' streams ----

// Reads an old emitter of 'data'.
Readable.prototype.wrap = function(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => this.push(null));
  stream.on('error', (error) => errorOrDestroy(this, error));
  stream.on('close', () => this.destroy());
  stream.on('destroy', () => this.destroy());
  this._read = () => {
    if (!paused || !stream.resume) return;
    paused = false;
    stream.resume();
  };
  for (const key of Object.keys(stream)) {
    if (this[key] === undefined && typeof stream[key] === 'function') this[key] = stream[key].bind(stream);
  }
  return this;
};

Readable.from = function(iterable, options) {
  return require('internal/streams/from')(Readable, iterable, options);
};

function withoutWeb() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('web streams');
}
Readable.fromWeb = function() {
  withoutWeb();
};
Readable.toWeb = function() {
  withoutWeb();
};

Readable.wrap = function(source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      destroying.destroyer(source, error);
      callback(error);
    },
  }).wrap(source);
};

// ---- Iteration ----

function iterate(stream, options) {
  if (typeof stream.read !== 'function') stream = Readable.wrap(stream, { objectMode: true });
  return require('internal/streams/iterator').iterate(stream, options);
}

Readable.prototype[Symbol.asyncIterator] = function() {
  return iterate(this);
};

Readable.prototype.iterator = function(options) {
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return iterate(this, options);
};

// ---- The end ----

function endReadable(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  nextTick(emitEnd, state, stream);
}

function emitEnd(state, stream) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
  state.endEmitted = true;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(endOtherSide, stream);
  } else if (state.autoDestroy) {
    const w = stream._writableState;
    if (!w || (w.autoDestroy && (w.finished || w.writable === false))) stream.destroy();
  }
}

function endOtherSide(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- State ----

function stateGetter(get, fallback) {
  return {
    configurable: false,
    enumerable: false,
    get() {
      const state = this._readableState;
      return state ? get(state) : fallback;
    },
  };
}

Object.defineProperties(Readable.prototype, {
  // Not a value of its own: a subclass may say that it is not readable.
  readable: {
    ...stateGetter((r) => r.readable !== false && !r.destroyed && !r.errorEmitted && !r.endEmitted, false),
    set(value) {
      if (this._readableState) this._readableState.readable = Boolean(value);
    },
  },
  readableDidRead: stateGetter((r) => r.dataEmitted, undefined),
  readableAborted: stateGetter((r) => r.readable !== false && Boolean(r.destroyed || r.errored) && !r.endEmitted, false),
  readableHighWaterMark: stateGetter((r) => r.highWaterMark, undefined),
  readableBuffer: stateGetter((r) => (r.bufferIndex > 0 ? r.buffer.slice(r.bufferIndex) : r.buffer), undefined),
  readableFlowing: {
    ...stateGetter((r) => r.flowing, undefined),
    set(value) {
      if (this._readableState) this._readableState.flowing = value;
    },
  },
  readableLength: stateGetter((r) => r.length, undefined),
  readableObjectMode: stateGetter((r) => r.objectMode, false),
  readableEncoding: stateGetter((r) => r.encoding, null),
  errored: stateGetter((r) => r.errored, null),
  closed: stateGetter((r) => r.closed, false),
  destroyed: {
    ...stateGetter((r) => r.destroyed, false),
    set(value) {
      if (this._readableState) this._readableState.destroyed = value;
    },
  },
  readableEnded: stateGetter((r) => r.endEmitted, false),
});

// ---- Operators ----

Readable.prototype.compose = function compose(stream, options) {
  return require('internal/streams/operators').compose.call(this, stream, options);
};

for (const name of ['drop', 'filter', 'flatMap', 'map', 'take']) {
  const method = { [name](argument, options) {
    return Readable.from(require('internal/streams/operators')[name].call(this, argument, options));
  } }[name];
  Object.defineProperty(Readable.prototype, name, { value: method, writable: true, enumerable: false, configurable: true });
}
for (const name of ['every', 'forEach', 'reduce', 'toArray', 'some', 'find']) {
  const method = { [name](...args) {
    return require('internal/streams/operators')[name].apply(this, args);
  } }[name];
  Object.defineProperty(Readable.prototype, name, { value: method, writable: true, enumerable: false, configurable: true });
}

Object.defineProperty(Readable, '_afterConstruct', { value: afterConstruct, enumerable: false });
