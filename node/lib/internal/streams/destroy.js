// SPDX-License-Identifier: MIT
// How a stream begins (_construct) and how it ends: destroy(), 'error' once, 'close' last.
'use strict';

const { aggregateTwoErrors, AbortError, codes } = require('internal/errors');
const { kIsDestroyed, isDestroyed, isFinished, isServerRequest, isRequest } = require('internal/streams/utils');

// What waits for the end of _construct: { then: [functions], destroy: function }.
const kConstructing = Symbol('constructing');
const { nextTick } = internalBinding('process');

// The first error of a stream is the one both its sides remember.
function noteError(error, w, r) {
  if (!error) return;
  error.stack; // formatted while its frames are alive
  if (w && !w.errored) w.errored = error;
  if (r && !r.errored) r.errored = error;
}

function emitClose(stream) {
  const { _writableState: w, _readableState: r } = stream;
  if (w) w.closeEmitted = true;
  if (r) r.closeEmitted = true;
  if (w?.emitClose || r?.emitClose) stream.emit('close');
}

function emitError(stream, error) {
  const { _writableState: w, _readableState: r } = stream;
  if (w?.errorEmitted || r?.errorEmitted) return;
  if (w) w.errorEmitted = true;
  if (r) r.errorEmitted = true;
  stream.emit('error', error);
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function runDestroy(stream, error, callback) {
  let called = false;
  function done(err) {
    if (called) return;
    called = true;
    const { _writableState: w, _readableState: r } = stream;
    noteError(err, w, r);
    if (w) w.closed = true;
    if (r) r.closed = true;
    if (typeof callback === 'function') callback(err);
    if (err) nextTick(emitErrorAndClose, stream, err);
    else nextTick(emitClose, stream);
  }
  try {
    stream._destroy(error || null, done);
  } catch (err) {
    done(err);
  }
}

// A method of streams.
function destroy(error, callback) {
  const { _writableState: w, _readableState: r } = this;
  if (w?.destroyed || r?.destroyed) {
    if (typeof callback === 'function') callback();
    return this;
  }
  noteError(error, w, r);
  if (w) w.destroyed = true;
  if (r) r.destroyed = true;
  if ((w || r).constructed) runDestroy(this, error, callback);
  else this[kConstructing].destroy = (err) => runDestroy(this, aggregateTwoErrors(err, error), callback);
  return this;
}

// A method of streams: as if destroy() had never been called.
function undestroy() {
  const { _writableState: w, _readableState: r } = this;
  if (r) {
    r.constructed = true;
    r.closed = r.closeEmitted = r.destroyed = r.errorEmitted = r.reading = false;
    r.errored = null;
    r.ended = r.endEmitted = r.readable === false;
  }
  if (w) {
    w.constructed = true;
    w.closed = w.closeEmitted = w.destroyed = w.errorEmitted = w.finalCalled = w.prefinished = false;
    w.errored = null;
    w.ended = w.ending = w.finished = w.writable === false;
  }
}

// What a stream does with an error of its own. sync: the caller's code is still running, so 'error' has to wait.
function errorOrDestroy(stream, error, sync) {
  const { _writableState: w, _readableState: r } = stream;
  if (w?.destroyed || r?.destroyed) return;
  if (w?.autoDestroy || r?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    noteError(error, w, r);
    if (sync) nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

function runConstruct(stream) {
  let called = false;
  function done(err) {
    if (called) {
      errorOrDestroy(stream, err ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const { _writableState: w, _readableState: r } = stream;
    const waiting = stream[kConstructing];
    stream[kConstructing] = undefined;
    if (r) r.constructed = true;
    if (w) w.constructed = true;
    if ((w || r).destroyed) waiting.destroy(err);
    else if (err) errorOrDestroy(stream, err, true);
    else for (const f of waiting.then) f();
  }
  try {
    stream._construct((err) => nextTick(done, err));
  } catch (err) {
    nextTick(done, err);
  }
}

// Runs stream._construct a tick later, then f.
function construct(stream, f) {
  if (typeof stream._construct !== 'function') return;
  const { _writableState: w, _readableState: r } = stream;
  if (r) r.constructed = false;
  if (w) w.constructed = false;
  if (stream[kConstructing]) {
    stream[kConstructing].then.push(f);
    return;
  }
  Object.defineProperty(stream, kConstructing, { value: { then: [f], destroy: undefined }, writable: true, enumerable: false });
  nextTick(runConstruct, stream);
}

// Destroys any kind of stream, those of others too.
function destroyer(stream, error) {
  if (!stream || isDestroyed(stream)) return;
  if (!error && !isFinished(stream)) error = new AbortError();
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else {
    nextTick(() => {
      if (error) stream.emit('error', error);
      stream.emit('close');
    });
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

module.exports = { construct, destroy, undestroy, errorOrDestroy, destroyer };
