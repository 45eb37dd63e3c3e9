// SPDX-License-Identifier: MIT
// Making short-lived objects, arrays and a list that lives a little longer.
const SIZE = 45000;

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }
  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y, this.z + other.z);
  }
}

function run(n) {
  let position = new Vector(0, 0, 0);
  const step = new Vector(1, 2, 3);
  let sum = 0;
  let list = null;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 60; j++) {
      position = position.plus(step);
      const literal = {kind: 'pair', left: j, right: i};
      const array = [i, j, literal.left];
      sum = (sum + array.length + array[2] + literal.right) | 0;
      list = {value: j, next: list};
    }
    if ((i & 63) === 63) {
      for (let node = list; node !== null; node = node.next) sum = (sum + node.value) | 0;
      list = null;
    }
  }
  return position.x + ',' + position.z + ',' + sum;
}
