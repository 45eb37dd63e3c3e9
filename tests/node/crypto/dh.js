// SPDX-License-Identifier: MIT
// DiffieHellman, its groups, ECDH, prime numbers.
// timeout: 60
'use strict';
const crypto = require('crypto');

const t = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message, Object.keys(e).join(), e.opensslErrorStack);
  }
};
const P='ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff';
t(()=>crypto.createDiffieHellman());
t(()=>crypto.createDiffieHellman({}));
t(()=>crypto.createDiffieHellman(1));
t(()=>crypto.createDiffieHellman(0));
t(()=>crypto.createDiffieHellman(-1));
t(()=>crypto.createDiffieHellman(P,'hex',1));
t(()=>crypto.createDiffieHellman(P,'hex',true));
t(()=>crypto.createDiffieHellman(P,'hex',2).verifyError);
t(()=>crypto.createDiffieHellman(P,'hex',2).getPrime('hex')==P);
t(()=>crypto.createDiffieHellman(P,'hex',2).getGenerator('hex'));
t(()=>crypto.createDiffieHellman(P,'hex').getGenerator());
t(()=>crypto.createDiffieHellman(P,'hex','05','hex').getGenerator('hex'));
t(()=>crypto.createDiffieHellman(P,'hex',5).verifyError);
t(()=>crypto.createDiffieHellman(P,'hex').getPublicKey());
t(()=>crypto.createDiffieHellman(P,'hex').getPrivateKey());
t(()=>crypto.createDiffieHellman(P,'hex').computeSecret('aa','hex'));
t(()=>crypto.createDiffieHellman(P,'hex').computeSecret(5));
t(()=>crypto.createDiffieHellman(P,'hex').setPublicKey(5));
t(()=>crypto.createDiffieHellman(P,'hex').setPrivateKey(5));
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.generateKeys(); return [d.getPublicKey().length,d.getPrivateKey('hex').length>100]});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.generateKeys(); d.computeSecret(Buffer.alloc(0))});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.generateKeys(); d.computeSecret(Buffer.alloc(1))});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.generateKeys(); d.computeSecret(Buffer.from(P+'00','hex'))});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.setPrivateKey('1234','hex'); return d.generateKeys('hex')});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.setPrivateKey('1234','hex'); return d.getPublicKey('hex')});
t(()=>{const d=crypto.createDiffieHellman(P,'hex'); d.setPrivateKey('1234','hex'); const e=crypto.createDiffieHellman(P,'hex'); e.setPrivateKey('5678','hex'); return d.computeSecret(e.generateKeys(),null,'hex')===e.computeSecret(d.generateKeys(),null,'hex') && d.computeSecret(e.getPublicKey()).length});
t(()=>crypto.getDiffieHellman('modp1').getPrime('hex').length);
t(()=>crypto.getDiffieHellman('MODP14').getPrime('hex').length);
t(()=>crypto.getDiffieHellman('nope'));
t(()=>crypto.createDiffieHellmanGroup('modp5').verifyError);
t(()=>crypto.getDiffieHellman('modp5').setPublicKey);
t(()=>{const a=crypto.getDiffieHellman('modp5'),b=crypto.getDiffieHellman('modp5'); a.generateKeys();b.generateKeys(); return a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey()))});
t(()=>crypto.createECDH('nope'));
t(()=>crypto.createECDH(5));
t(()=>crypto.createECDH('P-256'));
t(()=>crypto.createECDH('prime256v1').getPublicKey());
t(()=>crypto.createECDH('prime256v1').getPrivateKey());
t(()=>crypto.createECDH('prime256v1').computeSecret('aa','hex'));
t(()=>{const e=crypto.createECDH('prime256v1'); e.generateKeys(); e.computeSecret('aa','hex')});
t(()=>{const e=crypto.createECDH('prime256v1'); e.setPrivateKey('00','hex')});
t(()=>{const e=crypto.createECDH('prime256v1'); e.setPrivateKey('1234','hex'); return [e.getPublicKey('hex'),e.getPublicKey('hex','compressed'),e.getPublicKey('hex','hybrid'),e.getPrivateKey('hex')]});
t(()=>{const e=crypto.createECDH('prime256v1'); e.setPrivateKey('1234','hex'); return e.getPublicKey('hex','x')});
t(()=>{const e=crypto.createECDH('secp256k1'),f=crypto.createECDH('secp256k1'); e.setPrivateKey('1234','hex');f.setPrivateKey('5678','hex'); return e.computeSecret(f.getPublicKey(),null,'hex')+ ' '+f.computeSecret(e.getPublicKey('base64','compressed'),'base64','hex')});
t(()=>crypto.createECDH('secp521r1').generateKeys().length);
t(()=>crypto.createECDH('secp521r1').generateKeys('hex','compressed').length);
t(()=>crypto.ECDH.convertKey('0311c5b4af1f4d1c8b6d3e0e','secp256k1','hex','hex'));
t(()=>crypto.ECDH.convertKey(crypto.createECDH('secp256k1').generateKeys(),'secp256k1',undefined,'hex','compressed').length);
t(()=>crypto.ECDH.convertKey(5,'secp256k1'));
t(()=>crypto.ECDH.convertKey('aa','nope'));
t(()=>crypto.ECDH('secp256k1') instanceof crypto.ECDH);
t(()=>crypto.checkPrimeSync(7n));
t(()=>crypto.checkPrimeSync(Buffer.from([9])));
t(()=>crypto.checkPrimeSync(5));
t(()=>crypto.checkPrimeSync(-5n));
t(()=>crypto.checkPrimeSync(7n,{checks:-1}));
t(()=>crypto.generatePrimeSync(32) instanceof ArrayBuffer);
t(()=>typeof crypto.generatePrimeSync(32,{bigint:true}));
t(()=>crypto.generatePrimeSync(0));
t(()=>crypto.generatePrimeSync(32,{add:13n,rem:1n,bigint:true})%13n);
t(()=>crypto.generatePrimeSync(32,{add:-1n}));
t(()=>crypto.generatePrimeSync(8,{add:1000n}));
t(()=>crypto.generatePrimeSync(32,{safe:5}));
t(()=>crypto.generatePrimeSync(3,{safe:true,bigint:true}));
t(()=>crypto.checkPrimeSync(crypto.generatePrimeSync(64,{safe:true})));
crypto.generatePrime(40, { bigint: true }, (error, prime) => {
  console.log(error, prime > 2n ** 39n);
  crypto.checkPrime(prime, (error, isPrime) => console.log(error, isPrime));
});
t(() => [crypto.getFips(), crypto.secureHeapUsed().total]);
