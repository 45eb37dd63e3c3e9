// SPDX-License-Identifier: MIT
// A redis-server of one's own on a socket in the current folder: start() gives {path, child, stop()}.
'use strict';
const {spawn} = require('child_process');
const fs = require('fs');
const path = require('path');

async function start(name = 'redis.sock') {
  const socket = path.resolve(name);
  const env = {...process.env, LD_LIBRARY_PATH: process.env.REDIS_LIBRARIES ?? ''};
  const child = spawn(process.env.REDIS_SERVER, ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--daemonize', 'no'], {env, stdio: 'ignore'});
  process.on('exit', () => child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!fs.existsSync(socket)) {
    if (child.exitCode !== null) throw new Error('redis-server has ended');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {path: socket, child, async stop(signal = 'SIGTERM') { child.kill(signal); await ended; }};
}

module.exports = {start};
