// SPDX-License-Identifier: MIT
// synckit with options: a time limit, global shims, arguments for the worker's thread, transfers.
'use strict';
const {run, show, text_of} = require('./lib/harness.js');
const path = require('path');

const worker = path.join(__dirname, 'workers', 'synckit.cjs');

run('synckit', ({createSyncFn}) => {
  process.env.SYNC_TEST = 'seen';
  const call = createSyncFn(worker, {timeout: 1500, globalShims: [{moduleName: path.join(__dirname, 'workers', 'tasks.js'), globalName: 'shimmed'}], execArgv: [...process.execArgv, '--no-warnings']});
  show('shims', call('shims'));
  show('in time', call('sleep', 3));
  try {
    createSyncFn(path.join(__dirname, 'workers', 'synckit.mjs'), 1);
    show('a number as options', 'taken');
  } catch (error) {
    show('a number as options', `${error.name} ${error.message}`);
  }
  const bytes = new Uint8Array([5, 6]);
  show('values', text_of(call('scale', bytes)));
  try {
    call('sleep', 60000);
  } catch (error) {
    show('too late', error.message);
  }
  process.exit(0);
});
