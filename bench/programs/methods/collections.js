// SPDX-License-Identifier: MIT
// Map, Set, WeakMap, WeakSet and the methods of Object that treat objects as collections.
var words = [], objects = [];
for (var i = 0; i < 200; i++) {
  words.push('key' + i);
  objects.push({id: i});
}
var numbersMap = new Map(), wordsMap = new Map(), objectsMap = new Map(), numbersSet = new Set(), weak = new WeakMap();
for (i = 0; i < 200; i++) {
  numbersMap.set(i * 3, i);
  wordsMap.set(words[i], i);
  objectsMap.set(objects[i], i);
  numbersSet.add(i * 3);
  weak.set(objects[i], i);
}
var record = {id: 1, name: 'x', tags: ['a'], active: true, size: 2.5, parent: null, kind: 'leaf', rank: 7};

var CASES = {
  'Map.get-number': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += numbersMap.get(i % 200 * 3);
    return sum;
  }],
  'Map.get-string': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += wordsMap.get(words[i % 200]);
    return sum;
  }],
  'Map.get-object': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += objectsMap.get(objects[i % 200]);
    return sum;
  }],
  'Map.get-fresh-string': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += wordsMap.get('key' + i % 200);
    return sum;
  }],
  'Map.has-set': [150000, function (n) {
    var map = new Map();
    for (var i = 0; i < n; i++) {
      var key = i % 500;
      map.set(key, map.has(key) ? map.get(key) + 1 : 1);
    }
    return map.get(7);
  }],
  'Map.fill': [100, function (n) {
    for (var k = 0, map; k < n; k++) {
      map = new Map();
      for (var i = 0; i < 1000; i++) map.set(i, i);
    }
    return map.size;
  }],
  'Map.set-delete': [150000, function (n) {
    var map = new Map();
    for (var i = 0; i < n; i++) {
      map.set('k' + i, i);
      if (i >= 100) map.delete('k' + (i - 100));
    }
    return map.size;
  }],
  'Map.forEach': [1500, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) numbersMap.forEach(function (v, k) { sum += v + k; });
    return sum;
  }],
  'Map.for-of': [1500, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var [k, v] of numbersMap) sum += k + v;
    return sum;
  }],
  'Map.keys-values': [2000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) {
      for (var k of numbersMap.keys()) sum += k;
      for (var v of numbersMap.values()) sum += v;
    }
    return sum;
  }],
  'Map.construct-entries': [1000, function (n) {
    var entries = [...wordsMap];
    for (var i = 0, sum = 0; i < n; i++) sum += new Map(entries).size;
    return sum;
  }],
  'Map.groupBy': [1000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Map.groupBy(objects, function (o) { return o.id % 7; }).size;
    return sum;
  }],
  'Set.has-add': [200000, function (n) {
    var set = new Set();
    for (var i = 0, sum = 0; i < n; i++) {
      if (set.has(i % 300)) sum++;
      else set.add(i % 300);
    }
    return sum;
  }],
  'Set.unique': [1500, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += [...new Set(words)].length;
    return sum;
  }],
  'Set.for-of': [2500, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var v of numbersSet) sum += v;
    return sum;
  }],
  'Set.union-intersection': [500, function (n) {
    var other = new Set(numbersSet);
    other.add('x');
    for (var i = 0, sum = 0; i < n; i++) sum += numbersSet.union(other).size + numbersSet.intersection(other).size;
    return sum;
  }],
  'WeakMap.get-set': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += weak.get(objects[i % 200]);
      weak.set(objects[i % 200], i % 200);
    }
    return sum;
  }],
  'WeakSet.add-has': [100000, function (n) {
    var set = new WeakSet();
    for (var i = 0, sum = 0; i < n; i++) {
      var o = {};
      set.add(o);
      if (set.has(o)) sum++;
    }
    return sum;
  }],
  'Object.keys': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Object.keys(record).length;
    return sum;
  }],
  'Object.values-entries': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Object.values(record).length + Object.entries(record)[0].length;
    return sum;
  }],
  'Object.assign': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Object.assign({}, record, {extra: i}).rank;
    return sum;
  }],
  'object-spread': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += {...record, extra: i}.rank;
    return sum;
  }],
  'Object.fromEntries': [15000, function (n) {
    var entries = Object.entries(record);
    for (var i = 0, sum = 0; i < n; i++) sum += Object.fromEntries(entries).rank;
    return sum;
  }],
  'Object.create-freeze': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Object.freeze(Object.create(record)).rank;
    return sum;
  }],
  'Object.defineProperty': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Object.defineProperty({}, 'x', {value: i, enumerable: true}).x;
    return sum;
  }],
  'hasOwnProperty': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (record.hasOwnProperty('rank') && !record.hasOwnProperty('none')) sum++;
    return sum;
  }],
  'Object.hasOwn-call': [200000, function (n) {
    var has = Object.prototype.hasOwnProperty;
    for (var i = 0, sum = 0; i < n; i++) if (has.call(record, 'size') && Object.hasOwn(record, 'kind')) sum++;
    return sum;
  }],
  'Object.getPrototypeOf': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (Object.getPrototypeOf(record) === Object.prototype) sum++;
    return sum;
  }],
  'toString.call': [300000, function (n) {
    var toString = Object.prototype.toString;
    for (var i = 0, sum = 0; i < n; i++) if (toString.call(i & 1 ? record : words) === '[object Array]') sum++;
    return sum;
  }],
  'for-in': [30000, function (n) {
    var sum = 0;
    for (var i = 0; i < n; i++) for (var key in record) sum += key.length;
    return sum;
  }],
  'dictionary': [100000, function (n) {
    var table = Object.create(null);
    for (var i = 0; i < n; i++) {
      var key = 'k' + i % 1000;
      table[key] = (table[key] || 0) + 1;
      if (i % 10 === 0) delete table['k' + i % 77];
    }
    return Object.keys(table).length;
  }],
  'structuredClone': [4000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += structuredClone(record).tags.length;
    return sum;
  }]
};
