// SPDX-License-Identifier: MIT
// Calls of plain functions: recursion, several arguments, fewer and more arguments than parameters.
var SIZE = 5000;

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

function takeuchi(x, y, z) {
  return y >= x ? z : takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

function three(a, b, c) {
  return c === undefined ? a + b : a + b + c;
}

function run(n) {
  var sum = 0;
  for (var i = 0; i < n; i++) {
    sum = (sum + fibonacci(14) + takeuchi(9, 5, 1)) | 0;
    for (var j = 0; j < 300; j++) sum = (sum + three(i, j) + three(i, j, 1) + three(i, j, 1, 2)) | 0;
  }
  return sum;
}
