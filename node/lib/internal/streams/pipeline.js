// SPDX-License-Identifier: MIT
// pipeline(): streams, iterables and functions in a row; when one fails all are destroyed, and the callback gets the first error.
'use strict';

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const { finished } = require('internal/streams/end_of_stream');
const { destroyer } = require('internal/streams/destroy');
const u = require('internal/streams/utils');

const { nextTick } = internalBinding('process');

async function* chunksOf(readable) {
  yield* require('internal/streams/readable').prototype[Symbol.asyncIterator].call(readable);
}

function toAsyncIterable(value) {
  if (u.isIterable(value)) return value;
  if (u.isReadableNodeStream(value)) return chunksOf(value);
  throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

// Writes all of an iterable.
async function pump(iterable, writable, finish, end) {
  let error, wake = null;
  const resume = (e) => {
    if (e) error = e;
    if (wake === null) return;
    const f = wake;
    wake = null;
    f();
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
      return;
    }
    wake = () => {
      if (error) reject(error);
      else resolve();
    };
  });
  writable.on('drain', resume);
  const cleanUp = finished(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) if (!writable.write(chunk)) await wait();
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (e) {
    finish(error !== e ? aggregateTwoErrors(error, e) : e);
  } finally {
    cleanUp();
    writable.off('drain', resume);
  }
}

// Errors that tell of another one, which may come later.
function isConsequence(error) {
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.name === 'AbortError';
}

class Pipeline {
  constructor(callback, options) {
    this.callback = callback;
    this.doesEnd = options?.end !== false;
    this.controller = new AbortController();
    this.error = undefined;
    this.value = undefined;
    this.pending = 0; // parts that have to finish
    this.destroys = [];
    this.cleanUps = []; // of the last stream, which lives on when all went well
    this.listening = undefined; // to the caller's signal
    this.finish = (error) => this.settle(error, --this.pending === 0);
    this.finishOnError = (error) => this.settle(error, false);
  }
  settle(error, isLast) {
    if (error && (!this.error || isConsequence(this.error))) this.error = error;
    if (!this.error && !isLast) return;
    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    this.listening?.[Symbol.dispose]();
    this.controller.abort();
    if (!isLast) return;
    if (!this.error) for (const f of this.cleanUps) f();
    nextTick(this.callback, this.error, this.value);
  }
  // stream is destroyed when the pipeline fails before it has finished.
  own(stream, isRead, isWritten) {
    let isFinished = false;
    stream.on('close', () => {
      isFinished = true;
    });
    const cleanUp = finished(stream, { readable: isRead, writable: isWritten }, (error) => {
      isFinished = !error;
    });
    this.destroys.push((error) => {
      if (isFinished) return;
      isFinished = true;
      destroyer(stream, error || new codes.ERR_STREAM_DESTROYED('pipe'));
    });
    return cleanUp;
  }
  ownGiven(stream, isRead, isWritten) {
    const livesOn = !isRead && u.isReadable(stream);
    if (isRead || this.doesEnd) {
      const cleanUp = this.own(stream, isRead, isWritten);
      if (livesOn) this.cleanUps.push(cleanUp);
    }
    // Errors that come when all is done.
    const onError = (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') this.finishOnError(error);
    };
    stream.on('error', onError);
    if (livesOn) this.cleanUps.push(() => stream.removeListener('error', onError));
  }
  first(stream) {
    if (typeof stream === 'function') {
      const made = stream({ signal: this.controller.signal });
      if (!u.isIterable(made)) throw new codes.ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', made);
      return made;
    }
    if (u.isIterable(stream) || u.isReadableNodeStream(stream)) return stream;
    return require('internal/streams/duplex').from(stream);
  }
  transform(f, source, index) {
    const made = f(toAsyncIterable(source), { signal: this.controller.signal });
    if (!u.isIterable(made, true)) throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${index - 1}]`, made);
    return made;
  }
  // The last is a function: a stream stands for it.
  sink(f, source) {
    const made = f(toAsyncIterable(source), { signal: this.controller.signal });
    const { PassThrough } = require('internal/streams/transform');
    const stream = new PassThrough({ objectMode: true });
    const then = made?.then;
    if (typeof then === 'function') {
      this.pending++;
      then.call(made, (value) => {
        this.value = value;
        if (value !== null && value !== undefined) stream.write(value);
        if (this.doesEnd) stream.end();
        nextTick(this.finish);
      }, (error) => {
        stream.destroy(error);
        nextTick(this.finish, error);
      });
    } else if (u.isIterable(made, true)) {
      this.pending++;
      pump(made, stream, this.finish, this.doesEnd);
    } else {
      throw new codes.ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', made);
    }
    this.cleanUps.push(this.own(stream, false, true));
    return stream;
  }
  connect(source, stream, isLast) {
    const end = !isLast || this.doesEnd;
    if (u.isReadableNodeStream(source)) {
      this.pending += 2;
      const cleanUp = this.pipe(source, stream, end);
      if (u.isReadable(stream) && isLast) this.cleanUps.push(cleanUp);
    } else if (u.isIterable(source)) {
      this.pending++;
      pump(source, stream, this.finish, end);
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], source);
    }
    return stream;
  }
  pipe(source, dest, end) {
    let ended = false;
    dest.on('close', () => {
      if (!ended) this.finishOnError(new codes.ERR_STREAM_PREMATURE_CLOSE());
    });
    source.pipe(dest, { end: false });
    if (end) {
      const endDest = () => {
        ended = true;
        dest.end();
      };
      if (u.isReadableFinished(source)) nextTick(endDest);
      else source.once('end', endDest);
    } else {
      this.finish();
    }
    finished(source, { readable: true, writable: false }, (error) => {
      const state = source._readableState;
      // Closed early, but with all its data: that is still to be read.
      if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored && !state.errorEmitted) {
        source.once('end', this.finish).once('error', this.finish);
      } else {
        this.finish(error);
      }
    });
    return finished(dest, { readable: false, writable: true }, this.finish);
  }
  run(streams) {
    let made;
    for (let i = 0; i < streams.length; i++) {
      const stream = streams[i], isLast = i === streams.length - 1;
      const isNode = u.isNodeStream(stream);
      if (isNode) {
        if (!isLast && (streams[i + 1]?.closed || streams[i + 1]?.destroyed)) throw new codes.ERR_STREAM_UNABLE_TO_PIPE();
        this.ownGiven(stream, !isLast, i > 0);
      }
      if (i === 0) made = this.first(stream);
      else if (typeof stream === 'function') made = isLast ? this.sink(stream, made) : this.transform(stream, made, i);
      else if (isNode) made = this.connect(made, stream, isLast);
      else made = require('internal/streams/duplex').from(stream);
    }
    return made;
  }
}

function runPipeline(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new codes.ERR_MISSING_ARGS('streams');
  const signal = options?.signal;
  require('internal/validators').validateAbortSignal(signal, 'options.signal');
  const line = new Pipeline(callback, options);
  const abort = () => line.settle(new AbortError(undefined, { cause: signal?.reason }), false);
  if (signal) line.listening = require('events').addAbortListener(signal, abort);
  const last = line.run(streams);
  if (line.controller.signal.aborted || signal?.aborted) nextTick(abort);
  return last;
}

function pipeline(...streams) {
  require('internal/validators').validateFunction(streams[streams.length - 1], 'streams[stream.length - 1]');
  const callback = u.once(streams.pop());
  return runPipeline(streams, callback);
}

function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let options;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !u.isNodeStream(last) && !u.isIterable(last)) {
      options = streams.pop();
      const { signal, end } = options;
      if (signal !== undefined) require('internal/validators').validateAbortSignal(signal, 'options.signal');
      options = { signal, end };
    }
    runPipeline(streams, (error, value) => (error ? reject(error) : resolve(value)), options);
  });
}

module.exports = { pipeline, runPipeline, pipelinePromise };
