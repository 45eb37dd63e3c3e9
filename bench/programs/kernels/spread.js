// SPDX-License-Identifier: MIT
// Spread in calls, array and object literals, and rest parameters.
const SIZE = 100000;

function total(...values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

function five(a, b, c, d, e) {
  return a + b * 2 + c + d + e;
}

function run(n) {
  const base = [1, 2, 3, 4, 5];
  const defaults = {color: 'red', size: 3, weight: 1};
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 8; j++) {
      sum = (sum + total(...base, j) + five(...base)) | 0;
      const copy = [...base, ...base, j];
      sum = (sum + copy.length + copy[10]) | 0;
    }
    const options = {...defaults, size: i, extra: true};
    sum = (sum + options.size + options.weight + Math.max(...base, i & 7)) | 0;
    sum = (sum + [...'spread'].length) | 0;
  }
  return sum;
}
