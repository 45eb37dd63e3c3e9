// SPDX-License-Identifier: MIT
// pipeline() and finished() as promises.
'use strict';

require('stream');
const { pipelinePromise } = require('internal/streams/pipeline');
const { finishedPromise } = require('internal/streams/end_of_stream');

const named = {
  finished(stream, options) {
    return finishedPromise(stream, options);
  },
  pipeline(...streams) {
    return pipelinePromise(...streams);
  },
};
module.exports = { finished: named.finished, pipeline: named.pipeline };
