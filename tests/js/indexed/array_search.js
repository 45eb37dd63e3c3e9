// SPDX-License-Identifier: MIT
// indexOf, lastIndexOf, includes on every kind of value, and the texts of arrays.
'use strict';
const assert = require('../lib/assert.js');

const o = {}, s = Symbol();
const text = 'a long text made of ' + ['two', 'parts'].join(' ');
const values = [0, -1, 1.5, 2 ** 31, 'x', 'long enough to be a slice of something', text, true, null, undefined, o, s, 10n, 2n ** 70n];
for (let i = 0; i < values.length; i++) {
  assert.equal(values.indexOf(values[i]), i);
  assert.equal(values.lastIndexOf(values[i]), i);
  assert.equal(values.includes(values[i]), true);
}
assert.equal(values.indexOf('a long text made of two parts'), 6);
assert.equal(values.indexOf(2n ** 70n), 13);
assert.equal(values.indexOf({}), -1);
assert.equal([0].indexOf(-0), 0);
assert.equal([-0].indexOf(0), 0);
assert.equal([-0].includes(0), true);
assert.equal([NaN].indexOf(NaN), -1);
assert.equal([NaN].includes(NaN), true);
assert.equal([1, NaN, 2].lastIndexOf(NaN), -1);
assert.equal([1, 2, 1].lastIndexOf(1), 2);
assert.equal([1, 2, 1].lastIndexOf(1, -2), 0);
assert.equal([1, 2, 1].lastIndexOf(1, undefined), 0);
assert.equal([1, 2, 1].indexOf(1, 1), 2);
assert.equal([1, 2, 1].indexOf(1, -1), 2);
assert.equal([1, 2, 1].indexOf(1, -99), 0);
assert.equal([1, 2, 1].indexOf(1, Infinity), -1);
assert.equal([, 1].includes(undefined), true);
assert.equal([, 1].indexOf(undefined), -1);
assert.equal(new Array(10).includes(undefined), true);
assert.equal(new Array(10).indexOf(undefined), -1);
assert.equal([1, 2].includes(undefined), false);
const quotient = [7 / 2 * 2, 0.1 + 0.2];
assert.equal(quotient.indexOf(7), 0); // whatever way the number is stored
assert.equal(quotient.includes(0.30000000000000004), true);
const cleared = [1, 2, 3];
assert.equal(cleared.includes(undefined, { valueOf() { cleared.length = 0; return 0; } }), true);
assert.equal(cleared.indexOf(undefined), -1);

// join
assert.equal([].join(), '');
assert.equal([1, , null, undefined, 'a', true, 1.5, 10n].join('-'), '1----a-true-1.5-10');
assert.equal(['é', 'ā', 'x'].join(''), 'éāx');
assert.equal([1, 2, 3].join('€'), '1€2€3');
assert.equal([1, [2, [3, [4]]]].join(), '1,2,3,4');
assert.throws(() => [Symbol()].join(), TypeError);
assert.equal(new Array(5).join('ab'), 'abababab');
assert.throws(() => new Array(2 ** 31).join('abc'), 'Invalid string length');
const parts = [];
for (let i = 0; i < 20000; i++) parts.push('item ' + i);
assert.equal(parts.join('\n').length, parts.reduce((n, p) => n + p.length + 1, -1));

// An array in itself is empty.
const cycle = [1];
cycle.push(cycle, 2);
assert.equal(cycle.join(), '1,,2');
assert.equal(String(cycle), '1,,2');
const a = [1], b = [a, 2];
a.push(b);
assert.equal(String(a), '1,,2');
const through = [{ toString: () => 'in:' + through.join() }];
assert.equal(through.join(), 'in:');
assert.equal([[1, 2], [1, 2]].map(String).join(';'), '1,2;1,2');
const twice = [1, 2];
assert.equal([twice, twice].join('|'), '1,2|1,2');

// toString, toLocaleString
assert.equal(Array.prototype.toString.call({ join: () => 'joined' }), 'joined');
assert.equal(Array.prototype.toString.call({ join: 1 }), '[object Object]');
assert.equal([1, null, { toLocaleString: () => 'L' }].toLocaleString(), '1,,L');
