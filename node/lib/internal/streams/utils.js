// SPDX-License-Identifier: MIT
// What can be said of an object that may be a stream, ours or somebody's own. null means: cannot be known.
'use strict';

const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');

function isReadableNodeStream(o, strict = false) {
  if (!o || typeof o.pipe !== 'function' || typeof o.on !== 'function') return false;
  if (strict && (typeof o.pause !== 'function' || typeof o.resume !== 'function')) return false;
  return !o._writableState || Boolean(o._readableState && o._readableState.readable !== false);
}

function isWritableNodeStream(o) {
  return Boolean(o && typeof o.write === 'function' && typeof o.on === 'function' &&
    (!o._readableState || o._writableState?.writable !== false));
}

function isDuplexNodeStream(o) {
  return Boolean(o && typeof o.pipe === 'function' && o._readableState && typeof o.on === 'function' && typeof o.write === 'function');
}

function isNodeStream(o) {
  return Boolean(o && (o._readableState || o._writableState ||
    (typeof o.on === 'function' && (typeof o.write === 'function' || typeof o.pipe === 'function'))));
}

function isIterable(o, isAsync) {
  if (o === null || o === undefined) return false;
  if (isAsync === true) return typeof o[Symbol.asyncIterator] === 'function';
  if (isAsync === false) return typeof o[Symbol.iterator] === 'function';
  return typeof o[Symbol.asyncIterator] === 'function' || typeof o[Symbol.iterator] === 'function';
}

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return Boolean(stream.destroyed || stream[kIsDestroyed] || state?.destroyed);
}

// end() has been called.
function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  return typeof state?.ended === 'boolean' ? state.ended : null;
}

// 'finish' has been told.
function isWritableFinished(stream, strict) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return state.finished || (strict === false && state.ended === true && state.length === 0);
}

// 'end' has been told.
function isReadableFinished(stream, strict) {
  if (!isReadableNodeStream(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return state.endEmitted || (strict === false && state.ended === true && state.length === 0);
}

function isReadable(stream) {
  if (stream && stream[kIsReadable] != null) return stream[kIsReadable]; // eslint-disable-line eqeqeq
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  if (stream && stream[kIsWritable] != null) return stream[kIsWritable]; // eslint-disable-line eqeqeq
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

// Nothing will be read from it or written to it any more.
function isFinished(stream) {
  if (!isNodeStream(stream)) return null;
  return isDestroyed(stream) || !(isReadable(stream) || isWritable(stream));
}

function errorOfReadable(stream) {
  return isNodeStream(stream) ? stream.readableErrored || (stream._readableState?.errored ?? null) : null;
}

function errorOfWritable(stream) {
  return isNodeStream(stream) ? stream.writableErrored || (stream._writableState?.errored ?? null) : null;
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const { _writableState: w, _readableState: r } = stream;
  if (typeof w?.closed === 'boolean' || typeof r?.closed === 'boolean') return Boolean(w?.closed || r?.closed);
  return typeof stream._closed === 'boolean' && isOutgoingMessage(stream) ? stream._closed : null;
}

function isOutgoingMessage(stream) {
  return typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' &&
    typeof stream._removedConnection === 'boolean' && typeof stream._removedContLen === 'boolean';
}

function isServerResponse(stream) {
  return typeof stream._sent100 === 'boolean' && isOutgoingMessage(stream);
}

function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' && stream.req?.upgradeOrConnect === undefined;
}

function isRequest(stream) {
  return Boolean(stream && stream.setHeader && typeof stream.abort === 'function');
}

function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return state ? Boolean(state.autoDestroy && state.emitClose && state.closed === false) : isServerResponse(stream);
}

function isDisturbed(stream) {
  return Boolean(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

function isErrored(stream) {
  return Boolean(stream && (stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
    stream._readableState?.errorEmitted ?? stream._writableState?.errorEmitted ??
    stream._readableState?.errored ?? stream._writableState?.errored));
}

// f, but only the first time.
function once(f) {
  let called = false;
  return function(...args) {
    if (called) return;
    called = true;
    Reflect.apply(f, this, args);
  };
}

module.exports = {
  kIsDestroyed, kIsErrored, kIsReadable, kIsWritable, kIsDisturbed, isReadableNodeStream, isWritableNodeStream, isDuplexNodeStream, isNodeStream,
  isIterable, isDestroyed, isWritableEnded, isWritableFinished, isReadableFinished, isReadable, isWritable, isFinished, errorOfReadable,
  errorOfWritable, isClosed, isServerRequest, isRequest, willEmitClose, isDisturbed, isErrored, once,
};
