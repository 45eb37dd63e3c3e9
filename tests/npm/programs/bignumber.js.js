// SPDX-License-Identifier: MIT
// bignumber.js: every method over a table of numbers, bases, formats, configurations and errors.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');

const NUMBERS = ['0', '-0', '1', '-1', '0.1', '-2.5', '3.999', '123456789.987654321', '1e-30', '-9.99e25', '0xff', '0b1011', '0o17', 'Infinity', '-Infinity', 'NaN', '2', '0.5', '1000000', '7e400', '12345678901234567890.12345678901234567890'];
const UNARY = ['abs', 'negated', 'sqrt', 'dp', 'sd', 'isInteger', 'isNaN', 'isFinite', 'isNegative', 'isPositive', 'isZero', 'toNumber', 'toJSON', 'valueOf', 'toString', 'toFormat', 'toExponential', 'toFixed', 'toPrecision', 'integerValue'];
const BINARY = ['plus', 'minus', 'times', 'div', 'idiv', 'mod', 'comparedTo', 'eq', 'gt', 'gte', 'lt', 'lte'];

run('bignumber.js', (BigNumber) => {
  for (let mode = 0; mode < 9; mode += small ? 3 : 1) {
    const B = BigNumber.clone({DECIMAL_PLACES: 12 + mode * 5, ROUNDING_MODE: mode, MODULO_MODE: mode, EXPONENTIAL_AT: [-10, 25], POW_PRECISION: 40});
    for (const name of UNARY) sweep(`${mode} ${name}`, NUMBERS.map((n) => [n]), (n) => String(new B(n)[name]()));
    for (const name of BINARY) sweep(`${mode} ${name}`, NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b])), (a, b) => String(new B(a)[name](b)));
    sweep(`${mode} pow`, NUMBERS.slice(0, 12).flatMap((a) => [0, 1, 2, -3, 17, 50].map((b) => [a, b])), (a, b) => [String(new B(a).pow(b)), b >= 0 ? String(new B(a).integerValue().pow(b, 1009)) : '']);
    for (const digits of [0, 2, 15]) {
      sweep(`${mode} digits ${digits}`, NUMBERS.map((n) => [new B(n)]), (x) => [x.toFixed(digits), x.toExponential(digits), x.dp(digits).toString(), x.toFormat(digits), digits ? x.toPrecision(digits) : '', x.shiftedBy(digits - 3).toString()]);
    }
  }
  for (const base of [2, 3, 8, 16, 32, 36]) sweep(`base ${base}`, NUMBERS.map((n) => [n]), (n) => { const text = new BigNumber(n).toString(base); return [text, String(new BigNumber(text, base))]; });
  show('format', new BigNumber('-1234567.891').toFormat(2, 1, {prefix: '€ ', decimalSeparator: ',', groupSeparator: '.', groupSize: 3, secondaryGroupSize: 2, fractionGroupSize: 2, fractionGroupSeparator: ' ', suffix: ' eur'}));
  show('static', [String(BigNumber.max('1', 5, '3.2')), String(BigNumber.min(1, '-7')), String(BigNumber.sum(1, '2.5', 3)), BigNumber.isBigNumber(new BigNumber(1)), BigNumber.fromFormat && String(BigNumber.fromFormat('1,234.5'))]);
  let [a, b] = [new BigNumber(0), new BigNumber(1)];
  for (let i = 0; i < (small ? 300 : 2000); i++) [a, b] = [b, a.plus(b)];
  show('fibonacci', a.toFixed());
  let f = new BigNumber(1);
  for (let i = 2; i <= (small ? 60 : 250); i++) f = f.times(i);
  show('factorial', f.toFixed());
  show('sqrt', new (BigNumber.clone({DECIMAL_PLACES: small ? 50 : 300}))(2).sqrt().toFixed());
  show('random', (() => { const r = BigNumber.random(20); return [r.lt(1), r.gte(0), r.dp() <= 20]; })());
  for (const bad of [undefined, null, {}, 'abc', [], true, '1e', '0x', '1.2.3', 10n, Symbol.iterator, NaN]) show(String(bad), () => String(new BigNumber(bad)));
  for (const bad of [{DECIMAL_PLACES: -1}, {ROUNDING_MODE: 9}, {RANGE: 0}, {FORMAT: 5}, 5, {ALPHABET: 'aa'}, {CRYPTO: 2}]) show(JSON.stringify(bad), () => BigNumber.clone().config(bad));
  for (const [value, base] of [['z', 10], ['12', 2], ['1', 65], ['-.1', 16], ['ff', 16], ['FF', 16], ['1.8', 16]]) show(`${value} in ${base}`, () => String(new BigNumber(value, base)));
  show('fractions', ['0.333333333333', '3.14159265358979', '-2.125'].map((n) => [new BigNumber(n).toFraction(), new BigNumber(n).toFraction(100)].map(String)));
  show('digits', () => new BigNumber('1').toFixed(-1));
  show('inspect', [JSON.stringify({x: new BigNumber('0.1')}), Object.keys(new BigNumber('-123456789012345678.9')), new BigNumber('5') + 1, new BigNumber('1e21').toString(), new BigNumber(0.1).plus(0.2).eq(0.3)]);
});
