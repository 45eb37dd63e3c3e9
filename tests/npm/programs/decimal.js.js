// SPDX-License-Identifier: MIT
// decimal.js: every method over a table of numbers, in several precisions and rounding modes; pi and e to hundreds of digits.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');

const NUMBERS = ['0', '-0', '1', '-1', '0.1', '-2.5', '3.999', '123456789.987654321', '1e-30', '-9.99e25', '0xff.8', '0b1011.01', '0o17', 'Infinity', '-Infinity', 'NaN', '2', '0.5', '1000000', '7e400', '1e-400'];
const UNARY = ['abs', 'ceil', 'floor', 'round', 'trunc', 'neg', 'sqrt', 'cbrt', 'exp', 'ln', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'dp', 'sd', 'isInt', 'isNaN', 'isFinite', 'isNeg', 'isPos', 'isZero', 'toNumber',
  'toJSON', 'valueOf', 'toString', 'toBinary', 'toHex', 'toOctal', 'toExponential', 'toFixed', 'toPrecision', 'toDP', 'toSD'];
const BINARY = ['plus', 'minus', 'times', 'div', 'divToInt', 'mod', 'pow', 'cmp', 'eq', 'gt', 'gte', 'lt', 'lte', 'log', 'toNearest', 'logarithm', 'clamp'];

run('decimal.js', (Decimal) => {
  for (const precision of small ? [20] : [5, 20, 60]) {
    for (let rounding = 0; rounding < 9; rounding += small ? 4 : 1) {
      const D = Decimal.clone({precision, rounding, modulo: rounding, toExpNeg: -12, toExpPos: 15, defaults: true});
      const title = `${precision}/${rounding}`;
      const slow = new Set(['sin', 'cos', 'tan', 'exp', 'ln', 'log', 'sinh', 'cosh', 'tanh', 'asin', 'acos', 'atan', 'asinh', 'acosh', 'atanh']);
      for (const name of UNARY) {
        const numbers = slow.has(name) ? NUMBERS.filter((n) => !(Math.abs(Number(n)) > 20 && isFinite(n)) && !n.includes('-400') && n !== '7e400') : NUMBERS;
        sweep(`${title} ${name}`, numbers.map((n) => [n]), (n) => String(new D(n)[name]()));
      }
      for (const name of BINARY) {
        const second = name === 'pow' ? ['0', '2', '-3', '0.5', '-1.25', 'NaN', '10'] : NUMBERS;
        const first = name === 'pow' || name.startsWith('log') ? NUMBERS.slice(0, 9) : NUMBERS;
        if (name.startsWith('log') && rounding % 3) continue;
        sweep(`${title} ${name}`, first.flatMap((a) => second.map((b) => [a, b])), (a, b) => String(name === 'clamp' ? new D(a).clamp(b, 5) : new D(a)[name](b)));
      }
      for (const digits of [0, 1, 7, 30]) {
        sweep(`${title} digits ${digits}`, NUMBERS.map((n) => [new D(n)]), (x) => [x.toFixed(digits), x.toExponential(digits), x.toDP(digits).toString(), digits ? x.toPrecision(digits) : '', digits ? x.toSD(digits, 1).toString() : '']);
      }
    }
  }
  const big = Decimal.clone({precision: small ? 100 : 400});
  show('pi', big.acos(-1).toString());
  show('e', big.exp(1).toString());
  show('sqrt 2', new big(2).sqrt().toString());
  show('power', new big(2).pow(1000).toString());
  show('log', big.log10('123456789').toString());
  show('static', ['max', 'min', 'hypot', 'sum', 'add', 'sub', 'mul', 'atan2', 'log2', 'sign', 'mod'].map((name) => [name, String(Decimal[name]('3.7', '-1.2', '9'))]));
  show('random', (() => { const r = Decimal.random(30); return [r.lt(1), r.gte(0), r.dp() <= 30]; })());
  show('fractions', ['0.333333333333', '3.14159265358979', '-2.125'].map((n) => [new Decimal(n).toFraction(), new Decimal(n).toFraction(100)].map(String)));
  show('inputs', [1e21, 5e-324, 123.456, -0, 10n, '  1 ', '1_000', '+5', '.5', '5.', '0x', ''].map((n) => { try { return String(new Decimal(n)); } catch (error) { return error.message; } }));
  for (const bad of [undefined, null, {}, 'abc', [], true, Symbol.iterator]) show(String(bad), () => new Decimal(bad));
  for (const bad of [{precision: 0}, {rounding: 9}, {toExpNeg: 1}, {crypto: 5}, 5, {maxE: -1}]) show(JSON.stringify(bad), () => Decimal.clone().set(bad));
  show('inspect', [new Decimal('1.5'), Decimal.isDecimal(new Decimal(1)), Object.keys(new Decimal('-12345678.9')), JSON.stringify({x: new Decimal('0.1')})]);
  show('convert', [new Decimal('255.5') + 1, `${new Decimal(3)}`, Number(new Decimal('1e3')), new Decimal('0x1.8p3').toString(), new Decimal(0.1).plus(0.2).eq(0.3)]);
});
