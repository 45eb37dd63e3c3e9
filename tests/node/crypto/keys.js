// SPDX-License-Identifier: MIT
// Asymmetric keys: generating, reading, writing, signing, verifying, RSA's encryption, agreement; what is wrong with arguments.
// timeout: 60
'use strict';
const crypto = require('crypto');
const { promisify } = require('util');

const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, Object.keys(e).join(), e.opensslErrorStack);
  }
};
const {publicKey,privateKey}=crypto.generateKeyPairSync('rsa',{modulusLength:1024});
console.log(publicKey,privateKey, publicKey.asymmetricKeyType, publicKey.asymmetricKeyDetails, privateKey.type);
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf(publicKey)),Object.getOwnPropertyNames(Object.getPrototypeOf(Object.getPrototypeOf(publicKey))));
for (const [type,o] of [['ec',{namedCurve:'P-256'}],['ed25519'],['ed448'],['x25519'],['x448'],['rsa-pss',{modulusLength:1024,hashAlgorithm:'sha256',mgf1HashAlgorithm:'sha256',saltLength:20}],['dsa',{modulusLength:1024,divisorLength:160}],['dh',{group:'modp5'}]]) t(()=>{const p=crypto.generateKeyPairSync(type,o); return [type,p.publicKey.asymmetricKeyType,p.publicKey.asymmetricKeyDetails, p.privateKey.export({type:'pkcs8',format:'pem'}).split('\n')[0]]});
t(()=>crypto.generateKeyPairSync('nope'));
t(()=>crypto.generateKeyPairSync('rsa'));
t(()=>crypto.generateKeyPairSync('rsa',{}));
t(()=>crypto.generateKeyPairSync('ec',{}));
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'nope'}));
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'P-256',paramEncoding:'x'}));
t(()=>crypto.generateKeyPairSync('dh',{}));
t(()=>crypto.generateKeyPairSync('dsa',{}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,publicKeyEncoding:5}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,publicKeyEncoding:{format:'x'}}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,publicKeyEncoding:{format:'pem',type:'x'}}));
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'P-256',publicKeyEncoding:{format:'pem',type:'pkcs1'}}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,privateKeyEncoding:{format:'pem',type:'sec1'}}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,privateKeyEncoding:{format:'pem',type:'pkcs8',cipher:'aes-128-cbc'}}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,privateKeyEncoding:{format:'pem',type:'pkcs8',cipher:'nope',passphrase:'x'}}));
t(()=>crypto.generateKeyPairSync('rsa',{modulusLength:1024,privateKeyEncoding:{format:'der',type:'pkcs1',cipher:'aes-128-cbc',passphrase:'x'}}));
t(()=>publicKey.export());
t(()=>publicKey.export({format:'pem'}));
t(()=>publicKey.export({format:'pem',type:'pkcs8'}));
t(()=>publicKey.export({format:'jwk'}).kty);
t(()=>privateKey.export({format:'jwk',passphrase:'x'}));
t(()=>Object.keys(privateKey.export({format:'jwk'})));
t(()=>Object.keys(crypto.generateKeyPairSync('ec',{namedCurve:'P-256'}).privateKey.export({format:'jwk'})));
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'secp224r1'}).privateKey.export({format:'jwk'}));
t(()=>Object.keys(crypto.generateKeyPairSync('ed25519').privateKey.export({format:'jwk'})));
t(()=>crypto.generateKeyPairSync('dsa',{modulusLength:1024}).privateKey.export({format:'jwk'}));
t(()=>crypto.createPublicKey(publicKey));
t(()=>crypto.createPrivateKey(publicKey));
t(()=>crypto.createPrivateKey({key:privateKey}));
t(()=>crypto.createPrivateKey({key:privateKey.export({format:'pem',type:'pkcs8',cipher:'aes-128-cbc',passphrase:'x'}),passphrase:'y'}));
t(()=>crypto.createPrivateKey({key:privateKey.export({format:'pem',type:'pkcs8',cipher:'aes-128-cbc',passphrase:'x'}),passphrase:'x'}).equals(privateKey));
t(()=>crypto.createPrivateKey({key:privateKey.export({format:'der',type:'pkcs8',cipher:'aes-128-cbc',passphrase:'x'}),format:'der',type:'pkcs8',passphrase:'x'}).equals(privateKey));
t(()=>crypto.createPrivateKey({key:privateKey.export({format:'der',type:'pkcs8'}),format:'der'}));
t(()=>crypto.createPrivateKey({key:'x',format:'foo'}));
t(()=>crypto.createPrivateKey({key:{kty:'x'},format:'jwk'}));
t(()=>crypto.createPrivateKey({key:{},format:'jwk'}));
t(()=>crypto.createPublicKey({key:{kty:'EC',crv:'P-256'},format:'jwk'}));
t(()=>crypto.createPublicKey({key:{kty:'EC',crv:'P-9',x:'',y:''},format:'jwk'}));
t(()=>crypto.createPublicKey({key:{kty:'EC',crv:'P-256',x:'aa',y:'bb'},format:'jwk'}));
t(()=>crypto.createPublicKey({key:{kty:'OKP',crv:'Ed25519',x:'aa'},format:'jwk'}));
t(()=>crypto.createPublicKey({key:{kty:'RSA',n:'aa'},format:'jwk'}));
t(()=>crypto.createPublicKey(5));
t(()=>crypto.createPrivateKey());
t(()=>crypto.createPublicKey({key:5}));
t(()=>crypto.createPublicKey('-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----'));
t(()=>crypto.createPublicKey('-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----'));
t(()=>crypto.createPrivateKey('-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----'));
t(()=>crypto.createPublicKey(privateKey.export({format:'pem',type:'pkcs1'})).equals(publicKey));
t(()=>crypto.createSign('nope'));
t(()=>crypto.createSign('sha256').update('x').sign());
t(()=>crypto.createSign('sha256').update('x').sign(publicKey));
t(()=>crypto.createSign('sha256').update('x').sign('x'));
t(()=>crypto.createSign(5));
t(()=>crypto.createSign('sha256').update(5));
t(()=>crypto.createVerify('sha256').update('x').verify(publicKey,5));
t(()=>crypto.createVerify('sha256').update('x').verify(publicKey,'aa','hex'));
t(()=>crypto.createVerify('sha256').update('x').verify(publicKey,crypto.createSign('sha256').update('x').sign(privateKey)));
t(()=>{const s=crypto.createSign('sha256').update('x'); s.sign(privateKey);s.sign(privateKey)});
t(()=>{const s=crypto.createSign('sha256').update('x'); s.sign(privateKey);s.update('x')});
t(()=>crypto.verify('sha256',Buffer.from('x'),privateKey,crypto.sign('sha256','x',privateKey)));
t(()=>crypto.sign('sha256',Buffer.from('x'),{key:privateKey,padding:6,saltLength:9}).length);
t(()=>crypto.sign('sha256',Buffer.from('x'),{key:privateKey,padding:'x'}).length);
t(()=>crypto.sign('sha256',Buffer.from('x'),{key:privateKey,saltLength:'x'}).length);
t(()=>crypto.sign('sha256',Buffer.from('x'),{key:privateKey,dsaEncoding:'x'}).length);
t(()=>crypto.sign('nope',Buffer.from('x'),privateKey));
t(()=>crypto.sign(null,Buffer.from('x'),privateKey).length);
t(()=>crypto.sign(null,Buffer.from('x'),crypto.generateKeyPairSync('ed25519').privateKey).length);
t(()=>crypto.sign('sha256',Buffer.from('x'),crypto.generateKeyPairSync('ed25519').privateKey).length);
t(()=>crypto.sign('sha256',Buffer.from('x'),{key:crypto.generateKeyPairSync('ec',{namedCurve:'P-384'}).privateKey,dsaEncoding:'ieee-p1363'}).length);
t(()=>crypto.publicEncrypt(publicKey,Buffer.from('abc')).length);
t(()=>crypto.privateDecrypt(privateKey,crypto.publicEncrypt(publicKey,Buffer.from('abc'))).toString());
t(()=>crypto.privateDecrypt({key:privateKey,oaepHash:'sha256',oaepLabel:Buffer.from('l')},crypto.publicEncrypt({key:publicKey,oaepHash:'sha256',oaepLabel:Buffer.from('l')},Buffer.from('abc'))).toString());
t(()=>crypto.privateDecrypt({key:privateKey,oaepHash:'sha256',oaepLabel:Buffer.from('m')},crypto.publicEncrypt({key:publicKey,oaepHash:'sha256',oaepLabel:Buffer.from('l')},Buffer.from('abc'))).toString());
t(()=>crypto.publicDecrypt(publicKey,crypto.privateEncrypt(privateKey,Buffer.from('abc'))).toString());
t(()=>crypto.publicEncrypt({key:publicKey,padding:1},Buffer.alloc(200)));
t(()=>crypto.publicEncrypt({key:publicKey,oaepHash:'nope'},Buffer.alloc(2)));
t(()=>crypto.publicEncrypt(publicKey,5));
t(()=>crypto.privateDecrypt(publicKey,Buffer.alloc(2)));
t(()=>crypto.privateDecrypt({key:privateKey,padding:1},crypto.publicEncrypt({key:publicKey,padding:1},Buffer.from('abc'))).toString());
t(()=>privateKey.export({format:'pem',type:'pkcs1'}).split('\n')[0]);
t(()=>privateKey.export({format:'pem',type:'pkcs1',cipher:'aes-128-cbc',passphrase:'abc'}).split('\n').slice(0,2));
t(()=>privateKey.export({format:'pem',type:'pkcs8',cipher:'aes-128-cbc',passphrase:'abc'}).split('\n')[0]);
t(()=>publicKey.export({format:'pem',type:'pkcs1'}).split('\n')[0]);
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'P-256',publicKeyEncoding:{format:'der',type:'spki'},privateKeyEncoding:{format:'pem',type:'sec1'}}).privateKey.split('\n')[0]);
t(()=>crypto.generateKeyPairSync('ec',{namedCurve:'P-256',publicKeyEncoding:{format:'jwk'},privateKeyEncoding:{format:'jwk'}}).publicKey.crv);

// Keys that are written here stay readable, and signatures that are made here verify for ever.
const ecPem = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
-----END PRIVATE KEY-----`;
const ec = crypto.createPrivateKey(ecPem);
t(() => ec.export({ format: 'jwk' }));
t(() => crypto.createPrivateKey({ key: ec.export({ format: 'jwk' }), format: 'jwk' }).equals(ec));
t(() => crypto.createPublicKey(ec).export({ format: 'jwk' }));
t(() => crypto.createPublicKey(ec).export({ format: 'der', type: 'spki' }).toString('hex'));
t(() => crypto.createPublicKey(ecPem).export({ format: 'pem', type: 'spki' }));
t(() => ec.export({ format: 'pem', type: 'sec1' }));
t(() => ec.export({ format: 'pem', type: 'pkcs8' }).trim() === ecPem);
const ed = crypto.createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }, format: 'jwk' });
t(() => crypto.sign(null, Buffer.from('text'), ed).toString('hex'));
t(() => crypto.verify(null, Buffer.from('text'), crypto.createPublicKey(ed), crypto.sign(null, Buffer.from('text'), ed)));
t(() => crypto.verify(null, Buffer.from('Text'), crypto.createPublicKey(ed), crypto.sign(null, Buffer.from('text'), ed)));
t(() => ed.export({ format: 'pem', type: 'pkcs8' }));
t(() => [ed.asymmetricKeyType, ec.asymmetricKeyDetails, crypto.KeyObject === ec.constructor, ec instanceof crypto.KeyObject]);
const rsaKey = privateKey.export({ format: 'jwk' });
t(() => crypto.createPrivateKey({ key: rsaKey, format: 'jwk' }).equals(privateKey));
t(() => crypto.createPublicKey({ key: rsaKey, format: 'jwk' }).equals(publicKey));
t(() => crypto.createSign('RSA-SHA1').update('abc').sign(crypto.createPrivateKey({ key: privateKey.export({ format: 'der', type: 'pkcs1' }), format: 'der', type: 'pkcs1' }), 'hex').length);
for (const dsaEncoding of ['der', 'ieee-p1363']) {
  for (const hash of ['sha1', 'sha256', 'sha512']) {
    t(() => {
      const signature = crypto.sign(hash, Buffer.from('data'), { key: ec, dsaEncoding });
      const { length } = signature;
      const good = crypto.verify(hash, Buffer.from('data'), { key: ec, dsaEncoding }, signature);
      const streamed = crypto.createVerify(hash).update('da').update('ta').verify({ key: crypto.createPublicKey(ec), dsaEncoding }, signature);
      signature[length - 3] ^= 1;
      return [dsaEncoding === 'der' || length, good, streamed, crypto.verify(hash, Buffer.from('data'), { key: ec, dsaEncoding }, signature), crypto.verify(hash, Buffer.from('data'), { key: ec, dsaEncoding }, signature.subarray(1))];
    });
  }
}
for (const padding of [crypto.constants.RSA_PKCS1_PADDING, crypto.constants.RSA_PKCS1_PSS_PADDING]) {
  const signature = crypto.createSign('sha256').update('x').sign({ key: privateKey, padding });
  console.log(padding, crypto.createVerify('sha256').update('x').verify({ key: publicKey, padding }, signature), crypto.verify('sha256', Buffer.from('x'), { key: publicKey, padding: 7 - padding }, signature));
}
for (const [type, options] of [['x25519'], ['x448'], ['ec', { namedCurve: 'P-384' }], ['dh', { group: 'modp14' }]]) {
  const a = crypto.generateKeyPairSync(type, options), b = crypto.generateKeyPairSync(type, options);
  const one = crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
  console.log(type, one.length, one.equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })));
  t(() => crypto.diffieHellman({ privateKey: a.privateKey, publicKey: crypto.createPublicKey(ed) }));
}
t(() => crypto.diffieHellman({ privateKey: 5 }));
t(() => ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1'].every((name) => crypto.getCurves().includes(name)));
t(() => Object.entries(crypto.constants).map((pair) => pair.join('=')).filter((text) => !/^(OPENSSL_VERSION|SSL_OP|default)/.test(text)).join(' '));

(async () => {
  const pair = await promisify(crypto.generateKeyPair)('ec', { namedCurve: 'P-256', publicKeyEncoding: { format: 'pem', type: 'spki' }, privateKeyEncoding: { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'top' } });
  const signature = await promisify(crypto.sign)('sha256', Buffer.from('abc'), { key: pair.privateKey, passphrase: 'top' });
  console.log(await promisify(crypto.verify)('sha256', Buffer.from('abc'), pair.publicKey, signature));
  await promisify(crypto.sign)('sha256', Buffer.from('abc'), crypto.generateKeyPairSync('ed25519').privateKey).catch((e) => console.log(e.message, e.code));
  const sign = crypto.createSign('sha512');
  sign.write('piece by ');
  sign.end('piece');
  await new Promise((resolve) => sign.on('finish', resolve));
  console.log(crypto.verify('sha512', Buffer.from('piece by piece'), publicKey, sign.sign(privateKey)));
})();
