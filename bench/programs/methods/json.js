// SPDX-License-Identifier: MIT
// JSON.parse and JSON.stringify on the kinds of text they meet.
var records = [];
for (var i = 0; i < 50; i++) {
  records.push({id: i, name: 'Name of record ' + i, mail: 'user' + i + '@example.org', active: i % 3 === 0, score: i * 1.37,
    tags: ['alpha', 'beta', 'gamma'], address: {street: i + ' Main Street', city: 'Springfield', location: [i / 7, -i / 9]}});
}
var numbers = [], fractions = [], strings = [], escaped = [], table = {}, deep = 1;
for (i = 0; i < 1000; i++) {
  numbers.push(i * 37 - 5000);
  fractions.push(Math.round(Math.sin(i) * 1e6) / 1e4);
}
for (i = 0; i < 200; i++) {
  strings.push('a plain text of medium length, number ' + i);
  escaped.push('line\n"quoted" ' + i + '\ttab \\ and ünïcode é');
  table['key_' + i] = i;
}
for (i = 0; i < 100; i++) deep = i % 2 ? [deep] : {a: deep};
var wide = records.map(function (r) { return {title: r.name + ' — 東京', text: 'Ελληνικά “κείμενο”'}; });
var small = '{"type":"message","id":12,"payload":{"x":1,"y":2.5,"name":"test"}}', smallValue = JSON.parse(small);

function parse(value, indent) {
  var text = JSON.stringify(value, null, indent);
  return function (n) {
    for (var i = 0, last; i < n; i++) last = JSON.parse(text);
    return JSON.stringify(last).length;
  };
}
function stringify(value, indent) {
  return function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.stringify(value, null, indent).length;
    return sum;
  };
}

var CASES = {
  'parse-records': [700, parse(records)],
  'parse-indented': [600, parse(records, 2)],
  'parse-numbers': [1500, parse(numbers)],
  'parse-fractions': [800, parse(fractions)],
  'parse-strings': [2500, parse(strings)],
  'parse-escaped': [1000, parse(escaped)],
  'parse-wide': [1500, parse(wide)],
  'parse-table': [1000, parse(table)],
  'parse-deep': [5000, parse(deep)],
  'parse-small': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.parse(small).payload.x;
    return sum;
  }],
  'parse-reviver': [120, function (n) {
    var text = JSON.stringify(records);
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.parse(text, function (k, v) { return k === 'score' ? 1 : v; }).length;
    return sum;
  }],
  'stringify-records': [1000, stringify(records)],
  'stringify-indented': [800, stringify(records, 2)],
  'stringify-numbers': [2500, stringify(numbers)],
  'stringify-fractions': [500, stringify(fractions)],
  'stringify-strings': [4000, stringify(strings)],
  'stringify-escaped': [2500, stringify(escaped)],
  'stringify-wide': [2000, stringify(wide)],
  'stringify-table': [3000, stringify(table)],
  'stringify-small': [70000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.stringify(smallValue).length;
    return sum;
  }],
  'stringify-string': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.stringify(strings[i % 200]).length;
    return sum;
  }],
  'stringify-replacer': [200, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += JSON.stringify(records, function (k, v) { return k === 'score' ? undefined : v; }).length;
      sum += JSON.stringify(records, ['id', 'name']).length;
    }
    return sum;
  }],
  'clone': [600, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += JSON.parse(JSON.stringify(records)).length;
    return sum;
  }]
};
