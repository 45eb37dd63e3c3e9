// SPDX-License-Identifier: MIT
// Every function of lodash with hundreds of argument lists; chains, templates, timers, caches.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');
const {argument_lists, users, subjects} = require('./lib/values.js');

// Those that are random, depend on the clock, or make as much as they are told to.
const LEFT_OUT = new Set(['now', 'random', 'sample', 'sampleSize', 'shuffle', 'uniqueId', 'delay', 'defer', 'debounce', 'throttle', 'runInContext',
  'noConflict', 'mixin', 'times', 'prototype', 'VERSION', '_', 'templateSettings', 'range', 'rangeRight', 'repeat', 'default']);

run('lodash', async (_) => {
  const stride = small ? 7 : 1;
  for (const name of Object.keys(_).filter((key) => !LEFT_OUT.has(key)).sort()) {
    const lists = argument_lists(stride);
    sweep(name, lists, (...args) => {
      const result = _[name](...args);
      return typeof result === 'function' ? ['function', result.length] : [result, args[0]];
    });
  }
  // What a function returned is called too.
  for (const name of ['ary', 'before', 'bind', 'curry', 'curryRight', 'flip', 'memoize', 'negate', 'once', 'overArgs', 'partial', 'partialRight', 'rearg',
    'rest', 'spread', 'unary', 'wrap', 'flow', 'iteratee', 'property', 'propertyOf', 'matches', 'matchesProperty', 'method', 'nthArg', 'constant']) {
    sweep(`${name}()`, [[(...a) => a.join('+'), 2], ['a.b', 1], [(a, b, c) => [a, b, c], 1, 2], [{a: 1}], [['x', 0], 5]], (...args) => {
      const made = _[name](...args);
      return [made(1, 2, 3, 4), made([{a: 1}], {a: {b: 2}}), made.call({c: 1}, 'x')];
    });
  }
  show('range', [_.range(4), _.range(-4), _.range(1, 5), _.range(0, 20, 5), _.range(0, -4, -1), _.range(1, 4, 0), _.rangeRight(4)]);
  show('repeat', [_.repeat('ab', 3), _.repeat('abc', 0), _.times(3, String), _.times(4, _.constant(0))]);
  show('chain', _(users()).filter('active').sortBy('age').map('user').map(_.upperFirst).value());
  show('lazy', _(_.range(1000)).map((n) => n * n).filter((n) => n % 3 === 1).take(5).reverse().value());
  show('chain methods', _.chain([1, 2, 3]).push(4).tap((a) => a.pop()).thru((a) => [a, a]).flatten().uniq().sum().value());
  show('iterator', [..._([1, 2, 3]).map((x) => x * 2)]);
  const compiled = _.template('<% _.forEach(users, function (u) { %><li><%- u.user %>:<%= u.age %>${u.active}</li><% }) %>');
  show('template', compiled({users: users()}));
  show('template source', compiled.source);
  show('template options', _.template('hello {{ user }} \u2028 \'"\\!', {interpolate: /{{([\s\S]+?)}}/g, variable: 'data'}).source);
  show('template error', () => String(_.attempt(_.template, '<% if (%>').name));
  const cyclic = {list: [1, {deep: new Map([[{k: 1}, new Set([1])]])}], date: new Date(0), re: /x/g, typed: new Float64Array([1.5, NaN])};
  cyclic.self = cyclic;
  const copy = _.cloneDeep(cyclic);
  show('cloneDeep', [copy, copy.self === copy, copy.list !== cyclic.list, _.isEqual(copy, cyclic)]);
  sweep('isEqual pairs', subjects().flatMap((a) => subjects().map((b) => [a, b])), _.isEqual);
  show('merge', _.merge({a: [{b: 2}, {d: 4}], x: null}, {a: [{c: 3}, {e: 5}], x: {y: undefined}}, [7]));
  show('mergeWith', _.mergeWith({a: [1]}, {a: [2]}, (o, s) => (Array.isArray(o) ? o.concat(s) : undefined)));
  const memo = _.memoize((n) => (n < 2 ? n : memo(n - 1) + memo(n - 2)));
  show('memoize', [memo(80), memo.cache.size, memo.cache.get(50)]);
  show('curry', [_.curry((a, b, c) => [a, b, c])(1)(2, 3), _.curry((a, b, c) => [a, b, c])(_, 2)(1)(3)]);
  show('words', [_.words('fred, barney, & pebbles'), _.words('ÀÉîøß œuvre 3rd XMLHttpRequest 中文'), _.words('a1b2C3', /\d/g)]);
  show('deburr', _.deburr('déjà vu Ærøskøbing ŒUVRE ſtraße Ångström'));
  show('emoji', [_.toArray('a👩‍👩‍👧‍👦b🇩🇪'), _.size('👨🏽‍🚀x'), _.truncate('lorem ipsum dolor sit amet, consectetur', {length: 24, separator: /,? +/})]);
  show('context', () => Object.keys(_.runInContext({Date: class {}, Math})).length > 200);
  show('mixin', () => { _.mixin({vowels: (s) => _.filter(s, (c) => /[aeiou]/i.test(c))}); return _('fred education').vowels().value(); });
  const log = [];
  const debounced = _.debounce((x) => log.push(['debounced', x]), 10);
  const throttled = _.throttle((x) => log.push(['throttled', x]), 20, {leading: true, trailing: true});
  for (let i = 0; i < 4; i++) debounced(i), throttled(i);
  _.defer((x) => log.push(['deferred', x]), 1);
  _.delay((x) => log.push(['delayed', x]), 5, 2);
  await new Promise((resolve) => setTimeout(resolve, 120));
  show('timers', log.sort((a, b) => (String(a) < String(b) ? -1 : 1)));
  show('flush', [debounced(9), debounced.flush(), debounced.cancel()]);
});
