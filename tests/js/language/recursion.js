// timeout: 60
// skip: gc-stress,tsan deep stacks are scanned at every collection
// Every way to recurse ends with a RangeError that can be caught, and leaves the program as it was.
'use strict';
const vm = require('vm'), util = require('util');
function nested(open, close, n) { return open.repeat(n) + close.repeat(n); }
function nest(make, n) { let o = {}; for (let i = 0; i < n; i++) o = make(o); return o; }
const DEEP = 5e4; // nested this deep, some of it is quadratic
// What answers 'fine' may also be deep enough for the stack: it must not crash.
const ways = {
  function() { (function f() { f(); })(); },
  mutual() { function f(a) { return g(a) + 1; } function g(a) { return f(a) + 1; } f(1); },
  arguments() { (function f(...a) { f(...a, 1); })(); },
  apply() { (function f() { f.apply(null, arguments); })(1, 2); },
  method() { const o = { m() { this.m(); } }; o.m(); },
  construct() { function F() { new F(); } new F(); },
  derived() { class A { constructor() { new B(); } } class B extends A { constructor() { super(); } } new B(); },
  getter() { const o = { get x() { return this.x; } }; o.x; },
  setter() { const o = { set x(v) { this.x = v; } }; o.x = 1; },
  superGetter() { const p = { get x() { return this.x; } }; ({ __proto__: p, get y() { return super.x; } }).y; },
  valueOf() { const o = { valueOf() { return o + 1; } }; o + 1; },
  toString() { const o = { toString() { return `${o}`; } }; `${o}`; },
  toPrimitive() { const o = { [Symbol.toPrimitive]() { return o < 1; } }; o < 1; },
  hasInstance() { const o = { [Symbol.hasInstance]() { return 1 instanceof o; } }; 1 instanceof o; },
  iterator() { const o = { [Symbol.iterator]() { return [...o][Symbol.iterator](); } }; [...o]; },
  destructuring() { const o = { get a() { const { a } = o; return a; } }; const { a } = o; return a; },
  defaults() { (function f(a = f()) {})(); },
  template() { const tag = () => tag``; tag``; },
  arrow() { const f = () => f(); f(); },
  bound() { let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); return f() === 1 && 'fine'; },
  boundRecursion() { const f = function () { g(); }, g = f.bind(1); g(); },
  proxyGet() { const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); p.x; },
  proxySet() { const p = new Proxy({}, { set(t, k, v, r) { r[k] = v; return true; } }); p.x = 1; },
  proxyHas() { const p = new Proxy({}, { has(t, k) { return k in p; } }); 'x' in p; },
  proxyApply() { const p = new Proxy(() => {}, { apply() { p(); } }); p(); },
  proxyConstruct() { const p = new Proxy(function () {}, { construct() { return new p(); } }); new p(); },
  proxyOwnKeys() { const p = new Proxy({}, { ownKeys() { return Object.keys(p); } }); Object.keys(p); },
  proxyChain() { let p = {}; for (let i = 0; i < DEEP; i++) p = new Proxy(p, {}); p.x; return 'fine'; },
  proxyFunctionChain() { let p = () => 1; for (let i = 0; i < DEEP; i++) p = new Proxy(p, {}); p(); return 'fine'; },
  proxyPrototypeChain() { let p = {}; for (let i = 0; i < DEEP; i++) p = new Proxy({}, { getPrototypeOf: ((q) => () => q)(p) }); p instanceof Object; Object.prototype.isPrototypeOf.call({}, p); return 'fine'; },
  proxyIsArray() { let p = []; for (let i = 0; i < DEEP; i++) p = new Proxy(p, {}); return Array.isArray(p) && 'fine'; },
  proxySetProto() { let p = {}; for (let i = 0; i < DEEP; i++) p = new Proxy(p, {}); Object.setPrototypeOf(p, null); return 'fine'; },
  proxyKeys() { let p = {}; for (let i = 0; i < DEEP; i++) p = new Proxy(p, {}); Reflect.ownKeys(p); return 'fine'; },
  selfPrototypeProxy() { const p = new Proxy({}, {}); Object.setPrototypeOf(p, Object.create(p)); p.x; },
  prototypeChain() { const o = nest((p) => Object.create(p), DEEP); o.x; return 'fine'; },
  prototypeProxyChain() { const o = nest((p) => Object.create(new Proxy(p, {})), DEEP); o.x; return 'fine'; },
  sort() { [2, 1].sort(function f(a, b) { return [2, 1].sort(f); }); },
  sortToString() { const o = { toString() { return [o, o].sort(); } }; [o, o].sort(); },
  forEach() { (function f() { [1].forEach(f); })(); },
  map() { (function f() { return [1].map(f); })(); },
  reduce() { (function f() { return [1, 2].reduce(f); })(); },
  from() { (function f() { return Array.from([1], f); })(); },
  typedMap() { (function f() { return new Uint8Array(1).map(f); })(); },
  mapForEach() { (function f() { new Map([[1, 2]]).forEach(f); })(); },
  replace() { (function f() { return 'a'.replace(/a/, f); })(); },
  replaceString() { (function f() { return 'a'.replaceAll('a', f); })(); },
  regexpExec() { const r = /a/; r.exec = function () { return r.test('a'); }; r.test('a'); },
  split() { const o = { [Symbol.split]() { return 'a'.split(o); } }; 'a'.split(o); },
  species() { class A extends Array { static get [Symbol.species]() { return new A(1).map((x) => x); } } new A(1).map((x) => x); },
  concatSpreadable() { const o = { get [Symbol.isConcatSpreadable]() { return [].concat(o); } }; [].concat(o); },
  join() { const a = []; a[0] = { toString() { return a.concat().join(); } }; a.join(); },
  joinCycle() { const a = []; a[0] = a; return a.join() === '' && 'fine'; },
  joinNested() { String(nest((a) => [a], DEEP)); },
  flat() { nest((a) => [a], DEEP).flat(Infinity); return 'fine'; },
  flatCycle() { const a = []; a[0] = a; a.flat(Infinity); },
  json() { JSON.parse(nested('[', ']', 1e6)); return 'fine'; },
  jsonObjects() { JSON.parse(nested('{"a":', '}', 1e6).replace(':}', ':1}')); return 'fine'; },
  jsonReviver() { JSON.parse(nested('[', ']', 1000), function f() { return JSON.parse('[1]', f); }); },
  stringify() { JSON.stringify(nest((a) => [a], DEEP)); return 'fine'; },
  stringifyObjects() { JSON.stringify(nest((a) => ({ a }), DEEP)); return 'fine'; },
  toJSON() { const o = { toJSON() { return JSON.stringify(o); } }; JSON.stringify(o); },
  replacer() { JSON.stringify([1], function f() { return JSON.stringify([1], f); }); },
  regexpParse() { new RegExp(nested('(', ')', 1e6)); },
  regexpLookahead() { new RegExp(nested('(?=', ')', 1e6)); },
  regexpSets() { new RegExp(nested('[', ']', 1e6), 'v'); },
  eval() { (function f() { eval('f()'); })(); },
  newFunction() { globalThis.g = function () { new Function('g()')(); }; g(); },
  parse() { new Function(nested('(', ')', 1e6)); },
  parseArrays() { eval(nested('[', ']', 1e6)); },
  parseFunctions() { new vm.Script('function f() {'.repeat(1e5) + '}'.repeat(1e5)); },
  vmRecursion() { globalThis.h = () => vm.runInThisContext('h()'); h(); },
  generator() { function* g() { yield* g(); } g().next(); },
  generatorChain() { function* g(i) { if (i) yield* g(i - 1); yield 1; } const it = g(1e6); it.next(); },
  generatorChainGrown() { function* leaf() { for (;;) yield 1; } function* wrap(i) { yield* i; } let i = leaf(); for (let n = 0; n < DEEP; n++) i = wrap(i); i.next(); },
  generatorSelf() { function* g() { for (const x of g()) yield x; } g().next(); },
  helpers() { let i = [1, 2, 3].values(); for (let n = 0; n < DEEP; n++) i = i.map((x) => x); i.next(); },
  helpersReturn() { let i = [1, 2, 3].values(); for (let n = 0; n < DEEP; n++) i = i.take(2); i.return(); },
  iteratorFrom() { let i = { next() { return { done: true }; } }; for (let n = 0; n < DEEP; n++) i = { next: ((j) => () => j.next())(i) }; i.next(); return 'fine'; },
  asyncCall() { let error; async function f() { await f(); } f().catch((e) => { error = e; }); return 'fine'; },
  thenable() { const o = { get then() { return Promise.resolve(o); } }; Promise.resolve(o).catch(() => {}); return 'fine'; },
  executor() { new Promise(function f() { new Promise(f); }); return 'fine'; },
  promiseChain() { let p = Promise.resolve(); for (let i = 0; i < DEEP; i++) p = p.then(() => {}); return 'fine'; },
  extendsRecursion() { function f() { return class extends f() {}; } f(); },
  fields() { class A { x = new A(); } new A(); },
  staticBlock() { (function f() { class A { static { f(); } } })(); },
  rope() { let s = 'a'; for (let i = 0; i < 1e6; i++) s = i % 2 ? s + 'b' : 'c' + s; return s.charCodeAt(500000) && 'fine'; },
  ropeTree() { let s = 'ab'; for (let i = 0; i < 24; i++) s = s + s; return s.length === 2 ** 25 && s.indexOf('x') === -1 && 'fine'; },
  errorStack() { const e = (function f(n) { try { return f(n + 1); } catch (e) { e.stack; return e; } })(0); if (typeof e.stack !== 'string') return 'no stack'; throw e; },
  prepareStackTrace() { Error.prepareStackTrace = () => new Error('x').stack; try { return new Error('y').stack === undefined ? 'bad' : 'fine'; } finally { delete Error.prepareStackTrace; } },
  errorMessageGetter() { const e = new Error(); Object.defineProperty(e, 'message', { get() { return String(e); } }); String(e); },
  cause() { let e = new Error('x'); for (let i = 0; i < 1e4; i++) e = new Error('y', { cause: e }); return typeof util.inspect(e) === 'string' && 'fine'; },
  inspect() { return typeof util.inspect(nest((a) => [a], DEEP)) === 'string' && 'fine'; },
  inspectCustom() { const o = { [util.inspect.custom]() { return util.inspect(o); } }; util.inspect(o); },
  isDeepStrictEqual() { util.isDeepStrictEqual(nest((a) => [a], DEEP), nest((a) => [a], DEEP)); },
  structuredClone() { structuredClone(nest((a) => [a], DEEP)); },
  structuredGetter() { const o = { get x() { return structuredClone(o); } }; structuredClone(o); },
  bigint() { let b = 3n ** 100000n; return String(b).length > 1 && 'fine'; },
  defineProperty() { const o = {}; Object.defineProperty(o, 'x', { get get() { Object.defineProperty(o, 'x', this); } }); Object.defineProperty(o, 'x', { get value() { return Object.defineProperty(o, 'y', this); } }); },
  assign() { const o = { get x() { return Object.assign({}, o); } }; Object.assign({}, o); },
  spreadGetter() { const o = { get x() { return { ...o }; } }; ({ ...o }); },
  with() { new Function('o', 'with (o) { x }')(new Proxy({}, { has() { return true; }, get(t, k, r) { if (k === Symbol.unscopables) return; return r.x; } })); },
  dispose() { new Function(`const o = { [Symbol.dispose]() { using x = o; } }; { using x = o; }`)(); },
  dateToPrimitive() { const d = new Date(0); d.toString = d.valueOf = () => `${d}`; `${d}`; },
  arrayLength() { const a = []; Object.defineProperty(Array.prototype, 'q', { configurable: true, set(v) { a.q = v; } }); try { a.q = 1; } finally { delete Array.prototype.q; } },
  emit() { const e = new (require('events'))(); e.on('x', () => e.emit('x')); e.emit('x'); },
  requireCycle() { return 'fine'; },
  nativeDeep() { const deep = (n) => [1].map(() => 'a'.replace(/a/, () => Reflect.apply(deep, null, [n + 1]))); deep(0); },
};
let failed = 0;
const only = process.argv.slice(2);
for (const name of only.length ? only : Object.keys(ways)) {
  let result, error;
  try {
    result = ways[name]();
  } catch (e) {
    error = e;
  }
  const ok = error ? (error instanceof RangeError || error?.name === 'RangeError' || /^regexp/.test(name) && error instanceof SyntaxError) && typeof error.stack === 'string' : result === 'fine';
  if (!ok) { failed++; console.log(name, result, error && error.name, error && String(error.message).slice(0, 100)); }
  // The stack is whole again.
  if ((function sum(n) { return n ? n + sum(n - 1) : 0; })(1000) !== 500500) throw new Error(name);
}
process.on('unhandledRejection', (e) => { if (!(e instanceof RangeError)) throw e; });
process.on('exit', () => { if (failed) process.exitCode = 1; });
