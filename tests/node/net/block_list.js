// SPDX-License-Identifier: MIT
// BlockList and SocketAddress; lists on servers and sockets; isIP.
'use strict';
const net = require('net');
const { once } = require('events');
const { inspect } = require('util');
const { BlockList, SocketAddress } = net;

const print = (...all) => console.log(...all);
const thrown = (label, f) => {
  try {
    print(label, 'did not throw', f());
  } catch (error) {
    print(label, error.name, error.code, error.message);
  }
};

for (const text of ['1.2.3.4', '::1', '::', '::ffff:1.2.3.4', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4/24', 'fe80::1%eth0', 'fe80::1%', '1::2::3', '12345::',
  '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9', '::1.2.3.4', '::1.2.3', '', 'x', ' 1.2.3.4', '1.2.3.4 ', '1.2.3.4\0', 'ABCD:EF01::', null, undefined, 5, {}, ['::1']]) {
  print(JSON.stringify(String(text)), net.isIP(text), net.isIPv4(text), net.isIPv6(text));
}

{
  const list = new BlockList();
  list.addAddress('123.123.123.123');
  list.addRange('10.0.0.1', '10.0.0.10');
  list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
  list.addSubnet('192.168.1.7', 24);
  list.addAddress('::1', 'ipv6');
  list.addAddress(new SocketAddress({ address: '5.6.7.8' }));
  list.addRange('fe80::1', 'fe80::ff', 'ipv6');
  for (const [address, family] of [['123.123.123.123'], ['123.123.123.124'], ['10.0.0.0'], ['10.0.0.1'], ['10.0.0.10'], ['10.0.0.11'], ['192.168.1.0'],
    ['192.168.1.255'], ['192.168.2.0'], ['::1', 'ipv6'], ['::2', 'ipv6'], ['::ffff:7b7b:7b7b', 'ipv6'], ['::ffff:123.123.123.123', 'ipv6'],
    ['::ffff:10.0.0.5', 'ipv6'], ['::ffff:192.168.1.9', 'ipv6'], ['8592:757c:efae:4e45:1::', 'ipv6'], ['8592:757c:efae:4e46::', 'ipv6'], ['5.6.7.8'],
    ['fe80::a', 'ipv6'], ['fe80::100', 'ipv6'], ['x'], ['::1', 'ipv4'], ['1.2.3.4', 'ipv6']]) {
    print(address, family, list.check(address, family));
  }
  print(list.check(new SocketAddress({ address: '5.6.7.8', port: 9 })), list.check(new SocketAddress({ address: '::ffff:5.6.7.8', family: 'ipv6' })));
  print(list.rules, list.size, JSON.stringify(list), BlockList.isBlockList(list), BlockList.isBlockList({}));
  print(inspect(list), inspect(list, { depth: -1 }));
  const copy = new BlockList();
  copy.fromJSON(list.toJSON());
  copy.fromJSON(JSON.stringify(['Subnet: IPv6 2001:db8::/32', 'Address: IPv4 9.9.9.9']));
  print(copy.rules, copy.check('9.9.9.9'), copy.check('2001:db8::5', 'ipv6'));
  list.removeAddress('123.123.123.123');
  list.removeRange('10.0.0.1', '10.0.0.10');
  list.removeSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
  list.removeAddress('1.1.1.1');
  list.removeCIDR('192.168.1.7/24');
  print(list.rules);
  list.clear();
  print(list.rules, list.size);
  list.addCIDR('10.0.0.0/8');
  list.addCIDRs(BlockList.PRIVATE_RANGES);
  list.addAddresses(['1.1.1.1', '2.2.2.2']);
  print(list.rules, list.check('127.5.5.5'), list.check('fc00::1', 'ipv6'), list.check('8.8.8.8'), Object.isFrozen(BlockList.PRIVATE_RANGES));
  const all = new BlockList();
  all.addSubnet('::', 0, 'ipv6');
  print(all.check('1.2.3.4'), all.check('::5', 'ipv6'));
  const mapped = new BlockList();
  mapped.addAddress('::ffff:1.2.3.4', 'ipv6');
  print(mapped.check('1.2.3.4'), mapped.rules);
}
thrown('address', () => new BlockList().addAddress(5));
thrown('address', () => new BlockList().addAddress('x'));
thrown('address', () => new BlockList().addAddress('::1'));
thrown('address', () => new BlockList().addAddress('::1', 'x'));
thrown('address', () => new BlockList().addAddress('::1', 5));
thrown('range', () => new BlockList().addRange('1.1.1.2', '1.1.1.1'));
thrown('range', () => new BlockList().addRange('1.1.1.2', 5));
thrown('subnet', () => new BlockList().addSubnet('1.1.1.2', 33));
thrown('subnet', () => new BlockList().addSubnet('1.1.1.2', '8'));
thrown('subnet', () => new BlockList().addSubnet('::', 129, 'ipv6'));
thrown('cidr', () => new BlockList().addCIDR('1.1.1.1'));
thrown('cidr', () => new BlockList().addCIDR('1.1.1.1/x'));
thrown('cidr', () => new BlockList().addCIDR(5));
thrown('check', () => new BlockList().check(5));
thrown('check', () => new BlockList().check('1.1.1.1', 5));
thrown('json', () => new BlockList().fromJSON(5));
thrown('json', () => new BlockList().fromJSON(['x']));
thrown('json', () => new BlockList().fromJSON('x'));

print(new SocketAddress(), new SocketAddress({ family: 'ipv6' }), JSON.stringify(new SocketAddress({ address: '1.2.3.4', port: 80 })));
print(new SocketAddress({ family: 'IPv6', address: '1:0::0:2', port: '8', flowlabel: 5 }).address, SocketAddress.isSocketAddress(new SocketAddress()), SocketAddress.isSocketAddress({}));
for (const text of ['123.1.2.3:1234', '[1::1]:1234', '1.2.3.4', '[1::1]', '1::1', 'x', '1.2.3.4:99999', '[::1]:x', '', '1.2.3.4:080', '0x7f.1:80', '1.2.3.4:']) print(text, JSON.stringify(SocketAddress.parse(text)));
thrown('options', () => new SocketAddress(5));
thrown('family', () => new SocketAddress({ family: 'x' }));
thrown('address', () => new SocketAddress({ address: 'x' }));
thrown('address', () => new SocketAddress({ address: 5 }));
thrown('port', () => new SocketAddress({ port: -1 }));
thrown('flowlabel', () => new SocketAddress({ family: 'ipv6', flowlabel: -1 }));

(async () => {
  const blockList = new BlockList();
  blockList.addAddress('127.0.0.1');
  const server = net.createServer({ blockList }, () => print('must not be connected')).listen(0);
  await once(server, 'listening');
  const c = net.connect(server.address().port, '127.0.0.1');
  c.on('error', () => {});
  await new Promise((resolve) => c.on('close', resolve));
  print('closed by the server');
  const d = net.connect({ port: server.address().port, host: '127.0.0.1', blockList });
  const [error] = await once(d, 'error');
  print(error.code, error.message);
  server.close();
})();
