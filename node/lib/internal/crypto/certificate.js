// SPDX-License-Identifier: MIT
// Certificate: Netscape's signed public keys and challenges (SPKAC), which browsers once made.
'use strict';

const { bytesOf } = require('internal/crypto/util');
const binding = internalBinding('crypto_x509');

const spkacOf = (spkac, encoding) => bytesOf(spkac, 'spkac', encoding);

function verifySpkac(spkac, encoding) {
  return binding.spkacVerify(spkacOf(spkac, encoding));
}

function exportPublicKey(spkac, encoding) {
  const bytes = binding.spkacPublicKey(spkacOf(spkac, encoding));
  return bytes === undefined ? '' : Buffer.from(bytes.buffer);
}

function exportChallenge(spkac, encoding) {
  const bytes = binding.spkacChallenge(spkacOf(spkac, encoding));
  return bytes === undefined ? '' : Buffer.from(bytes.buffer);
}

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
  return undefined;
}
Object.assign(Certificate.prototype, { verifySpkac, exportPublicKey, exportChallenge });
Object.assign(Certificate, { exportChallenge, exportPublicKey, verifySpkac });

module.exports = { Certificate };
