// util.format with every directive over many arguments.
'use strict';
const { format, formatWithOptions } = require('util');

const circular = {};
circular.c = circular;
const values = [0, -0, 1.5, 'str', '', "it's", null, undefined, true, 1n, Symbol('q'), { a: 1 }, [1, [2, [3, [4]]]], () => 1, class A {}, new Date(0),
  { toString() { return 'ts'; } }, new (class X { toString() { return 'X!'; } })(), new Map([[1, { a: { b: { c: 1 } } }]]),
  new (class P { [Symbol.toPrimitive]() { return 'prim'; } })(), /x/, '%s', '0x1f', '12abc', NaN, Infinity, { toJSON() { return 'j'; } }, new (class F {})(), circular, [undefined]];
for (const directive of ['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%', '%x', 'a%sb%dc', '%s %s %s', '%%%s%%', 'plain', '%5d', '100% sure %d', '%%s']) {
  for (const value of values) {
    if (directive === '%j' && typeof value === 'bigint') continue; // throws
    console.log(format(directive, value), '|', format(directive, value, 'more', 2));
  }
}
console.log(format(), format('%s'), format('%%'), format('%% %s'), format(1, 2, '3'), format('a', undefined, null, -0), format({ a: 1 }, 'b', [1]));
console.log(formatWithOptions({ colors: true }, '%s %O %d', 'a', { b: 1 }, 3, [4]));
console.log(formatWithOptions({ compact: false, depth: 0 }, 'x', { a: { b: 1 } }));
console.log(formatWithOptions({ numericSeparator: true }, '%d %i %f %s', 123456789, 123456.789, 123456.789, 1234567n));
