// SPDX-License-Identifier: MIT
// Merge sort on four threads, in one shared buffer. Each thread sorts a quarter; then pairs of neighbours are merged: two threads make
// two halves, one thread makes the whole. Before a thread merges, it waits until its neighbour has done its part.
//
//   ./dev run examples/sort.js [how many numbers]
'use strict';
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const THREADS = 4; // a power of two

// from[low..middle) and from[middle..high) are sorted; to[low..high) will be.
function merge(from, to, low, middle, high) {
  for (let i = low, j = middle, k = low; k < high; k++) {
    to[k] = i < middle && (j >= high || from[i] <= from[j]) ? from[i++] : from[j++];
  }
}

// done[t] is the width of the part that thread t has sorted, in quarters.
function sortPart(me, numbers, scratch, done) {
  const border = (part) => Math.floor((numbers.length * part) / THREADS);
  numbers.subarray(border(me), border(me + 1)).sort();
  for (let width = 1; ; width *= 2) {
    Atomics.store(done, me, width);
    Atomics.notify(done, me);
    if (me % (2 * width) !== 0 || width === THREADS) return; // the neighbour to the left merges our part
    const neighbour = me + width;
    for (let seen; (seen = Atomics.load(done, neighbour)) < width;) Atomics.wait(done, neighbour, seen);
    [numbers, scratch] = [scratch, numbers];
    merge(scratch, numbers, border(me), border(neighbour), border(neighbour + width));
  }
}

function main() {
  const count = Number(process.argv[2] ?? 100_000);
  const shared = (type, length) => new type(new SharedArrayBuffer(length * type.BYTES_PER_ELEMENT));
  const numbers = shared(Float64Array, count), scratch = shared(Float64Array, count), done = shared(Int32Array, THREADS);
  let seed = 42, sum = 0;
  for (let i = 0; i < count; i++) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    sum += numbers[i] = seed % 1_000_000;
  }

  let running = THREADS;
  const end = () => {
    if (--running > 0) return;
    const sorted = Math.log2(THREADS) % 2 === 0 ? numbers : scratch; // every merge has changed sides
    const ordered = sorted.every((n, i) => i === 0 || sorted[i - 1] <= n);
    const same = sorted.reduce((a, b) => a + b, 0) === sum;
    console.log(`${count} numbers, ${ordered ? 'in order' : 'NOT in order'}, ${same ? 'none lost' : 'SOME LOST'}`);
    console.log(`smallest ${sorted[0]}, middle ${sorted[count >> 1]}, largest ${sorted[count - 1]}`);
  };
  for (let me = 0; me < THREADS; me++) new Worker(__filename, { workerData: { me, numbers, scratch, done } }).on('exit', end);
}

if (isMainThread) main();
else sortPart(workerData.me, workerData.numbers, workerData.scratch, workerData.done);
