// SPDX-License-Identifier: MIT
// Duplex.from(): a Duplex out of a pair of streams, a function, an iterable or a promise; and duplexPair().
'use strict';

const { AbortError, codes } = require('internal/errors');
const Duplex = require('internal/streams/duplex');
const Readable = require('internal/streams/readable');
const { destroyer } = require('internal/streams/destroy');
const { finished } = require('internal/streams/end_of_stream');
const from = require('internal/streams/from');
const u = require('internal/streams/utils');

const { nextTick } = internalBinding('process');

// A side that it does not have is over from the start.
class Duplexify extends Duplex {
  constructor(options) {
    super(options);
    if (options?.readable === false) {
      this._readableState.readable = false;
      this._readableState.ended = true;
      this._readableState.endEmitted = true;
    }
    if (options?.writable === false) {
      this._writableState.writable = false;
      this._writableState.ending = true;
      this._writableState.ended = true;
      this._writableState.finished = true;
    }
  }
}

// Calls what waits under that name in `waiting`, once.
function wake(waiting, name) {
  const callback = waiting[name];
  if (!callback) return;
  waiting[name] = null;
  callback();
}

// What is written to duplex goes to `writable`.
function writeTo(duplex, writable, waiting) {
  duplex._write = (chunk, encoding, callback) => {
    if (writable.write(chunk, encoding)) callback();
    else waiting.ondrain = callback;
  };
  duplex._final = (callback) => {
    writable.end();
    waiting.onfinish = callback;
  };
  writable.on('drain', () => wake(waiting, 'ondrain'));
}

// What is read from duplex comes from `readable`.
function readFrom(duplex, readable, waiting) {
  readable.on('readable', () => wake(waiting, 'onreadable'));
  readable.on('end', () => duplex.push(null));
  duplex._read = () => {
    for (;;) {
      const chunk = readable.read();
      if (chunk === null) {
        waiting.onreadable = duplex._read;
        return;
      }
      if (!duplex.push(chunk)) return;
    }
  };
}

function pairOf(pair) {
  const r = pair.readable && typeof pair.readable.read !== 'function' ? Readable.wrap(pair.readable) : pair.readable;
  const w = pair.writable;
  let readable = Boolean(u.isReadable(r)), writable = Boolean(u.isWritable(w));
  const waiting = { ondrain: null, onfinish: null, onreadable: null, onclose: undefined };
  const duplex = new Duplexify({
    readableObjectMode: Boolean(r?.readableObjectMode), writableObjectMode: Boolean(w?.writableObjectMode), readable, writable,
  });
  function onFinished(error) {
    const { onclose } = waiting;
    waiting.onclose = null;
    if (onclose) onclose(error);
    else if (error) duplex.destroy(error);
  }
  if (writable) {
    finished(w, (error) => {
      writable = false;
      if (error) destroyer(r, error);
      onFinished(error);
    });
    writeTo(duplex, w, waiting);
    w.on('finish', () => wake(waiting, 'onfinish'));
  }
  if (readable) {
    finished(r, (error) => {
      readable = false;
      if (error) destroyer(r, error);
      onFinished(error);
    });
    readFrom(duplex, r, waiting);
  }
  duplex._destroy = (error, callback) => {
    if (!error && waiting.onclose !== null) error = new AbortError();
    waiting.onreadable = waiting.ondrain = waiting.onfinish = null;
    if (waiting.onclose === null) {
      callback(error);
      return;
    }
    waiting.onclose = callback;
    destroyer(w, error);
    destroyer(r, error);
  };
  return duplex;
}

// f gets an iterable of what is written, and the signal of destroy().
function callWithInput(f) {
  let { promise, resolve } = Promise.withResolvers();
  const controller = new AbortController();
  const { signal } = controller;
  const give = (message) => {
    const take = resolve;
    resolve = null;
    take(message);
  };
  const value = f((async function* () {
    for (;;) {
      const current = promise;
      promise = null;
      const { chunk, done, callback } = await current;
      nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      ({ promise, resolve } = Promise.withResolvers());
      yield chunk;
    }
  })(), { signal });
  return {
    value,
    write: (chunk, encoding, callback) => give({ chunk, done: false, callback }),
    final: (callback) => give({ done: true, callback }),
    destroy(error, callback) {
      controller.abort();
      // Who waits for input gets the end, or could not be told of anything.
      if (resolve !== null) give({ done: true, callback() {} });
      callback(error);
    },
  };
}

function fromFunction(f, name) {
  const { value, write, final, destroy } = callWithInput(f);
  if (u.isDuplexNodeStream(value)) return value;
  if (u.isIterable(value)) return from(Duplexify, value, { objectMode: true, write, final, destroy });
  const then = value?.then;
  if (typeof then !== 'function') throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
  let duplex;
  const promise = then.call(value, (result) => {
    if (result !== null && result !== undefined) throw new codes.ERR_INVALID_RETURN_VALUE('nully', 'body', result);
  }, (error) => destroyer(duplex, error));
  duplex = new Duplexify({
    objectMode: true,
    readable: false,
    write,
    final(callback) {
      final(async () => {
        try {
          await promise;
          nextTick(callback, null);
        } catch (error) {
          nextTick(callback, error);
        }
      });
    },
    destroy,
  });
  return duplex;
}

function fromPromise(promise, then) {
  const duplex = new Duplexify({ objectMode: true, writable: false, read() {} });
  then.call(promise, (value) => {
    if (value !== null && value !== undefined) duplex.push(value);
    duplex.push(null);
  }, (error) => destroyer(duplex, error));
  return duplex;
}

function partOf(part, isKind, name) {
  if (!part) return undefined;
  return isKind(part) ? part : duplexify(part, name);
}

function isBlob(value) {
  return typeof Blob === 'function' && value instanceof Blob;
}

function duplexify(body, name) {
  if (u.isDuplexNodeStream(body)) return body;
  if (u.isReadableNodeStream(body)) return pairOf({ readable: body });
  if (u.isWritableNodeStream(body)) return pairOf({ writable: body });
  if (u.isNodeStream(body)) return pairOf({ writable: false, readable: false });
  if (typeof body === 'function') return fromFunction(body, name);
  if (isBlob(body)) return duplexify(body.arrayBuffer(), name);
  if (u.isIterable(body)) return from(Duplexify, body, { objectMode: true, writable: false });
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    return pairOf({
      readable: partOf(body.readable, u.isReadableNodeStream, name), writable: partOf(body.writable, u.isWritableNodeStream, name),
    });
  }
  const then = body?.then;
  if (typeof then === 'function') return fromPromise(body, then);
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise'], body);
}

// ---- duplexPair ----

const kOther = Symbol('other'), kCallback = Symbol('callback');

class DuplexSide extends Duplex {
  constructor(options) {
    super(options);
    this[kOther] = null;
    this[kCallback] = null;
  }
  _read() {
    const callback = this[kCallback];
    if (!callback) return;
    this[kCallback] = null;
    callback();
  }
  _write(chunk, encoding, callback) {
    const other = this[kOther];
    if (chunk.length === 0) {
      nextTick(callback);
    } else {
      other.push(chunk);
      other[kCallback] = callback;
    }
  }
  _final(callback) {
    this[kOther].on('end', callback);
    this[kOther].push(null);
  }
  // The other one hears of it.
  _destroy(error, callback) {
    const other = this[kOther];
    if (other !== null && !other.destroyed) {
      nextTick(() => {
        if (other.destroyed) return;
        if (error) other.destroy();
        else other.push(null);
      });
    }
    callback(error);
  }
}

function duplexPair(options) {
  const a = new DuplexSide(options), b = new DuplexSide(options);
  a[kOther] = b;
  b[kOther] = a;
  return [a, b];
}

module.exports = { duplexify, duplexPair, writeTo };
