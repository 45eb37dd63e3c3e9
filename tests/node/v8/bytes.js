// SPDX-License-Identifier: MIT
// v8.serialize, byte by byte as Node 26 writes, and back again.
'use strict';
const v8 = require('v8');
const { show } = require('../../threads/clone/lib/show.js');
show.contentsOnly = true; // Node reads views from pools

function bytes(v) {
  let buffer;
  try {
    buffer = v8.serialize(v);
  } catch (e) {
    console.log(`${e.constructor.name} ${e.code}: ${e.message}`);
    return;
  }
  console.log(buffer.toString('hex'), show(v8.deserialize(buffer)));
}

for (const v of [undefined, null, true, false, 0, 1, -1, 63, 64, -64, -65, 8191, 2 ** 30, -(2 ** 30), 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 1.5, -0, NaN,
  Infinity, 0n, 1n, -1n, 2n ** 63n, 2n ** 64n, -(2n ** 70n), '', 'a', 'é', 'ā', 'aā', 'x'.repeat(130), 'ā'.repeat(63), 'ā'.repeat(64), '\ud800']) bytes(v);
for (const v of [{}, { a: 1 }, { a: 1, b: { c: 'ā', d: 'ā' } }, { 2: 'b', 1: 'a', x: 1, '-1': 2, 4294967294: 3, 4294967295: 4, 2147483648: 5 },
  [], [1, 2], [1, 'a', null], [1, 1.5], [1.5, 2.5], [, 1], [1, , 3], new Array(3), Object.assign([1], { x: 2 }), [[], [[]]],
  new Map(), new Map([[1, 'a'], ['b', { c: 1 }]]), new Set(), new Set([1, 'a']), new Date(0), new Date(1.5e12), new Date(NaN),
  /a/, /ā/g, /a/dgimsuy, /a/v, Object(true), Object(false), Object(1), Object(-0), Object('s'), Object('ā'), Object(5n), Object(Symbol('q'))]) bytes(v);

const cycle = { list: [] };
cycle.self = cycle;
cycle.list.push(cycle, cycle.list, new Map([[cycle, cycle.list]]));
bytes(cycle);
const shared = { a: 1 };
bytes([shared, shared, new Set([shared]), Array.from({ length: 40 }, (_, i) => ({ i })), shared]);

const error = (Type, fields, options) => Object.assign(new Type('m', options), { stack: 'st' }, fields);
for (const Type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) bytes(error(Type));
bytes(error(Error, { name: 'TypeError', code: 5 }));
bytes(error(TypeError, {}, { cause: { a: 1 } }));
bytes(error(Error, { stack: 5, message: 'ā' }));
bytes(Object.assign(new Error(), { stack: 'x' }));

const ab = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]).buffer;
for (const Type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array]) bytes(new Type(ab, 8, 8 / Type.BYTES_PER_ELEMENT));
bytes(new DataView(ab, 3, 4));
bytes(Buffer.from('abc'));
bytes([Buffer.from('a'), new Uint32Array([1])]);
bytes(ab);
bytes(new ArrayBuffer(2, { maxByteLength: 4 }));
for (const v of [new SharedArrayBuffer(2), () => 1, Symbol('x'), new WeakMap(), new Proxy({}, {}), Promise.resolve(), { a: [() => {}] }, globalThis]) bytes(v);
bytes(new (class Foo { #x = 1; a = 1; })());
bytes({ get a() { return 1; }, b: undefined });
bytes({ get a() { delete this.b; return 1; }, b: 2, c: 3 });
bytes(Math);
bytes(Object.create({ a: 1 }, { b: { value: 1 }, c: { value: 2, enumerable: true } }));
