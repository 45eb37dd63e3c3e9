// SPDX-License-Identifier: MIT
// Random texts through the library's fast paths (case, JSON, split, replace, match, concatenation, typed arrays): the hash of all
// results is the one that V8 and JavaScriptCore give. When it differs, log what mix() gets here and in another engine.
// timeout: 60
'use strict';
const assert = require('../lib/assert.js');

let seed = 12345, hash = 0;
function random(n) {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed % n;
}
function mix(s) {
  for (let i = 0; i < s.length; i++) hash = (hash * 31 + s.charCodeAt(i)) | 0;
  hash = (hash * 31 + s.length) | 0;
}

const ranges = [[0x20, 0x7f], [0x20, 0x7f], [0, 0x100], [0x20, 0x600], [0, 0x10000], [0xd800, 0xe000], [0x1e00, 0x2200]];
function randomText() {
  const main = ranges[random(ranges.length)], other = ranges[random(3)], n = random(70);
  let s = '';
  for (let i = 0; i < n; i++) {
    const range = random(6) ? other : main;
    s += String.fromCharCode(range[0] + random(range[1] - range[0]));
  }
  return s;
}

for (let k = 0; k < 1500; k++) {
  const s = randomText(), n = s.length;
  mix(s.toUpperCase());
  mix(s.toLowerCase());
  mix(JSON.stringify(s));
  mix(JSON.parse(JSON.stringify(s)));
  mix(s.split('').join('-'));
  mix(s.split('a').join('|'));
  mix(s.replaceAll('e', '<$&>'));
  mix(s.replace(/([a-m])(.)?/g, '[$2$1$$]$3$`'));
  mix(s.replace(/(\w)(?<x>[^z])/g, (...a) => a.slice(0, 4).join('') + typeof a.at(-1)));
  mix(s.replace(/\w+/, (m) => m.length));
  mix((s.match(/[^\w]+/g) || []).join());
  mix(s.split(/[aeiou]+/).join('_'));
  mix(s.split(/(\d)|x/, 5).join('_'));
  const object = {};
  object[s] = [s, n, {x: s.slice(3, 20), y: n / 3}];
  mix(JSON.stringify(object));
  mix(JSON.stringify(object, null, random(4)));
  mix(JSON.stringify(JSON.parse(JSON.stringify([object, object]))));
  mix([...s.matchAll(/(.)\1?/gu)].map((m) => m.index + m[0]).join());
  const match = /([a-z]+)?(\d)/.exec(s);
  if (match) {
    mix(match.slice(1).join());
    mix(match.splice(0, 2).join());
    mix(Object.keys(match).join());
  }
  mix(s + n + s);
  mix(n + s);
  mix(s + (-n) + (n * 1000003 | 0));
}

const types = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array];
for (const Type of types) {
  for (let k = 0; k < 60; k++) {
    const n = random(70), a = new Type(n);
    for (let i = 0; i < n; i++) a[i] = random(300) - 100 + (random(5) ? 0 : 0.5);
    const wanted = [random(300) - 100, random(300) - 99.5, NaN, -0, 300, 4294967295, -1, undefined][random(8)], from = random(80) - 40;
    mix([a.indexOf(wanted, from), a.includes(wanted, from), a.lastIndexOf(wanted), a.subarray(random(20) - 5, random(80) - 20).join(),
      a.slice(from, from + 20).join(), Array.from(a).indexOf(wanted, from), Array.from(a).includes(wanted)].join(';'));
    a.reverse();
    mix(a.join());
    const b = Array.from(a);
    mix(b.toReversed().join() + b.fill(7, random(9), random(90)).join());
  }
}
const sparse = [[1, [2]], , 3, [, 4], [[5]]];
mix(sparse.flat().join() + [[1, , 2], 3].flat().length + Array.of(1, 2, 3).join() + Array.from(new Set([3, 1, 3, 2])).join());
const set = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
set.delete(3);
set.delete(1);
mix(Array.from(set).join());
assert.equal(hash, 1447720628);
