// SPDX-License-Identifier: MIT
// core-js loaded whole: first its polyfills on top of the engine's built-ins, then (in "forced") everything it can replace replaced.
// entries: cjs
'use strict';
const {run, show, sweep, hash, text_of} = require('./lib/harness.js');
const {subjects} = require('./lib/values.js');

const METHODS = {
  Array: ['at', 'concat', 'copyWithin', 'entries', 'every', 'fill', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flat', 'flatMap',
    'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'map', 'reduce', 'reduceRight', 'reverse', 'slice', 'some', 'sort', 'splice', 'toReversed',
    'toSorted', 'toSpliced', 'unshift', 'values', 'with'],
  String: ['at', 'codePointAt', 'endsWith', 'includes', 'isWellFormed', 'match', 'matchAll', 'padEnd', 'padStart', 'repeat', 'replace', 'replaceAll',
    'search', 'split', 'startsWith', 'substr', 'toWellFormed', 'trim', 'trimEnd', 'trimStart', 'anchor', 'big', 'link'],
  Number: ['toExponential', 'toFixed', 'toPrecision'],
  Set: ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  Iterator: ['drop', 'every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'reduce', 'some', 'take', 'toArray'],
  RegExp: ['exec', 'test', 'toString'],
};
const RECEIVERS = {
  Array: () => [[3, 1, 2], ['b', , 'a', NaN], [], [[1, [2]], [3]]],
  String: () => ['abc abc', ' \u{1F600}x\ud800 ', '', 'a-b-c'],
  Number: () => [0, 1.005, -1e21, 123.456, NaN],
  Set: () => [new Set([1, 2, 3]), new Set()],
  Iterator: () => [[1, 2, 3].values(), new Set(['a', 'b']).values()],
  RegExp: () => [/b(?<n>c)?/g, /^$/y, /\p{L}/u],
};
const ARGUMENTS = () => [[], [1], [-1, 2], ['b', 'X'], [(x) => x, 0], [(a, b) => (a > b ? 1 : -1)], [new Set([2, 3])], [/b/g, '[$&]'], [NaN], [undefined, 3], [{length: 2, 0: 'p', 1: 'q'}]];
const STATIC = {
  Object: ['entries', 'fromEntries', 'values', 'is', 'keys', 'assign', 'getOwnPropertyNames', 'hasOwn', 'groupBy', 'isFrozen', 'getPrototypeOf'],
  Array: ['from', 'of', 'isArray'],
  Number: ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt'],
  Math: ['acosh', 'asinh', 'atanh', 'clz32', 'cosh', 'expm1', 'fround', 'hypot', 'imul', 'log10', 'log1p', 'log2', 'sign', 'sinh', 'tanh', 'trunc', 'f16round'],
  Reflect: ['ownKeys', 'has', 'getPrototypeOf', 'isExtensible', 'get', 'getOwnPropertyDescriptor'],
  Map: ['groupBy'],
  JSON: ['stringify', 'parse'],
};

async function exercise(title) {
  for (const owner of Object.keys(METHODS)) {
    for (const name of METHODS[owner]) {
      const lists = [];
      for (let i = 0, n = RECEIVERS[owner]().length; i < n; i++) {
        for (const list of ARGUMENTS()) lists.push([RECEIVERS[owner]()[i], ...list]);
      }
      sweep(`${title} ${owner}.prototype.${name}`, lists, (self, ...list) => {
        const result = self[name](...list);
        const items = result && typeof result.next === 'function' ? [...result] : result;
        return [items, self];
      });
    }
  }
  for (const owner of Object.keys(STATIC)) {
    for (const name of STATIC[owner]) sweep(`${title} ${owner}.${name}`, subjects().map((x) => [x, 'length']), (...list) => globalThis[owner][name](...list));
  }
  const log = [];
  const boom = (x) => Promise.reject(new Error(x));
  await Promise.all([
    Promise.allSettled([1, boom('a')]).then((x) => log.push(['allSettled', x])), Promise.any([boom('b'), 2]).then((x) => log.push(['any', x])),
    Promise.any([boom('c')]).catch((e) => log.push(['any fails', e.constructor.name, e.errors.length])), Promise.race([3, boom('d')]).then((x) => log.push(['race', x])),
    Promise.all([4, boom('e')]).catch((e) => log.push(['all fails', e.message])), Promise.resolve(5).finally(() => 6).then((x) => log.push(['finally', x])),
    Promise.try((x) => x + 1, 6).then((x) => log.push(['try', x])), (async () => { const {promise, resolve} = Promise.withResolvers(); resolve(8); log.push(['with', await promise]); })(),
    Array.fromAsync([1, Promise.resolve(2)], (x) => x * 2).then((x) => log.push(['fromAsync', x])),
  ]);
  show(`${title} promises`, log.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  class Sub extends Promise {}
  show(`${title} species`, [Sub.resolve(1).then(() => 1) instanceof Sub, Promise.resolve(1) instanceof Promise, (async () => 1)() instanceof Promise]);
  const map = new Map([[NaN, 1], [-0, 2], ['a', {b: 1}]]), weak = new WeakMap([[map, 1]]), key = Object.freeze({});
  show(`${title} collections`, [map.get(NaN), map.get(0), map.size, [...map.keys()], weak.get(map), new WeakSet([key]).has(key), weak.set(key, 2).get(key), new Set('hello').size]);
  const symbol = Symbol('described');
  show(`${title} symbols`, [symbol.description, Symbol.keyFor(Symbol.for('k')), typeof Symbol.asyncIterator, Object(symbol) == symbol, JSON.stringify({[symbol]: 1, a: symbol})]);
  show(`${title} typed`, [new Uint8Array([300, -1, 2.5]), Float32Array.from([1.1, NaN]), new Int16Array([3, 1, 2]).toSorted(), new Uint8ClampedArray([300, -5, 1.5]).with(0, 7),
    new Float64Array(new Uint8Array([1, 2])).map((x) => x / 2), Uint8Array.fromBase64('aGk='), new Uint8Array([1, 254]).toHex(), new DataView(new ArrayBuffer(8)).getFloat16(0)]);
  show(`${title} structuredClone`, structuredClone({a: [new Date(0), /x/g, new Map([[1, new Set([2])]])], e: new RangeError('r')}));
  const url = new URL('https://user:pa%20ss@sub.Example.org:8080/a/../b/./c%7E?x=1&y=%20z&x=2#frag');
  show(`${title} URL`, [url.href, url.origin, url.host, url.pathname, url.search, url.hash, [...url.searchParams], new URLSearchParams({a: '1 2', b: 'é&='}).toString(), URL.canParse('x:'), String(new URL('../q?r', url))]);
  show(`${title} regexp`, ['2020-01-02'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'), [...'a1b22'.matchAll(/\d+/g)].map((m) => m.index), 'aXbX'.replaceAll('X', '$$'), /a.c/s.test('a\nc'),
    RegExp('(a)(?<b>b)').exec('xab'), 'test'.split(/(?:)/), 'A<B>bold</B>and'.split(/<(\/)?([^<>]+)>/), new RegExp(/x/g, 'i').flags, RegExp.escape('a.b-c')]);
  show(`${title} dates`, [new Date(NaN).toJSON(), new Date(0).toISOString(), Date.UTC(2020, 1), new Date(2020, 0, 1).getYear(), new Date(0).toGMTString(), new Date('2020-02-30').getTime()]);
  show(`${title} global`, [btoa('hi\xff'), atob(' aGk= '), typeof queueMicrotask, globalThis === Function('return this')(), parseInt('\u180e1'), parseFloat('-0'), escape('ü€'), unescape('%u20AC%FC')]);
  show(`${title} iterators`, [Iterator.from({next() { return {done: this.n > 2, value: this.n++}; }, n: 0}).toArray(), Iterator.concat([1], [2]).toArray(), [1, 2].values().map((x) => x * 2).toArray()]);
  show(`${title} errors`, [new AggregateError([1], 'm').errors, new Error('m', {cause: 1}).cause, Error.isError(new TypeError()), String(new RangeError('x')), new SuppressedError(1, 2, 'm').suppressed]);
  show(`${title} sums`, [title === 'plain' || Math.sumPrecise([1e20, 0.1, -1e20]), [0.1, 0.2].reduce((a, b) => a + b), (25).toString(36), (0.1).toFixed(20), (1e21).toFixed(2), (123.456).toPrecision(4)]);
  const order = [];
  await new Promise((resolve) => {
    setImmediate(() => order.push('immediate'));
    setTimeout((x) => { order.push(x); resolve(); }, 20, 'timeout');
    queueMicrotask(() => order.push('microtask'));
    Promise.resolve().then(() => order.push('promise'));
    order.push('now');
  });
  show(`${title} order`, order);
}

run([], async () => {
  await exercise('plain');
  require('core-js');
  await exercise('loaded');
  for (const name of Object.keys(require.cache)) if (name.includes('core-js')) delete require.cache[name];
  show('modules', require('core-js/configurator')({usePolyfill: ['Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'URL', 'URLSearchParams', 'Iterator',
    'Array.from', 'Array.prototype.flat', 'Array.prototype.includes', 'Array.prototype.sort', 'Object.assign', 'Object.fromEntries', 'String.prototype.matchAll',
    'String.prototype.replaceAll', 'String.prototype.padStart', 'String.prototype.at', 'Number.prototype.toFixed', 'Math.hypot', 'Math.fround', 'JSON.stringify',
    'AggregateError', 'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'Array.prototype.toSorted', 'Set.prototype.union', 'Reflect.ownKeys']}));
  require('core-js');
  await exercise('forced');
  show('parts', ['actual', 'es', 'features', 'full', 'stable', 'proposals', 'stage', 'web'].map((part) => typeof require(`core-js/${part}`)));
  show('compat', hash(text_of(require('core-js/es/array/virtual') && Object.keys(require('core-js/es/math')).sort())));
});
