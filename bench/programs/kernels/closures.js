// SPDX-License-Identifier: MIT
// Making closures, calling them, and reading and writing what they captured.
const SIZE = 65000;

function make_counter(start) {
  let count = start;
  return {
    up: () => ++count,
    down: () => --count,
    get: () => count,
  };
}

const compose = (f, g) => (x) => f(g(x));
const adder = (amount) => (x) => (x + amount) | 0;

function run(n) {
  let sum = 0;
  const counter = make_counter(10);
  const pipeline = [1, 2, 3, 4].map(adder).reduce(compose);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 40; j++) {
      counter.up();
      if (j & 1) counter.down();
      sum = (sum + pipeline(j)) | 0;
    }
    const fresh = [];
    for (let j = 0; j < 10; j++) fresh.push(() => i + j);
    for (let j = 0; j < 10; j++) sum = (sum + fresh[j]()) | 0;
    const local = make_counter(i);
    local.up();
    sum = (sum + local.get()) | 0;
  }
  return sum + ',' + counter.get();
}
