// SPDX-License-Identifier: MIT
// mathjs: expressions, units, complex numbers, fractions, big numbers, matrices, derivatives, statistics, parsers and chains.
// entries: cjs
'use strict';
const {run, show, sweep} = require('./lib/harness.js');

run('mathjs', (all) => {
  const math = all.create(all.all);
  const expressions = `1 + 2 * 3 ^ 2; sqrt(-4); 12.7 cm to inch; 5 kg * 9.81 m/s^2 to N; sin(45 deg) ^ 2; 9 / 3 + 2i; det([-1, 2; 3, 1]); inv([1, 2; 3, 4]);
    [1, 2; 3, 4] * [5; 6]; [1, 2, 3]'; f(x, y) = x ^ y; f(2, 10); a = 3; a += 1; sum(1:10); mean([1, 2, 3, 4]); std([2, 4, 6]); median(5, 1, 9); quantileSeq([1, 2, 3, 4, 5], 0.25); mode([1, 2, 2]);
    gcd(24, 36); lcm(4, 6); 7 mod 4; -7 mod 4; 10!; combinations(7, 5); factorial(5); isPrime(97); round(pi, 4); e ^ (i * pi); log(100, 10); cbrt(27); nthRoot(16, 4); norm([3, 4]); cross([1, 0, 0], [0, 1, 0]); dot([1, 2], [3, 4]);
    transpose([1, 2; 3, 4]); eye = identity(3); zeros(2, 2); ones(2); range(0, 10, 3); concat([1], [2]); size([1, 2; 3, 4]); reshape(1:6, [2, 3]); diag([1, 2]); trace([1, 2; 3, 4]); kron([1, 2], [1; 1]); expm([0, 1; 0, 0]); lup([2, 1; 1, 3]);
    true and false or not true; 5 > 3 ? "yes" : "no"; "text" ; 0xff + 0b101; bitAnd(12, 10); 1 << 5; {a: {b: 2}}.a.b; obj = {x: 1}; obj.y = 2; obj; [1, 2, 3][2]; m = [1, 2; 3, 4]; m[1, :]; m[:, 2] = [9; 8]; m; string(1/3); number("12"); bignumber(1) / 3; fraction(1, 3) + fraction(1, 6); complex(1, 2) * 2i;
    20 celsius to fahrenheit; 1 hour + 30 minutes; speedOfLight; unit(5, "mile") to km; 3 m + 2 s; undefinedThing; 1 +; sqrt("a"); [1, 2] * [1, 2, 3]; ceil(2.1) ; fix(-2.7); hypot(3, 4); sign(-3); xgcd(36, 163); erf(0.5); gamma(5); atan2(1, 1) to deg; setUnion([1, 2], [2, 3]); setIntersect([1, 2], [2, 3]); sort([3, 1, 2]); filter([1, 5, 9], x > 4); map([1, 2], f(x) = x ^ 2); partitionSelect([3, 1, 2], 1); to(5 inch, cm); format(0.1 + 0.2, 14); hex(255); bin(5)`;
  const scope = {};
  for (const expression of expressions.split(/;(?![^[]*\])/).map((text) => text.trim())) show(expression, () => math.format(math.evaluate(expression, scope), 12));
  show('scope', Object.keys(scope));
  for (const [f, x] of [['x^3 + 2x^2 - x', 'x'], ['sin(2x) * e^x', 'x'], ['log(x) / x', 'x'], ['(a x + b)^2', 'x'], ['y', 'x']]) show(`derivative ${f}`, () => math.derivative(f, x).toString());
  for (const text of ['2 * 1 * x ^ (2 - 1)', 'x + x + x', '(x^2 - 1)/(x - 1)', '2/4', 'sin(x)^2 + cos(x)^2', 'not (a and b)']) show(`simplify ${text}`, () => math.simplify(text).toString());
  show('rationalize', math.rationalize('(2x/y) - y/(x+1)').toString());
  const node = math.parse('f(x) = sqrt(x / (x + 1)) + [1, 2; x, 4][1, 2]');
  show('tex', node.toTex());
  show('tree', node.filter((part) => part.isSymbolNode).map((part) => part.name));
  show('json', JSON.stringify(node));
  show('transformed', node.transform((part) => (part.isSymbolNode && part.name === 'x' ? new math.ConstantNode(3) : part)).toString({parenthesis: 'all'}));
  show('compiled', [1, 2, 3].map((x) => math.compile('x^2 + 1').evaluate({x})));
  const big = all.create(all.all, {number: 'BigNumber', precision: 40});
  show('big', ['sqrt(2)', '1/3', 'exp(1)', '0.1 + 0.2', '100!', 'sin(1)', 'pi'].map((text) => big.format(big.evaluate(text), 30)));
  const fractions = all.create(all.all, {number: 'Fraction'});
  show('fractions', fractions.evaluate('1/3 + 0.25 - 2/7').toFraction());
  show('chain', math.chain([3, 1, 2]).sort('desc').map((x) => x * 2).sum().done());
  const sparse = math.sparse([[1, 0], [0, 3]]);
  show('sparse', [math.multiply(sparse, math.matrix([[1], [2]])).toString(), sparse.density(), JSON.stringify(sparse)]);
  show('solve', [math.lusolve([[2, 1], [1, 3]], [3, 5]), math.eigs([[2, 0], [0, 3]]).values, math.polynomialRoot(6, -5, 1), math.lsolve([[1, 0], [2, 1]], [1, 4])]);
  show('fft', math.format(math.fft([1, 2, 3, 4]), 6));
  math.import({twice: math.typed('twice', {number: (x) => x * 2, string: (s) => s + s}), hello: () => 'hi'});
  show('imported', [math.evaluate('twice(4)'), math.evaluate('twice("ab")'), math.evaluate('hello()')]);
  show('wrong type', () => math.evaluate('twice([1])'));
  math.createUnit('furlong', '220 yards');
  show('unit', [math.evaluate('1 mile to furlong').format(6), math.unit('5.3 km/h').toSI().toString(), math.unit('10 N m').equals(math.unit('10 J'))]);
  const parser = math.parser();
  parser.evaluate('g(n) = n < 2 ? 1 : n * g(n - 1)');
  show('parser', [parser.evaluate('g(20)'), parser.get('g')(5), Object.keys(parser.getAll())]);
  const revived = JSON.parse(JSON.stringify({c: math.complex(1, -2), m: math.matrix([[1, 2]]), u: math.unit('3 cm'), b: math.bignumber('1.5')}), math.reviver);
  show('revived', Object.values(revived).map(String));
  const names = ['abs', 'acos', 'asinh', 'cos', 'cot', 'cube', 'exp', 'expm1', 'floor', 'isInteger', 'log10', 'log1p', 'log2', 'sec', 'sinh', 'square', 'tan', 'tanh', 'unaryMinus', 'isZero', 'typeOf', 'sqrt', 'arg', 'conj', 're', 'im'];
  const values = [0, 0.5, -1.5, 2, math.complex(1, 1), math.bignumber('0.3'), math.fraction(1, 2), [1, 2], true, '3', null, math.unit('2 rad')];
  sweep('functions', names.flatMap((name) => values.map((v) => [name, v])), (name, v) => math.format(math[name](v), 10));
  show('help', math.help('sqrt').toJSON().description);
});
