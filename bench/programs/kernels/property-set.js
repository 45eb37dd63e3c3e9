// SPDX-License-Identifier: MIT
// Writing properties: overwriting, adding in a constructor, computed keys, counting in a dictionary.
var SIZE = 85000;

function Record(a) {
  this.a = a;
  this.b = a + 1;
  this.c = a + 2;
  this.d = null;
}

function run(n) {
  var counter = {hits: 0, misses: 0, last: 0};
  var keys = ['north', 'east', 'south', 'west', 'up', 'down'];
  var tally = {};
  for (var k = 0; k < keys.length; k++) tally[keys[k]] = 0;
  var record = null, sum = 0;
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < 100; j++) {
      if ((i ^ j) & 1) counter.hits++;
      else counter.misses += 2;
      counter.last = j;
      tally[keys[j % 6]] += 1;
    }
    for (j = 0; j < 20; j++) {
      record = new Record(j);
      record.d = record;
      record.late = i;
      sum = (sum + record.d.c + record.late) | 0;
    }
  }
  return counter.hits + ',' + counter.misses + ',' + tally.north + ',' + tally.down + ',' + sum;
}
