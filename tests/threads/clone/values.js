// SPDX-License-Identifier: MIT
// What every kind of value becomes; the expectations are Node 26's.
'use strict';
const { attempt } = require('./lib/show.js');

const same = (label, v) => attempt(label, () => structuredClone(v));
const primitives = [undefined, null, true, false, 0, -0, 1, -1, 63, 64, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, NaN, Infinity, -Infinity, 0n, -5n,
  2n ** 64n, -(2n ** 200n), '', 'a', 'é', 'ā', '\ud800', 'x\udc00y', '€'.repeat(20), 'x'.repeat(100), 'ā'.repeat(100)];
primitives.forEach((v, i) => same(`primitive ${i}`, v));
same('primitives inside', primitives);

// Boxed
for (const v of [true, false, -0, 5, NaN, 's', 'ā', 5n]) same('boxed', Object(v));
same('boxed twice', (() => {
  const b = Object('s');
  b.extra = 1;
  return [b, b];
})());

// Date, RegExp
same('date', new Date(5));
same('invalid date', new Date(NaN));
same('date with properties', Object.assign(new Date(1.5e12), { extra: 1 }));
for (const flags of ['', 'd', 'g', 'i', 'm', 's', 'u', 'v', 'y', 'dgimsuy']) same('regexp', new RegExp('a/b', flags));
same('regexp state', Object.assign(/ā/g, { lastIndex: 3, extra: 1 }));

// Plain objects
same('object', { a: 1, b: 'two', c: [3], d: { e: null } });
same('index keys', { b: 1, 2: 'x', 1: 'y', 4294967294: 'z', 4294967295: 'q', '-1': 'n', 1.5: 'f' });
same('getters', { get a() { return 1; }, set b(v) { void v; }, c: 2 });
same('getter deletes', (() => {
  const o = { get a() { delete o.b; return 1; }, b: 2, c: 3 };
  return o;
})());
same('getter adds', (() => {
  const o = { get a() { o.z = 1; return 1; }, b: 2 };
  return o;
})());
same('getter hides', (() => {
  const o = { get a() { Object.defineProperty(o, 'b', { enumerable: false }); return 1; }, b: 2 };
  return o;
})());
same('inner getter deletes', (() => {
  const o = { a: { get x() { delete o.b; return 1; } }, b: 2, c: 3 };
  return [{ a: 1, b: 2, c: 3 }, o];
})());
same('inner getter redefines', (() => {
  const o = { a: { get x() { Object.defineProperty(o, 'b', { get: () => 'got', enumerable: true }); return 1; } }, b: 2, c: 3 };
  return o;
})());
same('own __proto__', JSON.parse('{"__proto__": {"a": 1}, "b": 2}'));
same('symbols, hidden and inherited', Object.create({ inherited: 1 }, {
  hidden: { value: 1 }, shown: { value: 2, enumerable: true }, [Symbol('s')]: { value: 3, enumerable: true },
}));
same('null prototype', Object.assign(Object.create(null), { a: 1 }));
same('instance', new (class Foo {
  #secret = 1;
  a = 1;
  get secret() { return this.#secret; }
})());
same('frozen', Object.freeze({ a: Object.freeze([1, 2]) }));
same('dictionary', (() => {
  const o = {};
  for (let i = 0; i < 300; i++) o[`k${i}`] = i;
  delete o.k7;
  return o;
})());
same('many of one shape', Array.from({ length: 40 }, (_, i) => ({ id: i, name: `n${i % 3}`, on: i % 2 === 0, at: { x: i / 2 } })));
same('many shapes', Array.from({ length: 70 }, (_, i) => ({ [`k${i}`]: i, [`l${i % 5}`]: { [`m${i % 40}`]: i } })));
same('namespaces', [Math, JSON, Reflect, Atomics]);
same('platform objects', [new Event('x'), new EventTarget(), new TextEncoder(), new AbortController()]);

// Arrays
same('array', [1, 'a', null, undefined, [2]]);
same('numbers', [1, 2.5, -0, NaN, 2 ** 40]);
same('integers', [1, 2, 3]);
same('holes', [1, , 3, , ]);
same('only holes', new Array(5));
same('sparse', (() => {
  const a = [];
  a[4294967294] = 'last';
  a[7] = 1;
  return a;
})());
same('extra keys', Object.assign([1, 2], { extra: 3, '-1': 4 }));
same('subclass', (class Sub extends Array {}).of(1, 2, 3));
same('array that shrinks', (() => {
  const a = [1, { get x() { a.length = 2; return 1; } }, 3, 4];
  return a;
})());
same('array that grows', (() => {
  const a = [{ get x() { a.push('new'); a.name = 'late'; return 1; } }, 2];
  return a;
})());
same('frozen array', Object.freeze([1, 2]));

// Collections
same('map', new Map([[1, 'a'], ['b', { c: 1 }], [NaN, -0], [{}, new Map([[1, 2]])]]));
same('set', new Set([1, 'a', NaN, { b: 1 }, new Set([1])]));
same('collection properties', [Object.assign(new Map(), { a: 1 }), new (class M extends Map {})([[1, 2]]), new (class S extends Set {})([1])]);
same('map that changes', (() => {
  const m = new Map();
  m.set(1, { get x() { m.delete(2); m.set(3, 'new'); return 1; } });
  m.set(2, 'gone?');
  return m;
})());

// Identity
const cycle = { name: 'cycle', list: [] };
cycle.self = cycle;
cycle.list.push(cycle, cycle.list);
same('cycle', cycle);
const shared = {};
same('identity', [shared, { shared }, new Map([[shared, shared]]), new Set([shared]), shared]);
same('much identity', [...Array(30).keys()].flatMap(() => [shared, cycle, {}]));

// Errors
for (const Type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) same('error', new Type('m'));
same('error by name', Object.assign(new Error('m'), { name: 'RangeError', code: 'E', extra: 1 }));
same('error of unknown name', Object.assign(new TypeError('m'), { name: 'Custom' }));
same('error subclass', new (class Custom extends TypeError {})('m'));
same('error without message', new Error());
same('error with cause', new Error('outer', { cause: new TypeError('inner', { cause: { a: 1 } }) }));
same('error that causes itself', (() => {
  const e = new Error('m');
  e.cause = { e };
  return e;
})());
same('message that is no string', Object.assign(new Error(), { message: { toString: () => 'text' } }));
same('message by accessor', Object.defineProperty(new Error(), 'message', { get: () => 'got' }));
same('stack that is no string', Object.assign(new Error('m'), { stack: 5 }));
same('aggregate error', new AggregateError([1], 'm'));
attempt('stack', () => {
  const e = new Error('m');
  return structuredClone(e).stack === e.stack;
});

// DOMException
attempt('DOMException', () => {
  const e = new DOMException('text', 'AbortError');
  const c = structuredClone({ e }).e;
  return [c !== e, c instanceof DOMException, c.name, c.message, c.code, c.stack === e.stack];
});
attempt('QuotaExceededError', () => {
  const c = structuredClone(new QuotaExceededError('text', { quota: 5, requested: 6 }));
  return [c instanceof QuotaExceededError, c.name, c.message, c.code, c.quota, c.requested];
});

// Buffers
const bytes = () => Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
same('buffer', bytes().buffer);
same('large buffer', (() => {
  const b = new Uint8Array(5000);
  b.fill(7, 4990);
  return [b.subarray(4985), new Uint8Array(b.buffer, 0, 1)].map((v) => v.length);
})());
attempt('large buffer whole', () => {
  const b = new Uint8Array(5000).fill(7, 4990);
  const c = structuredClone(b.subarray(4985));
  return [c.buffer.byteLength, c.byteOffset, c.join()];
});
same('resizable', (() => {
  const b = new ArrayBuffer(2, { maxByteLength: 5 });
  return [b, new Uint8Array(b), new Uint8Array(b, 1), new Uint8Array(b, 0, 1), new DataView(b), new DataView(b, 1, 1)];
})());
attempt('tracking stays tracking', () => {
  const [b, v, fixed] = structuredClone((() => {
    const buffer = new ArrayBuffer(2, { maxByteLength: 5 });
    return [buffer, new Uint8Array(buffer), new Uint8Array(buffer, 0, 2)];
  })());
  b.resize(4);
  return [v.length, fixed.length];
});
for (const Type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float16Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array]) same(Type.name, new Type(bytes().buffer, 8, 8 / Type.BYTES_PER_ELEMENT));
same('DataView', new DataView(bytes().buffer, 3, 5));
same('Buffer', Buffer.from(bytes().buffer, 2, 3));
same('two views', (() => {
  const b = bytes().buffer;
  return [new Uint8Array(b, 1, 2), new Uint16Array(b, 2, 1), b];
})());
same('view with properties', Object.assign(bytes(), { extra: 1 }));
attempt('shared', () => {
  const b = new SharedArrayBuffer(4, { maxByteLength: 8 });
  const c = structuredClone({ b, view: new Uint8Array(b, 1, 2) });
  new Uint8Array(b)[1] = 9;
  b.grow(6);
  return [c.b !== b, c.b, c.view, c.view.buffer === c.b];
});

// Strings that are long
attempt('long strings', () => {
  const s = 'x'.repeat(40000), wide = 'ā'.repeat(20000), rope = s + wide;
  const c = structuredClone([s, s, wide, rope, s.slice(5, 39000), { [s]: 1 }]);
  return [c[0] === s, c[1] === s, c[2] === wide, c[3] === rope, c[4] === s.slice(5, 39000), Object.keys(c[5])[0] === s];
});

// Depth
attempt('deep enough', () => {
  let o = {};
  for (let i = 0; i < 1500; i++) o = i % 2 ? { o } : [o];
  let depth = 0;
  for (let c = structuredClone(o); c; c = c.o ?? c[0]) depth++;
  return depth;
});
attempt('too deep', () => {
  let o = {};
  for (let i = 0; i < 100000; i++) o = { o };
  return structuredClone(o);
});
