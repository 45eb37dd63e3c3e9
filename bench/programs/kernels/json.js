// SPDX-License-Identifier: MIT
// JSON.parse and JSON.stringify on records: nested objects, numbers, escapes, indentation, a reviver.
var SIZE = 15000;

function run(n) {
  var records = [];
  for (var i = 0; i < 30; i++) {
    records.push({
      id: i,
      name: 'record "' + i + '"',
      tags: ['alpha', 'beta', 'line\nbreak', null],
      nested: {x: i / 8, y: -i, deep: {flag: i % 2 === 0, list: [i, i + 1, i + 2]}}
    });
  }
  var text = JSON.stringify(records), length = 0, sum = 0;
  for (var k = 0; k < n; k++) {
    var back = JSON.parse(text);
    sum += back.length + back[k % 30].nested.deep.list[2] + back[k % 30].tags.length;
    length += JSON.stringify(back).length + JSON.stringify(back[k % 30], null, 2).length;
    JSON.parse('[1,2,{"a":3}]', function (key, value) {
      if (key === 'a') sum += value;
      return value;
    });
  }
  return length + ',' + sum;
}
