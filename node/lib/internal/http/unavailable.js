// SPDX-License-Identifier: MIT
// What needs TLS or HTTP/2, which weft does not have: the modules can be loaded, because programs load them whether they use them or not;
// who uses them gets this error.
'use strict';

const { codes } = require('internal/errors');

function unavailable(feature) {
  return new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(feature);
}

// A function, or a class, that fails when it is used.
function failing(name, feature) {
  const f = { [name]: function() { throw unavailable(feature); } }[name];
  return f;
}

module.exports = { unavailable, failing };
