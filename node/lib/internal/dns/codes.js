// SPDX-License-Identifier: MIT
// Codes of what can go wrong with questions to the DNS, in the order of c-ares' numbers.
'use strict';

const names = ['SUCCESS', 'NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP', 'CONNREFUSED',
  'TIMEOUT', 'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED', 'LOADIPHLPAPI',
  'ADDRGETNETWORKPARAMS', 'CANCELLED'];

// As dns and dns/promises export them.
const errorCodes = {};
for (const name of names.slice(1)) errorCodes[name] = `E${name === 'EOF' ? 'OF' : name}`;

function codeOf(status) {
  return errorCodes[names[status]] ?? 'EUNKNOWN';
}

module.exports = { errorCodes, codeOf };
