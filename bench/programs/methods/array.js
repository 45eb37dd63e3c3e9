// SPDX-License-Identifier: MIT
// Methods of Array and its prototype, each on arrays of the sizes that programs use most: some ten to some hundred elements.
var numbers = [], words = [], objects = [], holey = [], nested = [];
for (var i = 0; i < 100; i++) {
  numbers.push((i * 7919) % 1000);
  words.push('word' + ((i * 7919) % 1000));
  objects.push({id: i, score: (i * 7919) % 1000});
  nested.push([i, i + 1]);
  if (i % 3) holey[i] = i;
}
var small = numbers.slice(0, 10);

var CASES = {
  'push-pop': [400000, function (n) {
    var a = [], sum = 0;
    for (var i = 0; i < n; i++) {
      a.push(i);
      if (i % 3 === 2) sum += a.pop();
    }
    return sum + a.length;
  }],
  'push-many': [80000, function (n) {
    var a = [];
    for (var i = 0; i < n; i++) a.push(i, i + 1, i + 2, i + 3);
    return a.length;
  }],
  'shift-push': [200000, function (n) {
    var a = small.slice(), sum = 0;
    for (var i = 0; i < n; i++) {
      a.push(i);
      sum += a.shift();
    }
    return sum;
  }],
  'unshift': [60000, function (n) {
    var a = [];
    for (var i = 0; i < n; i++) {
      a.unshift(i);
      if (a.length > 50) a.length = 0;
    }
    return a.length;
  }],
  'queue': [100000, function (n) {
    var a = [], sum = 0;
    for (var i = 0; i < n; i++) a.push(i);
    while (a.length) sum += a.shift();
    return sum;
  }],
  'map': [6000, function (n) {
    for (var i = 0, last; i < n; i++) last = numbers.map(function (x) { return x * 2; });
    return last[99];
  }],
  'filter': [6000, function (n) {
    for (var i = 0, last; i < n; i++) last = numbers.filter(function (x) { return x & 1; });
    return last.length;
  }],
  'forEach': [6000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) numbers.forEach(function (x) { sum += x; });
    return sum;
  }],
  'reduce': [6000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.reduce(function (a, b) { return a + b; }, 0);
    return sum;
  }],
  'reduceRight': [6000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.reduceRight(function (a, b) { return a + b; }, 0);
    return sum;
  }],
  'some-every': [4000, function (n) {
    for (var i = 0, hits = 0; i < n; i++) {
      if (numbers.some(function (x) { return x > 5000; })) hits++;
      if (numbers.every(function (x) { return x >= 0; })) hits++;
    }
    return hits;
  }],
  'find-findIndex': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += objects.find(function (o) { return o.id === 80; }).score + objects.findIndex(function (o) { return o.id === 90; });
    }
    return sum;
  }],
  'findLast': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += objects.findLast(function (o) { return o.id === 50; }).score;
    return sum;
  }],
  'indexOf-numbers': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.indexOf(i % 1000);
    return sum;
  }],
  'indexOf-strings': [40000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words.indexOf(words[i % 100]);
    return sum;
  }],
  'indexOf-objects': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += objects.indexOf(objects[i % 100]);
    return sum;
  }],
  'includes': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.includes(i % 1000) ? 1 : 0;
    return sum;
  }],
  'lastIndexOf': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.lastIndexOf(i % 1000);
    return sum;
  }],
  'slice': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.slice(i % 50, 60).length;
    return sum;
  }],
  'concat': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.concat(small, i).length;
    return sum;
  }],
  'spread': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += [...numbers, i].length;
    return sum;
  }],
  'splice-middle': [100000, function (n) {
    var a = numbers.slice(), sum = 0;
    for (var i = 0; i < n; i++) sum += a.splice(i % 90, 2, i, i + 1)[0];
    return sum;
  }],
  'splice-insert-remove': [100000, function (n) {
    var a = numbers.slice(), sum = 0;
    for (var i = 0; i < n; i++) {
      a.splice(10, 0, i);
      sum += a.splice(20, 1)[0];
    }
    return sum;
  }],
  'join-numbers': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.join(',').length;
    return sum;
  }],
  'join-strings': [10000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words.join('').length;
    return sum;
  }],
  'toString': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += String(small).length + small.toString().length;
    return sum;
  }],
  'reverse': [60000, function (n) {
    var a = numbers.slice();
    for (var i = 0; i < n; i++) a.reverse();
    return a[0];
  }],
  'fill': [60000, function (n) {
    var a = new Array(100);
    for (var i = 0; i < n; i++) a.fill(i);
    return a[99];
  }],
  'new-fill-map': [4000, function (n) {
    for (var i = 0, a; i < n; i++) a = new Array(100).fill(0).map(function (x, k) { return k + i; });
    return a[99];
  }],
  'from-length': [4000, function (n) {
    for (var i = 0, a; i < n; i++) a = Array.from({length: 100}, function (x, k) { return k; });
    return a[99];
  }],
  'from-set': [10000, function (n) {
    var set = new Set(numbers);
    for (var i = 0, a; i < n; i++) a = Array.from(set);
    return a.length;
  }],
  'of': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Array.of(i, i, i).length;
    return sum;
  }],
  'isArray': [1000000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (Array.isArray(i & 1 ? small : i)) sum++;
    return sum;
  }],
  'flat': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += nested.flat().length;
    return sum;
  }],
  'flatMap': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.flatMap(function (x) { return [x, x]; }).length;
    return sum;
  }],
  'at': [1000000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.at(-1 - i % 100);
    return sum;
  }],
  'keys-entries': [6000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var [k, v] of small.entries()) sum += k + v;
    return sum;
  }],
  'for-of': [10000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var x of numbers) sum += x;
    return sum;
  }],
  'copyWithin': [100000, function (n) {
    var a = numbers.slice();
    for (var i = 0; i < n; i++) a.copyWithin(10, 20, 60);
    return a[30];
  }],
  'toSorted-toReversed-with': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += small.toSorted(function (a, b) { return a - b; })[3] + numbers.toReversed()[1] + numbers.with(3, i)[3];
    }
    return sum;
  }],
  'sort-numbers': [2500, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.slice().sort(function (a, b) { return a - b; })[50];
    return sum;
  }],
  'sort-objects': [1000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += objects.slice().sort(function (a, b) { return a.score - b.score; })[50].id;
    return sum;
  }],
  'sort-strings': [1000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words.slice().sort()[50].length;
    return sum;
  }],
  'sort-default': [1000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbers.slice().sort()[50];
    return sum;
  }],
  'sort-comparator': [600, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += words.slice().sort(function (a, b) { return a < b ? 1 : a > b ? -1 : 0; })[50].length;
    }
    return sum;
  }],
  'sort-localeCompare': [300, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += words.slice().sort(function (a, b) { return a.localeCompare(b); })[50].length;
    return sum;
  }],
  'holes': [5000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) {
      holey.forEach(function (x) { sum += x; });
      sum += holey.indexOf(98);
    }
    return sum;
  }]
};
