// SPDX-License-Identifier: MIT
// The web's crypto: every algorithm there and back, keys in every format, wrapping, deriving; what is refused, and how.
// timeout: 60
'use strict';
const crypto = require('crypto');
const {subtle}=crypto.webcrypto; const hex=(b)=>Buffer.from(b).toString('hex');
const t=async(f)=>{try{console.log(await f())}catch(e){console.log(e.name,e.code,e.message,e.constructor.name, e.cause&&e.cause.message)}};
(async()=>{
const k=await subtle.importKey('raw',Buffer.alloc(16,1),'AES-CBC',true,['encrypt','decrypt']);
console.log(k, `${k}`, Object.getOwnPropertyNames(CryptoKey.prototype), JSON.stringify(k));
await t(()=>subtle.encrypt({name:'AES-CBC',iv:Buffer.alloc(16)},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.encrypt({name:'AES-CBC',iv:Buffer.alloc(15)},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.encrypt({name:'AES-CBC'},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.encrypt({name:'AES-GCM',iv:Buffer.alloc(16)},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.encrypt({name:'foo',iv:Buffer.alloc(16)},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.sign('HMAC',k,Buffer.from('abc')).then(hex));
await t(()=>subtle.decrypt({name:'AES-CBC',iv:Buffer.alloc(16)},k,Buffer.from('abc')).then(hex));
await t(()=>subtle.importKey('raw',Buffer.alloc(15,1),'AES-CBC',true,['encrypt','decrypt']));
await t(()=>subtle.importKey('raw',Buffer.alloc(16,1),'AES-CBC',true,['sign']));
await t(()=>subtle.importKey('raw',Buffer.alloc(16,1),'AES-CBC',true,[]));
await t(()=>subtle.importKey('raw',Buffer.alloc(16,1),'AES-CBC',true,['foo']));
await t(()=>subtle.importKey('foo',Buffer.alloc(16,1),'AES-CBC',true,['encrypt']));
await t(()=>subtle.importKey('spki',Buffer.alloc(16,1),'AES-CBC',true,['encrypt']));
await t(()=>subtle.importKey('raw','x','AES-CBC',true,['encrypt']));
await t(()=>subtle.importKey('raw',Buffer.alloc(16,1),'nope',true,['encrypt']));
await t(()=>subtle.importKey('raw',Buffer.alloc(16,1),{},true,['encrypt']));
const h=await subtle.importKey('raw',Buffer.from('key'),{name:'HMAC',hash:'SHA-256'},true,['sign','verify']);
console.log(h);
await t(()=>subtle.sign('HMAC',h,Buffer.from('abc')).then(hex));
await t(async()=>subtle.verify('HMAC',h,await subtle.sign('HMAC',h,Buffer.from('abc')),Buffer.from('abc')));
await t(()=>subtle.exportKey('jwk',h));
await t(()=>subtle.exportKey('raw',h).then(hex));
await t(()=>subtle.exportKey('spki',h));
await t(async()=>subtle.exportKey('raw',await subtle.importKey('raw',Buffer.from('key'),{name:'HMAC',hash:'SHA-256'},false,['sign','verify'])));
await t(()=>subtle.importKey('jwk',{kty:'oct',k:'AAAA'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await t(()=>subtle.importKey('jwk',{kty:'oct',k:'AAAA',alg:'HS1'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await t(()=>subtle.importKey('jwk',{kty:'xx',k:'AAAA',alg:'HS1'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await t(()=>subtle.generateKey({name:'AES-GCM',length:256},true,['encrypt']));
await t(()=>subtle.generateKey({name:'AES-GCM',length:255},true,['encrypt']));
await t(()=>subtle.generateKey({name:'HMAC',hash:'SHA-512'},false,['sign']));
await t(()=>subtle.generateKey({name:'ECDSA',namedCurve:'P-256'},true,['sign','verify']));
await t(()=>subtle.generateKey({name:'ECDSA',namedCurve:'P-255'},true,['sign','verify']));
await t(()=>subtle.generateKey({name:'ECDSA',namedCurve:'P-256'},true,['verify']));
await t(()=>subtle.generateKey({name:'RSA-OAEP',modulusLength:1024,publicExponent:new Uint8Array([1,0,1]),hash:'SHA-1'},true,['encrypt','decrypt']));
await t(()=>subtle.generateKey('Ed25519',true,['sign','verify']));
await t(()=>subtle.generateKey('X25519',true,['deriveBits']));
const p=await subtle.importKey('raw',Buffer.from('pass'),'PBKDF2',false,['deriveBits','deriveKey']);
await t(()=>p);
await t(()=>subtle.deriveBits({name:'PBKDF2',salt:Buffer.from('salt'),iterations:100,hash:'SHA-256'},p,128).then(hex));
await t(()=>subtle.deriveBits({name:'PBKDF2',salt:Buffer.from('salt'),iterations:100,hash:'SHA-256'},p,127).then(hex));
await t(()=>subtle.deriveBits({name:'PBKDF2',salt:Buffer.from('salt'),iterations:0,hash:'SHA-256'},p,128).then(hex));
await t(()=>subtle.deriveKey({name:'PBKDF2',salt:Buffer.from('salt'),iterations:100,hash:'SHA-256'},p,{name:'AES-GCM',length:128},true,['encrypt']));
const hk=await subtle.importKey('raw',Buffer.from('pass'),'HKDF',false,['deriveBits','deriveKey']);
await t(()=>subtle.deriveBits({name:'HKDF',salt:Buffer.from('salt'),info:Buffer.from('i'),hash:'SHA-256'},hk,128).then(hex));
const g=await subtle.importKey('raw',Buffer.alloc(16,1),'AES-GCM',true,['encrypt','decrypt','wrapKey','unwrapKey']);
await t(()=>subtle.encrypt({name:'AES-GCM',iv:Buffer.alloc(12),additionalData:Buffer.from('x'),tagLength:96},g,Buffer.from('abc')).then(hex));
await t(()=>subtle.encrypt({name:'AES-GCM',iv:Buffer.alloc(12)},g,Buffer.from('abc')).then(hex));
await t(()=>subtle.decrypt({name:'AES-GCM',iv:Buffer.alloc(12)},g,Buffer.alloc(20)).then(hex));
await t(()=>subtle.decrypt({name:'AES-GCM',iv:Buffer.alloc(12)},g,Buffer.alloc(2)).then(hex));
await t(()=>subtle.encrypt({name:'AES-GCM',iv:Buffer.alloc(12),tagLength:5},g,Buffer.from('abc')).then(hex));
const c=await subtle.importKey('raw',Buffer.alloc(16,1),'AES-CTR',true,['encrypt','decrypt']);
await t(()=>subtle.encrypt({name:'AES-CTR',counter:Buffer.alloc(16),length:64},c,Buffer.from('abc')).then(hex));
await t(()=>subtle.wrapKey('raw',h,g,{name:'AES-GCM',iv:Buffer.alloc(12)}).then(hex));
await t(async()=>subtle.unwrapKey('raw',await subtle.wrapKey('raw',h,g,{name:'AES-GCM',iv:Buffer.alloc(12)}),g,{name:'AES-GCM',iv:Buffer.alloc(12)},{name:'HMAC',hash:'SHA-1'},true,['sign']));
await t(()=>subtle.encrypt());
await t(()=>subtle.encrypt({name:'AES-CBC',iv:Buffer.alloc(16)},5,Buffer.from('abc')));
for (const [name, usages] of [['RSASSA-PKCS1-v1_5', ['sign', 'verify']], ['RSA-PSS', ['sign', 'verify']], ['RSA-OAEP', ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']]]) {
  const pair = await subtle.generateKey({ name, modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, usages);
  for (const [format, key] of [['spki', pair.publicKey], ['pkcs8', pair.privateKey], ['jwk', pair.publicKey], ['jwk', pair.privateKey]]) {
    const data = await subtle.exportKey(format, key);
    const again = await subtle.importKey(format, data, { name, hash: 'SHA-256' }, true, key.usages);
    console.log(name, format, again.type, again.algorithm.modulusLength, again.usages, format === 'jwk' && [Object.keys(data), data.alg, data.kty]);
  }
  if (usages[0] === 'sign') {
    const signature = await subtle.sign({ name, saltLength: 20 }, pair.privateKey, Buffer.from('abc'));
    await t(() => subtle.verify({ name, saltLength: 20 }, pair.publicKey, signature, Buffer.from('abc')));
    await t(() => subtle.verify({ name, saltLength: 20 }, pair.publicKey, signature, Buffer.from('abd')));
    await t(() => subtle.verify({ name, saltLength: 20 }, pair.privateKey, signature, Buffer.from('abd')));
  } else {
    const hidden = await subtle.encrypt({ name, label: Buffer.from('l') }, pair.publicKey, Buffer.from('abc'));
    await t(() => subtle.decrypt({ name, label: Buffer.from('l') }, pair.privateKey, hidden).then((b) => Buffer.from(b).toString()));
    await t(() => subtle.decrypt({ name, label: Buffer.from('m') }, pair.privateKey, hidden).catch((e) => e.message));
    await t(async () => (await subtle.unwrapKey('raw', await subtle.wrapKey('raw', h, pair.publicKey, name), pair.privateKey, name, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])).algorithm);
  }
}
for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  for (const name of ['ECDSA', 'ECDH']) {
    const usages = name === 'ECDSA' ? ['sign', 'verify'] : ['deriveBits', 'deriveKey'];
    const pair = await subtle.generateKey({ name, namedCurve }, true, usages), other = await subtle.generateKey({ name, namedCurve }, true, usages);
    for (const [format, key] of [['raw', pair.publicKey], ['spki', pair.publicKey], ['pkcs8', pair.privateKey], ['jwk', pair.publicKey], ['jwk', pair.privateKey]]) {
      const data = await subtle.exportKey(format, key);
      const again = await subtle.importKey(format, data, { name, namedCurve }, true, key.usages);
      console.log(name, format, again.type, again.algorithm, format === 'jwk' ? [Object.keys(data), data.crv] : data.byteLength > 50);
    }
    if (name === 'ECDSA') {
      const signature = await subtle.sign({ name, hash: 'SHA-384' }, pair.privateKey, Buffer.from('abc'));
      console.log(signature.byteLength, await subtle.verify({ name, hash: 'SHA-384' }, pair.publicKey, signature, Buffer.from('abc')), await subtle.verify({ name, hash: 'SHA-384' }, other.publicKey, signature, Buffer.from('abc')));
    } else {
      const one = await subtle.deriveBits({ name, public: other.publicKey }, pair.privateKey, 200), two = await subtle.deriveBits({ name, public: pair.publicKey }, other.privateKey, null);
      console.log(one.byteLength, two.byteLength, hex(two).startsWith(hex(one)));
      console.log((await subtle.deriveKey({ name, public: other.publicKey }, pair.privateKey, { name: 'AES-CBC', length: 256 }, false, ['encrypt'])).algorithm);
      await t(() => subtle.deriveBits({ name, public: other.publicKey }, pair.privateKey, 8000));
      await t(() => subtle.deriveBits({ name, public: other.privateKey }, pair.privateKey, 80));
    }
  }
}
for (const name of ['Ed25519', 'X25519']) {
  const usages = name[0] === 'E' ? ['sign', 'verify'] : ['deriveBits', 'deriveKey'];
  const pair = await subtle.generateKey(name, true, usages);
  for (const [format, key] of [['raw', pair.publicKey], ['spki', pair.publicKey], ['pkcs8', pair.privateKey], ['jwk', pair.publicKey], ['jwk', pair.privateKey]]) {
    const data = await subtle.exportKey(format, key);
    const again = await subtle.importKey(format, data, name, true, key.usages);
    console.log(name, format, again.type, again.algorithm, format === 'jwk' ? [Object.keys(data), data.crv, data.alg] : data.byteLength);
  }
  if (name[0] === 'E') console.log(await subtle.verify(name, pair.publicKey, await subtle.sign(name, pair.privateKey, Buffer.from('abc')), Buffer.from('abc')));
  else console.log((await subtle.deriveBits({ name, public: pair.publicKey }, pair.privateKey, 128)).byteLength);
}
for (const [name, parameters] of [['AES-CBC', { iv: Buffer.alloc(16) }], ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 128 }], ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 16 }], ['AES-GCM', { iv: Buffer.alloc(12) }]]) {
  for (const length of [128, 192, 256]) {
    const key = await subtle.importKey('raw', Buffer.alloc(length / 8, 9), name, true, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
    const hidden = await subtle.encrypt({ name, ...parameters }, key, Buffer.alloc(100, 'text'));
    console.log(name, length, hex(hidden).slice(0, 80), hidden.byteLength, hex(await subtle.decrypt({ name, ...parameters }, key, hidden)) === hex(Buffer.alloc(100, 'text')));
    console.log(await subtle.exportKey('jwk', key));
    const wrapped = await subtle.wrapKey('jwk', h, key, { name, ...parameters });
    console.log((await subtle.exportKey('jwk', await subtle.unwrapKey('jwk', wrapped, key, { name, ...parameters }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']))).k);
  }
}
const kw = await subtle.generateKey({ name: 'AES-KW', length: 128 }, true, ['wrapKey', 'unwrapKey']);
const wrapped = await subtle.wrapKey('raw', k, kw, 'AES-KW');
console.log(wrapped.byteLength, hex(await subtle.exportKey('raw', await subtle.unwrapKey('raw', wrapped, kw, 'AES-KW', 'AES-GCM', true, ['encrypt']))));
console.log((await subtle.unwrapKey('jwk', await subtle.wrapKey('jwk', k, kw, 'AES-KW'), kw, 'AES-KW', 'AES-CBC', true, ['encrypt'])).algorithm);
await t(() => subtle.unwrapKey('raw', Buffer.alloc(24), kw, 'AES-KW', 'AES-GCM', true, ['encrypt']).catch((e) => e.message));
await t(() => crypto.KeyObject.from(k).export().toString('hex'));
await t(() => crypto.createSecretKey(Buffer.alloc(32)).toCryptoKey('AES-GCM', true, ['encrypt']).algorithm);
await t(() => new CryptoKey());
await t(() => subtle.digest.call({}, 'SHA-1', Buffer.alloc(1)));
await t(() => [subtle.digest.length, subtle.importKey.length, subtle.deriveBits.length, subtle.encrypt.name]);
})();
{
  const { types } = require('util');
  const secret = crypto.createSecretKey('abc', 'utf8');
  console.log(types.isKeyObject(secret), types.isCryptoKey(secret), types.isKeyObject({ [Symbol.toStringTag]: 'KeyObject' }), types.isCryptoKey({ [Symbol.toStringTag]: 'CryptoKey' }));
  crypto.subtle.importKey('raw', Buffer.alloc(16), 'AES-CBC', true, ['encrypt']).then((key) => console.log(types.isKeyObject(key), types.isCryptoKey(key)));
}
