// util.isDeepStrictEqual: every value against every other, made anew; prints which are equal.
'use strict';
const { isDeepStrictEqual } = require('util');

class A {}
const symbol = Symbol('s');
function make() {
  const c1 = {};
  c1.a = c1;
  const c2 = [];
  c2.push(c2);
  return [0, -0, 1, '1', NaN, null, undefined, true, 1n, symbol, {}, [], { a: 1 }, { a: '1' }, { a: undefined }, { b: undefined }, [1], ['1'], [, 1], [undefined, 1],
    [1, , 2], [1, 2], new Set([1]), new Set(['1']), new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1]), new Set([[1, 2], [3]]), new Set([[3], [1, 2]]), new Map([[1, 2]]),
    new Map([['1', 2]]), new Map([[{ a: 1 }, { b: 2 }]]), new Map([[{ a: 1 }, { b: '2' }]]), new Map([[1, 2], [{}, 1]]), new Map([[{}, 1], [1, 2]]), new Date(0), new Date(1),
    /a/, /a/g, /b/, new Error('x'), new TypeError('x'), new Error('y'), new Uint8Array(2), new Uint8Array([0, 1]), new Int8Array(2), new Float32Array([0]),
    new Float32Array([-0]), new ArrayBuffer(2), Object(1), Object('1'), Object(true), Object(1n), c1, c2, new A(), Object.create(null), Object.assign([1], { x: 1 }),
    { [symbol]: 1 }, { [symbol]: 2 }, A, new Set([null]), new Set([undefined]), new Set(['']), new Set([{}, {}]), new Set([{}, { a: 1 }]),
    { a: { b: [1, { c: new Map([[1, new Set([2])]]) }] } }, [[[]]], [[]], Object.assign(new Date(0), { x: 1 }), Object.assign(new Set(), { x: 1 }), new Set(), new Map()];
}
const a = make(), b = make();
for (let i = 0; i < a.length; i++) {
  const equal = [];
  for (let j = 0; j < b.length; j++) if (isDeepStrictEqual(a[i], b[j])) equal.push(j);
  console.log(i, equal.join(' '));
}
