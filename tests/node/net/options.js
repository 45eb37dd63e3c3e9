// SPDX-License-Identifier: MIT
// Timeouts, options of TCP, onread, happy eyeballs, custom lookups.
'use strict';
const net = require('net');
const dns = require('dns');
const { once } = require('events');

const print = (...all) => console.log(...all);
const closed = (c) => new Promise((resolve) => c.once('close', resolve));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

(async () => {
  {
    const server = net.createServer((c) => c.resume()).listen(0);
    await once(server, 'listening');
    const c = net.connect({ port: server.address().port, timeout: 30 });
    print(c.timeout);
    await once(c, 'timeout');
    print(c.destroyed, c.writable);
    let n = 0;
    c.setTimeout(400, () => n++);
    for (let i = 0; i < 6; i++) {
      await sleep(100);
      c.write('x'); // keeps it awake
    }
    print('kept awake', n);
    await once(c, 'timeout');
    print(n, c.setTimeout(0) === c, c.timeout);
    await sleep(450);
    print(n);
    c.end();
    server.close();
    await once(server, 'close');
  }
  {
    const server = net.createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 3000 }, (c) => c.end('x')).listen(0);
    await once(server, 'listening');
    const c = new net.Socket({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 5000 });
    print(c.setNoDelay() === c, c.setKeepAlive(true, 1000) === c, c.setKeepAlive({ enable: true, interval: 2000, count: 3 }) === c);
    print(c.setTypeOfService(16) === c, c.getTypeOfService());
    c.connect(server.address().port, '127.0.0.1');
    await once(c, 'connect');
    print(c.getTypeOfService(), c.setTypeOfService(8).getTypeOfService(), c.setNoDelay(false) === c, c.setKeepAlive(false) === c);
    await closed(c.resume());
    print(c.setNoDelay() === c, c.getTypeOfService());
    server.close();
  }
  {
    const server = net.createServer((c) => c.end('some bytes in a buffer of ours')).listen(0);
    await once(server, 'listening');
    const buffer = Buffer.alloc(8);
    const parts = [];
    let data = 0;
    const c = net.connect({ port: server.address().port, onread: { buffer, callback: (n, b) => {
      parts.push(b.toString('utf8', 0, n));
      if (parts.length === 2) {
        setTimeout(() => c.resume(), 10);
        return false;
      }
    } } });
    c.on('data', () => data++);
    await closed(c);
    print(parts, data, c.bytesRead);
    let made = 0;
    const d = net.connect({ port: server.address().port, onread: { buffer: () => (made++, Buffer.alloc(1000)), callback: (n, b) => print(n, b.length) } });
    await closed(d);
    print(made);
    server.close();
  }
  {
    const server = net.createServer((c) => c.end('x')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const say = (addresses) => (host, options, callback) => {
      print('asked', host, JSON.stringify(options));
      setImmediate(() => (options.all ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family)));
    };
    const attempt = async (label, options) => {
      const c = net.connect({ port, host: 'a.test', ...options });
      const log = [];
      const scrub = (v) => `${v}`.replaceAll(`${port}`, 'PORT');
      for (const name of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout', 'connect', 'ready']) {
        c.on(name, (...all) => log.push(scrub([name, ...all.map((v) => (v instanceof Error ? v.code : v))].join(' '))));
      }
      let failure;
      c.on('error', (error) => {
        failure = error;
      });
      const hadError = await closed(c.resume());
      print(label, log, hadError, c.autoSelectFamilyAttemptedAddresses?.map(scrub));
      if (failure) print(failure.name, failure.code, scrub(JSON.stringify(failure.message)), failure.errors?.map((e) => scrub(`${e.code} ${e.syscall} ${e.address} ${e.port}`)));
    };
    const v4 = { address: '127.0.0.1', family: 4 }, v6 = { address: '::1', family: 6 }, other = { address: '127.0.0.2', family: 4 };
    await attempt('second', { lookup: say([v6, v4]) });
    await attempt('one', { lookup: say([v4]) });
    await attempt('off', { lookup: say([v4, v6]), autoSelectFamily: false });
    await attempt('family', { lookup: say([v4]), family: 4 });
    await attempt('IPv4', { lookup: say([v4]), family: 'IPv4' });
    await attempt('order', { lookup: say([other, v4, v6, v4]) });
    await attempt('none', { lookup: say([v6, other]) });
    await attempt('wrong', { lookup: say([{ address: 'x', family: 4 }]) });
    await attempt('wrong family', { lookup: say([{ address: '127.0.0.1', family: 5 }]) });
    await attempt('wrong one', { lookup: say([{ address: 'x', family: 4 }]), family: 4 });
    await attempt('wrong one family', { lookup: say([{ address: '127.0.0.1', family: 5 }]), family: 4 });
    await attempt('fails', { lookup: (host, options, callback) => setImmediate(() => callback(Object.assign(new Error('no'), { code: 'NO' }))) });
    await attempt('fails', { lookup: (host, options, callback) => setImmediate(() => callback(Object.assign(new Error('no'), { code: 'NO' }))), family: 4 });
    await attempt('hints', { lookup: say([v4]), hints: dns.V4MAPPED });
    print(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout());
    net.setDefaultAutoSelectFamilyAttemptTimeout(5);
    net.setDefaultAutoSelectFamily(false);
    print(net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout());
    await attempt('default off', { lookup: say([v4, v6]) });
    server.close();
  }
  {
    const server = net.createServer((c) => c.resume()).listen(0);
    await once(server, 'listening');
    const c = net.connect(server.address().port);
    await once(c, 'connect');
    print(c.ref() === c, c._handle.hasRef(), c.unref() === c, c._handle.hasRef(), c.ref()._handle.hasRef());
    const d = new net.Socket();
    print(d.unref() === d, d.pending, d.readyState);
    c.destroy();
    await closed(c);
    server.close();
  }
})();
