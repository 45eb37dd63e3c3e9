// util.types: which questions each kind of value answers with yes.
'use strict';
const { types } = require('util');
const map = new Map(), set = new Set();
const values = {
  date: new Date(), args: (function() { return arguments; })(), strictArgs: (function() { 'use strict'; return arguments; })(), bigint: Object(1n), boolean: Object(true),
  number: Object(1), string: Object('s'), symbol: Object(Symbol()), error: new TypeError(), fakeError: Object.create(Error.prototype), regexp: /x/,
  async: async () => {}, generator: function*() {}, asyncGenerator: async function*() {}, generatorObject: (function*() {})(), asyncGeneratorObject: (async function*() {})(),
  promise: Promise.resolve(), thenable: { then() {} }, map, set, mapIterator: map.keys(), setIterator: set.values(), weakMap: new WeakMap(), weakSet: new WeakSet(),
  buffer: new ArrayBuffer(1), shared: new SharedArrayBuffer(1), view: new DataView(new ArrayBuffer(1)), bytes: new Uint8Array(1), clamped: new Uint8ClampedArray(1),
  floats: new Float64Array(1), bigs: new BigInt64Array(1), proxy: new Proxy({}, {}), proxyOfDate: new Proxy(new Date(), {}), object: {}, array: [], f: () => {}, n: 1, u: undefined, nul: null,
};
const names = Object.keys(types).filter((name) => name.startsWith('is') && name !== 'isFloat16Array').sort();
for (const key of Object.keys(values)) console.log(`${key}: ${names.filter((name) => types[name](values[key])).join(' ')}`);
console.log('util/types', require('node:util/types') === require('util').types);
