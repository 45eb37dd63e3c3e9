// SPDX-License-Identifier: MIT
// compose(): a pipeline as one Duplex, written at its head and read at its tail.
'use strict';

const { AbortError, codes } = require('internal/errors');
const Duplex = require('internal/streams/duplex');
const { destroyer } = require('internal/streams/destroy');
const { finished } = require('internal/streams/end_of_stream');
const { runPipeline } = require('internal/streams/pipeline');
const { isNodeStream, isReadable, isWritable, once } = require('internal/streams/utils');
const { writeTo } = require('internal/streams/duplexify');

function checkStreams(streams, original) {
  for (let n = 0; n < streams.length; n++) {
    if (!isNodeStream(streams[n])) continue;
    if (n < streams.length - 1 && !isReadable(streams[n])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${n}]`, original[n], 'must be readable');
    }
    if (n > 0 && !isWritable(streams[n])) throw new codes.ERR_INVALID_ARG_VALUE(`streams[${n}]`, original[n], 'must be writable');
  }
}

// What the tail gives goes on at once, as long as there is room.
function flowInto(whole, tail) {
  tail.on('data', (chunk) => {
    if (!whole.push(chunk)) tail.pause();
  });
  tail.on('end', () => whole.push(null));
  whole._read = () => tail.resume();
}

module.exports = function compose(...streams) {
  if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return Duplex.from(streams[0]);
  const original = [...streams], last = streams.length - 1;
  if (typeof streams[0] === 'function') streams[0] = Duplex.from(streams[0]);
  if (typeof streams[last] === 'function') streams[last] = Duplex.from(streams[last]);
  checkStreams(streams, original);

  const head = streams[0];
  // Callbacks that wait: onclose is undefined before the pipeline is over, null after.
  const waiting = { ondrain: null, onfinish: null, onclose: undefined };
  let whole;
  const tail = runPipeline(streams, once((error) => {
    const { onclose } = waiting;
    waiting.onclose = null;
    if (onclose) onclose(error);
    else if (error) whole.destroy(error);
    else if (!readable && !writable) whole.destroy();
  }));
  const writable = Boolean(isWritable(head)), readable = Boolean(isReadable(tail));
  whole = new Duplex({
    writableObjectMode: Boolean(head?.writableObjectMode), readableObjectMode: Boolean(tail?.readableObjectMode), writable, readable,
  });
  if (writable) {
    writeTo(whole, head, waiting);
    finished(tail, () => {
      const { onfinish } = waiting;
      waiting.onfinish = null;
      if (onfinish) onfinish();
    });
  }
  if (readable) flowInto(whole, tail);
  whole._destroy = (error, callback) => {
    if (!error && waiting.onclose !== null) error = new AbortError();
    waiting.ondrain = waiting.onfinish = null;
    if (isNodeStream(tail)) destroyer(tail, error);
    if (waiting.onclose === null) callback(error);
    else waiting.onclose = callback;
  };
  return whole;
};
