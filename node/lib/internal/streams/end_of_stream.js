// SPDX-License-Identifier: MIT
// finished(): calls back once when a stream is done, one way or another. Streams of others count too, so what a stream promises (a 'close' at
// its end, say) is guessed from its state.
'use strict';

const { AbortError, codes } = require('internal/errors');
const u = require('internal/streams/utils');

const { nextTick } = internalBinding('process');

function nop() {}

// One who waits for the end of a stream.
class Watch {
  constructor(stream, options, callback) {
    this.stream = stream;
    this.callback = callback;
    this.readable = options.readable ?? u.isReadableNodeStream(stream);
    this.writable = options.writable ?? u.isWritableNodeStream(stream);
    // Then 'close' is the one to wait for.
    this.willClose = u.willEmitClose(stream) && u.isReadableNodeStream(stream) === this.readable &&
      u.isWritableNodeStream(stream) === this.writable;
    this.writableFinished = u.isWritableFinished(stream, false);
    this.readableFinished = u.isReadableFinished(stream, false);
    this.isClosed = u.isClosed(stream);
    this.listening = [];
    this.stopRequest = undefined;
  }
  listen(event, listener) {
    this.stream.on(event, listener);
    this.listening.push(event, listener);
  }
  stop() {
    this.callback = nop;
    const { listening, stream } = this;
    for (let i = 0; i < listening.length; i += 2) stream.removeListener(listening[i], listening[i + 1]);
    this.stopRequest?.();
  }
  tell(error) {
    const { callback, stream } = this;
    if (error === undefined) callback.call(stream);
    else callback.call(stream, error);
  }
  onFinish() {
    this.writableFinished = true;
    if (this.stream.destroyed) this.willClose = false;
    if (this.willClose && (!this.stream.readable || this.readable)) return;
    if (!this.readable || this.readableFinished) this.tell();
  }
  onEnd() {
    this.readableFinished = true;
    if (this.stream.destroyed) this.willClose = false;
    if (this.willClose && (!this.stream.writable || this.writable)) return;
    if (!this.writable || this.writableFinished) this.tell();
  }
  // The stream's own error, or undefined.
  errorNow() {
    const error = u.errorOfWritable(this.stream) || u.errorOfReadable(this.stream);
    return error && typeof error !== 'boolean' ? error : undefined;
  }
  onClose() {
    this.isClosed = true;
    const { stream } = this;
    const error = this.errorNow();
    if (error !== undefined) {
      this.tell(error);
    } else if (this.readable && !this.readableFinished && u.isReadableNodeStream(stream, true) && !u.isReadableFinished(stream, false)) {
      this.tell(new codes.ERR_STREAM_PREMATURE_CLOSE());
    } else if (this.writable && !this.writableFinished && !u.isWritableFinished(stream, false)) {
      this.tell(new codes.ERR_STREAM_PREMATURE_CLOSE());
    } else {
      this.tell();
    }
  }
  start(listensToErrors) {
    const { stream } = this;
    const onFinish = () => this.onFinish(), onClose = () => this.onClose();
    if (this.isClosed) { // whatever is still told is known already
      nextTick(onClose);
      return;
    }
    if (this.isOver()) {
      const error = this.errorNow(); // what happens until the next tick does not count
      nextTick(() => this.tell(error));
      return;
    }
    if (u.isRequest(stream)) {
      this.listen('complete', onFinish);
      if (!this.willClose) this.listen('abort', onClose);
      const onRequest = () => {
        stream.req.on('finish', onFinish);
        this.stopRequest = () => stream.req.removeListener('finish', onFinish);
      };
      if (stream.req) onRequest();
      else this.listen('request', onRequest);
    } else if (this.writable && !stream._writableState) {
      const onLegacyFinish = () => {
        if (!stream.writable) onFinish();
      };
      this.listen('end', onLegacyFinish);
      this.listen('close', onLegacyFinish);
    }
    if (!this.willClose && typeof stream.aborted === 'boolean') this.listen('aborted', onClose);
    this.listen('end', () => this.onEnd());
    this.listen('finish', onFinish);
    if (listensToErrors) this.listen('error', (error) => this.callback.call(stream, error));
    this.listen('close', onClose);
  }
  // Nothing will happen any more that would tell.
  isOver() {
    const { stream, willClose } = this;
    const { _writableState: w, _readableState: r } = stream;
    if (w?.errorEmitted || r?.errorEmitted) return !willClose;
    if (!this.readable && (!willClose || u.isReadable(stream)) && (this.writableFinished || u.isWritable(stream) === false) &&
        (w === undefined || w === null || w.pendingcb === undefined || w.pendingcb === 0)) return true;
    if (!this.writable && (!willClose || u.isWritable(stream)) && (this.readableFinished || u.isReadable(stream) === false)) return true;
    return Boolean(r && stream.req && stream.aborted);
  }
}

// The callback ends with the signal, too.
function watchSignal(watch, signal) {
  const abort = () => {
    const { callback } = watch;
    watch.stop();
    callback.call(watch.stream, new AbortError(undefined, { cause: signal.reason }));
  };
  if (signal.aborted) {
    nextTick(abort);
    return;
  }
  const listening = require('events').addAbortListener(signal, abort);
  const { callback } = watch;
  watch.callback = u.once(function(...args) {
    listening[Symbol.dispose]();
    Reflect.apply(callback, this, args);
  });
}

// Returns a function that ends the waiting.
function finished(stream, options, callback) {
  const { validateFunction, validateObject, validateAbortSignal } = require('internal/validators');
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options === null || options === undefined) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  if (!u.isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  const watch = new Watch(stream, options, u.once(callback));
  watch.start(options.error !== false);
  if (options.signal && !watch.isClosed) watchSignal(watch, options.signal);
  return () => watch.stop();
}

function finishedPromise(stream, options) {
  let cleansUp = false;
  options ??= {};
  if (options.cleanup) {
    require('internal/validators').validateBoolean(options.cleanup, 'cleanup');
    cleansUp = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const cleanUp = finished(stream, options, (error) => {
      if (cleansUp) cleanUp();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { finished, finishedPromise };
