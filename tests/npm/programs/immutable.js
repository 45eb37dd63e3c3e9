// SPDX-License-Identifier: MIT
// immutable: all methods of all its collections with many arguments, deep updates, laziness, large maps, hashing.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, hash, text_of, small} = require('./lib/harness.js');
const {random_from} = require('./lib/inputs.js');

const LEFT_OUT = new Set(['constructor', 'shuffle', 'inspect', 'asMutable', 'withMutations', '__proto__', 'wasAltered', 'hashCode', 'isEmpty']);
const ARGUMENTS = () => [[], [0], [1], [-1], ['a'], ['a', 9], [1, 'x'], [2, 1, 'new'], [(x) => x], [(x, k) => String(k)], [(a, b) => (a > b ? 1 : a < b ? -1 : 0)], [['a', 'b'], 5], [['a', 'b'], (x) => [x]],
  [[1, 2]], [{a: {z: 1}, q: 2}], [(r, x) => `${r}${x}`, ''], [undefined], [NaN], [3, (x) => x && x + 1], [(x) => x > 1, null, 'fallback'], ['b', () => 'made', (x) => x]];

function methods(value) {
  const names = new Set();
  for (let proto = Object.getPrototypeOf(value); proto && proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto)) if (typeof value[name] === 'function' && !name.startsWith('_') && !name.startsWith('@@')) names.add(name);
  }
  return [...names].filter((name) => !LEFT_OUT.has(name)).sort();
}

run('immutable', (I) => {
  const plain = (value) => {
    if (value && typeof value.next === 'function') return ['iterator', ...Array.from({length: 8}, () => value.next()).filter((r) => !r.done).map((r) => plain(r.value))];
    if (I.isImmutable(value) || I.isCollection(value)) return String(value.size === Infinity ? value.take(5) : value);
    return Array.isArray(value) ? value.map(plain) : value;
  };
  const Person = I.Record({a: 'first', b: 0, nested: I.Map()}, 'Person');
  const makers = {
    List: () => I.List([3, 1, 'a', I.Map({a: 1})]), Map: () => I.Map({a: I.Map({b: 1}), b: 2, c: 'x'}), OrderedMap: () => I.OrderedMap([['z', 1], ['a', {b: 2}]]), Set: () => I.Set([1, 2, 'a']), OrderedSet: () => I.OrderedSet(['b', 'a', 3]),
    Stack: () => I.Stack([1, 2, 3]), Seq: () => I.Seq([1, 2, 3]).map((x) => x * 2), KeyedSeq: () => I.Seq({a: 1, b: [2]}), SetSeq: () => I.Set([1, 2]).toSeq(), Range: () => I.Range(0, 6, 2), Repeat: () => I.Repeat('r', 3), Record: () => new Person({b: 5}),
  };
  for (const kind of Object.keys(makers)) {
    for (const name of methods(makers[kind]())) {
      sweep(`${kind}.${name}`, ARGUMENTS(), (...list) => plain(makers[kind]()[name](...list)));
    }
  }
  const functions = ['get', 'getIn', 'has', 'hasIn', 'merge', 'mergeDeep', 'remove', 'removeIn', 'set', 'setIn', 'update', 'updateIn', 'is', 'isImmutable', 'isKeyed', 'isIndexed', 'isOrdered', 'isPlainObject', 'isValueObject', 'isRecord', 'hash', 'fromJS'];
  for (const name of functions) {
    sweep(name, [{a: {b: 1}}, [1, [2]], I.Map({a: 1}), I.List([1]), 'text', 5, null, new Person()].flatMap((v) => ARGUMENTS().slice(0, 16).map((list) => [v, ...list])), (...list) => plain(I[name](...list)));
  }
  show('fromJS', [String(I.fromJS({a: [1, {b: 2}], c: new Date(0)}))]);
  show('reviver', String(I.fromJS({a: {b: [1, 2]}}, (key, value, path) => (I.isIndexed(value) ? value.toList() : value.toOrderedMap().set('path', path && path.join('.'))))));
  const log = [];
  const lazy = I.Seq([1, 2, 3, 4, 5]).filter((x) => { log.push(`f${x}`); return x % 2; }).map((x) => { log.push(`m${x}`); return x * x; });
  show('lazy', [lazy.get(1), log, lazy.size]);
  show('infinite', I.Range(1, Infinity).skip(1000).map((n) => -n).filter((n) => n % 2 === 0).take(2).reduce((r, n) => r * n, 1));
  const random = random_from(5), n = small ? 1000 : 20000;
  let map = I.Map(), list = I.List(), set = I.OrderedSet();
  const keys = [];
  for (let i = 0; i < n; i++) {
    const key = [`k${random(n)}`, random(n), `${random(5)}${'ab'.repeat(random(3))}`][i % 3];
    keys.push(key);
    map = i % 7 === 6 ? map.delete(keys[random(keys.length)]) : map.set(key, i);
    list = i % 5 === 4 ? list.pop() : i % 11 === 3 ? list.unshift(i) : list.push(key);
    set = i % 9 === 8 ? set.remove(key) : set.add(key);
  }
  show('large', [map.size, list.size, set.size, map.hashCode(), list.hashCode(), set.hashCode(), hash(text_of(map.toArray())), hash(JSON.stringify(list)), hash(JSON.stringify(set.sort((a, b) => (String(a) < String(b) ? -1 : 1))))]);
  show('mutable', I.Map().withMutations((m) => { for (let i = 0; i < 500; i++) m.set(i, i * i); }).filter((v) => v % 10 === 1).keySeq().toArray());
  show('collisions', I.Map([['Aa', 1], ['BB', 2], ['AaAa', 3], ['BBBB', 4], ['AaBB', 5]]).delete('BB').toJS());
  show('equal', [I.is(I.Map({a: I.List([1])}), I.Map({a: I.List([1])})), I.Map([[NaN, 1]]).get(NaN), I.Map([[0, 'z']]).get(-0), I.Set([I.Map({a: 1})]).has(I.Map({a: 1})), I.is(new Date(5), new Date(5))]);
  show('hashes', ['a', '', 'x'.repeat(40), 0, -0, 1.5, NaN, Infinity, true, null, undefined, 1e300, new Date(99)].map(I.hash));
  show('inspect', [I.Map({a: 1}), I.List([1, I.Set(['x'])]), new Person()]);
  show('json', JSON.stringify({m: I.Map({a: I.List([1, 2])}), s: I.Set([1]), r: new Person({a: 1}), st: I.Stack([1])}));
  show('sort', String(I.List(['b', 'C', 'a']).sortBy((x) => x.toLowerCase()).groupBy((x) => x.length).map((g) => g.join('/'))));
  show('bad', () => I.Map(5));
  show('bad update', () => I.Map({a: 1}).setIn(['a', 'b'], 2));
});
