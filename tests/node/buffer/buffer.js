// SPDX-License-Identifier: MIT
// Buffer: making, text, numbers, searching.
'use strict';
const assert = require('assert');
const b = Buffer.from('héllo wörld');
for (const encoding of ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'utf16le']) {
  const text = b.toString(encoding);
  console.log(encoding, JSON.stringify(text), Buffer.from(text, encoding).length);
}
console.log(Buffer.from('ff0g', 'hex'), Buffer.from('YQ', 'base64'), Buffer.from('a-_/+', 'base64'), Buffer.from('YWI=YWI=', 'base64'));
console.log(Buffer.alloc(5, 'ab'), Buffer.alloc(3, 1), Buffer.of(1, 256, -1), Buffer.from([1.5, '2', 300]));
console.log(Buffer.concat([Buffer.from('a'), Buffer.from('bc')], 2), Buffer.concat([Buffer.from('a')], 3));
console.log(b.slice(1, -1).toString(), b.subarray(2).byteOffset - b.byteOffset, b.toJSON().data.length);
console.log(b.indexOf('l'), b.indexOf('l', 4), b.lastIndexOf('l'), b.indexOf(Buffer.from('wö')), b.includes('zz'), b.indexOf(0x6c), b.indexOf(''), b.lastIndexOf(''));
console.log(Buffer.compare(Buffer.from('a'), Buffer.from('b')), b.equals(Buffer.from('héllo wörld')), b.compare(Buffer.from('h'), 0, 1, 0, 1));
console.log(Buffer.byteLength('ü'), Buffer.byteLength('YWI=', 'base64'), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('nope'), Buffer.isBuffer(new Uint8Array(1)));
const n = Buffer.alloc(16);
console.log(n.writeInt32BE(-5, 0), n.writeUInt16LE(65535, 4), n.writeDoubleLE(1.5, 8), n, n.readInt32BE(0), n.readUInt16LE(4), n.readDoubleLE(8));
console.log(n.writeIntBE(-1234567, 0, 6), n.readIntBE(0, 6), n.readUIntLE(0, 3), n.writeBigInt64LE(-1n, 8), n.readBigUInt64LE(8), n.readInt8(8), n.readFloatBE(8));
for (const f of [() => n.readUInt8(16), () => n.readUInt8(1.5), () => n.readUInt8('1'), () => n.writeUInt8(256), () => n.writeInt16LE(40000, 0), () => n.readInt32LE(14),
  () => Buffer.alloc(-1), () => Buffer.alloc('1'), () => Buffer.from(5), () => Buffer.from(null), () => Buffer.from('x', 'nope'), () => b.toString('nope'),
  () => Buffer.concat('x'), () => Buffer.concat([1]), () => n.swap64().fill('zz', 'hex'), () => n.writeBigUInt64BE(2n ** 64n), () => n.copy(1), () => b.equals('x'),
  () => n.readIntBE(0, 7), () => n.write('a', 20), () => n.fill('a', 0, 99)]) {
  try {
    console.log('no error', f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
}
const w = Buffer.alloc(8, '.');
console.log(w.write('€€€'), w.toString(), w.write('abc', 6), w.toString('latin1'), w.fill('xy').toString(), w.fill(65, 2, 4).toString());
console.log(Buffer.from('0102030405060708', 'hex').swap16().toString('hex'), Buffer.from('0102030405060708', 'hex').swap32().toString('hex'));
console.log(b.copy(w, 1, 0, 3), w.toString(), [...Buffer.from('abc').entries()].join(), Buffer.from(new Uint16Array([1, 256])), Buffer.from(Buffer.from('x')));
console.log(Buffer.from({ type: 'Buffer', data: [1, 2] }), Buffer.from(new String('boxed')), Buffer.from(new Uint8Array([1, 2, 3]).buffer, 1, 1), Buffer.from('a').constructor === Buffer);
console.log(atob('aGk='), btoa('hi'), require('buffer').isUtf8(Buffer.from([0xc3])), require('buffer').constants.MAX_LENGTH, require('buffer').kStringMaxLength > 5e8);
const { StringDecoder } = require('string_decoder');
for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1']) {
  const d = new StringDecoder(encoding);
  const bytes = Buffer.from('a€𝒳ü', encoding === 'utf16le' ? 'utf16le' : 'utf8');
  let text = '';
  for (const byte of bytes) text += d.write(Buffer.from([byte]));
  console.log(encoding, text + d.end());
}
console.log(new StringDecoder('utf8').end(Buffer.from([0xe2, 0x82])), new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])), new TextDecoder('utf-16le').decode(new Uint8Array([0x61, 0, 0x3d, 0xd8])), new TextDecoder('latin1').decode(new Uint8Array([0x80, 0xe9])));
const streaming = new TextDecoder();
console.log(streaming.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + streaming.decode(new Uint8Array([0xac])));
assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])), { code: 'ERR_ENCODING_INVALID_ENCODED_DATA', name: 'TypeError' });
assert.throws(() => new TextDecoder('nope'), { code: 'ERR_ENCODING_NOT_SUPPORTED', name: 'RangeError' });
console.log(new TextEncoder().encode('é'), new TextEncoder().encodeInto('a€b', new Uint8Array(3)));
console.log(Buffer.alloc(60), require('util').inspect(Object.assign(Buffer.from('a'), { x: 1 })));
