// SPDX-License-Identifier: MIT
// The half of dns that asks servers: Resolver and the functions become what they are when the first of them is looked at.
'use strict';

const names = ['Resolver', 'getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname', 'resolveMx', 'resolveNaptr',
  'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse'];

function defineLate(exports, isPromise) {
  const fill = () => {
    const { Resolver, PromisesResolver, functionsOf } = require('internal/dns/resolver');
    const all = { Resolver: isPromise ? PromisesResolver : Resolver, ...functionsOf(isPromise) };
    for (const name of names) {
      const known = Object.getOwnPropertyDescriptor(exports, name);
      if (known?.get?.isLate) define(exports, name, all[name]);
    }
    return all;
  };
  for (const name of names) {
    const get = () => fill()[name];
    get.isLate = true;
    Object.defineProperty(exports, name, {
      configurable: true, enumerable: true, get,
      set: (value) => define(exports, name, value),
    });
  }
}

function define(exports, name, value) {
  Object.defineProperty(exports, name, { value, writable: true, configurable: true, enumerable: true });
}

module.exports = { defineLate };
