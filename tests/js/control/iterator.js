// SPDX-License-Identifier: MIT
// Iterator, its helpers, and generators' prototypes.
'use strict';
const assert = require('../lib/assert.js');

function* numbers() { for (let i = 0; ; i++) yield i; }
function closing(values) {
  let i = 0;
  return {
    __proto__: Iterator.prototype, closed: 0,
    next() { return i < values.length ? { value: values[i++], done: false } : { value: undefined, done: true }; },
    return() { this.closed++; return {}; },
  };
}

assert.deepEqual(numbers().filter((n) => n % 2).map((n, i) => [n, i]).drop(1).take(2).toArray(), [[3, 1], [5, 2]]);
assert.deepEqual([1, 2].values().flatMap((n) => [n, n * 10]).toArray(), [1, 10, 2, 20]);
assert.throws(() => ['ab'].values().flatMap((s) => s).toArray(), TypeError);
assert.equal([1, 2, 3].values().reduce((a, b) => a + b), 6);
assert.equal([1, 2, 3].values().reduce((a, b, i) => a + b * i, 10), 18);
assert.throws(() => [].values().reduce((a, b) => a), TypeError);
const visited = [];
assert.equal(new Set([1, 2]).values().forEach((v, i) => visited.push([v, i])), undefined);
assert.deepEqual(visited, [[1, 0], [2, 1]]);

let it = closing([1, 2, 3, 4]);
assert.equal(it.some((n) => n === 2), true);
assert.equal(it.closed, 1);
it = closing([1, 2]);
assert.equal(it.every((n) => n < 9), true);
assert.equal(it.closed, 0);
it = closing([1, 2]);
assert.equal(it.find((n) => n > 1), 2);
assert.equal(it.closed, 1);
it = closing([1]);
assert.throws(() => it.map(1), TypeError);
assert.equal(it.closed, 1);
assert.throws(() => it.take(-1), RangeError);
assert.throws(() => it.take(NaN), RangeError);
it = closing([1, 2]);
assert.throws(() => it.map(() => { throw new Error('mapper'); }).next(), 'mapper');
assert.equal(it.closed, 1);
it = closing([1, 2, 3]);
const taken = it.take(1);
assert.deepEqual(taken.next(), { value: 1, done: false });
assert.deepEqual(taken.next(), { value: undefined, done: true });
assert.equal(it.closed, 1);
it = closing([1, 2, 3]);
const mapped = it.map((x) => x);
mapped.next();
assert.deepEqual(mapped.return(), { value: undefined, done: true });
assert.deepEqual(mapped.next(), { value: undefined, done: true });
assert.equal(it.closed, 1);
const reentrant = closing([1]).map(() => reentrant.next());
assert.throws(() => reentrant.next(), 'Generator is already running');
assert.equal(Object.prototype.toString.call(mapped), '[object Iterator Helper]');

// from, concat, zip
assert.deepEqual(Iterator.from({ i: 0, next() { return { value: this.i, done: this.i++ > 1 }; } }).toArray(), [0, 1]);
assert.deepEqual(Iterator.from('a\u{1F600}').toArray(), ['a', '\u{1F600}']);
assert.throws(() => Iterator.from(5), TypeError);
const generator = numbers();
assert.equal(Iterator.from(generator), generator);
assert.deepEqual(Iterator.concat([1, 2], new Set([3]), numbers().take(1)).toArray(), [1, 2, 3, 0]);
assert.deepEqual(Iterator.zip([[1, 2, 3], numbers()]).toArray(), [[1, 0], [2, 1], [3, 2]]);
assert.deepEqual(Iterator.zip([[1], [2, 3]], { mode: 'longest', padding: ['p'] }).toArray(), [[1, 2], ['p', 3]]);
assert.throws(() => Iterator.zip([[1], [2, 3]], { mode: 'strict' }).toArray(), TypeError);
assert.deepEqual(Iterator.zipKeyed({ a: [1, 2], b: ['x', 'y'] }).map((o) => o.a + o.b).toArray(), ['1x', '2y']);

// Iterator itself
assert.throws(() => new Iterator(), TypeError);
assert.throws(() => Iterator(), TypeError);
class Counter extends Iterator { next() { return { value: 1, done: false }; } }
assert.deepEqual(new Counter().take(2).toArray(), [1, 1]);
assert.equal(Iterator.prototype[Symbol.toStringTag], 'Iterator');
assert.throws(() => { Iterator.prototype[Symbol.toStringTag] = 'x'; }, TypeError);
const own = new Counter();
own[Symbol.toStringTag] = 'Own';
assert.equal(Object.hasOwn(own, Symbol.toStringTag), true);
assert.equal(Iterator.prototype.constructor, Iterator);
assert.equal(own[Symbol.iterator](), own);

// Generators
const g = (function* () { try { yield 1; } finally { yield 2; } })();
assert.deepEqual([g.next(), g.return(5), g.next(), g.next()],
  [{ value: 1, done: false }, { value: 2, done: false }, { value: 5, done: true }, { value: undefined, done: true }]);
assert.throws(() => (function* () { yield 1; })().throw(new Error('thrown')), 'thrown');
const GeneratorPrototype = Object.getPrototypeOf(function* () {}).prototype;
assert.equal(Object.getPrototypeOf(GeneratorPrototype), Iterator.prototype);
assert.equal(GeneratorPrototype[Symbol.toStringTag], 'Generator');
assert.equal(Object.getOwnPropertyDescriptor(GeneratorPrototype, 'constructor').writable, false);
