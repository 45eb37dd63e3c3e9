// SPDX-License-Identifier: MIT
// pbkdf2, scrypt, hkdf and secret keys: results known from the standards, wrong arguments, callbacks on the pool.
'use strict';
const crypto = require('crypto');
const { promisify } = require('util');

const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
t(()=>crypto.pbkdf2('a','b',3,4,'md5'));
t(()=>crypto.pbkdf2('a','b',0,4,'md5',()=>{}));
t(()=>crypto.pbkdf2Sync(1,'b',1,4,'md5'));
t(()=>crypto.pbkdf2Sync('a',1,1,4,'md5'));
t(()=>crypto.pbkdf2Sync('a','b',1,4));
t(()=>crypto.pbkdf2Sync('a','b',1,-4,'md5'));
t(()=>crypto.pbkdf2Sync('a','b',1,2**31,'md5'));
t(()=>crypto.pbkdf2Sync('a','b','x',2,'md5'));
t(()=>crypto.pbkdf2Sync('a','b',2**32,2,'md5'));
t(()=>crypto.pbkdf2Sync('a','b',1,0,'md5'));
t(()=>crypto.scryptSync('a','b',-1));
t(()=>crypto.scryptSync('a','b'));
t(()=>crypto.scryptSync('a','b',2,{N:4,cost:5}));
t(()=>crypto.scryptSync('a','b',2,{r:4,blockSize:5}));
t(()=>crypto.scryptSync('a','b',2,{p:4,parallelization:5}));
t(()=>crypto.scryptSync('a','b',2,{N:-1}));
t(()=>crypto.scryptSync('a','b',2,{N:'x'}));
t(()=>crypto.scryptSync('a','b',2,{maxmem:'x'}));
t(()=>crypto.scryptSync('a','b',2,4));
t(()=>crypto.scrypt('a','b',2));
t(()=>crypto.scryptSync('a','b',2,{N:0,r:0,p:0,maxmem:0}));
t(()=>crypto.scryptSync('a','b',0));
t(()=>crypto.hkdfSync('md5','','','',0));
t(()=>crypto.hkdfSync('md5',1,'','',0));
t(()=>crypto.hkdfSync('md5','',1,'',0));
t(()=>crypto.hkdfSync('md5','','',1,0));
t(()=>crypto.hkdfSync('md5','','',Buffer.alloc(1025),0));
t(()=>crypto.hkdfSync('md5','','','','x'));
t(()=>crypto.hkdfSync('md5','','','',-1));
t(()=>crypto.hkdfSync(4,'','','',-1));
t(()=>crypto.hkdf('md5','','','',1));
t(()=>crypto.hkdf('nope','','','',1,()=>{}));
t(()=>crypto.pbkdf2('a','','',1,'nope',()=>{}));
t(()=>crypto.pbkdf2('a','b',1,1,'nope',()=>{}));
t(()=>crypto.createSecretKey(''));
t(()=>crypto.createSecretKey(5));
t(()=>crypto.createSecretKey('ff00','hex').export().toString('hex'));
t(()=>crypto.createSecretKey('ff00').export({format:'jwk'}));
t(()=>crypto.createSecretKey('ff00').export({format:'x'}));
t(()=>crypto.createSecretKey('ff00').export(5));
t(()=>crypto.createSecretKey('ff00').equals(5));
t(()=>crypto.createSecretKey('ff00').symmetricKeySize);
t(()=>crypto.createSecretKey('ff00').asymmetricKeyType);
t(()=>crypto.createSecretKey('ff00').asymmetricKeyDetails);
t(()=>new crypto.KeyObject());
t(()=>new crypto.KeyObject('x'));
t(()=>crypto.generateKeySync('hmac',{length:4}));
t(()=>crypto.generateKeySync('hmac',{length:12}).symmetricKeySize);
t(()=>crypto.generateKeySync('aes',{length:12}));
t(()=>crypto.generateKeySync('foo',{length:12}));
t(()=>crypto.generateKeySync('aes'));
t(()=>crypto.generateKey('aes',{length:128}));
t(()=>crypto.generateKeySync('hmac',{length:2**31}));
t(()=>Object.getOwnPropertyNames(Object.getPrototypeOf(crypto.createSecretKey('a'))));
t(()=>Object.prototype.toString.call(crypto.createSecretKey('a')));
t(()=>crypto.createHmac('md5', crypto.createSecretKey('a')).digest('hex'));
t(()=>crypto.createHmac('md5', null).digest('hex'));
t(()=>crypto.randomUUID({disableEntropyCache:4}));
t(()=>crypto.randomUUID.length);
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const hkdfHex = (...args) => hex(crypto.hkdfSync(...args));
t(() => crypto.pbkdf2Sync('password', 'salt', 4096, 20, 'sha1').toString('hex'));
t(() => crypto.pbkdf2Sync(Buffer.from('pass\0word'), new Uint8Array(3).buffer, 3, 100, 'RSA-SHA512').toString('base64'));
t(() => crypto.scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex'));
t(() => crypto.scryptSync('pleaseletmein', 'SodiumChloride', 64).toString('hex'));
t(() => crypto.scryptSync('a', 'b', 3, { N: 3 }));
t(() => crypto.scryptSync('a', 'b', 3, { N: 1048576 }));
t(() => hkdfHex('sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'), Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42));
t(() => hkdfHex('sha512', crypto.createSecretKey('key', 'utf8'), '', 'info', 200));
t(() => hkdfHex('md5', 'b', 'x', 'x', 444444));
t(() => crypto.createSecretKey(Buffer.from('abc')).equals(crypto.createSecretKey('abc', 'utf8')));
t(() => crypto.createSecretKey(Buffer.from('abc')).equals(crypto.createSecretKey('abd', 'utf8')));
t(() => [crypto.randomUUIDv7().length, crypto.randomUUIDv7()[14], Math.abs(parseInt(crypto.randomUUIDv7().replace('-', '').slice(0, 12), 16) - Date.now()) < 5000]);
t(() => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID({ disableEntropyCache: true })));
t(() => new Set(Array.from({ length: 1000 }, () => crypto.randomUUID())).size);

(async () => {
  const { webcrypto } = crypto;
  console.log(hex(await promisify(crypto.pbkdf2)('p', 's', 10, 16, 'sha256')), hex(await promisify(crypto.scrypt)('p', 's', 16)), hex(await promisify(crypto.hkdf)('sha1', 'k', 's', 'i', 16)));
  console.log((await Promise.all(Array.from({ length: 20 }, (_, i) => promisify(crypto.pbkdf2)(`p${i}`, 's', 100, 4, 'sha256')))).map(hex).join(' '));
  console.log((await promisify(crypto.generateKey)('aes', { length: 256 })).symmetricKeySize);
  await promisify(crypto.scrypt)('p', 's', 16, { N: 7 }).catch((e) => console.log(e.code, e.message));
  for (const name of ['SHA-1', 'sha-256', { name: 'SHA-384' }, 'SHA-512']) console.log(hex(await webcrypto.subtle.digest(name, Buffer.from('abc'))));
  for (const args of [['nope', new Uint8Array(1)], ['SHA-1', 'abc'], ['SHA-1'], [{}, new Uint8Array(1)]]) {
    await webcrypto.subtle.digest(...args).catch((e) => console.log(e.name, e.code, e.message));
  }
  console.log(globalThis.crypto === webcrypto, webcrypto.subtle === crypto.subtle, `${webcrypto} ${webcrypto.subtle}`, typeof webcrypto.randomUUID());
  t(() => webcrypto.getRandomValues(new Float32Array(1)));
  t(() => webcrypto.getRandomValues(new Uint8Array(70000)));
  t(() => new Crypto());
  const { AsyncLocalStorage } = require('async_hooks');
  const storage = new AsyncLocalStorage();
  storage.run('kept', () => crypto.randomBytes(4, (error, bytes) => console.log(error, bytes.length, storage.getStore())));
})();
