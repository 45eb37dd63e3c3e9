// SPDX-License-Identifier: MIT
// Names and addresses: as the system knows them (lookup), and as servers of the DNS tell (resolve*).
'use strict';

const lookups = require('internal/dns/lookup');

module.exports = {
  lookup: lookups.lookup,
  lookupService: lookups.lookupService,
  getDefaultResultOrder: lookups.getDefaultResultOrder,
  setDefaultResultOrder: lookups.setDefaultResultOrder,
  ADDRCONFIG: lookups.ADDRCONFIG,
  ALL: lookups.ALL,
  V4MAPPED: lookups.V4MAPPED,
};
