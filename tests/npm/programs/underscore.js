// SPDX-License-Identifier: MIT
// Every function of underscore with hundreds of argument lists; chains, templates, timers.
// entries: cjs esm
// sizes: full small
'use strict';
const {run, show, sweep, small} = require('./lib/harness.js');
const {argument_lists, users, subjects} = require('./lib/values.js');

const LEFT_OUT = new Set(['now', 'random', 'sample', 'shuffle', 'uniqueId', 'delay', 'defer', 'debounce', 'throttle', 'mixin', 'times', 'VERSION', '_',
  'templateSettings', 'range', 'default', 'prototype']);

run('underscore', async (_) => {
  const stride = small ? 7 : 1;
  for (const name of Object.keys(_).filter((key) => !LEFT_OUT.has(key)).sort()) {
    sweep(name, argument_lists(stride), (...args) => {
      const result = _[name](...args);
      return typeof result === 'function' ? ['function', result.length] : [result, args[0]];
    });
  }
  sweep('isEqual pairs', subjects().flatMap((a) => subjects().map((b) => [a, b])), _.isEqual);
  show('range', [_.range(10), _.range(1, 11), _.range(0, 30, 5), _.range(0, -10, -1), _.range(0), _.times(3, (i) => i * i)]);
  show('chain', _.chain(users()).sortBy('age').map((u) => `${u.user} is ${u.age}`).first().value());
  show('oop', _([1, 2, 3, 200]).chain().filter((n) => n % 2 === 0).tap((x) => x.push(5)).map((n) => n * n).value());
  const template = _.template('<% _.each(users, function (u) { %><b><%- u.user %></b><%= u.age %>\n<% }) %>');
  show('template', template({users: users()}));
  show('template source', template.source);
  show('mustache', _.template('Hello {{ name }}!', {interpolate: /\{\{(.+?)\}\}/g})({name: '<x>'}));
  const fibonacci = _.memoize((n) => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)));
  show('memoize', [fibonacci(70), Object.keys(fibonacci.cache).length]);
  show('partial', [_.partial((a, b) => a - b, _, 5)(20), _.compose((x) => x + '!', (x) => x.toUpperCase())('hi')]);
  show('bindAll', () => { const o = {n: 'x', f() { return this.n; }}; _.bindAll(o, 'f'); return (0, o.f)(); });
  show('after', () => { const f = _.after(3, () => 'ran'); return [f(), f(), f(), f()]; });
  show('restArguments', _.restArguments((a, rest) => [a, rest])(1, 2, 3));
  show('mixin', () => { _.mixin({capitalize: (s) => s.charAt(0).toUpperCase() + s.substring(1).toLowerCase()}); return _('fABIO').capitalize(); });
  const log = [];
  const debounced = _.debounce((x) => log.push(['debounced', x]), 10), throttled = _.throttle((x) => log.push(['throttled', x]), 20);
  for (let i = 0; i < 4; i++) debounced(i), throttled(i);
  _.defer((x) => log.push(['deferred', x]), 1);
  await new Promise((resolve) => setTimeout(resolve, 120));
  show('timers', log.sort((a, b) => (String(a) < String(b) ? -1 : 1)));
});
