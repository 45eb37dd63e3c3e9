// SPDX-License-Identifier: MIT
// Reading properties: own, through the prototype chain, of one shape, of four shapes, of many.
var SIZE = 75000;

function Base() {}
Base.prototype.inherited = 3;
Base.prototype.deep = 5;

function Point(x, y) {
  this.x = x;
  this.y = y;
  this.next = null;
}
Point.prototype = new Base();

function shapes(count) {
  var list = [];
  for (var i = 0; i < count; i++) {
    var object = {};
    object['p' + i] = i;
    object.value = i;
    list.push(object);
  }
  return list;
}

function sum_values(list) {
  var sum = 0;
  for (var i = 0; i < list.length; i++) sum += list[i].value;
  return sum;
}

function sum_few(list) {
  var sum = 0;
  for (var i = 0; i < list.length; i++) sum += list[i].value;
  return sum;
}

function run(n) {
  var ring = new Point(0, 1);
  var last = ring;
  for (var i = 1; i < 16; i++) last = last.next = new Point(i, i * 2);
  last.next = ring;
  var few = shapes(4), many = shapes(40), sum = 0, at = ring;
  for (var k = 0; k < n; k++) {
    for (var j = 0; j < 200; j++) {
      sum += at.x + at.y + at.inherited + at.deep;
      at = at.next;
    }
    for (var m = 0; m < 10; m++) sum += sum_few(few);
    sum += sum_values(many);
  }
  return sum;
}
