// SPDX-License-Identifier: MIT
// Streams that end with a signal.
'use strict';

const { AbortError, codes } = require('internal/errors');
const { isNodeStream } = require('internal/streams/utils');

// stream may be one that is still being made.
function addAbortSignal(signal, stream) {
  function onAbort() {
    stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  }
  if (signal.aborted) {
    onAbort();
    return stream;
  }
  const listening = require('events').addAbortListener(signal, onAbort);
  require('internal/streams/end_of_stream').finished(stream, listening[Symbol.dispose]);
  return stream;
}

function checkedAddAbortSignal(signal, stream) {
  if (typeof signal !== 'object' || signal === null || !('aborted' in signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  if (!isNodeStream(stream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return addAbortSignal(signal, stream);
}

module.exports = { addAbortSignal, checkedAddAbortSignal };
