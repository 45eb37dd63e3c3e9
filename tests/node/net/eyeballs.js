// SPDX-License-Identifier: MIT
// timeout: 30
// An address that does not answer: the next one is tried when its time is over (2001:db8:: is for documentation).
'use strict';
const net = require('net');

const server = net.createServer((c) => c.end()).listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const attempt = (addresses, port) => new Promise((resolve) => {
    const list = addresses.map((address) => ({ address, family: net.isIP(address) }));
    const c = net.connect({ port, host: 'a.test', autoSelectFamilyAttemptTimeout: 60, lookup: (host, options, callback) => setImmediate(callback, null, list) });
    const log = [];
    c.on('connectionAttemptFailed', (ip, p, family, error) => log.push(`${ip} ${family} ${['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'].includes(error.code)}`));
    c.on('connectionAttemptTimeout', (ip, p, family) => log.push(`${ip} ${family} true`)); // where it cannot be reached, it fails at once
    c.on('connect', () => log.push(`connected ${c.remoteAddress}`));
    c.on('error', (error) => log.push(`${error.name} ${error.errors.length} ${error.errors.every((e) => e.syscall === 'connect' && e.port === port)}`));
    c.on('close', (hadError) => {
      console.log(log, hadError, c.autoSelectFamilyAttemptedAddresses.length);
      resolve();
    });
    c.resume();
  });
  await attempt(['2001:db8::1', '127.0.0.1'], port);
  await attempt(['2001:db8::1', '127.0.0.2'], port);
  server.close();
});
