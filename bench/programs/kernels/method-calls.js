// SPDX-License-Identifier: MIT
// Calls through a prototype: one class, a hierarchy with super, and a site that sees four classes.
const SIZE = 70000;

class Shape {
  constructor(size) {
    this.size = size;
    this.total = 0;
  }
  area() {
    return 0;
  }
  add(amount) {
    this.total = (this.total + amount) & 0xffffff;
    return this;
  }
  get doubled() {
    return this.size * 2;
  }
}

class Square extends Shape {
  area() {
    return this.size * this.size;
  }
}

class Frame extends Square {
  constructor(size, border) {
    super(size);
    this.border = border;
  }
  area() {
    return super.area() - this.border;
  }
}

class Line extends Shape {}

function run(n) {
  const shapes = [new Shape(1), new Square(4), new Frame(6, 3), new Line(2)];
  const one = new Square(3);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 50; j++) {
      one.add(j).add(i);
      sum = (sum + one.area() + one.doubled) | 0;
    }
    for (let j = 0; j < 60; j++) sum = (sum + shapes[j & 3].area()) | 0;
  }
  return sum + ',' + one.total;
}
