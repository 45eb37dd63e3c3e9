// SPDX-License-Identifier: MIT
// No operation of several threads is lost, on elements of every kind and size that stand side by side.
'use strict';
const assert = require('assert');
const { start } = require('./lib/workers.js');

const THREADS = 3, ROUNDS = 20000;
const kinds = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array };
const buffers = Object.fromEntries(Object.keys(kinds).map(name => [name, new SharedArrayBuffer(64)]));

function work({ buffers, rounds, me }) {
  for (const name in buffers) {
    const v = new globalThis[name](buffers[name]), big = name.startsWith('Big'), n = x => (big ? BigInt(x) : x);
    for (let i = 0; i < rounds; i++) {
      Atomics.add(v, 0, n(1));
      Atomics.sub(v, 1, n(1));
      Atomics.xor(v, 2, n(1 << me));
      Atomics.or(v, 3, n(1 << me));
      for (let old = Atomics.load(v, 4); ;) {
        const seen = Atomics.compareExchange(v, 4, old, old + n(1));
        if (seen === old) break;
        old = seen;
      }
      // A lock: what is written under it without Atomics is not lost either.
      while (Atomics.exchange(v, 5, n(1)) === n(1));
      v[6]++;
      Atomics.store(v, 5, n(0));
    }
  }
}

// What the element holds when the kind is too small for the sum.
function wrapped(name, x) {
  const one = new kinds[name](1);
  one[0] = name.startsWith('Big') ? BigInt(x) : x;
  return one[0];
}

const workers = [];
for (let me = 0; me < THREADS; me++) {
  workers.push(start(work, { buffers, rounds: ROUNDS, me }).ended);
}
Promise.all(workers).then(codes => {
  assert.deepStrictEqual(codes, [0, 0, 0]);
  for (const name in buffers) {
    const v = new kinds[name](buffers[name]), total = THREADS * ROUNDS;
    assert.strictEqual(v[0], wrapped(name, total), name + ' add');
    assert.strictEqual(v[1], wrapped(name, -total), name + ' sub');
    assert.strictEqual(v[2], wrapped(name, 0), name + ' xor'); // an even number of times each
    assert.strictEqual(v[3], wrapped(name, 7), name + ' or');
    assert.strictEqual(v[4], wrapped(name, total), name + ' compareExchange');
    assert.strictEqual(v[6], wrapped(name, total), name + ' lock');
  }
});
