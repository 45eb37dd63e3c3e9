// SPDX-License-Identifier: MIT
// switch as jump table and as comparison chain: what matches is decided by ===, whatever form the number has.
const assert = require('../lib/assert.js');

function dense(x) {
  switch (x) {
    case 0: return 'zero';
    case 1: return 'one';
    case 2: return 'two';
    case 4: return 'four';
    default: return 'other';
  }
}
assert.equal([0, 1, 2, 3, 4, 5, -1].map(dense).join(), 'zero,one,two,other,four,other,other');
assert.equal(dense(-0), 'zero');
assert.equal(dense(0.5 + 0.5), 'one');
assert.equal([1.5, NaN, '1', null, undefined, [1], 1n, 2 ** 32].map(dense).join(), 'other,other,other,other,other,other,other,other');

function shifted(x) {
  switch (x) {
    case 100: return 'a';
    case 101: return 'b';
    case 102: return 'c';
    case 103: return 'd';
  }
  return 'none';
}
assert.equal([100, 103, 104, 99, '100', 100.5, 50.5 + 50.5].map(shifted).join(), 'a,d,none,none,none,none,b');

function mixed(x, log) {
  switch (x) {
    case (log.push(1), 'a'): return 1;
    default: return 2;
    case (log.push(2), 3.5): return 3;
    case null: return 4;
  }
}
const log = [];
assert.equal(mixed(3.5, log), 3);
assert.equal(log.join(), '1,2');
assert.equal(mixed(null, log), 4);
assert.equal(mixed(undefined, log), 2);

function through(x) {
  let out = '';
  switch (x) {
    case 1: out += 'a';
    default: out += 'd';
    case 2: { let y = 'b'; out += y; break; }
    case 3: out += 'c';
  }
  return out;
}
assert.equal([1, 2, 3, 4].map(through).join(), 'adb,b,c,db');
assert.throws(() => { switch (0) { case 0: x; let x; } }, ReferenceError);
