// flags: --heap-limit=32
// timeout: 60
// skip: gc-stress a collection at every 16th allocation of a full heap takes hours
// skip: coverage without optimisation the frames of C keep stale words of what was let go of
// A heap that reaches its limit throws a RangeError that can be caught, wherever the memory goes to; what the handler lets go of is
// there again afterwards.
'use strict';

process.on('unhandledRejection', () => {}); // of async functions that ran out of memory

const fills = {
  objects() { const a = []; for (;;) a.push({}); },
  linked() { let a = null; for (;;) a = { a }; },
  arrays() { const a = []; for (;;) a.push(new Array(1000).fill(1)); },
  strings() { const a = []; for (let i = 0; ; i++) a.push('x'.repeat(1000) + i); },
  longStrings() { const a = []; for (;;) a.push('x'.repeat(5e6)); },
  ropes() { const a = [], s = 'x'.repeat(100); for (let i = 0; ; i++) a.push(s + i); },
  rope() { let s = 'ab'; for (;;) s += s + 'x'; },
  typedArrays() { const a = []; for (;;) a.push(new Float64Array(4)); },
  buffers() { const a = []; for (;;) a.push(new ArrayBuffer(1e6)); },
  resized() { new ArrayBuffer(1, { maxByteLength: 1e9 }).resize(1e9); },
  map() { const m = new Map(); for (let i = 0; ; i++) m.set(i, {}); },
  set() { const s = new Set(); for (let i = 0; ; i++) s.add('k' + i); },
  weakMap() { const m = new WeakMap(), a = []; for (;;) { const k = {}; a.push(k); m.set(k, {}); } },
  closures() { const a = []; for (let i = 0; ; i++) a.push(() => i); },
  properties() { const o = {}; for (let i = 0; ; i++) o['k' + i] = i; },
  shapes() { const a = []; for (let i = 0; ; i++) a.push({ ['p' + i]: 1 }); },
  symbols() { const a = []; for (;;) a.push(Symbol('s')); },
  regexps() { const a = []; for (let i = 0; ; i++) a.push(new RegExp('a' + i + '(b|c)*')); },
  functions() { const a = []; for (let i = 0; ; i++) a.push(new Function('return ' + i)); },
  classes() { const a = []; for (;;) a.push(class { x = 1; m() {} }); },
  bigints() { const a = []; for (;;) a.push(2n ** 100000n); },
  promises() { const a = []; for (;;) a.push(Promise.resolve()); },
  generators() { function* g() { yield 1; } const a = []; for (;;) { const i = g(); i.next(); a.push(i); } },
  asyncs() { async function f() { await new Promise(() => {}); } const a = []; for (;;) a.push(f()); },
  errors() { const a = []; for (;;) a.push(new Error('e')); },
  proxies() { const a = []; for (;;) a.push(new Proxy({}, {})); },
  parse() { JSON.parse('[' + '{"a":[1]},'.repeat(1e6) + '1]'); },
  stringify() { const a = new Array(1e5).fill({}); JSON.stringify(new Array(1e3).fill(a)); },
  sort() { new Array(3e6).fill(1).toSorted((x, y) => x - y).concat([1]).toSorted(); },
  spread() { (function () { return arguments; })(...new Array(3e6).fill(0)); },
  apply() { Math.max.apply(null, new Array(3e6).fill(0)); },
  fill() { Array(2 ** 32 - 1).fill(1); },
  repeat() { 'x'.repeat(2 ** 29); },
  padStart() { ''.padStart(2 ** 30); },
  replaceAll() { 'a'.repeat(1e6).replaceAll('a', 'b'.repeat(1000)); },
  replaceEach() { 'a'.repeat(1e6).replace(/a/g, () => 'b'.repeat(1000)); },
  split() { 'a'.repeat(2e7).split(''); },
  join() { new Array(1e5).fill('x'.repeat(1000)).join(','); },
  match() { 'a'.repeat(1e7).match(/./g); },
  concat() { let a = [1]; for (;;) a = a.concat(a); },
  from() { Array.from({ length: 2 ** 32 - 1 }); },
  normalize() { '\u1100\u1161'.repeat(1e7).normalize('NFC').normalize('NFD'); },
};

function allocate() {
  const more = [];
  for (let i = 0; i < 1e5; i++) more.push({ i });
  return more.length;
}

// The C stack is scanned conservatively: a stale word may keep what was let go of, so a few may.
const kept = [];
for (const name of Object.keys(fills)) {
  let error;
  try {
    fills[name]();
  } catch (e) {
    error = e;
  }
  if (!(error instanceof RangeError)) throw new Error(`${name}: ${error}`);
  try {
    allocate();
  } catch {
    kept.push(name);
  }
}
if (kept.length > 4) throw new Error(`the memory of ${kept} did not come back`);
