// SPDX-License-Identifier: MIT
// for-in over small and larger objects, arrays and prototypes, and Object.keys beside it.
var SIZE = 150000;

function Child() {
  this.own = 1;
  this.other = 2;
}
Child.prototype.shared = 3;

function run(n) {
  var small = {a: 1, b: 2, c: 3, d: 4}, large = {}, list = [5, 6, 7, 8], child = new Child(), sum = 0, key;
  for (var k = 0; k < 30; k++) large['key' + k] = k;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 6; j++) for (key in small) sum = (sum + small[key]) | 0;
    for (key in large) sum = (sum + large[key] + key.length) | 0;
    for (key in list) sum = (sum + list[key]) | 0;
    for (key in child) if (child.hasOwnProperty(key)) sum = (sum + child[key]) | 0;
    var keys = Object.keys(large);
    for (j = 0; j < keys.length; j++) sum = (sum + large[keys[j]]) | 0;
  }
  return sum;
}
