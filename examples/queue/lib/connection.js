// SPDX-License-Identifier: MIT
// Where redis is: REDIS_URL (redis://host:port/0), or REDIS_SOCKET (a Unix socket), or this machine's port 6379.
'use strict';

const { REDIS_SOCKET, REDIS_URL } = process.env;

exports.QUEUE = 'factor';
exports.connection = {
  ...(REDIS_SOCKET ? { path: REDIS_SOCKET } : REDIS_URL ? { url: REDIS_URL } : { host: '127.0.0.1', port: 6379 }),
  maxRetriesPerRequest: null, // who waits for jobs waits as long as it takes
};
