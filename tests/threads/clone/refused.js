// SPDX-License-Identifier: MIT
// What cannot be cloned, and what the error says. The expectations are Node 26's.
'use strict';
const { attempt } = require('./lib/show.js');

class Foo extends WeakMap {}
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
const detached = new ArrayBuffer(8);
const detachedView = new Uint8Array(detached), detachedDataView = new DataView(detached);
structuredClone(0, { transfer: [detached] });
const shrunk = new ArrayBuffer(8, { maxByteLength: 16 });
const outside = new Uint8Array(shrunk, 4, 4), outsideDataView = new DataView(shrunk, 4, 4);
shrunk.resize(5);

const values = {
  symbol: Symbol('x'), 'registered symbol': Symbol.for('y'), 'well-known symbol': Symbol.iterator, 'boxed symbol': Object(Symbol('z')),
  arrow: () => 1, function: function f(a) { return a; }, class: class A {}, method: { m() {} }.m, native: Math.max, bound: Math.max.bind(null),
  async: async () => {}, generator: function* g() {}, 'generator object': (function* g() {})(), 'async generator object': (async function* g() {})(),
  weakMap: new WeakMap(), weakSet: new WeakSet(), weakRef: new WeakRef({}), registry: new FinalizationRegistry(() => {}), subclass: new Foo(),
  promise: Promise.resolve(), proxy: new Proxy({}, {}), 'proxy of an array': new Proxy([], {}), 'proxy of a function': new Proxy(() => 5, {}),
  'arguments': (function a() { return arguments; })(1), 'strict arguments': (function a() { 'use strict'; return arguments; })(1),
  'array iterator': [][Symbol.iterator](), 'map iterator': new Map().entries(), 'set iterator': new Set().values(), 'string iterator': ''[Symbol.iterator](),
  'regexp iterator': 'a'.matchAll(/a/g), 'iterator helper': [].values().map((x) => x), globalThis, rawJSON: JSON.rawJSON('1'),
  'disposable stack': new DisposableStack(), 'async disposable stack': new AsyncDisposableStack(), detached, detachedView, detachedDataView, outside, outsideDataView,
  URL: new URL('http://a/'), URLSearchParams: new URLSearchParams('a=b'),
};
for (const [label, v] of Object.entries(values)) attempt(label, () => structuredClone(v));
for (const label of ['arrow', 'symbol', 'proxy', 'detached', 'promise']) {
  const v = values[label];
  attempt(`${label} inside`, () => structuredClone({ a: [1, { v }] }));
  attempt(`${label} in a map`, () => structuredClone(new Map([[1, v]])));
  attempt(`${label} as cause`, () => structuredClone(new Error('m', { cause: v })));
}
try {
  structuredClone(proxy);
} catch (e) {
  console.log('revoked proxy:', e.name);
}
attempt('getter that throws', () => structuredClone({ a: 1, get b() { throw new RangeError('mine'); } }));
attempt('message that is a symbol', () => structuredClone(Object.assign(new Error(), { message: Symbol('m') })));
attempt('name that is a symbol', () => structuredClone(Object.assign(new Error(), { name: Symbol('m') })));
try {
  structuredClone(() => {});
} catch (e) {
  console.log(e instanceof DOMException, e instanceof Error, e.constructor.name, Object.prototype.toString.call(e), e.stack.split('\n')[0]);
}
console.log(structuredClone.name, structuredClone.length, typeof Object.getOwnPropertyDescriptor(globalThis, 'structuredClone'));
