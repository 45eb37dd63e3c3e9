// SPDX-License-Identifier: MIT
// process.allowedNodeEnvironmentFlags: what NODE_OPTIONS may say, asked for in any spelling.
'use strict';

const { environmentFlags } = require('internal/worker/options');

const spelled = (flag) => (flag.startsWith('-') ? flag : flag.length === 1 ? `-${flag}` : `--${flag}`).replace(/=.*$/, '').replaceAll('_', '-');

let isFurnished = false;

class NodeEnvironmentFlagsSet extends Set {
  has(flag) {
    return typeof flag === 'string' && super.has(spelled(flag));
  }
  add(flag) {
    return isFurnished ? this : super.add(flag);
  }
  delete() {
    return false;
  }
  clear() {}
}

const allowedNodeEnvironmentFlags = new NodeEnvironmentFlagsSet(environmentFlags);
isFurnished = true;

module.exports = { allowedNodeEnvironmentFlags: Object.freeze(allowedNodeEnvironmentFlags) };
