// SPDX-License-Identifier: MIT
// Date, promises and async functions, iterators, Symbol, Function.prototype, errors, Reflect and Proxy.
var stamps = [], texts = [];
for (var i = 0; i < 200; i++) {
  stamps.push(1.6e12 + i * 86461234);
  texts.push(new Date(stamps[i]).toISOString());
}
function add(a, b) { return a + b; }
var target = {x: 1, y: 2}, proxy = new Proxy(target, {get: function (t, k) { return t[k]; }});

var CASES = {
  'Date.now': [300000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (Date.now() > 0) sum++;
    return sum;
  }],
  'Date.construct': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Date(stamps[i % 200]).getTime() % 1000;
    return sum;
  }],
  'Date.construct-parts': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Date(2020, i % 12, i % 28 + 1, 12, 30).getDate();
    return sum;
  }],
  'Date.get': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      var d = new Date(stamps[i % 200]);
      sum += d.getFullYear() + d.getMonth() + d.getDate() + d.getHours() + d.getMinutes() + d.getSeconds() + d.getDay();
    }
    return sum;
  }],
  'Date.set': [50000, function (n) {
    var d = new Date(stamps[0]);
    for (var i = 0, sum = 0; i < n; i++) {
      d.setDate(i % 28 + 1);
      sum += d.setHours(i % 24, 0, 0, 0) % 1000;
    }
    return sum;
  }],
  'Date.toISOString': [60000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Date(stamps[i % 200]).toISOString().length;
    return sum;
  }],
  'Date.toString': [30000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += new Date(stamps[i % 200]).toString().length > 20 ? 1 : 0;
    return sum;
  }],
  'Date.parse': [50000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Date.parse(texts[i % 200]) % 1000;
    return sum;
  }],
  'Date.UTC': [200000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Date.UTC(2020, i % 12, 1) % 1000;
    return sum;
  }],
  'Promise.resolve-then': [30000, function (n) {
    var sum = 0, p = Promise.resolve(0);
    for (var i = 0; i < n; i++) p = p.then(function (v) { sum += v; return v + 1; });
    return p.then(function () { return sum; });
  }],
  'Promise.new': [40000, async function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += await new Promise(function (resolve) { resolve(i); });
    return sum;
  }],
  'Promise.all': [2000, async function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      var all = await Promise.all([1, 2, Promise.resolve(3), i, 5, 6, 7, 8, 9, 10]);
      sum += all[3];
    }
    return sum;
  }],
  'await-value': [60000, async function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += await i;
    return sum;
  }],
  'async-call': [40000, async function (n) {
    async function next(x) { return x + 1; }
    for (var i = 0, sum = 0; i < n; i++) sum = await next(sum);
    return sum;
  }],
  'async-try-catch': [15000, async function (n) {
    async function fail() { throw 1; }
    for (var i = 0, sum = 0; i < n; i++) {
      try { await fail(); } catch (e) { sum += e; }
    }
    return sum;
  }],
  'for-await': [400, async function (n) {
    async function* numbers() { for (var i = 0; i < 50; i++) yield i; }
    var sum = 0;
    for (var i = 0; i < n; i++) for await (var x of numbers()) sum += x;
    return sum;
  }],
  'queueMicrotask': [60000, function (n) {
    var sum = 0;
    return new Promise(function (resolve) {
      function step() { if (++sum < n) queueMicrotask(step); else resolve(sum); }
      step();
    });
  }],
  'generator': [3000, function (n) {
    function* numbers() { for (var i = 0; i < 50; i++) yield i; }
    var sum = 0;
    for (var i = 0; i < n; i++) for (var x of numbers()) sum += x;
    return sum;
  }],
  'iterator-helpers': [1500, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      sum += stamps.values().map(function (x) { return x % 10; }).filter(function (x) { return x > 4; }).take(20).toArray().length;
    }
    return sum;
  }],
  'destructure-array': [200000, function (n) {
    var pair = [1, 2], sum = 0;
    for (var i = 0; i < n; i++) {
      var [a, b] = pair;
      sum += a + b;
    }
    return sum;
  }],
  'call-apply': [150000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum = add.call(null, sum, 1) + add.apply(null, [1, 1]);
    return sum;
  }],
  'bind': [100000, function (n) {
    for (var i = 0, sum = 0, plus; i < n; i++) {
      plus = add.bind(null, i);
      sum += plus(1) + plus(2);
    }
    return sum;
  }],
  'error-throw': [20000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) {
      try { throw new TypeError('number ' + i); } catch (e) { sum += e.message.length; }
    }
    return sum;
  }],
  'error-stack': [5000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) if (new Error('x').stack.length > 5) sum++;
    return sum;
  }],
  'Proxy.get': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += proxy.x + proxy.y;
    return sum;
  }],
  'Reflect': [100000, function (n) {
    for (var i = 0, sum = 0; i < n; i++) sum += Reflect.get(target, 'x') + (Reflect.has(target, 'y') ? 1 : 0) + Reflect.ownKeys(target).length;
    return sum;
  }],
  'Symbol': [200000, function (n) {
    var s = Symbol('s'), o = {[s]: 1};
    for (var i = 0, sum = 0; i < n; i++) sum += o[s] + (Symbol.for('x') === Symbol.for('x') ? 1 : 0);
    return sum;
  }],
  'TextEncoder': [30000, function (n) {
    var encoder = new TextEncoder(), decoder = new TextDecoder();
    for (var i = 0, sum = 0; i < n; i++) sum += decoder.decode(encoder.encode('some text, äöü ' + i)).length;
    return sum;
  }]
};
