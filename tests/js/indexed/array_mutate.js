// SPDX-License-Identifier: MIT
// Methods of Array.prototype that move elements: dense arrays against array-likes, whose steps are the specification's.
'use strict';
const assert = require('../lib/assert.js');

// The same calls on a dense array and on an object must leave the same elements.
const calls = [
  ['push', []], ['push', [7]], ['push', [7, 8, 9]], ['pop', []], ['shift', []], ['unshift', []], ['unshift', [7]],
  ['unshift', [7, 8, 9]], ['reverse', []], ['copyWithin', [0, 2]], ['copyWithin', [2, 0]], ['copyWithin', [1, 0, -1]],
  ['copyWithin', [-3, -4, -2]], ['fill', [1]], ['fill', [1, 1, -1]], ['fill', [1, -2]], ['splice', []], ['splice', [1]],
  ['splice', [1, 2]], ['splice', [1, 2, 'x']], ['splice', [1, 0, 'x', 'y']], ['splice', [0, 99, 'x', 'y', 'z']],
  ['splice', [-2, 1, 'x', 'y', 'z']], ['splice', [99, 1, 'x']], ['splice', [undefined, undefined]],
];
const contents = [[], [1], [1, 2], [1, 2, 3, 4, 5], [1, , 3], [, , 1, , 2, ,]];
for (const [method, args] of calls) {
  for (const content of contents) {
    const array = content.slice();
    const like = { __proto__: null, length: content.length };
    for (const key of Object.keys(content)) like[key] = content[key];
    const a = array[method](...args);
    const b = Array.prototype[method].apply(like, args);
    const label = method + '(' + args + ') on [' + content + ']';
    assert.equal(array.length, like.length, label);
    const keys = Object.keys(like).filter((k) => k !== 'length');
    assert.deepEqual(Object.keys(array), keys, label);
    for (const key of keys) assert.equal(array[key], like[key], label);
    if (a !== array) assert.deepEqual(a, b, label);
  }
}

// Growth in steps.
const grown = [];
for (let i = 0; i < 5000; i++) assert.equal(grown.push(i), i + 1);
for (let i = 0; i < 5000; i++) assert.equal(grown[i], i);
for (let i = 4999; i >= 0; i--) assert.equal(grown.pop(), i);
assert.equal(grown.pop(), undefined);
for (let i = 0; i < 300; i++) grown.unshift(i);
assert.equal(grown[0], 299);
for (let i = 299; i >= 0; i--) assert.equal(grown.shift(), i);
assert.equal(grown.shift(), undefined);

// What may not be changed.
for (const method of ['push', 'unshift', 'splice', 'fill', 'reverse', 'pop', 'shift', 'copyWithin']) {
  const args = { push: [1], unshift: [1], splice: [0, 0, 1], fill: [0], copyWithin: [0, 1] }[method] || [];
  const frozen = Object.freeze([1, 2, 3]);
  assert.throws(() => frozen[method](...args), TypeError, method);
  assert.deepEqual(frozen, [1, 2, 3]);
}
const sealed = Object.seal([1, 2]);
assert.throws(() => sealed.push(3), TypeError);
assert.throws(() => sealed.pop(), TypeError);
assert.deepEqual(sealed.reverse(), [2, 1]);
const fixed = Object.defineProperty([1, 2], 'length', { writable: false });
assert.throws(() => fixed.push(3), TypeError);
assert.equal(2 in fixed, false);
assert.throws(() => fixed.shift(), TypeError);
const closed = Object.preventExtensions([1, , 3]);
assert.throws(() => closed.fill(0), TypeError);
assert.equal(closed[0], 0);

// Elements on a prototype show through holes.
Array.prototype[1] = 'inherited';
assert.deepEqual([1, , 3].slice(), [1, 'inherited', 3]);
assert.equal([1, , 3].indexOf('inherited'), 1);
const shifted = [1, , 3];
shifted.shift();
assert.equal(Object.hasOwn(shifted, 0), true);
assert.equal(shifted[0], 'inherited');
delete Array.prototype[1];
assert.equal([1, , 3].indexOf('inherited'), -1);

// Conversions of arguments that change the array.
const a = [1, 2, 3, 4];
assert.deepEqual(a.slice(0, { valueOf() { a.length = 2; return 4; } }).length, 4);
const f = [1, 2, 3, 4];
f.fill(9, { valueOf() { f.length = 1; return 0; } });
assert.equal(f.length, 4);
const c = [1, 2, 3, 4];
c.copyWithin(2, { valueOf() { c.length = 0; return 0; } });
assert.equal(c.length, 0);
const s = [1, 2, 3, 4];
assert.deepEqual(s.splice(0, { valueOf() { s.length = 1; return 3; } }), [1, , ,]);

// concat: spreadable and not, holes, length beyond the end, long ones.
assert.deepEqual([1].concat(2, [3, [4]], 'five', { length: 1, 0: 6, [Symbol.isConcatSpreadable]: true }), [1, 2, 3, [4], 'five', 6]);
const opaque = [7, 8];
opaque[Symbol.isConcatSpreadable] = false;
assert.deepEqual([].concat(opaque).length, 1);
const gaps = [1, , 2].concat([, 3, ,]);
assert.equal(gaps.length, 6);
assert.deepEqual(Object.keys(gaps), ['0', '2', '4']);
assert.equal([].concat(new Array(3000000), [1]).length, 3000001);

// Species and subclasses.
class Mine extends Array {}
const mine = Mine.from([1, 2, 3]);
assert(mine.slice(1) instanceof Mine);
assert(mine.splice(0, 1) instanceof Mine);
assert(mine.concat([1]) instanceof Mine);
assert.equal(mine.toSpliced(0, 1) instanceof Mine, false);
class Plain extends Array { static get [Symbol.species]() { return Array; } }
assert.equal(new Plain(1, 2).map((x) => x) instanceof Plain, false);

// Copies.
assert.deepEqual([1, , 3].toReversed(), [3, undefined, 1]);
assert.deepEqual([1, , 3].toSpliced(1, 1, 'a', 'b'), [1, 'a', 'b', 3]);
assert.deepEqual([1, 2, 3].with(-1, 9), [1, 2, 9]);
assert.throws(() => [1].with(1, 0), RangeError);
assert.throws(() => Array.prototype.toReversed.call({ length: 2 ** 32 }), 'Invalid array length');

// Constructor.
assert.equal(new Array(3).length, 3);
assert.deepEqual(Array(1, 2), [1, 2]);
assert.deepEqual(new Array('3'), ['3']);
assert.throws(() => new Array(-1), 'Invalid array length');
assert.throws(() => Array(1.5), 'Invalid array length');
assert.equal(new Array(4294967295).length, 4294967295);
const big = new Array(4294967295);
assert.throws(() => big.push(1), 'Invalid array length');
assert.equal(big[4294967295], 1);
