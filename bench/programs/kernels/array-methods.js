// SPDX-License-Identifier: MIT
// Arrays as lists and queues: map, filter, reduce, forEach, push, pop, shift, splice, slice, indexOf, concat.
var SIZE = 50000;

function run(n) {
  var sum = 0, list = [], i, j;
  for (i = 0; i < 100; i++) list.push((i * 37) % 101);
  for (i = 0; i < n; i++) {
    var even = list.filter(function (value) { return (value & 1) === 0; });
    var squares = even.map(function (value) { return value * value; });
    sum = (sum + squares.reduce(function (a, b) { return a + b; }, i)) | 0;
    list.forEach(function (value, index) { sum = (sum + value * index) | 0; });
    var stack = [];
    for (j = 0; j < 50; j++) stack.push(j);
    while (stack.length > 20) sum = (sum + stack.pop()) | 0;
    while (stack.length > 0) sum = (sum + stack.shift()) | 0;
    var copy = list.slice(10, 60).concat(even);
    copy.splice(5, 3, 1, 2);
    sum = (sum + copy.length + list.indexOf(i % 101) + copy.lastIndexOf(2)) | 0;
    if (list.some(function (value) { return value > 99; })) sum++;
  }
  return sum;
}
