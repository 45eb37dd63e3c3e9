// util.inspect's options, each over the same values.
'use strict';
const { inspect } = require('util');

const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor'.split(' ');
class Foo {
  constructor() {
    this.x = 1;
  }
}
const circular = { a: [1, 2] };
circular.self = circular;
const values = [
  12345678.987654, -1234n, 'a long string with several words in it, and a\nline break', null, undefined, Symbol('s'), words,
  [1, , 3, [4, [5, [6]]]], { b: 1, a: { d: { e: { f: 1 } }, c: 2 }, 'x-y': 'z' }, circular, new Map([[{ a: 1 }, { b: { c: { d: 1 } } }], ['k', 2]]),
  new Set([3, 1, 2]), new Foo(), { get g() { return 1; }, get o() { return { deep: [1] }; }, set g(v) {}, set s(v) {} }, Array.from({ length: 30 }, (_, i) => i * 1000),
  { items: words.map((w, i) => ({ id: i, w })) }, new Date(0), Promise.resolve({ a: { b: { c: {} } } }), Object(1), () => {}, class A {},
];
const options = [
  { showHidden: true }, { depth: 0 }, { depth: 1 }, { depth: null }, { colors: true }, { compact: false }, { compact: true }, { compact: 1 }, { compact: 0 },
  { compact: 6 }, { breakLength: 40 }, { breakLength: Infinity }, { breakLength: 120, compact: 5 }, { maxArrayLength: 3 }, { maxArrayLength: 0 },
  { maxArrayLength: null }, { maxStringLength: 5 }, { sorted: true }, { sorted: (a, b) => (a < b ? 1 : -1) }, { getters: true }, { getters: 'get' }, { getters: 'set' },
  { numericSeparator: true }, { compact: true, breakLength: 40, colors: true }, { depth: -1 }, { unknown: 1, depth: 4 },
];
for (const option of options) {
  console.log(`-- ${Object.keys(option)} ${Object.values(option).map((v) => (typeof v === 'function' ? 'function' : v))}`);
  for (const value of values) console.log(inspect(value, option));
}
console.log(inspect({ a: { b: 1 } }, true, 0, true));

// Custom functions
const { custom } = inspect;
const show = (value, option) => console.log(inspect(value, option));
show({ [custom]() { return 'custom!'; } });
show({ [custom](depth, options) { return { depth, known: typeof options.stylize }; } });
show([{ [custom]() { return 'multi\nline'; } }]);
show({ a: { [custom]() { return [1, { a: 1 }, 'x\ny']; } } });
show({ a: { [custom](depth, options, i) { return i({ a: { b: { c: {} } } }, options); } } });
show({ [custom](depth, options) { return options.stylize('x', 'number') + depth; } }, { colors: true, depth: 7 });
show({ [custom]() { return 'no'; }, n: 1 }, { customInspect: false, depth: 0 }.depth);
console.log(custom === Symbol.for('nodejs.util.inspect.custom'), Object.keys(inspect.defaultOptions).join());
inspect.defaultOptions.depth = 0;
show({ a: { b: 1 } });
