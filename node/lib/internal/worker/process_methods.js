// SPDX-License-Identifier: MIT
// What process refuses in a worker, because it is the whole process's affair.
'use strict';

const { codes } = require('internal/errors');

const refused = ['chdir', 'abort', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'];

function limitProcess(process) {
  const { umask } = process;
  for (const name of refused) {
    const call = { [name]() {
      throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`);
    } }[name];
    call.disabled = true;
    process[name] = call;
  }
  process.umask = function(mask) {
    if (mask === undefined) return umask.call(process);
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
  };
}

module.exports = { limitProcess };
