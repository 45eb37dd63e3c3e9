// SPDX-License-Identifier: MIT
// The arguments object: its length, indexing, passing it on with apply, mapped parameters, call and bind.
var SIZE = 55000;

function sum_all() {
  var sum = 0;
  for (var i = 0; i < arguments.length; i++) sum += arguments[i];
  return sum;
}

function forward() {
  return sum_all.apply(null, arguments);
}

function mapped(a, b) {
  arguments[0] = b;
  b = 10;
  return a + arguments[1];
}

function tail(first) {
  return Array.prototype.slice.call(arguments, 1).length + first;
}

function scaled(factor, value) {
  return this.offset + factor * value;
}

function run(n) {
  var sum = 0, bound = scaled.bind({offset: 5}, 3);
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 15; j++) {
      sum = (sum + sum_all(1, 2, 3, j) + forward(i, j, 1)) | 0;
      sum = (sum + mapped(i, j) + tail(j, 1, 2)) | 0;
      sum = (sum + bound(j) + scaled.call({offset: 1}, 2, j)) | 0;
    }
  }
  return sum;
}
