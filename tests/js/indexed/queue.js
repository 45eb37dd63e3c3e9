// SPDX-License-Identifier: MIT
// Queues: arrays that lose their first elements keep their other properties, grow, shrink, become sparse, and live through collections.
'use strict';
const assert = require('../lib/assert.js');

// Against a model that knows nothing of arrays' insides.
let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
function check(a, model, text) {
  assert.equal(a.length, model.length, text);
  for (let i = 0; i < model.length; i += 1 + random(5)) assert.equal(a[i], model[i], text);
  assert.equal(a[model.length], undefined, text);
}

for (let round = 0; round < 60; round++) {
  const a = [];
  const model = { length: 0 };
  const list = []; // what a holds
  let next = 0, named = 0;
  for (let step = 0; step < 400; step++) {
    const what = random(20);
    if (what < 9) {
      for (let i = random(round % 2 ? 40 : 8); i >= 0; i--) { a.push(round % 3 ? next : { next }); list.push(a[a.length - 1]); next++; }
    } else if (what < 14) {
      for (let i = random(60); i >= 0 && list.length; i--) assert.equal(a.shift(), list.splice(0, 1)[0]);
    } else if (what === 14) {
      a.unshift('front'); list.splice(0, 0, 'front');
    } else if (what === 15) {
      a[`name${named}`] = named; named++;
    } else if (what === 16) {
      a.length = list.length = list.length >> 1;
    } else if (what === 17) {
      if (list.length) { a.pop(); list.pop(); }
    } else if (what === 18 && step % 10 === 0) {
      a.reverse(); list.reverse();
    } else if (what === 19) {
      const copy = a.slice(3); assert.equal(copy.length, Math.max(0, list.length - 3)); assert.equal(copy[0], list[3]);
      globalThis.garbage = Array.from({ length: 500 }, (_, i) => ({ i }));
    }
    check(a, list, `round ${round}, step ${step}`);
  }
  for (let i = 0; i < named; i++) assert.equal(a[`name${i}`], i);
  assert.equal(Object.keys(a).length, list.length + named);
}

// Long, drained, filled again.
const queue = [];
let sum = 0;
for (let i = 0; i < 300000; i++) queue.push(i);
while (queue.length > 10) sum += queue.shift();
for (let i = 0; i < 100; i++) queue.push(i);
while (queue.length) sum += queue.shift();
assert.equal(sum, 300000 * 299999 / 2 + 4950);
assert.equal(queue.shift(), undefined);
queue.push('again');
assert.equal(queue.join(), 'again');

// Frozen, sparse and holed ones.
const big = Array.from({ length: 100 }, (_, i) => i);
big.shift(); big.shift();
big[100000] = 'far';
assert.equal(big[97], 99); assert.equal(big.length, 100001); assert.equal(big.shift(), 2);
const holes = [, 1, , 3]; holes.length = 50; holes.fill(7, 10);
assert.equal(holes.shift(), undefined); assert.equal(holes.shift(), 1); assert.equal(0 in holes, false); assert.equal(holes.length, 48);
const frozen = Array.from({ length: 60 }, (_, i) => i); frozen.shift(); Object.freeze(frozen);
let error; try { frozen.shift(); } catch (e) { error = e; }
assert.equal(error instanceof TypeError, true); assert.equal(frozen.length, 59); assert.equal(frozen[58], 59);
