// SPDX-License-Identifier: MIT
// Array.prototype.sort: numbers with a comparison, strings without one, objects by a field.
var SIZE = 4000;

function run(n) {
  var seed = 42, hash = 0, i, j;
  function random() {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % 100000;
  }
  for (i = 0; i < n; i++) {
    var numbers = [], words = [], records = [];
    for (j = 0; j < 400; j++) numbers.push(random());
    for (j = 0; j < 150; j++) words.push('w' + random());
    for (j = 0; j < 200; j++) records.push({key: random() % 50, order: j});
    numbers.sort(function (a, b) { return a - b; });
    words.sort();
    records.sort(function (a, b) { return a.key - b.key; });
    hash = (hash * 31 + numbers[i % 400] + words[i % 150].length + records[i % 200].order) | 0;
    for (j = 1; j < 200; j++) {
      if (records[j - 1].key === records[j].key && records[j - 1].order > records[j].order) hash = -1;
    }
  }
  return hash;
}
