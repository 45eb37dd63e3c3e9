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
  const state = stream?._writableState || stream?._readableState;
  return isNodeStream(stream) ? Boolean(stream.destroyed || stream[kIsDestroyed] || state?.destroyed) : null;
}

// What a flag of a side's state says; after an error it is as good as false.
function flagOf(state, flag) {
  if (state?.errored) return false;
  return typeof state?.[flag] === 'boolean' ? state[flag] : null;
}

// Likewise; not strict: also when all that is left to do is to tell the end.
function isSideDone(state, flag, strict) {
  const isTold = flagOf(state, flag);
  if (isTold === false && strict === false && !state.errored) return state.ended === true && state.length === 0;
  return isTold;
}

// end() has been called.
function isWritableEnded(stream) {
  if (isWritableNodeStream(stream)) return stream.writableEnded === true || flagOf(stream._writableState, 'ended');
  return null;
}

// 'finish' has been told.
function isWritableFinished(stream, strict) {
  if (isWritableNodeStream(stream)) return stream.writableFinished === true || isSideDone(stream._writableState, 'finished', strict);
  return null;
}

// 'end' has been told.
function isReadableFinished(stream, strict) {
  return isReadableNodeStream(stream) ? isSideDone(stream._readableState, 'endEmitted', strict) : null;
}

// Can a side still be used? By the word of whoever made the stream, or by what it looks like.
function isUsable(stream, word, flag, isDone) {
  const said = stream?.[word] ?? null;
  if (said !== null) return said;
  const isOpen = stream?.[flag];
  return typeof isOpen === 'boolean' ? isOpen && !isDestroyed(stream) && !isDone(stream) : null;
}

function isReadable(stream) {
  return isUsable(stream, kIsReadable, 'readable', (s) => !isReadableNodeStream(s) || isReadableFinished(s));
}

function isWritable(stream) {
  return isUsable(stream, kIsWritable, 'writable', (s) => !isWritableNodeStream(s) || isWritableEnded(s));
}

// Nothing will be read from it or written to it any more.
function isFinished(stream) {
  return isNodeStream(stream) ? isDestroyed(stream) || !(isReadable(stream) || isWritable(stream)) : null;
}

function errorOfReadable(stream) {
  return isNodeStream(stream) ? stream.readableErrored || (stream._readableState?.errored ?? null) : null;
}

function errorOfWritable(stream) {
  return isNodeStream(stream) ? stream.writableErrored || (stream._writableState?.errored ?? null) : null;
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  const sides = [stream._writableState?.closed, stream._readableState?.closed].filter((closed) => typeof closed === 'boolean');
  if (typeof stream.closed === 'boolean') return stream.closed;
  if (sides.length > 0) return sides.includes(true);
  return isOutgoingMessage(stream) ? stream._closed : null;
}

// Of node:http, by its fields
function isOutgoingMessage(stream) {
  return ['_closed', '_defaultKeepAlive', '_removedConnection', '_removedContLen'].every((field) => typeof stream[field] === 'boolean');
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
  const state = stream?._writableState || stream?._readableState;
  if (state) return Boolean(state.autoDestroy && state.emitClose && state.closed === false);
  return isNodeStream(stream) ? isServerResponse(stream) : null;
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
