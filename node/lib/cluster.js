// SPDX-License-Identifier: MIT
// cluster: the primary's half, or in a process that cluster.fork started a worker's half.
'use strict';

module.exports = require(process.env.NODE_UNIQUE_ID === undefined ? 'internal/cluster/primary' : 'internal/cluster/child');
