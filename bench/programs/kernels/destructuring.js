// SPDX-License-Identifier: MIT
// Array and object patterns in declarations, parameters, assignments and loops, with defaults and rest.
const SIZE = 80000;

function area({width, height = 2, border: {left = 1, right = 1} = {}}) {
  return width * height + left + right;
}

function swap([a, b]) {
  return [b, a];
}

function run(n) {
  const boxes = [{width: 3}, {width: 4, height: 5}, {width: 1, border: {left: 9}}];
  const entries = [['a', 1], ['b', 2], ['c', 3]];
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let x = i, y = 1;
    for (let j = 0; j < 10; j++) {
      [x, y] = [y, x];
      const [first, , third = 7, ...rest] = [j, x, undefined, y, 4];
      sum = (sum + first + third + rest.length) | 0;
    }
    for (const box of boxes) sum = (sum + area(box)) | 0;
    for (const [name, value] of entries) sum = (sum + name.length * value) | 0;
    const [p, q] = swap([i, 5]);
    const {width, ...others} = boxes[1];
    sum = (sum + p - q + width + others.height) | 0;
  }
  return sum;
}
