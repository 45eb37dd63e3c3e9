// SPDX-License-Identifier: MIT
// How much a stream keeps before it asks its source to wait.
'use strict';

let bytes = 65536, objects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? objects : bytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  require('internal/validators').validateInteger(value, 'value', 0);
  if (objectMode) objects = value;
  else bytes = value;
}

// The mark of one side. duplexKey: the option that only this side of a duplex reads.
function highWaterMarkOf(objectMode, options, duplexKey, isDuplex) {
  const given = options.highWaterMark ?? (isDuplex ? options[duplexKey] : null);
  if (given === null || given === undefined) return objectMode ? objects : bytes;
  if (!Number.isInteger(given) || given < 0) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE(isDuplex ? `options.${duplexKey}` : 'options.highWaterMark', given);
  }
  return given;
}

module.exports = { getDefaultHighWaterMark, setDefaultHighWaterMark, highWaterMarkOf };
