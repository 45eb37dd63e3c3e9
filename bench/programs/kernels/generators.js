// SPDX-License-Identifier: MIT
// Generators: plain loops, yield*, values sent in, early return, a hand-written iterator beside them.
const SIZE = 20000;

function* count(from, to) {
  for (let i = from; i < to; i++) yield i;
}

function* chained(n) {
  yield* count(0, n);
  yield* count(n, 2 * n);
}

function* accumulator() {
  let sum = 0;
  for (;;) sum = (sum + (yield sum)) | 0;
}

function* walk(tree) {
  if (tree === null) return;
  yield* walk(tree.left);
  yield tree.value;
  yield* walk(tree.right);
}

function build(depth, value) {
  if (depth === 0) return null;
  return {value, left: build(depth - 1, value * 2), right: build(depth - 1, value * 2 + 1)};
}

function run(n) {
  const tree = build(5, 1);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (const value of count(0, 60)) sum = (sum + value) | 0;
    for (const value of chained(20)) {
      if (value > 30) break;
      sum = (sum + value) | 0;
    }
    const sink = accumulator();
    sink.next();
    for (let j = 0; j < 40; j++) sink.next(j);
    sum = (sum + sink.next(i).value) | 0;
    for (const value of walk(tree)) sum = (sum + value) | 0;
  }
  return sum;
}
