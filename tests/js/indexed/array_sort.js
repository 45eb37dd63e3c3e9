// SPDX-License-Identifier: MIT
// sort and toSorted: the merge of runs, its galloping, the kernels without comparator, and comparators that misbehave.
'use strict';
const assert = require('../lib/assert.js');

let seed = 12345;
function random(n) {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % n;
}

function insertionSort(a, compare) { // stable, and nobody's idea of fast
  const out = a.slice();
  for (let i = 1; i < out.length; i++) {
    const v = out[i];
    let j = i - 1;
    while (j >= 0 && compare(out[j], v) > 0) { out[j + 1] = out[j]; j--; }
    out[j + 1] = v;
  }
  return out;
}

function check(make, n, compare) {
  const a = [];
  for (let i = 0; i < n; i++) a.push(make(i, n));
  const expected = insertionSort(a, compare);
  const sorted = a.toSorted(compare);
  for (let i = 0; i < n; i++) assert.equal(sorted[i], expected[i], 'length ' + n + ' at ' + i);
  assert.equal(a.sort(compare), a);
  for (let i = 0; i < n; i++) assert.equal(a[i], expected[i]);
}

// Objects, so that stability shows.
const shapes = [
  (i) => ({ k: random(1000), i }),
  (i) => ({ k: random(4), i }),
  (i) => ({ k: i, i }),
  (i, n) => ({ k: n - i, i }),
  (i, n) => ({ k: i < n / 2 ? i : i - n / 2, i }),          // two runs that alternate
  (i, n) => ({ k: i < n * 0.9 ? i : random(n), i }),        // one long run, a ragged end
  (i, n) => ({ k: i < n * 0.1 ? random(n) : i, i }),
  (i) => ({ k: i % 50 < 45 ? Math.floor(i / 50) : random(99), i }),
  (i) => ({ k: (i * 7) % 64 < 32 ? i : -i, i }),
];
for (const make of shapes) {
  for (const n of [0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 100, 257, 700]) check(make, n, (a, b) => a.k - b.k);
}
{ // long runs, so that both merges gallop in strides
  const a = [];
  for (let r = 0; r < 8; r++) for (let i = 0; i < 1000; i++) a.push({ k: Math.floor(i / 10) * 8 + r, r, i });
  a.sort((x, y) => x.k - y.k);
  for (let i = 1; i < a.length; i++) {
    assert(a[i - 1].k < a[i].k || (a[i - 1].k === a[i].k && (a[i - 1].r < a[i].r || a[i - 1].i < a[i].i)));
  }
}

// Without comparator: by text.
assert.deepEqual([10, 9, 1, 100, 0, -1, -10, -2, 2147483647, -2147483648, 20].sort(),
  [-1, -10, -2, -2147483648, 0, 1, 10, 100, 20, 2147483647, 9]);
const ints = [];
for (let i = 0; i < 500; i++) ints.push((random(2) ? 1 : -1) * random(10 ** (1 + random(6))));
const byText = insertionSort(ints, (a, b) => String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
assert.deepEqual(ints.sort(), byText);
assert.deepEqual([3, 'b', 1.5, true, null, 'a', -1, undefined, 20n].sort(), [-1, 1.5, 20n, 3, 'a', 'b', null, true, undefined]);
const words = [];
for (let i = 0; i < 600; i++) words.push('prefix-that-is-shared'.slice(0, random(22)) + String.fromCharCode(97 + random(26)) + random(30));
assert.deepEqual(words.toSorted(), insertionSort(words, (a, b) => a < b ? -1 : a > b ? 1 : 0));
assert.deepEqual(['\u{1F600}', '\uFFFD', 'z', 'é', 'e', '', 'e\0', 'Ā'].sort(), ['', 'e', 'e\0', 'z', 'é', 'Ā', '\u{1F600}', '\uFFFD']);
assert.deepEqual(['abcd', 'abc', 'abcd\u0100', 'abcde', 'abcd\0'].sort(), ['abc', 'abcd', 'abcd\0', 'abcde', 'abcd\u0100']);

// Holes and undefined come last, in this order; a hole stays a hole.
const holes = [3, , undefined, 1, , 2];
holes.sort();
assert.equal(holes.length, 6);
assert.deepEqual(holes.slice(0, 4), [1, 2, 3, undefined]);
assert.equal(4 in holes, false);
assert.equal(5 in holes, false);
assert.deepEqual([3, , 1].toSorted(), [1, 3, undefined]);

// The comparator does to the array what it likes.
const shrinking = [5, 4, 3, 2, 1];
shrinking.sort((a, b) => { shrinking.length = 0; return a - b; });
assert.deepEqual(shrinking, [1, 2, 3, 4, 5]);
const growing = [3, 2, 1];
growing.sort((a, b) => { growing.push(0); return a - b; });
assert.deepEqual(growing.slice(0, 3), [1, 2, 3]);
const frozen = [2, 1];
assert.throws(() => frozen.sort((a, b) => { Object.freeze(frozen); return a - b; }), TypeError);
const thrown = [3, 1, 2];
assert.throws(() => thrown.sort(() => { throw new RangeError('stop'); }), 'stop');
assert.deepEqual(thrown, [3, 1, 2]);
assert.throws(() => [1, 2].sort('no'), 'The comparison function must be either a function or undefined');
for (let round = 0; round < 20; round++) { // inconsistent answers must not lose or double a value
  const a = [];
  for (let i = 0; i < 300; i++) a.push(i);
  a.sort(() => random(3) - 1);
  assert.deepEqual(a.toSorted((x, y) => x - y), [...Array(300).keys()]);
}
assert.deepEqual([3, 1, 2].sort((a, b) => ({ valueOf: () => a - b })), [1, 2, 3]);
assert.deepEqual([2, 1].sort(() => NaN), [2, 1]);
assert.throws(() => [1, 2].sort(() => 1n), TypeError);

// Objects whose texts allocate while others wait.
const texts = [];
for (let i = 0; i < 400; i++) texts.push({ toString() { return 'k'.repeat(random(30)) + (999 - i); } });
texts.sort();

// Array-likes, proxies, accessors.
const like = { length: 3, 0: 'c', 1: 'a', 2: 'b' };
Array.prototype.sort.call(like);
assert.deepEqual(like, { length: 3, 0: 'a', 1: 'b', 2: 'c' });
const log = [];
const proxy = new Proxy([2, 1], { set(t, k, v) { log.push(k + '=' + v); t[k] = v; return true; } });
proxy.sort();
assert.deepEqual(log, ['0=1', '1=2']);

// Comparators that only subtract, on ints, doubles, what is no number, and the order of equals.
const mixed = [3, -0, 0, 1.5, -2147483648, 2147483647, 0, -0, Infinity, -Infinity, -1.5];
assert.deepEqual(mixed.toSorted((a, b) => a - b), [-Infinity, -2147483648, -1.5, -0, 0, 0, -0, 1.5, 3, 2147483647, Infinity]);
assert.deepEqual(mixed.toSorted(function (a, b) { return b - a; }), [Infinity, 2147483647, 3, 1.5, -0, 0, 0, -0, -1.5, -2147483648, -Infinity]);
assert.deepEqual([5, 1, -3, 2147483647, -2147483648].sort((a, b) => b - a), [2147483647, 5, 1, -3, -2147483648]);
assert.deepEqual([3, '1', { valueOf: () => 2 }, undefined].sort((a, b) => a - b).map(Number), [1, 2, 3, NaN]);
assert.deepEqual([2, 1, NaN].sort((a, b) => a - b).length, 3);
assert.deepEqual([3, 1, 2].sort((a, b) => b - b), [3, 1, 2]);
assert.throws(() => [2n, 1].sort((a, b) => a - b), TypeError);
assert.deepEqual([2n, 1n].sort((a, b) => a < b ? -1 : 1), [1n, 2n]);
assert.deepEqual([2, 1].sort(async (a, b) => a - b), [2, 1]);
