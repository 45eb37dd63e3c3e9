// SPDX-License-Identifier: MIT
// navigator: what a program can ask about the machine, and the locks of the process.
'use strict';

const { codes } = require('internal/errors');
const kMake = {};

class Navigator {
  #hardwareConcurrency;
  constructor(token) {
    if (token !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get hardwareConcurrency() {
    return (this.#hardwareConcurrency ??= require('os').availableParallelism());
  }
  get locks() {
    return require('internal/locks').locks;
  }
  get language() {
    return 'en-US';
  }
  get languages() {
    return languages;
  }
  get userAgent() {
    return `Node.js/${process.versions.node.split('.')[0]}`;
  }
  get platform() {
    const { platform, arch } = process;
    if (platform === 'darwin') return 'MacIntel';
    const name = platform[0].toUpperCase() + platform.slice(1);
    return `${name} ${arch === 'x64' ? 'x86_64' : arch === 'arm64' ? 'aarch64' : arch}`;
  }
}
const languages = Object.freeze(['en-US']);
for (const name of ['hardwareConcurrency', 'locks', 'language', 'languages', 'userAgent', 'platform']) {
  Object.defineProperty(Navigator.prototype, name, { enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kMake) };
