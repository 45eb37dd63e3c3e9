// SPDX-License-Identifier: MIT
// Every function of ramda, curried, with hundreds of argument lists; lenses, transducers, composition.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, text_of, small} = require('./lib/harness.js');
const {seconds, subjects, users} = require('./lib/values.js');

// ascendNatural and descendNatural need Intl.
const LEFT_OUT = new Set(['range', 'repeat', 'times', 'unfold', 'until', '__', 'thunkify', 'default', 'ascendNatural', 'descendNatural']);

run('ramda', (R) => {
  const stride = small ? 11 : 2;
  for (const name of Object.keys(R).filter((key) => !LEFT_OUT.has(key)).sort()) {
    const lists = [];
    for (let i = 0, n = subjects().length; i < n; i++) {
      for (let j = 0, m = seconds().length; j < m; j++) {
        // ramda takes its data last.
        if ((i + j * n) % stride === 0) lists.push([...seconds()[j], subjects()[i]]);
      }
    }
    sweep(name, lists, (...args) => {
      let result = R[name](...args);
      for (let depth = 0; depth < 2 && typeof result === 'function'; depth++) result = result([1, 2], 2);
      return typeof result === 'function' ? ['function', result.length] : result;
    });
  }
  sweep('equals pairs', subjects().flatMap((a) => subjects().map((b) => [a, b])), R.equals);
  sweep('toString', subjects().map((s) => [s]), R.toString);
  sweep('type', subjects().map((s) => [s]), R.type);
  show('range', [R.range(1, 5), R.repeat('x', 3), R.times(R.identity, 4), R.unfold((n) => (n > 5 ? false : [-n, n + 1]), 1), R.until(R.gt(R.__, 100), R.multiply(2))(1)]);
  show('pipe', R.pipe(R.filter(R.prop('active')), R.sortWith([R.descend(R.prop('age'))]), R.map(R.evolve({user: R.toUpper, age: R.inc})))(users()));
  show('compose', R.compose(R.join('-'), R.reverse, R.split(''))('ramda'));
  const city = R.lensPath(['address', 'city']);
  show('lens', [R.view(city, users()[0]), R.over(city, R.toUpper, users()[0]), R.set(R.lensIndex(1), 'x', [1, 2, 3])]);
  show('transduce', R.transduce(R.compose(R.map(R.add(1)), R.filter((x) => x % 2), R.take(3)), R.flip(R.append), [], R.range(0, 20)));
  show('into', R.into('', R.compose(R.map(String), R.dropRepeats), [1, 1, 2, 3, 3]));
  show('group', R.mapObjIndexed((list, key) => `${key}${list.length}`, R.groupBy((u) => u.address.city, users())));
  show('reduceBy', R.reduceBy((acc, u) => acc + u.age, 0, (u) => String(u.active), users()));
  show('converge', R.converge(R.divide, [R.sum, R.length])([1, 2, 3, 4, 5, 6, 7]));
  show('cond', [0, 100, 50].map(R.cond([[R.equals(0), R.always('freezes')], [R.equals(100), R.always('boils')], [R.T, (t) => `nothing at ${t}`]])));
  show('traverse', [R.sequence(R.of(Array), [[1, 2], [3]]), R.lift((a, b) => a * b)([1, 2], [3, 4]), R.xprod([1, 2], ['a'])]);
  show('curry', [R.curry((a, b, c) => a + b + c)(1)(R.__, 3)(2), R.curryN(3, Math.max)(1)(2)(3), R.addIndex(R.map)((v, i) => i + v)(['a', 'b'])]);
  show('tryCatch', R.tryCatch(() => { throw new Error('x'); }, (e, v) => [e.message, v])(5));
  show('clone', () => { const o = {a: [new Date(0), /x/g], n: {}}; o.o = o; const c = R.clone(o); return [text_of(c), c.a[0] !== o.a[0], c.o === c]; });
  show('uniq', [R.uniq([1, '1', [42], [42], -0, 0, NaN, NaN]), R.uniqWith(R.eqBy(String))([1, '1', 2]), R.union([[1]], [[1], [2]]), R.symmetricDifference([1, 2], [2, 3])]);
});
