// SPDX-License-Identifier: MIT
// Methods with callbacks, from, of, fromAsync, iterators.
'use strict';
const assert = require('../lib/assert.js');

// What a callback does to the array is seen by the steps that follow.
const a = [1, 2, 3, 4];
const seen = [];
a.forEach((v, i) => { seen.push(v); if (i === 0) a.pop(); if (i === 1) a.push(9); });
assert.deepEqual(seen, [1, 2, 3, 9]);
const b = [1, 2, 3];
assert.deepEqual(b.map((v, i) => { b.length = 2; return v * 2; }), [2, 4, , ]);
assert.deepEqual([1, , 3].map((v) => v + 1), [2, , 4]);
assert.deepEqual(Object.keys([1, , 3].map((v) => v)), ['0', '2']);
assert.deepEqual([1, , 3].filter(() => true), [1, 3]);
assert.equal([1, , 3].find((v) => v === undefined), undefined);
assert.equal([1, , 3].findIndex((v) => v === undefined), 1);
assert.equal([1, 2, 3].findLast((v) => v < 3), 2);
assert.equal([1, 2, 3].findLastIndex((v) => v > 9), -1);
assert.equal([, 1, 2].reduce((x, y) => x + y), 3);
assert.equal(['a', 'b', , 'c'].reduceRight((x, y) => x + y), 'cba');
assert.throws(() => [].reduce(() => 1), 'Reduce of empty array with no initial value');
assert.throws(() => [1].map(5), '5 is not a function');
assert.equal([].every(() => false), true);
assert.equal([1, 2].some(function () { return this.yes; }, { yes: true }), true);
function sloppy() { return [1].map(Function('return typeof this'))[0]; }
assert.equal(sloppy(), 'object');
assert.deepEqual([3, 4].map((v, i, all) => all.length + i + v), [5, 7]);

// Deep calls through natives: many frames above each other.
function nest(n) { return n === 0 ? [0] : [n].map(() => nest(n - 1))[0]; }
assert.deepEqual(nest(200), [0]);
function endless() { return [1].map(endless); }
assert.throws(endless, RangeError);
function sortless() { return [2, 1].sort(() => sortless()); }
assert.throws(sortless, RangeError);

// flat
assert.deepEqual([1, [2, [3, [4]]]].flat(), [1, 2, [3, [4]]]);
assert.deepEqual([1, [2, [3, [4]]]].flat(Infinity), [1, 2, 3, 4]);
assert.deepEqual([[, 1], , [2]].flat(), [1, 2]);
assert.deepEqual([1, 2].flatMap((x) => [x, [x]]), [1, [1], 2, [2]]);
const ring = [];
ring.push(ring);
assert.throws(() => ring.flat(Infinity), RangeError);

// from, of
assert.deepEqual(Array.from('a\u{1F600}b'), ['a', '\u{1F600}', 'b']);
assert.deepEqual(Array.from({ length: 2, 0: 'x' }), ['x', undefined]);
assert.deepEqual(Array.from(new Map([[1, 2]])), [[1, 2]]);
assert.deepEqual(Array.from([1, , 3]), [1, undefined, 3]);
assert.deepEqual(Array.from([1, 2], function (v, i) { return v + i + this.k; }, { k: 10 }), [11, 13]);
assert.throws(() => Array.from(null), TypeError);
let closed = 0;
const iterable = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { closed++; return {}; } }) };
assert.throws(() => Array.from(iterable, () => { throw new Error('stop'); }), 'stop');
assert.equal(closed, 1);
function Maker(n) { this.n = n; }
assert.equal(Array.of.call(Maker, 5, 6).n, 2);
assert.equal(Array.from.call(Maker, [5]).length, 1);

// Iterators
const it = ['a', 'b'][Symbol.iterator]();
assert.deepEqual([it.next(), it.next(), it.next(), it.next()],
  [{ value: 'a', done: false }, { value: 'b', done: false }, { value: undefined, done: true }, { value: undefined, done: true }]);
assert.deepEqual([...['x', , 'y'].entries()], [[0, 'x'], [1, undefined], [2, 'y']]);
assert.deepEqual([...[, 'y'].keys()], [0, 1]);
const late = [1];
const walk = late.values();
walk.next();
late.push(2);
assert.deepEqual(walk.next(), { value: 2, done: false });
assert.equal(Array.prototype[Symbol.iterator], Array.prototype.values);
assert.equal(Object.prototype.toString.call(it), '[object Array Iterator]');

// fromAsync
(async () => {
  assert.deepEqual(await Array.fromAsync([1, Promise.resolve(2), 3]), [1, 2, 3]);
  assert.deepEqual(await Array.fromAsync({ length: 2, 0: Promise.resolve('a'), 1: 'b' }, async (v, i) => v + i), ['a0', 'b1']);
  async function* generate() { yield 1; yield 2; }
  assert.deepEqual(await Array.fromAsync(generate(), (x) => x * 2), [2, 4]);
  const events = [];
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ value: 1, done: false }),
      async return() { events.push('closed'); return {}; },
    }),
  };
  await assert.rejects(Array.fromAsync(source, () => { throw new Error('mapper'); }), 'mapper');
  assert.deepEqual(events, ['closed']);
  await assert.rejects(Array.fromAsync([Promise.reject(new Error('element'))]), 'element');
  await assert.rejects(Array.fromAsync(null), TypeError);
  await assert.rejects(Array.fromAsync([], 1), TypeError);
  events.push('end');
  return events;
})().then(assert.mustCall((events) => assert.deepEqual(events, ['closed', 'end'])));
