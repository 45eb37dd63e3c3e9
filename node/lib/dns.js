// SPDX-License-Identifier: MIT
// Names and addresses: as the system knows them (lookup), and as servers of the DNS tell (resolve*), for which more is loaded on first use.
'use strict';

const lookups = require('internal/dns/lookup');
const { errorCodes } = require('internal/dns/codes');

module.exports = {
  lookup: lookups.lookup,
  lookupService: lookups.lookupService,
  Resolver: undefined, // see below
  getDefaultResultOrder: lookups.getDefaultResultOrder,
  setDefaultResultOrder: lookups.setDefaultResultOrder,
  setServers,
  ADDRCONFIG: lookups.ADDRCONFIG,
  ALL: lookups.ALL,
  V4MAPPED: lookups.V4MAPPED,
  ...errorCodes,
};

function setServers(servers) {
  require('internal/dns/resolver').setServers(servers);
}

require('internal/dns/late').defineLate(module.exports, false);
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() {
    return require('dns/promises');
  },
});
