// SPDX-License-Identifier: MIT
// Digests of every algorithm on inputs of every length around a block, piece by piece, as streams; HMAC; errors.
'use strict';
const crypto = require('crypto');

const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'];
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7 + (i >> 3)) & 255));
const t = (label, f) => {
  try {
    console.log(label, f());
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
};

for (const name of algorithms) {
  console.log(name, crypto.createHash(name).digest('hex'));
  console.log(name, crypto.createHash(name).update('abc').digest('base64'), crypto.hash(name, 'abc'));
  const all = crypto.createHash('sha256');
  for (let n = 0; n < 300; n++) {
    const once = crypto.createHash(name).update(bytes.subarray(0, n)).digest();
    const pieces = crypto.createHash(name);
    for (let at = 0, step = 1; at < n; at += step, step = (step * 3) % 131) pieces.update(bytes.subarray(at, Math.min(n, at + ((step * 3) % 131))).subarray(0, step));
    all.update(once);
    if (n % 50 === 0) all.update(crypto.createHmac(name, bytes.subarray(0, n)).update(bytes).digest());
  }
  console.log(name, all.digest('hex'));
  const h = crypto.createHash(name).update('first');
  const copy = h.copy();
  console.log(name, h.update(' second').digest('hex') !== copy.digest('hex'), crypto.createHash(name).update('first').update(' second').digest('hex') === crypto.hash(name, 'first second'));
}
for (const outputLength of [0, 1, 16, 200, 500]) {
  for (const name of ['shake128', 'shake256']) console.log(name, outputLength, crypto.createHash('sha256').update(crypto.createHash(name, { outputLength }).update(bytes).digest()).digest('hex'));
}
console.log(crypto.createHmac('sha256', 'key').update('The quick brown fox jumps over the lazy dog').digest('hex'));
console.log(crypto.createHmac('md5', Buffer.alloc(100, 'k')).update('x').update(new Uint16Array([1, 2])).digest('base64url'));
console.log(crypto.createHash('sha1').update('ff00', 'hex').update('ÿ', 'latin1').update('\u{1f600}').digest('latin1').length);
for (const name of ['RSA-SHA256', 'ShA256', 'sha-256', 'SHA2-256']) t(name, () => crypto.createHash(name).update('x').digest('hex'));
t('unknown', () => crypto.createHash('nope'));
t('number', () => crypto.createHash(5));
t('update', () => crypto.createHash('md5').update(5));
t('twice', () => { const h = crypto.createHash('md5'); h.digest(); h.digest(); });
t('update late', () => { const h = crypto.createHash('md5'); h.digest(); h.update('x'); });
t('copy late', () => { const h = crypto.createHash('md5'); h.digest(); h.copy(); });
t('length', () => crypto.createHash('sha256', { outputLength: 3 }));
t('same length', () => crypto.createHash('sha256', { outputLength: 32 }).update('x').digest('hex'));
t('bad length', () => crypto.createHash('sha256', { outputLength: 'x' }));
t('hmac unknown', () => crypto.createHmac('nope', 'k'));
t('hmac key', () => crypto.createHmac('md5', 5));
t('hmac twice', () => { const h = crypto.createHmac('md5', 'k'); h.digest('hex'); return JSON.stringify(h.digest('hex')); });
t('hash unknown', () => crypto.hash('nope', 'x'));
t('hash input', () => crypto.hash('sha256', 5));
t('hash encoding', () => crypto.hash('sha256', 'x', 'zzz'));
t('hash buffer', () => crypto.hash('sha256', 'x', 'buffer'));
t('hash base64', () => crypto.hash('sha512', bytes, { outputEncoding: 'base64' }));
t('equal', () => [crypto.timingSafeEqual(bytes, Buffer.from(bytes)), crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b'))]);
t('equal sizes', () => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)));
t('equal types', () => crypto.timingSafeEqual('x', Buffer.alloc(2)));
const stream = crypto.createHash('sha256');
stream.on('readable', () => { const data = stream.read(); if (data) console.log('stream', data.toString('hex')); });
stream.write('some ');
stream.end('text');
console.log(stream instanceof require('stream').Transform, stream instanceof crypto.Hash, algorithms.every((name) => crypto.getHashes().includes(name)));
