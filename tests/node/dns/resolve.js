// SPDX-License-Identifier: MIT
// timeout: 60
// Every kind of record, errors of servers, wrong answers, cancelling, servers: asked of a server of our own.
'use strict';
const dns = require('dns');
const path = require('path');
const { spawn, spawnSync } = require('child_process');
const { once } = require('events');

const print = (...all) => console.log(...all);
if (spawnSync('python3', ['-c', '']).error) {
  print('no python3');
  process.exit(77);
}
const told = (error) => `${error.name} ${error.code} ${error.syscall} ${error.hostname} ${error.errno} ${error.message} ${Object.keys(error)}`;
const thrown = (label, f) => {
  try {
    f();
    print(label, 'did not throw');
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};

(async () => {
  const child = spawn('python3', [path.join(__dirname, 'fixtures', 'server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = Number(await once(child.stdout, 'data'));
  const resolver = new dns.Resolver({ timeout: 500, tries: 2 });
  resolver.setServers([`127.0.0.1:${port}`]);
  print(resolver.getServers().map((s) => s.replace(port, 'PORT')));
  const ask = (method, ...args) => new Promise((resolve) => resolver[method](...args, (error, result) => {
    if (error) print(method, ...args, told(error));
    else print(method, ...args, method === 'resolveTlsa' ? result.map((r) => ({ ...r, data: Buffer.from(r.data).toString('hex') })) : result);
    resolve();
  }));
  for (const name of ['4', '6', 'Caa', 'Cname', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Txt', 'Tlsa']) await ask(`resolve${name}`, 'a.test');
  await ask('resolve4', 'a.test', { ttl: true });
  await ask('resolve6', 'a.test', { ttl: true });
  await ask('resolve', 'a.test');
  await ask('resolve', 'a.test', 'MX');
  await ask('resolve4', 'alias.test');
  await ask('resolveCname', 'alias.test');
  await ask('resolveTxt', 'odd.test');
  await ask('reverse', '1.2.3.4');
  await ask('reverse', '9.9.9.9');
  for (const name of ['none.test', 'empty.test', 'servfail.test', 'format.test', 'notimp.test', 'refused.test']) await ask('resolve4', name);
  for (const name of ['6', 'Caa', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Txt', 'Tlsa']) await ask(`resolve${name}`, 'alias.test');
  await ask('resolveAny', 'any.test');
  for (const name of ['short.test', 'garbage.test']) await new Promise((resolve) => resolver.resolve4(name, (error) => resolve(print(name, error.code))));
  await new Promise((resolve) => resolver.resolveNs('loop.test', (error) => resolve(print('loop.test', error.code))));
  await ask('resolve4', 'x'.repeat(70));
  {
    const slow = new dns.Resolver({ timeout: 50, tries: 1 });
    slow.setServers([`127.0.0.1:${port}`]);
    const start = Date.now();
    await new Promise((resolve) => slow.resolve4('silent.test', (error) => resolve(print(told(error), Date.now() - start < 5000))));
    const results = [];
    for (let i = 0; i < 3; i++) slow.resolve4('silent.test', (error) => results.push(error.code));
    thrown('pending', () => slow.setServers(['1.1.1.1']));
    slow.cancel();
    print(results);
    await new Promise((resolve) => setTimeout(resolve, 5));
    print(results);
    slow.cancel();
    slow.setServers([]);
    const unused = new dns.Resolver({ timeout: 200, tries: 1 });
    unused.setServers(['127.0.0.1:1']);
    await new Promise((resolve) => unused.resolve4('a.test', (error) => resolve(print(told(error)))));
  }
  {
    const local = new dns.Resolver();
    local.setLocalAddress('127.0.0.1');
    local.setServers([`127.0.0.1:${port}`]);
    await new Promise((resolve) => local.resolve4('a.test', (error, all) => resolve(print(error, all))));
  }
  {
    const promises = new dns.promises.Resolver();
    promises.setServers([`127.0.0.1:${port}`]);
    print(await promises.resolve4('a.test', { ttl: true }), await promises.resolve('a.test', 'TXT'), await promises.reverse('1.2.3.4'));
    await promises.resolveSrv('none.test').catch((error) => print(told(error)));
    const many = await Promise.all(Array.from({ length: 200 }, (_, i) => promises.resolve4(i % 2 ? 'a.test' : 'alias.test')));
    print(many.length, many.every(([first]) => first === '1.2.3.4'));
    dns.setServers([`127.0.0.1:${port}`]);
    print(dns.promises.getServers()[0] === `127.0.0.1:${port}`, await dns.promises.resolveNs('a.test'));
    dns.resolveSoa('a.test', (error, record) => print(error, record.serial));
    await dns.promises.resolveSoa('a.test');
  }
  child.stdin.end();
  await once(child, 'close');

  dns.setServers(['4.4.4.4', '[2001:db8::1]:53', '4.4.4.4:1053', '[::1]:5353', '2001:db8::2', '[::2]']);
  print(dns.getServers());
  for (const value of [['x'], 5, [5], ['1.2.3.4:x'], ['1.2.3.4:99999'], ['[::1'], ['[x]:53'], ['']]) thrown(`servers ${JSON.stringify(value)}`, () => dns.setServers(value));
  print(dns.getServers().length);
  for (const options of [{ timeout: -2 }, { timeout: 'x' }, { tries: 0 }, { maxTimeout: -1 }]) thrown(JSON.stringify(options), () => new dns.Resolver(options));
  const r = new dns.Resolver();
  thrown('rrtype', () => r.resolve('a', 'XX', () => {}));
  thrown('rrtype', () => r.resolve('a', 5, () => {}));
  thrown('rrtype', () => r.resolve('a'));
  thrown('name', () => r.resolve4(5, () => {}));
  thrown('name', () => r.resolve(5, () => {}));
  thrown('callback', () => r.resolve4('a'));
  thrown('callback', () => r.reverse('1.1.1.1'));
  thrown('reverse', () => r.reverse('x', () => {}));
  thrown('reverse', () => r.reverse(5, () => {}));
  thrown('promise', () => dns.promises.resolve4(5));
  thrown('promise', () => dns.promises.resolve('a', 'XX'));
  thrown('promise', () => dns.promises.resolve(5));
  for (const args of [['x'], ['::1', '::1'], ['127.0.0.1', '127.0.0.1'], [5], ['127.0.0.1', 'x'], ['127.0.0.1', 5], []]) thrown(`local ${args}`, () => r.setLocalAddress(...args));
  print(Object.keys(dns).join(), Object.keys(dns.promises).join());
  print(Object.getOwnPropertyNames(dns.Resolver.prototype).sort().join(), dns.Resolver.name, dns.resolve4.length, dns.NODATA, dns.EOF, dns.promises.CANCELLED);
})();
