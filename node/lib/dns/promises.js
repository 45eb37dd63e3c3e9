// SPDX-License-Identifier: MIT
// dns with promises.
'use strict';

const lookups = require('internal/dns/lookup');
const { errorCodes } = require('internal/dns/codes');

module.exports = {
  lookup: lookups.lookupLater,
  lookupService: lookups.lookupServiceLater,
  Resolver: undefined, // see below
  getDefaultResultOrder: lookups.getDefaultResultOrder,
  setDefaultResultOrder: lookups.setDefaultResultOrder,
  setServers(servers) {
    require('internal/dns/resolver').setServers(servers);
  },
  ...errorCodes,
};
require('internal/dns/late').defineLate(module.exports, true);
