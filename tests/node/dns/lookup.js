// SPDX-License-Identifier: MIT
// lookup and lookupService: what the system knows.
'use strict';
const dns = require('dns');
const util = require('util');

const print = (...all) => console.log(...all);
const told = (error) => error && `${error.name} ${error.code} ${error.syscall} ${error.hostname} ${error.errno} ${error.message} ${Object.keys(error)}`;
const thrown = (label, f) => {
  try {
    f();
    print(label, 'did not throw');
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};
const lookup = (...args) => new Promise((resolve) => {
  let isLater = false;
  dns.lookup(...args, (error, ...results) => {
    print(JSON.stringify(args), isLater, told(error), ...results);
    resolve();
  });
  isLater = true;
});
const service = (...args) => new Promise((resolve) => dns.lookupService(...args, (error, ...results) => resolve(print(...args, told(error), ...results))));

(async () => {
  await lookup('localhost', 4);
  await lookup('localhost', { family: 4, all: true });
  await lookup('localhost', { family: 'IPv4' });
  await lookup('127.0.0.1');
  await lookup('127.0.0.1', { all: true, family: 6 });
  await lookup('::1', { verbatim: false });
  await lookup('::1', 4);
  await lookup('localhost', { family: 4, hints: dns.ADDRCONFIG, order: 'ipv6first' });
  await lookup('name.invalid');
  await lookup('name.invalid', { all: true });
  await lookup('n\u00e4me.invalid', 4);
  await service('127.0.0.1', 80);
  await service('127.0.0.1', '0');
  await service('192.0.2.1', 22);
  print(await dns.promises.lookup('127.0.0.1'), await dns.promises.lookup('::1', { all: true }), await util.promisify(dns.lookup)('127.0.0.1'));
  print(await dns.promises.lookupService('127.0.0.1', 22), await util.promisify(dns.lookupService)('127.0.0.1', 22));
  await dns.promises.lookup('name.invalid').catch((error) => print(told(error)));
  await dns.promises.lookupService('192.0.2.1', 22).catch((error) => print(told(error)));
  print(dns.getDefaultResultOrder(), dns.promises.getDefaultResultOrder());
  dns.setDefaultResultOrder('ipv4first');
  print(dns.getDefaultResultOrder(), dns.promises.getDefaultResultOrder());
  for (const value of ['', null, undefined, 5, {}, true, 0]) {
    thrown(`name ${value}`, () => dns.lookup(value, () => {}));
    thrown(`name ${value}`, () => dns.promises.lookup(value).catch(() => {}));
  }
  thrown('callback', () => dns.lookup('a'));
  thrown('callback', () => dns.lookup('a', {}));
  thrown('callback', () => dns.lookup('a', {}, 5));
  for (const options of [5, 'x', true, { family: 5 }, { family: 'x' }, { hints: 1 }, { hints: 'x' }, { all: 1 }, { verbatim: 1 }, { order: 'x' }]) {
    thrown(JSON.stringify(options), () => dns.lookup('a', options, () => {}));
  }
  thrown('address', () => dns.lookupService('x', 1, () => {}));
  thrown('port', () => dns.lookupService('1.1.1.1', 'x', () => {}));
  thrown('port', () => dns.lookupService('1.1.1.1', 70000, () => {}));
  thrown('callback', () => dns.lookupService('1.1.1.1', 1, 5));
  thrown('missing', () => dns.lookupService('1.1.1.1'));
  thrown('missing', () => dns.promises.lookupService('1.1.1.1'));
  thrown('address', () => dns.promises.lookupService('x', 1));
  thrown('order', () => dns.setDefaultResultOrder('x'));
  print(require('dns/promises') === dns.promises, dns.ADDRCONFIG, dns.ALL, dns.V4MAPPED);
})();
