// Spread at the head of an object literal: what is copied, in which order, and that copies and sources stay apart.
const assert = require('../lib/assert.js');
const keys = (o) => Reflect.ownKeys(o).map(String).join();
const make = (source, x) => ({ ...source, x });

for (let round = 0; round < 3; round++) { // the second time from the cache
  const plain = { a: 1, b: 'two', c: [3], d: 4.5, e: null, f: undefined };
  const copy = make(plain, round);
  assert.deepEqual(copy, { a: 1, b: 'two', c: [3], d: 4.5, e: null, f: undefined, x: round });
  copy.a = 9;
  copy.new1 = copy.new2 = copy.new3 = 1;
  assert.equal(plain.a, 1);
  assert.equal(keys(plain), 'a,b,c,d,e,f');
  assert.equal(copy.c, plain.c);

  // Another prototype, frozen, hidden and computed properties, symbols between, indices first, accessors read once.
  class Point { constructor() { this.x = 1; this.y = 2; } }
  const point = make(new Point(), 5);
  assert.equal(Object.getPrototypeOf(point), Object.prototype);
  assert.equal(keys(point), 'x,y');
  assert.equal(point.x, 5);
  const frozen = make(Object.freeze({ p: 1 }), 2);
  frozen.p = 7;
  delete frozen.x;
  assert.equal(frozen.p, 7);
  const hidden = Object.defineProperty({ shown: 1, last: 2 }, 'hidden', { value: 1, enumerable: false });
  assert.equal(keys(make(hidden, 1)), 'shown,last,x');
  const s = Symbol('s');
  assert.equal(keys(make({ a: 1, [s]: 2, b: 3 }, 1)), 'a,b,x,Symbol(s)');
  assert.equal(keys(make({ b: 1, 7: 2, 1: 3 }, 1)), '1,7,b,x');
  let reads = 0;
  assert.equal(make({ get g() { return ++reads; } }, 1).g, 1);
  assert.equal(reads, 1);
  const secret = new (class { #p = 1; a = 2; static has(o) { return #p in o; } })();
  assert.equal(secret.constructor.has(make(secret, 1)), false);
  assert.equal(keys(make(secret, 1)), 'a,x');
  assert.equal(keys(make(Object.assign(Object.create(null), { n: 1 }), 1)), 'n,x');

  // Not only plain objects.
  assert.equal(keys(make('ab', 1)), '0,1,x');
  assert.equal(keys(make([5, 6], 1)), '0,1,x');
  assert.equal(keys(make(null, 1)), 'x');
  assert.equal(keys(make(7n, 1)), 'x');
  assert.equal(keys(make(new Proxy({ z: 1 }, {}), 1)), 'z,x');

  // Later in a literal, twice, with methods that know their object, and with a prototype.
  const both = { first: 0, ...plain, ...point };
  assert.equal(keys(both), 'first,a,b,c,d,e,f,x,y');
  const home = { ...plain, m() { return super.toString === Object.prototype.toString; }, get g() { return this.a; } };
  assert.equal(home.m() && home.g, 1);
  assert.equal({ __proto__: { inherited: 3 }, ...plain }.inherited, 3);
  assert.equal(Object.getPrototypeOf({ ...plain, __proto__: Array.prototype }), Array.prototype);
  assert.equal(Object.getPrototypeOf({ ...{ ['__proto__']: null } }), Object.prototype);
}

// Many properties, beyond the inline slots and beyond shared shapes.
for (const n of [1, 3, 4, 5, 31, 32, 63, 64, 65, 127, 128, 129, 300]) {
  const source = {};
  for (let i = 0; i < n; i++) source['k' + i] = i;
  for (let round = 0; round < 2; round++) {
    const copy = { ...source, last: n };
    assert.equal(Object.keys(copy).length, n + 1);
    assert.equal(copy['k' + (n - 1)], n - 1);
    assert.equal(copy.last, n);
  }
}

// A source that changes shape in between.
let state = { a: 0 };
for (let i = 0; i < 200; i++) {
  state = { ...state, ['p' + (i % 40)]: i };
  if (i % 50 === 49) delete state.p3;
}
assert.equal(state.p39, 199);
assert.equal(state.a, 0);
