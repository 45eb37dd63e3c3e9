// SPDX-License-Identifier: MIT
// A processor of jobs in a process or thread of its own.
'use strict';

module.exports = async (job) => {
  if (job.data.fail) throw new Error(`cannot do ${job.name}`);
  await job.updateProgress(50);
  await job.log('half way');
  return {squared: job.data.n ** 2, isMainThread: require('worker_threads').isMainThread};
};
