// SPDX-License-Identifier: MIT
// structuredClone of what programs send: small objects, lists of them, nested data, collections, numbers, bytes.
var people = [], nested = [], numbers = [], map = new Map(), bytes = new Uint8Array(100000);
for (var i = 0; i < 2000; i++) {
  people.push({id: i, name: 'person ' + i, active: i % 3 === 0});
  nested.push({id: i, at: {x: i, y: i / 3}, tags: ['a', 'b', i], note: i % 5 ? null : 'text ' + i});
  numbers.push(i, i / 7);
  map.set('key' + i, i);
}
function Point(x, y) {
  this.x = x;
  this.y = y;
}
var points = people.map(function (p) { return new Point(p.id, p.id * 2); });

var CASES = {
  'small': [40000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(people[i % 2000]).id;
    return sum;
  }],
  'list': [30, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(people)[i].id;
    return sum;
  }],
  'nested': [15, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(nested)[i].at.x;
    return sum;
  }],
  'instances': [30, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(points)[i].y;
    return sum;
  }],
  'numbers': [200, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(numbers)[i];
    return sum;
  }],
  'map': [60, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(map).size;
    return sum;
  }],
  'bytes': [400, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) sum += structuredClone(bytes).length;
    return sum;
  }]
};
