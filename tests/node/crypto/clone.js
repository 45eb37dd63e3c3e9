// SPDX-License-Identifier: MIT
// Keys and certificates go to other threads, as structured clones.
'use strict';
const crypto = require('crypto');
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

if (!isMainThread) {
  const { secret, pair, key } = workerData;
  console.log(secret, secret.symmetricKeySize, pair.publicKey.asymmetricKeyType, pair.privateKey.asymmetricKeyDetails, key);
  parentPort.postMessage([
    crypto.sign(null, Buffer.from('from the worker'), pair.privateKey), secret, pair.publicKey, crypto.createHmac('sha1', secret).update('x').digest('hex'),
  ]);
} else {
  const secret = crypto.createSecretKey(Buffer.from('a secret'));
  const pair = crypto.generateKeyPairSync('ed25519');
  const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
  console.log(structuredClone(rsa.privateKey).equals(rsa.privateKey), structuredClone(rsa.publicKey).equals(rsa.publicKey), structuredClone(secret).equals(secret));
  console.log(structuredClone(rsa.privateKey), structuredClone(secret) instanceof crypto.KeyObject, structuredClone(secret) === secret);
  (async () => {
    const key = await crypto.webcrypto.subtle.importKey('raw', Buffer.alloc(16), 'AES-GCM', false, ['encrypt']);
    const worker = new Worker(__filename, { workerData: { secret, pair, key } });
    worker.on('message', ([signature, same, publicKey, mac]) => {
      console.log(crypto.verify(null, Buffer.from('from the worker'), pair.publicKey, signature), same.equals(secret), publicKey.equals(pair.publicKey));
      console.log(mac === crypto.createHmac('sha1', secret).update('x').digest('hex'));
    });
    for (const other of [crypto.createHash('md5'), crypto.createSign('sha1')]) {
      try {
        console.log(Object.keys(structuredClone(other)));
      } catch (e) {
        console.log(e.name);
      }
    }
  })();
}
