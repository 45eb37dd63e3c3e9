// SPDX-License-Identifier: MIT
// Random bytes and numbers: sizes, ranges, that all values occur, callbacks, errors.
'use strict';
const crypto = require('crypto');
const t = (label, f) => {
  try {
    console.log(label, f());
  } catch (error) {
    console.log(label, error.name, error.code, error.message);
  }
};

console.log([0, 1, 100, 70000].map((n) => crypto.randomBytes(n).length), crypto.randomBytes(8).equals(crypto.randomBytes(8)));
const counts = new Uint32Array(256);
for (const byte of crypto.randomBytes(256000)) counts[byte]++;
console.log(counts.every((n) => n > 700 && n < 1300));
const dice = new Set();
for (let i = 0; i < 500; i++) dice.add(crypto.randomInt(1, 7));
console.log([...dice].sort());
console.log(crypto.randomInt(1), crypto.randomInt(-5, -4), crypto.randomInt(2 ** 47) < 2 ** 47, Number.isInteger(crypto.randomInt(-(2 ** 40), 2 ** 40)));
const ids = new Set(Array.from({ length: 1000 }, () => crypto.randomUUID()));
console.log(ids.size, [...ids].every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)));
const part = new Uint16Array(100);
console.log(crypto.randomFillSync(part, 10, 50) === part, part.subarray(0, 10).every((n) => n === 0), part.subarray(60).every((n) => n === 0), part.subarray(10, 60).some((n) => n !== 0));
const big = new BigUint64Array(4);
console.log(crypto.getRandomValues(big) === big, big.some((n) => n !== 0n), crypto.randomFillSync(new SharedArrayBuffer(16)).byteLength);
t('bytes', () => crypto.randomBytes(-1));
t('bytes', () => crypto.randomBytes('x'));
t('bytes', () => crypto.randomBytes(2 ** 31));
t('int', () => crypto.randomInt(5, 5));
t('int', () => crypto.randomInt(-1));
t('int', () => crypto.randomInt(1.5));
t('int', () => crypto.randomInt(0, 2 ** 48 + 1));
t('int', () => crypto.randomInt());
t('fill', () => crypto.randomFillSync(Buffer.alloc(4), 5));
t('fill', () => crypto.randomFillSync('x'));
t('fill', () => crypto.randomFillSync(Buffer.alloc(4), 1, 4));
t('fill', () => crypto.randomFill(Buffer.alloc(4)));
t('uuid', () => crypto.randomUUID(5));
t('uuid', () => crypto.randomUUID({ disableEntropyCache: 5 }));
t('values', () => crypto.getRandomValues(new Float32Array(1)));
t('values', () => crypto.getRandomValues(new Uint8Array(65537)));
t('values', () => crypto.getRandomValues(5));
crypto.randomBytes(5, (error, bytes) => {
  console.log('callback', error, bytes.length);
  crypto.randomFill(new Uint8Array(6), (error, filled) => {
    console.log('callback', error, filled.length);
    crypto.randomInt(3, (error, n) => console.log('callback', error, n < 3));
  });
});
