// SPDX-License-Identifier: MIT
// There is no TLS in weft: constants, and functions that say so.
'use strict';

const { failing } = require('internal/http/unavailable');

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
};
for (const name of ['connect', 'createServer', 'createSecureContext', 'checkServerIdentity', 'getCiphers', 'SecureContext', 'TLSSocket', 'Server']) {
  module.exports[name] = failing(name, 'TLS');
}
