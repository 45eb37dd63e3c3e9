// util.inspect of many kinds of values with the default options, byte for byte as Node prints them.
'use strict';
const { inspect } = require('util');

const words = 'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua'.split(' ');
const numbers = Array.from({ length: 150 }, (_, i) => i);
class Foo {
  constructor() {
    this.x = 1;
    this.y = 'two';
  }
  get g() {
    return 1;
  }
}
class Bar extends Foo {
  #p = 1;
  constructor() {
    super();
    this.z = [1, 2];
  }
}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'Tg';
  }
}
class MyArray extends Array {}
class MyMap extends Map {}
class MySet extends Set {}
class MyPromise extends Promise {}
class MyRegExp extends RegExp {}
class MyDate extends Date {}
class MyBytes extends Uint8Array {}
const circular = { name: 'c' };
circular.self = circular;
circular.list = [circular, { circular }];
const twice = {};
twice.a = { b: {} };
twice.a.b.c = twice.a;
twice.d = twice;
const bare = Object.create(null);
bare.a = 1;
const holes = [1, , 3, , , 6];
holes.extra = 'e';
holes[-1] = 1;
function named(a, b) {}
named.prop = 1;
async function asyncFunction() {}
function* generator() {
  yield 1;
}
async function* asyncGenerator() {}
const rejected = Promise.reject(5);
rejected.catch(() => {});
const accessors = { get a() { return 1; }, set a(v) {}, get b() { return { x: [1] }; }, set c(v) {} };
const map = new Map([['a', 1], [{ k: 1 }, new Map([[1, [2]]])], [[1, 2], 'x']]);

const groups = {
  primitives: [undefined, null, true, 0, -0, NaN, -Infinity, 1.5, 1e21, 123456789.123456, 0.000001234, 123n, -5n, Symbol(), Symbol('x'), Symbol('a\nb')],
  strings: ['abc', "it's", 'both \' and "', 'all \' " `', '${x} \' "', '\n\t\b\f\r\v\0\x1b\x7f\x85\\', '\ud83d\ude00 \ud800 \udc00x', 'é中文', '', 'a'.repeat(200),
    'line one\nline two\nline three and more and more and more and more and more text here ok'],
  arrays: [[], [1], [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7], numbers, words, holes, [,], [,, 1], new Array(200), [undefined, null],
    [[1, [2, [3, [4, [5]]]]]], words.concat(words), numbers.map((x) => x * 1.5), [[], []], [{}, {}], [{ a: 1, b: 2 }, { a: 3, b: 4 }],
    words.map((w) => [w, w.length]), [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 10000n], ['中文', '日本語', '한국어', 'aa', 'bb', 'cc', 'dd', 'ee'],
    Array.from({ length: 27 }, (_, i) => 'x'.repeat(i)), Object.assign([1, 2, 3], { foo: 'bar' }), [1.5, -2, 3e100, 4, 5, 6, 7, 8, 9],
    ['a', 'b', 'c', 'd', 'e', 'f', { a: 1 }], Array(101).fill('x'), [, 'a', , 'b', , ,], new MyArray(1, 2, 3), Object.setPrototypeOf([1, 2], null)],
  objects: [{}, { a: 1 }, { a: { b: { c: { d: 1 } } } }, { 'a-b': 1, '2': 2, '$x': 3, _y: 4, 'é': 5, '': 6, 'a b': 7, "it's": 8 }, bare, circular, twice,
    Object.create(bare), Object.create({}), Object.create(Foo.prototype), { a: undefined, b: null, f() {}, g: () => {}, h: class {}, i: class X extends Foo {} },
    { __proto__: { inherited: 1 }, own: 2 }, JSON.parse('{"__proto__":1}'), Object.defineProperty({ v: 1 }, 'hid', { value: 2 }), accessors,
    { long1: 'x'.repeat(30), long2: 'y'.repeat(30) }, { long1: 'x'.repeat(30), long2: 'y'.repeat(18) }, Object.fromEntries(words.map((w) => [w, w.length])),
    { a: [{ b: { c: {} } }] }, { a: [[[[]]]] }, { a: { b: { c: [] } } }, { a: { b: { c: new Map([[1, 2]]) } } }, { a: { b: { c: new Foo() } } },
    Object.create({ constructor: { name: 'Fake' } }), Object.setPrototypeOf({ a: 1 }, Object.create(null)), { constructor: 'x' }, { a: 'x'.repeat(100) },
    { text: 'line one\nline two\nline three and more and more and more and more and more text here ok', n: 1 }, { a: [1, 2, { b: new Set([new Map([[{ x: 1 }, [1, 2, 3]]])]) }] }],
  classes: [new Foo(), new Bar(), Foo, Bar, class {}, Object.assign(class A {}, { st: 1 }), new (class {})(), new (class extends Foo {})(), new Tagged(),
    Object.defineProperty({ a: 1 }, Symbol.toStringTag, { value: 'hid' }), class /*(*/ Z { m() {} }, Object.create(Tagged.prototype)],
  functions: [named, (() => () => {})(), asyncFunction, generator, asyncGenerator, Object.assign(() => {}, { a: 1, b: { c: 1 } }), Math.max, named.bind(null),
    Object.setPrototypeOf(function f() {}, null), Object.defineProperty(function() {}, 'name', { value: 'custom' }), Symbol],
  collections: [new Map(), map, new Set(), new Set([1, 'a', { b: 1 }, [1]]), new MyMap([[1, 2]]), new MySet([1]), map.entries(), map.keys(), map.values(),
    new Set([1, 2]).entries(), new Set([1, 2]).values(), new WeakMap(), new WeakSet(), Object.assign(new Map([[1, 2]]), { x: 1 }),
    Object.setPrototypeOf(new Map([[1, 2]]), null), new Set(numbers), [1, 2][Symbol.iterator](), 'ab'[Symbol.iterator](), generator(), asyncGenerator(),
    new Map([[{ a: { b: { c: 1 } } }, { a: { b: { c: 1 } } }]]), new Set(words)],
  promises: [Promise.resolve(4), new Promise(() => {}), rejected, MyPromise.resolve({ a: 1 }), Promise.resolve([{ a: { b: {} } }])],
  dates: [new Date(0), new Date(NaN), new MyDate(0), Object.assign(new Date(0), { x: 1 })],
  regexps: [/a\/b/gi, new MyRegExp('x'), Object.assign(/x/, { y: 1 }), Object.setPrototypeOf(/n/g, null)],
  boxes: [Object(1), Object('str'), Object(true), Object(Symbol('q')), Object(9n), Object.assign(Object('ab'), { c: 1 }), Object(-0), new (class N2 extends Number {})(3)],
  bytes: [new Uint8Array(3), new Float64Array([1.5, -0, NaN]), new BigInt64Array([1n, -2n]), new Uint8Array(200), new MyBytes(2), Object.assign(new Uint8Array(1), { x: 1 }), new Uint8Array(0),
    new Int32Array([100000, -2, 3, 4, 5, 6, 7, 8])],
  others: [(function() { return arguments; })(1, 'a'), (function() { 'use strict'; return arguments; })(), Math, JSON, Reflect, Atomics],
};
for (const name of Object.keys(groups)) {
  console.log(`-- ${name}`);
  for (const value of groups[name]) console.log(inspect(value));
}
