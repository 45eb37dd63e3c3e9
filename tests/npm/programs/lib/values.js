// SPDX-License-Identifier: MIT
// Argument lists for sweeps: every function of a package is called with all of them. Fresh objects each time, as many
// functions change what they get.
'use strict';

function users() {
  return [
    {user: 'barney', age: 36, active: true, tags: ['a', 'b'], address: {city: 'Bedrock', zip: 101}},
    {user: 'fred', age: 40, active: false, tags: ['b', 'c'], address: {city: 'Granite', zip: 202}},
    {user: 'pebbles', age: 1, active: true, tags: [], address: {city: 'Bedrock', zip: 101}},
  ];
}

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
  get length() { return Math.hypot(this.x, this.y); }
  toString() { return `(${this.x}, ${this.y})`; }
}

function sparse() {
  const list = [3, , 1];
  list[5] = 2;
  return list;
}

// The values that stand first, then those that stand second and third.
function subjects() {
  return [
    [4, 2, 8, 6, 2], ['b', 'a', 'C', 'á', 'z10', 'z9'], [[1, [2, [3, [4]]]], [5]], users(), sparse(), [], [NaN, 0, -0, null, undefined, ''],
    {a: 1, b: {c: [1, 2, {d: 3}]}, 'e f': 'x'}, {}, {1: 'one', 0: 'zero', z: 'last', length: 2}, new Point(3, 4),
    'fooBar--baz_qux Quux', '  ünïcödé \u{1F600} text  ', '', 'a', '<p>&"x"</p>', '12.5', 0, -3.7, 42, Infinity, NaN, true, null, undefined,
    new Map([['k', {v: 1}], [1, 2]]), new Set([1, 'two', 3]), new Date(86400000), /re+g/gi, new Uint8Array([1, 2, 255]), Symbol.for('s'), 10n,
    (x, y) => `${typeof x}${typeof y}`, new Error('problem'), Object.create({inherited: 1}, {own: {value: 2, enumerable: true}}),
    (function () { return arguments; })(1, 2), [['a', 1], ['b', 2]], Object.create(null),
  ];
}

function seconds() {
  return [
    [], [1], [2], [-1], ['a'], ['user'], ['b.c[2].d'], [['a']], [[2, 6]], [(x) => x], [(a, b) => (a > b ? 1 : -1)], [{active: true}],
    [(x) => x && x.age > 10, 'age'], [1, 3], ['b', 'z'], [{a: 9, b: {x: 1}}], [[1, 2], [3, 4]], [/[a-z]+/g, '*'], [null, undefined],
    [(sum, x) => sum + String(x), ''], ['age', 'desc'], [['user', 'age']], [{user: 'fred'}, 1], [0, 'x', 2],
  ];
}

// Every subject with every second, each list built anew.
function argument_lists(stride = 1, offset = 0) {
  const out = [];
  for (let i = 0, n = subjects().length; i < n; i++) {
    for (let j = 0, m = seconds().length; j < m; j++) {
      if ((i * m + j + offset) % stride === 0) out.push([subjects()[i], ...seconds()[j]]);
    }
  }
  return out;
}

module.exports = {users, Point, sparse, subjects, seconds, argument_lists};
