// SPDX-License-Identifier: MIT
// Complete binary trees made and dropped while one large tree stays alive: a test of the collector.
const SIZE = 1500;

class Tree {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
  check() {
    return this.left === null ? 1 : 1 + this.left.check() + this.right.check();
  }
}

function grow(depth) {
  return depth === 0 ? new Tree(null, null) : new Tree(grow(depth - 1), grow(depth - 1));
}

function run(n) {
  const lasting = grow(Math.min(15, 6 + Math.floor(Math.log2(n))));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let depth = 4; depth <= 10; depth += 2) {
      for (let k = 0; k < 1 << ((10 - depth) >> 1); k++) sum += grow(depth).check();
    }
  }
  return sum + ',' + lasting.check();
}
