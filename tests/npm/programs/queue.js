// SPDX-License-Identifier: MIT
// examples/queue: a producer, consumers in processes with worker threads, one of them ended and one killed in the middle.
// entries: cjs
// needs: redis-server
'use strict';
const {spawnSync} = require('child_process');
const path = require('path');
const {start} = require('./lib/redis.js');

(async () => {
  const server = await start();
  const program = path.resolve(__dirname, '../../../examples/queue/all.js');
  const env = {...process.env, REDIS_SOCKET: server.path, NODE_PATH: path.resolve(__dirname, '../node_modules')};
  const {status, stdout, stderr} = spawnSync(process.execPath, [program, '40'], {env, encoding: 'utf8', timeout: 50000});
  console.log(stdout);
  console.log(stderr);
  console.log('status', status);
  await server.stop();
})();
